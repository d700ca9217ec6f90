//! Whose a specialty is: the hospitals in brackets behind it, those that stand, those said behind it.

use super::*;
use crate::gazetteer::tables::Target;
use crate::mention::institution::InstitutionMention;
use crate::mention::scan::region_targets;
use xinglin_text::word_list;

/// So many of an enumeration are looked at for the hospital that the seats fell to: 甲科、乙科花落A医院.
const LONGEST_RUN: usize = 24;
/// On a page of more hospitals nobody is called by two characters of a name, and no bracket is looked for beside so many.
const MANY: usize = 60;

impl Narrator<'_, '_> {
    /// 某医院把我院列为医联体单位,该院骨科…; 某医院派专家来我院,其骨科…: the other one, where 我院 stands between.
    pub(super) fn other_than_ours(&self, state: &State, at: usize, part: Span) -> Option<usize> {
        /// No partner is looked for further before, in bytes.
        const NEAR: usize = 400;
        let from = part.start.max(self.reading.text().floor_char_boundary(at.saturating_sub(NEAR)));
        let near = self.reading.institutions_in(Span::new(from, at));
        let told = |partner: &InstitutionMention| {
            from == part.start && self.is_told_of_partner(partner.span, Span::new(at, part.end))
        };
        // A医院已同本市B医院签约,该院甲科为P: the one that did so.
        if let [subject, partner] = near
            && subject.naming == Naming::Named
            && told(partner)
            && let Some(other) =
                self.holder(subject.span.start).filter(|member| Some(*member) != self.cast.home)
        {
            return Some(other);
        }
        let home = self.cast.home?;
        // 与某医院结成协作关系,该院甲科为P: theirs, where the page's own hospital is not named and nothing was given to anybody.
        if let [partner] = near
            && told(partner)
            && let Some(other) = self.holder(partner.span.start).filter(|member| *member != home)
        {
            return Some(other);
        }
        let before = self.reading.institutions_in(Span::new(part.start, at));
        let ours = before.last().is_some_and(|last| {
            matches!(last.naming, Naming::Ours | Naming::Generic) || self.is_paired_with_us(last.span, part)
        });
        let mut others = before.iter().filter(|mention| mention.naming == Naming::Named);
        let other =
            others.find_map(|mention| self.holder(mention.span.start).filter(|member| *member != home));
        // 某医院与我院是医联体单位,该院…: the two that are joined.
        let joined = matches!(state.holders.as_slice(), [one, two]
            if [*one, *two].contains(&home) && other.is_some_and(|other| [*one, *two].contains(&other)));
        if !joined && (!ours || state.holders != [home]) {
            return None;
        }
        other
    }

    /// Whether somebody was joined to a hospital, and what follows tells but what that one is: 该院甲科为P.
    fn is_told_of_partner(&self, partner: Span, told: Span) -> bool {
        let clause = self.reading.clause(Span::new(self.sentence.start, told.start), partner.start);
        let led = self.reading.between(clause.start, partner.start);
        word_list!["与", "同", "和", "跟"].end(led)
            && word_list!["结成", "建立", "签约", "签订", "签署", "结对", "协作", "合作", "组成", "组建"]
                .stand_in(self.reading.between(partner.end, told.start))
            && self.reading.years_in(told).is_empty()
            && !self.reading.scan.says(told, AWARD.or(PASSING))
    }

    /// 我院抓住机遇,与某医院结对,2019年甲科获批P: whom we are paired with, and what follows is ours.
    pub(super) fn is_paired_with_us(&self, name: Span, part: Span) -> bool {
        let ours = self.reading.institutions_in(Span::new(part.start, name.start));
        let ours = ours.last().is_some_and(|last| last.naming == Naming::Ours);
        let head = self.reading.between(part.start, name.start);
        let tail = self.reading.between(name.end, part.end);
        let paired = word_list![
            "结对",
            "结成",
            "建立",
            "开展合作",
            "合作",
            "签约",
            "签订",
            "签署",
            "共建",
            "组建",
            "牵手",
            "携手",
            "联合"
        ]
        .begin(tail);
        let closed = self.reading.clause(part, name.start).end < part.end;
        ours && paired
            && closed
            && word_list!["与", "同", "和", "跟"].end(head)
            && self.holder(name.start) != self.cast.home
    }

