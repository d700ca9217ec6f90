//! Folding: the context-free map that makes width, case and script of a character irrelevant.
//!
//! # Laws
//! - `fold(fold(c)) == fold(c)`.
//! - A Traditional text and its Simplified twin of the same length fold to the same string,
//!   whichever way OpenCC converted it.
//! - Folding keeps the number of characters, so a character position in folded text is one in the
//!   original.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::char_set::CharSet;

#[allow(clippy::unreadable_literal, clippy::large_const_arrays)]
mod table {
    include!(concat!(env!("OUT_DIR"), "/fold.rs"));
}

pub(crate) use table::UNIFY_BITMAP;

// The layout of a table entry; build/fold.rs writes it.
const CHAR_MASK: u32 = 0x1f_ffff;
const CLASS_SHIFT: u32 = 21;
const COMMON_FLAG: u32 = 1 << 24;
const TRADITIONAL_FLAG: u32 = 1 << 25;
const SIMPLIFIED_FLAG: u32 = 1 << 26;
const WIDE_FLAG: u32 = 1 << 27;
const HEAD_FLAG: u32 = 1 << 28;
const CODE_SHIFT: u32 = 32;
const SIMPLE_SHIFT: u32 = 48;
const NOT_SIMPLE: u16 = 0xffff;

/// What a character gives to the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CharClass {
    /// Punctuation, blanks, symbols, controls: no term.
    Other,
    /// A Latin letter or an ASCII digit: a term of its own, and its maximal run is one too.
    Alnum,
    /// A Han character (also 〇): a term of its own, and part of dictionary words.
    Han,
    /// Any other letter or number (kana, Hangul, Greek, ①): a term of its own.
    Letter,
}

/// What is known about one character before any context.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry(u64);

impl Entry {
    #[inline]
    pub(crate) fn of(c: char) -> Self {
        Self::of_code(u32::from(c))
    }

    /// The entry of the character with this number.
    #[inline]
    pub(crate) fn of_code(code: u32) -> Self {
        let code = code as usize;
        let block = table::FOLD_INDEX.get(code >> 7).map_or(0, |&block| usize::from(block));
        Entry(table::FOLD_BLOCKS.get(block).map_or(0, |block| block[code & 127]))
    }

    #[inline]
    fn has(self, flag: u32) -> bool {
        self.0 & u64::from(flag) != 0
    }

    /// Whether folding changes the character.
    #[inline]
    pub(crate) fn changes(self) -> bool {
        self.has(CHAR_MASK)
    }

    /// The folded character; `c` is the character that the entry is of.
    #[inline]
    pub(crate) fn fold(self, c: char) -> char {
        char::from_u32(self.fold_code(u32::from(c))).unwrap_or(c)
    }

    /// The folded character's number; `code` is the number of the character that the entry is of.
    #[inline]
    pub(crate) fn fold_code(self, code: u32) -> u32 {
        code.wrapping_add(self.0 as u32) & CHAR_MASK
    }

    #[inline]
    pub(crate) fn class(self) -> CharClass {
        self.kind().class()
    }

    #[inline]
    pub(crate) fn kind(self) -> Kind {
        Kind((self.0 >> CLASS_SHIFT) as u8 & 7)
    }

    /// The folded character's number in the dictionary's alphabet; 0 where no word has it.
    #[inline]
    pub(crate) fn code(self) -> u16 {
        (self.0 >> CODE_SHIFT) as u16
    }

    /// Whether the folded character is among the 2,000 commonest of Chinese.
    #[inline]
    pub(crate) fn is_common(self) -> bool {
        self.has(COMMON_FLAG)
    }

    /// Whether the character stands in Traditional text only.
    #[inline]
    pub(crate) fn is_traditional(self) -> bool {
        self.has(TRADITIONAL_FLAG)
    }

    /// Whether the character stands in Simplified text only.
    #[inline]
    pub(crate) fn is_simplified(self) -> bool {
        self.has(SIMPLIFIED_FLAG)
    }

    /// Whether a phrase begins with the character, as script conversion knows phrases.
    #[inline]
    pub(crate) fn is_head(self) -> bool {
        self.has(HEAD_FLAG)
    }

    #[inline]
    pub(crate) fn simple(self) -> Simple {
        match (self.0 >> SIMPLE_SHIFT) as u16 {
            0 => Simple::Same,
            NOT_SIMPLE => Simple::Unknown,
            code => char::from_u32(u32::from(code)).map_or(Simple::Unknown, Simple::Other),
        }
    }

    /// Whether the character is another one's full-width or compatibility form.
    #[inline]
    pub(crate) fn is_wide(self) -> bool {
        self.has(WIDE_FLAG)
    }
}

