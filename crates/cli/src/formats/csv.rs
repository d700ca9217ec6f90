//! CSV: a heading, a row a record, lists joined by `|`.
//!
//! Law: no cell of text begins a formula in a spreadsheet; one that would stands behind an apostrophe
//! (<https://owasp.org/www-community/attacks/CSV_Injection>). Control characters are shown or dropped as on a
//! terminal; only JSON is exact to the byte.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::terminal::sanitise;

/// One cell.
pub(crate) enum Cell<'a> {
    /// Text of an article or a query.
    Text(&'a str),
    /// Text that may be absent.
    Maybe(Option<&'a str>),
    /// Several texts.
    List(&'a [String]),
    /// Text of an article, put together.
    Owned(String),
    /// A number or a word of our own.
    Plain(String),
}

impl<'a> Cell<'a> {
    /// A number, or an empty cell.
    pub(crate) fn number(number: Option<impl ToString>) -> Cell<'a> {
        Cell::Plain(number.map(|number| number.to_string()).unwrap_or_default())
    }

    fn written(&self) -> Cow<'_, str> {
        match self {
            Cell::Text(text) => guard(sanitise::block(text)),
            Cell::Maybe(text) => guard(sanitise::block(text.unwrap_or_default())),
            Cell::Owned(text) => guard(sanitise::block(text)),
            Cell::List(texts) => guard(Cow::Owned(sanitise::block(&texts.join("|")).into_owned())),
            Cell::Plain(text) => Cow::Borrowed(text),
        }
    }
}

/// A table being written.
pub(crate) struct Table<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
}

impl<'a> Table<'a> {
    /// Begins a table with its heading.
    ///
    /// # Errors
    /// The stream's own.
    pub(crate) fn new(out: &'a mut dyn Write, heading: &[&str]) -> io::Result<Table<'a>> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(heading).map_err(stream_error)?;
        Ok(Table { writer })
    }

    /// Writes a row, which has as many cells as the heading.
    ///
    /// # Errors
    /// The stream's own.
    pub(crate) fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        let cells: Vec<Cow<'_, str>> = cells.iter().map(Cell::written).collect();
        self.writer.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(stream_error)
    }

    /// Ends the table.
    ///
    /// # Errors
    /// The stream's own.
    pub(crate) fn end(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Puts an apostrophe before what a spreadsheet would read as a formula.
fn guard(text: Cow<'_, str>) -> Cow<'_, str> {
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(formula) { Cow::Owned(format!("'{text}")) } else { text }
}

/// The error of the stream below, so that a closed pipe is known as one.
fn stream_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: Cell<'_>, expected: &str) {
        let mut out = Vec::new();
        let mut table = Table::new(&mut out, &["title", "n"]).unwrap();
        table.row(&[cell, Cell::number(Some(1))]).unwrap();
        table.end().unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), format!("title,n\n{expected},1\n"));
    }

    #[test]
    fn cells_that_would_be_formulas_are_text() {
        check(Cell::Text("=1+1"), "'=1+1");
        check(Cell::Text("+86"), "'+86");
        check(Cell::Text("-cmd"), "'-cmd");
        check(Cell::Text("@SUM(A1)"), "'@SUM(A1)");
        check(Cell::Text("\t=1"), "'\t=1");
        check(Cell::Text("\n=1"), "\"'\n=1\"");
        check(Cell::Text("＝1"), "'＝1");
        check(Cell::List(&["=a".to_owned(), "b".to_owned()]), "'=a|b");
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        check(Cell::Text("骨科"), "骨科");
        check(Cell::Text("甲,\"乙\""), "\"甲,\"\"乙\"\"\"");
        check(Cell::Text("\u{1b}[31m甲\u{202e}"), "␛[31m甲");
        check(Cell::List(&["陕西省/汉中市".to_owned(), "陕西省".to_owned()]), "陕西省/汉中市|陕西省");
        check(Cell::Maybe(None), "");
        check(Cell::number(None::<i32>), "");
    }
}
