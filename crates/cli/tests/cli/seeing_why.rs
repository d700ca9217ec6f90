//! `analyze`, `why`, `search --explain`: what the program makes of a text, a query, a hit.

use crate::support::{Folder, ask, ask_with, columns, run};

#[test]
fn a_text_is_taken_apart() {
    let analysis = run(["analyze", "漢中市中心醫院骨科，CT", "--format", "json"]).expect(0).json();
    assert_eq!(
        (&analysis["script"], &analysis["unified"]),
        (&"traditional".into(), &"汉中市中心医院骨科，CT".into())
    );
    assert_eq!(
        analysis["characters"],
        serde_json::json!({"han": 9, "latin": 2, "other": 0, "punctuation": 1})
    );
    let text = analysis["text"].as_str().expect("the text");
    for list in ["words", "names"] {
        for part in analysis[list].as_array().expect("a list") {
            let at = |key: &str| part[key].as_u64().expect("an offset") as usize;
            assert_eq!(text.get(at("start")..at("end")), part["text"].as_str(), "{list} {part}");
        }
    }
    let kinds: Vec<&str> =
        analysis["names"].as_array().expect("names").iter().filter_map(|n| n["kind"].as_str()).collect();
    assert!(kinds.contains(&"specialty"), "{kinds:?}");
    assert_eq!(analysis["understood"]["specialty"], serde_json::json!(["骨科"]));
}

#[test]
fn a_text_is_taken_apart_for_people() {
    let text = "漢中市中心醫院骨科2023年獲批國家臨床重點專科建設項目";
    for width in [40, 80, 120] {
        let ran = ask_with(&[("COLUMNS", &width.to_string())], &["analyze", text]).expect(0);
        for part in ["繁体", "陕西省/汉中市", "国家级", "建设项目"] {
            assert!(ran.out.contains(part), "{part}: {}", ran.out);
        }
        assert!(ran.out.lines().all(|line| columns(line) <= width), "{}", ran.out);
    }
    assert!(run(["analyze", "abc \u{1b}[31m"]).expect(0).out.contains("没有汉字"));
    run(["analyze"]).expect(2);
}

#[test]
fn each_clause_is_judged() {
    let check = |query: &[&str], expected: &[(&str, &str, bool)]| {
        let arguments = [&["why", "dev-04.txt", "--format", "json"], query].concat();
        let found = expected.iter().all(|(.., satisfied)| *satisfied);
        let why = ask(&arguments).expect(i32::from(!found)).json();
        assert_eq!(why["found"], found, "{why}");
        let clauses = why["clauses"].as_array().expect("clauses");
        let told: Vec<(&str, &str, bool)> = clauses
            .iter()
            .map(|clause| {
                let text = |key: &str| clause[key].as_str().expect("a text");
                (text("clause"), text("kind"), clause["satisfied"].as_bool().expect("a verdict"))
            })
            .collect();
        assert_eq!(told, expected, "{query:?}");
    };
    check(&["神经内科", "湖南"], &[("神经内科", "piece", true), ("湖南", "piece", false)]);
    check(
        &["\"国家临床重点专科\"", "-眼科"],
        &[("\"国家临床重点专科\"", "exact", true), ("-眼科", "not", true)],
    );
    check(&["-神经内科"], &[("-神经内科", "not", false)]);
    check(&["(眼科 OR 荆州)"], &[("(眼科 OR 荆州)", "or", true)]);
    check(&["region:湖北", "year:2020"], &[("region:湖北", "field", true), ("year:2020", "field", false)]);
    check(
        &["神经内科", "--region", "湖北"],
        &[("神经内科", "piece", true), ("--region 湖北省", "filter", true)],
    );
    check(
        &["神经内科", "--region", "陕西"],
        &[("神经内科", "piece", true), ("--region 陕西省", "filter", false)],
    );
}

#[test]
fn the_verdict_is_that_of_the_search() {
    for query in [
        "神经内科",
        "神經內科",
        "国家临床重点专科 -儿科",
        "荆州 OR 眼科",
        "心内科",
        "ＣＴ",
        "湖南",
        "2023 湖北",
    ] {
        let found = ask(&["search", query, "--format", "json", "--limit", "100"]).json();
        let relaxed = found["relaxed"] == true || found["corrected"] == true;
        let files: Vec<&str> = match relaxed {
            true => Vec::new(),
            false => found["hits"]
                .as_array()
                .expect("hits")
                .iter()
                .filter_map(|hit| hit["file"].as_str())
                .collect(),
        };
        for file in ["dev-04.txt", "dev-01.txt", "dev-30.txt"] {
            let why = ask(&["why", file, query, "--format", "json"]).json();
            assert_eq!(why["found"], files.contains(&file), "{query} {file}: {why}");
        }
    }
}

#[test]
fn places_are_where_the_letters_stand() {
    let why = ask(&["why", "dev-18.html", "奇美医学中心", "--format", "json"]).expect(0).json();
    let article = ask(&["show", "dev-18.html", "--format", "json"]).expect(0).json();
    let ways = why["clauses"][0]["ways"].as_array().expect("ways");
    assert!(!ways.is_empty());
    for way in ways {
        let text = article[way["field"].as_str().expect("a field")].as_str().expect("a text");
        for place in way["places"].as_array().expect("places") {
            let at = |n: usize| place[n].as_u64().expect("an offset") as usize;
            assert_eq!(text.get(at(0)..at(1)), Some("奇美醫學中心"), "{way}");
        }
    }
}

#[test]
fn why_for_people() {
    let ran = ask_with(&[("COLUMNS", "60")], &["why", "dev-04.txt", "神经内科", "湖南"]).expect(1);
    assert!(ran.out.contains("✗ 湖南") && ran.out.contains("✓ 神经内科"), "{}", ran.out);
    assert!(ran.out.lines().all(|line| columns(line) <= 60), "{}", ran.out);
    assert!(ask(&["why", "没有这篇", "骨科"]).expect(1).err.contains("没有这篇"));
    ask(&["why", "dev-04.txt"]).expect(2);
    assert!(ask(&["why", "dev-04.txt", "骨科", "--region", "火星"]).expect(2).err.contains("火星"));
}

#[test]
fn a_score_is_explained() {
    let answer =
        ask(&["search", "湖北 神经内科 国家临床重点专科", "--explain", "--format", "json", "--limit", "3"]);
    for hit in answer.expect(0).json()["hits"].as_array().expect("hits") {
        let parts = hit["explanation"].as_array().expect("parts");
        let sum: f64 = parts.iter().filter_map(|part| part["score"].as_f64()).sum();
        let score = hit["score"].as_f64().expect("a score");
        assert!((sum - score).abs() < 0.01 * score.abs().max(1.0), "{sum} {hit}");
    }
}

#[test]
fn an_article_in_a_folder_of_ones_own() {
    let folder = Folder::with(&[("甲.txt", "市一院骨科开诊\n\n市一院骨科今天开诊。\n".as_bytes())]);
    folder.indexed().expect(0);
    let why = folder.ask(&["why", "甲.txt", "骨课", "--format", "json"]).expect(1).json();
    assert_eq!(why["clauses"][0]["missing"], serde_json::json!(["骨课"]));
}
