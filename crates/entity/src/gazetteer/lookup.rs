//! Look-ups for a process that only searches: no automaton, no start-up work, binary searches in static tables.

use std::path::Path;

use super::compile::{FULL, WEAK};
use super::folder::{self, Error};
use super::tables::{Names, Tables};
use crate::spoken::Sayings;

/// A name that no gazetteer knows, with the nearest ones that it does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no {what} is called “{name}”{}", offer(nearest))]
pub struct Unknown {
    /// The name as given.
    pub name: String,
    /// `region` or `specialty`.
    pub what: &'static str,
    /// Names near it, best first; may be empty.
    pub nearest: Vec<String>,
}

fn offer(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!("; did you mean {}?", nearest.join(", ")) }
}

/// Names of places, specialties and institutions, for look-up.
///
/// [`Gazetteer::embedded`] costs nothing; [`Gazetteer::load`] reads a user's folder.
#[derive(Debug, Clone)]
pub struct Gazetteer {
    tables: std::borrow::Cow<'static, Tables>,
    spoken: Option<Sayings>,
}

impl Gazetteer {
    /// The gazetteer that is compiled in.
    #[must_use]
    pub fn embedded() -> Self {
        Gazetteer { tables: std::borrow::Cow::Borrowed(Tables::embedded()), spoken: None }
    }

