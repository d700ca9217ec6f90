//! The one pass: every known name and word, overlapping, with look-ups by where a match ends or begins.

use super::Span;
use super::institution::is_han;
use super::placed::{Begins, Placed};
use crate::gazetteer::folder::Error;
use crate::gazetteer::tables::{AWARD_END, CLAUSE, Kinds, PROGRAMME, PRONOUN, TYPE, Tables, Target};
use xinglin_text::Trie;

/// What a matched piece of text may be: a row of each table's names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    pub(crate) region: Option<u32>,
    pub(crate) specialty: Option<u32>,
    pub(crate) institution: Option<u32>,
    pub(crate) organisation: Option<u32>,
    pub(crate) kinds: Kinds,
    pub(crate) denial: bool,
}

/// What matches are looked for by themselves, leftmost and longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Names of places.
    Region,
    /// Names of specialties.
    Specialty,
    /// Known institutions, the types that unknown ones end with, and what stands for one.
    Institution,
    /// Words for programmes.
    Programme,
    /// Words by which clauses say what happened.
    Clause,
    /// Words by which an article says of a report that it is false.
    Denial,
}

const CLASSES: [Class; 6] =
    [Class::Region, Class::Specialty, Class::Institution, Class::Programme, Class::Clause, Class::Denial];

/// The words of [`Class::Denial`].
const DENIALS: [&str; 11] =
    ["不实", "误传", "误读", "谣言", "不属实", "子虚乌有", "虚假消息", "虚假信息", "传言", "传闻", "网传"];

impl Class {
    fn has(self, entry: &Entry) -> bool {
        match self {
            Class::Region => entry.region.is_some(),
            Class::Specialty => entry.specialty.is_some(),
            Class::Institution => entry.institution.is_some() || entry.kinds.has(TYPE.or(PRONOUN)),
            Class::Programme => entry.kinds.has(PROGRAMME),
            Class::Clause => entry.kinds.has(CLAUSE),
            Class::Denial => entry.denial,
        }
    }
}

/// The trie of all names and words, and what each pattern is.
pub(crate) struct Matcher {
    trie: Trie,
    entries: Vec<Entry>,
    /// The classes of each entry, a bit each.
    classes: Vec<u32>,
    /// Kinds of single characters, which are no patterns, sorted.
    characters: Vec<(char, Kinds)>,
    /// Whether one of them ends with these eight bits: most do not.
    endings: [bool; 256],
}

/// One match, in bytes.
#[derive(Debug, Clone, Copy)]
struct Hit {
    start: u32,
    end: u32,
    entry: u32,
}

impl Hit {
    fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// A match, told by where it begins.
struct Starting(Hit);

impl Begins for Starting {
    #[inline]
    fn start(&self) -> usize {
        self.0.start as usize
    }
}

/// A match, told by where it ends.
struct Ending(Hit);

impl Begins for Ending {
    #[inline]
    fn start(&self) -> usize {
        self.0.end as usize
    }
}

/// A word of the lexicon where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) span: Span,
    pub(crate) kinds: Kinds,
}

/// The matches of one text.
pub(crate) struct Scan<'t> {
    pub(crate) text: &'t str,
    pub(crate) matcher: &'t Matcher,
    /// In order of their starts, longest first.
    by_start: Placed<Starting>,
    /// In order of their ends, longest first.
    by_end: Placed<Ending>,
    /// Of each class the longest at each place, none overlapping.
    longest: [Vec<Hit>; CLASSES.len()],
    /// The words by which clauses say what happened, longest at each place, none overlapping.
    pub(crate) words: Placed<Word>,
}

impl Matcher {
    pub(crate) fn new(tables: &Tables) -> Result<Self, Error> {
        let mut patterns: std::collections::BTreeMap<&str, Entry> = std::collections::BTreeMap::new();
        for (row, name) in tables.region_names.iter().enumerate() {
            patterns.entry(name.name).or_default().region = Some(row as u32);
        }
        for (row, name) in tables.specialty_names.iter().enumerate() {
            patterns.entry(name.name).or_default().specialty = Some(row as u32);
        }
        for (row, name) in tables.institution_names.iter().enumerate() {
            patterns.entry(name.name).or_default().institution = Some(row as u32);
        }
        for (row, name) in tables.organisation_names.iter().enumerate() {
            patterns.entry(name.name).or_default().organisation = Some(row as u32);
        }
        let mut characters = Vec::new();
        for (word, kinds) in tables.words.iter() {
            let mut letters = word.chars();
            match (letters.next(), letters.next()) {
                (Some(only), None) => characters.push((only, kinds)),
                _ => patterns.entry(word).or_default().kinds = kinds,
            }
        }
        for word in DENIALS {
            patterns.entry(word).or_default().denial = true;
        }
        characters.sort_unstable_by_key(|(c, _)| *c);
        let names: Vec<&str> = patterns.keys().copied().collect();
        let trie = Trie::new(&names).map_err(|error| Error::Unmatchable(error.to_string()))?;
        let entries: Vec<Entry> = patterns.into_values().collect();
        let bits = |entry: &Entry| {
            CLASSES.iter().enumerate().fold(0, |bits, (at, class)| bits | u32::from(class.has(entry)) << at)
        };
        let endings = std::array::from_fn(|end| characters.iter().any(|(c, _)| *c as usize & 0xff == end));
        Ok(Matcher { trie, classes: entries.iter().map(bits).collect(), entries, characters, endings })
    }

    /// The kinds of a word of one character.
    pub(crate) fn character(&self, c: char) -> Kinds {
        if self.endings.get(c as usize & 0xff) == Some(&false) {
            return Kinds(0);
        }
        self.characters
            .binary_search_by_key(&c, |(known, _)| *known)
            .ok()
            .and_then(|at| self.characters.get(at))
            .map_or(Kinds(0), |(_, kinds)| *kinds)
    }

