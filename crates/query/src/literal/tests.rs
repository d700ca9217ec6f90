//! The project's own cursor beside tantivy's, literal pieces beside looking into the texts, and damaged bytes.

use std::ops::Range;

use tantivy::collector::TopDocs;
use tantivy::directory::OwnedBytes;
use tantivy::postings::{Postings, TermInfo};
use tantivy::query::{EnableScoring, Weight};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{DocId, DocSet, Index, Searcher, SegmentReader, TERMINATED, Term, doc};
use xinglin_index_schema::{Fields, register_tokenizers};

use super::damage;
use super::files::Files;
use super::list::{BLOCK, Found, List};
use super::places::Places;
use crate::phrase::Phrase;

/// Numbers that look random.
struct Random(u64);

impl Random {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(most)) as u32
    }
}

/// One segment in which each term stands in so many documents as its name says, spread over twice as many, some of them often.
fn words(record: IndexRecordOption, all: &[u32]) -> (Searcher, Field) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer("whitespace").set_index_option(record);
    let field = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(1, 50_000_000).expect("a writer");
    let documents = all.iter().max().expect("some") * 2;
    let mut random = Random(7);
    for number in 0..documents {
        let mut text = String::new();
        for count in all {
            if number % 2 == count % 2 && number / 2 < *count {
                let times = if random.below(9) == 0 { random.below(300) } else { random.below(4) };
                for _ in 0..=times {
                    text += &"x ".repeat(random.below(3) as usize);
                    text += &format!("{count} ");
                }
            }
        }
        writer.add_document(doc!(field => text)).expect("added");
    }
    writer.commit().expect("a commit");
    (index.reader().expect("a reader").searcher(), field)
}

const COUNTS: [u32; 10] = [1, 2, 127, 128, 129, 255, 256, 257, 640, 1_001];

fn open(segment: &SegmentReader, field: Field, word: &str) -> (TermInfo, List, Option<Places>) {
    let index = segment.inverted_index(field).expect("an index");
    let info = index.get_term_info(&Term::from_field_text(field, word)).expect("read").expect("a term");
    let files = Files::of(segment, field, &index).expect("files");
    let list = files.list(&info).expect("a list");
    let places = files.places(&info).ok();
    (info, list, places)
}

#[test]
fn lists_and_places_are_those_that_tantivy_reads() {
    for record in
        [IndexRecordOption::Basic, IndexRecordOption::WithFreqs, IndexRecordOption::WithFreqsAndPositions]
    {
        let (searcher, field) = words(record, &COUNTS);
        let segment = searcher.segment_reader(0);
        let index = segment.inverted_index(field).expect("an index");
        for (seed, count) in COUNTS.iter().enumerate() {
            for every in [1, 2, 3, 17, 130, 700] {
                let (info, mut list, mut places) = open(segment, field, &count.to_string());
                assert_eq!(info.doc_freq, *count);
                let mut known = index.read_postings_from_terminfo(&info, record).expect("postings");
                let mut random = Random(seed as u64);
                let asked: Vec<DocId> = (0..segment.max_doc()).filter(|_| random.below(every) == 0).collect();
                let mut found = Found::default();
                for docs in asked.chunks(1 + random.below(BLOCK as u32) as usize) {
                    list.find(docs, true, &mut found);
                    let mut rest = found.numbers().iter().zip(found.spots());
                    for (number, doc) in docs.iter().enumerate() {
                        let reached = if known.doc() < *doc { known.seek(*doc) } else { known.doc() };
                        if reached != *doc {
                            continue;
                        }
                        let (at, spot) = rest.next().expect("it has the document");
                        assert_eq!((usize::from(*at), spot.times), (number, known.term_freq()));
                        if record == IndexRecordOption::WithFreqsAndPositions {
                            let (mut expected, mut ours) = (Vec::new(), Vec::new());
                            known.positions_with_offset(5, &mut expected);
                            assert!(places.as_mut().expect("places").append(*spot, 5, &mut ours));
                            assert_eq!(ours, expected, "{count} in {doc}");
                        }
                    }
                    assert!(rest.next().is_none(), "{count}: more than there is");
                    let last = *docs.last().expect("some");
                    let next = if known.doc() < last { known.seek(last) } else { known.doc() };
                    assert_eq!(list.reach(last), next, "{count}");
                }
                assert!(damage::met().is_ok());
            }
        }
    }
}

