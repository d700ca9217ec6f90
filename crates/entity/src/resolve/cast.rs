//! Who is who: every institution the page names, under one name each; whose page it is; what 我院 and 市中心医院 mean.

use std::collections::{HashMap, HashSet};

use super::place::{self, Atlas};
use crate::gazetteer::compile::{FULL, WEAK};
use crate::gazetteer::tables::{OWNER, Tables};
use crate::mention::institution::{InstitutionMention, Naming};
use crate::mention::scan::{Entry, Matcher, Scan, region_targets};
use crate::mention::{Span, window_after, window_before};
use crate::reading::Reading;

/// More institutions than a page can be about: comparing all with all ends here.
const MANY: usize = 400;

/// An institution of the page.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// Other names by which the page calls it.
    pub(crate) others: Vec<String>,
    pub(crate) region: Option<u32>,
    /// How often the text names it.
    pub(crate) mentions: usize,
    pub(crate) in_title: bool,
}

/// The institutions of a page.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    pub(crate) members: Vec<Member>,
    /// The member behind each institution mention of the text; pronouns stay empty.
    pub(crate) of_mention: Vec<Option<usize>>,
    /// Whose page it is: 我院.
    pub(crate) home: Option<usize>,
    /// The division the page belongs to.
    pub(crate) place: Option<u32>,
    by_name: HashMap<String, usize>,
    /// Names without a place that stand for no one.
    nobody: HashSet<String>,
}

/// What a page shows beside its text.
pub(crate) struct Surroundings<'r, 't> {
    /// The headline, where it does not stand in the text.
    pub(crate) title: Option<&'r Reading<'t>>,
    /// The headline's span in the text.
    pub(crate) headline: Option<Span>,
    pub(crate) noise: &'r Reading<'t>,
    pub(crate) site: Option<&'r Reading<'t>>,
    pub(crate) source: Option<&'r Reading<'t>>,
}

impl Cast {
    pub(crate) fn new(text: &Reading<'_>, around: &Surroundings<'_, '_>, atlas: &Atlas) -> Self {
        let mut cast = Cast::default();
        for mention in &text.institutions {
            let member = (mention.naming == Naming::Named).then(|| cast.enrol(text, atlas, mention));
            if let Some(member) = member.and_then(|at| cast.members.get_mut(at)) {
                let told = place::located(&text.scan, text.tables, atlas, mention.name.start, member.region)
                    .or_else(|| {
                        place::located_behind(&text.scan, text.tables, atlas, mention.span.end, member.region)
                    });
                member.region = told.or(member.region);
                member.mentions += 1;
                let heads = around.headline.is_some_and(|headline| headline.contains(mention.span));
                member.in_title |= heads;
                if let (Some(campus), Some(known), true) = (mention.campus, member.region, heads) {
                    member.region = atlas.of_campus(&text.scan, text.tables, campus, known).or(member.region);
                }
            }
            cast.of_mention.push(member);
        }
        cast.join_second_names(text);
        cast.join_placed_short_names(text.tables, text.scan.matcher);
        cast.join_short_names(text.tables, text.scan.matcher);
        if let Some(title) = around.title {
            for mention in title.institutions.iter().filter(|mention| mention.naming == Naming::Named) {
                let at = cast.enrol(title, atlas, mention);
                if let Some(member) = cast.members.get_mut(at) {
                    member.in_title = true;
                }
            }
        }
        let owner = cast.owner(around, atlas);
        cast.home = cast.find_home(text, around, owner, atlas);
        cast.place = cast.find_place(text, around, atlas);
        cast.resolve_bare(text, around);
        if cast.home.is_none() {
            cast.home = cast.bare_home(text, around);
        }
        cast
    }

