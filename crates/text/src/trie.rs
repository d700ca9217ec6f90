//! A trie over characters in two flat arrays (a double array): one look-up a character, whether a text is walked or a name is asked for.
//!
//! Law: a walk finds exactly the patterns that the text begins with, shortest first.

use crate::error::Error;

/// No node, no value: one more than any that a node can hold.
const NOTHING: u32 = (1 << NUMBER_BITS) - 1;
/// Bits of a value, and of a place in the array.
const NUMBER_BITS: u32 = 24;
/// The root's slot; its children lie at their characters' numbers.
const ROOT: usize = 0;
/// After so many places that do not fit, the search for room begins further on.
const PATIENCE: usize = 24;

/// A place in the array, packed because a walk waits for memory: the number of the character that leads to it (0 where it is free), its
/// value, and its base. A node's children lie at its base plus their characters' numbers; no two bases are equal, so that a
/// child is told by its character alone.
#[derive(Debug, Clone, Copy)]
struct Node(u64);

const FREE: Node = Node::new(0, NOTHING, NOTHING);

impl Node {
    const fn new(code: u16, value: u32, base: u32) -> Node {
        Node((base as u64) << 40 | (value as u64) << 16 | code as u64)
    }

    #[inline]
    const fn code(self) -> u16 {
        self.0 as u16
    }

    #[inline]
    const fn value(self) -> u32 {
        (self.0 >> 16) as u32 & NOTHING
    }

    #[inline]
    const fn base(self) -> u32 {
        (self.0 >> 40) as u32
    }
}

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
    heads: Heads,
}

/// A pair of characters that some pattern begins with, and what may follow it.
#[derive(Debug, Clone, Copy)]
struct Head {
    /// The pair's bytes, the first of them lowest.
    both: u64,
    /// The base and the value of the node behind it.
    base: u32,
    value: u32,
    /// A bit for each character that stands behind it in a pattern, by [`next_bit`]; the highest where the pair itself is one.
    behind: u32,
}

/// The bit of a pair that is a pattern.
const WHOLE: u32 = 1 << 31;

/// One of the lower bits for the character that some bytes of text begin with; none for no bytes.
#[inline]
const fn next_bit(text: &[u8]) -> u32 {
    let key = match text {
        [0xe0..=0xef, second, third, ..] => (*second << 1 ^ *third) & 31,
        [byte, ..] => *byte & 31,
        [] => return 0,
    };
    1 << if key == 31 { 30 } else { key }
}

/// The pairs of characters that patterns begin with: an open hash table of their bytes.
#[derive(Debug)]
struct Heads {
    slots: Vec<Head>,
    shift: u32,
}

impl Heads {
    /// A table of so many different pairs, each of them given once or more.
    fn new(heads: &[Head], different: usize) -> Heads {
        // Small enough for the caches, and still nearly half free.
        let bits = (3 * different / 2).next_power_of_two().trailing_zeros().max(4);
        let free = Head { both: 0, base: NOTHING, value: NOTHING, behind: 0 };
        let mut table = Heads { slots: vec![free; 1 << bits], shift: 64 - bits };
        for head in heads {
            let slots = table.slots.len();
            let mut at = table.place(head.both);
            while table.slots.get(at).is_some_and(|held| held.behind != 0 && held.both != head.both) {
                at = (at + 1) % slots;
            }
            if let Some(slot) = table.slots.get_mut(at) {
                *slot = Head { behind: slot.behind | head.behind, ..*head };
            }
        }
        table
    }

    #[inline]
    fn place(&self, both: u64) -> usize {
        (both.wrapping_mul(HASH) >> self.shift) as usize
    }

