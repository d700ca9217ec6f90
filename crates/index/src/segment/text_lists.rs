//! The texts of a segment's documents by their terms. The dictionary numbers its words, and characters are numbers
//! already: hardly a term is spelled, hashed or compared while texts are taken in.

use std::io;

use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::postings::FieldSerializer;
use xinglin_index_schema::TextField;
use xinglin_text::{FiledWord, Filing, Scratch};

use super::lists::{Counts, List, Places, write_term};

/// Characters that have a place in a table; the others are rare.
const TABLE: usize = 0x1_0000;
/// About how many bytes an entry of a hash table takes, room kept free included.
const ENTRY: usize = 16;

/// The lists of one text field.
#[derive(Debug)]
pub(super) struct TextLists {
    pub(super) field: TextField,
    characters: Characters,
    words: Words,
}

#[derive(Debug, Default)]
struct Characters {
    /// For each character of the table one more than the number of its list, or 0.
    numbers: Vec<u32>,
    beyond: FxHashMap<char, u32>,
    /// The characters in the order of their numbers.
    known: Vec<char>,
    lists: Vec<Places>,
    tokens: u64,
}

#[derive(Debug, Default)]
struct Words {
    numbers: FxHashMap<u32, u32>,
    /// Runs, and the words that begin like runs: the two may be the same term.
    runs: FxHashMap<Box<str>, u32>,
    lists: Vec<Counts>,
    /// All terms, one behind another, and where each of them ends.
    spelled: String,
    ends: Vec<usize>,
    tokens: u64,
}

/// So many additions to lists are made together. A list seldom is in the processor's cache, and one after the other each
/// would wait for its own; looked at together beforehand, all wait at once.
const TOGETHER: usize = 16;

/// Additions that wait for others: the number of each one's list, and what is added.
struct Waiting<T> {
    all: [(u32, T); TOGETHER],
    count: usize,
}

impl<T: Copy + Default> Waiting<T> {
    fn new() -> Waiting<T> {
        Waiting { all: [(0, T::default()); TOGETHER], count: 0 }
    }

    /// Takes one more; makes all of them once as many are there as are made together.
    #[inline]
    fn push<L: List>(&mut self, addition: (u32, T), lists: &mut [L], add: impl FnMut(&mut L, T)) {
        if let Some(place) = self.all.get_mut(self.count) {
            *place = addition;
            self.count += 1;
        }
        if self.count == TOGETHER {
            self.make(lists, add);
        }
    }

    #[inline(never)]
    fn make<L: List>(&mut self, lists: &mut [L], mut add: impl FnMut(&mut L, T)) {
        let additions = self.all.get(..self.count).unwrap_or_default();
        let mut seen = 0;
        for (number, _) in additions {
            seen |= lists.get(*number as usize).map_or(0, List::documents);
        }
        // What was read is of no use; that it was read is.
        std::hint::black_box(seen);
        for (number, what) in additions {
            if let Some(list) = lists.get_mut(*number as usize) {
                add(list, *what);
            }
        }
        self.count = 0;
    }
}

/// A text while it is taken in.
struct Taking<'a> {
    doc: DocId,
    characters: &'a mut Characters,
    words: &'a mut Words,
    /// Places of characters, and words, that are still to be added to their lists.
    places: Waiting<u32>,
    counts: Waiting<()>,
    used: &'a mut usize,
}

/// How many terms a document has in a field: of one character, of more.
pub(super) type Lengths = (u32, u32);

impl TextLists {
    pub(super) fn of(field: TextField) -> TextLists {
        TextLists { field, characters: Characters::default(), words: Words::default() }
    }

    /// Takes in a document's text. What more memory that takes is added to `used`.
    pub(super) fn add(&mut self, doc: DocId, text: &str, scratch: &mut Scratch, used: &mut usize) -> Lengths {
        let TextLists { characters, words, .. } = self;
        if characters.numbers.is_empty() {
            characters.numbers = vec![0; TABLE];
            *used += TABLE * size_of::<u32>();
        }
        let before = (characters.tokens, words.tokens);
        let mut taking =
            Taking { doc, characters, words, places: Waiting::new(), counts: Waiting::new(), used };
        xinglin_text::file(text, scratch, &mut taking);
        taking.finish();
        ((characters.tokens - before.0) as u32, (words.tokens - before.1) as u32)
    }

