//! A seeded generator of synthetic hospital news: any number of articles, one at a time, in bounded memory.
//!
//! Article `i` depends on the seed and on `i` alone, so a corpus of 1,000 articles is the beginning of the corpus of
//! 1,000,000 with the same seed, and any article can be made again without the ones before it. Nothing in it is true:
//! real place names are joined with invented people, numbers and events, and every article says `synthetic` where
//! news says its source.

use crate::prose::{Grammar, Story};
use crate::rng::Rng;
use anyhow::{Context, Result};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use serde::{Deserialize, Serialize};
use std::io::Write;

/// One article of a corpus, as a line of JSON carries it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Unique in its corpus.
    #[serde(default)]
    pub id: String,
    /// The headline.
    #[serde(default)]
    pub title: String,
    /// The body; paragraphs are separated by line breaks.
    #[serde(default)]
    pub text: String,
    /// `YYYY-MM-DD`.
    #[serde(default)]
    pub published: String,
    /// An address in a reserved domain.
    #[serde(default)]
    pub url: String,
    /// `synthetic` for every generated article.
    #[serde(default)]
    pub source: String,
}

impl Article {
    /// Bytes of UTF-8 an engine has to index.
    pub fn bytes(&self) -> u64 {
        (self.title.len() + self.text.len()) as u64
    }
}

/// What to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// How many articles.
    pub articles: u64,
    /// Another seed, another corpus.
    pub seed: u64,
    /// Articles in Traditional characters, of 1,000.
    pub traditional: u32,
    /// Articles that repost an earlier one with small edits, of 1,000.
    pub reposts: u32,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan { articles: 2000, seed: 1, traditional: 50, reposts: 40 }
    }
}

/// Draws articles after a [`Plan`].
///
/// ```
/// use xinglin_benches::generate::{Generator, Plan};
///
/// let news = Generator::new(Plan { articles: 100, ..Plan::default() })?;
/// let article = news.article(42)?;
/// assert_eq!(article.source, "synthetic");
/// assert_eq!(news.iter().nth(42).transpose()?, Some(article));
/// # Ok::<(), anyhow::Error>(())
/// ```
pub struct Generator {
    plan: Plan,
    grammar: Grammar,
    to_traditional: OpenCC,
}

/// How far back a repost reaches.
const REPOST_WINDOW: u64 = 20_000;

impl Generator {
    /// A generator for one plan.
    ///
    /// # Errors
    ///
    /// Where the embedded lists or conversion tables do not load.
    pub fn new(plan: Plan) -> Result<Generator> {
        let to_traditional = OpenCC::from_config(BuiltinConfig::S2t).context("loading the S2T tables")?;
        Ok(Generator { plan, grammar: Grammar::embedded()?, to_traditional })
    }

    /// The plan.
    pub fn plan(&self) -> Plan {
        self.plan
    }

    /// Every article, in order.
    pub fn iter(&self) -> impl Iterator<Item = Result<Article>> + '_ {
        (0..self.plan.articles).map(|index| self.article(index))
    }

    /// Article `index`, counted from 0.
    ///
    /// # Errors
    ///
    /// Where a list is empty.
    pub fn article(&self, index: u64) -> Result<Article> {
        let mut rng = Rng::for_item(self.plan.seed ^ 0x7e57, index);
        let mut article = if index > 0 && rng.chance(self.plan.reposts) {
            let origin = index - 1 - rng.below(index.min(REPOST_WINDOW));
            let mut article = self.original(origin)?;
            repost(&mut article, &mut rng);
            article
        } else {
            self.original(index)?
        };
        if rng.chance(self.plan.traditional) {
            article.title = self.to_traditional.convert(&article.title);
            article.text = self.to_traditional.convert(&article.text);
        }
        article.id = format!("synthetic-{}-{index:07}", self.plan.seed);
        article.url = format!("https://news.example/synthetic/{}/{index}.html", self.plan.seed);
        article.source = "synthetic".to_owned();
        Ok(article)
    }

    /// Writes the corpus as lines of JSON and returns the bytes of titles and texts.
    ///
    /// # Errors
    ///
    /// Where `out` cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> Result<u64> {
        let mut bytes = 0;
        for article in self.iter() {
            let article = article?;
            bytes += article.bytes();
            serde_json::to_writer(&mut *out, &article)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        Ok(bytes)
    }

    /// An article that reposts no other, in Simplified characters.
    fn original(&self, index: u64) -> Result<Article> {
        let rng = Rng::for_item(self.plan.seed, index);
        let mut story = Story::new(&self.grammar, rng).context("the generator's lists are empty")?;
        let (year, month, day) = story.date;
        let mut article = Article { published: format!("{year}-{month:02}-{day:02}"), ..Article::default() };
        story.headline(&mut article.title);
        write_body(&mut story, &mut article.text);
        Ok(article)
    }
}

