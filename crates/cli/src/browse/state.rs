//! What is on the screen and what keys do to it; nothing here draws.

use xinglin::{
    Answer, ArticleView, FacetAnswer, FacetField, FacetRequest, Filters, Index, SearchRequest, YearRange,
};

use super::keys::Key;
use super::line::Line;
use crate::failure;

/// Hits fetched at once.
const HITS: usize = 100;
/// Display columns of snippets: a line or two of a wide terminal.
const SNIPPET_COLUMNS: usize = 120;

/// The facets that can be moved through.
pub(crate) const FACETS: [FacetField; 3] = [FacetField::Region, FacetField::Specialty, FacetField::Year];

/// What to begin with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beginning {
    /// The query.
    pub(crate) query: String,
    /// The filters, as typed on the command line; they stay.
    pub(crate) filters: Filters,
    /// Whether the query means its letters alone.
    pub(crate) literal: bool,
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    On,
    Out,
}

/// Where keys go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    Query,
    Hits,
    Facets,
}

/// An article that is open.
pub(crate) struct Opened {
    pub(crate) article: ArticleView,
    /// The first line that is shown.
    pub(crate) top: usize,
    /// How many lines there were and fitted when it was last drawn.
    pub(crate) lines: usize,
    pub(crate) room: usize,
}

/// Everything there is to see.
pub(crate) struct State<'a> {
    index: &'a Index,
    beginning: Beginning,
    pub(crate) colour: bool,
    pub(crate) query: Line,
    pub(crate) focus: Focus,
    pub(crate) answer: Answer,
    pub(crate) selected: usize,
    /// The hit that stands first on the screen.
    pub(crate) top: usize,
    /// How many hits fitted when they were last drawn.
    pub(crate) room: usize,
    pub(crate) facet: usize,
    pub(crate) counts: FacetAnswer,
    pub(crate) value: usize,
    /// What was chosen of each of [`FACETS`]: a path, or a year.
    pub(crate) chosen: [Option<String>; 3],
    pub(crate) opened: Option<Opened>,
    pub(crate) trouble: Option<String>,
    stale: bool,
}

