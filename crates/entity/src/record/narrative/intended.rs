//! What somebody means to build: 拟在三年内将甲科建成P, 把本院甲科建成P, 希望三年之后,甲科能够摘得P.

use super::*;
use xinglin_text::{CharSet, word_list};

impl Narrator<'_, '_> {
    /// 把本院甲科建成P; 三年内将甲科建成P, unless it is told as done: 十年间他先后将甲科、乙科建成P.
    pub(super) fn is_to_be_built(&self, part: Span, own: Span, title: usize) -> bool {
        let clause = self.reading.between(own.start, title.max(own.start));
        let built = |placed: char| {
            clause.split_once(placed).is_some_and(|(_, rest)| word_list!["建成", "建设成"].stand_in(rest))
        };
        let done = || {
            let from = self.reading.between(part.start, title);
            !self.reading.years_in(Span::new(part.start, title)).is_empty()
                || word_list!["成功", "先后", "陆续", "相继", "已", "成了", "如今", "终于", "一步步", "一手"]
                    .stand_in(from)
        };
        built('把') || built('将') && !done()
    }

    /// 希望三年之后,甲科能够摘得P: hoped for in the clause before, which names no department and no title of its own.
    pub(super) fn is_hoped_before(&self, part: Span, own: Span, title: usize) -> bool {
        let told = self.reading.between(own.start, title.max(own.start));
        if own.start <= part.start
            || !told.contains('能')
            || word_list!["才能", "职能", "功能"].stand_in(told)
        {
            return false;
        }
        let before = self.reading.clause(part, own.start.saturating_sub('，'.len_utf8()));
        let before = Span::new(before.start, before.end.min(own.start).max(before.start));
        let words = self.reading.scan.words_in(before);
        let Some(hope) = words.iter().rev().find(|word| word.kinds.has(HOPE)) else { return false };
        let rest = Span::new(hope.span.end, before.end);
        !self.reading.scan.says(own, NEWS)
            && field::mentions_in(self.fields, rest).is_empty()
            && self.reading.titles_in(rest).is_empty()
    }

    /// 拟在三年内将甲科建成P, 誓把甲科建成P: what somebody means to do; an authority's 拟确定 names who is given the title.
    pub(super) fn intends(&self, part: Span, own: Span, title: usize) -> bool {
        static SIGNS: CharSet = CharSet::of("拟誓");
        let whole = self.reading.between(part.start, title);
        if SIGNS.first_in(whole.as_bytes()).is_none() {
            return false;
        }
        // 拟用三年时间,将甲科建成P
        let before = self.reading.clause(part, own.start.saturating_sub('，'.len_utf8()));
        let from = if before.end < own.start
            && field::mentions_in(self.fields, before).is_empty()
            && self.reading.titles_in(before).is_empty()
        {
            before.start
        } else {
            own.start
        };
        let text = self.reading.between(from, title);
        text.match_indices(['拟', '誓']).any(|(at, sign)| {
            let rest = text.get(at + sign.len()..).unwrap_or_default();
            !text.get(..at).is_some_and(|led| led.ends_with(['模', '虚', '草', '比', '宣', '盟']))
                && word_list![
                    "建成",
                    "建设成",
                    "建设为",
                    "建为",
                    "打造",
                    "创成",
                    "创建",
                    "成为",
                    "升级",
                    "升格",
                    "晋升",
                    "晋级",
                    "发展成",
                    "发展为",
                    "培养成",
                    "培养为",
                    "做成",
                    "办成",
                    "提升为",
                    "跻身",
                    "迈入",
                    "拿下",
                    "夺"
                ]
                .stand_in(rest)
        })
    }
}
