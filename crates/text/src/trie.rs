//! A trie over characters in two flat arrays (a double array): one look-up a character, whether a text is walked or a name is asked for.
//!
//! Law: a walk finds exactly the patterns that the text begins with, shortest first.

use crate::error::Error;

/// No node, no value.
const NOTHING: u32 = u32::MAX;
/// The root's slot; its children lie at their characters' numbers.
const ROOT: usize = 0;
/// After so many places that do not fit, the search for room begins further on.
const PATIENCE: usize = 24;

/// A place in the array: a node's children lie at `base` plus their characters' numbers, and name it as their parent.
#[derive(Debug, Clone, Copy)]
struct Node {
    base: u32,
    parent: u32,
    value: u32,
}

const FREE: Node = Node { base: 0, parent: NOTHING, value: NOTHING };

/// Patterns by their characters, each with a number: names and words that are looked for all at once.
///
/// ```
/// let trie = xinglin_text::Trie::new(&["中医", "中医院", "医院"]).unwrap();
/// let mut found = Vec::new();
/// trie.find_all("县中医院", |number, start, end| found.push((number, start..end)));
/// assert_eq!(found, [(0, 3..9), (1, 3..12), (2, 6..12)]);
/// assert_eq!(trie.exact("医院"), Some(2));
/// ```
#[derive(Debug)]
pub struct Trie {
    /// The number of each character, 0 for those that stand in no pattern.
    codes: Vec<u16>,
    nodes: Vec<Node>,
    /// A bit for each pair of characters that some pattern begins with, by a hash of their bytes: most places of a text are passed over
    /// by it.
    pairs: Box<[u64; PAIR_WORDS]>,
}

/// The length in bytes of the character that begins with this byte.
#[inline]
const fn width(lead: u8) -> usize {
    match lead {
        0..=0x7f => 1,
        0x80..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xff => 4,
    }
}

/// Bits of the hash of a pair.
const PAIR_BITS: u32 = 17;
const PAIR_WORDS: usize = 1 << (PAIR_BITS - 6);

#[inline]
fn pair(both: u64) -> (usize, u32) {
    let hash = both.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - PAIR_BITS);
    ((hash >> 6) as usize, (hash & 63) as u32)
}

