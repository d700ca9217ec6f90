//! Pages that nobody wrote for readers: the tagger answers, and its answer grows no faster than the page.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use xinglin_entity::{Source, Tagger, Tags};

fn tag(tagger: &Tagger, title: &str, text: &str) -> Tags {
    tagger.tag(&Source { title, text, noise: text, published: Some((2023, 1, 1)), ..Source::default() })
}

const TITLE: &str = "关于公布湖南省临床重点专科名单的通知";

#[test]
fn a_list_of_three_thousand_hospitals_gives_three_thousand_records() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
    let letters: Vec<char> = "春夏秋冬风云雨雪霜露松竹梅兰菊荷柳杨桃李桂枫银金玉珠翠碧青蓝紫丹晨曦朝晖夕霞星月辰泉溪湖海江河川岭峰岩石峡谷田园".chars().collect();
    let names = letters.iter().flat_map(|first| letters.iter().map(move |second| (first, second))).take(3000);
    let mut text = format!("{TITLE}\n");
    for (number, (first, second)) in names.enumerate() {
        text.push_str(&format!("{}.长沙市{first}泽{second}医院骨科\n", number + 1));
    }
    let tags =
        tagger.tag(&Source { title: TITLE, text: &text, published: Some((2023, 1, 1)), ..Source::default() });
    assert!(tags.designations.len() >= 2900, "{} records", tags.designations.len());
    assert_eq!(tags.regions, ["湖南省/长沙市"]);
}

#[test]
fn odd_pages_neither_panic_nor_invent() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
    let units = [
        "汉中市中心医院",
        "国家临床重点专科",
        "骨科、",
        "(((((",
        "））））",
        "1234567890",
        "2023年",
        "\u{301}\u{302}",
        "医院",
        "\t",
        "\n",
        "、、、",
        "。；！",
        "我院骨科",
        "地址:",
        "第第第第",
        "一二三四",
        "年年年",
        "“”「」",
        "\u{feff}\u{200b}",
        "獲評",
        "🏥",
    ];
    for unit in units {
        let tags = tag(&tagger, "", &unit.repeat(2000));
        assert!(tags.designations.is_empty(), "{unit}: {:?}", tags.designations.first());
    }
}

/// A small generator, so that every run tries the same pages.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

#[test]
fn evidence_is_always_a_piece_of_the_text() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
    let pieces = [
        "汉中市中心医院",
        "骨科",
        "國家臨床重點專科",
        "建设项目",
        "获批",
        "、",
        "，",
        "。",
        "\n",
        "\t",
        "2019年",
        "同年",
        "(",
        ")",
        "我院",
        "该科",
        "被评为",
        "省级",
        "力争",
        "未",
        "1.",
        "一、",
        "名单",
        "等3个专科",
        "分别",
        "市中心医院",
        "：",
        "衛生健康委",
        "隨身碟",
        "；",
        "确定",
        "为",
        "序号",
        "单位",
        "专科",
        " ",
        "　",
    ];
    let mut dice = Dice(7);
    for _ in 0..400 {
        let text: String = (0..dice.roll(60)).map(|_| pieces[dice.roll(pieces.len())]).collect();
        let title: String = (0..dice.roll(6)).map(|_| pieces[dice.roll(pieces.len())]).collect();
        for record in tag(&tagger, &title, &text).designations {
            let evidence = record.evidence;
            assert_eq!(text.get(evidence.start..evidence.end), Some(evidence.text.as_str()), "{text}");
        }
    }
}

#[test]
fn both_scripts_say_the_same() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
    let simplified = "近日,福建省卫生健康委公布名单,厦门市第三医院肾内科获评福建省临床重点专科,骨科获批厦门市重点专科建设项目。";
    let traditional = "近日,福建省衛生健康委公布名單,廈門市第三醫院腎內科獲評福建省臨床重點專科,骨科獲批廈門市重點專科建設項目。";
    let strip = |tags: Tags| {
        tags.designations
            .into_iter()
            .map(|record| (record.institution, record.specialty, record.level, record.status, record.year))
            .collect::<Vec<_>>()
    };
    let first = strip(tag(&tagger, "", simplified));
    assert_eq!(first.len(), 2);
    assert_eq!(first, strip(tag(&tagger, "", traditional)));
}
