//! Running again: only what is new, changed or gone is touched; what a run reports is what is there.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use xinglin::{ErrorKind, Index, Ingest, IngestReport, NewArticle, SearchRequest, check};

/// Writes a file long before the run that reads it: one that changed within a clock's tick is read once more by the next run.
fn write(path: impl AsRef<Path>, text: impl AsRef<[u8]>) {
    fs::write(&path, text).expect("written");
    let file = fs::File::options().write(true).open(path).expect("opened");
    file.set_modified(SystemTime::now() - Duration::from_secs(60)).expect("a time");
}

fn run(index: &Path, news: &Path) -> IngestReport {
    let report = Ingest::into(index).threads(2).paths([news]).run().expect("a run");
    assert!(report.complaints.is_empty(), "{:?}", report.complaints);
    let checked = check(index).expect("checked");
    assert!(checked.ok, "{:?}", checked.problems);
    report
}

fn found(index: &Path, query: &str) -> Vec<String> {
    let index = Index::open(index).expect("opened");
    let answer = index.search(&SearchRequest::new(query).limit(1000)).expect("searched");
    let mut ids: Vec<String> = answer.hits.into_iter().map(|hit| hit.id).collect();
    ids.sort();
    ids
}

fn counts(report: &IngestReport) -> (usize, usize, usize, usize) {
    (report.indexed, report.unchanged, report.removed, report.skipped)
}

#[test]
fn files_come_change_and_go() {
    let dir = tempfile::tempdir().expect("a folder");
    let (news, index) = (dir.path().join("新 闻"), dir.path().join("索引"));
    fs::create_dir_all(news.join("下级")).expect("a folder");
    let write = |name: &str, text: &str| self::write(news.join(name), text);
    write("甲.txt", "甲县人民医院开诊\n\n甲县人民医院骨科今日开诊。\n");
    write("下级/乙.txt", "乙县中医院开诊\n\n乙县中医院眼科今日开诊。\n");
    assert_eq!(counts(&run(&index, &news)), (2, 0, 0, 0));
    assert_eq!(found(&index, "今日开诊"), ["下级/乙.txt", "甲.txt"]);
    assert_eq!(counts(&run(&index, &news)), (0, 2, 0, 0));

    write("甲.txt", "甲县人民医院停诊\n\n甲县人民医院骨科明日停诊一天。\n");
    write("丙.txt", "丙县人民医院开诊\n\n丙县人民医院儿科今日开诊。\n");
    assert_eq!(counts(&run(&index, &news)), (2, 1, 0, 0));
    assert_eq!(found(&index, "今日开诊"), ["下级/乙.txt", "丙.txt"]);
    assert_eq!(found(&index, "明日停诊一天"), ["甲.txt"]);

    fs::remove_file(news.join("下级/乙.txt")).expect("removed");
    fs::rename(news.join("丙.txt"), news.join("丁.txt")).expect("renamed");
    assert_eq!(counts(&run(&index, &news)), (1, 1, 2, 0));
    assert_eq!(found(&index, "今日开诊"), ["丁.txt"]);
}

/// Names of files that came from another system, in its encoding: each is a file of its own.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf8_are_each_read() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;
    let dir = tempfile::tempdir().expect("a folder");
    let (news, index) = (dir.path().join(OsString::from_vec(vec![0xD0, 0xC2])), dir.path().join("索引"));
    fs::create_dir(&news).expect("a folder");
    let name = |byte: u8| news.join(OsString::from_vec(vec![0xB0, byte, b'.', b't', b'x', b't']));
    for (byte, place) in [(0xFE, "甲县"), (0xFF, "乙县")] {
        write(name(byte), format!("{place}人民医院开诊\n\n{place}人民医院骨科今日开诊。\n"));
    }
    assert_eq!(counts(&run(&index, &news)), (2, 0, 0, 0));
    assert_eq!(counts(&run(&index, &news)), (0, 2, 0, 0));
    fs::remove_file(name(0xFE)).expect("removed");
    assert_eq!(counts(&run(&index, &news)), (0, 1, 1, 0));
    assert_eq!(found(&index, "今日开诊"), ["\\xB0\\xFF.txt"]);
}

