//! Titles where they stand: level + tier + modifiers + programme + status, read around the programme's own words.

use super::Span;
use super::scan::{Class, Entry, Scan, region_targets};
use super::year::{When, YearMention};
use crate::gazetteer::compile::WEAK;
use crate::gazetteer::tables::{
    ACTIVITY, CONSTRUCTION, COUNTY, COUNTY_TIER, CULTIVATION, DISCIPLINE, DISCIPLINE_CONSTRUCTION,
    DISCIPLINE_CULTIVATION, FEATURED_CONSTRUCTION, FEATURED_CULTIVATION, FRAME, Kinds, LEVEL, MARKET,
    MODIFIER, MUNICIPAL, NATIONAL, PERSON, PROVINCIAL, SPECIALTY, SPECIALTY_CONSTRUCTION,
    SPECIALTY_CULTIVATION, Tables, VOID,
};
use crate::kinds::{Level, Programme, Status, Tier};

/// A title where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Title {
    /// From the first word of its level to the last of its status.
    pub(crate) span: Span,
    pub(crate) programme: Programme,
    /// In the order printed; empty where it says none.
    pub(crate) levels: Vec<Level>,
    pub(crate) tier: Option<Tier>,
    pub(crate) status: Status,
    /// Whether the status is printed, not merely supposed.
    pub(crate) status_said: bool,
    /// 院级, 全军: no title of this guide.
    pub(crate) void: bool,
    /// 重点专科建设工作: an activity, no title.
    pub(crate) activity: bool,
    /// 重点专科带头人: somebody's post.
    pub(crate) person: bool,
    /// 名单, 评审结果 behind it.
    pub(crate) framed: bool,
    /// 3个, 共有5项 behind it.
    pub(crate) counted: bool,
    /// 2020年度 within it.
    pub(crate) year: Option<i32>,
    /// The field within it: 新生儿保健, 康复医学.
    pub(crate) field: Option<Span>,
    /// The division within it: 陕西省.
    pub(crate) region: Option<u32>,
}

/// Every title of a text, in order.
pub(crate) fn titles(scan: &Scan<'_>, tables: &Tables, years: &[YearMention]) -> Vec<Title> {
    let mut found: Vec<Title> = Vec::new();
    for (core, entry) in scan.longest(Class::Programme) {
        let free = found.last().map_or(0, |last| last.span.end);
        found.push(read(scan, tables, years, core, entry.kinds, free));
    }
    with_levels_alone(scan, found)
}

/// 国家临床重点专科1个(甲科)、省级3个(乙科、丙科、丁科): a level and a count, of the title before.
fn with_levels_alone(scan: &Scan<'_>, found: Vec<Title>) -> Vec<Title> {
    const REACH: usize = 900;
    let mut all: Vec<Title> = Vec::with_capacity(found.len());
    let mut titles = found.into_iter().peekable();
    while let Some(title) = titles.next() {
        let end = titles.peek().map_or(scan.text.len(), |next| next.span.start);
        let tail = super::window_after(scan.text, title.span.end, REACH.min(end - title.span.end));
        let plain =
            title.counted && !title.void && !title.activity && !title.person && !title.levels.is_empty();
        let sentence = if plain { tail.split(['。', '\n']).next().unwrap_or_default() } else { "" };
        let mut more = Vec::new();
        for (offset, _) in sentence.match_indices('级') {
            let at = title.span.end + offset + '级'.len_utf8();
            let Some((span, entry)) = scan.ending_at(at).find(|(_, entry)| entry.kinds.has(LEVEL)) else {
                continue;
            };
            let opens =
                scan.before(span.start).is_some_and(|c| matches!(c, '、' | '，' | ',' | '；' | ';' | '和'));
            if opens && counts(scan.text.get(at..end).unwrap_or_default()) {
                let level = [
                    (NATIONAL, Level::National),
                    (PROVINCIAL, Level::Provincial),
                    (MUNICIPAL, Level::Municipal),
                    (COUNTY, Level::County),
                ];
                let level = level.iter().find(|(kind, _)| entry.kinds.has(*kind)).map(|(_, level)| *level);
                let levels = level.into_iter().collect();
                more.push(Title { span, levels, tier: None, field: None, region: None, ..title.clone() });
            }
        }
        all.push(title);
        all.append(&mut more);
    }
    all
}

