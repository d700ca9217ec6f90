//! `facets`: how many articles there are of each place, specialty, year … as bars.

use std::borrow::Cow;
use std::io::{self, Write};

use xinglin::{FacetCount, FacetField, FacetRequest, FacetValue, Facets, SearchRequest};

use super::empty::{self, Sought};
use super::open_within;
use crate::arguments::{FacetsArgs, Format};
use crate::failure::Outcome;
use crate::formats::csv::{Cell, Table};
use crate::formats::json;
use crate::remarks;
use crate::session::Session;
use crate::terminal::bars::{bar, share, thousands};
use crate::terminal::colour::Ink;
use crate::terminal::screen::Screen;
use crate::terminal::wrap::Span;
use crate::terminal::{sanitise, width};
use crate::wording;

/// Values of a facet shown to a person where no `--limit` is given.
const USUAL_LIMIT: usize = 20;

/// The longest span of years whose empty ones are shown too.
const MOST_YEARS: i32 = 40;

/// The widest bar, in columns.
const BAR_COLUMNS: usize = 40;

pub(super) fn run(args: &FacetsArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let request = plan(args);
    let index = open_within(&args.index.dir, args.query.limits(), session)?;
    let mut answer = index.facets(&request)?;
    remarks::say(&answer.notes, session);
    let whole: Vec<usize> = answer.facets.0.iter().map(|(_, values)| values.len()).collect();
    let limit = args.page.limit.or((args.format == Format::Text).then_some(USUAL_LIMIT));
    page(&mut answer.facets, args.page.offset, limit);
    match args.format {
        Format::Json => json::write_line(out, &answer)?,
        Format::Csv => csv(&answer.facets, out)?,
        Format::Text => {
            let mut screen = Screen::new(out, session.looks);
            screen.paragraph(0, &[Span::dim(&format!("共 {} 篇", thousands(answer.total as u64)))])?;
            for ((name, values), whole) in answer.facets.0.iter().zip(whole) {
                screen.blank()?;
                draw(&mut screen, name, values, answer.total)?;
                let left = whole.saturating_sub(args.page.offset + values.len());
                if left > 0 {
                    screen
                        .paragraph(2, &[Span::dim(&format!("还有 {left} 项（--limit {whole} 全部列出）"))])?;
                }
            }
        }
    }
    if args.page.sort.is_some() {
        session.note("--sort 不影响计数：年份按先后，其余按多少排列。");
    }
    if answer.total == 0 && args.format != Format::Json {
        let mut asked = SearchRequest::new(request.query.clone()).limit(0).literal(request.literal);
        asked.filters = request.filters.clone();
        let suggestion = index.search(&asked)?.suggestion;
        let sought = Sought {
            query: &request.query,
            unit: "篇",
            diagnosis: answer.diagnosis.as_ref(),
            suggestion: suggestion.as_deref(),
        };
        empty::explain(session, &sought);
    }
    Ok(Outcome::Done)
}

fn plan(args: &FacetsArgs) -> FacetRequest {
    let mut request = FacetRequest::new(args.query.text());
    request.filters = args.filters.filters();
    request.literal = args.query.literal;
    request.by = args.by.iter().copied().map(Into::into).collect();
    if request.by.is_empty() {
        request.by.push(FacetField::Region);
    }
    request.under.clone_from(&args.under);
    request.limit = 0;
    request
}

/// Keeps of each facet the values from `offset` on, at most `limit`.
pub(super) fn page(facets: &mut Facets, offset: usize, limit: Option<usize>) {
    for (_, values) in &mut facets.0 {
        values.drain(..offset.min(values.len()));
        values.truncate(limit.unwrap_or(usize::MAX));
    }
}

/// Draws one facet: a heading, then a line a value with its count, its share of `total` and a bar.
pub(super) fn draw(
    screen: &mut Screen<'_>,
    name: &str,
    values: &[FacetCount],
    total: usize,
) -> io::Result<()> {
    screen.line(&[Span::new(wording::facet(name), Ink::Heading)])?;
    let values: &[FacetCount] = &without_gaps(values);
    let labels: Vec<String> = values
        .iter()
        .map(|value| sanitise::line(&wording::facet_value(name, &value.value.to_string())).into_owned())
        .collect();
    let counts: Vec<String> = values.iter().map(|value| thousands(value.count as u64)).collect();
    let largest = values.iter().map(|value| value.count).max().unwrap_or(0);
    let count_columns = counts.iter().map(|count| count.len()).max().unwrap_or(0);
    let widest = labels.iter().map(|label| width::of(label)).max().unwrap_or(0);
    // indent, gaps and the share take 11 columns
    let room = screen.columns().map(|columns| columns.saturating_sub(11 + count_columns));
    let label_columns = room.map_or(widest, |room| widest.min((room * 3 / 5).max(8)));
    let bar_columns = room.map_or(BAR_COLUMNS, |room| room.saturating_sub(label_columns).min(BAR_COLUMNS));
    for ((label, count), value) in labels.iter().zip(&counts).zip(values) {
        let label = width::truncate(label, label_columns);
        let fill = width::padding(&label, label_columns);
        screen.line(&[
            Span::plain(&format!("  {label}{fill}  {count:>count_columns$}  ")),
            Span::dim(&format!("{:>4}", share(value.count, total))),
            Span::new(&format!(" {}", bar(value.count, largest, bar_columns)), Ink::Bar),
        ])?;
    }
    if values.is_empty() {
        screen.line(&[Span::dim("  （无）")])?;
    }
    Ok(())
}

