//! A county's city whose own authority gives titles that it calls 市级: 义马市卫生健康委公布首批市级重点专科.

use crate::gazetteer::compile::FULL;
use crate::gazetteer::tables::AUTHORITY;
use crate::kinds::Level;
use crate::mention::scan::region_targets;
use crate::mention::title::Title;
use crate::mention::{Span, window_before};
use crate::reading::Reading;

/// How far before a title its authority is looked for, in bytes.
const REACH: usize = 300;

/// The city of a county's rank that gives every 市级 title of the page; `None` where a prefecture's authority is named as well.
pub(crate) fn giving(reading: &Reading<'_>) -> Option<u32> {
    let own = |title: &&Title| {
        title.levels == [Level::Municipal] && title.region.is_none() && !title.void && !title.activity
    };
    let city = reading.titles.iter().filter(own).find_map(|title| {
        let head = window_before(reading.text(), title.span.start, REACH);
        let sentence = head.rsplit(['\n', '。']).next().unwrap_or_default();
        let within = Span::new(title.span.start - sentence.len(), title.span.start);
        authorities(reading, within).last()
    })?;
    let county = reading.tables.region(city)?;
    if county.rank != 2 || !county.path.ends_with('市') {
        return None;
    }
    let prefecture = |row: u32| reading.tables.region(row).is_some_and(|region| region.rank == 1);
    let unnamed =
        || reading.scan.words.iter().any(|word| is_city_alone(reading, word.span, word.kinds.has(AUTHORITY)));
    let all = Span::new(0, reading.text().len());
    (!authorities(reading, all).any(prefecture) && !unnamed()).then_some(city)
}

/// 市卫生健康委: an authority that may be the prefecture's as well.
fn is_city_alone(reading: &Reading<'_>, word: Span, authority: bool) -> bool {
    authority
        && reading.scan.before(word.start) == Some('市')
        && !reading.scan.ending_at(word.start).any(|(_, entry)| entry.region.is_some())
}

/// The divisions whose authorities a span names, in order.
fn authorities<'r>(reading: &'r Reading<'_>, within: Span) -> impl Iterator<Item = u32> + 'r {
    let words = reading.scan.words_in(within).iter().filter(|word| word.kinds.has(AUTHORITY));
    words.filter_map(|word| {
        reading.scan.ending_at(word.span.start).find_map(|(_, entry)| {
            let targets = region_targets(reading.tables, entry);
            let full = targets.iter().filter(|target| target.strength == FULL);
            // A prefecture of the same name is the greater one.
            full.min_by_key(|target| reading.tables.region(target.row).map(|region| region.rank))
                .map(|target| target.row)
        })
    })
}
