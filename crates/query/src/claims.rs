//! Records as numbers: what the columns alone tell of each, so that a look-up over all of them reads from the store only
//! those that it shows.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, SegmentReader};
use xinglin_index_schema::TitleKey;

use crate::answer::{FacetCount, FacetValue};
use crate::bits::Bits;
use crate::collect::Matches;
use crate::columns::Snapshot;
use crate::facets::terms_of;
use crate::request::{FacetField, Sort};

/// One record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    /// What makes it the same title as another, their years aside.
    title: TitleKey,
    year: Option<i32>,
    /// Days since 1970; `i64::MIN` where undated.
    date: i64,
    key: u64,
    pub(crate) address: DocAddress,
}

impl Claim {
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
    /// Title by title.
    all: Vec<Claim>,
    pub(crate) titles: Vec<Title>,
}

impl Claims {
    /// Reads the records of `found` and puts together what tells of one title.
    pub(crate) fn read(snapshot: &Snapshot, found: &Matches) -> tantivy::Result<Claims> {
        let mut all = Vec::with_capacity(found.len());
        for (ordinal, ((segment, _), docs)) in snapshot.segments().zip(found.segments()).enumerate() {
            let numbers = Numbers::open(segment)?;
            let addresses = docs.iter().map(|doc| DocAddress::new(ordinal as u32, doc));
            all.extend(addresses.map(|address| numbers.claim(address)));
        }
        all.sort_unstable_by_key(|claim: &Claim| (claim.title, claim.address));
        let mut titles = Vec::with_capacity(all.len());
        let mut from = 0;
        for group in all.chunk_by(|a, b| a.title == b.title) {
            let to = from + group.len();
            add_titles((from, to), group, &mut titles);
            from = to;
        }
        Ok(Claims { all, titles })
    }

    /// All records of a title, of whatever year.
    pub(crate) fn tellers(&self, title: &Title) -> &[Claim] {
        self.all.get(title.told.0..title.told.1).unwrap_or_default()
    }

    /// Puts the first few titles first, in order: highest level, then newest, then by place and name; by date: newest news
    /// first. Places and names are read of those titles alone that only they can order.
    pub(crate) fn sort_first(&mut self, snapshot: &Snapshot, few: usize, sort: Sort) -> tantivy::Result<()> {
        let few = few.min(self.titles.len());
        let Some(last) = few.checked_sub(1) else { return Ok(()) };
        let (_, last, _) =
            self.titles.select_nth_unstable_by(last, |a, b| first_order(&a.best, &b.best, sort));
        let last = last.best;
        let reached = |title: &Title| first_order(&title.best, &last, sort) != Ordering::Greater;
        // Titles that stand beside the last are spread over what follows it.
        let mut end = few;
        for at in few..self.titles.len() {
            if self.titles.get(at).is_some_and(reached) {
                self.titles.swap(at, end);
                end += 1;
            }
        }
        let Some(first) = self.titles.get_mut(..end) else { return Ok(()) };
        let addresses = || first.iter().map(|title| title.best.address);
        let regions = ranks(snapshot, "region", addresses())?;
        let institutions = ranks(snapshot, "institution", addresses())?;
        first.sort_unstable_by(|a, b| {
            let by = |ranks: &HashMap<DocAddress, u32>| {
                ranks.get(&a.best.address).cmp(&ranks.get(&b.best.address))
            };
            first_order(&a.best, &b.best, sort)
                .then_with(|| by(&regions))
                .then_with(|| by(&institutions))
                .then_with(|| a.best.key.cmp(&b.best.key))
                .then_with(|| a.best.address.cmp(&b.best.address))
        });
        Ok(())
    }

    /// How many titles there are of each value of a facet.
    pub(crate) fn count(
        &self,
        snapshot: &Snapshot,
        field: FacetField,
        under: Option<&str>,
    ) -> tantivy::Result<Vec<FacetCount>> {
        let mut counts: HashMap<FacetValue, usize> = HashMap::new();
        if field == FacetField::Year {
            for year in self.titles.iter().filter_map(|title| title.year) {
                *counts.entry(FacetValue::Number(year)).or_default() += 1;
            }
        } else {
            // Two titles in a year apart may be told best by one record.
            let mut best: Vec<DocAddress> = self.titles.iter().map(|title| title.best.address).collect();
            best.sort_unstable();
            for values in values(snapshot, field.as_str(), &best)? {
                for (name, count) in values.counts() {
                    let value = if field.is_hierarchical() { child(name, under) } else { Some(name) };
                    if let Some(value) = value {
                        *counts.entry(FacetValue::Text(value.to_owned())).or_default() += count;
                    }
                }
            }
        }
        let mut counts: Vec<FacetCount> =
            counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
        counts.sort_by(|a, b| match field {
            FacetField::Year => a.value.cmp(&b.value),
            _ => b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)),
        });
        Ok(counts)
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