/// 3个(…, 的有2个:…: a count that a list follows.
fn counts(tail: &str) -> bool {
    let rest = tail.trim_start_matches(['的', '有', '为', '共']);
    let number =
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c));
    let listed = number.strip_prefix(['个', '项']).map(|rest| rest.trim_start_matches(['，', ',']));
    number.len() < rest.len()
        && listed.is_some_and(|rest| {
            ["(", "（", ":", "：", "分别是", "分别为", "为", "包括", "即"]
                .iter()
                .any(|sign| rest.starts_with(sign))
        })
}

fn read(
    scan: &Scan<'_>,
    tables: &Tables,
    years: &[YearMention],
    core: Span,
    kinds: Kinds,
    free: usize,
) -> Title {
    let programme = if kinds.has(SPECIALTY.or(SPECIALTY_CONSTRUCTION).or(SPECIALTY_CULTIVATION)) {
        Programme::KeySpecialty
    } else if kinds.has(DISCIPLINE.or(DISCIPLINE_CONSTRUCTION).or(DISCIPLINE_CULTIVATION)) {
        Programme::KeyDiscipline
    } else {
        Programme::FeaturedSpecialty
    };
    let status = if kinds.has(SPECIALTY_CONSTRUCTION.or(DISCIPLINE_CONSTRUCTION).or(FEATURED_CONSTRUCTION)) {
        Some(Status::Construction)
    } else if kinds.has(SPECIALTY_CULTIVATION.or(DISCIPLINE_CULTIVATION).or(FEATURED_CULTIVATION)) {
        Some(Status::Cultivation)
    } else {
        None
    };
    let mut title = Title {
        span: core,
        programme,
        levels: Vec::new(),
        tier: None,
        status: status.unwrap_or(Status::Designated),
        status_said: status.is_some(),
        void: false,
        activity: false,
        person: false,
        framed: false,
        counted: false,
        year: None,
        field: None,
        region: None,
    };
    Leftwards { scan, tables, years, free, pieces: Vec::new() }.read(core.start, &mut title);
    rightwards(scan, core.end, &mut title);
    title
}

/// A piece in front of the programme's word.
#[derive(Clone, Copy)]
enum Piece {
    Words(Kinds),
    Region(u32),
    Field,
    Year(i32),
    Filler,
}

struct Leftwards<'s, 't> {
    scan: &'s Scan<'t>,
    tables: &'s Tables,
    years: &'s [YearMention],
    free: usize,
    /// From right to left.
    pieces: Vec<(Span, Piece)>,
}

impl Leftwards<'_, '_> {
    fn read(mut self, from: usize, title: &mut Title) {
        let mut at = from;
        while at > self.free {
            let Some((span, piece)) = self.piece(at) else { break };
            self.pieces.push((span, piece));
            at = span.start;
        }
        // Nothing but a level, a place or a year can be its first word: 骨科国家临床重点专科 is 骨科's title.
        while let Some((_, Piece::Field | Piece::Filler)) = self.pieces.last() {
            self.pieces.pop();
        }
        // 2010年 某市重点学科: the step of a history, where a line opens with the year.
        if let [.., (blank, Piece::Filler), (year, Piece::Year(_))] = self.pieces[..]
            && blank.of(self.scan.text).trim().is_empty()
            && self.scan.before(year.start).is_none_or(|c| c == '\n')
        {
            self.pieces.truncate(self.pieces.len() - 2);
        }
        if let Some((span, _)) = self.pieces.last() {
            title.span.start = span.start;
        }
        self.pieces.reverse();
        self.weigh(title);
    }

