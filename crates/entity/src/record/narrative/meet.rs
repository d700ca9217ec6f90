//! What each token does as a sentence is read from left to right: hospitals, specialties, years, titles.

use super::elsewhere::{is_affiliation, is_elsewhere};
use super::shares::Share;
use super::title_lists::{hangs_behind, is_grown};
use super::*;
use xinglin_text::word_list;

impl Narrator<'_, '_> {
    pub(super) fn meet_holder(&self, state: &mut State, start: usize, floor: &mut usize, part: Span) {
        let Some(mention) =
            self.reading.institution_at(start).and_then(|at| self.reading.institutions.get(at))
        else {
            return;
        };
        let end = mention.span.end;
        // 1984年由某镇卫生院改建: what it was before.
        let behind = crate::mention::window_after(self.reading.text(), end, 12);
        let origin = self.reading.scan.before(start) == Some('由')
            && word_list!["改建", "扩建", "升格", "更名", "改制", "演变", "发展", "合并", "改组", "迁建"]
                .begin(behind);
        if origin || self.owns_bracket(state, mention.span) {
            *floor = end;
            return;
        }
        let joined = state.after_holder
            && matches!(self.reading.between(*floor, start).trim(), "、" | "和" | "与" | "及" | "以及");
        // Another hospital's bare name in a bracket, or an unresolved one, must not inherit what follows.
        let resolved = self.holder(start);
        // 该院 behind a name is that name's.
        let called = mention.span.of(self.reading.text());
        if mention.naming == Naming::That && self.is_of_two_departments(state, called) {
            *floor = end;
            return;
        }
        let repeated = mention.naming == Naming::That && !matches!(called, "后者" | "前者");
        let generic = mention.naming == Naming::Generic || repeated;
        if let Some(other) = self.other_than_ours(state, start, part).filter(|_| repeated) {
            state.holders = vec![other];
            *floor = end;
            return;
        }
        // 这所来自上海的医院: the other one.
        if mention.naming == Naming::Generic && self.comes_from_elsewhere(start, part) {
            state.holders.clear();
            state.named = true;
            *floor = end;
            return;
        }
        let spoken_for = joined || (generic && state.named);
        if !spoken_for {
            state.holders.clear();
        }
        if generic && state.named && !state.holders.is_empty() {
            *floor = end;
            return;
        }
        if let Some(home) = self.cast.home.filter(|_| self.is_paired_with_us(mention.span, part)) {
            state.holders = vec![home];
            state.named = true;
            *floor = end;
            return;
        }
        // 我们帮扶的横山区人民医院: a partner's title is none of ours.
        let led = self.reading.between(part.start, start);
        let partner = self.cast.home.is_some_and(|home| resolved != Some(home))
            && word_list!["帮扶的", "支援的", "结对的", "援建的", "援助的", "对口支援", "对口帮扶"].end(led);
        let resolved = resolved.filter(|_| !partner);
        if let Some(member) = resolved.filter(|member| !state.holders.contains(member)) {
            state.holders.push(member);
        }
        state.named = true;
        *floor = end;
    }

    /// 第一类是区级重点学科,共4个:…: a part of the list announced.
    fn divides(&self, head: Span) -> bool {
        let text = head.of(self.reading.text()).trim_start_matches(['“', '"', ' ', '(', '（']);
        if text.starts_with("其中") {
            return true;
        }
        text.strip_prefix('第')
            .unwrap_or(text)
            .strip_prefix(['一', '二', '三', '四', '五'])
            .is_some_and(|rest| word_list!["类", "是", "档", "批", "组", "层"].begin(rest))
    }

    /// A医院 / 市级重点专科:甲科、乙科: the title announced, in a list that goes from hospital to hospital.
    fn goes_under_name(&self, title: &Title, part: Span) -> bool {
        let told = self.carried.filter(|_| self.cast.home.is_none() && self.section_holder.is_some());
        let same = told.is_some_and(|known| {
            known.programme == title.programme
                && title.levels.first().is_none_or(|level| known.level.is_none_or(|known| known == *level))
        });
        same && self.reading.between(part.start, title.span.start).chars().all(|c| !is_han(c))
    }

