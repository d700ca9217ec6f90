//! Dates in the forms that Chinese pages print them: 2023年5月6日, 2023-05-06 08:30, 2023/5/6, 23.05.06,
//! 二〇二三年五月六日, 民國112年5月6日, and with full-width digits.

use std::sync::LazyLock;

use memchr::memmem;
use xinglin_text::CharSet;

use crate::date::{Date, plausible_year};

/// How precisely a date is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Precision {
    /// A full day.
    Day(Date),
    /// Only a month or a year.
    Year(i32),
}

/// A date and where it stands: byte offsets into the line, exclusive end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PrintedDate {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) value: Precision,
}

/// What may count as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Forms {
    /// Only forms with a four-digit (or 民國) year: safe anywhere in a line.
    Certain,
    /// Also 23-05-06, 112/05/06 and bare 2023年: where a label or the place on the page says that it is a date.
    Labelled,
    /// Also 20230506, as `<meta>` elements carry it.
    Machine,
}

/// The first date of the line that says a day; without one, the first that says a year.
pub(crate) fn first_date(line: &str, forms: Forms) -> Option<PrintedDate> {
    let dates = find_dates(line, forms);
    let day = dates.iter().find(|d| matches!(d.value, Precision::Day(_)));
    day.or(dates.first()).copied()
}

/// Every date of a line, left to right, without overlaps. Meant for short lines: the caller bounds them.
pub(crate) fn find_dates(line: &str, forms: Forms) -> Vec<PrintedDate> {
    let scan = Scan { line };
    let mut found = Vec::new();
    if forms != Forms::Machine && !may_hold_date(line) {
        return found;
    }
    let (mut at, mut follows_digit) = (0, false);
    while let Some(rest) = line.as_bytes().get(at..).filter(|rest| !rest.is_empty()) {
        let passed = MAY_MATTER.passed(rest);
        if passed > 0 {
            (at, follows_digit) = (at + passed, false);
            continue;
        }
        let begins =
            !follows_digit && scan.char(at).is_some_and(|c| begins_date(c) || scan.begins_month(at, c));
        let mut last = at;
        if let Some((next, value)) = begins.then(|| scan.date_at(at, forms)).flatten() {
            found.push(PrintedDate { start: at, end: next, value });
            last = line
                .get(..next)
                .and_then(|date| date.char_indices().next_back())
                .map_or(at, |(last, _)| last);
        }
        follows_digit = scan.digit(last).is_some();
        at = scan.after(last);
    }
    found
}

/// Whether a line has 年, a sign that parts figures, or the letters of a month; without them it has no date but 20230506.
fn may_hold_date(line: &str) -> bool {
    static YEAR: LazyLock<memmem::Finder<'_>> = LazyLock::new(|| memmem::Finder::new("年"));
    static SIGNS: CharSet = CharSet::of("-/.－／．—–‐‑−ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    YEAR.find(line.as_bytes()).is_some() || SIGNS.first_in(line.as_bytes()).is_some()
}

/// What dates may begin with, and figures.
static MAY_MATTER: CharSet = CharSet::of("民一壹二貳贰JFMASOND0123456789０１２３４５６７８９").and_others();

/// Whether a date can begin with a character: 2023, 二〇二三, 民國. No plausible year begins with another digit.
fn begins_date(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '民' | '一' | '壹' | '二' | '貳' | '贰')
}

/// Full-width digits and separators as their ASCII twins.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '／' | '－' | '．' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '—' | '–' | '‐' | '‑' | '−' => '-',
        _ => c,
    }
}

/// A line whose places are bytes.
struct Scan<'l> {
    line: &'l str,
}

