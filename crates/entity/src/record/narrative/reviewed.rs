//! Reviews told in two sentences: 专家组对我院骨科省级重点专科建设项目进行验收。…一致同意通过验收。

use super::*;
use xinglin_text::{WordList, word_list};

/// Who is reviewed, and for which title.
#[derive(Clone)]
pub(super) struct Review {
    group: Vec<(usize, Field, Span)>,
    awards: Vec<Award>,
    /// Whether only what was begun in an earlier year was told, and no review of it.
    begun: bool,
}

impl Narrator<'_, '_> {
    /// 认为骨科达到P标准,同意授牌: met, and given.
    pub(super) fn meets_standard(&self, title: &Title, part: Span) -> bool {
        let head = self.reading.between(part.start, title.span.start).trim_end_matches(['“', '"', '「']);
        let tail = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」', '的']);
        title.status == Status::Designated
            && word_list!["达到", "达到了", "已达到", "符合", "具备"].end(head)
            && word_list!["标准", "要求", "条件", "水平", "验收标准", "评审标准", "评价标准"].begin(tail)
            && word_list![
                "同意授牌",
                "准予授牌",
                "予以授牌",
                "同意命名",
                "准予命名",
                "予以命名",
                "同意认定",
                "予以认定",
                "同意确认",
                "予以确认",
                "准予挂牌",
                "同意挂牌",
                "予以挂牌",
                "正式授牌"
            ]
            .stand_in(tail)
            && !self.reading.scan.says(Span::new(title.span.end, part.end), NEGATION)
    }

    /// 对A医院甲科、乙科P建设项目进行终期验收: what a part says is under review, as long as it says nothing of the outcome.
    pub(super) fn opens_review(&self, state: &State, part: Span) -> Option<Review> {
        let [title] = self.reading.titles_in(part) else { return None };
        let (Some((_, _, first)), Some((_, _, last))) = (state.group.first(), state.group.last()) else {
            return None;
        };
        let beside =
            matches!(self.reading.between(last.end, title.span.start), "" | "的" | "申报的" | "创建的");
        if !beside {
            return None;
        }
        let before = self.reading.between(part.start, first.start);
        let led = before.rsplit(['，', ',']).next().is_some_and(|clause| clause.contains('对'));
        if !led {
            return None;
        }
        let tail = self.reading.between(title.span.end, part.end);
        let held = word_list!["进行", "开展", "实施", "组织"].stand_in(tail);
        let reviewed =
            word_list!["验收", "复核", "评审", "复评", "复审", "周期评估", "终期评估"].stand_in(tail);
        let midway = word_list!["中期", "年度", "督导", "指导", "预评", "初评", "自评"].stand_in(tail);
        let open =
            !self.reading.scan.says(part, PASSING.or(HOPE).or(NEGATION)) && !title.void && !title.person;
        (held && reviewed && !midway && open).then(|| Review {
            group: state.group.clone(),
            awards: awards(title).into_iter().map(Award::done).collect(),
            begun: false,
        })
    }

    /// 该科2014年获批P建设项目。 What a sentence says was begun in an earlier year, whose review may be told next.
    pub(super) fn begins_building(&self, whole: Span) -> Option<Review> {
        let last = self.drafts.last().filter(|draft| draft.evidence == whole)?;
        let before = matches!(last.dating, Dating::Printed(year) if self.year.is_some_and(|now| year < now));
        let (award, dating) = (last.award, last.dating);
        if !before || award.status != Status::Construction {
            return None;
        }
        let same = |draft: &&Draft| draft.evidence == whole && draft.award == award && draft.dating == dating;
        let those = self.drafts.iter().rev().take_while(same);
        Some(Review {
            group: those.map(|draft| (draft.holder, draft.field.clone(), whole)).collect(),
            awards: vec![award.done()],
            begun: true,
        })
    }

    /// 专家组一致同意通过验收: the review that the paragraph told of has passed.
    pub(super) fn closes_review(&mut self, whole: Span, origin: Origin) {
        let text = whole.of(self.reading.text());
        let passed = self.reading.scan.says(whole, PASSING)
            && word_list!["同意", "一致", "最终", "顺利", "成功", "正式", "高分", "圆满"].stand_in(text)
            && word_list!["验收", "复核", "评审", "复评", "复审", "评估"].stand_in(text);
        let plain = !self.reading.scan.says(whole, HOPE.or(NEGATION))
            && self.reading.titles_in(whole).is_empty()
            && field::mentions_in(self.fields, whole).is_empty();
        // 经评估,专家组一致同意该项目通过验收: now, of what was begun years ago.
        let now = || {
            self.reading.years_in(whole).is_empty()
                && word_list!["一致同意", "此次", "本次", "这次", "近日", "日前"].stand_in(text)
        };
        let begun = self.memory.review.as_ref().is_some_and(|review| review.begun);
        if !(passed && plain) || begun && !now() {
            return;
        }
        let Some(review) = self.memory.review.take() else { return };
        let dating = self.dating(&State::default(), whole, whole, Span::new(whole.end, whole.end), false);
        self.give(&review.group, &review.awards, dating, whole, origin);
    }

    /// …,去年到期验收。: the year of a review that a sentence ends with, without its outcome.
    pub(super) fn ends_with_review(&self, whole: Span) -> Option<i32> {
        static REVIEWED: WordList =
            WordList::new(&["验收", "复核", "复评", "复审", "考核", "评估", "期满", "终期评审"]);
        let end = whole.start + whole.of(self.reading.text()).trim_end_matches(['。', '；', '！', ' ']).len();
        let last = Span::new(self.reading.clause_start(whole, end), end);
        let text = last.of(self.reading.text());
        let [year] = self.reading.years_in(last) else { return None };
        let value = match year.when {
            When::Year(value) => Some(value),
            When::Relative(offset) => self.written.map(|written| written + offset),
            _ => None,
        };
        let plain = self.reading.titles_in(last).is_empty()
            && !self.reading.scan.says(last, NEGATION.or(HOPE))
            && !text.contains("通过")
            && text.chars().count() <= 16;
        value.filter(|_| plain && REVIEWED.end(text))
    }

    /// 眼科过了,成为P: a part whose first clause says how a review ended, and no year.
    pub(super) fn opens_with_outcome(&self, part: Span) -> bool {
        let first = self.reading.clause(part, part.start);
        let text = first.of(self.reading.text());
        self.reading.years_in(part).is_empty()
            && first.end < part.end
            && word_list!["过了", "过关", "通过", "通过了", "达标", "合格", "过关了", "顺利过关"].end(text)
            && !field::mentions_in(self.fields, first).is_empty()
    }
}
