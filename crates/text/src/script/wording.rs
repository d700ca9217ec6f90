//! Phrases: those whose wording is settled before the converter sees them, and where any may stand.

use crate::fold::{Entry, fold};

include!(concat!(env!("OUT_DIR"), "/wording.rs"));

/// A hash of two characters, below 16,384: the same function as in `build/main.rs`.
#[inline]
fn pair_hash(first: char, second: char) -> usize {
    let both = (u32::from(first) << 11) ^ u32::from(second);
    (both.wrapping_mul(0x9e37_79b1) >> 18) as usize
}

/// The phrases, folded, that begin with two characters, folded; each with the number of its settled wording, if it has one.
#[inline]
fn beginning_with(first: char, second: char) -> &'static [(&'static str, Option<usize>)] {
    let hash = pair_hash(first, second);
    if HEAD_FILTER.get(hash / 64).is_none_or(|bits| bits >> (hash % 64) & 1 == 0) {
        return &[];
    }
    let head = HEADS.binary_search_by_key(&(first, second), |&(first, second, _, _)| (first, second));
    let range = head.ok().and_then(|at| HEADS.get(at)).map_or(0..0, |&(_, _, from, to)| from..to);
    PHRASES.get(range).unwrap_or_default()
}

/// The phrases that may begin where a text does: whose first two characters, folded, it begins with. Folded, because a variant may
/// become a phrase's character on the way.
#[inline]
fn candidates(text: &str, entry: Entry) -> &'static [(&'static str, Option<usize>)] {
    if !entry.is_head() {
        return &[];
    }
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) => beginning_with(entry.fold(first), fold(second)),
        _ => &[],
    }
}

/// Whether a phrase may stand in `text`: whether two characters of it, folded, begin one, or one character is one.
pub(super) fn may_hold_phrase(text: &str) -> bool {
    let mut head: Option<(char, Entry)> = None;
    text.chars().any(|c| {
        let entry = Entry::of(c);
        let begins = head
            .take()
            .is_some_and(|(first, head)| !beginning_with(head.fold(first), entry.fold(c)).is_empty());
        head = entry.is_head().then_some((c, entry));
        begins || LETTERS.iter().any(|(letter, _)| *letter == c)
    })
}

/// The first phrase of settled wording in `text`: where it stands, the phrase, and what it becomes.
pub(super) fn find(text: &str) -> Option<(usize, &'static str, &'static str)> {
    text.char_indices().find_map(|(at, c)| {
        let entry = Entry::of(c);
        // A phrase of one character keeps its wording against longer ones that only the converter knows.
        let letter = LETTERS.iter().find(|(letter, _)| *letter == c).map(|(_, wording)| *wording);
        if !entry.is_head() && letter.is_none() {
            return None;
        }
        let rest = text.get(at..)?;
        let known = candidates(rest, entry).iter().filter_map(|(_, wording)| *wording).chain(letter);
        let settled = known.filter_map(|wording| WORDING.get(wording));
        let longest =
            settled.filter(|(phrase, _)| rest.starts_with(phrase)).max_by_key(|(phrase, _)| phrase.len());
        longest.map(|&(phrase, simplified)| (at, phrase, simplified))
    })
}

/// The length in bytes of the longest phrase that may stand where `text` begins with a character of this entry, whatever forms its
/// characters have.
#[inline]
pub(super) fn longest(text: &str, entry: Entry) -> Option<usize> {
    candidates(text, entry).iter().filter_map(|(phrase, _)| folded_prefix(text, phrase)).max()
}

/// How many bytes of a text fold to a phrase that it begins with.
fn folded_prefix(text: &str, phrase: &str) -> Option<usize> {
    let mut letters = text.chars();
    phrase
        .chars()
        .all(|wanted| letters.next().map(fold) == Some(wanted))
        .then(|| text.len() - letters.as_str().len())
}
