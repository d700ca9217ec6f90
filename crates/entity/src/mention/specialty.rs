//! Specialties where they stand, and whether the name alone is enough.

use super::Span;
use super::scan::Scan;
use crate::gazetteer::compile::WEAK;
use crate::gazetteer::tables::{TYPE, Tables};

/// A specialty where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpecialtyMention {
    pub(crate) span: Span,
    pub(crate) row: u32,
    /// The name lacks a department's ending (康复, 超声), or is an institution's as well (急救中心): a specialty only in a specialty's place.
    pub(crate) weak: bool,
}

/// Every specialty name, longest at each place.
pub(crate) fn specialties(scan: &Scan<'_>, tables: &Tables) -> Vec<SpecialtyMention> {
    scan.longest(|entry| entry.specialty.is_some())
        .filter_map(|(span, entry)| {
            let target =
                entry.specialty.and_then(|row| tables.specialty_names.get(row as usize))?.targets.first()?;
            Some(SpecialtyMention {
                span,
                row: target.row,
                weak: target.strength == WEAK || entry.kinds.has(TYPE),
            })
        })
        .collect()
}
