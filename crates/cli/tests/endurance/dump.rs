//! What an index holds, in a form that two indexes can be compared by.

use std::collections::BTreeMap;
use std::path::Path;

use xinglin::{Index, SearchRequest};

use crate::news::{Versions, articles_of, mark, version_in};

/// Articles by identity; each as its JSON, which has title, text, noise, facts and records.
pub(crate) type Dump = BTreeMap<String, String>;

/// All that an index holds.
pub(crate) fn dump(index: &Path) -> Dump {
    let index = Index::open(index).expect("the index opens");
    let answer =
        index.search(&SearchRequest::new("").all(true).limit(usize::MAX)).expect("a search for everything");
    let mut dump = Dump::new();
    for hit in answer.hits {
        let article = index.article(&hit.id).expect("what was found is there");
        let told = serde_json::to_string(&article).expect("an article as JSON");
        assert!(dump.insert(hit.id.clone(), told).is_none(), "{} stands there twice", hit.id);
    }
    dump
}

/// Fails unless the index is whole, no file is there by half, and every file in one of the versions that `allowed` gives.
/// Returns the versions found.
pub(crate) fn check_whole(index: &Path, allowed: &dyn Fn(&str, u64) -> bool) -> Versions {
    let report = xinglin::check(index).expect("there is an index");
    assert!(report.ok, "{:?}", report.problems);
    let mut found: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (id, told) in dump(index) {
        let article: serde_json::Value = serde_json::from_str(&told).expect("JSON");
        let text = article["text"].as_str().expect("a text");
        let file = article["file"].as_str().expect("a file");
        let version = version_in(text);
        assert!(allowed(file, version), "{id} is there in version {version}");
        assert!(!article["records"].as_array().expect("records").is_empty(), "{id} has lost its records");
        found.entry(file.to_owned()).or_default().push(version);
    }
    let mut versions = Versions::new();
    for (file, mut there) in found {
        assert_eq!(there.len() as u64, articles_of(&file), "{file} is there by half");
        there.dedup();
        assert_eq!(there.len(), 1, "{file} is there in versions {there:?}");
        versions.insert(file, there[0]);
    }
    versions
}

/// Fails unless each of these files is found by its own mark, as one article and no other.
pub(crate) fn check_findable<'a>(index: &Path, files: impl Iterator<Item = &'a String>) {
    let index = Index::open(index).expect("the index opens");
    for file in files {
        let line = articles_of(file) - 1;
        let query = format!("\"{}\"", mark(file, line));
        let answer = index.search(&SearchRequest::new(query).all(true).limit(10)).expect("a search");
        let hits: Vec<&str> = answer.hits.iter().map(|hit| hit.file.as_str()).collect();
        assert_eq!(hits, [file.as_str()], "{file} is not found");
    }
}
