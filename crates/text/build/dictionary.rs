//! Folds jieba's words, adds the words of `words.tsv` and the names of `names.tsv`, and writes the embedded dictionary.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::double_array::DoubleArray;
use crate::fold::{Fold, is_han};

/// Longer words are left out; the library's look-ahead depends on it.
const LONGEST_WORD: usize = 16;

/// Words with their frequencies, folded.
pub(crate) struct Dictionary {
    words: BTreeMap<String, u64>,
    total: u64,
    /// Terms of an index that segmentation does not know; none of the words.
    names: BTreeSet<String>,
}

impl Dictionary {
    /// Reads the files; words that fold to one word add their frequencies.
    pub(crate) fn read(
        jieba: &Path,
        words: &Path,
        names: &Path,
        fold: &Fold,
    ) -> Result<Self, Box<dyn Error>> {
        let mut dictionary = Dictionary { words: BTreeMap::new(), total: 0, names: BTreeSet::new() };
        let mut text = String::new();
        ruzstd::decoding::StreamingDecoder::new(File::open(jieba)?)
            .map_err(|e| format!("{}: {e}", jieba.display()))?
            .read_to_string(&mut text)?;
        for (line, row) in text.lines().enumerate() {
            let mut fields = row.split(' ');
            let (Some(word), Some(Ok(frequency))) = (fields.next(), fields.next().map(str::parse::<u64>))
            else {
                return Err(format!("{}:{}: expected WORD FREQUENCY TAG", jieba.display(), line + 1).into());
            };
            let word: String = word.chars().map(|c| fold.fold(c)).collect();
            if is_word(&word) {
                dictionary.total += frequency;
                *dictionary.words.entry(word).or_default() += frequency;
            }
        }
        dictionary.add_words(words, fold)?;
        for chars in own_words(names, fold)? {
            let name: String = chars.iter().collect();
            if !dictionary.words.contains_key(&name) {
                dictionary.names.insert(name);
            }
        }
        Ok(dictionary)
    }

    /// Adds the project's own words, shorter ones first, each with the frequency at which it wins
    /// over the pieces that it would otherwise be cut into.
    fn add_words(&mut self, path: &Path, fold: &Fold) -> Result<(), Box<dyn Error>> {
        let mut added = own_words(path, fold)?;
        added.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        added.dedup();
        for chars in added {
            let word: String = chars.iter().collect();
            let held = self.words.get(&word).copied().unwrap_or(0);
            let frequency = self.winning_frequency(&chars).max(held);
            self.total += frequency - held;
            self.words.insert(word, frequency);
        }
        Ok(())
    }

    /// One more than the frequency that the best cut of `word` into other words would have, which
    /// is what jieba's `suggest_freq` gives.
    fn winning_frequency(&self, word: &[char]) -> u64 {
        let log_total = (self.total as f64).ln();
        let mut best = vec![f64::NEG_INFINITY; word.len() + 1];
        best[0] = 0.0;
        for end in 1..=word.len() {
            for start in 0..end {
                let piece: String = word[start..end].iter().collect();
                let frequency = match self.words.get(&piece) {
                    Some(&n) if n > 0 => n as f64,
                    _ if end - start == 1 || piece.bytes().all(|b| b.is_ascii_alphanumeric()) => 1.0,
                    _ => continue,
                };
                best[end] = best[end].max(best[start] + frequency.ln() - log_total);
            }
        }
        (best[word.len()] + log_total).exp() as u64 + 1
    }

    /// How often each character stands in running text, by the words' frequencies.
    pub(crate) fn character_frequencies(&self) -> HashMap<char, u64> {
        let mut frequencies = HashMap::new();
        for (word, frequency) in &self.words {
            for c in word.chars() {
                *frequencies.entry(c).or_default() += frequency;
            }
        }
        for c in self.names.iter().flat_map(|name| name.chars()) {
            frequencies.entry(c).or_default();
        }
        frequencies
    }

