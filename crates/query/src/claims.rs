//! Records as numbers: what the columns alone tell of each, so that a look-up over all of them reads from the store only
//! those that it shows.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, SegmentReader};

use crate::answer::{FacetCount, FacetValue};
use crate::bits::Bits;
use crate::collect::Matches;
use crate::columns::Snapshot;
use crate::facets::terms_of;
use crate::request::{FacetField, Sort};

/// The text columns of a record.
const COLUMNS: [&str; 6] = ["institution", "specialty", "programme", "level", "status", "region"];
const INSTITUTION: usize = 0;
const SPECIALTY: usize = 1;
const LEVEL: usize = 3;
const STATUS: usize = 4;
const REGION: usize = 5;
/// What makes two records the same title, their years aside: all of the columns but the region.
const TITLE: usize = 5;
/// Where a record has no value.
const NONE: u32 = u32::MAX;

/// One record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    /// Places of its values among the [`Names`] of each column.
    values: [u32; COLUMNS.len()],
    year: Option<i32>,
    /// Days since 1970; `i64::MIN` where undated.
    date: i64,
    key: u64,
    pub(crate) address: DocAddress,
}

impl Claim {
    /// What makes it the same title as another, their years aside.
    fn title(&self) -> &[u32] {
        self.values.get(..TITLE).unwrap_or_default()
    }

    /// Who tells it best: dated before undated, then the earliest: who announces knows best.
    fn teller(&self) -> (bool, i64, u64, DocAddress) {
        (self.date == i64::MIN, self.date, self.key, self.address)
    }
}

/// A title in a year, told by one record or several.
#[derive(Debug)]
pub(crate) struct Title {
    /// Its year, `None` where no record dates it.
    pub(crate) year: Option<i32>,
    /// The record that tells it best.
    best: Claim,
    /// All records of the title, of whatever year: where they lie among [`Claims::all`].
    told: (usize, usize),
}

/// Records that were looked up.
pub(crate) struct Claims {
    names: [Vec<String>; COLUMNS.len()],
    /// Title by title.
    all: Vec<Claim>,
    pub(crate) titles: Vec<Title>,
}

impl Claims {
    /// Reads the records of `found` and puts together what tells of one title.
    pub(crate) fn read(snapshot: &Snapshot, found: &Matches) -> tantivy::Result<Claims> {
        let mut columns = Vec::new();
        for ((segment, _), docs) in snapshot.segments().zip(found.segments()) {
            columns.push(Columns::open(segment, docs)?);
        }
        let mut names: [Vec<String>; COLUMNS.len()] = Default::default();
        for (at, names) in names.iter_mut().enumerate() {
            let of_segments = columns.iter().filter_map(|columns| columns.text.get(at));
            of_segments.for_each(|column| names.extend(column.names.iter().cloned()));
            // One sorted run a segment, which this sort puts together as runs.
            names.sort();
            names.dedup();
        }
        let mut all = Vec::with_capacity(found.len());
        for (ordinal, (columns, docs)) in columns.iter().zip(found.segments()).enumerate() {
            let ranks = columns.ranks(&names);
            let addresses = docs.iter().map(|doc| DocAddress::new(ordinal as u32, doc));
            all.extend(addresses.enumerate().map(|(place, address)| columns.claim(place, address, &ranks)));
        }
        all.sort_unstable_by(|a: &Claim, b| a.title().cmp(b.title()).then(a.address.cmp(&b.address)));
        let mut titles = Vec::with_capacity(all.len());
        let mut from = 0;
        for group in all.chunk_by(|a, b| a.title() == b.title()) {
            let to = from + group.len();
            add_titles((from, to), group, &mut titles);
            from = to;
        }
        Ok(Claims { names, all, titles })
    }

    /// All records of a title, of whatever year.
    pub(crate) fn tellers(&self, title: &Title) -> &[Claim] {
        self.all.get(title.told.0..title.told.1).unwrap_or_default()
    }

