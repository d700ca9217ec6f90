//! Which place is it? Names shared by several divisions are settled by the other places the article names.

use std::collections::{BTreeMap, BTreeSet};
use xinglin_text::word_list;

use crate::gazetteer::compile::{FULL, WEAK};
use crate::gazetteer::tables::{AUTHORITY, Tables, Target};
use crate::mention::institution::{InstitutionMention, is_han};
use crate::mention::scan::{Class, Scan, region_targets};
use crate::mention::{Span, window_after, window_before};

/// How often the article names each division, directly or by one within it.
#[derive(Debug, Default)]
pub(crate) struct Atlas {
    votes: BTreeMap<u32, u32>,
    /// The divisions that the article itself names.
    told: BTreeSet<u32>,
}

/// Names that this many times outweigh all others need no more counting.
const ENOUGH: usize = 20_000;

impl Atlas {
    /// Counts the divisions that a text names beyond doubt.
    pub(crate) fn count(&mut self, scan: &Scan<'_>, tables: &Tables, weight: u32) {
        for (span, entry) in scan.longest(Class::Region).take(ENOUGH) {
            let targets = region_targets(tables, entry);
            if names_street(scan, tables, span) || is_quarter(span.of(scan.text)) {
                continue;
            }
            if weight > 1 {
                self.told.extend(targets.iter().filter(|told| told.strength < WEAK).map(|told| told.row));
            }
            // A city without districts stands twice in the table: the greater holds the other.
            let greatest =
                targets.iter().min_by_key(|target| tables.region(target.row).map(|region| region.rank));
            let one =
                greatest.filter(|known| targets.iter().all(|target| tables.within(target.row, known.row)));
            let Some(target) = one else { continue };
            if target.strength == WEAK {
                continue;
            }
            let mut at = Some(target.row);
            while let Some(row) = at {
                *self.votes.entry(row).or_default() += weight;
                at = tables.regions.parent(row);
            }
        }
    }

    fn votes(&self, row: u32) -> u32 {
        self.votes.get(&row).copied().unwrap_or_default()
    }

    /// A well-known hospital's district only where the article speaks of it, else the city.
    fn as_told(&self, tables: &Tables, row: u32) -> u32 {
        let region = tables.region(row).filter(|region| region.rank == 2);
        let apart = region.is_some_and(|region| region.path.ends_with(['市', '县', '旗', '州']));
        // 闽东医院 of 宁德: its county only where the article speaks of that, and not of the city alone.
        let parent =
            region.and_then(|region| region.parent).filter(|parent| !apart || self.told.contains(parent));
        parent.filter(|_| !self.told.contains(&row)).unwrap_or(row)
    }

    /// The place at the head of a campus's name, within the hospital's province: 崇明分院.
    pub(crate) fn of_campus(
        &self,
        scan: &Scan<'_>,
        tables: &Tables,
        campus: Span,
        known: u32,
    ) -> Option<u32> {
        let (_, entry) = scan
            .starting_at(campus.start)
            .find(|(span, entry)| entry.region.is_some() && span.end <= campus.end)?;
        let province = tables.province(known);
        let near: Vec<Target> = region_targets(tables, entry)
            .iter()
            .filter(|target| target.row != known && tables.within(target.row, province))
            .copied()
            .collect();
        self.settle(tables, &near)
    }

    /// The one target that fits: the only one, the fullest one, or the one whose surroundings the article names most.
    pub(crate) fn settle(&self, tables: &Tables, targets: &[Target]) -> Option<u32> {
        let strongest = targets.iter().map(|target| target.strength).min()?;
        let rank = |row: u32| tables.region(row).map_or(u8::MAX, |region| region.rank);
        let fitting: Vec<u32> =
            targets.iter().filter(|target| target.strength == strongest).map(|target| target.row).collect();
        if let [only] = fitting[..] {
            return Some(only);
        }
        let support = |row: u32| {
            tables
                .region(row)
                .and_then(|region| region.parent)
                .map_or(0, |parent| self.votes(parent) * 2 + self.votes(tables.province(row)))
        };
        let best = fitting.iter().copied().max_by_key(|&row| support(row))?;
        let level = support(best);
        let equals = fitting.iter().filter(|&&row| support(row) == level).count();
        if level > 0 && equals == 1 {
            return Some(best);
        }
        let highest = fitting.iter().copied().min_by_key(|&row| rank(row))?;
        (fitting.iter().filter(|&&row| rank(row) == rank(highest)).count() == 1).then_some(highest)
    }

