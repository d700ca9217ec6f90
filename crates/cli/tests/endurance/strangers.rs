//! What strangers wrote reaches nobody's terminal and starts nothing: escape sequences and bidirectional controls in texts,
//! titles, file names, ids, queries and names; formulas in cells; archives under false names; links that lead away.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Output;

use crate::program;

/// Sets a terminal's title, clears it, paints it red, and writes backwards.
const NASTY: &str = "\u{1b}]0;x\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{2066}\u{200b}\u{feff}\r\u{8}";

struct Scene {
    dir: tempfile::TempDir,
}

impl Scene {
    fn new() -> Scene {
        let scene = Scene { dir: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(scene.news()).expect("a folder");
        scene
    }

    fn news(&self) -> PathBuf {
        self.dir.path().join("news")
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.news().join(name), content).expect("a file");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = program();
        command
            .args(arguments)
            .current_dir(self.dir.path())
            .env("XINGLIN_INDEX", self.dir.path().join("idx"));
        command.env("XDG_DATA_HOME", self.dir.path()).env("HOME", self.dir.path());
        command.output().expect("the program starts")
    }

    fn index(&self, more: &[&str]) -> Output {
        self.run(&[&["index", "news"], more].concat())
    }
}

/// Whether a character may not reach a terminal.
fn steers(c: char) -> bool {
    let harmless = matches!(c, '\n' | '\t');
    (c.is_control() && !harmless)
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

#[test]
fn no_command_hands_on_what_steers_a_terminal() {
    let scene = Scene::new();
    let name = format!("坏{}名.txt", NASTY.replace('\r', ""));
    let text = format!(
        "汉中市中心医院骨科{NASTY}获批省级临床重点专科\n\n发布时间:2023-05-06 来源:{NASTY}宣传科\n\n\
         近日，汉中市中心医院{NASTY}骨科获批省级临床重点专科。汉中市中心医院骨科获批省级临床重点专科{NASTY}建设项目。\n"
    );
    scene.write(&name, &text);
    scene.write("坏\u{1b}[31m行.jsonl", "{\"id\": \"\\u001b[2J\\u202e\", \"text\": \"骨科\\u001b[2J\\u202e开诊\", \"url\": \"http://\\u001b[2J\", \"source\": \"\\u009b2J\"}\n{\"text\": \u{1b}[31m}\n");
    scene.write("坏\u{1b}[31m空.txt", "");
    scene.write("二\u{1b}[31m进制.html", b"\x7fELF\0\0\0\x1b[2J");
    symlink("/\u{1b}[31m没有", scene.news().join("断\u{1b}[31m链.txt")).expect("a link");
    fs::write(scene.dir.path().join("batch"), format!("骨科\n{NASTY}\tQ{NASTY}\nq1\t骨科{NASTY}\n"))
        .expect("a file");
    let red = "骨\u{1b}[31m科\u{202e}";
    let queries: [&[&str]; 36] = [
        &["index", "news"],
        &["index", "没\u{1b}[31m有"],
        &["search", "骨科"],
        &["search", "骨科", "--explain"],
        &["search", "骨科", "--format", "json"],
        &["search", "骨科", "--format", "csv"],
        &["search", "骨科", "--facets", "region,institution,year"],
        &["search", red],
        &["search", "\"骨科", "--literal"],
        &["search", "骨科", "--region", red],
        &["search", "骨科", "--institution", red],
        &["search", "骨科", "--limit", red],
        &["search", "--batch", "batch"],
        &["search", "--batch", red],
        &["search", "骨科", "--index", red],
        &["specialties"],
        &["specialties", "--format", "csv"],
        &["specialties", "--format", "json"],
        &["specialties", "--batch", "batch"],
        &["specialties", "--by", "institution"],
        &["facets", "--by", "institution,specialty,region"],
        &["facets", "--by", "region", "--under", red],
        &["show", &name],
        &["show", &name, "--noise"],
        &["show", &name, "--format", "json"],
        &["show", "坏\u{1b}[31m行.jsonl"],
        &["show", red],
        &["tag", "news"],
        &["tag", "news", "--format", "csv"],
        &["tag", red],
        &["stats"],
        &["check"],
        &["suggest", red],
        &["analyze", red],
        &["why", &name, red],
        &[red],
    ];
    assert_eq!(scene.index(&[]).status.code(), Some(2), "some files are skipped");
    for arguments in queries {
        let output = scene.run(arguments);
        for (stream, bytes) in [("output", &output.stdout), ("error", &output.stderr)] {
            let text = String::from_utf8(bytes.clone()).expect("UTF-8");
            let found: Vec<char> = text.chars().filter(|c| steers(*c)).collect();
            assert!(found.is_empty(), "{arguments:?} hands on {found:?} to standard {stream}: {text}");
            assert!(!text.contains("内部出错"), "{arguments:?}: {text}");
        }
        assert!(matches!(output.status.code(), Some(0..=2)), "{arguments:?}: {output:?}");
    }
}

#[test]
fn no_cell_begins_a_formula() {
    let scene = Scene::new();
    for (at, start) in ["=1+1", "+86", "-1", "@SUM", "\t=1", "＝1"].iter().enumerate() {
        let title = format!("{start}汉中市中心医院骨科获批省级临床重点专科");
        let line = serde_json::json!({ "id": format!("{start}{at}"), "title": title, "url": "=HYPERLINK(1)", "source": "@x",
            "text": format!("{title}。近日，汉中市中心医院骨科获批省级临床重点专科。"), "published": "2023-05-06" });
        scene.write(&format!("{start}{at}.jsonl").replace('\t', "-"), format!("{line}\n"));
    }
    assert!(scene.index(&[]).status.success());
    for arguments in [
        &["search", "骨科", "--format", "csv"][..],
        &["specialties", "--format", "csv"],
        &["facets", "--by", "institution", "--format", "csv"],
        &["tag", "news", "--format", "csv"],
    ] {
        let output = scene.run(arguments);
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let rows = cells(&text);
        assert!(rows.len() > 1, "{arguments:?}: {text}");
        for cell in rows.iter().flatten() {
            let formula = cell.starts_with(['=', '+', '@', '\t', '\r', '＝', '＋', '＠'])
                || (cell.starts_with(['-', '－']) && cell.parse::<f64>().is_err());
            assert!(!formula, "{arguments:?}: the cell {cell:?} begins a formula");
        }
    }
}

/// The cells of CSV, read apart from the program's own code.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows
}

