//! The words by which a page's furniture is told, read once from `data/lines.tsv` and `data/boxes.tsv`.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use xinglin_text::WordList;

use xinglin_text::Trie;

use crate::key::{Key, is_invisible};

const LINES: &str = include_str!("../data/lines.tsv");
const BOXES: &str = include_str!("../data/boxes.tsv");

/// What a phrase says about its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Sign {
    Nav,
    Crumb,
    Published,
    Updated,
    Written,
    When,
    Origin,
    Author,
    Editor,
    Views,
    Control,
    Turn,
    Related,
    RelatedMaybe,
    /// The words of such a heading, and more behind them: it is one where the rest is links.
    RelatedOpens,
    Footer,
    Contact,
    Notice,
    Tags,
    Ad,
    Original,
    /// The fields of a government page's register: 索引号, 发文字号.
    Register,
}

/// Where in its line a phrase has to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Token,
    Start,
    Whole,
    Within,
    Label,
}

/// What an element's class or id says about what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum BoxKind {
    Navigation,
    Footer,
    Aside,
    Related,
    Share,
    Advert,
    Comment,
    Tags,
    /// The headline: the one kind that sets nothing apart.
    Headline,
}

/// A label of a line, such as 来源：, with the place of its value in the key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Label {
    pub(crate) sign: Sign,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What the phrases of a line say.
#[derive(Debug, Default)]
pub(crate) struct Signs {
    /// The signs of phrases in their place, without labels.
    pub(crate) signs: Vec<Sign>,
    /// The labels, left to right.
    pub(crate) labels: Vec<Label>,
}

impl Signs {
    pub(crate) fn has(&self, sign: Sign) -> bool {
        self.signs.contains(&sign)
    }

    pub(crate) fn count(&self, sign: Sign) -> usize {
        self.signs.iter().filter(|&&s| s == sign).count()
    }

    pub(crate) fn label(&self, sign: Sign) -> Option<&Label> {
        self.labels.iter().find(|l| l.sign == sign)
    }
}

/// The phrases, compiled.
pub(crate) struct Lexicon {
    phrases: Trie,
    /// What each phrase says.
    rows: Vec<Vec<(Sign, Place)>>,
    menu: Trie,
    /// The most characters of an item of a menu.
    longest_menu: usize,
    controls: Trie,
    labels: (Trie, Vec<Sign>),
    boxes: (Trie, Vec<BoxKind>),
}