#[test]
fn windows_are_the_documents_of_a_list() {
    let (searcher, field) = words(IndexRecordOption::WithFreqsAndPositions, &COUNTS);
    let segment = searcher.segment_reader(0);
    for count in COUNTS {
        for end in [0, 1, 200, segment.max_doc()] {
            let (_, mut list, _) = open(segment, field, &count.to_string());
            let (mut all, mut docs, mut next) = (Vec::new(), Vec::new(), 0);
            loop {
                list.window(next, end, &mut docs, None);
                let Some(last) = docs.last() else { break };
                next = last + 1;
                all.extend_from_slice(&docs);
            }
            let expected: Vec<DocId> =
                (0..end).filter(|doc| doc % 2 == count % 2 && doc / 2 < count).collect();
            assert_eq!(all, expected, "{count} before {end}");
        }
    }
}

/// Reads all of a list and of its places, if they can be opened.
fn read_all(list: &[u8], places: &[u8], documents: u32, record: IndexRecordOption) {
    let Ok(mut list) = List::open(OwnedBytes::new(list.to_vec()), documents, record) else { return };
    let mut places = Places::open(OwnedBytes::new(places.to_vec()));
    let (mut docs, mut found, mut next, mut all) = (Vec::new(), Found::default(), 0, Vec::new());
    for _ in 0..100 {
        list.window(next, 1 << 20, &mut docs, Some(&mut found));
        list.tell_window(&mut found);
        let Some(last) = docs.last() else { break };
        assert!(*last >= next, "it goes on");
        next = last + 1;
        for spot in found.spots() {
            let _ = places.as_mut().is_none_or(|places| places.append(*spot, 0, &mut all));
            all.clear();
        }
        list.find(&[next, next + 700, next + 701], true, &mut found);
        next = next.max(list.reach(next + 701));
    }
    let _ = damage::met();
}

#[test]
fn damaged_bytes_are_read_no_further() {
    let (searcher, field) = words(IndexRecordOption::WithFreqsAndPositions, &COUNTS);
    let segment = searcher.segment_reader(0);
    for count in [2u32, 127, 128, 257] {
        let (info, ..) = open(segment, field, &count.to_string());
        let index = segment.inverted_index(field).expect("an index");
        let files = Files::of(segment, field, &index).expect("files");
        let (list, places) = files.bytes(&info);
        let record = IndexRecordOption::WithFreqsAndPositions;
        read_all(&list, &places, count, record);
        for cut in 0..list.len() {
            read_all(&list[..cut], &places, count, record);
        }
        for cut in (0..places.len()).step_by(places.len() / 200 + 1) {
            read_all(&list, &places[..cut], count, record);
        }
        let mut random = Random(u64::from(count));
        for _ in 0..2_000 {
            let (mut list, mut places) = (list.clone(), places.clone());
            let damaged = if random.below(3) == 0 { &mut places } else { &mut list };
            // The beginning says how the rest is to be read.
            let most = if random.below(2) == 0 { damaged.len().min(40) } else { damaged.len() };
            let at = random.below(most as u32) as usize;
            damaged[at] = if random.below(2) == 0 { damaged[at] ^ (1 << random.below(8)) } else { 0xff };
            read_all(&list, &places, count, record);
        }
        for other in [0, 1, 127, 128, 129, 300, u32::MAX] {
            read_all(&list, &places, other, record);
        }
    }
    assert!(damage::met().is_ok());
}

#[test]
fn what_a_list_lacks_is_an_error() {
    let (searcher, field) = words(IndexRecordOption::WithFreqsAndPositions, &COUNTS);
    let segment = searcher.segment_reader(0);
    let (info, ..) = open(segment, field, "257");
    let index = segment.inverted_index(field).expect("an index");
    let files = Files::of(segment, field, &index).expect("files");
    let beyond = |range: &Range<usize>| range.start..range.end + (1 << 30);
    let longer = TermInfo { postings_range: beyond(&info.postings_range), ..info.clone() };
    assert!(files.list(&longer).is_err());
    let longer = TermInfo { positions_range: beyond(&info.positions_range), ..info.clone() };
    assert!(files.places(&longer).is_err());
    let (list, _) = files.bytes(&info);
    let mut half = List::open(
        OwnedBytes::new(list[..list.len() / 2].to_vec()),
        257,
        IndexRecordOption::WithFreqsAndPositions,
    )
    .expect("its entries are there");
    assert_eq!(half.reach(513), TERMINATED);
    assert!(damage::met().is_err() && damage::met().is_ok());
}