    /// Puts the first few titles first, in order: highest level, then newest, then by place and name; by date: newest news first.
    pub(crate) fn sort_first(&mut self, few: usize, sort: Sort) {
        let names = &self.names;
        let levels: Vec<u8> = names[LEVEL].iter().map(|level| rank(level)).collect();
        let order = |a: &Title, b: &Title| order(&levels, a, b, sort);
        if few < self.titles.len() {
            self.titles.select_nth_unstable_by(few, order);
        }
        let few = few.min(self.titles.len());
        if let Some(first) = self.titles.get_mut(..few) {
            first.sort_unstable_by(order);
        }
    }

    /// How many titles there are of each value of a facet.
    pub(crate) fn count(&self, field: FacetField, under: Option<&str>) -> Vec<FacetCount> {
        let mut counts: HashMap<FacetValue, usize> = HashMap::new();
        if field == FacetField::Year {
            for year in self.titles.iter().filter_map(|title| title.year) {
                *counts.entry(FacetValue::Number(year)).or_default() += 1;
            }
        } else {
            let mut by_place: HashMap<u32, usize> = HashMap::new();
            let column = column_of(field);
            for title in &self.titles {
                *by_place.entry(title.best.values[column]).or_default() += 1;
            }
            for (place, count) in by_place {
                let name = self.names[column].get(place as usize);
                let value = name.and_then(|name| {
                    if field.is_hierarchical() { child(name, under) } else { Some(name.as_str()) }
                });
                if let Some(value) = value {
                    *counts.entry(FacetValue::Text(value.to_owned())).or_default() += count;
                }
            }
        }
        let mut counts: Vec<FacetCount> =
            counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
        counts.sort_by(|a, b| match field {
            FacetField::Year => a.value.cmp(&b.value),
            _ => b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)),
        });
        counts
    }
}

fn column_of(field: FacetField) -> usize {
    match field {
        FacetField::Institution => INSTITUTION,
        FacetField::Specialty => SPECIALTY,
        FacetField::Level => LEVEL,
        FacetField::Status => STATUS,
        FacetField::Region | FacetField::Year => REGION,
    }
}

/// Adds one title a year; undated records join the dated ones.
fn add_titles(told: (usize, usize), claims: &[Claim], titles: &mut Vec<Title>) {
    let first = titles.len();
    let dated = claims.iter().any(|claim| claim.year.is_some());
    for claim in claims.iter().filter(|claim| claim.year.is_some() || !dated) {
        match titles.iter_mut().skip(first).find(|title| title.year == claim.year) {
            Some(title) if claim.teller() < title.best.teller() => title.best = *claim,
            Some(_) => {}
            None => titles.push(Title { year: claim.year, best: *claim, told }),
        }
    }
}

/// Which level stands first.
fn rank(level: &str) -> u8 {
    match level {
        "national" => 0,
        "provincial" => 1,
        "municipal" => 2,
        _ => 3,
    }
}

fn order(levels: &[u8], a: &Title, b: &Title, sort: Sort) -> Ordering {
    let level = |title: &Title| levels.get(title.best.values[LEVEL] as usize).copied().unwrap_or(u8::MAX);
    let place = |title: &Title, column: usize| title.best.values[column].wrapping_add(1);
    let first = match sort {
        Sort::Date => Reverse(a.best.date).cmp(&Reverse(b.best.date)).then(b.year.cmp(&a.year)),
        Sort::Relevance => level(a).cmp(&level(b)).then(b.year.cmp(&a.year)),
    };
    first
        .then_with(|| place(a, REGION).cmp(&place(b, REGION)))
        .then_with(|| place(a, INSTITUTION).cmp(&place(b, INSTITUTION)))
        .then_with(|| a.best.key.cmp(&b.best.key))
        .then_with(|| a.best.address.cmp(&b.best.address))
}

/// The child of `under` (or the top level) on the way to `path`.
fn child<'a>(path: &'a str, under: Option<&str>) -> Option<&'a str> {
    let start = match under {
        None => 0,
        Some(parent) => path.strip_prefix(parent)?.strip_prefix('/').map(|_| parent.len() + 1)?,
    };
    let end = path[start..].find('/').map_or(path.len(), |at| start + at);
    Some(&path[..end])
}

