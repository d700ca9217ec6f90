//! Looking up key-specialty records: filtered, counted, and the same title told by several articles merged into one.

use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::{DocAddress, Searcher};
use xinglin_index_schema::{Kind, StoredRecord};

use crate::answer::{
    Diagnosis, Evidence, FacetCount, FacetValue, Facets, Record, RecordAnswer, RecordSource, Understood,
};
use crate::error::Error;
use crate::exclusion::Exclusion;
use crate::filter::Conditions;
use crate::grammar::{Expr, parse};
use crate::interpret::Interpreter;
use crate::phrase::Phrase;
use crate::plan::Planner;
use crate::reader::Reader;
use crate::request::{FacetField, RecordLookup, Sort};

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
        let searcher = self.searcher();
        let conditions = Conditions::of(&lookup.filters, self, &searcher)?;
        let mut understood = Understood::default();
        let mut clauses = conditions.clauses(None);
        clauses.push((Occur::Must, Box::new(self.kind_query(Kind::Record))));
        let planner = Planner { fields: &self.fields, interpreter };
        for expr in flatten(parse(&lookup.query).expr) {
            clauses.extend(self.clause(&expr, &planner, &mut understood));
        }
        let mut titles = self.titles(&searcher, &BooleanQuery::new(clauses))?;
        titles.sort_by(|a, b| order(a, b, lookup.sort));
        let facets = (!lookup.by.is_empty()).then(|| count(&titles, lookup, interpreter));
        let diagnosis = if titles.is_empty() && !conditions.is_empty() {
            Some(self.why_none(&searcher, &conditions)?)
        } else {
            None
        };
        let total = titles.len();
        let records = titles.into_iter().skip(lookup.offset).take(lookup.limit).collect();
        Ok(RecordAnswer { total, records, facets, understood, diagnosis })
    }

    /// One part of the free text: its letters in what the record says, or the facts that it names.
    fn clause(
        &self,
        expr: &Expr,
        planner: &Planner<'_>,
        understood: &mut Understood,
    ) -> Option<(Occur, Box<dyn Query>)> {
        match expr {
            Expr::Not(inner) => {
                let (_, query) = self.clause(inner, planner, &mut Understood::default())?;
                Some((Occur::MustNot, Exclusion::of(query)))
            }
            Expr::Or(all) => {
                let any: Vec<_> =
                    all.iter().filter_map(|expr| self.clause(expr, planner, understood)).collect();
                let any = any.into_iter().map(|(_, query)| query).collect();
                Some((Occur::Must, Box::new(BooleanQuery::union(any))))
            }
            Expr::And(all) => {
                let all: Vec<_> =
                    all.iter().filter_map(|expr| self.clause(expr, planner, understood)).collect();
                Some((Occur::Must, Box::new(BooleanQuery::new(all))))
            }
            Expr::Piece { text, exact } => {
                let mut ways: Vec<Box<dyn Query>> = Vec::new();
                ways.extend(Phrase::cut(text).map(|phrase| phrase.query(self.fields.saying)));
                if !exact {
                    let meaning = planner.interpreter.interpret(text);
                    let others = meaning.alternatives.iter().filter_map(|name| Phrase::cut(name));
                    ways.extend(others.map(|phrase| phrase.query(self.fields.saying)));
                    if meaning.complete {
                        ways.extend(planner.facts_query(&meaning.facts));
                        understood.add(meaning.facts);
                    }
                }
                (!ways.is_empty())
                    .then(|| (Occur::Must, Box::new(BooleanQuery::union(ways)) as Box<dyn Query>))
            }
            Expr::Field { field, value } => {
                let expr = Expr::Field { field, value: value.clone() };
                let query = planner.plan(&expr).strict;
                Some((Occur::Must, query))
            }
        }
    }

    /// The titles that match, the same title of several articles once.
    fn titles(&self, searcher: &Searcher, query: &dyn Query) -> Result<Vec<Record>, Error> {
        let addresses: Vec<DocAddress> = self.addresses(searcher, query)?;
        let mut groups: HashMap<Title, Vec<StoredRecord>> = HashMap::new();
        for address in addresses {
            let record: StoredRecord = self.stored(searcher, address)?;
            groups.entry(Title::of(&record)).or_default().push(record);
        }
        Ok(groups.into_values().flat_map(merge).collect())
    }

    fn why_none(&self, searcher: &Searcher, conditions: &Conditions) -> Result<Diagnosis, Error> {
        let mut diagnosis = Diagnosis::default();
        for (group, label) in conditions.groups() {
            let mut clauses = conditions.clauses(Some(group));
            clauses.push((Occur::Must, Box::new(self.kind_query(Kind::Record))));
            let without = self.addresses(searcher, &BooleanQuery::new(clauses))?.len();
            if without > 0 {
                diagnosis.emptied_by.push((label.to_owned(), without));
            }
        }
        diagnosis.without_filters = self.addresses(searcher, &self.kind_query(Kind::Record))?.len();
        Ok(diagnosis)
    }
}

fn flatten(expr: Expr) -> Vec<Expr> {
    match expr {
        Expr::And(all) => all,
        other => vec![other],
    }
}

