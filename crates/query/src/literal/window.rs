//! Candidates of a literal piece, a block of documents at a time.
//!
//! Going from list to list with a hundred documents costs a fraction of going from document to document with all lists: where a list
//! stands and what of it is decoded stays at hand, and most documents that are looked for stand near the ones before.

use tantivy::DocId;

use super::damage;
use super::list::{Found, List, Spot};
use super::places::Places;

/// A list that each match is in.
pub(super) struct Narrowing {
    pub(super) list: List,
    /// What it says of the candidates, where it is asked how often, and where, its term stands.
    pub(super) told: Option<Box<Found>>,
}

/// A term of the cut.
pub(super) struct OpenPart {
    /// Which of the lists is the term's.
    pub(super) list: usize,
    pub(super) stands: Stands,
}

/// Where a term stands.
pub(super) enum Stands {
    /// A single character, whose list says it.
    Character { ahead: u32, places: Places },
    /// A word, told by its characters, the rarest first.
    Word(Vec<OpenLetter>, Unspoken),
}

/// Numbers of the candidates in which the rarest character of a word may stand elsewhere too.
pub(super) type Unspoken = Vec<u8>;

/// A character of a word.
pub(super) struct OpenLetter {
    /// How many characters before the piece's last it stands.
    pub(super) ahead: u32,
    /// Whether the word has it only once.
    pub(super) once: bool,
    pub(super) list: List,
    pub(super) places: Places,
}

/// Candidates, and what is known of each.
#[derive(Default)]
pub(super) struct Window {
    pub(super) docs: Vec<DocId>,
    /// How often the piece stands in each; 0 where it does not.
    pub(super) times: Vec<u32>,
    /// Numbers of those that are still asked for.
    asked: Vec<u8>,
    /// The documents of some numbers.
    sought: Vec<DocId>,
    found: Box<Found>,
    /// For each candidate the places that are left, in `places`.
    left: Vec<Left>,
    places: Vec<u32>,
}

/// Places of a candidate that are left.
#[derive(Clone, Copy, Default)]
struct Left {
    start: usize,
    /// Unset before the first part was looked at.
    count: Option<usize>,
    /// Words that more of their characters are still to be asked for.
    open: u8,
}

impl Window {
    /// Begins with no candidates.
    pub(super) fn clear(&mut self) {
        self.docs.clear();
        self.times.clear();
    }

    /// Takes candidates from the first list, whose documents they are; whether there are any.
    pub(super) fn begin(&mut self, first: &mut Narrowing, from: DocId, end: DocId) -> bool {
        self.clear();
        first.list.window(from, end, &mut self.docs, first.told.as_deref_mut());
        !self.docs.is_empty()
    }

    /// Keeps the candidates that all lists have, of which some `known` first ones need not be asked. The lists may tell that none comes
    /// before a document behind the last candidate: returns it.
    pub(super) fn narrow(&mut self, lists: &mut [Narrowing], known: usize) -> DocId {
        let mut next = 0;
        for at in known..lists.len() {
            let (before, rest) = lists.split_at_mut(at);
            let (Some(Narrowing { list, told }), Some(last)) = (rest.first_mut(), self.docs.last().copied())
            else {
                break;
            };
            let is_told = told.is_some();
            let found = told.as_mut().unwrap_or(&mut self.found);
            list.find(&self.docs, is_told, found);
            let doc = list.reach(last);
            next = if doc > last { next.max(doc) } else { next };
            let numbers = found.numbers();
            if numbers.len() < self.docs.len() {
                pick(&mut self.docs, numbers);
                before.iter_mut().filter_map(|list| list.told.as_mut()).for_each(|told| told.pick(numbers));
            }
        }
        if let (1, Some(Narrowing { list, told: Some(told) })) = (known, lists.first_mut()) {
            list.tell_window(told);
        }
        next
    }

    /// Asks for all candidates.
    pub(super) fn ask_all(&mut self) {
        self.times.clear();
        self.times.resize(self.docs.len(), 0);
        self.asked.clear();
        self.asked.extend((0..self.docs.len()).map(|number| number as u8));
        self.places.clear();
        self.left.clear();
        self.left.resize(self.docs.len(), Left::default());
    }

    /// Takes the candidates that are in the list of a longer term as matches.
    pub(super) fn know(&mut self, whole: &mut List, count: bool) {
        if self.asked.is_empty() {
            return;
        }
        seek(&mut self.sought, &self.asked, &self.docs);
        whole.find(&self.sought, count, &mut self.found);
        if self.found.len() == 0 {
            return;
        }
        for (at, number) in self.found.numbers().iter().enumerate() {
            let number = self.asked.get(usize::from(*number)).copied().unwrap_or_default();
            if let Some(times) = self.times.get_mut(usize::from(number)) {
                *times = if count { self.found.spot(at).times.max(1) } else { 1 };
            }
        }
        let times = &self.times;
        self.asked.retain(|number| times.get(usize::from(*number)) == Some(&0));
    }

