//! The second look: evidence that would be too dear to ask of every document, asked of the best fifty.
//!
//! Which articles get it does not depend on the page that was asked for, so that page follows page without gap or overlap.
//!
//! Every addition is a share of the best score before it, so that it means the same for every query.

use tantivy::DocAddress;
use tantivy::query::{BoostQuery, Query};

use crate::answer::{ScorePart, Understood};
use crate::candidates::{self, Evidence, SECOND_LOOK};
use crate::close_look::{self, Sought};
use crate::collect::Match;
use crate::columns::Snapshot;
use crate::duplicates::{self, Texts};
use crate::error::Error;
use crate::fitting::Fitting;
use crate::matches::Keys;
use crate::note::ScoreKind;
use crate::phrase::Phrase;
use crate::plan::{Plan, Planner, exact_term};
use crate::reader::{ArticleStatistics, Reader};
use crate::weighed::Weighed;

/// Each kind of fact that an article has as the query names it.
const FACT_SHARE: f32 = 0.08;
/// The letters of every piece, beside articles that only another name or a fact speaks for.
const LETTERS_SHARE: f32 = 0.5;
/// An article that is about an institution which the query names.
const SUBJECT_SHARE: f32 = 0.25;
/// Pieces side by side; less, the farther apart they stand.
const NEARNESS_SHARE: f32 = 0.2;
/// A headline that begins with what was asked.
const HEADLINE_SHARE: f32 = 0.05;
/// News of the newest day among the candidates; half of it for every three years of age. Too little to outweigh any difference
/// in what the articles say: it orders those that say the same.
const NEWNESS_SHARE: f32 = 0.02;
const NEWNESS_HALF_LIFE_DAYS: f32 = 3.0 * 365.25;
/// What a match across words keeps of its score: it is found, and stands behind those that agree with the words.
const ACROSS_WORDS_KEEPS: f32 = 0.05;
/// How many stored texts are looked at for several pieces; all candidates where most of these match across words.
const CLOSE_LOOK: usize = 24;
/// Most pieces of a query that are looked for there.
const MOST_SOUGHT: usize = 8;
/// Most articles with a fitting record that are fetched into the hundred.
const MOST_RECORD_KEYS: usize = 256;

/// One second look.
pub(crate) struct SecondLook<'a, 't> {
    pub(crate) reader: &'a Reader,
    pub(crate) snapshot: &'a Snapshot,
    pub(crate) statistics: &'a ArticleStatistics<'a>,
    pub(crate) planner: &'a Planner<'a>,
    pub(crate) plan: &'a Plan,
    /// The best matches among articles with these keys.
    pub(crate) among: &'a dyn Fn(&Keys) -> tantivy::Result<Vec<Match>>,
    pub(crate) relaxed: bool,
    /// How many of the best will be shown, up to the end of the page.
    pub(crate) wanted: usize,
    /// Whether reposts are hits of their own.
    pub(crate) apart: bool,
    pub(crate) texts: &'a mut Texts<'t>,
    /// Gets what was added, candidate by candidate.
    pub(crate) explained: &'a mut Option<Vec<(DocAddress, ScorePart)>>,
}

impl SecondLook<'_, '_> {
    /// Weighs the best matches anew and orders them. `truncated`: more articles match than are here.
    pub(crate) fn weigh(&mut self, best: &mut Vec<Match>, truncated: bool) -> Result<(), Error> {
        if best.is_empty() || self.plan.everything {
            return Ok(());
        }
        let mut rest = best.split_off(best.len().min(SECOND_LOOK));
        let records = self.records(best)?;
        if truncated {
            let more = self.with_records(&records, best)?;
            rest.retain(|found| more.iter().all(|other| other.address != found.address));
            best.extend(more);
        }
        self.gather(best).map_err(|source| self.reader.wrap(source))?;
        let share = candidates::RECORD_SHARE * records.worth;
        candidates::raise_records(&records.keys, share, best, self.explained.as_mut());
        best.sort_unstable();
        self.look_closely(best)?;
        self.prefer_newer(best);
        best.sort_unstable();
        best.append(&mut rest);
        Ok(())
    }

    /// Words and pairs of the query, facts, subjects.
    fn gather(&mut self, best: &mut [Match]) -> tantivy::Result<()> {
        let fields = &self.reader.fields;
        let mut evidence = Vec::new();
        if self.relaxed || self.plan.pieces.len() > 1 {
            evidence.extend(candidates::evidence(self.plan, fields, self.relaxed));
        } else {
            evidence.extend(candidates::word_evidence(self.plan, fields));
        }
        self.add(&evidence, best)?;
        let top = top(best);
        let mut evidence = self.fact_evidence(top * FACT_SHARE);
        evidence.extend(self.letters(top * LETTERS_SHARE));
        let subjects: Vec<Box<dyn Query>> = self
            .plan
            .names
            .iter()
            .chain(&self.plan.understood.institution)
            .map(|name| exact_term(fields.institution, name))
            .collect();
        if !subjects.is_empty() {
            let weighed = Weighed::Any(subjects, top * SUBJECT_SHARE);
            evidence.push(Evidence { kind: ScoreKind::Subject, weighed });
        }
        self.add(&evidence, best)
    }

