//! Which year stands beside a name or a title: in a bracket, behind it, before it, in its clause.

use super::*;
use xinglin_text::word_list;

impl Narrator<'_, '_> {
    /// 骨科(2018、2022)两度入选: the years of a bracket, where it holds nothing else.
    pub(super) fn years_in_bracket(&self, at: usize) -> Vec<i32> {
        let tail = crate::mention::window_after(self.reading.text(), at, 60);
        let inner = tail.strip_prefix('(').or_else(|| tail.strip_prefix('（'));
        let Some((inner, _)) = inner.and_then(|inner| inner.split_once([')', '）'])) else {
            return Vec::new();
        };
        let years = inner.split(['、', '，', ',', '和']);
        let years = years.map(|year| year.trim().trim_end_matches('年').parse().ok());
        let years: Option<Vec<i32>> =
            years.map(|year| year.filter(|year| (1950..=2100).contains(year))).collect();
        years.unwrap_or_default()
    }

    /// The year within a title's own clause before it: 2021年获批P的….
    pub(super) fn year_of_clause(&self, part: Span, title: Span) -> Option<i32> {
        let own = self.reading.clause(part, title.start);
        let years = self.reading.years_in(Span::new(own.start, title.start));
        years.last().and_then(|year| self.year_told(year.when))
    }

    /// The year that is printed, or told from the day on which the article was written.
    pub(super) fn year_told(&self, when: When) -> Option<i32> {
        match when {
            When::Year(value) => Some(value),
            When::Relative(offset) => self.written.or(self.year).map(|year| year + offset),
            _ => None,
        }
    }

    /// 此次获批P的…, 刚刚获评P的…: news, where a title stands in a relative clause.
    pub(super) fn gives_now(&self, part: Span, title: Span) -> bool {
        let own = self.reading.clause(part, title.start);
        self.reading.scan.says(Span::new(own.start, title.start), NEWS)
            || self.reading.between(own.start, title.start).contains('新')
    }

    /// 甲科、乙科和丙科: where the enumeration ends that a specialty stands in, so many more of it looked at.
    pub(super) fn end_of_enumeration(&self, end: usize, furthest: usize) -> usize {
        let next = self.fields.partition_point(|mention| mention.span.start < end);
        let mut at = end;
        for mention in self.fields.iter().skip(next).take(furthest) {
            if !field::is_join(self.reading.between(at, mention.span.start)) {
                break;
            }
            at = mention.span.end;
        }
        at
    }

    /// 甲科和乙科(均为2019年): the year in the bracket behind the last of those that it stands for.
    pub(super) fn year_of_run(&self, end: usize) -> Option<i32> {
        const FURTHEST: usize = 12;
        let at = self.end_of_enumeration(end, FURTHEST);
        let tail = crate::mention::window_after(self.reading.text(), at, 120);
        let inner = tail.strip_prefix(['(', '（'])?;
        let told = word_list!["均为", "均是", "都是", "均于", "都在", "均"].strip_prefix(inner);
        let told = told.or_else(|| {
            Some(inner).filter(|_| self.is_only_year_of_line(end, at) || self.is_run_of_runs(end, at, inner))
        })?;
        let year = told.get(..4)?.parse().ok().filter(|year| (1950..=2100).contains(year))?;
        told.get(4..)?.starts_with('年').then_some(year)
    }

    /// 甲科、乙科(2020年),丙科、丁科(2021年): whether the bracket that opens behind a run has others like it beside it, set apart by commas.
    fn is_run_of_runs(&self, end: usize, open: usize, inner: &str) -> bool {
        let text = self.reading.text();
        let Some((year, rest)) = inner.split_once([')', '）']).filter(|_| open > end) else { return false };
        let dated = |year: &str| {
            let digits = year.trim_end_matches(['年', '度']);
            digits.len() == 4 && digits.parse().is_ok_and(|value: i32| (1950..=2100).contains(&value))
        };
        // 甲科、乙科(2020年)
        let next = rest.strip_prefix(['，', ',', '；']).and_then(|rest| rest.split_once(['(', '（']));
        let after =
            next.and_then(|(_, inner)| inner.split_once([')', '）'])).is_some_and(|(year, _)| dated(year));
        let head = crate::mention::window_before(text, end, 150);
        let run = head.rsplit(['，', ',', '；', '。', '\n', '：', ':']).next().unwrap_or_default();
        let before = head.strip_suffix(run).and_then(|rest| rest.strip_suffix(['，', ',', '；']));
        let before = before.is_some_and(|rest| {
            rest.strip_suffix([')', '）']).and_then(|rest| rest.rsplit(['(', '（']).next()).is_some_and(dated)
        });
        dated(year) && (after || before)
    }

