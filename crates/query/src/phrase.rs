//! A literal piece of text, cut into terms.
//!
//! Law: the index holds every dictionary word and every name of the field at every occurrence, and every single character
//! at its position. So a piece that is one of them is one term, and any other is a phrase of characters ([`Literal`]). Long
//! words are rarer than characters, so the cut takes as few terms as it can.

use tantivy::Score;
use tantivy::query::{BoostQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use xinglin_index_schema::TextField;
use xinglin_text::{CharClass, Dictionary, FoldedChar, LongTerms, Scratch, TermKind, fold, fold_chars};

use crate::literal::Literal;
use crate::weighed::{Weighed, WeighedTerm};

/// Most characters of one phrase. A longer piece is asked for by its beginning, which finds at least the same articles.
const MAX_CHARS: usize = 256;
/// Longest run of letters and digits that is a term of its own (the scanner's bound).
const MAX_RUN: usize = 64;
/// Longest dictionary word that is tried, in characters.
const MAX_WORD: usize = 16;

/// A piece of text cut into terms of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Offset in characters and text of each term.
    pub(crate) terms: Vec<(usize, String)>,
    /// The piece, folded.
    pub(crate) folded: Vec<char>,
    /// Where it is no single term: all words that stand in it, and its inner runs.
    words: Vec<String>,
}

impl Phrase {
    /// Cuts a piece; `None` where it holds nothing that is indexed (punctuation alone).
    pub(crate) fn cut(piece: &str) -> Option<Phrase> {
        let chars = fold_chars(piece);
        let is_term = |c: &FoldedChar| c.class != CharClass::Other;
        let first = chars.iter().position(is_term)?;
        let last = chars.iter().rposition(is_term)? + 1;
        let chars = chars.get(first..last)?;
        let asked = chars.get(..MAX_CHARS).unwrap_or(chars);
        let terms = whole_name(asked).map_or_else(|| cut_terms(asked), |name| vec![(0, name)]);
        let words = if terms.len() == 1 { Vec::new() } else { words_in(asked, &terms) };
        Some(Phrase { terms, folded: chars.iter().map(|c| c.ch).collect(), words })
    }

    /// A word as one term where the index has such terms: a whole run of letters and digits is one. Unlike [`Phrase::cut`] it does
    /// not find the run inside a longer one.
    pub(crate) fn word(word: &str) -> Option<Phrase> {
        let phrase = Phrase::cut(word)?;
        let run = fold_chars(word);
        if (2..=MAX_RUN).contains(&run.len()) && run.iter().all(|c| c.class == CharClass::Alnum) {
            let term = phrase.folded.iter().collect();
            return Some(Phrase { terms: vec![(0, term)], words: Vec::new(), ..phrase });
        }
        Some(phrase)
    }

    /// Whether a text holds the phrase.
    pub(crate) fn stands_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, _)| end_of(text, at, &self.folded).is_some())
    }

    /// What the phrase weighs in one text.
    pub(crate) fn weighed(&self, field: TextField, boost: Score) -> Weighed {
        match self.terms.as_slice() {
            [(_, only)] => Weighed::Term(WeighedTerm { term: field.term(only), boost }),
            _ => Weighed::Query(Box::new(BoostQuery::new(self.query(field), boost))),
        }
    }

    /// The phrase as a query on one text.
    pub(crate) fn query(&self, field: TextField) -> Box<dyn Query> {
        match self.terms.as_slice() {
            [(_, only)] => Box::new(TermQuery::new(field.term(only), IndexRecordOption::WithFreqs)),
            terms => {
                let asked = self.folded.get(..MAX_CHARS).unwrap_or(&self.folded);
                Box::new(Literal::of(field, asked, terms, &self.words))
            }
        }
    }
}

/// Where a folded piece that stands in a text at a byte offset ends; `None` where it does not stand there.
pub(crate) fn end_of(text: &str, at: usize, piece: &[char]) -> Option<usize> {
    let mut chars = text.get(at..)?.chars();
    let mut end = at;
    for wanted in piece {
        let c = chars.next().filter(|c| fold(*c) == *wanted)?;
        end += c.len_utf8();
    }
    Some(end)
}

