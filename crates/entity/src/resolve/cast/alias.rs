//! Which names are one hospital's? Second names, short names, abbreviations.

use super::*;
use xinglin_text::word_list;

/// 起步于1936年的, 前身是1936年创办的: whether what stands before a name says that a hospital began as that one.
fn is_beginning(text: &str, at: usize) -> bool {
    let head = window_before(text, at, 45).rsplit(['，', ',', '。', '\n']).next().unwrap_or_default();
    let Some(head) = head.strip_suffix('的') else { return false };
    word_list!["起步于", "始于", "源于", "源自", "发端于", "脱胎于", "起源于", "发轫于", "诞生于"]
        .stand_in(head)
        && head.contains(|c: char| c.is_ascii_digit() || c == '年')
}

/// 梅州人至今习惯叫它“黄塘医院”: whether what stands before a name says that people call the hospital so.
fn is_called(text: &str, at: usize) -> bool {
    let head = window_before(text, at, 36).trim_end_matches(['“', '"', '「', '为', '作', '做']);
    word_list![
        "叫它",
        "称它",
        "称其",
        "唤它",
        "管它叫",
        "习惯叫",
        "习惯称",
        "称之",
        "亲切地称",
        "都管它叫",
        "喊它",
    ]
    .end(head)
}

impl Cast {
    /// 梅州人至今习惯叫它“黄塘医院”: the hospital that was named last.
    pub(super) fn join_called_names(&mut self, text: &Reading<'_>) {
        for (at, mention) in text.institutions.iter().enumerate().skip(1) {
            let other = self.of_mention.get(at).copied().flatten();
            let Some(other) = other.filter(|_| is_called(text.text(), mention.span.start)) else { continue };
            let before = self.of_mention.get(at.saturating_sub(8)..at).unwrap_or_default();
            let Some(keep) = before.iter().rev().find_map(|member| *member) else { continue };
            let (keep, other) = (self.stands_for(keep), self.stands_for(other));
            if keep != other {
                self.merge(keep, other);
            }
        }
    }

    /// 唐山市精神卫生中心(唐山市第五医院), A(以下简称B), A又名B.
    pub(super) fn join_second_names(&mut self, text: &Reading<'_>) {
        for (at, pair) in text.institutions.windows(2).enumerate() {
            let [first, second] = pair else { continue };
            let between = text.between(first.span.end, second.span.start);
            let former = matches!(
                between,
                "(原" | "（原" | "(原名" | "（原名" | "(原名为" | "（原名为" | "(即" | "（即"
            );
            let bracket = (former || matches!(between, "(" | "（" | "/"))
                && (between == "/" || matches!(text.scan.after(second.span.end), Some(')' | '）')));
            let near = between.chars().nth(14).is_none() && !between.contains('。');
            // Its name of today.
            let renamed = near && word_list!["更名为", "改名为", "易名为"].stand_in(between);
            let once = renamed && is_former_again(text.text(), second.span.end);
            let renamed = renamed && !once || near && is_beginning(text.text(), first.span.start);
            let called = once
                || near
                    && word_list![
                        "简称", "又名", "又称", "亦称", "加挂", "前身", "原名", "原称", "也叫", "又叫",
                        "俗称", "也称", "人称", "下叫", "下称", "还叫", "别名", "惯称",
                    ]
                    .stand_in(between);
            if !bracket && !called && !renamed {
                continue;
            }
            // 夹浦分院(夹浦镇卫生院): the branch is that one.
            let branch = bracket && first.naming == Naming::Bare;
            if let Some(whose) = self.of_mention.get(at + 1).copied().flatten().filter(|_| branch)
                && first.name.of(text.text()).ends_with("分院")
            {
                self.by_name.entry(first.name.of(text.text()).to_owned()).or_insert(whose);
                continue;
            }
            // 该院(某大学第二附属医院): the one named before it.
            let spoken = || {
                let that = bracket && matches!(first.naming, Naming::That | Naming::Ours | Naming::Generic);
                let mut before = self.of_mention.get(at.saturating_sub(8)..at)?.iter().rev();
                before.find_map(|member| *member).filter(|_| that)
            };
            let keep = self.of_mention.get(at).copied().flatten().or_else(spoken);
            let (Some(keep), Some(other)) = (keep, self.of_mention.get(at + 1).copied()) else { continue };
            let name = second.name.of(text.text()).to_owned();
            let keep = self.stands_for(keep);
            match other.map(|other| self.stands_for(other)) {
                Some(other) if other != keep && renamed => self.merge(other, keep),
                Some(other) if other != keep => self.merge(keep, other),
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
    pub(super) fn join_placed_short_names(&mut self, text: &Reading<'_>) {
        let (tables, matcher) = (text.tables, text.scan.matcher);
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
                let other = self.by_name.get(rest).or_else(|| self.by_name.get(full?)).copied();
                let other = self.stands_for(other?);
                let second = self.members.get(other).is_some_and(|member| member.name != rest);
                (second && other != self.stands_for(at)).then_some(other)
            });
            let Some(known) = known else { continue };
            if self.is_listed_name(text, &name, known) {
                self.merge(at, known);
            } else {
                self.merge(known, at);
            }
        }
    }