impl Scan<'_> {
    /// The character at a place.
    #[inline]
    fn char(&self, at: usize) -> Option<char> {
        self.line.get(at..)?.chars().next().map(narrow)
    }

    /// The place behind the character at another.
    #[inline]
    fn after(&self, at: usize) -> usize {
        at + self.line.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    }

    fn digit(&self, at: usize) -> Option<i32> {
        self.char(at)?.to_digit(10).and_then(|d| i32::try_from(d).ok())
    }

    fn skip_spaces(&self, mut at: usize) -> usize {
        while self.char(at).is_some_and(|c| c == ' ' || c == '\u{a0}' || c == '\u{3000}') {
            at = self.after(at);
        }
        at
    }

    /// A run of ASCII digits: its value, its length, where it ends. Runs longer than `most` are none.
    fn number(&self, at: usize, most: usize) -> Option<(i32, usize, usize)> {
        let (mut value, mut digits, mut next) = (0, 0, at);
        while let Some(digit) = self.digit(next) {
            if digits == most {
                return None;
            }
            value = value * 10 + digit;
            digits += 1;
            next = self.after(next);
        }
        (digits > 0).then_some((value, digits, next))
    }

    /// Four Chinese digits read one by one: 二〇二三.
    fn chinese_year(&self, at: usize) -> Option<(i32, usize)> {
        let (mut value, mut next) = (0, at);
        for _ in 0..4 {
            value = value * 10 + chinese_digit(self.char(next)?)?;
            next = self.after(next);
        }
        Some((value, next))
    }

    /// A month or day: `5`, `05`, 五, 十二, 二十一, 三十.
    fn small_number(&self, at: usize) -> Option<(u8, usize)> {
        if let Some((value, _, next)) = self.number(at, 2) {
            return Some((u8::try_from(value).ok()?, next));
        }
        let (mut value, mut next, mut seen_ten, mut read) = (0, at, false, 0);
        while let Some(c) = self.char(next).filter(|_| read < 3) {
            if c == '十' && !seen_ten {
                value = if next == at { 10 } else { value * 10 };
                seen_ten = true;
            } else if c == '廿' && next == at {
                value = 20;
                seen_ten = true;
            } else if let Some(digit) = chinese_digit(c).filter(|_| next == at || seen_ten) {
                value += digit;
            } else {
                break;
            }
            read += 1;
            next = self.after(next);
        }
        (next > at).then_some((u8::try_from(value).ok()?, next))
    }

    fn date_at(&self, at: usize, forms: Forms) -> Option<(usize, Precision)> {
        if let Some((year, next)) = self.republic_year(at) {
            return self.after_year(year, next, forms);
        }
        if let Some((month, next)) = self.month_name(at) {
            return self.after_month_name(month, next);
        }
        if let Some((year, next)) = self.chinese_year(at) {
            return self.after_year(year, next, forms).filter(|_| self.char(next) == Some('年'));
        }
        let (value, digits, next) = self.number(at, 8)?;
        match digits {
            4 => self.after_year(value, next, forms),
            1 | 2 if self.char(next) == Some(' ') && self.month_name(self.after(next)).is_some() => {
                let (month, next) = self.month_name(self.after(next))?;
                let (year, next) = self.year_behind_month(next)?;
                Some((next, Precision::Day(Date::new(year, month, narrow_u8(value)?)?)))
            }
            1 | 2 if self.barred_month(next).is_some() => {
                let (month, year, next) = self.barred_month(next)?;
                Some((next, Precision::Day(Date::new(year, month, narrow_u8(value)?)?)))
            }
            8 if forms == Forms::Machine => {
                let day = Date::new(value / 10_000, narrow_u8(value / 100 % 100)?, narrow_u8(value % 100)?)?;
                Some((next, Precision::Day(day)))
            }
            3 if forms != Forms::Certain && (90..=189).contains(&value) => {
                self.after_year(value + 1911, next, forms)
            }
            1 | 2 if forms != Forms::Certain => self.short_year(value, digits, next, forms),
            _ => None,
        }
    }

    /// Whether `Apr 22, 2021` may begin here.
    #[inline]
    fn begins_month(&self, at: usize, c: char) -> bool {
        let within = || {
            let before = at.checked_sub(1).and_then(|before| self.line.as_bytes().get(before));
            before.is_some_and(u8::is_ascii_alphanumeric)
        };
        matches!(c, 'J' | 'F' | 'M' | 'A' | 'S' | 'O' | 'N' | 'D') && !within()
    }

    /// `April`, `Apr`, `Apr.`: the month, and where it ends.
    fn month_name(&self, at: usize) -> Option<(u8, usize)> {
        const NAMES: [&str; 12] = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let rest = self.line.get(at..)?;
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let word = rest.get(..end).filter(|word| (3..=9).contains(&word.len()))?.to_ascii_lowercase();
        let month =
            NAMES.iter().position(|name| name.starts_with(&word) && (end == 3 || end == name.len()))?;
        let end = end + usize::from(rest.get(end..).is_some_and(|rest| rest.starts_with('.')));
        Some((u8::try_from(month + 1).ok()?, at + end))
    }

    /// ` 22, 2021` behind a month.
    fn after_month_name(&self, month: u8, at: usize) -> Option<(usize, Precision)> {
        let (day, _, next) = self.number(self.skip_spaces(at), 2)?;
        let (year, next) = self.year_behind_month(next)?;
        Some((next, Precision::Day(Date::new(year, month, narrow_u8(day)?)?)))
    }

    /// `/Mar/2024`, ` / Mar / 2024`, `-Mar-2024` behind a day.
    fn barred_month(&self, at: usize) -> Option<(u8, i32, usize)> {
        let bar = self.skip_spaces(at);
        let sign = self.char(bar).filter(|c| matches!(c, '/' | '-'))?;
        let (month, next) = self.month_name(self.skip_spaces(self.after(bar)))?;
        let second = self.skip_spaces(next);
        let start = self.char(second).filter(|c| *c == sign).map(|_| self.skip_spaces(self.after(second)))?;
        let (year, digits, end) = self.number(start, 4)?;
        (digits == 4).then_some((month, year, end))
    }

    /// `, 2021`.
    fn year_behind_month(&self, at: usize) -> Option<(i32, usize)> {
        let at = if self.char(at) == Some(',') { self.after(at) } else { at };
        let start = self.skip_spaces(at);
        let (year, digits, next) = self.number(start, 4).filter(|_| start > at)?;
        (digits == 4).then_some((year, next))
    }

    /// 民國112年, 民國一一二年 → 2023.
    fn republic_year(&self, at: usize) -> Option<(i32, usize)> {
        let second = self.after(at);
        let named = self.char(at) == Some('民') && matches!(self.char(second), Some('國' | '国'));
        if !named {
            return None;
        }
        let start = self.skip_spaces(self.after(second));
        if let Some((value, _, next)) = self.number(start, 3) {
            return Some((value + 1911, next));
        }
        let (mut value, mut next, mut digits) = (0, start, 0);
        while let Some(digit) = self.char(next).and_then(chinese_digit).filter(|_| digits < 3) {
            value = value * 10 + digit;
            digits += 1;
            next = self.after(next);
        }
        (digits > 1 && self.char(next) == Some('年')).then_some((value + 1911, next))
    }

    /// `23-05-06`, and `25/12/2023` where the first number can be no month.
    fn short_year(&self, value: i32, digits: usize, next: usize, forms: Forms) -> Option<(usize, Precision)> {
        let separator = self.char(next).filter(|c| matches!(c, '-' | '/' | '.' | '年'))?;
        if separator == '/' && value > 12 && value <= 31 {
            let (month, after_month) = self.small_number(self.after(next))?;
            if let Some((year, 4, end)) = (self.char(after_month) == Some('/'))
                .then(|| self.number(self.after(after_month), 4))
                .flatten()
            {
                return Some((end, Precision::Day(Date::new(year, month, narrow_u8(value)?)?)));
            }
        }
        let year = if value < 70 { 2000 + value } else { 1900 + value };
        let (end, precision) = self.after_year(year, next, forms).filter(|_| digits == 2)?;
        matches!(precision, Precision::Day(_)).then_some((end, precision))
    }

    /// What follows a year: `年5月6日`, `年5月`, `-05-06`, `年`.
    fn after_year(&self, year: i32, next: usize, forms: Forms) -> Option<(usize, Precision)> {
        if !plausible_year(year) {
            return None;
        }
        let at = self.skip_spaces(next);
        match self.char(at)? {
            '年' => self.after_year_sign(year, self.after(at), forms),
            separator @ ('-' | '/' | '.') if at == next => self.separated(year, separator, self.after(at)),
            // 2024 03/01 10:22
            c if at > next && c.is_ascii_digit() => self.month_and_day(year, at),
            _ => None,
        }
    }

    /// `03/01` apart from its year.
    fn month_and_day(&self, year: i32, at: usize) -> Option<(usize, Precision)> {
        let (month, 2, next) = self.number(at, 2)? else { return None };
        self.char(next).filter(|c| matches!(c, '/' | '-'))?;
        let (day, 2, next) = self.number(self.after(next), 2)? else { return None };
        let apart = !self.char(next).is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '.'));
        let day = Date::new(year, narrow_u8(month)?, narrow_u8(day)?)?;
        apart.then_some((next, Precision::Day(day)))
    }

    fn after_year_sign(&self, year: i32, at: usize, forms: Forms) -> Option<(usize, Precision)> {
        let only_year = (forms != Forms::Certain).then_some((at, Precision::Year(year)));
        let Some((month, next)) = self.small_number(self.skip_spaces(at)) else { return only_year };
        let month_sign = self.skip_spaces(next);
        if self.char(month_sign) != Some('月') || !(1..=12).contains(&month) {
            return only_year;
        }
        let after_month = self.after(month_sign);
        let Some((day, next)) = self.small_number(self.skip_spaces(after_month)) else {
            return Some((after_month, Precision::Year(year)));
        };
        let day_sign = self.skip_spaces(next);
        if !matches!(self.char(day_sign), Some('日' | '号' | '號')) {
            return None;
        }
        Some((self.after(day_sign), Precision::Day(Date::new(year, month, day)?)))
    }

    fn separated(&self, year: i32, separator: char, at: usize) -> Option<(usize, Precision)> {
        let (month, digits, next) = self.number(at, 2)?;
        let month = narrow_u8(month).filter(|m| (1..=12).contains(m))?;
        if self.char(next) != Some(separator) {
            let closed = digits == 2 && !self.char(next).is_some_and(|c| c.is_ascii_alphanumeric());
            return (closed && separator == '-').then_some((next, Precision::Year(year)));
        }
        let (day, _, next) = self.number(self.after(next), 2)?;
        Some((next, Precision::Day(Date::new(year, month, narrow_u8(day)?)?)))
    }
}

