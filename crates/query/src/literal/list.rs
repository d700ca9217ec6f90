//! A term's list, read block by block from the bytes of the index.
//!
//! tantivy's own cursor decodes how often a term stands in each of 128 documents whenever it reaches them, and to say where it stands
//! in one of them it adds those numbers up anew. A piece is looked for in few of the documents that its lists are stepped through; so
//! here frequencies are decoded where one is asked for, and added up once a block.
//!
//! The form of the bytes is tantivy's (`tantivy::postings`): where there are 128 documents or more, entries to skip by, one for each
//! full block (its last document, the widths of its numbers, how many places its documents have, two bytes for scores), then the blocks;
//! what is left of documents is written in numbers of variable length.

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::directory::OwnedBytes;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, TERMINATED};

use super::damage;
use super::numbers::{read_number, read_numbers};

/// Documents that are held against what is sought at once.
const STRIDE: usize = 4;
/// Room for a block with so many behind it that never are sought.
const ROOM: usize = BLOCK + STRIDE;
/// Documents of a full block.
pub(super) const BLOCK: usize = BitPacker4x::BLOCK_LEN;

/// A term's documents in order, and how often it stands in each.
pub(super) struct List {
    bytes: OwnedBytes,
    record: IndexRecordOption,
    /// How many documents there are, and how many from the block at hand on.
    documents: u32,
    left: u32,
    /// Where the entry behind that of the block at hand lies, where the blocks begin, and where the one at hand lies.
    next_entry: usize,
    entries_end: usize,
    block_at: usize,
    block: Block,
    /// The last document of the block before.
    before: DocId,
    /// The block's documents, then nothing but [`TERMINATED`].
    docs: Box<[DocId; ROOM]>,
    /// Which of them is at hand.
    at: usize,
    /// Whether it was asked how often the term stands in each.
    counted: bool,
    /// Whether the block at hand is still to be decoded.
    fresh: bool,
    /// Where the block's frequencies lie.
    frequencies_at: usize,
    /// How many places the documents before the block have, and those of the block before each and behind the last.
    places_before: u64,
    sums: Box<[u32; BLOCK + 1]>,
}

/// Which of a term's places are those in one document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    /// How many come before.
    pub(super) from: u64,
    /// How many there are.
    pub(super) times: u32,
}

/// Documents that were found in a list.
pub(super) struct Found {
    /// Their numbers among those that were looked for.
    numbers: [u8; BLOCK + 1],
    /// Where they are in the list's block.
    at: [u8; BLOCK + 1],
    spots: [Spot; BLOCK],
    count: usize,
}

impl Default for Found {
    fn default() -> Found {
        Found { numbers: [0; BLOCK + 1], at: [0; BLOCK + 1], spots: [Spot::default(); BLOCK], count: 0 }
    }
}