    /// The division of a rank that the article names most, if one leads.
    pub(crate) fn leading(&self, tables: &Tables, wanted: u8) -> Option<u32> {
        let mut found: Vec<(u32, u32)> = self
            .votes
            .iter()
            .filter(|(row, _)| tables.region(**row).is_some_and(|region| region.rank == wanted))
            .map(|(row, votes)| (*votes, *row))
            .collect();
        found.sort_unstable_by(|left, right| right.cmp(left));
        match found[..] {
            [(_, only)] => Some(only),
            [(first, row), (second, _), ..] if first > second => Some(row),
            _ => None,
        }
    }
}

/// The place that an institution's name says, as deep as it says it.
pub(crate) fn of_institution(
    scan: &Scan<'_>,
    tables: &Tables,
    atlas: &Atlas,
    mention: &InstitutionMention,
) -> Option<u32> {
    if let Some(row) = mention.known.and_then(|row| tables.institutions.get(row as usize)) {
        return tables.region_by_path(&row.path).map(|row| atlas.as_told(tables, row));
    }
    let name = mention.name;
    let campus = mention.campus.filter(|campus| campus.end == name.end);
    if let Some(row) = campus.and_then(|campus| of_branch(scan, tables, atlas, name, campus)) {
        return Some(row);
    }
    // 复旦大学附属中山医院厦门医院: in 厦门, whoever runs it.
    let runner = scan
        .starting_at(name.start)
        .find(|(span, entry)| entry.institution.is_some() && span.end + "医院".len() < name.end);
    let own = runner
        .and_then(|(runner, _)| chain_from(scan, tables, atlas, Span::new(runner.end, name.end), None, true));
    if own.is_some() {
        return own;
    }
    let mut at = name.start;
    let mut seat = None;
    if let Some((span, entry)) =
        scan.starting_at(at).find(|(span, entry)| entry.organisation.is_some() && span.end <= name.end)
    {
        seat = entry
            .organisation
            .and_then(|row| tables.organisation_names.get(row as usize))
            .and_then(|row| row.targets.first())
            .and_then(|target| tables.organisations.get(target.row as usize))
            .and_then(|row| tables.region_by_path(&row.path));
        at = span.end;
    }
    // 厦大附属中山医院: called after a man, and in no city of that name.
    if seat.is_some() && scan.text.get(at..name.end).is_some_and(|rest| rest.starts_with("附属中山")) {
        return seat;
    }
    let chain = chain_from(scan, tables, atlas, Span::new(at, name.end), seat, seat.is_none())
        .filter(|&row| seat.is_some() || !strays(scan, tables, atlas, at, row));
    match (chain, seat) {
        (Some(row), Some(seat)) if tables.within(seat, row) => Some(seat),
        (Some(row), _) => Some(row),
        (None, seat) => seat,
    }
}

/// 复旦大学附属中山医院青浦分院: a branch that is called after its own place, within its hospital's province where that is known.
fn of_branch(scan: &Scan<'_>, tables: &Tables, atlas: &Atlas, name: Span, campus: Span) -> Option<u32> {
    let stem = scan.text.get(name.start..campus.start)?;
    let known = scan.matcher.named(stem).and_then(|entry| entry.institution);
    let known = known.and_then(|row| tables.institution_names.get(row as usize)?.targets.first());
    let known = known.and_then(|target| tables.institutions.get(target.row as usize));
    if let Some(row) = known.and_then(|known| tables.region_by_path(&known.path)) {
        return atlas.of_campus(scan, tables, campus, row);
    }
    let (_, entry) = scan
        .starting_at(campus.start)
        .find(|(span, entry)| entry.region.is_some() && span.end <= campus.end)?;
    atlas.settle(tables, region_targets(tables, entry)).filter(|&row| atlas.votes(tables.province(row)) > 0)
}

