//! What a piece of evidence weighs: single terms by their lists, anything else as a query.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, BooleanQuery, BoostQuery, ConstScoreQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentReader, Term};

use crate::bits::Bits;
use crate::reader::ArticleStatistics;
use crate::term_sets::add_all;

/// Something that weighs in the articles in which it stands.
#[derive(Debug)]
pub(crate) enum Weighed {
    /// A single term.
    Term(WeighedTerm),
    /// Anything else.
    Query(Box<dyn Query>),
    /// Any of several, which all weigh the same. Asked one by one they are cheaper for a few articles than as one query, which looks
    /// for the matches in between too.
    Any(Vec<Box<dyn Query>>, Score),
}

impl Weighed {
    /// A term, or a query where it is none.
    pub(crate) fn query(&self) -> Box<dyn Query> {
        match self {
            Weighed::Term(term) => term.query(),
            Weighed::Query(query) => query.box_clone(),
            Weighed::Any(queries, score) => {
                let any = queries.iter().map(|query| query.box_clone()).collect();
                Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::union(any)), *score))
            }
        }
    }

    /// The term, where it is one.
    pub(crate) fn term(&self) -> Option<&WeighedTerm> {
        match self {
            Weighed::Term(term) => Some(term),
            Weighed::Query(_) | Weighed::Any(..) => None,
        }
    }
}

/// A term and how much it counts beside others.
#[derive(Clone, Debug)]
pub(crate) struct WeighedTerm {
    pub(crate) term: Term,
    pub(crate) boost: Score,
}

impl WeighedTerm {
    fn query(&self) -> Box<dyn Query> {
        let term = TermQuery::new(self.term.clone(), IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(term), self.boost))
    }

    /// By BM25 over all articles.
    fn similarity(&self, statistics: &ArticleStatistics<'_>) -> tantivy::Result<Bm25Weight> {
        let documents = statistics.total_num_docs()?;
        let tokens = statistics.total_num_tokens(self.term.field())?;
        let frequency = statistics.doc_freq(&self.term)?;
        let length = tokens as Score / documents as Score;
        Ok(Bm25Weight::for_one_term_without_explain(frequency, documents, length).boost_by(self.boost))
    }
}

/// Terms with what they weigh, ready for every segment.
pub(crate) struct Weighing<'a> {
    terms: Vec<(&'a WeighedTerm, Bm25Weight)>,
    statistics: &'a ArticleStatistics<'a>,
}

impl<'a> Weighing<'a> {
    pub(crate) fn of(
        terms: impl IntoIterator<Item = &'a WeighedTerm>,
        statistics: &'a ArticleStatistics<'a>,
    ) -> tantivy::Result<Weighing<'a>> {
        let ready = |term: &'a WeighedTerm| Ok((term, term.similarity(statistics)?));
        let terms = terms.into_iter().map(ready).collect::<tantivy::Result<_>>()?;
        Ok(Weighing { terms, statistics })
    }

    /// The lists of the terms that a segment has.
    pub(crate) fn open(&self, segment: &SegmentReader, ordinal: usize) -> tantivy::Result<Vec<TermList>> {
        let mut lists = Vec::with_capacity(self.terms.len());
        for (WeighedTerm { term, .. }, similarity) in &self.terms {
            if let Some(info) = self.statistics.term_info(term, ordinal)? {
                lists.push(TermList::open(segment, term.field(), &info, similarity.clone())?);
            }
        }
        Ok(lists)
    }
}

/// A term's list in one segment.
pub(crate) struct TermList {
    postings: BlockSegmentPostings,
    similarity: Bm25Weight,
    norms: FieldNormReader,
}

impl TermList {
    /// The list of a term of a field.
    pub(crate) fn open(
        segment: &SegmentReader,
        field: Field,
        info: &TermInfo,
        similarity: Bm25Weight,
    ) -> tantivy::Result<TermList> {
        let index = segment.inverted_index(field)?;
        let postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        let norms = segment.fieldnorms_readers().get_field(field)?;
        let norms = norms.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1));
        Ok(TermList { postings, similarity, norms })
    }

    /// How many documents it has.
    pub(crate) fn len(&self) -> u32 {
        self.postings.doc_freq()
    }

    /// No document scores more.
    pub(crate) fn most(&self) -> Score {
        self.similarity.max_score()
    }

    /// Adds to every document what the term weighs there. Nothing is left of the list.
    pub(crate) fn add_to(&mut self, sums: &mut [Score]) {
        while !self.postings.docs().is_empty() {
            for (doc, frequency) in self.postings.docs().iter().zip(self.postings.freqs()) {
                if let Some(sum) = sums.get_mut(*doc as usize) {
                    *sum += self.similarity.score(self.norms.fieldnorm_id(*doc), *frequency);
                }
            }
            self.postings.advance();
        }
    }

    /// Appends its documents, each with what the term weighs there. Nothing is left of the list.
    pub(crate) fn list(&mut self, into: &mut Vec<(DocId, Score)>) {
        while !self.postings.docs().is_empty() {
            let documents = self.postings.docs().iter().zip(self.postings.freqs());
            into.extend(documents.map(|(doc, frequency)| {
                (*doc, self.similarity.score(self.norms.fieldnorm_id(*doc), *frequency))
            }));
            self.postings.advance();
        }
    }

    /// Adds to some documents, which come in order, what the term weighs there.
    pub(crate) fn add_to_some(&mut self, documents: &[(DocId, Score)], sums: &mut [Score]) {
        for (doc, _) in documents {
            if let Some(weight) = self.weigh(*doc)
                && let Some(sum) = sums.get_mut(*doc as usize)
            {
                *sum += weight;
            }
        }
    }

    /// What the term weighs in a document, where it stands there. Documents must come in order.
    pub(crate) fn weigh(&mut self, doc: DocId) -> Option<Score> {
        let at = self.postings.seek(doc);
        if self.postings.docs().get(at) != Some(&doc) {
            return None;
        }
        let frequency = self.postings.freqs().get(at)?;
        Some(self.similarity.score(self.norms.fieldnorm_id(doc), *frequency))
    }
}

/// Adds the documents of a term's list to a set.
pub(crate) fn add_documents(
    term: &Term,
    segment: &SegmentReader,
    ordinal: usize,
    statistics: &ArticleStatistics<'_>,
    documents: &mut Bits,
) -> tantivy::Result<()> {
    let Some(info) = statistics.term_info(term, ordinal)? else { return Ok(()) };
    let index = segment.inverted_index(term.field())?;
    add_all(index.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?, documents);
    Ok(())
}
