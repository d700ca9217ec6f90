//! No string whatever makes a search fail, panic or run away, and what is marked in a snippet is what was asked for.
//!
//! 100,000 strings in all, over an index of a few short articles, so that the test takes some tens of seconds in a debug
//! build; half of them with query understanding, half by their letters alone.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::sync::OnceLock;

use tempfile::TempDir;
use xinglin::{Hit, Index, Ingest, NewArticle, SearchRequest};

use crate::common::{Choices, assert_none};

/// Strings that are searched for.
const STRINGS: usize = 100_000;

const ARTICLES: [(&str, &str); 7] = [
    (
        "丙",
        "安康市中心医院骨科获批陕西省临床重点专科建设项目\n2023-07-17\n近日，省卫生健康委公布名单，该院骨科榜上有名。",
    ),
    (
        "丁",
        "喀什地区第一人民医院開展體外膜肺氧合(ECMO)治療\n2022年11月8日\n隨身碟、雷射、軟體與資訊系統一應俱全。",
    ),
    ("戊", "产品和服务说明\n我们的产品和服务覆盖全市。"),
    ("己", "醫院管理局宣布：３．０Ｔ磁共振投入服務\n病人無需再等候。"),
    ("庚", "CAR-T细胞治疗 23周+5天 12320 a_b@c.cn\n联系电话0752-6220351"),
    ("辛", "👩‍⚕️ 护士节🎉\n「白衣天使」\u{202e}倒\u{202c} e\u{301}te\u{301} ﷽ ½ ①② ㈱ 𠮷野家\u{fffd}"),
    ("壬", "骨科骨科骨科，眼科。\n骨科。"),
];

fn index() -> &'static Index {
    static INDEX: OnceLock<(TempDir, Index)> = OnceLock::new();
    let (_, index) = INDEX.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let articles = ARTICLES.map(|(id, text)| NewArticle::new(id, text));
        Ingest::into(dir.path()).articles("test", articles).expect("articles are indexed");
        let index = Index::open(dir.path()).expect("the index opens");
        (dir, index)
    });
    index
}

/// Pieces that strings are made of, by kind.
const PIECES: [&[&str]; 9] = [
    &[
        "骨科",
        "陕西",
        "医院",
        "2023",
        "国家临床重点专科",
        "和服",
        "一院",
        "的",
        "吗",
        "哪些",
        "协和",
        "市",
        "第",
        "940",
    ],
    &[
        "，", "。", "！", "？", "、", "；", "：", "“", "”", "‘", "’", "（", "）", "《", "》", "【", "】",
        "…", "—", "·", "～",
    ],
    &[
        "\"",
        "(",
        ")",
        "-",
        " OR ",
        "OR",
        ":",
        "title:",
        "region:",
        "year:",
        "year:2019..",
        "level:国家级",
        "specialty:心内科",
        "--",
    ],
    &["體外", "雷射", "隨身碟", "軟體", "醫", "發", "乾", "後", "臺", "𠮷", "䶮"],
    &["👩‍⚕️", "🎉", "👍🏽", "🇨🇳", "❤️", "\u{200d}"],
    &["\u{0}", "\u{1}", "\u{7}", "\u{1b}[31m", "\u{7f}", "\u{85}", "\t", "\n", "\r\n", "\u{3000}", "\u{a0}"],
    &[
        "\u{202a}",
        "\u{202e}",
        "\u{2066}",
        "\u{2069}",
        "\u{200f}",
        "\u{feff}",
        "\u{fffd}",
        "\u{ffff}",
        "\u{10ffff}",
    ],
    &[
        "a",
        "Z",
        "ecmo",
        "ＣＴ",
        "CAR-T",
        "3.0T",
        "½",
        "①",
        "e\u{301}",
        "ß",
        "İ",
        "ﬃ",
        "Ω",
        "ا",
        "한국",
        "カタカナ",
    ],
    &[
        "0",
        "１",
        "零",
        "〇",
        "十",
        "99999999999999999999",
        "-1",
        "1e9",
        "23周+5天",
        "%",
        "\\",
        "/",
        "..",
        "*",
        "?",
        "^",
        "~",
    ],
];

