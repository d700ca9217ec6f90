//! What the tests of the whole share: the corpus, an index of it, the other script, and seeded choices.

#![allow(dead_code, reason = "each test program uses a part of it")]
#![allow(clippy::expect_used, reason = "a test that cannot set itself up has failed")]

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use serde_json::Value;
use tempfile::TempDir;
use xinglin::{Index, Ingest, IngestReport};

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project's root")
}

/// The bundled corpus.
pub(crate) fn corpus() -> PathBuf {
    root().join("corpus")
}

/// A folder of real pages beside the checkout, and what is true of them; `None`, with a notice, where there is none.
pub(crate) fn seeds() -> Option<(PathBuf, PathBuf)> {
    let shared = root().join("../shared");
    let (pages, gold) = match std::env::var_os("XINGLIN_SEEDS") {
        Some(dir) => (PathBuf::from(&dir), Path::new(&dir).with_extension("jsonl")),
        None => (shared.join("seeds"), shared.join("gold/seeds.jsonl")),
    };
    if pages.is_dir() {
        return Some((pages, gold));
    }
    eprintln!("left out: no folder of real pages at {} (set XINGLIN_SEEDS to one)", pages.display());
    None
}

/// An index in a folder of its own, which goes away with it.
pub(crate) struct Indexed {
    /// The open index.
    pub(crate) index: Index,
    /// What the run that made it said.
    pub(crate) report: IngestReport,
    /// Where it lies.
    pub(crate) dir: TempDir,
}

/// Indexes a folder.
pub(crate) fn index_of(pages: &Path) -> Indexed {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let report = Ingest::into(dir.path().join("idx")).paths([pages]).run().expect("the folder is indexed");
    let index = Index::open(dir.path().join("idx")).expect("the index opens");
    Indexed { index, report, dir }
}

/// The index of the corpus, built once for each test program.
pub(crate) fn indexed_corpus() -> &'static Indexed {
    static CORPUS: OnceLock<Indexed> = OnceLock::new();
    CORPUS.get_or_init(|| index_of(&corpus().join("articles")))
}

/// The objects of a JSON Lines file.
pub(crate) fn json_lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("a file of JSON lines");
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
}

/// A list of strings of a JSON object; empty where the key is absent.
pub(crate) fn strings(object: &Value, key: &str) -> Vec<String> {
    let list = object.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The ways in which a piece is written in the other script.
pub(crate) struct Scripts {
    converters: Vec<OpenCC>,
}

impl Scripts {
    /// OpenCC's conversions from character to character, both directions, China's and Taiwan's forms.
    pub(crate) fn new() -> Scripts {
        let configs = [BuiltinConfig::T2s, BuiltinConfig::S2t, BuiltinConfig::S2tw, BuiltinConfig::Tw2s];
        let open = |config| OpenCC::from_config(config).expect("a built-in conversion");
        Scripts { converters: configs.into_iter().map(open).collect() }
    }

    /// The twins of a piece that differ from it, each once.
    pub(crate) fn twins(&self, piece: &str) -> Vec<String> {
        let mut twins: Vec<String> = Vec::new();
        for converter in &self.converters {
            let twin = converter.convert(piece);
            if twin != piece && !twins.contains(&twin) {
                twins.push(twin);
            }
        }
        twins
    }
}

/// A sequence of choices that is the same in every run (SplitMix64, <https://prng.di.unimi.it/splitmix64.c>).
pub(crate) struct Choices(u64);

impl Choices {
    /// The sequence of a seed.
    pub(crate) fn seeded(seed: u64) -> Choices {
        Choices(seed)
    }

    /// A number below `bound`; 0 where `bound` is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        if bound == 0 { 0 } else { (z % bound as u64) as usize }
    }
}

/// Fails with the list of what went wrong, of which it prints the first forty.
#[track_caller]
pub(crate) fn assert_none(what: &str, failures: &[String]) {
    let shown = failures.iter().take(40).map(String::as_str).collect::<Vec<_>>().join("\n  ");
    assert!(failures.is_empty(), "{} {what}:\n  {shown}", failures.len());
}
