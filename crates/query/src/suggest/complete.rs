//! Completions of the word being typed: Han, pinyin, first letters.

use std::collections::BTreeMap;

use serde::Serialize;

use super::lattice::{Lattice, Reading};
use super::names::{self, SuggestionKind};
use super::probe::Probe;
use crate::error::Error;
use crate::interpret::Interpreter;
use crate::reader::Reader;

/// Most words counted exactly for one answer, as a multiple of what is asked for.
const COUNTED: usize = 3;
/// What a name gains before a plain word, in units of the logarithm of a frequency.
const NAME_BONUS: f64 = 1.5;

/// A word that begins with what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Completion {
    /// The word or name.
    pub text: String,
    /// What it is.
    pub kind: SuggestionKind,
    /// How many articles a search for it finds by its letters.
    pub count: usize,
}

impl Reader {
    /// The likeliest words and names that begin with `typed`: Han characters, pinyin, or first letters of syllables. Best
    /// first, at most `limit`; each stands in at least one article.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn completions(
        &self,
        typed: &str,
        limit: usize,
        interpreter: &dyn Interpreter,
    ) -> Result<Vec<Completion>, Error> {
        self.whole(|| self.complete(typed, limit, interpreter))
    }

    fn complete(
        &self,
        typed: &str,
        limit: usize,
        interpreter: &dyn Interpreter,
    ) -> Result<Vec<Completion>, Error> {
        let probe = Probe { reader: self, snapshot: self.snapshot() };
        let Some(prefix) = Typed::of(typed) else { return Ok(Vec::new()) };
        let mut found: BTreeMap<String, (SuggestionKind, f64)> = BTreeMap::new();
        let mut offer = |text: String, kind: SuggestionKind, score: f64| {
            let known = found.entry(text).or_insert((kind, score));
            if score > known.1 {
                *known = (kind, score);
            }
        };
        prefix.words(&probe, &mut |word, frequency| {
            offer(word, SuggestionKind::Word, (frequency as f64).ln_1p());
        })?;
        for name in names::all(&probe, interpreter)? {
            let folded: Vec<char> = name.text.chars().map(xinglin_text::fold).collect();
            if prefix.begins(&folded) {
                let alias = if name.alias { 1.0 } else { 0.0 };
                offer(name.text, name.kind, (name.documents as f64).ln_1p() + NAME_BONUS - alias);
            }
        }
        let mut best: Vec<(String, SuggestionKind, f64)> =
            found.into_iter().map(|(text, (kind, score))| (text, kind, score)).collect();
        best.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
        let mut completions = Vec::new();
        for (text, kind, _) in best.into_iter().take(limit.saturating_mul(COUNTED)) {
            let count = probe.count(&text)?;
            if count > 0 {
                completions.push(Completion { text, kind, count });
            }
        }
        // 心血管内 says no more than 心血管内科 where all that holds the one holds the other.
        let cut_short = |one: &Completion| {
            completions.iter().any(|other| {
                other.count == one.count
                    && other.text.len() > one.text.len()
                    && other.text.starts_with(&one.text)
            })
        };
        let mut whole: Vec<Completion> = completions.iter().filter(|one| !cut_short(one)).cloned().collect();
        whole.truncate(limit);
        whole.sort_by_key(|completion| {
            (completion.kind == SuggestionKind::Word, std::cmp::Reverse(completion.count))
        });
        Ok(whole)
    }
}

/// What was typed, in all the ways it may be meant.
struct Typed {
    /// Readings of it, the strictest first; what is typed of the last syllable may be its beginning.
    lattices: Vec<Lattice>,
    /// The characters it may begin with.
    first: Vec<char>,
}

impl Typed {
    fn of(typed: &str) -> Option<Typed> {
        let mut lattices: Vec<Lattice> = Vec::new();
        for reading in [Reading::Syllables, Reading::Initials] {
            lattices.extend(Lattice::of(typed, reading));
        }
        lattices.extend(Lattice::with_open_end(typed));
        let mut first: Vec<char> = Vec::new();
        for lattice in &lattices {
            for edge in lattice.edges.first().into_iter().flatten() {
                first.extend_from_slice(edge.sound.chars());
            }
        }
        first.sort_unstable();
        first.dedup();
        (!lattices.is_empty() && !first.is_empty()).then_some(Typed { lattices, first })
    }

    /// Whether a name (folded) begins with what was typed.
    fn begins(&self, name: &[char]) -> bool {
        self.lattices.iter().any(|lattice| lattice.begins(name))
    }

    /// All words of the index that begin so, with the number of articles that have them.
    fn words(&self, probe: &Probe<'_>, offer: &mut dyn FnMut(String, u64)) -> Result<(), Error> {
        let wrap = |source| probe.reader.wrap(source);
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for segment in probe.snapshot.searcher.segment_readers() {
            let inverted = segment.inverted_index(probe.reader.fields.text.words).map_err(wrap)?;
            for c in &self.first {
                let start = c.to_string();
                let Some(behind) = char::from_u32(*c as u32 + 1).map(String::from) else { continue };
                let range = inverted.terms().range().gt(start.as_bytes()).lt(behind.as_bytes());
                let mut terms = range.into_stream().map_err(|source| wrap(source.into()))?;
                while terms.advance() {
                    let Ok(word) = std::str::from_utf8(terms.key()) else { continue };
                    let chars: Vec<char> = word.chars().collect();
                    if self.begins(&chars) {
                        *counts.entry(word.to_owned()).or_default() += u64::from(terms.value().doc_freq);
                    }
                }
            }
        }
        counts.into_iter().for_each(|(word, count)| offer(word, count));
        Ok(())
    }
}
