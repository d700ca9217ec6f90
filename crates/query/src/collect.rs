//! Which articles match, and the best of them.
//!
//! The two are found apart wherever that is cheaper: matches as sets of documents without scores, the best by a pass that
//! skips whole blocks of postings that cannot hold a better one. Where every match must be looked at anyway (phrases,
//! conjunctions), one pass finds both.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocId, Score, SegmentReader};

use crate::bits::Bits;
use crate::candidates::SECOND_LOOK;
use crate::columns::Snapshot;
use crate::literal::damage;
use crate::matches::Matches;
use crate::processors::{Stretch, shared_out_in_stretches};
use crate::reader::ArticleStatistics;
use crate::request::Sort;
use crate::sums::{Sums, Top};
use crate::weighed::{WeighedTerm, Weighing};

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

/// A scored pass.
#[derive(Clone, Copy)]
pub(crate) struct Scan<'a> {
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) statistics: &'a ArticleStatistics<'a>,
    /// Only these.
    pub(crate) allowed: Option<&'a Matches>,
    /// How many of the best to keep.
    pub(crate) keep: usize,
    pub(crate) sort: Sort,
}

impl Scan<'_> {
    /// Every match, and the best of them.
    pub(crate) fn all(&self, query: &dyn Query, letters: bool) -> tantivy::Result<(Matches, Vec<Match>)> {
        let weight = query.weight(self.scoring())?;
        let found = shared_out_in_stretches(self.snapshot, |stretch| {
            let Stretch { ordinal, segment, columns, .. } = *stretch;
            let bar = Bar::of(self.allowed, ordinal, segment, columns, letters)?;
            let maker = Maker::of(segment, ordinal, self.sort)?;
            let mut best = Best::new(self.keep);
            let mut bits = Bits::empty(segment.max_doc());
            stretch.for_each(weight.as_ref(), |doc, scorer| {
                if bar.admits(doc) {
                    bits.insert(doc);
                    let score = scorer.score();
                    let hopeless = self.sort == Sort::Relevance && best.is_beyond(score);
                    if !hopeless {
                        best.offer(|| maker.make(doc, score));
                    }
                }
            })?;
            Ok((bits, best.finish()))
        })?;
        let mut best: Vec<Match> = Vec::new();
        let mut sets = Vec::with_capacity(found.len());
        for (ordinal, (bits, more)) in found {
            sets.push((ordinal, bits));
            best.extend(more);
        }
        best.sort_unstable();
        best.truncate(self.keep);
        Ok((Matches::together(self.snapshot, sets), best))
    }

    /// The best matches alone: blocks of postings that cannot hold one are skipped. Articles in `raised` score `bonus` more.
    pub(crate) fn best(
        &self,
        query: &dyn Query,
        raised: Option<(&Matches, Score)>,
    ) -> tantivy::Result<Vec<Match>> {
        let weight = query.weight(self.scoring())?;
        let mut best = Best::new(self.keep);
        let most = raised.map_or(0.0, |(_, bonus)| bonus);
        for (ordinal, (segment, columns)) in self.snapshot.segments().enumerate() {
            let bar = Bar::of(self.allowed, ordinal, segment, columns, true)?;
            let maker = Maker::of(segment, ordinal, self.sort)?;
            let raised = raised.and_then(|(set, bonus)| Some((set.of_segment(ordinal)?, bonus)));
            // A tie with the worst must still be looked at: it may be newer.
            let threshold = |best: &Best| (best.worst() - most).next_down();
            weight.for_each_pruning(threshold(&best), segment, &mut |doc, score| {
                if bar.admits(doc) {
                    let bonus = raised.filter(|(set, _)| set.contains(doc)).map_or(0.0, |(_, bonus)| bonus);
                    if !best.is_beyond(score + bonus) {
                        best.offer(|| maker.make(doc, score + bonus));
                    }
                }
                threshold(&best)
            })?;
            damage::met()?;
        }
        Ok(best.finish())
    }

    /// The matches that score at least a share of what the best one scores (those that get the second look in any case), and
    /// the best of them.
    pub(crate) fn near_best(&self, query: &dyn Query, share: f32) -> tantivy::Result<(Matches, Vec<Match>)> {
        let weight = query.weight(self.scoring())?;
        let mut top = Top::new(SECOND_LOOK);
        let mut found: Vec<(usize, DocId, Score)> = Vec::new();
        for (ordinal, (segment, columns)) in self.snapshot.segments().enumerate() {
            let bar = Bar::of(self.allowed, ordinal, segment, columns, true)?;
            weight.for_each_pruning(near(&top, share).next_down(), segment, &mut |doc, score| {
                if bar.admits(doc) {
                    top.add(score);
                    found.push((ordinal, doc, score));
                }
                near(&top, share).next_down()
            })?;
            damage::met()?;
        }
        self.nearest(found, near(&top, share))
    }

    /// As [`Scan::near_best`], of the articles in which any of some terms stands.
    pub(crate) fn near_best_of(
        &self,
        terms: &[WeighedTerm],
        share: f32,
    ) -> tantivy::Result<(Matches, Vec<Match>)> {
        let weighing = Weighing::of(terms, self.statistics)?;
        let (mut top, mut sums) = (Top::new(SECOND_LOOK), Sums::default());
        let mut found: Vec<(usize, DocId, Score)> = Vec::new();
        for (ordinal, (segment, columns)) in self.snapshot.segments().enumerate() {
            let bar = Bar::of(self.allowed, ordinal, segment, columns, true)?;
            let least = |sums: &[Score]| near(&top.with(sums, |doc| bar.admits(doc)), share);
            for (doc, score) in
                sums.reaching(weighing.open(segment, ordinal)?, segment.max_doc(), share, least)
            {
                if bar.admits(doc) {
                    top.add(score);
                    found.push((ordinal, doc, score));
                }
            }
        }
        self.nearest(found, near(&top, share))
    }

    /// Those of the articles found that score at least so much, and the best of them.
    fn nearest(
        &self,
        mut found: Vec<(usize, DocId, Score)>,
        least: Score,
    ) -> tantivy::Result<(Matches, Vec<Match>)> {
        found.retain(|(_, _, score)| *score >= least);
        let mut sets: Vec<Bits> =
            self.snapshot.segments().map(|(segment, _)| Bits::empty(segment.max_doc())).collect();
        let mut best = Best::new(self.keep);
        let mut rest = found.as_slice();
        for (ordinal, ((segment, _), bits)) in self.snapshot.segments().zip(&mut sets).enumerate() {
            let (here, later) = rest.split_at(rest.iter().take_while(|(at, ..)| *at == ordinal).count());
            rest = later;
            let maker = Maker::of(segment, ordinal, self.sort)?;
            for (_, doc, score) in here {
                bits.insert(*doc);
                if !best.is_beyond(*score) {
                    best.offer(|| maker.make(*doc, *score));
                }
            }
        }
        Ok((Matches::of_segments(sets), best.finish()))
    }

    /// The best of a set, all of which score the same.
    pub(crate) fn level(&self, matches: &Matches, score: Score) -> tantivy::Result<Vec<Match>> {
        let mut best = Best::new(self.keep);
        for (ordinal, ((segment, _), bits)) in self.snapshot.segments().zip(matches.segments()).enumerate() {
            let maker = Maker::of(segment, ordinal, self.sort)?;
            bits.iter().for_each(|doc| best.offer(|| maker.make(doc, score)));
        }
        Ok(best.finish())
    }

    fn scoring(&self) -> EnableScoring<'_> {
        EnableScoring::enabled_from_statistics_provider(self.statistics, &self.snapshot.searcher)
    }
}

