//! How far to the left does a name reach? Places, owners and parts of names, read leftwards from the type.

use super::institution::{Naming, STOPS, is_han};
use super::scan::{Scan, region_targets};
use super::{Span, window_before};
use crate::gazetteer::compile::{FULL, WEAK};
use crate::gazetteer::tables::{GENERIC, OWNER, PART, Tables, is_ordinary};
use xinglin_text::WordList;

/// The longest run of characters within a name that no gazetteer knows: 紫荆, 眼视光.
const UNKNOWN_RUN: usize = 5;

/// The furthest that a name reaches to the left of its type, in bytes: pages made of parts of names stay cheap.
const FURTHEST: usize = 180;

/// A component of a name, read leftwards.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Component {
    Place,
    WeakPlace,
    Owner,
    Part,
}

/// Reads a name leftwards from its type.
pub(super) struct Reader<'s, 't> {
    scan: &'s Scan<'t>,
    tables: &'s Tables,
    from: usize,
    free: usize,
    pub(super) naming: Naming,
    /// Whether a place, an owner or a level stands at its head.
    pub(super) owned: bool,
}

impl<'s, 't> Reader<'s, 't> {
    pub(super) fn new(scan: &'s Scan<'t>, tables: &'s Tables, from: usize, free: usize) -> Self {
        Reader { scan, tables, from, free, naming: Naming::Named, owned: false }
    }

    /// Where the name begins, or nothing where there is none.
    pub(super) fn read(&mut self) -> Option<usize> {
        let mut at = self.from;
        let mut unknown = 0_usize;
        let mut parts = false;
        // (start, component, whether unknown characters stand between it and the component to its right)
        let mut head: Option<(usize, Component)> = None;
        let mut gap = false;
        let mut crowded = false;
        loop {
            crate::work::done(1);
            if at <= self.free {
                break;
            }
            if self.from - at > FURTHEST {
                return None;
            }
            if let Some((start, component)) = self.component(at)
                && !(component == Component::WeakPlace && gap && self.follows_level(start))
            {
                match component {
                    // 山东省选拔齐鲁医院: an unknown word between two places is no part of a name.
                    Component::Place | Component::Owner
                        if gap && matches!(head, Some((_, Component::Place | Component::Owner))) =>
                    {
                        break;
                    }
                    Component::Place | Component::Owner => head = Some((start, component)),
                    Component::WeakPlace if head.is_none() => head = Some((start, component)),
                    Component::WeakPlace if !gap => head = head.map(|(_, known)| (start, known)),
                    // 哈励逊国际和平医院 is no hospital of 和平.
                    Component::Part if !gap && self.is_word_of_name(start, head) => {
                        head = None;
                        parts = true;
                    }
                    Component::WeakPlace | Component::Part => parts = true,
                }
                if matches!(component, Component::Part) && head.is_some() && gap {
                    break;
                }
                gap = false;
                unknown = 0;
                at = start;
                continue;
            }
            let Some(c) = self.scan.before(at) else { break };
            if is_numeral(c) {
                parts = true;
                at -= c.len_utf8();
                continue;
            }
            // 2016年良乡医院: when, and no part of a name.
            let dated = matches!(c, '年' | '月' | '日')
                && self
                    .scan
                    .before(at - c.len_utf8())
                    .is_some_and(|digit| is_numeral(digit) && digit != '第');
            // 2022年度十大医院新闻
            let before = self.scan.before(at - c.len_utf8());
            let counted = c == '度' && before == Some('年') || c == '大' && before == Some('十');
            if !is_han(c) || dated || counted || self.stops(at, c) {
                break;
            }
            unknown += 1;
            if unknown > UNKNOWN_RUN {
                crowded = true;
                break;
            }
            gap = true;
            at -= c.len_utf8();
        }
        self.settle(at, head, parts, unknown, crowded)
    }

