//! Lists of a title announced before: by counts, by seats, by what opens them, by a status alone.

use super::seats::is_handed_out;
use super::*;
use xinglin_text::{WordList, word_list};

/// 列为建设项目的4个专科 → 列为建设项目.
fn without_those_counted(list: &str) -> &str {
    let Some(rest) = word_list!["专科", "学科", "科室", "单位", "项目"].strip_suffix(list) else {
        return list;
    };
    let number = rest.strip_suffix(['个', '家']).map(|rest| {
        rest.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两这些".contains(c))
    });
    number.and_then(|rest| rest.strip_suffix('的')).unwrap_or(list)
}

impl Narrator<'_, '_> {
    /// …公布名单。其中,省属医疗机构6个:A医院甲科、B医院乙科: a counted list of the title announced before.
    pub(super) fn counts_announced(&self, state: &State, part: Span) -> bool {
        let Some(holder) = self.reading.institutions_in(part).first().map(|mention| mention.span.start)
        else {
            return false;
        };
        let text = self.reading.between(part.start, holder);
        let head = text.trim_end();
        let counted = head.trim_end_matches([':', '：']);
        // 新面孔有5个,全部是今年首次命名:
        let (count, longest) = match counted.split_once(['，', ',']) {
            Some((count, _)) if counted.len() < head.len() => (count, 32),
            _ => (counted, 20),
        };
        state.pending.is_none()
            && self.memory.announced.is_some()
            && counted.len() < head.len()
            && count.ends_with(['个', '家', '项'])
            && counted.chars().count() <= longest
            && counted.contains(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c))
            && !self.reading.scan.says(Span::new(part.start, holder), HOPE.or(NEGATION))
    }

    /// 16个专科被命名为P,另有4个专科列为P建设项目: a lower status that is only counted beside what the sentence announces.
    pub(super) fn is_counted_besides(&self, state: &State, title: &Title, whole: Span) -> bool {
        let rank = |status: Status| match status {
            Status::Designated => 0,
            Status::Construction => 1,
            Status::Cultivation => 2,
        };
        let lower = |status: Status| rank(status) < rank(title.status);
        let Some(known) = self.memory.announced.filter(|_| title.status_said) else {
            return false;
        };
        let same = lower(known.status)
            && known.programme == title.programme
            && (title.levels.is_empty() || title.levels.first().copied() == known.level);
        let mut before = self.reading.titles_in(Span::new(whole.start, title.span.start)).iter();
        let told = before.any(|other| {
            lower(other.status) && other.programme == title.programme && !other.activity && !other.void
        });
        same && told && state.group.is_empty() && field::mentions_in(self.fields, whole).is_empty()
    }

    /// 建设学科竞争同样激烈。 再看培育项目。 The status that a paragraph's first sentence speaks of, and nothing else.
    pub(super) fn status_spoken_of(&self, whole: Span) -> Option<Status> {
        const LONGEST: usize = 60;
        let led = self.reading.between(self.paragraph, whole.start);
        if led.starts_with(is_han) || !led.chars().all(|c| !c.is_alphanumeric()) {
            return None;
        }
        let text = whole.of(self.reading.text());
        let text = if text.starts_with(is_han) {
            text
        } else {
            text.trim_start_matches(|c: char| !c.is_alphanumeric())
        };
        if text.len() > LONGEST {
            return None;
        }
        let led = word_list![
            "再来看",
            "再看看",
            "再看",
            "再说说",
            "再说",
            "最后看",
            "最后是",
            "接着看",
            "说到",
            "至于"
        ];
        let told = led.strip_prefix(text).unwrap_or(text);
        let start = whole.end - told.len();
        let (_, entry) = self.reading.scan.starting_at(start).find(|(span, entry)| {
            entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.of(self.reading.text()).chars().count() >= 4
        })?;
        let plain = !text.contains(['，', ',', '：', ':', '；'])
            && self.reading.institutions_in(whole).is_empty()
            && field::mentions_in(self.fields, whole).is_empty()
            && self.reading.titles_in(whole).is_empty()
            && !self.reading.scan.says(whole, HOPE.or(NEGATION).or(AWARD))
            && !told.contains(|c: char| c.is_ascii_digit());
        let cultivated = entry.kinds.has(CULTIVATION);
        plain.then_some(if cultivated { Status::Cultivation } else { Status::Construction })
    }

    /// 同批入围的还有该院的甲科: more of the title announced before.
    pub(super) fn joins_announced(&self, state: &State, part: Span) -> bool {
        let Some((_, _, first)) = state.group.first() else { return false };
        // 与A医院同批入选的,还有B医院甲科, in a paragraph of its own
        let together = || {
            self.carried.is_some()
                && word_list!["同批", "一同", "一道", "一起", "同时", "一并"]
                    .stand_in(self.reading.between(part.start, first.start))
        };
        // A医院,入选的有甲科和乙科, in a paragraph of its own of nobody's page
        let listed = || self.carried.is_some() && self.cast.home.is_none() && state.named;
        if state.pending.is_some() || !(self.memory.fresh || together() || listed()) {
            return false;
        }
        let words = self.reading.scan.words_in(Span::new(part.start, first.start));
        let clause = self.reading.clause(part, first.start);
        words.iter().any(|word| {
            let rest = self.reading.between(word.span.end, first.start);
            let more = word_list![
                "的还有",
                "的有",
                "的是",
                "的包括",
                "的分别是",
                "的,还有",
                "的，还有",
                "的,有",
                "的，有",
                "的,是",
                "的，是",
                "的,分别是",
                "的，分别是",
                "的,包括",
                "的，包括",
                "的,为",
                "的，为",
                "的单位是",
                "的专科是",
                "的科室是"
            ];
            let joined = word.kinds.has(AWARD.or(AWARD_END).or(PASSING)) && more.begin(rest);
            // 从市领导手中接过牌匾的,有A医院甲科
            let near =
                word.span.start >= clause.start || rest.starts_with(['的']) && rest.contains(['，', ',']);
            joined && near && rest.chars().count() <= 30
        }) && !self.reading.scan.says(Span::new(part.start, clause.end), HOPE.or(NEGATION))
    }

    /// 同批公布的新一轮建设项目中,甲科也在列; 建设项目方面,…; 列为建设项目的4个专科中,…: the status by which a part's first clause narrows the title announced.
    pub(super) fn status_at_head(&self, part: Span, first: usize) -> Option<Status> {
        let head = self.reading.between(part.start, first);
        let (opening, _) = head.split_once(['，', ','])?;
        // 培育单位的3个名额,由某医院甲科、乙科获得
        let quota = opening.trim().split_once('的').is_some_and(|(_, rest)| {
            let thing =
                rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c));
            thing.len() < rest.len()
                && matches!(thing, "个名额" | "个席位" | "席" | "个位置" | "个位子" | "个名额中")
        });
        if quota {
            return Narrator::status_word(opening.split('的').next().unwrap_or_default());
        }
        // 建设单位名单里的面孔更年轻,甲科、乙科都在其中
        let seen = word_list!["名单里的", "名单中的", "名单上的", "行列里的", "行列中的"];
        let seen = Some(opening.trim_start())
            .filter(|opening| seen.stand_in(opening))
            .and_then(|opening| seen.iter().find_map(|list| opening.split_once(list)));
        if let Some((list, _)) = seen.filter(|(list, _)| list.chars().count() <= 8) {
            return Narrator::status_word(list);
        }
        // 同批公布的还有新的建设单位名单,甲科位列其中
        let list = word_list![
            "名单中",
            "名单里",
            "名单上",
            "之中",
            "中",
            "里",
            "方面",
            "层面",
            "名单",
            "名单出炉",
            "名单揭晓",
            "名单公布",
            "名单发布"
        ]
        .strip_suffix(opening.trim())?;
        let list = without_those_counted(list);
        let named = word_list!["建设项目", "建设单位", "建设专科", "培育项目", "培育单位", "培育专科"];
        named
            .end(list)
            .then(|| Narrator::status_word(list.get(list.floor_char_boundary(list.len() - 12)..)?))
            .flatten()
    }

    /// …名单揭晓。它们是:A医院甲科,B医院乙科;C医院丙科: a list of the title announced before, as far as its sentence goes.
    pub(super) fn opens_announced(&mut self, state: &State, part: Span, whole: Span) -> bool {
        static OPENERS: WordList =
            WordList::new(&["它们", "分别", "具体", "名单", "入选", "上榜", "获批", "获评", "入围", "其中"]);
        // 这两个科室是…, 9家医院:…; but 科室现有… tells of something else.
        static NOUNS: WordList = WordList::new(&["专科", "学科", "科室", "医院", "单位", "机构"]);
        let counts = |c: char| c.is_ascii_digit() || "这此两三四五六七八九十上以".contains(c);
        if state.pending.is_some() || self.memory.announced.is_none() {
            return false;
        }
        if self.memory.open == Some(whole) {
            // B医院乙科将参加下一轮评审: told, and not listed.
            let last = state.group.last().map_or(part.end, |(_, _, span)| span.end);
            let named = self.reading.institutions_in(part).last().map_or(last, |named| named.span.end);
            let last = last.max(named);
            let tail = Span::new(last.min(part.end), part.end);
            let plain = tail.of(self.reading.text()).split(['(', '（']).next().unwrap_or_default();
            let tells = plain.chars().filter(|c| is_han(*c)).count() > 5
                && !self.reading.scan.says(tail, AWARD.or(AWARD_END).or(PASSING));
            if tells {
                return false;
            }
            let named = self.reading.institutions_in(part).first();
            let goes_on = named.is_some_and(|named| {
                // 甲科:A医院;乙科:B医院
                let first = state.group.first().map_or(named.span.start, |(_, _, span)| span.start);
                let head = self.reading.between(part.start, named.span.start.min(first));
                // 1.A医院:甲科;2.B医院:乙科
                let ordinal = |c: char| c.is_ascii_digit() || "一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩".contains(c);
                let bare = head.trim_start_matches(|c: char| ordinal(c) || matches!(c, '(' | '（'));
                let head = if bare.starts_with(['.', '．', '、', ')', '）', ' ']) || bare.is_empty() {
                    bare
                } else {
                    head
                };
                head.chars().all(|c| !c.is_alphanumeric()) && !self.reading.scan.says(part, HOPE.or(NEGATION))
            });
            if goes_on {
                return true;
            }
        }
        // …;另一半落户县城,分别是: what opens the list's next part.
        let field = state.group.first().map_or(part.start, |(_, _, span)| span.start);
        let named = self.reading.institutions_in(part).iter();
        let named = named.filter(|named| named.naming != Naming::Generic).map(|named| named.span.start);
        let first = named.clone().chain([field]).min().unwrap_or(field);
        let head = Span::new(part.start, first.max(part.start));
        let text = head.of(self.reading.text()).trim();
        let signed = text.trim_end_matches([':', '：']);
        let ends = signed.len() < text.len() || word_list!["是", "为", "有", "包括", "如下"].end(text);
        // 肝胆亚专科分设独立,成为肝胆外科
        let becomes =
            word_list!["成为", "更名为", "改为", "称为", "分为", "升格为", "作为", "改称"].end(text);
        // …总数达到9个。另外4个是…: those that stood before.
        let rest = word_list!["另外", "其余", "其他", "余下"].begin(text);
        let total = || {
            let before = self.reading.between(self.paragraph, whole.start.max(self.paragraph));
            let last = before.trim_end_matches('。').rsplit('。').next().unwrap_or_default();
            word_list!["总数", "累计", "达到", "增至", "增加到", "已有", "共有"].stand_in(last)
        };
        let opens = ends
            && !becomes
            && !(rest && total())
            && text.chars().count() <= 24
            && !self.tells_of_another(head)
            && (OPENERS.stand_in(text)
                || NOUNS.stand_in(text)
                    && (signed.len() < text.len() || text.contains(counts) || first < field))
            && !self.reading.scan.says(head, HOPE.or(NEGATION))
            && field::mentions_in(self.fields, head).is_empty()
            && (self.memory.fresh || named.count() > 0);
        if opens {
            self.memory.open = Some(whole);
        }
        opens
    }

    /// 获评优秀党支部的还有, 一同入选省级龙头学科的还有: whether what was given is named, and is not the title announced.
    fn tells_of_another(&self, head: Span) -> bool {
        let verb = self.reading.scan.words_in(head).iter().find(|word| word.kinds.has(AWARD));
        let Some(verb) = verb else { return false };
        let told = self.reading.between(verb.span.end, head.end);
        let Some((object, _)) = told.rsplit_once('的') else { return false };
        let object = object.trim_start_matches(['了', '“', '"', '此', '该', '上', '述']);
        let same = word_list![
            "名单", "称号", "殊荣", "牌匾", "榜单", "行列", "荣誉", "专科", "科室", "学科", "项目", "单位",
            "医院"
        ]
        .begin(object);
        object.chars().filter(|c| is_han(*c)).count() >= 3 && !same && !object.starts_with('这')
    }

    /// …重点专科3个:甲科;培育专科2个:乙科、丙科: the announced title, as far as its status says.
    pub(super) fn listed_by_status(
        &mut self,
        state: &State,
        part: Span,
        whole: Span,
        origin: Origin,
    ) -> bool {
        let (Some((_, _, first)), None, Some(announced)) =
            (state.group.first(), state.pending, self.memory.announced)
        else {
            return false;
        };
        let text = self.reading.text();
        let start = part.start + part.of(text).len() - part.of(text).trim_start().len();
        // 进入培育单位名单的,是A医院甲科
        let verb = self.reading.scan.starting_at(start).find(|(_, entry)| entry.kinds.has(AWARD));
        let start = verb.map_or(start, |(span, _)| span.end);
        // 新确认建设单位3个:A医院甲科
        let lead = word_list![
            "新确认",
            "新认定",
            "新确定",
            "新列入",
            "新增",
            "新设",
            "另确定",
            "确定",
            "确认",
            "另有",
            "新"
        ]
        .beginning(self.reading.between(start, part.end))
        .map_or(0, |lead| lead.len());
        let start = start + lead;
        // 3个培育项目是:A医院甲科;…
        let rest = self.reading.between(start, part.end);
        let number =
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || "这另一二三四五六七八九十两".contains(c));
        let number = number.strip_prefix(['个', '项']).filter(|_| number.len() < rest.len());
        let start = number.map_or(start, |behind| part.end - behind.len());
        let Some((span, kinds)) = self.reading.scan.starting_at(start).find_map(|(span, entry)| {
            // 两个培育名额给了A医院甲科
            let seats = number.is_some()
                && word_list!["名额", "席位", "指标"].begin(self.reading.between(span.end, part.end));
            let status = entry.kinds.has(CONSTRUCTION.or(CULTIVATION))
                && (span.of(text).chars().count() >= 4 || seats);
            status.then_some((span, entry.kinds))
        }) else {
            return false;
        };
        let named = self.reading.institutions_in(Span::new(span.end, first.start)).first();
        let count = self.reading.between(span.end, named.map_or(first.start, |named| named.span.start));
        let counted = count.contains(['个', '项', ':', '：', '('])
            && count
                .chars()
                .all(|c| c.is_ascii_digit() || "一二三四五六七八九十两个项:：(（分别为是，,".contains(c));
        let rest = count.strip_prefix("名单").unwrap_or(count);
        let handed = number.is_some() && is_handed_out(count);
        let told = verb.is_some()
            && rest.starts_with('的')
            && word_list!["是", "有", "为", ":", "："].stand_in(rest)
            && !self.reading.scan.says(Span::new(start, first.start), HOPE.or(NEGATION));
        let plain = || !self.reading.scan.says(Span::new(span.end, part.end), HOPE.or(NEGATION));
        let handed = handed && plain();
        if !(counted || told || handed) || !self.allowed(part, whole, *first, part) {
            return false;
        }
        let status = if kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction };
        let dating = self.dating(state, part, whole, span, false);
        let group = state.group.clone();
        let head = Span::new(part.start, group.first().map_or(part.end, |(_, _, span)| span.start));
        let given = self.at_level_said(Award { status, status_said: true, ..announced }, head);
        self.give(&group, &[given], dating, whole, origin);
        if counted && count.ends_with([':', '：', '是', '为']) {
            self.memory.open = Some(whole);
            self.memory.open_status = Some(status);
        }
        true
    }

    /// …为P,确定A医院甲科、B医院乙科为建设项目,C医院丙科为培育项目: those before the status that another's name follows.
    pub(super) fn settle_called(&mut self, state: &mut State, part: Span, whole: Span, origin: Origin) {
        let (Some((_, _, last)), None, None) = (state.group.last(), state.pending, state.taken) else {
            return;
        };
        let last = *last;
        let just = self.drafts.last().filter(|draft| draft.evidence == whole).map(|draft| draft.award);
        // 甲科获批建设项目,乙科列入培育项目
        let clause = self.reading.clause(part, last.end);
        let tail = Span::new(last.end, clause.end.max(last.end));
        let plain =
            self.reading.titles_in(tail).is_empty() && !self.reading.scan.says(tail, HOPE.or(NEGATION));
        let given = || self.status_given(tail).filter(|_| plain).map(|(_, status)| status);
        let status = self.status_called(last.end, part).or_else(given);
        let Some((award, status)) = just.zip(status) else { return };
        if !self.allowed(part, whole, last, Span::new(last.end, last.end)) {
            return;
        }
        let dating = self.dating(state, part, whole, Span::new(last.end, last.end), false);
        let given = [self.at_level_said(Award { status, status_said: true, ..award }, tail)];
        self.give_unclosed(state, &given, dating, part, whole, origin);
        let group = std::mem::take(&mut state.group);
        self.give(&group, &given, dating, whole, origin);
    }

    /// 骨科、儿科进入建设项目名单: the announced title, as far as its status says.
    pub(super) fn close_by_status(&mut self, state: &State, part: Span, whole: Span, origin: Origin) -> bool {
        let (Some((_, _, last)), None, Some(announced)) =
            (state.group.last(), state.pending, self.memory.announced)
        else {
            return false;
        };
        let mut tail = self.reading.clause(part, last.end);
        // 儿科呢,也从培育项目变成了建设项目
        if matches!(self.reading.between(last.end, tail.end), "呢" | "嘛" | "啊") {
            let next = tail.end + self.reading.scan.after(tail.end).map_or(0, char::len_utf8);
            tail = self.reading.clause(part, next.min(part.end));
        }
        // A医院的甲科和B医院的乙科,则被列为建设项目
        if tail.end <= last.end && matches!(self.reading.scan.after(last.end), Some('，' | ',')) {
            let start = last.end + self.reading.scan.after(last.end).map_or(0, char::len_utf8);
            let next = self.reading.clause(part, start.min(part.end));
            let led = ["则", "都", "均", "也", "双双", "一并"];
            if led.iter().any(|word| self.reading.between(start, next.end.max(start)).starts_with(word)) {
                tail = next;
            }
        }
        let tail = Span::new(last.end, tail.end.max(last.end));
        // 甲科为P1,乙科为P2,丙科为培育项目
        // 另有B医院乙科为建设单位, in a sentence of its own
        let besides = word_list!["另有", "另外", "此外", "同时", "还有", "另"]
            .begin(part.of(self.reading.text()).trim_start());
        let just = |one: &Draft| {
            one.evidence == whole
                || besides && one.evidence.start >= self.paragraph && one.dating == Dating::News
        };
        let plainly = || self.status_stated(tail).filter(|_| self.drafts.iter().any(just));
        let Some(status) = self.status_given(tail).map(|(_, status)| status).or_else(plainly) else {
            return false;
        };
        let ended_before = state.group.iter().zip(state.group.iter().skip(1)).any(|(one, next)| {
            self.ended(state, Span::new(one.2.end, next.2.start.max(one.2.end)), part).is_some()
        });
        if ended_before {
            return false;
        }
        let void = self.reading.titles_in(tail).iter().any(|title| title.void || title.activity);
        let plain = !void
            && self.reading.institutions_in(tail).is_empty()
            && !self.reading.scan.says(tail, HOPE.or(NEGATION))
            && self.allowed(part, whole, *last, tail);
        if !plain || !(self.memory.fresh || announced.level.is_some()) {
            return false;
        }
        // 甲科去年获评P,乙科列入建设项目: in the same year, where it has none of its own.
        let beside = self.drafts.last().filter(|draft| draft.evidence == whole && state.lost);
        let beside = beside.filter(|_| self.reading.years_in(tail).is_empty()).map(|draft| draft.dating);
        let dating = beside.unwrap_or_else(|| self.dating(state, part, whole, tail, false));
        let group = state.group.clone();
        let given = [self.at_level_said(Award { status, status_said: true, ..announced }, tail)];
        self.give_unclosed(state, &given, dating, part, whole, origin);
        self.give(&group, &given, dating, whole, origin);
        true
    }

    /// 获批市级培育专科, where a provincial title was announced: the level that stands before the status.
    pub(super) fn at_level_said(&self, award: Award, told: Span) -> Award {
        let said = ["国家级", "省级", "自治区级", "市级", "州级", "县级", "区级", "旗级"];
        let text = told.of(self.reading.text());
        let level = said
            .iter()
            .find(|word| text.contains(**word))
            .and_then(|word| crate::record::heading::level_of(word));
        match level {
            Some(level) if award.level != Some(level) => {
                Award { level: Some(level), tier: None, region: None, ..award }
            }
            _ => award,
        }
    }

    /// 被确认为建设单位: the verb, and the status that it gives.
    pub(super) fn status_given(&self, told: Span) -> Option<(Span, Status)> {
        let text = self.reading.text();
        static OTHERS: WordList = WordList::new(&[
            "薄弱", "学科", "工程", "中心", "基地", "课题", "科研", "示范", "认证", "能力", "质控", "品牌",
            "病种", "专病",
        ]);
        let verb =
            self.reading.scan.words_in(told).iter().find(|word| word.kinds.has(AWARD.or(AWARD_END)))?;
        // 则作为建设单位一同入列
        let rank = self.status_as(Span::new(told.start, verb.span.start.max(told.start)));
        if let Some(status) = rank {
            let other = OTHERS.stand_in(self.reading.between(verb.span.end, told.end));
            return (!other).then_some((verb.span, status));
        }
        let mut places = (verb.span.start..told.end).filter(|at| text.is_char_boundary(*at));
        let (span, kinds) = places.find_map(|at| {
            self.reading.scan.starting_at(at).find_map(|(span, entry)| {
                let status = entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.end <= told.end;
                // 列入培育
                let closes = span.of(text) == "培育" && span.end == told.end;
                (status && (closes || span.of(text).chars().count() >= 4)).then_some((span, entry.kinds))
            })
        })?;
        // 被确定为某省薄弱学科建设项目: of another kind; but 列为培育学科.
        let other = |from: usize, to: usize| OTHERS.stand_in(self.reading.between(from, to));
        // 入选国家妇幼健康规范化门诊建设单位: of another kind, too.
        const MOST: usize = 6;
        let kind = self.reading.between(verb.span.end, span.start.max(verb.span.end));
        let strange = kind.chars().filter(|c| is_han(*c)).count() > MOST
            && !word_list!["专科", "学科", "科室", "名单", "批", "轮"].stand_in(kind);
        if strange || other(verb.span.end, span.start.max(verb.span.end)) || other(span.end, told.end) {
            return None;
        }
        let status = if kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction };
        Some((verb.span, status))
    }

    /// 为培育项目, 是建设单位: the status said right behind, and nothing else.
    pub(super) fn status_stated(&self, tail: Span) -> Option<Status> {
        let text = tail.of(self.reading.text()).trim_start_matches([')', '）']);
        // 丙科作为培育专科接受三年跟踪指导
        let ranked = word_list!["则作为", "作为"].strip_prefix(text);
        let said = ranked
            .or_else(|| word_list!["则为", "则是", "均为", "均是", "为", "是", "系"].strip_prefix(text))?;
        let at = tail.end - said.len();
        let (span, entry) = self.reading.scan.starting_at(at).find(|(span, entry)| {
            entry.kinds.has(CONSTRUCTION.or(CULTIVATION)) && span.of(self.reading.text()).chars().count() >= 4
        })?;
        let rest = self.reading.between(span.end, tail.end);
        let goes_on = ranked.is_some()
            && rest.chars().count() <= 14
            && word_list!["接受", "开展", "进行", "先行", "跟踪", "培养", "继续", "扶持", "建设", "考察"]
                .begin(rest);
        let whole = goes_on || rest.chars().all(|c| !c.is_alphanumeric());
        let status = if entry.kinds.has(CULTIVATION) { Status::Cultivation } else { Status::Construction };
        whole.then_some(status)
    }

    /// A医院、B医院各有1个学科入选,分别是骨科和儿科: one to each.
    pub(super) fn respective(&self, state: &State, part: Span) -> Vec<(usize, Field, Span)> {
        let mut spans: Vec<Span> = state.group.iter().map(|(_, _, span)| *span).collect();
        spans.dedup();
        let first = spans.first().map_or(part.start, |span| span.start);
        let each = self.reading.scan.says(Span::new(part.start, first), DISTRIBUTE)
            || word_list!["分别", "依次"].stand_in(self.reading.between(part.start, first));
        if !each || state.holders.len() < 2 || spans.len() != state.holders.len() {
            return state.group.clone();
        }
        let place = |holder: usize| state.holders.iter().position(|known| *known == holder);
        let own = |span: Span| spans.iter().position(|known| *known == span);
        state.group.iter().filter(|(holder, _, span)| place(*holder) == own(*span)).cloned().collect()
    }
}
