//! Institutions where they stand: known names, and unknown ones by their pattern,
//! (place or owner)* + parts of a name + a type (医院, 卫生院, 妇幼保健院, …).

use super::name::Reader;
use super::scan::{Class, Entry, Scan, region_targets};
use super::{Span, window_before};
use crate::gazetteer::compile::{FULL, WEAK};
use crate::gazetteer::tables::{
    AUTHORITY, AWARD, AWARD_END, BACKGROUND, BOUNDARY, COPULA, EACH, GENERIC, HOPE, Kinds, NEGATION, NEWS,
    OWN, PART, PRONOUN, TYPE, Tables,
};
use xinglin_text::{WordList, word_list};

/// How an institution is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// By a name that says which one it is.
    Named,
    /// By a name that lacks its place: 市中心医院, 第一人民医院.
    Bare,
    /// 我院, 本院.
    Ours,
    /// 该院.
    That,
    /// 医院, 院方: whichever the text is about.
    Generic,
}

/// An institution where it stands.
#[derive(Debug, Clone)]
pub(crate) struct InstitutionMention {
    pub(crate) span: Span,
    /// The name without the campus.
    pub(crate) name: Span,
    pub(crate) naming: Naming,
    /// The row of the well-known institution that this is a name of.
    pub(crate) known: Option<u32>,
    /// 青岛院区, 雅瑶分院.
    pub(crate) campus: Option<Span>,
}

/// The words that end a name to the left.
pub(super) const STOPS: Kinds = BOUNDARY
    .or(AWARD)
    .or(AWARD_END)
    .or(COPULA)
    .or(OWN)
    .or(NEGATION)
    .or(HOPE)
    .or(NEWS)
    .or(AUTHORITY)
    .or(BACKGROUND)
    .or(EACH);

/// Every institution of a text, in order, none overlapping.
pub(crate) fn institutions(scan: &Scan<'_>, tables: &Tables) -> Vec<InstitutionMention> {
    let mut found: Vec<InstitutionMention> = Vec::new();
    let candidates = scan.longest(Class::Institution);
    for (span, entry) in candidates {
        let free = found.last().map_or(0, |last| last.span.end);
        let mention = if span.of(scan.text) == "分院" {
            branch(scan, tables, span, free)
        } else if entry.kinds.has(PRONOUN) {
            Some(pronoun(scan, span))
        } else if entry.institution.is_some() {
            Some(known(scan, tables, span, entry, free))
        } else {
            by_pattern(scan, tables, span, free)
        };
        if let Some(mention) = mention.filter(|mention| mention.span.start >= free) {
            found.push(with_campus(scan, run_by(scan, tables, mention)));
        }
    }
    found
}

/// 石鼓分院康复科: a branch by its place alone, which its hospital's name completes.
fn branch(scan: &Scan<'_>, tables: &Tables, kind: Span, free: usize) -> Option<InstitutionMention> {
    const LONGEST: usize = 4;
    if let Some(named) = branch_of_group(scan, tables, kind, free) {
        return Some(named);
    }
    let mut start = kind.start;
    for _ in 0..LONGEST {
        let Some(c) = scan.before(start).filter(|c| is_han(*c)) else { break };
        let from = start - c.len_utf8();
        let ends = from < free
            || scan.matcher.character(c).has(STOPS)
            || scan
                .ending_at(start)
                .any(|(_, entry)| entry.kinds.has(STOPS.or(GENERIC).or(TYPE).or(PRONOUN)))
            || "第一二三四五六七八九十两几多家所个座处其此间总新老".contains(c);
        if ends {
            break;
        }
        start = from;
    }
    let stem = Span::new(start, kind.start);
    let opens = scan.before(start).is_none_or(|c| {
        !is_han(c)
            || scan.matcher.character(c).has(STOPS)
            || scan.ending_at(start).any(|(_, entry)| entry.kinds.has(STOPS))
    });
    let span = Span::new(start, kind.end);
    (opens && stem.of(scan.text).chars().count() >= 2).then_some(InstitutionMention {
        span,
        name: span,
        naming: Naming::Bare,
        known: None,
        campus: None,
    })
}

/// 玉环市健康共同体集团沙门分院: a group's branch, by the group's name.
fn branch_of_group(scan: &Scan<'_>, tables: &Tables, kind: Span, free: usize) -> Option<InstitutionMention> {
    let head = window_before(scan.text, kind.start, 36);
    let group =
        ["集团", "共体", "共同体"].iter().filter_map(|word| Some(head.rfind(word)? + word.len())).max()?;
    let stem = head.get(group..)?;
    if !(2..=6).contains(&stem.chars().count()) || !stem.chars().all(is_han) {
        return None;
    }
    let mut reader = Reader::new(scan, tables, kind.start, free);
    let start = reader.read().filter(|start| *start + stem.len() < kind.start)?;
    let span = Span::new(start, kind.end);
    (reader.owned && reader.naming == Naming::Named).then_some(InstitutionMention {
        span,
        name: span,
        naming: Naming::Named,
        known: None,
        campus: None,
    })
}

