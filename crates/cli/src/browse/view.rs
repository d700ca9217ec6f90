//! How it looks. Colours are those of the terminal's own palette on its own ground, so that they can be read on light and dark;
//! without colour, bold, underline and reverse say the same.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span as Text};
use ratatui::widgets::{Block, Borders, Paragraph};
use xinglin::{FacetField, Hit};

use super::state::{FACETS, Focus, State, last_part};
use super::{article, state};
use crate::commands::marked_snippet;
use crate::terminal::bars::{bar, thousands};
use crate::terminal::colour::Ink;
use crate::terminal::sanitise;
use crate::terminal::width;
use crate::terminal::wrap::Span;
use crate::wording;

/// Below this width hits and facets do not stand side by side.
const SIDE_BY_SIDE: u16 = 64;
/// The least room in which anything can be shown.
const LEAST: (u16, u16) = (20, 5);
/// Lines of one hit.
const HIT_LINES: usize = 3;

/// Draws everything.
pub(crate) fn draw(frame: &mut Frame<'_>, state: &mut State<'_>) {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        frame.render_widget(Paragraph::new("窗口太小"), area);
        return;
    }
    let [top, status, body, keys] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(1),
    ])
    .areas(area);
    let look = Look { colour: state.colour };
    draw_query(frame, state, look, top);
    frame.render_widget(Paragraph::new(status_line(state, look, usize::from(status.width))), status);
    if state.opened.is_some() {
        draw_article(frame, state, look, body);
    } else if body.width < SIDE_BY_SIDE {
        match state.focus {
            Focus::Facets => draw_facets(frame, state, look, body),
            _ => draw_hits(frame, state, look, body),
        }
    } else {
        let side = (body.width / 3).clamp(24, 40);
        let [left, right] = Layout::horizontal([Constraint::Min(1), Constraint::Length(side)]).areas(body);
        draw_hits(frame, state, look, left);
        draw_facets(frame, state, look, right);
    }
    let help = width::truncate(key_help(state), usize::from(keys.width)).into_owned();
    frame.render_widget(Paragraph::new(Line::styled(help, look.style(Ink::Dim))), keys);
}

/// How inks look.
#[derive(Clone, Copy)]
struct Look {
    colour: bool,
}

impl Look {
    fn style(self, ink: Ink) -> Style {
        let plain = Style::new();
        let coloured = |colour: Color| if self.colour { plain.fg(colour) } else { plain };
        match ink {
            Ink::Plain => plain,
            Ink::Title => plain.add_modifier(Modifier::BOLD),
            Ink::Dim => plain.add_modifier(Modifier::DIM),
            Ink::Match | Ink::Error => coloured(Color::Red).add_modifier(Modifier::BOLD),
            Ink::Heading => coloured(Color::Cyan).add_modifier(Modifier::BOLD),
            Ink::Bar => coloured(Color::Cyan),
            Ink::Evidence => coloured(Color::Yellow).add_modifier(Modifier::UNDERLINED),
            Ink::Warning => coloured(Color::Yellow),
            Ink::Good => coloured(Color::Green),
        }
    }

    fn line(self, spans: &[Span]) -> Line<'static> {
        Line::from(
            spans
                .iter()
                .map(|span| Text::styled(span.text.clone(), self.style(span.ink)))
                .collect::<Vec<_>>(),
        )
    }
}

fn draw_query(frame: &mut Frame<'_>, state: &State<'_>, look: Look, area: Rect) {
    let label = "检索 ";
    let room = usize::from(area.width).saturating_sub(width::of(label));
    let (shown, cursor) = state.query.shown(room.saturating_sub(1));
    let text = if state.query.is_empty() {
        Text::styled(width::truncate("输入词语，汉字或拼音", room).into_owned(), look.style(Ink::Dim))
    } else {
        Text::styled(sanitise::line(&shown).into_owned(), look.style(Ink::Title))
    };
    frame.render_widget(
        Paragraph::new(Line::from(vec![Text::styled(label, look.style(Ink::Heading)), text])),
        area,
    );
    if state.focus == Focus::Query && state.opened.is_none() {
        let column = area.x.saturating_add((width::of(label) + cursor) as u16);
        frame.set_cursor_position(Position::new(column.min(area.right().saturating_sub(1)), area.y));
    }
}

