//! Records out of tables, by what their headers say and, without them, by what their cells hold.

use super::cells::{fields, is_year, title_year, year_of};
use super::draft::{Award, Dating, Draft, Field, Origin, awards};
use super::heading::{level_of, narrowed, passes, status_after, under_province};
use super::narrative::Narrator;
use super::{columns, crosswise, field, listing};
use crate::gazetteer::tables::NEGATION;
use crate::kinds::{Level, Status, Tier};
use crate::mention::Span;
use crate::mention::title::Title;
use crate::mention::year::When;
use crate::reading::Reading;
use crate::resolve::cast::Cast;
use crate::structure::table::{Column, Row, Table};
use xinglin_text::{WordList, word_list};

/// What a row takes from the rows above it where its own cells are merged away.
#[derive(Default, Clone)]
struct Carried {
    holders: Vec<usize>,
    fields: Vec<Field>,
    award: Option<Award>,
    year: Option<i32>,
}

/// What a row's cells say.
#[derive(Default)]
struct Said {
    holders: Vec<usize>,
    fields: Vec<Field>,
    /// Fields under a header that is itself a title.
    headed: Vec<(Option<usize>, Field, Award)>,
    award: Option<Award>,
    year: Option<i32>,
    denied: bool,
    /// Its hospitals stand in a column that does not say so.
    loose: bool,
    /// 某医院骨科: hospitals and their specialties in one cell.
    paired: Vec<(usize, Field)>,
    /// The hospital last named under a header that is a title.
    head: Option<(usize, Award)>,
    /// A cell under 专科 that no name was read in.
    unread: bool,
    /// A cell under 单位 that no name was read in: another's, and no one knows whose.
    stranger: bool,
    /// 急诊科(县域): of the province's tier for counties.
    county: bool,
    /// 2017年获评,本次复评: when it was first given.
    first: Option<i32>,
    /// A column of titles has said it: a remark says no other.
    titled: bool,
    /// 2013年获批P建设项目,2018年通过验收, a remark beside the title: what was given before it.
    before: Option<(Award, i32)>,
}

/// The hospitals that a table names, in order.
pub(crate) fn holders(reading: &Reading<'_>, cast: &Cast, table: &Table) -> Vec<usize> {
    table.rows.iter().flat_map(|row| holders_in(reading, cast, row.span)).collect()
}

/// A table, and what is said of it from outside.
#[derive(Clone, Copy)]
pub(crate) struct Headed<'a> {
    pub(crate) reading: &'a Reading<'a>,
    pub(crate) cast: &'a Cast,
    pub(crate) table: &'a Table,
    /// The title that its heading announces.
    pub(crate) heading: Option<&'a Award>,
    /// Whether a province gives it.
    pub(crate) by_province: bool,
    /// The hospital that the line above speaks of: 某县人民医院连续参加评审:.
    pub(crate) leader: Option<usize>,
}

impl Headed<'_> {
    /// What a row gives.
    pub(super) fn draft(
        &self,
        holder: usize,
        field: Field,
        award: Award,
        dating: Dating,
        row: &Row,
    ) -> Draft {
        let award = under_province(award, self.by_province);
        Draft { holder, field, award, dating, origin: Origin::List, evidence: row.span }
    }
}

