//! The words between a group and a title: copulas, rounds, counts; what decides and what reviews.

use xinglin_text::{WordList, word_list};

/// 2019年就是, 早已是: a copula whose subject stands before the comma.
pub(super) fn is_bare_copula(clause: &str) -> bool {
    // 甲科、乙科,两者均为P
    let told = clause.trim();
    let told = word_list![
        "两者",
        "二者",
        "三者",
        "它们",
        "两科",
        "三科",
        "这两个科室",
        "两个科室",
        "两个专科",
        "三个专科",
        "三个科室"
    ]
    .strip_prefix(told)
    .unwrap_or(told);
    // 推拿科年头更久,眼下是P
    let told = word_list!["眼下", "如今", "目前", "现在", "现如今", "而今", "当前", "当下", "至今"]
        .strip_prefix(told)
        .unwrap_or(told);
    let plain = told.trim_start_matches(|c: char| {
        c.is_ascii_digit() || "年早在就便已即也还都均皆同一直更现却但而仍依然则分别起".contains(c)
    });
    // 是全省首批县域以外的
    let led = plain.strip_prefix(['是', '为', '系']).is_some_and(|rest| {
        rest.chars().count() <= 14 && rest.ends_with(['的', '批', '个', '家', '唯', '少', '数'])
    });
    led || matches!(plain, "是" | "为" | "系")
}

/// 另有2个专科列为: others that are only counted.
pub(super) fn is_of_unnamed(between: &str) -> bool {
    let Some((_, last)) = between.rsplit_once(['，', ',', '；']) else { return false };
    let besides = word_list!["另有", "另外", "还有", "此外", "其余", "其他", "尚有", "另"];
    let Some(rest) = besides.strip_prefix(last.trim_start()) else { return false };
    let rest = besides.strip_prefix(rest).unwrap_or(rest);
    let number = rest
        .trim_start_matches(|c: char| c.is_ascii_digit() || "有的一二三四五六七八九十两几多余".contains(c));
    number.len() < rest.len()
        && number
            .strip_prefix(['个', '项', '家'])
            .is_some_and(|rest| word_list!["专科", "学科", "科室", "项目", "单位", "医院"].begin(rest))
}

/// 为第三轮 → 为.
pub(super) fn without_round(told: &str) -> &str {
    let Some(head) = told.strip_suffix(['轮', '批', '届', '期']) else { return told };
    let stem = head.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十首新".contains(c));
    if stem.len() == head.len() { told } else { stem.strip_suffix('第').unwrap_or(stem) }
}

/// 2011年曾是, 此前还是: what the same one was besides, and when.
pub(super) fn is_once(told: &str) -> bool {
    // 2015年获评P1,如今已是P2
    let now =
        word_list!["现如今", "如今", "而今", "眼下", "目前", "现在", "当前", "今天", "今日", "至今", "现"];
    let plain = now.strip_prefix(told).unwrap_or(told).trim_start_matches(|c: char| {
        c.is_ascii_digit() || "年月早在就便已即也还曾经此前之原更又同时".contains(c)
    });
    matches!(plain, "是" | "为" | "系") && told.chars().count() <= 14
}

/// Nothing, or 这9个, 新增的3个: how many of a title there are.
pub(super) fn is_count(head: &str) -> bool {
    head.chars().all(|c| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(
                c,
                '一' | '二'
                    | '三'
                    | '四'
                    | '五'
                    | '六'
                    | '七'
                    | '八'
                    | '九'
                    | '十'
                    | '两'
                    | '这'
                    | '此'
                    | '次'
                    | '新'
                    | '增'
                    | '的'
                    | '个'
                    | '项'
                    | '全'
                    | '部'
                    | '大'
                    | '“'
                    | '其'
                    | '中'
            )
    })
}

/// Verbs of an authority that stand before all that they decide: 确定…为.
pub(super) static DECISIONS: WordList = WordList::new(&[
    "发文", "下文", "行文", "确定", "认定", "命名", "评定", "评选", "遴选", "批准", "确认", "授予", "同意",
    "公布",
]);

/// What stands behind a title that is reviewed: 在省级临床重点专科周期复核中….
pub(super) static REVIEWS: WordList = WordList::new(&[
    "周期复核",
    "周期性评估",
    "周期性复核",
    "周期考核",
    "动态评估",
    "届满评估",
    "复核",
    "周期评估",
    "验收",
    "复审",
    "复评",
    "终期评估",
    "期满评估",
    "评审验收",
]);
