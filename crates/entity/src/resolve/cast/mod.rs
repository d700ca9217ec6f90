//! Who is who: every institution the page names, under one name each; whose page it is; what 我院 and 市中心医院 mean.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use xinglin_text::word_list;

use self::alias::beginning;
use super::place::{self, Atlas};
use crate::gazetteer::compile::{FULL, WEAK};
use crate::gazetteer::tables::{AWARD, OWN, OWNER, PASSING, Tables};
use crate::mention::institution::{InstitutionMention, Naming, is_han};
use crate::mention::scan::{Class, Entry, Matcher, Scan, region_targets};
use crate::mention::{Span, window_after, window_before};
use crate::reading::Reading;

mod alias;
mod bare;
mod frame;
mod guests;
mod home;
mod several;

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
    /// Whether the text itself says where it is: 坐落在福安的….
    located: bool,
    /// Whether only its owner's seat says where it is: 贵州医科大学第二附属医院.
    pub(crate) seated: bool,
}

/// The institutions of a page.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    pub(crate) members: Vec<Member>,
    /// The member behind each institution mention of the text; pronouns stay empty.
    pub(crate) of_mention: Vec<Option<usize>>,
    /// Whose page it is: 我院.
    pub(crate) home: Option<usize>,
    /// Whether the page says so itself: its site, its headline, 我院; not merely by how often it names it.
    pub(crate) home_told: bool,
    /// Whether it is that hospital's own page: its site, or 我院.
    pub(crate) own_page: bool,
    /// Whether it is that hospital's own site, and the text speaks of it.
    pub(crate) own_site: bool,
    /// The division the page belongs to.
    pub(crate) place: Option<u32>,
    /// The county in the headline, where that names no hospital: the news is about all of that county's.
    pub(crate) county: Option<u32>,
    /// The city or county that the headline names, where it names no hospital: the news is of its hospitals.
    pub(crate) headed: Option<u32>,
    /// Whether the headline counts what a city's hospitals were given (安庆市新增9个省级临床重点专科), or the text of a page that names
    /// no hospital does.
    pub(crate) counted: bool,
    /// Whether an authority answers a deputy: 关于市政协…第087号提案的答复.
    pub(crate) replies: bool,
    /// Hospitals that the page's own manages: 由我院托管的某县人民医院.
    pub(crate) managed: BTreeSet<usize>,
    /// Those that stand in one enumeration in the headline: A医院、B医院加入某联盟.
    pub(crate) abreast: BTreeSet<usize>,
    /// Hospitals of a page that tells of several one by one: 三家县级医院见闻.
    pub(crate) several: Vec<usize>,
    by_name: BTreeMap<String, usize>,
    /// Members that turned out to be others, by those; until all are put in their place.
    merged: BTreeMap<usize, usize>,
    /// Names without a place that stand for no one.
    nobody: BTreeSet<String>,
    /// The members' names, read backwards, while names without a place are looked for at their ends.
    backwards: BTreeSet<(String, usize)>,
}

/// What a page shows beside its text.
pub(crate) struct Surroundings<'r, 't> {
    /// The headline, where it does not stand in the text.
    pub(crate) title: Option<&'r Reading<'t>>,
    /// The headline's span in the text.
    pub(crate) headline: Option<Span>,
    /// The line under the headline that goes on with it.
    pub(crate) deck: Option<Span>,
    pub(crate) noise: &'r Reading<'t>,
    pub(crate) site: Option<&'r Reading<'t>>,
    pub(crate) source: Option<&'r Reading<'t>>,
}

