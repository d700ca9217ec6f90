//! Mentions and signs in the order in which they stand, looked up by a place of the text: it is asked for what lies in a sentence or a
//! clause again and again.

use super::Span;
use std::ops::Deref;

/// Bytes of a stretch of the text, as a shift.
const STRETCH: usize = 6;

/// What begins at a place of the text.
pub(crate) trait Begins {
    /// Its first byte.
    fn start(&self) -> usize;
}

/// What takes up a piece of the text.
pub(crate) trait Spanned: Begins {
    /// The piece.
    fn span(&self) -> Span;
}

/// Things in order of their starts.
#[derive(Debug)]
pub(crate) struct Placed<T> {
    items: Vec<T>,
    /// For every stretch of the text up to the last one's, how many begin before it.
    stretches: Vec<u32>,
}

impl<T> Default for Placed<T> {
    fn default() -> Self {
        Placed { items: Vec::new(), stretches: Vec::new() }
    }
}

impl<T> Deref for Placed<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T: Begins> Placed<T> {
    /// Things that are in order.
    pub(crate) fn of(items: Vec<T>) -> Placed<T> {
        let last = items.last().map_or(0, |last| (last.start() >> STRETCH) + 1);
        let mut stretches = Vec::with_capacity(last);
        for (at, item) in items.iter().enumerate() {
            let stretch = item.start() >> STRETCH;
            if stretches.len() <= stretch {
                stretches.resize(stretch + 1, at as u32);
            }
        }
        Placed { items, stretches }
    }

    /// How many begin before a place.
    #[inline]
    pub(crate) fn before(&self, at: usize) -> usize {
        let Some(&from) = self.stretches.get(at >> STRETCH) else { return self.items.len() };
        let mut number = from as usize;
        while self.items.get(number).is_some_and(|item| item.start() < at) {
            number += 1;
        }
        crate::work::done(number - from as usize + 1);
        number
    }

    /// Those that begin at a place or behind it.
    #[inline]
    pub(crate) fn behind(&self, at: usize) -> &[T] {
        self.items.get(self.before(at)..).unwrap_or_default()
    }

    /// Those that begin exactly at a place.
    #[inline]
    pub(crate) fn at(&self, at: usize) -> &[T] {
        let rest = self.behind(at);
        let count = rest.iter().take_while(|item| item.start() == at).count();
        crate::work::done(count);
        rest.get(..count).unwrap_or_default()
    }
}

impl<T: Spanned> Placed<T> {
    /// Those that lie in a span, as far as the first that does not.
    #[inline]
    pub(crate) fn inside(&self, within: Span) -> &[T] {
        let rest = self.behind(within.start);
        let count = rest.iter().take_while(|item| item.span().end <= within.end).count();
        crate::work::done(count);
        rest.get(..count).unwrap_or_default()
    }

    /// The number of the one that begins at a place.
    #[inline]
    pub(crate) fn number_at(&self, start: usize) -> Option<usize> {
        let number = self.before(start);
        self.items.get(number).filter(|item| item.start() == start).map(|_| number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Begins for Span {
        fn start(&self) -> usize {
            self.start
        }
    }

    impl Spanned for Span {
        fn span(&self) -> Span {
            *self
        }
    }

    #[test]
    fn what_lies_in_a_span_is_what_a_search_finds() {
        let mut state = 7_usize;
        let mut next = move |most: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % most
        };
        for _ in 0..500 {
            let mut items = Vec::new();
            let mut at = next(300);
            for _ in 0..next(40) {
                let length = next(20);
                items.push(Span::new(at, at + length));
                at += next(90);
            }
            let placed = Placed::of(items.clone());
            for _ in 0..50 {
                let start = next(1_500);
                let within = Span::new(start, start + next(400));
                let from = items.partition_point(|item| item.start < within.start);
                let expected: Vec<Span> =
                    items[from..].iter().copied().take_while(|item| item.end <= within.end).collect();
                assert_eq!(placed.inside(within), expected);
                assert_eq!(placed.before(start), from);
                let there: Vec<Span> = items.iter().copied().filter(|item| item.start == start).collect();
                assert_eq!(placed.at(start), there);
                assert_eq!(placed.number_at(start), items.iter().position(|item| item.start == start));
            }
        }
        assert!(Placed::<Span>::default().inside(Span::new(0, 9)).is_empty());
    }
}