    /// The member of a mention's name, new or known.
    fn enrol(&mut self, reading: &Reading<'_>, atlas: &Atlas, mention: &InstitutionMention) -> usize {
        let name = full_name(&reading.scan, reading.tables, mention);
        let printed = mention.name.of(reading.text());
        if let Some(&at) = self.by_name.get(&name) {
            self.also_called(at, printed);
            return at;
        }
        let region = place::of_institution(&reading.scan, reading.tables, atlas, mention);
        // 海南州人民医院 and 海南藏族自治州人民医院: one division, two names.
        let key = place_and_rest(reading.tables, reading.scan.matcher, &name, region);
        if let Some(&at) = key.as_ref().and_then(|key| self.by_name.get(key)) {
            self.by_name.insert(name, at);
            return at;
        }
        if let Some(key) = key {
            self.by_name.insert(key, self.members.len());
        }
        self.members.push(Member {
            name: name.clone(),
            others: Vec::new(),
            region,
            mentions: 0,
            in_title: false,
        });
        self.by_name.insert(name, self.members.len() - 1);
        self.also_called(self.members.len() - 1, printed);
        self.members.len() - 1
    }

    fn also_called(&mut self, at: usize, printed: &str) {
        if let Some(member) = self.members.get_mut(at)
            && member.name != printed
            && !member.others.iter().any(|other| other == printed)
        {
            member.others.push(printed.to_owned());
        }
    }

    /// 唐山市精神卫生中心(唐山市第五医院), A(以下简称B), A又名B.
    fn join_second_names(&mut self, text: &Reading<'_>) {
        for (at, pair) in text.institutions.windows(2).enumerate() {
            let [first, second] = pair else { continue };
            let between = text.between(first.span.end, second.span.start);
            let bracket = matches!(between, "(" | "（" | "/")
                && (between == "/" || matches!(text.scan.after(second.span.end), Some(')' | '）')));
            let called = between.chars().count() <= 14
                && !between.contains('。')
                && ["简称", "又名", "又称", "亦称", "加挂", "前身", "原名", "原称", "也叫", "更名为"]
                    .iter()
                    .any(|word| between.contains(word));
            if !bracket && !called {
                continue;
            }
            let (Some(Some(keep)), Some(other)) =
                (self.of_mention.get(at).copied(), self.of_mention.get(at + 1).copied())
            else {
                continue;
            };
            let name = second.name.of(text.text()).to_owned();
            match other {
                Some(other) if other != keep && at < MANY * 4 => self.merge(keep, other),
                Some(_) => {}
                None => {
                    if matches!(second.naming, Naming::Bare) {
                        self.by_name.entry(name).or_insert(keep);
                    }
                    if let Some(slot) = self.of_mention.get_mut(at + 1) {
                        *slot = Some(keep);
                    }
                }
            }
        }
    }

    /// 珠海中大五院, where 中大五院 is another's short name.
    fn join_placed_short_names(&mut self, tables: &Tables, matcher: &Matcher) {
        if self.members.len() > MANY {
            return;
        }
        for at in 0..self.members.len() {
            let Some(name) = self.members.get(at).map(|member| member.name.clone()) else { continue };
            let places = beginning(matcher, &name, 6).filter(|(_, entry)| means_place(tables, entry));
            let known = places.into_iter().find_map(|(end, _)| {
                let (_, rest) = name.split_at_checked(end)?;
                let full = matcher
                    .named(rest)
                    .and_then(|entry| tables.institution_names.get(entry.institution? as usize))
                    .and_then(|row| row.targets.first())
                    .and_then(|target| tables.institutions.get(target.row as usize))
                    .map(|row| row.full.as_ref());
                let other = self
                    .by_name
                    .get(rest)
                    .or_else(|| self.by_name.get(full?))
                    .copied()
                    .filter(|&other| other != at)?;
                let second = self.members.get(other).is_some_and(|member| member.name != rest);
                second.then_some(other)
            });
            if let Some(known) = known {
                self.merge(known, at);
            }
        }
    }

