//! Hits grouped by institution or by year, each group with its count and its best.

use std::io::{self, Write};

use serde::Serialize;
use xinglin::{Answer, FacetField, FacetValue, Hit, SearchRequest};

use super::facets;
use super::search::{draw_hit, summary};
use crate::arguments::Grouping;
use crate::formats::json;
use crate::session::Session;
use crate::terminal::bars::thousands;
use crate::terminal::colour::Ink;
use crate::terminal::screen::Screen;
use crate::terminal::wrap::Span;

/// Hits shown of each group.
const SHOWN: usize = 3;
/// Hits looked through for groups.
const LOOKED_THROUGH: usize = 500;

/// Hits that share a value.
#[derive(Clone, Debug, Serialize)]
struct Group<'a> {
    /// The institution or the year; `null` for hits without one.
    value: Option<FacetValue>,
    /// How many matching articles carry the value; for those without one, how many of the hits looked through.
    count: usize,
    /// The best of them.
    hits: Vec<&'a Hit>,
}

/// An answer with its groups.
#[derive(Serialize)]
struct Grouped<'a> {
    #[serde(flatten)]
    answer: &'a Answer,
    groups: &'a [Group<'a>],
}

fn field(by: Grouping) -> FacetField {
    match by {
        Grouping::Institution => FacetField::Institution,
        Grouping::Year => FacetField::Year,
    }
}

/// Makes of a request one whose answer can be grouped.
pub(super) fn prepare(request: &mut SearchRequest, by: Grouping) {
    request.limit = LOOKED_THROUGH;
    if !request.facets.contains(&field(by)) {
        request.facets.push(field(by));
    }
}

/// Writes an answer group by group, at most `limit` of them.
pub(super) fn show(
    answer: &mut Answer,
    request: &SearchRequest,
    by: Grouping,
    limit: usize,
    as_json: bool,
    session: &Session,
    out: &mut dyn Write,
) -> io::Result<()> {
    let hits = std::mem::take(&mut answer.hits);
    let groups = groups(&hits, answer, by, limit);
    if as_json {
        answer.hits = groups.iter().flat_map(|group| group.hits.iter().map(|hit| (*hit).clone())).collect();
        return json::write_line(out, &Grouped { answer, groups: &groups });
    }
    let wanted = answer.facets.as_ref().map(|facets| facets.0.clone()).unwrap_or_default();
    let mut screen = Screen::new(out, session.looks);
    if answer.total > 0 {
        summary(&mut screen, answer, request)?;
    }
    for group in &groups {
        screen.blank()?;
        let value = group.value.as_ref().map_or_else(|| "（未注明）".to_owned(), ToString::to_string);
        let count = format!("  {} 篇", thousands(group.count as u64));
        screen.paragraph(0, &[Span::new(&value, Ink::Heading), Span::dim(&count)])?;
        for hit in &group.hits {
            draw_hit(&mut screen, hit)?;
        }
    }
    for (name, values) in wanted.iter().filter(|(name, _)| name != field(by).as_str()) {
        screen.blank()?;
        facets::draw(&mut screen, name, values, answer.total)?;
    }
    Ok(())
}

/// The groups: institutions by their best hit, years from the newest on; hits without a value last.
fn groups<'a>(hits: &'a [Hit], answer: &Answer, by: Grouping, limit: usize) -> Vec<Group<'a>> {
    let counts = answer.facets.iter().flat_map(|facets| &facets.0);
    let counts: Vec<_> =
        counts.filter(|(name, _)| name == field(by).as_str()).flat_map(|(_, counts)| counts).collect();
    let mut groups: Vec<Group<'a>> = Vec::new();
    for hit in hits {
        let value = match by {
            Grouping::Institution => hit.subjects.first().map(|name| FacetValue::Text(name.clone())),
            Grouping::Year => hit.year.map(FacetValue::Number),
        };
        match groups.iter_mut().find(|group| group.value == value) {
            Some(group) => {
                if group.hits.len() < SHOWN {
                    group.hits.push(hit);
                }
                group.count += usize::from(group.value.is_none());
            }
            None => {
                let counted = counts.iter().find(|count| Some(&count.value) == value.as_ref());
                let count = counted.map_or(1, |counted| counted.count);
                groups.push(Group { value, count, hits: vec![hit] });
            }
        }
    }
    match by {
        Grouping::Year => groups.sort_by(|a, b| b.value.cmp(&a.value)),
        Grouping::Institution => groups.sort_by_key(|group| group.value.is_none()),
    }
    groups.truncate(limit);
    groups
}

#[cfg(test)]
mod tests {
    use xinglin::{FacetCount, Facets};

    use super::*;

    fn hit(rank: usize, subject: &str, year: Option<i32>) -> Hit {
        let subjects = Some(subject.to_owned()).filter(|name| !name.is_empty()).into_iter().collect();
        Hit { rank, subjects, year, ..Hit::default() }
    }

    #[test]
    fn hits_by_what_they_share() {
        let hits = [
            hit(1, "甲", Some(2021)),
            hit(2, "", None),
            hit(3, "乙", Some(2023)),
            hit(4, "甲", Some(2023)),
            hit(5, "", None),
        ];
        let count = |value, count| FacetCount { value, count };
        let institutions =
            vec![count(FacetValue::Text("甲".to_owned()), 7), count(FacetValue::Text("乙".to_owned()), 1)];
        let years = vec![count(FacetValue::Number(2021), 1), count(FacetValue::Number(2023), 2)];
        let facets = Facets(vec![("institution".to_owned(), institutions), ("year".to_owned(), years)]);
        let answer = Answer { facets: Some(facets), ..Answer::default() };
        let check = |by, limit, expected: &[(&str, usize, &[usize])]| {
            let groups = groups(&hits, &answer, by, limit);
            let found: Vec<(String, usize, Vec<usize>)> = groups
                .iter()
                .map(|group| {
                    let value = group.value.as_ref().map(ToString::to_string).unwrap_or_default();
                    (value, group.count, group.hits.iter().map(|hit| hit.rank).collect())
                })
                .collect();
            let expected: Vec<(String, usize, Vec<usize>)> = expected
                .iter()
                .map(|(value, count, ranks)| ((*value).to_owned(), *count, ranks.to_vec()))
                .collect();
            assert_eq!(found, expected);
        };
        check(Grouping::Institution, 9, &[("甲", 7, &[1, 4]), ("乙", 1, &[3]), ("", 2, &[2, 5])]);
        check(Grouping::Year, 9, &[("2023", 2, &[3, 4]), ("2021", 1, &[1]), ("", 2, &[2, 5])]);
        check(Grouping::Year, 1, &[("2023", 2, &[3, 4])]);
    }
}
