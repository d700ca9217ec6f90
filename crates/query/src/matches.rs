//! Sets of articles that match.

use std::collections::HashSet;

use rustc_hash::FxBuildHasher;
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocId, Term};
use xinglin_index_schema::Kind;

use crate::bits::Bits;
use crate::columns::{Snapshot, remove_deleted};
use crate::processors::{shared_out, shared_out_in_stretches};
use crate::reader::ArticleStatistics;
use crate::term_sets::keep_with;
use crate::weighed::{WeighedTerm, add_documents};

/// Keys of articles, which are hashes themselves.
pub(crate) type Keys = HashSet<u64, FxBuildHasher>;

/// Articles of one commit, a set a segment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matches(Vec<Bits>);

impl Matches {
    /// These sets, one for each segment.
    pub(crate) fn of_segments(sets: Vec<Bits>) -> Matches {
        Matches(sets)
    }

    /// All articles, or all records.
    pub(crate) fn all(kind: Kind, snapshot: &Snapshot) -> tantivy::Result<Matches> {
        snapshot
            .segments()
            .map(|(segment, columns)| columns.living(kind, segment))
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

    /// The articles or records that have, by any of some readings, of each group any of its terms.
    pub(crate) fn having(
        kind: Kind,
        snapshot: &Snapshot,
        readings: &[Vec<impl AsRef<[Term]> + Sync>],
    ) -> tantivy::Result<Matches> {
        let sets = shared_out(snapshot, |_, segment, columns| {
            let mut any = Bits::empty(segment.max_doc());
            for groups in readings {
                let mut documents = columns.living(kind, segment)?;
                keep_with(&mut documents, segment, groups.iter().map(AsRef::as_ref))?;
                any.unite(&documents);
            }
            Ok(any)
        });
        sets.map(Matches)
    }

    /// The articles that match a query. Where it asks for `letters` alone, only articles can.
    pub(crate) fn of(snapshot: &Snapshot, query: &dyn Query, letters: bool) -> tantivy::Result<Matches> {
        let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
        let found = shared_out_in_stretches(snapshot, |stretch| {
            let mut bits = Bits::empty(stretch.segment.max_doc());
            stretch.for_each(weight.as_ref(), |doc, _| bits.insert(doc))?;
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
    pub(crate) fn together(snapshot: &Snapshot, found: Vec<(usize, Bits)>) -> Matches {
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
    pub(crate) fn keyed(mut self, snapshot: &Snapshot, keys: &Keys) -> tantivy::Result<Matches> {
        for ((segment, _), bits) in snapshot.segments().zip(&mut self.0) {
            let column: Column<u64> = segment.fast_fields().u64("key")?;
            let others: Vec<DocId> =
                bits.iter().filter(|doc| column.first(*doc).is_none_or(|key| !keys.contains(&key))).collect();
            others.into_iter().for_each(|doc| bits.remove(doc));
        }
        Ok(self)
    }

    /// Their keys.
    pub(crate) fn keys(&self, snapshot: &Snapshot) -> tantivy::Result<Keys> {
        Ok(self.few_keys(snapshot, usize::MAX)?.unwrap_or_default())
    }

    /// Their keys, where there are no more than so many.
    pub(crate) fn few_keys(&self, snapshot: &Snapshot, most: usize) -> tantivy::Result<Option<Keys>> {
        let mut keys = Keys::default();
        for ((segment, _), bits) in snapshot.segments().zip(&self.0) {
            let column: Column<u64> = segment.fast_fields().u64("key")?;
            for doc in bits.iter() {
                keys.extend(column.first(doc));
                if keys.len() > most {
                    return Ok(None);
                }
            }
        }
        Ok(Some(keys))
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

    pub(crate) fn of_segment(&self, ordinal: usize) -> Option<&Bits> {
        self.0.get(ordinal)
    }
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
