//! The end of a part of a sentence: who among those still waiting was given the title announced.

use super::link::REVIEWS;
use super::*;

impl Narrator<'_, '_> {
    /// The end of a part: 名单中,该院血液科、急诊科双双入选; 我院骨科榜上有名; 8个专科全部通过评估,其中骨科为优秀.
    pub(super) fn close(&mut self, state: &mut State, part: Span, whole: Span, origin: Origin) {
        self.close_predecessors(state, part, whole, origin);
        self.close_pronoun(state, part, whole, origin);
        if state.group.is_empty() || state.taken.is_some() || state.listing {
            return;
        }
        let last = state.group.last().map_or(part.start, |(_, _, span)| span.end);
        let tail = Span::new(last, part.end);
        if self.close_by_status(state, part, whole, origin)
            || self.listed_by_status(state, part, whole, origin)
        {
            return;
        }
        let after = self.opens_announced(state, part, whole)
            || self.counts_announced(state, part)
            || self.joins_announced(state, part)
            || self.takes_seats(state, part)
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
            let stretch = Span::new(span.end, next.max(span.end));
            let ended = self.ended(state, stretch, part).map(|gap| (gap, None));
            let Some((gap, status)) = ended.or_else(|| self.ended_by_status(state, stretch, part)) else {
                continue;
            };
            let run = state.group.get(from..=at).unwrap_or_default().to_vec();
            from = at + 1;
            if self.allowed(part, whole, run.first().map_or(part, |(_, _, span)| *span), gap) {
                // …都已是第三轮入选: how it stands, not what is new.
                let standing =
                    gap.of(self.reading.text()).contains('已') && !self.reading.scan.says(part, NEWS);
                let dating = self.dating(state, part, whole, gap, standing);
                let given: Vec<Award> = titles
                    .iter()
                    .map(|award| match status {
                        Some(status) => Award { status, status_said: true, ..*award },
                        None if self.finishes_building(state, gap, award) => {
                            Award { status: Status::Designated, status_said: true, ..*award }
                        }
                        None => *award,
                    })
                    .collect();
                self.give(&run, &given, dating, whole, origin);
            }
        }
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
            let Some(said) =
                ["为", "是", "系", "属", "列为", "被列为"].iter().find_map(|verb| tail.strip_prefix(verb))
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

    /// …公布P名单,该科位列其中: the department that was spoken of.
    fn close_pronoun(&mut self, state: &mut State, part: Span, whole: Span, origin: Origin) {
        let announced = match state.pending.and_then(|at| self.reading.titles.get(at)) {
            Some(title) if !title.activity && !title.void && !title.person && !title.counted => awards(title),
            Some(_) => return,
            None => self.memory.announced.filter(|_| self.memory.fresh).into_iter().collect(),
        };
        let free = state.group.is_empty() && state.taken.is_none() && !state.listing;
        if !free || announced.is_empty() {
            return;
        }
        let text = self.reading.text();
        let words = self.reading.scan.words_in(part);
        let Some(clause) = words.iter().filter(|word| word.kinds.has(AWARD_END)).find_map(|word| {
            let clause = sentence::clause(text, part, word.span.start);
            let told = clause.of(text).trim_start_matches(['我', '们', '而', ' ']);
            let department = ["该科", "科室", "科", "该专科", "该学科", "本科室"];
            department.iter().any(|name| told.starts_with(name)).then_some(clause)
        }) else {
            return;
        };
        let spoken = self.memory.field.clone().filter(|_| self.memory.alone).or_else(|| self.topic.clone());
        let holder = self.memory.holder.or(self.cast.home);
        let (Some(field), Some(holder)) = (spoken, holder) else { return };
        if self.allowed(part, whole, clause, clause) && !self.reading.scan.says(clause, NEGATION.or(HOPE)) {
            let dating = self.dating(state, part, whole, clause, false);
            let group = [(holder, field, Span::new(clause.start, clause.start))];
            self.give(&group, &announced, dating, whole, origin);
            state.taken = Some(clause.end);
        }
    }

