//! When a title was given, and by an authority of which level.

use super::*;

impl Narrator<'_, '_> {
    /// The year of a full date by which an authority announces.
    pub(super) fn announcement(&self, whole: Span) -> Option<i32> {
        if !(self.reading.scan.says(whole, AUTHORITY) && self.reading.scan.says(whole, NEWS)) {
            return None;
        }
        self.reading.years_in(whole).iter().find_map(|year| {
            let tail = self.reading.between(year.span.end, whole.end).trim_start();
            let month = tail.trim_start_matches(|c: char| c.is_ascii_digit());
            match year.when {
                When::Year(value) if month.len() < tail.len() && month.starts_with('月') => Some(value),
                _ => None,
            }
        })
    }

    /// When: the year printed, else the article's news, else unsaid.
    pub(super) fn dating(
        &self,
        state: &State,
        part: Span,
        whole: Span,
        title: Span,
        existing: bool,
    ) -> Dating {
        let text = self.reading.text();
        // 省级临床重点专科(2019年)
        let tail = text.get(title.end..whole.end.max(title.end)).unwrap_or_default();
        if let Some(inner) = tail.strip_prefix('(').or_else(|| tail.strip_prefix('（')) {
            let open = title.end + tail.len() - inner.len();
            if let Some(year) = self
                .reading
                .years
                .binary_search_by_key(&open, |year| year.span.start)
                .ok()
                .and_then(|at| self.reading.years.get(at))
                && let When::Year(value) = year.when
            {
                return Dating::Printed(value);
            }
        }
        if let Some(year) = state.year {
            return Dating::Printed(year);
        }
        let head = Span::new(whole.start, title.start.max(whole.start));
        let scan = &self.reading.scan;
        let past = scan.says(Span::new(part.start, title.start.max(part.start)), BACKGROUND);
        let fresh = scan.says(head, NEWS);
        if existing || (past && !fresh) {
            Dating::Undated
        } else {
            self.memory.announced_in.map_or(Dating::News, Dating::Printed)
        }
    }

    /// The level of the authority that the sentence names, where the title names none.
    pub(super) fn level_around(&self, whole: Span, before: Span) -> Option<Level> {
        let words = self.reading.scan.words_in(Span::new(whole.start, before.start.max(whole.start)));
        let word = words.iter().rev().find(|word| word.kinds.has(AUTHORITY))?;
        let ends: Vec<_> = self.reading.scan.ending_at(word.span.start).collect();
        for (_, entry) in &ends {
            if let Some(target) = crate::mention::scan::region_targets(self.reading.tables, entry).first() {
                return self.reading.tables.region(target.row).map(|region| match region.rank {
                    0 => Level::Provincial,
                    1 => Level::Municipal,
                    _ => Level::County,
                });
            }
        }
        match self.reading.scan.before(word.span.start)? {
            '省' => Some(Level::Provincial),
            '市' | '州' | '盟' => Some(Level::Municipal),
            '县' | '区' | '旗' => Some(Level::County),
            '家' => Some(Level::National),
            _ => None,
        }
    }
}
