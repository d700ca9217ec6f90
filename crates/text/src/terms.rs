//! Terms: everything in a text that the index files under a name.
//!
//! # Laws
//! - Every dictionary word, and every name of the field, at every place where it stands, whatever a segmentation would choose;
//!   every single Han character, letter and digit; every maximal run of Latin letters and digits.
//! - A position is a character's number in the text; punctuation and blanks advance it and give no
//!   term. So a query cut into any of these units, at their distances, finds exactly the texts that
//!   contain it.
//! - Terms come in order of position, at one position shorter before longer (a run directly after
//!   its first character). Spans are byte ranges of the original, on character boundaries.
//! - Traditional and Simplified twins give equal terms at equal positions.

use std::ops::Range;
use std::str::CharIndices;

use crate::fold::{CharClass, Entry};
use crate::segment::{Mode, Segmentation};
use crate::window::{Edge, Window};

/// What sort of thing a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// One character: Han, a letter or a digit.
    Character,
    /// A maximal run of 2 to 64 Latin letters and digits.
    Run,
    /// A dictionary word or a name of the field, of two characters or more.
    Word,
    /// Two characters or more that segmentation joined though no dictionary has them.
    Guess,
}

/// A term at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term<'a> {
    /// The term as the index knows it: folded.
    pub text: &'a str,
    /// Byte offset in the original text of the term's first byte.
    pub start: usize,
    /// Byte offset in the original text after the term's last byte.
    pub end: usize,
    /// The number of the term's first character in the text, from 0.
    pub position: u32,
    /// How many characters the term has.
    pub chars: u32,
    /// What sort of thing it is.
    pub kind: TermKind,
}

/// Buffers to be used again from text to text; a few hundred kilobytes at most for ordinary texts.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) window: Window,
    pub(crate) segmentation: Segmentation,
}

