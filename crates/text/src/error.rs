//! What can go wrong in this crate: only the script converter's dictionaries can be missing.

/// An error of this crate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The script converter could not load its dictionaries, so Traditional text is converted
    /// character by character only.
    #[error(
        "cannot load OpenCC's configuration {config}: {reason}; install OpenCC's dictionaries \
         (Debian and Ubuntu: the package libopencc-data) or build with the feature `ferrous`"
    )]
    Converter {
        /// The name of OpenCC's configuration.
        config: &'static str,
        /// What the converter said.
        reason: String,
    },
}
