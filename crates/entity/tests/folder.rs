//! A user's own gazetteers extend or replace the embedded ones, and say where they are wrong.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::PathBuf;

use xinglin_entity::{Gazetteer, Source, Tagger};

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let path = std::env::temp_dir().join(format!("xinglin-entity-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder for the test");
        for (file, text) in files {
            fs::write(path.join(file), text).expect("a file for the test");
        }
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

#[test]
fn a_folder_extends() {
    let folder = Folder::new(
        "extends",
        &[("institutions.tsv", "春晖堂\t\t浙江省/绍兴市\n"), ("specialties-aliases.tsv", "骨科\t接骨科\n")],
    );
    let tagger = Tagger::with_gazetteers(&folder.0).expect("a good folder");
    let text = "近日,春晖堂接骨科被评为绍兴市重点专科。";
    let tags = tagger.tag(&Source { title: "", text, published: Some((2023, 1, 1)), ..Source::default() });
    assert_eq!(tags.subjects, ["春晖堂"]);
    assert_eq!(tags.designations.first().map(|record| record.specialty.as_str()), Some("骨科"));
    assert_eq!(tags.regions, ["浙江省/绍兴市"]);
}

#[test]
fn a_folder_replaces() {
    let folder = Folder::new(
        "replaces",
        &[
            ("specialties.tsv", "# replace\n外科\t-\n骨科\t外科\n"),
            ("specialties-aliases.tsv", "# replace\n骨科\t骨伤科\n"),
        ],
    );
    let gazetteer = Gazetteer::load(&folder.0).expect("a good folder");
    assert_eq!(gazetteer.resolve_specialty("骨伤科"), Ok("骨科"));
    assert!(gazetteer.resolve_specialty("儿科").is_err());
}

#[test]
fn alternatives_stand_for_each_word() {
    let folder = Folder::new(
        "alternatives",
        &[("words.tsv", "award-end\t{,一同}{现身,亮相}{榜单,名册}之上\nplain\t无花括号\n")],
    );
    let tagger = Tagger::with_gazetteers(&folder.0).expect("a good folder");
    for verb in ["现身榜单之上", "一同亮相名册之上"] {
        let text = format!("省卫生健康委近日公布省级临床重点专科名单，鄂州市中心医院骨科{verb}。");
        let source = Source { title: "", text: &text, published: Some((2024, 5, 6)), ..Source::default() };
        let tags = tagger.tag(&source);
        assert_eq!(tags.designations.len(), 1, "{verb}");
    }
    for (name, words, complaint) in [
        ("open", "plain\t{甲,乙\n", "closed by a }"),
        ("close", "plain\t甲}乙\n", "without the {"),
        ("nested", "plain\t{甲,{乙,丙}}\n", "closed by a }"),
        (
            "many",
            "plain\t{甲,乙,丙,丁,戊,己,庚,辛,壬,癸}{甲,乙,丙,丁,戊,己,庚,辛,壬,癸}{甲,乙,丙,丁,戊,己,庚,辛,壬,癸}{甲,乙,丙,丁,戊,己,庚,辛,壬,癸}{甲,乙}\n",
            "more than 10000 words",
        ),
    ] {
        let folder = Folder::new(name, &[("words.tsv", words)]);
        let error = Gazetteer::load(&folder.0).map(|_| ()).expect_err(name).to_string();
        assert!(error.contains("words.tsv:1") && error.contains(complaint), "{error}");
    }
}

#[test]
fn errors_name_the_place() {
    let complaint = |files: &[(&str, &str)], name: &str| {
        let folder = Folder::new(name, files);
        Gazetteer::load(&folder.0).map(|_| ()).map_err(|error| error.to_string())
    };
    let bad = complaint(&[("regions-aliases.tsv", "# mine\n小香港\t没有这个地方\n")], "bad").unwrap_err();
    assert!(bad.contains("regions-aliases.tsv:2:") && bad.contains("没有这个地方"), "{bad}");
    let kind = complaint(&[("words.tsv", "no-such-kind\t词\n")], "kind").unwrap_err();
    assert!(kind.contains("words.tsv:1:") && kind.contains("no-such-kind"), "{kind}");
    let empty = complaint(&[], "empty").unwrap_err();
    assert!(empty.contains("institutions.tsv"), "{empty}");
    let missing = Gazetteer::load(std::path::Path::new("/no/such/folder"))
        .map(|_| ())
        .map_err(|error| error.to_string())
        .unwrap_err();
    assert!(missing.contains("/no/such/folder"), "{missing}");
}
