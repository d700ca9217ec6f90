//! The page's tree in one arena: no recursion to build, walk or drop it, however deep a page nests.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, LocalName, QualName};

/// A node's place in the arena.
pub(crate) type NodeId = u32;

/// No node.
pub(crate) const NONE: NodeId = u32::MAX;

/// What the parser holds of a node: its place, and its name where it is an element.
#[derive(Clone, Debug)]
pub(crate) struct Handle {
    id: NodeId,
    name: Option<QualName>,
}

#[derive(Debug)]
pub(crate) enum Data {
    /// The document, or a node that shows nothing.
    Other,
    /// An element and its attributes' range.
    Element { name: LocalName, attributes: (u32, u32) },
    /// A range of the tree's text.
    Text { start: u32, end: u32 },
}

#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) parent: NodeId,
    pub(crate) first: NodeId,
    last: NodeId,
    previous: NodeId,
    pub(crate) next: NodeId,
    depth: u32,
    pub(crate) data: Data,
}

/// A parsed page.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    text: String,
    attributes: Vec<Attribute>,
}

impl Tree {
    pub(crate) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id as usize)
    }

    /// The element's name; `None` for text.
    pub(crate) fn name(&self, id: NodeId) -> Option<&LocalName> {
        match &self.node(id)?.data {
            Data::Element { name, .. } => Some(name),
            _ => None,
        }
    }

    /// The text of a text node.
    pub(crate) fn text(&self, id: NodeId) -> Option<&str> {
        match self.node(id)?.data {
            Data::Text { start, end } => self.text.get(start as usize..end as usize),
            _ => None,
        }
    }

    pub(crate) fn attributes(&self, id: NodeId) -> &[Attribute] {
        match self.node(id).map(|n| &n.data) {
            Some(Data::Element { attributes: (start, end), .. }) => {
                self.attributes.get(*start as usize..*end as usize).unwrap_or(&[])
            }
            _ => &[],
        }
    }

    pub(crate) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        self.attributes(id).iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
    }

    /// The node after `id` in page order; with `skip`, after all of its descendants. `None` outside `root`.
    pub(crate) fn following(&self, id: NodeId, root: NodeId, skip: bool) -> Option<NodeId> {
        let node = self.node(id)?;
        if !skip && node.first != NONE {
            return Some(node.first);
        }
        let mut at = id;
        while at != root {
            let node = self.node(at)?;
            if node.next != NONE {
                return Some(node.next);
            }
            at = node.parent;
        }
        None
    }

    fn push(&mut self, data: Data) -> NodeId {
        let id = self.nodes.len() as NodeId;
        self.nodes.push(Node {
            parent: NONE,
            first: NONE,
            last: NONE,
            previous: NONE,
            next: NONE,
            depth: 0,
            data,
        });
        id
    }

    fn edit(&mut self, id: NodeId, change: impl FnOnce(&mut Node)) {
        if let Some(node) = self.nodes.get_mut(id as usize) {
            change(node);
        }
    }

    fn detach(&mut self, id: NodeId) {
        let Some(&Node { parent, previous, next, .. }) = self.node(id) else { return };
        self.edit(previous, |n| n.next = next);
        self.edit(next, |n| n.previous = previous);
        self.edit(parent, |n| {
            if n.first == id {
                n.first = next;
            }
            if n.last == id {
                n.last = previous;
            }
        });
        self.edit(id, |n| (n.parent, n.previous, n.next) = (NONE, NONE, NONE));
    }

    fn append_node(&mut self, parent: NodeId, child: NodeId) {
        self.detach(child);
        let last = self.node(parent).map_or(NONE, |n| n.last);
        self.edit(child, |n| (n.parent, n.previous) = (parent, last));
        self.edit(last, |n| n.next = child);
        self.edit(parent, |n| {
            n.last = child;
            if n.first == NONE {
                n.first = child;
            }
        });
    }

    fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        self.detach(child);
        let Some(&Node { parent, previous, .. }) = self.node(sibling) else { return };
        self.edit(child, |n| (n.parent, n.previous, n.next) = (parent, previous, sibling));
        self.edit(sibling, |n| n.previous = child);
        self.edit(previous, |n| n.next = child);
        self.edit(parent, |n| {
            if n.first == sibling {
                n.first = child;
            }
        });
    }

    /// A text node with this text, or the last text node lengthened where its text ends the arena's.
    fn text_node(&mut self, before: NodeId, text: &str) -> Option<NodeId> {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let new_end = self.text.len() as u32;
        if let Some(Node { data: Data::Text { end, .. }, .. }) = self.nodes.get_mut(before as usize)
            && *end == start
        {
            *end = new_end;
            return None;
        }
        Some(self.push(Data::Text { start, end: new_end }))
    }
}

/// Builds a [`Tree`] at the parser's orders.
#[derive(Debug)]
pub(crate) struct Builder {
    tree: RefCell<Tree>,
    /// How deep the last insertion was.
    depth: Rc<Cell<usize>>,
}

impl Builder {
    /// A builder that counts in `depth` how deep it last put something.
    pub(crate) fn new(depth: Rc<Cell<usize>>) -> Builder {
        let mut tree = Tree::default();
        tree.push(Data::Other);
        Builder { tree: RefCell::new(tree), depth }
    }

    fn place(&self, tree: &mut Tree, parent: NodeId, child: Option<NodeId>) {
        let above = tree.node(parent).map_or(0, |n| n.depth);
        if let Some(child) = child {
            tree.edit(child, |n| n.depth = above + 1);
        }
        self.depth.set(above as usize + usize::from(child.is_some()));
    }

    fn hidden_node(&self) -> Handle {
        Handle { id: self.tree.borrow_mut().push(Data::Other), name: None }
    }
}

impl TreeSink for Builder {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: 0, name: None }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        static NAMELESS: QualName =
            QualName { prefix: None, ns: html5ever::ns!(html), local: html5ever::local_name!("") };
        target.name.as_ref().map_or(NAMELESS.expanded(), QualName::expanded)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let mut tree = self.tree.borrow_mut();
        let start = tree.attributes.len() as u32;
        tree.attributes.extend(attrs);
        let attributes = (start, tree.attributes.len() as u32);
        let id = tree.push(Data::Element { name: name.local.clone(), attributes });
        Handle { id, name: Some(name) }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.hidden_node()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.hidden_node()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => {
                self.place(&mut tree, parent.id, Some(node.id));
                tree.append_node(parent.id, node.id);
            }
            NodeOrText::AppendText(text) => {
                self.place(&mut tree, parent.id, None);
                let last = tree.node(parent.id).map_or(NONE, |n| n.last);
                if let Some(node) = tree.text_node(last, &text) {
                    tree.append_node(parent.id, node);
                }
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.tree.borrow().node(element.id).is_some_and(|n| n.parent != NONE);
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => {
                let parent = tree.node(sibling.id).map_or(NONE, |n| n.parent);
                self.place(&mut tree, parent, Some(node.id));
                tree.insert_before(sibling.id, node.id);
            }
            NodeOrText::AppendText(text) => {
                let previous = tree.node(sibling.id).map_or(NONE, |n| n.previous);
                if let Some(node) = tree.text_node(previous, &text) {
                    tree.insert_before(sibling.id, node);
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, _: &Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.node(node.id).map(|n| n.first).filter(|&c| c != NONE) {
            tree.append_node(new_parent.id, child);
        }
    }
}