/// The order of titles as far as numbers tell it.
fn first_order(a: &Claim, b: &Claim, sort: Sort) -> Ordering {
    match sort {
        Sort::Date => Reverse(a.date).cmp(&Reverse(b.date)).then(b.year.cmp(&a.year)),
        Sort::Relevance => a.title.level().cmp(&b.title.level()).then(b.year.cmp(&a.year)),
    }
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

/// The numbers that a segment keeps of its records.
struct Numbers {
    titles: Option<Column<u64>>,
    years: Option<Column<i64>>,
    dates: Option<Column<i64>>,
    keys: Column<u64>,
}

impl Numbers {
    fn open(segment: &SegmentReader) -> tantivy::Result<Numbers> {
        let columns = segment.fast_fields();
        Ok(Numbers {
            titles: columns.column_opt("claim")?,
            years: columns.column_opt("year")?,
            dates: columns.column_opt("date")?,
            keys: columns.u64("key")?,
        })
    }

    fn claim(&self, address: DocAddress) -> Claim {
        let doc = address.doc_id;
        let year = self.years.as_ref().and_then(|years| years.first(doc));
        Claim {
            title: TitleKey(self.titles.as_ref().and_then(|titles| titles.first(doc)).unwrap_or_default()),
            year: year.and_then(|year| i32::try_from(year).ok()),
            date: self.dates.as_ref().and_then(|dates| dates.first(doc)).unwrap_or(i64::MIN),
            key: self.keys.first(doc).unwrap_or_default(),
            address,
        }
    }
}

/// What a text column says of some records of one segment.
struct Values {
    /// Each record and its own value's ordinal, or [`NONE`].
    leaves: Vec<(DocAddress, u32)>,
    /// Ordinals in use, in order, and their names.
    used: Vec<u64>,
    names: Vec<String>,
}

/// Where a record has no value.
const NONE: u32 = u32::MAX;

/// What a text column says of some records, segment by segment. Addresses come in order.
fn values(snapshot: &Snapshot, column: &str, addresses: &[DocAddress]) -> tantivy::Result<Vec<Values>> {
    let mut all = Vec::new();
    for here in addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
        let Some(first) = here.first() else { continue };
        let segment = snapshot.searcher.segment_reader(first.segment_ord);
        all.push(Values::read(segment.fast_fields().str(column)?, column, here)?);
    }
    Ok(all)
}

/// Where each record's value stands among all values in use, in their order; nothing for a record without one.
fn ranks(
    snapshot: &Snapshot,
    column: &str,
    addresses: impl Iterator<Item = DocAddress>,
) -> tantivy::Result<HashMap<DocAddress, u32>> {
    let mut addresses: Vec<DocAddress> = addresses.collect();
    addresses.sort_unstable();
    let values = values(snapshot, column, &addresses)?;
    let mut names: Vec<&str> =
        values.iter().flat_map(|values| values.names.iter().map(String::as_str)).collect();
    names.sort_unstable();
    names.dedup();
    let mut ranks = HashMap::with_capacity(addresses.len());
    for values in &values {
        for (address, ordinal) in &values.leaves {
            let name = values.name(*ordinal);
            ranks.extend(name.and_then(|name| Some((*address, names.binary_search(&name).ok()? as u32))));
        }
    }
    Ok(ranks)
}

impl Values {
    fn read(column: Option<StrColumn>, name: &str, addresses: &[DocAddress]) -> tantivy::Result<Values> {
        let mut values = Values { leaves: Vec::new(), used: Vec::new(), names: Vec::new() };
        let Some(column) = &column else { return Ok(values) };
        let terms = terms_of(column, name)? as u32;
        let mut seen = Bits::empty(terms);
        for address in addresses {
            // Paths come with their ancestors first.
            let leaf =
                column.term_ords(address.doc_id).last().and_then(|ordinal| u32::try_from(ordinal).ok());
            leaf.into_iter().for_each(|ordinal| seen.insert(ordinal));
            values.leaves.push((*address, leaf.unwrap_or(NONE)));
        }
        values.used = seen.iter().map(u64::from).collect();
        let mut names = Vec::with_capacity(values.used.len());
        column.dictionary().sorted_ords_to_term_cb(&values.used, |name| {
            names.push(String::from_utf8_lossy(name).into_owned());
        })?;
        values.names = names;
        Ok(values)
    }

    fn name(&self, ordinal: u32) -> Option<&str> {
        let at = self.used.binary_search(&u64::from(ordinal)).ok()?;
        self.names.get(at).map(String::as_str)
    }

    /// How many of the records have each value.
    fn counts(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut counts = vec![0; self.used.len()];
        for (_, ordinal) in &self.leaves {
            let count = self.used.binary_search(&u64::from(*ordinal)).ok();
            if let Some(count) = count.and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
        self.names.iter().map(String::as_str).zip(counts)
    }
}
