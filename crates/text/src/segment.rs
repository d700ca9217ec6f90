//! Segmentation: the one cut of a text into words that reads most likely, as jieba does it.
//!
//! The route through the dictionary's words is jieba's algorithm over the embedded dictionary, which
//! lies ready where jieba would first build its own for 60 ms and 33 MB; what the dictionary leaves
//! as single characters goes through jieba-rs's hidden Markov model. So a search process segments
//! at once, with the same words and the same code as indexing, and a test holds the result equal to
//! a whole jieba-rs over the same dictionary.

use std::sync::LazyLock;

use jieba_rs::Jieba;

use crate::dictionary::{Dictionary, log_frequency};
use crate::fold::CharClass;
use crate::terms::{Scratch, Term, TermKind, term};
use crate::window::{NO_WORD, Window};

/// A jieba without words: all that it does is its hidden Markov model.
static MODEL: LazyLock<Jieba> = LazyLock::new(Jieba::empty);

/// Whether parts of words are words too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Each character belongs to one word.
    Words,
    /// Before each word of three characters or more come the dictionary words of two and, from four
    /// on, three characters inside it, as in jieba's search mode; before a compound such as
    /// `wes-5.4` its parts.
    Search,
}

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Byte offset in the text of the word's first byte.
    pub start: usize,
    /// Byte offset in the text after the word's last byte.
    pub end: usize,
    /// The number of the word's first character in the text, from 0.
    pub position: u32,
    /// Whether the dictionary holds it.
    pub known: bool,
}

/// Cuts `text` into words; punctuation and blanks give none.
///
/// ```
/// use xinglin_text::{Mode, segment};
/// let text = "我院骨科獲批國家臨床重點專科";
/// let words: Vec<&str> = segment(text, Mode::Words).iter().map(|word| &text[word.start..word.end]).collect();
/// assert_eq!(words, ["我院", "骨科", "獲批", "國家", "臨床重點專科"]);
/// ```
#[must_use]
pub fn segment(text: &str, mode: Mode) -> Vec<Word> {
    let mut words = Vec::new();
    segment_with(text, mode, &mut Scratch::default(), |term| {
        let known = match term.kind {
            TermKind::Word => true,
            TermKind::Guess => false,
            _ => Dictionary::embedded().contains(term.text),
        };
        words.push(Word { start: term.start, end: term.end, position: term.position, known });
    });
    words
}

/// Cuts `text` into words and hands each to `emit`, as a [`Term`] with its folded text:
/// [`TermKind::Word`] if the dictionary holds it, [`TermKind::Guess`] if not,
/// [`TermKind::Character`] and [`TermKind::Run`] for single characters and Latin letters with digits.
pub fn segment_with(text: &str, mode: Mode, scratch: &mut Scratch, mut emit: impl FnMut(Term<'_>)) {
    let Scratch { window, segmentation } = scratch;
    window.rewind();
    while window.advance(text) {
        segmentation.run(window, mode);
        segmentation.emit(window, &mut emit);
    }
}

/// A step of the best route.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// Log-probability of the rest of the block from here.
    probability: f64,
    /// Index of the character after the chosen word.
    end: u32,
}

/// A window's words, with buffers to be used again.
#[derive(Debug, Default)]
pub(crate) struct Segmentation {
    route: Vec<Step>,
    /// Start and end of each word, as characters of the window.
    words: Vec<(u32, u32)>,
}

impl Segmentation {
    /// Segments a window.
    pub(crate) fn run(&mut self, window: &Window, mode: Mode) {
        self.words.clear();
        let mut at = 0;
        while at < window.len {
            if window.in_block(at) {
                let end = (at..window.len).find(|&i| !window.in_block(i)).unwrap_or(window.len);
                self.find_route(window, at, end);
                self.cut_block(window, at, end, mode);
                at = end;
            } else {
                self.push(window, at, at + 1, mode);
                at += 1;
            }
        }
    }

