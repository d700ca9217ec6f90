//! The screens, drawn into memory.

use std::path::Path;
use std::sync::LazyLock;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::{Color, Modifier};
use xinglin::{Index, Ingest};

use super::keys::Key;
use super::state::{Beginning, Focus, State, Step};
use super::view;
use crate::terminal::width;

static INDEX: LazyLock<(tempfile::TempDir, Index)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/articles");
    Ingest::into(dir.path().join("idx")).paths([corpus]).run().unwrap();
    let index = Index::open(dir.path().join("idx")).unwrap();
    (dir, index)
});

/// A person at a terminal.
struct Sitting {
    state: State<'static>,
    terminal: Terminal<TestBackend>,
}

impl Sitting {
    fn new(columns: u16, rows: u16, query: &str, colour: bool) -> Sitting {
        let beginning = Beginning { query: query.to_owned(), ..Beginning::default() };
        let state = State::new(&INDEX.1, beginning, colour);
        Sitting { state, terminal: Terminal::new(TestBackend::new(columns, rows)).unwrap() }
    }

    fn press(&mut self, keys: &[Key]) -> Step {
        let mut step = Step::On;
        for key in keys {
            step = self.state.press(*key);
            self.screen();
        }
        step
    }

    fn type_in(&mut self, text: &str) {
        text.chars().for_each(|c| {
            self.state.press(Key::Char(c));
        });
    }

    /// The screen's lines. A wide character's second cell is empty in the buffer.
    fn screen(&mut self) -> Vec<String> {
        self.state.refresh();
        // the test's terminal, unlike real ones, keeps what once stood under the second half of a wide character
        self.terminal.clear().unwrap();
        self.terminal.draw(|frame| view::draw(frame, &mut self.state)).unwrap();
        let buffer = self.terminal.backend().buffer();
        let area = buffer.area;
        (0..area.height)
            .map(|row| {
                let mut line = String::new();
                let mut column = 0;
                while column < area.width {
                    let symbol = buffer[(column, row)].symbol();
                    line.push_str(symbol);
                    column += width::of(symbol).max(1) as u16;
                }
                line.trim_end().to_owned()
            })
            .collect()
    }

    fn shows(&mut self, text: &str) -> bool {
        self.screen().iter().any(|line| line.contains(text))
    }
}

#[test]
fn hits_and_counts_change_with_every_letter() {
    let mut sitting = Sitting::new(80, 24, "", true);
    assert!(sitting.screen()[1].starts_with("共 40 篇"), "{:?}", sitting.screen());
    sitting.type_in("胸痛中");
    assert!(sitting.shows("瑞金市人民医院胸痛中心"), "{:?}", sitting.screen());
    let some = sitting.state.answer.total;
    assert!(some < 40);
    sitting.press(&[Key::Backspace, Key::Backspace, Key::Backspace]);
    assert_eq!(sitting.state.answer.total, 40);
    sitting.type_in("guke");
    assert!(sitting.screen()[1].contains("按“骨科”检索"), "{:?}", sitting.screen());
}

#[test]
fn facets_narrow_and_widen() {
    let mut sitting = Sitting::new(80, 24, "骨科", true);
    let all = {
        sitting.screen();
        sitting.state.answer.total
    };
    sitting.press(&[Key::BackTab]);
    assert_eq!(sitting.state.focus, Focus::Facets);
    let (first, count) = sitting.state.values()[0].clone();
    sitting.press(&[Key::Enter]);
    assert_eq!((sitting.state.answer.total, sitting.state.narrowed()), (count, vec![first.clone()]));
    assert!(sitting.state.values().iter().all(|(value, _)| value.starts_with(&format!("{first}/"))));
    let (city, count) = sitting.state.values()[0].clone();
    sitting.press(&[Key::Enter]);
    assert_eq!((sitting.state.answer.total, sitting.state.narrowed()), (count, vec![city]));
    sitting.press(&[Key::Backspace]);
    assert_eq!(sitting.state.narrowed(), [first]);
    sitting.press(&[Key::Backspace]);
    assert_eq!((sitting.state.answer.total, sitting.state.narrowed().len()), (all, 0));
    sitting.press(&[Key::Left]);
    assert!(sitting.shows("[年份]"));
    let years: Vec<String> = sitting.state.values().into_iter().map(|(year, _)| year).collect();
    assert!(years.len() > 1 && years.is_sorted_by(|a, b| a > b), "{years:?}");
    let (year, count) = sitting.state.values()[1].clone();
    sitting.press(&[Key::Down, Key::Enter]);
    assert_eq!((sitting.state.answer.total, sitting.state.narrowed()), (count, vec![year]));
    sitting.press(&[Key::Enter]);
    assert_eq!(sitting.state.answer.total, all, "chosen again, a year is let go");
}

