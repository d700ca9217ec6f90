//! Years as notices write them: 2023年, 二〇二三年, 民国112年, 同年, 次年, 去年, 今年, 2019年度, 2020 年.

use super::institution::is_han;
use super::{Span, window_before};
use crate::spoken::numeral;
use crate::structure::line::raw_lines;
use xinglin_text::{WordList, word_list};

/// What a year word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// 2023年.
    Year(i32),
    /// The year of the last one named: 同年, 当年.
    Same,
    /// The year of the last one named, and of no other: 那一年.
    Then,
    /// So many years after the last one named: 次年, 翌年, 两年后.
    After(i32),
    /// Relative to the article: 今年 0, 去年 -1, 前年 -2.
    Relative(i32),
    /// 2023年度 or 2023年 directly in a title: the programme's year, not the event's.
    Programme(i32),
    /// 年,科室被评为…: a year whose number the page has lost.
    Lost,
    /// 2010年以来, 自1996年, 2022年至2026年: a span of time, no event.
    Since,
}

/// A year where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct YearMention {
    pub(crate) span: Span,
    pub(crate) when: When,
}

/// Words for years: what stands before 年, and what behind it.
const WORDS: &[(&str, &str, When)] = &[
    ("同", "", When::Same),
    ("同一", "", When::Same),
    ("当", "", When::Same),
    ("这一", "", When::Same),
    ("那一", "", When::Then),
    ("那", "", When::Then),
    ("前一", "", When::After(-1)),
    ("次", "", When::After(1)),
    ("翌", "", When::After(1)),
    ("第二", "", When::After(1)),
    ("转", "", When::After(1)),
    ("今", "", When::Relative(0)),
    ("本", "度", When::Relative(0)),
    ("去", "", When::Relative(-1)),
    ("上", "度", When::Relative(-1)),
    ("上一", "", When::Relative(-1)),
    ("大前", "", When::Relative(-3)),
    ("前", "", When::Relative(-2)),
];

/// Every year of a text, in order; `documents` tells whether it has any 《.
pub(crate) fn years(text: &str, documents: bool) -> Vec<YearMention> {
    let mut found = with_month_alone(text);
    let steps = found.len();
    for at in memchr::memmem::find_iter(text.as_bytes(), "年") {
        let end = at + '年'.len_utf8();
        let head = text.get(..at).unwrap_or_default();
        if let Some((start, year)) = number_before(head) {
            let tail = text.get(end..).unwrap_or_default();
            let when = if documents && in_document_name(head) {
                When::Programme(year)
            } else {
                reading(head.get(..start).unwrap_or_default(), tail, year)
            };
            found.push(YearMention { span: Span::new(start, end), when });
            continue;
        }
        if is_lost(head, text.get(end..).unwrap_or_default()) {
            found.push(YearMention { span: Span::new(at, end), when: When::Lost });
            continue;
        }
        if let Some(start) = years_ago(head, text.get(end..).unwrap_or_default()) {
            found.push(YearMention { span: Span::new(start, end + '前'.len_utf8()), when: When::Lost });
            continue;
        }
        if let Some(start) = some_years_later(head, text.get(end..).unwrap_or_default()) {
            found.push(YearMention { span: Span::new(start, end), when: When::Lost });
            continue;
        }
        if let Some((start, count)) = years_later(head, text.get(end..).unwrap_or_default()) {
            found.push(YearMention {
                span: Span::new(start, end + '后'.len_utf8()),
                when: When::After(count),
            });
            continue;
        }
        found.extend(relative(head, text.get(end..).unwrap_or_default()));
    }
    if steps > 0 {
        found.sort_by_key(|year| year.span.start);
    }
    found
}

fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '◆' | '●'
            | '■'
            | '★'
            | '▲'
            | '•'
            | '·'
            | '◇'
            | '○'
            | '□'
            | '☆'
            | '►'
            | '▶'
            | '—'
            | '◎'
    )
}

