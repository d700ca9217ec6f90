//! The relaxed reading and the second look: candidates by words and characters, then the best of them re-scored by
//! evidence that would be too dear to ask of every document.

use std::collections::HashSet;

use tantivy::query::{
    AllQuery, Bm25StatisticsProvider, BooleanQuery, EnableScoring, Occur, Query, Scorer, Weight,
};
use tantivy::{DocAddress, DocId, Score, Searcher, SeekDangerResult};
use xinglin_index_schema::{Fields, TextField};

use crate::answer::ScorePart;
use crate::collect::{Match, Scan};
use crate::literal::damage;
use crate::matches::{Keys, Matches};
use crate::note::ScoreKind;
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::reader::ArticleStatistics;
use crate::weighed::{TermList, Weighed, WeighedTerm, Weighing};
use crate::words::{Unit, UnitKind};

/// How many candidates get the second look.
pub(crate) const SECOND_LOOK: usize = 50;
/// How much a single word in the headline counts, beside one in the body. Headlines are short, so BM25 prefers them already;
/// measured on questions (benches/README.md).
const WORD_IN_TITLE: f32 = 0.8;
/// How much a word inside a piece counts, beside the piece.
const INNER_WORD: f32 = 0.2;
/// What a record that says exactly what was asked adds, as a share of the best candidate's score.
pub(crate) const RECORD_SHARE: f32 = 0.6;

/// An answer counts as one of the relaxed reading where its words weigh at least this share of the best one's.
const NEAR_BEST: f32 = 0.4;
/// A word that the dictionary lacks is looked for everywhere only where its rarest term stands in no more than one of so
/// many articles, or in so few that it costs nothing.
const RARE: u64 = 50;
const FEW: u64 = 2_000;
/// A word that stands in more than one of so many articles tells few apart: it is weighed, but does not find.
const COMMON: u64 = 3;
/// The same of a character of a longer word, which the word speaks for already.
const COMMON_PART: u64 = 5;

/// The relaxed reading: any of the query's words, and what must hold all the same.
pub(crate) struct Relaxed {
    /// Words in the body that tell articles apart, single terms: the best are found without scoring every article.
    finders: Vec<WeighedTerm>,
    /// Words that the dictionary lacks and that are rare enough to be looked for as phrases.
    names: Vec<Box<dyn Query>>,
    /// What the best are weighed by besides: common words, other words that the dictionary lacks, the characters of words.
    others: Vec<Evidence>,
    /// What must hold all the same.
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
    pub(crate) fn of(
        plan: &Plan,
        fields: &Fields,
        statistics: &ArticleStatistics<'_>,
    ) -> tantivy::Result<Option<Relaxed>> {
        let (mut finders, mut common, mut names, mut others) = (vec![], vec![], vec![], vec![]);
        for unit in plan.units.iter().filter(|unit| unit.kind != UnitKind::Pair) {
            let rarest = rarest_term(&unit.phrase, fields.text, statistics)?;
            if rarest == 0 {
                continue;
            }
            let evidence = |weighed| Evidence { kind: kind_of(unit), weighed };
            match unit.phrase.weighed(fields.text, unit.weight) {
                Weighed::Term(term) if rarest > statistics.articles / COMMON => {
                    common.push(evidence(Weighed::Term(term)));
                }
                Weighed::Term(term)
                    if unit.kind == UnitKind::Part && rarest > statistics.articles / COMMON_PART =>
                {
                    others.push(evidence(Weighed::Term(term)));
                }
                Weighed::Term(term) => finders.push(term),
                other @ Weighed::Any(..) => others.push(evidence(other)),
                Weighed::Query(query) => {
                    if rarest <= FEW.max(statistics.articles / RARE) {
                        names.push(query.box_clone());
                    }
                    others.push(evidence(Weighed::Query(query)));
                }
            }
        }
        others.extend(common);
        if finders.is_empty() && names.is_empty() {
            // Common words alone must find, then.
            let is_term = |evidence: &mut Evidence| evidence.weighed.term().is_some();
            let terms =
                others.extract_if(.., is_term).filter_map(|evidence| evidence.weighed.term().cloned());
            finders = terms.collect();
        }
        if finders.is_empty() && names.is_empty() && others.is_empty() {
            return Ok(None);
        }
        let mut firm: Vec<(Occur, Box<dyn Query>)> =
            plan.firm.iter().map(|(occur, query)| (*occur, query.box_clone())).collect();
        if !firm.is_empty() {
            firm.push((Occur::Must, Box::new(AllQuery)));
        }
        Ok(Some(Relaxed {
            finders,
            names,
            others,
            firm: (!firm.is_empty()).then(|| Box::new(BooleanQuery::new(firm)) as Box<dyn Query>),
        }))
    }

