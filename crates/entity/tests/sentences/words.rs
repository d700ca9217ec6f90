//! Titles told of by their plates, seats and rounds; what a hospital gives itself; times that are not said.

use super::*;

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
