//! The law: everything that can be read on a page stands in its title, text or noise, unaltered.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use common::read;
use xinglin_article::Format;

/// A small seeded generator (SplitMix64), so that a failure can be had again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % bound as u64).expect("a bound fits")
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

const LINE_ENDS: [&str; 3] = ["\n", "\n\n", "\r\n"];

fn corpus_lines() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/articles");
    let mut lines = Vec::new();
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("corpus").map(|f| f.expect("entry").path()).collect();
    files.sort();
    for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt")) {
        let bytes = std::fs::read(file).expect("article");
        lines.extend(xinglin_text::decode(&bytes, None).text.lines().map(str::to_owned));
    }
    lines
}

#[test]
fn every_line_of_shuffled_pages_is_kept() {
    let lines = corpus_lines();
    let mut random = Random(7);
    for round in 0..400 {
        let mut page = String::new();
        for _ in 0..1 + random.below(30) {
            page.push_str(&lines[random.below(lines.len())]);
            page.push_str(random.pick(&LINE_ENDS));
        }
        if page.trim().is_empty() {
            continue;
        }
        let article = read(page.as_bytes(), Format::Text);
        let kept: Vec<&str> = article.text.lines().chain(article.noise.lines()).collect();
        let wanted: Vec<&str> = page.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        assert_eq!(
            kept.len(),
            wanted.len(),
            "round {round}: lines of\n{page}\n==\n{}\n--\n{}",
            article.text,
            article.noise
        );
        for line in wanted {
            assert!(kept.contains(&line), "round {round}: {line:?} of\n{page}");
        }
    }
}

#[test]
fn every_word_of_random_markup_is_kept() {
    const TAGS: [&str; 30] = [
        "div",
        "p",
        "span",
        "a",
        "b",
        "td",
        "tr",
        "table",
        "ul",
        "li",
        "h1",
        "h3",
        "section",
        "article",
        "aside",
        "nav",
        "footer",
        "i",
        "em",
        "font",
        "form",
        "button",
        "dl",
        "dd",
        "center",
        "blockquote",
        "header",
        "main",
        "pre",
        "tbody",
    ];
    const CLASSES: [&str; 8] = ["", "nav", "related", "title", "content", "side-bar", "share", "foot"];
    let mut random = Random(11);
    for round in 0..600 {
        let (mut page, mut words) = (String::new(), Vec::new());
        for at in 0..random.below(60) {
            match random.below(10) {
                0..=3 => {
                    page.push_str(&format!("<{} class='{}'>", random.pick(&TAGS), random.pick(&CLASSES)))
                }
                4..=5 => page.push_str(&format!("</{}>", random.pick(&TAGS))),
                6 => page.push_str("<br>"),
                _ => {
                    let word = format!("字{round}之{at}完。");
                    page.push_str(&word);
                    words.push(word);
                }
            }
        }
        if words.is_empty() {
            continue;
        }
        let article = read(page.as_bytes(), Format::Html);
        for word in words {
            let found = article.text.contains(&word)
                || article.noise.contains(&word)
                || article.title.contains(&word);
            assert!(found, "round {round}: {word} of\n{page}\n==\n{}\n--\n{}", article.text, article.noise);
        }
    }
}

#[test]
fn any_bytes_are_an_article_or_an_error() {
    let mut random = Random(13);
    let seeds: [&[u8]; 6] = [
        b"<table><tr><td>",
        "发布时间：2023年".as_bytes(),
        b"\xff\xfe<",
        b"<!--",
        b"{\"text\":",
        "\u{202e}【".as_bytes(),
    ];
    for _ in 0..2_000 {
        let mut bytes = Vec::new();
        for _ in 0..random.below(12) {
            if random.below(2) == 0 {
                bytes.extend_from_slice(random.pick(&seeds[..]));
            } else {
                bytes.extend((0..random.below(6)).map(|_| random.below(256) as u8));
            }
        }
        for format in [Format::Text, Format::Html, Format::Json, Format::JsonLines] {
            let mut answers = 0;
            xinglin_article::read_bytes(&bytes, format, "bytes", &Default::default(), &mut |_| answers += 1);
            assert!(answers > 0, "no answer for {bytes:?} as {format:?}");
        }
    }
}
