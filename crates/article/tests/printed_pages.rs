//! Pages as papers, sites, authorities and word processors print them: which line is the title, which date the day of publication,
//! what is noise. The pages lie in `tests/pages/`; each begins with `%%%` and its name, then what is true of it, then `---`.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::path::Path;

use common::read;
use xinglin_article::Format;

/// What is true of a page, and the page.
#[derive(Default)]
struct Sample<'s> {
    name: &'s str,
    title: &'s str,
    /// A day, a year alone, `none`, or `any`.
    day: &'s str,
    noise: Vec<&'s str>,
    text: Vec<&'s str>,
    page: &'s str,
}

fn samples(file: &str) -> Vec<Sample<'_>> {
    let sections = file.split("%%% ").skip(1);
    sections
        .map(|section| {
            let (truth, page) = section.split_once("\n---\n").expect("a page stands behind ---");
            let mut lines = truth.lines();
            let mut sample =
                Sample { name: lines.next().expect("a name"), page: page.trim_end(), ..Sample::default() };
            for line in lines {
                match line.split_once(": ").expect("key: value") {
                    ("title", value) => sample.title = value,
                    ("day", value) => sample.day = value,
                    ("noise", value) => sample.noise.push(value),
                    ("text", value) => sample.text.push(value),
                    (key, _) => panic!("{key} is no key of a page"),
                }
            }
            sample
        })
        .collect()
}

/// What is wrong with how a page is read, a line each.
fn faults(sample: &Sample<'_>, format: Format) -> Vec<String> {
    let article = read(sample.page.as_bytes(), format);
    let mut faults = Vec::new();
    let mut expect = |what: &str, found: &str, expected: &str| {
        if found != expected {
            faults.push(format!("{}: {what} {found:?}, not {expected:?}", sample.name));
        }
    };
    expect("title", &article.title, sample.title);
    let day = article.published.map(|day| day.to_string());
    let year = article.published_year.map(|year| year.to_string());
    let any = sample.day == "any";
    expect(
        "day",
        day.or(year).filter(|_| !any).as_deref().unwrap_or("none"),
        if any { "none" } else { sample.day },
    );
    for piece in &sample.noise {
        let placed = article.noise.contains(piece) && !article.text.contains(piece);
        expect("noise", if placed { piece } else { "elsewhere" }, piece);
    }
    for piece in &sample.text {
        let placed = article.text.contains(piece);
        expect("text", if placed { piece } else { "elsewhere" }, piece);
    }
    faults
}

fn check(file: &str, format: Format) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(file);
    let file = std::fs::read_to_string(path).expect("the pages lie beside the test");
    let samples = samples(&file);
    let faults: Vec<String> = samples.iter().flat_map(|sample| faults(sample, format)).collect();
    assert!(faults.is_empty(), "{} faults in {} pages\n{}", faults.len(), samples.len(), faults.join("\n"));
}

#[test]
fn pages_of_papers() {
    check("papers.txt", Format::Text);
}

#[test]
fn pages_of_sites() {
    check("sites.txt", Format::Text);
}

#[test]
fn pages_of_markup() {
    check("markup.txt", Format::Html);
}

#[test]
fn what_stands_around() {
    check("around.txt", Format::Text);
}

#[test]
fn pages_of_misnamed_boxes() {
    check("boxes.txt", Format::Html);
}

#[test]
fn pages_of_feeds() {
    check("feeds.txt", Format::Text);
}
