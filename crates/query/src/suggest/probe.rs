//! Questions to the index that a suggestion must be checked by: does this stand anywhere, and what stands around it?

use tantivy::query::{BooleanQuery, EnableScoring, Query};
use tantivy::schema::Field;
use tantivy::{DocAddress, DocSet, TERMINATED, Term};
use xinglin_index_schema::TextField;

use crate::columns::Snapshot;
use crate::error::Error;
use crate::phrase::Phrase;
use crate::reader::Reader;

/// Most articles that are read to see what stands in a gap.
const MAX_READ: usize = 12;

/// A piece of text in which one character, or several next to each other, are open.
pub(super) type Pattern = Vec<Option<char>>;

/// An index to be asked.
pub(super) struct Probe<'a> {
    pub(super) reader: &'a Reader,
    pub(super) snapshot: Snapshot,
}

impl Probe<'_> {
    /// Whether a piece stands anywhere on a page.
    pub(super) fn stands(&self, piece: &str) -> Result<bool, Error> {
        let Some(phrase) = Phrase::cut(piece) else { return Ok(false) };
        let wrap = |source| self.reader.wrap(source);
        // Field by field: a union would gather thousands of matches before it gives the first.
        for query in self.fields().map(|field| phrase.query(field)) {
            let scoring = EnableScoring::disabled_from_searcher(&self.snapshot.searcher);
            let weight = query.weight(scoring).map_err(wrap)?;
            for segment in self.snapshot.searcher.segment_readers() {
                let mut scorer = weight.scorer(segment, 1.0).map_err(wrap)?;
                while scorer.doc() != TERMINATED {
                    if !segment.is_deleted(scorer.doc()) {
                        return Ok(true);
                    }
                    scorer.advance();
                }
            }
        }
        Ok(false)
    }

    /// The texts of a page, the longest first.
    fn fields(&self) -> [TextField; 3] {
        let fields = &self.reader.fields;
        [fields.text, fields.title, fields.noise]
    }

    /// Whether any document carries a raw value.
    pub(super) fn carried(&self, field: Field, value: &str) -> Result<bool, Error> {
        let frequency = self.snapshot.searcher.doc_freq(&Term::from_field_text(field, value));
        Ok(frequency.map_err(|source| self.reader.wrap(source))? > 0)
    }

    /// In how many articles' texts a word of the dictionary stands.
    pub(super) fn frequency(&self, word: &str) -> Result<u64, Error> {
        self.snapshot
            .searcher
            .doc_freq(&self.reader.fields.text.term(word))
            .map_err(|source| self.reader.wrap(source))
    }

    /// On how many articles' pages a piece stands.
    pub(super) fn count(&self, piece: &str) -> Result<usize, Error> {
        Ok(self.first(piece, usize::MAX)?.len())
    }

    /// The first few articles in which a piece stands.
    fn first(&self, piece: &str, most: usize) -> Result<Vec<DocAddress>, Error> {
        let Some(phrase) = Phrase::cut(piece) else { return Ok(Vec::new()) };
        let any = BooleanQuery::union(self.fields().map(|field| phrase.query(field)).into());
        let wrap = |source| self.reader.wrap(source);
        let weight =
            any.weight(EnableScoring::disabled_from_searcher(&self.snapshot.searcher)).map_err(wrap)?;
        let mut found = Vec::new();
        for (ordinal, segment) in self.snapshot.searcher.segment_readers().iter().enumerate() {
            let mut scorer = weight.scorer(segment, 1.0).map_err(wrap)?;
            let mut doc = scorer.doc();
            while doc != TERMINATED {
                if !segment.is_deleted(doc) {
                    found.push(DocAddress::new(ordinal as u32, doc));
                    if found.len() >= most {
                        return Ok(found);
                    }
                }
                doc = scorer.advance();
            }
        }
        Ok(found)
    }

    /// What stands in the pattern's open place, each filling with the number of articles (of the first few) that have it.
    pub(super) fn fillers(&self, pattern: &Pattern) -> Result<Vec<(String, usize)>, Error> {
        // Punctuation in a piece stands for any one character.
        let piece: String = pattern.iter().map(|c| c.unwrap_or('，')).collect();
        let mut counts: Vec<(String, usize)> = Vec::new();
        for address in self.first(&piece, MAX_READ)? {
            let article = self.reader.stored(&self.snapshot, address)?;
            let mut here = Vec::new();
            for text in [&article.text, &article.title, &article.noise] {
                fill(text, pattern, &mut here);
            }
            for filling in here {
                match counts.iter_mut().find(|(known, _)| *known == filling) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((filling, 1)),
                }
            }
        }
        Ok(counts)
    }

    /// The distinct values of a raw field with the number of documents that carry each, at most `most` of them.
    pub(super) fn values(&self, field: Field, most: usize) -> Result<Vec<(String, u64)>, Error> {
        let wrap = |source| self.reader.wrap(source);
        let mut values = std::collections::BTreeMap::new();
        for segment in self.snapshot.searcher.segment_readers() {
            let inverted = segment.inverted_index(field).map_err(wrap)?;
            let mut terms = inverted.terms().stream().map_err(|source| wrap(source.into()))?;
            while values.len() < most && terms.advance() {
                if let Ok(name) = std::str::from_utf8(terms.key()) {
                    *values.entry(name.to_owned()).or_insert(0) += u64::from(terms.value().doc_freq);
                }
            }
        }
        Ok(values.into_iter().collect())
    }
}

/// What of `text` stands in the pattern's open place.
fn fill(text: &str, pattern: &Pattern, found: &mut Vec<String>) {
    let Some(open) = pattern.iter().position(Option::is_none) else { return };
    let width = pattern.iter().filter(|c| c.is_none()).count();
    let chars: Vec<char> = text.chars().map(xinglin_text::fold).collect();
    for window in chars.windows(pattern.len()) {
        let fits = window.iter().zip(pattern).all(|(c, wanted)| wanted.is_none_or(|wanted| wanted == *c));
        let Some(filling) = window.get(open..open + width).filter(|_| fits) else { continue };
        let is_han = |c: &char| xinglin_text::class(*c) == xinglin_text::CharClass::Han;
        let text: String = filling.iter().collect();
        if filling.iter().all(is_han) && !found.contains(&text) {
            found.push(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_gap() {
        let check = |text: &str, pattern: &str, expected: &str| {
            let pattern: Pattern = pattern.chars().map(|c| (c != '?').then_some(c)).collect();
            let mut found = Vec::new();
            fill(text, &pattern, &mut found);
            assert_eq!(found.join(" "), expected);
        };
        check("我院胸痛中心。胸闷中心", "胸?中心", "痛 闷");
        check("該院獲批國家臨床重點專科", "重?专科", "点");
        check("心内，科心内科", "心内?", "科");
        check("喀什地区第一人民医院", "喀什??第一", "地区");
        check("骨", "骨?", "");
    }
}
