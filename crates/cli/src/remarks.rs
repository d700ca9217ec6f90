//! What the library remarks on a query and on scores, in words for a person.

use xinglin::{Note, ScoreKind, Unreadable};

use crate::session::Session;
use crate::wording;

/// Says on standard error how a query was read, where that is worth a remark.
pub(crate) fn say(notes: &[Note], session: &Session) {
    for remark in notes {
        session.note(&note(remark));
    }
}

/// A remark on how a query was read.
fn note(note: &Note) -> String {
    match note {
        Note::Empty => "查询是空的，请写要找的词语，或用 --region 等筛选。".to_owned(),
        Note::TooLong { characters } => {
            format!("查询超过 {characters} 个字，后面的没有用上；--max-query-length 可放宽。")
        }
        Note::TooManyParts { parts } => {
            format!("查询超过 {parts} 个部分，后面的没有用上；--max-query-parts 可放宽。")
        }
        Note::UnpairedQuote => "引号不成对，已当作原文的一部分。".to_owned(),
        Note::Unreadable { why } => format!("查询语法有误（{}），已按普通词语检索。", reason(*why)),
        Note::UnknownValue { field, value } => {
            format!("{field}:{value} 不是已知的{}，已按普通词语检索。", wording::facet(field))
        }
        Note::Ambiguous { said, institutions } => {
            format!("“{said}”可能指{}；加上地名可以分清。", institutions.join("、"))
        }
        Note::SaysNothing => "查询里没有实在的词语，只按原字查找。".to_owned(),
        // a newer library may know more; better its own words than none
        other => format!("{other:?}"),
    }
}

fn reason(why: Unreadable) -> &'static str {
    match why {
        Unreadable::UnmatchedParentheses => "括号不配对",
        Unreadable::UnclosedParenthesis => "括号没有闭合",
        Unreadable::TooDeep => "括号层数太多",
        Unreadable::UnclosedQuote => "引号没有闭合",
    }
}

/// What a part of a score is for.
pub(crate) fn part(part: &ScoreKind) -> String {
    match part {
        ScoreKind::Query => "查询各部分的相关度（BM25）".to_owned(),
        ScoreKind::Pair(text) => format!("“{text}”连着出现"),
        ScoreKind::Word(text) => format!("文中还用到“{text}”"),
        ScoreKind::Letters => "原字出现".to_owned(),
        ScoreKind::Fact(field) => format!("{}与查询相符", wording::filter(field)),
        ScoreKind::Subject => "文章写的就是这家机构".to_owned(),
        ScoreKind::Record => "有一条专科记录与查询相符".to_owned(),
        ScoreKind::Nearness => "各词相距近".to_owned(),
        ScoreKind::Headline => "标题以此开头".to_owned(),
        ScoreKind::AcrossWords => "跨词匹配".to_owned(),
        ScoreKind::Newness => "较新".to_owned(),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_sentences() {
        let check = |remark: Note, expected: &str| assert_eq!(note(&remark), expected);
        check(
            Note::UnknownValue { field: "region".to_owned(), value: "骨科".to_owned() },
            "region:骨科 不是已知的地区，已按普通词语检索。",
        );
        check(
            Note::Unreadable { why: Unreadable::UnclosedQuote },
            "查询语法有误（引号没有闭合），已按普通词语检索。",
        );
        let institutions = vec!["甲医院".to_owned(), "乙医院".to_owned()];
        check(
            Note::Ambiguous { said: "协和".to_owned(), institutions },
            "“协和”可能指甲医院、乙医院；加上地名可以分清。",
        );
        assert_eq!(part(&ScoreKind::Fact("year")), "年份与查询相符");
    }
}
