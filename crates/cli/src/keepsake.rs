//! What is kept for a person from run to run: saved queries, and which articles of each were seen.
//!
//! It lies in `$XINGLIN_CONFIG`, else in `xinglin` below the user's folder for settings. Files are written beside their place
//! and renamed, so that a crash leaves the old ones.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use serde::{Deserialize, Serialize};
use xinglin::{Filters, SearchRequest, Sort};

/// A query with its filters, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct SavedQuery {
    /// The words.
    pub(crate) query: String,
    /// The index, as a whole path.
    pub(crate) index: PathBuf,
    /// `--region` and so on, by name.
    pub(crate) filters: BTreeMap<String, Vec<String>>,
    /// `--literal`.
    pub(crate) literal: bool,
    /// `--sort date`.
    pub(crate) by_date: bool,
}

impl SavedQuery {
    /// The query of a request to an index.
    pub(crate) fn of(request: &SearchRequest, index: &Path) -> anyhow::Result<SavedQuery> {
        let index = std::path::absolute(index).with_context(|| format!("不能读取 {}", index.display()))?;
        let filters = &request.filters;
        let years = filters.years.iter().map(ToString::to_string).collect();
        let all = [
            ("region", filters.regions.clone()),
            ("specialty", filters.specialties.clone()),
            ("institution", filters.institutions.clone()),
            ("year", years),
            ("level", filters.levels.clone()),
            ("status", filters.statuses.clone()),
            ("programme", filters.programmes.clone()),
            ("tier", filters.tiers.clone()),
        ];
        let named = all.into_iter().filter(|(_, values)| !values.is_empty());
        Ok(SavedQuery {
            query: request.query.clone(),
            index,
            filters: named.map(|(name, values)| (name.to_owned(), values)).collect(),
            literal: request.literal,
            by_date: request.sort == Sort::Date,
        })
    }

    /// The request that it is.
    ///
    /// # Errors
    /// Where a year in the file is none.
    pub(crate) fn request(&self) -> anyhow::Result<SearchRequest> {
        let values = |name: &str| self.filters.get(name).cloned().unwrap_or_default();
        let mut request = SearchRequest::new(self.query.clone()).literal(self.literal);
        request.sort = if self.by_date { Sort::Date } else { Sort::Relevance };
        let years = values("year").iter().map(|year| year.parse()).collect::<Result<Vec<_>, _>>();
        request.filters = Filters {
            regions: values("region"),
            specialties: values("specialty"),
            institutions: values("institution"),
            years: years.map_err(|error| anyhow!("存下的查询里年份不对：{error}"))?,
            levels: values("level"),
            statuses: values("status"),
            programmes: values("programme"),
            tiers: values("tier"),
        };
        Ok(request)
    }

    /// As it could be typed: `骨科 --region 陕西`.
    pub(crate) fn typed(&self) -> String {
        let mut words = Vec::new();
        if !self.query.trim().is_empty() {
            words.push(self.query.clone());
        }
        for (name, values) in &self.filters {
            words.extend(values.iter().map(|value| format!("--{name} {value}")));
        }
        words.extend(self.literal.then(|| "--literal".to_owned()));
        words.extend(self.by_date.then(|| "--sort date".to_owned()));
        words.join(" ")
    }
}

/// The folder in which things are kept.
pub(crate) struct Keepsakes {
    dir: PathBuf,
}

impl Keepsakes {
    /// The user's folder.
    ///
    /// # Errors
    /// Where the environment names no home.
    pub(crate) fn open() -> anyhow::Result<Keepsakes> {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let settings = || {
            let usual = set("XDG_CONFIG_HOME").filter(|dir| dir.is_absolute()).or_else(|| set("APPDATA"));
            usual.or_else(|| set("HOME").map(|home| home.join(".config"))).map(|dir| dir.join("xinglin"))
        };
        match set("XINGLIN_CONFIG").or_else(settings) {
            Some(dir) => Ok(Keepsakes { dir }),
            None => bail!("找不到存放设置的文件夹，请设环境变量 XINGLIN_CONFIG"),
        }
    }

    /// All saved queries by name.
    ///
    /// # Errors
    /// Where the file is there and cannot be read.
    pub(crate) fn queries(&self) -> anyhow::Result<BTreeMap<String, SavedQuery>> {
        read(&self.dir.join("saved.json"))
    }

    /// The saved query of that name.
    ///
    /// # Errors
    /// Where there is none, naming those that there are.
    pub(crate) fn query(&self, name: &str) -> anyhow::Result<SavedQuery> {
        let mut queries = self.queries()?;
        let Some(query) = queries.remove(name) else {
            let known: Vec<String> = queries.into_keys().take(20).collect();
            let remedy = if known.is_empty() {
                "用 xinglin search … --save 名称 存一个".to_owned()
            } else {
                format!("已存的有：{}", known.join("、"))
            };
            bail!("没有存下名为“{name}”的查询。{remedy}");
        };
        Ok(query)
    }

