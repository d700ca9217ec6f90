//! Whether a sentence tells the news, or how things stand: titles announced before, those that are new, totals.

use super::*;
use xinglin_text::{WordList, word_list};

impl Narrator<'_, '_> {
    /// …公布P名单。A医院甲科、B医院乙科为P1;C医院丙科为P2: the title announced a sentence before, now hospital by hospital.
    pub(super) fn is_announced(&self, title: &Title) -> bool {
        static STANDING: WordList =
            WordList::new(&["此前", "之前", "目前", "现有", "原有", "早已", "已经", "已是", "一直", "原来"]);
        let several = self.reading.institutions_in(self.sentence).len() > 1
            && !STANDING.stand_in(self.sentence.of(self.reading.text()));
        let known = self.memory.announced.filter(|_| self.memory.fresh || self.refers_to_news());
        let same = known.is_some_and(|known| {
            known.programme == title.programme
                && title.levels.first().is_some_and(|level| known.level.is_none_or(|known| known == *level))
        });
        // A医院甲科为P1;B医院乙科为P2: as those before it in the sentence.
        let goes_on = || {
            let last = self.drafts.get(..self.told_before).and_then(<[Draft]>::last);
            last.is_some_and(|last| last.evidence == self.sentence && last.dating == Dating::News)
        };
        several && (same || goes_on())
    }

    /// A医院:甲科(P)、乙科(以上为P建设单位) as a line under what an authority made known: the title announced, with the status that the bracket says.
    pub(super) fn is_in_list_of_notice(&self, title: &Title, between: &str) -> bool {
        let said = between.rsplit(['(', '（']).next().filter(|said| said.len() < between.len());
        let plain = said.is_some_and(|said| {
            let said = said.trim_start_matches(|c: char| {
                c.is_ascii_digit() || "以上皆均都两二三四五个科室者项专".contains(c)
            });
            matches!(said.trim_end_matches(['“', '"']), "" | "为" | "是" | "系" | "列为" | "定为" | "获评")
        });
        let Some(known) = self.carried.filter(|_| plain && self.cast.home.is_none()) else { return false };
        let line = Span::new(self.paragraph, title.span.start);
        let owner = self.reading.institutions_in(line).first().is_some_and(|name| {
            self.reading
                .between(line.start, name.span.start)
                .chars()
                .all(|c| !c.is_alphabetic() || "一二三四五六七八九十".contains(c))
                && self.reading.between(name.span.end, line.end).starts_with([':', '：'])
        });
        owner
            && known.programme == title.programme
            && title.levels.first().is_none_or(|level| known.level.is_none_or(|known| known == *level))
    }

    /// A医院甲科、B医院乙科均为本院首个P: of the title announced, where the page tells of several hospitals.
    pub(super) fn is_first_of_news(&self, state: &State, plain: &str, title: &Title) -> bool {
        let first = word_list!["首个", "第一个", "首家"];
        (first.end(plain) || first.begin(title.span.of(self.reading.text())))
            && self.cast.home.is_none_or(|home| state.group.iter().any(|(holder, _, _)| *holder != home))
            && self.is_carried(title)
    }

    /// 泌尿外科原是P,因没达标,今年被摘了牌: what it was is over.
    pub(super) fn is_lost_since(&self, between: &str, title: &Title, part: Span) -> bool {
        between.starts_with(['原', '曾', '本'])
            && word_list![
                "被移出",
                "被剔除",
                "移出",
                "被调出",
                "被摘",
                "被取消",
                "被撤销",
                "被撤",
                "被除名",
                "被收回",
                "被暂停"
            ]
            .stand_in(self.reading.between(title.span.end, part.end))
    }

    /// Whether several hospitals of the sentence hold the title that the text announced before: no 此前, no year of its own.
    pub(super) fn is_carried(&self, title: &Title) -> bool {
        static STANDING: WordList = WordList::new(&[
            "此前", "之前", "目前", "现有", "原有", "早已", "已经", "已是", "一直", "原来", "曾",
        ]);
        let own = self.sentence.of(self.reading.text());
        self.reading.institutions_in(self.sentence).len() > 1
            && self.reading.years_in(self.sentence).is_empty()
            && !STANDING.stand_in(own)
            && self.carried.is_some_and(|known| {
                known.programme == title.programme
                    && title.levels.first().is_some_and(|level| known.level == Some(*level))
            })
    }

