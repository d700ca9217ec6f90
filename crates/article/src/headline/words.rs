//! What the words of a line say about its being a headline.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use xinglin_text::{Trie, word_list};

use crate::dateline::after_clock;
use crate::key::is_han;
use crate::lexicon::Lexicon;
use crate::printed_date::{Forms, Precision, PrintedDate, find_dates};

const TABLE: &str = include_str!("../../data/headlines.tsv");

/// The headline without the marks that plain text puts before it.
pub(crate) fn headline_text(line: &str) -> &str {
    let text = line.trim();
    // ——我院骨科…: the second line of a headline.
    let text = text.strip_prefix("——").or_else(|| text.strip_prefix("--")).map_or(text, str::trim_start);
    // 标    题：…, a field of a page's register.
    let labelled = text.split_once(['：', ':']).filter(|(label, _)| {
        let bare: String = label.chars().take(8).filter(|c| !c.is_whitespace()).collect();
        ["标题", "標題", "题名", "信息名称", "文章标题", "文件名称", "新闻标题"].contains(&bare.as_str())
    });
    let text = labelled.map_or(text, |(_, value)| value.trim());
    let text = before_day(text).map_or(text, |(title, _)| title);
    let bare = text.trim_start_matches('#');
    let marked = bare.len() < text.len() && bare.starts_with([' ', '\u{3000}', '\t']);
    if marked { bare.trim().trim_end_matches('#').trim_end() } else { text }
}

/// `食堂重新开业 2022-04-06`: a headline's line that ends with its day, as the title and the date.
pub(crate) fn before_day(line: &str) -> Option<(&str, PrintedDate)> {
    let closed = line.trim_end().trim_end_matches([')', '）', ']', '】']);
    if line.len() > 300 || !closed.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let date = find_dates(closed, Forms::Certain).pop()?;
    let day =
        matches!(date.value, Precision::Day(_)) && after_clock(closed.get(date.end..)?).trim().is_empty();
    let title = line.get(..date.start)?;
    let figures = closed.get(..date.end)?.ends_with(|c: char| c.is_ascii_digit());
    if !figures {
        return None;
    }
    let title = title.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '（' | '[' | '【'));
    let whole = title.chars().filter(|c| is_han(*c)).count() >= 4
        && title.ends_with(|c: char| is_han(c) || !c.is_alphanumeric());
    (day && whole && !title.ends_with(['：', ':', '、', '-', '—', '至', '到', '于', '自']))
        .then_some((title, date))
}

/// `厚德 精医 仁爱 奉献`, `传承精华 守正创新`: how much a house's motto, now and then a headline, weighs against one.
pub(crate) fn motto_weight(text: &str) -> i32 {
    let words = || text.split_whitespace().map(|word| word.chars().count());
    match words().count() {
        2 if words().all(|chars| chars == 4) => 1,
        3.. if words().all(|chars| chars <= 4) => 2,
        _ => 0,
    }
}

/// `活动地点：门诊三楼`: a field of a form.
pub(super) fn is_entry(text: &str) -> bool {
    text.split_once(['：', ':']).is_some_and(|(label, value)| {
        let short = label.chars().count() <= 6 && label.chars().all(is_han);
        let field = value.chars().count() <= 12 && SiteWords::get().ends_as_field(label);
        short && (field || !value.chars().any(is_han))
    })
}

/// `院党委副书记、院长  程立新`: who speaks, under a speech's headline.
pub(super) fn is_speaker(text: &str) -> bool {
    const POSTS: [&str; 14] = [
        "书记",
        "院长",
        "主任",
        "局长",
        "厅长",
        "处长",
        "科长",
        "所长",
        "会长",
        "理事长",
        "主席",
        "市长",
        "县长",
        "院士",
    ];
    if !text.contains(char::is_whitespace) {
        return false;
    }
    let Some(post) = POSTS.iter().filter_map(|post| Some(text.rfind(post)? + post.len())).max() else {
        return false;
    };
    let name = text.get(post..).unwrap_or_default();
    let letters = name.chars().filter(|c| is_han(*c)).count();
    name.starts_with(char::is_whitespace)
        && (2..=4).contains(&letters)
        && name.chars().all(|c| is_han(c) || c.is_whitespace())
}

