//! A corrected query for one that found nothing: each of its pieces that stands nowhere is mended or read as pinyin.

use xinglin_text::{CharClass, Mode, segment};

use super::decode::{rows, spelt_in};
use super::lattice::{Lattice, Reading};
use super::names::{self, SuggestionKind};
use super::probe::Probe;
use super::repair::repairs;
use crate::answer::Understood;
use crate::error::Error;
use crate::function_words::says_nothing;
use crate::interpret::Interpreter;
use crate::phrase::Phrase;
use crate::reader::Reader;

/// Most corrections offered.
const MAX_CORRECTIONS: usize = 4;
/// Most pieces of a query that are looked at: more make a sentence.
const MAX_PIECES: usize = 12;
/// Longest word that is corrected, in characters: what is longer was pasted, and looking for a slip in it costs the cube.
const MAX_LETTERS: usize = 40;
/// Most letters that are read as the first letters of syllables.
const MAX_INITIALS: usize = 6;
/// Most Han characters of a piece that is read by its sound alone, and of one of which a part is mended: longer ones are
/// sentences, which the relaxed reading answers.
const MAX_BY_SOUND: usize = 9;
const MAX_IN_PARTS: usize = 14;
/// First letters as few as these are read as names alone: as words they could be anything.
const GUESSING: usize = 3;
/// Words of a piece that make it a sentence, where none of them asks.
const WORDS_OF_SENTENCE: usize = 4;
/// What a specialty's, an institution's or a place's name gains before a word that sounds the same.
const NAME_BONUS: f64 = 4.0;

/// A query that finds more than the one that was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// The corrected query.
    pub query: String,
    /// Whether it is likely enough to be answered at once.
    pub confident: bool,
}

/// A piece in the place of another.
#[derive(Clone, Debug, PartialEq)]
struct Replacement {
    text: String,
    score: f64,
    confident: bool,
}

/// A stretch of the query.
enum Stretch {
    /// It stays.
    Kept(String),
    /// It stands nowhere; what may stand in its place, best first.
    Broken { typed: String, instead: Vec<Replacement> },
}

impl Reader {
    /// Corrected queries, likeliest first; none where every piece stands somewhere or nothing like it does. Each piece of a
    /// correction stands in the index; whether an article holds them all is for a search to say.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn corrections(&self, query: &str, interpreter: &dyn Interpreter) -> Result<Vec<Correction>, Error> {
        let corrector = Corrector { probe: Probe { reader: self, snapshot: self.snapshot() }, interpreter };
        let stretches = self.whole(|| corrector.stretches(query))?;
        Ok(compose(&stretches))
    }
}

/// The likeliest combinations: the best of each stretch, then the alternatives of the first broken one.
fn compose(stretches: &[Stretch]) -> Vec<Correction> {
    let broken: Vec<&Vec<Replacement>> = stretches
        .iter()
        .filter_map(|stretch| match stretch {
            Stretch::Broken { instead, .. } if !instead.is_empty() => Some(instead),
            _ => None,
        })
        .collect();
    let Some(first) = broken.first() else { return Vec::new() };
    let mut corrections: Vec<Correction> = Vec::new();
    for choice in 0..first.len().min(MAX_CORRECTIONS) {
        let mut parts: Vec<&str> = Vec::new();
        let (mut confident, mut seen) = (true, 0);
        for stretch in stretches {
            match stretch {
                Stretch::Kept(text) => parts.push(text),
                Stretch::Broken { typed, instead } => {
                    let at = if seen == 0 && !instead.is_empty() { choice } else { 0 };
                    match instead.get(at) {
                        Some(replacement) => {
                            seen += 1;
                            confident &= replacement.confident;
                            parts.push(&replacement.text);
                        }
                        None => parts.push(typed),
                    }
                }
            }
        }
        corrections.push(Correction { query: parts.join(" "), confident });
    }
    corrections
}

struct Corrector<'a> {
    probe: Probe<'a>,
    interpreter: &'a dyn Interpreter,
}

