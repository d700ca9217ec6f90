//! Which articles match, and the best of them.
//!
//! The two are found apart wherever that is cheaper: matches as sets of documents without scores, the best by a pass that
//! skips whole blocks of postings that cannot hold a better one. Where every match must be looked at anyway (phrases,
//! conjunctions), one pass finds both.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query, Scorer, Weight};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentReader};

use crate::bits::Bits;
use crate::candidates::SECOND_LOOK;
use crate::columns::{Snapshot, remove_deleted};
use crate::processors::{Stretch, shared_out, shared_out_in_stretches};
use crate::reader::ArticleStatistics;
use crate::request::Sort;
use crate::sums::{Sums, Top};
use crate::weighed::{WeighedTerm, Weighing, add_documents};

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

/// Articles of one commit, a set a segment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matches(Vec<Bits>);

impl Matches {
    /// All articles.
    pub(crate) fn all(snapshot: &Snapshot) -> tantivy::Result<Matches> {
        snapshot
            .segments()
            .map(|(segment, columns)| columns.articles(segment).cloned())
            .collect::<Result<_, _>>()
            .map(Matches)
    }

    /// The articles in which any of some terms for letters stands. One after another: a set takes the same article twice.
    pub(crate) fn of_any(
        snapshot: &Snapshot,
        terms: &[&WeighedTerm],
        statistics: &ArticleStatistics<'_>,
    ) -> tantivy::Result<Matches> {
        let sets = shared_out(snapshot, |ordinal, segment, _| {
            let mut bits = Bits::empty(segment.max_doc());
            for WeighedTerm { term, .. } in terms {
                add_documents(term, segment, ordinal, statistics, &mut bits)?;
            }
            remove_deleted(&mut bits, segment);
            Ok(bits)
        });
        sets.map(Matches)
    }

    /// The articles that match a query. Where it asks for `letters` alone, only articles can.
    pub(crate) fn of(snapshot: &Snapshot, query: &dyn Query, letters: bool) -> tantivy::Result<Matches> {
        let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
        let found = shared_out_in_stretches(snapshot, |stretch| {
            let mut bits = Bits::empty(stretch.segment.max_doc());
            in_stretch(weight.as_ref(), stretch, |doc, _| bits.insert(doc))?;
            Ok(bits)
        })?;
        let mut matches = Matches::together(snapshot, found);
        for ((segment, columns), bits) in snapshot.segments().zip(&mut matches.0) {
            if letters {
                remove_deleted(bits, segment);
            } else {
                bits.intersect(columns.articles(segment)?);
            }
        }
        Ok(matches)
    }

    /// What was found in parts of segments.
    fn together(snapshot: &Snapshot, found: Vec<(usize, Bits)>) -> Matches {
        let mut sets: Vec<Option<Bits>> = snapshot.segments().map(|_| None).collect();
        for (ordinal, bits) in found {
            match sets.get_mut(ordinal) {
                Some(Some(known)) => known.unite(&bits),
                Some(none) => *none = Some(bits),
                None => {}
            }
        }
        let sets = sets.into_iter().zip(snapshot.segments());
        Matches(
            sets.map(|(set, (segment, _))| set.unwrap_or_else(|| Bits::empty(segment.max_doc()))).collect(),
        )
    }

    /// The articles with one of these keys, among these.
    pub(crate) fn keyed(mut self, snapshot: &Snapshot, keys: &HashSet<u64>) -> tantivy::Result<Matches> {
        for ((segment, _), bits) in snapshot.segments().zip(&mut self.0) {
            let column: Column<u64> = segment.fast_fields().u64("key")?;
            let others: Vec<DocId> =
                bits.iter().filter(|doc| column.first(*doc).is_none_or(|key| !keys.contains(&key))).collect();
            others.into_iter().for_each(|doc| bits.remove(doc));
        }
        Ok(self)
    }

    /// Their keys.
    pub(crate) fn keys(&self, snapshot: &Snapshot) -> tantivy::Result<HashSet<u64>> {
        let mut keys = HashSet::new();
        for ((segment, _), bits) in snapshot.segments().zip(&self.0) {
            let column: Column<u64> = segment.fast_fields().u64("key")?;
            keys.extend(bits.iter().filter_map(|doc| column.first(doc)));
        }
        Ok(keys)
    }

