//! The names that the gazetteers know are terms of an index, so that each is found in one step.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use xinglin_text::{CharClass, Dictionary, class, fold};

fn check(table: &str, columns: &[usize]) {
    let rows = table.lines().filter(|row| !row.is_empty() && !row.starts_with('#'));
    let dictionary = Dictionary::embedded();
    let mut names = 0;
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        for name in columns.iter().filter_map(|at| cells.get(*at)).flat_map(|cell| cell.split('|')) {
            let han = name.chars().all(|c| class(fold(c)) == CharClass::Han);
            if han && (2..=dictionary.longest_word()).contains(&name.chars().count()) {
                names += 1;
                assert!(dictionary.is_term(name), "{name}: run crates/text/tools/make_names.py");
            }
        }
    }
    assert!(names > 50, "{names}");
}

#[test]
fn names_are_terms() {
    check(include_str!("../data/specialties.tsv"), &[0, 3]);
    check(include_str!("../data/specialties-aliases.tsv"), &[0, 1]);
    check(include_str!("../data/institutions.tsv"), &[0, 1]);
    check(include_str!("../data/organisations.tsv"), &[0, 1]);
    check(include_str!("../data/regions-aliases.tsv"), &[0]);
}
