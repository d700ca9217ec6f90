//! One writer and many readers, each a process of its own: no reader fails, and each answer comes from one commit. Articles
//! stand in pairs that always change together, so an answer that sees two versions of a pair has mixed two commits.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use xinglin::{Index, RecordRequest, SearchRequest};

use crate::{Choices, long_rounds, program};

const PAIRS: u64 = 60;
const READERS: usize = 8;

/// Writes both articles of every pair, in one line file, and files of single articles that make segments to merge.
fn write(news: &Path, version: u64) {
    let pair = |n: u64, side: &str| {
        format!(
            "{{\"id\": \"{n}{side}\", \"title\": \"汉中市中心医院骨科获批省级临床重点专科\", \
             \"text\": \"成对{n}号{side}，第{version}版。2023年5月6日，汉中市中心医院骨科获批省级临床重点专科。\"}}\n"
        )
    };
    let lines: String = (0..PAIRS).map(|n| pair(n, "左") + &pair(n, "右")).collect();
    // a file is replaced as a whole, as a careful program would
    fs::write(news.join("new"), lines).expect("written");
    fs::rename(news.join("new"), news.join("pairs.jsonl")).expect("renamed");
    let other = news.join(format!("{}.txt", version % 12));
    fs::write(other, format!("零散第{version}号\n\n宝鸡市中医医院眼科开诊，第{version}版。\n"))
        .expect("written");
}

/// Writes a version of the news and indexes it, now and then by a rebuild.
fn publish(news: &Path, index: &Path, version: u64) -> Output {
    write(news, version);
    let mut command = index_command(news, index);
    if version.is_multiple_of(7) {
        command.arg("--rebuild");
    }
    command.output().expect("it starts")
}

/// Asks for pairs until told to stop; fails where the two sides differ, or where one is missing.
fn read(index: &Path, seed: u64, stop: &AtomicBool, asked: &AtomicU64, seen: &AtomicU64) {
    let open = Index::open(index).expect("the index opens");
    let mut choices = Choices::seeded(seed);
    let mut newest = 0;
    while !stop.load(Ordering::Relaxed) {
        if choices.below(3) == 0 {
            open.reload().expect("a newer commit");
        }
        let n = choices.below(PAIRS);
        let answer = open.search(&SearchRequest::new(format!("\"成对{n}号\"")).all(true)).expect("an answer");
        let versions: Vec<String> = answer.hits.iter().map(|hit| version_in(&hit.snippet.text)).collect();
        assert_eq!(versions.len(), 2, "pair {n}: {versions:?}");
        assert_eq!(versions[0], versions[1], "pair {n} was seen in two versions");
        let version = versions[0].parse().expect("a number");
        assert!(version >= newest, "from version {newest} back to {version}");
        newest = version;
        if choices.below(10) == 0 {
            let records = open.records(&RecordRequest::new("").limit(5)).expect("records");
            assert!(records.total > 0);
        }
        asked.fetch_add(1, Ordering::Relaxed);
    }
    seen.fetch_max(newest, Ordering::Relaxed);
}

fn version_in(text: &str) -> String {
    let (_, rest) = text.split_once("，第").expect("a version in the snippet");
    rest.chars().take_while(char::is_ascii_digit).collect()
}

fn index_command(news: &Path, index: &Path) -> Command {
    let mut command = program();
    command.arg("index").arg(news).arg("--index").arg(index).stdout(Stdio::null());
    command
}

fn crowd(duration: Duration, readers: usize) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (news, index) = (dir.path().join("news"), dir.path().join("idx"));
    fs::create_dir(&news).expect("a folder");
    write(&news, 1);
    assert!(index_command(&news, &index).status().expect("it starts").success());
    let (stop, asked, seen) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    let mut version = 1;
    std::thread::scope(|scope| {
        for reader in 0..readers {
            let (index, stop, asked, seen) = (&index, &stop, &asked, &seen);
            scope.spawn(move || read(index, reader as u64, stop, asked, seen));
        }
        // Told to stop even where the writer fails, or the readers would go on for ever.
        let written = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let until = Instant::now() + duration;
            while Instant::now() < until {
                version += 1;
                let output = publish(&news, &index, version);
                assert!(output.status.success(), "{output:?}");
                // commands that open the index anew, in the middle of it all
                let mut command = program();
                command.args(["search", "成对1号", "--limit", "1"]).arg("--index").arg(&index);
                assert!(command.output().expect("it starts").status.success());
                let report = xinglin::check(&index).expect("an index");
                assert!(report.ok, "{:?}", report.problems);
            }
        }));
        stop.store(true, Ordering::Relaxed);
        if let Err(panic) = written {
            std::panic::resume_unwind(panic);
        }
    });
    println!("{version} commits, {} answers to {readers} readers", asked.load(Ordering::Relaxed));
    assert!(seen.load(Ordering::Relaxed) > 1, "no reader ever saw a newer commit");
}