/// 200 to 3,000 characters, mostly below 1,200, in paragraphs of one to five sentences.
fn write_body(story: &mut Story<'_>, text: &mut String) {
    let rng = story.rng();
    let wanted = 200 + rng.below(2801).min(rng.below(2801)).min(rng.below(2801)) as usize;
    let designations = if rng.chance(450) { rng.between(1, 4) } else { 0 };
    story.lead(text);
    for _ in 0..designations {
        story.designation(text);
    }
    // Han characters take three bytes; counting bytes is close enough and cheap.
    while text.len() < wanted.saturating_sub(60) * 29 / 10 {
        text.push('\n');
        for _ in 0..story.rng().between(1, 5) {
            story.body(text);
        }
    }
    text.push('\n');
    story.closing(text);
}

/// What other papers do to a piece of news: another headline prefix, a paragraph less, a line about the origin.
fn repost(article: &mut Article, rng: &mut Rng) {
    if rng.chance(400) {
        article.title.insert_str(0, ["转载|", "【健康】", "快讯:"][rng.below(3) as usize]);
    }
    let paragraphs: Vec<&str> = article.text.split('\n').collect();
    let dropped = if paragraphs.len() > 4 && rng.chance(500) {
        1 + rng.below(paragraphs.len() as u64 - 2) as usize
    } else {
        usize::MAX
    };
    let kept = paragraphs.iter().enumerate().filter(|(at, _)| *at != dropped).map(|(_, line)| *line);
    let mut text = kept.collect::<Vec<_>>().join("\n");
    text.push_str(
        ["\n(来源:健康晚报)", "\n来源:卫生日报 责任编辑:小林", "\n转自医院公众号"][rng.below(3) as usize],
    );
    article.text = text;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generator(articles: u64, seed: u64) -> Generator {
        Generator::new(Plan { articles, seed, ..Plan::default() }).expect("embedded lists")
    }

    #[test]
    fn a_corpus_is_the_beginning_of_a_larger_one() {
        let small: Vec<_> = generator(30, 3).iter().map(Result::unwrap).collect();
        let large: Vec<_> = generator(90, 3).iter().take(30).map(Result::unwrap).collect();
        assert_eq!(small, large);
        assert_ne!(small[7].text, generator(30, 4).article(7).unwrap().text);
    }

    #[test]
    fn lengths_and_shares_are_those_of_the_plan() {
        let articles: Vec<_> = generator(2000, 1).iter().map(Result::unwrap).collect();
        let lengths: Vec<usize> = articles.iter().map(|a| a.text.chars().count()).collect();
        assert!(lengths.iter().all(|&length| (100..4200).contains(&length)), "{:?}", lengths.iter().max());
        let mean = lengths.iter().sum::<usize>() / lengths.len();
        assert!((700..1200).contains(&mean), "{mean}");
        let traditional = articles.iter().filter(|a| a.text.contains(['醫', '療', '術'])).count();
        assert!((60..140).contains(&traditional), "{traditional}");
        let reposts =
            articles.iter().filter(|a| a.text.contains("健康晚报") || a.text.contains("转自医院")).count();
        assert!((25..90).contains(&reposts), "{reposts}");
        assert!(articles.iter().all(|a| a.source == "synthetic" && !a.title.is_empty()));
    }

    #[test]
    fn the_written_lines_are_read_back() -> Result<()> {
        let generator = generator(20, 9);
        let mut lines = Vec::new();
        let bytes = generator.write(&mut lines)?;
        let read: Result<Vec<Article>, _> =
            String::from_utf8(lines)?.lines().map(serde_json::from_str).collect();
        let read = read?;
        assert_eq!(read.iter().map(Article::bytes).sum::<u64>(), bytes);
        assert_eq!(read[3], generator.article(3)?);
        Ok(())
    }
}
