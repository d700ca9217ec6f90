//! By an authority of which level a title is given, where the title itself does not say.

use super::*;
use xinglin_text::word_list;

/// The level of what a division of a rank gives.
fn level_of_rank(rank: u8) -> Level {
    match rank {
        0 => Level::Provincial,
        1 => Level::Municipal,
        _ => Level::County,
    }
}

impl Narrator<'_, '_> {
    /// The level that the sentence says before a title that has none: its authority's, that of the title before it (成为市级重点
    /// 专科,…列为重点专科培育对象), or 市级层面.
    pub(super) fn level_around(&self, whole: Span, before: Span, programme: Programme) -> Option<Level> {
        let head = Span::new(whole.start, before.start.max(whole.start));
        if let Some(level) = self.level_of_giver(head) {
            return Some(level);
        }
        let of_kind = |title: &&Title| title.programme == programme && !title.levels.is_empty();
        let title = self.reading.titles_in(head).iter().rev().find(of_kind);
        let word = self.reading.scan.words_in(head).iter().rev().find(|word| word.kinds.has(AUTHORITY));
        match (word, title) {
            (Some(word), title) if title.is_none_or(|title| title.span.end <= word.span.start) => {
                self.level_of_authority(word.span)
            }
            (_, Some(title)) => title.levels.last().copied(),
            _ => self.level_of_side(head),
        }
    }

    /// The level of the last authority before a position.
    pub(crate) fn authority_before(&self, whole: Span, at: usize) -> Option<Level> {
        let words = self.reading.scan.words_in(Span::new(whole.start, at.max(whole.start)));
        let word = words.iter().rev().find(|word| word.kinds.has(AUTHORITY))?;
        self.level_of_authority(word.span)
    }

    /// 市级层面,…; 省级方面,….
    fn level_of_side(&self, head: Span) -> Option<Level> {
        let opening = head.of(self.reading.text()).split(['，', ',']).next()?;
        // 市里前年评过一轮,甲科是P1,乙科是特色专科
        let told = opening.rsplit(['：', ':']).next().unwrap_or(opening).trim_start();
        let inside = word_list!["省里", "市里", "州里", "县里", "区里"].beginning(told);
        if let Some(inside) = inside {
            return Some(match inside.chars().next()? {
                '省' => Level::Provincial,
                '市' | '州' => Level::Municipal,
                _ => Level::County,
            });
        }
        let word = word_list!["层面", "方面"].strip_suffix(opening.trim())?;
        (word.chars().count() <= 5).then(|| crate::record::heading::level_of(word)).flatten()
    }

    /// 甲科被自治区确定为重点专科: the place that gives, right before the verb.
    fn level_of_giver(&self, head: Span) -> Option<Level> {
        let text = head.of(self.reading.text());
        let at = text.rfind('被')? + '被'.len_utf8();
        let rest = text.get(at..)?;
        let place = word_list![
            "自治区",
            "自治区里",
            "兵团",
            "省里",
            "省",
            "市里",
            "市",
            "州里",
            "州",
            "盟里",
            "盟",
            "县里",
            "旗里",
            "区里"
        ]
        .beginning(rest)?;
        let verb = head.start + at + place.len();
        let given = self.reading.scan.starting_at(verb).any(|(_, entry)| entry.kinds.has(AWARD));
        Some(match place.chars().next()? {
            '自' | '兵' | '省' => Level::Provincial,
            '市' | '州' | '盟' => Level::Municipal,
            _ => Level::County,
        })
        .filter(|_| given)
    }

    fn level_of_authority(&self, word: Span) -> Option<Level> {
        let ends: Vec<_> = self.reading.scan.ending_at(word.start).collect();
        for (_, entry) in &ends {
            if let Some(target) = crate::mention::scan::region_targets(self.reading.tables, entry).first() {
                return self.reading.tables.region(target.row).map(|region| level_of_rank(region.rank));
            }
        }
        // 自治区卫生健康委, 兵团卫生健康委
        let before = crate::mention::window_before(self.reading.text(), word.start, 9);
        if before.ends_with("自治区") || before.ends_with("兵团") {
            return Some(Level::Provincial);
        }
        match self.reading.scan.before(word.start)? {
            '省' => Some(Level::Provincial),
            '市' | '州' | '盟' => Some(Level::Municipal),
            '县' | '区' | '旗' => Some(Level::County),
            '家' => Some(Level::National),
            _ => None,
        }
    }

    /// 某市卫生健康委公布2022年度重点专科名单, and no title of the page says its level: whose titles they are, by the sentence that announces
    /// them, the notice's signature, or the place that its headline opens with.
    pub(crate) fn level_of_page(&self, headline: Option<Span>) -> Option<Level> {
        /// No longer line is a signature, in bytes.
        const SIGNATURE: usize = 90;
        let titles = &self.reading.titles;
        if titles.is_empty() || titles.iter().any(|title| !title.levels.is_empty() || title.tier.is_some()) {
            return None;
        }
        let text = self.reading.text();
        let told = titles.iter().filter(|title| headline.is_none_or(|line| title.span.start >= line.end));
        let announced = || {
            let title = told.clone().find(|title| !title.activity && !title.void)?;
            let head = crate::mention::window_before(text, title.span.start, 600);
            let from = title.span.start - head.rsplit(['。', '\n']).next().map_or(0, str::len);
            self.authority_before(Span::new(from, title.span.start), title.span.start)
        };
        let signed = || {
            let word = self.reading.scan.words.iter().rev().find(|word| word.kinds.has(AUTHORITY))?;
            let line = text.get(..word.span.start)?.rsplit('\n').next()?;
            let rest = text.get(word.span.end..)?.split('\n').next()?;
            let alone =
                rest.trim().is_empty() && line.len() <= SIGNATURE && !line.contains(['，', '。', '：']);
            alone.then(|| self.level_of_authority(word.span)).flatten()
        };
        let opened = || {
            let (_, entry) =
                self.reading.scan.starting_at(headline?.start).find(|(_, entry)| entry.region.is_some())?;
            let target = crate::mention::scan::region_targets(self.reading.tables, entry).first()?;
            self.reading.tables.region(target.row).map(|region| level_of_rank(region.rank))
        };
        announced().or_else(signed).or_else(opened)
    }

    /// Whether a title stands in the text's first line.
    fn is_headline(&self, title: Span) -> bool {
        !self.reading.between(0, title.start).trim_start().contains('\n')
    }

    /// Whether the first title of the text is announced by an authority of a level: 省卫生健康委公布….
    pub(crate) fn announced_by(&self, level: Level) -> bool {
        // 临床重点专科名单公布 above the sentence that says by whom.
        let mut titles = self.reading.titles.iter().filter(|title| !title.activity && !title.void);
        let first = titles.find(|title| !(title.levels.is_empty() && self.is_headline(title.span)));
        let Some(title) = first else { return false };
        let text = self.reading.text();
        let head = crate::mention::window_before(text, title.span.start, 600);
        let from = head
            .rfind(['。', '\n'])
            .map_or(title.span.start - head.len(), |at| title.span.start - head.len() + at + 1);
        self.authority_before(Span::new(from, title.span.start), title.span.start) == Some(level)
    }
}
