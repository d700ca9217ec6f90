//! The encoding that a page declares.

/// How far into a page a declaration is looked for, in bytes.
const REACH: usize = 4096;

/// The label after `charset=` or `encoding=` in a `<meta>` element or XML declaration, as written.
pub(crate) fn declared(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(REACH).map(|&b| char::from(b.to_ascii_lowercase())).collect();
    let mut elements = head.split('<').filter(|e| e.starts_with("meta") || e.starts_with("?xml"));
    elements.find_map(|element| {
        let element = element.split('>').next()?;
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