    fn settle(
        &mut self,
        at: usize,
        head: Option<(usize, Component)>,
        parts: bool,
        unknown: usize,
        crowded: bool,
    ) -> Option<usize> {
        if let Some((start, _)) = head {
            self.owned = true;
            // 黄河三门峡医院: the river's own.
            const RIVER: &str = "黄河";
            let led = self.scan.text.get(self.free..start).is_some_and(|head| head.ends_with(RIVER));
            return Some(if led { start - RIVER.len() } else { self.without_province(start) });
        }
        if crowded {
            // Nothing places it; keep what the lexicon knows of the name.
            return None;
        }
        let name = self.scan.text.get(at..self.from)?;
        let mut letters = name.chars();
        let first = letters.next();
        if let Some(level @ ('省' | '市' | '县' | '州' | '区' | '旗' | '盟' | '镇' | '乡')) = first
            && unknown <= 1 + UNKNOWN_RUN
        {
            let rest_known = letters.as_str().is_empty() || parts || unknown <= 3;
            if rest_known && !(level == '区' && letters.as_str().starts_with('域')) {
                self.naming = Naming::Bare;
                self.owned = true;
                return Some(at);
            }
        }
        // 请县医院倒排工期: the county's own, and a verb before it.
        let mut backwards = name.chars().rev();
        if backwards.next() == Some('县') && unknown == 2 && backwards.count() == 1 {
            self.naming = Naming::Bare;
            self.owned = true;
            return Some(self.from - '县'.len_utf8());
        }
        if name.starts_with("自治区") && name.len() > "自治区".len() {
            self.naming = Naming::Bare;
            self.owned = true;
            return Some(at);
        }
        // 甲县人民医院, 乙医院: whoever that be.
        let of_anyone = letters.next().is_none_or(|c| matches!(c, '省' | '市' | '县' | '区' | '镇' | '乡'));
        if of_anyone && matches!(first, Some('甲' | '乙' | '丙' | '丁')) {
            return None;
        }
        if matches!(first, Some('我' | '本' | '该' | '各' | '全' | '某')) || is_understanding(name) {
            return None;
        }
        // 一四三团医院: a regiment's own, by its number.
        let regiment = name
            .strip_suffix('团')
            .is_some_and(|number| number.chars().count() >= 2 && number.chars().all(is_numeral));
        if regiment {
            self.owned = true;
            return Some(at);
        }
        // 梳理医院的专科版图: what somebody does with the hospital.
        if unknown >= 2 && ends_ordinary(name) {
            return None;
        }
        if unknown == 0 {
            self.naming = Naming::Bare;
            return (parts && at < self.from).then_some(at);
        }
        (2..=UNKNOWN_RUN).contains(&unknown).then_some(at)
    }

    /// 湖北省襄阳市中心医院 is called 襄阳市中心医院; 河北省沧州中西医结合医院 is called as it is.
    fn without_province(&self, start: usize) -> usize {
        let Some((first, row, _)) = self.place_at(start) else { return start };
        let province =
            self.tables.region(row).is_some_and(|region| region.rank == 0 && !region.path.ends_with('市'));
        match self.place_at(first.end) {
            Some((second, below, FULL))
                if province && second.end < self.from && self.tables.within(below, row) =>
            {
                second.start
            }
            _ => start,
        }
    }

    fn place_at(&self, start: usize) -> Option<(Span, u32, u8)> {
        self.scan.starting_at(start).find_map(|(span, entry)| {
            let target = region_targets(self.tables, entry).first()?;
            Some((span, target.row, target.strength))
        })
    }

    /// The longest component that ends at `at`, and not before the last institution.
    fn component(&self, at: usize) -> Option<(usize, Component)> {
        if let Some(bracket) = self.bracketed(at) {
            return Some(bracket);
        }
        // 菏泽医学专科学校附属医院: a kind of school, and no 专科.
        const SCHOOL: &str = "专科学校";
        let school = self.scan.before(at) == Some('校') && at >= self.free + SCHOOL.len();
        if school && self.scan.text.get(..at).is_some_and(|head| head.ends_with(SCHOOL)) {
            return Some((at - SCHOOL.len(), Component::Part));
        }
        self.scan.ending_at(at).filter(|(span, _)| span.start >= self.free).find_map(|(span, entry)| {
            let place = region_targets(self.tables, entry);
            // 西固镇: a town, and no 固镇.
            let town = !place.is_empty()
                && span.of(self.scan.text).ends_with('镇')
                && self.is_within_word(span.start);
            // 烟台山医院: 烟台, and no 台山.
            let cut = place.iter().any(|target| target.strength > FULL) && self.is_cut_from_place(span.start);
            if town || cut {
                return None;
            }
            let component = if entry.organisation.is_some() || entry.institution.is_some() {
                Component::Owner
            } else if place.iter().any(|target| target.strength < WEAK) {
                Component::Place
            } else if entry.kinds.has(OWNER) {
                Component::Owner
            } else if !place.is_empty() {
                Component::WeakPlace
            } else if entry.kinds.has(PART) || (entry.specialty.is_some() && !entry.kinds.has(STOPS)) {
                Component::Part
            } else {
                return None;
            };
            Some((span.start, component))
        })
    }