/// 贵州医科大学第二附属医院: a name that begins with its owner's and names no place behind it.
pub(crate) fn is_of_owner(scan: &Scan<'_>, mention: &InstitutionMention) -> bool {
    let name = mention.name;
    let owner = scan
        .starting_at(name.start)
        .find(|(span, entry)| entry.organisation.is_some() && span.end <= name.end);
    owner.filter(|_| mention.known.is_none()).is_some_and(|(owner, _)| {
        let mut letters = (owner.end..name.end).filter(|at| scan.text.is_char_boundary(*at));
        letters.all(|at| !scan.starting_at(at).any(|(_, entry)| entry.region.is_some()))
    })
}

/// 东区, 西区: a quarter of many cities, and the name of two districts; only in words that name its city is it one.
fn is_quarter(name: &str) -> bool {
    matches!(name, "东区" | "西区" | "南区" | "北区")
}

/// 杭州道街社区卫生服务中心, 南京路院区: a street called after a place elsewhere.
fn names_street(scan: &Scan<'_>, tables: &Tables, span: Span) -> bool {
    let Some('道' | '路' | '街') = scan.after(span.end) else { return false };
    let entry = scan.starting_at(span.start).find(|(found, entry)| *found == span && entry.region.is_some());
    entry.is_some_and(|(_, entry)| region_targets(tables, entry).iter().all(|target| target.strength != FULL))
}

/// 松山湖 is no 松山 of another province: a county's short name counts for little where the article names another place.
fn strays(scan: &Scan<'_>, tables: &Tables, atlas: &Atlas, at: usize, row: u32) -> bool {
    let head = scan.starting_at(at).find(|(_, entry)| entry.region.is_some());
    let weak = head.is_some_and(|(span, entry)| {
        is_quarter(span.of(scan.text))
            || region_targets(tables, entry).iter().all(|target| target.strength == WEAK)
    });
    let province = tables.province(row);
    weak && atlas.votes(province) == 0 && !atlas.votes.is_empty()
}

/// 位于万州的三峡医院: the place told right before the name, within the place already known.
pub(crate) fn located(
    scan: &Scan<'_>,
    tables: &Tables,
    atlas: &Atlas,
    start: usize,
    known: Option<u32>,
) -> Option<u32> {
    let head = scan.text.get(..start)?.strip_suffix('的')?;
    scan.ending_at(head.len()).filter(|(_, entry)| entry.region.is_some()).find_map(|(span, entry)| {
        let before = scan.text.get(..span.start)?;
        let verb = word_list!["位于", "坐落于", "坐落在", "地处", "坐落", "位于省城", "座落于"].end(before);
        // …;五指山市的海南省第二人民医院: a city of the province that its name tells.
        let province = known.is_some_and(|known| tables.region(known).is_some_and(|region| region.rank == 0));
        let opens = before.chars().next_back().is_none_or(|c| !is_han(c) || matches!(c, '和' | '与' | '及'));
        let city = || region_targets(tables, entry).iter().any(|target| target.strength == FULL);
        let verb = verb || province && opens && city();
        let targets: Vec<Target> = region_targets(tables, entry)
            .iter()
            .filter(|target| known.is_none_or(|known| tables.within(target.row, known)))
            .copied()
            .collect();
        verb.then(|| atlas.settle(tables, &targets)).flatten()
    })
}

