//! Rows: an article and its records on their way into the index, and the form in which they are stored for showing.

use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;

use crate::fields::{Fields, Kind, key_of, lineage};

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
    /// The records the article tells.
    pub records: Vec<RecordRow>,
}

/// One record, ready to be written.
#[derive(Clone, Debug, Default)]
pub struct RecordRow {
    /// What is stored for showing.
    pub record: StoredRecord,
    /// Path of its specialty.
    pub specialty_path: String,
}

/// An article as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredArticle {
    /// Identity below the folder that was indexed: the file's path, with `#id` for an article of a line file.
    pub id: String,
    /// The file.
    pub file: String,
    /// Headline as printed.
    pub title: String,
    /// Headline line and body.
    pub text: String,
    /// Navigation, footers, adverts, teasers.
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
}

/// A record as it is stored.
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
    /// The sentence that says so, and its byte range in the article's text.
    pub evidence: String,
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset of its end, exclusive.
    pub end: usize,
    /// The article's identity.
    pub id: String,
    /// The article's file.
    pub file: String,
    /// The article's headline.
    pub title: String,
    /// The article's date.
    pub published: Option<String>,
    /// The article's address.
    pub url: Option<String>,
}

impl ArticleRow {
    /// The article's key under an origin.
    pub fn key(&self, origin: u64) -> u64 {
        key_of(origin, &self.article.id)
    }

    /// The documents of this row: the article, then its records.
    ///
    /// # Errors
    /// Where the stored form cannot be serialised.
    pub fn documents(&self, fields: &Fields, origin: u64) -> Result<Vec<TantivyDocument>, serde_json::Error> {
        let key = self.key(origin);
        let mut documents = Vec::with_capacity(1 + self.records.len());
        documents.push(self.article_document(fields, origin, key)?);
        for row in &self.records {
            documents.push(self.record_document(row, fields, origin, key)?);
        }
        Ok(documents)
    }

    fn article_document(
        &self,
        fields: &Fields,
        origin: u64,
        key: u64,
    ) -> Result<TantivyDocument, serde_json::Error> {
        let article = &self.article;
        let mut document = start(fields, Kind::Article, origin, key);
        let file_name = article.file.rsplit('/').next().unwrap_or(&article.file);
        add_each(&mut document, fields.name, [article.id.as_str(), &article.file, file_name].into_iter());
        document.add_text(fields.title, &article.title);
        document.add_text(fields.text, &article.text);
        document.add_text(fields.noise, &article.noise);
        add_lineages(&mut document, fields.region, article.regions.iter().map(String::as_str));
        add_lineages(&mut document, fields.specialty, self.specialty_paths.iter().map(String::as_str));
        add_each(&mut document, fields.institution, article.subjects.iter().map(String::as_str));
        add_each(&mut document, fields.level, self.records.iter().map(|row| row.record.level.as_str()));
        add_each(&mut document, fields.status, self.records.iter().map(|row| row.record.status.as_str()));
        add_each(
            &mut document,
            fields.programme,
            self.records.iter().map(|row| row.record.programme.as_str()),
        );
        add_each(
            &mut document,
            fields.tier,
            self.records.iter().filter_map(|row| row.record.tier.as_deref()),
        );
        if let Some(year) = article.year {
            document.add_i64(fields.year, i64::from(year));
        }
        if let Some(date) = self.date {
            document.add_i64(fields.date, date);
        }
        if let Some(fingerprint) = self.fingerprint {
            document.add_u64(fields.fingerprint, fingerprint);
        }
        document.add_bytes(fields.stored, &serde_json::to_vec(article)?);
        Ok(document)
    }

    fn record_document(
        &self,
        row: &RecordRow,
        fields: &Fields,
        origin: u64,
        key: u64,
    ) -> Result<TantivyDocument, serde_json::Error> {
        let record = &row.record;
        let mut document = start(fields, Kind::Record, origin, key);
        let saying = format!("{}\n{}", record.institution, record.specialty);
        document.add_text(fields.saying, &saying);
        add_lineages(&mut document, fields.region, record.region.as_deref().into_iter());
        add_lineages(&mut document, fields.specialty, std::iter::once(row.specialty_path.as_str()));
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
        document.add_bytes(fields.stored, &serde_json::to_vec(record)?);
        Ok(document)
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
