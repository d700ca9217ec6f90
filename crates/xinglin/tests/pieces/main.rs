//! The law: a literal piece of an article's text, typed as it stands or in the other script, finds that article.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../common/mod.rs"]
mod common;
mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use xinglin::{Index, Ingest, NewArticle, SearchRequest};
use xinglin_text::{CharClass, class, fold, fold_str};

use crate::common::{Choices, Indexed, Scripts, assert_none, corpus, index_of, indexed_corpus, seeds};

/// Pieces of Han characters drawn from each article; forty articles make over 10,000 different ones, and as many twins.
const PIECES: usize = 360;

/// What a person can type to see everything: all hits, and no long snippets.
fn everything(query: &str) -> SearchRequest {
    SearchRequest::new(query).limit(1000).snippet_width(20)
}

/// The files that a query finds.
fn files(index: &Index, query: &str) -> BTreeSet<String> {
    let answer = index.search(&everything(query)).expect("a search");
    answer.hits.into_iter().map(|hit| hit.file).collect()
}

/// The pages of a folder: file name, and its readable lines.
fn pages(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let entries = std::fs::read_dir(folder).expect("a folder of pages");
    let page = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (name, page::readable_lines(path))
    };
    entries.map(|entry| page(&entry.expect("an entry").path())).collect()
}

fn is_han(c: char) -> bool {
    class(fold(c)) == CharClass::Han
}

/// The runs of characters of which `is` is true, of at least `least` characters.
fn runs(lines: &[String], least: usize, is: fn(char) -> bool) -> Vec<Vec<char>> {
    let mut found = Vec::new();
    for line in lines {
        let runs = line.split(|c| !is(c)).map(|run| run.chars().collect::<Vec<_>>());
        found.extend(runs.filter(|run| run.len() >= least));
    }
    found
}

/// A random piece of one of the runs; every place is as likely as any other.
fn piece(
    runs: &[Vec<char>],
    lengths: std::ops::RangeInclusive<usize>,
    choices: &mut Choices,
) -> Option<String> {
    let mut place = choices.below(runs.iter().map(Vec::len).sum());
    let run = runs.iter().find(|run| {
        let here = place < run.len();
        if !here {
            place -= run.len();
        }
        here
    })?;
    let length = (lengths.start() + choices.below(lengths.end() - lengths.start() + 1)).min(run.len());
    let start = place.min(run.len() - length);
    Some(run[start..start + length].iter().collect())
}

/// Types random pieces of every page of a folder; each must find its page.
fn check_pieces(
    folder: &Path,
    indexed: &Indexed,
    count: usize,
    lengths: std::ops::RangeInclusive<usize>,
    is: fn(char) -> bool,
    typed: impl Fn(&str) -> Vec<String>,
) -> usize {
    let (mut tried, mut failures) = (0, Vec::new());
    let mut choices = Choices::seeded(20_230_717);
    for (file, lines) in pages(folder) {
        let runs = runs(&lines, *lengths.start(), is);
        let mut asked = BTreeSet::new();
        asked.extend((0..count).filter_map(|_| piece(&runs, lengths.clone(), &mut choices)));
        for piece in asked {
            for query in typed(&piece) {
                tried += 1;
                if !files(&indexed.index, &query).contains(&file) {
                    failures.push(format!("{file}: {query:?} (of {piece:?})"));
                }
            }
        }
    }
    println!("{tried} queries");
    assert_none("queries missed the article they were cut from", &failures);
    tried
}

fn as_it_stands(piece: &str) -> Vec<String> {
    vec![piece.to_owned()]
}

#[test]
fn han_pieces_find_their_article() {
    let tried =
        check_pieces(&corpus().join("articles"), indexed_corpus(), PIECES, 2..=8, is_han, as_it_stands);
    assert!(tried >= 10_000, "only {tried} pieces");
}

#[test]
fn twins_in_the_other_script_find_their_article() {
    let scripts = Scripts::new();
    let twins = |piece: &str| scripts.twins(piece);
    let tried = check_pieces(&corpus().join("articles"), indexed_corpus(), PIECES, 2..=8, is_han, twins);
    assert!(tried >= 10_000, "only {tried} twins");
}

#[test]
fn single_characters_find_their_article() {
    let scripts = Scripts::new();
    let both = |piece: &str| [as_it_stands(piece), scripts.twins(piece)].concat();
    check_pieces(&corpus().join("articles"), indexed_corpus(), 150, 1..=1, is_han, both);
}

/// Cut inside words and numbers: `CMO`, `23-05`.
#[test]
fn pieces_of_letters_and_digits_find_their_article() {
    let is = |c: char| class(fold(c)) == CharClass::Alnum;
    check_pieces(&corpus().join("articles"), indexed_corpus(), 60, 2..=6, is, as_it_stands);
}

/// Anything that stands in a line, whatever it is: `），`, `A02  麻醉`, `“红医精`. What the query language reads otherwise is
/// left out: a minus before a word, a lone `OR`.
#[test]
fn pieces_with_punctuation_find_their_article() {
    let typed = |piece: &str| {
        let otherwise =
            |word: &str| word == "OR" || word.trim_start_matches(['(', '"', '“']).starts_with('-');
        let nothing = piece.chars().all(|c| class(fold(c)) == CharClass::Other);
        let skip = nothing || piece.split_whitespace().any(otherwise);
        if skip { Vec::new() } else { as_it_stands(piece) }
    };
    check_pieces(&corpus().join("articles"), indexed_corpus(), 100, 2..=12, |_| true, typed);
}

