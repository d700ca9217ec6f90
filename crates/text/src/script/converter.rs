//! The converter behind [`unify`](super::unify): OpenCC's `tw2sp`, by the library in C++ or in Rust.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::error::Error;

#[cfg(not(any(feature = "opencc", feature = "ferrous")))]
compile_error!(
    "xinglin-text needs a script converter: enable its feature `opencc` (the distribution's libopencc, \
     the default) or `ferrous` (pure Rust)"
);

#[cfg(feature = "opencc")]
pub(super) mod opencc {
    //! The distribution's libopencc. A converter a thread: no lock, and no reliance on the C++ side
    //! for more than it promises.

    use opencc_rust::{DefaultConfig, OpenCC};

    use crate::error::Error;

    thread_local! {
        static CONVERTER: Result<OpenCC, Error> = OpenCC::new(DefaultConfig::TW2SP).map_err(|reason| {
            Error::Converter { config: DefaultConfig::TW2SP.get_file_name(), reason: reason.trim_end_matches('.').to_owned() }
        });
    }

    /// Converts `text` (piece by piece between NULs: the library's face is C).
    pub(in crate::script) fn convert(text: &str) -> Result<String, Error> {
        CONVERTER.with(|converter| match converter {
            Ok(converter) if text.contains('\0') => {
                Ok(text.split('\0').map(|part| converter.convert(part)).collect::<Vec<_>>().join("\0"))
            }
            Ok(converter) => Ok(converter.convert(text)),
            Err(error) => Err(error.clone()),
        })
    }
}

#[cfg(all(feature = "ferrous", any(test, not(feature = "opencc"))))]
pub(super) mod ferrous {
    //! OpenCC's tables and algorithm in Rust, one converter for all threads.

    use std::sync::OnceLock;

    use ferrous_opencc::OpenCC;
    use ferrous_opencc::config::BuiltinConfig;

    use crate::error::Error;

    static CONVERTER: OnceLock<Result<OpenCC, Error>> = OnceLock::new();

    pub(in crate::script) fn convert(text: &str) -> Result<String, Error> {
        let converter = CONVERTER.get_or_init(|| {
            OpenCC::from_config(BuiltinConfig::Tw2sp)
                .map_err(|e| Error::Converter { config: "tw2sp.json", reason: e.to_string() })
        });
        match converter {
            Ok(converter) => Ok(converter.convert(text)),
            Err(error) => Err(error.clone()),
        }
    }
}

#[cfg(all(feature = "ferrous", not(feature = "opencc")))]
pub(super) use ferrous::convert;
#[cfg(feature = "opencc")]
pub(super) use opencc::convert;
#[cfg(not(any(feature = "opencc", feature = "ferrous")))]
pub(super) fn convert(text: &str) -> Result<String, Error> {
    Ok(text.to_owned())
}

/// How many conversions a thread remembers, and of how many bytes each: phrases are few and come again and again.
const REMEMBERED: usize = 4_096;
const LONGEST_REMEMBERED: usize = 96;

thread_local! {
    static MEMORY: RefCell<HashMap<String, String>> = RefCell::new(HashMap::new());
}

/// As [`convert`], which is asked once for what a text says again and again.
pub(super) fn remembered(text: &str) -> Result<String, Error> {
    if text.len() > LONGEST_REMEMBERED {
        return convert(text);
    }
    MEMORY.with_borrow_mut(|memory| {
        if let Some(converted) = memory.get(text) {
            return Ok(converted.clone());
        }
        let converted = convert(text)?;
        if memory.len() == REMEMBERED {
            memory.clear();
        }
        memory.insert(text.to_owned(), converted.clone());
        Ok(converted)
    })
}