    /// The words that find, for articles that a name found.
    fn words(&self) -> Vec<Evidence> {
        let words = self.finders.iter().cloned().map(Weighed::Term);
        words.map(|weighed| Evidence { kind: ScoreKind::Query, weighed }).collect()
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
        let (mut matches, mut best) = scan.near_best_of(&self.finders, NEAR_BEST)?;
        let mut known: HashSet<DocAddress> = best.iter().map(|known| known.address).collect();
        let words = if self.names.is_empty() { Vec::new() } else { self.words() };
        for name in &self.names {
            let (named, mut more) = scan.near_best(name.as_ref(), NEAR_BEST)?;
            matches = matches.or(&named);
            more.retain(|more| known.insert(more.address));
            more.iter_mut().for_each(|more| more.score = 0.0);
            add_evidence(&scan.snapshot.searcher, scan.statistics, &words, &mut more, None)?;
            best.extend(more);
        }
        if best.is_empty() {
            let any = self.others.iter().map(|evidence| evidence.weighed.query()).collect();
            let (matches, best) = scan.near_best(&BooleanQuery::union(any), NEAR_BEST)?;
            return Ok(RelaxedAnswer { matches, best });
        }
        add_evidence(&scan.snapshot.searcher, scan.statistics, &self.others, &mut best, explained)?;
        best.sort_unstable();
        Ok(RelaxedAnswer { matches, best })
    }
}

/// In how many articles the rarest term of a phrase stands.
fn rarest_term(
    phrase: &Phrase,
    field: TextField,
    statistics: &ArticleStatistics<'_>,
) -> tantivy::Result<u64> {
    let mut rarest = u64::MAX;
    for (_, term) in &phrase.terms {
        rarest = rarest.min(statistics.doc_freq(&field.term(term))?);
    }
    Ok(rarest)
}

/// What the reading itself did not weigh: pairs, and after a relaxed reading words in the headline.
fn unweighed(unit: &Unit, fields: &Fields, relaxed: bool) -> Vec<Weighed> {
    let boosted = |field, boost: f32| unit.phrase.weighed(field, boost * unit.weight);
    match unit.kind {
        UnitKind::Pair => vec![boosted(fields.title, WORD_IN_TITLE), boosted(fields.text, 1.0)],
        _ if relaxed => vec![boosted(fields.title, WORD_IN_TITLE)],
        _ => Vec::new(),
    }
}

/// Something that adds to a candidate's score.
pub(crate) struct Evidence {
    /// What it is.
    pub(crate) kind: ScoreKind,
    pub(crate) weighed: Weighed,
}

/// What the best fifty are looked at for: neighbouring characters, and after a relaxed reading words in the headline.
pub(crate) fn evidence(plan: &Plan, fields: &Fields, relaxed: bool) -> Vec<Evidence> {
    plan.units
        .iter()
        .flat_map(|unit| {
            unweighed(unit, fields, relaxed)
                .into_iter()
                .map(move |weighed| Evidence { kind: kind_of(unit), weighed })
        })
        .collect()
}

/// The words inside the query's one piece, as weak evidence: an article that speaks of 卒中 throughout is more about 卒中中心 than
/// one that names it once.
pub(crate) fn word_evidence(plan: &Plan, fields: &Fields) -> Vec<Evidence> {
    let whole = plan.pieces.first().and_then(|piece| Phrase::cut(piece)).map(|phrase| phrase.folded);
    let words = plan.units.iter().filter(|unit| unit.kind == UnitKind::Word);
    words
        .filter(|unit| Some(&unit.phrase.folded) != whole.as_ref())
        .flat_map(|unit| {
            [(fields.title, WORD_IN_TITLE), (fields.text, 1.0)].map(|(field, boost)| Evidence {
                kind: kind_of(unit),
                weighed: unit.phrase.weighed(field, boost * INNER_WORD),
            })
        })
        .collect()
}

fn kind_of(unit: &Unit) -> ScoreKind {
    let text = unit.phrase.folded.iter().collect();
    if unit.kind == UnitKind::Pair { ScoreKind::Pair(text) } else { ScoreKind::Word(text) }
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
        let mut scale = Scale::of(&piece.weighed, statistics)?;
        for at in &order {
            let Some(candidate) = candidates.get_mut(*at) else { continue };
            let address = candidate.address;
            let Some(score) = scale.weigh(searcher, address)? else { continue };
            candidate.score += score;
            if let Some(explained) = explained.as_deref_mut() {
                explained.push((address, ScorePart { part: piece.kind.clone(), score }));
            }
        }
    }
    Ok(())
}

/// Weighs single documents, in order.
enum Scale<'a> {
    Term { weighing: Weighing<'a>, open: Option<(u32, Option<Box<TermList>>)> },
    Query(Steppers),
    Any { ways: Vec<Steppers>, score: Score },
}

