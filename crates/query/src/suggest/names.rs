//! The names that occur in an index: institutions, places, specialties, and what else they are called.

use super::probe::Probe;
use crate::error::Error;
use crate::interpret::Interpreter;

/// Most names of one kind that are looked through.
const MAX_NAMES: usize = 100_000;

/// What a completion or a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SuggestionKind {
    /// A medical specialty.
    Specialty,
    /// An institution.
    Institution,
    /// A place.
    Region,
    /// A word of the dictionary.
    Word,
}

/// A name that occurs in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) kind: SuggestionKind,
    /// How many documents carry what it names.
    pub(super) documents: u64,
    /// Whether it is another name of what the documents carry.
    pub(super) alias: bool,
}

/// All names that occur in the index.
pub(super) fn all(probe: &Probe<'_>, interpreter: &dyn Interpreter) -> Result<Vec<Name>, Error> {
    let fields = &probe.reader.fields;
    let mut names = Vec::new();
    for (field, kind) in [
        (fields.specialty, SuggestionKind::Specialty),
        (fields.region, SuggestionKind::Region),
        (fields.institution, SuggestionKind::Institution),
    ] {
        for (path, documents) in probe.values(field, MAX_NAMES)? {
            let own = path.rsplit('/').next().unwrap_or(&path).to_owned();
            if kind == SuggestionKind::Specialty {
                let others = interpreter.specialty_names(&own).into_iter().filter(|name| *name != own);
                names.extend(others.map(|text| Name { text, kind, documents, alias: true }));
            }
            names.push(Name { text: own, kind, documents, alias: false });
        }
    }
    Ok(names)
}
