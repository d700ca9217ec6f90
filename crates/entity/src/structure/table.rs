//! Tables: rows of cells set apart by tabs or blanks, and tables printed one cell a line.

use super::line::{Line, is_longer, is_prose};
use crate::mention::Span;
use xinglin_text::word_list;

/// What a column holds, by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Number,
    Institution,
    Specialty,
    Title,
    Year,
    Place,
    Result,
    /// What held before a change: 调整前.
    Former,
    /// A header that is none of these, or none at all.
    Other,
}

/// A table: its header's columns and its rows.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) header: Vec<Span>,
    /// The row above the header, where it has two: what several columns have in common.
    pub(crate) above: Vec<Span>,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

impl Table {
    /// 一、某市临床重点专科 across a table: the rows under it have the header of those above.
    fn takes_header(&mut self, text: &str, lines: &[Line], between: std::ops::Range<usize>, known: &Table) {
        let heading = lines.get(between).unwrap_or_default();
        let [heading] = heading else { return };
        let short = !is_longer(heading.span.of(text), 30) && !is_prose(heading.span.of(text));
        let widest = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let fits = known.header.len() >= 2 && (widest..=widest + 2).contains(&known.header.len());
        if short && fits {
            self.header.clone_from(&known.header);
            self.above.clone_from(&known.above);
            self.columns.clone_from(&known.columns);
        }
    }
}

/// A row: its cells, and the piece of text that holds them all.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Span>,
    pub(crate) span: Span,
}

/// What a header's cell announces.
pub(crate) fn column(header: &str) -> Column {
    let plain: String = header.chars().filter(|c| !c.is_whitespace()).collect();
    // 市级称号（年份）: a title, and its year behind it.
    let plain = match plain.split_once(['（', '(']) {
        Some((head, _)) if word_list!["称号", "头衔", "荣誉", "级别", "类别", "名称"].end(head) => {
            head.to_owned()
        }
        _ => plain,
    };
    let any = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if plain.chars().count() > 14 || plain.is_empty() {
        return Column::Other;
    }
    // 学科带头人: whose it is, and no 学科.
    if any(&["带头人", "负责人", "主任", "联系人", "姓名", "联系方式", "电话"]) {
        Column::Place
    } else if any(&["验收等次", "评估等次", "考核等次", "评审等次", "复核等次", "验收等级", "评估等级"])
    {
        Column::Result
    } else if any(&["序号", "编号"]) {
        Column::Number
    } else if any(&["调整前", "原级别", "原称号", "变更前", "原类别"]) {
        Column::Former
    } else if any(&["调整后", "变更后", "现级别", "现称号"]) {
        Column::Title
    } else if any(&[
        "周期",
        "建设期",
        "有效期",
        "起止",
        "期限",
        "建设时间",
        "建设年限",
        "创建时间",
        "成立时间",
    ]) {
        // For how long, or since when there is a department.
        Column::Place
    } else if any(&["年份", "年度", "时间", "年限", "获批年", "日期", "批准年", "哪年", "何时"])
    {
        Column::Year
    } else if any(&[
        "级别",
        "类别",
        "类型",
        "称号",
        "头衔",
        "名头",
        "牌子",
        "招牌",
        "等级",
        "层级",
        "项目类",
        "荣誉",
        "性质",
        "备注",
        "批次",
        "名称级",
        "建设类",
        "专科级",
        "层次",
    ]) {
        Column::Title
    } else if any(&["结果", "结论", "是否", "评估情况", "验收情况"]) {
        Column::Result
    } else if any(&[
        "授予",
        "颁发",
        "批准",
        "命名",
        "认定",
        "主管",
        "发文",
        "颁授",
        "公布单位",
        "评审单位",
        "帮扶",
        "合作",
    ]) && any(&["单位", "部门", "机关", "机构"])
    {
        // Who gave it, or with whom.
        Column::Place
    } else if any(&["目标", "计划", "预期", "规划"]) {
        // What is hoped for.
        Column::Place
    } else if ["对口科室", "对口专科", "对口专业"].contains(&plain.as_str()) {
        // Whom to see, and not who helps.
        Column::Specialty
    } else if any(&["上级", "对口", "支援", "派驻", "结对", "指导", "托管", "所属", "隶属", "联盟"])
        || any(&["协作", "帮扶", "合作"]) && any(&["医院", "专家", "团队"])
    {
        // Whom it belongs to, and who helps it.
        Column::Place
    } else if any(&["单位", "机构"])
        // 县级医疗集团（医院）
        || word_list!["(医院)", "（医院）"].end(&plain)
        || (plain.trim_end_matches("名称").trim_end_matches("全称").ends_with("医院")
            && plain.chars().count() <= 6
            && !plain.contains(['省', '市', '县', '区', '第', '中']))
    {
        Column::Institution
    } else if any(&["专科", "科室", "学科", "专业", "科目", "项目名称", "项目"])
        && !plain.contains("医学科")
        && plain.chars().count() <= 10
    {
        Column::Specialty
    } else if any(&[
        "地区",
        "市州",
        "州市",
        "地市",
        "县区",
        "所在地",
        "设区市",
        "区县",
        "县市",
        "城市",
        "辖区",
        "盟市",
        "旗县",
        "省份",
        "师市",
        "所在市",
        "属地",
        "归属地",
    ]) {
        Column::Place
    } else {
        Column::Other
    }
}

