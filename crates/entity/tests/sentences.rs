//! Every way in which news begins, gives titles and goes on, with every other: sentences that are read alone are read together.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use xinglin_entity::{Source, Tagger};

const HOSPITAL: &str = "绵阳市中心医院";

/// How news begins, for a title that waits for its departments; `{P}` is the title.
const ANNOUNCED: &[&str] = &[
    "近日，四川省卫生健康委员会公布新一批{P}名单，",
    "5月8日，四川省卫生健康委员会发文公布2022年度{P}评审结果，",
    "根据四川省卫生健康委员会日前印发的《关于公布{P}名单的通知》，",
    "日前，四川省卫生健康委员会公布了{P}名单。",
    "四川省卫生健康委员会近日公布的{P}名单中，",
];

/// Who has the title that was announced: two departments, or the first alone.
const TAKEN: &[(&str, usize)] = &[
    ("{H}骨科、眼科榜上有名", 2),
    ("{H}骨科、眼科成功入选", 2),
    ("{H}的骨科和眼科位列其中", 2),
    ("{H}2个专科（骨科、眼科）入选", 2),
    ("{H}有2个专科入选，分别是骨科、眼科", 2),
    ("{H}共有2个科室上榜：骨科、眼科", 2),
    ("{H}骨科名列其中", 1),
];

/// How news begins that says for itself what was given.
const TOLD: &[&str] = &["近日，从四川省卫生健康委员会传来喜讯，", "日前，经专家评审、公示等环节，", ""];

const GIVEN: &[(&str, usize)] = &[
    ("{H}骨科、眼科获批{P}", 2),
    ("{H}骨科、眼科被确定为{P}", 2),
    ("{H}骨科荣获“{P}”称号", 1),
    ("{H}2个专科（骨科、眼科）获评{P}", 2),
    ("确定{H}骨科、眼科为{P}", 2),
    ("{H}新增2个{P}，分别为骨科和眼科", 2),
];

/// Departments with the city's title, and the years in which they were given it.
type Held = &'static [(&'static str, Option<i32>)];

