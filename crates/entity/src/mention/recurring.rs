//! Names whose first word no gazetteer knows, and which the article itself teaches: 黄河三门峡医院 stands so each time.

use std::collections::BTreeMap;

use super::Span;
use super::institution::{InstitutionMention, Naming, STOPS, is_han};
use super::scan::Scan;
use crate::gazetteer::tables::GENERIC;

/// So often a name must stand behind the same word before the word is taken for its head.
const OFTEN: usize = 3;

/// The longest head, in characters.
const LONGEST: usize = 4;

/// Puts the word before a name into it, where the name never stands behind another one.
pub(crate) fn learn_heads(scan: &Scan<'_>, institutions: &mut [InstitutionMention]) {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, mention) in institutions.iter().enumerate() {
        let led = scan.before(mention.span.start).is_some_and(is_han);
        if mention.naming == Naming::Named && mention.known.is_none() && led {
            places.entry(mention.name.of(scan.text)).or_default().push(at);
        }
    }
    let mut longer: Vec<(usize, usize)> = Vec::new();
    for of_name in places.values().filter(|of_name| of_name.len() >= OFTEN) {
        let starts: Vec<(usize, usize)> = of_name
            .iter()
            .filter_map(|&at| {
                let free = at.checked_sub(1).and_then(|before| institutions.get(before));
                let start = institutions.get(at)?.span.start;
                Some((start, free.map_or(0, |before| before.span.end)))
            })
            .collect();
        if let Some(length) = head(scan, &starts) {
            longer.extend(of_name.iter().map(|&at| (at, length)));
        }
    }
    for (at, length) in longer {
        if let Some(mention) = institutions.get_mut(at) {
            mention.span.start -= length;
            mention.name.start -= length;
        }
    }
}

/// The length in bytes of the word that stands before all of the starts and opens a line or a clause once.
fn head(scan: &Scan<'_>, starts: &[(usize, usize)]) -> Option<usize> {
    let &(first, _) = starts.first()?;
    let mut length = 0;
    let mut letters = 0;
    while letters < LONGEST {
        let Some(c) = scan.before(first - length).filter(|c| is_han(*c)) else { break };
        let shared = starts.iter().all(|&(start, free)| {
            start - length > free
                && scan.before(start - length) == Some(c)
                && !scan.matcher.character(c).has(STOPS)
                && !scan.ending_at(start - length).any(|(_, entry)| {
                    entry.kinds.has(STOPS.or(GENERIC)) || entry.region.is_some() || entry.specialty.is_some()
                })
        });
        if !shared {
            break;
        }
        length += c.len_utf8();
        letters += 1;
    }
    let known = starts.iter().any(|&(start, _)| {
        let word = Span::new(start - length, start);
        scan.says(word, STOPS.or(GENERIC))
    });
    let opens =
        starts.iter().any(|&(start, _)| !scan.before(start - length).is_some_and(|c| c.is_alphanumeric()));
    (letters >= 2 && opens && !known).then_some(length)
}
