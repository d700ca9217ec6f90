//! A search from beginning to end.

use std::time::Instant;

use tantivy::query::Query;
use tantivy::{DocAddress, Searcher};
use xinglin_index_schema::StoredArticle;

use crate::answer::{Answer, FacetAnswer, Facets, Hit, ScorePart};
use crate::candidates::{self, SECOND_LOOK};
use crate::collect::{Match, Pass, collect};
use crate::diagnosis;
use crate::error::Error;
use crate::facets::Counter;
use crate::filter::{Conditions, Group};
use crate::grammar;
use crate::interpret::Interpreter;
use crate::plan::{Plan, Planner};
use crate::reader::{ArticleStatistics, Reader};
use crate::request::{FacetField, Request, Sort};
use crate::snippet;

impl Reader {
    /// Searches the articles.
    ///
    /// # Errors
    /// Where the index cannot be read, or a filter names an institution that it does not have. Never because of what
    /// the query says.
    pub fn search(&self, request: &Request, interpreter: &dyn Interpreter) -> Result<Answer, Error> {
        let started = Instant::now();
        let mut run = Run::start(self, request, interpreter)?;
        let mut answer = run.answer()?;
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
        })
    }
}

/// One search under way.
struct Run<'a> {
    reader: &'a Reader,
    request: &'a Request,
    searcher: Searcher,
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
        let searcher = reader.searcher();
        let parsed = grammar::parse(&request.query);
        let planner = Planner { fields: &reader.fields, interpreter };
        let mut plan = planner.plan(&parsed.expr);
        plan.notes.splice(0..0, parsed.notes);
        let conditions = Conditions::of(&request.filters, reader, &searcher)?;
        Ok(Run { reader, request, searcher, planner, plan, conditions })
    }

    fn answer(&mut self) -> Result<Answer, Error> {
        let reader = self.reader;
        let wrap = |source| reader.wrap(source);
        let statistics = ArticleStatistics::of(reader, &self.searcher).map_err(wrap)?;
        let strict = self.plan.strict.box_clone();
        let (mut found, mut counts) = self.pass(strict.as_ref(), &statistics).map_err(wrap)?;
        let mut used = strict;
        let mut relaxed = false;
        if found.0 == 0
            && let Some(query) = candidates::relaxed(&self.plan, &reader.fields)
        {
            (found, counts) = self.pass(query.as_ref(), &statistics).map_err(wrap)?;
            relaxed = found.0 > 0;
            used = query;
        }
        let (total, mut best) = found;
        let mut explained = self.request.explain.then(Vec::new);
        if self.request.sort == Sort::Relevance {
            self.second_look(relaxed, &statistics, &mut best, explained.as_mut()).map_err(wrap)?;
        }
        let facets = self.facet_counts(used.as_ref(), &statistics, counts).map_err(wrap)?;
        let hits = self.hits(&best, explained.unwrap_or_default())?;
        let diagnosis = if total == 0 {
            Some(
                diagnosis::of(reader, &self.searcher, &statistics, &self.plan, &self.conditions)
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
            relaxed,
            diagnosis,
            notes: self.plan.notes.clone(),
        })
    }

    /// One pass with all conditions; counts the facets whose own group is not filtered by.
    #[expect(clippy::type_complexity, reason = "total and best of one pass, and its counters")]
    fn pass(
        &self,
        query: &dyn Query,
        statistics: &ArticleStatistics<'_>,
    ) -> tantivy::Result<((usize, Vec<Match>), Vec<Counter>)> {
        let free = self.request.facets.iter().filter(|field| !self.conditions.has(Group::of(**field)));
        let mut counters: Vec<Counter> = free.map(|field| self.counter(*field)).collect();
        let wanted = self.request.offset.saturating_add(self.request.limit);
        let keep = if self.request.limit == 0 {
            0
        } else if self.request.sort == Sort::Relevance {
            wanted.max(SECOND_LOOK)
        } else {
            wanted
        };
        let keys = self.conditions.joined(self.reader, &self.searcher, None)?;
        let mut pass = Pass { keep, sort: self.request.sort, keys: keys.as_ref(), counters: &mut counters };
        let query = self.conditions.apply(query, None);
        let found = collect(&self.searcher, query.as_ref(), statistics, &mut pass)?;
        Ok(((found.total, found.best), counters))
    }

    fn counter(&self, field: FacetField) -> Counter {
        Counter::new(field, self.request.under.as_deref())
    }

    /// All facets that were asked for, in order. One that is filtered by is counted without its own filter, so that its
    /// other values keep their true counts.
    fn facet_counts(
        &self,
        query: &dyn Query,
        statistics: &ArticleStatistics<'_>,
        counted: Vec<Counter>,
    ) -> tantivy::Result<Option<Facets>> {
        if self.request.facets.is_empty() {
            return Ok(None);
        }
        let mut counted = counted.into_iter().map(Some).collect::<Vec<_>>();
        let mut facets = Facets::default();
        for field in &self.request.facets {
            let ready = counted.iter_mut().find(|c| c.as_ref().is_some_and(|c| c.field() == *field));
            let counter = match ready.and_then(Option::take) {
                Some(counter) => counter,
                None => self.count_alone(*field, query, statistics)?,
            };
            facets.0.push((field.as_str().to_owned(), counter.finish(self.request.facet_limit)));
        }
        Ok(Some(facets))
    }

    fn count_alone(
        &self,
        field: FacetField,
        query: &dyn Query,
        statistics: &ArticleStatistics<'_>,
    ) -> tantivy::Result<Counter> {
        let own = Some(Group::of(field));
        let mut counters = [self.counter(field)];
        let keys = self.conditions.joined(self.reader, &self.searcher, own)?;
        let mut pass = Pass { keep: 0, sort: Sort::Relevance, keys: keys.as_ref(), counters: &mut counters };
        collect(&self.searcher, self.conditions.apply(query, own).as_ref(), statistics, &mut pass)?;
        let [counter] = counters;
        Ok(counter)
    }

    fn second_look(
        &self,
        relaxed: bool,
        statistics: &ArticleStatistics<'_>,
        best: &mut [Match],
        mut explained: Option<&mut Vec<(DocAddress, ScorePart)>>,
    ) -> tantivy::Result<()> {
        let end = best.len().min(SECOND_LOOK);
        let Some(head) = best.get_mut(..end) else { return Ok(()) };
        if relaxed || self.plan.pieces.len() > 1 {
            let evidence = candidates::pair_evidence(&self.plan, &self.reader.fields);
            candidates::add_evidence(&self.searcher, statistics, &evidence, head, explained.as_deref_mut())?;
        }
        let keys =
            candidates::record_keys(&self.planner, self.reader, &self.searcher, &self.plan.understood)?;
        if !keys.is_empty() {
            candidates::raise_records(&keys, head, explained);
        }
        head.sort_unstable();
        Ok(())
    }

    fn hits(&self, best: &[Match], explained: Vec<(DocAddress, ScorePart)>) -> Result<Vec<Hit>, Error> {
        let page = best.iter().enumerate().skip(self.request.offset).take(self.request.limit);
        page.map(|(at, found)| {
            let article: StoredArticle = self.reader.stored(&self.searcher, found.address)?;
            let mut hit = self.hit(article, at + 1, found);
            if self.request.explain {
                hit.explanation = explain(found, &explained);
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
    parts.insert(0, ScorePart { part: "BM25 of the query".to_owned(), score: rest });
    parts
}
