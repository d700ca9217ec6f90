//! Reposts under one hit: of articles with the same text but for small edits the best stands for all.
//!
//! Fingerprints in the index propose, the stored texts decide: two articles are reposts of each other where they share at
//! least [`LIKENESS`] of their pieces (see [`xinglin_text::Pieces`]).

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use tantivy::DocAddress;
use tantivy::columnar::Column;
use xinglin_index_schema::{ArticleTexts, StoredArticle};
use xinglin_text::{Pieces, may_be_alike};

use crate::collect::Match;
use crate::columns::Snapshot;
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

/// Stored articles, each unpacked once.
pub(crate) struct Texts<'a> {
    reader: &'a Reader,
    snapshot: &'a Snapshot,
    unpacked: HashMap<DocAddress, ArticleTexts>,
    pieces: HashMap<DocAddress, Pieces>,
    /// The fingerprints of each segment's articles.
    prints: HashMap<u32, Option<Column<u64>>>,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(reader: &'a Reader, snapshot: &'a Snapshot) -> Texts<'a> {
        Texts { reader, snapshot, unpacked: HashMap::new(), pieces: HashMap::new(), prints: HashMap::new() }
    }

    /// The texts of the article at an address.
    pub(crate) fn of(&mut self, address: DocAddress) -> Result<&ArticleTexts, Error> {
        Ok(match self.unpacked.entry(address) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(self.reader.texts(self.snapshot, address)?),
        })
    }

    /// The article at an address, whole.
    pub(crate) fn article(&mut self, address: DocAddress) -> Result<StoredArticle, Error> {
        let reader = self.reader;
        self.of(address)?.article().map_err(|reason| reader.odd(reason))
    }

    /// The fingerprint of the article at an address.
    fn print(&mut self, address: DocAddress) -> Result<Option<u64>, Error> {
        let column = match self.prints.entry(address.segment_ord) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let columns = self.snapshot.searcher.segment_reader(address.segment_ord).fast_fields();
                let column = columns.column_opt("fingerprint");
                place.insert(column.map_err(|source| self.reader.wrap(source))?)
            }
        };
        Ok(column.as_ref().and_then(|column| column.first(address.doc_id)))
    }

    /// Cuts an article's text into its pieces, each article once.
    fn cut(&mut self, address: DocAddress) -> Result<(), Error> {
        if !self.pieces.contains_key(&address) {
            let pieces = Pieces::of(self.of(address)?.text());
            self.pieces.insert(address, pieces);
        }
        Ok(())
    }
}

/// Groups the best matches; the first `wanted` groups and no more, unless fewer come together.
pub(crate) fn group(best: &[Match], wanted: usize, texts: &mut Texts<'_>) -> Result<Vec<Grouped>, Error> {
    let mut groups: Vec<(Grouped, Option<u64>)> = Vec::new();
    for found in best {
        let print = texts.print(found.address)?;
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
    texts.cut(one)?;
    texts.cut(other)?;
    let pieces = [one, other].map(|address| texts.pieces.get(&address));
    Ok(matches!(pieces, [Some(one), Some(other)] if one.likeness(other) >= LIKENESS))
}

/// How many of the matches may be reposts of one that stands before them, as far as fingerprints tell.
pub(crate) fn suspects(best: &[Match], texts: &mut Texts<'_>) -> Result<usize, Error> {
    let mut seen: Vec<u64> = Vec::with_capacity(best.len());
    let mut suspects = 0;
    for found in best {
        let Some(print) = texts.print(found.address)? else { continue };
        suspects += usize::from(seen.iter().any(|other| may_be_alike(print, *other)));
        seen.push(print);
    }
    Ok(suspects)
}
