//! Tables that are read by column: a hospital, or a status, over the names under it.

use super::cells::{fields, year_of};
use super::draft::{Award, Dating, Draft, Field, awards};
use super::heading::{level_of, narrowed};
use super::tabular::{Headed, holders_in};
use crate::gazetteer::tables::NEGATION;
use crate::mention::Span;
use crate::reading::Reading;
use crate::resolve::cast::Cast;
use crate::structure::table::{Column, Row};

/// A医院 | B医院 over departments; the records, where a table is of that kind.
pub(crate) fn under_hospitals(headed: &Headed<'_>) -> Option<Vec<Draft>> {
    let Headed { reading, cast, table, heading, .. } = *headed;
    let (header, rows) = match table.header.is_empty() {
        true => table.rows.split_first().map(|(first, rest)| (first.cells.as_slice(), rest))?,
        false => (table.header.as_slice(), table.rows.as_slice()),
    };
    let own: Vec<Option<usize>> = header.iter().map(|cell| whole_name(reading, cast, *cell)).collect();
    let named = own.iter().flatten().count();
    if named < 2 || named + 1 < header.len() {
        return None;
    }
    let mut found = Vec::new();
    for row in rows {
        // 省级 | 骨科 | 儿科: the row's own title.
        let label = row.cells.iter().zip(&own).find(|(_, own)| own.is_none()).map(|(cell, _)| *cell);
        let award = label.map_or(heading.copied(), |label| award_of(reading, label, heading));
        for (cell, holder) in row.cells.iter().zip(&own) {
            if !holders_in(reading, cast, *cell).is_empty() {
                return None;
            }
            let holder = holder.filter(|_| !reading.scan.says(*cell, NEGATION));
            let Some((holder, award)) = holder.zip(award) else { continue };
            let named = fields(reading, *cell, true).into_iter();
            found.extend(named.map(|field| headed.draft(holder, field, award, Dating::News, row)));
        }
    }
    (!found.is_empty()).then_some(found)
}

/// 专业 | 重点专科 | 建设项目 over hospitals; the records, where a table is of that kind.
pub(crate) fn under_statuses(headed: &Headed<'_>) -> Option<Vec<Draft>> {
    let Headed { reading, table, heading, .. } = *headed;
    let subject = match table.columns.as_slice() {
        [Column::Specialty, ..] => 0,
        [Column::Number, Column::Specialty, ..] => 1,
        _ => return None,
    };
    let behind = |at: usize| at > subject;
    let told: Vec<Option<Award>> = table
        .header
        .iter()
        .enumerate()
        .map(|(at, cell)| award_of(reading, *cell, heading).filter(|_| behind(at)))
        .collect();
    let count = told.iter().flatten().count();
    if count < 2 || count + subject + 1 < table.header.len() {
        return None;
    }
    let mut found = Vec::new();
    for row in &table.rows {
        let Some(named) = row.cells.get(subject) else { continue };
        let named = fields(reading, *named, true);
        for (cell, award) in row.cells.iter().zip(&told) {
            let award = award.filter(|_| !reading.scan.says(*cell, NEGATION));
            let Some(award) = award else { continue };
            found.extend(held(headed, *cell, &named, award, row));
        }
    }
    (!found.is_empty()).then_some(found)
}

/// 科室 | 市级称号（年份） | 省级称号（年份） over 产科 | 重点专科（2012年） | 临床重点专科建设单位（2018年）: what the page's hospital holds, level by
/// level.
pub(crate) fn under_levels(headed: &Headed<'_>) -> Option<Vec<Draft>> {
    let Headed { reading, cast, table, .. } = *headed;
    let holder = headed.leader.or(cast.home)?;
    let subject = table.columns.iter().position(|column| *column == Column::Specialty)?;
    let text = |cell: &Span| cell.of(reading.text());
    let levels: Vec<_> = table
        .header
        .iter()
        .zip(&table.columns)
        .map(|(cell, column)| {
            let titled = *column == Column::Title && reading.titles_in(*cell).is_empty();
            level_of(text(cell)).filter(|_| titled)
        })
        .collect();
    if levels.iter().flatten().count() < 2 || table.columns.contains(&Column::Institution) {
        return None;
    }
    let mut found = Vec::new();
    for row in &table.rows {
        let Some(named) = row.cells.get(subject) else { continue };
        let named = fields(reading, *named, true);
        for (cell, level) in row.cells.iter().zip(&levels) {
            let told = reading.titles_in(*cell).iter().filter(|_| !reading.scan.says(*cell, NEGATION));
            let told = told.filter(|title| !title.activity && !title.void && !title.person);
            for (title, level) in told.filter_map(|title| Some((title, (*level)?))) {
                let behind = crate::mention::window_after(text(cell), title.span.end - cell.start, 18);
                let year = behind.trim_start_matches(['（', '(', ' ', '，', ',']).get(..4);
                let year =
                    year.and_then(|year| year.parse().ok()).filter(|year| (1950..=2100).contains(year));
                let dating = year.map_or(Dating::Undated, Dating::Printed);
                for award in awards(title) {
                    let award = Award { level: award.level.or(Some(level)), ..award };
                    found.extend(
                        named.iter().map(|field| headed.draft(holder, field.clone(), award, dating, row)),
                    );
                }
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

/// Every hospital of a cell with every specialty of its row.
fn held(headed: &Headed<'_>, cell: Span, named: &[Field], award: Award, row: &Row) -> Vec<Draft> {
    let holders = holders_in(headed.reading, headed.cast, cell);
    let year = year_of(headed.reading, cell).filter(|_| holders.len() == 1);
    let dating = year.map_or(Dating::News, Dating::Printed);
    let pairs = holders.into_iter().flat_map(|holder| named.iter().map(move |field| (holder, field)));
    pairs.map(|(holder, field)| headed.draft(holder, field.clone(), award, dating, row)).collect()
}

/// The hospital that a cell is the name of, and nothing besides.
fn whole_name(reading: &Reading<'_>, cast: &Cast, cell: Span) -> Option<usize> {
    let [named] = reading.institutions_in(cell) else { return None };
    let whole = named.span.start == cell.start && named.span.end == cell.end;
    holders_in(reading, cast, cell).first().copied().filter(|_| whole)
}

/// The title that a header's or a label's cell says, beside the heading's.
fn award_of(reading: &Reading<'_>, cell: Span, heading: Option<&Award>) -> Option<Award> {
    let titles = reading.titles_in(cell);
    let title = titles.first().filter(|title| !title.activity && !title.void && !title.person);
    let own = title.and_then(|title| awards(title).first().copied()).map(|own| Award {
        level: own.level.or(heading.and_then(|known| known.level)),
        tier: own.tier.or(heading.and_then(|known| known.tier)),
        ..own
    });
    own.or_else(|| narrowed(reading, cell, heading?))
}
