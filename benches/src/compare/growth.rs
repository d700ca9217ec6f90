//! What a query costs as the corpus grows.

use super::{Ground, Setting, Source, answers, cold, indexing, warm};
use crate::chart::{self, Line, Panel};
use crate::generate::Plan;
use crate::report::{Reach, Report, Row, Section, percentile};
use crate::sample::Samples;
use anyhow::Result;

/// One series of figures over the sizes.
struct Curve {
    name: String,
    colour: &'static str,
    unit: &'static str,
    query: bool,
    xinglin: Vec<(f64, f64)>,
    baseline: Vec<(f64, f64)>,
}

/// What a growth comparison found.
pub struct Growth {
    /// The figures of each size, and how they grow.
    pub report: Report,
    /// The chart, as SVG.
    pub chart: String,
}

/// Compares on generated corpora of several sizes, each the beginning of the next.
///
/// # Errors
///
/// As [`super::compare`].
pub fn growth(setting: &Setting, plan: Plan, sizes: &[u64]) -> Result<Growth> {
    let mut curves: Vec<Curve> = Vec::new();
    let mut sections = Vec::new();
    let mut described = Vec::new();
    let mut asked: Option<Samples> = None;
    for &articles in sizes {
        eprintln!("{articles} articles …");
        let work = setting.work.join(format!("{articles}"));
        let source = Source::Generated(Plan { articles, ..plan });
        let setting = Setting { source, work: work.clone(), ..setting.clone() };
        let mut ground = Ground::lay(&setting)?;
        // The same queries at each size, else their difference would pass for growth.
        match &asked {
            None => asked = Some(ground.samples.clone()),
            Some(samples) => ground.ask_again(samples)?,
        }
        // Large indexes take an hour: those that an earlier run left in the working folder are used again.
        let kept = indexing::kept(&setting);
        let (index, indexes) = if kept {
            indexing::sizes_alone(&setting, &ground)?
        } else {
            indexing::measure(&setting, &ground)?
        };
        let right = answers::measure(&setting, &ground, &indexes)?;
        let start = cold::measure(&setting, &ground, &indexes)?;
        let latencies = warm::latencies(&setting, &ground, &indexes)?;
        collect(&mut curves, articles, &index, &start, &latencies);
        described = super::describe(&setting, &ground);
        let open = warm::section(&setting, &latencies);
        sections.extend([index, right, start, open].map(|section| Section {
            heading: format!("{articles} articles: {}", section.heading),
            ..section
        }));
        if !kept {
            indexing::clear(&work)?;
        }
    }
    sections.push(steps(&curves));
    let setting: Vec<_> = described.into_iter().filter(|(name, _)| name != "articles").collect();
    let caption =
        setting.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(" · ");
    let chart = draw(&curves, &caption);
    Ok(Growth { report: Report { setting, sections }, chart })
}

