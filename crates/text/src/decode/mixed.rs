//! Texts put together out of two encodings, as appended files and patched exports are.

use encoding_rs::{BIG5, GB18030};

use super::plausible::Plausibility;
use super::{Decoded, read};

/// So many characters of both kinds must stand there before a text is taken for a mixture.
const LEAST: usize = 8;

/// A text of which some lines are Chinese in UTF-8 and all others in one other encoding; `None` where it is no such mixture.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded> {
    let lines: Vec<Result<&str, &[u8]>> = bytes
        .split_inclusive(|b| *b == b'\n')
        .map(|line| std::str::from_utf8(line).map_err(|_| line))
        .collect();
    let utf8: String = lines.iter().filter_map(|line| line.ok()).collect();
    let others: Vec<u8> = lines.iter().filter_map(|line| line.err()).flatten().copied().collect();
    let is_chinese = |text: &str| {
        let letters = text.chars().filter(|c| c.len_utf8() >= 3).take(LEAST).count();
        letters == LEAST && Plausibility::of(text).is_words()
    };
    if others.is_empty() || !is_chinese(&utf8) {
        return None;
    }
    let encoding = [GB18030, BIG5].into_iter().find(|encoding| {
        let other = read(&others, encoding);
        other.replaced == 0 && is_chinese(&other.text)
    })?;
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    for line in &lines {
        match line {
            Ok(line) => text.push_str(line),
            Err(line) => text.push_str(&read(line, encoding).text),
        }
    }
    Some(Decoded { text, encoding: encoding.name(), replaced: 0 })
}
