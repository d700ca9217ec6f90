//! Records out of sentences: specialties gather behind their hospital until a title is given to them, or a title
//! waits for the specialties that follow it.

use super::draft::{Award, Dating, Draft, Field, Origin, awards};
use super::field;
use crate::gazetteer::tables::{
    AUTHORITY, AWARD, AWARD_END, BACKGROUND, BESTOW, COPULA, DISTRIBUTE, HOPE, HOPE_WIDE, Kinds, NEGATION,
    NEWS, OWN, PASSING, RELATIVE,
};
use crate::kinds::{Level, Status};
use crate::mention::Span;
use crate::mention::institution::{Naming, is_han};
use crate::mention::specialty::SpecialtyMention;
use crate::mention::title::Title;
use crate::mention::year::When;
use crate::reading::Reading;
use crate::resolve::cast::Cast;
use crate::structure::sentence;

/// 2019年就是, 早已是: a copula whose subject stands before the comma.
fn is_bare_copula(clause: &str) -> bool {
    let plain = clause
        .trim()
        .trim_start_matches(|c: char| c.is_ascii_digit() || "年早在就便已即也还都均一直更".contains(c));
    matches!(plain, "是" | "为" | "系")
}

/// Verbs of an authority that stand before all that they decide: 确定…为.
const DECISIONS: &[&str] =
    &["确定", "认定", "命名", "评定", "评选", "遴选", "批准", "确认", "授予", "同意", "公布"];

/// What stands behind a title that is reviewed: 在省级临床重点专科周期复核中….
const REVIEWS: &[&str] =
    &["周期复核", "复核", "周期评估", "验收", "复审", "复评", "终期评估", "期满评估", "评审验收"];

/// What sentences are read with.
pub(crate) struct Narrator<'r, 't> {
    pub(crate) reading: &'r Reading<'t>,
    pub(crate) cast: &'r Cast,
    /// The specialties that are meant as such, in order.
    pub(crate) fields: &'r [SpecialtyMention],
    /// The article's own year.
    pub(crate) year: Option<i32>,
    pub(crate) drafts: Vec<Draft>,
    /// The specialty that the section or headline is about.
    pub(crate) topic: Option<Field>,
    memory: Memory,
}

/// What a paragraph remembers from sentence to sentence.
#[derive(Default)]
struct Memory {
    holder: Option<usize>,
    field: Option<Field>,
    year: Option<i32>,
    /// The year of the announcement that the paragraph opened with: 2020年12月30日,省卫生健康委公布….
    announced_in: Option<i32>,
    /// A title that the sentence before announced without saying for whom: …公布省级临床重点专科名单。
    announced: Option<Award>,
    /// …and did so in this paragraph.
    fresh: bool,
}

/// What is waiting within one sentence.
#[derive(Default)]
struct State {
    holders: Vec<usize>,
    /// Whether holders were named in this sentence.
    named: bool,
    group: Vec<(usize, Field, Span)>,
    /// The end of the last title that took the group.
    taken: Option<usize>,
    /// Whether that title was held, not given.
    held: bool,
    pending: Option<usize>,
    /// The pending title is followed by its list.
    listing: bool,
    year: Option<i32>,
    /// The last token was a holder.
    after_holder: bool,
}

enum Token {
    Holder(usize),
    Field(usize),
    Title(usize),
    Year(usize),
}

impl<'r, 't> Narrator<'r, 't> {
    pub(crate) fn new(
        reading: &'r Reading<'t>,
        cast: &'r Cast,
        fields: &'r [SpecialtyMention],
        year: Option<i32>,
    ) -> Self {
        Narrator { reading, cast, fields, year, drafts: Vec::new(), topic: None, memory: Memory::default() }
    }

    /// The title that a headline announces to the whole text.
    pub(crate) fn announce(&mut self, award: Option<Award>) {
        self.memory.announced = award;
    }

    /// Reads one paragraph or headline.
    pub(crate) fn paragraph(&mut self, span: Span, origin: Origin) {
        self.memory = Memory { announced: self.memory.announced, ..Memory::default() };
        for whole in sentence::sentences(self.reading.text(), span) {
            self.memory.announced_in = self.announcement(whole).or(self.memory.announced_in);
            if self.reading.titles_in(whole).is_empty() && self.memory.announced.is_none() {
                self.glance(whole);
                continue;
            }
            let mut year = None;
            for part in sentence::parts(self.reading.text(), whole) {
                year = self.part(part, whole, year, origin);
            }
        }
    }

