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
    // 2021,建设
    let status = text
        .split(['，', ',', '；', ';', '、', ' '])
        .filter(|piece| piece.chars().count() <= 6)
        .find_map(Narrator::status_word);
    Some(Award {
        level: level.or(award.level),
        status: status.unwrap_or(award.status),
        status_said: award.status_said || status.is_some(),
        ..*award
    })
}

/// When one name of a list was given its title: 骨科(2020年), 骨科、儿科(以上2018年获评), 肾内科、病理科(2023年列入).
pub(crate) fn own_year(reading: &Reading<'_>, name: Span, line: Span) -> Option<i32> {
    if !line.of(reading.text()).contains(['(', '（']) {
        return None;
    }
    if let Some(inner) = behind(reading, name) {
        // 建设单位,2021年
        let mut pieces = inner.of(reading.text()).split(['，', ',', '；', ';', '、']);
        return pieces.find_map(|piece| year_given(piece.trim())).map(|(year, _)| year);
    }
    // The bracket behind the names that follow it, where it ends the line or says that it stands for all.
    let rest = reading.between(name.end, line.end);
    let (names, told) = rest.split_once(['(', '（'])?;
    let (inner, tail) = told.split_once([')', '）'])?;
    let (year, all) = year_given(inner)?;
    let listed = !names.contains(['，', ',', '；', ';', '。', ':', '：']);
    let last = tail.trim_matches(['。', '；', ';', ' ']).is_empty();
    let first = !reading.between(line.start, name.start).contains(['(', '（']);
    (listed && (all || last && first)).then_some(year)
}

/// 2020年, 以上2018年获评: the year that a bracket says a title was given in, and whether it says so of all before it.
fn year_given(inner: &str) -> Option<(i32, bool)> {
    let told = word_list!["以上均为", "以上均于", "以上", "均为", "均于", "均是", "均"].strip_prefix(inner);
    let rest = told.unwrap_or(inner);
    let year: i32 = rest.get(..4)?.parse().ok().filter(|year| (1950..=2100).contains(year))?;
    // 2012年，“十一五”期间验收合格
    let how = rest.get(4..)?.trim_start_matches(['年', '度']);
    let how = how.split(['，', ',', '；']).next().unwrap_or_default();
    let given = word_list![
        "获评",
        "获批",
        "列入",
        "入选",
        "评定",
        "评为",
        "命名",
        "授予",
        "认定",
        "确定",
        "公布",
        "获得",
        "授牌",
        "挂牌",
        "入列",
        "评审通过",
        "通过验收",
        "通过复核"
    ];
    (how.is_empty() || given.strip_prefix(how) == Some("")).then_some((year, told.is_some()))
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
