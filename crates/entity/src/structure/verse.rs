//! Sentences broken into short lines, as posts on telephones have them: 1月17日 / 某省卫生健康委 / 公布了 / …名单.

use std::borrow::Cow;
use xinglin_text::{simplified_in_place, word_list};

use super::line::raw_lines;
use crate::mention::institution::is_han;

/// The longest line of such a sentence, in characters.
const LONGEST: usize = 24;

/// The text with blanks for those line breaks at which a sentence goes on; every byte keeps its place.
pub(crate) fn join_broken_lines(text: &str) -> Cow<'_, str> {
    let mut breaks: Vec<usize> = Vec::new();
    let mut lines = raw_lines(text);
    let first = lines.next().unwrap_or_default();
    let (mut line, mut end) = (first.trim(), first.len());
    for raw in lines {
        let next = raw.trim();
        // Broken sentences are put together before their script is known.
        if is_short(line) && is_short(next) && goes_on(&simplified_in_place(line), &simplified_in_place(next))
        {
            breaks.push(end);
        }
        (line, end) = (next, end + 1 + raw.len());
    }
    if breaks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    let mut from = 0;
    for at in breaks {
        joined.push_str(text.get(from..at).unwrap_or_default());
        joined.push(' ');
        from = at + 1;
    }
    joined.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(joined)
}

/// Whether a line is short enough to be one of such a sentence.
fn is_short(text: &str) -> bool {
    let bytes = !text.is_empty() && text.len() <= LONGEST * char::MAX.len_utf8();
    bytes && text.chars().count() <= LONGEST && !text.contains('\t')
}

/// Whether the sentence of a short line is not over at its end, told from Simplified characters.
fn goes_on(line: &str, next: &str) -> bool {
    // 读完这篇的乡亲还看了: what heads other articles.
    if super::related::opens_related(line) {
        return false;
    }
    let ends_open =
        word_list!["了", "被", "在", "由", "从", "于", "，", ",", "向", "将", "把", "与", "和"].end(line);
    let lone_date = line.ends_with('日')
        && line.contains('月')
        && line.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | ' '));
    let lone_moment = matches!(line, "近日" | "日前" | "近期" | "今天" | "昨日" | "昨天" | "刚刚");
    let plain = line.chars().next_back().is_some_and(|c| is_han(c) || is_ornament(c));
    let follows = plain
        && word_list![
            "榜上有名",
            "名列其中",
            "成功入选",
            "成功获批",
            "喜获",
            "荣获",
            "获批",
            "获评",
            "入选",
            "被评为",
            "被确定为",
            "被授予",
            "公布了",
            "下发了",
            "建设项目名单",
            "建设项目",
            "培育项目",
            "被列入",
            "被列为",
            "被命名为",
            "被认定为",
            "继续保留",
            "创建省级",
            "创建市级",
            "创建国家",
            "双双"
        ]
        .begin(next)
        && !next.ends_with([':', '：']);
    // 被确定为 / 某省临床重点专科; 某市卫生健康委公布 / 某年度某市重点专科 / 评审结果
    let awaits = word_list![
        "确定为",
        "评为",
        "列为",
        "认定为",
        "命名为",
        "获评",
        "荣获",
        "喜获",
        "成为",
        "列入",
        "纳入",
        "跻身",
        "公布",
        "继续保留"
    ];
    let titled = |text: &str| word_list!["重点专科", "特色专科", "优势专科", "重点学科"].stand_in(text);
    let result = word_list!["专科", "学科"].end(line)
        && word_list!["评审结果", "评选结果", "验收结果", "复核结果"].begin(next);
    let ours =
        word_list!["评审结果", "评选结果", "验收结果", "复核结果"].end(line) && next.starts_with("我院");
    // 它们是—— behind what they were given; (该院甲科是P) behind that hospital's name.
    let listed = word_list!["专科", "学科", "项目", "单位"].end(line)
        && word_list!["它们是", "分别是", "名单如下", "他们是"].begin(next)
        && next.chars().nth(8).is_none();
    let that = line.ends_with("医院") && word_list!["（该院", "(该院"].begin(next);
    if awaits.end(line) && titled(next) || result || ours || listed || that {
        return true;
    }
    let kind = line.ends_with("专科") && next.starts_with(['(', '（']) && next.contains("项目");
    let starts_word = next.chars().next().is_some_and(|c| is_han(c) || c.is_ascii_digit() || is_ornament(c));
    ((ends_open || lone_date || lone_moment) && starts_word) || follows || kind
}

/// 🎉 ✨ 💡: signs that only adorn.
pub(crate) fn is_ornament(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{200d}' | '\u{2b00}'..='\u{2bff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_broken_sentences_are_joined() {
        let check = |text: &str, expected: &str| assert_eq!(join_broken_lines(text), expected);
        check(
            "1月17日\n某省卫生健康委\n公布了\n省级重点专科名单",
            "1月17日 某省卫生健康委 公布了 省级重点专科名单",
        );
        check("我院骨科\n榜上有名!\n祝贺", "我院骨科 榜上有名!\n祝贺");
        check(
            "省级重点专科\n某县人民医院骨科\n某县中医院针灸科",
            "省级重点专科\n某县人民医院骨科\n某县中医院针灸科",
        );
        check("2024年1月17日\n\n某委", "2024年1月17日\n\n某委");
        check(
            "我院两个科室\n被确定为\n某省重点专科建设项目\n它们是——\n妇产科",
            "我院两个科室 被确定为 某省重点专科建设项目 它们是——\n妇产科",
        );
        check("我院工会获评\n先进集体", "我院工会获评\n先进集体");
        check("名单\n某县人民医院\n(该院骨科)", "名单\n某县人民医院 (该院骨科)");
        check(
            "某市公布\n2023年度重点专科\n评审结果\n我院拿下2席",
            "某市公布 2023年度重点专科 评审结果 我院拿下2席",
        );
        check("附件1\n建设项目名单:\n某院骨科", "附件1\n建设项目名单:\n某院骨科");
    }
}