/// What makes two records the same title, their years aside.
#[derive(PartialEq, Eq, Hash)]
struct Title {
    institution: String,
    specialty: String,
    programme: String,
    level: String,
    status: String,
}

impl Title {
    fn of(record: &StoredRecord) -> Title {
        Title {
            institution: record.institution.clone(),
            specialty: record.specialty.clone(),
            programme: record.programme.clone(),
            level: record.level.clone(),
            status: record.status.clone(),
        }
    }
}

/// One record a year; an undated one joins a dated one. Where different articles date the same title a year apart, both
/// stay and each says so.
fn merge(mut told: Vec<StoredRecord>) -> Vec<Record> {
    told.sort_by(|a, b| best_teller(a).cmp(&best_teller(b)));
    let mut merged: Vec<Record> = Vec::new();
    for record in told {
        let same = merged.iter_mut().find(|known| known.year == record.year || record.year.is_none());
        match same {
            Some(known) => add_source(known, record),
            None => merged.push(to_record(record)),
        }
    }
    note_disagreements(&mut merged);
    merged
}

/// Dated before undated, then the earliest teller: who announces knows best.
fn best_teller(record: &StoredRecord) -> (bool, Option<i32>, bool, Option<&str>, &str) {
    (record.year.is_none(), record.year, record.published.is_none(), record.published.as_deref(), &record.id)
}

fn add_source(known: &mut Record, record: StoredRecord) {
    if known.tier != record.tier {
        let tier = record.tier.as_deref().unwrap_or("none");
        known.disagreements.push(format!("{} tells its tier as {tier}", record.id));
    }
    if known.id != record.id && known.sources.iter().all(|source| source.id != record.id) {
        known.sources.push(RecordSource {
            evidence: Evidence { text: record.evidence, start: record.start, end: record.end },
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
                record.disagreements.push(format!("{id} dates it {other}"));
            }
        }
    }
}

/// A stored record as it is answered.
pub(crate) fn to_record(record: StoredRecord) -> Record {
    Record {
        institution: record.institution,
        specialty: record.specialty,
        programme: record.programme,
        level: record.level,
        tier: record.tier,
        status: record.status,
        year: record.year,
        region: record.region,
        file: record.file,
        title: record.title,
        evidence: Evidence { text: record.evidence, start: record.start, end: record.end },
        id: record.id,
        published: record.published,
        url: record.url,
        sources: Vec::new(),
        disagreements: Vec::new(),
    }
}

/// Highest level first, then newest, then by place and name; by date: newest first.
fn order(a: &Record, b: &Record, sort: Sort) -> Ordering {
    let level = |record: &Record| match record.level.as_str() {
        "national" => 0,
        "provincial" => 1,
        "municipal" => 2,
        _ => 3,
    };
    let by_date = || Reverse(&a.published).cmp(&Reverse(&b.published)).then(b.year.cmp(&a.year));
    let by_rank = || level(a).cmp(&level(b)).then(b.year.cmp(&a.year));
    let first = if sort == Sort::Date { by_date() } else { by_rank() };
    first
        .then_with(|| a.region.cmp(&b.region))
        .then_with(|| a.institution.cmp(&b.institution))
        .then_with(|| a.evidence.start.cmp(&b.evidence.start))
        .then_with(|| a.specialty.cmp(&b.specialty))
}

fn count(titles: &[Record], lookup: &RecordLookup, interpreter: &dyn Interpreter) -> Facets {
    let mut facets = Facets::default();
    for field in &lookup.by {
        let mut counts: HashMap<FacetValue, usize> = HashMap::new();
        for title in titles {
            if let Some(value) = facet_value(title, *field, lookup.under.as_deref(), interpreter) {
                *counts.entry(value).or_default() += 1;
            }
        }
        let mut counts: Vec<FacetCount> =
            counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
        counts.sort_by(|a, b| match field {
            FacetField::Year => a.value.cmp(&b.value),
            _ => b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)),
        });
        facets.0.push((field.as_str().to_owned(), counts));
    }
    facets
}

fn facet_value(
    title: &Record,
    field: FacetField,
    under: Option<&str>,
    interpreter: &dyn Interpreter,
) -> Option<FacetValue> {
    let text = match field {
        FacetField::Region => child(title.region.as_deref()?, under)?,
        FacetField::Specialty => child(&interpreter.specialty_path(&title.specialty), under)?,
        FacetField::Institution => title.institution.clone(),
        FacetField::Level => title.level.clone(),
        FacetField::Status => title.status.clone(),
        FacetField::Year => return title.year.map(FacetValue::Number),
    };
    Some(FacetValue::Text(text))
}

/// The child of `under` (or the top level) on the way to `path`.
fn child(path: &str, under: Option<&str>) -> Option<String> {
    let start = match under {
        None => 0,
        Some(parent) => path.strip_prefix(parent)?.strip_prefix('/').map(|_| parent.len() + 1)?,
    };
    let end = path[start..].find('/').map_or(path.len(), |at| start + at);
    Some(path[..end].to_owned())
}