    /// Hands the words out.
    pub(crate) fn emit(&self, window: &Window, emit: &mut impl FnMut(Term<'_>)) {
        for &(from, to) in &self.words {
            let (from, to) = (from as usize, to as usize);
            let kind = if to == from + 1 {
                TermKind::Character
            } else if window.is_word(from, to) {
                TermKind::Word
            } else if window.class(from) == CharClass::Alnum {
                TermKind::Run
            } else {
                TermKind::Guess
            };
            emit(term(window, from, to, kind));
        }
    }

    /// The most probable route through the block `from..to`, found from its end; among equals the
    /// longer word wins. The sums are jieba's, in jieba's order, so that rounding is too.
    fn find_route(&mut self, window: &Window, from: usize, to: usize) {
        let log_total = (Dictionary::embedded().total() as f64).ln();
        self.route.clear();
        self.route.resize(to - from + 1, Step { probability: 0.0, end: to as u32 });
        for at in (from..to).rev() {
            let after = |end: usize| self.route.get(end - from).map_or(0.0, |step| step.probability);
            let single = window.single(at);
            let alone = if single == NO_WORD { 0.0 } else { log_frequency(single) };
            let mut best = Step { probability: alone - log_total + after(at + 1), end: at as u32 + 1 };
            let words = window.edges(at).iter().filter(|edge| edge.is_word());
            for edge in words.take_while(|edge| edge.end as usize <= to) {
                let probability = log_frequency(edge.slot) - log_total + after(edge.end as usize);
                // An unknown first character is no choice where a word begins with it.
                let only = single == NO_WORD && best.end as usize == at + 1;
                if only || probability >= best.probability {
                    best = Step { probability, end: edge.end };
                }
            }
            if let Some(step) = self.route.get_mut(at - from) {
                *step = best;
            }
        }
    }

    /// Cuts a block along its route; runs of single characters go through the model.
    fn cut_block(&mut self, window: &Window, from: usize, to: usize, mode: Mode) {
        let mut at = from;
        let mut loose = from;
        while at < to {
            let end = self.route.get(at - from).map_or(at + 1, |step| step.end as usize);
            if end - at > 1 {
                self.cut_loose(window, loose, at, mode);
                self.push(window, at, end, mode);
                loose = end;
            }
            at = end;
        }
        self.cut_loose(window, loose, to, mode);
    }

    /// Cuts a run of characters that the route left single.
    fn cut_loose(&mut self, window: &Window, from: usize, to: usize, mode: Mode) {
        if to - from < 2 || window.is_word(from, to) {
            for at in from..to {
                self.push(window, at, at + 1, mode);
            }
            return;
        }
        for token in MODEL.cut(window.folded(from, to), true) {
            self.push(window, from + token.start, from + token.end, mode);
        }
    }

    /// Notes a word, unless it is punctuation; in search mode its parts first.
    fn push(&mut self, window: &Window, from: usize, to: usize, mode: Mode) {
        if (from..to).all(|at| window.class(at) == CharClass::Other) {
            return;
        }
        if mode == Mode::Search {
            self.push_parts(window, from, to);
        }
        self.words.push((from as u32, to as u32));
    }

    fn push_parts(&mut self, window: &Window, from: usize, to: usize) {
        let is_joint = |at: &usize| matches!(window.folded(*at, at + 1), "." | "_" | "-");
        if (from..to).any(|at| is_joint(&at)) {
            let mut start = from;
            for end in (from..to).filter(is_joint).chain([to]).collect::<Vec<_>>() {
                let letters = window.folded(start, end).bytes().any(|b| b.is_ascii_alphabetic());
                if end - start >= 2 && letters {
                    self.words.push((start as u32, end as u32));
                }
                start = end + 1;
            }
        }
        for length in 2..=3 {
            for at in from..(to + 1).saturating_sub(length) {
                if to - from > length && window.is_word(at, at + length) {
                    self.words.push((at as u32, (at + length) as u32));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
