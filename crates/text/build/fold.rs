//! Reads the tables of characters and writes the character table: fold, class, flags, dictionary code
//! and Simplified form of every character.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use crate::table::Table;

// The layout of a table entry; src/fold.rs reads it.
const DELTA_MASK: u32 = 0x1f_ffff;
const CLASS_SHIFT: u32 = 21;
const BLOCK_FLAG: u32 = 1 << 23;
const COMMON_FLAG: u32 = 1 << 24;
const TRADITIONAL_FLAG: u32 = 1 << 25;
const SIMPLIFIED_FLAG: u32 = 1 << 26;
const WIDE_FLAG: u32 = 1 << 27;
const HEAD_FLAG: u32 = 1 << 28;
const CODE_SHIFT: u32 = 32;
const SIMPLE_SHIFT: u32 = 48;
/// Instead of a Simplified form that does not fit into 16 bits.
const NOT_SIMPLE: u64 = 0xffff;

/// How many of the most frequent Han characters count as common.
const COMMON: usize = 2_000;

/// What is known about characters.
pub(crate) struct Fold {
    /// From a Han character to its class's name.
    han: HashMap<char, char>,
    traditional: HashSet<char>,
    simplified: HashSet<char>,
    /// What a single character becomes in Simplified text.
    simple: HashMap<char, char>,
    /// The phrases that conversion knows, and their settled wording.
    phrases: Vec<String>,
    wording: Vec<(String, String)>,
}

impl Fold {
    /// Reads the tables in the folder `data`.
    pub(crate) fn read(data: &Path) -> Result<Self, Box<dyn Error>> {
        let mut wording = crate::pairs(&data.join("wording.tsv"))?;
        wording.sort();
        let mut fold = Fold {
            han: HashMap::new(),
            traditional: HashSet::new(),
            simplified: HashSet::new(),
            simple: HashMap::new(),
            phrases: crate::rows(&data.join("phrases.tsv"))?.into_iter().map(|(_, row)| row).collect(),
            wording,
        };
        for (name, others) in crate::pairs(&data.join("fold.tsv"))? {
            let name = only(&name)?;
            for other in others.chars() {
                if fold.han.insert(other, name).is_some() {
                    return Err(format!("fold.tsv: {other} is in two classes").into());
                }
            }
        }
        if let Some((other, name)) = fold.han.iter().find(|(_, name)| fold.han.contains_key(name)) {
            return Err(format!("fold.tsv: {other} folds to {name}, itself folded").into());
        }
        for (script, chars) in crate::pairs(&data.join("script.tsv"))? {
            match script.as_str() {
                "traditional" => fold.traditional.extend(chars.chars()),
                "simplified" => fold.simplified.extend(chars.chars()),
                _ => return Err(format!("script.tsv: {script} is no script").into()),
            }
        }
        for (char, simple) in crate::pairs(&data.join("characters.tsv"))? {
            fold.simple.insert(only(&char)?, only(&simple)?);
        }
        Ok(fold)
    }

