//! Bytes become text: the encoding is found by what the bytes say, not by what a page claims.
//!
//! The order: byte order mark; UTF-16 by its zero bytes; validity as UTF-8; the declared encoding,
//! if the bytes are valid in it and give common Chinese; GB18030 or Big5, whichever gives more
//! common Chinese; UTF-8 with replacements. GB2312 and GBK are read as GB18030. A text of which some lines are UTF-8 and
//! the others Chinese in another encoding is read line by line, each as what it is.

mod mixed;
mod plausible;

use encoding_rs::{BIG5, Encoding, GB18030, GBK, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use plausible::Plausibility;

/// How many bytes are looked at where the whole need not be.
const JUDGED: usize = 128 * 1024;

/// What bytes were read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, line ends and all, without a byte order mark.
    pub text: String,
    /// The encoding's name in the WHATWG standard: `UTF-8`, `gb18030`, `Big5`, `UTF-16LE`…
    pub encoding: &'static str,
    /// How many characters could not be read and stand as U+FFFD.
    pub replaced: usize,
}

/// Decodes `bytes`; `declared` is the label that the page or its carrier gives, if any, and is
/// believed only as far as the bytes agree. Never fails: what is unreadable is replaced and counted.
///
/// ```
/// use xinglin_text::decode;
/// let gbk = b"\xd2\xbd\xd4\xba\xb5\xc4\xd6\xd8\xb5\xe3\xd7\xa8\xbf\xc6";
/// assert_eq!(decode(gbk, Some("utf-8")).text, "医院的重点专科");
/// assert_eq!(decode("医院".as_bytes(), Some("gb2312")).encoding, "UTF-8");
/// ```
#[must_use]
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return read(bytes.get(length..).unwrap_or_default(), encoding);
    }
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return read(bytes, encoding);
    }
    let utf8 = UTF_8.decode_without_bom_handling_and_without_replacement(bytes);
    match &utf8 {
        Some(text) if text.bytes().any(|b| b >= 0xe0) || text.is_ascii() || !is_short_chinese(bytes) => {
            return Decoded { text: text.as_ref().to_owned(), encoding: UTF_8.name(), replaced: 0 };
        }
        None if is_cut_utf8(bytes) => return read(bytes, UTF_8),
        _ => {}
    }
    let declared = declared.and_then(usable);
    if let Some(encoding) = declared {
        let decoded = read(bytes, encoding);
        if decoded.replaced == 0 && Plausibility::without_words(&decoded.text).is_common_chinese() {
            return decoded;
        }
    }
    if utf8.is_some() {
        // Valid, but Chinese words in GB18030: no other encoding has a say.
        return read(bytes, GB18030);
    }
    if let Some(decoded) = mixed::decode(bytes) {
        return decoded;
    }
    if is_damaged_utf8(bytes) {
        return read(bytes, UTF_8);
    }
    by_frequency(bytes, declared)
}

/// Whether bytes are no text at all: they begin as a known binary format does, or hold zero bytes
/// and control characters that no encoding of text explains.
///
/// ```
/// assert!(xinglin_text::looks_binary(b"\x7fELF\x02\x01\x01"));
/// assert!(!xinglin_text::looks_binary("重点专科".as_bytes()));
/// ```
#[must_use]
pub fn looks_binary(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 16] = [
        b"\x7fELF",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"%PDF-",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ",
        b"7z\xbc\xaf",
        b"Rar!",
        b"\xd0\xcf\x11\xe0",
        b"SQLite format 3\0",
        b"\x28\xb5\x2f\xfd",
        b"OggS",
    ];
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return true;
    }
    if Encoding::for_bom(bytes).is_some() || utf16_by_zeros(bytes).is_some() {
        return false;
    }
    let head = bytes.get(..bytes.len().min(JUDGED)).unwrap_or_default();
    let odd = head
        .chunks(255)
        .map(|few| usize::from(few.iter().map(|&b| u8::from(is_odd(b))).sum::<u8>()))
        .sum::<usize>();
    // A stray control character is a dirty page; one in fifty bytes is no page.
    odd * 50 > head.len() && utf16_by_frequency(head).is_none()
}

