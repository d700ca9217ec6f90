//! What papers print beside a date: pages, issues, editors; and the notes that name a paper under an article.

use std::borrow::Cow;

use crate::key::is_han;
use xinglin_text::{WordList, word_list};

/// Whether the words around a date are those of a masthead: `第三版 2023年6月21日 主编:某某`, `总第1203期 … 今日八版`.
pub(crate) fn is_masthead(before: &str, after: &str) -> bool {
    let (before, after) = (closed(before), closed(without_buttons(after)));
    let (before, after) = (&*before, &*after);
    let letters = before.chars().chain(after.chars()).filter(|c| !c.is_whitespace()).count();
    if letters > 60 || after.contains(['。', '，', '！']) {
        return false;
    }
    let words = || before.split(is_apart).chain(after.split(is_apart)).filter(|word| !word.is_empty());
    let fits = |word: &str| is_issue_word(word) || is_editor(word) || is_publisher(word) || is_name(word);
    (words().any(is_issue_word) || is_edition(before)) && words().all(fits)
}

/// `某某卫生报 · 电子版`: a paper's name, and that this is what it prints on the net.
pub(crate) fn is_edition(before: &str) -> bool {
    let mut named = before.split(is_apart).filter(|word| !word.is_empty());
    named.next().is_some_and(is_paper)
        && named
            .next()
            .is_some_and(|word| word_list!["电子版", "数字报", "电子报", "數位報", "電子報"].begin(word))
}

/// Whether a line says which page or issue of a paper this is: `第A03版：健康`, `总第88期`, `第A07版 访谈 上一版 下一版 版面导航`.
pub(crate) fn names_issue(line: &str) -> bool {
    let tight = if line.len() <= 300 { closed(line) } else { Cow::Borrowed(line) };
    let line = &*tight;
    line.len() <= 300
        && without_buttons(line).chars().count() <= 40
        && (line.split(is_apart).any(is_issue_word) || line.split(['：', ':']).any(is_issue_word))
}

/// A line of an electronic edition as far as its buttons.
fn without_buttons(line: &str) -> &str {
    static BUTTONS: WordList = WordList::new(&[
        "上一版",
        "下一版",
        "上一期",
        "下一期",
        "上一篇",
        "下一篇",
        "版面导航",
        "标题导航",
        "版面導航",
        "標題導航",
        "返回首页",
        "返回主页",
        "往期回顾",
        "往期检索",
        "放大",
        "缩小",
        "版面图",
        "默认",
    ]);
    if !BUTTONS.stand_in(line) {
        return line;
    }
    let first = BUTTONS.iter().filter_map(|word| line.find(word)).min();
    let before = first.and_then(|at| line.get(..at));
    before
        .map_or(line, |before| before.trim_end_matches(|c: char| is_apart(c) || matches!(c, '<' | '[' | '«')))
}

/// `某某日报`, alone in its line.
pub(crate) fn is_paper(text: &str) -> bool {
    text.chars().count() <= 8
        && (text.ends_with(['报', '報'])
            || word_list![
                "周刊",
                "週刊",
                "月刊",
                "旬刊",
                "半月刊",
                "晚讯",
                "晚訊",
                "早讯",
                "早訊",
                "时讯",
                "時訊",
                "快讯",
                "快訊"
            ]
            .end(text))
}

