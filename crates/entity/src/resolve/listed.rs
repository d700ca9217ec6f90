//! Hospitals that the news lists without giving any of their departments a title: accredited, graded, praised.

use super::cast::Cast;
use crate::gazetteer::tables::{AWARD, AWARD_END, HOPE, NEGATION, PASSING};
use crate::mention::Span;
use crate::mention::institution::Naming;
use crate::reading::Reading;
use crate::record::field;
use crate::structure::line::{Line, Number, is_prose};
use crate::structure::table::{Column, tables};
use xinglin_text::{WordList, word_list};

/// More hospitals than a list of a page without titles is looked through for.
const MANY: usize = 400;

/// The members that stand in an enumeration which something is given to, in a list of names alone, or in a table of ranks or grades.
pub(crate) fn hospitals(
    reading: &Reading<'_>,
    cast: &Cast,
    lines: &[Line],
    headline: Option<Span>,
) -> Vec<usize> {
    let mut found = enumerated(reading, cast);
    found.append(&mut graded(reading, cast));
    if let Some(headline) = headline {
        found.append(&mut ranked(reading, cast, lines, headline));
    }
    found.append(&mut in_lines(reading, cast, lines));
    found.append(&mut seated(reading, cast, lines));
    found.sort_unstable();
    found.dedup();
    found
}

/// A医院、B医院和C医院榜上有名: every one of them.
fn enumerated(reading: &Reading<'_>, cast: &Cast) -> Vec<usize> {
    let named: Vec<(Span, usize)> = reading
        .institutions
        .iter()
        .zip(&cast.of_mention)
        .filter(|(mention, _)| matches!(mention.naming, Naming::Named | Naming::Bare))
        .filter_map(|(mention, member)| Some((mention.span, (*member)?)))
        .take(MANY)
        .collect();
    let joined = |one: &(Span, usize), next: &(Span, usize)| {
        matches!(reading.between(one.0.end, next.0.start).trim(), "、" | "和" | "及" | "以及")
    };
    named
        .chunk_by(joined)
        .filter(|run| run.len() >= 2 && is_given(reading, run))
        .flat_map(|run| run.iter().map(|(_, member)| *member))
        .collect()
}

/// 评估为“良好”的3个:A医院甲科、B医院乙科、C医院丙科: the hospitals whose departments an enumeration behind a grade names.
fn graded(reading: &Reading<'_>, cast: &Cast) -> Vec<usize> {
    static GRADES: WordList =
        WordList::new(&["优秀", "良好", "优良", "合格", "达标", "档", "等次", "名单", "入围", "入选"]);
    static REVIEWS: WordList = WordList::new(&[
        "评估", "评价", "评审", "考核", "验收", "复核", "评定", "抽查", "检查", "评选", "评为",
    ]);
    let named = || {
        let all = reading.institutions.iter().zip(&cast.of_mention);
        all.filter(|(mention, _)| mention.naming == Naming::Named).take(MANY)
    };
    let mut found: Vec<usize> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    let (mut end, mut opened) = (0, false);
    for (mention, member) in named() {
        let Some(member) = *member else { continue };
        let department = |at: usize| {
            let fields = reading.scan.starting_at(at).find(|(_, entry)| entry.specialty.is_some());
            fields.map(|(span, _)| span.end)
        };
        let behind = department(mention.span.end);
        let joined = end > 0 && matches!(reading.between(end, mention.span.start).trim(), "、" | "和" | "及");
        if !joined {
            close(&mut run, &mut found);
            let head = crate::mention::window_before(reading.text(), mention.span.start, 150);
            let head = head.rsplit(['。', '；', '\n']).next().unwrap_or_default();
            let told = Span::new(mention.span.start - head.len(), mention.span.start);
            let listed = head.ends_with(['：', ':']) && GRADES.stand_in(head);
            opened = listed
                && (REVIEWS.stand_in(head) || head.contains(['个', '家']))
                && !reading.scan.says(told, NEGATION.or(HOPE));
        }
        if opened && behind.is_some() {
            run.push(member);
        }
        end = behind.unwrap_or(mention.span.end);
    }
    close(&mut run, &mut found);
    found
}

/// 医院专科声誉榜揭晓 over rows of hospitals, departments and ranks: every one of them.
fn ranked(reading: &Reading<'_>, cast: &Cast, lines: &[Line], headline: Span) -> Vec<usize> {
    static LISTS: WordList = WordList::new(&[
        "榜",
        "排行",
        "排名",
        "名次",
        "评估结果",
        "评价结果",
        "考核结果",
        "评审结果",
        "名单",
        "公布",
        "公示",
        "通报",
        "揭晓",
        "出炉",
    ]);
    if !LISTS.stand_in(headline.of(reading.text())) {
        return Vec::new();
    }
    let tables = tables(reading.text(), lines);
    let held = tables.iter().filter(|(_, table)| table.columns.contains(&Column::Institution));
    held.flat_map(|(_, table)| &table.rows)
        .filter(|row| !reading.scan.says(row.span, NEGATION.or(HOPE)))
        .flat_map(|row| reading.institutions_in(row.span))
        .take(MANY)
        .filter_map(|mention| cast.member_at(reading, mention.span.start))
        .collect()
}

