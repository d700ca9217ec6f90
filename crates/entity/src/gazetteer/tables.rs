//! The shape of a table, and the embedded ones.

use std::borrow::Cow;

use super::compile;

/// A set of word kinds, a bit each, in the order of `compile::WORD_KINDS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Kinds(pub(crate) u64);

impl Kinds {
    pub(crate) const fn has(self, other: Kinds) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn or(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }
}

macro_rules! kinds {
    ($($name:ident = $word:literal,)+) => {
        $(pub(crate) const $name: Kinds = Kinds(1 << kind_bit($word));)+
    };
}

/// The bit of a kind's word; a word that is none does not compile.
const fn kind_bit(word: &str) -> u32 {
    let mut index = 0;
    while index < compile::WORD_KINDS.len() {
        if same(compile::WORD_KINDS[index].as_bytes(), word.as_bytes()) {
            return index as u32;
        }
        index += 1;
    }
    // Evaluated by the compiler alone: an unknown kind shifts out of range and fails the build.
    64
}

const fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}

kinds! {
    TYPE = "institution-type",
    PART = "institution-part",
    GENERIC = "institution-generic",
    SPECIALTY = "programme-specialty",
    SPECIALTY_CONSTRUCTION = "programme-specialty-construction",
    SPECIALTY_CULTIVATION = "programme-specialty-cultivation",
    DISCIPLINE = "programme-discipline",
    DISCIPLINE_CONSTRUCTION = "programme-discipline-construction",
    DISCIPLINE_CULTIVATION = "programme-discipline-cultivation",
    FEATURED = "programme-featured",
    FEATURED_CONSTRUCTION = "programme-featured-construction",
    FEATURED_CULTIVATION = "programme-featured-cultivation",
    MODIFIER = "title-modifier",
    NATIONAL = "level-national",
    PROVINCIAL = "level-provincial",
    MUNICIPAL = "level-municipal",
    COUNTY = "level-county",
    COUNTY_TIER = "level-county-tier",
    MARKET = "level-market",
    VOID = "level-void",
    CONSTRUCTION = "title-construction",
    CULTIVATION = "title-cultivation",
    ACTIVITY = "title-activity",
    FRAME = "title-frame",
    PERSON = "title-person",
    AWARD = "award",
    AWARD_END = "award-end",
    PASSING = "passing",
    BESTOW = "bestow",
    COPULA = "copula",
    OWN = "own",
    DISTRIBUTE = "distribute",
    EACH = "each",
    NEGATION = "negation",
    HOPE = "hope",
    RELATIVE = "relative",
    DEFINITION = "definition",
    BACKGROUND = "background",
    NEWS = "news",
    AUTHORITY = "authority",
    BOUNDARY = "boundary",
    OWNER = "institution-owner",
    PRONOUN = "pronoun",
    THERAPY = "therapy",
    HOPE_WIDE = "hope-wide",
}

/// Every kind that names a programme.
pub(crate) const PROGRAMME: Kinds = SPECIALTY
    .or(SPECIALTY_CONSTRUCTION)
    .or(SPECIALTY_CULTIVATION)
    .or(DISCIPLINE)
    .or(DISCIPLINE_CONSTRUCTION)
    .or(DISCIPLINE_CULTIVATION)
    .or(FEATURED)
    .or(FEATURED_CONSTRUCTION)
    .or(FEATURED_CULTIVATION);
/// Every kind that names a level.
pub(crate) const LEVEL: Kinds =
    NATIONAL.or(PROVINCIAL).or(MUNICIPAL).or(COUNTY).or(COUNTY_TIER).or(MARKET).or(VOID);
/// The kinds by which a clause says what happened.
pub(crate) const CLAUSE: Kinds = AWARD
    .or(AWARD_END)
    .or(PASSING)
    .or(BESTOW)
    .or(COPULA)
    .or(OWN)
    .or(DISTRIBUTE)
    .or(EACH)
    .or(NEGATION)
    .or(HOPE)
    .or(HOPE_WIDE)
    .or(RELATIVE)
    .or(DEFINITION)
    .or(BACKGROUND)
    .or(NEWS)
    .or(AUTHORITY)
    .or(BOUNDARY)
    .or(PERSON);

/// One administrative division.
#[derive(Debug, Clone)]
pub(crate) struct RegionRow {
    /// 陕西省/汉中市
    pub(crate) path: Cow<'static, str>,
    /// 0 province, 1 city, 2 county.
    pub(crate) rank: u8,
    pub(crate) parent: Option<u32>,
}

/// One specialty.
#[derive(Debug, Clone)]
pub(crate) struct SpecialtyRow {
    pub(crate) canonical: Cow<'static, str>,
    /// The row above it, or `-`.
    pub(crate) parent: Cow<'static, str>,
}

