//! Lines that are a date, with little else: bylines, signatures, captions.

use crate::issue::{is_masthead, is_note, is_paper, is_paper_behind};
use crate::key::is_han;
use crate::line::Kind;
use crate::printed_date::{Forms, Precision, PrintedDate, first_date};
use xinglin_text::{WordList, word_list};

/// A date alone, or before a short rest.
pub(crate) fn by_date(text: &str, date: PrintedDate) -> Option<Kind> {
    let blank = |c: char| {
        c.is_whitespace()
            || matches!(c, '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' | '〔' | '〕' | '［' | '］')
            || matches!(c, '—' | '─' | '=' | '*' | '·' | '•' | '|' | '｜')
    };
    let before = text.get(..date.start)?;
    // 中華民國113年4月18日　記者某某／花蓮報導
    let before = word_list!["中華", "中华"].strip_suffix(before).unwrap_or(before);
    let after = text.get(date.end..)?;
    if is_note(before, after) || before.trim_matches(blank).is_empty() && is_paper_behind(after) {
        return Some(Kind::Byline);
    }
    if is_masthead(before, after) {
        return Some(Kind::DateLed);
    }
    // 周五，2024-03-01
    let weekday = after_clock(before).trim_matches(['，', ',', ' ', '\u{3000}']).is_empty();
    // 骨科 | 省级重点专科 | 2011年12月: a row of a table.
    let row =
        matches!(date.value, Precision::Year(_)) && !is_issue(after) || before.matches('\t').count() >= 2;
    if !weekday && row && !before.trim_matches(blank).is_empty() {
        return None;
    }
    if !weekday && !before.trim_matches(blank).is_empty() {
        let figures = !text.get(date.start..date.end).is_some_and(|day| day.contains('年'));
        return by_date_behind(before, after_clock(after), figures);
    }
    let rest = after_clock(after).trim_matches(blank);
    if rest.is_empty() {
        return Some(Kind::SoleDate);
    }
    // 2021-12-09宣传中心: boxes side by side. 2023年5月6日我院…: a sentence.
    let figures = text.get(..date.end).is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
    let apart = after
        .starts_with(|c: char| blank(c) || matches!(c, '|' | '/' | 'T' | '｜') || (figures && is_han(c)));
    (apart && rest.chars().count() <= 60 && !rest.contains(['，', '；', '。'])).then_some(Kind::DateLed)
}

/// A date behind the names of who published: `原创 宣传科 某某医院 2023-07-17 08:08 发表于陕西`. `figures` where it is printed in figures and
/// signs alone.
fn by_date_behind(before: &str, after: &str, figures: bool) -> Option<Kind> {
    let place = word_list!["发表于", "发布于", "來自", "来自"].strip_prefix(after).unwrap_or(after);
    let place = before_tools(place);
    // 某某日报 2021年4月16日 星期五 第2版 要闻
    let issue = is_issue(after);
    let longest = if issue { 24 } else { 12 };
    let bar = |c: char| matches!(c, '|' | '｜' | '丨' | '·' | '•' | '【' | '】' | '[' | ']' | '／');
    // 信息员：某某 日期：2023-05-06
    let before = word_list!["日期：", "时间：", "時間：", "日期:", "时间:", "時間:"]
        .strip_suffix(before.trim_end())
        .filter(|rest| rest.ends_with(char::is_whitespace))
        .unwrap_or(before);
    let names = before.split(|c: char| c.is_whitespace() || bar(c)).all(|name| {
        is_document_number(name)
            || is_compiler(name)
            || (after_credit(name).chars().count() <= longest
                && after_credit(name).chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '/')))
    });
    // 某某日报2022-06-17　记者　某某
    let glued = is_paper(before) && figures;
    let apart = (glued || before.ends_with(|c: char| c.is_whitespace() || c == '】' || bar(c)))
        && before.chars().count() <= 40;
    // 某某日报 | 2023-05-06 | 记者 某某
    let barred = place.starts_with(bar)
        && place.chars().count() <= 30
        && place.split(|c: char| c.is_whitespace() || bar(c)).all(|word| {
            word.chars().count() <= 12
                && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '+' | '：'))
        });
    // 某某日报 2023年4月26日 星期三 本报记者 余 某 通讯员 柯某某
    let signed = is_reporters(place);
    let short = place.chars().count() <= 6 || issue || barred || signed;
    let told = (names && (short || is_tools(place) || is_view_count(place) || is_credits(place)))
        || is_reporters(before)
        || is_bracketed_credit(before);
    (told && apart && !after.contains('，')).then_some(Kind::DateLed)
}