/// 某总医院地处黄石市下陆区: the place told right behind the name, within the province already known.
pub(crate) fn located_behind(
    scan: &Scan<'_>,
    tables: &Tables,
    atlas: &Atlas,
    end: usize,
    known: Option<u32>,
) -> Option<u32> {
    let tail = window_after(scan.text, end, 90);
    let verb = word_list!["地处", "位于", "坐落于", "坐落在", "座落于", "座落在", "坐落", "座落", "位处"]
        .beginning(tail)?;
    let start = end + verb.len();
    let place = window_after(scan.text, start, 60).split(['，', ',', '。', '、', '\n', '的']).next()?;
    // 地处A市与B市之间
    if word_list!["之间", "交界"].stand_in(place) {
        return None;
    }
    // 坐落在天山北麓: a county's short name within a longer word.
    let (span, entry) = scan.starting_at(start).find(|(_, entry)| entry.region.is_some())?;
    let weak = region_targets(tables, entry).iter().all(|target| target.strength == WEAK);
    let alone = span.end >= start + place.len()
        || scan.starting_at(span.end).any(|(_, entry)| entry.region.is_some())
        || scan.text.get(span.end..).is_some_and(|rest| rest.starts_with(['区', '县', '城']));
    if weak && !alone {
        return None;
    }
    let row = chain(scan, tables, atlas, Span::new(start, start + place.len()), true)?;
    let near = known.is_none_or(|known| {
        tables.within(row, known)
            || (tables.province(row) == tables.province(known) && row_rank(tables, row) == 2)
    });
    near.then_some(row)
}

fn row_rank(tables: &Tables, row: u32) -> u8 {
    tables.region(row).map_or(u8::MAX, |region| region.rank)
}

/// Divisions named one after the other in a span, the deepest that hang together.
pub(crate) fn chain(
    scan: &Scan<'_>,
    tables: &Tables,
    atlas: &Atlas,
    within: Span,
    from_head: bool,
) -> Option<u32> {
    chain_from(scan, tables, atlas, within, None, from_head)
}

fn chain_from(
    scan: &Scan<'_>,
    tables: &Tables,
    atlas: &Atlas,
    within: Span,
    known: Option<u32>,
    from_head: bool,
) -> Option<u32> {
    let mut current: Option<u32> = known;
    let mut at = within.start;
    let mut head = from_head;
    let mut last = None;
    while at < within.end {
        let found = scan.starting_at(at).find(|(span, entry)| {
            entry.region.is_some() && span.end <= within.end && !names_street(scan, tables, *span)
        });
        let Some((span, entry)) = found else {
            at += scan.after(at).map_or(1, char::len_utf8);
            head = false;
            continue;
        };
        let targets = region_targets(tables, entry);
        let deeper: Vec<Target> = match current {
            Some(above) => targets
                .iter()
                .filter(|target| target.row != above && tables.within(target.row, above))
                .copied()
                .collect(),
            None => Vec::new(),
        };
        // 昆明市延安医院, 松原吉林油田医院: a place elsewhere right behind the name's own is a word of the name.
        let word = known.is_none() && current.is_some() && last == Some(span.start);
        if !deeper.is_empty() {
            current = atlas.settle(tables, &deeper).or(current);
        } else if word {
        } else if targets.iter().any(|target| target.strength < WEAK) || (head && current.is_none()) {
            current = match (current, atlas.settle(tables, targets)) {
                (Some(known), Some(row)) if tables.within(known, row) => Some(known),
                (known, settled) => settled.or(known),
            };
        } else {
            at += scan.after(at).map_or(1, char::len_utf8);
            head = false;
            continue;
        }
        at = span.end;
        last = Some(at);
        head = true;
    }
    current
}

/// The division whose authority a span names first: 咸阳市卫生健康委员会.
pub(crate) fn of_authority(scan: &Scan<'_>, tables: &Tables, atlas: &Atlas, within: Span) -> Option<u32> {
    scan.words_in(within).iter().filter(|word| word.kinds.has(AUTHORITY)).find_map(|word| {
        scan.ending_at(word.span.start).filter(|(span, _)| span.start >= within.start).find_map(
            |(_, entry)| {
                let targets = region_targets(tables, entry);
                targets
                    .iter()
                    .any(|target| target.strength == FULL)
                    .then(|| atlas.settle(tables, targets))
                    .flatten()
            },
        )
    })
}