impl Found {
    fn clear(&mut self) {
        self.count = 0;
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Adds a document if it is there: written in any case, which spares a branch that nobody can guess.
    #[inline]
    fn add(&mut self, number: usize, at: usize, is_there: bool) {
        if let (Some(known), Some(place)) = (self.numbers.get_mut(self.count), self.at.get_mut(self.count)) {
            (*known, *place) = (number as u8, at as u8);
            self.count = (self.count + usize::from(is_there)).min(BLOCK);
        }
    }

    fn untold(&mut self, before: usize) -> impl Iterator<Item = (usize, &mut Spot)> {
        let at = self.at.get(before..self.count).unwrap_or_default().iter().map(|at| usize::from(*at));
        at.zip(self.spots.get_mut(before..self.count).unwrap_or_default())
    }

    /// Their numbers, ascending.
    pub(super) fn numbers(&self) -> &[u8] {
        self.numbers.get(..self.count).unwrap_or_default()
    }

    /// Where the term stands in them.
    pub(super) fn spots(&self) -> &[Spot] {
        self.spots.get(..self.count).unwrap_or_default()
    }

    /// Where the term stands in the document of a number, if all that were looked for were found.
    #[inline]
    pub(super) fn spot(&self, number: usize) -> Spot {
        self.spots.get(number).copied().unwrap_or_default()
    }

    /// Keeps what stands at some places.
    pub(super) fn pick(&mut self, places: &[u8]) {
        for (to, from) in places.iter().map(|from| usize::from(*from)).enumerate() {
            let spot = self.spot(from);
            let at = self.at.get(from).copied().unwrap_or_default();
            if let (Some(spot_at), Some(place)) = (self.spots.get_mut(to), self.at.get_mut(to)) {
                (*spot_at, *place) = (spot, at);
            }
        }
        self.count = places.len();
    }
}

/// How a block is written.
#[derive(Clone, Copy)]
enum Block {
    Full(Entry),
    /// Numbers of variable length, fewer than a full block.
    Rest,
}

/// What is said of a full block.
#[derive(Clone, Copy)]
struct Entry {
    last: DocId,
    document_bits: u8,
    /// Whether numbers are written less one, as tantivy does by now.
    less_one: bool,
    frequency_bits: u8,
    places: u32,
}

impl Entry {
    fn length(&self) -> usize {
        packed(self.document_bits) + packed(self.frequency_bits)
    }
}

/// Bytes that a block of numbers of some bits takes.
pub(super) fn packed(bits: u8) -> usize {
    usize::from(bits) * BLOCK / 8
}

/// Bytes of an entry to skip by.
fn entry_length(record: IndexRecordOption) -> usize {
    match record {
        IndexRecordOption::Basic => 5,
        IndexRecordOption::WithFreqs => 8,
        IndexRecordOption::WithFreqsAndPositions => 12,
    }
}

impl List {
    /// A list that stands before its first document.
    ///
    /// # Errors
    /// Where the bytes end before the list does.
    pub(super) fn open(
        bytes: OwnedBytes,
        documents: u32,
        record: IndexRecordOption,
    ) -> tantivy::Result<List> {
        let (mut next_entry, mut entries_end) = (0, 0);
        if documents as usize >= BLOCK {
            let length = read_number(&bytes, &mut next_entry).ok_or_else(damage::error)?;
            entries_end = next_entry.saturating_add(length as usize);
            let entries = documents as usize / BLOCK * entry_length(record);
            if entries_end > bytes.len() || entries_end - next_entry != entries {
                return Err(damage::error());
            }
        }
        let mut list = List {
            bytes,
            record,
            documents,
            left: documents,
            next_entry,
            entries_end,
            block_at: entries_end,
            block: Block::Rest,
            before: 0,
            docs: Box::new([TERMINATED; ROOM]),
            at: 0,
            counted: false,
            fresh: true,
            frequencies_at: 0,
            places_before: 0,
            sums: Box::new([0; BLOCK + 1]),
        };
        list.block = list.entry();
        Ok(list)
    }

    /// How many documents it has.
    pub(super) fn len(&self) -> u32 {
        self.documents
    }

    /// Moves on to the first document from `target` on, and returns it.
    pub(super) fn reach(&mut self, target: DocId) -> DocId {
        if self.fresh || self.last() < target {
            self.skip_to(target);
            if self.last() < target {
                // Only damaged bytes promise a document that does not come.
                self.end();
            }
        }
        self.at = first_from(&self.docs, self.at, target);
        self.docs[self.at % BLOCK]
    }

    /// Begins with documents of one block, from `target` on and before `end`; [`List::tell_window`] says of those that are left where the
    /// term stands.
    pub(super) fn window(
        &mut self,
        target: DocId,
        end: DocId,
        docs: &mut Vec<DocId>,
        told: Option<&mut Found>,
    ) {
        docs.clear();
        if self.reach(target) >= end {
            return;
        }
        let rest = self.docs.get(self.at..BLOCK).unwrap_or_default();
        let count = if self.last() < end { rest.len() } else { rest.partition_point(|doc| *doc < end) };
        docs.extend_from_slice(rest.get(..count).unwrap_or_default());
        if let Some(found) = told {
            found.clear();
            for number in 0..count {
                found.add(number, self.at + number, true);
            }
        }
    }

    /// Says where the term stands in what is left of the documents of the block at hand.
    pub(super) fn tell_window(&mut self, found: &mut Found) {
        self.tell(found, 0);
    }

    /// Which of some ascending documents it has, at most a block of them, and where the term stands in them if that is to be `told`. In
    /// the end it stands on the first document from the last of them on.
    pub(super) fn find(&mut self, docs: &[DocId], told: bool, found: &mut Found) {
        found.clear();
        let mut number = 0;
        while let Some(target) = docs.get(number) {
            if self.fresh || self.last() < *target {
                self.skip_to(*target);
            }
            let (last, before) = (self.last(), found.len());
            if last < *target {
                return self.end();
            }
            let mut at = self.at;
            for target in docs.get(number..).unwrap_or_default() {
                if *target > last {
                    break;
                }
                at = first_from(&self.docs, at, *target);
                found.add(number, at, self.docs[at % BLOCK] == *target);
                number += 1;
            }
            self.at = at;
            if told {
                self.tell(found, before);
            }
        }
    }

    /// Says where the term stands in the documents of the block at hand that were found.
    fn tell(&mut self, found: &mut Found, before: usize) {
        if found.len() == before {
            return;
        }
        if !self.counted {
            self.count();
        }
        for (at, spot) in found.untold(before) {
            let (from, to) = (self.sums[at % BLOCK], self.sums[at % BLOCK + 1]);
            *spot = Spot { from: self.places_before + u64::from(from), times: to.wrapping_sub(from) };
        }
    }

