//! What a page says, read without any of xinglin's own readers: the oracle of the law that nothing is missed.

use std::path::Path;

use encoding_rs::{BIG5, GB18030, UTF_8};

/// The readable lines of a file: of plain text its lines, of HTML its text nodes, alternative texts and title.
pub(crate) fn readable_lines(path: &Path) -> Vec<String> {
    let bytes = std::fs::read(path).expect("a page");
    let text = decoded(&bytes);
    let is_page = path.extension().is_some_and(|extension| extension == "html" || extension == "htm");
    let pieces = if is_page { text_nodes(&text) } else { text.lines().map(str::to_owned).collect() };
    pieces.into_iter().filter(|piece| !piece.trim().is_empty()).collect()
}

fn decoded(bytes: &[u8]) -> String {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8.decode(bytes).0.into_owned();
    }
    let says_big5 = bytes.windows(4).any(|window| window.eq_ignore_ascii_case(b"big5"));
    let encoding = if says_big5 { BIG5 } else { GB18030 };
    let (text, _, broken) = encoding.decode(bytes);
    assert!(!broken, "a page that is neither UTF-8, GB18030 nor Big5");
    text.into_owned()
}

/// The text between tags, without scripts, styles and comments; each node by itself.
fn text_nodes(html: &str) -> Vec<String> {
    let mut nodes = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        nodes.push(unescaped(&rest[..open]));
        let tag = &rest[open..];
        let hidden = [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"), ("<!", ">")];
        let end = match hidden.iter().find(|(start, _)| starts_with(tag, start)) {
            Some((_, close)) => find(tag, close).map(|at| at + close.len()),
            None => {
                nodes.extend(attribute(tag, "alt").map(unescaped));
                tag.find('>').map(|at| at + 1)
            }
        };
        rest = &tag[end.unwrap_or(tag.len())..];
    }
    nodes.push(unescaped(rest));
    nodes
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn find(text: &str, what: &str) -> Option<usize> {
    text.char_indices().map(|(at, _)| at).find(|at| starts_with(&text[*at..], what))
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let tag = &tag[..tag.find('>')?];
    let value = tag.split_once(&format!(" {name}=\""))?.1;
    value.split_once('"').map(|(value, _)| value)
}

fn unescaped(text: &str) -> String {
    let entities = [
        ("&nbsp;", "\u{a0}"),
        ("&emsp;", "\u{2003}"),
        ("&gt;", ">"),
        ("&lt;", "<"),
        ("&copy;", "©"),
        ("&raquo;", "»"),
        ("&amp;", "&"),
    ];
    let mut text = text.to_owned();
    for (entity, character) in entities {
        text = text.replace(entity, character);
    }
    assert!(!has_entity(&text), "an entity that the oracle does not know: {text}");
    text
}

fn has_entity(text: &str) -> bool {
    text.split('&').skip(1).any(|after| {
        let name = after.split(';').next().unwrap_or_default();
        name.len() < after.len()
            && !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
    })
}
