//! The fields of an index and how each is kept.
//!
//! Two kinds of documents lie side by side: articles, and the key-specialty records that articles tell. A record is a
//! document of its own because institution × specialty × level × year belong together: flat facets on the article would
//! pair hospital A with hospital B's title.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::{TantivyError, Term};

use crate::row::StoredRecord;
use crate::tokenizer::{CHARACTERS, WORDS};

/// The index format this build writes. Raised whenever a field, its tokens or the stored form changes.
pub const FORMAT: u32 = 6;

/// The oldest index format that this build answers from rightly. Raised together with [`FORMAT`] unless an older index still
/// gives right answers; `compat/` holds one of each, and a test opens them.
pub const OLDEST_READABLE: u32 = 6;

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One article.
    Article,
    /// One key-specialty record of an article.
    Record,
}

impl Kind {
    /// The term that marks the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Record => "record",
        }
    }
}

/// A text, indexed twice: by its characters, with their positions, and by its words, without. Any piece of the text is a phrase of
/// characters; positions of words would say nothing more and take a sixth of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextField {
    /// Every Han character, letter and digit at its character position.
    pub characters: Field,
    /// Every dictionary word and name of two characters or more at every place where it stands, every run of letters and digits.
    pub words: Field,
}

impl TextField {
    fn add(builder: &mut SchemaBuilder, name: &str) -> TextField {
        let options = |tokenizer, record| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
            TextOptions::default().set_indexing_options(indexing.set_fieldnorms(true))
        };
        let characters = options(CHARACTERS, IndexRecordOption::WithFreqsAndPositions);
        let words = options(WORDS, IndexRecordOption::WithFreqs);
        TextField {
            characters: builder.add_text_field(name, characters),
            words: builder.add_text_field(&words_of(name), words),
        }
    }

    fn of(schema: &Schema, name: &str) -> Result<TextField, TantivyError> {
        Ok(TextField { characters: schema.get_field(name)?, words: schema.get_field(&words_of(name))? })
    }

    /// A character, a word or a run of the text.
    pub fn term(self, term: &str) -> Term {
        let is_character = term.chars().nth(1).is_none();
        Term::from_field_text(if is_character { self.characters } else { self.words }, term)
    }
}

fn words_of(name: &str) -> String {
    format!("{name}_words")
}

/// Handles of all fields. Field numbers are those of the schema that was opened, never assumed.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// [`Kind`] of the document, one raw term.
    pub kind: Field,
    /// [`key_of`] the article; a record carries its article's. Indexed (replacing an article) and fast (joining).
    pub key: Field,
    /// Hash of the source file the document came from: removing a file removes all that came from it.
    pub origin: Field,
    /// What an article is called: its identity, its file's path, its file's name; raw terms.
    pub name: Field,
    /// Headline.
    pub title: TextField,
    /// Body.
    pub text: TextField,
    /// Navigation, footers, adverts, teasers: ranked below the body.
    pub noise: TextField,
    /// On records: institution and specialty, for free-text look-ups. The sentence that says so stands in the article's text.
    pub saying: TextField,
    /// Region paths with every ancestor: `陕西省`, `陕西省/汉中市`.
    pub region: Field,
    /// Specialty paths with every ancestor: `外科`, `外科/骨科`.
    pub specialty: Field,
    /// Institutions: an article's subjects, a record's holder.
    pub institution: Field,
    /// The year the news belongs to; on records the year of the title.
    pub year: Field,
    /// Date of publication in days since 1970-01-01.
    pub date: Field,
    /// On articles: what a repost shares with its original ([`xinglin_text::fingerprint`]); absent where there is no text.
    pub fingerprint: Field,
    /// `national` … `county`; on articles the levels of their records.
    pub level: Field,
    /// `designated`, `construction`, `cultivation`; on articles those of their records.
    pub status: Field,
    /// `key-specialty`, `key-discipline`, `featured-specialty`.
    pub programme: Field,
    /// `county`, or absent.
    pub tier: Field,
    /// On records: which of its article's records it is, from 0. Only records have it.
    pub place: Field,
    /// On records: what makes it the same title as another ([`TitleKey`]). One number is read sooner than five names.
    pub claim: Field,
    /// On articles: the article as it is shown, with its records ([`crate::StoredArticle::to_bytes`]), packed
    /// ([`crate::Packer`]).
    pub stored: Field,
}

impl Fields {
    /// The schema that this build writes, and its fields.
    pub fn schema() -> (Schema, Fields) {
        let mut builder = Schema::builder();
        let fields = Fields {
            kind: raw(&mut builder, "kind", false),
            key: builder.add_u64_field("key", number().set_fast()),
            origin: builder.add_u64_field("origin", number()),
            name: raw(&mut builder, "name", false),
            title: TextField::add(&mut builder, "title"),
            text: TextField::add(&mut builder, "text"),
            noise: TextField::add(&mut builder, "noise"),
            saying: TextField::add(&mut builder, "saying"),
            region: raw(&mut builder, "region", true),
            specialty: raw(&mut builder, "specialty", true),
            institution: raw(&mut builder, "institution", true),
            year: builder.add_i64_field("year", number().set_fast()),
            date: builder.add_i64_field("date", FAST),
            fingerprint: builder.add_u64_field("fingerprint", FAST),
            level: raw(&mut builder, "level", true),
            status: raw(&mut builder, "status", true),
            programme: raw(&mut builder, "programme", true),
            tier: raw(&mut builder, "tier", true),
            place: builder.add_u64_field("place", FAST),
            claim: builder.add_u64_field("claim", FAST),
            stored: builder.add_bytes_field("stored", STORED),
        };
        (builder.build(), fields)
    }

