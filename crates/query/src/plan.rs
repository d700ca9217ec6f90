//! From an expression to queries: a strict one, which every part must answer, and a relaxed one, which any word may.

use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use xinglin_index_schema::{Fields, TextField};

use crate::answer::Understood;
use crate::function_words::says_nothing;
use crate::grammar::Expr;
use crate::interpret::Interpreter;
use crate::note::Note;
use crate::phrase::Phrase;
use crate::request::YearRange;
use crate::weighed::{Weighed, WeighedTerm};
use crate::words::{self, Unit};

/// How much a match in the headline counts, beside one in the body.
pub(crate) const TITLE_WEIGHT: f32 = 2.0;
/// How much a match in the page's noise counts, beside one in the body.
pub(crate) const NOISE_WEIGHT: f32 = 0.05;
/// How much another name of a thing counts, beside the name that was typed.
const ALTERNATIVE_WEIGHT: f32 = 0.5;
/// What an article scores for carrying a fact that the query names.
pub(crate) const FACT_SCORE: f32 = 1.0;

/// Most pieces of a query whose other names are asked for.
const MOST_NAMED: usize = 12;

/// Something to mark in a snippet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Needle {
    /// The text, folded.
    pub(crate) folded: Vec<char>,
    /// How much a snippet gains by showing it.
    pub(crate) weight: f32,
}

/// What is to be asked of the index.
pub(crate) struct Plan {
    /// Every part of the query.
    pub(crate) strict: Box<dyn Query>,
    /// Its single words, any of them; empty where the query has no plain words.
    pub(crate) units: Vec<Unit>,
    /// What must hold even in the relaxed reading: fields, exclusions.
    pub(crate) firm: Vec<(Occur, Box<dyn Query>)>,
    /// What to mark, literal pieces first.
    pub(crate) needles: Vec<Needle>,
    /// The facts that were recognised.
    pub(crate) understood: Understood,
    /// The plain pieces, for the diagnosis.
    pub(crate) pieces: Vec<String>,
    /// The names that the pieces may be, each as it would be printed: an article about one of them is preferred.
    pub(crate) names: Vec<String>,
    /// Remarks for a person.
    pub(crate) notes: Vec<Note>,
    /// Whether nothing was asked for, so that everything answers.
    pub(crate) everything: bool,
    /// The ways to answer, where the query is one piece and each way by letters is a single term: then the best can be found
    /// without scoring every match.
    pub(crate) single: Option<Ways>,
}

/// The ways in which an article can answer a piece.
pub(crate) struct Ways {
    /// By the letters that stand on its page, or those of another name.
    letters: Vec<Weighed>,
    /// By its facts: any of these readings.
    pub(crate) facts: Vec<Groups>,
}

/// What an article must have: of each group any of its terms.
pub(crate) type Groups = Vec<Vec<Term>>;

impl Ways {
    /// Any of the ways.
    fn any(&self) -> Option<Box<dyn Query>> {
        let letters = self.letters.iter().map(Weighed::query);
        let facts: Vec<_> = self.facts.iter().filter_map(|groups| having(groups)).collect();
        let facts = (!facts.is_empty()).then(|| worth_a_fact(BooleanQuery::union(facts)));
        let all: Vec<_> = letters.chain(facts).collect();
        (!all.is_empty()).then(|| Box::new(BooleanQuery::union(all)) as Box<dyn Query>)
    }

    /// Any way by letters.
    pub(crate) fn by_letters(&self) -> Box<dyn Query> {
        Box::new(BooleanQuery::union(self.letters.iter().map(Weighed::query).collect()))
    }

    /// The ways by letters, where each is a single term.
    pub(crate) fn terms(&self) -> Option<Vec<&WeighedTerm>> {
        self.letters.iter().map(Weighed::term).collect()
    }
}

