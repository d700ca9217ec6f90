//! A stretch of text, folded, with every dictionary word in it: what terms and segmentation share.
//!
//! Text is worked through in windows of a few thousand characters that end where no word can cross,
//! so buffers stay in the processor's cache and memory stays bounded whatever the text.

use std::ops::Range;

use crate::dictionary::{LONGEST_WORD, Node};
use crate::fold::{CharClass, Entry, Kind};

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
struct Char {
    /// Byte offset in the window's piece of the original text.
    start: u32,
    code: u16,
    kind: Kind,
}

impl Char {
    /// Whether no word or run crosses the character.
    fn is_gap(self) -> bool {
        self.kind == Kind::GAP
    }
}

/// Reads one character; notes it if folding changes it and anybody will see that.
#[inline]
fn read(start: usize, c: char, changes: &mut Vec<(u32, char, char)>) -> Char {
    let entry = Entry::of(c);
    let start = start as u32;
    let char = Char { start, code: entry.code(), kind: entry.kind() };
    if entry.changes() && !char.is_gap() {
        changes.push((start, c, entry.fold(c)));
    }
    char
}

/// What marks the end of the window's characters.
const END: Char = Char { start: 0, code: 0, kind: Kind::GAP };

/// The dictionary words that begin at a character.
#[derive(Debug, Clone, Copy)]
struct Head {
    /// Index of the first word of two characters or more; the next head's ends them.
    first_edge: u32,
    /// The slot of the character as a word of its own, or `NO_WORD`.
    single: u32,
}

/// A dictionary word of two characters or more that begins at some character.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    /// Index of the character after the word.
    pub(crate) end: u32,
    /// The word's slot in the dictionary; with [`NAME`] that of a name which segmentation does not know.
    pub(crate) slot: u32,
}

/// Marks a slot as a name's. The dictionary has far fewer slots than that.
const NAME: u32 = 1 << 31;

impl Edge {
    /// Whether segmentation knows it.
    #[inline]
    pub(crate) fn is_word(&self) -> bool {
        self.slot & NAME == 0
    }

    /// What no other word or name has.
    #[inline]
    pub(crate) fn number(&self) -> u32 {
        self.slot & !NAME
    }
}

/// The current window over a text.
#[derive(Debug, Default)]
pub(crate) struct Window {
    /// Characters, those looked ahead at included, then one that marks the end.
    chars: Vec<Char>,
    /// Where folding changes a character, into what.
    changes: Vec<(u32, char, char)>,
    /// The text of all `chars`, folded but for what gives no term.
    folded: String,
    /// Byte offsets in `folded` of all `chars`; empty where they are those in the original.
    folded_at: Vec<u32>,
    /// One for each character of the window, and one for its end.
    heads: Vec<Head>,
    edges: Vec<Edge>,
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

    /// Reads the characters of the window from the rest of the text.
    fn load(&mut self, rest: &str) {
        self.changes.clear();
        self.chars.resize(TARGET, END);
        let mut given = rest.char_indices();
        let mut count = 0;
        for (slot, (start, c)) in self.chars.iter_mut().zip(given.by_ref()) {
            *slot = read(start, c, &mut self.changes);
            count += 1;
        }
        self.chars.truncate(count);
        self.len = 0;
        let mut end = rest.len();
        let mut wanted = usize::MAX;
        if self.chars.last().is_some_and(|c| c.is_gap()) {
            (self.len, wanted) = (count, count);
        }
        for (start, c) in given {
            if self.chars.len() == wanted {
                end = start;
                break;
            }
            let c = read(start, c, &mut self.changes);
            self.chars.push(c);
            count = self.chars.len();
            if self.len > 0 {
                continue;
            }
            if c.is_gap() {
                (self.len, wanted) = (count, count);
            } else if count == LIMIT {
                (self.len, wanted) = (count, count + LOOK_AHEAD);
            }
        }
        if self.len == 0 {
            self.len = count;
        }
        self.chars.push(Char { start: end as u32, ..END });
        self.fold(rest.get(..end).unwrap_or_default());
    }

