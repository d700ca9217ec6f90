//! A line as it is compared: half width, lower case, blanks squeezed.

use std::sync::LazyLock;
use xinglin_text::CharSet;

use crate::lexicon::Sign;

/// The comparable form of a line.
#[derive(Debug, Default)]
pub(crate) struct Key {
    /// Half width, lower case, one script; single blanks between words, none around a colon.
    pub(crate) text: String,
    /// For each byte of `text` the byte offset of its character in the line, and the line's length at the end. Only in a key that
    /// was asked for its places.
    at: Option<Vec<u32>>,
}

impl Key {
    pub(crate) fn of(line: &str) -> Key {
        Key::build(line, None)
    }

    /// The key with the places of its characters in the line.
    pub(crate) fn with_places(line: &str) -> Key {
        Key::build(line, Some(Vec::new()))
    }

    fn build(line: &str, at: Option<Vec<u32>>) -> Key {
        let mut key = Key { text: String::with_capacity(line.len()), at };
        let (mut rest, altered) = (line, altered());
        loop {
            let (same, behind) = rest.split_at(altered.passed(rest.as_bytes()));
            key.keep(line.len() - rest.len(), same);
            let mut letters = behind.chars();
            let Some(c) = letters.next() else { break };
            key.push(line.len() - behind.len(), c);
            rest = letters.as_str();
        }
        while key.text.ends_with(' ') {
            key.pop();
        }
        if let Some(places) = &mut key.at {
            places.push(line.len() as u32);
        }
        key
    }

    /// A piece that stays as it is.
    fn keep(&mut self, at: usize, piece: &str) {
        self.text.push_str(piece);
        if let Some(places) = &mut self.at {
            for (offset, c) in piece.char_indices() {
                places.resize(places.len() + c.len_utf8(), (at + offset) as u32);
            }
        }
    }

    fn push(&mut self, at: usize, c: char) {
        let folded = fold(c);
        if folded.is_whitespace() || is_invisible(folded) {
            if !self.text.is_empty() && !self.text.ends_with([' ', ':']) && !is_invisible(folded) {
                self.put(at, ' ');
            }
            return;
        }
        if folded == ':' {
            while self.text.ends_with(' ') {
                self.pop();
            }
            self.join_spaced_label();
        }
        self.put(at, folded);
    }

    #[inline]
    fn put(&mut self, at: usize, c: char) {
        self.text.push(c);
        if let Some(places) = &mut self.at {
            places.resize(places.len() + c.len_utf8(), at as u32);
        }
    }

    fn pop(&mut self) -> Option<(char, usize)> {
        let c = self.text.pop()?;
        let at = self.at.as_ref().and_then(|places| places.last().copied()).unwrap_or(0);
        if let Some(places) = &mut self.at {
            places.truncate(self.text.len());
        }
        Some((c, at as usize))
    }

    /// `来 源：` is 来源：, `有 效 性：` 有效性：.
    fn join_spaced_label(&mut self) {
        let mut tail = self.text.chars().rev().peekable();
        let mut letters = 0;
        while tail.peek().copied().is_some_and(is_han) {
            tail.next();
            match tail.next() {
                // 中国 来 源: the word before ends there.
                Some(c) if is_han(c) => break,
                Some(' ') => letters += 1,
                _ => {
                    letters += 1;
                    break;
                }
            }
        }
        if !(2..=6).contains(&letters) {
            return;
        }
        let mut kept = Vec::new();
        for _ in 1..letters {
            kept.extend(self.pop());
            self.pop();
        }
        for (c, at) in kept.into_iter().rev() {
            self.put(at, c);
        }
    }

    /// The byte offset in the line of this byte of the key; 0 in a key without places.
    pub(crate) fn offset(&self, at: usize) -> usize {
        let places = self.at.as_deref().unwrap_or(&[]);
        places.get(at).or(places.last()).map_or(0, |&o| o as usize)
    }

    /// The key without brackets, bullets and dashes around it, and without a colon at its end: byte offsets.
    pub(crate) fn core(&self) -> (usize, usize) {
        let start = self.text.find(|c: char| !is_decoration(c)).unwrap_or(self.text.len());
        let tail = self.text.get(start..).unwrap_or("");
        let kept = tail.trim_end_matches(|c: char| is_decoration(c) || matches!(c, ':' | '!' | '?' | ';'));
        (start, start + kept.len())
    }

