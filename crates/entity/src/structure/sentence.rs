//! Sentences, their parts between semicolons, and their clauses between commas.

use crate::mention::Span;

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
    split(text, within, |c| matches!(c, '；' | ';'))
}

/// The clause around a position: between commas, within `within`.
pub(crate) fn clause(text: &str, within: Span, at: usize) -> Span {
    let is_comma = |c: char| matches!(c, '，' | ',' | '；' | ';' | '。');
    let first = within.start.max(text.floor_char_boundary(at.saturating_sub(FURTHEST)));
    let last = within.end.min(text.floor_char_boundary(at.saturating_add(FURTHEST)));
    let head = text.get(first..at).unwrap_or_default();
    let start = head
        .char_indices()
        .rev()
        .find(|(_, c)| is_comma(*c))
        .map_or(first, |(offset, c)| first + offset + c.len_utf8());
    let tail = text.get(at..last).unwrap_or_default();
    let end = tail.find(is_comma).map_or(last, |offset| at + offset);
    Span::new(start, end)
}

fn split(text: &str, within: Span, ends: impl Fn(char) -> bool) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = within.start;
    let piece = within.of(text);
    let mut letters = piece.char_indices().peekable();
    while let Some((offset, c)) = letters.next() {
        let length = within.start + offset - start;
        let endless = length > 2 * LONGEST || (length > LONGEST && matches!(c, '，' | ',' | '、' | ' '));
        if ends(c) || endless {
            let mut end = within.start + offset + c.len_utf8();
            // A closing quote belongs to the sentence it closes.
            while let Some((_, quote @ ('”' | '"' | '」' | '』' | '）' | ')'))) = letters.peek().copied()
            {
                end += quote.len_utf8();
                letters.next();
            }
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
