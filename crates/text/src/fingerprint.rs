//! Fingerprints of texts: what a repost shares with its original, whatever a few edits changed.
//!
//! # Laws
//! - Script, width, case, punctuation and blanks change nothing: only folded characters that give terms are read.
//! - A fingerprint only proposes; [`Pieces::likeness`] decides.
//!
//! The fingerprint is Charikar's simhash (STOC 2002) over every four neighbouring characters: each of its 64 bits is what
//! most of the pieces' hashes say. Two texts that share a share of their pieces agree in the more bits the larger it is.

use crate::fold::{CharClass, Entry};

/// Characters of one piece.
const PIECE: usize = 4;
/// Most bits in which the fingerprints of two texts differ that may be reposts of each other. Texts that share four fifths
/// of their pieces differ in about 10 of 64 bits, three quarters in about 15, unrelated ones in about 32.
const MOST_BITS: u32 = 17;

/// The fingerprint of a text; `None` where it has fewer than four characters that say anything.
///
/// ```
/// use xinglin_text::{fingerprint, may_be_alike};
/// let text = "近日，安康市中心医院骨科获批陕西省临床重点专科建设项目，医院召开启动会。";
/// let twin = "近日,安康市中心醫院骨科獲批陝西省臨床重點專科建設項目 醫院召開啟動會";
/// assert_eq!(fingerprint(text), fingerprint(twin));
/// assert!(may_be_alike(fingerprint(text).unwrap(), fingerprint(twin).unwrap()));
/// ```
#[must_use]
pub fn fingerprint(text: &str) -> Option<u64> {
    let mut votes = Votes::default();
    each_piece(text, |piece| votes.add(piece));
    votes.majority()
}

/// Whether two fingerprints are near enough for their texts to be compared.
#[inline]
#[must_use]
pub fn may_be_alike(one: u64, other: u64) -> bool {
    (one ^ other).count_ones() <= MOST_BITS
}

/// The distinct pieces of a text: every four neighbouring characters that give terms.
///
/// ```
/// use xinglin_text::Pieces;
/// let likeness = |one, other| Pieces::of(one).likeness(&Pieces::of(other));
/// assert_eq!(likeness("骨科获批重点专科", "骨科獲批，重點專科"), 1.0);
/// assert_eq!(likeness("骨科获批重点专科", "眼科举行义诊活动"), 0.0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Pieces(Vec<u64>);

impl Pieces {
    /// The pieces of a text.
    #[must_use]
    pub fn of(text: &str) -> Pieces {
        let mut pieces = Vec::with_capacity(text.len() / 3);
        each_piece(text, |piece| pieces.push(piece));
        pieces.sort_unstable();
        pieces.dedup();
        Pieces(pieces)
    }

    /// How much of two texts is the same, 0 to 1: the pieces that stand in both, over the geometric mean of how many each
    /// has.
    #[must_use]
    pub fn likeness(&self, other: &Pieces) -> f32 {
        let (one, other) = (&self.0, &other.0);
        if one.is_empty() || other.is_empty() {
            return 0.0;
        }
        let (mut shared, mut rest) = (0usize, other.as_slice());
        for piece in one {
            rest = rest.get(rest.iter().take_while(|other| *other < piece).count()..).unwrap_or_default();
            shared += usize::from(rest.first() == Some(piece));
        }
        shared as f32 / (one.len() as f32 * other.len() as f32).sqrt()
    }
}

/// Hands over the hashes of every four neighbouring characters that give terms.
#[inline]
fn each_piece(text: &str, mut each: impl FnMut(u64)) {
    // The last three characters, 21 bits each.
    let mut before = 0_u64;
    let mut seen = 0;
    let mut rest = text.as_bytes();
    loop {
        let (code, behind) = match rest {
            // Most characters are Han, of three bytes.
            [lead @ 0xe0..=0xef, second, third, behind @ ..] => {
                let low = u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f);
                (u32::from(lead & 0xf) << 12 | low, behind)
            }
            [byte @ 0..=0x7f, behind @ ..] => (u32::from(*byte), behind),
            _ => {
                let from = text.len() - rest.len();
                let Some(c) = text.get(from..).and_then(|rest| rest.chars().next()) else { return };
                (u32::from(c), rest.get(c.len_utf8()..).unwrap_or_default())
            }
        };
        rest = behind;
        let entry = Entry::of_code(code);
        if entry.class() == CharClass::Other {
            continue;
        }
        let last = u64::from(entry.fold_code(code));
        if seen + 1 >= PIECE {
            each(hash(before, last));
        } else {
            seen += 1;
        }
        before = (before << 21 | last) & THREE;
    }
}

/// The bits of three characters.
const THREE: u64 = (1 << 63) - 1;