    /// The character that stands for `c`.
    pub(crate) fn fold(&self, c: char) -> char {
        if let Some(&name) = self.han.get(&c) {
            return name;
        }
        let narrow = match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            _ => c,
        };
        let mut lower = narrow.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(lower), None) => lower,
            _ => narrow,
        }
    }

    /// Each phrase that is not to be converted character by character, folded, with the number of its settled wording, if it has one.
    fn folded_phrases(&self) -> BTreeSet<(String, Option<usize>)> {
        let fold = |phrase: &str| phrase.chars().map(|c| self.fold(c)).collect::<String>();
        let settled = self.wording.iter().enumerate().map(|(at, (phrase, _))| (fold(phrase), Some(at)));
        self.phrases.iter().map(|phrase| (fold(phrase), None)).chain(settled).collect()
    }

    fn entry(&self, c: char, common: &HashSet<char>, heads: &HashSet<char>) -> u32 {
        let folded = self.fold(c);
        let delta = u32::from(folded).wrapping_sub(u32::from(c)) & DELTA_MASK;
        let flags = [
            (is_block(folded), BLOCK_FLAG),
            (common.contains(&folded), COMMON_FLAG),
            (self.traditional.contains(&c), TRADITIONAL_FLAG),
            (self.simplified.contains(&c), SIMPLIFIED_FLAG),
            (is_wide(c) && folded != c, WIDE_FLAG),
            (heads.contains(&folded), HEAD_FLAG),
        ];
        let flags = flags.iter().filter(|(set, _)| *set).fold(0, |flags, (_, flag)| flags | flag);
        delta | class(folded) << CLASS_SHIFT | flags
    }

    /// Writes the character table; `codes` number the characters of dictionary words.
    pub(crate) fn write(
        &self,
        frequencies: &HashMap<char, u64>,
        codes: &HashMap<char, u16>,
        path: &Path,
    ) -> Result<(), Box<dyn Error>> {
        let mut ranked: Vec<(u64, char)> =
            frequencies.iter().filter(|(c, _)| is_han(**c)).map(|(&c, &n)| (n, c)).collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        let common: HashSet<char> = ranked.into_iter().take(COMMON).map(|(_, c)| c).collect();
        let heads: HashSet<char> =
            self.folded_phrases().iter().filter_map(|(phrase, _)| Some(head(phrase)?.0)).collect();

        let table = Table::new(|c| {
            let code = codes.get(&self.fold(c)).copied().unwrap_or(0);
            let simple = self
                .simple
                .get(&c)
                .map_or(0, |&simple| u16::try_from(u32::from(simple)).map_or(NOT_SIMPLE, u64::from));
            let entry = u64::from(self.entry(c, &common, &heads));
            entry | u64::from(code) << CODE_SHIFT | simple << SIMPLE_SHIFT
        })?;
        let mut bitmap = [0_u64; 1024];
        for c in (0..0x1_0000).filter_map(char::from_u32) {
            if self.entry(c, &common, &heads) & (TRADITIONAL_FLAG | WIDE_FLAG) != 0 {
                bitmap[c as usize / 64] |= 1 << (c as usize % 64);
            }
        }
        let hash = self.wording.iter().fold(table.hash(crate::HASH_START), |hash, (phrase, wording)| {
            crate::hash64(crate::hash64(hash, phrase.as_bytes()), wording.as_bytes())
        });
        let mut source = table.source("FOLD");
        source.push_str(&format!("pub(crate) const UNIFY_BITMAP: [u64; 1024] = {bitmap:?};\n"));
        source.push_str(&format!("pub(crate) const FOLD_FINGERPRINT: u64 = {hash};\n"));
        fs::write(path, source)?;
        Ok(())
    }

    /// The tables of phrases as Rust source.
    pub(crate) fn wording_source(&self) -> String {
        let (letters, phrases): (Vec<_>, Vec<_>) =
            self.folded_phrases().into_iter().partition(|(phrase, _)| head(phrase).is_none());
        // As they are printed: another form of the same character is not meant.
        let printed = |wording: usize| self.wording.get(wording)?.0.chars().next();
        let letters: Vec<(char, usize)> =
            letters.into_iter().filter_map(|(_, wording)| Some((printed(wording?)?, wording?))).collect();
        let (mut heads, mut from, mut filter) = (Vec::new(), 0, [0_u64; 256]);
        for same in phrases.chunk_by(|(one, _), (other, _)| head(one) == head(other)) {
            let (first, second) = same.first().and_then(|(phrase, _)| head(phrase)).unwrap_or_default();
            let hash = crate::pair_hash(first, second);
            filter[hash / 64] |= 1 << (hash % 64);
            heads.push((first, second, from, from + same.len()));
            from += same.len();
        }
        format!(
            "static WORDING: [(&str, &str); {}] = {:?};\nstatic PHRASES: [(&str, Option<usize>); {}] = {:?};\n\
             static HEADS: [(char, char, usize, usize); {}] = {:?};\n\
             static LETTERS: [(char, usize); {}] = {:?};\nstatic HEAD_FILTER: [u64; 256] = {:?};\n",
            self.wording.len(),
            self.wording,
            phrases.len(),
            phrases,
            heads.len(),
            heads,
            letters.len(),
            letters,
            filter
        )
    }
}

/// The first two characters of a phrase.
fn head(phrase: &str) -> Option<(char, char)> {
    let mut chars = phrase.chars();
    Some((chars.next()?, chars.next()?))
}

/// The one character of a field.
fn only(field: &str) -> Result<char, String> {
    let mut chars = field.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(format!("{field:?} is not one character")),
    }
}

/// Whether a folded character is Han: an ideograph, a radical that stands for none, or 〇.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3007}' | '\u{2e80}'..='\u{2fdf}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether `unify` replaces the character by itself in its usual form: full-width letters and digits,
/// compatibility ideographs and radicals.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}'
        | '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

/// The class of a folded character, numbered as `CharClass` in src/fold.rs.
fn class(c: char) -> u32 {
    let latin = matches!(c, '\u{aa}' | '\u{b5}' | '\u{ba}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    if is_han(c) {
        2
    } else if c.is_ascii_alphanumeric() || latin && c.is_alphabetic() {
        1
    } else if c.is_alphanumeric() {
        3
    } else {
        0
    }
}

/// Whether jieba's segmentation runs across the character (its "Han" blocks).
fn is_block(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-')
        || matches!(c,
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2b73f}' | '\u{2b740}'..='\u{2b81f}'
            | '\u{2b820}'..='\u{2ceaf}' | '\u{2ceb0}'..='\u{2ebef}' | '\u{2f800}'..='\u{2fa1f}')
}
