//! What the bracket behind a name in a list says of its title: 神经内科(重点专科)、高压氧科(建设专科)、眼科(暂缓).

use super::draft::{Award, awards};
use super::heading::{level_of, narrowed};
use super::narrative::Narrator;
use crate::gazetteer::tables::NEGATION;
use crate::kinds::{Level, Tier};
use crate::mention::{Span, window_after};
use crate::reading::Reading;
use xinglin_text::word_list;

/// The furthest that a bracket's end is looked for, in bytes.
const REACH: usize = 66;

/// The title of one name of a list: the list's own, as far as a bracket behind the name says no other. Nothing where it denies it.
pub(crate) fn own_award(reading: &Reading<'_>, name: Span, award: &Award) -> Option<Award> {
    let Some(inner) = behind(reading, name) else { return Some(*award) };
    let text = inner.of(reading.text());
    // 勉县医院(勉县第一人民医院): a second name.
    if !reading.institutions_in(inner).is_empty() || text.starts_with('含') {
        return Some(*award);
    }
    if reading.scan.says(inner, NEGATION) || is_put_off(text) {
        return None;
    }
    if let [title] = reading.titles_in(inner)
        && !(title.activity || title.void || title.person)
        && let Some(own) = awards(title).first()
    {
        return Some(Award {
            level: own.level.or(award.level),
            tier: own.tier.or(award.tier),
            region: own.region.or(award.region),
            status_said: true,
            ..*own
        });
    }
    // 急诊科(县域): the province's, for a county's hospital.
    if award.level == Some(Level::Provincial) && matches!(text, "县域" | "县级" | "县域级" | "县域专科")
    {
        return Some(Award { tier: Some(Tier::County), ..*award });
    }
    if let Some(own) = narrowed(reading, inner, award) {
        return Some(own);
    }
    let level = level_of(text).filter(|_| text.ends_with('级') && text.chars().count() <= 4);
    let status = Narrator::status_word(text).filter(|_| text.chars().count() <= 6);
    Some(Award {
        level: level.or(award.level),
        status: status.unwrap_or(award.status),
        status_said: award.status_said || status.is_some(),
        ..*award
    })
}

/// 延期验收, 暂定: neither given nor refused.
pub(crate) fn is_put_off(text: &str) -> bool {
    word_list![
        "延期",
        "延后",
        "待定",
        "待整改",
        "待复核",
        "限期",
        "补充材料",
        "继续建设",
        "延长建设",
        "建设期延长",
        "周期延长",
        "延长一年",
        "延长半年",
        "延长两年"
    ]
    .stand_in(text)
}

/// Whether every title of a line stands alone in a bracket behind another word.
pub(crate) fn are_only_bracketed(reading: &Reading<'_>, line: Span) -> bool {
    reading.titles_in(line).iter().all(|title| {
        title.levels.is_empty()
            && title.span.start > line.start
            && matches!(reading.scan.before(title.span.start), Some('(' | '（'))
            && matches!(reading.scan.after(title.span.end), Some(')' | '）'))
    })
}

/// What the bracket holds that ends a name or opens right behind it.
fn behind(reading: &Reading<'_>, name: Span) -> Option<Span> {
    let text = name.of(reading.text());
    if let Some(head) = text.strip_suffix([')', '）']) {
        let open = head.rfind(['(', '（'])?;
        let sign = head.get(open..)?.chars().next()?.len_utf8();
        return Some(Span::new(name.start + open + sign, name.start + head.len()));
    }
    let tail = window_after(reading.text(), name.end, REACH);
    let inner = tail.strip_prefix(['(', '（'])?;
    let close = inner.find([')', '）'])?;
    let start = name.end + tail.len() - inner.len();
    Some(Span::new(start, start + close))
}