/// How much there is, what it is narrowed by, what was meant.
fn status_line(state: &State<'_>, look: Look, room: usize) -> Line<'static> {
    if let Some(trouble) = &state.trouble {
        return look.line(&[Span::new(&width::truncate(trouble, room), Ink::Error)]);
    }
    let mut parts = vec![format!("共 {} 篇", thousands(state.answer.total as u64))];
    let narrowed = state.narrowed();
    if !narrowed.is_empty() {
        parts.push(format!("限 {}", narrowed.join("、")));
    }
    match &state.answer.suggestion {
        Some(suggestion) if state.answer.corrected => parts.push(format!("按“{suggestion}”检索")),
        Some(suggestion) => parts.push(format!("您是不是要找：{suggestion}")),
        None => {}
    }
    if state.answer.relaxed {
        parts.push("只含部分词语".to_owned());
    }
    parts.push(format!("{:.0} 毫秒", state.answer.took_ms));
    let text = parts.join(" · ");
    look.line(&[Span::dim(&width::truncate(&text, room))])
}

fn pane(title: String, focused: bool, look: Look) -> Block<'static> {
    let style = look.style(if focused { Ink::Heading } else { Ink::Dim });
    Block::new().borders(Borders::TOP).border_style(style).title(Line::styled(title, style))
}

fn draw_hits(frame: &mut Frame<'_>, state: &mut State<'_>, look: Look, area: Rect) {
    let hits = &state.answer.hits;
    let place =
        if hits.is_empty() { String::new() } else { format!(" {}/{}", state.selected + 1, hits.len()) };
    let block = pane(format!(" 文章{place} "), state.focus == Focus::Hits, look);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let columns = usize::from(inner.width).saturating_sub(1);
    state.room = (usize::from(inner.height) / HIT_LINES).max(1);
    state.top = state.top.min(state.selected).max((state.selected + 1).saturating_sub(state.room));
    let mut lines = Vec::new();
    for (at, hit) in state.answer.hits.iter().enumerate().skip(state.top).take(state.room) {
        lines.extend(hit_lines(hit, at == state.selected, columns, look));
    }
    if state.answer.hits.is_empty() && state.trouble.is_none() {
        lines.extend(nothing(state, columns).into_iter().map(|line| look.line(&[Span::dim(&line)])));
    }
    frame.render_widget(Paragraph::new(lines), inner);
}

fn hit_lines(hit: &Hit, selected: bool, columns: usize, look: Look) -> Vec<Line<'static>> {
    let title = if hit.title.is_empty() { "（无标题）" } else { &hit.title };
    let title = format!("{:>2} {}", hit.rank, sanitise::line(title));
    let title = width::truncate(&title, columns).into_owned();
    let mut style = look.style(Ink::Title);
    if selected {
        style = style.add_modifier(Modifier::REVERSED);
    }
    let year = hit.year.map(|year| year.to_string()).unwrap_or_default();
    let date = hit.published.as_deref().unwrap_or(&year);
    let about = [
        date,
        hit.subjects.first().map_or("", String::as_str),
        hit.regions.first().map_or("", String::as_str),
    ];
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    let about = format!("   {}", sanitise::line(&about.join(" · ")));
    vec![
        Line::styled(title, style),
        look.line(&[Span::dim(&width::truncate(&about, columns))]),
        look.line(&fitted(marked_snippet(&hit.snippet), columns)),
    ]
}

/// The part of a snippet that fits one line: from a little before its first match on.
fn fitted(spans: Vec<Span>, columns: usize) -> Vec<Span> {
    let room = columns.saturating_sub(3);
    let first = spans.iter().position(|span| span.ink == Ink::Match);
    let mut left = room;
    let mut line = vec![Span::plain("   ")];
    for (at, span) in spans.into_iter().enumerate() {
        let text = match first {
            Some(first) if at < first => width::truncate_front(&span.text, room / 3).into_owned(),
            _ => span.text,
        };
        let shown = width::truncate(&text, left).into_owned();
        left = left.saturating_sub(width::of(&shown));
        let whole = shown == text;
        line.push(Span { text: shown, ink: span.ink });
        if !whole {
            break;
        }
    }
    line
}

