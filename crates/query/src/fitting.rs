//! Articles with a record that says what the query names.

use tantivy::schema::IndexRecordOption;
use xinglin_index_schema::Kind;

use crate::answer::Understood;
use crate::columns::Snapshot;
use crate::matches::{Keys, Matches};
use crate::plan::Planner;

/// The articles with a record that says all that the query names, where it names enough to single one out.
pub(crate) struct Fitting {
    /// Of more than a few only those of the candidates.
    pub(crate) keys: Keys,
    /// Whether these are all.
    pub(crate) complete: bool,
}

impl Fitting {
    /// The articles with a record of these facts; where there are more than `few`, those of the candidates alone, which are told by their
    /// keys.
    pub(crate) fn of(
        planner: &Planner<'_>,
        snapshot: &Snapshot,
        facts: &Understood,
        candidates: &[u64],
        few: usize,
    ) -> tantivy::Result<Fitting> {
        let groups = if facts.kinds() < 2 { Vec::new() } else { planner.fact_terms(facts) };
        if groups.is_empty() {
            return Ok(Fitting { keys: Keys::default(), complete: true });
        }
        let records = Matches::having(Kind::Record, snapshot, &[groups])?;
        if let Some(keys) = records.few_keys(snapshot, few)? {
            return Ok(Fitting { keys, complete: true });
        }
        let mut keys = Keys::default();
        for ((segment, _), fitting) in snapshot.segments().zip(records.segments()) {
            let index = segment.inverted_index(planner.fields.key)?;
            for key in candidates {
                let term = planner.fields.key_term(*key);
                let Some(mut list) = index.read_block_postings(&term, IndexRecordOption::Basic)? else {
                    continue;
                };
                while !list.docs().is_empty() {
                    if list.docs().iter().any(|doc| fitting.contains(*doc)) {
                        keys.insert(*key);
                        break;
                    }
                    list.advance();
                }
            }
        }
        Ok(Fitting { keys, complete: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::Cache;
    use crate::interpret::{Interpretation, Interpreter};
    use tantivy::{Index, doc};
    use xinglin_index_schema::{Fields, register_tokenizers};

    struct Literally;

    impl Interpreter for Literally {
        fn interpret(&self, _piece: &str) -> Interpretation {
            Interpretation::default()
        }

        fn resolve(&self, _field: &str, _value: &str) -> Option<Vec<String>> {
            None
        }

        fn specialty_path(&self, canonical: &str) -> String {
            format!("外科/{canonical}")
        }
    }

    /// Article `n` tells `n % 4` records: of 骨科 and 眼科 in turn, every third of them national.
    fn records_of(article: u64) -> impl Iterator<Item = (&'static str, &'static str)> {
        (0..article % 4).map(move |at| {
            let specialty = if (article + at).is_multiple_of(2) { "外科/骨科" } else { "外科/眼科" };
            (specialty, if (article + at).is_multiple_of(3) { "national" } else { "county" })
        })
    }

    #[test]
    fn articles_whose_records_fit() {
        let (schema, fields) = Fields::schema();
        let index = Index::create_in_ram(schema);
        register_tokenizers(&index);
        let mut writer = index.writer_with_num_threads(1, 20_000_000).expect("a writer");
        for article in 0..200 {
            // The article has both facts, of one record or of two.
            let of_article = doc!(fields.kind => "article", fields.key => article, fields.specialty => "外科/骨科", fields.level => "national");
            writer.add_document(of_article).expect("added");
            for (specialty, level) in records_of(article) {
                let record = doc!(fields.kind => "record", fields.key => article, fields.specialty => specialty, fields.level => level);
                writer.add_document(record).expect("added");
            }
            if article == 120 {
                writer.commit().expect("a commit");
            }
        }
        writer.delete_term(fields.key_term(6));
        writer.commit().expect("a commit");
        let searcher = index.reader().expect("a reader").searcher();
        let snapshot = Snapshot::new(searcher, &Cache::default());
        let planner = Planner { fields: &fields, interpreter: &Literally };
        let fits = |article: &u64| {
            *article != 6 && records_of(*article).any(|record| record == ("外科/骨科", "national"))
        };
        let all: Keys = (0..200).filter(fits).collect();
        let candidates: Vec<u64> = (0..50).collect();
        let facts = Understood {
            specialty: vec!["骨科".to_owned()],
            level: vec!["national".to_owned()],
            ..Understood::default()
        };
        let fitting = |facts: &Understood, few| {
            let fitting = Fitting::of(&planner, &snapshot, facts, &candidates, few).expect("read");
            (fitting.keys, fitting.complete)
        };
        assert!(all.len() > 20 && all.len() < 100, "{}", all.len());
        assert_eq!(fitting(&facts, all.len()), (all.clone(), true));
        let of_candidates: Keys = all.iter().copied().filter(|key| *key < 50).collect();
        assert_eq!(fitting(&facts, all.len() - 1), (of_candidates, false));
        // One fact singles none out.
        let level = Understood { level: facts.level.clone(), ..Understood::default() };
        assert_eq!(fitting(&level, 1_000), (Keys::default(), true));
        let articles =
            Matches::having(Kind::Article, &snapshot, &[planner.fact_terms(&facts)]).expect("read");
        assert_eq!(articles.len(), 199);
        let neither = [vec![vec![fields.key_term(6)]], vec![vec![fields.key_term(7)], vec![]]];
        assert_eq!(Matches::having(Kind::Article, &snapshot, &neither).expect("read").len(), 0);
    }
}