/// The records of a table; `topic` is the department whose own page it stands on.
pub(crate) fn drafts(headed: &Headed<'_>, topic: Option<&Field>) -> Vec<Draft> {
    let Headed { reading, cast, table, heading, .. } = *headed;
    let crosswise = crosswise::under_hospitals(headed)
        .or_else(|| crosswise::under_statuses(headed))
        .or_else(|| crosswise::under_levels(headed));
    if let Some(found) = crosswise {
        return found;
    }
    let headers = columns::titles(reading, table, heading);
    let titled = headers.iter().flatten().any(|award| award.level.is_some());
    let with_titles =
        titled || heading.is_some() || table.rows.iter().any(|row| !reading.titles_in(row.span).is_empty());
    // 设备名称 | 数量 | 使用科室 | 限价: what is bought, and for whom.
    let head = table.rows.first().map_or(&[][..], |row| &row.cells);
    let goods = table.header.iter().chain(head).any(|cell| {
        word_list!["设备名称", "数量", "限价", "单价", "预算", "规格", "型号", "货物名称", "采购内容"]
            .stand_in(cell.of(reading.text()))
    });
    let bought = || goods && !titled && table.rows.iter().all(|row| reading.titles_in(row.span).is_empty());
    if !with_titles || bought() {
        return Vec::new();
    }
    let reviewed = reviews(reading, table);
    let has_holders = table.columns.contains(&Column::Institution);
    // 时间 | 荣誉 on a department's own page: the rows are its history.
    let dated = |row: &&Row| {
        let first = row.cells.first().is_some_and(|cell| is_year(reading, *cell));
        first && !reading.titles_in(row.span).is_empty()
    };
    let history = table.columns.is_empty() && table.rows.iter().filter(dated).count() >= 2;
    let own = topic.filter(|_| {
        history
            || !has_holders
                && !table.columns.contains(&Column::Specialty)
                && table.columns.contains(&Column::Title)
                && table.columns.contains(&Column::Year)
    });
    let mut carried = Carried { fields: own.cloned().into_iter().collect(), ..Carried::default() };
    let mut found = Vec::new();
    let filled = |row: &Row| row.cells.iter().filter(|cell| cell.start < cell.end).count();
    let mut width = usize::MAX;
    // 备注 that the first row has none of: no title of another row's is merged with those below it.
    let mut remarks = false;
    for row in &table.rows {
        let said = read(reading, cast, table, row, &headers, heading, reviewed);
        remarks |= carried.fields.is_empty() && !said.fields.is_empty() && said.award.is_none();
        // A step of a department's history that gives no title.
        let untitled = own.is_some() && said.award.is_none();
        if said.denied || untitled {
            continue;
        }
        if let Some(award) = said.award.or(heading.copied()).filter(|_| !said.paired.is_empty()) {
            let dating = said.year.map_or(Dating::News, Dating::Printed);
            // A医院甲科 | 乙科 | 丙科: the rest of the row is the last hospital's.
            let last = said.paired.last().map(|(holder, _)| *holder);
            let rest = if table.columns.is_empty() { said.fields } else { Vec::new() };
            let rest = rest.into_iter().filter_map(|field| Some((last?, field)));
            let paired = said.paired.into_iter().chain(rest);
            found.extend(paired.map(|(holder, field)| headed.draft(holder, field, award, dating, row)));
            continue;
        }
        if said.stranger && said.holders.is_empty() {
            carried.holders.clear();
            continue;
        }
        // Without a header, a row as full as the one before has a department of its own, though no one knows it.
        let own_unread = table.columns.is_empty() && !said.holders.is_empty() && filled(row) >= width;
        if !said.holders.is_empty() {
            carried.holders = said.holders;
        }
        if !said.fields.is_empty() {
            carried.fields = said.fields;
            width = filled(row);
        } else if said.headed.is_empty()
            && (said.unread
                || own_unread
                || carried.fields.is_empty()
                || table.columns.contains(&Column::Specialty) && row.cells.len() >= table.columns.len())
        {
            continue;
        }
        let merged = row.cells.len() < table.columns.len() || is_merged_away(table, row);
        carried.award = said.award.or(carried.award.filter(|_| merged && !remarks));
        carried.year = said.year.or(carried.year.filter(|_| row.cells.len() < table.columns.len()));
        let holders = if has_holders || !carried.holders.is_empty() {
            carried.holders.clone()
        } else {
            headed.leader.or(cast.home).into_iter().collect()
        };
        let dating = carried.year.map_or(Dating::News, Dating::Printed);
        for (holder, field, award) in &said.headed {
            if let Some(holder) = *holder {
                found.push(headed.draft(holder, field.clone(), *award, dating, row));
            }
        }
        for holder in holders {
            let mut push = |field: Field, award: Award| {
                let tier = if said.county && award.level == Some(Level::Provincial) {
                    Some(Tier::County)
                } else {
                    award.tier
                };
                let award = Award { tier, ..award };
                found.push(headed.draft(holder, field, award, dating, row));
            };
            for (_, field, award) in said.headed.iter().filter(|(own, _, _)| own.is_none()) {
                push(field.clone(), *award);
            }
            if said.headed.is_empty()
                && let Some(award) = carried.award.or(heading.copied())
            {
                for field in &carried.fields {
                    push(field.clone(), award);
                }
                if let Some((award, year)) = said.before {
                    let named = carried.fields.iter();
                    found.extend(
                        named.map(|field| {
                            headed.draft(holder, field.clone(), award, Dating::Printed(year), row)
                        }),
                    );
                }
                if let Some(year) = said.first {
                    let before = Award { status: Status::Designated, ..award };
                    let named = carried.fields.iter();
                    found.extend(named.map(|field| {
                        headed.draft(holder, field.clone(), before, Dating::Printed(year), row)
                    }));
                }
            }
        }
    }
    found
}

