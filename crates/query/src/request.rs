//! What can be asked, in canonical form: names are resolved before they come here.

use std::fmt;
use std::str::FromStr;

use crate::grammar::QueryLimits;

/// A search for articles.
#[derive(Clone, Debug)]
pub struct Request {
    /// What was typed.
    pub query: String,
    /// Hard conditions.
    pub filters: Filters,
    /// How many hits to return; 0 gives counts only.
    pub limit: usize,
    /// How many hits to skip.
    pub offset: usize,
    /// In which order.
    pub sort: Sort,
    /// Facets to count over all matching articles.
    pub facets: Vec<FacetField>,
    /// For hierarchical facets: the node whose children are counted; the top level where `None`.
    pub under: Option<String>,
    /// Most values of one facet to return; 0 for all.
    pub facet_limit: usize,
    /// Whether each hit says what it scores for.
    pub explain: bool,
    /// Whether reposts are hits of their own.
    pub all: bool,
    /// Width of a snippet in display columns.
    pub snippet_width: usize,
    /// How much of the query is read.
    pub limits: QueryLimits,
}

impl Request {
    /// A request with the defaults: ten hits by relevance, no filters, no facets.
    pub fn new(query: impl Into<String>) -> Request {
        Request {
            query: query.into(),
            filters: Filters::default(),
            limit: 10,
            offset: 0,
            sort: Sort::Relevance,
            facets: Vec::new(),
            under: None,
            facet_limit: 0,
            explain: false,
            all: false,
            snippet_width: 160,
            limits: QueryLimits::default(),
        }
    }
}

/// Hard conditions: OR within a list, AND across lists. Empty lists ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Region paths; a path includes everything below it.
    pub regions: Vec<String>,
    /// Specialty paths, `外科/骨科`; a path includes everything below it.
    pub specialties: Vec<String>,
    /// Names of institutions, or pieces of names.
    pub institutions: Vec<String>,
    /// Years of the news (of the title, for records).
    pub years: Vec<YearRange>,
    /// `national` … `county`.
    pub levels: Vec<String>,
    /// `designated`, `construction`, `cultivation`.
    pub statuses: Vec<String>,
    /// `key-specialty`, `key-discipline`, `featured-specialty`.
    pub programmes: Vec<String>,
    /// `county`.
    pub tiers: Vec<String>,
}

impl Filters {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self == &Filters::default()
    }
}

/// Years, both ends included; an open end is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearRange {
    /// First year.
    pub first: Option<i32>,
    /// Last year.
    pub last: Option<i32>,
}

/// A year that cannot be one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no year or range of years: write 2023, 2019..2023, 2019.. or ..2020 (1900 to 2100)")]
pub struct YearError(pub String);

impl YearRange {
    /// One year.
    pub fn of(year: i32) -> YearRange {
        YearRange { first: Some(year), last: Some(year) }
    }

    /// Whether a year lies in the range.
    pub fn contains(&self, year: i32) -> bool {
        self.first.is_none_or(|first| first <= year) && self.last.is_none_or(|last| year <= last)
    }
}

impl FromStr for YearRange {
    type Err = YearError;

    fn from_str(text: &str) -> Result<YearRange, YearError> {
        let error = || YearError(text.to_owned());
        let folded = xinglin_text::fold_str(text.trim());
        let year = |part: &str| -> Result<Option<i32>, YearError> {
            let part = part.trim().trim_end_matches('年');
            if part.is_empty() {
                return Ok(None);
            }
            let plain = part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            match part.parse::<i32>() {
                Ok(year) if plain && (1900..=2100).contains(&year) => Ok(Some(year)),
                _ => Err(error()),
            }
        };
        let range = match folded.split_once("..") {
            Some((first, last)) => {
                YearRange { first: year(first)?, last: year(last.strip_prefix('=').unwrap_or(last))? }
            }
            None => {
                let one = year(&folded)?;
                YearRange { first: one, last: one }
            }
        };
        let backwards = matches!((range.first, range.last), (Some(first), Some(last)) if first > last);
        if (range.first.is_none() && range.last.is_none()) || backwards { Err(error()) } else { Ok(range) }
    }
}

impl fmt::Display for YearRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.first, self.last) {
            (Some(first), Some(last)) if first == last => write!(f, "{first}"),
            (first, last) => {
                if let Some(first) = first {
                    write!(f, "{first}")?;
                }
                f.write_str("..")?;
                if let Some(last) = last {
                    write!(f, "{last}")?;
                }
                Ok(())
            }
        }
    }
}

/// The order of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Newest first; undated last.
    Date,
}

impl FromStr for Sort {
    type Err = String;

    fn from_str(text: &str) -> Result<Sort, String> {
        match text {
            "relevance" => Ok(Sort::Relevance),
            "date" => Ok(Sort::Date),
            _ => Err(format!("{text:?} is no order: use relevance or date")),
        }
    }
}

/// What can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FacetField {
    /// Regions, hierarchical.
    Region,
    /// Specialties, hierarchical.
    Specialty,
    /// Institutions.
    Institution,
    /// Years.
    Year,
    /// Levels of the titles told.
    Level,
    /// Statuses of the titles told.
    Status,
}

impl FacetField {
    /// All of them.
    pub const ALL: [FacetField; 6] = [
        FacetField::Region,
        FacetField::Specialty,
        FacetField::Institution,
        FacetField::Year,
        FacetField::Level,
        FacetField::Status,
    ];

    /// The name used in options, JSON and the index.
    pub fn as_str(self) -> &'static str {
        match self {
            FacetField::Region => "region",
            FacetField::Specialty => "specialty",
            FacetField::Institution => "institution",
            FacetField::Year => "year",
            FacetField::Level => "level",
            FacetField::Status => "status",
        }
    }

    /// Whether values are paths.
    pub fn is_hierarchical(self) -> bool {
        matches!(self, FacetField::Region | FacetField::Specialty)
    }
}

impl FromStr for FacetField {
    type Err = String;

    fn from_str(text: &str) -> Result<FacetField, String> {
        FacetField::ALL.into_iter().find(|field| field.as_str() == text).ok_or_else(|| {
            let names = FacetField::ALL.map(FacetField::as_str).join(", ");
            format!("{text:?} is no facet: use one of {names}")
        })
    }
}

impl fmt::Display for FacetField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A look-up of key-specialty records.
#[derive(Clone, Debug, Default)]
pub struct RecordLookup {
    /// Free text that must stand in institution, specialty, sentence or headline; empty for none.
    pub query: String,
    /// Hard conditions on the records.
    pub filters: Filters,
    /// How many records to return.
    pub limit: usize,
    /// How many to skip.
    pub offset: usize,
    /// In which order.
    pub sort: Sort,
    /// What to count.
    pub by: Vec<FacetField>,
    /// For hierarchical counts: the node whose children are counted.
    pub under: Option<String>,
    /// How much of the query is read.
    pub limits: QueryLimits,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_ranges() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(
                text.parse::<YearRange>().ok().map(|range| range.to_string()).as_deref(),
                expected,
                "{text}"
            );
        };
        check("2023", Some("2023"));
        check("２０２３年", Some("2023"));
        check("2019..2023", Some("2019..2023"));
        check("2019..", Some("2019.."));
        check("..2020", Some("..2020"));
        check("2019..=2020", Some("2019..2020"));
        for wrong in ["20233", "", "..", "2023..2019", "abc", "-2023", "1899", "2101", "+203"] {
            check(wrong, None);
        }
    }
}
