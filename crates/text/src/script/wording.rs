//! Phrases: those whose wording is settled before the converter sees them, and where any may begin.

use crate::fold::{Entry, fold};

include!(concat!(env!("OUT_DIR"), "/wording.rs"));

/// The first phrase of settled wording in `text`: where it stands, the phrase, and what it becomes.
pub(super) fn find(text: &str) -> Option<(usize, &'static str, &'static str)> {
    text.char_indices().find_map(|(at, c)| {
        let rest = text.get(at..)?;
        let first = WORDING.partition_point(|(phrase, _)| phrase.chars().next() < Some(c));
        let same = WORDING.get(first..)?.iter().take_while(|(phrase, _)| phrase.starts_with(c));
        let longest = same.filter(|(phrase, _)| rest.starts_with(phrase)).last();
        longest.map(|&(phrase, simplified)| (at, phrase, simplified))
    })
}

/// Whether a phrase that is converted as a whole may stand in `text`.
pub(super) fn may_hold_phrase(text: &str) -> bool {
    first_phrase(text).is_some()
}

/// Where the first phrase that is converted as a whole may stand in `text`: where two characters of it, folded, begin one. Folded,
/// because a variant may become a phrase's character on the way.
pub(super) fn first_phrase(text: &str) -> Option<usize> {
    let mut head = None;
    text.char_indices().find_map(|(at, c)| {
        let entry = Entry::of(c);
        let (start, first, entry) = head.replace((at, c, entry))?;
        let begins = entry.is_head() && HEADS.binary_search(&(entry.fold(first), fold(c))).is_ok();
        begins.then_some(start)
    })
}
