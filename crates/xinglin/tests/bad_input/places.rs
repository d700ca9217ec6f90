//! Folders that are no index, or one that may not be written to.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use xinglin::{ErrorKind, Index, Ingest, NewArticle};

use crate::Place;

/// The error of opening and of writing to a place that is no index, and what lies there afterwards.
#[test]
fn places_that_are_no_index() {
    let check = |make: &dyn Fn(&Path), kind: ErrorKind, remedy: &str, writing_fails: bool| {
        let place = Place::new();
        make(&place.idx());
        let before = listing(place.dir.path());
        let Err(error) = Index::open(place.idx()) else { panic!("{kind:?}: it opened") };
        assert_eq!(error.kind(), &kind, "{error}");
        let message = error.to_string();
        assert!(message.contains("idx") && message.contains(remedy), "{kind:?}: {message}");
        if writing_fails {
            let run = Ingest::into(place.idx()).paths([place.pages()]).run();
            let Err(error) = run else { panic!("{kind:?}: it was written to") };
            assert_eq!(error.kind(), &kind, "{error}");
        }
        assert_eq!(listing(place.dir.path()), before, "{kind:?}: what lies there has changed");
    };
    check(&|_| {}, ErrorKind::NoIndex, "xinglin index", false);
    check(&|idx| fs::create_dir(idx).expect("a folder"), ErrorKind::NoIndex, "xinglin index", false);
    check(&|idx| fs::write(idx, "a file").expect("a file"), ErrorKind::NotAnIndex, "--index", true);
    let foreign = |idx: &Path| {
        fs::create_dir(idx).expect("a folder");
        fs::write(idx.join("家庭照片.txt"), "不要动我").expect("a file");
    };
    check(&foreign, ErrorKind::NotAnIndex, "--index", true);
    let other = |idx: &Path| {
        fs::create_dir(idx).expect("a folder");
        fs::write(idx.join("xinglin.json"), "{\"kind\": \"xing").expect("a file");
    };
    check(&other, ErrorKind::Damaged, "--rebuild", true);
}

/// The files below a folder and their sizes.
fn listing(dir: &Path) -> Vec<(PathBuf, u64)> {
    let mut files = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path)
            } else {
                files.push((path, entry.metadata().expect("a file").len()))
            }
        }
    }
    files.sort();
    files
}

/// An index of another format is refused with both numbers and the cure; the cure works.
#[test]
fn an_index_of_another_format() {
    let place = Place::new();
    place.run();
    let manifest = place.idx().join("xinglin.json");
    let text = fs::read_to_string(&manifest).expect("the manifest");
    let mut json: serde_json::Value = serde_json::from_str(&text).expect("the manifest is JSON");
    json["format"] = 9999.into();
    fs::write(&manifest, json.to_string()).expect("the manifest is written");
    let Err(error) = Index::open(place.idx()) else { panic!("it opened") };
    assert_eq!(error.kind(), &ErrorKind::WrongVersion);
    let message = error.to_string();
    assert!(message.contains("9999") && message.contains("--rebuild"), "{message}");
    let run = Ingest::into(place.idx()).paths([place.pages()]).run();
    assert_eq!(run.expect_err("it is not written to").kind(), &ErrorKind::WrongVersion);
    Ingest::into(place.idx()).paths([place.pages()]).rebuild(true).run().expect("the cure");
    assert_eq!(place.found("骨科"), ["good.txt"]);
}

/// A second writer is told who holds the index and since when; readers are not disturbed.
#[test]
fn a_second_writer_is_told() {
    let place = Place::new();
    place.run();
    let (holding, held) = channel();
    let (release, released) = channel::<()>();
    let articles = std::iter::once_with(move || {
        holding.send(()).expect("the test is listening");
        released.recv().expect("the test lets go");
        NewArticle::new("more", "另一篇谈眼科的新闻。")
    });
    let first = Ingest::into(place.idx());
    std::thread::scope(|scope| {
        let writer = scope.spawn(move || first.articles("more", articles));
        held.recv().expect("the writer has begun");
        let second = Ingest::into(place.idx()).paths([place.pages()]).run();
        let found = place.found("骨科");
        release.send(()).expect("the writer is waiting");
        let error = second.expect_err("the index is held");
        assert!(matches!(error.kind(), ErrorKind::Locked { .. }), "{error}");
        let message = error.to_string();
        let process = std::process::id().to_string();
        assert!(message.contains(&process) && message.contains("since"), "{message}");
        assert_eq!(found, ["good.txt"]);
        writer.join().expect("the writer ends").expect("the first run");
    });
    assert_eq!(place.found("眼科").len(), 1);
}

#[cfg(unix)]
#[test]
fn an_index_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.run();
    let allow = |mode: u32| {
        for entry in fs::read_dir(place.idx()).expect("a folder").map(|entry| entry.expect("an entry").path())
        {
            let mode = if entry.is_dir() { mode } else { mode & 0o666 };
            fs::set_permissions(entry, fs::Permissions::from_mode(mode)).expect("permissions");
        }
        fs::set_permissions(place.idx(), fs::Permissions::from_mode(mode)).expect("permissions");
    };
    allow(0o555);
    assert_eq!(place.found("骨科"), ["good.txt"], "reading needs no right to write");
    place.page("more.txt", "另一篇谈眼科的新闻。");
    let may_write = fs::write(place.idx().join("probe"), "").is_ok();
    let run = Ingest::into(place.idx()).paths([place.pages()]).run();
    allow(0o755);
    if may_write {
        eprintln!("left out: this user may write where nobody may");
        return;
    }
    let error = run.expect_err("nothing may be written");
    assert!(error.to_string().contains("idx"), "{error}");
    assert_eq!(place.found("骨科"), ["good.txt"]);
}
