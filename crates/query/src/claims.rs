//! Records as numbers: what the columns alone tell of each, so that a look-up over all of them reads from the store only
//! those that it shows.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use tantivy::columnar::Column;
use tantivy::{DocAddress, SegmentReader, TantivyError};
use xinglin_index_schema::TitleKey;

use crate::answer::{FacetCount, FacetValue};
use crate::bits::Bits;
use crate::columns::Snapshot;
use crate::matches::Matches;
use crate::processors::shared_out_in_stretches;
use crate::ranks::{Ordered, ranks, values};
use crate::request::{FacetField, Sort};
use crate::tellings::{Group, Tellings, Told};
use crate::values::{for_each_value, values_among};

/// A title in a year, told by one record or several.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Title {
    /// Its year, `None` where no record dates it.
    year: Option<i16>,
    /// 0 is the highest.
    level: u8,
    /// All records of the title, of whatever year: where they lie among the claims.
    told: Group,
}

impl Title {
    pub(crate) fn year(&self) -> Option<i32> {
        self.year.map(i32::from)
    }

    /// Orders titles: the highest level first, then the newest.
    fn height(&self) -> Height {
        (self.level, Reverse(self.year))
    }
}

/// A title's level and year.
type Height = (u8, Reverse<Option<i16>>);

/// The record that tells a title best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Best {
    undated: bool,
    /// Days since 1970; `i64::MIN` where undated.
    date: i64,
    key: u64,
    address: DocAddress,
}

/// A title that may come first, with what only such ones are asked for; 0 before it is.
#[derive(Clone, Copy)]
struct Ranked {
    title: Title,
    /// The record that tells it best, and its key.
    teller: DocAddress,
    key: u64,
    /// Days since 1970, where titles are ordered by date; `i64::MIN` where undated.
    date: i64,
    /// Where its place and its holder stand among those of other titles; 0 where it has none.
    region: u32,
    institution: u32,
}

/// So many titles are taken in before the lower ones are dropped.
const MARGIN: usize = 1_000;

/// The highest few titles of those that were offered, and all that stand beside the last of them.
struct Highest {
    few: usize,
    titles: Vec<Title>,
    /// Where the last of the few stood when the lower ones were dropped.
    last: Option<Height>,
    room: usize,
}

impl Highest {
    #[inline]
    fn offer(&mut self, title: Title) {
        if self.last.is_some_and(|last| title.height() > last) {
            return;
        }
        self.titles.push(title);
        if self.titles.len() > self.room {
            self.drop_lower();
            self.room = self.titles.len() * 2 + MARGIN;
        }
    }

    fn drop_lower(&mut self) {
        let end = bring_forward(&mut self.titles, self.few, |a, b| a.height().cmp(&b.height()));
        self.titles.truncate(end);
        self.last = self.few.checked_sub(1).and_then(|last| self.titles.get(last)).map(Title::height);
    }
}

/// Records that were looked up. Of the titles that they tell only those are kept apart that may be shown: a list of all takes longer to
/// be given its memory than to be put together again.
pub(crate) struct Claims {
    tellings: Tellings,
    columns: Vec<Columns>,
}

impl Claims {
    /// Reads the records of `found` and puts together what tells of one title.
    pub(crate) fn read(snapshot: &Snapshot, found: &Matches) -> tantivy::Result<Claims> {
        let mut columns = Vec::new();
        let mut first = 0u32;
        for (segment, _) in snapshot.segments() {
            columns.push(Columns::open(segment, first)?);
            let next = first.checked_add(segment.max_doc());
            first = next.ok_or_else(|| {
                TantivyError::InvalidArgument("more than four thousand million documents".to_owned())
            })?;
        }
        let found: Vec<&Bits> = found.segments().collect();
        let mut told = shared_out_in_stretches(snapshot, |stretch| {
            let (Some(docs), Some(columns)) = (found.get(stretch.ordinal), columns.get(stretch.ordinal))
            else {
                return Ok(Vec::new());
            };
            let here = docs.only(stretch.documents.clone());
            Ok(columns.tell(&here, stretch.columns.listed_records(stretch.segment)?))
        })?;
        told.sort_by_key(|(_, told)| told.first().map(|told| told.number));
        let tellings = Tellings::of(told.into_iter().map(|(_, told)| told).collect());
        Ok(Claims { tellings, columns })
    }

    /// Hands on all titles, a year apart: undated records join the dated ones.
    #[inline]
    fn each_title(&self, mut take: impl FnMut(Title)) {
        self.tellings.each_group(|place, group| {
            let title = |told: &Told| Title { year: told.year, level: told.title.level(), told: place };
            if let [only] = group {
                return take(title(only));
            }
            let dated = group.iter().any(|told| told.year.is_some());
            for (at, told) in group.iter().enumerate() {
                let known = group.iter().take(at).any(|before| before.year == told.year);
                if !known && (told.year.is_some() || !dated) {
                    take(title(told));
                }
            }
        });
    }

    /// All records of a title, of whatever year.
    pub(crate) fn tellers(&self, title: &Title) -> impl Iterator<Item = DocAddress> {
        self.told(title).iter().filter_map(|told| Some(self.columns_of(told)?.address(told.number)))
    }

    fn told(&self, title: &Title) -> &[Told] {
        self.tellings.group(title.told)
    }

