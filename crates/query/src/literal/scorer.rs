//! Stepping through the documents of one segment in which a literal piece stands.

use std::ops::Range;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, TERMINATED};

/// A term of the cut, in one segment.
pub(super) struct OpenPart {
    /// Which of the scorer's lists is the term's.
    pub(super) list: usize,
    pub(super) ahead: u32,
    /// The characters of a word, rarest first.
    pub(super) letters: Vec<OpenLetter>,
}

impl OpenPart {
    /// In how many documents the rarest character stands.
    fn rarity(&self, lists: &Lists) -> u32 {
        let of_list = lists.0.get(self.list).map_or(0, SegmentPostings::doc_freq);
        self.letters.first().map_or(of_list, |letter| letter.postings.doc_freq())
    }
}

/// A character of a word, in one segment.
pub(super) struct OpenLetter {
    pub(super) ahead: u32,
    pub(super) once: bool,
    pub(super) postings: SegmentPostings,
}

/// Lists of documents that a match is in: of words, and of characters that no word of the cut covers. Shortest first.
pub(super) struct Lists(pub(super) Vec<SegmentPostings>);

impl Lists {
    /// `target` if all lists have it, or a later document before which there is none that they all have.
    fn narrow(&mut self, target: DocId) -> DocId {
        for postings in &mut self.0 {
            let doc = reach(postings, target);
            if doc > target {
                return doc;
            }
        }
        target
    }

    /// The first document from `target` on that all lists have.
    pub(super) fn common(&mut self, mut target: DocId) -> DocId {
        loop {
            let doc = self.narrow(target);
            if doc == target || doc >= TERMINATED {
                return doc;
            }
            target = doc;
        }
    }
}

pub(super) struct LiteralScorer {
    lists: Lists,
    /// Terms that hold the piece, the commonest first.
    wholes: Vec<SegmentPostings>,
    parts: Vec<OpenPart>,
    doc: DocId,
    /// How often the piece stands in `doc`, or the longer term that it is known by.
    frequency: u32,
    /// Where the last characters of the piece stand in `doc`, and room to reckon it.
    places: Vec<u32>,
    others: Vec<u32>,
    similarity: Option<Bm25Weight>,
    norms: FieldNormReader,
    /// The documents that are asked for.
    at_hand: Range<DocId>,
}

/// Moves on to the first document from `target` on.
#[inline]
fn reach(postings: &mut SegmentPostings, target: DocId) -> DocId {
    if postings.doc() < target { postings.seek(target) } else { postings.doc() }
}

/// What is known of a document's places so far.
struct Places<'a> {
    kept: &'a mut Vec<u32>,
    room: &'a mut Vec<u32>,
    begun: bool,
}

impl Places<'_> {
    /// Keeps the places at which a character stands too; whether any is left.
    fn keep(&mut self, postings: &mut SegmentPostings, ahead: u32) -> bool {
        if self.begun {
            postings.positions_with_offset(ahead, self.room);
            keep_common(self.kept, self.room);
        } else {
            postings.positions_with_offset(ahead, self.kept);
            self.begun = true;
        }
        !self.kept.is_empty()
    }
}

impl LiteralScorer {
    /// A scorer that stands nowhere yet.
    pub(super) fn new(
        lists: Lists,
        wholes: Vec<SegmentPostings>,
        mut parts: Vec<OpenPart>,
        similarity: Option<Bm25Weight>,
        norms: FieldNormReader,
        at_hand: Range<DocId>,
    ) -> LiteralScorer {
        parts.sort_by_key(|part| part.rarity(&lists));
        let (places, others) = (Vec::new(), Vec::new());
        LiteralScorer {
            lists,
            wholes,
            parts,
            doc: 0,
            frequency: 0,
            places,
            others,
            similarity,
            norms,
            at_hand,
        }
    }

    /// Whether the piece stands in a document that all lists have.
    fn stands(&mut self, doc: DocId) -> bool {
        let mut wholes = self.wholes.iter_mut();
        if let Some(times) = wholes.find_map(|whole| (reach(whole, doc) == doc).then(|| whole.term_freq())) {
            self.frequency = times;
            return true;
        }
        let mut places = Places { kept: &mut self.places, room: &mut self.others, begun: false };
        for part in &mut self.parts {
            let Some(list) = self.lists.0.get_mut(part.list) else { return false };
            let stands = if part.letters.is_empty() {
                places.keep(list, part.ahead)
            } else {
                stand_as_word(doc, list.term_freq(), &mut part.letters, &mut places)
            };
            if !stands {
                return false;
            }
        }
        self.frequency = self.places.len() as u32;
        true
    }

    /// Moves on to the first match.
    pub(super) fn find_first(&mut self) {
        self.find_from(self.at_hand.start);
    }

    /// Moves on to the first match from `target` on.
    fn find_from(&mut self, mut target: DocId) -> DocId {
        loop {
            let doc = if target < self.at_hand.end { self.lists.common(target) } else { TERMINATED };
            let doc = if doc < self.at_hand.end { doc } else { TERMINATED };
            if doc >= TERMINATED || self.stands(doc) {
                self.doc = doc;
                return doc;
            }
            target = doc + 1;
        }
    }
}

/// Keeps the places at which a word stands that is in the document so many times. A character that is there just as often
/// stands nowhere else, and speaks for the whole word; where there is none, all of them are asked.
fn stand_as_word(doc: DocId, times: u32, letters: &mut [OpenLetter], places: &mut Places<'_>) -> bool {
    for letter in letters.iter_mut() {
        if reach(&mut letter.postings, doc) != doc {
            return false;
        }
        if letter.once && letter.postings.term_freq() == times {
            return places.keep(&mut letter.postings, letter.ahead);
        }
    }
    letters.iter_mut().all(|letter| places.keep(&mut letter.postings, letter.ahead))
}

/// Takes out of one ascending list what another lacks.
fn keep_common(places: &mut Vec<u32>, others: &[u32]) {
    let mut rest = others.iter();
    let mut next = rest.next();
    places.retain(|place| {
        while next.is_some_and(|other| other < place) {
            next = rest.next();
        }
        next == Some(place)
    });
}

impl DocSet for LiteralScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.find_from(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target { self.doc } else { self.find_from(target) }
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if target >= self.at_hand.end {
            return SeekDangerResult::SeekLowerBound(TERMINATED);
        }
        let doc = self.lists.narrow(target);
        if doc > target {
            return SeekDangerResult::SeekLowerBound(doc);
        }
        if !self.stands(target) {
            return SeekDangerResult::SeekLowerBound(target + 1);
        }
        self.doc = target;
        SeekDangerResult::Found
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.lists.0.first().map_or(0, SegmentPostings::doc_freq)
    }

    fn cost(&self) -> u64 {
        u64::from(self.size_hint()) * 10 * self.parts.len() as u64
    }
}

impl Scorer for LiteralScorer {
    fn score(&mut self) -> Score {
        match &self.similarity {
            Some(similarity) => similarity.score(self.norms.fieldnorm_id(self.doc), self.frequency),
            None => 1.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_lists_share() {
        let check = |places: &[u32], others: &[u32], expected: &[u32]| {
            let mut places = places.to_vec();
            keep_common(&mut places, others);
            assert_eq!(places, expected);
        };
        check(&[1, 4, 9], &[2, 4, 5, 9, 12], &[4, 9]);
        check(&[1, 2, 3], &[], &[]);
        check(&[], &[1], &[]);
        check(&[7], &[7], &[7]);
        check(&[1, 2], &[3], &[]);
    }
}
