//! The tree to lines: one for each block, `<br>` and table row, in page order.

use std::borrow::Cow;
use std::collections::HashSet;

use html5ever::{LocalName, local_name};

use super::table;
use super::tree::{NONE, NodeId, Tree};
use crate::key::is_han;
use crate::lexicon::{BoxKind, Lexicon};
use crate::line::Line;
use crate::plain::{MAX_LINES, trim};

/// A block of the page and the lines in it.
#[derive(Clone, Debug)]
pub(crate) struct PageBox {
    /// Its first line.
    pub(crate) first: usize,
    /// The line after its last.
    pub(crate) last: usize,
    /// What its tag, class or id says that it holds.
    pub(crate) hint: Option<BoxKind>,
    /// It is not shown.
    pub(crate) hidden: bool,
    /// Of a layout table's cell: its row, so that the cells of a row know one another.
    pub(crate) row: Option<NodeId>,
}

/// What a walk through the tree brings home.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    pub(crate) lines: Vec<Line<'static>>,
    /// The boxes that hold at least one line, inner ones before outer ones.
    pub(crate) boxes: Vec<PageBox>,
    /// Readable text that is no line: alternative texts, titles of links.
    pub(crate) aside: Vec<String>,
    /// Everything after [`MAX_LINES`] lines.
    pub(crate) rest: String,
    /// What `<time>` elements say to machines, and the lines they stand in.
    pub(crate) times: Vec<(usize, String)>,
}

/// What an open element means for the text in it.
struct Frame {
    node: NodeId,
    block: bool,
    link: bool,
    pre: bool,
    apart: bool,
    heading: u8,
    boxed: Option<PageBox>,
}

#[derive(Default)]
struct Walker {
    out: Walked,
    frames: Vec<Frame>,
    line: String,
    chars: usize,
    linked: usize,
    blank: Blank,
    gap: bool,
    after_link: bool,
    seen: HashSet<String>,
}

/// White space that has been read and not yet written.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Blank {
    #[default]
    No,
    Space,
    /// One that breaks the source's line: between two Han characters it shows nothing.
    Newline,
}

/// Walks the page.
pub(crate) fn walk(tree: &Tree) -> Walked {
    let mut walker = Walker::default();
    let mut at = 0;
    loop {
        let skip = walker.enter(tree, at);
        let child = tree.node(at).map_or(NONE, |n| n.first);
        if !skip && child != NONE {
            at = child;
            continue;
        }
        loop {
            walker.leave(at);
            let Some(node) = tree.node(at) else { return walker.finish() };
            if node.next != NONE {
                at = node.next;
                break;
            }
            if node.parent == NONE {
                return walker.finish();
            }
            at = node.parent;
        }
    }
}

impl Walker {
    /// Reads a node; whether its children are passed over.
    fn enter(&mut self, tree: &Tree, id: NodeId) -> bool {
        if let Some(text) = tree.text(id) {
            let first =
                tree.node(id).and_then(|n| tree.node(n.parent)).is_some_and(|parent| parent.first == id);
            self.text(text, first);
            return true;
        }
        let Some(name) = tree.name(id) else { return false };
        if is_unread(name) {
            return true;
        }
        self.keep_aside(tree, id, name);
        if *name == local_name!("br") {
            self.line_break();
            return true;
        }
        let frame = self.frame(tree, id, name);
        if *name == local_name!("time")
            && let Some(value) = tree.attribute(id, "datetime").filter(|v| (8..=40).contains(&v.len()))
        {
            self.out.times.push((self.out.lines.len(), value.to_owned()));
        }
        if frame.block {
            self.flush();
        } else if frame.link && self.after_link {
            self.blank = Blank::Space;
        }
        if *name == local_name!("table") && table::is_data(tree, id) {
            self.rows(tree, id);
            return true;
        }
        self.frames.push(frame);
        false
    }

    fn leave(&mut self, id: NodeId) {
        if self.frames.last().is_none_or(|f| f.node != id) {
            return;
        }
        if self.frames.last().is_some_and(|f| f.block) {
            self.flush();
        }
        let Some(frame) = self.frames.pop() else { return };
        self.after_link |= frame.link;
        if let Some(mut boxed) = frame.boxed {
            boxed.last = self.out.lines.len();
            if boxed.last > boxed.first {
                self.out.boxes.push(boxed);
            }
        }
    }

