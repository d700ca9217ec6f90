//! The dictionary: jieba's words and the project's own, folded, where they lie in the program file. Names of the field stand
//! beside them: terms of an index like every word, but unknown to segmentation.
//!
//! A double array that is read in place: opening costs nothing, a look-up touches a page or two a
//! character, and indexing and searching read the very same words.

#[allow(clippy::unreadable_literal, clippy::large_const_arrays)]
mod table {
    include!(concat!(env!("OUT_DIR"), "/dictionary.rs"));
}

use memchr::memmem;

use crate::fold::Entry;

pub(crate) use table::LONGEST_WORD;

/// Names of the field, one a line.
const NAMES: &str = include_str!("../data/names.tsv");

static UNITS: &[[u8; 8]] = include_bytes!(concat!(env!("OUT_DIR"), "/units.bin")).as_chunks().0;
static RANKS: &[[u8; 2]] = include_bytes!(concat!(env!("OUT_DIR"), "/ranks.bin")).as_chunks().0;

// The layout of a unit; build/double_array.rs writes it.
const SLOT_BITS: u32 = 21;
const SLOT_MASK: u64 = (1 << SLOT_BITS) - 1;
const TERMINAL: u64 = 1 << 42;
const FILTER_SHIFT: u32 = 43;
const FILTER_MASK: u32 = 15;
const NAME: u64 = 1 << 59;

/// A prefix of words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    slot: u32,
    unit: u64,
}

impl Node {
    #[inline]
    pub(crate) fn root() -> Self {
        Node { slot: 0, unit: unit(0) }
    }

    /// The prefix longer by the character with this code, if a word has it.
    #[inline]
    pub(crate) fn child(self, code: u16) -> Option<Node> {
        let code = u32::from(code);
        if code == 0 || self.unit >> (FILTER_SHIFT + (code & FILTER_MASK)) & 1 == 0 {
            return None;
        }
        let slot = (self.unit & SLOT_MASK) as u32 ^ code;
        let unit = unit(slot);
        (unit >> SLOT_BITS & SLOT_MASK == u64::from(self.slot)).then_some(Node { slot, unit })
    }

    /// The slot, if a word ends here: a number for [`log_frequency`].
    #[inline]
    pub(crate) fn word(self) -> Option<u32> {
        (self.unit & TERMINAL != 0).then_some(self.slot)
    }

    /// Whether a name ends here that is no word.
    #[inline]
    pub(crate) fn is_name(self) -> bool {
        self.unit & NAME != 0
    }

    /// The slot: no two prefixes share one.
    #[inline]
    pub(crate) fn slot(self) -> u32 {
        self.slot
    }
}

#[inline]
fn unit(slot: u32) -> u64 {
    // A slot beyond the array is a free one: it names a parent that no node is.
    UNITS.get(slot as usize).map_or(u64::MAX, |bytes| u64::from_le_bytes(*bytes))
}

#[inline]
fn rank(slot: u32) -> usize {
    RANKS.get(slot as usize).map_or(0, |bytes| usize::from(u16::from_le_bytes(*bytes)))
}

/// The natural logarithm of the frequency of the word that ends at a slot.
#[inline]
pub(crate) fn log_frequency(slot: u32) -> f64 {
    table::LOG_FREQUENCIES.get(rank(slot)).map_or(0.0, |&bits| f64::from_bits(bits))
}

/// The beginning of words: a place in the dictionary from which it is walked character by character.
///
/// ```
/// use xinglin_text::Dictionary;
/// let prefix = Dictionary::embedded().walk().then('骨').and_then(|prefix| prefix.then('科'));
/// assert!(prefix.is_some_and(|prefix| prefix.is_word()));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Prefix(Node);

impl Prefix {
    /// The prefix longer by one character (folded or not), if a word begins with it.
    #[must_use]
    pub fn then(self, c: char) -> Option<Prefix> {
        self.0.child(Entry::of(c).code()).map(Prefix)
    }

    /// Whether the prefix is itself a word.
    #[must_use]
    pub fn is_word(self) -> bool {
        self.0.word().is_some()
    }
}

/// The embedded dictionary. All methods take folded and unfolded text alike.
///
/// ```
/// use xinglin_text::Dictionary;
/// let dictionary = Dictionary::embedded();
/// assert!(dictionary.contains("心血管内科"));
/// assert_eq!(dictionary.frequency("醫院"), dictionary.frequency("医院"));
/// let ends: Vec<usize> = dictionary.prefixes("北京大学第一医院").collect();
/// assert_eq!(ends, [3, 6, 12, 24]); // 北, 北京, 北京大学, the whole
/// ```
#[derive(Debug)]
pub struct Dictionary(());

