//! Which title a table's column gives to the names under its header.

use super::draft::{Award, awards};
use super::heading::narrowed;
use crate::mention::Span;
use crate::reading::Reading;
use crate::structure::table::{Column, Table};

/// Headers over those that have the title itself, beside others over those that are to get it.
const DECIDED: &[&str] = &[
    "命名",
    "确定命名",
    "正式命名",
    "予以命名",
    "确认",
    "正式确认",
    "认定",
    "正式认定",
    "授予",
    "获评",
    "正式",
    "确定",
    "确定专科",
    "命名专科",
    "正式专科",
    "达标",
    "达标专科",
];

/// The title of each column; nothing for those that hold other things.
pub(super) fn titles(reading: &Reading<'_>, table: &Table, heading: Option<&Award>) -> Vec<Option<Award>> {
    let own: Vec<Option<Award>> = table.header.iter().map(|cell| title_of(reading, *cell)).collect();
    if own.iter().flatten().any(|award| award.level.is_some()) {
        return own;
    }
    let told: Vec<Option<Award>> = (0..table.header.len())
        .map(|at| {
            let above = table.above.get(at).and_then(|cell| title_of(reading, *cell));
            let above = above
                .map(|award| Award { level: award.level.or(heading.and_then(|known| known.level)), ..award });
            by_status(reading, *table.header.get(at)?, above.as_ref().or(heading)?)
        })
        .collect();
    // 医疗机构 | 命名 | 建设单位 | 培育项目: whose they are, and two columns at least.
    let plain = |at: usize| {
        matches!(table.columns.get(at), Some(Column::Number | Column::Institution | Column::Place))
    };
    let rest = |at: usize| told.get(at).is_some_and(Option::is_none);
    let held = (0..told.len()).any(|at| rest(at) && table.columns.get(at) == Some(&Column::Institution));
    let apart = (0..told.len()).all(|at| !rest(at) || plain(at));
    if held && apart && told.iter().flatten().count() >= 2 { told } else { own }
}

/// The title that a header's cell names.
fn title_of(reading: &Reading<'_>, cell: Span) -> Option<Award> {
    let title = reading.titles_in(cell).first().filter(|title| !title.activity && !title.void)?;
    awards(title).first().copied()
}

/// 建设单位, 确定命名, 省级: the title told above it, as far as a header narrows it.
fn by_status(reading: &Reading<'_>, cell: Span, known: &Award) -> Option<Award> {
    let text = cell.of(reading.text());
    if DECIDED.contains(&text) {
        return Some(known.done());
    }
    title_of(reading, cell)
        .map(|own| Award { level: own.level.or(known.level), ..own })
        .or_else(|| narrowed(reading, cell, known))
}
