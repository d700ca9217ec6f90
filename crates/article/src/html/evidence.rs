//! Evidence from markup: which line is the headline, and which boxes are no part of the article.

use super::head::{Head, split_title};
use super::lines::PageBox;
use crate::headline;
use crate::key::{Key, is_han};
use crate::lexicon::BoxKind;
use crate::line::{Kind, Line, Shape};

/// A box that holds more than this share of the page's own words, in percent, is never set apart.
const MUCH: usize = 35;

/// Sets lines apart and finds the headline.
pub(crate) fn weigh(
    lines: &mut [Line<'_>],
    shapes: &[Shape],
    boxes: &[PageBox],
    head: &Head,
) -> Option<usize> {
    let headline = stated_headline(lines, shapes, boxes, head);
    let weigher = Weigher::new(lines, shapes, boxes, headline);
    let mut apart = vec![false; lines.len()];
    weigher.hinted(&mut apart);
    weigher.linked(&mut apart);
    weigher.headed(&mut apart);
    weigher.beside(&mut apart);
    for (line, apart) in lines.iter_mut().zip(apart) {
        line.set_apart |= apart;
    }
    headline.or_else(|| headline::find(lines, shapes))
}

/// A headline longer than this, in characters, is none.
const LONGEST: usize = 200;

/// Without blanks and marks, so that two printings of a headline compare equal. Takes a key.
fn bare(key: &str) -> String {
    key.chars()
        .filter(|&c| c.is_ascii_alphanumeric() || is_han(c) || (!c.is_ascii() && c.is_alphanumeric()))
        .collect()
}

/// A headline as the head states it.
fn stated(text: &str) -> Option<String> {
    let bare = bare(&Key::of(text.get(..text.floor_char_boundary(8 * LONGEST)).unwrap_or("")).text);
    (4..=LONGEST).contains(&bare.chars().count()).then_some(bare)
}

/// The line that the head's headline or title names.
fn stated_headline(lines: &[Line<'_>], shapes: &[Shape], boxes: &[PageBox], head: &Head) -> Option<usize> {
    let headlines: Vec<String> = head.headlines.iter().filter_map(|h| stated(h)).collect();
    let titles: Vec<String> =
        head.title.iter().filter_map(|t| stated(t)).chain(headlines.iter().cloned()).collect();
    let without_site =
        head.title.as_ref().and_then(|title| stated(&split_title(title, head.site.as_deref()).0));
    let mut candidates = candidates(lines, shapes, &titles);
    // 心血管内科, an item of the menu beside <h2> 心血管内科简介: where the page has a heading, its menu has none.
    let in_menu = |at: usize| {
        let menu = |b: &&PageBox| b.hint == Some(BoxKind::Navigation);
        boxes.iter().filter(menu).any(|b| (b.first..b.last).contains(&at))
    };
    let heads = |(at, line): (usize, &Line<'_>)| {
        matches!(line.heading, 1 | 2) && !headline::is_site_name(&line.text) && !in_menu(at)
    };
    if lines.iter().enumerate().any(heads) {
        candidates.retain(|(at, _)| lines.get(*at).is_some_and(|line| line.heading > 0) || !in_menu(*at));
    }
    // ——某县人民医院骨科发展纪实: the second line of a headline is not the headline.
    let places: Vec<usize> = candidates.iter().map(|(at, _)| *at).collect();
    candidates.retain(|(at, _)| {
        let second = lines.get(*at).is_some_and(|l| l.text.starts_with("——") || l.text.starts_with("--"));
        !(second && at.checked_sub(1).is_some_and(|above| places.contains(&above)))
    });
    let best = |fits: &dyn Fn(usize, &str) -> Option<usize>| {
        let weigh = |(at, text): &(usize, String)| {
            let level = lines.get(*at).map_or(0, |l| l.heading);
            fits(*at, text)
                .map(|weight| ((weight, if level == 0 { 0 } else { 7 - level }), std::cmp::Reverse(*at)))
        };
        candidates.iter().filter_map(weigh).max().map(|(_, at)| at.0)
    };
    for headline in &headlines {
        if let Some(at) = best(&|_, text| (text == headline).then_some(1)) {
            return Some(at);
        }
    }
    let named = best(&|at, text| {
        let chars = text.chars().count();
        let whole = without_site.as_deref() == Some(text)
            || titles.iter().any(|t| t.contains(text) && (chars >= 12 || chars * 5 >= t.chars().count() * 2));
        (whole && !headline::is_site_name(&lines.get(at)?.text)).then_some(chars)
    });
    // 儿科 in a menu that nothing marks, and <h2> 儿科简介 behind it.
    let longer = named.filter(|at| lines.get(*at).is_some_and(|line| line.heading == 0)).and_then(|at| {
        let text = candidates.iter().find(|(place, _)| *place == at).map(|(_, text)| text)?;
        let holds = |(_, line): &(usize, &Line<'_>)| {
            matches!(line.heading, 1 | 2)
                && line.linked < 80
                && !line.set_apart
                && line.text.chars().count() <= text.chars().count() + 12
                && !headline::is_site_name(&line.text)
                && bare(&Key::of(&line.text).text).contains(&**text)
        };
        lines.iter().enumerate().skip(at + 1).find(holds).map(|(place, _)| place)
    });
    let named = longer.or(named);
    // 领导班子, an item of the menu as much as the page's title, and <h1> 院长 某某.
    let column = named
        .and_then(|at| lines.get(at))
        .is_some_and(|line| line.heading == 0 && line.text.chars().count() <= 6);
    let heading = || single_heading(lines);
    if column { heading().or(named) } else { named.or_else(heading) }
}

/// The lines that may be one of these headlines, with their bare words.
fn candidates(lines: &[Line<'_>], shapes: &[Shape], titles: &[String]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, (line, shape)) in lines.iter().zip(shapes).enumerate().take(400) {
        let other = matches!(shape.kind, Kind::Crumb | Kind::Nav | Kind::Control | Kind::Turn);
        if other || line.row || line.set_apart || line.linked >= 80 || !(4..=LONGEST).contains(&shape.chars) {
            continue;
        }
        let first = shape.key.text.chars().find(|c| c.is_alphanumeric());
        if first.is_some_and(|c| titles.iter().any(|t| t.contains(c))) {
            let text = bare(&shape.key.text);
            if text.chars().count() >= 4 {
                found.push((at, text));
            }
        }
    }
    found
}

/// The only `<h1>` that is news and no name.
fn single_heading(lines: &[Line<'_>]) -> Option<usize> {
    let is_heading =
        |l: &Line<'_>| l.heading == 1 && !headline::is_site_name(&l.text) && l.text.chars().count() >= 4;
    let mut headings =
        lines.iter().enumerate().filter(|(_, l)| is_heading(l) && l.linked < 80 && !l.set_apart);
    let (at, _) = headings.next()?;
    headings.next().is_none().then_some(at)
}

/// The page's boxes with what they hold.
struct Weigher<'p, 'a> {
    lines: &'p [Line<'a>],
    shapes: &'p [Shape],
    boxes: &'p [PageBox],
    headline: Option<usize>,
    /// Characters before each line: of the page's own words, of links, of all.
    own: Vec<usize>,
    linked: Vec<usize>,
    all: Vec<usize>,
}

impl<'p, 'a> Weigher<'p, 'a> {
    fn new(
        lines: &'p [Line<'a>],
        shapes: &'p [Shape],
        boxes: &'p [PageBox],
        headline: Option<usize>,
    ) -> Self {
        let (mut own, mut linked, mut all) = (vec![0], vec![0], vec![0]);
        for (line, shape) in lines.iter().zip(shapes) {
            let links = (shape.chars * usize::from(line.linked)).div_ceil(100);
            let words = match shape.kind {
                Kind::Prose => 2 * (shape.chars - links),
                Kind::Plain | Kind::Item | Kind::NavLike | Kind::CrumbLike => shape.chars - links,
                _ => 0,
            };
            own.push(own.last().unwrap_or(&0) + words);
            linked.push(linked.last().unwrap_or(&0) + links);
            all.push(all.last().unwrap_or(&0) + shape.chars);
        }
        Weigher { lines, shapes, boxes, headline, own, linked, all }
    }

    fn sum(sums: &[usize], first: usize, last: usize) -> usize {
        sums.get(last).unwrap_or(&0) - sums.get(first).unwrap_or(&0)
    }

    /// The share of the page's own words in these lines, in percent.
    fn share(&self, first: usize, last: usize) -> usize {
        Self::sum(&self.own, first, last) * 100 / self.own.last().copied().unwrap_or(0).max(1)
    }

    fn holds_headline(&self, first: usize, last: usize) -> bool {
        self.headline.is_some_and(|at| (first..last).contains(&at))
    }

    /// Whether these lines may be set apart at all.
    fn spare(&self, first: usize, last: usize) -> bool {
        !self.holds_headline(first, last) && self.share(first, last) <= MUCH
    }

    /// Boxes whose name or tag says that they are something else, and hidden ones.
    fn hinted(&self, apart: &mut [bool]) {
        for b in self.boxes {
            let named = b.hint.is_some_and(|hint| hint != BoxKind::Headline);
            if (named || b.hidden) && self.spare(b.first, b.last) && (b.hidden || !self.is_byline(b)) {
                mark(apart, b.first, b.last);
            }
        }
    }

    /// Whether a box is the headline's byline, whatever its name: a few lines right under it, one of which says when or whence.
    fn is_byline(&self, b: &PageBox) -> bool {
        let near = self.headline.is_some_and(|at| b.first > at && b.first <= at + 2) && b.last - b.first <= 4;
        let shapes = self.shapes.get(b.first..b.last).unwrap_or(&[]);
        near && shapes.iter().any(|s| matches!(s.kind, Kind::Byline | Kind::DateLed | Kind::SoleDate))
            && shapes.iter().all(|s| s.kind != Kind::Prose)
    }

    /// Boxes that are mostly links, where no sentence leads to them.
    fn linked(&self, apart: &mut [bool]) {
        for b in self.boxes.iter().filter(|b| b.last - b.first >= 2) {
            let (links, all) =
                (Self::sum(&self.linked, b.first, b.last), Self::sum(&self.all, b.first, b.last));
            if links * 2 >= all && !self.holds_headline(b.first, b.last) && !self.is_introduced(b.first) {
                mark(apart, b.first, b.last);
            }
        }
    }

    /// A line that ends with a colon, or names a list, introduces what follows.
    fn is_introduced(&self, first: usize) -> bool {
        let Some(at) = first.checked_sub(1).filter(|&at| self.headline.is_some_and(|h| at > h)) else {
            return false;
        };
        let (Some(line), Some(shape)) = (self.lines.get(at), self.shapes.get(at)) else { return false };
        let leads = line.text.ends_with(['：', ':'])
            || line.text.contains("名单")
            || line.text.contains("名單")
            || line.text.contains("如下");
        leads && line.linked < 50 && matches!(shape.kind, Kind::Prose | Kind::Plain)
    }

    /// Boxes that begin with a heading over other articles.
    fn headed(&self, apart: &mut [bool]) {
        for b in self.boxes.iter().filter(|b| b.last - b.first >= 2) {
            let heading = (b.first..b.last.min(b.first + 2)).find(|&at| {
                self.shapes.get(at).is_some_and(|s| matches!(s.kind, Kind::Related | Kind::RelatedMaybe))
            });
            let Some(at) = heading else { continue };
            let other = match self.shapes.get(at).map(|s| s.kind) {
                Some(Kind::Related) => true,
                _ => self.lines.get(at + 1).is_some_and(|l| l.linked >= 80),
            };
            if other && self.spare(b.first, b.last) {
                mark(apart, b.first, b.last);
            }
        }
    }

    /// Cells of a layout table beside the one that holds the headline, where they hold no sentences.
    fn beside(&self, apart: &mut [bool]) {
        let Some(headline) = self.headline else { return };
        let main = self.boxes.iter().filter(|b| b.row.is_some() && (b.first..b.last).contains(&headline));
        for main in main {
            let cells = self.boxes.iter().filter(|b| b.row == main.row && b.first != main.first);
            for cell in cells.filter(|c| self.share(c.first, c.last) <= 15) {
                let sentence = (cell.first..cell.last)
                    .any(|at| self.shapes.get(at).is_some_and(|s| s.kind == Kind::Prose));
                if !sentence {
                    mark(apart, cell.first, cell.last);
                }
            }
        }
    }
}

fn mark(apart: &mut [bool], first: usize, last: usize) {
    for slot in apart.get_mut(first..last).unwrap_or(&mut []) {
        *slot = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printings_of_a_headline_compare_equal() {
        assert_eq!(stated("喜报!  我院 骨科"), stated("喜报！我院骨科"));
    }
}
