//! Whose page is it? The hospital of the headline, of the site, or the one that the text introduces.

use super::frame::{line_around, owns, speaks_as};
use super::*;
use xinglin_text::word_list;

impl Cast {
    /// The institution whose site it is: its name alone in a line of the page's frame, or behind 版权所有.
    ///
    /// Of a page that speaks of 我院, also the one that a breadcrumb leads to or that sent it in.
    pub(super) fn owner(
        &mut self,
        around: &Surroundings<'_, '_>,
        ours: bool,
        atlas: &Atlas,
    ) -> Option<usize> {
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
            let speaks = || ours && speaks_as(noise.text(), line, mention.span);
            let Some(score) = owns(noise.text(), line, mention.span).or_else(|| speaks().then_some(1)) else {
                continue;
            };
            let at = self.enrol(noise, atlas, mention);
            // 某大学附属医院 over 某市第一人民医院: of two names the headline's.
            let titled = |at: usize| self.members.get(at).is_some_and(|member| member.in_title);
            let ours = |known: usize| titled(at) && !titled(known);
            if best.is_none_or(|(known, other)| score > known || score == known && ours(other)) {
                best = Some((score, at));
            }
        }
        best.map(|(_, at)| at)
    }

    /// 矿工医院的新名片 on the site of 北京某集团总医院, of which the text tells as 某集团总医院: what people call it, and no one else's name.
    pub(super) fn join_nickname(&mut self, owner: usize) {
        let full = self.members.get(owner).map_or("", |member| &member.name);
        let told = |member: &Member| {
            member.mentions > 0 && full.ends_with(&member.name) && member.name.chars().count() >= 5
        };
        let Some(known) = self.members.iter().position(told).filter(|known| *known != owner) else { return };
        let mut titled =
            (0..self.members.len()).filter(|at| self.members.get(*at).is_some_and(|member| member.in_title));
        let (Some(nickname), None) = (titled.next(), titled.next()) else { return };
        let placeless =
            |member: &Member| member.region.is_none() && member.mentions <= 1 && !full.contains(&member.name);
        if nickname != known && self.members.get(nickname).is_some_and(placeless) {
            self.merge(known, nickname);
            self.relabel();
        }
    }

    pub(super) fn find_home(
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
        let visitors = self.visitors(text, around);
        let in_title: Vec<usize> = (0..self.members.len())
            .filter(|&at| self.members.get(at).is_some_and(|member| member.in_title))
            .filter(|at| !visitors.contains(at))
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
        if let Some(lower) = self.lower(text, around) {
            return Some(lower);
        }
        if let Some(best) = in_title.iter().copied().max_by_key(|at| (mentions(at), std::cmp::Reverse(*at))) {
            return Some(best);
        }
        if self.is_notice(text, around) || !ours && !self.find_several(text, around, atlas).is_empty() {
            return None;
        }
        if let Some(only) = self.of_county(text, around, atlas) {
            return Some(only);
        }
        if let Some(host) = self.host(text) {
            return Some(host);
        }
        // Without a headline that names one: the first that the text names, if none is named more often.
        let first = self.of_mention.iter().flatten().copied().find(|at| !visitors.contains(at))?;
        if ours && let Some(near) = self.of_giver(text, atlas, first) {
            return Some(near);
        }
        if is_founded(text)
            || self.is_introduced(text, first)
            || is_of_person(text, around)
            || ours && is_byline(text)
        {
            return Some(first);
        }
        let most = (0..self.members.len()).filter(|at| !visitors.contains(at)).max_by_key(mentions)?;
        let second = (0..self.members.len())
            .filter(|&at| at != most && !visitors.contains(&at))
            .map(|at| mentions(&at))
            .max()
            .unwrap_or_default();
        let mut bare: Vec<&str> = text
            .institutions
            .iter()
            .filter(|mention| mention.naming == Naming::Bare)
            .map(|mention| mention.name.of(text.text()))
            // A branch is its hospital's.
            .filter(|name| !name.ends_with("分院"))
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

    /// 运城市卫生健康委公布…,我院…: the one hospital of that authority's place, where the first one that the text names lies elsewhere.
    fn of_giver(&self, text: &Reading<'_>, atlas: &Atlas, first: usize) -> Option<usize> {
        let lies_in = |at: usize, place: u32| {
            let region = self.members.get(at).and_then(|member| member.region);
            region.map(|row| text.tables.within(row, place))
        };
        let whole = Span::new(0, text.text().len());
        let place = place::of_authority(&text.scan, text.tables, atlas, whole)
            .filter(|&place| lies_in(first, place) == Some(false))?;
        let mut near =
            self.of_mention.iter().flatten().copied().filter(|&at| lies_in(at, place) == Some(true));
        let only = near.next()?;
        near.all(|other| other == only).then_some(only)
    }

    /// 某镇卫生院有一块金字招牌,挂牌的是该院的康复科: the first paragraph speaks of one alone, and no other opens a paragraph.
    pub(super) fn is_introduced(&self, text: &Reading<'_>, first: usize) -> bool {
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
        // 花落市第一人民医院…,某县人民医院也在其中: another one was named before it.
        let name = self.members.get(first).map_or("", |member| member.name.as_str());
        let another =
            text.institutions.iter().take_while(|mention| mention.span.start < start).any(|mention| {
                let bare = mention.name.of(text.text());
                mention.naming == Naming::Bare
                    && bare.starts_with(['省', '市', '州'])
                    && !name.ends_with(bare)
            });
        if another {
            return false;
        }
        let opens = |span: Span| {
            let head = window_before(text.text(), span.start, 12);
            head.is_empty() || head.trim_end_matches([' ', '\u{3000}']).ends_with('\n')
        };
        again && alone && !members.iter().any(|(span, at)| *at != first && opens(*span))
    }

    /// 奉中心内分泌科的十年, where 上海市奉贤区中心医院 is named: the first character of its place and its kind, before a department.
    pub(super) fn called_short(&self, text: &Reading<'_>, around: &Surroundings<'_, '_>) -> Option<usize> {
        let headline = around.headline.filter(|headline| text.institutions_in(*headline).is_empty())?;
        let stands = |short: &str| {
            headline.of(text.text()).match_indices(short).any(|(offset, _)| {
                let start = headline.start + offset;
                let end = start + short.len();
                let department = text.scan.starting_at(end).any(|(_, entry)| entry.specialty.is_some());
                department && !text.scan.before(start).is_some_and(is_han)
            })
        };
        let mut called = (0..self.members.len().min(MANY)).filter(|&at| {
            let Some(member) = self.members.get(at).filter(|member| member.mentions > 0) else {
                return false;
            };
            let kinds =
                [("中心医院", "中心"), ("妇幼保健院", "妇幼"), ("中医医院", "中医"), ("中医院", "中医")];
            let Some(kind) = kinds.iter().find(|(kind, _)| member.name.ends_with(kind)) else { return false };
            let place = member.region.and_then(|row| text.tables.region(row));
            let place = place.and_then(|region| region.path.rsplit('/').next()?.chars().next());
            place.is_some_and(|first| stands(&format!("{first}{}", kind.1)))
        });
        called.next().filter(|_| called.next().is_none())
    }

    /// The one hospital of the county or the prefecture in the headline, where the text names it first: 泾川县:小县城里的…; 怒江有了自己的直线加速器.
    pub(super) fn of_county(
        &self,
        text: &Reading<'_>,
        around: &Surroundings<'_, '_>,
        atlas: &Atlas,
    ) -> Option<usize> {
        let county = place::chain(&text.scan, text.tables, atlas, around.headline?, false)
            .filter(|&row| text.tables.region(row).is_some_and(|region| region.rank >= 1))?;
        // 西安交大一附院专家来我院: a name's place is not where the news is from.
        let named = around.headline.is_some_and(|headline| !text.institutions_in(headline).is_empty());
        if named && text.tables.region(county).is_some_and(|region| region.rank == 1) {
            return None;
        }
        let first = self.of_mention.iter().flatten().copied().next()?;
        let lies = |row: u32| text.tables.within(row, county);
        let theirs =
            |at: &usize| self.members.get(*at).is_some_and(|m| m.mentions > 0 && m.region.is_some_and(lies));
        let mut fitting = (0..self.members.len()).filter(theirs);
        (fitting.next() == Some(first) && fitting.next().is_none()).then_some(first)
    }

    /// The hospital of the owner's city that the text speaks of before it says 医院: the owner by its other name, or the news' own.
    pub(super) fn namesake(&self, text: &Reading<'_>, owner: usize) -> Option<usize> {
        let first = text.institutions.first().filter(|mention| mention.naming == Naming::Named)?;
        let at = self.member_at(text, first.span.start)?;
        let only = self.of_mention.iter().flatten().all(|other| *other == at);
        let (own, other) = (self.members.get(owner)?.region?, self.members.get(at)?.region?);
        (only && own == other).then_some(at)
    }

    /// An authority's notice lists many: no one's page.
    pub(super) fn is_notice(&self, text: &Reading<'_>, around: &Surroundings<'_, '_>) -> bool {
        let headline = around
            .headline
            .map(|span| span.of(text.text()))
            .or(around.title.map(Reading::text))
            .unwrap_or_default();
        let named = self.members.iter().filter(|member| member.mentions > 0).count();
        let place = around.headline.is_some_and(|span| {
            text.scan.starting_at(span.start).any(|(_, entry)| {
                region_targets(text.tables, entry).iter().any(|target| target.strength < WEAK)
            })
        });
        // 毕节市临床专科建设综述, 某县卫生健康局2022年工作总结: of all the hospitals of the place.
        let surveyed = || {
            let placed = text.scan.longest(Class::Region).any(|(span, entry)| {
                around.headline.is_some_and(|headline| headline.contains(span))
                    && region_targets(text.tables, entry).iter().any(|target| target.strength < WEAK)
            });
            let survey = word_list!["综述", "巡礼", "扫描", "工作总结", "工作报告"].stand_in(headline);
            // 铜仁市重点专科建设结硕果, and five hospitals under it.
            let of_specialties = word_list!["专科", "学科"].stand_in(headline)
                && around.headline.is_some_and(|headline| text.institutions_in(headline).is_empty());
            placed && (named >= 3 && survey || named >= 4 && of_specialties)
        };
        // 梅州新增9个省级临床重点专科: a city's count is none of its hospitals' own news.
        let counted = || {
            let titles = around.headline.map(|span| text.titles_in(span));
            let count = |title: &crate::mention::title::Title| {
                let head = window_before(text.text(), title.span.start, 12);
                title.counted || head.ends_with(['个', '项'])
            };
            named >= 3 && place && titles.is_some_and(|titles| titles.iter().any(count))
        };
        named >= 2
            && word_list![
                "通知", "公示", "公告", "名单", "公布", "意见", "更正", "勘误", "致歉", "通报", "决定",
                "批复"
            ]
            .stand_in(headline)
            || counted()
            || surveyed()
    }

    /// A headline that names its hospital without the place.
    pub(super) fn bare_home(&self, text: &Reading<'_>, around: &Surroundings<'_, '_>) -> Option<usize> {
        let headline = around.headline?;
        let from = text.institutions_in(headline).iter().find_map(|mention| {
            let at = text.institution_at(mention.span.start)?;
            self.of_mention.get(at).copied().flatten()
        });
        from.filter(|at| !self.is_notice(text, around) && !self.visitors(text, around).contains(at))
    }
}

