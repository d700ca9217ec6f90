//! What must not stand in an article, as a query that tantivy's exclusion can step through.
//!
//! Its phrase scorer may stand at its end while it is still asked for earlier documents, which its debug build takes for an
//! error. The scorers here step by [`DocSet`]'s own defaults, which allow it.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, Term};

/// A query to be excluded.
#[derive(Debug)]
pub(crate) struct Exclusion(Box<dyn Query>);

impl Exclusion {
    pub(crate) fn of(query: Box<dyn Query>) -> Box<dyn Query> {
        Box::new(Exclusion(query))
    }
}

impl Clone for Exclusion {
    fn clone(&self) -> Exclusion {
        Exclusion(self.0.box_clone())
    }
}

impl Query for Exclusion {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ExclusionWeight(self.0.weight(scoring)?)))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.0.query_terms(visitor);
    }
}

struct ExclusionWeight(Box<dyn Weight>);

impl Weight for ExclusionWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(Stepping(self.0.scorer(segment, boost)?)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(segment, doc)
    }
}

struct Stepping(Box<dyn Scorer>);

impl DocSet for Stepping {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }
}

impl Scorer for Stepping {
    fn score(&mut self) -> Score {
        self.0.score()
    }
}