/// `某某日报 数字报  A02 要闻`: a paper's name, and behind it the page by its letter.
pub(crate) fn is_paper_of_pages(text: &str) -> bool {
    let mut words = text.split(is_apart).filter(|word| !word.is_empty());
    let page = |word: &str| {
        let number = word.strip_prefix(|c: char| c.is_ascii_uppercase());
        number.is_some_and(|number| {
            (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
        })
    };
    text.chars().count() <= 40 && words.next().is_some_and(is_paper) && words.any(page)
}

/// `(《某某报》2024年4月12日 2版 责任编辑 某某)`, `——摘自《某某晚报》2019年7月2日A12版`: what stands before and behind the date.
pub(crate) fn is_note(before: &str, after: &str) -> bool {
    let lead = before.trim_start_matches(|c: char| is_bracket(c) || is_apart(c) || c == '—' || c == '-');
    let tight = closed(after);
    let after = &*tight;
    let Some((verb, paper)) = lead.split_once('《') else { return false };
    let Some((_, gap)) = paper.split_once('》') else { return false };
    let words = after.split(|c| is_apart(c) || is_bracket(c) || matches!(c, '，' | ',')).filter(|word| {
        !word.is_empty()
            && !word_list!["有删节", "有删减", "有改动", "略有", "有修改", "節錄", "节选"].begin(word)
    });
    verb.chars().count() <= 6
        && gap.chars().count() <= 2
        && after.chars().count() <= 40
        && words.clone().any(is_issue_word)
        && words.into_iter().all(|word| is_issue_word(word) || is_editor(word) || is_name(word))
}

/// `《某某晚报》A5版` behind a day: the paper and page that it was in.
pub(crate) fn is_paper_behind(after: &str) -> bool {
    let Some((paper, page)) = after.trim_start().strip_prefix('《').and_then(|rest| rest.split_once('》'))
    else {
        return false;
    };
    let mut words = page.split(|c| is_apart(c) || is_bracket(c)).filter(|word| !word.is_empty()).peekable();
    paper.chars().count() <= 12
        && words.peek().is_some()
        && words.all(|word| is_issue_word(word) || is_editor(word))
}

/// `第 B02 版`, `本期 4 版`, `第 44 期`: without the blanks that set numbers apart.
fn closed(text: &str) -> Cow<'_, str> {
    let parts = |at: usize| {
        let (Some(head), Some(rest)) = (text.get(..at), text.get(at + 1..)) else { return false };
        let number = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
        number && word_list!["第", "本期", "今日", "总第", "總第"].end(head)
            || head.ends_with(|c: char| c.is_ascii_digit()) && rest.starts_with(['版', '期', '號', '号'])
    };
    let blanks: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).filter(|at| parts(*at)).collect();
    if blanks.is_empty() {
        return Cow::Borrowed(text);
    }
    let letters = text.char_indices().filter(|(at, _)| blanks.binary_search(at).is_err());
    Cow::Owned(letters.map(|(_, c)| c).collect())
}

fn is_apart(c: char) -> bool {
    c.is_whitespace() || matches!(c, '|' | '｜' | '·' | '/' | '／')
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '（' | '）' | '【' | '】' | '[' | ']' | '〔' | '〕' | '。')
}

/// 第3版, A12版, 总第1203期, 今日八版, 第03版：要闻.
fn is_issue_word(word: &str) -> bool {
    let word = word.split(['：', ':']).next().unwrap_or("");
    // 第1版刊发, A5版头条
    let word = word_list!["刊发", "刊登", "刊载", "刊出", "刊發", "刊載", "头条", "頭條"]
        .strip_suffix(word)
        .unwrap_or(word);
    // 2021年第6期
    let year = word.split_once('年').filter(|(year, _)| year.len() == 4 && year.parse::<u16>().is_ok());
    let word = year.map_or(word, |(_, rest)| rest);
    let number = |c: char| {
        c.is_ascii_alphanumeric() || "一二三四五六七八九十百〇○零".contains(c) || ('０'..='９').contains(&c)
    };
    let inner =
        word_list!["总第", "總第", "今日", "本期", "第", "总", "總"].strip_prefix(word).unwrap_or(word);
    let led = inner.len() < word.len();
    let rest = inner.trim_start_matches(number);
    let numbered = rest.len() < inner.len() && inner.len() - rest.len() <= 15;
    // 第12期（总第156期）
    let issue = rest.starts_with("期（总第") || rest.starts_with("期(总第");
    numbered && (matches!(rest, "版" | "版面") || (led && (matches!(rest, "期" | "號" | "号") || issue)))
}

