//! Which line is the headline, among banners, menus, breadcrumbs and bylines.

use std::collections::HashMap;
use std::sync::OnceLock;

use xinglin_text::Trie;

use crate::key::is_han;
use crate::lexicon::{Lexicon, Sign};
use crate::line::{Kind, Line, Shape};

const TABLE: &str = include_str!("../data/headlines.tsv");

/// How far down a page a headline is looked for, in lines.
const REACH: usize = 80;

/// The index of the headline's line; `None` where no line looks like one.
pub(crate) fn find(lines: &[Line<'_>], shapes: &[Shape]) -> Option<usize> {
    let page = Page::of(lines, shapes);
    let mut best: Option<(i32, usize)> = None;
    for at in 0..page.end {
        if let Some(score) = page.score(at).filter(|&score| score >= 1)
            && best.is_none_or(|(known, _)| score > known)
        {
            best = Some((score, at));
        }
    }
    best.map(|(_, at)| at)
}

/// What of a page matters for its headline.
struct Page<'p, 'a> {
    lines: &'p [Line<'a>],
    shapes: &'p [Shape],
    /// Where the sentences begin, or the search ends.
    end: usize,
    /// The first line of date, source, author.
    byline: Option<usize>,
}

impl<'p, 'a> Page<'p, 'a> {
    fn of(lines: &'p [Line<'a>], shapes: &'p [Shape]) -> Page<'p, 'a> {
        let reach = shapes.len().min(REACH);
        let sentence = |at: &usize| {
            let (Some(line), Some(shape)) = (lines.get(*at), shapes.get(*at)) else { return false };
            shape.kind == Kind::Prose && !line.set_apart && (shape.chars > 80 || line.text.contains('。'))
        };
        let end = (0..reach).find(sentence).unwrap_or(reach);
        let byline = (0..end).find(|&at| shapes.get(at).is_some_and(is_byline));
        // A date behind a table is its signature.
        let table = lines.iter().position(|line| line.row && !line.set_apart).unwrap_or(end);
        let signed =
            |at: &usize| *at > table && shapes.get(*at).is_some_and(|shape| shape.kind == Kind::SoleDate);
        Page { lines, shapes, end, byline: byline.filter(|at| *at > 0 && !signed(at)) }
    }

    fn score(&self, at: usize) -> Option<i32> {
        let (line, shape) = (self.lines.get(at)?, self.shapes.get(at)?);
        let text = headline_text(&line.text);
        let possible = match shape.kind {
            Kind::Plain | Kind::Item => true,
            Kind::Prose => at < self.end,
            Kind::NavLike | Kind::CrumbLike | Kind::DateLed => true,
            _ => false,
        };
        let column = || Lexicon::get().is_menu_item(text);
        if !possible || column() || line.set_apart || line.row || shape.signs.has(Sign::Contact) {
            return None;
        }
        let mut score = match text.chars().count() {
            0..=1 => return None,
            // 儿科, 讣告: believed where the markup says so.
            2..=3 if matches!(line.heading, 1 | 2) => -2,
            2..=4 if self.heads_department(at, text) => 1,
            2..=4 if self.stands_alone(at) => 2,
            // 产科简介
            4 if matches!(line.heading, 1 | 2) && text.ends_with(['介', '况', '告', '知']) => 0,
            2..=3 => return None,
            4 => -3,
            5..=7 => 0,
            8..=45 => 3,
            46..=80 => 1,
            _ => -3,
        };
        score -= match shape.kind {
            Kind::NavLike => 3,
            Kind::CrumbLike | Kind::DateLed => 4,
            _ => 0,
        };
        score -= 2 * i32::from(is_motto(text)) + 3 * i32::from(is_entry(text));
        if is_site_name(text) || !text.chars().any(is_han) {
            score -= 6;
        }
        if shape.date.is_some_and(|date| date.start == 0) {
            score -= 4;
        }
        if text.ends_with(['：', ':', '。', '；', '，']) {
            score -= 4;
        }
        if is_enumerated(text) || text.starts_with("——") || text.starts_with("--") {
            score -= 4;
        }
        if text.starts_with(['（', '(']) && text.ends_with(['）', ')']) {
            score -= 4;
        }
        Some(
            score
                + self.standing(at)
                + 2 * i32::from(self.is_repeated(at, text))
                + heading_weight(line.heading),
        )
    }

    /// 儿科 right above the sentences of a page that has a menu: the department's own page.
    fn heads_department(&self, at: usize, text: &str) -> bool {
        let menu = |shape: &Shape| matches!(shape.kind, Kind::Nav | Kind::NavLike | Kind::Crumb);
        at + 1 == self.end && text.ends_with('科') && self.shapes.iter().take(at).any(menu)
    }

    /// 讣告 between the breadcrumb and the byline.
    fn stands_alone(&self, at: usize) -> bool {
        let kind = |at: usize| self.shapes.get(at).map(|shape| shape.kind);
        let above = at.checked_sub(1).and_then(kind);
        matches!(above, Some(Kind::Crumb | Kind::CrumbLike)) && self.byline == Some(at + 1)
    }

    /// What the place of a line among its neighbours adds.
    fn standing(&self, at: usize) -> i32 {
        let crumb = self
            .shapes
            .get(at + 1..self.end)
            .is_some_and(|below| below.iter().any(|s| s.kind == Kind::Crumb));
        let above = 2 * i32::from(crumb);
        match self.byline {
            Some(byline) if at > byline => -1 - above,
            Some(byline) => {
                let between = self.shapes.get(at + 1..byline).unwrap_or(&[]);
                let gaps = self.lines.get(at + 1..byline).unwrap_or(&[]).iter().filter(|l| l.gap).count();
                let plain =
                    between.len() <= 2 && between.iter().all(|s| matches!(s.kind, Kind::Plain | Kind::Item));
                3 * i32::from(plain && gaps == 0) - above
            }
            // 骨科的四十年 between the breadcrumb and the sentences.
            None if at + 1 == self.end && at > 0 => {
                let crumb = self.shapes.get(at - 1).is_some_and(|s| s.kind == Kind::Crumb);
                3 * i32::from(crumb) - above
            }
            None => -above,
        }
    }

    /// Whether the breadcrumb, or another line above the sentences, repeats it.
    fn is_repeated(&self, at: usize, text: &str) -> bool {
        let others = self.lines.iter().take(self.end).enumerate().filter(|&(other, _)| other != at);
        text.chars().count() >= 8 && others.into_iter().any(|(_, line)| line.text.contains(text))
    }
}

