//! Headings: a line that names a title, and what stands under it inherits.

use super::draft::{Award, awards};
use super::narrative::Narrator;
use crate::gazetteer::tables::{AWARD, CONSTRUCTION, CULTIVATION, HOPE, LEVEL, NEGATION, PASSING};
use crate::kinds::{Level, Status, Tier};
use crate::mention::Span;
use crate::mention::institution::Naming;
use crate::mention::placed::Placed;
use crate::mention::scan::region_targets;
use crate::mention::specialty::SpecialtyMention;
use crate::mention::title::Title;
use crate::reading::Reading;
use crate::structure::line::{Line, Number, is_longer};
use xinglin_text::{WordList, word_list};

/// Verbs by which what was hoped for is decided.
static DECIDED: WordList = WordList::new(&["确定", "命名", "认定", "评定", "公布", "批准", "评选", "确认"]);

/// What a heading gives to the lines under it.
#[derive(Debug, Clone)]
pub(crate) enum Heading {
    /// A title.
    Award(Award),
    /// 不合格, 取消: nothing under it counts.
    Denied,
    /// 拟推荐申报…: what is under it is only put forward; its hospitals are what the news is about.
    Hoped,
    /// Another subject: the list is over.
    Other,
}

/// 现公开招聘工作人员,有关事项公告如下: whether what a line opens is no list of titles.
pub(super) fn opens_matters(text: &str) -> bool {
    word_list!["事项公告如下", "事项如下", "事宜公告如下", "事宜如下", "招聘公告如下", "安排如下"]
        .end(text.trim_end_matches(['：', ':', '。']))
}

/// Reads a line as a heading of titles.
pub(crate) fn heading(
    reading: &Reading<'_>,
    fields: &Placed<SpecialtyMention>,
    line: &Line,
    current: Option<&Award>,
    by_province: bool,
) -> Option<Heading> {
    let text = line.body.of(reading.text());
    if is_longer(text, 70) || !line.cells.is_empty() {
        return None;
    }
    let length = text.chars().count();
    let opens = text.ends_with([':', '：']);
    let prose = reading.is_prose(line.body) && !opens;
    let titles = reading.titles_in(line.span);
    let named = super::field::mentions_in(fields, line.span)
        .iter()
        .any(|mention| !titles.iter().any(|title| title.span.overlaps(mention.span)));
    // 医院拥有P6个。现公开招聘,有关事项公告如下: the title's sentence is over.
    let over = |title: &Title| reading.between(title.span.end, line.body.end).contains('。');
    if opens && (opens_matters(text) || titles.last().is_some_and(over)) {
        return None;
    }
    if let Some(title) = titles.last().filter(|_| !prose) {
        if reading.scan.says(line.span, NEGATION) {
            return Some(Heading::Denied);
        }
        let announces =
            opens || title.framed || text.ends_with("公示") || is_put_forward(reading, line.body, title);
        if announces && !named && hopes(reading, line.span, title.span) {
            return Some(Heading::Hoped);
        }
        let told = tells(reading, line, title.span) || is_row_of_honours(reading, line, opens);
        if named || title.activity || title.void || title.person || told {
            return None;
        }
        let mut award = awards(title).first().copied()?;
        if award.level.is_none() {
            award.level = current.and_then(|known| known.level);
            award.tier = award.tier.or(current.and_then(|known| known.tier));
        }
        // 三、通过验收、授予“某市临床重点专科”称号的专科(2019年度立项): how it began says nothing of what it is.
        let before = Span::new(line.span.start, title.span.start);
        let done = reading.scan.says(before, PASSING) || before.of(reading.text()).contains("授予");
        let finished = finishes(reading, Span::new(title.span.end, line.span.end));
        if finished && award.status == Status::Construction {
            award = award.done();
        }
        if !title.status_said
            && !done
            && !finished
            && let Some(status) = status_after(reading, title.span.end, line.span.end)
        {
            award.status = status;
            award.status_said = true;
        }
        return Some(Heading::Award(under_province(award, by_province)));
    }
    if prose || named || !titles.is_empty() {
        return None;
    }
    if length <= 24 && puts_forward(text) {
        return Some(Heading::Hoped);
    }
    let put_off = super::bracket::is_put_off(text) && line.number != Number::None;
    if put_off || reading.scan.says(line.span, NEGATION) && (line.number != Number::None || length <= 20) {
        return Some(Heading::Denied);
    }
    // 二、市级医院 names no one.
    let names = reading.institutions_in(line.span).iter().any(|named| named.naming != Naming::Generic);
    if names {
        return None;
    }
    // 一、市直医疗机构, 二、新增专科: parts of the list announced.
    if let Some(current) = current
        && (groups_holders(text) || adds(text) || is_place(reading, line))
    {
        return Some(Heading::Award(under_province(*current, by_province)));
    }
    // 一、新立项
    if let Some(current) = current
        && ["新立项", "新增立项", "新立项项目", "新增建设项目", "新建项目", "新立项专科", "新增建设单位"]
            .contains(&without_count(text))
    {
        let award = Award { status: Status::Construction, status_said: true, ..*current };
        return Some(Heading::Award(under_province(award, by_province)));
    }
    // 二、建设项目(3个); 省级; 培育单位
    if let Some(current) = current
        && let Some(award) = narrowed(reading, line.body, current)
    {
        return Some(Heading::Award(under_province(award, by_province)));
    }
    // (一)优秀(5个): those whose building is done, under a headline of its 验收.
    if let Some(current) = current
        && passes(text)
    {
        return Some(Heading::Award(under_province(current.done(), by_province)));
    }
    // 入选名单: the list of the title announced.
    if let Some(current) = current
        && opens_names(text)
    {
        return Some(Heading::Award(under_province(*current, by_province)));
    }
    // (一)三级组, (二)中医类: parts of the same list.
    if current.is_some() && length <= 10 && text.ends_with(['组', '类']) {
        return None;
    }
    (line.number == Number::Chinese && text.chars().count() >= 2).then_some(Heading::Other)
}

