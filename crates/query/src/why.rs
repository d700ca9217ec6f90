//! Why a query finds an article or does not: each of its clauses, asked of that article alone.

use serde::Serialize;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, Term};
use xinglin_text::{CharClass, Mode, segment};

use crate::answer::{ArticleView, Snippet, Understood};
use crate::error::Error;
use crate::filter::Conditions;
use crate::grammar::{Expr, QueryLimits, parse_within};
use crate::interpret::Interpreter;
use crate::note::Note;
use crate::phrase::Phrase;
use crate::plan::{Needle, Planner};
use crate::reader::Reader;
use crate::request::Filters;
use crate::snippet;

/// Most places of one way that are told.
const MAX_PLACES: usize = 20;
/// Display columns of an excerpt.
const EXCERPT: usize = 60;

/// Why a query finds an article or does not.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Why {
    /// The article's identity.
    pub id: String,
    /// Its file.
    pub file: String,
    /// Its headline.
    pub title: String,
    /// The query as typed.
    pub query: String,
    /// Whether every clause is satisfied, so that a search finds the article.
    pub found: bool,
    /// The clauses: what stands between blanks, and the filters. All of them must be satisfied.
    pub clauses: Vec<Clause>,
    /// Remarks for a person: what of the query was left out, say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// One clause of a query.
#[derive(Clone, Debug, Serialize)]
pub struct Clause {
    /// The clause as typed.
    pub clause: String,
    /// What it is.
    pub kind: ClauseKind,
    /// Whether the article satisfies it.
    pub satisfied: bool,
    /// How it satisfies it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<Way>,
    /// Where it does not: the words of the piece that do not stand on the page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Its parts, where it has any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<Clause>,
}

/// What a clause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ClauseKind {
    /// Plain words.
    Piece,
    /// Text in quotation marks.
    Exact,
    /// `field:value`.
    Field,
    /// A filter.
    Filter,
    /// What must not be.
    Not,
    /// Any of its parts.
    Or,
    /// All of its parts.
    And,
}

/// A way in which an article satisfies a clause.
#[derive(Clone, Debug, Serialize)]
pub struct Way {
    /// What kind of way.
    pub by: WayKind,
    /// The letters, the other name, or the fact.
    pub name: String,
    /// Where the letters stand: `title`, `text` or `noise`.
    pub field: Option<&'static str>,
    /// How often they stand there.
    pub count: usize,
    /// Where: byte ranges of that field as `show` prints it, exclusive end, at most 20.
    pub places: Vec<[usize; 2]>,
    /// The text around them.
    pub excerpt: Option<Snippet>,
}

/// What kind of way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WayKind {
    /// The letters stand there.
    Letters,
    /// Another name for what was typed stands there.
    OtherName,
    /// The article's facts say so.
    Facts,
}

impl Reader {
    /// Why a query finds the article of that identity, file or file name, or does not.
    ///
    /// # Errors
    /// Where there is no such article, a filter names an institution that the index does not have, or the index cannot be read.
    pub fn why(
        &self,
        name: &str,
        query: &str,
        filters: &Filters,
        limits: QueryLimits,
        interpreter: &dyn Interpreter,
    ) -> Result<Why, Error> {
        let article = self.article(name)?;
        let searcher = self.searcher();
        let conditions = Conditions::of(filters, self, &searcher)?;
        let asker = Asker { reader: self, searcher, interpreter, article: &article };
        let parsed = parse_within(query, limits);
        let clauses = self.whole(|| {
            let mut clauses = Vec::new();
            for expr in top_level(parsed.expr) {
                clauses.push(asker.clause(&expr)?);
            }
            for (label, condition) in conditions.each() {
                clauses.push(Clause {
                    clause: label.to_owned(),
                    satisfied: asker.met(condition.as_ref())?,
                    ..Clause::new(ClauseKind::Filter)
                });
            }
            Ok(clauses)
        })?;
        Ok(Why {
            id: article.id.clone(),
            file: article.file.clone(),
            title: article.title.clone(),
            query: query.to_owned(),
            found: clauses.iter().all(|clause| clause.satisfied),
            clauses,
            notes: parsed.notes,
        })
    }
}

