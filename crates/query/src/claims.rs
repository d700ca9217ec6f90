//! Records as numbers: what the columns alone tell of each, so that a look-up over all of them reads from the store only
//! those that it shows.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, SegmentReader, TantivyError};
use xinglin_index_schema::TitleKey;

use crate::answer::{FacetCount, FacetValue};
use crate::bits::Bits;
use crate::columns::Snapshot;
use crate::matches::Matches;
use crate::ranks::{ranks, values};
use crate::request::{FacetField, Sort};
use crate::values::{for_each_value, values_among};

/// One record, and what makes it the same title as another, their years aside. A look-up may have some hundred thousand, so they are
/// small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Told {
    title: TitleKey,
    /// Its document, numbered through all segments.
    number: u32,
    year: Option<i16>,
}

/// A title in a year, told by one record or several.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Title {
    /// Its year, `None` where no record dates it.
    year: Option<i16>,
    /// 0 is the highest.
    level: u8,
    /// All records of the title, of whatever year: where they lie among the claims.
    told: (u32, u32),
}

impl Title {
    pub(crate) fn year(&self) -> Option<i32> {
        self.year.map(i32::from)
    }
}

/// The record that tells a title best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Best {
    undated: bool,
    /// Days since 1970; `i64::MIN` where undated.
    date: i64,
    key: u64,
    address: DocAddress,
}

/// A title that may come first, with what only such ones are asked for.
#[derive(Clone, Copy)]
struct Ranked {
    title: Title,
    best: Best,
    /// Where its place and its holder stand among those of other titles; 0 where it has none, or before they were asked for.
    region: u32,
    institution: u32,
}

/// Records that were looked up.
pub(crate) struct Claims {
    /// Title by title.
    all: Vec<Told>,
    pub(crate) titles: Vec<Title>,
    columns: Vec<Columns>,
}

impl Claims {
    /// Reads the records of `found` and puts together what tells of one title.
    pub(crate) fn read(snapshot: &Snapshot, found: &Matches) -> tantivy::Result<Claims> {
        let mut all = Vec::with_capacity(found.len());
        let mut columns = Vec::new();
        let mut first = 0u32;
        for ((segment, known), docs) in snapshot.segments().zip(found.segments()) {
            let of_segment = Columns::open(segment, first)?;
            of_segment.tell(docs, known.listed_records(segment)?, &mut all);
            columns.push(of_segment);
            let next = first.checked_add(segment.max_doc());
            first = next.ok_or_else(|| {
                TantivyError::InvalidArgument("more than four thousand million documents".to_owned())
            })?;
        }
        let all = grouped(all);
        let mut titles = Vec::with_capacity(all.len());
        let mut from = 0;
        for group in all.chunk_by(|a, b| a.title == b.title) {
            let to = from + group.len() as u32;
            add_titles((from, to), group, &mut titles);
            from = to;
        }
        Ok(Claims { all, titles, columns })
    }

    /// All records of a title, of whatever year.
    pub(crate) fn tellers(&self, title: &Title) -> impl Iterator<Item = DocAddress> {
        self.told(title).iter().filter_map(|told| Some(self.columns_of(told)?.address(told.number)))
    }

    fn told(&self, title: &Title) -> &[Told] {
        self.all.get(title.told.0 as usize..title.told.1 as usize).unwrap_or_default()
    }

