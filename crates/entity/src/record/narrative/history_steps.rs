//! Steps of a department's history: what stands between a year, a rank or who speaks, and the title.

use super::*;
use xinglin_text::word_list;

impl Narrator<'_, '_> {
    /// 所获荣誉:P1、P2: what stands behind the label.
    pub(super) fn behind_label(&self, head: Span) -> Option<Span> {
        let rest = crate::record::heading::honours(head.of(self.reading.text()))?;
        Some(Span::new(head.end - rest.len(), head.end))
    }

    /// P1、P2(2021年): whether a stretch has titles, what joins them, years in brackets and nothing else.
    pub(super) fn holds_only_titles(&self, span: Span) -> bool {
        let mut at = span.start;
        let plain = |text: &str| {
            let bare = text.trim_matches(['”', '“', '"', ' ', '、', '和', '及', '，', ',']);
            let year = bare.strip_prefix(['(', '（']).and_then(|inner| inner.strip_suffix([')', '）']));
            // (2019年,某市卫生健康委员会授予), (2019年评定)
            bare.is_empty()
                || year.is_some_and(|inner| {
                    let figures = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                    let given =
                        word_list!["授予", "命名", "认定", "评定", "批准", "公布", "确定", "颁发"].end(inner);
                    inner.chars().count() <= 24
                        && !inner.contains(['、', '；', ';'])
                        && (figures == 4 || given)
                })
        };
        for title in self.reading.titles_in(span) {
            if !plain(self.reading.between(at, title.span.start)) {
                return false;
            }
            at = title.span.end;
        }
        plain(self.reading.between(at, span.end))
    }

    /// Where a bracket ends that opens right behind a title; else the end that is known.
    pub(super) fn past_bracket(&self, title: Span, known: usize, part: Span) -> usize {
        let tail = self.reading.between(title.end, part.end);
        let sign = tail.trim_start_matches(['”', '"', '」']);
        let closed = sign.starts_with(['(', '（']).then(|| tail.find([')', '）'])).flatten();
        closed.map_or(known, |at| {
            let sign = tail.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            known.max(title.end + at + sign)
        })
    }

    /// Whether a part has nothing but a year, a comma and a title.
    pub(super) fn is_year_apart(&self, part: Span, title: &Title) -> bool {
        let [year] = self.reading.years_in(Span::new(part.start, title.span.start)) else { return false };
        let before = self.reading.between(part.start, year.span.start).trim();
        let between = self.reading.between(self.reading.date_end(year.span), title.span.start);
        let rest = self.reading.between(title.span.end, part.end);
        // 往前翻,2017年,P
        let led = Span::new(part.start, year.span.start);
        let leads = before.ends_with(['，', ','])
            && before.chars().count() <= 8
            && field::mentions_in(self.fields, led).is_empty()
            && self.reading.institutions_in(led).is_empty()
            && !self.reading.scan.says(led, HOPE.or(NEGATION));
        (before.is_empty() || leads)
            && matches!(between.trim(), "，" | ",")
            && rest.chars().all(|c| !c.is_alphanumeric())
    }

    /// ——P,2011年获批; P,2014年经省里验收后挂牌: the year told behind a title that opens its part and that nobody is named beside.
    pub(super) fn year_of_step_behind(&self, title: &Title, part: Span) -> Option<i32> {
        /// No longer clause tells when a title was given and nothing else, in bytes.
        const FURTHEST: usize = 100;
        let rest = Span::new(title.span.end, part.end.max(title.span.end));
        if rest.end - rest.start > FURTHEST {
            return None;
        }
        let [year] = self.reading.years_in(rest) else { return None };
        let joint = self.reading.between(rest.start, year.span.start).trim_start_matches(['”', '"', '」']);
        let within = title.span.start.saturating_sub(part.start).min(FURTHEST);
        let head = crate::mention::window_before(self.reading.text(), title.span.start, within);
        let head = head.rsplit(['：', ':']).next().unwrap_or(head);
        if head.contains(is_han) || !matches!(joint.trim(), "，" | ",") {
            return None;
        }
        let from = Span::new(year.span.end, rest.end);
        let told = from.of(self.reading.text());
        let opens_list = told.trim_end().ends_with(['：', ':']);
        let told = told.trim_end_matches(|c: char| !c.is_alphanumeric());
        let given = told.is_empty()
            || self.reading.scan.says(from, AWARD.or(PASSING).or(AWARD_END))
            || word_list!["挂牌", "授牌", "立项", "获得", "命名", "认定"].stand_in(told);
        // P建设项目,2011年通过验收: done, and another year's than the project's own.
        let plain = title.status == Status::Designated || !self.reading.scan.says(from, PASSING);
        let alone = self.reading.titles_in(rest).is_empty()
            && self.reading.institutions_in(rest).is_empty()
            && field::mentions_in(self.fields, rest).is_empty();
        let brief = told.chars().count() <= 24 && !told.ends_with('个') && !opens_list;
        if brief && given && plain && alone { self.year_told(year.when) } else { None }
    }