/// The tables of a text, each with the positions in `lines` that it covers, in order.
pub(crate) fn tables(text: &str, lines: &[Line]) -> Vec<(std::ops::Range<usize>, Table)> {
    let mut found: Vec<(std::ops::Range<usize>, Table)> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let next = if line.cells.is_empty() { unrolled(text, lines, at) } else { rows(text, lines, at) };
        match next {
            Some((end, mut table)) => {
                if let Some((before, known)) = found.last().filter(|_| table.header.is_empty()) {
                    table.takes_header(text, lines, before.end..at, known);
                }
                found.push((at..end, table));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Consecutive lines of several cells each.
fn rows(text: &str, lines: &[Line], from: usize) -> Option<(usize, Table)> {
    // 附件　…名单 over a table is no row of it: rows are set apart by tabs, or by blanks, not by both.
    let tabbed = |line: &Line| line.span.of(text).contains(['\t', '|', '｜']);
    let first = lines.get(from)?;
    let alike =
        |line: &&Line| !line.cells.is_empty() && (line.span == first.span || tabbed(line) == tabbed(first));
    let count = lines.get(from..)?.iter().take_while(alike).count();
    let body = lines.get(from..from + count)?;
    let first = body.first()?;
    let second = body.get(1).filter(|second| goes_on(text, &first.cells, &second.cells));
    let above = second.map_or(&[][..], |_| first.cells.as_slice());
    let first = second.unwrap_or(first);
    let columns: Vec<Column> = first.cells.iter().map(|cell| column(cell.of(text))).collect();
    // 1961年 | 建科,全省地市级医院首家: a step of a history heads nothing.
    let dated = first.cells.first().is_some_and(|cell| {
        let cell = cell.of(text);
        cell.starts_with(|c: char| c.is_ascii_digit()) && cell.ends_with(['年', '月'])
    });
    let told = columns.iter().filter(|column| **column != Column::Other).count() >= 2;
    let columns = without_leaders(text, &first.cells, columns);
    // 兰州市中医医院 | 肝病专科: a row like those below it.
    let named = |cell: &Span| {
        let cell = cell.of(text);
        word_list!["医院", "卫生院", "保健院"].end(cell)
            && cell.contains(['省', '市', '县', '区', '州', '旗', '镇'])
    };
    let titled = || columns.len() >= 2 && first.cells.iter().all(|cell| is_header_like(cell.of(text)));
    let has_header = !dated && (told || titled()) && !first.cells.iter().any(named);
    let (mut header, mut columns) =
        if has_header { (first.cells.clone(), columns) } else { (Vec::new(), Vec::new()) };
    let half = period(text, &header, &columns);
    let rows = body.iter().skip(usize::from(has_header) + usize::from(has_header && second.is_some()));
    let rows: Vec<Row> = rows.flat_map(|line| side_by_side(line, half)).collect();
    header.truncate(half.unwrap_or(usize::MAX));
    columns.truncate(half.unwrap_or(usize::MAX));
    let above = above.get(..header.len()).unwrap_or_default().to_vec();
    Some((from + count, Table { header, above, columns, rows }))
}

/// 医院 | 新一轮评审 | 新一轮评审 over 医院 | 重点专科 | 建设单位: a header of two rows, whose second says what the columns hold.
fn goes_on(text: &str, first: &[Span], second: &[Span]) -> bool {
    let above: Vec<&str> = first.iter().map(|cell| cell.of(text)).collect();
    let below: Vec<&str> = second.iter().map(|cell| cell.of(text)).collect();
    let same = |at: usize| above.get(at) == below.get(at);
    let wide = |at: usize| {
        above.get(at) == above.get(at + 1)
            || at.checked_sub(1).is_some_and(|left| above.get(left) == above.get(at))
    };
    above.len() == below.len()
        && (0..above.len()).all(|at| same(at) || wide(at))
        && (0..above.len()).any(same)
        && !(0..above.len()).all(same)
}

/// 牵头医院 | 成员单位 | 专科: the members hold what the row tells, where both have a column.
fn without_leaders(text: &str, header: &[Span], mut columns: Vec<Column>) -> Vec<Column> {
    let leads = |at: usize| {
        let cell = header.get(at).map_or("", |cell| cell.of(text));
        word_list!["牵头", "总院", "推荐", "主管", "总医院", "依托"].stand_in(cell)
    };
    let hospitals = |at: &usize| columns.get(*at) == Some(&Column::Institution);
    let all: Vec<usize> = (0..columns.len()).filter(hospitals).collect();
    if all.iter().any(|&at| !leads(at)) {
        for at in all.into_iter().filter(|&at| leads(at)) {
            if let Some(column) = columns.get_mut(at) {
                *column = Column::Place;
            }
        }
    }
    columns
}

/// 医疗机构 | 专科 | 医疗机构 | 专科: after how many columns the header begins again.
fn period(text: &str, header: &[Span], columns: &[Column]) -> Option<usize> {
    let names: Vec<&str> = header.iter().map(|cell| cell.of(text)).collect();
    (2..=names.len() / 2).find(|&width| {
        names.len().is_multiple_of(width)
            && names.chunks(width).all(|chunk| Some(chunk) == names.get(..width))
            && columns.get(..width).is_some_and(|first| first.contains(&Column::Specialty))
    })
}

/// The rows of a line: one, or as many as stand side by side.
fn side_by_side(line: &Line, width: Option<usize>) -> Vec<Row> {
    let cells = &line.cells;
    let Some(width) = width.filter(|width| cells.len() > *width) else {
        return vec![Row { cells: cells.clone(), span: line.span }];
    };
    cells
        .chunks(width)
        .filter_map(|chunk| {
            let span = Span::new(chunk.first()?.start, chunk.last()?.end);
            Some(Row { cells: chunk.to_vec(), span }).filter(|_| span.start < span.end)
        })
        .collect()
}

/// A header made of titles: 国家级 | 省级 | 市级 over columns of specialties.
fn is_header_like(cell: &str) -> bool {
    cell.is_empty()
        || cell.contains("重点专科")
        || cell.contains("重点学科")
        || cell.contains("特色专科")
        || column(cell) != Column::Other
}

/// 序号 / 单位 / 专科 / 级别, each on a line of its own, and the cells of the rows likewise.
fn unrolled(text: &str, lines: &[Line], from: usize) -> Option<(usize, Table)> {
    let header: Vec<&Line> = lines
        .get(from..)?
        .iter()
        .take_while(|line| line.cells.is_empty() && is_header_cell(line.span.of(text)))
        .take(8)
        .collect();
    let width = header.len();
    let columns: Vec<Column> = header.iter().map(|line| column(line.span.of(text))).collect();
    if width < 2
        || !columns.contains(&Column::Specialty)
        || !(columns.contains(&Column::Institution) || columns.contains(&Column::Number))
    {
        return None;
    }
    let cells = lines.get(from + width..)?;
    let (rows, used) = if columns.first() == Some(&Column::Number) {
        numbered_rows(text, cells, width)
    } else {
        even_rows(text, cells, width)
    };
    if rows.is_empty() {
        return None;
    }
    let header = header.iter().map(|line| line.span).collect();
    Some((from + width + used, Table { header, above: Vec::new(), columns, rows }))
}

fn is_header_cell(cell: &str) -> bool {
    cell.chars().nth(8).is_none()
        && column(cell) != Column::Other
        && !cell.contains('、')
        && (column(cell) != Column::Institution || !cell.ends_with("医院") || cell == "医院")
        && (column(cell) != Column::Specialty
            || word_list!["专科", "科室", "学科", "专业", "名称", "项目"].end(cell)
                && !cell.starts_with('市')
                && !cell.starts_with('省')
                && !cell.starts_with('国'))
}

/// Rows that each begin with the next number; merged cells may leave them short.
fn numbered_rows(text: &str, cells: &[Line], width: usize) -> (Vec<Row>, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let mut used = 0;
    for line in cells {
        let piece = line.span.of(text);
        let expected = (rows.len() + 1).to_string();
        if piece == expected {
            rows.push(Row { cells: vec![line.span], span: line.span });
        } else if let Some(row) = rows
            .last_mut()
            .filter(|row| row.cells.len() < width && line.cells.is_empty() && piece.chars().count() <= 60)
        {
            row.cells.push(line.span);
            row.span.end = line.span.end;
        } else {
            break;
        }
        used += 1;
    }
    (rows, used)
}

fn even_rows(text: &str, cells: &[Line], width: usize) -> (Vec<Row>, usize) {
    let short = cells
        .iter()
        .take_while(|line| {
            line.cells.is_empty()
                && line.span.of(text).chars().count() <= 40
                && !line.span.of(text).contains('。')
        })
        .count();
    let used = short - short % width;
    let rows = cells
        .get(..used)
        .unwrap_or_default()
        .chunks(width)
        .filter_map(|chunk| {
            Some(Row {
                cells: chunk.iter().map(|line| line.span).collect(),
                span: Span::new(chunk.first()?.span.start, chunk.last()?.span.end),
            })
        })
        .collect();
    (rows, used)
}
