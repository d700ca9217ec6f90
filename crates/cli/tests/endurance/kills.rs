//! `index` killed at any instant: what was committed is there, nothing by half, nothing twice; and in the end everything is
//! as one undisturbed run makes it.

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::dump::{check_findable, check_whole, dump};
use crate::news::{News, Versions};
use crate::{Choices, long_rounds, program};

/// Starts `index` over the news.
fn start(news: &Path, index: &Path, more: &[&str]) -> Child {
    let mut command = program();
    command.arg("index").arg(news).arg("--index").arg(index).args(more);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
}

/// Runs `index` to its end; returns how long it took.
fn run(news: &Path, index: &Path, more: &[&str]) -> Duration {
    let started = Instant::now();
    assert!(start(news, index, more).wait().expect("it ends").success());
    started.elapsed()
}

/// Kills it after this time, unless it has ended; returns whether it had, and well.
fn kill_after(mut child: Child, delay: Duration) -> bool {
    std::thread::sleep(delay);
    child.kill().expect("a signal is sent");
    child.wait().expect("it ends").success()
}

struct Scene {
    _dir: tempfile::TempDir,
    news: News,
    index: std::path::PathBuf,
    choices: Choices,
    /// What the index held when it was last looked at.
    held: Versions,
    /// Versions that each file has had since then, the first included.
    had: std::collections::BTreeMap<String, Vec<u64>>,
}

impl Scene {
    fn new(files: u64, seed: u64) -> Scene {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let news = News::with(dir.path().join("news"), files);
        let index = dir.path().join("idx");
        let choices = Choices::seeded(seed);
        let mut scene =
            Scene { _dir: dir, news, index, choices, held: Versions::new(), had: Default::default() };
        scene.note();
        scene
    }

    /// Notes the versions of all files.
    fn note(&mut self) {
        for (file, version) in self.news.versions() {
            let had = self.had.entry(file).or_default();
            if had.last() != Some(&version) {
                had.push(version);
            }
        }
    }

    /// Looks at the index after a kill: each file as it was held, or in a state that it has had since; none lost.
    fn look(&mut self) {
        let (held, had) = (&self.held, &self.had);
        let found = check_whole(&self.index, &|file, version| {
            held.get(file) == Some(&version) || had.get(file).is_some_and(|had| had.contains(&version))
        });
        let now = self.news.versions();
        for (file, version) in held {
            match found.get(file) {
                Some(there) => assert!(there >= version, "{file} went back from {version} to {there}"),
                None => assert!(!now.contains_key(file), "{file} was committed and is gone"),
            }
        }
        let some = found.keys().filter(|_| self.choices.below(20) == 0);
        check_findable(&self.index, some);
        self.held = found;
    }

    /// Starts over with no index.
    fn forget(&mut self) {
        std::fs::remove_dir_all(&self.index).expect("the index is removed");
        self.held.clear();
    }

    /// Ends undisturbed, and compares with a run that never was disturbed.
    fn end(mut self) {
        run(self.news.dir(), &self.index, &[]);
        self.look();
        assert_eq!(self.held, self.news.versions());
        check_findable(&self.index, self.held.keys());
        let fresh = self.index.with_file_name("fresh");
        run(self.news.dir(), &fresh, &[]);
        let (ours, theirs) = (dump(&self.index), dump(&fresh));
        assert_eq!(ours.len() as u64, self.news.articles());
        assert!(ours == theirs, "the index differs from that of an undisturbed run");
    }
}

/// Rounds of changes and kills; every so often a rebuild, or a new beginning.
fn rounds(rounds: u64, files: u64, seed: u64) {
    let mut scene = Scene::new(files, seed);
    let full = run(scene.news.dir(), &scene.index, &["--commit-every", "0.05"]).as_millis() as u64;
    let (mut killed, mut ended, mut between) = (0, 0, 0);
    for round in 0..rounds {
        let mut more = vec!["--commit-every", "0.05"];
        let mut share = 8;
        match scene.choices.below(5) {
            0 => more.push("--rebuild"),
            1 if scene.index.exists() => scene.forget(),
            2 => share = 1,
            _ => {}
        }
        scene.news.change(&mut scene.choices, share);
        scene.note();
        // most runs have little to do: early moments are tried more often
        let most = scene.choices.below(full * 5 / 4) + 1;
        let delay = Duration::from_millis(scene.choices.below(most));
        let done = kill_after(start(scene.news.dir(), &scene.index, &more), delay);
        if done {
            ended += 1
        } else {
            killed += 1
        }
        if scene.index.join("xinglin.json").exists() {
            let before = scene.held.clone();
            scene.look();
            between += u64::from(!done && scene.held != before && scene.held != scene.news.versions());
        } else {
            assert!(scene.held.is_empty(), "round {round}: the index is gone");
        }
        if done {
            assert_eq!(scene.held, scene.news.versions(), "round {round}: reported as done");
        }
    }
    println!("{killed} killed, {between} of them between commits; {ended} ended; undisturbed: {full} ms");
    scene.end();
}

#[test]
fn a_kill_at_any_instant_loses_nothing() {
    rounds(10, 800, 1);
}

#[test]
#[ignore = "minutes; XINGLIN_ROUNDS says how many rounds"]
fn many_kills_lose_nothing() {
    rounds(long_rounds(200), 3000, 2);
}
