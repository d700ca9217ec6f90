//! How stored articles are packed: zstd, each article by itself, all with one dictionary trained on the first of them.
//!
//! Articles of one index resemble each other far more than the halves of one article do. A dictionary tells each what all
//! have in common, so that an article alone packs tighter than blocks of several would without it, and is read without
//! unpacking its neighbours.
//!
//! Law: what [`Packer::pack`] made, [`Unpacker::unpack`] gives back, whether or not the dictionary was there yet.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use zstd::bulk::Compressor;
use zstd::zstd_safe::{DCtx, DDict, get_error_name};

/// The dictionary, beside the segments. It is written once and never changed.
pub const TEXTS_DICTIONARY: &str = "texts.dict";
/// What the dictionary's file begins with.
const MAGIC: &[u8; 16] = b"xinglin-texts-1\n";
/// zstd's own default: higher levels pack a tenth tighter and take five times as long.
const LEVEL: i32 = 3;
/// What stands before a packed article: whether the dictionary is needed, and how long it is unpacked. Behind it stands how
/// long it is packed, so that it can be cut from the end of a document's bytes.
const HEADER: usize = 5;
const TRAILER: usize = 4;
const PLAIN: u8 = 0;
const WITH_DICTIONARY: u8 = 1;

/// The dictionary of an index's stored articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextsDictionary(Arc<Vec<u8>>);

impl TextsDictionary {
    /// A dictionary of these bytes.
    pub fn new(bytes: Vec<u8>) -> TextsDictionary {
        TextsDictionary(Arc::new(bytes))
    }

    /// Its file's bytes.
    pub fn to_file(&self) -> Vec<u8> {
        let mut file = MAGIC.to_vec();
        file.extend_from_slice(&xinglin_text::hash64(&self.0).to_le_bytes());
        file.extend_from_slice(&self.0);
        file
    }

    /// The dictionary beside these segments; `None` where there is none yet.
    ///
    /// # Errors
    /// Where it cannot be read, or its bytes are not those that were written.
    pub fn read(segments: &Path) -> Result<Option<TextsDictionary>, TextsError> {
        let path = segments.join(TEXTS_DICTIONARY);
        let mut file = match std::fs::read(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(TextsError::Io { path, source: Arc::new(source) }),
        };
        let whole = file.strip_prefix(MAGIC.as_slice()).and_then(|rest| rest.split_first_chunk::<8>());
        match whole {
            Some((sum, bytes)) if xinglin_text::hash64(bytes).to_le_bytes() == *sum => {
                // Where it lies: every search pays for what is copied to new memory.
                file.drain(..file.len() - bytes.len());
                Ok(Some(TextsDictionary::new(file)))
            }
            _ => Err(TextsError::Damaged { path, reason: "its checksum does not fit".to_owned() }),
        }
    }
}

/// Why stored articles cannot be read.
#[derive(Clone, Debug, thiserror::Error)]
pub enum TextsError {
    /// The system refuses.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The dictionary's file.
        path: PathBuf,
        /// What it said.
        source: Arc<io::Error>,
    },
    /// Bytes are not those that were written.
    #[error("{}: {reason}", .path.display())]
    Damaged {
        /// The dictionary's file, or the folder of the segments.
        path: PathBuf,
        /// Why.
        reason: String,
    },
}

/// Packs articles.
pub struct Packer {
    dictionary: Option<TextsDictionary>,
    inner: Compressor<'static>,
}

impl Packer {
    /// A packer with a dictionary, or without.
    ///
    /// # Errors
    /// Where memory is short.
    pub fn new(dictionary: Option<TextsDictionary>) -> io::Result<Packer> {
        let inner = match &dictionary {
            Some(dictionary) => Compressor::with_dictionary(LEVEL, &dictionary.0)?,
            None => Compressor::new(LEVEL)?,
        };
        Ok(Packer { dictionary, inner })
    }

    /// The dictionary it packs with.
    pub fn dictionary(&self) -> Option<&TextsDictionary> {
        self.dictionary.as_ref()
    }

    /// Packs an article.
    ///
    /// # Errors
    /// Where memory is short, or it is longer than four gigabytes.
    pub fn pack(&mut self, article: &[u8]) -> io::Result<Vec<u8>> {
        let length = u32::try_from(article.len())
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "an article over 4 GB"))?;
        let mut packed = vec![0; HEADER + zstd::zstd_safe::compress_bound(article.len())];
        let (header, body) = packed.split_at_mut(HEADER);
        header[0] = if self.dictionary.is_some() { WITH_DICTIONARY } else { PLAIN };
        header[1..].copy_from_slice(&length.to_le_bytes());
        let written = self.inner.compress_to_buffer(article, body)?;
        packed.truncate(HEADER + written);
        let whole = packed.len() as u32;
        packed.extend_from_slice(&whole.to_le_bytes());
        Ok(packed)
    }
}

/// Unpacks the articles of one index. Its dictionary is read when the first article needs it.
pub struct Unpacker {
    segments: PathBuf,
    /// Unpackers at rest: one more is made where all are at work.
    resting: Mutex<Vec<DCtx<'static>>>,
    /// One for all of them: it is a copy of the file's bytes, and tables made of them.
    dictionary: Mutex<Option<Arc<DDict<'static>>>>,
}