    fn frame(&self, tree: &Tree, id: NodeId, name: &LocalName) -> Frame {
        let block = is_block(name);
        let outer = self.frames.last();
        let mut frame = Frame {
            node: id,
            block,
            link: *name == local_name!("a") || outer.is_some_and(|f| f.link),
            pre: *name == local_name!("pre") || outer.is_some_and(|f| f.pre),
            apart: is_control(name) || outer.is_some_and(|f| f.apart),
            heading: heading_level(name).unwrap_or(if block { 0 } else { outer.map_or(0, |f| f.heading) }),
            boxed: None,
        };
        if block {
            let names = [tree.attribute(id, "class"), tree.attribute(id, "id")];
            let lexicon = Lexicon::get();
            let hint =
                tag_hint(name).or_else(|| names.into_iter().flatten().find_map(|n| lexicon.box_kind(n)));
            if hint == Some(BoxKind::Headline) && frame.heading == 0 {
                frame.heading = 2;
            }
            let row = (*name == local_name!("td")).then(|| tree.node(id).map(|n| n.parent)).flatten();
            let (first, hidden) = (self.out.lines.len(), is_hidden(tree, id, name));
            frame.boxed = Some(PageBox { first, last: first, hint, hidden, row });
        }
        frame
    }

    fn text(&mut self, text: &str, first: bool) {
        let (pre, link) = self.frames.last().map_or((false, false), |f| (f.pre, f.link));
        if first && self.line.ends_with(|c: char| c.is_alphanumeric()) && self.is_seam(text) {
            self.blank = Blank::Space;
        }
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if c == '\n' && pre {
                self.flush();
            } else if c == '\n' || c == '\r' {
                self.blank = if self.blank == Blank::Space { Blank::Space } else { Blank::Newline };
            } else if c.is_ascii_whitespace() && !pre {
                self.blank = if self.blank == Blank::Newline { Blank::Newline } else { Blank::Space };
            } else {
                // Up to the next blank at once.
                let run = rest.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(rest.len());
                let (run, behind) = rest.split_at(run.max(c.len_utf8()));
                self.push(c, run, link);
                rest = behind;
                continue;
            }
            rest = rest.get(1..).unwrap_or("");
        }
    }

    /// Whether an element begins another thing than the one before it: `来源：`, a date, or what follows a date.
    fn is_seam(&self, text: &str) -> bool {
        starts_with_label(text)
            || (starts_with_date(text) && self.line.ends_with(is_han))
            || ((text.starts_with(is_han) || starts_with_clock(text)) && ends_with_date(&self.line))
    }

    /// Writes a run of text that begins with this character.
    fn push(&mut self, c: char, run: &str, link: bool) {
        if self.blank != Blank::No {
            let joins = self.blank == Blank::Newline && is_wide(c) && self.line.ends_with(is_wide);
            if !self.line.is_empty() && !joins {
                self.line.push(' ');
            }
            self.blank = Blank::No;
        }
        self.line.push_str(run);
        self.after_link = false;
        // Blanks of other scripts are rare enough to be counted as characters.
        let shown = run.chars().count();
        self.chars += shown;
        self.linked += if link { shown } else { 0 };
    }

    fn line_break(&mut self) {
        if self.frames.iter().rev().any(|f| f.heading == 1) {
            self.blank = Blank::Space;
        } else {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let (chars, linked) = (std::mem::take(&mut self.chars), std::mem::take(&mut self.linked));
        self.blank = Blank::No;
        self.after_link = false;
        let text = trim(&self.line).to_owned();
        self.line.clear();
        if text.is_empty() {
            self.gap = true;
            return;
        }
        let (heading, apart) = self.frames.last().map_or((0, false), |f| (f.heading, f.apart));
        let linked = (linked * 100 / chars.max(1)).min(100) as u8;
        let gap = std::mem::replace(&mut self.gap, false);
        self.add(Line { text: Cow::Owned(text), gap, linked, heading, set_apart: apart, ..Line::default() });
    }

    fn rows(&mut self, tree: &Tree, id: NodeId) {
        let apart = self.frames.last().is_some_and(|f| f.apart);
        for row in table::rows(tree, id) {
            let linked = (row.linked * 100 / row.chars.max(1)).min(100) as u8;
            let text = Cow::Owned(row.text);
            self.add(Line { text, linked, set_apart: apart, row: row.cells > 1, ..Line::default() });
        }
    }

    fn add(&mut self, line: Line<'static>) {
        if self.out.lines.len() < MAX_LINES {
            self.out.lines.push(line);
        } else {
            self.out.rest.push_str(&line.text);
            self.out.rest.push('\n');
        }
    }

    /// Alternative texts and titles are readable, though no part of the text.
    fn keep_aside(&mut self, tree: &Tree, id: NodeId, name: &LocalName) {
        if tree.attributes(id).is_empty() {
            return;
        }
        let alt = (*name == local_name!("img") || *name == local_name!("input"))
            .then(|| tree.attribute(id, "alt"))
            .flatten();
        for value in [alt, tree.attribute(id, "title")].into_iter().flatten() {
            let value = value.trim();
            if value.chars().any(is_han) && self.seen.insert(value.to_owned()) {
                self.out.aside.push(value.to_owned());
            }
        }
    }

    fn finish(mut self) -> Walked {
        self.flush();
        self.out
    }
}

