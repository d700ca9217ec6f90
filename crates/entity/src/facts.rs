//! What goes in and what comes out.

use serde::{Deserialize, Serialize};

use crate::kinds::{Level, Programme, Status, Tier};

/// An article as the tagger reads it, in its own script.
#[derive(Debug, Clone, Copy, Default)]
pub struct Source<'a> {
    /// The headline.
    pub title: &'a str,
    /// The headline's line first, then the body's lines; a table's row is a line with tabs between its cells, its header row first.
    pub text: &'a str,
    /// The page's frame (navigation, header, footer, related articles): it tells whose page it is and where, and gives no record.
    pub noise: &'a str,
    /// The site's name.
    pub site: Option<&'a str>,
    /// The printed source of the article.
    pub source: Option<&'a str>,
    /// The printed date of publication.
    pub published: Option<(i32, u8, u8)>,
    /// The printed year of publication where no day is printed.
    pub published_year: Option<i32>,
}

/// What an article says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tags {
    /// The year the news belongs to.
    pub year: Option<i32>,
    /// The institutions the news is about, Simplified, full names.
    pub subjects: Vec<String>,
    /// Their places, as paths: 陕西省/汉中市.
    pub regions: Vec<String>,
    /// The canonical specialties that the text names, in the order of the text.
    pub specialties: Vec<String>,
    /// Who holds which title.
    pub designations: Vec<Designation>,
}

/// A title that an institution's specialty holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Designation {
    /// The holder's full name, Simplified.
    pub institution: String,
    /// The canonical specialty; one that the table lacks, as printed.
    pub specialty: String,
    /// What kind of title.
    pub programme: Programme,
    /// Whose title.
    pub level: Level,
    /// 县域.
    pub tier: Option<Tier>,
    /// How far it has come.
    pub status: Status,
    /// The year it was given or announced.
    pub year: Option<i32>,
    /// The path of the holder's place, as far as it is known.
    pub region: Option<String>,
    /// The piece of the article that says so.
    pub evidence: Evidence,
}

/// A piece of [`Source::text`], in the article's own script.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// `source.text[start..end]`.
    pub text: String,
    /// The first byte in [`Source::text`].
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}