    /// 三二〇一医院 is 通用医疗三二〇一医院 where the page names both.
    fn join_short_names(&mut self, tables: &Tables, matcher: &Matcher) {
        if self.members.len() > MANY {
            return;
        }
        for short in 0..self.members.len() {
            let Some(member) = self.members.get(short) else { continue };
            // 唐都医院 is 空军军医大学唐都医院, though it is booked by another name.
            let printed = member.others.iter().find(|other| {
                self.members.iter().enumerate().any(|(at, long)| {
                    at != short
                        && long.mentions > 0
                        && long.name.len() > other.len()
                        && long.name.ends_with(*other)
                })
            });
            let name = printed.unwrap_or(&member.name).clone();
            let placed = starts_with_place(tables, matcher, &name);
            // 綦江区人民医院 is 重庆市綦江区人民医院; 三二〇一医院 is 通用医疗三二〇一医院.
            let long = self.members.iter().enumerate().position(|(at, member)| {
                let front = member.name.strip_suffix(&name).filter(|front| {
                    at != short && !front.is_empty() && member.mentions + usize::from(member.in_title) > 0
                });
                front.is_some_and(|front| !placed || is_place(tables, matcher, front))
            });
            if let Some(long) = long.or_else(|| self.unabbreviated(short, &name)) {
                self.merge(long, short);
            }
        }
    }

    /// 汕大医附一院: the one member whose name its characters abbreviate.
    fn unabbreviated(&self, short: usize, name: &str) -> Option<usize> {
        if !may_abbreviate(name) {
            return None;
        }
        let mut fitting = self.members.iter().enumerate().filter(|(at, member)| {
            *at != short
                && member.mentions + usize::from(member.in_title) > 0
                && abbreviates(name, &member.name)
        });
        match (fitting.next(), fitting.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        }
    }

    fn merge(&mut self, keep: usize, other: usize) {
        let Some(gone) = self.members.get(other).cloned() else { return };
        if let Some(member) = self.members.get_mut(keep) {
            member.mentions += gone.mentions;
            member.in_title |= gone.in_title;
            member.region = member.region.or(gone.region);
            member.others.push(gone.name.clone());
        }
        if let Some(member) = self.members.get_mut(other) {
            member.mentions = 0;
            member.in_title = false;
        }
        for slot in self.of_mention.iter_mut().filter(|slot| **slot == Some(other)) {
            *slot = Some(keep);
        }
        for at in self.by_name.values_mut().filter(|at| **at == other) {
            *at = keep;
        }
    }

    /// The institution whose site it is: its name alone in a line of the page's frame, or behind 版权所有.
    fn owner(&mut self, around: &Surroundings<'_, '_>, atlas: &Atlas) -> Option<usize> {
        for reading in [around.site, around.source].into_iter().flatten() {
            if let Some(mention) = reading.institutions.iter().find(|mention| mention.naming == Naming::Named)
            {
                return Some(self.enrol(reading, atlas, mention));
            }
        }
        let noise = around.noise;
        let mut best: Option<(u32, usize)> = None;
        for mention in noise.institutions.iter().filter(|mention| mention.naming == Naming::Named) {
            let Some(line) = line_around(noise.text(), mention.span) else { continue };
            let Some(score) = owns(noise.text(), line, mention.span) else { continue };
            let at = self.enrol(noise, atlas, mention);
            if best.is_none_or(|(known, _)| score > known) {
                best = Some((score, at));
            }
        }
        best.map(|(_, at)| at)
    }

