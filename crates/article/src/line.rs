//! What a single line of a page looks like, before its neighbours are asked.

use std::borrow::Cow;
use xinglin_text::{CharSet, simplified_in_place, word_list};

use crate::dateline::{after_clock, by_date, is_reporters, is_signed_day, is_tools};
use crate::headline::is_site_name;
use crate::issue::{is_editors, is_masthead};
use crate::key::{Key, is_bullet, is_han};
use crate::lexicon::{Lexicon, Sign, Signs};
use crate::printed_date::{Forms, Precision, PrintedDate, first_date};

/// Lines longer than this, in characters, are paragraphs, whatever words they hold.
const SHORT: usize = 160;

/// A line of a page, in page order, with the evidence that its markup gives.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line<'a> {
    /// The line without blanks at its ends. Once [`Line::in_one_script`] was asked its characters are Simplified, each in as many bytes
    /// as before: what is asked of its words needs to know them in one script only.
    pub(crate) text: Cow<'a, str>,
    /// The line as it is printed, where that is something else.
    pub(crate) original: Option<Cow<'a, str>>,
    /// A blank line, or a paragraph's edge, stands before it.
    pub(crate) gap: bool,
    /// It was indented, as summaries under a list's items are.
    pub(crate) indented: bool,
    /// How many of its characters are links, in percent.
    pub(crate) linked: u8,
    /// The markup sets it apart from the article.
    pub(crate) set_apart: bool,
    /// It is a row of a table.
    pub(crate) row: bool,
    /// The level of the heading that it is, 1 to 6; 0 for none.
    pub(crate) heading: u8,
}

impl<'a> Line<'a> {
    pub(crate) fn plain(text: &'a str, gap: bool, indented: bool) -> Line<'a> {
        Line { text: Cow::Borrowed(text), gap, indented, ..Line::default() }
    }

    /// Brings what is asked of into one script.
    pub(crate) fn in_one_script(&mut self) {
        if let Cow::Owned(text) = simplified_in_place(&self.text) {
            self.original = Some(std::mem::replace(&mut self.text, Cow::Owned(text)));
        }
    }

    /// The line as it is printed.
    pub(crate) fn printed(&self) -> &str {
        self.original.as_deref().unwrap_or(&self.text)
    }

    /// A piece of the line as it is printed; `piece` is one of `text`.
    pub(crate) fn printed_piece<'s>(&'s self, piece: &'s str) -> &'s str {
        let Some(original) = &self.original else { return piece };
        let start = piece.as_ptr().addr().checked_sub(self.text.as_ptr().addr());
        start.and_then(|start| original.get(start..start + piece.len())).unwrap_or(piece)
    }

    /// Adds another line behind this one.
    pub(crate) fn join(&mut self, rest: &Line<'_>) {
        if self.original.is_some() || rest.original.is_some() {
            let printed = format!("{}{}", self.printed(), rest.printed());
            self.original = Some(Cow::Owned(printed));
        }
        self.text.to_mut().push_str(&rest.text);
    }
}

/// What a line is by its own shape and words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Sentences.
    Prose,
    /// A short line: a subheading, a name, a caption, a table's row.
    Plain,
    /// A short line led by a bullet.
    Item,
    /// Items of a menu, by their words.
    Nav,
    /// Items of a menu by their shape alone: believed above the headline only.
    NavLike,
    /// Where on the site the page stands.
    Crumb,
    /// The same by its shape alone: believed above the headline only.
    CrumbLike,
    /// Date, source, author, view count.
    Byline,
    /// A date and a short rest: a byline below the headline, a caption elsewhere.
    DateLed,
    /// A date and nothing else.
    SoleDate,
    /// Editors and proof-readers.
    Editor,
    /// Print, share, close, font size.
    Control,
    /// The articles before and after.
    Turn,
    /// A heading over other articles.
    Related,
    /// Other articles' headlines behind their heading, on one line.
    RelatedInline,
    /// A heading over other articles or over a box of this one: what follows decides.
    RelatedMaybe,
    /// Licences and copyright.
    Footer,
    /// Addresses and telephones: a footer at the foot, a sentence of the article elsewhere.
    Contact,
    /// Reprints, disclaimers.
    Notice,
    /// Keywords.
    Tags,
    /// Advertising.
    Ad,
    /// An address of the web and nothing else.
    Url,
}

/// A line's kind with what was read on the way.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) kind: Kind,
    /// Characters of the line.
    pub(crate) chars: usize,
    /// The comparable form; empty for paragraphs.
    pub(crate) key: Key,
    /// What its phrases say; empty for paragraphs.
    pub(crate) signs: Signs,
    /// Its first date in a certain form; none for paragraphs.
    pub(crate) date: Option<PrintedDate>,
}

