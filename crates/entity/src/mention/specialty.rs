//! Specialties where they stand, and whether the name alone is enough.

use super::Span;
use super::scan::{Class, Entry, Scan};
use crate::gazetteer::compile::WEAK;
use crate::gazetteer::tables::{TYPE, Tables};
use xinglin_text::WordList;

/// A specialty where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpecialtyMention {
    pub(crate) span: Span,
    pub(crate) row: u32,
    /// The name lacks a department's ending (康复, 超声), or is an institution's as well (急救中心): a specialty only in a specialty's place.
    pub(crate) weak: bool,
    /// No row of the table: a department by its place and ending alone, as printed.
    pub(crate) printed: bool,
}

/// The medicines of peoples that departments are named for.
pub(crate) static ETHNIC: WordList = WordList::new(&[
    "蒙医",
    "藏医",
    "维医",
    "维吾尔医",
    "壮医",
    "苗医",
    "傣医",
    "朝医",
    "哈萨克医",
    "瑶医",
    "彝医",
    "回医",
    "土家医",
]);

/// The specialty that stands behind an institution's name and reaches a position.
pub(crate) fn specialty_behind(
    scan: &Scan<'_>,
    tables: &Tables,
    name: Span,
    end: usize,
) -> Option<SpecialtyMention> {
    // 某市人民医院药学部: 药学部, and no 药学 of 医院药学.
    let behind =
        scan.starting_at(name.end).filter(|(span, entry)| span.end >= end && entry.specialty.is_some());
    let (span, entry) = behind.max_by_key(|(span, _)| span.end)?;
    let target = tables.specialty_names.get(entry.specialty? as usize)?.targets.first()?;
    let weak = target.strength == WEAK || entry.kinds.has(TYPE);
    Some(SpecialtyMention { span, row: target.row, weak, printed: false })
}

/// 某中心内分泌科 is a centre's 内分泌科, and nobody's 心内.
fn behind_centre<'s>(scan: &'s Scan<'_>, span: Span) -> Option<(Span, &'s Entry)> {
    if scan.after(span.start) != Some('心') || scan.before(span.start) != Some('中') {
        return None;
    }
    let next = scan
        .starting_at(span.start + '心'.len_utf8())
        .filter(|(next, entry)| entry.specialty.is_some() && next.end > span.end);
    next.max_by_key(|(next, _)| next.end)
}

/// Every specialty name, longest at each place.
pub(crate) fn specialties(scan: &Scan<'_>, tables: &Tables) -> Vec<SpecialtyMention> {
    let ethnic = tables.specialty_names.find("民族医学科").first().map(|target| target.row);
    scan.longest(Class::Specialty)
        // PICU is no ICU.
        .filter(|(span, _)| {
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
            !(latin(scan.after(span.start)) && latin(scan.before(span.start)))
        })
        .map(|(span, entry)| behind_centre(scan, span).unwrap_or((span, entry)))
        .filter_map(|(span, entry)| {
            let target =
                entry.specialty.and_then(|row| tables.specialty_names.get(row as usize))?.targets.first()?;
            // 蒙医骨科, 藏医内科: a department of that medicine.
            let head = super::window_before(scan.text, span.start, 9);
            let people = ETHNIC.ending(head);
            if let (Some(people), Some(row), false) = (people, ethnic, target.strength == WEAK) {
                return Some(SpecialtyMention {
                    span: Span::new(span.start - people.len(), span.end),
                    row,
                    weak: false,
                    printed: false,
                });
            }
            Some(SpecialtyMention {
                span,
                row: target.row,
                weak: target.strength == WEAK || entry.kinds.has(TYPE),
                printed: false,
            })
        })
        .collect()
}