    fn piece(&self, at: usize) -> Option<(Span, Piece)> {
        if let Some(year) = self.year_ending_at(at) {
            let (When::Year(value) | When::Programme(value)) = year.when else { return None };
            return (year.span.start >= self.free)
                .then_some((Span::new(year.span.start, at), Piece::Year(value)));
        }
        let longest = self
            .scan
            .ending_at(at)
            .filter(|(span, _)| span.start >= self.free)
            .find_map(|(span, entry)| self.known(span, entry));
        if longest.is_some() {
            return longest;
        }
        let c = self.scan.before(at)?;
        let span = Span::new(at - c.len_utf8(), at);
        let kinds = self.scan.matcher.character(c);
        if kinds.has(LEVEL) {
            return Some((span, Piece::Words(kinds)));
        }
        match c {
            '“' | '”' | '"' | '「' | '」' | '『' | '』' | '‘' | '’' | ' ' | '(' | ')' | '（' | '）'
            | '《' | '》'
                if !self.pieces.is_empty() || c != ' ' =>
            {
                // A quote or a blank only joins what stands on both sides of it.
                self.joins(span.start).then_some((span, Piece::Filler))
            }
            '级' | '类' | '期' => Some((span, Piece::Filler)).filter(|_| self.joins(span.start)),
            '批' => self.batch(span).map(|span| (span, Piece::Filler)),
            // 省级、市级临床重点专科
            '、' | '和' | '与' | '及' | '/' if self.ends_with_level() => self
                .scan
                .ending_at(span.start)
                .any(|(_, entry)| entry.kinds.has(LEVEL))
                .then_some((span, Piece::Filler)),
            _ => None,
        }
    }

    fn known(&self, span: Span, entry: &Entry) -> Option<(Span, Piece)> {
        if let Some(target) = region_targets(self.tables, entry).iter().find(|target| target.strength < WEAK)
        {
            return Some((span, Piece::Region(target.row)));
        }
        if entry.kinds.has(LEVEL) {
            return Some((span, Piece::Words(entry.kinds)));
        }
        if entry.specialty.is_some() || span.of(self.scan.text).ends_with("保健") {
            return Some((span, Piece::Field));
        }
        if entry.kinds.has(MODIFIER) {
            return Some((span, Piece::Words(entry.kinds)));
        }
        None
    }

    /// The year that ends at a position, with or without 度.
    fn year_ending_at(&self, at: usize) -> Option<&YearMention> {
        let upto = self.years.partition_point(|year| year.span.end <= at);
        let year = self.years.get(upto.checked_sub(1)?)?;
        let tail = self.scan.text.get(year.span.end..at)?;
        matches!(tail, "" | "度").then_some(year)
    }

    fn joins(&self, at: usize) -> bool {
        let year = self.year_ending_at(at).is_some();
        year || self.scan.before(at).is_some_and(|c| self.scan.matcher.character(c).has(LEVEL))
            || self.scan.ending_at(at).any(|(_, entry)| {
                entry.kinds.has(LEVEL.or(MODIFIER)) || !region_targets(self.tables, entry).is_empty()
            })
    }

    fn ends_with_level(&self) -> bool {
        matches!(self.pieces.last(), Some((_, Piece::Words(kinds))) if kinds.has(LEVEL))
    }

    /// 第四批, 首批.
    fn batch(&self, sign: Span) -> Option<Span> {
        let head = self.scan.text.get(self.free..sign.start)?;
        let number =
            head.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
        let stem = number.strip_suffix('第')?;
        (number.len() < head.len()).then_some(Span::new(self.free + stem.len(), sign.end))
    }