    /// How many places the lists of characters tell, and those of words.
    pub(super) fn tokens(&self) -> (u64, u64) {
        (self.characters.tokens, self.words.tokens)
    }

    /// Writes the lists of characters.
    pub(super) fn write_characters(&mut self, out: &mut FieldSerializer<'_>) -> io::Result<()> {
        let Characters { known, lists, .. } = std::mem::take(&mut self.characters);
        let mut terms: Vec<(char, &Places)> = known.into_iter().zip(&lists).collect();
        // Bytes of UTF-8 are ordered as the characters are.
        terms.sort_unstable_by_key(|(character, _)| *character);
        let mut spelled = [0; 4];
        for (character, list) in terms {
            write_term(character.encode_utf8(&mut spelled).as_bytes(), list, out)?;
        }
        Ok(())
    }

    /// Writes the lists of words.
    pub(super) fn write_words(&mut self, out: &mut FieldSerializer<'_>) -> io::Result<()> {
        let Words { lists, spelled, ends, .. } = std::mem::take(&mut self.words);
        let mut start = 0;
        let mut terms: Vec<(&[u8], &Counts)> = Vec::with_capacity(lists.len());
        for (&end, list) in ends.iter().zip(&lists) {
            terms.push((spelled.as_bytes().get(start..end).unwrap_or_default(), list));
            start = end;
        }
        terms.sort_unstable_by_key(|(term, _)| *term);
        for (term, list) in terms {
            write_term(term, list, out)?;
        }
        Ok(())
    }
}

impl Filing for Taking<'_> {
    #[inline]
    fn character(&mut self, character: char, position: u32) {
        let Characters { numbers, beyond, known, lists, tokens } = &mut *self.characters;
        *tokens += 1;
        let number = match numbers.get_mut(character as usize) {
            Some(number) => number,
            None => beyond.entry(character).or_default(),
        };
        if *number == 0 {
            known.push(character);
            lists.push(Places::default());
            *number = lists.len() as u32;
            *self.used += size_of::<char>() + size_of::<Places>();
        }
        let (doc, used) = (self.doc, &mut *self.used);
        self.places.push((*number - 1, position), lists, |list, position| list.add(doc, position, used));
    }

    fn run(&mut self, run: &str) {
        let number = self.words.number_of_run(run, self.used);
        self.count(number);
    }

    #[inline]
    fn word(&mut self, word: FiledWord<'_>) {
        let known = self.words.numbers.get(&word.number()).copied();
        let number = known.unwrap_or_else(|| {
            let number = match word.begins_as_run() {
                true => self.words.number_of_run(word.text(), self.used),
                false => self.words.new_list(word.text(), self.used),
            };
            self.words.numbers.insert(word.number(), number);
            *self.used += ENTRY;
            number
        });
        self.count(number);
    }
}

impl Taking<'_> {
    /// Adds a word, or a run, to its list.
    #[inline]
    fn count(&mut self, number: u32) {
        self.words.tokens += 1;
        let (doc, used) = (self.doc, &mut *self.used);
        self.counts.push((number, ()), &mut self.words.lists, |list, ()| list.add(doc, used));
    }

    /// Makes the additions that wait.
    fn finish(self) {
        let Taking { doc, characters, words, mut places, mut counts, used } = self;
        places.make(&mut characters.lists, |list, position| list.add(doc, position, used));
        counts.make(&mut words.lists, |list, ()| list.add(doc, used));
    }
}

impl Words {
    fn number_of_run(&mut self, run: &str, used: &mut usize) -> u32 {
        if let Some(&number) = self.runs.get(run) {
            return number;
        }
        let number = self.new_list(run, used);
        self.runs.insert(run.into(), number);
        *used += 2 * ENTRY + run.len();
        number
    }

    fn new_list(&mut self, term: &str, used: &mut usize) -> u32 {
        let number = self.lists.len() as u32;
        self.lists.push(Counts::default());
        self.spelled.push_str(term);
        self.ends.push(self.spelled.len());
        *used += size_of::<Counts>() + size_of::<usize>() + term.len();
        number
    }
}