    fn add(&mut self, evidence: &[Evidence], best: &mut [Match]) -> tantivy::Result<()> {
        let searcher = &self.snapshot.searcher;
        candidates::add_evidence(searcher, self.statistics, evidence, best, self.explained.as_mut())
    }

    /// The letters themselves, where another name or a fact may answer too: those stand behind.
    fn letters(&self, worth: f32) -> Vec<Evidence> {
        let fields = &self.reader.fields;
        let others = self.plan.names.len() > self.plan.pieces.len() || !self.plan.understood.is_empty();
        if self.relaxed || !others {
            return Vec::new();
        }
        let pieces = self.plan.pieces.iter().take(MOST_SOUGHT);
        let phrases: Vec<Phrase> = pieces.filter_map(|piece| Phrase::cut(piece)).collect();
        let each = worth / phrases.len().max(1) as f32;
        let stands = |phrase: &Phrase| [fields.title, fields.text].map(|field| phrase.query(field)).into();
        let weighed = |phrase: &Phrase| Weighed::Any(stands(phrase), each);
        phrases.iter().map(|phrase| Evidence { kind: ScoreKind::Letters, weighed: weighed(phrase) }).collect()
    }

    /// One piece of evidence for each kind of fact that the query names.
    fn fact_evidence(&self, worth: f32) -> Vec<Evidence> {
        let all = &self.plan.understood;
        let none = Understood::default;
        let kinds = [
            ("region", Understood { region: all.region.clone(), ..none() }),
            ("specialty", Understood { specialty: all.specialty.clone(), ..none() }),
            ("level", Understood { level: all.level.clone(), ..none() }),
            ("status", Understood { status: all.status.clone(), ..none() }),
            ("programme", Understood { programme: all.programme.clone(), ..none() }),
            ("year", Understood { year: all.year.clone(), ..none() }),
        ];
        let query = |facts: &Understood| self.planner.facts_query(facts);
        kinds
            .iter()
            .filter_map(|(name, facts)| Some((name, query(facts)?)))
            .map(|(name, query)| Evidence {
                kind: ScoreKind::Fact(name),
                weighed: Weighed::Query(Box::new(BoostQuery::new(query, worth))),
            })
            .collect()
    }

    /// The articles with a record that says what the query names: all of it, or all but the year and the status.
    fn records(&self, best: &[Match]) -> Result<Records, Error> {
        let candidates: Vec<u64> = best.iter().map(|found| found.key).collect();
        let fitting = |facts: &Understood| {
            Fitting::of(self.planner, self.snapshot, facts, &candidates, MOST_RECORD_KEYS)
                .map_err(|source| self.reader.wrap(source))
        };
        let facts = &self.plan.understood;
        let specific = !facts.region.is_empty()
            || !facts.specialty.is_empty()
            || !facts.institution.is_empty()
            || !facts.year.is_empty();
        if self.relaxed && !specific {
            return Ok(Records::default());
        }
        let exact = fitting(facts)?;
        let dated = !facts.year.is_empty() || !facts.status.is_empty();
        if !exact.complete || !exact.keys.is_empty() || !dated {
            return Ok(Records { keys: exact.keys, complete: exact.complete, worth: 1.0 });
        }
        let undated = Understood { year: Vec::new(), status: Vec::new(), ..facts.clone() };
        let Fitting { keys, complete } = fitting(&undated)?;
        Ok(Records { keys, complete, worth: 0.5 })
    }

    /// The best articles with such records that are not among the hundred: words alone may have passed them by.
    fn with_records(&self, records: &Records, best: &[Match]) -> Result<Vec<Match>, Error> {
        let known: Keys = best.iter().map(|found| found.key).collect();
        let missing: Keys = records.keys.iter().filter(|key| !known.contains(key)).copied().collect();
        if missing.is_empty() || !records.complete {
            return Ok(Vec::new());
        }
        (self.among)(&missing).map_err(|source| self.reader.wrap(source))
    }

    /// What only the stored texts tell.
    fn look_closely(&mut self, best: &mut [Match]) -> Result<(), Error> {
        if self.relaxed {
            return Ok(());
        }
        let mut sought: Vec<Sought> = Vec::new();
        for phrase in self.plan.pieces.iter().filter_map(|piece| Phrase::cut(piece)) {
            if sought.len() < MOST_SOUGHT && sought.iter().all(|known| !known.is(&phrase.folded)) {
                sought.push(Sought::of(phrase));
            }
        }
        if sought.len() < 2 && !sought.iter().any(Sought::is_aligned) {
            return Ok(());
        }
        if let [only] = sought.as_slice() {
            return self.look_at_one(best, only);
        }
        let top = top(best);
        let mut across = 0;
        for at in 0..best.len() {
            if at >= CLOSE_LOOK && across * 2 < CLOSE_LOOK {
                break;
            }
            let Some(candidate) = best.get_mut(at) else { break };
            across += usize::from(self.look_at(candidate, &sought, top)? > 0.0);
        }
        Ok(())
    }

