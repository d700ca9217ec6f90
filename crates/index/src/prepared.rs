//! Rows as documents: what threads can make ready while another writes.

use std::sync::Arc;

use xinglin_index_schema::{ArticleRow, Fields, RowDocument};

use crate::error::{Error, ErrorKind};
use crate::texts::Texts;

/// Turns rows into documents; cheap to clone, made for worker threads.
#[derive(Clone, Debug)]
pub struct Preparer {
    pub(crate) fields: Fields,
    pub(crate) texts: Arc<Texts>,
}

/// An article and its records as documents, ready to be handed to a [`Writer`](crate::Writer).
#[derive(Debug)]
pub struct Prepared {
    pub(crate) key: u64,
    pub(crate) origin: u64,
    id: String,
    pub(crate) documents: Vec<RowDocument>,
    /// About how much memory they take.
    pub(crate) bytes: usize,
}

impl Preparer {
    /// The documents of one row.
    ///
    /// # Errors
    /// Where the row cannot be serialised or packed.
    pub fn prepare(&self, origin: u64, row: ArticleRow) -> Result<Prepared, Error> {
        let (key, id) = (row.key(origin), row.article.id.clone());
        let article = &row.article;
        let texts = article.title.len() + article.text.len() + article.noise.len();
        let documents = match row.documents(&self.fields, origin, |article| self.texts.pack(article)) {
            Ok(documents) => documents,
            Err(source) => return Err(ErrorKind::Row { id, source }.into()),
        };
        // A text stands in its document as it is, and packed.
        let bytes = texts + texts / 2 + 1024 * documents.len();
        Ok(Prepared { key, origin, id, documents, bytes })
    }
}

/// The hash that marks everything from one source file.
pub(crate) fn origin_of(path: &str) -> u64 {
    xinglin_text::hash64(path.as_bytes())
}

impl Prepared {
    /// The article's key.
    pub fn key(&self) -> u64 {
        self.key
    }

    /// The article's identity.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The hash of a source's path, to prepare its rows with.
    pub fn origin(path: &str) -> u64 {
        origin_of(path)
    }
}
