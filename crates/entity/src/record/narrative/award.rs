//! Titles given to groups: all to all, one to each, to the department spoken of, to those named at the end.

use super::*;
use crate::gazetteer::tables::LEVEL;
use xinglin_text::{WordList, word_list};

/// Which of several years a group's specialties have.
pub(super) enum Shares {
    /// All of them the same.
    All(Dating),
    /// One each, in their order.
    Each(Vec<Dating>),
    /// Not to be told.
    Unsure,
}

impl Narrator<'_, '_> {
    /// Title by title, and one for each where 分别 says so; returns the end of the last title that was so shared out.
    pub(super) fn distribute(
        &mut self,
        group: &[(usize, Field, Span)],
        at: usize,
        dating: Dating,
        part: Span,
        whole: Span,
        origin: Origin,
    ) -> usize {
        let Some(title) = self.reading.titles.get(at) else { return 0 };
        let head = Span::new(group.first().map_or(part.start, |(_, _, span)| span.start), title.span.start);
        let each = self.reading.scan.says(head, DISTRIBUTE);
        // 又被某市卫生健康局认定为基层特色专科: the level is the authority's that stands before the title.
        let taken = self.status_as(head).filter(|_| !title.status_said);
        let own: Vec<Award> = awards(title)
            .into_iter()
            .map(|award| Award {
                status: if self.finishes(title, part) {
                    Status::Designated
                } else {
                    taken.unwrap_or(award.status)
                },
                status_said: award.status_said || taken.is_some(),
                level: award.level.or_else(|| self.level_around(whole, title.span, title.programme)),
                ..award
            })
            .collect();
        let shares = match self.years_behind(title, part) {
            Some(years) if years.len() == 1 => {
                Shares::All(Dating::Printed(years.first().copied().unwrap_or_default()))
            }
            Some(years) if years.len() == group.len() => {
                Shares::Each(years.into_iter().map(Dating::Printed).collect())
            }
            Some(_) => Shares::Unsure,
            None => self.shares(group, dating, head),
        };
        if let Some(end) = self.year_by_year(group, at, dating, whole, origin) {
            return end;
        }
        if !each {
            // 甲科、乙科等12个专科被评为国家级、省级…: which of them is which, no one can tell.
            let several =
                group.iter().any(|(_, field, _)| group.first().is_some_and(|first| first.1 != *field));
            if own.len() > 1 && several {
                return 0;
            }
            self.give_shared(group, &own, &shares, whole, origin);
            return 0;
        }
        // 分别获评省级、市级…: gather the titles that stand in one row.
        let mut row = own;
        let mut end = title.span.end;
        for next in self.reading.titles.iter().skip(at + 1).take_while(|next| next.span.end <= part.end) {
            // 分获“P1”“P2”“P3”
            let between = self.reading.between(end, next.span.start);
            let quoted =
                between.len() > 3 && between.chars().all(|c| matches!(c, '”' | '“' | '"' | '」' | '「'));
            let plain = between.trim_matches(['”', '“', '"', '」', '「']);
            if !(quoted || field::is_join(plain)) {
                break;
            }
            row.extend(awards(next));
            end = next.span.end;
        }
        if row.len() == group.len() && row.len() > 1 {
            if matches!(shares, Shares::Each(_)) {
                self.also.clear();
            }
            for (at, (holder, award)) in group.iter().zip(row).enumerate() {
                let own = match &shares {
                    Shares::Each(datings) => datings.get(at).map_or(Shares::Unsure, |own| Shares::All(*own)),
                    Shares::All(dating) => Shares::All(*dating),
                    Shares::Unsure => Shares::Unsure,
                };
                self.give_shared(std::slice::from_ref(holder), &[award], &own, whole, origin);
            }
        } else if row.len() == 1 || group.len() == 1 && self.also.is_empty() {
            // 骨科被省、市卫生健康委分别确定为P1和P2
            self.give_shared(group, &row, &shares, whole, origin);
        }
        end
    }

    /// 甲科2015年、2019年先后获评市级、省级P: to one department a title in each year; where the counts disagree, none.
    fn year_by_year(
        &mut self,
        group: &[(usize, Field, Span)],
        at: usize,
        dating: Dating,
        whole: Span,
        origin: Origin,
    ) -> Option<usize> {
        let [one] = group else { return None };
        let (Dating::Printed(last), false) = (dating, self.also.is_empty()) else { return None };
        let (row, end) = self.row_of_titles(at, whole);
        if row.len() < 2 {
            return None;
        }
        let years: Vec<i32> = std::mem::take(&mut self.also).into_iter().chain([last]).collect();
        if years.len() == row.len() {
            for (award, year) in row.into_iter().zip(years) {
                self.give(std::slice::from_ref(one), &[award], Dating::Printed(year), whole, origin);
            }
        }
        Some(end)
    }

