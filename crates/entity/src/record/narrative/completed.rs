//! What became of a title: the building done, the review passed, the status of some of a list.

use super::counterparts::turn_of_two;
use super::linking_words::REVIEWS;
use super::*;
use xinglin_text::{WordList, word_list};

/// So many clauses behind a title are looked at for what its review came to.
const MOST_CLAUSES: usize = 8;

/// 双双合格, 顺利过关, 评定为优秀等次: the result of a review and nothing else.
fn is_result(told: &str) -> bool {
    let told = told.trim_end_matches(['。', '；', ';', '了']).trim_end_matches("等次");
    let leads = word_list![
        "双双",
        "全部",
        "均为",
        "均",
        "都是",
        "都",
        "也",
        "顺利",
        "一次性",
        "最终",
        "结果为",
        "结果",
        "成绩为",
        "成绩",
        "评定为",
        "被评为",
        "获评",
        "获",
        "得了",
        "一举",
        "高分",
        "圆满",
        "我们科",
        "我们",
        "咱们",
        "科室",
        "该科",
        "又",
        "再次",
        "再度"
    ];
    let mut rest = told;
    for _ in 0..4 {
        rest = leads.strip_prefix(rest).unwrap_or(rest).trim_matches(['“', '”', '"']);
    }
    matches!(rest, "合格" | "通过" | "过关" | "达标" | "优秀" | "优良" | "良好" | "过了关" | "过")
}

impl Narrator<'_, '_> {
    /// 2012年列为国家重点专科建设项目,2018年通过验收: the building is done, and in which year.
    pub(super) fn completed(&mut self, state: &State, part: Span, whole: Span, origin: Origin) {
        let titles = self.reading.titles_in(part);
        for (at, title) in titles.iter().enumerate() {
            let end = titles.get(at + 1).map_or(part.end, |next| next.span.start);
            if !title.activity && !title.void && !title.person {
                self.complete(state, title, Span::new(title.span.end, end), part, whole, origin);
            }
        }
    }

    /// Whether what follows a title, as far as the next one, says that it was passed, and when.
    pub(super) fn complete(
        &mut self,
        state: &State,
        title: &Title,
        tail: Span,
        part: Span,
        whole: Span,
        origin: Origin,
    ) {
        let text = self.reading.text();
        let given: Vec<(usize, Field, Span)> = self
            .drafts
            .iter()
            .skip(self.told_before)
            .rev()
            .take_while(|draft| draft.evidence == whole)
            .filter(|draft| draft.award.status == title.status && draft.award.programme == title.programme)
            .filter(|draft| {
                title.levels.is_empty()
                    || draft.award.level.is_some_and(|level| title.levels.contains(&level))
            })
            .map(|draft| (draft.holder, draft.field.clone(), tail))
            .collect();
        if given.is_empty() {
            return;
        }
        let passed = self.reading.scan.words_in(tail).iter().find(|word| {
            word.kinds.has(PASSING) && {
                let clause = self.reading.clause(part, word.span.start);
                if title.status == Status::Designated {
                    // 是某市重点专科,去年通过了复核
                    REVIEWS.stand_in(clause.of(text))
                } else {
                    word_list!["验收", "结项", "转正", "转为正式"].stand_in(clause.of(text))
                }
            }
        });
        // 2017年列为建设项目,2020年转正
        let turned = || {
            let words =
                word_list!["转正", "转为正式", "正式转为", "摘掉“建设”", "摘掉建设帽", "去掉“建设”", "摘帽"];
            let told = Some(tail.of(text)).filter(|_| title.status != Status::Designated)?;
            let told = Some(told).filter(|told| words.stand_in(told))?;
            let (at, word) = words.iter().filter_map(|word| Some((told.find(word)?, word))).min()?;
            Some(Span::new(tail.start + at, tail.start + at + word.len()))
        };
        let graded = || {
            let asked = title.status == Status::Designated;
            asked.then(|| self.outcome_of_review(tail)).flatten()
        };
        let passed = passed.map(|word| word.span).or_else(turned).or_else(graded);
        let Some(passed) = passed else { return };
        // 甲科成为P1,乙科今年通过P2验收: another's.
        let between = Span::new(title.span.end, passed.start.max(title.span.end));
        let others = field::mentions_in(self.fields, between).iter();
        let others: Vec<Field> = others.map(|mention| field::named_at(self.reading, mention)).collect();
        if others.iter().any(|other| !given.iter().any(|(_, known, _)| known == other)) {
            return;
        }
        // 甲科、乙科列为建设项目,其中乙科今年通过验收: that one alone.
        let mut given: Vec<_> =
            given.into_iter().filter(|(_, known, _)| others.is_empty() || others.contains(known)).collect();
        // 甲科、乙科列为建设项目,前者去年验收合格: the one of two; they lie here last one first.
        let own = self.reading.clause(part, passed.start).of(text);
        match turn_of_two(own).filter(|_| given.len() == 2) {
            Some(0) => drop(given.remove(0)),
            Some(_) => given.truncate(1),
            None => {}
        }
        let clause = self.reading.clause(part, passed.start);
        let told = Span::new(title.span.end, clause.end.min(tail.end).max(title.span.end));
        let year = self.reading.years_in(Span::new(title.span.end, passed.end)).last();
        let last = self.reading.years_in(part).last().map(|year| year.span);
        let year = year.and_then(|year| match year.when {
            When::Year(value) => Some(value),
            _ if last == Some(year.span) => state.year,
            when => self.year_told(when),
        });
        let now = word_list!["这次", "此次", "本次", "此番", "近日", "日前"];
        let year = year.or_else(|| self.year.filter(|_| now.stand_in(told.of(text))));
        let Some(year) = year.filter(|_| !self.reading.scan.says(told, HOPE.or(NEGATION))) else { return };
        let done: Vec<Award> = awards(title).into_iter().map(Award::done).collect();
        self.give(&given, &done, Dating::Printed(year), whole, origin);
    }

