//! The relaxed reading and the second look: candidates by words and characters, then the best of them re-scored by
//! evidence that would be too dear to ask of every document.

use std::collections::HashSet;

use tantivy::query::{BooleanQuery, BoostQuery, EnableScoring, Occur, Query};
use tantivy::{DocAddress, DocSet, Searcher};
use xinglin_index_schema::{Fields, Kind};

use crate::answer::{ScorePart, Understood};
use crate::collect::Match;
use crate::plan::{NOISE_WEIGHT, Plan, Planner};
use crate::reader::{ArticleStatistics, Reader};
use crate::words::{Unit, UnitKind};

/// How many candidates get the second look.
pub(crate) const SECOND_LOOK: usize = 100;
/// How much a single word in the headline counts, beside one in the body. Headlines are short, so BM25 prefers them already;
/// measured on questions (benches/README.md).
const WORD_IN_TITLE: f32 = 0.8;
/// What a record that says exactly what was asked adds, as a share of the best candidate's score.
const RECORD_SHARE: f32 = 0.6;

/// Any of the query's words, with what must hold all the same; `None` where the query has no words.
pub(crate) fn relaxed(plan: &Plan, fields: &Fields) -> Option<Box<dyn Query>> {
    let finders = plan.units.iter().filter(|unit| unit.kind != UnitKind::Pair);
    let any: Vec<Box<dyn Query>> = finders.flat_map(|unit| unit_queries(unit, fields)).collect();
    if any.is_empty() {
        return None;
    }
    let any = Box::new(BooleanQuery::union(any)) as Box<dyn Query>;
    if plan.firm.is_empty() {
        return Some(any);
    }
    let mut clauses: Vec<(Occur, Box<dyn Query>)> =
        plan.firm.iter().map(|(occur, query)| (*occur, query.box_clone())).collect();
    clauses.push((Occur::Must, any));
    Some(Box::new(BooleanQuery::new(clauses)))
}

fn unit_queries(unit: &Unit, fields: &Fields) -> Vec<Box<dyn Query>> {
    let boosted = |field, boost: f32| {
        Box::new(BoostQuery::new(unit.phrase.query(field), boost * unit.weight)) as Box<dyn Query>
    };
    match unit.kind {
        UnitKind::Word => vec![
            boosted(fields.title, WORD_IN_TITLE),
            boosted(fields.text, 1.0),
            boosted(fields.noise, NOISE_WEIGHT),
        ],
        UnitKind::Character | UnitKind::Pair => {
            vec![boosted(fields.title, WORD_IN_TITLE), boosted(fields.text, 1.0)]
        }
    }
}

/// Something that adds to a candidate's score.
pub(crate) struct Evidence {
    /// What it is, in words.
    pub(crate) name: String,
    pub(crate) query: Box<dyn Query>,
}

/// The pairs of neighbouring characters of the query, as evidence.
pub(crate) fn pair_evidence(plan: &Plan, fields: &Fields) -> Vec<Evidence> {
    let pairs = plan.units.iter().filter(|unit| unit.kind == UnitKind::Pair);
    pairs
        .flat_map(|unit| {
            let name: String = unit.phrase.folded.iter().collect();
            unit_queries(unit, fields).into_iter().map(move |query| Evidence { name: name.clone(), query })
        })
        .collect()
}

/// Adds each piece of evidence to the candidates that bear it. `explained` gets what was added, candidate by candidate.
pub(crate) fn add_evidence(
    searcher: &Searcher,
    statistics: &ArticleStatistics<'_>,
    evidence: &[Evidence],
    candidates: &mut [Match],
    mut explained: Option<&mut Vec<(DocAddress, ScorePart)>>,
) -> tantivy::Result<()> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|at| candidates.get(*at).map(|candidate| candidate.address));
    for piece in evidence {
        let weight =
            piece.query.weight(EnableScoring::enabled_from_statistics_provider(statistics, searcher))?;
        let mut open: Option<(u32, Box<dyn tantivy::query::Scorer>)> = None;
        for at in &order {
            let Some(candidate) = candidates.get_mut(*at) else { continue };
            let address = candidate.address;
            if open.as_ref().is_none_or(|(segment, _)| *segment != address.segment_ord) {
                let segment = searcher.segment_reader(address.segment_ord);
                open = Some((address.segment_ord, weight.scorer(segment, 1.0)?));
            }
            let Some((_, scorer)) = &mut open else { continue };
            let here = if scorer.doc() < address.doc_id { scorer.seek(address.doc_id) } else { scorer.doc() };
            if here == address.doc_id {
                let score = scorer.score();
                candidate.score += score;
                if let Some(explained) = explained.as_deref_mut() {
                    explained.push((address, ScorePart { part: piece.name.clone(), score }));
                }
            }
        }
    }
    Ok(())
}

/// The articles with a record that says all that the query names, where it names enough to single one out.
pub(crate) fn record_keys(
    planner: &Planner<'_>,
    reader: &Reader,
    searcher: &Searcher,
    facts: &Understood,
) -> tantivy::Result<HashSet<u64>> {
    let kinds = [
        !facts.region.is_empty(),
        !facts.specialty.is_empty(),
        !facts.institution.is_empty(),
        !facts.level.is_empty(),
        !facts.status.is_empty(),
        !facts.programme.is_empty(),
        !facts.year.is_empty(),
    ];
    if kinds.into_iter().filter(|named| *named).count() < 2 {
        return Ok(HashSet::new());
    }
    let Some(facts) = planner.facts_query(facts) else { return Ok(HashSet::new()) };
    let of_kind = Box::new(reader.kind_query(Kind::Record)) as Box<dyn Query>;
    crate::collect::keys(searcher, &BooleanQuery::intersection(vec![facts, of_kind]))
}

/// Raises the candidates whose records say what was asked.
pub(crate) fn raise_records(
    keys: &HashSet<u64>,
    candidates: &mut [Match],
    mut explained: Option<&mut Vec<(DocAddress, ScorePart)>>,
) {
    let best = candidates.iter().map(|candidate| candidate.score).fold(0.0, f32::max);
    let bonus = (best * RECORD_SHARE).max(1.0);
    for candidate in candidates.iter_mut().filter(|candidate| keys.contains(&candidate.key)) {
        candidate.score += bonus;
        if let Some(explained) = explained.as_deref_mut() {
            let part = "a record that says what was asked".to_owned();
            explained.push((candidate.address, ScorePart { part, score: bonus }));
        }
    }
}
