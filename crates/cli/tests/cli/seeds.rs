//! Real pages, where a folder of them lies beside the checkout (or `XINGLIN_SEEDS` names it).

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::{Ran, program, run};

/// The folder of real pages, if there is one.
fn seeds() -> Option<PathBuf> {
    let named = std::env::var_os("XINGLIN_SEEDS").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let found = named.into_iter().chain([beside]).find(|dir| dir.is_dir());
    if found.is_none() {
        println!("skipped: no folder of real pages; XINGLIN_SEEDS may name one");
    }
    found
}

/// Asks the index of the real pages; `None` where there are none.
fn ask(arguments: &[&str]) -> Option<Ran> {
    static INDEX: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
        let seeds = seeds()?;
        let index = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("seeds-{}.idx", std::process::id()));
        run(["index".as_ref(), seeds.as_os_str(), "--index".as_ref(), index.as_os_str()]).expect(0);
        Some(index)
    });
    let index = INDEX.as_ref()?;
    let output = program().env("XINGLIN_INDEX", index).args(arguments).output().expect("the program starts");
    Some(Ran::of(output))
}

/// The numbers of the pages that a search finds, best first; pages are named `NNN_….txt`.
fn pages(answer: &Value) -> Vec<String> {
    let hits = answer["hits"].as_array().expect("hits");
    hits.iter().map(|hit| hit["file"].as_str().expect("a file").chars().take(3).collect()).collect()
}

#[track_caller]
fn check_search(arguments: &[&str], check: impl Fn(&[String]) -> bool) {
    let arguments: Vec<&str> =
        ["search"].iter().chain(arguments).chain(&["--format", "json"]).copied().collect();
    if let Some(ran) = ask(&arguments) {
        let found = pages(&ran.expect(0).json());
        assert!(check(&found), "{arguments:?} found {found:?}");
    }
}

#[test]
fn a_title_within_a_province_in_either_script() {
    for query in ["国家临床重点专科", "國家臨床重點專科"] {
        for region in ["陕西", "陝西"] {
            check_search(&[query, "--region", region], |found| {
                let mut found = found.to_vec();
                found.sort();
                found == ["000", "002"]
            });
        }
    }
}

#[test]
fn pages_by_words_short_names_and_persons() {
    check_search(&["骨科", "--specialty", "骨科", "--year", "2023"], |found| {
        found.first().is_some_and(|f| f == "000")
    });
    check_search(&["心内科"], |found| found.iter().any(|file| file == "001"));
    check_search(&["市中心医院"], |found| {
        ["002", "004"].iter().all(|file| found.iter().any(|f| f == file))
    });
    check_search(&["天坛医院"], |found| found.first().is_some_and(|file| file == "004"));
    check_search(&["赵全明"], |found| found == ["004"]);
    check_search(&["雅瑶分院"], |found| found == ["003"]);
}

#[test]
fn places_are_counted() {
    let Some(ran) = ask(&["facets", "--by", "region", "--format", "json"]) else { return };
    let answer = ran.expect(0).json();
    let counts: Vec<(&str, u64)> = answer["facets"]["region"]
        .as_array()
        .expect("regions")
        .iter()
        .map(|value| (value["value"].as_str().expect("a place"), value["count"].as_u64().expect("a count")))
        .collect();
    assert_eq!(counts.first(), Some(&("陕西省", 2)), "{counts:?}");
    for place in ["山东省", "广东省", "辽宁省"] {
        assert!(counts.contains(&(place, 1)), "{place}: {counts:?}");
    }
    assert_eq!(counts.len(), 4, "an advert's 北京 and a partner's are no places of these pages: {counts:?}");
}

#[test]
fn titles_by_place_and_level() {
    for (arguments, count) in [(&["--region", "德州"][..], 20), (&["--level", "national"], 3)] {
        let arguments: Vec<&str> =
            ["specialties", "--format", "json"].iter().chain(arguments).copied().collect();
        let Some(ran) = ask(&arguments) else { return };
        let records = ran.expect(0).json_lines();
        assert_eq!(records.len(), count, "{arguments:?}: {records:?}");
        let place = if count == 3 { "陕西省" } else { "山东省/德州市" };
        let there =
            |record: &Value| record["region"].as_str().is_some_and(|region| region.starts_with(place));
        assert!(records.iter().all(there), "{arguments:?}: {records:?}");
    }
}

#[test]
fn an_advert_is_found_as_noise_alone() {
    let Some(ran) = ask(&["search", "白癜风", "--format", "json", "--facets", "region,specialty"]) else {
        return;
    };
    let answer = ran.expect(0).json();
    assert_eq!(pages(&answer), ["003"]);
    assert_eq!(answer["hits"][0]["in_noise"], true, "{answer}");
    assert!(!answer["facets"].to_string().contains("白癜风"), "{answer}");
}