/// `来源：` at the start of an element: the element before it held another thing.
fn starts_with_label(text: &str) -> bool {
    let label = text.split(['：', ':']).next().filter(|l| l.len() < text.len());
    label.is_some_and(|l| (2..=5).contains(&l.chars().count()) && l.chars().all(is_han))
}

/// `2021-12-09`, as bylines print it.
fn starts_with_date(text: &str) -> bool {
    match text.as_bytes() {
        [b'1' | b'2', rest @ ..] => {
            let digit = |at: usize| rest.get(at).is_some_and(u8::is_ascii_digit);
            digit(0) && digit(1) && digit(2) && matches!(rest.get(3), Some(b'-' | b'/' | b'.')) && digit(4)
        }
        _ => false,
    }
}

/// `08:30`.
fn starts_with_clock(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && text.as_bytes().get(digits) == Some(&b':')
}

/// Whether a line ends with such a date, or with it and a time of day.
fn ends_with_date(line: &str) -> bool {
    let tail =
        line.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ':' | ' '));
    let figures = line.get(tail.len()..).unwrap_or("").trim_start_matches([':', ' ']);
    (8..=19).contains(&figures.len()) && starts_with_date(figures)
}

fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff60}' | '“' | '”' | '‘' | '’' | '—' | '…')
}

fn is_hidden(tree: &Tree, id: NodeId, name: &LocalName) -> bool {
    let style = tree.attribute(id, "style").unwrap_or("");
    let none = style.contains("none")
        && style.to_ascii_lowercase().replace([' ', '\t'], "").contains("display:none");
    none || tree.attribute(id, "hidden").is_some()
        || *name == local_name!("template")
        || *name == local_name!("noscript")
}

/// Elements whose content is no text of the page.
fn is_unread(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("head")
            | local_name!("iframe")
            | local_name!("noframes")
            | local_name!("noembed")
            | local_name!("svg")
            | local_name!("math")
            | local_name!("canvas")
            | local_name!("object")
            | local_name!("title")
    )
}

/// Elements of forms: readable, and never an article's text.
fn is_control(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("select") | local_name!("button") | local_name!("textarea") | local_name!("option")
    )
}

fn heading_level(name: &LocalName) -> Option<u8> {
    Some(match *name {
        local_name!("h1") => 1,
        local_name!("h2") => 2,
        local_name!("h3") => 3,
        local_name!("h4") => 4,
        local_name!("h5") => 5,
        local_name!("h6") => 6,
        _ => return None,
    })
}

fn tag_hint(name: &LocalName) -> Option<BoxKind> {
    Some(match *name {
        local_name!("nav") | local_name!("menu") => BoxKind::Navigation,
        local_name!("footer") => BoxKind::Footer,
        local_name!("aside") => BoxKind::Aside,
        _ => return None,
    })
}

/// Elements that begin and end a line.
fn is_block(name: &LocalName) -> bool {
    !matches!(
        *name,
        local_name!("a")
            | local_name!("abbr")
            | local_name!("acronym")
            | local_name!("bdi")
            | local_name!("bdo")
            | local_name!("cite")
            | local_name!("data")
            | local_name!("del")
            | local_name!("dfn")
            | local_name!("img")
            | local_name!("input")
            | local_name!("ins")
            | local_name!("kbd")
            | local_name!("label")
            | local_name!("map")
            | local_name!("mark")
            | local_name!("q")
            | local_name!("rp")
            | local_name!("rt")
            | local_name!("ruby")
            | local_name!("samp")
            | local_name!("span")
            | local_name!("sub")
            | local_name!("sup")
            | local_name!("time")
            | local_name!("var")
            | local_name!("wbr")
            | local_name!("link")
            | local_name!("meta")
    ) && !name.contains(':')
        && !name.contains('-')
}
