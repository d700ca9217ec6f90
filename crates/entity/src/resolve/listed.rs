//! Hospitals that the news lists without giving any of their departments a title: accredited, graded, praised.

use super::cast::Cast;
use crate::gazetteer::tables::{AWARD, AWARD_END, HOPE, NEGATION, PASSING};
use crate::mention::Span;
use crate::mention::institution::Naming;
use crate::reading::Reading;
use crate::structure::line::{Line, Number};
use xinglin_text::{WordList, word_list};

/// More hospitals than a list of a page without titles is looked through for.
const MANY: usize = 400;

/// The members that stand in an enumeration which something is given to, or in a list of names alone.
pub(crate) fn hospitals(reading: &Reading<'_>, cast: &Cast, lines: &[Line]) -> Vec<usize> {
    let mut found = enumerated(reading, cast);
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
            let member = reading.institution_at(named.span.start)?;
            cast.of_mention.get(member).copied().flatten().filter(|_| near && !denied)
        })
        .take(MANY)
        .collect();
    if found.len() >= 2 { found } else { Vec::new() }
}

/// Lines of names alone, two or more in a row, under what announces them.
fn in_lines(reading: &Reading<'_>, cast: &Cast, lines: &[Line]) -> Vec<usize> {
    static HEADS: WordList =
        WordList::new(&["名单", "结果", "如下", "医院", "单位", "机构", "公布", "命名", "认定", "等级"]);
    let alone: Vec<Option<usize>> = lines
        .iter()
        .map(|line| {
            let [named] = reading.institutions_in(line.body) else { return None };
            let rest = reading.between(named.span.end, line.body.end).trim();
            let at = reading.institution_at(named.span.start)?;
            let opens = named.span.start == line.body.start && rest.chars().count() <= 2;
            cast.of_mention.get(at).copied().flatten().filter(|_| opens)
        })
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < alone.len() {
        let run = alone.iter().skip(at).take_while(|member| member.is_some()).count();
        let head = at.checked_sub(1).and_then(|before| lines.get(before));
        let announced = head.is_some_and(|head| {
            let text = head.span.of(reading.text());
            HEADS.stand_in(text) && !reading.scan.says(head.span, NEGATION.or(HOPE))
        });
        if run >= 2 && announced {
            found.extend(alone.iter().skip(at).take(run).flatten().copied());
        }
        at += run.max(1);
    }
    found
}
