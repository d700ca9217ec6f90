//! Records out of sentences: specialties gather behind their hospital until a title is given to them, or a title
//! waits for the specialties that follow it.

use std::collections::{BTreeMap, BTreeSet};

use self::no_names::is_rumour;
use super::draft::{Award, Dating, Draft, Field, Origin, awards};
use super::field;
use crate::gazetteer::tables::{
    AUTHORITY, AWARD, AWARD_END, BACKGROUND, BESTOW, CONSTRUCTION, COPULA, CULTIVATION, DISTRIBUTE, EACH,
    HOPE, HOPE_WIDE, Kinds, NEGATION, NEWS, OWN, PASSING, RELATIVE,
};
use crate::kinds::{Level, Programme, Status, Tier};
use crate::mention::Span;
use crate::mention::institution::{Naming, is_han};
use crate::mention::placed::Placed;
use crate::mention::scan::Class;
use crate::mention::specialty::SpecialtyMention;
use crate::mention::title::Title;
use crate::mention::year::When;
use crate::reading::Reading;
use crate::resolve::cast::Cast;

mod announced;
mod award;
mod closing;
mod completed;
mod counterparts;
mod dating;
mod elsewhere;
mod excepted;
mod history_steps;
mod hope;
mod in_passing;
mod intended;
mod ladder;
mod level;
mod line_of;
mod link;
mod linking_words;
mod meet;
mod meet_title;
mod news;
mod no_names;
mod own_dates;
mod owners;
mod plates;
mod relative;
mod reviewed;
mod seats;
mod sections;
mod settled;
mod shares;
mod spoken_of;
mod standing;
mod tally;
mod title_lists;
mod topic;
mod unsettled;
mod year_near;

/// More titles than one group of specialties can be given in a sentence.
const MOST_TITLES: u8 = 12;

/// So many mentions back 后者 looks for the hospital that it means.
const LATTER_REACH: usize = 24;

/// What sentences are read with.
pub(crate) struct Narrator<'r, 't> {
    pub(crate) reading: &'r Reading<'t>,
    pub(crate) cast: &'r Cast,
    /// The specialties that are meant as such, in order.
    pub(crate) fields: &'r Placed<SpecialtyMention>,
    /// The year of the article's news.
    pub(crate) year: Option<i32>,
    /// The year in which it was written, from which 去年 counts.
    pub(crate) written: Option<i32>,
    /// The month in which it was published.
    pub(crate) month: Option<u8>,
    pub(crate) drafts: Vec<Draft>,
    /// Whether the whole text looks back on one year: 2022年十件大事.
    pub(crate) reviews_year: bool,
    /// The specialty that the section or headline is about.
    pub(crate) topic: Option<Field>,
    /// The department that the last paragraph asked about, which this one answers.
    asked: Option<Field>,
    /// Whether the line before was that section's heading.
    pub(crate) headed: bool,
    /// Whether the line is a title alone under such a year.
    pub(crate) stepping: bool,
    /// The year under whose heading the lines stand, in a chronicle.
    pub(crate) section: Option<i32>,
    /// Whether that year is one that a numbered section looks back on.
    pub(crate) section_reviews: bool,
    /// The hospital under whose heading the lines stand: 一、某县人民医院.
    pub(crate) section_holder: Option<usize>,
    /// Whether the text is an authority's notice of who has a title: 关于公布…评审结果的通知.
    pub(crate) decides: bool,
    /// The last paragraph that opens with no title: where it tells of news, lines that open with one go on with it.
    leader: Option<Span>,
    /// The title that the article announces to its later paragraphs.
    carried: Option<Award>,
    /// The title that the last paragraph told of, without saying for whom.
    told: Option<Award>,
    /// Where the last paragraph counted those whose title it announced.
    counted: Option<Span>,
    /// The year of the first announcement that the article dates: 2021年12月28日,省卫生健康委公布….
    announced_year: Option<i32>,
    /// That of an announcement that a list follows.
    pub(crate) list_year: Option<i32>,
    /// The last year that any paragraph told, from which 三年后 counts.
    told_year: Option<i32>,
    /// Whether the article says of a report that it is false.
    denied: bool,
    /// The one hospital whose title for a department the article has told; nothing where there are several.
    owners: BTreeMap<Field, Option<usize>>,
    /// The years joined to the last one: 2013年、2016年.
    also: Vec<i32>,
    /// The years of single specialties of a part, by where those stand: 2014年获评的甲科、2017年获评的乙科和丙科.
    own_years: BTreeMap<usize, i32>,
    memory: Memory,
    /// How many drafts there were before the part that is being read.
    told_before: usize,
    /// The sentence that is being read.
    sentence: Span,
    /// Where its paragraph begins.
    paragraph: usize,
}

