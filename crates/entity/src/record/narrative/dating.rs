//! When a title was given.

use super::*;
use crate::mention::window_after;
use crate::mention::year::is_dash_of_span;
use xinglin_text::{CharSet, WordList, word_list};

/// Words of the article's own days.
static NOW: WordList = WordList::new(&[
    "上月",
    "上个月",
    "本月",
    "日前",
    "近日",
    "昨日",
    "昨天",
    "前不久",
    "此次",
    "本次",
    "这次",
    "上周",
    "本周",
    "不久前",
    "前几天",
    "前些天",
    "前段时间",
    "新近",
    "后来",
]);

impl Narrator<'_, '_> {
    /// The year of a full date by which an authority announces, or a list was announced: 省级名单是2020年12月28日公布的。
    pub(crate) fn announcement(&self, whole: Span) -> Option<i32> {
        let listed = || whole.of(self.reading.text()).contains("名单");
        if !(self.reading.scan.says(whole, NEWS) && (self.reading.scan.says(whole, AUTHORITY) || listed())) {
            return None;
        }
        // …通报验收情况:…;丙科须在2021年6月前补考: a day behind the news is another's.
        let words = self.reading.scan.words_in(whole);
        let told =
            words.iter().rev().find(|word| word.kinds.has(NEWS)).map_or(whole.end, |word| word.span.start);
        let told = if listed() { whole.end } else { told };
        let before = Span::new(whole.start, told);
        let full = self.reading.years_in(before).iter().find_map(|year| {
            let tail = self.reading.between(year.span.end, whole.end).trim_start();
            let month = tail.trim_start_matches(|c: char| c.is_ascii_digit());
            // 经2023年12月28日委务会研究,…现通报如下: a day on the way to the news.
            let clause = self.reading.clause(whole, year.span.start);
            let on_the_way =
                word_list!["研究", "审议", "审定", "评审", "会议", "申报", "审核", "考核", "公示"]
                    .stand_in(clause.of(self.reading.text()))
                    && clause.of(self.reading.text()).trim_start().starts_with('经');
            match year.when {
                _ if on_the_way => None,
                When::Year(value) if month.len() < tail.len() && month.starts_with('月') => Some(value),
                _ => None,
            }
        });
        // 12月28日,省卫生健康委公布…, in January
        full.or_else(|| {
            let (written, published) = (self.written?, self.month.filter(|_| self.is_new_year())?);
            self.late_month(before, written, published)
        })
    }

    /// 2022年,我院学科建设取得显著成绩。 The year before, where a paragraph opens with it and gives nothing yet.
    pub(super) fn sums_up(&self, whole: Span) -> Option<i32> {
        let opens = self.reading.between(self.paragraph, whole.start).chars().all(|c| !c.is_alphanumeric());
        // 过去一年,甲科获批P, in January
        let past = word_list![
            "过去一年",
            "过去的一年",
            "刚刚过去的一年",
            "过去这一年",
            "回首过去一年",
            "回望过去一年",
            "回顾过去一年"
        ];
        if opens && self.is_new_year() && past.begin(whole.of(self.reading.text()).trim_start()) {
            return self.written.map(|written| written - 1);
        }
        if !opens || !self.reading.titles_in(whole).is_empty() {
            return None;
        }
        let year = self.reading.years_in(whole).first()?;
        let led = self.reading.between(whole.start, year.span.start).chars().all(|c| !c.is_alphanumeric());
        let value = match year.when {
            When::Year(value) => value,
            When::Relative(-1) => self.written? - 1,
            _ => return None,
        };
        let rest = self.reading.between(year.span.end, whole.end);
        let alone =
            rest.starts_with(['，', ',']) || word_list!["度，", "全年，", "一年，", "度,"].begin(rest);
        (led && alone && Some(value + 1) == self.written && self.reading.years_in(whole).len() == 1)
            .then_some(value)
    }

    /// 2021年 within a title, at its head.
    fn year_within(&self, title: Span) -> Option<i32> {
        let at = self.reading.titles.binary_search_by_key(&title.start, |known| known.span.start).ok()?;
        self.reading.titles.get(at)?.year
    }

    /// 2006年P1、2012年P2、2016年P3: whether the titles of a part have their own years.
    fn has_years_of_titles(&self, part: Span) -> bool {
        let mut years = self.reading.titles_in(part).iter().map(|title| title.year);
        let first = years.next().flatten();
        let mut rest = years.peekable();
        first.is_some() && rest.peek().is_some() && rest.all(|year| year.is_some() && year != first)
    }

