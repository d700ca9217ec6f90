//! Names as people say them: 市一院, 江西省人医, 940医院, 三甲, 规培. What is printed is longer, and a literal search for what
//! was said would pass it by.
//!
//! A table (`data/spoken.tsv`, extensible by a user's folder) holds what has to be known; [`hospital`] reads what follows
//! from how hospitals are named.

mod hospital;
pub(crate) mod numeral;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use crate::gazetteer::folder::Error;
use crate::gazetteer::lookup::Gazetteer;
use crate::mention::institution::is_han;
use crate::script::unify;

/// The table's file in a folder of gazetteers.
pub(crate) const FILE: &str = "spoken.tsv";
/// Most printed names that are given for one that was said.
const MOST_NAMES: usize = 16;
/// The longest entry of the table that is looked for, in characters.
const LONGEST: usize = 16;

/// A stretch of a query and how it may be printed instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// Where it stands, in bytes of the query as typed.
    pub span: Range<usize>,
    /// Whole phrases, likeliest first.
    pub names: Vec<String>,
    /// Full names of the well-known institutions that it may mean; several where only a place could tell.
    pub institutions: Vec<String>,
}

/// The table of names: as said → as printed, and back.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sayings {
    printed: BTreeMap<String, Vec<String>>,
}

static EMBEDDED: LazyLock<Sayings> = LazyLock::new(|| {
    let mut sayings = Sayings::default();
    // A test holds that every line of the embedded file is of its form.
    let _ = sayings.read(include_str!("../../data/spoken.tsv"));
    sayings
});

impl Sayings {
    /// The table that is compiled in.
    pub(crate) fn embedded() -> &'static Sayings {
        &EMBEDDED
    }

    /// The embedded table with a user's lines after it (or, where the file begins with `# replace`, in its place); `None`
    /// where the folder has no such file.
    pub(crate) fn load(folder: &Path) -> Result<Option<Sayings>, Error> {
        let path = folder.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(Error::Unreadable { path, source }),
        };
        let text = text.trim_start_matches('\u{feff}');
        let replaces = text.lines().next().is_some_and(|line| line.trim() == "# replace");
        let mut sayings = if replaces { Sayings::default() } else { Sayings::embedded().clone() };
        sayings.read(text).map_err(|(line, complaint)| Error::BadLine { path, line, complaint })?;
        Ok(Some(sayings))
    }

    /// Adds a file's lines; `Err` says line and complaint.
    pub(crate) fn read(&mut self, text: &str) -> Result<(), (usize, String)> {
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut cells = line.trim_end_matches('\r').split('\t').map(str::trim);
            let (Some(said), Some(printed), None) = (cells.next(), cells.next(), cells.next()) else {
                return Err((number + 1, "expected: as said, as printed (|-separated)".to_owned()));
            };
            for name in printed.split('|').filter(|name| !name.is_empty()) {
                self.add(said, name);
                self.add(name, said);
            }
        }
        Ok(())
    }

    fn add(&mut self, from: &str, to: &str) {
        let known = self.printed.entry(key(from)).or_default();
        // 核磁 would find nothing but what 核磁共振 says, and more besides.
        if !from.contains(to) && !known.iter().any(|name| name == to) {
            known.push(to.to_owned());
        }
    }

    /// The longest entry at the head of a text: its length in bytes and what is printed.
    fn at(&self, rest: &str) -> Option<(usize, &[String])> {
        let ends: Vec<usize> = rest.char_indices().take(LONGEST).map(|(at, c)| at + c.len_utf8()).collect();
        ends.into_iter().rev().find_map(|end| {
            let names = self.printed.get(&key(rest.get(..end)?))?;
            let cut = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let (last, next) = (rest.get(..end)?.chars().next_back(), rest.get(end..)?.chars().next());
            (!(cut(last) && cut(next))).then_some((end, names.as_slice()))
        })
    }
}

fn key(name: &str) -> String {
    name.to_ascii_lowercase()
}

