//! What became of a title: the building done, the review passed, the status of some of a list.

use super::link::REVIEWS;
use super::*;
use xinglin_text::word_list;

impl Narrator<'_, '_> {
    /// 2012年列为国家重点专科建设项目,2018年通过验收: the building is done, and in which year.
    pub(super) fn completed(&mut self, state: &State, part: Span, whole: Span, origin: Origin) {
        let titles = self.reading.titles_in(part);
        for (at, title) in titles.iter().enumerate() {
            let end = titles.get(at + 1).map_or(part.end, |next| next.span.start);
            if !title.activity && !title.void && !title.person {
                self.complete(state, title, Span::new(title.span.end, end), part, whole, origin);
            }
        }
    }

    /// Whether what follows a title, as far as the next one, says that it was passed, and when.
    pub(super) fn complete(
        &mut self,
        state: &State,
        title: &Title,
        tail: Span,
        part: Span,
        whole: Span,
        origin: Origin,
    ) {
        let text = self.reading.text();
        let given: Vec<(usize, Field, Span)> = self
            .drafts
            .iter()
            .rev()
            .take_while(|draft| draft.evidence == whole)
            .filter(|draft| draft.award.status == title.status && draft.award.programme == title.programme)
            .filter(|draft| {
                title.levels.is_empty()
                    || draft.award.level.is_some_and(|level| title.levels.contains(&level))
            })
            .map(|draft| (draft.holder, draft.field.clone(), tail))
            .collect();
        let passed = self.reading.scan.words_in(tail).iter().find(|word| {
            let clause = sentence::clause(text, part, word.span.start);
            // 是某市重点专科,去年通过了复核
            let reviewed = REVIEWS.stand_in(clause.of(text));
            let done = if title.status == Status::Designated {
                reviewed
            } else {
                clause.of(text).contains("验收")
            };
            word.kinds.has(PASSING) && done
        });
        // 2017年列为建设项目,2020年转正
        let turned = || {
            let at = tail.of(text).find("转正").filter(|_| title.status != Status::Designated)?;
            Some(Span::new(tail.start + at, tail.start + at + "转正".len()))
        };
        let passed = passed.map(|word| word.span).or_else(turned);
        let Some(passed) = passed.filter(|_| !given.is_empty()) else { return };
        let clause = sentence::clause(text, part, passed.start);
        let told = Span::new(title.span.end, clause.end.min(tail.end).max(title.span.end));
        let year = self.reading.years_in(Span::new(title.span.end, passed.end)).last();
        let last = self.reading.years_in(part).last().map(|year| year.span);
        let year = year.and_then(|year| match year.when {
            When::Year(value) => Some(value),
            _ if last == Some(year.span) => state.year,
            When::Relative(offset) => self.written.or(self.year).map(|year| year + offset),
            _ => None,
        });
        let Some(year) = year.filter(|_| !self.reading.scan.says(told, HOPE.or(NEGATION))) else { return };
        let done: Vec<Award> = awards(title)
            .into_iter()
            .map(|award| Award { status: Status::Designated, status_said: true, ..award })
            .collect();
        self.give(&given, &done, Dating::Printed(year), whole, origin);
    }

    /// …建设项目终期验收结果,甲科以优秀等次通过验收: the building is done.
    pub(super) fn finishes_building(&self, state: &State, gap: Span, award: &Award) -> bool {
        let told = gap.of(self.reading.text());
        // …建设项目验收结果,甲科以合格等次通过
        let title = state.pending.and_then(|at| self.reading.titles.get(at));
        let reviewed = title.is_some_and(|title| {
            let tail = self.reading.between(title.span.end, self.reading.text().len());
            REVIEWS.begin(tail.trim_start_matches(['”', '"', '的']))
        });
        let passed = self.reading.scan.says(gap, PASSING) || told.contains("过关") || told.contains("合格");
        award.status == Status::Construction && passed && (told.contains("验收") || reviewed)
    }

    /// 甲科、乙科、丙科上榜,其中丙科为培育专科: the status of some of those just given the title.
    pub(super) fn correct_status(&mut self, part: Span, whole: Span) {
        let text = self.reading.text();
        if !part.of(text).contains("其中") {
            return;
        }
        let mut listed: Vec<Field> = Vec::new();
        let mut last = part.start;
        for mention in field::mentions_in(self.fields, part) {
            let head = self.reading.between(last, mention.span.start);
            if head.ends_with("其中") || head.ends_with("其中的") {
                listed.clear();
                listed.push(field::named_at(self.reading, mention));
            } else if !listed.is_empty() && field::is_join(head) {
                listed.push(field::named_at(self.reading, mention));
            } else {
                listed.clear();
            }
            last = mention.span.end;
            let tail = sentence::clause(text, part, last);
            let tail = self.reading.between(last, tail.end);
            let Some(said) = word_list!["为", "是", "系", "属", "列为", "被列为"].strip_prefix(tail)
            else {
                continue;
            };
            let at = last + tail.len() - said.len();
            let kinds = self.reading.scan.starting_at(at).find_map(|(span, entry)| {
                let status = entry.kinds.has(CONSTRUCTION.or(CULTIVATION));
                (status && span.of(text).chars().count() >= 4).then_some(entry.kinds)
            });
            let Some(kinds) = kinds else { continue };
            let status = if kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction };
            let given = self.drafts.iter_mut().rev().take_while(|draft| draft.evidence == whole);
            for draft in given.filter(|draft| listed.contains(&draft.field)) {
                draft.award.status = status;
                draft.award.status_said = true;
            }
        }
    }
}