    /// The columns of the segment in which a record lies.
    fn columns_of(&self, told: &Told) -> Option<Place<'_>> {
        let behind = self.columns.partition_point(|columns| columns.first <= told.number);
        let ordinal = behind.checked_sub(1)?;
        Some(Place { ordinal: ordinal as u32, columns: self.columns.get(ordinal)? })
    }

    /// How many titles there are, and the first few in order: highest level, then newest, then by place and name; by date: newest news
    /// first. What only some of them can be ordered by is read of those alone.
    pub(crate) fn first(
        &self,
        snapshot: &Snapshot,
        few: usize,
        sort: Sort,
    ) -> tantivy::Result<(usize, Vec<Title>)> {
        let mut total = 0;
        let mut reached = Vec::new();
        match sort {
            Sort::Relevance => {
                let mut highest =
                    Highest { few, titles: Vec::new(), last: None, room: few.saturating_add(MARGIN) };
                self.each_title(|title| {
                    total += 1;
                    highest.offer(title);
                });
                highest.drop_lower();
                reached.extend(highest.titles.into_iter().filter_map(|title| self.ranked(title, sort)));
            }
            Sort::Date => self.each_title(|title| {
                total += 1;
                reached.extend(self.ranked(title, sort));
            }),
        }
        let few = few.min(reached.len());
        let order = |a: &Ranked, b: &Ranked| order(a, b, sort);
        let end = bring_forward(&mut reached, few, order);
        let near = reached.get_mut(..end).unwrap_or_default();
        let regions = ranks(snapshot, "region", beside_the_last(near, few, order), few)?;
        near.iter_mut().zip(regions).for_each(|(title, rank)| title.region = rank);
        let end = bring_forward(near, few, order);
        let near = near.get_mut(..end).unwrap_or_default();
        let names = ranks(snapshot, "institution", beside_the_last(near, few, order), few)?;
        near.iter_mut().zip(names).for_each(|(title, rank)| title.institution = rank);
        near.iter_mut().for_each(|title| title.key = self.key(title.teller));
        near.sort_unstable_by(|a, b| {
            let told = |title: &Ranked| (title.key, title.teller);
            order(a, b).then_with(|| told(a).cmp(&told(b)))
        });
        Ok((total, near.iter().take(few).map(|ranked| ranked.title).collect()))
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
            self.each_title(|title| {
                if let Some(year) = title.year() {
                    *counts.entry(FacetValue::Number(year)).or_default() += 1;
                }
            });
        } else {
            // Two titles in a year apart may be told best by one record.
            let mut best: Vec<DocAddress> = Vec::with_capacity(self.tellings.len());
            self.each_title(|title| best.extend(self.best_address(&title)));
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

    fn ranked(&self, title: Title, sort: Sort) -> Option<Ranked> {
        let (teller, date) = match sort {
            Sort::Date => self.best(&title).map(|best| (best.address, best.date))?,
            Sort::Relevance => (self.best_address(&title)?, 0),
        };
        Some(Ranked { title, teller, key: 0, date, region: 0, institution: 0 })
    }

    fn key(&self, record: DocAddress) -> u64 {
        let columns = self.columns.get(record.segment_ord as usize);
        columns.and_then(|columns| columns.keys.first(record.doc_id)).unwrap_or_default()
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

/// The order of titles as far as is known of them.
fn order(a: &Ranked, b: &Ranked, sort: Sort) -> Ordering {
    let first = match sort {
        Sort::Date => Reverse(a.date).cmp(&Reverse(b.date)).then(b.title.year.cmp(&a.title.year)),
        Sort::Relevance => a.title.height().cmp(&b.title.height()),
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

/// The records that tell titles best, and which of the titles stand beside the last of the few that are sought.
fn beside_the_last(
    near: &[Ranked],
    few: usize,
    order: impl Fn(&Ranked, &Ranked) -> Ordering,
) -> impl Iterator<Item = Ordered> {
    let last = few.checked_sub(1).and_then(|last| near.get(last));
    let beside = move |title: &Ranked| last.is_some_and(|last| order(title, last) == Ordering::Equal);
    near.iter().map(move |title| Ordered { address: title.teller, beside: beside(title) })
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
    fn tell(&self, docs: &Bits, records: &Bits) -> Vec<Told> {
        let record = |title| Told { title: TitleKey(title), number: 0, year: None };
        let mut told = Vec::with_capacity(docs.len());
        match &self.titles {
            Some(titles) => values_among(titles, docs, records, |titles| {
                told.extend(titles.iter().copied().map(record));
            }),
            None => told.resize(docs.len(), record(0)),
        }
        told.iter_mut().zip(docs.iter()).for_each(|(told, doc)| told.number = self.first + doc);
        let Some(years) = &self.years else { return told };
        let mut at = 0;
        for_each_value(years, docs.iter(), |doc, year| {
            while told.get(at).is_some_and(|told| told.number < self.first + doc) {
                at += 1;
            }
            if let Some(told) = told.get_mut(at) {
                told.year = i16::try_from(year).ok();
            }
        });
        told
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
    fn the_highest_titles_and_those_beside_the_last() {
        let title = |number: u32| Title {
            year: (!number.is_multiple_of(9)).then_some(2000 + (number * 7 % 20) as i16),
            level: (number * 5 % 3) as u8,
            told: Group { piece: 0, from: number, to: number + 1 },
        };
        for few in [0, 1, 7, 300, 20_000] {
            let mut highest =
                Highest { few, titles: Vec::new(), last: None, room: few.saturating_add(MARGIN) };
            (0..10_000).for_each(|number| highest.offer(title(number)));
            highest.drop_lower();
            let mut found: Vec<(Height, u32)> =
                highest.titles.iter().map(|title| (title.height(), title.told.from)).collect();
            found.sort_unstable();
            let mut all: Vec<(Height, u32)> =
                (0..10_000).map(|number| (title(number).height(), number)).collect();
            all.sort_unstable();
            let last = all.get(few.saturating_sub(1)).or(all.last()).map(|(height, _)| *height);
            all.retain(|(height, _)| few > 0 && Some(*height) <= last);
            assert_eq!(found, all, "{few}");
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