fn top_level(expr: Expr) -> Vec<Expr> {
    match expr {
        Expr::And(all) => all,
        other => vec![other],
    }
}

impl Clause {
    fn new(kind: ClauseKind) -> Clause {
        Clause {
            clause: String::new(),
            kind,
            satisfied: false,
            ways: Vec::new(),
            missing: Vec::new(),
            clauses: Vec::new(),
        }
    }
}

/// Asks one article.
struct Asker<'a> {
    reader: &'a Reader,
    searcher: Searcher,
    interpreter: &'a dyn Interpreter,
    article: &'a ArticleView,
}

impl Asker<'_> {
    /// Whether the index finds the article by a query: the engine's own word.
    fn met(&self, query: &dyn Query) -> Result<bool, Error> {
        let called = Term::from_field_text(self.reader.fields.name, &self.article.id);
        let both = BooleanQuery::intersection(vec![
            Box::new(TermQuery::new(called, IndexRecordOption::Basic)) as Box<dyn Query>,
            query.box_clone(),
        ]);
        Ok(!self.reader.addresses(&self.searcher, &both)?.is_empty())
    }

    fn clause(&self, expr: &Expr) -> Result<Clause, Error> {
        let planner = Planner { fields: &self.reader.fields, interpreter: self.interpreter };
        let satisfied = self.met(planner.plan(expr).strict.as_ref())?;
        let parts =
            |all: &[Expr]| all.iter().map(|part| self.clause(part)).collect::<Result<Vec<_>, Error>>();
        let clause = match expr {
            Expr::And(all) => Clause { clauses: parts(all)?, ..Clause::new(ClauseKind::And) },
            Expr::Or(all) => Clause { clauses: parts(all)?, ..Clause::new(ClauseKind::Or) },
            Expr::Not(inner) => {
                // An exclusion means the letters in the article, not on the rest of its page.
                let mut inner = self.clause(inner)?;
                let counts = |way: &Way| way.by == WayKind::Letters && way.field != Some("noise");
                inner.ways.retain(|way| !satisfied && counts(way));
                Clause { clauses: inner.clauses, ways: inner.ways, ..Clause::new(ClauseKind::Not) }
            }
            Expr::Piece { text, exact } => {
                let kind = if *exact { ClauseKind::Exact } else { ClauseKind::Piece };
                let ways = self.ways(text, *exact, &planner)?;
                let missing = if satisfied { Vec::new() } else { self.missing(text) };
                Clause { ways, missing, ..Clause::new(kind) }
            }
            Expr::Field { field: "title", value } => {
                let mut ways = Vec::new();
                ways.extend(self.letters(WayKind::Letters, value, "title", &self.article.title));
                Clause { ways, ..Clause::new(ClauseKind::Field) }
            }
            Expr::Field { .. } => Clause::new(ClauseKind::Field),
        };
        Ok(Clause { clause: written(expr), satisfied, ..clause })
    }

    /// All ways in which the article answers a piece.
    fn ways(&self, text: &str, exact: bool, planner: &Planner<'_>) -> Result<Vec<Way>, Error> {
        let article = self.article;
        let mut ways = Vec::new();
        let fields = [("title", &article.title), ("text", &article.text), ("noise", &article.noise)];
        for (field, whole) in fields {
            ways.extend(self.letters(WayKind::Letters, text, field, whole));
        }
        if exact {
            return Ok(ways);
        }
        let meaning = self.interpreter.interpret(text);
        for name in meaning.alternatives.iter().filter(|name| !text.contains(name.as_str())) {
            for (field, whole) in fields.into_iter().take(2) {
                ways.extend(self.letters(WayKind::OtherName, name, field, whole));
            }
        }
        if meaning.complete
            && let Some(query) = planner.facts_query(&meaning.facts)
            && self.met(query.as_ref())?
        {
            let name = told(&meaning.facts);
            ways.push(Way {
                by: WayKind::Facts,
                name,
                field: None,
                count: 1,
                places: Vec::new(),
                excerpt: None,
            });
        }
        Ok(ways)
    }

    /// Where a piece stands in a field.
    fn letters(&self, by: WayKind, piece: &str, field: &'static str, whole: &str) -> Option<Way> {
        let needle = Phrase::cut(piece)?.folded;
        let (count, places) = places(whole, &needle);
        let first = places.first()?;
        // Punctuation of the piece stands for any character, so what is marked is what stands there.
        let there: Vec<char> = whole.get(first[0]..first[1])?.chars().map(xinglin_text::fold).collect();
        let excerpt = snippet::of(whole, &[Needle { folded: there, weight: 1.0 }], EXCERPT);
        Some(Way { by, name: piece.to_owned(), field: Some(field), count, places, excerpt: Some(excerpt) })
    }

    /// The words of a piece that do not stand on the page.
    fn missing(&self, text: &str) -> Vec<String> {
        let article = self.article;
        let stands = |word: &str| {
            let Some(phrase) = Phrase::cut(word) else { return true };
            [&article.title, &article.text, &article.noise]
                .into_iter()
                .any(|whole| places(whole, &phrase.folded).0 > 0)
        };
        let words = segment(text, Mode::Words);
        let words = words.iter().filter_map(|word| text.get(word.start..word.end));
        let missing: Vec<String> = words.filter(|word| !stands(word)).map(str::to_owned).collect();
        if missing.is_empty() { vec![text.to_owned()] } else { missing }
    }
}

