//! Columns fitted to a terminal: how wide each may be, and whether a table is possible at all.

use std::borrow::Cow;

use super::width;

/// What a column asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its heading.
    pub(crate) heading: &'static str,
    /// The fewest columns in which its values still tell something; `None` where they must never be cut.
    pub(crate) least: Option<usize>,
    /// Whether a value's end tells more than its beginning, as a path's does.
    pub(crate) tail: bool,
}

impl Column {
    /// A value in at most `columns` columns.
    pub(crate) fn cut<'t>(&self, value: &'t str, columns: usize) -> Cow<'t, str> {
        if self.tail { width::truncate_front(value, columns) } else { width::truncate(value, columns) }
    }
}

/// Blank columns between two columns of a table.
pub(crate) const GAP: usize = 2;

/// The width of each column, given the `natural` width of its widest value, so that all of them with their gaps
/// take at most `room` columns; the widest give way first. `None` where not even the least widths fit, and a
/// block per record reads better. Without a `room` nothing is cut.
pub(crate) fn fit(columns: &[Column], natural: &[usize], room: Option<usize>) -> Option<Vec<usize>> {
    let mut widths: Vec<usize> = natural.to_vec();
    let Some(room) = room else {
        return Some(widths);
    };
    let gaps = GAP * columns.len().saturating_sub(1);
    let least =
        |at: usize, natural: usize| columns.get(at).and_then(|c| c.least).map_or(natural, |l| l.min(natural));
    let mut excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(room);
    while excess > 0 {
        let widest = widths
            .iter_mut()
            .enumerate()
            .filter(|(at, width)| **width > least(*at, natural.get(*at).copied().unwrap_or(0)))
            .max_by_key(|(_, width)| **width)?;
        *widest.1 -= 1;
        excess -= 1;
    }
    Some(widths)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 3] = [
        Column { heading: "机构", least: Some(12), tail: false },
        Column { heading: "专科", least: Some(8), tail: false },
        Column { heading: "年份", least: None, tail: false },
    ];

    #[test]
    fn the_widest_column_gives_way() {
        for (natural, room, expected) in [
            ([20, 10, 4], None, Some(vec![20, 10, 4])),
            ([20, 10, 4], Some(80), Some(vec![20, 10, 4])),
            ([40, 10, 4], Some(40), Some(vec![22, 10, 4])),
            ([40, 30, 4], Some(40), Some(vec![16, 16, 4])),
            ([40, 30, 4], Some(28), Some(vec![12, 8, 4])),
            ([40, 30, 4], Some(27), None),
            ([6, 4, 4], Some(18), Some(vec![6, 4, 4])),
            ([6, 4, 4], Some(17), None),
        ] {
            assert_eq!(fit(&COLUMNS, &natural, room), expected, "{natural:?} in {room:?}");
        }
    }
}
