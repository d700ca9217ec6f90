//! A user's own gazetteers: a folder with files named as the embedded ones, extending or replacing them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::compile::{self, CompiledTables};
use super::tables::{Kinds, Names, PlaceRow, Regions, SpecialtyRow, Tables, Target, Words};

/// Why a folder of gazetteers could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder or one of its files could not be read.
    #[error("cannot read the gazetteer {}; give a readable folder of .tsv files", path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A line of a file is not what its kind asks for.
    #[error("{}:{line}: {complaint}", path.display())]
    BadLine {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it and what was expected.
        complaint: String,
    },
    /// The folder holds no file that is a gazetteer.
    #[error("no gazetteer in {}; files are called {known}", path.display())]
    NothingThere {
        /// The folder.
        path: PathBuf,
        /// The names that count.
        known: String,
    },
    /// The matcher could not be built from the tables.
    #[error("the gazetteers' names do not make a matcher: {0}; look for an empty or enormous name")]
    Unmatchable(String),
}

const EMBEDDED: &[(&str, &str)] = &[
    ("regions.tsv", include_str!("../../data/regions.tsv")),
    ("regions-aliases.tsv", include_str!("../../data/regions-aliases.tsv")),
    ("specialties.tsv", include_str!("../../data/specialties.tsv")),
    ("specialties-aliases.tsv", include_str!("../../data/specialties-aliases.tsv")),
    ("institutions.tsv", include_str!("../../data/institutions.tsv")),
    ("organisations.tsv", include_str!("../../data/organisations.tsv")),
    ("words.tsv", include_str!("../../data/words.tsv")),
];

/// Reads the folder's files after the embedded ones; one whose first line is `# replace` takes its place.
pub(crate) fn load(folder: &Path) -> Result<Tables, Error> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| Error::Unreadable { path, source }
    };
    fs::read_dir(folder).map_err(unreadable(folder))?;
    let mut tables = CompiledTables::default();
    let mut found = false;
    for (file, embedded) in EMBEDDED {
        let path = folder.join(file);
        let own = match fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(source) => return Err(Error::Unreadable { path, source }),
        };
        found |= own.is_some();
        let own = own.as_deref().map(|text| text.trim_start_matches('\u{feff}'));
        let replaces =
            own.is_some_and(|text| text.lines().next().is_some_and(|line| line.trim() == "# replace"));
        let mut read = |text: &str, path: &Path| {
            tables.read(file, text).map_err(|(line, complaint)| Error::BadLine {
                path: path.to_owned(),
                line,
                complaint,
            })
        };
        if !replaces {
            read(embedded, Path::new(file))?;
        }
        if let Some(text) = own {
            read(text, &path)?;
        }
    }
    if !found && !folder.join(crate::spoken::FILE).is_file() {
        let known = format!("{}, {}", compile::FILES.join(", "), crate::spoken::FILE);
        return Err(Error::NothingThere { path: folder.to_owned(), known });
    }
    Ok(tabulate(tables))
}

/// A number that changes when a folder's gazetteers do: facts read with another one may differ.
///
/// `spoken.tsv` is no part of it: what is typed does not touch what was read.
pub(crate) fn fingerprint(folder: &Path) -> Result<u64, Error> {
    let mut all: Vec<u8> = Vec::new();
    for (file, _) in EMBEDDED {
        let path = folder.join(file);
        match fs::read(&path) {
            Ok(bytes) => {
                all.extend_from_slice(file.as_bytes());
                all.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
                all.extend_from_slice(&bytes);
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(source) => return Err(Error::Unreadable { path, source }),
        }
    }
    Ok(xinglin_text::hash64(&all))
}

fn tabulate(tables: CompiledTables) -> Tables {
    Tables {
        regions: Regions {
            paths: tables.regions.iter().map(|(path, ..)| path).collect(),
            ranks: tables.regions.iter().map(|(_, rank, _)| *rank).collect(),
            parents: tables.regions.iter().map(|(.., parent)| parent.unwrap_or(compile::NO_PARENT)).collect(),
        },
        region_names: names(tables.region_names),
        specialties: tables
            .specialties
            .into_iter()
            .map(|(canonical, parent)| SpecialtyRow { canonical: canonical.into(), parent: parent.into() })
            .collect(),
        specialty_names: names(tables.specialty_names),
        institutions: places(tables.institutions),
        institution_names: names(tables.institution_names),
        organisations: places(tables.organisations),
        organisation_names: names(tables.organisation_names),
        words: Words {
            words: tables.words.keys().collect(),
            kinds: tables.words.values().map(|kinds| Kinds(*kinds)).collect(),
        },
    }
}

fn names(table: BTreeMap<String, Vec<(u32, u8)>>) -> Names {
    let (targets, ends) = compile::targets_together(&table);
    let targets = targets.into_iter().map(|(row, strength)| Target { row, strength }).collect();
    Names { names: table.keys().collect(), targets, ends: ends.into() }
}

fn places(table: Vec<(String, String)>) -> Cow<'static, [PlaceRow]> {
    table.into_iter().map(|(full, path)| PlaceRow { full: full.into(), path: path.into() }).collect()
}
