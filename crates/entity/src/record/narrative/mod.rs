//! Records out of sentences: specialties gather behind their hospital until a title is given to them, or a title
//! waits for the specialties that follow it.

use super::draft::{Award, Dating, Draft, Field, Origin, awards};
use super::field;
use crate::gazetteer::tables::{
    AUTHORITY, AWARD, AWARD_END, BACKGROUND, BESTOW, CONSTRUCTION, COPULA, CULTIVATION, DISTRIBUTE, EACH,
    HOPE, HOPE_WIDE, Kinds, NEGATION, NEWS, OWN, PASSING, RELATIVE,
};
use crate::kinds::{Level, Status, Tier};
use crate::mention::Span;
use crate::mention::institution::{Naming, is_han};
use crate::mention::specialty::SpecialtyMention;
use crate::mention::title::Title;
use crate::mention::year::When;
use crate::reading::Reading;
use crate::resolve::cast::Cast;
use crate::structure::sentence;

mod award;
mod dating;
mod link;

/// More titles than one group of specialties can be given in a sentence.
const MOST_TITLES: u8 = 12;

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
    /// Whether the line before was that section's heading.
    pub(crate) headed: bool,
    /// The year under whose heading the lines stand, in a chronicle.
    pub(crate) section: Option<i32>,
    /// The title that the article announces to its later paragraphs.
    carried: Option<Award>,
    /// Whether the article says of a report that it is false.
    denied: bool,
    /// The years joined to the last one: 2013年、2016年.
    also: Vec<i32>,
    memory: Memory,
}

/// What a paragraph remembers from sentence to sentence.
#[derive(Default)]
struct Memory {
    holder: Option<usize>,
    field: Option<Field>,
    /// Whether the sentence before spoke of that specialty alone.
    alone: bool,
    year: Option<i32>,
    /// The year of the announcement that the paragraph opened with: 2020年12月30日,省卫生健康委公布….
    announced_in: Option<i32>,
    /// A title that the sentence before announced without saying for whom: …公布省级临床重点专科名单。
    announced: Option<Award>,
    /// …and did so in this paragraph.
    fresh: bool,
    /// The paragraph tells of past years: 近年来,….
    past: bool,
}

/// What is waiting within one sentence.
#[derive(Default)]
struct State {
    holders: Vec<usize>,
    /// Whether holders were named in this sentence.
    named: bool,
    group: Vec<(usize, Field, Span)>,
    /// 继神经内科、骨科之后: whose title this one follows.
    predecessors: Vec<(usize, Field, Span)>,
    /// 继2020年心血管内科、2022年妇产科之后: the years before them.
    predecessor_years: Vec<Option<i32>>,
    /// The end of the last title that took the group.
    taken: Option<usize>,
    /// Whether that title was held, not given.
    held: bool,
    /// The end of the last year.
    last_year: usize,
    /// The end of the last title that 分别 gave one to each.
    shared: usize,
    /// How many titles the group was given.
    times: u8,
    pending: Option<usize>,
    /// The pending title is followed by its list.
    listing: bool,
    year: Option<i32>,
    /// The last token was a holder.
    after_holder: bool,
}

/// An article that says of a report that it is false.
fn is_denied(text: &str) -> bool {
    ["不实", "误传", "谣言", "不属实", "虚假消息", "虚假信息"].iter().any(|word| text.contains(word))
}

