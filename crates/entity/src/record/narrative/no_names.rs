//! Sentences that name nothing, and what they say of others all the same: rumours, lists that were spoken of.

use super::*;
use xinglin_text::word_list;

/// 一则“…”的消息在朋友圈流传.
pub(super) fn is_rumour(sentence: &str) -> bool {
    // 该信息不实,我院骨科目前为P
    let truth = sentence
        .split_once("不实")
        .is_some_and(|(_, rest)| word_list!["我院", "目前", "实为", "实际", "事实是"].stand_in(rest));
    if truth {
        return false;
    }
    sentence.trim_end().ends_with(['？', '?'])
        || word_list!["流传", "网传", "传言", "传闻", "误传", "误读", "谣言", "一则", "热传", "不实"]
            .stand_in(sentence)
}

impl Narrator<'_, '_> {
    /// Whether a sentence names a hospital, a specialty, a title or a year.
    pub(super) fn names_anything(&self, whole: Span) -> bool {
        let reading = self.reading;
        !(reading.institutions_in(whole).is_empty()
            && field::mentions_in(self.fields, whole).is_empty()
            && reading.titles_in(whole).is_empty()
            && reading.years_in(whole).is_empty())
    }

    /// Passes over a sentence that names nothing, where it does not end a clause with 上榜 either: of it only what was told before is
    /// remembered, or not.
    pub(super) fn pass_over(&mut self, whole: Span, origin: Origin) -> bool {
        let awaits = self.memory.announced.is_some();
        if awaits && self.reading.scan.says(whole, AWARD_END) {
            return false;
        }
        if awaits {
            self.sentence = whole;
            self.told_before = self.drafts.len();
            self.also.clear();
            self.own_years.clear();
        }
        if !self.memory.told.is_empty() {
            self.tally(whole, origin);
        }
        if awaits {
            self.memory.review = self.memory.review.take().or_else(|| self.begins_building(whole));
        }
        self.memory.other = None;
        self.memory.reviewed_in = None;
        true
    }

    /// 记者拿到了这份名单。 Whether a paragraph's first sentence speaks of the list that the one before told of.
    pub(super) fn opens_with_list(&self, paragraph: Span) -> bool {
        let text = paragraph.of(self.reading.text());
        let first = text.split('。').next().unwrap_or_default();
        // 这7个专科,…
        let those = first.strip_prefix(['这', '该']).map(|rest| {
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十几两".contains(c))
        });
        if those.is_some_and(|rest| word_list!["个专科", "个学科", "个科室", "些专科", "批专科"].begin(rest))
        {
            return true;
        }
        word_list![
            "这份名单",
            "该名单",
            "此名单",
            "这张名单",
            "上述名单",
            "名单显示",
            "名单上",
            "名单中",
            "名单里",
            "具体名单",
            "这份榜单",
            "这张榜单",
            "从名单看",
            "名单如下",
            "这份通知",
            "这份文件"
        ]
        .stand_in(first)
    }
}