    /// The embedded gazetteer extended (or, where a file begins with `# replace`, replaced) by the files of a folder.
    ///
    /// # Errors
    /// Where the folder or a file in it cannot be read, or a line is not of its file's form.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let tables = folder::load(folder)?;
        Ok(Gazetteer { tables: std::borrow::Cow::Owned(tables), spoken: Sayings::load(folder)? })
    }

    /// Names as people say them.
    pub(crate) fn spoken(&self) -> &Sayings {
        self.spoken.as_ref().unwrap_or_else(|| Sayings::embedded())
    }

    pub(crate) fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The paths a place may mean, from a name (`陕西`, `汉中`, Traditional too) or a path (`陕西省/汉中市`, `陕西/汉中`).
    ///
    /// Several paths come back only where the name alone does not say which (鼓楼区); full names win over short ones,
    /// then the higher division wins (吉林 is the province).
    ///
    /// # Errors
    /// [`Unknown`] with the nearest names.
    pub fn resolve_region(&self, name: &str) -> Result<Vec<&str>, Unknown> {
        let plain = crate::script::unify(name.trim());
        let plain = plain.text().trim_matches('/').to_owned();
        let mut rows: Vec<u32> = Vec::new();
        for (depth, segment) in plain.split('/').enumerate() {
            let found = self.regions_named(segment.trim(), depth > 0);
            rows = if depth == 0 {
                if plain.contains('/') { self.all_named(segment.trim()) } else { found }
            } else {
                found
                    .into_iter()
                    .filter(|&row| rows.iter().any(|&above| self.tables.within(row, above)))
                    .collect()
            };
        }
        if rows.is_empty() {
            rows = self.regions_run_together(&plain);
        }
        let paths: Vec<&str> =
            rows.iter().filter_map(|&row| self.tables.region(row)).map(|region| region.path).collect();
        if paths.is_empty() {
            return Err(Unknown {
                name: name.to_owned(),
                what: "region",
                nearest: nearest(&self.tables.region_names, &plain),
            });
        }
        Ok(paths)
    }

    /// 陕西省汉中市, 南京鼓楼区: names written one after the other, each within the one before.
    fn regions_run_together(&self, plain: &str) -> Vec<u32> {
        let mut rest = plain;
        let mut rows: Vec<u32> = Vec::new();
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
            let step = ends.into_iter().find_map(|end| {
                let name = rest.get(..end)?;
                let found: Vec<u32> = self
                    .all_named(name)
                    .into_iter()
                    .filter(|&row| {
                        rows.is_empty()
                            || rows.iter().any(|&above| row != above && self.tables.within(row, above))
                    })
                    .collect();
                (!found.is_empty()).then_some((end, found))
            });
            let Some((end, found)) = step else { return Vec::new() };
            rows = found;
            rest = rest.get(end..).unwrap_or_default();
        }
        rows
    }

    fn all_named(&self, name: &str) -> Vec<u32> {
        self.tables.region_names.find(name).iter().map(|target| target.row).collect()
    }

    fn regions_named(&self, name: &str, below: bool) -> Vec<u32> {
        let targets = self.tables.region_names.find(name);
        if below {
            return targets.iter().map(|target| target.row).collect();
        }
        let best = targets.iter().map(|target| (target.strength, self.rank(target.row))).min();
        let Some((strength, rank)) = best else { return Vec::new() };
        targets
            .iter()
            .filter(|target| {
                target.strength == strength && (strength == FULL || self.rank(target.row) == rank)
            })
            .map(|target| target.row)
            .collect()
    }

    fn rank(&self, row: u32) -> u8 {
        self.tables.region(row).map_or(u8::MAX, |region| region.rank)
    }

    /// Everything above a path, nearest first: 陕西省 for 陕西省/汉中市.
    pub fn region_ancestors<'a>(&self, path: &'a str) -> impl Iterator<Item = &'a str> + use<'a> {
        let mut rest = path;
        std::iter::from_fn(move || {
            rest = rest.rsplit_once('/')?.0;
            Some(rest)
        })
    }

    /// The canonical specialty of a name or alias (`心内科` → `心血管内科`), Traditional too.
    ///
    /// # Errors
    /// [`Unknown`] with the nearest names.
    pub fn resolve_specialty(&self, name: &str) -> Result<&str, Unknown> {
        let unified = crate::script::unify(name.trim());
        let plain = unified.text();
        self.tables
            .specialty_names
            .find(plain)
            .first()
            .and_then(|target| self.tables.specialties.get(target.row as usize))
            .map(|row| row.canonical.as_ref())
            .ok_or_else(|| Unknown {
                name: name.to_owned(),
                what: "specialty",
                nearest: nearest(&self.tables.specialty_names, plain),
            })
    }

    /// The facet path of a canonical specialty: `外科/骨科`; a first-level row and an unknown name are their own path.
    #[must_use]
    pub fn specialty_path(&self, canonical: &str) -> String {
        match self.tables.specialties.iter().find(|row| row.canonical == canonical) {
            Some(row) if row.parent != "-" => format!("{}/{}", row.parent, row.canonical),
            _ => canonical.to_owned(),
        }
    }

    /// The rows whose parent is `canonical`.
    pub fn specialty_children<'a>(&'a self, canonical: &'a str) -> impl Iterator<Item = &'a str> {
        self.tables
            .specialties
            .iter()
            .filter(move |row| row.parent == canonical)
            .map(|row| row.canonical.as_ref())
    }

    /// Every name of a canonical specialty, itself among them, in order; 皮肤病专科, which says no more than 皮肤病科, is none.
    pub fn specialty_names<'a>(&'a self, canonical: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let row = self.tables.specialties.iter().position(|row| row.canonical == canonical);
        let names = &self.tables.specialty_names;
        let shorter = |name: &str| Some(format!("{}病科", name.strip_suffix("病专科")?));
        names
            .iter()
            .filter(move |name| name.targets.iter().any(|target| Some(target.row as usize) == row))
            .map(|name| name.name)
            .filter(move |name| shorter(name).is_none_or(|shorter| names.find(&shorter).is_empty()))
    }

    /// A number that changes when the embedded data do: facts read under another one may differ.
    #[must_use]
    pub fn fingerprint() -> u64 {
        Tables::embedded_fingerprint()
    }

    /// The same of a person's own folder, without the embedded data.
    ///
    /// # Errors
    /// Where one of its files cannot be read.
    pub fn fingerprint_of(folder: &std::path::Path) -> Result<u64, crate::Error> {
        super::folder::fingerprint(folder)
    }

    /// The full name and the place of a well-known institution, by full or short name: 湘雅医院 → 中南大学湘雅医院.
    #[must_use]
    pub fn resolve_institution(&self, name: &str) -> Option<(&str, &str)> {
        let unified = crate::script::unify(name.trim());
        let target = self.tables.institution_names.find(unified.text()).first()?;
        let row = self.tables.institutions.get(target.row as usize)?;
        Some((row.full.as_ref(), row.path.as_ref()))
    }
}

