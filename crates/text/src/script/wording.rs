//! Phrases whose wording is settled before the converter sees them.

include!(concat!(env!("OUT_DIR"), "/wording.rs"));

/// The first phrase in `text`: where it stands, the phrase, and what it becomes.
pub(super) fn find(text: &str) -> Option<(usize, &'static str, &'static str)> {
    text.char_indices().find_map(|(at, c)| {
        let rest = text.get(at..)?;
        let first = WORDING.partition_point(|(phrase, _)| phrase.chars().next() < Some(c));
        let same = WORDING.get(first..)?.iter().take_while(|(phrase, _)| phrase.starts_with(c));
        let longest = same.filter(|(phrase, _)| rest.starts_with(phrase)).last();
        longest.map(|&(phrase, simplified)| (at, phrase, simplified))
    })
}
