//! Lines: their cells, their numbering, what they look like.

use memchr::memmem;
use xinglin_text::{CharSet, word_list};

use super::table::{Column, column};
use super::verse::is_ornament;
use crate::mention::Span;
use crate::mention::institution::is_han;

/// A line without its blanks and, apart, without its bullet or number.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Without blanks at its ends.
    pub(crate) span: Span,
    /// Without a bullet or a number in front.
    pub(crate) body: Span,
    /// What kind of number stood in front.
    pub(crate) number: Number,
    /// Its cells, where it is a row of several.
    pub(crate) cells: Vec<Span>,
}

/// The number or bullet in front of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    None,
    /// 一、 (一) 第一
    Chinese,
    /// 1. 1、 (1) ①
    Arabic,
    /// • · - ◆
    Bullet,
}

/// The longest line that may be a row of cells set apart by blanks, in bytes.
const ROW_LIMIT: usize = 600;

/// The pieces between line breaks, as `split` gives them.
pub(crate) fn raw_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let from = rest?;
        let end = memchr::memchr(b'\n', from.as_bytes());
        rest = end.and_then(|end| from.get(end + 1..));
        from.get(..end.unwrap_or(from.len()))
    })
}

/// Every line that holds something.
///
/// `rows` tells whether anything stands in the text that sets cells apart, but bars.
pub(crate) fn lines(text: &str, rows: bool) -> Vec<Line> {
    let mut found = Vec::new();
    let mut start = 0;
    for raw in raw_lines(text) {
        found.extend(line(start, raw, rows));
        start += raw.len() + 1;
    }
    if memchr::memchr(b'|', text.as_bytes()).is_some()
        || memmem::find(text.as_bytes(), "｜".as_bytes()).is_some()
    {
        with_bars_inside(text, &mut found);
    }
    found
}

/// 单位 | 专科 | 类别 over 某医院 | 骨科 | 建设项目: rows between whose cells alone bars stand, under a header.
fn with_bars_inside(text: &str, lines: &mut [Line]) {
    let bars = |line: &Line| {
        let plain = line.cells.is_empty() && line.span.end - line.span.start <= ROW_LIMIT;
        if plain { line.span.of(text).matches(['|', '｜']).count() } else { 0 }
    };
    let mut at = 0;
    while let Some(first) = lines.get(at) {
        let width = bars(first);
        let run = lines.get(at..).unwrap_or_default().iter().take_while(|line| bars(line) == width).count();
        let cells: Vec<Span> =
            split_cells(first.span.of(text), first.span.start, |c, _| matches!(c, '|' | '｜'));
        let names = cells.iter().filter(|cell| column(cell.of(text)) != Column::Other).count();
        let headed = width >= 2 && run >= 2 && names >= 2 && names + 1 >= cells.len();
        if headed {
            for line in lines.iter_mut().skip(at).take(run) {
                line.cells = split_cells(line.span.of(text), line.span.start, |c, _| matches!(c, '|' | '｜'));
            }
        }
        at += run.max(1);
    }
}

/// What sets cells apart that no tabs do.
const WIDE_BLANKS: [&[u8]; 2] = [b"  ", "\u{3000}".as_bytes()];

fn line(start: usize, raw: &str, rows: bool) -> Option<Line> {
    let headed = raw.trim_start();
    let mut trimmed = headed.trim_end();
    if trimmed.is_empty() || is_rule(trimmed) {
        return None;
    }
    let mut from = start + (raw.len() - headed.len());
    if let Some(inner) = between_bars(trimmed) {
        if inner.contains('|') {
            return Some(barred(trimmed, from));
        }
        // | 二、建设项目 |: a row of one cell heads those under it.
        let text = inner.trim_start();
        from += '|'.len_utf8() + inner.len() - text.len();
        trimmed = text.trim_end();
        if trimmed.is_empty() {
            return None;
        }
    }
    let span = Span::new(from, from + trimmed.len());
    // A row's first cell may be empty, so tabs at its head count.
    let cells = match rows {
        true if heads_annex(trimmed) => Vec::new(),
        true if raw.contains('\t') => split_cells(raw, start, |c, _| c == '\t'),
        true if lists_by_number(trimmed) => Vec::new(),
        true => spaced(trimmed, from),
        false => Vec::new(),
    };
    let (number, length) = numbering(trimmed);
    let rest = trimmed.get(length..).unwrap_or_default();
    let body = from + length + (rest.len() - rest.trim_start().len());
    Some(Line {
        span,
        body: Span::new(body.min(span.end), span.end),
        number,
        cells: if cells.len() > 1 { cells } else { Vec::new() },
    })
}