    /// 骨科(A医院、B医院)、儿科(C医院): the hospitals in the bracket behind a specialty are that one's own.
    pub(super) fn owns_bracket(&self, state: &mut State, name: Span) -> bool {
        let Some((_, field, last)) = state.group.last().cloned() else { return false };
        if self.shared_owner(last).is_some()
            && self.reading.between(last.end, name.start).chars().count() <= 4
        {
            return true;
        }
        let dashed = self.is_dashed_hospital(last, name);
        if !dashed && !self.is_bracket_of_hospitals(last.end, name) {
            return false;
        }
        let Some(holder) = self.holder(name.start) else { return false };
        // The first one takes the place of whoever was named before.
        if self.opens_owner(last.end).is_some_and(|start| start == name.start) {
            state.group.retain(|(_, _, span)| *span != last);
        }
        state.group.push((holder, field, last));
        true
    }

    /// 骨科(A医院、B医院): the first hospital of the bracket that opens behind a specialty.
    pub(super) fn bracketed_owner(&self, state: &State, field: Span) -> Option<Vec<usize>> {
        // 肝胆外科(同前): of the one before.
        let tail = crate::mention::window_after(self.reading.text(), field.end, 12);
        if word_list!["(同前)", "（同前）", "(同上)", "（同上）"].begin(tail) {
            return state.group.last().map(|(holder, _, _)| vec![*holder]);
        }
        if let Some(shared) = self.shared_owner(field) {
            return Some(vec![shared]);
        }
        let at = self.reading.institution_at(self.opens_owner(field.end)?)?;
        let name = self.reading.institutions.get(at)?.span;
        let own = self.is_bracket_of_hospitals(field.end, name) || self.is_dashed_hospital(field, name);
        self.holder(name.start).filter(|_| own).map(|holder| vec![holder])
    }

    /// …8个专科在列。妇科(A医院)、骨科(B医院)…: whether every department of a part has its hospital in a bracket behind it, where nothing is given by name.
    pub(super) fn are_bracketed(&self, state: &State, part: Span) -> bool {
        if state.pending.is_some()
            || state.named
            || self.cast.home.is_some()
            || !(self.memory.fresh || self.carried.is_some())
            || self.memory.announced.is_none()
            || self.reading.institutions_in(part).is_empty()
        {
            return false;
        }
        let owned = |span: &Span| {
            let tail = crate::mention::window_after(self.reading.text(), span.end, 12);
            let again = word_list!["(同前)", "（同前）", "(同上)", "（同上）"].begin(tail);
            let named = self.opens_owner(span.end).filter(|_| tail.starts_with(['(', '（']));
            again
                || named.is_some_and(|start| self.reading.institution_at(start).is_some())
                || self.shared_owner(*span).is_some()
        };
        state.group.iter().all(|(_, _, span)| owned(span)) && !self.reading.scan.says(part, HOPE.or(NEGATION))
    }

    /// 风湿免疫科和老年病科(均为A医院): the hospital that a bracket says to be all of theirs.
    fn shared_owner(&self, field: Span) -> Option<usize> {
        const FURTHEST: usize = 6;
        let at = self.end_of_enumeration(field.end, FURTHEST);
        let tail = crate::mention::window_after(self.reading.text(), at, 18);
        let inner = tail.strip_prefix(['(', '（'])?;
        let said = word_list!["均为", "均属", "均来自", "都是", "均在", "同属"].strip_prefix(inner);
        let rest = said.or_else(|| Some(inner).filter(|_| self.shares_bracket(field, at)))?;
        let start = at + tail.len() - rest.len();
        let name = self.reading.institution_at(start).and_then(|at| self.reading.institutions.get(at))?;
        let closed = matches!(self.reading.scan.after(name.span.end), Some(')' | '）'));
        self.holder(start).filter(|_| closed && name.span.start == start)
    }

    /// 泌尿外科和康复医学科(A医院); 骨科(A医院)、儿科、眼科(B医院): whether the bracket behind an enumeration is that of one before its last name.
    fn shares_bracket(&self, field: Span, end: usize) -> bool {
        let joint = self.reading.between(field.end, end);
        if joint.starts_with(['和', '与', '及']) {
            return true;
        }
        if !joint.starts_with('、') || self.cast.home.is_some() {
            return false;
        }
        let part =
            self.reading.parts(self.sentence).find(|part| part.contains(field)).unwrap_or(self.sentence);
        let named = self.reading.institutions_in(part);
        (2..=MANY).contains(&named.len())
            && named.iter().all(|name| {
                matches!(self.reading.scan.before(name.span.start), Some('(' | '（'))
                    && matches!(self.reading.scan.after(name.span.end), Some(')' | '）'))
            })
    }

    /// Where a hospital's name would begin behind the bracket or the dash that stands behind a specialty.
    fn opens_owner(&self, end: usize) -> Option<usize> {
        self.reading.scan.after(end).filter(|c| !is_han(*c))?;
        let tail = crate::mention::window_after(self.reading.text(), end, 12);
        let sign = word_list!["——", "—", "－－", "－", "--", "→", "：", ":", "(", "（"].beginning(tail)?;
        Some(end + sign.len())
    }

