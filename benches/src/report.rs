//! What a comparison found: figures, ratios, and what was asked of them, as a table and as JSON.

use serde::Serialize;
use std::fmt::{self, Write as _};
use std::time::Duration;

/// A bound that a figure or a ratio should keep.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// xinglin ÷ baseline should be at most this.
    RatioAtMost(f64),
    /// xinglin ÷ baseline should be at least this.
    RatioAtLeast(f64),
    /// xinglin's own figure should be at most this.
    AtMost(f64),
    /// xinglin's own figure should be at least this.
    AtLeast(f64),
}

/// One line of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// What was measured.
    pub name: String,
    /// Of what the figures are.
    pub unit: &'static str,
    /// xinglin's figure.
    pub xinglin: f64,
    /// The naive engine's, where it can do the same.
    pub baseline: Option<f64>,
    /// The floor's: a process that only maps an index.
    pub floor: Option<f64>,
    /// xinglin ÷ baseline.
    pub ratio: Option<f64>,
    /// The bound.
    pub reach: Option<Reach>,
    /// Whether the bound is kept; `None` where there is none.
    pub reached: Option<bool>,
}

impl Row {
    /// A figure of xinglin's alone.
    pub fn alone(name: impl Into<String>, unit: &'static str, xinglin: f64) -> Row {
        let name = name.into();
        Row { name, unit, xinglin, baseline: None, floor: None, ratio: None, reach: None, reached: None }
    }

    /// Two figures side by side.
    pub fn pair(name: impl Into<String>, unit: &'static str, xinglin: f64, baseline: f64) -> Row {
        let ratio = (baseline > 0.0).then_some(xinglin / baseline);
        Row { baseline: Some(baseline), ratio, ..Row::alone(name, unit, xinglin) }
    }

    /// The floor's figure, too.
    pub fn floor(self, floor: f64) -> Row {
        Row { floor: Some(floor), ..self }
    }

    /// Says what should be reached.
    pub fn reach(self, reach: Reach) -> Row {
        let reached = match reach {
            Reach::RatioAtMost(bound) => self.ratio.map(|ratio| ratio <= bound),
            Reach::RatioAtLeast(bound) => self.ratio.map(|ratio| ratio >= bound),
            Reach::AtMost(bound) => Some(self.xinglin <= bound),
            Reach::AtLeast(bound) => Some(self.xinglin >= bound),
        };
        Row { reach: Some(reach), reached, ..self }
    }
}

/// Rows under one heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// What was compared.
    pub heading: String,
    /// How, in a sentence.
    pub method: String,
    /// The figures.
    pub rows: Vec<Row>,
    /// Wrong answers that were looked for, and how many cases were looked at: all were right, else there is no report.
    pub asserted: Vec<String>,
}

impl Section {
    /// An empty section.
    pub fn new(heading: impl Into<String>, method: impl Into<String>) -> Section {
        Section { heading: heading.into(), method: method.into(), rows: Vec::new(), asserted: Vec::new() }
    }
}

/// Everything one comparison found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// On what it ran.
    pub setting: Vec<(String, String)>,
    /// The figures.
    pub sections: Vec<Section>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.setting {
            writeln!(f, "{name:<10} {value}")?;
        }
        for section in &self.sections {
            writeln!(f, "\n{} — {}", section.heading, section.method)?;
            write_rows(f, &section.rows)?;
            for asserted in &section.asserted {
                writeln!(f, "  asserted: {asserted}")?;
            }
        }
        Ok(())
    }
}

const COLUMNS: [&str; 6] = ["", "xinglin", "baseline", "floor", "ratio", "reach"];

