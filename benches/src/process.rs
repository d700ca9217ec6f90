//! Whole processes: how long one takes, and how much memory it had resident.
//!
//! A process is started by the small program `measure`, never by the comparing one: what a child had resident before it
//! became another program counts as its own (`ru_maxrss`), and the comparing program is large.

use anyhow::{Context, Result, bail, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What one process cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// Seconds from its start until it was gone.
    pub wall_seconds: f64,
    /// Seconds of computing, all threads together, kernel included.
    pub cpu_seconds: f64,
    /// Most memory that was resident at once, in bytes, mapped files included.
    pub peak_bytes: u64,
    /// The same without the files of the folder that was watched; `None` where none was, or where the process was
    /// too short to be seen.
    pub beyond_map_bytes: Option<u64>,
    /// Its exit code.
    pub code: i32,
}

/// A process that has ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// What it cost.
    pub cost: Cost,
    /// What it printed.
    pub stdout: Vec<u8>,
}

/// Where the programs lie that are compared.
#[derive(Clone, Debug)]
pub struct Programs {
    folder: PathBuf,
    /// The program under test.
    pub xinglin: PathBuf,
}

impl Programs {
    /// The programs in the folder of the running one, xinglin too unless `xinglin` says where it is.
    ///
    /// # Errors
    ///
    /// Where one is missing; the message says how to build it.
    pub fn beside_this(xinglin: Option<&Path>) -> Result<Programs> {
        let this = std::env::current_exe()?;
        let mut folder = this.parent().context("the running program lies in no folder")?;
        if folder.ends_with("deps") {
            folder = folder.parent().unwrap_or(folder);
        }
        Programs::in_folder(folder, xinglin)
    }

    /// The programs in one folder.
    ///
    /// # Errors
    ///
    /// As [`Programs::beside_this`].
    pub fn in_folder(folder: &Path, xinglin: Option<&Path>) -> Result<Programs> {
        let xinglin = xinglin.map_or_else(|| executable(folder, "xinglin"), Path::to_owned);
        let programs = Programs { folder: folder.to_owned(), xinglin };
        for (path, package) in [
            (programs.xinglin.clone(), "xinglin-cli"),
            (programs.baseline(), "xinglin-benches"),
            (programs.map_only(), "xinglin-benches"),
            (programs.measure(), "xinglin-benches"),
        ] {
            let shown = path.display();
            ensure!(path.is_file(), "{shown} is missing: run `cargo build --release -p {package}` first");
        }
        Ok(programs)
    }

    /// The naive engine.
    pub fn baseline(&self) -> PathBuf {
        executable(&self.folder, "baseline")
    }

    /// The floor under a cold search.
    pub fn map_only(&self) -> PathBuf {
        executable(&self.folder, "map-only")
    }

    fn measure(&self) -> PathBuf {
        executable(&self.folder, "measure")
    }

    /// Runs `invocation` to its end. Its standard error goes to ours.
    ///
    /// # Errors
    ///
    /// Where it does not start, or ends with a code that is not among `codes`.
    pub fn run(&self, invocation: &Invocation, codes: &[i32]) -> Result<Ended> {
        let report = tempfile::NamedTempFile::new()?;
        let mut command = Command::new(self.measure());
        command.arg("--report").arg(report.path());
        if let Some(folder) = &invocation.watched {
            command.arg("--watch").arg(folder);
        }
        if let Some(cores) = invocation.cores {
            command.arg("--cores").arg(cores.to_string());
        }
        command.arg("--").arg(&invocation.program).args(&invocation.arguments);
        let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
        let cost = std::fs::read(report.path())?;
        let cost: Cost = serde_json::from_slice(&cost)
            .with_context(|| format!("`{invocation}` was not measured: {}", output.status))?;
        ensure!(codes.contains(&cost.code), "`{invocation}` ended with code {}", cost.code);
        Ok(Ended { cost, stdout: output.stdout })
    }
}

fn executable(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A program and its arguments.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// Mapped files of this folder do not count as memory beyond the map.
    pub watched: Option<PathBuf>,
    /// Cores it may run on; all unless given.
    pub cores: Option<usize>,
}

impl Invocation {
    /// `program` with `arguments`.
    pub fn new(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = impl Into<OsString>>,
    ) -> Invocation {
        let arguments = arguments.into_iter().map(Into::into).collect();
        Invocation { program: program.into(), arguments, watched: None, cores: None }
    }

    /// Watches memory, leaving out mapped files of `folder`.
    pub fn watching(mut self, folder: &Path) -> Invocation {
        self.watched = Some(folder.to_owned());
        self
    }

    /// Holds it to so many cores.
    pub fn cores(mut self, cores: usize) -> Invocation {
        self.cores = Some(cores);
        self
    }

    /// Instructions it executes in user mode: counted by `perf`, else by `valgrind`; `None` where neither can.
    ///
    /// # Errors
    ///
    /// Where the program does not start.
    pub fn instructions(&self) -> Result<Option<u64>> {
        let with_perf = counted(
            Command::new("perf").args(["stat", "-x", ",", "-e", "instructions:u", "--"]),
            self,
            events,
        );
        let with_valgrind = || {
            let tool = ["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"];
            counted(Command::new("valgrind").args(tool), self, refs)
        };
        Ok(with_perf.or_else(with_valgrind))
    }
}

impl std::fmt::Display for Invocation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.program.display())?;
        self.arguments.iter().try_for_each(|argument| write!(f, " {}", argument.display()))
    }
}

fn counted(
    counter: &mut Command,
    invocation: &Invocation,
    number: impl Fn(&str) -> Option<u64>,
) -> Option<u64> {
    let output =
        counter.arg(&invocation.program).args(&invocation.arguments).stdin(Stdio::null()).output().ok()?;
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    printed.lines().find_map(number)
}

