//! Runs that are disturbed from within: a file that breaks off, a cancelled run, a folder that vanishes.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::*;
use crate::{ErrorKind, Index, SearchRequest, check};

/// What happens to the files of this folder once so much of them has been read.
type Disturbance = Box<dyn Fn() -> io::Result<()> + Send>;

static DISTURBANCES: Mutex<Vec<(PathBuf, Arc<Mutex<Disturbance>>)>> = Mutex::new(Vec::new());

/// A file that is read undisturbed for its first half megabyte.
struct Disturbed {
    file: fs::File,
    left: usize,
    then: Arc<Mutex<Disturbance>>,
}

impl Read for Disturbed {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            (self.then.lock().unwrap())()?;
        }
        let most = bytes.len().min(if self.left == 0 { 4096 } else { self.left });
        let read = self.file.read(&mut bytes[..most])?;
        self.left = self.left.saturating_sub(read);
        Ok(read)
    }
}

fn open_disturbed(path: &Path) -> io::Result<Box<dyn Read>> {
    let file = fs::File::open(path)?;
    let all = DISTURBANCES.lock().unwrap();
    let then = all.iter().find(|(dir, _)| path.starts_with(dir)).map(|(_, then)| Arc::clone(then));
    Ok(match then {
        Some(then) => Box::new(Disturbed { file, left: 500_000, then }),
        None => Box::new(file),
    })
}

struct Scene {
    dir: tempfile::TempDir,
}

impl Scene {
    fn new() -> Scene {
        let scene = Scene { dir: tempfile::tempdir().expect("a folder") };
        fs::create_dir(scene.news()).expect("a folder");
        scene.write("one.txt", "甲县人民医院开诊\n\n甲县人民医院骨科今日开诊。\n");
        scene
    }

    fn news(&self) -> PathBuf {
        self.dir.path().join("news")
    }

    fn index(&self) -> PathBuf {
        self.dir.path().join("idx")
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.news().join(name), text).expect("written");
    }

    /// A line file of about a megabyte.
    fn write_lines(&self, name: &str, word: &str) {
        let lines = (0..3000).map(|n| {
            format!("{{\"id\": {n}, \"text\": \"{word}第{n}号。{}\"}}\n", "骨科今日开诊。".repeat(15))
        });
        self.write(name, &lines.collect::<String>());
    }

    fn ingest(&self) -> Ingest {
        Ingest::into(self.index()).threads(2).paths([self.news()])
    }

    /// A run whose line files are disturbed.
    fn disturbed(&self, then: impl Fn() -> io::Result<()> + Send + 'static) -> Ingest {
        let then: Disturbance = Box::new(then);
        DISTURBANCES.lock().unwrap().push((self.news(), Arc::new(Mutex::new(then))));
        Ingest { open: open_disturbed, ..self.ingest() }
    }

    /// A run that is cancelled in the middle of its line file.
    fn cancelled(&self) -> Ingest {
        let flag = Arc::new(AtomicBool::new(false));
        let raised = Arc::clone(&flag);
        self.disturbed(move || {
            raised.store(true, Ordering::Relaxed);
            Ok(())
        })
        .cancel(flag)
    }

    /// How many articles hold this text; the index is whole.
    fn count(&self, text: &str) -> usize {
        let report = check(self.index()).expect("an index");
        assert!(report.ok, "{:?}", report.problems);
        let index = Index::open(self.index()).expect("opened");
        index.search(&SearchRequest::new(format!("\"{text}\"")).literal(true)).expect("searched").total
    }
}

#[test]
fn a_line_file_that_breaks_off_is_left_as_it_was_indexed_before() {
    let scene = Scene::new();
    scene.write_lines("lines.jsonl", "第一版");
    scene.ingest().run().expect("a run");
    scene.write_lines("lines.jsonl", "新的第二版");
    scene.write("two.txt", "乙县中医院开诊\n\n乙县中医院眼科今日开诊。\n");
    let report = scene.disturbed(|| Err(io::Error::other("bad sector"))).run().expect("a run");
    let said: Vec<&str> = report.complaints.iter().map(|complaint| complaint.message.as_str()).collect();
    assert_eq!((report.indexed, report.skipped, report.removed), (1, 1, 0), "{said:?}");
    assert!(said.iter().any(|line| line.contains("lines.jsonl") && line.contains("bad sector")), "{said:?}");
    assert_eq!(scene.count("第一版"), 3000);
    assert_eq!(scene.count("新的第二版"), 0);
    assert_eq!(scene.count("乙县中医院眼科"), 1);
    let report = scene.ingest().run().expect("a run");
    assert_eq!((report.indexed, report.unchanged), (3000, 2));
    assert_eq!(scene.count("新的第二版"), 3000);
}

