//! Sets of characters that a text is passed over by: what stands before the first of them is not looked at.
//!
//! Law: what is passed over holds no member.

/// Characters, a bit each, up to U+FFFF. Those of two and of four bytes in UTF-8 are members all together or not at all.
///
/// ```
/// use xinglin_text::CharSet;
/// static SIGNS: CharSet = CharSet::of("，。\n");
/// assert_eq!(SIGNS.passed("近日，医院".as_bytes()), "近日".len());
/// assert_eq!(SIGNS.first_in("近日".as_bytes()), None);
/// ```
#[derive(Clone, Debug)]
pub struct CharSet {
    /// Sixty-four characters a word: three bytes hold four, six and six bits of a character.
    words: [u64; WORDS],
    /// Whether characters of two and of four bytes are members.
    others: bool,
    /// Whether one from U+4000 to U+BFFF is, as most characters of a text are.
    ideographs: bool,
}

const WORDS: usize = 1024;

impl CharSet {
    /// The characters of a text, none of them of two or four bytes.
    #[must_use]
    pub const fn of(members: &str) -> CharSet {
        let (mut words, bytes, mut at) = ([0; WORDS], members.as_bytes(), 0);
        while at < bytes.len() {
            let lead = bytes[at];
            assert!(matches!(lead, 0..=0x7f | 0xe0..=0xef), "a character of two or four bytes");
            let ascii = lead <= 0x7f;
            let last = if ascii { at } else { at + 2 };
            let place = if ascii { (lead >> 6) as usize } else { word(lead, bytes[at + 1]) };
            words[place] |= 1 << (bytes[last] & 63);
            at = last + 1;
        }
        CharSet::with(words, false)
    }

    /// The same with all characters of two and of four bytes.
    #[must_use]
    pub const fn and_others(self) -> CharSet {
        CharSet { others: true, ..self }
    }

    const fn with(words: [u64; WORDS], others: bool) -> CharSet {
        let (mut at, mut bits) = (0x4000 / 64, 0);
        while at < 0xc000 / 64 {
            bits |= words[at];
            at += 1;
        }
        CharSet { words, others, ideographs: bits != 0 }
    }

    /// The characters up to U+FFFF that pass a test, and all that are of two or four bytes.
    #[must_use]
    pub fn by(test: impl Fn(char) -> bool) -> CharSet {
        let mut words = [0; WORDS];
        for (at, word) in (0..).zip(&mut words) {
            let member = |bit: &u32| char::from_u32(at << 6 | bit).is_some_and(&test);
            *word = (0..64).filter(member).fold(0, |bits, bit| bits | 1 << bit);
        }
        CharSet::with(words, true)
    }

    /// The characters of a bitmap, and all that are of two or four bytes.
    pub(crate) const fn of_bitmap(words: [u64; WORDS]) -> CharSet {
        CharSet::with(words, true)
    }

    /// Whether a character is a member.
    #[inline]
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        let code = c as usize;
        match self.words.get(code >> 6) {
            Some(bits) if !(0x80..0x800).contains(&code) => bits >> (code & 63) & 1 != 0,
            _ => self.others,
        }
    }

    /// How many bytes of a text stand before the first member.
    #[inline(never)]
    #[must_use]
    pub fn passed(&self, text: &[u8]) -> usize {
        let mut rest = text;
        loop {
            // Two characters of three bytes at once, as most are.
            while let Some(eight) = rest.first_chunk()
                && self.lacks_both(u64::from_le_bytes(*eight))
            {
                rest = rest.get(6..).unwrap_or_default();
            }
            let (member, behind) = match rest {
                [lead @ 0xe0..=0xef, second, third, behind @ ..] => {
                    (self.words[word(*lead, *second)] >> (third & 63) & 1 != 0, behind)
                }
                [byte @ 0..=0x7f, behind @ ..] => (self.has_ascii(*byte), behind),
                [0xc0..=0xdf, _, behind @ ..] | [0xf0..=0xff, _, _, _, behind @ ..] => (self.others, behind),
                _ => return text.len(),
            };
            if member {
                return text.len() - rest.len();
            }
            rest = behind;
        }
    }

    /// Whether eight bytes, the first of them lowest, begin with two characters of three bytes that are no members.
    #[inline]
    fn lacks_both(&self, bytes: u64) -> bool {
        if !self.ideographs {
            return bytes.wrapping_add(0x0400_0004) & 0xf800_00f8 == 0xe800_00e8;
        }
        bytes & 0xf000_00f0 == 0xe000_00e0 && !self.has_three(bytes) && !self.has_three(bytes >> 24)
    }

    /// Whether the character whose three bytes stand lowest is a member.
    #[inline]
    fn has_three(&self, bytes: u64) -> bool {
        let [lead, second, third, ..] = bytes.to_le_bytes();
        self.words[word(lead, second)] >> (third & 63) & 1 != 0
    }

    /// Where the first member stands in a text, in bytes.
    #[inline]
    #[must_use]
    pub fn first_in(&self, text: &[u8]) -> Option<usize> {
        Some(self.passed(text)).filter(|at| *at < text.len())
    }

    #[inline]
    fn has_ascii(&self, byte: u8) -> bool {
        self.words[usize::from(byte >> 6) & 1] >> (byte & 63) & 1 != 0
    }
}

/// The word of the characters that begin with two bytes.
#[inline]
const fn word(lead: u8, second: u8) -> usize {
    ((lead & 0xf) as usize) << 6 | (second & 0x3f) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over_holds_no_member() {
        static SIGNS: CharSet = CharSet::of("，。\na中");
        let kinds = CharSet::by(|c| "，。\na中".contains(c));
        let letters = ["医", "院", "中", "，", "。", "a", "b", "\n", "\0", "é", "𠮷", "\u{ffff}", "、"];
        let mut state = 1_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            loop {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                match letters.get((state >> 33) as usize % 16) {
                    Some(letter) => text.push_str(letter),
                    None => break,
                }
            }
            let expected = text.find(|c| "，。\na中".contains(c));
            assert_eq!(SIGNS.first_in(text.as_bytes()), expected, "{text}");
            let expected = text.find(|c: char| "，。\na中".contains(c) || matches!(c.len_utf8(), 2 | 4));
            assert_eq!(kinds.first_in(text.as_bytes()), expected, "{text}");
        }
    }
}
