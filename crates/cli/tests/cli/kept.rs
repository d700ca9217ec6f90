//! What is kept and grouped: saved queries, what is new of them, hits by institution and year, lists in and tables out.

use std::path::Path;

use crate::support::{Folder, Ran, ask, program};

fn page(title: &str) -> Vec<u8> {
    format!("{title}\n\n发布时间：2023-05-06\n\n{title}，全院高兴。\n").into_bytes()
}

/// Runs with settings of its own.
fn keeping(folder: &Folder, arguments: &[&str]) -> Ran {
    let mut command = program();
    command
        .env("XINGLIN_INDEX", folder.index())
        .env("XINGLIN_CONFIG", folder.beside("settings"))
        .args(arguments);
    Ran::of(command.output().expect("the program starts"))
}

#[test]
fn only_what_is_new_is_told() {
    let folder = Folder::with(&[("1.txt", &page("市一院骨科开诊")), ("2.txt", &page("市二院眼科开诊"))]);
    folder.indexed().expect(0);
    keeping(&folder, &["search", "骨科", "--save", "骨科/新闻"]).expect(0);
    let titles = |arguments: &[&str], code: i32| -> Vec<String> {
        let arguments = [&["news", "骨科/新闻", "--format", "json"], arguments].concat();
        let news = keeping(&folder, &arguments).expect(code).json();
        assert_eq!(news["saved"], "骨科/新闻");
        let hits = news["hits"].as_array().expect("hits");
        hits.iter().map(|hit| hit["title"].as_str().expect("a title").to_owned()).collect()
    };
    assert_eq!(titles(&["--peek"], 0), ["市一院骨科开诊"]);
    assert_eq!(titles(&[], 0), ["市一院骨科开诊"]);
    assert!(titles(&[], 1).is_empty());
    folder.write("3.txt", &page("市三院骨科获奖"));
    folder.write("2.txt", &page("市二院眼科停诊"));
    folder.indexed().expect(0);
    assert_eq!(titles(&[], 0), ["市三院骨科获奖"]);
    let rebuilt = keeping(&folder, &["index", "--rebuild", &folder.news().display().to_string()]);
    rebuilt.expect(0);
    assert!(titles(&[], 1).is_empty(), "a rebuild brings nothing old again");
    folder.write("1.txt", &page("市一院骨科搬迁"));
    folder.indexed().expect(0);
    assert_eq!(titles(&[], 0), ["市一院骨科搬迁"], "what was changed is new");
    assert!(keeping(&folder, &["news", "骨科/新闻"]).expect(1).err.contains("没有新的文章"));
}

#[test]
fn the_rest_comes_next_time() {
    let pages: Vec<(String, Vec<u8>)> =
        (0..5).map(|n| (format!("{n}.txt"), page(&format!("第{n}医院骨科开诊")))).collect();
    let pages: Vec<(&str, &[u8])> =
        pages.iter().map(|(name, text)| (name.as_str(), text.as_slice())).collect();
    let folder = Folder::with(&pages);
    folder.indexed().expect(0);
    keeping(&folder, &["search", "骨科", "--save", "骨科"]).expect(0);
    let mut told = Vec::new();
    for count in [2, 2, 1] {
        let news = keeping(&folder, &["news", "骨科", "--limit", "2", "--format", "json"]).expect(0).json();
        let hits = news["hits"].as_array().expect("hits").clone();
        assert_eq!(hits.len(), count);
        told.extend(hits.iter().map(|hit| hit["file"].to_string()));
    }
    told.sort();
    told.dedup();
    assert_eq!(told.len(), 5);
    keeping(&folder, &["news", "骨科"]).expect(1);
}

