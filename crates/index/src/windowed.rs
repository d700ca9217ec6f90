//! Files read through a window that moves along.
//!
//! A merge reads its segments from beginning to end. Were they mapped, each page would stay in the process's memory
//! until the merge is over, so that indexing would need as much memory as the largest merge has bytes. Through windows it
//! needs some hundred kilobytes a file, whatever the file's size.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

/// Bytes of a window.
const WINDOW: usize = 256 << 10;
/// From so many bytes on a piece is read for itself.
const LARGE: usize = WINDOW / 4;

/// A file, read piece by piece.
#[derive(Debug)]
pub(crate) struct WindowedFile {
    length: usize,
    open: Mutex<Open>,
}

#[derive(Debug)]
struct Open {
    file: File,
    /// Where the window begins.
    start: usize,
    window: OwnedBytes,
}

impl WindowedFile {
    /// Opens a file that nobody changes.
    pub(crate) fn open(path: &Path) -> io::Result<WindowedFile> {
        let file = File::open(path)?;
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        let open = Open { file, start: 0, window: OwnedBytes::empty() };
        Ok(WindowedFile { length, open: Mutex::new(open) })
    }
}

impl Open {
    fn read(&mut self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        self.file.seek(SeekFrom::Start(range.start as u64))?;
        self.file.read_exact(&mut bytes)?;
        Ok(OwnedBytes::new(bytes))
    }

    fn in_window(&self, range: &Range<usize>) -> Option<OwnedBytes> {
        let from = range.start.checked_sub(self.start)?;
        let to = range.end - self.start;
        (to <= self.window.len()).then(|| self.window.slice(from..to))
    }
}

impl HasLen for WindowedFile {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for WindowedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.length {
            let reason = format!("bytes {range:?} of a file of {} bytes", self.length);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        }
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = open.in_window(&range) {
            return Ok(bytes);
        }
        if range.len() >= LARGE {
            return open.read(range);
        }
        let start = range.start;
        open.window = open.read(start..self.length.min(start + WINDOW))?;
        open.start = start;
        Ok(open.window.slice(0..range.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_piece_is_read_as_it_stands() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.idx");
        let bytes: Vec<u8> = (0..3 * WINDOW + 17).map(|at| (at % 251) as u8).collect();
        std::fs::write(&path, &bytes).expect("written");
        let file = WindowedFile::open(&path).expect("opened");
        assert_eq!(file.len(), bytes.len());
        let starts = [0, 1, LARGE, WINDOW - 1, WINDOW, 2 * WINDOW + 5, 3 * WINDOW + 16];
        for length in [0, 1, 100, LARGE - 1, LARGE, WINDOW, WINDOW + 1] {
            for start in starts.iter().chain(starts.iter().rev()) {
                let range = *start..(start + length).min(bytes.len());
                let read = file.read_bytes(range.clone()).expect("read");
                assert_eq!(read.as_slice(), &bytes[range]);
            }
        }
        assert!(file.read_bytes(0..bytes.len() + 1).is_err());
    }

    #[test]
    fn a_file_cut_short_is_an_error() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.idx");
        std::fs::write(&path, vec![1; 4 * WINDOW]).expect("written");
        let file = WindowedFile::open(&path).expect("opened");
        let early = file.read_bytes(0..10).expect("read");
        File::options().write(true).open(&path).and_then(|cut| cut.set_len(100)).expect("cut");
        assert!(file.read_bytes(2 * WINDOW..2 * WINDOW + 10).is_err());
        assert_eq!(early.as_slice(), [1; 10]);
    }
}
