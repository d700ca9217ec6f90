//! Titles given to the department that is spoken of: 该科2015年被评为P, 科室获批P, steps of a history.

use super::*;
use crate::gazetteer::tables::LEVEL;
use xinglin_text::{WordList, word_list};

/// 两科均为, 三个科室都是: several that were spoken of, and nothing else.
fn is_of_those(head: &str) -> bool {
    let told = head.trim().trim_end_matches(['“', '"', '「']);
    word_list!["均为", "均是", "都是", "同为", "皆为"].strip_suffix(told).is_some_and(|told| {
        let told = told.trim_start_matches(['这', '上', '述', '其', '中', '而']);
        told.starts_with(['两', '三', '四', '五'])
            && word_list!["科", "个科室", "个专科", "个学科", "科室", "专科"].end(told)
            && told.chars().count() <= 5
    })
}

/// 该科创建于1979年, 这个坐拥全省人口第一大县的科室: whether the clauses before a title speak of the department.
fn is_department(subject: &str) -> bool {
    let told = subject.trim_end_matches(['，', ',']);
    word_list!["该科", "科室", "我科", "该专科", "该学科", "这个科", "这个专科"].begin(told)
        || told.starts_with('这')
            && !told.contains(['，', ','])
            && word_list!["的科室", "的专科", "的学科", "的老科室", "的小科室", "的年轻科室"].end(told)
}

/// 顶着…的牌子, 头上戴着…的光环: a title that the department spoken of bears.
fn is_worn(head: &str, tail: &str) -> bool {
    let head = head.trim_end_matches(['“', '"', '「', '了']);
    let sign = tail.trim_start_matches(['”', '"', '」']).trim_start_matches('的');
    word_list!["顶着", "头顶", "挂着", "戴着", "扛着", "背着"].end(head)
        && word_list!["牌子", "牌匾", "招牌", "帽子", "名头", "头衔", "光环", "称号", "金字招牌"].begin(sign)
}

impl Narrator<'_, '_> {
    /// 2021年已是: what stands between a year at its head and a title.
    fn behind_year(&self, head: Span) -> &str {
        let year = self.reading.years_in(head).first().filter(|year| year.span.start == head.start);
        self.reading
            .between(year.map_or(head.start, |year| self.reading.date_end(year.span)), head.end)
            .trim()
    }

    /// 该科2015年被评为…, 科室获批…: the specialty that was spoken of.
    /// 获授P的,是A医院甲科: who was given the title is named behind it.
    fn names_behind(&self, title: &Title, part: Span) -> bool {
        let tail = self.reading.between(title.span.end, part.end);
        let behind = tail.trim_start_matches(['”', '"', '」', '』', '’']);
        let Some(rest) = behind.strip_prefix('的') else { return false };
        let from = part.end - rest.len();
        word_list!["是", "有", "还有", "另有", "包括", "分别", "共有", "则是", "则有"]
            .begin(rest.trim_start_matches(['，', ',', ' ']))
            && !field::mentions_in(self.fields, Span::new(from, part.end)).is_empty()
    }

