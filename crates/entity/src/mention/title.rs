//! Titles where they stand: level + tier + modifiers + programme + status, read around the programme's own words.

use super::Span;
use super::scan::{Class, Scan};
use super::year::YearMention;
use super::{window_after, window_before};
use crate::gazetteer::tables::{
    AWARD, COUNTY, DISCIPLINE, DISCIPLINE_CONSTRUCTION, DISCIPLINE_CULTIVATION, FEATURED_CONSTRUCTION,
    FEATURED_CULTIVATION, Kinds, LEVEL, MUNICIPAL, NATIONAL, PROVINCIAL, SPECIALTY, SPECIALTY_CONSTRUCTION,
    SPECIALTY_CULTIVATION, Tables,
};
use crate::kinds::{Level, Programme, Status, Tier};
use xinglin_text::{WordList, word_list};

mod before;
mod behind;

/// A title where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Title {
    /// From the first word of its level to the last of its status.
    pub(crate) span: Span,
    pub(crate) programme: Programme,
    /// In the order printed; empty where it says none.
    pub(crate) levels: Vec<Level>,
    pub(crate) tier: Option<Tier>,
    pub(crate) status: Status,
    /// Whether the status is printed, not merely supposed.
    pub(crate) status_said: bool,
    /// 院级, 全军: no title of this guide.
    pub(crate) void: bool,
    /// 重点专科建设工作: an activity, no title.
    pub(crate) activity: bool,
    /// 重点专科带头人: somebody's post.
    pub(crate) person: bool,
    /// 名单, 评审结果 behind it.
    pub(crate) framed: bool,
    /// 3个, 共有5项 behind it.
    pub(crate) counted: bool,
    /// 2020年度 within it.
    pub(crate) year: Option<i32>,
    /// The field within it: 新生儿保健, 康复医学.
    pub(crate) field: Option<Span>,
    /// The division within it: 陕西省.
    pub(crate) region: Option<u32>,
}

/// The words of each level, the highest first.
const LEVELS: [(Kinds, Level); 4] = [
    (NATIONAL, Level::National),
    (PROVINCIAL, Level::Provincial),
    (MUNICIPAL, Level::Municipal),
    (COUNTY, Level::County),
];

/// Every title of a text, in order.
pub(crate) fn titles(scan: &Scan<'_>, tables: &Tables, years: &[YearMention]) -> Vec<Title> {
    let mut found: Vec<Title> = Vec::new();
    for (core, entry) in scan.longest(Class::Programme) {
        let free = found.last().map_or(0, |last| last.span.end);
        found.push(read(scan, tables, years, core, entry.kinds, free));
    }
    with_levels_before(scan, with_levels_alone(scan, found))
}

/// 甲科获评国家级、乙科获评省级、丙科获评市级重点专科: a level alone, of the title that follows.
fn with_levels_before(scan: &Scan<'_>, found: Vec<Title>) -> Vec<Title> {
    const REACH: usize = 240;
    let mut all: Vec<Title> = Vec::with_capacity(found.len());
    for title in found {
        let free = all.last().map_or(0, |last| last.span.end);
        let head = super::window_before(
            scan.text,
            title.span.start,
            REACH.min(title.span.start.saturating_sub(free)),
        );
        let head = head.rsplit(['。', '\n', '；']).next().unwrap_or_default();
        let base = title.span.start - head.len();
        let plain = title.levels.len() == 1 && !title.void && !title.activity && !title.person;
        for (offset, _) in head.match_indices('级').filter(|_| plain) {
            let at = base + offset + '级'.len_utf8();
            let Some((span, entry)) = scan.ending_at(at).find(|(_, entry)| entry.kinds.has(LEVEL)) else {
                continue;
            };
            let given = scan.ending_at(span.start).any(|(_, entry)| entry.kinds.has(AWARD));
            let closes = matches!(scan.after(at), Some('、' | '，' | ','));
            if given && closes {
                let level = LEVELS.iter().find(|(kind, _)| entry.kinds.has(*kind));
                let levels = level.map(|(_, level)| *level).into_iter().collect();
                all.push(Title { span, levels, tier: None, field: None, region: None, ..title.clone() });
            }
        }
        all.push(title);
    }
    all
}

