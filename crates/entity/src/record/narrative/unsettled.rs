//! What no phrasing settled: departments that stand with their hospitals in the list of a title announced, and nothing else.

use super::*;
use xinglin_text::{CharSet, word_list};

/// Characters that only join names, or count them.
static JOINERS: CharSet =
    CharSet::of("一二三四五六七八九十两个的是为有和与及也还都均各分别双同时其中席占项家以则又另就等共了上");

/// As many characters as may be left of a clause that names those who were given a title.
const LEFT_OVER: usize = 8;

/// How a part of a list begins: with its names, or with the verb that gives them the title at the list's end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Names,
    Confers,
}

impl Narrator<'_, '_> {
    /// Gives the title that waits, or the one announced, to the departments of a list in which nothing else is told.
    pub(super) fn close_unsettled(&mut self, state: &State, part: Span, whole: Span, origin: Origin) {
        let (Some((_, _, first)), Some((_, _, last))) = (state.group.first(), state.group.last()) else {
            return;
        };
        let given = self.drafts.len() > self.told_before;
        // 名单内还可以看到A医院甲科; P名单上,这家医院占了两席,一个是甲科,另一个是乙科
        let listed =
            || word_list!["名单", "榜单", "榜上", "席", "名额"].stand_in(part.of(self.reading.text()));
        if given || state.taken.is_some() || !state.named || !listed() {
            return;
        }
        let titles: Vec<Award> = match state.pending.and_then(|at| self.reading.titles.get(at)) {
            Some(title) if !title.activity && !title.void && !title.person && !title.counted => awards(title),
            Some(_) => return,
            None => self.memory.announced.into_iter().collect(),
        };
        let scan = &self.reading.scan;
        if titles.is_empty() || scan.says(whole, HOPE.or(NEGATION).or(BACKGROUND)) {
            return;
        }
        let from = state
            .pending
            .and_then(|at| self.reading.titles.get(at))
            .map_or(part.start, |title| title.span.end);
        let plain = from <= first.start && self.left_over(Span::new(from, part.end)) <= LEFT_OVER;
        if !plain || !self.allowed(part, whole, *first, Span::new(last.end, last.end)) {
            return;
        }
        let dating = self.dating(state, part, whole, Span::new(last.end, last.end), false);
        let group = state.group.clone();
        self.give(&group, &titles, dating, whole, origin);
    }

    /// A医院的甲科;B医院的乙科;C医院的丙科名列其中: the verb behind the last part is all of theirs, and so is the title that it gives.
    pub(super) fn close_unclosed(&mut self, state: &State, part: Span, whole: Span, origin: Origin) {
        let titles = self.reading.titles_in(part);
        if self.drafts.len() > self.told_before {
            let last = self.drafts.last().filter(|draft| draft.evidence == whole);
            let last = last.map(|draft| (draft.award, draft.dating));
            let plain = titles.is_empty() && self.reading.years_in(part).is_empty();
            if let Some((award, dating)) = last.filter(|_| plain)
                && self.reading.scan.says(part, AWARD_END)
            {
                self.give_unclosed(state, &[award], dating, part, whole, origin);
            }
            self.memory.unclosed = self.left_waiting(state, part);
            self.memory.conferred = false;
            return;
        }
        let waiting = part.start > whole.start && !self.memory.unclosed.is_empty();
        if !waiting {
            self.memory.unclosed.clear();
        }
        match self.lead_of_names(state, part, whole).filter(|_| titles.is_empty()) {
            Some(lead) => {
                self.memory.conferred = lead == Lead::Confers || waiting && self.memory.conferred;
                self.memory.unclosed.extend(state.group.iter().cloned());
            }
            None => self.memory.unclosed.clear(),
        }
    }

    /// Gives what a part gives to the first that it names to those of the parts before, which named theirs and said nothing of them.
    pub(super) fn give_unclosed(
        &mut self,
        state: &State,
        awards: &[Award],
        dating: Dating,
        part: Span,
        whole: Span,
        origin: Origin,
    ) {
        if part.start <= whole.start || self.memory.unclosed.is_empty() {
            return;
        }
        let group = std::mem::take(&mut self.memory.unclosed);
        let first = state.group.first().map_or(part.start, |(_, _, first)| first.start);
        if self.left_over(Span::new(part.start, first.max(part.start))) == 0 {
            self.give(&group, awards, dating, whole, origin);
        }
    }

    /// A医院甲科获评P1,B医院乙科;C医院丙科获评P2: those that a part names behind all that it gives.
    fn left_waiting(&self, state: &State, part: Span) -> Vec<(usize, Field, Span)> {
        let given = self.reading.titles_in(part).last().map_or(part.start, |title| title.span.end);
        let told = self.drafts.get(self.told_before..).unwrap_or_default();
        let free = |(holder, field, span): &(usize, Field, Span)| {
            span.start >= given && !told.iter().any(|draft| draft.holder == *holder && draft.field == *field)
        };
        let Some((_, _, first)) = state.group.first().filter(|_| state.taken.is_none() && !state.listing)
        else {
            return Vec::new();
        };
        let clause = self.reading.clause_start(part, first.start);
        let alone = state.named && self.left_over(Span::new(clause, part.end.max(clause))) == 0;
        if alone && state.group.iter().all(free) { state.group.clone() } else { Vec::new() }
    }

    /// Whether a verb of giving stands before the parts whose last one says what is given: 同意A医院甲科;B医院乙科为P.
    pub(super) fn are_conferred(&self, state: &State, part: Span) -> bool {
        let first = state.group.first().map_or(part.start, |(_, _, first)| first.start);
        part.start > self.sentence.start
            && self.memory.conferred
            && !self.memory.unclosed.is_empty()
            && self.left_over(Span::new(part.start, first.max(part.start))) == 0
    }

