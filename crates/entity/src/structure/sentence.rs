//! Sentences, their parts between semicolons, and their clauses between commas.

use crate::mention::{Span, width};

/// A sentence longer than this, in bytes, is cut at its next comma: no writer means more, and reading stays linear.
const LONGEST: usize = 24_000;

/// A clause reaches no further than this from a position in it, in bytes: pages without commas stay cheap.
const FURTHEST: usize = 6_000;

/// The sentences of a span, each with its closing sign.
pub(crate) fn sentences(text: &str, within: Span) -> Vec<Span> {
    split(text, within, |c| matches!(c, '。' | '！' | '？' | '!' | '?' | '\n' | '…'))
}

/// The parts of a sentence between semicolons.
pub(crate) fn parts(text: &str, within: Span) -> Vec<Span> {
    let piece = within.of(text);
    if piece.len() <= LONGEST && !piece.contains(['；', ';']) {
        let mut whole = Vec::with_capacity(1);
        push(&mut whole, text, within.start, within.end);
        return whole;
    }
    split(text, within, |c| matches!(c, '；' | ';'))
}

/// The clause around a position: between commas, within `within`.
pub(crate) fn clause(text: &str, within: Span, at: usize) -> Span {
    let first = within.start.max(text.floor_char_boundary(at.saturating_sub(FURTHEST)));
    let last = within.end.min(text.floor_char_boundary(at.saturating_add(FURTHEST)));
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
    let tail = text.get(at..last).unwrap_or_default();
    let end = first_comma(tail).map_or(last, |offset| at + offset);
    crate::work::done(end - start);
    Span::new(start, end)
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

fn split(text: &str, within: Span, ends: impl Fn(char) -> bool) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = within.start;
    let piece = within.of(text);
    let bytes = piece.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let (offset, length) = (at, within.start + at - start);
        // No Han character ends anything.
        if matches!(byte, 0xe4..=0xe9) && length <= 2 * LONGEST {
            at += '中'.len_utf8();
            continue;
        }
        at += width(*byte);
        let Some(c) = piece.get(offset..).and_then(|rest| rest.chars().next()) else { break };
        let endless = length > 2 * LONGEST || (length > LONGEST && matches!(c, '，' | ',' | '、' | ' '));
        if ends(c) || endless {
            // A closing quote belongs to the sentence it closes.
            let rest = piece.get(at..).unwrap_or_default();
            at += rest.len() - rest.trim_start_matches(['”', '"', '」', '』', '）', ')']).len();
            let end = within.start + at;
            push(&mut found, text, start, end);
            start = end;
        }
    }
    push(&mut found, text, start, within.end);
    found
}

fn push(found: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let piece = text.get(start..end).unwrap_or_default();
    let inner = piece.trim();
    if !inner.is_empty() {
        let lead = piece.len() - piece.trim_start().len();
        found.push(Span::new(start + lead, start + lead + inner.len()));
    }
}