/// Whether something is given to the hospitals of an enumeration, in its own clause.
fn is_given(reading: &Reading<'_>, run: &[(Span, usize)]) -> bool {
    let (Some((first, _)), Some((last, _))) = (run.first(), run.last()) else { return false };
    let text = reading.text();
    let whole = Span::new(0, text.len());
    let clause = reading.clause(whole, last.end);
    let tail = Span::new(last.end, clause.end.max(last.end));
    let led = word_list!["与", "对", "向", "由", "到", "赴", "从", "在", "邀请", "来自", "会同", "联合"]
        .end(reading.between(clause.start, first.start));
    let near = tail.of(text).chars().count() <= 40 && !tail.of(text).contains('。');
    !led && near
        && reading.scan.says(tail, AWARD.or(AWARD_END).or(PASSING))
        && !reading.scan.says(tail, NEGATION.or(HOPE))
}

/// 1.麻醉质控中心,由A医院调整挂靠至B医院麻醉科; 2.病理质控中心,挂靠A医院病理科: where each of several centres has its seat.
fn seated(reading: &Reading<'_>, cast: &Cast, lines: &[Line]) -> Vec<usize> {
    static SEATED: WordList = WordList::new(&["挂靠", "依托单位", "设在", "落户"]);
    let numbered = lines.iter().filter(|line| line.number != Number::None);
    let found: Vec<usize> = numbered
        .filter_map(|line| {
            let text = line.body.of(reading.text());
            let at = line.body.start + SEATED.last_in(text)?;
            let told = Span::new(at, line.body.end);
            let named = reading.institutions_in(told).first()?;
            let near = reading.between(at, named.span.start).chars().count() <= 8;
            let denied = reading.scan.says(line.body, NEGATION.or(HOPE)) || text.contains("暂不");
            cast.member_at(reading, named.span.start).filter(|_| near && !denied)
        })
        .take(MANY)
        .collect();
    if found.len() >= 2 { found } else { Vec::new() }
}

/// Lines of names alone, two or more in a row, under what announces them: 某市:某医院骨科, too, where they were judged, and under grades.
fn in_lines(reading: &Reading<'_>, cast: &Cast, lines: &[Line]) -> Vec<usize> {
    static HEADS: WordList =
        WordList::new(&["名单", "结果", "如下", "医院", "单位", "机构", "公布", "命名", "认定", "等级"]);
    static JUDGED: WordList =
        WordList::new(&["等次", "等级", "档次", "评估", "评审", "评价", "考核", "验收", "复核"]);
    let mut found = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    let (mut announced, mut judged) = (false, false);
    for line in lines {
        let text = line.span.of(reading.text());
        match named_in(reading, cast, line) {
            Some((member, alone)) if announced && (alone || judged) => run.push(member),
            // 【优秀】 within the list
            _ if judged && is_grade(text) => close(&mut run, &mut found),
            _ => {
                close(&mut run, &mut found);
                let plain = !reading.scan.says(line.span, NEGATION.or(HOPE));
                // 一、考核等次为优秀的项目(3个)
                let graded = line.number == Number::Chinese && !is_prose(text) && JUDGED.stand_in(text);
                announced = plain && (HEADS.stand_in(text) || graded);
                judged = announced && JUDGED.stand_in(text) && (graded || text.ends_with(['：', ':']));
            }
        }
    }
    close(&mut run, &mut found);
    found
}

/// Takes the members of a run of two lines or more.
fn close(run: &mut Vec<usize>, found: &mut Vec<usize>) {
    if run.len() >= 2 {
        found.append(run);
    }
    run.clear();
}

/// The one hospital that a line names at its head or behind a place (赣州市:某医院骨科), and whether it names nothing else.
fn named_in(reading: &Reading<'_>, cast: &Cast, line: &Line) -> Option<(usize, bool)> {
    let [named] = reading.institutions_in(line.body) else { return None };
    let head = reading.between(line.body.start, named.span.start);
    let rest = reading.between(named.span.end, line.body.end).trim();
    let member = cast.member_at(reading, named.span.start)?;
    let alone = head.is_empty() && rest.chars().count() <= 2;
    let labelled = head.is_empty() || head.chars().count() <= 6 && head.ends_with(['：', ':']);
    let department = field::named(reading.tables, rest).is_some();
    (alone || labelled && department).then_some((member, alone))
}

/// 【优秀】, 二、合格: a grade alone.
fn is_grade(line: &str) -> bool {
    let plain = line.trim_matches(|c: char| !c.is_alphanumeric());
    let plain = plain.split_once('、').map_or(plain, |(_, rest)| rest);
    let plain = word_list!["基本", "较"].strip_prefix(plain).unwrap_or(plain);
    plain.chars().count() <= 5
        && word_list![
            "优秀",
            "优良",
            "良好",
            "合格",
            "不合格",
            "通过",
            "达标",
            "一等",
            "二等",
            "三等",
            "一档",
            "二档",
            "三档",
            "甲等",
            "乙等",
            "A档",
            "B档",
            "C档",
            "A级",
            "B级",
            "C级"
        ]
        .begin(plain)
}
