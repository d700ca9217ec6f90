//! Which line is the headline, among banners, menus, breadcrumbs and bylines.

mod broken;
mod words;

use crate::calendar_leaf::{day_of, may_be_piece};
use crate::issue::{is_paper, names_issue};
use crate::key::is_han;
use crate::lexicon::{Lexicon, Sign};
use crate::line::{Kind, Line, Shape};
use crate::printed_date::Precision;
use xinglin_text::word_list;

pub(crate) use broken::join as join_broken;
pub(crate) use words::{before_day, headline_text, is_enumerated, is_news, is_site_name, motto_weight};
use words::{ends_as_headline, is_column_number, is_entry, is_genre, is_letterhead, is_speaker};

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
    /// Which lines are items of a list of articles, each with its day.
    listed: Vec<bool>,
}

impl<'p, 'a> Page<'p, 'a> {
    fn of(lines: &'p [Line<'a>], shapes: &'p [Shape]) -> Page<'p, 'a> {
        let reach = shapes.len().min(REACH);
        let sentence = |at: &usize| {
            let (Some(line), Some(shape)) = (lines.get(*at), shapes.get(*at)) else { return false };
            shape.kind == Kind::Prose && !line.set_apart && (shape.chars > 80 || line.text.contains('。'))
        };
        let end = (0..reach).find(sentence).unwrap_or(reach);
        let listed = dated_list(lines, shapes, end);
        let byline = first_byline(lines, shapes, &listed, 0, end);
        // A paper's masthead, or a blog's day above its headline.
        let above = byline.filter(|at| lines.iter().zip(shapes).take(*at).all(|(l, s)| is_front(l, s)));
        let byline = above.map_or(byline, |at| first_byline(lines, shapes, &listed, at + 1, end));
        // A date behind a table is its signature.
        let table = lines.iter().position(|line| line.row && !line.set_apart).unwrap_or(end);
        let signed =
            |at: &usize| *at > table && shapes.get(*at).is_some_and(|shape| shape.kind == Kind::SoleDate);
        // Under everything else it stands under no headline.
        let last = |at: &usize| shapes.iter().skip(at + 1).all(Shape::is_furniture) && *at > 2;
        let byline = byline.filter(|at| *at > 0 && !signed(at) && !last(at));
        Page { lines, shapes, end, byline, listed }
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
        // 医院简介 is a column of menus, and the page's own headline under the breadcrumb that ends with it.
        let column = || {
            Lexicon::get().is_menu_item(text)
                && !self.ends_crumb(at, text)
                && !self.is_opened_column(at, text)
        };
        let apart = line.set_apart || line.row || self.is_listed(at) || self.is_value(at);
        if !possible || column() || apart || shape.signs.has(Sign::Contact) || names_telephone(text) {
            return None;
        }
        if self.is_section_of_department(at, text) {
            return None;
        }
        let mut score = match text.chars().count() {
            0..=1 => return None,
            // 讣 告
            _ if is_genre(text) && self.opens_text(at) => 3,
            // 更正公告
            n if (3..=7).contains(&n) && ends_as_headline(text) && self.opens_text(at) => 3,
            // 儿科, 讣告: believed where the markup says so.
            2..=3 if matches!(line.heading, 1 | 2) => -2,
            2..=4 if self.heads_department(at, text) => 1,
            n if n <= 7 && (self.ends_crumb(at, text) || self.is_opened_column(at, text)) => 2,
            2..=4 if self.stands_alone(at) => 2,
            // 产科简介
            4 if matches!(line.heading, 1 | 2) && text.ends_with(['介', '况', '告', '知']) => 0,
            2..=3 => return None,
            4 if ends_as_headline(text) => 0,
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
        let motto = motto_weight(text);
        score -=
            motto * if motto > 0 && self.is_under_site(at) { 4 } else { 1 } + 3 * i32::from(is_entry(text));
        if is_site_name(text) || is_letterhead(text) || !text.chars().any(is_han) {
            score -= 6;
        }
        // 某市第一医院主办
        if text.ends_with(['办', '辦']) && word_list!["主办", "主辦", "协办", "承办", "承辦"].end(text)
        {
            score -= 6;
        }
        if is_column_number(text) || is_speaker(text) {
            score -= 3;
        }
        if self.heads_page(at, text) {
            score -= 6;
        }
        score += i32::from(ends_as_headline(text));
        score += 4 * i32::from(self.has_second_line(at));
        if shape.date.is_some_and(|date| date.start == 0) {
            score -= 4;
        }
        if text.ends_with(['：', ':', '。', '；', '，']) {
            score -= 4;
        }
        if self.is_step(at) {
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

    /// 某市中心医院 | 党旗下的白衣 at the head of a page that has another line for a headline: whose page it is, and which column.
    fn heads_page(&self, at: usize, text: &str) -> bool {
        let Some((name, column)) = text.split_once(['|', '｜', '☆', '★']).filter(|_| at == 0) else {
            return false;
        };
        // 党建引领 | 某市第一人民医院
        let turned = !is_site_name(name.trim());
        let (name, column) = if turned { (column, name) } else { (name, column) };
        let column = column.trim();
        let headline = |line: &Line<'_>| {
            let chars = headline_text(&line.text).chars().count();
            (10..=60).contains(&chars) && !line.text.contains(['|', '｜', '。']) && !line.set_apart
        };
        is_site_name(name.trim())
            && column.chars().count() <= 10
            && !is_news(column)
            && self.lines.get(1).is_some_and(headline)
            && self.shapes.get(1).is_some_and(|shape| matches!(shape.kind, Kind::Plain))
    }

    /// 2012年 骨科获评… over 2016年 儿科获批…: a step of a history, and no headline.
    fn is_step(&self, at: usize) -> bool {
        let dated = |line: &Line<'_>| {
            let figures = line.text.get(..4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()));
            figures && line.text.get(4..).is_some_and(|rest| rest.starts_with(['年', ' ', '\u{3000}', '\t']))
        };
        let beside = [at.checked_sub(1), Some(at + 1)];
        self.lines.get(at).is_some_and(dated)
            && beside.into_iter().flatten().filter_map(|at| self.lines.get(at)).any(dated)
    }

    /// 儿科 right above the sentences of a page that has a menu: the department's own page.
    fn heads_department(&self, at: usize, text: &str) -> bool {
        let menu = |shape: &Shape| matches!(shape.kind, Kind::Nav | Kind::NavLike | Kind::Crumb);
        at + 1 == self.end && text.ends_with('科') && self.shapes.iter().take(at).any(menu)
    }

    /// 科室历史 under a breadcrumb that ends with it, right above the sentences.
    fn ends_crumb(&self, at: usize, text: &str) -> bool {
        let above = at.checked_sub(1).and_then(|above| self.lines.get(above).zip(self.shapes.get(above)));
        above.is_some_and(|(line, shape)| {
            matches!(shape.kind, Kind::Crumb | Kind::CrumbLike) && line.text.ends_with(text)
        }) && (self.opens_text(at) || self.opens_sections(at))
    }

    /// 科室概况 under 神经内科(脑病科): the first section of a department's own page.
    fn is_section_of_department(&self, at: usize, text: &str) -> bool {
        let sections = word_list![
            "科室概况",
            "科室简介",
            "科室介绍",
            "学科概况",
            "学科简介",
            "专科概况",
            "专科简介",
            "专科介绍",
            "基本情况",
            "历史沿革",
            "发展历程",
            "科室历史"
        ];
        let above = at.checked_sub(1).and_then(|above| self.lines.get(above).zip(self.shapes.get(above)));
        text.chars().count() == 4
            && sections.begin(text)
            && above.is_some_and(|(line, shape)| {
                let name = line.text.split(['（', '(']).next().unwrap_or_default().trim_end();
                shape.kind == Kind::Plain
                    && shape.chars <= 20
                    && (name.ends_with('科') || name.ends_with("中心"))
            })
    }

    /// 医院简介 between a menu that has it, too, and the sentences.
    fn is_opened_column(&self, at: usize, text: &str) -> bool {
        let above = at.checked_sub(1).and_then(|above| self.lines.get(above).zip(self.shapes.get(above)));
        at + 1 == self.end
            && above.is_some_and(|(line, shape)| {
                matches!(shape.kind, Kind::Nav | Kind::NavLike) && line.text.contains(text)
            })
    }

    /// 一、科室概况, 【科室概况】, 科室电话:…: what stands under a department's name on its own page.
    fn opens_sections(&self, at: usize) -> bool {
        self.lines.get(at + 1).is_some_and(|line| {
            is_enumerated(&line.text) || line.text.starts_with('【') || names_telephone(&line.text)
        })
    }

    /// 讣告 between the breadcrumb and the byline.
    fn stands_alone(&self, at: usize) -> bool {
        let kind = |at: usize| self.shapes.get(at).map(|shape| shape.kind);
        let above = at.checked_sub(1).and_then(kind);
        matches!(above, Some(Kind::Crumb | Kind::CrumbLike)) && self.byline == Some(at + 1)
    }

    /// Whether a line stands right above the sentences, the byline or those who are addressed.
    fn opens_text(&self, at: usize) -> bool {
        // 本报某日第1版《…》一文,部分内容有误,现更正如下: is a sentence as well.
        let addressed = |line: &Line<'_>| {
            line.text.ends_with(['：', ':'])
                && (line.text.chars().count() <= 30 || line.text.contains(['，', ',']))
        };
        at + 1 == self.end || self.is_over_byline(at) || self.lines.get(at + 1).is_some_and(addressed)
    }

    /// Whether the byline follows a line, at most a source or keywords between them.
    fn is_over_byline(&self, at: usize) -> bool {
        let short = |line: &Line<'_>| line.text.chars().count() <= 12;
        self.byline == Some(at + 1)
            || (self.byline == Some(at + 2) && self.lines.get(at + 1).is_some_and(short))
    }

    /// A motto under the name of its house.
    fn is_under_site(&self, at: usize) -> bool {
        self.byline != Some(at + 1)
            && at
                .checked_sub(1)
                .and_then(|above| self.lines.get(above))
                .is_some_and(|line| is_site_name(&line.text))
    }

    /// Whether `——某县人民医院骨科发展纪实` stands under a line.
    fn has_second_line(&self, at: usize) -> bool {
        let second = |line: &Line<'_>| {
            let rest = line.text.strip_prefix("——").or_else(|| line.text.strip_prefix("--"));
            rest.is_some_and(|rest| (4..=60).contains(&rest.chars().filter(|c| is_han(*c)).count()))
        };
        at + 1 < self.end && self.lines.get(at + 1).is_some_and(second)
    }

    /// The value of a label that ends the line above: `发布机构：` / 某某局.
    fn is_value(&self, at: usize) -> bool {
        let above = at.checked_sub(1).and_then(|above| self.lines.get(above).zip(self.shapes.get(above)));
        above.is_some_and(|(line, shape)| {
            !shape.signs.labels.is_empty() && line.text.ends_with(['：', ':']) && shape.chars <= 12
        })
    }

    fn is_listed(&self, at: usize) -> bool {
        self.listed.get(at).copied().unwrap_or(false)
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
            Some(byline) if at == byline => -above,
            Some(byline) => {
                let between = self.shapes.get(at + 1..byline).unwrap_or(&[]);
                // Paragraphs of their own, but for labels and sources.
                let gaps = self.lines.get(at + 1..byline).unwrap_or(&[]).iter();
                let gaps =
                    gaps.filter(|l| l.gap && l.text.chars().count() > 8 && !is_speaker(&l.text)).count();
                let between_kinds = |s: &Shape| {
                    matches!(s.kind, Kind::Plain | Kind::Item | Kind::Tags | Kind::Control | Kind::Byline)
                };
                let plain = between.len() <= 2 && between.iter().all(between_kinds);
                3 * i32::from(plain && gaps == 0) - above
            }
            // 骨科的四十年 between the breadcrumb, or the site's name and menu, and the sentences.
            None if at + 1 == self.end && at > 0 => {
                let kind = self.shapes.get(at - 1).map(|s| s.kind);
                let foreign = |text: &str| !text.chars().any(is_han);
                // 【要闻】, a column's name.
                let column = |text: &str| text.chars().filter(|c| is_han(*c)).count() <= 4;
                let front = |text: &str| {
                    is_site_name(text) || foreign(text) || column(text) || motto_weight(text) > 0
                };
                let site = || self.lines.get(at - 1).is_some_and(|line| front(&line.text));
                let weight = match kind {
                    Some(Kind::Crumb | Kind::Nav) => 3,
                    Some(Kind::DateLed | Kind::SoleDate | Kind::Byline) => 2,
                    _ if site() => 2,
                    _ => 0,
                };
                weight - above
            }
            // 骨科简介 under the breadcrumb, over its first subheading.
            None => {
                let kind = at.checked_sub(1).and_then(|above| self.shapes.get(above)).map(|s| s.kind);
                2 * i32::from(matches!(kind, Some(Kind::Crumb | Kind::CrumbLike))) - above
            }
        }
    }

    /// Whether the breadcrumb, or another line above the sentences, repeats it.
    fn is_repeated(&self, at: usize, text: &str) -> bool {
        let others = self.lines.iter().take(self.end).enumerate().filter(|&(other, _)| other != at);
        text.chars().count() >= 8 && others.into_iter().any(|(_, line)| line.text.contains(text))
    }
}

