//! Who is the news about, where, and when?

use std::collections::{BTreeMap, BTreeSet};
use xinglin_text::{WordList, word_list};

use super::cast::Cast;
use crate::gazetteer::compile::FULL;
use crate::gazetteer::tables::Tables;
use crate::mention::scan::{Class, region_targets};
use crate::mention::year::When;
use crate::mention::{Span, window_before};
use crate::reading::Reading;
use crate::record::draft::{Dating, Origin};
use crate::record::merge::Settled;

/// The members that the news is about: whose page it is, and every holder of a list.
pub(crate) fn subjects(
    tables: &Tables,
    cast: &Cast,
    records: &[Settled],
    year: Option<i32>,
    put_forward: &[usize],
) -> Vec<usize> {
    let mut found: Vec<usize> = cast.home.into_iter().collect();
    let mut known: BTreeSet<usize> = found.iter().copied().collect();
    found.extend(cast.several.iter().filter(|at| known.insert(**at)));
    found.extend(put_forward.iter().filter(|holder| known.insert(**holder)));
    // A医院、B医院加入某联盟
    let abreast = cast.home.is_some_and(|home| cast.abreast.contains(&home));
    found.extend(cast.abreast.iter().filter(|at| abreast && known.insert(**at)));
    let news = records.iter().any(|record| {
        record.draft.origin == Origin::List
            || record.draft.dating == Dating::News
            || (record.year.is_some() && record.year == year)
    });
    // 去年,市妇幼保健院产科通过复核: told of the same city's, the year before.
    let within = |holder: usize| {
        let region = cast.members.get(holder).and_then(|member| member.region);
        region
            .zip(cast.place)
            .is_some_and(|(row, place)| rank(tables, place) > 0 && tables.within(row, place))
    };
    for record in records {
        let listed = record.draft.origin == Origin::List
            || record.draft.dating == Dating::News
            || (record.year.is_some() && record.year == year)
            || (cast.home.is_none() && (!news || cast.replies) && record.draft.dating != Dating::Undated)
            || (cast.home.is_none()
                && record.year.is_some_and(|told| Some(told + 1) == year)
                && within(record.draft.holder));
        let listed = listed
            || cast.home.is_some()
                && record.draft.dating != Dating::Undated
                && cast.is_beside(tables, record.draft.holder);
        if listed && known.insert(record.draft.holder) {
            found.push(record.draft.holder);
        }
    }
    // 介休:乡镇卫生院“长”出特色专科: every hospital of that county that holds a title.
    let theirs = |holder: usize| {
        cast.county.is_some() && cast.members.get(holder).is_some_and(|member| member.region == cast.county)
    };
    found.extend(
        records.iter().map(|record| record.draft.holder).filter(|&at| theirs(at) && known.insert(at)),
    );
    if cast.home.is_none() && !news {
        // Hospitals whose titles are told without news: a reader's question, a survey.
        for record in records {
            if known.insert(record.draft.holder) {
                found.push(record.draft.holder);
            }
        }
    }
    found
}

