//! What a line of a page's frame says of the page's owner: its name alone, rights, a byline, the way through the site.

use super::*;
use xinglin_text::{WordList, word_list};

/// The line around a name, as far as a frame's line can reach.
pub(super) fn line_around(text: &str, span: Span) -> Option<Span> {
    const REACH: usize = 600;
    let head = window_before(text, span.start, REACH);
    let start = match head.rfind('\n') {
        Some(at) => span.start - head.len() + at + 1,
        None if head.len() == span.start => 0,
        None => return None,
    };
    let tail = window_after(text, span.end, REACH);
    let end = match tail.find('\n') {
        Some(at) => span.end + at,
        None if span.end + tail.len() == text.len() => text.len(),
        None => return None,
    };
    Some(Span::new(start, end))
}

/// How surely a line of the page's frame names the page's owner.
pub(super) fn owns(text: &str, line: Span, name: Span) -> Option<u32> {
    let whole = line.of(text);
    let before = text.get(line.start..name.start).unwrap_or_default().trim();
    let after = text.get(name.end..line.end).unwrap_or_default().trim();
    let rights = word_list![
        "版权所有",
        "主办单位",
        "主办",
        "Copyright",
        "copyright",
        "©",
        "欢迎访问",
        "欢迎光临",
        "欢迎来到"
    ]
    .stand_in(whole)
        || after.starts_with("官网")
        || after.starts_with("官方网站")
        || after.starts_with("版权所有");
    let ends = |rest: &str| {
        rest.is_empty()
            || rest.starts_with(['-', '_', '|', '—', '–', '>', '·', '»', '/', '→', '›', '＞'])
            || rest.starts_with("官网")
            || rest.starts_with("官方")
            || rest.starts_with("欢迎")
            || rest.starts_with("网站")
            || ["医共体", "健康集团", "医疗集团", "总医院集团"].contains(&rest)
    };
    // 某市医院 CITY HOSPITAL: its English name behind it.
    let foreign = !after.is_empty()
        && after.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '\'' | ',' | '.' | '&' | '-'))
        && after.to_ascii_lowercase().contains("hospital");
    let before = behind_label(before);
    // 【 某某医院 】   院务公开电话:0935-8811120, at the head of the page
    let bracketed = before.trim_end() == "【" && after.trim_start().starts_with('】') && line.start == 0;
    if bracketed && whole.chars().count() <= 60 {
        return Some(3);
    }
    let begins = before.is_empty() || before.ends_with(['-', '_', '|', '—', '–', '·', '«']);
    if whole.contains("上一篇") || whole.contains("下一篇") || whole.chars().count() > 200 {
        return None;
    }
    if begins && after.is_empty() && before.is_empty() {
        return Some(3);
    }
    // 原创 宣传科 某县人民医院 2024-01-19 18:02 发表于浙江: the account that posted it.
    if before.starts_with("原创") || after.contains("发表于") {
        return Some(3);
    }
    if rights && name.start - line.start <= 60 {
        return Some(4);
    }
    if begins && foreign && whole.chars().count() <= 100 {
        return Some(2);
    }
    // 某市中心医院 2021-10-12 17:30: who posted it, and when.
    let dated = after.chars().all(|c| c.is_ascii_digit() || "-:/.年月日 ：".contains(c));
    if before.is_empty() && (dated || is_day_of_post(after)) {
        return Some(2);
    }
    // 某县人民医院  院务公开 / 领导讲话: the site's name, and where on it the page stands.
    let raw = text.get(name.end..line.end).unwrap_or_default();
    let wide = raw.starts_with("  ") || raw.starts_with(['\u{3000}', '\t']);
    let leads = wide && line.start == 0 && before.is_empty() && is_menu(after);
    (begins && (ends(after) || leads) && whole.chars().count() <= 40).then_some(2)
}

/// 2021年3月9日 15:20  编辑/何某  1024人阅读: when it was posted, and by whom.
fn is_day_of_post(after: &str) -> bool {
    let day = after.split_whitespace().next().unwrap_or_default();
    let digits = day.chars().filter(char::is_ascii_digit).count();
    let plain = day.chars().all(|c| c.is_ascii_digit() || "-/.年月日".contains(c));
    plain
        && digits >= 6
        && day.starts_with("20")
        && after.chars().count() <= 60
        && !after.contains(['。', '，'])
}

