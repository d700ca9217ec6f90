//! Sentences, their parts between semicolons, and their clauses between commas: asked for again and again, so the signs between them
//! are looked up, not searched for.

use super::line::is_long;
use crate::mention::Span;
use crate::mention::placed::{Begins, Placed};
use xinglin_text::CharSet;

/// A sentence longer than this, in bytes, is cut at its next comma: no writer means more, and reading stays linear.
const LONGEST: usize = 24_000;

/// A clause reaches no further than this from a position in it, in bytes: pages without commas stay cheap.
const FURTHEST: usize = 6_000;

/// What ends a sentence.
const ENDS: &str = "。！？!?\n…";
/// What ends a part of one.
const SEMICOLONS: &str = "；;";
/// What ends a clause.
#[cfg(test)]
const COMMAS: &str = "，,；;。";

/// Which kinds of signs are meant, a bit each.
type Kinds = u8;

const END: Kinds = 1;
const SEMICOLON: Kinds = 2;
const COMMA: Kinds = 4;
/// What ends a sentence and is no line's end.
const STOP: Kinds = 8;
/// A comma and nothing else.
const PAUSE: Kinds = 16;
const QUESTION: Kinds = 32;

/// Where a sign stands, and what it ends.
#[derive(Debug, Clone, Copy)]
struct Sign {
    at: u32,
    kinds: Kinds,
}

impl Begins for Sign {
    #[inline]
    fn start(&self) -> usize {
        self.at as usize
    }
}

/// The signs of a text that end sentences and what they are made of.
#[derive(Debug)]
pub(crate) struct Signs<'t> {
    text: &'t str,
    signs: Placed<Sign>,
    /// Whether anything stands in the text that sets cells apart: a tab, two blanks, a wide one.
    pub(crate) blanks: bool,
    /// Whether a document is named: 《….
    pub(crate) documents: bool,
}