/// 一则“…”的消息在朋友圈流传.
fn is_rumour(sentence: &str) -> bool {
    ["流传", "网传", "传言", "传闻", "误传", "谣言", "一则", "热传", "不实"]
        .iter()
        .any(|word| sentence.contains(word))
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
        Narrator {
            reading,
            cast,
            fields,
            year,
            drafts: Vec::new(),
            topic: None,
            headed: false,
            section: None,
            carried: None,
            denied: is_denied(reading.text()),
            also: Vec::new(),
            memory: Memory::default(),
        }
    }

    /// The title that a headline announces to the whole text.
    pub(crate) fn announce(&mut self, award: Option<Award>) {
        self.carried = award;
    }

    /// Whether a short line names a specialty and then, in a bracket, its titles: the section's own heading.
    pub(crate) fn introduces(&self, line: &crate::structure::line::Line) -> bool {
        let Some(first) = field::mentions_in(self.fields, line.body).first() else { return false };
        let tail = self.reading.between(first.span.end, line.body.end);
        first.span.start == line.body.start
            && tail.starts_with(['(', '（'])
            && tail.ends_with([')', '）'])
            && !self.reading.titles_in(line.body).is_empty()
    }

    /// Reads one paragraph or headline.
    pub(crate) fn paragraph(&mut self, span: Span, origin: Origin) {
        self.memory = Memory { announced: self.carried, ..Memory::default() };
        if self.carried.is_none() && self.reading.titles_in(span).is_empty() {
            // Without a title nothing is given, and what is remembered ends with the paragraph.
            return;
        }
        for whole in sentence::sentences(self.reading.text(), span) {
            if self.denied && is_rumour(whole.of(self.reading.text())) {
                continue;
            }
            self.memory.announced_in = self.announcement(whole).or(self.memory.announced_in);
            self.memory.past = self.looks_back(whole).unwrap_or(self.memory.past);
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

    /// A sentence without titles: who and what it was about.
    fn glance(&mut self, whole: Span) {
        let last =
            self.reading.institutions_in(whole).iter().find_map(|mention| self.holder(mention.span.start));
        if last.is_some() {
            self.memory.holder = last;
        }
        let fields: Vec<_> = field::mentions_in(self.fields, whole)
            .iter()
            .filter(|mention| !self.excepted(mention.span, whole))
            .collect();
        if let Some(mention) = fields.first() {
            self.memory.field = Some(Field::Row(mention.row));
            // 妇产科始建于1958年,下设产科、…: the sentence is about the one at its head.
            let leads = self.reading.between(whole.start, mention.span.start).chars().count() <= 2
                && !fields.get(1).is_some_and(|next| {
                    field::is_join(self.reading.between(mention.span.end, next.span.start))
                });
            self.memory.alone = leads || fields.iter().all(|other| other.row == mention.row);
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
            Naming::That if self.reading.between(start, start + "后者".len()) == "后者" => {
                (0..at).rev().find_map(|before| self.cast.of_mention.get(before).copied().flatten())
            }
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
        let mut state = State { year: year.or(self.section), ..State::default() };
        let mut floor = part.start;
        self.also.clear();
        self.appositions(part, whole, origin);
        for (_, token) in self.tokens(part) {
            let is_holder = matches!(token, Token::Holder(_));
            match token {
                Token::Holder(start) => self.meet_holder(&mut state, start, &mut floor),
                Token::Field(at) => self.meet_field(&mut state, at, &mut floor, part, whole, origin),
                Token::Title(at) => self.meet_title(&mut state, at, &mut floor, part, whole, origin),
                Token::Year(at) => self.meet_year(&mut state, at, &mut floor, part),
            }
            state.after_holder = is_holder;
        }
        self.close(&mut state, part, whole, origin);
        self.completed(&state, part, whole, origin);
        if let Some(holder) =
            self.reading.institutions_in(part).iter().find_map(|mention| self.holder(mention.span.start))
        {
            self.memory.holder = Some(holder);
        }
        if let Some((_, field, _)) = state.group.first() {
            self.memory.field = Some(field.clone());
            self.memory.alone = state.group.iter().all(|(_, other, _)| other == field);
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
        // 该院 behind a name is that name's.
        let repeated = mention.naming == Naming::That && mention.span.of(self.reading.text()) != "后者";
        let generic = mention.naming == Naming::Generic || repeated;
        let spoken_for = joined || (generic && state.named);
        if !spoken_for {
            state.holders.clear();
        }
        if generic && state.named && !state.holders.is_empty() {
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

    /// 骨科是县人民医院的“王牌”科室: whose it is, said behind it.
    fn told_owner(&self, state: &State, field: usize) -> Option<Vec<usize>> {
        let tail = self.reading.between(field, self.reading.text().len());
        let verb = ["就是", "也是", "是", "作为", "系", "为"].iter().find(|verb| tail.starts_with(**verb))?;
        let start = field + verb.len();
        let owner = self.reading.institution_at(start).and_then(|at| self.reading.institutions.get(at))?;
        let whose = owner.span.start == start
            && self.reading.between(owner.span.end, owner.span.end + '的'.len_utf8()) == "的";
        (!state.named && whose).then(|| self.holder(start)).flatten().map(|holder| vec![holder])
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
            state.times = 0;
        }
        if let Some(title) = state.pending.and_then(|at| self.reading.titles.get(at)) {
            let between = self.reading.between(title.span.end, span.start);
            let behind = state.group.last().is_none_or(|(_, _, last)| last.end <= title.span.start);
            if !state.listing && behind && self.lists(title, between, part) {
                state.listing = true;
                state.group.clear();
            }
        }
        if self.excepted(span, part) {
            *floor = mention.span.end;
            return;
        }
        if self.is_predecessor(span, part) {
            let year = self.year_before(span.start);
            for holder in self.current_holders(state) {
                state.predecessors.push((holder, field.clone(), span));
                state.predecessor_years.push(year);
            }
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
        if let Some((_, _, last)) = state.group.last()
            && state.pending.is_none()
            && self.has_own_predicate(Span::new(last.end, span.start.max(last.end)))
        {
            state.group.clear();
        }
        let holders = self.told_owner(state, mention.span.end);
        for holder in holders.unwrap_or_else(|| self.current_holders(state)) {
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

    fn meet_year(&mut self, state: &mut State, at: usize, floor: &mut usize, part: Span) {
        let Some(mention) = self.reading.years.get(at) else { return };
        if self.is_bracketed(mention.span) || self.is_predecessor(mention.span, part) {
            return;
        }
        let year = match mention.when {
            When::Year(year) => Some(year),
            When::Same => self.memory.year.or(self.year),
            When::After(count) => self.memory.year.map(|year| year + count),
            When::Relative(offset) => self.year.map(|year| year + offset),
            When::Programme(_) | When::Since => None,
        };
        if let Some(year) = year {
            let joined = state.last_year > 0
                && matches!(
                    self.reading.between(state.last_year, mention.span.start),
                    "、" | "和" | "及" | "与"
                );
            match (joined, state.year) {
                (true, Some(known)) => self.also.push(known),
                _ => self.also.clear(),
            }
            state.last_year = mention.span.end;
            state.year = Some(year);
            self.memory.year = Some(year);
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
        if title.person || title.span.start < state.shared {
            return;
        }
        if state.listing {
            // The list before it has its own title.
            state.group.clear();
            state.taken = None;
            state.listing = false;
        }
        if state.times > MOST_TITLES {
            return;
        }
        if !state.predecessors.is_empty() && !title.levels.is_empty() {
            let group = std::mem::take(&mut state.predecessors);
            let years = std::mem::take(&mut state.predecessor_years);
            if self.allowed(part, whole, title.span, title.span) {
                for (one, year) in group.iter().zip(years) {
                    let dating = year.map_or(Dating::Undated, Dating::Printed);
                    self.give(std::slice::from_ref(one), &awards(title), dating, whole, origin);
                }
            }
        }
        let mut given = false;
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
                    state.shared = self.distribute(&group, at, dating, part, whole, origin);
                    state.taken = Some(title.span.end.max(state.shared));
                    state.held = existing;
                    state.times = state.times.saturating_add(1);
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
                given = self.award_to_topic(state, title, part, whole, origin);
                state.pending = Some(at);
                state.listing = false;
            }
        }
        if (title.framed || !title.levels.is_empty()) && self.allowed(part, whole, title.span, title.span) {
            self.memory.announced = awards(title).first().copied();
            self.memory.fresh = true;
            let news = state.taken.is_some() && self.reading.scan.says(whole, NEWS) && origin == Origin::Body;
            if title.framed
                || news
                || (state.taken.is_none() && !given && self.reading.scan.says(whole, NEWS))
            {
                self.carried = self.memory.announced;
            }
        }
        *floor = title.span.end;
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