/// `已有4127人阅读`, `浏览次数：863`, `1.2万人看过`: how often it was read, and nothing else.
fn is_view_count(text: &str) -> bool {
    let figures = |c: char| c.is_ascii_digit() || matches!(c, '.' | '万' | '萬');
    let blank = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '(' | ')' | '（' | '）' | '[' | ']');
    let words: String = text.chars().filter(|c| !figures(*c) && !blank(*c)).collect();
    let words =
        word_list!["已有", "已被", "共有", "累计", "累計", "共", "已"].strip_prefix(&words).unwrap_or(&words);
    let words = word_list!["人次", "次", "人"].strip_prefix(words).unwrap_or(words);
    let words = word_list!["次数", "次數", "量", "数", "數", "人数", "次", "过", "過"]
        .strip_suffix(words)
        .unwrap_or(words);
    text.contains(|c: char| c.is_ascii_digit())
        && matches!(
            words,
            "阅读"
                | "閱讀"
                | "浏览"
                | "瀏覽"
                | "点击"
                | "點擊"
                | "观看"
                | "觀看"
                | "看"
                | "访问"
                | "訪問"
                | "点阅"
                | "點閱"
                | "围观"
                | "圍觀"
                | "人气"
                | "人氣"
                | "热度"
                | "熱度"
                | "查看"
                | "阅览"
        )
}

/// `文：记者 某某 1.2万阅读 收藏`: without how often it was read and what a page offers, at its end.
fn before_tools(text: &str) -> &str {
    let mut rest = text.trim_end();
    for _ in 0..6 {
        let Some((head, last)) = rest.rsplit_once(char::is_whitespace) else { break };
        let counted = last.contains(|c: char| c.is_ascii_digit()) && is_view_count(last);
        if !counted && !is_tools(last) {
            break;
        }
        rest = head.trim_end();
    }
    rest
}

/// What those who are credited did.
static WORK: WordList = WordList::new(&[
    "文字",
    "图片",
    "图文",
    "文",
    "图",
    "圖",
    "摄影",
    "攝影",
    "撰文",
    "通讯员",
    "记者",
    "编审",
    "編審",
    "责编",
    "責編",
    "编辑",
    "編輯",
    "审核",
    "審核",
    "校对",
    "校對",
    "初审",
    "复审",
    "终审",
    "制图",
    "排版",
    "审",
    "編",
    "编",
    "摄像",
    "剪辑",
    "策划",
    "统筹",
    "监制",
]);

/// `文/某某   图/受访科室提供`: who wrote and took pictures, each behind a word for it.
fn is_credits(text: &str) -> bool {
    let mut names = text.split_whitespace();
    let mut credited = false;
    while let Some(name) = names.next() {
        let labelled = after_credit(name).len() < name.len() && (3..=14).contains(&name.chars().count());
        // 文字 某某某　编辑 某某
        let work = || WORK.strip_prefix(name) == Some("");
        let person = |next: &str| {
            (2..=4).contains(&next.chars().count()) && next.chars().all(is_han) && !WORK.begin(next)
        };
        if !(labelled || work() && names.next().is_some_and(person)) {
            return false;
        }
        credited = true;
    }
    credited
}

