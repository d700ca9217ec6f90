use super::*;

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    if encoding == UTF_16LE {
        return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    if encoding == UTF_16BE {
        return text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    }
    let (bytes, used, damaged) = encoding.encode(text);
    assert_eq!((used, damaged), (encoding, false), "{text}");
    bytes.into_owned()
}

fn check(bytes: &[u8], declared: Option<&str>, expected: &str, encoding: &str) {
    let decoded = decode(bytes, declared);
    assert_eq!((decoded.text.as_str(), decoded.encoding), (expected, encoding), "declared {declared:?}");
}

const SIMPLIFIED: [&str; 7] = [
    "医院",
    "骨科",
    "我院骨科获批重点专科",
    "市中心医院心血管内科获评国家临床重点专科建设项目。",
    "<html><title>某某医院</title><p>2023年5月6日，CT</p></html>",
    "赵全明\n",
    "关于公布2023年度省级临床重点专科名单的通知",
];
const TRADITIONAL: [&str; 6] = [
    "醫院",
    "臺北榮民總醫院",
    "骨科醫師",
    "獲評國家臨床重點專科，心臟血管科",
    "<p>民國112年5月6日</p>",
    "市立聯合醫院公告",
];

#[test]
fn every_encoding_is_found_whatever_is_declared() {
    for declared in [None, Some("utf-8"), Some("gb2312"), Some("big5"), Some("iso-8859-1"), Some("nonsense")]
    {
        for text in SIMPLIFIED {
            check(text.as_bytes(), declared, text, "UTF-8");
            check(&encoded(text, GB18030), declared, text, "gb18030");
        }
        for text in TRADITIONAL {
            check(text.as_bytes(), declared, text, "UTF-8");
            check(&encoded(text, BIG5), declared, text, "Big5");
        }
    }
}

#[test]
fn utf16_with_and_without_mark() {
    for text in SIMPLIFIED.iter().chain(&TRADITIONAL) {
        for encoding in [UTF_16LE, UTF_16BE] {
            let bytes = encoded(text, encoding);
            check(&bytes, None, text, encoding.name());
            let marked = encoded(&format!("\u{feff}{text}"), encoding);
            check(&marked, Some("gbk"), text, encoding.name());
        }
    }
    for text in ["第一医院", "下一步开展", "国内一流医院2022年开", "-85961000　　2"] {
        check(&encoded(text, UTF_16LE), None, text, "UTF-16LE");
        check(&encoded(text, UTF_16BE), None, text, "UTF-16BE");
    }
    check(b"abc\0def", None, "abc\0def", "UTF-8");
    check(&encoded("plain ascii\r\n", UTF_16LE), None, "plain ascii\r\n", "UTF-16LE");
}

#[test]
fn utf8_with_mark_cut_or_damaged() {
    check("\u{feff}医院".as_bytes(), Some("gbk"), "医院", "UTF-8");
    let text = "我院骨科获批重点专科".as_bytes();
    let cut = decode(&text[..text.len() - 1], None);
    assert_eq!((cut.text.as_str(), cut.replaced), ("我院骨科获批重点专\u{fffd}", 1));
    let mut damaged = text.to_vec();
    damaged.splice(6..6, [0xff]);
    let damaged = decode(&damaged, Some("gbk"));
    assert_eq!((damaged.text.as_str(), damaged.replaced), ("我院\u{fffd}骨科获批重点专科", 1));
}

#[test]
fn other_languages_follow_the_declaration() {
    check(b"caf\xe9", Some("iso-8859-1"), "café", "windows-1252");
    check(b"caf\xe9", Some("utf-16"), "caf\u{fffd}", "UTF-8");
    check(b"caf\xe9", Some("iso-2022-kr"), "caf\u{fffd}", "UTF-8");
    check(b"plain", Some("big5"), "plain", "UTF-8");
    check(b"", None, "", "UTF-8");
}

#[test]
fn line_ends_stay() {
    check(b"a\r\nb\rc\n", None, "a\r\nb\rc\n", "UTF-8");
}

#[test]
fn binary_is_told_from_text() {
    let zeros = vec![0_u8; 100];
    let binary: [&[u8]; 5] = [b"\x7fELF\x02", b"PK\x03\x04zip", b"\x89PNG\r\n", &zeros, b"%PDF-1.7"];
    for bytes in binary {
        assert!(looks_binary(bytes), "{bytes:?}");
    }
    for text in SIMPLIFIED.iter().chain(&TRADITIONAL) {
        for encoding in [UTF_8, UTF_16LE, UTF_16BE] {
            let bytes = if encoding == UTF_8 { text.as_bytes().to_vec() } else { encoded(text, encoding) };
            assert!(!looks_binary(&bytes), "{text} in {}", encoding.name());
        }
    }
    assert!(!looks_binary(b"") && !looks_binary(&encoded(SIMPLIFIED[3], GB18030)));
}

#[test]
fn a_text_in_two_encodings_is_read_line_by_line() {
    let simplified = "市中心医院心血管内科获评国家临床重点专科建设项目。\n2023年5月6日\n";
    let traditional = "獲評國家臨床重點專科，心臟血管科醫師說明。\n";
    for (one, other) in [(3, 1), (1, 1), (1, 3)] {
        let (first, second) = (simplified.repeat(one), simplified.repeat(other));
        let mixed = [first.as_bytes(), &encoded(&second, GB18030)].concat();
        check(&mixed, None, &format!("{first}{second}"), "gb18030");
        let mixed = [&encoded(&first, GB18030), second.as_bytes()].concat();
        check(&mixed, None, &format!("{first}{second}"), "gb18030");
        let second = traditional.repeat(other);
        let mixed = [first.as_bytes(), &encoded(&second, BIG5)].concat();
        check(&mixed, None, &format!("{first}{second}"), "Big5");
    }
    // A damaged byte makes no mixture.
    let damaged = [simplified.as_bytes(), b"\xe5\x8c ", simplified.as_bytes()].concat();
    assert_eq!(decode(&damaged, None).encoding, "UTF-8");
}