    /// The titles that stand in one row from a title on, and where the last of them ends.
    fn row_of_titles(&self, at: usize, within: Span) -> (Vec<Award>, usize) {
        let mut row: Vec<Award> = Vec::new();
        let mut end = None;
        for next in self.reading.titles.iter().skip(at).take_while(|next| next.span.end <= within.end) {
            if end.is_some_and(|end| !field::is_join(self.reading.between(end, next.span.start))) {
                break;
            }
            row.extend(awards(next));
            end = Some(next.span.end);
        }
        (row, end.unwrap_or_default())
    }

    /// 作为培育项目纳入P, 以建设项目的身份进入P: the status said before the title.
    fn status_as(&self, head: Span) -> Option<Status> {
        let text = head.of(self.reading.text());
        ["作为", "以"].iter().find_map(|word| {
            let at = head.start + text.rfind(word)? + word.len();
            let (_, entry) = self.reading.scan.starting_at(at).find(|(span, entry)| {
                let status = entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.end <= head.end;
                status && span.of(self.reading.text()).chars().count() >= 4
            })?;
            let cultivated = entry.kinds.has(CULTIVATION);
            Some(if cultivated { Status::Cultivation } else { Status::Construction })
        })
    }

    /// …两个省级重点专科,分别于2014年、2016年获评: the years said behind the title.
    fn years_behind(&self, title: &Title, part: Span) -> Option<Vec<i32>> {
        let rest = self.reading.between(title.span.end, part.end);
        let told = rest.trim_start_matches(['”', '"', '」', ' ']).strip_prefix(['，', ','])?;
        let start = part.end - told.len();
        let clause = sentence::clause(self.reading.text(), part, start);
        // …是P,这是2017年一锤一锤敲下来的
        let said = clause.of(self.reading.text()).trim_end_matches(['。', '；', ';', '”']);
        if word_list!["这是", "那是", "都是", "均是", "是"].begin(said)
            && said.ends_with('的')
            && let [only] = self.reading.years_in(clause)
            && let When::Year(value) = only.when
        {
            return Some(vec![value]);
        }
        let opens = word_list!["分别", "先后", "相继", "均", "都", "依次", "于"].begin(told);
        let years = self.reading.years_in(clause);
        let last = years.last()?;
        let verb = self.reading.between(last.span.end, clause.end).trim_end_matches(['。', '；', ';', '”']);
        let given = [
            "获评",
            "获批",
            "入选",
            "获得",
            "评上",
            "评定",
            "通过评审",
            "被评定",
            "被命名",
            "挂牌",
            "创建成功",
        ]
        .contains(&verb);
        let values: Vec<i32> = years
            .iter()
            .filter_map(|year| if let When::Year(value) = year.when { Some(value) } else { None })
            .collect();
        (opens && given && values.len() == years.len()).then_some(values)
    }

    /// 通过省级临床重点专科建设项目验收: the building is done.
    pub(super) fn finishes(&self, title: &Title, part: Span) -> bool {
        let own = sentence::clause(self.reading.text(), part, title.span.start);
        let tail = self
            .reading
            .between(title.span.end, own.end)
            .trim_start_matches(['”', '"', '的', '终', '期', '末']);
        title.status == Status::Construction
            && word_list!["验收", "满验收", "结项", "评估", "满评估", "考核"].begin(tail)
            && self.reading.between(own.start, title.span.start).contains("通过")
    }

    /// 甲科、乙科先后于2012年、2015年入选: one year to each; where the counts disagree, no year is sure.
    pub(super) fn shares(&self, group: &[(usize, Field, Span)], dating: Dating, head: Span) -> Shares {
        let (Dating::Printed(last), false) = (dating, self.also.is_empty()) else {
            return Shares::All(dating);
        };
        let mut spans: Vec<Span> = group.iter().map(|(_, _, span)| *span).collect();
        spans.dedup();
        let told = head.of(self.reading.text());
        let apart = word_list!["分别", "先后", "相继", "依次", "陆续"].stand_in(told);
        if spans.len() < 2 || !apart {
            return Shares::All(dating);
        }
        if spans.len() != self.also.len() + 1 || spans.len() != group.len() {
            return Shares::Unsure;
        }
        Shares::Each(self.also.iter().copied().chain([last]).map(Dating::Printed).collect())
    }

