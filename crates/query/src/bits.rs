//! Sets of documents of one segment.

use tantivy::DocId;

/// A set of documents of one segment, a bit a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// The empty set over `max_doc` documents.
    pub(crate) fn empty(max_doc: DocId) -> Bits {
        Bits { words: vec![0; max_doc as usize / 64 + 1] }
    }

    /// All of `max_doc` documents.
    pub(crate) fn full(max_doc: DocId) -> Bits {
        let mut words = vec![u64::MAX; max_doc as usize / 64];
        words.push((1 << (max_doc % 64)) - 1);
        Bits { words }
    }

    #[inline]
    pub(crate) fn insert(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    #[inline]
    pub(crate) fn remove(&mut self, doc: DocId) {
        if let Some(word) = self.words.get_mut(doc as usize / 64) {
            *word &= !(1 << (doc % 64));
        }
    }

    #[inline]
    pub(crate) fn contains(&self, doc: DocId) -> bool {
        self.words.get(doc as usize / 64).is_some_and(|word| word >> (doc % 64) & 1 == 1)
    }

    /// Keeps what `other` holds too.
    pub(crate) fn intersect(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Adds what `other` holds.
    pub(crate) fn unite(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Takes out what `other` holds.
    pub(crate) fn subtract(&mut self, other: &Bits) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The documents, in order.
    pub(crate) fn iter(&self) -> Docs<'_> {
        Docs { words: self.words.iter(), left: 0, next: 0 }
    }
}

/// The documents of a set, in order.
#[derive(Clone, Debug)]
pub(crate) struct Docs<'a> {
    words: std::slice::Iter<'a, u64>,
    /// What is left of the word at hand.
    left: u64,
    /// The first document of the next word.
    next: DocId,
}

impl Iterator for Docs<'_> {
    type Item = DocId;

    #[inline]
    fn next(&mut self) -> Option<DocId> {
        while self.left == 0 {
            self.left = *self.words.next()?;
            self.next += 64;
        }
        let doc = self.next - 64 + self.left.trailing_zeros();
        self.left &= self.left - 1;
        Some(doc)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_was_put_in() {
        for max_doc in [1, 63, 64, 65, 200] {
            assert_eq!(Bits::full(max_doc).len(), max_doc as usize);
            let mut bits = Bits::empty(max_doc);
            let docs: Vec<DocId> = (0..max_doc).filter(|doc| doc % 7 == 0).collect();
            docs.iter().for_each(|doc| bits.insert(*doc));
            assert_eq!(bits.iter().collect::<Vec<_>>(), docs);
            let mut both = Bits::full(max_doc);
            both.intersect(&bits);
            both.remove(0);
            assert_eq!(both.len(), docs.len() - 1);
            assert!(!both.contains(0) && !both.contains(max_doc + 100));
        }
    }
}
