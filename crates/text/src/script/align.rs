//! Finds out which characters of a converted piece stand for which of the original.

use super::runs;
use super::unified::Builder;
use crate::fold::{CharClass, Entry, fold};

/// The largest table that the comparison of two differing stretches may fill.
const TABLE: usize = 1 << 16;

/// Hands `original` and its conversion to `builder`, character by character where that is clear, and
/// as the smallest blocks where wording changed.
pub(super) fn align(original: &str, converted: &str, builder: &mut Builder<'_>) {
    if same_characters(original, converted) {
        for (old, new) in original.chars().zip(converted.chars()) {
            builder.replace_char(old, new);
        }
        return;
    }
    let is_word = |c| Entry::of(c).class() != CharClass::Other;
    let old: Vec<&str> = runs(original, is_word).collect();
    let new: Vec<&str> = runs(converted, is_word).collect();
    // Conversion leaves punctuation alone, so the pieces between it correspond.
    let parallel = old.len() == new.len()
        && old.iter().zip(&new).all(|(a, b)| a.starts_with(is_word) == b.starts_with(is_word));
    if parallel {
        for (old, new) in old.into_iter().zip(new) {
            align_piece(old, new, builder);
        }
    } else {
        align_piece(original, converted, builder);
    }
}

/// Whether the texts differ by nothing but the forms of their characters.
fn same_characters(a: &str, b: &str) -> bool {
    a.chars().map(fold).eq(b.chars().map(fold))
}

/// Stretches of both texts that stand for each other, as numbers of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell {
    old: usize,
    new: usize,
}

fn align_piece(original: &str, converted: &str, builder: &mut Builder<'_>) {
    let old: Vec<char> = original.chars().collect();
    let new: Vec<char> = converted.chars().collect();
    let (mut olds, mut news) = (old.iter(), new.iter());
    for cell in cells(&old, &new) {
        let old: Vec<char> = olds.by_ref().take(cell.old).copied().collect();
        let new: Vec<char> = news.by_ref().take(cell.new).copied().collect();
        match (old.as_slice(), new.as_slice()) {
            (&[old], &[new]) => builder.replace_char(old, new),
            _ => builder.replace(old.iter().map(|c| c.len_utf8()).sum(), &new.iter().collect::<String>()),
        }
    }
}

/// Pairs off the characters of both texts: equal ones along a longest common subsequence, and what
/// lies between as one. Nothing is paired with nothing: an inserted or dropped character goes with
/// its neighbour.
fn cells(old: &[char], new: &[char]) -> Vec<Cell> {
    let same = |(a, b): &(&char, &char)| fold(**a) == fold(**b);
    let prefix = old.iter().zip(new).take_while(same).count();
    let rest = old.len().min(new.len()) - prefix;
    let suffix = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(same).count();
    let old_middle = old.get(prefix..old.len() - suffix).unwrap_or_default();
    let new_middle = new.get(prefix..new.len() - suffix).unwrap_or_default();

    let one = Cell { old: 1, new: 1 };
    let mut cells = vec![one; prefix];
    let (mut i, mut j) = (0, 0);
    let gap = |cells: &mut Vec<Cell>, old: usize, new: usize| {
        if old + new > 0 {
            cells.push(Cell { old, new });
        }
    };
    for (x, y) in anchors(old_middle, new_middle) {
        gap(&mut cells, x - i, y - j);
        cells.push(one);
        (i, j) = (x + 1, y + 1);
    }
    gap(&mut cells, old_middle.len() - i, new_middle.len() - j);
    cells.resize(cells.len() + suffix, one);
    join_one_sided(cells)
}

fn join_one_sided(cells: Vec<Cell>) -> Vec<Cell> {
    let mut joined: Vec<Cell> = Vec::with_capacity(cells.len());
    let mut open = Cell { old: 0, new: 0 };
    for cell in cells {
        open = Cell { old: open.old + cell.old, new: open.new + cell.new };
        if open.old > 0 && open.new > 0 {
            joined.push(open);
            open = Cell { old: 0, new: 0 };
        }
    }
    match joined.last_mut() {
        Some(last) => *last = Cell { old: last.old + open.old, new: last.new + open.new },
        None => joined.push(open),
    }
    joined
}

/// The index pairs of a longest common subsequence under folding, in order; none where the stretches
/// are too long to compare.
fn anchors(old: &[char], new: &[char]) -> Vec<(usize, usize)> {
    if old.len().saturating_mul(new.len()) > TABLE {
        return Vec::new();
    }
    let width = new.len() + 1;
    let mut lengths = vec![0_u16; (old.len() + 1) * width];
    let same = |i: usize, j: usize| fold(old[i]) == fold(new[j]);
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            lengths[i * width + j] = if same(i, j) {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        if same(i, j) {
            found.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expected: &[(usize, usize)]) {
        let old: Vec<char> = old.chars().collect();
        let new: Vec<char> = new.chars().collect();
        let cells: Vec<(usize, usize)> = cells(&old, &new).iter().map(|cell| (cell.old, cell.new)).collect();
        assert_eq!(cells, expected);
    }

    #[test]
    fn characters_pair_off() {
        check("醫院", "医院", &[(1, 1), (1, 1)]);
        check("用隨身碟和", "用U盘和", &[(1, 1), (3, 2), (1, 1)]);
        check("使用者", "用户", &[(2, 1), (1, 1)]);
        check("主機板", "主板", &[(1, 1), (2, 1)]);
        check("位元", "比特", &[(2, 2)]);
        check("服務", "服务器", &[(1, 1), (1, 2)]);
    }
}
