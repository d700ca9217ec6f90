//! Of two that were named, the one and the other; what is told of one together with those that follow.

use super::*;
use xinglin_text::{WordList, word_list};

/// Which of the two a clause speaks of: 前者为, 后者则是.
pub(super) fn turn_of_two(clause: &str) -> Option<usize> {
    let clause = clause.trim_start().trim_start_matches(['而', '且']);
    ["前者", "后者"].iter().position(|word| clause.starts_with(word))
}

impl Narrator<'_, '_> {
    /// 甲科和乙科,一个捧回P1,一个跻身P2; 甲科、乙科双双晋级,前者为P1,后者为P2: the one whose turn it is; nobody where they are more than
    /// two.
    pub(super) fn one_by_one(
        &self,
        state: &State,
        from: usize,
        title: &Title,
    ) -> Option<Vec<(usize, Field, Span)>> {
        let last = state.group.last().map_or(from, |(_, _, span)| span.end);
        let told = self.reading.between(last, title.span.start);
        let turns = told.split(['，', ',', '；']).skip(1);
        let ones = word_list!["一个", "一家", "一项", "另一个", "另一家", "另一项"];
        let goes_on =
            word_list!["成为", "被", "获", "升", "晋", "正式", "顺利", "并", "跻身", "入选", "列入", "转正"];
        let (mut turn, mut own, mut of_two) = (0, false, false);
        for clause in turns {
            let said = turn_of_two(clause);
            // 前者已于去年验收合格,成为P: of the same.
            if said.is_none() && of_two && goes_on.begin(clause.trim_start()) {
                continue;
            }
            of_two = said.is_some();
            own = ones.begin(clause.trim_start()) || of_two;
            turn = said.map_or(turn + usize::from(own), |said| said + 1);
        }
        if !own || state.group.len() < 2 {
            return None;
        }
        let one =
            turn.checked_sub(1).and_then(|turn| state.group.get(turn)).filter(|_| state.group.len() == 2);
        Some(one.cloned().into_iter().collect())
    }

    /// 前者为P1, 后者则是P2, of two departments: whether it is held, where the clause says so.
    pub(super) fn of_two(&self, state: &State, between: &str, title: &Title, part: Span) -> Option<bool> {
        let last = between.rsplit(['，', ',', '；']).next().filter(|last| last.len() < between.len())?;
        let [(_, _, one), (_, _, other)] = state.group.as_slice() else { return None };
        turn_of_two(last)?;
        let told = last.trim_end_matches(['“', '"', '「', ' ']);
        let plain = word_list!["是", "为", "系", "属", "成为"].end(told) && last.chars().count() <= 10;
        let gap = Span::new(other.end, title.span.start.max(other.end));
        let given = self.reading.scan.says(gap, AWARD.or(AWARD_END).or(PASSING));
        (plain && one.start < other.start).then(|| !given && !self.is_new(state, part))
    }

    /// 甲科、乙科…,前者为P1: whether 前者 or 后者 is one of two departments of one hospital, and no other hospital.
    pub(super) fn is_of_two_departments(&self, state: &State, called: &str) -> bool {
        let [(one, first, _), (other, second, _)] = state.group.as_slice() else { return false };
        // 两家医院…,前者为甲科、乙科,后者为…: of two hospitals.
        let before = state.group.first().map_or(self.sentence.start, |(_, _, span)| span.start);
        let of_hospitals = self.reading.between(self.sentence.start, before).contains("前者");
        matches!(called, "前者" | "后者") && one == other && first != second && !of_hospitals
    }

    /// 甲科获评P1,与它同年被列为P2的,还有乙科: a title that those which follow were given together with the one before.
    pub(super) fn is_of_companions(&self, between: &str, title: &Title, part: Span) -> bool {
        static WITH: WordList = WordList::new(&[
            "与它",
            "与其",
            "与之",
            "与他们",
            "与她",
            "和它",
            "同它",
            "跟它",
            "和其",
            "与该科",
            "和该科",
            "与其一",
            "与前者",
            "与此同",
            "同年",
            "同期",
            "同批",
            "同时",
            "一同",
            "一并",
            "一道",
        ]);
        let Some(last) = between.rsplit(['，', ',', '；']).next().filter(|last| last.len() < between.len())
        else {
            return false;
        };
        let tail = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」']);
        WITH.begin(last.trim_start())
            && tail.strip_prefix('的').is_some_and(|rest| {
                let rest = rest.trim_start_matches(['，', ',', ' ']);
                word_list!["还有", "另有", "也有", "是", "有", "包括", "分别是", "则是"].begin(rest)
            })
    }

    /// 与儿科同楼办公的新生儿科,…; 与中医科“比翼齐飞”的是康复科: by whom another is told, and whether it is one itself is not said.
    pub(super) fn is_compared(&self, span: Span, part: Span) -> bool {
        let Some('与' | '和' | '同' | '跟') = self.reading.scan.before(span.start) else { return false };
        let start = self.reading.clause_start(part, span.start);
        if span.start - start > '与'.len_utf8() {
            return false;
        }
        let clause = self.reading.clause(part, span.start);
        let Some((told, behind)) = self.reading.between(span.end, clause.end).split_once('的') else {
            return false;
        };
        let told = Span::new(span.end, span.end + told.len());
        let at = clause.end - behind.len();
        let next = self.fields.binary_search_by_key(&at, |mention| mention.span.start).is_ok();
        let other = next || word_list!["是", "还有", "有", "则是", "乃是"].begin(behind);
        let plain = told.of(self.reading.text());
        other
            && (2..=10).contains(&plain.chars().count())
            && !plain.contains('、')
            && !word_list!["同批", "同时", "一同", "一起", "一道", "同年", "并列", "共同", "双双"]
                .begin(plain)
            && self.reading.titles_in(told).is_empty()
            && field::mentions_in(self.fields, told).is_empty()
            && !self.reading.scan.says(told, AWARD.or(AWARD_END).or(PASSING))
    }

    /// 甲科、乙科两个P的专家轮流下沉: whose people come, and not who was given anything.
    pub(super) fn sends_people(&self, title: &Title, part: Span) -> bool {
        let clause = self.reading.clause(part, title.span.end);
        let tail = self.reading.between(title.span.end, clause.end.max(title.span.end));
        let tail = tail.trim_start_matches(['”', '"', '」']);
        word_list!["的专家", "的教授", "的医生", "的医师", "的骨干", "的团队"].begin(tail)
            && word_list![
                "下沉", "轮流", "来院", "驻", "坐诊", "前来", "授课", "带教", "帮扶", "查房", "支援", "来到",
                "赴", "定期"
            ]
            .stand_in(tail)
    }
}
