//! Taking documents out. A removal is for what was there before it: tantivy hands it to every segment that is added later as
//! well, so each says itself which segments it is for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::index::SegmentId;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term};

/// Numbers removals, and knows how many there had been when a segment was added.
#[derive(Clone, Debug, Default)]
pub(crate) struct Removals(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    removals: u64,
    /// The segments added so far; none is forgotten at a commit, since a merge may still be about to look. Those of tantivy's merges are
    /// not among them: when a merge begins, what was removed before has been taken out of the segments that it merges.
    added: HashMap<SegmentId, u64>,
}

impl Removals {
    /// What removes the documents with a term, as far as they are there now.
    pub(crate) fn of(&self, term: Term) -> Box<dyn Query> {
        let mut state = self.state();
        state.removals += 1;
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        Box::new(Removal { query, number: state.removals, removals: self.clone() })
    }

    /// Notes a segment that is about to be added.
    pub(crate) fn add_segment(&self, segment: SegmentId) {
        let mut state = self.state();
        let before = state.removals;
        state.added.insert(segment, before);
    }

    fn is_for(&self, number: u64, segment: SegmentId) -> bool {
        self.state().added.get(&segment).is_none_or(|before| *before < number)
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Clone, Debug)]
struct Removal {
    query: TermQuery,
    number: u64,
    removals: Removals,
}

impl Query for Removal {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let inner = self.query.weight(scoring)?;
        Ok(Box::new(RemovalWeight { inner, number: self.number, removals: self.removals.clone() }))
    }
}

struct RemovalWeight {
    inner: Box<dyn Weight>,
    number: u64,
    removals: Removals,
}

impl Weight for RemovalWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.removals.is_for(self.number, reader.segment_id()) {
            self.inner.scorer(reader, boost)
        } else {
            Ok(Box::new(EmptyScorer))
        }
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.inner.explain(reader, doc)
    }
}