/// A control character that no text holds. Without branches, and counted in bytes, so that many are judged at once.
#[inline]
const fn is_odd(b: u8) -> bool {
    (b < 0x20) & (b != b'\t') & (b != b'\n') & (b != b'\r') & (b != 0x0c) & (b != 0x1b)
}

fn read(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let replaced = if damaged { text.matches('\u{fffd}').count() } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

/// The encoding of a declared label, if believing it can help: not UTF-8, which the bytes are not, nor
/// UTF-16, which they would show, nor the one that reads everything as damage. GB2312 and GBK are
/// widened to GB18030, because pages that declare those use its characters.
fn usable(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    if [UTF_8, UTF_16LE, UTF_16BE, REPLACEMENT].contains(&encoding) {
        return None;
    }
    Some(if encoding == GBK { GB18030 } else { encoding })
}

/// UTF-16 shows by its zero bytes wherever it holds ASCII: line ends, digits, markup. Which of the
/// two it is shows by what they read as, because 一 and 开 have a zero byte too.
fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(JUDGED) & !1).unwrap_or_default();
    memchr::memchr(0, head)?;
    let [little, big] = [UTF_16LE, UTF_16BE].map(|encoding| Plausibility::of(&read(head, encoding).text));
    let (encoding, text) = if big.beats(&little) { (UTF_16BE, big) } else { (UTF_16LE, little) };
    text.is_text().then_some(encoding)
}

/// UTF-16 that holds no ASCII at all: either way of pairing the bytes gives common Chinese.
fn utf16_by_frequency(bytes: &[u8]) -> Option<&'static Encoding> {
    let whole = bytes.get(..bytes.len() & !1).unwrap_or_default();
    [UTF_16LE, UTF_16BE]
        .into_iter()
        .find(|encoding| Plausibility::of(&read(whole, encoding).text).is_common_chinese())
}

/// A few Chinese words in GB18030 can be valid as two-byte UTF-8 (医院 reads as `ҽԺ`): where a text
/// holds nothing else, it is what makes words.
fn is_short_chinese(bytes: &[u8]) -> bool {
    Plausibility::of(&read(bytes, GB18030).text).is_words()
}

/// UTF-8 that is valid but for a character cut off at the very end.
fn is_cut_utf8(bytes: &[u8]) -> bool {
    // A lone lead byte after ASCII is as likely to be the end of another encoding.
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
        && bytes.iter().filter(|&&b| b >= 0xe0).count() > 1
}

/// UTF-8 with a few bad bytes: nearly all that is not ASCII forms whole characters. In another
/// encoding whole characters come about by chance only.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 4 * broken
}

/// The encoding under which the bytes read as Chinese; where none does, the declared one.
fn by_frequency(bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded {
    let head = bytes.get(..bytes.len().min(JUDGED)).unwrap_or_default();
    let candidates = [GB18030, BIG5, UTF_16LE, UTF_16BE];
    let possible = if bytes.len().is_multiple_of(2) { 4 } else { 2 };
    let mut best: Option<(Plausibility, &'static Encoding)> = None;
    for encoding in candidates.into_iter().take(possible) {
        let plausibility = Plausibility::of(&read(head, encoding).text);
        if best.is_none_or(|(held, _)| plausibility.beats(&held)) {
            best = Some((plausibility, encoding));
        }
    }
    match (best, declared) {
        (Some((plausibility, encoding)), _) if plausibility.is_common_chinese() => read(bytes, encoding),
        (_, Some(encoding)) => read(bytes, encoding),
        // Any bytes are valid as UTF-16; without sense in them that says nothing.
        (Some((_, encoding)), None) if encoding == GB18030 || encoding == BIG5 => {
            let decoded = read(bytes, encoding);
            if decoded.replaced == 0 { decoded } else { read(bytes, UTF_8) }
        }
        (_, None) => read(bytes, UTF_8),
    }
}

#[cfg(test)]
mod tests;
