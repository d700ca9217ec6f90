//! What no phrasing settled: departments that stand with their hospitals in the list of a title announced, and nothing else.

use super::*;
use xinglin_text::{CharSet, word_list};

/// Characters that only join names, or count them.
static JOINERS: CharSet =
    CharSet::of("一二三四五六七八九十两个的是为有和与及也还都均各分别双同时其中席占项家以则又另就等共了上");

/// As many characters as may be left of a clause that names those who were given a title.
const LEFT_OVER: usize = 8;

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

    /// A医院的甲科;B医院的乙科;C医院的丙科名列其中: the verb behind the last part is all of theirs.
    pub(super) fn close_unclosed(&mut self, state: &State, part: Span, whole: Span, origin: Origin) {
        if part.start <= whole.start {
            self.memory.unclosed.clear();
        }
        let given = self.drafts.len() > self.told_before;
        let plain = self.reading.titles_in(part).is_empty() && self.reading.years_in(part).is_empty();
        if !given {
            let listed = plain && state.named && !state.group.is_empty() && self.left_over(part) == 0;
            if listed && self.memory.announced.is_some() {
                self.memory.unclosed.extend(state.group.iter().cloned());
            } else {
                self.memory.unclosed.clear();
            }
            return;
        }
        let group = std::mem::take(&mut self.memory.unclosed);
        let last = self.drafts.last().filter(|draft| plain && draft.evidence == whole);
        let last = last.map(|draft| (draft.award, draft.dating));
        let all = state.group.first().is_some_and(|(_, _, first)| {
            self.left_over(Span::new(part.start, first.start.max(part.start))) == 0
        });
        if let Some((award, dating)) = last.filter(|_| all && !group.is_empty())
            && self.reading.scan.says(part, AWARD_END)
        {
            self.give(&group, &[award], dating, whole, origin);
        }
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
