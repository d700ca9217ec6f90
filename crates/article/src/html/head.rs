//! What the page says of itself to machines: `<title>`, `<meta>`, `<link>`, JSON-LD.

use html5ever::local_name;
use serde_json::Value;

use super::tree::Tree;
use crate::headline::is_site_name;
use crate::imprint::{Ground, Published};
use crate::key::{Key, is_han};
use crate::lexicon::Lexicon;
use crate::printed_date::{Forms, first_date};

/// Statements about the article outside its text.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// The `<title>`, with the site's name and column in it.
    pub(crate) title: Option<String>,
    /// Headlines that metadata states, the most trustworthy first.
    pub(crate) headlines: Vec<String>,
    pub(crate) published: Published,
    pub(crate) source: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) site: Option<String>,
    /// Descriptions and keywords.
    descriptions: Vec<String>,
}

impl Head {
    pub(crate) fn of(tree: &Tree, linked_data: &[String]) -> Head {
        let mut head = Head::default();
        for text in linked_data.iter().take(16) {
            if let Ok(value) = serde_json::from_str::<Value>(text) {
                head.linked_data(&value);
            }
        }
        let mut at = tree.following(0, 0, false);
        while let Some(id) = at {
            match tree.name(id) {
                Some(&local_name!("title")) if head.title.is_none() => {
                    let text = tree.node(id).and_then(|n| tree.text(n.first)).unwrap_or("");
                    head.title = clean(text);
                }
                Some(&local_name!("meta")) => head.meta(tree, id),
                Some(&local_name!("link")) if tree.attribute(id, "rel") == Some("canonical") => {
                    head.url = tree.attribute(id, "href").and_then(web_address).or(head.url);
                }
                _ => {}
            }
            at = tree.following(id, 0, false);
        }
        head
    }

    fn meta(&mut self, tree: &Tree, id: u32) {
        let key = ["property", "name", "itemprop"].into_iter().find_map(|k| tree.attribute(id, k));
        let (Some(key), Some(content)) = (key, tree.attribute(id, "content").and_then(clean)) else { return };
        match key.to_ascii_lowercase().as_str() {
            "articletitle" => self.headlines.insert(0, content),
            "og:title"
            | "twitter:title"
            | "title"
            | "dc.title"
            | "headline"
            | "sharetitle"
            | "weibo:article:title" => {
                self.headlines.push(content);
            }
            "pubdate"
            | "publishdate"
            | "article:published_time"
            | "og:release_date"
            | "og:published_time"
            | "og:time"
            | "publish_time"
            | "publishtime"
            | "publication_date"
            | "datepublished"
            | "dc.date"
            | "dc.date.issued"
            | "dcterms.date"
            | "dcterms.issued"
            | "weibo:article:create_at"
            | "bytedance:published_time"
            | "pubtime"
            | "article:create_at"
            | "sailthru.date"
            | "release_date"
            | "_pubtime" => self.date(Ground::Machine, &content),
            "contentsource" | "source" | "og:article:source" | "article:source" | "mediaid" => {
                self.source.get_or_insert(content);
            }
            "og:url" => self.url = self.url.take().or_else(|| web_address(&content)),
            "sitename" | "og:site_name" | "application-name" => self.site = Some(content),
            "description"
            | "og:description"
            | "keywords"
            | "twitter:description"
            | "columnname"
            | "author" => {
                self.descriptions.push(content);
            }
            _ => {}
        }
    }

    fn date(&mut self, ground: Ground, text: &str) {
        if let Some(date) = first_date(text, Forms::Machine) {
            self.published.offer(ground, date.value);
        }
    }

    fn linked_data(&mut self, value: &Value) {
        let mut open = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items.iter().rev()),
                Value::Object(object) => {
                    let text = |key: &str| object.get(key).and_then(Value::as_str).and_then(clean);
                    if let Some(headline) = text("headline") {
                        self.headlines.push(headline);
                    }
                    if let Some(date) = text("datePublished").or_else(|| text("pubDate")) {
                        self.date(Ground::Machine, &date);
                    }
                    if let Some(publisher) =
                        object.get("publisher").and_then(|p| p.get("name")).and_then(Value::as_str)
                    {
                        self.site = self.site.take().or_else(|| clean(publisher));
                    }
                    open.extend(object.get("@graph"));
                }
                _ => {}
            }
        }
    }

    /// What a person may have read here: it goes with the noise.
    pub(crate) fn readable(&self) -> impl Iterator<Item = String> + '_ {
        self.title.iter().chain(&self.headlines).chain(&self.descriptions).chain(&self.site).cloned()
    }
}

