//! Folders, files and lines: what is read, what is named and passed over.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use xinglin_article::{
    Article, Complaint, Error, ErrorKind, FileEntry, Format, Limits, Parts, WalkOptions, read_file,
    read_lines, walk,
};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn put(root: &Path, file: &str, bytes: &[u8]) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
    fs::write(path, bytes).expect("a file");
}

fn walked(paths: &[PathBuf], options: WalkOptions) -> (Vec<String>, Vec<String>) {
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    for found in walk(paths, options) {
        match found {
            Ok(FileEntry { file, .. }) => files.push(file),
            Err(error) => errors.push(error.to_string()),
        }
    }
    (files, errors)
}

fn lines(text: &[u8]) -> (Vec<Article>, Vec<Error>) {
    let (mut articles, mut errors) = (Vec::new(), Vec::new());
    read_lines(text, "a.jsonl", &Limits::default(), &mut |found| match found {
        Ok(article) => articles.push(article),
        Err(error) => errors.push(error),
    });
    (articles, errors)
}

fn file(path: &Path) -> Result<Article, Error> {
    let mut found = Vec::new();
    let format = Format::of(path).expect("a format");
    read_file(path, format, "f", &Limits::default(), &mut |article| found.push(article));
    found.remove(0)
}

#[test]
fn a_folder_in_order_without_hidden_files_and_indexes() {
    let root = folder();
    for name in [
        "乙/新 闻.txt",
        "乙/a.HTML",
        "甲.jsonl",
        "b.txt",
        ".git/c.txt",
        ".d.txt",
        "index/xinglin.json",
        "index/e.txt",
        "p.png",
    ] {
        put(root.path(), name, b"x");
    }
    let mut walk = walk(&[root.path().to_owned()], WalkOptions::default());
    let files: Vec<String> = walk.by_ref().map(|f| f.expect("a file").file).collect();
    assert_eq!(files, ["b.txt", "乙/a.HTML", "乙/新 闻.txt", "甲.jsonl"]);
    assert_eq!(walk.passed_over(), 1);
    let (all, _) = walked(&[root.path().to_owned()], WalkOptions { hidden: true, ..WalkOptions::default() });
    assert!(all.contains(&".d.txt".to_owned()) && all.contains(&".git/c.txt".to_owned()));
}

#[test]
fn files_given_themselves() {
    let root = folder();
    put(root.path(), "x/a.txt", b"x");
    put(root.path(), "x/a.png", b"x");
    let file = root.path().join("x/a.txt");
    let (files, errors) = walked(
        &[file.clone(), root.path().join("x/a.png"), root.path().to_owned(), file],
        WalkOptions::default(),
    );
    assert_eq!(files, ["a.txt"], "once, under the first name");
    assert!(errors.len() == 1 && errors[0].contains("a.png: not a kind of file"), "{errors:?}");
    let (files, errors) = walked(&[root.path().join("没有")], WalkOptions::default());
    assert!(files.is_empty() && errors[0].contains("没有: no such file or folder"), "{errors:?}");
}

#[cfg(unix)]
#[test]
fn links() {
    use std::os::unix::fs::symlink;
    let (root, outside) = (folder(), folder());
    put(outside.path(), "secret.txt", b"x");
    put(root.path(), "a/real.txt", b"x");
    symlink("real.txt", root.path().join("a/alias.txt")).expect("a link");
    symlink("..", root.path().join("a/loop")).expect("a link");
    symlink("self", root.path().join("self")).expect("a link");
    symlink("nowhere.txt", root.path().join("dangling.txt")).expect("a link");
    symlink(outside.path(), root.path().join("out")).expect("a link");
    let (files, errors) = walked(&[root.path().to_owned()], WalkOptions::default());
    assert_eq!(files, ["a/real.txt"]);
    assert_eq!(errors.len(), 3, "{errors:?}");
    let (files, _) =
        walked(&[root.path().to_owned()], WalkOptions { follow_outside: true, ..WalkOptions::default() });
    assert_eq!(files, ["a/real.txt", "secret.txt"]);
    // Whatever way leads to a file, its key is its real path.
    symlink(root.path(), outside.path().join("way")).expect("a link");
    let real = root.path().canonicalize().expect("a path");
    for way in ["way", "way/a/..", "way/a/alias.txt"].map(|way| outside.path().join(way)) {
        let entry = walk(&[way], WalkOptions::default()).find_map(Result::ok).expect("a file");
        assert_eq!(Path::new(&entry.key), real.join("a/real.txt"));
        assert!(Path::new(&entry.key).starts_with(&entry.root));
    }
}

/// What bears a page's name and is no file (a socket, a pipe, a device) is named, and nobody waits for it.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_named() {
    let root = folder();
    put(root.path(), "a.txt", b"x");
    let _socket = std::os::unix::net::UnixListener::bind(root.path().join("b.txt")).expect("a socket");
    let _other = std::os::unix::net::UnixListener::bind(root.path().join("c.sock")).expect("a socket");
    let (files, errors) = walked(&[root.path().to_owned()], WalkOptions::default());
    assert_eq!(files, ["a.txt"]);
    assert!(errors.len() == 1 && errors[0].starts_with("b.txt: "), "{errors:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf8_stay_apart() {
    use std::os::unix::ffi::OsStrExt;
    let root = folder();
    for byte in [0xFE, 0xFF] {
        let name = [b'a', byte, b'.', b't', b'x', b't'];
        fs::write(root.path().join(std::ffi::OsStr::from_bytes(&name)), "x").expect("a file");
    }
    let (files, _) = walked(&[root.path().to_owned()], WalkOptions::default());
    assert_eq!(files, ["a\\xFE.txt", "a\\xFF.txt"]);
}

