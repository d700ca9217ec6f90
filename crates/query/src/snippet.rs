//! Snippets: the densest window of the original text, cut at clauses, with the matches marked.
//!
//! Law: a marked range of the original text, folded, equals a needle, folded. Marks are found in the text itself, never
//! carried over from an index, so nothing can drift.

use unicode_width::UnicodeWidthChar;
use xinglin_index_schema::StoredArticle;

use crate::answer::Snippet;
use crate::plan::Needle;
use crate::words::{Unit, UnitKind};

/// Most matches of one text that are looked at.
const MAX_SPANS: usize = 4096;

/// A match, in characters of the text.
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
    let mut parts = needles.to_vec();
    let in_text = of(text, &parts, width);
    if !in_text.highlights.is_empty() {
        return (in_text, false);
    }
    let in_title = !parts.is_empty() && !of(&article.title, &parts, width).highlights.is_empty();
    let in_noise = of(&article.noise, &parts, width);
    if !in_title && !in_noise.highlights.is_empty() {
        return (in_noise, true);
    }
    let words = units.iter().filter(|unit| unit.kind == UnitKind::Word);
    parts.extend(words.map(|unit| Needle { folded: unit.phrase.folded.clone(), weight: unit.weight }));
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
    let chars = Chars::of(text);
    let spans = find(&chars, needles);
    let (from, to) = window(&chars, &spans, needles, width);
    cut(text, &chars, &spans, from, to)
}

/// A text's characters: as they are, folded, and where they begin.
struct Chars {
    plain: Vec<char>,
    folded: Vec<char>,
    starts: Vec<usize>,
    length: usize,
}

impl Chars {
    fn of(text: &str) -> Chars {
        let plain: Vec<char> = text.chars().collect();
        let folded = plain.iter().map(|c| xinglin_text::fold(*c)).collect();
        let starts = text.char_indices().map(|(at, _)| at).collect();
        Chars { plain, folded, starts, length: text.len() }
    }

    fn byte(&self, at: usize) -> usize {
        self.starts.get(at).copied().unwrap_or(self.length)
    }

    fn width(&self, at: usize) -> usize {
        self.plain.get(at).map_or(0, |c| c.width().unwrap_or(1))
    }
}

/// All matches, left to right, the longest first at each place, none inside another.
fn find(chars: &Chars, needles: &[Needle]) -> Vec<Span> {
    let firsts: Vec<(char, usize)> =
        needles.iter().zip(0..).filter_map(|(needle, at)| Some((*needle.folded.first()?, at))).collect();
    // A bit for the last six of a character's: most characters begin nothing, and are told so at once.
    let begins = firsts.iter().fold(0u64, |all, (first, _)| all | bit(*first));
    let mut spans: Vec<Span> = Vec::new();
    let mut at = 0;
    while let Some(first) = chars.folded.get(at) {
        if spans.len() >= MAX_SPANS {
            break;
        }
        if begins & bit(*first) == 0 {
            at += 1;
            continue;
        }
        let here = chars.folded.get(at..).unwrap_or_default();
        let candidates = firsts.iter().filter(|(known, _)| known == first);
        let longest = candidates.filter_map(|(_, needle)| {
            let folded = &needles.get(*needle)?.folded;
            here.starts_with(folded).then_some((folded.len(), *needle))
        });
        match longest.max_by_key(|(length, needle)| (*length, std::cmp::Reverse(*needle))) {
            Some((length, needle)) => {
                spans.push(Span { start: at, end: at + length, needle });
                at += length;
            }
            None => at += 1,
        }
    }
    spans
}

fn bit(c: char) -> u64 {
    1 << (u32::from(c) & 63)
}

/// The window that shows most: first the heaviest set of different needles, then the most matches, then the earliest.
fn window(chars: &Chars, spans: &[Span], needles: &[Needle], width: usize) -> (usize, usize) {
    let mut best: Option<(f32, usize, usize)> = None;
    for (first, span) in spans.iter().enumerate() {
        let mut used = 0;
        let mut at = span.start;
        let mut seen: Vec<usize> = Vec::new();
        let mut score = 0.0;
        let mut end = span.end;
        for next in spans.get(first..).unwrap_or_default() {
            while at < next.end {
                used += chars.width(at);
                at += 1;
            }
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
    widen(chars, from, to, width)
}

/// Widens a window to whole clauses as far as the width allows: back to the clause's beginning, then on to the width.
fn widen(chars: &Chars, from: usize, to: usize, width: usize) -> (usize, usize) {
    let used: usize = (from..to).map(|at| chars.width(at)).sum();
    let mut left = width.saturating_sub(used);
    let mut start = from;
    let mut room = left / 2;
    let mut clause = from;
    while start > 0 {
        let before = start - 1;
        let Some(c) = chars.plain.get(before) else { break };
        if is_sentence_end(*c) {
            clause = start;
            break;
        }
        if is_clause_end(*c) {
            clause = start;
        }
        if chars.width(before) > room {
            break;
        }
        room -= chars.width(before);
        start = before;
    }
    let start = if start == 0 { 0 } else { clause };
    left = left.saturating_sub((start..from).map(|at| chars.width(at)).sum());
    let mut end = to;
    let mut whole = to;
    while end < chars.plain.len() && chars.width(end) <= left {
        left -= chars.width(end);
        end += 1;
        if chars.plain.get(end - 1).is_some_and(|c| is_clause_end(*c) || is_sentence_end(*c)) {
            whole = end;
        }
    }
    let end = if end < chars.plain.len() && whole > to + (end - to) / 2 { whole } else { end };
    (start, end)
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '\n' | '!' | '?' | ';')
}

fn is_clause_end(c: char) -> bool {
    matches!(c, '，' | '、' | '：' | ',' | ':' | '\t' | ' ' | '\u{3000}')
}

fn cut(text: &str, chars: &Chars, spans: &[Span], from: usize, to: usize) -> Snippet {
    let is_blank = |at: usize| chars.plain.get(at).is_none_or(|c| c.is_whitespace());
    let inside = |at: usize| spans.iter().any(|span| span.start <= at && at < span.end);
    let (mut from, mut to) = (from, to);
    while from < to && is_blank(from) && !inside(from) {
        from += 1;
    }
    while to > from && is_blank(to - 1) && !inside(to - 1) {
        to -= 1;
    }
    let mut snippet = Snippet::default();
    let cut_before = (0..from).any(|at| !is_blank(at));
    let cut_after = (to..chars.plain.len()).any(|at| !is_blank(at));
    if cut_before {
        snippet.text.push('…');
    }
    let shift = snippet.text.len();
    let base = chars.byte(from);
    let piece = text.get(base..chars.byte(to)).unwrap_or_default();
    snippet.text.extend(piece.chars().map(|c| if matches!(c, '\n' | '\t' | '\r') { ' ' } else { c }));
    if cut_after {
        snippet.text.push('…');
    }
    for span in spans.iter().filter(|span| span.start >= from && span.end <= to) {
        snippet.highlights.push([chars.byte(span.start) - base + shift, chars.byte(span.end) - base + shift]);
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
