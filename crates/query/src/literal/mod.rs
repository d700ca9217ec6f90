//! A literal piece of several terms, as a query: characters side by side.
//!
//! Characters are common and their positions dear to read, so the words within the piece say first which articles can hold it
//! at all: words are rare, and of them only the lists of articles are read. In what is left, a word's rarest characters mostly
//! stand nowhere but in it, which is told by how often each is there; then one of them speaks for the whole word.
//!
//! A piece that was broken off a word or a name (家临床重 of 国家临床重点专科) mostly stands where the whole one does: an article that
//! is in the list of the whole one holds the piece, and none of its positions is read.

pub(crate) mod damage;
mod files;
mod list;
mod numbers;
mod places;
mod scorer;
#[cfg(test)]
mod tests;
mod window;

use std::cmp::Reverse;
use std::io;
use std::sync::{Arc, OnceLock};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::TermInfo;
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, Term};
use xinglin_index_schema::TextField;
use xinglin_text::{Dictionary, fold_str};

use crate::processors::stretch_at_hand;

use self::files::Files;
use self::list::List;
use self::scorer::{Lists, LiteralScorer};
use self::window::{Narrowing, OpenLetter, OpenPart, Stands, Unspoken};

/// A piece to be found as it stands.
#[derive(Clone, Debug)]
pub(crate) struct Literal {
    field: TextField,
    /// The terms that it is cut into: what it weighs is theirs.
    parts: Vec<Part>,
    /// Words that stand in it, those of the cut among them.
    words: Vec<Term>,
    /// The piece itself, folded.
    piece: String,
}

/// Shortest piece, in characters, that is looked for within longer terms: most words hold a shorter one.
const SHORTEST_WITHIN: usize = 3;
/// Articles that a segment must offer for that to be worth it.
const MANY: u32 = 256;
/// Most longer terms that are asked, and most that are looked at to find them.
const MOST_WHOLE: usize = 8;
const MOST_LOOKED_AT: usize = 256;

/// A term of the cut.
#[derive(Clone, Debug)]
struct Part {
    term: Term,
    /// How many characters before the piece's last its first one stands.
    ahead: u32,
    /// Its characters, where it has several.
    letters: Vec<Letter>,
}

/// A character of a word.
#[derive(Clone, Debug)]
struct Letter {
    term: Term,
    /// How many characters before the piece's last it stands.
    ahead: u32,
    /// Whether the word has it only once.
    once: bool,
}

impl Literal {
    /// A piece, the terms that it is cut into with their offsets, and all words that stand in it.
    pub(crate) fn of(field: TextField, piece: &[char], cut: &[(usize, String)], words: &[String]) -> Literal {
        let length = piece.len();
        let part = |(at, text): &(usize, String)| {
            let ahead = length.saturating_sub(at + 1) as u32;
            let is_word = text.chars().nth(1).is_some();
            let letters = text.chars().zip(0..).filter(|_| is_word).map(|(c, inner)| Letter {
                term: field.term(c.encode_utf8(&mut [0; 4])),
                ahead: ahead.saturating_sub(inner),
                once: text.matches(c).nth(1).is_none(),
            });
            Part { term: field.term(text), ahead, letters: letters.collect() }
        };
        Literal {
            field,
            parts: cut.iter().map(part).collect(),
            words: words.iter().map(|word| field.term(word)).collect(),
            piece: piece.iter().collect(),
        }
    }

    fn similarity(&self, statistics: &dyn Bm25StatisticsProvider) -> tantivy::Result<Bm25Weight> {
        let documents = statistics.total_num_docs()?;
        let tokens = statistics.total_num_tokens(self.field.characters)?;
        let mut all = 0.0;
        for part in &self.parts {
            all += idf(statistics.doc_freq(&part.term)?, documents);
        }
        let of_none =
            Bm25Weight::for_one_term_without_explain(0, documents, tokens as Score / documents as Score);
        Ok(of_none.boost_by(all / idf(0, documents)))
    }
}

/// BM25's inverse document frequency.
fn idf(frequency: u64, documents: u64) -> Score {
    (1.0 + (documents.saturating_sub(frequency) as Score + 0.5) / (frequency as Score + 0.5)).ln()
}

impl Query for Literal {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => Some(self.similarity(statistics_provider)?),
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(LiteralWeight { literal: self.clone(), similarity, names: OnceLock::new() }))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.parts.iter().for_each(|part| visitor(&part.term, false));
    }
}

struct LiteralWeight {
    literal: Literal,
    /// Absent where nobody asks for scores.
    similarity: Option<Bm25Weight>,
    /// The names of the field that hold the piece, once they were asked for.
    names: OnceLock<Vec<Term>>,
}

/// Whose a list is, and where it lies.
type Whose<'a> = (&'a Term, TermInfo);

