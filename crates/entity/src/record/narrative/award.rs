//! Titles given to groups: all to all, one to each, to the department spoken of, to those named at the end.

use super::*;

impl Narrator<'_, '_> {
    /// Title by title, and one for each where 分别 says so; returns the end of the last title that was so shared out.
    pub(super) fn distribute(
        &mut self,
        group: &[(usize, Field, Span)],
        at: usize,
        dating: Dating,
        part: Span,
        whole: Span,
        origin: Origin,
    ) -> usize {
        let Some(title) = self.reading.titles.get(at) else { return 0 };
        let head = Span::new(group.first().map_or(part.start, |(_, _, span)| span.start), title.span.start);
        let each = self.reading.scan.says(head, DISTRIBUTE);
        let own = awards(title);
        if !each {
            self.give(group, &own, dating, whole, origin);
            return 0;
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
        end
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
        } else if given && !state.named && self.is_elliptic(head) {
            match &self.memory.field {
                Some(field) if self.memory.alone => Some(field.clone()),
                _ => self.topic.clone(),
            }
        } else {
            None
        };
        let Some(field) = field else { return false };
        let holders = if state.named {
            state.holders.clone()
        } else if self.memory.holder.is_some() && title.field.is_none() {
            self.memory.holder.into_iter().collect()
        } else {
            self.cast.home.into_iter().collect()
        };
        let group: Vec<_> = holders.into_iter().map(|holder| (holder, field.clone(), head)).collect();
        let dating = self.dating(state, part, whole, title.span, held);
        self.give(&group, &awards(title), dating, whole, origin);
        true
    }

    /// 2014年被列为…, 2017年顺利通过验收,成为…: when and what was given, and nothing that could be its subject.
    fn is_elliptic(&self, head: Span) -> bool {
        let mut at = head.start;
        let years = self.reading.years_in(head);
        let words = self.reading.scan.words_in(head);
        while at < head.end {
            let known = years
                .iter()
                .map(|year| year.span)
                .chain(
                    words
                        .iter()
                        .filter(|word| word.kinds.has(AWARD.or(PASSING).or(EACH).or(AUTHORITY)))
                        .map(|word| word.span),
                )
                .find(|span| span.start == at)
                .or_else(|| {
                    let mut places =
                        self.reading.scan.starting_at(at).filter(|(_, entry)| entry.region.is_some());
                    places.next().map(|(span, _)| span).filter(|span| span.end <= head.end)
                });
            if let Some(span) = known {
                at = span.end;
                continue;
            }
            let Some(c) = self.reading.scan.after(at) else { break };
            let filler = !is_han(c)
                || "又再正式顺利成功经过评审后并还已首次连续也即便随年月日度起被获先进而高分由省市县区州"
                    .contains(c);
            if !filler {
                return false;
            }
            at += c.len_utf8();
        }
        true
    }

    pub(super) fn speaks_of_department(&self, span: Span) -> bool {
        ["该科", "科室", "我科", "本科室", "该专科", "该学科", "学科于", "专科于", "科里"]
            .iter()
            .any(|word| span.of(self.reading.text()).contains(word))
    }

    /// The end of a part: 名单中,该院血液科、急诊科双双入选; 我院骨科榜上有名; 8个专科全部通过评估,其中骨科为优秀.
    pub(super) fn close(&mut self, state: &mut State, part: Span, whole: Span, origin: Origin) {
        if state.group.is_empty() || state.taken.is_some() || state.listing {
            return;
        }
        let last = state.group.last().map_or(part.start, |(_, _, span)| span.end);
        let tail = Span::new(last, part.end);
        let after = self.listed_after_award(state, part) && !self.reading.scan.says(tail, NEGATION.or(HOPE));
        let titles: Vec<Award> = match state.pending.and_then(|at| self.reading.titles.get(at)) {
            Some(title) if !title.activity && !title.void && !title.person => awards(title),
            Some(_) => return,
            None => self.memory.announced.into_iter().collect(),
        };
        if titles.is_empty() {
            return;
        }
        if after {
            let told =
                state.pending.and_then(|at| self.reading.titles.get(at)).map_or(part, |title| title.span);
            if self.allowed(part, whole, told, told) {
                let dating = self.dating(state, part, whole, told, false);
                let group = self.respective(state, part);
                self.give(&group, &titles, dating, whole, origin);
            }
            return;
        }
        let mut from = 0;
        for at in 0..state.group.len() {
            let Some((_, _, span)) = state.group.get(at) else { break };
            let next = state.group.get(at + 1).map_or(part.end, |(_, _, next)| next.start);
            let Some(gap) = self.ended(state, Span::new(span.end, next.max(span.end)), part) else {
                continue;
            };
            let run = state.group.get(from..=at).unwrap_or_default().to_vec();
            from = at + 1;
            if self.allowed(part, whole, run.first().map_or(part, |(_, _, span)| *span), gap) {
                let dating = self.dating(state, part, whole, gap, false);
                self.give(&run, &titles, dating, whole, origin);
            }
        }
    }

    /// A医院、B医院各有1个学科入选,分别是骨科和儿科: one to each.
    fn respective(&self, state: &State, part: Span) -> Vec<(usize, Field, Span)> {
        let mut spans: Vec<Span> = state.group.iter().map(|(_, _, span)| *span).collect();
        spans.dedup();
        let first = spans.first().map_or(part.start, |span| span.start);
        let each = self.reading.scan.says(Span::new(part.start, first), DISTRIBUTE)
            || self.reading.between(part.start, first).contains("分别");
        if !each || state.holders.len() < 2 || spans.len() != state.holders.len() {
            return state.group.clone();
        }
        let place = |holder: usize| state.holders.iter().position(|known| *known == holder);
        let own = |span: Span| spans.iter().position(|known| *known == span);
        state.group.iter().filter(|(holder, _, span)| place(*holder) == own(*span)).cloned().collect()
    }

    /// The stretch behind a specialty as far as the word that gives the waiting title to all before it.
    fn ended(&self, state: &State, gap: Span, part: Span) -> Option<Span> {
        let waiting = state.pending.is_some() || self.memory.fresh;
        let scan = &self.reading.scan;
        let word = scan.words_in(gap).iter().find(|word| {
            word.kinds.has(AWARD_END)
                || (waiting && word.kinds.has(AWARD.or(PASSING)) && self.ends_clause(word.span.end, part.end))
        })?;
        let clause = sentence::clause(self.reading.text(), part, word.span.start);
        let told = Span::new(gap.start, clause.end.max(word.span.end).min(gap.end));
        (!scan.says(told, NEGATION.or(HOPE))).then_some(told)
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
            let own = self.year_behind(span.end);
            let dating = own.map_or(dating, Dating::Printed);
            for award in awards {
                let mut award = *award;
                if award.level.is_none() {
                    award.level = self.level_around(evidence, *span);
                } else if award.level == Some(Level::County)
                    && award.tier.is_none()
                    && award.region.is_none()
                    && dating != Dating::Undated
                    && self.level_around(evidence, *span) == Some(Level::Provincial)
                {
                    // 省卫生健康委公布…县级临床重点专科: the province gives it to a county's hospital.
                    award.level = Some(Level::Provincial);
                    award.tier = Some(Tier::County);
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