    /// Looks closely at one candidate; returns how much of what was sought stands across words there.
    fn look_at(&mut self, candidate: &mut Match, sought: &[Sought], top: f32) -> Result<f32, Error> {
        let closeness = close_look::look(self.texts.of(candidate.address)?, sought);
        let lost = candidate.score * (1.0 - ACROSS_WORDS_KEEPS) * closeness.across;
        add(candidate, ScoreKind::AcrossWords, -lost, self.explained);
        add(candidate, ScoreKind::Nearness, top * NEARNESS_SHARE * closeness.nearness, self.explained);
        let begins = closeness.headline && closeness.across == 0.0;
        let headline = if begins { top * HEADLINE_SHARE } else { 0.0 };
        add(candidate, ScoreKind::Headline, headline, self.explained);
        Ok(closeness.across)
    }

    /// The close look for a single piece. All it can add is known beforehand, so it ends where no candidate that is left can
    /// reach those that will be shown.
    fn look_at_one(&mut self, best: &mut [Match], only: &Sought) -> Result<(), Error> {
        let top = top(best);
        let in_title = only.query(self.reader.fields.title);
        let titled = candidates::bearers(&self.snapshot.searcher, in_title.as_ref(), best)
            .map_err(|source| self.reader.wrap(source))?;
        let newest = newest(best);
        let most = |found: &Match| {
            let headline = if titled.contains(&found.address) { HEADLINE_SHARE } else { 0.0 };
            found.score + top * (headline + (1.0 + HEADLINE_SHARE) * newness(found, newest))
        };
        let mut left: Vec<(f32, usize)> = best.iter().map(most).zip(0..).collect();
        left.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let suspects = if self.apart { 0 } else { duplicates::suspects(best, self.texts)? };
        let wanted = self.wanted.saturating_add(suspects).max(1);
        let mut certain = Certain::default();
        for (most, at) in left {
            if certain.nth(wanted) > most {
                break;
            }
            let Some(candidate) = best.get_mut(at) else { break };
            self.look_at(candidate, std::slice::from_ref(only), top)?;
            certain.add(candidate.score, newness(candidate, newest));
        }
        Ok(())
    }

    fn prefer_newer(&mut self, best: &mut [Match]) {
        let (top, newest) = (top(best), newest(best));
        for candidate in best.iter_mut() {
            add(candidate, ScoreKind::Newness, top * newness(candidate, newest), self.explained);
        }
    }
}

/// What the candidates that were looked at score at least, once newness is added.
#[derive(Default)]
struct Certain {
    /// Scores and the shares for newness.
    looked: Vec<(f32, f32)>,
}

impl Certain {
    fn add(&mut self, score: f32, newness: f32) {
        self.looked.push((score, newness));
    }

    /// What the nth best scores at least.
    fn nth(&self, n: usize) -> f32 {
        // The best score of all is at least the best of these.
        let top = self.looked.iter().map(|(score, _)| *score).fold(0.0, f32::max);
        let mut all: Vec<f32> = self.looked.iter().map(|(score, newness)| score + top * newness).collect();
        all.sort_unstable_by(|a, b| b.total_cmp(a));
        all.get(n - 1).copied().unwrap_or(f32::MIN)
    }
}

/// The newest day among the candidates.
fn newest(best: &[Match]) -> i64 {
    best.iter().map(|found| found.date).max().unwrap_or(i64::MIN)
}

/// What an article gains for being new, as a share of the best score.
fn newness(found: &Match, newest: i64) -> f32 {
    if found.date == i64::MIN {
        return 0.0;
    }
    let age = newest.saturating_sub(found.date) as f32;
    NEWNESS_SHARE * (0.5f32).powf(age / NEWNESS_HALF_LIFE_DAYS)
}

/// Articles with fitting records, and how well they fit.
#[derive(Default)]
struct Records {
    keys: Keys,
    /// Whether these are all; else only the candidates'.
    complete: bool,
    worth: f32,
}

fn top(best: &[Match]) -> f32 {
    best.iter().map(|candidate| candidate.score).fold(0.0, f32::max)
}

fn add(
    candidate: &mut Match,
    part: ScoreKind,
    score: f32,
    explained: &mut Option<Vec<(DocAddress, ScorePart)>>,
) {
    if score == 0.0 {
        return;
    }
    candidate.score += score;
    if let Some(explained) = explained {
        explained.push((candidate.address, ScorePart { part, score }));
    }
}