/// Articles in two segments, every seventh of them deleted, and their texts.
fn articles(documents: u32) -> (Searcher, Fields, Vec<String>) {
    let (schema, fields) = Fields::schema();
    let index = Index::create_in_ram(schema);
    register_tokenizers(&index);
    let mut writer = index.writer_with_num_threads(1, 50_000_000).expect("a writer");
    writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
    let pieces = ["的", "专家", "人民", "医院", "人", "家", "骨科", "民", "2021", "，", "重点专科", "科"];
    let mut random = Random(3);
    let mut texts = Vec::new();
    for number in 0..documents {
        let length = random.below(12) + 1;
        let text: String = (0..length).map(|_| pieces[random.below(pieces.len() as u32) as usize]).collect();
        let key = u64::from(number);
        let document = doc!(fields.text.characters => text.as_str(), fields.text.words => text.as_str(), fields.key => key);
        writer.add_document(document).expect("added");
        texts.push(text);
        if number == documents / 3 {
            writer.commit().expect("a commit");
        }
    }
    for number in (0..documents).step_by(7) {
        writer.delete_term(fields.key_term(u64::from(number)));
    }
    writer.commit().expect("a commit");
    (index.reader().expect("a reader").searcher(), fields, texts)
}

#[test]
fn pieces_stand_where_the_texts_say() {
    for documents in [3, 129, 1_100] {
        let (searcher, fields, texts) = articles(documents);
        assert_eq!(searcher.segment_readers().len(), 2);
        for piece in [
            "的专家",
            "专家人",
            "人民医院人",
            "家家",
            "人人民",
            "科骨科",
            "2021骨",
            "重点专科科",
            "院的专",
            "民医",
        ] {
            let query = Phrase::cut(piece).expect("a piece").query(fields.text);
            for counts in [true, false] {
                let scoring = if counts {
                    EnableScoring::enabled_from_searcher(&searcher)
                } else {
                    EnableScoring::disabled_from_searcher(&searcher)
                };
                let weight = query.weight(scoring).expect("weighed");
                for segment in searcher.segment_readers() {
                    // Segments come in no certain order, and differ in size.
                    let (first, second) = texts.split_at(documents as usize / 3 + 1);
                    let here = if segment.max_doc() as usize == first.len() { first } else { second };
                    assert_eq!(segment.max_doc() as usize, here.len());
                    check(weight.as_ref(), segment, here, piece);
                }
            }
            let living =
                texts.iter().enumerate().filter(|(number, text)| number % 7 > 0 && text.contains(piece));
            let found = searcher.search(&query, &TopDocs::with_limit(2_000).order_by_score()).expect("found");
            assert_eq!(found.len(), living.count(), "{piece} of {documents}");
        }
    }
}

/// Steps through all matches, and asks for each document alone.
fn check(weight: &dyn Weight, segment: &SegmentReader, texts: &[String], piece: &str) {
    let mut scorer = weight.scorer(segment, 1.0).expect("a scorer");
    let mut found = Vec::new();
    while scorer.doc() != TERMINATED {
        assert!(scorer.score() > 0.0);
        found.push(scorer.doc());
        scorer.advance();
    }
    let holds = |doc: &DocId| texts[*doc as usize].contains(piece);
    let expected: Vec<DocId> = (0..texts.len() as DocId).filter(holds).collect();
    assert_eq!(found, expected, "{piece}");
    for step in [1, 5, 140] {
        let (mut result, mut scorer) = weight.scorer_danger(segment, 0, 1.0).expect("a scorer");
        for doc in (0..texts.len() as DocId).step_by(step) {
            if doc > 0 {
                result = scorer.seek_danger(doc);
            }
            match result {
                tantivy::SeekDangerResult::Found => assert!(holds(&doc), "{piece} in {doc}"),
                tantivy::SeekDangerResult::SeekLowerBound(next) => {
                    assert!(
                        next > doc && !expected.iter().any(|known| (doc..next).contains(known)),
                        "{piece}"
                    );
                }
            }
        }
        let mut scorer = weight.scorer(segment, 1.0).expect("a scorer");
        for doc in (0..texts.len() as DocId).step_by(step) {
            if scorer.doc() < doc {
                scorer.seek(doc);
            }
            let next = expected.iter().find(|known| **known >= doc).copied().unwrap_or(TERMINATED);
            assert_eq!(scorer.doc(), next, "{piece} from {doc}");
        }
    }
}
