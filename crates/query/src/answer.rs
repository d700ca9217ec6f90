//! What a search gives back: plain structs with public fields, serialised as CONTRACT-shaped JSON.

use serde::Serialize;

use crate::note::{Note, ScoreKind};

/// The answer to one search.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Answer {
    /// The query as it was typed.
    pub query: String,
    /// The facts that were recognised in the query (empty lists where understanding is off).
    pub understood: Understood,
    /// How many articles match. Reposts that stand behind another hit are articles too and are counted, so that totals and
    /// facet counts agree; there are fewer hits to page through than `total` where hits have `duplicates`.
    pub total: usize,
    /// Milliseconds spent on the query, opening the index not included.
    pub took_ms: f64,
    /// The page of hits asked for, best first.
    pub hits: Vec<Hit>,
    /// Facet counts over all matching articles; absent unless asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
    /// A corrected query that finds more, or `None`.
    pub suggestion: Option<String>,
    /// Whether the hits are those of the suggestion, because what was typed finds nothing.
    pub corrected: bool,
    /// `true` where no article holds every part of the query, and the hits hold only some of its words.
    pub relaxed: bool,
    /// Why the answer is empty; absent where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<Diagnosis>,
    /// Remarks for a person: how the query was read where it could not be read as typed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// The facts recognised in a query, in canonical form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Understood {
    /// Region paths, `陕西省/汉中市`.
    pub region: Vec<String>,
    /// Canonical specialties, `骨科`.
    pub specialty: Vec<String>,
    /// Full institution names.
    pub institution: Vec<String>,
    /// Levels: `national`, `provincial`, `municipal`, `county`.
    pub level: Vec<String>,
    /// Statuses: `designated`, `construction`, `cultivation`.
    pub status: Vec<String>,
    /// Programmes: `key-specialty`, `key-discipline`, `featured-specialty`.
    pub programme: Vec<String>,
    /// Calendar years.
    pub year: Vec<i32>,
}

impl Understood {
    /// Whether nothing was recognised.
    pub fn is_empty(&self) -> bool {
        self == &Understood::default()
    }

    /// How many kinds of facts were recognised.
    pub fn kinds(&self) -> usize {
        let named = [
            !self.region.is_empty(),
            !self.specialty.is_empty(),
            !self.institution.is_empty(),
            !self.level.is_empty(),
            !self.status.is_empty(),
            !self.programme.is_empty(),
            !self.year.is_empty(),
        ];
        named.into_iter().filter(|named| *named).count()
    }

    /// Adds what is not there yet.
    pub fn add(&mut self, more: Understood) {
        fn add<T: PartialEq>(into: &mut Vec<T>, from: Vec<T>) {
            for value in from {
                if !into.contains(&value) {
                    into.push(value);
                }
            }
        }
        add(&mut self.region, more.region);
        add(&mut self.specialty, more.specialty);
        add(&mut self.institution, more.institution);
        add(&mut self.level, more.level);
        add(&mut self.status, more.status);
        add(&mut self.programme, more.programme);
        add(&mut self.year, more.year);
    }
}

/// One article of an answer.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Hit {
    /// Place in the whole ranking, from 1.
    pub rank: usize,
    /// Relevance; comparable within one answer only. 0 where sorted by date.
    pub score: f32,
    /// The article's identity: what `show` takes.
    pub id: String,
    /// The file it was read from, relative to the folder that was indexed.
    pub file: String,
    /// The headline as printed.
    pub title: String,
    /// The printed date of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The year the news belongs to.
    pub year: Option<i32>,
    /// The institutions the news is about.
    pub subjects: Vec<String>,
    /// Where they are, as paths.
    pub regions: Vec<String>,
    /// The canonical specialties named.
    pub specialties: Vec<String>,
    /// Where the page was published, if known.
    pub url: Option<String>,
    /// Who published it, if known.
    pub source: Option<String>,
    /// The part of the text that answers best.
    pub snippet: Snippet,
    /// `true` where only the page's noise (navigation, adverts, teasers) holds the query.
    pub in_noise: bool,
    /// How many reposts of this article (the same text with small edits) match too and stand behind it: those among the
    /// best hits that were looked at.
    pub duplicates: usize,
    /// What the hit scores for; only with `explain`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub explanation: Vec<ScorePart>,
}

/// One contribution to a hit's score.
#[derive(Clone, Debug, Serialize)]
pub struct ScorePart {
    /// What contributed.
    #[serde(flatten)]
    pub part: ScoreKind,
    /// How much it added.
    pub score: f32,
}

/// A piece of an article's original text with the matches marked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// Text in the article's own script; `…` where it was cut.
    pub text: String,
    /// Byte ranges of `text`, exclusive end, in order, not overlapping.
    pub highlights: Vec<[usize; 2]>,
}

/// Facet counts, in the order in which they were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets(pub Vec<(String, Vec<FacetCount>)>);