    fn find_home(
        &self,
        text: &Reading<'_>,
        around: &Surroundings<'_, '_>,
        owner: Option<usize>,
        atlas: &Atlas,
    ) -> Option<usize> {
        let ours = text.institutions.iter().any(|mention| mention.naming == Naming::Ours)
            || around
                .title
                .is_some_and(|title| title.institutions.iter().any(|mention| mention.naming == Naming::Ours));
        let in_title: Vec<usize> = (0..self.members.len())
            .filter(|&at| self.members.get(at).is_some_and(|member| member.in_title))
            .collect();
        if let Some(owner) = owner {
            let spoken_of =
                self.members.get(owner).is_some_and(|member| member.mentions > 0 || member.in_title);
            if ours || spoken_of {
                return Some(owner);
            }
            if in_title.is_empty() {
                return Some(self.namesake(text, owner).unwrap_or(owner));
            }
        }
        let mentions = |at: &usize| self.members.get(*at).map_or(0, |member| member.mentions);
        if let Some(best) = in_title.iter().copied().max_by_key(|at| (mentions(at), std::cmp::Reverse(*at))) {
            return Some(best);
        }
        if self.is_notice(text, around) {
            return None;
        }
        if let Some(only) = self.of_county(text, around, atlas) {
            return Some(only);
        }
        // Without a headline that names one: the first that the text names, if none is named more often.
        let first = self.of_mention.iter().flatten().copied().next()?;
        if is_founded(text) || self.is_introduced(text, first) {
            return Some(first);
        }
        let most = (0..self.members.len()).max_by_key(mentions)?;
        let second = (0..self.members.len())
            .filter(|&at| at != most)
            .map(|at| mentions(&at))
            .max()
            .unwrap_or_default();
        let mut bare: Vec<&str> = text
            .institutions
            .iter()
            .filter(|mention| mention.naming == Naming::Bare)
            .map(|mention| mention.name.of(text.text()))
            .collect();
        bare.sort_unstable();
        bare.dedup();
        bare.truncate(MANY);
        let apart = bare
            .iter()
            .filter(|name| !self.members.iter().any(|member| member.name.ends_with(*name)))
            .count();
        let named = self.members.iter().filter(|member| member.mentions > 0).count() + apart;
        // Many hospitals named alike: the news is about none of them more than the others.
        // Of many, one that is named twice where it is not the first is a partner.
        let told = most == first || mentions(&most) > 2 || named <= 3;
        let leads = ours || named <= 2 || (mentions(&most) >= 2 * second.max(1) && apart < 2 && told);
        (leads && (mentions(&first) == mentions(&most) || ours || mentions(&most) >= 2 * second))
            .then_some(if mentions(&most) > mentions(&first) { most } else { first })
    }

    /// 某镇卫生院有一块金字招牌,挂牌的是该院的康复科: the first paragraph speaks of one alone, and no other opens a paragraph.
    fn is_introduced(&self, text: &Reading<'_>, first: usize) -> bool {
        let members: Vec<(Span, usize)> = text
            .institutions
            .iter()
            .zip(&self.of_mention)
            .filter_map(|(mention, member)| Some((mention.span, (*member)?)))
            .collect();
        let Some(start) = members.first().map(|(span, _)| span.start) else { return false };
        let end = window_after(text.text(), start, 600).find('\n').map_or(start, |length| start + length);
        let paragraph = Span::new(start, end);
        let again = text
            .institutions_in(paragraph)
            .iter()
            .any(|mention| matches!(mention.naming, Naming::That | Naming::Generic));
        let alone = members.iter().filter(|(span, _)| paragraph.contains(*span)).all(|(_, at)| *at == first);
        let opens = |span: Span| {
            let head = window_before(text.text(), span.start, 12);
            head.is_empty() || head.trim_end_matches([' ', '\u{3000}']).ends_with('\n')
        };
        again && alone && !members.iter().any(|(span, at)| *at != first && opens(*span))
    }

    /// The one hospital of the county in the headline, where the text names it first: 泾川县:小县城里的….
    fn of_county(&self, text: &Reading<'_>, around: &Surroundings<'_, '_>, atlas: &Atlas) -> Option<usize> {
        let county = place::chain(&text.scan, text.tables, atlas, around.headline?, false)
            .filter(|&row| text.tables.region(row).is_some_and(|region| region.rank == 2))?;
        let first = self.of_mention.iter().flatten().copied().next()?;
        let theirs =
            |at: &usize| self.members.get(*at).is_some_and(|m| m.mentions > 0 && m.region == Some(county));
        let mut fitting = (0..self.members.len()).filter(theirs);
        (fitting.next() == Some(first) && fitting.next().is_none()).then_some(first)
    }

    /// The hospital of the owner's city that the text speaks of before it says 医院: the owner by its other name, or the news' own.
    fn namesake(&self, text: &Reading<'_>, owner: usize) -> Option<usize> {
        let first = text.institutions.first().filter(|mention| mention.naming == Naming::Named)?;
        let at = self.of_mention.get(text.institution_at(first.span.start)?).copied().flatten()?;
        let only = self.of_mention.iter().flatten().all(|other| *other == at);
        let (own, other) = (self.members.get(owner)?.region?, self.members.get(at)?.region?);
        (only && own == other).then_some(at)
    }