    /// Whether a year and a title are all that a line has, but for what a bracket adds.
    pub(super) fn is_step(&self, head: Span, title: &Title, own: Span) -> bool {
        let years = self.reading.years_in(head);
        let blank =
            |text: &str| text.chars().all(|c| c.is_whitespace() || matches!(c, ':' | '：' | '“' | '"'));
        if self.stepping && years.is_empty() && blank(head.of(self.reading.text())) {
            return true;
        }
        let [year] = years else { return false };
        let before = self.reading.between(head.start, year.span.start);
        // 荣誉:2010年 某市重点学科;2016年 …
        let label = before.trim().strip_suffix([':', '：']).filter(|label| label.chars().count() <= 6);
        let before = if label.is_some() { "" } else { before };
        let between = self.reading.between(self.reading.date_end(year.span), head.end);
        let rest = self.reading.between(title.span.end, own.end).trim_matches(['”', '"', ' ']);
        let bracket = rest.starts_with(['(', '（']) && rest.ends_with([')', '）']);
        // ★2009年  某市重点专科
        let before = before.trim_start_matches(|c: char| !c.is_alphanumeric());
        // 最近的一页写着2020年:P
        let written = before.chars().count() <= 10
            && word_list!["写着", "印着", "记着", "刻着", "落款", "定格在", "停在", "写的是", "刻的是"]
                .end(before.trim_end());
        let before = if written { "" } else { before };
        !between.is_empty() && blank(before) && blank(between) && (rest.is_empty() || bracket)
    }

    /// 以建设单位身份, 作为培育项目: where such words end.
    pub(super) fn past_status_as(&self, at: usize) -> Option<usize> {
        let rest = crate::mention::window_after(self.reading.text(), at, 6);
        let word = word_list!["以", "凭", "作为"].beginning(rest)?;
        // 以小组第二的成绩晋升P
        const REACH: usize = 48;
        let told = crate::mention::window_after(self.reading.text(), at, REACH);
        let grade = word_list![
            "的成绩",
            "的名次",
            "的分数",
            "的高分",
            "优异成绩",
            "优秀成绩",
            "高分",
            "满分",
            "的票数"
        ];
        let clause = told.split(['，', ',', '。', '；', '“']).next().unwrap_or_default();
        if let Some((found, grade)) =
            grade.iter().filter_map(|grade| Some((clause.find(grade)?, grade))).min()
        {
            return Some(at + found + grade.len());
        }
        let status = |(span, entry): (Span, &crate::mention::scan::Entry)| {
            entry.kinds.has(CONSTRUCTION.or(CULTIVATION)).then_some(span.end)
        };
        let end = self.reading.scan.starting_at(at + word.len()).find_map(status)?;
        let rest = crate::mention::window_after(self.reading.text(), end, 12);
        let rank = word_list!["的身份", "身份", "的名义", "名义", "的资格", "资格"].beginning(rest);
        Some(end + rank.map_or(0, str::len))
    }

    /// 罗启明:2009年评上P: how many bytes say who speaks, at the head of a paragraph.
    pub(super) fn speaker(&self, start: usize) -> usize {
        let head = crate::mention::window_after(self.reading.text(), start, 27);
        let label = head.find(['：', ':']).filter(|_| start == self.paragraph);
        let sign = |at: usize| head.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        label
            .filter(|at| {
                head.get(..*at)
                    .is_some_and(|name| (1..=6).contains(&name.chars().count()) && name.chars().all(is_han))
            })
            .map_or(0, |at| at + sign(at))
    }
}