    fn last(&self) -> DocId {
        self.docs[BLOCK - 1]
    }

    /// Passes over blocks whose last document comes before the target.
    fn skip_to(&mut self, target: DocId) {
        while let Block::Full(entry) = self.block
            && entry.last < target
        {
            self.before = entry.last;
            self.block_at = self.block_at.saturating_add(entry.length());
            self.places_before += u64::from(entry.places);
            self.left -= BLOCK as u32;
            self.block = self.entry();
        }
        self.decode();
    }

    /// The entry of the next block.
    fn entry(&mut self) -> Block {
        if (self.left as usize) < BLOCK {
            return Block::Rest;
        }
        let length = entry_length(self.record);
        let bytes = self.bytes.get(self.next_entry..self.entries_end).and_then(|rest| rest.get(..length));
        let entry = bytes.and_then(|bytes| {
            let (last, rest) = bytes.split_first_chunk()?;
            let (&bits, rest) = rest.split_first()?;
            let frequency_bits = rest.first().copied().unwrap_or_default();
            let places = rest.get(1..5).filter(|_| length == 12).and_then(|places| places.try_into().ok());
            Some(Entry {
                last: u32::from_le_bytes(*last),
                document_bits: bits & 0x1f,
                less_one: bits & 0x40 != 0,
                frequency_bits: if length == 5 { 0 } else { frequency_bits },
                places: places.map_or(0, u32::from_le_bytes),
            })
        });
        self.next_entry += length;
        match entry.filter(|entry| entry.frequency_bits <= 32) {
            Some(entry) => Block::Full(entry),
            None => {
                self.end();
                Block::Rest
            }
        }
    }

    /// Nothing more is read of damaged bytes.
    #[cold]
    fn end(&mut self) {
        damage::note();
        self.left = 0;
        self.docs.fill(TERMINATED);
        self.at = 0;
    }

    fn decode(&mut self) {
        (self.at, self.fresh, self.counted) = (0, false, false);
        let bytes = self.bytes.get(self.block_at..).unwrap_or_default();
        match self.block {
            Block::Full(entry) => {
                if bytes.len() < entry.length() {
                    return self.end();
                }
                let (bits, docs) = (entry.document_bits, &mut self.docs[..BLOCK]);
                let read = if entry.less_one {
                    let before = Some(self.before).filter(|before| *before > 0);
                    BitPacker4x::new().decompress_strictly_sorted(before, bytes, docs, bits)
                } else {
                    BitPacker4x::new().decompress_sorted(self.before, bytes, docs, bits)
                };
                self.frequencies_at = self.block_at + read;
            }
            Block::Rest => {
                self.docs.fill(TERMINATED);
                let mut read = 0;
                let mut doc = self.before;
                let rest = self.docs.iter_mut().take(self.left as usize);
                let whole = read_numbers(bytes, &mut read, rest, |number| {
                    doc = doc.wrapping_add(number);
                    doc
                });
                self.frequencies_at = self.block_at.saturating_add(read);
                if !whole {
                    self.end();
                }
            }
        }
    }

    fn count(&mut self) {
        self.counted = true;
        let bytes = self.bytes.get(self.frequencies_at..).unwrap_or_default();
        let sums = &mut self.sums[1..];
        let mut sum = 0u32;
        let mut add = |frequency| {
            sum = sum.wrapping_add(frequency);
            sum
        };
        match self.block {
            _ if self.record == IndexRecordOption::Basic => sums.fill_with(|| add(1)),
            Block::Full(entry) => {
                if bytes.len() < packed(entry.frequency_bits) {
                    return self.end();
                }
                // What unpacks ascending documents from their distances adds frequencies up as well.
                if entry.less_one {
                    BitPacker4x::new().decompress_strictly_sorted(Some(0), bytes, sums, entry.frequency_bits);
                } else {
                    BitPacker4x::new().decompress_sorted(0, bytes, sums, entry.frequency_bits);
                }
            }
            Block::Rest => {
                if !read_numbers(bytes, &mut 0, sums.iter_mut().take(self.left as usize), add) {
                    self.end();
                }
            }
        }
    }
}

/// The place of the first document of a block from a target on; none is behind the last one.
#[inline]
fn first_from(docs: &[DocId; ROOM], mut at: usize, target: DocId) -> usize {
    while let Some(far) = docs.get(at + STRIDE)
        && *far < target
    {
        at += STRIDE;
    }
    let near = docs.get(at..at + STRIDE).unwrap_or_default();
    // Documents are less than 2^31, and signed numbers are compared side by side. One that comes before is no more than the fourth.
    let passed = near.iter().map(|doc| i32::from((*doc as i32) < target as i32)).sum::<i32>();
    (at + passed as usize).min(BLOCK - 1)
}
