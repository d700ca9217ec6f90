//! Departments that no table has, told in prose: 某旗蒙医医院五疗科、心身医学科. Their place and ending tell them.

use super::draft::Field;
use super::field::{is_join, named, touches_word};
use crate::gazetteer::tables::{
    AWARD, AWARD_END, CLAUSE, COPULA, EACH, GENERIC, Kinds, LEVEL, PASSING, PROGRAMME,
};
use crate::mention::institution::{Naming, is_han};
use crate::mention::specialty::SpecialtyMention;
use crate::mention::{Span, window_after};
use crate::reading::Reading;
use xinglin_text::{WordList, word_list};

/// The longest such name, in characters.
const LONGEST: usize = 8;

/// Words that no part of such a name is.
const WORDS: Kinds = CLAUSE.or(LEVEL).or(PROGRAMME).or(GENERIC);

/// Endings of words that name no department of their own.
static NO_NAMES: WordList = WordList::new(&[
    "科室",
    "学科",
    "专科",
    "强科",
    "名科",
    "大科",
    "本科",
    "多科",
    "全科",
    "各科",
    "百科",
    "妇儿科",
    "教室",
    "会议室",
    "办公室",
    "诊室",
    "病室",
    "手术室",
    "急诊室",
    "实验室",
    "内外科",
    "护士站",
]);

/// The specialties of a text, and those that stand in a specialty's place beside them.
pub(super) fn with_unlisted(reading: &Reading<'_>, known: Vec<SpecialtyMention>) -> Vec<SpecialtyMention> {
    let mut found: Vec<SpecialtyMention> = Vec::new();
    let named = reading.institutions.iter().filter(|mention| mention.naming != Naming::Generic);
    let mut places: Vec<usize> = named.map(|mention| mention.span.end).collect();
    places.extend(known.iter().map(|mention| mention.span.end));
    places.sort_unstable();
    places.dedup();
    let mut floor = 0;
    for place in places {
        let mut at = place;
        while let Some(mention) = (at >= floor).then(|| behind(reading, &known, at)).flatten() {
            at = mention.span.end;
            floor = at;
            found.push(mention);
        }
    }
    for title in reading.titles.iter() {
        if let Some(mention) = opening(reading, &known, title.span.start)
            && !found.iter().rev().take(4).any(|other| other.span.overlaps(mention.span))
        {
            found.push(mention);
        }
    }
    // 分别是五疗科、心身医学科: the next one vouches for the first.
    for next in &known {
        if let Some(mention) = before(reading, next)
            && !found.iter().rev().take(4).any(|other| other.span.overlaps(mention.span))
        {
            found.push(mention);
        }
    }
    if found.is_empty() {
        return known;
    }
    again(reading, &known, &mut found);
    let mut all = known;
    all.append(&mut found);
    all.sort_unstable_by_key(|mention| mention.span);
    // The longer one stands for what it contains.
    let mut reach = 0;
    all.retain(|mention| {
        let free = mention.span.start >= reach;
        if mention.printed {
            reach = reach.max(mention.span.end);
        }
        free
    });
    all
}

/// 高原病科2011年获评P, where another sentence has told that it is one of a hospital's departments.
fn again(reading: &Reading<'_>, known: &[SpecialtyMention], found: &mut Vec<SpecialtyMention>) {
    const MOST: usize = 8;
    let mut names: Vec<&str> = found.iter().map(|mention| mention.span.of(reading.text())).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| name.ends_with('科') && name.chars().nth(2).is_some());
    names.truncate(MOST);
    let mut more = Vec::new();
    for name in names {
        for at in memchr::memmem::find_iter(reading.text().as_bytes(), name) {
            let span = Span::new(at, at + name.len());
            let free = |mention: &SpecialtyMention| !mention.span.overlaps(span);
            let near = known.partition_point(|mention| mention.span.end <= span.start);
            let opens =
                reading.scan.before(at).is_none_or(|c| !is_han(c) || matches!(c, '和' | '与' | '及' | '的'));
            if opens && known.get(near).is_none_or(free) && found.iter().all(free) {
                more.push(printed(span));
            }
        }
    }
    found.append(&mut more);
}