fn collect(
    curves: &mut Vec<Curve>,
    articles: u64,
    index: &Section,
    start: &Section,
    latencies: &[(&'static str, warm::Latencies)],
) {
    let mut add = |name: String, colour, unit, query, xinglin: f64, baseline: Option<f64>| {
        if curves.iter().all(|curve| curve.name != name) {
            let name = name.clone();
            curves.push(Curve { name, colour, unit, query, xinglin: Vec::new(), baseline: Vec::new() });
        }
        if let Some(curve) = curves.iter_mut().find(|curve| curve.name == name) {
            curve.xinglin.push((articles as f64, xinglin));
            curve.baseline.extend(baseline.map(|baseline| (articles as f64, baseline)));
        }
    };
    let row = |section: &Section, name: &str| section.rows.iter().find(|row| row.name == name).cloned();
    if let Some(row) = row(start, "search") {
        add("cold search".to_owned(), "#7b3294", "ms", true, row.xinglin, row.baseline);
    }
    for ((kind, latencies), (colour, percent)) in
        latencies.iter().zip([("#d7301f", 50.0), ("#2171b5", 50.0), ("#238b45", 99.0)])
    {
        let [xinglin, baseline] =
            [&latencies.xinglin, &latencies.baseline].map(|all| percentile(all, percent));
        add(format!("{kind}, p{percent}"), colour, "ms", true, xinglin, Some(baseline));
    }
    if let Some(row) = row(index, "computing, 2 cores") {
        add("computing while indexing (s)".to_owned(), "#d7301f", "", false, row.xinglin, row.baseline);
    }
    if let Some(row) = row(index, "peak memory, 2 cores") {
        add("peak memory while indexing (MB)".to_owned(), "#2171b5", "", false, row.xinglin, row.baseline);
    }
    if let Some(row) = row(index, "index size") {
        add("index size (MB)".to_owned(), "#238b45", "", false, row.xinglin, row.baseline);
    }
}

/// How much dearer each step makes a query, brought to a step of ten.
fn steps(curves: &[Curve]) -> Section {
    let method =
        "cost of a query on one corpus ÷ cost on the corpus before, brought to ten times the articles";
    let mut section = Section::new("growth", method);
    for curve in curves.iter().filter(|curve| curve.query) {
        let tenfold = |points: &[(f64, f64)]| -> Vec<f64> {
            let steps = points.windows(2).filter_map(|step| match step {
                [(from, before), (to, after)] if *before > 0.0 && to > from => {
                    Some((after / before).powf(1.0 / (to / from).log10()))
                }
                _ => None,
            });
            steps.collect()
        };
        let (xinglin, baseline) = (tenfold(&curve.xinglin), tenfold(&curve.baseline));
        for (at, (ours, theirs)) in xinglin.iter().zip(&baseline).enumerate() {
            let articles = curve.xinglin.get(at + 1).map_or(0.0, |point| point.0);
            let row = Row::pair(format!("{}, up to {articles:.0}", curve.name), "×", *ours, *theirs);
            section.rows.push(row.reach(Reach::AtMost(4.0)));
        }
    }
    section
}

fn draw(curves: &[Curve], caption: &str) -> String {
    let panel = |title: &str, query: bool| {
        let chosen: Vec<&Curve> = curves.iter().filter(|curve| curve.query == query).collect();
        let line = |curve: &Curve, dashed: bool| Line {
            name: format!("{}: {}", if dashed { "baseline" } else { "xinglin" }, curve.name),
            colour: curve.colour,
            dashed,
            points: if dashed { curve.baseline.clone() } else { curve.xinglin.clone() },
        };
        let lines = chosen.iter().flat_map(|curve| [line(curve, false), line(curve, true)]).collect();
        Panel { title: title.to_owned(), unit: chosen.first().map_or("", |curve| curve.unit), lines }
    };
    chart::draw(&[panel("Cost of a query", true), panel("Cost of indexing", false)], caption)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(name: &str, query: bool, points: &[(f64, f64)]) -> Curve {
        let (xinglin, baseline) = (points.to_vec(), points.to_vec());
        Curve { name: name.to_owned(), colour: "red", unit: "ms", query, xinglin, baseline }
    }

    #[test]
    fn steps_are_brought_to_tenfold() {
        let curves = [
            curve("cold", true, &[(1e3, 1.0), (1e5, 9.0), (1e6, 45.0)]),
            curve("size", false, &[(1e3, 1.0), (1e5, 100.0)]),
        ];
        let rows = steps(&curves).rows;
        let figures: Vec<_> =
            rows.iter().map(|row| (row.name.as_str(), row.xinglin.round(), row.reached)).collect();
        assert_eq!(
            figures,
            [("cold, up to 100000", 3.0, Some(true)), ("cold, up to 1000000", 5.0, Some(false))]
        );
        let svg = draw(&curves, "caption");
        assert!(svg.contains("baseline: cold") && svg.contains("xinglin: size"));
    }
}
