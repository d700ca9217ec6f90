//! The facts that the tagger reads, scored against what is true of the corpus.
//!
//! The floors are the figures that have been reached: they may rise, never fall.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../common/mod.rs"]
mod common;
mod score;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use xinglin::Tagger;

use crate::common::{corpus, json_lines, seeds};
use crate::score::{Figures, score};

/// Lowest figures on the corpus: F1, and the precision of records; accuracy for the plain facts.
const CORPUS_FLOORS: &[(&str, f64)] = &[
    ("title", 1.0),
    ("published", 1.0),
    ("year", 1.0),
    ("tier", 1.0),
    ("subjects", 1.0),
    ("regions", 1.0),
    ("specialties", 1.0),
    ("designations", 1.0),
    ("designations precision", 1.0),
];

/// Lowest figures on the other pages. The last ones joined with what they still miss.
const PAGES_FLOORS: &[(&str, f64)] = &[
    ("title", 1.0),
    ("published", 1.0),
    ("year", 1.0),
    ("tier", 1.0),
    ("subjects", 0.998),
    ("regions", 0.994),
    ("specialties", 1.0),
    ("designations", 0.998),
    ("designations precision", 1.0),
];

/// Lowest figures on pages that are not read well yet.
const HARD_FLOORS: &[(&str, f64)] = &[
    ("title", 0.958),
    ("published", 0.982),
    ("year", 0.976),
    ("tier", 1.0),
    ("subjects", 0.937),
    ("regions", 0.901),
    ("specialties", 0.990),
    ("designations", 0.879),
    ("designations precision", 0.930),
];

/// Lowest figures on the real pages.
const SEEDS_FLOORS: &[(&str, f64)] = &[
    ("title", 1.0),
    ("published", 1.0),
    ("year", 1.0),
    ("tier", 1.0),
    ("subjects", 1.0),
    ("regions", 1.0),
    ("specialties", 1.0),
    ("designations", 1.0),
    ("designations precision", 1.0),
];

/// What the tagger says of each page of a folder, by file name.
fn tagged(pages: &Path) -> BTreeMap<String, Value> {
    let mut said = BTreeMap::new();
    let tagger = Tagger::new().expect("the built-in gazetteers");
    tagger.read(&[pages.to_owned()], &mut |article| {
        let article = article.expect("every page of the folder can be read");
        let value = serde_json::to_value(&article).expect("tags are JSON");
        said.insert(score::file_name(&value), value);
    });
    said
}

#[track_caller]
fn hold(name: &str, figures: &Figures, floors: &[(&str, f64)]) {
    println!("{name}\n{figures}");
    let short: Vec<String> = floors
        .iter()
        .filter(|(key, floor)| figures.get(key).is_none_or(|reached| reached + 5e-4 < *floor))
        .map(|(key, floor)| format!("{key}: {:.4}, floor {floor}", figures.get(key).unwrap_or(f64::NAN)))
        .collect();
    if !short.is_empty() {
        panic!("{name}: short of {}\n{figures}\n{}", short.join("; "), figures.misses.join("\n"));
    }
}

#[test]
fn the_corpus() {
    let said = tagged(&corpus().join("articles"));
    hold("corpus", &score(&json_lines(&corpus().join("gold.jsonl")), &said), CORPUS_FLOORS);
}

/// Pages written to be unlike the corpus: other layouts, other turns of phrase, histories, tables, corrections, other scripts and
/// encodings.
#[test]
fn other_pages() {
    let folder = common::root().join("crates/xinglin/tests/gold");
    let gold = json_lines(&folder.join("pages.jsonl"));
    hold("other pages", &score(&gold, &tagged(&folder.join("pages"))), PAGES_FLOORS);
}

/// Pages that came last, most of them with a dozen titles and more: what is to be mended next.
#[test]
fn hard_pages() {
    let folder = common::root().join("crates/xinglin/tests/gold/hard");
    let gold = json_lines(&folder.join("pages.jsonl"));
    hold("hard pages", &score(&gold, &tagged(&folder.join("pages"))), HARD_FLOORS);
}

