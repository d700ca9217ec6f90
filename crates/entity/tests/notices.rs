//! Notices as data: what each says, in `tests/notices/*.txt`.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::{fs, path::Path};

use xinglin_entity::{Source, Tagger, Tags};

#[derive(Default)]
struct Notice {
    name: String,
    title: String,
    published: Option<(i32, u8, u8)>,
    noise: String,
    text: String,
    expected: Vec<(String, String)>,
}

fn read(path: &Path) -> Vec<Notice> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.split("\n=== ").skip(1).map(parse).collect()
}

fn parse(block: &str) -> Notice {
    let mut notice = Notice::default();
    let mut part = "head";
    for (number, line) in block.lines().enumerate() {
        match (part, line) {
            _ if number == 0 => notice.name = line.to_owned(),
            ("head" | "noise", "text:") => part = "text",
            ("head", "noise:") => part = "noise",
            ("noise", _) => writeln!(notice.noise, "{line}").expect("a string takes it"),
            ("text", "---") => part = "facts",
            ("text", _) => writeln!(notice.text, "{line}").expect("a string takes it"),
            ("facts", _) if !line.is_empty() => {
                let (key, value) = line.split_once(':').unwrap_or_else(|| panic!("{}: {line}", notice.name));
                notice.expected.push((key.to_owned(), value.trim().to_owned()));
            }
            ("head", _) => {
                if let Some(title) = line.strip_prefix("title: ") {
                    notice.title = title.to_owned();
                } else if line == "published:" {
                    notice.published = None;
                } else if let Some(date) = line.strip_prefix("published: ") {
                    let mut numbers = date.split('-').map(|number| number.parse::<i32>().expect("a date"));
                    let mut next = || numbers.next().expect("a date");
                    notice.published = Some((next(), next() as u8, next() as u8));
                } else {
                    panic!("{}: {line}", notice.name);
                }
            }
            _ => {}
        }
    }
    notice
}

fn set(items: impl IntoIterator<Item = impl Into<String>>) -> BTreeSet<String> {
    items.into_iter().map(Into::into).filter(|item| !item.is_empty()).collect()
}

fn split(value: &str) -> BTreeSet<String> {
    set(value.split(';').map(str::trim))
}

fn records(tags: &Tags) -> BTreeSet<String> {
    set(tags.designations.iter().map(|record| {
        format!(
            "{} | {} | {} | {} | {} | {} | {}",
            record.institution,
            record.specialty,
            record.programme,
            record.level,
            record.tier.map_or("-", |tier| tier.as_str()),
            record.status,
            record.year.map_or("-".to_owned(), |year| year.to_string()),
        )
    }))
}

fn check(tagger: &Tagger, notice: &Notice) -> Vec<String> {
    let tags = tagger.tag(&Source {
        title: &notice.title,
        text: &notice.text,
        noise: &notice.noise,
        published: notice.published,
        ..Source::default()
    });
    for record in &tags.designations {
        let evidence = &record.evidence;
        assert_eq!(
            notice.text.get(evidence.start..evidence.end),
            Some(evidence.text.as_str()),
            "{}",
            notice.name
        );
    }
    let mut wrong = Vec::new();
    let mut compare = |key: &str, expected: BTreeSet<String>, found: BTreeSet<String>| {
        for item in expected.difference(&found) {
            wrong.push(format!("{}: {key} missed: {item}", notice.name));
        }
        for item in found.difference(&expected) {
            wrong.push(format!("{}: {key} wrong:  {item}", notice.name));
        }
    };
    for (key, value) in &notice.expected {
        match key.as_str() {
            "subjects" => compare(key, split(value), set(tags.subjects.clone())),
            "regions" => compare(key, split(value), set(tags.regions.clone())),
            "specialties" => compare(key, split(value), set(tags.specialties.clone())),
            "year" => compare(key, set([value.clone()]), set(tags.year.map(|year| year.to_string()))),
            "record" => {}
            other => panic!("{}: unknown key {other}", notice.name),
        }
    }
    let expected = notice.expected.iter().filter(|(key, _)| key == "record").map(|(_, value)| value.clone());
    compare("record", set(expected), records(&tags));
    wrong
}

#[test]
fn notices_say_what_they_say() {
    let tagger = Tagger::new().expect("the embedded gazetteers make a matcher");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/notices");
    let mut count = 0;
    let mut wrong = Vec::new();
    for file in [
        "wished_for.txt",
        "news.txt",
        "lists.txt",
        "none.txt",
        "more.txt",
        "wider.txt",
        "law.txt",
        "whose.txt",
        "classes.txt",
        "unseen.txt",
        "layouts.txt",
        "sentences.txt",
        "reach.txt",
        "turns.txt",
        "settled.txt",
        "breadth.txt",
        "told.txt",
        "tables.txt",
        "second_sight.txt",
        "beside.txt",
        "behind.txt",
        "apart.txt",
        "pairs.txt",
        "hosts.txt",
        "honours.txt",
        "turns_of_year.txt",
        "annexes.txt",
        "counties.txt",
        "asked_and_told.txt",
        "given_since.txt",
        "county_pages.txt",
        "items.txt",
        "still_theirs.txt",
        "one_by_one.txt",
        "in_passing.txt",
        "asked_about.txt",
        "as_what.txt",
        "in_their_turn.txt",
        "own_story.txt",
        "city_lists.txt",
        "siblings.txt",
        "told_freely.txt",
    ] {
        for notice in read(&folder.join(file)) {
            count += 1;
            wrong.extend(check(&tagger, &notice));
        }
    }
    assert!(count >= 40, "{count} notices");
    assert!(wrong.is_empty(), "{} complaints over {count} notices:\n{}", wrong.len(), wrong.join("\n"));
}
