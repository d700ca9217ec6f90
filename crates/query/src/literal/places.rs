//! Where a term stands in the documents of its list: the differences between places, in packed blocks that are unpacked whole.

use std::ops::Range;

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::directory::OwnedBytes;

use super::list::{BLOCK, Spot, packed};
use super::numbers::{read_number, read_numbers};

/// The places of one term. Each document's begin with its first place; the others are told by their distance from the one before.
pub(super) struct Places {
    bytes: OwnedBytes,
    /// Where the widths of the full blocks lie, and how many there are.
    widths_at: usize,
    full: usize,
    /// The block that is unpacked, and how many differences it holds; none at first.
    block: Option<usize>,
    held: usize,
    steps: Box<[u32; BLOCK]>,
    /// A full block, or the one behind the last, and where its bytes begin.
    reached: usize,
    reached_at: usize,
}

impl Places {
    /// Places of which none is unpacked; `None` where the bytes end too early.
    pub(super) fn open(bytes: OwnedBytes) -> Option<Places> {
        let mut widths_at = 0;
        let full = read_number(&bytes, &mut widths_at)? as usize;
        let begin = widths_at.checked_add(full).filter(|begin| *begin <= bytes.len())?;
        let steps = Box::new([0; BLOCK]);
        let (block, held, reached, reached_at) = (None, 0, 0, begin);
        Some(Places { bytes, widths_at, full, block, held, steps, reached, reached_at })
    }

    /// Hands on the places in one document, each so much further, until `take` wants no more; whether there were so many.
    #[inline]
    pub(super) fn each(&mut self, spot: Spot, further: u32, mut take: impl FnMut(u32) -> bool) -> bool {
        let mut place = further;
        self.parts(spot, |steps| {
            steps.iter().all(|step| {
                place = place.wrapping_add(*step);
                take(place)
            })
        })
    }

    /// Appends the places in one document, each so much further; whether there were so many.
    #[inline]
    pub(super) fn append(&mut self, spot: Spot, further: u32, places: &mut Vec<u32>) -> bool {
        let mut place = further;
        self.parts(spot, |steps| {
            places.extend(steps.iter().map(|step| {
                place = place.wrapping_add(*step);
                place
            }));
            true
        })
    }

    /// Hands on the steps in one document, those of one block after another, until no more are wanted; whether there were so many.
    #[inline]
    fn parts(&mut self, spot: Spot, mut take: impl FnMut(&[u32]) -> bool) -> bool {
        let (mut block, mut at) = ((spot.from / BLOCK as u64) as usize, (spot.from % BLOCK as u64) as usize);
        let mut left = spot.times as usize;
        while left > 0 {
            if self.block != Some(block) && !self.unpack(block) {
                return false;
            }
            let steps = self.steps.get(at..self.held.min(at + left)).unwrap_or_default();
            if steps.is_empty() {
                return false;
            }
            if !take(steps) {
                return true;
            }
            left -= steps.len();
            (block, at) = (block + 1, 0);
        }
        true
    }

    /// Unpacks a block; whether it is there.
    fn unpack(&mut self, block: usize) -> bool {
        self.block = None;
        let Some(widths) = self.bytes.get(self.widths_at..self.widths_at + self.full) else { return false };
        let target = block.min(self.full);
        let bytes_of = |blocks: Range<usize>| -> usize {
            let widths = widths.get(blocks).unwrap_or_default();
            widths.iter().map(|width| usize::from(*width)).sum::<usize>() * BLOCK / 8
        };
        self.reached_at = if target < self.reached {
            self.reached_at.saturating_sub(bytes_of(target..self.reached))
        } else {
            self.reached_at.saturating_add(bytes_of(self.reached..target))
        };
        self.reached = target;
        let bytes = self.bytes.get(self.reached_at..).unwrap_or_default();
        match widths.get(block) {
            Some(width) => {
                if *width > 32 || bytes.len() < packed(*width) {
                    return false;
                }
                BitPacker4x::new().decompress(bytes, &mut self.steps[..], *width);
                self.held = BLOCK;
            }
            None if block == self.full => {
                let mut read = 0;
                let mut filled = 0;
                for step in self.steps.iter_mut() {
                    if read >= bytes.len()
                        || !read_numbers(bytes, &mut read, std::iter::once(step), |step| step)
                    {
                        break;
                    }
                    filled += 1;
                }
                self.held = filled;
            }
            None => return false,
        }
        self.block = Some(block);
        true
    }
}
