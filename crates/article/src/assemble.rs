//! Lines and roles to an article.

use crate::article::{Article, ArticleKey, Parts};
use crate::error::Complaint;
use crate::headline::{self, headline_text, is_site_name};
use crate::html;
use crate::imprint::{self, Ground, Imprint, Published};
use crate::key::{Key, is_han};
use crate::lexicon::Sign;
use crate::limits::Limits;
use crate::line::{Kind, Line, Shape};
use crate::partition::{Role, partition};
use crate::plain;
use crate::printed_date::{Forms, first_date};
use crate::wrapped;
use xinglin_text::word_list;

/// What is known of an article before its text is read.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) key: ArticleKey,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) url: Option<String>,
}

/// Reads plain text.
pub(crate) fn from_text(text: &str, given: Given, limits: &Limits) -> Article {
    let (lines, rest) = plain::lines(text);
    let mut lines = wrapped::unwrap(lines);
    lines.iter_mut().for_each(Line::in_one_script);
    if given.title.is_none() {
        headline::join_broken(&mut lines);
    }
    let shapes: Vec<Shape> = lines.iter().map(Shape::of).collect();
    let headline = match &given.title {
        Some(title) => lines.iter().take(20).position(|l| l.printed() == title.trim()),
        None => headline::find(&lines, &shapes),
    };
    let draft = Draft { lines, shapes, headline, rest, ..Draft::default() };
    draft.finish(given, limits)
}

/// The most of a page of HTML that is read, in bytes, whatever the limits allow: its places are kept in 32 bits.
const LONGEST_PAGE: usize = 1 << 30;

/// Reads a page of HTML.
pub(crate) fn from_html(text: &str, given: Given, limits: &Limits) -> Article {
    let whole = text.len() <= LONGEST_PAGE;
    let text = if whole { text } else { text.split_at(text.floor_char_boundary(LONGEST_PAGE)).0 };
    let page = html::read(text, limits);
    let title = given.title.as_deref().map(str::trim);
    let headline = match title {
        Some(title) => page.lines.iter().take(200).position(|l| l.printed() == title).or(page.headline),
        None => page.headline,
    };
    let site = page.head.site.clone();
    let (stated, rest) = match &page.head.title {
        Some(title) => html::split_title(title, site.as_deref()),
        None => (String::new(), None),
    };
    let draft = Draft {
        lines: page.lines,
        shapes: page.shapes,
        headline,
        title: page.head.headlines.first().map(|h| html::split_title(h, site.as_deref()).0).or(Some(stated)),
        page_title: page.head.title,
        published: page.head.published,
        source: page.head.source,
        url: page.head.url,
        site,
        rest_of_title: rest,
        aside: page.aside,
        rest: &page.rest,
        ignored: page.ignored,
    };
    let mut article = draft.finish(given, limits);
    if !whole {
        article.complaints.push(Complaint::TextCut { limit: LONGEST_PAGE });
    }
    article
}

/// A page whose lines are known.
#[derive(Default)]
struct Draft<'a> {
    lines: Vec<Line<'a>>,
    shapes: Vec<Shape>,
    headline: Option<usize>,
    /// The headline that the page's head states, without the site's name.
    title: Option<String>,
    page_title: Option<String>,
    published: Published,
    source: Option<String>,
    url: Option<String>,
    site: Option<String>,
    /// What `<title>` names besides a headline that stands in no line.
    rest_of_title: Option<String>,
    aside: Vec<String>,
    rest: &'a str,
    ignored: usize,
}