fn narrow_u8(value: i32) -> Option<u8> {
    u8::try_from(value).ok()
}

fn chinese_digit(c: char) -> Option<i32> {
    Some(match c {
        '〇' | '零' | '○' | 'Ｏ' | '０' => 0,
        '一' | '壹' => 1,
        '二' | '貳' | '贰' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings_are_those_of_dates() {
        for c in ('\0'..=char::MAX).filter(|c| begins_date(narrow(*c)) || narrow(*c).is_ascii_digit()) {
            assert!(MAY_MATTER.has(c), "{c}");
        }
        for year in (0..10_000).filter(|year| plausible_year(*year)) {
            assert!((1..=2).contains(&(year / 1_000)), "{year}");
        }
    }

    fn check(line: &str, forms: Forms, expected: &str) {
        let found = first_date(line, forms).map(|d| match d.value {
            Precision::Day(day) => day.to_string(),
            Precision::Year(year) => year.to_string(),
        });
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{line}");
    }

    #[test]
    fn forms_that_are_certain_anywhere() {
        for (line, expected) in [
            ("2023年5月6日", "2023-05-06"),
            ("２０２３年５月６日", "2023-05-06"),
            ("2023 年 05 月 06 日 星期六", "2023-05-06"),
            ("2023-05-06", "2023-05-06"),
            ("发布时间：2023-07-17 08:08", "2023-07-17"),
            ("2023-02-10T08:21:45+08:00", "2023-02-10"),
            ("2023/12/08 17:42:10", "2023-12-08"),
            ("2023.5.6", "2023-05-06"),
            ("2022年7月28日 09:12:36", "2022-07-28"),
            ("二〇二三年五月六日", "2023-05-06"),
            ("二零二三年十二月三十一日", "2023-12-31"),
            ("二○二一年十月廿一日", "2021-10-21"),
            ("民國112年11月3日", "2023-11-03"),
            ("民国 112 年 11 月 3 日", "2023-11-03"),
            ("中華民國一一二年十一月三日", "2023-11-03"),
            ("二〇二二年五月", "2022"),
            ("2022年5月", "2022"),
            ("2023-05", "2023"),
            ("Apr 22, 2021", "2021-04-22"),
            ("September 3 2021", "2021-09-03"),
            ("22 Apr. 2021 10:00", "2021-04-22"),
            ("01 / Mar / 2024", "2024-03-01"),
            ("1/Mar/2024 09:30", "2024-03-01"),
            ("05-Dec-2019", "2019-12-05"),
            ("Mayo 3, 2021", "none"),
            ("3 May", "none"),
            ("2010-2023", "none"),
            ("2023年2月30日", "none"),
            ("1949年10月1日", "none"),
            ("23-05-06", "none"),
            ("2023年", "none"),
            ("电话0558-2268110", "none"),
            ("陕ICP备16008721号-1", "none"),
            ("第20230506号", "none"),
            ("120230-05-06", "none"),
        ] {
            check(line, Forms::Certain, expected);
        }
    }

    #[test]
    fn forms_that_need_a_label() {
        for (line, expected) in [
            ("[21/01/08]", "2021-01-08"),
            ("日期：23-05-06", "2023-05-06"),
            ("日期：112/11/03", "2023-11-03"),
            ("刊登日期：25/12/2023", "2023-12-25"),
            ("日期：2023年", "2023"),
            ("12-18", "none"),
            ("99.9.9.9", "1999-09-09"),
        ] {
            check(line, Forms::Labelled, expected);
        }
        check("20230615", Forms::Machine, "2023-06-15");
    }
}
