//! Hard conditions as queries, one group at a time, so that a facet can be counted without its own.

use std::collections::HashSet;

use tantivy::Searcher;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query};
use tantivy::schema::Field;
use xinglin_index_schema::Kind;

use crate::columns::Snapshot;
use crate::error::{Error, ErrorKind};
use crate::facets::Names;
use crate::matches::Matches;
use crate::plan::{exact_term, year_query};
use crate::reader::Reader;
use crate::request::{FacetField, Filters};

/// One group of conditions, OR within.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Group {
    Region,
    Specialty,
    Institution,
    Year,
    Level,
    Status,
    Programme,
    Tier,
}

impl Group {
    /// The group that a facet's own filter belongs to.
    pub(crate) fn of(field: FacetField) -> Group {
        match field {
            FacetField::Region => Group::Region,
            FacetField::Specialty => Group::Specialty,
            FacetField::Institution => Group::Institution,
            FacetField::Year => Group::Year,
            FacetField::Level => Group::Level,
            FacetField::Status => Group::Status,
        }
    }

    fn is_of_titles(self) -> bool {
        matches!(self, Group::Level | Group::Status | Group::Programme | Group::Tier)
    }
}

/// All conditions of a request.
pub(crate) struct Conditions {
    groups: Vec<(Group, String, Box<dyn Query>)>,
}

impl Conditions {
    /// The conditions that a request's filters ask for.
    pub(crate) fn of(filters: &Filters, reader: &Reader, searcher: &Searcher) -> Result<Conditions, Error> {
        let fields = &reader.fields;
        let mut conditions = Conditions { groups: Vec::new() };
        conditions.add(Group::Region, "--region", &filters.regions, fields.region);
        conditions.add(Group::Specialty, "--specialty", &filters.specialties, fields.specialty);
        conditions.add(Group::Level, "--level", &filters.levels, fields.level);
        conditions.add(Group::Status, "--status", &filters.statuses, fields.status);
        conditions.add(Group::Programme, "--programme", &filters.programmes, fields.programme);
        conditions.add(Group::Tier, "--tier", &filters.tiers, fields.tier);
        if !filters.institutions.is_empty() {
            let mut names = Vec::new();
            for name in &filters.institutions {
                names.extend(institutions_named(name, reader, searcher)?);
            }
            conditions.add(Group::Institution, "--institution", &names, fields.institution);
        }
        if !filters.years.is_empty() {
            let label =
                filters.years.iter().map(|range| format!("--year {range}")).collect::<Vec<_>>().join(" ");
            let any = filters.years.iter().map(|range| year_query(fields.year, *range)).collect();
            conditions.groups.push((Group::Year, label, Box::new(BooleanQuery::union(any))));
        }
        Ok(conditions)
    }

    fn add(&mut self, group: Group, option: &str, values: &[String], field: Field) {
        if values.is_empty() {
            return;
        }
        let label = format!("{option} {}", values.join(" "));
        let any = values.iter().map(|value| exact_term(field, value)).collect();
        self.groups.push((
            group,
            label,
            Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(any)), 0.0)),
        ));
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The groups that are filtered by, with the option that asked for each.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (Group, &str)> {
        self.groups.iter().map(|(group, label, _)| (*group, label.as_str()))
    }

    /// Each group's condition, with the option that asked for it.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&str, &dyn Query)> {
        self.groups.iter().map(|(_, label, query)| (label.as_str(), query.as_ref()))
    }

    /// Whether a group is filtered by.
    pub(crate) fn has(&self, group: Group) -> bool {
        self.groups.iter().any(|(present, ..)| *present == group)
    }

    /// The conditions as clauses, one group left out.
    pub(crate) fn clauses(&self, except: Option<Group>) -> Vec<(Occur, Box<dyn Query>)> {
        self.groups
            .iter()
            .filter(|(group, ..)| Some(*group) != except)
            .map(|(_, _, query)| (Occur::Must, query.box_clone()))
            .collect()
    }

    /// The articles that meet the conditions, one group left out; `None` where there is none.
    pub(crate) fn matches(
        &self,
        reader: &Reader,
        snapshot: &Snapshot,
        except: Option<Group>,
    ) -> tantivy::Result<Option<Matches>> {
        let clauses = self.clauses(except);
        if clauses.is_empty() {
            return Ok(None);
        }
        let matches = Matches::of(snapshot, &BooleanQuery::new(clauses), false)?;
        match self.joined(reader, &snapshot.searcher, except)? {
            Some(keys) => matches.keyed(snapshot, &keys).map(Some),
            None => Ok(Some(matches)),
        }
    }

    /// Where conditions on titles (level, status…) meet conditions on their holder or specialty, one and the same record
    /// must meet them all. The keys of the articles that tell such a record; `None` where there is nothing to join.
    fn joined(
        &self,
        reader: &Reader,
        searcher: &Searcher,
        except: Option<Group>,
    ) -> tantivy::Result<Option<HashSet<u64>>> {
        let on_record: Vec<_> = self
            .groups
            .iter()
            .filter(|(group, ..)| {
                Some(*group) != except
                    && (group.is_of_titles() || matches!(group, Group::Specialty | Group::Institution))
            })
            .collect();
        if on_record.len() < 2 || !on_record.iter().any(|(group, ..)| group.is_of_titles()) {
            return Ok(None);
        }
        let mut clauses: Vec<(Occur, Box<dyn Query>)> =
            on_record.iter().map(|(_, _, query)| (Occur::Must, query.box_clone())).collect();
        clauses.push((Occur::Must, Box::new(reader.kind_query(Kind::Record))));
        crate::collect::keys(searcher, &BooleanQuery::new(clauses)).map(Some)
    }
}

/// Institutions of the index whose name holds `name`, in either script.
fn institutions_named(name: &str, reader: &Reader, searcher: &Searcher) -> Result<Vec<String>, Error> {
    let wanted = xinglin_text::fold_str(name.trim());
    let all = Names::of(searcher, "institution").map_err(|source| reader.wrap(source))?;
    let found: Vec<String> = all
        .iter()
        .filter(|value| !wanted.is_empty() && xinglin_text::fold_str(value).contains(wanted.as_ref()))
        .map(str::to_owned)
        .collect();
    if found.is_empty() {
        let nearest = nearest(&wanted, all.iter());
        return Err(ErrorKind::NoInstitution { name: name.to_owned(), nearest }.into());
    }
    Ok(found)
}

/// The names that share most character pairs with `wanted`, best first, at most five.
pub(crate) fn nearest<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let mut pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    };
    let target = pairs(wanted);
    let mut scored: Vec<(f32, &str)> = names
        .filter_map(|name| {
            let other = pairs(&xinglin_text::fold_str(name));
            let shared = other.iter().filter(|pair| target.binary_search(pair).is_ok()).count();
            let score = 2.0 * shared as f32 / (target.len() + other.len()).max(1) as f32;
            (score > 0.3).then_some((score, name))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.into_iter().take(5).map(|(_, name)| name.to_owned()).collect()
}
