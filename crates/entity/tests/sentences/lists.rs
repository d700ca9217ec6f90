//! One list told in every way, enumerations in every place, two lists in one sentence.

use super::*;

/// Who is given what in each text.
const HOLDERS: &[(&str, &str)] = &[
    ("绵阳市中心医院", "骨科"),
    ("绵阳市中心医院", "眼科"),
    ("江油市人民医院", "产科"),
    ("三台县人民医院", "肾内科"),
];

fn all_expected(title: (&str, &str)) -> BTreeSet<String> {
    HOLDERS.iter().map(|(hospital, field)| expected(hospital, field, title, Some(2023))).collect()
}

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

#[test]
fn a_list_is_told_in_many_ways() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
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
                    let wanted = all_expected((level, status));
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
    let mut wrong = Vec::new();
    for &(title, level, status) in TITLES {
        for lead in ["", "近日，四川省卫生健康委员会发布通知，", "记者5月11日从市卫生健康委获悉，"]
        {
            for around in AROUND {
                for list in ENUMERATED {
                    let text = format!("{lead}{around}").replace("{L}", list).replace("{P}", title);
                    let wanted = all_expected((level, status));
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
