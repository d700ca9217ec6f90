//! Two-level tables over all characters, written as Rust source.

use std::collections::HashMap;
use std::fmt::Write;

/// Characters a block: small enough that most blocks are equal and stored once.
const BLOCK: u32 = 128;

/// A table of one number a character.
pub(crate) struct Table {
    index: Vec<u16>,
    blocks: Vec<Vec<u64>>,
}

impl Table {
    /// Asks `value` for every character (surrogates, which are no characters, get 0).
    pub(crate) fn new(value: impl Fn(char) -> u64) -> Result<Self, String> {
        let mut seen: HashMap<Vec<u64>, u16> = HashMap::new();
        let mut table = Table { index: Vec::new(), blocks: Vec::new() };
        for start in (0..0x11_0000).step_by(BLOCK as usize) {
            let block: Vec<u64> =
                (start..start + BLOCK).map(|code| char::from_u32(code).map_or(0, &value)).collect();
            let next = u16::try_from(table.blocks.len()).map_err(|_| "too many blocks")?;
            let number = *seen.entry(block.clone()).or_insert(next);
            if number == next {
                table.blocks.push(block);
            }
            table.index.push(number);
        }
        Ok(table)
    }

    /// A hash over the whole table.
    pub(crate) fn hash(&self, start: u64) -> u64 {
        let index = self.index.iter().fold(start, |hash, n| crate::hash64(hash, &n.to_le_bytes()));
        self.blocks.iter().flatten().fold(index, |hash, n| crate::hash64(hash, &n.to_le_bytes()))
    }

    /// The table as the two statics `{name}_INDEX` and `{name}_BLOCKS`.
    pub(crate) fn source(&self, name: &str) -> String {
        let mut source = String::new();
        let (rows, blocks) = (self.index.len(), self.blocks.len());
        let _ = writeln!(source, "pub(crate) static {name}_INDEX: [u16; {rows}] = {:?};", self.index);
        let _ = writeln!(
            source,
            "pub(crate) static {name}_BLOCKS: [[u64; {BLOCK}]; {blocks}] = {:?};",
            self.blocks
        );
        source
    }
}
