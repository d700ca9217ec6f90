//! One query against an open index of 2,000 articles.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
// A benchmark that cannot be set up must stop, as a test does.

use divan::Bencher;
use std::sync::LazyLock;
use tempfile::TempDir;
use xinglin::{FacetField, FacetRequest, Index, RecordRequest, SearchRequest};
use xinglin_benches::fixture;

const ARTICLES: u64 = 2000;

static INDEX: LazyLock<(TempDir, Index)> = LazyLock::new(|| fixture::index(ARTICLES).expect("an index"));

fn main() {
    LazyLock::force(&INDEX);
    divan::main();
}

/// Times a search and holds its number of hits to what the first one said, which must not be 0.
fn check(bencher: Bencher<'_, '_>, request: &SearchRequest) {
    let total = || INDEX.1.search(request).expect("a whole index").total;
    let expected = total();
    assert!(expected > 0, "{:?} finds nothing", request.query);
    bencher.bench_local(|| assert_eq!(total(), expected));
}

const QUERIES: [&str; 4] =
    ["骨科", "腔镜手术", "哪家医院的心血管内科获批国家临床重点专科", "\"临床重点专科\""];

#[divan::bench(args = QUERIES)]
fn count_only(bencher: Bencher<'_, '_>, query: &str) {
    check(bencher, &SearchRequest::new(query).limit(0));
}

#[divan::bench(args = QUERIES)]
fn ten_hits_with_snippets(bencher: Bencher<'_, '_>, query: &str) {
    check(bencher, &SearchRequest::new(query).limit(10));
}

#[divan::bench(args = QUERIES)]
fn ten_hits_and_three_facets(bencher: Bencher<'_, '_>, query: &str) {
    let request = SearchRequest::new(query).limit(10);
    check(bencher, &request.facet(FacetField::Region).facet(FacetField::Specialty).facet(FacetField::Year));
}

#[divan::bench]
fn facets_of_all(bencher: Bencher<'_, '_>) {
    let request = FacetRequest::new("").by(FacetField::Region);
    let total = || INDEX.1.facets(&request).expect("a whole index").total;
    assert_eq!(total() as u64, ARTICLES);
    bencher.bench_local(|| assert_eq!(total() as u64, ARTICLES));
}

#[divan::bench]
fn records_of_a_specialty(bencher: Bencher<'_, '_>) {
    let request = RecordRequest::new("").specialty("骨科").level("国家级").limit(20);
    let total = || INDEX.1.records(&request).expect("a whole index").total;
    let expected = total();
    assert!(expected > 0);
    bencher.bench_local(|| assert_eq!(total(), expected));
}

#[divan::bench]
fn open(bencher: Bencher<'_, '_>) {
    let folder = INDEX.0.path().join("news.idx");
    bencher.bench_local(|| {
        let index = Index::open(&folder).expect("a whole index");
        assert!(index.warnings().is_empty());
    });
}
