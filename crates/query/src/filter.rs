//! Hard conditions as sets of documents, one group at a time, so that a facet can be counted without its own.

use tantivy::query::{BooleanQuery, Query};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};
use xinglin_index_schema::Kind;

use crate::columns::Snapshot;
use crate::error::{Error, ErrorKind};
use crate::facets::Names;
use crate::matches::{Keys, Matches};
use crate::plan::{listed, year_terms};
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

/// One group's condition: any of some values.
struct Condition {
    group: Group,
    /// The option that asked for it.
    label: String,
    values: Vec<Term>,
}

impl Condition {
    fn of(group: Group, option: &str, field: Field, values: &[String]) -> Condition {
        let term = |value: &String| Term::from_field_text(field, value);
        let label = format!("{option} {}", values.join(" "));
        Condition { group, label, values: values.iter().map(term).collect() }
    }

    fn query(&self) -> Box<dyn Query> {
        Box::new(BooleanQuery::union(self.values.iter().cloned().map(listed).collect()))
    }
}

/// All conditions of a request.
pub(crate) struct Conditions(Vec<Condition>);

impl Conditions {
    /// The conditions that a request's filters ask for.
    pub(crate) fn of(filters: &Filters, reader: &Reader, searcher: &Searcher) -> Result<Conditions, Error> {
        let fields = &reader.fields;
        let mut names = Vec::new();
        for name in &filters.institutions {
            names.extend(institutions_named(name, reader, searcher)?);
        }
        let mut conditions: Vec<Condition> = [
            (Group::Region, "--region", fields.region, &filters.regions),
            (Group::Specialty, "--specialty", fields.specialty, &filters.specialties),
            (Group::Level, "--level", fields.level, &filters.levels),
            (Group::Status, "--status", fields.status, &filters.statuses),
            (Group::Programme, "--programme", fields.programme, &filters.programmes),
            (Group::Tier, "--tier", fields.tier, &filters.tiers),
            (Group::Institution, "--institution", fields.institution, &names),
        ]
        .into_iter()
        .filter(|(.., values)| !values.is_empty())
        .map(|(group, option, field, values)| Condition::of(group, option, field, values))
        .collect();
        if !filters.years.is_empty() {
            let label: Vec<String> = filters.years.iter().map(|range| format!("--year {range}")).collect();
            let values = filters.years.iter().flat_map(|range| year_terms(fields.year, *range)).collect();
            conditions.push(Condition { group: Group::Year, label: label.join(" "), values });
        }
        Ok(Conditions(conditions))
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The groups that are filtered by, with the option that asked for each.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (Group, &str)> {
        self.0.iter().map(|condition| (condition.group, condition.label.as_str()))
    }

    /// Each group's condition, with the option that asked for it.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&str, Box<dyn Query>)> {
        self.0.iter().map(|condition| (condition.label.as_str(), condition.query()))
    }

    /// Whether a group is filtered by.
    pub(crate) fn has(&self, group: Group) -> bool {
        self.0.iter().any(|condition| condition.group == group)
    }

    /// The articles that meet the conditions, one group left out; `None` where there is none.
    pub(crate) fn matches(
        &self,
        snapshot: &Snapshot,
        except: Option<Group>,
    ) -> tantivy::Result<Option<Matches>> {
        let asked = |group: Group| Some(group) != except;
        if !self.0.iter().any(|condition| asked(condition.group)) {
            return Ok(None);
        }
        let matches = self.met_by(Kind::Article, snapshot, asked)?;
        match self.joined(snapshot, except)? {
            Some(keys) => matches.keyed(snapshot, &keys).map(Some),
            None => Ok(Some(matches)),
        }
    }

    /// The records that meet the conditions, one group left out; all where there is none.
    pub(crate) fn records(&self, snapshot: &Snapshot, except: Option<Group>) -> tantivy::Result<Matches> {
        self.met_by(Kind::Record, snapshot, |group| Some(group) != except)
    }

    fn met_by(
        &self,
        kind: Kind,
        snapshot: &Snapshot,
        asked: impl Fn(Group) -> bool,
    ) -> tantivy::Result<Matches> {
        let groups = self.0.iter().filter(|condition| asked(condition.group));
        let groups: Vec<&[Term]> = groups.map(|condition| condition.values.as_slice()).collect();
        Matches::having(kind, snapshot, &[groups])
    }

    /// Where conditions on titles (level, status…) meet conditions on their holder or specialty, one and the same record
    /// must meet them all. The keys of the articles that tell such a record; `None` where there is nothing to join.
    fn joined(&self, snapshot: &Snapshot, except: Option<Group>) -> tantivy::Result<Option<Keys>> {
        let on_record = |group: Group| {
            Some(group) != except
                && (group.is_of_titles() || matches!(group, Group::Specialty | Group::Institution))
        };
        let joined: Vec<Group> =
            self.0.iter().map(|condition| condition.group).filter(|group| on_record(*group)).collect();
        if joined.len() < 2 || !joined.iter().any(|group| group.is_of_titles()) {
            return Ok(None);
        }
        self.met_by(Kind::Record, snapshot, on_record)?.keys(snapshot).map(Some)
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
