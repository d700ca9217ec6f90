//! Typed text as a lattice of sounds: a Han character is itself (or what sounds like it), Latin letters are syllables or
//! their first letters. A path through the lattice is one reading of what was typed.

use super::sound::{LONGEST_SYLLABLE, Sounds, syllables};

/// Most nodes of a lattice: longer text is no slip of a word.
const MAX_NODES: usize = 48;

/// What may stand in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sound {
    /// This character.
    Char(char),
    /// Any of these, which sound alike; in their order.
    Any(&'static [char]),
}

impl Sound {
    /// The characters that may stand here.
    pub(crate) fn chars(&self) -> &[char] {
        match self {
            Sound::Char(c) => std::slice::from_ref(c),
            Sound::Any(chars) => chars,
        }
    }

    /// Whether a (folded) character may stand here.
    pub(crate) fn allows(&self, c: char) -> bool {
        // the lists are in the order of the characters
        self.chars().binary_search(&c).is_ok()
    }
}

/// One place of the lattice, up to the node behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) to: usize,
    pub(crate) sound: Sound,
    /// How far this is from what was typed: 0 is just that.
    pub(crate) cost: u32,
}

/// How generously letters are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Whole syllables, exactly; Han characters are themselves.
    Syllables,
    /// Whole syllables, those included that are confused with them; Han characters by their sound.
    Confused,
    /// First letters; whole syllables where they are.
    Initials,
}

/// All readings of a piece of text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lattice {
    /// Edges that leave each node.
    pub(crate) edges: Vec<Vec<Edge>>,
}

impl Lattice {
    /// The lattice of a piece; `None` where something in it is neither a Han character nor a Latin letter, or no path leads
    /// through it.
    pub(crate) fn of(piece: &str, reading: Reading) -> Option<Lattice> {
        let chars = letters_and_characters(piece)?;
        let count = chars.iter().filter(|typed| **typed != Typed::Boundary).count();
        if count == 0 || count > MAX_NODES {
            return None;
        }
        let mut lattice = Lattice { edges: vec![Vec::new(); chars.len() + 1] };
        for at in 0..chars.len() {
            lattice.leave(&chars, at, reading);
        }
        lattice.leads_through().then_some(lattice)
    }

    /// The lattice of a piece whose last letters are the beginning of a syllable: `xinn` may go on as `xinnei`.
    pub(crate) fn with_open_end(piece: &str) -> Option<Lattice> {
        let chars = letters_and_characters(piece)?;
        let tail: String = chars
            .iter()
            .rev()
            .map_while(|typed| if let Typed::Letter(letter) = typed { Some(*letter) } else { None })
            .take(LONGEST_SYLLABLE - 1)
            .collect();
        let tail: String = tail.chars().rev().collect();
        let mut lattice = Lattice { edges: vec![Vec::new(); chars.len() + 1] };
        for at in 0..chars.len() {
            lattice.leave(&chars, at, Reading::Syllables);
        }
        for (at, _) in tail.char_indices() {
            let Some(beginning) = tail.get(at..).filter(|beginning| !beginning.is_empty()) else { continue };
            let node = chars.len() - beginning.len();
            let to = lattice.end();
            if let Some(edges) = lattice.edges.get_mut(node) {
                let sounds = Sounds::table();
                for syllable in sounds.going_on(beginning) {
                    edges.push(Edge { to, sound: Sound::Any(sounds.exactly(syllable)), cost: 1 });
                }
            }
        }
        lattice.leads_through().then_some(lattice)
    }

