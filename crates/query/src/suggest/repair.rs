//! One slip in a piece of Han text: a wrong character, a missing one, one too many, two swapped.
//!
//! What is whole on both sides of the slip stands in the index, so the longest beginning and the longest end of the piece that
//! do stand leave only a character or two where it can be. What belongs there is read from the articles: a phrase with a gap
//! finds whatever stands between both sides.

use xinglin_text::CharClass;

use super::probe::{Pattern, Probe};
use super::sound::{Likeness, likeness};
use crate::error::Error;

/// Longest piece that is looked at, in characters: longer ones are sentences.
const LONGEST: usize = 24;
/// Shortest piece in which a character may be missing or one too many.
const LEAST_FOR_LENGTH: usize = 4;
/// Shortest piece in which a character may be replaced by one that sounds otherwise.
const LEAST_FOR_UNLIKE: usize = 5;

/// Characters that count: one for another is no slip.
const NUMERALS: &str = "〇零一二三四五六七八九十百千两";

/// A mended piece.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Repair {
    pub(super) text: String,
    /// How likely it is what was meant, among repairs of the same piece.
    pub(super) score: f64,
    /// Whether it is likely enough to be searched for at once.
    pub(super) confident: bool,
}

/// What became of one character of the piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    Sound(Likeness),
    Swapped,
    Missing,
    Extra,
    Unlike,
}

/// The repairs of a piece that stands nowhere, best first.
pub(super) fn repairs(piece: &[char], probe: &Probe<'_>) -> Result<Vec<Repair>, Error> {
    let n = piece.len();
    let is_text = |c: &char| xinglin_text::class(*c) != CharClass::Other;
    if !(2..=LONGEST).contains(&n) || !piece.iter().all(is_text) {
        return Ok(Vec::new());
    }
    if !a_half_stands(piece, probe)? {
        return Ok(Vec::new());
    }
    let (whole_start, whole_end) = (standing_start(piece, probe)?, standing_end(piece, probe)?);
    let mut mender = Mender { piece, probe, found: Vec::new() };
    // A character at `i` can be wrong where all before it and all behind it stand.
    let first = (n - whole_end).saturating_sub(1);
    for at in first..=whole_start.min(n - 1) {
        mender.replace(at)?;
        mender.drop_one(at)?;
    }
    for at in (n - whole_end).max(1)..=whole_start.min(n - 1) {
        mender.insert(at)?;
    }
    for at in first.saturating_sub(1)..=whole_start.min(n.saturating_sub(2)) {
        mender.swap(at)?;
    }
    let mut found = mender.found;
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
    found.dedup_by(|b, a| a.text == b.text);
    Ok(found)
}

/// Whether there can be but one slip: it leaves one half whole, or lies where both meet. Spares sentences the closer look.
fn a_half_stands(piece: &[char], probe: &Probe<'_>) -> Result<bool, Error> {
    let stands = |part: &[char]| probe.stands(&part.iter().collect::<String>());
    let (left, right) = piece.split_at(piece.len() / 2);
    let (Some((_, left_inside)), Some((_, right_inside))) = (left.split_last(), right.split_first()) else {
        return Ok(true);
    };
    let short = left_inside.is_empty() || right_inside.is_empty();
    Ok(short || stands(left)? || stands(right)? || (stands(left_inside)? && stands(right_inside)?))
}

/// How many characters the longest beginning has that stands in the index.
fn standing_start(piece: &[char], probe: &Probe<'_>) -> Result<usize, Error> {
    longest(piece.len(), |length| piece.get(..length).unwrap_or_default().iter().collect(), probe)
}

/// How many characters the longest end has that stands in the index.
fn standing_end(piece: &[char], probe: &Probe<'_>) -> Result<usize, Error> {
    let n = piece.len();
    longest(n, |length| piece.get(n - length..).unwrap_or_default().iter().collect(), probe)
}