/// 国家临床重点专科1个(甲科)、省级3个(乙科、丙科、丁科): a level and a count, of the title before.
fn with_levels_alone(scan: &Scan<'_>, found: Vec<Title>) -> Vec<Title> {
    const REACH: usize = 900;
    let mut all: Vec<Title> = Vec::with_capacity(found.len());
    let mut titles = found.into_iter().peekable();
    while let Some(title) = titles.next() {
        let end = titles.peek().map_or(scan.text.len(), |next| next.span.start);
        let tail =
            super::window_after(scan.text, title.span.end, REACH.min(end.saturating_sub(title.span.end)));
        let plain = title.counted && !title.void && !title.activity && !title.person;
        // 2009年是市级重点专科,2013年升级为省级: a level that a verb gives, of the title before.
        let risen = !title.void && !title.activity && !title.person && title.levels.len() == 1;
        let whole = tail.split(['。', '\n']).next().unwrap_or_default();
        // 2017年成为市级重点专科。…2022年,骨科又升格为省级。
        let paragraph = tail.split('\n').next().unwrap_or_default();
        let sentence = match (plain, risen) {
            (_, true) => paragraph,
            (true, _) => whole,
            _ => "",
        };
        let mut more = Vec::new();
        for (offset, _) in sentence.match_indices('级') {
            let at = title.span.end + offset + '级'.len_utf8();
            let Some((span, entry)) = scan.ending_at(at).find(|(_, entry)| entry.kinds.has(LEVEL)) else {
                continue;
            };
            let opens = scan
                .before(span.start)
                .is_some_and(|c| matches!(c, '、' | '，' | ',' | '；' | ';' | '和' | '：' | ':' | '中'));
            let raised = risen
                && matches!(scan.after(at), None | Some('，' | ',' | '。' | '；' | ';' | '！' | '\n'))
                && scan
                    .ending_at(span.start)
                    .any(|(word, entry)| entry.kinds.has(AWARD) && word.of(scan.text).contains('升'));
            let listed =
                plain && opens && offset < whole.len() && counts(scan.text.get(at..end).unwrap_or_default());
            if listed || raised {
                let level = LEVELS.iter().find(|(kind, _)| entry.kinds.has(*kind));
                let levels = level.map(|(_, level)| *level).into_iter().collect();
                more.push(Title { span, levels, tier: None, field: None, region: None, ..title.clone() });
            }
        }
        all.push(title);
        all.append(&mut more);
    }
    all
}

/// 3个(…, 的有2个:…: a count that a list follows.
fn counts(tail: &str) -> bool {
    let rest = tail.trim_start_matches(['的', '有', '为', '共']);
    let number =
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c));
    let listed = number.strip_prefix(['个', '项']).map(|rest| rest.trim_start_matches(['，', ',']));
    number.len() < rest.len()
        && listed.is_some_and(|rest| {
            word_list!["(", "（", ":", "：", "分别是", "分别为", "为", "包括", "即"].begin(rest)
        })
}

