//! Who and what a sentence is about, and what the next one means by 该院, 该科 and 后者.

use super::*;
use xinglin_text::{CharSet, word_list};

impl Narrator<'_, '_> {
    /// 和肾内科合用一个护士站: another, with whom something is shared at the head of a clause.
    fn is_shared_with(&self, field: Span, whole: Span) -> bool {
        let clause = self.reading.clause(whole, field.start);
        let head = self.reading.between(clause.start, field.start).trim_start();
        let tail = self.reading.between(field.end, clause.end);
        matches!(head, "和" | "与" | "同" | "跟")
            && word_list!["合用", "共用", "共享", "合署", "挤在", "同在", "合并在", "合住"].begin(tail)
    }

    /// 记者:疼痛科呢? The one department that a paragraph ends with a question about.
    pub(super) fn asks_of(&self, paragraph: Span) -> Option<Field> {
        let asks = paragraph.of(self.reading.text()).trim_end().ends_with(['？', '?']);
        let named = if asks { field::mentions_in(self.fields, paragraph) } else { &[] };
        let first = named.first()?;
        named.iter().all(|other| other.row == first.row).then(|| field::named_at(self.reading, first))
    }

    /// The hospital whose name, or 该院, opens a sentence.
    pub(super) fn opens_sentence(&self, whole: Span) -> Option<usize> {
        let first = self.reading.institutions_in(whole).first()?;
        let head = self.reading.between(whole.start, first.span.start);
        let opens = head.chars().all(|c| !c.is_alphanumeric());
        let told = matches!(first.naming, Naming::Named | Naming::Bare) && opens;
        told.then(|| self.holder(first.span.start)).flatten()
    }

    /// 随后,在某县中医院,调研组听取了汇报。 The hospital in which what a sentence tells takes place.
    pub(super) fn sets_scene(&self, whole: Span) -> Option<usize> {
        const LONGEST: usize = 14;
        let first = self.reading.institutions_in(whole).first()?;
        let head = self.reading.between(whole.start, first.span.start);
        let scene = matches!(first.naming, Naming::Named | Naming::Bare)
            && word_list!["在", "来到", "走进", "到了", "抵达", "到达"].end(head)
            && head.chars().count() <= LONGEST
            && self.reading.between(first.span.end, whole.end).starts_with(['，', ','])
            && self.reading.titles_in(Span::new(first.span.end, whole.end)).is_empty();
        scene.then(|| self.holder(first.span.start)).flatten()
    }

    /// 2.某县中医医院。 The hospital whose name is a sentence of its own.
    pub(super) fn is_name_alone(&self, whole: Span) -> Option<usize> {
        let [named] = self.reading.institutions_in(whole) else { return None };
        let head = self.reading.between(whole.start, named.span.start);
        let tail = self.reading.between(named.span.end, whole.end);
        let alone = !head.chars().any(is_han) && tail.trim() == "。" && named.naming != Naming::Ours;
        self.holder(named.span.start).filter(|_| alone)
    }

    /// 与县医院一路之隔的县中医医院,…: the hospital that a sentence is about, which may be placed by another.
    pub(super) fn is_about(&self, whole: Span) -> Option<usize> {
        let named = self.reading.institutions_in(whole);
        let about = |mention: &crate::mention::institution::InstitutionMention| {
            self.holder(mention.span.start).is_some()
                && !self.sends_help(mention.span, whole)
                && !self.lends_experts(mention.span, whole)
                && !self.visits(mention.span, whole)
                && !self.is_source_of_people(mention.span)
        };
        let at = named.iter().position(about)?;
        let one = named.get(at)?;
        let led = self.reading.between(whole.start, one.span.start).trim();
        let next = named.get(at + 1).filter(|next| {
            let between = self.reading.between(one.span.end, next.span.start);
            matches!(led, "与" | "和" | "同" | "跟" | "距" | "距离" | "紧邻" | "毗邻")
                && between.ends_with('的')
                && between.chars().count() <= 12
                && !between.contains(['，', ',', '、'])
        });
        next.and_then(|next| self.holder(next.span.start)).or_else(|| self.holder(one.span.start))
    }

    /// 由A医院、B医院专家组成的评估组对C医院骨科进行验收: one whose experts look at another.
    fn lends_experts(&self, name: Span, whole: Span) -> bool {
        static LEADS: CharSet = CharSet::of("由来邀");
        let head = crate::mention::window_before(self.reading.text(), name.start, 120);
        if LEADS.first_in(head.as_bytes()).is_none() {
            return false;
        }
        let head = head.rsplit(['，', ',', '。', '；', '\n']).next().unwrap_or_default();
        let at = ["由", "来自", "邀请"].iter().filter_map(|word| Some(head.rfind(word)? + word.len())).max();
        let Some(at) = at else { return false };
        let from = name.start - head.len() + at;
        let named = self.reading.institutions_in(Span::new(from, name.start));
        let names: usize = named.iter().map(|name| name.span.end - name.span.start).sum();
        // 由A医院、B医院: names, and what joins them.
        let joined = name.start - from <= names + 6 * named.len();
        joined && self.reading.between(name.end, whole.end).contains("专家")
    }

