//! What is fuzzed, and the laws that no input may break. libFuzzer drives these functions (`cargo fuzz run TARGET`), and so does
//! `crates/xinglin/tests/fuzz`, on stable Rust, over the kept corpus and seeded mutations of it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use xinglin::{FacetField, FacetRequest, Index, Ingest, NewArticle, RecordRequest, SearchRequest, Tagger};
use xinglin_article::{Format, Limits, read_bytes};

/// A function that is fed with any bytes.
pub type Target = fn(&[u8]);

/// All targets, by the names of their corpora.
pub const TARGETS: [(&str, Target); 5] =
    [("decode", decode), ("extract", extract), ("tag", tag), ("query", query), ("snippet", snippet)];

/// Any bytes have a text; the text's terms lie in it, in order, and folding is the same wherever a text is cut. Valid UTF-8 is read as
/// it is, but where all that it holds beside ASCII is two-byte characters that are Chinese words in GB18030: `ҽԺ` is 医院.
pub fn decode(bytes: &[u8]) {
    let labels = [None, Some("gbk"), Some("big5"), Some("utf-8"), Some("shift_jis"), Some("没有这种")];
    let (choice, bytes) = bytes.split_first().unwrap_or((&0, bytes));
    let decoded = xinglin_text::decode(bytes, labels[usize::from(*choice) % labels.len()]);
    let text = decoded.text.as_str();
    if let Ok(valid) = std::str::from_utf8(bytes)
        && !valid.contains('\0')
        && !valid.starts_with('\u{feff}')
    {
        let ambiguous = decoded.encoding == "gb18030" && valid.chars().all(|c| c.len_utf8() <= 2);
        assert!(text == valid || ambiguous, "valid UTF-8 is read as it is: {text:?} of {valid:?}");
    }
    let mut last = 0;
    xinglin_text::scan(text, &mut xinglin_text::Scratch::default(), |term| {
        assert!(text.get(term.start..term.end).is_some(), "a term lies on character boundaries");
        assert!(term.start >= last, "terms come in order");
        last = term.start;
    });
    let mut at = 0;
    for word in xinglin_text::segment(text, xinglin_text::Mode::Words) {
        assert!(word.start >= at && text.get(word.start..word.end).is_some(), "words do not overlap");
        at = word.end;
    }
    let _ = xinglin_text::unify(text);
    let middle = (text.len() / 2..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (left, right) = text.split_at(middle);
    assert_eq!(
        xinglin_text::fold_str(text),
        format!("{}{}", xinglin_text::fold_str(left), xinglin_text::fold_str(right)),
        "folding knows no surroundings"
    );
}

/// Any page is an article or an error, and an article is no longer than its page allows.
pub fn extract(bytes: &[u8]) {
    let formats = [Format::Html, Format::Text, Format::JsonLines, Format::Json];
    let (choice, bytes) = bytes.split_first().unwrap_or((&0, bytes));
    let format = formats[usize::from(*choice) % formats.len()];
    let mut given = 0;
    read_bytes(bytes, format, "page", &Limits::default(), &mut |read| {
        if let Ok(article) = read {
            given += article.text.len() + article.noise.len() + article.title.len();
            assert!(!article.title.contains('\n'), "a title is one line");
        }
    });
    assert!(given <= 12 * bytes.len() + 100_000, "{given} bytes out of {}", bytes.len());
}

/// Whatever a text says, what is read out of it stands in it.
pub fn tag(bytes: &[u8]) {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    let tagger = TAGGER.get_or_init(|| Tagger::new().expect("the embedded gazetteers make a tagger"));
    let text = String::from_utf8_lossy(bytes);
    let tagged = tagger.tag(NewArticle::new("page", text.as_ref()));
    for record in &tagged.designations {
        let evidence = &record.evidence;
        assert!(evidence.start <= evidence.end, "{evidence:?}");
        assert!(!record.institution.is_empty() && !record.specialty.is_empty(), "{record:?}");
        assert!(record.year.is_none_or(|year| (1900..=2100).contains(&year)), "{record:?}");
    }
    let most = bytes.len() / 6 + 1;
    assert!(
        tagged.subjects.len() <= most && tagged.regions.len() <= most && tagged.specialties.len() <= most
    );
}

/// Whatever is typed, an answer comes, and what it marks lies in what it shows.
pub fn query(bytes: &[u8]) {
    let (choice, bytes) = bytes.split_first().unwrap_or((&0, bytes));
    let text = String::from_utf8_lossy(bytes);
    let request = SearchRequest::new(text.as_ref())
        .literal(choice & 1 == 1)
        .limit(usize::from(choice >> 4))
        .offset(usize::from(choice >> 2 & 3))
        .facet(FacetField::Region);
    let answer = pages().search(&request).expect("no query is an error");
    assert!(answer.hits.len() <= usize::from(choice >> 4));
    for hit in &answer.hits {
        let mut at = 0;
        for [start, end] in &hit.snippet.highlights {
            assert!(*start >= at && start < end, "{:?}", hit.snippet);
            assert!(hit.snippet.text.get(*start..*end).is_some(), "{:?}", hit.snippet);
            at = *end;
        }
    }
    if choice & 2 == 2 {
        pages()
            .facets(&FacetRequest::new(text.as_ref()).by(FacetField::Specialty))
            .expect("no query is an error");
        pages().records(&RecordRequest::new(text.as_ref()).limit(3)).expect("no query is an error");
    }
}

/// A piece of a page finds that page, and what is marked is the piece.
pub fn snippet(bytes: &[u8]) {
    let number = |at: usize| {
        usize::from(bytes.get(at).copied().unwrap_or(0)) << 8
            | usize::from(bytes.get(at + 1).copied().unwrap_or(0))
    };
    let stored = texts();
    let (id, text) = &stored[number(0) % stored.len()];
    let from = number(2) % text.len().max(1);
    let is_plain = |c: &char| xinglin_text::class(*c) == xinglin_text::CharClass::Han;
    let piece: String = text[from..]
        .iter()
        .skip_while(|c| !is_plain(c))
        .take_while(|c| is_plain(c))
        .take(2 + number(4) % 12)
        .collect();
    if piece.chars().count() < 2 {
        return;
    }
    let request =
        SearchRequest::new(piece.as_str()).literal(true).limit(1000).snippet_width(10 + number(6) % 300);
    let answer = pages().search(&request).expect("no query is an error");
    let hit = answer.hits.iter().find(|hit| hit.id == *id);
    let hit = hit.unwrap_or_else(|| panic!("{piece:?} stands in {id} and does not find it"));
    let folded = xinglin_text::fold_str(&piece);
    let marked = hit.snippet.highlights.iter().map(|[start, end]| &hit.snippet.text[*start..*end]);
    for mark in marked {
        assert!(
            folded.contains(&*xinglin_text::fold_str(mark))
                || xinglin_text::fold_str(mark).contains(&*folded),
            "{mark:?} is marked for {piece:?}"
        );
    }
}

/// Where the kept pages lie.
pub fn corpus() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = [here.join("corpus"), here.join("../../fuzz/corpus")];
    beside.into_iter().find(|dir| dir.join("extract").is_dir()).expect("the kept corpus")
}

