//! What stands in front of the programme's word: level, place, year, field and the words between them.

use super::{LEVELS, Title};
use crate::gazetteer::compile::{FULL, WEAK};
use crate::gazetteer::tables::{AUTHORITY, COUNTY_TIER, Kinds, LEVEL, MARKET, MODIFIER, Tables, VOID};
use crate::kinds::{Level, Tier};
use crate::mention::Span;
use crate::mention::institution::is_han;
use crate::mention::scan::{Entry, Scan, region_targets};
use crate::mention::year::{When, YearMention};

/// Reads leftwards from the programme's word, no further than what is free.
pub(super) fn read(
    scan: &Scan<'_>,
    tables: &Tables,
    years: &[YearMention],
    free: usize,
    from: usize,
    title: &mut Title,
) {
    Leftwards { scan, tables, years, free, pieces: Vec::new() }.read(from, title);
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
        // 蒙医骨伤科国家中医优势专科: the department's own word, where the title has its level behind it.
        if let [levels @ .., (_, Piece::Field), (_, Piece::Words(kinds))] = self.pieces.as_slice()
            && kinds.has(MODIFIER)
            && !kinds.has(LEVEL)
            && levels.iter().any(|(_, piece)| {
                matches!(piece, Piece::Region(_)) || matches!(piece, Piece::Words(kinds) if kinds.has(LEVEL))
            })
        {
            let count = levels.len();
            self.pieces.truncate(count);
            while let Some((_, Piece::Field | Piece::Filler)) = self.pieces.last() {
                self.pieces.pop();
            }
        }
        // 2010年 某市重点学科: the step of a history, where a line, or a part of one, opens with the year.
        if let [.., (blank, Piece::Filler), (year, Piece::Year(_))] = self.pieces[..]
            && blank.of(self.scan.text).trim().is_empty()
            && self.scan.before(year.start).is_none_or(|c| matches!(c, '\n' | '；' | ';' | '：' | ':' | '。'))
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
            // 广西壮族自治区县级: 自治区 and 县级, no 区县级.
            .filter(|(span, _)| {
                !(self.scan.after(span.start) == Some('区') && self.is_autonomous(span.start))
            })
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
            // 省、市两级重点专科
            '级' if matches!(self.scan.before(span.start), Some('两' | '三')) => {
                let start = span.start - '两'.len_utf8();
                self.joins(start).then_some((Span::new(start, at), Piece::Filler))
            }
            '级' | '类' | '期' => Some((span, Piece::Filler)).filter(|_| self.joins(span.start)),
            '批' | '轮' | '届' => self.batch(span).map(|span| (span, Piece::Filler)),
            // 省级、市级临床重点专科
            '、' | '和' | '与' | '及' | '/' if self.ends_with_level() => {
                let level =
                    self.scan.before(span.start).is_some_and(|c| self.scan.matcher.character(c).has(LEVEL));
                let known = level || self.scan.ending_at(span.start).any(|(_, entry)| entry.kinds.has(LEVEL));
                known.then_some((span, Piece::Filler))
            }
            // 湖北省、孝感市重点专科
            '、' | '和' | '及' if matches!(self.pieces.last(), Some((_, Piece::Region(_)))) => self
                .scan
                .ending_at(span.start)
                .any(|(_, entry)| {
                    region_targets(self.tables, entry).iter().any(|target| target.strength == FULL)
                })
                .then_some((span, Piece::Filler)),
            _ => self.brand(at).map(|span| (span, Piece::Filler)),
        }
    }

    /// 山东省“齐鲁中医药优势专科”: a programme's own word, right behind the quotation mark that a place or a level stands before.
    fn brand(&self, at: usize) -> Option<Span> {
        let mut start = at;
        for _ in 0..4 {
            let c = self.scan.before(start).filter(|c| is_han(*c))?;
            start -= c.len_utf8();
            let quote = self.scan.before(start).filter(|c| matches!(c, '“' | '「' | '"' | '『'));
            if let Some(quote) = quote.filter(|_| at - start > c.len_utf8()) {
                let opens = start - quote.len_utf8();
                return (opens >= self.free && self.joins(opens)).then_some(Span::new(start, at));
            }
        }
        None
    }

    fn known(&self, span: Span, entry: &Entry) -> Option<(Span, Piece)> {
        if let Some(target) = region_targets(self.tables, entry).iter().find(|target| target.strength < WEAK)
        {
            return Some((span, Piece::Region(target.row)));
        }
        if entry.kinds.has(LEVEL) {
            return Some((span, Piece::Words(entry.kinds)));
        }
        // 湖南省中医药管理局“十二五”重点专科
        if entry.kinds.has(AUTHORITY) && self.joins(span.start) {
            return Some((span, Piece::Filler));
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

    fn is_autonomous(&self, at: usize) -> bool {
        self.scan.text.get(..at).is_some_and(|head| head.ends_with("自治"))
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
        let mut places: Vec<Level> = Vec::new();
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
                // 高州市级重点专科: a county's city gives them.
                Piece::Words(_) if self.is_of_county_city(*span) => {
                    if !said.contains(&Level::County) {
                        said.push(Level::County);
                    }
                }
                Piece::Words(kinds) if kinds.has(VOID) && !kinds.has(MODIFIER) => title.void = true,
                Piece::Words(kinds) => {
                    tier |= kinds.has(COUNTY_TIER);
                    market |= kinds.has(MARKET);
                    for (kind, level) in LEVELS {
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
                    places.extend(placed.filter(|level| !places.contains(level)));
                    title.region = Some(*row);
                }
                Piece::Field => title.field = Some(*span),
                Piece::Year(year) => title.year = Some(*year),
                Piece::Filler => {}
            }
        }
        // 湖北省、孝感市重点专科
        if said.is_empty() && places.len() > 1 && self.joined() && !tier {
            title.region = None;
            title.levels = places;
            return;
        }
        // 上海市…区级重点专科: a municipality's districts give titles of their own.
        let municipality = title
            .region
            .and_then(|row| self.tables.region(row))
            .is_some_and(|region| region.rank == 0 && region.path.ends_with('市'));
        // 重庆市区县级…: what it gives to all of its counties' hospitals.
        let of_counties = self.pieces.iter().any(|(span, piece)| {
            matches!(piece, Piece::Words(kinds) if kinds.has(LEVEL)) && span.of(self.scan.text).contains('县')
        });
        if municipality && said == [Level::County] && !tier && !of_counties {
            title.levels = said;
            return;
        }
        // 首批县域临床重点专科: whoever gives it; settled with its level.
        if tier && said.is_empty() && placed.is_none() {
            title.tier = Some(Tier::County);
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

    /// Whether 市级 is the end of a county city's name, and 级 behind it.
    fn is_of_county_city(&self, level: Span) -> bool {
        if level.of(self.scan.text) != "市级" {
            return false;
        }
        let city = level.start + '市'.len_utf8();
        // 讷河市市级重点专科
        let named = self.scan.ending_at(city).filter(|(span, _)| span.start < level.start);
        let mut named = named.chain(self.scan.ending_at(level.start));
        named.any(|(_, entry)| {
            region_targets(self.tables, entry).iter().any(|target| {
                let county = self.tables.region(target.row).is_some_and(|region| region.rank == 2);
                target.strength == FULL && county
            })
        })
    }

    /// Whether levels are joined by 、 or 和 (省级、县级), not stacked (县域省级).
    fn joined(&self) -> bool {
        self.pieces.iter().any(|(span, piece)| {
            matches!(piece, Piece::Filler)
                && matches!(span.of(self.scan.text), "、" | "和" | "与" | "及" | "/")
        })
    }
}