impl Draft<'_> {
    fn finish(self, given: Given, limits: &Limits) -> Article {
        let roles = partition(&self.lines, &self.shapes, self.headline);
        let mut complaints = Vec::new();
        let mut published = self.published;
        if let Some(stated) = &given.published {
            match first_date(stated, Forms::Machine) {
                Some(date) => published.offer(Ground::Given, date.value),
                None => complaints.push(Complaint::BadDate { value: stated.chars().take(40).collect() }),
            }
        }
        let Imprint { published, published_year, source } =
            imprint::read(&self.lines, &self.shapes, &roles, published);
        let title = self.title(&given, &roles);
        let site = self.site(&roles, &title);
        let body = |role: &Role| matches!(role, Role::Headline | Role::Body);
        let kept = self.lines.iter().zip(&roles).filter(|(_, role)| body(role));
        let bytes: usize = kept.map(|(line, _)| line.text.len() + 1).sum();
        let mut text = Sheet::new(limits.article_bytes, bytes + self.rest.len());
        let mut noise = Sheet::new(limits.article_bytes, 0);
        let own_line = self.headline.and_then(|at| self.lines.get(at));
        match own_line {
            Some(line) => text.line(line.printed()),
            None if self.lines.iter().any(|l| l.printed() == title) => {}
            None => text.line(&title),
        }
        for (line, role) in self.lines.iter().zip(&roles) {
            match role {
                Role::Headline => {}
                Role::Body => text.line(line.printed()),
                Role::Imprint | Role::Other | Role::Noise => noise.line(line.printed()),
            }
        }
        for line in plain::lines_of(self.rest) {
            text.line(line);
        }
        for line in &self.aside {
            if *line != title {
                noise.line(line);
            }
        }
        if text.cut || noise.cut {
            complaints.push(Complaint::TextCut { limit: limits.article_bytes });
        }
        if self.ignored > 0 {
            complaints.push(Complaint::TagsIgnored { count: self.ignored });
        }
        Article {
            key: given.key,
            title,
            text: text.text,
            noise: noise.text,
            published,
            published_year,
            source: given.source.or(self.source).or(source),
            url: given.url.or(self.url),
            site,
            encoding: "UTF-8",
            complaints,
        }
    }

    /// The given title; the headline's line; the title that the head states; the first line, if it is short.
    fn title(&self, given: &Given, roles: &[Role]) -> String {
        if let Some(title) = given.title.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
            return title.to_owned();
        }
        if let Some(line) = self.headline.and_then(|at| self.lines.get(at)) {
            return line.printed_piece(headline_text(&line.text)).to_owned();
        }
        if let Some(title) = self.title.as_ref().filter(|t| !t.is_empty() && t.len() <= 900) {
            return title.clone();
        }
        let plausible =
            |line: &&Line<'_>| !line.set_apart && !line.row && (2..=60).contains(&line.text.chars().count());
        let body = || self.lines.iter().zip(&self.shapes).zip(roles).filter(|(_, role)| **role == Role::Body);
        let opening = || body().take_while(|((_, shape), _)| shape.kind != Kind::Prose).map(|(pair, _)| pair);
        // Of the lines over the sentences the first that is no slogan, number or column.
        let weighty = opening().filter(|(line, _)| plausible(line)).find(|(line, shape)| {
            let han = line.text.chars().filter(|c| is_han(*c)).count();
            han >= 5
                && !shape.signs.has(Sign::Contact)
                && !is_site_name(&line.text)
                && headline::motto_weight(&line.text) == 0
        });
        let named =
            || opening().map(|(line, _)| line).filter(plausible).find(|line| !is_site_name(&line.text));
        let first = || body().next().map(|((line, _), _)| line).filter(plausible);
        let found = weighty.map(|(line, _)| line).or_else(named).or_else(first);
        found.map(|line| line.printed_piece(headline_text(&line.text)).to_owned()).unwrap_or_default()
    }

    /// The site's name: as the head says; else of the banner, the copyright line, the breadcrumb.
    fn site(&self, roles: &[Role], title: &str) -> Option<String> {
        let named = self.site.clone().filter(|s| s != title);
        named
            .or_else(|| html::site_beside(self.page_title.as_deref()?, title))
            .or_else(|| self.banner(roles, title))
            .or_else(|| self.shapes.iter().zip(&self.lines).rev().find_map(|(s, l)| copyright_owner(s, l)))
            .or_else(|| self.shapes.iter().zip(&self.lines).find_map(|(s, l)| crumb_root(s, l)))
            .or_else(|| self.rest_of_title.clone())
            .or_else(|| self.page_title.clone().filter(|t| t != title && is_site_name(t)))
    }

    fn banner(&self, roles: &[Role], title: &str) -> Option<String> {
        let end = self.headline.unwrap_or(0);
        let above = self.lines.iter().zip(&self.shapes).zip(roles).take(end);
        for ((line, shape), role) in above {
            let shown =
                *role == Role::Noise && matches!(shape.kind, Kind::Plain | Kind::NavLike | Kind::CrumbLike);
            if shown && is_site_name(&line.text) && line.printed() != title && shape.chars >= 4 {
                let name = line
                    .text
                    .split(['·', '|', '｜', ' ', '\u{3000}', '>'])
                    .map(str::trim)
                    .find(|p| !p.is_empty())?;
                return Some(line.printed_piece(name).to_owned());
            }
        }
        None
    }
}

