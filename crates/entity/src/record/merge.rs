//! From drafts to records: levels settled, years settled, restatements and background dropped.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Award, Dating, Draft, Field, Origin};
use crate::gazetteer::tables::Tables;
use crate::kinds::{Level, Programme, Status, Tier};
use crate::resolve::cast::Cast;

/// A holder's title of one year, whatever its status.
type Dated<'f> = (usize, &'f Field, Programme, Level, Option<i32>);

/// A holder's title of any year, with its status or whatever that is.
type Titled<'f> = (usize, &'f Field, Programme, Level, Option<Tier>, Option<Status>);

/// What records are settled with.
pub(crate) struct Settling<'a> {
    pub(crate) tables: &'a Tables,
    pub(crate) cast: &'a Cast,
    pub(crate) year: Option<i32>,
    /// The county's city whose own authority gives the 市级 titles.
    pub(crate) county_city: Option<u32>,
    /// The title of the headline, for what the text leaves unsaid.
    pub(crate) headline: Option<Award>,
}

/// A draft with its year and level.
#[derive(Debug, Clone)]
pub(crate) struct Settled {
    pub(crate) draft: Draft,
    pub(crate) level: Level,
    pub(crate) year: Option<i32>,
}

impl Settling<'_> {
    /// The records that remain, in the order of the text.
    pub(crate) fn settle(&self, drafts: Vec<Draft>) -> Vec<Settled> {
        let listed: BTreeSet<usize> = drafts
            .iter()
            .filter(|draft| draft.origin == Origin::List || draft.dating == Dating::News)
            .map(|draft| draft.holder)
            .collect();
        let listed = self.beside_home(&drafts, listed);
        let told = drafts.iter().any(|draft| Some(draft.holder) == self.cast.home && self.is_news(draft));
        let mut settled: Vec<Settled> = drafts
            .into_iter()
            .filter(|draft| self.is_ours(draft, &listed, told))
            .filter_map(|draft| self.one(draft))
            .collect();
        settled.sort_by_key(|record| (record.draft.origin == Origin::Headline, record.draft.evidence.start));
        without_restatements(settled)
    }

    /// A医院甲科、B医院乙科为P, on A's page: those that hold the same title in the same sentence are no background.
    fn beside_home(&self, drafts: &[Draft], mut listed: BTreeSet<usize>) -> BTreeSet<usize> {
        let held = || drafts.iter().filter(|draft| draft.dating == Dating::Undated);
        let own = held().filter(|draft| Some(draft.holder) == self.cast.home);
        let mut told: BTreeMap<usize, Vec<Award>> = BTreeMap::new();
        for draft in own {
            let awards = told.entry(draft.evidence.start).or_default();
            if !awards.contains(&draft.award) {
                awards.push(draft.award);
            }
        }
        let beside = held().filter(|draft| {
            told.get(&draft.evidence.start).is_some_and(|awards| awards.contains(&draft.award))
        });
        listed.extend(beside.map(|draft| draft.holder));
        listed
    }

    /// A partner's title told as background is none of this article's.
    fn is_ours(&self, draft: &Draft, listed: &BTreeSet<usize>, told: bool) -> bool {
        match self.cast.home {
            // 学习先进 我院组织赴某医院考察: what another hospital was given alone is no news of this one's site.
            Some(home) if self.cast.own_site && draft.holder != home && !told && self.is_alone(draft) => {
                false
            }
            Some(home) => {
                draft.holder == home
                    || draft.origin == Origin::List
                    || listed.contains(&draft.holder)
                    || draft.dating == Dating::News
                    || matches!(draft.dating, Dating::Printed(year) if Some(year) == self.year)
                    || self.is_of_group(home, draft.holder)
                    || self.is_branch(home, draft.holder)
                    || [home, draft.holder].iter().all(|at| self.cast.abreast.contains(at))
                    || draft.dating != Dating::Undated && self.cast.managed.contains(&draft.holder)
                    || draft.dating != Dating::Undated && self.cast.is_beside(self.tables, draft.holder)
                    || self.is_of_county(home, draft.holder)
                        && (draft.dating != Dating::Undated || self.cast.county.is_some())
            }
            None => {
                draft.dating != Dating::Undated
                    || listed.contains(&draft.holder)
                    || self.is_of_place(draft.holder)
            }
        }
    }

    /// Of the article's own days, or of its year.
    fn is_news(&self, draft: &Draft) -> bool {
        draft.dating == Dating::News
            || matches!(draft.dating, Dating::Printed(year) if Some(year) == self.year)
    }

    /// Whether a sentence gives another hospital a title that is none of its own group's.
    fn is_alone(&self, draft: &Draft) -> bool {
        let home = self.cast.home;
        draft.origin == Origin::Body
            && !self.cast.managed.contains(&draft.holder)
            && !home.is_some_and(|home| {
                self.is_of_group(home, draft.holder)
                    || self.is_of_county(home, draft.holder)
                    || self.is_branch(home, draft.holder)
            })
    }

    /// 某医院长坡分院, on that hospital's page.
    fn is_branch(&self, home: usize, holder: usize) -> bool {
        let member = |at: usize| self.cast.members.get(at);
        member(home).zip(member(holder)).is_some_and(|(home, holder)| {
            holder.name.starts_with(home.name.as_str())
                // 新医大一附院昌吉分院
                || holder.name.ends_with("分院")
                    && home.others.iter().any(|other| holder.name.starts_with(other.as_str()))
        })
    }

    /// A hospital of the city that the article is about.
    fn is_of_place(&self, holder: usize) -> bool {
        let region = self.cast.members.get(holder).and_then(|member| member.region);
        region.zip(self.cast.place).is_some_and(|(below, above)| {
            self.tables.region(above).is_some_and(|region| region.rank >= 1)
                && self.tables.within(below, above)
        })
    }

    /// 县中医医院 on the county hospital's page: another one of the county's own.
    fn is_of_county(&self, home: usize, holder: usize) -> bool {
        let county = |at: usize| {
            let region = self.cast.members.get(at).and_then(|member| member.region);
            region.and_then(|row| self.tables.ancestor(row, 2))
        };
        // 乾元镇卫生院, whose county nothing but the page says
        let town = || {
            self.cast.members.get(holder).is_some_and(|member| {
                let name = member.name.as_str();
                let stem = name.strip_suffix("中心卫生院").or_else(|| name.strip_suffix("卫生院"));
                member.region.is_none() && stem.is_some_and(|stem| stem.ends_with(['镇', '乡']))
            })
        };
        county(home).is_some_and(|own| county(holder) == Some(own) || town())
    }

    /// A hospital of the group whose page it is.
    fn is_of_group(&self, home: usize, holder: usize) -> bool {
        let (Some(group), Some(holder)) = (self.cast.members.get(home), self.cast.members.get(holder)) else {
            return false;
        };
        group.name.ends_with("集团")
            && group.region.zip(holder.region).is_some_and(|(above, below)| self.tables.within(below, above))
    }

    fn one(&self, mut draft: Draft) -> Option<Settled> {
        let mut level = draft.award.level.or_else(|| {
            self.headline
                .filter(|title| {
                    // 重点学科 | …, 特色专科 | … in one list: of the same giver.
                    let listed = draft.origin == Origin::List && self.cast.home.is_none();
                    title.programme == draft.award.programme || listed
                })
                .and_then(|title| title.level)
        })?;
        if level == Level::Municipal && draft.award.region.is_none() && self.is_municipality(draft.holder) {
            level = Level::Provincial;
        }
        if level == Level::Municipal && draft.award.region.is_none() && self.is_of_county_city(draft.holder) {
            level = Level::County;
        }
        // 县域 is the province's tier.
        if level != Level::Provincial {
            draft.award.tier = None;
        }
        let year = match draft.dating {
            Dating::Printed(year) => Some(year),
            Dating::News => self.year.or(draft.award.year),
            Dating::Undated => None,
        };
        Some(Settled { draft, level, year })
    }

    /// 市级 of a county's city that gives titles of its own is the county's.
    fn is_of_county_city(&self, holder: usize) -> bool {
        let region = self.cast.members.get(holder).and_then(|member| member.region).or(self.cast.place);
        self.county_city.is_some() && region == self.county_city
    }

    /// 市级 in 北京, 上海, 天津, 重庆 is the province's.
    fn is_municipality(&self, holder: usize) -> bool {
        let region = self.cast.members.get(holder).and_then(|member| member.region).or(self.cast.place);
        region
            .and_then(|row| self.tables.region(self.tables.province(row)))
            .is_some_and(|province| province.path.ends_with('市'))
    }
}

