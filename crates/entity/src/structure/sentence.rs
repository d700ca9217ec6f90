//! Sentences, their parts between semicolons, and their clauses between commas.

use crate::mention::Span;

/// A sentence longer than this, in bytes, is cut at its next comma: no writer means more, and reading stays linear.
const LONGEST: usize = 24_000;

/// A clause reaches no further than this from a position in it, in bytes: pages without commas stay cheap.
const FURTHEST: usize = 6_000;

/// The sentences of a span, each with its closing sign.
pub(crate) fn sentences(text: &str, within: Span) -> impl Iterator<Item = Span> {
    split(text, within, |c| matches!(c, '。' | '！' | '？' | '!' | '?' | '\n' | '…'))
}

/// The parts of a sentence between semicolons.
pub(crate) fn parts(text: &str, within: Span) -> impl Iterator<Item = Span> {
    split(text, within, |c| matches!(c, '；' | ';'))
}

/// The clause around a position: between commas, within `within`.
pub(crate) fn clause(text: &str, within: Span, at: usize) -> Span {
    let start = clause_start(text, within, at);
    let last = within.end.min(text.floor_char_boundary(at.saturating_add(FURTHEST)));
    let tail = text.get(at..last).unwrap_or_default();
    let end = first_comma(tail).map_or(last, |offset| at + offset);
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

/// Where the first of ，,；;。 stands.
fn first_comma(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut rest = bytes;
    loop {
        rest = match rest {
            [0xe4..=0xe9, _, _, behind @ ..] => behind,
            [b',' | b';', ..] | [0xef, 0xbc, 0x8c | 0x9b, ..] | [0xe3, 0x80, 0x82, ..] => {
                return Some(bytes.len() - rest.len());
            }
            [_, behind @ ..] => behind,
            [] => return None,
        };
    }
}

fn split(text: &str, within: Span, ends: impl Fn(char) -> bool) -> impl Iterator<Item = Span> {
    let piece = within.of(text);
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < piece.len() {
            let to = end_of_first(piece, from, &ends);
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
fn end_of_first(piece: &str, from: usize, ends: impl Fn(char) -> bool) -> usize {
    let mut rest = piece.as_bytes().get(from..).unwrap_or_default();
    let far = rest.len().saturating_sub(2 * LONGEST);
    loop {
        // No Han character ends anything.
        while let [0xe4..=0xe9, _, _, behind @ ..] = rest
            && behind.len() >= far
        {
            rest = behind;
        }
        let mut at = piece.len() - rest.len();
        let length = at - from;
        let Some(c) = piece.get(at..).and_then(|rest| rest.chars().next()) else { break };
        at += c.len_utf8();
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        let endless = length > 2 * LONGEST || (length > LONGEST && matches!(c, '，' | ',' | '、' | ' '));
        if ends(c) || endless {
            // A closing quote belongs to the sentence it closes.
            let rest = piece.get(at..).unwrap_or_default();
            let closing = |c: char| matches!(c, '”' | '"' | '」' | '』' | '）' | ')');
            return at + rest.len() - rest.trim_start_matches(closing).len();
        }
    }
    piece.len()
}

/// A stretch without the blanks at its ends, if it holds anything.
fn trimmed(piece: &str, start: usize, from: usize, to: usize) -> Option<Span> {
    let headed = piece.get(from..to)?.trim_start();
    let start = start + to - headed.len();
    let inner = headed.trim_end();
    (!inner.is_empty()).then_some(Span::new(start, start + inner.len()))
}