/// The department that stands right behind a hospital's name or in one enumeration with another.
fn behind(reading: &Reading<'_>, known: &[SpecialtyMention], end: usize) -> Option<SpecialtyMention> {
    let tail = window_after(reading.text(), end, 48);
    let join = word_list!["、", "和", "及", "与", "的"].beginning(tail).map_or(0, |join| join.len());
    let owner = reading.institutions.binary_search_by_key(&end, |mention| mention.span.end).is_ok();
    let listed = join > 0 && is_join(tail.get(..join)?);
    // 甲医院、乙医院: an enumeration of hospitals goes on with hospitals.
    if owner == listed {
        return None;
    }
    let start = end + join;
    // 某医院凭眼科拿下两席
    if owner
        && word_list!["凭", "以", "靠", "携", "由", "归", "把", "将", "让", "仅", "只", "因", "有"]
            .begin(tail)
    {
        return None;
    }
    let at = known.partition_point(|mention| mention.span.end <= start);
    if known.get(at).is_some_and(|mention| mention.span.start == start) {
        return None;
    }
    let span = name_from(reading, start)?;
    // 整骨科 is no 骨科: what contains a row's name without being its alias stands as printed.
    let free = known.get(at).is_none_or(|mention| {
        let prefix = reading.between(span.start, mention.span.start).chars().count();
        !mention.span.overlaps(span) || (mention.span.end == span.end && (1..=2).contains(&prefix))
    });
    free.then(|| printed(span))
}

/// 疗术科2011年成为P, 2017年,高原病科列为P: the department that opens a title's sentence, with what it was given in which year.
fn opening(reading: &Reading<'_>, known: &[SpecialtyMention], title: usize) -> Option<SpecialtyMention> {
    let head = crate::mention::window_before(reading.text(), title, 120);
    let sentence = head.rsplit_once(['。', '；', ';', '\n']).map(|(_, sentence)| sentence.trim_start())?;
    let start = title - sentence.len();
    // 2017年,高原病科列为P; 11月,高原病科获评P
    let led = reading.years_in(Span::new(start, title)).first().filter(|year| year.span.start == start);
    let month = sentence.trim_start_matches(|c: char| c.is_ascii_digit());
    let month =
        (month.len() < sentence.len()).then(|| month.strip_prefix("月份").or(month.strip_prefix('月')));
    let from = led.map(|year| year.span.end).or(month.flatten().map(|rest| title - rest.len()));
    if let Some(from) = from {
        let rest = reading.between(from, title).trim_start_matches(['，', ',', ' ']);
        let span = name_from(reading, title - rest.len())?;
        let at = known.partition_point(|mention| mention.span.end <= span.start);
        let free = known.get(at).is_none_or(|mention| mention.span.start >= span.end);
        let given = reading.scan.starting_at(span.end).any(|(_, entry)| entry.kinds.has(AWARD.or(PASSING)));
        return (free && given).then(|| printed(span));
    }
    let span = name_from(reading, start)?;
    let dated = reading.years_in(Span::new(span.end, title)).first()?;
    let at = known.partition_point(|mention| mention.span.end <= start);
    let free = known.get(at).is_none_or(|mention| mention.span.start >= span.end);
    let verb = reading.scan.starting_at(dated.span.end).any(|(_, entry)| entry.kinds.has(AWARD.or(PASSING)));
    (dated.span.start == span.end && free && verb).then(|| printed(span))
}

/// The department that a sign or 分别是 opens and a known one follows.
fn before(reading: &Reading<'_>, next: &SpecialtyMention) -> Option<SpecialtyMention> {
    let text = reading.text();
    let joined = word_list!["、", "和", "及", "与"].strip_suffix(text.get(..next.span.start)?)?;
    let end = joined.len();
    if !joined.ends_with(['科', '室']) {
        return None;
    }
    let head = crate::mention::window_before(text, end, 48);
    let start = end - head.len() + behind_opening(head)?;
    let span = name_from(reading, start)?;
    (span.end == end).then(|| printed(span))
}

