//! What stands beside the news and is its own.

use super::*;

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