impl Dictionary {
    /// The dictionary that every index and every search uses.
    #[must_use]
    pub fn embedded() -> &'static Dictionary {
        &Dictionary(())
    }

    /// How often the word stands in the corpus that jieba's dictionary was counted on; `None` for
    /// what is no word of it.
    #[must_use]
    pub fn frequency(&self, word: &str) -> Option<u32> {
        table::FREQUENCIES.get(rank(node_of(word)?.word()?)).copied()
    }

    /// Whether an index holds it as one term: a word, or a name of the field that segmentation does not know.
    #[must_use]
    pub fn is_term(&self, text: &str) -> bool {
        node_of(text).is_some_and(|node| node.word().is_some() || node.is_name())
    }

    /// The names of the field, as they are printed, that hold a piece. All of them are read, which takes some microseconds.
    ///
    /// ```
    /// let dictionary = xinglin_text::Dictionary::embedded();
    /// assert!(dictionary.names_with("家临床重").any(|name| name == "国家临床重点专科"));
    /// ```
    pub fn names_with(&self, piece: &str) -> impl Iterator<Item = &'static str> {
        let places: Vec<usize> = memmem::find_iter(NAMES.as_bytes(), piece).collect();
        let mut end = 0;
        places.into_iter().filter_map(move |at| {
            // The piece may stand twice in one name.
            let at = Some(at).filter(|at| *at >= end)?;
            let start = NAMES.get(..at)?.rfind('\n')? + 1;
            end = NAMES.get(at..)?.find('\n').map_or(NAMES.len(), |length| at + length);
            NAMES.get(start..end).filter(|name| !name.starts_with('#'))
        })
    }

    /// Whether the dictionary holds the word.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.frequency(word).is_some()
    }

    /// The empty prefix, from which every word can be reached.
    #[must_use]
    pub fn walk(&self) -> Prefix {
        Prefix(Node::root())
    }

    /// The words that `text` begins with, shortest first, as the byte offsets in `text` where they
    /// end.
    pub fn prefixes<'t>(&self, text: &'t str) -> impl Iterator<Item = usize> + use<'t> {
        let mut chars = text.char_indices();
        let mut node = Some(Node::root());
        std::iter::from_fn(move || {
            while let Some(parent) = node {
                let (at, c) = chars.next()?;
                node = parent.child(Entry::of(c).code());
                if node.is_some_and(|node| node.word().is_some()) {
                    return Some(at + c.len_utf8());
                }
            }
            None
        })
    }

    /// The number of words.
    #[must_use]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        table::WORDS
    }

    /// The sum of all words' frequencies.
    #[must_use]
    pub fn total(&self) -> u64 {
        table::TOTAL
    }

    /// The largest number of characters in a word.
    #[must_use]
    pub fn longest_word(&self) -> usize {
        LONGEST_WORD
    }

    /// All words with their frequencies, folded, in no particular order. Walks the whole dictionary.
    pub fn words(&self) -> impl Iterator<Item = (String, u32)> {
        let letters: Vec<char> = table::LETTERS.chars().collect();
        (0..UNITS.len() as u32).filter_map(move |slot| {
            let node = Node { slot, unit: unit(slot) };
            let frequency = *table::FREQUENCIES.get(rank(node.word()?))?;
            Some((spelling(node, &letters)?, frequency))
        })
    }

    /// A hash over all words and their frequencies; an index made with another dictionary must be
    /// rebuilt.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        table::DICTIONARY_FINGERPRINT
    }
}

fn node_of(word: &str) -> Option<Node> {
    word.chars().try_fold(Node::root(), |node, c| node.child(Entry::of(c).code()))
}

/// Reads a node's prefix by climbing to the root; `letters` are the characters in the order of
/// their codes, from 1.
fn spelling(node: Node, letters: &[char]) -> Option<String> {
    let mut reversed = Vec::new();
    let mut slot = node.slot;
    while slot != 0 {
        let parent = (unit(slot) >> SLOT_BITS & SLOT_MASK) as u32;
        let code = (unit(parent) & SLOT_MASK) as u32 ^ slot;
        reversed.push(*letters.get(code.checked_sub(1)? as usize)?);
        slot = parent;
    }
    Some(reversed.iter().rev().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_again() {
        let dictionary = Dictionary::embedded();
        let (mut count, mut total) = (0, 0);
        for (word, frequency) in dictionary.words() {
            assert_eq!(dictionary.frequency(&word), Some(frequency), "{word}");
            assert_eq!(crate::fold_str(&word), word);
            count += 1;
            total += u64::from(frequency);
        }
        assert_eq!((count, total), (dictionary.len(), dictionary.total()));
    }

    #[test]
    fn what_is_no_word_is_not_found() {
        for text in ["", "医院医", "，", "c++", "重点专科重点专科", "\u{0}", "😀"] {
            assert_eq!(Dictionary::embedded().frequency(text), None, "{text}");
        }
    }

    #[test]
    fn names_are_terms_and_no_words() {
        let dictionary = Dictionary::embedded();
        for name in ["国家临床重点专科", "國家級臨床重點專科"] {
            assert!(dictionary.is_term(name) && !dictionary.contains(name), "{name}");
        }
        assert!(dictionary.is_term("医院") && !dictionary.is_term("医院医") && !dictionary.is_term(""));
    }

    #[test]
    fn own_words_are_there() {
        for word in ["重点专科", "临床重点专科", "心血管内科", "妇幼保健院", "胸痛中心", "卫健委", "醫聯體"]
        {
            assert!(Dictionary::embedded().contains(word), "{word}");
        }
    }
}