    /// The last node.
    pub(crate) fn end(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    fn leave(&mut self, chars: &[Typed], at: usize, reading: Reading) {
        let Some((typed, edges)) = chars.get(at).zip(self.edges.get_mut(at)) else { return };
        let sounds = Sounds::table();
        match typed {
            Typed::Boundary => {}
            Typed::Han(c) => {
                let to = skip(chars, at + 1);
                edges.push(Edge { to, sound: Sound::Char(*c), cost: 0 });
                if reading == Reading::Confused {
                    for syllable in syllables(*c) {
                        edges.push(Edge { to, sound: Sound::Any(sounds.exactly(&syllable)), cost: 2 });
                        edges.push(Edge { to, sound: Sound::Any(sounds.nearly(&syllable)), cost: 3 });
                    }
                }
            }
            Typed::Letter(first) => {
                if reading == Reading::Initials {
                    edges.push(Edge {
                        to: skip(chars, at + 1),
                        sound: Sound::Any(sounds.beginning(*first)),
                        cost: 1,
                    });
                }
                let mut syllable = String::new();
                for (behind, typed) in chars.iter().enumerate().skip(at).take(LONGEST_SYLLABLE) {
                    let Typed::Letter(letter) = typed else { break };
                    syllable.push(*letter);
                    if sounds.is_syllable(&syllable) {
                        let to = skip(chars, behind + 1);
                        edges.push(Edge { to, sound: Sound::Any(sounds.exactly(&syllable)), cost: 0 });
                        if reading == Reading::Confused {
                            edges.push(Edge { to, sound: Sound::Any(sounds.nearly(&syllable)), cost: 1 });
                        }
                    }
                }
            }
        }
    }

    fn leads_through(&self) -> bool {
        let mut reached = vec![false; self.edges.len()];
        if let Some(first) = reached.first_mut() {
            *first = true;
        }
        for (at, edges) in self.edges.iter().enumerate() {
            if reached.get(at) == Some(&true) {
                for edge in edges {
                    if let Some(node) = reached.get_mut(edge.to) {
                        *node = true;
                    }
                }
            }
        }
        reached.last() == Some(&true)
    }

    /// Where the paths end that are at `now` (nodes with their cost) and go on with a (folded) character.
    pub(crate) fn step(&self, now: &[(usize, u32)], c: char) -> Vec<(usize, u32)> {
        let mut next: Vec<(usize, u32)> = Vec::new();
        for (node, cost) in now {
            for edge in self.edges.get(*node).into_iter().flatten().filter(|edge| edge.sound.allows(c)) {
                match next.iter_mut().find(|(to, _)| *to == edge.to) {
                    Some((_, known)) => *known = (*known).min(cost + edge.cost),
                    None => next.push((edge.to, cost + edge.cost)),
                }
            }
        }
        next
    }

    /// Whether a word's beginning, or all of it, is a path through the whole lattice.
    pub(crate) fn begins(&self, word: &[char]) -> bool {
        let mut now = vec![(0, 0)];
        word.iter().any(|c| {
            now = self.step(&now, *c);
            now.iter().any(|(node, _)| *node == self.end())
        })
    }
}

/// One typed character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typed {
    Han(char),
    Letter(char),
    /// A syllable ends here: an apostrophe, a blank, a tone's number.
    Boundary,
}

/// The first place at or behind `at` that is no boundary.
fn skip(chars: &[Typed], at: usize) -> usize {
    let mut at = at;
    while chars.get(at) == Some(&Typed::Boundary) {
        at += 1;
    }
    at
}

/// The typed characters, folded, tone marks taken off; `None` where one is neither Han nor Latin.
fn letters_and_characters(piece: &str) -> Option<Vec<Typed>> {
    let mut typed: Vec<Typed> = Vec::new();
    for c in piece.trim().chars() {
        let c = without_tone(xinglin_text::fold(c));
        let next = match c {
            'a'..='z' => Typed::Letter(c),
            // 'Ü' folds to itself
            'ü' => Typed::Letter('v'),
            '\'' | '’' | '‘' | '-' | ' ' | '·' => Typed::Boundary,
            '1'..='5' if matches!(typed.last(), Some(Typed::Letter(_))) => Typed::Boundary,
            // combining tone marks
            '\u{300}' | '\u{301}' | '\u{304}' | '\u{30c}' => continue,
            c if xinglin_text::class(c) == xinglin_text::CharClass::Han => Typed::Han(c),
            _ => return None,
        };
        if next != Typed::Boundary || !typed.is_empty() {
            typed.push(next);
        }
    }
    Some(typed)
}

/// A vowel without the mark of its tone.
fn without_tone(c: char) -> char {
    match c {
        'ā' | 'á' | 'ǎ' | 'à' | 'Ā' | 'Á' | 'Ǎ' | 'À' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'Ē' | 'É' | 'Ě' | 'È' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' | 'Ō' | 'Ó' | 'Ǒ' | 'Ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'Ü' => 'v',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(piece: &str, reading: Reading, word: &str, whole: bool) {
        let chars: Vec<char> = word.chars().collect();
        let found = Lattice::of(piece, reading).is_some_and(|lattice| {
            let all = chars.iter().fold(vec![(0, 0)], |now, c| lattice.step(&now, *c));
            all.iter().any(|(to, _)| *to == lattice.end())
        });
        assert_eq!(found, whole, "{piece} {word}");
    }

    #[test]
    fn what_was_typed_and_what_it_may_mean() {
        check("xinneike", Reading::Syllables, "心内科", true);
        check("XIN nei KE", Reading::Syllables, "心内科", true);
        check("ｘｉｎｎｅｉｋｅ", Reading::Syllables, "心内科", true);
        check("xīn nèi kē", Reading::Syllables, "心内科", true);
        check("xin1nei4ke1", Reading::Syllables, "心内科", true);
        check("xi'an", Reading::Syllables, "西安", true);
        check("xi'an", Reading::Syllables, "先", false);
        check("xian", Reading::Syllables, "先", true);
        check("xian", Reading::Syllables, "西安", true);
        check("xin内科", Reading::Syllables, "心内科", true);
        check("sengwu", Reading::Syllables, "生物", false);
        check("sengwu", Reading::Confused, "生物", true);
        check("xnk", Reading::Initials, "心内科", true);
        check("xneike", Reading::Initials, "心内科", true);
        check("重典专科", Reading::Confused, "重点专科", true);
        check("重典专科", Reading::Syllables, "重点专科", false);
        check("lvse", Reading::Syllables, "绿色", true);
        check("骨科，", Reading::Syllables, "骨科", false);
        check("128", Reading::Initials, "骨", false);
        check("", Reading::Initials, "", false);
    }
}
