//! Reads `fold.tsv` and `script.tsv` and writes the character table: fold, class and flags of every character.

use std::collections::{HashMap, HashSet};
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
const CODE_SHIFT: u32 = 32;

/// How many of the most frequent Han characters count as common.
const COMMON: usize = 2_000;

/// The context-free map from a character to its class's name.
pub(crate) struct Fold {
    han: HashMap<char, char>,
    traditional: HashSet<char>,
    simplified: HashSet<char>,
}

impl Fold {
    /// Reads the table of Han classes and that of scripts.
    pub(crate) fn read(path: &Path, script: &Path) -> Result<Self, Box<dyn Error>> {
        let mut han = HashMap::new();
        for (line, row) in crate::rows(path)? {
            let wrong = || format!("{}:{line}: expected a character, TAB, characters", path.display());
            let (name, others) = row.split_once('\t').ok_or_else(wrong)?;
            let mut chars = name.chars();
            let (Some(name), None) = (chars.next(), chars.next()) else { return Err(wrong().into()) };
            for other in others.chars() {
                if han.insert(other, name).is_some() {
                    return Err(format!("{}:{line}: {other} is in two classes", path.display()).into());
                }
            }
        }
        if let Some((other, name)) = han.iter().find(|(_, name)| han.contains_key(name)) {
            return Err(format!("{}: {other} folds to {name}, itself folded", path.display()).into());
        }
        let (mut traditional, mut simplified) = (HashSet::new(), HashSet::new());
        for (line, row) in crate::rows(script)? {
            match row.split_once('\t') {
                Some(("traditional", chars)) => traditional.extend(chars.chars()),
                Some(("simplified", chars)) => simplified.extend(chars.chars()),
                _ => {
                    return Err(
                        format!("{}:{line}: expected a script, TAB, characters", script.display()).into()
                    );
                }
            }
        }
        Ok(Fold { han, traditional, simplified })
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
        let entry = |c| {
            let folded = self.fold(c);
            let delta = u32::from(folded).wrapping_sub(u32::from(c)) & DELTA_MASK;
            let mut entry = delta | (class(folded) << CLASS_SHIFT);
            if is_block(folded) {
                entry |= BLOCK_FLAG;
            }
            if common.contains(&folded) {
                entry |= COMMON_FLAG;
            }
            let flags = [
                (self.traditional.contains(&c), TRADITIONAL_FLAG),
                (self.simplified.contains(&c), SIMPLIFIED_FLAG),
                (is_wide(c) && folded != c, WIDE_FLAG),
            ];
            flags.iter().filter(|(set, _)| *set).fold(entry, |entry, (_, flag)| entry | flag)
        };
        let table = Table::new(|c| {
            let code = codes.get(&self.fold(c)).copied().unwrap_or(0);
            u64::from(entry(c)) | u64::from(code) << CODE_SHIFT
        })?;
        let mut bitmap = [0_u64; 1024];
        for c in (0..0x1_0000).filter_map(char::from_u32) {
            if entry(c) & (TRADITIONAL_FLAG | WIDE_FLAG) != 0 {
                bitmap[c as usize / 64] |= 1 << (c as usize % 64);
            }
        }
        let mut source = table.source("FOLD");
        let hash = table.hash(crate::HASH_START);
        source.push_str(&format!("pub(crate) static UNIFY_BITMAP: [u64; 1024] = {bitmap:?};\n"));
        source.push_str(&format!("pub(crate) const FOLD_FINGERPRINT: u64 = {hash};\n"));
        fs::write(path, source)?;
        Ok(())
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
