//! The stored articles of one index while it is written to: packed one by one, and the dictionary they share trained on
//! the first of them.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use xinglin_index_schema::{Packer, TEXTS_DICTIONARY, TextsDictionary};

/// Bytes of articles that the dictionary is trained on: twice as many make it no better (benches/README.md).
const SAMPLE: usize = 700_000;
/// Longest beginning of one article in the sample, so that no single one fills it.
const SAMPLE_OF_ONE: usize = 16_384;
/// Bytes of a dictionary: what zstd's own tool takes.
const DICTIONARY: usize = 112_640;

/// Packs articles for one index; shared by all threads that prepare rows.
#[derive(Default)]
pub(crate) struct Texts(Mutex<State>);

#[derive(Default)]
struct State {
    dictionary: Option<TextsDictionary>,
    /// Whether the dictionary lies beside the segments, durably.
    saved: bool,
    /// Whether the sample was no good to train on.
    given_up: bool,
    sample: Vec<u8>,
    sizes: Vec<usize>,
    /// Packers that nobody uses at the moment.
    resting: Vec<Packer>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Texts")
    }
}

impl Texts {
    /// Goes on with the dictionary that lies beside the segments, if there is one.
    pub(crate) fn of(dictionary: Option<TextsDictionary>) -> Texts {
        let saved = dictionary.is_some();
        Texts(Mutex::new(State { dictionary, saved, ..State::default() }))
    }

    /// Packs an article.
    pub(crate) fn pack(&self, article: &[u8]) -> io::Result<Vec<u8>> {
        let mut packer = {
            let mut state = self.state();
            state.learn(article);
            match state.resting.pop() {
                Some(packer) => packer,
                None => Packer::new(state.dictionary.clone())?,
            }
        };
        let packed = packer.pack(article);
        let mut state = self.state();
        if packer.dictionary() == state.dictionary.as_ref() {
            state.resting.push(packer);
        }
        packed
    }

    /// Puts a new dictionary beside the segments, on disk before any commit that needs it.
    pub(crate) fn save(&self, segments: &Path) -> io::Result<()> {
        let mut state = self.state();
        let Some(dictionary) = state.dictionary.as_ref().filter(|_| !state.saved) else { return Ok(()) };
        let path = segments.join(TEXTS_DICTIONARY);
        let beside = path.with_extension("new");
        let mut file = File::create(&beside)?;
        file.write_all(&dictionary.to_file())?;
        file.sync_all()?;
        std::fs::rename(&beside, &path)?;
        File::open(segments)?.sync_all()?;
        state.saved = true;
        Ok(())
    }

    /// Whether a dictionary lies beside the segments.
    pub(crate) fn is_saved(&self) -> bool {
        self.state().saved
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes an article into the sample; once that is large enough, makes the dictionary of it.
    fn learn(&mut self, article: &[u8]) {
        if self.dictionary.is_some() || self.given_up {
            return;
        }
        let beginning = article.get(..SAMPLE_OF_ONE).unwrap_or(article);
        self.sample.extend_from_slice(beginning);
        self.sizes.push(beginning.len());
        if self.sample.len() < SAMPLE {
            return;
        }
        let (sample, sizes) = (std::mem::take(&mut self.sample), std::mem::take(&mut self.sizes));
        match zstd::dict::from_continuous(&sample, &sizes, DICTIONARY) {
            Ok(bytes) => {
                self.dictionary = Some(TextsDictionary::new(bytes));
                self.resting.clear();
            }
            // Articles that have nothing in common are packed each by itself.
            Err(_) => self.given_up = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xinglin_index_schema::Unpacker;

    fn article(number: usize) -> Vec<u8> {
        let body: String = (0..60)
            .map(|at| format!("第{}批市级临床重点专科建设项目由{}科承担；", number * 7 + at, number % 13))
            .collect();
        format!("{{\"title\":\"第{number}篇\",\"text\":\"{body}\"}}").into_bytes()
    }

    #[test]
    fn the_dictionary_comes_with_enough_articles_and_lasts() {
        let dir = tempfile::tempdir().expect("a folder");
        let texts = Texts::default();
        texts.save(dir.path()).expect("nothing to save");
        assert!(!dir.path().join(TEXTS_DICTIONARY).exists());
        let packed: Vec<Vec<u8>> =
            (0..300).map(|number| texts.pack(&article(number)).expect("packed")).collect();
        texts.save(dir.path()).expect("saved");
        let (first, last) = (packed.first().expect("some").len(), packed.last().expect("some").len());
        assert!(last * 2 < first, "with a dictionary {last} bytes, without {first}");

        let known = TextsDictionary::read(dir.path()).expect("read");
        let again = Texts::of(known.clone());
        let more = again.pack(&article(7)).expect("packed");
        again.save(dir.path()).expect("it is there");
        assert_eq!(TextsDictionary::read(dir.path()).expect("read"), known);
        let unpacker = Unpacker::new(dir.path());
        for (number, packed) in packed.iter().enumerate().chain([(7, &more)]) {
            assert_eq!(unpacker.unpack(packed).expect("unpacked"), article(number));
        }
    }

    #[test]
    fn articles_without_anything_in_common_are_kept_all_the_same() {
        let texts = Texts::default();
        let same = vec![b' '; 20_000];
        let packed = (0..60).map(|_| texts.pack(&same).expect("packed")).last().expect("some");
        let unpacker = Unpacker::new(Path::new("nowhere"));
        if let Ok(article) = unpacker.unpack(&packed) {
            assert_eq!(article, same);
        }
    }
}
