//! What a query names: places, specialties, institutions, levels, statuses, programmes, years. Binary searches in the
//! sorted tables, no automaton: microseconds in a cold process.

use std::ops::Range;
use xinglin_text::word_list;

use crate::gazetteer::compile::{SHORT, WEAK};
use crate::gazetteer::lookup::Gazetteer;
use crate::gazetteer::tables::{Names, Tables, Target};
use crate::kinds::{Level, Programme, Status, Tier};
use crate::mention::institution::is_han;
use crate::mention::year::{When, years};
use crate::script::{Unified, unify};
use crate::spoken::numeral::numbered_hospital;

/// A piece of a query and what it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// What it names.
    pub value: T,
    /// Where it stands, in bytes of the query as typed.
    pub span: Range<usize>,
}

/// What a query names, each kind in the order of the query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueryFacts {
    /// Paths; several where one name means several divisions.
    pub regions: Vec<Found<Vec<String>>>,
    /// Canonical names.
    pub specialties: Vec<Found<String>>,
    /// Full names of well-known institutions, others as typed.
    pub institutions: Vec<Found<String>>,
    /// 国家级, 省级, …
    pub levels: Vec<Found<Level>>,
    /// 县域.
    pub tiers: Vec<Found<Tier>>,
    /// 建设项目, 培育专科.
    pub statuses: Vec<Found<Status>>,
    /// 重点专科, 重点学科, 特色专科.
    pub programmes: Vec<Found<Programme>>,
    /// 2023, 2023年.
    pub years: Vec<Found<i32>>,
}

/// The longest name of the tables, in characters.
const LONGEST: usize = 24;

const LEVELS: &[(&str, Level)] = &[
    ("国家级", Level::National),
    ("自治区级", Level::Provincial),
    ("兵团级", Level::Provincial),
    ("省级", Level::Provincial),
    ("市级", Level::Municipal),
    ("州级", Level::Municipal),
    ("盟级", Level::Municipal),
    ("区县级", Level::County),
    ("县级", Level::County),
    ("区级", Level::County),
    ("旗级", Level::County),
];

/// Levels only where a programme's words follow: 国家临床重点专科, but not 国家卫健委.
const LEVELS_BEFORE_PROGRAMMES: &[(&str, Level)] = &[
    ("国家", Level::National),
    ("省", Level::Provincial),
    ("自治区", Level::Provincial),
    ("市", Level::Municipal),
    ("县", Level::County),
];

const PROGRAMMES: &[(&str, Programme)] = &[
    ("重点专科", Programme::KeySpecialty),
    ("重点学科", Programme::KeyDiscipline),
    ("特色专科", Programme::FeaturedSpecialty),
    ("优势专科", Programme::FeaturedSpecialty),
    ("旗舰科室", Programme::FeaturedSpecialty),
];

const STATUSES: &[(&str, Status)] = &[
    ("建设项目", Status::Construction),
    ("建设单位", Status::Construction),
    ("建设专科", Status::Construction),
    ("培育项目", Status::Cultivation),
    ("培育单位", Status::Cultivation),
    ("培育专科", Status::Cultivation),
];

/// Statuses by words that are common ones inside longer texts.
const STATUS_WORDS: &[(&str, Status)] = &[("建设", Status::Construction), ("培育", Status::Cultivation)];

/// Reads a query with the embedded gazetteer; [`Gazetteer::understand`] reads it with another.
///
/// ```
/// let facts = xinglin_entity::understand("陝西 骨科 2023 國家臨床重點專科");
/// assert_eq!(facts.regions[0].value, ["陕西省"]);
/// assert_eq!(facts.specialties[0].value, "骨科");
/// assert_eq!(facts.years[0].value, 2023);
/// assert_eq!(facts.levels[0].value.as_str(), "national");
/// ```
#[must_use]
pub fn understand(query: &str) -> QueryFacts {
    Gazetteer::embedded().understand(query)
}

