//! A writer that is dropped has ended: nothing of it goes on in the folder of whoever writes next.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use xinglin_index::{Prepared, SourceState, Writer, WriterOptions};
use xinglin_index_schema::{ArticleRow, Fingerprints, StoredArticle};

/// tantivy merges as soon as so many segments are of one size.
const SEGMENTS: usize = 8;
const ARTICLES: usize = 400;

fn options() -> WriterOptions {
    WriterOptions { threads: 1, memory_bytes: 0, fingerprints: Fingerprints::default(), rebuild: false }
}

fn put(writer: &mut Writer, source: usize) {
    let preparer = writer.preparer();
    let path = format!("/news/{source}.jsonl");
    let origin = Prepared::origin(&path);
    let row = |id: usize| {
        let text: String = (0..300).map(|at| format!("第{}条，", (source * ARTICLES + id) * at)).collect();
        let article = StoredArticle { id: format!("{source}#{id}"), text, ..StoredArticle::default() };
        preparer.prepare(origin, ArticleRow { article, ..ArticleRow::default() }).expect("prepared")
    };
    let state = SourceState { articles: ARTICLES as u64, ..SourceState::default() };
    writer.put_source(&path, state, (0..ARTICLES).map(row).collect()).expect("put");
}

/// All files below a folder with their sizes.
fn files(dir: &Path) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry")) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if let Ok(data) = entry.metadata() {
            found.insert(path.display().to_string(), data.len());
        }
    }
    found
}

#[test]
fn nothing_goes_on_behind_a_dropped_writer() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut writer = Writer::open(dir.path(), &options()).expect("a writer");
    for source in 0..SEGMENTS {
        put(&mut writer, source);
        writer.commit().expect("a commit");
    }
    drop(writer);
    let left = files(dir.path());
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(files(dir.path()), left);
    let next = Writer::open(dir.path(), &options()).expect("another writer");
    assert_eq!(next.finish().expect("finished").articles, (SEGMENTS * ARTICLES) as u64);
}
