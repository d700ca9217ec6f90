//! A notice's headline that its page broke in two: 关于公布2023年某市临床重点专科 / 评审结果的通知.

use super::words::{ends_as_headline, headline_text, is_news, is_site_name};
use crate::key::is_han;
use crate::lexicon::Lexicon;
use crate::line::Line;
use crate::printed_date::{Forms, first_date};
use xinglin_text::{WordList, word_list};

/// How far down a page such a headline is looked for, in lines.
const REACH: usize = 40;

/// Puts the two lines of such a headline into one.
pub(crate) fn join(lines: &mut Vec<Line<'_>>) {
    let registered = lines.iter().take(REACH).find_map(|line| registered(&line.text));
    let pair = |at: &usize| {
        let (Some(first), Some(second)) = (lines.get(*at), lines.get(at + 1)) else { return false };
        !second.gap && is_beginning(first) && is_end(second)
            || registered.is_some_and(|title| title.strip_prefix(&*first.text) == Some(&*second.text))
            || !second.gap
                && (goes_on(first, second) || counts_on(first, second) || is_account(first, second))
                && lines.get(at + 2).is_some_and(is_dated)
    };
    let Some(at) = (0..lines.len().min(REACH)).find(pair) else { return };
    let rest = lines.remove(at + 1);
    if let Some(line) = lines.get_mut(at) {
        line.join(&rest);
    }
}

/// 某市中心医院骨科、儿科 / 双双获评省级临床重点专科: a verb that goes on with the line above.
fn goes_on(first: &Line<'_>, second: &Line<'_>) -> bool {
    static VERBS: WordList = WordList::new(&[
        "双双",
        "获评",
        "荣获",
        "喜获",
        "入选",
        "成功",
        "跻身",
        "顺利",
        "被评",
        "获批",
        "斩获",
        "榜上有名",
        "被确定",
        "被列为",
        "被授予",
        "通过",
        "荣膺",
        "再获",
        "晋升",
        "晋级",
        "一举",
    ]);
    let subject = first.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '”' | '）' | ')'));
    VERBS.begin(&second.text)
        && is_plain(first)
        && is_plain(second)
        && subject
        && !is_news(&first.text)
        && !is_site_name(&first.text)
}

/// 某省17个专科跻身建设单位 / 3个专科进入培育名单: a count, and another under it; or what is announced, and how many they are.
fn counts_on(first: &Line<'_>, second: &Line<'_>) -> bool {
    let counted = |text: &str| {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = text.len() - rest.len();
        (1..=3).contains(&number) && word_list!["个专科", "个科室", "个学科", "个项目"].begin(rest)
    };
    let first_counts = first
        .text
        .char_indices()
        .any(|(at, c)| c.is_ascii_digit() && first.text.get(at..).is_some_and(counted));
    let first_tells = word_list!["公布", "揭晓", "出炉", "公示"].stand_in(&first.text);
    counted(&second.text)
        && (first_counts || first_tells)
        && is_plain(first)
        && is_plain(second)
        && !is_site_name(&first.text)
}

/// Whether a line can be half of a headline.
fn is_plain(line: &Line<'_>) -> bool {
    !line.row
        && !line.set_apart
        && (6..=40).contains(&line.text.chars().count())
        && !line.text.contains(['。', '|', '>', '：'])
}

/// 潮起某江 杏林春暖 / 某市人民医院75年学科发展纪实: a motto, and under it what the account is of.
fn is_account(first: &Line<'_>, second: &Line<'_>) -> bool {
    let plain =
        |line: &Line<'_>| !line.row && !line.set_apart && !line.text.contains(['。', '|', '>', '：', ':']);
    let halves: Vec<usize> = first.text.split_whitespace().map(|half| half.chars().count()).collect();
    let motto = matches!(halves[..], [left, right] if left == right && (4..=8).contains(&left))
        && first.text.chars().all(|c| is_han(c) || c.is_whitespace());
    motto
        && plain(first)
        && plain(second)
        && second.text.starts_with(is_han)
        && !second.text.contains("——")
        && second.text.chars().count() <= 40
        && word_list!["纪实", "侧记", "综述", "掠影", "巡礼", "回眸", "速写", "写真"].end(&second.text)
}

/// A line that has a day: the byline under a headline.
fn is_dated(line: &Line<'_>) -> bool {
    line.text.chars().count() <= 100 && first_date(&line.text, Forms::Certain).is_some()
}

/// 标题:某市卫生健康委员会关于…的通知: the whole headline, as a page's register has it.
fn registered(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let field = line.starts_with(['标', '標', '信', '文']) && line.contains(['：', ':']);
    let title = field.then(|| headline_text(line))?;
    (title.len() < line.trim_end().len()).then_some(title)
}

