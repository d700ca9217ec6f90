//! Which specialty does a piece of text name, and which of a text's specialty words are specialties at all?

use super::draft::Field;
use super::heading::level_of;
use super::unlisted;
use crate::gazetteer::tables::{
    AWARD, AWARD_END, CLAUSE, GENERIC, Kinds, LEVEL, MODIFIER, PART, PASSING, PROGRAMME, THERAPY, Tables,
};
use crate::kinds::{Level, Status};
use crate::mention::institution::is_han;
use crate::mention::placed::Placed;
use crate::mention::specialty::SpecialtyMention;
use crate::mention::{Span, window_after};
use crate::reading::Reading;
use xinglin_text::{WordList, word_list};

/// What is said of a department right in front of its name.
static TOLD: WordList = WordList::new(&[
    "一举",
    "则",
    "拿下",
    "斩获",
    "摘得",
    "喜获",
    "荣获",
    "获批",
    "获评",
    "入选",
    "分别为",
    "分别是",
    "为",
    "是",
    "即",
]);

/// The specialty that a whole cell, item or piece names.
pub(crate) fn named(tables: &Tables, printed: &str) -> Option<Field> {
    // A医院一举拿下骨科、儿科两个名额: verbs are no part of the first one's name.
    let mut plain = strip(printed);
    while let Some(verb) = TOLD.beginning(plain) {
        plain = plain.get(verb.len()..).unwrap_or_default();
    }
    if plain.is_empty() {
        return None;
    }
    if let Some(row) = row(tables, plain) {
        return Some(Field::Row(row));
    }
    if crate::mention::specialty::ETHNIC.begin(plain) && plain.ends_with('科') {
        return row(tables, "民族医学科").map(Field::Row);
    }
    for ending in ["专业", "专科", "学科", "病区", "病房", "科室", "专病", "病科", "学"] {
        if let Some(stem) = plain.strip_suffix(ending) {
            let with = format!("{stem}科");
            if let Some(row) = row(tables, stem).or_else(|| row(tables, &with)) {
                return Some(Field::Row(row));
            }
        }
    }
    if let Some(row) = row(tables, &format!("{plain}科")).or_else(|| numbered(tables, plain)) {
        return Some(Field::Row(row));
    }
    let length = plain.chars().count();
    let department = word_list![
        "科", "室", "中心", "护理", "部", "病", "学", "医", "专业", "保健", "技术", "康复", "治疗", "净化",
        "透析"
    ]
    .end(plain);
    let clean = plain
        .chars()
        .all(|c| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | '（' | '）' | '与' | '-'));
    // 关于我们的儿科: words around a name, no name.
    let clean = clean && !plain.contains('的') && !plain.contains("我们");
    (department && clean && (2..=16).contains(&length) && !is_other(plain))
        .then(|| Field::Printed(plain.to_owned()))
}

/// Offices, institutions and titles are no specialties.
fn is_other(plain: &str) -> bool {
    plain.contains("医院")
        || word_list![
            "卫生院",
            "委员会",
            "管理科",
            "财务科",
            "人事科",
            "医政科",
            "办公室",
            "卫生室",
            "重点专科",
            "重点学科",
            "特色专科",
            "质控中心",
            "服务中心",
            "宣传科",
            "医务部",
            "医务处",
            "质控科",
            "质控部",
            "科教科",
            "科教部",
            "人力资源部",
            "医务科",
            "大学",
            "医学中心",
            "信息科",
            "党支部",
            "教研室",
            "实验室"
        ]
        .end(plain)
}

fn row(tables: &Tables, name: &str) -> Option<u32> {
    tables.specialty_names.find(name).first().map(|target| target.row)
}

/// 骨二科, 神经内科一病区, 骨科(二).
fn numbered(tables: &Tables, plain: &str) -> Option<u32> {
    let is_number = |c: char| {
        c.is_ascii_digit()
            || matches!(
                c,
                '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | 'Ⅰ' | 'Ⅱ' | 'Ⅲ'
            )
    };
    if !(plain.contains(is_number) || plain.ends_with("病区") || plain.ends_with("病房")) {
        return None;
    }
    let bare = plain.replace(is_number, "");
    row(tables, bare.trim_end_matches("病区").trim_end_matches("病房"))
}