/// 当前栏目:, 您的位置:首页 >: what a line says before the part of the site that the page stands in.
fn behind_label(before: &str) -> &str {
    let Some((label, rest)) = before.split_once(['：', ':']) else { return before };
    let place = word_list![
        "当前栏目",
        "当前位置",
        "所在位置",
        "您的位置",
        "你的位置",
        "现在的位置",
        "所在栏目",
        "位置",
        "您在这里",
        "所处位置"
    ];
    let rest = rest.trim();
    let home = word_list!["网站首页", "本站首页", "首页", "主页"].strip_prefix(rest);
    let rest = home
        .map_or(rest, |rest| rest.trim_start_matches(['>', '»', '/', '|', '→', '-', ' ', '›', '＞', '·']));
    if place.end(label.trim()) && rest.is_empty() { rest } else { before }
}

/// 卫生健康委 > 直属单位 > 某市中医院 > 单位动态; 供稿:某县人民医院宣传科: whose words a page's are that says 我院.
pub(super) fn speaks_as(text: &str, line: Span, name: Span) -> bool {
    let before = text.get(line.start..name.start).unwrap_or_default().trim_end();
    let after = text.get(name.end..line.end).unwrap_or_default().trim_start();
    let steps = ['>', '»', '›', '＞', '→'];
    let piece = before.ends_with(steps) && (after.is_empty() || after.starts_with(steps));
    let label = before.trim_end_matches(['：', ':', ' ', '（', '(']);
    let sent = word_list![
        "作者",
        "发布者",
        "发布单位",
        "供稿",
        "来稿",
        "投稿",
        "稿源",
        "供图",
        "图文",
        "文图",
        "图/文",
        "文/图",
        "撰稿",
        "撰文",
        "投稿单位",
        "供稿单位",
        "来稿单位"
    ];
    let rest = after.trim_end_matches(['）', ')']);
    let office = rest.chars().count() <= 20 && !rest.contains(['，', '。', '、']);
    // 石阡县人民医院 地址：… 电话：…
    let reached = before.is_empty()
        && word_list!["地址", "院址", "电话", "联系地址", "联系电话", "医院地址", "邮编", "官网"]
            .begin(after);
    // 某总医院烧伤科 2019-09-09 18:00
    let posted = || {
        let day = after.trim_start_matches(is_han);
        let unit = after.strip_suffix(day).unwrap_or_default();
        before.is_empty()
            && unit.chars().count() <= 8
            && unit.ends_with(['科', '部', '办', '处', '室'])
            && day.chars().all(|c| c.is_ascii_digit() || "-:/. ".contains(c))
            && day.chars().any(|c| c.is_ascii_digit())
    };
    // 作者：张某（某市人民医院）
    let signed = before.ends_with(['（', '('])
        && after.starts_with(['）', ')'])
        && word_list!["作者", "撰稿", "撰文", "通讯员", "供稿", "文/", "文："].stand_in(before);
    // 某市第一人民医院    时间：2023-01-09    编辑：宣传科
    let headed = before.is_empty()
        && word_list![
            "时间",
            "发布时间",
            "发布日期",
            "日期",
            "编辑",
            "作者",
            "来源",
            "浏览",
            "点击",
            "阅读",
            "责编",
            "供稿",
            "发布",
            "更新时间"
        ]
        .strip_prefix(after.trim_start_matches(['|', '·', '[', '【', ' ']))
        .is_some_and(|rest| rest.starts_with(['：', ':']));
    piece || reached || signed || sent.end(label) && office || posted() || headed
}

/// 院务公开 / 领导讲话, 新闻中心 > 医院动态: the columns of a site, and nothing that happens.
fn is_menu(text: &str) -> bool {
    static COLUMNS: WordList = WordList::new(&[
        "公开", "讲话", "新闻", "动态", "要闻", "中心", "概况", "简介", "之窗", "园地", "党建", "文化",
        "科室", "专家", "服务", "公告", "通知", "专题", "专栏", "活动", "教学", "科研", "资讯", "信息",
        "首页", "导航", "指南", "健康", "科普", "报道", "人物", "风采", "论坛", "院报", "建设", "聚焦",
        "天地", "快讯", "网",
    ]);
    let pieces = text.split(['/', '>', '|', '·', '-', '—', '»', ' ', '\u{3000}', '\t', '：', ':']);
    let mut pieces = pieces.map(str::trim).filter(|piece| !piece.is_empty()).peekable();
    pieces.peek().is_some() && pieces.all(|piece| piece.chars().count() <= 6 && COLUMNS.end(piece))
}