/// 讣告, 公告, 慰问信: a kind of text that is printed as its headline. Blanks between the characters do not count.
pub(super) fn is_genre(text: &str) -> bool {
    if text.len() > 48 {
        return false;
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    SiteWords::get().genres.contains(&bare.as_str())
}

/// Whether a line ends as headlines do: 骨科简介, 停诊公告, 在…上的讲话.
pub(super) fn ends_as_headline(text: &str) -> bool {
    let words = SiteWords::get();
    let closed = text.trim_end_matches([')', '）']);
    let bare = if closed.len() < text.len() {
        closed.rsplit_once(['(', '（']).map_or(text, |(t, _)| t)
    } else {
        text
    };
    ends_as(&words.endings, bare.trim_end())
}

/// `某某市卫生健康委员会文件`: the head of an authority's paper.
pub(super) fn is_letterhead(text: &str) -> bool {
    text.strip_suffix("文件").is_some_and(|issuer| is_site_name(issuer.trim()))
}

/// `名医专栏(第58期)`, `总第88期`: a column's or journal's number.
pub(super) fn is_column_number(text: &str) -> bool {
    let text = text.trim_end_matches([')', '）', '】', ' ']);
    let Some(rest) = text.strip_suffix('期').or_else(|| text.strip_suffix('辑')) else { return false };
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百〇".contains(c);
    let lead = rest.trim_end_matches(number);
    lead.len() < rest.len() && lead.ends_with('第')
}

/// `一、`, `（三）`, `2.`: a part of an article, not its headline.
pub(crate) fn is_enumerated(text: &str) -> bool {
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
        } else if !part.is_empty() && !Lexicon::get().is_menu_item(part) && !is_of_today(part) {
            return false;
        }
    }
    // 某某卫生公告栏: what is put up there is no news of this line.
    let told =
        word_list!["公告栏", "公告欄", "公示栏", "布告栏"].strip_suffix(text.trim_end()).unwrap_or(text);
    names > 0 && !words.tells(told)
}

/// 今日诸城, 健康台州: as papers of counties and authorities' channels are called, before 数字报 or 订阅号.
fn is_of_today(part: &str) -> bool {
    let place = part.strip_prefix("今日").or_else(|| part.strip_prefix("健康"));
    let place = place.map(|place| place.chars().count());
    place.is_some_and(|letters| (2..=3).contains(&letters))
}

/// Whether something happens in this line, as in headlines: 获批, 召开, 揭牌.
pub(crate) fn is_news(text: &str) -> bool {
    text.chars().count() >= 8 && !text.contains('。') && SiteWords::get().tells_news(text)
}

struct SiteWords {
    sites: Endings,
    /// What happens in headlines.
    news: Told,
    /// What else headlines have.
    topics: Told,
    /// Kinds of texts that are their own headline.
    genres: Vec<&'static str>,
    /// How headlines of notices, speeches and introductions end.
    endings: Endings,
    /// How labels of forms end.
    fields: Endings,
}

/// Words by their last characters, in their order.
type Endings = Vec<(char, Vec<&'static str>)>;

fn endings(words: impl Iterator<Item = &'static str>) -> Endings {
    let mut sorted: BTreeMap<char, Vec<&'static str>> = BTreeMap::new();
    for word in words {
        sorted.entry(word.chars().next_back().unwrap_or_default()).or_default().push(word);
    }
    sorted.into_iter().collect()
}

/// Whether a text ends with one of the words.
fn ends_as(endings: &Endings, text: &str) -> bool {
    let Some(last) = text.chars().next_back() else { return false };
    let alike = endings.binary_search_by_key(&last, |(c, _)| *c).ok().and_then(|at| endings.get(at));
    alike.is_some_and(|(_, words)| words.iter().any(|word| text.ends_with(word)))
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
            SiteWords {
                sites: endings(of("site")),
                news: Told::new(of("news").collect()),
                topics: Told::new(of("topic").collect()),
                genres: of("genre").collect(),
                endings: endings(of("ending").chain(of("genre"))),
                fields: endings(of("field")),
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

    /// Whether a label ends as those of forms do.
    fn ends_as_field(&self, label: &str) -> bool {
        ends_as(&self.fields, label)
    }

    /// Whether a name ends as those of sites and institutions do.
    fn ends_as_site(&self, name: &str) -> bool {
        ends_as(&self.sites, name)
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
            ("今日某某  数字报", true),
            ("今日某某  市人民医院新院启用", false),
            ("健康某某 | 某某市卫生健康委员会官方订阅号", true),
            ("健康某某 | 骨科获批省级临床重点专科", false),
            ("健康某某行动启动", false),
        ] {
            assert_eq!(is_site_name(text), expected, "{text}");
        }
    }

    #[test]
    fn who_speaks() {
        for (text, expected) in [
            ("院党委副书记、院长  程立新", true),
            ("市卫生健康局局长 王 明", true),
            ("院长程立新 带队督导", false),
            ("我院党委书记慰问一线职工", false),
        ] {
            assert_eq!(is_speaker(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_and_numbers() {
        assert_eq!(headline_text("# 骨科获批 #"), "骨科获批");
        for (line, title) in [
            ("食堂重新开业2022-04-06", "食堂重新开业"),
            ("食堂重新开业 [2022-04-06 10:00]", "食堂重新开业"),
            ("关于放假的通知（2023年1月5日）", "关于放假的通知（2023年1月5日）"),
            ("停水时间：2023-01-05", "停水时间：2023-01-05"),
            ("疫情日报 截至2023年1月5日", "疫情日报 截至2023年1月5日"),
        ] {
            assert_eq!(headline_text(line), title);
        }
        assert_eq!(headline_text("#41项新技术"), "#41项新技术");
        for (text, expected) in
            [("一、医院简介", true), ("（二）骨科", true), ("3.0T磁共振启用", false), ("2.骨科", true)]
        {
            assert_eq!(is_enumerated(text), expected, "{text}");
        }
    }
}
