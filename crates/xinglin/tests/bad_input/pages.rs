//! Pages, files and folders that cannot be read, or not without effort.

use std::fs;

use xinglin::{Index, Ingest, Limits, SearchRequest};

use crate::Place;
use crate::common::corpus;

/// One page that cannot be read is skipped and named with a reason; the good one beside it is indexed.
#[test]
fn a_page_that_cannot_be_read_is_named() {
    let check = |name: &str, bytes: &[u8], reason: &str| {
        let place = Place::new();
        place.page(name, bytes);
        let report = place.run();
        let said: Vec<String> = report.complaints.iter().map(ToString::to_string).collect();
        assert_eq!((report.indexed, report.skipped), (1, 1), "{name}: {said:?}");
        assert!(said.iter().any(|line| line.contains(name) && line.contains(reason)), "{name}: {said:?}");
        assert_eq!(place.found("国家临床重点专科"), ["good.txt"], "{name}");
    };
    check("empty.txt", b"", "empty");
    check("blank.txt", "  \n\u{3000}\n".as_bytes(), "no readable text");
    check("markup.html", b"<html><head></head><body><p></p></body></html>", "no readable text");
    check(
        "picture.txt",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0\x1f\xf3\xff\0\0",
        "binary",
    );
    check("program.html", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0\x90\x10\0\0", "binary");
    check("broken.json", "{\"text\": \"骨科".as_bytes(), "not valid JSON");
    check("number.json", b"42", "expected an article's object");
    check("nothing.json", b"{\"id\": 1}", "an article is an object");
}

/// A line that cannot be read is named with its number; the lines around it are articles.
#[test]
fn a_broken_line_costs_one_line() {
    let place = Place::new();
    let lines = "{\"id\": 1, \"text\": \"第一行说骨科\"}\n{\"id\": 2, \"text\": \"第二行\n\n{\"id\": 4, \"text\": \"第四行说骨科\"}\n[1, 2]\n{\"id\": 6, \"title\": \"只有标题\"}\n";
    place.page("news.jsonl", lines);
    let report = place.run();
    let said: Vec<String> = report.complaints.iter().map(ToString::to_string).collect();
    assert_eq!((report.indexed, report.skipped), (4, 2), "{said:?}");
    for line in ["news.jsonl:2", "news.jsonl:5"] {
        assert!(said.iter().any(|said| said.contains(line)), "{line} is not named: {said:?}");
    }
    assert_eq!(place.found("第四行"), ["news.jsonl"]);
}

/// What is odd but readable is read.
#[test]
fn odd_pages_are_read() {
    let check = |name: &str, bytes: &[u8], query: &str| {
        let place = Place::new();
        place.page(name, bytes);
        let report = place.run();
        assert_eq!((report.indexed, report.skipped), (2, 0), "{name}: {:?}", report.complaints);
        assert_eq!(place.found(query), [name], "{query:?} in {name}");
    };
    let broken = [
        &b"\xe5\xbf\x83\xe5\x86\x85\xe7\xa7\x91\xff\xfe\xe5\xbf "[..],
        "导管室启用，全院职工到场祝贺。".as_bytes(),
    ]
    .concat();
    check("invalid.txt", &broken, "导管室");
    check("名 字 有空格.txt", "内镜中心搬迁".as_bytes(), "内镜中心");
    check("a'b\"c$(d).txt", "内镜中心搬迁".as_bytes(), "内镜中心");
    check("one-line.txt", "发热门诊通宵开放".as_bytes(), "发热门诊");
    let stray = format!("{}\u{0}\u{7}\u{1b}[31m通宵开放", "发热门诊全年不打烊。".repeat(100));
    check("stray-controls.txt", stray.as_bytes(), "通宵开放");
    check(
        "deep.html",
        format!("{}病床周转{}", "<div>".repeat(5000), "</div>".repeat(5000)).as_bytes(),
        "病床周转",
    );
    let page = fs::read(corpus().join("articles/dev-12.html")).expect("a page of the corpus");
    let half =
        page.windows(6).position(|window| window == "赣州市首次".as_bytes().get(..6).unwrap_or_default());
    check("half.html", &page[..half.expect("the sentence is there") + 400], "赣州市人民医院神经外科年手术");
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain("血透室扩容".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    check("utf16.txt", &utf16, "血透室");
}

/// A line of a million characters is read to its end, and a piece from its middle or end finds it.
#[test]
fn a_million_characters_in_one_line() {
    let place = Place::new();
    let line: String = "消化内科开展内镜诊疗技术培训班第".chars().cycle().take(1_000_000).collect();
    let middle = line.char_indices().nth(500_000).map_or(0, |(at, _)| at);
    place.page("long.txt", format!("{}中段独有龋齿{}末段独有鹳鸟", &line[..middle], &line[middle..]));
    let report = place.run();
    assert_eq!((report.indexed, report.skipped), (2, 0), "{:?}", report.complaints);
    for query in ["独有龋齿消", "末段独有鹳鸟", "诊疗技术培训班第消化"] {
        assert_eq!(place.found(query), ["long.txt"], "{query}");
    }
}

/// A file over the bound is refused with both sizes and the bound's name, before it is read.
#[test]
fn a_file_over_the_bound_is_refused() {
    let place = Place::new();
    place.page("huge.txt", "病区".repeat(500_000));
    let limits = Limits { page_bytes: 1 << 20, ..Limits::default() };
    let report = Ingest::into(place.idx()).paths([place.pages()]).limits(limits).run().expect("a run");
    let said: Vec<String> = report.complaints.iter().map(ToString::to_string).collect();
    assert_eq!((report.indexed, report.skipped), (1, 1), "{said:?}");
    assert!(said.iter().any(|line| line.contains("huge.txt") && line.contains("3000000")), "{said:?}");
}

#[test]
fn paths_that_hold_nothing() {
    let place = Place::new();
    let missing = place.dir.path().join("没有 这个");
    let report = Ingest::into(place.idx()).paths([&missing, &place.pages()]).run().expect("a run");
    let said: Vec<String> = report.complaints.iter().map(ToString::to_string).collect();
    assert_eq!((report.indexed, report.skipped), (1, 1), "{said:?}");
    assert!(said.iter().any(|line| line.contains("没有 这个") && line.contains("no such file")), "{said:?}");

    let empty = tempfile::tempdir().expect("a temporary folder");
    let report = Ingest::into(empty.path().join("idx")).paths([empty.path()]).run().expect("a run");
    assert_eq!((report.indexed, report.skipped), (0, 0), "{:?}", report.complaints);
    let index = Index::open(empty.path().join("idx")).expect("an empty index");
    assert_eq!(index.search(&SearchRequest::new("骨科")).expect("a search").total, 0);
    assert_eq!(index.stats().expect("figures").articles, 0);
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle() {
    let place = Place::new();
    let inner = place.pages().join("inner");
    fs::create_dir(&inner).expect("a folder");
    std::os::unix::fs::symlink(place.pages(), inner.join("up")).expect("a link");
    std::os::unix::fs::symlink(inner.join("self.txt"), inner.join("self.txt")).expect("a link");
    for follow in [false, true] {
        let report =
            Ingest::into(place.idx()).paths([place.pages()]).follow_links(follow).run().expect("a run");
        assert_eq!(report.indexed + report.unchanged, 1, "links followed: {follow}; {:?}", report.complaints);
    }
    assert_eq!(place.found("骨科"), ["good.txt"]);
}

/// A folder that may not be looked into is named; left out where the tests run with the right to look into everything.
#[cfg(unix)]
#[test]
fn a_folder_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let locked = place.pages().join("locked");
    fs::create_dir(&locked).expect("a folder");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::read_dir(&locked).is_ok() {
        eprintln!("left out: this user may read a folder without permissions");
        return;
    }
    let report = place.run();
    let said: Vec<String> = report.complaints.iter().map(ToString::to_string).collect();
    assert_eq!((report.indexed, report.skipped), (1, 1), "{said:?}");
    assert!(said.iter().any(|line| line.contains("locked") && line.contains("permission")), "{said:?}");
}
