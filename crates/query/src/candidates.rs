//! The relaxed reading and the second look: candidates by words and characters, then the best of them re-scored by
//! evidence that would be too dear to ask of every document.

use std::collections::HashSet;

use tantivy::query::{AllQuery, BooleanQuery, BoostQuery, EnableScoring, Occur, Query};
use tantivy::{DocAddress, DocSet, Searcher};
use xinglin_index_schema::{Fields, Kind};

use crate::answer::{ScorePart, Understood};
use crate::collect::{Match, Matches, Scan};
use crate::plan::{Plan, Planner};
use crate::reader::{ArticleStatistics, Reader};
use crate::words::{Unit, UnitKind};

/// How many candidates get the second look.
pub(crate) const SECOND_LOOK: usize = 100;
/// How much a single word in the headline counts, beside one in the body. Headlines are short, so BM25 prefers them already;
/// measured on questions (benches/README.md).
const WORD_IN_TITLE: f32 = 0.8;
/// What a record that says exactly what was asked adds, as a share of the best candidate's score.
const RECORD_SHARE: f32 = 0.6;

/// An answer counts as one of the relaxed reading where its words weigh at least this share of the best one's.
const NEAR_BEST: f32 = 0.2;
/// A word that the dictionary lacks is looked for everywhere only where its rarest term stands in no more than one of so
/// many articles, or in so few that it costs nothing.
const RARE: u64 = 50;
const FEW: u64 = 2_000;

/// The relaxed reading: any of the query's words, and what must hold all the same.
pub(crate) struct Relaxed {
    /// Words and characters in the body, single terms: the best are found without scoring every article.
    finders: Box<dyn Query>,
    /// Words that the dictionary lacks, as phrases, with their rarest-term candidates.
    names: Vec<(Unit, Box<dyn Query>)>,
    /// What the finders leave out.
    firm: Option<Box<dyn Query>>,
}

/// What the relaxed reading finds.
pub(crate) struct RelaxedAnswer {
    pub(crate) matches: Matches,
    /// Best first.
    pub(crate) best: Vec<Match>,
}

impl Relaxed {
    /// The relaxed reading of a plan; `None` where the query has no words.
    pub(crate) fn of(plan: &Plan, fields: &Fields) -> Option<Relaxed> {
        let sought = plan.units.iter().filter(|unit| unit.kind != UnitKind::Pair);
        let (terms, names): (Vec<&Unit>, Vec<&Unit>) = sought.partition(|unit| unit.phrase.terms.len() == 1);
        if terms.is_empty() && names.is_empty() {
            return None;
        }
        let in_body = |unit: &Unit| {
            Box::new(BoostQuery::new(unit.phrase.query(fields.text), unit.weight)) as Box<dyn Query>
        };
        let mut firm: Vec<(Occur, Box<dyn Query>)> =
            plan.firm.iter().map(|(occur, query)| (*occur, query.box_clone())).collect();
        if !firm.is_empty() {
            firm.push((Occur::Must, Box::new(AllQuery)));
        }
        Some(Relaxed {
            finders: Box::new(BooleanQuery::union(terms.into_iter().map(in_body).collect())),
            names: names.into_iter().map(|unit| (unit.clone(), in_body(unit))).collect(),
            firm: (!firm.is_empty()).then(|| Box::new(BooleanQuery::new(firm)) as Box<dyn Query>),
        })
    }

    /// Finds the articles that answer best by words.
    pub(crate) fn answers(
        &self,
        scan: &Scan<'_>,
        explained: Option<&mut Vec<(DocAddress, ScorePart)>>,
    ) -> tantivy::Result<RelaxedAnswer> {
        let firm = match &self.firm {
            Some(firm) => Some(Matches::of(scan.snapshot, firm.as_ref(), false)?.and(scan.allowed)),
            None => None,
        };
        let scan = Scan { allowed: firm.as_ref().or(scan.allowed), ..*scan };
        let (mut matches, mut best) = scan.near_best(self.finders.as_ref(), NEAR_BEST)?;
        for (unit, query) in &self.names {
            if is_rare(unit, query.as_ref(), &scan)? {
                let (named, others) = scan.near_best(query.as_ref(), NEAR_BEST)?;
                matches = matches.or(&named);
                let known: HashSet<DocAddress> = best.iter().map(|known| known.address).collect();
                let mut others: Vec<Match> =
                    others.into_iter().filter(|other| !known.contains(&other.address)).collect();
                others.iter_mut().for_each(|other| other.score = 0.0);
                add_evidence(
                    &scan.snapshot.searcher,
                    scan.statistics,
                    &[Evidence { name: String::new(), query: self.finders.box_clone() }],
                    &mut others,
                    None,
                )?;
                best.extend(others);
            }
        }
        // Words that the dictionary lacks weigh too, wherever they were looked for: what holds one must not fall behind.
        let names: Vec<Evidence> = self
            .names
            .iter()
            .map(|(unit, query)| Evidence {
                name: unit.phrase.folded.iter().collect(),
                query: query.box_clone(),
            })
            .collect();
        add_evidence(&scan.snapshot.searcher, scan.statistics, &names, &mut best, explained)?;
        best.sort_unstable();
        Ok(RelaxedAnswer { matches, best })
    }
}

fn is_rare(unit: &Unit, query: &dyn Query, scan: &Scan<'_>) -> tantivy::Result<bool> {
    let mut terms = Vec::new();
    query.query_terms(&mut |term, _| terms.push(term.clone()));
    debug_assert_eq!(terms.len(), unit.phrase.terms.len());
    let mut rarest = u64::MAX;
    for term in &terms {
        rarest = rarest.min(scan.snapshot.searcher.doc_freq(term)?);
    }
    Ok(rarest <= FEW.max(scan.statistics.articles / RARE))
}

/// What the reading itself did not weigh: pairs, and after a relaxed reading words in the headline.
fn evidence_queries(unit: &Unit, fields: &Fields, relaxed: bool) -> Vec<Box<dyn Query>> {
    let boosted = |field, boost: f32| {
        Box::new(BoostQuery::new(unit.phrase.query(field), boost * unit.weight)) as Box<dyn Query>
    };
    match unit.kind {
        UnitKind::Pair => vec![boosted(fields.title, WORD_IN_TITLE), boosted(fields.text, 1.0)],
        _ if relaxed => vec![boosted(fields.title, WORD_IN_TITLE)],
        _ => Vec::new(),
    }
}

/// Something that adds to a candidate's score.
pub(crate) struct Evidence {
    /// What it is, in words.
    pub(crate) name: String,
    pub(crate) query: Box<dyn Query>,
}

/// What the best hundred are looked at for: neighbouring characters, and after a relaxed reading words in the headline.
pub(crate) fn evidence(plan: &Plan, fields: &Fields, relaxed: bool) -> Vec<Evidence> {
    plan.units
        .iter()
        .flat_map(|unit| {
            let name: String = unit.phrase.folded.iter().collect();
            evidence_queries(unit, fields, relaxed)
                .into_iter()
                .map(move |query| Evidence { name: name.clone(), query })
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
