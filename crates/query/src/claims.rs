//! Records as numbers: what the columns alone tell of each, so that a look-up over all of them reads from the store only
//! those that it shows.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, SegmentReader};
use xinglin_index_schema::TitleKey;

use crate::answer::{FacetCount, FacetValue};
use crate::bits::Bits;
use crate::columns::Snapshot;
use crate::facets::terms_of;
use crate::matches::Matches;
use crate::request::{FacetField, Sort};

/// One record, and what makes it the same title as another, their years aside. Title by title when sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    title: TitleKey,
    pub(crate) address: DocAddress,
}

/// What the columns say of one record.
#[derive(Clone, Copy, Debug)]
struct Claim {
    year: Option<i32>,
    /// Days since 1970; `i64::MIN` where undated.
    date: i64,
    key: u64,
    address: DocAddress,
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
    /// 0 is the highest.
    level: u8,
    /// The record that tells it best.
    best: Claim,
    /// All records of the title, of whatever year: where they lie among [`Claims::all`].
    told: (usize, usize),
    /// Where its place and its holder stand among those of other titles, once they were asked for; 0 where it has none.
    region: u32,
    institution: u32,
}

/// Records that were looked up.
pub(crate) struct Claims {
    /// Title by title.
    all: Vec<Told>,
    pub(crate) titles: Vec<Title>,
}

impl Claims {
    /// Reads the records of `found` and puts together what tells of one title.
    pub(crate) fn read(snapshot: &Snapshot, found: &Matches) -> tantivy::Result<Claims> {
        let mut all = Vec::with_capacity(found.len());
        let mut columns = Vec::new();
        for (ordinal, ((segment, _), docs)) in snapshot.segments().zip(found.segments()).enumerate() {
            let of_segment = Columns::open(segment)?;
            all.extend(docs.iter().map(|doc| Told {
                title: of_segment.title(doc),
                address: DocAddress::new(ordinal as u32, doc),
            }));
            columns.push(of_segment);
        }
        all.sort_unstable();
        let mut titles = Vec::with_capacity(all.len());
        let mut claims: Vec<Claim> = Vec::new();
        let mut from = 0;
        for group in all.chunk_by(|a, b| a.title == b.title) {
            let Some(first) = group.first() else { continue };
            let of_group = group.iter().filter_map(|told| {
                columns.get(told.address.segment_ord as usize).map(|columns| columns.claim(told.address))
            });
            claims.clear();
            claims.extend(of_group);
            let to = from + group.len();
            add_titles((from, to), first.title.level(), &claims, &mut titles);
            from = to;
        }
        Ok(Claims { all, titles })
    }

    /// All records of a title, of whatever year.
    pub(crate) fn tellers(&self, title: &Title) -> &[Told] {
        self.all.get(title.told.0..title.told.1).unwrap_or_default()
    }

