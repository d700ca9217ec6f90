//! Every file of an index cut short and with bytes changed: what is asked is answered rightly, or refused with the file's
//! name; and what is answered wrongly, `check` knows to be damaged.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use xinglin::{ErrorKind, FacetField, FacetRequest, Index, RecordRequest, SearchRequest};

use crate::{Choices, long_rounds, program};

/// A small index that has everything in it: text and line files, records, a deleted article, two segments.
fn make(dir: &Path) -> PathBuf {
    let (news, index) = (dir.join("news"), dir.join("idx"));
    fs::create_dir(&news).expect("a folder");
    let run = || {
        let status =
            program().arg("index").arg(&news).arg("--index").arg(&index).output().expect("it starts");
        assert!(status.status.success(), "{status:?}");
    };
    for (n, place) in ["汉中市中心医院", "安康市中心医院", "荆州市中心医院"].iter().enumerate()
    {
        let text = format!(
            "{place}骨科获批省级临床重点专科\n\n发布时间:2023-05-0{}\n\n近日，{place}骨科获批省级临床重点专科。\n",
            n + 1
        );
        fs::write(news.join(format!("{n}.txt")), text).expect("a file");
    }
    run();
    let line = "{\"id\": 1, \"title\": \"神经内科开诊\", \"text\": \"神經內科今日開診，CT 128 排。\"}\n";
    fs::write(news.join("lines.jsonl"), line).expect("a file");
    fs::remove_file(news.join("1.txt")).expect("a file");
    run();
    index
}

/// What an index says to a set of questions.
fn answers(dir: &Path) -> Result<Value, xinglin::Error> {
    let index = Index::open(dir)?;
    let mut all = Vec::new();
    for query in ["", "骨科", "神经内科", "汉中 骨科 省级", "\"今日开诊\"", "128", "没有这个"]
    {
        let answer =
            index.search(&SearchRequest::new(query).facet(FacetField::Region).facet(FacetField::Year))?;
        let told = serde_json::to_value(&answer).expect("JSON");
        all.push(json!({ "hits": told["hits"], "total": told["total"], "facets": told["facets"] }));
        for hit in &answer.hits {
            match index.article(&hit.id) {
                Ok(article) => all.push(serde_json::to_value(article).expect("JSON")),
                Err(error) if matches!(error.kind(), ErrorKind::NotFound { .. }) => all.push(Value::Null),
                Err(error) => return Err(error),
            }
        }
    }
    let fields = [FacetField::Region, FacetField::Specialty, FacetField::Institution, FacetField::Level];
    for field in fields {
        all.push(serde_json::to_value(index.facets(&FacetRequest::new("").by(field))?).expect("JSON"));
    }
    all.push(serde_json::to_value(index.records(&RecordRequest::new("骨科"))?).expect("JSON"));
    let stats = index.stats()?;
    all.push(json!([stats.articles, stats.records, stats.years, stats.created, stats.updated, stats.format]));
    Ok(Value::Array(all))
}

/// Every file of the index with its bytes.
fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.insert(path.clone(), fs::read(path).expect("bytes"));
            }
        }
    }
    all
}

/// How the damage shows.
#[derive(Debug, Default)]
struct Outcomes {
    unharmed: u32,
    refused: u32,
    told_by_check: u32,
}

struct Scene {
    dir: tempfile::TempDir,
    index: PathBuf,
    right: Value,
    outcomes: Outcomes,
    failures: Vec<String>,
}

impl Scene {
    fn new() -> Scene {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let index = make(dir.path());
        let right = answers(&index).expect("answers");
        assert_eq!(answers(&index).expect("answers"), right, "answers do not change by themselves");
        assert!(xinglin::check(&index).expect("an index").ok);
        Scene { dir, index, right, outcomes: Outcomes::default(), failures: Vec::new() }
    }

    /// Damages a file, asks, and puts it back.
    fn with(&mut self, path: &Path, whole: &[u8], damaged: Option<&[u8]>, what: &str) {
        match damaged {
            Some(bytes) => fs::write(path, bytes).expect("written"),
            None => fs::remove_file(path).expect("removed"),
        }
        let what = format!("{} {what}", path.strip_prefix(self.dir.path()).expect("below").display());
        match answers(&self.index) {
            Ok(given) if given == self.right => self.outcomes.unharmed += 1,
            Ok(_) => match xinglin::check(&self.index) {
                Ok(report) if report.ok => self.failures.push(format!("{what}: wrong, and check is content")),
                _ => self.outcomes.told_by_check += 1,
            },
            Err(error) => self.refusal(path, &error, &what),
        }
        fs::write(path, whole).expect("written");
    }

    fn refusal(&mut self, path: &Path, error: &xinglin::Error, what: &str) {
        self.outcomes.refused += 1;
        let kinds = [ErrorKind::Damaged, ErrorKind::WrongVersion, ErrorKind::NotAnIndex];
        if !kinds.contains(error.kind()) {
            self.failures.push(format!("{what}: {:?} {error}", error.kind()));
        }
        let name = path.file_name().expect("a name").to_string_lossy();
        if !error.to_string().contains(&*name) {
            self.failures.push(format!("{what}: its name is missing in {error}"));
        }
        if xinglin::check(&self.index).is_ok_and(|report| report.ok) {
            self.failures.push(format!("{what}: refused ({error}), and check is content"));
        }
    }
}

/// Damages every file at some places, more of them with more `effort`.
fn damage_everything(effort: u64, seed: u64) {
    let mut scene = Scene::new();
    let mut choices = Choices::seeded(seed);
    for (path, whole) in files(&scene.index) {
        let length = whole.len();
        scene.with(&path, &whole, None, "removed");
        for cut in [0, 1, length / 4, length / 2, length * 3 / 4, length.saturating_sub(1)] {
            if cut < length {
                scene.with(&path, &whole, Some(&whole[..cut]), &format!("cut at {cut}"));
            }
        }
        for _ in 0..effort.min(length as u64 * 8) {
            let (at, bit) = (choices.below(length as u64) as usize, choices.below(8));
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << bit;
            scene.with(&path, &whole, Some(&flipped), &format!("byte {at} bit {bit}"));
        }
    }
    println!("{:?}", scene.outcomes);
    assert_eq!(answers(&scene.index).expect("answers"), scene.right);
    let shown = scene.failures.iter().take(40).map(String::as_str).collect::<Vec<_>>().join("\n  ");
    assert!(scene.failures.is_empty(), "{} damages go wrong:\n  {shown}", scene.failures.len());
}

#[test]
fn damage_is_refused_or_known_to_check() {
    damage_everything(20, 1);
}

#[test]
#[ignore = "minutes; XINGLIN_ROUNDS says how many bytes of each file are changed"]
fn much_damage_is_refused_or_known_to_check() {
    damage_everything(long_rounds(2000), 2);
}