/// The places of the subjects, each as deep as the page lets one know.
///
/// Where hospitals hold titles but none is the news' own subject, it is about their city.
pub(crate) fn regions(
    reading: &Reading<'_>,
    cast: &Cast,
    subjects: &[usize],
    holds_titles: bool,
) -> Vec<u32> {
    let tables = reading.tables;
    let mut cities: BTreeMap<u32, Option<u32>> = BTreeMap::new();
    let elsewhere = only_seated_elsewhere(reading, cast, subjects);
    let mut rows: BTreeSet<u32> = subjects
        .iter()
        .filter(|at| !elsewhere.contains(at))
        .filter_map(|&at| {
            let member = cast.members.get(at)?;
            let province =
                member.region.filter(|&row| rank(tables, row) == 0 && !is_municipality(tables, row));
            let city = province.and_then(|province| {
                let told = || {
                    datelined(reading, tables, province)
                        .or_else(|| seat(reading, tables, province).filter(|_| subjects.len() == 1))
                        .or_else(|| capital(reading, tables, province))
                };
                *cities.entry(province).or_insert_with(told)
            });
            city.or(member.region).or(if Some(at) == cast.home || subjects.len() == 1 {
                cast.place
            } else {
                None
            })
        })
        .collect();
    if rows.is_empty() && (!subjects.is_empty() || holds_titles || cast.counted) {
        rows.extend(cast.place);
    }
    // 怀柔区's list has 北京…医院 in it: all of them are the county's that the page is about.
    let listed = || cast.place.filter(|&row| cast.home.is_none() && rank(tables, row) == 2);
    let county = cast.county.or_else(listed).filter(|row| rows.contains(row));
    if let Some(county) = county
        && rows.iter().all(|&row| tables.within(county, row))
    {
        return vec![county];
    }
    if let (1, Some(&only)) = (rows.len(), rows.first()) {
        if let Some(district) = district(reading, only).filter(|_| subjects.len() == 1) {
            return vec![district];
        }
        return vec![only];
    }
    // Within one city whose own hospitals are among them, the city stands for its counties.
    let across = {
        let of = |row: u32| tables.ancestor(row, 1).unwrap_or(row);
        let mut all = rows.iter().map(|&row| of(row)).filter(|&row| rank(tables, row) > 0);
        all.next().is_some_and(|first| all.any(|other| other != first))
    };
    let cities: BTreeSet<u32> =
        rows.iter().filter(|&&row| rank(tables, row) == 1 || is_municipality(tables, row)).copied().collect();
    rows.iter()
        .copied()
        .filter(|&row| across || !cities.iter().any(|&city| city != row && tables.within(row, city)))
        .filter(|&row| {
            !(rank(tables, row) == 0 && rows.iter().any(|&other| other != row && tables.within(other, row)))
                || is_municipality(tables, row)
        })
        .collect()
}

/// 全州8家医疗机构: those of a prefecture's list that only their owner's seat puts elsewhere. Where they are, no one can tell.
fn only_seated_elsewhere(reading: &Reading<'_>, cast: &Cast, subjects: &[usize]) -> BTreeSet<usize> {
    let tables = reading.tables;
    let Some(place) = cast.place.filter(|&row| cast.home.is_none() && rank(tables, row) == 1) else {
        return BTreeSet::new();
    };
    let within = |at: &usize| {
        let region = cast.members.get(*at).and_then(|member| member.region);
        region.is_none_or(|row| tables.within(row, place))
    };
    let strangers: BTreeSet<usize> = subjects.iter().copied().filter(|at| !within(at)).collect();
    let seated = |at: &usize| cast.members.get(*at).is_some_and(|member| member.seated);
    let all =
        || word_list!["全州", "全市", "我州", "我市", "全盟", "我盟", "全地区"].stand_in(reading.text());
    let few = !strangers.is_empty() && strangers.len() * 4 <= subjects.len();
    if few && strangers.iter().all(seated) && all() { strangers } else { BTreeSet::new() }
}

/// A provincial hospital without a city in its name is where the news was sent from: 桂林8月12日电, 本报桂林讯.
fn datelined(reading: &Reading<'_>, tables: &Tables, province: u32) -> Option<u32> {
    let text = reading.text();
    text.lines().take(8).find_map(|line| {
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        let head = line.trim_start().strip_prefix("本报").unwrap_or(line.trim_start());
        let at = start + line.len() - head.len();
        let (span, city) = reading.scan.starting_at(at).find_map(|(span, entry)| {
            let targets = region_targets(tables, entry);
            let city = targets.iter().find(|t| rank(tables, t.row) == 1 && tables.within(t.row, province))?;
            Some((span, city.row))
        })?;
        let tail = text.get(span.end..)?;
        let rest =
            tail.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '月' | '日' | '市' | ' '));
        (rest.starts_with('电') || rest.starts_with('讯')).then_some(city)
    })
}

/// 医院位于儋州市那大镇: the city or county that the text says the only hospital stands in.
fn seat(reading: &Reading<'_>, tables: &Tables, province: u32) -> Option<u32> {
    reading.scan.longest(Class::Region).find_map(|(span, entry)| {
        let head = clause_before(reading, span);
        let told = word_list!["医院位于", "医院坐落于", "医院地处", "医院坐落在", "医院位于省会"].end(head);
        let targets = region_targets(tables, entry);
        let fit = |target: &&crate::gazetteer::tables::Target| {
            target.strength == FULL && target.row != province && tables.within(target.row, province)
        };
        // 地处A市与B市之间
        let tail = reading.text().get(span.end..).unwrap_or_default();
        let alone = !tail.starts_with(['与', '和', '、']);
        let greatest = targets.iter().filter(fit).min_by_key(|target| rank(tables, target.row));
        let row = greatest.filter(|_| told && alone)?.row;
        // A city without districts stands twice in the table.
        let last = |row: u32| tables.region(row).and_then(|region| region.path.rsplit('/').next());
        let above = tables.region(row).and_then(|region| region.parent);
        Some(above.filter(|&above| last(above) == last(row)).unwrap_or(row))
    })
}

