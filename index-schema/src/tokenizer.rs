//! The tokenizer that turns a field's text into its terms.
//!
//! Law: every dictionary word that occurs and every single Han character, letter and digit is a term at its *character*
//! position. So any literal piece of text, cut into non-overlapping terms in any way, is one phrase of the index.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use xinglin_text::{Scratch, Terms};

/// Name under which the tokenizer is registered.
pub const TOKENIZER: &str = "xinglin";

/// Scans text for terms. It holds nothing but buffers: the dictionary lies in the program file.
#[derive(Debug, Default)]
pub struct TermTokenizer {
    scratch: Scratch,
}

impl Clone for TermTokenizer {
    fn clone(&self) -> TermTokenizer {
        TermTokenizer::default()
    }
}

/// The terms of one text.
pub struct TermTokens<'a> {
    terms: Terms<'a>,
    token: Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermTokens<'a> {
        TermTokens { terms: Terms::new(text, &mut self.scratch), token: Token::default() }
    }
}

impl TokenStream for TermTokens<'_> {
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