/// How often a folded piece stands in a text, and where first; punctuation in the piece matches any one character.
fn places(text: &str, needle: &[char]) -> (usize, Vec<[usize; 2]>) {
    let chars = xinglin_text::fold_chars(text);
    let (mut count, mut found, mut at) = (0, Vec::new(), 0);
    while let Some(here) = chars.get(at..at + needle.len()).filter(|_| !needle.is_empty()) {
        let is_open = |c: char| xinglin_text::class(c) == CharClass::Other;
        let fits = here.iter().zip(needle).all(|(c, wanted)| c.ch == *wanted || is_open(*wanted));
        if !fits {
            at += 1;
            continue;
        }
        if let (Some(first), Some(last)) = (here.first(), here.last())
            && count < MAX_PLACES
        {
            found.push([first.start, last.end]);
        }
        count += 1;
        at += needle.len();
    }
    (count, found)
}

/// An expression in the query language.
fn written(expr: &Expr) -> String {
    let join = |all: &[Expr], by: &str| format!("({})", all.iter().map(written).collect::<Vec<_>>().join(by));
    match expr {
        Expr::And(all) => join(all, " "),
        Expr::Or(all) => join(all, " OR "),
        Expr::Not(inner) => format!("-{}", written(inner)),
        Expr::Piece { text, exact: true } => format!("\"{text}\""),
        Expr::Piece { text, exact: false } => text.clone(),
        Expr::Field { field, value } => format!("{field}:{value}"),
    }
}

/// Facts in a line: `陕西省 · 骨科 · national · 2023`.
fn told(facts: &Understood) -> String {
    let years = facts.year.iter().map(ToString::to_string).collect();
    let all: [&Vec<String>; 7] = [
        &facts.region,
        &facts.specialty,
        &facts.institution,
        &facts.level,
        &facts.status,
        &facts.programme,
        &years,
    ];
    all.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_a_piece() {
        let check = |text: &str, piece: &str, count: usize, first: &str| {
            let needle = Phrase::cut(piece).unwrap().folded;
            let (found, places) = places(text, &needle);
            let shown = places.first().map(|[start, end]| &text[*start..*end]).unwrap_or_default();
            assert_eq!((found, shown), (count, first), "{text} {piece}");
        };
        check("我院骨科獲批，骨科", "骨科", 2, "骨科");
        check("獲批國家臨床重點專科", "重点专科", 1, "重點專科");
        check("门(急)诊", "门（急）诊", 1, "门(急)诊");
        check("骨骨骨", "骨骨", 1, "骨骨");
        check("", "骨科", 0, "");
    }

    #[test]
    fn clauses_as_they_are_typed() {
        for query in ["骨科", "\"重点专科\"", "-骨科", "region:陕西", "(骨科 OR 眼科)"] {
            let all = top_level(parse_within(query, QueryLimits::default()).expr);
            assert_eq!(all.iter().map(written).collect::<Vec<_>>().join(" "), query);
        }
    }
}