/// The first bytes of a text, as many as two characters can have, the first of them lowest.
#[inline]
fn bytes_of_two(text: &[u8]) -> u64 {
    match text.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => text.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// The bytes of two characters alone, and how long the first is.
#[inline]
fn two(word: u64) -> (u64, usize) {
    // Both of three bytes, as Han characters are.
    if word & 0xf000_00f0 == 0xe000_00e0 {
        return (word & 0xffff_ffff_ffff, 3);
    }
    let first = width(word as u8);
    let second = width((word >> (8 * first)) as u8);
    (word & (u64::MAX >> (64 - 8 * (first + second))), first)
}

impl Trie {
    /// A trie of patterns in ascending order, which are numbered from 0. An empty pattern is never found.
    ///
    /// # Errors
    /// Where the patterns have more different characters, or more nodes, than can be numbered.
    pub fn new(patterns: &[&str]) -> Result<Trie, Error> {
        let codes = number(patterns)?;
        let spelt: Vec<Vec<u16>> = patterns
            .iter()
            .map(|pattern| pattern.chars().map(|c| codes.get(c as usize).copied().unwrap_or(0)).collect())
            .collect();
        let mut building =
            Building { nodes: vec![Node { base: 0, parent: NOTHING, value: NOTHING }], from: 1 };
        building.children(ROOT, &spelt, 0, 0)?;
        let mut pairs = Box::new([0; PAIR_WORDS]);
        for pattern in patterns {
            if let Some((end, second)) = pattern.char_indices().nth(1) {
                let first_two = pattern.get(..end + second.len_utf8()).unwrap_or_default();
                let (word, bit) = pair(bytes_of_two(first_two.as_bytes()));
                if let Some(slot) = pairs.get_mut(word) {
                    *slot |= 1_u64 << bit;
                }
            }
        }
        Ok(Trie { codes, nodes: building.nodes, pairs })
    }

    /// The number of a character, 0 where no pattern has it.
    #[inline]
    fn code(&self, c: char) -> u16 {
        self.codes.get(c as usize).copied().unwrap_or(0)
    }

    /// Hands over every place at which a pattern of two or more characters stands, however they overlap: its number, and its first byte
    /// and the one behind it. By their starts, shortest first.
    #[inline]
    pub fn find_all(&self, text: &str, mut found: impl FnMut(u32, usize, usize)) {
        let bytes = text.as_bytes();
        self.openings(bytes, |start| {
            let from = bytes.get(start..).unwrap_or_default();
            self.walk(from, |value, length| {
                if length > width(from.first().copied().unwrap_or(0)) {
                    found(value, start, start + length);
                }
            });
        });
    }

    /// Hands over the places of a text, in bytes, at which a pattern of two or more characters may begin: all at which one does.
    #[inline]
    fn openings(&self, text: &[u8], mut opens: impl FnMut(usize)) {
        let mut rest = text;
        while let Some((eight, _)) = rest.split_first_chunk() {
            let (both, length) = two(u64::from_le_bytes(*eight));
            if self.opens(both) {
                opens(text.len() - rest.len());
            }
            rest = rest.get(length..).unwrap_or_default();
        }
        while !rest.is_empty() {
            let (both, length) = two(bytes_of_two(rest));
            if self.opens(both) {
                opens(text.len() - rest.len());
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    /// Whether a pattern may begin with two characters.
    #[inline]
    fn opens(&self, both: u64) -> bool {
        let (word, bit) = pair(both);
        self.pairs.get(word).is_some_and(|bits| bits >> bit & 1 != 0)
    }

    /// The node behind another by a character's number.
    #[inline]
    fn step(&self, node: usize, base: u32, code: u16) -> Option<(usize, Node)> {
        let at = base as usize + usize::from(code);
        let next = *self.nodes.get(at)?;
        (code != 0 && next.parent as usize == node).then_some((at, next))
    }

    /// The number of the character that some bytes of text begin with, and the bytes behind it.
    #[inline]
    fn first<'b>(&self, text: &'b [u8]) -> Option<(u16, &'b [u8])> {
        let (c, rest) = match text {
            // Most characters are Han, of three bytes.
            [lead @ 0xe0..=0xef, second, third, rest @ ..] => {
                let low = usize::from(second & 0x3f) << 6 | usize::from(third & 0x3f);
                (usize::from(lead & 0xf) << 12 | low, rest)
            }
            [byte @ 0..=0x7f, rest @ ..] => (usize::from(*byte), rest),
            [lead @ 0xf0..=0xff, second, third, fourth, rest @ ..] => {
                let high = usize::from(lead & 7) << 18 | usize::from(second & 0x3f) << 12;
                (high | usize::from(third & 0x3f) << 6 | usize::from(fourth & 0x3f), rest)
            }
            [lead, second, rest @ ..] => (usize::from(lead & 0x1f) << 6 | usize::from(second & 0x3f), rest),
            _ => return None,
        };
        Some((self.codes.get(c).copied().unwrap_or(0), rest))
    }

    /// Hands over the patterns that some bytes of text begin with, shortest first: values, and their lengths in bytes.
    #[inline]
    fn walk(&self, text: &[u8], mut found: impl FnMut(u32, usize)) {
        let (mut node, mut base, mut rest) = (ROOT, 0, text);
        while let Some((code, behind)) = self.first(rest)
            && let Some((next, place)) = self.step(node, base, code)
        {
            (node, base, rest) = (next, place.base, behind);
            if place.value != NOTHING {
                found(place.value, text.len() - rest.len());
            }
        }
    }

    /// The patterns that a text begins with, shortest first: numbers, and lengths in bytes.
    pub fn prefixes(&self, text: &str) -> impl Iterator<Item = (u32, usize)> {
        let (mut node, mut base, mut length) = (ROOT, 0, 0);
        let steps = text.chars().map_while(move |c| {
            let (next, place) = self.step(node, base, self.code(c))?;
            (node, base, length) = (next, place.base, length + c.len_utf8());
            Some((place.value, length))
        });
        steps.filter(|(value, _)| *value != NOTHING)
    }

    /// The number of a pattern.
    #[must_use]
    pub fn exact(&self, pattern: &str) -> Option<u32> {
        let (mut node, mut base, mut value) = (ROOT, 0, NOTHING);
        for c in pattern.chars() {
            let (next, place) = self.step(node, base, self.code(c))?;
            (node, base, value) = (next, place.base, place.value);
        }
        Some(value).filter(|value| *value != NOTHING)
    }
}

/// Numbers for all characters of the patterns, from 1, in their order.
fn number(patterns: &[&str]) -> Result<Vec<u16>, Error> {
    let mut characters: Vec<char> = patterns.iter().flat_map(|pattern| pattern.chars()).collect();
    characters.sort_unstable();
    characters.dedup();
    let mut codes = vec![0; characters.last().map_or(0, |last| *last as usize + 1)];
    for (at, c) in characters.iter().enumerate() {
        let code = u16::try_from(at + 1).map_err(|_| Error::TooManyPatterns)?;
        if let Some(slot) = codes.get_mut(*c as usize) {
            *slot = code;
        }
    }
    Ok(codes)
}

struct Building {
    nodes: Vec<Node>,
    /// Before this place there is hardly room.
    from: usize,
}

impl Building {
    /// Places what follows a node: `spelt` are the patterns through it, in order, `depth` characters long so far; the first of them is the
    /// pattern numbered `first`.
    fn children(&mut self, node: usize, spelt: &[Vec<u16>], first: usize, depth: usize) -> Result<(), Error> {
        let ended = spelt.iter().take_while(|pattern| pattern.len() == depth).count();
        if ended > 0
            && depth > 0
            && let Some(place) = self.nodes.get_mut(node)
        {
            place.value = u32::try_from(first).map_err(|_| Error::TooManyPatterns)?;
        }
        let open = spelt.get(ended..).unwrap_or_default();
        let code = |pattern: &Vec<u16>| pattern.get(depth).copied().unwrap_or(0);
        let branches: Vec<&[Vec<u16>]> = open.chunk_by(|left, right| code(left) == code(right)).collect();
        let codes: Vec<usize> =
            branches.iter().filter_map(|branch| branch.first()).map(|one| usize::from(code(one))).collect();
        if codes.is_empty() {
            return Ok(());
        }
        let base = if node == ROOT { 0 } else { self.room(&codes) };
        let (parent, place) = (u32::try_from(node).map_err(|_| Error::TooManyPatterns)?, u32::try_from(base));
        if let Some(slot) = self.nodes.get_mut(node) {
            slot.base = place.map_err(|_| Error::TooManyPatterns)?;
        }
        for code in &codes {
            self.reserve(base + code);
            if let Some(slot) = self.nodes.get_mut(base + code) {
                slot.parent = parent;
            }
        }
        let mut at = first + ended;
        for (branch, code) in branches.iter().zip(&codes) {
            self.children(base + code, branch, at, depth + 1)?;
            at += branch.len();
        }
        Ok(())
    }

    fn is_free(&self, at: usize) -> bool {
        at != ROOT && self.nodes.get(at).is_none_or(|place| place.parent == NOTHING)
    }

    fn reserve(&mut self, at: usize) {
        if self.nodes.len() <= at {
            self.nodes.resize(at + 1, FREE);
        }
    }

    /// A base at which these characters' places are free.
    fn room(&mut self, codes: &[usize]) -> usize {
        let lowest = codes.first().copied().unwrap_or(0);
        while !self.is_free(self.from) {
            self.from += 1;
        }
        let mut refused = 0;
        let mut at = self.from.max(lowest);
        loop {
            if self.is_free(at) {
                let base = at - lowest;
                if codes.iter().all(|code| self.is_free(base + code)) {
                    return base;
                }
                refused += 1;
                if refused == PATIENCE {
                    self.from = self.from.max(at);
                }
            }
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trie(patterns: &[&str]) -> Trie {
        Trie::new(patterns).unwrap()
    }

    #[test]
    fn walks_find_what_a_text_begins_with() {
        let patterns = ["中", "中医", "中医院", "中心", "医院", "𠮷野", "院"];
        let trie = trie(&patterns);
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = trie.prefixes(text).map(|(value, _)| patterns[value as usize]).collect();
            assert_eq!(found, expected, "{text}");
            let mut walked = Vec::new();
            trie.walk(text.as_bytes(), |value, length| walked.push((value, length)));
            assert!(trie.prefixes(text).eq(walked), "{text}");
            let mut openings = Vec::new();
            trie.openings(text.as_bytes(), |at| openings.push(at));
            let longer = expected.iter().any(|name| name.chars().count() > 1);
            assert!(!longer || openings.first() == Some(&0), "{text}");
            assert!(openings.iter().all(|at| text.is_char_boundary(*at)), "{text}");
        };
        check("中医院里", &["中", "中医", "中医院"]);
        check("中心医院", &["中", "中心"]);
        check("𠮷野家", &["𠮷野"]);
        check("其中", &[]);
        check("", &[]);
    }

    #[test]
    fn every_pattern_and_nothing_else_is_exact() {
        let mut names: Vec<String> = Vec::new();
        for first in "市县省区院科医中心卫健委".chars() {
            for second in "一二三四五六七八九十".chars() {
                names.push(format!("{first}{second}"));
                names.push(format!("{second}{first}{second}院"));
            }
        }
        names.sort_unstable();
        names.dedup();
        let patterns: Vec<&str> = names.iter().map(String::as_str).collect();
        let trie = trie(&patterns);
        for (at, name) in patterns.iter().enumerate() {
            assert_eq!(trie.exact(name), Some(at as u32), "{name}");
            let longer = format!("{name}外");
            assert_eq!(trie.exact(&longer), None);
            let shorter: String = name.chars().take(1).collect();
            assert_eq!(trie.exact(&shorter), None);
        }
        assert_eq!(trie.exact(""), None);
        assert_eq!(super::Trie::new(&[]).unwrap().exact("院"), None);
    }
}
