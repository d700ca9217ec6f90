//! Real pages, where there are any beside the checkout: what a person asks of them, and what must come back.
//! The pages themselves are not part of the project; a page is named by the number that its file name begins with.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeSet;

use xinglin::{FacetField, FacetRequest, FacetValue, Index, RecordRequest, SearchRequest, YearRange};

use crate::common::{Indexed, index_of, seeds};

const ORTHOPAEDICS_3201: &str = "000";
const DEZHOU: &str = "001";
const ANKANG: &str = "002";
const HESHAN: &str = "003";
const LIAOYANG: &str = "004";

/// The index of the real pages; `None` where there are none, or other ones than these five.
fn indexed() -> Option<Indexed> {
    let (pages, _) = seeds()?;
    let indexed = index_of(&pages);
    if indexed.report.indexed != 5 {
        eprintln!(
            "left out: {} articles in {}, these questions are about five",
            indexed.report.indexed,
            pages.display()
        );
        return None;
    }
    Some(indexed)
}

/// The pages that answer, best first.
fn found(index: &Index, request: &SearchRequest) -> Vec<String> {
    let answer = index.search(request).expect("a search");
    answer.hits.iter().map(|hit| hit.file.chars().take(3).collect()).collect()
}

fn sorted(mut pages: Vec<String>) -> Vec<String> {
    pages.sort();
    pages
}

#[test]
fn a_place_and_a_title_find_its_pages_and_nothing_else() {
    let Some(Indexed { index, dir: _dir, .. }) = indexed() else { return };
    for query in ["国家临床重点专科", "國家臨床重點專科"] {
        for region in ["陕西", "陝西"] {
            let pages = found(&index, &SearchRequest::new(query).region(region));
            assert_eq!(sorted(pages), [ORTHOPAEDICS_3201, ANKANG], "{query} in {region}");
        }
    }
}

#[test]
fn each_name_finds_its_page() {
    let Some(Indexed { index, dir: _dir, .. }) = indexed() else { return };
    let check = |request: SearchRequest, first: &[&str]| {
        let pages = found(&index, &request);
        let top: BTreeSet<&str> = pages.iter().take(first.len()).map(String::as_str).collect();
        assert_eq!(top, first.iter().copied().collect(), "{:?} found {pages:?}", request.query);
    };
    let of_2023 = SearchRequest::new("骨科").specialty("骨科").year(YearRange::of(2023));
    check(of_2023, &[ORTHOPAEDICS_3201]);
    check(SearchRequest::new("市中心医院"), &[ANKANG, LIAOYANG]);
    check(SearchRequest::new("天坛医院"), &[LIAOYANG]);
    check(SearchRequest::new("赵全明"), &[LIAOYANG]);
    check(SearchRequest::new("雅瑶分院"), &[HESHAN]);
}

#[test]
fn a_short_name_finds_pages_with_the_long_one() {
    let Some(Indexed { index, dir: _dir, .. }) = indexed() else { return };
    let pages = found(&index, &SearchRequest::new("心内科"));
    for page in [DEZHOU, ANKANG, LIAOYANG] {
        assert!(pages.iter().any(|found| found == page), "{page} says 心血管内科 and is not in {pages:?}");
    }
}

#[test]
fn provinces_are_counted() {
    let Some(Indexed { index, dir: _dir, .. }) = indexed() else { return };
    let answer = index.facets(&FacetRequest::new("").by(FacetField::Region)).expect("counts");
    let counts: BTreeSet<(String, usize)> =
        answer.facets.0[0].1.iter().map(|count| (count.value.to_string(), count.count)).collect();
    let expected = [("陕西省", 2), ("山东省", 1), ("广东省", 1), ("辽宁省", 1)];
    assert_eq!(counts, expected.map(|(name, count)| (name.to_owned(), count)).into());
    let most = answer.facets.0[0].1.first().map(|count| count.value.clone());
    assert_eq!(most, Some(FacetValue::Text("陕西省".to_owned())), "the most frequent stands first");
}

#[test]
fn titles_are_looked_up() {
    let Some(Indexed { index, dir: _dir, .. }) = indexed() else { return };
    let of_dezhou = index.records(&RecordRequest::new("").region("德州")).expect("a look-up");
    assert_eq!((of_dezhou.total, of_dezhou.records.len()), (20, 20));
    assert!(of_dezhou.records.iter().all(|record| record.file.starts_with(DEZHOU)));
    let national = index.records(&RecordRequest::new("").level("national")).expect("a look-up");
    let specialties: BTreeSet<&str> =
        national.records.iter().map(|record| record.specialty.as_str()).collect();
    assert_eq!(specialties, BTreeSet::from(["骨科", "消化内科", "心血管内科"]));
    assert_eq!(national.total, 3);
}

#[test]
fn an_advert_is_found_in_the_noise_alone() {
    let Some(Indexed { index, dir: _dir, .. }) = indexed() else { return };
    let answer = index.search(&SearchRequest::new("白癜风")).expect("a search");
    assert!(answer.understood.is_empty(), "{:?}", answer.understood);
    let hits: Vec<(&str, bool)> =
        answer.hits.iter().map(|hit| (hit.file.get(..3).unwrap_or_default(), hit.in_noise)).collect();
    assert_eq!(hits, [(HESHAN, true)]);
    assert!(
        answer.hits[0].regions.iter().all(|region| !region.starts_with("北京市")),
        "{:?}",
        answer.hits[0].regions
    );
    let of_beijing = found(&index, &SearchRequest::new("").region("北京"));
    assert!(of_beijing.is_empty(), "{of_beijing:?}");
}