/// 1．骨科（2009年）　2．儿科（2011年）: items of one list, as many as stand in a line; no row of a table.
fn lists_by_number(line: &str) -> bool {
    let mut number = 0_u32;
    for piece in line.split([' ', '\u{3000}']).filter(|piece| !piece.is_empty()) {
        let rest = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        let own = piece.get(..piece.len() - rest.len()).and_then(|digits| digits.parse::<u32>().ok());
        let item = rest.starts_with(['．', '.', '、']) && rest.chars().nth(1).is_some_and(is_han);
        if !item || own.is_none_or(|own| number > 0 && own != number + 1) {
            return false;
        }
        number = own.unwrap_or_default();
    }
    line.contains(['．', '.', '、']) && number > 0
}

/// 附表2    某某名单, 附件一　某某一览表: an annex's number and name are a heading, and no row.
fn heads_annex(line: &str) -> bool {
    let Some(rest) = word_list!["附表", "附件", "附录", "附", "表"].strip_prefix(line) else {
        return false;
    };
    let name = rest.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
    });
    let (blanks, name) =
        name.split_at(name.len() - name.trim_start_matches([':', '：', ' ', '\t', '\u{3000}']).len());
    let plain = name.split(['(', '（']).next().unwrap_or_default();
    // 表3  取消某市重点专科资格(1个)
    // 附1  某省县级临床重点专科培育项目
    let numbered = rest.len() > blanks.len() + name.len();
    let titles = numbered
        && !line.starts_with('表')
        && word_list!["专科", "学科", "项目", "单位"].end(plain.trim_end())
        && plain.contains(['省', '市', '县', '国', '级']);
    let table =
        line.starts_with('表') && rest.len() > blanks.len() + name.len() && plain.chars().count() >= 6;
    !blanks.is_empty()
        && !name.contains(['\t', '\u{3000}', '。'])
        && !name.contains("  ")
        && (table
            || titles
            || word_list!["名单", "名录", "一览表", "汇总表", "结果", "公示表", "情况表"]
                .end(plain.trim_end()))
}

/// | --- | :-: |: what sets a header apart.
fn is_rule(line: &str) -> bool {
    line.starts_with('|') && line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// What stands between the bars at both ends of a line; trailing cells without text do not count.
fn between_bars(line: &str) -> Option<&str> {
    line.strip_prefix('|')?.strip_suffix('|').map(|inner| inner.trim_end_matches(['|', ' ']))
}

/// | 1 | 某医院 | 骨科 |
fn barred(trimmed: &str, from: usize) -> Line {
    let inner = trimmed.strip_prefix('|').and_then(|rest| rest.strip_suffix('|')).unwrap_or(trimmed);
    let cells = split_cells(inner, from + '|'.len_utf8(), |c, _| c == '|');
    let span = Span::new(from, from + trimmed.len());
    Line { span, body: span, number: Number::None, cells }
}

fn spaced(trimmed: &str, from: usize) -> Vec<Span> {
    let wide = || WIDE_BLANKS.iter().any(|wide| memmem::find(trimmed.as_bytes(), wide).is_some());
    if trimmed.len() > ROW_LIMIT || !wide() || trimmed.contains('。') {
        return Vec::new();
    }
    let mut previous = ' ';
    let cells = split_cells(trimmed, from, |c, next| {
        let wide = c == '\u{3000}' || (c == ' ' && (previous == ' ' || next == Some(' ')));
        previous = if c == ' ' || wide { ' ' } else { 'x' };
        wide
    });
    let cells: Vec<Span> = cells.into_iter().filter(|cell| cell.start < cell.end).collect();
    // 2018年　获评市级重点专科: a step of a history, no row.
    let dated = cells.first().is_some_and(|first| {
        let first = trimmed.get(first.start - from..first.end - from).unwrap_or_default();
        let first =
            first.trim_start_matches(|c: char| BULLETS.contains(c) || is_ornament(c) || c.is_whitespace());
        first.contains('年') && first.chars().all(|c| c.is_ascii_digit() || "年月日至-—.、,，和".contains(c))
    });
    // 2  个省级重点专科:…: a number and what it counts, no row.
    let counts = |cell: &Span| trimmed.get(cell.start - from..cell.end - from).unwrap_or_default();
    let counted = || {
        cells.first().is_some_and(|cell| {
            counts(cell).chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '%' | '+'))
        }) && cells.get(1).is_some_and(|cell| {
            counts(cell).starts_with(['个', '家', '项', '万', '张', '台', '例', '亿', '余', '位', '支', '枚'])
        })
    };
    // 儿科:A医院　B医院, A医院:骨科　儿科: a label and its list, no row.
    let labelled = || {
        let (first, others) = cells.split_first()?;
        let (label, named) = counts(first).split_once([':', '：'])?;
        let list = !named.trim().is_empty() && !others.iter().any(|cell| counts(cell).contains([':', '：']));
        (list
            && word_list!["科", "医院", "中心", "卫生院", "保健院"].end(label.trim_end())
            && label.chars().count() <= 20)
            .then_some(())
    };
    if cells.len() == 2 && (dated || counted()) || labelled().is_some() { Vec::new() } else { cells }
}

