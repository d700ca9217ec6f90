//! Hospitals by place and kind: what people leave out (喀什一院 for 喀什地区第一人民医院) follows from how names are built.
//!
//! A name is a place or a university, a division's word (省, 市, 县), and a core; each part has longer printed forms, and
//! the name as printed is some combination of them. All are offered: one that no article holds costs nothing.

use crate::gazetteer::lookup::Gazetteer;
use crate::mention::institution::is_han;
use xinglin_text::{WordList, word_list};

use super::numeral::{leading_ordinal, ordinal};

/// Words of a division that may stand without its name: 市一院.
static DIVISIONS: WordList = WordList::new(&["自治区", "省", "市", "县", "区", "州", "盟", "旗", "地区"]);

/// Cores by kind: as said, as printed. Longer ones first among those that begin alike.
const CORES: &[(&str, &[&str])] = &[
    ("人民医院", &["人民医院"]),
    ("人医", &["人民医院"]),
    ("立医院", &["立医院"]),
    ("立", &["立医院"]),
    ("妇幼保健院", &["妇幼保健院", "妇幼保健计划生育服务中心"]),
    ("妇幼医院", &["妇幼保健院", "妇幼医院"]),
    ("妇幼院", &["妇幼保健院"]),
    ("妇幼", &["妇幼保健院", "妇幼保健计划生育服务中心"]),
    ("妇保院", &["妇幼保健院"]),
    ("妇保", &["妇幼保健院"]),
    ("中医医院", &["中医医院", "中医院"]),
    ("中医院", &["中医医院", "中医院"]),
    ("中西医结合医院", &["中西医结合医院"]),
    ("儿童医院", &["儿童医院"]),
    ("儿医", &["儿童医院"]),
    ("儿院", &["儿童医院"]),
    ("妇产医院", &["妇产医院"]),
    ("妇儿医院", &["妇女儿童医院"]),
    ("妇女儿童医院", &["妇女儿童医院"]),
    ("中心医院", &["中心医院"]),
    ("肿瘤医院", &["肿瘤医院"]),
    ("口腔医院", &["口腔医院"]),
    ("胸科医院", &["胸科医院"]),
    ("传染病医院", &["传染病医院"]),
    ("精神病医院", &["精神病医院", "精神卫生中心"]),
    ("精神卫生中心", &["精神卫生中心"]),
    ("精卫中心", &["精神卫生中心"]),
    ("红十字会医院", &["红十字会医院"]),
    ("红十字医院", &["红十字会医院", "红十字医院"]),
    ("红会医院", &["红十字会医院", "红会医院"]),
    ("疾控中心", &["疾病预防控制中心"]),
    ("疾控", &["疾病预防控制中心"]),
    ("卫健委", &["卫生健康委员会", "卫生健康委"]),
    ("卫健局", &["卫生健康局"]),
    ("医保局", &["医疗保障局"]),
];

/// Most universities that one abbreviation is taken for.
const MOST_UNIVERSITIES: usize = 5;

/// What goes on with a word that only looks like a core's end: 一院长, 妇幼健康.
const GOES_ON: &[char] =
    &['长', '士', '校', '系', '感', '址', '办', '落', '子', '内', '外', '健', '生', '师'];

/// A hospital's name at the head of a text: its length, and how it may be printed.
pub(super) fn read(gazetteer: &Gazetteer, rest: &str, before: Option<char>) -> Option<(usize, Vec<String>)> {
    if let Some(found) = of_university(gazetteer, rest) {
        return Some(found);
    }
    let (place, mut heads) = place(gazetteer, rest);
    let after_place = rest.get(place..)?;
    let typed_division = DIVISIONS.beginning(after_place);
    let place_text = rest.get(..place)?;
    let division = typed_division.or_else(|| DIVISIONS.ending(place_text));
    let width = typed_division.map_or(0, str::len);
    if let Some(word) = typed_division {
        heads = if place == 0 {
            vec![word.to_owned()]
        } else {
            heads.into_iter().map(|head| if head.ends_with(word) { head } else { head + word }).collect()
        };
    }
    if heads.is_empty() {
        // Nothing before the core: only where nothing else stands before it either.
        if before.is_some_and(is_han) {
            return None;
        }
        heads.push(String::new());
    }
    let (core, printed) = core(rest.get(place + width..)?, division)?;
    let length = place + width + core;
    if ends_inside_a_word(rest.get(length..)?) {
        return None;
    }
    let said = rest.get(..length)?;
    let named = place + width > 0;
    let mut names: Vec<String> = Vec::new();
    for core in &printed {
        // 妇幼保健院 by itself is said and printed alike; 人医 is 人民医院 wherever it is.
        for head in &heads {
            let name = format!("{head}{core}");
            if name != said && !names.contains(&name) && (named || !said.contains(core.as_str())) {
                names.push(name);
            }
        }
    }
    (!names.is_empty()).then_some((length, names))
}

