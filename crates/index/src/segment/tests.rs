use super::*;
use tantivy::directory::{Directory, RamDirectory};
use tantivy::indexer::{AddOperation, SegmentWriter};
use tantivy::schema::document::TantivyDocument;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings};
use xinglin_index_schema::{ArticleRow, StoredArticle, StoredRecord, register_tokenizers};

fn index() -> (Index, Fields) {
    let (schema, fields) = Fields::schema();
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_blocksize: 4096,
        ..IndexSettings::default()
    };
    let index = Index::create(RamDirectory::create(), schema, settings).expect("an index");
    register_tokenizers(&index);
    (index, fields)
}

/// What tantivy itself makes of the documents: each text is a value of both its fields.
fn by_tantivy(documents: &[RowDocument]) -> Segment {
    let (index, _) = index();
    let segment = index.new_segment();
    let mut writer = SegmentWriter::for_segment(100_000_000, segment.clone()).expect("a writer");
    for (opstamp, row) in documents.iter().enumerate() {
        let mut document: TantivyDocument = row.columns.clone();
        for (field, text) in &row.texts {
            document.add_text(field.characters, text);
            document.add_text(field.words, text);
        }
        writer.add_document(AddOperation { opstamp: opstamp as u64, document }).expect("added");
    }
    writer.finalize().expect("written");
    segment
}

fn by_builder(documents: &[RowDocument]) -> Segment {
    let (index, fields) = index();
    let segment = index.new_segment();
    let mut builder = SegmentBuilder::new(segment.clone(), &fields).expect("a builder");
    for document in documents {
        builder.add(document).expect("added");
    }
    assert_eq!(builder.finish().expect("written").max_doc() as usize, documents.len());
    segment
}

fn file(segment: &Segment, component: SegmentComponent) -> Vec<u8> {
    let path = segment.relative_path(component);
    segment.index().directory().atomic_read(&path).expect("a file")
}

fn check(rows: Vec<ArticleRow>) {
    let (_, fields) = index();
    let documents: Vec<RowDocument> = rows
        .into_iter()
        .flat_map(|row| row.documents(&fields, 7, |bytes| Ok(bytes.to_vec())).expect("documents"))
        .collect();
    let (theirs, ours) = (by_tantivy(&documents), by_builder(&documents));
    use SegmentComponent::{FastFields, FieldNorms, Positions, Postings, Store, Terms};
    for component in [Postings, Positions, Terms, FieldNorms, FastFields, Store] {
        let name = format!("{component:?} of {} documents", documents.len());
        assert!(file(&theirs, component.clone()) == file(&ours, component), "{name}");
    }
}

fn row(number: usize, title: &str, text: &str, noise: &str) -> ArticleRow {
    let article = StoredArticle {
        id: format!("news/{number}.html"),
        file: format!("news/{}.html", number / 3),
        title: title.to_owned(),
        text: text.to_owned(),
        noise: noise.to_owned(),
        year: number.is_multiple_of(2).then_some(2020 - number as i32 % 30),
        subjects: vec!["汉中市中心医院".to_owned(), format!("第{}医院", number % 5)],
        regions: vec!["陕西省/汉中市".to_owned(), "陕西省".to_owned()],
        ..StoredArticle::default()
    };
    let paths = vec!["外科/骨科".to_owned()];
    ArticleRow {
        article,
        date: (!number.is_multiple_of(7)).then_some(number as i64 - 90),
        specialty_paths: paths,
        ..ArticleRow::default()
    }
}

fn record(specialty: &str) -> StoredRecord {
    StoredRecord {
        institution: "汉中市中心医院".to_owned(),
        specialty: specialty.to_owned(),
        programme: "key-specialty".to_owned(),
        level: "provincial".to_owned(),
        status: "designated".to_owned(),
        year: Some(2021),
        region: Some("陕西省/汉中市".to_owned()),
        ..StoredRecord::default()
    }
}

#[test]
fn a_segment_is_what_tantivy_makes_of_the_same_documents() {
    check(vec![row(0, "", "", "")]);
    check(vec![row(
        0,
        "骨科",
        "醫院，ＣＴ檢查、X光，B超ct covid19と한국α①é𠮷野家\u{0}\u{fffd}",
        "首页 > 新闻",
    )]);
    let mut with_records = row(1, "喜报", "我院骨科获批省级重点专科。", "");
    with_records.article.records = vec![record("骨科"), record("心血管内科")];
    with_records.record_paths = vec!["外科/骨科".to_owned(), "内科/心血管内科".to_owned()];
    check(vec![row(0, "a", "b", "c"), with_records, row(2, "", "骨科骨科", "")]);
}

#[test]
fn many_documents_and_long_lists_are_the_same_too() {
    let words =
        ["骨科", "重点专科", "，", "CT", "b超", "医院", "二〇二三年", "国家临床重点专科", "\n", "𠮷", "x1"];
    let mut state = 9_u64;
    let mut next = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % bound
    };
    let mut text = |most: usize| -> String { (0..next(most)).map(|_| words[next(words.len())]).collect() };
    let rows = (0..700).map(|number| row(number, &text(6), &text(200), &text(40))).collect();
    check(rows);
    check(vec![row(0, "", &"医院 a".repeat(70_000), "")]);
}
