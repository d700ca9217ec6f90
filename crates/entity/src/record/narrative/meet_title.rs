//! What a title does: taken by those that wait for it, or waiting for those that follow.

use super::*;
use crate::record::heading::under_province;
use xinglin_text::word_list;

impl Narrator<'_, '_> {
    pub(super) fn meet_title(
        &mut self,
        state: &mut State,
        at: usize,
        floor: &mut usize,
        part: Span,
        whole: Span,
        origin: Origin,
    ) {
        let Some(title) = self.reading.titles.get(at) else { return };
        if title.activity || title.void {
            state.listing = false;
            state.pending = None;
            if title.activity && !state.group.is_empty() && self.meets_standard(title, part) {
                let dating = self.dating(state, part, whole, title.span, false);
                let group = state.group.clone();
                self.give(&group, &awards(title), dating, whole, origin);
                state.taken = Some(title.span.end);
            }
            return;
        }
        if title.person || title.span.start < state.shared {
            return;
        }
        if self.sends_people(title, part) {
            state.group.clear();
            state.listing = false;
            state.pending = None;
            *floor = title.span.end;
            return;
        }
        if self.stands_before_news(state, title, part) {
            self.memory.fresh = true;
            *floor = title.span.end;
            return;
        }
        state.former_year = None;
        if state.listing {
            // The list before it has its own title.
            state.group.clear();
            state.taken = None;
            state.listing = false;
        }
        if state.times > MOST_TITLES {
            return;
        }
        // 继2019年甲科获评P之后: theirs alone.
        let theirs = !state.predecessors.is_empty()
            && !title.levels.is_empty()
            && word_list!["后", "之后", "以后"]
                .begin(self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」']));
        if !state.predecessors.is_empty() && !title.levels.is_empty() {
            if self.allowed(part, whole, title.span, title.span) {
                self.give_predecessors(state, &awards(title), whole, origin);
            }
            state.predecessors.clear();
            state.predecessor_years.clear();
        }
        self.settle_ended(state, title.span.start, part, whole, origin);
        if self.settle_pending(state, title, part, whole, origin) {
            // …入选,成为全市首个P: the same title told again.
            state.taken = Some(title.span.end);
            *floor = title.span.end;
            return;
        }
        if theirs && !state.group.is_empty() {
            *floor = title.span.end;
            return;
        }
        let mut given = false;
        let from = state.taken.or_else(|| state.group.last().map(|(_, _, span)| span.end));
        match from.filter(|from| *from <= title.span.start && !state.group.is_empty()) {
            Some(from) => {
                let link = self.link(state, from, title, part);
                let first = state.group.first().map_or(title.span, |(_, _, span)| *span);
                if let Some(existing) = link.filter(|_| self.allowed(part, whole, first, title.span)) {
                    if let Some((given, count)) = self.waits_apart(state, title) {
                        let given = awards(given);
                        let rest = state.group.split_off(count);
                        let former = std::mem::replace(&mut state.group, rest);
                        let dating = self.dating(state, part, whole, title.span, existing);
                        self.give(&former, &given, dating, whole, origin);
                    }
                    // 成为某医院甲科(P)的医联体单位: the bracket is about the last one's hospital.
                    let bracketed = matches!(self.reading.between(from, title.span.start), "(" | "（");
                    let owner = state.group.last().map(|(holder, _, _)| *holder).filter(|_| bracketed);
                    let count = state.group.len();
                    state.group.retain(|(holder, _, _)| owner.is_none_or(|owner| owner == *holder));
                    let existing = existing && !self.are_conferred(state, part) || state.group.len() < count;
                    let dating = self.dating(state, part, whole, title.span, existing);
                    self.give_unclosed(state, &awards(title), dating, part, whole, origin);
                    let group =
                        self.one_by_one(state, from, title).unwrap_or_else(|| self.respective(state, part));
                    state.shared = self.distribute(&group, at, dating, part, whole, origin);
                    state.taken = Some(title.span.end.max(state.shared));
                    state.held = existing;
                    state.times = state.times.saturating_add(1);
                    // 与甲科一同入选P的,还有乙科
                    let more = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"']);
                    let more = more.strip_prefix('的').map(|rest| rest.trim_start_matches(['，', ',', ' ']));
                    let more = more
                        .is_some_and(|rest| word_list!["还有", "另有", "也有", "包括", "分别是"].begin(rest));
                    state.pending = Some(at).filter(|_| more && !existing);
                } else if self.passes_review(title, part) && self.allowed(part, whole, first, title.span) {
                    let dating = self.dating(state, part, whole, title.span, false);
                    let group = state.group.clone();
                    let done = self.finishes(title, part);
                    let given =
                        awards(title).into_iter().map(|award| if done { award.done() } else { award });
                    self.give(&group, &given.collect::<Vec<_>>(), dating, whole, origin);
                    state.taken = Some(title.span.end);
                } else if state.taken.is_none() {
                    // Not given to this group; it may wait for another.
                    state.pending = Some(at);
                } else if self.is_of_companions(self.reading.between(from, title.span.start), title, part) {
                    state.group.clear();
                    state.taken = None;
                    state.pending = Some(at);
                }
                state.listing = false;
            }
            None => {
                given = self.award_to_topic(state, title, part, whole, origin);
                state.pending = Some(at);
                state.listing = false;
            }
        }
        // 公布临床重点专科建设项目, under a headline that names the level alone: that one, with its status.
        if title.levels.is_empty()
            && title.status_said
            && let Some(known) = self.memory.announced.as_mut().filter(|known| !known.status_said)
            && known.programme == title.programme
        {
            known.status = title.status;
            known.status_said = true;
        }
        // 甲科则进入P培育名单。…乙科双双通过认定: a lower status that somebody was given is not what the news announces.
        let aside = state.taken.is_some()
            && title.status == Status::Cultivation
            && self.carried.is_some_and(|known| {
                known.status == Status::Designated
                    && known.programme == title.programme
                    && title.levels.first().is_none_or(|level| known.level == Some(*level))
            });
        let announces = title.framed || !title.levels.is_empty();
        if announces
            && !aside
            && !self.is_counted_besides(state, title, whole)
            && !self.tells_which(title, part)
            && self.allowed(part, whole, title.span, title.span)
        {
            let before = self.memory.announced;
            let finished = self.finishes(title, part);
            let by_province = self.authority_before(whole, title.span.start) == Some(Level::Provincial);
            self.memory.announced = awards(title).first().copied().map(|award| {
                // 辽宁省卫生健康委公布县级临床重点专科名单: the province's.
                let mut award = under_province(award, by_province);
                if finished {
                    award.status = Status::Designated;
                }
                // 公布…优势专科名单 under a headline that says 建设名单: the same title.
                if let Some(known) = before.filter(|known| {
                    title.framed
                        && known.status_said
                        && !award.status_said
                        && (known.programme, known.level) == (award.programme, award.level)
                }) {
                    award.status = known.status;
                    award.status_said = true;
                }
                award
            });
            self.memory.fresh = true;
            // 省级重点专科2个、市级重点专科10个: which of them is meant afterwards, no one can tell.
            let others = self.reading.titles_in(part).iter().filter(|other| other.counted);
            if title.counted
                && others.clone().any(|other| other.levels != title.levels)
                && state.group.is_empty()
            {
                self.memory.announced = before.filter(|_| self.carried.is_some());
                self.memory.fresh = false;
            }
            let news = state.taken.is_some() && self.reading.scan.says(whole, NEWS) && origin == Origin::Body;
            // 绵阳3个专科跻身P! on a page of several hospitals
            let head = Span::new(part.start, title.span.start);
            let counted = (self.cast.home.is_none() || !self.cast.home_told)
                && origin == Origin::Body
                && self.reading.titles_in(whole).len() == 1
                && self.reading.scan.says(head, AWARD.or(AWARD_END))
                && word_list!["个专科", "个科室", "个学科", "个项目"].stand_in(head.of(self.reading.text()));
            if title.framed
                || counted && state.taken.is_none() && !given
                || news
                || (state.taken.is_none() && !given && self.reading.scan.says(whole, NEWS))
            {
                self.carried = self.memory.announced;
            }
        }
        *floor = title.span.end;
    }
}