fn ends_inside_a_word(tail: &str) -> bool {
    tail.chars().next().is_some_and(|next| GOES_ON.contains(&next))
}

/// The core at the head of a text: its length and how it is printed.
fn core(rest: &str, division: Option<&str>) -> Option<(usize, Vec<String>)> {
    if let Some(found) = numbered(rest) {
        return Some(found);
    }
    if let Some((said, printed)) = CORES.iter().find(|(said, _)| rest.starts_with(said))
        && (*said != "立" && *said != "立医院" || division.is_some())
    {
        return Some((said.len(), printed.iter().map(|name| (*name).to_owned()).collect()));
    }
    // 省医, 县医院: the people's hospital of that division.
    division?;
    let length = word_list!["医院", "医"].beginning(rest).map(|said| said.len())?;
    let ends = length > "医".len() || !rest.get(length..)?.chars().next().is_some_and(is_han);
    let mut printed = vec!["人民医院".to_owned()];
    if division == Some("省") {
        printed.push("立医院".to_owned());
    }
    ends.then_some((length, printed))
}

/// 一院, 第三医院, 四中心, 附二院.
fn numbered(rest: &str) -> Option<(usize, Vec<String>)> {
    let attached = word_list!["附属", "附"].beginning(rest).map_or(0, |word| word.len());
    let body = rest.get(attached..)?;
    let prefix = if body.starts_with('第') { "第".len() } else { 0 };
    let (width, value) = leading_ordinal(body.get(prefix..)?)?;
    let after = body.get(prefix + width..)?;
    let number = format!("第{}", ordinal(value));
    let (tail, cores): (usize, &[&str]) = if attached > 0 {
        let tail = word_list!["医院", "院"].beginning(after).map_or(0, |word| word.len());
        (tail, &["附属#医院", "#附属医院"])
    } else {
        const KINDS: &[(&str, &[&str])] = &[
            ("人民医院", &["#人民医院"]),
            ("附属医院", &["#附属医院", "附属#医院"]),
            ("附院", &["#附属医院", "附属#医院"]),
            ("中心医院", &["#中心医院"]),
            ("中心", &["#中心医院"]),
            ("中医院", &["#中医医院", "#中医院"]),
            ("医院", &["#人民医院", "#医院"]),
            ("院", &["#人民医院", "#医院"]),
            ("附", &["#附属医院", "附属#医院"]),
        ];
        let (said, cores) = KINDS.iter().find(|(said, _)| after.starts_with(said))?;
        (said.len(), cores)
    };
    let names = cores.iter().map(|core| core.replace('#', &number)).collect();
    Some((attached + prefix + width + tail, names))
}

/// The place at the head of a text: its length, and how it may be written, the fullest way first.
fn place(gazetteer: &Gazetteer, rest: &str) -> (usize, Vec<String>) {
    let mut length = 0;
    let mut heads: Vec<String> = Vec::new();
    // 湖南永州三院: the province stands before the city.
    for _ in 0..3 {
        let Some(tail) = rest.get(length..) else { break };
        let Some((width, segments)) = division_at(gazetteer, tail) else { break };
        length += width;
        heads = segments;
    }
    let typed = rest.get(..length).unwrap_or_default().to_owned();
    if length > 0 && !heads.contains(&typed) {
        heads.push(typed);
    }
    (length, heads)
}

