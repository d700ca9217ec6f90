//! Latency of an index that is open.

use super::{Ground, Indexes, Setting};
use crate::baseline::{Engine, jieba};
use crate::report::{Reach, Row, Section, median, milliseconds, percentile};
use anyhow::{Result, ensure};
use std::time::Instant;
use xinglin::{FacetField, Index, SearchRequest};

/// How one kind of query is put to xinglin.
type Ask = fn(&str) -> SearchRequest;

fn with_facets(query: &str) -> SearchRequest {
    let request = SearchRequest::new(query).limit(10);
    request.facet(FacetField::Region).facet(FacetField::Specialty).facet(FacetField::Year)
}

fn exactly(piece: &str) -> SearchRequest {
    SearchRequest::new(format!("\"{piece}\"")).limit(10)
}

/// Milliseconds of each query, its median over the rounds.
#[derive(Default)]
pub(super) struct Latencies {
    pub(super) xinglin: Vec<f64>,
    pub(super) baseline: Vec<f64>,
}

/// Puts natural questions, keywords and exact phrases to both engines in turn.
pub(super) fn measure(setting: &Setting, ground: &Ground, indexes: &Indexes) -> Result<Section> {
    Ok(section(setting, &latencies(setting, ground, indexes)?))
}

/// The report of latencies.
pub(super) fn section(setting: &Setting, kinds: &[(&'static str, Latencies)]) -> Section {
    let method = format!(
        "in one process, ten hits fetched, each query's median of {} rounds in turn; \
         xinglin cuts snippets and counts three facets (region, specialty, year), the baseline counts none",
        setting.rounds
    );
    let mut section = Section::new("warm latency", method);
    for (kind, latencies) in kinds {
        for (name, percent) in [("p50", 50.0), ("p99", 99.0)] {
            let [xinglin, baseline] =
                [&latencies.xinglin, &latencies.baseline].map(|all| percentile(all, percent));
            let row = Row::pair(format!("{kind}, {name}"), "ms", xinglin, baseline);
            section.rows.push(match (*kind, name) {
                (QUESTION, _) => row.reach(Reach::RatioAtMost(1.2)),
                (KEYWORD, _) => row.reach(Reach::RatioAtMost(1.0)),
                (PHRASE, "p99") => row.reach(Reach::AtMost(1.0)),
                _ => row,
            });
        }
        let queries = latencies.xinglin.len();
        section.asserted.push(format!("{queries} of {queries} queries of the kind “{kind}” found something"));
    }
    section
}

pub(super) const QUESTION: &str = "natural question";
pub(super) const KEYWORD: &str = "keyword of 2–6 characters";
pub(super) const PHRASE: &str = "exact phrase of 4–8 characters";

/// Latencies by kind of query.
pub(super) fn latencies(
    setting: &Setting,
    ground: &Ground,
    indexes: &Indexes,
) -> Result<Vec<(&'static str, Latencies)>> {
    let xinglin = Index::open(&indexes.xinglin)?;
    let baseline = Engine::open(&indexes.baseline, jieba())?;
    ensure!(
        baseline.articles() == ground.extent.articles,
        "the baseline holds {} articles",
        baseline.articles()
    );
    let samples = &ground.samples;
    let questions: Vec<&str> = samples.questions.iter().map(String::as_str).collect();
    let keywords: Vec<&str> = samples.keywords.iter().map(String::as_str).collect();
    let pieces: Vec<&str> = samples.pieces.iter().map(|piece| piece.text.as_str()).collect();
    let kinds: [(&str, Ask, Vec<&str>); 3] =
        [(QUESTION, with_facets, questions), (KEYWORD, with_facets, keywords), (PHRASE, exactly, pieces)];
    kinds
        .map(|(kind, ask, queries)| {
            Ok((kind, time(setting.rounds, (&xinglin, &baseline), ask, &queries, kind == PHRASE)?))
        })
        .into_iter()
        .collect()
}

/// `may_miss`: the naive engine misses literal pieces that its words do not cut out.
fn time(
    rounds: usize,
    (xinglin, baseline): (&Index, &Engine),
    ask: Ask,
    queries: &[&str],
    may_miss: bool,
) -> Result<Latencies> {
    let mut latencies = Latencies::default();
    for query in queries {
        let request = ask(query);
        let ours = || -> Result<f64> {
            let started = Instant::now();
            let answer = xinglin.search(&request)?;
            let taken = milliseconds(started.elapsed());
            ensure!(answer.total > 0 && !answer.hits.is_empty(), "xinglin finds nothing for {query:?}");
            Ok(taken)
        };
        let theirs = || -> Result<f64> {
            let started = Instant::now();
            let found = baseline.search(query, 10)?;
            let taken = milliseconds(started.elapsed());
            ensure!(!found.is_empty() || may_miss, "the baseline finds nothing for {query:?}");
            Ok(taken)
        };
        // The first of each is not counted: it brings pages of the index into memory.
        ours()?;
        theirs()?;
        let (mut xinglin_series, mut baseline_series) = (Vec::new(), Vec::new());
        for round in 0..rounds {
            if round % 2 == 0 {
                xinglin_series.push(ours()?);
                baseline_series.push(theirs()?);
            } else {
                baseline_series.push(theirs()?);
                xinglin_series.push(ours()?);
            }
        }
        latencies.xinglin.push(median(&xinglin_series));
        latencies.baseline.push(median(&baseline_series));
    }
    Ok(latencies)
}