    pub(super) fn award_to_topic(
        &mut self,
        state: &mut State,
        title: &Title,
        part: Span,
        whole: Span,
        origin: Origin,
    ) -> bool {
        if self.names_behind(title, part) {
            return false;
        }
        let own = self.reading.clause(part, title.span.start);
        let head = Span::new(own.start, title.span.start);
        let given = self.reading.scan.says(head, AWARD.or(PASSING))
            || self.behind_label(head).is_none() && head.of(self.reading.text()).contains('获')
            // P周期评估放榜,乙科、丙科顺利过关: those that are named.
            || self.passes_review(title, part)
                && field::mentions_in(self.fields, Span::new(title.span.end, part.end)).is_empty();
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
                        "揽入怀中",
                        "送到科",
                        "送到了科",
                        "送进科",
                        "送进了科",
                        "挂到科",
                        "挂进科",
                        "挂到了科",
                        "挂进了科",
                        "交到科",
                        "颁到科",
                        "发到科"
                    ]
                    .begin(rest)
            })
        };
        // 2020年,在P周期评估中成绩合格
        let reviewed =
            matches!(head.of(self.reading.text()).trim(), "在" | "于") && self.passes_review(title, part);
        // 经省中医药管理局组织验收,正式授牌P
        // 2019年,县卫生健康局给它授了牌——P
        let badge = word_list![
            "授牌",
            "授牌为",
            "挂牌",
            "颁牌",
            "授了牌",
            "挂了牌",
            "颁了牌",
            "发了牌",
            "授了匾",
            "挂了匾",
            "颁了匾",
            "发了匾",
            "授了牌子",
            "挂了牌子"
        ]
        .end(head.of(self.reading.text()).trim_end_matches(['“', '"', '「', '—', '：', ':']));
        // 2017年,它又多了一个身份:P
        let rank = head.of(self.reading.text()).trim_end_matches(['“', '"', '「', '—', '：', ':']);
        let ranked = rank.len() < head.of(self.reading.text()).len()
            && word_list!["身份", "头衔", "名片", "牌子", "招牌", "名头"].end(rank)
            && word_list!["多了", "添了", "有了", "得了", "迎来", "拿到", "捧回", "得到"].stand_in(rank);
        let badge = badge || ranked;
        let entered = !given && self.enters_list(title, own);
        let brought = brought || entered;
        let given = given || brought || badge;
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
                    self.behind_year(head),
                    "是" | "系"
                        | "为"
                        | "现为"
                        | "现是"
                        | "也是"
                        | "已是"
                        | "已经是"
                        | "就是"
                        | "就已是"
                        | "便是"
                )
                && is_department(subject.of(self.reading.text()))
                && field::mentions_in(self.fields, subject).is_empty();
        // Under a department's heading: 国家级培训基地,四川省医学重点专科。
        let listed = !given
            && !held
            && origin == Origin::Body
            && !state.named
            && (self.headed && self.holds_only_titles(head)
                || self.behind_label(head).is_some_and(|rest| self.holds_only_titles(rest)))
            && self.holds_only_titles(Span::new(
                title.span.end,
                self.past_bracket(title.span, own.end.max(title.span.end), part),
            ));
        // 2012年　市级医学重点学科: a step of the department's history.
        let dated = state.year.is_some() || self.stepping;
        // 1996年,某市重点专科;2010年,某市重点学科
        let apart = self.is_year_apart(part, title);
        let behind = self.year_of_step_behind(title, part).filter(|_| !state.named);
        let given = given && behind.is_none();
        let step = behind.is_some()
            || !given && !held && !state.named && dated && (apart || self.is_step(head, title, own));
        // 1964年建科,…,也是P, right under a department's name.
        let headed = !given && !held && !listed && !step && !state.named && self.is_of_heading(head, title);
        // 它已经顶着P的牌子
        let worn = !given
            && !state.named
            && is_worn(head.of(self.reading.text()), self.reading.between(title.span.end, own.end));
        let held = held || listed || headed || worn;
        let given = given || step;
        // 此前,两科均为P: those of the sentence before hold it.
        if !(given || held || state.named)
            && is_of_those(head.of(self.reading.text()))
            && self.allowed(part, whole, head, title.span)
        {
            return self.award_to_those(state, title, part, whole, origin, true);
        }
        if !(given || held) || title.counted || !self.allowed(part, whole, head, title.span) {
            return false;
        }
        // 2021年获批P的甲科: the department that follows is the one it was given to.
        let next = field::mentions_in(self.fields, Span::new(title.span.end, part.end)).first();
        if next.is_some_and(|next| self.relative_title(next.span.start, part).is_some()) {
            return false;
        }
        // 2019年定为P的是手外科: whatever that is.
        let tail = self.reading.between(title.span.end, own.end).trim_start_matches(['”', '"', '」']);
        let tail = word_list!["名单", "行列", "序列", "名录", "榜单"].strip_prefix(tail).unwrap_or(tail);
        if word_list!["的是", "的有", "的则是", "的还有", "的就是", "的正是", "的便是"].begin(tail)
        {
            return false;
        }
        let before = Span::new(whole.start, title.span.start);
        // 这个2015年获评P的科室,…
        let pointed = word_list!["这个", "这一", "这支", "这间"]
            .begin(head.of(self.reading.text()).trim_start())
            && word_list!["的科室", "的专科", "的学科", "的老科室", "的小科室", "的团队"]
                .begin(self.reading.between(title.span.end, own.end).trim_start_matches(['”', '"', '」']));
        let said = self.speaks_of_department(before) || pointed;
        let field = if let Some(inner) = title.field {
            field::named(self.reading.tables, inner.of(self.reading.text()))
        } else if apart && self.memory.alone {
            self.memory.field.clone()
        } else if listed || step || headed {
            self.topic.clone()
        } else if said {
            self.memory.field.clone().or_else(|| self.topic.clone())
        } else if worn || given && !state.named && (brought || reviewed || self.is_elliptic(head)) {
            match &self.memory.field {
                Some(field) if self.memory.alone => Some(field.clone()),
                _ => self.topic.clone(),
            }
        } else {
            None
        };
        if given && !state.named && self.award_to_those(state, title, part, whole, origin, false) {
            return true;
        }
        let Some(field) = field else { return false };
        let holders = if state.named {
            state.holders.clone()
        } else {
            // 在富裕当地,这个科室早有口碑: whose it is, where the page is nobody's.
            let owner = self.known_owner(&field);
            let others = self.cast.home.is_none() || !self.cast.home_told;
            let told = owner.filter(|_| others && title.field.is_none());
            let spoken = self.memory.holder.filter(|_| title.field.is_none());
            // 某医院新生儿科派出专家。作为P,该科…: the other one's.
            let other = self
                .memory
                .field_of
                .filter(|other| self.cast.home != Some(*other) && self.memory.field.as_ref() == Some(&field));
            let known = other.or(told).or(spoken).or(self.section_holder).or(self.cast.home);
            known.or(owner).into_iter().collect()
        };
        let told = Span::new(head.end, head.end);
        let group: Vec<_> = holders.into_iter().map(|holder| (holder, field.clone(), told)).collect();
        let dating =
            behind.map_or_else(|| self.dating(state, part, whole, title.span, held), Dating::Printed);
        // 2017年以建设单位身份进入P序列
        let status = if title.status_said { None } else { self.status_as(head) };
        let given = awards(title).into_iter().map(|award| match status {
            Some(status) => Award { status, status_said: true, ..award },
            None => award,
        });
        let given: Vec<Award> = given.collect();
        // 先后于2008年、2018年获评P1、P2: those that stand in one row with it.
        let at = self.reading.titles.partition_point(|known| known.span.start < title.span.start);
        let (row, end) = self.row_of_titles(at, own);
        if row.len() > given.len() && status.is_none() {
            if let Some(end) = self.year_by_year(&group, at, dating, own, origin) {
                state.shared = end;
                return true;
            }
            state.shared = end;
            self.give(&group, &row, dating, whole, origin);
            return true;
        }
        self.give(&group, &given, dating, whole, origin);
        true
    }

    /// 2016年,P名单里有了它的名字: the list of a title, in which the department spoken of stands since.
    fn enters_list(&self, title: &Title, own: Span) -> bool {
        let tail = self.reading.between(title.span.end, own.end).trim_start_matches(['”', '"', '」']);
        let tail = tail.trim_start_matches('的');
        let tail = word_list!["名单", "榜单", "名录"].strip_prefix(tail).unwrap_or(tail);
        let Some(told) = word_list!["里面", "当中", "里", "中", "上"].strip_prefix(tail) else {
            return false;
        };
        let told = told.trim_start_matches(['就', '便', '终', '于', '也', '又', '第', '一', '次']);
        let seen = word_list!["有了", "出现了", "出现", "添了", "添上了", "多了", "写上了", "有", "见到了"];
        seen.strip_prefix(told).is_some_and(|rest| {
            word_list!["它的", "该科的", "该科室的", "科室的", "其"]
                .strip_prefix(rest)
                .is_some_and(|rest| word_list!["名字", "身影", "大名", "一席之地", "位置"].begin(rest))
        })
    }

    /// 目前设三个亚专业,也是P: held, where nothing but the heading right above says whose it is.
    fn is_of_heading(&self, head: Span, title: &Title) -> bool {
        let before = Span::new(self.paragraph, title.span.start);
        self.headed
            && self.topic.is_some()
            && matches!(
                head.of(self.reading.text()).trim(),
                "是" | "系"
                    | "为"
                    | "现为"
                    | "现是"
                    | "也是"
                    | "还是"
                    | "又是"
                    | "更是"
                    | "同时也是"
                    | "同时是"
                    | "同时还是"
            )
            && field::mentions_in(self.fields, before)
                .iter()
                .all(|known| Some(field::named_at(self.reading, known)) == self.topic)
            && self.reading.institutions_in(before).iter().all(|named| named.naming == Naming::Generic)
    }

    /// 两个科室同时通过考核,转正为…: those that the sentence before spoke of, where they are as many; `held` where they only hold the title.
    fn award_to_those(
        &mut self,
        state: &State,
        title: &Title,
        part: Span,
        whole: Span,
        origin: Origin,
        held: bool,
    ) -> bool {
        const COUNTS: [(char, usize); 5] = [('两', 2), ('二', 2), ('三', 3), ('四', 4), ('五', 5)];
        static COUNTED: WordList =
            WordList::new(&["个科室", "个专科", "个学科", "科室", "专科", "学科", "科"]);
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
        let dating = self.dating(state, part, whole, title.span, held);
        self.give(&group, &awards(title), dating, whole, origin);
        true
    }

    /// 2014年被列为…, 2017年顺利通过验收,成为…: when and what was given, and nothing that could be its subject.
    fn is_elliptic(&self, head: Span) -> bool {
        // 老主任都记得清清楚楚:2009年被评为P
        let told = head.of(self.reading.text());
        let behind = told.rsplit(['：', ':']).next().unwrap_or(told);
        let before = Span::new(head.start, head.end - behind.len());
        let plain = self.reading.institutions_in(before).is_empty()
            && field::mentions_in(self.fields, before).is_empty();
        let from = if plain { before.end } else { head.start };
        let mut at = from + self.speaker(from);
        let years = self.reading.years_in(head);
        let words = self.reading.scan.words_in(head);
        while at < head.end {
            let known = years
                .iter()
                .map(|year| year.span)
                .chain(
                    words
                        .iter()
                        .filter(|word| word.kinds.has(AWARD.or(PASSING).or(EACH).or(AUTHORITY).or(BESTOW)))
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
            if let Some(end) = self.past_status_as(at) {
                at = end;
                continue;
            }
            let Some(c) = self.reading.scan.after(at) else { break };
            let filler = !is_han(c)
                || "其它又再了验收审核考组织正式顺利成功经过评审后并还已首次连续也即便随年月日度起被获先进而高分由省市县区州盟旗两三四五六多次继我们咱就一步更把将于和及分别相陆才终方"
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
            "，学科首",
            "，学科再",
            "，学科成",
            "，学科入",
            "，学科获",
            "，学科被",
            "，学科列",
            "科里",
            "这个科",
            "这一科",
            "这个专科",
            "这一专科",
            "这个学科",
            "这一学科",
            "将它",
            "把它",
            "给它",
            "为它",
            "将其",
            "这里成为",
            "这里是",
            "这里被",
            "这里获",
            "这里也",
            "它已是",
            "它还只是",
            "它只是",
            "它不过是",
            "它早已是",
            "它早就是",
            "它早是",
            "它已经是",
            "它已成",
            "它也是",
            "它被",
            "它成为",
            "它获",
            "它又",
            "它就是",
            "它还是"
        ]
        .stand_in(span.of(self.reading.text()))
    }
}
