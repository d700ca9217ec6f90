//! A few words that a text is asked for together, each question one pass and no allocation.
//!
//! Law: the answers are those of `str`'s `starts_with`, `ends_with` and `contains`, asked for one word after the other.

use memchr::memmem;

/// A list of words that the compiler prepares: it holds the characters that they begin and end with, and the pairs that they begin
/// with, and by these passes over nearly every place of a text.
///
/// ```
/// use xinglin_text::word_list;
/// let places = word_list!["医院", "卫生院", "门诊部"];
/// assert!(places.end("金城镇卫生院"));
/// assert!(places.stand_in("某医院骨科"));
/// assert_eq!(places.beginning("门诊部与医院"), Some("门诊部"));
/// assert!(!places.begin("某医院骨科"));
/// ```
#[derive(Debug)]
pub struct WordList {
    words: &'static [&'static str],
    heads: Characters,
    tails: Characters,
    /// A bit for each pair of Han characters that a word begins with, by a hash; of no use where one of them begins otherwise.
    pairs: Option<[u64; PAIR_WORDS]>,
    /// A bit for each pair of Han characters that a word ends with, by a hash; of no use where one of them ends otherwise.
    endings: Option<[u64; ENDING_WORDS]>,
}

/// A [`WordList`] of these words, made by the compiler.
#[macro_export]
macro_rules! word_list {
    ($($word:expr),+ $(,)?) => {{
        static WORDS: $crate::WordList = $crate::WordList::new(&[$($word),+]);
        &WORDS
    }};
}

impl WordList {
    /// A list of words, none of them empty.
    #[must_use]
    pub const fn new(words: &'static [&'static str]) -> WordList {
        let (mut heads, mut tails) = (Characters([0; 4]), Characters([0; 4]));
        let (mut pairs, mut endings) = (Some([0; PAIR_WORDS]), Some([0; ENDING_WORDS]));
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            assert!(!word.is_empty(), "an empty word stands everywhere");
            heads = heads.with(head(word));
            tails = tails.with(tail(word));
            pairs = with_pair(pairs, word);
            endings = with_ending(endings, word);
            at += 1;
        }
        WordList { words, heads, tails, pairs, endings }
    }

    /// The words, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().copied()
    }

    /// Whether a text begins with one of the words.
    #[inline]
    #[must_use]
    pub fn begin(&self, text: &str) -> bool {
        self.beginning(text).is_some()
    }

    /// The first word of the list that a text begins with.
    // One copy of it stays in the cache, where hundreds of places ask.
    #[inline(never)]
    #[must_use]
    pub fn beginning(&self, text: &str) -> Option<&'static str> {
        let text = text.as_bytes();
        if self.heads.may_hold(head(text)) { self.at_head(text) } else { None }
    }

    /// Whether a text ends with one of the words.
    #[inline]
    #[must_use]
    pub fn end(&self, text: &str) -> bool {
        self.ending(text).is_some()
    }

    /// The first word of the list that a text ends with.
    #[inline(never)]
    #[must_use]
    pub fn ending(&self, text: &str) -> Option<&'static str> {
        let text = text.as_bytes();
        if self.tails.may_hold(tail(text)) { self.at_tail(text) } else { None }
    }

    /// What follows the first word of the list that a text begins with.
    #[inline(never)]
    #[must_use]
    pub fn strip_prefix<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.get(self.beginning(text)?.len()..)
    }

    /// What stands before the first word of the list that a text ends with.
    #[inline(never)]
    #[must_use]
    pub fn strip_suffix<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.get(..text.len() - self.ending(text)?.len())
    }

    /// Whether one of the words stands somewhere in a text.
    #[must_use]
    pub fn stand_in(&self, text: &str) -> bool {
        match &self.pairs {
            Some(pairs) if text.len() <= WORTH_A_WORD * self.words.len() => self.stand_by(pairs, text),
            _ if text.len() > LONG => {
                self.words.iter().any(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_some())
            }
            _ => self.words.iter().any(|word| text.contains(word)),
        }
    }

    /// Where the last of those words begins that stand in a text, in bytes.
    #[must_use]
    pub fn last_in(&self, text: &str) -> Option<usize> {
        if self.stand_in(text) { self.words.iter().filter_map(|word| text.rfind(word)).max() } else { None }
    }

    fn stand_by(&self, pairs: &[u64; PAIR_WORDS], text: &str) -> bool {
        let mut rest = text.as_bytes();
        while let Some(eight) = rest.first_chunk() {
            let (word, bit) = pair(u64::from_le_bytes(*eight));
            if pairs.get(word).is_some_and(|bits| bits >> bit & 1 != 0) && self.at_head(rest).is_some() {
                return true;
            }
            rest = match rest {
                [0xe0..=0xef, _, _, behind @ ..] | [_, behind @ ..] => behind,
                [] => return false,
            };
        }
        // No word begins further back than these.
        let last = rest.get(1..).unwrap_or_default();
        [rest, last].into_iter().any(|rest| self.heads.may_hold(head(rest)) && self.at_head(rest).is_some())
    }

    fn at_head(&self, text: &[u8]) -> Option<&'static str> {
        if let (Some(pairs), Some(eight)) = (&self.pairs, text.first_chunk()) {
            let (word, bit) = pair(u64::from_le_bytes(*eight));
            if pairs.get(word).is_some_and(|bits| bits >> bit & 1 == 0) {
                return None;
            }
        }
        // Most words differ in the last byte of their first character.
        let third = text.get(2);
        let alike = |word: &[u8]| third == word.get(2) || word.len() < 3;
        let begins = |word: &&str| alike(word.as_bytes()) && text.starts_with(word.as_bytes());
        self.words.iter().copied().find(begins)
    }

    fn at_tail(&self, text: &[u8]) -> Option<&'static str> {
        if let (Some(endings), Some(eight)) = (&self.endings, text.last_chunk()) {
            let (word, bit) = ending_pair(u64::from_le_bytes(*eight) >> 16);
            if endings.get(word).is_some_and(|bits| bits >> bit & 1 == 0) {
                return None;
            }
        }
        let last = text.last();
        let ends = |word: &&str| last == word.as_bytes().last() && text.ends_with(word.as_bytes());
        self.words.iter().copied().find(ends)
    }
}