    /// Level, tier, year and field from the pieces, left to right.
    fn weigh(&self, title: &mut Title) {
        let mut said: Vec<Level> = Vec::new();
        let mut placed: Option<Level> = None;
        let mut tier = false;
        let mut market = false;
        let mut last_is_place = false;
        for (span, piece) in &self.pieces {
            match piece {
                Piece::Words(kinds) if kinds.has(LEVEL) => last_is_place = false,
                Piece::Region(_) => last_is_place = true,
                _ => {}
            }
            match piece {
                Piece::Words(kinds) if kinds.has(VOID) && !kinds.has(MODIFIER) => title.void = true,
                Piece::Words(kinds) => {
                    tier |= kinds.has(COUNTY_TIER);
                    market |= kinds.has(MARKET);
                    for (kind, level) in [
                        (NATIONAL, Level::National),
                        (PROVINCIAL, Level::Provincial),
                        (MUNICIPAL, Level::Municipal),
                        (COUNTY, Level::County),
                    ] {
                        if kinds.has(kind) && !said.contains(&level) {
                            said.push(level);
                        }
                    }
                }
                Piece::Region(row) => {
                    let rank = self.tables.region(*row).map_or(0, |region| region.rank);
                    placed = Some(match rank {
                        0 => Level::Provincial,
                        1 => Level::Municipal,
                        _ => Level::County,
                    });
                    title.region = Some(*row);
                }
                Piece::Field => title.field = Some(*span),
                Piece::Year(year) => title.year = Some(*year),
                Piece::Filler => {}
            }
        }
        // 上海市…区级重点专科: a municipality's districts give titles of their own.
        let municipality = title
            .region
            .and_then(|row| self.tables.region(row))
            .is_some_and(|region| region.rank == 0 && region.path.ends_with('市'));
        if municipality && said == [Level::County] && !tier {
            title.levels = said;
            return;
        }
        let provincial = said.contains(&Level::Provincial) || placed == Some(Level::Provincial);
        if provincial && (tier || (said.contains(&Level::County) && !self.joined())) {
            // 县域省级, 县级省, 河南省县级: the province gives it to a county's hospital.
            title.tier = Some(Tier::County);
            title.levels = vec![Level::Provincial];
        } else if provincial && (market || (last_is_place && said == [Level::Municipal])) {
            // 市州级湖南省临床重点专科: the province's, for hospitals of cities.
            title.levels = vec![Level::Provincial];
        } else if said.len() > 1 && !self.joined() {
            // 我省新一批国家…, 市州级省临床重点专科: the word nearest to the programme says whose it is.
            title.levels = said.last().copied().into_iter().collect();
        } else if !said.is_empty() {
            title.levels = said;
        } else {
            title.levels = placed.into_iter().collect();
        }
    }

    /// Whether levels are joined by 、 or 和 (省级、县级), not stacked (县域省级).
    fn joined(&self) -> bool {
        self.pieces.iter().any(|(span, piece)| {
            matches!(piece, Piece::Filler)
                && matches!(span.of(self.scan.text), "、" | "和" | "与" | "及" | "/")
        })
    }
}

fn skip_quotes(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.len() - rest.trim_start_matches(['”', '"', '」', '』', '’', '》', ' ']).len()
}

fn rightwards(scan: &Scan<'_>, from: usize, title: &mut Title) {
    let kind = skip_quotes(scan.text, from);
    let behind = past_kind(scan.text, kind);
    // 省级临床重点专科(县域)建设项目
    let inner = scan.text.get(kind..behind).unwrap_or_default();
    if inner.contains('县') && title.levels == [Level::Provincial] {
        title.tier = Some(Tier::County);
    }
    let mut at = past_owner(scan, behind);
    if named_after_title(scan, behind) {
        title.activity = true;
    }
    let word = |at: usize, kinds: Kinds| scan.starting_at(at).find(|(_, entry)| entry.kinds.has(kinds));
    if let Some((span, entry)) = word(at, CONSTRUCTION.or(CULTIVATION).or(ACTIVITY)) {
        if entry.kinds.has(ACTIVITY) {
            title.activity = true;
        } else {
            title.status =
                if entry.kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction };
            title.status_said = true;
            title.span.end = span.end;
        }
        at = skip_quotes(scan.text, span.end);
        title.activity |= word(at, ACTIVITY).is_some();
    } else if let Some(tail) = scan.text.get(at..).and_then(|rest| rest.strip_prefix("建设")) {
        let framed = word(at + "建设".len(), FRAME).is_some();
        let ends =
            tail.chars().next().is_none_or(|c| !c.is_alphanumeric()) || tail.starts_with("立项") || framed;
        if ends {
            title.status = Status::Construction;
            title.status_said = true;
            title.span.end = at + "建设".len();
        } else {
            title.activity = true;
        }
        at += "建设".len();
    }
    at = bracket(scan, at, title);
    if let Some((span, _)) = word(at, FRAME) {
        title.framed = true;
        at = span.end;
    }
    let mut rest = scan.text.get(at..).unwrap_or_default();
    rest = rest.trim_start_matches(['”', '"', '」', ' ']);
    for counts in [",共", "，共", ",计", "，计", ",有", "，有"] {
        rest = rest.strip_prefix(counts).unwrap_or(rest);
    }
    for grown in ["增至", "增加到", "增加至", "总数达", "已达", "达到", "达", "已增至"] {
        rest = rest.strip_prefix(grown).unwrap_or(rest);
    }
    rest = rest.strip_prefix('共').unwrap_or(rest);
    rest = rest.strip_prefix('有').unwrap_or(rest);
    let number =
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两多余各".contains(c));
    title.counted = number.len() < rest.len()
        && (number.starts_with('个') || number.starts_with('项') || number.starts_with("家"));
    title.person = word(at, PERSON).is_some();
}