fn heading_weight(level: u8) -> i32 {
    match level {
        1 => 5,
        2 => 3,
        3 => 1,
        _ => 0,
    }
}

/// A line that says when, whence or by whom, as stands under headlines.
fn is_byline(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Byline | Kind::DateLed | Kind::SoleDate)
}

/// The headline without the marks that plain text puts before it.
pub(crate) fn headline_text(line: &str) -> &str {
    let text = line.trim();
    // ——我院骨科…: the second line of a headline.
    let text = text.strip_prefix("——").or_else(|| text.strip_prefix("--")).map_or(text, str::trim_start);
    // 标    题：…, a field of a page's register.
    let labelled = text
        .split_once(['：', ':'])
        .filter(|(label, _)| label.chars().filter(|c| !c.is_whitespace()).eq("标题".chars()));
    let text = labelled.map_or(text, |(_, value)| value.trim());
    let bare = text.trim_start_matches('#');
    let marked = bare.len() < text.len() && bare.starts_with([' ', '\u{3000}', '\t']);
    if marked { bare.trim().trim_end_matches('#').trim_end() } else { text }
}

/// `厚德 精医 仁爱 奉献`: a house's motto, now and then a headline.
fn is_motto(text: &str) -> bool {
    let mut words = text.split_whitespace().map(|w| w.chars().count());
    text.split_whitespace().count() >= 3 && words.all(|chars| chars <= 4)
}

/// `活动地点：门诊三楼`: a field of a form.
fn is_entry(text: &str) -> bool {
    text.split_once(['：', ':']).is_some_and(|(label, value)| {
        let short = label.chars().count() <= 6 && label.chars().all(is_han);
        short && (value.chars().count() <= 12 || !value.chars().any(is_han))
    })
}

