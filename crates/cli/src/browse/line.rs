//! The line that is typed in.

use crate::terminal::width;

/// Most characters of it.
const MOST: usize = 512;

/// A line of text with a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    chars: Vec<char>,
    cursor: usize,
}

impl Line {
    /// A line with the cursor at its end.
    pub(crate) fn new(text: &str) -> Line {
        let mut line = Line::default();
        text.chars().for_each(|c| line.insert(c));
        line
    }

    /// The text.
    pub(crate) fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// Whether it is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Types a character; control characters are none.
    pub(crate) fn insert(&mut self, c: char) {
        if !c.is_control() && self.chars.len() < MOST {
            self.chars.insert(self.cursor, c);
            self.cursor += 1;
        }
    }

    /// Takes away the character before the cursor.
    pub(crate) fn backspace(&mut self) {
        if let Some(before) = self.cursor.checked_sub(1) {
            self.chars.remove(before);
            self.cursor = before;
        }
    }

    /// Takes away the character at the cursor.
    pub(crate) fn delete(&mut self) {
        if self.cursor < self.chars.len() {
            self.chars.remove(self.cursor);
        }
    }

    /// Empties it.
    pub(crate) fn clear(&mut self) {
        *self = Line::default();
    }

    /// Moves the cursor by characters.
    pub(crate) fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.chars.len());
    }

    /// Moves it to the beginning or behind the end.
    pub(crate) fn jump(&mut self, to_end: bool) {
        self.cursor = if to_end { self.chars.len() } else { 0 };
    }

    /// The part that fits `columns` columns with the cursor in sight, and the cursor's column in it.
    pub(crate) fn shown(&self, columns: usize) -> (String, usize) {
        let before = |from: usize| -> usize {
            let part = self.chars.get(from..self.cursor).unwrap_or_default();
            part.iter().map(|c| width::of_char(*c)).sum()
        };
        let mut from = 0;
        while from < self.cursor && before(from) + 1 > columns {
            from += 1;
        }
        let mut used = 0;
        let visible = self.chars.iter().skip(from).take_while(|c| {
            used += width::of_char(**c);
            used <= columns
        });
        (visible.collect(), before(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_and_taking_back() {
        let mut line = Line::new("骨科a\u{1b}");
        assert_eq!(line.text(), "骨科a");
        line.step(-1);
        line.backspace();
        line.insert('折');
        assert_eq!(line.text(), "骨折a");
        line.jump(false);
        line.backspace();
        line.delete();
        line.step(-5);
        line.step(9);
        assert_eq!((line.text().as_str(), line.shown(10)), ("折a", ("折a".to_owned(), 3)));
        line.clear();
        assert!(line.is_empty());
    }

    #[test]
    fn the_cursor_stays_in_sight() {
        let line = Line::new("国家临床重点专科");
        assert_eq!(line.shown(7), ("点专科".to_owned(), 6));
        assert_eq!(line.shown(40).1, 16);
        let mut line = line;
        line.jump(false);
        assert_eq!(line.shown(7), ("国家临".to_owned(), 0));
    }
}