    /// 公布P1名单,甲科、乙科榜上有名,丙科成为P2: those before 榜上有名 have the title announced.
    pub(super) fn settle_ended(
        &mut self,
        state: &mut State,
        before: usize,
        part: Span,
        whole: Span,
        origin: Origin,
    ) {
        if state.taken.is_some() || state.listing || state.group.len() < 2 {
            return;
        }
        let titles: Vec<Award> = match state.pending.and_then(|at| self.reading.titles.get(at)) {
            Some(title) if !title.activity && !title.void && !title.person => awards(title),
            Some(_) => return,
            None => self.memory.announced.filter(|_| self.memory.fresh).into_iter().collect(),
        };
        let last = (1..state.group.len()).rev().find_map(|at| {
            let (_, _, one) = state.group.get(at - 1)?;
            let (_, _, next) = state.group.get(at)?;
            let gap = Span::new(one.end, next.start.max(one.end));
            let words = self.reading.scan.words_in(gap);
            let ended = words.iter().any(|word| word.kinds.has(AWARD_END)) && next.end <= before;
            (ended && !self.reading.scan.says(gap, NEGATION.or(HOPE))).then_some((at, gap))
        });
        let Some((at, gap)) = last else { return };
        let rest = state.group.split_off(at);
        let run = std::mem::replace(&mut state.group, rest);
        if self.allowed(part, whole, run.first().map_or(part, |(_, _, span)| *span), gap) {
            let dating = self.dating(state, part, whole, gap, false);
            self.give(&run, &titles, dating, whole, origin);
        }
        state.pending = None;
    }

    /// …建设项目终期验收结果,甲科以优秀等次通过验收: the building is done.
    fn finishes_building(&self, state: &State, gap: Span, award: &Award) -> bool {
        let told = gap.of(self.reading.text());
        // …建设项目验收结果,甲科以合格等次通过
        let title = state.pending.and_then(|at| self.reading.titles.get(at));
        let reviewed = title.is_some_and(|title| {
            let tail = self.reading.between(title.span.end, self.reading.text().len());
            REVIEWS.iter().any(|word| tail.trim_start_matches(['”', '"', '的']).starts_with(word))
        });
        let passed = self.reading.scan.says(gap, PASSING) || told.contains("过关") || told.contains("合格");
        award.status == Status::Construction && passed && (told.contains("验收") || reviewed)
    }

    /// 名单中,甲科新获确认,乙科被确认为建设单位: the title announced, as far as its status says.
    fn ended_by_status(&self, state: &State, stretch: Span, part: Span) -> Option<(Span, Option<Status>)> {
        if state.pending.is_none() && !self.memory.fresh {
            return None;
        }
        let clause = sentence::clause(self.reading.text(), part, stretch.start);
        let told = Span::new(stretch.start, clause.end.max(stretch.start).min(stretch.end));
        let (verb, status) = self.status_given(told)?;
        let plain = !self.reading.scan.says(told, NEGATION.or(HOPE));
        (plain && verb.start - stretch.start <= 60).then_some((told, Some(status)))
    }