impl Shape {
    pub(crate) fn of(line: &Line<'_>) -> Shape {
        let text = &*line.text;
        let chars = text.chars().count();
        if chars > SHORT && (chars > 3 * SHORT || text.contains('。')) {
            let (key, signs) = (Key::default(), Signs::default());
            return Shape { kind: Kind::Prose, chars, key, signs, date: None };
        }
        let mut key = Key::of(text);
        let signs = Lexicon::get().signs(&key);
        if !signs.labels.is_empty() {
            key = Key::with_places(text);
        }
        let date = if has_digit(text) { first_date(text, Forms::Certain) } else { None };
        let kind = kind_of(line, chars, &key, &signs, date);
        Shape { kind, chars, key, signs, date }
    }

    /// Whether such a line belongs to the furniture wherever it stands.
    pub(crate) fn is_furniture(&self) -> bool {
        use Kind::*;
        matches!(
            self.kind,
            Nav | Crumb
                | Byline
                | Editor
                | Control
                | Turn
                | RelatedInline
                | Footer
                | Notice
                | Tags
                | Ad
                | Url
        )
    }
}

fn has_digit(text: &str) -> bool {
    static OTHERS: CharSet = CharSet::of("０１２３４５６７８９〇零○二");
    // Without branches, so that many bytes are judged at once.
    let ascii = text.bytes().fold(false, |found, b| found | b.is_ascii_digit());
    ascii || OTHERS.first_in(text.as_bytes()).is_some()
}

fn kind_of(line: &Line<'_>, chars: usize, key: &Key, signs: &Signs, date: Option<PrintedDate>) -> Kind {
    let text = &*line.text;
    let sentence = is_sentence(text, chars);
    if signs.has(Sign::RelatedOpens) && line.linked >= 60 {
        return Kind::RelatedInline;
    }
    // 某某周刊 | 2022年9月8日 星期四 | 第B02版: a masthead whose parts stand in cells
    let masthead = |date: PrintedDate| {
        let (before, after) = (text.get(..date.start), text.get(date.end..));
        before.zip(after).is_some_and(|(before, after)| is_masthead(before, after))
    };
    if line.row && signs.signs.is_empty() && !date.is_some_and(masthead) {
        return if is_prose(text, chars) { Kind::Prose } else { Kind::Plain };
    }
    // 2021-07-09 11:20   字号 [大] [中] [小]
    let dated = date.filter(|date| date.start == 0 && !sentence && matches!(date.value, Precision::Day(_)));
    if dated.is_some_and(|date| is_tools(after_clock(text.get(date.end..).unwrap_or("")))) {
        return Kind::DateLed;
    }
    if let Some(kind) = by_phrase(text, chars, sentence, key, signs) {
        return kind;
    }
    if !sentence {
        if is_dated_row(text, signs, date) {
            return Kind::Byline;
        }
        // 记者：那疼痛科呢？ is asked, and signs nothing.
        let asked = text.ends_with(['？', '?']);
        if let Some(kind) = by_label(chars, signs, date).filter(|_| !asked) {
            return kind;
        }
        if is_labelled_date(text, signs, date) || is_short_date(text) {
            return Kind::SoleDate;
        }
        if date.is_none() && is_named_short_date(text) {
            return Kind::DateLed;
        }
        if is_editors(text) {
            return Kind::Editor;
        }
        // 2023 年 5 月 6 日
        let alone = date.filter(|date| date.end - date.start + 4 >= text.len());
        if let Some(kind) = alone.and_then(|date| by_date(text, date)) {
            return kind;
        }
        // 2023.11.02 15:26 ｜ 某某新报网 ｜ 记者 某某 ｜ 责编 某某
        let credited = date
            .filter(|date| date.start == 0 && matches!(date.value, Precision::Day(_)))
            .filter(|date| text.get(date.end..).is_some_and(names_credits));
        if let Some(kind) = credited.and_then(|date| by_date(text, date)) {
            return kind;
        }
        let tight = date.and_then(|date| with_tight_date(text, date));
        if let Some(kind) = by_items(chars, tight.as_ref().unwrap_or(key)) {
            return kind;
        }
        if let Some(kind) = date.and_then(|date| by_date(text, date)) {
            return kind;
        }
        if is_reporters(text) || is_signed_day(text) {
            return Kind::Byline;
        }
    }
    if is_prose(text, chars) {
        Kind::Prose
    } else if text.chars().next().is_some_and(is_bullet) && chars > 3 {
        Kind::Item
    } else {
        Kind::Plain
    }
}