    /// Saves a query under a name, in the place of one of that name; gives back whether there was one. Another query under an
    /// old name begins anew: nothing of it was seen.
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub(crate) fn save(&self, name: &str, query: SavedQuery) -> anyhow::Result<bool> {
        let mut queries = self.queries()?;
        let before = queries.insert(name.to_owned(), query.clone());
        write(&self.dir.join("saved.json"), &queries)?;
        if before.as_ref().is_some_and(|before| *before != query) {
            self.forget(name)?;
        }
        Ok(before.is_some())
    }

    /// Removes a saved query.
    ///
    /// # Errors
    /// Where there is none, or the folder cannot be written to.
    pub(crate) fn remove(&self, name: &str) -> anyhow::Result<()> {
        self.query(name)?;
        let mut queries = self.queries()?;
        queries.remove(name);
        write(&self.dir.join("saved.json"), &queries)?;
        self.forget(name)
    }

    /// The marks of the articles that were seen of a saved query.
    ///
    /// # Errors
    /// Where the file is there and cannot be read.
    pub(crate) fn seen(&self, name: &str) -> anyhow::Result<BTreeSet<String>> {
        read(&self.seen_file(name))
    }

    /// Remembers what was seen.
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub(crate) fn remember(&self, name: &str, seen: &BTreeSet<String>) -> anyhow::Result<()> {
        write(&self.seen_file(name), seen)
    }

    fn forget(&self, name: &str) -> anyhow::Result<()> {
        let file = self.seen_file(name);
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("不能删除 {}", file.display()))
            }
            _ => Ok(()),
        }
    }

    /// Names may hold what file names may not, so the file is called by the name's bytes.
    fn seen_file(&self, name: &str) -> PathBuf {
        let hex: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
        let short: String = if hex.len() > 160 { format!("{:016x}", mark(&[name])) } else { hex };
        self.dir.join("seen").join(format!("{short}.json"))
    }
}

/// A number for texts that stays the same from version to version (FNV-1a, 64 bits).
pub(crate) fn mark(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

fn read<T: Default + for<'de> Deserialize<'de>>(file: &Path) -> anyhow::Result<T> {
    match std::fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .with_context(|| format!("{} 读不懂，请改正或删去它", file.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(T::default()),
        Err(error) => Err(error).with_context(|| format!("不能读取 {}", file.display())),
    }
}

fn write(file: &Path, value: &impl Serialize) -> anyhow::Result<()> {
    let told = || format!("不能写 {}", file.display());
    let dir = file.parent().with_context(told)?;
    std::fs::create_dir_all(dir).with_context(told)?;
    let beside = file.with_extension(format!("{}.tmp", std::process::id()));
    let bytes = serde_json::to_vec_pretty(value)?;
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, file));
    if written.is_err() {
        // what could not be put in its place is of no use to anybody
        let _ = std::fs::remove_file(&beside);
    }
    written.with_context(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_the_same_after_saving() {
        let dir = tempfile::tempdir().unwrap();
        let keepsakes = Keepsakes { dir: dir.path().join("a/b") };
        let request = SearchRequest::new("骨科 \"重点\"")
            .region("陕西")
            .year("2019..2023".parse().unwrap())
            .literal(true);
        let saved = SavedQuery::of(&request, Path::new("/idx")).unwrap();
        assert!(!keepsakes.save("陕西/骨科", saved.clone()).unwrap());
        let again = keepsakes.query("陕西/骨科").unwrap();
        assert_eq!(again, saved);
        let back = again.request().unwrap();
        assert_eq!((&back.query, &back.filters, back.literal), (&request.query, &request.filters, true));
        assert_eq!(saved.typed(), "骨科 \"重点\" --region 陕西 --year 2019..2023 --literal");
        assert!(keepsakes.query("别的").unwrap_err().to_string().contains("陕西/骨科"));
        keepsakes.remember("陕西/骨科", &BTreeSet::from(["1".to_owned()])).unwrap();
        assert_eq!(keepsakes.seen("陕西/骨科").unwrap().len(), 1);
        keepsakes.save("陕西/骨科", SavedQuery::default()).unwrap();
        assert!(keepsakes.seen("陕西/骨科").unwrap().is_empty(), "another query begins anew");
        keepsakes.remove("陕西/骨科").unwrap();
        assert!(keepsakes.queries().unwrap().is_empty());
    }

    #[test]
    fn marks_tell_texts_apart() {
        assert_ne!(mark(&["ab", "c"]), mark(&["a", "bc"]));
        assert_eq!(mark(&["a"]), mark(&["a"]));
    }
}