impl Lexicon {
    /// The embedded lexicon. A row that cannot be read is left out here and fails the crate's tests.
    pub(crate) fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Lexicon::build)
    }

    fn build() -> Lexicon {
        let (mut menu, mut controls, mut labels) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut phrases: BTreeMap<String, Vec<(Sign, Place)>> = BTreeMap::new();
        for (sign, place, phrase) in rows_of(LINES).filter_map(line_row) {
            let phrase = Key::of(phrase).text;
            if place == Place::Token {
                menu.insert(phrase, ());
            } else {
                if sign == Sign::Control {
                    controls.insert(phrase.trim_end_matches(':').to_owned(), ());
                }
                if place == Place::Label {
                    labels.insert(phrase.clone(), sign);
                }
                // Two phrases may fold to one: 相关焦点 and 相關焦點.
                phrases.entry(phrase).or_default().push((sign, place));
            }
        }
        let (phrases, rows) = compiled(phrases);
        let boxes = rows_of(BOXES).filter_map(|row| Some((row.first().copied()?, box_kind(row.get(1)?)?)));
        let boxes: BTreeMap<String, BoxKind> = boxes.map(|(name, kind)| (name.to_owned(), kind)).collect();
        let longest_menu = menu.keys().map(|word| word.chars().count()).max().unwrap_or(0);
        let (menu, _) = compiled(menu);
        let (controls, _) = compiled(controls);
        Lexicon {
            phrases,
            rows,
            menu,
            longest_menu,
            controls,
            labels: compiled(labels),
            boxes: compiled(boxes),
        }
    }

    /// What a whole line says as a label without a colon: `发布日期`. Takes a key.
    pub(crate) fn label(&self, key: &str) -> Option<Sign> {
        value_of(&self.labels, key)
    }

    /// What the phrases in this line say.
    pub(crate) fn signs(&self, key: &Key) -> Signs {
        let mut signs = Signs::default();
        let (core_start, core_end) = key.core();
        self.phrases.find_all(&key.text, |phrase, start, end| {
            let starts = start == core_start || start == 0;
            for &(sign, place) in self.rows.get(phrase as usize).into_iter().flatten() {
                let stands = match place {
                    Place::Start => starts,
                    // 【往期回顾】某县人民医院…: a heading in brackets, and what it heads on the same line.
                    Place::Whole
                        if matches!(sign, Sign::Related | Sign::RelatedMaybe)
                            && key.is_bracketed(start, end) =>
                    {
                        true
                    }
                    // 热门信息：甲市…获批 | 乙县…挂牌
                    Place::Whole if starts && sign == Sign::Related && heads_line(&key.text, start, end) => {
                        true
                    }
                    // 相关推荐 换一换, 热门文章 TOP5
                    Place::Whole
                        if starts && sign == Sign::Related && has_button(&key.text, start, end, core_end) =>
                    {
                        true
                    }
                    Place::Whole if starts && end < core_end && sign == Sign::Related => {
                        signs.signs.push(Sign::RelatedOpens);
                        false
                    }
                    Place::Whole => starts && end >= core_end,
                    Place::Within => true,
                    Place::Label => {
                        if key.is_label(start, end, sign) {
                            add_label(&mut signs.labels, Label { sign, start, end });
                        }
                        false
                    }
                    Place::Token => false,
                };
                if stands {
                    signs.signs.push(sign);
                }
            }
        });
        signs.labels.sort_by_key(|l| l.start);
        signs
    }

    /// Whether this is an item of a site's menu.
    pub(crate) fn is_menu_word(&self, word: &str) -> bool {
        self.menu.exact(word).is_some()
    }

    /// Whether a piece of a line is, by its key, an item of a site's menu.
    pub(crate) fn is_menu_item(&self, piece: &str) -> bool {
        // A key lacks blanks and invisible marks of its line, and no other character.
        let shown = piece.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c));
        shown.take(self.longest_menu + 1).count() <= self.longest_menu
            && self.is_menu_word(&Key::of(piece).text)
    }

    /// Whether this is a button: print, share, close, or a place to share to.
    pub(crate) fn is_control_word(&self, word: &str) -> bool {
        self.controls.exact(word).is_some()
    }

    /// What a class or id attribute says.
    pub(crate) fn box_kind(&self, name: &str) -> Option<BoxKind> {
        let mut word = String::new();
        for part in name.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty()) {
            let whole = value_of(&self.boxes, part);
            if whole.is_some() {
                return whole;
            }
            if !part.bytes().any(|b| b.is_ascii_uppercase()) {
                continue;
            }
            word.clear();
            word.push_str(part);
            word.make_ascii_lowercase();
            let found = value_of(&self.boxes, &word).or_else(|| self.camel_kind(part));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// What one of the words of `leftMenu` says.
    fn camel_kind(&self, part: &str) -> Option<BoxKind> {
        let mut from = 0;
        let starts = part.char_indices().filter(|(_, c)| c.is_ascii_uppercase()).map(|(at, _)| at);
        for at in starts.chain([part.len()]) {
            let word = part.get(from..at)?.to_ascii_lowercase();
            if let Some(kind) = value_of(&self.boxes, &word) {
                return Some(kind);
            }
            from = at;
        }
        None
    }
}

/// A table's phrases as a trie, and what is said of each, by its number.
fn compiled<T>(table: BTreeMap<String, T>) -> (Trie, Vec<T>) {
    let texts: Vec<&str> = table.keys().map(String::as_str).collect();
    let trie = Trie::new(&texts).unwrap_or_else(|_| unreachable!("the table's phrases are few"));
    (trie, table.into_values().collect())
}

fn value_of<T: Copy>((trie, values): &(Trie, Vec<T>), phrase: &str) -> Option<T> {
    values.get(trie.exact(phrase)? as usize).copied()
}

/// Whether behind a heading of four characters or more only a button's words stand.
fn has_button(key: &str, start: usize, end: usize, core_end: usize) -> bool {
    let rest = key.get(end..core_end).unwrap_or("");
    rest.starts_with([' ', '·', '|', '/'])
        && rest.chars().count() <= 8
        && key.get(start..end).unwrap_or("").chars().count() >= 4
}