/// 按照《关于做好…重点专科申报工作的通知》,推荐以下专科参加评审: the hope stands behind the title.
pub(crate) fn hopes_behind(reading: &Reading<'_>, within: Span, title: Span) -> bool {
    let behind = Span::new(title.end, within.end.max(title.end));
    reading.scan.says(behind, HOPE)
        && !reading.scan.says(behind, AWARD)
        && !DECIDED.stand_in(behind.of(reading.text()))
}

/// 三、推荐申报安徽省临床重点专科(2个): a heading whose title is only hoped for.
fn is_put_forward(reading: &Reading<'_>, body: Span, title: &Title) -> bool {
    let opening = reading.scan.starting_at(body.start).any(|(_, entry)| entry.kinds.has(HOPE));
    let tail = reading.between(title.span.end, body.end).trim_matches(['”', '"', ' ']);
    let counted = tail.is_empty() || tail.starts_with(['(', '（']) && tail.ends_with([')', '）']);
    opening && counted && !title.activity
}

/// 拟推荐名单:, 下一批推荐申报专科: a heading without a title whose list is only put forward.
fn puts_forward(text: &str) -> bool {
    if !text.contains(['荐', '申', '候', '储', '后', '遴', '拟']) {
        return false;
    }
    let plain = text.split(['(', '（']).next().unwrap_or_default().trim_end_matches([':', '：', ' ']);
    let plain =
        plain.trim_start_matches("下一批").trim_start_matches("附").trim_start_matches([':', '：', ' ']);
    let opens = word_list!["拟推荐", "推荐", "拟申报", "申报", "候选", "拟上报", "储备", "后备", "拟遴选"]
        .begin(plain);
    let lists = word_list!["名单", "专科", "项目", "单位", "名录", "如下"].end(plain);
    opens && lists && !DECIDED.stand_in(plain) && !plain.contains(['，', ',', '。'])
}

/// 拟推荐以下专科申报…: a hope that no decision follows. 经申报、评审,现将…公布如下 tells how it came about.
pub(crate) fn hopes(reading: &Reading<'_>, within: Span, title: Span) -> bool {
    let head = Span::new(within.start, title.start.max(within.start));
    let words = reading.scan.words_in(head);
    let Some(hope) = words.iter().rev().find(|word| {
        let clause = reading.clause(within, word.span.start);
        word.kinds.has(HOPE) && !clause.of(reading.text()).trim_start().starts_with('经')
    }) else {
        return false;
    };
    let rest = reading.between(hope.span.end, within.end);
    let awarded = reading.scan.says(Span::new(hope.span.end, head.end), AWARD);
    !awarded && !DECIDED.stand_in(rest)
}

/// 优秀, 合格(9个), 通过验收: a result that gives the title.
pub(crate) fn passes(text: &str) -> bool {
    let plain = text.split(['(', '（']).next().unwrap_or_default().trim_end_matches([':', '：', ' ']);
    let plain = plain.trim_end_matches("等次").trim_end_matches("项目").trim_end_matches("专科");
    let plain = plain.trim_end_matches("单位").trim_end_matches("名单").trim_end_matches('的');
    [
        "优秀",
        "良好",
        "合格",
        "通过",
        "达标",
        "验收合格",
        "评估合格",
        "通过验收",
        "验收通过",
        "复核合格",
        "复核通过",
        "通过复核",
        "评估通过",
        "通过评估",
    ]
    .contains(&plain)
}

