//! A calendar day, as a page prints it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The years a publication date may lie in. Anything outside is a misprint, a licence number or a sample.
const YEARS: std::ops::RangeInclusive<i32> = 1980..=2100;

/// A day of the Gregorian calendar between 1980 and 2100.
///
/// ```
/// use xinglin_article::Date;
/// let day: Date = "2023-07-17".parse().unwrap();
/// assert_eq!((day.year, day.month, day.day), (2023, 7, 17));
/// assert_eq!(day.to_string(), "2023-07-17");
/// assert!("2023-02-30".parse::<Date>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year, 1980 to 2100.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

impl Date {
    /// The day, or `None` where no such day exists or the year is implausible for a news page.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Date> {
        let plausible = YEARS.contains(&year) && (1..=12).contains(&month);
        (plausible && day >= 1 && day <= days_in(year, month)).then_some(Date { year, month, day })
    }

    /// Whole days from 1970-01-01 to this day.
    ///
    /// ```
    /// # use xinglin_article::Date;
    /// assert_eq!(Date::new(2000, 3, 1).unwrap().days_since_epoch(), 11_017);
    /// ```
    pub fn days_since_epoch(self) -> i64 {
        // Days from civil, Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let (m, d) = (i64::from(self.month), i64::from(self.day));
        let y = i64::from(self.year) - i64::from(self.month <= 2);
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let day_of_year = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + d - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The day `days` after 1970-01-01, where it lies in the plausible years.
    pub fn from_days_since_epoch(days: i64) -> Option<Date> {
        let z = days.checked_add(719_468)?;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let mp = (5 * day_of_year + 2) / 153;
        let day = u8::try_from(day_of_year - (153 * mp + 2) / 5 + 1).ok()?;
        let month = u8::try_from(if mp < 10 { mp + 3 } else { mp - 9 }).ok()?;
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Date::new(i32::try_from(year).ok()?, month, day)
    }
}

/// Whether a publication may carry this year.
pub(crate) fn plausible_year(year: i32) -> bool {
    YEARS.contains(&year)
}

fn days_in(year: i32, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A text that is no day written `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no day written as YYYY-MM-DD between 1980 and 2100")]
pub struct DateError(pub(crate) String);

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        let mut parts = text.splitn(3, '-');
        let mut number = |digits: usize| -> Option<i32> {
            let part = parts.next()?;
            (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
        };
        let day = (|| {
            let (year, month, day) = (number(4)?, number(2)?, number(2)?);
            Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        })();
        day.ok_or_else(|| DateError(text.to_owned()))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_inverse_over_all_plausible_years() {
        let mut expected = Date::new(1980, 1, 1).unwrap().days_since_epoch();
        for year in 1980..=2100 {
            for month in 1..=12 {
                for day in 1..=days_in(year, month) {
                    let date = Date::new(year, month, day).unwrap();
                    assert_eq!(date.days_since_epoch(), expected);
                    assert_eq!(Date::from_days_since_epoch(expected), Some(date));
                    assert_eq!(date.to_string().parse(), Ok(date));
                    expected += 1;
                }
            }
        }
    }

    #[test]
    fn impossible_days_are_refused() {
        for text in ["2023-02-29", "2023-13-01", "2023-00-10", "1949-10-01", "20233-01-01", "2023-1-1", ""] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }
}