/// 2011.12 甲科获评…: the month that opens a line, and words behind it.
fn with_month_alone(text: &str) -> Vec<YearMention> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in raw_lines(text) {
        // ◆ 2014　甲科、乙科列入P
        let head = line.trim_start_matches(|c: char| c.is_whitespace() || is_bullet(c));
        let from = start + line.len() - head.len();
        let longest = if head.len() < line.trim_start().len() { 80 } else { 40 };
        start += line.len() + 1;
        let Some(year) = head.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit())) else {
            continue;
        };
        let Some(rest) = head.get(4..).and_then(|rest| rest.strip_prefix(['.', '-', '/', '．'])) else {
            // 2006 某市重点学科
            let told = head.get(4..).unwrap_or_default();
            let words = told.trim_start_matches([' ', '\u{3000}', '\t', ':', '：']);
            let titled = words.len() < told.len()
                && words.starts_with(is_han)
                && words.chars().nth(longest).is_none()
                && word_list!["重点专科", "重点学科", "特色专科", "优势专科"].stand_in(words);
            if let Some(value) = year.parse().ok().filter(|year| (1950..=2100).contains(year) && titled) {
                found.push(YearMention { span: Span::new(from, from + 4), when: When::Year(value) });
            }
            continue;
        };
        let month = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let day = month
            .strip_prefix(['.', '-', '/', '．'])
            .map(|day| day.trim_start_matches(|c: char| c.is_ascii_digit()));
        let told = day.unwrap_or(month);
        let figures = (1..=2).contains(&(rest.len() - month.len()));
        let words = told.trim_start_matches([' ', '\u{3000}', '\t', ':', '：']).starts_with(is_han);
        if let Some(value) = year.parse().ok().filter(|year| (1950..=2100).contains(year) && figures && words)
        {
            let span = Span::new(from, from + head.len() - told.len());
            found.push(YearMention { span, when: When::Year(value) });
        }
    }
    found
}

/// 同年, 去年, 本年度: a year by its word, whose 年 stands between two texts.
fn relative(head: &str, tail: &str) -> Option<YearMention> {
    // Most years are numbers.
    static STEMS: WordList =
        WordList::new(&["同", "一", "当", "那", "次", "翌", "二", "转", "今", "本", "去", "上", "前"]);
    if !STEMS.end(head) {
        return None;
    }
    let (stem, behind, when) = WORDS.iter().find(|(stem, behind, _)| {
        // 这一年来, 这一年多: how long, not when.
        let lasting = *stem == "这一" && tail.starts_with(['来', '多']);
        head.ends_with(stem) && tail.starts_with(behind) && !lasting
    })?;
    let (start, end) = (head.len() - stem.len(), head.len() + '年'.len_utf8() + behind.len());
    Some(YearMention { span: Span::new(start, end), when: *when })
}

/// 年 at the head of a clause, or behind 于, and no word that it could belong to.
fn is_lost(head: &str, tail: &str) -> bool {
    let opens = head.chars().next_back().is_none_or(|c| {
        matches!(c, '，' | ',' | '。' | '；' | ';' | '：' | ':' | '\n' | ' ' | '\u{3000}' | '于' | '、')
    });
    opens
        && (tail.starts_with(['，', ',', '、', '；', '。'])
            || tail.starts_with("月")
            || tail.starts_with("被评"))
}

/// 五年前, 十多年前: how long ago, in round numbers.
fn years_ago(head: &str, tail: &str) -> Option<usize> {
    if !tail.starts_with('前') {
        return None;
    }
    let number =
        head.trim_end_matches(|c: char| c.is_ascii_digit() || "一两二三四五六七八九十几数多余来".contains(c));
    let length = head.len() - number.len();
    (length > 0 && length <= 4 * '十'.len_utf8()).then_some(number.len())
}

/// 2019年—2022年, 2019年—至今; but 2009年——甲科成为P: whether a dash leads from a year to another.
pub(crate) fn is_dash_of_span(tail: &str) -> bool {
    let rest = tail.trim_start_matches(['—', '-', '－', '~', '～', '–']);
    rest.len() < tail.len()
        && (rest.starts_with(|c: char| c.is_ascii_digit())
            || word_list!["至今", "今", "一", "二"].begin(rest))
}