    /// 心内科——A医院,骨科——B医院、C医院: whether a hospital's name stands behind the dash of a specialty that no hospital stands before.
    fn is_dashed_hospital(&self, field: Span, name: Span) -> bool {
        let free =
            self.reading.scan.before(field.start).is_none_or(|c| !is_han(c) && !matches!(c, ')' | '）'));
        let Some(mut at) = self.opens_owner(field.end).filter(|start| free && *start <= name.start) else {
            return false;
        };
        let sign = self.reading.between(field.end, at);
        if sign.starts_with(['(', '（']) || !self.reading.titles_in(Span::new(at, name.start)).is_empty() {
            return false;
        }
        for named in self.reading.institutions_in(Span::new(at, name.end)) {
            let joined = named.span.start == at || field::is_join(self.reading.between(at, named.span.start));
            if !joined {
                return false;
            }
            at = named.span.end;
        }
        // 骨科——A医院儿科: a department of its own is another's.
        let ends = self.reading.scan.after(name.end).is_none_or(|c| !is_han(c) || "和与及".contains(c));
        at == name.end
            && ends
            && self.fields.binary_search_by_key(&name.end, |mention| mention.span.start).is_err()
    }

    /// Whether a bracket opens at a position that holds a name, other hospitals' names and nothing besides.
    pub(super) fn is_bracket_of_hospitals(&self, open: usize, name: Span) -> bool {
        const FURTHEST: usize = 900;
        let tail = crate::mention::window_after(self.reading.text(), open, FURTHEST);
        let Some(inner) = tail.strip_prefix(['(', '（']) else { return false };
        let Some((inner, _)) = inner.split_once([')', '）']) else { return false };
        let start = open + tail.chars().next().map_or(0, char::len_utf8);
        let within = Span::new(start, start + inner.len());
        let mut at = within.start;
        for named in self.reading.institutions_in(within) {
            let joined = field::is_join(self.reading.between(at, named.span.start));
            if !(joined || at == within.start && named.span.start == at) {
                return false;
            }
            at = named.span.end;
        }
        at == within.end && within.contains(name)
    }

    pub(super) fn current_holders(&self, state: &State) -> Vec<usize> {
        if state.named {
            return state.holders.clone();
        }
        // 该院与某医院结成医联体。2018年,骨科获评P: where the page is nobody's own, the hospital spoken of.
        let spoken = self.memory.leading.filter(|_| !self.cast.home_told);
        let scene = self.memory.scene.filter(|_| !self.cast.own_page);
        self.memory
            .heading
            .or(self.section_holder)
            .or(spoken)
            .or(scene)
            .or(self.cast.home)
            .or(self.memory.holder)
            .into_iter()
            .collect()
    }

    /// 宝山那家医院: a place and a word that points stand before 医院.
    pub(super) fn is_pointed_at(&self, start: usize) -> bool {
        !self.places_pointed_at(start).is_empty()
    }

    /// 物理师在某肿瘤医院“泡”过一年。这家医院的放疗科…: the one hospital that the sentence before named, which is not the page's.
    pub(super) fn is_one_just_named(&self, start: usize) -> Option<usize> {
        let own = self.sentence.start.max(self.paragraph);
        if start < own || own == self.paragraph {
            return None;
        }
        let pointed = match self.reading.between(own, start) {
            "" => crate::mention::window_after(self.reading.text(), start, "这家".len()),
            led => led,
        };
        if !matches!(pointed, "这家" | "这所" | "那家" | "那所") {
            return None;
        }
        let told = self.reading.between(self.paragraph, own).trim_end().trim_end_matches('。');
        let last = told.rsplit('。').next().unwrap_or_default();
        let before = Span::new(self.paragraph + told.len() - last.len(), self.paragraph + told.len());
        // 州人民医院送医师到某医院跟班学习。这家医院…: the last one, where the others are the page's own.
        let (named, ours) = self.reading.institutions_in(before).split_last()?;
        let other = self.cast.member_at(self.reading, named.span.start)?;
        let home = self.cast.home.filter(|home| *home != other);
        let own = |mention: &crate::mention::institution::InstitutionMention| {
            self.holder(mention.span.start).is_none_or(|member| Some(member) == home)
        };
        (named.naming == Naming::Named && self.cast.home != Some(other) && ours.iter().all(own))
            .then_some(other)
    }

