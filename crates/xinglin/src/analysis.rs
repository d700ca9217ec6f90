//! What xinglin makes of a piece of text: its script, its words, the names in it, and what a query of it would mean.

use serde::Serialize;
use xinglin_entity::Found;
use xinglin_query::{Interpreter, Understood, Why};
use xinglin_text::{CharClass, Mode};

use crate::error::Error;
use crate::memory::NewArticle;
use crate::names::Names;
use crate::open::Index;
use crate::request::SearchRequest;
use crate::rows::Tagged;
use crate::tag::Tagger;

/// What xinglin makes of a piece of text. All offsets are bytes of the text as given, ends exclusive.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Analysis {
    /// The text as given.
    pub text: String,
    /// `traditional` where conversion changes anything, `simplified` where Han characters need none, `none` without any.
    pub script: &'static str,
    /// The text in one script, from which facts are read.
    pub unified: String,
    /// The text character by character in the form in which it is searched.
    pub folded: String,
    /// How many characters of each sort.
    pub characters: Characters,
    /// The words of the likeliest reading.
    pub words: Vec<AnalyzedWord>,
    /// Names of places, specialties, institutions; levels, statuses, years.
    pub names: Vec<NamedSpan>,
    /// The facts, the text read as an article.
    pub facts: Tagged,
    /// What the text means as a query.
    pub understood: Understood,
}

/// How many characters of each sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Characters {
    /// Han characters.
    pub han: usize,
    /// Latin letters and digits.
    pub latin: usize,
    /// Other letters: kana, Greek, circled numbers.
    pub other: usize,
    /// Punctuation, blanks and symbols, which no search finds.
    pub punctuation: usize,
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnalyzedWord {
    /// The word as it stands.
    pub text: String,
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset of its end, exclusive.
    pub end: usize,
    /// Whether the dictionary holds it.
    pub known: bool,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedSpan {
    /// `region`, `specialty`, `institution`, `level`, `tier`, `status`, `programme` or `year`.
    pub kind: &'static str,
    /// What it names, in canonical form; several where one name means several places.
    pub values: Vec<String>,
    /// The name as it stands.
    pub text: String,
    /// Byte offset of its start.
    pub start: usize,
    /// Byte offset of its end, exclusive.
    pub end: usize,
}

/// Analyses a piece of text; no index is needed.
///
/// ```
/// # fn main() -> Result<(), xinglin::Error> {
/// let analysis = xinglin::analyze("漢中市中心醫院骨科")?;
/// assert_eq!((analysis.script, analysis.unified.as_str()), ("traditional", "汉中市中心医院骨科"));
/// assert!(analysis.names.iter().any(|name| name.kind == "specialty" && name.text == "骨科"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Where the tagger cannot be built.
pub fn analyze(text: &str) -> Result<Analysis, Error> {
    let unified = xinglin_text::unify(text).into_text().into_owned();
    let characters = characters(text);
    let names = Names::embedded();
    Ok(Analysis {
        script: match characters.han {
            0 => "none",
            _ if unified != text && changes_han(text, &unified) => "traditional",
            _ => "simplified",
        },
        folded: xinglin_text::fold_str(text).into_owned(),
        words: words(text),
        names: spans(&names, text),
        facts: Tagger::new()?.tag(NewArticle::new("", text)),
        understood: names.interpret(text).facts,
        text: text.to_owned(),
        unified,
        characters,
    })
}

fn changes_han(text: &str, unified: &str) -> bool {
    let han = |text: &str| -> String {
        text.chars().filter(|c| xinglin_text::class(*c) == CharClass::Han).collect()
    };
    han(text) != han(unified)
}

fn characters(text: &str) -> Characters {
    let mut counts = Characters::default();
    for c in text.chars() {
        let count = match xinglin_text::class(c) {
            CharClass::Han => &mut counts.han,
            CharClass::Alnum => &mut counts.latin,
            CharClass::Letter => &mut counts.other,
            CharClass::Other => &mut counts.punctuation,
        };
        *count += 1;
    }
    counts
}

fn words(text: &str) -> Vec<AnalyzedWord> {
    let words = xinglin_text::segment(text, Mode::Words).into_iter();
    words
        .map(|word| AnalyzedWord {
            text: text.get(word.start..word.end).unwrap_or_default().to_owned(),
            start: word.start,
            end: word.end,
            known: word.known,
        })
        .collect()
}

/// The names in a text, in order.
fn spans(names: &Names, text: &str) -> Vec<NamedSpan> {
    fn add<T>(
        all: &mut Vec<NamedSpan>,
        text: &str,
        kind: &'static str,
        found: &[Found<T>],
        values: impl Fn(&T) -> Vec<String>,
    ) {
        all.extend(found.iter().map(|found| NamedSpan {
            kind,
            values: values(&found.value),
            text: text.get(found.span.clone()).unwrap_or_default().to_owned(),
            start: found.span.start,
            end: found.span.end,
        }));
    }
    let found = names.gazetteer.understand(text);
    let mut all = Vec::new();
    add(&mut all, text, "region", &found.regions, Clone::clone);
    add(&mut all, text, "specialty", &found.specialties, |name| vec![name.clone()]);
    add(&mut all, text, "institution", &found.institutions, |name| vec![name.clone()]);
    add(&mut all, text, "level", &found.levels, |level| vec![level.as_str().to_owned()]);
    add(&mut all, text, "tier", &found.tiers, |tier| vec![tier.as_str().to_owned()]);
    add(&mut all, text, "status", &found.statuses, |status| vec![status.as_str().to_owned()]);
    add(&mut all, text, "programme", &found.programmes, |programme| vec![programme.as_str().to_owned()]);
    add(&mut all, text, "year", &found.years, |year| vec![year.to_string()]);
    all.sort_by_key(|name| (name.start, name.end));
    all
}

impl Index {
    /// Why a search finds the article of that identity, file or file name, or does not: each clause of the query and each
    /// filter, asked of that article alone.
    ///
    /// # Errors
    /// Where there is no such article, a filter names something unknown, or the index cannot be read.
    pub fn why(&self, article: &str, request: &SearchRequest) -> Result<Why, Error> {
        let filters = self.names.resolve_filters(&request.filters)?;
        self.ask(|reader| {
            reader.why(article, &request.query, &filters, self.limits, self.interpreter(request.literal))
        })
    }
}
