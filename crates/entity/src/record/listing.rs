//! Records out of lists: a heading that names a title, and lines under it that name hospitals and specialties.

use super::draft::{Award, Dating, Draft, Field, Origin, awards};
use super::heading::{narrowed, passes, status_led, under_province};
use super::{bracket, field};
use crate::gazetteer::tables::{AWARD, AWARD_END, COPULA, HOPE, Kinds, NEGATION, NEWS, PASSING};
use crate::kinds::Status;
use crate::mention::Span;
use crate::mention::institution::{Naming, is_han};
use crate::mention::placed::Placed;
use crate::mention::specialty::SpecialtyMention;
use crate::reading::Reading;
use crate::resolve::cast::Cast;
use crate::structure::line::{Line, is_prose};
use xinglin_text::{CharSet, word_list};

/// The words of sentences, which lists of names have none of.
const TOLD: Kinds = AWARD.or(PASSING).or(NEGATION).or(HOPE).or(COPULA).or(NEWS);

/// What a list has said so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct ListState {
    /// A line that names hospitals alone: the lines under it are their specialties.
    pub(crate) holders: Vec<usize>,
    /// A line that names a specialty alone: the lines under it are its hospitals.
    pub(crate) field: Option<Field>,
}

/// One line of a list, taken apart.
#[derive(Debug)]
struct Item {
    holders: Vec<(Span, usize)>,
    fields: Vec<(Span, Field)>,
}