/// 几年后, 多年之后, 又过了几年: in some year later than the one named before.
fn some_years_later(head: &str, tail: &str) -> Option<usize> {
    let before = word_list!["若干", "好几", "几", "数", "多", "些"].strip_suffix(head)?;
    let passed = word_list!["又过了", "过了", "再过"].strip_suffix(before);
    let start = passed.unwrap_or(before).len();
    let later = tail.starts_with('后') || tail.starts_with("之后") || tail.starts_with("以后");
    let goes_on = passed.is_some() && tail.starts_with(['，', ',']);
    let edge = before.chars().next_back().is_none_or(|c| !is_han(c) && !c.is_ascii_digit());
    (goes_on || later && (edge || passed.is_some())).then_some(start)
}

/// 一年后, 两年后, 三年期满: counted from the year named before.
fn years_later(head: &str, tail: &str) -> Option<(usize, i32)> {
    if !tail.starts_with('后') && !tail.starts_with("期满") {
        return None;
    }
    // 三年后, 十年后, 十二年后
    let number = |c: &char| *c == '十' || numeral::count(*c).is_some() && !c.is_ascii_digit();
    let letters: Vec<char> = head.chars().rev().take_while(number).take(4).collect();
    let value = |c: char| numeral::count(c).and_then(|value| i32::try_from(value).ok());
    let years = match letters.as_slice() {
        ['十'] => 10,
        ['十', tens] => 10 * value(*tens)?,
        [unit, '十'] => 10 + value(*unit)?,
        [unit, '十', tens] => 10 * value(*tens)? + value(*unit)?,
        [unit] => value(*unit)?,
        _ => return None,
    };
    let start = head.len() - letters.iter().map(|c| c.len_utf8()).sum::<usize>();
    let before = head.get(..start).unwrap_or_default().chars().next_back();
    let edge = before.is_none_or(|c| {
        matches!(c, '，' | ',' | '。' | '；' | ';' | '：' | '\n' | '“' | '又') || c.is_whitespace()
    });
    edge.then_some((start, years))
}

/// 《关于印发2022年…的通知》: the document's year.
fn in_document_name(head: &str) -> bool {
    let near = window_before(head, head.len(), 240);
    let last = near.rfind(['《', '》', '\n']).and_then(|at| near.get(at..));
    last.is_some_and(|last| last.starts_with('《'))
}

fn reading(head: &str, tail: &str, year: i32) -> When {
    let tail = tail.trim_start_matches(' ');
    // 到2016年才拿到同样的称号
    if word_list!["才", "方才", "终于", "方"].begin(tail) {
        return When::Year(year);
    }
    // 自2019年起连续两届当选, 2010年起成为P: given then for the first time.
    let first = word_list![
        "起连续",
        "起为",
        "起是",
        "起一直是",
        "起挂着",
        "起挂",
        "起顶着",
        "起即",
        "起就",
        "起便",
        "起成为",
        "起被",
        "起列为",
        "起列入",
        "起入列",
        "起纳入",
        "起跻身",
        "起升为"
    ];
    if first.begin(tail) || tail.starts_with("起按") && is_built(tail) {
        return When::Year(year);
    }
    if tail.starts_with('度') && !tail.starts_with("度过") {
        return When::Programme(year);
    }
    // 2020年立项省级…建设项目: the programme's.
    let attribute = tail.strip_prefix("立项").is_some_and(|rest| {
        let on = !word_list!["建设", "为", "成为", "后", "并", "时", "以来"].begin(rest);
        word_list!["的", "建设的"].begin(rest) || on && rest.starts_with(is_han)
    });
    if attribute {
        return When::Programme(year);
    }
    // 2022—2024年: the end of a span.
    let ended = head
        .strip_suffix(['—', '-', '－', '~', '～', '至'])
        .is_some_and(|head| head.trim_end_matches(['—', '年', '-']).ends_with(|c: char| c.is_ascii_digit()));
    let range = ended
        || is_dash_of_span(tail)
        || word_list!["以来", "至", "起", "到", "后", "以后", "之后", "前", "以前", "底前", "级", "期间"]
            .begin(tail);
    // 2022年冬奥会: the name of an event.
    let event =
        word_list!["冬奥", "奥运", "亚运", "全运", "残奥", "大运会", "世博", "冬季奥", "夏季奥"].begin(tail);
    // 到2008年,骨科第一次捧回P: when it was.
    let came = head.strip_suffix('到').is_some_and(|head| {
        head.trim_end_matches(' ').chars().next_back().is_none_or(|c| !is_han(c) && !c.is_alphanumeric())
    }) && tail.starts_with(['，', ',']);
    // 时间拨回到2017年8月
    let back = ["拨回到", "拨回", "倒回到", "倒回", "回到", "追溯到", "追溯至", "回溯到", "倒流到"];
    let back = back.iter().any(|word| head.ends_with(word));
    if back && (tail.starts_with(['，', ',']) || tail.starts_with(|c: char| c.is_ascii_digit())) {
        return When::Year(year);
    }
    // 验收推迟到2021年春天
    let put_off = word_list![
        "推迟到",
        "推迟至",
        "延后到",
        "延后至",
        "延迟到",
        "延迟至",
        "延期到",
        "延期至",
        "拖到",
        "等到",
        "熬到",
        "顺延到",
        "顺延至"
    ]
    .end(head);
    let since = !put_off
        && (event
            || head.ends_with('自')
            || head.ends_with("自从")
            || head.ends_with('至')
            || head.ends_with('到') && !head.ends_with("直到") && !came
            || head.ends_with("不早于")
            || head.ends_with("晚于"));
    if range || since { When::Since } else { When::Year(year) }
}

