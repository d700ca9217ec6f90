//! The best articles by the sum of what several terms weigh in them.
//!
//! A segment's lists are added up term by term, the rarest first, each list from end to end: that takes a few instructions a document,
//! where stepping through all lists side by side takes some hundreds. Once what is left of the terms could not lift an article to
//! the bound by itself, the remaining lists, which are the long ones, are asked only for the articles that may still reach it.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::{DocId, Score};

use crate::weighed::TermList;

/// A list that holds one of so many documents is long: before it is read, what was added up so far may raise the bound.
const LONG: u32 = 16;
/// Lists that hold together less than one of so many documents are few.
const FEW: u32 = 16;
/// How many documents of a list are added in the time that one is looked for in it.
const PROBE: usize = 12;
/// Sums that are held against a bound at once.
const TOGETHER: usize = 16;
/// Sums are added in another order than their bounds, so they may differ in the last places.
const SLACK: Score = 1.000_01;

/// Room for the sums of one segment, to be used again.
#[derive(Default)]
pub(crate) struct Sums(Vec<Score>);

impl Sums {
    /// The documents of a segment whose sum may reach a bound, in order, with their sums. `bound` is given what was added up so
    /// far for each document, and says what must be reached at least; that is never more than a share of all that the lists can give.
    pub(crate) fn reaching(
        &mut self,
        mut lists: Vec<TermList>,
        max_doc: DocId,
        share: Score,
        bound: impl Fn(&[Score]) -> Score,
    ) -> Vec<(DocId, Score)> {
        let mut least = bound(&[]);
        let documents: u32 = lists.iter().map(TermList::len).fold(0, u32::saturating_add);
        if documents < max_doc / FEW {
            return few(lists, least);
        }
        lists.sort_by_key(TermList::len);
        self.0.clear();
        self.0.resize(max_doc as usize, 0.0);
        let ceiling = rest(&lists) * share;
        let mut added = 0;
        while let Some(list) = lists.get(added) {
            let rest = rest(&lists[added..]) * SLACK;
            if added > 0 && list.len() > max_doc / LONG && least <= rest && rest < ceiling {
                least = bound(&self.0);
            }
            if rest < least {
                break;
            }
            lists[added].add_to(&mut self.0);
            added += 1;
        }
        least = bound(&self.0);
        let left = &mut lists[added..];
        let mut reaching = self.beyond(least / SLACK - rest(left));
        for at in 0..left.len() {
            if reaching.len() * PROBE < left[at].len() as usize {
                left[at].add_to_some(&reaching, &mut self.0);
            } else {
                left[at].add_to(&mut self.0);
            }
            let most = rest(&left[at + 1..]);
            reaching.retain_mut(|(doc, sum)| {
                *sum = self.0.get(*doc as usize).copied().unwrap_or_default();
                (*sum + most) * SLACK >= least
            });
        }
        reaching
    }

    /// The documents whose sum is more than nothing, and not less than a bound.
    fn beyond(&self, least: Score) -> Vec<(DocId, Score)> {
        let beyond = least.next_down().max(0.0);
        let mut found = Vec::new();
        for_each_beyond(&self.0, || beyond, |doc, sum| found.push((doc, sum)));
        found
    }
}

/// Hands on the documents whose sum is beyond a bound, which may rise on the way. Where hardly any is, many are passed over at once.
pub(crate) fn for_each_beyond(
    sums: &[Score],
    mut bound: impl FnMut() -> Score,
    mut take: impl FnMut(DocId, Score),
) {
    let mut beyond = bound();
    let mut look = |first: usize, sums: &[Score], beyond: &mut Score| {
        for (doc, sum) in (first as DocId..).zip(sums) {
            if *sum > *beyond {
                take(doc, *sum);
                *beyond = bound();
            }
        }
    };
    let (together, rest) = sums.as_chunks::<TOGETHER>();
    for (at, sums) in together.iter().enumerate() {
        if any_beyond(sums, beyond) {
            look(at * TOGETHER, sums, &mut beyond);
        }
    }
    look(together.len() * TOGETHER, rest, &mut beyond);
}

/// Taken into its callers it would be compared one by one.
#[inline(never)]
fn any_beyond(sums: &[Score; TOGETHER], beyond: Score) -> bool {
    sums.iter().fold(0, |any, sum| any | u32::from(*sum > beyond)) != 0
}

/// The documents of a few short lists whose sums reach a bound, in order.
fn few(mut lists: Vec<TermList>, least: Score) -> Vec<(DocId, Score)> {
    let mut found = Vec::new();
    lists.iter_mut().for_each(|list| list.list(&mut found));
    // What the same document has from several lists comes together, in the order of the lists.
    found.sort_by_key(|(doc, _)| *doc);
    found.dedup_by(|(doc, score), (known, sum)| {
        let same = doc == known;
        if same {
            *sum += *score;
        }
        same
    });
    found.retain(|(_, sum)| *sum * SLACK >= least);
    found
}

/// The most that a document can get from some lists.
fn rest(lists: &[TermList]) -> Score {
    lists.iter().map(TermList::most).sum()
}

/// The best scores so far, as many as are kept.
#[derive(Clone)]
pub(crate) struct Top {
    keep: usize,
    /// The worst of them first.
    scores: BinaryHeap<Reverse<Ordered>>,
    best: Score,
}

#[derive(Clone, Copy, PartialEq)]
struct Ordered(Score);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Ordered) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Ordered) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Top {
    pub(crate) fn new(keep: usize) -> Top {
        Top { keep, scores: BinaryHeap::new(), best: 0.0 }
    }

