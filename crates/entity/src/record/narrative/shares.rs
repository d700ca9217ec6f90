//! Lists whose parts are told by counts: P1一个、P2三个,分别为甲科、乙科、丙科、丁科; A医院、B医院分别有2个、1个专科入选P.

use super::*;
use crate::spoken::numeral;

/// The most titles that are counted one after another before their list.
const MOST_SHARES: usize = 8;

/// The count at the head of a text, and what stands behind its measure word: 3个, 两项.
fn counted(text: &str) -> Option<(usize, &str)> {
    let text = text.trim_start_matches(['”', '"', '」', '各', '有', '共']);
    let (length, value) = match text.chars().next() {
        Some('两') => ('两'.len_utf8(), 2),
        _ => numeral::leading_ordinal(text)?,
    };
    let rest = text.get(length..)?.strip_prefix(['个', '项'])?;
    Some((usize::try_from(value).ok()?, rest))
}

/// Whose a list's next one is.
pub(super) enum Share<T> {
    /// Nothing is counted: all of it belongs to what stands before.
    Plain,
    Of(T),
    /// The counts and the list do not agree.
    Unsure,
}

/// The place among `counts` of the one at `place` in a list of `length`.
fn part_of(counts: &[usize], place: usize, length: usize) -> Option<usize> {
    if counts.iter().sum::<usize>() != length {
        return None;
    }
    let mut end = 0;
    counts.iter().position(|count| {
        end += count;
        place < end
    })
}

impl Narrator<'_, '_> {
    /// The departments enumerated behind a title, and the place of one of them.
    fn enumerated(&self, from: usize, one: Span, part: Span) -> Option<(usize, usize)> {
        const LONGEST: usize = 60;
        let all = field::mentions_in(self.fields, Span::new(from, part.end.max(from)));
        let first = all.first()?;
        let end = self.end_of_enumeration(first.span.end, LONGEST);
        let run = field::mentions_in(self.fields, Span::new(first.span.start, end));
        let place = run.iter().position(|mention| mention.span.start >= one.start)?;
        Some((place, run.len()))
    }

    /// 省级P1个、市级P3个,分别为甲科、乙科、丙科、丁科: which of the titles counted before the list is a department's.
    pub(super) fn title_of_share(&self, at: usize, one: Span, part: Span) -> Share<&Title> {
        let Some(title) = self.reading.titles.get(at) else { return Share::Plain };
        let mut chain = vec![title];
        while chain.len() < MOST_SHARES
            && let Some(next) = chain.last()
            && let Some(before) = at.checked_sub(chain.len()).and_then(|at| self.reading.titles.get(at))
            && before.span.start >= part.start
            && !before.void
            && !before.activity
            && !before.person
            && let Some((_, rest)) = counted(self.reading.between(before.span.end, next.span.start))
            && matches!(rest.trim(), "、" | "和" | "及" | "，" | "," | "以及" | "与" | "；")
        {
            chain.push(before);
        }
        chain.reverse();
        let counts: Option<Vec<usize>> = chain
            .iter()
            .map(|title| counted(self.reading.between(title.span.end, part.end)).map(|(count, _)| count))
            .collect();
        let (Some(counts), true) = (counts, chain.len() > 1) else { return Share::Plain };
        let Some((place, length)) = self.enumerated(title.span.end, one, part) else { return Share::Plain };
        if let Some(own) = part_of(&counts, place, length).and_then(|own| chain.get(own)) {
            return Share::Of(*own);
        }
        // 国家级P2个、省级P3个(甲科、乙科、丙科): the last one's own.
        if counts.last() == Some(&length) { Share::Plain } else { Share::Unsure }
    }

    /// A医院、B医院分别有2个、1个专科入选P,即甲科、乙科和丙科: whose a department of the list is.
    pub(super) fn holder_of_share(
        &self,
        state: &State,
        title: &Title,
        one: Span,
        part: Span,
    ) -> Share<usize> {
        if state.holders.len() < 2 {
            return Share::Plain;
        }
        let head = self.reading.between(part.start, title.span.start);
        let Some((_, told)) = head.rsplit_once("分别") else { return Share::Plain };
        let mut counts = Vec::new();
        let mut rest = told.trim_start_matches(['有', '获', '得', '为']);
        while let Some((count, behind)) = counted(rest) {
            counts.push(count);
            rest = behind.trim_start_matches(['、', '和', '，', ',', '与', '及']);
        }
        if counts.len() != state.holders.len() {
            return Share::Plain;
        }
        let Some((place, length)) = self.enumerated(title.span.end, one, part) else { return Share::Plain };
        let own = part_of(&counts, place, length).and_then(|own| state.holders.get(own));
        own.map_or(Share::Unsure, |own| Share::Of(*own))
    }
}