impl Cast {
    pub(crate) fn new(text: &Reading<'_>, around: &Surroundings<'_, '_>, atlas: &Atlas) -> Self {
        let mut cast = Cast::default();
        for mention in text.institutions.iter() {
            let member = (mention.naming == Naming::Named).then(|| cast.enrol(text, atlas, mention));
            if let Some(member) = member.and_then(|at| cast.members.get_mut(at)) {
                let told = place::located(&text.scan, text.tables, atlas, mention.name.start, member.region)
                    .or_else(|| {
                        place::located_behind(&text.scan, text.tables, atlas, mention.span.end, member.region)
                    });
                member.located |= told.is_some();
                member.region = told.or(member.region);
                member.mentions += 1;
                let heads = [around.headline, around.deck]
                    .into_iter()
                    .flatten()
                    .any(|headline| headline.contains(mention.span));
                member.in_title |= heads;
                if let (Some(campus), Some(known), true) = (mention.campus, member.region, heads) {
                    member.region = atlas.of_campus(&text.scan, text.tables, campus, known).or(member.region);
                }
            }
            cast.of_mention.push(member);
        }
        cast.join_second_names(text);
        cast.join_called_names(text);
        cast.join_placed_short_names(text);
        cast.join_short_names(text.tables, text.scan.matcher);
        cast.relabel();
        if let Some(title) = around.title {
            for mention in title.institutions.iter().filter(|mention| mention.naming == Naming::Named) {
                let at = cast.enrol(title, atlas, mention);
                if let Some(member) = cast.members.get_mut(at) {
                    member.in_title = true;
                }
            }
        }
        if let Some(member) = cast.called_short(text, around).and_then(|at| cast.members.get_mut(at)) {
            member.in_title = true;
        }
        let ours = text.institutions.iter().any(|mention| mention.naming == Naming::Ours);
        let owner = cast.owner(around, ours, atlas);
        if let Some(owner) = owner {
            cast.join_short_name_of(owner, text.tables, text.scan.matcher);
            cast.join_nickname(owner);
        }
        cast.home = cast.find_home(text, around, owner, atlas);
        let named = cast.members.iter().filter(|member| member.mentions > 0).count();
        cast.own_page = ours || owner.is_some() && owner == cast.home;
        cast.own_site = owner.is_some()
            && owner == cast.home
            && (ours
                || cast.home.and_then(|at| cast.members.get(at)).is_some_and(|member| member.mentions > 0));
        cast.home_told = ours
            || named <= 2
            || owner.is_some()
            || cast.home.and_then(|at| cast.members.get(at)).is_none_or(|member| member.in_title);
        cast.place = cast.find_place(text, around, atlas);
        cast.headed = around
            .headline
            .filter(|headline| {
                let named =
                    |mention: &InstitutionMention| matches!(mention.naming, Naming::Named | Naming::Bare);
                !text.institutions_in(*headline).iter().any(named)
            })
            .and_then(|headline| place::chain(&text.scan, text.tables, atlas, headline, true))
            .filter(|&row| text.tables.region(row).is_some_and(|region| region.rank >= 1));
        cast.county =
            cast.headed.filter(|&row| text.tables.region(row).is_some_and(|region| region.rank == 2));
        // 东台两科室入选省级重点: 市中医院 is that county's city's, whatever city the page belongs to.
        let city = |row: &u32| text.tables.region(*row).is_some_and(|region| region.path.ends_with('市'));
        if let (Some(county), Some(place), None) = (cast.county.filter(city), cast.place, cast.home)
            && text.tables.within(county, place)
        {
            cast.place = Some(county);
        }
        cast.resolve_bare(text, around);
        if cast.home.is_none() {
            cast.home = cast.bare_home(text, around);
        }
        cast.replies = around.headline.is_some_and(|headline| {
            let headline = headline.of(text.text()).trim_end();
            word_list!["答复", "复函", "答复意见", "答复的函", "回复"].end(headline)
                && word_list!["提案", "建议", "议案"].stand_in(headline)
        });
        if cast.home.is_none() {
            cast.several = cast.find_several(text, around, atlas);
        }
        cast.managed = cast.find_managed(text);
        cast.abreast = cast.find_abreast(text, around);
        cast.counted = around.headline.is_some_and(|headline| {
            let given = text.scan.says(headline, AWARD.or(OWN).or(PASSING));
            let titled = text.titles_in(headline).iter().any(|title| {
                let before = text.between(headline.start, title.span.start);
                !title.activity && !title.void && before.ends_with(['个', '项'])
            });
            let city = || place::chain(&text.scan, text.tables, atlas, headline, true);
            given
                && titled
                && city().is_some_and(|row| text.tables.region(row).is_some_and(|region| region.rank >= 1))
        }) || cast.counts_of_place(text, around, atlas);
        cast
    }

    /// 江门两科室…: whether the page is of a city's hospitals, this one among them, and no one's own.
    pub(crate) fn is_beside(&self, tables: &Tables, at: usize) -> bool {
        let region = self.members.get(at).and_then(|member| member.region);
        let within = || self.headed.zip(region).is_some_and(|(above, row)| tables.within(row, above));
        !self.home_told && within()
    }

    /// The member that the mention which begins at a place stands for; none for a pronoun.
    pub(crate) fn member_at(&self, text: &Reading<'_>, start: usize) -> Option<usize> {
        self.of_mention.get(text.institution_at(start)?).copied().flatten()
    }