/// What a character becomes in Simplified text where no phrase says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Simple {
    /// Itself.
    Same,
    Other(char),
    /// Only the converter knows.
    Unknown,
}

/// A character's class, and whether jieba's segmentation runs across it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind(u8);

impl Kind {
    /// No term, and no word across it.
    pub(crate) const GAP: Kind = Kind(0);

    #[inline]
    pub(crate) fn class(self) -> CharClass {
        match self.0 & 3 {
            1 => CharClass::Alnum,
            2 => CharClass::Han,
            3 => CharClass::Letter,
            _ => CharClass::Other,
        }
    }

    #[inline]
    pub(crate) fn in_block(self) -> bool {
        self.0 & 4 != 0
    }
}

/// Folds one character: full width to ASCII, letters to lower case, Traditional characters and
/// variants to the commonest Simplified member of their class.
///
/// ```
/// use xinglin_text::fold;
/// assert_eq!(fold('醫'), '医');
/// assert_eq!(fold('Ｃ'), 'c');
/// assert_eq!(fold('乾'), fold('幹'));
/// assert_eq!(fold('　'), ' ');
/// ```
#[inline]
#[must_use]
pub fn fold(c: char) -> char {
    Entry::of(c).fold(c)
}

/// Folds every character of `text`; borrows where nothing changes.
///
/// ```
/// assert_eq!(xinglin_text::fold_str("北京大學第一醫院ＩＣＵ"), "北京大学第一医院icu");
/// ```
#[must_use]
pub fn fold_str(text: &str) -> Cow<'_, str> {
    let changed = text.char_indices().find(|&(_, c)| Entry::of(c).changes());
    let Some((at, _)) = changed else { return Cow::Borrowed(text) };
    let (kept, rest) = text.split_at(at);
    let mut folded = String::with_capacity(text.len());
    folded.push_str(kept);
    folded.extend(rest.chars().map(fold));
    Cow::Owned(folded)
}

/// Brings the Han characters of `text` into Simplified script one by one, where that takes as many bytes, so that every byte keeps its
/// place: enough to look for words in, and free of any converter. Borrows where nothing changes.
///
/// ```
/// assert_eq!(xinglin_text::simplified_in_place("省衞生健康委公佈ＣＴ"), "省卫生健康委公布ＣＴ");
/// ```
#[must_use]
pub fn simplified_in_place(text: &str) -> Cow<'_, str> {
    static ALTERED: LazyLock<CharSet> = LazyLock::new(|| CharSet::by(|c| simplified_by_itself(c) != c));
    let mut simplified = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(rest) = text.get(at..) {
        at += ALTERED.passed(rest.as_bytes());
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        // One of two or four bytes stays itself: the set does not tell these apart.
        let simple = simplified_by_itself(c);
        if simple != c {
            if simplified.is_empty() {
                simplified.reserve(text.len());
            }
            simplified.push_str(text.get(copied..at).unwrap_or_default());
            simplified.push(simple);
            copied = at + c.len_utf8();
        }
        at += c.len_utf8();
    }
    if simplified.is_empty() {
        return Cow::Borrowed(text);
    }
    simplified.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(simplified)
}

fn simplified_by_itself(c: char) -> char {
    let entry = Entry::of(c);
    let folded = entry.fold(c);
    let same = entry.class() == CharClass::Han && folded.len_utf8() == c.len_utf8();
    if same { folded } else { c }
}

/// The class of a character (that of its fold).
#[inline]
#[must_use]
pub fn class(c: char) -> CharClass {
    Entry::of(c).class()
}

/// A character of a text, folded, with its place in the text as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoldedChar {
    /// The folded character.
    pub ch: char,
    /// Byte offset of the original character's first byte.
    pub start: usize,
    /// Byte offset after the original character's last byte.
    pub end: usize,
    /// What the character gives to the index.
    pub class: CharClass,
}

/// The characters of `text`, folded: one for each character, so that an index in the vector is a
/// character position.
///
/// ```
/// let chars = xinglin_text::fold_chars("齊Ａ");
/// assert_eq!((chars[0].ch, chars[0].end), ('齐', 3));
/// assert_eq!((chars[1].ch, chars[1].start..chars[1].end), ('a', 3..6));
/// ```
#[must_use]
pub fn fold_chars(text: &str) -> Vec<FoldedChar> {
    text.char_indices()
        .map(|(start, c)| {
            let entry = Entry::of(c);
            FoldedChar { ch: entry.fold(c), start, end: start + c.len_utf8(), class: entry.class() }
        })
        .collect()
}

/// A hash over all that folding and unifying are made of; an index made with other tables must be
/// rebuilt.
#[must_use]
pub fn fold_fingerprint() -> u64 {
    table::FOLD_FINGERPRINT
}