/// Readers that are processes of their own: this program once more, told where to read.
#[test]
#[ignore = "started by the tests of the crowd, as a process of its own"]
fn a_reader() {
    let Some(index) = std::env::var_os("XINGLIN_READER_INDEX") else { return };
    let seed = std::env::var("XINGLIN_READER_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let (stop, asked, seen) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| read(Path::new(&index), seed, &stop, &asked, &seen));
        // standard input ends with the process that started this one
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        stop.store(true, Ordering::Relaxed);
    });
}

fn crowd_of_processes(duration: Duration) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (news, index) = (dir.path().join("news"), dir.path().join("idx"));
    fs::create_dir(&news).expect("a folder");
    write(&news, 1);
    assert!(index_command(&news, &index).status().expect("it starts").success());
    let readers: Vec<_> = (0..READERS)
        .map(|seed| {
            let mut command = Command::new(std::env::current_exe().expect("this program"));
            command.args(["crowd::a_reader", "--exact", "--ignored", "--nocapture"]);
            command.env("XINGLIN_READER_INDEX", &index).env("XINGLIN_READER_SEED", seed.to_string());
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().expect("a reader starts")
        })
        .collect();
    let until = Instant::now() + duration;
    let (mut version, mut failed) = (1, None);
    while Instant::now() < until && failed.is_none() {
        version += 1;
        let output = publish(&news, &index, version);
        failed = (!output.status.success()).then_some(output);
    }
    for mut reader in readers {
        drop(reader.stdin.take());
        let output = reader.wait_with_output().expect("a reader ends");
        assert!(
            output.status.success(),
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert!(failed.is_none(), "{failed:?}");
    println!("{version} commits beside {READERS} reading processes");
}

#[test]
fn readers_see_whole_commits_while_a_writer_works() {
    crowd(Duration::from_secs(4), 4);
}

#[test]
fn processes_see_whole_commits_while_a_writer_works() {
    crowd_of_processes(Duration::from_secs(4));
}

#[test]
#[ignore = "minutes; XINGLIN_ROUNDS says how many seconds"]
fn a_crowd_for_minutes() {
    let seconds = long_rounds(240);
    crowd(Duration::from_secs(seconds / 2), READERS);
    crowd_of_processes(Duration::from_secs(seconds / 2));
}

/// A second writer is told who holds the index and since when, and ends at once.
#[test]
fn a_second_writer_is_told_who_writes() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (news, index) = (dir.path().join("news"), dir.path().join("idx"));
    fs::create_dir(&news).expect("a folder");
    write(&news, 1);
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    let held = std::thread::scope(|scope| {
        let (begun, begin) = std::sync::mpsc::channel();
        let index_dir = &index;
        scope.spawn(move || {
            let articles = std::iter::once_with(move || {
                begun.send(()).expect("somebody waits");
                let _ = receiver.recv();
                xinglin::NewArticle::new("1", "骨科开诊")
            });
            xinglin::Ingest::into(index_dir).articles("memory", articles).expect("a run");
        });
        begin.recv().expect("the first writer works");
        let output = index_command(&news, &index).stdout(Stdio::piped()).output().expect("it starts");
        drop(sender);
        output
    });
    let err = String::from_utf8_lossy(&held.stderr);
    assert_eq!(held.status.code(), Some(2), "{err}");
    let process = std::process::id().to_string();
    assert!(err.contains(&process) && err.contains("自 20") && err.contains("写入"), "{err}");
    assert!(index_command(&news, &index).status().expect("it starts").success());
}