    /// The only hospital of that place that the page names.
    pub(super) fn one_of_place(&self, start: usize) -> Option<usize> {
        let places = self.places_pointed_at(start);
        let tables = self.reading.tables;
        let within = |region: u32| places.iter().any(|place| tables.within(region, place.row));
        let members = self.cast.members.iter().enumerate();
        let mut there =
            members.filter(|(_, member)| member.mentions > 0 && member.region.is_some_and(within));
        let only = there.next().map(|(at, _)| at);
        only.filter(|_| there.next().is_none())
    }

    fn places_pointed_at(&self, start: usize) -> &[Target] {
        let before = crate::mention::window_before(self.reading.text(), start, "的那家".len());
        let Some(place) = word_list!["的那家", "的那所", "那家", "那所"].strip_suffix(before)
        else {
            return &[];
        };
        let at = start - before.len() + place.len();
        let named = self.reading.scan.ending_at(at).map(|(_, entry)| entry);
        let mut targets = named.map(|entry| region_targets(self.reading.tables, entry));
        targets.find(|targets| !targets.is_empty()).unwrap_or_default()
    }

    /// Remembers whose departments were given titles, for sentences that name the department alone.
    pub(crate) fn learn_owners(&mut self, drafts: &[Draft]) {
        for draft in drafts {
            let known = self.owners.entry(draft.field.clone()).or_insert(Some(draft.holder));
            *known = known.filter(|holder| *holder == draft.holder);
        }
    }

    /// 而在遵义,烧伤科走的是一条慢路:2011年进入P: the one hospital whose department it is, where no other is spoken of.
    pub(super) fn known_owner(&self, field: &Field) -> Option<usize> {
        self.owners.get(field).copied().flatten()
    }

    /// 这所来自上海的医院, 那家来自杭州的三甲医院: whether what stands before 医院 says that it is from elsewhere.
    pub(super) fn comes_from_elsewhere(&self, start: usize, part: Span) -> bool {
        let head = self.reading.between(self.reading.clause_start(part, start), start);
        if !word_list!["来自"].stand_in(head) {
            return false;
        }
        let Some((before, from)) = head.rsplit_once("来自") else { return false };
        let from =
            word_list!["三甲", "三级", "大", "知名", "儿童", "专科"].strip_suffix(from).unwrap_or(from);
        before.ends_with(['所', '家', '座'])
            && from.ends_with('的')
            && from.chars().count() <= 8
            && !from.contains(['、', '我', '本'])
    }

    /// 同一块招牌下的分院也没闲着。空港医院骨科…: whether a name without a place is a branch's, of which the sentence before spoke.
    pub(super) fn is_branch_told(&self, start: usize) -> bool {
        let own = self.sentence.start.max(self.paragraph);
        if start < own || own == self.paragraph {
            return false;
        }
        let told = self.reading.between(self.paragraph, own).trim_end().trim_end_matches(['。', '：', ':']);
        let last = told.rsplit('。').next().unwrap_or_default();
        let others = self.reading.institutions_in(Span::new(own - last.len().min(own - self.paragraph), own));
        let other = others.iter().any(|other| other.naming == Naming::Named);
        word_list!["下的分院", "的分院", "各分院", "家分院", "下的院区", "家院区", "各院区", "个院区"]
            .stand_in(last)
            && !other
    }

    /// 省医心血管内科, 协和的骨科: whose it is, by a name that is no more than a few characters of a hospital's: the one of the page that
    /// is called so, or nobody where none is, or several are. `None` where no such name stands there.
    pub(super) fn called_short(&self, head: &str) -> Option<Option<usize>> {
        let head = head.strip_suffix('的').unwrap_or(head);
        let own = |short: &str| {
            let home = self.cast.home.and_then(|at| self.cast.members.get(at));
            home.is_some_and(|home| short.chars().all(|c| home.name.contains(c)))
        };
        if let Some(short) = word_list!["省医", "省中医", "省妇幼", "市医", "县医", "州医"].ending(head)
        {
            let (level, kind) = short.split_at('省'.len_utf8());
            let full = if kind == "医" { "人民医院" } else { kind };
            let so = |name: &str| {
                name.find(level).is_some_and(|at| name.get(at..).is_some_and(|rest| rest.contains(full)))
            };
            return (!own(short)).then(|| self.only_one_called(so));
        }
        let short = word_list![
            "协和",
            "华西",
            "湘雅",
            "同济",
            "齐鲁",
            "瑞金",
            "仁济",
            "华山",
            "中山",
            "西京",
            "唐都",
            "安贞",
            "天坛",
            "阜外",
            "宣武",
            "同仁",
            "友谊",
            "积水潭",
            "邵逸夫",
            "盛京",
            "鼓楼",
            "珠江",
            "南方",
            "西南",
            "新桥",
            "朝阳"
        ]
        .ending(head)?;
        let begins = !head.get(..head.len() - short.len()).is_some_and(|before| before.ends_with(is_han));
        let so = |name: &str| name.contains(short);
        let known = self.cast.members.iter().take(MANY).any(|member| member.mentions > 0 && so(&member.name));
        (begins && known && !own(short)).then(|| self.only_one_called(so))
    }