/// Reads a line under a heading; `None` where it is no item.
pub(crate) fn item(
    reading: &Reading<'_>,
    cast: &Cast,
    fields: &Placed<SpecialtyMention>,
    line: &Line,
    next: Option<&Line>,
    award: &Award,
    state: &mut ListState,
) -> Option<Vec<Draft>> {
    let text = line.body.of(reading.text());
    let long =
        (is_prose(text) && text.chars().count() > 60) || text.ends_with('。') && text.chars().count() > 40;
    if long && !is_enumeration(reading, cast, fields, line.body) {
        return None;
    }
    if reading.scan.says(line.span, NEGATION) {
        return Some(Vec::new());
    }
    // 院级:口腔科
    let own = text.split_once([':', '：']).is_some_and(|(label, _)| {
        label.chars().count() <= 8 && word_list!["院级", "校级", "集团级", "全军", "军队级"].begin(label)
    });
    if own {
        return Some(Vec::new());
    }
    let labelled = by_label(reading, fields, line.body, award);
    let award = labelled.as_ref().unwrap_or(award);
    let item = take_apart(reading, cast, fields, line.body);
    if item.holders.is_empty() && names_another(reading, line.body) {
        return Some(Vec::new());
    }
    // 通过验收的专科(6个):A医院甲科、乙科,B医院丙科: whose building is done.
    let head = item.holders.first().map_or("", |(span, _)| reading.between(line.body.start, span.start));
    // 建设期延长半年的是:A医院甲科
    if head.len() >= "延期".len() && bracket::is_put_off(head) {
        return Some(Vec::new());
    }
    let done = award.done();
    // 优秀 | 某医院 | 骨科; 某医院 | 骨科 | 合格
    let tail = item.fields.last().map_or("", |(span, _)| reading.between(span.end, line.body.end));
    let bars = &[' ', '|', '｜'];
    let passed = passes(head.trim_matches(bars)) || tail.contains('|') && passes(tail.trim_matches(bars));
    let award = if award.status == Status::Construction && passed { &done } else { award };
    // 3 某县人民医院 儿科 建设单位
    let remark = field::status_label(tail.trim_matches(bars)).filter(|_| item.fields.len() == 1);
    let remarked = remark.map(|status| Award { status, status_said: true, ..*award });
    let award = remarked.as_ref().unwrap_or(award);
    // 2个培育单位则是某医院甲科和某医院乙科。
    let opening =
        Span::new(line.body.start, item.holders.first().map_or(line.body.start, |(span, _)| span.start));
    // The lower one is the line's own, whatever the headline says of them all.
    let lower = |status: &Status| *status == Status::Cultivation && award.status == Status::Construction;
    let led = status_led(reading, opening).filter(|status| !award.status_said || lower(status));
    let led = led.map(|status| Award { status, status_said: true, ..*award });
    let award = led.as_ref().unwrap_or(award);
    let draft = |holder: usize, span: Span, field: Field| {
        Some(Draft {
            holder,
            field,
            award: bracket::own_award(reading, span, award)?,
            dating: bracket::own_year(reading, span, line.body).map_or(Dating::News, Dating::Printed),
            origin: Origin::List,
            evidence: line.body,
        })
    };
    match (item.holders.is_empty(), item.fields.is_empty()) {
        (true, true) => {
            state.field = None;
            // (六)老年护理(2个): no specialty of the table, but hospitals stand under it.
            if heads_hospitals(reading, cast, fields, next)
                && let Some(field) = pieces(reading, line.body)
                    .first()
                    .and_then(|piece| field::named(reading.tables, piece.of(reading.text())))
            {
                state.field = Some(field);
                state.holders.clear();
                return Some(Vec::new());
            }
            is_note(text).then(Vec::new)
        }
        (false, true) => {
            if let Some(known) = &state.field {
                let holders = item.holders.iter();
                return Some(
                    holders.filter_map(|(span, holder)| draft(*holder, *span, known.clone())).collect(),
                );
            }
            state.holders = item.holders.iter().map(|(_, holder)| *holder).collect();
            Some(Vec::new())
        }
        (true, false) => {
            if state.holders.is_empty()
                && heads_hospitals(reading, cast, fields, next)
                && item.fields.len() == 1
            {
                state.field = item.fields.into_iter().next().map(|(_, field)| field);
                state.holders.clear();
                return Some(Vec::new());
            }
            let holders = if state.holders.is_empty() {
                cast.home.into_iter().collect()
            } else {
                state.holders.clone()
            };
            Some(
                holders
                    .iter()
                    .flat_map(|holder| {
                        item.fields
                            .iter()
                            .filter_map(move |(span, field)| draft(*holder, *span, field.clone()))
                    })
                    .collect(),
            )
        }
        (false, false) => {
            state.field = None;
            state.holders.clear();
            // …的急诊科同时入选。 is a sentence, however short.
            if text.ends_with('。') && reading.scan.says(line.body, AWARD.or(AWARD_END).or(PASSING)) {
                return None;
            }
            // 某医院眼科将参加下一轮检查。 tells something of its own.
            if text.ends_with('。') && tells_behind(reading, line.body, &item) {
                return None;
            }
            let pairs = pairs(&item).into_iter();
            Some(pairs.filter_map(|(holder, span, field)| draft(holder, span, field)).collect())
        }
    }
}

/// Whether more stands behind the last name of a line than a count or a bracket: 某医院眼科下周起试行新的门诊时间。
fn tells_behind(reading: &Reading<'_>, body: Span, item: &Item) -> bool {
    const COUNT: usize = 6;
    let ends =
        item.holders.iter().map(|(span, _)| span.end).chain(item.fields.iter().map(|(span, _)| span.end));
    let tail = reading.between(ends.max().unwrap_or(body.start), body.end);
    let tail = tail.trim_start_matches('等');
    !tail.starts_with(['(', '（'])
        && !tail.contains("填补")
        && tail.chars().filter(|c| is_han(*c)).count() >= COUNT
}

/// 省级:骨科、儿科, 市级培育项目:眼科: the list's title, as far as the label of a line says.
fn by_label(
    reading: &Reading<'_>,
    fields: &Placed<SpecialtyMention>,
    body: Span,
    award: &Award,
) -> Option<Award> {
    let label = body.of(reading.text()).split_once([':', '：'])?.0;
    let span = Span::new(body.start, body.start + label.len());
    let plain = reading.institutions_in(span).is_empty() && field::mentions_in(fields, span).is_empty();
    narrowed(reading, span, award).filter(|_| plain)
}