/// One line, without blanks around it; `None` where nothing is left.
fn clean(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let text = words.join(" ");
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    (text.starts_with("http://") || text.starts_with("https://")).then(|| text.to_owned())
}

/// `<title>` without the site's and column's names, and those names.
///
/// Pages write `headline - column - site`, with `-`, `_`, `|` or `—` between. What stands in the text as a line is the headline
/// whatever marks it holds; this is for pages whose headline stands in no line.
pub(crate) fn split_title(title: &str, site: Option<&str>) -> (String, Option<String>) {
    let marks: [&str; 12] = [" - ", " – ", " — ", "--", "_", " | ", "|", "｜", "-", "–", "»", "－"];
    for mark in marks {
        let pieces: Vec<&str> = title.split(mark).map(str::trim).filter(|p| !p.is_empty()).collect();
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { continue };
        if pieces.len() < 2 {
            continue;
        }
        if is_name(last, site) {
            let kept = pieces.iter().take_while(|p| !is_name(p, site)).count().max(1);
            let end = pieces
                .get(kept - 1)
                .and_then(|p| title.find(p).map(|at| at + p.len()))
                .unwrap_or(title.len());
            let name =
                pieces.iter().skip(kept).copied().find(|p| is_site_name(p) && !is_column(p)).unwrap_or(last);
            return (title.get(..end).unwrap_or(title).trim().to_owned(), Some(name.to_owned()));
        }
        if is_name(first, site) {
            let rest = title.split_once(mark).map_or(title, |(_, rest)| rest);
            return (rest.trim().to_owned(), Some((*first).to_owned()));
        }
    }
    (title.trim().to_owned(), None)
}

/// What `<title>` holds besides the headline, where it can be a site's name.
pub(crate) fn site_beside(title: &str, headline: &str) -> Option<String> {
    let rest = title.split_once(headline.trim()).filter(|_| !headline.trim().is_empty());
    let (before, after) = rest?;
    let marks =
        |c: char| matches!(c, '-' | '_' | '|' | '｜' | '–' | '—' | '»' | '－' | '>') || c.is_whitespace();
    let mut names = after
        .split(['-', '_', '|', '｜', '–', '—', '»', '－', '>'])
        .chain(before.split([' ', '-', '_', '|', '｜']));
    let name = |p: &&str| {
        let chars = p.chars().count();
        (2..=30).contains(&chars) && p.chars().any(is_han) && !is_column(p)
    };
    let names: Vec<&str> = names.by_ref().map(|p| p.trim_matches(marks)).filter(name).collect();
    let named = names.iter().find(|n| is_site_name(n));
    named.or(names.last()).map(|n| (*n).to_owned())
}

fn is_name(piece: &str, site: Option<&str>) -> bool {
    let known = site.is_some_and(|s| Key::of(s).text == Key::of(piece).text);
    known || is_column(piece) || is_site_name(piece)
}

/// A column of a site: 医院新闻, 数字报.
fn is_column(piece: &str) -> bool {
    Lexicon::get().is_menu_item(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, site: Option<&str>, headline: &str, name: Option<&str>) {
        let (found, rest) = split_title(title, site);
        assert_eq!((found.as_str(), rest.as_deref()), (headline, name), "{title}");
    }

    #[test]
    fn titles_lose_their_sites() {
        check("骨科获批重点专科 - 医院新闻 - 某市中心医院", None, "骨科获批重点专科", Some("某市中心医院"));
        check("骨科获批重点专科_某某健康网", None, "骨科获批重点专科", Some("某某健康网"));
        check("骨科获批重点专科--某县人民政府", None, "骨科获批重点专科", Some("某县人民政府"));
        check("骨科獲評重點專科 | 南某醫訊", Some("南某醫訊"), "骨科獲評重點專科", Some("南某醫訊"));
        check("某市中心医院-骨科获批重点专科", None, "骨科获批重点专科", Some("某市中心医院"));
        check("CAR-T治疗在我院开展", None, "CAR-T治疗在我院开展", None);
        check(
            "送健康到家——某县人民医院开展义诊-某某健康网",
            None,
            "送健康到家——某县人民医院开展义诊",
            Some("某某健康网"),
        );
    }
}
