//! Between tokenizer and tree builder: what keeps a hostile page linear.
//!
//! The standard's tree construction looks through the stack of open elements at every tag and re-opens formatting elements in
//! every block, so a page of `<div>` or of crossed `<font>` costs time and memory in the square of its length. Nesting and
//! number of elements are bounded here, and formatting elements, which mean nothing to an article's text, never reach the tree.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::tokenizer::states::{Rawtext, ScriptData};
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::{LocalName, local_name};

/// The attributes that say anything about an article; the others are dropped.
const ATTRIBUTES: [&str; 18] = [
    "class",
    "id",
    "href",
    "style",
    "hidden",
    "rowspan",
    "colspan",
    "content",
    "name",
    "property",
    "itemprop",
    "alt",
    "title",
    "datetime",
    "rel",
    "type",
    "encoding",
    "http-equiv",
];

/// A sink that bounds what reaches `inner`.
pub(crate) struct Guard<S> {
    pub(crate) inner: S,
    /// How deep the tree builder last put something, as the tree itself counts.
    depth: Rc<Cell<usize>>,
    /// Where `depth` stood when the end tags below were counted.
    known: Cell<usize>,
    /// End tags since.
    ends: Cell<usize>,
    elements: Cell<usize>,
    max_depth: usize,
    max_elements: usize,
    ignored: Cell<usize>,
    raw: RefCell<Option<Raw>>,
    linked_data: RefCell<Vec<String>>,
    closed: RefCell<Option<LocalName>>,
}

/// A script or style sheet being passed over.
struct Raw {
    name: LocalName,
    kept: Option<String>,
}

impl<S> Guard<S> {
    /// `depth` is the cell in which the sink behind `inner` counts.
    pub(crate) fn new(inner: S, depth: Rc<Cell<usize>>, max_depth: usize, max_elements: usize) -> Guard<S> {
        Guard {
            inner,
            known: Cell::new(depth.get()),
            depth,
            ends: Cell::new(0),
            elements: Cell::new(0),
            max_depth,
            max_elements,
            ignored: Cell::new(0),
            raw: RefCell::new(None),
            linked_data: RefCell::new(Vec::new()),
            closed: RefCell::new(None),
        }
    }

    /// How many tags were over the bounds.
    pub(crate) fn ignored(&self) -> usize {
        self.ignored.get()
    }

    /// The contents of `<script type="application/ld+json">`.
    pub(crate) fn linked_data(&self) -> Vec<String> {
        self.linked_data.take()
    }
}

/// What to do with a tag.
enum Verdict {
    Pass(Tag),
    Drop,
    /// Pass over its contents.
    Raw(LocalName, Option<String>),
    /// Dropped, but words on its two sides are not one word.
    Blank,
}

impl<S: TokenSink> Guard<S> {
    fn judge(&self, mut tag: Tag) -> Verdict {
        let name = tag.name.clone();
        if tag.kind == TagKind::EndTag {
            return self.judge_end(tag);
        }
        if name == local_name!("script") || name == local_name!("style") {
            let json = tag.attrs.iter().any(|a| &*a.name.local == "type" && a.value.contains("ld+json"));
            return Verdict::Raw(name, json.then(String::new));
        }
        if is_formatting(&name) {
            let repeated = self.closed.take().is_some_and(|closed| closed == name && is_wrapper(&name));
            return if repeated { Verdict::Blank } else { Verdict::Drop };
        }
        if name == local_name!("plaintext") {
            return Verdict::Drop;
        }
        self.elements.set(self.elements.get() + 1);
        if self.is_too_deep() || self.elements.get() > self.max_elements {
            self.ignored.set(self.ignored.get() + 1);
            return Verdict::Drop;
        }
        tag.attrs.retain(|a| ATTRIBUTES.contains(&&*a.name.local) && a.value.len() <= 1 << 16);
        Verdict::Pass(tag)
    }

    fn judge_end(&self, tag: Tag) -> Verdict {
        if is_formatting(&tag.name) {
            *self.closed.borrow_mut() = Some(tag.name);
            return Verdict::Drop;
        }
        self.ends.set(self.ends.get() + 1);
        Verdict::Pass(tag)
    }

    /// The tree builder does not tell what it closes, so the depth is the tree's at its last insertion, less the end tags since;
    /// whatever those close, twice the bound is never passed.
    fn is_too_deep(&self) -> bool {
        let depth = self.depth.get();
        if self.known.replace(depth) != depth {
            self.ends.set(0);
        }
        depth.saturating_sub(self.ends.get()) >= self.max_depth || depth >= 2 * self.max_depth
    }

    fn in_raw(&self, token: &Token) -> bool {
        let mut raw = self.raw.borrow_mut();
        let Some(state) = raw.as_mut() else { return false };
        match token {
            Token::CharacterTokens(text) => {
                if let Some(kept) = &mut state.kept {
                    kept.push_str(text);
                }
            }
            Token::TagToken(tag) if tag.kind == TagKind::EndTag && tag.name == state.name => {
                if let Some(kept) = raw.take().and_then(|r| r.kept) {
                    self.linked_data.borrow_mut().push(kept);
                }
            }
            Token::EOFToken => {
                *raw = None;
                return false;
            }
            _ => {}
        }
        true
    }
}

impl<S: TokenSink> TokenSink for Guard<S> {
    type Handle = S::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<S::Handle> {
        if self.in_raw(&token) {
            return TokenSinkResult::Continue;
        }
        match token {
            Token::TagToken(tag) => match self.judge(tag) {
                Verdict::Pass(tag) => {
                    self.closed.take();
                    self.inner.process_token(Token::TagToken(tag), line)
                }
                Verdict::Drop => TokenSinkResult::Continue,
                Verdict::Blank => self.inner.process_token(Token::CharacterTokens(" ".into()), line),
                Verdict::Raw(name, kept) => {
                    let script = name == local_name!("script");
                    *self.raw.borrow_mut() = Some(Raw { name, kept });
                    TokenSinkResult::RawData(if script { ScriptData } else { Rawtext })
                }
            },
            Token::CommentToken(_) | Token::ParseError(_) => TokenSinkResult::Continue,
            other => {
                self.closed.take();
                self.inner.process_token(other, line)
            }
        }
    }

    fn end(&self) {
        self.inner.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.inner.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The standard's formatting elements, but for links.
fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}

/// Two of these side by side hold two things, not two halves of a word: `<i>作者：某某</i><i>时间：…</i>`.
fn is_wrapper(name: &LocalName) -> bool {
    matches!(*name, local_name!("i") | local_name!("em"))
}