/// Whether those who wrote, edited or published are named: 记者 某某 ｜ 责编 某某.
fn names_credits(text: &str) -> bool {
    word_list![
        "记者",
        "通讯员",
        "作者",
        "撰文",
        "责编",
        "编辑",
        "编审",
        "审核",
        "校对",
        "来源",
        "供稿",
        "文/",
        "文／"
    ]
    .stand_in(text)
}

/// The key of a line whose date is printed with blanks, without these: 某某日报 2022 年 8 月 16 日 星期二 is no menu of 2022, 年, 8 ….
fn with_tight_date(text: &str, date: PrintedDate) -> Option<Key> {
    let (before, rest) = text.split_at_checked(date.start)?;
    let (printed, after) = rest.split_at_checked(date.end - date.start)?;
    let tight: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
    (tight.len() < printed.len()).then(|| Key::of(&[before, &tight, after].concat()))
}

fn is_prose(text: &str, chars: usize) -> bool {
    is_sentence(text, chars) || chars > 90 || (chars >= 50 && text.contains(['！', '？', '；', '!', '?']))
}

/// A line that holds or ends a sentence.
fn is_sentence(text: &str, chars: usize) -> bool {
    (chars >= 8 && text.ends_with('。')) || (chars >= 15 && text.contains('。'))
}

/// Furniture that one phrase gives away.
fn by_phrase(text: &str, chars: usize, sentence: bool, key: &Key, signs: &Signs) -> Option<Kind> {
    if let Some(kind) = by_address(text, chars) {
        return Some(kind);
    }
    let first = |sign: Sign| signs.has(sign);
    if first(Sign::Turn) && !sentence {
        return Some(Kind::Turn);
    }
    if first(Sign::Related) || first(Sign::RelatedMaybe) {
        let (start, end) = key.core();
        let core = key.text.get(start..end).unwrap_or("");
        let inline = core.contains([':', ']']) || chars > 20;
        return Some(match (first(Sign::Related), inline) {
            (true, true) => Kind::RelatedInline,
            (true, false) => Kind::Related,
            (false, _) if core.contains(']') && !sentence => Kind::RelatedInline,
            (false, _) => Kind::RelatedMaybe,
        });
    }
    let labelled =
        || signs.labels.iter().any(|l| matches!(l.sign, Sign::Published | Sign::Updated | Sign::Views));
    if first(Sign::Crumb) && !labelled() {
        return Some(Kind::Crumb);
    }
    if first(Sign::Ad) && !sentence && chars <= 100 {
        return Some(Kind::Ad);
    }
    let footers = signs.count(Sign::Footer);
    if footers >= 2 || (footers == 1 && !sentence) {
        return Some(Kind::Footer);
    }
    let issue = (key.text.starts_with("主办:") || key.text.starts_with("主辦:")) && names_page(text);
    if first(Sign::Contact) && !sentence && !issue {
        return Some(Kind::Contact);
    }
    if first(Sign::Notice) {
        return Some(Kind::Notice);
    }
    if first(Sign::Tags) && !sentence && !labelled() {
        return Some(Kind::Tags);
    }
    (first(Sign::Control) && !sentence && chars <= 60 && !labelled() && !leads_with_day(text))
        .then_some(Kind::Control)
}

/// 2023-06-12 03:15 分享: 微博
fn leads_with_day(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && first_date(text, Forms::Certain)
            .is_some_and(|date| date.start == 0 && matches!(date.value, Precision::Day(_)))
}

/// `主办:某某医院 2023年11月3日 第44期 本期4版`: a paper's own line, by its page or issue.
fn names_page(text: &str) -> bool {
    first_date(text, Forms::Certain).is_some_and(|date| {
        is_masthead(text.get(..date.start).unwrap_or(""), text.get(date.end..).unwrap_or(""))
    })
}

/// A web address alone, or behind a few words that no colon or sentence ties to it.
fn by_address(text: &str, chars: usize) -> Option<Kind> {
    memchr::memchr2(b'/', b'w', text.as_bytes())?;
    let at = text.find("http://").or_else(|| text.find("https://")).or_else(|| text.find("www."))?;
    let (before, address) = text.split_at_checked(at)?;
    if !address.is_ascii() {
        return None;
    }
    if before.is_empty() {
        return (!address.contains(' ')).then_some(Kind::Url);
    }
    let loose = before.ends_with([' ', '\t', '\u{3000}']) && !before.contains(['：', ':', '。', '，', ',']);
    (loose && chars <= 160).then_some(Kind::Ad)
}