impl Gazetteer {
    /// What a query names: at each place the longest name; a short name that is a common word only by itself.
    #[must_use]
    pub fn understand(&self, query: &str) -> QueryFacts {
        let unified = unify(query);
        let text = unified.text();
        let mut facts = QueryFacts::default();
        for year in years(text, true) {
            if let When::Year(value) | When::Programme(value) = year.when {
                facts.years.push(Found { value, span: unified.original(year.span.range()) });
            }
        }
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let step = if c.is_ascii_digit() {
                self.numbered(text, at, &unified, &mut facts)
                    .or_else(|| bare_year(text, at, &unified, &mut facts))
            } else {
                self.name_at(text, at, &unified, &mut facts)
            };
            at += step.unwrap_or(c.len_utf8());
        }
        // 培育 is a status only where it is all that a piece says: 培育人才 is none.
        let alone = STATUS_WORDS.iter().find(|(word, _)| text.trim() == *word);
        if let Some((_, value)) = alone {
            facts.statuses.push(Found { value: *value, span: 0..query.len() });
        }
        facts.years.sort_by_key(|found| found.span.start);
        facts.years.dedup_by_key(|found| found.value);
        facts
    }

    /// A hospital that goes by a number: 940医院 is 联勤保障部队第九四〇医院.
    fn numbered(
        &self,
        text: &str,
        at: usize,
        unified: &Unified<'_>,
        facts: &mut QueryFacts,
    ) -> Option<usize> {
        let rest = text.get(at..)?;
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let (length, names) = numbered_hospital(self, rest, before)?;
        let known = names.iter().find_map(|name| self.resolve_institution(name));
        let said = rest.get(..length)?;
        // Of an unknown one the name as it is printed: in characters, as the articles' facts have it.
        let value = known.map_or_else(|| names.iter().find(|name| name.ends_with("医院")), |_| None);
        let value = known.map(|(full, _)| full.to_owned()).or_else(|| value.cloned())?;
        facts.institutions.push(Found { value, span: unified.original(at..at + said.len()) });
        Some(length)
    }

    /// The longest name at a place; its length in bytes.
    fn name_at(&self, text: &str, at: usize, unified: &Unified<'_>, facts: &mut QueryFacts) -> Option<usize> {
        let rest = text.get(at..)?;
        let span = |length: usize| unified.original(at..at + length);
        if let Some(length) = institution(self.tables(), text, at) {
            let name = rest.get(..length)?;
            let value =
                self.resolve_institution(name).map_or_else(|| name.to_owned(), |(full, _)| full.to_owned());
            facts.institutions.push(Found { value, span: span(length) });
            return Some(length);
        }
        let alone = |length: usize| {
            !is_word(text.get(..at).and_then(|head| head.chars().next_back()))
                && !is_word(rest.get(length..).and_then(|tail| tail.chars().next()))
        };
        let specialty = longest(&self.tables().specialty_names, rest, |target, length| {
            target.strength < WEAK || alone(length)
        });
        let region = longest(&self.tables().region_names, rest, |target, length| {
            target.strength <= SHORT || alone(length)
        });
        let word = phrase(rest);
        let best = [
            specialty.map(|(length, _)| length),
            region.map(|(length, _)| length),
            word.map(|(length, _)| length),
        ]
        .into_iter()
        .flatten()
        .max()?;
        if let Some((length, phrase)) = word.filter(|(length, _)| *length == best) {
            phrase.note(span(length), facts);
        } else if let Some((_, target)) = specialty.filter(|(length, _)| *length == best) {
            let row = self.tables().specialties.get(target.row as usize)?;
            facts.specialties.push(Found { value: row.canonical.clone().into_owned(), span: span(best) });
        } else if let Ok(paths) = self.resolve_region(rest.get(..best)?) {
            self.note_region(paths.into_iter().map(str::to_owned).collect(), span(best), facts);
        }
        Some(best)
    }

    /// 陕西省汉中市 is one place, not two: a division within the one right before it takes its place.
    fn note_region(&self, paths: Vec<String>, span: Range<usize>, facts: &mut QueryFacts) {
        if let Some(last) = facts.regions.last_mut().filter(|last| last.span.end == span.start) {
            let within: Vec<String> = paths
                .iter()
                .filter(|path| last.value.iter().any(|above| path.starts_with(&format!("{above}/"))))
                .cloned()
                .collect();
            if !within.is_empty() {
                last.value = within;
                last.span.end = span.end;
                return;
            }
        }
        facts.regions.push(Found { value: paths, span });
    }
}