/// 版权所有：某某医院 / 某某医院 版权所有 / 主办单位：某某 / 某某医院 地址：…
fn copyright_owner(shape: &Shape, line: &Line<'_>) -> Option<String> {
    if shape.kind != Kind::Footer {
        return None;
    }
    for mark in ["版权所有", "版權所有", "主办单位", "主辦單位", "主办"] {
        let Some((before, after)) = line.text.split_once(mark) else { continue };
        let lead = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '©' | '(' | ')' | 'c' | 'C' | '@');
        let name = |text: &str| -> Option<String> {
            let name = text.trim_matches(lead);
            is_site_name(name).then(|| line.printed_piece(name).to_owned())
        };
        let first = after
            .trim_start_matches(lead)
            .split(|c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '，' | ','))
            .next();
        let last = before
            .trim_end_matches(lead)
            .split(|c: char| c.is_whitespace() || matches!(c, '|' | '｜'))
            .next_back();
        if let Some(found) = first.and_then(name).or_else(|| last.and_then(name)) {
            return Some(found);
        }
    }
    let first = line.text.split([' ', '\u{3000}', '\t']).next().filter(|name| is_site_name(name));
    first.map(|name| line.printed_piece(name).to_owned())
}

/// The first step of a breadcrumb that names the site: `荆楚健康网 -> 医院动态`.
fn crumb_root(shape: &Shape, line: &Line<'_>) -> Option<String> {
    if !matches!(shape.kind, Kind::Crumb | Kind::CrumbLike) {
        return None;
    }
    let path = line.text.rsplit_once(['：', ':']).map_or(&*line.text, |(_, path)| path);
    let root = path.split(['>', '»', '›', '→', '-', '/', '—', '&']).map(str::trim).find(|p| !p.is_empty())?;
    let name = root.strip_suffix("首页").or_else(|| root.strip_suffix("首頁")).unwrap_or(root).trim();
    (is_site_name(name) && !Key::of(name).text.is_empty()).then(|| line.printed_piece(name).to_owned())
}

/// Lines up to a bound.
struct Sheet {
    text: String,
    limit: usize,
    cut: bool,
}

impl Sheet {
    /// A sheet for so many bytes at most, with room for those that are expected.
    fn new(limit: usize, expected: usize) -> Sheet {
        Sheet { text: String::with_capacity(expected.min(limit)), limit, cut: false }
    }

    fn line(&mut self, line: &str) {
        if line.is_empty() || self.cut {
            return;
        }
        let room = self.limit.saturating_sub(self.text.len() + 1);
        let mut end = line.len().min(room);
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        self.cut = end < line.len();
        if end > 0 {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(line.get(..end).unwrap_or(""));
        }
    }
}

impl Article {
    /// An article that a program holds in memory, read as a file of its own would be: noise set apart, and what is not given
    /// (title, date, source) looked for in the text.
    pub fn from_parts(parts: Parts) -> Article {
        Article::from_parts_within(parts, &Limits::default())
    }

    /// The same within other limits than the default ones.
    pub fn from_parts_within(parts: Parts, limits: &Limits) -> Article {
        let given = Given {
            key: ArticleKey { file: parts.file, id: parts.id },
            title: parts.title,
            published: parts.published,
            source: parts.source,
            url: parts.url,
        };
        if holds_markup(&parts.text) {
            from_html(&parts.text, given, limits)
        } else {
            from_text(&parts.text, given, limits)
        }
    }
}

/// Whether a body from a program or a line file is HTML: some tags that texts have, opened and closed.
pub(crate) fn holds_markup(text: &str) -> bool {
    let head =
        text.get(..text.len().min(4096)).or_else(|| text.get(..text.floor_char_boundary(4096))).unwrap_or("");
    let Some(at) = memchr::memchr(b'<', head.as_bytes()) else { return false };
    let rest = text.get(at..).unwrap_or("").to_ascii_lowercase();
    let opened = word_list![
        "<p>",
        "<p ",
        "<div",
        "<br>",
        "<br/",
        "<br />",
        "<table",
        "<html",
        "<!doctype",
        "<span",
        "<section",
        "<h1"
    ];
    let closed = word_list!["</p>", "</div>", "</table>", "</html>", "</span>", "</section>", "</h1>", "<br"];
    opened.stand_in(&rest) && closed.stand_in(&rest)
}
