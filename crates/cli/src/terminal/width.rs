//! How many columns text takes on a terminal: a Han character two, a Latin letter one, a combining mark none.
//!
//! Widths follow UAX #11 with ambiguous characters narrow (`…`, `·`, `▇` are one column), which is what
//! terminals do unless told otherwise.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar;

/// Columns of one character; 0 for what joins the character before it.
pub(crate) fn of_char(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// Columns of `text`, taken character by character: `骨科CT` is 6.
pub(crate) fn of(text: &str) -> usize {
    text.chars().map(of_char).sum()
}

/// `text`, or its beginning with `…` behind it, in at most `columns` columns: `中国医学科学院` in 7 is `中国医…`.
pub(crate) fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    if of(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    let mut used = 0;
    let mut kept = String::new();
    for c in text.chars() {
        used += of_char(c);
        if used > room {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    Cow::Owned(kept)
}

/// `text`, or its end with `…` before it, in at most `columns` columns: `山西省/大同市` in 8 is `…大同市`.
pub(crate) fn truncate_front(text: &str, columns: usize) -> Cow<'_, str> {
    if of(text) <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    let mut used = 0;
    let kept = text.char_indices().rev().take_while(|(_, c)| {
        used += of_char(*c);
        used <= room
    });
    let from = kept.last().map_or(text.len(), |(at, _)| at);
    Cow::Owned(format!("…{}", text.get(from..).unwrap_or_default()))
}

/// The blanks that fill `text` up to `columns` columns; none where it is wider.
pub(crate) fn padding(text: &str, columns: usize) -> String {
    " ".repeat(columns.saturating_sub(of(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_text() {
        for (text, columns) in [
            ("", 0),
            ("abc", 3),
            ("骨科CT", 6),
            ("國家級", 6),
            ("Ａ１", 4),
            ("，。", 4),
            ("…·▇“”", 5),
            ("e\u{301}", 1),
            ("𠮷", 2),
        ] {
            assert_eq!(of(text), columns, "{text}");
        }
    }

    #[test]
    fn truncation_never_splits_a_wide_character_nor_passes_its_room() {
        for (text, columns, expected) in [
            ("骨科", 4, "骨科"),
            ("骨科", 3, "骨…"),
            ("骨科", 2, "…"),
            ("骨科", 1, "…"),
            ("骨科", 0, ""),
            ("中国医学科学院", 7, "中国医…"),
            ("中国医学科学院", 8, "中国医…"),
            ("a骨b科c", 5, "a骨b…"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
        ] {
            assert_eq!(truncate(text, columns), expected, "{text} in {columns}");
            assert!(of(&truncate(text, columns)) <= columns);
        }
    }

    #[test]
    fn paths_keep_their_end() {
        for (text, columns, expected) in [
            ("山西省/大同市", 13, "山西省/大同市"),
            ("山西省/大同市", 9, "…/大同市"),
            ("山西省/大同市", 8, "…/大同市"),
            ("山西省/大同市", 7, "…大同市"),
            ("山西省/大同市", 6, "…同市"),
            ("山西省/大同市", 1, "…"),
            ("山西省/大同市", 0, ""),
        ] {
            assert_eq!(truncate_front(text, columns), expected, "{text} in {columns}");
        }
    }

    #[test]
    fn padding_fills_up() {
        assert_eq!(padding("骨科", 6), "  ");
        assert_eq!(padding("骨科", 3), "");
    }
}
