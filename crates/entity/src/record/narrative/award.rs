//! Titles given to groups: all to all, one to each, to the department spoken of, to those named at the end.

use super::*;

impl Narrator<'_, '_> {
    /// Title by title, and one for each where 分别 says so.
    pub(super) fn distribute(
        &mut self,
        group: &[(usize, Field, Span)],
        at: usize,
        dating: Dating,
        part: Span,
        whole: Span,
        origin: Origin,
    ) {
        let Some(title) = self.reading.titles.get(at) else { return };
        let head = Span::new(group.first().map_or(part.start, |(_, _, span)| span.start), title.span.start);
        let each = self.reading.scan.says(head, DISTRIBUTE);
        let own = awards(title);
        if !each {
            self.give(group, &own, dating, whole, origin);
            return;
        }
        // 分别获评省级、市级…: gather the titles that stand in one row.
        let mut row = own;
        let mut end = title.span.end;
        for next in self.reading.titles.iter().skip(at + 1).take_while(|next| next.span.end <= part.end) {
            if !field::is_join(self.reading.between(end, next.span.start)) {
                break;
            }
            row.extend(awards(next));
            end = next.span.end;
        }
        if row.len() == group.len() && row.len() > 1 {
            for (holder, award) in group.iter().zip(row) {
                self.give(std::slice::from_ref(holder), &[award], dating, whole, origin);
            }
        } else if row.len() == 1 {
            self.give(group, &row, dating, whole, origin);
        }
    }

    /// 该科2015年被评为…, 科室获批…: the specialty that was spoken of.
    pub(super) fn award_to_topic(
        &mut self,
        state: &State,
        title: &Title,
        part: Span,
        whole: Span,
        origin: Origin,
    ) -> bool {
        let own = sentence::clause(self.reading.text(), part, title.span.start);
        let head = Span::new(own.start, title.span.start);
        let given = self.reading.scan.says(head, AWARD.or(PASSING))
            || head.of(self.reading.text()).contains('获')
            || self.passes_review(title, part);
        let held = !given
            && (self.reading.scan.says(head, COPULA)
                || head.of(self.reading.text()).contains(['是', '系', '为']))
            && self.speaks_of_department(head);
        if !(given || held) || title.counted || !self.allowed(part, whole, head, title.span) {
            return false;
        }
        let before = Span::new(whole.start, title.span.start);
        let said = self.speaks_of_department(before);
        let field = if let Some(inner) = title.field {
            field::named(self.reading.tables, inner.of(self.reading.text()))
        } else if said {
            self.memory.field.clone().or_else(|| self.topic.clone())
        } else {
            None
        };
        let Some(field) = field else { return false };
        let holders = if state.named {
            state.holders.clone()
        } else if said && self.memory.holder.is_some() && title.field.is_none() {
            self.memory.holder.into_iter().collect()
        } else {
            self.cast.home.into_iter().collect()
        };
        let group: Vec<_> = holders.into_iter().map(|holder| (holder, field.clone(), head)).collect();
        let dating = self.dating(state, part, whole, title.span, held);
        self.give(&group, &awards(title), dating, whole, origin);
        true
    }

    pub(super) fn speaks_of_department(&self, span: Span) -> bool {
        ["该科", "科室", "我科", "本科室", "该专科", "该学科", "学科于", "专科于", "科里"]
            .iter()
            .any(|word| span.of(self.reading.text()).contains(word))
    }

    /// The end of a part: 名单中,该院血液科、急诊科双双入选; 我院骨科榜上有名.
    pub(super) fn close(&mut self, state: &mut State, part: Span, whole: Span, origin: Origin) {
        if state.group.is_empty() || state.taken.is_some() || state.listing {
            return;
        }
        let last = state.group.last().map_or(part.start, |(_, _, span)| span.end);
        let tail = Span::new(last, part.end);
        if self.reading.scan.says(tail, NEGATION.or(HOPE)) {
            return;
        }
        if self.listed_after_award(state, part) {
            let Some(title) = state.pending.and_then(|at| self.reading.titles.get(at)) else { return };
            if self.allowed(part, whole, title.span, title.span) {
                let dating = self.dating(state, part, whole, title.span, false);
                let group = state.group.clone();
                self.give(&group, &awards(title), dating, whole, origin);
            }
            return;
        }
        let waiting = state.pending.is_some() || self.memory.fresh;
        let at_end = self.reading.scan.words_in(tail).iter().any(|word| {
            word.kinds.has(AWARD_END)
                || (waiting && word.kinds.has(AWARD.or(PASSING)) && self.ends_clause(word.span.end, part.end))
        });
        if !at_end {
            return;
        }
        let titles: Vec<Award> = match state.pending.and_then(|at| self.reading.titles.get(at)) {
            Some(title) if !title.activity && !title.void && !title.person => awards(title),
            Some(_) => return,
            None => self.memory.announced.into_iter().collect(),
        };
        if titles.is_empty()
            || !self.allowed(part, whole, state.group.first().map_or(part, |(_, _, span)| *span), tail)
        {
            return;
        }
        let dating = self.dating(state, part, whole, tail, false);
        let group = state.group.clone();
        self.give(&group, &titles, dating, whole, origin);
    }

    pub(super) fn give(
        &mut self,
        group: &[(usize, Field, Span)],
        awards: &[Award],
        dating: Dating,
        evidence: Span,
        origin: Origin,
    ) {
        for (holder, field, span) in group {
            for award in awards {
                let mut award = *award;
                if award.level.is_none() {
                    award.level = self.level_around(evidence, *span);
                }
                self.drafts.push(Draft {
                    holder: *holder,
                    field: field.clone(),
                    award,
                    dating,
                    origin,
                    evidence,
                });
            }
        }
    }
}
