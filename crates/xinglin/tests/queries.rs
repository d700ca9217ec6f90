//! The queries of the corpus: what people type, and the articles that must come first.
//!
//! The floors are the shares that have been reached: they may rise, never fall.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeMap;

use serde_json::Value;
use xinglin::{Answer, SearchRequest, YearRange};

use crate::common::{corpus, indexed_corpus, json_lines, strings};

/// Lowest share of queries whose first hit is right, over all that must be answered by hits.
const SUCCESS_FLOOR: f64 = 0.99;
/// The same of slips and pinyin, where a suggestion will do too.
const SUGGESTION_FLOOR: f64 = 0.95;
/// Lowest share of the right articles among the first ten hits.
const RECALL_FLOOR: f64 = 0.99;

struct Case {
    id: String,
    kind: String,
    query: String,
    first: Vec<String>,
    relevant: Vec<String>,
    corrected: Option<String>,
    request: SearchRequest,
}

fn cases() -> Vec<Case> {
    json_lines(&corpus().join("queries.jsonl")).iter().map(case).collect()
}

fn case(line: &Value) -> Case {
    let text = |key: &str| line.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Case {
        id: text("id"),
        kind: text("kind"),
        query: text("query"),
        first: strings(line, "first"),
        relevant: strings(line, "relevant"),
        corrected: line.get("corrected").and_then(Value::as_str).map(str::to_owned),
        request: request(&text("query"), line.get("filters").unwrap_or(&Value::Null)),
    }
}

fn request(query: &str, filters: &Value) -> SearchRequest {
    let mut request = SearchRequest::new(query);
    for key in filters.as_object().into_iter().flat_map(|filters| filters.keys()) {
        for value in strings(filters, key) {
            request = match key.as_str() {
                "region" => request.region(value),
                "specialty" => request.specialty(value),
                "institution" => request.institution(value),
                "level" => request.level(value),
                "status" => request.status(value),
                "year" => request.year(value.parse::<YearRange>().expect("a year or a range of years")),
                other => panic!("no filter is called {other}"),
            };
        }
    }
    request
}

/// What became of one query.
struct Outcome {
    right: bool,
    empty: bool,
    /// Share of the right articles among the hits; `None` where the question is open.
    recall: Option<f64>,
    found: Vec<String>,
}

fn outcome(case: &Case, answer: &Answer) -> Outcome {
    let found: Vec<String> = answer.hits.iter().map(|hit| hit.file.clone()).collect();
    let suggested = case.corrected.is_some() && answer.suggestion == case.corrected;
    let right = suggested || found.first().is_some_and(|file| case.first.contains(file));
    let there = case.relevant.iter().filter(|file| found.contains(file)).count();
    let recall = (!case.relevant.is_empty()).then(|| there as f64 / case.relevant.len() as f64);
    Outcome { right, empty: found.is_empty() && !suggested, recall, found }
}

fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 1.0 } else { part as f64 / of as f64 }
}

#[test]
fn the_right_article_comes_first() {
    let index = &indexed_corpus().index;
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let (mut wrong, mut empty) = (Vec::new(), Vec::new());
    let (mut recalls, mut answered) = (Vec::new(), [(0, 0), (0, 0)]);
    for case in cases() {
        let answer = index.search(&case.request).expect("a search");
        let outcome = outcome(&case, &answer);
        let slip = usize::from(case.corrected.is_some());
        answered[slip].0 += usize::from(outcome.right);
        answered[slip].1 += 1;
        let (right, of) = kinds.entry(case.kind.clone()).or_default();
        (*right, *of) = (*right + usize::from(outcome.right), *of + 1);
        recalls.extend(outcome.recall);
        let line = format!("{} {:?}: first {:?}, found {:?}", case.id, case.query, case.first, outcome.found);
        if outcome.empty && slip == 0 {
            empty.push(line);
        } else if !outcome.right || outcome.recall.is_some_and(|recall| recall < 1.0) {
            wrong.push(line);
        }
    }
    let shares = answered.map(|(right, of)| share(right, of));
    let recall = recalls.iter().sum::<f64>() / recalls.len() as f64;
    let table: String =
        kinds.iter().map(|(kind, (right, of))| format!("{kind:12} {right} of {of}\n")).collect();
    let summary = format!(
        "first hit right: {:.3}, of slips: {:.3}; recall: {recall:.3}\n{table}",
        shares[0], shares[1]
    );
    println!("{summary}{}", wrong.join("\n"));
    assert!(empty.is_empty(), "no answer at all:\n{}", empty.join("\n"));
    let held = shares[0] >= SUCCESS_FLOOR && shares[1] >= SUGGESTION_FLOOR && recall >= RECALL_FLOOR;
    assert!(held, "{summary}{}", wrong.join("\n"));
}

/// The file of queries is what its README says.
#[test]
fn the_queries_are_sound() {
    let index = &indexed_corpus().index;
    let (mut failures, mut ids) = (Vec::new(), std::collections::BTreeSet::new());
    for case in cases() {
        let mut check = |holds: bool, what: &str| {
            if !holds {
                failures.push(format!("{}: {what}", case.id));
            }
        };
        check(ids.insert(case.id.clone()), "an id that stands twice");
        check(case.id.starts_with(&case.kind), "an id that does not begin with its kind");
        check(!case.first.is_empty(), "no article that must come first");
        let right = case.relevant.is_empty() || case.first.iter().all(|file| case.relevant.contains(file));
        check(right, "an article that must come first and is not right");
        for file in case.first.iter().chain(&case.relevant) {
            check(index.article(file).is_ok(), "an article that is not in the corpus");
        }
    }
    common::assert_none("queries are unsound", &failures);
    assert!(ids.len() >= 100, "only {} queries", ids.len());
}
