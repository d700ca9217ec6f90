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

/// Gives the characters of a text.
#[derive(Clone, Debug)]
struct CharacterTokenizer;

/// The characters of one text.
struct CharacterTokens<'a> {
    terms: Characters<'a>,
    token: Token,
}

impl Tokenizer for CharacterTokenizer {
    type TokenStream<'a> = CharacterTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> CharacterTokens<'a> {
        CharacterTokens { terms: Characters::new(text), token: Token::default() }
    }
}

impl TokenStream for CharacterTokens<'_> {
    fn advance(&mut self) -> bool {
        set(&mut self.token, self.terms.next_term())
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
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

/// The words of one text.
struct WordTokens<'a> {
    terms: LongTerms<'a>,
    token: Token,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordTokens<'a> {
        WordTokens { terms: LongTerms::new(text, &mut self.scratch), token: Token::default() }
    }
}

impl TokenStream for WordTokens<'_> {
    fn advance(&mut self) -> bool {
        set(&mut self.token, self.terms.next_term())
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Makes a token of a term; `false` where there is none left.
fn set(token: &mut Token, term: Option<Term<'_>>) -> bool {
    let Some(term) = term else { return false };
    token.text.clear();
    token.text.push_str(term.text);
    token.offset_from = term.start;
    token.offset_to = term.end;
    token.position = term.position as usize;
    token.position_length = 1;
    true
}
