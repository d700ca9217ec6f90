//! The end of a part of a sentence: who among those still waiting was given the title announced.

use super::*;
use xinglin_text::word_list;

/// 也榜上有名, 同样在列: of those told before.
fn named_too(tail: &str) -> bool {
    let Some(told) = word_list!["也", "亦", "同样", "一同", "双双"].strip_prefix(tail) else {
        return false;
    };
    word_list!["榜上有名", "名列其中", "位列其中", "在列", "在榜", "赫然在列", "上榜", "入围", "入选"]
        .strip_prefix(told)
        .is_some_and(|rest| !rest.starts_with(is_han))
}

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
            || self.added_to_total(state, part, whole, origin)
        {
            return;
        }
        let after = self.opens_announced(state, part, whole)
            || self.counts_announced(state, part)
            || self.joins_announced(state, part)
            || self.takes_seats(state, &state.group, part)
            || self.seats_fall(state, part)
            || self.are_bracketed(state, part)
            || self.listed_after_award(state, part) && !self.reading.scan.says(tail, NEGATION.or(HOPE));
        // …公布P,入选情况为:A医院:甲科;B医院:乙科: the parts that follow go on with the list.
        let head = state.group.first().map_or(part.start, |(_, _, span)| span.start);
        if after && self.reading.between(part.start, head).ends_with([':', '：']) {
            self.memory.open = Some(whole);
        }
        let titles: Vec<Award> = match state.pending.and_then(|at| self.reading.titles.get(at)) {
            Some(title) if !title.activity && !title.void && !title.person => awards(title),
            Some(_) => return,
            None => {
                let listed = self.memory.open_status.filter(|_| self.memory.open == Some(whole));
                let rest = || self.status_of_rest(part, head).filter(|_| after);
                // 列为建设项目的4个专科中,A医院占一个;B医院占了另外三个
                let before = || self.status_at_head(whole, part.start).filter(|_| part.start > whole.start);
                let status = self.status_at_head(part, head).or_else(rest).or_else(before).or(listed);
                let status = status.or(self.memory.status);
                let told = self.memory.announced.map(|award| match status {
                    Some(status) => {
                        let led = Span::new(part.start, head.max(part.start));
                        self.at_level_said(Award { status, status_said: true, ..award }, led)
                    }
                    None => award,
                });
                told.into_iter().collect()
            }
        };
        if titles.is_empty() {
            return;
        }
        if after {
            // 下列专科延期一年建设:A医院甲科
            if crate::record::bracket::is_put_off(self.reading.between(part.start, head)) {
                return;
            }
            // 通过验收的专科(6个):A医院甲科、乙科,…: whose building is done.
            let opening = self.reading.institutions_in(part).first().map_or(head, |name| name.span.start);
            let passed = crate::record::heading::passes(self.reading.between(part.start, opening.min(head)));
            let titles: Vec<Award> = titles
                .into_iter()
                .map(|award| match award.status {
                    Status::Construction if passed => award.done(),
                    _ => award,
                })
                .collect();
            let told =
                state.pending.and_then(|at| self.reading.titles.get(at)).map_or(part, |title| title.span);
            if self.allowed(part, whole, told, told) {
                let dating = self.dating(state, part, whole, told, false);
                let dating = self.year_joined(state, part, dating, &titles).map_or(dating, Dating::Printed);
                let group = self.respective(state, part);
                self.give(&group, &titles, dating, whole, origin);
            }
            return;
        }
        // A医院与B医院,分别以甲科、乙科入围: one to each.
        if state.holders.len() > 1 && self.reading.between(part.start, head).contains("分别") {
            state.group = self.respective(state, part);
        }
        // 甲科、乙科申报P,甲科入选: those before the title that waits are only who applied.
        let waiting =
            state.pending.and_then(|at| self.reading.titles.get(at)).map_or(0, |title| title.span.start);
        let start = match state.group.iter().filter(|(_, _, span)| span.end <= waiting).count() {
            // 公布P1名单,甲科入选,该院P2增至21个
            all if all == state.group.len() && state.settled => return,
            all if all == state.group.len() => 0,
            some => some,
        };
        let mut from = start;
        for at in start..state.group.len() {
            let Some((_, _, span)) = state.group.get(at) else { break };
            let next = state.group.get(at + 1).map_or(part.end, |(_, _, next)| next.start);
            let stretch = Span::new(span.end, next.max(span.end));
            // 丙科条件稍弱,先以培育单位的名义纳入
            let ended = self.ended(state, stretch, part).map(|gap| (gap, self.status_as(gap)));
            let Some((gap, status)) = ended.or_else(|| self.ended_by_status(state, stretch, part)) else {
                continue;
            };
            let run = state.group.get(from..=at).unwrap_or_default().to_vec();
            from = at + 1;
            // 甲科先去敲一敲P的门,乙科紧随其后: no further than the first.
            if self.reading.scan.says(part, HOPE)
                && word_list!["紧随其后", "跟上", "跟进", "接踵", "跟了上来"]
                    .stand_in(gap.of(self.reading.text()))
            {
                continue;
            }
            if self.allowed(part, whole, run.first().map_or(part, |(_, _, span)| *span), gap) {
                // …都已是第三轮入选: how it stands, not what is new.
                let told = gap.of(self.reading.text());
                // …先后于2009年至2014年建成: at several times, none of them said.
                let ranges = word_list!["年至", "年到", "年间", "年之间", "名册", "在册"].stand_in(told);
                let standing = ranges || told.contains('已') && !self.reading.scan.says(part, NEWS);
                let dating = self.dating(state, part, whole, gap, standing);
                let dating = self.own_year_of(gap).map_or(dating, Dating::Printed);
                let given: Vec<Award> = titles
                    .iter()
                    .map(|award| match status {
                        Some(status) => {
                            self.at_level_said(Award { status, status_said: true, ..*award }, gap)
                        }
                        None if self.finishes_building(state, gap, award) => award.done(),
                        None if self.keeps_title(gap, part, award) => award.done(),
                        None => *award,
                    })
                    .collect();
                // 2020年,甲科获批P1建设项目;…;2022年,甲科通过验收: its own title, whatever was announced since.
                if let Some(own) = self.building_of(&run, gap) {
                    self.give(&run, &[own], dating, whole, origin);
                    continue;
                }
                if run.first().map(|(_, _, span)| span) == state.group.first().map(|(_, _, span)| span) {
                    self.give_unclosed(state, &given, dating, part, whole, origin);
                }
                // 其中甲科、乙科分别于2016年、2018年获此称号
                let shares = self.shares(&run, dating, gap);
                self.give_shared(&run, &given, &shares, whole, origin);
            }
        }
        // A医院甲科入选,B医院则一举拿下乙科、丙科两个名额
        let rest = state.group.get(from..).unwrap_or_default().to_vec();
        if from > start && self.takes_seats(state, &rest, part) && self.allowed(part, whole, part, part) {
            let dating = self.dating(state, part, whole, tail, false);
            self.give(&rest, &titles, dating, whole, origin);
        }
    }

    /// 甲科顺利通过验收: the title that this one department was told to be building, now done.
    fn building_of(&self, run: &[(usize, Field, Span)], gap: Span) -> Option<Award> {
        let [(holder, field, _)] = run else { return None };
        let passed = self.reading.scan.says(gap, PASSING) && gap.of(self.reading.text()).contains("验收");
        let mut before = self.drafts.iter().rev().filter(|_| passed);
        let begun = before.find(|draft| draft.holder == *holder && draft.field == *field)?;
        (begun.award.status == Status::Construction).then(|| begun.award.done())
    }

    /// 其中甲科、乙科为2017年获批,丙科为2020年获批: the year that stands behind the names, in their own clause.
    fn own_year_of(&self, gap: Span) -> Option<i32> {
        let [year] = self.reading.years_in(gap) else { return None };
        let clause = self.reading.clause(gap, gap.start);
        let When::Year(value) = year.when else { return None };
        (year.span.end <= clause.end.max(gap.start)).then_some(value)
    }

    /// …2021年被列为P。同样入选的还有乙科: in the year of those that it joins.
    fn year_joined(&self, state: &State, part: Span, dating: Dating, given: &[Award]) -> Option<i32> {
        let joins = dating == Dating::News
            && self.reading.years_in(part).is_empty()
            && !self.reading.scan.says(part, NEWS)
            && self.joins_announced(state, part);
        let last = self.drafts.last().filter(|draft| joins && draft.evidence.start >= self.paragraph)?;
        let same = given
            .iter()
            .any(|award| (award.programme, award.level) == (last.award.programme, last.award.level));
        match last.dating {
            Dating::Printed(year) if same => Some(year),
            _ => None,
        }
    }

    /// …公布P名单,该科位列其中: the department that was spoken of.
    pub(super) fn close_pronoun(&mut self, state: &mut State, part: Span, whole: Span, origin: Origin) {
        let free = state.group.is_empty() && state.taken.is_none() && !state.listing;
        if !free || !self.reading.scan.says(part, AWARD_END) {
            return;
        }
        let announced = match state.pending.and_then(|at| self.reading.titles.get(at)) {
            Some(title) if !title.activity && !title.void && !title.person && !title.counted => awards(title),
            Some(_) => return,
            None => self.memory.just_announced().into_iter().collect(),
        };
        if announced.is_empty() {
            return;
        }
        let text = self.reading.text();
        let words = self.reading.scan.words_in(part);
        let Some(clause) = words.iter().filter(|word| word.kinds.has(AWARD_END)).find_map(|word| {
            let clause = self.reading.clause(part, word.span.start);
            let told = clause.of(text).trim_start_matches(['我', '们', '你', '咱', '而', ' ']);
            let department =
                word_list!["该科", "科室", "科", "该专科", "该学科", "本科室", "这个科", "这个专科", "它"];
            department.begin(told).then_some(clause)
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

    /// 名单中,甲科新获确认,乙科被确认为建设单位: the title announced, as far as its status says.
    fn ended_by_status(&self, state: &State, stretch: Span, part: Span) -> Option<(Span, Option<Status>)> {
        let listed = self.carried.is_some() && self.cast.home.is_none() && state.named;
        if state.pending.is_none() && !self.memory.fresh && !listed {
            return None;
        }
        let clause = self.reading.clause(part, stretch.start);
        let mut told = Span::new(stretch.start, clause.end.max(stretch.start).min(stretch.end));
        let mut given = self.status_given(told).or_else(|| self.status_taken(told));
        // …稍逊一筹,列入培育单位: in the clause behind, where their own gives nothing.
        let gives = AWARD.or(AWARD_END).or(NEGATION).or(HOPE);
        if given.is_none() && told.end < stretch.end && !self.reading.scan.says(told, gives) {
            let next = self.reading.clause(part, (told.end + '，'.len_utf8()).min(stretch.end));
            told = Span::new(told.start, next.end.clamp(told.end, stretch.end));
            given = self.status_given(told);
        }
        let (verb, status) = given?;
        let plain = !self.reading.scan.says(told, NEGATION.or(HOPE));
        (plain && verb.start - stretch.start <= 60).then_some((told, Some(status)))
    }

    /// 则作为培育单位: as what those before are in the list, and nothing else.
    fn status_taken(&self, told: Span) -> Option<(Span, Status)> {
        let text = told.of(self.reading.text());
        let rest = text.trim_start_matches(['等', '则', '均', '都', '也']);
        let bare = rest.strip_prefix("作为").map(|rest| rest.trim_end_matches(['，', ',']))?;
        (bare.chars().count() <= 6).then(|| self.status_as(told)).flatten().map(|status| (told, status))
    }

    /// 甲科被列为市级重点专科建设项目,成为该院继2021年乙科之后第二个…: those before it hold the title just given.
    fn close_predecessors(&mut self, state: &mut State, part: Span, whole: Span, origin: Origin) {
        if self.close_dated_predecessors(state, part, whole, origin) {
            return;
        }
        if self.close_former(state, part, whole, origin) {
            return;
        }
        let Some((_, _, first)) = state.predecessors.first() else { return };
        let titles = self.reading.titles_in(Span::new(part.start, first.start));
        let Some(title) = titles.last().filter(|title| state.taken == Some(title.span.end)) else { return };
        let last = state.predecessors.last().map_or(first.end, |(_, _, span)| span.end);
        let tail = self.reading.between(last, part.end);
        let again = word_list!["第二", "第三", "第四", "第五", "第六", "又一", "再一", "再度", "再次"];
        if !again.stand_in(tail) || !self.allowed(part, whole, title.span, title.span) {
            return;
        }
        let given = awards(title);
        self.give_predecessors(state, &given, whole, origin);
    }

    /// Gives those that came before their titles, each of its own year.
    pub(super) fn give_predecessors(
        &mut self,
        state: &mut State,
        awards: &[Award],
        whole: Span,
        origin: Origin,
    ) {
        let years = std::mem::take(&mut state.predecessor_years);
        for (one, year) in std::mem::take(&mut state.predecessors).iter().zip(years) {
            let dating = year.map_or(Dating::Undated, Dating::Printed);
            self.give(std::slice::from_ref(one), awards, dating, whole, origin);
        }
    }

    /// 这是继甲科、乙科之后,再次有专科获此殊荣: they hold the title just given.
    fn close_former(&mut self, state: &mut State, part: Span, whole: Span, origin: Origin) -> bool {
        let Some(announced) = self.memory.announced.filter(|_| self.memory.fresh && state.group.is_empty())
        else {
            return false;
        };
        let Some((_, _, last)) = state.predecessors.last() else { return false };
        let tail = self.reading.between(last.end, part.end);
        let same = word_list![
            "获此",
            "获得此",
            "获得这一",
            "获这一",
            "荣获此",
            "获得该",
            "获该",
            "摘得这一",
            "入选该",
            "入选这一"
        ]
        .stand_in(tail)
            && word_list!["殊荣", "荣誉", "称号", "项目", "资质", "牌子"].stand_in(tail)
            && word_list!["第", "又一", "再", "再度", "再次", "又有", "又"].stand_in(tail);
        // 这是我院继甲科、乙科之后再获殊荣
        let again = word_list![
            "再获殊荣",
            "再添殊荣",
            "又获殊荣",
            "再次上榜",
            "再度上榜",
            "再次入选",
            "再度入选",
            "再次榜上有名",
            "再获命名",
            "再获认可"
        ]
        .stand_in(tail);
        let own = self.reading.titles_in(part).is_empty();
        if !(same || again) || !own || !self.allowed(part, whole, part, part) {
            return false;
        }
        self.give_predecessors(state, &[announced], whole, origin);
        true
    }

    /// 这是继2020年甲科、2022年乙科之后,我院省级临床重点专科建设的又一突破: those with years hold the title announced.
    fn close_dated_predecessors(
        &mut self,
        state: &mut State,
        part: Span,
        whole: Span,
        origin: Origin,
    ) -> bool {
        if state.predecessors.is_empty() {
            return false;
        }
        let titles = self.reading.titles_in(part);
        let Some(announced) = self.memory.announced.filter(|_| state.group.is_empty()) else { return false };
        let same = titles.iter().all(|title| {
            title.activity
                && title.programme == announced.programme
                && (title.levels.is_empty() || announced.level.is_some_and(|level| title.levels == [level]))
        });
        let dated = state.predecessor_years.iter().all(Option::is_some);
        if !same || !dated || !self.allowed(part, whole, part, part) {
            return false;
        }
        self.give_predecessors(state, &[announced], whole, origin);
        true
    }

    /// The stretch behind a specialty as far as the word that gives the waiting title to all before it.
    pub(super) fn ended(&self, state: &State, gap: Span, part: Span) -> Option<Span> {
        // 此前,该院神经内科于2022年率先入选: the title that the news was about.
        let before = self.reading.between(part.start, gap.start).trim_start().starts_with("此前");
        // 县市方面,A医院甲科、B医院乙科获评。: a verb that closes its sentence without an object means the title announced.
        let closing = state.named && self.reading.titles_in(part).is_empty();
        // 通化市中心医院急诊科入选,…: of the title that the whole text is about.
        let spoken = closing && self.carried.is_some() && self.cast.home.is_none();
        // 公布一批科研课题,甲科获批: of another kind.
        const REACH: usize = 180;
        let other =
            word_list!["课题", "科研项目", "基金", "工作室", "创新项目", "专利", "继续教育", "质控中心"]
                .stand_in(crate::mention::window_before(
                    self.reading.text(),
                    gap.end,
                    REACH.min(gap.end - part.start),
                ));
        if other && state.pending.is_none() {
            return None;
        }
        // B医院、C医院的妇产科也榜上有名, in a paragraph behind the news
        let too = self.carried.is_some() && named_too(self.reading.between(gap.start, part.end));
        let waiting = state.pending.is_some() || self.memory.fresh || before || spoken || too;
        let scan = &self.reading.scan;
        // 在P周期评估中,甲科获评“优秀”等次
        let clause = self.reading.clause(part, gap.start);
        let graded = Span::new(gap.start, clause.end.min(gap.end).max(gap.start));
        if self.is_under_review(state)
            && word_list!["优秀", "良好", "合格", "优良", "达标"].stand_in(graded.of(self.reading.text()))
            && !scan.says(graded, NEGATION.or(HOPE))
        {
            return Some(graded);
        }
        // P建设项目里,出现了A医院甲科的名字
        let first = state.group.first().map_or(gap.start, |(_, _, span)| span.start);
        let seen = self.reading.between(part.start, first.max(part.start));
        let named = word_list!["的名字", "的身影", "的名单", "的大名"]
            .begin(self.reading.between(gap.start, gap.end));
        // “P”揭牌仪式在A医院甲科举行
        let title = state.pending.and_then(|at| self.reading.titles.get(at));
        let place = title.map_or("", |title| self.reading.between(title.span.end, first.max(title.span.end)));
        let held = word_list!["揭牌仪式在", "授牌仪式在", "挂牌仪式在", "颁牌仪式在"]
            .begin(place.trim_start_matches(['”', '"', '」']));
        if held && word_list!["举行", "举办", "隆重举行"].begin(self.reading.between(gap.start, gap.end))
        {
            return Some(graded);
        }
        if waiting
            && named
            && word_list!["出现", "看到", "见到", "写着", "找到", "印着", "读到", "有了", "多了", "添了"]
                .stand_in(seen)
            && !scan.says(graded, NEGATION.or(HOPE))
        {
            return Some(graded);
        }
        // 宣读了关于公布P的文件,为入选的甲科授牌
        let handed = |word: &crate::mention::scan::Word| {
            if !word.kinds.has(BESTOW) {
                return false;
            }
            let head = self.reading.between(clause.start, gap.start);
            // 市卫生健康局局长为甲科、乙科揭牌
            let first = state.group.first().map_or(gap.start, |(_, _, span)| span.start);
            let before = self.reading.between(clause.start, first.max(clause.start));
            let named = self.reading.institutions_in(Span::new(clause.start, first.max(clause.start)));
            let before = match named.last().filter(|name| name.span.end == first) {
                Some(name) => self.reading.between(clause.start, name.span.start),
                None => before,
            };
            (head.trim_start().starts_with(['为', '向', '给'])
                || before.trim_end_matches("我院").ends_with(['为', '向', '给']))
                && self.ends_clause(word.span.end, part.end)
        };
        let word = scan.words_in(gap).iter().find(|word| {
            word.kinds.has(AWARD_END)
                || (waiting && handed(word))
                || (waiting && word.kinds.has(AWARD.or(PASSING)) && self.ends_clause(word.span.end, part.end))
                || (closing && word.kinds.has(AWARD) && self.closes(word.span.end, part))
        })?;
        let clause = self.reading.clause(part, word.span.start);
        let told = Span::new(gap.start, clause.end.max(word.span.end).min(gap.end));
        // 虽是首次参评,亦一举中的
        let open = scan.words_in(told).iter().any(|hope| {
            hope.kinds.has(NEGATION.or(HOPE)) && !self.is_answered(hope.span, hope.kinds, told.end)
        });
        (!open).then_some(told)
    }

    /// Whether the waiting title is one that is reviewed: 在P周期评估中,….
    pub(super) fn is_under_review(&self, state: &State) -> bool {
        state.pending.and_then(|at| self.reading.titles.get(at)).is_some_and(|title| {
            let tail = self.reading.between(title.span.end, self.reading.text().len());
            super::linking_words::REVIEWS.begin(tail.trim_start_matches(['”', '"', '的']))
        })
    }

    /// Whether nothing but a sign follows in the part.
    pub(super) fn closes(&self, at: usize, part: Span) -> bool {
        // …乙科跻身名单。
        let rest = self.reading.between(at, part.end);
        let rest = word_list!["名单", "该名单", "此名单", "入选名单", "榜单", "上述名单"]
            .strip_prefix(rest)
            .unwrap_or(rest);
        rest.chars().all(|c| !c.is_alphanumeric())
    }
}
