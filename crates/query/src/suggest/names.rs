//! The names that occur in an index: institutions, places, specialties, and what else they are called.

use std::sync::{Arc, Mutex, PoisonError};

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
pub(crate) struct Name {
    pub(super) text: String,
    pub(super) kind: SuggestionKind,
    /// How many documents carry what it names.
    pub(super) documents: u64,
    /// Whether it is another name of what the documents carry.
    pub(super) alias: bool,
}

/// Names with their folded characters.
pub(crate) type FoldedNames = Vec<(Name, Vec<char>)>;

/// The names of one commit, kept until another one is asked about.
#[derive(Default)]
pub(crate) struct NamesCache(Mutex<Option<(u64, Arc<FoldedNames>)>>);

/// All names that occur in the index, with their folded characters.
pub(super) fn folded(probe: &Probe<'_>, interpreter: &dyn Interpreter) -> Result<Arc<FoldedNames>, Error> {
    let commit = probe.snapshot.searcher.generation().generation_id();
    let mut known = probe.reader.names.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, names)) = known.as_ref().filter(|(generation, _)| *generation == commit) {
        return Ok(Arc::clone(names));
    }
    let folded = |name: Name| {
        let chars = name.text.chars().map(xinglin_text::fold).collect();
        (name, chars)
    };
    let names: Arc<FoldedNames> = Arc::new(all(probe, interpreter)?.into_iter().map(folded).collect());
    *known = Some((commit, Arc::clone(&names)));
    Ok(names)
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
