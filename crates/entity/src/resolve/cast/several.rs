//! Pages about several hospitals, each told of in paragraphs of its own: 三家县级医院见闻, 厦门多家医院开出夜间门诊.

use super::*;
use xinglin_text::{WordList, word_list};

/// More paragraphs than such a page has.
const MOST: usize = 200;

/// How many hospitals the headline, or the line of dashes under it, counts without a title for them: 三家县级医院, 多所卫生院.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    Of(usize),
    Many,
}

/// What the headline counts.
fn counted(text: &Reading<'_>, around: &Surroundings<'_, '_>) -> Option<Count> {
    let headline = around.headline.filter(|headline| text.titles_in(*headline).is_empty())?;
    let next = text.text().get(headline.end..).unwrap_or_default().trim_start();
    let next = next.lines().next().unwrap_or_default();
    let deck = if next.starts_with("——") { next } else { "" };
    [headline.of(text.text()), deck].into_iter().filter(|line| line.chars().count() <= 80).find_map(count)
}

/// 三家县级医院, 多所卫生院, 各大医院.
fn count(line: &str) -> Option<Count> {
    static KINDS: WordList = WordList::new(&["医院", "卫生院", "卫生服务中心", "医疗机构", "保健院"]);
    const NUMBERS: [(char, usize); 9] =
        [('两', 2), ('三', 3), ('四', 4), ('五', 5), ('六', 6), ('七', 7), ('八', 8), ('九', 9), ('十', 10)];
    if line.contains("两院") && !line.contains("两院区") {
        return Some(Count::Of(2));
    }
    if word_list!["各大医院", "各家医院", "不少医院"].stand_in(line) {
        return Some(Count::Many);
    }
    line.match_indices(['家', '所']).find_map(|(at, _)| {
        let kind: String = line.get(at..)?.chars().skip(1).take(10).collect();
        let kind = kind.split(['，', ',', '。', '！', ' ']).next().filter(|kind| KINDS.stand_in(kind));
        let head = kind.and(line.get(..at))?;
        let last = head.chars().next_back()?;
        let stem = head.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = head.get(stem.len()..).and_then(|digits| digits.parse().ok());
        let spelt = || NUMBERS.iter().find(|(c, _)| *c == last).map(|(_, number)| *number);
        match number.or_else(spelt) {
            Some(number) => Some(Count::Of(number)),
            None => matches!(last, '多' | '几' | '数').then_some(Count::Many),
        }
    })
}

impl Cast {
    /// The hospitals that open a paragraph of such a page, where they are as many as is counted.
    pub(super) fn find_several(&self, text: &Reading<'_>, around: &Surroundings<'_, '_>) -> Vec<usize> {
        let Some(count) = counted(text, around) else { return Vec::new() };
        let guests = self.visitors(text, around);
        let from = around.headline.map_or(0, |headline| headline.end);
        let mut found = Vec::new();
        let mut start = from;
        for line in text.text().get(from..).unwrap_or_default().split('\n').take(MOST) {
            let span = Span::new(start, start + line.len());
            start = span.end + 1;
            let Some(first) = text.institutions_in(span).first() else { continue };
            let member = self.member_at(text, first.span.start);
            let head = text.between(span.start, first.span.start).trim();
            let led = word_list!["由", "从", "与", "和", "据", "受", "来自", "像", "单位"].end(head);
            let told = head.chars().count() <= 10 && !head.contains('。') && !led;
            let known = |at: &usize| !guests.contains(at) && !found.contains(at);
            found.extend(member.filter(|_| told).filter(known));
        }
        // 两家医院组建联合诊疗中心: A医院与B医院签约.
        if let Count::Of(number) = count
            && found.len() < number
        {
            return self.joined(text, from, number);
        }
        let fits = match count {
            Count::Of(number) => found.len() >= 2 && found.len() == number,
            Count::Many => found.len() >= 3,
        };
        if fits { found } else { Vec::new() }
    }

    /// The hospitals that the first paragraph joins, where they are so many and no others are named in it.
    fn joined(&self, text: &Reading<'_>, from: usize, number: usize) -> Vec<usize> {
        let Some(first) = text.institutions.iter().find(|mention| mention.span.start > from) else {
            return Vec::new();
        };
        let rest = text.text().get(first.span.start..).unwrap_or_default();
        let end = first.span.start + rest.find('\n').unwrap_or(rest.len());
        let named = text.institutions_in(Span::new(first.span.start, end));
        let join = |(one, next): &(&InstitutionMention, &InstitutionMention)| {
            matches!(
                text.between(one.span.end, next.span.start),
                "、" | "与" | "和" | "同" | "及" | "携手" | "联合"
            )
        };
        let run = 1 + named.iter().zip(named.iter().skip(1)).take_while(join).count();
        let members: BTreeSet<usize> =
            named.iter().filter_map(|mention| self.member_at(text, mention.span.start)).collect();
        let all = run == number && members.len() == number;
        if all { members.into_iter().collect() } else { Vec::new() }
    }
}