/// What an article must score to be near the best: a share of the best score, and no more than the last that gets the second look.
fn near(top: &Top, share: f32) -> Score {
    top.worst().min(top.best() * share)
}

/// Which documents of a segment a pass may take.
enum Bar<'a> {
    Allowed(&'a Bits),
    Living(&'a SegmentReader),
    None,
}

impl<'a> Bar<'a> {
    fn of(
        allowed: Option<&'a Matches>,
        ordinal: usize,
        segment: &'a SegmentReader,
        columns: &'a crate::columns::SegmentColumns,
        letters: bool,
    ) -> tantivy::Result<Bar<'a>> {
        Ok(match allowed.and_then(|allowed| allowed.of_segment(ordinal)) {
            Some(bits) => Bar::Allowed(bits),
            None if !letters => Bar::Allowed(columns.articles(segment)?),
            None if segment.has_deletes() => Bar::Living(segment),
            None => Bar::None,
        })
    }

    #[inline]
    fn admits(&self, doc: DocId) -> bool {
        match self {
            Bar::Allowed(bits) => bits.contains(doc),
            Bar::Living(segment) => !segment.is_deleted(doc),
            Bar::None => true,
        }
    }
}

/// Makes matches of one segment.
struct Maker {
    dates: Option<Column<i64>>,
    keys: Column<u64>,
    ordinal: u32,
    sort: Sort,
}

impl Maker {
    fn of(segment: &SegmentReader, ordinal: usize, sort: Sort) -> tantivy::Result<Maker> {
        let columns = segment.fast_fields();
        Ok(Maker {
            dates: columns.column_opt("date")?,
            keys: columns.u64("key")?,
            ordinal: ordinal as u32,
            sort,
        })
    }

    fn make(&self, doc: DocId, score: Score) -> Match {
        Match {
            score,
            date: self.dates.as_ref().and_then(|dates| dates.first(doc)).unwrap_or(i64::MIN),
            key: self.keys.first(doc).unwrap_or_default(),
            address: DocAddress::new(self.ordinal, doc),
            sort: self.sort,
        }
    }
}

/// The best so far.
struct Best {
    keep: usize,
    heap: BinaryHeap<Match>,
}

impl Best {
    fn new(keep: usize) -> Best {
        Best { keep, heap: BinaryHeap::with_capacity(keep.min(1024)) }
    }

    fn is_full(&self) -> bool {
        self.heap.len() >= self.keep
    }

    /// What the worst that is kept scores; nothing is worse while there is room.
    fn worst(&self) -> Score {
        if self.keep == 0 {
            return Score::INFINITY;
        }
        if !self.is_full() {
            return Score::MIN;
        }
        self.heap.peek().map_or(Score::MIN, |worst| worst.score)
    }

    fn is_beyond(&self, score: Score) -> bool {
        score < self.worst()
    }

    fn offer(&mut self, make: impl FnOnce() -> Match) {
        if self.keep == 0 {
            return;
        }
        if !self.is_full() {
            self.heap.push(make());
            return;
        }
        let candidate = make();
        if self.heap.peek().is_some_and(|worst| candidate < *worst) {
            self.heap.pop();
            self.heap.push(candidate);
        }
    }

    fn finish(self) -> Vec<Match> {
        let mut best = self.heap.into_vec();
        best.sort_unstable();
        best
    }
}