/// Hands every term of `text` to `emit`.
///
/// ```
/// use xinglin_text::{Scratch, scan};
/// let mut terms = Vec::new();
/// scan("醫院，ＣＴ", &mut Scratch::default(), |term| terms.push((term.text.to_owned(), term.position)));
/// let expected = [("医", 0), ("医院", 0), ("院", 1), ("c", 3), ("ct", 3), ("t", 4)];
/// assert_eq!(terms, expected.map(|(text, position)| (text.to_owned(), position)));
/// ```
pub fn scan(text: &str, scratch: &mut Scratch, mut emit: impl FnMut(Term<'_>)) {
    analyze(text, scratch, &mut emit, None::<(Mode, fn(Term<'_>))>);
}

/// One pass for both: hands every term to `on_term` and, segmented as
/// [`segment`](crate::segment) does it, every word to `on_word`. Terms and words come a stretch of
/// text at a time, each in their order.
pub fn scan_and_segment(
    text: &str,
    scratch: &mut Scratch,
    mut on_term: impl FnMut(Term<'_>),
    on_word: impl FnMut(Term<'_>),
) {
    analyze(text, scratch, &mut on_term, Some((Mode::Words, on_word)));
}

fn analyze(
    text: &str,
    scratch: &mut Scratch,
    on_term: &mut impl FnMut(Term<'_>),
    mut words: Option<(Mode, impl FnMut(Term<'_>))>,
) {
    let Scratch { window, segmentation } = scratch;
    window.rewind();
    while window.advance(text) {
        for at in 0..window.len {
            emit_at(window, at, on_term);
        }
        if let Some((mode, on_word)) = &mut words {
            segmentation.run(window, *mode);
            segmentation.emit(window, on_word);
        }
    }
}

/// Emits the terms that begin at one character.
#[inline]
fn emit_at(window: &Window, at: usize, emit: &mut impl FnMut(Term<'_>)) {
    let class = window.class(at);
    if class == CharClass::Other {
        return;
    }
    let start = window.offset(at);
    let position = window.position.saturating_add(at as u32);
    let (folded_start, folded) = window.folded_from(at);
    let mut give = |to: usize, kind| {
        let text = folded.get(..window.folded_offset(to) - folded_start).unwrap_or_default();
        emit(Term { text, start, end: window.offset(to), position, chars: (to - at) as u32, kind });
    };
    give(at + 1, TermKind::Character);
    if class == CharClass::Alnum
        && let Some(end) = window.run(at)
    {
        give(end, TermKind::Run);
    }
    for edge in window.edges(at) {
        give(edge.end as usize, TermKind::Word);
    }
}

/// The term over the characters `from..to`.
#[inline]
pub(crate) fn term(window: &Window, from: usize, to: usize, kind: TermKind) -> Term<'_> {
    Term {
        text: window.folded(from, to),
        start: window.offset(from),
        end: window.offset(to),
        position: window.position.saturating_add(from as u32),
        chars: (to - from) as u32,
        kind,
    }
}

/// Takes the terms of a text to be filed, those of one character with their places.
pub trait Filing {
    /// A single Han character, letter or digit, folded, and its position.
    fn character(&mut self, character: char, position: u32);
    /// A run of letters and digits, folded.
    fn run(&mut self, run: &str);
    /// A dictionary word or a name of the field. What begins with a letter or digit may be a run as well.
    fn word(&mut self, word: FiledWord<'_>);
}

/// A word on its way into an index. It is spelled only where somebody asks, since most words have been seen before.
#[derive(Debug, Clone, Copy)]
pub struct FiledWord<'a> {
    window: &'a Window,
    from: usize,
    edge: Edge,
}

impl FiledWord<'_> {
    /// What no other word or name of the dictionary has; another build of the program may number them otherwise.
    #[inline]
    #[must_use]
    pub fn number(&self) -> u32 {
        self.edge.number()
    }

    /// The word, folded.
    #[must_use]
    pub fn text(&self) -> &str {
        self.window.folded(self.from, self.edge.end as usize)
    }

    /// Whether it begins as runs do.
    #[must_use]
    pub fn begins_as_run(&self) -> bool {
        self.window.class(self.from) == CharClass::Alnum
    }
}

/// Files a text: the terms of [`scan`], in its order.
///
/// ```
/// use xinglin_text::{FiledWord, Filing, Scratch, file};
/// struct Words(Vec<String>);
/// impl Filing for Words {
///     fn character(&mut self, _: char, _: u32) {}
///     fn run(&mut self, run: &str) {
///         self.0.push(run.to_owned());
///     }
///     fn word(&mut self, word: FiledWord<'_>) {
///         self.0.push(word.text().to_owned());
///     }
/// }
/// let mut words = Words(Vec::new());
/// file("醫院，ＣＴ", &mut Scratch::default(), &mut words);
/// assert_eq!(words.0, ["医院", "ct"]);
/// ```
pub fn file(text: &str, scratch: &mut Scratch, filing: &mut impl Filing) {
    let window = &mut scratch.window;
    window.rewind();
    while window.advance(text) {
        for (from, character) in window.folded_chars().enumerate() {
            let class = window.class(from);
            if class == CharClass::Other {
                continue;
            }
            filing.character(character, window.position.saturating_add(from as u32));
            if class == CharClass::Alnum
                && let Some(end) = window.run(from)
            {
                filing.run(window.folded(from, end));
            }
            for &edge in window.edges(from) {
                filing.word(FiledWord { window, from, edge });
            }
        }
    }
}

/// The terms of two characters or more one by one, for callers that pull: runs and dictionary words.
///
/// ```
/// use xinglin_text::{LongTerms, Scratch};
/// let mut scratch = Scratch::default();
/// let mut terms = LongTerms::new("骨科", &mut scratch);
/// assert_eq!(terms.next_term().map(|term| term.start..term.end), Some(0..6));
/// assert!(terms.next_term().is_none());
/// ```
#[derive(Debug)]
pub struct LongTerms<'a> {
    text: &'a str,
    window: &'a mut Window,
    /// The character whose terms are being given, and the next one.
    at: usize,
    next: usize,
    /// What is left of the words at `at`.
    words: Range<usize>,
}

impl<'a> LongTerms<'a> {
    /// Begins at the beginning of `text`.
    pub fn new(text: &'a str, scratch: &'a mut Scratch) -> Self {
        scratch.window.rewind();
        LongTerms { text, window: &mut scratch.window, at: 0, next: 0, words: 0..0 }
    }

    /// The next term, in the order of [`scan`].
    #[inline]
    pub fn next_term(&mut self) -> Option<Term<'_>> {
        loop {
            if let Some(end) = self.words.next().and_then(|word| self.window.word_end(word)) {
                return Some(term(self.window, self.at, end, TermKind::Word));
            }
            if self.next >= self.window.len {
                if !self.window.advance(self.text) {
                    return None;
                }
                self.next = 0;
            }
            self.at = self.next;
            self.next += 1;
            let class = self.window.class(self.at);
            if class == CharClass::Other {
                continue;
            }
            self.words = self.window.words(self.at);
            if class == CharClass::Alnum
                && let Some(end) = self.window.run(self.at)
            {
                return Some(term(self.window, self.at, end, TermKind::Run));
            }
        }
    }
}

/// The terms of one character one by one, for callers that pull.
///
/// ```
/// use xinglin_text::Characters;
/// let mut terms = Characters::new("醫，Ｃ");
/// assert_eq!(terms.next_term().map(|term| (term.text.to_owned(), term.position)), Some(("医".to_owned(), 0)));
/// assert_eq!(terms.next_term().map(|term| (term.text.to_owned(), term.position)), Some(("c".to_owned(), 2)));
/// assert!(terms.next_term().is_none());
/// ```
#[derive(Debug)]
pub struct Characters<'a> {
    text: &'a str,
    rest: CharIndices<'a>,
    position: u32,
    /// What folding made of the last character.
    folded: [u8; 4],
}

impl<'a> Characters<'a> {
    /// Begins at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Characters { text, rest: text.char_indices(), position: 0, folded: [0; 4] }
    }

    /// The next term, in the order of [`scan`].
    #[inline]
    pub fn next_term(&mut self) -> Option<Term<'_>> {
        for (start, c) in self.rest.by_ref() {
            let position = self.position;
            self.position = position.saturating_add(1);
            let entry = Entry::of(c);
            if entry.class() == CharClass::Other {
                continue;
            }
            let end = start + c.len_utf8();
            let text = if entry.changes() {
                entry.fold(c).encode_utf8(&mut self.folded)
            } else {
                self.text.get(start..end).unwrap_or_default()
            };
            return Some(Term { text, start, end, position, chars: 1, kind: TermKind::Character });
        }
        None
    }
}

#[cfg(test)]
mod tests;