/// The largest length below `n` whose piece stands; every shorter one does too.
fn longest(n: usize, piece: impl Fn(usize) -> String, probe: &Probe<'_>) -> Result<usize, Error> {
    let (mut stands, mut fails) = (0, n);
    while fails - stands > 1 {
        let middle = (stands + fails) / 2;
        if probe.stands(&piece(middle))? {
            stands = middle;
        } else {
            fails = middle;
        }
    }
    Ok(stands)
}

struct Mender<'a> {
    piece: &'a [char],
    probe: &'a Probe<'a>,
    found: Vec<Repair>,
}

impl Mender<'_> {
    fn add(&mut self, text: String, slip: Slip, articles: usize) {
        let n = self.piece.len();
        let (base, confident) = match slip {
            Slip::Sound(Likeness::Same) => (8.0, true),
            Slip::Swapped => (6.0, n >= 3),
            Slip::Missing | Slip::Extra => (4.0, true),
            Slip::Sound(_) => (4.0, n >= 3),
            Slip::Unlike => (0.0, false),
        };
        self.found.push(Repair { text, score: base + (articles as f64).ln_1p(), confident });
    }

    /// Another character at `at`.
    fn replace(&mut self, at: usize) -> Result<(), Error> {
        let n = self.piece.len();
        let Some(&typed) = self.piece.get(at) else { return Ok(()) };
        if n < 3 {
            return Ok(());
        }
        let mut pattern: Pattern = self.piece.iter().copied().map(Some).collect();
        if let Some(open) = pattern.get_mut(at) {
            *open = None;
        }
        for (filling, articles) in self.probe.fillers(&pattern)? {
            let Some(c) = filling.chars().next() else { continue };
            let slip = match likeness(typed, c) {
                Likeness::None => Slip::Unlike,
                alike => Slip::Sound(alike),
            };
            let inside = at > 0 && at + 1 < n;
            // 第三医院 is another hospital than 第二医院
            let counted = NUMERALS.contains(typed) || NUMERALS.contains(c);
            if slip == Slip::Unlike && (n < LEAST_FOR_UNLIKE || !inside || counted) {
                continue;
            }
            let text = self.piece.iter().enumerate().map(|(i, own)| if i == at { c } else { *own }).collect();
            self.add(text, slip, articles);
        }
        Ok(())
    }

    /// One character more before `at`, or two: 荆州(市)中心医院, 喀什(地区)第一人民医院.
    fn insert(&mut self, at: usize) -> Result<(), Error> {
        let n = self.piece.len();
        for more in 1..=2 {
            if n + 1 < LEAST_FOR_LENGTH * more || self.found.iter().any(|repair| repair.confident) {
                continue;
            }
            let mut pattern: Pattern = self.piece.iter().copied().map(Some).collect();
            pattern.splice(at..at, vec![None; more]);
            for (filling, articles) in self.probe.fillers(&pattern)? {
                let mut text: Vec<char> = self.piece.to_vec();
                text.splice(at..at, filling.chars());
                self.add(text.into_iter().collect(), Slip::Missing, articles);
            }
        }
        Ok(())
    }

    /// The piece without the character at `at`.
    fn drop_one(&mut self, at: usize) -> Result<(), Error> {
        let n = self.piece.len();
        let twice = at > 0 && self.piece.get(at) == self.piece.get(at - 1);
        let inside = at > 0 && at + 1 < n;
        if n < LEAST_FOR_LENGTH || !(inside || twice) {
            return Ok(());
        }
        let mut text = self.piece.to_vec();
        text.remove(at);
        self.offer(text, Slip::Extra)
    }

    /// The characters at `at` and behind it the other way round.
    fn swap(&mut self, at: usize) -> Result<(), Error> {
        let mut text = self.piece.to_vec();
        if at + 1 >= text.len() || text.get(at) == text.get(at + 1) {
            return Ok(());
        }
        text.swap(at, at + 1);
        self.offer(text, Slip::Swapped)
    }

    fn offer(&mut self, text: Vec<char>, slip: Slip) -> Result<(), Error> {
        let text: String = text.into_iter().collect();
        if self.probe.stands(&text)? {
            self.add(text, slip, 1);
        }
        Ok(())
    }
}