/// The terms of two characters or more: those of the cut, and every dictionary word beside.
fn words_in(chars: &[FoldedChar], cut: &[(usize, String)]) -> Vec<String> {
    let is_long = |text: &&String| text.chars().nth(1).is_some();
    let mut words: Vec<String> = cut.iter().map(|(_, text)| text).filter(is_long).cloned().collect();
    let text: String = chars.iter().map(|c| c.ch).collect();
    let mut scratch = Scratch::default();
    let mut terms = LongTerms::new(&text, &mut scratch);
    while let Some(term) = terms.next_term() {
        if term.kind == TermKind::Word {
            words.push(term.text.to_owned());
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// The piece as one term, where it is a name of the field. Inside a longer piece words say more: a character that
/// speaks for a short word is sooner found (see [`Literal`]).
fn whole_name(chars: &[FoldedChar]) -> Option<String> {
    let name: String = chars.iter().take(MAX_WORD + 1).map(|c| c.ch).collect();
    Some(name).filter(|name| Dictionary::embedded().is_term(name))
}

/// The piece as few terms, each with the number of its first character.
fn cut_terms(chars: &[FoldedChar]) -> Vec<(usize, String)> {
    let (mut terms, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        at += take_term(chars, at, &mut terms);
    }
    terms
}

/// Takes the longest term at `at`; returns how many characters it covers.
fn take_term(chars: &[FoldedChar], at: usize, terms: &mut Vec<(usize, String)>) -> usize {
    let Some(here) = chars.get(at) else { return 1 };
    match here.class {
        CharClass::Other => 1,
        CharClass::Alnum => {
            let run = chars[at..].iter().take_while(|c| c.class == CharClass::Alnum).count();
            let begins = at.checked_sub(1).and_then(|before| chars.get(before)).is_some_and(is_break);
            let inner = begins && at + run < chars.len();
            // At the piece's edge the run may be part of a longer one in the text: only its characters are certain.
            if inner && (2..=MAX_RUN).contains(&run) {
                terms.push((at, chars[at..at + run].iter().map(|c| c.ch).collect()));
                run
            } else {
                terms.push((at, here.ch.to_string()));
                1
            }
        }
        CharClass::Han | CharClass::Letter => {
            let length = longest_word(&chars[at..]);
            terms.push((at, chars[at..at + length].iter().map(|c| c.ch).collect()));
            length
        }
    }
}

fn is_break(c: &FoldedChar) -> bool {
    c.class != CharClass::Alnum
}

fn longest_word(chars: &[FoldedChar]) -> usize {
    let run = chars.iter().take(MAX_WORD).take_while(|c| c.class == CharClass::Han).count();
    let dictionary = Dictionary::embedded();
    let mut word: String = chars[..run].iter().map(|c| c.ch).collect();
    for length in (2..=run).rev() {
        if dictionary.frequency(&word).is_some() {
            return length;
        }
        word.pop();
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_cut_into_terms_that_are_certain() {
        let check = |piece: &str, expected: &[(usize, &str)]| {
            let terms = Phrase::cut(piece).map(|phrase| phrase.terms).unwrap_or_default();
            let terms: Vec<(usize, &str)> = terms.iter().map(|(at, text)| (*at, text.as_str())).collect();
            assert_eq!(terms, expected, "{piece}");
        };
        check("骨科", &[(0, "骨科")]);
        check("国家临床重点专科", &[(0, "国家临床重点专科")]);
        check("获国家临床重点专科", &[(0, "获"), (1, "国家"), (3, "临床重点专科")]);
        check("產品和服務", &[(0, "产品"), (2, "和服"), (4, "务")]);
        // At an edge a run of digits may go on in the text: only its characters are certain.
        check("2021年", &[(0, "2"), (1, "0"), (2, "2"), (3, "1"), (4, "年")]);
        check("年2021", &[(0, "年"), (1, "2"), (2, "0"), (3, "2"), (4, "1")]);
        check("于2021年", &[(0, "于"), (1, "2021"), (5, "年")]);
        check("（5G）", &[(0, "5"), (1, "g")]);
        check("门（急）诊", &[(0, "门"), (2, "急"), (4, "诊")]);
        check("，。！", &[]);
    }
}