/// What a paragraph remembers from sentence to sentence.
#[derive(Default)]
struct Memory {
    holder: Option<usize>,
    /// The other hospital that the sentence before told of, on the page of 我院: 医院托管某县人民医院。该院….
    other: Option<usize>,
    /// The year before, which the paragraph sums up: 2022年,我院学科建设取得显著成绩。
    summed: Option<i32>,
    /// The year of the review that the sentence before ended with: …,去年到期验收。眼科过了,成为P.
    reviewed_in: Option<i32>,
    /// The hospital that opened one of its sentences.
    leading: Option<usize>,
    /// The hospital in which what the paragraph tells takes place.
    scene: Option<usize>,
    /// The hospital that is its own heading: 2.某县中医医院。骨伤科获批….
    heading: Option<usize>,
    field: Option<Field>,
    /// Whose that specialty is, where it is another hospital's than the page's.
    field_of: Option<usize>,
    /// Whether the sentence before spoke of that specialty alone.
    alone: bool,
    year: Option<i32>,
    /// The specialties that the sentence before spoke of together, with their holders.
    group: Vec<(usize, Field, Span)>,
    /// The year of the announcement that the paragraph opened with: 2020年12月30日,省卫生健康委公布….
    announced_in: Option<i32>,
    /// A title that the sentence before announced without saying for whom: …公布省级临床重点专科名单。
    announced: Option<Award>,
    /// …and did so in this paragraph.
    fresh: bool,
    /// The sentence that opened a list of the title announced: 入选的专科分别是:….
    open: Option<Span>,
    /// The status of what that list names, where it is not the one announced: 培育项目3个:….
    open_status: Option<Status>,
    /// The title whose list the part before ended with: 8个科室获评P,分别是:A医院甲科;….
    listed: Option<(Vec<Award>, Dating)>,
    /// The status that the paragraph's first words say it is about: 建设学科竞争同样激烈。
    status: Option<Status>,
    /// The paragraph tells of past years: 近年来,….
    past: bool,
    /// Departments with their hospitals, and nothing else, in the parts of a sentence before the one whose verb is all of theirs.
    unclosed: Vec<(usize, Field, Span)>,
    /// Whether a verb in front of them gives them a title: 授予A医院甲科;B医院乙科“P”称号.
    conferred: bool,
    /// Departments with their hospitals that were named and given nothing yet.
    told: Vec<(usize, Field, Span)>,
    /// The review that the paragraph told of, without its outcome.
    review: Option<reviewed::Review>,
    /// The announcement, whose counts vouch for them.
    counted: Option<Span>,
    /// Whether the paragraph before announced it.
    counted_before: bool,
}

impl Memory {
    /// The title that was announced in this paragraph.
    fn just_announced(&self) -> Option<Award> {
        self.announced.filter(|_| self.fresh)
    }
}

/// What a part of a sentence leaves to the next one.
#[derive(Clone, Copy, Default)]
struct Left {
    /// The year that it stood under.
    year: Option<i32>,
    /// Its years were its specialties' own: what follows without one has none.
    lost: bool,
    /// Such a year, for 口腔科也榜上有名.
    owned: Option<i32>,
}

