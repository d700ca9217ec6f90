//! Where does the text name something? One walk over one trie finds every known name and word; institutions and
//! titles, which follow patterns, are then read around their cores.

pub(crate) mod institution;
mod name;
pub(crate) mod placed;
pub(crate) mod recurring;
pub(crate) mod scan;
pub(crate) mod specialty;
pub(crate) mod title;
pub(crate) mod year;

use std::ops::Range;

/// A piece of the unified text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Span {
    pub(crate) const fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    pub(crate) const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    pub(crate) const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub(crate) const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub(crate) fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}

/// Up to `bytes` of a text before `end`, on character boundaries: a bounded look back.
pub(crate) fn window_before(text: &str, end: usize, bytes: usize) -> &str {
    let mut start = end.saturating_sub(bytes);
    while start < end && !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..end).unwrap_or_default()
}

/// Up to `bytes` of a text from `start` on, on character boundaries: a bounded look ahead.
pub(crate) fn window_after(text: &str, start: usize, bytes: usize) -> &str {
    let mut end = start.saturating_add(bytes).min(text.len());
    while end > start && !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(start..end).unwrap_or_default()
}
