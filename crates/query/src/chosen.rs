//! Documents that were found by other means than the index, as a query.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// Documents of one commit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chosen {
    /// Documents of each segment, in order.
    docs: Arc<HashMap<String, Arc<[DocId]>>>,
}

impl Chosen {
    pub(crate) fn new<'a>(docs: impl Iterator<Item = (&'a SegmentReader, Vec<DocId>)>) -> Chosen {
        let docs = docs.map(|(segment, docs)| (segment.segment_id().uuid_string(), docs.into()));
        Chosen { docs: Arc::new(docs.collect()) }
    }
}

impl Query for Chosen {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Chosen {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        match self.docs.get(&segment.segment_id().uuid_string()) {
            Some(docs) if !docs.is_empty() => Ok(Box::new(Walk { docs: docs.clone(), at: 0, score: boost })),
            _ => Ok(Box::new(EmptyScorer)),
        }
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("found in what the record says", 1.0))
    }
}

struct Walk {
    docs: Arc<[DocId]>,
    at: usize,
    score: Score,
}

impl DocSet for Walk {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for Walk {
    fn score(&mut self) -> Score {
        self.score
    }
}
