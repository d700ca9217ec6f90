//! A search from beginning to end.

use std::time::Instant;

use tantivy::DocAddress;
use xinglin_index_schema::{Kind, StoredArticle};

use crate::answer::{Answer, FacetAnswer, Facets, Hit, ScorePart};
use crate::candidates::{Relaxed, SECOND_LOOK};
use crate::collect::{Match, Scan};
use crate::columns::Snapshot;
use crate::diagnosis;
use crate::duplicates::{self, Grouped, Texts};
use crate::error::Error;
use crate::facets::{Counted, Wanted};
use crate::filter::{Conditions, Group};
use crate::grammar;
use crate::interpret::Interpreter;
use crate::matches::{Keys, Matches};
use crate::note::ScoreKind;
use crate::plan::{FACT_SCORE, Plan, Planner, Ways};
use crate::reader::{ArticleStatistics, Reader};
use crate::request::{Request, Sort};
use crate::second_look::SecondLook;
use crate::snippet;

impl Reader {
    /// Searches the articles.
    ///
    /// # Errors
    /// Where the index cannot be read, or a filter names an institution that it does not have. Never because of what
    /// the query says.
    pub fn search(&self, request: &Request, interpreter: &dyn Interpreter) -> Result<Answer, Error> {
        let started = Instant::now();
        let mut answer = self.whole(|| Run::start(self, request, interpreter)?.answer())?;
        answer.took_ms = started.elapsed().as_secs_f64() * 1000.0;
        Ok(answer)
    }

    /// Counts facets without fetching hits.
    ///
    /// # Errors
    /// As [`Reader::search`].
    pub fn facets(&self, request: &Request, interpreter: &dyn Interpreter) -> Result<FacetAnswer, Error> {
        let request = Request { limit: 0, offset: 0, ..request.clone() };
        let answer = self.search(&request, interpreter)?;
        Ok(FacetAnswer {
            total: answer.total,
            facets: answer.facets.unwrap_or_default(),
            understood: answer.understood,
            diagnosis: answer.diagnosis,
            notes: answer.notes,
        })
    }
}

/// What a reading finds.
struct Found {
    matches: Matches,
    /// Best first, at most as many as asked for.
    best: Vec<Match>,
}

/// What a page of hits is made with.
struct Page<'a, 't> {
    scan: Scan<'a>,
    /// The relaxed reading, where that gave the answer.
    reading: Option<&'a Relaxed>,
    texts: &'a mut Texts<'t>,
    explained: &'a mut Option<Vec<(DocAddress, ScorePart)>>,
}

/// One search under way.
struct Run<'a> {
    reader: &'a Reader,
    request: &'a Request,
    snapshot: Snapshot,
    planner: Planner<'a>,
    plan: Plan,
    conditions: Conditions,
}