    pub(super) fn give_shared(
        &mut self,
        group: &[(usize, Field, Span)],
        awards: &[Award],
        shares: &Shares,
        whole: Span,
        origin: Origin,
    ) {
        match shares {
            Shares::All(dating) => self.give(group, awards, *dating, whole, origin),
            Shares::Each(datings) => {
                self.also.clear();
                for (one, dating) in group.iter().zip(datings) {
                    self.give(std::slice::from_ref(one), awards, *dating, whole, origin);
                }
            }
            Shares::Unsure => {}
        }
    }

    /// 该科2015年被评为…, 科室获批…: the specialty that was spoken of.
    pub(super) fn award_to_topic(
        &mut self,
        state: &State,
        title: &Title,
        part: Span,
        whole: Span,
        origin: Origin,
    ) -> bool {
        let own = sentence::clause(self.reading.text(), part, title.span.start);
        let head = Span::new(own.start, title.span.start);
        let given = self.reading.scan.says(head, AWARD.or(PASSING))
            || head.of(self.reading.text()).contains('获')
            || self.passes_review(title, part);
        // 又把P的牌子扛了回来
        let brought = !given && head.of(self.reading.text()).contains(['把', '将']) && {
            let tail = self.reading.between(title.span.end, own.end).trim_start_matches(['”', '"', '」']);
            let thing = word_list!["的牌子", "的牌匾", "的招牌", "的金字招牌", "的铜牌", "牌匾", "牌子"]
                .strip_prefix(tail);
            thing.is_some_and(|rest| {
                rest.chars().count() <= 8
                    && word_list![
                        "扛了回来",
                        "扛回",
                        "捧了回来",
                        "捧回",
                        "拿了回来",
                        "拿回",
                        "摘了回来",
                        "带回",
                        "抱回",
                        "抱了回来",
                        "收入囊中",
                        "揽入怀中"
                    ]
                    .begin(rest)
            })
        };
        // 2020年,在P周期评估中成绩合格
        let reviewed =
            matches!(head.of(self.reading.text()).trim(), "在" | "于") && self.passes_review(title, part);
        let given = given || brought;
        let held = !given
            && (self.reading.scan.says(head, COPULA)
                || head.of(self.reading.text()).contains(['是', '系', '为']))
            && self.speaks_of_department(head);
        // 该科创建于1979年,是P: the department is named in the clause before.
        let subject = Span::new(part.start, part.start.max(own.start));
        let held = held
            || !given
                && !state.named
                && matches!(
                    head.of(self.reading.text()).trim(),
                    "是" | "系" | "为" | "现为" | "现是" | "也是"
                )
                && word_list!["该科", "科室", "我科", "该专科", "该学科", "这个科", "这个专科"]
                    .begin(subject.of(self.reading.text()))
                && field::mentions_in(self.fields, subject).is_empty();
        // Under a department's heading: 国家级培训基地,四川省医学重点专科。
        let listed = !given
            && !held
            && self.headed
            && origin == Origin::Body
            && !state.named
            && head.of(self.reading.text()).trim().is_empty()
            && self.reading.between(title.span.end, own.end).trim_matches(['”', '"', ' ']).is_empty();
        // 2012年　市级医学重点学科: a step of the department's history.
        let dated = state.year.is_some() || self.stepping;
        // 1996年,某市重点专科;2010年,某市重点学科
        let apart = self.is_year_apart(part, title);
        let step = !given && !held && !state.named && dated && (apart || self.is_step(head, title, own));
        let held = held || listed;
        let given = given || step;
        if !(given || held) || title.counted || !self.allowed(part, whole, head, title.span) {
            return false;
        }
        // 2021年获批P的甲科: the department that follows is the one it was given to.
        let next = field::mentions_in(self.fields, Span::new(title.span.end, part.end)).first();
        if next.is_some_and(|next| self.relative_title(next.span.start, part).is_some()) {
            return false;
        }
        let before = Span::new(whole.start, title.span.start);
        let said = self.speaks_of_department(before);
        let field = if let Some(inner) = title.field {
            field::named(self.reading.tables, inner.of(self.reading.text()))
        } else if apart && self.memory.alone {
            self.memory.field.clone()
        } else if listed || step {
            self.topic.clone()
        } else if said {
            self.memory.field.clone().or_else(|| self.topic.clone())
        } else if given && !state.named && (brought || reviewed || self.is_elliptic(head)) {
            match &self.memory.field {
                Some(field) if self.memory.alone => Some(field.clone()),
                _ => self.topic.clone(),
            }
        } else {
            None
        };
        if given && !state.named && self.award_to_those(state, title, part, whole, origin) {
            return true;
        }
        let Some(field) = field else { return false };
        let holders = if state.named {
            state.holders.clone()
        } else if self.memory.holder.is_some() && title.field.is_none() {
            self.memory.holder.into_iter().collect()
        } else {
            self.cast.home.into_iter().collect()
        };
        let told = Span::new(head.end, head.end);
        let group: Vec<_> = holders.into_iter().map(|holder| (holder, field.clone(), told)).collect();
        let dating = self.dating(state, part, whole, title.span, held);
        self.give(&group, &awards(title), dating, whole, origin);
        true
    }