impl Gazetteer {
    /// The names in a query that may be printed otherwise than they were said, left to right, none inside another.
    ///
    /// ```
    /// let sayings = xinglin_entity::Gazetteer::embedded().sayings("喀什一院 三甲");
    /// assert!(sayings[0].names.contains(&"喀什地区第一人民医院".to_owned()));
    /// assert_eq!(sayings[1].names, ["三级甲等"]);
    /// ```
    #[must_use]
    pub fn sayings(&self, query: &str) -> Vec<Saying> {
        let unified = unify(query);
        let text = unified.text();
        let mut found: Vec<Saying> = Vec::new();
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            match self.saying_at(text, at) {
                Some((length, mut names, institutions)) => {
                    names.truncate(MOST_NAMES);
                    if !names.is_empty() {
                        found.push(Saying { span: unified.original(at..at + length), names, institutions });
                    }
                    at += length;
                }
                None => at += c.len_utf8(),
            }
        }
        found
    }

    /// The longest way to read a name at a place: its length, what is printed, and the institutions it may mean.
    fn saying_at(&self, text: &str, at: usize) -> Option<(usize, Vec<String>, Vec<String>)> {
        let rest = text.get(at..)?;
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let mut best: Option<(usize, Vec<String>, Vec<String>)> = None;
        let mut offer = |length: usize, names: Vec<String>, institutions: Vec<String>| {
            if best.as_ref().is_none_or(|(known, ..)| length > *known) {
                best = Some((length, names, institutions));
            }
        };
        if let Some((length, names)) = self.institution_said(rest) {
            let full = names.first().cloned().into_iter().collect();
            let said = rest.get(..length).unwrap_or_default();
            offer(length, names.into_iter().filter(|name| name != said).collect(), full);
        }
        if !before.is_some_and(|c| c.is_ascii_alphanumeric())
            && let Some((length, names)) = self.spoken().at(rest)
        {
            let institutions: Vec<String> = names
                .iter()
                .filter_map(|name| self.resolve_institution(name))
                .map(|(full, _)| full.to_owned())
                .collect();
            // 核磁 inside 核磁共振 says no more than the whole does.
            let whole = names.iter().find(|name| name.len() > length && rest.starts_with(name.as_str()));
            match whole {
                Some(whole) => offer(whole.len(), Vec::new(), institutions),
                None => offer(length, names.to_vec(), institutions),
            }
        }
        if let Some((length, names)) = numeral::numbered_hospital(self, rest, before) {
            offer(length, names, Vec::new());
        }
        if let Some((length, names)) = hospital::read(self, rest, before) {
            offer(length, names, Vec::new());
        }
        best
    }

    /// A well-known institution at the head of a text: its length, and its names, the full one first.
    fn institution_said(&self, rest: &str) -> Option<(usize, Vec<String>)> {
        let names = &self.tables().institution_names;
        if !names.begins(rest) {
            return None;
        }
        let ends: Vec<usize> = rest.char_indices().take(24).map(|(at, c)| at + c.len_utf8()).collect();
        let (end, target) = ends.into_iter().rev().find_map(|end| {
            let target = names.find(rest.get(..end)?).first()?;
            Some((end, target.row))
        })?;
        let full = self.tables().institutions.get(target as usize)?.full.to_string();
        let others = names
            .iter()
            .filter(|row| row.targets.first().is_some_and(|other| other.row == target))
            .map(|row| row.name.to_string())
            .filter(|name| *name != full);
        let all: Vec<String> = std::iter::once(full.clone()).chain(others).collect();
        Some((end, all))
    }
}