fn pronoun(scan: &Scan<'_>, span: Span) -> InstitutionMention {
    let naming = match span.of(scan.text).chars().next() {
        Some('我' | '本') => Naming::Ours,
        Some('该' | '后' | '前') => Naming::That,
        _ => Naming::Generic,
    };
    InstitutionMention { span, name: span, naming, known: None, campus: None }
}

/// A known name; a longer one around it (北京大学 + 深圳医院) is read by its pattern.
fn known(scan: &Scan<'_>, tables: &Tables, span: Span, entry: &Entry, free: usize) -> InstitutionMention {
    let target = entry
        .institution
        .and_then(|row| tables.institution_names.get(row as usize))
        .and_then(|row| row.targets.first());
    let full = target.is_some_and(|target| target.strength == FULL);
    let longer = (!full)
        .then(|| Reader::new(scan, tables, span.start, free).read())
        .flatten()
        .filter(|start| *start < span.start);
    let placed = target.filter(|_| full).and_then(|target| placed(scan, tables, span, target.row, free));
    let longer = longer.or(placed.map(|(start, _)| start));
    let whole = Span::new(longer.unwrap_or(span.start), span.end);
    let known = if longer.is_none() || placed.is_some_and(|(_, rank)| rank == 0) {
        target.map(|target| target.row)
    } else {
        exact(scan, tables, whole.of(scan.text))
    };
    InstitutionMention { span: whole, name: whole, naming: Naming::Named, known, campus: None }
}

/// 韶关市粤北人民医院, 贵州省水矿总医院: its own place right before a name that bears none, and that place's rank.
fn placed(scan: &Scan<'_>, tables: &Tables, span: Span, row: u32, free: usize) -> Option<(usize, u8)> {
    let owned =
        word_list!["省", "市", "自治区", "大学", "学院", "部队", "解放军", "北京", "上海", "天津", "重庆"];
    let own = &tables.institutions.get(row as usize)?.path;
    if owned.stand_in(span.of(scan.text)) {
        return None;
    }
    let within =
        |path: &str| own.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    scan.ending_at(span.start).filter(|(place, _)| place.start >= free).find_map(|(place, entry)| {
        let targets = region_targets(tables, entry).iter().filter(|target| target.strength == FULL);
        let mut regions = targets.filter_map(|target| tables.region(target.row));
        regions.find(|region| within(region.path)).map(|region| (place.start, region.rank))
    })
}

fn exact(scan: &Scan<'_>, tables: &Tables, name: &str) -> Option<u32> {
    let known = tables.institution_names.get(scan.matcher.named(name)?.institution? as usize)?;
    known.targets.first().map(|target| target.row)
}

