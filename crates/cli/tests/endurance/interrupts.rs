//! Ctrl-C: the first ends a run in order and says what was kept, the second ends it at once; neither harms the index.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::dump::check_whole;
use crate::news::News;
use crate::program;

fn interrupt(child: &Child) {
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.expect("kill starts").success());
}

fn start(news: &News, index: &Path, more: &[&str]) -> Child {
    let mut command = program();
    command.arg("index").arg(news.dir()).arg("--index").arg(index).args(more);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

/// Waits until this process holds the lock: by then it has taken over the signal, and has just begun.
fn wait_for_work(index: &Path, process: u32) {
    let held = format!("\"process\":{process},");
    let lock = index.join("writer.lock");
    for _ in 0..6000 {
        if std::fs::read_to_string(&lock).is_ok_and(|holder| holder.contains(&held)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("the lock was never taken");
}

fn check(times: u32, rebuild: bool, said: &str) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let index = dir.path().join("idx");
    let mut news = News::with(dir.path().join("news"), 20);
    assert!(start(&news, &index, &[]).wait().expect("it ends").success());
    let before = news.versions();
    news.grow(4000);
    let child = start(&news, &index, if rebuild { &["--rebuild"] } else { &[] });
    wait_for_work(&index, child.id());
    for _ in 0..times {
        interrupt(&child);
    }
    let output = child.wait_with_output().expect("it ends");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{err}");
    assert!(err.contains(said), "{err}");
    let now = news.versions();
    let held = check_whole(&index, &|file, version| now.get(file) == Some(&version));
    assert!(before.keys().all(|file| held.contains_key(file)), "what was committed is gone");
    if rebuild {
        assert_eq!(held, before, "a rebuild that was given up has left something");
    }
    assert!(start(&news, &index, &[]).wait().expect("it ends").success());
    assert_eq!(check_whole(&index, &|file, version| now.get(file) == Some(&version)), now);
}

#[test]
fn the_first_ends_a_run_in_order_and_says_what_was_kept() {
    check(1, false, "都已提交");
}

#[test]
fn a_rebuild_is_given_up() {
    check(1, true, "原来的索引没有变动");
}

#[test]
fn the_second_ends_it_at_once() {
    check(2, false, "再按一次");
}