/// Up to five names nearest to `name`: by shared characters and their order, longest agreement first.
fn nearest(names: &Names, name: &str) -> Vec<String> {
    let wanted: Vec<char> = name.chars().take(16).collect();
    let mut scored: Vec<(usize, usize, &str)> = names
        .iter()
        .filter(|row| row.targets.iter().any(|target| target.strength < WEAK))
        .filter_map(|row| {
            let distance = edit_distance(&wanted, row.name);
            let length = wanted.len().max(row.name.chars().count());
            (distance * 2 <= length && distance > 0).then_some((distance, length, row.name))
        })
        .collect();
    scored.sort_unstable();
    scored.into_iter().take(5).map(|(_, _, name)| name.to_owned()).collect()
}

/// Levenshtein's distance in characters.
fn edit_distance(left: &[char], right: &str) -> usize {
    let mut row: Vec<usize> = (0..=left.len()).collect();
    for (i, r) in right.chars().enumerate() {
        let mut diagonal = i;
        let mut above_left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (cell, l) in row.iter_mut().skip(1).zip(left) {
            let above = *cell;
            *cell = (diagonal + usize::from(*l != r)).min(above + 1).min(above_left + 1);
            diagonal = above;
            above_left = *cell;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(name: &str, expected: &[&str]) {
        assert_eq!(Gazetteer::embedded().resolve_region(name).unwrap_or_default(), expected, "{name}");
    }

    #[test]
    fn specialties_by_every_name_that_says_more() {
        let gazetteer = Gazetteer::embedded();
        let names: Vec<&str> = gazetteer.specialty_names("皮肤科").collect();
        assert!(names.contains(&"皮肤科") && names.contains(&"皮肤性病科"), "{names:?}");
        assert!(!names.iter().any(|name| name.ends_with("病专科")), "{names:?}");
        assert_eq!(gazetteer.resolve_specialty("皮肤性病专科"), Ok("皮肤科"));
    }

    #[test]
    fn regions_by_every_name() {
        regions("陕西", &["陕西省"]);
        regions("陝西省", &["陕西省"]);
        regions("汉中", &["陕西省/汉中市"]);
        regions("陕西省/汉中市", &["陕西省/汉中市"]);
        regions("陕西/汉中", &["陕西省/汉中市"]);
        regions("吉林", &["吉林省"]);
        regions("吉林市", &["吉林省/吉林市"]);
        regions("大理", &["云南省/大理白族自治州"]);
        regions("襄樊", &["湖北省/襄阳市"]);
        regions("南京鼓楼区", &["江苏省/南京市/鼓楼区"]);
        regions("内蒙", &["内蒙古自治区"]);
        assert_eq!(Gazetteer::embedded().resolve_region("鼓楼区").map(|paths| paths.len()), Ok(4));
    }

    #[test]
    fn an_unknown_name_offers_the_nearest() {
        let unknown = Gazetteer::embedded().resolve_region("汉中是").unwrap_err();
        assert!(unknown.nearest.iter().any(|name| name == "汉中市"), "{unknown}");
        let unknown = Gazetteer::embedded().resolve_specialty("心血官内科").unwrap_err();
        assert_eq!(unknown.nearest.first().map(String::as_str), Some("心血管内科"));
    }

    #[test]
    fn specialties_and_their_paths() {
        let gazetteer = Gazetteer::embedded();
        assert_eq!(gazetteer.resolve_specialty("心内科"), Ok("心血管内科"));
        assert_eq!(gazetteer.resolve_specialty("神經內科"), Ok("神经内科"));
        assert_eq!(gazetteer.specialty_path("骨科"), "外科/骨科");
        assert_eq!(gazetteer.specialty_path("内科"), "内科");
        assert!(gazetteer.specialty_children("外科").any(|child| child == "骨科"));
        assert_eq!(
            gazetteer.region_ancestors("陕西省/汉中市/略阳县").collect::<Vec<_>>(),
            ["陕西省/汉中市", "陕西省"]
        );
        assert_eq!(gazetteer.resolve_institution("湘雅医院").map(|(name, _)| name), Some("中南大学湘雅医院"));
    }
}
