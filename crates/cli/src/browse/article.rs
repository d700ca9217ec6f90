//! An open article as lines: what is known of it, its titles, its text with the evidence marked.

use std::ops::Range;

use xinglin::ArticleView;

use crate::commands::evidence;
use crate::terminal::colour::Ink;
use crate::terminal::wrap::{Span, wrap};
use crate::wording;

/// The lines of an article in `columns` columns.
pub(crate) fn lines(article: &ArticleView, columns: usize) -> Vec<Vec<Span>> {
    let mut lines = Vec::new();
    let mut paragraph = |label: &str, spans: Vec<Span>| {
        let indent = crate::terminal::width::of(label);
        for (at, line) in wrap(&spans, columns.saturating_sub(indent).max(8)).into_iter().enumerate() {
            let lead = if at == 0 { label.to_owned() } else { " ".repeat(indent) };
            lines.push(std::iter::once(Span::dim(&lead)).chain(line).collect());
        }
    };
    let title = if article.title.is_empty() { "（无标题）" } else { &article.title };
    paragraph("", vec![Span::new(title, Ink::Title)]);
    let year = article.year.map(|year| year.to_string()).unwrap_or_default();
    let date = article.published.as_deref().unwrap_or(&year);
    let about = [date, article.source.as_deref().unwrap_or_default(), &article.file];
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    paragraph("", vec![Span::dim(&about.join(" · "))]);
    for (label, names) in
        [("机构  ", &article.subjects), ("地区  ", &article.regions), ("专科  ", &article.specialties)]
    {
        if !names.is_empty() {
            paragraph(label, vec![Span::plain(&names.join("、"))]);
        }
    }
    for record in &article.records {
        let rank = wording::rank(&record.level, record.tier.as_deref(), &record.programme);
        let year = record.year.map(|year| year.to_string()).unwrap_or_default();
        let title =
            [&record.institution, &record.specialty, rank.as_str(), wording::status(&record.status), &year];
        let title: Vec<&str> = title.into_iter().filter(|part| !part.is_empty()).collect();
        paragraph("称号  ", vec![Span::plain(&title.join(" · "))]);
    }
    paragraph("", Vec::new());
    let marks = evidence(article);
    let mut at = 0;
    for line in article.text.split('\n') {
        paragraph("", marked(line, at, &marks));
        at += line.len() + 1;
    }
    lines
}

/// A line of the text that begins at byte `at`, cells set apart, evidence marked.
fn marked(line: &str, at: usize, marks: &[Range<usize>]) -> Vec<Span> {
    let mut spans = crate::commands::marked_piece(line, at, marks);
    for span in &mut spans {
        span.text = span.text.replace('\t', " │ ");
    }
    spans
}