fn read(
    reading: &Reading<'_>,
    cast: &Cast,
    table: &Table,
    row: &Row,
    headers: &[Option<Award>],
    heading: Option<&Award>,
    reviewed: bool,
) -> Said {
    let mut said = Said::default();
    let offset = offset(reading, table, row, headers);
    for (at, cell) in row.cells.iter().enumerate() {
        let text = cell.of(reading.text());
        if text.is_empty() {
            continue;
        }
        let place = offset.map(|offset| at + offset);
        let column = place.and_then(|at| table.columns.get(at)).copied().unwrap_or(Column::Other);
        if reading.scan.says(*cell, NEGATION) && column != Column::Former {
            said.denied = true;
            return said;
        }
        let refused = matches!(text, "否" | "不" | "未" | "×" | "✕" | "✗" | "N");
        if column == Column::Result && (refused || super::bracket::is_put_off(text)) {
            said.denied = true;
            return said;
        }
        // 验收结果 | 合格: the building is done.
        if column == Column::Result
            && reviewed
            && passes(text)
            && let Some(award) = said.award.as_ref().or(heading)
        {
            said.award = Some(award.done());
            continue;
        }
        let header = place.and_then(|at| headers.get(at)).copied().flatten();
        if let Some(award) = header.filter(|award| award.level.is_some()) {
            headed(reading, cast, &mut said, *cell, award);
            continue;
        }
        // 2023年3月已申报,待评审
        let awaited = word_list!["待评审", "已申报", "申报中", "拟申报", "正在申报", "待批复"].stand_in(text);
        if awaited && text.chars().count() <= 20 {
            said.denied = true;
            return said;
        }
        let head = place.and_then(|at| table.header.get(at)).map_or("", |head| head.of(reading.text()));
        if head.contains("称号") || head.contains("荣誉") {
            // 先进集体: an honour that is no title.
            let titled = !reading.titles_in(*cell).is_empty() || level_of(text).is_some();
            let narrows = heading.is_some_and(|heading| narrowed(reading, *cell, heading).is_some());
            if !titled && !narrows {
                said.denied = true;
                return said;
            }
        }
        take(reading, cast, table, &mut said, *cell, column, heading);
    }
    said
}

/// Whether a table tells how what was built passed its review.
fn reviews(reading: &Reading<'_>, table: &Table) -> bool {
    static ENDS: WordList = WordList::new(&["验收", "期满", "终期", "结项", "终末"]);
    if table.header.iter().any(|cell| ENDS.stand_in(cell.of(reading.text()))) {
        return true;
    }
    let start = table.rows.first().map_or(0, |row| row.span.start);
    let before = reading.titles.partition_point(|title| title.span.end <= start);
    let nearest = before.checked_sub(1).and_then(|at| reading.titles.get(at));
    nearest.is_some_and(|title| {
        let tail = crate::mention::window_after(reading.text(), title.span.end, 30);
        ENDS.begin(tail.trim_start_matches(['”', '"', '的', '」']))
    })
}

/// A cell under a header that is a title: specialties, or the hospital whose specialties the next cell holds.
fn headed(reading: &Reading<'_>, cast: &Cast, said: &mut Said, cell: Span, award: Award) {
    let pairs = listing::pairs_in(reading, cast, cell);
    if !pairs.is_empty() {
        said.headed.extend(pairs.into_iter().map(|(holder, field)| (Some(holder), field, award)));
        return;
    }
    let own = holders_in(reading, cast, cell).last().copied();
    if let Some(holder) = own {
        said.head = Some((holder, award));
    }
    let holder = said.head.filter(|(_, known)| *known == award).map(|(holder, _)| holder);
    let named = fields(reading, cell, own.is_none());
    said.headed.extend(named.into_iter().map(|field| (holder, field, award)));
}

