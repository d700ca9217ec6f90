//! Words that place a department elsewhere: 他所在的甲科, 对口支援单位的甲科, P(甲科)帮扶基地.

use xinglin_text::word_list;

/// Whether what leads up to a department says that it is another hospital's; `named` tells whether one was named for it.
pub(super) fn is_elsewhere(head: &str, named: bool) -> bool {
    // 他所在的心血管内科: another's department, and whose is not said.
    let another = word_list![
        "所在的",
        "任职的",
        "供职的",
        "工作的",
        "来自的",
        "那里的",
        "那儿的",
        "那边的",
        "人家的",
        "对方的",
        "对方",
        "他们的",
        "人家",
    ]
    .end(head);
    // “大后方”的呼吸与危重症医学科是P: of those who stand behind this one.
    let backed = head.strip_suffix('的').map(|head| head.trim_end_matches(['”', '"', '」']));
    let backed = backed.is_some_and(|head| {
        word_list![
            "大后方",
            "后方",
            "娘家",
            "总院",
            "母院",
            "老大哥",
            "帮扶方",
            "托管方",
            "上级医院",
            "后方医院",
            "师父",
            "师傅",
            "靠山",
            "牵手方",
            "合作方",
            "兄弟医院",
            "友院",
            "支援单位",
            "帮扶单位",
            "结对单位",
            "合作单位",
            "协作单位",
            "签约单位",
            "共建单位",
            "对口单位",
            "上级单位",
            "派出单位",
            "牵头单位",
            "结对医院",
            "支援医院",
            "帮扶医院",
            "对口医院",
            "合作医院",
            "共建医院",
            "派出医院",
            "牵头医院"
        ]
        .end(head)
    });
    // 对方规模很大,放疗科是P
    let theirs = !named && word_list!["对方", "人家", "那边", "那里"].begin(head);
    another || theirs || backed && !named
}

/// P(甲科)帮扶基地, P(甲科)协作单位: what is called after a title that another has.
pub(super) fn is_affiliation(behind: &str) -> bool {
    let near: String = behind.chars().take(10).collect();
    let near = near.split(['，', ',', '。', '；', '、', '”']).next().unwrap_or_default();
    word_list![
        "基地",
        "联盟",
        "联盟单位",
        "成员单位",
        "协作单位",
        "合作单位",
        "医联体",
        "工作站",
        "分中心",
        "协作网",
        "协作组",
        "指导单位"
    ]
    .end(near)
}
