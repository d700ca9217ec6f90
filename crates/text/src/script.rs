//! One script: Traditional text becomes Simplified, with a way back to every original character.
//!
//! # Laws
//! - Simplified text comes out untouched and borrowed; a bitmap finds it out at memory speed.
//! - What is converted is converted as OpenCC's `tw2sp` does it, but for the phrases of `wording.tsv`.
//! - Every range of the unified text names a range of the original, on character boundaries.

mod align;
mod converter;
mod islands;
mod unified;
mod wording;

pub use unified::Unified;

use std::borrow::Cow;

use crate::char_set::CharSet;
use crate::error::Error;
use crate::fold::{CharClass, Entry, Simple, UNIFY_BITMAP};
use unified::Builder;

/// Whether [`unify`] would change `text` at all: whether it holds a character that stands in
/// Traditional text only, a full-width letter or digit, or a compatibility ideograph.
///
/// ```
/// assert!(!xinglin_text::needs_unifying("乾隆著《于丹》，CT检查"));
/// assert!(xinglin_text::needs_unifying("北京大學第一醫院"));
/// ```
#[must_use]
pub fn needs_unifying(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = MAY_CHANGE.first_in(rest.as_bytes()) {
        let mut letters = rest.get(at..).unwrap_or_default().chars();
        let Some(c) = letters.next() else { break };
        if changes(c) {
            return true;
        }
        rest = letters.as_str();
    }
    false
}

/// What conversion would change, as far as the bitmap tells.
static MAY_CHANGE: CharSet = CharSet::of_bitmap(UNIFY_BITMAP);

fn changes(c: char) -> bool {
    Entry::of(c).is_traditional() || Entry::of(c).is_wide()
}

/// Brings `text` into Simplified script with mainland wording, and full-width letters and digits
/// to ASCII. Punctuation and case stay.
///
/// Conversion goes by the pieces between punctuation: a piece that reads as Simplified keeps
/// everything but its Traditional-only characters. A character
/// of both scripts (後, 乾, 著) is converted only where its surroundings are Traditional.
///
/// If the converter cannot load its dictionaries (see [`converter_ready`]) characters are converted
/// one by one and phrases keep their wording.
///
/// ```
/// let unified = xinglin_text::unify("醫院的隨身碟");
/// assert_eq!(unified.text(), "医院的U盘");
/// let at = unified.text().find("U盘").unwrap();
/// assert_eq!(unified.original(at..at + "U盘".len()), 9..18);
/// ```
#[must_use]
pub fn unify(text: &str) -> Unified<'_> {
    unify_by(text, converter::remembered)
}

/// How a piece of text is converted.
type Convert = fn(&str) -> Result<String, Error>;

fn unify_by(text: &str, convert: Convert) -> Unified<'_> {
    if !needs_unifying(text) {
        return Unified::identity(text);
    }
    let lines: Vec<(&str, Script)> =
        text.split_inclusive('\n').map(|line| (line, Script::of(line))).collect();
    let whole = lines.iter().fold(Script::default(), |sum, (_, script)| sum.plus(*script));
    let traditional = whole.traditional > whole.simplified;
    let mut builder = Builder::new(text);
    for (line, script) in lines {
        match script.treatment(traditional) {
            Treatment::Keep => builder.keep(line),
            _ => unify_line(line, traditional, convert, &mut builder),
        }
    }
    builder.finish()
}

/// Opens this thread's script converter.
///
/// # Errors
/// The converter's dictionaries are missing or unreadable. [`unify`] still works then, character by
/// character; call this once at the start to tell the user.
pub fn converter_ready() -> Result<(), Error> {
    converter::convert("").map(|_| ())
}

/// What a stretch of text is made of.
#[derive(Debug, Default, Clone, Copy)]
struct Script {
    traditional: usize,
    simplified: usize,
    han: usize,
    wide: usize,
}

impl Script {
    fn of(text: &str) -> Self {
        let mut script = Script::default();
        text.chars().for_each(|c| script.count(Entry::of(c)));
        script
    }

    #[inline]
    fn count(&mut self, entry: Entry) {
        self.traditional += usize::from(entry.is_traditional());
        self.simplified += usize::from(entry.is_simplified());
        self.han += usize::from(entry.class() == CharClass::Han);
        self.wide += usize::from(entry.is_wide());
    }