    /// 同时上榜P的,还有我院的甲科: more of those that the news is about.
    fn joins_entered(&self, title: &Title, first: usize, part: Span) -> bool {
        let own = self.reading.clause(part, title.span.start);
        let told = self
            .reading
            .between(title.span.end, first.max(title.span.end))
            .trim_start_matches(['”', '"', '」']);
        let more = told.strip_prefix('的').map(|rest| rest.trim_start_matches(['，', ',', ' ']));
        more.is_some_and(|rest| word_list!["还有", "另有", "也有", "是", "有"].begin(rest))
            && self.reading.scan.says(Span::new(own.start, title.span.start.max(own.start)), AWARD_END)
    }

    /// 一块“P”的牌匾,挂在了甲科的墙上: what was hung up just now.
    fn hangs(&self, title: &Title, first: usize) -> bool {
        hangs_behind(self.reading.between(title.span.end, first.max(title.span.end)))
    }

    /// 另有5个科室先按P建设单位管理,分别为甲科、…: how they are run from now on.
    fn is_run_as(&self, title: &Title, part: Span) -> bool {
        let head = self.reading.between(part.start, title.span.start);
        let tail = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」']);
        word_list!["按", "按照", "作为", "以"].end(head.trim_end_matches(['“', '"', '「']))
            && word_list!["管理", "建设", "培育", "进行管理", "进行建设"].begin(tail)
    }

    /// P1有3个:A医院甲科、…。P2有2个:B医院乙科、…: as the list before it, on a page of several hospitals.
    fn goes_on_counting(&self, title: &Title, part: Span) -> bool {
        let opens = self.reading.between(part.start, title.span.start).chars().all(|c| !is_han(c));
        let before = self.reading.titles_in(Span::new(self.paragraph, part.start)).last();
        let last = self.drafts.get(..self.told_before).and_then(<[Draft]>::last);
        let news =
            last.is_some_and(|last| last.evidence.start >= self.paragraph && last.dating == Dating::News);
        title.counted
            && opens
            && news
            && self.cast.home.is_none()
            && before.is_some_and(|title| title.counted)
    }

    /// 筹建的甲科和乙科,后来也成了骨干科室,乙科2015年获评P: the one that is named again, alone.
    fn is_named_anew(&self, state: &State, field: &Field, span: Span) -> bool {
        let Some((_, _, last)) = state.group.last() else { return false };
        let gap = Span::new(last.end, span.start.max(last.end));
        if !state.group.iter().any(|(_, known, _)| known == field) {
            return false;
        }
        let holders = self.current_holders(state);
        let again = |(holder, known, _): &(usize, Field, Span)| known == field && holders.contains(holder);
        state.pending.is_none()
            && !state.listing
            && state.group.iter().any(again)
            && gap.of(self.reading.text()).contains(['，', ',', '：'])
            && !self.reading.scan.words_in(gap).iter().any(|word| {
                word.kinds.has(AWARD_END.or(PASSING))
                    || word.kinds.has(AWARD) && self.ends_clause(word.span.end, gap.end)
            })
    }

    /// 则在2017年被评为P, 已是P, 力争建成P: whether a verb stands before the title that a clause goes on with.
    fn is_predicated(&self, rest: Span) -> bool {
        let title = self.reading.titles_in(rest).first().map_or(rest.end, |title| title.span.start);
        let head = Span::new(rest.start, title.max(rest.start));
        let told = head.of(self.reading.text());
        self.reading.scan.says(head, AWARD.or(AWARD_END).or(PASSING).or(COPULA).or(HOPE).or(NEGATION))
            || told.contains(['是', '为'])
            || {
                // 全院还有甲科、乙科等3个P
                const FURTHEST: usize = 12;
                let end = self.end_of_enumeration(rest.start, FURTHEST).clamp(rest.start, head.end);
                let told = self.reading.between(end, head.end);
                told.starts_with('等') && told.chars().count() <= 6
            }
    }

