//! Tables of facts to lines: a row a line, its cells separated by tabs, spanned cells repeated.

use html5ever::{LocalName, local_name};

use super::tree::{NodeId, Tree};
use crate::key::is_invisible;
use xinglin_text::word_list;

/// No table has more columns than are read.
const MAX_COLUMNS: usize = 200;

/// A row as a line.
#[derive(Debug, Default)]
pub(crate) struct Row {
    /// The cells' texts with tabs between; a cell over all columns alone.
    pub(crate) text: String,
    pub(crate) cells: usize,
    pub(crate) chars: usize,
    pub(crate) linked: usize,
}

#[derive(Clone, Debug, Default)]
struct Cell {
    text: String,
    chars: usize,
    linked: usize,
    columns: usize,
    rows: usize,
}

/// Whether a table holds facts; the others only place a page's boxes. Layout holds tables, headings or paragraphs in its cells,
/// or has no two cells side by side, or a single row with the way through the site.
pub(crate) fn is_data(tree: &Tree, table: NodeId) -> bool {
    let (mut paragraphs, mut chars, mut cells, mut widest, mut rows) = (0, 0, 0, 0, 0);
    let mut crumb = false;
    let mut at = tree.following(table, table, false);
    while let Some(id) = at {
        if let Some(text) = tree.text(id) {
            crumb |= rows == 1 && leads_through(text.trim());
            chars += text.chars().filter(|c| !c.is_whitespace()).count();
        }
        match tree.name(id) {
            Some(&local_name!("tr")) => {
                rows += 1;
                (cells, paragraphs, chars) = (0, 0, 0);
            }
            Some(&local_name!("td") | &local_name!("th")) => {
                cells += 1;
                widest = widest.max(cells);
                (paragraphs, chars) = (0, 0);
            }
            Some(name) if is_layout(name) => return false,
            Some(&local_name!("p") | &local_name!("div") | &local_name!("br") | &local_name!("li")) => {
                paragraphs += 1
            }
            _ => {}
        }
        if chars > 2000 || (paragraphs >= 3 && chars > 200) {
            return false;
        }
        at = tree.following(id, table, false);
    }
    widest > 1 && !(rows == 1 && crumb)
}

/// 首页>>健康>>正文
fn leads_through(text: &str) -> bool {
    let steps = text.matches(['>', '»', '›', '＞']).count();
    steps >= 2 || word_list!["首页", "首頁", "当前位置", "您的位置", "当前栏目"].begin(text)
}

fn is_layout(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("table")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("form")
            | local_name!("nav")
            | local_name!("article")
            | local_name!("section")
            | local_name!("iframe")
            | local_name!("dl")
    )
}

/// The rows, complete: the text of a cell that spans rows or columns stands in each of them.
pub(crate) fn rows(tree: &Tree, table: NodeId) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut open: Vec<Option<(usize, Cell)>> = Vec::new();
    let mut budget = Budget(1 << 16);
    let mut at = tree.following(table, table, false);
    while let Some(id) = at {
        let skip = match tree.name(id) {
            Some(&local_name!("tr")) => {
                rows.push(row(cells_of(tree, id), &mut open, &mut budget));
                true
            }
            Some(&local_name!("caption")) => {
                let cell = cell(tree, id);
                rows.push(Row { cells: 1, text: cell.text, chars: cell.chars, linked: cell.linked });
                true
            }
            _ => false,
        };
        at = tree.following(id, table, skip);
    }
    rows.retain(|row| !row.text.trim().is_empty());
    rows
}

fn cells_of(tree: &Tree, row: NodeId) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut at = tree.following(row, row, false);
    while let Some(id) = at {
        let is_cell = matches!(tree.name(id), Some(&local_name!("td") | &local_name!("th")));
        if is_cell {
            let mut cell = cell(tree, id);
            let span = |name: &str| {
                tree.attribute(id, name).and_then(|v| v.trim().parse::<usize>().ok()).unwrap_or(1)
            };
            cell.columns = span("colspan").clamp(1, MAX_COLUMNS);
            // A span of 0 reaches to the table's end.
            cell.rows = match span("rowspan") {
                0 => usize::MAX,
                rows => rows,
            };
            cells.push(cell);
        }
        at = tree.following(id, row, is_cell);
    }
    cells
}

/// A cell's text on one line.
fn cell(tree: &Tree, root: NodeId) -> Cell {
    let mut cell = Cell { columns: 1, rows: 1, ..Cell::default() };
    let (mut blank, mut link_until) = (false, None);
    let mut at = tree.following(root, root, false);
    while let Some(id) = at {
        if link_until == Some(id) {
            link_until = None;
        }
        match tree.name(id) {
            Some(&local_name!("a")) => link_until = tree.following(id, root, true).or(Some(root)),
            Some(&local_name!("br") | &local_name!("p") | &local_name!("div") | &local_name!("li")) => {
                blank = true
            }
            _ => {}
        }
        for c in tree.text(id).unwrap_or("").chars() {
            if c.is_whitespace() || c == '\u{feff}' {
                blank |= !is_invisible(c);
                continue;
            }
            if blank && !cell.text.is_empty() {
                cell.text.push(' ');
            }
            blank = false;
            cell.text.push(c);
            cell.chars += 1;
            cell.linked += usize::from(link_until.is_some());
        }
        at = tree.following(id, root, false);
    }
    cell
}