    /// 2019年P周期评估: the year of the review that a part opens with.
    fn year_under_review(&self, part: Span) -> Option<i32> {
        let title = self.reading.titles_in(part).first()?;
        let opens = self.reading.between(part.start, title.span.start).chars().all(|c| !is_han(c));
        let tail = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '的']);
        title.year.filter(|_| opens && super::linking_words::REVIEWS.begin(tail))
    }

    /// 上月刚刚, 此次: whether a part tells of the article's own days before its first title.
    pub(super) fn is_of_now(&self, part: Span) -> bool {
        let end = self.reading.titles_in(part).first().map_or(part.end, |title| title.span.start);
        let head = self.reading.between(part.start, end);
        NOW.stand_in(head) || head.contains("刚刚")
    }

    /// 骨科2019年列为P1;儿科获P2: whether the last year of a part stands behind a specialty, in its clause.
    pub(super) fn owns_last_year(&self, part: Span) -> bool {
        let Some(year) = self.reading.years_in(part).last() else { return false };
        let clause = self.reading.clause(part, year.span.start);
        !field::mentions_in(self.fields, Span::new(clause.start, year.span.start)).is_empty()
    }

    /// 为2022年获批的P甲科;…: whether the last year of a part only tells which one is meant.
    pub(super) fn tells_apart_by_year(&self, part: Span) -> bool {
        let Some(year) = self.reading.years_in(part).last() else { return false };
        self.reading.scan.starting_at(year.span.end).any(|(verb, entry)| {
            entry.kinds.has(AWARD.or(PASSING)) && self.reading.scan.after(verb.end) == Some('的')
        })
    }

    /// 2019年至2022年,…; 2019年以来,…: whether a sentence opens with a span of years.
    fn opens_span(&self, whole: Span) -> bool {
        let Some(year) = self.reading.years_in(whole).first() else { return false };
        let led = self.reading.between(whole.start, year.span.start);
        let rest = self.reading.between(year.span.end, whole.end);
        let range =
            rest.starts_with(['至', '到']) || is_dash_of_span(rest) || word_list!["以来", "起"].begin(rest);
        let opening = rest.split(['，', ',']).next().unwrap_or_default();
        year.when == When::Since
            && range
            && matches!(led.trim(), "" | "从" | "自")
            && rest.len() > opening.len()
            && opening.chars().count() <= 12
            && !self.reading.scan.says(whole, NEWS)
    }

    /// Whether a sentence opens a look back (近年来,…) or comes back to the news.
    pub(super) fn looks_back(&self, whole: Span) -> Option<bool> {
        let text = whole.of(self.reading.text());
        if self.opens_span(whole) {
            return Some(true);
        }
        // 过去一年,…: the year that is summed up.
        let opens = text.starts_with(['近', '多', '过', '建', '刚']);
        let summed =
            word_list!["过去一年", "过去的一年", "过去这一年", "过去的这一年", "过去的20", "刚刚过去的"];
        if opens && summed.begin(text) {
            return Some(false);
        }
        if opens
            && word_list![
                "近年",
                "近几年",
                "近三年",
                "近五年",
                "近十年",
                "多年来",
                "过去",
                "建院以来",
                "建科以来"
            ]
            .begin(text)
        {
            return Some(true);
        }
        // 整合一年来,…; but 一年来,… looks back on the year that the article sums up.
        let first = self.reading.clause(whole, whole.start);
        let years = first.of(self.reading.text()).ends_with("年来")
            || matches!(self.reading.scan.after(first.end), Some('；' | ';'));
        let opening = if years { opening(text) } else { "" };
        if opening.ends_with("年来")
            && !["一年来", "这一年来", "近一年来", "今年来", "半年来", "近半年来", "大半年来"]
                .contains(&opening)
        {
            return Some(true);
        }
        // 两年来,…
        let mut letters = text.chars();
        if letters.next().is_some_and(|_| letters.as_str().starts_with("年来"))
            && text.starts_with(|c| "两三四五六七八九十几多".contains(c))
        {
            return Some(true);
        }
        self.reading.scan.says(whole, NEWS).then_some(false)
    }

    /// When: the year printed, else the article's news, else unsaid.
    pub(super) fn dating(
        &self,
        state: &State,
        part: Span,
        whole: Span,
        title: Span,
        existing: bool,
    ) -> Dating {
        // 省级临床重点专科(2019年)
        if let Some(year) = self.year_behind(title.end) {
            return Dating::Printed(year);
        }
        if let Some(year) = self.given_since(title, part) {
            return Dating::Printed(year);
        }
        // 继2020年获评P1后,骨科又获P2: the former has the year of its own clause.
        if self.is_predecessor(title, part) {
            return self.year_of_clause(part, title).map_or(Dating::Undated, Dating::Printed);
        }
        // 拿到P后的建设心得: what is told of it, and not that it was given.
        let told_of = self.reading.between(title.end, part.end).trim_start_matches(['”', '"', '」']);
        let told_of = told_of.strip_prefix("后的").is_some_and(|rest| {
            let near: String = rest.chars().take(8).collect();
            word_list!["心得", "经验", "做法", "体会", "感受", "故事"].stand_in(&near)
        });
        if told_of {
            return Dating::Undated;
        }
        if self.is_long_ago(title.end, part) || self.is_of_person(state, part, title) {
            return Dating::Undated;
        }
        // 系P1、2021年某省P2: a title that is held has the year within it.
        let own = self.year_within(title).filter(|_| state.year.is_none());
        if let Some(year) = own.filter(|_| existing || self.has_years_of_titles(part)) {
            return Dating::Printed(year);
        }
        // 2019年P周期评估,甲科…通过, told years later: the year of that review.
        if let (Some(year), Some(written)) = (self.year_under_review(part), self.written)
            && state.year.is_none()
            && year + 1 < written
        {
            return Dating::Printed(year);
        }
        // 2022年,甲科入选P1;乙科、丙科先后成为P2: at several times, and not in that year alone.
        let own = self.reading.clause(part, title.start);
        let told = self.reading.between(own.start, title.start.max(own.start));
        if state.inherited && word_list!["先后", "相继", "陆续"].stand_in(told) {
            return Dating::Undated;
        }
        // 4个专科获评P1,其中甲科已进入P2行列: since when is not said.
        if state.year.is_none() && told.trim_start().starts_with("其中") && told.contains('已') {
            return Dating::Undated;
        }
        // 2015年获评P1,如今又站上了P2的新起点: of now, and in none of the years before.
        let since = Span::new(state.last_year.clamp(part.start, title.start.max(part.start)), title.start);
        let now = word_list!["如今", "现如今", "而今", "眼下"].stand_in(since.of(self.reading.text()));
        if state.year.is_some() && now && state.last_year > 0 {
            return Dating::Undated;
        }
        // 2018年,该院与某医院合作,后者的急诊科是…: what is held is not dated by what was done.
        let year = state
            .year
            .filter(|_| !self.is_founding(state, part, title))
            .filter(|_| !existing || self.dates_clause(part, title))
            .filter(|_| !self.before_all_that(part, title))
            .filter(|_| !self.is_of_this_time(since));
        if let Some(year) = year {
            return Dating::Printed(year);
        }
        // 三年前立项,此次通过验收
        // 眼科去年获评P;口腔科也榜上有名
        if let Some(year) = state.owned.filter(|_| state.lost)
            && word_list!["也", "同样", "亦"].begin(title.of(self.reading.text()))
        {
            return Dating::Printed(year);
        }
        if state.lost {
            let before = self.reading.years_in(Span::new(part.start, title.start.max(part.start)));
            let together = word_list!["同期", "同步", "同批", "同时", "一并", "此番"]
                .stand_in(since.of(self.reading.text()));
            match before.last().map(|year| year.when) {
                // 甲科2018年获评P,乙科同批成为P2
                Some(When::Year(year)) if together => return Dating::Printed(year),
                // 三年前启动建设的丙科同期通过验收
                _ if together || self.reading.scan.says(since, NEWS) => {}
                _ => return Dating::Undated,
            }
        }
        let head = Span::new(whole.start, title.start.max(whole.start));
        let scan = &self.reading.scan;
        let past = self.memory.past || self.tells_of_past(Span::new(part.start, title.start.max(part.start)));
        // 近日,甲科获评P1;此前,乙科已入选P2
        static EARLIER: WordList = WordList::new(&["此前", "之前", "早前", "早先"]);
        let before = EARLIER
            .last_in(self.reading.between(part.start, head.end))
            .map_or(head.start, |at| part.start + at);
        let fresh = scan.says(Span::new(before.max(head.start), head.end), NEWS)
            && self.looks_back(whole) != Some(true);
        // 骨科、儿科先后获评…: at several times, none of them said.
        // “十三五”期间获评P: within five years.
        let head_of_part = self.reading.between(part.start, title.start.max(part.start));
        let plan =
            word_list!["五”期间", "五期间", "五”时期", "五时期", "五”以来", "五以来", "五”末", "五”初"];
        // 据统计,五年来,…新增P
        let lasting = word_list!["年来"].stand_in(head_of_part)
            && head_of_part.match_indices("年来").any(|(at, word)| {
                let (head, rest) = head_of_part.split_at_checked(at).unwrap_or_default();
                head.ends_with(|c: char| "两三四五六七八九十几多".contains(c) || c.is_ascii_digit())
                    && rest.get(word.len()..).is_some_and(|rest| rest.starts_with(['，', ',']))
            });
        let past = past
            || lasting
            || word_list!["先后", "相继", "陆续", "后来"].stand_in(told) && !self.reviews_year
            || word_list!["先后有", "相继有", "陆续有"].stand_in(head_of_part) && !self.reviews_year
            || plan.stand_in(head.of(self.reading.text()));
        if existing || (past && !fresh) {
            Dating::Undated
        } else if let Some(year) = self.year_of_late_month(title.start) {
            Dating::Printed(year)
        } else {
            let announced = self.memory.announced_in.or_else(|| self.year_of_batch(whole, title.start));
            // 2021年12月28日,省卫生健康委印发通报…, and the results a paragraph later, in January.
            let before = || {
                let year = self.announced_year.filter(|_| self.is_new_year() && self.carried.is_some())?;
                // 1月4日,市卫生健康委确认…: a day of its own.
                let told = self.reading.between(self.paragraph, title.start.max(self.paragraph));
                let day = told.match_indices('月').any(|(at, _)| {
                    told.get(..at).is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit()))
                });
                let own = self.reading.years_in(whole).is_empty() && !day;
                (own && Some(year + 1) == self.written).then_some(year)
            };
            let announced = announced.or_else(before);
            announced.map_or(Dating::News, Dating::Printed)
        }
    }

    /// 此前, 曾, 多年来; but 建院以来的第一块牌子 is new.
    fn tells_of_past(&self, head: Span) -> bool {
        // 荣誉墙上,挂满了牌匾:P1、P2
        let told = head.of(self.reading.text());
        let wall = word_list!["墙上", "荣誉墙", "荣誉室", "展柜", "陈列柜"].stand_in(told)
            && word_list!["挂满", "挂着", "摆着", "摆满", "陈列", "写着", "见证", "并排", "一字排开"]
                .stand_in(told);
        wall || self.reading.scan.words_in(head).iter().filter(|word| word.kinds.has(BACKGROUND)).any(
            |word| {
                let rest = self.reading.between(word.span.end, head.end).trim_start_matches('的');
                !word_list!["第一", "首个", "首块", "首次", "首家", "首枚", "头一"].begin(rest)
                    && !self.reviews_former(rest)
            },
        )
    }

    /// 对此前三批P进行复核,甲科通过复核: what was given before is reviewed now.
    fn reviews_former(&self, rest: &str) -> bool {
        let batch = rest
            .trim_start_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十几多前第".contains(c));
        let former = batch.len() < rest.len() && batch.starts_with('批')
            || word_list!["命名的", "获评的", "评出的", "认定的", "确定的", "公布的"].begin(rest);
        former
            && word_list!["复核", "复评", "复审", "周期评估", "回头看"]
                .stand_in(self.sentence.of(self.reading.text()))
            && self.reading.scan.says(self.sentence, PASSING)
    }

    /// 在同一批通知中,口腔科被列为…: the year of the dated announcement that an earlier paragraph told of.
    fn year_of_batch(&self, whole: Span, title: usize) -> Option<i32> {
        let year = self.announced_year?;
        let head = self.reading.between(whole.start, title.max(whole.start));
        word_list![
            "同一批",
            "同批",
            "同一份",
            "同一通知",
            "同一文件",
            "同一名单",
            "该通知",
            "这份通知",
            "该文件",
            "这份文件",
            "该名单",
            "这份名单",
            "上述通知"
        ]
        .stand_in(head)
        .then_some(year)
    }

    /// 自2017年被列为P以来: the year from which on it has been one.
    fn given_since(&self, title: Span, part: Span) -> Option<i32> {
        let tail = window_after(self.reading.text(), title.end, 12).trim_start_matches(['”', '"', '」']);
        if !word_list!["以来", "之后", "以后", "后，", "后,", "至今", "起，", "起,"].begin(tail)
        {
            return None;
        }
        let own = self.reading.clause(part, title.start);
        let head = Span::new(own.start, title.start.max(own.start));
        let year = self.reading.years_in(head).last().filter(|year| year.when == When::Since)?;
        let given = self.reading.scan.says(Span::new(year.span.end, title.start.max(year.span.end)), AWARD);
        let digits = year.span.of(self.reading.text()).trim_start_matches(['自', '从']).get(..4);
        digits.and_then(|year| year.parse().ok()).filter(|_| given)
    }

    /// 成立于1982年,2008年起先后被评为P: when the department was founded, and nothing was given.
    fn is_founding(&self, state: &State, part: Span, title: Span) -> bool {
        let before = self.reading.years_in(Span::new(part.start, title.start.max(part.start)));
        let Some(year) = before.iter().find(|year| year.span.end == state.last_year) else { return false };
        let head = self.reading.between(part.start, year.span.start);
        let founded = word_list![
            "成立于",
            "建于",
            "始建于",
            "创建于",
            "组建于",
            "创办于",
            "设立于",
            "创立于",
            "独立于"
        ]
        .end(head);
        let since = Span::new(year.span.end, title.start.max(year.span.end));
        founded
            && (word_list!["先后", "相继", "陆续", "起", "以来", "现", "多次"]
                .stand_in(since.of(self.reading.text()))
                || !self.reading.scan.says(since, AWARD.or(PASSING).or(BESTOW)))
    }

    /// Whether the article was published in the first two months of its year, when 过去一年 is the year before.
    pub(crate) fn is_new_year(&self) -> bool {
        self.month.is_some_and(|month| month <= 2)
    }

    /// 12月28日,省卫生健康委公布…, in January: the year before, where the paragraph's last month is one of its end.
    fn year_of_late_month(&self, title: usize) -> Option<i32> {
        let (written, published) = (self.written?, self.month?);
        self.late_month(Span::new(self.paragraph.min(title), title), written, published)
    }

    /// The year before, where the last month that a stretch tells of is one of its end.
    fn late_month(&self, told: Span, written: i32, published: u8) -> Option<i32> {
        let text = told.of(self.reading.text());
        let (head, rest) = text.rsplit_once('月')?;
        let number = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let month: u8 = head.get(head.len() - number..)?.parse().ok()?;
        let dated = rest.starts_with(|c: char| c.is_ascii_digit() || "底末初中下上，,".contains(c));
        // 刚刚过去的2022年,…。12月28日,…公布2022年P复核结果, in January: that same year.
        let plain = self.reading.years_in(told).iter().all(|year| match year.when {
            When::Programme(_) => true,
            When::Year(value) => self.is_new_year() && value + 1 == written,
            _ => false,
        });
        // 12月6日 in an article of May: the day before it.
        let day = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let later = day.len() < rest.len() && day.starts_with('日') && month > published + 1;
        let late = if self.is_new_year() { dated && month >= 10 } else { later };
        (late && plain && month <= 12).then(|| written - 1)
    }

    /// 1991年毕业于…,在他的带领下,科室成为P: a year of somebody's life.
    fn is_of_person(&self, state: &State, part: Span, title: Span) -> bool {
        static LIFE: WordList = WordList::new(&[
            "毕业",
            "出生",
            "参加工作",
            "入党",
            "从医",
            "调入",
            "进修",
            "留学",
            "入职",
            "到医院工作",
            "来到",
            "师从",
            "考入",
        ]);
        let Some(year) = self.reading.years_in(Span::new(part.start, title.start.max(part.start))).last()
        else {
            return false;
        };
        let theirs = self.reading.clause(part, year.span.start);
        state.last_year == year.span.end
            && theirs.end < title.start
            && LIFE.stand_in(self.reading.between(year.span.end, theirs.end))
            && !word_list!["同年", "当年"].stand_in(self.reading.between(theirs.end, title.start))
    }

    /// 获得P称号两年后,…; 获评P已有十年: how long it is since then.
    fn is_long_ago(&self, end: usize, part: Span) -> bool {
        let tail = self.reading.between(end, part.end).trim_start_matches(['”', '"', '」']);
        let tail = tail.strip_prefix("称号").unwrap_or(tail);
        let number =
            tail.trim_start_matches(|c: char| c.is_ascii_digit() || "一两二三四五六七八九十多".contains(c));
        let later = number.len() < tail.len() && (number.starts_with("年后") || number.starts_with("年之后"));
        let years = word_list![
            "至今已有",
            "至今已满",
            "至今已",
            "至今",
            "迄今已",
            "已经满",
            "已经",
            "已有",
            "已满",
            "已逾",
            "已近",
            "已",
            "满"
        ]
        .strip_prefix(tail);
        let since = years.is_some_and(|rest| {
            let number = rest
                .trim_start_matches(|c: char| c.is_ascii_digit() || "一两二三四五六七八九十多余".contains(c));
            number.len() < rest.len()
                && (number.starts_with(['年', '载']) || word_list!["周年", "个年头"].begin(number))
        });
        later || since
    }

    /// 2021年列为建设项目,这次通过验收,成为P: between a year and a title, another title that took the year, and what brings the article's own days back.
    fn is_of_this_time(&self, since: Span) -> bool {
        let Some(taken) = self.reading.titles_in(since).last() else { return false };
        let between = self.reading.between(taken.span.end, since.end);
        NOW.stand_in(between) || word_list!["此番", "这一次", "最近", "其后", "此后"].stand_in(between)
    }

    /// 去年12月,骨科获批…——此前,儿科已入列: what came before has no date.
    fn before_all_that(&self, part: Span, title: Span) -> bool {
        let head = Span::new(part.start, title.start.max(part.start));
        let year = self.reading.years_in(head).last().map_or(0, |year| year.span.end);
        let words = self.reading.scan.words_in(head);
        words.iter().any(|word| {
            word.span.start > year
                && year > 0
                && matches!(word.span.of(self.reading.text()), "此前" | "之前" | "早前")
        })
    }

    /// Whether the part's last year before a title stands in the title's own clause, or right before it.
    fn dates_clause(&self, part: Span, title: Span) -> bool {
        let own = self.reading.clause(part, title.start);
        let years = self.reading.years_in(Span::new(part.start, title.start.max(part.start)));
        years.last().is_some_and(|year| {
            let theirs = self.reading.clause(part, year.span.start);
            // 甲科为P1,2020年获批,乙科为P2: the one's before it.
            let behind =
                self.reading.titles_in(Span::new(part.start, theirs.start)).last().is_some_and(|last| {
                    self.reading.between(last.span.end, theirs.start).chars().all(|c| !is_han(c))
                });
            if behind && year.span.start < own.start {
                return false;
            }
            // 市里前年评过一轮,甲科被命名为P1,乙科是P2: all of that round.
            let round = self.reading.between(year.span.end, theirs.end);
            if word_list!["评过一轮", "评了一轮", "评过一批", "评了一批", "评出一批"].begin(round)
            {
                return true;
            }
            let before = self.reading.between(theirs.start, year.span.start);
            let before = before.rsplit(['：', ':']).next().unwrap_or(before);
            // 该学科于2015年立项,为P建设单位
            let begun = ["立项", "获批立项", "批准立项", "立项建设", "启动建设", "获批", "批准建设"]
                .contains(&self.reading.between(year.span.end, theirs.end));
            let alone = (before.chars().count() <= 3 || begun && before.chars().count() <= 6)
                && self.reading.between(year.span.end, theirs.end).chars().count() <= 4;
            year.span.start >= own.start || (alone && own.start - theirs.end <= '，'.len_utf8())
        })
    }
}

/// What stands before a text's first comma, where that is at most twelve characters.
fn opening(text: &str) -> &str {
    static STOPS: CharSet = CharSet::of("，,。");
    let head = window_after(text, 0, 13 * char::MAX.len_utf8());
    let (opening, stop) = head.split_at(STOPS.passed(head.as_bytes()));
    let whole = !stop.is_empty() || head.len() == text.len();
    if whole && opening.chars().count() <= 12 { opening } else { "" }
}