/// A provincial hospital is in the capital, where the text names it: 位于省城太原的山西省中医院.
fn capital(reading: &Reading<'_>, tables: &Tables, province: u32) -> Option<u32> {
    let capital = tables.regions.first_city(province)?;
    let path = &tables.region(capital)?.path;
    let city = path.rsplit('/').next()?.trim_end_matches('市');
    crate::work::done(reading.text().len());
    let outside = |at: usize| !reading.in_institution(Span::new(at, at + city.len()));
    reading.text().match_indices(city).any(|(at, _)| outside(at)).then_some(capital)
}

fn rank(tables: &Tables, row: u32) -> u8 {
    tables.region(row).map_or(u8::MAX, |region| region.rank)
}

fn is_municipality(tables: &Tables, row: u32) -> bool {
    tables.region(row).is_some_and(|region| region.rank == 0 && region.path.ends_with('市'))
}

/// The district that the text's own sentences put the hospital in: 位于…区, …区的医院, 居…区首位, 地址:….
fn district(reading: &Reading<'_>, city: u32) -> Option<u32> {
    let tables = reading.tables;
    if !(rank(tables, city) == 1 || is_municipality(tables, city)) {
        return None;
    }
    let scan = &reading.scan;
    let mut found: BTreeSet<u32> = BTreeSet::new();
    for (span, entry) in scan.longest(Class::Region) {
        let targets = region_targets(tables, entry);
        // 位于湛江赤坎的…: a short name where a place is told.
        let told = || is_located(reading, span);
        // 落户文山: the prefecture as much as its city of that name.
        let city_itself = targets.iter().any(|target| target.row == city);
        let Some(target) = targets.iter().find(|target| {
            target.row != city
                && rank(tables, target.row) == 2
                && tables.within(target.row, city)
                && !city_itself
                && (target.strength == FULL || told())
        }) else {
            continue;
        };
        if reading.in_institution(span) {
            continue;
        }
        if places(reading, span) {
            found.insert(target.row);
        }
    }
    match found.first() {
        Some(&only) if found.len() == 1 => Some(only),
        _ => None,
    }
}

fn places(reading: &Reading<'_>, span: Span) -> bool {
    let head = clause_before(reading, span);
    // 新城院区设在松山区: one of several places.
    let campus = word_list!["院区", "分院", "院部"].stand_in(head)
        && word_list!["设在", "建在", "位于", "在", "设于"].end(head);
    if campus {
        return true;
    }
    let tail = reading.text().get(span.end..).unwrap_or_default();
    // 布尔津县、哈巴河县的医院也将接入: others'.
    let joined = head.ends_with(['、', '和', '及', '与']);
    let own = !joined
        && word_list!["的医院", "的我院", "的本院", "的总院", "院本部", "的院本部", "的本部", "的病房"]
            .begin(tail);
    // 地处铁西区的滑翔院区, 位于沾益区的北院区: one of several.
    if is_branch_of(tail) {
        return false;
    }
    // 整体迁入西青区侯台新址
    let near = crate::mention::window_after(reading.text(), span.end, 24);
    let near = near.split(['，', ',', '。']).next().unwrap_or_default();
    let moved = word_list!["迁入", "搬入", "迁至", "搬至", "搬迁至", "迁到", "搬到"].end(head)
        && word_list!["新址", "新院", "院区", "新大楼"].stand_in(near);
    if moved {
        return true;
    }
    let leads = head.contains('居') && word_list!["首位", "第一", "前列", "首", "各医院"].begin(tail);
    is_located(reading, span) || own || leads || is_street_of(reading, span)
}

/// 的滑翔院区,…: whether a branch called by a name of its own stands behind its place.
fn is_branch_of(tail: &str) -> bool {
    let Some(rest) = tail.strip_prefix('的') else { return false };
    let clause = rest.split(['，', ',', '。', '、', '\n']).next().unwrap_or_default();
    let name =
        ["院区", "分院"].iter().filter_map(|kind| clause.find(kind)).min().and_then(|at| clause.get(..at));
    name.is_some_and(|name| {
        matches!(name, "东" | "西" | "南" | "北" | "分")
            || (2..=4).contains(&name.chars().count())
                && !word_list!["新", "总", "主", "老", "本", "我", "医院", "全"].begin(name)
    })
}