    /// 十堰市太和医院, written in full beside 太和医院, is the page's own name of a hospital whose other name it never writes.
    fn is_listed_name(&self, text: &Reading<'_>, name: &str, known: usize) -> bool {
        let row = text.scan.matcher.named(name).and_then(|entry| {
            let row = text.tables.institution_names.get(entry.institution? as usize)?;
            text.tables.institutions.get(row.targets.first()?.row as usize)
        });
        let other = self.members.get(known).map(|member| member.name.as_str());
        row.is_some_and(|row| Some(row.full.as_ref()) == other && !text.text().contains(row.full.as_ref()))
    }

    /// 三二〇一医院 is 通用医疗三二〇一医院 where the page names both.
    pub(super) fn join_short_names(&mut self, tables: &Tables, matcher: &Matcher) {
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
                let front = member.name.strip_suffix(name.as_str()).filter(|front| {
                    at != short && !front.is_empty() && member.mentions + usize::from(member.in_title) > 0
                });
                front.is_some_and(|front| {
                    // 宁德市医院 is 宁德师范学院附属宁德市医院.
                    !placed || front.ends_with("附属") || is_place(tables, matcher, front)
                })
            });
            if let Some(long) = long.or_else(|| self.unabbreviated(short, &name)) {
                // 昆明理工大学附属安宁市第一人民医院, named once: the page calls it by its own name.
                let more = self.members.get(long).is_some_and(|long| {
                    self.members
                        .get(short)
                        .is_some_and(|short| short.in_title || short.mentions > long.mentions)
                });
                // 坐落在福安的闽东医院: where it is, not where its university is.
                let told = self.members.get(short).and_then(|member| member.region).filter(|_| !placed);
                if let (Some(told), Some(member)) = (told, self.members.get_mut(long))
                    && member.region.is_some_and(|known| tables.province(known) == tables.province(told))
                {
                    member.region = Some(told);
                }
                if placed && more && place_and_number(&name).is_none() {
                    self.merge(short, long);
                } else {
                    self.merge(long, short);
                }
            }
        }
    }

    /// 亭林医院 on the site of 上海市金山区亭林医院, which the text never calls by that name.
    pub(super) fn join_short_name_of(&mut self, owner: usize, tables: &Tables, matcher: &Matcher) {
        let Some(long) = self.members.get(owner).filter(|owner| owner.mentions == 0) else { return };
        let short = self.members.iter().position(|member| {
            let front = long.name.strip_suffix(member.name.as_str()).unwrap_or_default();
            let region = member.region.zip(long.region);
            member.mentions > 0
                && !front.is_empty()
                && region.is_none_or(|(short, long)| tables.within(long, short))
                && !starts_with_place(tables, matcher, &member.name)
                && starts_with_place(tables, matcher, front)
        });
        if let Some(short) = short {
            self.merge(owner, short);
            self.relabel();
        }
    }

    /// 汕大医附一院: the one member whose name its characters abbreviate.
    pub(super) fn unabbreviated(&self, short: usize, name: &str) -> Option<usize> {
        // 鞍钢总医院 is 鞍钢集团总医院.
        let grouped = self.members.iter().position(|member| {
            member.mentions > 0
                && member.name.len() == name.len() + "集团".len()
                && member
                    .name
                    .split_once("集团")
                    .is_some_and(|(owner, kind)| !owner.is_empty() && name.strip_prefix(owner) == Some(kind))
        });
        if grouped.is_some() {
            return grouped;
        }
        // 医大总医院 is 天津医科大学总医院.
        if let Some((front, kind)) = name.split_once("医大").filter(|(_, kind)| kind.ends_with("医院")) {
            let full = format!("医科大学{kind}");
            let mut fitting = (0..self.members.len().min(MANY)).filter(|&at| {
                let member = self.members.get(at).filter(|member| at != short && member.mentions > 0);
                let stem = member.and_then(|member| member.name.strip_suffix(full.as_str()));
                stem.is_some_and(|stem| front.chars().all(|c| stem.contains(c)))
            });
            return fitting.next().filter(|_| fitting.next().is_none());
        }
        if let Some((place, number)) = place_and_number(name) {
            let mut fitting = self.members.iter().enumerate().filter(|(at, member)| {
                // 汉滨区一医院 is 安康市汉滨区第一医院.
                let below =
                    || member.name.split_once(place).filter(|(above, _)| above.ends_with(['省', '市', '州']));
                let rest = member.name.strip_prefix(place).or_else(|| below().map(|(_, rest)| rest));
                let full = rest.and_then(|rest| rest.split_once(number));
                *at != short
                    && member.mentions + usize::from(member.in_title) > 0
                    && full.is_some_and(|(between, rest)| {
                        between.ends_with('第') && matches!(rest, "人民医院" | "医院" | "中心医院")
                    })
            });
            return match (fitting.next(), fitting.next()) {
                (Some((only, _)), None) => Some(only),
                _ => None,
            };
        }
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
}

