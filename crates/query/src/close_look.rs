//! The close look: what only the stored text tells, asked of the best few.
//!
//! - **Across words.** The index holds words at every occurrence, so 和服 is found in 产品和服务, as it must be. Such a match ranks
//!   below one that agrees with the words of its surroundings: where segmentation cuts inside the match otherwise than it
//!   cuts the query, and an edge of the match lies inside a dictionary word.
//! - **Nearness.** Several pieces in one sentence say more than the same pieces pages apart.
//! - **Headline.** A headline that begins with what was asked is about it.

use tantivy::query::Query;
use xinglin_index_schema::{ArticleTexts, TextField};
use xinglin_text::{CharClass, Mode, class, fold, segment};

use crate::phrase::{Phrase, end_of};

/// Longest piece, in characters, that is held against the words around it: longer ones seldom stand across words.
const LONGEST_ALIGNED: usize = 4;
/// Most occurrences of a piece that are looked at.
const MAX_OCCURRENCES: usize = 64;
/// Occurrences that are segmented with their surroundings, and the characters taken on either side.
const SEGMENTED: usize = 4;
const SURROUNDINGS: usize = 12;
/// The distance, in characters, at which nearness has lost half of its worth.
const HALF_DISTANCE: f32 = 24.0;
/// How far from a headline's beginning what was asked still begins it (behind 喜报！, say).
const HEADLINE_START: usize = 6;

/// What the close look found in one article; shares between 0 and 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Closeness {
    /// The share of the pieces that stand only across words.
    pub(crate) across: f32,
    /// How near to each other the pieces stand; 0 where there is one alone or one is missing.
    pub(crate) nearness: f32,
    /// Whether the headline begins with a piece.
    pub(crate) headline: bool,
}

/// A piece of the query, ready to be looked for.
pub(crate) struct Sought {
    phrase: Phrase,
    /// Where segmentation cuts it, as character offsets; `None` where the piece is not held against words.
    cuts: Option<Vec<usize>>,
}

impl Sought {
    /// Prepares a piece, as it was cut for the query.
    pub(crate) fn of(phrase: Phrase) -> Sought {
        let folded = &phrase.folded;
        let text: String = folded.iter().collect();
        let han = folded.iter().all(is_han);
        let aligned = han && (2..=LONGEST_ALIGNED).contains(&folded.len());
        let cuts = aligned.then(|| {
            segment(&text, Mode::Words)
                .iter()
                .map(|word| word.position as usize)
                .filter(|at| *at > 0)
                .collect()
        });
        Sought { phrase, cuts }
    }

    /// Whether it is this piece.
    pub(crate) fn is(&self, folded: &[char]) -> bool {
        self.phrase.folded == folded
    }

    /// Where it stands in a field.
    pub(crate) fn query(&self, field: TextField) -> Box<dyn Query> {
        self.phrase.query(field)
    }

    fn letters(&self) -> &[char] {
        &self.phrase.folded
    }

    /// Whether it stands in an article, and nowhere there as a word of its own. The first place that agrees with the words
    /// around it decides, so the rest of the article is seldom read.
    fn stands_across_words(&self, title: &str, text: &str) -> bool {
        let Some(cuts) = &self.cuts else { return false };
        let mut stands = false;
        for part in [title, text] {
            for place in places(part, self.letters()).take(SEGMENTED) {
                stands = true;
                if !crosses_words(part, place, cuts) {
                    return false;
                }
            }
        }
        stands
    }

    /// Whether words around it can tell anything.
    pub(crate) fn is_aligned(&self) -> bool {
        self.cuts.is_some()
    }
}

/// Looks at one article.
pub(crate) fn look(article: &ArticleTexts, sought: &[Sought]) -> Closeness {
    let (title, text) = (article.title(), article.text());
    let across = sought.iter().filter(|piece| piece.stands_across_words(title, text)).count();
    let headline = |piece: &Sought| {
        let beginning = places(title, piece.letters()).take_while(|place| place.at <= HEADLINE_START);
        beginning.count() > 0
    };
    let gap = if sought.len() > 1 { smallest_gap(text, sought) } else { None };
    Closeness {
        across: if across > 0 { across as f32 / sought.len() as f32 } else { 0.0 },
        nearness: gap.map_or(0.0, |gap| HALF_DISTANCE / (HALF_DISTANCE + gap as f32)),
        headline: sought.iter().any(headline),
    }
}

/// Where a piece stands in a text.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The number of its first character.
    at: usize,
    /// Its bytes.
    start: usize,
    end: usize,
}

/// The places of a folded piece in a text, looked for as they are asked for.
fn places(text: &str, piece: &[char]) -> impl Iterator<Item = Place> {
    let first = piece.first().copied();
    let stands = move |(at, (start, c)): (usize, (usize, char))| {
        if Some(fold(c)) != first {
            return None;
        }
        Some(Place { at, start, end: end_of(text, start, piece)? })
    };
    text.char_indices().enumerate().filter_map(stands)
}

