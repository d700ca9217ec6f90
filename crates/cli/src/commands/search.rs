//! `search`: ranked articles with the matched text marked.

use std::io::{self, Write};
use std::mem::ManuallyDrop;

use anyhow::bail;
use xinglin::{Answer, Filters, Hit, Index, Note, SearchRequest, Snippet, Understood};

use super::empty::{self, Sought};
use super::{batch, facets, group, open_within};
use crate::arguments::{Format, PlainFormat, SearchArgs};
use crate::failure::Outcome;
use crate::formats::csv::{Cell, Table};
use crate::formats::json;
use crate::keepsake::{Keepsakes, SavedQuery};
use crate::session::Session;
use crate::terminal::bars::thousands;
use crate::terminal::colour::Ink;
use crate::terminal::screen::{Looks, Screen};
use crate::terminal::wrap::Span;
use crate::{remarks, wording};

/// Hits listed where no `--limit` is given.
const USUAL_LIMIT: usize = 10;

/// Display columns of a snippet that no terminal bounds.
const SNIPPET_COLUMNS: usize = 160;

/// Lines that a snippet takes on a terminal.
const SNIPPET_LINES: usize = 3;

/// The most names of one kind in a hit's line of facts.
const NAMES_SHOWN: usize = 3;

pub(super) fn run(args: &SearchArgs, session: &Session, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let request = plan(args, session)?;
    if let Some(file) = &args.batch {
        if args.format.is_some_and(|format| format != Format::Json) {
            bail!("--batch 只输出 JSON，请去掉 --format 或写 --format json");
        }
        let index = open_named(args, session)?;
        return batch::search(&index, &request, file, session, out);
    }
    if let Some(by) = args.group {
        let mut request = request.clone();
        group::prepare(&mut request, by);
        let index = open_named(args, session)?;
        let mut answer = ask(&index, &request)?;
        let limit = args.page.limit.unwrap_or(USUAL_LIMIT);
        keep(args, &request, session)?;
        match args.format.unwrap_or(Format::Text) {
            Format::Csv => bail!("--group 只输出 text 或 json"),
            format => {
                say_corrected(&answer, session);
                group::show(&mut answer, &request, by, limit, format == Format::Json, session, out)?;
            }
        }
        let request = SearchRequest { limit: 0, ..request };
        afterword(&answer, &request, session);
        return Ok(Outcome::of_total(answer.total));
    }
    let index = open_named(args, session)?;
    let answer = ask(&index, &request)?;
    keep(args, &request, session)?;
    remarks::say(&answer.notes, session);
    match args.format.unwrap_or(Format::Text) {
        Format::Json => json::write_line(out, &answer)?,
        Format::Csv => csv(&answer, out)?,
        Format::Text => {
            say_corrected(&answer, session);
            text(&answer, &request, session.looks, out)?;
        }
    }
    if args.format != Some(Format::Json) {
        afterword(&answer, &request, session);
    }
    Ok(Outcome::of_total(answer.total))
}

/// Opens the index, with the names of a folder where one is given.
fn open_named(args: &SearchArgs, session: &Session) -> anyhow::Result<ManuallyDrop<Index>> {
    let index = open_within(&args.index.dir, args.query.limits(), session)?;
    Ok(match &args.gazetteer {
        Some(folder) => ManuallyDrop::new(ManuallyDrop::into_inner(index).with_gazetteer(folder)?),
        None => index,
    })
}

/// Keeps the query, where that was asked for.
fn keep(args: &SearchArgs, request: &SearchRequest, session: &Session) -> anyhow::Result<()> {
    if let Some(name) = &args.save {
        let known = Keepsakes::open()?.save(name, SavedQuery::of(request, &args.index.dir)?)?;
        let done = if known { "已更新" } else { "已存为" };
        session
            .note(&format!("{done}“{name}”。xinglin saved {name} 再次检索，xinglin news {name} 只看新增。"));
    }
    Ok(())
}

/// Says that the answer is that of the suggestion.
fn say_corrected(answer: &Answer, session: &Session) {
    if let Some(suggestion) = answer.suggestion.as_deref().filter(|_| answer.corrected) {
        session.note(&format!(
            "没有一篇含有“{}”。您是不是要找：{suggestion}（以下即是；只按原文检索加 --literal）",
            answer.query.trim()
        ));
    }
}

/// Writes an answer for people or programs, with what there is to say about it.
pub(super) fn show(
    answer: &Answer,
    request: &SearchRequest,
    format: PlainFormat,
    session: &Session,
    out: &mut dyn Write,
) -> io::Result<()> {
    if format == PlainFormat::Json {
        return json::write_line(out, answer);
    }
    say_corrected(answer, session);
    text(answer, request, session.looks, out)?;
    afterword(answer, request, session);
    Ok(())
}

/// Columns of a snippet on a screen.
pub(super) fn snippet_width(columns: Option<usize>) -> usize {
    columns.map_or(SNIPPET_COLUMNS, |columns| {
        (columns.saturating_sub(INDENT) * SNIPPET_LINES).clamp(60, 2 * SNIPPET_COLUMNS)
    })
}