    fn plus(self, other: Script) -> Script {
        Script {
            traditional: self.traditional + other.traditional,
            simplified: self.simplified + other.simplified,
            han: self.han + other.han,
            wide: self.wide + other.wide,
        }
    }

    /// What to do with the stretch, in a text that is Traditional as a whole or not.
    fn treatment(self, traditional_text: bool) -> Treatment {
        if self.traditional > self.simplified
            || traditional_text && self.han > 0 && self.traditional >= self.simplified
        {
            Treatment::Convert
        } else if self.traditional > 0 {
            Treatment::ConvertTraditionalOnly
        } else if self.wide > 0 {
            Treatment::Narrow
        } else {
            Treatment::Keep
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Treatment {
    /// Convert everything, phrases and characters of both scripts too.
    Convert,
    /// Convert the runs of characters that stand in Traditional text only.
    ConvertTraditionalOnly,
    /// Only bring wide forms to usual ones.
    Narrow,
    Keep,
}

fn unify_line(line: &str, traditional_text: bool, by: Convert, builder: &mut Builder<'_>) {
    let mut rest = line;
    while !rest.is_empty() {
        let (end, script) = first_piece(rest);
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        match script.treatment(traditional_text) {
            Treatment::Convert => convert(piece, by, builder),
            Treatment::ConvertTraditionalOnly => {
                for run in runs(piece, |c| Entry::of(c).is_traditional()) {
                    if run.starts_with(|c| Entry::of(c).is_traditional()) {
                        convert(run, by, builder);
                    } else {
                        builder.keep_narrow(run);
                    }
                }
            }
            Treatment::Narrow => builder.keep_narrow(piece),
            Treatment::Keep => builder.keep(piece),
        }
    }
}

/// The first maximal run of characters that all give terms or all do not: where it ends, and what it is made of.
fn first_piece(text: &str) -> (usize, Script) {
    let mut script = Script::default();
    let mut kind = None;
    for (at, c) in text.char_indices() {
        let entry = Entry::of(c);
        let gives_terms = entry.class() != CharClass::Other;
        if *kind.get_or_insert(gives_terms) != gives_terms {
            return (at, script);
        }
        script.count(entry);
    }
    (text.len(), script)
}

/// Cuts `text` into maximal runs of characters that `test` judges alike.
fn runs<'a>(text: &'a str, test: impl Fn(char) -> bool + 'a) -> impl Iterator<Item = &'a str> + 'a {
    let mut rest = text;
    std::iter::from_fn(move || {
        let kind = test(rest.chars().next()?);
        let end = rest.find(|c| test(c) != kind).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

/// The usual form of a full-width or compatibility character.
fn narrow(c: char) -> char {
    if !Entry::of(c).is_wide() {
        return c;
    }
    match c {
        // Folding would lower the letters.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => crate::fold::fold(c),
    }
}

fn narrow_str(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| Entry::of(c).is_wide()) {
        Cow::Owned(text.chars().map(narrow).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Converts a piece: what no wording settles as the converter does it.
fn convert(piece: &str, by: Convert, builder: &mut Builder<'_>) {
    if !wording::may_hold_phrase(piece) {
        return islands::convert_plain(piece, by, builder);
    }
    let mut rest = piece;
    while let Some((at, phrase, simplified)) = wording::find(rest) {
        let (before, from) = rest.split_at(at);
        let (phrase, after) = from.split_at(phrase.len());
        islands::convert(before, by, builder);
        align::align(phrase, simplified, builder);
        rest = after;
    }
    islands::convert(rest, by, builder);
}

/// The Simplified form of a character by itself.
fn simplified(c: char) -> char {
    known(c, Entry::of(c)).unwrap_or_else(|| crate::fold::fold(narrow(c)))
}

/// The same where our table has it; `entry` is the character's.
#[inline]
fn known(c: char, entry: Entry) -> Option<char> {
    let (c, entry) = if entry.is_wide() { (narrow(c), Entry::of(narrow(c))) } else { (c, entry) };
    match entry.simple() {
        Simple::Same => Some(c),
        Simple::Other(simplified) => Some(simplified),
        Simple::Unknown => None,
    }
}

#[cfg(test)]
mod tests;