/// `一、`, `（三）`, `2.`: a part of an article, not its headline.
fn is_enumerated(text: &str) -> bool {
    let number = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    let inner = text.trim_start_matches(['（', '(', '第']);
    let rest = inner.trim_start_matches(number);
    rest.len() < inner.len()
        && rest.starts_with(['、', '．', '）', ')', '.', '章', '条'])
        && !rest.starts_with(".0")
        && !rest
            .get(1..)
            .is_some_and(|r| rest.starts_with('.') && r.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether these are the words of a site's or institution's name, and no news: each part ends as such names do, or is an item of a
/// menu.
pub(crate) fn is_site_name(text: &str) -> bool {
    let words = SiteWords::get();
    let bracket =
        |c: char| matches!(c, ')' | '）' | '(' | '（' | '[' | ']' | '【' | '】') || c.is_whitespace();
    if text.chars().count() > 40 {
        return false;
    }
    let mut names = 0;
    for part in text.split(['·', '|', '｜', ' ', '\u{3000}', '\t', '(', '（', '┆', '•']) {
        let part = part.trim_matches(bracket);
        if words.ends_as_site(part) {
            names += 1;
        } else if !part.is_empty() && !Lexicon::get().is_menu_item(part) {
            return false;
        }
    }
    names > 0 && !words.tells(text)
}

/// Whether something happens in this line, as in headlines: 获批, 召开, 揭牌.
pub(crate) fn is_news(text: &str) -> bool {
    text.chars().count() >= 8 && !text.contains('。') && SiteWords::get().tells_news(text)
}

struct SiteWords {
    /// By their last character.
    sites: HashMap<char, Vec<&'static str>>,
    /// What happens in headlines.
    news: Told,
    /// What else headlines have.
    topics: Told,
}

/// Words by which headlines are told.
struct Told {
    words: Trie,
    /// Those of one character.
    letters: Vec<char>,
}

impl Told {
    fn new(mut words: Vec<&'static str>) -> Told {
        words.sort_unstable();
        let only = |word: &&str| word.chars().next().filter(|c| c.len_utf8() == word.len());
        let letters = words.iter().filter_map(only).collect();
        let words = Trie::new(&words).unwrap_or_else(|_| unreachable!("the table's words are few"));
        Told { words, letters }
    }

    /// Whether one of the words stands in a text.
    fn stand_in(&self, text: &str) -> bool {
        let mut stand = text.contains(self.letters.as_slice());
        if !stand {
            self.words.find_all(text, |_, _, _| stand = true);
        }
        stand
    }
}

impl SiteWords {
    fn get() -> &'static SiteWords {
        static WORDS: OnceLock<SiteWords> = OnceLock::new();
        WORDS.get_or_init(|| {
            let of = |kind: &'static str| {
                let rows = TABLE.lines().filter_map(|row| row.split_once('\t'));
                rows.filter(move |&(k, _)| k == kind).map(|(_, word)| word)
            };
            let mut sites: HashMap<char, Vec<&'static str>> = HashMap::new();
            for word in of("site") {
                sites.entry(word.chars().next_back().unwrap_or_default()).or_default().push(word);
            }
            SiteWords {
                sites,
                news: Told::new(of("news").collect()),
                topics: Told::new(of("topic").collect()),
            }
        })
    }

    /// Whether a text has a word that headlines have, and names of sites have not.
    fn tells(&self, text: &str) -> bool {
        self.tells_news(text) || self.topics.stand_in(text)
    }

    /// Whether a text has a word of something that happens.
    fn tells_news(&self, text: &str) -> bool {
        self.news.stand_in(text)
    }

    /// Whether a name ends as those of sites and institutions do.
    fn ends_as_site(&self, name: &str) -> bool {
        let alike = name.chars().next_back().and_then(|last| self.sites.get(&last));
        alike.is_some_and(|words| words.iter().any(|word| name.ends_with(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sites() {
        for (text, expected) in [
            ("瑞金市人民医院", true),
            ("某市中心医院（某某医科大学附属第五医院）", true),
            ("某省卫生健康委员会网站", true),
            ("某某市第一医院 · 党建园地", true),
            ("某某日报社 天下客户端", true),
            ("省卫健委专家组莅临市中心医院", false),
            ("某县人民医院心血管内科获批省级临床重点专科", false),
            ("喜报！我院", false),
            ("某市中心医院 2023 年十大工作亮点", false),
            ("某某健康在线", true),
        ] {
            assert_eq!(is_site_name(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_and_numbers() {
        assert_eq!(headline_text("# 骨科获批 #"), "骨科获批");
        assert_eq!(headline_text("#41项新技术"), "#41项新技术");
        for (text, expected) in
            [("一、医院简介", true), ("（二）骨科", true), ("3.0T磁共振启用", false), ("2.骨科", true)]
        {
            assert_eq!(is_enumerated(text), expected, "{text}");
        }
    }
}
