//! A chart of cost against corpus size: both axes logarithmic, plain SVG.

use std::fmt::Write as _;

/// One line of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What the legend calls it.
    pub name: String,
    /// Any SVG colour.
    pub colour: &'static str,
    /// Whether it is drawn dashed.
    pub dashed: bool,
    /// (articles, cost), both above 0; others are left out.
    pub points: Vec<(f64, f64)>,
}

/// A square of axes with lines in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// The heading.
    pub title: String,
    /// What the vertical axis counts.
    pub unit: &'static str,
    /// The lines.
    pub lines: Vec<Line>,
}

const WIDTH: f64 = 460.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 70.0;
const TOP: f64 = 44.0;
const LEGEND: f64 = 18.0;

/// Draws panels side by side, with a caption below.
pub fn draw(panels: &[Panel], caption: &str) -> String {
    let step = LEFT + WIDTH + 30.0;
    let most_lines = panels.iter().map(|panel| panel.lines.len()).max().unwrap_or(0) as f64;
    let (width, height) = (step * panels.len() as f64, TOP + HEIGHT + 62.0 + LEGEND * most_lines + 26.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    for (at, panel) in panels.iter().enumerate() {
        draw_panel(&mut svg, panel, step * at as f64 + LEFT);
    }
    let _ =
        writeln!(svg, "<text x=\"12\" y=\"{:.0}\" fill=\"#555\">{}</text>", height - 10.0, escape(caption));
    svg + "</svg>\n"
}

fn draw_panel(svg: &mut String, panel: &Panel, left: f64) {
    let drawable = |point: &&(f64, f64)| point.0 > 0.0 && point.1 > 0.0;
    let points: Vec<(f64, f64)> =
        panel.lines.iter().flat_map(|line| line.points.iter().filter(drawable).copied()).collect();
    let x = Axis::around(points.iter().map(|point| point.0), WIDTH);
    let y = Axis::around(points.iter().map(|point| point.1), HEIGHT);
    let bottom = TOP + HEIGHT;
    let title = escape(&panel.title);
    let _ = writeln!(svg, "<text x=\"{left}\" y=\"24\" font-size=\"15\">{title}</text>");
    for power in x.powers() {
        let (at, label) = (left + x.place(power), number(power));
        grid(svg, (at, TOP), (at, bottom));
        let _ = writeln!(
            svg,
            "<text x=\"{at:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{label}</text>",
            bottom + 16.0
        );
    }
    for power in y.powers() {
        let (at, label) = (bottom - y.place(power), number(power));
        grid(svg, (left, at), (left + WIDTH, at));
        let (x, y) = (left - 8.0, at + 4.0);
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"end\">{label} {}</text>",
            panel.unit
        );
    }
    let middle = left + WIDTH / 2.0;
    let _ = writeln!(
        svg,
        "<text x=\"{middle}\" y=\"{:.0}\" text-anchor=\"middle\">articles</text>",
        bottom + 34.0
    );
    for (at, line) in panel.lines.iter().enumerate() {
        let style = format!(
            "stroke=\"{}\" stroke-width=\"2\" fill=\"none\"{}",
            line.colour,
            if line.dashed { " stroke-dasharray=\"6 4\"" } else { "" }
        );
        let place = |point: &(f64, f64)| (left + x.place(point.0), bottom - y.place(point.1));
        let places: Vec<(f64, f64)> = line.points.iter().filter(drawable).map(place).collect();
        let path: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let _ = writeln!(svg, "<polyline points=\"{}\" {style}/>", path.join(" "));
        for (x, y) in places {
            let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{}\"/>", line.colour);
        }
        let baseline = bottom + 58.0 + LEGEND * at as f64;
        let (start, end, text) = (left, left + 32.0, left + 40.0);
        let ruler = baseline - 4.0;
        let _ = writeln!(svg, "<polyline points=\"{start},{ruler} {end},{ruler}\" {style}/>");
        let _ = writeln!(svg, "<text x=\"{text}\" y=\"{baseline}\">{}</text>", escape(&line.name));
    }
}

fn grid(svg: &mut String, from: (f64, f64), to: (f64, f64)) {
    let ((x1, y1), (x2, y2)) = (from, to);
    let _ =
        writeln!(svg, "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#ddd\"/>");
}

/// A logarithmic axis between two powers of ten.
struct Axis {
    low: i32,
    high: i32,
    length: f64,
}

impl Axis {
    fn around(values: impl Iterator<Item = f64> + Clone, length: f64) -> Axis {
        let low = values.clone().fold(f64::INFINITY, f64::min);
        let high = values.fold(0.0, f64::max);
        if low > high {
            return Axis { low: 0, high: 1, length };
        }
        let (low, high) = (low.log10().floor() as i32, high.log10().ceil() as i32);
        Axis { low, high: high.max(low + 1), length }
    }

    fn powers(&self) -> impl Iterator<Item = f64> {
        (self.low..=self.high).map(|power| 10f64.powi(power))
    }

    fn place(&self, value: f64) -> f64 {
        (value.log10() - f64::from(self.low)) / f64::from(self.high - self.low) * self.length
    }
}

fn number(value: f64) -> String {
    if value < 1.0 {
        return format!("{value}");
    }
    let digits = format!("{value:.0}");
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenfold_step_is_as_wide_everywhere() {
        let axis = Axis::around([1_500.0, 800_000.0].into_iter(), 300.0);
        assert_eq!((axis.low, axis.high), (3, 6));
        let places: Vec<i64> = axis.powers().map(|power| axis.place(power).round() as i64).collect();
        assert_eq!(places, [0, 100, 200, 300]);
        assert_eq!(
            (number(1e6), number(0.01), number(100.0)),
            ("1,000,000".into(), "0.01".into(), "100".into())
        );
    }

    #[test]
    fn every_line_is_drawn_and_named() {
        let line = |name: &str, points: &[(f64, f64)]| Line {
            name: name.to_owned(),
            colour: "crimson",
            dashed: name == "baseline",
            points: points.to_vec(),
        };
        let lines = vec![line("p50 < p99", &[(1e3, 0.1), (1e4, 0.4)]), line("baseline", &[(1e3, 0.0)])];
        let svg = draw(&[Panel { title: "cost".into(), unit: "ms", lines }], "2,000 & more");
        assert_eq!(svg.matches("<polyline").count(), 4);
        assert_eq!(svg.matches("<circle").count(), 2, "a point at 0 has no place on a logarithmic axis");
        assert!(
            svg.contains("p50 &lt; p99") && svg.contains("2,000 &amp; more") && svg.ends_with("</svg>\n")
        );
        assert!(draw(&[], "").contains("<svg"));
    }
}
