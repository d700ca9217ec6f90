//! From an article and its tags to a row of the index, or to what `tag` prints.

use serde::Serialize;
use xinglin_article::Article;
use xinglin_entity::{Gazetteer, Source, Tagger, Tags};
use xinglin_index_schema::{ArticleRow, StoredArticle, StoredRecord};
use xinglin_query::Evidence;

/// What was read out of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tagged {
    /// The file, relative to the folder that was given; with `#id` for an article of a line file.
    pub file: String,
    /// The headline as printed.
    pub title: String,
    /// The printed date of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The year the news belongs to.
    pub year: Option<i32>,
    /// The institutions it is about.
    pub subjects: Vec<String>,
    /// Where they are, as paths.
    pub regions: Vec<String>,
    /// The canonical specialties it names.
    pub specialties: Vec<String>,
    /// The key-specialty records it tells.
    pub designations: Vec<Designation>,
    /// What was odd about it: that its text was cut at a limit, say. The file, the reason and the remedy in one line each.
    #[serde(skip)]
    pub complaints: Vec<String>,
}

/// A key-specialty record as an article tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Designation {
    /// The holder's full name.
    pub institution: String,
    /// Canonical specialty, or as printed.
    pub specialty: String,
    /// `key-specialty`, `key-discipline`, `featured-specialty`.
    pub programme: &'static str,
    /// `national`, `provincial`, `municipal`, `county`.
    pub level: &'static str,
    /// `county` for county titles given by a province.
    pub tier: Option<&'static str>,
    /// `designated`, `construction`, `cultivation`.
    pub status: &'static str,
    /// The year in which it was given or announced.
    pub year: Option<i32>,
    /// The piece of the article's text that says so.
    pub evidence: Evidence,
}

/// Tags an article.
pub(crate) fn tags_of(tagger: &Tagger, article: &Article) -> Tags {
    tagger.tag(&Source {
        title: &article.title,
        text: &article.text,
        noise: &article.noise,
        site: article.site.as_deref(),
        source: article.source.as_deref(),
        published: article.published.map(|date| (date.year, date.month, date.day)),
        published_year: article.published_year,
    })
}

/// What `tag` prints of an article.
pub(crate) fn tagged(article: &Article, tags: Tags) -> Tagged {
    let designations = tags.designations.into_iter().map(|found| Designation {
        institution: found.institution,
        specialty: found.specialty,
        programme: found.programme.as_str(),
        level: found.level.as_str(),
        tier: found.tier.map(|tier| tier.as_str()),
        status: found.status.as_str(),
        year: found.year,
        evidence: Evidence {
            text: found.evidence.text,
            start: found.evidence.start,
            end: found.evidence.end,
        },
    });
    Tagged {
        file: article.key.to_string(),
        title: article.title.clone(),
        published: article.published.map(|date| date.to_string()),
        year: tags.year,
        subjects: tags.subjects,
        regions: tags.regions,
        specialties: tags.specialties,
        designations: designations.collect(),
        complaints: complaints(article).collect(),
    }
}

/// What was odd about an article, with its name.
pub(crate) fn complaints(article: &Article) -> impl Iterator<Item = String> {
    article.complaints.iter().map(|odd| format!("{}: {odd}", article.key))
}

/// The row that is written for an article.
pub(crate) fn row(article: Article, tags: Tags, gazetteer: &Gazetteer) -> ArticleRow {
    let id = article.key.to_string();
    let published = article.published.map(|date| date.to_string());
    let path = |name: &String| gazetteer.specialty_path(name);
    let specialty_paths = tags.specialties.iter().map(path).collect();
    let record_paths = tags.designations.iter().map(|found| path(&found.specialty)).collect();
    let records = tags.designations.into_iter().map(|found| StoredRecord {
        institution: found.institution,
        specialty: found.specialty,
        programme: found.programme.as_str().to_owned(),
        level: found.level.as_str().to_owned(),
        tier: found.tier.map(|tier| tier.as_str().to_owned()),
        status: found.status.as_str().to_owned(),
        year: found.year,
        region: found.region,
        start: found.evidence.start,
        end: found.evidence.end,
    });
    let records = records.collect();
    ArticleRow {
        date: article.published.map(|date| date.days_since_epoch()),
        fingerprint: xinglin_text::fingerprint(&article.text),
        article: StoredArticle {
            id,
            file: article.key.file,
            title: article.title,
            text: article.text,
            noise: article.noise,
            published,
            year: tags.year,
            source: article.source,
            url: article.url,
            subjects: tags.subjects,
            regions: tags.regions,
            specialties: tags.specialties,
            records,
        },
        specialty_paths,
        record_paths,
    }
}