    /// An authority's notice lists many: no one's page.
    fn is_notice(&self, text: &Reading<'_>, around: &Surroundings<'_, '_>) -> bool {
        let headline = around
            .headline
            .map(|span| span.of(text.text()))
            .or(around.title.map(Reading::text))
            .unwrap_or_default();
        let named = self.members.iter().filter(|member| member.mentions > 0).count();
        named >= 2
            && ["通知", "公示", "公告", "名单", "公布", "意见"].iter().any(|word| headline.contains(word))
    }

    fn find_place(&self, text: &Reading<'_>, around: &Surroundings<'_, '_>, atlas: &Atlas) -> Option<u32> {
        let home = self.home.and_then(|at| self.members.get(at)).and_then(|member| member.region);
        let whole = Span::new(0, text.text().len());
        let noise = Span::new(0, around.noise.text().len());
        home.or_else(|| {
            around.headline.and_then(|headline| place::of_authority(&text.scan, text.tables, atlas, headline))
        })
        .or_else(|| {
            around.headline.and_then(|headline| place::chain(&text.scan, text.tables, atlas, headline, false))
        })
        .or_else(|| place::of_address(&text.scan, text.tables, atlas))
        .or_else(|| place::of_address(&around.noise.scan, text.tables, atlas))
        .or_else(|| place::of_authority(&text.scan, text.tables, atlas, whole))
        .or_else(|| place::of_authority(&around.noise.scan, text.tables, atlas, noise))
        .or_else(|| atlas.leading(text.tables, 1))
    }

    /// 市中心医院, 第一人民医院: the member whose name ends so, else the place's.
    fn resolve_bare(&mut self, text: &Reading<'_>, around: &Surroundings<'_, '_>) {
        for (at, mention) in text.institutions.iter().enumerate() {
            if mention.naming != Naming::Bare || self.of_mention.get(at).copied().flatten().is_some() {
                continue;
            }
            let name = mention.name.of(text.text());
            let member = if self.nobody.contains(name) { None } else { self.bare(text.tables, name) };
            match member {
                Some(at) => drop(self.by_name.entry(name.to_owned()).or_insert(at)),
                None => drop(self.nobody.insert(name.to_owned())),
            }
            if let Some(member) = member.and_then(|at| self.members.get_mut(at)) {
                member.mentions += 1;
                member.in_title |= around.headline.is_some_and(|headline| headline.contains(mention.span));
            }
            if let Some(slot) = self.of_mention.get_mut(at) {
                *slot = member;
            }
        }
    }

    fn bare(&mut self, tables: &Tables, name: &str) -> Option<usize> {
        if let Some(&at) = self.by_name.get(name) {
            return Some(at);
        }
        if let Some(rest) = name.strip_prefix("自治区") {
            return self.of_region(tables, rest);
        }
        let level = name
            .chars()
            .next()
            .filter(|c| matches!(c, '省' | '市' | '县' | '州' | '区' | '旗' | '盟' | '镇' | '乡'));
        let stem = level.map_or(name, |c| name.get(c.len_utf8()..).unwrap_or(name));
        // 县第一人民医院 is 兰考第一人民医院, 省人民医院 is no 赣州市人民医院.
        let wanted = match level {
            Some('省') => Some(0),
            Some('州' | '盟') => Some(1),
            Some('县' | '区' | '旗') => Some(2),
            _ => None,
        };
        let ranked = |member: &Member| {
            let rank = member.region.and_then(|row| tables.region(row)).map(|region| region.rank);
            rank.is_some() && (rank == wanted || (level == Some('市') && rank != Some(0)))
        };
        let ends = |member: &Member| {
            member.name.ends_with(name)
                || (stem.chars().count() >= 5
                    && member.name.ends_with(stem)
                    && (level.is_none() || ranked(member)))
        };
        if let Some(home) = self.home.filter(|&at| self.members.get(at).is_some_and(ends)) {
            return Some(home);
        }
        let mut fitting = (0..self.members.len())
            .filter(|&at| self.members.get(at).is_some_and(|member| member.mentions > 0 && ends(member)));
        if let (Some(only), None) = (fitting.next(), fitting.next()) {
            return Some(only);
        }
        let level = level?;
        let rank = match level {
            '省' => 0,
            '州' | '盟' => 1,
            '市' => {
                let county = self
                    .place
                    .and_then(|row| tables.region(row))
                    .is_some_and(|region| region.rank == 2 && region.path.ends_with('市'));
                if county { 2 } else { 1 }
            }
            '县' | '区' | '旗' => 2,
            _ => return None,
        };
        let mut row = self.place?;
        let region = loop {
            let region = tables.region(row)?;
            if region.rank == rank || (rank == 1 && region.rank == 0 && region.path.ends_with('市')) {
                break region;
            }
            row = region.parent?;
        };
        let segment = region.path.rsplit('/').next()?;
        if rank == 2 && !segment.ends_with(level) {
            return None;
        }
        let full = format!("{segment}{stem}");
        if let Some(&at) = self.by_name.get(&full) {
            return Some(at);
        }
        self.members.push(Member {
            name: full.clone(),
            others: Vec::new(),
            region: Some(row),
            mentions: 0,
            in_title: false,
        });
        self.by_name.insert(full, self.members.len() - 1);
        Some(self.members.len() - 1)
    }