/// Whether a line opens with a hospital that is not known: what it holds must not fall to another.
fn names_another(reading: &Reading<'_>, body: Span) -> bool {
    let first = reading.institutions_in(body).first();
    first.is_some_and(|first| first.naming == Naming::Bare && first.span.start - body.start <= 30)
}

/// A医院甲科、B医院乙科、C医院丙科。 Names and nothing else, however long.
fn is_enumeration(reading: &Reading<'_>, cast: &Cast, fields: &Placed<SpecialtyMention>, body: Span) -> bool {
    let (holders, named) = names_alone(reading, cast, fields, body);
    if holders < 2 || named != 1 {
        return holders >= 2 && named >= 2;
    }
    // 骨科（3个）：A医院、B医院、C医院。: a department and who has it.
    let first = fields.inside(body).first().filter(|first| first.span.start <= body.start + '手'.len_utf8());
    first.is_some_and(|first| {
        let rest = reading.between(first.span.end, body.end).trim_start();
        let count = rest.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）']));
        count.map_or(rest, |(_, behind)| behind).starts_with(['：', ':'])
    })
}

/// A医院:甲科、乙科: whether a line holds a hospital's name, those of departments, and nothing else.
pub(crate) fn is_pair(
    reading: &Reading<'_>,
    cast: &Cast,
    fields: &Placed<SpecialtyMention>,
    line: &Line,
) -> bool {
    let (holders, named) = names_alone(reading, cast, fields, line.body);
    holders >= 1 && named >= 1 && bracket::are_only_bracketed(reading, line.span)
}

/// How many hospitals and departments a piece of text names, where it says nothing besides.
fn names_alone(
    reading: &Reading<'_>,
    cast: &Cast,
    fields: &Placed<SpecialtyMention>,
    body: Span,
) -> (usize, usize) {
    let text = body.of(reading.text());
    // Without a hospital no caller wants the rest.
    if reading.institutions_in(body).is_empty() || reading.scan.says(body, TOLD) {
        return (0, 0);
    }
    // 【雷山】县医院骨科。【从江】县医院儿科。: as many labels, and one list.
    let labels = bracketed_labels(text);
    let whole = |text: &str| !text.trim_end_matches('。').contains(['。', '！', '？']);
    let one =
        || text.len() <= 6_000 && if labels > 0 { text.split("。【").all(whole) } else { whole(text) };
    if !one() {
        return (0, 0);
    }
    let item = take_apart(reading, cast, fields, body);
    let length = |span: &Span| span.end - span.start;
    // 黄冈：A医院甲科，B医院（乙科）。: the place is a label.
    let text = match text.split_once(['：', ':']) {
        Some((label, rest)) if (2..=5).contains(&label.chars().count()) => rest,
        _ => text,
    };
    // A second name in brackets is a name, too.
    let named: usize = reading.institutions_in(body).iter().map(|name| length(&name.span)).sum::<usize>()
        + item.fields.iter().map(|(span, _)| length(span)).sum::<usize>();
    if named * 10 >= (text.len() - labels.min(text.len())) * 8 {
        (item.holders.len(), item.fields.len())
    } else {
        (0, 0)
    }
}

/// How much of a line its labels of places in brackets take, and what brackets say of short names, in bytes: 【雷山】, (下称“附二院”).
fn bracketed_labels(text: &str) -> usize {
    static SIGNS: CharSet = CharSet::of("【称个筹管");
    if SIGNS.first_in(text.as_bytes()).is_none() {
        return 0;
    }
    let labels = text.split('【').skip(1).filter_map(|rest| rest.split_once('】'));
    let labels = labels.filter(|(label, _)| label.chars().count() <= 8);
    let called = text.split(['(', '（']).skip(1).filter_map(|rest| rest.split_once([')', '）']));
    // (3个), (经费自筹)
    let remark = |inner: &str| inner.chars().count() <= 4 && inner.ends_with(['个', '项', '筹', '管']);
    let called = called
        .filter(|(inner, _)| word_list!["下称", "以下简称", "简称", "以下称"].begin(inner) || remark(inner));
    labels.chain(called).map(|(inner, _)| inner.len() + "【】".len()).sum()
}