#[test]
fn saved_queries_are_listed_run_and_removed() {
    let folder = Folder::with(&[("1.txt", &page("市一院骨科开诊"))]);
    folder.indexed().expect(0);
    assert!(keeping(&folder, &["saved"]).expect(1).err.contains("--save"));
    keeping(&folder, &["search", "骨科", "--year", "2023..", "--literal", "--save", "甲"]).expect(0);
    let listed = keeping(&folder, &["saved"]).expect(0).out;
    assert!(listed.contains("甲  骨科 --year 2023.. --literal"), "{listed}");
    let saved = keeping(&folder, &["saved", "--format", "json"]).expect(0).json();
    assert_eq!(
        (&saved["name"], &saved["query"], &saved["literal"]),
        (&"甲".into(), &"骨科".into(), &true.into())
    );
    assert!(Path::new(saved["index"].as_str().expect("a path")).is_absolute());
    assert!(keeping(&folder, &["saved", "甲"]).expect(0).out.contains("市一院骨科开诊"));
    assert!(keeping(&folder, &["news", "乙"]).expect(2).err.contains('甲'));
    keeping(&folder, &["saved", "甲", "--remove"]).expect(0);
    keeping(&folder, &["saved", "甲", "--remove"]).expect(2);
    keeping(&folder, &["search", "骨科", "--save", " "]).expect(2);
    keeping(&folder, &["saved", "--remove"]).expect(2);
}

#[test]
fn settings_that_cannot_be_read_or_written_are_named() {
    let folder = Folder::with(&[("1.txt", &page("市一院骨科开诊"))]);
    folder.indexed().expect(0);
    std::fs::create_dir(folder.beside("settings")).expect("a folder");
    std::fs::write(folder.beside("settings").join("saved.json"), b"{").expect("a file");
    assert!(keeping(&folder, &["saved"]).expect(2).err.contains("saved.json"));
    std::fs::remove_dir_all(folder.beside("settings")).expect("a folder");
    std::fs::write(folder.beside("settings"), b"").expect("a file");
    assert!(keeping(&folder, &["search", "骨科", "--save", "甲"]).expect(2).err.contains("settings"));
}

#[test]
fn hits_by_institution_and_year() {
    for (by, facet) in [("institution", "institution"), ("year", "year")] {
        let answer =
            ask(&["search", "重点专科", "--group", by, "--limit", "4", "--format", "json"]).expect(0).json();
        let counts = ask(&["facets", "重点专科", "--by", facet, "--format", "json"]).expect(0).json();
        let groups = answer["groups"].as_array().expect("groups");
        assert_eq!(groups.len(), 4);
        for group in groups.iter().filter(|group| !group["value"].is_null()) {
            let hits = group["hits"].as_array().expect("hits");
            assert!((1..=3).contains(&hits.len()));
            for hit in hits {
                let own = if by == "year" { &hit["year"] } else { &hit["subjects"][0] };
                assert_eq!(own, &group["value"]);
            }
            let counted = counts["facets"][facet]
                .as_array()
                .expect("counts")
                .iter()
                .find(|c| c["value"] == group["value"]);
            assert_eq!(counted.map(|c| &c["count"]), Some(&group["count"]), "{by}");
        }
        let text = ask(&["search", "重点专科", "--group", by, "--limit", "4"]).expect(0).out;
        assert!(text.contains(" 篇\n 1. ") || text.contains(" 篇\n"), "{text}");
    }
    ask(&["search", "重点专科", "--group", "year", "--format", "csv"]).expect(2);
    ask(&["search", "重点专科", "--group", "city"]).expect(2);
    ask(&["search", "鑫燚淼", "--group", "year"]).expect(1);
}

#[test]
fn a_list_of_hospitals_gives_their_titles() {
    let folder = Folder::with(&[]);
    let list = folder.beside("list.txt");
    std::fs::write(&list, "荆州市中心医院\n没有的医院\n延安大学咸阳医院\n").expect("a file");
    let list = list.display().to_string();
    let ran = ask(&["specialties", "--batch", &list, "--format", "json"]).expect(0);
    let answers = ran.json_lines();
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[1]["total"], 0);
    for answer in &answers {
        for record in answer["records"].as_array().expect("records") {
            assert_eq!(record["institution"], answer["query"], "another's title");
        }
    }
    assert!(ran.err.contains("没有记录的 1 个：没有的医院"), "{}", ran.err);
    let table = ask(&["specialties", "--batch", &list, "--format", "csv"]).expect(0);
    assert!(
        table.out.lines().skip(1).all(|line| line.starts_with(",荆州") || line.starts_with(",延安")),
        "{}",
        table.out
    );
    assert!(ask(&["specialties", "--batch", &list]).expect(0).out.contains("没有的医院  0 条"));
}
