//! Titles in relative clauses and appositions: 2021年获批P的甲科, 作为P,某医院甲科….

use super::*;
use xinglin_text::{WordList, word_list};

impl Narrator<'_, '_> {
    /// Where 的 begins that stands before a specialty, or before its hospital's name.
    pub(super) fn before_de(&self, field: usize, part: Span) -> Option<usize> {
        let names = &self.reading.institutions;
        let name = names.before(field).checked_sub(1).and_then(|at| names.get(at));
        let owner = name.filter(|name| name.span.end == field && name.span.start >= part.start);
        let at = owner.map_or(field, |name| name.span.start);
        Some(part.start + self.reading.between(part.start, at).strip_suffix('的')?.len())
    }

    /// 2021年获批P的该院甲科, 已获得P称号的某县人民医院乙科: the title, and where the clause that gives it begins.
    pub(super) fn relative_title(&self, field: usize, part: Span) -> Option<&Title> {
        const CLOSING: [&str; 8] = ["称号", "资格", "牌子", "荣誉", "殊荣", "”", "\"", "」"];
        if self.reading.titles_in(part).is_empty() {
            return None;
        }
        let mut end = self.before_de(field, part)?;
        while let Some(word) =
            CLOSING.iter().find(|word| self.reading.between(part.start, end).ends_with(**word))
        {
            end -= word.len();
        }
        let title = self.reading.titles_in(Span::new(part.start, end)).last()?;
        let plain = !title.activity && !title.void && !title.person && !title.counted;
        let head = self.reading.between(part.start, title.span.start).trim_end_matches(['“', '"', '「']);
        let verb = self
            .reading
            .scan
            .ending_at(part.start + head.len())
            .any(|(span, entry)| entry.kinds.has(AWARD.or(PASSING)) && span.start >= part.start);
        // 身为P的骨科
        let verb = verb || word_list!["身为", "同为", "同属", "贵为"].end(head);
        (plain && title.span.end == end && verb).then_some(title)
    }

    /// 已进入P名单的甲科,也被主管部门撤销了资格: whether what was given is taken away again, behind its name.
    pub(super) fn is_revoked(&self, rest: Span) -> bool {
        let told = rest.of(self.reading.text());
        word_list!["撤销", "取消", "摘牌", "收回", "除名", "摘掉了牌子", "摘了牌"].stand_in(told)
            && self.reading.titles_in(rest).is_empty()
            && field::mentions_in(self.fields, rest).is_empty()
    }

    /// 原本是P培育对象,因两名副高调离,资格被一并取消: whether a clause behind the title says that it was taken away.
    pub(super) fn is_lost_again(&self, rest: Span) -> bool {
        static TAKEN: WordList = WordList::new(&[
            "取消", "撤销", "撤消", "收回", "摘牌", "除名", "摘掉", "摘去", "终止", "剥夺", "注销",
        ]);
        const FURTHEST: usize = 240;
        let told = self.reading.opening(rest, FURTHEST);
        let rest = Span::new(rest.start, rest.start + told.len());
        if !TAKEN.stand_in(told) {
            return false;
        }
        let takes = |clause: &str| {
            let taken = TAKEN.iter().filter_map(|word| clause.find(word)).min();
            taken.is_some_and(|at| {
                let led = clause.get(..at).unwrap_or_default();
                let what = word_list!["资格", "称号", "牌子", "牌匾", "头衔", "名号", "立项", "身份", "荣誉"];
                let so = led
                    .rsplit(['被', '遭'])
                    .next()
                    .is_some_and(|so| so.len() < led.len() && so.chars().count() <= 4);
                // 被取消, 资格被一并取消; 被取消了挂号费 is another matter
                so && (what.stand_in(led)
                    || what.stand_in(clause.get(at..).unwrap_or_default())
                    || clause.chars().count() <= 8)
            })
        };
        self.reading.titles_in(rest).is_empty()
            && field::mentions_in(self.fields, rest).is_empty()
            && told.split(['，', ',', '。', '；', ';']).skip(1).any(takes)
    }

    /// 获评P的甲科、乙科: gives the one that is joined to the first what that one was given; whether it is joined.
    pub(super) fn joins_relative(
        &mut self,
        state: &mut State,
        field: &Field,
        span: Span,
        whole: Span,
        origin: Origin,
    ) -> bool {
        let Some(before) = state.relative.take() else { return false };
        if !field::is_join(self.reading.between(before.end, span.start.max(before.end))) {
            return false;
        }
        let holders: BTreeSet<usize> = state.group.iter().map(|(holder, ..)| *holder).collect();
        let group: Vec<_> = holders.into_iter().map(|holder| (holder, field.clone(), span)).collect();
        self.give(&group, &before.awards, before.dating, whole, origin);
        state.group.extend(group);
        state.relative = Some(Relative { end: span.end, ..before });
        true
    }