/// Without bullets, brackets that only explain, and closing words.
pub(crate) fn strip(printed: &str) -> &str {
    let mut plain =
        printed.trim_matches(|c: char| c.is_whitespace() || "、，,。；;:：“”\"《》·•*".contains(c));
    while let Some(open) = plain.rfind(['(', '（']) {
        let inner = plain.get(open..).unwrap_or_default();
        if open > 0 && (inner.ends_with(')') || inner.ends_with('）')) {
            plain = plain.get(..open).unwrap_or_default().trim_end();
        } else {
            break;
        }
    }
    plain.strip_suffix('等').unwrap_or(plain)
}

/// 骨科(国家级): the level in the bracket right behind a specialty.
pub(crate) fn level_behind(reading: &Reading<'_>, end: usize) -> Option<Level> {
    let tail = window_after(reading.text(), end, 30);
    let inner = tail.strip_prefix(['(', '（'])?;
    let (inner, _) = inner.split_once([')', '）'])?;
    (inner.chars().count() <= 4 && inner.ends_with('级')).then(|| level_of(inner)).flatten()
}

/// 骨科(培育), 儿科(建设项目), 眼科(重点专科): the status in the bracket right behind a specialty.
pub(crate) fn status_behind(reading: &Reading<'_>, end: usize) -> Option<Status> {
    let tail = window_after(reading.text(), end, 48);
    let inner = tail.strip_prefix(['(', '（'])?;
    let (inner, _) = inner.split_once([')', '）'])?;
    status_label(inner)
}

/// What a bracket's words say of a status, and nothing else.
pub(super) fn status_label(inner: &str) -> Option<Status> {
    match inner {
        "培育" | "培育专科" | "培育项目" | "培育单位" | "培育学科" | "重点培育" => {
            Some(Status::Cultivation)
        }
        "建设" | "建设专科" | "建设项目" | "建设单位" | "建设学科" | "立项建设" | "重点建设" | "立项"
        | "建设中" | "在建" | "建设期" | "建设期内" => Some(Status::Construction),
        "重点专科" | "重点学科" | "特色专科" | "优势专科" | "正式" | "获评" | "命名" => {
            Some(Status::Designated)
        }
        _ => None,
    }
}

/// The specialties of a text that are meant as specialties, in order: names with a department's ending, and
/// names without one where they stand among others or before a title.
pub(crate) fn meant(reading: &Reading<'_>) -> Vec<SpecialtyMention> {
    let all = &reading.specialties;
    let mut keep: Vec<bool> = all
        .iter()
        .map(|mention| match mention.weak {
            true => is_alone(reading, mention) && !is_activity(reading, mention),
            false => !is_activity(reading, mention) && !is_facility(reading, mention),
        })
        .collect();
    // Along an enumeration the company vouches for the name without an ending, from either side.
    for _ in 0..2 {
        for at in 0..all.len() {
            vouch(reading, all, &mut keep, at, at.checked_sub(1));
        }
        for at in (0..all.len()).rev() {
            vouch(reading, all, &mut keep, at, Some(at + 1));
        }
    }
    let kept = all.iter().zip(keep).filter(|(_, keep)| *keep).map(|(mention, _)| *mention).collect();
    unlisted::with_unlisted(reading, kept)
}

/// What a mention names.
pub(crate) fn named_at(reading: &Reading<'_>, mention: &SpecialtyMention) -> Field {
    if mention.printed {
        Field::Printed(mention.span.of(reading.text()).to_owned())
    } else {
        Field::Row(mention.row)
    }
}

fn vouch(
    reading: &Reading<'_>,
    all: &[SpecialtyMention],
    keep: &mut [bool],
    at: usize,
    neighbour: Option<usize>,
) {
    let open = keep.get(at) == Some(&false);
    let Some(mention) = all.get(at).filter(|mention| mention.weak && open) else { return };
    let listed = neighbour.and_then(|other| Some((all.get(other)?, *keep.get(other)?))).is_some_and(
        |(other, kept)| {
            let (first, second) = if other.span < mention.span { (other, mention) } else { (mention, other) };
            kept && is_join(reading.between(first.span.end, second.span.start))
        },
    );
    if listed
        && !is_activity(reading, mention)
        && let Some(slot) = keep.get_mut(at)
    {
        *slot = true;
    }
}

