//! Lines that head sections, steps of a history, and whom the news is about.

use super::*;
use xinglin_text::word_list;

impl Narrator<'_, '_> {
    /// A line that is a hospital's name and nothing else, numbered or one of several; or one of several that is its heading: A医院：老方子里的新学问.
    pub(crate) fn heads_section(&self, line: &crate::structure::line::Line, several: bool) -> Option<usize> {
        let named = self.reading.institutions_in(line.body).first()?;
        let rest = self.reading.between(named.span.end, line.body.end);
        let bracketed = rest.starts_with(['(', '（']) && rest.ends_with([')', '）']);
        let alone = named.span.start == line.body.start
            && (bracketed || rest.trim_matches([':', '：', ' ', '】']).is_empty());
        let numbered = line.number != crate::structure::line::Number::None;
        let led = || {
            several
                && named.span.start == line.body.start
                && rest.starts_with([':', '：'])
                && (4..=40).contains(&rest.chars().count())
                && !crate::structure::line::is_prose(rest)
                && self.reading.titles_in(line.body).is_empty()
                && field::mentions_in(self.fields, line.body).is_empty()
        };
        self.holder(named.span.start).filter(|_| alone && (numbered || several) || led())
    }

    /// 1995年 / 大同市医学重点学科: whether a line is a title alone, under a year alone, in a department's history.
    pub(crate) fn is_section_step(&self, line: &crate::structure::line::Line) -> bool {
        let titles = self.reading.titles_in(line.body);
        let [title] = titles else { return false };
        let rest = line.body.of(self.reading.text()).len() - (title.span.end - title.span.start);
        // ◆某省临床重点专科(2015年), ●省级:某省临床重点专科(2019年)
        let label = self.reading.between(line.body.start, title.span.start);
        let rest = rest - if label.ends_with([':', '：']) { label.len() } else { 0 };
        let bulleted = line.number == crate::structure::line::Number::Bullet
            && (label.is_empty() || label.ends_with([':', '：']) && label.chars().count() <= 7)
            && self.year_behind(title.span.end).is_some();
        // ——某省临床重点专科,2011年获批;
        let told_behind = self.year_of_step_behind(title, line.body).is_some();
        (self.section.is_some() && rest <= 6 || bulleted && rest <= 16 || told_behind)
            && self.topic.is_some()
            && !(title.framed || title.counted || title.activity || title.void || title.person)
    }

    /// Whether a short line names a specialty and then, in a bracket, its titles: the section's own heading.
    pub(crate) fn introduces(&self, line: &crate::structure::line::Line) -> bool {
        let Some(first) = field::mentions_in(self.fields, line.body).first() else { return false };
        let tail = self.reading.between(first.span.end, line.body.end);
        first.span.start == line.body.start
            && tail.starts_with(['(', '（'])
            && tail.ends_with([')', '）'])
            && !self.reading.titles_in(line.body).is_empty()
    }

    /// 甲科“P”揭牌仪式举行。甲科于2017年被命名为P: what was given in a year that is told needs no ceremony.
    pub(crate) fn without_ceremonies(&mut self) {
        // The drafts of one sentence stand together: it is looked at once.
        let mut last: Option<(Span, bool)> = None;
        let mut unveiled = |evidence: Span| match last {
            Some((known, told)) if known == evidence => told,
            _ => {
                let told =
                    word_list!["揭牌", "授牌", "颁牌", "挂牌"].stand_in(evidence.of(self.reading.text()));
                last = Some((evidence, told));
                told
            }
        };
        let ceremony: Vec<bool> = self
            .drafts
            .iter()
            .map(|draft| draft.dating == Dating::News && unveiled(draft.evidence))
            .collect();
        if !ceremony.contains(&true) {
            return;
        }
        let told: BTreeSet<(usize, Field, Programme, Option<Level>, Status)> = self
            .drafts
            .iter()
            .filter(|draft| matches!(draft.dating, Dating::Printed(year) if self.year.is_some_and(|now| year < now)))
            .map(|draft| (draft.holder, draft.field.clone(), draft.award.programme, draft.award.level, draft.award.status))
            .collect();
        let again = |draft: &Draft| {
            let award = draft.award;
            told.contains(&(draft.holder, draft.field.clone(), award.programme, award.level, award.status))
        };
        let stays: Vec<bool> =
            self.drafts.iter().zip(ceremony).map(|(draft, ceremony)| !(ceremony && again(draft))).collect();
        let mut stays = stays.into_iter();
        self.drafts.retain(|_| stays.next().unwrap_or(true));
    }

    /// The one specialty that the news gives its title to, at the page's own hospital.
    pub(crate) fn main_field(&self) -> Option<Field> {
        let home = self.cast.home?;
        let mut news = self.drafts.iter().filter(|draft| draft.dating == Dating::News);
        let first = news.next().filter(|draft| draft.holder == home)?;
        news.all(|draft| draft.field == first.field).then(|| first.field.clone())
    }
}