    /// 拥有P甲科,乙科正在争创: what stands behind a list's comma and hopes is no part of it.
    fn only_hopes(&self, state: &State, span: Span, part: Span) -> bool {
        let Some((_, _, last)) = state.group.last().filter(|_| state.listing) else { return false };
        let clause = self.reading.clause(part, span.end);
        let tail = Span::new(span.end, clause.end.max(span.end));
        matches!(self.reading.between(last.end, span.start.max(last.end)), "，" | ",")
            && self.reading.scan.says(tail, HOPE.or(NEGATION))
            && self.reading.titles_in(tail).is_empty()
    }

    pub(super) fn meet_field(
        &mut self,
        state: &mut State,
        at: usize,
        floor: &mut usize,
        part: Span,
        whole: Span,
        origin: Origin,
    ) {
        let Some(mention) = self.fields.get(at) else { return };
        let (field, span) = field::of_mention(self.reading, mention, *floor);
        if self.is_predecessor(span, part) {
            // 继2020年甲科、乙科之后: in the same year.
            let shared = state
                .predecessors
                .last()
                .filter(|(_, _, last)| field::is_join(self.reading.between(last.end, span.start)))
                .and_then(|_| state.predecessor_years.last().copied().flatten());
            let year = self.year_before(span.start).or(shared);
            let year = year.or_else(|| self.year_of_late(span.start, part));
            for holder in self.current_holders(state) {
                state.predecessors.push((holder, field.clone(), span));
                state.predecessor_years.push(year);
            }
            *floor = mention.span.end;
            return;
        }
        if let Some(taken) = state.taken.take() {
            if state.year != self.year {
                leave_year(state, taken);
            }
            state.group.clear();
            state.times = 0;
        }
        // 2010年就有P落户——甲科,乙科则在2017年被评为P; 新增P2个:甲科、乙科,此前,丙科已是P
        let apart = state.group.last().is_some_and(|(_, _, last)| {
            let clause = self.reading.clause(part, span.end);
            let gap = self.reading.between(last.end, span.start);
            let claimed = self.reading.titles_in(clause).iter().any(|title| title.span.start >= span.end);
            claimed
                && if state.listing {
                    gap.contains(['，', ',']) && self.is_predicated(Span::new(span.end, clause.end))
                } else {
                    matches!(gap, "，" | ",")
                        && self.reading.scan.says(Span::new(span.end, clause.end), AWARD.or(PASSING))
                }
        });
        self.settle_called(state, part, whole, origin);
        // 有2个专科入选,分别是甲科、乙科,丙科被列为P2: those before have the title that waits.
        if apart && !state.listing && self.settle_waiting(state, span.start, part, whole, origin).is_some() {
            state.group.clear();
            state.pending = None;
        }
        if state.listing && (apart || self.bracket_closed(state, span)) {
            state.listing = false;
            state.pending = None;
            state.group.clear();
        }
        if let Some(title) = state.pending.and_then(|at| self.reading.titles.get(at)) {
            let between = self.reading.between(title.span.end, span.start);
            let behind = state.group.last().is_none_or(|(_, _, last)| last.end <= title.span.start);
            if !state.listing && behind && self.lists(title, between, part) {
                state.listing = true;
                state.group.clear();
            }
        }
        // 某医院P(甲科)的联盟单位: the bracket's department is that title's, and waits for no other.
        if let Some(title) = state.pending.and_then(|at| self.reading.titles.get(at))
            && !state.listing
            && matches!(self.reading.between(title.span.end, span.start), "(" | "（")
            && let Some(behind) = self.reading.between(span.end, part.end).strip_prefix([')', '）'])
            && (behind.starts_with('的') || is_affiliation(behind))
        {
            state.pending = None;
            *floor = mention.span.end;
            return;
        }
        // 在某医院甲科的帮扶下,乙科建成P: who helped.
        let clause = self.reading.clause_start(part, span.start);
        let behind = crate::mention::window_after(self.reading.text(), mention.span.end, 24);
        let helps =
            word_list!["帮扶下", "支持下", "指导下", "帮助下", "协助下", "托管下", "援助下", "引领下"]
                .begin(behind.trim_start_matches(['的', '大', '力', '精', '准', '全', '直', '接']));
        if helps && self.reading.between(clause, span.start).starts_with(['在', '经']) && state.named {
            state.holders.clear();
            state.named = false;
            *floor = mention.span.end;
            return;
        }
        // 他所在的心血管内科, 对口支援单位的骨科: another's department, and whose is not said.
        let head = self.reading.between(part.start, span.start);
        let another = is_elsewhere(head, state.named);
        if another && state.named && state.taken.is_none() {
            // 甲科能上,要感谢某医院,人家的甲科是P: theirs alone.
            state.group.clear();
        }
        if another && !state.named {
            // 对口支援单位的甲科、乙科均为P: and so those that are joined to it.
            state.holders.clear();
            state.named = true;
            *floor = mention.span.end;
            return;
        }
        if let Some(whose) = self.called_short(head) {
            state.holders = whose.into_iter().collect();
            state.named = true;
            if whose.is_none() {
                *floor = mention.span.end;
                return;
            }
        }
        // 儿科(含新生儿科): a part of the one before.
        let part_of_it = ["(含", "（含", "(包括", "（包括", "(包含", "（包含"]
            .iter()
            .any(|open| head.ends_with(open) && state.group.last().is_some());
        if self.excepted(span, part) || part_of_it || self.only_hopes(state, span, part) {
            *floor = mention.span.end;
            return;
        }
        if self.joins_relative(state, &field, span, whole, origin) {
            *floor = mention.span.end;
            return;
        }
        if let Some(title) = self.relative_title(span.start, part)
            && self.allowed(part, whole, title.span, title.span)
            && !self.is_revoked(Span::new(mention.span.end, part.end))
        {
            let group: Vec<_> =
                self.current_holders(state).into_iter().map(|holder| (holder, field.clone(), span)).collect();
            let now = self.gives_now(part, title.span) || self.is_handed(mention.span.end, part);
            let dating = if now { Dating::News } else { Dating::Undated };
            let dated = self.year_of_clause(part, title.span);
            let dating = dated.map_or(dating, Dating::Printed);
            let given = awards(title);
            self.give(&group, &given, dating, whole, origin);
            state.relative = Some(Relative { end: mention.span.end, awards: given, dating });
            state.pending = None;
            state.year = if dated.is_some() { None } else { state.year };
            state.group = group;
            *floor = mention.span.end;
            return;
        }
        if let Some(year) = self.given_in(span, part)
            && let Some(title) = self
                .reading
                .titles_in(Span::new(part.start, span.start))
                .last()
                .filter(|title| !title.activity && !title.void && !title.person)
            && self.allowed(part, whole, span, title.span)
        {
            let group: Vec<_> =
                self.current_holders(state).into_iter().map(|holder| (holder, field.clone(), span)).collect();
            self.give(&group, &awards(title), Dating::Printed(year), whole, origin);
            *floor = mention.span.end;
            return;
        }
        self.settle_fallen(state, span.start, part, whole, origin);
        if let Some((_, _, last)) = state.group.last()
            && state.pending.is_none()
            && self.has_own_predicate(Span::new(last.end, span.start.max(last.end)))
        {
            state.group.clear();
        }
        // 文中“甲科获批P1”应为“乙科获批P1”: the one that was named wrongly.
        let put_right = state.group.last().is_some_and(|(_, _, last)| {
            let gap = self.reading.between(last.end, span.start.max(last.end));
            word_list!["应为", "应是", "更正为", "应改为", "误为", "误作"].stand_in(gap)
        });
        if put_right || self.is_named_anew(state, &field, span) {
            state.group.clear();
        }
        // 2022年,A医院甲科,2023年,B医院乙科先后获评P: each has the year before it.
        if let Some(former) = state.former_year.take() {
            for (_, _, known) in &state.group {
                self.own_years.entry(known.start).or_insert(former);
            }
        }
        self.note_own_year(state, span, part);
        if state.group.is_empty()
            && self.reading.scan.before(span.start) == Some('其')
            && let Some(other) = self.other_than_ours(state, span.start, part)
        {
            state.holders = vec![other];
        }
        let holders = self.told_owner(state, mention.span.end).or_else(|| self.bracketed_owner(state, span));
        let mut holders = holders.unwrap_or_else(|| self.current_holders(state));
        let supposed = !state.named && !self.cast.home_told && holders.first() == self.cast.home.as_ref();
        if holders.is_empty() || supposed {
            holders = self.known_owner(&field).map_or(holders, |owner| vec![owner]);
        }
        if self.is_aside_of_label(state, &holders, span) {
            state.group.clear();
        }
        for holder in holders {
            state.group.push((holder, field.clone(), span));
        }
        if state.listing
            && let Some(title) = state.pending.and_then(|at| self.reading.titles.get(at))
            && self.allowed(part, whole, title.span, title.span)
        {
            let mut group: Vec<_> =
                state.group.iter().filter(|(_, _, known)| *known == span).cloned().collect();
            match self.holder_of_share(state, title, span, part) {
                Share::Of(own) => group.retain(|(holder, _, _)| *holder == own),
                Share::Unsure => group.clear(),
                Share::Plain => {}
            }
            let given = match state.pending.map(|at| self.title_of_share(at, span, part)) {
                Some(Share::Of(own)) => awards(own),
                Some(Share::Unsure) => Vec::new(),
                _ => awards(title),
            };
            let head = Span::new(whole.start, span.start);
            let rest = Span::new(span.end, part.end);
            // 2021年,甲科获批P1;P2由2个增加到8个,新增了…: over many years.
            let first = state.group.first().map_or(span.start, |(_, _, first)| first.start);
            let grown = state.inherited && is_grown(self.reading.between(title.span.end, first));
            // 市里认定的P里,也有医院的甲科
            let told = self.reading.between(title.span.end, first.max(title.span.end));
            let among = told.trim_start_matches(['”', '"', '」']).starts_with(['里', '中'])
                && word_list!["也有", "还有", "同样有"].stand_in(told);
            let existing = grown
                || among
                || self.stands(title, part)
                || !(self.gives(head)
                    || self.reading.scan.says(rest, AWARD_END) && !self.reading.scan.says(rest, NEGATION)
                    || self
                        .reading
                        .scan
                        .words_in(head)
                        .iter()
                        .any(|word| word.kinds.has(PASSING) && !self.is_relative(word.span))
                    || self.carried.is_some() && self.divides(head)
                    || self.goes_under_name(title, part)
                    || self.goes_on_counting(title, part)
                    || self.joins_entered(title, first, part)
                    || self.hangs(title, first)
                    || self.is_run_as(title, part)
                    || self.restates(title, part)
                    || self.opens_line(title, part)
                        && self.leader.is_some_and(|leader| self.leads_lines(leader)));
            let dating = self.dating(state, part, whole, title.span, existing);
            self.give(&group, &given, dating, whole, origin);
            // 公布P名单:A医院甲科;B医院乙科: the parts that follow go on with the list.
            let sign =
                self.reading.between(title.span.end, first).trim_start_matches(['”', '"', '」', '名', '单']);
            let goes_on = sign.starts_with([':', '：']) && title.framed || self.restates(title, part);
            if goes_on && !existing {
                self.memory.open = Some(whole);
            }
        }
        *floor = mention.span.end;
    }