#[test]
fn bad_files_are_named_with_a_reason() {
    let root = folder();
    put(root.path(), "empty.txt", b"");
    put(root.path(), "blank.txt", b" \n\n ");
    put(root.path(), "binary.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
    put(root.path(), "broken.json", b"{\"text\": \"a\", ");
    put(root.path(), "number.json", b"3");
    put(root.path(), "markup.html", b"<html><body><div></div></body>");
    for (name, reason) in [
        ("empty.txt", "f: the file is empty"),
        ("blank.txt", "f: no readable text"),
        ("binary.txt", "f: binary data"),
        ("broken.json", "f: not valid JSON: EOF while parsing"),
        ("number.json", "f: not valid JSON: invalid type"),
        ("markup.html", "f: no readable text"),
        ("missing.txt", "f: no such file"),
    ] {
        let error = file(&root.path().join(name)).expect_err(name).to_string();
        assert!(error.starts_with(reason), "{name}: {error}");
    }
    let sparse = root.path().join("large.txt");
    fs::File::create(&sparse).and_then(|f| f.set_len(200 << 20)).expect("a sparse file");
    let error = file(&sparse).expect_err("too large");
    assert!(matches!(error.kind(), ErrorKind::TooLarge { bytes: 209_715_200, .. }), "{error}");
}

#[test]
fn line_files() {
    let text = "\u{feff}{\"id\": \"k1\", \"title\": \"甲院骨科获批\", \"text\": \"近日，甲院骨科获批。\", \"date\": \"2023年5月6日\", \"source\": \"健康报\", \"url\": \"https://a.example/\", \"x\": [1]}\r\n\n\
        {\"title\": \"坏的一行\n{\"body\": \"乙院要闻\\n发布时间：2022-01-02\\n近日，乙院开会。\\n上一篇：旧闻\"}\n[1]\n{\"content\": \"<h1>丙院</h1><p>正文。</p>\", \"published\": 1689552000, \"id\": \"k1\"}\n{\"text\": \"丁\", \"date\": \"昨天\"}\n{\"id\": \"空\"}";
    let (articles, errors) = lines(text.as_bytes());
    let keys: Vec<String> = articles.iter().map(|a| a.key.to_string()).collect();
    assert_eq!(keys, ["a.jsonl#k1", "a.jsonl#4", "a.jsonl#k1~6", "a.jsonl#7"]);
    let first = &articles[0];
    assert_eq!(first.title, "甲院骨科获批");
    assert_eq!(first.text, "甲院骨科获批\n近日，甲院骨科获批。");
    assert_eq!(first.published.map(|d| d.to_string()).as_deref(), Some("2023-05-06"));
    assert_eq!((first.source.as_deref(), first.url.as_deref()), (Some("健康报"), Some("https://a.example/")));
    assert_eq!(articles[1].title, "乙院要闻");
    assert_eq!(articles[1].published.map(|d| d.to_string()).as_deref(), Some("2022-01-02"));
    assert!(articles[1].noise.contains("上一篇：旧闻"));
    assert_eq!(articles[2].text, "丙院\n正文。");
    assert_eq!(articles[2].published.map(|d| d.to_string()).as_deref(), Some("2023-07-17"));
    assert!(articles[2].complaints.contains(&Complaint::RepeatedId { id: "k1".into() }));
    assert_eq!(articles[3].complaints, [Complaint::BadDate { value: "昨天".into() }]);
    let messages: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(messages[0].starts_with("a.jsonl:3: not valid JSON"), "{messages:?}");
    assert!(messages[1].starts_with("a.jsonl:5: no JSON object"), "{messages:?}");
    assert!(messages[2].starts_with("a.jsonl:8: an object without text"), "{messages:?}");
    assert_eq!(messages.len(), 3);
}

#[test]
fn line_files_in_other_encodings() {
    let text = "{\"text\": \"近日，医院骨科获批省级临床重点专科。\"}\n{\"text\": \"第二篇文章说的是医院的儿科。\"}\n";
    let gbk = encoding_rs::GBK.encode(text).0.into_owned();
    let utf16: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [gbk, utf16] {
        let (articles, errors) = lines(&bytes);
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(articles.len(), 2);
        assert_eq!(articles[1].text, "第二篇文章说的是医院的儿科。");
        assert_eq!(articles[1].key.id.as_deref(), Some("2"));
    }
}

#[test]
fn json_of_one_article_an_array_and_several() {
    let root = folder();
    for (text, expected) in [
        ("{\"text\": \"甲。\"}", 1),
        ("[{\"text\": \"甲。\"}, {\"text\": [\"乙。\", \"丙。\"]}, {\"no\": 1}]", 3),
        ("{\"text\": \"甲。\"}\n{\"text\": \"乙。\"}\n", 2),
        ("[]", 1),
        ("{\"id\": 12345678901234567890, \"text\": \"甲。\"}", 1),
    ] {
        put(root.path(), "a.json", text.as_bytes());
        let mut count = 0;
        read_file(&root.path().join("a.json"), Format::Json, "a.json", &Limits::default(), &mut |_| {
            count += 1
        });
        assert_eq!(count, expected, "{text}");
    }
}

#[test]
fn a_million_characters_on_one_line() {
    let long = "医院骨科".repeat(250_000);
    let article =
        Article::from_parts(Parts { title: Some("长文".into()), text: long.clone(), ..Parts::default() });
    assert_eq!(article.text, format!("长文\n{long}"));
}