/// What a table repeats is bounded by what it holds, so that spans cannot make a bomb of it.
struct Budget(usize);

impl Budget {
    fn repeat(&mut self, cell: &Cell) -> Cell {
        if self.0 < cell.text.len() {
            return Cell::default();
        }
        self.0 -= cell.text.len();
        cell.clone()
    }
}

/// Lays the cells of a row into the columns that no cell above still spans.
fn row(cells: Vec<Cell>, open: &mut Vec<Option<(usize, Cell)>>, budget: &mut Budget) -> Row {
    let single = cells.len() == 1 && open.iter().all(Option::is_none);
    let mut laid: Vec<Cell> = Vec::new();
    let mut own = cells.into_iter();
    loop {
        let column = laid.len();
        if let Some(Some((left, above))) = open.get_mut(column) {
            laid.push(budget.repeat(above));
            *left -= 1;
            if *left == 0 {
                open[column] = None;
            }
        } else if let Some(cell) = own.next() {
            budget.0 += 4 * cell.text.len();
            span(cell, &mut laid, open, budget);
        } else if open.iter().skip(column).any(Option::is_some) {
            laid.push(Cell::default());
        } else {
            break;
        }
    }
    if single {
        laid.truncate(1);
    }
    Row {
        text: laid.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("\t").trim_end().to_owned(),
        cells: laid.len(),
        chars: laid.iter().map(|c| c.chars).sum(),
        linked: laid.iter().map(|c| c.linked).sum(),
    }
}

/// Puts a cell into each of its columns, and remembers it for the rows below.
fn span(cell: Cell, laid: &mut Vec<Cell>, open: &mut Vec<Option<(usize, Cell)>>, budget: &mut Budget) {
    for i in 0..cell.columns {
        let column = laid.len();
        if cell.rows > 1 && column < MAX_COLUMNS {
            if open.len() <= column {
                open.resize(column + 1, None);
            }
            if let Some(slot) = open.get_mut(column) {
                *slot = Some((cell.rows - 1, cell.clone()));
            }
        }
        laid.push(if i == 0 { cell.clone() } else { budget.repeat(&cell) });
    }
}

#[cfg(test)]
mod tests {
    use crate::html::parse;
    use crate::limits::Limits;

    fn check(html: &str, expected: Option<&str>) {
        let (tree, _, _) = parse(html, &Limits::default());
        let mut at = Some(0);
        while let Some(id) = at.filter(|&id| tree.name(id).is_none_or(|n| &**n != "table")) {
            at = tree.following(id, 0, false);
        }
        let table = at.expect("a table");
        let data = super::is_data(&tree, table);
        let text: Vec<String> = super::rows(&tree, table).into_iter().map(|r| r.text).collect();
        assert_eq!(data.then(|| text.join("\n")).as_deref(), expected, "{html}");
    }

    #[test]
    fn spans_are_repeated_in_every_row_they_cover() {
        check(
            "<table><caption>名单</caption><tr><th>单位<th>专科<th>级别<tr><td rowspan=2>甲医院<td>骨科<td rowspan=3>市级<tr><td>儿科<tr><td>乙医院<td>眼科</table>",
            Some("名单\n单位\t专科\t级别\n甲医院\t骨科\t市级\n甲医院\t儿科\t市级\n乙医院\t眼科\t市级"),
        );
        check(
            "<table><tr><td colspan=3>一、省级<tr><td>1<td colspan=2>甲医院<tr><td>2<td>乙<br>医院<td></table>",
            Some("一、省级\n1\t甲医院\t甲医院\n2\t乙 医院"),
        );
        check("<table><tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3</table>", Some("甲\t1\n甲\t2\n甲\t3"));
    }

    #[test]
    fn layout_is_no_table_of_facts() {
        check("<table><tr><td><table><tr><td>a<td>b</table><td>c</table>", None);
        check("<table><tr><td>一行<tr><td>又一行</table>", None);
        check("<table><tr><td><h1>题</h1><td>旁</table>", None);
    }

    #[test]
    fn spans_make_no_bomb() {
        let cell = "<td rowspan=65534 colspan=1000>".to_owned() + &"字".repeat(1000);
        let html = format!("<table><tr>{cell}{}</table>", "<tr><td>1".repeat(2000));
        let (tree, _, _) = parse(&html, &Limits::default());
        let table = (0..100).find(|&id| tree.name(id).is_some_and(|n| &**n == "table")).expect("a table");
        let total: usize = super::rows(&tree, table).iter().map(|r| r.text.len()).sum();
        assert!(total < 2_000_000, "{total}");
    }
}
