//! Runs the binary and holds the index that most tests ask.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; -1 where a signal ended it.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Ran {
    /// What a finished process gave.
    pub(crate) fn of(output: Output) -> Ran {
        let ran = Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        };
        assert!(!ran.err.contains("内部出错"), "a panic: {ran:?}");
        ran
    }

    /// Standard output as one JSON value.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Standard output as a JSON value a line.
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("a JSON value a line")).collect()
    }

    /// Fails unless the exit code is `code` and nobody panicked.
    pub(crate) fn expect(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        self
    }
}

/// The program, in an environment that says nothing about colour, width or index.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xinglin"));
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "XINGLIN_INDEX", "TERM"] {
        command.env_remove(name);
    }
    command
}

/// Runs it with these arguments.
pub(crate) fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ran {
    Ran::of(program().args(arguments).output().expect("the program starts"))
}

/// Runs it over the corpus with these arguments.
pub(crate) fn ask(arguments: &[&str]) -> Ran {
    ask_with(&[], arguments)
}

/// Runs it over the corpus with these arguments and variables.
pub(crate) fn ask_with(variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
    let mut command = program();
    command.env("XINGLIN_INDEX", corpus_index()).envs(variables.iter().copied()).args(arguments);
    Ran::of(command.output().expect("the program starts"))
}

/// The articles that the project carries.
pub(crate) fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/articles")
}

/// An index of them, made once for all tests.
pub(crate) fn corpus_index() -> &'static Path {
    static INDEX: LazyLock<PathBuf> = LazyLock::new(|| {
        let index = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{}.idx", std::process::id()));
        run([OsStr::new("index"), corpus().as_os_str(), OsStr::new("--index"), index.as_os_str()]).expect(0);
        index
    });
    &INDEX
}

/// A folder with files of these names and contents, and room for an index beside them.
pub(crate) struct Folder {
    dir: tempfile::TempDir,
}

impl Folder {
    /// A folder with these files.
    pub(crate) fn with(files: &[(&str, &[u8])]) -> Folder {
        let folder = Folder { dir: tempfile::tempdir().expect("a temporary folder") };
        std::fs::create_dir(folder.news()).expect("a folder");
        for (name, content) in files {
            folder.write(name, content);
        }
        folder
    }

    /// The folder to index.
    pub(crate) fn news(&self) -> PathBuf {
        self.dir.path().join("news")
    }

    /// The index.
    pub(crate) fn index(&self) -> PathBuf {
        self.dir.path().join("idx")
    }

    /// A path beside them.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file below the folder to index.
    pub(crate) fn write(&self, name: &str, content: &[u8]) {
        let path = self.news().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }

    /// Indexes the folder.
    pub(crate) fn indexed(&self) -> Ran {
        run([OsStr::new("index"), self.news().as_os_str(), OsStr::new("--index"), self.index().as_os_str()])
    }

    /// Runs a command over the index.
    pub(crate) fn ask(&self, arguments: &[&str]) -> Ran {
        let mut command = program();
        command.env("XINGLIN_INDEX", self.index()).args(arguments);
        Ran::of(command.output().expect("the program starts"))
    }
}

/// Columns of text on a terminal, counted apart from the program's own code: Han and full-width characters two.
pub(crate) fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| match c as u32 {
            0x300..=0x36f => 0,
            0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff => 2,
            0xfe30..=0xfe6f | 0xff01..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd => 2,
            _ => 1,
        })
        .sum()
}
