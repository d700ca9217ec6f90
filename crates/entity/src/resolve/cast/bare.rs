//! Whom does a name without a place mean? 市中心医院, 第一人民医院, 自治区人民医院.

use super::*;
use crate::mention::institution::NUMBERS;

impl Cast {
    /// 市中心医院, 第一人民医院: the member whose name ends so, else the place's.
    pub(super) fn resolve_bare(&mut self, text: &Reading<'_>, around: &Surroundings<'_, '_>) {
        if !text.institutions.iter().any(|mention| mention.naming == Naming::Bare) {
            return;
        }
        let backwards = self.members.iter().enumerate().map(|(at, member)| (backwards(&member.name), at));
        self.backwards = backwards.collect();
        for (at, mention) in text.institutions.iter().enumerate() {
            if mention.naming != Naming::Bare || self.of_mention.get(at).copied().flatten().is_some() {
                continue;
            }
            let name = mention.name.of(text.text());
            // 市一院 of a headline is the text's 市第一医院.
            let full = counted(name).and_then(|(level, number)| {
                let plain = format!("{level}第{number}医院");
                let same = |other: &InstitutionMention| {
                    other.naming == Naming::Bare && other.name.of(text.text()) == plain
                };
                text.institutions.iter().any(same).then_some(plain)
            });
            let name = full.as_deref().unwrap_or(name);
            let of_line = self.of_line(text, mention.name);
            let known = of_line
                .or_else(|| if self.nobody.contains(name) { None } else { self.bare(text.tables, name) });
            let member = known;
            match member {
                Some(_) if of_line.is_some() => {}
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

    /// 第七人民医院 in the news of one of Shanghai's districts: a municipality numbers its own.
    fn of_municipality(&mut self, tables: &Tables, name: &str) -> Option<usize> {
        let row = tables.ancestor(self.place?, 0)?;
        let path = tables.region(row)?.path;
        // 第十人民医院 beside 上海市第十人民医院崇明分院: whose branch the page's own is.
        let parent = self.members.iter().any(|member| member.name.contains(name));
        if self.own_page || parent || !name.starts_with('第') || !path.ends_with('市') {
            return None;
        }
        let full = format!("{path}{name}");
        Some(self.supposed(full, row))
    }

    /// 勉县:县医院骨科…; 【勉县】县医院骨科…: the county that heads the line, or the last item of it that a label opens.
    fn of_line(&mut self, text: &Reading<'_>, name: Span) -> Option<usize> {
        const REACH: usize = 600;
        let tables = text.tables;
        let level = text.scan.after(name.start).filter(|c| matches!(c, '县' | '区' | '旗' | '市'))?;
        let head = window_before(text.text(), name.start, REACH);
        let line = head.rsplit('\n').next().unwrap_or_default();
        let line = line.rsplit_once('【').map_or(line, |(_, item)| item);
        let body = line.trim_start_matches(|c: char| !is_han(c));
        let start = name.start - body.len();
        let row = text.scan.starting_at(start).find_map(|(span, entry)| {
            let opens = matches!(text.scan.after(span.end), Some(':' | '：' | '|' | '\u{3000}' | '】'));
            let near = |row: u32| {
                self.place
                    .is_none_or(|place| tables.ancestor(place, 1).is_none_or(|city| tables.within(row, city)))
            };
            let county = |row: u32| tables.region(row).is_some_and(|region| region.rank == 2);
            let mut targets =
                region_targets(tables, entry).iter().filter(|t| opens && county(t.row) && near(t.row));
            match (targets.next(), targets.next()) {
                (Some(only), None) => Some(only.row),
                _ => None,
            }
        })?;
        let segment = tables.region(row)?.path.rsplit('/').next()?.to_owned();
        let stem = name.of(text.text()).get(level.len_utf8()..)?;
        let full = segment.ends_with(level).then(|| format!("{segment}{stem}"))?;
        Some(self.supposed(full, row))
    }

    pub(super) fn bare(&mut self, tables: &Tables, name: &str) -> Option<usize> {
        if let Some(&at) = self.by_name.get(name) {
            return Some(at);
        }
        if name.ends_with("分院") {
            return self.branch(name);
        }
        if let Some(number) = name.strip_suffix('院').filter(|number| NUMBERS.contains(number)) {
            return self.numbered(number);
        }
        // 附二院: the one member that is a university's second.
        if let Some(number) = name.strip_prefix('附').and_then(|name| name.strip_suffix('院')) {
            return self.attached(number);
        }
        // 昆医附一院: the one member whose name it abbreviates.
        if name.contains("医附") {
            let mut fitting = self.members.iter().enumerate().filter(|(_, member)| {
                crate::work::done(1);
                member.mentions > 0 && super::alias::abbreviates(name, &member.name)
            });
            let only = fitting.next().map(|(at, _)| at);
            return only.filter(|_| fitting.next().is_none());
        }
        // 市一医院 is 市第一人民医院.
        let listed = |full: &str| self.members.iter().any(|at| at.mentions > 0 && at.name.ends_with(full));
        // 市一院 is 嘉兴市第一医院, where the page is that one's.
        if let Some((level, number)) = counted(name)
            && let Some(home) = self.home
        {
            let full = [format!("{level}第{number}医院"), format!("{level}第{number}人民医院")];
            if self
                .members
                .get(home)
                .is_some_and(|member| full.iter().any(|full| member.name.ends_with(full)))
            {
                return Some(home);
            }
        }
        if let Some((level, number)) = counted(name)
            .filter(|(level, number)| name.ends_with("医院") || listed(&format!("{level}第{number}人民医院")))
        {
            let own = |at: &usize| self.members.get(*at).is_some_and(|known| !known.name.contains("附属"));
            return match self.numbered(number).filter(own) {
                Some(member) => Some(member),
                None => self.bare(tables, &format!("{level}第{number}人民医院")),
            };
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
            let county = rank == Some(2)
                && member
                    .region
                    .and_then(|row| tables.region(row))
                    .is_some_and(|region| !region.path.ends_with('市'));
            rank.is_some() && (rank == wanted || (level == Some('市') && rank != Some(0) && !county))
        };
        // 市人民医院 of a page about 日照 is no 临沂市人民医院.
        let own = self.place.and_then(|row| tables.ancestor(row, 1));
        let elsewhere = |member: &Member| {
            let city = member.region.and_then(|row| tables.ancestor(row, 1));
            level.is_some() && own.zip(city).is_some_and(|(own, city)| own != city)
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
        // The stem ends whatever the name ends.
        let end = backwards(stem);
        let from = self.backwards.range((end.clone(), 0)..);
        let mut fitting = from
            .take_while(|(name, _)| name.starts_with(&end))
            .inspect(|_| crate::work::done(1))
            .map(|(_, at)| *at)
            .filter(|&at| {
                self.members
                    .get(at)
                    .is_some_and(|member| member.mentions > 0 && ends(member) && !elsewhere(member))
            });
        if let (Some(only), None) = (fitting.next(), fitting.next())
            && !(level == Some('市') && self.is_of_other_city(tables, only))
        {
            return Some(only);
        }
        let Some(level) = level else { return self.of_municipality(tables, name) };
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
        let county = || self.only_county(tables).filter(|_| rank == 2);
        let above = |row: u32| tables.region(row).is_some_and(|region| region.rank < 2);
        let place = self.place.filter(|&row| rank != 2 || !above(row));
        let mut row = place.or_else(county).or(self.place)?;
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
        // 州医院 on the page of 临夏州人民医院.
        let home = self.home.filter(|&at| {
            self.members.get(at).is_some_and(|member| {
                member.region == Some(row) && word_list!["人民医院", "中心医院"].end(&member.name)
            })
        });
        if stem == "医院" && home.is_some() {
            return home;
        }
        // 州医院 is 某州中心医院, where the page names no other of the prefecture's.
        if rank == 1 && stem == "医院" {
            let general = |member: &Member| {
                member.mentions > 0
                    && member.region == Some(row)
                    && word_list!["人民医院", "中心医院", "第一医院"].end(&member.name)
            };
            let mut known =
                (0..self.members.len().min(MANY)).filter(|&at| self.members.get(at).is_some_and(general));
            if let (Some(only), None) = (known.next(), known.next()) {
                return Some(only);
            }
        }
        // 县医院 is 某县人民医院, where the page names that one.
        if rank == 2 && stem == "医院" {
            let people = self.by_name.get(&format!("{segment}人民医院")).copied();
            let named = |at: &usize| self.members.get(*at).is_some_and(|member| member.mentions > 0);
            if let Some(at) = people.filter(named) {
                return Some(at);
            }
        }
        Some(self.supposed(full, row))
    }

    /// 市中医院 on a page of a whole city, which names hospitals of several of its counties: the city's, and no 临海市中医院.
    fn is_of_other_city(&self, tables: &Tables, member: usize) -> bool {
        const SEVERAL: usize = 3;
        let county = |member: &Member| {
            let row = tables.ancestor(member.region?, 2)?;
            (member.mentions > 0).then_some(row)
        };
        let whole = self.place.and_then(|row| tables.region(row)).is_some_and(|region| region.rank == 1);
        whole
            && self.members.get(member).and_then(county).is_some()
            && self.members.iter().filter_map(county).collect::<BTreeSet<u32>>().len() >= SEVERAL
    }

    /// The one county that all hospitals of counties are in which the text names.
    fn only_county(&self, tables: &Tables) -> Option<u32> {
        let named = self.members.iter().filter(|member| member.mentions > 0);
        let mut counties = named.filter_map(|member| tables.ancestor(member.region?, 2));
        let first = counties.next()?;
        counties.all(|row| row == first).then_some(first)
    }

    /// 石鼓分院: the page's own hospital's branch, by both names.
    fn branch(&mut self, name: &str) -> Option<usize> {
        let end = backwards(name);
        let from = self.backwards.range((end.clone(), 0)..);
        let mut known = from.take_while(|(name, _)| name.starts_with(&end)).map(|(_, at)| *at);
        if let Some(only) = known.next() {
            return Some(only).filter(|_| known.next().is_none());
        }
        let home = self.members.get(self.home?)?;
        let region = home.region?;
        let full = format!("{}{name}", home.name);
        Some(self.supposed(full, region))
    }

    /// The member of a full name, which the page need not have written.
    fn supposed(&mut self, full: String, region: u32) -> usize {
        if let Some(&at) = self.by_name.get(&full) {
            return at;
        }
        let at = self.members.len();
        self.backwards.insert((backwards(&full), at));
        self.by_name.insert(full.clone(), at);
        self.members.push(Member {
            name: full,
            others: Vec::new(),
            region: Some(region),
            mentions: 0,
            in_title: false,
            located: false,
            seated: false,
        });
        at
    }

    /// 六院: the one member that is a sixth hospital.
    fn numbered(&self, number: &str) -> Option<usize> {
        let sixth = format!("第{number}");
        let mut fitting = self.members.iter().enumerate().filter(|(_, member)| {
            crate::work::done(1);
            member.mentions > 0 && member.name.contains(&sixth) && member.name.ends_with("医院")
        });
        match (fitting.next(), fitting.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        }
    }

    /// 附二院: the one member that is a university's second hospital.
    fn attached(&self, number: &str) -> Option<usize> {
        let names = [format!("附属第{number}医院"), format!("第{number}附属医院")];
        let mut fitting = self.members.iter().enumerate().filter(|(_, member)| {
            crate::work::done(1);
            member.mentions > 0 && names.iter().any(|name| member.name.ends_with(name.as_str()))
        });
        match (fitting.next(), fitting.next()) {
            (Some((only, _)), None) => Some(only),
            _ => None,
        }
    }

    /// 自治区人民医院: the one of the page's autonomous region.
    pub(super) fn of_region(&mut self, tables: &Tables, rest: &str) -> Option<usize> {
        let province = tables.province(self.place?);
        let path = &tables.region(province)?.path;
        let full = path.ends_with("自治区").then(|| format!("{path}{rest}"))?;
        Some(self.supposed(full, province))
    }
}

fn backwards(name: &str) -> String {
    name.chars().rev().collect()
}

/// 市一医院, 县二院: the level, and the number of a hospital that is one of several.
fn counted(name: &str) -> Option<(&str, &str)> {
    let (level, number) =
        name.strip_suffix("医院").or_else(|| name.strip_suffix('院'))?.split_at_checked('市'.len_utf8())?;
    (matches!(level, "市" | "县" | "区" | "州") && NUMBERS.contains(&number)).then_some((level, number))
}