/// （一）县级重点专科。A医院：甲科、乙科；B医院：丙科。 A heading and its whole list in one line.
pub(crate) fn in_one_line(
    reading: &Reading<'_>,
    cast: &Cast,
    fields: &Placed<SpecialtyMention>,
    line: &Line,
    by_province: bool,
) -> Option<Vec<Draft>> {
    let [title] = reading.titles_in(line.span) else { return None };
    // 【P】甲科、乙科
    let before = reading.between(line.span.start, title.span.start);
    let bracketed = matches!(before, "【" | "[" | "［" | "〔");
    let opens =
        (title.span.start == line.body.start || bracketed) && !title.activity && !title.void && !title.person;
    if !opens || !line.cells.is_empty() {
        return None;
    }
    let award = under_province(awards(title).first().copied()?, by_province);
    let rest = reading.between(title.span.end, line.span.end);
    let count = rest.trim_start_matches(['”', '"', '(', '（', '共', ' ']);
    let count = count.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let closed = count.trim_start_matches(['个', '项', ')', '）', ' ']);
    let signs: &[char] = if bracketed { &['】', ']', '］', '〕'] } else { &['。', '：', ':'] };
    let list = closed.strip_prefix(signs)?;
    let mut start = line.span.end - list.len();
    let mut found = Vec::new();
    for raw in list.split_inclusive(['；', ';', '。']) {
        let span = Span::new(start, start + raw.len());
        start = span.end;
        if !raw.chars().any(char::is_alphanumeric) {
            continue;
        }
        let item = take_apart(reading, cast, fields, span);
        let plain = !reading.scan.says(span, TOLD);
        let own = cast.home.filter(|_| bracketed && item.holders.is_empty());
        if !plain || (item.holders.is_empty() && own.is_none()) || item.fields.is_empty() {
            return None;
        }
        let pairs = match own {
            Some(home) => item.fields.iter().map(|(span, field)| (home, *span, field.clone())).collect(),
            None => pairs(&item),
        };
        let pairs = pairs.into_iter();
        found.extend(pairs.filter_map(|(holder, own, field)| {
            Some(Draft {
                holder,
                field,
                award: bracket::own_award(reading, own, &award)?,
                dating: Dating::News,
                origin: Origin::List,
                evidence: Span::new(line.span.start, span.end),
            })
        }));
    }
    (!found.is_empty()).then_some(found)
}

/// Whether the next line names hospitals alone.
fn heads_hospitals(
    reading: &Reading<'_>,
    cast: &Cast,
    fields: &Placed<SpecialtyMention>,
    next: Option<&Line>,
) -> bool {
    next.is_some_and(|next| {
        let below = take_apart(reading, cast, fields, next.body);
        !below.holders.is_empty() && below.fields.is_empty()
    })
}

/// A医院甲科、乙科,B医院丙科, or 甲科:A医院、B医院.
fn pairs(item: &Item) -> Vec<(usize, Span, Field)> {
    let (Some((first_holder, _)), Some((first_field, _))) = (item.holders.first(), item.fields.first())
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if first_holder < first_field {
        for (span, field) in &item.fields {
            if let Some((_, holder)) = item.holders.iter().rev().find(|(known, _)| known.start <= span.start)
            {
                found.push((*holder, *span, field.clone()));
            }
        }
    } else {
        for (span, holder) in &item.holders {
            if let Some((_, field)) = item.fields.iter().rev().find(|(known, _)| known.start <= span.start) {
                found.push((*holder, *span, field.clone()));
            }
        }
    }
    found
}

