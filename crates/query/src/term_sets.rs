//! Documents in the lists of terms, as sets: where any of a group of terms will do, and of several groups each must have one.

use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

use crate::bits::Bits;

/// How many documents of a list are put into a set in the time that one is looked for in it.
const PROBE: u64 = 24;

/// Keeps of a set the documents that each group of terms has.
pub(crate) fn keep_with<'t>(
    documents: &mut Bits,
    segment: &SegmentReader,
    groups: impl Iterator<Item = &'t [Term]>,
) -> tantivy::Result<()> {
    let mut all = groups.map(|terms| Group::open(segment, terms)).collect::<tantivy::Result<Vec<_>>>()?;
    // What has the fewest documents leaves the fewest to be looked for.
    all.sort_by_key(|group| group.listed);
    for group in &all {
        group.keep(segment, documents)?;
    }
    Ok(())
}

/// A group's terms that a segment has.
struct Group<'t> {
    lists: Vec<(&'t Term, TermInfo)>,
    /// How many documents stand in the lists.
    listed: u64,
}

impl<'t> Group<'t> {
    fn open(segment: &SegmentReader, terms: &'t [Term]) -> tantivy::Result<Group<'t>> {
        let mut lists = Vec::with_capacity(terms.len());
        for term in terms {
            if let Some(info) = segment.inverted_index(term.field())?.get_term_info(term)? {
                lists.push((term, info));
            }
        }
        let listed = lists.iter().map(|(_, info)| u64::from(info.doc_freq)).sum();
        Ok(Group { lists, listed })
    }

    fn keep(&self, segment: &SegmentReader, documents: &mut Bits) -> tantivy::Result<()> {
        let mut having = Bits::empty(segment.max_doc());
        let look_for_each = documents.len() as u64 * PROBE * (self.lists.len() as u64) < self.listed;
        for (term, info) in &self.lists {
            let index = segment.inverted_index(term.field())?;
            if look_for_each {
                let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                for doc in documents.iter() {
                    if postings.doc() < doc && postings.seek(doc) == TERMINATED {
                        break;
                    }
                    if postings.doc() == doc {
                        having.insert(doc);
                    }
                }
            } else {
                add_all(
                    index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?,
                    &mut having,
                );
            }
        }
        documents.intersect(&having);
        Ok(())
    }
}

/// Puts all documents of a list into a set.
pub(crate) fn add_all(mut postings: BlockSegmentPostings, documents: &mut Bits) {
    while !postings.docs().is_empty() {
        postings.docs().iter().for_each(|doc| documents.insert(*doc));
        postings.advance();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::Index;
    use tantivy::schema::{STRING, Schema};

    #[test]
    fn sets_hold_what_each_group_has() {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("field", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 20_000_000).expect("a writer");
        let documents = 3_000u32;
        for number in 0..documents {
            let mut document = tantivy::doc!();
            for (name, every) in [("all", 1), ("third", 3), ("seventh", 7), ("rare", 500)] {
                if number % every == 0 {
                    document.add_text(field, name);
                }
            }
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("a commit");
        let searcher = index.reader().expect("a reader").searcher();
        let segment = searcher.segment_reader(0);
        let terms = |names: &[&str]| -> Vec<Term> {
            names.iter().map(|name| Term::from_field_text(field, name)).collect()
        };
        let check = |groups: &[&[&str]], expected: &dyn Fn(u32) -> bool| {
            let groups: Vec<Vec<Term>> = groups.iter().map(|names| terms(names)).collect();
            let mut found = Bits::full(segment.max_doc());
            keep_with(&mut found, segment, groups.iter().map(Vec::as_slice)).expect("read");
            let expected: Vec<u32> = (0..documents).filter(|number| expected(*number)).collect();
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{groups:?}");
        };
        check(&[], &|_| true);
        check(&[&["third"]], &|number| number % 3 == 0);
        check(&[&["third"], &["seventh"]], &|number| number % 21 == 0);
        check(&[&["third", "seventh"], &["all"]], &|number| number % 3 == 0 || number % 7 == 0);
        check(&[&["all"], &["rare"]], &|number| number % 500 == 0);
        check(&[&["rare", "nowhere"], &["all", "third"], &["third"]], &|number| number % 1_500 == 0);
        check(&[&["nowhere"], &["all"]], &|_| false);
        check(&[&[]], &|_| false);
    }
}
