//! Turns the readable files of `data/` into the tables that the library embeds.
//!
//! the tables of characters and phrases become a two-level character table; jieba's dictionary, `words.tsv` and
//! `names.tsv`, folded with it, become a double array that is used where it lies in the program file. Nothing is left to do
//! when a process starts.

mod dictionary;
mod double_array;
mod fold;
mod native;
mod table;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=data");
    let out = env::var("OUT_DIR")?;
    let out = Path::new(&out);
    let fold = fold::Fold::read(Path::new("data"))?;
    let dictionary = dictionary::Dictionary::read(
        Path::new("data/jieba.dict.txt.zst"),
        Path::new("data/words.tsv"),
        Path::new("data/names.tsv"),
        &fold,
    )?;
    let codes = dictionary::codes(&dictionary.letters());
    fold.write(&dictionary.character_frequencies(), &codes, &out.join("fold.rs"))?;
    fs::write(out.join("wording.rs"), fold.wording_source())?;
    dictionary.write(out)?;
    native::compile();
    Ok(())
}

/// Reads a data file's rows: lines without comments and blank lines, with their line numbers.
fn rows(path: &Path) -> Result<Vec<(usize, String)>, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(i, line)| (i + 1, line.to_owned()))
        .collect())
}

/// Splits a data file's rows at their TAB.
fn pairs(path: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut pairs = Vec::new();
    for (line, row) in rows(path)? {
        let (left, right) = row.split_once('\t').ok_or_else(|| {
            format!("{}:{line}: expected two fields and a TAB between them", path.display())
        })?;
        pairs.push((left.to_owned(), right.to_owned()));
    }
    Ok(pairs)
}

/// FNV-1a, 64 bits: the same function as the library's `hash64`.
fn hash64(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// The value that `hash64` starts from.
const HASH_START: u64 = 0xcbf2_9ce4_8422_2325;

/// A hash of two characters, below 16,384: the same function as in the library's `script/wording.rs`.
fn pair_hash(first: char, second: char) -> usize {
    let both = (u32::from(first) << 11) ^ u32::from(second);
    (both.wrapping_mul(0x9e37_79b1) >> 18) as usize
}