    /// 两个科室同时通过考核,转正为…: those that the sentence before spoke of, where they are as many.
    fn award_to_those(
        &mut self,
        state: &State,
        title: &Title,
        part: Span,
        whole: Span,
        origin: Origin,
    ) -> bool {
        const COUNTS: [(char, usize); 5] = [('两', 2), ('二', 2), ('三', 3), ('四', 4), ('五', 5)];
        static COUNTED: WordList = WordList::new(&["个科室", "个专科", "个学科", "科室", "专科", "学科"]);
        let own = self.reading.between(part.start, title.span.start);
        let told = COUNTS.iter().find(|(number, _)| {
            own.match_indices(*number)
                .any(|(at, _)| COUNTED.begin(own.get(at + number.len_utf8()..).unwrap_or_default()))
        });
        let fields: BTreeSet<&Field> = self.memory.group.iter().map(|(_, field, _)| field).collect();
        let Some((_, count)) = told else { return false };
        if fields.len() != *count || title.field.is_some() {
            return false;
        }
        let group = self.memory.group.clone();
        let dating = self.dating(state, part, whole, title.span, false);
        self.give(&group, &awards(title), dating, whole, origin);
        true
    }

    /// Whether a part has nothing but a year, a comma and a title.
    fn is_year_apart(&self, part: Span, title: &Title) -> bool {
        let [year] = self.reading.years_in(Span::new(part.start, title.span.start)) else { return false };
        let before = self.reading.between(part.start, year.span.start).trim();
        let between = self.reading.between(year.span.end, title.span.start);
        let rest = self.reading.between(title.span.end, part.end);
        before.is_empty()
            && matches!(between.trim(), "，" | ",")
            && rest.chars().all(|c| !c.is_alphanumeric())
    }

    /// Whether a year and a title are all that a line has, but for what a bracket adds.
    fn is_step(&self, head: Span, title: &Title, own: Span) -> bool {
        let years = self.reading.years_in(head);
        let blank =
            |text: &str| text.chars().all(|c| c.is_whitespace() || matches!(c, ':' | '：' | '“' | '"'));
        if self.stepping && years.is_empty() && blank(head.of(self.reading.text())) {
            return true;
        }
        let [year] = years else { return false };
        let before = self.reading.between(head.start, year.span.start);
        let between = self.reading.between(year.span.end, head.end);
        let rest = self.reading.between(title.span.end, own.end).trim_matches(['”', '"', ' ']);
        let bracket = rest.starts_with(['(', '（']) && rest.ends_with([')', '）']);
        !between.is_empty() && blank(before) && blank(between) && (rest.is_empty() || bracket)
    }

    /// 2014年被列为…, 2017年顺利通过验收,成为…: when and what was given, and nothing that could be its subject.
    fn is_elliptic(&self, head: Span) -> bool {
        let mut at = head.start;
        let years = self.reading.years_in(head);
        let words = self.reading.scan.words_in(head);
        while at < head.end {
            let known = years
                .iter()
                .map(|year| year.span)
                .chain(
                    words
                        .iter()
                        .filter(|word| word.kinds.has(AWARD.or(PASSING).or(EACH).or(AUTHORITY)))
                        .map(|word| word.span),
                )
                .find(|span| span.start == at)
                .or_else(|| {
                    let mut places = self
                        .reading
                        .scan
                        .starting_at(at)
                        .filter(|(_, entry)| entry.region.is_some() || entry.kinds.has(LEVEL));
                    places.next().map(|(span, _)| span).filter(|span| span.end <= head.end)
                });
            if let Some(span) = known {
                at = span.end;
                continue;
            }
            let Some(c) = self.reading.scan.after(at) else { break };
            let filler = !is_han(c)
                || "其它又再了正式顺利成功经过评审后并还已首次连续也即便随年月日度起被获先进而高分由省市县区州盟旗两三四五六多次继我们咱就"
                    .contains(c);
            if !filler {
                return false;
            }
            at += c.len_utf8();
        }
        true
    }