    fn only_one_called(&self, so: impl Fn(&str) -> bool) -> Option<usize> {
        if self.cast.members.len() > MANY {
            return None;
        }
        let mut called = (0..self.cast.members.len()).filter(|at| {
            self.cast.members.get(*at).is_some_and(|member| member.mentions > 0 && so(&member.name))
        });
        called.next().filter(|_| called.next().is_none())
    }

    /// 精神科的席位归了A医院, 产科的牌子由B医院摘得: to whom a department's seat fell.
    pub(super) fn seat_owner(&self, field: usize) -> Option<usize> {
        let near = crate::mention::window_after(self.reading.text(), field, 36);
        // 甲科、乙科花落A医院
        let falls = word_list![
            "花落",
            "落户",
            "归属",
            "出自",
            "均出自",
            "都出自",
            "来自",
            "均来自",
            "都来自",
            "同出"
        ]
        .strip_prefix(near.trim_start_matches(['则', '也', '便']));
        let verb = match near.strip_prefix('的') {
            Some(tail) => {
                let seats = word_list!["席位", "名额", "牌子", "牌匾", "一席", "那一席", "那一个", "位子"];
                word_list![
                    "归了", "归属", "归于", "归", "花落", "落户", "落到", "落在", "给了", "被", "由", "属于",
                    "落入"
                ]
                .strip_prefix(
                    seats.strip_prefix(tail)?.trim_start_matches(['则', '也', '便', '最', '终', '，', ',']),
                )?
            }
            None => falls?,
        };
        let said = near.len() - verb.len();
        self.holder(field + said)
    }

    /// Whether the seats of those that wait all fell to hospitals that stand behind them.
    pub(super) fn seats_fall(&self, state: &State, part: Span) -> bool {
        let waits = !state.group.is_empty() && state.pending.is_none() && self.memory.announced.is_some();
        waits
            && state
                .group
                .iter()
                .all(|(_, _, span)| self.seat_owner(self.end_of_enumeration(span.end, LONGEST_RUN)).is_some())
            && !self.reading.scan.says(part, HOPE.or(NEGATION))
    }

    /// 骨科是县人民医院的“王牌”科室: whose it is, said behind it.
    pub(super) fn told_owner(&self, state: &State, field: usize) -> Option<Vec<usize>> {
        // 甲科花落A医院,乙科落户B医院: each its own, whoever was named before.
        let end = self.end_of_enumeration(field, LONGEST_RUN);
        let behind = crate::mention::window_after(self.reading.text(), end, 12);
        let falls = word_list!["花落", "落户", "归属", "的名额", "的席位", "的牌子", "的牌匾", "的那一席"]
            .begin(behind)
            && !self.reading.between(field, end).contains(['；', ';']);
        if self.memory.announced.is_some()
            && (falls || !state.named)
            && let Some(owner) = self.seat_owner(end)
        {
            return Some(vec![owner]);
        }
        let tail = self.reading.between(field, self.reading.text().len());
        let verb = word_list!["就是", "也是", "是", "作为", "系", "为"].beginning(tail)?;
        let start = field + verb.len();
        let owner = self.reading.institution_at(start).and_then(|at| self.reading.institutions.get(at))?;
        let whose = owner.span.start == start
            && self.reading.between(owner.span.end, owner.span.end + '的'.len_utf8()) == "的";
        (!state.named && whose).then(|| self.holder(start)).flatten().map(|holder| vec![holder])
    }

    /// 国家临床重点专科2个(甲科、乙科),丙科…: the title's list stood in the bracket that opened behind it.
    pub(super) fn bracket_closed(&self, state: &State, field: Span) -> bool {
        let (Some(title), Some((_, _, first))) =
            (state.pending.and_then(|at| self.reading.titles.get(at)), state.group.first())
        else {
            return false;
        };
        let depth = |at: usize| {
            self.reading.between(title.span.end, at).chars().fold(0_i32, |depth, c| match c {
                '(' | '（' => depth + 1,
                ')' | '）' => depth - 1,
                _ => depth,
            })
        };
        depth(first.start) > 0 && depth(field.start) <= 0
    }
}