/// A heading's text without its count.
fn without_count(text: &str) -> &str {
    text.split(['(', '（']).next().unwrap_or_default().trim_end_matches([':', '：', ' '])
}

/// 市直医疗机构, 县(市、区)级医院, 妇幼保健机构: which hospitals a part of a list names.
fn groups_holders(text: &str) -> bool {
    let plain = without_count(text).trim_end_matches(['组', '类']);
    let open = text.strip_suffix([':', '：']).unwrap_or(text);
    let kind = word_list!["机构", "医院", "单位", "卫生院", "保健院", "服务中心"];
    let (shown, ends) = if kind.end(plain) { (plain, true) } else { (open, kind.end(open)) };
    let told = word_list![
        "建设", "培育", "立项", "项目", "创建", "各", "有关", "要求", "联系", "承办", "主办", "推荐", "申报",
        "评审", "监督", "受理"
    ];
    ends && (4..=14).contains(&shown.chars().count()) && !told.stand_in(shown) && !shown.contains(['，', ','])
}

/// 哈尔滨市, (二)大兴安岭地区, 【九江市】: a place alone, under which a list goes on.
fn is_place(reading: &Reading<'_>, line: &Line) -> bool {
    let told =
        line.body.of(reading.text()).trim_start_matches(['【', '[', '◆', '●', '■', '▲', ' ', '\u{3000}']);
    let name = without_count(told).trim_end_matches(['】', ']', ':', '：', ' ', '\u{3000}']);
    let start = line.body.end - told.len();
    let mut places = reading.scan.starting_at(start);
    places.any(|(span, entry)| {
        span.end == start + name.len() && !region_targets(reading.tables, entry).is_empty()
    })
}

/// 新增专科, 继续保留: what a list adds or keeps.
fn adds(text: &str) -> bool {
    let plain = without_count(text).trim_end_matches("名单");
    let plain = plain.trim_end_matches("专科").trim_end_matches("项目").trim_end_matches("单位");
    ["新增", "增补", "保留", "继续保留", "新入选", "新确认", "复核保留", "晋级", "升级"].contains(&plain)
}

/// 入选名单, 附:获评专科名单(共8个): a list of what was announced, not of people or of those that failed.
fn opens_names(text: &str) -> bool {
    let plain = text.split(['(', '（']).next().unwrap_or_default().trim_end_matches([':', '：', ' ']);
    let other = word_list![
        "专家", "评委", "人员", "参会", "小组", "落选", "未", "申报", "推荐", "候选", "联系", "工作", "不"
    ];
    plain.chars().count() <= 14 && plain.ends_with("名单") && !other.stand_in(plain)
}

/// 荣誉:P1(2010年)、P2; 2010年 P1;2016年 P2: a department's titles in one line, no heading.
fn is_row_of_honours(reading: &Reading<'_>, line: &Line, opens: bool) -> bool {
    let text = line.body.of(reading.text());
    let labelled = honours(text).is_some_and(|rest| !rest.is_empty());
    let years = reading.years_in(line.span);
    let steps = years.len() >= 2
        && years.first().is_some_and(|year| year.span.start == line.body.start)
        && reading.titles_in(line.span).len() >= 2
        && text.contains(['；', ';']);
    !opens && (labelled || steps)
}

/// 所获荣誉:…: what stands behind such a label.
pub(crate) fn honours(text: &str) -> Option<&str> {
    word_list![
        "所获荣誉",
        "科室荣誉",
        "专科荣誉",
        "学科荣誉",
        "荣誉称号",
        "荣誉",
        "专科级别",
        "学科级别",
        "科室级别",
        "专科称号",
        "学术地位",
        "科室历程",
        "发展历程"
    ]
    .strip_prefix(text.trim_start())?
    .strip_prefix([':', '：'])
}

/// 2010年 被评为省级重点专科, 2012年　市级重点学科: a step of a history, no heading.
fn tells(reading: &Reading<'_>, line: &Line, title: Span) -> bool {
    let year = reading.years_in(line.span).first().filter(|year| year.span.start == line.body.start);
    let apart = year.is_some_and(|year| {
        let between = reading.between(reading.date_end(year.span), title.start);
        !between.is_empty() && between.chars().all(|c| c.is_whitespace() || matches!(c, ':' | '：'))
    });
    let dated = year.is_some();
    apart || dated && reading.scan.says(Span::new(line.span.start, title.start), AWARD.or(PASSING))
}