/// Asks the index. A query of blanks without filters would be answered by every article, which is not what anybody
/// meant: it finds nothing, and says so.
pub(super) fn ask(index: &Index, request: &SearchRequest) -> anyhow::Result<Answer> {
    if request.query.trim().is_empty() && request.filters == Filters::default() {
        let notes = vec![Note::Empty];
        return Ok(Answer { query: request.query.clone(), notes, ..Answer::default() });
    }
    Ok(index.search(request)?)
}

/// What to ask the index.
fn plan(args: &SearchArgs, session: &Session) -> anyhow::Result<SearchRequest> {
    if !args.query.is_given() && args.batch.is_none() && !args.filters.any() {
        bail!("没有给出查询。写 xinglin search 骨科，或用 --region、--specialty 等筛选");
    }
    let text = args.format.unwrap_or(Format::Text) == Format::Text && args.batch.is_none();
    let mut request = SearchRequest::new(args.query.text());
    request.filters = args.filters.filters();
    request.literal = args.query.literal;
    request.limit = args.page.limit.unwrap_or(USUAL_LIMIT);
    request.offset = args.page.offset;
    request.sort = args.page.sort.map(Into::into).unwrap_or_default();
    request.facets = args.facets.iter().copied().map(Into::into).collect();
    request.explain = args.explain;
    request.all = args.all;
    request.snippet_width = snippet_width(session.looks.columns.filter(|_| text));
    Ok(request)
}

/// What a person is told after the hits, or in their place.
fn afterword(answer: &Answer, request: &SearchRequest, session: &Session) {
    let suggestion = answer.suggestion.as_deref();
    if answer.total == 0 && request.query.trim().is_empty() && answer.diagnosis.is_none() {
        // the note has said it all
        return;
    }
    if answer.total == 0 {
        let diagnosis = answer.diagnosis.as_ref();
        empty::explain(session, &Sought { query: &request.query, unit: "篇", diagnosis, suggestion });
        return;
    }
    if answer.hits.is_empty() && request.limit > 0 {
        session.note(&format!(
            "只有 {} 篇，--offset {} 之后没有了",
            thousands(answer.total as u64),
            request.offset
        ));
    }
    if answer.relaxed {
        session.note("没有一篇含有全部词语，以下只含其中一部分。");
    }
    if let Some(suggestion) = suggestion.filter(|_| !answer.corrected) {
        session.note(&format!("您是不是要找：{suggestion}"));
    }
}

/// Blank columns before a hit's lines.
const INDENT: usize = 4;

fn text(answer: &Answer, request: &SearchRequest, looks: Looks, out: &mut dyn Write) -> io::Result<()> {
    let mut screen = Screen::new(out, looks);
    if answer.total > 0 {
        summary(&mut screen, answer, request)?;
    }
    for hit in &answer.hits {
        screen.blank()?;
        draw_hit(&mut screen, hit)?;
    }
    if let Some(counts) = &answer.facets {
        for (name, values) in &counts.0 {
            screen.blank()?;
            facets::draw(&mut screen, name, values, answer.total)?;
        }
    }
    Ok(())
}

/// How much there is, what of it is shown, and how the query was understood.
pub(super) fn summary(screen: &mut Screen<'_>, answer: &Answer, request: &SearchRequest) -> io::Result<()> {
    let shown = match (answer.hits.first(), answer.hits.last()) {
        (Some(first), Some(last)) if answer.hits.len() < answer.total => {
            format!("，第 {}–{} 篇", thousands(first.rank as u64), thousands(last.rank as u64))
        }
        _ => String::new(),
    };
    let total = format!("共 {} 篇{shown}", thousands(answer.total as u64));
    let order = if request.sort == xinglin::Sort::Date { "新的在前" } else { "" };
    let took = format!("{:.1} 毫秒", answer.took_ms);
    screen.facts(0, Ink::Dim, &[&total, order, &took, &understood(&answer.understood)])
}

/// What was recognised in the query: `理解为 地区 陕西省、专科 骨科`.
pub(super) fn understood(facts: &Understood) -> String {
    let years: Vec<String> = facts.year.iter().map(ToString::to_string).collect();
    let levels: Vec<String> = facts.level.iter().map(|code| wording::level(code).to_owned()).collect();
    let programmes: Vec<String> =
        facts.programme.iter().map(|code| wording::programme(code).to_owned()).collect();
    let statuses: Vec<String> = facts.status.iter().map(|code| wording::status(code).to_owned()).collect();
    let parts: Vec<String> = [
        ("地区", &facts.region),
        ("专科", &facts.specialty),
        ("机构", &facts.institution),
        ("级别", &levels),
        ("状态", &statuses),
        ("年份", &years),
        ("类别", &programmes),
    ]
    .into_iter()
    .filter(|(_, names)| !names.is_empty())
    .map(|(heading, names)| format!("{heading} {}", names.join("/")))
    .collect();
    if parts.is_empty() { String::new() } else { format!("理解为 {}", parts.join("、")) }
}

