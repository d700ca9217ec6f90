//! Unified text and its map back to the original.

use std::borrow::Cow;
use std::ops::Range;

/// A text in one script that knows where each of its parts came from.
///
/// ```
/// let unified = xinglin_text::unify("雷射治療");
/// assert_eq!(unified.text(), "激光治疗");
/// assert_eq!(unified.original(0..6), 0..6);
/// ```
#[derive(Debug, Clone)]
pub struct Unified<'a> {
    text: Cow<'a, str>,
    /// Stretches that only as a whole stand for a stretch of the original, in order.
    blocks: Vec<Block>,
}

/// Byte offsets of a stretch in both texts; between blocks offsets run in parallel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block {
    start: usize,
    end: usize,
    original_start: usize,
    original_end: usize,
}

impl Block {
    /// The same stretch, where so many bytes before it are no more.
    fn moved_by(self, dropped: usize) -> Self {
        Block { start: self.start - dropped, end: self.end - dropped, ..self }
    }
}

impl<'a> Unified<'a> {
    pub(super) fn identity(text: &'a str) -> Self {
        Unified { text: Cow::Borrowed(text), blocks: Vec::new() }
    }

    /// The unified text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the unified text is the original, byte for byte.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// The unified text by value.
    #[must_use]
    pub fn into_text(self) -> Cow<'a, str> {
        self.text
    }

    /// The byte range of the original that a byte range of the unified text came from. It lies on
    /// character boundaries and covers the whole of what the range touches: half of a phrase that
    /// was replaced as one gives the whole phrase. Ranges beyond the end are cut; an empty range
    /// gives an empty one.
    #[must_use]
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.floor(range.start);
        if range.end <= range.start {
            let at = self.original_start(start);
            return at..at;
        }
        let end = self.ceil(range.end);
        self.original_start(start)..self.original_end(end)
    }

    /// The same text without some ranges of it, which must be in order, apart, and on character boundaries that no
    /// replaced phrase spans.
    #[must_use]
    pub fn without(self, ranges: &[Range<usize>]) -> Self {
        if ranges.is_empty() {
            return self;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut blocks = Vec::with_capacity(self.blocks.len() + ranges.len());
        let mut known = self.blocks.iter().peekable();
        let (mut from, mut dropped) = (0, 0);
        for range in ranges {
            text.push_str(self.text.get(from..range.start).unwrap_or_default());
            while let Some(block) = known.next_if(|block| block.end <= range.start) {
                blocks.push(block.moved_by(dropped));
            }
            let original = self.original(range.clone());
            let at = text.len();
            blocks.push(Block {
                start: at,
                end: at,
                original_start: original.start,
                original_end: original.end,
            });
            from = range.end;
            dropped += range.len();
        }
        text.push_str(self.text.get(from..).unwrap_or_default());
        blocks.extend(known.map(|block| block.moved_by(dropped)));
        Unified { text: Cow::Owned(text), blocks }
    }

    fn floor(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        (0..=offset).rev().find(|&at| self.text.is_char_boundary(at)).unwrap_or(0)
    }

    fn ceil(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        (offset..=self.text.len()).find(|&at| self.text.is_char_boundary(at)).unwrap_or(offset)
    }

    fn original_start(&self, offset: usize) -> usize {
        let after = self.blocks.partition_point(|block| block.start <= offset);
        match after.checked_sub(1).and_then(|last| self.blocks.get(last)) {
            None => offset,
            Some(block) if offset < block.end => block.original_start,
            Some(block) => block.original_end + (offset - block.end),
        }
    }

    fn original_end(&self, offset: usize) -> usize {
        let after = self.blocks.partition_point(|block| block.start < offset);
        match after.checked_sub(1).and_then(|last| self.blocks.get(last)) {
            None => offset,
            Some(block) if offset <= block.end => block.original_end,
            Some(block) => block.original_end + (offset - block.end),
        }
    }
}

/// Builds a [`Unified`] from left to right; every call consumes the next bytes of the original.
pub(super) struct Builder<'a> {
    original: &'a str,
    consumed: usize,
    text: String,
    blocks: Vec<Block>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(original: &'a str) -> Self {
        Builder { original, consumed: 0, text: String::with_capacity(original.len()), blocks: Vec::new() }
    }

    /// The next bytes stay as they are.
    pub(super) fn keep(&mut self, piece: &str) {
        self.text.push_str(piece);
        self.consumed += piece.len();
    }

    /// The next characters stay, in their usual width.
    pub(super) fn keep_narrow(&mut self, piece: &str) {
        for c in piece.chars() {
            self.replace_char(c, super::narrow(c));
        }
    }

    /// The next character becomes another one.
    pub(super) fn replace_char(&mut self, old: char, new: char) {
        let start = self.text.len();
        self.text.push(new);
        self.note(start, old.len_utf8());
    }

    /// The next `old` bytes become `new`, as one.
    pub(super) fn replace(&mut self, old: usize, new: &str) {
        let start = self.text.len();
        self.text.push_str(new);
        let (original_start, original_end) = (self.consumed, self.consumed + old);
        self.blocks.push(Block { start, end: self.text.len(), original_start, original_end });
        self.consumed = original_end;
    }

    fn note(&mut self, start: usize, old: usize) {
        let (original_start, original_end) = (self.consumed, self.consumed + old);
        if self.text.len() - start != old {
            self.blocks.push(Block { start, end: self.text.len(), original_start, original_end });
        }
        self.consumed = original_end;
    }

    pub(super) fn finish(self) -> Unified<'a> {
        debug_assert_eq!(self.consumed, self.original.len());
        if self.text == self.original {
            return Unified::identity(self.original);
        }
        Unified { text: Cow::Owned(self.text), blocks: self.blocks }
    }
}