/// 主编:某某, 责任编辑, 版式:某某.
fn is_editor(word: &str) -> bool {
    let label = word.split(['：', ':']).next().unwrap_or("");
    word.chars().count() <= 16
        && word_list!["编", "编辑", "編", "編輯", "校对", "校對", "检校", "版式", "责校", "组版", "值班"]
            .end(label)
}

/// 主办:某某医院: who publishes the paper.
fn is_publisher(word: &str) -> bool {
    word.split_once(['：', ':']).is_some_and(|(label, name)| {
        matches!(label, "主办" | "主辦" | "主管" | "承办" | "承辦" | "出版") && name.chars().count() <= 24
    })
}

/// `责编 汤某  校对 李某  版式 丁某`: posts and names in turn, without colons.
pub(crate) fn is_editors(line: &str) -> bool {
    let first = line.split(is_apart).next().unwrap_or("");
    if first.len() > 48 || line.len() > 240 || !is_editor(first) {
        return false;
    }
    let words = || line.split(is_apart).filter(|word| !word.is_empty());
    let (posts, others) = words().fold((0, 0), |(posts, others), word| match is_editor(word) {
        true => (posts + 1, others),
        false => (posts, others + 1),
    });
    let name = |word: &str| (2..=4).contains(&word.chars().count()) && word.chars().all(is_han);
    line.chars().count() <= 60
        && words().next().is_some_and(is_editor)
        && others >= posts
        && words().all(|word| is_editor(word) || name(word))
}

/// A paper, a section, a person, a day of the week or of the old calendar; the buttons of a paper's page.
fn is_name(word: &str) -> bool {
    let word = word.trim_matches(is_bracket);
    word.chars().count() <= 12 && word.chars().all(|c| is_han(c) || matches!(c, '《' | '》' | '○'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printed_date::{Forms, first_date};

    fn around(line: &str) -> (&str, &str) {
        let date = first_date(line, Forms::Certain).unwrap();
        (&line[..date.start], &line[date.end..])
    }

    #[test]
    fn mastheads() {
        for (line, expected) in [
            ("第三版  2023年6月21日  星期三  主编:某某  美编:某某", true),
            ("总第1203期 2020年11月20日 星期五 农历十月初六 今日八版", true),
            ("某某日报 2022年9月14日 星期三 第A03版：健康", true),
            ("主办:某某医院委员会    2023年11月3日    第44期(总第612期)    本期4版    内部资料", true),
            ("2021年第6期(总第88期)  2021年6月30日", true),
            ("某某周刊 2022年9月8日 星期四 第 B02 版 大医院", true),
            ("总第 612 期  2023年11月3日  本期 4 版", true),
            ("某某卫生报 · 电子版 2024年3月21日 星期四 版面导航 标题导航", true),
            ("某某卫生院 · 电子版 2024年3月21日 星期四", false),
            ("某县人民医院 2022年9月14日 星期三", false),
            ("第三届论坛于2023年5月6日举行，来宾百人", false),
            ("2023年第3期培训班 2023年5月6日 开班", false),
        ] {
            let (before, after) = around(line);
            assert_eq!(is_masthead(before, after), expected, "{line}");
        }
    }

    #[test]
    fn editors_without_colons() {
        for (line, expected) in [
            ("责编 汤某  校对 李某某  版式 丁某", true),
            ("编辑 王某", true),
            ("编辑部 主任", false),
            ("责编 汤某：把质量放在第一位的人", false),
        ] {
            assert_eq!(is_editors(line), expected, "{line}");
        }
    }

    #[test]
    fn notes_under_an_article() {
        for (line, expected) in [
            ("(《某某报》2024年4月12日 2版 责任编辑 某某某)", true),
            ("——摘自《某某晚报》2019年7月2日A12版", true),
            ("(《某某报》2024年4月12日第2版刊发)", true),
            ("《某某日报》2024年4月12日报道了我院的做法", false),
            ("《某某规划》（2024年4月12日印发）第二版说明", false),
        ] {
            let (before, after) = around(line);
            assert_eq!(is_note(before, after), expected, "{line}");
        }
    }
}