    /// 为培育项目, 是建设单位: the status said right behind, and nothing else.
    fn status_stated(&self, tail: Span) -> Option<Status> {
        let text = tail.of(self.reading.text());
        let said = ["则为", "则是", "均为", "均是", "为", "是", "系"]
            .iter()
            .find_map(|verb| text.strip_prefix(verb))?;
        let at = tail.end - said.len();
        let (span, entry) = self.reading.scan.starting_at(at).find(|(span, entry)| {
            entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.of(self.reading.text()).chars().count() >= 4
        })?;
        let whole = self.reading.between(span.end, tail.end).chars().all(|c| !c.is_alphanumeric());
        let status = if entry.kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction };
        whole.then_some(status)
    }

    /// 被确认为建设单位: the verb, and the status that it gives.
    fn status_given(&self, told: Span) -> Option<(Span, Status)> {
        let text = self.reading.text();
        let verb = self.reading.scan.words_in(told).iter().find(|word| word.kinds.has(AWARD))?;
        let mut places = (verb.span.start..told.end).filter(|at| text.is_char_boundary(*at));
        let kinds = places.find_map(|at| {
            self.reading.scan.starting_at(at).find_map(|(span, entry)| {
                let status = entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.end <= told.end;
                (status && span.of(text).chars().count() >= 4).then_some(entry.kinds)
            })
        })?;
        let status = if kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction };
        Some((verb.span, status))
    }

    /// 甲科被列为市级重点专科建设项目,成为该院继2021年乙科之后第二个…: those before it hold the title just given.
    fn close_predecessors(&mut self, state: &mut State, part: Span, whole: Span, origin: Origin) {
        let Some((_, _, first)) = state.predecessors.first() else { return };
        let titles = self.reading.titles_in(Span::new(part.start, first.start));
        let Some(title) = titles.last().filter(|title| state.taken == Some(title.span.end)) else { return };
        let last = state.predecessors.last().map_or(first.end, |(_, _, span)| span.end);
        let tail = self.reading.between(last, part.end);
        let again = ["第二", "第三", "第四", "第五", "第六", "又一", "再一", "再度", "再次"];
        if !again.iter().any(|word| tail.contains(word)) || !self.allowed(part, whole, title.span, title.span)
        {
            return;
        }
        let given = awards(title);
        let years = std::mem::take(&mut state.predecessor_years);
        for (one, year) in std::mem::take(&mut state.predecessors).iter().zip(years) {
            let dating = year.map_or(Dating::Undated, Dating::Printed);
            self.give(std::slice::from_ref(one), &given, dating, whole, origin);
        }
    }

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
    fn complete(
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
            let reviewed = REVIEWS.iter().any(|review| clause.of(text).contains(review));
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

    /// …公布名单。其中,省属医疗机构6个:A医院甲科、B医院乙科: a counted list of the title announced before.
    fn counts_announced(&self, state: &State, part: Span) -> bool {
        let Some(holder) = self.reading.institutions_in(part).first().map(|mention| mention.span.start)
        else {
            return false;
        };
        let text = self.reading.between(part.start, holder);
        let head = text.trim_end();
        let counted = head.trim_end_matches([':', '：']);
        state.pending.is_none()
            && self.memory.announced.is_some()
            && counted.len() < head.len()
            && counted.ends_with(['个', '家', '项'])
            && counted.chars().count() <= 20
            && counted.contains(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c))
            && !self.reading.scan.says(Span::new(part.start, holder), HOPE.or(NEGATION))
    }

    /// 同批入围的还有该院的甲科: more of the title announced before.
    fn joins_announced(&self, state: &State, part: Span) -> bool {
        let Some((_, _, first)) = state.group.first() else { return false };
        if state.pending.is_some() || !self.memory.fresh {
            return false;
        }
        let words = self.reading.scan.words_in(Span::new(part.start, first.start));
        let clause = sentence::clause(self.reading.text(), part, first.start);
        words.iter().any(|word| {
            let rest = self.reading.between(word.span.end, first.start);
            let more = ["的还有", "的有", "的是", "的包括", "的分别是", "的,还有", "的，还有"];
            let joined = word.kinds.has(AWARD.or(AWARD_END).or(PASSING))
                && more.iter().any(|more| rest.starts_with(more));
            joined && word.span.start >= clause.start && rest.chars().count() <= 30
        }) && !self.reading.scan.says(Span::new(part.start, clause.end), HOPE.or(NEGATION))
    }

    /// A医院占据3席,分别是甲科、乙科和丙科; B医院拿下丁科、戊科2席: of the title announced before.
    fn takes_seats(&self, state: &State, part: Span) -> bool {
        let (Some((_, _, first)), Some((_, _, last))) = (state.group.first(), state.group.last()) else {
            return false;
        };
        let Some(holder) = self.reading.institutions_in(Span::new(part.start, first.start)).last() else {
            return false;
        };
        // 评出5个区级重点专科,某医院独得2席——甲科、乙科
        let before = state.pending.and_then(|at| self.reading.titles.get(at)).is_some_and(|title| {
            let told = self.reading.between(part.start, title.span.start);
            title.span.end <= holder.span.start
                && ["评出", "评选出", "评定", "命名", "公布", "新增"].iter().any(|verb| told.contains(verb))
        });
        let announced = state.pending.is_none() && self.memory.announced.is_some();
        if !(announced || before) || self.reading.scan.says(part, HOPE.or(NEGATION)) {
            return false;
        }
        let between = self.reading.between(holder.span.end, first.start);
        let tail = self.reading.between(last.end, part.end);
        let verb = [
            "占据", "占", "拿下", "斩获", "摘得", "收获", "包揽", "夺得", "揽下", "独占", "独揽", "贡献",
            "有", "入选", "独得", "喜得", "摘取",
        ]
        .iter()
        .find_map(|verb| {
            between.strip_prefix(verb).or_else(|| between.strip_prefix("则")?.strip_prefix(verb))
        });
        let seats = |text: &str| {
            let number = text.trim_start_matches(|c: char| {
                c.is_ascii_digit() || "一二三四五六七八九十两其中的".contains(c)
            });
            number.len() < text.len() && number.starts_with(['席', '个', '项', '枚'])
        };
        // A医院2个:甲科、乙科; A医院入选专科最多,有甲科和乙科
        let most = between.contains("最多")
            && between.ends_with(['有', '是', '为'])
            && between.chars().count() <= 16;
        let bare = seats(between).then_some(between);
        if most {
            return true;
        }
        let Some(rest) = verb.or(bare) else { return false };
        let listed = seats(rest)
            && [
                "分别是",
                "分别为",
                "为",
                "是",
                "：",
                ":",
                "，",
                ",",
                "(",
                "（",
                "即",
                "—",
                "有",
                "包括",
                "—",
            ]
            .iter()
            .any(|sign| rest.ends_with(sign));
        listed || (rest.is_empty() && seats(tail.trim_start_matches('等')))
    }

    /// …名单揭晓。它们是:A医院甲科,B医院乙科;C医院丙科: a list of the title announced before, as far as its sentence goes.
    pub(super) fn opens_announced(&mut self, state: &State, part: Span, whole: Span) -> bool {
        const OPENERS: &[&str] =
            &["它们", "分别", "具体", "名单", "入选", "上榜", "获批", "获评", "入围", "其中"];
        // 这两个科室是…, 9家医院:…; but 科室现有… tells of something else.
        const NOUNS: &[&str] = &["专科", "学科", "科室", "医院", "单位", "机构"];
        let counts = |c: char| c.is_ascii_digit() || "这此两三四五六七八九十上以".contains(c);
        if state.pending.is_some() || self.memory.announced.is_none() {
            return false;
        }
        if self.memory.open == Some(whole) {
            let named = self.reading.institutions_in(part).first();
            return named.is_some_and(|named| {
                self.reading.between(part.start, named.span.start).chars().all(|c| !c.is_alphanumeric())
                    && !self.reading.scan.says(part, HOPE.or(NEGATION))
            });
        }
        let field = state.group.first().map_or(part.start, |(_, _, span)| span.start);
        let named = self.reading.institutions_in(part).iter();
        let named = named.filter(|named| named.naming != Naming::Generic).map(|named| named.span.start);
        let first = named.clone().chain([field]).min().unwrap_or(field);
        let head = Span::new(part.start, first.max(part.start));
        let text = head.of(self.reading.text()).trim();
        let signed = text.trim_end_matches([':', '：']);
        let ends = signed.len() < text.len()
            || ["是", "为", "有", "包括", "如下"].iter().any(|end| text.ends_with(end));
        let opens = ends
            && text.chars().count() <= 24
            && (OPENERS.iter().any(|word| text.contains(word))
                || NOUNS.iter().any(|word| text.contains(word))
                    && (signed.len() < text.len() || text.contains(counts) || first < field))
            && !self.reading.scan.says(head, HOPE.or(NEGATION))
            && field::mentions_in(self.fields, head).is_empty()
            && (self.memory.fresh || named.count() > 0);
        if opens {
            self.memory.open = Some(whole);
        }
        opens
    }

    /// …重点专科3个:甲科;培育专科2个:乙科、丙科: the announced title, as far as its status says.
    pub(super) fn listed_by_status(
        &mut self,
        state: &State,
        part: Span,
        whole: Span,
        origin: Origin,
    ) -> bool {
        let (Some((_, _, first)), None, Some(announced)) =
            (state.group.first(), state.pending, self.memory.announced)
        else {
            return false;
        };
        let text = self.reading.text();
        let start = part.start + part.of(text).len() - part.of(text).trim_start().len();
        // 进入培育单位名单的,是A医院甲科
        let verb = self.reading.scan.starting_at(start).find(|(_, entry)| entry.kinds.has(AWARD));
        let start = verb.map_or(start, |(span, _)| span.end);
        let Some((span, kinds)) = self.reading.scan.starting_at(start).find_map(|(span, entry)| {
            let status = entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.of(text).chars().count() >= 4;
            status.then_some((span, entry.kinds))
        }) else {
            return false;
        };
        let named = self.reading.institutions_in(Span::new(span.end, first.start)).first();
        let count = self.reading.between(span.end, named.map_or(first.start, |named| named.span.start));
        let counted = count.contains(['个', '项', ':', '：', '('])
            && count
                .chars()
                .all(|c| c.is_ascii_digit() || "一二三四五六七八九十两个项:：(（分别为是，,".contains(c));
        let rest = count.strip_prefix("名单").unwrap_or(count);
        let told = verb.is_some()
            && rest.starts_with('的')
            && ["是", "有", "为", ":", "："].iter().any(|word| rest.contains(word))
            && !self.reading.scan.says(Span::new(start, first.start), HOPE.or(NEGATION));
        if !(counted || told) || !self.allowed(part, whole, *first, part) {
            return false;
        }
        let status = if kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction };
        let dating = self.dating(state, part, whole, span, false);
        let group = state.group.clone();
        self.give(&group, &[Award { status, status_said: true, ..announced }], dating, whole, origin);
        true
    }

    /// 骨科、儿科进入建设项目名单: the announced title, as far as its status says.
    pub(super) fn close_by_status(&mut self, state: &State, part: Span, whole: Span, origin: Origin) -> bool {
        let (Some((_, _, last)), None, Some(announced)) =
            (state.group.last(), state.pending, self.memory.announced)
        else {
            return false;
        };
        let tail = sentence::clause(self.reading.text(), part, last.end);
        let tail = Span::new(last.end, tail.end.max(last.end));
        // 甲科为P1,乙科为P2,丙科为培育项目
        let plainly =
            || self.status_stated(tail).filter(|_| self.drafts.iter().any(|one| one.evidence == whole));
        let Some(status) = self.status_given(tail).map(|(_, status)| status).or_else(plainly) else {
            return false;
        };
        let ended_before = state.group.iter().zip(state.group.iter().skip(1)).any(|(one, next)| {
            self.ended(state, Span::new(one.2.end, next.2.start.max(one.2.end)), part).is_some()
        });
        if ended_before {
            return false;
        }
        let void = self.reading.titles_in(tail).iter().any(|title| title.void || title.activity);
        let plain = !void
            && self.reading.institutions_in(tail).is_empty()
            && !self.reading.scan.says(tail, HOPE.or(NEGATION))
            && self.allowed(part, whole, *last, tail);
        if !plain || !(self.memory.fresh || announced.level.is_some()) {
            return false;
        }
        let dating = self.dating(state, part, whole, tail, false);
        let group = state.group.clone();
        self.give(&group, &[Award { status, status_said: true, ..announced }], dating, whole, origin);
        true
    }

    /// A医院、B医院各有1个学科入选,分别是骨科和儿科: one to each.
    pub(super) fn respective(&self, state: &State, part: Span) -> Vec<(usize, Field, Span)> {
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
    pub(super) fn ended(&self, state: &State, gap: Span, part: Span) -> Option<Span> {
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
    pub(super) fn closes(&self, at: usize, part: Span) -> bool {
        self.reading.between(at, part.end).chars().all(|c| !c.is_alphanumeric())
    }
}