/// Bylines and editors' lines: made of labels.
fn by_label(chars: usize, signs: &Signs, date: Option<PrintedDate>) -> Option<Kind> {
    let labels = &signs.labels;
    let told = |sign: Sign| labels.iter().any(|l| l.sign == sign);
    if labels.is_empty() {
        return None;
    }
    let names_only = labels.iter().all(|l| matches!(l.sign, Sign::Editor | Sign::Author));
    if names_only {
        let editor = told(Sign::Editor) && date.is_none();
        return (chars <= 100).then_some(if editor { Kind::Editor } else { Kind::Byline });
    }
    if labels.len() == 1 && told(Sign::When) {
        return None;
    }
    (labels.len() >= 2 || date.is_some() || chars <= 40).then_some(Kind::Byline)
}

/// `日期:2024年06月13日    公开主体:县卫生健康局`: a day behind its label, and other labels set apart behind it.
fn is_dated_row(text: &str, signs: &Signs, date: Option<PrintedDate>) -> bool {
    let [label] = signs.labels.as_slice() else { return false };
    let Some(date) = date.filter(|_| label.sign == Sign::When && label.start == 0) else { return false };
    let before = text.get(..date.start).unwrap_or("");
    let rest = after_clock(text.get(date.end..).unwrap_or(""));
    let mut fields = rest.split(['\u{3000}', '\t', '|', '｜', ' ']).filter(|field| !field.is_empty());
    // 日期:2020-12-22   记者 某某
    let signed = is_reporters(rest);
    before.chars().filter(|c| is_han(*c)).count() <= 4
        && matches!(date.value, Precision::Day(_))
        && (signed
            || fields.next().is_some_and(|field| {
                field.split_once([':', '：']).is_some_and(|(name, _)| (2..=6).contains(&name.chars().count()))
            }))
        && !rest.contains(['，', '。', '；'])
}

/// `某某日报 24-03-01 10:22`: a short date and a time behind a name.
fn is_named_short_date(text: &str) -> bool {
    if text.len() > 60 || !text.bytes().any(|b| b == b':') {
        return false;
    }
    let Some(date) = first_date(text, Forms::Labelled) else { return false };
    let (before, after) = (text.get(..date.start).unwrap_or(""), text.get(date.end..).unwrap_or(""));
    let name = before.trim_end();
    name.len() < before.len()
        && (2..=12).contains(&name.chars().count())
        && name.chars().all(is_han)
        && after.starts_with(' ')
        && after_clock(after).is_empty()
        && matches!(date.value, Precision::Day(_))
}

/// `23-05-06 14:22`, and nothing else.
fn is_short_date(text: &str) -> bool {
    let short = |b: &[u8]| matches!(b, [a, b, b'-' | b'/', c, d, b'-' | b'/', e, f, ..] if [a, b, c, d, e, f].iter().all(|b| b.is_ascii_digit()));
    text.len() <= 20
        && short(text.as_bytes())
        && first_date(text, Forms::Labelled)
            .is_some_and(|date| date.start == 0 && after_clock(text.get(date.end..).unwrap_or("")).is_empty())
}

/// `时间：2023-05-06 10:12`, and nothing else.
fn is_labelled_date(text: &str, signs: &Signs, date: Option<PrintedDate>) -> bool {
    let [label] = signs.labels.as_slice() else { return false };
    let Some(date) = date.or_else(|| first_date(text, Forms::Labelled)) else { return false };
    let (before, after) = (text.get(..date.start).unwrap_or(""), text.get(date.end..).unwrap_or(""));
    let bracket = |c: char| c.is_whitespace() || matches!(c, ')' | '）' | ']' | '】');
    label.sign == Sign::When
        && matches!(date.value, Precision::Day(_))
        && before.chars().filter(|c| is_han(*c)).count() <= 4
        && after_clock(after).trim_matches(bracket).is_empty()
}

/// Whether a key has anything that can part the items of a menu; nearly all lines have not.
fn may_part(key: &str) -> bool {
    static SIGNS: CharSet = CharSet::of(" |[]>/丨•›→│┆┊").and_others();
    SIGNS.first_in(key.as_bytes()).is_some()
}

