//! Inputs made of other inputs, the same in every run.

/// Longest input that is made, in bytes.
const LONGEST: usize = 20_000;

/// What the languages that are read are made of, and what has hurt readers before.
const TOKENS: [&str; 48] = [
    "<div>",
    "</div>",
    "<table>",
    "<tr><td rowspan=9999>",
    "<p>",
    "<!--",
    "-->",
    "<![CDATA[",
    "&#x",
    "&amp;",
    "<script>",
    "<svg>",
    "{\"text\":\"",
    "\"}",
    "\\ud83c",
    "\\u0000",
    "[[[[",
    "]]]]",
    "null",
    "\n",
    "\r\n",
    "\t",
    "\u{3000}",
    "\u{feff}",
    "\u{202e}",
    "\u{301}",
    "\u{200d}",
    "\0",
    "\u{1b}[31m",
    "汉中市中心医院",
    "国家临床重点专科",
    "骨科、眼科",
    "2023年5月6日",
    "民國112年",
    "（",
    "）",
    "【",
    "、",
    "。",
    "：",
    "\"",
    "(",
    ")",
    " OR ",
    " -",
    "year:..2020",
    "region:汉中",
    "１２３",
];

/// Makes inputs.
pub(crate) struct Mutator {
    kept: Vec<Vec<u8>>,
    state: u64,
}

impl Mutator {
    pub(crate) fn new(kept: Vec<Vec<u8>>, seed: u64) -> Mutator {
        Mutator { kept, state: seed }
    }

    /// The next input: a kept one with one to eight changes.
    pub(crate) fn next(&mut self) -> Vec<u8> {
        let mut input = self.any().clone();
        for _ in 0..=self.below(8) {
            self.change(&mut input);
        }
        input.truncate(LONGEST);
        input
    }

    fn any(&mut self) -> &Vec<u8> {
        let at = self.below(self.kept.len());
        &self.kept[at]
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let at = self.below(input.len() + 1);
        let end = (at + self.below(64)).min(input.len());
        match self.below(8) {
            0 if at < input.len() => input[at] ^= 1 << self.below(8),
            1 if at < input.len() => input[at] = self.below(256) as u8,
            2 => drop(input.drain(at..end)),
            3 => {
                let piece = input[at..end].to_vec();
                let times = 1 + self.below(40);
                input.splice(at..at, piece.repeat(times));
            }
            4 => {
                let other = self.any().clone();
                let from = self.below(other.len() + 1);
                let to = (from + self.below(200)).min(other.len());
                input.splice(at..end, other[from..to].iter().copied());
            }
            5 => input.truncate(at),
            _ => {
                let token = TOKENS[self.below(TOKENS.len())];
                let times = if self.below(10) == 0 { 200 } else { 1 };
                input.splice(at..at, token.repeat(times).bytes());
            }
        }
    }

    /// A number below `bound` (SplitMix64, <https://prng.di.unimi.it/splitmix64.c>); 0 where `bound` is 0.
    fn below(&mut self, bound: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        if bound == 0 { 0 } else { (z % bound as u64) as usize }
    }
}