    /// 这次接受的是周期评估,双双合格: the result, in a clause right behind the review's.
    fn outcome_of_review(&self, tail: Span) -> Option<Span> {
        let text = self.reading.text();
        if !REVIEWS.stand_in(tail.of(text)) {
            return None;
        }
        let mut reviewed = false;
        let mut start = tail.start;
        for _ in 0..MOST_CLAUSES {
            let clause = self.reading.clause(tail, start);
            let told = self.reading.between(start, clause.end.max(start)).trim();
            if reviewed && is_result(told) {
                return Some(Span::new(start, clause.end));
            }
            let held = word_list!["接受", "参加", "迎来", "开展", "进行", "做", "组织", "启动", "安排", "是"]
                .stand_in(told);
            reviewed = held && REVIEWS.stand_in(told) && !told.contains("中期");
            start = clause.end.max(start) + self.reading.scan.after(clause.end.max(start))?.len_utf8();
            if start >= tail.end {
                break;
            }
        }
        None
    }

    /// …入选P建设项目;2016年,该项目通过验收: what was told to be built before is done, in the year printed.
    pub(super) fn completed_later(&mut self, state: &State, part: Span, whole: Span, origin: Origin) {
        if !state.group.is_empty() || state.named || !self.reading.titles_in(part).is_empty() {
            return;
        }
        let text = part.of(self.reading.text());
        // 两年后如愿“摘帽”
        let turned = word_list!["摘帽", "转正", "摘掉“建设”"].stand_in(text);
        let told = field::mentions_in(self.fields, part).is_empty() && (text.contains("验收") || turned);
        if !told || self.reading.scan.says(part, HOPE.or(NEGATION)) {
            return;
        }
        let passed = turned || self.reading.scan.words_in(part).iter().any(|word| word.kinds.has(PASSING));
        let years = self.reading.years_in(part);
        let Some(year) = state.year.filter(|_| passed && !years.is_empty()) else { return };
        let Some(last) = self.drafts.last().filter(|draft| draft.evidence.start >= self.paragraph) else {
            return;
        };
        let (award, dating) = (last.award, last.dating);
        if award.status != Status::Construction {
            return;
        }
        let given: Vec<(usize, Field, Span)> = self
            .drafts
            .iter()
            .rev()
            .take_while(|draft| draft.evidence.start >= self.paragraph)
            .take_while(|draft| draft.award == award && draft.dating == dating)
            .map(|draft| (draft.holder, draft.field.clone(), Span::new(part.end, part.end)))
            .collect();
        let done = award.done();
        self.give(&given, &[done], Dating::Printed(year), whole, origin);
    }

