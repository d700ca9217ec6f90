//! Days printed in pieces, as the leaves of a calendar: `26` over `2021-03`, `2022` over `05-06`.

use crate::date::Date;

/// The day that a line of nothing but such a piece, with the next line where it is another, says.
pub(crate) fn day_of(first: &str, second: Option<&str>) -> Option<Date> {
    let first = Piece::of(first)?;
    if let Piece::Whole(day) = first {
        return Some(day);
    }
    let second = Piece::of(second?)?;
    match (first, second) {
        (Piece::Number(day), Piece::Month(year, month)) | (Piece::Month(year, month), Piece::Number(day)) => {
            Date::new(year, month, day)
        }
        (Piece::Year(year), Piece::Day(month, day)) | (Piece::Day(month, day), Piece::Year(year)) => {
            Date::new(year, month, day)
        }
        _ => None,
    }
}

/// Whether a line may be a piece of a day, by its first and last byte and its length.
pub(crate) fn may_be_piece(line: &str) -> bool {
    let ends = line.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '日' | '月' | '年'));
    line.len() <= 20 && ends && line.starts_with(|c: char| c.is_ascii_digit())
}

#[derive(Clone, Copy)]
enum Piece {
    /// `26`
    Number(u8),
    /// `2022`, `2022年`
    Year(i32),
    /// `2021-03`, `2021年3月`
    Month(i32, u8),
    /// `05-06`, `5月6日`
    Day(u8, u8),
    /// `26 2021-03`, with or without the blank; `05-06 2021`
    Whole(Date),
}

impl Piece {
    fn of(line: &str) -> Option<Piece> {
        if !may_be_piece(line) {
            return None;
        }
        let mut numbers = Vec::new();
        for run in line.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()) {
            numbers.push((run.len(), run.parse::<i64>().ok()?));
        }
        let marks = line.chars().filter(|c| !c.is_ascii_digit());
        if !marks.clone().all(|c| matches!(c, '-' | '/' | '.' | ' ' | '年' | '月' | '日')) {
            return None;
        }
        let marks: String = marks.collect();
        let small = |n: i64| u8::try_from(n).ok();
        let year = |n: i64| i32::try_from(n).ok().filter(|y| crate::date::plausible_year(*y));
        match *numbers.as_slice() {
            [(1 | 2, n)] if matches!(marks.as_str(), "" | "日") => Some(Piece::Number(small(n)?)),
            [(4, y)] if matches!(marks.as_str(), "" | "年") => Some(Piece::Year(year(y)?)),
            [(4, y), (1 | 2, m)] if !marks.contains(['日', ' ']) => Some(Piece::Month(year(y)?, small(m)?)),
            [(1 | 2, m), (1 | 2, d)] if !marks.contains(['年', ' ']) => {
                Some(Piece::Day(small(m)?, small(d)?))
            }
            // 202103-26: two boxes side by side, as below.
            [(6, joined), (1 | 2, d)] if year(joined / 100).is_some() && !marks.contains('年') => {
                Some(Piece::Whole(Date::new(year(joined / 100)?, small(joined % 100)?, small(d)?)?))
            }
            // 262021-03: two boxes side by side.
            [(5 | 6, joined), (1 | 2, m)] if !marks.contains('日') => {
                Some(Piece::Whole(Date::new(year(joined % 10_000)?, small(m)?, small(joined / 10_000)?)?))
            }
            [(1 | 2, d), (4, y), (1 | 2, m)] if marks.starts_with([' ', '日']) => {
                Some(Piece::Whole(Date::new(year(y)?, small(m)?, small(d)?)?))
            }
            [(4, y), (1 | 2, m), (1 | 2, d)] if marks.starts_with([' ', '年']) && marks.contains(' ') => {
                Some(Piece::Whole(Date::new(year(y)?, small(m)?, small(d)?)?))
            }
            [(1 | 2, m), (1 | 2, d), (4, y)]
                if marks.ends_with([' ', '年']) && marks.chars().count() >= 2 =>
            {
                Some(Piece::Whole(Date::new(year(y)?, small(m)?, small(d)?)?))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves() {
        for (first, second, expected) in [
            ("26", Some("2021-03"), "2021-03-26"),
            ("2021年3月", Some("26日"), "2021-03-26"),
            ("2022", Some("05-06"), "2022-05-06"),
            ("05/06", Some("2022"), "2022-05-06"),
            ("5月6日", Some("2022年"), "2022-05-06"),
            ("26 2021-03", None, "2021-03-26"),
            ("262021-03", None, "2021-03-26"),
            ("202103-26", None, "2021-03-26"),
            ("03-26 2021", None, "2021-03-26"),
            ("2021 03-26", None, "2021-03-26"),
            ("26", Some("2021-13"), "none"),
            ("26", Some("首页"), "none"),
            ("2022", Some("2023"), "none"),
            ("120", Some("2021-03"), "none"),
            ("0913-2021", None, "none"),
            ("2021-03", None, "none"),
        ] {
            let day = day_of(first, second).map_or("none".to_owned(), |day| day.to_string());
            assert_eq!(day, expected, "{first} {second:?}");
        }
    }
}
