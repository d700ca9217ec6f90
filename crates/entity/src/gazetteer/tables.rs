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
    PLAIN = "plain",
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
    .or(PERSON)
    .or(PLAIN);

/// Texts one behind another. A table of them holds no addresses, so nothing of it is written to when the program starts; with a
/// `&str` a row every start would fill in a hundred and fifty pages of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    pub(crate) all: Cow<'static, str>,
    /// Where each ends.
    pub(crate) ends: Cow<'static, [u32]>,
}

impl Texts {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, row: usize) -> Option<&str> {
        self.all.get(part(&self.ends, row)?)
    }

    /// The first row whose text is not before another, where they are sorted.
    fn first_from(&self, text: &str) -> usize {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = from.midpoint(to);
            if self.get(middle).is_some_and(|known| known < text) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
    }
}

impl<S: AsRef<str>> FromIterator<S> for Texts {
    fn from_iter<I: IntoIterator<Item = S>>(texts: I) -> Texts {
        let (all, ends) = compile::run_together(texts);
        Texts { all: all.into(), ends: ends.into() }
    }
}

/// What belongs to a row, of that which belongs to all rows together.
fn part(ends: &[u32], row: usize) -> Option<std::ops::Range<usize>> {
    let start = row.checked_sub(1).map_or(Some(0), |before| ends.get(before).copied())?;
    Some(start as usize..*ends.get(row)? as usize)
}

/// The administrative divisions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Regions {
    pub(crate) paths: Texts,
    pub(crate) ranks: Cow<'static, [u8]>,
    /// The row above each, or [`compile::NO_PARENT`].
    pub(crate) parents: Cow<'static, [u32]>,
}

/// One administrative division.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RegionRow<'a> {
    /// 陕西省/汉中市
    pub(crate) path: &'a str,
    /// 0 province, 1 city, 2 county.
    pub(crate) rank: u8,
    pub(crate) parent: Option<u32>,
}

impl Regions {
    pub(crate) fn get(&self, row: u32) -> Option<RegionRow<'_>> {
        let row = row as usize;
        let parent = Some(*self.parents.get(row)?).filter(|parent| *parent != compile::NO_PARENT);
        Some(RegionRow { path: self.paths.get(row)?, rank: *self.ranks.get(row)?, parent })
    }

    /// The row above another.
    #[inline]
    pub(crate) fn parent(&self, row: u32) -> Option<u32> {
        self.parents.get(row as usize).copied().filter(|parent| *parent != compile::NO_PARENT)
    }

    /// The first city of a province.
    pub(crate) fn first_city(&self, province: u32) -> Option<u32> {
        let mut rows = self.parents.iter().zip(self.ranks.iter());
        let first = rows.position(|(parent, rank)| *parent == province && *rank == 1)?;
        Some(first as u32).filter(|_| province != compile::NO_PARENT)
    }
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

/// Names, sorted, each with its targets.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub(crate) names: Texts,
    pub(crate) targets: Cow<'static, [Target]>,
    /// Where each name's targets end.
    pub(crate) ends: Cow<'static, [u32]>,
}

/// A name and its targets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameRow<'a> {
    pub(crate) name: &'a str,
    pub(crate) targets: &'a [Target],
}

impl Names {
    pub(crate) fn get(&self, row: usize) -> Option<NameRow<'_>> {
        let targets = self.targets.get(part(&self.ends, row)?)?;
        Some(NameRow { name: self.names.get(row)?, targets })
    }

    /// What the name of a row may stand for.
    #[inline]
    pub(crate) fn targets(&self, row: u32) -> &[Target] {
        part(&self.ends, row as usize).and_then(|range| self.targets.get(range)).unwrap_or_default()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = NameRow<'_>> {
        (0..self.names.len()).filter_map(|row| self.get(row))
    }

    /// The targets of a name.
    pub(crate) fn find(&self, name: &str) -> &[Target] {
        let row = self.get(self.names.first_from(name)).filter(|row| row.name == name);
        row.map_or(&[], |row| row.targets)
    }

    /// Whether a name begins as a text does: most texts are told here that none has.
    pub(crate) fn begins(&self, text: &str) -> bool {
        let first = text.chars().next().and_then(|c| text.get(..c.len_utf8())).unwrap_or_default();
        self.names.get(self.names.first_from(first)).is_some_and(|name| name.starts_with(first))
    }
}

/// Whether a word is one of those that no hospital is called by.
pub(crate) fn is_ordinary(word: &str) -> bool {
    embedded::ORDINARY.get(embedded::ORDINARY.first_from(word)) == Some(word)
}

/// The words of the lexicon, sorted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    pub(crate) words: Texts,
    pub(crate) kinds: Cow<'static, [Kinds]>,
}

impl Words {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Kinds)> {
        (0..self.words.len()).filter_map(|row| Some((self.words.get(row)?, *self.kinds.get(row)?)))
    }
}

mod embedded {
    use std::borrow::Cow;

    use super::{Kinds, Names, PlaceRow, Regions, SpecialtyRow, Target, Texts, Words};

    include!(concat!(env!("OUT_DIR"), "/tables.rs"));

    pub(super) static TABLES: super::Tables = super::Tables {
        regions: REGIONS,
        region_names: REGION_NAMES,
        specialties: Cow::Borrowed(SPECIALTIES),
        specialty_names: SPECIALTY_NAMES,
        institutions: Cow::Borrowed(INSTITUTIONS),
        institution_names: INSTITUTION_NAMES,
        organisations: Cow::Borrowed(ORGANISATIONS),
        organisation_names: ORGANISATION_NAMES,
        words: WORDS,
    };
}

/// All tables together.
#[derive(Debug, Clone)]
pub(crate) struct Tables {
    pub(crate) regions: Regions,
    pub(crate) region_names: Names,
    pub(crate) specialties: Cow<'static, [SpecialtyRow]>,
    pub(crate) specialty_names: Names,
    pub(crate) institutions: Cow<'static, [PlaceRow]>,
    pub(crate) institution_names: Names,
    pub(crate) organisations: Cow<'static, [PlaceRow]>,
    pub(crate) organisation_names: Names,
    pub(crate) words: Words,
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

    /// The row of a region's path.
    pub(crate) fn region(&self, row: u32) -> Option<RegionRow<'_>> {
        self.regions.get(row)
    }

    /// Whether `below` is `above` or lies in it.
    pub(crate) fn within(&self, below: u32, above: u32) -> bool {
        let mut at = Some(below);
        while let Some(row) = at {
            if row == above {
                return true;
            }
            at = self.regions.parent(row);
        }
        false
    }

    /// The row whose path is exactly `path`.
    pub(crate) fn region_by_path(&self, path: &str) -> Option<u32> {
        let segment = path.rsplit('/').next()?;
        self.region_names
            .find(segment)
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
        while let Some(parent) = self.regions.parent(row) {
            row = parent;
        }
        row
    }
}