#[test]
fn a_cancelled_run_commits_what_is_complete() {
    let scene = Scene::new();
    scene.ingest().run().expect("a run");
    scene.write("a.txt", "乙县中医院开诊\n\n乙县中医院眼科今日开诊。\n");
    scene.write_lines("lines.jsonl", "第一版");
    let report = scene.cancelled().run().expect("a run");
    assert!(report.interrupted);
    assert_eq!(report.rolled_back, 0);
    assert_eq!(scene.count("乙县中医院眼科"), report.indexed);
    assert_eq!(scene.count("第一版"), 0, "half of a file must not appear");
}

#[test]
fn a_cancelled_run_takes_back_what_it_had_begun_to_replace() {
    let scene = Scene::new();
    scene.write_lines("lines.jsonl", "第一版");
    scene.ingest().run().expect("a run");
    scene.write_lines("lines.jsonl", "新的第二版");
    let report = scene.cancelled().run().expect("a run");
    assert!(report.interrupted);
    assert_eq!(report.indexed, 0);
    assert_eq!(scene.count("第一版"), 3000);
    assert_eq!(scene.count("新的第二版"), 0);
    assert_eq!(scene.ingest().run().expect("a run").indexed, 3000);
}

#[test]
fn a_cancelled_rebuild_leaves_the_old_index_and_nothing_beside_it() {
    let scene = Scene::new();
    scene.ingest().run().expect("a run");
    scene.write_lines("lines.jsonl", "第一版");
    let report = scene.cancelled().rebuild(true).run().expect("a run");
    assert!(report.interrupted);
    assert_eq!(report.indexed, 0);
    assert_eq!(scene.count("骨科今日开诊"), 1);
    let folders =
        fs::read_dir(scene.index()).expect("listed").flatten().filter(|entry| entry.path().is_dir());
    assert_eq!(folders.count(), 1);
}

#[test]
fn a_line_without_end_is_passed_over_in_bounded_memory() {
    let scene = Scene::new();
    let endless = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"丁县中医院开诊\"}}\n", "骨".repeat(2_000_000));
    scene.write("lines.jsonl", &endless);
    let limits = Limits { line_bytes: 100_000, ..Limits::default() };
    let report = scene.ingest().limits(limits).run().expect("a run");
    let said: Vec<&str> = report.complaints.iter().map(|complaint| complaint.message.as_str()).collect();
    assert_eq!((report.indexed, report.skipped), (2, 1), "{said:?}");
    assert!(said[0].contains("lines.jsonl:1") && said[0].contains("line_bytes"), "{said:?}");
    assert_eq!(scene.count("丁县中医院开诊"), 1);
}

/// Two changes within one tick of the file system's clock look alike but for what is in the file.
#[test]
fn a_file_changed_a_moment_ago_is_read_again() {
    let scene = Scene::new();
    let future = std::time::SystemTime::now() + Duration::from_secs(3600);
    let set = |name: &str, at| {
        let file = fs::File::options().write(true).open(scene.news().join(name)).expect("opened");
        file.set_modified(at).expect("a time");
    };
    set("one.txt", future);
    scene.ingest().run().expect("a run");
    assert_eq!(scene.ingest().run().expect("a run").unchanged, 1, "a time to come is a time like any other");
    assert!(!pipeline::is_fresh(Some(future)));
    assert!(pipeline::is_fresh(Some(std::time::SystemTime::now())));
    assert!(!pipeline::is_fresh(Some(std::time::UNIX_EPOCH)));
}

#[test]
fn a_folder_that_vanishes_is_named_and_nobody_waits() {
    let scene = Scene::new();
    scene.write_lines("lines.jsonl", "第一版");
    for n in 0..200 {
        scene.write(&format!("z{n}.txt"), "丙县中医院开诊\n\n丙县中医院眼科今日开诊。\n");
    }
    let index = scene.index();
    let run = scene.disturbed(move || match fs::remove_dir_all(&index) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    });
    let error = run.commit_every(Duration::ZERO).run().expect_err("there is nowhere to write");
    let ErrorKind::Write { file, cause } = error.kind() else { panic!("{error}") };
    assert!(file.contains("idx"), "{error}");
    assert_eq!(*cause, io::ErrorKind::NotFound, "{error}");
    scene.ingest().run().expect("the next run makes it anew");
    assert_eq!(scene.count("第一版"), 3000);
}
