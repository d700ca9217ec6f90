//! Lists on their way into a segment: for each term the documents that have it and what is kept of each, as differences
//! of seven bits a byte.

use std::io;

use tantivy::DocId;
use tantivy::postings::FieldSerializer;

/// Bytes of a list that lie beside what else is known of it. A list then takes one line of the processor's cache, and hardly
/// any addition touches another: most of the time of taking in texts goes into waiting for memory.
const NEAR: usize = 23;
/// Bytes that the largest number takes.
const LONGEST: usize = 5;

/// Numbers of seven bits a byte, the lowest first, a set top bit where more follow.
#[derive(Debug, Default)]
struct Numbers {
    far: Vec<u8>,
    /// What comes after `far`.
    near: [u8; NEAR],
    length: u8,
}

impl Numbers {
    /// Adds one; what more memory that takes is added to `used`.
    #[inline]
    fn push(&mut self, mut number: u32, used: &mut usize) {
        if usize::from(self.length) > NEAR - LONGEST {
            self.move_away(used);
        }
        while number >= 0x80 {
            self.put(number as u8 | 0x80);
            number >>= 7;
        }
        self.put(number as u8);
    }

    #[inline]
    fn put(&mut self, byte: u8) {
        if let Some(place) = self.near.get_mut(usize::from(self.length)) {
            *place = byte;
            self.length += 1;
        }
    }

    #[inline(never)]
    fn move_away(&mut self, used: &mut usize) {
        let before = self.far.capacity();
        self.far.extend_from_slice(self.near.get(..usize::from(self.length)).unwrap_or_default());
        self.length = 0;
        *used += self.far.capacity() - before;
    }

    fn near(&self) -> &[u8] {
        self.near.get(..usize::from(self.length)).unwrap_or_default()
    }

    fn iter(&self) -> Reading<'_> {
        Reading { bytes: &self.far, rest: self.near() }
    }
}

/// What is left of a list's numbers.
struct Reading<'a> {
    bytes: &'a [u8],
    /// What comes after `bytes`. No number lies in both.
    rest: &'a [u8],
}

impl Iterator for Reading<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if self.bytes.is_empty() {
            self.bytes = std::mem::take(&mut self.rest);
        }
        let (mut number, mut shift) = (0, 0);
        loop {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift += 7;
        }
    }
}

/// The list of a term.
pub(super) trait List {
    /// Whether it says how often a document has the term.
    fn has_counts(&self) -> bool {
        true
    }

    /// In how many documents the term stands.
    fn documents(&self) -> u32;

    /// Hands its documents over.
    fn write(&self, out: &mut FieldSerializer<'_>);
}

/// Writes a term with its list.
pub(super) fn write_term(term: &[u8], list: &impl List, out: &mut FieldSerializer<'_>) -> io::Result<()> {
    out.new_term(term, list.documents(), list.has_counts())?;
    list.write(out);
    out.close_term()
}

/// Which documents have a term.
#[derive(Debug, Default)]
pub(super) struct Documents {
    numbers: Numbers,
    last: DocId,
    documents: u32,
}

impl Documents {
    /// Adds a document, unless it was the last that was added.
    pub(super) fn add(&mut self, doc: DocId, used: &mut usize) {
        if self.documents > 0 && self.last == doc {
            return;
        }
        self.numbers.push(doc - self.last, used);
        self.last = doc;
        self.documents += 1;
    }
}

impl List for Documents {
    fn has_counts(&self) -> bool {
        false
    }

    fn documents(&self) -> u32 {
        self.documents
    }

    fn write(&self, out: &mut FieldSerializer<'_>) {
        let mut doc = 0;
        for difference in self.numbers.iter() {
            doc += difference;
            out.write_doc(doc, 0, &[]);
        }
    }
}

/// How often documents have a term.
#[derive(Debug, Default)]
#[repr(align(64))]
pub(super) struct Counts {
    /// Difference and count of each document; the count of the last is not among them.
    numbers: Numbers,
    last: DocId,
    count: u32,
    documents: u32,
}

impl Counts {
    /// Adds one place in a document, the last one or a later.
    #[inline]
    pub(super) fn add(&mut self, doc: DocId, used: &mut usize) {
        if self.documents == 0 || self.last != doc {
            if self.documents > 0 {
                self.numbers.push(self.count, used);
            }
            self.numbers.push(doc - self.last, used);
            self.last = doc;
            self.count = 0;
            self.documents += 1;
        }
        self.count += 1;
    }
}

impl List for Counts {
    fn documents(&self) -> u32 {
        self.documents
    }

    fn write(&self, out: &mut FieldSerializer<'_>) {
        let mut numbers = self.numbers.iter();
        let mut doc = 0;
        while let Some(difference) = numbers.next() {
            doc += difference;
            out.write_doc(doc, numbers.next().unwrap_or(self.count), &[]);
        }
    }
}

/// Where in documents a term stands.
#[derive(Debug, Default)]
#[repr(align(64))]
pub(super) struct Places {
    /// For each document its difference, the differences of its places, counted from 1, and a 0, which the last lacks.
    numbers: Numbers,
    last: DocId,
    /// One more than the last place in that document.
    after: u32,
    documents: u32,
}

impl Places {
    /// Adds a place behind all others of the same document, which is the last one or a later.
    #[inline]
    pub(super) fn add(&mut self, doc: DocId, position: u32, used: &mut usize) {
        if self.documents == 0 || self.last != doc {
            if self.documents > 0 {
                self.numbers.push(0, used);
            }
            self.numbers.push(doc - self.last, used);
            self.last = doc;
            self.after = 0;
            self.documents += 1;
        }
        let after = position.saturating_add(1);
        self.numbers.push(after - self.after, used);
        self.after = after;
    }
}

impl List for Places {
    fn documents(&self) -> u32 {
        self.documents
    }

    fn write(&self, out: &mut FieldSerializer<'_>) {
        let mut numbers = self.numbers.iter();
        let mut places = Vec::new();
        let mut doc = 0;
        while let Some(difference) = numbers.next() {
            doc += difference;
            places.clear();
            while let Some(number) = numbers.next()
                && number > 0
            {
                places.push(number);
            }
            if let Some(first) = places.first_mut() {
                // tantivy counts from 0.
                *first -= 1;
            }
            out.write_doc(doc, places.len() as u32, &places);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_takes_one_line_of_the_cache() {
        assert_eq!((size_of::<Counts>(), size_of::<Places>()), (64, 64));
    }

    #[test]
    fn numbers_come_back() {
        let numbers: Vec<u32> =
            (0..32).flat_map(|bit| [0, (1 << bit) - 1, 1 << bit, u32::MAX >> bit]).collect();
        let (mut list, mut used) = (Numbers::default(), 0);
        for (count, number) in numbers.iter().enumerate() {
            assert_eq!(list.iter().collect::<Vec<_>>(), numbers[..count]);
            list.push(*number, &mut used);
        }
        assert_eq!(list.iter().collect::<Vec<_>>(), numbers);
        assert_eq!(used, list.far.capacity());
    }
}