    /// Those that are in `other` too.
    pub(crate) fn and(mut self, other: Option<&Matches>) -> Matches {
        if let Some(other) = other {
            self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| bits.intersect(other));
        }
        self
    }

    /// Those of either.
    pub(crate) fn or(mut self, other: &Matches) -> Matches {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| bits.unite(other));
        self
    }

    /// Those that are not in `other`.
    pub(crate) fn without(mut self, other: &Matches) -> Matches {
        self.0.iter_mut().zip(&other.0).for_each(|(bits, other)| bits.subtract(other));
        self
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(Bits::len).sum()
    }

    /// The sets, in the order of the segments.
    pub(crate) fn segments(&self) -> impl Iterator<Item = &Bits> {
        self.0.iter()
    }

    fn of_segment(&self, ordinal: usize) -> Option<&Bits> {
        self.0.get(ordinal)
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
            in_stretch(weight.as_ref(), stretch, |doc, scorer| {
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
        Ok((Matches(sets), best.finish()))
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

/// Hands on the documents of a stretch that match, in order.
fn in_stretch(
    weight: &dyn Weight,
    stretch: &Stretch<'_>,
    mut take: impl FnMut(DocId, &mut dyn Scorer),
) -> tantivy::Result<()> {
    let mut scorer = weight.scorer(stretch.segment, 1.0)?;
    let mut doc = scorer.doc();
    if doc < stretch.documents.start {
        doc = scorer.seek(stretch.documents.start);
    }
    while doc < stretch.documents.end {
        take(doc, scorer.as_mut());
        doc = scorer.advance();
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Cache;
    use crate::phrase::Phrase;
    use tantivy::Index;
    use xinglin_index_schema::{Fields, register_tokenizers};

    /// Articles in segments of these sizes.
    fn snapshot(sizes: &[u32]) -> (Snapshot, Fields, Vec<Vec<String>>) {
        let (schema, fields) = Fields::schema();
        let index = Index::create_in_ram(schema);
        register_tokenizers(&index);
        let mut writer = index.writer_with_num_threads(1, 20_000_000).expect("a writer");
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        let text = |number: u32| {
            let piece = ["医院的专家", "专家的医院", "的专科专家", "院的专家组"][number as usize % 4];
            format!("第{number}天,{}我院{piece}义诊", "的".repeat(number as usize % 9))
        };
        let texts: Vec<Vec<String>> = sizes.iter().map(|size| (0..*size).map(text).collect()).collect();
        for segment in &texts {
            for text in segment {
                let document = tantivy::doc!(fields.text.characters => text.as_str(), fields.text.words => text.as_str());
                writer.add_document(document).expect("added");
            }
            writer.commit().expect("a commit");
        }
        let searcher = index.reader().expect("a reader").searcher();
        (Snapshot::new(searcher, &Cache::default()), fields, texts)
    }

    #[test]
    fn stretches_of_segments_give_what_whole_ones_would() {
        for sizes in [&[1][..], &[63, 64], &[700], &[90, 1_500, 40], &[]] {
            let (snapshot, fields, texts) = snapshot(sizes);
            for piece in ["的专家", "院的专", "第7天,的", "9", "专家义诊", "没有的", "的"] {
                let query = Phrase::cut(piece).expect("a piece").query(fields.text);
                let found = Matches::of(&snapshot, query.as_ref(), true).expect("found");
                let sizes_found: Vec<usize> = found.segments().map(Bits::len).collect();
                let stands = |texts: &Vec<String>| texts.iter().filter(|text| text.contains(piece)).count();
                // Segments come in no certain order.
                let sorted = |mut all: Vec<usize>| {
                    all.sort_unstable();
                    all
                };
                assert_eq!(
                    sorted(sizes_found),
                    sorted(texts.iter().map(stands).collect()),
                    "{piece} in {sizes:?}"
                );
                for ((segment, _), bits) in snapshot.segments().zip(found.segments()) {
                    let of_size = texts.iter().find(|texts| texts.len() == segment.max_doc() as usize);
                    let texts = of_size.expect("texts of that segment");
                    for doc in bits.iter() {
                        assert!(texts[doc as usize].contains(piece), "{piece} in {}", texts[doc as usize]);
                    }
                }
            }
        }
    }
}
