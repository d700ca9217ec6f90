//! Those who were given a title before the next one is met: 公布P1名单,甲科、乙科榜上有名,丙科成为P2.

use super::*;
use xinglin_text::word_list;

impl Narrator<'_, '_> {
    /// 公布P1名单,甲科、乙科榜上有名,丙科成为P2: those before 榜上有名 have the title announced.
    pub(super) fn settle_ended(
        &mut self,
        state: &mut State,
        before: usize,
        part: Span,
        whole: Span,
        origin: Origin,
    ) {
        self.settle_before_past(state, before, part, whole, origin);
        if state.taken.is_some()
            || state.listing
            || state.group.len() < 2
            || self.is_said_of_all(before, part)
        {
            return;
        }
        let titles: Vec<Award> = match state.pending.and_then(|at| self.reading.titles.get(at)) {
            Some(title) if !title.activity && !title.void && !title.person => awards(title),
            Some(_) => return,
            None => self.memory.just_announced().into_iter().collect(),
        };
        let last = (1..state.group.len()).rev().find_map(|at| {
            let (_, _, one) = state.group.get(at - 1)?;
            let (_, _, next) = state.group.get(at)?;
            let gap = Span::new(one.end, next.start.max(one.end));
            let words = self.reading.scan.words_in(gap);
            // 乙科同时入选,丙科被列为P2
            let ends = |word: &crate::mention::scan::Word| {
                word.kinds.has(AWARD_END)
                    || word.kinds.has(AWARD.or(PASSING)) && self.ends_clause(word.span.end, next.start)
            };
            let ended = words.iter().any(ends) && next.end <= before;
            (ended && !self.reading.scan.says(gap, NEGATION.or(HOPE))).then_some((at, gap))
        });
        let Some((at, gap)) = last else { return };
        let rest = state.group.split_off(at);
        let run = std::mem::replace(&mut state.group, rest);
        if self.allowed(part, whole, run.first().map_or(part, |(_, _, span)| *span), gap) {
            // 甲科、乙科榜上有名,2019年,丙科被评为P2: a year behind the verb is the next one's.
            let ended =
                self.reading.scan.words_in(gap).iter().find(|word| word.kinds.has(AWARD.or(AWARD_END)));
            let later = ended.is_some_and(|word| state.last_year > word.span.end);
            let year = if later { state.former_year.or(self.memory.summed) } else { state.year };
            let dated = State { year, lost: state.lost && !later, ..State::default() };
            let dating = self.dating(if later { &dated } else { state }, part, whole, gap, false);
            self.give_unclosed(
                &State { group: run.clone(), ..State::default() },
                &titles,
                dating,
                part,
                whole,
                origin,
            );
            self.give(&run, &titles, dating, whole, origin);
        }
        state.pending = None;
    }

    /// 甲科也在名单之上,早在2015年,这个科室就拿下过P2: the title announced, before the one of long ago.
    fn settle_before_past(&mut self, state: &State, title: usize, part: Span, whole: Span, origin: Origin) {
        let Some((_, _, last)) = state.group.last() else { return };
        let clause = self.reading.clause_start(part, title);
        if state.taken.is_some() || state.listing || state.pending.is_some() || clause <= last.end {
            return;
        }
        let near = Span::new(last.end, clause);
        let ended = self.reading.scan.words_in(near).iter().find(|word| word.kinds.has(AWARD_END));
        let Some(ended) = ended.map(|word| word.span) else { return };
        let past = self.reading.between(ended.end, title);
        let past = past.trim_start_matches(['，', ',', '。', ' ']);
        let past = word_list!["早在", "此前", "之前", "早些时候"].begin(past);
        let told = Span::new(part.start.min(ended.start), ended.end);
        let Some(award) = self.memory.just_announced().filter(|_| past) else { return };
        if !field::mentions_in(self.fields, Span::new(ended.end, title)).is_empty()
            || self.reading.scan.says(told, HOPE.or(NEGATION))
        {
            return;
        }
        let dating = self.dating(&State::default(), part, whole, ended, false);
        self.give(&state.group, &[award], dating, whole, origin);
    }

    /// A医院甲科上榜,B医院上榜的是乙科,同为P: whether a title is said of all that the part told before.
    pub(super) fn is_said_of_all(&self, title: usize, part: Span) -> bool {
        let own = self.reading.clause_start(part, title);
        let head = self.reading.between(own, title).trim_end_matches(['“', '"', '「']);
        own > part.start
            && matches!(
                head.trim(),
                "同为"
                    | "均为"
                    | "皆为"
                    | "都是"
                    | "均是"
                    | "同属"
                    | "均属"
                    | "都为"
                    | "同是"
                    | "一律为"
                    | "全部为"
            )
    }