    /// 从某市中医医院请来退休的老主任: where its people come from, and not whom it is about.
    fn is_source_of_people(&self, name: Span) -> bool {
        matches!(self.reading.scan.before(name.start), Some('从' | '自'))
            && word_list![
                "请", "聘", "引进", "引来", "挖", "调来", "邀", "招来", "退休", "学成", "进修", "归来"
            ]
            .begin(crate::mention::window_after(self.reading.text(), name.end, 12))
    }

    /// A医院代表团日前到访B医院: one whose people call on another.
    fn visits(&self, name: Span, whole: Span) -> bool {
        let rest = self.reading.institutions_in(Span::new(name.end, whole.end.max(name.end)));
        // A医院(又名A2)代表团…
        rest.iter().take(2).any(|next| {
            let way = self.reading.between(name.end, next.span.start);
            word_list![
                "到访", "访问", "参访", "拜访", "造访", "考察", "参观", "走访", "来访", "莅临", "前往",
                "来到", "赴"
            ]
            .end(way)
                && word_list![
                    "代表团",
                    "一行",
                    "考察团",
                    "访问团",
                    "参访团",
                    "团队",
                    "人员",
                    "专家",
                    "医护",
                    "领导"
                ]
                .stand_in(way)
                && !way.contains(['。', '，', ','])
                && self.holder(next.span.start).is_some()
        })
    }

    /// 近年来,某省人民医院先后派出六批医生: one that helps whom the paragraph is about.
    fn sends_help(&self, name: Span, whole: Span) -> bool {
        // A医院先后派出四批专家驻点B医院。该院…: B.
        let helped = || {
            let next = self.reading.institutions_in(Span::new(name.end, whole.end.max(name.end))).first();
            next.is_some_and(|next| self.holder(next.span.start).is_some())
        };
        if self.memory.holder.is_none() && !helped() {
            return false;
        }
        let tail = crate::mention::window_after(self.reading.text(), name.end, 36);
        let told = tail.split(['，', ',', '。', '、', '\n']).next().unwrap_or_default();
        name.end < whole.end
            && word_list![
                "派出",
                "派来",
                "派驻",
                "派人",
                "派了",
                "选派",
                "派专家",
                "派遣",
                "对口帮扶",
                "对口支援",
                "结对帮扶",
                "组团帮扶",
                "组团式帮扶"
            ]
            .stand_in(told)
    }

    /// A sentence without titles: who and what it was about.
    pub(super) fn glance(&mut self, whole: Span) {
        let last = self.is_about(whole);
        if last.is_some() {
            self.memory.holder = last;
        }
        let fields: Vec<_> = field::mentions_in(self.fields, whole)
            .iter()
            .filter(|mention| {
                !self.excepted(mention.span, whole) && !self.is_shared_with(mention.span, whole)
            })
            .collect();
        // 消化内科、肿瘤科负责人作了汇报。两科2019年获批P
        let all = fields.iter().all(|mention| mention.row == fields.first().map_or(0, |first| first.row));
        if fields.len() > 1 && !all && fields.len() <= 5 {
            let holder = self.memory.holder.or(self.section_holder).or(self.cast.home);
            let named = fields.iter().map(|mention| (field::named_at(self.reading, mention), mention.span));
            self.memory.group = holder
                .map_or_else(Vec::new, |holder| named.map(|(field, span)| (holder, field, span)).collect());
        }
        // 第一台手术还借用心内科的导管室: another's, where one was spoken of before.
        let subject = |mention: &&&SpecialtyMention| {
            let clause = self.reading.clause(whole, mention.span.start);
            self.heads(clause, mention.span.start)
        };
        let spoken = fields.iter().find(subject).or(fields.first().filter(|_| self.memory.field.is_none()));
        if let Some(mention) = spoken {
            self.memory.field = Some(field::named_at(self.reading, mention));
            // 妇产科始建于1958年,下设产科、…: the sentence is about the one at its head.
            // 几年前,某县人民医院肾内科还只是…
            let clause = self.reading.clause(whole, mention.span.start);
            let first = fields.first().is_some_and(|first| first.span == mention.span);
            let leads = (self.heads(whole, mention.span.start)
                || first && self.heads(clause, mention.span.start))
                && !fields.get(1).is_some_and(|next| {
                    field::is_join(self.reading.between(mention.span.end, next.span.start))
                });
            self.memory.alone = leads || fields.iter().all(|other| other.row == mention.row);
        }
        if let Some(year) = self.reading.years_in(whole).iter().rev().find_map(|year| match year.when {
            When::Year(value) => Some(value),
            // 自2018年起,…。甲科就是那一年获评P的
            When::Since => year.span.of(self.reading.text()).get(..4)?.parse().ok(),
            _ => None,
        }) {
            self.told_year = Some(year);
            self.memory.year = Some(year);
        }
    }

