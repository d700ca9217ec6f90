//! Rows: an article and its records on their way into the index, and the form in which they are stored for showing.

use std::io;

use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;

use crate::fields::{Fields, Kind, TextField, TitleKey, key_of, lineage};

/// One article with its facts, ready to be written.
#[derive(Clone, Debug, Default)]
pub struct ArticleRow {
    /// What is stored for showing.
    pub article: StoredArticle,
    /// Date of publication in days since 1970-01-01.
    pub date: Option<i64>,
    /// What a repost shares with its original.
    pub fingerprint: Option<u64>,
    /// Specialty paths, `外科/骨科`, one for each of `article.specialties`.
    pub specialty_paths: Vec<String>,
    /// For each of `article.records` the path of its specialty.
    pub record_paths: Vec<String>,
}

/// A document of the index: an article, or a record of one.
#[derive(Clone, Debug)]
pub struct RowDocument {
    /// All but the texts.
    pub columns: TantivyDocument,
    /// What is searched by its words, a field at most once.
    pub texts: Vec<(TextField, String)>,
}

/// An article as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredArticle {
    /// Identity below the folder that was indexed: the file's path, with `#id` for an article of a line file.
    pub id: String,
    /// The file.
    pub file: String,
    /// Headline as printed.
    #[serde(skip)]
    pub title: String,
    /// Headline line and body.
    #[serde(skip)]
    pub text: String,
    /// Navigation, footers, adverts, teasers.
    #[serde(skip)]
    pub noise: String,
    /// Printed date of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// Year the news belongs to.
    pub year: Option<i32>,
    /// Who published it.
    pub source: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// Institutions it is about.
    pub subjects: Vec<String>,
    /// Region paths.
    pub regions: Vec<String>,
    /// Canonical specialties.
    pub specialties: Vec<String>,
    /// The key-specialty records it tells; a record's document says which of them it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<StoredRecord>,
}

/// A record as it is stored with its article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRecord {
    /// The holder's full name.
    pub institution: String,
    /// Canonical specialty, or as printed.
    pub specialty: String,
    /// `key-specialty`, `key-discipline`, `featured-specialty`.
    pub programme: String,
    /// `national` … `county`.
    pub level: String,
    /// `county` or absent.
    pub tier: Option<String>,
    /// `designated`, `construction`, `cultivation`.
    pub status: String,
    /// Year of the title.
    pub year: Option<i32>,
    /// The holder's region path.
    pub region: Option<String>,
    /// Where the sentence that says so begins in the article's text, in bytes.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
}

/// A stored article whose texts can be read without parsing the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleTexts {
    /// Three lengths, then headline, body, noise, and the rest as JSON. Kept as bytes: that they are text is checked faster than
    /// the standard library does it, and again where a part is asked for.
    bytes: Vec<u8>,
    /// Where each of the first three ends.
    ends: [usize; 3],
}

/// The bytes of the three lengths.
const LENGTHS: usize = 12;

impl ArticleTexts {
    /// The texts in the bytes of [`StoredArticle::to_bytes`].
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn of(bytes: Vec<u8>) -> Result<ArticleTexts, String> {
        let odd = || "its texts are not as long as they say".to_owned();
        let lengths = bytes.get(..LENGTHS).ok_or_else(odd)?;
        let mut ends = [0; 3];
        let mut end = LENGTHS;
        for (known, length) in ends.iter_mut().zip(lengths.as_chunks::<4>().0) {
            end += u32::from_le_bytes(*length) as usize;
            *known = end;
        }
        let all = bytes.get(LENGTHS..).unwrap_or_default();
        let all = simdutf8::basic::from_utf8(all).map_err(|error| error.to_string())?;
        if ends.iter().any(|end| !all.is_char_boundary(*end - LENGTHS)) {
            return Err(odd());
        }
        Ok(ArticleTexts { bytes, ends })
    }

    fn part(&self, from: usize, to: usize) -> &str {
        let part = self.bytes.get(from..to).unwrap_or_default();
        simdutf8::basic::from_utf8(part).unwrap_or_default()
    }

    /// Headline as printed.
    pub fn title(&self) -> &str {
        self.part(LENGTHS, self.ends[0])
    }

    /// Headline line and body.
    pub fn text(&self) -> &str {
        self.part(self.ends[0], self.ends[1])
    }

    /// Navigation, footers, adverts, teasers.
    pub fn noise(&self) -> &str {
        self.part(self.ends[1], self.ends[2])
    }

    /// The article, whole.
    ///
    /// # Errors
    /// What is wrong with its bytes.
    pub fn article(&self) -> Result<StoredArticle, String> {
        Ok(StoredArticle {
            title: self.title().to_owned(),
            text: self.text().to_owned(),
            noise: self.noise().to_owned(),
            ..self.facts()?
        })
    }

    /// The article without its texts.
    ///
    /// # Errors
    /// What is wrong with its bytes.
    pub fn facts(&self) -> Result<StoredArticle, String> {
        serde_json::from_str(self.part(self.ends[2], self.bytes.len())).map_err(|error| error.to_string())
    }

    /// The sentence that tells a record.
    pub fn evidence(&self, record: &StoredRecord) -> &str {
        self.text().get(record.start..record.end).unwrap_or_default()
    }
}

impl StoredArticle {
    /// The form in which it is packed: the lengths of headline, body and noise, those three as they are, and the rest as JSON.
    /// So a headline or a body is read without parsing anything.
    ///
    /// # Errors
    /// Where it is longer than four gigabytes.
    pub fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let texts = [&self.title, &self.text, &self.noise];
        let mut bytes = Vec::with_capacity(512 + texts.iter().map(|text| text.len()).sum::<usize>());
        for text in texts {
            let length = u32::try_from(text.len())
                .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "an article over 4 GB"))?;
            bytes.extend_from_slice(&length.to_le_bytes());
        }
        for text in texts {
            bytes.extend_from_slice(text.as_bytes());
        }
        serde_json::to_writer(&mut bytes, self)?;
        Ok(bytes)
    }
}

