//! JSON, one object a line.
//!
//! Values are exact. Characters that could steer a terminal are written as `\u` escapes, which every reader
//! turns back into themselves, so that even `--format json` on a terminal prints none of them raw.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::terminal::sanitise::is_hostile;

/// Writes `value` as one line.
///
/// # Errors
/// The stream's own.
pub(crate) fn write_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut line = Vec::with_capacity(1024);
    value.serialize(&mut Serializer::with_formatter(&mut line, Escaping))?;
    line.push(b'\n');
    out.write_all(&line)
}

/// An object with the keys of `value` behind keys of its own.
#[derive(Serialize)]
pub(crate) struct Named<'a, T: Serialize> {
    /// The name that the caller gave, or `null`.
    pub(crate) qid: Option<&'a str>,
    /// What it names.
    #[serde(flatten)]
    pub(crate) value: &'a T,
}

/// Compact JSON whose strings hold no raw hostile character.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hostile) {
            let (safe, tail) = rest.split_at(at);
            out.write_all(safe.as_bytes())?;
            let mut tail = tail.chars();
            if let Some(c) = tail.next() {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
            }
            rest = tail.as_str();
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = Vec::new();
        write_line(&mut out, &text).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert_eq!(line, format!("{expected}\n"));
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }

    #[test]
    fn strings_are_exact_and_safe() {
        check("陝西省“骨科”", "\"陝西省“骨科”\"");
        check("a\"b\\c\n\u{1b}", r#""a\"b\\c\n\u001b""#);
        check("甲\u{202e}乙\u{feff}\u{7f}", r#""甲\u202e乙\ufeff\u007f""#);
        check("\u{e0041}", r#""\udb40\udc41""#);
    }

    #[test]
    fn a_named_value_is_one_object() {
        #[derive(Serialize)]
        struct Answer {
            query: &'static str,
        }
        let mut out = Vec::new();
        write_line(&mut out, &Named { qid: Some("q1"), value: &Answer { query: "骨科" } }).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "{\"qid\":\"q1\",\"query\":\"骨科\"}\n");
    }
}