fn split_cells(raw: &str, start: usize, mut separates: impl FnMut(char, Option<char>) -> bool) -> Vec<Span> {
    let mut cells = Vec::new();
    let mut from = 0;
    let mut letters = raw.char_indices().peekable();
    let mut close = |from: usize, to: usize| {
        let cell = raw.get(from..to).unwrap_or_default();
        let lead = cell.len() - cell.trim_start().len();
        let inner = cell.trim();
        cells.push(Span::new(
            start + from + lead.min(cell.len()),
            start + from + lead.min(cell.len()) + inner.len(),
        ));
    };
    while let Some((at, c)) = letters.next() {
        if separates(c, letters.peek().map(|(_, next)| *next)) {
            close(from, at);
            from = at + c.len_utf8();
        }
    }
    close(from, raw.len());
    cells
}

/// What stands at the head of a line of a list.
const BULLETS: &str = "•·●○◆◇■□▪★☆※▲△►➢✓-—–*⚫◎";

/// The kind and the length in bytes of a line's number.
fn numbering(line: &str) -> (Number, usize) {
    let is_chinese =
        |c: char| matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百');
    let mut letters = line.char_indices();
    let Some((_, first)) = letters.next() else { return (Number::None, 0) };
    // Most lines begin with a Han character, and most of these are no numbers.
    if matches!(first, '\u{4e00}'..='\u{9fff}') && !is_chinese(first) {
        return (Number::None, 0);
    }
    if BULLETS.contains(first) {
        let length = line.len() - line.trim_start_matches([first, ' ']).len();
        return (Number::Bullet, length);
    }
    if is_ornament(first) {
        return (Number::Bullet, line.len() - line.trim_start_matches(|c| is_ornament(c) || c == ' ').len());
    }
    if ('①'..='⑳').contains(&first) || ('⑴'..='⒛').contains(&first) {
        return (Number::Arabic, first.len_utf8());
    }
    let bracketed = matches!(first, '(' | '（' | '【' | '[');
    let inner = if bracketed { line.get(first.len_utf8()..).unwrap_or_default() } else { line };
    let (kind, after) = {
        let chinese = inner.trim_start_matches(is_chinese);
        let arabic = inner.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
        if chinese.len() < inner.len() { (Number::Chinese, chinese) } else { (Number::Arabic, arabic) }
    };
    if after.len() == inner.len() || inner.len() - after.len() > 12 {
        return (Number::None, 0);
    }
    let Some(sign) = after.chars().next() else { return (Number::None, 0) };
    let closes = if bracketed {
        matches!(sign, ')' | '）' | '】' | ']')
    } else {
        matches!(sign, '、' | '.' | '．' | ')' | '）' | ':' | '：') || (sign == ' ' && kind == Number::Arabic)
    };
    if !closes {
        return (Number::None, 0);
    }
    let rest = after.get(sign.len_utf8()..).unwrap_or_default();
    // 3.0T and 10:30 are no numbers of lines.
    if sign != '、' && rest.chars().next().is_some_and(|c| c.is_ascii_digit()) {
        return (Number::None, 0);
    }
    let rest = rest.trim_start_matches(['、', '.', ' ']);
    (kind, line.len() - rest.len())
}

/// A line of more Han characters than these is taken for sentences.
const MANY: usize = 120;

/// Whether a line ends or holds a sentence.
pub(crate) fn is_prose(line: &str) -> bool {
    static SIGNS: CharSet = CharSet::of("。！？!?，,");
    let (mut commas, mut rest) = (0, line);
    while let Some(at) = SIGNS.first_in(rest.as_bytes()) {
        let mut letters = rest.get(at..).unwrap_or_default().chars();
        match letters.next() {
            Some('，' | ',') if commas == 0 => commas = 1,
            _ => return true,
        }
        rest = letters.as_str();
    }
    is_long(line)
}

/// Whether a text has more characters than so many.
pub(crate) fn is_longer(text: &str, characters: usize) -> bool {
    let widest = char::MAX.len_utf8();
    text.len() > characters && (text.len() > widest * characters || text.chars().nth(characters).is_some())
}

/// Whether a line has so many Han characters that it is taken for sentences.
pub(super) fn is_long(line: &str) -> bool {
    line.len() > MANY * '中'.len_utf8() && line.chars().filter(|c| is_han(*c)).nth(MANY).is_some()
}
