//! From a lattice of sounds to words of the index: the dictionary's words that it spells, the names that it spells, and the
//! likeliest rows of words.

use xinglin_text::{Dictionary, Prefix};

use super::lattice::Lattice;
use super::probe::Probe;
use crate::error::Error;

/// Longest word that is looked for, in characters.
const LONGEST_WORD: usize = 8;
/// Most steps through the dictionary for one lattice.
const MAX_STEPS: usize = 200_000;
/// Words kept of those that spell the same stretch.
const KEPT_WORDS: usize = 24;
/// Rows of words kept at each place.
const KEPT_ROWS: usize = 12;
/// What a row of words pays for each word, for each word of one character more, and for each step away from what was typed;
/// in units of the logarithm of a word's frequency.
const PER_WORD: f64 = 6.0;
const PER_CHARACTER: f64 = 5.0;
const PER_COST: f64 = 2.0;

/// A reading of the whole lattice.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) text: String,
    pub(super) score: f64,
    /// How far it is from what was typed.
    pub(super) cost: u32,
    /// How many words it is made of.
    pub(super) words: usize,
}

/// A word of the index that spells a stretch of the lattice.
struct Spelt {
    from: usize,
    to: usize,
    word: String,
    cost: u32,
}

/// The likeliest rows of the index's words that spell the whole lattice, best first.
pub(super) fn rows(lattice: &Lattice, probe: &Probe<'_>) -> Result<Vec<Row>, Error> {
    let mut spelt = Speller { lattice, steps: 0, found: Vec::new() }.all();
    spelt.sort_by(|a, b| (a.from, a.to, &a.word, a.cost).cmp(&(b.from, b.to, &b.word, b.cost)));
    spelt.dedup_by(|b, a| a.from == b.from && a.to == b.to && a.word == b.word);
    let mut steps: Vec<(Spelt, f64)> = Vec::new();
    for word in spelt {
        let frequency = probe.frequency(&word.word)?;
        if frequency > 0 {
            let single = word.word.chars().nth(1).is_none();
            let score = (frequency as f64).ln_1p()
                - PER_WORD
                - if single { PER_CHARACTER } else { 0.0 }
                - PER_COST * f64::from(word.cost);
            steps.push((word, score));
        }
    }
    steps.sort_by(|(a, left), (b, right)| (a.from, a.to).cmp(&(b.from, b.to)).then(right.total_cmp(left)));
    Ok(best_rows(lattice.end(), &steps))
}

fn best_rows(end: usize, steps: &[(Spelt, f64)]) -> Vec<Row> {
    let mut rows: Vec<Vec<Row>> = vec![Vec::new(); end + 1];
    if let Some(first) = rows.first_mut() {
        first.push(Row { text: String::new(), score: 0.0, cost: 0, words: 0 });
    }
    let mut same = 0;
    let mut last = None;
    for (step, score) in steps {
        same = if last == Some((step.from, step.to)) { same + 1 } else { 0 };
        last = Some((step.from, step.to));
        if same >= KEPT_WORDS {
            continue;
        }
        let longer: Vec<Row> = rows
            .get(step.from)
            .into_iter()
            .flatten()
            .map(|row| Row {
                text: format!("{}{}", row.text, step.word),
                score: row.score + score,
                cost: row.cost + step.cost,
                words: row.words + 1,
            })
            .collect();
        if let Some(at) = rows.get_mut(step.to) {
            at.extend(longer);
            at.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
            at.dedup_by(|b, a| a.text == b.text);
            at.truncate(KEPT_ROWS);
        }
    }
    rows.pop().unwrap_or_default()
}

struct Speller<'a> {
    lattice: &'a Lattice,
    steps: usize,
    found: Vec<Spelt>,
}

impl Speller<'_> {
    fn all(mut self) -> Vec<Spelt> {
        for from in 0..self.lattice.end() {
            let mut word = String::new();
            self.spell(from, from, Dictionary::embedded().walk(), &mut word, 0, 0);
        }
        self.found
    }

    fn spell(&mut self, from: usize, at: usize, prefix: Prefix, word: &mut String, cost: u32, length: usize) {
        if length >= LONGEST_WORD {
            return;
        }
        let lattice = self.lattice;
        for edge in lattice.edges.get(at).into_iter().flatten() {
            for c in edge.sound.chars() {
                self.steps += 1;
                if self.steps > MAX_STEPS {
                    return;
                }
                let Some(longer) = prefix.then(*c) else { continue };
                word.push(*c);
                let cost = cost + edge.cost;
                if longer.is_word() {
                    self.found.push(Spelt { from, to: edge.to, word: word.clone(), cost });
                }
                self.spell(from, edge.to, longer, word, cost, length + 1);
                word.pop();
            }
        }
    }
}

/// The stretches of `name` (folded) that spell the whole lattice, with their cost.
pub(super) fn spelt_in(name: &[char], lattice: &Lattice) -> Option<(std::ops::Range<usize>, u32)> {
    let mut best: Option<(std::ops::Range<usize>, u32)> = None;
    for start in 0..name.len() {
        let mut now: Vec<(usize, u32)> = vec![(0, 0)];
        for (at, c) in name.iter().enumerate().skip(start) {
            let next = lattice.step(&now, *c);
            let whole = next.iter().filter(|(to, _)| *to == lattice.end()).map(|(_, cost)| *cost).min();
            if let Some(cost) = whole
                && best.as_ref().is_none_or(|(_, known)| cost < *known)
            {
                best = Some((start..at + 1, cost));
            }
            if next.is_empty() {
                break;
            }
            now = next;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suggest::lattice::Reading;

    #[test]
    fn names_are_found_inside_longer_ones() {
        let check = |typed: &str, reading, name: &str, expected: &str| {
            let lattice = Lattice::of(typed, reading).unwrap();
            let name: Vec<char> = name.chars().collect();
            let found = spelt_in(&name, &lattice).map(|(range, _)| name[range].iter().collect::<String>());
            assert_eq!(found.unwrap_or_default(), expected, "{typed}");
        };
        check("xie he yi yuan", Reading::Syllables, "北京协和医院", "协和医院");
        check("tanzhong", Reading::Confused, "常州市潭中医院", "潭中");
        check("kashi", Reading::Syllables, "新疆喀什地区", "喀什");
        check("kashi", Reading::Syllables, "北京协和医院", "");
    }

    #[test]
    fn the_likeliest_row_of_words() {
        let step = |from, to, word: &str, score| (Spelt { from, to, word: word.to_owned(), cost: 0 }, score);
        let steps = [
            step(0, 1, "甲", -9.0),
            step(0, 2, "甲乙", -3.0),
            step(1, 2, "乙", -9.0),
            step(2, 3, "丙", -9.0),
        ];
        let rows = best_rows(3, &steps);
        let texts: Vec<(&str, usize)> = rows.iter().map(|row| (row.text.as_str(), row.words)).collect();
        assert_eq!(texts, [("甲乙丙", 2)]);
    }
}