/// Whether the title of a row stands in a column at its head, and was merged with the row's above.
fn is_merged_away(table: &Table, row: &Row) -> bool {
    let names = |column: &Column| matches!(column, Column::Institution | Column::Specialty);
    let head = table.columns.iter().position(names).unwrap_or(0);
    let title = table.columns.iter().take(head).position(|column| *column == Column::Title);
    row.cells.len() == table.columns.len()
        && title.and_then(|at| row.cells.get(at)).is_some_and(|cell| cell.start == cell.end)
}

pub(crate) fn holders_in(reading: &Reading<'_>, cast: &Cast, cell: Span) -> Vec<usize> {
    reading
        .institutions_in(cell)
        .iter()
        .take(500)
        .filter_map(|mention| cast.member_at(reading, mention.span.start))
        .collect()
}

/// Which column a row's first cell stands in: rows lose empty cells at their ends, and merged ones at their heads.
fn offset(reading: &Reading<'_>, table: &Table, row: &Row, headers: &[Option<Award>]) -> Option<usize> {
    let missing = table.columns.len().checked_sub(row.cells.len())?;
    if missing == 0 || row.cells.is_empty() {
        return Some(missing).filter(|_| !row.cells.is_empty());
    }
    let fit = |offset: usize| -> i32 {
        let columns = table.columns.get(offset..).unwrap_or_default();
        let titled = headers.get(offset..).unwrap_or_default();
        let pairs = row.cells.iter().zip(columns).enumerate();
        pairs
            .map(|(at, (cell, column))| match titled.get(at) {
                // 重点专科建设单位 over departments or hospitals.
                Some(Some(_)) => i32::from(
                    !fields(reading, *cell, false).is_empty() || !reading.institutions_in(*cell).is_empty(),
                ),
                _ => fits(reading, *cell, *column),
            })
            .sum()
    };
    let (kept, shifted) = (fit(0), fit(missing));
    (kept.max(shifted) > 0).then_some(if kept >= shifted { 0 } else { missing })
}

/// Whether a cell holds what its column announces.
fn fits(reading: &Reading<'_>, cell: Span, column: Column) -> i32 {
    let text = cell.of(reading.text());
    let holds = match column {
        Column::Number => text.chars().all(|c| c.is_ascii_digit()),
        Column::Institution => !reading.institutions_in(cell).is_empty(),
        Column::Specialty => {
            reading.institutions_in(cell).is_empty() && !fields(reading, cell, true).is_empty()
        }
        Column::Year => year_of(reading, cell).is_some(),
        Column::Title => !reading.titles_in(cell).is_empty() || level_of(text).is_some(),
        Column::Place | Column::Result | Column::Former | Column::Other => return 0,
    };
    if holds { 1 } else { -1 }
}

/// 2013年获批P建设项目,2018年通过验收: the title that a remark dates before it tells how it became another.
fn remarked(reading: &Reading<'_>, title: &Title, cell: Span) -> Option<(Award, i32)> {
    let year = reading.years_in(Span::new(cell.start, title.span.start)).last()?;
    let When::Year(value) = year.when else { return None };
    let begun = title.status != Status::Designated;
    awards(title).first().filter(|award| begun && award.level.is_some()).map(|award| (*award, value))
}