    /// The fields of a schema that was opened.
    ///
    /// # Errors
    /// The name of a field that the schema lacks: it was written by another format.
    pub fn of(schema: &Schema) -> Result<Fields, TantivyError> {
        let field = |name: &str| schema.get_field(name);
        Ok(Fields {
            kind: field("kind")?,
            key: field("key")?,
            origin: field("origin")?,
            name: field("name")?,
            title: TextField::of(schema, "title")?,
            text: TextField::of(schema, "text")?,
            noise: TextField::of(schema, "noise")?,
            saying: TextField::of(schema, "saying")?,
            region: field("region")?,
            specialty: field("specialty")?,
            institution: field("institution")?,
            year: field("year")?,
            date: field("date")?,
            fingerprint: field("fingerprint")?,
            level: field("level")?,
            status: field("status")?,
            programme: field("programme")?,
            tier: field("tier")?,
            place: field("place")?,
            claim: field("claim")?,
            stored: field("stored")?,
        })
    }

    /// The texts that are searched by their words.
    pub fn texts(&self) -> [TextField; 4] {
        [self.title, self.text, self.noise, self.saying]
    }

    /// The term that all documents of a kind carry.
    pub fn kind_term(&self, kind: Kind) -> Term {
        Term::from_field_text(self.kind, kind.as_str())
    }

    /// The term of an article and its records.
    pub fn key_term(&self, key: u64) -> Term {
        Term::from_field_u64(self.key, key)
    }

    /// The term of everything that came from one source file.
    pub fn origin_term(&self, origin: u64) -> Term {
        Term::from_field_u64(self.origin, origin)
    }
}

/// Values that are looked up whole. How many a document has weighs nothing, so no norms are kept.
fn raw(builder: &mut SchemaBuilder, name: &str, fast: bool) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    let options = TextOptions::default().set_indexing_options(indexing);
    builder.add_text_field(name, if fast { options | FAST } else { options })
}

fn number() -> NumericOptions {
    NumericOptions::default().set_indexed()
}

/// The 64-bit key of an article: a stable hash of where it came from and its identity there.
pub fn key_of(origin: u64, id: &str) -> u64 {
    let mut bytes = origin.to_le_bytes().to_vec();
    bytes.extend_from_slice(id.as_bytes());
    xinglin_text::hash64(&bytes)
}

/// What makes two records the same title, their years aside: who holds it, in which specialty, programme and status, at which level.
/// Ordered by level, the highest first, then by a stable hash of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TitleKey(pub u64);

/// The bits of a title's key below those of its level.
const HASH_BITS: u32 = 62;

impl TitleKey {
    /// The key of a record; `path` is that of its specialty.
    pub fn of(record: &StoredRecord, path: &str) -> TitleKey {
        let said = [&record.institution, path, &record.programme, &record.level, &record.status].join("\n");
        let level: u64 = match record.level.as_str() {
            "national" => 0,
            "provincial" => 1,
            "municipal" => 2,
            _ => 3,
        };
        let hash = xinglin_text::hash64(said.as_bytes()) & ((1 << HASH_BITS) - 1);
        TitleKey(level << HASH_BITS | hash)
    }

    /// The level's place: 0 national, 1 provincial, 2 municipal, 3 county.
    pub fn level(self) -> u8 {
        (self.0 >> HASH_BITS) as u8
    }
}

/// A path and all its ancestors, top first: `陕西省/汉中市` gives `陕西省` and `陕西省/汉中市`.
pub fn lineage(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| at).chain(std::iter::once(path.len())).map(move |end| &path[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_with_its_ancestors() {
        let all: Vec<&str> = lineage("陕西省/汉中市/南郑区").collect();
        assert_eq!(all, ["陕西省", "陕西省/汉中市", "陕西省/汉中市/南郑区"]);
        assert_eq!(lineage("北京市").collect::<Vec<_>>(), ["北京市"]);
    }

    #[test]
    fn the_schema_has_every_field_by_name() {
        let (schema, fields) = Fields::schema();
        let opened = Fields::of(&schema).expect("all fields");
        assert_eq!(format!("{fields:?}"), format!("{opened:?}"));
    }

    #[test]
    fn a_titles_key_tells_its_parts_apart_and_begins_with_its_level() {
        let record = |level: &str, status: &str| StoredRecord {
            institution: "甲医院".to_owned(),
            level: level.to_owned(),
            status: status.to_owned(),
            ..StoredRecord::default()
        };
        let key = |level, status, path| TitleKey::of(&record(level, status), path);
        assert_eq!(key("national", "designated", "外科/骨科"), key("national", "designated", "外科/骨科"));
        assert_ne!(key("national", "designated", "外科/骨科"), key("national", "designated", "外科"));
        assert_ne!(key("national", "designated", "外科"), key("national", "construction", "外科"));
        let levels = ["national", "provincial", "municipal", "county"].map(|level| key(level, "", ""));
        assert!(levels.is_sorted());
        assert_eq!(levels.map(TitleKey::level), [0, 1, 2, 3]);
    }

    #[test]
    fn keys_tell_origins_and_ids_apart() {
        assert_ne!(key_of(1, "a"), key_of(2, "a"));
        assert_ne!(key_of(1, "a"), key_of(1, "b"));
        assert_eq!(key_of(1, "a"), key_of(1, "a"));
    }
}
