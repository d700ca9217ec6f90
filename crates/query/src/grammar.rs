//! The query language: plain words, `"exact text"`, `-word`, `A OR B`, `field:value`, parentheses.
//!
//! Law: no string fails to parse. What does not follow the grammar is read as plain words, and a note says so.

use crate::note::{Note, Unreadable};

/// A parsed query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// All of them.
    And(Vec<Expr>),
    /// Any of them.
    Or(Vec<Expr>),
    /// None of it.
    Not(Box<Expr>),
    /// A piece of text as typed.
    Piece {
        /// The text.
        text: String,
        /// Whether it stood in quotes: no other name for it will do.
        exact: bool,
    },
    /// A condition on a field.
    Field {
        /// One of [`FIELDS`].
        field: &'static str,
        /// What it must be.
        value: String,
    },
}

/// Fields that can be named in a query.
pub const FIELDS: [&str; 7] = ["title", "region", "specialty", "institution", "year", "level", "status"];

/// How much of a query is read; the rest is left out, with a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryLimits {
    /// The most characters. 4,096 by default.
    pub characters: usize,
    /// The most parts: words, quoted texts, conditions and signs between them. 256 by default.
    pub parts: usize,
}

impl Default for QueryLimits {
    fn default() -> QueryLimits {
        QueryLimits { characters: 4096, parts: 256 }
    }
}

/// Deepest nesting of parentheses that is read as such.
const MAX_DEPTH: usize = 32;

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The expression; `And([])` where nothing was typed.
    pub expr: Expr,
    /// Remarks for a person.
    pub notes: Vec<Note>,
}

/// Parses what a person typed, as far as the usual limits go.
pub fn parse(query: &str) -> Parsed {
    parse_within(query, QueryLimits::default())
}

/// Parses what a person typed, as far as these limits go.
pub fn parse_within(query: &str, limits: QueryLimits) -> Parsed {
    let QueryLimits { characters, parts } = limits;
    let mut notes = Vec::new();
    let query = match query.char_indices().nth(characters) {
        Some((end, _)) => {
            notes.push(Note::TooLong { characters });
            &query[..end]
        }
        None => query,
    };
    let mut tokens = tokenize(query);
    if tokens.len() > parts {
        tokens.truncate(parts);
        notes.push(Note::TooManyParts { parts });
    }
    if query.matches('"').count() % 2 == 1 && !tokens.contains(&TokenKind::Unclosed) {
        notes.push(Note::UnpairedQuote);
    }
    let mut parser = Parser { tokens: &tokens, at: 0, broken: None };
    let expr = parser.alternatives(0);
    let expr = match parser.broken {
        None if parser.at == tokens.len() => expr,
        broken => {
            notes.push(Note::Unreadable { why: broken.unwrap_or(Unreadable::UnmatchedParentheses) });
            Expr::And(plain_words(query, parts))
        }
    };
    Parsed { expr, notes }
}

/// A query as plain words: whatever lies between blanks.
fn plain_words(query: &str, most: usize) -> Vec<Expr> {
    query
        .split(char::is_whitespace)
        .map(|word| word.trim_matches(|c| matches!(c, '"' | '(' | ')' | '“' | '”')))
        .filter(|word| !word.is_empty() && *word != "OR")
        .take(most)
        .map(|word| Expr::Piece { text: word.to_owned(), exact: false })
        .collect()
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum TokenKind {
    Open,
    Close,
    Or,
    Minus,
    Word(String),
    Quoted(String),
    Field(&'static str, String),
    Unclosed,
}

fn tokenize(query: &str) -> Vec<TokenKind> {
    let mut tokens = Vec::new();
    let mut rest = query.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, used) = next_token(rest, first);
        tokens.push(token);
        rest = rest.get(used..).unwrap_or_default().trim_start();
    }
    tokens
}

/// The token at the start of `rest`, and how many bytes it takes.
fn next_token(rest: &str, first: char) -> (TokenKind, usize) {
    let after = &rest[first.len_utf8()..];
    match first {
        '(' if closes_as_group(rest) => (TokenKind::Open, 1),
        ')' => (TokenKind::Close, 1),
        '"' => quoted(after, '"', 1).unwrap_or_else(|| word(rest)),
        '“' => quoted(after, '”', '“'.len_utf8()).unwrap_or_else(|| word(rest)),
        '-' if after.chars().next().is_some_and(|next| !next.is_whitespace() && next != '-') => {
            (TokenKind::Minus, 1)
        }
        _ => word(rest),
    }
}