    pub(super) fn speaks_of_department(&self, span: Span) -> bool {
        // 这7个科室: several.
        let text = span.of(self.reading.text());
        let several = text.match_indices("个科室").any(|(at, _)| {
            text.get(..at).is_some_and(|head| {
                head.ends_with(|c: char| c.is_ascii_digit() || "两二三四五六七八九十多几".contains(c))
            })
        });
        if several {
            return false;
        }
        word_list![
            "该科",
            "科室",
            "我科",
            "我们科",
            "咱们科",
            "你们科",
            "本科室",
            "该专科",
            "该学科",
            "学科于",
            "专科于",
            "科里",
            "这个科",
            "这一科",
            "这个专科",
            "这一专科",
            "这个学科",
            "这一学科"
        ]
        .stand_in(span.of(self.reading.text()))
    }

    /// …三个专科接受授牌。其中甲科为P,乙科为P建设项目: what is said of those just given the title corrects their status.
    fn narrows(&mut self, holder: usize, field: &Field, award: &Award, dating: Dating) -> bool {
        let told = self.sentence.of(self.reading.text()).trim_start();
        if dating != Dating::Undated || !told.starts_with("其中") || self.sentence.start == self.paragraph {
            return false;
        }
        let paragraph = self.paragraph;
        let just = self.drafts.iter_mut().rev().take_while(|draft| draft.evidence.start >= paragraph);
        let mut given = false;
        for draft in just.filter(|draft| draft.dating == Dating::News) {
            let same = (draft.award.programme, draft.award.level) == (award.programme, award.level);
            if same && draft.holder == holder && draft.field == *field {
                draft.award.status = award.status;
                draft.award.status_said = true;
                given = true;
            }
        }
        given
    }

    pub(super) fn give(
        &mut self,
        group: &[(usize, Field, Span)],
        awards: &[Award],
        dating: Dating,
        evidence: Span,
        origin: Origin,
    ) {
        for (holder, field, span) in group {
            let own = self
                .year_behind(span.end)
                .or_else(|| self.year_of_run(span.end))
                .or_else(|| self.own_years.get(&span.start).copied());
            let dating = own.map_or(dating, Dating::Printed);
            for award in awards {
                let mut award = *award;
                // 重点专科:骨科(国家级)、儿科(省级)
                if award.level.is_none() {
                    award.level = field::level_behind(self.reading, span.end);
                }
                // 骨科(培育)、儿科(建设项目)
                if let Some(status) = field::status_behind(self.reading, span.end) {
                    award.status = status;
                    award.status_said = true;
                }
                if award.level.is_none() {
                    // 精品特色专科花落小医院:A医院甲科榜上有名: where the page is nobody's, the announcement's level.
                    let announced = self.carried.filter(|_| self.cast.home.is_none());
                    award.level = self
                        .level_around(evidence, *span, award.programme)
                        .or(announced.and_then(|known| known.level));
                } else if award.level == Some(Level::County)
                    && award.tier.is_none()
                    && award.region.is_none()
                    && dating != Dating::Undated
                    && self.authority_before(evidence, evidence.end) == Some(Level::Provincial)
                {
                    // 省卫生健康委公布…县级临床重点专科: the province gives it to a county's hospital.
                    award.level = Some(Level::Provincial);
                    award.tier = Some(Tier::County);
                }
                let several = self.years_in_bracket(span.end);
                let mut told = vec![dating];
                if several.len() > 1 {
                    told = several.into_iter().map(Dating::Printed).collect();
                }
                if own.is_none() && dating != Dating::Undated {
                    // 2013年、2016年两次被评为…: once in each year.
                    told.extend(self.also.iter().map(|year| Dating::Printed(*year)));
                }
                if self.narrows(*holder, field, &award, dating) {
                    continue;
                }
                for dating in told {
                    self.drafts.push(Draft {
                        holder: *holder,
                        field: field.clone(),
                        award,
                        dating,
                        origin,
                        evidence,
                    });
                }
            }
        }
    }
}
