//! Reposts under one hit: of articles with the same text but for small edits the best stands for all.
//!
//! Fingerprints in the index propose, the stored texts decide: two articles are reposts of each other where they share at
//! least [`LIKENESS`] of their pieces (see [`xinglin_text::likeness`]).

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use tantivy::columnar::Column;
use tantivy::{DocAddress, Searcher};
use xinglin_index_schema::StoredArticle;
use xinglin_text::{likeness, may_be_alike};

use crate::collect::Match;
use crate::error::Error;
use crate::reader::Reader;

/// How alike two texts are at least that count as one.
const LIKENESS: f32 = 0.75;

/// A hit and how many reposts stand behind it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grouped {
    pub(crate) found: Match,
    pub(crate) duplicates: usize,
}

/// Stored articles, each read once.
pub(crate) struct Texts<'a> {
    reader: &'a Reader,
    searcher: &'a Searcher,
    read: HashMap<DocAddress, StoredArticle>,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(reader: &'a Reader, searcher: &'a Searcher) -> Texts<'a> {
        Texts { reader, searcher, read: HashMap::new() }
    }

    /// The article at an address.
    pub(crate) fn article(&mut self, address: DocAddress) -> Result<&StoredArticle, Error> {
        match self.read.entry(address) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(place) => Ok(place.insert(self.reader.stored(self.searcher, address)?)),
        }
    }
}

/// Groups the best matches; the first `wanted` groups and no more, unless fewer come together.
pub(crate) fn group(best: &[Match], wanted: usize, texts: &mut Texts<'_>) -> Result<Vec<Grouped>, Error> {
    let mut prints = Fingerprints::default();
    let mut groups: Vec<(Grouped, Option<u64>)> = Vec::new();
    for found in best {
        let print = prints.of(texts.searcher, found.address, texts.reader)?;
        let mut known = None;
        if let Some(print) = print {
            for (at, (group, other)) in groups.iter().enumerate() {
                if other.is_some_and(|other| may_be_alike(print, other))
                    && alike(group.found.address, found.address, texts)?
                {
                    known = Some(at);
                    break;
                }
            }
        }
        if let Some((group, _)) = known.and_then(|at| groups.get_mut(at)) {
            group.duplicates += 1;
        } else if groups.len() < wanted {
            groups.push((Grouped { found: *found, duplicates: 0 }, print));
        }
    }
    Ok(groups.into_iter().map(|(group, _)| group).collect())
}

/// Every match as a hit of its own.
pub(crate) fn apart(best: &[Match], wanted: usize) -> Vec<Grouped> {
    best.iter().take(wanted).map(|found| Grouped { found: *found, duplicates: 0 }).collect()
}

fn alike(one: DocAddress, other: DocAddress, texts: &mut Texts<'_>) -> Result<bool, Error> {
    let text = texts.article(one)?.text.clone();
    Ok(likeness(&text, &texts.article(other)?.text) >= LIKENESS)
}

/// The fingerprints of a segment's articles, a column a segment.
#[derive(Default)]
struct Fingerprints {
    columns: HashMap<u32, Option<Column<u64>>>,
}

impl Fingerprints {
    fn of(
        &mut self,
        searcher: &Searcher,
        address: DocAddress,
        reader: &Reader,
    ) -> Result<Option<u64>, Error> {
        let column = match self.columns.entry(address.segment_ord) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let columns = searcher.segment_reader(address.segment_ord).fast_fields();
                place.insert(columns.column_opt("fingerprint").map_err(|source| reader.wrap(source))?)
            }
        };
        Ok(column.as_ref().and_then(|column| column.first(address.doc_id)))
    }
}