/// What a page says does not depend on the script that it is printed in: Traditional characters, and those of Hong Kong and of Taiwan.
#[test]
fn pages_in_other_scripts() {
    use ferrous_opencc::{OpenCC, config::BuiltinConfig};
    let scripts = [BuiltinConfig::S2t, BuiltinConfig::S2hk, BuiltinConfig::S2tw];
    let scripts = scripts.map(|script| OpenCC::from_config(script).expect("a converter"));
    let (as_printed, converted) =
        (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let mut pages = 0;
    let folder = common::root().join("crates/xinglin/tests/gold/pages");
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        if xinglin_text::needs_unifying(&text) || text.contains("charset=") && !text.contains("utf-8") {
            continue;
        }
        let name = path.file_name().expect("a name");
        let script = &scripts[pages % scripts.len()];
        std::fs::write(as_printed.path().join(name), &text).expect("written");
        std::fs::write(converted.path().join(name), script.convert(&text)).expect("written");
        pages += 1;
    }
    assert!(pages > 400, "{pages} pages in Simplified characters");
    let facts = |said: &Value| {
        let plain = ["published", "year", "subjects", "regions", "specialties"].map(|key| said[key].clone());
        let records = said["designations"].as_array().expect("a list").iter();
        let mut records: Vec<String> = records
            .map(|record| {
                let mut record = record.clone();
                record.as_object_mut().expect("an object").remove("evidence");
                record.to_string()
            })
            .collect();
        records.sort_unstable();
        (plain, records)
    };
    let (first, second) = (tagged(as_printed.path()), tagged(converted.path()));
    let differ = |(name, said): (&String, &Value)| {
        (facts(said) != facts(&second[name]))
            .then(|| format!("{name}: {:?}\n    and {:?}", facts(said), facts(&second[name])))
    };
    common::assert_none(
        "pages read otherwise in another script",
        &first.iter().filter_map(differ).collect::<Vec<_>>(),
    );
}

/// Lowest figures on text pages that were wrapped at 76 columns.
const WRAPPED_FLOORS: &[(&str, f64)] = &[
    ("published", 0.99),
    ("year", 0.99),
    ("subjects", 0.99),
    ("regions", 0.99),
    ("specialties", 0.995),
    ("designations", 0.965),
];

/// Text wrapped at a fixed width, as mail and old archives have it, is read as its paragraphs are.
#[test]
fn pages_wrapped_at_a_width() {
    let wrapped = tempfile::tempdir().expect("a folder");
    let folder = common::root().join("crates/xinglin/tests/gold");
    let mut gold = json_lines(&folder.join("pages.jsonl"));
    gold.retain(|gold| {
        let file = score::file_name(gold);
        let text = std::fs::read_to_string(folder.join("pages").join(&file));
        let text = text.ok().filter(|text| file.ends_with(".txt") && !text.contains('\t'));
        text.map(|text| std::fs::write(wrapped.path().join(&file), wrap(&text)).expect("written")).is_some()
    });
    assert!(gold.len() > 400, "{} text pages", gold.len());
    hold("wrapped pages", &score(&gold, &tagged(wrapped.path())), WRAPPED_FLOORS);
}

/// A text with its paragraphs wrapped at 76 columns, each indented.
fn wrap(text: &str) -> String {
    let columns = |c: char| if c.is_ascii() { 1 } else { 2 };
    let mut wrapped = String::new();
    for line in text.lines() {
        let long = line.chars().map(columns).sum::<usize>() > 84;
        let line = if long { format!("　　{}", line.trim()) } else { line.to_owned() };
        let mut width = 0;
        for c in line.chars() {
            width += columns(c);
            if long && width > 76 {
                wrapped.push('\n');
                width = columns(c);
            }
            wrapped.push(c);
        }
        wrapped.push('\n');
    }
    wrapped
}

