//! Queries drawn from a corpus by a seed, with their right answers.

use crate::corpus::{Corpus, Extent};
use crate::generate::Article;
use crate::rng::Rng;
use aho_corasick::AhoCorasick;
use anyhow::{Result, ensure};
use jieba_rs::Jieba;
use std::collections::BTreeSet;

/// A literal piece of text, and how many articles hold it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Piece {
    /// 4 to 8 Han characters as they stand in some article.
    pub text: String,
    /// Articles whose title or text contains it, scripts and widths folded.
    pub articles: u64,
}

/// What people ask, three ways.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Samples {
    /// Literal pieces.
    pub pieces: Vec<Piece>,
    /// One to three neighbouring words, together 2 to 6 characters.
    pub keywords: Vec<String>,
    /// Questions as a person types them, with words of one article.
    pub questions: Vec<String>,
}

/// How questions are put; `{}` is a keyword.
const QUESTIONS: [&[&str]; 9] = [
    &["", "的", "怎么样"],
    &["哪家医院的", "在", "方面做得好"],
    &["请问", "和", "有什么关系?"],
    &["", "获批", "是哪一年"],
    &["", "有哪些", ""],
    &["", "如何", "?"],
    &["关于", "的", "的最新消息"],
    &["哪些医院的", "开展了", "?"],
    &["", " ", ""],
];

impl Samples {
    /// Draws `each` queries of each kind from articles spread over the corpus. `fold` maps text to the form in which
    /// two spellings count as the same.
    ///
    /// # Errors
    ///
    /// Where the corpus cannot be read, or holds too little text.
    pub fn draw(
        corpus: &Corpus,
        extent: Extent,
        seed: u64,
        each: usize,
        fold: impl Fn(&str) -> String,
    ) -> Result<Samples> {
        let mut rng = Rng::new(seed ^ 0x5a17);
        let jieba = Jieba::new();
        let mut samples = Samples::default();
        let mut pieces = BTreeSet::new();
        // More than are asked for: not every article yields each kind of query.
        let wanted = each + each / 2;
        let mut chosen: BTreeSet<u64> = (0..wanted).map(|_| rng.below(extent.articles)).collect();
        // A small corpus gives several queries an article.
        let rounds = wanted.div_ceil(chosen.len().max(1));
        for (ordinal, article) in corpus.articles()?.enumerate() {
            let article = article?;
            if chosen.remove(&(ordinal as u64)) {
                for _ in 0..rounds {
                    pieces.extend(piece(&article, &mut rng));
                    samples.keywords.extend(keyword(&jieba, &article, &mut rng));
                    samples.questions.extend(question(&jieba, &article, &mut rng));
                }
            }
            if chosen.is_empty() {
                break;
            }
        }
        for queries in [&mut samples.keywords, &mut samples.questions] {
            shuffle(queries, &mut rng);
            queries.truncate(each);
        }
        let mut pieces: Vec<String> = pieces.into_iter().collect();
        shuffle(&mut pieces, &mut rng);
        pieces.truncate(each);
        samples.pieces = count(corpus, pieces, fold)?;
        let fewest = samples.keywords.len().min(samples.questions.len()).min(samples.pieces.len());
        ensure!(fewest > 0, "{}: too little Chinese text to draw queries from", corpus.path().display());
        Ok(samples)
    }
}

/// Counts by `contains`, the judge of every engine: one pass over the corpus for all pieces.
///
/// # Errors
///
/// Where the corpus cannot be read.
pub fn count(corpus: &Corpus, texts: Vec<String>, fold: impl Fn(&str) -> String) -> Result<Vec<Piece>> {
    let automaton = AhoCorasick::new(texts.iter().map(|text| fold(text)))?;
    let mut pieces: Vec<Piece> = texts.into_iter().map(|text| Piece { text, articles: 0 }).collect();
    let mut found = vec![false; pieces.len()];
    for article in corpus.articles()? {
        let article = article?;
        let text = fold(&format!("{}\n{}", article.title, article.text));
        for hit in automaton.find_overlapping_iter(&text) {
            found[hit.pattern().as_usize()] = true;
        }
        for (piece, found) in pieces.iter_mut().zip(&mut found) {
            piece.articles += u64::from(std::mem::take(found));
        }
    }
    Ok(pieces)
}

