//! What a person gets who mistyped or is still typing.

use crate::support::{ask, ask_with, columns};

#[test]
fn completions_for_people_and_programs() {
    for (prefix, first) in
        [("心血", "心血管内科"), ("xinx", "心血管内科"), ("gk", "骨科"), ("shen jing w", "神经外科")]
    {
        let ran = ask(&["suggest", prefix]).expect(0);
        assert!(ran.out.starts_with(first), "{prefix}: {ran:?}");
        let answer = ask(&["suggest", prefix, "--format", "json", "--limit", "3"]).expect(0).json();
        assert_eq!(answer["prefix"], prefix);
        let completions = answer["completions"].as_array().expect("completions");
        assert!(completions.len() <= 3 && completions[0]["text"] == first, "{answer}");
        assert_eq!(completions[0]["kind"], "specialty");
        let found = ask(&["search", first, "--literal", "--format", "json", "--limit", "0"]).json();
        assert_eq!(completions[0]["count"], found["total"], "{prefix}");
    }
}

#[test]
fn nothing_begins_so() {
    let ran = ask(&["suggest", "鑫鑫鑫"]).expect(1);
    assert!(ran.out.is_empty() && ran.err.contains("鑫鑫鑫"), "{ran:?}");
    assert_eq!(
        ask(&["suggest", "，。", "--format", "json"]).expect(1).json()["completions"],
        serde_json::json!([])
    );
    ask(&["suggest"]).expect(2);
}

#[test]
fn completions_fit_the_terminal() {
    for width in [40, 80] {
        let ran = ask_with(&[("COLUMNS", &width.to_string())], &["suggest", "g"]).expect(0);
        for line in ran.out.lines() {
            assert!(columns(line) <= width, "{line}");
        }
    }
}

#[test]
fn a_slip_is_answered_and_said_so() {
    let ran = ask(&["search", "重典专科"]).expect(0);
    assert!(ran.err.contains("您是不是要找：重点专科"), "{ran:?}");
    let answer = ask(&["search", "重典专科", "--format", "json"]).expect(0).json();
    assert_eq!((&answer["query"], &answer["suggestion"]), (&"重典专科".into(), &"重点专科".into()));
    assert_eq!(answer["corrected"], true);
    assert!(answer["hits"][0]["snippet"]["text"].as_str().is_some_and(|text| text.contains("重点专科")));
    let literal = ask(&["search", "重典专科", "--literal", "--format", "json"]).json();
    assert!(literal["suggestion"].is_null() && literal["corrected"] == false);
    let right = ask(&["search", "重点专科", "--format", "json"]).expect(0).json();
    assert!(right["suggestion"].is_null() && right["corrected"] == false);
}

#[test]
fn counts_of_a_slip_name_what_was_meant() {
    let ran = ask(&["facets", "xinneike", "--by", "year"]);
    assert!(ran.err.contains("您是不是要找：心内科"), "{ran:?}");
}
