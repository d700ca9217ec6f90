//! What programs read: keys, columns and offsets of CONTRACT's formats.

use serde_json::Value;

use crate::support::{Folder, ask, corpus, run};

/// The keys of an object, sorted.
fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn sorted<const N: usize>(mut keys: [&str; N]) -> [&str; N] {
    keys.sort_unstable();
    keys
}

#[track_caller]
fn check_keys(value: &Value, expected: &[&str]) {
    let found = keys(value);
    for key in expected {
        assert!(found.contains(key), "{key} is not among {found:?}");
    }
}

const RECORD: [&str; 11] = [
    "institution",
    "specialty",
    "programme",
    "level",
    "tier",
    "status",
    "year",
    "region",
    "file",
    "title",
    "evidence",
];

#[test]
fn a_search_as_json() {
    let ran =
        ask(&["search", "骨科", "--format", "json", "--facets", "region,specialty,year", "--limit", "3"])
            .expect(0);
    assert_eq!(ran.out.lines().count(), 1);
    let answer = ran.json();
    check_keys(&answer, &["query", "understood", "total", "took_ms", "hits", "facets", "suggestion"]);
    assert_eq!(answer["query"], "骨科");
    check_keys(&answer["understood"], &["region", "specialty", "level", "year"]);
    assert_eq!(answer["hits"].as_array().map(Vec::len), Some(3));
    for (at, hit) in answer["hits"].as_array().expect("hits").iter().enumerate() {
        check_keys(
            hit,
            &[
                "rank",
                "score",
                "id",
                "file",
                "title",
                "published",
                "year",
                "subjects",
                "regions",
                "specialties",
            ],
        );
        check_keys(hit, &["url", "snippet"]);
        assert_eq!(hit["rank"], at + 1);
        check_highlights(hit, "骨科");
    }
    let facets = &answer["facets"];
    assert_eq!(keys(facets), sorted(["region", "specialty", "year"]));
    let years: Vec<i64> =
        facets["year"].as_array().expect("years").iter().filter_map(|y| y["value"].as_i64()).collect();
    assert!(years.len() > 1 && years.is_sorted(), "{years:?}");
    let counts: Vec<u64> =
        facets["region"].as_array().expect("regions").iter().filter_map(|r| r["count"].as_u64()).collect();
    assert!(counts.len() > 1 && counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
}

#[track_caller]
fn check_highlights(hit: &Value, word: &str) {
    let text = hit["snippet"]["text"].as_str().expect("a text");
    let ranges = hit["snippet"]["highlights"].as_array().expect("ranges");
    assert!(!ranges.is_empty(), "{hit}");
    for range in ranges {
        let at = |n: usize| range[n].as_u64().expect("a number") as usize;
        let marked = text.get(at(0)..at(1)).unwrap_or_else(|| panic!("{range} in {text}"));
        assert!(!marked.is_empty(), "{hit}");
    }
    assert!(text.contains(word), "{text}");
}

#[test]
fn facets_only_when_asked_for() {
    let answer = ask(&["search", "骨科", "--format", "json"]).expect(0).json();
    assert!(answer.get("facets").is_none());
}

#[test]
fn an_empty_answer_is_an_object_too() {
    let answer = ask(&["search", "饕餮貔貅", "--format", "json"]).expect(1).json();
    assert_eq!(answer["total"], 0);
    assert_eq!(answer["hits"], Value::Array(Vec::new()));
    check_keys(&answer, &["suggestion", "understood"]);
}

#[test]
fn limit_nought_counts_only() {
    let answer = ask(&["search", "骨科", "--limit", "0", "--format", "json"]).expect(0).json();
    assert!(answer["total"].as_u64() > Some(0), "{answer}");
    assert_eq!(answer["hits"], Value::Array(Vec::new()));
}

#[test]
fn a_search_as_csv() {
    let ran = ask(&["search", "骨科", "--format", "csv", "--limit", "4"]).expect(0);
    let mut table = csv::Reader::from_reader(ran.out.as_bytes());
    assert_eq!(
        table.headers().expect("a heading").iter().collect::<Vec<_>>().join(","),
        "rank,score,id,file,title,published,year,subjects,regions,specialties,url,snippet"
    );
    let rows: Vec<csv::StringRecord> = table.records().collect::<Result<_, _>>().expect("rows");
    assert_eq!(rows.len(), 4);
    assert_eq!(&rows[0][0], "1");
    assert!(rows.iter().all(|row| !row[3].is_empty() && !row[11].is_empty()), "{rows:?}");
}

#[test]
fn records_as_json_lines() {
    let ran = ask(&["specialties", "--format", "json"]).expect(0);
    assert!(
        ran.out.lines().all(|line| line.starts_with("{\"institution\":")),
        "the contract's keys come first"
    );
    let records = ran.json_lines();
    assert!(records.len() > 50, "{}", records.len());
    for record in &records {
        check_keys(record, &RECORD);
        check_keys(&record["evidence"], &["text", "start", "end"]);
    }
    let some =
        ask(&["specialties", "--format", "json", "--limit", "5", "--offset", "2"]).expect(0).json_lines();
    assert_eq!(some, records[2..7]);
}

#[test]
fn evidence_stands_in_the_text_that_show_prints() {
    let record = ask(&["specialties", "--format", "json"]).expect(0).json_lines().remove(0);
    let article =
        ask(&["show", record["file"].as_str().expect("a file"), "--format", "json"]).expect(0).json();
    let at = |key: &str| record["evidence"][key].as_u64().expect("a number") as usize;
    let text = article["text"].as_str().expect("a text");
    assert_eq!(text.get(at("start")..at("end")), record["evidence"]["text"].as_str());
    check_keys(
        &article,
        &["id", "file", "title", "published", "year", "subjects", "regions", "specialties", "records"],
    );
}

#[test]
fn records_as_csv() {
    let ran = ask(&["specialties", "--format", "csv", "--level", "national"]).expect(0);
    let mut table = csv::Reader::from_reader(ran.out.as_bytes());
    let heading: Vec<String> = table.headers().expect("a heading").iter().map(str::to_owned).collect();
    assert_eq!(heading[..10], RECORD[..10]);
    assert!(table.records().all(|row| &row.expect("a row")[3] == "national"));
}

#[test]
fn records_counted() {
    let answer = ask(&["specialties", "--by", "level,region", "--format", "json"]).expect(0).json();
    assert_eq!(keys(&answer), sorted(["total", "facets"]));
    assert_eq!(keys(&answer["facets"]), sorted(["level", "region"]));
    let total = ask(&["specialties", "--format", "json"]).json_lines().len();
    assert_eq!(answer["total"], total);
}

#[test]
fn facets_in_every_format() {
    let answer = ask(&["facets", "--by", "region", "--format", "json"]).expect(0).json();
    check_keys(&answer, &["total", "facets"]);
    let values = answer["facets"]["region"].as_array().expect("regions");
    assert!(values.iter().all(|value| !value["value"].as_str().expect("a path").contains('/')), "{values:?}");
    let below = ask(&["facets", "--by", "region", "--under", "陕西省", "--format", "json"]).expect(0).json();
    let values = below["facets"]["region"].as_array().expect("regions");
    assert!(!values.is_empty());
    assert!(
        values.iter().all(|value| value["value"].as_str().expect("a path").starts_with("陕西省/")),
        "{values:?}"
    );
    let csv = ask(&["facets", "--by", "year", "--format", "csv"]).expect(0).out;
    assert!(csv.starts_with("facet,value,count\nyear,20"), "{csv}");
    let aliased = ask(&["facets", "--facets", "year", "--format", "csv"]).expect(0).out;
    assert_eq!(aliased, csv);
}

#[test]
fn stats_and_check() {
    let stats = ask(&["stats", "--format", "json"]).expect(0).json();
    assert_eq!(
        keys(&stats),
        sorted([
            "articles",
            "records",
            "regions",
            "institutions",
            "specialties",
            "years",
            "bytes",
            "format",
            "created",
            "updated"
        ])
    );
    assert_eq!(stats["articles"], 40);
    let report = ask(&["check", "--format", "json"]).expect(0).json();
    assert_eq!(report, serde_json::json!({"ok": true, "problems": []}));
}

#[test]
fn index_reports_one_object() {
    let folder = Folder::with(&[("甲.txt", "市一院骨科获批省级临床重点专科。".as_bytes())]);
    let ran = run([
        "index",
        &folder.news().to_string_lossy(),
        "--index",
        &folder.index().to_string_lossy(),
        "--format",
        "json",
    ])
    .expect(0);
    let report = ran.json();
    assert_eq!(keys(&report), sorted(["indexed", "unchanged", "removed", "skipped", "seconds", "bytes"]));
    assert_eq!(report["indexed"], 1);
    assert!(ran.err.is_empty(), "no progress and no messages into a pipe: {ran:?}");
}

#[test]
fn tags_need_no_index() {
    let file = corpus().join("dev-01.txt");
    let tagged = run(["tag", &file.to_string_lossy()]).expect(0).json();
    check_keys(
        &tagged,
        &["file", "title", "published", "year", "subjects", "regions", "specialties", "designations"],
    );
    assert_eq!(tagged["file"], "dev-01.txt");
    let designation = &tagged["designations"][0];
    check_keys(
        designation,
        &["institution", "specialty", "programme", "level", "tier", "status", "year", "evidence"],
    );
    let csv = run(["tag", &file.to_string_lossy(), "--format", "csv"]).expect(0).out;
    assert!(csv.starts_with(
        "file,institution,specialty,programme,level,tier,status,year,evidence,start,end\ndev-01.txt,"
    ));
    let ran = run(["tag", "/nonexistent.txt"]).expect(2);
    assert!(ran.out.is_empty() && ran.err.contains("/nonexistent.txt"), "{ran:?}");
}

#[test]
fn a_batch_answers_in_order() {
    let folder = Folder::with(&[]);
    let file = folder.beside("queries.tsv");
    std::fs::write(&file, "q1\t骨科\r\n\n饕餮貔貅\nq3\t神经内科\n").expect("a file");
    let ran = ask(&["search", "--batch", &file.to_string_lossy(), "--limit", "2"]).expect(0);
    let answers = ran.json_lines();
    let named: Vec<(&Value, &Value)> =
        answers.iter().map(|answer| (&answer["qid"], &answer["query"])).collect();
    assert_eq!(
        named,
        [
            (&"q1".into(), &"骨科".into()),
            (&Value::Null, &"饕餮貔貅".into()),
            (&"q3".into(), &"神经内科".into())
        ]
    );
    let alone = ask(&["search", "骨科", "--limit", "2", "--format", "json"]).json();
    assert_eq!(answers[0]["hits"], alone["hits"]);
    assert_eq!(answers[1]["total"], 0);
    ask(&["search", "--batch", &file.to_string_lossy(), "--format", "csv"]).expect(2);
}

#[test]
fn a_list_of_hospitals_in_and_their_titles_out() {
    let folder = Folder::with(&[]);
    let file = folder.beside("hospitals.txt");
    std::fs::write(&file, "延安大学咸阳医院\n饕餮貔貅医院\n").expect("a file");
    let answers =
        ask(&["specialties", "--batch", &file.to_string_lossy(), "--format", "json"]).expect(0).json_lines();
    assert_eq!(answers.len(), 2);
    assert!(answers[0]["total"].as_u64() > Some(0), "{answers:?}");
    assert_eq!(answers[1]["total"], 0);
    let csv = ask(&["specialties", "--batch", &file.to_string_lossy(), "--format", "csv"]).expect(0).out;
    assert!(csv.starts_with("qid,query,institution,"), "{csv}");
    let text = ask(&["specialties", "--batch", &file.to_string_lossy()]).expect(0).out;
    assert!(text.contains("饕餮貔貅医院  0 条"), "{text}");
}

#[test]
fn completions_and_manual_name_every_command() {
    for arguments in
        [&["completions", "bash"][..], &["completions", "zsh"], &["completions", "fish"], &["man"]]
    {
        let ran = ask(arguments).expect(0);
        for command in
            ["index", "search", "specialties", "facets", "show", "tag", "stats", "check", "completions"]
        {
            assert!(ran.out.contains(command), "{arguments:?} lacks {command}");
        }
    }
    let folder = Folder::with(&[]);
    run(["man", "--dir", &folder.beside("man").to_string_lossy()]).expect(0);
    let page = std::fs::read_to_string(folder.beside("man/xinglin-search.1")).expect("a page");
    assert!(page.contains("region") && page.contains("骨科"), "{page}");
}
