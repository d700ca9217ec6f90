//! Every way in which news begins with every way in which it goes on.

use super::*;

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
