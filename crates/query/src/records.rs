//! Looking up key-specialty records: filtered, counted, and the same title told by several articles merged into one.

use std::collections::HashMap;

use tantivy::DocAddress;
use tantivy::query::{BooleanQuery, Occur, Query};
use xinglin_index_schema::Kind;

use crate::answer::{Diagnosis, Facets, Record, RecordAnswer, RecordSource, Understood};
use crate::chosen::Chosen;
use crate::claims::{Claims, Title};
use crate::columns::Snapshot;
use crate::error::{Error, ErrorKind};
use crate::filter::Conditions;
use crate::grammar::{Expr, parse_within};
use crate::interpret::Interpreter;
use crate::matches::Matches;
use crate::phrase::Phrase;
use crate::plan::Planner;
use crate::reader::Reader;
use crate::request::{FacetField, RecordLookup};
use crate::stored::{self, Teller, Tellers};

impl Reader {
    /// Looks up key-specialty records.
    ///
    /// # Errors
    /// Where the index cannot be read, or a filter names an institution that it does not have.
    pub fn records(
        &self,
        lookup: &RecordLookup,
        interpreter: &dyn Interpreter,
    ) -> Result<RecordAnswer, Error> {
        let wrap = |source| self.wrap(source);
        let snapshot = self.snapshot();
        let conditions = Conditions::of(&lookup.filters, self, &snapshot.searcher)?;
        let mut understood = Understood::default();
        let planner = Planner { fields: &self.fields, interpreter };
        let asking = Asking { planner, snapshot: &snapshot };
        let parsed = parse_within(&lookup.query, lookup.limits);
        let mut found = conditions.records(&snapshot, None).map_err(wrap)?;
        let mut clauses = Vec::new();
        for expr in flatten(parsed.expr) {
            clauses.extend(self.clause(&expr, &asking, &mut understood)?);
        }
        if !clauses.is_empty() {
            clauses.push((Occur::Must, Box::new(self.kind_query(Kind::Record))));
            let asked = Matches::of(&snapshot, &BooleanQuery::new(clauses), true).map_err(wrap)?;
            found = found.and(Some(&asked));
        }
        let claims = Claims::read(&snapshot, &found).map_err(wrap)?;
        let few = lookup.offset.saturating_add(lookup.limit);
        let (total, first) = claims.first(&snapshot, few, lookup.sort).map_err(wrap)?;
        let counted = |field: &FacetField| {
            let counts = claims.count(&snapshot, *field, lookup.under.as_deref())?;
            Ok((field.as_str().to_owned(), counts))
        };
        let facets = lookup.by.iter().map(counted).collect::<tantivy::Result<Vec<_>>>().map_err(wrap)?;
        let facets = (!facets.is_empty()).then_some(Facets(facets));
        let diagnosis = if total == 0 && !conditions.is_empty() {
            Some(why_none(&snapshot, &conditions).map_err(wrap)?)
        } else {
            None
        };
        let page = first.iter().skip(lookup.offset);
        let addresses = page.clone().flat_map(|title| claims.tellers(title));
        let told = stored::tell(self, &snapshot, addresses)?;
        let records = page.map(|title| self.told(&told, &claims, title)).collect::<Result<_, _>>()?;
        Ok(RecordAnswer { total, records, facets, understood, diagnosis, notes: parsed.notes })
    }

    /// A title as its records tell it.
    fn told(
        &self,
        told: &HashMap<DocAddress, Record>,
        claims: &Claims,
        title: &Title,
    ) -> Result<Record, Error> {
        let records = claims.tellers(title).filter_map(|address| told.get(&address).cloned()).collect();
        let merged = merge(records).into_iter().find(|record| record.year == title.year());
        merged.ok_or_else(|| {
            let reason = "a record's year differs from its column".to_owned();
            ErrorKind::Stored { path: self.dir().to_owned(), reason }.into()
        })
    }

    /// One part of the free text: its letters in what the record says, or the facts that it names.
    fn clause(
        &self,
        expr: &Expr,
        asking: &Asking<'_>,
        understood: &mut Understood,
    ) -> Result<Option<Clause>, Error> {
        let all_of = |all: &[Expr], understood: &mut Understood| -> Result<Vec<Clause>, Error> {
            let clauses = all.iter().map(|expr| self.clause(expr, asking, understood));
            clauses.filter_map(Result::transpose).collect()
        };
        Ok(match expr {
            Expr::Not(inner) => self
                .clause(inner, asking, &mut Understood::default())?
                .map(|(_, query)| (Occur::MustNot, query)),
            Expr::Or(all) => {
                let any = all_of(all, understood)?.into_iter().map(|(_, query)| query).collect();
                Some((Occur::Must, Box::new(BooleanQuery::union(any))))
            }
            Expr::And(all) => Some((Occur::Must, Box::new(BooleanQuery::new(all_of(all, understood)?)))),
            Expr::Piece { text, exact } => {
                let meaning = (!exact).then(|| asking.planner.interpreter.interpret(text));
                let complete = meaning.as_ref().is_some_and(|meaning| meaning.complete);
                let mut ways: Vec<Box<dyn Query>> = Vec::new();
                let others = meaning.iter().flat_map(|meaning| &meaning.alternatives);
                for phrase in std::iter::once(text).chain(others).filter_map(|name| Phrase::cut(name)) {
                    ways.push(phrase.query(self.fields.saying));
                    if !complete {
                        ways.push(Box::new(self.saying(&phrase, asking.snapshot)?));
                    }
                }
                if let Some(meaning) = meaning.filter(|_| complete) {
                    ways.extend(asking.planner.facts_query(&meaning.facts));
                    understood.add(meaning.facts);
                }
                (!ways.is_empty())
                    .then(|| (Occur::Must, Box::new(BooleanQuery::union(ways)) as Box<dyn Query>))
            }
            Expr::Field { field, value } => {
                let expr = Expr::Field { field, value: value.clone() };
                Some((Occur::Must, asking.planner.plan(&expr).strict))
            }
        })
    }