/// 玉树市结古街道的玉树州人民医院, 临渭区杜桥街道的医院广场: the hospital stands in that street.
fn is_street_of(reading: &Reading<'_>, span: Span) -> bool {
    static STREETS: WordList =
        WordList::new(&["街道", "镇", "街", "路", "大道", "巷", "号", "段", "畔", "之滨", "脚下", "山下"]);
    let tail = crate::mention::window_after(reading.text(), span.end, 60);
    let street_before = |end: usize| {
        let street = tail.get(..end).unwrap_or_default();
        (2..=12).contains(&street.chars().count())
            && street.chars().all(|c| c.is_alphanumeric())
            && STREETS.end(street)
    };
    // 巴宜区八一镇泉州路林芝市人民医院行政楼
    let next = reading.institutions.partition_point(|name| name.span.start < span.end);
    let named = reading.institutions.get(next).filter(|name| name.span.start <= span.end + tail.len());
    if named.is_some_and(|name| street_before(name.span.start - span.end)) {
        return true;
    }
    let Some(street) = tail.find(['的', '，', ',']).filter(|end| street_before(*end)) else { return false };
    let sign = tail.get(street..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let behind = span.end + street + sign;
    // 初冬的延吉市局子街,某大学附属医院…: a scene that opens with the hospital's street
    let opens = || {
        let head = clause_before(reading, span).trim_start();
        head.chars().nth(4).is_none() && (head.is_empty() || head.ends_with('的'))
    };
    (tail.get(street..).is_some_and(|rest| rest.starts_with('的') || opens())
        && reading.institution_at(behind).is_some())
        || is_scene(reading, span, behind)
}

/// 在西陵区解放路,透析大厅的灯亮了; 是在舞阳坝街道的住院大楼: the hospital's own rooms, in a street of that district.
fn is_scene(reading: &Reading<'_>, span: Span, behind: usize) -> bool {
    static ROOMS: WordList = WordList::new(&[
        "住院楼",
        "住院大楼",
        "住院部",
        "门诊楼",
        "门诊大楼",
        "门诊大厅",
        "透析大厅",
        "透析室",
        "透析中心",
        "病房",
        "病区",
        "手术室",
        "诊室",
        "候诊",
        "产房",
        "医院大楼",
        "医院的",
        "院区",
    ]);
    static OTHERS: WordList = WordList::new(&[
        "家住", "住在", "来自", "居民", "患者", "义诊", "社区", "家中", "工地", "车祸", "发生", "广场",
        "活动", "家里",
    ]);
    let head = clause_before(reading, span);
    let tail = crate::mention::window_after(reading.text(), behind, 120);
    let tail = tail.split(['。', '\n']).next().unwrap_or_default();
    word_list!["在", "位于", "地处"].end(head)
        && !OTHERS.stand_in(head)
        && !OTHERS.stand_in(tail)
        && ROOMS.stand_in(tail)
}

/// The clause before a place, as far as it matters.
fn clause_before<'t>(reading: &Reading<'t>, span: Span) -> &'t str {
    let head = window_before(reading.text(), span.start, 48);
    head.rsplit(['\n', '。', '，', ',', '；']).next().unwrap_or_default()
}

fn is_located(reading: &Reading<'_>, span: Span) -> bool {
    let head = clause_before(reading, span);
    word_list!["位于", "坐落于", "坐落在", "地处", "座落于", "座落在", "大楼坐落", "大楼座落", "落户"]
        .stand_in(head)
        || word_list!["交货地点", "服务地点", "交付地点"].stand_in(head)
        || word_list!["报名地点", "考试地点", "面试地点"].stand_in(head)
            && crate::mention::window_after(reading.text(), span.end, 120)
                .lines()
                .next()
                .is_some_and(|line| line.contains("医院") || line.contains("院内"))
        || head.contains("地址") && !is_footer(reading.text(), span.start)
}

/// Whether a line that opens with the address begins the contacts at the text's end.
fn is_footer(text: &str, at: usize) -> bool {
    static CONTACTS: WordList = WordList::new(&[
        "地址",
        "电话",
        "热线",
        "邮编",
        "邮政",
        "传真",
        "邮箱",
        "网址",
        "网站",
        "ICP",
        "公网安备",
        "版权",
        "主办",
        "技术支持",
    ]);
    let head = window_before(text, at, 240);
    let start = at - head.rsplit('\n').next().unwrap_or(head).len();
    let rest = text.get(start..).unwrap_or_default();
    let short = rest.len() <= 1_200;
    let contact = |line: &str| CONTACTS.stand_in(line);
    let opens = word_list!["地址", "医院地址", "联系地址", "院址"].begin(rest.trim_start());
    short && opens && rest.lines().filter(|line| !line.trim().is_empty()).all(contact)
}

