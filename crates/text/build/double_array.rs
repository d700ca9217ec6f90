//! A trie as a double array: two 4-byte numbers a node, a child found by one XOR and one comparison.

use std::collections::BinaryHeap;
use std::ops::Range;

// The layout of a unit; src/dictionary.rs reads it.
const SLOT_BITS: u32 = 21;
const TERMINAL: u64 = 1 << 42;
const FILTER_SHIFT: u32 = 43;
const NAME: u64 = 1 << 59;
const FILTER_MASK: u32 = 15;

/// A word as its characters' codes, the rank of its frequency, and the frequency: none for a name, which is a term alone.
type Word = (Vec<u32>, u32, u64);

/// The finished array.
pub(crate) struct DoubleArray {
    units: Vec<u64>,
    ranks: Vec<u16>,
}

/// A node waiting for its children to be placed.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Pending {
    weight: u64,
    slot: usize,
    depth: usize,
    start: usize,
    end: usize,
}

impl DoubleArray {
    /// Builds the array over sorted, distinct words. Nodes that text visits often are placed first,
    /// so that they lie close together.
    pub(crate) fn build(words: &[Word]) -> Result<Self, String> {
        let mut slots = Slots::default();
        // The root's parent is a slot that no node has.
        let mut array = DoubleArray { units: vec![((1 << SLOT_BITS) - 1) << SLOT_BITS], ranks: vec![0] };
        slots.take(0);
        let mut heap = BinaryHeap::new();
        heap.push(Pending { weight: u64::MAX, slot: 0, depth: 0, start: 0, end: words.len() });
        while let Some(node) = heap.pop() {
            array.grow(node.slot);
            let mut unit = array.units[node.slot];
            let mut start = node.start;
            if words[start].0.len() == node.depth {
                unit |= if words[start].2 == 0 { NAME } else { TERMINAL };
                array.ranks[node.slot] = u16::try_from(words[start].1).map_err(|e| e.to_string())?;
                start += 1;
            }
            let children = children(&words[start..node.end], node.depth);
            if !children.is_empty() {
                let codes: Vec<usize> = children.iter().map(|(code, _, _)| *code as usize).collect();
                let base = slots.place(&codes);
                if base >= 1 << SLOT_BITS {
                    return Err("the dictionary has too many nodes for its layout".to_owned());
                }
                unit |= base as u64;
                for (code, range, weight) in children {
                    let slot = base ^ code as usize;
                    unit |= 1 << (FILTER_SHIFT + (code & FILTER_MASK));
                    array.grow(slot);
                    array.units[slot] = (node.slot as u64) << SLOT_BITS;
                    let (start, end) = (start + range.start, start + range.end);
                    heap.push(Pending { weight, slot, depth: node.depth + 1, start, end });
                }
            }
            array.units[node.slot] = unit;
        }
        Ok(array)
    }

    fn grow(&mut self, slot: usize) {
        if slot >= self.units.len() {
            // A free unit names itself as its parent, which no walk can be at.
            self.units.extend((self.units.len()..=slot).map(|free| (free as u64) << SLOT_BITS));
            self.ranks.resize(self.units.len(), 0);
        }
    }

    /// The units, 8 bytes each, little-endian.
    pub(crate) fn units(&self) -> Vec<u8> {
        self.units.iter().flat_map(|unit| unit.to_le_bytes()).collect()
    }

    /// The frequency rank of each unit's word, 2 bytes each, little-endian.
    pub(crate) fn ranks(&self) -> Vec<u8> {
        self.ranks.iter().flat_map(|rank| rank.to_le_bytes()).collect()
    }
}

/// Groups words by their code at `depth`: the code, the words that share it, their frequency.
fn children(words: &[Word], depth: usize) -> Vec<(u32, Range<usize>, u64)> {
    let mut groups: Vec<(u32, Range<usize>, u64)> = Vec::new();
    for (i, (codes, _, frequency)) in words.iter().enumerate() {
        match groups.last_mut() {
            Some((code, range, weight)) if *code == codes[depth] => {
                range.end = i + 1;
                *weight += frequency;
            }
            _ => groups.push((codes[depth], i..i + 1, *frequency)),
        }
    }
    groups
}

/// Which slots are taken, and the free ones in order.
#[derive(Default)]
struct Slots {
    taken: Vec<bool>,
    /// For each slot a slot at or after it that is not past the next free one.
    next: Vec<usize>,
    /// For each number of children where their search begins: what lies before was tried in vain too often.
    begin: Vec<usize>,
}

/// How many bases are tried in vain before later searches for as many children begin behind them.
const PATIENCE: usize = 256;

impl Slots {
    fn grow(&mut self, slot: usize) {
        while self.taken.len() <= slot {
            self.next.push(self.taken.len());
            self.taken.push(false);
        }
    }

    fn take(&mut self, slot: usize) {
        self.grow(slot);
        self.taken[slot] = true;
        self.next[slot] = slot + 1;
    }

    fn free_from(&mut self, slot: usize) -> usize {
        let mut at = slot;
        loop {
            self.grow(at);
            if !self.taken[at] {
                break;
            }
            at = self.next[at];
        }
        let mut path = slot;
        while path < at {
            let after = self.next[path];
            self.next[path] = at;
            path = after;
        }
        at
    }

    /// Takes the slots `base ^ code` of all codes for the first base where they are free. Slot 0 is
    /// the root's, so no base makes two nodes share one.
    fn place(&mut self, codes: &[usize]) -> usize {
        if self.begin.len() <= codes.len() {
            self.begin.resize(codes.len() + 1, 0);
        }
        let mut free = self.begin[codes.len()];
        let mut tried = 0;
        loop {
            free = self.free_from(free);
            let base = free ^ codes[0];
            if codes.iter().all(|code| self.taken.get(base ^ code) != Some(&true)) {
                for code in codes {
                    self.take(base ^ code);
                }
                if tried > PATIENCE {
                    self.begin[codes.len()] = free;
                }
                return base;
            }
            free += 1;
            tried += 1;
        }
    }
}