fn take(
    reading: &Reading<'_>,
    cast: &Cast,
    table: &Table,
    said: &mut Said,
    cell: Span,
    column: Column,
    heading: Option<&Award>,
) {
    let text = cell.of(reading.text());
    // A column of results may hold the titles themselves.
    let column = if column == Column::Result { Column::Title } else { column };
    if matches!(column, Column::Number | Column::Place | Column::Former) {
        return;
    }
    if column == Column::Year || (column == Column::Other && is_year(reading, cell)) {
        // 2023 | 2025 under no header of their own: from when to when.
        let span = column == Column::Other && said.year.is_some();
        said.year = year_of(reading, cell).filter(|_| !span);
        return;
    }
    let title =
        reading.titles_in(cell).last().filter(|title| !title.activity && !title.void && !title.person);
    if let Some(title) = title {
        // The title alone, or a sentence about it.
        let alone = cell.end - cell.start <= title.span.end - title.span.start + '级'.len_utf8() * 2;
        if said.titled && !alone && !reading.years_in(cell).is_empty() {
            said.before = remarked(reading, title, cell).or(said.before);
            return;
        }
        said.titled |= column == Column::Title || alone;
        let award = awards(title).first().copied().map(|mut award| {
            if award.level.is_none() {
                award.level =
                    said.award.and_then(|known| known.level).or(heading.and_then(|heading| heading.level));
                award.tier = award.tier.or(heading.and_then(|heading| heading.tier));
            }
            // P(建设专科)
            let behind = status_after(reading, title.span.end, cell.end).filter(|_| !title.status_said);
            if let Some(status) = behind {
                award.status = status;
                award.status_said = true;
            }
            award
        });
        said.award = award.or(said.award);
        if column == Column::Title || fields(reading, cell, false).is_empty() {
            said.year = said.year.or(title_year(reading, cell));
            return;
        }
    }
    // 德阳市人民医院:骨科 | 建设单位, under no header.
    let status = field::status_label(text).filter(|_| table.columns.is_empty());
    if let (Some(status), Some(current)) = (status, said.award.as_ref().or(heading)) {
        said.award = Some(Award { status, status_said: true, ..*current });
        return;
    }
    if column == Column::Title {
        said.first = columns::given_before(reading, cell).or(said.first);
        // 原建设单位: what it was before.
        if text.starts_with(['原', '曾']) {
            return;
        }
        // 县级单列: how it was chosen.
        if word_list!["单列", "推荐", "指标", "名额", "增补", "递补"].stand_in(text) {
            return;
        }
        // A column of levels or statuses alone narrows the heading's title.
        if let Some(current) = said.award.as_ref().or(heading) {
            let mut award = narrowed(reading, cell, current);
            let names = !reading.institutions_in(cell).is_empty();
            if award.is_none() && text.chars().count() <= 12 && !names {
                award = level_of(text).map(|level| Award { level: Some(level), ..*current });
                if let Some(status) = Narrator::status_word(text) {
                    award = Some(Award { status, status_said: true, ..award.unwrap_or(*current) });
                }
            }
            said.award = award.or(said.award);
        }
        return;
    }
    let holders = holders_in(reading, cast, cell);
    // 宜昌 | 枝江市人民医院:普通外科、骨科, under no header.
    if column == Column::Other && !holders.is_empty() {
        let paired = listing::pairs_in(reading, cast, cell);
        if !paired.is_empty() {
            said.paired.extend(paired);
            return;
        }
    }
    if column == Column::Institution || (column == Column::Other && !holders.is_empty()) {
        let mut unique = Vec::new();
        for holder in holders {
            if !unique.contains(&holder) {
                unique.push(holder);
            }
        }
        // 省直单位 | 市州单位: both columns' hospitals.
        let named = table.columns.contains(&Column::Institution);
        // 所属医共体 | 成员单位: the column that says so.
        if column == Column::Institution && said.loose {
            said.holders.clear();
            said.loose = false;
        }
        said.stranger |=
            column == Column::Institution && unique.is_empty() && columns::names_stranger(reading, cell);
        if column == Column::Institution || !named || said.holders.is_empty() {
            said.loose |= column == Column::Other && named;
            unique.retain(|holder| !said.holders.contains(holder));
            said.holders.append(&mut unique);
        }
        if column == Column::Institution {
            return;
        }
    }
    if matches!(column, Column::Specialty | Column::Other) {
        // 某县人民医院 | 静脉用药调配中心, under no header: as printed.
        let beside = table.columns.is_empty() && heading.is_some() && !said.holders.is_empty();
        let printed = beside
            && said.fields.is_empty()
            && text.chars().count() <= 10
            && word_list!["科", "室", "中心"].end(text)
            && reading.institutions_in(cell).is_empty();
        let named = fields(reading, cell, column == Column::Specialty || printed);
        said.county |= !named.is_empty() && word_list!["(县域)", "（县域）", "(县级)", "（县级）"].end(text);
        // 呼吸内科(建设): the status of the one department of a cell.
        let inner = text.strip_suffix([')', '）']).and_then(|text| text.rsplit_once(['(', '（']));
        let status = inner.and_then(|(_, inner)| field::status_label(inner)).filter(|_| named.len() == 1);
        if let (Some(status), Some(current)) = (status, said.award.as_ref().or(heading)) {
            said.award = Some(Award { status, status_said: true, ..*current });
        }
        if named.is_empty() && column == Column::Specialty {
            said.paired.extend(listing::pairs_in(reading, cast, cell));
            said.unread |= said.paired.is_empty();
        }
        said.fields.extend(named);
    }
}
