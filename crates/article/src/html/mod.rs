//! A whole page to its lines, with the evidence that its markup gives about each.
//!
//! The parser is html5ever's; the tree is our own arena (see [`tree`]), and what reaches it is bounded (see [`guard`]). The main text is
//! found by evidence for and against each box of the page (see [`evidence`]) and then by the same rules as in plain text. The
//! readability ports were measured on `corpus/` first: at 16 MB/s they are five times slower than parsing, run the cells of a
//! table and the lines of a `<br>` list together, and leave lists of other articles in the text.

mod account_page;
mod charset;
mod evidence;
mod guard;
mod head;
mod lines;
mod table;
mod tree;

pub(crate) use charset::declared;
pub(crate) use head::{Head, site_beside, split_title};

use std::cell::Cell;
use std::rc::Rc;

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};

use crate::imprint::Ground;
use crate::limits::Limits;
use crate::line::{Line, Shape};
use crate::printed_date::{Forms, Precision, first_date};
use guard::Guard;
use tree::{Builder, Tree};

/// A tag longer than this, in bytes, with many attributes is cut: duplicates are looked for in all of a tag's attributes.
const LONG_TAG: usize = 4096;
const MANY_ATTRIBUTES: usize = 400;

/// A page in lines.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Its lines in page order; those that the markup tells to be no part of the article are set apart.
    pub(crate) lines: Vec<Line<'static>>,
    /// What each line looks like.
    pub(crate) shapes: Vec<Shape>,
    /// The headline's line.
    pub(crate) headline: Option<usize>,
    /// What the head says.
    pub(crate) head: Head,
    /// Text that is readable but no line: alternative texts, descriptions.
    pub(crate) aside: Vec<String>,
    /// What came after more lines than are weighed one by one.
    pub(crate) rest: String,
    /// Tags over the limits.
    pub(crate) ignored: usize,
}

/// Reads a page.
pub(crate) fn read(html: &str, limits: &Limits) -> Page {
    let (tree, linked_data, ignored) = parse(html, limits);
    let mut head = Head::of(&tree, &linked_data);
    if let Some(day) = account_page::posted(html) {
        head.published.offer(Ground::Machine, Precision::Day(day));
    }
    let walked = lines::walk(&tree);
    let mut lines = walked.lines;
    lines.iter_mut().for_each(Line::in_one_script);
    let shapes: Vec<Shape> = lines.iter().map(Shape::of).collect();
    let headline = evidence::weigh(&mut lines, &shapes, &walked.boxes, &head);
    if let Some(headline) = headline {
        let near = headline.saturating_sub(2)..=headline + 6;
        for (_, value) in walked.times.iter().filter(|(at, _)| near.contains(at)) {
            if let Some(date) = first_date(value, Forms::Machine) {
                head.published.offer(Ground::PlacedLoosely, date.value);
            }
        }
    }
    let mut aside = walked.aside;
    aside.extend(head.readable());
    Page { lines, shapes, headline, head, aside, rest: walked.rest, ignored }
}

fn parse(html: &str, limits: &Limits) -> (Tree, Vec<String>, usize) {
    let options = TreeBuilderOpts { scripting_enabled: false, ..Default::default() };
    let depth = Rc::new(Cell::new(0));
    let builder = TreeBuilder::new(Builder::new(Rc::clone(&depth)), options);
    let guard = Guard::new(builder, depth, limits.html_depth, limits.html_elements);
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let input = BufferQueue::default();
    for piece in pieces(html) {
        input.push_back(StrTendril::from_slice(piece));
    }
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    let guard = tokenizer.sink;
    let (ignored, linked_data) = (guard.ignored(), guard.linked_data());
    (guard.inner.sink.finish(), linked_data, ignored)
}

/// The page without the middle of monstrous tags, and with the end tag that a cut-off `<title>` lacks.
fn pieces(html: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut from, mut at, mut close) = (0, 0, 0);
    while let Some(open) = find(html, at, '<') {
        if close <= open {
            close = find(html, open + 1, '>').unwrap_or(html.len());
        }
        at = open + 1;
        if close - open > LONG_TAG
            && html.get(at..).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            let blanks = html.get(open..close).unwrap_or("").bytes().filter(u8::is_ascii_whitespace).count();
            if blanks > MANY_ATTRIBUTES {
                pieces.push(html.get(from..floor(html, open + 64)).unwrap_or(""));
                from = close;
            }
            at = close;
        }
    }
    pieces.push(html.get(from..).unwrap_or(""));
    match close_title(html).filter(|_| pieces.len() == 1) {
        Some((head, rest)) => vec![head, "</title>", rest],
        None => pieces,
    }
}

/// Where a `<title>` that is never closed should have been.
fn close_title(html: &str) -> Option<(&str, &str)> {
    let head = html.get(..floor(html, 1 << 16))?.to_ascii_lowercase();
    let open = head.find("<title")?;
    let start = open + head.get(open..)?.find('>')? + 1;
    if head.get(start..)?.contains("</title") || html.len() > 1 << 16 {
        return None;
    }
    let end = start + head.get(start..)?.find(['<', '\n'])?;
    html.split_at_checked(end)
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn find(text: &str, from: usize, what: char) -> Option<usize> {
    Some(from + text.get(from..)?.find(what)?)
}
