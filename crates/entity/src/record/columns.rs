//! Which title a table's column gives to the names under its header.

use super::draft::{Award, awards};
use super::heading::narrowed;
use crate::mention::Span;
use crate::mention::year::When;
use crate::reading::Reading;
use crate::structure::table::{Column, Table};
use xinglin_text::word_list;

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

/// 2017年获评,本次复评: a remark that says when the title was first given.
pub(super) fn given_before(reading: &Reading<'_>, cell: Span) -> Option<i32> {
    let [year] = reading.years_in(cell) else { return None };
    let rest = reading.between(year.span.end, cell.end);
    let (first, again) = rest.split_once(['，', ',', '；', ';'])?;
    let given = ["获评", "首次获评", "评定", "命名", "认定", "首评", "入选", "获批"].contains(&first);
    let renewed = word_list!["复评", "复核", "复审", "续评", "再次", "重新"].stand_in(again);
    match year.when {
        When::Year(value) if given && renewed && year.span.start == cell.start => Some(value),
        _ => None,
    }
}

/// 沙门健康服务站, where no hospital was read: a name, and neither 同上 nor a mark.
pub(super) fn names_stranger(reading: &Reading<'_>, cell: Span) -> bool {
    let text = cell.of(reading.text());
    word_list!["院", "站", "所", "中心", "公司", "诊部", "集团"].end(text)
        && reading.institutions_in(cell).is_empty()
        && !word_list!["同上", "本院", "我院", "该院"].begin(text)
}
