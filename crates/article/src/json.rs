//! Articles given as JSON: one object, an array of them, or one a line.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::article::{Article, Parts};
use crate::date::Date;
use crate::error::{Complaint, Error, ErrorKind, Result};
use crate::limits::Limits;

/// What every article of one file shares, and the ids that were given so far.
pub(crate) struct JsonFile<'f> {
    name: &'f str,
    limits: &'f Limits,
    hasher: RandomState,
    ids: HashSet<u64>,
}

impl<'f> JsonFile<'f> {
    pub(crate) fn new(name: &'f str, limits: &'f Limits) -> JsonFile<'f> {
        JsonFile { name, limits, hasher: RandomState::new(), ids: HashSet::new() }
    }

    /// The article of one line of a line file. `number` counts lines from 1.
    pub(crate) fn line(
        &mut self,
        line: &str,
        number: u64,
        encoding: &'static str,
        replaced: usize,
    ) -> Result<Article> {
        let name = self.name;
        let error = |kind| Error::at_line(name, number, kind);
        let value: Value = serde_json::from_str(line).map_err(|e| error(ErrorKind::Json(e)))?;
        self.article(value, number, encoding, replaced).map_err(error)
    }

    /// The articles of a whole `.json` text: of an object, of an array, or of several values in a row. Items count from 1.
    pub(crate) fn document(
        &mut self,
        text: &str,
        encoding: &'static str,
        replaced: usize,
        sink: &mut dyn FnMut(Result<Article>),
    ) {
        let mut reader = serde_json::Deserializer::from_str(text);
        let mut items = Items { file: self, encoding, replaced, sink, count: 0 };
        loop {
            if let Err(error) = DeserializeSeed::deserialize(&mut items, &mut reader) {
                let error = Error::new(items.file.name, ErrorKind::Json(error));
                return (items.sink)(Err(error));
            }
            if reader.end().is_ok() {
                break;
            }
        }
        if items.count == 0 {
            let error = Error::new(items.file.name, ErrorKind::NoText);
            (items.sink)(Err(error));
        }
    }

    fn article(
        &mut self,
        value: Value,
        number: u64,
        encoding: &'static str,
        replaced: usize,
    ) -> Result<Article, ErrorKind> {
        let Value::Object(object) = value else { return Err(ErrorKind::NotAnArticle("no JSON object")) };
        let text = ["text", "body", "content"].into_iter().find_map(|key| prose(object.get(key)?));
        let title = scalar(&object, "title");
        let text = match (text, &title) {
            (Some(text), _) => text,
            (None, Some(_)) => String::new(),
            (None, None) => return Err(ErrorKind::NotAnArticle("an object without text")),
        };
        let (id, repeated) = self.unique(scalar(&object, "id"), number);
        let mut article = Article::from_parts_within(
            Parts {
                file: self.name.to_owned(),
                id: Some(id),
                title,
                text,
                published: published(&object),
                source: scalar(&object, "source"),
                url: scalar(&object, "url"),
            },
            self.limits,
        );
        article.encoding = encoding;
        article.complaints.extend(repeated.map(|id| Complaint::RepeatedId { id }));
        if replaced > 0 {
            article.complaints.push(Complaint::InvalidBytes { count: replaced });
        }
        if article.text.is_empty() && article.noise.is_empty() {
            return Err(ErrorKind::NoText);
        }
        Ok(article)
    }

    /// The id, or the number where there is none; an id that stood before gets the number behind it, so that nothing is lost.
    fn unique(&mut self, id: Option<String>, number: u64) -> (String, Option<String>) {
        let wanted = id.unwrap_or_else(|| number.to_string());
        if self.ids.insert(self.hasher.hash_one(&wanted)) {
            return (wanted, None);
        }
        let unique = format!("{wanted}~{number}");
        self.ids.insert(self.hasher.hash_one(&unique));
        (unique, Some(wanted))
    }
}

/// A body: a string, or an array of paragraphs.
fn prose(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(paragraphs) => {
            paragraphs.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
        }
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// A string or number under this key, without blanks around it.
fn scalar(object: &Map<String, Value>, key: &str) -> Option<String> {
    let text = match object.get(key)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// `published` or `date`; a number is seconds or milliseconds since 1970, told as the day in China.
fn published(object: &Map<String, Value>) -> Option<String> {
    const DAY: i64 = 86_400;
    const CHINA: i64 = 8 * 3_600;
    let key = ["published", "date"].into_iter().find(|key| object.get(*key).is_some_and(|v| !v.is_null()))?;
    let number = object.get(key).and_then(Value::as_i64).filter(|n| *n > 99_999_999);
    let seconds = number.map(|n| if n > 99_999_999_999 { n / 1_000 } else { n });
    let day = seconds.and_then(|s| Date::from_days_since_epoch(s.checked_add(CHINA)?.div_euclid(DAY)));
    day.map(|day| day.to_string()).or_else(|| scalar(object, key))
}

/// Hands over the articles of a JSON text one by one, so that an array of any length needs the memory of one item.
struct Items<'i, 'f> {
    file: &'i mut JsonFile<'f>,
    encoding: &'static str,
    replaced: usize,
    sink: &'i mut dyn FnMut(Result<Article>),
    count: u64,
}

impl Items<'_, '_> {
    fn item(&mut self, value: Value) {
        self.count += 1;
        let article = self.file.article(value, self.count, self.encoding, std::mem::take(&mut self.replaced));
        let name = self.file.name;
        (self.sink)(article.map_err(|kind| Error::at_line(name, self.count, kind)));
    }
}

impl<'de> DeserializeSeed<'de> for &mut Items<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Items<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an article's object, or an array of them")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(value) = seq.next_element::<Value>()? {
            self.item(value);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        self.item(value);
        Ok(())
    }
}