/// A department with its title's level and status, and the year in which it was given.
type Given = (&'static str, &'static str, &'static str, Option<i32>);

/// How it goes on, and what that gives.
const BEHIND: &[(&str, Held)] = &[
    ("。", &[]),
    ("，该院市级重点专科增至16个。", &[]),
    ("，使该院省级临床重点专科总数升至16个。", &[]),
    ("，标志着该院专科建设迈上新台阶。", &[]),
    ("。目前，该院共有国家临床重点专科2个，省级临床重点专科18个。", &[]),
    ("。据悉，全省共有120个专科入选{P}。", &[]),
    ("。下一步，该院将以此为契机，力争早日建成国家临床重点专科。", &[]),
    ("。在国家临床重点专科评审中，该院产科遗憾落选。", &[]),
    ("。该院产科正在申报绵阳市重点专科。", &[]),
    ("。骨科与北京协和医院骨科（国家临床重点专科）建立了协作关系。", &[]),
    ("。骨科现有床位120张，医护人员68人。", &[]),
    ("。此前，该院产科已于2019年入选绵阳市重点专科。", &[("产科", Some(2019))]),
    ("。该院产科、肾内科等6个专科为绵阳市重点专科。", &[("产科", None), ("肾内科", None)]),
    ("。2021年，产科、肾内科获评绵阳市重点专科。", &[("产科", Some(2021)), ("肾内科", Some(2021))]),
    ("，产科被列为绵阳市重点专科。", &[("产科", Some(2023))]),
    ("；产科、肾内科入选绵阳市重点专科。", &[("产科", Some(2023)), ("肾内科", Some(2023))]),
    ("；同时，产科通过绵阳市重点专科验收。", &[("产科", Some(2023))]),
    ("。产科2020年被评为绵阳市重点专科，2022年通过复核。", &[("产科", Some(2020)), ("产科", Some(2022))]),
];

/// Titles, with their level and status.
const TITLES: &[(&str, &str, &str)] = &[
    ("省级临床重点专科建设项目", "provincial", "construction"),
    ("四川省临床重点专科", "provincial", "designated"),
    ("国家临床重点专科建设项目", "national", "construction"),
];

/// How several hospitals of a city are said to have what was announced.
const SHARED: &[&str] = &[
    "绵阳市中心医院骨科、眼科，江油市人民医院产科，三台县人民医院肾内科榜上有名。",
    "绵阳市中心医院骨科、眼科入选，江油市人民医院产科入选，三台县人民医院肾内科入选。",
    "绵阳市中心医院的骨科、眼科；江油市人民医院的产科；三台县人民医院的肾内科名列其中。",
    "绵阳市中心医院有2个专科入选，分别是骨科、眼科；江油市人民医院产科、三台县人民医院肾内科入选。",
    "绵阳市中心医院占2席（骨科、眼科），江油市人民医院占1席（产科），三台县人民医院占1席（肾内科）。",
    "入选的专科分别是：绵阳市中心医院骨科、眼科；江油市人民医院产科；三台县人民医院肾内科。",
    "绵阳市中心医院以骨科、眼科上榜，江油市人民医院以产科上榜，三台县人民医院以肾内科上榜。",
    "绵阳市中心医院拿下骨科、眼科2个名额，江油市人民医院拿下产科1个名额，三台县人民医院拿下肾内科1个名额。",
    "绵阳市中心医院凭借骨科、眼科占据2席，江油市人民医院凭借产科占据1席，三台县人民医院凭借肾内科占据1席。",
    "骨科、眼科花落绵阳市中心医院；产科花落江油市人民医院；肾内科花落三台县人民医院。",
    "骨科、眼科花落绵阳市中心医院，产科落户江油市人民医院，肾内科归属三台县人民医院。",
    "其中，绵阳市中心医院2个，分别为骨科、眼科；江油市人民医院1个，为产科；三台县人民医院1个，为肾内科。",
];

fn records(tagger: &Tagger, title: &str, text: &str) -> BTreeSet<String> {
    let text = format!("{title}\n\n{text}\n");
    let tags =
        tagger.tag(&Source { title, text: &text, published: Some((2023, 5, 12)), ..Source::default() });
    let told = tags.designations.iter().map(|record| {
        format!(
            "{} {} {} {} {:?}",
            record.institution, record.specialty, record.level, record.status, record.year
        )
    });
    told.collect()
}

/// What is told of a text beside what should be, where they differ.
fn difference(tagger: &Tagger, title: &str, text: &str, wanted: &BTreeSet<String>) -> Option<String> {
    let found = records(tagger, title, text);
    (found != *wanted).then(|| format!("{text}\n  found {found:?}\n  wanted {wanted:?}"))
}

fn expected(hospital: &str, field: &str, (level, status): (&str, &str), year: Option<i32>) -> String {
    format!("{hospital} {field} {level} {status} {year:?}")
}

#[test]
fn whatever_begins_goes_with_whatever_follows() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
    let announced =
        ANNOUNCED.iter().flat_map(|lead| TAKEN.iter().map(move |(given, count)| (lead, given, *count)));
    let told = TOLD.iter().flat_map(|lead| GIVEN.iter().map(move |(given, count)| (lead, given, *count)));
    let mut wrong = Vec::new();
    let mut count = 0;
    for (lead, given, departments) in announced.chain(told) {
        for (behind, more) in BEHIND {
            for &(title, level, status) in TITLES {
                let text = format!("{lead}{given}{behind}").replace("{H}", HOSPITAL).replace("{P}", title);
                let new = ["骨科", "眼科"].into_iter().take(departments);
                let new = new.map(|field| expected(HOSPITAL, field, (level, status), Some(2023)));
                let held = more
                    .iter()
                    .map(|(field, year)| expected(HOSPITAL, field, ("municipal", "designated"), *year));
                let wanted: BTreeSet<String> = new.chain(held).collect();
                count += 1;
                wrong.extend(difference(&tagger, "绵阳市中心医院专科建设再传捷报", &text, &wanted));
            }
        }
    }
    assert!(count > 2_000, "{count} texts");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_list_is_told_in_many_ways() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
    let holders = [
        ("绵阳市中心医院", "骨科"),
        ("绵阳市中心医院", "眼科"),
        ("江油市人民医院", "产科"),
        ("三台县人民医院", "肾内科"),
    ];
    let leads = [
        "近日，{A}公布{P}名单，全市共有4个专科入选。",
        "{A}日前发布通知，确定4个专科为{P}。",
        "5月8日，{A}公布了新一批{P}评审结果，4个专科上榜。",
    ];
    let behind =
        ["", "至此，全市市级重点专科总数达到56个。", "此次评审共收到申报材料85份，经初审、答辩等环节产生。"];
    let mut wrong = Vec::new();
    for &(title, level, status) in TITLES {
        let office = if level == "national" { "国家卫生健康委" } else { "四川省卫生健康委" };
        for lead in leads {
            for list in SHARED {
                for tail in behind {
                    let text = format!("{lead}{list}{tail}").replace("{A}", office).replace("{P}", title);
                    let wanted: BTreeSet<String> = holders
                        .iter()
                        .map(|(hospital, field)| expected(hospital, field, (level, status), Some(2023)))
                        .collect();
                    wrong.extend(difference(&tagger, "绵阳一批专科上榜", &text, &wanted));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Four departments of three hospitals, in every way in which they are enumerated.
const ENUMERATED: &[&str] = &[
    "绵阳市中心医院骨科、眼科；江油市人民医院产科；三台县人民医院肾内科",
    "绵阳市中心医院骨科、眼科;江油市人民医院产科;三台县人民医院肾内科",
    "绵阳市中心医院骨科、眼科，江油市人民医院产科，三台县人民医院肾内科",
    "绵阳市中心医院骨科、眼科、江油市人民医院产科、三台县人民医院肾内科",
    "绵阳市中心医院的骨科、眼科，江油市人民医院的产科和三台县人民医院的肾内科",
    "绵阳市中心医院骨科和眼科、江油市人民医院产科以及三台县人民医院肾内科",
    "绵阳市中心医院（骨科、眼科）、江油市人民医院（产科）、三台县人民医院（肾内科）",
    "绵阳市中心医院(骨科、眼科)、江油市人民医院(产科)、三台县人民医院(肾内科)",
    "绵阳市中心医院骨科、绵阳市中心医院眼科、江油市人民医院产科、三台县人民医院肾内科",
    "绵阳市中心医院：骨科、眼科；江油市人民医院：产科；三台县人民医院：肾内科",
    "绵阳市中心医院2个（骨科、眼科），江油市人民医院1个（产科），三台县人民医院1个（肾内科）",
];

/// What stands around an enumeration, in one sentence.
const AROUND: &[&str] = &[
    "4个专科获批{P}，分别是{L}。",
    "4个专科被确定为{P}，它们是：{L}。",
    "{L}跻身{P}行列。",
    "{L}等4个专科入选{P}。",
    "被评为{P}的专科有：{L}。",
    "确定{L}为{P}。",
    "命名{L}为{P}。",
    "将{L}列为{P}。",
    "授予{L}“{P}”称号。",
];

#[test]
fn an_enumeration_stands_where_it_likes() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
    let holders = [
        ("绵阳市中心医院", "骨科"),
        ("绵阳市中心医院", "眼科"),
        ("江油市人民医院", "产科"),
        ("三台县人民医院", "肾内科"),
    ];
    let mut wrong = Vec::new();
    for &(title, level, status) in TITLES {
        for lead in ["", "近日，四川省卫生健康委员会发布通知，", "记者5月11日从市卫生健康委获悉，"]
        {
            for around in AROUND {
                for list in ENUMERATED {
                    let text = format!("{lead}{around}").replace("{L}", list).replace("{P}", title);
                    let wanted: BTreeSet<String> = holders
                        .iter()
                        .map(|(hospital, field)| expected(hospital, field, (level, status), Some(2023)))
                        .collect();
                    wrong.extend(difference(&tagger, "绵阳4个专科榜上有名", &text, &wanted));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Two lists of two titles; `{S}` is the second's status alone.
const TWO_LISTS: &[&str] = &[
    "{L}获评{P}，{M}获评{Q}。",
    "{L}获评{P}；{M}获评{Q}。",
    "{L}获评{P}。{M}获评{Q}。",
    "确定{L}为{P}，{M}为{Q}。",
    "确定{L}为{P}；{M}为{Q}。",
    "{P}3个：{L}。{Q}2个：{M}。",
    "{P}3个，分别是{L}；{Q}2个，分别是{M}。",
    "新增{P}3个，分别为{L}；新增{Q}2个，分别为{M}。",
    "3个专科获评{P}，分别是{L}；2个专科获评{Q}，分别是{M}。",
    "其中，{L}等3个专科入选{P}，{M}等2个专科入选{Q}。",
    "入选{P}的有{L}，入选{Q}的有{M}。",
    "{L}跻身{P}行列，{M}进入{Q}名单。",
    "绵阳3个专科入选{P}，2个专科被列为{Q}。其中，{L}为{P}，{M}为{Q}。",
    "公布新一批{P}名单，{L}榜上有名，{M}被列为{S}。",
    "公布新一批{P}名单。{L}榜上有名。{M}则被列为{S}。",
    "绵阳5个专科入选，其中{L}为{P}，{M}为{S}。",
    "公布新一批{P}名单。绵阳3个专科入选，分别是{L}。{S}2个，分别是{M}。",
];

#[test]
fn two_lists_have_a_title_each() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
    let first = [("绵阳市中心医院", "骨科"), ("绵阳市中心医院", "眼科"), ("江油市人民医院", "产科")];
    let second = [("三台县人民医院", "肾内科"), ("绵阳市中医医院", "针灸科")];
    let lists = [
        ("绵阳市中心医院骨科、眼科，江油市人民医院产科", "三台县人民医院肾内科，绵阳市中医医院针灸科"),
        ("绵阳市中心医院骨科、眼科、江油市人民医院产科", "三台县人民医院肾内科、绵阳市中医医院针灸科"),
        (
            "绵阳市中心医院（骨科、眼科）、江油市人民医院（产科）",
            "三台县人民医院（肾内科）、绵阳市中医医院（针灸科）",
        ),
        (
            "绵阳市中心医院的骨科、眼科和江油市人民医院的产科",
            "三台县人民医院的肾内科和绵阳市中医医院的针灸科",
        ),
    ];
    let pairs = [
        (
            ("四川省临床重点专科", "provincial", "designated"),
            ("四川省临床重点专科建设项目", "provincial", "construction"),
            "建设项目",
        ),
        (
            ("国家中医优势专科建设单位", "national", "construction"),
            ("国家中医优势专科培育单位", "national", "cultivation"),
            "培育单位",
        ),
        (
            ("市级临床重点专科", "municipal", "designated"),
            ("市级临床重点专科培育项目", "municipal", "cultivation"),
            "培育项目",
        ),
    ];
    let mut wrong = Vec::new();
    for (upper, lower, said) in pairs {
        for lead in ["近日，", "近日，四川省卫生健康委员会发文，"] {
            for told in TWO_LISTS {
                for (one, other) in lists {
                    let text = format!("{lead}{told}").replace("{L}", one).replace("{M}", other);
                    let text = text.replace("{P}", upper.0).replace("{Q}", lower.0).replace("{S}", said);
                    let given = |(hospital, field): &(&str, &str), of: (&str, &str, &str)| {
                        expected(hospital, field, (of.1, of.2), Some(2023))
                    };
                    let wanted: BTreeSet<String> = first
                        .iter()
                        .map(|pair| given(pair, upper))
                        .chain(second.iter().map(|pair| given(pair, lower)))
                        .collect();
                    wrong.extend(difference(&tagger, "绵阳5个专科榜上有名", &text, &wanted));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What stands behind the news in a sentence of its own or a part of it, and what that gives.
const BESIDE: &[(&str, Held)] = &[
    ("产科被列为{U}", &[("产科", Some(2023))]),
    ("产科、儿科同时入选{U}", &[("产科", Some(2023)), ("儿科", Some(2023))]),
    ("产科则成为{U}", &[("产科", Some(2023))]),
    ("2019年，产科被评为{U}", &[("产科", Some(2019))]),
    ("产科2019年获评{U}", &[("产科", Some(2019))]),
    ("产科早在2019年就是{U}", &[("产科", Some(2019))]),
    ("产科于2019年入选{U}", &[("产科", Some(2019))]),
    ("此前，产科已是{U}", &[("产科", None)]),
    ("产科遗憾落选{U}", &[]),
    ("产科正在申报{U}", &[]),
    ("产科力争早日建成{U}", &[]),
    ("骨科曾于2016年被评为{U}", &[("骨科", Some(2016))]),
    ("去年，产科通过{U}验收", &[("产科", Some(2022))]),
    ("产科（2019年）、儿科（2021年）均为{U}", &[("产科", Some(2019)), ("儿科", Some(2021))]),
    ("在{U}评审中，产科未能入围", &[]),
    ("产科、儿科跻身{U}行列", &[("产科", Some(2023)), ("儿科", Some(2023))]),
];

#[test]
fn what_stands_beside_the_news_is_its_own() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
    let news: &[(&str, usize)] = &[
        ("近日，{H}骨科获批{P}", 1),
        ("5月10日，四川省卫生健康委员会公布{P}名单，{H}骨科、眼科榜上有名", 2),
        ("近日，{H}新增{P}2个：骨科、眼科", 2),
        ("日前，经省卫生健康委评审，确定{H}骨科为{P}", 1),
    ];
    let others = [("绵阳市重点专科", "municipal"), ("国家临床重点专科", "national")];
    let mut wrong = Vec::new();
    for (lead, departments) in news {
        for sign in ["。", "；", "，"] {
            for (beside, held) in BESIDE {
                for (other, level) in others {
                    let text = format!("{lead}{sign}{beside}。").replace("{H}", HOSPITAL);
                    let text = text.replace("{P}", "省级临床重点专科建设项目").replace("{U}", other);
                    let new = ["骨科", "眼科"].into_iter().take(*departments);
                    let new = new
                        .map(|field| expected(HOSPITAL, field, ("provincial", "construction"), Some(2023)));
                    let held = held
                        .iter()
                        .map(|(field, year)| expected(HOSPITAL, field, (level, "designated"), *year));
                    let wanted: BTreeSet<String> = new.chain(held).collect();
                    wrong.extend(difference(&tagger, "绵阳市中心医院专科建设再传捷报", &text, &wanted));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What else is said of a title, by its plate, its round or its distance, and what that gives.
const IN_OTHER_WORDS: &[(&str, &[Given])] = &[
    (
        "骨科拿下了省级临床重点专科建设项目这块“硬牌子”。",
        &[("骨科", "provincial", "construction", Some(2023))],
    ),
    ("骨科把省级临床重点专科建设项目的牌子捧回了家。", &[("骨科", "provincial", "construction", Some(2023))]),
    ("骨科终于圆了“省级临床重点专科”梦。", &[("骨科", "provincial", "designated", Some(2023))]),
    ("省级临床重点专科建设项目花落我院骨科。", &[("骨科", "provincial", "construction", Some(2023))]),
    ("省级临床重点专科建设项目名单里，有我院骨科。", &[("骨科", "provincial", "construction", Some(2023))]),
    (
        "省级临床重点专科建设项目名单中，我院骨科的名字赫然在列。",
        &[("骨科", "provincial", "construction", Some(2023))],
    ),
    (
        "我院骨科从全省126个申报专科中脱颖而出，跻身省级临床重点专科建设项目。",
        &[("骨科", "provincial", "construction", Some(2023))],
    ),
    (
        "我院骨科以总分第一的成绩，入选省级临床重点专科建设项目。",
        &[("骨科", "provincial", "construction", Some(2023))],
    ),
    ("我院再添一个省级临床重点专科建设项目——骨科。", &[("骨科", "provincial", "construction", Some(2023))]),
    (
        "我院又有一个专科跻身“省队”：骨科入选省级临床重点专科建设项目。",
        &[("骨科", "provincial", "construction", Some(2023))],
    ),
    (
        "一块“省级临床重点专科建设项目”的牌匾，挂在了骨科的墙上。",
        &[("骨科", "provincial", "construction", Some(2023))],
    ),
    ("骨科的门口，多了一块“省级临床重点专科”的铜牌。", &[("骨科", "provincial", "designated", Some(2023))]),
    ("我院骨科喜提省级临床重点专科建设项目。", &[("骨科", "provincial", "construction", Some(2023))]),
    ("我院骨科摘得省级临床重点专科桂冠。", &[("骨科", "provincial", "designated", Some(2023))]),
    ("我院骨科正式晋级省级临床重点专科。", &[("骨科", "provincial", "designated", Some(2023))]),
    ("我院骨科正式迈入省级临床重点专科方阵。", &[("骨科", "provincial", "designated", Some(2023))]),
    ("我院骨科正式加入省级临床重点专科“俱乐部”。", &[("骨科", "provincial", "designated", Some(2023))]),
    ("我院骨科正式跨入“省级临床重点专科”行列。", &[("骨科", "provincial", "designated", Some(2023))]),
    (
        "省卫生健康委发文，正式命名我院骨科为省级临床重点专科。",
        &[("骨科", "provincial", "designated", Some(2023))],
    ),
    (
        "省卫生健康委的红头文件到了：同意我院骨科建设省级临床重点专科。",
        &[("骨科", "provincial", "construction", Some(2023))],
    ),
    (
        "喜报传来，骨科榜上有名，成为省级临床重点专科建设项目。",
        &[("骨科", "provincial", "construction", Some(2023))],
    ),
    ("好消息！骨科上榜省级临床重点专科建设项目。", &[("骨科", "provincial", "construction", Some(2023))]),
    (
        "历经三年建设，骨科顺利“毕业”，成为省级临床重点专科。",
        &[("骨科", "provincial", "designated", Some(2023))],
    ),
    (
        "三年建设期满，骨科顺利通过省级临床重点专科建设项目验收。",
        &[("骨科", "provincial", "designated", Some(2023))],
    ),
    (
        "骨科摘掉“建设”帽，成为名副其实的省级临床重点专科。",
        &[("骨科", "provincial", "designated", Some(2023))],
    ),
    ("骨科由市级重点专科升级为省级临床重点专科。", &[("骨科", "provincial", "designated", Some(2023))]),
    ("骨科“升格”省级临床重点专科。", &[("骨科", "provincial", "designated", Some(2023))]),
    (
        "骨科的“省级临床重点专科”招牌，擦得更亮了：近日顺利通过复核。",
        &[("骨科", "provincial", "designated", Some(2023))],
    ),
    ("骨科在省级临床重点专科周期性评估中获评“优秀”。", &[("骨科", "provincial", "designated", Some(2023))]),
    (
        "近日，省级临床重点专科评估结果揭晓，骨科、眼科双双“过关”。",
        &[("骨科", "provincial", "designated", Some(2023)), ("眼科", "provincial", "designated", Some(2023))],
    ),
    (
        "骨科、眼科两块“省字招牌”到手，均入选省级临床重点专科建设项目。",
        &[
            ("骨科", "provincial", "construction", Some(2023)),
            ("眼科", "provincial", "construction", Some(2023)),
        ],
    ),
    (
        "一次拿下两块牌子：骨科、眼科均获批省级临床重点专科建设项目。",
        &[
            ("骨科", "provincial", "construction", Some(2023)),
            ("眼科", "provincial", "construction", Some(2023)),
        ],
    ),
    (
        "同时上榜省级临床重点专科建设项目的，还有我院的眼科。",
        &[("眼科", "provincial", "construction", Some(2023))],
    ),
    (
        "除骨科外，眼科也入选了省级临床重点专科建设项目。",
        &[("眼科", "provincial", "construction", Some(2023))],
    ),
    (
        "这是骨科继2018年成为绵阳市重点专科后取得的又一突破。",
        &[("骨科", "municipal", "designated", Some(2018))],
    ),
    (
        "早在2018年，骨科就拿到了绵阳市重点专科的“入场券”。",
        &[("骨科", "municipal", "designated", Some(2018))],
    ),
    ("2018年，骨科捧回绵阳市重点专科的奖牌。", &[("骨科", "municipal", "designated", Some(2018))]),
    ("时间回到2018年，骨科被评为绵阳市重点专科。", &[("骨科", "municipal", "designated", Some(2018))]),
    ("2018年的春天，骨科迎来了绵阳市重点专科的授牌。", &[("骨科", "municipal", "designated", Some(2018))]),
    (
        "2018年，绵阳市重点专科的牌子第一次挂上了骨科的墙。",
        &[("骨科", "municipal", "designated", Some(2018))],
    ),
    ("骨科2018年就是绵阳市重点专科了。", &[("骨科", "municipal", "designated", Some(2018))]),
    ("骨科在2018年便已是绵阳市重点专科。", &[("骨科", "municipal", "designated", Some(2018))]),
    ("骨科自2018年起为绵阳市重点专科。", &[("骨科", "municipal", "designated", Some(2018))]),
    ("作为绵阳市重点专科（2018年），骨科实力雄厚。", &[("骨科", "municipal", "designated", Some(2018))]),
    ("骨科（绵阳市重点专科，2018年）开放床位120张。", &[("骨科", "municipal", "designated", Some(2018))]),
    ("骨科，绵阳市重点专科，现有床位120张。", &[("骨科", "municipal", "designated", None)]),
    ("骨科一直是绵阳市重点专科。", &[("骨科", "municipal", "designated", None)]),
    ("骨科作为绵阳市重点专科，年手术量3000台。", &[("骨科", "municipal", "designated", None)]),
    ("身为绵阳市重点专科的骨科，年手术量3000台。", &[("骨科", "municipal", "designated", None)]),
    ("绵阳市重点专科骨科牵头成立了联盟。", &[("骨科", "municipal", "designated", None)]),
    ("我院骨科（国家临床重点专科）牵头成立了联盟。", &[("骨科", "national", "designated", None)]),
    ("依托国家临床重点专科骨科，医院成立了创伤中心。", &[("骨科", "national", "designated", None)]),
    ("骨科头顶“国家临床重点专科”光环。", &[("骨科", "national", "designated", None)]),
    ("骨科拥有国家临床重点专科的金字招牌。", &[("骨科", "national", "designated", None)]),
    ("骨科早就戴上了国家临床重点专科的“帽子”。", &[("骨科", "national", "designated", None)]),
    ("骨科距离国家临床重点专科只有一步之遥。", &[]),
    ("骨科与国家临床重点专科擦肩而过。", &[]),
    ("骨科惜别国家临床重点专科。", &[]),
    ("骨科冲击国家临床重点专科失利。", &[]),
    ("骨科正朝着国家临床重点专科的目标迈进。", &[]),
    ("骨科离国家临床重点专科还差一口气。", &[]),
    ("骨科距国家临床重点专科的门槛还有距离。", &[]),
    ("骨科何时能成为国家临床重点专科？", &[]),
    ("骨科已启动国家临床重点专科的创建。", &[]),
    ("骨科具备了申报国家临床重点专科的实力。", &[]),
    ("骨科代表医院参加了国家临床重点专科答辩。", &[]),
    ("骨科的国家临床重点专科申报材料已提交。", &[]),
    ("骨科按照国家临床重点专科标准建设新病房。", &[]),
    ("骨科建起了国家临床重点专科水平的手术室。", &[]),
    ("骨科医生到国家临床重点专科单位进修。", &[]),
    ("骨科摘牌国家临床重点专科的愿望还要等。", &[]),
    ("如能如愿，骨科将成为我市首个国家临床重点专科。", &[]),
    ("骨科有望成为国家临床重点专科。", &[]),
    ("骨科被推荐为国家临床重点专科建设项目候选单位。", &[]),
    ("骨科没能保住绵阳市重点专科的牌子。", &[]),
    ("骨科的绵阳市重点专科资格被撤销。", &[]),
    ("骨科丢掉了绵阳市重点专科的牌子。", &[]),
    ("骨科不再是绵阳市重点专科。", &[]),
    ("骨科暂别绵阳市重点专科行列。", &[]),
    ("骨科绵阳市重点专科建设期顺延一年。", &[]),
];

#[test]
fn titles_are_told_of_in_other_words() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
    let mut wrong = Vec::new();
    for (told, given) in IN_OTHER_WORDS {
        for around in ["{T}", "医院创建于1950年，开放床位2000张。{T}", "{T}\n下一步，科室将加强人才培养。"]
        {
            let text = format!("绵阳市中心医院骨科学科建设取得新进展。\n{}", around.replace("{T}", told));
            let wanted: BTreeSet<String> = given
                .iter()
                .map(|(field, level, status, year)| expected(HOSPITAL, field, (level, status), *year))
                .collect();
            wrong.extend(difference(&tagger, "绵阳市中心医院骨科新闻", &text, &wanted));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Two departments of one hospital and one of another, told of in whatever words behind the news that counts three.
const TOLD_OF_THREE: &[&str] = &[
    "其中，绵阳市中心医院骨科、眼科，江油市人民医院产科上榜。",
    "绵阳市中心医院独占两席，骨科、眼科双双上榜；江油市人民医院产科也榜上有名。",
    "绵阳市中心医院是最大赢家，骨科、眼科同时入选。江油市人民医院产科则代表县级医院突围。",
    "绵阳市中心医院一家就拿走两个名额：骨科和眼科。剩下的一个名额给了江油市人民医院产科。",
    "三个名额中，绵阳市中心医院占两个，分别是骨科、眼科；江油市人民医院占一个，是产科。",
    "上榜的三个专科分别来自两家医院：绵阳市中心医院骨科、眼科，江油市人民医院产科。",
    "这3个专科分别是绵阳市中心医院骨科、眼科和江油市人民医院产科。",
    "它们是绵阳市中心医院的骨科、眼科，江油市人民医院的产科。",
    "绵阳市中心医院贡献了骨科、眼科两个专科，江油市人民医院贡献了产科。",
    "市级医院里，绵阳市中心医院骨科、眼科入围；县级医院里，江油市人民医院产科入围。",
    "骨科和眼科的名额花落绵阳市中心医院，产科的名额被江油市人民医院拿下。",
    "绵阳市中心医院凭借骨科、眼科拿下两席，江油市人民医院凭借产科拿下一席。",
    "绵阳市中心医院有骨科、眼科两个专科入选，江油市人民医院有产科一个专科入选。",
    "绵阳市中心医院的骨科、眼科和江油市人民医院的产科，成为此次的幸运儿。",
    "入选的是：绵阳市中心医院骨科、眼科，江油市人民医院产科。",
    "从名单看，绵阳市中心医院骨科、眼科在列，江油市人民医院产科也在列。",
    "名单显示，绵阳市中心医院2个（骨科、眼科），江油市人民医院1个（产科）。",
    "绵阳市中心医院骨科、眼科，以及江油市人民医院产科，共同撑起了绵阳的“成绩单”。",
    "绵阳市中心医院骨科拔得头筹，该院眼科紧随其后，江油市人民医院产科同样入选。",
    "在这份名单上，绵阳市中心医院的骨科、眼科赫然在列，来自江油市人民医院的产科也在其中。",
    "具体来看，绵阳市中心医院：骨科、眼科；江油市人民医院：产科。",
    "绵阳市中心医院（骨科、眼科）和江油市人民医院（产科）分享了这3个席位。",
    "3个席位，绵阳市中心医院骨科、眼科拿走两个，江油市人民医院产科拿走一个。",
    "绵阳市中心医院捧回两块牌子，骨科一块，眼科一块；江油市人民医院捧回一块，是产科。",
    "绵阳市中心医院的骨科和眼科、江油市人民医院的产科通过了全部评审环节，成功入选。",
    "骨科（绵阳市中心医院）、眼科（绵阳市中心医院）、产科（江油市人民医院）上榜。",
    "县级医院也有惊喜：江油市人民医院产科成功入选。绵阳市中心医院则有骨科、眼科两个专科上榜。",
    "江油市人民医院产科成为唯一上榜的县级医院专科，另外两个席位由绵阳市中心医院骨科、眼科收入囊中。",
    "绵阳市中心医院骨科、眼科，江油市人民医院产科——三个专科，三张笑脸。",
];

#[test]
fn three_seats_are_told_of_in_any_words() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
    let leads = [
        "近日，四川省卫生健康委员会公布新一批省级临床重点专科建设项目名单，绵阳有3个专科入选。",
        "5月10日，四川省卫生健康委员会公布省级临床重点专科建设项目评审结果，绵阳揽下3席。",
    ];
    let behind =
        ["", "此外，三台县人民医院肾内科因得分靠后未能入选。", "据悉，每个项目将获得省级财政补助100万元。"];
    let mut wrong = Vec::new();
    for lead in leads {
        for told in TOLD_OF_THREE {
            for tail in behind {
                for sign in ["", "\n"] {
                    let text = format!("{lead}{sign}{told}{tail}");
                    let given = |hospital, field| {
                        expected(hospital, field, ("provincial", "construction"), Some(2023))
                    };
                    let wanted = BTreeSet::from([
                        given("绵阳市中心医院", "骨科"),
                        given("绵阳市中心医院", "眼科"),
                        given("江油市人民医院", "产科"),
                    ]);
                    wrong.extend(difference(&tagger, "绵阳3个专科榜上有名", &text, &wanted));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What a hospital calls its own, whatever title is in the news.
const OF_ITS_OWN: &[&str] = &[
    "作为医院重点专科，骨科年手术量2000台。",
    "骨科作为医院的重点专科，年手术量2000台。",
    "骨科，医院重点专科，现有床位60张。",
    "骨科是院级重点专科。",
    "骨科是医院最早挂牌的重点专科。",
    "骨科被医院确定为重点专科。",
    "骨科经医院评定为重点专科。",
    "该院骨科为医院重点学科，现有医护人员40名。",
    "医院重点专科有骨科、儿科。",
    "骨科系我院重点建设专科。",
    "医院把骨科列为重点专科加以扶持。",
    "作为我院传统重点学科，骨科历史悠久。",
];

#[test]
fn what_a_hospital_gives_itself_is_no_record() {
    let tagger = Tagger::new().expect("the built-in gazetteers");
    let title = "绵阳市中心医院肾内科获评四川省临床重点专科";
    let news = "5月6日，绵阳市中心医院肾内科被评为四川省临床重点专科。";
    let wanted =
        BTreeSet::from([expected("绵阳市中心医院", "肾内科", ("provincial", "designated"), Some(2023))]);
    for told in OF_ITS_OWN {
        for sign in ["", "\n"] {
            assert_eq!(records(&tagger, title, &format!("{news}{sign}{told}")), wanted, "{told}");
        }
    }
}

#[test]
fn what_is_fought_for_beside_a_title_ends_no_list() {
    let tagger = Tagger::new().expect("the built-in gazetteers");
    for gain in ["争取中央资金1000万元", "争取到专项经费200万元", "争取了省级财政支持"]
    {
        let text = format!("骨科获批国家临床重点专科建设项目，{gain}；肾内科通过四川省临床重点专科验收。");
        let found = records(&tagger, "绵阳市中心医院2022年度十大亮点", &text);
        let fields: Vec<bool> =
            ["骨科", "肾内科"].iter().map(|field| found.iter().any(|told| told.contains(field))).collect();
        assert_eq!(fields, [true, true], "{text}: {found:?}");
    }
}

#[test]
fn a_time_that_is_not_said_is_no_year() {
    let tagger = Tagger::new().expect("the built-in gazetteers");
    let told =
        ["不久前", "近日", "几年后", "多年之后", "又过了几年", "后来", "去年", "前年", "今年", "上个月"];
    for when in told {
        let text = format!("2019年，骨科获评绵阳市重点专科；{when}，眼科入选绵阳市重点专科。\n");
        let source =
            Source { title: "绵阳市中心医院学科建设侧记", text: &text, ..Source::default() };
        let years: BTreeSet<String> = tagger
            .tag(&source)
            .designations
            .iter()
            .map(|record| format!("{} {:?}", record.specialty, record.year))
            .collect();
        let wanted = BTreeSet::from(["眼科 None".to_owned(), "骨科 Some(2019)".to_owned()]);
        assert_eq!(years, wanted, "{text}");
    }
}