    /// Whether a place that begins before a position, where no other ends, ends behind it.
    fn is_cut_from_place(&self, at: usize) -> bool {
        let Some(c) = self.scan.before(at).filter(|c| is_han(*c)) else { return false };
        let over = |(span, entry): (Span, &super::scan::Entry)| entry.region.is_some() && span.end > at;
        self.scan.starting_at(at - c.len_utf8()).any(over)
            && !self.scan.ending_at(at).any(|(_, entry)| entry.region.is_some())
    }

    /// Whether a character of the same word stands before a position: no word, place or bound ends there.
    fn is_within_word(&self, at: usize) -> bool {
        let Some(c) = self.scan.before(at).filter(|c| is_han(*c) && at > self.free) else { return false };
        let ends = |entry: &super::scan::Entry| entry.region.is_some() || entry.kinds.has(STOPS.or(OWNER));
        !self.scan.matcher.character(c).has(STOPS) && !self.scan.ending_at(at).any(|(_, entry)| ends(entry))
    }

    /// 树兰(杭州)医院.
    fn bracketed(&self, at: usize) -> Option<(usize, Component)> {
        self.scan.before(at).filter(|c| matches!(c, ')' | '）'))?;
        let head = window_before(self.scan.text.get(..at)?, at, 40);
        let base = at - head.len();
        let inner = head.strip_suffix(')').or_else(|| head.strip_suffix('）'))?;
        let open = inner.rfind(['(', '（']).filter(|open| base + open >= self.free)?;
        let content = inner.get(open..)?.chars().skip(1).count();
        let start = base + open + inner.get(open..)?.chars().next()?.len_utf8();
        let is_place = self
            .scan
            .starting_at(start)
            .any(|(span, entry)| entry.region.is_some() && span.end == base + inner.len());
        (is_place && content <= 6).then_some((base + open, Component::Part))
    }

    /// 国际和平医院: a county's short name that the name's own word stands before.
    fn is_word_of_name(&self, start: usize, head: Option<(usize, Component)>) -> bool {
        let Some((place, Component::WeakPlace)) = head else { return false };
        self.scan.text.get(start..place).is_some_and(|part| matches!(part, "国际" | "友谊" | "友好"))
    }

    /// 市松山湖中心医院: the city's own, and no place called 松山.
    fn follows_level(&self, at: usize) -> bool {
        let level =
            self.scan.before(at).is_some_and(|c| matches!(c, '省' | '市' | '县' | '州' | '区' | '旗' | '盟'));
        level && !self.scan.ending_at(at).any(|(_, entry)| entry.region.is_some())
    }