#[test]
fn an_article_opens_scrolls_and_closes() {
    let mut sitting = Sitting::new(80, 24, "荆州市中心医院", true);
    sitting.screen();
    sitting.press(&[Key::Enter]);
    assert!(
        sitting.shows("机构  荆州市中心医院") && sitting.shows("称号  荆州市中心医院 · 神经内科 · 国家级")
    );
    let first = sitting.screen();
    sitting.press(&[Key::Char(' ')]);
    assert_ne!(sitting.screen(), first);
    let marked = |sitting: &Sitting| {
        let cells = &sitting.terminal.backend().buffer().content;
        cells.iter().any(|cell| cell.modifier.contains(Modifier::UNDERLINED))
    };
    assert!(marked(&sitting), "evidence is marked");
    sitting.press(&[Key::End, Key::Down, Key::PageDown]);
    assert!(sitting.screen()[2].contains("100%"), "{:?}", sitting.screen());
    sitting.press(&[Key::Home]);
    assert_eq!(sitting.screen(), first);
    assert_eq!(sitting.press(&[Key::Escape]), Step::On);
    assert!(sitting.state.opened.is_none());
    assert_eq!(sitting.press(&[Key::Escape]), Step::Out);
}

#[test]
fn the_selection_stays_on_the_screen() {
    let mut sitting = Sitting::new(80, 12, "", true);
    sitting.screen();
    for _ in 0..60 {
        sitting.press(&[Key::Down]);
        let title: String = sitting.state.answer.hits[sitting.state.selected].title.chars().take(8).collect();
        assert!(sitting.shows(&title), "{title}: {:?}", sitting.screen());
    }
    assert_eq!(sitting.state.selected, 39);
    sitting.press(&[Key::PageUp, Key::Tab, Key::Home]);
    assert_eq!(sitting.state.selected, 0);
    assert_eq!(sitting.press(&[Key::Char('q')]), Step::Out);
    assert_eq!(sitting.press(&[Key::Interrupt]), Step::Out);
}

#[test]
fn nothing_found_says_why() {
    let mut sitting = Sitting::new(80, 24, "鑫燚淼", true);
    assert!(sitting.shows("没有找到") && sitting.shows("没有一篇含有“鑫燚淼”"), "{:?}", sitting.screen());
    sitting.press(&[Key::Enter, Key::Tab, Key::Tab, Key::Enter, Key::Backspace]);
    assert!(sitting.state.opened.is_none());
}

#[test]
fn every_size_is_drawn() {
    let keys = [Key::Down, Key::Tab, Key::Tab, Key::Enter, Key::Escape, Key::Tab, Key::Enter, Key::PageDown];
    for (columns, rows) in [(1, 1), (19, 5), (20, 5), (40, 12), (63, 20), (64, 6), (80, 24), (200, 60)] {
        let mut sitting = Sitting::new(columns, rows, "国家临床重点专科", true);
        for key in keys {
            sitting.press(&[key]);
            let (columns, lines) = (usize::from(columns), sitting.screen());
            assert!(lines.iter().all(|line| width::of(line) <= columns), "{lines:?}");
        }
    }
    let mut narrow = Sitting::new(40, 12, "骨科", true);
    assert!(narrow.shows("文章") && !narrow.shows("[地区]"));
    narrow.press(&[Key::BackTab]);
    assert!(narrow.shows("[地区]") && !narrow.shows("文章"));
}

#[test]
fn no_colour_means_none() {
    for colour in [true, false] {
        let mut sitting = Sitting::new(80, 24, "骨科", colour);
        sitting.screen();
        let cells = &sitting.terminal.backend().buffer().content;
        let coloured = cells.iter().any(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
        assert_eq!(coloured, colour);
        assert!(cells.iter().all(|cell| cell.bg == Color::Reset), "the ground is the terminal's own");
        assert!(cells.iter().any(|cell| cell.modifier.contains(Modifier::REVERSED)));
    }
}

#[test]
fn nothing_that_is_typed_steers_the_terminal() {
    let mut sitting = Sitting::new(80, 24, "", true);
    sitting.type_in("\u{1b}[31m骨\u{202e}科\u{7}");
    sitting.state.type_in("a\u{1b}\nb\t");
    for line in sitting.screen() {
        assert!(!line.chars().any(|c| c.is_control() || c == '\u{202e}'), "{line:?}");
    }
}
