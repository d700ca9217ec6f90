//! Queries and conditions that mean nothing, or too much.

use xinglin::{ErrorKind, FacetField, FacetRequest, RecordRequest, SearchRequest, YearRange};

use crate::common::{assert_none, indexed_corpus};

/// Whatever is typed: an answer, in one piece.
#[test]
fn queries_of_every_kind() {
    let index = &indexed_corpus().index;
    let long: String = "神经内科重点专科建设".chars().cycle().take(10_000).collect();
    let words = "骨科 ".repeat(5_000);
    let nested = format!("{}骨科{}", "(".repeat(3_000), ")".repeat(3_000));
    let minus = "-".repeat(5_000);
    let queries = [
        "",
        " ",
        "　",
        "\n\t",
        "。",
        "，、；：",
        "!!!",
        "\"",
        "\"\"",
        "“”",
        "“",
        "”",
        "\"骨科",
        "骨科\"",
        "(",
        ")",
        "()",
        "(骨科",
        "骨科)",
        "((骨科) OR",
        "OR",
        "OR OR",
        "骨科 OR",
        "OR 骨科",
        "-",
        "--",
        "-骨科",
        "-\"骨科\"",
        "- 骨科",
        "-(",
        "-OR",
        "title:",
        "title:\"",
        "region:",
        "region:火星",
        "year:20233",
        "year:..",
        "level:超级",
        "未知:骨科",
        ":",
        "a:b:c",
        "\\",
        "*",
        "骨*",
        "?",
        "骨科~2",
        "[公示]",
        "{骨科}",
        "10:30",
        "http://www.example.com/?a=b&c=d",
        "\u{0}",
        "骨\u{0}科",
        "\u{202e}科骨",
        "\u{feff}骨科",
        "\u{fffd}",
        "🦴",
        "🦴科",
        "👨‍👩‍👧",
        "e\u{301}",
        "ｅｃｍｏ",
        "𠮷",
        "\u{10ffff}",
        "Ⅷ",
        "㎎",
        "﷽",
        "İ",
        "ß",
        &long,
        &words,
        &nested,
        &minus,
    ];
    let mut failures = Vec::new();
    for query in queries {
        let shown: String = query.chars().take(20).collect();
        for literal in [false, true] {
            if let Err(error) = index.search(&SearchRequest::new(query).literal(literal).limit(3)) {
                failures.push(format!("search {shown:?}: {error}"));
            }
        }
        if let Err(error) = index.facets(&FacetRequest::new(query).by(FacetField::Region)) {
            failures.push(format!("facets {shown:?}: {error}"));
        }
        if let Err(error) = index.records(&RecordRequest::new(query)) {
            failures.push(format!("records {shown:?}: {error}"));
        }
    }
    assert_none("queries were refused", &failures);
}

/// Punctuation alone names nothing; what cannot be read as written is read as plain words, and says so.
#[test]
fn odd_queries_still_mean_something() {
    let index = &indexed_corpus().index;
    let search = |query: &str| index.search(&SearchRequest::new(query).limit(50)).expect("a search");
    assert_eq!(search("").total, 40, "an empty query is answered by all");
    for query in ["(胸痛中心", "胸痛中心)"] {
        let answer = search(query);
        let first = answer.hits.first().map(|hit| hit.file.as_str());
        assert_eq!(first, Some("dev-35.txt"), "{query}");
        assert!(!answer.notes.is_empty(), "{query}: nothing says how it was read");
    }
    for query in
        ["\"胸痛中心", "胸痛中心\"", "【胸痛中心】", "胸痛中心？", "《胸痛中心》", "胸痛中心。", "：胸痛中心"]
    {
        let first = search(query).hits.first().map(|hit| hit.file.clone());
        assert_eq!(first.as_deref(), Some("dev-35.txt"), "{query}");
    }
    let piece = "三年来，该院接收县区转诊患者";
    let long = format!("{piece}{}", "1.9万人次，派出专家下沉1300余人次。".repeat(400));
    assert!(!search(&long).hits.is_empty(), "a question of thousands of characters");
}

/// An unknown name in a condition is refused, and the nearest known ones are offered.
#[test]
fn unknown_names_offer_the_nearest() {
    let index = &indexed_corpus().index;
    let check = |request: SearchRequest, field: &str, name: &str, offered: &str| {
        let Err(error) = index.search(&request) else { panic!("{name} passed as a {field}") };
        let ErrorKind::UnknownName { field: at, name: named, nearest } = error.kind() else {
            panic!("{name}: {error}")
        };
        assert_eq!((*at, named.as_str()), (field, name));
        assert!(nearest.iter().any(|near| near.contains(offered)), "{name}: {nearest:?} without {offered}");
        assert!(error.to_string().contains(name) && error.to_string().contains(offered), "{error}");
    };
    let any = || SearchRequest::new("骨科");
    check(any().region("陕四"), "region", "陕四", "陕西");
    check(any().region("汗中市"), "region", "汗中市", "汉中市");
    check(any().region("湖北省/荆洲市"), "region", "湖北省/荆洲市", "荆州");
    check(any().specialty("神经内斗"), "specialty", "神经内斗", "神经内科");
    check(any().specialty("心血管"), "specialty", "心血管", "心血管内科");
    check(any().level("超级"), "level", "超级", "national");
    check(any().status("也许"), "status", "也许", "construction");
    let Err(error) = index.article("dev-7.txt") else { panic!("there is no such article") };
    let ErrorKind::NotFound { nearest, .. } = error.kind() else { panic!("{error}") };
    assert!(nearest.iter().any(|near| near == "dev-07.txt"), "{nearest:?}");
}

#[test]
fn years_that_are_none() {
    let check = |text: &str, known: bool| {
        let year = text.parse::<YearRange>();
        assert_eq!(year.is_ok(), known, "{text}: {year:?}");
        if let Err(error) = year {
            let message = error.to_string();
            assert!(message.contains(text) && message.contains("2019..2023"), "{message}");
        }
    };
    for wrong in ["20233", "23", "二〇二三", "2023-2024x", "2024..2023", "..", "0", "-2023"] {
        check(wrong, false);
    }
    for right in ["2023", "2019..2023", "2019..", "..2020", "２０２３", "2023年"] {
        check(right, true);
    }
}

#[test]
fn a_limit_of_nothing_counts() {
    let index = &indexed_corpus().index;
    let answer =
        index.search(&SearchRequest::new("重点专科").limit(0).facet(FacetField::Year)).expect("a search");
    assert!(answer.hits.is_empty() && answer.total > 20, "{} hits of {}", answer.hits.len(), answer.total);
    assert!(answer.facets.is_some_and(|facets| !facets.0[0].1.is_empty()));
    let all = index.search(&SearchRequest::new("重点专科").limit(usize::MAX)).expect("a search");
    assert_eq!(all.hits.len(), all.total);
    let beyond = index.search(&SearchRequest::new("重点专科").offset(usize::MAX)).expect("a search");
    assert_eq!((beyond.hits.len(), beyond.total), (0, all.total));
}
