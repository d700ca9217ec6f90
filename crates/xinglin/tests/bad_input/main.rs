//! Bad input gets a clear message and costs nothing else: whatever is wrong with one page, the others are indexed;
//! whatever is typed, an answer comes.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../common/mod.rs"]
mod common;
mod pages;
mod places;
mod queries;

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use xinglin::{Index, Ingest, IngestReport, SearchRequest};

const GOOD: &str =
    "汉中市中心医院骨科获批国家临床重点专科建设项目\n\n发布时间:2023-07-17\n\n近日,喜讯传来,骨科获批。\n";

/// A folder for pages with a good one in it, and a place for an index.
pub(crate) struct Place {
    /// The folder that holds both.
    pub(crate) dir: TempDir,
}

impl Place {
    /// A good page, and no index yet.
    pub(crate) fn new() -> Place {
        let place = Place { dir: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(place.pages()).expect("a folder");
        place.page("good.txt", GOOD);
        place
    }

    /// The folder of pages.
    pub(crate) fn pages(&self) -> PathBuf {
        self.dir.path().join("pages")
    }

    /// The index's folder.
    pub(crate) fn idx(&self) -> PathBuf {
        self.dir.path().join("idx")
    }

    /// Writes a page.
    pub(crate) fn page(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.pages().join(name), bytes).expect("a page is written");
    }

    /// Indexes the folder.
    pub(crate) fn run(&self) -> IngestReport {
        Ingest::into(self.idx()).paths([self.pages()]).run().expect("the folder is indexed")
    }

    /// The files that a query finds.
    pub(crate) fn found(&self, query: &str) -> Vec<String> {
        let index = Index::open(self.idx()).expect("the index opens");
        let answer = index.search(&SearchRequest::new(query)).expect("a search");
        answer.hits.into_iter().map(|hit| hit.file).collect()
    }
}