impl ArticleRow {
    /// The article's key under an origin.
    pub fn key(&self, origin: u64) -> u64 {
        key_of(origin, &self.article.id)
    }

    /// The documents of this row: the article, then its records. `pack` makes of the stored form what is kept of it.
    ///
    /// # Errors
    /// Where the stored form cannot be serialised or packed.
    pub fn documents(
        self,
        fields: &Fields,
        origin: u64,
        pack: impl FnOnce(&[u8]) -> io::Result<Vec<u8>>,
    ) -> io::Result<Vec<RowDocument>> {
        let key = self.key(origin);
        let stored = pack(&self.article.to_bytes()?)?;
        let mut documents = Vec::with_capacity(1 + self.article.records.len());
        documents.push(RowDocument {
            columns: self.article_columns(fields, origin, key, &stored),
            texts: Vec::new(),
        });
        for (place, (record, path)) in self.article.records.iter().zip(&self.record_paths).enumerate() {
            let mut columns = start(fields, Kind::Record, origin, key);
            columns.add_u64(fields.place, place as u64);
            columns.add_u64(fields.claim, TitleKey::of(record, path).0);
            self.add_record(&mut columns, record, path, fields);
            let saying = format!("{}\n{}", record.institution, record.specialty);
            documents.push(RowDocument { columns, texts: vec![(fields.saying, saying)] });
        }
        if let Some(article) = documents.first_mut() {
            let StoredArticle { title, text, noise, .. } = self.article;
            article.texts = vec![(fields.title, title), (fields.text, text), (fields.noise, noise)];
        }
        Ok(documents)
    }

    fn article_columns(&self, fields: &Fields, origin: u64, key: u64, stored: &[u8]) -> TantivyDocument {
        let article = &self.article;
        let records = &article.records;
        let mut document = start(fields, Kind::Article, origin, key);
        let file_name = article.file.rsplit('/').next().unwrap_or(&article.file);
        add_each(&mut document, fields.name, [article.id.as_str(), &article.file, file_name].into_iter());
        add_lineages(&mut document, fields.region, article.regions.iter().map(String::as_str));
        add_lineages(&mut document, fields.specialty, self.specialty_paths.iter().map(String::as_str));
        add_each(&mut document, fields.institution, article.subjects.iter().map(String::as_str));
        add_each(&mut document, fields.level, records.iter().map(|record| record.level.as_str()));
        add_each(&mut document, fields.status, records.iter().map(|record| record.status.as_str()));
        add_each(&mut document, fields.programme, records.iter().map(|record| record.programme.as_str()));
        add_each(&mut document, fields.tier, records.iter().filter_map(|record| record.tier.as_deref()));
        if let Some(year) = article.year {
            document.add_i64(fields.year, i64::from(year));
        }
        if let Some(date) = self.date {
            document.add_i64(fields.date, date);
        }
        if let Some(fingerprint) = self.fingerprint {
            document.add_u64(fields.fingerprint, fingerprint);
        }
        document.add_bytes(fields.stored, stored);
        document
    }

    fn add_record(&self, document: &mut TantivyDocument, record: &StoredRecord, path: &str, fields: &Fields) {
        add_lineages(document, fields.region, record.region.as_deref().into_iter());
        add_lineages(document, fields.specialty, std::iter::once(path));
        document.add_text(fields.institution, &record.institution);
        document.add_text(fields.level, &record.level);
        document.add_text(fields.status, &record.status);
        document.add_text(fields.programme, &record.programme);
        if let Some(tier) = &record.tier {
            document.add_text(fields.tier, tier);
        }
        if let Some(year) = record.year {
            document.add_i64(fields.year, i64::from(year));
        }
        if let Some(date) = self.date {
            document.add_i64(fields.date, date);
        }
    }
}

fn start(fields: &Fields, kind: Kind, origin: u64, key: u64) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.kind, kind.as_str());
    document.add_u64(fields.key, key);
    document.add_u64(fields.origin, origin);
    document
}

fn add_each<'a>(
    document: &mut TantivyDocument,
    field: tantivy::schema::Field,
    values: impl Iterator<Item = &'a str>,
) {
    let mut seen: Vec<&str> = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
            document.add_text(field, value);
        }
    }
}

fn add_lineages<'a>(
    document: &mut TantivyDocument,
    field: tantivy::schema::Field,
    paths: impl Iterator<Item = &'a str>,
) {
    add_each(document, field, paths.flat_map(lineage));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_article_comes_back() {
        let record =
            StoredRecord { institution: "甲医院".into(), start: 6, end: 15, ..StoredRecord::default() };
        let article = StoredArticle {
            id: "a.html".into(),
            title: "喜报".into(),
            text: "喜报\n\"骨科\"获批".into(),
            noise: "首页".into(),
            records: vec![record],
            ..StoredArticle::default()
        };
        let bytes = article.to_bytes().expect("bytes");
        let read = |bytes: &[u8]| ArticleTexts::of(bytes.to_vec()).and_then(|texts| texts.article());
        assert_eq!(read(&bytes).as_ref(), Ok(&article));
        let texts = ArticleTexts::of(bytes.clone()).expect("texts");
        assert_eq!((texts.title(), texts.text(), texts.noise()), ("喜报", article.text.as_str(), "首页"));
        for end in 0..bytes.len() {
            assert!(read(&bytes[..end]).is_err(), "{end}");
        }
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x80;
            let _ = read(&flipped);
        }
    }
}