/// Whether an opening parenthesis at the start of `rest` opens a group: its partner exists and a blank, another closing
/// parenthesis or the end stands behind that. `(2023)年` is text.
fn closes_as_group(rest: &str) -> bool {
    let mut depth = 0usize;
    let mut in_quotes = false;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => in_quotes = !in_quotes,
            '(' if !in_quotes => depth += 1,
            ')' if !in_quotes => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return chars.peek().is_none_or(|next| next.is_whitespace() || *next == ')');
                }
            }
            _ => {}
        }
    }
    true
}

/// Exact text in quotation marks that stand free; `None` where the mark belongs to the text: 《"Embrace"》的原声.
fn quoted(after: &str, close: char, opened: usize) -> Option<(TokenKind, usize)> {
    let Some(end) = after.find(close) else {
        return (close == '"').then_some((TokenKind::Unclosed, opened));
    };
    let behind = after[end + close.len_utf8()..].chars().next();
    let stands_free = behind.is_none_or(|next| next.is_whitespace() || next == ')');
    stands_free.then(|| (TokenKind::Quoted(after[..end].to_owned()), opened + end + close.len_utf8()))
}

fn word(rest: &str) -> (TokenKind, usize) {
    if let Some((field, start)) = field_prefix(rest) {
        let value = &rest[start..];
        if let Some(inner) = value.strip_prefix('"')
            && let Some(end) = inner.find('"')
        {
            return (TokenKind::Field(field, inner[..end].to_owned()), start + end + 2);
        }
        let end = word_end(value);
        if end > 0 {
            return (TokenKind::Field(field, value[..end].to_owned()), start + end);
        }
    }
    let end = word_end(rest).max(rest.chars().next().map_or(0, char::len_utf8));
    let text = &rest[..end];
    if text == "OR" { (TokenKind::Or, end) } else { (TokenKind::Word(text.to_owned()), end) }
}

/// Where a plain word ends: at a blank, or at a closing parenthesis that no opening one inside the word answers.
fn word_end(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return at,
            ')' => depth -= 1,
            c if c.is_whitespace() => return at,
            _ => {}
        }
    }
    text.len()
}

fn field_prefix(text: &str) -> Option<(&'static str, usize)> {
    FIELDS.iter().find_map(|field| {
        let after = text.strip_prefix(field)?;
        let colon = after.chars().next().filter(|c| matches!(c, ':' | '：'))?;
        Some((*field, field.len() + colon.len_utf8()))
    })
}

