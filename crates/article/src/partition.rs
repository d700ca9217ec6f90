//! Which lines are the article and which stand around it.
//!
//! Evidence comes in classes: what a line is by itself ([`Kind`]), where it stands (above the headline, under it, after the last
//! sentence), and what heads it (a list of other articles runs on under its heading). A line is set apart for a reason; what
//! has none stays in the article, for a lost line is a lost fact.

mod teasers;

use crate::calendar_leaf::{day_of, may_be_piece};
use crate::dateline::is_reporters;
use crate::headline::dated_list;
use crate::key::is_han;
use crate::line::{Kind, Line, Shape};
use crate::printed_date::Precision;
use xinglin_text::{WordList, word_list};

/// What a line is to the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The headline.
    Headline,
    /// The article's own text.
    Body,
    /// Date, source and author of the article: noise that is read for them.
    Imprint,
    /// Another article's headline or teaser: noise whose dates are not this article's.
    Other,
    /// Everything else around the article.
    Noise,
}

/// How many lines under the headline may belong to its byline.
const BYLINE_REACH: usize = 12;

/// A role for each line.
pub(crate) fn partition(lines: &[Line<'_>], shapes: &[Shape], headline: Option<usize>) -> Vec<Role> {
    let mut roles = vec![Role::Body; lines.len()];
    let start = headline.map_or_else(|| furniture_run(shapes), |at| at + 1);
    let listed = dated_list(lines, shapes, start);
    for at in 0..start.min(lines.len()) {
        let other = listed.get(at).copied().unwrap_or(false);
        set(&mut roles, at, if other { Role::Other } else { front_role(lines, shapes, at) });
    }
    if let Some(at) = headline {
        leaf_roles(lines, &mut roles, at.saturating_sub(2), at);
    }
    if let Some(at) = headline {
        set(&mut roles, at, Role::Headline);
    }
    let body = byline_roles(lines, shapes, &mut roles, start);
    body_roles(lines, shapes, &mut roles, body);
    let sentences = foot_roles(shapes, &mut roles, start);
    teasers::mark(lines, shapes, &mut roles, sentences);
    roles
}

fn set(roles: &mut [Role], at: usize, role: Role) {
    if let Some(slot) = roles.get_mut(at) {
        *slot = role;
    }
}

fn kind(shapes: &[Shape], at: usize) -> Option<Kind> {
    shapes.get(at).map(|s| s.kind)
}

/// Without a headline: how many lines at the top are furniture.
fn furniture_run(shapes: &[Shape]) -> usize {
    let furniture =
        |s: &Shape| s.is_furniture() || matches!(s.kind, Kind::NavLike | Kind::CrumbLike | Kind::SoleDate);
    shapes.iter().take_while(|s| furniture(s)).count()
}

/// Above the headline only sentences can be the article's.
fn front_role(lines: &[Line<'_>], shapes: &[Shape], at: usize) -> Role {
    match kind(shapes, at) {
        Some(Kind::Prose) if lines.get(at).is_some_and(|l| !l.set_apart) => Role::Body,
        Some(Kind::Byline | Kind::DateLed | Kind::SoleDate) => Role::Imprint,
        _ => Role::Noise,
    }
}

/// The lines between headline and first sentence: where the body begins.
fn byline_roles(lines: &[Line<'_>], shapes: &[Shape], roles: &mut [Role], start: usize) -> usize {
    let end = (start..lines.len().min(start + BYLINE_REACH))
        .find(|&at| kind(shapes, at) == Some(Kind::Prose))
        .unwrap_or(start + BYLINE_REACH)
        .min(lines.len());
    let mut dated = false;
    // 2016-03-05 骨科获评… over 2018-05-09 门诊楼奠基, under 医院大事记.
    let history = start.checked_sub(1).and_then(|at| lines.get(at)).is_some_and(|line| {
        word_list!["大事记", "大事記", "历程", "歷程", "沿革", "足迹", "足跡", "荣誉", "榮譽", "编年", "年表"]
            .stand_in(&line.text)
    });
    let led = |at: usize| {
        let words = |line: &Line<'_>| line.text.chars().filter(|c| is_han(*c)).count() >= 4;
        let plain = |s: &Shape| s.kind == Kind::DateLed && s.signs.labels.is_empty();
        shapes.get(at).is_some_and(plain) && lines.get(at).is_some_and(words)
    };
    for at in start..end {
        let apart = lines.get(at).is_some_and(|l| l.set_apart);
        let role = match kind(shapes, at) {
            Some(Kind::Byline) => Role::Imprint,
            Some(Kind::SoleDate) if is_of_event(lines, shapes, at) => continue,
            Some(Kind::DateLed) if history && led(at) && (led(at + 1) || at > start && led(at - 1)) => {
                continue;
            }
            Some(Kind::DateLed | Kind::SoleDate) if !dated && at < start + 5 => Role::Imprint,
            Some(Kind::Crumb | Kind::CrumbLike) => Role::Noise,
            _ if apart => Role::Noise,
            _ => continue,
        };
        let day = |s: &Shape| s.date.is_some_and(|d| matches!(d.value, Precision::Day(_)));
        dated |= role == Role::Imprint && shapes.get(at).is_some_and(day);
        set(roles, at, role);
    }
    if !dated {
        leaf_roles(lines, roles, start, end.min(start + 5));
    }
    start
}

/// Between two lines: a day printed in pieces.
fn leaf_roles(lines: &[Line<'_>], roles: &mut [Role], from: usize, to: usize) {
    let mut at = from;
    while at < to {
        let next = lines.get(at + 1).filter(|_| at + 1 < to).map(|line| &*line.text);
        let day =
            lines.get(at).filter(|line| may_be_piece(&line.text)).and_then(|line| day_of(&line.text, next));
        if day.is_some() {
            set(roles, at, Role::Imprint);
            if next.is_some_and(may_be_piece) {
                set(roles, at + 1, Role::Imprint);
            }
            return;
        }
        at += 1;
    }
}

/// `时间：2023年5月6日` over `地点：三楼会议室`: when something takes place.
fn is_of_event(lines: &[Line<'_>], shapes: &[Shape], at: usize) -> bool {
    static FIELDS: WordList = WordList::new(&[
        "地点", "地點", "地址", "会场", "會場", "主讲", "主講", "主题", "主題", "对象", "對象", "形式",
        "平台", "嘉宾",
    ]);
    let labelled = shapes.get(at).is_some_and(|shape| !shape.signs.labels.is_empty());
    let field = |line: &Line<'_>| {
        let label = line.text.split(['：', ':']).next().unwrap_or("");
        label.len() < line.text.len() && label.chars().count() <= 8 && FIELDS.stand_in(label)
    };
    labelled && lines.iter().skip(at.saturating_sub(2)).take(5).any(field)
}

fn body_roles(lines: &[Line<'_>], shapes: &[Shape], roles: &mut [Role], start: usize) {
    let prose = |at: &usize| kind(shapes, *at) == Some(Kind::Prose);
    let sentences = (start..lines.len()).find(prose).unwrap_or(lines.len())
        ..(start..lines.len()).rev().find(prose).unwrap_or(start);
    let mut written = 0;
    let mut at = start;
    while at < lines.len() {
        let (Some(line), Some(shape)) = (lines.get(at), shapes.get(at)) else { break };
        if roles.get(at) != Some(&Role::Body) {
            at += 1;
            continue;
        }
        let mut next = at + 1;
        match shape.kind {
            Kind::Byline | Kind::Editor => set(roles, at, Role::Imprint),
            // The reporters and the day, under the paragraph that opens the article.
            Kind::DateLed if names_reporters(line, shape) => set(roles, at, Role::Imprint),
            _ if line.set_apart => set(roles, at, Role::Noise),
            Kind::RelatedMaybe if !heads_list(lines, shapes, at) => {}
            Kind::Related | Kind::RelatedMaybe => {
                next = list_end(lines, shapes, at, written);
                (at..next).for_each(|i| set(roles, i, Role::Other));
            }
            Kind::RelatedInline => set(roles, at, Role::Other),
            Kind::Turn => {
                // The article has ended, unless these links stand above it.
                let ends = written >= 100 || at > sentences.end;
                next = if ends { lines.len() } else { at + 1 };
                (at..next).for_each(|i| set(roles, i, Role::Other));
            }
            // Between sentences 关键词：担当 is a subheading.
            Kind::Tags | Kind::Ad if sentences.contains(&at) && !holds_address(&line.text) => {
                written += shape.chars
            }
            _ if shape.is_furniture() => set(roles, at, Role::Noise),
            _ => written += shape.chars,
        }
        at = next;
    }
}

fn names_reporters(line: &Line<'_>, shape: &Shape) -> bool {
    shape.date.and_then(|date| line.text.get(..date.start)).is_some_and(|before| is_reporters(before.trim()))
}

fn holds_address(text: &str) -> bool {
    text.contains("://") || text.contains("www.") || text.starts_with(['【', '[', '(', '（'])
}

/// Whether other articles' headlines follow, not sentences of this one.
fn heads_list(lines: &[Line<'_>], shapes: &[Shape], at: usize) -> bool {
    match (lines.get(at + 1), shapes.get(at + 1)) {
        (Some(line), Some(shape)) => line.linked >= 80 || shape.kind != Kind::Prose,
        _ => true,
    }
}

/// Where a list of other articles ends. Its items may have summaries, so one paragraph does not end it: two paragraphs that follow
/// one another do, where neither is bulleted or indented, and so does the first where the article has hardly begun.
fn list_end(lines: &[Line<'_>], shapes: &[Shape], heading: usize, written: usize) -> usize {
    let own = |at: usize| {
        let (Some(line), Some(shape)) = (lines.get(at), shapes.get(at)) else { return false };
        shape.kind == Kind::Prose
            && !line.indented
            && !line.set_apart
            && line.linked < 50
            && shape.chars >= 40
            && line.text.ends_with(['。', '！', '？', '”', '」', '）', ')', '：'])
    };
    for at in heading + 1..lines.len() {
        let begins = own(at) && (written < 100 || own(at + 1));
        if begins && at > heading + 1 {
            return at;
        }
    }
    lines.len()
}

/// Behind the last sentence: what follows a copyright line is the page's foot, and so are addresses that touch it. Where the sentences
/// end.
fn foot_roles(shapes: &[Shape], roles: &mut [Role], start: usize) -> usize {
    let is_body = |roles: &[Role], at: usize| roles.get(at) == Some(&Role::Body);
    let sentences = (start..shapes.len())
        .rev()
        .find(|&at| is_body(roles, at) && kind(shapes, at) == Some(Kind::Prose))
        .map_or(start, |at| at + 1);
    let Some(foot) = (sentences..shapes.len()).find(|&at| kind(shapes, at) == Some(Kind::Footer)) else {
        return sentences;
    };
    for at in foot..shapes.len() {
        if is_body(roles, at) {
            set(roles, at, Role::Noise);
        }
    }
    for at in (sentences..foot).rev() {
        match kind(shapes, at) {
            Some(Kind::Contact) => set(roles, at, Role::Noise),
            _ if !is_body(roles, at) => {}
            _ => break,
        }
    }
    sentences
}
