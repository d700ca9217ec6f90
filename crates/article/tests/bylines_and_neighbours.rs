//! Days among the names of who wrote, neighbours behind arrows, notices signed with a month. All invented.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{Expected, check_text as check};

#[test]
fn a_day_among_those_who_wrote_and_how_often_it_was_read() {
    let page = |byline: &str| {
        format!(
            "甲地掌上生活\n首页 求医 出行\n二期住院楼投用 病床翻番\n{byline}\n5月6日，记者走进某市第一医院，新楼5月8日投用，打头阵搬进去的有心内科、心外科。\n楼层安排以院内标识为准。"
        )
    };
    for byline in [
        "甲地生活圈 2024/05/06 18:33 文：记者 洪某某 1.2万阅读",
        "甲地融媒  2024年5月6日  文/周某某  编审/李某某",
        "甲地融媒 2024年5月6日 撰文：周某 责编：李某某 3120阅读",
        "甲地日报 2024-05-06 08:10 记者 王某某 5213次阅读 分享",
        "甲地融媒 2024年5月6日 文/周某某 图/李某 校对/赵某某 收藏",
        "甲地日报2024-05-06　记者　王某某",
    ] {
        check(
            &page(byline),
            Expected {
                title: "二期住院楼投用 病床翻番",
                published: Some("2024-05-06"),
                text: &["记者走进某市第一医院"],
                ..Expected::default()
            },
        );
    }
}

#[test]
fn articles_before_and_after_behind_arrows() {
    for (back, forth) in [("◁", "▷"), ("←", "→"), ("«", "»"), ("▶", "◀")] {
        check(
            &format!(
                "某某市第一人民医院\n两专科跻身省级临床重点专科\n日期：2021-11-26\n11月下旬，省卫生健康委员会下发名单，我院胸外科、肾内科成为省级临床重点专科，这是全院上下多年努力的结果。\n（文：党委办公室　尹某某）\n{back} 某县人民医院成为我院专科联盟第40家成员\n{forth} 某市第二人民医院消化内科喜获省级临床重点专科\n某ICP备00000000号"
            ),
            Expected {
                title: "两专科跻身省级临床重点专科",
                published: Some("2021-11-26"),
                text: &["我院胸外科"],
                noise: &["第40家成员", "消化内科喜获"],
                ..Expected::default()
            },
        );
    }
}

#[test]
fn a_month_under_a_notice_before_its_annexes() {
    check(
        "关于第三批县级临床重点专科评审结果的通报\n各市卫生健康委：\n经研究，同意将甲县人民医院神经外科等2个专科认定为省级临床重点专科，具体名单附后。\n附：1.临床重点专科\n   2.培育项目\n2021年11月\n附1  临床重点专科\n甲县人民医院 神经外科\n附2  培育项目\n乙县人民医院 皮肤科",
        Expected {
            title: "关于第三批县级临床重点专科评审结果的通报",
            published: None,
            year: Some(2021),
            text: &["甲县人民医院 神经外科"],
            ..Expected::default()
        },
    );
}

#[test]
fn a_day_and_its_paper_under_the_last_sentence() {
    check(
        "某市人民医院与某大学附属医院共建消化专科\n近日，某市人民医院与某大学附属医院签署协议，共建消化内科。双方将共同培养医师。\n2022年4月8日 甲地日报",
        Expected {
            title: "某市人民医院与某大学附属医院共建消化专科",
            published: Some("2022-04-08"),
            text: &["共建消化内科"],
            ..Expected::default()
        },
    );
}

#[test]
fn a_day_over_the_mark_of_the_end_is_the_signature() {
    for mark in ["- END -", "— END —", "（完）", "【全文完】"] {
        check(
            &format!(
                "健康某某 | 某某市卫生健康委员会官方订阅号\n\n新一轮某某市医学重点学科出炉\n\n新一轮某某市医学重点学科日前尘埃落定，14个学科成为重点学科，建设周期均为四年。\n\n（文/科教处 图/各医院）\n\n某某市卫生健康委员会\n2021年12月30日\n\n{mark}\n往期推荐\n▶ 冬天洗澡，这几种情况要当心\n点个“在看”，转给更多人"
            ),
            Expected {
                title: "新一轮某某市医学重点学科出炉",
                published: Some("2021-12-30"),
                text: &["尘埃落定"],
                noise: &["冬天洗澡"],
                ..Expected::default()
            },
        );
    }
}