/// 重点专科骨科协作基地, 重点专科心血管病区域诊疗中心: what is only called after a title.
fn named_after_title(scan: &Scan<'_>, at: usize) -> bool {
    const PLACES: [&str; 10] = [
        "协作基地",
        "培训基地",
        "示范基地",
        "区域诊疗中心",
        "诊疗中心",
        "分中心",
        "联盟",
        "医联体",
        "协作组",
        "协作网",
    ];
    let field = scan.starting_at(at).find(|(_, entry)| entry.specialty.is_some());
    field.is_some_and(|(span, _)| {
        let rest = super::window_after(scan.text, span.end, 36);
        let rest = rest.trim_start_matches(['病', '专', '科']);
        PLACES.iter().any(|place| rest.starts_with(place))
    })
}

/// 国家临床重点专科(中医专业)建设单位: which kind of it stands in a bracket before its status.
fn past_kind(text: &str, at: usize) -> usize {
    let rest = super::window_after(text, at, 48);
    let Some(inner) = rest.strip_prefix('(').or_else(|| rest.strip_prefix('（')) else { return at };
    let Some((kind, _)) = inner.split_once([')', '）']) else { return at };
    let named = ["专业", "类", "学", "医", "医药", "专科", "级", "县域", "市域"]
        .iter()
        .any(|end| kind.ends_with(end));
    let end = at + '('.len_utf8().max(rest.len() - inner.len()) + kind.len();
    if named && kind.chars().count() <= 8 {
        end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    } else {
        at
    }
}

/// 重点专科军队建设项目: a word or two may stand between the programme and its status.
fn past_owner(scan: &Scan<'_>, at: usize) -> usize {
    let rest = scan.text.get(at..).unwrap_or_default();
    let mut next = at;
    for c in rest.chars().take(4) {
        if !super::institution::is_han(c) || scan.matcher.character(c).has(crate::gazetteer::tables::BOUNDARY)
        {
            return at;
        }
        next += c.len_utf8();
        let status = scan.starting_at(next).any(|(span, entry)| {
            entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.of(scan.text).chars().count() >= 4
        });
        let known = scan.starting_at(at).any(|(_, entry)| {
            entry.kinds.has(CONSTRUCTION.or(CULTIVATION).or(ACTIVITY).or(FRAME).or(PERSON))
        });
        if status && !known {
            return next;
        }
    }
    at
}

/// (建设单位), (培育), (含建设项目), (通过验收) behind a title.
fn bracket(scan: &Scan<'_>, at: usize, title: &mut Title) -> usize {
    let rest = super::window_after(scan.text, at, 66);
    let Some(inner) = rest.strip_prefix('(').or_else(|| rest.strip_prefix('（')) else { return at };
    let Some(close) = inner.find([')', '）']).filter(|close| *close <= 60) else { return at };
    let content = inner.get(..close).unwrap_or_default();
    let end = at
        + (rest.len() - inner.len())
        + close
        + inner.get(close..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8);
    let including = content.starts_with('含') || content.starts_with("包括");
    if content.chars().count() > 12 || including {
        return if including { end } else { at };
    }
    if content.contains("培育") {
        title.status = Status::Cultivation;
    } else if content.contains("建设") || content.contains("立项") || content.contains("在建") {
        title.status = Status::Construction;
    } else if content.contains("验收") && content.contains("通过") {
        title.status = Status::Designated;
    } else {
        return at;
    }
    title.status_said = true;
    title.span.end = end;
    end
}