    /// The columns of the segment in which a record lies.
    fn columns_of(&self, told: &Told) -> Option<Place<'_>> {
        let behind = self.columns.partition_point(|columns| columns.first <= told.number);
        let ordinal = behind.checked_sub(1)?;
        Some(Place { ordinal: ordinal as u32, columns: self.columns.get(ordinal)? })
    }

    /// Puts the first few titles first, in order: highest level, then newest, then by place and name; by date: newest news
    /// first. What only some of them can be ordered by is read of those alone.
    pub(crate) fn sort_first(&mut self, snapshot: &Snapshot, few: usize, sort: Sort) -> tantivy::Result<()> {
        let few = few.min(self.titles.len());
        let end = match sort {
            Sort::Relevance => bring_forward(&mut self.titles, few, highest_first),
            Sort::Date => self.titles.len(),
        };
        let mut reached = Vec::with_capacity(end);
        for title in self.titles.iter().take(end) {
            let Some(best) = self.best(title) else { continue };
            reached.push(Ranked { title: *title, best, region: 0, institution: 0 });
        }
        let order = |a: &Ranked, b: &Ranked| order(a, b, sort);
        let end = bring_forward(&mut reached, few, order);
        let near = reached.get_mut(..end).unwrap_or_default();
        let regions = ranks(snapshot, "region", near.iter().map(|title| title.best.address))?;
        near.iter_mut().zip(regions).for_each(|(title, rank)| title.region = rank);
        let end = bring_forward(near, few, order);
        let near = near.get_mut(..end).unwrap_or_default();
        let names = ranks(snapshot, "institution", near.iter().map(|title| title.best.address))?;
        near.iter_mut().zip(names).for_each(|(title, rank)| title.institution = rank);
        near.sort_unstable_by(|a, b| {
            let told = |title: &Ranked| (title.best.key, title.best.address);
            order(a, b).then_with(|| told(a).cmp(&told(b)))
        });
        self.titles.iter_mut().zip(&reached).for_each(|(title, ranked)| *title = ranked.title);
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
            for year in self.titles.iter().filter_map(Title::year) {
                *counts.entry(FacetValue::Number(year)).or_default() += 1;
            }
        } else {
            // Two titles in a year apart may be told best by one record.
            let mut best: Vec<DocAddress> =
                self.titles.iter().filter_map(|title| self.best_address(title)).collect();
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

    /// The record that tells a title best: dated before undated, then the earliest; who announces knows best.
    fn best(&self, title: &Title) -> Option<Best> {
        self.of_its_year(title).filter_map(|told| Some(self.columns_of(told)?.best(told.number))).min()
    }

    fn best_address(&self, title: &Title) -> Option<DocAddress> {
        let mut told = self.of_its_year(title);
        match (told.next(), told.next()) {
            (Some(only), None) => Some(self.columns_of(only)?.address(only.number)),
            _ => self.best(title).map(|best| best.address),
        }
    }

    fn of_its_year(&self, title: &Title) -> impl Iterator<Item = &Told> {
        self.told(title).iter().filter(|told| told.year == title.year)
    }
}

/// Puts together the records of the same title, those of each in the order in which they came. Titles' keys are hashes behind
/// their levels, so a count of how they begin sorts them but for a few that lie beside one another.
fn grouped(all: Vec<Told>) -> Vec<Told> {
    let Some(bits) = (all.len() as u32).checked_ilog2() else { return all };
    let place = |told: &Told| (told.title.0 >> (u64::BITS - 1 - bits)) as usize;
    let mut starts = vec![0u32; (2 << bits) + 1];
    for told in &all {
        starts[place(told) + 1] += 1;
    }
    let mut before = 0;
    for start in &mut starts {
        before += *start;
        *start = before;
    }
    let mut sorted = all.clone();
    for told in &all {
        let start = &mut starts[place(told)];
        sorted[*start as usize] = *told;
        *start += 1;
    }
    // Nearly in order: this is one pass of insertions.
    for at in 1..sorted.len() {
        let mut to = at;
        while to > 0 && sorted[to - 1].title > sorted[to].title {
            sorted.swap(to - 1, to);
            to -= 1;
        }
    }
    sorted
}

/// Adds one title a year; undated records join the dated ones.
fn add_titles(told: (u32, u32), group: &[Told], titles: &mut Vec<Title>) {
    if let [only] = group {
        titles.push(Title { year: only.year, level: only.title.level(), told });
        return;
    }
    let first = titles.len();
    let dated = group.iter().any(|told| told.year.is_some());
    for Told { title, year, .. } in group.iter().filter(|told| told.year.is_some() || !dated) {
        if titles[first..].iter().all(|known| known.year != *year) {
            titles.push(Title { year: *year, level: title.level(), told });
        }
    }
}

fn highest_first(a: &Title, b: &Title) -> Ordering {
    a.level.cmp(&b.level).then(b.year.cmp(&a.year))
}