/// 获评P的甲科、乙科: what those that are joined to the first are given, too.
#[derive(Clone)]
struct Relative {
    end: usize,
    awards: Vec<Award>,
    dating: Dating,
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
    /// Whether the group was given the title that waited, before the next one was met.
    settled: bool,
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
    /// The last year's number is lost.
    lost: bool,
    /// That year is the part's before.
    inherited: bool,
    /// The year that the part before kept to itself.
    owned: Option<i32>,
    /// The year of the group so far, where another one was met behind it.
    former_year: Option<i32>,
    /// What a relative clause gave, and where the specialty ends that it was given to.
    relative: Option<Relative>,
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
        fields: &'r Placed<SpecialtyMention>,
        year: Option<i32>,
        written: Option<i32>,
    ) -> Self {
        Narrator {
            reading,
            cast,
            fields,
            year,
            written,
            month: None,
            drafts: Vec::new(),
            reviews_year: false,
            topic: None,
            asked: None,
            headed: false,
            stepping: false,
            section: None,
            section_reviews: false,
            section_holder: None,
            decides: false,
            leader: None,
            carried: None,
            told: None,
            counted: None,
            announced_year: None,
            list_year: None,
            told_year: None,
            denied: reading.scan.longest(Class::Denial).next().is_some(),
            owners: BTreeMap::new(),
            also: Vec::new(),
            own_years: BTreeMap::new(),
            memory: Memory::default(),
            told_before: 0,
            sentence: Span::new(0, 0),
            paragraph: 0,
        }
    }

    /// The title that a headline announces to the whole text.
    pub(crate) fn announce(&mut self, award: Option<Award>) {
        self.carried = award;
    }

    /// The title that the article announced last.
    pub(crate) fn announced(&self) -> Option<Award> {
        self.carried
    }

    /// Reads one paragraph or headline.
    pub(crate) fn paragraph(&mut self, span: Span, origin: Origin) {
        let before = self.memory.holder.filter(|_| self.cast.home.is_none() && self.goes_on(span));
        let asked = self.asked.take();
        self.asked = self.asks_of(span);
        let told = self.told.take().filter(|_| self.carried.is_none() && self.opens_with_list(span));
        let counted = self.counted.take().filter(|_| self.carried.is_some() && origin == Origin::Body);
        self.memory = Memory {
            counted,
            counted_before: counted.is_some(),
            announced: self.carried.or(told),
            holder: before,
            alone: asked.is_some(),
            field: asked,
            ..Memory::default()
        };
        self.paragraph = span.start;
        let listed = self.reading.titles_in(span).first().is_some_and(|title| self.opens_line(title, span));
        if !listed {
            self.leader = Some(span).filter(|_| origin == Origin::Body);
        }
        if self.memory.announced.is_none() && self.reading.titles_in(span).is_empty() {
            // Without a title nothing is given, and what is remembered ends with the paragraph.
            let told = self.reading.years_in(span).iter().rev().find_map(|year| match year.when {
                When::Year(value) => Some(value),
                _ => None,
            });
            self.told_year = told.or(self.told_year);
            return;
        }
        for whole in self.reading.sentences(span) {
            if self.denied && is_rumour(whole.of(self.reading.text())) {
                continue;
            }
            self.memory.status = self.status_spoken_of(whole).or(self.memory.status);
            let names = self.names_anything(whole);
            if names {
                self.memory.leading = self.opens_sentence(whole).or(self.memory.leading);
                self.memory.scene = self.sets_scene(whole).or(self.memory.scene);
                if whole.end < span.end {
                    self.memory.heading = self.is_name_alone(whole).or(self.memory.heading);
                }
                let announced = self.announcement(whole);
                self.memory.announced_in = announced.or(self.memory.announced_in);
                // 2022年12月30日,省卫生健康委公布…,结论如下: before a list in January
                let opens = whole.of(self.reading.text()).trim_end_matches('。').ends_with([':', '：', '下']);
                self.list_year = announced.filter(|_| opens).or(self.list_year);
                self.announced_year = self.announced_year.or(self.memory.announced_in);
            }
            if self.memory.review.is_some() {
                self.closes_review(whole, origin);
            }
            if names || self.is_new_year() {
                self.memory.summed = self.sums_up(whole).or(self.memory.summed);
            }
            self.memory.past = self.looks_back(whole).unwrap_or(self.memory.past);
            if !names && self.pass_over(whole, origin) {
                continue;
            }
            if self.reading.titles_in(whole).is_empty() && self.memory.announced.is_none() {
                self.glance(whole);
                self.tally(whole, origin);
                self.memory.other = self.other_told(whole);
                self.memory.reviewed_in = self.ends_with_review(whole);
                continue;
            }
            self.sentence = whole;
            let mut left = Left::default();
            for part in self.reading.parts(whole) {
                left = self.part(part, whole, left, origin);
            }
            self.tally(whole, origin);
            self.memory.review = self.memory.review.take().or_else(|| self.begins_building(whole));
            self.memory.other = self.other_told(whole);
            self.memory.reviewed_in = self.ends_with_review(whole);
        }
        let news = origin == Origin::Body && self.memory.fresh;
        self.told = self.memory.announced.filter(|_| news);
        self.counted = self.memory.counted.filter(|_| news);
    }

    /// The member a mention stands for; 我院 and 医院 are the page's own.
    fn holder(&self, start: usize) -> Option<usize> {
        let at = self.reading.institution_at(start)?;
        if let Some(member) = self.cast.of_mention.get(at).copied().flatten() {
            let placed = self.cast.members.get(member).is_none_or(|member| member.region.is_some());
            let home = self.cast.home.filter(|&home| !placed && home != member);
            return Some(home.filter(|_| self.is_branch_told(start)).unwrap_or(member));
        }
        match self.reading.institutions.get(at)?.naming {
            Naming::Ours => self.cast.home.or_else(|| self.hospital_of_speaker(at)),
            Naming::Generic if self.is_pointed_at(start) => self.one_of_place(start),
            Naming::Generic if self.is_one_just_named(start).is_some() => self.is_one_just_named(start),
            Naming::Generic => self.cast.home.or(self.memory.holder).or(self.section_holder),
            Naming::That if self.reading.between(start, start + "后者".len()) == "后者" => {
                self.named_before(at).next()
            }
            // 甲医院与乙医院结对,前者的骨科是…
            Naming::That if self.reading.between(start, start + "前者".len()) == "前者" => {
                let mut named = self.named_before(at);
                let latter = named.next();
                named.find(|member| Some(*member) != latter)
            }
            Naming::That if self.is_centre_unknown(start) => None,
            Naming::That => {
                self.memory.other.or(self.memory.holder).or(self.section_holder).or(self.cast.home)
            }
            Naming::Named | Naming::Bare => None,
        }
    }

    /// What a part names, in order.
    fn tokens(&self, part: Span) -> Vec<(usize, Token)> {
        let reading = self.reading;
        let (names, titles) = (reading.institutions_in(part), reading.titles_in(part));
        let (fields, years) = (field::mentions_in(self.fields, part), reading.years_in(part));
        let mut tokens = Vec::with_capacity(names.len() + titles.len() + fields.len() + years.len());
        tokens.extend(names.iter().map(|name| (name.span.start, Token::Holder(name.span.start))));
        let first = reading.titles.before(part.start);
        tokens.extend(titles.iter().zip(first..).map(|(title, at)| (title.span.start, Token::Title(at))));
        let free = |span: Span| !titles.iter().any(|title| title.span.overlaps(span));
        let first = self.fields.before(part.start);
        let named = fields.iter().zip(first..).filter(|(mention, _)| free(mention.span));
        tokens.extend(named.map(|(mention, at)| (mention.span.start, Token::Field(at))));
        let first = reading.years.before(part.start);
        let dated = years.iter().zip(first..).filter(|(year, _)| free(year.span));
        tokens.extend(dated.map(|(year, at)| (year.span.start, Token::Year(at))));
        tokens.sort_by_key(|(start, _)| *start);
        tokens
    }

    /// Reads a part of a sentence; returns what it leaves to the next part.
    fn part(&mut self, part: Span, whole: Span, left: Left, origin: Origin) -> Left {
        // …;儿科则于上月刚刚获评P: news takes no year from the part before it.
        let stands = left.year.is_some() || left.lost;
        let left = if stands && self.is_of_now(part) { Left::default() } else { left };
        let reviewed_in = self.memory.reviewed_in.filter(|_| self.opens_with_outcome(part));
        let year = left.year.or(reviewed_in).or(self.memory.summed).or(self.section);
        let inherited = left.year.is_some();
        let lost = left.lost && year.is_none();
        let mut state = State { year, inherited, lost, owned: left.owned, ..State::default() };
        let mut floor = part.start;
        self.told_before = self.drafts.len();
        self.also.clear();
        self.own_years.clear();
        let mut tokens = self.tokens(part);
        if let Some(end) = self.goes_on_listed(part, whole, origin) {
            tokens.retain(|(start, _)| *start >= end);
        }
        if tokens.is_empty() {
            // Of nothing named only 该科上榜 can tell.
            self.close_pronoun(&mut state, part, whole, origin);
            return self.left_by(&state, part);
        }
        let given = |(_, token): &(usize, Token)| matches!(token, Token::Field(_) | Token::Title(_));
        let plain = !tokens.iter().any(given);
        let risen = if plain {
            0
        } else {
            self.appositions(part, whole, origin);
            self.ladder(part, whole, origin)
        };
        for (_, token) in tokens {
            let is_holder = matches!(token, Token::Holder(_));
            match token {
                Token::Holder(start) => self.meet_holder(&mut state, start, &mut floor, part),
                Token::Field(at) => self.meet_field(&mut state, at, &mut floor, part, whole, origin),
                Token::Title(at)
                    if self.reading.titles.get(at).is_some_and(|title| title.span.end <= risen) => {}
                Token::Title(at) => self.meet_title(&mut state, at, &mut floor, part, whole, origin),
                Token::Year(at) => self.meet_year(&mut state, at, &mut floor, part),
            }
            state.after_holder = is_holder;
        }
        if self.date_some(part, whole) {
            // 其中甲科是2018年命名的: told, and not given once more.
            state.group.clear();
        }
        if plain {
            // Without a department and a title only the department spoken of can be meant.
            self.close_pronoun(&mut state, part, whole, origin);
            self.completed_later(&state, part, whole, origin);
            self.memory.holder = self.is_about(part).or(self.memory.holder);
            return self.left_by(&state, part);
        }
        self.memory.review = self.opens_review(&state, part).or(self.memory.review.take());
        self.close(&mut state, part, whole, origin);
        self.close_unsettled(&state, part, whole, origin);
        self.close_unclosed(&state, part, whole, origin);
        self.remember_listed(&state, part);
        self.completed(&state, part, whole, origin);
        self.completed_later(&state, part, whole, origin);
        self.correct_status(part, whole);
        self.correct_last(part, whole);
        self.memory.holder = self.is_about(part).or(self.memory.holder);
        if state.group.len() > 1 {
            self.memory.group = std::mem::take(&mut state.group);
            self.memory.field = self.memory.group.first().map(|(_, field, _)| field.clone());
            self.memory.field_of = None;
            self.memory.alone = false;
        } else if let Some((_, field, span)) = state.group.first()
            && (state.taken.is_some()
                || self.memory.field.is_none() && self.topic.is_none()
                || !self.is_unit_opened(*span, part))
            && (state.taken.is_some() || !self.is_origin(*span, part))
            && (state.taken.is_some()
                || self.memory.field.is_none()
                || self.heads(self.reading.clause(part, span.start), span.start))
        {
            self.memory.field = Some(field.clone());
            self.memory.field_of = state.group.first().map(|(holder, _, _)| *holder);
            self.memory.alone = state.group.iter().all(|(_, other, _)| other == field);
        }
        self.left_by(&state, part)
    }

    fn left_by(&self, state: &State, part: Span) -> Left {
        let owned = state.year.is_some()
            && state.year != self.year
            && (self.owns_last_year(part)
                || self.tells_apart_by_year(part)
                || self.ends_with_when_given(part));
        let own = state.year.filter(|_| owned);
        Left { year: state.year.filter(|_| !owned), lost: state.lost || owned, owned: own }
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
