//! Bytes to terms, a step at a time, beside jieba's own speed.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use divan::Bencher;
use divan::counter::BytesCount;
use encoding_rs::GB18030;
use jieba_rs::Jieba;
use std::sync::LazyLock;
use tantivy::tokenizer::{TokenStream, Tokenizer};
use xinglin_benches::fixture::{SIMPLIFIED, TRADITIONAL, han};
use xinglin_text::{Mode, Scratch, TermKind, decode, fold, fold_str, needs_unifying, scan, scan_and_segment};
use xinglin_text::{segment_with, unify};

static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

fn main() {
    LazyLock::force(&JIEBA);
    divan::main();
}

/// Times `run` over a text and holds its count to `expected` each time: a wrong answer cannot look fast.
fn check(bencher: Bencher<'_, '_>, text: &str, expected: usize, mut run: impl FnMut(&str) -> usize) {
    bencher
        .counter(BytesCount::of_str(text))
        .bench_local(|| assert_eq!(run(divan::black_box(text)), expected));
}

/// Bytes of letters, digits and Han characters: what words cover.
fn in_words(text: &str) -> usize {
    text.chars().filter(|character| character.is_alphanumeric()).map(char::len_utf8).sum()
}

#[divan::bench]
fn decode_utf8(bencher: Bencher<'_, '_>) {
    check(bencher, &SIMPLIFIED, SIMPLIFIED.len(), |text| decode(text.as_bytes(), None).text.len());
}

#[divan::bench]
fn decode_gb18030_undeclared(bencher: Bencher<'_, '_>) {
    let (bytes, _, _) = GB18030.encode(&SIMPLIFIED);
    check(bencher, &SIMPLIFIED, SIMPLIFIED.len(), |_| decode(divan::black_box(&bytes), None).text.len());
}

#[divan::bench]
fn fold_simplified(bencher: Bencher<'_, '_>) {
    let expected = SIMPLIFIED.chars().map(|character| fold(character).len_utf8()).sum();
    check(bencher, &SIMPLIFIED, expected, |text| fold_str(text).len());
}

#[divan::bench]
fn fold_traditional(bencher: Bencher<'_, '_>) {
    let expected = TRADITIONAL.chars().map(|character| fold(character).len_utf8()).sum();
    check(bencher, &TRADITIONAL, expected, |text| fold_str(text).len());
}

#[divan::bench]
fn script_bitmap(bencher: Bencher<'_, '_>) {
    assert!(needs_unifying(&TRADITIONAL));
    check(bencher, &SIMPLIFIED, 0, |text| usize::from(needs_unifying(text)));
}

#[divan::bench]
fn unify_simplified(bencher: Bencher<'_, '_>) {
    check(bencher, &SIMPLIFIED, SIMPLIFIED.len(), |text| unify(text).text().len());
}

#[divan::bench]
fn unify_traditional(bencher: Bencher<'_, '_>) {
    let whole = |text: &str| {
        let unified = unify(text);
        unified.original(0..unified.text().len()).len()
    };
    check(bencher, &TRADITIONAL, TRADITIONAL.len(), whole);
}

#[divan::bench]
fn scan_terms(bencher: Bencher<'_, '_>) {
    let mut scratch = Scratch::default();
    check(bencher, &SIMPLIFIED, han(&SIMPLIFIED), |text| {
        let mut characters = 0;
        scan(text, &mut scratch, |term| {
            characters += usize::from(term.kind == TermKind::Character && term.text.len() > 2);
        });
        characters
    });
}

#[divan::bench]
fn segment(bencher: Bencher<'_, '_>) {
    let mut scratch = Scratch::default();
    check(bencher, &SIMPLIFIED, in_words(&SIMPLIFIED), |text| {
        let mut bytes = 0;
        segment_with(text, Mode::Words, &mut scratch, |word| bytes += word.end - word.start);
        bytes
    });
}

#[divan::bench]
fn scan_and_segment_at_once(bencher: Bencher<'_, '_>) {
    let mut scratch = Scratch::default();
    check(bencher, &SIMPLIFIED, han(&SIMPLIFIED) + in_words(&SIMPLIFIED), |text| {
        let (mut characters, mut bytes) = (0, 0);
        scan_and_segment(
            text,
            &mut scratch,
            |term| characters += usize::from(term.kind == TermKind::Character && term.text.len() > 2),
            |word| bytes += word.end - word.start,
        );
        characters + bytes
    });
}

#[divan::bench]
fn jieba_cut(bencher: Bencher<'_, '_>) {
    check(bencher, &SIMPLIFIED, SIMPLIFIED.len(), |text| {
        JIEBA.cut(text, true).iter().map(|token| token.word.len()).sum()
    });
}

#[divan::bench]
fn jieba_cut_all(bencher: Bencher<'_, '_>) {
    let expected = JIEBA.cut_all(&SIMPLIFIED).len();
    assert!(expected > han(&SIMPLIFIED) / 2);
    check(bencher, &SIMPLIFIED, expected, |text| JIEBA.cut_all(text).len());
}

#[divan::bench]
fn tantivy_jieba_tokens(bencher: Bencher<'_, '_>) {
    let mut tokenizer = tantivy_jieba::JiebaTokenizer::new();
    let mut count = |text: &str| {
        let mut tokens = tokenizer.token_stream(text);
        let mut count = 0;
        tokens.process(&mut |_| count += 1);
        count
    };
    let expected = count(&SIMPLIFIED);
    assert!(expected > han(&SIMPLIFIED) / 3);
    check(bencher, &SIMPLIFIED, expected, count);
}