/// What to say where there are no hits.
fn nothing(state: &State<'_>, columns: usize) -> Vec<String> {
    let mut lines = vec!["没有找到。".to_owned()];
    let diagnosis = state.answer.diagnosis.as_ref();
    for word in diagnosis.iter().flat_map(|diagnosis| &diagnosis.absent) {
        lines.push(format!("没有一篇含有“{word}”"));
    }
    for (filter, count) in diagnosis.iter().flat_map(|diagnosis| &diagnosis.emptied_by) {
        lines.push(format!("去掉 {filter} 有 {count} 篇"));
    }
    lines.iter().map(|line| width::truncate(&sanitise::line(line), columns).into_owned()).collect()
}

fn draw_facets(frame: &mut Frame<'_>, state: &State<'_>, look: Look, area: Rect) {
    let focused = state.focus == Focus::Facets;
    let names = FACETS.iter().enumerate().map(|(at, field)| {
        let name = wording::facet(field.as_str());
        if at == state.facet { format!("[{name}]") } else { name.to_owned() }
    });
    let block = pane(format!(" {} ", names.collect::<Vec<_>>().join(" ")), focused, look);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let columns = usize::from(inner.width);
    let values = state.values();
    let mut lines = Vec::new();
    let mut room = usize::from(inner.height);
    if let Some(chosen) = state.chosen.get(state.facet).and_then(Option::as_ref) {
        let up = if state.field() == FacetField::Year { "✓" } else { "↑" };
        let text = format!("{up} {}（退格返回）", last_part(chosen));
        lines.push(look.line(&[Span::new(&width::truncate(&text, columns), Ink::Good)]));
        room = room.saturating_sub(1);
    }
    let top = (state.value + 1).saturating_sub(room);
    let largest = values.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let widest = values.iter().map(|(value, _)| width::of(last_part(value))).max().unwrap_or(0);
    let label_columns = widest.min(columns.saturating_sub(10).max(8));
    for (at, (value, count)) in values.iter().enumerate().skip(top).take(room) {
        let label = sanitise::line(last_part(value)).into_owned();
        let label = width::truncate(&label, label_columns).into_owned();
        let fill = width::padding(&label, label_columns);
        let sign = if state.is_chosen(value) { "✓" } else { " " };
        let head = format!("{sign}{label}{fill} {:>5} ", thousands(*count as u64));
        let bar_room = columns.saturating_sub(width::of(&head));
        let mut style = Style::new();
        if focused && at == state.value {
            style = style.add_modifier(Modifier::REVERSED);
        }
        let bar = Text::styled(bar(*count, largest, bar_room), look.style(Ink::Bar));
        lines.push(Line::from(vec![Text::styled(head, style), bar]));
    }
    if values.is_empty() {
        lines.push(look.line(&[Span::dim(" （无）")]));
    }
    frame.render_widget(Paragraph::new(lines), inner);
}

fn draw_article(frame: &mut Frame<'_>, state: &mut State<'_>, look: Look, area: Rect) {
    let Some(state::Opened { article: view, top, lines: count, room }) = &mut state.opened else { return };
    let lines = article::lines(view, usize::from(area.width).saturating_sub(2).max(8));
    let inner_height = usize::from(area.height).saturating_sub(1);
    *count = lines.len();
    *room = inner_height;
    *top = (*top).min(lines.len().saturating_sub(inner_height));
    let share = if lines.len() > inner_height {
        format!(" {}% ", (*top + inner_height) * 100 / lines.len().max(1))
    } else {
        " 全文 ".to_owned()
    };
    let block = pane(share, true, look);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let shown: Vec<Line<'_>> =
        lines.iter().skip(*top).take(inner_height).map(|line| look.line(line)).collect();
    frame.render_widget(Paragraph::new(shown), inner);
}

fn key_help(state: &State<'_>) -> &'static str {
    if state.opened.is_some() {
        return "Esc 返回  ↑↓ 空格 翻看  n/p 下一篇/上一篇  Ctrl-C 退出";
    }
    match state.focus {
        Focus::Query => "↑↓ 选择  回车 打开  Tab 到分面  Ctrl-U 清空  Esc 退出",
        Focus::Hits => "↑↓ 选择  回车 打开  Tab 到分面  / 改查询  q 退出",
        Focus::Facets => "↑↓ 选择  回车 限定  退格 放宽  ←→ 换分面  Esc 回查询  q 退出",
    }
}