/// Whether a heading of four characters or more is followed by a colon and by headlines: with bars between them, or under words that
/// head nothing else.
fn heads_line(key: &str, start: usize, end: usize) -> bool {
    static ANYTHING: WordList =
        WordList::new(&["其他", "其它", "专题", "健康", "图片", "新闻", "今日", "最新"]);
    let rest = key.get(end..).unwrap_or("").trim_start_matches([']', ' ']);
    let words = key.get(start..end).unwrap_or("");
    let clear = !ANYTHING.begin(words) && !rest.contains('。');
    rest.starts_with(':') && words.chars().count() >= 4 && (clear || rest.contains(['|', '丨', '│']))
}

/// Of labels that end together (来源, 信息来源) the longest says what is meant.
fn add_label(labels: &mut Vec<Label>, label: Label) {
    match labels.iter_mut().find(|l| l.end == label.end) {
        Some(known) if known.start <= label.start => {}
        Some(known) => *known = label,
        None => labels.push(label),
    }
}

fn rows_of(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
}

fn line_row(row: Vec<&'static str>) -> Option<(Sign, Place, &'static str)> {
    let &[sign, place, phrase] = row.as_slice() else { return None };
    let place = match place {
        "token" => Place::Token,
        "start" => Place::Start,
        "whole" => Place::Whole,
        "within" => Place::Within,
        "label" => Place::Label,
        _ => return None,
    };
    Some((sign_of(sign)?, place, phrase))
}

fn sign_of(name: &str) -> Option<Sign> {
    Some(match name {
        "nav" => Sign::Nav,
        "crumb" => Sign::Crumb,
        "published" => Sign::Published,
        "updated" => Sign::Updated,
        "written" => Sign::Written,
        "when" => Sign::When,
        "origin" => Sign::Origin,
        "author" => Sign::Author,
        "editor" => Sign::Editor,
        "views" => Sign::Views,
        "control" => Sign::Control,
        "turn" => Sign::Turn,
        "related" => Sign::Related,
        "related-maybe" => Sign::RelatedMaybe,
        "footer" => Sign::Footer,
        "contact" => Sign::Contact,
        "notice" => Sign::Notice,
        "tags" => Sign::Tags,
        "ad" => Sign::Ad,
        "original" => Sign::Original,
        "register" => Sign::Register,
        _ => return None,
    })
}

fn box_kind(name: &str) -> Option<BoxKind> {
    Some(match name {
        "navigation" => BoxKind::Navigation,
        "footer" => BoxKind::Footer,
        "aside" => BoxKind::Aside,
        "related" => BoxKind::Related,
        "share" => BoxKind::Share,
        "advert" => BoxKind::Advert,
        "comment" => BoxKind::Comment,
        "tags" => BoxKind::Tags,
        "headline" => BoxKind::Headline,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_read_once_and_sorted() {
        let rows: Vec<_> = rows_of(LINES).collect();
        for row in &rows {
            assert!(line_row(row.clone()).is_some(), "lines.tsv: {row:?}");
        }
        assert!(rows.windows(2).all(|w| w[0] < w[1]), "lines.tsv is not sorted, or a row stands twice");
        let boxes: Vec<_> = rows_of(BOXES).collect();
        assert!(boxes.iter().all(|row| row.len() == 2 && box_kind(row[1]).is_some()));
        assert!(boxes.windows(2).all(|w| w[0][0] < w[1][0]), "boxes.tsv is not sorted");
    }

    #[test]
    fn names_of_boxes() {
        let lexicon = Lexicon::get();
        for (name, expected) in [
            ("footer", Some(BoxKind::Footer)),
            ("leftMenu", Some(BoxKind::Navigation)),
            ("art-prenext clearfix", Some(BoxKind::Related)),
            ("bdshare2", Some(BoxKind::Share)),
            ("TRS_Editor", None),
            ("content", None),
            ("headline", Some(BoxKind::Headline)),
            ("side-title", Some(BoxKind::Aside)),
        ] {
            assert_eq!(lexicon.box_kind(name), expected, "{name}");
        }
    }
}
