//! Stored articles share a dictionary: it comes once there are enough of them, lasts over runs, and is missed where it is
//! gone or changed.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::ops::Range;
use std::path::Path;

use xinglin::{ErrorKind, Index, Ingest, RecordRequest, SearchRequest, check};

/// A line file of invented news, each with a sentence of its own.
fn write(path: &Path, numbers: Range<usize>) {
    let line = |number: usize| {
        let steps: String = (0..40)
            .map(|step| {
                format!(
                    "第{}批学员在{}号楼完成了规范化培训的第{step}项考核。",
                    number * 3 + step,
                    number % 17
                )
            })
            .collect();
        let news = format!("汉中市中心医院骨科获批陕西省临床重点专科。本篇编号{number}完。{steps}");
        serde_json::json!({ "id": number.to_string(), "title": format!("简讯第{number}期"), "text": news })
    };
    let lines: String = numbers.map(|number| format!("{}\n", line(number))).collect();
    fs::write(path, lines).expect("written");
}

fn found(index: &Path, query: &str) -> Vec<String> {
    let opened = Index::open(index).expect("an index");
    let answer = opened.search(&SearchRequest::new(query).literal(true)).expect("an answer");
    answer.hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn articles_before_and_after_the_dictionary_are_read_alike() {
    let dir = tempfile::tempdir().expect("a folder");
    let (news, index) = (dir.path().join("news"), dir.path().join("index"));
    fs::create_dir(&news).expect("a folder");
    write(&news.join("a.jsonl"), 0..20);
    Ingest::into(&index).paths([&news]).run().expect("a run");
    let dictionary = index.join("segments/texts.dict");
    assert!(!dictionary.exists(), "twenty articles say little of what all have in common");

    write(&news.join("b.jsonl"), 100..600);
    Ingest::into(&index).paths([&news]).run().expect("a run");
    let made = fs::read(&dictionary).expect("a dictionary");
    write(&news.join("c.jsonl"), 700..720);
    Ingest::into(&index).paths([&news]).run().expect("a run");
    assert_eq!(fs::read(&dictionary).expect("still there"), made);
    for (number, id) in [(7, "a.jsonl#7"), (101, "b.jsonl#101"), (599, "b.jsonl#599"), (710, "c.jsonl#710")] {
        assert_eq!(found(&index, &format!("本篇编号{number}完")), [id]);
    }
    let opened = Index::open(&index).expect("an index");
    let told = opened.records(&RecordRequest::new("")).expect("records");
    let [record] = told.records.as_slice() else { panic!("{} records", told.records.len()) };
    assert_eq!(record.evidence.text, "汉中市中心医院骨科获批陕西省临床重点专科。");
    assert_eq!(record.sources.len(), 539);
    assert!(check(&index).expect("checked").ok);
}

#[test]
fn a_dictionary_that_is_gone_or_changed_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let (news, index) = (dir.path().join("news.jsonl"), dir.path().join("index"));
    write(&news, 0..500);
    Ingest::into(&index).paths([&news]).run().expect("a run");
    let dictionary = index.join("segments/texts.dict");
    let whole = fs::read(&dictionary).expect("a dictionary");
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    for bytes in [Some(&changed[..]), Some(&whole[..whole.len() / 2]), Some(&[]), None] {
        match bytes {
            Some(bytes) => fs::write(&dictionary, bytes).expect("written"),
            None => fs::remove_file(&dictionary).expect("removed"),
        }
        let report = check(&index).expect("checked");
        assert!(
            !report.ok && report.problems.iter().any(|problem| problem.to_string().contains("texts.dict"))
        );
        let error = Index::open(&index)
            .and_then(|opened| opened.search(&SearchRequest::new("本篇编号499完")).map(|_| ()))
            .expect_err("an article that cannot be read");
        assert_eq!(error.kind(), &ErrorKind::Damaged);
        assert!(error.to_string().contains("texts.dict"), "{error}");
        let error = Ingest::into(&index).paths([&news]).run().expect_err("no writing to it");
        assert!(error.to_string().contains("texts.dict"), "{error}");
    }
    fs::write(&dictionary, &whole).expect("written");
    assert!(check(&index).expect("checked").ok);
}
