//! Where phrases may stand, and only there, the converter is asked; elsewhere characters are converted one by one, which is what it
//! would do and a hundred times as fast.
//!
//! # Laws
//! - The result is what the converter makes of the whole piece.

use std::ops::Range;

use super::unified::Builder;
use super::{Convert, align, known, narrow_str, simplified, wording};
use crate::fold::{Entry, fold};

/// The most bytes of the longest phrase.
const LONGEST_PHRASE: usize = 64;

/// Converts a piece in which no phrase of settled wording stands.
pub(super) fn convert(piece: &str, by: Convert, builder: &mut Builder<'_>) {
    let islands = find(piece);
    if islands.is_empty() {
        return convert_plain(piece, builder);
    }
    let convert = |text: &str| {
        let input = narrow_str(text);
        by(&input).unwrap_or_else(|_| input.chars().map(simplified).collect())
    };
    let converted: Vec<String> =
        islands.iter().map(|island| convert(piece.get(island.clone()).unwrap_or_default())).collect();
    if may_join(piece, &islands, &converted) {
        return align::align(piece, &convert(piece), builder);
    }
    let mut from = 0;
    for (island, converted) in islands.into_iter().zip(converted) {
        convert_plain(piece.get(from..island.start).unwrap_or_default(), builder);
        from = island.end;
        align::align(piece.get(island).unwrap_or_default(), &converted, builder);
    }
    convert_plain(piece.get(from..).unwrap_or_default(), builder);
}

/// Converts character by character.
fn convert_plain(piece: &str, builder: &mut Builder<'_>) {
    for c in piece.chars() {
        builder.replace_char(c, simplified(c));
    }
}

/// The stretches of a piece that phrases may cover, overlapping ones as one, and the characters that only the converter knows.
fn find(piece: &str) -> Vec<Range<usize>> {
    let mut islands: Vec<Range<usize>> = Vec::new();
    for (at, c) in piece.char_indices() {
        let entry = Entry::of(c);
        let mut end = if known(c, entry).is_none() { at + c.len_utf8() } else { at };
        if entry.is_head()
            && let Some(length) = wording::longest(piece.get(at..).unwrap_or_default(), entry)
        {
            end = at + length;
        }
        match islands.last_mut() {
            _ if end == at => {}
            Some(last) if at < last.end => last.end = last.end.max(end),
            _ => islands.push(at..end),
        }
    }
    islands
}

/// Whether a phrase may stand across the edge of an island that became other words: the converter's second step would see it.
fn may_join(piece: &str, islands: &[Range<usize>], converted: &[String]) -> bool {
    let rewords = |(island, converted): (&Range<usize>, &String)| {
        !piece.get(island.clone()).unwrap_or_default().chars().map(fold).eq(converted.chars().map(fold))
    };
    if !islands.iter().zip(converted).any(rewords) {
        return false;
    }
    let (mut text, mut edges, mut from) = (String::with_capacity(piece.len()), Vec::new(), 0);
    for (island, converted) in islands.iter().zip(converted) {
        text.push_str(piece.get(from..island.start).unwrap_or_default());
        edges.push(text.len());
        text.push_str(converted);
        edges.push(text.len());
        from = island.end;
    }
    text.push_str(piece.get(from..).unwrap_or_default());
    edges.into_iter().any(|edge| {
        let near =
            text.get(text.floor_char_boundary(edge.saturating_sub(LONGEST_PHRASE))..edge).unwrap_or_default();
        near.char_indices().any(|(at, c)| {
            let at = edge - near.len() + at;
            let reach = wording::longest(text.get(at..).unwrap_or_default(), Entry::of(c));
            reach.is_some_and(|length| at + length > edge)
        })
    })
}