    /// The records whose sentence or headline holds a phrase. Neither is indexed with the record: the article that tells it
    /// must hold the phrase too, so only the records of such articles are read.
    fn saying(&self, phrase: &Phrase, snapshot: &Snapshot) -> Result<Chosen, Error> {
        let wrap = |source| self.wrap(source);
        let anywhere = BooleanQuery::union(
            [self.fields.title, self.fields.text].map(|field| phrase.query(field)).into(),
        );
        let articles = Matches::of(snapshot, &anywhere, true).map_err(wrap)?;
        let keys = articles.keys(snapshot).map_err(wrap)?;
        let records = Matches::all(Kind::Record, snapshot).map_err(wrap)?;
        let records = records.keyed(snapshot, &keys).map_err(wrap)?;
        let mut tellers = Tellers::new(self, snapshot);
        let mut chosen = Vec::new();
        for (ordinal, ((segment, _), docs)) in snapshot.segments().zip(records.segments()).enumerate() {
            let mut here = Vec::new();
            for doc in docs.iter() {
                let address = DocAddress::new(ordinal as u32, doc);
                let (Teller { texts, .. }, record) = tellers.read(address)?;
                if [texts.evidence(record), texts.title()].into_iter().any(|text| phrase.stands_in(text)) {
                    here.push(doc);
                }
            }
            chosen.push((segment, here));
        }
        Ok(Chosen::new(chosen.into_iter()))
    }
}

fn why_none(snapshot: &Snapshot, conditions: &Conditions) -> tantivy::Result<Diagnosis> {
    let mut diagnosis = Diagnosis::default();
    for (group, label) in conditions.groups() {
        let without = conditions.records(snapshot, Some(group))?.len();
        if without > 0 {
            diagnosis.emptied_by.push((label.to_owned(), without));
        }
    }
    diagnosis.without_filters = Matches::all(Kind::Record, snapshot)?.len();
    Ok(diagnosis)
}

/// What the parts of a look-up are understood with.
struct Asking<'a> {
    planner: Planner<'a>,
    snapshot: &'a Snapshot,
}

type Clause = (Occur, Box<dyn Query>);

fn flatten(expr: Expr) -> Vec<Expr> {
    match expr {
        Expr::And(all) => all,
        other => vec![other],
    }
}

/// One record a year; an undated one joins a dated one. Where different articles date the same title a year apart, both
/// stay and each says so.
fn merge(mut told: Vec<Record>) -> Vec<Record> {
    told.sort_by(|a, b| best_teller(a).cmp(&best_teller(b)));
    let mut merged: Vec<Record> = Vec::new();
    for record in told {
        let same = merged.iter_mut().find(|known| known.year == record.year || record.year.is_none());
        match same {
            Some(known) => add_source(known, record),
            None => merged.push(record),
        }
    }
    note_disagreements(&mut merged);
    merged
}

/// Dated before undated, then the earliest teller: who announces knows best.
fn best_teller(record: &Record) -> (bool, Option<i32>, bool, Option<&str>, &str) {
    (record.year.is_none(), record.year, record.published.is_none(), record.published.as_deref(), &record.id)
}

fn add_source(known: &mut Record, record: Record) {
    if known.tier != record.tier {
        let tier = if record.tier.is_some() { "说是县域项目" } else { "未说是县域项目" };
        known.disagreements.push(format!("{} {tier}", record.id));
    }
    if known.id != record.id && known.sources.iter().all(|source| source.id != record.id) {
        known.sources.push(RecordSource {
            evidence: record.evidence,
            id: record.id,
            file: record.file,
            title: record.title,
            published: record.published,
        });
    }
}

fn note_disagreements(merged: &mut [Record]) {
    let years: Vec<(Option<i32>, String)> =
        merged.iter().map(|record| (record.year, record.id.clone())).collect();
    for record in merged.iter_mut() {
        let Some(year) = record.year else { continue };
        for (other, id) in &years {
            if other.is_some_and(|other| (other - year).abs() == 1) && *id != record.id {
                let other = other.unwrap_or_default();
                record.disagreements.push(format!("{id} 作 {other} 年"));
            }
        }
    }
}