    #[inline]
    fn get(&self, both: u64) -> Option<Head> {
        let mut at = self.place(both);
        loop {
            match *self.slots.get(at)? {
                Head { behind: 0, .. } => return None,
                head if head.both == both => return Some(head),
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }
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

/// Spreads the bits of a pair.
const HASH: u64 = 0x9e37_79b9_7f4a_7c15;
/// Bits of the hash of a pair.
const PAIR_BITS: u32 = 17;
const PAIR_WORDS: usize = 1 << (PAIR_BITS - 6);

#[inline]
fn pair(both: u64) -> (usize, u32) {
    let hash = both.wrapping_mul(HASH) >> (64 - PAIR_BITS);
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

/// The bytes of two characters alone, and how long the first is and both are.
#[inline]
fn two(word: u64) -> (u64, usize, usize) {
    // Both of three bytes, as Han characters are.
    if word & 0xf000_00f0 == 0xe000_00e0 {
        return (word & 0xffff_ffff_ffff, 3, 6);
    }
    let first = width(word as u8);
    let both = first + width((word >> (8 * first)) as u8);
    (word & (u64::MAX >> (64 - 8 * both)), first, both)
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
        let mut building = Building { nodes: vec![Node::new(0, NOTHING, 0)], bases: vec![true], from: 1 };
        building.children(ROOT, &spelt, 0, 0)?;
        let mut trie = Trie {
            codes,
            nodes: building.nodes,
            pairs: Box::new([0; PAIR_WORDS]),
            heads: Heads::new(&[], 0),
        };
        // Patterns in order have equal pairs together.
        let heads: Vec<Head> = patterns.iter().filter_map(|pattern| trie.head(pattern)).collect();
        let different = heads.chunk_by(|left, right| left.both == right.both).count();
        for head in &heads {
            let (word, bit) = pair(head.both);
            if let Some(slot) = trie.pairs.get_mut(word) {
                *slot |= 1_u64 << bit;
            }
        }
        trie.heads = Heads::new(&heads, different);
        Ok(trie)
    }

    /// A pattern's first two characters, and what follows them in it.
    fn head(&self, pattern: &str) -> Option<Head> {
        let (end, second) = pattern.char_indices().nth(1)?;
        let first = self.step(0, self.code(pattern.chars().next()?))?;
        let node = self.step(first.base(), self.code(second))?;
        let (both, rest) = pattern.as_bytes().split_at_checked(end + second.len_utf8())?;
        let behind = if rest.is_empty() { WHOLE } else { next_bit(rest) };
        Some(Head { both: bytes_of_two(both), base: node.base(), value: node.value(), behind })
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
        let mut rest = bytes;
        while !rest.is_empty() {
            let word = match rest.first_chunk() {
                Some(eight) => u64::from_le_bytes(*eight),
                None => bytes_of_two(rest),
            };
            let (both, first, length) = two(word);
            if self.opens(both)
                && let Some(head) = self.heads.get(both)
                && let Some(behind) = rest.get(length..)
                && head.behind & (WHOLE | next_bit(behind)) != 0
            {
                let start = bytes.len() - rest.len();
                self.walk(head, behind, |value, more| {
                    found(value, start, start + length + more);
                });
            }
            rest = rest.get(first..).unwrap_or_default();
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
    fn step(&self, base: u32, code: u16) -> Option<Node> {
        let next = *self.nodes.get(base as usize + usize::from(code))?;
        (code != 0 && next.code() == code).then_some(next)
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

    /// Hands over the patterns that begin with a pair and go on as some bytes of text do, shortest first: values, and how many of
    /// these bytes they take.
    #[inline]
    fn walk(&self, head: Head, text: &[u8], mut found: impl FnMut(u32, usize)) {
        let (mut base, mut value, mut rest) = (head.base, head.value, text);
        loop {
            if value != NOTHING {
                found(value, text.len() - rest.len());
            }
            if base == NOTHING {
                return;
            }
            let Some((code, behind)) = self.first(rest) else { return };
            let Some(next) = self.step(base, code) else { return };
            (base, value, rest) = (next.base(), next.value(), behind);
        }
    }

    /// The patterns that a text begins with, shortest first: numbers, and lengths in bytes.
    pub fn prefixes(&self, text: &str) -> impl Iterator<Item = (u32, usize)> {
        let (mut base, mut length) = (0, 0);
        let steps = text.chars().map_while(move |c| {
            let next = self.step(base, self.code(c))?;
            (base, length) = (next.base(), length + c.len_utf8());
            Some((next.value(), length))
        });
        steps.filter(|(value, _)| *value != NOTHING)
    }

    /// The number of a pattern.
    #[must_use]
    pub fn exact(&self, pattern: &str) -> Option<u32> {
        let (mut base, mut value) = (0, NOTHING);
        for c in pattern.chars() {
            let next = self.step(base, self.code(c))?;
            (base, value) = (next.base(), next.value());
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
    /// Which bases are taken.
    bases: Vec<bool>,
    /// Before this place there is hardly room.
    from: usize,
}

impl Building {
    /// Places what follows a node: `spelt` are the patterns through it, in order, `depth` characters long so far; the first of them is the
    /// pattern numbered `first`.
    fn children(&mut self, node: usize, spelt: &[Vec<u16>], first: usize, depth: usize) -> Result<(), Error> {
        let ended = spelt.iter().take_while(|pattern| pattern.len() == depth).count();
        let value = if ended > 0 && depth > 0 { number_of(first)? } else { NOTHING };
        let open = spelt.get(ended..).unwrap_or_default();
        let code = |pattern: &Vec<u16>| pattern.get(depth).copied().unwrap_or(0);
        let branches: Vec<&[Vec<u16>]> = open.chunk_by(|left, right| code(left) == code(right)).collect();
        let codes: Vec<u16> = branches.iter().filter_map(|branch| branch.first()).map(code).collect();
        let base = match codes.first() {
            None => NOTHING,
            Some(_) if node == ROOT => 0,
            Some(_) => number_of(self.room(&codes))?,
        };
        if let Some(slot) = self.nodes.get_mut(node) {
            *slot = Node::new(slot.code(), value, base);
        }
        for &code in &codes {
            self.reserve(base as usize + usize::from(code));
            if let Some(slot) = self.nodes.get_mut(base as usize + usize::from(code)) {
                *slot = Node::new(code, NOTHING, NOTHING);
            }
        }
        let mut at = first + ended;
        for (branch, code) in branches.iter().zip(&codes) {
            self.children(base as usize + usize::from(*code), branch, at, depth + 1)?;
            at += branch.len();
        }
        Ok(())
    }

    fn is_free(&self, at: usize) -> bool {
        at != ROOT && self.nodes.get(at).is_none_or(|place| place.code() == 0)
    }

    fn reserve(&mut self, at: usize) {
        if self.nodes.len() <= at {
            self.nodes.resize(at + 1, FREE);
        }
    }

    /// A base of no other node at which these characters' places are free.
    fn room(&mut self, codes: &[u16]) -> usize {
        let lowest = codes.first().map_or(0, |code| usize::from(*code));
        while !self.is_free(self.from) {
            self.from += 1;
        }
        let mut refused = 0;
        let mut at = self.from.max(lowest);
        loop {
            if self.is_free(at) {
                let base = at - lowest;
                let taken = self.bases.get(base) == Some(&true);
                if !taken && codes.iter().all(|code| self.is_free(base + usize::from(*code))) {
                    self.take(base);
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

    fn take(&mut self, base: usize) {
        if self.bases.len() <= base {
            self.bases.resize(base + 1, false);
        }
        if let Some(slot) = self.bases.get_mut(base) {
            *slot = true;
        }
    }
}

/// A value or a place, as a node holds it.
fn number_of(number: usize) -> Result<u32, Error> {
    u32::try_from(number).ok().filter(|number| *number < NOTHING).ok_or(Error::TooManyPatterns)
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
            for before in ["", "a", "是𠮷", "中中", "\0\0"] {
                let mut walked = Vec::new();
                trie.find_all(&format!("{before}{text}"), |value, start, end| {
                    if start == before.len() {
                        walked.push((value, end - start));
                    }
                });
                let longer = |(value, _): &(u32, usize)| patterns[*value as usize].chars().count() > 1;
                assert!(trie.prefixes(text).filter(longer).eq(walked), "{before}{text}");
            }
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