    /// 按照通知,…; 当天授出七块牌匾。…: whether the paragraph speaks of the news before the hospitals that the sentence names.
    fn refers_to_news(&self) -> bool {
        static NEWS_TOLD: WordList = WordList::new(&[
            "按照通知",
            "根据通知",
            "按照文件",
            "根据文件",
            "按照名单",
            "根据名单",
            "名单显示",
            "通知明确",
            "文件明确",
            "名单中",
            "名单里",
            "授出",
            "颁出",
            "发出",
            "授牌",
            "此次",
            "本次",
            "这次",
        ]);
        let named = self.reading.institutions_in(self.sentence).first();
        named.is_some_and(|named| NEWS_TOLD.stand_in(self.reading.between(self.paragraph, named.span.start)))
    }

    /// 此次获批的两个专科——甲科、乙科,均为P: what stands before the group says that it is news.
    pub(super) fn is_new(&self, state: &State, part: Span) -> bool {
        let first = state.group.first().map_or(part.start, |(_, _, span)| span.start);
        let head = self.reading.between(part.start, first.max(part.start));
        let fresh = word_list!["此次", "本次", "这次", "此番", "新"];
        let given = word_list![
            "获批的",
            "入选的",
            "获评的",
            "上榜的",
            "新增的",
            "通过的",
            "入围的",
            "获得的",
            "确定的",
            "公布的"
        ];
        // 一同获授牌的还有A医院甲科,…均为P
        let besides = word_list!["一同", "一并", "同批", "同时", "同期", "一起"].stand_in(head)
            && word_list!["的还有", "的有", "的是", "的，还有", "的,还有"].end(head.trim_end())
            || {
                let to = first.max(part.start);
                let named = self.reading.institutions_in(Span::new(part.start, to)).first();
                let head = self.reading.between(part.start, named.map_or(to, |name| name.span.start));
                word_list!["一同", "一并", "同批", "同时", "同期", "一起"].stand_in(head)
                    && word_list!["的还有", "的有", "的是", "的，还有", "的,还有"].end(head.trim_end())
            };
        besides || fresh.stand_in(head) && given.stand_in(head)
    }

    /// 加上2017年入选的神经内科,我院省级临床重点专科已增至3个; 加上原有的骨科,…: those that are counted too, and whether they are
    /// only said to be there.
    pub(super) fn counts_with(&self, state: &State, gap: Span, title: &Title, part: Span) -> Option<bool> {
        let (_, _, first) = state.group.first()?;
        // 加上2022年就已上榜的某医院儿科
        let named = self.reading.institutions_in(Span::new(part.start, first.start)).last();
        let end =
            named.filter(|named| named.span.end == first.start).map_or(first.start, |named| named.span.start);
        let before = self.reading.between(part.start, end);
        // 加上此前的骨科、蒙医科,…增加到4个
        let earlier =
            word_list!["此前的", "之前的", "原有的", "已有的", "先前的", "早先的", "早前的", "现有的"]
                .end(before);
        let given = before.strip_suffix('的').is_some_and(|head| {
            self.reading
                .scan
                .ending_at(part.start + head.len())
                .any(|(_, entry)| entry.kinds.has(AWARD.or(AWARD_END).or(PASSING)))
        });
        ((given || earlier) && gap.end - gap.start <= 60 && self.is_total(title, part)).then_some(!given)
    }

    /// 市级重点专科的总数达到26个, 省级临床重点专科增至3个: how many there are, and none of them given.
    pub(super) fn is_total(&self, title: &Title, part: Span) -> bool {
        let tail = self.reading.clause(part, title.span.end);
        let tail = self.reading.between(title.span.end, tail.end);
        word_list!["增至", "达到", "已达", "达", "增加到", "增加至", "总数", "数量", "扩至", "扩大到"]
            .stand_in(tail)
    }
}