/// 今日诸城, 常熟日报, 瑞金新闻网: the one division, within the one already told, that a paper or portal is called after.
pub(crate) fn of_press(scan: &Scan<'_>, tables: &Tables, atlas: &Atlas, told: Option<u32>) -> Option<u32> {
    let mut found = BTreeSet::new();
    for (span, entry) in scan.longest(Class::Region).take(ENOUGH) {
        let tail = window_after(scan.text, span.end, 12);
        // 瑞金报, 青田侨报
        let paper = tail.find('报').is_some_and(|at| {
            let rest = tail.get(at + '报'.len_utf8()..).unwrap_or_default();
            at <= 6
                && tail.chars().next().is_some_and(is_han)
                && (!rest.starts_with(is_han) || rest.starts_with('社'))
        });
        let behind = || {
            word_list![
                "日报",
                "晚报",
                "早报",
                "晨报",
                "周报",
                "时报",
                "新闻",
                "融媒",
                "在线",
                "发布",
                "广播",
                "电视",
                "网",
                "信息港",
                "头条",
                "数字报",
                "电台",
                "传媒"
            ]
            .begin(tail)
        };
        let before =
            || word_list!["今日", "掌上", "爱", "微", "看"].end(window_before(scan.text, span.start, 6));
        if !(paper || behind() || before()) {
            continue;
        }
        let targets = region_targets(tables, entry).iter();
        let fits = |target: &&Target| match told {
            Some(told) => target.row != told && tables.within(target.row, told),
            None => target.strength < WEAK,
        };
        // 恩施日报 is the prefecture's, and not its city's of that name.
        let itself = region_targets(tables, entry).iter().any(|target| Some(target.row) == told);
        let targets: Vec<Target> = targets.filter(fits).copied().collect();
        found.extend(atlas.settle(tables, &targets).filter(|_| !itself));
    }
    found.first().copied().filter(|_| found.len() == 1)
}

/// 本报邳州讯: where the first paragraph says it was sent from.
pub(crate) fn of_dateline(scan: &Scan<'_>, tables: &Tables, atlas: &Atlas) -> Option<u32> {
    const PAPER: &str = "本报";
    let head = window_after(scan.text, 0, 1_200);
    let at = head.find(PAPER)? + PAPER.len();
    let (span, entry) = scan.starting_at(at).find(|(_, entry)| entry.region.is_some())?;
    let sent =
        word_list!["讯", "电", "市讯", "县讯", "市电", "县电"].begin(window_after(scan.text, span.end, 6));
    sent.then(|| atlas.settle(tables, region_targets(tables, entry))).flatten()
}

/// The one county of a city that a text names in full.
pub(crate) fn only_county(scan: &Scan<'_>, tables: &Tables, city: u32) -> Option<u32> {
    let mut found = BTreeSet::new();
    for (_, entry) in scan.longest(Class::Region).take(ENOUGH) {
        let county = region_targets(tables, entry).iter().find(|target| {
            target.strength == FULL && row_rank(tables, target.row) == 2 && tables.within(target.row, city)
        });
        found.extend(county.map(|target| target.row));
    }
    found.first().copied().filter(|_| found.len() == 1)
}

/// The division of an address: 地址:陕西省咸阳市文林路.
pub(crate) fn of_address(scan: &Scan<'_>, tables: &Tables, atlas: &Atlas) -> Option<u32> {
    scan.text.match_indices("地址").find_map(|(at, word)| {
        let rest = scan.text.get(at + word.len()..)?;
        let start =
            at + word.len() + rest.len() - rest.trim_start_matches([':', '：', ' ', '\u{3000}']).len();
        let end = scan
            .text
            .get(start..)?
            .char_indices()
            .take_while(|(_, c)| *c != '\n')
            .take(20)
            .last()
            .map(|(offset, c)| start + offset + c.len_utf8())?;
        let hit = scan.starting_at(start).any(|(_, entry)| entry.region.is_some());
        hit.then(|| chain(scan, tables, atlas, Span::new(start, end), true)).flatten()
    })
}