/// 某州人民医院呼吸科组建于1985年, 某医院是一所…: the text introduces the first hospital that it names.
pub(super) fn is_founded(text: &Reading<'_>) -> bool {
    let Some(first) = text.institutions.iter().find(|mention| mention.naming == Naming::Named) else {
        return false;
    };
    let tail = window_after(text.text(), first.span.end, 120);
    let clause = tail.split(['。', '，', ',', '\n', '；']).next().unwrap_or_default();
    word_list![
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
        "坐落"
    ]
    .stand_in(clause)
}

/// 黄伟强:一把柳叶刀; 某市人民医院肝胆外科主任黄伟强,…: the first hospital that the text names is the portrayed one's.
fn is_of_person(text: &Reading<'_>, around: &Surroundings<'_, '_>) -> bool {
    let headline = around.headline.map(|span| span.of(text.text())).or(around.title.map(Reading::text));
    let Some((name, _)) = headline.and_then(|headline| headline.trim().split_once([':', '：'])) else {
        return false;
    };
    // 益阳市:11个专科… is no one's portrait.
    let place = text.scan.matcher.named(name).is_some_and(|entry| entry.region.is_some());
    let person = (2..=4).contains(&name.chars().count()) && name.chars().all(is_han) && !place;
    let first = text.institutions.iter().find(|mention| mention.naming == Naming::Named);
    person && first.is_some_and(|first| window_after(text.text(), first.span.end, 90).contains(name))
}

/// 某医院党委书记 某某: the speaker's post, in a line of its own above all other hospitals.
fn is_byline(text: &Reading<'_>) -> bool {
    let first = text.institutions.iter().find(|mention| mention.naming == Naming::Named);
    let Some((first, line)) = first.and_then(|first| Some((first, line_around(text.text(), first.span)?)))
    else {
        return false;
    };
    let head = text.between(line.start, first.span.start).trim();
    let tail = text.between(first.span.end, line.end).trim();
    let posts = ["院长", "书记", "理事长", "主任"];
    let behind = posts.iter().find_map(|post| {
        let (before, name) = tail.rsplit_once(post)?;
        (before.chars().count() <= 8).then_some(name.trim())
    });
    let is_name = |name: &str| name.chars().count() <= 4 && name.chars().all(|c| is_han(c) || c == '·');
    head.is_empty() && behind.is_some_and(is_name)
}
