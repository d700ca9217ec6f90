//! Disks that are full, files that may not grow, folders that may not be written to: the program says which file and what to
//! do, the last commit is intact, the lock is free.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::dump::dump;
use crate::{program, program_path};

/// Somebody who is not the system's administrator.
const NOBODY: u32 = 65534;

/// A small disk in memory, which goes away with this.
struct Disk {
    dir: tempfile::TempDir,
}

impl Disk {
    /// A disk of so many kilobytes; `None`, with a notice, where none may be mounted.
    fn mount(kilobytes: u32) -> Option<Disk> {
        let disk = Disk { dir: tempfile::tempdir().expect("a temporary folder") };
        let size = format!("size={kilobytes}k,mode=755");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(disk.path()).output();
        match mounted {
            Ok(output) if output.status.success() => Some(disk),
            _ => {
                eprintln!("LEFT OUT: no disk can be mounted here; run as root to test full disks");
                None
            }
        }
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn remount(&self, options: &str) {
        let options = format!("remount,{options}");
        let status = Command::new("mount").args(["-o", &options]).arg(self.path()).status();
        assert!(status.expect("mount starts").success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

/// A folder of news beside the index.
struct Scene {
    dir: tempfile::TempDir,
}

impl Scene {
    fn new() -> Scene {
        let scene = Scene { dir: tempfile::tempdir().expect("a temporary folder") };
        fs::set_permissions(scene.dir.path(), fs::Permissions::from_mode(0o755)).expect("permissions");
        fs::create_dir(scene.news()).expect("a folder");
        scene.write(0..20, 1);
        scene
    }

    fn news(&self) -> PathBuf {
        self.dir.path().join("news")
    }

    /// Articles of about `size` kilobytes, none like another.
    fn write(&self, numbers: std::ops::Range<u32>, size: u32) {
        for n in numbers {
            let filler: String = (0..size * 300)
                .filter_map(|k| char::from_u32(0x4e00 + (n * 7919 + k * k * 31 + k) % 20_000))
                .collect();
            let text =
                format!("汉中市中心医院骨科开诊{n}\n\n汉中市中心医院骨科今日开诊，第{n}号。{filler}\n");
            fs::write(self.news().join(format!("{n}.txt")), text).expect("a file");
        }
    }

    fn index(&self, index: &Path) -> Command {
        let mut command = program();
        command.arg("index").arg(self.news()).arg("--index").arg(index);
        command
    }
}

fn run(mut command: Command) -> Output {
    command.output().expect("the program starts")
}

#[track_caller]
fn check_refused(output: &Output, file: &Path, remedy: &str) {
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(err.contains(&*file.to_string_lossy()), "{err}");
    assert!(err.contains(remedy), "{err}");
    assert!(!err.contains("内部出错"), "{err}");
}

#[track_caller]
fn check_done(output: &Output) {
    assert!(output.status.success(), "{output:?}");
}

/// The index is whole and holds what it held.
#[track_caller]
fn check_intact(index: &Path, held: &crate::dump::Dump) {
    let report = xinglin::check(index).expect("an index");
    assert!(report.ok, "{:?}", report.problems);
    assert!(dump(index) == *held, "the last commit is not what it was");
}

#[test]
fn a_full_disk_is_named_and_costs_nothing() {
    let Some(disk) = Disk::mount(1500) else { return };
    let (scene, index) = (Scene::new(), disk.path().join("idx"));
    check_done(&run(scene.index(&index)));
    let held = dump(&index);
    scene.write(20..900, 4);
    check_refused(&run(scene.index(&index)), &index, "磁盘已满");
    check_intact(&index, &held);
    let mut rebuild = scene.index(&index);
    rebuild.arg("--rebuild");
    check_refused(&run(rebuild), &index, "磁盘已满");
    check_intact(&index, &held);
    let beside =
        fs::read_dir(&index).expect("listed").flatten().filter(|entry| entry.path().is_dir()).count();
    assert_eq!(beside, 1, "a rebuild that failed has left its folder on the full disk");
    // Not a byte left: not even the lock can say who holds it.
    let filler = disk.path().join("filler");
    let _ = fs::write(&filler, vec![0; 2 << 20]);
    check_refused(&run(scene.index(&index)), &index, "磁盘已满");
    check_intact(&index, &held);
    fs::remove_file(filler).expect("removed");
    disk.remount("size=64m");
    check_done(&run(scene.index(&index)));
    assert_eq!(dump(&index).len(), 900);
}

#[test]
fn a_limit_on_file_sizes_is_named_and_costs_nothing() {
    let scene = Scene::new();
    let index = scene.dir.path().join("idx");
    check_done(&run(scene.index(&index)));
    let held = dump(&index);
    scene.write(20..300, 4);
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -f 64; exec \"$@\"", "sh"]).arg(program_path());
    limited.arg("index").arg(scene.news()).arg("--index").arg(&index);
    check_refused(&run(limited), &index, "ulimit -f");
    check_intact(&index, &held);
    check_done(&run(scene.index(&index)));
    assert_eq!(dump(&index).len(), 300);
}

#[test]
fn a_read_only_disk_is_searched_and_not_written() {
    let Some(disk) = Disk::mount(20_000) else { return };
    let (scene, index) = (Scene::new(), disk.path().join("idx"));
    check_done(&run(scene.index(&index)));
    let held = dump(&index);
    disk.remount("ro");
    scene.write(20..21, 1);
    check_refused(&run(scene.index(&index)), &index, "只读");
    check_refused(&run(scene.index(&disk.path().join("new"))), &disk.path().join("new"), "只读");
    check_intact(&index, &held);
    disk.remount("rw");
    check_done(&run(scene.index(&index)));
}

#[test]
fn another_user_may_search_and_not_write() {
    let scene = Scene::new();
    let index = scene.dir.path().join("idx");
    check_done(&run(scene.index(&index)));
    let held = dump(&index);
    scene.write(20..21, 1);
    let as_nobody = |mut command: Command| {
        command.uid(NOBODY).gid(NOBODY);
        command.output()
    };
    let mut search = program();
    search.arg("search").arg("骨科今日开诊").arg("--index").arg(&index);
    match as_nobody(search) {
        Ok(output) => check_done(&output),
        Err(error) => {
            eprintln!("LEFT OUT: the program cannot be run as another user here ({error})");
            return;
        }
    }
    let output = as_nobody(scene.index(&index)).expect("the program starts");
    check_refused(&output, &index, "没有写权限");
    check_intact(&index, &held);
    check_done(&run(scene.index(&index)));
}

/// Files are readable by whom the umask lets: tantivy's own way of writing would keep them to their owner.
#[test]
fn files_are_as_readable_as_the_umask_says() {
    let scene = Scene::new();
    let index = scene.dir.path().join("idx");
    let mut command = Command::new("sh");
    command.args(["-c", "umask 022; exec \"$@\"", "sh"]).arg(program_path());
    command.arg("index").arg(scene.news()).arg("--index").arg(&index);
    check_done(&run(command));
    let mut folders = vec![index];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let mode = entry.metadata().expect("a file").permissions().mode() & 0o777;
                assert_eq!(mode, 0o644, "{}", entry.path().display());
            }
        }
    }
}