/// 旗县级…名单 as a part of an autonomous region's or a province's list: given by the province to county hospitals.
pub(crate) fn under_province(award: Award, by_province: bool) -> Award {
    if by_province && award.level == Some(Level::County) && award.region.is_none() {
        return Award { level: Some(Level::Provincial), tier: Some(Tier::County), ..award };
    }
    award
}

/// 名单(建设单位) and the like behind a title.
pub(super) fn status_after(reading: &Reading<'_>, from: usize, to: usize) -> Option<Status> {
    let tail = reading.between(from, to);
    let open = tail.find(['(', '（'])?;
    let inner = tail.get(open..)?;
    (!inner.contains('含')).then(|| Narrator::status_word(inner)).flatten()
}

/// 对P建设项目进行了验收,现将验收合格名单公示如下: whether what stands behind a title says that its building is done.
pub(super) fn finishes(reading: &Reading<'_>, told: Span) -> bool {
    word_list!["验收合格", "通过验收", "验收通过", "合格名单", "合格的"].stand_in(told.of(reading.text()))
        && !reading.scan.says(told, NEGATION)
}

/// 再看4个建设单位:, 2个培育单位则是: the status that opens a list of names.
pub(crate) fn status_led(reading: &Reading<'_>, head: Span) -> Option<Status> {
    let text = head.of(reading.text()).trim_end();
    let opens = text.ends_with([':', '：', '—']) || word_list!["是", "为", "有", "包括"].end(text);
    if !opens || text.chars().count() > 32 || text.contains(['由', '从']) {
        return None;
    }
    let mut places = text.char_indices().map(|(at, _)| head.start + at);
    let kinds = places.find_map(|at| {
        reading.scan.starting_at(at).find_map(|(span, entry)| {
            let status = entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.end <= head.end;
            (status && span.of(reading.text()).chars().count() >= 4).then_some(entry.kinds)
        })
    })?;
    Some(if kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction })
}

/// A heading that says only a level or a status, under a title already announced.
pub(crate) fn narrowed(reading: &Reading<'_>, span: Span, current: &Award) -> Option<Award> {
    let text = span.of(reading.text());
    let plain: String = text
        .split(['(', '（', ':', '：'])
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_ascii_digit())
        .collect();
    if plain.is_empty() || plain.chars().count() > 10 {
        return None;
    }
    // 三、2023年建设项目(建设期2023—2026年)
    let undated = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let dated = word_list!["年度", "年"].strip_prefix(undated).filter(|_| undated.len() + 4 == text.len());
    let opened = dated.unwrap_or(text);
    // 三、新列入建设项目
    let lead =
        word_list!["新列入", "新纳入", "新确定", "新增", "列入", "纳入", "确定", "新一批", "本年度", "本批"]
            .beginning(opened);
    let start = span.end - opened.len() + lead.map_or(0, |lead| lead.len());
    let hit = reading.scan.starting_at(start).find(|(found, entry)| {
        entry.kinds.has(LEVEL.or(CONSTRUCTION).or(CULTIVATION)) && found.end <= span.end
    });
    let (found, entry) = hit?;
    // 2020年立项 is when its building began.
    const PROJECTS: usize = 4;
    if dated.is_some() && found.of(reading.text()).chars().count() < PROJECTS {
        return None;
    }
    let mut award = *current;
    let rest = reading.between(found.end, span.end);
    if entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) {
        award.status = if entry.kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction };
        award.status_said = true;
        return Some(award);
    }
    let level = level_of(found.of(reading.text()))?;
    if lead.is_none() && rest.chars().count() <= 8 {
        award.level = Some(level);
        if let Some(status) = Narrator::status_word(rest) {
            award.status = status;
            award.status_said = true;
        }
        return Some(award);
    }
    None
}

/// The level that a word alone says: 国家级, 省级, 市级, 县级.
pub(crate) fn level_of(word: &str) -> Option<Level> {
    let word = word.trim();
    if word.contains("国家") || word.contains("全国") {
        Some(Level::National)
    } else if word.contains("自治区") || word.contains('省') || word.contains("兵团") {
        Some(Level::Provincial)
    } else if word.contains("县级") || word.contains("区级") || word.contains("旗级") || word.contains("县区")
    {
        Some(Level::County)
    } else if word.contains('市') || word.contains('州') || word.contains('盟') || word.contains("地区")
    {
        Some(Level::Municipal)
    } else {
        None
    }
}
