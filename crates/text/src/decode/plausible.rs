//! How much a text looks like Chinese that somebody wrote.

use crate::dictionary::Dictionary;
use crate::fold::{CharClass, Entry};

/// How much of a text is judged: enough to be sure, little enough to cost nothing.
const SAMPLE: usize = 8_000;

/// Counts over the characters of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Plausibility {
    /// Judged characters that are not ASCII.
    seen: usize,
    /// ASCII characters, controls left out.
    ascii: usize,
    /// Han characters among the 2,000 commonest.
    common: usize,
    /// Characters inside dictionary words of two or more.
    in_words: usize,
    /// Chinese punctuation.
    punctuation: usize,
    /// Replacement characters, controls, private use: what no page holds.
    impossible: usize,
}

impl Plausibility {
    /// Judges the first few thousand characters.
    pub(super) fn of(text: &str) -> Self {
        Self::counted(text, true)
    }

    /// The same without a look for words, which takes most of the time: enough for [`Self::is_common_chinese`].
    pub(super) fn without_words(text: &str) -> Self {
        Self::counted(text, false)
    }

    fn counted(text: &str, words: bool) -> Self {
        let mut counts = Plausibility::default();
        let mut word_until = 0;
        for (at, c) in text.char_indices() {
            counts.impossible += usize::from(is_impossible(c));
            if counts.seen + counts.ascii == SAMPLE {
                break;
            }
            if c.is_ascii() {
                counts.ascii += usize::from(!is_impossible(c));
                continue;
            }
            let entry = Entry::of(c);
            counts.seen += 1;
            counts.common += usize::from(entry.class() == CharClass::Han && entry.is_common());
            counts.punctuation += usize::from(is_punctuation(c));
            if words && entry.class() == CharClass::Han {
                let rest = text.get(at..).unwrap_or_default();
                let end = Dictionary::embedded().prefixes(rest).last().unwrap_or(0);
                if end > c.len_utf8() {
                    word_until = word_until.max(at + end);
                }
                counts.in_words += usize::from(at < word_until);
            }
        }
        counts
    }

    /// Whether the text reads as Chinese, with little in it that no page holds.
    pub(super) fn is_common_chinese(&self) -> bool {
        let good = self.common + self.punctuation;
        good * 10 >= self.seen * 7 && self.impossible * 20 <= self.seen
    }

    /// Whether nearly all of the text is dictionary words.
    pub(super) fn is_words(&self) -> bool {
        self.is_common_chinese() && (self.in_words + self.punctuation) * 10 >= self.seen * 8
    }

    /// Whether nearly all of the text is ASCII or common Chinese.
    pub(super) fn is_text(&self) -> bool {
        let (all, good) = (self.seen + self.ascii, self.common + self.punctuation + self.ascii);
        good > 0 && good * 10 >= all * 7 && self.impossible * 20 <= all
    }

    /// Whether this reading is more likely than another of the same bytes.
    pub(super) fn beats(&self, other: &Self) -> bool {
        self.score() > other.score()
    }

    /// Words weigh most: short texts of another encoding meet common characters by chance, but
    /// hardly words.
    fn score(&self) -> f64 {
        let good = (self.common + self.punctuation + self.ascii + 2 * self.in_words) as f64;
        (good - 4.0 * self.impossible as f64) / ((self.seen + self.ascii).max(1) as f64)
    }
}

fn is_impossible(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{8}' | '\u{b}' | '\u{e}'..='\u{1a}' | '\u{7f}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}'
        | '\u{fffd}'..='\u{ffff}' | '\u{f0000}'..)
}

fn is_punctuation(c: char) -> bool {
    matches!(c,
        '\u{b7}' | '\u{2013}'..='\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}' | '\u{3000}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}' | '\u{ff00}'..='\u{ff5e}')
}