impl Serialize for Facets {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, counts)| (name, counts)))
    }
}

/// How many articles (or records) carry one value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetCount {
    /// The value: a full path for hierarchical facets, a number for years.
    pub value: FacetValue,
    /// Number of articles or records.
    pub count: usize,
}

/// A facet's value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum FacetValue {
    /// A calendar year.
    Number(i32),
    /// Everything else.
    Text(String),
}

impl std::fmt::Display for FacetValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FacetValue::Number(number) => number.fmt(f),
            FacetValue::Text(text) => text.fmt(f),
        }
    }
}

/// Why nothing was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// Words of the query that stand in no article of the index.
    pub absent: Vec<String>,
    /// Filters without which there would be hits: `("--region 陕西省", 12)`.
    pub emptied_by: Vec<(String, usize)>,
    /// How many articles match the query when every filter is taken away.
    pub without_filters: usize,
}

/// A facet answer: counts without hits.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FacetAnswer {
    /// How many articles match the query and the filters.
    pub total: usize,
    /// The counts.
    pub facets: Facets,
    /// What was recognised in the query.
    #[serde(skip_serializing_if = "Understood::is_empty")]
    pub understood: Understood,
    /// Why the answer is empty; absent where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<Diagnosis>,
    /// Remarks for a person: what of the query was left out, say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// The answer to a look-up of key-specialty records.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RecordAnswer {
    /// How many titles match (the same title told by several articles is one).
    pub total: usize,
    /// The page of records asked for.
    pub records: Vec<Record>,
    /// Counts, where `by` asked for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<Facets>,
    /// What was recognised in the query.
    pub understood: Understood,
    /// Why the answer is empty; absent where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnosis: Option<Diagnosis>,
    /// Remarks for a person: what of the query was left out, say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// One key-specialty title: who holds it, and the sentence that says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The holder's full name.
    pub institution: String,
    /// Canonical specialty, or the name as printed.
    pub specialty: String,
    /// `key-specialty`, `key-discipline` or `featured-specialty`.
    pub programme: String,
    /// `national`, `provincial`, `municipal` or `county`.
    pub level: String,
    /// `county` for county titles given by a province.
    pub tier: Option<String>,
    /// `designated`, `construction` or `cultivation`.
    pub status: String,
    /// The year in which the title was given or announced.
    pub year: Option<i32>,
    /// The holder's region path.
    pub region: Option<String>,
    /// The file of the article that tells it best.
    pub file: String,
    /// That article's headline.
    pub title: String,
    /// The sentence that says so.
    pub evidence: Evidence,
    /// That article's identity: what `show` takes.
    pub id: String,
    /// That article's date.
    pub published: Option<String>,
    /// That article's address, if known.
    pub url: Option<String>,
    /// The other articles that tell the same title.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<RecordSource>,
    /// Where the sources disagree, in words; empty where they agree.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<String>,
}

/// Another article that tells the same title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordSource {
    /// The article's identity.
    pub id: String,
    /// Its file.
    pub file: String,
    /// Its headline.
    pub title: String,
    /// Its date.
    pub published: Option<String>,
    /// Its sentence.
    pub evidence: Evidence,
}

/// A literal piece of an article's text that says a fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The piece, in the article's own script.
    pub text: String,
    /// Byte offset of its start in the article's text.
    pub start: usize,
    /// Byte offset of its end, exclusive.
    pub end: usize,
}

/// One whole article, as it lies in the index.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ArticleView {
    /// The article's identity.
    pub id: String,
    /// Its file.
    pub file: String,
    /// The headline as printed.
    pub title: String,
    /// The printed date of publication, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The year the news belongs to.
    pub year: Option<i32>,
    /// Who published it.
    pub source: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// The institutions it is about.
    pub subjects: Vec<String>,
    /// Where they are.
    pub regions: Vec<String>,
    /// The specialties it names.
    pub specialties: Vec<String>,
    /// The titles it tells.
    pub records: Vec<Record>,
    /// The article's text: the headline's line first, then the body. Evidence offsets are byte offsets of this.
    pub text: String,
    /// The page's navigation, footers, adverts and teasers.
    pub noise: String,
}

/// What is in an index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Number of articles.
    pub articles: usize,
    /// Number of key-specialty records, before merging.
    pub records: usize,
    /// Number of distinct region paths.
    pub regions: usize,
    /// Number of distinct institutions.
    pub institutions: usize,
    /// Number of distinct specialties.
    pub specialties: usize,
    /// First and last year, or `None` without dated articles.
    pub years: Option<[i32; 2]>,
    /// Size of the index on disk, in bytes.
    pub bytes: u64,
    /// The index's format version.
    pub format: u32,
    /// When it was made, RFC 3339, UTC.
    pub created: String,
    /// When it last changed, RFC 3339, UTC.
    pub updated: String,
}
