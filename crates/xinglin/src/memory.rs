//! Articles that a program holds in memory.

use xinglin_article::{Article, Parts};
use xinglin_index::{Prepared, SourceState};

use crate::error::Error;
use crate::ingest::{Complaint, Ingest, IngestReport};
use crate::rows;

/// An article that a program holds in memory. Only the id and the text are needed; what is not given is looked for in the
/// text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewArticle {
    id: String,
    parts: Parts,
}

impl NewArticle {
    /// An article with its identity (given again, it replaces the article) and its text: plain lines, or HTML.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> NewArticle {
        NewArticle { id: id.into(), parts: Parts { text: text.into(), ..Parts::default() } }
    }

    /// The headline.
    pub fn title(mut self, title: impl Into<String>) -> NewArticle {
        self.parts.title = Some(title.into());
        self
    }

    /// The date of publication, in any printed form: `2023-05-06`, `2023年5月6日`.
    pub fn published(mut self, date: impl Into<String>) -> NewArticle {
        self.parts.published = Some(date.into());
        self
    }

    /// Who published it.
    pub fn source(mut self, source: impl Into<String>) -> NewArticle {
        self.parts.source = Some(source.into());
        self
    }

    /// Where it was published.
    pub fn url(mut self, url: impl Into<String>) -> NewArticle {
        self.parts.url = Some(url.into());
        self
    }

    pub(crate) fn into_article(self) -> Article {
        Article::from_parts(Parts { file: self.id, ..self.parts })
    }
}

impl Ingest {
    /// Adds articles from memory to the index, or replaces those with the same ids; `collection` names where they come
    /// from (`"intranet"`), and ids are told apart within it. Everything becomes visible at once.
    ///
    /// # Errors
    /// Where the index cannot be opened or written.
    pub fn articles<I>(self, collection: &str, articles: I) -> Result<IngestReport, Error>
    where
        I: IntoIterator<Item = NewArticle>,
    {
        let started = std::time::Instant::now();
        let (tagger, gazetteer) = (self.tagger()?, self.gazetteer()?);
        let mut writer = self.open_writer()?;
        let preparer = writer.preparer();
        let path = format!("memory:{collection}");
        let origin = Prepared::origin(&path);
        let mut ids = writer.members(&path)?;
        let mut report = IngestReport::default();
        for article in articles {
            let article = article.into_article();
            report.bytes += article.text.len() as u64;
            let odd = rows::complaints(&article);
            report.complaints.extend(odd.map(|message| Complaint { skipped: false, message }));
            let tags = rows::tags_of(&tagger, &article);
            let row = preparer.prepare(origin, rows::row(article, tags, &gazetteer))?;
            if ids.insert(row.key()) {
                writer.add(row)?;
            } else {
                writer.replace(row)?;
            }
            report.indexed += 1;
        }
        let state = SourceState { root: path.clone(), articles: ids.len() as u64, ..SourceState::default() };
        writer.end_source(&path, state);
        writer.finish()?;
        report.seconds = started.elapsed().as_secs_f64();
        Ok(report)
    }

    /// Takes articles of a collection out of the index.
    ///
    /// # Errors
    /// As [`Ingest::articles`].
    pub fn remove(self, collection: &str, ids: &[&str]) -> Result<IngestReport, Error> {
        let started = std::time::Instant::now();
        let mut writer = self.open_writer()?;
        let path = format!("memory:{collection}");
        let mut members = writer.members(&path)?;
        let mut report = IngestReport::default();
        for id in ids {
            if members.remove(&writer.remove_article(&path, id)?) {
                report.removed += 1;
            }
        }
        let state =
            SourceState { root: path.clone(), articles: members.len() as u64, ..SourceState::default() };
        writer.end_source(&path, state);
        writer.finish()?;
        report.seconds = started.elapsed().as_secs_f64();
        Ok(report)
    }
}