    /// The year of a full date by which an authority announces.
    fn announcement(&self, whole: Span) -> Option<i32> {
        if !(self.reading.scan.says(whole, AUTHORITY) && self.reading.scan.says(whole, NEWS)) {
            return None;
        }
        self.reading.years_in(whole).iter().find_map(|year| {
            let tail = self.reading.between(year.span.end, whole.end).trim_start();
            let month = tail.trim_start_matches(|c: char| c.is_ascii_digit());
            match year.when {
                When::Year(value) if month.len() < tail.len() && month.starts_with('月') => Some(value),
                _ => None,
            }
        })
    }

    /// A sentence without titles: who and what it was about.
    fn glance(&mut self, whole: Span) {
        let last =
            self.reading.institutions_in(whole).iter().find_map(|mention| self.holder(mention.span.start));
        if last.is_some() {
            self.memory.holder = last;
        }
        if let Some(mention) = field::mentions_in(self.fields, whole).first() {
            self.memory.field = Some(Field::Row(mention.row));
        }
        if let Some(year) = self
            .reading
            .years_in(whole)
            .iter()
            .rev()
            .find_map(|year| if let When::Year(value) = year.when { Some(value) } else { None })
        {
            self.memory.year = Some(year);
        }
    }

    /// The member a mention stands for; 我院 and 医院 are the page's own.
    fn holder(&self, start: usize) -> Option<usize> {
        let at = self.reading.institution_at(start)?;
        if let Some(member) = self.cast.of_mention.get(at).copied().flatten() {
            return Some(member);
        }
        match self.reading.institutions.get(at)?.naming {
            Naming::Ours => self.cast.home,
            Naming::Generic => self.cast.home.or(self.memory.holder),
            Naming::That => self.memory.holder.or(self.cast.home),
            Naming::Named | Naming::Bare => None,
        }
    }

    fn tokens(&self, part: Span) -> Vec<(usize, Token)> {
        let mut tokens: Vec<(usize, Token)> = Vec::new();
        for mention in self.reading.institutions_in(part) {
            tokens.push((mention.span.start, Token::Holder(mention.span.start)));
        }
        let titles = self.reading.titles_in(part);
        let first_title = titles.first().map_or(0, |first| {
            self.reading.titles.partition_point(|title| title.span.start < first.span.start)
        });
        for (offset, title) in titles.iter().enumerate() {
            tokens.push((title.span.start, Token::Title(first_title + offset)));
        }
        let fields = field::mentions_in(self.fields, part);
        let first_field = fields
            .first()
            .map_or(0, |first| self.fields.partition_point(|mention| mention.span.start < first.span.start));
        for (offset, mention) in fields.iter().enumerate() {
            if !titles.iter().any(|title| title.span.overlaps(mention.span)) {
                tokens.push((mention.span.start, Token::Field(first_field + offset)));
            }
        }
        let years = self.reading.years_in(part);
        let first_year = years
            .first()
            .map_or(0, |first| self.reading.years.partition_point(|year| year.span.start < first.span.start));
        for (offset, year) in years.iter().enumerate() {
            if !titles.iter().any(|title| title.span.overlaps(year.span)) {
                tokens.push((year.span.start, Token::Year(first_year + offset)));
            }
        }
        tokens.sort_by_key(|(start, _)| *start);
        tokens
    }

    /// Reads a part of a sentence; returns the year that it leaves to the next part.
    fn part(&mut self, part: Span, whole: Span, year: Option<i32>, origin: Origin) -> Option<i32> {
        let mut state = State { year, ..State::default() };
        let mut floor = part.start;
        for (_, token) in self.tokens(part) {
            let is_holder = matches!(token, Token::Holder(_));
            match token {
                Token::Holder(start) => self.meet_holder(&mut state, start, &mut floor),
                Token::Field(at) => self.meet_field(&mut state, at, &mut floor, part, whole, origin),
                Token::Title(at) => self.meet_title(&mut state, at, &mut floor, part, whole, origin),
                Token::Year(at) => self.meet_year(&mut state, at, &mut floor),
            }
            state.after_holder = is_holder;
        }
        self.close(&mut state, part, whole, origin);
        if let Some(holder) =
            self.reading.institutions_in(part).iter().find_map(|mention| self.holder(mention.span.start))
        {
            self.memory.holder = Some(holder);
        }
        if let Some((_, field, _)) = state.group.first() {
            self.memory.field = Some(field.clone());
        }
        state.year
    }