    /// 公布P1建设项目名单,甲科入选,成为全市首个P2: the title that waited, before the next one is met.
    pub(super) fn settle_pending(
        &mut self,
        state: &mut State,
        next: &Title,
        part: Span,
        whole: Span,
        origin: Origin,
    ) -> bool {
        let waiting = state.pending.and_then(|at| self.reading.titles.get(at));
        let own = self.reading.clause(part, next.span.start);
        let head = Span::new(own.start, next.span.start.max(own.start));
        // 甲科名列其中,成为P2 behind the sentence that announced P1: the title that follows says what it was given.
        if waiting.is_none() && self.reading.scan.says(head, AWARD.or(AWARD_END).or(PASSING).or(COPULA)) {
            return false;
        }
        let Some(end) = self.settle_waiting(state, next.span.start, part, whole, origin) else {
            return false;
        };
        let between = self.reading.between(end, next.span.end);
        waiting.is_some_and(|title| (next.programme, &next.levels) == (title.programme, &title.levels))
            && !next.status_said
            && word_list!["首个", "首家", "唯一", "第二个", "第三个", "又一", "率先", "首次"]
                .stand_in(between)
    }

    /// 甲科花落A医院,乙科落户B医院: those before the next department, whose seats fell to the hospital behind them.
    pub(super) fn settle_fallen(
        &mut self,
        state: &mut State,
        before: usize,
        part: Span,
        whole: Span,
        origin: Origin,
    ) {
        let told = Span::new(part.start, before.max(part.start));
        let Some((_, _, first)) = state.group.first().filter(|_| state.taken.is_none()) else { return };
        let joined = state
            .group
            .last()
            .is_some_and(|(_, _, last)| field::is_join(self.reading.between(last.end, before.max(last.end))));
        if joined || !self.seats_fall(state, told) || !self.allowed(part, whole, *first, told) {
            return;
        }
        let Some(award) = self.memory.announced else { return };
        let dating = self.dating(state, part, whole, told, false);
        let group = std::mem::take(&mut state.group);
        self.give(&group, &[award], dating, whole, origin);
    }

    /// Gives the title that waits, or the one announced, to the group whose clause ends before a place, where that clause says so; returns
    /// where it ends.
    pub(super) fn settle_waiting(
        &mut self,
        state: &mut State,
        before: usize,
        part: Span,
        whole: Span,
        origin: Origin,
    ) -> Option<usize> {
        let waiting = state.pending.and_then(|at| self.reading.titles.get(at));
        let given: Vec<Award> = match waiting {
            Some(title) => {
                let plain = (title.framed || title.status_said) && !self.is_under_review(state);
                let plain = plain && !title.activity && !title.void && !title.person && !title.counted;
                if plain { awards(title) } else { Vec::new() }
            }
            None => self.memory.just_announced().into_iter().collect(),
        };
        let (_, _, first) = state.group.first()?;
        let (_, _, last) = state.group.last()?;
        let behind = waiting.is_none_or(|title| first.start >= title.span.end);
        if given.is_empty() || state.taken.is_some() || state.listing || !behind {
            return None;
        }
        let clause = self.reading.clause(part, last.end);
        let gap = Span::new(last.end, clause.end.max(last.end).min(before));
        let words = self.reading.scan.words_in(gap);
        let closes = |word: &crate::mention::scan::Word| {
            word.kinds.has(AWARD_END) || word.kinds.has(AWARD) && self.ends_clause(word.span.end, before)
        };
        // 有2个专科入选,分别是甲科、乙科,该院P2增至16个; 共有2个科室上榜:甲科、乙科,…
        let told = Span::new(part.start, gap.end);
        let opened = Span::new(part.start, first.start);
        let listed = || {
            self.listed_after_award(state, told)
                || waiting.is_none()
                    && opened.of(self.reading.text()).ends_with(['：', ':'])
                    && self.reading.scan.says(opened, AWARD.or(AWARD_END))
        };
        let ended = clause.end < before
            && (words.iter().any(closes) || listed())
            && !self.reading.scan.says(gap, NEGATION.or(HOPE));
        if !ended || !self.allowed(part, whole, *first, gap) {
            return None;
        }
        let dating = self.dating(state, part, whole, gap, false);
        let group = state.group.clone();
        self.give_unclosed(state, &given, dating, part, whole, origin);
        self.give(&group, &given, dating, whole, origin);
        state.settled = true;
        Some(gap.end)
    }
}