/// An index of the pages that are kept to try extraction with: nothing odder is at hand.
fn pages() -> &'static Index {
    static PAGES: OnceLock<(tempfile::TempDir, Index)> = OnceLock::new();
    &PAGES
        .get_or_init(|| {
            let dir = tempfile::tempdir().expect("a temporary folder");
            let kept = std::fs::read_dir(corpus().join("extract")).expect("the kept pages");
            let mut kept: Vec<_> = kept.map(|entry| entry.expect("an entry").path()).collect();
            kept.sort();
            let articles = kept.iter().map(|path| {
                let bytes = std::fs::read(path).expect("a page");
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                NewArticle::new(name, xinglin_text::decode(bytes.get(1..).unwrap_or_default(), None).text)
            });
            Ingest::into(dir.path().join("idx")).articles("kept", articles).expect("an index");
            let index = Index::open(dir.path().join("idx")).expect("it opens");
            (dir, index)
        })
        .1
}

/// What is stored of each page, as characters.
fn texts() -> &'static [(String, Vec<char>)] {
    static TEXTS: OnceLock<Vec<(String, Vec<char>)>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let all = pages().search(&SearchRequest::new("").limit(1000)).expect("a search");
        let text = |hit: xinglin::Hit| {
            let article = pages().article(&hit.id).expect("it is there");
            (hit.id, article.text.chars().collect())
        };
        all.hits.into_iter().map(text).collect()
    })
}