fn string(choices: &mut Choices) -> String {
    let parts = match choices.below(40) {
        0 => 60 + choices.below(300),
        1..=4 => 8 + choices.below(12),
        _ => 1 + choices.below(6),
    };
    let mut text = String::new();
    for _ in 0..parts {
        if choices.below(8) == 0 {
            // any character at all
            text.extend(char::from_u32(choices.below(0x11_0000) as u32));
            continue;
        }
        let kind = PIECES[choices.below(PIECES.len())];
        text.push_str(kind[choices.below(kind.len())]);
        if choices.below(4) == 0 {
            text.push(' ');
        }
    }
    text
}

/// A mark is in order, inside the text, and not empty.
fn unsound_marks(hit: &Hit) -> bool {
    let mut at = 0;
    hit.snippet.highlights.iter().any(|[start, end]| {
        let sound = at <= *start && start < end && hit.snippet.text.get(*start..*end).is_some();
        at = *end;
        !sound
    })
}

fn search_all(seed: u64, count: usize) -> Vec<String> {
    let mut choices = Choices::seeded(seed);
    let mut failures = Vec::new();
    for at in 0..count {
        let query = string(&mut choices);
        let request =
            SearchRequest::new(&query).literal(at % 2 == 0).limit(3).snippet_width(choices.below(90));
        match index().search(&request) {
            Ok(answer) if answer.hits.iter().any(unsound_marks) => {
                failures.push(format!("{query:?}: bad marks"))
            }
            Ok(answer) if answer.total < answer.hits.len() => failures.push(format!("{query:?}: bad total")),
            Ok(_) => {}
            Err(error) => failures.push(format!("{query:?}: {error}")),
        }
    }
    failures
}

#[test]
fn no_string_is_an_error() {
    index();
    let threads: Vec<_> =
        [1, 2].map(|seed| std::thread::spawn(move || search_all(seed, STRINGS / 2))).into_iter().collect();
    let failures: Vec<String> =
        threads.into_iter().flat_map(|thread| thread.join().expect("no query panics")).collect();
    assert_none("queries failed", &failures);
}

#[test]
fn very_long_queries_end() {
    let mut failures = Vec::new();
    for piece in ["骨", "骨科 ", "(", "\"", "-", "骨科 OR ", "\u{301}", "9", "一院", "title:a ", "發", "的"]
    {
        let query = piece.repeat(20_000 / piece.len());
        if let Err(error) = index().search(&SearchRequest::new(&query)) {
            failures.push(format!("{piece:?}: {error}"));
        }
    }
    assert_none("queries failed", &failures);
}

/// Law: a marked range, unified, equals what was asked for, unified. Both scripts, also where lengths change.
#[test]
fn marks_are_what_was_asked_for() {
    let mut failures = Vec::new();
    let mut check = |query: &str, marks: &[&str]| {
        let answer = index().search(&SearchRequest::new(query)).expect("a search");
        let Some(hit) = answer.hits.first() else { return failures.push(format!("{query}: nothing found")) };
        let found: Vec<&str> =
            hit.snippet.highlights.iter().map(|[start, end]| &hit.snippet.text[*start..*end]).collect();
        if found != marks {
            failures.push(format!("{query}: {found:?} in {:?}", hit.snippet.text));
        }
    };
    check("隨身碟", &["隨身碟"]);
    check("随身碟", &["隨身碟"]);
    check("雷射", &["雷射"]);
    check("資訊系統", &["資訊系統"]);
    check("该院骨科", &["该院骨科"]);
    check("該院骨科", &["该院骨科"]);
    check("病人无需", &["病人無需"]);
    check("覆盖全市", &["覆盖全市"]);
    check("\"眼科\"", &["眼科"]);
    // another name is marked as it stands
    check("叶克膜", &["體外膜肺氧合", "ECMO"]);
    check("人工肺", &["體外膜肺氧合", "ECMO"]);
    assert_none("snippets are marked wrongly", &failures);
}