    fn stops(&self, at: usize, c: char) -> bool {
        // 奉城医院普外科和古华医院检验科: what joins another's department to a name is no part of it.
        // 骨科同南方医院合作, but not 骨科同济医院.
        let with = || {
            matches!(c, '同' | '跟') && !self.scan.after(at).is_some_and(|next| "济仁德心安".contains(next))
        };
        let joins = (matches!(c, '和' | '与' | '及') || with())
            && self
                .scan
                .ending_at(at - c.len_utf8())
                .any(|(span, entry)| entry.specialty.is_some() && span.of(self.scan.text).ends_with('科'));
        // 已同市第一人民医院签约, but 大同市第一人民医院: the city's own, and with whom.
        let leveled = || {
            c == '同'
                && self.scan.after(at).is_some_and(|next| matches!(next, '省' | '市' | '县' | '州'))
                && !self.scan.before(at - c.len_utf8()).is_some_and(|before| matches!(before, '大' | '会'))
        };
        if joins || leveled() {
            return true;
        }
        // 汕大医附一院: 大 is a university's here.
        if c == '大' && self.scan.after(at).is_some_and(|next| "医附一二三四五六".contains(next)) {
            return false;
        }
        // 、向化镇: no preposition stands within an enumeration.
        let listed = self.scan.before(at - c.len_utf8()) == Some('、');
        if listed && "向从将为把让经".contains(c) {
            return false;
        }
        // 镇雄县以勒镇中心卫生院: a town's own character, right behind its county.
        let town = "向从将为把让经以与和对在由".contains(c)
            && self.scan.text.get(at..self.from).is_some_and(|rest| {
                rest.chars().take(3).any(|c| matches!(c, '镇' | '乡')) && !rest.starts_with(['镇', '乡'])
            })
            && self.ends_division(at - c.len_utf8());
        if town {
            return false;
        }
        // 你去过黄塘医院, 她们找了黄塘医院: who does what about it.
        const TELLERS: &str = "你您他她它咱们谁去了吗呢吧席归";
        // 把消息带回医院, 赶往医院: whither, and no part of a name.
        let whither = at == self.from && "回往到进出给离选找换跑问逛".contains(c);
        whither
            || self.scan.matcher.character(c).has(STOPS)
            || TELLERS.contains(c)
            || self.scan.ending_at(at).any(|(_, entry)| entry.kinds.has(STOPS.or(GENERIC)))
            || is_understanding(self.scan.text.get(self.free..at).unwrap_or_default())
                && !self.ends_city(at - c.len_utf8())
    }

    /// Whether a division's full name ends at a position.
    fn ends_division(&self, at: usize) -> bool {
        self.scan
            .ending_at(at)
            .any(|(_, entry)| region_targets(self.tables, entry).iter().any(|target| target.strength == FULL))
    }

    /// 达州市民康医院: whether a city's full name ends at a position, and no 市民 stands there.
    fn ends_city(&self, at: usize) -> bool {
        self.scan.before(at) == Some('市') && self.ends_division(at)
    }
}

/// 看懂医院门口的牌子, 选对医院; 你去过黄塘医院, 听说紫荆医院: what somebody does about hospitals, and when.
fn is_understanding(name: &str) -> bool {
    static READS: WordList = WordList::new(&[
        "询问", "咨询", "打听", "请教", "拜访", "前往", "赶往", "抵达", "回顾", "回望", "回首", "翻开",
        "翻看", "打开", "纵观", "综观", "放眼", "展望", "走进", "来到", "围绕", "立足", "聚焦", "见证",
        "记录", "讲述", "重温", "追溯", "看懂", "读懂", "弄懂", "搞懂", "听懂", "不懂", "懂得", "选对",
        "选错", "找对", "找错", "找准", "选准", "认准", "认识", "了解", "走出", "走近", "逛逛", "离开",
        "回到", "进入", "跑遍", "想去", "去过", "哪里", "怎样", "到过", "来过", "住过", "听过", "看过",
        "进过", "说过", "见过", "路过", "经过", "途经", "途径", "听说", "据说", "听闻", "耳闻", "住进",
        "送进", "搬进", "转进", "转院", "转诊", "说起", "提起", "谈起", "想起", "问起", "聊起", "提及",
        "记得", "知道", "熟悉", "认得", "信任", "相信", "信赖", "喜欢", "直奔", "奔赴", "多亏", "幸亏",
        "幸好", "谢谢", "推荐", "建议", "看看", "瞧瞧", "问问", "为何", "为啥", "怎么", "难道", "究竟",
        "到底", "原来", "如今", "后来", "当年", "那年", "那时", "当时", "从前", "以前", "昔日", "去年",
        "前年", "明年", "然后", "于是", "因此", "所以", "可是", "不过", "而且", "只要", "其实", "当然",
        "果然", "终于", "赶紧", "大家", "网友", "市民", "乡亲", "读者", "代表", "聊聊", "谈谈", "说说",
        "讲讲", "看遍", "参观", "探访", "走访",
    ]);
    READS.end(name)
}

/// Whether a name that nothing places ends with a word that no hospital is called by.
fn ends_ordinary(name: &str) -> bool {
    name.char_indices().rev().nth(1).and_then(|(at, _)| name.get(at..)).is_some_and(is_ordinary)
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '0'..='9'
            | '〇'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '○'
            | '零'
            | '第'
    )
}
