//! Law: whatever an article, a file name or a query holds, no character that steers a terminal reaches one.
//!
//! Escape sequences begin with a control character, and bidirectional controls reorder what stands around
//! them, so both are made visible or dropped; the letters that followed them stay as plain text.

use std::borrow::Cow;

/// What becomes of one character on its way to a terminal.
enum Fate {
    Keep,
    Drop,
    Become(char),
}

/// Whether a terminal or a reader could be misled by `c`: control characters, bidirectional controls,
/// invisible characters without a use in Chinese or English text, line and paragraph separators.
pub(crate) fn is_hostile(c: char) -> bool {
    !matches!(fate(c), Fate::Keep)
}

/// `text` as one line that is safe to print: C0 controls become their pictures (`␛`), line breaks and tabs a
/// space, C1 controls `�`; bidirectional and invisible controls go.
///
/// `骨\u{1b}[31m科` gives `骨␛[31m科`.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter_map(|c| match fate(c) {
                Fate::Keep => Some(c),
                Fate::Drop => None,
                Fate::Become(other) => Some(other),
            })
            .collect(),
    )
}

/// Like [`line()`], for text that may span lines: line breaks and tabs stay.
pub(crate) fn block(text: &str) -> Cow<'_, str> {
    let kept = |c: char| matches!(c, '\n' | '\t');
    if !text.chars().any(|c| is_hostile(c) && !kept(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter_map(|c| match fate(c) {
                _ if kept(c) => Some(c),
                Fate::Keep => Some(c),
                Fate::Drop => None,
                Fate::Become(other) => Some(other),
            })
            .collect(),
    )
}

fn fate(c: char) -> Fate {
    match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Fate::Become(' '),
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).map_or(Fate::Drop, Fate::Become),
        '\u{7f}' => Fate::Become('\u{2421}'),
        '\u{80}'..='\u{9f}' => Fate::Become('\u{fffd}'),
        // soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width space, direction marks
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' => Fate::Drop,
        // embeddings and overrides, invisible operators, isolates, deprecated format characters
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => Fate::Drop,
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => Fate::Drop,
        _ => Fate::Keep,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        assert_eq!(line(input), expected, "{input:?}");
    }

    #[test]
    fn plain_text_is_borrowed() {
        for text in ["", "骨科", "國家臨床重點專科", "CT 128 排", "𠮷野家", "👨\u{200d}⚕️", "葛\u{e0100}"]
        {
            assert!(matches!(line(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    #[test]
    fn what_steers_a_terminal_is_shown_or_dropped() {
        check("骨\u{1b}[31m科", "骨␛[31m科");
        check("\u{1b}]0;标题\u{7}", "␛]0;标题␇");
        check("\u{9b}2J", "\u{fffd}2J");
        check("a\u{8}\u{7f}b", "a␈␡b");
        check("甲\r\n乙\t丙", "甲  乙 丙");
        check("甲\u{202e}乙\u{2066}丙\u{2069}\u{200f}\u{61c}", "甲乙丙");
        check("\u{feff}甲\u{200b}\u{ad}乙\u{e0041}", "甲乙");
        check("甲\u{2028}乙\0", "甲 乙␀");
    }

    #[test]
    fn a_block_keeps_its_lines_and_cells() {
        assert_eq!(block("甲\t乙\n\u{1b}丙\r\n"), "甲\t乙\n␛丙 \n");
    }

    #[test]
    fn nothing_hostile_is_left_of_any_character() {
        for c in ('\0'..=char::MAX).filter(|&c| is_hostile(c)) {
            let text = format!("甲{c}乙");
            let safe = line(&text);
            assert!(!safe.chars().any(is_hostile), "{c:?} left {safe:?}");
            assert!(!safe.chars().any(char::is_control), "{c:?} left {safe:?}");
        }
        assert!(('\0'..=char::MAX).filter(|c| c.is_control()).all(is_hostile));
    }
}
