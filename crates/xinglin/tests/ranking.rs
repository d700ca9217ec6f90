//! The order of answers, reposts under one hit, pages that follow each other, and what a query is taken to mean.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use tempfile::TempDir;
use xinglin::{Answer, Index, Ingest, NewArticle, Note, ScoreKind, SearchRequest};

use crate::common::{assert_none, indexed_corpus};

fn index_of(articles: Vec<NewArticle>) -> (TempDir, Index) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    Ingest::into(dir.path()).articles("test", articles).expect("articles are indexed");
    let index = Index::open(dir.path()).expect("the index opens");
    (dir, index)
}

fn ids(answer: &Answer) -> Vec<String> {
    answer.hits.iter().map(|hit| hit.id.clone()).collect()
}

fn search(index: &Index, query: &str) -> Vec<String> {
    ids(&index.search(&SearchRequest::new(query)).expect("a search"))
}

const STORY: &str = "近日，海滨市中心医院召开学科建设推进会，回顾三年来的进展。会上，骨科、眼科和检验科的负责人先后发言，\
    介绍了人才引进、设备更新和科研立项的情况。院长表示，下一步要把力量放在基层，让居民在家门口看好病。\
    与会人员还参观了新启用的门诊楼，对一站式服务留下了深刻印象。医院将于下月开展义诊，欢迎居民前来咨询。";

#[test]
fn words_stand_above_letters_across_words() {
    let mut articles = vec![NewArticle::new(
        "和服",
        "社区文化节\n居民穿着和服走上舞台，介绍异国风情，活动持续了整整一个下午，大家都很尽兴。",
    )];
    for at in 0..30 {
        articles.push(NewArticle::new(
            format!("服务{at:02}"),
            format!("产品和服务\n产品和服务第{at}期：产品和服务，产品和服务。"),
        ));
    }
    let (_dir, index) = index_of(articles);
    assert_eq!(search(&index, "和服")[0], "和服");
    assert_eq!(index.search(&SearchRequest::new("和服")).expect("a search").total, 31);
}

#[test]
fn reposts_stand_behind_one_hit() {
    let mut articles = vec![
        NewArticle::new("原文", format!("海滨市中心医院召开学科建设推进会\n{STORY}")).published("2023-05-01"),
        NewArticle::new(
            "别的",
            "海滨市中心医院召开职工大会\n大会听取了学科建设推进会的筹备报告，选举了新一届工会委员，表彰了先进。",
        ),
    ];
    for at in 0..150 {
        let text =
            format!("【转载】海滨市中心医院开会\n{}\n来源：健康晚报{at}", STORY.replace("近日", "日前"));
        articles.push(NewArticle::new(format!("转载{at:03}"), text).published("2023-05-02"));
    }
    let (_dir, index) = index_of(articles);
    let answer = index.search(&SearchRequest::new("学科建设推进会")).expect("a search");
    assert_eq!((answer.total, answer.hits.len()), (152, 2), "{:?}", ids(&answer));
    let mut duplicates: Vec<usize> = answer.hits.iter().map(|hit| hit.duplicates).collect();
    duplicates.sort_unstable();
    assert_eq!(duplicates, [0, 150]);
    let all = index.search(&SearchRequest::new("学科建设推进会").all(true).limit(200)).expect("a search");
    assert_eq!((all.total, all.hits.len()), (152, 152));
    assert!(all.hits.iter().all(|hit| hit.duplicates == 0));
    let dated = SearchRequest::new("学科建设推进会").sort(xinglin::Sort::Date);
    assert_eq!(index.search(&dated).expect("a search").hits.len(), 2);
}

#[test]
fn pages_follow_each_other() {
    let articles = (0..230).map(|at| {
        let text = format!(
            "骨科通讯第{at}期\n本期谈骨科的{}个病例，第{}号病区，共{}人。",
            at % 7,
            at * 31 % 97,
            at * 17 % 89
        );
        NewArticle::new(format!("{at:03}"), text).published(format!("20{:02}-01-01", 10 + at % 13))
    });
    let (_dir, index) = index_of(articles.collect());
    let mut failures = Vec::new();
    for query in ["骨科", "骨科 病例", "骨科通讯的病例有哪些", "病区 2015"] {
        for all in [true, false] {
            let request = SearchRequest::new(query).all(all);
            let whole = ids(&index.search(&request.clone().limit(230)).expect("a search"));
            let mut paged = Vec::new();
            while paged.len() < whole.len() {
                let page = index.search(&request.clone().offset(paged.len()).limit(7)).expect("a search");
                if page.hits.is_empty() {
                    break;
                }
                paged.extend(ids(&page));
            }
            if paged != whole {
                let at = paged.iter().zip(&whole).take_while(|(a, b)| a == b).count();
                failures
                    .push(format!("{query} all={all}: pages part from the whole at {at} of {}", whole.len()));
            }
        }
    }
    assert_none("orders changed from page to page", &failures);
}

