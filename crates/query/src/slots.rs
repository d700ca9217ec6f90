//! The values of one facet, kept in memory as small numbers.
//!
//! Few matches are counted by their values, one after another. Where many match, each value is asked how many of its articles are
//! among them, sixty-four at a time: that costs the same however many match.

use std::sync::OnceLock;

use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};

use crate::answer::FacetValue;
use crate::bits::{Bits, Numbers};
use crate::request::FacetField;

/// In the time that one value of one article is counted, so many times 64 articles of one value are.
const WORDS_A_VALUE: usize = 4;

/// The values of one facet: of a hierarchical one the top level alone.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    /// Each value once.
    values: Vec<FacetValue>,
    /// Where the values of each article begin in `slots`; one more at the end.
    starts: Vec<u32>,
    /// Places in `values`.
    slots: Vec<u32>,
    /// For each value the articles that have it, once many were counted.
    holders: OnceLock<Vec<Holders>>,
}

/// The articles that have a value, by their numbers.
#[derive(Debug)]
enum Holders {
    Few(Vec<u32>),
    Many(Bits),
}

impl Holders {
    fn among(&self, articles: &Bits) -> usize {
        match self {
            Holders::Few(all) => all.iter().filter(|article| articles.contains(**article)).count(),
            Holders::Many(all) => all.common(articles),
        }
    }
}

impl Slots {
    /// Reads the column of a facet.
    pub(crate) fn read(
        field: FacetField,
        segment: &SegmentReader,
        numbers: &Numbers,
    ) -> tantivy::Result<Slots> {
        let columns = segment.fast_fields();
        if field == FacetField::Year {
            let Some(column) = columns.column_opt::<i64>(field.as_str())? else {
                return Ok(Slots::default());
            };
            let mut years: Vec<FacetValue> = Vec::new();
            return Ok(Slots::of_each(numbers, |doc, slots| {
                let Some(year) = column.first(doc).and_then(|year| i32::try_from(year).ok()) else { return };
                let year = FacetValue::Number(year);
                let at = years.iter().position(|known| *known == year).unwrap_or_else(|| {
                    years.push(year);
                    years.len() - 1
                });
                slots.push(at as u32);
            })
            .with_values(years));
        }
        let Some(column) = columns.str(field.as_str())? else { return Ok(Slots::default()) };
        let (values, slot_of) =
            kept_values(&column, crate::facets::terms_of(&column, field.as_str())?, |name| {
                !field.is_hierarchical() || !name.contains('/')
            })?;
        let slots = Slots::of_each(numbers, |doc, slots| {
            let ordinals = column.term_ords(doc);
            slots.extend(
                ordinals
                    .filter_map(|ordinal| slot_of.get(ordinal as usize).copied())
                    .filter(|slot| *slot != DROPPED),
            );
        });
        Ok(slots.with_values(values))
    }

    fn of_each(numbers: &Numbers, mut add: impl FnMut(DocId, &mut Vec<u32>)) -> Slots {
        let articles = numbers.articles();
        let mut slots = Vec::with_capacity(articles.len());
        let mut starts = Vec::with_capacity(articles.len() + 1);
        for doc in articles.iter() {
            starts.push(slots.len() as u32);
            add(doc, &mut slots);
        }
        starts.push(slots.len() as u32);
        Slots { starts, slots, ..Slots::default() }
    }

    fn with_values(self, values: Vec<FacetValue>) -> Slots {
        Slots { values, ..self }
    }

    /// How often each value stands in `count` documents; values that stand nowhere are left out. `numbered` makes of them the set of
    /// the articles' numbers, which is worth its while where there are many.
    pub(crate) fn count<'b>(
        &self,
        docs: &Bits,
        count: usize,
        numbers: &Numbers,
        numbered: impl FnOnce() -> &'b Bits,
    ) -> impl Iterator<Item = (&FacetValue, usize)> {
        let each = self.slots.len() / self.starts.len().max(1) + 1;
        let one_by_one = count * each;
        let counts = if one_by_one * WORDS_A_VALUE > self.values.len() * (self.starts.len() / 64) {
            let (holders, articles) = (self.holders.get_or_init(|| self.holders()), numbered());
            holders.iter().map(|holders| holders.among(articles)).collect()
        } else {
            self.count_one_by_one(docs, numbers)
        };
        let counted = self.values.iter().zip(counts);
        counted.filter(|(_, count)| *count > 0)
    }

    fn count_one_by_one(&self, docs: &Bits, numbers: &Numbers) -> Vec<usize> {
        let mut counts = vec![0; self.values.len()];
        numbers.each(docs, |article| {
            for slot in self.of_article(article as usize) {
                if let Some(count) = counts.get_mut(*slot as usize) {
                    *count += 1;
                }
            }
        });
        counts
    }

    fn of_article(&self, number: usize) -> &[u32] {
        let Some([start, end]) = self.starts.get(number..number + 2) else { return &[] };
        self.slots.get(*start as usize..*end as usize).unwrap_or_default()
    }

    fn holders(&self) -> Vec<Holders> {
        let articles = self.starts.len().saturating_sub(1);
        let mut all: Vec<Vec<u32>> = vec![Vec::new(); self.values.len()];
        for number in 0..articles {
            for slot in self.of_article(number) {
                if let Some(holders) = all.get_mut(*slot as usize) {
                    holders.push(number as u32);
                }
            }
        }
        let gather = |numbers: Vec<u32>| {
            if numbers.len() < articles / 64 {
                return Holders::Few(numbers);
            }
            let mut bits = Bits::empty(articles as u32);
            numbers.iter().for_each(|number| bits.insert(*number));
            Holders::Many(bits)
        };
        all.into_iter().map(gather).collect()
    }
}

const DROPPED: u32 = u32::MAX;

/// The values of a column that are kept, and for each ordinal its place among them or [`DROPPED`].
fn kept_values(
    column: &StrColumn,
    terms: usize,
    keep: impl Fn(&str) -> bool,
) -> tantivy::Result<(Vec<FacetValue>, Vec<u32>)> {
    let mut values = Vec::new();
    let mut slot_of = Vec::with_capacity(terms);
    let mut names = column.dictionary().stream()?;
    while names.advance() {
        let name = std::str::from_utf8(names.key()).unwrap_or_default();
        if keep(name) {
            slot_of.push(values.len() as u32);
            values.push(FacetValue::Text(name.to_owned()));
        } else {
            slot_of.push(DROPPED);
        }
    }
    Ok((values, slot_of))
}
