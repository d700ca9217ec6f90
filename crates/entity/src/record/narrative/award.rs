//! Titles given to groups: all to all, one to each, to the department spoken of, to those named at the end.

use super::link::REVIEWS;
use super::*;
use crate::gazetteer::tables::LEVEL;

/// Which of several years a group's specialties have.
enum Shares {
    /// All of them the same.
    All(Dating),
    /// One each, in their order.
    Each(Vec<Dating>),
    /// Not to be told.
    Unsure,
}

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
        // 又被某市卫生健康局认定为基层特色专科: the level is the authority's that stands before the title.
        let own: Vec<Award> = awards(title)
            .into_iter()
            .map(|award| Award {
                status: if self.finishes(title, part) { Status::Designated } else { award.status },
                level: award.level.or_else(|| self.level_around(whole, title.span)),
                ..award
            })
            .collect();
        let shares = self.shares(group, dating, head);
        if !each {
            self.give_shared(group, &own, &shares, whole, origin);
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
            if matches!(shares, Shares::Each(_)) {
                self.also.clear();
            }
            for (at, (holder, award)) in group.iter().zip(row).enumerate() {
                let own = match &shares {
                    Shares::Each(datings) => datings.get(at).map_or(Shares::Unsure, |own| Shares::All(*own)),
                    Shares::All(dating) => Shares::All(*dating),
                    Shares::Unsure => Shares::Unsure,
                };
                self.give_shared(std::slice::from_ref(holder), &[award], &own, whole, origin);
            }
        } else if row.len() == 1 {
            self.give_shared(group, &row, &shares, whole, origin);
        }
        end
    }

    /// …重点专科3个:甲科;培育专科2个:乙科、丙科: the announced title, as far as its status says.
    fn listed_by_status(&mut self, state: &State, part: Span, whole: Span, origin: Origin) -> bool {
        let (Some((_, _, first)), None, Some(announced)) =
            (state.group.first(), state.pending, self.memory.announced)
        else {
            return false;
        };
        let text = self.reading.text();
        let start = part.start + part.of(text).len() - part.of(text).trim_start().len();
        let Some((span, kinds)) = self.reading.scan.starting_at(start).find_map(|(span, entry)| {
            let status = entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.of(text).chars().count() >= 4;
            status.then_some((span, entry.kinds))
        }) else {
            return false;
        };
        let count = self.reading.between(span.end, first.start);
        let counted = count.contains(['个', '项', ':', '：', '('])
            && count
                .chars()
                .all(|c| c.is_ascii_digit() || "一二三四五六七八九十两个项:：(（分别为".contains(c));
        if !counted || !self.allowed(part, whole, *first, part) {
            return false;
        }
        let status = if kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction };
        let dating = self.dating(state, part, whole, span, false);
        let group = state.group.clone();
        self.give(&group, &[Award { status, status_said: true, ..announced }], dating, whole, origin);
        true
    }

    /// 通过省级临床重点专科建设项目验收: the building is done.
    fn finishes(&self, title: &Title, part: Span) -> bool {
        let own = sentence::clause(self.reading.text(), part, title.span.start);
        let tail = self
            .reading
            .between(title.span.end, own.end)
            .trim_start_matches(['”', '"', '的', '终', '期', '末']);
        title.status == Status::Construction
            && ["验收", "期满验收", "结项"].iter().any(|word| tail.starts_with(word))
            && self.reading.between(own.start, title.span.start).contains("通过")
    }

    /// 甲科、乙科先后于2012年、2015年入选: one year to each; where the counts disagree, no year is sure.
    fn shares(&self, group: &[(usize, Field, Span)], dating: Dating, head: Span) -> Shares {
        let (Dating::Printed(last), false) = (dating, self.also.is_empty()) else {
            return Shares::All(dating);
        };
        let mut spans: Vec<Span> = group.iter().map(|(_, _, span)| *span).collect();
        spans.dedup();
        let told = head.of(self.reading.text());
        let apart = ["分别", "先后", "相继", "依次", "陆续"].iter().any(|word| told.contains(word));
        if spans.len() < 2 || !apart {
            return Shares::All(dating);
        }
        if spans.len() != self.also.len() + 1 || spans.len() != group.len() {
            return Shares::Unsure;
        }
        Shares::Each(self.also.iter().copied().chain([last]).map(Dating::Printed).collect())
    }

    fn give_shared(
        &mut self,
        group: &[(usize, Field, Span)],
        awards: &[Award],
        shares: &Shares,
        whole: Span,
        origin: Origin,
    ) {
        match shares {
            Shares::All(dating) => self.give(group, awards, *dating, whole, origin),
            Shares::Each(datings) => {
                self.also.clear();
                for (one, dating) in group.iter().zip(datings) {
                    self.give(std::slice::from_ref(one), awards, *dating, whole, origin);
                }
            }
            Shares::Unsure => {}
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
        // Under a department's heading: 国家级培训基地,四川省医学重点专科。
        let listed = !given
            && !held
            && self.headed
            && origin == Origin::Body
            && !state.named
            && head.of(self.reading.text()).trim().is_empty()
            && self.reading.between(title.span.end, own.end).trim_matches(['”', '"', ' ']).is_empty();
        let held = held || listed;
        if !(given || held) || title.counted || !self.allowed(part, whole, head, title.span) {
            return false;
        }
        let before = Span::new(whole.start, title.span.start);
        let said = self.speaks_of_department(before);
        let field = if let Some(inner) = title.field {
            field::named(self.reading.tables, inner.of(self.reading.text()))
        } else if listed {
            self.topic.clone()
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
        let told = Span::new(head.end, head.end);
        let group: Vec<_> = holders.into_iter().map(|holder| (holder, field.clone(), told)).collect();
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
                    let mut places = self
                        .reading
                        .scan
                        .starting_at(at)
                        .filter(|(_, entry)| entry.region.is_some() || entry.kinds.has(LEVEL));
                    places.next().map(|(span, _)| span).filter(|span| span.end <= head.end)
                });
            if let Some(span) = known {
                at = span.end;
                continue;
            }
            let Some(c) = self.reading.scan.after(at) else { break };
            let filler = !is_han(c)
                || "又再正式顺利成功经过评审后并还已首次连续也即便随年月日度起被获先进而高分由省市县区州两三四五六多次"
                    .contains(c);
            if !filler {
                return false;
            }
            at += c.len_utf8();
        }
        true
    }

    pub(super) fn speaks_of_department(&self, span: Span) -> bool {
        ["该科", "科室", "我科", "我们科", "本科室", "该专科", "该学科", "学科于", "专科于", "科里"]
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
        if self.close_by_status(state, part, whole, origin) {
            return;
        }
        if self.listed_by_status(state, part, whole, origin) {
            return;
        }
        let after = self.opens_announced(state, part)
            || self.listed_after_award(state, part) && !self.reading.scan.says(tail, NEGATION.or(HOPE));
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

    /// 2012年列为国家重点专科建设项目,2018年通过验收: the building is done, and in which year.
    pub(super) fn completed(&mut self, state: &State, part: Span, whole: Span, origin: Origin) {
        let text = self.reading.text();
        let Some(title) = self
            .reading
            .titles_in(part)
            .last()
            .filter(|title| !title.activity && !title.void && !title.person)
        else {
            return;
        };
        let tail = Span::new(title.span.end, part.end);
        let given: Vec<(usize, Field, Span)> = self
            .drafts
            .iter()
            .rev()
            .take_while(|draft| draft.evidence == whole)
            .filter(|draft| draft.award.status == title.status && draft.award.programme == title.programme)
            .map(|draft| (draft.holder, draft.field.clone(), tail))
            .collect();
        let passed = self.reading.scan.words_in(tail).iter().find(|word| {
            let clause = sentence::clause(text, part, word.span.start);
            // 是某市重点专科,去年通过了复核
            let reviewed = REVIEWS.iter().any(|review| clause.of(text).contains(review));
            let done = if title.status == Status::Designated {
                reviewed
            } else {
                clause.of(text).contains("验收")
            };
            word.kinds.has(PASSING) && done
        });
        let Some(passed) = passed.map(|word| word.span).filter(|_| !given.is_empty()) else { return };
        let clause = sentence::clause(text, part, passed.start);
        let dated = self.reading.years_in(Span::new(title.span.end, passed.end)).last().is_some();
        let plain = !self.reading.scan.says(Span::new(title.span.end, clause.end), HOPE.or(NEGATION));
        let Some(year) = state.year.filter(|_| dated && plain) else { return };
        let done: Vec<Award> = awards(title)
            .into_iter()
            .map(|award| Award { status: Status::Designated, status_said: true, ..award })
            .collect();
        self.give(&given, &done, Dating::Printed(year), whole, origin);
    }

    /// …名单揭晓。它们是:A医院甲科,B医院乙科: a list of the title announced before.
    fn opens_announced(&self, state: &State, part: Span) -> bool {
        let first = state.group.first().map_or(part.start, |(_, _, span)| span.start);
        let text = self.reading.between(part.start, first);
        state.pending.is_none()
            && self.memory.announced.is_some()
            && [
                "它们是",
                "它们分别是",
                "分别是",
                "分别为",
                "入选的是",
                "入选专科为",
                "入选专科是",
                "上榜的是",
                "具体为",
            ]
            .iter()
            .any(|word| text.trim_start().starts_with(word))
    }

    /// 2021年获批的心血管内科 behind its title: given in that year.
    pub(super) fn given_in(&self, field: Span, part: Span) -> Option<i32> {
        let head = self.reading.between(part.start, field.start).strip_suffix('的')?;
        let end = part.start + head.len();
        let (verb, _) = self
            .reading
            .scan
            .ending_at(end)
            .find(|(span, entry)| entry.kinds.has(AWARD.or(PASSING)) && span.start >= part.start)?;
        let year = self.reading.years_in(Span::new(part.start, verb.start)).last()?;
        let When::Year(value) = year.when else { return None };
        (self.reading.between(year.span.end, verb.start).chars().count() <= 4).then_some(value)
    }

    /// 骨科、儿科进入建设项目名单: the announced title, as far as its status says.
    fn close_by_status(&mut self, state: &State, part: Span, whole: Span, origin: Origin) -> bool {
        let (Some((_, _, last)), None, Some(announced)) =
            (state.group.last(), state.pending, self.memory.announced)
        else {
            return false;
        };
        let tail = sentence::clause(self.reading.text(), part, last.end);
        let tail = Span::new(last.end, tail.end.max(last.end));
        let words = self.reading.scan.words_in(tail);
        let Some(verb) = words.iter().find(|word| word.kinds.has(AWARD)) else { return false };
        let status =
            (verb.span.end..tail.end).filter(|at| self.reading.text().is_char_boundary(*at)).find_map(|at| {
                self.reading.scan.starting_at(at).find(|(span, entry)| {
                    entry.kinds.has(CONSTRUCTION.or(CULTIVATION))
                        && span.of(self.reading.text()).chars().count() >= 4
                        && span.end <= tail.end
                })
            });
        let Some((_, entry)) = status else { return false };
        let plain = self.reading.institutions_in(tail).is_empty()
            && !self.reading.scan.says(tail, HOPE.or(NEGATION))
            && self.allowed(part, whole, *last, tail);
        if !plain || !(self.memory.fresh || announced.level.is_some()) {
            return false;
        }
        let status = if entry.kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction };
        let dating = self.dating(state, part, whole, tail, false);
        let group = state.group.clone();
        self.give(&group, &[Award { status, status_said: true, ..announced }], dating, whole, origin);
        true
    }

    /// 作为市级重点专科,某县人民医院妇产科…: a title that its holder's name follows.
    pub(super) fn appositions(&mut self, part: Span, whole: Span, origin: Origin) {
        if self.reading.titles_in(part).is_empty() {
            return;
        }
        let text = self.reading.text();
        for (offset, _) in part.of(text).match_indices("作为") {
            let start = part.start + offset;
            let opens = offset == 0
                || self.reading.scan.before(start).is_some_and(|c| !is_han(c) && !c.is_ascii_alphanumeric());
            let clause = sentence::clause(text, part, start);
            let titles = self.reading.titles_in(Span::new(start, clause.end)).to_vec();
            let held = titles.last().is_some_and(|title| {
                self.reading.between(title.span.end, clause.end).trim_matches(['”', '"', '的']).is_empty()
            });
            if !opens || !held || titles.iter().any(|title| title.activity || title.void || title.person) {
                continue;
            }
            let after = clause.end + self.reading.scan.after(clause.end).map_or(0, char::len_utf8);
            let next = self.reading.institutions_in(Span::new(after, part.end)).first();
            let named = next.filter(|next| next.span.start == after);
            let from = named.map_or(after, |named| named.span.end);
            let holder = match named {
                Some(named) => self.holder(named.span.start),
                None => self.cast.home,
            };
            let next = field::mentions_in(self.fields, Span::new(from, part.end));
            let next = next.first().filter(|next| next.span.start == from);
            let rest = self.reading.between(from, part.end);
            let spoken =
                ["该科", "科室", "我科", "该学科", "该专科"].iter().any(|word| rest.starts_with(word));
            let (field, span) = match next {
                Some(next) => (Some(Field::Row(next.row)), next.span),
                None if spoken => (
                    self.memory.field.clone().or_else(|| self.topic.clone()),
                    Span::new(from, from + "该科".len()),
                ),
                None => (None, part),
            };
            let (Some(holder), Some(field)) = (holder, field) else { continue };
            let group = [(holder, field, span)];
            for title in &titles {
                self.give(&group, &awards(title), Dating::Undated, whole, origin);
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
        // 此前,该院神经内科于2022年率先入选: the title that the news was about.
        let before = self.reading.between(part.start, gap.start).trim_start().starts_with("此前");
        // 县市方面,A医院甲科、B医院乙科获评。: a verb that closes its sentence without an object means the title announced.
        let closing = state.named && self.reading.titles_in(part).is_empty();
        let waiting = state.pending.is_some() || self.memory.fresh || before;
        let scan = &self.reading.scan;
        let word = scan.words_in(gap).iter().find(|word| {
            word.kinds.has(AWARD_END)
                || (waiting && word.kinds.has(AWARD.or(PASSING)) && self.ends_clause(word.span.end, part.end))
                || (closing && word.kinds.has(AWARD) && self.closes(word.span.end, part))
        })?;
        let clause = sentence::clause(self.reading.text(), part, word.span.start);
        let told = Span::new(gap.start, clause.end.max(word.span.end).min(gap.end));
        (!scan.says(told, NEGATION.or(HOPE))).then_some(told)
    }

    /// Whether nothing but a sign follows in the part.
    fn closes(&self, at: usize, part: Span) -> bool {
        self.reading.between(at, part.end).chars().all(|c| !c.is_alphanumeric())
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
                    && self.level_around(evidence, Span::new(evidence.end, evidence.end))
                        == Some(Level::Provincial)
                {
                    // 省卫生健康委公布…县级临床重点专科: the province gives it to a county's hospital.
                    award.level = Some(Level::Provincial);
                    award.tier = Some(Tier::County);
                }
                let mut told = vec![dating];
                if own.is_none() && dating != Dating::Undated {
                    // 2013年、2016年两次被评为…: once in each year.
                    told.extend(self.also.iter().map(|year| Dating::Printed(*year)));
                }
                for dating in told {
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
}