fn read(
    scan: &Scan<'_>,
    tables: &Tables,
    years: &[YearMention],
    core: Span,
    kinds: Kinds,
    free: usize,
) -> Title {
    let programme = if kinds.has(SPECIALTY.or(SPECIALTY_CONSTRUCTION).or(SPECIALTY_CULTIVATION)) {
        Programme::KeySpecialty
    } else if kinds.has(DISCIPLINE.or(DISCIPLINE_CONSTRUCTION).or(DISCIPLINE_CULTIVATION)) {
        Programme::KeyDiscipline
    } else {
        Programme::FeaturedSpecialty
    };
    let status = if kinds.has(SPECIALTY_CONSTRUCTION.or(DISCIPLINE_CONSTRUCTION).or(FEATURED_CONSTRUCTION)) {
        Some(Status::Construction)
    } else if kinds.has(SPECIALTY_CULTIVATION.or(DISCIPLINE_CULTIVATION).or(FEATURED_CULTIVATION)) {
        Some(Status::Cultivation)
    } else {
        None
    };
    let mut title = Title {
        span: core,
        programme,
        levels: Vec::new(),
        tier: None,
        status: status.unwrap_or(Status::Designated),
        status_said: status.is_some(),
        void: false,
        activity: false,
        person: false,
        framed: false,
        counted: false,
        year: None,
        field: None,
        region: None,
    };
    before::read(scan, tables, years, free, core.start, &mut title);
    behind::read(scan, core.end, &mut title);
    // 向国家临床重点专科迈进, 朝省级重点专科行列进发: where somebody would like to be.
    let head = window_before(scan.text, title.span.start, 12).trim_end_matches(['“', '"', '「']);
    if word_list!["向", "朝", "朝着", "向着", "往"].end(head) {
        let tail = window_after(scan.text, title.span.end, 36).trim_start_matches(['”', '"', '」', '的']);
        let tail = word_list!["行列", "队伍", "方阵", "阵营", "梯队", "目标", "方向"]
            .strip_prefix(tail)
            .unwrap_or(tail);
        title.activity |= word_list![
            "迈进", "迈步", "挺进", "进军", "进发", "前进", "冲刺", "冲击", "发起", "看齐", "靠拢", "努力",
            "奋进", "攀登", "发力", "迈去"
        ]
        .begin(tail);
    }
    // 数量比“十三五”国家重点专科翻了近一番: what something is compared with.
    let more = window_after(scan.text, title.span.end, 24).trim_start_matches(['”', '"', '」', '的']);
    let compared = window_before(scan.text, title.span.start, 24)
        .rsplit(['，', ',', '。', '；', '\n'])
        .next()
        .is_some_and(|head| {
            head.contains('比') && !word_list!["评比", "对比", "占比", "比赛", "比拼"].stand_in(head)
        });
    title.activity |= compared && word_list!["翻", "增", "多", "高", "少", "提高", "扩大", "更"].begin(more);
    title.void |= title.levels.is_empty() && is_given_by_hospital(scan.text, title.span.start);
    title
}

/// 作为医院的重点专科, 是我院最早挂牌的重点专科, 被医院确定为重点专科, 医院把骨科列为重点专科: a title of no level that the hospital itself gives.
fn is_given_by_hospital(text: &str, start: usize) -> bool {
    static OWN: WordList = WordList::new(&["医院", "我院", "全院", "本院", "该院", "院里"]);
    let clause =
        window_before(text, start, 72).rsplit(['，', ',', '。', '；', '\n']).next().unwrap_or_default();
    let head = clause.trim_end_matches(['“', '"', '「', '的']);
    // 是医院最早挂牌的重点专科
    let told = word_list!["挂牌", "设立", "确定", "评定", "建设"].strip_suffix(head).unwrap_or(head);
    let told = word_list!["最早", "最先", "首个", "第一个"].strip_suffix(told).unwrap_or(told);
    if let Some(led) = OWN.strip_suffix(told) {
        return led.ends_with(['为', '是', '系']);
    }
    let Some(rest) = word_list!["为", "成"].strip_suffix(head) else { return false };
    let Some(rest) =
        word_list!["列", "确定", "评定", "评", "认定", "命名", "定", "设", "确立"].strip_suffix(rest)
    else {
        return false;
    };
    // By it, or in its hands.
    word_list!["被", "由", "经"].strip_suffix(OWN.strip_suffix(rest).unwrap_or_default()).is_some()
        || OWN.strip_prefix(clause).is_some_and(|told| told.starts_with(['把', '将']))
}
