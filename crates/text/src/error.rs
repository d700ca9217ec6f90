//! What can go wrong in this crate: the script converter's dictionaries can be missing, patterns can be too many.

/// An error of this crate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The script converter could not load its dictionaries, so Traditional text is converted
    /// character by character only.
    #[error(
        "{config}: OpenCC's configuration cannot be loaded ({reason}); install OpenCC 1.1 and its dictionaries \
         (Debian and Ubuntu: the packages libopencc1.1 and libopencc-data) or build with the feature `ferrous`"
    )]
    Converter {
        /// The name of OpenCC's configuration.
        config: &'static str,
        /// What the converter said.
        reason: String,
    },
    /// Patterns that make no [`Trie`](crate::Trie).
    #[error("the patterns are too many, or hold more than 65,535 different characters")]
    TooManyPatterns,
}