impl<'a> Run<'a> {
    fn start(
        reader: &'a Reader,
        request: &'a Request,
        interpreter: &'a dyn Interpreter,
    ) -> Result<Run<'a>, Error> {
        let snapshot = reader.snapshot();
        let parsed = grammar::parse_within(&request.query, request.limits);
        let planner = Planner { fields: &reader.fields, interpreter };
        let mut plan = planner.plan(&parsed.expr);
        plan.notes.splice(0..0, parsed.notes);
        let conditions = Conditions::of(&request.filters, reader, &snapshot.searcher)?;
        Ok(Run { reader, request, snapshot, planner, plan, conditions })
    }

    fn answer(&mut self) -> Result<Answer, Error> {
        let reader = self.reader;
        let wrap = |source| reader.wrap(source);
        let statistics = ArticleStatistics::of(reader, &self.snapshot.searcher).map_err(wrap)?;
        let allowed = self.conditions.matches(&self.snapshot, None).map_err(wrap)?;
        let scan = self.scan(&statistics, allowed.as_ref());
        let mut found = self.strict(&scan).map_err(wrap)?;
        let mut explained = self.request.explain.then(Vec::new);
        let mut reading = None;
        if found.matches.len() == 0
            && let Some(relaxed) = Relaxed::of(&self.plan, &reader.fields, &statistics).map_err(wrap)?
        {
            let answers = relaxed.answers(&scan, explained.as_mut()).map_err(wrap)?;
            found = Found { matches: answers.matches, best: answers.best };
            reading = Some(relaxed);
        }
        let total = found.matches.len();
        let mut texts = Texts::new(reader, &self.snapshot);
        let mut page = Page { scan, reading: reading.as_ref(), texts: &mut texts, explained: &mut explained };
        let groups = self.page(&mut page, std::mem::take(&mut found.best), &found.matches)?;
        let facets = self.facet_counts(&found.matches, reading.as_ref(), &statistics).map_err(wrap)?;
        let hits = self.hits(&groups, &mut texts, explained.unwrap_or_default())?;
        let diagnosis = if total == 0 {
            Some(
                diagnosis::of(reader, &self.snapshot, &statistics, &self.plan, &self.conditions)
                    .map_err(wrap)?,
            )
        } else {
            None
        };
        Ok(Answer {
            query: self.request.query.clone(),
            understood: self.plan.understood.clone(),
            total,
            took_ms: 0.0,
            hits,
            facets,
            suggestion: None,
            corrected: false,
            relaxed: reading.is_some() && total > 0,
            diagnosis,
            notes: self.plan.notes.clone(),
        })
    }

    fn scan<'s>(&'s self, statistics: &'s ArticleStatistics<'s>, allowed: Option<&'s Matches>) -> Scan<'s> {
        let wanted = self.request.offset.saturating_add(self.request.limit);
        let keep = match (self.request.limit, self.request.sort) {
            (0, _) => 0,
            (_, Sort::Relevance) => wanted.max(SECOND_LOOK),
            (_, Sort::Date) => wanted,
        };
        Scan { snapshot: &self.snapshot, statistics, allowed, keep, sort: self.request.sort }
    }

    /// The articles that answer every part of the query.
    fn strict(&self, scan: &Scan<'_>) -> tantivy::Result<Found> {
        match &self.plan.single {
            _ if scan.keep == 0 => {
                let matches = self.unscored()?.and(scan.allowed);
                Ok(Found { matches, best: Vec::new() })
            }
            Some(ways) if scan.sort == Sort::Relevance => self.single(ways, scan),
            _ => {
                let (matches, best) = scan.all(self.plan.strict.as_ref(), false)?;
                Ok(Found { matches, best })
            }
        }
    }

    /// All articles that answer every part of the query, whatever the conditions.
    fn unscored(&self) -> tantivy::Result<Matches> {
        if self.plan.everything {
            return Matches::all(Kind::Article, &self.snapshot);
        }
        Matches::of(&self.snapshot, self.plan.strict.as_ref(), false)
    }

    /// A query of one piece whose letters are single terms: matches without scores, the best by a pruned pass.
    fn single(&self, ways: &Ways, scan: &Scan<'_>) -> tantivy::Result<Found> {
        let letters = ways.by_letters();
        let terms = ways.terms().unwrap_or_default();
        let by_letters = Matches::of_any(&self.snapshot, &terms, scan.statistics)?.and(scan.allowed);
        if ways.facts.is_empty() {
            let scan = Scan { allowed: scan.allowed.map(|_| &by_letters), ..*scan };
            let best = scan.best(letters.as_ref(), None)?;
            return Ok(Found { matches: by_letters, best });
        }
        let by_facts = Matches::having(Kind::Article, &self.snapshot, &ways.facts)?.and(scan.allowed);
        let mut best = scan.best(letters.as_ref(), Some((&by_facts, FACT_SCORE)))?;
        // Articles that only facts speak for all score the same.
        if best.len() < scan.keep || best.last().is_some_and(|worst| worst.score <= FACT_SCORE) {
            best.extend(scan.level(&by_facts.clone().without(&by_letters), FACT_SCORE)?);
            best.sort_unstable();
            best.truncate(scan.keep);
        }
        Ok(Found { matches: by_letters.or(&by_facts), best })
    }

    /// All facets that were asked for, in order. One that is filtered by is counted without its own filter, so that its
    /// other values keep their true counts.
    fn facet_counts(
        &self,
        matches: &Matches,
        relaxed: Option<&Relaxed>,
        statistics: &ArticleStatistics<'_>,
    ) -> tantivy::Result<Option<Facets>> {
        if self.request.facets.is_empty() {
            return Ok(None);
        }
        let mut facets = Facets::default();
        let found = Counted::new(&self.snapshot, matches);
        let mut unfiltered: Option<Matches> = None;
        for field in &self.request.facets {
            let wanted = Wanted {
                field: *field,
                under: self.request.under.as_deref(),
                limit: self.request.facet_limit,
            };
            let group = Group::of(*field);
            let counts = if self.conditions.has(group) {
                let others = self.conditions.matches(&self.snapshot, Some(group))?;
                let matches = match (relaxed, &unfiltered) {
                    (Some(relaxed), _) => {
                        let scan = Scan { keep: 0, ..self.scan(statistics, others.as_ref()) };
                        relaxed.answers(&scan, None)?.matches
                    }
                    (None, Some(all)) => all.clone().and(others.as_ref()),
                    (None, None) => unfiltered.insert(self.unscored()?).clone().and(others.as_ref()),
                };
                Counted::new(&self.snapshot, &matches).count(wanted)?
            } else {
                found.count(wanted)?
            };
            facets.0.push((field.as_str().to_owned(), counts));
        }
        Ok(Some(facets))
    }

    /// The groups of hits up to the end of the page that was asked for. Where reposts take so many places that the page
    /// stays short, more is fetched.
    fn page(
        &self,
        page: &mut Page<'_, '_>,
        mut best: Vec<Match>,
        matches: &Matches,
    ) -> Result<Vec<Grouped>, Error> {
        let wanted = self.request.offset.saturating_add(self.request.limit);
        if self.request.limit == 0 {
            return Ok(Vec::new());
        }
        let said = page.explained.clone();
        loop {
            let fetched = best.len();
            if self.request.sort == Sort::Relevance {
                page.explained.clone_from(&said);
                self.second_look(page, &mut best, matches)?;
            }
            if self.request.all {
                return Ok(duplicates::apart(&best, wanted));
            }
            let groups = duplicates::group(&best, wanted, page.texts)?;
            if groups.len() >= wanted || fetched >= matches.len() {
                return Ok(groups);
            }
            let scan = Scan { keep: fetched.max(wanted).saturating_mul(4), ..page.scan };
            best = self.read(page.reading, &scan).map_err(|source| self.reader.wrap(source))?;
            if best.len() <= fetched {
                return Ok(groups);
            }
        }
    }

    /// The best by the reading that gave the answer.
    fn read(&self, reading: Option<&Relaxed>, scan: &Scan<'_>) -> tantivy::Result<Vec<Match>> {
        match reading {
            Some(relaxed) => Ok(relaxed.answers(scan, None)?.best),
            None => Ok(self.strict(scan)?.best),
        }
    }

    fn second_look(
        &self,
        page: &mut Page<'_, '_>,
        best: &mut Vec<Match>,
        matches: &Matches,
    ) -> Result<(), Error> {
        let truncated = matches.len() > best.len();
        let reading = page.reading;
        let scan = Scan { keep: SECOND_LOOK, ..page.scan };
        let among = |keys: &Keys| -> tantivy::Result<Vec<Match>> {
            let keyed = matches.clone().keyed(&self.snapshot, keys)?;
            self.read(reading, &Scan { allowed: Some(&keyed), ..scan })
        };
        SecondLook {
            reader: self.reader,
            snapshot: &self.snapshot,
            statistics: page.scan.statistics,
            planner: &self.planner,
            plan: &self.plan,
            among: &among,
            relaxed: reading.is_some(),
            wanted: self.request.offset.saturating_add(self.request.limit),
            apart: self.request.all,
            texts: page.texts,
            explained: page.explained,
        }
        .weigh(best, truncated)
    }

    fn hits(
        &self,
        groups: &[Grouped],
        texts: &mut Texts<'_>,
        explained: Vec<(DocAddress, ScorePart)>,
    ) -> Result<Vec<Hit>, Error> {
        let page = groups.iter().enumerate().skip(self.request.offset).take(self.request.limit);
        page.map(|(at, group)| {
            let article = texts.article(group.found.address)?;
            let mut hit = self.hit(article, at + 1, &group.found);
            hit.duplicates = group.duplicates;
            if self.request.explain {
                hit.explanation = explain(&group.found, &explained);
            }
            Ok(hit)
        })
        .collect()
    }

    fn hit(&self, article: StoredArticle, rank: usize, found: &Match) -> Hit {
        let width = self.request.snippet_width;
        let snippet = snippet::best(&article, &self.plan.needles, &self.plan.units, width);
        Hit {
            rank,
            score: if self.request.sort == Sort::Date { 0.0 } else { found.score },
            id: article.id,
            file: article.file,
            title: article.title,
            published: article.published,
            year: article.year,
            subjects: article.subjects,
            regions: article.regions,
            specialties: article.specialties,
            url: article.url,
            source: article.source,
            snippet: snippet.0,
            in_noise: snippet.1,
            duplicates: 0,
            explanation: Vec::new(),
        }
    }
}

fn explain(found: &Match, explained: &[(DocAddress, ScorePart)]) -> Vec<ScorePart> {
    let mut parts: Vec<ScorePart> = explained
        .iter()
        .filter(|(address, _)| *address == found.address)
        .map(|(_, part)| part.clone())
        .collect();
    let rest = found.score - parts.iter().map(|part| part.score).sum::<f32>();
    parts.insert(0, ScorePart { part: ScoreKind::Query, score: rest });
    parts
}
