//! One pass over the matching documents: the total, the best of them, and facet counts.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader};

use crate::facets::Counter;
use crate::reader::ArticleStatistics;
use crate::request::Sort;

/// A matching article, ordered best first. Ties fall to the newer, then to the key, so that pages never overlap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Match {
    pub(crate) score: Score,
    /// Days since 1970; `i64::MIN` where undated.
    pub(crate) date: i64,
    pub(crate) key: u64,
    pub(crate) address: DocAddress,
    sort: Sort,
}

impl Eq for Match {}

impl PartialOrd for Match {
    fn partial_cmp(&self, other: &Match) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Match {
    /// Less is better.
    fn cmp(&self, other: &Match) -> Ordering {
        let by_score = || other.score.total_cmp(&self.score);
        let by_date = || other.date.cmp(&self.date);
        let first = match self.sort {
            Sort::Relevance => by_score().then_with(by_date),
            Sort::Date => by_date().then_with(by_score),
        };
        first.then_with(|| self.key.cmp(&other.key)).then_with(|| self.address.cmp(&other.address))
    }
}

/// What a pass found.
pub(crate) struct Collected {
    pub(crate) total: usize,
    /// Best first, at most as many as asked for.
    pub(crate) best: Vec<Match>,
}

/// What a pass is to do.
pub(crate) struct Pass<'a> {
    /// How many of the best to keep.
    pub(crate) keep: usize,
    pub(crate) sort: Sort,
    /// Only articles with these keys.
    pub(crate) keys: Option<&'a HashSet<u64>>,
    /// Facets to count.
    pub(crate) counters: &'a mut [Counter],
}

/// Runs a pass.
pub(crate) fn collect(
    searcher: &Searcher,
    query: &dyn Query,
    statistics: &ArticleStatistics<'_>,
    pass: &mut Pass<'_>,
) -> tantivy::Result<Collected> {
    let weight = query.weight(EnableScoring::enabled_from_statistics_provider(statistics, searcher))?;
    let mut heap: BinaryHeap<Match> = BinaryHeap::with_capacity(pass.keep.min(1024));
    let mut total = 0;
    for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
        total += collect_segment(segment, ordinal as u32, weight.as_ref(), pass, &mut heap)?;
    }
    let mut best = heap.into_vec();
    best.sort_unstable();
    Ok(Collected { total, best })
}

fn collect_segment(
    segment: &SegmentReader,
    ordinal: u32,
    weight: &dyn Weight,
    pass: &mut Pass<'_>,
    heap: &mut BinaryHeap<Match>,
) -> tantivy::Result<usize> {
    let keys: Column<u64> = segment.fast_fields().u64("key")?;
    let dates: Option<Column<i64>> = segment.fast_fields().column_opt("date")?;
    let articles = Articles::of(segment)?;
    for counter in pass.counters.iter_mut() {
        counter.enter(segment)?;
    }
    let (keep, sort, wanted) = (pass.keep, pass.sort, pass.keys);
    let counters = &mut *pass.counters;
    let mut total = 0;
    weight.for_each(segment, &mut |doc, score| {
        if segment.is_deleted(doc) || !articles.contains(doc) {
            return;
        }
        if wanted.is_some_and(|wanted| keys.first(doc).is_none_or(|key| !wanted.contains(&key))) {
            return;
        }
        total += 1;
        for counter in counters.iter_mut() {
            counter.count(doc);
        }
        let hopeless = sort == Sort::Relevance
            && heap.len() >= keep
            && heap.peek().is_none_or(|worst| score < worst.score);
        if keep == 0 || hopeless {
            return;
        }
        let candidate = Match {
            score,
            date: dates.as_ref().and_then(|dates| dates.first(doc)).unwrap_or(i64::MIN),
            key: keys.first(doc).unwrap_or_default(),
            address: DocAddress::new(ordinal, doc),
            sort,
        };
        if heap.len() < keep {
            heap.push(candidate);
        } else if heap.peek().is_some_and(|worst| candidate < *worst) {
            heap.pop();
            heap.push(candidate);
        }
    })?;
    for counter in pass.counters.iter_mut() {
        counter.leave()?;
    }
    Ok(total)
}

/// Which documents of a segment are articles.
struct Articles {
    is_record: Option<Vec<u64>>,
}

impl Articles {
    fn of(segment: &SegmentReader) -> tantivy::Result<Articles> {
        use tantivy::DocSet;
        use tantivy::schema::IndexRecordOption;
        let fields = xinglin_index_schema::Fields::of(segment.schema())?;
        let term = fields.kind_term(xinglin_index_schema::Kind::Record);
        let postings = segment.inverted_index(fields.kind)?.read_postings(&term, IndexRecordOption::Basic)?;
        let Some(mut postings) = postings else { return Ok(Articles { is_record: None }) };
        let mut bits = vec![0u64; segment.max_doc() as usize / 64 + 1];
        while postings.doc() != tantivy::TERMINATED {
            let doc = postings.doc();
            if let Some(word) = bits.get_mut(doc as usize / 64) {
                *word |= 1 << (doc % 64);
            }
            postings.advance();
        }
        Ok(Articles { is_record: Some(bits) })
    }

    fn contains(&self, doc: DocId) -> bool {
        let Some(bits) = &self.is_record else { return true };
        bits.get(doc as usize / 64).is_none_or(|word| word >> (doc % 64) & 1 == 0)
    }
}

/// The keys of all documents that match a query.
pub(crate) fn keys(searcher: &Searcher, query: &dyn Query) -> tantivy::Result<HashSet<u64>> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut found = HashSet::new();
    for segment in searcher.segment_readers() {
        let keys: Column<u64> = segment.fast_fields().u64("key")?;
        weight.for_each_no_score(segment, &mut |docs| {
            found.extend(
                docs.iter().filter(|doc| !segment.is_deleted(**doc)).filter_map(|doc| keys.first(*doc)),
            );
        })?;
    }
    Ok(found)
}