impl<'a> Scale<'a> {
    fn of(weighed: &'a Weighed, statistics: &'a ArticleStatistics<'_>) -> tantivy::Result<Scale<'a>> {
        Ok(match weighed {
            Weighed::Term(term) => Scale::Term { weighing: Weighing::of([term], statistics)?, open: None },
            Weighed::Query(query) => {
                let scoring =
                    EnableScoring::enabled_from_statistics_provider(statistics, statistics.searcher);
                Scale::Query(Steppers::of(query.as_ref(), scoring)?)
            }
            Weighed::Any(queries, score) => {
                let scoring = EnableScoring::disabled_from_searcher(statistics.searcher);
                let ways = queries.iter().map(|query| Steppers::of(query.as_ref(), scoring));
                Scale::Any { ways: ways.collect::<tantivy::Result<_>>()?, score: *score }
            }
        })
    }

    /// What a document scores, if it matches.
    fn weigh(&mut self, searcher: &Searcher, address: DocAddress) -> tantivy::Result<Option<Score>> {
        let segment = address.segment_ord;
        Ok(match self {
            Scale::Term { weighing, open } => {
                if open.as_ref().is_none_or(|(known, _)| *known != segment) {
                    let lists = weighing.open(searcher.segment_reader(segment), segment as usize)?;
                    *open = Some((segment, lists.into_iter().next().map(Box::new)));
                }
                open.as_mut().and_then(|(_, list)| list.as_mut()?.weigh(address.doc_id))
            }
            Scale::Query(query) => query.ask(searcher, address, Stepper::score)?,
            Scale::Any { ways, score } => {
                let mut any = false;
                for way in ways {
                    any = any || way.ask(searcher, address, Stepper::matches)?;
                }
                any.then_some(*score)
            }
        })
    }
}

/// Which of the candidates match a query.
pub(crate) fn bearers(
    searcher: &Searcher,
    query: &dyn Query,
    candidates: &[Match],
) -> tantivy::Result<HashSet<DocAddress>> {
    let mut query = Steppers::of(query, EnableScoring::disabled_from_searcher(searcher))?;
    let mut order: Vec<DocAddress> = candidates.iter().map(|candidate| candidate.address).collect();
    order.sort_unstable();
    let mut bearing = HashSet::new();
    for address in order {
        if query.ask(searcher, address, Stepper::matches)? {
            bearing.insert(address);
        }
    }
    Ok(bearing)
}

/// Asks a query about single documents, in order, segment by segment.
struct Steppers {
    weight: Box<dyn Weight>,
    open: Option<Stepper>,
}

impl Steppers {
    fn of(query: &dyn Query, scoring: EnableScoring<'_>) -> tantivy::Result<Steppers> {
        Ok(Steppers { weight: query.weight(scoring)?, open: None })
    }

    fn ask<T>(
        &mut self,
        searcher: &Searcher,
        address: DocAddress,
        question: impl Fn(&mut Stepper, DocId) -> T,
    ) -> tantivy::Result<T> {
        let stepper = match self.open.take().filter(|stepper| stepper.segment == address.segment_ord) {
            Some(stepper) => stepper,
            None => Stepper::new(self.weight.as_ref(), searcher, address)?,
        };
        let answer = question(self.open.insert(stepper), address.doc_id);
        damage::met()?;
        Ok(answer)
    }
}

/// Asks a query about single documents of one segment, in order, without looking for its matches in between.
struct Stepper {
    segment: u32,
    scorer: Box<dyn Scorer>,
    /// No document before this one matches.
    next: DocId,
    /// Whether the scorer stands on `next`.
    found: bool,
}

impl Stepper {
    fn new(weight: &dyn Weight, searcher: &Searcher, first: DocAddress) -> tantivy::Result<Stepper> {
        let reader = searcher.segment_reader(first.segment_ord);
        let (result, scorer) = weight.scorer_danger(reader, first.doc_id, 1.0)?;
        let mut stepper = Stepper { segment: first.segment_ord, scorer, next: 0, found: false };
        stepper.take(result, first.doc_id);
        Ok(stepper)
    }

    fn take(&mut self, result: SeekDangerResult, target: DocId) {
        (self.next, self.found) = match result {
            SeekDangerResult::Found => (target, true),
            SeekDangerResult::SeekLowerBound(next) => (next, false),
        };
    }

    /// What a document scores, if it matches. Documents must come in order.
    fn score(&mut self, doc: DocId) -> Option<Score> {
        self.matches(doc).then(|| self.scorer.score())
    }

    /// Whether a document matches. Documents must come in order.
    fn matches(&mut self, doc: DocId) -> bool {
        if doc > self.next || (doc == self.next && !self.found) {
            let result = self.scorer.seek_danger(doc);
            self.take(result, doc);
        }
        self.found && self.next == doc
    }
}

/// Raises the candidates whose records say what was asked.
pub(crate) fn raise_records(
    keys: &Keys,
    share: f32,
    candidates: &mut [Match],
    mut explained: Option<&mut Vec<(DocAddress, ScorePart)>>,
) {
    let best = candidates.iter().map(|candidate| candidate.score).fold(0.0, f32::max);
    let bonus = (best * share).max(share);
    for candidate in candidates.iter_mut().filter(|candidate| keys.contains(&candidate.key)) {
        candidate.score += bonus;
        if let Some(explained) = explained.as_deref_mut() {
            explained.push((candidate.address, ScorePart { part: ScoreKind::Record, score: bonus }));
        }
    }
}
