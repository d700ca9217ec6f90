//! The years of some of those that a sentence gave a title: …为P,其中甲科是2018年命名的,另外两个在去年一并命名.

use super::linking_words::DECISIONS;
use super::*;
use xinglin_text::{WordList, word_list};

/// So many clauses of a part are looked at.
const MOST_CLAUSES: usize = 24;

impl Narrator<'_, '_> {
    /// 甲科2016年、乙科2018年分别获评: the year right behind a specialty, where the next specialty follows; its place.
    pub(super) fn single_year(&self, year: Span) -> Option<usize> {
        let at = self.fields.partition_point(|mention| mention.span.end < year.start);
        let own = self.fields.get(at).filter(|mention| mention.span.end == year.start)?;
        let next = self.fields.get(at + 1)?;
        field::is_join(self.reading.between(year.end, next.span.start)).then_some(own.span.start)
    }

    /// 2014年获评的甲科、2017年获评的乙科和丙科: each has the year of its own clause.
    pub(super) fn note_own_year(&mut self, state: &State, field: Span, part: Span) {
        let inherited = state.group.last().and_then(|(_, _, last)| {
            let joined = field::is_join(self.reading.between(last.end, field.start));
            self.own_years.get(&last.start).copied().filter(|_| joined)
        });
        // …达到3个,分别是甲科和新入选的乙科
        let head = self.reading.between(part.start, field.start);
        let new = word_list![
            "新入选的",
            "新近入选的",
            "新近获批的",
            "新近获评的",
            "刚刚获批的",
            "刚刚入选的",
            "刚刚获评的",
            "刚获批的",
            "刚入选的",
            "刚获评的",
            "刚评的",
            "刚评上的",
            "刚刚评上的",
            "新评上的",
            "本次获批的",
            "本次获评的",
            "此次获评的",
            "新获批的",
            "新获评的",
            "新增的",
            "此次获批的",
            "此次入选的",
            "本次入选的"
        ]
        .end(head);
        let now = self.year.filter(|_| new);
        if let Some(year) = self.given_in(field, part).or(now).or(inherited) {
            self.own_years.insert(field.start, year);
        }
    }

    /// Dates the drafts of this sentence that a clause without a title of its own speaks of; whether there were any.
    pub(super) fn date_some(&mut self, part: Span, whole: Span) -> bool {
        if self.drafts.last().is_none_or(|draft| draft.evidence != whole) {
            return false;
        }
        let mut start = self.reading.titles_in(part).first().map_or(part.start, |title| title.span.end);
        let mut dated: Option<Award> = None;
        for _ in 0..MOST_CLAUSES {
            let clause = self.reading.clause(part, start);
            let clause = Span::new(start, clause.end.max(start));
            dated = self.date_by(clause, whole, part, dated).or(dated);
            let Some(sign) = self.reading.scan.after(clause.end).filter(|_| clause.end < part.end) else {
                break;
            };
            start = clause.end + sign.len_utf8();
        }
        dated.is_some()
    }