/// An institution or an owner of institutions, and where it is.
#[derive(Debug, Clone)]
pub(crate) struct PlaceRow {
    pub(crate) full: Cow<'static, str>,
    pub(crate) path: Cow<'static, str>,
}

/// What a name may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) row: u32,
    /// `compile::FULL`, `SHORT` or `WEAK`.
    pub(crate) strength: u8,
}

/// A name and its targets; tables of them are sorted by name.
#[derive(Debug, Clone)]
pub(crate) struct NameRow {
    pub(crate) name: Cow<'static, str>,
    pub(crate) targets: Cow<'static, [Target]>,
}

/// A word of the lexicon; the table is sorted by word.
#[derive(Debug, Clone)]
pub(crate) struct WordRow {
    pub(crate) word: Cow<'static, str>,
    pub(crate) kinds: Kinds,
}

mod embedded {
    use std::borrow::Cow;

    use super::{Kinds, NameRow, PlaceRow, RegionRow, SpecialtyRow, Target, WordRow};

    include!(concat!(env!("OUT_DIR"), "/tables.rs"));

    pub(super) static TABLES: super::Tables = super::Tables {
        regions: Cow::Borrowed(REGIONS),
        region_names: Cow::Borrowed(REGION_NAMES),
        specialties: Cow::Borrowed(SPECIALTIES),
        specialty_names: Cow::Borrowed(SPECIALTY_NAMES),
        institutions: Cow::Borrowed(INSTITUTIONS),
        institution_names: Cow::Borrowed(INSTITUTION_NAMES),
        organisations: Cow::Borrowed(ORGANISATIONS),
        organisation_names: Cow::Borrowed(ORGANISATION_NAMES),
        words: Cow::Borrowed(WORDS),
    };
}

/// All tables together.
#[derive(Debug, Clone)]
pub(crate) struct Tables {
    pub(crate) regions: Cow<'static, [RegionRow]>,
    pub(crate) region_names: Cow<'static, [NameRow]>,
    pub(crate) specialties: Cow<'static, [SpecialtyRow]>,
    pub(crate) specialty_names: Cow<'static, [NameRow]>,
    pub(crate) institutions: Cow<'static, [PlaceRow]>,
    pub(crate) institution_names: Cow<'static, [NameRow]>,
    pub(crate) organisations: Cow<'static, [PlaceRow]>,
    pub(crate) organisation_names: Cow<'static, [NameRow]>,
    pub(crate) words: Cow<'static, [WordRow]>,
}

impl Tables {
    /// The tables that were compiled in.
    pub(crate) fn embedded() -> &'static Tables {
        &embedded::TABLES
    }

    /// A hash of the tables that were compiled in.
    pub(crate) fn embedded_fingerprint() -> u64 {
        embedded::FINGERPRINT
    }

    /// The targets of a name in one of the sorted name tables.
    pub(crate) fn find<'a>(names: &'a [NameRow], name: &str) -> &'a [Target] {
        names
            .binary_search_by(|row| row.name.as_ref().cmp(name))
            .ok()
            .and_then(|at| names.get(at))
            .map_or(&[], |row| &row.targets)
    }

    /// Whether one of the sorted name tables has a name that begins as a text does: most texts are told here that it has not.
    pub(crate) fn begins(names: &[NameRow], text: &str) -> bool {
        let first = text.chars().next().and_then(|c| text.get(..c.len_utf8())).unwrap_or_default();
        let at = names.partition_point(|row| row.name.as_ref() < first);
        names.get(at).is_some_and(|row| row.name.starts_with(first))
    }

    /// The row of a region's path.
    pub(crate) fn region(&self, row: u32) -> Option<&RegionRow> {
        self.regions.get(row as usize)
    }

    /// Whether `below` is `above` or lies in it.
    pub(crate) fn within(&self, below: u32, above: u32) -> bool {
        let mut at = Some(below);
        while let Some(row) = at {
            if row == above {
                return true;
            }
            at = self.region(row).and_then(|region| region.parent);
        }
        false
    }

    /// The row whose path is exactly `path`.
    pub(crate) fn region_by_path(&self, path: &str) -> Option<u32> {
        let segment = path.rsplit('/').next()?;
        Self::find(&self.region_names, segment)
            .iter()
            .map(|target| target.row)
            .find(|&row| self.region(row).is_some_and(|region| region.path == path))
    }

    /// The division of a rank that a region is or lies in.
    pub(crate) fn ancestor(&self, row: u32, rank: u8) -> Option<u32> {
        let mut at = Some(row);
        while let Some(row) = at {
            let region = self.region(row)?;
            if region.rank == rank {
                return Some(row);
            }
            at = region.parent;
        }
        None
    }

    /// The row of a region's province.
    pub(crate) fn province(&self, mut row: u32) -> u32 {
        while let Some(parent) = self.region(row).and_then(|region| region.parent) {
            row = parent;
        }
        row
    }
}
