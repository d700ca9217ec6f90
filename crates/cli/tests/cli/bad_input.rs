//! What is broken, missing or hostile gets a message and costs nothing else.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::support::{Folder, Ran, ask, run};

const GOOD: &str = "汉中市中心医院骨科获批省级临床重点专科。\n发布时间：2023-05-06\n本院骨科成立三十年。\n";

/// Indexes a good article beside others, and says what became of it.
fn beside_a_good_one(files: &[(&str, &[u8])]) -> (Folder, Ran) {
    let folder = Folder::with(files);
    folder.write("好.txt", GOOD.as_bytes());
    let ran = folder.indexed();
    assert!(!ran.err.contains("panicked"), "{ran:?}");
    folder.ask(&["search", "骨科成立三十年"]).expect(0);
    (folder, ran)
}

#[track_caller]
fn check_skipped(name: &str, content: &[u8], reason: &str) {
    let (_, ran) = beside_a_good_one(&[(name, content)]);
    let ran = ran.expect(2);
    assert!(ran.err.contains(name), "{ran:?}");
    assert!(ran.err.contains(reason), "{ran:?}");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_indexed() {
    check_skipped(
        "二进制.txt",
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0",
        "二进制.txt：是二进制数据",
    );
    check_skipped("坏行.jsonl", b"{\"text\":\"a\n{\"text\": 1, }\n", "坏行.jsonl:2：不是正确的 JSON");
}

#[test]
fn odd_files_are_no_reason_to_stop() {
    let long = format!("汉中市中心医院{}", "骨科".repeat(500_000));
    for (name, content) in [
        ("一百万字.txt", long.as_bytes()),
        ("坏字节.txt", b"\xe9\xaa\xa8\xe7\xa7\x91\xff\xfe\x80 \xe9\xaa\xa8"),
        ("半截.html", "<html><body><div><p>汉中市中心医院骨科获批<table><tr><td".as_bytes()),
        ("名 有空格.txt", GOOD.as_bytes()),
    ] {
        let (_, ran) = beside_a_good_one(&[(name, content)]);
        assert!(ran.code == 0 || (ran.code == 2 && ran.err.contains(name)), "{name}: {ran:?}");
    }
}

#[test]
fn an_empty_file_and_an_empty_folder_are_told() {
    let (_, ran) = beside_a_good_one(&[("空.txt", b"")]);
    assert!(ran.code == 0 || ran.err.contains("空.txt"), "{ran:?}");
    let folder = Folder::with(&[]);
    let ran = folder.indexed().expect(0);
    assert!(ran.err.contains(".jsonl"), "{ran:?}");
    folder.ask(&["search", "骨科"]).expect(1);
    folder.ask(&["stats"]).expect(0);
    folder.ask(&["facets"]).expect(0);
}

#[test]
fn a_missing_path_is_named_and_the_rest_is_indexed() {
    let folder = Folder::with(&[("好.txt", GOOD.as_bytes())]);
    let (news, index) = (folder.news(), folder.index());
    let ran = run([
        "index",
        &folder.beside("没有").to_string_lossy(),
        &news.to_string_lossy(),
        "--index",
        &index.to_string_lossy(),
    ])
    .expect(2);
    assert!(ran.err.contains("没有"), "{ran:?}");
    folder.ask(&["search", "骨科"]).expect(0);
}

#[test]
fn a_folder_without_permission_is_named() {
    let folder = Folder::with(&[("锁/甲.txt", GOOD.as_bytes()), ("好.txt", GOOD.as_bytes())]);
    let locked = folder.news().join("锁");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("permissions");
    let privileged = fs::read_dir(&locked).is_ok();
    let ran = folder.indexed();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("permissions");
    if privileged {
        println!("skipped: whoever runs this may read everything");
        return;
    }
    let ran = ran.expect(2);
    assert!(ran.err.contains("锁"), "{ran:?}");
    folder.ask(&["search", "骨科"]).expect(0);
}

#[test]
fn a_loop_of_links_ends() {
    let folder = Folder::with(&[("子/好.txt", GOOD.as_bytes())]);
    symlink(folder.news(), folder.news().join("子/环")).expect("a link");
    let ran = folder.indexed();
    assert!(ran.code == 0 || ran.err.contains("环"), "{ran:?}");
    assert_eq!(folder.ask(&["search", "骨科", "--format", "json"]).expect(0).json()["total"], 1);
}

#[test]
fn an_index_that_is_none() {
    let folder = Folder::with(&[("好.txt", GOOD.as_bytes())]);
    let (news, file, foreign) = (folder.news(), folder.beside("文件"), folder.beside("别的"));
    fs::write(&file, "x").expect("a file");
    fs::create_dir(&foreign).expect("a folder");
    fs::write(foreign.join("重要.doc"), "x").expect("a file");
    for dir in [&file, &foreign] {
        let ran = run(["index", &news.to_string_lossy(), "--index", &dir.to_string_lossy()]).expect(2);
        assert!(ran.err.contains(&*dir.to_string_lossy()), "{ran:?}");
        for command in ["stats", "check"] {
            let ran = run([command, "--index", &dir.to_string_lossy()]).expect(2);
            assert!(ran.err.contains(&*dir.to_string_lossy()), "{ran:?}");
        }
    }
    assert!(foreign.join("重要.doc").exists());
}

#[test]
fn queries_of_every_kind_are_answered() {
    let long = "骨科重点专科".repeat(2_000);
    for query in [
        "",
        " ",
        "\u{3000}",
        "，。！？",
        "\"骨科",
        "(骨科 OR",
        ")))",
        "title:",
        "region:火星 骨科",
        "10:30",
        "a/b\\c",
        "AND OR NOT",
        "\u{1f600}\u{200d}",
        "\u{202e}骨科",
        "-",
        &long,
    ] {
        let ran = ask(&["search", query]);
        assert!(matches!(ran.code, 0 | 1), "{query:?}: {ran:?}");
        assert!(!ran.err.contains("panicked"), "{query:?}: {ran:?}");
    }
}

#[test]
fn a_query_that_cannot_be_parsed_says_so() {
    let ran = ask(&["search", "\"骨科"]).expect(0);
    assert!(!ran.err.is_empty(), "{ran:?}");
}

#[test]
fn bounds_are_told() {
    let folder = Folder::with(&[("好.txt", GOOD.as_bytes()), ("大.txt", GOOD.repeat(100).as_bytes())]);
    let (news, index) = (folder.news(), folder.index());
    let arguments = ["--index", &index.to_string_lossy(), "--max-file-size", "2K"].map(str::to_owned);
    let ran =
        run(["index".to_owned(), news.to_string_lossy().into_owned()].into_iter().chain(arguments)).expect(2);
    assert!(ran.err.contains("大.txt") && ran.err.contains("--max-file-size"), "{ran:?}");
    folder.ask(&["search", "骨科成立三十年"]).expect(0);
}

/// What reads more than a bound says which option widens it, on whatever command; within the bound it says nothing.
#[test]
fn every_bound_names_the_option_that_widens_it() {
    let line = format!("{{\"text\": \"{}\"}}\n", GOOD.replace('\n', " ").repeat(30));
    let folder = Folder::with(&[("大.txt", GOOD.repeat(30).as_bytes()), ("行.jsonl", line.as_bytes())]);
    let news = folder.news().to_string_lossy().into_owned();
    folder.indexed();
    let check = |command: &[&str], option: &str, narrow: &str, wide: &str| {
        for (value, told) in [(narrow, true), (wide, false)] {
            let arguments: Vec<&str> = command.iter().copied().chain([option, value]).collect();
            let ran = folder.ask(&arguments);
            assert_eq!(ran.err.contains(option), told, "{arguments:?}: {ran:?}");
            assert!(!ran.err.contains("_bytes"), "{arguments:?}: {ran:?}");
        }
    };
    for command in [&["index", "--rebuild"][..], &["tag"]] {
        let reading: Vec<&str> = command.iter().copied().chain([news.as_str()]).collect();
        check(&reading, "--max-file-size", "2K", "1M");
        check(&reading, "--max-line-size", "2K", "1M");
        check(&reading, "--max-article-size", "1K", "1M");
    }
    for command in [&["search"][..], &["specialties"], &["facets"], &["why", "大.txt"]] {
        let asked: Vec<&str> = command.iter().copied().chain(["骨科 汉中市 省级"]).collect();
        check(&asked, "--max-query-length", "4", "20");
        check(&asked, "--max-query-parts", "2", "3");
    }
}
