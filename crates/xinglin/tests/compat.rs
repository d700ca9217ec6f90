//! Indexes of earlier formats, and of other tables: answered rightly with a warning, or refused with the command that rebuilds.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use xinglin::{ErrorKind, Index, Ingest, RecordRequest, SearchRequest, Warning, check};

use crate::common::root;

fn compat() -> PathBuf {
    root().join("index-schema/compat")
}

/// The indexes that are kept, with their formats.
fn kept() -> Vec<(u32, PathBuf)> {
    let entries = fs::read_dir(compat()).expect("the kept indexes").flatten();
    let mut kept: Vec<_> = entries
        .filter_map(|entry| {
            let format = entry.file_name().to_str()?.strip_prefix("format-")?.parse().ok()?;
            Some((format, entry.path()))
        })
        .collect();
    kept.sort();
    kept
}

fn constant(name: &str) -> u32 {
    let fields = fs::read_to_string(root().join("index-schema/src/fields.rs")).expect("the fields");
    let line =
        fields.lines().find(|line| line.contains(&format!("const {name}: u32 = "))).expect("a constant");
    line.split(['=', ';']).nth(1).and_then(|number| number.trim().parse().ok()).expect("a number")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file");
        }
    }
}

/// Changes the manifest of an index; what stands there of its own checksum goes, as before there were any.
fn edit(index: &Path, change: impl FnOnce(&mut Value)) {
    let path = index.join("xinglin.json");
    let mut manifest: Value = serde_json::from_slice(&fs::read(&path).expect("a manifest")).expect("JSON");
    change(&mut manifest);
    manifest.as_object_mut().expect("an object").remove("seal");
    fs::write(path, manifest.to_string()).expect("written");
}

/// An index of the kept news, made now.
fn fresh(dir: &Path) -> PathBuf {
    let index = dir.join("fresh");
    Ingest::into(&index).paths([compat().join("news")]).run().expect("a run");
    index
}

fn found(index: &Index, query: &str) -> Vec<String> {
    let answer = index.search(&SearchRequest::new(query).literal(true)).expect("a search");
    let mut ids: Vec<String> = answer.hits.into_iter().map(|hit| hit.id).collect();
    ids.sort();
    ids
}

/// The kept index answers as it must, whatever has become of dictionary and tables since.
fn check_answers(index: &Index) {
    assert_eq!(found(index, "汉中市中心医院骨科获批"), ["骨科.txt"]);
    assert_eq!(found(index, "神经内科今日义诊"), ["短讯.jsonl#1"]);
    assert_eq!(found(index, "神經內科今日義診"), ["短讯.jsonl#1"]);
    assert_eq!(found(index, "发热门诊通宵开放"), ["短讯.jsonl#2"]);
    assert_eq!(found(index, "眼科今日开诊"), ["眼科.html"]);
    assert!(found(index, "\"口腔科\"").is_empty());
    let records = index.records(&RecordRequest::new("").specialty("骨科")).expect("records");
    assert_eq!(records.records[0].institution, "汉中市中心医院");
    let article = index.article("骨科.txt").expect("an article");
    assert_eq!(article.published.as_deref(), Some("2023-05-06"));
    assert_eq!(index.stats().expect("figures").articles, 4);
}

#[test]
fn every_format_is_kept_and_answers_or_is_refused() {
    let (newest, oldest) = (constant("FORMAT"), constant("OLDEST_READABLE"));
    let formats: Vec<u32> = kept().iter().map(|(format, _)| *format).collect();
    assert_eq!(formats, (1..=newest).collect::<Vec<_>>(), "run scripts/make-compat");
    let dir = tempfile::tempdir().expect("a folder");
    let ours: Value = {
        let manifest = fs::read(fresh(dir.path()).join("xinglin.json")).expect("a manifest");
        serde_json::from_slice(&manifest).expect("JSON")
    };
    for (format, path) in kept() {
        let index = dir.path().join(format!("format-{format}"));
        copy(&path, &index);
        // The format alone is tried here: its words are those of any dictionary.
        edit(&index, |manifest| manifest["fingerprints"] = ours["fingerprints"].clone());
        match Index::open(&index) {
            Ok(opened) => {
                assert!(format >= oldest);
                let older = opened.warnings().iter().any(|said| matches!(said, Warning::OlderFormat { .. }));
                assert_eq!(older, format < newest, "{:?}", opened.warnings());
                check_answers(&opened);
                assert!(check(&index).expect("checked").ok);
            }
            Err(error) => {
                assert!(format < oldest, "{error}");
                assert_eq!(error.kind(), &ErrorKind::WrongVersion, "{error}");
                assert!(error.to_string().contains("--rebuild"), "{error}");
            }
        }
        let news = compat().join("news");
        if format < newest {
            let error = Ingest::into(&index).paths([&news]).run().expect_err("it is not written to");
            assert_eq!(error.kind(), &ErrorKind::WrongVersion, "{error}");
        }
        Ingest::into(&index).paths([&news]).rebuild(true).run().expect("the cure");
        check_answers(&Index::open(&index).expect("opened"));
    }
}

#[test]
fn an_index_of_other_tables_warns_or_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let news = compat().join("news");
    let check = |table: &str, answers: bool| {
        let index = fresh(dir.path());
        edit(&index, |manifest| manifest["fingerprints"][table] = "0123456789abcdef".into());
        match Index::open(&index) {
            Ok(opened) => {
                assert!(answers, "{table}: it opened");
                let warned = |said: &Warning| matches!(said, Warning::OtherGazetteers { .. });
                assert!(opened.warnings().iter().any(warned), "{table}: no warning");
                check_answers(&opened);
            }
            Err(error) => {
                assert!(!answers, "{table}: {error}");
                assert_eq!(error.kind(), &ErrorKind::WrongVersion, "{table}: {error}");
                let message = error.to_string();
                assert!(message.contains("fresh") && message.contains("--rebuild"), "{table}: {message}");
            }
        }
        let error = Ingest::into(&index).paths([&news]).run().expect_err("it is not written to");
        assert_eq!(error.kind(), &ErrorKind::WrongVersion, "{table}: {error}");
        Ingest::into(&index).paths([&news]).rebuild(true).run().expect("the cure");
        let cured = Index::open(&index).expect("opened");
        assert!(cured.warnings().is_empty(), "{table}: {:?}", cured.warnings());
        check_answers(&cured);
        fs::remove_dir_all(index).expect("removed");
    };
    check("dictionary", false);
    check("fold", false);
    check("gazetteers", true);
}