    /// Puts the first few titles first, in order: highest level, then newest, then by place and name; by date: newest news
    /// first. Places and names are read of those titles alone that only they can order.
    pub(crate) fn sort_first(&mut self, snapshot: &Snapshot, few: usize, sort: Sort) -> tantivy::Result<()> {
        let few = few.min(self.titles.len());
        let end = bring_forward(&mut self.titles, few, sort);
        let reached = self.titles.get_mut(..end).unwrap_or_default();
        rank(snapshot, "region", reached, |title| &mut title.region)?;
        let end = bring_forward(reached, few, sort);
        let reached = reached.get_mut(..end).unwrap_or_default();
        rank(snapshot, "institution", reached, |title| &mut title.institution)?;
        reached.sort_unstable_by(|a, b| {
            order(a, b, sort)
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
fn add_titles(told: (usize, usize), level: u8, claims: &[Claim], titles: &mut Vec<Title>) {
    let first = titles.len();
    let dated = claims.iter().any(|claim| claim.year.is_some());
    for claim in claims.iter().filter(|claim| claim.year.is_some() || !dated) {
        match titles.iter_mut().skip(first).find(|title| title.year == claim.year) {
            Some(title) if claim.teller() < title.best.teller() => title.best = *claim,
            Some(_) => {}
            None => {
                titles.push(Title { year: claim.year, level, best: *claim, told, region: 0, institution: 0 });
            }
        }
    }
}

/// The order of titles as far as is known of them.
fn order(a: &Title, b: &Title, sort: Sort) -> Ordering {
    let first = match sort {
        Sort::Date => Reverse(a.best.date).cmp(&Reverse(b.best.date)).then(b.year.cmp(&a.year)),
        Sort::Relevance => a.level.cmp(&b.level).then(b.year.cmp(&a.year)),
    };
    first.then(a.region.cmp(&b.region)).then(a.institution.cmp(&b.institution))
}

/// Brings the first few titles forward, and all that stand beside the last of them; returns how many those are.
fn bring_forward(titles: &mut [Title], few: usize, sort: Sort) -> usize {
    let Some(last) = few.checked_sub(1).filter(|last| *last < titles.len()) else {
        return few.min(titles.len());
    };
    let (_, last, rest) = titles.select_nth_unstable_by(last, |a, b| order(a, b, sort));
    let mut beside = 0;
    for at in 0..rest.len() {
        if rest.get(at).is_some_and(|title| order(title, last, sort) == Ordering::Equal) {
            rest.swap(at, beside);
            beside += 1;
        }
    }
    few + beside
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
struct Columns {
    titles: Option<Column<u64>>,
    years: Option<Column<i64>>,
    dates: Option<Column<i64>>,
    keys: Column<u64>,
}

impl Columns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Columns> {
        let columns = segment.fast_fields();
        Ok(Columns {
            titles: columns.column_opt("claim")?,
            years: columns.column_opt("year")?,
            dates: columns.column_opt("date")?,
            keys: columns.u64("key")?,
        })
    }

    fn title(&self, doc: DocId) -> TitleKey {
        TitleKey(self.titles.as_ref().and_then(|titles| titles.first(doc)).unwrap_or_default())
    }

    fn claim(&self, address: DocAddress) -> Claim {
        let doc = address.doc_id;
        let year = self.years.as_ref().and_then(|years| years.first(doc));
        Claim {
            year: year.and_then(|year| i32::try_from(year).ok()),
            date: self.dates.as_ref().and_then(|dates| dates.first(doc)).unwrap_or(i64::MIN),
            key: self.keys.first(doc).unwrap_or_default(),
            address,
        }
    }
}

/// What a text column says of some records of one segment.
struct Values {
    /// Each record's own value's ordinal, or [`NONE`].
    leaves: Vec<u32>,
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

/// Says of each title where its value in a column stands among those of all of them.
fn rank(
    snapshot: &Snapshot,
    column: &str,
    titles: &mut [Title],
    place: impl Fn(&mut Title) -> &mut u32,
) -> tantivy::Result<()> {
    let mut order: Vec<(DocAddress, usize)> =
        titles.iter().map(|title| title.best.address).zip(0..).collect();
    order.sort_unstable();
    let addresses: Vec<DocAddress> = order.iter().map(|(address, _)| *address).collect();
    let values = values(snapshot, column, &addresses)?;
    let mut names: Vec<&str> =
        values.iter().flat_map(|values| values.names.iter().map(String::as_str)).collect();
    names.sort_unstable();
    names.dedup();
    let mut titled = order.iter().map(|(_, title)| *title);
    for values in &values {
        let known = |name: &String| names.binary_search(&name.as_str()).map_or(0, |at| at as u32 + 1);
        let ranks: Vec<u32> = values.names.iter().map(known).collect();
        for (ordinal, title) in values.leaves.iter().zip(&mut titled) {
            let rank = values.place(*ordinal).and_then(|at| ranks.get(at));
            if let Some(title) = titles.get_mut(title) {
                *place(title) = rank.copied().unwrap_or_default();
            }
        }
    }
    Ok(())
}

impl Values {
    fn read(column: Option<StrColumn>, name: &str, addresses: &[DocAddress]) -> tantivy::Result<Values> {
        let mut values = Values { leaves: Vec::new(), used: Vec::new(), names: Vec::new() };
        let Some(column) = &column else {
            values.leaves = vec![NONE; addresses.len()];
            return Ok(values);
        };
        let terms = terms_of(column, name)? as u32;
        let mut seen = Bits::empty(terms);
        for address in addresses {
            // Paths come with their ancestors first.
            let leaf = column.term_ords(address.doc_id).last();
            // Damaged bytes can point behind the last name.
            let leaf =
                leaf.and_then(|ordinal| u32::try_from(ordinal).ok()).filter(|ordinal| *ordinal < terms);
            leaf.into_iter().for_each(|ordinal| seen.insert(ordinal));
            values.leaves.push(leaf.unwrap_or(NONE));
        }
        values.used = seen.iter().map(u64::from).collect();
        let mut names = Vec::with_capacity(values.used.len());
        column.dictionary().sorted_ords_to_term_cb(&values.used, |name| {
            names.push(String::from_utf8_lossy(name).into_owned());
        })?;
        values.names = names;
        Ok(values)
    }

    /// Where the name of an ordinal stands among the names.
    fn place(&self, ordinal: u32) -> Option<usize> {
        self.used.binary_search(&u64::from(ordinal)).ok()
    }

    /// How many of the records have each value.
    fn counts(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut counts = vec![0; self.used.len()];
        for ordinal in &self.leaves {
            if let Some(count) = self.place(*ordinal).and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
        self.names.iter().map(String::as_str).zip(counts)
    }
}
