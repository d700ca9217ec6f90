//! Closed pipes, full devices, and interrupts.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{Folder, corpus_index, program};

#[test]
fn a_closed_pipe_is_no_error() {
    // far more than a pipe holds, so that the program must meet the closed end
    let queries = "骨科\n神经内科\n重点专科\n".repeat(20_000);
    let mut child = program()
        .args(["search", "--batch", "-", "--limit", "20"])
        .env("XINGLIN_INDEX", corpus_index())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    let feeding = std::thread::spawn(move || input.write_all(queries.as_bytes()));
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut first = String::new();
    out.read_line(&mut first).expect("a line");
    assert!(first.starts_with('{'), "{first}");
    drop(out);
    let output = child.wait_with_output().expect("it ends");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(err.is_empty(), "{err}");
    assert!(
        feeding.join().expect("the feeder ends").is_err(),
        "the program read everything though nobody listened"
    );
}

#[test]
fn answers_come_as_queries_are_asked() {
    let mut child = program()
        .args(["search", "--batch", "-"])
        .env("XINGLIN_INDEX", corpus_index())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    for query in ["骨科", "儿科"] {
        writeln!(input, "{query}").expect("it reads");
        let mut line = String::new();
        out.read_line(&mut line).expect("it answers before the next query");
        assert!(line.contains(&format!("\"query\":\"{query}\"")), "{line}");
    }
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn a_full_device_is_an_error() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        println!("skipped: this system has no /dev/full");
        return;
    };
    let output = program()
        .args(["specialties", "--format", "json"])
        .env("XINGLIN_INDEX", corpus_index())
        .stdout(full)
        .output()
        .expect("the program starts");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("标准输出"), "{err}");
}

#[test]
fn an_interrupt_leaves_a_whole_index() {
    let folder = Folder::with(&[]);
    let sentence = "市第一人民医院骨科获批省级临床重点专科建设项目，医院心血管内科、神经内科同时入选。";
    for file in 0..40 {
        let lines: String = (0..600)
            .map(|n| {
                format!(
                    "{{\"id\":\"{n}\",\"title\":\"第{file}-{n}篇\",\"text\":\"{}\"}}\n",
                    sentence.repeat(12)
                )
            })
            .collect();
        folder.write(&format!("{file:02}.jsonl"), lines.as_bytes());
    }
    let mut child = program()
        .args(["index", "--threads", "1", "--index"])
        .arg(folder.index())
        .arg(folder.news())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    wait_for(|| folder.index().exists());
    std::thread::sleep(Duration::from_millis(150));
    assert!(child.try_wait().expect("a child").is_none(), "too quick to be interrupted");
    let killed =
        std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(killed.success());
    let mut err = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("messages");
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(130), "{err}");
    assert!(err.contains("已中断"), "{err}");
    folder.ask(&["check"]).expect(0);
    let before = articles(&folder);
    assert!(before < 24_000, "it went on to the end");
    folder.indexed().expect(0);
    folder.ask(&["check"]).expect(0);
    assert_eq!(articles(&folder), 24_000);
}

fn articles(folder: &Folder) -> u64 {
    folder.ask(&["stats", "--format", "json"]).expect(0).json()["articles"].as_u64().expect("a number")
}

fn wait_for(condition: impl Fn() -> bool) {
    let started = Instant::now();
    while !condition() {
        assert!(started.elapsed() < Duration::from_secs(60), "waited in vain");
        std::thread::sleep(Duration::from_millis(5));
    }
}