    /// The characters of all words, the most frequent first.
    pub(crate) fn letters(&self) -> String {
        let mut ranked: Vec<(u64, char)> =
            self.character_frequencies().into_iter().map(|(c, n)| (n, c)).collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        ranked.into_iter().map(|(_, c)| c).collect()
    }

    /// Writes the double array's two parts and, as Rust source, everything smaller.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), Box<dyn Error>> {
        let letters = self.letters();
        let codes = codes(&letters);
        let code = |c: char| codes.get(&c).map_or(0, |&code| u32::from(code));

        let mut values: Vec<u64> = self.words.values().copied().collect();
        values.sort_unstable_by(|a, b| b.cmp(a));
        values.dedup();
        let ranks: HashMap<u64, u32> = values.iter().copied().zip(0..).collect();
        let mut words: Vec<(Vec<u32>, u32, u64)> = self
            .words
            .iter()
            .map(|(word, n)| (word.chars().map(code).collect(), ranks.get(n).copied().unwrap_or(0), *n))
            .chain(self.names.iter().map(|name| (name.chars().map(code).collect(), 0, 0)))
            .collect();
        words.sort_unstable();
        let array = DoubleArray::build(&words)?;
        fs::write(folder.join("units.bin"), array.units())?;
        fs::write(folder.join("ranks.bin"), array.ranks())?;

        let logs: Vec<u64> = values.iter().map(|&n| (n as f64).ln().to_bits()).collect();
        let hash = self.words.iter().fold(crate::HASH_START, |hash, (word, n)| {
            crate::hash64(crate::hash64(hash, word.as_bytes()), &n.to_le_bytes())
        });
        let hash = self.names.iter().fold(hash, |hash, name| crate::hash64(hash, name.as_bytes()));
        let mut text = format!("pub(crate) static LETTERS: &str = {letters:?};\n");
        text.push_str(&format!("pub(crate) static FREQUENCIES: [u32; {}] = {values:?};\n", values.len()));
        text.push_str(&format!("pub(crate) static LOG_FREQUENCIES: [u64; {}] = {logs:?};\n", logs.len()));
        text.push_str(&format!("pub(crate) const WORDS: usize = {};\n", self.words.len()));
        text.push_str(&format!("pub(crate) const TOTAL: u64 = {};\n", self.total));
        text.push_str(&format!("pub(crate) const LONGEST_WORD: usize = {LONGEST_WORD};\n"));
        text.push_str(&format!("pub(crate) const DICTIONARY_FINGERPRINT: u64 = {hash};\n"));
        fs::write(folder.join("dictionary.rs"), text)?;
        Ok(())
    }
}

/// Reads words of 2 characters or more, one a line, folded.
fn own_words(path: &Path, fold: &Fold) -> Result<Vec<Vec<char>>, Box<dyn Error>> {
    let mut words = Vec::new();
    for (line, row) in crate::rows(path)? {
        let word: String = row.trim_end().chars().map(|c| fold.fold(c)).collect();
        let chars: Vec<char> = word.chars().collect();
        if !is_word(&word) || chars.len() < 2 || chars.len() > LONGEST_WORD {
            return Err(format!(
                "{}:{line}: {row:?} is no word of 2 to {LONGEST_WORD} Han characters, letters and digits",
                path.display()
            )
            .into());
        }
        words.push(chars);
    }
    Ok(words)
}

/// Numbers characters from 1 in their order; frequent ones get small numbers, which keeps the double
/// array dense.
pub(crate) fn codes(letters: &str) -> HashMap<char, u16> {
    letters.chars().zip(1..).collect()
}

/// A word holds a Han character and otherwise letters and digits; `C++` and `AT&T` are no words,
/// because punctuation gives no term.
fn is_word(word: &str) -> bool {
    word.chars().any(is_han)
        && word.chars().all(|c| is_han(c) || c.is_alphanumeric())
        && word.chars().count() <= LONGEST_WORD
}