    /// …建设项目终期验收结果,甲科以优秀等次通过验收: the building is done.
    pub(super) fn finishes_building(&self, state: &State, gap: Span, award: &Award) -> bool {
        let told = gap.of(self.reading.text());
        // …建设项目验收结果,甲科以合格等次通过
        let title = state.pending.and_then(|at| self.reading.titles.get(at));
        let reviewed = title.is_some_and(|title| {
            let tail = self.reading.between(title.span.end, self.reading.text().len());
            REVIEWS.begin(tail.trim_start_matches(['”', '"', '的']))
        });
        let passed = self.reading.scan.says(gap, PASSING) || told.contains("过关") || told.contains("合格");
        award.status == Status::Construction && passed && (told.contains("验收") || reviewed)
    }

    /// 首批授牌的科室五年期满,逐一复核。甲科顺利过关,称号保留到2028年: what is reviewed is the title itself, whatever was announced before.
    pub(super) fn keeps_title(&self, gap: Span, part: Span, award: &Award) -> bool {
        let kept =
            word_list!["牌子继续挂", "称号保留", "保留称号", "资格保留", "称号延续", "资格延续", "继续保留"];
        let passed = word_list!["过关", "通过", "合格", "达标"];
        let reviewed = word_list!["复核", "复审", "期满", "周期评估", "复评", "回头看"];
        award.status == Status::Construction
            && self.reading.titles_in(Span::new(self.paragraph, part.end)).is_empty()
            && (kept.stand_in(self.reading.between(gap.start, part.end))
                || passed.stand_in(gap.of(self.reading.text()))
                    && reviewed.stand_in(self.reading.between(self.paragraph, gap.end)))
    }

    /// 以上均为P建设单位: the status that a sentence says of the whole list above it, and where that ends.
    pub(crate) fn status_of_above(&self, span: Span) -> Option<(Award, usize)> {
        self.reading.sentences(span).find_map(|whole| Some((self.status_of_those(whole)?, whole.start)))
    }

    fn status_of_those(&self, first: Span) -> Option<Award> {
        let text =
            first.of(self.reading.text()).trim_start_matches(['(', '（', '*', '※', ' ', '注', '：', ':']);
        let above = word_list!["以上", "上述"].strip_prefix(text)?;
        let title = self.reading.titles_in(first).first().filter(|title| title.status_said)?;
        let head = above.get(..above.len().checked_sub(first.end - title.span.start)?)?;
        let all =
            word_list!["均为", "均是", "都是", "全部为", "全部是", "皆为", "同为", "均被列为", "均列为"]
                .end(head);
        let plain = head.chars().nth(14).is_none() && !title.activity && !title.void;
        let said = awards(title).first().copied().filter(|_| all && plain)?;
        // 北京市临床重点专科: called the city's or the province's, as they like.
        let municipality =
            word_list!["北京", "上海", "天津", "重庆"].begin(title.span.of(self.reading.text()));
        Some(Award { level: said.level.filter(|_| !municipality), ..said })
    }

    /// 甲科、乙科、丙科上榜,其中丙科为培育专科; A医院甲科为建设项目,B医院乙科为培育项目: what is said of some of those just given the
    /// title.
    pub(super) fn correct_status(&mut self, part: Span, whole: Span) {
        if self.drafts.last().is_none_or(|draft| draft.evidence != whole) {
            return;
        }
        let mut listed: Vec<(Option<usize>, Field)> = Vec::new();
        let mut last = part.start;
        for mention in field::mentions_in(self.fields, part) {
            let gap = Span::new(last, mention.span.start);
            let named = self.reading.institutions_in(gap).last();
            let joint = named.map_or(gap.end, |named| named.span.start);
            // A医院(甲科)、B医院(乙科)
            let join = self.reading.between(gap.start, joint);
            if !field::is_join(join.strip_prefix([')', '）']).unwrap_or(join)) {
                listed.clear();
            }
            let holder = named.and_then(|named| self.holder(named.span.start));
            let holder = holder.or_else(|| listed.last().and_then(|(holder, _)| *holder));
            listed.push((holder, field::named_at(self.reading, mention)));
            last = mention.span.end;
            let status = self.status_called(last, part).or_else(|| self.status_entered(last, part));
            let Some(status) = status else { continue };
            let given = self.drafts.iter_mut().rev().take_while(|draft| draft.evidence == whole);
            let meant = |draft: &&mut Draft| {
                listed.iter().any(|(holder, field)| {
                    draft.field == *field && holder.is_none_or(|holder| holder == draft.holder)
                })
            };
            for draft in given.filter(meant) {
                draft.award.status = status;
                draft.award.status_said = true;
            }
        }
    }