impl<'a> State<'a> {
    /// The state at the beginning.
    pub(crate) fn new(index: &'a Index, beginning: Beginning, colour: bool) -> State<'a> {
        State {
            index,
            colour,
            query: Line::new(&beginning.query),
            beginning,
            focus: Focus::Query,
            answer: Answer::default(),
            selected: 0,
            top: 0,
            room: 1,
            facet: 0,
            counts: FacetAnswer::default(),
            value: 0,
            chosen: [const { None }; 3],
            opened: None,
            trouble: None,
            stale: true,
        }
    }

    /// Asks the index again, if anything has changed since.
    pub(crate) fn refresh(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        self.trouble = None;
        if let Err(error) = self.ask() {
            self.trouble = Some(failure::describe(&error));
            self.answer = Answer::default();
            self.counts = FacetAnswer::default();
        }
        self.selected = self.selected.min(self.answer.hits.len().saturating_sub(1));
        self.value = self.value.min(self.values().len().saturating_sub(1));
    }

    fn ask(&mut self) -> anyhow::Result<()> {
        let filters = self.filters();
        let mut request = SearchRequest::new(self.query.text()).limit(HITS).snippet_width(SNIPPET_COLUMNS);
        request.filters = filters.clone();
        request.literal = self.beginning.literal;
        if request.query.trim().is_empty() {
            request.sort = xinglin::Sort::Date;
        }
        self.answer = self.index.search(&request)?;
        let query = match &self.answer.suggestion {
            Some(suggestion) if self.answer.corrected => suggestion.clone(),
            _ => self.query.text(),
        };
        let field = self.field();
        let mut counted = FacetRequest::new(query).by(field);
        counted.filters = filters;
        counted.literal = self.beginning.literal;
        if field != FacetField::Year {
            counted.under.clone_from(&self.chosen[self.facet]);
        }
        self.counts = self.index.facets(&counted)?;
        Ok(())
    }

    /// The filters of the command line and of the facets together; a facet's choice stands in the place of the former.
    fn filters(&self) -> Filters {
        let mut filters = self.beginning.filters.clone();
        let [region, specialty, year] = &self.chosen;
        if let Some(region) = region {
            filters.regions = vec![region.clone()];
        }
        if let Some(specialty) = specialty {
            filters.specialties = vec![specialty.clone()];
        }
        if let Some(year) = year.as_ref().and_then(|year| year.parse::<YearRange>().ok()) {
            filters.years = vec![year];
        }
        filters
    }

    /// The facet that is open.
    pub(crate) fn field(&self) -> FacetField {
        FACETS.get(self.facet).copied().unwrap_or(FacetField::Region)
    }

    /// Its values with their counts; years from the newest on.
    pub(crate) fn values(&self) -> Vec<(String, usize)> {
        let counts = self.counts.facets.0.iter().flat_map(|(_, counts)| counts);
        let mut values: Vec<(String, usize)> =
            counts.map(|count| (count.value.to_string(), count.count)).collect();
        if self.field() == FacetField::Year {
            values.reverse();
        }
        values
    }

    /// Types a piece of text into the query.
    pub(crate) fn type_in(&mut self, text: &str) -> Step {
        if self.opened.is_none() {
            text.chars().for_each(|c| self.query.insert(if c.is_whitespace() { ' ' } else { c }));
            self.changed();
            self.focus = Focus::Query;
        }
        Step::On
    }

    fn changed(&mut self) {
        self.stale = true;
        self.selected = 0;
        self.top = 0;
        self.value = 0;
    }

    /// Does what a key asks for.
    pub(crate) fn press(&mut self, key: Key) -> Step {
        // keys may come faster than the index is asked
        self.refresh();
        if key == Key::Interrupt {
            return Step::Out;
        }
        if self.opened.is_some() {
            return self.press_in_article(key);
        }
        match (key, self.focus) {
            (Key::Tab, _) => self.turn(1),
            (Key::BackTab, _) => self.turn(2),
            (_, Focus::Query) => return self.press_in_query(key),
            (_, Focus::Hits) => return self.press_in_hits(key),
            (_, Focus::Facets) => return self.press_in_facets(key),
        }
        Step::On
    }

    fn turn(&mut self, by: usize) {
        let order = [Focus::Query, Focus::Hits, Focus::Facets];
        let at = order.iter().position(|focus| *focus == self.focus).unwrap_or(0);
        self.focus = order.get((at + by) % order.len()).copied().unwrap_or(Focus::Query);
    }

    fn press_in_query(&mut self, key: Key) -> Step {
        match key {
            Key::Char(c) => {
                self.query.insert(c);
                self.changed();
            }
            Key::Backspace => {
                self.query.backspace();
                self.changed();
            }
            Key::Delete => {
                self.query.delete();
                self.changed();
            }
            Key::Clear => {
                self.query.clear();
                self.changed();
            }
            Key::Left => self.query.step(-1),
            Key::Right => self.query.step(1),
            Key::Home => self.query.jump(false),
            Key::End => self.query.jump(true),
            Key::Escape => return Step::Out,
            _ => self.move_selection(key),
        }
        Step::On
    }

    fn press_in_hits(&mut self, key: Key) -> Step {
        match key {
            Key::Char('q') => return Step::Out,
            Key::Char('k') => self.move_selection(Key::Up),
            Key::Char('j') => self.move_selection(Key::Down),
            Key::Char('/') | Key::Escape => self.focus = Focus::Query,
            Key::Home => self.selected = 0,
            Key::End => self.selected = self.answer.hits.len().saturating_sub(1),
            Key::Right => self.focus = Focus::Facets,
            _ => self.move_selection(key),
        }
        Step::On
    }

    fn move_selection(&mut self, key: Key) {
        let last = self.answer.hits.len().saturating_sub(1);
        match key {
            Key::Up => self.selected = self.selected.saturating_sub(1),
            Key::Down => self.selected = (self.selected + 1).min(last),
            Key::PageUp => self.selected = self.selected.saturating_sub(self.room.max(1)),
            Key::PageDown => self.selected = (self.selected + self.room.max(1)).min(last),
            Key::Enter => self.open(),
            _ => {}
        }
    }

    fn open(&mut self) {
        let Some(hit) = self.answer.hits.get(self.selected) else { return };
        match self.index.article(&hit.id) {
            Ok(article) => self.opened = Some(Opened { article, top: 0, lines: 0, room: 1 }),
            Err(error) => self.trouble = Some(failure::describe(&error.into())),
        }
    }

    fn press_in_facets(&mut self, key: Key) -> Step {
        let last = self.values().len().saturating_sub(1);
        match key {
            Key::Char('q') => return Step::Out,
            Key::Char('/') | Key::Escape => self.focus = Focus::Query,
            Key::Left => self.show_facet(FACETS.len() - 1),
            Key::Right => self.show_facet(1),
            Key::Up | Key::Char('k') => self.value = self.value.saturating_sub(1),
            Key::Down | Key::Char('j') => self.value = (self.value + 1).min(last),
            Key::PageUp => self.value = self.value.saturating_sub(10),
            Key::PageDown => self.value = (self.value + 10).min(last),
            Key::Home => self.value = 0,
            Key::End => self.value = last,
            Key::Enter | Key::Char(' ') => self.choose(),
            Key::Backspace => self.go_up(),
            _ => {}
        }
        Step::On
    }

    fn show_facet(&mut self, by: usize) {
        self.facet = (self.facet + by) % FACETS.len();
        self.value = 0;
        self.stale = true;
    }

    /// Narrows by the value under the cursor; a year that was chosen is let go again.
    fn choose(&mut self) {
        let Some((value, _)) = self.values().into_iter().nth(self.value) else { return };
        let place = self.value;
        let Some(chosen) = self.chosen.get_mut(self.facet) else { return };
        let again = chosen.as_deref() == Some(value.as_str());
        *chosen = (!again).then_some(value);
        self.changed();
        if self.field() == FacetField::Year {
            self.value = place;
        }
    }

    /// Takes back one step of narrowing: to the place above, or to all.
    fn go_up(&mut self) {
        if let Some(chosen) = self.chosen.get_mut(self.facet) {
            *chosen = chosen.take().and_then(|path| path.rsplit_once('/').map(|(above, _)| above.to_owned()));
            self.changed();
        }
    }

    fn press_in_article(&mut self, key: Key) -> Step {
        let count = self.answer.hits.len();
        let Some(opened) = &mut self.opened else { return Step::On };
        let lowest = opened.lines.saturating_sub(opened.room);
        let page = opened.room.saturating_sub(2).max(1);
        match key {
            Key::Escape | Key::Backspace | Key::Left | Key::Char('q' | 'h') => self.opened = None,
            Key::Up | Key::Char('k') => opened.top = opened.top.saturating_sub(1),
            Key::Down | Key::Enter | Key::Char('j') => opened.top = (opened.top + 1).min(lowest),
            Key::PageUp | Key::Char('b') => opened.top = opened.top.saturating_sub(page),
            Key::PageDown | Key::Char(' ') => opened.top = (opened.top + page).min(lowest),
            Key::Home | Key::Char('g') => opened.top = 0,
            Key::End | Key::Char('G') => opened.top = lowest,
            Key::Char('n') | Key::Right if self.selected + 1 < count => {
                self.selected += 1;
                self.open();
            }
            Key::Char('p') if self.selected > 0 => {
                self.selected -= 1;
                self.open();
            }
            _ => {}
        }
        Step::On
    }

    /// What the answer is narrowed by, as it is shown.
    pub(crate) fn narrowed(&self) -> Vec<String> {
        let filters = &self.beginning.filters;
        let mut all: Vec<String> = Vec::new();
        let typed = [&filters.regions, &filters.specialties];
        for (chosen, typed) in self.chosen.iter().zip(typed) {
            all.extend(chosen.clone().map_or_else(|| typed.clone(), |chosen| vec![chosen]));
        }
        let years = || filters.years.iter().map(ToString::to_string).collect();
        all.extend(self.chosen[2].clone().map_or_else(years, |year| vec![year]));
        let rest =
            [&filters.institutions, &filters.levels, &filters.statuses, &filters.programmes, &filters.tiers];
        all.extend(rest.into_iter().flatten().cloned());
        all
    }

    /// The value that is chosen of the open facet, where it is one of those shown.
    pub(crate) fn is_chosen(&self, value: &str) -> bool {
        self.chosen.get(self.facet).is_some_and(|chosen| chosen.as_deref() == Some(value))
    }
}

/// A year or a name as a value is shown: of a path, its last part.
pub(crate) fn last_part(value: &str) -> &str {
    value.rsplit('/').next().unwrap_or(value)
}
