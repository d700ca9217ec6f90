//! `--batch`: one query a line in, one JSON object (or its records) a query out, in order.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use anyhow::Context;
use xinglin::{Index, SearchRequest};

use crate::failure::Outcome;
use crate::formats::json::{self, Named};
use crate::session::Session;

/// The most bytes of one line; what stands beyond is no query.
const LINE_BYTES: u64 = 1 << 20;

/// A query of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The name that the file gives it, or `None` where the line is the query alone.
    pub(super) qid: Option<String>,
    /// The query.
    pub(super) query: String,
}

/// Searches for each query of `file`, as `request` says otherwise.
pub(super) fn search(
    index: &Index,
    request: &SearchRequest,
    file: &Path,
    session: &Session,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let mut found = 0;
    let mut request = request.clone();
    each(file, session, |line| {
        request.query.clone_from(&line.query);
        let answer = super::search::ask(index, &request)?;
        found += usize::from(answer.total > 0);
        json::write_line(out, &Named { qid: line.qid.as_deref(), value: &answer })?;
        if is_standard_input(file) {
            // whoever feeds queries through a pipe may wait for each answer
            out.flush()?;
        }
        Ok(())
    })?;
    Ok(Outcome::of_total(found))
}

/// Calls `run` with each query of `file`; blank lines are none.
pub(super) fn each(
    file: &Path,
    session: &Session,
    mut run: impl FnMut(&Line) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut lines: Box<dyn BufRead> = if is_standard_input(file) {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file).with_context(|| format!("不能读取 {}", file.display()))?))
    };
    let mut number = 0;
    while let Some(bytes) = next_line(&mut lines).with_context(|| format!("不能读取 {}", file.display()))?
    {
        number += 1;
        if bytes.len() as u64 >= LINE_BYTES {
            session.warn(&format!("{} 第 {number} 行超过 1 MB，只用其开头", file.display()));
        }
        if let Some(line) = parse(&bytes, number == 1) {
            run(&line)?;
        }
    }
    Ok(())
}

fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// The next line without its line feed, at most [`LINE_BYTES`] of it; the rest of a longer one is passed over.
fn next_line(lines: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    if lines.take(LINE_BYTES).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() as u64 >= LINE_BYTES {
        skip_line(lines)?;
    }
    Ok(Some(bytes))
}

fn skip_line(lines: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = lines.fill_buf()?;
        let (length, ended) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        lines.consume(length);
        if ended {
            return Ok(());
        }
    }
}

/// `QUERY` or `QID<TAB>QUERY`; `None` for a blank line.
fn parse(bytes: &[u8], first: bool) -> Option<Line> {
    let text = String::from_utf8_lossy(bytes);
    let text = if first { text.strip_prefix('\u{feff}').unwrap_or(&text) } else { &text };
    let text = text.trim_end_matches('\r');
    if text.trim().is_empty() {
        return None;
    }
    Some(match text.split_once('\t') {
        Some((qid, query)) => Line { qid: Some(qid.to_owned()), query: query.to_owned() },
        None => Line { qid: None, query: text.to_owned() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_batch() {
        let check = |text: &str, qid: Option<&str>, query: &str| {
            let expected = Line { qid: qid.map(str::to_owned), query: query.to_owned() };
            assert_eq!(parse(text.as_bytes(), true), Some(expected), "{text:?}");
        };
        check("骨科", None, "骨科");
        check("q1\t骨科\r", Some("q1"), "骨科");
        check("\u{feff}q1\t骨科 2023", Some("q1"), "骨科 2023");
        check("q1\t", Some("q1"), "");
        check("q1\t甲\t乙", Some("q1"), "甲\t乙");
        assert_eq!(parse(b"  \r", false), None);
        assert_eq!(parse(b"", true), None);
    }

    #[test]
    fn a_line_without_end_is_bounded_and_the_next_is_whole() {
        let mut text = vec![b'a'; 3 * LINE_BYTES as usize];
        text.extend_from_slice("\n骨科\n\n儿科".as_bytes());
        let mut lines: Box<dyn BufRead> = Box::new(io::Cursor::new(text));
        assert_eq!(next_line(&mut lines).unwrap().map(|line| line.len()), Some(LINE_BYTES as usize));
        let rest: Vec<Vec<u8>> = std::iter::from_fn(|| next_line(&mut lines).unwrap()).collect();
        assert_eq!(rest, ["骨科".as_bytes(), b"", "儿科".as_bytes()]);
    }
}