    /// The member of a mention's name, new or known.
    fn enrol(&mut self, reading: &Reading<'_>, atlas: &Atlas, mention: &InstitutionMention) -> usize {
        let name = full_name(&reading.scan, reading.tables, mention);
        let printed = mention.name.of(reading.text());
        let whole = with_whole_owner(reading.tables, reading.scan.matcher, &name);
        let known = whole.as_ref().and_then(|whole| self.by_name.get(whole.as_str()));
        if let Some(&at) = self.by_name.get(&*name).or(known) {
            self.also_called(at, printed);
            self.called_in_full(at, &name, reading.tables, reading.scan.matcher);
            return at;
        }
        let region = place::of_institution(&reading.scan, reading.tables, atlas, mention);
        // 海南州人民医院 and 海南藏族自治州人民医院: one division, two names.
        let key = place_and_rest(reading.tables, reading.scan.matcher, &name, region);
        if let Some(&at) = key.as_ref().and_then(|key| self.by_name.get(key)) {
            self.by_name.insert(name.into_owned(), at);
            return at;
        }
        if let Some(key) = key {
            self.by_name.insert(key, self.members.len());
        }
        self.members.push(Member {
            name: name.clone().into_owned(),
            others: Vec::new(),
            region,
            mentions: 0,
            in_title: false,
            located: false,
            seated: region.is_some() && place::is_of_owner(&reading.scan, mention),
        });
        let at = self.members.len() - 1;
        self.by_name.extend(whole.map(|whole| (whole, at)));
        self.by_name.insert(name.into_owned(), at);
        self.also_called(at, printed);
        self.members.len() - 1
    }

    /// 厦门大学附属中山医院, which was called 厦大附属中山医院 so far.
    fn called_in_full(&mut self, at: usize, name: &str, tables: &Tables, matcher: &Matcher) {
        let Some(member) = self.members.get_mut(at) else { return };
        if member.name != name && with_whole_owner(tables, matcher, &member.name).as_deref() == Some(name) {
            member.others.push(std::mem::replace(&mut member.name, name.to_owned()));
        }
    }

    fn also_called(&mut self, at: usize, printed: &str) {
        if let Some(member) = self.members.get_mut(at)
            && member.name != printed
            && !member.others.iter().any(|other| other == printed)
        {
            member.others.push(printed.to_owned());
        }
    }

    fn merge(&mut self, keep: usize, other: usize) {
        let Some(gone) = self.members.get(other).cloned() else { return };
        if let Some(member) = self.members.get_mut(keep) {
            member.mentions += gone.mentions;
            member.in_title |= gone.in_title;
            if gone.located && !member.located {
                member.region = gone.region;
                member.located = true;
            }
            member.region = member.region.or(gone.region);
            member.others.push(gone.name.clone());
        }
        if let Some(member) = self.members.get_mut(other) {
            member.mentions = 0;
            member.in_title = false;
        }
        self.merged.entry(other).or_insert(keep);
    }

    /// The member that one turned out to be; those on the way to it learn it too.
    fn stands_for(&mut self, at: usize) -> usize {
        let mut kept = at;
        let mut way = Vec::new();
        while let Some(&next) = self.merged.get(&kept) {
            way.push(kept);
            kept = next;
        }
        crate::work::done(way.len() + 1);
        for passed in way {
            self.merged.insert(passed, kept);
        }
        kept
    }

    /// Puts those that turned out to be others in their place.
    fn relabel(&mut self) {
        let mut gone: Vec<usize> = self.merged.keys().copied().collect();
        gone.sort_unstable();
        let kept: BTreeMap<usize, usize> = gone.into_iter().map(|at| (at, self.stands_for(at))).collect();
        let of_mention = self.of_mention.iter_mut().flatten();
        for at in of_mention.chain(self.by_name.values_mut()) {
            *at = kept.get(at).copied().unwrap_or(*at);
        }
        self.merged.clear();
    }

    fn find_place(&self, text: &Reading<'_>, around: &Surroundings<'_, '_>, atlas: &Atlas) -> Option<u32> {
        let home = self.home.and_then(|at| self.members.get(at)).and_then(|member| member.region);
        let whole = Span::new(0, text.text().len());
        let noise = Span::new(0, around.noise.text().len());
        let told = self.told_place(text, around, atlas, home, whole, noise);
        let told = match home {
            Some(_) => told,
            None => self.pressed(text, around, atlas, told).or(told),
        }?;
        // 浙江省卫生健康委公布… on the site of 绍兴市卫生健康委员会: the city whose page it is.
        let rank = |row: u32| text.tables.region(row).map_or(u8::MAX, |region| region.rank);
        let nearer = home.is_none() && rank(told) == 0;
        let own = nearer.then(|| {
            let site = around.site.and_then(|site| {
                let whole = Span::new(0, site.text().len());
                place::of_authority(&site.scan, text.tables, atlas, whole)
            });
            site.or_else(|| place::of_authority(&around.noise.scan, text.tables, atlas, noise))
        });
        let own = own.flatten().filter(|&row| row != told && text.tables.within(row, told));
        let place = own.unwrap_or(told);
        // 在云南省宾川县,…平川镇中心卫生院: a town's hospital is in the one county that the text names.
        let town = self.home.and_then(|at| self.members.get(at)).is_some_and(|member| {
            member.region.is_none() && word_list!["镇", "乡", "街道"].stand_in(&member.name)
        });
        let county = (town && rank(place) == 1).then(|| place::only_county(&text.scan, text.tables, place));
        Some(county.flatten().unwrap_or(place))
    }