#[test]
fn archives_are_not_opened_and_links_lead_nowhere_unless_asked() {
    let scene = Scene::new();
    let outside = scene.dir.path().join("outside");
    fs::create_dir(&outside).expect("a folder");
    fs::write(outside.join("秘密.txt"), "秘密医院的内部通知\n\n不该被读到的内容。\n").expect("a file");
    scene.write("好.txt", "汉中市中心医院骨科开诊\n\n汉中市中心医院骨科今日开诊。\n");
    // the beginnings of a zip file and a gzip stream: whatever they hold, nobody unpacks it
    scene.write("压缩.txt", b"PK\x03\x04\x14\0\0\0\x08\0\0\0!\0\xff\xff\xff\xff\x10\0\0\0\xff\xff\xff\x7f");
    scene
        .write("压缩.html", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xed\xc1\x01\x0d\0\0\0\xc2\xa0\xf7Om\x0e7\xa0\0\0");
    scene.write("压缩.zip", b"PK\x03\x04");
    symlink(&outside, scene.news().join("文件夹")).expect("a link");
    symlink(outside.join("秘密.txt"), scene.news().join("文件.txt")).expect("a link");
    symlink("../outside/秘密.txt", scene.news().join("相对.txt")).expect("a link");
    symlink(scene.news().join("好.txt"), scene.news().join("里面.txt")).expect("a link");
    let output = scene.index(&[]);
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{err}");
    for name in ["压缩.txt", "压缩.html", "文件夹", "文件.txt", "相对.txt"] {
        assert!(err.contains(name), "{name} is not named: {err}");
    }
    assert!(scene.run(&["search", "\"不该被读到的内容\""]).stdout.is_empty());
    let found = scene.run(&["search", "骨科今日开诊", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&found.stdout).expect("JSON");
    assert_eq!(found["total"], 1, "{found}");
    let output = scene.index(&["--follow-links"]);
    let found = scene.run(&["search", "\"不该被读到的内容\"", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&found.stdout).expect("JSON");
    assert_eq!(
        found["total"], 1,
        "asked for, links are followed, and the file is read once: {found} {output:?}"
    );
}

/// Source files are read and nothing else: not a byte, not a time of change is another afterwards.
#[test]
fn sources_are_never_written_to() {
    let scene = Scene::new();
    scene.write("好.txt", "汉中市中心医院骨科开诊\n\n汉中市中心医院骨科今日开诊。\n");
    scene.write("坏.jsonl", "{\"text\": \n");
    let state = || {
        let mut all: Vec<_> = fs::read_dir(scene.news())
            .expect("a folder")
            .map(|entry| entry.expect("an entry"))
            .map(|entry| {
                let data = entry.metadata().expect("a file");
                (entry.path(), fs::read(entry.path()).expect("bytes"), data.modified().expect("a time"))
            })
            .collect();
        all.sort();
        (all, fs::metadata(scene.news()).expect("a folder").modified().expect("a time"))
    };
    let before = state();
    scene.index(&[]);
    scene.index(&["--rebuild"]);
    scene.run(&["tag", "news"]);
    scene.run(&["check"]);
    assert!(state() == before, "the sources have changed");
}
