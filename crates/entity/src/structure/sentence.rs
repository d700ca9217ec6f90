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
    while let [front @ .., byte] = head {
        let ends = match byte {
            b',' | b';' => true,
            0x8c | 0x9b | 0x82 => ends_in_comma(head),
            _ => false,
        };
        if ends {
            break;
        }
        head = front;
    }
    let start = first + head.len();
    let tail = text.get(at..last).unwrap_or_default();
    let end = first_comma(tail).map_or(last, |offset| at + offset);
    crate::work::done(end - start);
    Span::new(start, end)
}

/// Whether bytes of text end in one of ，,；;。
#[inline]
fn ends_in_comma(head: &[u8]) -> bool {
    match head {
        [.., b',' | b';'] => true,
        [.., lead, middle, last @ (0x8c | 0x9b | 0x82)] => {
            matches!((lead, middle, last), (0xef, 0xbc, 0x8c | 0x9b) | (0xe3, 0x80, 0x82))
        }
        _ => false,
    }
}

/// Where the first of ，,；;。 stands.
fn first_comma(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b',' | b';' => return Some(at),
            0xef | 0xe3 if bytes.get(..at + 3).is_some_and(ends_in_comma) => return Some(at),
            _ => width(*byte),
        };
    }
    None
}

fn split(text: &str, within: Span, ends: impl Fn(char) -> bool) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = within.start;
    let piece = within.of(text);
    let bytes = piece.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let (offset, length) = (at, within.start + at - start);
        at += width(*byte);
        // No Han character ends anything.
        if matches!(byte, 0xe4..=0xe9) && length <= 2 * LONGEST {
            continue;
        }
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
