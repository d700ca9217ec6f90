//! 0 done or found, 1 nothing found, 2 an error.

use crate::support::{ask, run};

#[track_caller]
fn check(arguments: &[&str], code: i32, said: &[&str]) {
    let ran = ask(arguments).expect(code);
    for part in said {
        assert!(ran.err.contains(part), "{arguments:?} does not say {part:?}: {ran:?}");
    }
    if code == 2 {
        assert!(ran.out.is_empty(), "{arguments:?} is no data: {ran:?}");
        assert!(!ran.err.is_empty(), "{arguments:?} says nothing");
    }
}

#[test]
fn found() {
    for arguments in [
        &["search", "骨科"][..],
        &["search", "骨科", "--limit", "0"],
        &["search", "骨科", "--limit", "10000000", "--offset", "10000000"],
        &["search", "--region", "陕西"],
        &["search", "骨科", "-儿童"],
        &["search", "康复医学科", "--offset", "100000"],
        &["specialties"],
        &["specialties", "--level", "市级"],
        &["facets"],
        &["facets", "不会有的词語組合"],
        &["show", "dev-01.txt"],
        &["stats"],
        &["check"],
        &["completions", "bash"],
        &["completions", "fish"],
        &["man"],
        &["--help"],
        &["search", "--help"],
        &["--version"],
    ] {
        check(arguments, 0, &[]);
    }
}

#[test]
fn nothing_found_says_why() {
    check(&["search", "饕餮貔貅"], 1, &["没有找到", "饕餮貔貅"]);
    check(&["search", "\"延安大学咸阳医院\"", "--region", "海南"], 1, &["没有找到", "--region", "就有 1 篇"]);
    check(&["specialties", "饕餮貔貅"], 1, &["没有找到"]);
    check(&["search", ""], 1, &["查询是空的"]);
    check(&["search", " \u{3000} "], 1, &["查询是空的"]);
    check(&["search", "，。！？"], 1, &[]);
    check(&["show", "没有这篇.txt"], 1, &["没有这篇.txt"]);
}

#[test]
fn errors_say_what_to_do() {
    check(&["search"], 2, &["没有给出查询"]);
    check(&["serach", "骨科"], 2, &["search"]);
    check(&["search", "骨科", "--regoin", "陕西"], 2, &["--region"]);
    check(&["search", "骨科", "--year", "20233"], 2, &["20233", "2019..2023"]);
    check(&["search", "骨科", "--limit", "-1"], 2, &["--limit"]);
    check(&["search", "骨科", "--limit", "18446744073709551615"], 2, &["--limit", "10000000"]);
    check(&["search", "骨科", "--region", "火星市"], 2, &["火星市"]);
    check(&["search", "骨科", "--specialty", "占星科"], 2, &["占星科"]);
    check(&["search", "骨科", "--level", "宇宙级"], 2, &["宇宙级", "national"]);
    check(&["search", "骨科", "--format", "xml"], 2, &["json"]);
    check(&["search", "--batch", "/nonexistent/queries.tsv"], 2, &["/nonexistent/queries.tsv"]);
    check(&["search", "骨科", "--index", "/nonexistent/idx"], 2, &["/nonexistent/idx", "xinglin index"]);
    check(&["facets", "--by", "hospital"], 2, &["institution"]);
    check(&["completions", "csh"], 2, &["bash"]);
    check(&["stats", "--index", "/dev/null"], 2, &["/dev/null"]);
}

#[test]
fn no_arguments_is_a_usage_error() {
    let ran = run(std::iter::empty::<&str>()).expect(2);
    assert!(ran.out.is_empty() && ran.err.contains("specialties"), "{ran:?}");
}

#[test]
fn a_misspelt_place_gets_the_nearest_names() {
    check(&["search", "骨科", "--region", "汗中市"], 2, &["汉中市"]);
}

#[test]
fn quiet_says_only_what_went_wrong() {
    let ran = ask(&["search", "饕餮貔貅", "-q"]).expect(1);
    assert!(ran.err.is_empty(), "{ran:?}");
    let ran = ask(&["search", "骨科", "--region", "火星市", "--quiet"]).expect(2);
    assert!(ran.err.contains("火星市"), "{ran:?}");
}
