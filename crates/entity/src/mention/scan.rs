//! The one pass: every known name and word, overlapping, with look-ups by where a match ends or begins.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::Span;
use crate::gazetteer::folder::Error;
use crate::gazetteer::tables::{CLAUSE, Kinds, Tables, Target};

/// What a matched piece of text may be: a row of each table's names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    pub(crate) region: Option<u32>,
    pub(crate) specialty: Option<u32>,
    pub(crate) institution: Option<u32>,
    pub(crate) organisation: Option<u32>,
    pub(crate) kinds: Kinds,
}

/// The automaton over all names and words, and what each pattern is.
pub(crate) struct Matcher {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    entries: Vec<Entry>,
    /// Kinds of single characters, which the automaton leaves out, sorted.
    characters: Vec<(char, Kinds)>,
}

/// One match.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) span: Span,
    pub(crate) entry: u32,
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
    /// In order of their ends.
    by_end: Vec<Hit>,
    /// Positions in `by_end`, in order of start, longest first.
    by_start: Vec<u32>,
    /// The words by which clauses say what happened, longest at each place, none overlapping.
    pub(crate) words: Vec<Word>,
}

impl Matcher {
    pub(crate) fn new(tables: &Tables) -> Result<Self, Error> {
        let mut patterns: std::collections::BTreeMap<&str, Entry> = std::collections::BTreeMap::new();
        for (row, name) in tables.region_names.iter().enumerate() {
            patterns.entry(&name.name).or_default().region = Some(row as u32);
        }
        for (row, name) in tables.specialty_names.iter().enumerate() {
            patterns.entry(&name.name).or_default().specialty = Some(row as u32);
        }
        for (row, name) in tables.institution_names.iter().enumerate() {
            patterns.entry(&name.name).or_default().institution = Some(row as u32);
        }
        for (row, name) in tables.organisation_names.iter().enumerate() {
            patterns.entry(&name.name).or_default().organisation = Some(row as u32);
        }
        let mut characters = Vec::new();
        for row in tables.words.iter() {
            let mut letters = row.word.chars();
            match (letters.next(), letters.next()) {
                (Some(only), None) => characters.push((only, row.kinds)),
                _ => patterns.entry(&row.word).or_default().kinds = row.kinds,
            }
        }
        characters.sort_unstable_by_key(|(c, _)| *c);
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build_with_values(patterns.keys().enumerate().map(|(index, name)| (*name, index as u32)))
            .map_err(|error| Error::Unmatchable(error.to_string()))?;
        Ok(Matcher { automaton, entries: patterns.into_values().collect(), characters })
    }

    /// The kinds of a word of one character.
    pub(crate) fn character(&self, c: char) -> Kinds {
        self.characters
            .binary_search_by_key(&c, |(known, _)| *known)
            .ok()
            .and_then(|at| self.characters.get(at))
            .map_or(Kinds(0), |(_, kinds)| *kinds)
    }

    pub(crate) fn scan<'t>(&'t self, text: &'t str) -> Scan<'t> {
        let by_end: Vec<Hit> = self
            .automaton
            .find_overlapping_iter(text)
            .map(|found| Hit { span: Span::new(found.start(), found.end()), entry: found.value() })
            .collect();
        let mut by_start: Vec<u32> = (0..by_end.len() as u32).collect();
        by_start.sort_by_key(|&at| {
            by_end.get(at as usize).map(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)))
        });
        let mut scan = Scan { text, matcher: self, by_end, by_start, words: Vec::new() };
        scan.words = scan
            .longest(|entry| entry.kinds.has(CLAUSE))
            .map(|(span, entry)| Word { span, kinds: entry.kinds })
            .collect();
        scan
    }
}

impl<'t> Scan<'t> {
    pub(crate) fn entry(&self, hit: &Hit) -> &'t Entry {
        static NOTHING: Entry =
            Entry { region: None, specialty: None, institution: None, organisation: None, kinds: Kinds(0) };
        self.matcher.entries.get(hit.entry as usize).unwrap_or(&NOTHING)
    }

    /// Matches that end exactly at `end`, longest first.
    pub(crate) fn ending_at(&self, end: usize) -> impl Iterator<Item = (Span, &'t Entry)> {
        let from = self.by_end.partition_point(|hit| hit.span.end < end);
        self.by_end
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |hit| hit.span.end == end)
            .map(|hit| (hit.span, self.entry(hit)))
    }

    /// Matches that begin exactly at `start`, longest first.
    pub(crate) fn starting_at(&self, start: usize) -> impl Iterator<Item = (Span, &'t Entry)> {
        let hit = move |&at: &u32| {
            self.by_end.get(at as usize).copied().unwrap_or(Hit { span: Span::new(0, 0), entry: u32::MAX })
        };
        let from = self.by_start.partition_point(|at| hit(at).span.start < start);
        self.by_start
            .get(from..)
            .unwrap_or_default()
            .iter()
            .map(hit)
            .take_while(move |hit| hit.span.start == start)
            .map(|hit| (hit.span, self.entry(&hit)))
    }

    /// Leftmost-longest, non-overlapping matches among those that `keep` accepts.
    pub(crate) fn longest(&self, keep: impl Fn(&Entry) -> bool) -> impl Iterator<Item = (Span, &'t Entry)> {
        let mut free = 0;
        self.by_start
            .iter()
            .filter_map(|&at| self.by_end.get(at as usize))
            .map(|hit| (hit.span, self.entry(hit)))
            .filter(move |(_, entry)| keep(entry))
            .filter(move |(span, _)| {
                let take = span.start >= free;
                if take {
                    free = span.end;
                }
                take
            })
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
        super::inside(&self.words, within, |word| word.span)
    }

    /// Whether a word of `kinds` stands inside a span.
    pub(crate) fn says(&self, within: Span, kinds: Kinds) -> bool {
        self.words_in(within).iter().any(|word| word.kinds.has(kinds))
    }
}

/// The targets behind a region entry.
pub(crate) fn region_targets<'a>(tables: &'a Tables, entry: &Entry) -> &'a [Target] {
    entry.region.and_then(|row| tables.region_names.get(row as usize)).map_or(&[], |row| &row.targets)
}