/// Whether a character may belong to the word that ends before it.
fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| is_han(c) || c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(query: &str) -> Vec<(String, Vec<String>)> {
        let sayings = Gazetteer::embedded().sayings(query);
        sayings
            .into_iter()
            .map(|found| (query.get(found.span).unwrap_or_default().to_owned(), found.names))
            .collect()
    }

    /// What does not hold of a table of query, what was said in it, and one printed form.
    fn wrong(table: &[(&str, &str, &str)]) -> Vec<String> {
        let mut wrong = Vec::new();
        for (query, said, printed) in table {
            let found = names(query);
            let holds =
                found.iter().any(|(span, names)| span == said && names.iter().any(|name| name == printed));
            if !holds {
                wrong.push(format!("{query}: {said} → {printed}, found {found:?}"));
            }
        }
        wrong
    }

    #[test]
    fn the_embedded_table_is_of_its_form() {
        let mut sayings = Sayings::default();
        assert_eq!(sayings.read(include_str!("../../data/spoken.tsv")), Ok(()));
        assert!(sayings.printed.len() > 150);
        assert_eq!(
            sayings.read("一\t二\t三"),
            Err((1, "expected: as said, as printed (|-separated)".to_owned()))
        );
    }

    #[test]
    fn hospitals_by_number_and_kind() {
        let none: [String; 0] = [];
        let wrong = wrong(&[
            ("喀什一院", "喀什一院", "喀什地区第一人民医院"),
            ("阜阳市二院", "阜阳市二院", "阜阳市第二人民医院"),
            ("唐山五院", "唐山五院", "唐山市第五医院"),
            ("凉山州一院", "凉山州一院", "凉山彝族自治州第一人民医院"),
            ("市一院心内科", "市一院", "市第一人民医院"),
            ("市一医院", "市一医院", "市第一医院"),
            ("江西省人医", "江西省人医", "江西省人民医院"),
            ("广西人医", "广西人医", "广西壮族自治区人民医院"),
            ("省医", "省医", "省人民医院"),
            ("省立", "省立", "省立医院"),
            ("安徽省立", "安徽省立", "安徽省立医院"),
            ("邓州人医 普外", "邓州人医", "邓州市人民医院"),
            ("贵阳妇幼", "贵阳妇幼", "贵阳市妇幼保健院"),
            ("长治市中医院", "长治市中医院", "长治市中医医院"),
            ("太和县中医医院", "太和县中医医院", "太和县中医院"),
            ("天津四中心", "天津四中心", "天津市第四中心医院"),
            ("荆州中心医院", "荆州中心医院", "荆州市中心医院"),
            ("溫醫大附五院", "溫醫大附五院", "温州医科大学附属第五医院"),
            ("广西医科大一附院", "广西医科大一附院", "广西医科大学第一附属医院"),
            ("附二", "附二", "第二附属医院"),
        ]);
        assert_eq!(wrong, none);
    }

    #[test]
    fn numbers_and_well_known_names() {
        let none: [String; 0] = [];
        let wrong = wrong(&[
            ("940医院", "940医院", "第九四〇医院"),
            ("九四零医院", "九四零医院", "第九四〇医院"),
            ("第940医院", "第940医院", "第九四〇医院"),
            ("940 血液科", "940", "第九四〇医院"),
            ("301医院", "301医院", "中国人民解放军总医院"),
            ("301 骨科", "301", "解放军总医院"),
            ("3201医院", "3201医院", "三二〇一医院"),
            ("天津市第1中心医院", "天津市第1中心医院", "天津市第一中心医院"),
            ("柳州第1附属医院", "柳州第1附属医院", "柳州市第一附属医院"),
            ("第1人民医院", "第1人民医院", "第一人民医院"),
            ("北大医院", "北大医院", "北京大学第一医院"),
            ("协和", "协和", "北京协和医院"),
            ("三甲", "三甲", "三级甲等"),
            ("ecmo团队", "ecmo", "体外膜肺氧合"),
            ("體外膜肺氧合", "體外膜肺氧合", "ECMO"),
        ]);
        assert_eq!(wrong, none);
    }

    #[test]
    fn what_says_nothing_else_stays() {
        for query in [
            "骨科",
            "医院",
            "人民",
            "核磁共振检查",
            "一院长",
            "2023",
            "12320",
            "ctx",
            "",
            "，。",
            "城市医院长廊",
        ] {
            assert_eq!(names(query), [], "{query}");
        }
    }
}