fn shuffle<T>(items: &mut [T], rng: &mut Rng) {
    for at in (1..items.len()).rev() {
        items.swap(at, rng.below(at as u64 + 1) as usize);
    }
}

/// Whether a character is a Han character, of any plane.
pub fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Runs of at least `shortest` Han characters.
fn han_runs(text: &str, shortest: usize) -> Vec<Vec<char>> {
    let runs = text.split(|character| !is_han(character)).map(|run| run.chars().collect::<Vec<_>>());
    runs.filter(|run| run.len() >= shortest).collect()
}

fn piece(article: &Article, rng: &mut Rng) -> Option<String> {
    let length = rng.between(4, 8) as usize;
    let text = if rng.chance(150) { &article.title } else { &article.text };
    let runs = han_runs(text, length);
    let run = rng.pick(&runs)?;
    let start = rng.below((run.len() - length) as u64 + 1) as usize;
    Some(run.get(start..start + length)?.iter().collect())
}

fn keyword(jieba: &Jieba, article: &Article, rng: &mut Rng) -> Option<String> {
    let text = if rng.chance(500) { &article.title } else { &article.text };
    let runs = han_runs(text, 2);
    let run: String = rng.pick(&runs)?.iter().collect();
    let words: Vec<&str> = jieba.cut(&run, true).into_iter().map(|token| token.word).collect();
    let wanted = rng.between(1, 3) as usize;
    let start = rng.below(words.len() as u64) as usize;
    let mut keyword = String::new();
    for word in words.iter().skip(start).take(wanted) {
        if keyword.chars().count() + word.chars().count() > 6 {
            break;
        }
        keyword.push_str(word);
    }
    (keyword.chars().count() >= 2).then_some(keyword)
}

fn question(jieba: &Jieba, article: &Article, rng: &mut Rng) -> Option<String> {
    let first = keyword(jieba, article, rng)?;
    let second = keyword(jieba, article, rng)?;
    let [before, between, after] = rng.pick(&QUESTIONS)? else { return None };
    Some(format!("{before}{first}{between}{second}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{Generator, Plan};

    fn corpus(folder: &tempfile::TempDir) -> Result<(Corpus, Extent)> {
        let path = folder.path().join("news.jsonl");
        let news = Generator::new(Plan { articles: 200, traditional: 0, ..Plan::default() })?;
        news.write(&mut std::fs::File::create(&path)?)?;
        let corpus = Corpus::open(&path)?;
        let extent = corpus.extent()?;
        Ok((corpus, extent))
    }

    #[test]
    fn queries_are_the_same_for_a_seed_and_pieces_are_counted() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let (corpus, extent) = corpus(&folder)?;
        assert_eq!(extent.articles, 200);
        let draw = |seed| Samples::draw(&corpus, extent, seed, 60, str::to_owned);
        let samples = draw(1)?;
        assert_eq!(serde_json::to_string(&samples)?, serde_json::to_string(&draw(1)?)?);
        assert_ne!(samples.keywords, draw(2)?.keywords);
        assert!(samples.keywords.iter().all(|word| (2..=6).contains(&word.chars().count())));
        let articles: Vec<Article> = corpus.articles()?.collect::<Result<_>>()?;
        for Piece { text, articles: counted } in &samples.pieces {
            let holds = |article: &&Article| article.title.contains(text) || article.text.contains(text);
            assert!((4..=8).contains(&text.chars().count()) && text.chars().all(is_han));
            assert_eq!(articles.iter().filter(holds).count() as u64, *counted, "{text}");
            assert!(*counted >= 1, "{text}");
        }
        assert_eq!([samples.pieces.len(), samples.keywords.len(), samples.questions.len()], [60, 60, 60]);
        Ok(())
    }

    #[test]
    fn a_corpus_without_chinese_text_is_refused() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("english.jsonl");
        std::fs::write(&path, "{\"title\": \"news\", \"text\": \"nothing to draw from\"}\n")?;
        let corpus = Corpus::open(&path)?;
        let extent = corpus.extent()?;
        assert!(Samples::draw(&corpus, extent, 1, 10, str::to_owned).is_err());
        Ok(())
    }
}