    fn meet_holder(&mut self, state: &mut State, start: usize, floor: &mut usize) {
        let Some(mention) =
            self.reading.institution_at(start).and_then(|at| self.reading.institutions.get(at))
        else {
            return;
        };
        let end = mention.span.end;
        let joined = state.after_holder
            && matches!(self.reading.between(*floor, start).trim(), "、" | "和" | "与" | "及" | "以及");
        // Another hospital's bare name in a bracket, or an unresolved one, must not inherit what follows.
        let resolved = self.holder(start);
        if !joined && !(mention.naming == Naming::Generic && state.named) {
            state.holders.clear();
        }
        if mention.naming == Naming::Generic && state.named && !state.holders.is_empty() {
            *floor = end;
            return;
        }
        if let Some(member) = resolved.filter(|member| !state.holders.contains(member)) {
            state.holders.push(member);
        }
        state.named = true;
        *floor = end;
    }

    fn current_holders(&self, state: &State) -> Vec<usize> {
        if state.named {
            return state.holders.clone();
        }
        self.cast.home.or(self.memory.holder).into_iter().collect()
    }

    fn meet_field(
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
        if state.taken.take().is_some() {
            state.group.clear();
        }
        if let Some(title) = state.pending.and_then(|at| self.reading.titles.get(at)) {
            let between = self.reading.between(title.span.end, span.start);
            if !state.listing && state.group.is_empty() {
                state.listing = self.lists(title, between, part);
            }
        }
        if self.excepted(span, part) {
            *floor = mention.span.end;
            return;
        }
        for holder in self.current_holders(state) {
            state.group.push((holder, field.clone(), span));
        }
        if state.listing
            && let Some(title) = state.pending.and_then(|at| self.reading.titles.get(at))
            && self.allowed(part, whole, title.span, title.span)
        {
            let group: Vec<_> = state.group.iter().filter(|(_, _, known)| *known == span).cloned().collect();
            let existing = !self.gives(Span::new(whole.start, span.start));
            let dating = self.dating(state, part, whole, title.span, existing);
            self.give(&group, &awards(title), dating, whole, origin);
        }
        *floor = mention.span.end;
    }

    /// 除急诊医学科外,…
    fn excepted(&self, span: Span, part: Span) -> bool {
        let tail = self.reading.between(span.end, part.end);
        let outside = ["外", "之外", "以外"]
            .iter()
            .any(|word| tail.strip_prefix(word).is_some_and(|rest| rest.starts_with(['，', ','])));
        if self.reading.scan.before(span.start) == Some('从') {
            // 从大内科中分出: where the department came from.
            return true;
        }
        outside
            && sentence::clause(self.reading.text(), part, span.start)
                .of(self.reading.text())
                .trim_start()
                .starts_with('除')
    }

    /// Whether a stretch tells of a giving, not of what is there.
    fn gives(&self, head: Span) -> bool {
        let text = head.of(self.reading.text());
        self.reading.scan.says(head, AWARD.or(BESTOW).or(NEWS))
            || DECISIONS.iter().chain(&["批复", "下达", "新增", "新获", "新添"]).any(|verb| text.contains(verb))
    }

    /// Whether a title's list follows it: 国家临床重点专科2个(骨科、心内科), 省级重点专科:骨科、儿科.
    fn lists(&self, title: &Title, between: &str, part: Span) -> bool {
        if title.activity || title.void || title.person {
            return false;
        }
        let head = Span::new(part.start, title.span.start);
        let first = self
            .reading
            .institutions_in(Span::new(title.span.end, part.end))
            .first()
            .map_or(usize::MAX, |mention| mention.span.start - title.span.end);
        let between = between.get(..first).unwrap_or(between);
        let led = self.reading.scan.says(head, AWARD.or(OWN).or(BESTOW))
            || head.of(self.reading.text()).trim().is_empty()
            || title.counted;
        // 列入…培育单位的,是A医院甲科、B医院乙科
        let told = between
            .trim_start_matches(['”', '"', '」'])
            .strip_prefix('的')
            .map(|rest| rest.trim_start_matches(['，', ',', ' ']));
        let told = told.is_some_and(|rest| {
            ["是", "有", "为", "包括", "分别是", "分别为", "还有"].iter().any(|word| rest.starts_with(word))
                && rest.chars().count() <= 24
                && !rest.contains(['，', ','])
        });
        if told {
            return true;
        }
        // …建设项目,分别是A医院甲科、B医院乙科
        let named = between.rsplit(['，', ',']).next().is_some_and(|rest| {
            ["分别是", "分别为", "包括", "依次为", "依次是", "它们是", "即", "具体为"]
                .iter()
                .any(|word| rest.trim().starts_with(word) && rest.chars().count() <= 12)
        });
        if named {
            return true;
        }
        if between.chars().count() > 24 || between.contains(['，', ',']) && !title.counted {
            return false;
        }
        let opened = between.contains([':', '：', '(', '（', '—'])
            || ["分别为", "分别是", "包括", "包含", "分别", "涵盖", "即", "为", "有"]
                .iter()
                .any(|word| between.trim_end_matches([':', '：', ' ']).ends_with(word));
        // 为市中心医院国家临床重点专科建设项目消化内科、心血管内科授牌
        let touching =
            between.is_empty() && self.reading.scan.says(Span::new(title.span.end, part.end), BESTOW);
        (led && opened) || touching
    }

