//! When, whence and on whose site: what a page prints about its article.

use crate::calendar_leaf::day_of;
use crate::date::Date;
use crate::dateline::after_clock;
use crate::headline::{before_day, is_front, is_site_name};
use crate::issue::{is_edition, is_paper, is_paper_of_pages, names_issue};
use crate::key::is_han;
use crate::lexicon::{Lexicon, Sign};
use crate::line::{Kind, Line, Shape};
use crate::partition::Role;
use crate::printed_date::{Forms, Precision, find_dates, first_date};
use xinglin_text::word_list;

/// What a page prints about its article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Imprint {
    pub(crate) published: Option<Date>,
    pub(crate) published_year: Option<i32>,
    pub(crate) source: Option<String>,
}

/// Why a date is taken for the day of publication; the greater, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ground {
    /// The date under an article's last sentence (落款).
    Signature,
    /// 成文日期, 印发日期.
    Written,
    /// 原载《…》2024年3月9日.
    Original,
    /// A date above the headline: an issue's, or a blog's; often merely the day on which the page was fetched.
    PlacedAbove,
    /// 更新时间.
    Updated,
    /// A date under the headline in a form that only its place makes a date.
    PlacedLoosely,
    /// A date under the headline.
    Placed,
    /// A date in a line of labels, none of which is its own: `2023-05-06 来源：… 浏览：…`.
    PlacedAmongLabels,
    /// 时间, 日期 in a byline.
    LabelledWhen,
    /// 发布时间.
    Labelled,
    /// The page's machine-readable date of publication.
    Machine,
    /// Stated by whoever hands the article over.
    Given,
}

/// The best date so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Published {
    day: Option<(Ground, Date)>,
    year: Option<(Ground, i32)>,
}

impl Published {
    /// Offers a date; of equal grounds the first wins.
    pub(crate) fn offer(&mut self, ground: Ground, value: Precision) {
        match value {
            Precision::Day(day) if self.day.is_none_or(|(known, _)| ground > known) => {
                self.day = Some((ground, day))
            }
            Precision::Year(year) if self.year.is_none_or(|(known, _)| ground > known) => {
                self.year = Some((ground, year));
            }
            _ => {}
        }
    }

    pub(crate) fn day(&self) -> Option<Date> {
        self.day.map(|(_, day)| day)
    }

    pub(crate) fn year(&self) -> Option<i32> {
        self.day.map(|(_, day)| day.year).or(self.year.map(|(_, year)| year))
    }
}

