//! Sentences, their parts between semicolons, and their clauses between commas.

use crate::mention::Span;
use xinglin_text::CharSet;

/// A sentence longer than this, in bytes, is cut at its next comma: no writer means more, and reading stays linear.
const LONGEST: usize = 24_000;

/// A clause reaches no further than this from a position in it, in bytes: pages without commas stay cheap.
const FURTHEST: usize = 6_000;

/// What ends a clause.
static COMMAS: CharSet = CharSet::of("，,；;。");

/// The sentences of a span, each with its closing sign.
pub(crate) fn sentences(text: &str, within: Span) -> impl Iterator<Item = Span> {
    static ENDS: CharSet = CharSet::of("。！？!?\n…");
    split(text, within, &ENDS)
}

/// The parts of a sentence between semicolons.
pub(crate) fn parts(text: &str, within: Span) -> impl Iterator<Item = Span> {
    static SEMICOLONS: CharSet = CharSet::of("；;");
    split(text, within, &SEMICOLONS)
}

/// The clause around a position: between commas, within `within`.
pub(crate) fn clause(text: &str, within: Span, at: usize) -> Span {
    let start = clause_start(text, within, at);
    let last = within.end.min(text.floor_char_boundary(at.saturating_add(FURTHEST)));
    let tail = text.get(at..last).unwrap_or_default();
    let end = last.min(at + COMMAS.passed(tail.as_bytes()));
    crate::work::done(end - at.min(end));
    Span::new(start, end)
}

/// Where the clause around a position begins.
pub(crate) fn clause_start(text: &str, within: Span, at: usize) -> usize {
    let first = within.start.max(text.floor_char_boundary(at.saturating_sub(FURTHEST)));
    let mut head = text.get(first..at).unwrap_or_default().as_bytes();
    loop {
        head = match head {
            // A Han character is no comma, and nearly all are.
            [front @ .., 0xe4..=0xe9, _, _] => front,
            [.., b',' | b';'] | [.., 0xef, 0xbc, 0x8c | 0x9b] | [.., 0xe3, 0x80, 0x82] | [] => break,
            [front @ .., _] => front,
        };
    }
    let start = first + head.len();
    crate::work::done(at - start.min(at));
    start
}

fn split(text: &str, within: Span, ends: &'static CharSet) -> impl Iterator<Item = Span> {
    let piece = within.of(text);
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < piece.len() {
            let to = end_of_first(piece, from, ends);
            let found = trimmed(piece, within.start, from, to);
            from = to;
            if found.is_some() {
                return found;
            }
        }
        None
    })
}

/// Where the first of what is left of a piece ends, behind the sign that ends it.
fn end_of_first(piece: &str, from: usize, ends: &CharSet) -> usize {
    let rest = piece.get(from..).unwrap_or_default();
    let (near, far) = rest.split_at(rest.floor_char_boundary(LONGEST));
    let to = match ends.passed(near.as_bytes()) {
        to if to < near.len() => to,
        to => to + end_of_endless(to, far, ends),
    };
    let Some(sign) = rest.get(to..).and_then(|rest| rest.chars().next()) else { return piece.len() };
    // A closing quote belongs to the sentence it closes.
    let behind = rest.get(to + sign.len_utf8()..).unwrap_or_default();
    let closing = |c: char| matches!(c, '”' | '"' | '」' | '』' | '）' | ')');
    piece.len() - behind.trim_start_matches(closing).len()
}

/// Where a sentence that has gone on for so many bytes is cut: at its next comma, or after as much again.
fn end_of_endless(near: usize, far: &str, ends: &CharSet) -> usize {
    let cut = |(at, c): &(usize, char)| {
        let length = near + at;
        let endless = length > 2 * LONGEST || length > LONGEST && matches!(c, '，' | ',' | '、' | ' ');
        ends.has(*c) || endless
    };
    far.char_indices().find(cut).map_or(far.len(), |(at, _)| at)
}

/// A stretch without the blanks at its ends, if it holds anything.
fn trimmed(piece: &str, start: usize, from: usize, to: usize) -> Option<Span> {
    let headed = piece.get(from..to)?.trim_start();
    let start = start + to - headed.len();
    let inner = headed.trim_end();
    (!inner.is_empty()).then_some(Span::new(start, start + inner.len()))
}
