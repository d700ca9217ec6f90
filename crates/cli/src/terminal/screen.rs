//! Where text for people goes: a stream with its width and whether it shows colours.

use std::io::{self, Write};

use super::colour::{self, Ink};
use super::wrap::{Span, wrap};
use super::{sanitise, width};

/// The fewest columns that text is wrapped to; a narrower terminal breaks the lines itself.
const NARROWEST: usize = 20;

/// How a stream shows text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Looks {
    /// Whether it shows colours.
    pub(crate) colour: bool,
    /// Its width in columns; `None` for a pipe or a file, where lines are neither wrapped nor cut.
    pub(crate) columns: Option<usize>,
}

/// A stream for people.
pub(crate) struct Screen<'a> {
    out: &'a mut dyn Write,
    looks: Looks,
}

impl<'a> Screen<'a> {
    /// A screen on `out`.
    pub(crate) fn new(out: &'a mut dyn Write, looks: Looks) -> Screen<'a> {
        Screen { out, looks }
    }

    /// Whether it is a terminal that shows no colours: what colour would tell has to be told by signs.
    pub(crate) fn is_colourless_terminal(&self) -> bool {
        self.looks.columns.is_some() && !self.looks.colour
    }

    /// Its width in columns, or `None` where lines are as long as they are.
    pub(crate) fn columns(&self) -> Option<usize> {
        self.looks.columns
    }

    /// Writes one line as it is.
    pub(crate) fn line(&mut self, spans: &[Span]) -> io::Result<()> {
        for span in spans {
            colour::paint(self.out, self.looks.colour, span.ink, &span.text)?;
        }
        self.out.write_all(b"\n")
    }

    /// Writes an empty line.
    pub(crate) fn blank(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }

    /// Writes a paragraph, each of its lines behind `indent` blanks, wrapped to the screen's width.
    pub(crate) fn paragraph(&mut self, indent: usize, spans: &[Span]) -> io::Result<()> {
        self.hanging(&" ".repeat(indent), Ink::Plain, spans)
    }

    /// Writes a paragraph whose first line stands behind `label` and whose others stand under its beginning.
    pub(crate) fn hanging(&mut self, label: &str, ink: Ink, spans: &[Span]) -> io::Result<()> {
        let label = sanitise::line(label);
        let lines = match self.looks.columns {
            Some(columns) => wrap(spans, columns.saturating_sub(width::of(&label)).max(NARROWEST)),
            None => vec![spans.to_vec()],
        };
        for (at, line) in lines.iter().enumerate() {
            if at == 0 && !(line.is_empty() && label.trim().is_empty()) {
                colour::paint(self.out, self.looks.colour, ink, &label)?;
            } else if at > 0 {
                write!(self.out, "{:1$}", "", width::of(&label))?;
            }
            self.line(line)?;
        }
        Ok(())
    }

    /// Writes short facts behind `indent` blanks with ` · ` between them; a line breaks between two of them, and
    /// within one only where it is wider than a line.
    pub(crate) fn facts(&mut self, indent: usize, ink: Ink, parts: &[&str]) -> io::Result<()> {
        let room = self.looks.columns.map(|columns| columns.saturating_sub(indent).max(NARROWEST));
        let mut line = String::new();
        for part in parts.iter().filter(|part| !part.is_empty()) {
            let part = sanitise::line(part);
            let together = width::of(&line) + width::of(BETWEEN) + width::of(&part);
            if line.is_empty() {
                line.push_str(&part);
            } else if room.is_none_or(|room| together <= room) {
                line.push_str(BETWEEN);
                line.push_str(&part);
            } else {
                self.paragraph(indent, &[Span::new(&line, ink)])?;
                line = part.into_owned();
            }
        }
        if line.is_empty() { Ok(()) } else { self.paragraph(indent, &[Span::new(&line, ink)]) }
    }
}

/// Stands between two short facts.
const BETWEEN: &str = " · ";

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(columns: Option<usize>, write: impl FnOnce(&mut Screen<'_>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut Screen::new(&mut out, Looks { colour: false, columns })).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn paragraphs_hang_under_their_label() {
        let text = [Span::plain("我院骨科获批省级临床重点专科建设项目")];
        let write = |screen: &mut Screen<'_>| screen.hanging("1. ", Ink::Dim, &text);
        assert_eq!(shown(Some(23), write), "1. 我院骨科获批省级临床\n   重点专科建设项目\n");
        assert_eq!(shown(None, write), "1. 我院骨科获批省级临床重点专科建设项目\n");
    }

    #[test]
    fn facts_leave_out_what_is_absent_and_stay_whole() {
        let write = |screen: &mut Screen<'_>| {
            screen.facts(2, Ink::Plain, &["2023-07-17", "", "汉中市中心医院", "陕西省"])
        };
        assert_eq!(shown(None, write), "  2023-07-17 · 汉中市中心医院 · 陕西省\n");
        assert_eq!(shown(Some(30), write), "  2023-07-17 · 汉中市中心医院\n  陕西省\n");
        assert_eq!(shown(Some(22), write), "  2023-07-17\n  汉中市中心医院\n  陕西省\n");
        assert_eq!(shown(None, |screen| screen.facts(2, Ink::Plain, &["", ""])), "");
    }

    #[test]
    fn an_empty_paragraph_is_an_empty_line() {
        assert_eq!(shown(Some(40), |screen| screen.paragraph(2, &[Span::plain("")])), "\n");
    }
}