    /// Folds the window's text: copies what stays, and what changes one by one.
    fn fold(&mut self, text: &str) {
        self.folded.clear();
        self.folded_at.clear();
        let mut done = 0;
        let mut parallel = true;
        for &(start, old, new) in &self.changes {
            let start = start as usize;
            self.folded.push_str(text.get(done..start).unwrap_or_default());
            self.folded.push(new);
            done = start + old.len_utf8();
            parallel &= old.len_utf8() == new.len_utf8();
        }
        self.folded.push_str(text.get(done..).unwrap_or_default());
        if !parallel {
            let mut at = 0;
            self.folded_at.extend(self.folded.chars().map(|c| {
                at += c.len_utf8() as u32;
                at - c.len_utf8() as u32
            }));
            self.folded_at.push(at);
        }
    }

    /// Walks the dictionary from every character.
    fn find_words(&mut self) {
        self.edges.clear();
        self.heads.resize(self.len + 1, Head { first_edge: 0, single: NO_WORD });
        let root = Node::root();
        let mut rest = self.chars.as_slice();
        for (head, at) in self.heads.iter_mut().zip(0..) {
            *head = Head { first_edge: self.edges.len() as u32, single: NO_WORD };
            let Some((c, after)) = rest.split_first() else { break };
            rest = after;
            let Some(mut node) = root.child(c.code) else { continue };
            head.single = node.word().unwrap_or(NO_WORD);
            for (c, end) in rest.iter().zip(at + 2_u32..) {
                let Some(next) = node.child(c.code) else { break };
                node = next;
                if let Some(slot) = node.word() {
                    self.edges.push(Edge { end, slot });
                } else if node.is_name() {
                    self.edges.push(Edge { end, slot: node.slot() | NAME });
                }
            }
        }
        // The last head is the end of the window's; what begins there is the next one's.
        if let Some(last) = self.heads.last_mut() {
            self.edges.truncate(last.first_edge as usize);
            last.single = NO_WORD;
        }
    }

    /// The numbers of the words of two characters or more that begin at a character, shortest first.
    #[inline]
    pub(crate) fn words(&self, at: usize) -> Range<usize> {
        match self.heads.get(at..at + 2) {
            Some([from, to]) => from.first_edge as usize..to.first_edge as usize,
            _ => 0..0,
        }
    }

    /// The index of the character after a word.
    #[inline]
    pub(crate) fn word_end(&self, word: usize) -> Option<usize> {
        self.edges.get(word).map(|edge| edge.end as usize)
    }

    /// The words of two characters or more that begin at a character, shortest first.
    #[inline]
    pub(crate) fn edges(&self, at: usize) -> &[Edge] {
        self.edges.get(self.words(at)).unwrap_or_default()
    }

    /// The slot of a character as a word of its own, or `NO_WORD`.
    #[inline]
    pub(crate) fn single(&self, at: usize) -> u32 {
        self.heads.get(at).map_or(NO_WORD, |head| head.single)
    }

    /// Whether the characters `from..to` are a dictionary word.
    pub(crate) fn is_word(&self, from: usize, to: usize) -> bool {
        if to == from + 1 {
            return self.single(from) != NO_WORD;
        }
        self.edges(from).iter().any(|edge| edge.end as usize == to && edge.is_word())
    }

    #[inline]
    pub(crate) fn class(&self, at: usize) -> CharClass {
        self.chars.get(at).map_or(CharClass::Other, |c| c.kind.class())
    }

    /// Whether jieba's segmentation runs across a character.
    #[inline]
    pub(crate) fn in_block(&self, at: usize) -> bool {
        self.chars.get(at).is_some_and(|c| c.kind.in_block())
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
        self.folded.get(self.folded_offset(from)..self.folded_offset(to)).unwrap_or_default()
    }

    /// The window's characters, folded but for those that give no term.
    #[inline]
    pub(crate) fn folded_chars(&self) -> impl Iterator<Item = char> {
        self.folded.chars().take(self.len)
    }

    /// Where a character stands in the folded text, and that text from there.
    #[inline]
    pub(crate) fn folded_from(&self, at: usize) -> (usize, &str) {
        let start = self.folded_offset(at);
        (start, self.folded.get(start..).unwrap_or_default())
    }

    /// The byte offset in the folded text of a character.
    #[inline]
    pub(crate) fn folded_offset(&self, at: usize) -> usize {
        if self.folded_at.is_empty() {
            return self.local(at);
        }
        self.folded_at.get(at).map_or(self.folded.len(), |&at| at as usize)
    }

    /// The byte offset in the text of a character.
    #[inline]
    pub(crate) fn offset(&self, at: usize) -> usize {
        self.start + self.local(at)
    }

    #[inline]
    fn local(&self, at: usize) -> usize {
        self.chars.get(at).map_or(0, |c| c.start as usize)
    }
}