struct Parser<'a> {
    tokens: &'a [TokenKind],
    at: usize,
    broken: Option<Unreadable>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&TokenKind> {
        self.tokens.get(self.at)
    }

    fn alternatives(&mut self, depth: usize) -> Expr {
        let mut all = vec![self.conjunction(depth)];
        while self.peek() == Some(&TokenKind::Or) {
            self.at += 1;
            all.push(self.conjunction(depth));
        }
        all.retain(|expr| expr != &Expr::And(Vec::new()));
        match all.len() {
            0 => Expr::And(Vec::new()),
            1 => all.remove(0),
            _ => Expr::Or(all),
        }
    }

    fn conjunction(&mut self, depth: usize) -> Expr {
        let mut all = Vec::new();
        while let Some(token) = self.peek() {
            if matches!(token, TokenKind::Or | TokenKind::Close) || self.broken.is_some() {
                break;
            }
            all.extend(self.clause(depth));
        }
        if all.len() == 1 { all.remove(0) } else { Expr::And(all) }
    }

    fn clause(&mut self, depth: usize) -> Option<Expr> {
        let token = self.peek()?.clone();
        self.at += 1;
        match token {
            TokenKind::Minus => self.clause(depth).map(|inner| Expr::Not(Box::new(inner))),
            TokenKind::Open if depth >= MAX_DEPTH => {
                self.broken = Some(Unreadable::TooDeep);
                None
            }
            TokenKind::Open => {
                let inner = self.alternatives(depth + 1);
                if self.peek() == Some(&TokenKind::Close) {
                    self.at += 1;
                } else {
                    self.broken = Some(Unreadable::UnclosedParenthesis);
                }
                Some(inner).filter(|inner| inner != &Expr::And(Vec::new()))
            }
            TokenKind::Unclosed => {
                self.broken = Some(Unreadable::UnclosedQuote);
                None
            }
            TokenKind::Word(text) => Some(Expr::Piece { text, exact: false }),
            TokenKind::Quoted(text) => {
                Some(Expr::Piece { text, exact: true }).filter(|_| self.tokens.len() > self.at - 1)
            }
            TokenKind::Field(field, value) => Some(Expr::Field { field, value }),
            TokenKind::Or | TokenKind::Close => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(expr: &Expr) -> String {
        let join = |all: &[Expr], by: &str| all.iter().map(show).collect::<Vec<_>>().join(by);
        match expr {
            Expr::And(all) => format!("({})", join(all, " & ")),
            Expr::Or(all) => format!("({})", join(all, " | ")),
            Expr::Not(inner) => format!("-{}", show(inner)),
            Expr::Piece { text, exact: true } => format!("“{text}”"),
            Expr::Piece { text, exact: false } => text.clone(),
            Expr::Field { field, value } => format!("{field}={value}"),
        }
    }

    fn check(query: &str, expected: &str, notes: usize) {
        let parsed = parse(query);
        assert_eq!((show(&parsed.expr).as_str(), parsed.notes.len()), (expected, notes), "{query:?}");
    }

    #[test]
    fn what_people_type() {
        check("骨科", "骨科", 0);
        check("陕西 骨科　2023", "(陕西 & 骨科 & 2023)", 0);
        check("\"国家临床重点专科\" -建设", "(“国家临床重点专科” & -建设)", 0);
        check("“重点专科” 骨科", "(“重点专科” & 骨科)", 0);
        check("骨科 OR 眼科", "(骨科 | 眼科)", 0);
        check("(骨科 OR 眼科) 陕西", "((骨科 | 眼科) & 陕西)", 0);
        check("region:陕西 title:喜报", "(region=陕西 & title=喜报)", 0);
        check("title:\"喜 报\"", "title=喜 报", 0);
        check("", "()", 0);
        check("   ", "()", 0);
    }

    #[test]
    fn text_that_only_looks_like_grammar_is_text() {
        check("医院:北京", "医院:北京", 0);
        check("10:30", "10:30", 0);
        check("http://a.cn/?b=(c)", "http://a.cn/?b=(c)", 0);
        check("[公示]", "[公示]", 0);
        check("(2023)年度", "(2023)年度", 0);
        check("门(急)诊", "门(急)诊", 0);
        check("新冠-19", "新冠-19", 0);
        check("、，：", "、，：", 0);
        check("--", "--", 0);
        check("《\"Embrace\"》的原声", "《\"Embrace\"》的原声", 0);
        check("“健康”中国", "“健康”中国", 0);
    }

    #[test]
    fn what_is_beyond_the_limits_is_left_out_with_a_note() {
        let check = |query: &str, characters, parts, pieces: &[&str], notes: &[Note]| {
            let parsed = parse_within(query, QueryLimits { characters, parts });
            let all = if let Expr::And(all) = parsed.expr { all } else { vec![parsed.expr] };
            let piece = |text: &&str| Expr::Piece { text: (*text).to_owned(), exact: false };
            assert_eq!(all, pieces.iter().map(piece).collect::<Vec<_>>(), "{query}");
            assert_eq!(parsed.notes, notes, "{query}");
        };
        check("甲 乙 丙", 5, 3, &["甲", "乙", "丙"], &[]);
        check("甲 乙 丙", 3, 3, &["甲", "乙"], &[Note::TooLong { characters: 3 }]);
        check("甲 乙 丙", 9, 1, &["甲"], &[Note::TooManyParts { parts: 1 }]);
        check("甲", 0, 0, &[], &[Note::TooLong { characters: 0 }]);
    }

    #[test]
    fn what_cannot_be_read_is_plain_words_with_a_note() {
        check("\"骨科 陕西", "(骨科 & 陕西)", 1);
        check("(骨科 陕西", "(骨科 & 陕西)", 1);
        check("骨科) 陕西", "(骨科 & 陕西)", 1);
    }
}