    /// Dates those of one clause; the title that they hold.
    fn date_by(&mut self, clause: Span, whole: Span, part: Span, before: Option<Award>) -> Option<Award> {
        let scan = &self.reading.scan;
        let told = clause.of(self.reading.text());
        if let Some(award) = self.date_last(clause, whole, part) {
            return Some(award);
        }
        let given = scan.says(clause, AWARD.or(BESTOW).or(PASSING)) || DECISIONS.stand_in(told);
        // 其中甲科2020年被确定为…薄弱学科建设项目: what it was given is another thing.
        let verb =
            scan.words_in(clause).iter().rev().find(|word| word.kinds.has(AWARD.or(BESTOW).or(PASSING)));
        let object = verb.map_or("", |verb| self.reading.between(verb.span.end, clause.end));
        let plain = object.trim_end_matches(['。', '；', ';', '”', '）', ')']);
        let other = plain.chars().filter(|c| is_han(*c)).count() > 6
            && !plain.ends_with('的')
            && !word_list!["此", "该", "这", "称号", "名单"].stand_in(plain);
        if other
            || !given
            || scan.says(clause, HOPE.or(NEGATION))
            || !self.reading.titles_in(clause).is_empty()
        {
            return None;
        }
        let years: Option<Vec<i32>> =
            self.reading.years_in(clause).iter().map(|year| self.value_of(year.when)).collect();
        let years = years.filter(|years| !years.is_empty())?;
        let named: Vec<Field> = field::mentions_in(self.fields, clause)
            .iter()
            .map(|mention| field::named_at(self.reading, mention))
            .collect();
        if named.is_empty()
            && let [year] = years.as_slice()
            && let Some(award) = self.date_one_of_two(clause, whole, *year)
        {
            return Some(award);
        }
        if named.is_empty() {
            return self.date_rest(clause, whole, before?, &years);
        }
        let first = field::mentions_in(self.fields, clause).first()?;
        let last = field::mentions_in(self.fields, clause).last()?;
        let head = self.reading.between(clause.start, first.span.start).trim();
        let opens = matches!(head, "" | "其中" | "而" | "其" | "其中的")
            && self.reading.institutions_in(clause).is_empty();
        let behind =
            self.reading.years_in(clause).first().is_some_and(|year| year.span.start >= last.span.end);
        if !(opens && behind) {
            return None;
        }
        let each = years.len() == named.len() && word_list!["分别", "依次", "先后"].stand_in(told);
        if years.len() > 1 && !each {
            return None;
        }
        let mut found = None;
        for draft in self.drafts.iter_mut().rev().take_while(|draft| draft.evidence == whole) {
            let own = named.iter().position(|field| *field == draft.field);
            let year = own.and_then(|at| years.get(if each { at } else { 0 }));
            if let Some(year) = year.filter(|_| !matches!(draft.dating, Dating::Printed(_))) {
                draft.dating = Dating::Printed(*year);
                found = Some(draft.award);
            }
        }
        found
    }

    /// 甲科是P,2013年获评; 甲科两年前拿到P,具体为2021年7月批复: when those of the title right before were given it.
    fn date_last(&mut self, clause: Span, whole: Span, part: Span) -> Option<Award> {
        static LEADS: WordList = WordList::new(&[
            "具体为",
            "具体是",
            "具体时间",
            "时间为",
            "时间是",
            "批复时间",
            "获批时间",
            "批复于",
            "获批于",
            "获评于",
            "命名于",
            "授牌于",
            "公布于",
            "认定于",
        ]);
        let told = clause.of(self.reading.text()).trim();
        let [year] = self.reading.years_in(clause) else { return None };
        let plain = field::mentions_in(self.fields, clause).is_empty()
            && self.reading.titles_in(clause).is_empty()
            && !self.reading.scan.says(clause, HOPE.or(NEGATION));
        let led = LEADS.begin(told) && matches!(year.when, When::Year(_));
        if !plain || told.chars().count() > 24 || !(led || self.is_when_given(clause, year.span)) {
            return None;
        }
        let year = self.value_of(year.when)?;
        let title = self.reading.titles_in(Span::new(part.start, clause.start)).last()?;
        let given = awards(title);
        let from = self.told_before;
        let mut found = None;
        for draft in self.drafts.iter_mut().skip(from).filter(|draft| draft.evidence == whole) {
            let same = given.iter().any(|award| {
                (award.programme, award.status) == (draft.award.programme, draft.award.status)
                    && (award.level.is_none() || award.level == draft.award.level)
            });
            if same && !matches!(draft.dating, Dating::Printed(_)) {
                draft.dating = Dating::Printed(year);
                found = Some(draft.award);
            }
        }
        found
    }

    /// Behind a title, and behind the clause that says when it was given: 甲科为P1,2020年获批,乙科为P2.
    pub(super) fn past_when_given(&self, end: usize, within: Span) -> usize {
        let behind = self.reading.between(end, within.end);
        let rest = behind.trim_start_matches(['”', '"', '」']);
        let Some(rest) = rest.strip_prefix(['，', ',']) else { return end };
        let start = within.end - rest.len();
        let clause = self.reading.clause(within, start);
        let [year] = self.reading.years_in(clause) else { return end };
        if self.is_when_given(clause, year.span) { clause.end } else { end }
    }

