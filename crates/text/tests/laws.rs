//! The laws of this crate over OpenCC, jieba's dictionary and the corpus.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use xinglin_text::{decode, fold, fold_chars, fold_str, unify};

/// The articles of the corpus; none, and a word about it, where this crate stands alone.
fn articles() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/articles");
    let Ok(files) = std::fs::read_dir(folder) else {
        eprintln!("SKIPPED: {folder} is not there; laws are checked without the corpus");
        return Vec::new();
    };
    files
        .map(|file| decode(&std::fs::read(file.expect("listed").path()).expect("readable"), None).text)
        .collect()
}

#[test]
fn folding_is_idempotent_and_keeps_the_number_of_characters() {
    for c in (0..=0x10_ffff).filter_map(char::from_u32) {
        assert_eq!(fold(fold(c)), fold(c), "{c:?}");
    }
    for text in articles() {
        assert_eq!(fold_str(&text).chars().count(), text.chars().count());
        assert_eq!(fold_chars(&text).iter().map(|c| c.ch).collect::<String>(), fold_str(&text));
    }
}

#[test]
fn fold_table_holds_no_more_than_variants() {
    // Words that would become one if a pair of phrases were read as a pair of characters.
    for (a, b) in [('呆', '待'), ('蔽', '庇'), ('医', '院'), ('内', '外')] {
        assert_ne!(fold(a), fold(b));
    }
    for (text, folded) in
        [("著乾後裡麵", "着干后里面"), ("ＩＣＵ　Ωж", "icu ωж"), ("\u{f914}\u{2fa5}", "乐里"), ("İß", "İß")]
    {
        assert_eq!(fold_str(text), folded);
    }
}

#[cfg(feature = "opencc")]
mod with_opencc {
    use std::io::Read;

    use opencc_rust::{DefaultConfig, OpenCC};
    use xinglin_text::{Mode, Scratch, scan, segment};

    use super::*;

    /// All Han characters.
    fn han() -> impl Iterator<Item = char> {
        [0x3400..0xa000, 0xf900..0xfb00, 0x20000..0x323b0].into_iter().flatten().filter_map(char::from_u32)
    }

    /// jieba's words as jieba has them.
    fn words() -> Vec<String> {
        let packed = concat!(env!("CARGO_MANIFEST_DIR"), "/data/jieba.dict.txt.zst");
        let packed = std::fs::File::open(packed).expect("the dictionary is there");
        let mut text = String::new();
        let mut decoder = ruzstd::decoding::StreamingDecoder::new(packed).expect("it is zstd");
        decoder.read_to_string(&mut text).expect("it is UTF-8");
        text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
    }

    fn opencc(config: DefaultConfig) -> OpenCC {
        OpenCC::new(config).expect("OpenCC's dictionaries")
    }

    #[test]
    fn folding_does_not_see_script() {
        for config in [
            DefaultConfig::T2S,
            DefaultConfig::S2T,
            DefaultConfig::TW2S,
            DefaultConfig::HK2S,
            DefaultConfig::S2HK,
        ] {
            let converter = opencc(config);
            for c in han() {
                let converted = converter.convert(c.to_string());
                assert_eq!(fold_str(&converted), fold(c).to_string(), "{c} by {config:?}");
            }
        }
    }

    #[test]
    fn words_fold_to_their_twins() {
        let (there, back) = (opencc(DefaultConfig::S2T), opencc(DefaultConfig::T2S));
        let mut odd = Vec::new();
        for word in words() {
            let traditional = there.convert(&word);
            assert_eq!(fold_str(&back.convert(&traditional)), fold_str(&traditional), "{word}");
            if fold_str(&traditional) != fold_str(&word) {
                odd.push(format!("{word} {traditional}"));
            }
        }
        // The one pair that is left apart on purpose: as 荫蔽 is written 廕庇, 蔽 would be 庇.
        odd.retain(|pair| !pair.contains("荫蔽"));
        assert_eq!(odd, [""; 0]);
    }

    #[test]
    fn words_of_taiwan_unify_as_opencc_says() {
        let (there, back) = (opencc(DefaultConfig::S2TWP), opencc(DefaultConfig::TW2SP));
        let settled = include_str!("../data/wording.tsv");
        let settled: Vec<&str> = settled.lines().filter_map(|row| row.split('\t').next()).collect();
        for word in words().into_iter().step_by(11) {
            // So many 豐 make the piece Traditional whatever else is in it.
            let piece = format!("{}{}", "豐".repeat(17), there.convert(&word));
            if !settled.iter().any(|phrase| piece.contains(phrase)) {
                assert_eq!(unify(&piece).text(), back.convert(&piece), "{word}");
            }
        }
    }

    #[test]
    fn articles_and_their_twins_give_equal_terms() {
        let there = opencc(DefaultConfig::S2T);
        let terms = |text: &str| {
            let mut terms = Vec::new();
            scan(text, &mut Scratch::default(), |t| terms.push((t.text.to_owned(), t.position)));
            let words = segment(text, Mode::Search).iter().map(|w| (w.position, w.known)).collect::<Vec<_>>();
            (terms, words)
        };
        for text in articles() {
            for line in text.lines() {
                let twin: String =
                    line.split('\0').map(|part| there.convert(part)).collect::<Vec<_>>().join("\0");
                assert_eq!(terms(line), terms(&twin), "{line}");
            }
        }
    }
}

/// Every character of the unified text names a stretch of the original, in order and without a gap.
fn check_ranges(text: &str) {
    let unified = unify(text);
    let mut covered = 0;
    for (at, c) in unified.text().char_indices() {
        let range = unified.original(at..at + c.len_utf8());
        assert!(text.get(range.clone()).is_some(), "{text:?} {range:?}");
        assert!(range.start <= covered && range.end >= covered, "{text:?} {range:?} after {covered}");
        covered = range.end;
    }
    assert_eq!(covered, text.len(), "{text:?}");
    assert_eq!(unified.is_identity(), unified.text() == text, "{text:?}");
}

#[test]
fn unified_ranges_cover_the_original() {
    for text in articles() {
        check_ranges(&text);
        assert!(unify(unify(&text).text()).is_identity(), "unifying twice changes nothing more");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_unifies(text in ".{0,60}") {
        check_ranges(&text);
    }

    #[test]
    fn any_mixture_unifies(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "隨身碟", "雷射", "醫院", "医院", "使用者名稱", "乾", "後", "，", "\n", "\0", "ＣＴ", "𠁞", "豈", "主機板",
                "U盘", "著", "位元組", "髮", "a", "影像",
            ]),
            0..12,
        )
    ) {
        check_ranges(&pieces.concat());
    }

    #[test]
    fn any_bytes_decode(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
        label in "[a-z0-9-]{0,9}",
    ) {
        for declared in [None, Some(label.as_str()), Some("big5"), Some("utf-16")] {
            let decoded = decode(&bytes, declared);
            assert!(decoded.replaced <= decoded.text.chars().count());
        }
        let _ = xinglin_text::looks_binary(&bytes);
    }
}