/// The years between the first and the last that have no article stand in a histogram too, if they are not too many.
fn without_gaps(values: &[FacetCount]) -> Cow<'_, [FacetCount]> {
    let year =
        |value: &FacetCount| if let FacetValue::Number(year) = value.value { Some(year) } else { None };
    let (Some(first), Some(last)) = (values.first().and_then(year), values.last().and_then(year)) else {
        return Cow::Borrowed(values);
    };
    if last - first >= MOST_YEARS || usize::try_from(last - first + 1) == Ok(values.len()) {
        return Cow::Borrowed(values);
    }
    let counted =
        |wanted| values.iter().find(|value| year(value) == Some(wanted)).map_or(0, |value| value.count);
    let all = (first..=last).map(|year| FacetCount { value: FacetValue::Number(year), count: counted(year) });
    Cow::Owned(all.collect())
}

/// One row a value: `facet,value,count`.
pub(super) fn csv(facets: &Facets, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new(out, &["facet", "value", "count"])?;
    for (name, values) in &facets.0 {
        for value in values {
            let text = value.value.to_string();
            table.row(&[Cell::Text(name), Cell::Text(&text), Cell::Plain(value.count.to_string())])?;
        }
    }
    table.end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::screen::Looks;

    fn values(counts: &[(&str, usize)]) -> Vec<FacetCount> {
        counts
            .iter()
            .map(|&(value, count)| FacetCount { value: FacetValue::Text(value.to_owned()), count })
            .collect()
    }

    fn drawn(columns: Option<usize>, counts: &[(&str, usize)]) -> String {
        let mut out = Vec::new();
        let mut screen = Screen::new(&mut out, Looks { colour: false, columns });
        draw(&mut screen, "region", &values(counts), counts.iter().map(|c| c.1).sum()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn bars_are_aligned() {
        assert_eq!(
            drawn(Some(40), &[("陕西省", 10), ("内蒙古自治区", 5)]),
            "地区\n  陕西省        10   67% ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇\n  内蒙古自治区   5   33% ▇▇▇▇▇▇▇▇\n"
        );
        assert_eq!(drawn(Some(40), &[]), "地区\n  （无）\n");
    }

    #[test]
    fn years_without_articles_are_shown() {
        let year = |year, count| FacetCount { value: FacetValue::Number(year), count };
        let mut out = Vec::new();
        let mut screen = Screen::new(&mut out, Looks { colour: false, columns: Some(40) });
        draw(&mut screen, "year", &[year(2019, 2), year(2021, 2)], 4).unwrap();
        let lines = String::from_utf8(out).unwrap();
        let years: Vec<&str> = lines.lines().skip(1).map(|line| line.get(2..6).unwrap()).collect();
        assert_eq!(years, ["2019", "2020", "2021"]);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let counts = [("陕西省/汉中市/南郑区", 1_234_567), ("新疆维吾尔自治区/伊犁哈萨克自治州", 3)];
        for columns in 40..120 {
            for line in drawn(Some(columns), &counts).lines() {
                assert!(width::of(line) <= columns, "{columns}: {line}");
            }
        }
    }

    #[test]
    fn a_page_of_values() {
        let check = |offset, limit, expected: &[&str]| {
            let mut facets = Facets(vec![("region".to_owned(), values(&[("甲", 3), ("乙", 2), ("丙", 1)]))]);
            page(&mut facets, offset, limit);
            let kept: Vec<String> = facets.0[0].1.iter().map(|value| value.value.to_string()).collect();
            assert_eq!(kept, expected);
        };
        check(0, None, &["甲", "乙", "丙"]);
        check(1, Some(1), &["乙"]);
        check(9, Some(1), &[]);
        check(0, Some(0), &[]);
    }
}