fn by_pattern(scan: &Scan<'_>, tables: &Tables, kind: Span, free: usize) -> Option<InstitutionMention> {
    let kind = of_centre(scan, kind);
    let word = kind.of(scan.text);
    // 设立生殖医学中心: a department's name.
    let department = word.ends_with("中心")
        && scan.ending_at(kind.end).any(|(span, entry)| entry.specialty.is_some() && span.start < kind.start);
    if followed_badly(scan, kind) || department {
        return None;
    }
    // 汉中市各医院
    let each = scan.before(kind.start).is_some_and(|c| matches!(c, '各' | '诸' | '每'))
        || word_list!["各大", "几大", "三大", "四大", "五大"].end(window_before(scan.text, kind.start, 6));
    // 六家医院
    let counted = scan.before(kind.start).filter(|c| matches!(c, '家' | '所')).is_some_and(|c| {
        let number = scan.before(kind.start - c.len_utf8());
        number.is_some_and(|c| c.is_ascii_digit() || "一两三四五六七八九十余多数几".contains(c))
    });
    // 达州两医院: so many of them; a hospital's number is never 两.
    let counted = counted || word == "医院" && scan.before(kind.start) == Some('两');
    if let Some(special) = of_specialty(scan, tables, kind, free).filter(|_| !each && !counted) {
        return Some(special);
    }
    if each
        || counted
        || scan.ending_at(kind.start).any(|(_, entry)| entry.kinds.has(GENERIC) && !entry.kinds.has(PART))
    {
        return word.ends_with("医院").then(|| generic(scan, kind));
    }
    let mut reader = Reader::new(scan, tables, kind.start, free);
    let start = reader.read();
    let naming = reader.naming;
    // A health centre that the text does not name holds what is said of it; it must not fall to another. Nor must 六院's.
    let apart = word.contains("卫生服务") || is_numbered(scan, kind) || is_unread(scan, kind);
    // 附二院: a university's second, as pages call it that have told its name.
    let attached = start.is_none().then(|| attached(scan, kind)).flatten().filter(|start| *start >= free);
    let unnamed = || {
        let span = Span::new(attached.unwrap_or(kind.start), kind.end);
        InstitutionMention { span, name: span, naming: Naming::Bare, known: None, campus: None }
    };
    let apart = apart || attached.is_some();
    let Some(start) = start else {
        return if matches!(word, "医院" | "卫生院") {
            Some(generic(scan, kind))
        } else {
            apart.then(unnamed)
        };
    };
    // 三级综合医院, 县级市医院: what kind of hospital, and no name.
    let graded = naming == Naming::Bare
        && word.ends_with("医院")
        && (scan.before(start) == Some('级')
            || scan.ending_at(start).any(|(span, _)| GRADES.contains(&span.of(scan.text))));
    if graded {
        return Some(generic(scan, kind));
    }
    let needs_owner = !word_list!["医院", "卫生院", "保健院", "精神卫生中心"].end(word);
    let of_town = word.contains("卫生服务") && {
        let stem = scan.text.get(start..kind.start).unwrap_or_default();
        let stem = stem.strip_suffix("中心").unwrap_or(stem);
        word_list!["镇", "乡", "街道", "社区"].end(stem) && stem.chars().count() <= 8
    };
    // 新惠社区卫生服务中心 at the head of a line or of an item.
    let of_community = word.starts_with("社区卫生服务") && {
        let stem = scan.text.get(start..kind.start).unwrap_or_default().chars().count();
        (2..=4).contains(&stem) && !scan.before(start).is_some_and(is_han)
    };
    if needs_owner && !reader.owned && !of_town && !of_community {
        return apart.then(unnamed);
    }
    let span = Span::new(start, kind.end);
    let name = span.of(scan.text);
    // 市中医院 is the city's 中医院, and none of a 市中区.
    let naming = if name == "市中医院" { Naming::Bare } else { naming };
    if word_list![
        "这些", "那些", "哪些", "三市", "四市", "五市", "四县", "五县", "各县", "各市", "各区", "各旗",
        "各地", "各乡", "各镇", "辖市", "辖区", "辖县", "两县", "三县", "多县", "两市", "两区", "几县"
    ]
    .stand_in(name)
        || name.contains('某')
        // 五家涉农区医院
        || {
            let number = name.trim_start_matches(|c: char| "一两二三四五六七八九十多数几".contains(c));
            number.len() < name.len() && number.starts_with(['家', '所']) && !number.starts_with("家子") && number.chars().count() > 3
        }
        || word_list!["一镇", "一县", "一乡", "一区", "一市"].stand_in(name)
    {
        return Some(InstitutionMention {
            span,
            name: span,
            naming: Naming::Bare,
            known: None,
            campus: None,
        });
    }
    if word_list!["区域医疗中心", "国家医学中心", "质控中心", "诊疗中心"].end(name) {
        return None;
    }
    Some(InstitutionMention { span, name: span, naming, known: exact(scan, tables, name), campus: None })
}

/// 某某国际医学中心医院: the centre's name goes on with 医院; 区域医疗中心 is no name of one.
fn of_centre(scan: &Scan<'_>, kind: Span) -> Span {
    let centre = matches!(kind.of(scan.text), "医学中心" | "医疗中心");
    let general = centre && word_list!["区域", "国家"].end(window_before(scan.text, kind.start, 6));
    let hospital = Span::new(kind.end, kind.end + "医院".len());
    let follows =
        centre && !general && scan.text.get(kind.end..).is_some_and(|rest| rest.starts_with("医院"));
    if follows && !followed_badly(scan, hospital) { Span::new(kind.start, hospital.end) } else { kind }
}