#[test]
fn among_equals_the_newer_comes_first() {
    let story =
        |day: &str, lead: &str| format!("{lead}\n{lead}，{day}在市民广场举行，内科和外科的医生到场。");
    let (_dir, index) = index_of(vec![
        NewArticle::new("旧", story("上午", "海滨医院义诊活动")).published("2015-03-01"),
        NewArticle::new("新", story("下午", "滨海医院义诊活动")).published("2024-03-01"),
        NewArticle::new("无日期", story("傍晚", "海港医院义诊活动")),
    ]);
    assert_eq!(search(&index, "义诊活动"), ["新", "旧", "无日期"]);
}

#[test]
fn an_expansion_ranks_below_the_letters_and_is_marked() {
    let (_dir, index) = index_of(vec![
        NewArticle::new("全称", "病房通气\n医院的体外膜肺氧合团队昨天出动，体外膜肺氧合设备运转正常。"),
        NewArticle::new("字面", "病房通气\n医院的人工肺团队昨天出动，设备运转正常，家属放心。"),
    ]);
    let answer = index.search(&SearchRequest::new("人工肺").explain(true)).expect("a search");
    assert_eq!(ids(&answer), ["字面", "全称"]);
    let snippet = &answer.hits[1].snippet;
    let [start, end] = snippet.highlights[0];
    assert_eq!(&snippet.text[start..end], "体外膜肺氧合");
    assert!(answer.hits[0].explanation.iter().any(|part| part.part == ScoreKind::Query));
    let literal = index.search(&SearchRequest::new("人工肺").literal(true)).expect("a search");
    assert_eq!(ids(&literal), ["字面"]);
}

#[test]
fn facts_in_a_query_raise_the_record_that_says_so() {
    let index = &indexed_corpus().index;
    let mut failures = Vec::new();
    let mut check = |query: &str, first: &str| {
        let found = search(index, query);
        if found.first().map(String::as_str) != Some(first) {
            failures.push(format!("{query}: {:?}", found.first()));
        }
    };
    for query in [
        "湖北 神经内科 国家临床重点专科 2023",
        "2023 国家临床重点专科 湖北 神经内科",
        "湖北神经内科国家临床重点专科2023",
        "湖北神經內科國家臨床重點專科2023",
        "2023年湖北有哪些医院的神经内科是国家临床重点专科？",
        "湖北哪家医院的神经内科获批国家临床重点专科",
        "荆州神经内科是什么时候成为国家临床重点专科的吗",
        "國家臨床重點專科 神經內科 荊州",
    ] {
        check(query, "dev-04.txt");
    }
    check("山东血液科国家临床重点专科2023", "dev-31.html");
    check("心血管内科青海省级建设项目", "dev-17.txt");
    assert_none("records do not come first", &failures);
}

/// Names without their 市, by number, by university: found by what is printed.
#[test]
fn names_as_they_are_said_find_what_is_printed() {
    let index = &indexed_corpus().index;
    let mut failures = Vec::new();
    for (query, file) in [
        ("荆州中心医院", "dev-04.txt"),
        ("齐齐哈尔第一医院", "dev-11.txt"),
        ("喀什一院", "dev-07.txt"),
        ("溫醫大附五院", "dev-28.txt"),
        ("940医院", "dev-16.txt"),
        ("邓州人医", "dev-39.txt"),
        ("贵阳妇幼", "dev-37.html"),
    ] {
        let answer = index.search(&SearchRequest::new(query)).expect("a search");
        let first = answer.hits.first().map(|hit| hit.file.as_str());
        if first != Some(file) || answer.relaxed || answer.suggestion.is_some() {
            failures.push(format!("{query}: {first:?}, relaxed {}, {:?}", answer.relaxed, answer.suggestion));
        }
    }
    assert_none("names are not understood", &failures);
}

#[test]
fn names_that_may_mean_several_ask_for_a_place() {
    let index = &indexed_corpus().index;
    let asks = |query: &str| {
        let answer = index.search(&SearchRequest::new(query)).expect("a search");
        answer.notes.iter().any(|note| matches!(note, Note::Ambiguous { .. }))
    };
    assert!(asks("协和"));
    assert!(!asks("协和 深圳"));
    assert!(!asks("湘雅三院"));
}

#[test]
fn a_query_that_says_nothing_finds_its_letters_alone() {
    let (_dir, index) = index_of(vec![
        NewArticle::new("甲", "问答\n有哪些医院可以报名？"),
        NewArticle::new("乙", "通知\n骨科的门诊是在二楼。"),
    ]);
    assert_eq!(search(&index, "有哪些"), ["甲"]);
    let answer = index.search(&SearchRequest::new("是什么的呢")).expect("a search");
    assert_eq!((answer.total, answer.notes.as_slice()), (0, [Note::SaysNothing].as_slice()));
}

#[test]
fn a_folder_of_ones_own_names() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(dir.path().join("spoken.tsv"), "# 本地俗称\n老县院\t海滨县人民医院\n").expect("written");
    let (_dir, index) =
        index_of(vec![NewArticle::new("甲", "海滨县人民医院举行义诊\n海滨县人民医院在广场义诊。")]);
    assert!(search(&index, "\"老县院\"").is_empty());
    let index = index.with_gazetteer(dir.path()).expect("a folder of names");
    assert_eq!(search(&index, "老县院"), ["甲"]);
}
