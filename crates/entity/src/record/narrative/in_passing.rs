//! What is said beside the news: titles that stand already, the seats that are left, the status of those that a part goes on to.

use super::*;
use xinglin_text::word_list;

impl Narrator<'_, '_> {
    /// A医院已有P1和一批P2,此次上榜的是甲科: a title that stands already, told before what the news gives.
    pub(super) fn stands_before_news(&self, state: &State, title: &Title, part: Span) -> bool {
        if self.memory.announced.is_none() || !state.group.is_empty() {
            return false;
        }
        let rest = self.reading.between(title.span.end, part.end);
        let news = word_list![
            "此次",
            "本次",
            "这次",
            "此番",
            "这一次",
            "这回",
            "此轮",
            "本轮",
            "这一轮",
            "此批",
            "这批",
            "这一批"
        ];
        if !news.stand_in(rest) {
            return false;
        }
        let Some(at) = news.iter().filter_map(|word| rest.find(word)).min() else { return false };
        let between = Span::new(title.span.end, title.span.end + at);
        // 已有3个P1和12个P2: the first of those that are joined.
        let start = self.reading.clause_start(part, title.span.start);
        let count = |c: char| c.is_ascii_digit() || "“\"一二三四五六七八九十两多几数个项批块名了".contains(c);
        let mut at = title.span.start;
        for before in self.reading.titles_in(Span::new(start, title.span.start)).iter().rev().take(4) {
            let joined = self.reading.between(before.span.end, at).trim_end_matches(count);
            if !matches!(joined.trim_start_matches(['”', '"']), "和" | "、" | "及" | "以及" | "与") {
                break;
            }
            at = before.span.start;
        }
        let head = self.reading.between(start, at);
        let has = word_list!["有", "手握", "坐拥", "握有", "是", "已获得", "已获批", "已建成"];
        has.end(head.trim_end_matches(count))
            && between.of(self.reading.text()).contains(['，', ','])
            && field::mentions_in(self.fields, between).is_empty()
    }

    /// 本是P的A医院甲科,这次没有参评: a title that only says which one is meant, where the text announces another.
    pub(super) fn tells_which(&self, title: &Title, part: Span) -> bool {
        let rest = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」']);
        let Some(named) = rest.strip_prefix('的') else { return false };
        let other = self.carried.is_some_and(|known| {
            title.levels.first().is_some_and(|level| known.level.is_some_and(|known| known != *level))
        });
        other && self.reading.institution_at(part.end - named.len()).is_some()
    }

    /// 甲科P1、乙科P2揭牌: the waiting title, and how many of the group it stands right behind, which the next one is not for.
    pub(super) fn waits_apart(&self, state: &State, next: &Title) -> Option<(&Title, usize)> {
        let title = self.reading.titles.get(state.pending?)?;
        let count = state.group.iter().take_while(|(_, _, span)| span.end <= title.span.start).count();
        let (_, _, last) = state.group.get(count.checked_sub(1)?)?;
        let (_, _, first) = state.group.get(count)?;
        let (_, _, end) = state.group.last()?;
        let touches =
            |from: usize, to: usize| matches!(self.reading.between(from, to), "" | "“" | "\"" | "「");
        let joined = self.reading.between(title.span.end, first.start).trim_start_matches(['”', '"', '」']);
        let parts = touches(last.end, title.span.start)
            && touches(end.end, next.span.start)
            && ["、", "和", "及", "与", "以及"].iter().any(|join| joined.starts_with(join));
        if !parts || title.counted || title.activity || title.void || title.person {
            return None;
        }
        Some((title, count))
    }

    /// 再看4个建设单位:A医院甲科: the status that opens what a part goes on to list.
    pub(super) fn status_of_rest(&self, part: Span, first: usize) -> Option<Status> {
        let named = self.reading.institutions_in(Span::new(part.start, first.max(part.start))).first();
        let head = Span::new(part.start, named.map_or(first, |named| named.span.start).max(part.start));
        let led = crate::record::heading::status_led(self.reading, head);
        led.or_else(|| self.status_counted(head))
    }

    /// 除正式入选的以外,还有3个专科被纳入培育名单,分别是: the status that the last clause with a count gives.
    fn status_counted(&self, head: Span) -> Option<Status> {
        const MOST: usize = 3;
        let text = head.of(self.reading.text());
        let mut clauses = text.rsplit(['，', ',']).take(MOST);
        let counted = clauses.find(|clause| clause.contains(['个', '席', '项']))?;
        let at = text.rfind(counted).map(|at| head.start + at)?;
        let told = Span::new(at, at + counted.len());
        self.status_given(told)
            .map(|(_, status)| status)
            .filter(|_| !self.reading.scan.says(told, HOPE.or(NEGATION)))
    }

