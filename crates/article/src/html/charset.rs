//! The encoding that a page declares.

/// How far into a page a declaration is looked for, in bytes.
const REACH: usize = 4096;

/// The label after `charset=` or `encoding=` in a `<meta>` element or XML declaration, as written.
pub(crate) fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..REACH.min(bytes.len())).unwrap_or_default();
    let named = |element: &&[u8]| {
        let opens = |name: &str| {
            element.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()))
        };
        opens("meta") || opens("?xml")
    };
    let lower = |element: &[u8]| -> String {
        element.iter().take_while(|b| **b != b'>').map(|b| char::from(b.to_ascii_lowercase())).collect()
    };
    let mut elements = head.split(|b| *b == b'<').filter(named).map(lower);
    elements.find_map(|element| {
        let (_, value) = element.split_once("charset").or_else(|| element.split_once("encoding"))?;
        let value = value.trim_start().strip_prefix('=')?.trim_start_matches([' ', '"', '\'']);
        let end = value
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')))
            .unwrap_or(value.len());
        value.get(..end).filter(|label| !label.is_empty()).map(str::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        for (page, expected) in [
            ("<meta charset=\"GBK\">", Some("gbk")),
            ("<META http-equiv=Content-Type content='text/html; charset = gb2312'>", Some("gb2312")),
            ("<?xml version=\"1.0\" encoding=\"big5\"?><html>", Some("big5")),
            ("<p>charset=big5</p>", None),
            ("<meta charset>", None),
        ] {
            assert_eq!(declared(page.as_bytes()).as_deref(), expected, "{page}");
        }
    }
}
