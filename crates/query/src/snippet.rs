//! Snippets: the densest window of the original text, cut at clauses, with the matches marked.
//!
//! Law: a marked range of the original text, folded, equals a needle, folded. Marks are found in the text itself, never
//! carried over from an index, so nothing can drift.

use std::cmp::Reverse;

use unicode_width::UnicodeWidthChar;
use xinglin_index_schema::StoredArticle;
use xinglin_text::fold;

use crate::answer::Snippet;
use crate::phrase::end_of;
use crate::plan::Needle;
use crate::words::{Unit, UnitKind};

/// Most matches of one text that are looked at.
const MAX_SPANS: usize = 4096;

/// A match, in bytes of the text.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    start: usize,
    end: usize,
    needle: usize,
}

/// The best snippet of an article, and whether only the page's noise holds what was asked for.
pub(crate) fn best(
    article: &StoredArticle,
    needles: &[Needle],
    units: &[Unit],
    width: usize,
) -> (Snippet, bool) {
    let text = body(article);
    let in_text = find(text, needles);
    if !in_text.is_empty() {
        return (around(text, &in_text, needles, width), false);
    }
    let in_title = !find(&article.title, needles).is_empty();
    if !in_title {
        let in_noise = find(&article.noise, needles);
        if !in_noise.is_empty() {
            return (around(&article.noise, &in_noise, needles, width), true);
        }
    }
    let words = units.iter().filter(|unit| unit.kind == UnitKind::Word);
    let words = words.map(|unit| Needle { folded: unit.phrase.folded.clone(), weight: unit.weight });
    let parts: Vec<Needle> = needles.iter().cloned().chain(words).collect();
    let by_words = of(text, &parts, width);
    if by_words.highlights.is_empty() && in_title {
        return (of(&article.title, needles, width), false);
    }
    (by_words, false)
}

/// The text below the headline's line, where it begins with it.
fn body(article: &StoredArticle) -> &str {
    let rest = article.text.strip_prefix(article.title.as_str()).unwrap_or(&article.text);
    if rest.trim().is_empty() { &article.text } else { rest.trim_start_matches(['\n', '\r']) }
}

/// A snippet of one text.
pub(crate) fn of(text: &str, needles: &[Needle], width: usize) -> Snippet {
    around(text, &find(text, needles), needles, width)
}

/// A snippet around the matches of one text.
fn around(text: &str, spans: &[Span], needles: &[Needle], width: usize) -> Snippet {
    let (from, to) = window(text, spans, needles, width);
    cut(text, spans, from, to)
}

/// The columns that a character takes on a terminal.
fn width_of(c: char) -> usize {
    match c {
        '\u{4e00}'..='\u{9fff}' => 2,
        ' '..='~' => 1,
        _ => c.width().unwrap_or(1),
    }
}

fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

/// All matches, left to right, the longest first at each place, none inside another.
fn find(text: &str, needles: &[Needle]) -> Vec<Span> {
    let firsts: Vec<(char, usize)> =
        needles.iter().zip(0..).filter_map(|(needle, at)| Some((*needle.folded.first()?, at))).collect();
    // A bit for the last six of a character's: most characters begin nothing, and are told so at once.
    let begins = firsts.iter().fold(0u64, |all, (first, _)| all | bit(*first));
    let mut spans: Vec<Span> = Vec::new();
    let mut done = 0;
    for (at, c) in text.char_indices() {
        let first = fold(c);
        if begins & bit(first) == 0 || at < done {
            continue;
        }
        let longest = firsts.iter().filter(|(known, _)| *known == first).filter_map(|(_, needle)| {
            let folded = &needles.get(*needle)?.folded;
            Some((folded.len(), *needle, end_of(text, at, folded)?))
        });
        if let Some((_, needle, end)) = longest.max_by_key(|(length, needle, _)| (*length, Reverse(*needle)))
        {
            spans.push(Span { start: at, end, needle });
            done = end;
            if spans.len() >= MAX_SPANS {
                break;
            }
        }
    }
    spans
}

fn bit(c: char) -> u64 {
    1 << (u32::from(c) & 63)
}

/// The window that shows most: first the heaviest set of different needles, then the most matches, then the earliest.
fn window(text: &str, spans: &[Span], needles: &[Needle], width: usize) -> (usize, usize) {
    let mut best: Option<(f32, usize, usize)> = None;
    for (first, span) in spans.iter().enumerate() {
        let mut used = 0;
        let mut at = span.start;
        let mut seen: Vec<usize> = Vec::new();
        let mut score = 0.0;
        let mut end = span.end;
        for next in spans.get(first..).unwrap_or_default() {
            used += part(text, at, next.end).chars().map(width_of).sum::<usize>();
            at = next.end;
            if used > width && next != span {
                break;
            }
            let weight = needles.get(next.needle).map_or(0.0, |needle| needle.weight);
            score += if seen.contains(&next.needle) { weight * 0.05 } else { weight };
            seen.push(next.needle);
            end = next.end;
            if seen.len() >= 64 {
                break;
            }
        }
        if best.is_none_or(|(known, ..)| score > known) {
            best = Some((score, span.start, end));
        }
    }
    let (from, to) = best.map_or((0, 0), |(_, from, to)| (from, to));
    widen(text, from, to, width)
}

