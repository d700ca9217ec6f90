//! Figures set apart by blanks, as many editors print them: 2023 年 5 月,医院 3 个专科.

use std::ops::Range;
use xinglin_text::CharSet;

use crate::mention::institution::is_han;
use crate::script::Unified;

/// The text without the blanks around its figures; every part of it knows where it stood.
pub(crate) fn close_figures(text: Unified<'_>) -> Unified<'_> {
    let blanks = blanks(text.text());
    text.without(&blanks)
}

/// What stands behind a figure and belongs to it.
static UNITS: CharSet = CharSet::of("年月日号个家项名所次批位张台例岁万亿余多级类种条届期层天小分大");

/// The blanks that only part a figure from the words around it.
fn blanks(text: &str) -> Vec<Range<usize>> {
    let mut gaps: Vec<Gap> = Vec::new();
    if memchr::memchr(b' ', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let from = gaps.len();
        gaps.extend(line.match_indices(' ').filter_map(|(at, _)| Gap::of(line, at)));
        let sentence = gaps.len() > from && line.contains(['，', '。', '；', '、', ',', '：']);
        for gap in gaps.get_mut(from..).unwrap_or_default() {
            gap.at += start;
            gap.sentence &= sentence;
        }
        start += line.len();
    }
    let habit = gaps.iter().filter(|gap| gap.unit).count();
    if habit == 0 {
        return Vec::new();
    }
    let closed = || text.char_indices().filter(|(at, c)| UNITS.has(*c) && is_behind_digit(text, *at)).count();
    let spaced = habit > 1 && habit > closed();
    gaps.into_iter().filter(|gap| gap.unit || spaced && gap.sentence).map(|gap| gap.at..gap.at + 1).collect()
}

fn is_behind_digit(text: &str, at: usize) -> bool {
    at.checked_sub(1).and_then(|last| text.as_bytes().get(last)).is_some_and(u8::is_ascii_digit)
}

/// A single blank between a figure and a word.
struct Gap {
    at: usize,
    /// Before a unit: 2023 年.
    unit: bool,
    /// Not behind the number that opens its line; told of sentences only.
    sentence: bool,
}

impl Gap {
    fn of(line: &str, at: usize) -> Option<Self> {
        let (head, rest) = line.split_at_checked(at)?;
        let (before, after) = (head.chars().next_back()?, rest.chars().nth(1)?);
        let behind = before.is_ascii_digit() && is_han(after);
        if !(behind || is_han(before) && after.is_ascii_digit()) {
            return None;
        }
        // 3 某市医院 儿科: the number of a row.
        let figure = head.trim_end_matches(|c: char| c.is_ascii_digit());
        let opens = behind && matches!(figure.chars().next_back(), None | Some('\t'));
        let year = head.len() - figure.len() == 4 && after == '年';
        Some(Gap { at, unit: behind && UNITS.has(after) && (!opens || year), sentence: !opens })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::unify;

    #[test]
    fn only_figures_of_sentences_are_closed() {
        let check = |text: &str, expected: &str| assert_eq!(close_figures(unify(text)).text(), expected);
        check("2023 年 5 月 12 日，该院 3 个专科入选。", "2023年5月12日，该院3个专科入选。");
        check("1 某市医院 儿科\n2 某县医院 骨科", "1 某市医院 儿科\n2 某县医院 骨科");
        check("3 日间手术中心\n共 3 个", "3 日间手术中心\n共 3个");
        check("某医院 2023年获评", "某医院 2023年获评");
        check("骨科  2 个", "骨科  2个");
    }

    #[test]
    fn every_part_knows_where_it_stood() {
        let text = "2023 年，該院 3 個專科";
        let closed = close_figures(unify(text));
        assert_eq!(closed.text(), "2023年，该院3个专科");
        let at = closed.text().find("3个").unwrap_or_default();
        assert_eq!(text.get(closed.original(at..at + "3个".len())), Some("3 個"));
        assert_eq!(text.get(closed.original(0.."2023年".len())), Some("2023 年"));
        let end = closed.text().len();
        assert_eq!(text.get(closed.original(0..end)), Some(text));
    }
}
