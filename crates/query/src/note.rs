//! Remarks on how a query was read: data, which whoever shows them puts into words.

use serde::Serialize;

/// A remark for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[non_exhaustive]
pub enum Note {
    /// Nothing was asked for.
    Empty,
    /// The query is longer than what is read; the rest was left out.
    TooLong {
        /// Characters that were read.
        characters: usize,
    },
    /// The query has more parts than are read; the rest was left out.
    TooManyParts {
        /// Parts that were read.
        parts: usize,
    },
    /// A quotation mark without a partner was read as text.
    UnpairedQuote,
    /// The query could not be read as written: it was searched as plain words.
    Unreadable {
        /// What is wrong with it.
        why: Unreadable,
    },
    /// `field:value` names nothing that is known: it was searched as plain words.
    UnknownValue {
        /// The field.
        field: String,
        /// The value as typed.
        value: String,
    },
    /// A name may mean several institutions; a place would tell.
    Ambiguous {
        /// The name as typed.
        said: String,
        /// The institutions.
        institutions: Vec<String>,
    },
    /// The query consists of words that say nothing of what is sought (的, 哪些): only its very letters were searched.
    SaysNothing,
}

/// Why a query could not be read as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unreadable {
    /// Parentheses do not match.
    UnmatchedParentheses,
    /// A parenthesis is not closed.
    UnclosedParenthesis,
    /// Parentheses stand too deep inside each other.
    TooDeep,
    /// A quotation mark is not closed.
    UnclosedQuote,
}

/// What a part of a hit's score is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "part", content = "text")]
#[non_exhaustive]
pub enum ScoreKind {
    /// BM25 of the query's parts.
    Query,
    /// Two neighbouring characters of the query that stand together.
    Pair(String),
    /// A word inside the query's parts that the article uses.
    Word(String),
    /// A part of the query stands there by its letters.
    Letters,
    /// A fact of the article that the query names: `region`, `year` …
    Fact(&'static str),
    /// The article is about an institution that the query names.
    Subject,
    /// A key-specialty record of the article says what was asked.
    Record,
    /// The query's parts stand close together.
    Nearness,
    /// The headline begins with what was asked.
    Headline,
    /// The letters stand there, but cut across words (和服 in 产品和服务).
    AcrossWords,
    /// The news is new.
    Newness,
}
