//! Sets of documents of one segment.

use std::ops::Range;

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

    /// What lies in a range of documents.
    pub(crate) fn only(&self, documents: Range<DocId>) -> Bits {
        let mut kept = Bits { words: vec![0; self.words.len()] };
        let words =
            documents.start as usize / 64..(documents.end as usize).div_ceil(64).min(self.words.len());
        if let (Some(kept), Some(own)) = (kept.words.get_mut(words.clone()), self.words.get(words.clone())) {
            kept.copy_from_slice(own);
        }
        if let Some(first) = kept.words.get_mut(words.start) {
            *first &= u64::MAX << (documents.start % 64);
        }
        if !documents.end.is_multiple_of(64)
            && let Some(last) = kept.words.get_mut(documents.end as usize / 64)
        {
            *last &= (1 << (documents.end % 64)) - 1;
        }
        kept
    }

    pub(crate) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// How many `other` holds too.
    pub(crate) fn common(&self, other: &Bits) -> usize {
        self.words.iter().zip(&other.words).map(|(word, other)| (word & other).count_ones() as usize).sum()
    }

    /// Hands on, a word at a time, where the documents that `all` holds too stand among those of `all`.
    pub(crate) fn for_each_place_in(&self, all: &Bits, mut take: impl FnMut(Places)) {
        let mut before = 0;
        for (word, all) in self.words.iter().zip(&all.words) {
            let left = word & all;
            if left != 0 {
                take(Places { left, all: *all, before });
            }
            before += all.count_ones();
        }
    }

    /// The documents, in order.
    pub(crate) fn iter(&self) -> Docs<'_> {
        Docs { words: self.words.iter(), left: 0, next: 0 }
    }
}

/// Where the documents of one word of a set stand among those of a larger one.
pub(crate) struct Places {
    left: u64,
    all: u64,
    before: u32,
}

impl Iterator for Places {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if self.left == 0 {
            return None;
        }
        let lowest = self.left & self.left.wrapping_neg();
        self.left ^= lowest;
        Some(self.before + (self.all & (lowest - 1)).count_ones())
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

/// Articles numbered without the records between them, so that sets of them are no longer than they must be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    articles: Bits,
    count: u32,
    /// How many articles stand before each word of a set.
    before: Vec<u32>,
    /// What closes the gaps in each word of a set.
    closing: Vec<Closing>,
}

/// Moves the bits of a word that stand at some places together at its low end, in their order: by 1, 2, 4 … 32 places, each bit by
/// as many in all as there are gaps below it.
#[derive(Clone, Copy, Debug)]
struct Closing {
    places: u64,
    /// Which bits each step moves.
    moved: [u64; 6],
}

impl Closing {
    fn of(places: u64) -> Closing {
        let mut moved = [0; 6];
        // Where each of the bits stands by now, and the gaps below it.
        let mut left = places;
        while left != 0 {
            let place = left.trailing_zeros();
            left &= left - 1;
            let gaps = place - (places & ((1 << place) - 1)).count_ones();
            let mut at = place;
            for (step, moved) in moved.iter_mut().enumerate() {
                if gaps >> step & 1 == 1 {
                    *moved |= 1 << at;
                    at -= 1 << step;
                }
            }
        }
        Closing { places, moved }
    }

    #[inline]
    fn close(&self, word: u64) -> u64 {
        self.moved.iter().enumerate().fold(word & self.places, |word, (step, moved)| {
            let moving = word & moved;
            (word ^ moving) | (moving >> (1u32 << step))
        })
    }
}

impl Numbers {
    /// Numbers articles in the order of their documents.
    pub(crate) fn of(articles: &Bits) -> Numbers {
        let closing = articles.words.iter().map(|word| Closing::of(*word)).collect();
        let mut count = 0;
        let counted = articles.words.iter().map(|word| {
            let before = count;
            count += word.count_ones();
            before
        });
        let before = counted.collect();
        Numbers { count, before, closing, articles: articles.clone() }
    }

    /// Hands on the numbers of some documents, one after another. What is no article is left out.
    pub(crate) fn each(&self, docs: &Bits, mut take: impl FnMut(u32)) {
        for ((word, all), before) in docs.words.iter().zip(&self.articles.words).zip(&self.before) {
            if word & all != 0 {
                Places { left: word & all, all: *all, before: *before }.for_each(&mut take);
            }
        }
    }

    /// The articles, by their documents.
    pub(crate) fn articles(&self) -> &Bits {
        &self.articles
    }

    /// The same set by numbers. What is no article is left out.
    pub(crate) fn number(&self, docs: &Bits) -> Bits {
        let mut numbered = Bits::empty(self.count);
        let mut next = 0usize;
        for (docs, closing) in docs.words.iter().zip(&self.closing) {
            let (word, shift) = (closing.close(*docs), next % 64);
            if let Some(here) = numbered.words.get_mut(next / 64) {
                *here |= word << shift;
            }
            if shift > 0
                && let Some(after) = numbered.words.get_mut(next / 64 + 1)
            {
                *after |= word >> (64 - shift);
            }
            next += closing.places.count_ones() as usize;
        }
        numbered
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

    #[test]
    fn a_range_of_documents() {
        for max_doc in [1, 63, 64, 65, 200] {
            let mut bits = Bits::empty(max_doc);
            (0..max_doc).filter(|doc| doc % 3 != 1).for_each(|doc| bits.insert(doc));
            for (start, end) in
                [(0, max_doc), (0, 0), (5, 60), (60, 64), (63, 65), (64, 128), (70, 71), (130, 999)]
            {
                let kept: Vec<DocId> = bits.only(start..end).iter().collect();
                let expected: Vec<DocId> = bits.iter().filter(|doc| (start..end).contains(doc)).collect();
                assert_eq!(kept, expected, "{start}..{end} of {max_doc}");
            }
        }
    }

    #[test]
    fn places_among_others() {
        let (mut all, mut some) = (Bits::empty(300), Bits::empty(300));
        (0..300).filter(|doc| doc % 3 == 1).for_each(|doc| all.insert(doc));
        [1, 2, 4, 130, 199, 298].iter().for_each(|doc| some.insert(*doc));
        let mut places = Vec::new();
        some.for_each_place_in(&all, |here| places.extend(here));
        assert_eq!(places, [0, 1, 43, 66, 99]);
    }

    #[test]
    fn articles_are_numbered_without_what_stands_between() {
        let mut articles = Bits::empty(300);
        (0..300).filter(|doc| doc % 3 == 1).for_each(|doc| articles.insert(doc));
        let numbers = Numbers::of(&articles);
        let mut docs = Bits::empty(300);
        [0, 1, 4, 5, 130, 298].iter().for_each(|doc| docs.insert(*doc));
        assert_eq!(numbers.number(&docs).iter().collect::<Vec<_>>(), [0, 1, 43, 99]);
        assert_eq!(numbers.number(&articles), Bits::full(100));
        let mut each = Vec::new();
        numbers.each(&docs, |number| each.push(number));
        assert_eq!(each, [0, 1, 43, 99]);
        assert_eq!(Numbers::of(&Bits::full(130)).number(&Bits::full(130)), Bits::full(130));
        let mut some = Bits::empty(300);
        (0..300).filter(|doc| doc % 2 == 1).for_each(|doc| some.insert(doc));
        assert_eq!(some.common(&articles), 50);
    }
}