impl<'t> Signs<'t> {
    /// The signs of a text. Of one beyond 4 GiB the rest has none.
    pub(crate) fn of(text: &'t str) -> Signs<'t> {
        static ANY: CharSet = CharSet::of("。！？!?\n…；;，, \t\u{3000}《");
        let mut signs: Vec<Sign> = Vec::with_capacity(text.len() / 32 + 8);
        let bytes = text.as_bytes();
        let bytes = bytes.get(..u32::MAX as usize).unwrap_or(bytes);
        let endless = text.len() > bytes.len();
        let (mut blanks, mut documents) = (endless, endless);
        let mut rest = bytes;
        loop {
            rest = rest.get(ANY.passed(rest)..).unwrap_or_default();
            let (kinds, behind) = match rest {
                [0xe3, 0x80, 0x82, behind @ ..] => (END | COMMA | STOP, behind),
                [0xe3, 0x80, other, behind @ ..] => {
                    blanks |= *other == 0x80;
                    documents |= *other != 0x80;
                    rest = behind;
                    continue;
                }
                [blank @ (b' ' | b'\t'), behind @ ..] => {
                    blanks |= *blank == b'\t' || behind.first() == Some(&b' ');
                    rest = behind;
                    continue;
                }
                [0xef, 0xbc, 0x8c, behind @ ..] | [b',', behind @ ..] => (COMMA | PAUSE, behind),
                [0xef, 0xbc, 0x9b, behind @ ..] | [b';', behind @ ..] => (SEMICOLON | COMMA, behind),
                [0xef, 0xbc, 0x9f, behind @ ..] | [b'?', behind @ ..] => (END | STOP | QUESTION, behind),
                [0xef, _, _, behind @ ..] | [b'!', behind @ ..] => (END | STOP, behind),
                [0xe2, _, _, behind @ ..] | [_, behind @ ..] => (END, behind),
                [] => break,
            };
            let at = bytes.len() - rest.len();
            signs.push(Sign { at: at as u32, kinds });
            rest = behind;
        }
        Signs { text, signs: Placed::of(signs), blanks, documents }
    }

    /// Where the text asks something: its question marks.
    pub(crate) fn questions(&self) -> impl Iterator<Item = usize> {
        self.signs.iter().filter(|sign| sign.kinds & QUESTION != 0).map(|sign| sign.at as usize)
    }

    /// Whether a line ends or holds a sentence, as [`is_prose`](super::line::is_prose) tells of a text.
    pub(crate) fn is_prose(&self, line: Span) -> bool {
        let inside = self.signs.behind(line.start).iter().take_while(|sign| (sign.at as usize) < line.end);
        let mut signs = inside.filter(|sign| sign.kinds & (STOP | PAUSE) != 0);
        match (signs.next(), signs.next()) {
            (Some(sign), _) if sign.kinds & STOP != 0 => true,
            (_, Some(_)) => true,
            _ => is_long(line.of(self.text)),
        }
    }

    /// The sentences of a span, each with its closing sign.
    pub(crate) fn sentences(&self, within: Span) -> impl Iterator<Item = Span> {
        self.split(within, END, ENDS)
    }

    /// The parts of a sentence between semicolons.
    pub(crate) fn parts(&self, within: Span) -> impl Iterator<Item = Span> {
        self.split(within, SEMICOLON, SEMICOLONS)
    }

    /// The clause around a position: between commas, within `within`.
    pub(crate) fn clause(&self, within: Span, at: usize) -> Span {
        let start = self.clause_start(within, at);
        let last = within.end.min(self.text.floor_char_boundary(at.saturating_add(FURTHEST)));
        let end = self.first(at, COMMA).unwrap_or(last).min(last);
        Span::new(start, end)
    }

    /// Where the clause around a position begins.
    pub(crate) fn clause_start(&self, within: Span, at: usize) -> usize {
        let first = within.start.max(self.text.floor_char_boundary(at.saturating_sub(FURTHEST)));
        let signs = self.signs.get(..self.signs.before(at)).unwrap_or_default().iter().rev();
        let last = signs.take_while(|sign| sign.at as usize >= first).find(|sign| sign.kinds & COMMA != 0);
        last.map_or(first, |sign| sign.at as usize + self.width(sign.at as usize))
    }

    /// Where the first sign of some kinds stands, from a position on.
    #[inline]
    fn first(&self, from: usize, kinds: Kinds) -> Option<usize> {
        self.signs.behind(from).iter().find(|sign| sign.kinds & kinds != 0).map(|sign| sign.at as usize)
    }

    /// How many bytes the character at a place takes.
    fn width(&self, at: usize) -> usize {
        match self.text.as_bytes().get(at) {
            Some(0xe0..=0xef) => 3,
            _ => 1,
        }
    }

    fn split(&self, within: Span, kinds: Kinds, ends: &'static str) -> impl Iterator<Item = Span> {
        let end = if self.text.is_char_boundary(within.end) { within.end } else { within.start };
        let mut from = within.start;
        let mut next = self.signs.before(from);
        std::iter::from_fn(move || {
            while from < end {
                let rest = self.signs.get(next..).unwrap_or_default();
                let passed = rest.iter().take_while(|sign| sign.kinds & kinds == 0).count();
                let sign = rest.get(passed).map_or(end, |sign| sign.at as usize).min(end);
                let to = self.behind(from, sign, end, ends);
                next += passed;
                while self.signs.get(next).is_some_and(|sign| (sign.at as usize) < to) {
                    next += 1;
                }
                let found = trimmed(self.text, from, to);
                from = to;
                if found.is_some() {
                    return found;
                }
            }
            None
        })
    }

    /// Where a stretch ends that its next sign would end, if it is not too long: behind the sign.
    fn behind(&self, from: usize, sign: usize, end: usize, ends: &str) -> usize {
        let sign = if sign - from < LONGEST { sign } else { self.end_of_endless(from, end, ends) };
        if sign >= end {
            return end;
        }
        let rest = self.text.get(sign..end).unwrap_or_default();
        let behind = rest.get(rest.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
        // A closing quote belongs to the sentence it closes.
        let closing = |c: char| matches!(c, '”' | '"' | '」' | '』' | '）' | ')');
        let behind = match behind.as_bytes() {
            [0xe4..=0xe9, ..] | [] => behind,
            _ => behind.trim_start_matches(closing),
        };
        end - behind.len()
    }

    /// Where a sentence that has gone on for so many bytes is cut: at its next comma, or after as much again.
    fn end_of_endless(&self, from: usize, end: usize, ends: &str) -> usize {
        let near = self.text.floor_char_boundary(from + LONGEST);
        let far = self.text.get(near..end).unwrap_or_default();
        let cut = |(at, c): &(usize, char)| {
            let length = near - from + at;
            let endless = length > 2 * LONGEST || length > LONGEST && matches!(c, '，' | ',' | '、' | ' ');
            ends.contains(*c) || endless
        };
        near + far.char_indices().find(cut).map_or(far.len(), |(at, _)| at)
    }
}

/// A stretch without the blanks at its ends, if it holds anything.
fn trimmed(text: &str, from: usize, to: usize) -> Option<Span> {
    let piece = text.get(from..to)?;
    // Neither begins nor ends with a blank, as most do not.
    if let [0xe4..=0xe9, .., 0xe3, 0x80, 0x82] | [0xe4..=0xe9, .., 0xe4..=0xe9, _, _] = piece.as_bytes() {
        return Some(Span::new(from, to));
    }
    let headed = piece.trim_start();
    let start = to - headed.len();
    let inner = headed.trim_end();
    (!inner.is_empty()).then_some(Span::new(start, start + inner.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_those_of_the_text() {
        assert!(
            COMMAS
                .chars()
                .chain(SEMICOLONS.chars())
                .chain(ENDS.chars())
                .all(|c| matches!(c.len_utf8(), 1 | 3))
        );
        let letters = [
            "医", "院", "，", "。", "；", ";", ",", "！", "”", "）", "\n", " ", "\u{3000}", "a", "é", "𠮷",
            "…", "!", "、",
        ];
        let mut state = 1_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            loop {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                match letters.get((state >> 33) as usize % 23) {
                    Some(letter) => text.push_str(letter),
                    None => break,
                }
            }
            let signs = Signs::of(&text);
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let some = |bits: u64| places[(bits as usize) % places.len()];
            let (a, b) = (some(state >> 20), some(state >> 40));
            let within = Span::new(a.min(b), a.max(b));
            let at = places
                .iter()
                .copied()
                .find(|at| *at >= some(state >> 30))
                .unwrap_or(0)
                .clamp(within.start, within.end);
            let start = text[within.start..at].rfind(|c| COMMAS.contains(c));
            let start = start.map_or(within.start, |found| {
                let found = within.start + found;
                found + text[found..].chars().next().map_or(0, char::len_utf8)
            });
            let end =
                text[at..within.end].find(|c| COMMAS.contains(c)).map_or(within.end, |found| at + found);
            assert_eq!(signs.clause(within, at), Span::new(start, end), "{text:?} {within:?} {at}");
            assert_eq!(signs.clause_start(within, at), start);
            for (found, ends) in [
                (signs.sentences(within).collect::<Vec<_>>(), ENDS),
                (signs.parts(within).collect(), SEMICOLONS),
            ] {
                let mut expected = Vec::new();
                let mut from = within.start;
                while from < within.end {
                    let rest = &text[from..within.end];
                    let sign = rest.find(|c| ends.contains(c));
                    let to = sign.map_or(within.end, |sign| {
                        let behind = rest[sign..].chars().next().map_or("", |c| &rest[sign + c.len_utf8()..]);
                        within.end - behind.trim_start_matches(['”', '"', '」', '』', '）', ')']).len()
                    });
                    let piece = text[from..to].trim();
                    if !piece.is_empty() {
                        let start = from + text[from..to].len() - text[from..to].trim_start().len();
                        expected.push(Span::new(start, start + piece.len()));
                    }
                    from = to;
                }
                assert_eq!(found, expected, "{text:?} {within:?}");
            }
        }
    }

    #[test]
    fn endless_sentences_are_cut() {
        let text = format!("{}，{}、{}", "医".repeat(9_000), "院".repeat(30), "科".repeat(20_000));
        let signs = Signs::of(&text);
        let found: Vec<Span> = signs.sentences(Span::new(0, text.len())).collect();
        assert!(found.len() >= 2, "{}", found.len());
        assert_eq!(found.first().map(|span| span.end), Some(9_000 * 3 + 3));
        assert_eq!(found.last().map(|span| span.end), Some(text.len()));
        assert!(found.iter().all(|span| span.end - span.start <= 2 * LONGEST + 6));
    }
}
