//! `index` run again: new, changed and vanished files only.

use serde_json::Value;

use crate::support::{Folder, run};

fn again(folder: &Folder, more: &[&str]) -> Value {
    let (news, index) = (folder.news(), folder.index());
    let mut arguments =
        vec!["index", news.to_str().expect("a path"), "--index", index.to_str().expect("a path")];
    arguments.extend(["--format", "json"]);
    arguments.extend(more);
    run(arguments).expect(0).json()
}

#[track_caller]
fn check(report: &Value, indexed: u64, unchanged: u64, removed: u64) {
    let found = ["indexed", "unchanged", "removed"].map(|key| report[key].as_u64().expect("a number"));
    assert_eq!(found, [indexed, unchanged, removed], "{report}");
}

#[test]
fn only_what_changed_is_read() {
    let folder = Folder::with(&[
        ("甲.txt", "汉中市中心医院骨科获批省级临床重点专科。".as_bytes()),
        ("子 夹/乙.txt", "安康市中心医院儿科获批省级临床重点专科。".as_bytes()),
        (
            "丙.jsonl",
            "{\"id\":1,\"text\":\"宝鸡市中心医院开诊\"}\n{\"id\":2,\"text\":\"咸阳市中心医院开诊\"}\n"
                .as_bytes(),
        ),
    ]);
    check(&again(&folder, &[]), 4, 0, 0);
    check(&again(&folder, &[]), 0, 4, 0);
    folder.write("甲.txt", "汉中市中心医院眼科获批省级临床重点专科，比原来长。".as_bytes());
    std::fs::remove_file(folder.news().join("子 夹/乙.txt")).expect("a file");
    check(&again(&folder, &[]), 1, 2, 1);
    folder.ask(&["search", "眼科"]).expect(0);
    folder.ask(&["search", "\"儿科获批\""]).expect(1);
    folder.ask(&["show", "丙.jsonl"]);
    check(&again(&folder, &["--rebuild"]), 3, 0, 0);
    folder.ask(&["search", "眼科"]).expect(0);
    folder.ask(&["check"]).expect(0);
}