/// What a page offers to do with its article: `收藏   打印   纠错`, `字号：大 中 小 | 分享`.
pub(crate) fn is_tools(text: &str) -> bool {
    let apart = |c: char| {
        c.is_whitespace()
            || matches!(c, '|' | '｜' | '/' | '【' | '】' | '[' | ']' | '：' | ':' | '(' | ')' | '（' | '）')
    };
    let mut words = text.split(apart).filter(|word| !word.is_empty()).peekable();
    let tool = |word: &str| {
        let word = word_list!["我要", "加入"].strip_prefix(word).unwrap_or(word);
        let word =
            word_list!["本页", "此页", "本文", "文章", "网页", "页面"].strip_suffix(word).unwrap_or(word);
        [
            "收藏",
            "打印",
            "纠错",
            "分享",
            "关闭",
            "字号",
            "字体",
            "大",
            "中",
            "小",
            "举报",
            "复制链接",
            "複製連結",
            "WhatsApp",
            "Facebook",
            "facebook",
            "Twitter",
            "Telegram",
            "LINE",
            "Line",
            "Threads",
            "f",
            "电邮",
            "電郵",
            "评论",
            "转发",
            "点赞",
            "返回",
            "朗读",
            "投诉",
            "下载",
            "窗口",
            "微信",
            "微博",
            "列印",
            "糾錯",
            "關閉",
            "字號",
            "字體",
            "舉報",
            "評論",
            "轉發",
            "分享到",
        ]
        .contains(&word)
    };
    words.peek().is_some() && words.all(tool)
}

/// A name without `文/`, `图：`, `首发：` before it.
fn after_credit(name: &str) -> &str {
    if let Some((label, value)) = name.split_once(['：', ':'])
        && (2..=5).contains(&label.chars().count())
        && label.chars().all(|c| is_han(c) || c.is_ascii_uppercase())
        && !value.is_empty()
    {
        return value;
    }
    let rest = WORK.strip_prefix(name);
    rest.and_then(|rest| rest.strip_prefix(['/', '／', '：', ':'])).unwrap_or(name)
}

/// `第3版:民生    上一版 下一版` behind an issue's date.
pub(crate) fn is_issue(after: &str) -> bool {
    after.contains('版') && after.chars().count() <= 40 && !after.contains(['。', '，'])
}

/// `【記者蔡某某／彰化報導】2022/10/18`.
fn is_bracketed_credit(before: &str) -> bool {
    let inner = before.trim().strip_prefix(['【', '〔', '［', '[']);
    let inner = inner.and_then(|rest| rest.strip_suffix(['】', '〕', '］', ']']));
    inner.is_some_and(|inner| {
        !inner.contains(['】', '〕', '］', ']'])
            && word_list!["记者", "記者", "报道", "报导", "報導", "報道", "通讯员"].stand_in(inner)
    })
}

/// 某市卫生健康委员会办公室编: the office that a bulletin is of.
fn is_compiler(name: &str) -> bool {
    let office = word_list!["编印", "編印", "编发", "編發", "主办", "主辦", "编", "編"].strip_suffix(name);
    office.is_some_and(|office| {
        word_list!["办公室", "委员会", "卫健委", "局", "中心", "科", "处", "室", "院", "委", "學會", "学会"]
            .end(office)
            && (6..=30).contains(&office.chars().count())
            && office.chars().all(is_han)
    })
}

/// 闽卫医政函〔2021〕678号.
fn is_document_number(name: &str) -> bool {
    name.ends_with(['号', '號']) && name.contains(['〔', '[', '【', '（', '(']) && name.chars().count() <= 24
}

/// Who wrote and photographed: `某某日报全媒体记者 李某 通讯员 张某`, `記者林某某／廈門報導`.
pub(crate) fn is_reporters(text: &str) -> bool {
    static MARKS: WordList = WordList::new(&["记者", "記者", "通讯员", "通訊員"]);
    let apart = |c: char| {
        c.is_whitespace() || matches!(c, '/' | '／' | '∕' | '╱' | '、' | '|' | '｜' | '□' | '■' | '◎' | '●')
    };
    let signed = text.starts_with(['（', '(', '【']);
    if signed || text.chars().count() > 60 || !MARKS.stand_in(text) {
        return false;
    }
    let mut named = false;
    let fits = text.split(apart).filter(|word| !word.is_empty()).all(|word| {
        let word = word.trim_matches(|c: char| matches!(c, '（' | '）' | '(' | ')' | '：' | ':'));
        let length = word.chars().count();
        match MARKS.iter().find_map(|mark| word.split_once(mark)) {
            Some((house, name)) => {
                named |= (2..=4).contains(&name.chars().count());
                house.chars().count() <= 12
                    && name.chars().count() <= 4
                    && name.chars().all(char::is_alphanumeric)
            }
            None => {
                named |= (2..=4).contains(&length);
                length <= 6 && word.chars().all(|c| c.is_alphanumeric() || c == '·')
            }
        }
    });
    fits && named
}