    /// 剩下的一个属于某医院,是甲科; 最后一个名额,落在了山里——某医院甲科; 还有一席被某医院甲科拿下: who has the rest.
    pub(super) fn is_last_seat(&self, part: Span, holder: Span, between: &str, tail: &str) -> bool {
        // …一同入选,另外两个名额给了山区县,为A医院甲科、B医院乙科
        let start = self.reading.institutions_in(Span::new(part.start, holder.start)).last();
        let told = self.reading.between(start.map_or(part.start, |name| name.span.end), holder.start);
        let later = ["，另外", "，剩下", "，余下", "，其余"].iter().find_map(|word| {
            start.and_then(|_| told.rfind(word)).and_then(|at| told.get(at + '，'.len_utf8()..))
        });
        let head = later.unwrap_or_else(|| self.reading.between(part.start, holder.start)).trim_start();
        let Some(rest) =
            word_list!["剩下", "余下", "剩余", "另外", "其余", "最后", "还有", "另有", "仅剩", "仅有"]
                .strip_prefix(head)
        else {
            return false;
        };
        let rest = rest.trim_start_matches(['的', '了']);
        let seat = word_list![
            "一个", "1个", "一席", "1席", "一项", "两个", "2个", "两席", "2席", "三个", "3个", "一枚", "一块"
        ]
        .strip_prefix(rest);
        let Some(verb) = seat else { return false };
        if matches!(verb, "属于" | "归" | "归属" | "花落" | "落户" | "在" | "给了") {
            let told = between.trim_start_matches(['，', ',', ' ']);
            if matches!(told, "是" | "为" | "分别是" | "分别为") {
                return true;
            }
        }
        let place = word_list![
            "名额", "席位", "席次", "专科", "位置", "牌匾", "牌子", "项目", "学科", "科室", "单位", "指标"
        ]
        .strip_prefix(verb)
        .unwrap_or(verb);
        let way = place.trim_start_matches(['，', ',', ' ', '则', '也', '就', '便']);
        // 给了山区县,为
        if later.is_some() && matches!(between, "" | "的") {
            let went = word_list!["给了", "归了", "花落", "落户", "落在", "留给了"].begin(way);
            let led = word_list!["，为", "，是", "，分别为", "，分别是", "：", "——"].end(way);
            if went && led && way.chars().count() <= 18 {
                return true;
            }
        }
        let joined = matches!(between, "" | "的");
        let went = word_list![
            "落", "花落", "归", "属于", "给了", "给", "留给", "颁给", "是", "为", "来自", "出自", "在"
        ]
        .begin(way)
            && way.chars().count() <= 18;
        let won = matches!(way, "被" | "由" | "让" | "给")
            && word_list![
                "拿下",
                "夺得",
                "夺走",
                "摘得",
                "摘走",
                "斩获",
                "收入囊中",
                "获得",
                "占据",
                "捧走",
                "捧回",
                "拿走",
                "揽下"
            ]
            .begin(tail.trim_start_matches(['等', '所', '成', '功', '一', '举']));
        joined && (went || won)
    }

    /// 加上2022年就已上榜的某医院儿科,全市省级专科增至4个: of the title announced, in its own year.
    pub(super) fn added_to_total(&mut self, state: &State, part: Span, whole: Span, origin: Origin) -> bool {
        let text = part.of(self.reading.text());
        let added = word_list!["加上", "算上", "连同", "再加上", "加之"].begin(text.trim_start());
        let Some(announced) = self.memory.announced.filter(|_| added && state.pending.is_none()) else {
            return false;
        };
        let (Some((_, _, first)), Some((_, _, last))) = (state.group.first(), state.group.last()) else {
            return false;
        };
        let (first, last) = (*first, *last);
        let named = self.reading.institutions_in(Span::new(part.start, first.start)).first();
        let head = self.reading.between(part.start, named.map_or(first.start, |named| named.span.start));
        let Some(told) = head.strip_suffix('的') else { return false };
        let given = self
            .reading
            .scan
            .ending_at(part.start + told.len())
            .any(|(_, entry)| entry.kinds.has(AWARD.or(AWARD_END).or(PASSING)));
        let grown =
            word_list!["增至", "达到", "已达", "增加到", "增加至", "扩至", "扩大到", "增长到", "上升到"]
                .stand_in(self.reading.between(last.end, part.end));
        let [year] = self.reading.years_in(Span::new(part.start, first.start)) else { return false };
        let When::Year(year) = year.when else { return false };
        if !given || !grown || self.reading.scan.says(part, HOPE.or(NEGATION)) {
            return false;
        }
        let group = state.group.clone();
        // Counted with the list, its hospital is one of those that the page is about.
        let origin = if self.cast.home.is_none() { Origin::List } else { origin };
        self.give(&group, &[announced], Dating::Printed(year), whole, origin);
        true
    }

    /// 甲科、乙科是P,前者是2019年获得的,后者于2022年评定: the one of two that a clause dates.
    pub(super) fn date_one_of_two(&mut self, clause: Span, whole: Span, year: i32) -> Option<Award> {
        let told = clause.of(self.reading.text()).trim_start_matches(['，', ',', ' ', '其', '中']);
        let second = word_list!["后者", "前者"].beginning(told)? == "后者";
        let from =
            self.drafts.len() - self.drafts.iter().rev().take_while(|draft| draft.evidence == whole).count();
        let [.., one, two] = self.drafts.get_mut(from..)? else { return None };
        if one.award != two.award || one.field == two.field || one.holder != two.holder {
            return None;
        }
        let meant = if second { two } else { one };
        if matches!(meant.dating, Dating::Printed(_)) {
            return None;
        }
        meant.dating = Dating::Printed(year);
        Some(meant.award)
    }
}
