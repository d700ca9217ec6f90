//! 某医院4个科室成功上榜, and a heading for each of them: as many departments as are counted, each alone in its line.

use super::draft::{Award, Dating, Draft, Field, Origin};
use super::field;
use crate::gazetteer::tables::{AWARD, AWARD_END, HOPE, NEGATION};
use crate::mention::Span;
use crate::mention::placed::Placed;
use crate::mention::specialty::SpecialtyMention;
use crate::reading::Reading;
use crate::resolve::cast::Cast;
use crate::spoken::numeral::{count, digit};
use crate::structure::line::{Line, is_prose};

/// So many lines are looked at: a page of this kind is short.
const MOST_LINES: usize = 200;

/// The drafts of departments that have a line each, where the news of their title counts as many.
pub(crate) fn sections(
    reading: &Reading<'_>,
    cast: &Cast,
    lines: &[Line],
    fields: &Placed<SpecialtyMention>,
    award: Award,
) -> Vec<Draft> {
    let (Some(holder), true) = (cast.home, award.level.is_some()) else { return Vec::new() };
    let Some((at, count)) = lines
        .iter()
        .take(MOST_LINES)
        .enumerate()
        .find_map(|(at, line)| Some((at, told(reading, fields, line)?)))
    else {
        return Vec::new();
    };
    let mut named: Vec<(Field, Span)> = Vec::new();
    for line in lines.iter().skip(at + 1).take(MOST_LINES) {
        let Some(field) = alone(reading, fields, line) else { continue };
        if !named.iter().any(|(known, _)| *known == field) {
            named.push((field, line.span));
        }
    }
    if named.len() != count {
        return Vec::new();
    }
    let drafts = named.into_iter().map(|(field, evidence)| Draft {
        holder,
        field,
        award,
        dating: Dating::News,
        origin: Origin::List,
        evidence,
    });
    drafts.collect()
}

/// How many departments a sentence says were given their title, without naming one.
fn told(reading: &Reading<'_>, fields: &Placed<SpecialtyMention>, line: &Line) -> Option<usize> {
    let text = line.span.of(reading.text());
    let given = is_prose(text)
        && reading.scan.says(line.span, AWARD.or(AWARD_END))
        && !reading.scan.says(line.span, HOPE.or(NEGATION))
        && field::mentions_in(fields, line.span).is_empty();
    if !given {
        return None;
    }
    ["个科室", "个专科", "个学科"].iter().find_map(|word| {
        let mut before = text.get(..text.find(word)?)?.chars().rev();
        let value = count(before.next()?)?;
        let alone = before.next().is_none_or(|c| digit(c).is_none() && c != '十');
        (alone && value >= 2).then_some(value)
    })
}

/// The department whose name is all that a line has.
fn alone(reading: &Reading<'_>, fields: &Placed<SpecialtyMention>, line: &Line) -> Option<Field> {
    let [only] = field::mentions_in(fields, line.body) else { return None };
    let around = reading.between(line.body.start, only.span.start).chars();
    let around = around.chain(reading.between(only.span.end, line.body.end).chars());
    let plain = around.filter(|c| c.is_alphanumeric()).count() == 0;
    plain.then(|| field::named_at(reading, only))
}