    /// 今日诸城, 常熟日报: the place of the paper or portal, within the one that the page tells, where its 市人民医院 is that one's.
    fn pressed(
        &self,
        text: &Reading<'_>,
        around: &Surroundings<'_, '_>,
        atlas: &Atlas,
        told: Option<u32>,
    ) -> Option<u32> {
        let tables = text.tables;
        let bare = text.institutions.iter().filter(|mention| mention.naming == Naming::Bare);
        let levels: BTreeSet<char> =
            bare.filter_map(|mention| mention.name.of(text.text()).chars().next()).collect();
        if levels.is_empty() {
            return None;
        }
        let own = |row: u32| {
            let region = tables.region(row)?;
            let wide = told.and_then(|told| tables.region(told)).is_none_or(|told| told.rank == 0);
            let named = region.path.chars().next_back().is_some_and(|level| levels.contains(&level));
            (named || wide && region.rank == 1).then_some(row)
        };
        let below = |row: &u32| told.is_some_and(|told| *row != told && tables.within(*row, told));
        let mut frames = [around.site, around.source, Some(around.noise)].into_iter().flatten();
        frames
            .find_map(|frame| {
                let whole = Span::new(0, frame.text().len());
                // 枝江市卫生健康局, whose site it is
                let office = || place::of_authority(&frame.scan, tables, atlas, whole).filter(below);
                place::of_press(&frame.scan, tables, atlas, told).or_else(office)
            })
            .or_else(|| place::of_dateline(&text.scan, tables, atlas))
            .and_then(own)
            .or_else(|| self.enumerated(text, told?).and_then(own))
    }

    /// 武穴市第一人民医院甲科、市中医医院乙科: the one county's city, within the city told, whose hospital stands before all bare names.
    fn enumerated(&self, text: &Reading<'_>, told: u32) -> Option<u32> {
        let tables = text.tables;
        let first =
            text.institutions.iter().zip(&self.of_mention).find_map(
                |(mention, member)| match mention.naming {
                    Naming::Named => Some(*member),
                    Naming::Bare => Some(None),
                    _ => None,
                },
            )??;
        let county =
            self.members.get(first)?.region.filter(|&row| row != told && tables.within(row, told))?;
        let city =
            tables.region(county).is_some_and(|region| region.rank == 2 && region.path.ends_with('市'));
        let mut others = self.members.iter().filter(|member| member.mentions > 0);
        (city && others.all(|member| member.region == Some(county))).then_some(county)
    }

    fn told_place(
        &self,
        text: &Reading<'_>,
        around: &Surroundings<'_, '_>,
        atlas: &Atlas,
        home: Option<u32>,
        whole: Span,
        noise: Span,
    ) -> Option<u32> {
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
}

/// The name by which an institution is booked: a well-known one's full name for its short one, else as printed.
pub(crate) fn full_name<'n>(
    scan: &Scan<'n>,
    tables: &'n Tables,
    mention: &InstitutionMention,
) -> Cow<'n, str> {
    let printed = mention.name.of(scan.text);
    let official = || word_list!["省", "市", "自治区", "大学", "学院", "部队", "解放军"].stand_in(printed);
    match mention.known.and_then(|row| tables.institutions.get(row as usize)) {
        Some(row) if !official() => Cow::Borrowed(&row.full),
        _ if printed.contains(char::is_whitespace) => Cow::Owned(printed.replace(char::is_whitespace, "")),
        _ => Cow::Borrowed(printed),
    }
}

/// 厦大附属中山医院 → 厦门大学附属中山医院: a name with its owner's whole name for the short one.
fn with_whole_owner(tables: &Tables, matcher: &Matcher, name: &str) -> Option<String> {
    const LONGEST: usize = 6;
    let (end, owner) = beginning(matcher, name, LONGEST).find_map(|(end, entry)| {
        let names = tables.organisation_names.get(entry.organisation? as usize)?;
        let owner = tables.organisations.get(names.targets.first()?.row as usize)?;
        Some((end, owner))
    })?;
    let rest = name.get(end..)?;
    let short = owner.full.as_ref() != name.get(..end)? && rest.starts_with(['附', '第', '直']);
    short.then(|| format!("{}{rest}", owner.full))
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
