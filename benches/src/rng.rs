//! Chance from a seed, the same on every platform: integers only, no float enters a draw.

/// A SplitMix64 generator (Steele, Lea, Flood 2014): small, fast, and splittable by item.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// A generator for one seed.
    pub fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    /// A generator for item `index` of a series: item 7 is the same whichever items were drawn before it.
    pub fn for_item(seed: u64, index: u64) -> Rng {
        let mut mixer = Rng(seed ^ 0x005e_ed0f_a11c_e5e5);
        let base = mixer.next_u64();
        Rng(base ^ index.wrapping_add(1).wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number in `0..bound`; 0 where `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next_u64()) * u128::from(bound)) >> 64) as u64
    }

    /// A number in `low..=high`.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// `true` in `permille` of 1,000 draws.
    pub fn chance(&mut self, permille: u32) -> bool {
        self.below(1000) < u64::from(permille)
    }

    /// One of `items`, each as likely; `None` where there are none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len() as u64) as usize)
    }
}

/// Ranks drawn by Zipf's law: rank `r` weighs `1 / (r + flatten)`.
#[derive(Clone, Debug)]
pub struct Zipf {
    cumulative: Vec<u64>,
}

impl Zipf {
    /// A law over ranks `0..ranks`; a larger `flatten` lets the first ranks weigh less.
    pub fn new(ranks: usize, flatten: u64) -> Zipf {
        let mut sum = 0;
        let weigh = |rank: usize| 1_000_000_000 / (rank as u64 + flatten.max(1));
        let cumulative = (0..ranks).map(|rank| {
            sum += weigh(rank);
            sum
        });
        Zipf { cumulative: cumulative.collect() }
    }

    /// A rank; 0 where the law has none.
    pub fn sample(&self, rng: &mut Rng) -> usize {
        let point = rng.below(self.cumulative.last().copied().unwrap_or(0));
        self.cumulative.partition_point(|&sum| sum <= point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_the_same_everywhere() {
        let mut rng = Rng::new(7);
        assert_eq!([rng.next_u64(), rng.next_u64()], [7191089600892374487, 309689372594955804]);
    }

    #[test]
    fn items_do_not_depend_on_each_other() {
        let draw = |index| Rng::for_item(1, index).next_u64();
        assert_eq!(draw(9), draw(9));
        assert_ne!(draw(9), draw(10));
        assert_ne!(Rng::for_item(2, 9).next_u64(), draw(9));
    }

    #[test]
    fn low_ranks_come_more_often_and_bounds_hold() {
        let law = Zipf::new(100, 3);
        let mut rng = Rng::new(1);
        let mut seen = [0u32; 100];
        for _ in 0..20_000 {
            seen[law.sample(&mut rng)] += 1;
        }
        assert!(seen[0] > 4 * seen[20] && seen[20] > seen[99], "{seen:?}");
        assert_eq!((rng.below(0), rng.between(5, 5), Rng::new(3).pick::<u8>(&[])), (0, 5, None));
    }
}