/// A word of the closed vocabularies.
#[derive(Clone, Copy)]
enum Phrase {
    Level(Level),
    Tier(Tier),
    Status(Status),
    Programme(Programme),
}

impl Phrase {
    fn note(self, span: Range<usize>, facts: &mut QueryFacts) {
        match self {
            Phrase::Level(value) => facts.levels.push(Found { value, span }),
            Phrase::Tier(value) => facts.tiers.push(Found { value, span }),
            Phrase::Status(value) => facts.statuses.push(Found { value, span }),
            Phrase::Programme(value) => facts.programmes.push(Found { value, span }),
        }
    }
}

fn phrase(rest: &str) -> Option<(usize, Phrase)> {
    let begins = |word: &str| rest.starts_with(word);
    if let Some((word, level)) = LEVELS.iter().find(|(word, _)| begins(word)) {
        return Some((word.len(), Phrase::Level(*level)));
    }
    if begins("县域") {
        return Some(("县域".len(), Phrase::Tier(Tier::County)));
    }
    if let Some((word, level)) = LEVELS_BEFORE_PROGRAMMES.iter().find(|(word, _)| begins(word)) {
        let tail = rest.get(word.len()..).unwrap_or_default();
        let leads = word_list!["临床", "医学", "中医", "重点", "特色", "优势"].begin(tail);
        return leads.then_some((word.len(), Phrase::Level(*level)));
    }
    let status = STATUSES
        .iter()
        .find(|(word, _)| begins(word))
        .map(|(word, status)| (word.len(), Phrase::Status(*status)));
    status.or_else(|| {
        PROGRAMMES
            .iter()
            .find(|(word, _)| begins(word))
            .map(|(word, programme)| (word.len(), Phrase::Programme(*programme)))
    })
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| is_han(c) || c.is_alphanumeric())
}

/// The longest name at the head of a text, in bytes, and its first target that fits.
fn longest(names: &Names, rest: &str, fits: impl Fn(&Target, usize) -> bool) -> Option<(usize, Target)> {
    if !names.begins(rest) {
        return None;
    }
    let ends: Vec<usize> = rest.char_indices().take(LONGEST).map(|(at, c)| at + c.len_utf8()).collect();
    ends.into_iter().rev().find_map(|end| {
        let targets = names.find(rest.get(..end)?);
        targets.iter().find(|target| fits(target, end)).map(|target| (end, *target))
    })
}

/// A well-known institution at a place, or a whole word that ends as institutions do.
fn institution(tables: &Tables, text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let known = longest(&tables.institution_names, rest, |_, _| true).map(|(length, _)| length);
    if is_word(text.get(..at).and_then(|head| head.chars().next_back())) {
        return known;
    }
    let word = rest
        .find(|c: char| !is_word(Some(c)) && !matches!(c, '(' | ')'))
        .map_or(rest, |end| rest.get(..end).unwrap_or(rest));
    let ends = word_list!["医院", "卫生院", "保健院", "精神卫生中心"].end(word);
    let named = ends && word.chars().count() >= 4 && word.chars().count() <= LONGEST;
    let pattern = named.then_some(word.len());
    pattern.max(known)
}

