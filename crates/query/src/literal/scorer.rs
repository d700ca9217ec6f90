//! Stepping through the documents of one segment in which a literal piece stands.

use std::ops::Range;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, TERMINATED};

use super::list::List;
use super::window::{Narrowing, OpenPart, Stands, Window};

/// Lists of documents that a match is in: of words, and of characters that no word of the cut covers. Shortest first.
pub(super) struct Lists(pub(super) Vec<Narrowing>);

impl Lists {
    /// `target` if all lists have it, or a later document before which there is none that they all have.
    fn narrow(&mut self, target: DocId) -> DocId {
        for Narrowing { list, .. } in &mut self.0 {
            let doc = list.reach(target);
            if doc > target {
                return doc;
            }
        }
        target
    }

    /// The first document from `target` on, and before `end`, that all lists have.
    pub(super) fn common(&mut self, mut target: DocId, end: DocId) -> Option<DocId> {
        while target < end {
            let doc = self.narrow(target);
            if doc == target {
                return Some(doc);
            }
            target = doc;
        }
        None
    }

    /// How many documents the shortest has.
    pub(super) fn shortest(&self) -> u32 {
        self.0.first().map_or(0, |shortest| shortest.list.len())
    }
}

pub(super) struct LiteralScorer {
    lists: Lists,
    /// Terms that hold the piece, the commonest first.
    wholes: Vec<List>,
    parts: Vec<OpenPart>,
    window: Window,
    /// Which of the window's candidates is at hand.
    at: usize,
    doc: DocId,
    /// The first document that was not looked at.
    next: DocId,
    similarity: Option<Bm25Weight>,
    norms: FieldNormReader,
    /// Where the documents end that are asked for.
    end: DocId,
}

impl LiteralScorer {
    /// A scorer that stands nowhere yet, over documents that are asked for.
    pub(super) fn new(
        lists: Lists,
        wholes: Vec<List>,
        mut parts: Vec<OpenPart>,
        similarity: Option<Bm25Weight>,
        norms: FieldNormReader,
        Range { start, end }: Range<DocId>,
    ) -> LiteralScorer {
        parts.sort_by_key(|part| rarity(part, &lists));
        let window = Window::default();
        LiteralScorer { lists, wholes, parts, window, at: 0, doc: start, next: start, similarity, norms, end }
    }

    /// Looks at the candidates of the window, which so many of the lists are known to have.
    fn look(&mut self, known: usize) {
        let counts = self.similarity.is_some();
        let next = self.window.narrow(&mut self.lists.0, known);
        self.next = self.next.max(next);
        self.at = 0;
        if self.window.docs.is_empty() {
            return;
        }
        self.window.ask_all();
        for whole in &mut self.wholes {
            self.window.know(whole, counts);
        }
        let last = self.parts.len().saturating_sub(1);
        for (at, part) in self.parts.iter_mut().enumerate() {
            self.window.keep(part, &self.lists.0, !counts && at == last);
        }
        for part in &mut self.parts {
            self.window.keep_spelled(part, &self.lists.0, !counts);
        }
        self.window.finish();
    }

    /// The first match of the window from `target` on.
    fn in_window(&mut self, target: DocId) -> Option<DocId> {
        while let (Some(doc), Some(times)) = (self.window.docs.get(self.at), self.window.times.get(self.at)) {
            if *doc >= target && *times > 0 {
                return Some(*doc);
            }
            self.at += 1;
        }
        None
    }

    /// Moves on to the first match.
    pub(super) fn find_first(&mut self) {
        self.find_from(self.next);
    }

    /// Moves on to the first match from `target` on.
    fn find_from(&mut self, target: DocId) -> DocId {
        self.doc = loop {
            if let Some(doc) = self.in_window(target) {
                break doc;
            }
            self.next = self.next.max(target);
            let Some(first) = self.lists.0.first_mut() else { break TERMINATED };
            if !self.window.begin(first, self.next, self.end) {
                break TERMINATED;
            }
            self.next = self.window.docs.last().map_or(TERMINATED, |last| last + 1);
            self.look(1);
        };
        self.doc
    }
}

/// In how many documents the rarest character of a term stands.
fn rarity(part: &OpenPart, lists: &Lists) -> u32 {
    let of_list = lists.0.get(part.list).map_or(0, |list| list.list.len());
    match &part.stands {
        Stands::Character { .. } => of_list,
        Stands::Word(letters, _) => letters.first().map_or(of_list, |letter| letter.list.len()),
    }
}

impl DocSet for LiteralScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.find_from(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target { self.doc } else { self.find_from(target) }
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if target >= self.end {
            return SeekDangerResult::SeekLowerBound(TERMINATED);
        }
        if target >= self.next {
            let doc = self.lists.narrow(target);
            if doc > target {
                return SeekDangerResult::SeekLowerBound(doc);
            }
            self.window.clear();
            self.window.docs.push(target);
            self.next = target + 1;
            self.look(0);
        }
        match self.in_window(target) {
            Some(doc) if doc == target => {
                self.doc = target;
                SeekDangerResult::Found
            }
            Some(doc) => SeekDangerResult::SeekLowerBound(doc),
            None => SeekDangerResult::SeekLowerBound(self.next),
        }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.lists.shortest()
    }

    fn cost(&self) -> u64 {
        u64::from(self.size_hint()) * 10 * self.parts.len() as u64
    }
}

impl Scorer for LiteralScorer {
    fn score(&mut self) -> Score {
        match &self.similarity {
            Some(similarity) => {
                let times = self.window.times.get(self.at).copied().unwrap_or_default();
                similarity.score(self.norms.fieldnorm_id(self.doc), times)
            }
            None => 1.0,
        }
    }
}