    /// How a part begins that names departments with their hospitals and tells nothing else of them.
    fn lead_of_names(&self, state: &State, part: Span, whole: Span) -> Option<Lead> {
        let (_, _, field) = state.group.first().filter(|_| state.named)?;
        let name = self.reading.institutions_in(part).first()?;
        let first = name.span.start.min(field.start);
        let listed = Span::new(first, part.end);
        let dated = self.reading.years_in(listed).iter().any(|year| !self.is_bracketed(year.span));
        if dated || self.left_over(listed) > 0 {
            return None;
        }
        let lead = Span::new(part.start, first.max(part.start));
        let text = lead.of(self.reading.text()).trim_end();
        let confers = word_list![
            "确定", "认定", "命名", "授予", "将", "把", "同意", "评定", "确认", "批准", "核定", "遴选",
            "评选"
        ];
        match () {
            () if part.start <= whole.start && confers.end(text) => Some(Lead::Confers),
            () if self.left_over(lead) == 0 => Some(Lead::Names),
            () if part.start <= whole.start && text.ends_with(['，', ',', '：', ':']) => Some(Lead::Names),
            () => None,
        }
    }

    /// 8个科室获评P,分别是:A医院甲科、乙科;B医院丙科: remembers the title whose list a part ends with.
    pub(super) fn remember_listed(&mut self, state: &State, part: Span) {
        let given = self.drafts.get(self.told_before..).and_then(|given| given.first());
        let title = state.pending.filter(|_| state.listing).and_then(|at| self.reading.titles.get(at));
        let (Some(title), Some(given), Some((_, _, last))) = (title, given, state.group.last()) else {
            return;
        };
        let ends = self.left_over(Span::new(last.end, part.end.max(last.end))) == 0;
        self.memory.listed = Some((awards(title), given.dating)).filter(|_| ends);
    }

    /// …;B医院丙科: gives the title whose list the part before ended with to those that this one goes on with; returns where they end.
    pub(super) fn goes_on_listed(&mut self, part: Span, whole: Span, origin: Origin) -> Option<usize> {
        let (awards, dating) = self.memory.listed.take().filter(|_| part.start > whole.start)?;
        // …;B医院丙科,入选P2的有…
        let next = self.reading.titles_in(part).first().map_or(part.end, |title| title.span.start);
        let mut end = part.start;
        let list = self.fields_of(Span::new(part.start, next));
        for (_, _, span) in &list {
            if self.left_over(Span::new(part.start, span.end)) == 0 {
                end = span.end;
            }
        }
        let tail = self.reading.clause(part, end);
        let over = self.left_over(Span::new(end, tail.end.max(end))) == 0;
        let group: Vec<(usize, Field, Span)> =
            list.into_iter().filter(|(_, _, span)| span.end <= end).collect();
        let (_, _, first) = group.first().filter(|_| over)?;
        let named = self.reading.institutions_in(part).first()?;
        let opens = named.naming != Naming::Generic
            && !self.reading.between(part.start, named.span.start.min(first.start)).contains(is_han);
        if !opens || !self.allowed(part, whole, *first, Span::new(end, end)) {
            return None;
        }
        self.told_before = self.drafts.len();
        self.give(&group, &awards, dating, whole, origin);
        let rest = Span::new(end, part.end.max(end));
        let goes_on = self.reading.titles_in(rest).is_empty() && self.left_over(rest) == 0;
        self.memory.listed = Some((awards, dating)).filter(|_| goes_on);
        Some(end)
    }

    /// The departments of a stretch, each with the hospital before it or in the bracket behind it.
    fn fields_of(&self, stretch: Span) -> Vec<(usize, Field, Span)> {
        let mut state = State::default();
        let mut floor = stretch.start;
        for (_, token) in self.tokens(stretch) {
            let is_holder = matches!(token, Token::Holder(_));
            match token {
                Token::Holder(start) => self.meet_holder(&mut state, start, &mut floor, stretch),
                Token::Field(at) => {
                    let Some(mention) = self.fields.get(at) else { continue };
                    let (field, span) = field::of_mention(self.reading, mention, floor);
                    let owner = self.bracketed_owner(&state, span);
                    for holder in owner.unwrap_or_else(|| state.holders.clone()) {
                        state.group.push((holder, field.clone(), span));
                    }
                    floor = mention.span.end;
                }
                Token::Title(_) | Token::Year(_) => {}
            }
            state.after_holder = is_holder;
        }
        state.group
    }

    /// How many characters of a stretch are no name, no number and no joining word, as far as that matters.
    fn left_over(&self, stretch: Span) -> usize {
        let mut spans: Vec<Span> = Vec::new();
        spans.extend(self.reading.institutions_in(stretch).iter().map(|name| name.span));
        spans.extend(field::mentions_in(self.fields, stretch).iter().map(|field| field.span));
        spans.extend(self.reading.years_in(stretch).iter().map(|year| year.span));
        spans.extend(self.reading.titles_in(stretch).iter().map(|title| title.span));
        spans.sort_unstable_by_key(|span| span.start);
        let mut free = stretch.start;
        let mut between: Vec<Span> = Vec::with_capacity(spans.len() + 1);
        for span in spans {
            between.push(Span::new(free, span.start.max(free)));
            free = free.max(span.end);
        }
        between.push(Span::new(free, stretch.end.max(free)));
        let letters = between.into_iter().flat_map(|gap| gap.of(self.reading.text()).chars());
        letters.filter(|c| is_han(*c) && !JOINERS.has(*c)).take(LEFT_OVER + 1).count()
    }
}
