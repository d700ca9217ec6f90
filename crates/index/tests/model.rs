//! Whatever is added, replaced and taken out in whatever order, with commits and steps back in between, the index holds what
//! a plain map would.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use xinglin_index::{Preparer, SourceState, Writer, WriterOptions};
use xinglin_index_schema::{ArticleRow, Fields, Fingerprints, Kind, Manifest, StoredArticle};

/// Source to identity to the edition that was written last.
type Model = BTreeMap<usize, BTreeMap<usize, usize>>;

struct Dice(u64);

impl Dice {
    fn throw(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

fn options() -> WriterOptions {
    WriterOptions { threads: 2, memory_bytes: 0, fingerprints: Fingerprints::default(), rebuild: false }
}

fn path(source: usize) -> String {
    format!("/news/{source}.jsonl")
}

/// An edition is told by the year.
fn row(source: usize, id: usize, edition: usize) -> ArticleRow {
    let article = StoredArticle {
        id: format!("{source}#{id}"),
        file: path(source),
        text: format!("第{edition}版"),
        year: Some(edition as i32),
        ..StoredArticle::default()
    };
    ArticleRow { article, ..ArticleRow::default() }
}

fn prepare(preparer: &Preparer, source: usize, id: usize, edition: usize) -> xinglin_index::Prepared {
    let origin = xinglin_index::Prepared::origin(&path(source));
    preparer.prepare(origin, row(source, id, edition)).expect("prepared")
}

/// The editions in the index, by the article's key.
fn editions(dir: &Path) -> BTreeSet<(u64, i64)> {
    let manifest = Manifest::read(dir).expect("a manifest");
    let index = tantivy::Index::open_in_dir(dir.join(manifest.segments)).expect("an index");
    let fields = Fields::of(&index.schema()).expect("fields");
    let searcher = index.reader().expect("a reader").searcher();
    let query = TermQuery::new(fields.kind_term(Kind::Article), IndexRecordOption::Basic);
    let found = searcher.search(&query, &DocSetCollector).expect("searched");
    let one = |address: tantivy::DocAddress| {
        let columns = searcher.segment_reader(address.segment_ord).fast_fields();
        let key = columns.u64("key").expect("keys").first(address.doc_id).expect("a key");
        (key, columns.i64("year").expect("years").first(address.doc_id).expect("a year"))
    };
    let all: Vec<(u64, i64)> = found.into_iter().map(one).collect();
    let set: BTreeSet<(u64, i64)> = all.iter().copied().collect();
    assert_eq!(set.len(), all.len(), "an article twice");
    set
}

fn expected(model: &Model) -> BTreeSet<(u64, i64)> {
    let each = |(source, ids): (&usize, &BTreeMap<usize, usize>)| {
        let origin = xinglin_index::Prepared::origin(&path(*source));
        let source = *source;
        let one = move |(id, edition): (&usize, &usize)| (row(source, *id, 0).key(origin), *edition as i64);
        ids.iter().map(one).collect::<Vec<_>>()
    };
    model.iter().flat_map(each).collect()
}

/// One change, to the index and to the model.
fn change(writer: &mut Writer, model: &mut Model, edition: usize, dice: &mut Dice) {
    let preparer = writer.preparer();
    let source = dice.throw(5);
    match dice.throw(6) {
        0 | 1 => {
            let ids: BTreeSet<usize> = (0..dice.throw(4)).map(|_| dice.throw(6)).collect();
            let rows = ids.iter().map(|id| prepare(&preparer, source, *id, edition)).collect();
            let state = SourceState { articles: ids.len() as u64, ..SourceState::default() };
            writer.put_source(&path(source), state, rows).expect("put");
            model.insert(source, ids.into_iter().map(|id| (id, edition)).collect());
        }
        2 | 3 => {
            let id = dice.throw(6);
            writer.replace(prepare(&preparer, source, id, edition)).expect("replaced");
            writer.end_source(&path(source), SourceState::default());
            model.entry(source).or_default().insert(id, edition);
        }
        4 => {
            let id = dice.throw(6);
            writer.remove_article(&path(source), &row(source, id, 0).article.id).expect("removed");
            if let Some(ids) = model.get_mut(&source) {
                ids.remove(&id);
            }
        }
        _ => {
            writer.remove_source(&path(source)).expect("removed");
            model.remove(&source);
        }
    }
}

/// Copies a folder as it is at the moment.
fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry")) {
        let target = to.join(entry.file_name());
        if entry.file_type().expect("a type").is_dir() {
            std::fs::create_dir(&target).expect("made");
            copy(&entry.path(), &target);
        } else if let Err(error) = std::fs::copy(entry.path(), &target) {
            // A merge that is broken off may still rename a list of files.
            assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}");
        }
    }
}

#[test]
fn the_index_holds_what_a_map_would() {
    let mut dir = tempfile::tempdir().expect("a folder");
    let mut writer = Writer::open(dir.path(), &options()).expect("a writer");
    let (mut model, mut committed) = (Model::new(), Model::new());
    let mut dice = Dice(20_261_122);
    for edition in 1..=600 {
        change(&mut writer, &mut model, edition, &mut dice);
        match dice.throw(20) {
            0 => {
                writer.rollback().expect("back");
                model = committed.clone();
            }
            4 | 5 => {
                // As after a kill: merges are broken off, and another process goes on with what is there.
                drop(writer);
                let after = tempfile::tempdir().expect("a folder");
                copy(dir.path(), after.path());
                dir = after;
                writer = Writer::open(dir.path(), &options()).expect("a writer");
                model = committed.clone();
            }
            1..=3 => {
                writer.commit().expect("committed");
                committed = model.clone();
                assert_eq!(editions(dir.path()), expected(&model), "after edition {edition}");
            }
            _ => {}
        }
    }
    writer.finish().expect("finished");
    assert_eq!(editions(dir.path()), expected(&model));
}