#[test]
fn real_pages() {
    let Some((pages, gold)) = seeds() else { return };
    hold("real pages", &score(&json_lines(&gold), &tagged(&pages)), SEEDS_FLOORS);
}

/// Every record's evidence is a piece of the article's text, and every record is one only once.
#[test]
fn evidence_is_text_of_the_article() {
    let indexed = common::indexed_corpus();
    let mut failures = Vec::new();
    for gold in json_lines(&corpus().join("gold.jsonl")) {
        let file = score::file_name(&gold);
        let article = indexed.index.article(&file).expect("every article is in the index");
        for record in &article.records {
            let evidence = &record.evidence;
            if article.text.get(evidence.start..evidence.end) != Some(evidence.text.as_str()) {
                failures
                    .push(format!("{file}: {}..{} is not {:?}", evidence.start, evidence.end, evidence.text));
            }
            if evidence.text.trim().is_empty() {
                failures.push(format!("{file}: {} {}: no evidence", record.institution, record.specialty));
            }
        }
    }
    common::assert_none("records without their evidence", &failures);
}

/// The scorer itself: gold against hand-made answers.
#[test]
fn the_scorer_scores() {
    let check = |gold: Value, said: Value, key: &str, expected: f64| {
        let (mut gold, mut said) = (gold, said);
        gold["file"] = json!("news/a.txt");
        said["file"] = json!("a.txt");
        let figures = score(&[gold], &BTreeMap::from([("a.txt".to_owned(), said)]));
        let reached = figures.get(key).expect("a known key");
        assert!((reached - expected).abs() < 1e-9, "{key}: {reached}, not {expected}\n{figures}");
    };
    check(json!({"subjects": ["甲医院|乙医院"]}), json!({"subjects": ["乙医院"]}), "subjects", 1.0);
    check(json!({"subjects": ["甲医院|乙医院"]}), json!({"subjects": ["甲医院", "乙医院"]}), "subjects", 1.0);
    check(json!({"subjects": ["甲医院"]}), json!({"subjects": ["丙医院"]}), "subjects", 0.0);
    check(json!({"subjects": ["甲医院", "乙医院"]}), json!({"subjects": ["甲医院"]}), "subjects recall", 0.5);
    let optional = json!({"subjects": ["甲医院"], "subjects_optional": ["丁医院"]});
    check(optional, json!({"subjects": ["甲医院", "丁医院"]}), "subjects precision", 1.0);
    check(json!({"regions": ["甲省/乙市"]}), json!({"regions": ["甲省"]}), "regions", 0.5);
    check(json!({"regions": ["甲省/乙市"]}), json!({"regions": ["甲省/乙市/丙县"]}), "regions", 0.0);
    check(json!({"title": "名单（甲）"}), json!({"title": "名单(甲)"}), "title", 1.0);
    check(json!({"published": null}), json!({"published": "2020-01-01"}), "published", 0.0);
    let record = |specialty: &str, year: Option<i32>, tier: Option<&str>| {
        json!({"institution": "甲医院", "specialty": specialty, "programme": "key-specialty",
               "level": "provincial", "tier": tier, "status": "designated", "year": year})
    };
    let gold = json!({"designations": [record("骨科|创伤骨科", Some(2020), Some("county"))]});
    check(gold.clone(), json!({"designations": [record("创伤骨科", Some(2020), None)]}), "designations", 1.0);
    check(gold.clone(), json!({"designations": [record("骨科", Some(2020), None)]}), "tier", 0.0);
    check(gold.clone(), json!({"designations": [record("骨科", Some(2021), None)]}), "designations", 0.0);
    check(gold, json!({"designations": []}), "designations precision", 1.0);
}

/// A page that the tagger says nothing of is no score at all.
#[test]
fn a_missing_page_is_no_score() {
    let figures = score(&[json!({"file": "a.txt"})], &BTreeMap::new());
    assert_eq!(figures.misses.first().map(String::as_str), Some("a.txt: no line for it"));
    assert_eq!(figures.get("title"), Some(0.0));
}