/// 青海省心脑血管病专科医院: a place, what it treats, and 专科医院; without a place it says what kind of hospital.
fn of_specialty(scan: &Scan<'_>, tables: &Tables, kind: Span, free: usize) -> Option<InstitutionMention> {
    const SPECIAL: &str = "专科";
    let head = window_before(scan.text, kind.start, 60).strip_suffix(SPECIAL)?;
    let from = kind.start - SPECIAL.len();
    let treats = kind.of(scan.text) == "医院"
        && head
            .ends_with(['病', '科', '腔', '瘤', '肠', '童', '产', '神', '形', '伤', '复', '疮', '癫', '痫']);
    if !treats || followed_badly(scan, kind) {
        return None;
    }
    let mut reader = Reader::new(scan, tables, from, free);
    let start = reader.read().filter(|start| *start < from)?;
    let span = Span::new(start, kind.end);
    (reader.owned && reader.naming == Naming::Named).then(|| InstitutionMention {
        span,
        name: span,
        naming: Naming::Named,
        known: exact(scan, tables, span.of(scan.text)),
        campus: None,
    })
}

/// What stands before a kind of hospital and names none.
const GRADES: &[&str] = &[
    "一级",
    "二级",
    "三级",
    "三甲",
    "二甲",
    "三乙",
    "甲等",
    "乙等",
    "现代化",
    "大型",
    "研究型",
    "综合性",
    "公立",
    "民营",
];

/// 六院, where a hospital's short name can stand: at the head of a clause, and a department or a verb behind it.
fn is_numbered(scan: &Scan<'_>, kind: Span) -> bool {
    let word = kind.of(scan.text);
    let number = word.strip_suffix('院').is_some_and(|number| NUMBERS.contains(&number));
    let opens = scan.before(kind.start).is_none_or(|c| !is_han(c) && !c.is_alphanumeric());
    let followed = scan.starting_at(kind.end).any(|(_, entry)| {
        entry.specialty.is_some() || entry.kinds.has(AWARD.or(COPULA).or(BOUNDARY).or(OWN))
    });
    let linked = scan.after(kind.end).is_some_and(|c| scan.matcher.character(c).has(BOUNDARY));
    number && opens && (followed || linked)
}

/// 五里桥眼防所口腔科, 职防院职业病科: an institution whose name was not read, right before its department.
fn is_unread(scan: &Scan<'_>, kind: Span) -> bool {
    word_list!["防治所", "防治院", "疗养院", "护理院", "保健所", "精神病院", "康复院"].end(kind.of(scan.text))
        && scan.starting_at(kind.end).any(|(_, entry)| entry.specialty.is_some())
}

/// Where 附二院 or 附一院 begins, whose number and 院 are a kind; none within a longer name.
fn attached(scan: &Scan<'_>, kind: Span) -> Option<usize> {
    const ATTACHED: char = '附';
    let number = kind.of(scan.text).strip_suffix('院').is_some_and(|number| NUMBERS.contains(&number));
    if !number || scan.before(kind.start) != Some(ATTACHED) {
        return None;
    }
    let mut start = kind.start - ATTACHED.len_utf8();
    // 昆医附一院: a medical university's, by the first character of its place.
    if scan.before(start) == Some('医')
        && let Some(first) = scan.before(start - '医'.len_utf8()).filter(|c| is_han(*c))
    {
        start -= '医'.len_utf8() + first.len_utf8();
    }
    let opens = scan.before(start).is_none_or(|c| {
        !is_han(c)
            || scan.matcher.character(c).has(STOPS)
            || scan.ending_at(start).any(|(_, entry)| entry.kinds.has(STOPS))
    });
    opens.then_some(start)
}