/// Whatever the way by which the folder was named.
#[cfg(unix)]
#[test]
fn what_lies_in_a_folder_that_cannot_be_looked_at_is_kept() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().expect("a folder");
    let (news, index) = (dir.path().join("新闻"), dir.path().join("索引"));
    fs::create_dir_all(news.join("下级")).expect("a folder");
    write(news.join("下级/甲.txt"), "甲县人民医院开诊\n\n甲县人民医院骨科今日开诊。\n");
    write(news.join("乙.txt"), "乙县中医院开诊\n\n乙县中医院眼科今日开诊。\n");
    symlink(&news, dir.path().join("link")).expect("a link");
    let ways = [news.clone(), news.join("../新闻"), dir.path().join("link")];
    run(&index, &news);
    for way in &ways {
        assert_eq!(counts(&run(&index, way)), (0, 2, 0, 0), "{}", way.display());
    }
    fs::rename(news.join("下级"), dir.path().join("away")).expect("moved");
    symlink("下级", news.join("下级")).expect("a link to itself");
    for way in &ways {
        let report = Ingest::into(&index).paths([way]).run().expect("a run");
        assert_eq!(counts(&report), (0, 1, 0, 1), "{}: {:?}", way.display(), report.complaints);
        assert!(report.complaints[0].message.starts_with("下级: a loop"), "{:?}", report.complaints);
    }
    fs::remove_file(news.join("下级")).expect("removed");
    assert_eq!(counts(&run(&index, &news)), (0, 1, 1, 0));
}

/// What links lead to goes with the links, unless one cannot be followed now: a disk that is away may come back.
#[cfg(unix)]
#[test]
fn what_links_led_to_goes_with_them() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().expect("a folder");
    let place = |name: &str| dir.path().join(name);
    let (news, index) = (place("新闻"), place("索引"));
    for folder in ["新闻", "别处/下级", "又一处"] {
        fs::create_dir_all(place(folder)).expect("a folder");
    }
    write(news.join("甲.txt"), "甲县人民医院开诊\n\n甲县人民医院骨科今日开诊。\n");
    write(place("别处/下级/乙.txt"), "乙县中医院开诊\n\n乙县中医院眼科今日开诊。\n");
    write(place("别处/丙.txt"), "丙县人民医院开诊\n\n丙县人民医院儿科今日开诊。\n");
    write(place("又一处/丁.txt"), "丁县人民医院开诊\n\n丁县人民医院内科今日开诊。\n");
    symlink(place("别处"), news.join("文件夹")).expect("a link");
    symlink(place("又一处/丁.txt"), news.join("文件.txt")).expect("a link");
    let go = |follow: bool| {
        let report = Ingest::into(&index).paths([&news]).follow_links(follow).run().expect("a run");
        counts(&report)
    };
    assert_eq!(go(true), (4, 0, 0, 0));
    assert_eq!(go(true), (0, 4, 0, 0));
    fs::remove_file(place("别处/丙.txt")).expect("removed");
    assert_eq!(go(true), (0, 3, 1, 0));
    assert_eq!(go(false), (0, 1, 0, 2), "links that are not followed prove nothing");
    fs::rename(place("别处"), place("away")).expect("moved");
    assert_eq!(go(true), (0, 2, 0, 1), "nor does one that leads nowhere");
    fs::rename(place("away"), place("别处")).expect("moved");
    assert_eq!(go(true), (0, 3, 0, 0));
    fs::remove_file(news.join("文件.txt")).expect("removed");
    assert_eq!(go(true), (0, 2, 1, 0));
    fs::remove_file(news.join("文件夹")).expect("removed");
    assert_eq!(go(false), (0, 1, 1, 0));
    assert_eq!(found(&index, "今日开诊"), ["甲.txt"]);
    // What was given by itself belongs to nobody's links.
    run(&index, &place("又一处"));
    assert_eq!(go(true), (0, 1, 0, 0));
    assert_eq!(found(&index, "今日开诊"), ["丁.txt", "甲.txt"]);
}

#[test]
fn a_line_file_is_replaced_as_a_whole() {
    let dir = tempfile::tempdir().expect("a folder");
    let (news, index) = (dir.path().join("news.jsonl"), dir.path().join("idx"));
    let lines = |range: std::ops::Range<u32>| -> String {
        range
            .map(|n| {
                format!(
                    "{{\"id\": \"{n}\", \"title\": \"第{n}号消息\", \"text\": \"编号{n}的正文说骨科\"}}\n"
                )
            })
            .collect()
    };
    write(&news, lines(0..3000));
    assert_eq!(counts(&run(&index, &news)), (3000, 0, 0, 0));
    assert_eq!(found(&index, "编号2999的正文"), ["news.jsonl#2999"]);
    assert_eq!(counts(&run(&index, &news)), (0, 3000, 0, 0));
    write(&news, lines(1000..2000));
    assert_eq!(counts(&run(&index, &news)), (1000, 0, 0, 0));
    assert!(found(&index, "\"编号2999的正文\"").is_empty());
    assert_eq!(found(&index, "编号1999的正文"), ["news.jsonl#1999"]);
    assert_eq!(Index::open(&index).expect("opened").stats().expect("stats").articles, 1000);
}

