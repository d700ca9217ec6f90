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
    let of = |island: &Range<usize>| piece.get(island.clone()).unwrap_or_default();
    let converted: Vec<String> = islands.iter().map(|island| ask(of(island), by)).collect();
    if may_join(piece, &islands, &converted) {
        return align::align(piece, &ask(piece, by), builder);
    }
    let mut from = 0;
    for (island, converted) in islands.iter().zip(&converted) {
        convert_plain(piece.get(from..island.start).unwrap_or_default(), by, builder);
        from = island.end;
        align::align(of(island), converted, builder);
    }
    convert_plain(piece.get(from..).unwrap_or_default(), by, builder);
}

/// What the converter makes of a text.
fn ask(text: &str, by: Convert) -> String {
    let input = narrow_str(text);
    by(&input).unwrap_or_else(|_| input.chars().map(simplified).collect())
}

/// Converts a piece without phrases, character by character.
pub(super) fn convert_plain(piece: &str, by: Convert, builder: &mut Builder<'_>) {
    for c in piece.chars() {
        match known(c, Entry::of(c)) {
            Some(simplified) => builder.replace_char(c, simplified),
            None => {
                let mut bytes = [0; 4];
                let alone = c.encode_utf8(&mut bytes);
                align::align(alone, &ask(alone, by), builder);
            }
        }
    }
}

/// The stretches of a piece that phrases may cover, overlapping ones as one.
fn find(piece: &str) -> Vec<Range<usize>> {
    let mut islands: Vec<Range<usize>> = Vec::new();
    for (at, c) in piece.char_indices() {
        let entry = Entry::of(c);
        if entry.is_head()
            && let Some(length) = wording::longest(piece.get(at..).unwrap_or_default(), entry)
        {
            match islands.last_mut() {
                Some(last) if at < last.end => last.end = last.end.max(at + length),
                _ => islands.push(at..at + length),
            }
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
