//! Sentence patterns and the story that fills their slots.

use crate::lexicon::{Lexicon, Place, Specialty};
use crate::rng::{Rng, Zipf};
use anyhow::{Context, Result, bail};
use std::fmt::Write as _;

/// What a `{slot}` of a pattern stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Hospital,
    Short,
    Partner,
    Dept,
    Alias,
    OtherDept,
    Programme,
    Authority,
    Province,
    City,
    County,
    Place,
    Person,
    Surname,
    Post,
    Illness,
    Technique,
    Drug,
    Date,
    MonthDay,
    Year,
    OldYear,
    Number(u32),
    Measure,
    Noun,
    Verb,
    Adjective,
    Adverb,
    Idiom,
    Clause,
}

impl Slot {
    fn named(name: &str) -> Option<Slot> {
        Some(match name {
            "hospital" => Slot::Hospital,
            "short" => Slot::Short,
            "partner" => Slot::Partner,
            "dept" => Slot::Dept,
            "alias" => Slot::Alias,
            "otherdept" => Slot::OtherDept,
            "programme" => Slot::Programme,
            "authority" => Slot::Authority,
            "province" => Slot::Province,
            "city" => Slot::City,
            "county" => Slot::County,
            "place" => Slot::Place,
            "person" => Slot::Person,
            "surname" => Slot::Surname,
            "post" => Slot::Post,
            "ill" => Slot::Illness,
            "tech" => Slot::Technique,
            "drug" => Slot::Drug,
            "date" => Slot::Date,
            "monthday" => Slot::MonthDay,
            "year" => Slot::Year,
            "oldyear" => Slot::OldYear,
            "number1" => Slot::Number(1),
            "number2" => Slot::Number(2),
            "number3" => Slot::Number(3),
            "number4" => Slot::Number(4),
            "measure" => Slot::Measure,
            "noun" => Slot::Noun,
            "verb" => Slot::Verb,
            "adj" => Slot::Adjective,
            "adverb" => Slot::Adverb,
            "idiom" => Slot::Idiom,
            "clause" => Slot::Clause,
            _ => return None,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Text(&'static str),
    Slot(Slot),
}

/// One sentence pattern, read once.
#[derive(Clone, Debug)]
pub struct Pattern(Vec<Piece>);

impl Pattern {
    fn parse(line: &'static str) -> Result<Pattern> {
        let mut pieces = Vec::new();
        let mut rest = line;
        while let Some((text, tail)) = rest.split_once('{') {
            let (name, tail) = tail.split_once('}').with_context(|| format!("`{line}`: {{ is not closed"))?;
            let Some(slot) = Slot::named(name) else { bail!("`{line}`: no slot is called {name}") };
            pieces.extend([Piece::Text(text), Piece::Slot(slot)]);
            rest = tail;
        }
        pieces.push(Piece::Text(rest));
        pieces.retain(|piece| *piece != Piece::Text(""));
        Ok(Pattern(pieces))
    }
}

/// One part of speech: its words, and how often each comes.
#[derive(Clone, Debug)]
struct Vocabulary {
    words: Vec<&'static str>,
    law: Zipf,
}

impl Vocabulary {
    fn new(words: Vec<&'static str>) -> Vocabulary {
        let law = Zipf::new(words.len(), 12);
        Vocabulary { words, law }
    }

    fn word(&self, rng: &mut Rng) -> &'static str {
        self.words.get(self.law.sample(rng)).copied().unwrap_or_default()
    }
}

/// The kinds of sentence a body is made of, and how often each comes (of 1,000).
const KINDS: [(&str, u64); 7] = [
    ("prose", 380),
    ("service", 150),
    ("quote", 130),
    ("activity", 110),
    ("case", 100),
    ("history", 80),
    ("designation", 50),
];

/// Everything sentences are made from, laid out for drawing.
#[derive(Clone, Debug)]
pub struct Grammar {
    lexicon: Lexicon,
    headlines: Vec<Pattern>,
    leads: Vec<Pattern>,
    designations: Vec<Pattern>,
    closings: Vec<Pattern>,
    clauses: Vec<Pattern>,
    bodies: Vec<(Vec<Pattern>, u64)>,
    nouns: Vocabulary,
    verbs: Vocabulary,
    adjectives: Vocabulary,
    adverbs: Vocabulary,
    idioms: Vocabulary,
    surnames: Vocabulary,
    given: Vec<&'static str>,
    posts: Vec<&'static str>,
    syllables: Vec<&'static str>,
    drug_ends: Vec<&'static str>,
    characters: Vec<&'static str>,
    place_ends: Vec<&'static str>,
    specialty_law: Zipf,
}

impl Grammar {
    /// Reads the embedded lists.
    ///
    /// # Errors
    ///
    /// Where a list or a pattern is malformed.
    pub fn embedded() -> Result<Grammar> {
        let lexicon = Lexicon::embedded()?;
        let patterns = |section: &str| -> Result<Vec<Pattern>> {
            lexicon.sentences.lines(section)?.iter().map(|line| Pattern::parse(line)).collect()
        };
        let words = |section: &str| lexicon.words.words(section);
        let vocabulary = |section: &str| words(section).map(Vocabulary::new);
        let bodies: Result<_> = KINDS.iter().map(|&(kind, share)| Ok((patterns(kind)?, share))).collect();
        Ok(Grammar {
            headlines: patterns("headline")?,
            leads: patterns("lead")?,
            designations: patterns("designation")?,
            closings: patterns("closing")?,
            clauses: patterns("clause")?,
            bodies: bodies?,
            nouns: vocabulary("noun")?,
            verbs: vocabulary("verb")?,
            adjectives: vocabulary("adjective")?,
            adverbs: vocabulary("adverb")?,
            idioms: vocabulary("idiom")?,
            surnames: Vocabulary::new(lexicon.people.words("surname")?),
            given: lexicon.people.words("given")?,
            posts: lexicon.people.words("post")?,
            syllables: words("coin-syllable")?,
            drug_ends: words("coin-drug-end")?,
            characters: words("coin-character")?,
            place_ends: words("coin-place-end")?,
            specialty_law: Zipf::new(lexicon.specialties.len(), 8),
            lexicon,
        })
    }
}

/// One article being written: who and where it is about, and the words it keeps coming back to.
pub struct Story<'g> {
    grammar: &'g Grammar,
    rng: Rng,
    place: Place,
    dept: &'g Specialty,
    hospital: String,
    partner: String,
    people: Vec<String>,
    programme: String,
    recent: Vec<&'static str>,
    /// The date of publication: year, month, day.
    pub date: (u64, u64, u64),
}

/// The public offices that grant a title, by level of the place they stand for.
const LEVELS: [(&str, &str); 5] = [
    ("国家临床重点专科", "国家卫生健康委"),
    ("省级临床重点专科", "省卫生健康委"),
    ("省级重点专科", "省卫生健康委员会"),
    ("市级临床重点专科", "市卫生健康委员会"),
    ("市级重点专科", "市卫健委"),
];

impl<'g> Story<'g> {
    /// Draws who and where an article is about.
    pub fn new(grammar: &'g Grammar, mut rng: Rng) -> Option<Story<'g>> {
        let place = *rng.pick(&grammar.lexicon.places)?;
        let dept = grammar.lexicon.specialties.get(grammar.specialty_law.sample(&mut rng))?;
        let date = (rng.between(2012, 2025), rng.between(1, 12), rng.between(1, 28));
        let programme = rng.pick(&LEVELS)?.0.to_owned();
        let (hospital, partner) = (String::new(), String::new());
        let (people, recent) = (Vec::new(), Vec::new());
        let mut story =
            Story { grammar, rng, place, dept, hospital, partner, people, programme, recent, date };
        story.hospital = story.invent_hospital(place);
        let elsewhere = *story.rng.pick(&grammar.lexicon.places)?;
        story.partner = story.invent_hospital(elsewhere);
        story.people = (0..4).map(|_| story.invent_person()).collect();
        Some(story)
    }

    /// The generator of this article, for choices between sentences.
    pub fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    /// Writes a headline.
    pub fn headline(&mut self, out: &mut String) {
        self.sentence(&self.grammar.headlines, out);
    }

    /// Writes the sentence an article opens with.
    pub fn lead(&mut self, out: &mut String) {
        self.sentence(&self.grammar.leads, out);
    }

    /// Writes a sentence about key specialties.
    pub fn designation(&mut self, out: &mut String) {
        self.sentence(&self.grammar.designations, out);
    }

    /// Writes a sentence of the body.
    pub fn body(&mut self, out: &mut String) {
        let total = self.grammar.bodies.iter().map(|(_, share)| share).sum();
        let mut point = self.rng.below(total);
        for (patterns, share) in &self.grammar.bodies {
            if point < *share {
                return self.sentence(patterns, out);
            }
            point -= share;
        }
    }

    /// Writes the sentence an article ends with.
    pub fn closing(&mut self, out: &mut String) {
        self.sentence(&self.grammar.closings, out);
    }

    fn sentence(&mut self, patterns: &'g [Pattern], out: &mut String) {
        if let Some(pattern) = self.rng.pick(patterns) {
            for piece in &pattern.0 {
                match *piece {
                    Piece::Text(text) => out.push_str(text),
                    Piece::Slot(slot) => self.fill(slot, out),
                }
            }
        }
    }

    fn fill(&mut self, slot: Slot, out: &mut String) {
        let grammar = self.grammar;
        match slot {
            Slot::Hospital => out.push_str(&self.hospital),
            Slot::Short => self.short(out),
            Slot::Partner => out.push_str(&self.partner),
            Slot::Dept => out.push_str(self.dept.name),
            Slot::Alias => self.push_one(&self.dept.aliases, out),
            Slot::OtherDept => {
                let other = grammar.lexicon.specialties.get(grammar.specialty_law.sample(&mut self.rng));
                out.push_str(other.map_or("骨科", |other| other.name));
            }
            Slot::Programme => out.push_str(&self.programme),
            Slot::Authority => self.authority(out),
            Slot::Province => out.push_str(self.place.province),
            Slot::City => out.push_str(self.place.city),
            Slot::County => out.push_str(self.place.county),
            Slot::Place => self.coin(&grammar.characters, (2, 2), &grammar.place_ends, out),
            Slot::Person => self.person(out),
            Slot::Surname => out.push_str(grammar.surnames.word(&mut self.rng)),
            Slot::Post => self.push_one(&grammar.posts, out),
            Slot::Illness => self.push_one(&self.dept.illnesses, out),
            Slot::Technique => self.push_one(&self.dept.techniques, out),
            Slot::Drug => self.coin(&grammar.syllables, (2, 4), &grammar.drug_ends, out),
            Slot::Date | Slot::MonthDay | Slot::Year | Slot::OldYear => self.when(slot, out),
            Slot::Number(digits) => self.number(digits, out),
            Slot::Measure => self.push_one(&["个", "项", "例", "人次", "家", "名", "批", "台"], out),
            Slot::Noun => self.word(&grammar.nouns, out),
            Slot::Verb => self.word(&grammar.verbs, out),
            Slot::Adjective => self.word(&grammar.adjectives, out),
            Slot::Adverb => self.word(&grammar.adverbs, out),
            Slot::Idiom => self.word(&grammar.idioms, out),
            Slot::Clause => self.sentence(&grammar.clauses, out),
        }
    }

    fn push_one(&mut self, words: &[&str], out: &mut String) {
        out.push_str(self.rng.pick(words).copied().unwrap_or_default());
    }

    /// A word of general vocabulary. News repeats itself: a third of the words were used a few sentences ago.
    fn word(&mut self, vocabulary: &Vocabulary, out: &mut String) {
        if self.rng.chance(300)
            && let Some(word) = self.rng.pick(&self.recent).copied()
            && vocabulary.words.contains(&word)
        {
            return out.push_str(word);
        }
        let word = vocabulary.word(&mut self.rng);
        if self.recent.len() < 40 {
            self.recent.push(word);
        } else {
            let oldest = self.rng.below(40) as usize;
            self.recent[oldest] = word;
        }
        out.push_str(word);
    }

    fn coin(&mut self, parts: &[&str], (low, high): (u64, u64), ends: &[&str], out: &mut String) {
        for _ in 0..self.rng.between(low, high) {
            self.push_one(parts, out);
        }
        self.push_one(ends, out);
    }

    fn person(&mut self, out: &mut String) {
        if self.rng.chance(600) {
            let known = self.rng.below(self.people.len() as u64) as usize;
            out.push_str(self.people.get(known).map_or("", String::as_str));
        } else {
            out.push_str(&self.invent_person());
        }
    }

    fn invent_person(&mut self) -> String {
        let mut name = self.grammar.surnames.word(&mut self.rng).to_owned();
        for _ in 0..self.rng.between(1, 2) {
            self.push_one(&self.grammar.given, &mut name);
        }
        name
    }

    fn invent_hospital(&mut self, place: Place) -> String {
        let city = place.city;
        match self.rng.below(12) {
            0 | 1 => format!("{city}人民医院"),
            2 => format!("{city}第一人民医院"),
            3 => format!("{city}第二人民医院"),
            4 => format!("{city}中心医院"),
            5 => format!("{city}中医医院"),
            6 => format!("{city}妇幼保健院"),
            7 | 8 => format!("{}{}人民医院", if city == place.province { city } else { "" }, place.county),
            9 => format!("{}中医院", place.county),
            10 => format!("{}人民医院", place.province),
            _ => {
                let bare = city.trim_end_matches(['市', '州']);
                format!("{bare}医学院第{}附属医院", ["一", "二", "三"][self.rng.below(3) as usize])
            }
        }
    }

    fn short(&mut self, out: &mut String) {
        match self.rng.below(4) {
            0 => out.push_str("该院"),
            1 => out.push_str(&self.hospital),
            _ => out.push_str("我院"),
        }
    }

    fn authority(&mut self, out: &mut String) {
        let office = LEVELS.iter().find(|(programme, _)| *programme == self.programme);
        match office.map_or("", |(_, office)| office) {
            national if national.starts_with('国') => out.push_str(national),
            provincial if provincial.starts_with('省') => {
                out.push_str(self.place.province.trim_end_matches('省'));
                out.push_str(provincial);
            }
            municipal => {
                out.push_str(self.place.city.trim_end_matches('市'));
                out.push_str(municipal);
            }
        }
    }

    fn number(&mut self, digits: u32, out: &mut String) {
        let low = 10u64.pow(digits.saturating_sub(1));
        let number = self.rng.between(low.max(2), low * 10 - 1);
        let _ = write!(out, "{number}");
    }

    fn when(&mut self, slot: Slot, out: &mut String) {
        let (year, month, day) = self.date;
        let earlier = self.rng.below(6);
        let day = self.rng.between(1, day);
        let _ = match slot {
            Slot::Date => write!(out, "{year}年{month}月{day}日"),
            Slot::MonthDay => write!(out, "{month}月{day}日"),
            Slot::OldYear => write!(out, "{}", self.rng.between(1935, 2005)),
            _ => write!(out, "{}", year - earlier),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_pattern_parses_and_every_slot_is_filled() -> Result<()> {
        let grammar = Grammar::embedded()?;
        let mut text = String::new();
        for item in 0..300 {
            let mut story = Story::new(&grammar, Rng::for_item(5, item)).context("empty lists")?;
            story.headline(&mut text);
            story.lead(&mut text);
            story.designation(&mut text);
            story.body(&mut text);
            story.closing(&mut text);
        }
        assert!(text.chars().count() > 20_000 && !text.contains(['{', '}']));
        for word in ["临床重点专科", "人民医院", "患者"] {
            assert!(text.contains(word), "{word}");
        }
        Ok(())
    }

    #[test]
    fn a_bad_pattern_names_what_is_wrong() {
        let message = |line| Pattern::parse(line).unwrap_err().to_string();
        assert_eq!(message("在{noum}方面"), "`在{noum}方面`: no slot is called noum");
        assert_eq!(message("在{noun方面"), "`在{noun方面`: { is not closed");
    }
}
