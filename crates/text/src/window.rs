//! A stretch of text, folded, with every dictionary word in it: what terms and segmentation share.
//!
//! Text is worked through in windows of a few thousand characters that end where no word can cross,
//! so buffers stay in the processor's cache and memory stays bounded whatever the text.

use crate::dictionary::{LONGEST_WORD, Node, code};
use crate::fold::{CharClass, Entry};

/// A window ends at the first opportunity after this many characters…
const TARGET: usize = 1_024;
/// …and here without one.
const LIMIT: usize = 65_536;
/// The longest run of letters and digits that is a term.
pub(crate) const LONGEST_RUN: usize = 64;
/// What a window sees of the text after it: enough for the longest word and run.
const LOOK_AHEAD: usize = if LONGEST_WORD > LONGEST_RUN { LONGEST_WORD } else { LONGEST_RUN } + 1;

/// No slot: the character alone is no word.
pub(crate) const NO_WORD: u32 = u32::MAX;

/// A character of the window.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Char {
    /// Byte offset in the window's piece of the original text.
    pub(crate) start: u32,
    /// Byte offset in the folded text.
    pub(crate) folded: u32,
    pub(crate) entry: Entry,
    pub(crate) code: u16,
}

/// A dictionary word of two characters or more that begins at some character.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    /// Index of the character after the word.
    pub(crate) end: u32,
    /// The word's slot in the dictionary.
    pub(crate) slot: u32,
}

/// The current window over a text.
#[derive(Debug, Default)]
pub(crate) struct Window {
    /// Characters, those looked ahead at included, then one that marks the end.
    chars: Vec<Char>,
    folded: String,
    edges: Vec<Edge>,
    /// Index in `edges` of each character's first edge, then of the end.
    first_edge: Vec<u32>,
    /// The slot of each character as a word of its own, or `NO_WORD`.
    singles: Vec<u32>,
    /// How many of `chars` belong to the window.
    pub(crate) len: usize,
    /// Byte offset of the window in the text.
    start: usize,
    /// Position of the window's first character in the text.
    pub(crate) position: u32,
    /// Whether the character before the window is a letter or digit.
    open_run: bool,
}

impl Window {
    /// Places the window before the text's beginning.
    pub(crate) fn rewind(&mut self) {
        self.chars.clear();
        self.len = 0;
        self.start = 0;
        self.position = 0;
        self.open_run = false;
    }

    /// Moves on to the next window; `false` at the end of the text.
    pub(crate) fn advance(&mut self, text: &str) -> bool {
        self.open_run = self.len > 0 && self.class(self.len - 1) == CharClass::Alnum;
        self.start += self.chars.get(self.len).map_or(0, |c| c.start as usize);
        self.position = self.position.saturating_add(self.len as u32);
        self.load(text.get(self.start..).unwrap_or_default());
        self.find_words();
        self.len > 0
    }

    fn load(&mut self, rest: &str) {
        self.chars.clear();
        self.folded.clear();
        self.len = 0;
        let mut wanted = usize::MAX;
        let mut end = rest.len();
        for (start, c) in rest.char_indices() {
            if self.chars.len() == wanted {
                end = start;
                break;
            }
            let entry = Entry::of(c);
            let ch = entry.fold(c);
            let folded = self.folded.len() as u32;
            self.chars.push(Char { start: start as u32, folded, entry, code: code(ch) });
            self.folded.push(ch);
            let count = self.chars.len();
            if self.len == 0 && count >= TARGET {
                let gap = entry.class() == CharClass::Other && !entry.in_block();
                if gap {
                    self.len = count;
                    wanted = count;
                } else if count == LIMIT {
                    self.len = count;
                    wanted = count + LOOK_AHEAD;
                }
            }
        }
        if self.len == 0 {
            self.len = self.chars.len();
        }
        let folded = self.folded.len() as u32;
        self.chars.push(Char { start: end as u32, folded, entry: Entry::of('\0'), code: 0 });
    }

    /// Walks the dictionary from every character.
    fn find_words(&mut self) {
        self.edges.clear();
        self.first_edge.clear();
        self.singles.clear();
        let root = Node::root();
        let codes = self.chars.get(..self.chars.len().saturating_sub(1)).unwrap_or_default();
        for at in 0..self.len {
            self.first_edge.push(self.edges.len() as u32);
            let mut rest = codes.get(at..).unwrap_or_default().iter();
            let first = rest.next().and_then(|c| root.child(c.code));
            self.singles.push(first.and_then(Node::word).unwrap_or(NO_WORD));
            let Some(mut node) = first else { continue };
            let mut end = at as u32 + 1;
            for c in rest {
                match node.child(c.code) {
                    Some(next) => node = next,
                    None => break,
                }
                end += 1;
                if let Some(slot) = node.word() {
                    self.edges.push(Edge { end, slot });
                }
            }
        }
        self.first_edge.push(self.edges.len() as u32);
    }

    /// The words of two characters or more that begin at a character, shortest first.
    #[inline]
    pub(crate) fn edges(&self, at: usize) -> &[Edge] {
        match self.first_edge.get(at..at + 2) {
            Some(&[from, to]) => self.edges.get(from as usize..to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The slot of a character as a word of its own, or `NO_WORD`.
    #[inline]
    pub(crate) fn single(&self, at: usize) -> u32 {
        self.singles.get(at).copied().unwrap_or(NO_WORD)
    }

    /// Whether the characters `from..to` are a dictionary word.
    pub(crate) fn is_word(&self, from: usize, to: usize) -> bool {
        if to == from + 1 {
            return self.single(from) != NO_WORD;
        }
        self.edges(from).iter().any(|edge| edge.end as usize == to)
    }

    #[inline]
    pub(crate) fn entry(&self, at: usize) -> Entry {
        self.chars.get(at).map_or(Entry::of('\0'), |c| c.entry)
    }

    #[inline]
    pub(crate) fn class(&self, at: usize) -> CharClass {
        self.entry(at).class()
    }

    /// Where the run of letters and digits that begins at `at` ends, if one begins there and is of
    /// two characters or more and not too long to be a term.
    #[inline]
    pub(crate) fn run(&self, at: usize) -> Option<usize> {
        let before = if at == 0 { self.open_run } else { self.class(at - 1) == CharClass::Alnum };
        if before {
            return None;
        }
        let end = (at..).find(|&i| self.class(i) != CharClass::Alnum)?;
        (2..=LONGEST_RUN).contains(&(end - at)).then_some(end)
    }

    /// The folded text of the characters `from..to`.
    #[inline]
    pub(crate) fn folded(&self, from: usize, to: usize) -> &str {
        let at = |i: usize| self.chars.get(i).map_or(self.folded.len(), |c| c.folded as usize);
        self.folded.get(at(from)..at(to)).unwrap_or_default()
    }

    /// The byte offset in the text of a character.
    #[inline]
    pub(crate) fn offset(&self, at: usize) -> usize {
        self.start + self.chars.get(at).map_or(0, |c| c.start as usize)
    }
}