/// 2023 by itself.
fn bare_year(text: &str, at: usize, unified: &Unified<'_>, facts: &mut QueryFacts) -> Option<usize> {
    let rest = text.get(at..)?;
    let length = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let value: i32 = rest.get(..length)?.parse().ok()?;
    let decimal = rest.get(length..).is_some_and(|tail| tail.starts_with(['.', '年']));
    let free = text
        .get(..at)
        .and_then(|head| head.chars().next_back())
        .is_none_or(|c| !c.is_ascii_alphabetic() && c != '.');
    if length == 4 && (1949..=2100).contains(&value) && !decimal && free {
        facts.years.push(Found { value, span: unified.original(at..at + length) });
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each fact as `kind:value@piece`.
    fn check(query: &str, expected: &[&str]) {
        let facts = understand(query);
        let piece = |span: &Range<usize>| query.get(span.clone()).unwrap_or("?").to_owned();
        let mut found: Vec<(usize, String)> = Vec::new();
        found.extend(
            facts.regions.iter().map(|fact| {
                (fact.span.start, format!("region:{}@{}", fact.value.join("|"), piece(&fact.span)))
            }),
        );
        found.extend(
            facts
                .specialties
                .iter()
                .map(|fact| (fact.span.start, format!("specialty:{}@{}", fact.value, piece(&fact.span)))),
        );
        found.extend(
            facts
                .institutions
                .iter()
                .map(|fact| (fact.span.start, format!("institution:{}@{}", fact.value, piece(&fact.span)))),
        );
        found.extend(
            facts
                .levels
                .iter()
                .map(|fact| (fact.span.start, format!("level:{}@{}", fact.value, piece(&fact.span)))),
        );
        found.extend(
            facts
                .tiers
                .iter()
                .map(|fact| (fact.span.start, format!("tier:{}@{}", fact.value, piece(&fact.span)))),
        );
        found.extend(
            facts
                .statuses
                .iter()
                .map(|fact| (fact.span.start, format!("status:{}@{}", fact.value, piece(&fact.span)))),
        );
        found.extend(
            facts
                .programmes
                .iter()
                .map(|fact| (fact.span.start, format!("programme:{}@{}", fact.value, piece(&fact.span)))),
        );
        found.extend(
            facts
                .years
                .iter()
                .map(|fact| (fact.span.start, format!("year:{}@{}", fact.value, piece(&fact.span)))),
        );
        found.sort();
        assert_eq!(found.into_iter().map(|(_, fact)| fact).collect::<Vec<_>>(), expected, "{query}");
    }

    #[test]
    fn queries_and_what_they_name() {
        check(
            "陕西 骨科 国家临床重点专科",
            &[
                "region:陕西省@陕西",
                "specialty:骨科@骨科",
                "level:national@国家",
                "programme:key-specialty@重点专科",
            ],
        );
        check("陝西省漢中市 2023", &["region:陕西省/汉中市@陝西省漢中市", "year:2023@2023"]);
        check("心内科", &["specialty:心血管内科@心内科"]);
        check("940医院", &["institution:联勤保障部队第九四〇医院@940医院"]);
        check("301 骨科", &["institution:中国人民解放军总医院@301", "specialty:骨科@骨科"]);
        check("湘雅医院 2019年", &["institution:中南大学湘雅医院@湘雅医院", "year:2019@2019年"]);
        check("安康市中心医院", &["institution:安康市中心医院@安康市中心医院"]);
        check(
            "市级重点学科建设项目",
            &["level:municipal@市级", "programme:key-discipline@重点学科", "status:construction@建设项目"],
        );
        check("县域 省级 康复", &["tier:county@县域", "level:provincial@省级", "specialty:康复医学科@康复"]);
        check("培育", &["status:cultivation@培育"]);
        check("培育人才", &[]);
        check("国家卫健委", &[]);
        check("和平鸽", &[]);
        check("20233", &[]);
        check("", &[]);
    }
}