    /// 儿科:床位70张,省儿童医院骨科为P: another hospital's department, told of under the label of one's own.
    fn is_aside_of_label(&self, state: &State, holders: &[usize], span: Span) -> bool {
        let [(own, _, label)] = state.group.as_slice() else { return false };
        let gap = self.reading.between(label.end, span.start);
        gap.starts_with(['：', ':', '\u{3000}', ' ', '】'])
            && gap.contains(['，', ','])
            && !holders.is_empty()
            && !holders.contains(own)
    }

    /// 2019年12月27日,…通报本年度P评估情况: the year that stands before it.
    fn year_of_that(&self, word: Span, part: Span) -> Option<i32> {
        let before = self.reading.years_in(Span::new(part.start, word.start));
        let printed = before.iter().rev().find_map(|year| match year.when {
            When::Year(value) => Some(value),
            _ => None,
        });
        printed.filter(|_| word.of(self.reading.text()).starts_with("本年"))
    }

    pub(super) fn meet_year(&mut self, state: &mut State, at: usize, floor: &mut usize, part: Span) {
        let Some(mention) = self.reading.years.get(at) else { return };
        // 从去年的“候补席”走上前台,获批P: where it came from, not when it was given.
        let from = self.reading.scan.before(mention.span.start) == Some('从')
            && self.reading.scan.after(mention.span.end) == Some('的');
        if from || self.is_bracketed(mention.span) || self.is_predecessor(mention.span, part) {
            return;
        }
        if let Some(field) = self.single_year(mention.span)
            && let When::Year(year) = mention.when
        {
            self.own_years.insert(field, year);
        }
        let year = match mention.when {
            When::Year(year) => Some(year),
            When::Same => self.memory.year.or(self.year),
            When::Then => {
                state.lost |= self.memory.year.is_none();
                self.memory.year
            }
            // …以建设单位的身份入列,三年后要看验收: a clause of its own about what is to come.
            When::After(count) if self.is_of_future(state, mention.span, count, part) => return,
            When::After(count) => {
                let later = self.memory.year.or(self.told_year).map(|year| year + count);
                let later = later.filter(|later| self.written.is_none_or(|written| *later <= written));
                state.lost |= later.is_none();
                if later.is_none() {
                    state.year = None;
                    state.last_year = mention.span.end;
                }
                later
            }
            When::Relative(0) if self.year.is_some() => self.year_of_that(mention.span, part).or(self.year),
            When::Relative(offset) if offset != 0 && self.written.or(self.year).is_some() => {
                self.written.or(self.year).map(|year| year + offset)
            }
            // 去年 on a page of no date is some year, and not the one before it.
            When::Lost | When::Relative(_) => {
                state.year = None;
                state.lost = true;
                state.last_year = mention.span.end;
                None
            }
            When::Since => {
                let since = mention.span.of(self.reading.text()).get(..4);
                self.memory.year = since.and_then(|year| year.parse().ok()).or(self.memory.year);
                None
            }
            When::Programme(_) => None,
        };
        if let Some(year) = year {
            let joined = state.last_year > 0
                && matches!(
                    self.reading.between(state.last_year, mention.span.start),
                    "、" | "和" | "及" | "与"
                );
            let waiting = !joined && !state.group.is_empty() && state.taken.is_none();
            state.former_year = state.year.filter(|_| waiting && !state.lost);
            match (joined, state.year) {
                (true, Some(known)) => self.also.push(known),
                _ => self.also.clear(),
            }
            state.last_year = mention.span.end;
            state.lost = false;
            state.inherited = false;
            state.year = Some(year);
            self.memory.year = Some(year);
            self.told_year = Some(year);
        }
        if *floor < mention.span.end && state.group.is_empty() {
            *floor = mention.span.end;
        }
    }
}

/// 儿科2021年成为P1,妇产科、急诊科被评为P2: the year between the first one's name and its title is its own.
fn leave_year(state: &mut State, taken: usize) {
    let own = state.group.last().is_some_and(|(_, _, last)| (last.end..taken).contains(&state.last_year));
    if own && state.year.is_some() {
        state.year = None;
        state.lost = true;
    }
}
