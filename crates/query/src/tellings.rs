//! Records brought together by the titles that they tell.
//!
//! Most titles are told by one record. Two sets of bits, some for each title's hash, find those that may be told by several; only these
//! are put in order, and all others stay where they were read: memory that is asked for first takes longer than reading it does.

use xinglin_index_schema::TitleKey;

/// One record, and what makes it the same title as another, their years aside. A look-up may have some hundred thousand, so they are
/// small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) title: TitleKey,
    /// Its document, numbered through all segments.
    pub(crate) number: u32,
    pub(crate) year: Option<i16>,
}

/// All records of a title: where they lie among the tellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) piece: u32,
    pub(crate) from: u32,
    pub(crate) to: u32,
}

/// Records that were looked up.
pub(crate) struct Tellings {
    /// As they were read, and at last those whose title another may have, title by title.
    pieces: Vec<Vec<Told>>,
    shared: Marks,
}

impl Tellings {
    /// Brings together what was read piece by piece.
    pub(crate) fn of(mut pieces: Vec<Vec<Told>>) -> Tellings {
        let count = pieces.iter().map(Vec::len).sum();
        let (mut met, mut shared) = (Marks::room_for(count), Marks::room_for(count));
        for piece in &pieces {
            for told in piece {
                if !met.insert(told.title) {
                    shared.insert(told.title);
                }
            }
        }
        let several = grouped(count, || {
            pieces.iter().flat_map(|piece| piece.iter().filter(|told| shared.holds(told.title)))
        });
        pieces.push(several);
        Tellings { pieces, shared }
    }

    /// How many records there are.
    pub(crate) fn len(&self) -> usize {
        self.pieces.split_last().map_or(0, |(_, read)| read.iter().map(Vec::len).sum())
    }

    /// Hands on all titles, each with its records in the order in which they were read.
    #[inline]
    pub(crate) fn each_group(&self, mut take: impl FnMut(Group, &[Told])) {
        let Some((several, read)) = self.pieces.split_last() else { return };
        for (told, piece) in read.iter().zip(0..) {
            for (one, from) in told.iter().zip(0..) {
                if !self.shared.holds(one.title) {
                    take(Group { piece, from, to: from + 1 }, std::slice::from_ref(one));
                }
            }
        }
        let (piece, mut from) = (read.len() as u32, 0);
        for group in several.chunk_by(|a, b| a.title == b.title) {
            let to = from + group.len() as u32;
            take(Group { piece, from, to }, group);
            from = to;
        }
    }

    /// The records of a title.
    pub(crate) fn group(&self, Group { piece, from, to }: Group) -> &[Told] {
        let piece = self.pieces.get(piece as usize).map_or(&[][..], Vec::as_slice);
        piece.get(from as usize..to as usize).unwrap_or_default()
    }
}

/// Bits for each title's hash, several for each title that there is room for.
struct Marks {
    words: Vec<u64>,
}

impl Marks {
    fn room_for(titles: usize) -> Marks {
        Marks { words: vec![0; (titles / 8).next_power_of_two()] }
    }

    #[inline]
    fn place(&self, title: TitleKey) -> (usize, u64) {
        // The highest bits are the level's.
        let hash = (title.0 >> 16) as usize;
        ((hash / 64) & (self.words.len() - 1), 1 << (hash % 64))
    }

    /// Whether it was not there yet.
    #[inline]
    fn insert(&mut self, title: TitleKey) -> bool {
        let (word, bit) = self.place(title);
        let word = &mut self.words[word];
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    #[inline]
    fn holds(&self, title: TitleKey) -> bool {
        let (word, bit) = self.place(title);
        self.words[word] & bit != 0
    }
}

/// Puts together the records of the same title, those of each in the order in which they came. Titles' keys are hashes behind
/// their levels, so a count of how they begin sorts them but for a few that lie beside one another.
fn grouped<'a, T: Iterator<Item = &'a Told>>(most: usize, told: impl Fn() -> T) -> Vec<Told> {
    let Some(bits) = (most as u32).checked_ilog2() else { return Vec::new() };
    // A few titles a place: a count of each title alone would take as much memory as half of the records do.
    let bits = bits.saturating_sub(4);
    let place = |told: &Told| (told.title.0 >> (u64::BITS - 1 - bits)) as usize;
    let mut starts = vec![0u32; (2 << bits) + 1];
    told().for_each(|told| starts[place(told) + 1] += 1);
    let mut before = 0;
    for start in &mut starts {
        before += *start;
        *start = before;
    }
    let mut sorted = vec![Told { title: TitleKey(0), number: 0, year: None }; before as usize];
    told().for_each(|told| {
        let start = &mut starts[place(told)];
        sorted[*start as usize] = *told;
        *start += 1;
    });
    // Nearly in order: this is one pass of insertions.
    for at in 1..sorted.len() {
        let mut to = at;
        while to > 0 && sorted[to - 1].title > sorted[to].title {
            sorted.swap(to - 1, to);
            to -= 1;
        }
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_one_title_come_together_in_their_order() {
        let mut seed = 7u64;
        let mut random = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            seed >> 20
        };
        for (count, hashes) in [(0, 9), (1, 9), (2, 1), (3, 2), (100, 50), (5_000, 50), (5_000, 100_000)] {
            let told = |number| Told {
                // Of two levels, some that differ in their last bits alone.
                title: TitleKey(((random() % 2) << 62) | ((random() % hashes) << 40) | (random() % 3)),
                number,
                year: None,
            };
            let all: Vec<Told> = (0..count).map(told).collect();
            let mut expected = all.clone();
            expected.sort_by_key(|told| told.title);
            let (some, rest) = all.split_at(all.len() / 3);
            let tellings = Tellings::of(vec![some.to_vec(), Vec::new(), rest.to_vec()]);
            assert_eq!(tellings.len(), all.len());
            let mut groups = Vec::new();
            tellings.each_group(|place, group| {
                assert_eq!(tellings.group(place), group);
                groups.push(group.to_vec());
            });
            groups.sort_by_key(|group| group.first().map(|told| told.title));
            let expected: Vec<Vec<Told>> =
                expected.chunk_by(|a, b| a.title == b.title).map(<[Told]>::to_vec).collect();
            assert_eq!(groups, expected, "{count} of {hashes}");
        }
    }
}