    /// 甲科是P1,2016年认定;乙科为P2: whether a part ends with a clause of nothing but when its title was given.
    pub(super) fn ends_with_when_given(&self, part: Span) -> bool {
        let Some(year) = self.reading.years_in(part).last() else { return false };
        let clause = self.reading.clause(part, year.span.start);
        let behind = self.reading.titles_in(part).last().is_some_and(|title| title.span.end <= clause.start);
        let closes = self.reading.between(clause.end, part.end).chars().all(|c| !c.is_alphanumeric());
        behind && closes && self.is_when_given(clause, year.span)
    }

    /// 2013年获评, 该称号于2016年取得, 2020年由省里批下来的: a clause of nothing but when, and that it was given.
    fn is_when_given(&self, clause: Span, year: Span) -> bool {
        let head = self.reading.between(clause.start, year.start).trim();
        let thing = word_list!["该", "这一", "此", "这个", "这块", "这项", "其", "上述", "这张"]
            .strip_prefix(head)
            .unwrap_or(head);
        let named =
            word_list!["称号", "牌子", "牌匾", "招牌", "项目", "头衔", "荣誉", "资格", "铜牌", "资质"]
                .strip_prefix(thing);
        let bare =
            named.unwrap_or(head).trim_start_matches(['还', '是', '为', '系', '于', '在', '也', '均', '都']);
        let bare = word_list!["早在", "分别于"].strip_prefix(bare).unwrap_or(bare);
        let told = self
            .reading
            .between(year.end, clause.end)
            .trim_end_matches(['。', '；', ';', '”', '）', ')', ' ']);
        let told = told.trim_end_matches(['的', '了']);
        // 2016年3月, 2016年底
        let told =
            told.trim_start_matches(|c: char| c.is_ascii_digit() || "年月日份初底末上下半中旬".contains(c));
        let told = word_list![
            "正式", "成功", "顺利", "首次", "一举", "刚刚", "刚", "新", "新近", "就", "便", "才", "已"
        ]
        .strip_prefix(told)
        .unwrap_or(told);
        // 2019年由市卫生健康委认定
        let by = |verb: &str| {
            let whom = told.strip_suffix(verb);
            whom.is_some_and(|whom| whom.is_empty() || whom.starts_with(['由', '经', '被']))
        };
        bare.is_empty()
            && word_list![
                "获批",
                "获评",
                "评",
                "批",
                "拿",
                "取得",
                "获得",
                "命名",
                "评定",
                "入选",
                "认定",
                "确定",
                "授予",
                "评上",
                "拿到",
                "拿下",
                "上榜",
                "获",
                "授牌",
                "批复",
                "批准",
                "批下来",
                "摘得",
                "捧回",
                "通过评审",
                "评审通过",
                "颁发",
                "确认",
                "公布",
                "摘取",
                "获授",
                "荣获",
                "斩获",
                "收获",
                "得到",
                "立项",
                "列入",
                "挂牌"
            ]
            .iter()
            .any(by)
    }

    /// 另外两个专科在去年10月一并命名: those of the title that no year was said of.
    fn date_rest(&mut self, clause: Span, whole: Span, before: Award, years: &[i32]) -> Option<Award> {
        const COUNTS: [(char, usize); 6] = [('一', 1), ('两', 2), ('二', 2), ('三', 3), ('四', 4), ('五', 5)];
        let told = clause.of(self.reading.text()).trim();
        let rest =
            word_list!["另外", "其余", "其他", "其它", "余下", "剩下", "另", "剩余"].strip_prefix(told)?;
        let [year] = years else { return None };
        let count = rest.trim_start_matches('的').chars().next()?;
        let count = COUNTS.iter().find(|(sign, _)| *sign == count).map(|(_, count)| *count);
        let count = count.or_else(|| rest.chars().next()?.to_digit(10).map(|count| count as usize));
        let open = |draft: &Draft| draft.award == before && !matches!(draft.dating, Dating::Printed(_));
        let drafts = || self.drafts.iter().rev().take_while(|draft| draft.evidence == whole);
        let waiting = drafts().filter(|draft| open(draft)).count();
        if waiting == 0 || count.is_some_and(|count| count != waiting) {
            return None;
        }
        for draft in self.drafts.iter_mut().rev().take_while(|draft| draft.evidence == whole) {
            if open(draft) {
                draft.dating = Dating::Printed(*year);
            }
        }
        Some(before)
    }

    fn value_of(&self, when: When) -> Option<i32> {
        match when {
            When::Relative(0) => self.year,
            when => self.year_told(when),
        }
    }
}
