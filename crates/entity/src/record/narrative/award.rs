//! Titles given to groups: all to all, one to each, to the department spoken of, to those named at the end.

use super::*;
use xinglin_text::word_list;

/// So many drafts of a paragraph a later sentence can correct.
const MOST_CORRECTED: usize = 100;

/// Which of several years a group's specialties have.
pub(super) enum Shares {
    /// All of them the same.
    All(Dating),
    /// One each, in their order.
    Each(Vec<Dating>),
    /// Not to be told.
    Unsure,
}

/// 全部通过终期验收, behind the title of what was built.
fn is_passed(tail: &str) -> bool {
    let Some((mut led, mut review)) = tail.split_once("通过") else { return false };
    let how = word_list![
        "全部",
        "全都",
        "均",
        "都",
        "双双",
        "顺利",
        "成功",
        "正式",
        "悉数",
        "一次性",
        "高分",
        "已",
        "也",
        "又",
        "一并"
    ];
    led = led.trim();
    while let Some(rest) = how.strip_prefix(led) {
        led = rest;
    }
    let which = word_list!["期满", "终期", "最终", "省级", "国家", "专家组", "专家", "省里", "的", "了"];
    while let Some(rest) = which.strip_prefix(review) {
        review = rest;
    }
    led.is_empty() && word_list!["验收", "结项", "结题"].begin(review)
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
        let each = self.reading.scan.says(head, DISTRIBUTE)
            || word_list!["分别为", "分别是", "分别系"]
                .end(head.of(self.reading.text()).trim_end_matches(['“', '"', '「']));
        // 又被某市卫生健康局认定为基层特色专科: the level is the authority's that stands before the title.
        // 建设项目方面,A医院有甲科,B医院则凭乙科跻身重点专科序列
        let opening = || self.status_at_head(part, head.start).filter(|_| title.levels.is_empty());
        let taken = self.status_as(head).or_else(opening).filter(|_| !title.status_said);
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
            // 分别获评朔州市重点专科和特色专科: of the same level.
            let level = row.last().and_then(|last| last.level);
            row.extend(awards(next).into_iter().map(|one| Award { level: one.level.or(level), ..one }));
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
    pub(super) fn year_by_year(
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
    pub(super) fn row_of_titles(&self, at: usize, within: Span) -> (Vec<Award>, usize) {
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
    pub(super) fn status_as(&self, head: Span) -> Option<Status> {
        let text = head.of(self.reading.text());
        // 获准建设P; 同意某医院甲科建设P
        if word_list!["获准建设", "获批建设", "准予建设", "同意建设", "科建设", "中心建设"]
            .end(text.trim_end_matches(['“', '"', '「']))
        {
            return Some(Status::Construction);
        }
        let behind = [
            word_list!["作为"].last_in(text).map(|at| at + "作为".len()),
            text.rfind('以').map(|at| at + '以'.len_utf8()),
        ];
        behind.into_iter().flatten().find_map(|at| {
            let at = head.start + at;
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
        let clause = self.reading.clause(part, start);
        // …是P,这是2017年一锤一锤敲下来的
        let said = clause.of(self.reading.text()).trim_end_matches(['。', '；', ';', '”']);
        if word_list!["这是", "那是", "都是", "均是", "是"].begin(said)
            && said.ends_with('的')
            && let [only] = self.reading.years_in(clause)
            && let When::Year(value) = only.when
        {
            return Some(vec![value]);
        }
        // …都是P,授牌时间一个是2015年,一个是2018年
        let each: Option<Vec<i32>> = self
            .reading
            .years_in(Span::new(start, part.end))
            .iter()
            .map(|year| match year.when {
                When::Year(value) => Some(value),
                _ => None,
            })
            .collect();
        let one_by_one = self.reading.between(start, part.end);
        if let Some(each) = each.filter(|each| each.len() == 2)
            && one_by_one.matches("一个是").count() + one_by_one.matches("一个在").count() == 2
            && self.reading.titles_in(Span::new(start, part.end)).is_empty()
        {
            return Some(each);
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
        // …相继成为P,时间分别是2020年和2022年
        let first = years.first()?;
        let when = self.reading.between(clause.start, first.span.start);
        let when = word_list!["时间"].strip_prefix(when).unwrap_or(when);
        let listed = matches!(when, "分别是" | "分别为" | "分别在" | "依次是" | "依次为" | "先后是" | "是")
            && verb.is_empty()
            && (opens || told.trim_start().starts_with("时间"));
        ((opens && given || listed) && values.len() == years.len()).then_some(values)
    }

    /// 通过省级临床重点专科建设项目验收: the building is done.
    pub(super) fn finishes(&self, title: &Title, part: Span) -> bool {
        let own = self.reading.clause(part, title.span.start);
        let tail = self
            .reading
            .between(title.span.end, own.end)
            .trim_start_matches(['”', '"', '的', '终', '期', '末']);
        let reviewed = ["满验收", "验收", "结项", "满评估", "评估", "考核"];
        let rest = reviewed.iter().find_map(|word| tail.strip_prefix(word));
        // 在P建设项目验收中全部合格
        let passed = |rest: &str| {
            rest.starts_with('中')
                && word_list!["合格", "过关", "通过", "达标", "优秀", "优良"].stand_in(rest)
        };
        title.status == Status::Construction
            && (rest.is_some_and(|rest| {
                self.reading.between(own.start, title.span.start).contains("通过") || passed(rest)
            }) || is_passed(tail))
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

    /// …三个专科接受授牌。其中甲科为P,乙科为P建设项目: what is said of those just given the title corrects their status.
    fn narrows(&mut self, holder: usize, field: &Field, award: &Award, dating: Dating) -> bool {
        let told = self.sentence.of(self.reading.text()).trim_start();
        if dating != Dating::Undated || !told.starts_with("其中") || self.sentence.start == self.paragraph {
            return false;
        }
        let paragraph = self.paragraph;
        let just = self.drafts.iter_mut().rev().take_while(|draft| draft.evidence.start >= paragraph);
        let just = just.take(MOST_CORRECTED);
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

    /// 省卫生健康委公布…县级临床重点专科; but what another part of the sentence tells of another year is given by whom that one says.
    fn gives_by_province(&self, evidence: Span, named: Span, dating: Dating) -> bool {
        let within = match dating {
            Dating::Printed(year) if Some(year) != self.year => {
                let mut parts = self.reading.parts(evidence);
                parts.find(|part| part.contains(named)).unwrap_or(evidence)
            }
            _ => evidence,
        };
        // 2022年省里公布县级临床重点专科建设项目
        let told = within.of(self.reading.text());
        let place = word_list!["省里公布", "省里评", "省里命名", "省里下发", "省里认定", "省里确定"];
        self.authority_before(within, within.end) == Some(Level::Provincial)
            || told.contains("省里") && place.stand_in(told)
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
            if self.is_to_come(dating, evidence) {
                continue;
            }
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
                    && self.gives_by_province(evidence, *span, dating)
                {
                    // 省卫生健康委公布…县级临床重点专科: the province gives it to a county's hospital.
                    award.level = Some(Level::Provincial);
                    award.tier = Some(Tier::County);
                }
                let several = self.years_in_bracket(span.end);
                // 2013年、2016年两次被评为…: once in each year.
                let repeated = own.is_none() && dating != Dating::Undated;
                let also = if repeated { self.also.clone() } else { Vec::new() };
                if self.narrows(*holder, field, &award, dating) {
                    continue;
                }
                let once = (several.len() < 2).then_some(dating);
                let years = several.into_iter().filter(|_| once.is_none()).chain(also);
                for dating in once.into_iter().chain(years.map(Dating::Printed)) {
                    let field = field.clone();
                    let draft = Draft { holder: *holder, field, award, dating, origin, evidence };
                    self.learn_owners(std::slice::from_ref(&draft));
                    self.drafts.push(draft);
                }
            }
        }
    }
}