    /// 另有2个专科(甲科、乙科)入选培育专科: the status behind the bracket of an enumeration.
    fn status_entered(&self, behind: usize, part: Span) -> Option<Status> {
        self.reading.scan.after(behind).filter(|c| matches!(c, ')' | '）'))?;
        let clause = self.reading.clause(part, behind);
        let tail = self.reading.between(behind, clause.end);
        let rest = tail.strip_prefix([')', '）'])?;
        let told = Span::new(clause.end - rest.len(), clause.end);
        let (verb, status) = self.status_given(told)?;
        let plain = self.reading.between(told.start, verb.start).chars().count() <= 4;
        (plain && !self.reading.scan.says(told, HOPE.or(NEGATION))).then_some(status)
    }

    /// …4个专科榜上有名。其中: / 甲科为重点专科 / 乙科为重点专科建设单位: the status that a line below says of one just given the title.
    pub(crate) fn with_statuses_below(&mut self) {
        let bare = |draft: &Draft| {
            draft.award.level.is_none() && draft.award.status_said && draft.dating == Dating::Undated
        };
        if !self.drafts.iter().any(bare) {
            return;
        }
        let (said, mut kept): (Vec<Draft>, Vec<Draft>) = self.drafts.drain(..).partition(bare);
        for one in said {
            let same = |draft: &&mut Draft| {
                (draft.holder, &draft.field, draft.award.programme)
                    == (one.holder, &one.field, one.award.programme)
                    && draft.dating == Dating::News
                    && !draft.award.status_said
                    && draft.evidence.end <= one.evidence.start
            };
            match kept.iter_mut().find(same) {
                Some(draft) => {
                    draft.award.status = one.award.status;
                    draft.award.status_said = true;
                }
                None => kept.push(one),
            }
        }
        self.drafts = kept;
    }

    /// 口腔科也榜上有名,不过进的是培育项目: the status said of those just named, in a clause of its own.
    pub(super) fn correct_last(&mut self, part: Span, whole: Span) {
        static ENTERED: WordList = WordList::new(&[
            "进的是",
            "进入的是",
            "列入的是",
            "拿的是",
            "拿到的是",
            "入的是",
            "属于",
            "身份是",
        ]);
        let text = self.reading.text();
        let told = part.of(text);
        let given = self.drafts.last().is_some_and(|draft| draft.evidence == whole);
        if !given || !ENTERED.stand_in(told) {
            return;
        }
        let Some((at, word)) = ENTERED.iter().find_map(|word| Some((told.find(word)?, word))) else { return };
        let behind = part.start + at + word.len();
        let clause = self.reading.clause(part, behind);
        let plain = field::mentions_in(self.fields, clause).is_empty()
            && self.reading.institutions_in(clause).is_empty();
        let status = self.reading.scan.starting_at(behind).find_map(|(span, entry)| {
            let said = entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.of(text).chars().count() >= 4;
            said.then(
                || if entry.kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction },
            )
        });
        let last = field::mentions_in(self.fields, Span::new(part.start, clause.start)).last();
        let (Some(status), Some(last)) = (status.filter(|_| plain), last) else { return };
        let field = field::named_at(self.reading, last);
        let given = self.drafts.iter_mut().rev().take_while(|draft| draft.evidence == whole);
        for draft in given.filter(|draft| draft.field == field) {
            draft.award.status = status;
            draft.award.status_said = true;
        }
    }

    /// 为培育专科, 被列为建设项目: the status said right behind a specialty, where nothing else is.
    pub(super) fn status_called(&self, behind: usize, part: Span) -> Option<Status> {
        static CALLED: WordList = WordList::new(&[
            "则为",
            "则是",
            "均为",
            "均是",
            "同为",
            "为",
            "是",
            "系",
            "属",
            "列为",
            "被列为",
            "则被列为",
        ]);
        let text = self.reading.text();
        let clause = self.reading.clause(part, behind);
        // A医院(甲科)为培育项目
        let tail = self.reading.between(behind, clause.end).trim_start_matches([')', '）']);
        CALLED.strip_prefix(tail).and_then(|said| {
            let at = clause.end - said.len();
            let (span, entry) = self.reading.scan.starting_at(at).find(|(span, entry)| {
                entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.of(text).chars().count() >= 4
            })?;
            let cultivated = entry.kinds.has(CULTIVATION);
            let alone = self.reading.between(span.end, clause.end).chars().all(|c| !is_han(c));
            alone.then_some(if cultivated { Status::Cultivation } else { Status::Construction })
        })
    }
}
