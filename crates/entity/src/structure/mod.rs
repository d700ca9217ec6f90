//! How is the text laid out? Lines, cells, headings, items, sentences.

pub(crate) mod line;
pub(crate) mod related;
pub(crate) mod sentence;
pub(crate) mod spaced;
pub(crate) mod table;
pub(crate) mod verse;

use self::line::{Line, lines};
use crate::reading::Reading;

/// What is asked of a text's layout again and again.
pub(crate) struct Layout {
    /// Its lines.
    pub(crate) lines: Vec<Line>,
    /// Where other articles' headlines begin behind it.
    pub(crate) related: usize,
}

impl Layout {
    /// The layout of a text.
    pub(crate) fn of(reading: &Reading<'_>) -> Layout {
        let lines = lines(reading.text(), reading.has_blanks());
        let related = related::related_from(reading, &lines);
        Layout { lines, related }
    }
}