/// A line of `perf stat -x ,`: `1234,,instructions:u,…`; `<not supported>` where the machine does not count.
fn events(line: &str) -> Option<u64> {
    let (count, rest) = line.split_once(',')?;
    rest.contains("instructions").then(|| count.parse().ok())?
}

/// A line of cachegrind: `==7== I   refs:      3,498,410`.
fn refs(line: &str) -> Option<u64> {
    let (name, count) = line.split_once("refs:")?;
    name.trim_end().ends_with('I').then(|| count.trim().replace(',', "").parse().ok())?
}

/// Holds this process and those it starts to the first `cores` of the cores it may run on.
///
/// # Errors
///
/// Where there are fewer, or the system knows no such thing.
#[cfg(target_os = "linux")]
pub fn hold_to(cores: usize) -> Result<()> {
    use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
    use nix::unistd::Pid;
    let allowed = sched_getaffinity(Pid::from_raw(0))?;
    let mut chosen = CpuSet::new();
    let usable = (0..CpuSet::count()).filter(|&core| allowed.is_set(core) == Ok(true));
    let mut found = 0;
    for core in usable.take(cores) {
        chosen.set(core)?;
        found += 1;
    }
    ensure!(found == cores, "there are {found} cores to run on, not {cores}");
    Ok(sched_setaffinity(Pid::from_raw(0), &chosen)?)
}

/// Holds this process and those it starts to the first `cores` of the cores it may run on.
///
/// # Errors
///
/// Where there are fewer, or the system knows no such thing.
#[cfg(not(target_os = "linux"))]
pub fn hold_to(_: usize) -> Result<()> {
    bail!("this system cannot hold a process to some of its cores")
}

/// Runs a program and measures it: the whole work of the program `measure`, which must have no other child.
///
/// # Errors
///
/// Where the program does not start.
pub fn measure(program: &Path, arguments: &[OsString], watched: Option<&Path>) -> Result<Cost> {
    let started = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .spawn()
        .with_context(|| format!("starting {}", program.display()))?;
    let id = child.id();
    let ended = AtomicBool::new(false);
    let (status, wall, beyond_map_bytes) = std::thread::scope(|scope| {
        let watcher = watched.map(|folder| scope.spawn(|| watch(id, folder, &ended)));
        let status = child.wait();
        let wall = started.elapsed();
        ended.store(true, Ordering::Relaxed);
        (status, wall, watcher.and_then(|watcher| watcher.join().ok().flatten()))
    });
    let Some(code) = status?.code() else { bail!("{} was killed by a signal", program.display()) };
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    Ok(Cost {
        wall_seconds: wall.as_secs_f64(),
        cpu_seconds: cpu as f64 / 1e6,
        peak_bytes: u64::try_from(usage.max_rss())? * unit,
        beyond_map_bytes,
        code,
    })
}

/// The most that process `id` has resident beyond the files in `folder`, looked at until it has ended.
fn watch(id: u32, folder: &Path, ended: &AtomicBool) -> Option<u64> {
    let maps = PathBuf::from(format!("/proc/{id}/smaps"));
    let mut most = None;
    while !ended.load(Ordering::Relaxed) {
        if let Ok(maps) = std::fs::read(&maps) {
            let resident = resident_beyond(&String::from_utf8_lossy(&maps), folder);
            most = most.max((resident > 0).then_some(resident));
        }
        std::thread::sleep(Duration::from_micros(100));
    }
    most
}

/// Sums `Rss:` over the mappings of a `/proc/PID/smaps` that are no files in `folder`.
fn resident_beyond(maps: &str, folder: &Path) -> u64 {
    let mut counts = true;
    let mut sum = 0;
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        if first == "Rss:" && counts {
            sum += words.next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) * 1024;
        } else if !first.ends_with(':') {
            // A mapping's first line: address, rights, offset, device, inode, path.
            let path = words.nth(4).unwrap_or_default();
            counts = path.is_empty() || !Path::new(path).starts_with(folder);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mapped_files_of_the_watched_folder_do_not_count() {
        let maps = "55d0-55d1 r--p 00000000 fe:00 12 /usr/bin/xinglin\nSize: 4 kB\nRss:                   8 kB\n\
                    7f00-7f01 r--s 00000000 fe:00 77 /tmp/news.idx/a.store\nRss:                 512 kB\n\
                    7f02-7f03 rw-p 00000000 00:00 0 \nRss:                   4 kB\nVmFlags: rd wr\n";
        assert_eq!(resident_beyond(maps, Path::new("/tmp/news.idx")), 12 * 1024);
        assert_eq!(resident_beyond(maps, Path::new("/elsewhere")), 524 * 1024);
        assert_eq!(resident_beyond("", Path::new("/")), 0);
    }

    #[test]
    fn counts_of_instructions_are_read() {
        assert_eq!(events("3498410,,instructions:u,1234,100.00,,"), Some(3_498_410));
        assert_eq!(events("<not supported>,,instructions:u,0,100.00,,"), None);
        assert_eq!(refs("==12188== I   refs:      3,498,410"), Some(3_498_410));
        assert_eq!(refs("==12188== D   refs:      1,000"), None);
        assert_eq!(refs("--12188-- warning: L3 cache found"), None);
    }

    #[test]
    fn a_missing_program_says_how_to_build_it() {
        let empty = tempfile::tempdir().unwrap();
        let message = Programs::in_folder(empty.path(), None).unwrap_err().to_string();
        assert!(message.contains("cargo build --release -p xinglin-cli"), "{message}");
    }
}