/// The numbers of short names: 六院.
pub(crate) const NUMBERS: &[&str] = &["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

fn generic(scan: &Scan<'_>, kind: Span) -> InstitutionMention {
    let start = kind.start
        - scan.before(kind.start).filter(|c| matches!(c, '该' | '本' | '我')).map_or(0, char::len_utf8);
    let span = Span::new(start, kind.end);
    let naming = match span.of(scan.text).chars().next() {
        Some('该') => Naming::That,
        Some('我' | '本') => Naming::Ours,
        _ => Naming::Generic,
    };
    InstitutionMention { span, name: span, naming, known: None, campus: None }
}

/// 医院感染管理科, 医院管理, 第三院区: the type belongs to a longer word.
fn followed_badly(scan: &Scan<'_>, kind: Span) -> bool {
    let rest = scan.text.get(kind.end..).unwrap_or_default();
    let word = kind.of(scan.text);
    if word == "医院" {
        return word_list![
            "感染管理",
            "感染控制",
            "感染预防",
            "感染办",
            "院感",
            "管理局",
            "管理处",
            "管理中心",
            "协会",
            "学会",
            "级别"
        ]
        .begin(rest);
    }
    (word.ends_with("院")
        && word.chars().count() == 2
        && (rest.starts_with('区') || rest.starts_with('士') || rest.starts_with('长')))
        || (word == "门诊部" && scan.before(kind.start) == Some('科'))
}

/// 某医院集团宿迁医院, 湘雅医院江西医院: a hospital that a greater one runs elsewhere, its name behind the other's.
fn run_by(scan: &Scan<'_>, tables: &Tables, mut mention: InstitutionMention) -> InstitutionMention {
    if mention.naming != Naming::Named {
        return mention;
    }
    let rest = scan.text.get(mention.span.end..).unwrap_or_default();
    // 某县医疗集团人民医院: the group's own hospital.
    let own =
        word_list!["人民医院", "第一人民医院", "中心医院", "中医医院", "中医院", "妇幼保健院", "总医院"];
    if mention.name.of(scan.text).ends_with("集团")
        && let Some(own) = own.beginning(rest)
    {
        mention.span.end += own.len();
        mention.name.end = mention.span.end;
        mention.known = None;
        return mention;
    }
    let group = word_list!["集团", "(集团)", "（集团）"].beginning(rest).map_or(0, |group| group.len());
    let from = mention.span.end + group;
    // 北京儿童医院顺义妇儿医院
    static PARTS: WordList = WordList::new(&[
        "妇女儿童",
        "妇儿",
        "妇产",
        "儿童",
        "中医",
        "中西医结合",
        "肿瘤",
        "骨科",
        "口腔",
        "眼科",
    ]);
    let kind_behind = |at: usize| {
        let part = scan.text.get(at..).and_then(|rest| PARTS.beginning(rest)).map_or(0, str::len);
        scan.starting_at(at + part)
            .find(|(span, entry)| entry.kinds.has(TYPE) && span.of(scan.text).ends_with("医院"))
            .map(|(span, _)| span)
    };
    // 北京大学第一医院密云医院: a county's short name that 医院 follows.
    let hospital = |at: usize| kind_behind(at).is_some_and(|kind| kind.of(scan.text) == "医院");
    let place = scan.starting_at(from).find(|(span, entry)| {
        region_targets(tables, entry)
            .iter()
            .any(|target| target.strength < WEAK || group > 0 || hospital(span.end))
    });
    let Some((place, _)) = place else {
        // 罗湖医院集团 is a name of its own.
        mention.span.end = from;
        mention.name.end = from;
        return mention;
    };
    // 曲靖市妇幼保健院曲靖市妇产医院: two names side by side.
    if group == 0 && mention.name.of(scan.text).starts_with(place.of(scan.text)) {
        return mention;
    }
    // 某医疗中心(集团)浙江省台州医院
    let place = scan
        .starting_at(place.end)
        .find(|(_, entry)| group > 0 && entry.region.is_some())
        .map_or(place, |(second, _)| second);
    if let Some(kind) = kind_behind(place.end) {
        mention.span.end = kind.end;
        mention.name.end = kind.end;
        mention.known = exact(scan, tables, mention.name.of(scan.text));
    }
    mention
}

/// A campus directly behind the name: 青岛院区, 雅瑶分院, 西院, (青岛).
fn with_campus(scan: &Scan<'_>, mut mention: InstitutionMention) -> InstitutionMention {
    if !matches!(mention.naming, Naming::Named | Naming::Bare) {
        return mention;
    }
    let rest = scan.text.get(mention.span.end..).unwrap_or_default();
    let mut length = 0;
    for (count, c) in rest.chars().enumerate() {
        if count > 8 || !is_han(c) || scan.matcher.character(c).has(BOUNDARY) {
            break;
        }
        length += c.len_utf8();
        let piece = rest.get(..length).unwrap_or_default();
        // 某医院西院肾内科
        let side = count == 1
            && matches!(piece, "东院" | "西院" | "南院" | "北院" | "新院" | "老院" | "本部")
            && !rest.get(length..).is_some_and(|rest| rest.starts_with(['区', '长', '士', '感']));
        if count >= 1 && (side || piece.ends_with("院区") || piece.ends_with("分院")) {
            let campus = Span::new(mention.span.end, mention.span.end + length);
            if !scan.says(campus, STOPS) {
                mention.campus = Some(campus);
                mention.span.end = campus.end;
                // 新华医院崇明分院: a hospital of another district, by its own name.
                let placed = scan
                    .starting_at(campus.start)
                    .any(|(span, entry)| entry.region.is_some() && span.end + "分院".len() == campus.end);
                if placed && piece.ends_with("分院") && mention.naming == Naming::Named {
                    mention.name.end = campus.end;
                    mention.known = None;
                }
            }
            break;
        }
    }
    mention
}

pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '〇' | '\u{20000}'..='\u{2ffff}')
}