    /// 自治区人民医院: the one of the page's autonomous region.
    fn of_region(&mut self, tables: &Tables, rest: &str) -> Option<usize> {
        let province = tables.province(self.place?);
        let path = &tables.region(province)?.path;
        let full = path.ends_with("自治区").then(|| format!("{path}{rest}"))?;
        if let Some(&at) = self.by_name.get(&full) {
            return Some(at);
        }
        self.members.push(Member {
            name: full.clone(),
            others: Vec::new(),
            region: Some(province),
            mentions: 0,
            in_title: false,
        });
        self.by_name.insert(full, self.members.len() - 1);
        Some(self.members.len() - 1)
    }

    /// A headline that names its hospital without the place.
    fn bare_home(&self, text: &Reading<'_>, around: &Surroundings<'_, '_>) -> Option<usize> {
        let headline = around.headline?;
        let from = text.institutions_in(headline).iter().find_map(|mention| {
            let at = text.institution_at(mention.span.start)?;
            self.of_mention.get(at).copied().flatten()
        });
        from.filter(|_| !self.is_notice(text, around))
    }
}

/// 某州人民医院呼吸科组建于1985年, 某医院是一所…: the text introduces the first hospital that it names.
fn is_founded(text: &Reading<'_>) -> bool {
    let Some(first) = text.institutions.iter().find(|mention| mention.naming == Naming::Named) else {
        return false;
    };
    let tail = window_after(text.text(), first.span.end, 120);
    let clause = tail.split(['。', '，', ',', '\n', '；']).next().unwrap_or_default();
    [
        "建于",
        "创办于",
        "成立于",
        "设立于",
        "是一所",
        "是一家",
        "是集",
        "前身是",
        "前身为",
        "的前身",
        "位于",
        "坐落",
    ]
    .iter()
    .any(|word| clause.contains(word))
}

/// The name by which an institution is booked: a well-known one's full name for its short one, else as printed.
pub(crate) fn full_name(scan: &Scan<'_>, tables: &Tables, mention: &InstitutionMention) -> String {
    let printed = mention.name.of(scan.text);
    let official =
        || ["省", "市", "自治区", "大学", "学院", "部队", "解放军"].iter().any(|word| printed.contains(word));
    match mention.known.and_then(|row| tables.institutions.get(row as usize)) {
        Some(row) if !official() => row.full.clone().into_owned(),
        _ => printed.chars().filter(|c| !c.is_whitespace()).collect(),
    }
}

/// A name with the row of the division at its head for that division's name.
fn place_and_rest(tables: &Tables, matcher: &Matcher, name: &str, region: Option<u32>) -> Option<String> {
    let region = region?;
    let own = |entry: &Entry| {
        let targets = region_targets(tables, entry);
        targets.iter().any(|target| target.row == region && target.strength == FULL)
    };
    let (end, _) = beginning(matcher, name, 16).filter(|(_, entry)| own(entry)).last()?;
    Some(format!("{region}:{}", name.get(end..).unwrap_or_default()))
}