    pub(crate) fn add(&mut self, score: Score) {
        self.best = self.best.max(score);
        if self.scores.len() < self.keep {
            self.scores.push(Reverse(Ordered(score)));
        } else if score > self.worst()
            && let Some(mut worst) = self.scores.peek_mut()
        {
            *worst = Reverse(Ordered(score));
        }
    }

    /// The same, once the sums of a segment's documents are among them, of those that may be taken.
    pub(crate) fn with(&self, sums: &[Score], may_take: impl Fn(DocId) -> bool) -> Top {
        let top = RefCell::new(self.clone());
        for_each_beyond(
            sums,
            || top.borrow().worst(),
            |doc, sum| {
                if may_take(doc) {
                    top.borrow_mut().add(sum);
                }
            },
        );
        top.into_inner()
    }

    /// The best score.
    pub(crate) fn best(&self) -> Score {
        self.best
    }

    /// The worst of those that are kept; 0 while there is room.
    pub(crate) fn worst(&self) -> Score {
        let full = self.scores.len() >= self.keep;
        self.scores.peek().filter(|_| full).map_or(0.0, |worst| worst.0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::collector::TopDocs;
    use tantivy::query::{Bm25Weight, BooleanQuery, Query, TermQuery};
    use tantivy::schema::{Field, IndexRecordOption, Schema, TEXT};
    use tantivy::{Index, Searcher, Term};

    /// Documents in one segment: `common` stands in all, `often` in every third, `some` in every fortieth, `rare` in two.
    fn searcher(documents: u32) -> (Searcher, Field) {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 20_000_000).expect("a writer");
        for number in 0..documents {
            let mut words =
                "common ".repeat(number as usize % 4 + 1) + &"filler ".repeat(number as usize % 7);
            for (word, every, times) in
                [("often", 3, number % 3), ("some", 40, number % 5), ("rare", documents / 2, 1)]
            {
                if number % every == 1 {
                    words += &format!("{word} ").repeat(times as usize + 1);
                }
            }
            writer.add_document(tantivy::doc!(text => words)).expect("added");
        }
        writer.commit().expect("a commit");
        (index.reader().expect("a reader").searcher(), text)
    }

    fn lists(searcher: &Searcher, field: Field, words: &[&str]) -> Vec<TermList> {
        let segment = searcher.segment_reader(0);
        let open = |word: &&str| {
            let term = Term::from_field_text(field, word);
            let index = segment.inverted_index(field).expect("an index");
            let info = index.get_term_info(&term).expect("looked up")?;
            let similarity = Bm25Weight::for_terms(searcher, &[term]).expect("weighed");
            Some(TermList::open(segment, field, &info, similarity).expect("opened"))
        };
        words.iter().filter_map(open).collect()
    }

    fn by_tantivy(searcher: &Searcher, field: Field, words: &[&str]) -> Vec<(DocId, Score)> {
        let query = |word: &&str| -> Box<dyn Query> {
            Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
        };
        let any = BooleanQuery::union(words.iter().map(query).collect());
        let all = TopDocs::with_limit(100_000).order_by_score();
        let found = searcher.search(&any, &all).expect("found");
        let mut found: Vec<_> = found.into_iter().map(|(score, address)| (address.doc_id, score)).collect();
        found.sort_unstable_by_key(|(doc, _)| *doc);
        found
    }

    #[test]
    fn sums_are_those_of_stepping_through_all_lists() {
        for documents in [3, 60, 5_000] {
            let (searcher, field) = searcher(documents);
            for words in [
                &["rare"][..],
                &["rare", "some"],
                &["some", "often", "nowhere"],
                &["common", "often", "some", "rare"],
                &["common"],
                &[],
            ] {
                let all = by_tantivy(&searcher, field, words);
                let most = all.iter().map(|(_, score)| *score).fold(0.0, Score::max);
                for share in [0.0, 0.3, 0.7, 0.95, 1.0] {
                    let least = most * share;
                    let found =
                        Sums::default().reaching(lists(&searcher, field, words), documents, 1.0, |_| least);
                    let of = |doc: DocId, found: &[(DocId, Score)]| {
                        found.iter().find(|(known, _)| *known == doc).map(|(_, score)| *score)
                    };
                    for (doc, score) in all.iter().filter(|(_, score)| *score >= least) {
                        let ours = of(*doc, &found).unwrap_or_default();
                        assert!((ours - score).abs() < 1e-4, "{words:?} {share} {doc}: {ours} for {score}");
                    }
                    for (doc, score) in &found {
                        assert!(
                            of(*doc, &all).is_some() && *score >= least * 0.999,
                            "{words:?} {share} {doc}"
                        );
                    }
                    assert!(found.is_sorted_by(|one, other| one.0 < other.0), "{words:?} {share}");
                }
            }
        }
    }

    #[test]
    fn the_top_is_the_best_of_all_that_was_added() {
        let sums: Vec<Score> = (0u32..1_000).map(|doc| (doc.wrapping_mul(7_919) % 1_009) as Score).collect();
        let even = Top::new(50).with(&sums, |doc| doc % 2 == 0);
        let mut sorted: Vec<Score> = sums.iter().copied().step_by(2).collect();
        sorted.sort_unstable_by(|one, other| other.total_cmp(one));
        assert_eq!((even.best(), even.worst()), (sorted[0], sorted[49]));
        assert_eq!(Top::new(50).with(&sums[..30], |_| true).worst(), 0.0);
    }
}