#[test]
fn an_id_given_twice_is_named_and_nothing_else_is_lost() {
    let dir = tempfile::tempdir().expect("a folder");
    let (news, index) = (dir.path().join("news.jsonl"), dir.path().join("idx"));
    let filler: String =
        (0..9000).map(|n| format!("{{\"id\": {n}, \"text\": \"编号{n}的正文\"}}\n")).collect();
    write(&news, format!("{filler}{{\"id\": 7, \"text\": \"第二个七号\"}}\n"));
    let report = Ingest::into(&index).threads(2).paths([&news]).run().expect("a run");
    assert_eq!(report.indexed + report.skipped, 9001, "{:?}", report.complaints);
    assert!(check(&index).expect("checked").ok);
    assert_eq!(found(&index, "编号7的正文"), ["news.jsonl#7"]);
}

#[test]
fn articles_from_memory_are_replaced_by_their_ids() {
    let dir = tempfile::tempdir().expect("a folder");
    let put = |articles: Vec<NewArticle>| Ingest::into(dir.path()).articles("内网", articles).expect("a run");
    put(vec![NewArticle::new("1", "骨科开诊"), NewArticle::new("2", "眼科开诊")]);
    put(vec![NewArticle::new("2", "儿科开诊"), NewArticle::new("3", "产科开诊")]);
    assert_eq!(found(dir.path(), "开诊"), ["1", "2", "3"]);
    assert!(found(dir.path(), "\"眼科\"").is_empty());
    let report = Ingest::into(dir.path()).remove("内网", &["1", "9"]).expect("a run");
    assert_eq!(report.removed, 1);
    assert_eq!(found(dir.path(), "开诊"), ["2", "3"]);
    let checked = check(dir.path()).expect("checked");
    assert!(checked.ok, "{:?}", checked.problems);
}

#[test]
fn a_rebuild_replaces_the_index_and_serves_meanwhile() {
    let dir = tempfile::tempdir().expect("a folder");
    let (news, index) = (dir.path().join("news"), dir.path().join("idx"));
    fs::create_dir(&news).expect("a folder");
    write(news.join("1.txt"), "骨科开诊\n\n骨科今日开诊。\n");
    run(&index, &news);
    let before = Index::open(&index).expect("opened");
    write(news.join("2.txt"), "眼科开诊\n\n眼科今日开诊。\n");
    let report = Ingest::into(&index).rebuild(true).paths([&news]).run().expect("a run");
    assert_eq!(report.indexed, 2);
    assert_eq!(before.search(&SearchRequest::new("今日开诊")).expect("searched").total, 1);
    assert_eq!(found(&index, "今日开诊"), ["1.txt", "2.txt"]);
    assert!(check(&index).expect("checked").ok);
}

#[test]
fn a_folder_of_names_belongs_to_the_index() {
    let dir = tempfile::tempdir().expect("a folder");
    let (news, index, names) = (dir.path().join("新闻"), dir.path().join("索引"), dir.path().join("词表"));
    for folder in [&news, &names] {
        fs::create_dir_all(folder).expect("a folder");
    }
    write(news.join("甲.txt"), "春晖堂开诊\n\n近日,春晖堂骨科被评为绍兴市重点专科。\n");
    let aliases = names.join("institutions.tsv");
    write(&aliases, "春晖堂\t\t浙江省/绍兴市\n");
    let into = || Ingest::into(&index).paths([&news]);
    let refused = |ingest: Ingest| {
        let error = ingest.run().expect_err("another folder of names");
        assert_eq!(error.kind(), &ErrorKind::WrongVersion, "{error}");
        let message = error.to_string();
        assert!(message.contains("--gazetteer") && message.contains("--rebuild"), "{message}");
    };
    into().gazetteers(&names).run().expect("a run");
    assert!(Index::open(&index).expect("opened").warnings().is_empty());
    assert_eq!(into().gazetteers(&names).run().expect("the same folder").unchanged, 1);
    refused(into());
    write(names.join("spoken.tsv"), "春晖\t春晖堂\n");
    assert_eq!(into().gazetteers(&names).run().expect("what is typed is no matter").unchanged, 1);
    write(&aliases, "春晖堂\t\t浙江省/绍兴市/越城区\n");
    refused(into().gazetteers(&names));
    assert_eq!(into().gazetteers(&names).rebuild(true).run().expect("the cure").indexed, 1);
    assert_eq!(into().rebuild(true).run().expect("the cure").indexed, 1);
}
