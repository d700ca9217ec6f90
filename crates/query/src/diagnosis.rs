//! Why an answer is empty: the word that stands nowhere, or the filter that took everything away.

use tantivy::query::BooleanQuery;

use crate::answer::Diagnosis;
use crate::candidates::Relaxed;
use crate::collect::Scan;
use crate::columns::Snapshot;
use crate::filter::Conditions;
use crate::matches::Matches;
use crate::phrase::Phrase;
use crate::plan::Plan;
use crate::reader::{ArticleStatistics, Reader};
use crate::request::Sort;

/// Finds out why nothing was found.
pub(crate) fn of(
    reader: &Reader,
    snapshot: &Snapshot,
    statistics: &ArticleStatistics<'_>,
    plan: &Plan,
    conditions: &Conditions,
) -> tantivy::Result<Diagnosis> {
    let mut diagnosis = Diagnosis::default();
    for piece in &plan.pieces {
        if let Some(phrase) = Phrase::cut(piece)
            && !stands(reader, snapshot, &phrase)?
        {
            diagnosis.absent.push(piece.clone());
        }
    }
    if conditions.is_empty() {
        return Ok(diagnosis);
    }
    let mut asked = Matches::of(snapshot, plan.strict.as_ref(), false)?;
    if asked.len() == 0
        && let Some(relaxed) = Relaxed::of(plan, &reader.fields, statistics)?
    {
        let scan = Scan { snapshot, statistics, allowed: None, keep: 0, sort: Sort::Relevance };
        asked = relaxed.answers(&scan, None)?.matches;
    }
    diagnosis.without_filters = asked.len();
    for (group, label) in conditions.groups() {
        let others = conditions.matches(snapshot, Some(group))?;
        let without = asked.clone().and(others.as_ref()).len();
        if without > 0 {
            diagnosis.emptied_by.push((label.to_owned(), without));
        }
    }
    Ok(diagnosis)
}

/// Whether a piece stands anywhere in the index.
fn stands(reader: &Reader, snapshot: &Snapshot, phrase: &Phrase) -> tantivy::Result<bool> {
    let fields = [reader.fields.title, reader.fields.text, reader.fields.noise];
    if let [(_, only)] = phrase.terms.as_slice() {
        for field in fields {
            if snapshot.searcher.doc_freq(&field.term(only))? > 0 {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let anywhere = BooleanQuery::union(fields.map(|field| phrase.query(field)).into());
    Ok(Matches::of(snapshot, &anywhere, true)?.len() > 0)
}