    /// 省级重点专科:甲科、乙科(2019年) as a line: whether the bracket that opens behind a list ends its line, and the list has no other figure.
    fn is_only_year_of_line(&self, end: usize, open: usize) -> bool {
        let text = self.reading.text();
        let tail = crate::mention::window_after(text, open, 60);
        let closes = tail.split_once([')', '）']).is_some_and(|(inner, rest)| {
            inner.chars().count() <= 9 && (rest.is_empty() || rest.starts_with('\n'))
        });
        let head = crate::mention::window_before(text, end, 300);
        let line = head.rsplit('\n').next().unwrap_or_default();
        let list = line.rsplit_once([':', '：']).map(|(_, list)| list);
        let plain = |text: &str| {
            !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '。' | '，' | ',' | '；'))
        };
        closes && list.is_some_and(plain) && plain(self.reading.between(end, open))
    }

    /// The year in a bracket that opens at a position: (2019年), (2024), (2021年获批).
    pub(super) fn year_behind(&self, at: usize) -> Option<i32> {
        let tail = crate::mention::window_after(self.reading.text(), at, 16);
        // 甲科获评P的时间为2022年3月
        if tail.starts_with(['的', '时', '日']) {
            return self.year_told_behind(at);
        }
        // 职业病科,命名于2014年
        let behind = tail.strip_prefix(['，', ',']);
        if let Some(rest) = behind.and_then(|rest| {
            word_list!["命名于", "获评于", "获批于", "评定于", "入选于", "授牌于", "评于"].strip_prefix(rest)
        }) {
            return self.year_at(at + tail.len() - rest.len());
        }
        // 它成为P是在2015年
        if let Some(rest) = word_list!["则是在", "还是在", "是在", "是于", "则在"].strip_prefix(tail)
        {
            return self.year_at(at + tail.len() - rest.len());
        }
        // P1个(甲科,2022年), 甲科：P，2017年。
        if let Some(rest) = tail.strip_prefix(['，', ',']) {
            let year = rest.get(..4)?.parse().ok().filter(|year| (1950..=2100).contains(year))?;
            let behind = rest.get(4..)?;
            let closed = behind.trim_start_matches('年').starts_with([')', '）']);
            let over = behind
                .strip_prefix('年')
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['。', '；', ';', '\n', '\r']));
            return (closed || over).then_some(year);
        }
        let inner = tail.strip_prefix('(').or_else(|| tail.strip_prefix('（'))?;
        let open = at + tail.len() - inner.len();
        if let Some(year) = self
            .reading
            .years
            .binary_search_by_key(&open, |year| year.span.start)
            .ok()
            .and_then(|at| self.reading.years.get(at))
            && let When::Year(value) = year.when
        {
            return Some(value);
        }
        let digits = inner.get(..4)?;
        let closed = inner.get(4..)?.starts_with([')', '）', '.', '/']);
        digits.parse().ok().filter(|year| closed && (1950..=2100).contains(year))
    }

    /// …P的时间为2022年3月, …P的时间应为2022年: when it was, told right behind the title.
    fn year_told_behind(&self, at: usize) -> Option<i32> {
        let tail = crate::mention::window_after(self.reading.text(), at, 60);
        let told = tail.strip_prefix('的').unwrap_or(tail);
        let told = word_list!["时间", "日期", "年份", "年度"].strip_prefix(told)?;
        let told = word_list!["实际为", "应更正为", "应改为", "应为", "应是", "实为", "为", "是", "在"]
            .strip_prefix(told)?;
        self.year_at(at + tail.len() - told.len())
    }

    /// The year that is printed at a position.
    fn year_at(&self, start: usize) -> Option<i32> {
        let year = self.reading.years.binary_search_by_key(&start, |year| year.span.start).ok()?;
        match self.reading.years.get(year)?.when {
            When::Year(value) => Some(value),
            _ => None,
        }
    }

    /// The year that stands right before a specialty: 2020年心血管内科, 2020年的心血管内科.
    pub(super) fn year_before(&self, start: usize) -> Option<i32> {
        // 2021年该院骨科
        let names = self.reading.institutions.partition_point(|name| name.span.end <= start);
        let name = names.checked_sub(1).and_then(|at| self.reading.institutions.get(at));
        let start = name
            .filter(|name| matches!(self.reading.between(name.span.end, start), "" | "的"))
            .map_or(start, |name| name.span.start);
        let next = self.reading.years.partition_point(|year| year.span.end <= start);
        let year = self.reading.years.get(next.checked_sub(1)?)?;
        let gap = self.reading.between(year.span.end, start);
        let bracket = gap.starts_with(['(', '（']) && gap.ends_with([')', '）']) && gap.chars().count() <= 10;
        if bracket || matches!(gap, "" | "的") { self.year_told(year.when) } else { None }
    }

    /// 继上月甲科之后: a predecessor of the article's own days.
    pub(super) fn year_of_late(&self, start: usize, part: Span) -> Option<i32> {
        let clause = self.reading.clause(part, start);
        let head = self.reading.between(clause.start, start);
        self.year.filter(|_| {
            word_list!["上月", "上个月", "本月", "上周", "本周", "日前", "不久前", "前不久"].stand_in(head)
        })
    }

    /// Whether a year stands in a bracket right behind a specialty: it is that one's own.
    pub(super) fn is_bracketed(&self, year: Span) -> bool {
        let Some(open @ ('(' | '（')) = self.reading.scan.before(year.start) else { return false };
        let at = year.start - open.len_utf8();
        let next = self.fields.partition_point(|mention| mention.span.end < at);
        // 省级重点专科(2012年)、市级重点专科: or behind a title.
        let title = self.reading.titles.partition_point(|title| title.span.end < at);
        self.fields.get(next).is_some_and(|mention| mention.span.end == at)
            || self.reading.titles.get(title).is_some_and(|title| title.span.end == at)
    }

    /// …入列,三年后…: a number of years that is not over yet, in a clause behind those that wait for their title.
    pub(super) fn is_of_future(&self, state: &State, year: Span, count: i32, part: Span) -> bool {
        let later = self.memory.year.or(self.told_year).map(|told| told + count);
        let over = later.is_some_and(|later| self.written.is_none_or(|written| later <= written));
        let clause = self.reading.clause_start(part, year.start);
        // 丙科是培育项目,两年后再考核: whenever that is.
        let again = word_list![
            "视",
            "将视",
            "再定",
            "再行",
            "再考核",
            "再复核",
            "再评",
            "再验收",
            "再看",
            "再来",
            "再次考核",
            "将再",
            "还要"
        ]
        .begin(self.reading.between(year.end, part.end));
        (again || !over) && state.group.last().is_some_and(|(_, _, last)| last.end <= clause)
    }
}