impl Plan {
    fn new() -> Plan {
        Plan {
            strict: Box::new(AllQuery),
            units: Vec::new(),
            firm: Vec::new(),
            needles: Vec::new(),
            understood: Understood::default(),
            pieces: Vec::new(),
            names: Vec::new(),
            notes: Vec::new(),
            everything: false,
            single: None,
        }
    }
}

/// Makes plans for one schema and one interpreter.
pub(crate) struct Planner<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) interpreter: &'a dyn Interpreter,
}

impl Planner<'_> {
    /// The plan for an expression.
    pub(crate) fn plan(&self, expr: &Expr) -> Plan {
        let mut plan = Plan::new();
        plan.everything = matches!(expr, Expr::And(all) if all.is_empty());
        if plan.everything {
            plan.strict = Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0));
            return plan;
        }
        let only = match expr {
            Expr::And(all) if all.len() == 1 => all.first().unwrap_or(expr),
            other => other,
        };
        let strict = match only {
            Expr::Piece { text, exact } => {
                let ways = self.ways(text, *exact, &mut plan);
                let any = ways.any();
                plan.single = Some(ways).filter(|ways| ways.terms().is_some_and(|terms| !terms.is_empty()));
                any
            }
            _ => self.compile(expr, &mut plan, true),
        };
        plan.strict = strict.unwrap_or_else(|| Box::new(EmptyQuery));
        self.collect_firm(expr, &mut plan);
        if !plan.pieces.is_empty() && plan.pieces.iter().all(|piece| says_nothing(piece)) {
            // 是什么 stands where it stands; any page with a 是 is no answer.
            plan.units.clear();
            plan.notes.push(Note::SaysNothing);
        }
        if !plan.understood.region.is_empty() {
            plan.notes.retain(|note| !matches!(note, Note::Ambiguous { .. }));
        }
        plan
    }

    /// The strict query of an expression; `None` where it asks for nothing that is indexed.
    fn compile(&self, expr: &Expr, plan: &mut Plan, positive: bool) -> Option<Box<dyn Query>> {
        match expr {
            Expr::And(all) => self.compile_all(all, plan, positive),
            Expr::Or(all) => {
                let any: Vec<_> = all.iter().filter_map(|expr| self.compile(expr, plan, positive)).collect();
                (!any.is_empty()).then(|| Box::new(BooleanQuery::union(any)) as Box<dyn Query>)
            }
            Expr::Not(inner) => {
                let inner = self.compile(inner, plan, !positive)?;
                Some(Box::new(BooleanQuery::new(vec![
                    (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)) as Box<dyn Query>),
                    (Occur::MustNot, inner),
                ])))
            }
            Expr::Piece { text, exact } => self.piece(text, *exact, plan, positive),
            Expr::Field { field, value } => self.field(field, value, plan, positive),
        }
    }

    fn compile_all(&self, all: &[Expr], plan: &mut Plan, positive: bool) -> Option<Box<dyn Query>> {
        let mut clauses = Vec::new();
        for expr in all {
            match expr {
                Expr::Not(inner) => {
                    let inner = self.compile(inner, plan, !positive);
                    clauses.extend(inner.map(|query| (Occur::MustNot, query)));
                }
                _ => clauses.extend(self.compile(expr, plan, positive).map(|query| (Occur::Must, query))),
            }
        }
        if !clauses.is_empty() && clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))));
        }
        match clauses.len() {
            0 => None,
            1 => clauses.pop().map(|(_, query)| query),
            _ => Some(Box::new(BooleanQuery::new(clauses))),
        }
    }

    /// A piece: its letters anywhere on the page, or another name for it, or the facts that it names.
    fn piece(&self, text: &str, exact: bool, plan: &mut Plan, positive: bool) -> Option<Box<dyn Query>> {
        if !positive {
            // An exclusion means the letters, and means the article, not its page's navigation.
            let phrase = Phrase::cut(text)?;
            let fields = [self.fields.title, self.fields.text];
            return Some(Box::new(BooleanQuery::union(fields.map(|field| phrase.query(field)).into())));
        }
        self.ways(text, exact, plan).any()
    }

    fn ways(&self, text: &str, exact: bool, plan: &mut Plan) -> Ways {
        let phrase = Phrase::cut(text);
        let mut ways = Ways { letters: Vec::new(), facts: Vec::new() };
        if let Some(phrase) = &phrase {
            self.add_fields(phrase, 1.0, true, &mut ways);
            plan.needles.push(Needle { folded: phrase.folded.clone(), weight: 4.0 });
            plan.pieces.push(text.to_owned());
        }
        if phrase.is_some() && !exact {
            words::cut(text, &mut plan.units);
        }
        if !exact {
            self.add_meaning(text, phrase.as_ref(), plan, &mut ways);
        }
        ways
    }

    /// What a piece may mean beyond its letters.
    fn add_meaning(&self, text: &str, literal: Option<&Phrase>, plan: &mut Plan, ways: &mut Ways) {
        let mut meaning = self.interpreter.interpret(text);
        if plan.pieces.len() > MOST_NAMED {
            meaning.alternatives.clear();
            meaning.parts.clear();
        }
        let letters = literal.map_or(1, |phrase| phrase.terms.len());
        for alternative in meaning.alternatives.iter().filter_map(|name| Phrase::cut(name)) {
            // BM25 adds up over a phrase's terms; the longer name must not outrank the letters for that.
            let weight = ALTERNATIVE_WEIGHT * (letters as f32 / alternative.terms.len() as f32).min(1.0);
            self.add_fields(&alternative, weight, false, ways);
            plan.needles.push(Needle { folded: alternative.folded, weight: 2.0 });
        }
        for part in meaning.parts.iter().filter_map(|name| Phrase::cut(name)) {
            plan.needles.push(Needle { folded: part.folded.clone(), weight: 1.5 });
            words::add_name(part, &mut plan.units);
        }
        if let Some(wording) = &meaning.wording {
            words::cut(wording, &mut plan.units);
        }
        if meaning.readings.len() > 1 {
            plan.notes.push(Note::Ambiguous { said: text.to_owned(), institutions: meaning.readings });
        }
        if meaning.complete {
            ways.facts.push(self.fact_terms(&meaning.facts));
        }
        // A page that says 我院 all through is about an institution all the same.
        let named = Understood { institution: meaning.alternatives.clone(), ..Understood::default() };
        ways.facts.push(self.fact_terms(&named));
        ways.facts.retain(|groups| !groups.is_empty());
        plan.names.push(text.to_owned());
        plan.names.extend(meaning.alternatives);
        plan.understood.add(meaning.facts);
    }

    fn add_fields(&self, phrase: &Phrase, weight: f32, with_noise: bool, ways: &mut Ways) {
        let mut add = |field: TextField, boost: f32| ways.letters.push(phrase.weighed(field, boost * weight));
        add(self.fields.title, TITLE_WEIGHT);
        add(self.fields.text, 1.0);
        if with_noise {
            add(self.fields.noise, NOISE_WEIGHT);
        }
    }

    /// All of the facts, as conditions on an article.
    pub(crate) fn facts_query(&self, facts: &Understood) -> Option<Box<dyn Query>> {
        having(&self.fact_terms(facts))
    }

    /// The terms of the facts: any of each group, all groups.
    pub(crate) fn fact_terms(&self, facts: &Understood) -> Groups {
        let fields = self.fields;
        let texts = |field: Field, values: &[String]| -> Vec<Term> {
            values.iter().map(|value| Term::from_field_text(field, value)).collect()
        };
        let paths: Vec<String> =
            facts.specialty.iter().map(|name| self.interpreter.specialty_path(name)).collect();
        let mut groups = vec![
            texts(fields.region, &facts.region),
            texts(fields.specialty, &paths),
            texts(fields.institution, &facts.institution),
            texts(fields.level, &facts.level),
            texts(fields.status, &facts.status),
            texts(fields.programme, &facts.programme),
            facts.year.iter().map(|year| year_term(fields.year, *year)).collect(),
        ];
        groups.retain(|group| !group.is_empty());
        groups
    }

    fn field(
        &self,
        field: &'static str,
        value: &str,
        plan: &mut Plan,
        positive: bool,
    ) -> Option<Box<dyn Query>> {
        if field == "title" {
            let phrase = Phrase::cut(value)?;
            if positive {
                plan.needles.push(Needle { folded: phrase.folded.clone(), weight: 4.0 });
            }
            return Some(phrase.query(self.fields.title));
        }
        if field == "year" {
            if let Ok(range) = value.parse::<YearRange>() {
                return Some(years_query(year_terms(self.fields.year, range)));
            }
        } else if let Some(values) = self.interpreter.resolve(field, value) {
            return Some(self.resolved(field, &values));
        }
        plan.notes.push(Note::UnknownValue { field: field.to_owned(), value: value.to_owned() });
        self.piece(value, false, plan, positive)
    }

    fn resolved(&self, field: &str, values: &[String]) -> Box<dyn Query> {
        let fields = self.fields;
        let terms = values.iter().map(|value| match field {
            "region" => exact_term(fields.region, value),
            "specialty" => exact_term(fields.specialty, &self.interpreter.specialty_path(value)),
            "institution" => exact_term(fields.institution, value),
            "level" => exact_term(fields.level, value),
            _ => exact_term(fields.status, value),
        });
        let union = BooleanQuery::union(terms.collect());
        Box::new(ConstScoreQuery::new(Box::new(union), FACT_SCORE))
    }

    /// What the relaxed reading must still respect: conditions on fields, exclusions, exact text.
    fn collect_firm(&self, expr: &Expr, plan: &mut Plan) {
        let all = match expr {
            Expr::And(all) => all.as_slice(),
            other => std::slice::from_ref(other),
        };
        for expr in all {
            let occur = match expr {
                Expr::Not(_) => Occur::MustNot,
                Expr::Field { .. } | Expr::Piece { exact: true, .. } => Occur::Must,
                _ => continue,
            };
            let inner = if let Expr::Not(inner) = expr { inner } else { expr };
            let mut aside = Plan::new();
            let query = self.compile(inner, &mut aside, occur == Occur::Must);
            plan.firm.extend(query.map(|query| (occur, query)));
        }
    }
}