/// Reads the lines of a page; `published` may already hold what its head says.
pub(crate) fn read(
    lines: &[Line<'_>],
    shapes: &[Shape],
    roles: &[Role],
    mut published: Published,
) -> Imprint {
    let mut source = None;
    let headline = roles.iter().position(|role| *role == Role::Headline);
    for (at, ((line, shape), role)) in lines.iter().zip(shapes).zip(roles).enumerate() {
        if *role == Role::Headline
            && let Some((_, date)) = before_day(&line.text)
        {
            published.offer(Ground::Placed, date.value);
        }
        if matches!(role, Role::Other | Role::Headline) {
            continue;
        }
        // 某某晚报数字报 > 2021年12月08日 > 第A03版：要闻
        let issue = shape.kind == Kind::CrumbLike && headline.is_some_and(|headline| at < headline);
        if let Some(date) = shape.date.filter(|_| issue && line.text.contains('版')) {
            published.offer(Ground::PlacedAbove, date.value);
        }
        let told = offer_labelled(line, shape, *role, &mut published);
        if *role == Role::Imprint || shape.kind == Kind::Byline {
            if !told {
                offer_placed(lines, shapes, at, headline, &mut published);
            }
            source = source.or_else(|| labelled_source(line, shape)).or_else(|| placed_source(line, shape));
            offer_after_bare_label(lines, shapes, at, &mut published);
        }
        let note = shape.kind != Kind::Prose || line.text.starts_with(['（', '(', '【', '[', '—', '*', '※']);
        if shape.signs.has(Sign::Original)
            && note
            && let Some(date) = shape.date
        {
            published.offer(Ground::Original, date.value);
        }
        if let Some(year) = issue_year(&line.text).filter(|_| note && !line.row) {
            published.offer(Ground::Signature, Precision::Year(year));
        }
        // 2023年10月刊
        if let Some(date) = shape.date.filter(|_| !line.row)
            && line.text.get(date.end..).is_some_and(|rest| rest.starts_with(['刊', '號', '号']))
        {
            published.offer(Ground::Signature, date.value);
        }
    }
    if let Some(value) = signature(lines, shapes, roles) {
        published.offer(Ground::Signature, value);
    }
    Imprint { published: published.day(), published_year: published.year(), source }
}

/// 《某某通讯》2024年第3期: the year of an issue that has no day.
fn issue_year(line: &str) -> Option<i32> {
    if line.len() > 180 {
        return None;
    }
    if !word_list!["年第"].stand_in(line) {
        return None;
    }
    let (before, rest) = line.split_once("年第")?;
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let year = before.get(before.len().checked_sub(4)?..)?.parse().ok()?;
    (number.len() < rest.len() && number.starts_with('期') && (1950..=2100).contains(&year)).then_some(year)
}

fn ground_of(sign: Sign) -> Option<Ground> {
    Some(match sign {
        Sign::Published => Ground::Labelled,
        Sign::Updated => Ground::Updated,
        Sign::Written => Ground::Written,
        Sign::When => Ground::LabelledWhen,
        _ => return None,
    })
}

/// Dates behind labels, each up to the next label. Whether one of the labels has a date, believed or not.
fn offer_labelled(line: &Line<'_>, shape: &Shape, role: Role, published: &mut Published) -> bool {
    let mut told = false;
    for (i, label) in shape.signs.labels.iter().enumerate() {
        let Some(ground) = ground_of(label.sign) else { continue };
        // 网站最近更新：2024-05-01
        let whose = shape.key.text.get(..label.start).unwrap_or("");
        if label.sign == Sign::Updated && word_list!["网站", "網站", "本站", "全站"].end(whose) {
            told = true;
            continue;
        }
        let end = shape.signs.labels.get(i + 1).map_or(line.text.len(), |next| shape.key.offset(next.start));
        let value = line.text.get(shape.key.offset(label.end)..end).unwrap_or("");
        let date = first_date(value, Forms::Machine);
        let Some(date) = date.filter(|d| value.get(..d.start).is_some_and(|gap| gap.chars().count() <= 6))
        else {
            continue;
        };
        told = true;
        // 创建时间：2020-01-05 … 发布时间：2020-01-06
        let begun = word_list!["创建", "建立", "投稿", "提交", "撰写", "撰稿", "录入", "添加", "供稿"];
        let early = begun.begin(shape.key.text.get(label.start..label.end).unwrap_or(""));
        let ground = if early && ground == Ground::Labelled { Ground::LabelledWhen } else { ground };
        if label.sign != Sign::When || role == Role::Imprint {
            published.offer(ground, date.value);
        }
    }
    told
}

/// Dates of a byline that no label of its line names.
fn offer_placed(
    lines: &[Line<'_>],
    shapes: &[Shape],
    at: usize,
    headline: Option<usize>,
    published: &mut Published,
) {
    let (Some(line), Some(shape)) = (lines.get(at), shapes.get(at)) else { return };
    let above = headline.filter(|h| at < *h).map(|h| h - at);
    let ground = match (bare_label(shapes, at), above) {
        (Some(labelled), _) => labelled,
        _ if is_greeted(lines, at) => return,
        (None, None) if shape.kind == Kind::Byline && !shape.signs.labels.is_empty() => {
            Ground::PlacedAmongLabels
        }
        (None, None) => Ground::Placed,
        (None, Some(down))
            if (down <= 2 || is_issues(lines, shapes, at, down)) && !names_today(lines, at) =>
        {
            Ground::PlacedAbove
        }
        (None, Some(_)) => return,
    };
    if let Some(day) = day_of(&line.text, lines.get(at + 1).map(|next| &*next.text)) {
        published.offer(ground, Precision::Day(day));
    } else if let Some(date) = shape.date {
        published.offer(ground, date.value);
    } else if let Some(date) = first_date(&line.text, Forms::Labelled).filter(|_| above.is_none())
        && let Precision::Day(_) = date.value
    {
        published.offer(Ground::PlacedLoosely, date.value);
    }
}

/// What a line above says of a date alone: `发布日期` in a register that has been printed cell by cell.
fn bare_label(shapes: &[Shape], at: usize) -> Option<Ground> {
    let (above, shape) = (shapes.get(at.checked_sub(1)?)?, shapes.get(at)?);
    (shape.kind == Kind::SoleDate)
        .then(|| Lexicon::get().label(&above.key.text))
        .flatten()
        .and_then(ground_of)
}

/// Whether an issue's day stands under its paper's name, and only the issue's pages between it and the headline; or behind the
/// name and before the page: `某某晚报 2020年12月22日 星期二 第07版`.
fn is_issues(lines: &[Line<'_>], shapes: &[Shape], at: usize, down: usize) -> bool {
    let masthead = lines.get(at).zip(shapes.get(at)).is_some_and(|(line, shape)| {
        let name = shape.date.and_then(|date| line.text.get(..date.start));
        name.is_some_and(|name| {
            is_paper(name.trim()) && names_issue(&line.text) || is_paper_of_pages(name) || is_edition(name)
        })
    });
    if masthead {
        return down <= 16;
    }
    let paper = at.checked_sub(1).and_then(|above| lines.get(above)).is_some_and(|line| is_paper(&line.text));
    let mut between = lines.iter().zip(shapes).skip(at + 1).take(down.saturating_sub(1));
    paper && down <= 16 && between.all(|(line, shape)| is_front(line, shape) || shape.chars <= 4)
}

/// Whether a visitor is welcomed right above: the day is today's.
fn is_greeted(lines: &[Line<'_>], at: usize) -> bool {
    let above = at.checked_sub(1).and_then(|above| lines.get(above)).map_or("", |line| &*line.text);
    above.chars().count() <= 40 && word_list!["欢迎访问", "欢迎光临", "欢迎来到", "歡迎光臨"].stand_in(above)
}

/// Above headlines a day of the week goes with today's date, unless it is an issue's.
fn names_today(lines: &[Line<'_>], at: usize) -> bool {
    let today = |text: &str| {
        word_list!["星期", "礼拜", "禮拜", "农历", "農曆", "欢迎", "今天", "今日是", "您好", "天气"]
            .stand_in(text)
    };
    let mut near = lines.iter().skip(at.saturating_sub(2)).take(5);
    let issue =
        |text: &str| text.contains('版') || names_issue(text) || is_paper(text) || is_paper_of_pages(text);
    lines.get(at).is_some_and(|line| today(&line.text)) && !near.any(|line| issue(&line.text))
}

/// `发布时间：` at a line's end, its date on the next.
fn offer_after_bare_label(lines: &[Line<'_>], shapes: &[Shape], at: usize, published: &mut Published) {
    let (Some(shape), Some(next)) = (shapes.get(at), lines.get(at + 1)) else { return };
    let Some(label) = shape.signs.labels.last() else { return };
    let bare = shape.key.text.get(label.end..).is_some_and(|rest| rest.trim_matches([':', ' ']).is_empty());
    if let (true, Some(ground)) = (bare, ground_of(label.sign)) {
        let date = first_date(&next.text, Forms::Machine).filter(|d| d.start <= 3);
        if let Some(date) = date {
            published.offer(ground, date.value);
        }
    }
}

/// 来源：某某日报.
fn labelled_source(line: &Line<'_>, shape: &Shape) -> Option<String> {
    let label = shape.signs.label(Sign::Origin)?;
    let next = shape.signs.labels.iter().find(|l| l.start > label.start);
    let end = next.map_or(line.text.len(), |next| shape.key.offset(next.start));
    let start = shape.key.offset(label.end);
    clean_source(line, line.text.get(start..end)?)
}

/// The words behind a byline's date, where nothing else names a source: `2020-12-20 齊魯壹點`.
fn placed_source(line: &Line<'_>, shape: &Shape) -> Option<String> {
    let date = shape.date.filter(|_| shape.signs.labels.is_empty())?;
    let rest = after_clock(line.text.get(date.end..)?);
    let word =
        rest.split(|c: char| c.is_whitespace() || matches!(c, '|' | '｜' | '/')).find(|w| !w.is_empty())?;
    let other = word_list![
        "记者",
        "記者",
        "作者",
        "文／",
        "文/",
        "星期",
        "农历",
        "農曆",
        "天气",
        "天氣",
        "多云",
        "晴",
        "欢迎",
        "编辑",
        "字号",
        "（",
        "(",
        "浏览",
        "发表于"
    ];
    let plain = word.chars().all(char::is_alphanumeric) && !word.chars().any(|c| c.is_ascii_digit());
    if !plain || other.begin(word) {
        return None;
    }
    clean_source(line, word)
}

fn clean_source(line: &Line<'_>, value: &str) -> Option<String> {
    let value = value.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | ']' | '】'));
    let mut end = value.len();
    for mark in ["  ", "\u{3000}", "\t", "|", "｜", "]", "】", "\u{a0}", "丨"] {
        end = end.min(value.find(mark).unwrap_or(end));
    }
    let value = value.get(..end)?;
    let date = find_dates(value, Forms::Certain).first().map_or(value.len(), |d| d.start);
    let value = value
        .get(..date)?
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '【' | '(' | '（' | ',' | '，'));
    let chars = value.chars().count();
    (1..=40).contains(&chars).then(|| line.printed_piece(value).to_owned())
}

/// — END —, （完）, 全文完: what channels print under their last line.
fn is_end_mark(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(bare, "END" | "End" | "end" | "THE END" | "The End" | "完" | "全文完" | "本文完" | "结束")
}

/// The date under the article's last words, or under those before its attachments.
fn signature(lines: &[Line<'_>], shapes: &[Shape], roles: &[Role]) -> Option<Precision> {
    // A rule of dashes under it says nothing.
    let told = |at: usize| lines.get(at).is_some_and(|line| line.text.chars().any(char::is_alphanumeric));
    let body = |at: &usize| roles.get(*at) == Some(&Role::Body) && told(*at);
    let body: Vec<usize> = (0..lines.len()).filter(body).collect();
    // Honours, each with its month under it, are signed by none of these.
    let alone = |at: &&usize| shapes.get(**at).is_some_and(|shape| shape.kind == Kind::SoleDate);
    let dates = body.iter().filter(alone).count();
    if dates >= 3 {
        return None;
    }
    for (rank, &at) in body.iter().enumerate().rev() {
        let (Some(line), Some(shape)) = (lines.get(at), shapes.get(at)) else { continue };
        let Some(value) = signed_date(line, shape) else { continue };
        let closes = match body.get(rank + 1).and_then(|&next| lines.get(next)) {
            None => true,
            Some(next) => {
                let text = next.text.trim_start_matches(['（', '(', '【', '[', ' ']);
                word_list![
                    "附件",
                    "附：",
                    "附:",
                    "附表",
                    "此件",
                    "信息公开",
                    "公开属性",
                    "公开方式",
                    "主动公开",
                    "依申请公开",
                    "此文",
                    "抄送",
                    "主送",
                    "香港時間",
                    "香港时间",
                    "澳門時間",
                    "澳门时间",
                    "联系人",
                    "联系电话",
                    "附錄",
                    "附录"
                ]
                .begin(text)
                    || is_annex(text)
                    || next.text.ends_with("印发")
                    || is_contact(&next.text)
                    || is_end_mark(&next.text)
            }
        };
        // 2023年3月 under a notice's last sentence, with its lists behind it
        let above = rank.checked_sub(1).and_then(|above| lines.get(*body.get(above)?));
        let ends = || above.is_some_and(|above| above.text.ends_with(['。', '！']));
        if rank > 0 && (closes || dates == 1 && shape.kind == Kind::SoleDate && ends()) {
            return Some(value);
        }
    }
    None
}

/// 附1　…名单, 附2.…: the first of several annexes.
fn is_annex(text: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十１２３".contains(c);
    if matches!(text, "附" | "附表" | "附录" | "附錄") {
        return true;
    }
    let rest = text.strip_prefix('附').and_then(|rest| rest.strip_prefix(number));
    rest.is_some_and(|rest| {
        rest.starts_with([' ', '\u{3000}', '\t', '：', ':', '.', '．', '、']) || rest.is_empty()
    })
}

/// 治丧联系电话:…, 咨询热线:…: whom to ask.
fn is_contact(line: &str) -> bool {
    let label = line.split([':', '：']).next().unwrap_or_default();
    label.len() < line.len()
        && label.chars().count() <= 10
        && ["电话", "電話", "热线", "熱線", "邮箱", "信箱", "传真"].iter().any(|word| label.ends_with(word))
}

/// 记者 某某, 通讯员 某某 某某: who wrote it.
fn is_writer(name: &str) -> bool {
    let words = ["记者", "記者", "通讯员", "通訊員", "本报记者", "供稿", "撰稿", "文", "作者", "特约记者"];
    let mut parts = name.split([' ', '\u{3000}', ':', '：', '/', '、']).filter(|part| !part.is_empty());
    let led = parts.next().is_some_and(|first| {
        words.iter().any(|word| first.strip_prefix(word).is_some_and(|rest| rest.chars().count() <= 4))
    });
    led && parts.all(|part| part.chars().count() <= 5)
}

/// A line that is a date, or a name and a date.
fn signed_date(line: &Line<'_>, shape: &Shape) -> Option<Precision> {
    if line.row || shape.chars > 40 {
        return None;
    }
    let date = shape.date?;
    let before = line.text.get(..date.start)?;
    let after = after_clock(line.text.get(date.end..)?)
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ')' | '）' | '。'));
    // 2024年3月1日于青河, 2024年3月1日报道, 2024年3月1日 某某日报
    let placed =
        after.strip_prefix('于').is_some_and(|place| place.chars().count() <= 6 && place.chars().all(is_han));
    let after = if placed || is_paper(after) || matches!(after, "报道" | "报导" | "供稿" | "发布" | "稿")
    {
        ""
    } else {
        after
    };
    let name = before.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '（'));
    let apart = before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '（'));
    let signed = name.is_empty()
        || (apart
            && (is_site_name(name)
                || is_writer(name)
                || name.ends_with(['科', '处', '部', '室', '委', '局', '會', '会', '办', '院'])));
    (after.is_empty() && signed).then_some(date.value)
}