#[test]
fn pieces_of_real_pages_find_their_page() {
    let Some((folder, _)) = seeds() else { return };
    let (indexed, scripts) = (index_of(&folder), Scripts::new());
    let both = |piece: &str| [as_it_stands(piece), scripts.twins(piece)].concat();
    check_pieces(&folder, &indexed, 400, 1..=8, is_han, both);
}

/// Exact text finds the articles that hold it and no others: the answer is the same as looking through all of them.
#[test]
fn exact_pieces_find_nothing_else() {
    let folder = corpus().join("articles");
    let index = &indexed_corpus().index;
    let (mut choices, mut failures) = (Choices::seeded(4), Vec::new());
    let shelf: Vec<(String, Vec<String>)> = pages(&folder)
        .into_keys()
        .map(|file| {
            let article = index.article(&file).expect("every article is in the index");
            let parts = [article.title, article.text, article.noise];
            (file, parts.iter().map(|part| fold_str(part).into_owned()).collect())
        })
        .collect();
    for lines in pages(&folder).into_values() {
        let runs = runs(&lines, 2, is_han);
        for piece in (0..40).filter_map(|_| piece(&runs, 2..=4, &mut choices)) {
            let folded = fold_str(&piece).into_owned();
            let holds = |parts: &[String]| parts.iter().any(|part| part.contains(&folded));
            let expected: BTreeSet<String> =
                shelf.iter().filter(|(_, parts)| holds(parts)).map(|(file, _)| file.clone()).collect();
            let found = files(index, &format!("\"{piece}\""));
            if found != expected {
                failures.push(format!("{piece:?}: found {found:?}, stands in {expected:?}"));
            }
            let plain = files(index, &piece);
            if !plain.is_superset(&expected) {
                failures.push(format!(
                    "{piece:?} without quotation marks: found {plain:?}, stands in {expected:?}"
                ));
            }
        }
    }
    assert_none("exact pieces did not find what holds them and only that", &failures);
}

/// Texts of so few characters that words overlap everywhere, stand inside one another and share their characters: the words in a
/// piece tell least here about where it stands.
#[test]
fn pieces_of_crowded_texts_find_these_and_no_others() {
    const LETTERS: &str = "医院中心人民科主治医师临床重点专和服务1a2，";
    let letters: Vec<char> = LETTERS.chars().collect();
    let mut choices = Choices::seeded(11);
    let texts: Vec<String> = (0..150)
        .map(|_| {
            let few = 4 + choices.below(letters.len() - 4);
            (0..20 + choices.below(200)).map(|_| letters[choices.below(few)]).collect()
        })
        .collect();
    let dir = tempfile::tempdir().expect("a temporary folder");
    let articles = texts.iter().enumerate().map(|(id, text)| NewArticle::new(id.to_string(), text.as_str()));
    Ingest::into(dir.path().join("idx")).articles("made up", articles).expect("they are indexed");
    let index = Index::open(dir.path().join("idx")).expect("the index opens");
    let is = |c: char| c != '，';
    let mut failures = Vec::new();
    for text in &texts {
        let runs = runs(std::slice::from_ref(text), 2, is);
        for piece in (0..12).filter_map(|_| piece(&runs, 2..=9, &mut choices)) {
            let expected: BTreeSet<String> =
                (0..texts.len()).filter(|at| texts[*at].contains(&piece)).map(|at| at.to_string()).collect();
            let request = everything(&format!("\"{piece}\"")).all(true);
            let hits = index.search(&request).expect("a search").hits;
            let found: BTreeSet<String> = hits.into_iter().map(|hit| hit.id).collect();
            if found != expected {
                failures.push(format!("{piece:?}: found {found:?}, stands in {expected:?}"));
            }
        }
    }
    assert_none("pieces of crowded texts did not find what holds them and only that", &failures);
}

/// Characters that no dictionary and few programs know: Han beyond the basic plane, rare and ambiguous ones.
#[test]
fn rare_characters_find_their_article() {
    let check = |text: &str, query: &str| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let ingest = || Ingest::into(dir.path().join("idx"));
        let articles = [NewArticle::new("it", text), NewArticle::new("other", "另一篇与此无关的文章。")];
        ingest().articles("made up", articles).expect("two articles");
        let index = Index::open(dir.path().join("idx")).expect("the index opens");
        let hits = index.search(&everything(query)).expect("a search").hits;
        let ids: Vec<&str> = hits.iter().map(|hit| hit.id.as_str()).collect();
        assert_eq!(ids, ["it"], "{query:?} in {text:?}");
    };
    check("医政科科长王䶮介绍", "王䶮");
    check("主任医师张𬭎（右）查房", "张𬭎");
    check("主任医师张𬭎（右）查房", "𬭎");
    check("患者𠮷田先生康复出院", "𠮷田");
    check("護士長陳𧗾獲獎", "陈𧗾");
    check("口腔科引进氟化钠𫔶材料", "钠𫔶材");
    check("乾縣人民醫院乾燥綜合徵門診", "干燥综合征");
    check("乾縣人民醫院乾燥綜合徵門診", "乾县人民");
    check("头发与发展", "頭髮與發展");
    check("后天皇后镇卫生院复诊", "皇后鎮衛生院");
    check("臺州市台兒莊區颱風過後", "台风过后");
    check("引進隨身碟式心電儀", "隨身碟");
    check("引進隨身碟式心電儀", "随身碟式");
    check("３．０Ｔ磁共振ＭＲＩ", "3.0t磁共振mri");
    check("e\u{301}tude 与 naïve 試驗", "试验");
    check("血糖㎎每升，①②期临床", "期临床");
    check("門（急）診大樓", "门(急)诊");
}