/// 高新健康管理中心正式招标: a centre with a name of its own before it is a place, no specialty.
fn is_facility(reading: &Reading<'_>, mention: &SpecialtyMention) -> bool {
    let start = mention.span.start;
    if !mention.span.of(reading.text()).ends_with("中心") || !reading.scan.before(start).is_some_and(is_han)
    {
        return false;
    }
    let behind_hospital =
        reading.institutions.binary_search_by_key(&start, |institution| institution.span.end).is_ok();
    let behind_word = reading.scan.ending_at(start).any(|(span, entry)| {
        entry.specialty.is_some() || (entry.kinds.has(CLAUSE) && span.of(reading.text()) != "高新")
    });
    let sign = reading.scan.before(start).is_some_and(|c| {
        reading.scan.matcher.character(c).has(CLAUSE)
            || matches!(c, '院' | '和' | '及' | '与' | '了' | '区' | '科' | '部')
    });
    // 争取设立生殖医学中心
    let head = crate::mention::window_before(reading.text(), start, 6);
    let sign = sign || word_list!["设立", "成立", "建立", "筹建", "开设", "新建", "组建"].end(head);
    !behind_hospital && !behind_word && !sign
}

/// What may stand between two names of one enumeration.
pub(crate) fn is_join(between: &str) -> bool {
    let between = between.trim();
    // 儿科学、麻醉学; 骨科专业、康复专业
    let between = word_list!["学科", "专业", "专科", "学"].strip_prefix(between).unwrap_or(between);
    matches!(between, "、" | "和" | "与" | "及" | "以及" | "，" | "," | "/" | "；" | ";" | "\t" | "等")
}

/// Whether a letter behind a department's name joins another to it: 血液科与骨科, two departments and no name of one.
pub(crate) fn joins_departments(before: &str, joint: char) -> bool {
    matches!(joint, '和' | '与' | '及') && before.ends_with(['科', '室', '部'])
}

/// A name without an ending right before a title or a word that makes it a specialty: 康复医学专科, 检验专业.
fn is_alone(reading: &Reading<'_>, mention: &SpecialtyMention) -> bool {
    let rest = reading.between(mention.span.end, reading.text().len());
    if word_list!["专科", "专业", "学科", "病区", "亚专科", "亚专业"].begin(rest) {
        return true;
    }
    // 老年病、安宁疗护、儿科等群众急需的专业
    let clause = || window_after(rest, 0, 120).split(['，', ',', '。', '；', '\n']).next();
    let listed = rest.starts_with('、')
        && mention.span.of(reading.text()).ends_with(['病', '学'])
        && clause().and_then(|clause| clause.split_once('等')).is_some_and(|(_, kind)| {
            let kind: String = kind.chars().take(10).collect();
            word_list!["专业", "专科", "学科", "科室"].stand_in(&kind)
        });
    if listed {
        return true;
    }
    let behind_hospital = reading
        .institutions
        .binary_search_by_key(&mention.span.start, |institution| institution.span.end)
        .is_ok();
    let before_title = reading
        .scan
        .starting_at(mention.span.end)
        .any(|(_, entry)| entry.kinds.has(AWARD.or(AWARD_END).or(PASSING)));
    let subject = mention.span.of(reading.text()).ends_with('学')
        && word_list!["也是", "是", "被", "获", "成为"].begin(rest);
    // 2012年,护理跻身P之列: the name alone in front of the verb that gives a title.
    let given = || {
        let head = crate::mention::window_before(reading.text(), mention.span.start, 3);
        let opens = head.is_empty() || head.ends_with(['，', ',', '。', '；', ';', '：', ':', '\n']);
        let clause = rest.split(['，', ',', '。', '；', ';', '\n']).next().unwrap_or_default();
        let clause = Span::new(mention.span.end, mention.span.end + clause.len());
        opens && before_title && reading.titles_in(clause).iter().any(|title| !title.activity && !title.void)
    };
    subject
        || given()
        || behind_hospital
            && (before_title || rest.starts_with('等') || rest.starts_with('\n') || rest.is_empty())
}

