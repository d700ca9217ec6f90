//! A folder of small articles that change, and what must be found in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Choices;

/// Articles of one line file; they always change together.
const LINES: u64 = 40;

/// A folder of news. Every file has a version, which stands in each of its articles.
pub(crate) struct News {
    dir: PathBuf,
    /// Files by number, with their versions.
    files: BTreeMap<u64, u64>,
    next: u64,
    version: u64,
}

/// Versions of files by name: what an index may hold.
pub(crate) type Versions = BTreeMap<String, u64>;

impl News {
    /// A folder of so many files.
    pub(crate) fn with(dir: PathBuf, files: u64) -> News {
        fs::create_dir_all(&dir).expect("a folder");
        let mut news = News { dir, files: BTreeMap::new(), next: 0, version: 0 };
        for _ in 0..files {
            news.add();
        }
        news
    }

    /// The folder.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The files as they are now.
    pub(crate) fn versions(&self) -> Versions {
        self.files.iter().map(|(file, version)| (name(*file), *version)).collect()
    }

    /// How many articles there are.
    pub(crate) fn articles(&self) -> u64 {
        self.files.keys().map(|file| articles(*file)).sum()
    }

    /// Adds so many files.
    pub(crate) fn grow(&mut self, files: u64) {
        for _ in 0..files {
            self.add();
        }
    }

    /// Adds, changes and removes files.
    pub(crate) fn change(&mut self, choices: &mut Choices, share: u64) {
        let count = 1 + self.files.len() as u64 / share;
        for _ in 0..choices.below(count) + 1 {
            self.add();
        }
        for _ in 0..choices.below(count) + 1 {
            let file = self.any(choices);
            self.write(file);
        }
        for _ in 0..choices.below(count) {
            let file = self.any(choices);
            fs::remove_file(self.dir.join(name(file))).expect("a file");
            self.files.remove(&file);
        }
    }

    fn any(&self, choices: &mut Choices) -> u64 {
        let at = choices.below(self.files.len() as u64) as usize;
        *self.files.keys().nth(at).expect("a file")
    }

    fn add(&mut self) {
        let file = self.next;
        self.next += 1;
        self.write(file);
    }

    fn write(&mut self, file: u64) {
        self.version += 1;
        let version = self.version;
        let content = if is_lines(file) {
            (0..LINES)
                .map(|line| {
                    let (title, text) = article(file, line, version);
                    format!("{{\"id\": {line}, \"title\": \"{title}\", \"text\": \"{text}\"}}\n")
                })
                .collect()
        } else {
            let (title, text) = article(file, 0, version);
            format!("{title}\n\n{text}\n")
        };
        fs::write(self.dir.join(name(file)), content).expect("a file");
        self.files.insert(file, version);
    }
}

fn is_lines(file: u64) -> bool {
    file % 50 == 7
}

fn articles(file: u64) -> u64 {
    if is_lines(file) { LINES } else { 1 }
}

/// The name of a file.
fn name(file: u64) -> String {
    if is_lines(file) { format!("{file:06}.jsonl") } else { format!("{file:06}.txt") }
}

/// How many articles the file of this name holds.
pub(crate) fn articles_of(name: &str) -> u64 {
    if name.ends_with(".jsonl") { LINES } else { 1 }
}

/// A mark that stands in one article alone.
pub(crate) fn mark(file: &str, line: u64) -> String {
    let number: u64 = file.split('.').next().and_then(|number| number.parse().ok()).expect("a number");
    format!("档案{number}甲{line}乙")
}

fn article(file: u64, line: u64, version: u64) -> (String, String) {
    const PLACES: [&str; 4] = ["汉中市中心医院", "安康市中心医院", "宝鸡市中医医院", "荆州市中心医院"];
    const SPECIALTIES: [&str; 4] = ["骨科", "神经内科", "眼科", "重症医学科"];
    let place = PLACES[(file % 4) as usize];
    let specialty = SPECIALTIES[((file + line) / 4 % 4) as usize];
    let mark = mark(&name(file), line);
    let year = 2000 + version % 24;
    let padding = "医院开展义诊活动，群众反响良好。".repeat((file % 7) as usize);
    (
        format!("{place}{specialty}获批省级临床重点专科 {mark}"),
        format!(
            "近日，{place}{specialty}获批省级临床重点专科。{mark}，第{version}版，{year}年5月6日。{padding}"
        ),
    )
}

/// The version that an article's text names.
pub(crate) fn version_in(text: &str) -> u64 {
    let (_, rest) = text.split_once("，第").expect("a version");
    rest.split_once('版').and_then(|(version, _)| version.parse().ok()).expect("a version")
}