/// Widens a window to whole clauses as far as the width allows: back to the clause's beginning, then on to the width.
fn widen(text: &str, from: usize, to: usize, width: usize) -> (usize, usize) {
    let used: usize = part(text, from, to).chars().map(width_of).sum();
    let mut left = width.saturating_sub(used);
    let mut room = left / 2;
    let mut begun = from;
    let mut clause = from;
    for (before, c) in part(text, 0, from).char_indices().rev() {
        if is_sentence_end(c) {
            clause = begun;
            break;
        }
        if is_clause_end(c) {
            clause = begun;
        }
        if width_of(c) > room {
            break;
        }
        room -= width_of(c);
        begun = before;
    }
    let start = if begun == 0 { 0 } else { clause };
    left = left.saturating_sub(part(text, start, from).chars().map(width_of).sum());
    let mut end = to;
    let (mut taken, mut whole) = (0usize, (0usize, to));
    for c in part(text, to, text.len()).chars() {
        if width_of(c) > left {
            break;
        }
        left -= width_of(c);
        end += c.len_utf8();
        taken += 1;
        if is_clause_end(c) || is_sentence_end(c) {
            whole = (taken, end);
        }
    }
    let end = if end < text.len() && whole.0 > taken / 2 { whole.1 } else { end };
    (start, end)
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '\n' | '!' | '?' | ';')
}

fn is_clause_end(c: char) -> bool {
    matches!(c, '，' | '、' | '：' | ',' | ':' | '\t' | ' ' | '\u{3000}')
}

fn cut(text: &str, spans: &[Span], from: usize, to: usize) -> Snippet {
    // Blanks at the edges go, but for those of a match.
    let first = spans.iter().find(|span| span.end > from).map_or(to, |span| span.start.clamp(from, to));
    let from = first.min(to - part(text, from, to).trim_start().len());
    let last = spans.iter().rev().find(|span| span.start < to).map_or(from, |span| span.end.clamp(from, to));
    let to = last.max(from + part(text, from, to).trim_end().len());
    let is_text = |c: char| !c.is_whitespace();
    let mut snippet = Snippet::default();
    if part(text, 0, from).chars().any(is_text) {
        snippet.text.push('…');
    }
    let shift = snippet.text.len();
    let shown = part(text, from, to).chars();
    snippet.text.extend(shown.map(|c| if matches!(c, '\n' | '\t' | '\r') { ' ' } else { c }));
    if part(text, to, text.len()).chars().any(is_text) {
        snippet.text.push('…');
    }
    for span in spans.iter().filter(|span| span.start >= from && span.end <= to) {
        snippet.highlights.push([span.start - from + shift, span.end - from + shift]);
    }
    snippet
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needle(text: &str) -> Needle {
        Needle { folded: text.chars().map(xinglin_text::fold).collect(), weight: 1.0 }
    }

    fn check(text: &str, asked: &[&str], width: usize, expected: &str) {
        let needles: Vec<Needle> = asked.iter().map(|text| needle(text)).collect();
        let snippet = of(text, &needles, width);
        let mut marked = String::new();
        let mut at = 0;
        for [start, end] in &snippet.highlights {
            marked.push_str(&snippet.text[at..*start]);
            marked.push_str(&format!("[{}]", &snippet.text[*start..*end]));
            at = *end;
        }
        marked.push_str(&snippet.text[at..]);
        assert_eq!(marked, expected);
    }

    #[test]
    fn the_match_is_marked_in_its_own_script() {
        check(
            "該院骨科獲批國家臨床重點專科。",
            &["国家临床重点专科"],
            80,
            "該院骨科獲批[國家臨床重點專科]。",
        );
        check("产品和服务", &["和服"], 80, "产品[和服]务");
        check("ＩＣＵ病房", &["icu"], 80, "[ＩＣＵ]病房");
    }

    #[test]
    fn long_texts_are_cut_at_clauses_around_the_densest_window() {
        let text = "医院始建于一九五〇年。骨科一词先在这里出现，随后是很长的一段话说别的事情。再后面，骨科与眼科一同获批，大家都很高兴。";
        check(text, &["骨科", "眼科"], 44, "…再后面，[骨科]与[眼科]一同获批，大家都很高兴。");
    }

    #[test]
    fn a_text_without_matches_shows_its_beginning() {
        check("第一句。第二句。", &["没有"], 8, "第一句。…");
        check("", &["没有"], 8, "");
    }
}
