//! Titles one after the other: 从2008年的市级重点学科到2015年的省级重点专科,再到今年的国家临床重点专科建设项目.

use super::*;
use xinglin_text::word_list;

/// More steps than a department's rise has.
const MOST_STEPS: usize = 6;

impl Narrator<'_, '_> {
    /// Gives the steps of a rise to the department that rose; returns where the last of them ends.
    pub(super) fn ladder(&mut self, part: Span, whole: Span, origin: Origin) -> usize {
        let steps = self.steps(part);
        let (Some(first), Some(last)) = (steps.first().copied(), steps.last().copied()) else { return 0 };
        let end = last.0.end;
        let own = Span::new(first.0.start, first.0.start);
        if !self.allowed(part, whole, own, last.0) {
            return end;
        }
        let group = self.risen(Span::new(part.start, first.0.start), Span::new(end, part.end));
        for (title, year) in steps {
            let at = self.reading.titles.partition_point(|known| known.span.start < title.start);
            let given = self.reading.titles.get(at).map(awards).unwrap_or_default();
            self.give(&group, &given, year.map_or(Dating::Undated, Dating::Printed), whole, origin);
        }
        end
    }

    /// The titles that 从 opens and 到 joins, each with the year right before it.
    fn steps(&self, part: Span) -> Vec<(Span, Option<i32>)> {
        let titles = self.reading.titles_in(part);
        let opens = |title: &Title| {
            let head = self.reading.between(part.start, title.span.start);
            let told = head.rfind('从').and_then(|at| head.get(at + '从'.len_utf8()..));
            told.is_some_and(|told| self.is_led(told, None))
        };
        let Some(first) = titles.iter().position(opens) else { return Vec::new() };
        let mut steps: Vec<(Span, Option<i32>)> = Vec::new();
        let mut from = part.start;
        for title in titles.iter().skip(first).take(MOST_STEPS) {
            let between = self.reading.between(from, title.span.start);
            let joined = steps.is_empty() || self.is_led(between, Some('到'));
            if !joined || title.activity || title.void || title.person || title.levels.len() != 1 {
                break;
            }
            let years = self.reading.years_in(Span::new(from, title.span.start));
            let year = years.last().and_then(|year| match year.when {
                When::Programme(value) => Some(value),
                // 到2015年的省级重点专科 is no span of time here.
                When::Since => digits(year.span.of(self.reading.text())),
                when => self.year_told(when),
            });
            let year = year.or(title.year);
            steps.push((title.span, year));
            from = title.span.end;
        }
        // 从2011年的州重点专科,一路走到今天
        let onward = |(title, year): &(Span, Option<i32>)| {
            let tail =
                self.reading.between(title.end, part.end).trim_start_matches(['”', '"', '」', '，', ',']);
            year.is_some()
                && word_list![
                    "一路走来",
                    "一路走到",
                    "走到今天",
                    "走到现在",
                    "起步",
                    "出发",
                    "做起",
                    "起家",
                    "一步一步",
                    "一步步"
                ]
                .begin(tail)
        };
        if steps.len() >= 2 || steps.first().is_some_and(onward) { steps } else { Vec::new() }
    }

    /// Whether what stands before a step is a year or a word of time alone, behind 到 where that is asked for.
    fn is_led(&self, told: &str, join: Option<char>) -> bool {
        let plain = told.trim_start_matches(['”', '"', '」', '，', ',', ' ']);
        let plain = match join {
            Some(join) => match plain.split_once(join) {
                Some(("" | "再" | "又" | "直" | "后来再", rest)) => rest,
                _ => return false,
            },
            None => plain,
        };
        let plain = plain.trim_end_matches(['“', '"', '「']);
        let number = plain.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let time = number
            .trim_start_matches("年获评")
            .trim_start_matches("年获批")
            .trim_start_matches('年')
            .trim_end_matches('的');
        matches!(
            time,
            "" | "最初"
                | "当初"
                | "当年"
                | "早年"
                | "起初"
                | "后来"
                | "如今"
                | "现在"
                | "今天"
                | "今"
                | "今年"
                | "去年"
                | "一个"
                | "一家"
        )
    }

    /// The department before the rise, or right behind it, or the one that is spoken of.
    fn risen(&self, before: Span, behind: Span) -> Vec<(usize, Field, Span)> {
        let told = field::mentions_in(self.fields, before);
        let next = field::mentions_in(self.fields, behind);
        let mut group: Vec<(usize, Field, Span)> = Vec::new();
        let named = self.reading.institutions_in(before).last();
        let named =
            named.or_else(|| self.reading.institutions_in(behind).first().filter(|_| told.is_empty()));
        let holder = named.and_then(|named| self.holder(named.span.start));
        let Some(holder) = holder.or(self.section_holder).or(self.cast.home).or(self.memory.holder) else {
            return group;
        };
        if let Some(last) = told.last() {
            let mut next = last.span.start;
            for mention in told.iter().rev() {
                if mention.span != last.span && !field::is_join(self.reading.between(mention.span.end, next))
                {
                    break;
                }
                group.push((holder, field::named_at(self.reading, mention), mention.span));
                next = mention.span.start;
            }
        } else if let Some(first) = next.first() {
            group.push((holder, field::named_at(self.reading, first), first.span));
        } else if self.speaks_of_department(Span::new(before.start, behind.end)) {
            let field =
                self.memory.field.clone().filter(|_| self.memory.alone).or_else(|| self.topic.clone());
            group.extend(field.map(|field| (holder, field, Span::new(before.end, before.end))));
        }
        group
    }
}

/// The number that a year begins with.
fn digits(year: &str) -> Option<i32> {
    year.get(..4)?.parse().ok()
}