/// The known names, of at most so many characters, that a name begins with: shortest first, with their lengths in bytes.
pub(super) fn beginning<'m>(
    matcher: &'m Matcher,
    name: &str,
    characters: usize,
) -> impl Iterator<Item = (usize, &'m Entry)> {
    let end = name.char_indices().nth(characters).map_or(name.len(), |(at, _)| at);
    matcher.beginning(name.get(..end).unwrap_or_default())
}

/// 常德四医院: a place's short name and a number.
fn place_and_number(name: &str) -> Option<(&str, &str)> {
    let stem = name.strip_suffix("医院")?;
    let (at, _) = stem.char_indices().next_back()?;
    let (place, number) = stem.split_at_checked(at)?;
    let numbered = matches!(number, "一" | "二" | "三" | "四" | "五" | "六" | "七" | "八" | "九" | "十");
    (numbered && place.chars().count() >= 2 && !place.ends_with('第')).then_some((place, number))
}

/// 1958年更名为A,1996年启用现名: whether what stands behind a name says that it was followed by the name of today.
fn is_former_again(text: &str, end: usize) -> bool {
    let tail = window_after(text, end, 120);
    let sentence = tail.split(['。', '\n']).next().unwrap_or_default();
    word_list!["现名", "今名", "现称", "原名称", "恢复原名", "复名"].stand_in(sentence)
}

/// 汕大医附一院 may stand for a longer name, 汕头医院 is one.
pub(super) fn may_abbreviate(name: &str) -> bool {
    name.ends_with('院') && !name.ends_with("医院") && (4..=8).contains(&name.chars().count())
}

/// Whether a short name's characters stand in a long one's, in order, from the same first to 院.
pub(super) fn abbreviates(short: &str, long: &str) -> bool {
    if !may_abbreviate(short) {
        return false;
    }
    let letters = short.chars().count();
    let mut plain = short.to_owned();
    if plain.contains('附') {
        for number in ['一', '二', '三', '四', '五', '六'] {
            plain = plain.replace(&format!("附{number}院"), &format!("{number}附院"));
        }
    }
    if long.chars().count() < letters + 3 || plain.chars().next() != long.chars().next() {
        return false;
    }
    let mut rest = long.chars();
    plain.chars().all(|wanted| rest.any(|c| c == wanted))
}

pub(super) fn is_place(tables: &Tables, matcher: &Matcher, name: &str) -> bool {
    matcher.named(name).is_some_and(|entry| means_place(tables, entry))
}

pub(super) fn means_place(tables: &Tables, entry: &Entry) -> bool {
    entry.kinds.has(OWNER) || region_targets(tables, entry).iter().any(|target| target.strength < WEAK)
}

pub(super) fn starts_with_place(tables: &Tables, matcher: &Matcher, name: &str) -> bool {
    beginning(matcher, name, 14)
        .any(|(_, entry)| region_targets(tables, entry).iter().any(|target| target.strength == FULL))
}
