//! What is stored: articles, and with each the records that it tells.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, TERMINATED};
use xinglin_index_schema::{ArticleTexts, StoredArticle, StoredRecord, TextsError};

use crate::answer::{Evidence, Record};
use crate::columns::Snapshot;
use crate::error::{Error, ErrorKind};
use crate::processors::in_halves;
use crate::reader::Reader;

/// So many records are read in the time that another processor takes to begin.
const ALONE: usize = 8;

impl Reader {
    /// The article at an address.
    pub(crate) fn stored(&self, snapshot: &Snapshot, address: DocAddress) -> Result<StoredArticle, Error> {
        self.texts(snapshot, address)?.article().map_err(|reason| self.odd(reason))
    }

    /// The texts of the article at an address.
    pub(crate) fn texts(&self, snapshot: &Snapshot, address: DocAddress) -> Result<ArticleTexts, Error> {
        let document = snapshot.document(address).map_err(|source| self.wrap(source))?;
        let bytes = self.unpacker.unpack(&document).map_err(unreadable)?;
        ArticleTexts::of(bytes).map_err(|reason| self.odd(reason))
    }

    /// What is said of stored bytes that make no sense.
    pub(crate) fn odd(&self, reason: String) -> Error {
        ErrorKind::Stored { path: self.segments.clone(), reason }.into()
    }
}

fn unreadable(error: TextsError) -> Error {
    let (path, reason) = match error {
        TextsError::Io { path, source } => (path, source.to_string()),
        TextsError::Damaged { path, reason } => (path, reason),
    };
    ErrorKind::Stored { path, reason }.into()
}

/// An article that tells records: its texts, and its facts without them.
pub(crate) struct Teller {
    pub(crate) texts: ArticleTexts,
    facts: StoredArticle,
}

/// Reads records from the articles that tell them; neighbours of one article read it once.
pub(crate) struct Tellers<'a> {
    reader: &'a Reader,
    snapshot: &'a Snapshot,
    /// The columns of each segment.
    columns: HashMap<u32, Columns>,
    last: Option<(u64, Teller)>,
}

/// What the columns of a segment say of its documents.
struct Columns {
    keys: Column<u64>,
    /// Which of its article's records a record is; nothing for articles, and no column where there are no records.
    places: Option<Column<u64>>,
}

impl<'a> Tellers<'a> {
    pub(crate) fn new(reader: &'a Reader, snapshot: &'a Snapshot) -> Tellers<'a> {
        Tellers { reader, snapshot, columns: HashMap::new(), last: None }
    }

    /// The record at an address and the article that tells it.
    pub(crate) fn read(&mut self, address: DocAddress) -> Result<(&Teller, &StoredRecord), Error> {
        let wrap = |source| self.reader.wrap(source);
        let columns = self.columns(address.segment_ord).map_err(wrap)?;
        let key = columns.keys.first(address.doc_id).unwrap_or_default();
        let place = columns.places.as_ref().and_then(|places| places.first(address.doc_id));
        if self.last.as_ref().is_none_or(|(known, _)| *known != key) {
            let article = self
                .article_of(key, address)
                .map_err(wrap)?
                .ok_or_else(|| self.reader.odd("a record is there without its article".to_owned()))?;
            let texts = self.reader.texts(self.snapshot, article)?;
            let facts = texts.facts().map_err(|reason| self.reader.odd(reason))?;
            self.last = Some((key, Teller { texts, facts }));
        }
        let found = self.last.as_ref().and_then(|(_, teller)| {
            let record = teller.facts.records.get(usize::try_from(place?).ok()?)?;
            Some((teller, record))
        });
        found.ok_or_else(|| self.reader.odd("an article lacks a record that stands in the index".to_owned()))
    }

    fn columns(&mut self, ordinal: u32) -> tantivy::Result<&Columns> {
        Ok(match self.columns.entry(ordinal) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let columns = self.snapshot.searcher.segment_reader(ordinal).fast_fields();
                place.insert(Columns { keys: columns.u64("key")?, places: columns.column_opt("place")? })
            }
        })
    }

    /// Where the article of a record is: in the record's own segment, as they were written together.
    fn article_of(&mut self, key: u64, record: DocAddress) -> tantivy::Result<Option<DocAddress>> {
        let term = self.reader.fields.key_term(key);
        let searcher = &self.snapshot.searcher;
        let ordinals = 0..searcher.segment_readers().len() as u32;
        let others = ordinals.filter(|ordinal| *ordinal != record.segment_ord);
        for ordinal in std::iter::once(record.segment_ord).chain(others) {
            let segment = searcher.segment_reader(ordinal);
            let inverted = segment.inverted_index(self.reader.fields.key)?;
            let Some(mut docs) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            let columns = self.columns(ordinal)?;
            while docs.doc() != TERMINATED {
                let doc = docs.doc();
                let is_record = columns.places.as_ref().is_some_and(|places| places.first(doc).is_some());
                if !is_record && !segment.is_deleted(doc) {
                    return Ok(Some(DocAddress::new(ordinal, doc)));
                }
                docs.advance();
            }
        }
        Ok(None)
    }

    /// Adds the records at these addresses as they are answered. Each article is read once where they come in order.
    fn tell(mut self, addresses: &[DocAddress]) -> Result<Vec<(DocAddress, Record)>, Error> {
        let mut records = Vec::with_capacity(addresses.len());
        for address in addresses {
            let (Teller { texts, facts }, record) = self.read(*address)?;
            records.push((*address, told(facts, texts.title(), texts.evidence(record), record)));
        }
        Ok(records)
    }
}

/// The records at these addresses as they are answered. They are read in the order in which they lie.
pub(crate) fn tell(
    reader: &Reader,
    snapshot: &Snapshot,
    addresses: impl Iterator<Item = DocAddress>,
) -> Result<HashMap<DocAddress, Record>, Error> {
    let mut addresses: Vec<DocAddress> = addresses.collect();
    addresses.sort_unstable();
    addresses.dedup();
    let told = in_halves(&addresses, ALONE, |some| Tellers::new(reader, snapshot).tell(some));
    let told = told.map_err(|source| reader.wrap(source))?;
    let told = told.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(told.into_iter().flatten().collect())
}

/// A record as it is answered.
pub(crate) fn told(article: &StoredArticle, title: &str, evidence: &str, record: &StoredRecord) -> Record {
    Record {
        institution: record.institution.clone(),
        specialty: record.specialty.clone(),
        programme: record.programme.clone(),
        level: record.level.clone(),
        tier: record.tier.clone(),
        status: record.status.clone(),
        year: record.year,
        region: record.region.clone(),
        file: article.file.clone(),
        title: title.to_owned(),
        evidence: Evidence { text: evidence.to_owned(), start: record.start, end: record.end },
        id: article.id.clone(),
        published: article.published.clone(),
        url: article.url.clone(),
        sources: Vec::new(),
        disagreements: Vec::new(),
    }
}