/// 科室电话：0517-…: whom to call.
fn names_telephone(text: &str) -> bool {
    if !text.contains(['：', ':']) {
        return false;
    }
    word_list!["电话：", "电话:", "電話：", "電話:", "热线：", "热线:", "熱線："].iter().any(|label| {
        text.split_once(label).is_some_and(|(_, number)| {
            number.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '(')
        })
    })
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
    // 生成日期：2023-05-01 stands in a register, wherever that is.
    let labels = &shape.signs.labels;
    let register =
        labels.iter().all(|l| matches!(l.sign, Sign::Register | Sign::Written)) && !labels.is_empty();
    matches!(shape.kind, Kind::Byline | Kind::DateLed | Kind::SoleDate) && !register
}

/// The first byline, or the first of those lines that lead up to the first one that has labels: what stands above these may be a
/// list of other articles, each with its day.
fn first_byline(
    lines: &[Line<'_>],
    shapes: &[Shape],
    listed: &[bool],
    from: usize,
    end: usize,
) -> Option<usize> {
    let leaf = |at: usize| {
        let line = lines.get(at).filter(|line| may_be_piece(&line.text));
        line.is_some_and(|line| day_of(&line.text, lines.get(at + 1).map(|next| &*next.text)).is_some())
    };
    let is = |at: usize| {
        (shapes.get(at).is_some_and(is_byline) || leaf(at)) && !listed.get(at).copied().unwrap_or(false)
    };
    let first = (from..end).find(|&at| is(at))?;
    let labelled = |at: &usize| shapes.get(*at).is_some_and(|s| s.kind == Kind::Byline && s.date.is_some());
    let Some(mut at) = (first..end).find(labelled) else { return Some(first) };
    while at > first && is(at - 1) {
        at -= 1;
    }
    Some(at)
}

/// Whether a line above a headline can be no headline itself: a menu, a site's or paper's name, a page's number.
pub(crate) fn is_front(line: &Line<'_>, shape: &Shape) -> bool {
    shape.is_furniture()
        || shape.kind == Kind::CrumbLike
        || (shape.kind == Kind::NavLike && line.text.contains(['|', '｜', '丨', '┆']))
        || is_site_name(&line.text)
        || names_issue(&line.text)
        || (shape.chars <= 16 && line.text.contains(['·', '|', '｜', '•']))
        || is_paper(&line.text)
}

/// Which of the first lines are items of a list of articles: two or more in a row that have a headline's words and a day.
pub(crate) fn dated_list(lines: &[Line<'_>], shapes: &[Shape], end: usize) -> Vec<bool> {
    // How many Han characters an item has besides its day.
    let item = |at: usize| {
        let (line, shape) = (lines.get(at)?, shapes.get(at)?);
        let date = shape.date.filter(|_| shape.signs.labels.is_empty() && shape.kind != Kind::Prose)?;
        // 2016年3月 某科获批…: a step of a history; lists of articles have days.
        if !matches!(date.value, Precision::Day(_)) {
            return None;
        }
        let (before, after) = (line.text.get(..date.start)?, line.text.get(date.end..)?);
        let words = if date.start == 0 { after } else { before };
        let alone = date.start == 0 || after.chars().all(|c| !is_han(c));
        alone.then(|| words.chars().filter(|c| is_han(*c)).count()).filter(|han| *han >= 4)
    };
    let mut listed = vec![false; end.min(lines.len())];
    for at in 1..listed.len() {
        if item(at - 1).zip(item(at)).is_some_and(|(above, below)| above.max(below) >= 6) {
            for slot in listed.get_mut(at - 1..=at).unwrap_or(&mut []) {
                *slot = true;
            }
        }
    }
    listed
}