/// `〔記者許某某∕廈門報導〕　113-04-18 14:20`: who wrote it, in a bracket, and a day behind it in any form.
pub(crate) fn is_signed_day(text: &str) -> bool {
    let inner = text.strip_prefix(['〔', '【', '［', '[', '（', '(']);
    let Some((names, rest)) = inner.and_then(|inner| inner.split_once(['〕', '】', '］', ']', '）', ')']))
    else {
        return false;
    };
    let rest = rest.trim_start();
    // 〔記者某某／某地報導〕中華民國113年5月16日
    let rest = word_list!["中華", "中华"].strip_prefix(rest).unwrap_or(rest);
    let date = if is_reporters(names) { first_date(rest, Forms::Labelled) } else { None };
    let end = date.filter(|date| date.start == 0).map(|date| date.end);
    end.and_then(|end| rest.get(end..)).is_some_and(|rest| after_clock(rest).is_empty())
}

/// What follows the day of the week and the time of day: `T08:21:45+08:00`, ` 下午 3:20`, ` (星期二) 18:35`.
pub(crate) fn after_clock(rest: &str) -> &str {
    let mut rest = rest;
    loop {
        let trimmed = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '(' | '（' | ')' | '）' | '|' | ',')
        });
        let words = word_list![
            "上午",
            "下午",
            "中午",
            "晚上",
            "凌晨",
            "北京时间",
            "晚间",
            "傍晚",
            "清晨",
            "早上",
            "晚",
            "夜"
        ];
        let Some(left) =
            words.strip_prefix(trimmed).or_else(|| after_weekday(trimmed)).or_else(|| after_time(trimmed))
        else {
            return trimmed;
        };
        rest = left;
    }
}

fn after_weekday(text: &str) -> Option<&str> {
    let day = word_list!["星期", "周", "週", "礼拜", "禮拜"].strip_prefix(text)?;
    let first = day.chars().next().filter(|c| "一二三四五六日天".contains(*c))?;
    day.get(first.len_utf8()..)
}

fn after_time(text: &str) -> Option<&str> {
    let text = text.strip_prefix('T').unwrap_or(text);
    let end = text
        .find(|c: char| {
            !(c.is_ascii_digit() || matches!(c, ':' | '：' | '+' | '.' | 'Z' | '时' | '分' | '時' | '秒'))
        })
        .unwrap_or(text.len());
    let (time, rest) = text.split_at_checked(end)?;
    let is_time = time.starts_with(|c: char| c.is_ascii_digit()) && time.contains([':', '：', '时', '時']);
    is_time.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reporters_are_no_headline() {
        for (text, expected) in [
            ("某某日报社全媒体记者 李文 通讯员 张明", true),
            ("記者林志明／廈門報導", true),
            ("□本报记者 孙某某", true),
            ("本报记者走进省级重点专科建设现场", false),
            ("记者从市卫生健康委获悉", false),
        ] {
            assert_eq!(is_reporters(text), expected, "{text}");
        }
    }

    #[test]
    fn clocks_and_weekdays_are_no_words() {
        for (rest, expected) in [
            (" 08:30:15 来源", "来源"),
            ("T08:21:45+08:00", ""),
            (" (星期二) 18:35", ""),
            ("　星期四　　作者", "作者"),
            (" 下午 3时20分 某某", "某某"),
            (" 3.0T磁共振", "3.0T磁共振"),
        ] {
            assert_eq!(after_clock(rest), expected, "{rest}");
        }
    }
}
