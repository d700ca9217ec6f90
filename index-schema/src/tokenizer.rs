//! The tokenizers that turn a field's text into its terms.
//!
//! Law: every single Han character, letter and digit is a term at its *character* position, and every dictionary word that
//! occurs is a term of the document. So any literal piece of text is one phrase of characters, and the words within it say
//! beforehand which documents can hold it.

use tantivy::Index;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use xinglin_text::{Characters, LongTerms, Scratch, Term};

/// Name under which the tokenizer of single characters is registered.
pub(crate) const CHARACTERS: &str = "characters";
/// Name under which the tokenizer of words, and of runs of letters and digits, is registered.
pub(crate) const WORDS: &str = "words";

/// Makes both tokenizers known to an index.
pub fn register_tokenizers(index: &Index) {
    index.tokenizers().register(CHARACTERS, CharacterTokenizer);
    index.tokenizers().register(WORDS, WordTokenizer::default());
}

/// Terms of a text, one by one.
trait Terms: Send {
    fn next_term(&mut self) -> Option<Term<'_>>;
}

impl Terms for Characters<'_> {
    fn next_term(&mut self) -> Option<Term<'_>> {
        Characters::next_term(self)
    }
}

impl Terms for LongTerms<'_> {
    fn next_term(&mut self) -> Option<Term<'_>> {
        LongTerms::next_term(self)
    }
}

/// Terms as tantivy's tokens.
struct Tokens<T> {
    terms: T,
    token: Token,
}

impl<T: Terms> Tokens<T> {
    fn of(terms: T) -> Tokens<T> {
        Tokens { terms, token: Token::default() }
    }
}

impl<T: Terms> TokenStream for Tokens<T> {
    fn advance(&mut self) -> bool {
        let Some(term) = self.terms.next_term() else { return false };
        self.token.text.clear();
        self.token.text.push_str(term.text);
        self.token.offset_from = term.start;
        self.token.offset_to = term.end;
        self.token.position = term.position as usize;
        self.token.position_length = 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Gives the characters of a text.
#[derive(Clone, Debug)]
struct CharacterTokenizer;

impl Tokenizer for CharacterTokenizer {
    type TokenStream<'a> = Tokens<Characters<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<Characters<'a>> {
        Tokens::of(Characters::new(text))
    }
}

/// Gives the words of a text. It holds nothing but buffers: the dictionary lies in the program file.
#[derive(Debug, Default)]
struct WordTokenizer {
    scratch: Scratch,
}

impl Clone for WordTokenizer {
    fn clone(&self) -> WordTokenizer {
        WordTokenizer::default()
    }
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = Tokens<LongTerms<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<LongTerms<'a>> {
        Tokens::of(LongTerms::new(text, &mut self.scratch))
    }
}
