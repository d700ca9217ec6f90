//! The single words of a piece, for the relaxed reading: jieba's words, and the pairs of characters that no word covers.

use xinglin_text::{CharClass, Mode, fold_chars, segment};

use crate::function_words::says_nothing;
use crate::phrase::Phrase;

/// Most words of one query that are asked for.
const MAX_UNITS: usize = 64;

/// One piece of evidence for the relaxed reading.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unit {
    /// The word as a phrase (one term where the dictionary knows it).
    pub(crate) phrase: Phrase,
    /// How much it counts beside a word.
    pub(crate) weight: f32,
    /// What it is.
    pub(crate) kind: UnitKind,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// A word: it finds candidates.
    Word,
    /// A single character that is a word of its own: it finds candidates too.
    Character,
    /// A character of a longer word: it only orders candidates, and counts little.
    Part,
    /// Two neighbouring characters, or another name: they only order candidates.
    Pair,
}

const PART_WEIGHT: f32 = 0.4;
/// Of a character that is a word of its own: rare ones name things, and BM25 knows the common ones.
const CHARACTER_WEIGHT: f32 = 0.8;
const PAIR_WEIGHT: f32 = 0.7;

/// Adds the units of a piece, each once.
pub(crate) fn cut(piece: &str, units: &mut Vec<Unit>) {
    for word in segment(piece, Mode::Search) {
        let text = piece.get(word.start..word.end).unwrap_or_default();
        if says_nothing(text) {
            continue;
        }
        let single = text.chars().nth(1).is_none();
        let (kind, weight) =
            if single { (UnitKind::Character, CHARACTER_WEIGHT) } else { (UnitKind::Word, 1.0) };
        add(text, kind, weight, units);
    }
    let chars = fold_chars(piece);
    for pair in chars.windows(2) {
        if let [first, second] = pair
            && first.class == CharClass::Han
            && second.class == CharClass::Han
        {
            let text = piece.get(first.start..second.end).unwrap_or_default();
            add(text, UnitKind::Pair, PAIR_WEIGHT, units);
            for c in [first, second] {
                let text = piece.get(c.start..c.end).unwrap_or_default();
                if !says_nothing(text) {
                    add(text, UnitKind::Part, PART_WEIGHT, units);
                }
            }
        }
    }
}

/// Adds a name as one unit that orders candidates.
pub(crate) fn add_name(phrase: Phrase, units: &mut Vec<Unit>) {
    if units.len() < MAX_UNITS && units.iter().all(|unit| unit.phrase.folded != phrase.folded) {
        units.push(Unit { phrase, weight: 1.0, kind: UnitKind::Pair });
    }
}

fn add(text: &str, kind: UnitKind, weight: f32, units: &mut Vec<Unit>) {
    if units.len() >= MAX_UNITS {
        return;
    }
    if let Some(phrase) = Phrase::word(text)
        && units.iter().all(|unit| unit.phrase.folded != phrase.folded)
    {
        units.push(Unit { phrase, weight, kind });
    }
}