    /// What a whole name is.
    pub(crate) fn named(&self, name: &str) -> Option<&Entry> {
        self.entries.get(self.trie.exact(name)? as usize)
    }

    /// The names and words that a text begins with, shortest first, with their lengths in bytes.
    pub(crate) fn beginning(&self, text: &str) -> impl Iterator<Item = (usize, &Entry)> {
        self.trie
            .prefixes(text)
            .filter_map(|(entry, length)| Some((length, self.entries.get(entry as usize)?)))
    }

    /// Every name and word of a text. Of one beyond 4 GiB the rest has none.
    pub(crate) fn scan<'t>(&'t self, text: &'t str) -> Scan<'t> {
        let starts = self.hits(text);
        let mut ends = starts.clone();
        sort_nearly_sorted(&mut ends);
        let mut longest: [Vec<Hit>; CLASSES.len()] = std::array::from_fn(|_| {
            Vec::with_capacity(if starts.is_empty() { 0 } else { starts.len() / 8 + 4 })
        });
        let mut free = [0; CLASSES.len()];
        for hit in &starts {
            let mut classes = self.classes.get(hit.entry as usize).copied().unwrap_or(0);
            while classes != 0 {
                let class = classes.trailing_zeros() as usize;
                classes &= classes - 1;
                if let (Some(list), Some(free)) = (longest.get_mut(class), free.get_mut(class))
                    && hit.start >= *free
                {
                    *free = hit.end;
                    list.push(*hit);
                }
            }
        }
        let mut scan = Scan {
            text,
            matcher: self,
            by_start: Placed::of(starts.into_iter().map(Starting).collect()),
            by_end: Placed::of(ends.into_iter().map(Ending).collect()),
            longest,
            words: Placed::default(),
        };
        // 乙科跟上: it was given the same; 跟上时代的步伐 was given nothing.
        let goes_on = |span: Span| {
            (span.of(text).ends_with("跟上") || span.of(text) == "跟进")
                && scan.after(span.end).is_some_and(|c| !matches!(c, '了' | '来') && is_han(c))
        };
        let words = scan
            .longest(Class::Clause)
            .filter(|(span, entry)| !(entry.kinds.has(AWARD_END) && goes_on(*span)))
            .map(|(span, entry)| Word { span, kinds: entry.kinds });
        scan.words = Placed::of(words.collect());
        scan
    }

    /// All matches in order of their starts, longest first. No pattern has a single character.
    fn hits(&self, text: &str) -> Vec<Hit> {
        let text = text.get(..text.floor_char_boundary(u32::MAX as usize)).unwrap_or_default();
        let mut hits: Vec<Hit> = Vec::with_capacity(text.len() / 8);
        self.trie.find_all(text, |entry, start, end| {
            let hit = Hit { start: start as u32, end: end as u32, entry };
            // Of those that begin together the longest comes last.
            let mut at = hits.len();
            hits.push(hit);
            while at > 0
                && let (Some(left), Some(right)) = (hits.get(at - 1).copied(), hits.get_mut(at))
                && left.start == hit.start
            {
                *right = left;
                at -= 1;
            }
            if let Some(slot) = hits.get_mut(at) {
                *slot = hit;
            }
        });
        hits
    }
}

/// Sorts hits by their ends; those that end together stay in order of their starts. A hit stands only as far from its place as the
/// longest name reaches.
fn sort_nearly_sorted(hits: &mut [Hit]) {
    for at in 1..hits.len() {
        let mut here = at;
        while here > 0
            && let (Some(left), Some(right)) = (hits.get(here - 1), hits.get(here))
            && left.end > right.end
        {
            hits.swap(here - 1, here);
            here -= 1;
        }
    }
}

impl<'t> Scan<'t> {
    fn entry(&self, hit: &Hit) -> &'t Entry {
        static NOTHING: Entry = Entry {
            region: None,
            specialty: None,
            institution: None,
            organisation: None,
            kinds: Kinds(0),
            denial: false,
        };
        self.matcher.entries.get(hit.entry as usize).unwrap_or(&NOTHING)
    }

    /// Matches that end exactly at `end`, longest first.
    pub(crate) fn ending_at(&self, end: usize) -> impl Iterator<Item = (Span, &'t Entry)> {
        self.by_end.at(end).iter().map(|Ending(hit)| (hit.span(), self.entry(hit)))
    }

    /// Matches that begin exactly at `start`, longest first.
    pub(crate) fn starting_at(&self, start: usize) -> impl Iterator<Item = (Span, &'t Entry)> {
        self.by_start.at(start).iter().map(|Starting(hit)| (hit.span(), self.entry(hit)))
    }

    /// Leftmost-longest, non-overlapping matches of a class.
    pub(crate) fn longest(&self, class: Class) -> impl Iterator<Item = (Span, &'t Entry)> {
        let hits = self.longest.get(class as usize).map_or(&[][..], Vec::as_slice);
        hits.iter().map(|hit| (hit.span(), self.entry(hit)))
    }

    /// The character before a position.
    pub(crate) fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    /// The character at a position.
    pub(crate) fn after(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The words of the lexicon inside a span.
    pub(crate) fn words_in(&self, within: Span) -> &[Word] {
        self.words.inside(within)
    }

    /// Whether a word of `kinds` stands inside a span.
    pub(crate) fn says(&self, within: Span, kinds: Kinds) -> bool {
        self.words_in(within).iter().any(|word| word.kinds.has(kinds))
    }
}

/// The targets behind a region entry.
pub(crate) fn region_targets<'a>(tables: &'a Tables, entry: &Entry) -> &'a [Target] {
    entry.region.map_or(&[], |row| tables.region_names.targets(row))
}