/// One record for each title: the dated one, the one with its status, the first one.
fn without_restatements(settled: Vec<Settled>) -> Vec<Settled> {
    if settled.len() <= 1 {
        return settled;
    }
    fn key(record: &Settled) -> (usize, &Field, Programme, Level) {
        (record.draft.holder, &record.draft.field, record.draft.award.programme, record.level)
    }
    let mut dated: BTreeSet<Titled<'_>> = BTreeSet::new();
    let mut seen_statuses: BTreeMap<Dated<'_>, Vec<(Status, bool, Origin)>> = BTreeMap::new();
    for record in &settled {
        let (holder, field, programme, level) = key(record);
        if record.year.is_some() {
            let award = record.draft.award;
            dated.insert((holder, field, programme, level, award.tier, Some(award.status)));
            dated.insert((holder, field, programme, level, award.tier, None));
        }
        let seen = seen_statuses.entry((holder, field, programme, level, record.year)).or_default();
        let telling = (record.draft.award.status, record.draft.award.status_said, record.draft.origin);
        if !seen.contains(&telling) {
            seen.push(telling);
        }
    }
    let told: BTreeSet<(usize, Programme, Level, Option<i32>)> = settled
        .iter()
        .filter(|record| record.draft.origin != Origin::Headline)
        .map(|record| (record.draft.holder, record.draft.award.programme, record.level, record.year))
        .collect();
    let mut taken: BTreeSet<(Dated<'_>, Status)> = BTreeSet::new();
    let stays = settled.iter().map(|record| {
        let (holder, field, programme, level) = key(record);
        let award = record.draft.award;
        // 2018年获批P建设项目, on a page without a year that tells of P: news is no restatement of what led up to it.
        let again = record.draft.dating != Dating::News || record.draft.origin != Origin::Body;
        let undated_again = record.year.is_none()
            && again
            && (dated.contains(&(holder, field, programme, level, award.tier, Some(award.status)))
                || (!award.status_said
                    && dated.contains(&(holder, field, programme, level, award.tier, None))));
        // A headline's 外治科 is the text's 藏医外治科.
        let clipped = record.draft.origin == Origin::Headline
            && matches!(field, Field::Printed(_))
            && told.contains(&(holder, programme, level, record.year));
        // A headline or a second telling that leaves 建设项目 out is the same title.
        let same_year = (holder, field, programme, level, record.year);
        let shortened = !award.status_said
            && (record.draft.origin != Origin::Body || record.draft.dating == Dating::News)
            && seen_statuses.get(&same_year).is_some_and(|all| {
                all.iter().any(|(status, said, origin)| {
                    *said && *status != award.status && (*origin != Origin::Headline)
                })
            });
        // 2019年12月31日,…被评为P, published in January: the headline's is the text's.
        let told_before = record.draft.origin == Origin::Headline
            && record.draft.dating == Dating::News
            && record.year.is_some_and(|year| {
                let at = (holder, field, programme, level, Some(year - 1));
                let now = seen_statuses.get(&same_year);
                let news = now.is_some_and(|all| all.iter().any(|(.., origin)| *origin != Origin::Headline));
                !news
                    && seen_statuses.get(&at).is_some_and(|all| {
                        all.iter().any(|(status, ..)| *status == award.status || !award.status_said)
                    })
            });
        !undated_again && !told_before && !clipped && !shortened && taken.insert((same_year, award.status))
    });
    let stays: Vec<bool> = stays.collect();
    settled.into_iter().zip(stays).filter(|(_, stays)| *stays).map(|(record, _)| record).collect()
}