/// 内科胸腔镜, 外科大楼, 护理服务: another sense of the word.
fn is_activity(reading: &Reading<'_>, mention: &SpecialtyMention) -> bool {
    let rest = reading.between(mention.span.end, reading.text().len());
    // 外科类专科, 神经内外科一体化: of that kind, or two at once.
    let kind = rest.starts_with('类') && !rest.starts_with("类风湿");
    let both =
        mention.span.of(reading.text()) == "外科" && reading.scan.before(mention.span.start) == Some('内');
    // 以外科组第二名过关
    let graded = rest.starts_with("组第")
        && matches!(mention.span.of(reading.text()), "外科" | "内科" | "大外科" | "大内科");
    if rest.starts_with("医院") || kind || both || graded || is_of_people(rest) {
        return true;
    }
    if reading.scan.starting_at(mention.span.end).any(|(_, entry)| entry.kinds.has(THERAPY)) {
        let name = mention.span.of(reading.text());
        // 儿科评估等次为优秀: the department's own.
        if word_list!["评估等次", "评估结果", "评估为", "评估得分", "评估获", "评估优", "评估合格", "质量评"]
            .begin(rest)
        {
            return mention.weak;
        }
        return mention.weak
            || matches!(name, "内科" | "外科" | "大内科" | "大外科" | "妇科" | "儿科" | "全科");
    }
    // 全科上下, 全科同仁: the whole department.
    if mention.span.of(reading.text()) == "全科" {
        let rest = reading.between(mention.span.end, reading.text().len());
        let meant = word_list!["医", "门诊", "专科", "专业"].begin(rest)
            || rest.chars().next().is_none_or(|c| !is_han(c) && !c.is_alphanumeric());
        // 某社区卫生服务中心全科获评…; 儿科、全科获评…
        let placed = reading.scan.before(mention.span.start) == Some('、')
            || reading
                .institutions
                .binary_search_by_key(&mention.span.start, |institution| institution.span.end)
                .is_ok();
        let meant = meant || placed;
        if !meant || rest.starts_with("医护") {
            return true;
        }
    }
    // 加速康复外科理念
    let name = mention.span.of(reading.text());
    let head = crate::mention::window_before(reading.text(), mention.span.start, 24);
    if name == "外科" && head.ends_with("加速康复") || name == "康复外科" && head.ends_with("加速")
    {
        return true;
    }
    // 加速康复外科, 内窥镜外科: part of a longer word.
    mention.weak && reading.scan.before(mention.span.start).is_some_and(|c| is_han(c) && "加速早".contains(c))
}

/// 一代代儿科人的坚守, 每一名骨科人: those who work there.
fn is_of_people(rest: &str) -> bool {
    let Some(behind) = rest.strip_prefix('人') else { return false };
    behind.chars().next().is_none_or(|c| !is_han(c) || "的们都用在把以是就始终心".contains(c))
}

/// The field of a mention within an enumeration: the mention's row, or, where unknown words belong to the name (老年护理), the
/// whole as printed.
pub(crate) fn of_mention(reading: &Reading<'_>, mention: &SpecialtyMention, floor: usize) -> (Field, Span) {
    if mention.printed {
        return (named_at(reading, mention), mention.span);
    }
    if mention.weak {
        let head = reading.between(floor, mention.span.start);
        let start = mention.span.start
            - head
                .chars()
                .rev()
                .take(4)
                .take_while(|c| is_han(*c) && !matches!(c, '和' | '与' | '及'))
                .map(char::len_utf8)
                .sum::<usize>();
        let prefix = Span::new(start.max(floor), mention.span.start);
        let words = prefix.start < prefix.end && {
            let bounded =
                reading.scan.before(prefix.start).is_none_or(|c| !is_han(c)) || prefix.start == floor;
            bounded && !touches_word(reading, prefix, NAME_WORDS)
        };
        if words {
            let whole = Span::new(prefix.start, mention.span.end);
            if let Some(field @ Field::Printed(_)) = named(reading.tables, whole.of(reading.text())) {
                return (field, whole);
            }
        }
    }
    (Field::Row(mention.row), mention.span)
}

/// Words that no part of a department's name is.
const NAME_WORDS: Kinds = CLAUSE.or(LEVEL).or(MODIFIER).or(PROGRAMME).or(PART).or(GENERIC);

pub(super) fn touches_word(reading: &Reading<'_>, span: Span, kinds: Kinds) -> bool {
    span.of(reading.text()).char_indices().any(|(offset, c)| {
        reading.scan.matcher.character(c).has(kinds)
            || reading.scan.starting_at(span.start + offset).any(|(found, entry)| {
                found.end <= span.end && (entry.kinds.has(kinds) || entry.region.is_some())
            })
    })
}

/// The mentions inside a span of a list sorted by start.
pub(crate) fn mentions_in(mentions: &Placed<SpecialtyMention>, within: Span) -> &[SpecialtyMention] {
    mentions.inside(within)
}