fn write_rows(f: &mut fmt::Formatter<'_>, rows: &[Row]) -> fmt::Result {
    let cells = rows.iter().map(cells);
    let table: Vec<[String; 6]> = std::iter::once(COLUMNS.map(str::to_owned)).chain(cells).collect();
    let shown = |column: usize| table.iter().skip(1).any(|row| !row[column].is_empty());
    let width = |column: usize| table.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    for row in &table {
        let mut line = String::from("  ");
        for (column, cell) in row.iter().enumerate().filter(|(column, _)| shown(*column)) {
            let padding = " ".repeat(width(column) - cell.chars().count());
            let (left, right) = if matches!(column, 0 | 5) { ("", &*padding) } else { (&*padding, "") };
            write!(line, "{left}{cell}{right}   ")?;
        }
        writeln!(f, "{}", line.trim_end())?;
    }
    Ok(())
}

fn cells(row: &Row) -> [String; 6] {
    let figure = |figure: Option<f64>| figure.map_or(String::new(), |figure| significant(figure, row.unit));
    let reach = match row.reach {
        None => String::new(),
        Some(Reach::RatioAtMost(bound)) => format!("≤ {bound} ×"),
        Some(Reach::RatioAtLeast(bound)) => format!("≥ {bound} ×"),
        Some(Reach::AtMost(bound)) => format!("≤ {}", significant(bound, row.unit)),
        Some(Reach::AtLeast(bound)) => format!("≥ {}", significant(bound, row.unit)),
    };
    let verdict = match row.reached {
        Some(true) => " reached",
        Some(false) => " NOT YET",
        None => "",
    };
    [
        row.name.clone(),
        figure(Some(row.xinglin)),
        figure(row.baseline),
        figure(row.floor),
        row.ratio.map_or(String::new(), |ratio| format!("{} ×", digits(ratio))),
        reach + verdict,
    ]
}

/// Three significant digits and the unit.
fn significant(figure: f64, unit: &str) -> String {
    format!("{} {unit}", digits(figure)).trim_end().to_owned()
}

fn digits(figure: f64) -> String {
    match figure.abs() {
        size if size >= 100.0 => format!("{figure:.0}"),
        size if size >= 10.0 => format!("{figure:.1}"),
        size if size >= 1.0 => format!("{figure:.2}"),
        size if size >= 0.1 => format!("{figure:.3}"),
        _ => format!("{figure:.4}"),
    }
}

/// The middle of a series; 0 of an empty one.
pub fn median(series: &[f64]) -> f64 {
    percentile(series, 50.0)
}

/// The smallest value that `percent` of the series do not exceed; 0 of an empty one.
pub fn percentile(series: &[f64], percent: f64) -> f64 {
    let mut sorted = series.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (percent / 100.0 * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0)
}

/// A duration in milliseconds.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_of_the_series() {
        let series: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert_eq!(
            (median(&series), percentile(&series, 99.0), percentile(&series, 100.0)),
            (100.0, 198.0, 200.0)
        );
        assert_eq!((median(&[7.0]), median(&[])), (7.0, 0.0));
    }

    #[test]
    fn the_table_says_what_is_reached() {
        let mut section = Section::new("cold start", "whole processes");
        section.rows.push(Row::pair("search", "ms", 4.0, 80.0).floor(3.5).reach(Reach::RatioAtMost(0.1)));
        section.rows.push(Row::alone("exact phrase p99", "ms", 1.25).reach(Reach::AtMost(1.0)));
        section.asserted.push("20 of 20 answers".to_owned());
        let setting = vec![("corpus".to_owned(), "1,000 articles".to_owned())];
        let report = Report { setting, sections: vec![section] };
        let expected = "corpus     1,000 articles\n\n\
            cold start — whole processes\n                     \
            xinglin   baseline     floor      ratio   reach\n  \
            search             4.00 ms    80.0 ms   3.50 ms   0.0500 ×   ≤ 0.1 × reached\n  \
            exact phrase p99   1.25 ms                                   ≤ 1.00 ms NOT YET\n  \
            asserted: 20 of 20 answers\n";
        assert_eq!(report.to_string(), expected);
    }
}