    /// Whether the phrase at these byte offsets opens the line in brackets of its own.
    pub(crate) fn is_bracketed(&self, start: usize, end: usize) -> bool {
        self.text.get(..start) == Some("[") && self.text.get(end..).is_some_and(|rest| rest.starts_with(']'))
    }

    /// Whether the phrase at these byte offsets labels what follows it.
    pub(crate) fn is_label(&self, start: usize, end: usize, sign: Sign) -> bool {
        let before = self.text.get(..start).and_then(|t| t.chars().next_back());
        let after = self.text.get(end..).and_then(|t| t.chars().next());
        let free = before.is_none_or(|c| !c.is_alphanumeric() || (sign != Sign::When && c.is_ascii_digit()));
        let dated = matches!(sign, Sign::Published | Sign::Updated | Sign::Views | Sign::When);
        match after {
            Some(':') => free || matches!(sign, Sign::Published | Sign::Updated),
            Some(c) if c.is_ascii_digit() || c == '[' => free && dated,
            Some(' ' | '|') if dated => {
                let value = self.text.get(end..).unwrap_or("").trim_start_matches([' ', '|']);
                free && value.starts_with(|c: char| c.is_ascii_digit())
            }
            // [图文]我院…: a headline.
            Some(']') if matches!(sign, Sign::Author | Sign::Editor) => {
                before == Some('[') && self.text.get(end..).is_some_and(|rest| rest.chars().count() <= 5)
            }
            Some(']') => before == Some('['),
            Some('(') => free && sign == Sign::Views,
            _ => false,
        }
    }
}

/// Characters that do not stand in a key as they are, come what may, as far as they are told by themselves.
fn altered() -> &'static CharSet {
    static ALTERED: LazyLock<CharSet> = LazyLock::new(|| {
        let stays = |c: char| match c {
            '\u{4e00}'..='\u{9fff}' => xinglin_text::fold(c) == c,
            _ => c.is_ascii_digit() || c.is_ascii_lowercase() || matches!(c, '、' | '。' | '“' | '”'),
        };
        CharSet::by(|c| !stays(c))
    });
    &ALTERED
}

/// One form of each character's width, case and script; brackets of every kind as `[` and `]`.
pub(crate) fn fold(c: char) -> char {
    match c {
        ' '..='~' => c.to_ascii_lowercase(),
        '【' | '［' | '〔' | '「' | '『' | '〖' => '[',
        '】' | '］' | '〕' | '」' | '』' | '〗' => ']',
        '︰' | '∶' | '﹕' => ':',
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c).to_ascii_lowercase(),
        _ => xinglin_text::fold(c),
    }
}

/// Characters that show nothing: zero-width and directional marks, the byte order mark.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// Han characters of every block, and 〇.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Marks around a line's words: brackets, bullets, rules, pictures.
fn is_decoration(c: char) -> bool {
    // Most lines end with one.
    if c == '。' {
        return false;
    }
    !is_han(c)
        && !c.is_alphanumeric()
        && !matches!(c, '。' | '，' | '、' | ',' | ':' | '!' | '?' | ';' | '%' | '“' | '”')
        || matches!(c, ',' | '“' | '”')
}

/// Marks that lead an item of a list.
pub(crate) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '·' | '•'
            | '∙'
            | '・'
            | '●'
            | '○'
            | '◆'
            | '◇'
            | '■'
            | '□'
            | '▪'
            | '▫'
            | '★'
            | '☆'
            | '※'
            | '►'
            | '▶'
            | '▲'
            | '△'
            | '▼'
            | '◎'
            | '◦'
            | '‣'
            | '➤'
            | '>'
            | '»'
            | '›'
            | '*'
            | '+'
            | '-'
            | '–'
            | '—'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_half_width_and_remember_offsets() {
        for (line, expected) in [
            ("【推荐阅读】：", "[推荐阅读]:"),
            ("来　源 ： 医务部", "来源:医务部"),
            ("  ＩＣＰ备  １号 ", "icp备 1号"),
            ("发布时间 ：2023", "发布时间:2023"),
            ("院长 来 源: x", "院长 来源:x"),
            ("", ""),
        ] {
            assert_eq!(Key::of(line).text, expected);
            let key = Key::with_places(line);
            assert_eq!(key.text, expected);
            assert_eq!(key.offset(key.text.len()), line.len());
            for (at, _) in key.text.char_indices() {
                assert!(line.is_char_boundary(key.offset(at)));
            }
        }
        let key = Key::with_places("来 源：医务部");
        assert_eq!(&"来 源：医务部"[key.offset("来源:".len())..], "医务部");
    }
}