impl Corrector<'_> {
    fn stretches(&self, query: &str) -> Result<Vec<Stretch>, Error> {
        let words: Vec<&str> = query.split_whitespace().collect();
        let mut stretches = Vec::new();
        if words.len() > MAX_PIECES {
            return Ok(stretches);
        }
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let spelled =
                words.get(at..).unwrap_or_default().iter().take_while(|word| is_spelled(word)).count();
            if spelled > 1
                && let Some(joined) = words.get(at..at + spelled)
                && joined.iter().map(|word| word.len()).sum::<usize>() <= MAX_LETTERS
                && let instead = self.sounding(&joined.join(" "))?
                && !instead.is_empty()
            {
                stretches.push(Stretch::Broken { typed: joined.join(" "), instead });
                at += spelled;
                continue;
            }
            stretches.push(self.stretch(word)?);
            at += 1;
        }
        Ok(stretches)
    }

    fn stretch(&self, word: &str) -> Result<Stretch, Error> {
        let spelled = is_spelled(word);
        // A sentence is soon told by its words; whether it stands somewhere as it is would take a search.
        if !is_plain(word)
            || word.chars().nth(MAX_LETTERS).is_some()
            || (!spelled && self.is_sentence(word)?)
            || self.is_known(word)?
        {
            return Ok(Stretch::Kept(word.to_owned()));
        }
        let unsure = |instead: &[Replacement]| instead.iter().all(|replacement| !replacement.confident);
        let mut instead = if spelled { Vec::new() } else { self.mended(word)? };
        if unsure(&instead) {
            instead.extend(self.sounding(word)?);
        }
        if unsure(&instead) && !spelled {
            instead.extend(self.mended_in_part(word)?);
        }
        instead.retain(|replacement| replacement.text != word);
        instead.sort_by(|a, b| {
            (b.confident, b.score).partial_cmp(&(a.confident, a.score)).unwrap_or(std::cmp::Ordering::Equal)
        });
        Ok(Stretch::Broken { typed: word.to_owned(), instead })
    }

    /// Whether a piece needs no correction: it stands somewhere, or means something that does.
    fn is_known(&self, word: &str) -> Result<bool, Error> {
        if Phrase::cut(word).is_none() {
            return Ok(true);
        }
        if is_spelled(word) {
            // Letters stand inside other words everywhere; as a word of their own they are what was typed.
            let folded = xinglin_text::fold_str(word);
            return Ok(self.probe.frequency(&folded)? > 0);
        }
        if self.probe.stands(word)? {
            return Ok(true);
        }
        let meaning = self.interpreter.interpret(word);
        if meaning.complete && self.occur(&meaning.facts)? {
            return Ok(true);
        }
        for name in &meaning.alternatives {
            if self.probe.stands(name)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a piece is a sentence: it asks, or is a row of words that the index has. Nobody slipped there, the words just
    /// do not stand together.
    fn is_sentence(&self, word: &str) -> Result<bool, Error> {
        let words = segment(word, Mode::Words);
        let texts: Vec<&str> = words.iter().filter_map(|cut| word.get(cut.start..cut.end)).collect();
        let is_long = |text: &&str| text.chars().nth(1).is_some();
        if texts.iter().filter(|text| is_long(text)).any(|text| says_nothing(text)) {
            return Ok(true);
        }
        for text in texts.iter().filter(|text| !says_nothing(text)) {
            if !is_long(text) || self.probe.frequency(&xinglin_text::fold_str(text))? == 0 {
                return Ok(false);
            }
        }
        Ok(texts.len() >= WORDS_OF_SENTENCE)
    }

    /// Whether the names among the facts are names of this index.
    fn occur(&self, facts: &Understood) -> Result<bool, Error> {
        let fields = &self.probe.reader.fields;
        let paths = facts.specialty.iter().map(|name| self.interpreter.specialty_path(name)).collect();
        for (field, values) in [
            (fields.region, facts.region.clone()),
            (fields.specialty, paths),
            (fields.institution, facts.institution.clone()),
        ] {
            let mut any = values.is_empty();
            for value in &values {
                any = any || self.probe.carried(field, value)?;
            }
            if !any {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A piece of Han with one slip in it.
    fn mended(&self, word: &str) -> Result<Vec<Replacement>, Error> {
        let shown = shown(word);
        let folded: Vec<char> = word.chars().map(xinglin_text::fold).collect();
        let repairs = repairs(&folded, &self.probe)?.into_iter().map(|repair| Replacement {
            text: in_typed_characters(&repair.text, &folded, &shown),
            score: repair.score,
            confident: repair.confident,
        });
        Ok(repairs.collect())
    }

    /// A piece of several words, written as one, of which one has a slip: 神精内科荆州.
    fn mended_in_part(&self, word: &str) -> Result<Vec<Replacement>, Error> {
        let mut found = Vec::new();
        let sentence = word.chars().any(|c| xinglin_text::class(c) == CharClass::Other);
        if sentence || !(4..=MAX_IN_PARTS).contains(&word.chars().count()) {
            return Ok(found);
        }
        for cut in segment(word, Mode::Words) {
            let (Some(left), Some(right)) = (word.get(..cut.start), word.get(cut.start..)) else { continue };
            let long_enough = |part: &str| part.chars().nth(1).is_some();
            if !long_enough(left) || !long_enough(right) {
                continue;
            }
            let (left_known, right_known) = (self.is_known(left)?, self.is_known(right)?);
            if left_known == right_known {
                continue;
            }
            let broken = if left_known { right } else { left };
            let folded: Vec<char> = broken.chars().map(xinglin_text::fold).collect();
            let mut whole: Vec<Replacement> = repairs(&folded, &self.probe)?
                .into_iter()
                .filter(|repair| repair.confident)
                .map(|repair| Replacement { text: repair.text, score: repair.score, confident: true })
                .collect();
            whole.extend(self.sounding(broken)?.into_iter().filter(|replacement| replacement.confident));
            found.extend(whole.into_iter().take(2).map(|part| Replacement {
                text: if left_known {
                    format!("{left} {}", part.text)
                } else {
                    format!("{} {right}", part.text)
                },
                score: part.score - 2.0,
                confident: true,
            }));
        }
        Ok(found)
    }

    /// What sounds like the piece: pinyin, first letters, Han with several slips of sound.
    fn sounding(&self, piece: &str) -> Result<Vec<Replacement>, Error> {
        let folded = xinglin_text::fold_str(piece);
        let letters = folded.chars().filter(char::is_ascii_alphabetic).count();
        let han = folded.chars().filter(|c| xinglin_text::class(*c) == CharClass::Han).count();
        if han > MAX_BY_SOUND {
            return Ok(Vec::new());
        }
        for reading in [Reading::Syllables, Reading::Confused, Reading::Initials] {
            let useful = match reading {
                Reading::Syllables => letters > 0,
                Reading::Confused => true,
                Reading::Initials => (2..=MAX_INITIALS).contains(&letters) && !piece.contains(' '),
            };
            let lattice = Lattice::of(piece, reading).filter(|_| useful);
            let Some(lattice) = lattice else { continue };
            let found = self.spelt(piece, &lattice, reading)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    fn spelt(&self, piece: &str, lattice: &Lattice, reading: Reading) -> Result<Vec<Replacement>, Error> {
        let mut found: Vec<Replacement> = Vec::new();
        let typed = xinglin_text::fold_str(piece);
        let letters = typed.chars().filter(char::is_ascii_alphabetic).count();
        for (name, chars) in names::folded(&self.probe, self.interpreter)?.iter() {
            let Some((range, cost)) = spelt_in(chars, lattice) else { continue };
            let whole = range.len() == chars.len();
            let part: String = chars.get(range).unwrap_or_default().iter().collect();
            let single = part.chars().nth(1).is_none();
            let fits = whole || (reading != Reading::Initials && name.kind != SuggestionKind::Specialty);
            // a whole name is carried by documents, even where its letters stand in none
            let far = letters == 0 && cost as usize > lattice.end();
            if single || far || !fits || part == typed || !(whole || self.probe.stands(&part)?) {
                continue;
            }
            let bonus = if whole { NAME_BONUS } else { NAME_BONUS / 2.0 };
            let score = (name.documents as f64).ln_1p() + bonus - 2.0 * f64::from(cost);
            found.push(Replacement { text: part, score: score - 6.0, confident: true });
        }
        for row in rows(lattice, &self.probe)? {
            let length = row.text.chars().count();
            // Loose characters say nothing, and Han that was typed is mostly what was meant.
            let loose = row.words * 3 > length * 2;
            let far = letters == 0 && row.cost as usize > length;
            let fits = length > 1 && !loose && !far && row.text != typed;
            if !fits || (reading == Reading::Initials && row.words > 1) {
                continue;
            }
            let is_name = self.interpreter.interpret(&row.text).complete;
            let guessed = reading == Reading::Initials && letters <= GUESSING && !is_name;
            if !guessed && self.probe.stands(&row.text)? {
                let named = if is_name { NAME_BONUS } else { 0.0 };
                found.push(Replacement { text: row.text, score: row.score + named, confident: true });
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.text.cmp(&b.text)));
        let mut seen: Vec<String> = Vec::new();
        found.retain(|replacement| {
            let new = !seen.contains(&replacement.text);
            seen.push(replacement.text.clone());
            new
        });
        found.truncate(MAX_CORRECTIONS);
        Ok(found)
    }
}

/// Whether a word of the query is its plain letters, and nothing of the query language.
fn is_plain(word: &str) -> bool {
    let language = word == "OR"
        || word.starts_with(['-', '"', '“', '('])
        || word.ends_with(['"', '”', ')'])
        || crate::grammar::FIELDS
            .iter()
            .any(|field| word.strip_prefix(field).is_some_and(|rest| rest.starts_with([':', '：'])));
    !language
}

/// Whether a word is Latin letters that may be pinyin.
fn is_spelled(word: &str) -> bool {
    let mut letters = 0;
    for c in word.chars() {
        match xinglin_text::class(c) {
            CharClass::Han => return false,
            CharClass::Alnum if !xinglin_text::fold(c).is_ascii_digit() => letters += 1,
            _ => {}
        }
    }
    letters > 0 && is_plain(word) && Lattice::of(word, Reading::Initials).is_some()
}

/// A piece as it is shown in a correction: Simplified, one character for each of its own.
fn shown(word: &str) -> Vec<char> {
    let unified = xinglin_text::unify(word);
    let chars: Vec<char> = unified.text().chars().collect();
    if chars.len() == word.chars().count() { chars } else { word.chars().collect() }
}

/// A mended text, in which the characters that were right stay as they are shown.
fn in_typed_characters(mended: &str, folded: &[char], shown: &[char]) -> String {
    let mended: Vec<char> = mended.chars().collect();
    let same = mended.iter().zip(folded).take_while(|(a, b)| a == b).count();
    let tail = mended.iter().rev().zip(folded.iter().rev()).take_while(|(a, b)| a == b).count();
    let tail = tail.min(mended.len() - same).min(folded.len() - same);
    let mut text: String = shown.iter().take(same).collect();
    text.extend(mended.get(same..mended.len() - tail).unwrap_or_default());
    text.extend(shown.get(shown.len() - tail..).unwrap_or_default());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_of_the_query_language_stays() {
        for word in ["-骨科", "\"骨科\"", "region:陕西", "OR", "(骨科", "title：喜报"] {
            assert!(!is_plain(word), "{word}");
        }
        for word in ["骨科", "xinneike", "医院:北京"] {
            assert!(is_plain(word), "{word}");
        }
    }

    #[test]
    fn spelled_words() {
        for word in ["xinneike", "xnk", "XIE", "xi'an", "ｘｉｎ", "yi"] {
            assert!(is_spelled(word), "{word}");
        }
        for word in ["xin内科", "2023", "骨科", "-xin"] {
            assert!(!is_spelled(word), "{word}");
        }
    }

    #[test]
    fn right_characters_stay_as_typed() {
        let check = |word: &str, mended: &str, expected: &str| {
            let folded: Vec<char> = word.chars().map(xinglin_text::fold).collect();
            assert_eq!(in_typed_characters(mended, &folded, &shown(word)), expected);
        };
        check("乾县人名医院", "乾县人民医院", "乾县人民医院");
        check("重典專科", "重点专科", "重点专科");
        check("磁振共", "磁共振", "磁共振");
    }

    #[test]
    fn combinations() {
        let replacement = |text: &str| Replacement { text: text.to_owned(), score: 0.0, confident: true };
        let stretches = [
            Stretch::Broken {
                typed: "甲".to_owned(), instead: vec![replacement("乙"), replacement("丙")]
            },
            Stretch::Kept("丁".to_owned()),
            Stretch::Broken { typed: "戊".to_owned(), instead: Vec::new() },
        ];
        let queries: Vec<String> = compose(&stretches).into_iter().map(|c| c.query).collect();
        assert_eq!(queries, ["乙 丁 戊", "丙 丁 戊"]);
        assert!(compose(&stretches[1..]).is_empty());
    }
}
