//! What a cell holds: a year, specialties.

use super::draft::Field;
use super::field;
use crate::mention::Span;
use crate::mention::year::When;
use crate::reading::Reading;
use xinglin_text::word_list;

/// A cell that is a year and nothing else.
pub(super) fn is_year(reading: &Reading<'_>, cell: Span) -> bool {
    cell.end - cell.start <= "2006年".len() + 1 && year_of(reading, cell).is_some()
}

pub(super) fn year_of(reading: &Reading<'_>, cell: Span) -> Option<i32> {
    title_year(reading, cell).or_else(|| {
        let text = cell.of(reading.text());
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok().filter(|year| digits.len() == 4 && (1950..=2100).contains(year))
    })
}

pub(super) fn title_year(reading: &Reading<'_>, cell: Span) -> Option<i32> {
    let told = reading.years_in(cell).iter().find_map(|year| {
        if let When::Year(value) | When::Programme(value) = year.when { Some(value) } else { None }
    });
    told.or_else(|| {
        // 国家中医优势专科建设单位(2024)
        let text = cell.of(reading.text()).strip_suffix([')', '）'])?;
        let digits = text.get(text.rfind(['(', '（'])?..)?.trim_start_matches(['(', '（']);
        digits.parse().ok().filter(|year| digits.len() == 4 && (1950..=2100).contains(year))
    })
}

/// The specialties of a cell; `sure` where its column holds nothing else.
pub(super) fn fields(reading: &Reading<'_>, cell: Span, sure: bool) -> Vec<Field> {
    let mut found = Vec::new();
    let text = cell.of(reading.text());
    let pieces = text.split(['、', '，', ',', '；', ';', '/', ' ', '\u{3000}']).flat_map(joined);
    for piece in pieces {
        let piece = piece.trim();
        // 儿童康复专科
        let stem = || word_list!["专科", "专病"].strip_suffix(piece).filter(|stem| !stem.is_empty());
        let called = || field::named(reading.tables, &format!("{}科", stem()?));
        let row = |field: &Field| matches!(field, Field::Row(_));
        let field = field::named(reading.tables, piece).filter(|field| sure || row(field));
        let field = field
            .filter(row)
            .or_else(|| called().filter(row))
            .or_else(|| field::named(reading.tables, piece).filter(|_| sure));
        if let Some(field) = field.filter(|field| !found.contains(field)) {
            found.push(field);
        }
    }
    found
}

/// 血液科与骨科: two departments, and no name of one.
fn joined(piece: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(piece);
    std::iter::from_fn(move || {
        let whole = rest?;
        let joins = |(at, c): &(usize, char)| {
            whole.get(..*at).is_some_and(|before| field::joins_departments(before, *c))
        };
        let join = whole.char_indices().find(joins);
        rest = join.and_then(|(at, c)| whole.get(at + c.len_utf8()..));
        join.map_or(Some(whole), |(at, _)| whole.get(..at))
    })
}
