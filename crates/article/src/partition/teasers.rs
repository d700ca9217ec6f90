//! Other articles' headlines behind the last sentence of this one, whatever heads them.

use super::{Role, kind, set};
use crate::headline::is_news;
use crate::line::{Kind, Line, Shape};
use crate::printed_date::Precision;
use xinglin_text::WordList;

/// Sets them apart from what follows the last sentence (`sentences` is the line behind it).
pub(super) fn mark(lines: &[Line<'_>], shapes: &[Shape], roles: &mut [Role], sentences: usize) {
    behind_the_close(lines, shapes, roles, sentences);
    same_tags(lines, roles, sentences);
    between_bars(lines, roles, sentences);
    behind_arrows(lines, roles, sentences);
    under_a_marked_heading(lines, shapes, roles, sentences);
    with_days(lines, shapes, roles, sentences);
}

/// `■ 邻近医讯` over lines in most of which something happens.
fn under_a_marked_heading(lines: &[Line<'_>], shapes: &[Shape], roles: &mut [Role], sentences: usize) {
    let heading = |at: usize| {
        let text = lines.get(at).map_or("", |line| &*line.text);
        let words = text.trim_matches(|c: char| !c.is_alphanumeric());
        let marked =
            text.starts_with(|c: char| !c.is_alphanumeric() && !matches!(c, '（' | '(' | '《' | '“' | '"'));
        marked && (2..=8).contains(&words.chars().count()) && !is_news(text) && !heads_own(words)
    };
    let mut at = sentences;
    while at < lines.len() {
        if roles.get(at) != Some(&Role::Body) || !heading(at) {
            at += 1;
            continue;
        }
        let run = roles.get(at + 1..).unwrap_or(&[]).iter().take_while(|role| **role == Role::Body).count();
        let texts = || lines.iter().skip(at + 1).take(run).map(|line| &*line.text);
        let news = texts().filter(|text| is_news(text)).count();
        let counted = texts().any(is_counted);
        let ends = kind(shapes, at + 1 + run)
            .is_none_or(|kind| matches!(kind, Kind::Footer | Kind::Contact | Kind::Url));
        if ends && !counted && news >= 2 && news * 3 >= run * 2 {
            (at..=at + run).for_each(|i| set(roles, i, Role::Other));
        }
        at += run + 1;
    }
}

/// `◎更多`: a marked heading of other articles.
fn is_more(text: &str) -> bool {
    let words = text.trim_matches(|c: char| !c.is_alphanumeric());
    let marked = text.starts_with(|c: char| !c.is_alphanumeric());
    marked && matches!(words, "更多" | "更多新闻" | "更多资讯" | "更多报道" | "更多内容")
}

/// Words of headings over lists that are the article's own.
fn heads_own(words: &str) -> bool {
    static OWN: WordList = WordList::new(&[
        "附", "名单", "名單", "荣誉", "榮譽", "获奖", "成果", "历程", "大事", "目录", "一览", "成员", "科室",
        "专科", "学科", "地位", "成绩", "业绩", "称号", "资质", "亮点", "简介", "介绍", "特色", "优势",
        "沿革", "发展", "团队", "技术", "年",
    ]);
    OWN.stand_in(words)
}

/// `2021年获批省级重点专科`, `1.…`: an item of a history or an enumeration, no headline.
fn is_counted(text: &str) -> bool {
    let item = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = item.trim_start_matches(|c: char| c.is_ascii_digit());
    match item.len() - rest.len() {
        0 => false,
        4 => rest.starts_with(['年', '.', '-', ' ', '\t', '\u{3000}', '：', ':']),
        _ => rest.starts_with(['.', '、', '．', '）', ')']),
    }
}

/// Lines each with its day under it, two or more: cards of other articles.
fn with_days(lines: &[Line<'_>], shapes: &[Shape], roles: &mut [Role], sentences: usize) {
    let pair = |at: usize| {
        let long =
            lines.get(at).is_some_and(|line| !line.row && (6..=60).contains(&line.text.chars().count()));
        long && matches!(kind(shapes, at), Some(Kind::Plain | Kind::Item))
            && matches!(kind(shapes, at + 1), Some(Kind::SoleDate))
            && shapes.get(at + 1).and_then(|s| s.date).is_some_and(|d| matches!(d.value, Precision::Day(_)))
            && !lines.get(at).is_some_and(|line| is_counted(&line.text))
    };
    let mut at = sentences;
    while at + 3 < lines.len() {
        let free = roles.get(at..at + 4).is_some_and(|four| four.iter().all(|role| *role == Role::Body));
        let own = at
            .checked_sub(1)
            .and_then(|above| lines.get(above))
            .is_some_and(|line| line.text.chars().count() <= 12 && heads_own(&line.text));
        if own || !(free && pair(at) && pair(at + 2)) {
            at += 1;
            continue;
        }
        while pair(at) && roles.get(at) == Some(&Role::Body) {
            set(roles, at, Role::Other);
            set(roles, at + 1, Role::Other);
            at += 2;
        }
    }
}

/// Behind the last sentence: lines that open with the same words in brackets (【近期中标】…) are headlines of that kind.
fn same_tags(lines: &[Line<'_>], roles: &mut [Role], sentences: usize) {
    let tag = |at: usize| {
        let text = lines.get(at).map(|line| &*line.text)?;
        let (tag, rest) = text.strip_prefix(['【', '['])?.split_once(['】', ']'])?;
        ((2..=8).contains(&tag.chars().count()) && rest.chars().count() >= 8).then_some(tag)
    };
    for at in sentences..lines.len() {
        let own = tag(at).filter(|_| roles.get(at) == Some(&Role::Body));
        let Some(own) = own.filter(|own| !["附件", "附录", "附表"].contains(own)) else { continue };
        let before = at.checked_sub(1).filter(|before| *before >= sentences).and_then(tag);
        let alike = |other: Option<&str>| {
            other.is_some_and(|other| other == own || is_column(other) && is_column(own))
        };
        if alike(before) || alike(tag(at + 1)) {
            set(roles, at, Role::Other);
        }
    }
}

/// [文件], [动态], [人事]: the columns of a site, from which its latest headlines are taken.
fn is_column(tag: &str) -> bool {
    static COLUMNS: WordList = WordList::new(&[
        "文件", "动态", "人事", "新闻", "公告", "通知", "公示", "要闻", "资讯", "快讯", "政策", "法规",
        "科普", "健康", "党建", "视频", "图片", "专题", "热点", "招聘", "招标", "采购", "中标", "医院",
        "基层", "媒体", "国内", "国际", "社会", "民生", "教育", "文明", "学术", "科研", "护理", "义诊",
        "活动", "服务", "解读",
    ]);
    tag.chars().count() <= 4 && COLUMNS.stand_in(tag)
}

/// Behind the last sentence: a line of headlines with bars between them.
fn between_bars(lines: &[Line<'_>], roles: &mut [Role], sentences: usize) {
    for (line, role) in lines.iter().zip(roles).skip(sentences) {
        let pieces =
            || line.text.split(['|', '｜', '丨', '│']).map(str::trim).filter(|piece| !piece.is_empty());
        let news = pieces().filter(|piece| is_news(piece) && !is_counted(piece)).count();
        if *role == Role::Body && !line.row && news >= 2 && news * 3 >= pieces().count() * 2 {
            *role = Role::Other;
        }
    }
}

/// `◁ 某县人民医院成为…` over `▷ 某市第二人民医院…获批…`: the articles before and after this one.
fn behind_arrows(lines: &[Line<'_>], roles: &mut [Role], sentences: usize) {
    const BACK: [char; 10] = ['◁', '◀', '◄', '←', '⇐', '«', '‹', '<', '＜', '〈'];
    const FORTH: [char; 10] = ['▷', '▶', '►', '→', '⇒', '»', '›', '>', '＞', '〉'];
    let arrow = |at: usize, arrows: &[char]| {
        roles.get(at) == Some(&Role::Body)
            && lines
                .get(at)
                .and_then(|line| line.text.strip_prefix(arrows))
                .is_some_and(|rest| (6..=60).contains(&rest.trim().chars().count()) && !rest.contains('。'))
    };
    let pair =
        |at: &usize| arrow(*at, &BACK) && arrow(at + 1, &FORTH) || arrow(*at, &FORTH) && arrow(at + 1, &BACK);
    if let Some(at) = (sentences..lines.len()).find(pair) {
        set(roles, at, Role::Other);
        set(roles, at + 1, Role::Other);
    }
}

/// Behind the line that closes an article (its editors, its share bar): lines in most of which something happens are other
/// articles' headlines, whatever heads them. Lists of names, where nothing happens, stay.
fn behind_the_close(lines: &[Line<'_>], shapes: &[Shape], roles: &mut [Role], sentences: usize) {
    let closes = |at: &usize| {
        let credit =
            |line: &Line<'_>| line.text.starts_with(['（', '(']) && line.text.contains(['记', '記', '稿']);
        let kind = kind(shapes, *at);
        matches!(kind, Some(Kind::Editor | Kind::Control | Kind::Notice | Kind::Tags | Kind::Byline))
            || lines.get(*at).is_some_and(credit)
    };
    let Some(close) = (sentences..lines.len()).find(closes) else { return };
    // The byline under the headline of an article that is nothing but short lines closes nothing.
    if !roles.iter().take(close).any(|role| *role == Role::Body) {
        return;
    }
    let mut at = close + 1;
    while at < lines.len() {
        let run = roles.get(at..).unwrap_or(&[]).iter().take_while(|role| **role == Role::Body).count();
        let texts = || lines.iter().skip(at).take(run).map(|l| &*l.text);
        let heading = usize::from(texts().next().is_some_and(|t| t.chars().count() <= 8 && !is_news(t)));
        let news = texts().filter(|t| is_news(t)).count();
        let attached = texts().any(|t| t.starts_with('附'));
        // One or two lines behind the editors' own are enough, where nothing but headlines stands there.
        let editors = matches!(kind(shapes, at - 1), Some(Kind::Editor | Kind::Byline));
        let alone = editors && news > 0 && run <= 2 && texts().all(|t| is_news(t) && !t.contains('。'));
        // ◎更多 over headlines, as far as the page's foot.
        let more = lines.get(at - 1).is_some_and(|line| is_more(&line.text))
            && news > 0
            && run <= 8
            && texts().all(|t| !t.contains('。') && !is_counted(t));
        if (alone || more || (news >= 2 && news * 3 >= (run - heading) * 2)) && !attached {
            (at..at + run).for_each(|i| set(roles, i, Role::Other));
        }
        at += run + 1;
    }
}