    /// 这家医院的家底不止于此, 该院…: a paragraph that goes on about the hospital of the one before.
    pub(super) fn goes_on(&self, paragraph: Span) -> bool {
        let named = self.reading.institutions_in(paragraph).first();
        named.is_some_and(|named| {
            let head = self.reading.between(paragraph.start, named.span.start).trim_start();
            match named.naming {
                Naming::That => head.is_empty(),
                Naming::Generic => head.starts_with("这家") && head.chars().count() <= 20 || head.is_empty(),
                _ => false,
            }
        })
    }

    /// 上海市某公共卫生临床中心的专家每月来院,该中心感染科是…: whether 该中心 means one that is no hospital of the page.
    pub(super) fn is_centre_unknown(&self, start: usize) -> bool {
        const CENTRE: &str = "中心";
        let called = self.reading.between(start, self.reading.text().len().min(start + "该中心".len()));
        let before = self.reading.between(self.paragraph.min(start), start);
        if called != "该中心" {
            return false;
        }
        before.rfind(CENTRE).is_some_and(|at| {
            let end = self.paragraph + at + CENTRE.len();
            let within = Span::new(end - CENTRE.len(), end);
            !self.reading.in_institution(within)
        })
    }

    /// 周某:我院甲科…, where 市人民医院院长周某 was named before: whose 我院 it is on a page that is nobody's.
    pub(super) fn hospital_of_speaker(&self, ours: usize) -> Option<usize> {
        let text = self.reading.text();
        let head = crate::mention::window_after(text, self.paragraph, 24);
        let (name, _) = head.split_once(['：', ':'])?;
        let named = (2..=4).contains(&name.chars().count()) && name.chars().all(is_han);
        let before = self.reading.institutions.get(ours.saturating_sub(400)..ours).filter(|_| named)?;
        let posted = before.iter().find(|mention| {
            let tail = crate::mention::window_after(text, mention.span.end, 60);
            let post = tail.split_once(name).map(|(post, _)| post);
            mention.span.end < self.paragraph
                && post.is_some_and(|post| {
                    word_list!["院长", "书记", "主任", "负责人", "科长"].stand_in(post)
                        && !post.contains(['。', '\n', '、', '；'])
                })
        })?;
        self.holder(posted.span.start)
    }

    /// 新生儿重症监护室建成: a room that was opened, and not what the paragraph is about.
    pub(super) fn is_unit_opened(&self, unit: Span, part: Span) -> bool {
        let tail = self.reading.between(unit.end, part.end);
        word_list!["室", "病房", "门诊", "病区", "单元", "实验室"].end(unit.of(self.reading.text()))
            && word_list!["建成", "启用", "投用", "投入使用", "开诊", "落成", "揭牌", "成立", "开放", "改造"]
                .begin(tail)
    }

    /// 起点不过是1993年内科病区一角的6张加床: where a department began, and not what the paragraph is about.
    pub(super) fn is_origin(&self, unit: Span, part: Span) -> bool {
        let clause = self.reading.clause(part, unit.start);
        let tail = self.reading.between(unit.end, clause.end);
        let within =
            word_list!["病区", "病房", "门诊", "里", "内", "下", "一角", "的一", "的几", "附设", "所属"]
                .begin(tail);
        within
            && word_list![
                "起点", "起步", "前身", "脱胎", "源自", "源于", "始于", "当初", "最初", "起初", "寄居",
                "借住", "挂靠", "隶属"
            ]
            .stand_in(self.reading.between(clause.start, unit.start))
    }

    /// Whether nothing but a hospital's name and two more characters stands before a position.
    pub(super) fn heads(&self, within: Span, at: usize) -> bool {
        let names = self.reading.institutions_in(Span::new(within.start, at));
        let named: usize = names.iter().map(|name| name.span.of(self.reading.text()).chars().count()).sum();
        let before = self.reading.between(within.start, at).chars();
        let plain = before.clone().all(|c| !matches!(c, '从' | '与' | '和' | '由' | '向'));
        names.len() <= 1 && before.count() <= named + 2 && plain
    }

    /// 医院托管某县人民医院; 与某大学总医院开展协作: the one other hospital of a sentence that does not name the page's own.
    pub(super) fn other_told(&self, whole: Span) -> Option<usize> {
        let home = self.cast.home.filter(|_| self.cast.own_page)?;
        let named = self.reading.institutions_in(whole).iter();
        let mut others = named.filter(|mention| mention.naming == Naming::Named);
        let only = self.holder(others.next()?.span.start)?;
        (only != home && others.all(|other| self.holder(other.span.start) == Some(only))).then_some(only)
    }

    /// The members named before a mention, the nearest first, 我院 among them.
    pub(super) fn named_before(&self, at: usize) -> impl Iterator<Item = usize> {
        (at.saturating_sub(LATTER_REACH)..at).rev().filter_map(|before| {
            let ours = self.reading.institutions.get(before)?.naming == Naming::Ours;
            self.cast.of_mention.get(before).copied().flatten().or(self.cast.home.filter(|_| ours))
        })
    }
}