/// Whether the words around a place cut it otherwise than the piece is cut by itself, and one reaches across its edge.
fn crosses_words(text: &str, place: Place, cuts: &[usize]) -> bool {
    let (Some(piece), Some(before), Some(after)) =
        (text.get(place.start..place.end), text.get(..place.start), text.get(place.end..))
    else {
        return false;
    };
    let han = |c: &char| is_han(&fold(*c));
    let before: Vec<char> = before.chars().rev().take(SURROUNDINGS).take_while(han).collect();
    let from = place.start - before.iter().map(|c| c.len_utf8()).sum::<usize>();
    let to = place.end + after.chars().take(SURROUNDINGS).take_while(han).map(char::len_utf8).sum::<usize>();
    let Some(surroundings) = text.get(from..to) else { return false };
    let (start, end) = (before.len(), before.len() + piece.chars().count());
    let mut own: Vec<usize> = Vec::new();
    let mut edge_inside = false;
    for word in segment(surroundings, Mode::Words) {
        let begin = word.position as usize;
        let stop = begin + surroundings.get(word.start..word.end).map_or(0, |text| text.chars().count());
        if start < begin && begin < end {
            own.push(begin - start);
        }
        let reaches = |edge: usize| word.known && begin < edge && edge < stop;
        edge_inside |= reaches(start) || reaches(end);
    }
    edge_inside && own != cuts
}

fn is_han(c: &char) -> bool {
    class(*c) == CharClass::Han
}

/// The fewest characters of a text that lie between the pieces where all stand together; `None` where one is missing.
fn smallest_gap(text: &str, sought: &[Sought]) -> Option<usize> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    for (number, piece) in sought.iter().enumerate() {
        let before = all.len();
        all.extend(places(text, piece.letters()).take(MAX_OCCURRENCES).map(|place| (place.at, number)));
        if all.len() == before {
            return None;
        }
    }
    all.sort_unstable();
    let letters: usize = sought.iter().map(|piece| piece.letters().len()).sum();
    // Where each piece stood last; all of them are known once none is `None`, which is less than any place.
    let mut last: Vec<Option<usize>> = vec![None; sought.len()];
    let mut best: Option<usize> = None;
    for (at, piece) in all {
        if let Some(place) = last.get_mut(piece) {
            *place = Some(at);
        }
        let Some(first) = last.iter().copied().min().flatten() else { continue };
        let end = at + sought.get(piece).map_or(0, |piece| piece.letters().len());
        let gap = (end - first).saturating_sub(letters);
        best = Some(best.map_or(gap, |known| known.min(gap)));
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use xinglin_index_schema::StoredArticle;

    fn closeness(title: &str, text: &str, pieces: &[&str]) -> Closeness {
        let article =
            StoredArticle { title: title.to_owned(), text: text.to_owned(), ..StoredArticle::default() };
        let bytes = article.to_bytes().expect("bytes");
        let sought: Vec<Sought> =
            pieces.iter().filter_map(|piece| Phrase::cut(piece)).map(Sought::of).collect();
        look(&ArticleTexts::of(bytes).expect("texts"), &sought)
    }

    #[test]
    fn matches_across_words_are_told() {
        let check = |text: &str, piece: &str, expected: bool| {
            assert_eq!(closeness("", text, &[piece]).across > 0.0, expected, "{piece} in {text}");
        };
        check("我们的产品和服务都很好", "和服", true);
        check("我們的產品和服務都很好", "和服", true);
        check("她穿着和服参加活动", "和服", false);
        check("产品和服务，以及和服展览", "和服", false);
        check("南京市第一人民医院", "市第一人民医院", false);
        check("国家临床重点专科建设项目", "重点专科", false);
        check("北京大学第一医院", "北京大学", false);
        check("主任韩树青说", "韩树青", false);
        check("没有", "和服", false);
    }

    #[test]
    fn pieces_that_stand_together_are_near() {
        let near = closeness("", "骨科获批国家临床重点专科。", &["骨科", "重点专科"]).nearness;
        let far = closeness("", &format!("骨科{}重点专科", "字".repeat(200)), &["骨科", "重点专科"]).nearness;
        assert!(near > 0.7 && far < 0.2 && far > 0.0, "{near} {far}");
        assert_eq!(closeness("", "骨科", &["骨科", "眼科"]).nearness, 0.0);
        assert_eq!(closeness("", "骨科", &["骨科"]).nearness, 0.0);
    }

    #[test]
    fn headlines_that_begin_with_it() {
        assert!(closeness("喜报！骨科获批", "", &["骨科"]).headline);
        assert!(!closeness("我院在全省率先成立骨科", "", &["骨科"]).headline);
    }
}
