//! The values that options take, from what a person types.

use std::ffi::OsStr;
use std::str::FromStr;
use std::time::Duration;

use clap::ValueEnum;
use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use xinglin::{FacetField, Sort, YearRange};

/// The forms of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

/// The forms of a single thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlainFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// The forms of what only programs read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// An object a line.
    Json,
    /// For spreadsheets.
    Csv,
}

/// The order of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// Best first.
    Relevance,
    /// Newest first.
    Date,
}

impl From<Order> for Sort {
    fn from(order: Order) -> Sort {
        match order {
            Order::Relevance => Sort::Relevance,
            Order::Date => Sort::Date,
        }
    }
}

/// What hits are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Grouping {
    /// The first institution that the article is about.
    #[value(alias = "机构")]
    Institution,
    /// The year that the news belongs to.
    #[value(alias = "年份")]
    Year,
}

/// What can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Facet {
    #[value(alias = "地区")]
    Region,
    #[value(alias = "专科")]
    Specialty,
    #[value(alias = "机构")]
    Institution,
    #[value(alias = "年份")]
    Year,
    #[value(alias = "级别")]
    Level,
    #[value(alias = "状态")]
    Status,
}

impl From<Facet> for FacetField {
    fn from(facet: Facet) -> FacetField {
        match facet {
            Facet::Region => FacetField::Region,
            Facet::Specialty => FacetField::Specialty,
            Facet::Institution => FacetField::Institution,
            Facet::Year => FacetField::Year,
            Facet::Level => FacetField::Level,
            Facet::Status => FacetField::Status,
        }
    }
}

/// A name: any text that is not blank, without the blanks around it.
pub(crate) fn name(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() { Err("名称是空的".to_owned()) } else { Ok(name.to_owned()) }
}

/// The most characters of a saved query's name.
const LONGEST_NAME: usize = 64;

/// The name of a saved query: a short line.
pub(crate) fn saved_name(text: &str) -> Result<String, String> {
    let name = name(text)?;
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(format!("名称为一行文字，不超过 {LONGEST_NAME} 字"));
    }
    Ok(name)
}

/// A year or a range of years.
pub(crate) fn years(text: &str) -> Result<YearRange, String> {
    YearRange::from_str(text.trim()).map_err(|_| "年份写作 2023、2019..2023、2019.. 或 ..2020".to_owned())
}

/// A time span in seconds, with a point or without.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: Option<f64> = text.trim().trim_end_matches(['s', '秒']).parse().ok();
    seconds
        .filter(|seconds| (0.0..=86_400.0).contains(seconds))
        .map(Duration::from_secs_f64)
        .ok_or_else(|| "写作秒数，0 到 86400，如 30 或 0.5".to_owned())
}

/// A number of threads.
pub(crate) fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(threads @ 1..=256) => Ok(threads),
        _ => Err("线程数为 1 到 256".to_owned()),
    }
}

/// The most that `--limit` and `--offset` take.
const MOST: usize = 10_000_000;

/// A number of results.
pub(crate) fn count(text: &str) -> Result<usize, String> {
    match text.trim().parse() {
        Ok(count @ 0..=MOST) => Ok(count),
        _ => Err(format!("要一个 0 到 {MOST} 的整数")),
    }
}

/// A size in bytes: `1048576`, `64K`, `64M`, `1G` (steps of 1,024).
pub(crate) fn size(text: &str) -> Result<u64, String> {
    let refused = || "大小写作 1048576、64K、64M 或 1G".to_owned();
    let text = text.trim().trim_end_matches(['b', 'B']);
    let (digits, shift) = match text.char_indices().next_back() {
        Some((at, 'k' | 'K')) => (text.get(..at), 10),
        Some((at, 'm' | 'M')) => (text.get(..at), 20),
        Some((at, 'g' | 'G')) => (text.get(..at), 30),
        _ => (Some(text), 0),
    };
    let number: u64 = digits.and_then(|digits| digits.parse().ok()).ok_or_else(refused)?;
    number.checked_mul(1 << shift).filter(|&bytes| bytes > 0).ok_or_else(refused)
}

/// Takes any name, and offers the contract's own words to completions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words(pub(crate) &'static [&'static str]);

impl TypedValueParser for Words {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().try_map(|text| name(&text)).parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(|word| PossibleValue::new(*word))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, expected) in [
            ("1048576", Some(1 << 20)),
            ("64K", Some(64 << 10)),
            ("64m", Some(64 << 20)),
            ("1GB", Some(1 << 30)),
            ("0", None),
            ("", None),
            ("M", None),
            ("-1", None),
            ("99999999999G", None),
            ("6四K", None),
        ] {
            assert_eq!(size(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn counts() {
        for (text, expected) in [("0", Some(0)), ("10000000", Some(MOST)), (" 5 ", Some(5))] {
            assert_eq!(count(text).ok(), expected, "{text}");
        }
        for text in ["10000001", "18446744073709551616", "-1", "1.5", "五", ""] {
            assert!(count(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_and_threads() {
        assert_eq!(name(" 陕西 "), Ok("陕西".to_owned()));
        assert!(name(" \u{3000}").is_err());
        assert_eq!(threads("2"), Ok(2));
        assert!(threads("0").is_err() && threads("1000").is_err() && threads("二").is_err());
    }

    #[test]
    fn years_are_refused_with_a_remedy() {
        for text in ["2023", "2019..2023", "2019..", "..2020", " 2023 "] {
            assert!(years(text).is_ok(), "{text}");
        }
        for text in ["20233", "二零", "2023-2024-", ""] {
            assert!(years(text).is_err(), "{text}");
        }
    }
}