/// The columns of one segment.
struct Columns {
    text: Vec<Text>,
    years: Option<Column<i64>>,
    dates: Option<Column<i64>>,
    keys: Column<u64>,
}

/// What is used of one text column.
struct Text {
    /// Of each document its own value's ordinal, or [`NONE`].
    leaves: Vec<u32>,
    /// Ordinals in use, in order, and their names.
    used: Vec<u64>,
    names: Vec<String>,
}

impl Columns {
    fn open(segment: &SegmentReader, docs: &Bits) -> tantivy::Result<Columns> {
        let columns = segment.fast_fields();
        let text = COLUMNS.iter().map(|name| Text::open(columns.str(name)?, name, docs));
        Ok(Columns {
            text: text.collect::<Result<_, _>>()?,
            years: columns.column_opt("year")?,
            dates: columns.column_opt("date")?,
            keys: columns.u64("key")?,
        })
    }

    /// For each text column the place of each used ordinal among all names.
    fn ranks(&self, names: &[Vec<String>; COLUMNS.len()]) -> Vec<Vec<u32>> {
        self.text
            .iter()
            .zip(names)
            .map(|(text, names)| {
                let most = text.used.last().map_or(0, |last| *last as usize + 1);
                let mut ranks = vec![NONE; most];
                // Both are sorted, and all of these are among those.
                let mut known = names.iter().zip(0..);
                for (ordinal, name) in text.used.iter().zip(&text.names) {
                    if let (Some((_, place)), Some(rank)) =
                        (known.find(|(known, _)| *known == name), ranks.get_mut(*ordinal as usize))
                    {
                        *rank = place;
                    }
                }
                ranks
            })
            .collect()
    }

    /// The claim of the record at an address, the `place`th of those that were opened.
    fn claim(&self, place: usize, address: DocAddress, ranks: &[Vec<u32>]) -> Claim {
        let doc = address.doc_id;
        let mut values = [NONE; COLUMNS.len()];
        for ((value, text), ranks) in values.iter_mut().zip(&self.text).zip(ranks) {
            if let Some(ordinal) = text.leaves.get(place) {
                *value = ranks.get(*ordinal as usize).copied().unwrap_or(NONE);
            }
        }
        let years = self.years.as_ref().and_then(|years| years.first(doc));
        Claim {
            values,
            year: years.and_then(|year| i32::try_from(year).ok()),
            date: self.dates.as_ref().and_then(|dates| dates.first(doc)).unwrap_or(i64::MIN),
            key: self.keys.first(doc).unwrap_or_default(),
            address,
        }
    }
}

impl Text {
    fn open(column: Option<StrColumn>, name: &str, docs: &Bits) -> tantivy::Result<Text> {
        let mut text = Text { leaves: Vec::new(), used: Vec::new(), names: Vec::new() };
        let Some(column) = &column else { return Ok(text) };
        let mut seen = vec![false; terms_of(column, name)?];
        for doc in docs.iter() {
            // Paths come with their ancestors first.
            let leaf = column.term_ords(doc).last();
            let seen = leaf.and_then(|ordinal| seen.get_mut(ordinal as usize));
            text.leaves.push(if seen.is_some() { leaf.unwrap_or_default() as u32 } else { NONE });
            seen.into_iter().for_each(|seen| *seen = true);
        }
        text.used = seen
            .into_iter()
            .enumerate()
            .filter(|(_, seen)| *seen)
            .map(|(ordinal, _)| ordinal as u64)
            .collect();
        let mut names = Vec::with_capacity(text.used.len());
        column.dictionary().sorted_ords_to_term_cb(&text.used, |name| {
            names.push(match std::str::from_utf8(name) {
                Ok(name) => name.to_owned(),
                Err(_) => String::from_utf8_lossy(name).into_owned(),
            });
        })?;
        text.names = names;
        Ok(text)
    }
}