/// A set of characters, each by eight of its bits.
#[derive(Debug)]
struct Characters([u64; 4]);

impl Characters {
    const fn with(self, key: u8) -> Characters {
        let mut bits = self.0;
        bits[(key >> 6) as usize] |= 1 << (key & 63);
        Characters(bits)
    }

    #[inline]
    fn may_hold(&self, key: u8) -> bool {
        let [first, second, third, fourth] = self.0;
        let bits = match key >> 6 {
            0 => first,
            1 => second,
            2 => third,
            _ => fourth,
        };
        bits >> (key & 63) & 1 != 0
    }
}

/// Eight bits of the character that some bytes of text begin with; of nothing the same as of a zero byte.
#[inline]
const fn head(text: &[u8]) -> u8 {
    match text {
        [0xe0..=0xef, second, third, ..] => *second << 6 | *third & 0x3f,
        [byte, ..] => *byte,
        [] => 0,
    }
}

/// The same of the character that they end with.
#[inline]
const fn tail(text: &[u8]) -> u8 {
    match text {
        [.., 0xe0..=0xef, second, third] => *second << 6 | *third & 0x3f,
        [.., byte] => *byte,
        [] => 0,
    }
}

/// Longer texts are worth preparing the search for a word, in bytes.
const LONG: usize = 512;

/// So many bytes of a text are looked through in the time that the whole is searched for one word.
const WORTH_A_WORD: usize = 16;

/// The bits for pairs, as words of 64.
const PAIR_WORDS: usize = 16;

/// The word and the bit of the six bytes that stand lowest.
#[inline]
const fn pair(bytes: u64) -> (usize, u32) {
    let hash = (bytes << 16).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54;
    ((hash >> 6) as usize, (hash & 63) as u32)
}

/// The bits for pairs that words end with, as words of 64: fewer, since one place of a text is asked for and not all.
const ENDING_WORDS: usize = 4;

/// The word and the bit of the six bytes that stand lowest, for pairs that words end with.
#[inline]
const fn ending_pair(bytes: u64) -> (usize, u32) {
    let hash = (bytes << 16).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
    ((hash >> 6) as usize, (hash & 63) as u32)
}

/// Notes the last two characters of a word, where they are of three bytes each.
const fn with_ending(endings: Option<[u64; ENDING_WORDS]>, word: &[u8]) -> Option<[u64; ENDING_WORDS]> {
    match (endings, word) {
        (Some(mut endings), [.., a @ 0xe0..=0xef, b, c, d @ 0xe0..=0xef, e, f]) => {
            let (word, bit) = ending_pair(u64::from_le_bytes([*a, *b, *c, *d, *e, *f, 0, 0]));
            endings[word] |= 1 << bit;
            Some(endings)
        }
        _ => None,
    }
}

/// Notes the first two characters of a word, where they are of three bytes each.
const fn with_pair(pairs: Option<[u64; PAIR_WORDS]>, word: &[u8]) -> Option<[u64; PAIR_WORDS]> {
    match (pairs, word) {
        (Some(mut pairs), [a @ 0xe0..=0xef, b, c, d @ 0xe0..=0xef, e, f, ..]) => {
            let (word, bit) = pair(u64::from_le_bytes([*a, *b, *c, *d, *e, *f, 0, 0]));
            pairs[word] |= 1 << bit;
            Some(pairs)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_those_of_one_word_after_the_other() {
        static ANY: WordList =
            WordList::new(&["医院", "院", "卫生院", "a", "é", "𠮷野", "，共", "\0", "的医", "é院"]);
        static HAN: WordList = WordList::new(&["医院", "院，共", "卫生院", "，共", "的医", "的生𠮷野"]);
        let letters = ["医", "院", "卫", "生", "a", "é", "𠮷", "野", "，", "共", "的", "\0", "b", "𠮶", "è"];
        let mut state = 1_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            loop {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                match letters.get((state >> 33) as usize % 19) {
                    Some(letter) => text.push_str(letter),
                    None => break,
                }
            }
            for list in [&ANY, &HAN] {
                let words = || list.words.iter().copied();
                assert_eq!(list.beginning(&text), words().find(|word| text.starts_with(word)), "{text}");
                assert_eq!(list.ending(&text), words().find(|word| text.ends_with(word)), "{text}");
                assert_eq!(list.stand_in(&text), words().any(|word| text.contains(word)), "{text}");
                assert_eq!(list.last_in(&text), words().filter_map(|word| text.rfind(word)).max());
                assert_eq!(list.strip_prefix(&text), words().find_map(|word| text.strip_prefix(word)));
                assert_eq!(list.strip_suffix(&text), words().find_map(|word| text.strip_suffix(word)));
            }
        }
    }
}