/// Documents that have of each group any of its terms; `None` where there is no group.
fn having(groups: &[Vec<Term>]) -> Option<Box<dyn Query>> {
    let any_of = |terms: &Vec<Term>| -> Box<dyn Query> {
        Box::new(BooleanQuery::union(terms.iter().cloned().map(listed).collect()))
    };
    let all: Vec<_> = groups.iter().map(|terms| (Occur::Must, any_of(terms))).collect();
    (!all.is_empty()).then(|| worth_a_fact(BooleanQuery::new(all)))
}

fn worth_a_fact(query: BooleanQuery) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(query), FACT_SCORE))
}

/// Documents that carry a value.
pub(crate) fn exact_term(field: Field, value: &str) -> Box<dyn Query> {
    listed(Term::from_field_text(field, value))
}

/// Documents in the list of a term.
pub(crate) fn listed(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn year_term(field: Field, year: i32) -> Term {
    Term::from_field_i64(field, i64::from(year))
}

/// The values of a range of years.
pub(crate) fn year_terms(field: Field, range: YearRange) -> impl Iterator<Item = Term> {
    let (first, last) = (range.first.unwrap_or(1900), range.last.unwrap_or(2100));
    (first..=last).map(move |year| year_term(field, year))
}

/// Documents of any of some years.
fn years_query(years: impl Iterator<Item = Term>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(years.map(listed).collect())), 0.0))
}