impl std::fmt::Debug for Unpacker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unpacker").field("segments", &self.segments).finish_non_exhaustive()
    }
}

impl Unpacker {
    /// For the articles in the segments of this folder.
    pub fn new(segments: &Path) -> Unpacker {
        Unpacker { segments: segments.to_owned(), resting: Default::default(), dictionary: Mutex::default() }
    }

    /// Unpacks an article from the end of these bytes.
    ///
    /// # Errors
    /// Where the bytes are not those that were written, or the dictionary is gone.
    pub fn unpack(&self, packed: &[u8]) -> Result<Vec<u8>, TextsError> {
        let damaged = |reason: &str| TextsError::Damaged {
            path: self.segments.clone(),
            reason: format!("a stored article cannot be read: {reason}"),
        };
        let whole = packed.split_last_chunk::<TRAILER>().and_then(|(rest, length)| {
            let from = rest.len().checked_sub(u32::from_le_bytes(*length) as usize)?;
            rest.get(from..)?.split_first_chunk::<HEADER>()
        });
        let Some(([kind, length @ ..], body)) = whole else { return Err(damaged("it is cut short")) };
        let dictionary = match *kind {
            PLAIN => None,
            WITH_DICTIONARY => Some(self.dictionary()?),
            _ => return Err(damaged("it is of no known kind")),
        };
        let length = u32::from_le_bytes(*length) as usize;
        let mut article = Vec::new();
        // Damaged bytes can promise any length.
        article.try_reserve_exact(length).map_err(|_| damaged("it promises more than memory holds"))?;
        let resting = || self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        let known = resting().pop();
        let mut inner = known.or_else(DCtx::try_create).ok_or_else(|| damaged("memory is short"))?;
        let done = match &dictionary {
            Some(dictionary) => inner.decompress_using_ddict(&mut article, body, dictionary),
            None => inner.decompress(&mut article, body),
        };
        resting().push(inner);
        match done {
            Ok(written) if written == length => Ok(article),
            Ok(_) => Err(damaged("it is not as long as it says")),
            Err(code) => Err(damaged(get_error_name(code))),
        }
    }

    fn dictionary(&self) -> Result<Arc<DDict<'static>>, TextsError> {
        let mut known = self.dictionary.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(dictionary) = &*known {
            return Ok(Arc::clone(dictionary));
        }
        let odd = |reason: &str| TextsError::Damaged {
            path: self.segments.join(TEXTS_DICTIONARY),
            reason: reason.to_owned(),
        };
        let missing = || odd("missing, though stored articles were packed with it");
        let read = TextsDictionary::read(&self.segments)?.ok_or_else(missing)?;
        let loaded = DDict::try_create(&read.0).ok_or_else(|| odd("it makes no dictionary"))?;
        Ok(Arc::clone(known.insert(Arc::new(loaded))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    fn dictionary() -> TextsDictionary {
        TextsDictionary::new("医院骨科获批国家临床重点专科建设项目".repeat(20).into_bytes())
    }

    #[test]
    fn what_is_packed_comes_back() {
        let dir = folder();
        std::fs::write(dir.path().join(TEXTS_DICTIONARY), dictionary().to_file()).expect("written");
        let unpacker = Unpacker::new(dir.path());
        for dictionary in [None, Some(dictionary())] {
            let mut packer = Packer::new(dictionary).expect("a packer");
            for article in ["", "a", "骨科获批国家临床重点专科", &"长文".repeat(100_000)] {
                let packed = packer.pack(article.as_bytes()).expect("packed");
                assert_eq!(unpacker.unpack(&packed).expect("unpacked"), article.as_bytes());
            }
        }
    }

    #[test]
    fn damage_is_named_and_never_a_panic() {
        let dir = folder();
        let unpacker = Unpacker::new(dir.path());
        let mut packer = Packer::new(Some(dictionary())).expect("a packer");
        let packed = packer.pack("骨科获批国家临床重点专科".as_bytes()).expect("packed");
        let missing = unpacker.unpack(&packed).expect_err("no dictionary").to_string();
        assert!(missing.contains(TEXTS_DICTIONARY), "{missing}");
        let file = dictionary().to_file();
        for at in 0..file.len() {
            let mut flipped = file.clone();
            flipped[at] ^= 1;
            std::fs::write(dir.path().join(TEXTS_DICTIONARY), &flipped).expect("written");
            assert!(TextsDictionary::read(dir.path()).is_err(), "byte {at}");
        }
        std::fs::write(dir.path().join(TEXTS_DICTIONARY), &file[..file.len() / 2]).expect("written");
        assert!(unpacker.unpack(&packed).is_err());
        std::fs::write(dir.path().join(TEXTS_DICTIONARY), &file).expect("written");
        assert!(unpacker.unpack(&packed).is_ok());
        for at in 0..packed.len() {
            // Whether another byte is noticed or not: nothing panics, and no length is believed blindly.
            let mut flipped = packed.clone();
            flipped[at] ^= 0x81;
            let _ = unpacker.unpack(&flipped);
            let _ = unpacker.unpack(&packed[..at]);
        }
    }
}