/// 关于公布2023年某市临床重点专科, 某市卫生健康委员会关于公布…: what has no end yet.
fn is_beginning(line: &Line<'_>) -> bool {
    let text = &*line.text;
    let length = text.chars().count();
    let plain =
        !text.ends_with(|c: char| !c.is_alphanumeric() && !matches!(c, '”' | '》' | '）' | ')' | '、'));
    let led = text.starts_with("关于") || text.starts_with("關於") || {
        let issuer = text.split_once("关于").or_else(|| text.split_once("關於"));
        issuer.is_some_and(|(issuer, _)| is_site_name(issuer.trim()))
    };
    !line.row
        && !line.set_apart
        && (10..=50).contains(&length)
        && led
        && plain
        && !ends_as_headline(text)
        && !Lexicon::get().is_menu_item(text)
}

/// 评审结果的通知: the end of a notice's headline, and no headline of its own.
fn is_end(line: &Line<'_>) -> bool {
    static ENDS: WordList = WordList::new(&[
        "的通知",
        "的公示",
        "的公告",
        "的通报",
        "的决定",
        "的意见",
        "的函",
        "的批复",
        "的答复",
        "的请示",
        "的报告",
        "的复函",
        "名单的公布",
    ]);
    let text = &*line.text;
    let closed = text.trim_end_matches([')', '）']);
    let bare =
        closed.rsplit_once(['(', '（']).filter(|_| closed.len() < text.len()).map_or(text, |(bare, _)| bare);
    !line.row
        && !line.set_apart
        && (4..=40).contains(&text.chars().count())
        && ENDS.end(bare.trim_end())
        && !word_list!["关于", "關於", "。", "：", ":"].stand_in(text)
        && first_date(text, Forms::Certain).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_of_a_subject_and_a_verb() {
        let check = |page: &[&str], expected: usize| {
            let mut lines: Vec<Line<'_>> = page.iter().map(|line| Line::plain(line, false, false)).collect();
            join(&mut lines);
            assert_eq!(lines.len(), expected, "{page:?}");
        };
        check(
            &["某某市中心医院骨科、儿科", "双双获评某某省临床重点专科", "2022-09-09 10:00 来源：某某日报"],
            2,
        );
        check(&["某某市中心医院", "荣获省级先进集体", "2022-09-09"], 3);
        check(&["春满江城  医路同行", "某某市人民医院六十年发展纪实", "来源：院办  2022-09-09"], 2);
        check(&["某某市人民医院", "某某市人民医院六十年发展纪实", "来源：院办  2022-09-09"], 3);
        check(&["某某县人民医院骨科", "荣获省级先进集体", "近日，喜讯传来。"], 3);
    }

    #[test]
    fn registered_headlines() {
        let page =
            ["标题：某某市卫生健康委关于开展申报工作的通知", "某某市卫生健康委", "关于开展申报工作的通知"];
        let mut lines: Vec<Line<'_>> = page.iter().map(|line| Line::plain(line, false, false)).collect();
        join(&mut lines);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines.last().map(|line| &*line.text), Some("某某市卫生健康委关于开展申报工作的通知"));
    }

    #[test]
    fn headlines_of_two_counts() {
        let joined = |first: &str, second: &str| {
            counts_on(&Line::plain(first, false, false), &Line::plain(second, false, false))
        };
        assert!(joined("全省12个专科跻身省级重点专科建设单位", "4个专科进入培育名单"));
        assert!(joined("全省公布首批重点专科建设单位", "17个专科入选 3个列入培育名单"));
        assert!(!joined("全省专科建设工作会议召开", "4个专科进入培育名单"));
        assert!(!joined("全省12个专科跻身省级重点专科建设单位", "进入培育名单的有4个专科"));
    }

    #[test]
    fn broken_headlines() {
        for (first, second, expected) in [
            ("关于公布2023年某某市临床重点专科", "评审结果的通知", true),
            (
                "某某市卫生健康委员会关于公布第三批",
                "市级临床重点专科名单的通知（某卫医函〔2023〕18号）",
                true,
            ),
            ("关于公布2023年某某市临床重点专科名单的通知", "各县卫生健康局:", false),
            ("关于召开2023年度工作会议的通知", "停诊安排的公告", false),
            ("关于我们", "最新通知的公告", false),
            ("骨科获评市级临床重点专科建设项目", "评审结果的通知", false),
        ] {
            let mut lines = vec![Line::plain(first, false, false), Line::plain(second, false, false)];
            join(&mut lines);
            assert_eq!(lines.len() == 1, expected, "{first} / {second}");
        }
    }
}