    /// 为获评P的甲科、乙科授牌: whether those of an enumeration are handed their title in its clause.
    pub(super) fn is_handed(&self, end: usize, part: Span) -> bool {
        let clause = self.reading.clause(part, end);
        let tail = self.reading.between(end, clause.end.max(end)).trim_end_matches(['。', '；', ';']);
        word_list!["授牌", "颁牌", "揭牌", "颁发牌匾", "颁发铜牌", "授予牌匾", "颁发了牌匾", "颁奖", "授匾"]
            .end(tail)
    }

    /// 2021年获批的心血管内科 behind its title: given in that year.
    pub(super) fn given_in(&self, field: Span, part: Span) -> Option<i32> {
        let end = self.before_de(field.start, part)?;
        let (verb, _) = self
            .reading
            .scan
            .ending_at(end)
            .find(|(span, entry)| entry.kinds.has(AWARD.or(PASSING)) && span.start >= part.start)?;
        let year = self.reading.years_in(Span::new(part.start, verb.start)).last()?;
        let When::Year(value) = year.when else { return None };
        (self.reading.between(year.span.end, verb.start).chars().count() <= 4).then_some(value)
    }

    /// 作为市级重点专科,某县人民医院妇产科…: a title that its holder's name follows.
    pub(super) fn appositions(&mut self, part: Span, whole: Span, origin: Origin) {
        if self.reading.titles_in(part).is_empty() {
            return;
        }
        let text = self.reading.text();
        if !word_list!["作为"].stand_in(part.of(text)) {
            return;
        }
        for (offset, _) in part.of(text).match_indices("作为") {
            let start = part.start + offset;
            let opens = offset == 0
                || self.reading.scan.before(start).is_some_and(|c| !is_han(c) && !c.is_ascii_alphanumeric());
            let clause = self.reading.clause(part, start);
            let titles = self.reading.titles_in(Span::new(start, clause.end)).to_vec();
            let held = titles.last().is_some_and(|title| {
                let rest = self.reading.between(title.span.end, clause.end);
                // 作为P(2018年),骨科…
                let year = rest.trim_start_matches(['”', '"']);
                let year = year.strip_prefix(['(', '（']).and_then(|rest| rest.strip_suffix([')', '）']));
                let dated = year.is_some_and(|year| {
                    year.chars().count() <= 8 && year.starts_with(|c: char| c.is_ascii_digit())
                });
                dated || rest.trim_matches(['”', '"', '的']).is_empty()
            });
            if !opens || !held || titles.iter().any(|title| title.activity || title.void || title.person) {
                continue;
            }
            let after = clause.end + self.reading.scan.after(clause.end).map_or(0, char::len_utf8);
            let next = self.reading.institutions_in(Span::new(after, part.end)).first();
            let named = next.filter(|next| next.span.start == after);
            let from = named.map_or(after, |named| named.span.end);
            let next = field::mentions_in(self.fields, Span::new(from, part.end));
            let next = next.first().filter(|next| next.span.start == from);
            let rest = self.reading.between(from, part.end);
            let spoken = word_list!["该科", "科室", "我科", "该学科", "该专科"].begin(rest);
            let holder = match named {
                Some(named) => self.holder(named.span.start),
                // 某医院胸外科专家…。作为P,该科…: the guest's.
                None if rest.starts_with('该') => {
                    self.memory.other.or(self.memory.holder).or(self.cast.home)
                }
                None => self.cast.home,
            };
            let (field, span) = match next {
                Some(next) => (Some(field::named_at(self.reading, next)), next.span),
                None if spoken => (
                    self.memory.field.clone().or_else(|| self.topic.clone()),
                    Span::new(from, from + "该科".len()),
                ),
                None => (None, part),
            };
            let (Some(holder), Some(field)) = (holder, field) else { continue };
            let group = [(holder, field, span)];
            for title in &titles {
                let dating = self.year_behind(title.span.end).map_or(Dating::Undated, Dating::Printed);
                self.give(&group, &awards(title), dating, whole, origin);
            }
        }
    }
}