/// 2021年起按某区重点专科培育项目建设: what it has been built as since then.
fn is_built(tail: &str) -> bool {
    let clause = tail.split(['，', ',', '。', '；', '\n']).next().unwrap_or_default();
    !clause.starts_with("起按照") && word_list!["项目建设", "单位建设", "专科建设", "学科建设"].end(clause)
}

/// The year number that ends a text, with its start: digits, Chinese digits, or 民国.
fn number_before(head: &str) -> Option<(usize, i32)> {
    let trimmed = head.trim_end_matches(' ');
    let (mut start, mut value, mut digits) = (trimmed.len(), 0, 0);
    for (at, c) in trimmed.char_indices().rev().take(4) {
        let Some(digit) = digit(c) else { break };
        (start, value, digits) = (at, value + digit as i32 * 10_i32.pow(digits), digits + 1);
    }
    if digits == 0 {
        return None;
    }
    let front = trimmed.get(..start).unwrap_or_default();
    if let Some(stem) = front.trim_end_matches(' ').strip_suffix("民国")
        && (1..=200).contains(&value)
    {
        return Some((stem.len(), value + 1911));
    }
    let whole = digits == 4 && front.chars().next_back().and_then(digit).is_none();
    (whole && (1900..=2100).contains(&value)).then_some((start, value))
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => numeral::digit(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[When]) {
        assert_eq!(years(text, true).iter().map(|year| year.when).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn every_form_of_a_year() {
        check("2019年获批,次年通过", &[When::Year(2019), When::After(1)]);
        check("2018年获批;两年后,通过", &[When::Year(2018), When::After(2)]);
        check("二〇二二年五月", &[When::Year(2022)]);
        check("民国112年", &[When::Year(2023)]);
        check("2023 年 5 月", &[When::Year(2023)]);
        check("2023年度省级", &[When::Programme(2023)]);
        check("2010年以来，自1996年成立", &[When::Since, When::Since]);
        check("自2022年起列入P，2021年起按P培育项目建设。", &[When::Year(2022), When::Year(2021)]);
        check("自2022年起实施，2021年起按照要求建设，2021年起按新办法执行", &[When::Since; 3]);
        check("去年11月", &[When::Relative(-1)]);
        check("这一年,那年,这一年来,这一年多", &[When::Same, When::Then]);
        check("建设期为2022年至2026年", &[When::Since, When::Since]);
        check("2022—2024年重点专科,2022-2024年", &[When::Since, When::Since]);
        check("电话12022年、120年", &[]);
        check("成立于年,是。年,科室被评为;年月", &[When::Lost, When::Lost, When::Lost]);
        check("2011.12 骨科获评\n2019/11/3　骨科\n2020.5\n3.14 圆", &[When::Year(2011), When::Year(2019)]);
        check("一年,多年,全年。每年,", &[]);
    }
}