pub(super) fn draw_hit(screen: &mut Screen<'_>, hit: &Hit) -> io::Result<()> {
    let label = format!("{:>2}. ", hit.rank);
    let title = if hit.title.is_empty() { "（无标题）" } else { &hit.title };
    screen.hanging(&label, Ink::Dim, &[Span::new(title, Ink::Title)])?;
    let year = hit.year.map(|year| year.to_string()).unwrap_or_default();
    let date = hit.published.as_deref().unwrap_or(&year);
    let about = [date, &names(&hit.subjects), &names(&hit.regions), &names(&hit.specialties)];
    screen.facts(INDENT, Ink::Dim, &about)?;
    if !hit.snippet.text.is_empty() {
        screen.paragraph(INDENT, &marked(&hit.snippet))?;
    }
    let duplicates = match hit.duplicates {
        0 => String::new(),
        more => format!("另有 {more} 篇转载（--all 逐篇列出）"),
    };
    let noise = if hit.in_noise { "只见于页面的导航、广告等处" } else { "" };
    screen.facts(
        INDENT,
        Ink::Dim,
        &[&hit.file, hit.url.as_deref().unwrap_or_default(), &duplicates, noise],
    )?;
    for part in &hit.explanation {
        screen.paragraph(
            INDENT + 2,
            &[Span::dim(&format!("{:>8.3}  {}", part.score, remarks::part(&part.part)))],
        )?;
    }
    Ok(())
}

/// The first few names, and how many more there are.
fn names(all: &[String]) -> String {
    let mut text = all.iter().take(NAMES_SHOWN).map(String::as_str).collect::<Vec<_>>().join("、");
    if all.len() > NAMES_SHOWN {
        text.push_str(&format!(" 等 {} 个", all.len()));
    }
    text
}

/// A snippet with its matches marked.
pub(crate) fn marked(snippet: &Snippet) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    for &[start, end] in &snippet.highlights {
        if let (Some(before), Some(matched)) = (snippet.text.get(at..start), snippet.text.get(start..end)) {
            spans.push(Span::plain(before));
            spans.push(Span::new(matched, Ink::Match));
            at = end;
        }
    }
    spans.push(Span::plain(snippet.text.get(at..).unwrap_or_default()));
    spans
}

fn csv(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let heading = [
        "rank",
        "score",
        "id",
        "file",
        "title",
        "published",
        "year",
        "subjects",
        "regions",
        "specialties",
        "url",
        "snippet",
    ];
    let mut table = Table::new(out, &heading)?;
    for hit in &answer.hits {
        table.row(&[
            Cell::Plain(hit.rank.to_string()),
            Cell::Plain(hit.score.to_string()),
            Cell::Text(&hit.id),
            Cell::Text(&hit.file),
            Cell::Text(&hit.title),
            Cell::Maybe(hit.published.as_deref()),
            Cell::number(hit.year),
            Cell::List(&hit.subjects),
            Cell::List(&hit.regions),
            Cell::List(&hit.specialties),
            Cell::Maybe(hit.url.as_deref()),
            Cell::Text(&hit.snippet.text),
        ])?;
    }
    table.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_are_marked_and_wrong_ranges_do_no_harm() {
        let check = |text: &str, highlights: &[[usize; 2]], expected: &[(&str, Ink)]| {
            let snippet = Snippet { text: text.to_owned(), highlights: highlights.to_vec() };
            let spans = marked(&snippet);
            let spans: Vec<(&str, Ink)> =
                spans.iter().filter(|s| !s.text.is_empty()).map(|s| (s.text.as_str(), s.ink)).collect();
            assert_eq!(spans, expected);
        };
        check("我院骨科", &[[6, 12]], &[("我院", Ink::Plain), ("骨科", Ink::Match)]);
        check("骨科骨科", &[[0, 6], [6, 12]], &[("骨科", Ink::Match), ("骨科", Ink::Match)]);
        check("骨科", &[[1, 3]], &[("骨科", Ink::Plain)]);
        check("骨科", &[[0, 99]], &[("骨科", Ink::Plain)]);
        check("\u{1b}骨科", &[[1, 4]], &[("␛", Ink::Plain), ("骨", Ink::Match), ("科", Ink::Plain)]);
    }

    #[test]
    fn the_understanding_in_words() {
        let facts = Understood {
            region: vec!["陕西省".to_owned()],
            specialty: vec!["骨科".to_owned()],
            level: vec!["national".to_owned()],
            year: vec![2023],
            ..Understood::default()
        };
        assert_eq!(understood(&facts), "理解为 地区 陕西省、专科 骨科、级别 国家级、年份 2023");
        assert_eq!(understood(&Understood::default()), "");
    }

    #[test]
    fn many_names_are_counted() {
        let all: Vec<String> = ["甲", "乙", "丙", "丁"].map(str::to_owned).to_vec();
        assert_eq!(names(&all), "甲、乙、丙 等 4 个");
        assert_eq!(names(&all[..2]), "甲、乙");
    }
}