impl LiteralWeight {
    /// A scorer that stands nowhere yet; `None` where no document from `from` on has every term.
    fn open(
        &self,
        segment: &SegmentReader,
        from: DocId,
        boost: Score,
    ) -> tantivy::Result<Option<LiteralScorer>> {
        let literal = &self.literal;
        let Some((mut lists, order)) = self.open_lists(segment)? else { return Ok(None) };
        let mut at_hand = stretch_at_hand();
        at_hand.end = at_hand.end.min(segment.max_doc());
        let first = lists.common(from.max(at_hand.start), at_hand.end);
        let Some(first) = first else { return Ok(None) };
        let characters = segment.inverted_index(literal.field.characters)?;
        let files = Files::of(segment, literal.field.characters, &characters)?;
        let mut parts = Vec::with_capacity(literal.parts.len());
        for part in &literal.parts {
            let Some(list) = order.iter().position(|(term, _)| **term == part.term) else { return Ok(None) };
            let stands = match order.get(list) {
                Some((_, info)) if part.letters.is_empty() => {
                    Stands::Character { ahead: part.ahead, places: files.places(info)? }
                }
                _ => {
                    let info = |letter: &Letter| characters.get_term_info(&letter.term);
                    let Some(letters) = open_letters(part, &files, info)? else { return Ok(None) };
                    Stands::Word(letters, Unspoken::new())
                }
            };
            parts.push(OpenPart { list, stands });
        }
        let wholes = self.open_wholes(&lists, segment)?;
        let norms = match &self.similarity {
            Some(_) => segment.fieldnorms_readers().get_field(literal.field.characters)?,
            None => None,
        };
        let norms = norms.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1));
        let similarity = self.similarity.as_ref().map(|similarity| similarity.boost_by(boost));
        Ok(Some(LiteralScorer::new(lists, wholes, parts, similarity, norms, first..at_hand.end)))
    }

    /// The lists of the commonest terms that hold the piece: names, and whatever begins with it.
    fn open_wholes(&self, lists: &Lists, segment: &SegmentReader) -> tantivy::Result<Vec<List>> {
        let Literal { field, piece, .. } = &self.literal;
        if lists.shortest() < MANY || piece.chars().nth(SHORTEST_WITHIN - 1).is_none() {
            return Ok(Vec::new());
        }
        let index = segment.inverted_index(field.words)?;
        let mut known = Vec::new();
        for name in self.names.get_or_init(|| names_with(*field, piece)) {
            known.extend(index.get_term_info(name)?);
        }
        let begins = index.terms().range().ge(piece.as_bytes()).lt([piece.as_bytes(), &[u8::MAX]].concat());
        let mut begins = begins.into_stream()?;
        while known.len() < MOST_LOOKED_AT && begins.advance() {
            known.push(begins.value().clone());
        }
        known.sort_unstable_by_key(|info| Reverse((info.doc_freq, info.postings_range.start)));
        known.dedup();
        let common = known.iter().filter(|info| info.doc_freq >= MANY / 8).take(MOST_WHOLE);
        let files = Files::of(segment, field.words, &index)?;
        common.map(|info| files.list(info)).collect()
    }

    /// The lists that a match must be in, and whose they are; `None` where a term is not in the segment at all.
    fn open_lists(&self, segment: &SegmentReader) -> tantivy::Result<Option<(Lists, Vec<Whose<'_>>)>> {
        let TextField { words, characters } = self.literal.field;
        let of_words = self.literal.words.iter().map(|word| (words, word));
        let alone = self.literal.parts.iter().filter(|part| part.letters.is_empty());
        let mut wanted = Vec::new();
        for (field, term) in of_words.chain(alone.map(|part| (characters, &part.term))) {
            let index = segment.inverted_index(field)?;
            let Some(info) = index.get_term_info(term)? else { return Ok(None) };
            wanted.push((Files::of(segment, field, &index)?, (term, info)));
        }
        wanted.sort_by_key(|(_, (_, info))| (info.doc_freq, info.postings_range.start));
        wanted.dedup_by(|(_, (term, _)), (_, (known, _))| term == known);
        let open = |(files, (term, info)): &(Arc<Files>, Whose<'_>)| {
            let told = self.literal.parts.iter().any(|part| part.term == **term);
            Ok(Narrowing { list: files.list(info)?, told: told.then(Box::default) })
        };
        let lists = wanted.iter().map(open).collect::<tantivy::Result<_>>()?;
        Ok(Some((Lists(lists), wanted.into_iter().map(|(_, whose)| whose).collect())))
    }
}

fn names_with(field: TextField, piece: &str) -> Vec<Term> {
    let names = Dictionary::embedded().names_with(piece).take(MOST_LOOKED_AT);
    names.map(|name| field.term(&fold_str(name))).collect()
}

/// The lists of a word's characters, rarest first; `None` where the segment lacks one.
fn open_letters(
    part: &Part,
    files: &Files,
    info: impl Fn(&Letter) -> io::Result<Option<TermInfo>>,
) -> tantivy::Result<Option<Vec<OpenLetter>>> {
    let mut found = Vec::with_capacity(part.letters.len());
    for letter in &part.letters {
        let Some(info) = info(letter)? else { return Ok(None) };
        found.push((info, letter));
    }
    found.sort_by_key(|(info, _)| info.doc_freq);
    let open = |(info, letter): (TermInfo, &Letter)| {
        let (list, places) = (files.list(&info)?, files.places(&info)?);
        Ok(OpenLetter { ahead: letter.ahead, once: letter.once, list, places })
    };
    found.into_iter().map(open).collect::<tantivy::Result<_>>().map(Some)
}

impl Weight for LiteralWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(mut scorer) = self.open(segment, 0, boost)? else { return Ok(Box::new(EmptyScorer)) };
        scorer.find_first();
        Ok(Box::new(scorer))
    }

    fn scorer_danger(
        &self,
        segment: &SegmentReader,
        target: DocId,
        boost: Score,
    ) -> tantivy::Result<(SeekDangerResult, Box<dyn Scorer>)> {
        let Some(mut scorer) = self.open(segment, target, boost)? else {
            return Ok((SeekDangerResult::SeekLowerBound(TERMINATED), Box::new(EmptyScorer)));
        };
        let result = scorer.seek_danger(target);
        Ok((result, Box::new(scorer)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let found = scorer.doc() <= doc && scorer.seek(doc) == doc;
        Ok(Explanation::new("literal piece", if found { scorer.score() } else { 0.0 }))
    }
}