/// Menus, breadcrumbs and rows of buttons: made of short items.
fn by_items(chars: usize, key: &Key) -> Option<Kind> {
    if chars > 120 || !may_part(&key.text) {
        return None;
    }
    if let Some(kind) = crumb_shape(&key.text) {
        return Some(kind);
    }
    // 关于医院:医院简介 / 现任领导 / 院史长廊: a column and what stands under it.
    let slashed = key.text.contains(" / ");
    let items: Vec<&str> = key
        .text
        .split([' ', '|', '·', '•', '[', ']', '>', '丨', '│', '┆', '┊', '｜'])
        .flat_map(|item| item.splitn(if slashed { 2 } else { 1 }, ':'))
        .map(|item| item.trim_matches(|c: char| matches!(c, ':' | ',' | '-') || slashed && c == '/'))
        .filter(|item| !item.is_empty())
        .collect();
    if items.len() < 2 {
        return None;
    }
    let lexicon = Lexicon::get();
    let menu = items.iter().filter(|item| lexicon.is_menu_word(item)).count();
    let control = items.iter().filter(|item| lexicon.is_control_word(item)).count();
    if control * 3 >= items.len() * 2 {
        return Some(Kind::Control);
    }
    if menu * 2 >= items.len() && (menu >= 3 || items.first().is_some_and(|i| i.ends_with("首页"))) {
        return Some(Kind::Nav);
    }
    // 某某市卫生健康委员会 政务公开 通知公告: a site's name and its menu.
    let site = items.first().is_some_and(|item| is_site_name(item));
    if site && items.len() >= 3 && menu + 1 == items.len() {
        return Some(Kind::Nav);
    }
    let short = items.iter().filter(|item| item.chars().count() <= 6).count();
    // 某某网某地频道 | 新闻 | 县区 | 民生: a site's name and columns of its own.
    let barred = key.text.contains(['|', '丨', '│', '┆', '┊']) && !key.text.contains([',', '!', '?']);
    let columns = items.iter().skip(1).all(|item| item.chars().count() <= 6);
    let named = columns && items.first().is_some_and(|item| item.chars().count() <= 20);
    if barred && named && (items.len() >= 4 || (items.len() == 3 && site)) {
        return Some(Kind::NavLike);
    }
    let like = (items.len() >= 3 && menu >= 1 && short == items.len())
        || (items.len() >= 5 && short == items.len())
        || (items.len() >= 4 && items.first().is_some_and(|i| i.ends_with("首页")));
    like.then_some(Kind::NavLike)
}

/// `首页 > 新闻中心 > 正文`, `山城健康週刊 / 資訊 / 正文`.
fn crumb_shape(key: &str) -> Option<Kind> {
    let strong = ["->", ">>", ">", "»", "›", "→", "＞"];
    if let Some(separator) = strong.iter().find(|s| key.contains(**s)) {
        let pieces: Vec<&str> = key.split(separator).map(str::trim).filter(|p| !p.is_empty()).collect();
        let home = pieces.first().is_some_and(|p| p.ends_with("首页") || p.ends_with("首頁") || *p == "home");
        let leaf = pieces.last().is_some_and(|p| matches!(*p, "正文" | "内容" | "详情" | "內文" | "内文"));
        if pieces.len() >= 2 && (home || leaf) {
            return Some(Kind::Crumb);
        }
        let names = pieces.iter().all(|p| p.chars().count() <= 16 && p.chars().any(is_han));
        return (pieces.len() >= 2 && names).then_some(Kind::CrumbLike);
    }
    // 首页-清风医苑-工作简讯
    if ["首页-", "首頁-", "主页-"].iter().any(|home| key.starts_with(home))
        && !key.contains(['，', ',', '。', ' '])
    {
        let pieces = key.split('-');
        let short = |piece: &str| (2..=8).contains(&piece.chars().count()) && piece.chars().all(is_han);
        return pieces.clone().all(short).then_some(Kind::CrumbLike).filter(|_| pieces.count() >= 2);
    }
    let weak = ["——", " / ", " — ", " - ", " · ", "/"];
    let separator = weak.iter().find(|s| key.contains(**s))?;
    let pieces: Vec<&str> = key.split(separator).map(str::trim).filter(|p| !p.is_empty()).collect();
    let home = pieces.first().is_some_and(|p| p.ends_with("首页") || p.ends_with("首頁"));
    let leaf = pieces.last().is_some_and(|p| matches!(*p, "正文" | "内容" | "详情" | "內文" | "内文"));
    // 某州人民医院 —— 科室文化 —— 科史
    let site = pieces.len() >= 3
        && pieces
            .first()
            .is_some_and(|p| ["医院", "醫院", "卫生院", "保健院"].iter().any(|kind| p.ends_with(kind)))
        && pieces.iter().skip(1).all(|p| p.chars().count() <= 6 && p.chars().all(is_han));
    (pieces.len() >= 2 && (home || leaf || site) && pieces.iter().all(|p| p.chars().count() <= 16))
        .then_some(Kind::CrumbLike)
}

#[cfg(test)]
mod tests;
