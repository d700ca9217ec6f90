//! Lines and clauses of a name, a year and its titles, and nothing else.

use super::*;

impl Narrator<'_, '_> {
    /// 2018年 P(眼科): whether a stretch is a year and nothing else.
    pub(super) fn is_year_alone(&self, head: Span) -> bool {
        let [year] = self.reading.years_in(head) else { return false };
        let told = head.of(self.reading.text()).chars().filter(|c| c.is_alphanumeric()).count();
        let date = Span::new(year.span.start, self.reading.date_end(year.span));
        told == date.of(self.reading.text()).chars().filter(|c| c.is_alphanumeric()).count()
    }

    /// Whether a part is its line, but for signs.
    pub(super) fn is_whole_line(&self, part: Span) -> bool {
        let text = self.reading.text();
        let head = crate::mention::window_before(text, part.start, 12);
        let tail = crate::mention::window_after(text, part.end, 12);
        (head.is_empty() || head.trim_end_matches([' ', '·', '•', '●', '\u{3000}']).ends_with('\n'))
            && (tail.is_empty() || tail.starts_with('\n'))
    }

    /// 2017年　甲科，P1；乙科，P2；: whether the line that a part stands in opens with its year.
    pub(super) fn opens_with_year(&self, part: Span) -> bool {
        let line = self.reading.between(self.paragraph, part.end);
        let opening = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let at = self.paragraph + line.len() - opening.len();
        opening.starts_with(|c: char| c.is_ascii_digit())
            && self.reading.years.binary_search_by_key(&at, |year| year.span.start).is_ok()
    }

    /// Whether a part has nothing but a year, the group and a title.
    pub(super) fn is_line_of(&self, state: &State, title: &Title, part: Span) -> bool {
        let first = state.group.first().map_or(part.start, |(_, _, span)| span.start);
        let head = self.reading.between(part.start, first.max(part.start));
        let rest = self.reading.between(title.span.end, part.end);
        let named = self.reading.institutions_in(Span::new(part.start, first.max(part.start)));
        let named: usize = named.iter().map(|name| name.span.of(self.reading.text()).chars().count()).sum();
        let told = head.chars().filter(|c| is_han(*c) && !matches!(c, '年' | '月' | '日')).count();
        let bracket = rest.starts_with(['(', '（']) && rest.ends_with([')', '）']);
        told <= named && (bracket || !rest.chars().any(is_han))
    }

    /// 某医院甲科,P1、P2、P3,是…: whether a clause of titles alone stands behind a name that opens its part.
    pub(super) fn is_row_of_titles(&self, state: &State, title: &Title, part: Span) -> bool {
        let [(_, _, own)] = state.group.as_slice() else { return false };
        let clause = self.reading.clause(part, title.span.start);
        let titles = self.reading.titles_in(clause);
        let mut end = clause.start;
        let alone = titles.iter().all(|next| {
            let between =
                self.reading.between(end, next.span.start).trim_matches(['“', '”', '"', '「', '」']);
            let joined = between.is_empty() || field::is_join(between);
            end = next.span.end;
            joined && !next.activity && !next.void && !next.counted
        });
        let rest = self.reading.between(end, clause.end).chars().all(|c| !is_han(c));
        let head = self.reading.between(part.start, own.start);
        let head = head.rsplit(['：', ':']).next().unwrap_or(head);
        let at = own.start - head.len();
        let named = self.reading.institutions_in(Span::new(at, own.start));
        let name: usize = named.iter().map(|name| name.span.end - name.span.start).sum();
        titles.len() >= 2 && alone && rest && head.trim().len() <= name
    }
}