/// The order of titles as far as is known of them.
fn order(a: &Ranked, b: &Ranked, sort: Sort) -> Ordering {
    let first = match sort {
        Sort::Date => Reverse(a.best.date).cmp(&Reverse(b.best.date)).then(b.title.year.cmp(&a.title.year)),
        Sort::Relevance => highest_first(&a.title, &b.title),
    };
    first.then(a.region.cmp(&b.region)).then(a.institution.cmp(&b.institution))
}

/// Brings the first few forward, and all that stand beside the last of them; returns how many those are.
fn bring_forward<T>(all: &mut [T], few: usize, order: impl Fn(&T, &T) -> Ordering) -> usize {
    let Some(last) = few.checked_sub(1).filter(|last| *last < all.len()) else {
        return few.min(all.len());
    };
    let (_, last, rest) = all.select_nth_unstable_by(last, &order);
    let mut beside = 0;
    for at in 0..rest.len() {
        if rest.get(at).is_some_and(|one| order(one, last) == Ordering::Equal) {
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
    /// The number of its first document through all segments.
    first: u32,
    titles: Option<Column<u64>>,
    years: Option<Column<i64>>,
    dates: Option<Column<i64>>,
    keys: Column<u64>,
}

impl Columns {
    fn open(segment: &SegmentReader, first: u32) -> tantivy::Result<Columns> {
        let columns = segment.fast_fields();
        Ok(Columns {
            first,
            titles: columns.column_opt("claim")?,
            years: columns.column_opt("year")?,
            dates: columns.column_opt("date")?,
            keys: columns.u64("key")?,
        })
    }

    /// What some of the records of the segment tell, in order.
    fn tell(&self, docs: &Bits, records: &Bits, told: &mut Vec<Told>) {
        let first = told.len();
        let record =
            |doc: DocId, title| Told { title: TitleKey(title), number: self.first + doc, year: None };
        match &self.titles {
            Some(titles) => {
                let titles = values_among(titles, docs, records);
                told.extend(docs.iter().zip(titles).map(|(doc, title)| record(doc, title)));
            }
            None => told.extend(docs.iter().map(|doc| record(doc, 0))),
        }
        let Some(years) = &self.years else { return };
        let told = told.get_mut(first..).unwrap_or_default();
        let mut at = 0;
        for_each_value(years, docs.iter(), |doc, year| {
            at += told[at..].iter().take_while(|told| told.number < self.first + doc).count();
            if let Some(told) = told.get_mut(at) {
                told.year = i16::try_from(year).ok();
            }
        });
    }
}

/// A segment and its columns.
struct Place<'a> {
    ordinal: u32,
    columns: &'a Columns,
}

impl Place<'_> {
    fn address(&self, number: u32) -> DocAddress {
        DocAddress::new(self.ordinal, number - self.columns.first)
    }

    fn best(&self, number: u32) -> Best {
        let address = self.address(number);
        let date = self.columns.dates.as_ref().and_then(|dates| dates.first(address.doc_id));
        let key = self.columns.keys.first(address.doc_id).unwrap_or_default();
        Best { undated: date.is_none(), date: date.unwrap_or(i64::MIN), key, address }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_one_title_come_together_in_their_order() {
        let mut seed = 7u64;
        let mut random = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            seed >> 20
        };
        for count in [0, 1, 2, 3, 100, 5_000] {
            let told = |number| Told {
                // Few different ones of two levels, some that differ in their last bits alone.
                title: TitleKey(((random() % 2) << 62) | ((random() % 50) << 40) | (random() % 3)),
                number,
                year: None,
            };
            let all: Vec<Told> = (0..count).map(told).collect();
            let mut expected = all.clone();
            expected.sort_by_key(|told| told.title);
            assert_eq!(grouped(all), expected, "{count}");
        }
    }

    #[test]
    fn the_first_few_and_those_beside_the_last() {
        let mut all = vec![5, 3, 9, 3, 1, 3, 8, 2];
        assert_eq!(bring_forward(&mut all, 3, Ord::cmp), 5);
        let mut first = all[..5].to_vec();
        first.sort_unstable();
        assert_eq!(first, [1, 2, 3, 3, 3]);
        assert_eq!(bring_forward(&mut all, 8, Ord::cmp), 8);
        assert_eq!(bring_forward(&mut all, 0, Ord::cmp), 0);
        assert_eq!(bring_forward(&mut all[..0], 4, Ord::cmp), 0);
    }
}