/// The year of the news: the publication's, else the one by which the article dates itself.
pub(crate) fn year(
    published: Option<(i32, u8, u8)>,
    published_year: Option<i32>,
    reading: &Reading<'_>,
    headline: Option<Span>,
    title: Option<&Reading<'_>>,
) -> Option<i32> {
    if let Some((year, _, _)) = published {
        return Some(year);
    }
    if published_year.is_some() {
        return published_year;
    }
    let of = |reading: &Reading<'_>, within: Span| {
        reading.years_in(within).iter().find_map(|year| {
            if let When::Year(value) | When::Programme(value) = year.when { Some(value) } else { None }
        })
    };
    headline
        .and_then(|headline| {
            let text = headline.of(reading.text());
            of(reading, headline).or_else(|| year_reviewed(text)).or_else(|| year_of_edition(text))
        })
        .or_else(|| title.and_then(|title| of(title, Span::new(0, title.text().len()))))
        .or_else(|| dateline(reading, headline))
}

/// Words of headlines that look back on a year.
static REVIEWS: WordList = WordList::new(&[
    "回眸",
    "回望",
    "回首",
    "盘点",
    "大事",
    "亮点",
    "总结",
    "工作报告",
    "先进",
    "表彰",
    "述职",
    "十件",
    "十大",
    "年终",
    "这一年",
    "走过",
    "回顾",
    "答卷",
    "瞬间",
    "数说",
    "关键词",
    "成绩单",
    "年鉴",
    "年报",
]);

/// Whether a headline looks back on a year.
pub(crate) fn is_review(headline: &str) -> bool {
    REVIEWS.stand_in(headline)
}

/// 回望2022:…十件实事: the year of a headline that looks back, where no 年 stands behind it.
pub(crate) fn year_reviewed(headline: &str) -> Option<i32> {
    if !is_review(headline) {
        return None;
    }
    let runs = headline.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
    let mut years = runs.filter_map(|run| run.parse().ok()).filter(|year| (1990..=2100).contains(year));
    // 大事记(2015—2020) looks back on several.
    let year = years.next()?;
    years.all(|other| other == year).then_some(year)
}

/// 西北就医攻略(2023版), 2023最新版: the year of a headline's edition.
fn year_of_edition(headline: &str) -> Option<i32> {
    let (head, _) = headline.rsplit_once('版')?;
    let head = word_list!["最新", "全新", "新", "修订"].strip_suffix(head).unwrap_or(head);
    let digits = head.get(head.len().checked_sub(4)?..)?;
    let longer = head.get(..head.len() - 4).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    digits.parse().ok().filter(|year| !longer && (1990..=2100).contains(year))
}

/// 2023年5月6日,… at the head of the first paragraph.
fn dateline(reading: &Reading<'_>, headline: Option<Span>) -> Option<i32> {
    let from = headline.map_or(0, |headline| headline.end);
    let rest = reading.text().get(from..)?;
    let start = from + rest.len() - rest.trim_start().len();
    let first =
        reading.years.iter().find(|year| year.span.start >= start && year.span.start <= start + 60)?;
    let When::Year(value) = first.when else { return None };
    let tail = reading.text().get(first.span.end..)?.trim_start_matches(' ');
    let month = tail.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    let dated = month.len() < tail.len() && month.starts_with('月');
    (dated && !is_chronicle(reading, start, value)).then_some(value)
}

/// 2016年3月,… / 2019年12月,… / 2023年1月,…: paragraphs that each have a year of their own at their head.
fn is_chronicle(reading: &Reading<'_>, start: usize, first: i32) -> bool {
    let heads = |year: &crate::mention::year::YearMention| {
        year.span.start > start && matches!(reading.scan.before(year.span.start), Some('\n'))
    };
    let mut others = reading.years.iter().filter(|year| heads(year)).filter_map(|year| match year.when {
        When::Year(value) if value != first => Some(value),
        _ => None,
    });
    others.next().is_some_and(|second| others.any(|third| third != second))
}
