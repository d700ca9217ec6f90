//! Numbers in hospitals' names: 940医院 is printed 第九四〇医院, 第1人民医院 第一人民医院, and the other way round.

use crate::gazetteer::lookup::Gazetteer;
use xinglin_text::word_list;

use super::is_word;

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The value of a digit as printed in a row of digits.
pub(crate) fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '零' | '○' | 'Ｏ' => Some(0),
        _ => DIGITS.iter().position(|digit| *digit == c).and_then(|at| u32::try_from(at).ok()),
    }
}

/// How many a single character counts: 3个, 三个, 两个.
pub(crate) fn count(c: char) -> Option<usize> {
    let value = match c {
        '两' => 2,
        '0' => 0,
        _ => digit(c).filter(|value| *value > 0)?,
    };
    usize::try_from(value).ok()
}

/// A row of digits as it may be written.
fn spellings(values: &[u32]) -> [String; 3] {
    let spell = |zero: char| {
        values
            .iter()
            .map(
                |value| if *value == 0 { zero } else { DIGITS.get(*value as usize).copied().unwrap_or(zero) },
            )
            .collect::<String>()
    };
    [spell('〇'), spell('零'), values.iter().map(u32::to_string).collect()]
}

/// An ordinal below a hundred in characters: 12 → 十二.
pub(super) fn ordinal(value: u32) -> String {
    let one = |value: u32| DIGITS.get(value as usize).copied().unwrap_or('〇').to_string();
    match value {
        0..=9 => one(value),
        10 => "十".to_owned(),
        11..=19 => format!("十{}", one(value - 10)),
        _ if value.is_multiple_of(10) => format!("{}十", one(value / 10)),
        _ => format!("{}十{}", one(value / 10 % 10), one(value % 10)),
    }
}

/// An ordinal at the head of a text, in characters or digits: its length in bytes and its value, 1 to 99.
pub(crate) fn leading_ordinal(rest: &str) -> Option<(usize, u32)> {
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        let value = rest.get(..digits)?.parse().ok()?;
        return (digits <= 2 && value > 0).then_some((digits, value));
    }
    let mut value = 0u32;
    let mut length = 0;
    for c in rest.chars().take(3) {
        match (c, digit(c)) {
            ('十', _) => value = value.max(1) * 10,
            (_, Some(one)) if one > 0 && (length == 0 || value.is_multiple_of(10) && value > 0) => {
                value += one
            }
            _ => break,
        }
        length += c.len_utf8();
    }
    (value > 0 && value < 100).then_some((length, value))
}

/// A hospital that goes by a number of three or four digits, or an ordinal in digits, at the head of a text.
pub(crate) fn numbered_hospital(
    gazetteer: &Gazetteer,
    rest: &str,
    before: Option<char>,
) -> Option<(usize, Vec<String>)> {
    let (prefix, number) = match rest.strip_prefix('第') {
        Some(number) => ("第", number),
        None => ("", rest),
    };
    let values: Vec<u32> = number.chars().map_while(digit).collect();
    let width: usize = number.chars().take(values.len()).map(char::len_utf8).sum();
    let tail = number.get(width..)?;
    if prefix.is_empty() && before.is_some_and(|c| digit(c).is_some() || c.is_ascii_alphanumeric()) {
        return None;
    }
    if !(3..=4).contains(&values.len()) {
        // 第1人民医院, but 一 and 十二 stay as they are.
        let is_typed = number.get(..width)?.chars().all(|c| c.is_ascii_digit());
        let (length, value) = leading_ordinal(number)?;
        let named = word_list!["人民", "中", "附属", "医院", "临床", "妇"].begin(tail);
        return (prefix == "第" && is_typed && length == width && named)
            .then(|| (prefix.len() + width, vec![format!("第{}", ordinal(value))]));
    }
    let typed = rest.get(..prefix.len() + width)?;
    let spelt = spellings(&values);
    if tail.starts_with("医院") {
        let length = prefix.len() + width + "医院".len();
        let mut names: Vec<String> = spelt
            .iter()
            .flat_map(|number| [format!("第{number}医院"), format!("{number}医院")])
            .filter(|name| *name != format!("{typed}医院"))
            .collect();
        let known = names.iter().find_map(|name| gazetteer.resolve_institution(name));
        names.extend(known.map(|(full, _)| full.to_owned()));
        return Some((length, names));
    }
    // A bare number is a hospital only where one is known by it: 301, 940.
    if is_word(before) || is_word(tail.chars().next()) {
        return None;
    }
    let known = spelt.iter().flat_map(|number| [format!("第{number}医院"), format!("{number}医院")]);
    let known: Vec<String> = known.filter(|name| gazetteer.resolve_institution(name).is_some()).collect();
    let full = known.first().and_then(|name| gazetteer.resolve_institution(name))?.0.to_owned();
    Some((typed.len(), known.into_iter().chain([full]).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals() {
        let check = |value: u32, text: &str| {
            assert_eq!(ordinal(value), text);
            assert_eq!(leading_ordinal(&format!("{text}院")), Some((text.len(), value)), "{text}");
        };
        check(1, "一");
        check(10, "十");
        check(12, "十二");
        check(20, "二十");
        check(25, "二十五");
        assert_eq!(leading_ordinal("3院"), Some((1, 3)));
        assert_eq!(leading_ordinal("院"), None);
        assert_eq!(leading_ordinal("123"), None);
    }

    #[test]
    fn rows_of_digits() {
        assert_eq!(spellings(&[9, 4, 0]), ["九四〇", "九四零", "940"]);
    }
}