/// The known names, of at most so many characters, that a name begins with: shortest first, with their lengths in bytes.
fn beginning<'m>(
    matcher: &'m Matcher,
    name: &str,
    characters: usize,
) -> impl Iterator<Item = (usize, &'m Entry)> {
    let end = name.char_indices().nth(characters).map_or(name.len(), |(at, _)| at);
    matcher.beginning(name.get(..end).unwrap_or_default())
}

/// 汕大医附一院 may stand for a longer name, 汕头医院 is one.
fn may_abbreviate(name: &str) -> bool {
    name.ends_with('院') && !name.ends_with("医院") && (4..=8).contains(&name.chars().count())
}

/// Whether a short name's characters stand in a long one's, in order, from the same first to 院.
fn abbreviates(short: &str, long: &str) -> bool {
    if !may_abbreviate(short) {
        return false;
    }
    let letters = short.chars().count();
    let mut plain = short.to_owned();
    for number in ['一', '二', '三', '四', '五', '六'] {
        plain = plain.replace(&format!("附{number}院"), &format!("{number}附院"));
    }
    if long.chars().count() < letters + 3 || plain.chars().next() != long.chars().next() {
        return false;
    }
    let mut rest = long.chars();
    plain.chars().all(|wanted| rest.any(|c| c == wanted))
}

fn is_place(tables: &Tables, matcher: &Matcher, name: &str) -> bool {
    matcher.named(name).is_some_and(|entry| means_place(tables, entry))
}

fn means_place(tables: &Tables, entry: &Entry) -> bool {
    entry.kinds.has(OWNER) || region_targets(tables, entry).iter().any(|target| target.strength < WEAK)
}

fn starts_with_place(tables: &Tables, matcher: &Matcher, name: &str) -> bool {
    beginning(matcher, name, 14)
        .any(|(_, entry)| region_targets(tables, entry).iter().any(|target| target.strength == FULL))
}

/// The line around a name, as far as a frame's line can reach.
fn line_around(text: &str, span: Span) -> Option<Span> {
    const REACH: usize = 600;
    let head = window_before(text, span.start, REACH);
    let start = match head.rfind('\n') {
        Some(at) => span.start - head.len() + at + 1,
        None if head.len() == span.start => 0,
        None => return None,
    };
    let tail = window_after(text, span.end, REACH);
    let end = match tail.find('\n') {
        Some(at) => span.end + at,
        None if span.end + tail.len() == text.len() => text.len(),
        None => return None,
    };
    Some(Span::new(start, end))
}

/// How surely a line of the page's frame names the page's owner.
fn owns(text: &str, line: Span, name: Span) -> Option<u32> {
    let whole = line.of(text);
    let before = text.get(line.start..name.start).unwrap_or_default().trim();
    let after = text.get(name.end..line.end).unwrap_or_default().trim();
    let rights =
        ["版权所有", "主办单位", "主办", "Copyright", "copyright", "©", "欢迎访问", "欢迎光临", "欢迎来到"]
            .iter()
            .any(|word| whole.contains(word))
            || after.starts_with("官网")
            || after.starts_with("官方网站")
            || after.starts_with("版权所有");
    let ends = |rest: &str| {
        rest.is_empty()
            || rest.starts_with(['-', '_', '|', '—', '–', '>', '·', '»'])
            || rest.starts_with("官网")
            || rest.starts_with("官方")
            || rest.starts_with("欢迎")
            || rest.starts_with("网站")
            || ["医共体", "健康集团", "医疗集团", "总医院集团"].contains(&rest)
    };
    let begins = before.is_empty() || before.ends_with(['-', '_', '|', '—', '–', '·', '«']);
    if whole.contains("上一篇") || whole.contains("下一篇") || whole.chars().count() > 200 {
        return None;
    }
    if begins && after.is_empty() && before.is_empty() {
        return Some(3);
    }
    // 原创 宣传科 某县人民医院 2024-01-19 18:02 发表于浙江: the account that posted it.
    if before.starts_with("原创") || after.contains("发表于") {
        return Some(3);
    }
    if rights && name.start - line.start <= 60 {
        return Some(4);
    }
    (begins && ends(after) && whole.chars().count() <= 40).then_some(2)
}
