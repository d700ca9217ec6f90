//! Why an answer is empty: the word that stands nowhere, or the filter that took everything away.

use tantivy::query::{BooleanQuery, Query};
use tantivy::{Searcher, Term};

use crate::answer::Diagnosis;
use crate::candidates;
use crate::collect::{Pass, collect};
use crate::filter::{Conditions, Group};
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::reader::{ArticleStatistics, Reader};
use crate::request::Sort;

/// Finds out why nothing was found.
pub(crate) fn of(
    reader: &Reader,
    searcher: &Searcher,
    statistics: &ArticleStatistics<'_>,
    plan: &Plan,
    conditions: &Conditions,
) -> tantivy::Result<Diagnosis> {
    let mut diagnosis = Diagnosis::default();
    for piece in &plan.pieces {
        if let Some(phrase) = Phrase::cut(piece)
            && !stands(reader, searcher, statistics, &phrase)?
        {
            diagnosis.absent.push(piece.clone());
        }
    }
    if conditions.is_empty() {
        return Ok(diagnosis);
    }
    let count = |query: &dyn Query, except: Option<Group>| -> tantivy::Result<usize> {
        let keys = conditions.joined(reader, searcher, except)?;
        let mut pass = Pass { keep: 0, sort: Sort::Relevance, keys: keys.as_ref(), counters: &mut [] };
        Ok(collect(searcher, conditions.apply(query, except).as_ref(), statistics, &mut pass)?.total)
    };
    let mut asked = plan.strict.box_clone();
    let mut pass = Pass { keep: 0, sort: Sort::Relevance, keys: None, counters: &mut [] };
    diagnosis.without_filters = collect(searcher, asked.as_ref(), statistics, &mut pass)?.total;
    if diagnosis.without_filters == 0
        && let Some(relaxed) = candidates::relaxed(plan, &reader.fields)
    {
        diagnosis.without_filters = collect(searcher, relaxed.as_ref(), statistics, &mut pass)?.total;
        asked = relaxed;
    }
    for (group, label) in conditions.groups() {
        let without = count(asked.as_ref(), Some(group))?;
        if without > 0 {
            diagnosis.emptied_by.push((label.to_owned(), without));
        }
    }
    Ok(diagnosis)
}

/// Whether a piece stands anywhere in the index.
fn stands(
    reader: &Reader,
    searcher: &Searcher,
    statistics: &ArticleStatistics<'_>,
    phrase: &Phrase,
) -> tantivy::Result<bool> {
    let fields = [reader.fields.title, reader.fields.text, reader.fields.noise];
    if let [(_, only)] = phrase.terms.as_slice() {
        for field in fields {
            if searcher.doc_freq(&Term::from_field_text(field, only))? > 0 {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let anywhere = BooleanQuery::union(fields.map(|field| phrase.query(field)).into());
    let mut pass = Pass { keep: 0, sort: Sort::Relevance, keys: None, counters: &mut [] };
    Ok(collect(searcher, &anywhere, statistics, &mut pass)?.total > 0)
}