/// 排名不分先后, (名单附后), 附件2, a date: says nothing and ends nothing.
fn is_note(text: &str) -> bool {
    text.chars().count() <= 24
        && (text.starts_with(['(', '（', '【'])
            || text.ends_with(['组', '类'])
            || word_list![
                "附件",
                "排名",
                "排序",
                "不分先后",
                "序号",
                "年",
                "名单",
                "(共",
                "单位",
                "科室",
                "机构"
            ]
            .stand_in(text))
}

/// 某医院骨科、儿科: the hospitals of a cell with their specialties; nothing where the cell says more.
pub(crate) fn pairs_in(reading: &Reading<'_>, cast: &Cast, cell: Span) -> Vec<(usize, Field)> {
    if reading.institutions_in(cell).is_empty() || reading.scan.says(cell, TOLD) {
        return Vec::new();
    }
    let item = take_apart(reading, cast, &Placed::default(), cell);
    pairs(&item).into_iter().map(|(holder, _, field)| (holder, field)).collect()
}

fn take_apart(reading: &Reading<'_>, cast: &Cast, fields: &Placed<SpecialtyMention>, span: Span) -> Item {
    let mut holders: Vec<(Span, usize)> = Vec::new();
    for mention in reading.institutions_in(span) {
        let member = cast.member_at(reading, mention.span.start);
        // A second name in brackets is the same holder.
        if let Some(member) = member.filter(|member| holders.last().is_none_or(|(_, last)| last != member)) {
            holders.push((mention.span, member));
        }
    }
    let mut named: Vec<(Span, Field)> = Vec::new();
    for piece in pieces(reading, span) {
        if let Some(found) = field::named(reading.tables, piece.of(reading.text()))
            .filter(|found| matches!(found, Field::Row(_)) || !holders.is_empty() || named_by(fields, piece))
        {
            named.push((piece, found));
            continue;
        }
        for mention in field::mentions_in(fields, piece) {
            named.push((mention.span, field::named_at(reading, mention)));
        }
    }
    named.sort_by_key(|(span, _)| *span);
    Item { holders, fields: named }
}

fn named_by(mentions: &Placed<SpecialtyMention>, piece: Span) -> bool {
    !field::mentions_in(mentions, piece).is_empty()
}

/// What a line holds beside its hospitals, cut at its separators.
fn pieces(reading: &Reading<'_>, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = span.start;
    let mut cut = |from: usize, to: usize| {
        // A医院（下称“B”）骨科: the bracket ends before the department.
        let piece = reading.between(from, to);
        let opening = piece.trim_start_matches(|c: char| c.is_whitespace() || "”」』\"）)】".contains(c));
        let inner = opening.trim_end();
        if inner.chars().count() >= 2 {
            let lead = piece.len() - opening.len();
            found.push(Span::new(from + lead, from + lead + inner.len()));
        }
    };
    let mut institutions = reading.institutions_in(span).iter().peekable();
    let mut letters = span.of(reading.text()).char_indices();
    let mut skip_to = span.start;
    let mut depth = 0_u32;
    while let Some((offset, c)) = letters.by_ref().find(|(offset, _)| span.start + offset >= skip_to) {
        let at = span.start + offset;
        crate::work::done(1);
        while institutions.next_if(|institution| institution.span.start < at).is_some() {}
        if let Some(institution) = institutions.next_if(|institution| institution.span.start == at) {
            cut(start, at);
            start = institution.span.end;
            skip_to = institution.span.end;
            continue;
        }
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            '、' | '，' | ',' | '；' | ';' | ':' | '：' | '。' | ' ' | '\t' | '\u{3000}' | '—' | '-'
            | '|' | '/'
                if depth == 0 =>
            {
                cut(start, at);
                start = at + c.len_utf8();
            }
            _ if depth == 0 && field::joins_departments(reading.between(start, at), c) => {
                cut(start, at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    cut(start, span.end);
    found
}