    /// Keeps the candidates at which a term stands where those before it leave room for it; of a word its rarest character is asked for
    /// now, which mostly denies what others would. `one` place is enough of the last part where nobody counts.
    pub(super) fn keep(&mut self, part: &mut OpenPart, lists: &[Narrowing], one: bool) {
        let Some(told) = lists.get(part.list).and_then(|list| list.told.as_ref()) else { return };
        match &mut part.stands {
            Stands::Character { ahead, places } => {
                for number in &self.asked {
                    let number = usize::from(*number);
                    if let Some(left) = self.left.get_mut(number) {
                        let one = one && left.open == 0;
                        left.stand(&mut self.places, told.spot(number), places, *ahead, one);
                    }
                }
            }
            Stands::Word(letters, unspoken) => {
                unspoken.clear();
                let Some(OpenLetter { ahead, once, list, places }) = letters.first_mut() else { return };
                seek(&mut self.sought, &self.asked, &self.docs);
                list.find(&self.sought, true, &mut self.found);
                // A document that has the word has its characters.
                for (at, spot) in self.found.numbers().iter().zip(self.found.spots()) {
                    let Some(number) = self.asked.get(usize::from(*at)).copied() else { break };
                    let Some(left) = self.left.get_mut(usize::from(number)) else { break };
                    if !(*once && told.spot(usize::from(number)).times == spot.times) {
                        unspoken.push(number);
                        left.open += 1;
                    }
                    left.stand(&mut self.places, *spot, places, *ahead, one && left.open == 0);
                }
            }
        }
        self.drop_denied();
    }

    /// The same for the other characters of a word, where its rarest one may stand elsewhere too. A character that is in a document as
    /// often as the word stands nowhere else, and speaks for the whole word; where there is none, all of them are asked.
    pub(super) fn keep_spelled(&mut self, part: &mut OpenPart, lists: &[Narrowing], one: bool) {
        let Some(told) = lists.get(part.list).and_then(|list| list.told.as_ref()) else { return };
        let Stands::Word(letters, rest) = &mut part.stands else { return };
        let left = &self.left;
        rest.retain(|number| left.get(usize::from(*number)).is_some_and(Left::is_asked));
        let last = letters.len().saturating_sub(1);
        for (nth, OpenLetter { ahead, once, list, places }) in letters.iter_mut().enumerate().skip(1) {
            if rest.is_empty() {
                break;
            }
            seek(&mut self.sought, rest, &self.docs);
            list.find(&self.sought, true, &mut self.found);
            let mut kept = 0;
            for (at, spot) in self.found.numbers().iter().zip(self.found.spots()) {
                let Some(number) = rest.get(usize::from(*at)).copied() else { break };
                let Some(left) = self.left.get_mut(usize::from(number)) else { break };
                let is_told = nth == last || *once && told.spot(usize::from(number)).times == spot.times;
                left.stand(&mut self.places, *spot, places, *ahead, one && is_told && left.open == 1);
                if is_told {
                    left.open -= 1;
                } else if left.is_asked()
                    && let Some(room) = rest.get_mut(kept)
                {
                    *room = number;
                    kept += 1;
                }
            }
            rest.truncate(kept);
        }
        self.drop_denied();
    }

    fn drop_denied(&mut self) {
        let left = &self.left;
        self.asked.retain(|number| left.get(usize::from(*number)).is_some_and(Left::is_asked));
    }

    /// What is still asked for matches.
    pub(super) fn finish(&mut self) {
        for number in self.asked.iter().map(|number| usize::from(*number)) {
            let count = self.left.get(number).and_then(|left| left.count).unwrap_or_default();
            if let Some(times) = self.times.get_mut(number) {
                *times = count as u32;
            }
        }
    }
}

impl Left {
    /// Whether any place is left, or none was looked for yet.
    fn is_asked(&self) -> bool {
        self.count != Some(0)
    }

    /// Keeps the places at which a character stands too.
    #[inline(always)]
    fn stand(&mut self, all: &mut Vec<u32>, spot: Spot, places: &mut Places, ahead: u32, one: bool) {
        let (count, whole) = match self.count {
            Some(count) => {
                let known = all.get_mut(self.start..self.start + count).unwrap_or_default();
                keep_common(known, places, spot, ahead, one)
            }
            None => {
                self.start = all.len();
                let whole = places.append(spot, ahead, all);
                (all.len() - self.start, whole)
            }
        };
        self.count = Some(count);
        if !whole {
            damage::note();
        }
    }
}

/// Keeps what stands at some places.
fn pick(all: &mut Vec<DocId>, places: &[u8]) {
    for (to, from) in places.iter().enumerate() {
        if let Some(kept) = all.get(usize::from(*from)).copied()
            && let Some(room) = all.get_mut(to)
        {
            *room = kept;
        }
    }
    all.truncate(places.len());
}

/// The documents of some numbers.
fn seek(sought: &mut Vec<DocId>, numbers: &[u8], docs: &[DocId]) {
    sought.clear();
    sought.extend(numbers.iter().map(|number| docs.get(usize::from(*number)).copied().unwrap_or_default()));
}

/// Keeps of ascending places, at the beginning of their room, those that are among others, or the first of them where `one` is enough.
/// Returns how many these are, and whether the others could be read.
#[inline]
fn keep_common(known: &mut [u32], others: &mut Places, spot: Spot, further: u32, one: bool) -> (usize, bool) {
    let Some(mut wanted) = known.first().copied() else { return (0, true) };
    let (mut at, mut kept) = (0, 0);
    let whole = others.each(spot, further, |other| {
        while other >= wanted {
            if other == wanted {
                if let Some(room) = known.get_mut(kept) {
                    *room = wanted;
                }
                kept += 1;
                if one {
                    return false;
                }
            }
            at += 1;
            match known.get(at) {
                Some(next) => wanted = *next,
                None => return false,
            }
        }
        true
    });
    (kept, whole)
}
