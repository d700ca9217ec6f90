//! Plain text, as scraped, to lines.

use std::borrow::Cow;

use crate::key::is_invisible;
use crate::line::Line;

/// Lines that are weighed one by one; a page of more is a dump, and its rest is taken as text. Bounds memory.
pub(crate) const MAX_LINES: usize = 50_000;

/// The lines of a text without blank ones, and what follows after [`MAX_LINES`] of them.
pub(crate) fn lines(text: &str) -> (Vec<Line<'_>>, &str) {
    let mut lines = Vec::new();
    let mut gap = false;
    let ends = LineEnds::of(text);
    let mut rest = text;
    while !rest.is_empty() {
        if lines.len() == MAX_LINES {
            return (lines, rest);
        }
        let end = ends.first(rest).unwrap_or(rest.len());
        let (raw, after) = rest.split_at(end);
        rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(is_line_end)).unwrap_or("");
        let line = trim(raw);
        if line.is_empty() {
            gap = true;
            continue;
        }
        if let Some(row) = piped_row(line) {
            if !row.is_empty() {
                let text = Cow::Owned(row);
                lines.push(Line { text, gap: std::mem::take(&mut gap), row: true, ..Line::default() });
            }
            continue;
        }
        let indented = raw.starts_with("  ") || raw.starts_with('\t');
        lines.push(Line::plain(line, std::mem::take(&mut gap), indented));
    }
    (lines, "")
}

/// `| 1 | 某县人民医院 | 骨科 |`, as Markdown prints tables: its cells, set apart by tabs; empty for the rule under the header.
fn piped_row(line: &str) -> Option<String> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
    if cells.len() < 2 || cells.iter().all(|cell| cell.is_empty()) {
        return None;
    }
    let rule =
        cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':' | ' ')));
    Some(if rule { String::new() } else { cells.join("\t") })
}

/// The lines of a text without blank ones, unbounded.
pub(crate) fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_line_end).map(trim).filter(|line| !line.is_empty())
}

/// Which line ends a text has: nearly all have none but those of ASCII, which are found at memory speed.
#[derive(Clone, Copy)]
enum LineEnds {
    Usual,
    Any,
}

impl LineEnds {
    fn of(text: &str) -> LineEnds {
        let bytes = text.as_bytes();
        let holds = |end: &str| memchr::memmem::find(bytes, end.as_bytes()).is_some();
        let rare = memchr::memchr2(0x0b, 0x0c, bytes).is_some()
            || holds("\u{85}")
            || holds("\u{2028}")
            || holds("\u{2029}");
        if rare { LineEnds::Any } else { LineEnds::Usual }
    }

    /// Where the first line of a piece of the text ends.
    fn first(self, text: &str) -> Option<usize> {
        match self {
            LineEnds::Usual => memchr::memchr2(b'\n', b'\r', text.as_bytes()),
            LineEnds::Any => text.find(is_line_end),
        }
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' | '\u{85}')
}

/// Without blanks and marks that show nothing at its ends.
pub(crate) fn trim(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || is_invisible(c) || c == '\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn piped_rows_are_rows() {
        let (lines, _) = lines(
            "| 序号 | 医院 | 专科 |\n|---|:--|--:|\n| 1 | 甲县人民医院 | 骨科 |\n首页 | 新闻 | 专科\n|",
        );
        let shown: Vec<_> = lines.iter().map(|l| (&*l.text, l.row)).collect();
        assert_eq!(
            shown,
            [
                ("序号\t医院\t专科", true),
                ("1\t甲县人民医院\t骨科", true),
                ("首页 | 新闻 | 专科", false),
                ("|", false)
            ]
        );
    }

    #[test]
    fn lines_keep_their_inside() {
        let (lines, rest) = lines("\u{feff}题\r\n\r\n\u{3000}\u{3000}一  段 \n\r  • 项\t目\u{2028}末");
        let shown: Vec<_> = lines.iter().map(|l| (&*l.text, l.gap, l.indented)).collect();
        assert_eq!(
            shown,
            [("题", false, false), ("一  段", true, false), ("• 项\t目", true, true), ("末", false, false)]
        );
        assert_eq!(rest, "");
    }
}
