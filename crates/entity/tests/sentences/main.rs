//! Every way in which news begins, gives titles and goes on, with every other: sentences that are read alone are read together.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use xinglin_entity::{Source, Tagger};

mod beside;
mod lists;
mod news;
mod words;

const HOSPITAL: &str = "绵阳市中心医院";

/// Departments with the city's title, and the years in which they were given it.
type Held = &'static [(&'static str, Option<i32>)];

/// A department with its title's level and status, and the year in which it was given.
type Given = (&'static str, &'static str, &'static str, Option<i32>);

/// Titles, with their level and status.
const TITLES: &[(&str, &str, &str)] = &[
    ("省级临床重点专科建设项目", "provincial", "construction"),
    ("四川省临床重点专科", "provincial", "designated"),
    ("国家临床重点专科建设项目", "national", "construction"),
];

fn records(tagger: &Tagger, title: &str, text: &str) -> BTreeSet<String> {
    let text = format!("{title}\n\n{text}\n");
    let tags =
        tagger.tag(&Source { title, text: &text, published: Some((2023, 5, 12)), ..Source::default() });
    let told = tags.designations.iter().map(|record| {
        format!(
            "{} {} {} {} {:?}",
            record.institution, record.specialty, record.level, record.status, record.year
        )
    });
    told.collect()
}

/// What is told of a text beside what should be, where they differ.
fn difference(tagger: &Tagger, title: &str, text: &str, wanted: &BTreeSet<String>) -> Option<String> {
    let found = records(tagger, title, text);
    (found != *wanted).then(|| format!("{text}\n  found {found:?}\n  wanted {wanted:?}"))
}

fn expected(hospital: &str, field: &str, (level, status): (&str, &str), year: Option<i32>) -> String {
    format!("{hospital} {field} {level} {status} {year:?}")
}
