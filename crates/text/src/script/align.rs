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

fn align_piece(original: &str, converted: &str, builder: &mut Builder<'_>) {
    let old: Vec<char> = original.chars().collect();
    let new: Vec<char> = converted.chars().collect();
    let same = |(a, b): &(&char, &char)| fold(**a) == fold(**b);
    let prefix = old.iter().zip(&new).take_while(same).count();
    let rest = old.len().min(new.len()) - prefix;
    let suffix = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(same).count();

    let (old_head, old_rest) = old.split_at(prefix);
    let (new_head, new_rest) = new.split_at(prefix);
    let (old_middle, old_tail) = old_rest.split_at(old_rest.len() - suffix);
    let (new_middle, new_tail) = new_rest.split_at(new_rest.len() - suffix);
    pair(old_head, new_head, builder);
    align_middle(old_middle, new_middle, builder);
    pair(old_tail, new_tail, builder);
}

fn pair(old: &[char], new: &[char], builder: &mut Builder<'_>) {
    for (&old, &new) in old.iter().zip(new) {
        builder.replace_char(old, new);
    }
}

/// Aligns what is left along a longest common subsequence; each gap in it becomes one block.
fn align_middle(old: &[char], new: &[char], builder: &mut Builder<'_>) {
    let anchors = if old.len() * new.len() <= TABLE { anchors(old, new) } else { Vec::new() };
    let (mut i, mut j) = (0, 0);
    for (x, y) in anchors.into_iter().chain([(old.len(), new.len())]) {
        if x > i || y > j {
            let replaced: usize = old[i..x].iter().map(|c| c.len_utf8()).sum();
            let replacement: String = new[j..y].iter().collect();
            builder.replace(replaced, &replacement);
        }
        if let (Some(&a), Some(&b)) = (old.get(x), new.get(y)) {
            builder.replace_char(a, b);
        }
        (i, j) = (x + 1, y + 1);
    }
}

/// The index pairs of a longest common subsequence under folding, in order.
fn anchors(old: &[char], new: &[char]) -> Vec<(usize, usize)> {
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