/// The longest name of a division at the head of a text, and the full names of what it may mean.
fn division_at(gazetteer: &Gazetteer, rest: &str) -> Option<(usize, Vec<String>)> {
    let tables = gazetteer.tables();
    if !tables.region_names.begins(rest) {
        return None;
    }
    let ends: Vec<usize> = rest.char_indices().take(12).map(|(at, c)| at + c.len_utf8()).collect();
    ends.into_iter().rev().find_map(|end| {
        let targets = tables.region_names.find(rest.get(..end)?);
        let mut rows: Vec<_> = targets.iter().filter_map(|target| tables.region(target.row)).collect();
        rows.sort_by_key(|row| row.rank);
        let mut segments: Vec<String> = Vec::new();
        for row in rows {
            let segment = row.path.rsplit('/').next().unwrap_or(row.path).to_owned();
            if !segments.contains(&segment) && segments.len() < 4 {
                segments.push(segment);
            }
        }
        (!segments.is_empty()).then_some((end, segments))
    })
}

/// 温医大附五院, 兰大一院: a university by its usual abbreviation, then which of its hospitals.
fn of_university(gazetteer: &Gazetteer, rest: &str) -> Option<(usize, Vec<String>)> {
    let ends: Vec<usize> = rest.char_indices().take(10).map(|(at, c)| at + c.len_utf8()).collect();
    ends.into_iter().rev().find_map(|end| {
        let said = rest.get(..end)?;
        if !word_list!["大", "医", "学院", "大学"].end(said) {
            return None;
        }
        let tail = rest.get(end..)?;
        let (core, mut printed) = if let Some(found) = numbered(tail) {
            found
        } else {
            let length = word_list!["附属医院", "附院"].beginning(tail).map(|said| said.len())?;
            (length, vec!["附属医院".to_owned()])
        };
        if ends_inside_a_word(tail.get(core..)?) {
            return None;
        }
        let owners = universities(gazetteer, said);
        if owners.is_empty() {
            return None;
        }
        // 兰州大学第一医院 beside 温州医科大学附属第一医院: universities differ.
        let plain: Vec<String> = printed
            .iter()
            .filter(|name| name.ends_with("附属医院") && name.starts_with('第'))
            .map(|name| name.replace("附属", ""))
            .collect();
        printed.retain(|name| !name.contains("人民"));
        let attached: Vec<String> = printed
            .iter()
            .filter(|name| !name.contains("附属"))
            .flat_map(|name| {
                let number = name.trim_end_matches("医院");
                [format!("附属{name}"), format!("{number}附属医院")]
            })
            .collect();
        printed.extend(attached);
        printed.extend(plain);
        let whole = end + core;
        let typed = rest.get(..whole)?;
        let names: Vec<String> = owners
            .iter()
            .flat_map(|owner| printed.iter().map(move |core| format!("{owner}{core}")))
            .filter(|name| name != typed)
            .collect();
        (!names.is_empty()).then_some((whole, names))
    })
}

/// The universities that an abbreviation may stand for: its characters in their order, from the first.
fn universities(gazetteer: &Gazetteer, said: &str) -> Vec<String> {
    let tables = gazetteer.tables();
    let mut owners: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if owners.len() < MOST_UNIVERSITIES && !owners.iter().any(|known| known == name) {
            owners.push(name.to_owned());
        }
    };
    for row in tables.organisation_names.iter().filter(|row| is_short_for(said, row.name)) {
        let full = row.targets.first().and_then(|target| tables.organisations.get(target.row as usize));
        if row.name == said || is_school(row.name) {
            add(row.name);
            full.into_iter().for_each(|place| add(&place.full));
        }
    }
    // A university that is known by its hospitals: 温州医科大学 of 温州医科大学附属第一医院.
    for full in tables.institutions.iter().map(|place| place.full.as_ref()) {
        let end = full.find("大学").map(|at| at + "大学".len());
        let end = end.or_else(|| full.find("学院").map(|at| at + "学院".len()));
        if let Some(school) = end.and_then(|end| full.get(..end))
            && is_short_for(said, school)
        {
            add(school);
        }
    }
    owners
}

fn is_school(name: &str) -> bool {
    name.ends_with("大学") || name.ends_with("学院")
}

/// Whether `said` is `name` with characters left out, the first one kept.
fn is_short_for(said: &str, name: &str) -> bool {
    let mut left = name.chars();
    name.chars().next() == said.chars().next() && said.chars().all(|c| left.any(|other| other == c))
}