/// Murmur's finaliser over three characters and the one behind them; two rounds because they are more than 64 bits together.
#[inline]
fn hash(before: u64, last: u64) -> u64 {
    mix(mix(before) ^ last.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

#[inline]
fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 33
}

/// Digits of a counter.
const PLANES: usize = 24;
/// The most that a counter counts.
const MOST: u32 = (1 << PLANES) - 1;
/// Hashes that are counted together.
const TOGETHER: usize = 8;

/// 64 counters side by side, one for each bit, digit by digit. Eight hashes are added at once by carry-save adders, as Harley and Seal
/// count bits: that takes six operations a hash.
#[derive(Default)]
struct Votes {
    planes: [u64; PLANES],
    cast: u32,
    waiting: [u64; TOGETHER],
    held: usize,
}

/// Adds three digits: the sum, and what is carried.
#[inline]
const fn carry_save(one: u64, two: u64, three: u64) -> (u64, u64) {
    let half = one ^ two;
    (half ^ three, one & two | half & three)
}

impl Votes {
    #[inline]
    fn add(&mut self, hash: u64) {
        if let Some(slot) = self.waiting.get_mut(self.held) {
            *slot = hash;
        }
        self.held += 1;
        if self.held == TOGETHER {
            self.count();
        }
    }

    /// Counts what waits.
    fn count(&mut self) {
        let held = std::mem::take(&mut self.held);
        if held < TOGETHER || self.cast > MOST - TOGETHER as u32 {
            for hash in self.waiting.into_iter().take(held.min((MOST - self.cast) as usize)) {
                self.cast += 1;
                self.carry(hash, 0);
            }
            return;
        }
        self.cast += TOGETHER as u32;
        let [a, b, c, d, e, f, g, h] = self.waiting;
        let [ones, twos, fours, ..] = self.planes;
        let (ones, two_a) = carry_save(ones, a, b);
        let (ones, two_b) = carry_save(ones, c, d);
        let (twos, four_a) = carry_save(twos, two_a, two_b);
        let (ones, two_a) = carry_save(ones, e, f);
        let (ones, two_b) = carry_save(ones, g, h);
        let (twos, four_b) = carry_save(twos, two_a, two_b);
        let (fours, eights) = carry_save(fours, four_a, four_b);
        (self.planes[0], self.planes[1], self.planes[2]) = (ones, twos, fours);
        self.carry(eights, 3);
    }

    /// Adds to the digits from one on.
    #[inline]
    fn carry(&mut self, mut carry: u64, from: usize) {
        for plane in self.planes.iter_mut().skip(from) {
            let next = *plane & carry;
            *plane ^= carry;
            carry = next;
            if carry == 0 {
                break;
            }
        }
    }

    /// The bits that more than half of the hashes have.
    fn majority(&mut self) -> Option<u64> {
        self.count();
        if self.cast == 0 {
            return None;
        }
        // All 64 counts against half of the votes at once, from the highest digit down.
        let half = self.cast / 2;
        let (mut more, mut equal) = (0, u64::MAX);
        for (digit, plane) in self.planes.iter().enumerate().rev() {
            let wanted = if half >> digit & 1 == 1 { u64::MAX } else { 0 };
            more |= equal & plane & !wanted;
            equal &= !(plane ^ wanted);
        }
        Some(more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> f32 {
        Pieces::of(one).likeness(&Pieces::of(other))
    }

    const NEWS: &str = "本报讯 近日，省卫生健康委公布新一批临床重点专科名单，我市中心医院神经外科榜上有名。\
        该科自一九九八年建科以来，从六张床位发展到两个病区九十张床位，年手术量突破一千二百台，\
        颅底肿瘤、脑血管病的显微手术达到省内领先。医院负责人介绍，下一步将继续引进人才，\
        加强与基层医院的协作，让周边群众在家门口就能得到放心的治疗。";

    #[test]
    fn counters_count() {
        let mut votes = Votes::default();
        for hash in [0b001, 0b011, 0b011, 0b110, 0b011] {
            votes.add(hash);
        }
        assert_eq!(votes.majority(), Some(0b011));
        assert_eq!(Votes::default().majority(), None);
    }

    #[test]
    fn counting_together_is_counting_one_by_one() {
        let mut hashes = (1_u64..).map(mix);
        for length in (1..70).chain([1_000, 40_003]) {
            let (mut votes, mut counts) = (Votes::default(), [0_u32; 64]);
            for hash in hashes.by_ref().take(length) {
                // Every third bit is set more often than not.
                let hash = hash | 0x1249_2492_4924_9249 & hash >> 1;
                votes.add(hash);
                counts.iter_mut().enumerate().for_each(|(bit, count)| *count += (hash >> bit & 1) as u32);
            }
            let more = |count: &u32| *count as usize * 2 > length;
            let expected =
                counts.iter().enumerate().fold(0, |all, (bit, count)| all | u64::from(more(count)) << bit);
            assert_eq!(votes.majority(), Some(expected), "{length}");
        }
    }

    /// Fingerprints lie in indexes: they never change.
    #[test]
    fn fingerprints_stay() {
        for (text, expected) in
            [(NEWS, 9_090_463_293_600_412_367), ("骨科獲批，重點專科 CT", 5_768_286_158_114_195_535)]
        {
            assert_eq!(fingerprint(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_repost_is_alike_and_another_article_is_not() {
        let repost =
            NEWS.replace("本报讯 近日", "转载 日前").replace("放心的治疗。", "放心治疗。（通讯员 张三）");
        let other = "昨日上午，海滨医院在人民广场举行义诊，内科、外科、眼科的二十名医生为居民量血压、测血糖，\
            发放健康手册三百余份。前来咨询的老人说，医生问得仔细，讲得明白。活动持续到中午，受到居民欢迎。";
        let print = |text: &str| fingerprint(text).unwrap_or_default();
        assert!(may_be_alike(print(NEWS), print(&repost)));
        assert!(likeness(NEWS, &repost) > 0.8, "{}", likeness(NEWS, &repost));
        assert!(!may_be_alike(print(NEWS), print(other)));
        assert!(likeness(NEWS, other) < 0.1);
    }

    #[test]
    fn nothing_has_no_fingerprint() {
        for text in ["", "，。", "骨科", "骨，科。a"] {
            assert_eq!(fingerprint(text), None, "{text}");
        }
        assert_eq!(likeness("", ""), 0.0);
    }
}
