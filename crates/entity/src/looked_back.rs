//! Years that an article or a section looks back on, and sections that look ahead.

use xinglin_text::word_list;

use crate::mention::Span;
use crate::mention::year::When;
use crate::reading::Reading;
use crate::resolve::subjects;
use crate::structure::line::{Line, Number, is_longer, is_prose};
use crate::structure::verse::is_ornament;

/// Whether a line opens a section of plans (三、2024年工作计划, 下一步工作打算), or ends one; nothing where it goes on.
pub(crate) fn opens_plans(body: &Reading<'_>, line: &Line) -> Option<bool> {
    let text = line.body.of(body.text());
    let numbered = line.number == Number::Chinese;
    if is_longer(text, if numbered { 20 } else { 14 }) || body.is_prose(line.body) {
        return None;
    }
    let plain = text.trim_end_matches([':', '：', ' ']);
    let plans = word_list![
        "工作计划",
        "工作打算",
        "工作思路",
        "工作展望",
        "发展计划",
        "发展规划",
        "下一步打算",
        "下一步计划",
        "下一步工作",
        "今后打算",
        "明年打算",
        "来年打算",
        "努力方向",
        "下步打算"
    ]
    .end(plain);
    if plans {
        return Some(true);
    }
    (numbered || text.starts_with('附')).then_some(false)
}

/// The year before, where the article looks back on it: 2021年大事回眸, published in January.
pub(crate) fn reviewed(body: &Reading<'_>, headline: Option<Span>, year: Option<i32>) -> Option<i32> {
    let headline = headline?;
    let text = headline.of(body.text());
    let printed = body.years_in(headline).iter().find_map(|mention| match mention.when {
        When::Year(value) | When::Programme(value) => Some(value),
        _ => None,
    });
    let value = printed.filter(|_| subjects::is_review(text)).or_else(|| subjects::year_reviewed(text))?;
    (Some(value + 1) == year).then_some(value)
}

/// The year before, of which an address at the turn of the year tells: 二〇二三年新年致辞, of January 2023.
pub(crate) fn greeted(body: &Reading<'_>, title: &str, published: Option<(i32, u8, u8)>) -> Option<i32> {
    let addresses = word_list![
        "新年致辞",
        "新年贺词",
        "新年献词",
        "新春致辞",
        "新春贺词",
        "元旦致辞",
        "元旦献词",
        "元旦贺词"
    ];
    let (year, month, _) = published?;
    let mut lines = body.text().lines().filter(|line| !line.trim().is_empty()).take(2);
    let greets = |line: &str| !is_prose(line) && addresses.stand_in(line);
    (month <= 2 && (addresses.stand_in(title) || lines.any(greets))).then_some(year - 1)
}

/// 2017, 📌2017, one of several such lines: the year of a chronicle's step, which no 年 says to be one.
pub(crate) fn bare_year(body: &Reading<'_>, lines: &[Line], at: usize, written: Option<i32>) -> Option<i32> {
    const LONGEST: usize = 16;
    const REACH: usize = 100;
    let year = |line: &Line| {
        let text = line.body.of(body.text());
        if text.len() > LONGEST || !line.cells.is_empty() {
            return None;
        }
        let digits = text.trim_matches(|c: char| is_ornament(c) || matches!(c, ' ' | '●' | '◆' | '■'));
        let year: i32 = Some(digits).filter(|digits| digits.len() == 4)?.parse().ok()?;
        (year >= 1950 && written.is_some_and(|written| year <= written)).then_some(year)
    };
    let own = year(lines.get(at)?)?;
    let near = lines.iter().skip(at.saturating_sub(REACH)).take(2 * REACH);
    near.filter_map(year).any(|other| other != own).then_some(own)
}

/// 📌更早, 更早以前: a step of a chronicle before all of its years.
pub(crate) fn is_earlier(line: &str) -> bool {
    let told = line.trim_matches(|c: char| is_ornament(c) || !c.is_alphanumeric());
    matches!(told, "更早" | "更早以前" | "更早之前" | "更早的" | "再早些" | "早些年")
}

/// A line that is a year and nothing else, as chronicles have it.
pub(crate) fn section_year(body: &Reading<'_>, line: &Line) -> Option<i32> {
    let year = body.years_in(line.body).first().filter(|year| year.span.start == line.body.start)?;
    let rest = body.between(year.span.end, line.body.end);
    let alone = rest.trim_matches(['度', ':', '：', ' ']).is_empty();
    match year.when {
        When::Year(value) | When::Programme(value) if alone => Some(value),
        _ => None,
    }
}

/// 一、2023年工作回顾: the year that a section looks back on.
pub(crate) fn year_under_review(
    body: &Reading<'_>,
    line: &Line,
    written: Option<i32>,
    new_year: bool,
) -> Option<i32> {
    let text = line.body.of(body.text());
    // 一、过去一年,我们在大战大考中站稳了脚跟
    if new_year && word_list!["过去一年", "过去的一年", "刚刚过去的一年", "过去这一年"].stand_in(text)
    {
        return written.map(|written| written - 1);
    }
    let looks_back = text.chars().nth(24).is_none()
        && word_list!["回顾", "总结", "工作情况", "主要工作", "工作成效", "所做的工作", "完成情况"]
            .stand_in(text);
    let [year] = body.years_in(line.body) else { return None };
    match year.when {
        When::Year(value) | When::Programme(value) if looks_back => Some(value),
        // 一、去年工作有亮点
        When::Relative(-1) if year.span.start == line.body.start && text.contains("工作") => {
            written.map(|written| written - 1)
        }
        _ => None,
    }
}