/// Where what a sign, or 分别是, opens begins: behind the last of them.
fn behind_opening(head: &str) -> Option<usize> {
    static WORDS: WordList = WordList::new(&["分别是", "分别为", "包括"]);
    let sign = head.rfind(['：', ':', '(', '（']);
    let sign = sign.and_then(|at| Some(at + head.get(at..)?.chars().next()?.len_utf8()));
    let words = WORDS.iter().filter_map(|word| head.rfind(word).map(|at| at + word.len()));
    sign.max(if WORDS.stand_in(head) { words.max() } else { None })
}

fn printed(span: Span) -> SpecialtyMention {
    SpecialtyMention { span, row: u32::MAX, weak: false, printed: true }
}

/// A name of a department from here to its ending, where something can be said of it behind.
fn name_from(reading: &Reading<'_>, start: usize) -> Option<Span> {
    crate::work::done(1);
    let tail = window_after(reading.text(), start, (LONGEST + 1) * 4);
    let mut end = start;
    for (count, c) in tail.chars().enumerate() {
        if !is_han(c) || count >= LONGEST {
            return None;
        }
        end += c.len_utf8();
        if matches!(c, '科' | '室') && count >= 1 && closes(reading, end) {
            break;
        }
        // 口腔科、皮肤科和静脉血栓防治中心
        if c == '心' && count >= 3 && closes(reading, end) && reading.between(start, end).ends_with("中心")
        {
            break;
        }
    }
    let span = Span::new(start, end);
    let name = span.of(reading.text());
    // 高原病科: no word for hospitals of the highlands.
    let known = word_list!["高原病", "高原医学"].beginning(name).map_or(0, str::len);
    let rest = Span::new(start + known, end);
    let clean = || !reading.in_institution(span) && !touches_word(reading, rest, WORDS);
    let other = NO_NAMES.end(name)
        || name.starts_with(|c: char| {
            "几多数各全该本其原老大新等个继从由与和将把使让向对为是在有的了也又还则凭靠因".contains(c)
        })
        // 卫生院建设口腔科
        || word_list!["凭借", "凭着", "依靠", "通过", "携", "手握", "坐拥", "拥有", "建设", "开设", "设立", "新设", "新建", "组建", "增设", "开办", "创办", "扩建", "改建", "支持", "发展"].begin(name)
        || is_count(name);
    let listed = || matches!(reading.scan.before(start), Some('、' | '和' | '及' | '与' | '：' | ':'));
    let centre = || {
        name.ends_with("中心")
            && listed()
            && word_list!["防治中心", "诊疗中心", "治疗中心", "病中心", "科中心", "诊治中心", "康复中心"]
                .end(name)
    };
    let plain = (name.ends_with(['科', '室']) || centre()) && !other;
    (plain && clean() && matches!(named(reading.tables, name), Some(Field::Printed(_)))).then_some(span)
}

/// 两科, 三个科: so many of them.
fn is_count(name: &str) -> bool {
    let rest = name.trim_start_matches(|c: char| "一二两三四五六七八九十".contains(c));
    rest.len() < name.len() && (rest.chars().count() <= 1 || rest.starts_with(['个', '大', '家', '名', '小']))
}

/// Whether what follows is a sign, another department or what is said of this one.
fn closes(reading: &Reading<'_>, end: usize) -> bool {
    let Some(c) = reading.scan.after(end) else { return true };
    // 疗术科2011年…, 包虫病科今年3月…
    if reading.years.binary_search_by_key(&end, |year| year.span.start).is_ok() {
        return true;
    }
    if !is_han(c) {
        return matches!(c, '、' | '，' | ',' | '。' | '；' | ';' | ')' | '）' | '\n' | '(' | '（');
    }
    // 热带医学科三个专科入选, 热带医学科双双入选
    let counted = "两二三四五六七八九十双".contains(c) && {
        let next = window_after(reading.text(), end + c.len_utf8(), 3);
        next.starts_with(['个', '科', '项', '双', '家', '大'])
    };
    counted
        || matches!(c, '和' | '与' | '及' | '等' | '获' | '被' | '是' | '为' | '也')
        || reading
            .scan
            .starting_at(end)
            .any(|(_, entry)| entry.kinds.has(AWARD.or(AWARD_END).or(PASSING).or(COPULA).or(EACH)))
}