    fn meet_year(&mut self, state: &mut State, at: usize, floor: &mut usize) {
        let Some(mention) = self.reading.years.get(at) else { return };
        let year = match mention.when {
            When::Year(year) => Some(year),
            When::Same => self.memory.year.or(self.year),
            When::Next => self.memory.year.map(|year| year + 1),
            When::Relative(offset) => self.year.map(|year| year + offset),
            When::Programme(_) | When::Since => None,
        };
        if year.is_some() {
            state.year = year;
            self.memory.year = year;
        }
        if *floor < mention.span.end && state.group.is_empty() {
            *floor = mention.span.end;
        }
    }

    fn meet_title(
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
            return;
        }
        if title.person {
            return;
        }
        if state.listing {
            // The list before it has its own title.
            state.group.clear();
            state.taken = None;
            state.listing = false;
        }
        let from = state.taken.or_else(|| state.group.last().map(|(_, _, span)| span.end));
        match from.filter(|from| *from <= title.span.start && !state.group.is_empty()) {
            Some(from) => {
                let link = self.link(state, from, title, part);
                let open = self.allowed(
                    part,
                    whole,
                    state.group.first().map_or(title.span, |(_, _, span)| *span),
                    title.span,
                );
                if let (Some(existing), true) = (link, open) {
                    let dating = self.dating(state, part, whole, title.span, existing);
                    let group = state.group.clone();
                    self.distribute(&group, at, dating, part, whole, origin);
                    state.taken = Some(title.span.end);
                    state.held = existing;
                    state.pending = None;
                } else if open && self.passes_review(title, part) {
                    let dating = self.dating(state, part, whole, title.span, false);
                    let group = state.group.clone();
                    self.give(&group, &awards(title), dating, whole, origin);
                    state.taken = Some(title.span.end);
                } else if state.taken.is_none() {
                    // Not given to this group; it may wait for another.
                    state.pending = Some(at);
                }
                state.listing = false;
            }
            None => {
                self.award_to_topic(state, title, part, whole, origin);
                state.pending = Some(at);
                state.listing = false;
            }
        }
        if title.framed || !title.levels.is_empty() {
            self.memory.announced = awards(title).first().copied();
            self.memory.fresh = true;
        }
        *floor = title.span.end;
    }

    /// How a group and a title hang together: `Some(false)` given, `Some(true)` held, `None` not at all.
    fn link(&self, state: &State, from: usize, title: &Title, part: Span) -> Option<bool> {
        let gap = Span::new(from, title.span.start);
        let between = gap.of(self.reading.text());
        if self.reading.scan.says(gap, HOPE.or(NEGATION)) && !self.reading.scan.says(gap, RELATIVE) {
            return None;
        }
        let given =
            self.reading.scan.words_in(gap).iter().rev().find(|word| word.kinds.has(AWARD.or(PASSING)));
        let single = between.contains('获');
        if given.is_some() || single {
            return Some(false);
        }
        if state.taken.is_some() {
            // A second title of the same group: 获评省级、市级 or 国家级…和省级….
            return matches!(between.trim(), "、" | "和" | "与" | "及" | "以及" | "，" | "," | "和被")
                .then_some(state.held);
        }
        let plain = between.trim();
        if matches!(plain, "(" | "（" | "—" | "——" | ":" | "：") {
            return Some(!self.reading.scan.says(Span::new(part.start, title.span.start), AWARD));
        }
        // …,该科系陕西省临床重点专科
        let plain = match plain.rsplit_once(['，', ',']) {
            Some((_, last))
                if self.speaks_of_department(Span::new(
                    gap.end - last.len().min(gap.end - gap.start),
                    gap.end,
                )) || is_bare_copula(last) =>
            {
                last.trim()
            }
            Some(_) => return None,
            None => plain,
        };
        let copula = plain.chars().count() <= 14
            && (self.reading.scan.says(gap, COPULA) || plain.contains(['是', '为', '系', '属']));
        // 确定A医院甲科等N个专科为…: the verb stands before the whole enumeration.
        let head = Span::new(part.start, state.group.first().map_or(from, |(_, _, span)| span.start));
        let given = self.reading.scan.says(head, AWARD)
            || DECISIONS.iter().any(|verb| head.of(self.reading.text()).contains(verb));
        if copula {
            return Some(!(given && plain.ends_with('为')));
        }
        // 另有骨科、儿科等13个省级临床重点专科; 新增骨科、儿科2个…
        let count = plain.trim_matches(|c: char| {
            c.is_ascii_digit() || "一二三四五六七八九十两等共个项大这几多余在内的专科学家“”".contains(c)
        });
        (count.is_empty() && plain.contains(['个', '项', '大']))
            .then_some(!(given || head.of(self.reading.text()).contains('新')))
    }

    /// Whether nothing between the group and the title hopes, plans or denies.
    fn allowed(&self, part: Span, whole: Span, group: Span, title: Span) -> bool {
        let text = self.reading.text();
        let own = sentence::clause(text, part, title.start);
        let theirs = sentence::clause(text, part, group.start);
        let scan = &self.reading.scan;
        let blocks = |span: Span, kinds: Kinds| {
            scan.words_in(span).iter().any(|word| {
                word.kinds.has(kinds) && !word.kinds.has(RELATIVE) && !self.is_relative(word.span)
            })
        };
        let around = Span::new(own.start.min(theirs.start), title.end);
        if blocks(Span::new(own.start, title.start), HOPE.or(NEGATION))
            || blocks(Span::new(theirs.start, group.start), HOPE.or(NEGATION))
        {
            return false;
        }
        if blocks(around, NEGATION) || blocks(Span::new(title.end, own.end.max(title.end)), NEGATION) {
            return false;
        }
        // 国家临床重点专科建设项目申报材料, 省级重点专科的创建
        let tail = text.get(title.end..own.end).unwrap_or_default();
        let lead = tail.len() - tail.trim_start_matches(['”', '"', '」', '的', '和', ' ']).len();
        let behind = title.end + lead;
        if scan
            .words_in(Span::new(behind, own.end))
            .first()
            .is_some_and(|word| word.span.start == behind && word.kinds.has(HOPE))
        {
            return false;
        }
        let earlier = Span::new(whole.start, own.start.max(whole.start));
        let hoped = scan.words_in(earlier).iter().rev().find(|word| word.kinds.has(HOPE_WIDE.or(NEWS)));
        let planned = self.plans(Span::new(whole.start, title.start));
        !hoped.is_some_and(|word| word.kinds.has(HOPE_WIDE)) && !planned
    }

    /// 申报的, 推荐的: the hope is only how the thing that happened is told apart.
    fn is_relative(&self, word: Span) -> bool {
        self.reading.between(word.end, self.reading.text().len()).starts_with('的')
    }

    /// 将 + a verb of planning or an award: 将打造, 将建成, 将获批; 将骨科确定为 only places its object.
    fn plans(&self, before: Span) -> bool {
        let text = before.of(self.reading.text());
        text.char_indices().filter(|(_, c)| *c == '将').any(|(offset, _)| {
            let at = before.start + offset;
            let next = at + '将'.len_utf8();
            let object = self.reading.institution_at(next).is_some()
                || self.fields.binary_search_by_key(&next, |mention| mention.span.start).is_ok()
                || self.reading.scan.starting_at(next).any(|(_, entry)| entry.region.is_some());
            let clause = sentence::clause(self.reading.text(), before, at);
            let own = clause.end >= before.end;
            !object
                && own
                && !self
                    .reading
                    .scan
                    .before(at)
                    .is_some_and(|c| matches!(c, '中' | '即' | '老' | '大' | '名'))
        })
    }

    /// Title by title, and one for each where 分别 says so.
    fn distribute(
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
    fn award_to_topic(
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

    /// 在省级临床重点专科周期复核中以总分第三名的成绩过关.
    fn passes_review(&self, title: &Title, part: Span) -> bool {
        let tail = self.reading.between(title.span.end, part.end);
        let reviewed =
            REVIEWS.iter().any(|word| tail.trim_start_matches(['的', '”', '"', '」']).starts_with(word));
        let rest = Span::new(title.span.end, part.end);
        reviewed
            && !self.reading.scan.says(rest, NEGATION.or(HOPE))
            && (self.reading.scan.says(rest, PASSING)
                || ["过关", "合格", "达标", "通过", "优秀"].iter().any(|word| tail.contains(word)))
    }

    fn speaks_of_department(&self, span: Span) -> bool {
        ["该科", "科室", "我科", "本科室", "该专科", "该学科", "学科于", "专科于", "科里"]
            .iter()
            .any(|word| span.of(self.reading.text()).contains(word))
    }

    /// The end of a part: 名单中,该院血液科、急诊科双双入选; 我院骨科榜上有名.
    fn close(&mut self, state: &mut State, part: Span, whole: Span, origin: Origin) {
        if state.group.is_empty() || state.taken.is_some() || state.listing {
            return;
        }
        let last = state.group.last().map_or(part.start, |(_, _, span)| span.end);
        let tail = Span::new(last, part.end);
        if self.reading.scan.says(tail, NEGATION.or(HOPE)) {
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

    /// Whether an award's word ends its clause: 双双入选, 获批。
    fn ends_clause(&self, at: usize, end: usize) -> bool {
        let rest = self
            .reading
            .between(at, end)
            .trim_start_matches(['”', '」', '！', '!', '其', '中', '此', '项', '目', '列', '了']);
        rest.chars().next().is_none_or(|c| {
            !is_han(c) && !c.is_ascii_alphanumeric() && !matches!(c, '“' | '《' | '「' | '『' | '"')
        })
    }

    /// When: the year printed, else the article's news, else unsaid.
    fn dating(&self, state: &State, part: Span, whole: Span, title: Span, existing: bool) -> Dating {
        let text = self.reading.text();
        // 省级临床重点专科(2019年)
        let tail = text.get(title.end..whole.end.max(title.end)).unwrap_or_default();
        if let Some(inner) = tail.strip_prefix('(').or_else(|| tail.strip_prefix('（')) {
            let open = title.end + tail.len() - inner.len();
            if let Some(year) = self.reading.years.iter().find(|year| year.span.start == open)
                && let When::Year(value) = year.when
            {
                return Dating::Printed(value);
            }
        }
        if let Some(year) = state.year {
            return Dating::Printed(year);
        }
        let head = Span::new(whole.start, title.start.max(whole.start));
        let scan = &self.reading.scan;
        let past = scan.says(Span::new(part.start, title.start.max(part.start)), BACKGROUND);
        let fresh = scan.says(head, NEWS);
        if existing || (past && !fresh) {
            Dating::Undated
        } else {
            self.memory.announced_in.map_or(Dating::News, Dating::Printed)
        }
    }

    fn give(
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

    /// The level of the authority that the sentence names, where the title names none.
    fn level_around(&self, whole: Span, before: Span) -> Option<Level> {
        let words = self.reading.scan.words_in(Span::new(whole.start, before.start.max(whole.start)));
        let word = words.iter().rev().find(|word| word.kinds.has(AUTHORITY))?;
        let ends: Vec<_> = self.reading.scan.ending_at(word.span.start).collect();
        for (_, entry) in &ends {
            if let Some(target) = crate::mention::scan::region_targets(self.reading.tables, entry).first() {
                return self.reading.tables.region(target.row).map(|region| match region.rank {
                    0 => Level::Provincial,
                    1 => Level::Municipal,
                    _ => Level::County,
                });
            }
        }
        match self.reading.scan.before(word.span.start)? {
            '省' => Some(Level::Provincial),
            '市' | '州' | '盟' => Some(Level::Municipal),
            '县' | '区' | '旗' => Some(Level::County),
            '家' => Some(Level::National),
            _ => None,
        }
    }

    /// A title's status where only its list says it.
    pub(crate) fn status_word(word: &str) -> Option<Status> {
        if word.contains("培育") {
            Some(Status::Cultivation)
        } else if word.contains("建设") || word.contains("立项") {
            Some(Status::Construction)
        } else {
            None
        }
    }
}
