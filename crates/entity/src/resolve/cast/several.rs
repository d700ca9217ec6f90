//! Pages about several hospitals, each told of in paragraphs of its own: 三家县级医院见闻, 厦门多家医院开出夜间门诊, 医界一周速览.

use super::*;
use crate::gazetteer::tables::{HOPE, NEGATION};
use crate::structure::line::is_prose;
use xinglin_text::{WordList, word_list};

/// More paragraphs than such a page has.
const MOST: usize = 200;

/// How many hospitals the headline, or the line of dashes under it, counts without a title for them: 三家县级医院, 多所卫生院.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    Of(usize),
    Many,
    /// 卫健一周, 医界早报(7月4日): so many items, each of its own.
    Items,
}

/// What the headline counts.
fn counted(text: &Reading<'_>, around: &Surroundings<'_, '_>) -> Option<Count> {
    let headline = around.headline.filter(|headline| text.titles_in(*headline).is_empty())?;
    let next = text.text().get(headline.end..).unwrap_or_default().trim_start();
    let next = next.lines().next().unwrap_or_default();
    let deck = if next.starts_with("——") { next } else { "" };
    [headline.of(text.text()), deck].into_iter().filter(|line| line.chars().count() <= 80).find_map(count)
}

/// 三家县级医院, 多所卫生院, 各大医院.
fn count(line: &str) -> Option<Count> {
    static KINDS: WordList = WordList::new(&["医院", "卫生院", "卫生服务中心", "医疗机构", "保健院"]);
    const NUMBERS: [(char, usize); 9] =
        [('两', 2), ('三', 3), ('四', 4), ('五', 5), ('六', 6), ('七', 7), ('八', 8), ('九', 9), ('十', 10)];
    if line.contains("两院") && !line.contains("两院区") {
        return Some(Count::Of(2));
    }
    if word_list![
        "各大医院",
        "各家医院",
        "不少医院",
        "哪些医院",
        "看哪家",
        "去哪家",
        "挂哪家",
        "找哪家",
        "选哪家",
        "哪家好",
        "哪家强"
    ]
    .stand_in(line)
    {
        return Some(Count::Many);
    }
    // 商洛四县医院探访记
    let of_counties = NUMBERS.iter().find(|(number, _)| {
        line.match_indices(*number).any(|(at, _)| {
            let rest = line.get(at + number.len_utf8()..).unwrap_or_default();
            word_list!["县医院", "县人民医院", "县中医院", "县中医医院", "旗医院", "旗人民医院", "县“县医”"]
                .begin(rest)
        })
    });
    if let Some((_, number)) = of_counties {
        return Some(Count::Of(*number));
    }
    let counted = line.match_indices(['家', '所', '间']).find_map(|(at, _)| {
        let kind: String = line.get(at..)?.chars().skip(1).take(10).collect();
        let kind = kind.split(['，', ',', '。', '！', ' ']).next().filter(|kind| KINDS.stand_in(kind));
        let head = kind.and(line.get(..at))?;
        let last = head.chars().next_back()?;
        let stem = head.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = head.get(stem.len()..).and_then(|digits| digits.parse().ok());
        let spelt = || NUMBERS.iter().find(|(c, _)| *c == last).map(|(_, number)| *number);
        match number.or_else(spelt) {
            Some(number) => Some(Count::Of(number)),
            None => matches!(last, '多' | '几' | '数' | '哪').then_some(Count::Many),
        }
    });
    counted.or_else(|| is_brief(line).then_some(Count::Items))
}

/// 黔东南卫健一周（4月15日—4月19日）, 医疗早报|7月4日: a headline that gathers what happened.
fn is_brief(line: &str) -> bool {
    static WEEKS: WordList = WordList::new(&["一周", "每周", "周报", "周刊", "本周", "周记", "周览", "旬报"]);
    static BRIEFS: WordList = WordList::new(&[
        "速览",
        "速递",
        "快报",
        "简报",
        "早报",
        "晚报",
        "日报",
        "月报",
        "要闻",
        "快讯",
        "播报",
        "动态",
        "集锦",
        "汇总",
        "资讯",
        "早知道",
        "早读",
        "早班车",
        "简讯",
        "联播",
        "盘点",
        "大事",
    ]);
    WEEKS.stand_in(line) || line.contains(|c: char| c.is_ascii_digit()) && BRIEFS.stand_in(line)
}

impl Cast {
    /// The hospitals that open a paragraph of such a page, where they are as many as is counted.
    pub(super) fn find_several(
        &self,
        text: &Reading<'_>,
        around: &Surroundings<'_, '_>,
        atlas: &Atlas,
    ) -> Vec<usize> {
        let from = around.headline.map_or(0, |headline| headline.end);
        let Some(count) = counted(text, around) else { return self.sections(text, from) };
        let guests = self.visitors(text, around);
        if count == Count::Items {
            return self.of_items(text, from, &guests);
        }
        let mut found = Vec::new();
        let mut start = from;
        for line in text.text().get(from..).unwrap_or_default().split('\n').take(MOST) {
            let span = Span::new(start, start + line.len());
            start = span.end + 1;
            let Some(first) = text.institutions_in(span).first() else { continue };
            let member = self.member_at(text, first.span.start);
            let head = text.between(span.start, first.span.start).trim();
            let led = word_list!["由", "从", "与", "和", "据", "受", "来自", "像", "单位"].end(head)
                || word_list!["提醒", "友情提醒", "温馨提示", "温馨提醒", "注意", "小贴士", "另外"]
                    .begin(head);
            let told = head.chars().count() <= 10 && !head.contains('。') && !led
                // 别硬扛。某市第七人民医院…
                || head.ends_with(['。', '！', '？']) && head.chars().count() <= 24 && !led;
            let known = |at: &usize| !guests.contains(at) && !found.contains(at);
            found.extend(member.filter(|_| told).filter(known));
        }
        // 两家医院组建联合诊疗中心: A医院与B医院签约.
        if let Count::Of(number) = count
            && found.len() != number
        {
            let joined = if found.len() < number { self.joined(text, from, number) } else { Vec::new() };
            return if joined.is_empty() { self.by_paragraphs(text, around, atlas, number) } else { joined };
        }
        let fits = match count {
            Count::Of(number) => found.len() >= 2 && found.len() == number,
            Count::Many | Count::Items => found.len() >= 3,
        };
        if fits { found } else { Vec::new() }
    }

    /// 商洛四县医院探访记: the first hospital of each paragraph, of the headline's place, where they are exactly as many.
    fn by_paragraphs(
        &self,
        text: &Reading<'_>,
        around: &Surroundings<'_, '_>,
        atlas: &Atlas,
        number: usize,
    ) -> Vec<usize> {
        let Some(headline) = around.headline else { return Vec::new() };
        let region = |member: usize| self.members.get(member).and_then(|member| member.region);
        // 三家医院特色一次看懂: the first one's city.
        let first = || region(self.of_mention.iter().flatten().copied().next()?);
        let place = place::chain(&text.scan, text.tables, atlas, headline, true)
            .or_else(|| text.tables.ancestor(first()?, 1));
        let near = |member: &usize| {
            place.is_some_and(|place| region(*member).is_some_and(|row| text.tables.within(row, place)))
        };
        let guests = self.visitors(text, around);
        let mut found: Vec<usize> = Vec::new();
        let mut start = headline.end;
        for line in text.text().get(start..).unwrap_or_default().split('\n').take(MOST) {
            let span = Span::new(start, start + line.len());
            start = span.end + 1;
            if !is_prose(line) {
                continue;
            }
            let mut named = text.institutions_in(span).iter().filter(|name| !lends(text, name.span));
            let first = named.find_map(|name| self.member_at(text, name.span.start).filter(near));
            found.extend(first.filter(|at| !guests.contains(at) && !found.contains(at)));
        }
        if number >= 2 && found.len() == number { found } else { Vec::new() }
    }

    /// The hospital of each item of a brief: the first one of its first sentence, under the item's heading or behind its sign.
    fn of_items(&self, text: &Reading<'_>, from: usize, guests: &BTreeSet<usize>) -> Vec<usize> {
        const LEAST: usize = 3;
        let mut found: Vec<usize> = Vec::new();
        let (mut items, mut start, mut headed) = (0, from, false);
        for line in text.text().get(from..).unwrap_or_default().split('\n').take(MOST) {
            let at = start;
            start += line.len() + 1;
            let signed = line.trim_start().starts_with(['【', '■', '●', '◆', '▶', '▲', '•', '★', '◇', '▍']);
            if !is_prose(line) {
                headed = !line.trim().is_empty() && (line.chars().count() <= 40 || signed)
                    || headed && line.trim().is_empty();
                continue;
            }
            let opens = std::mem::take(&mut headed) || signed;
            let sentence = line.split_inclusive(['。', '！', '？']).next().unwrap_or_default();
            if !opens || word_list!["提醒", "支招", "提示", "温馨"].stand_in(sentence) {
                continue;
            }
            items += 1;
            let whole = Span::new(at, at + sentence.len());
            if text.scan.says(whole, NEGATION) {
                continue;
            }
            let named = text.institutions_in(whole).iter();
            let own = named.filter(|mention| !lends(text, mention.span)).find_map(|mention| {
                let head = text.between(at, mention.span.start);
                let led = word_list!["由", "来自", "与", "和", "联合", "邀请", "携手", "据", "像", "单位"]
                    .end(head);
                let office = word_list!["疾控中心", "疾病预防控制中心", "血站", "血液中心"]
                    .end(mention.span.of(text.text()));
                self.member_at(text, mention.span.start)
                    .filter(|member| !office && !led && !guests.contains(member))
            });
            found.extend(own.filter(|member| !found.contains(member)));
        }
        if items >= LEAST && found.len() >= 2 { found } else { Vec::new() }
    }

    /// 某市人民医院：把人留下来 / …。 / 某市中医院 / …。: the hospitals whose names head three sections or more.
    fn sections(&self, text: &Reading<'_>, from: usize) -> Vec<usize> {
        const LEAST: usize = 3;
        let mut found: Vec<usize> = Vec::new();
        let heads = text.institutions.iter().zip(&self.of_mention).filter_map(|(mention, member)| {
            let opens = mention.span.start > from && opens_line(text.text(), mention.span.start);
            (*member).filter(|_| opens && heads_section(text.text(), mention.span))
        });
        for member in heads.take(MOST) {
            if !found.contains(&member) {
                found.push(member);
            }
        }
        if found.len() >= LEAST { found } else { Vec::new() }
    }

    /// 榆林市卫生健康统计公报: 全市有省级临床重点专科9个. Whether a page that names no hospital counts those of its headline's place.
    pub(super) fn counts_of_place(
        &self,
        text: &Reading<'_>,
        around: &Surroundings<'_, '_>,
        atlas: &Atlas,
    ) -> bool {
        let Some(headline) =
            around.headline.filter(|_| self.members.iter().all(|member| member.mentions == 0))
        else {
            return false;
        };
        let counts = text.titles.iter().take(MANY).any(|title| {
            let head = window_before(text.text(), title.span.start, 90);
            let sentence = head.rsplit(['。', '\n']).next().unwrap_or_default();
            let told = Span::new(title.span.start - sentence.len(), title.span.start);
            title.counted
                && !(title.activity || title.void || title.person)
                && word_list!["全市", "全州", "全盟", "全县", "全区", "我市", "我州", "我县", "我区"]
                    .stand_in(sentence)
                && !text.scan.says(told, HOPE.or(NEGATION))
        });
        let placed = || {
            let row = place::chain(&text.scan, text.tables, atlas, headline, true);
            row.and_then(|row| text.tables.region(row)).is_some_and(|region| region.rank >= 1)
        };
        counts && placed()
    }

    /// The hospitals that the first paragraph joins, where they are so many and no others are named in it.
    fn joined(&self, text: &Reading<'_>, from: usize, number: usize) -> Vec<usize> {
        let Some(first) = text.institutions.iter().find(|mention| mention.span.start > from) else {
            return Vec::new();
        };
        let rest = text.text().get(first.span.start..).unwrap_or_default();
        let end = first.span.start + rest.find('\n').unwrap_or(rest.len());
        let named = text.institutions_in(Span::new(first.span.start, end));
        let join = |(one, next): &(&InstitutionMention, &InstitutionMention)| {
            matches!(
                text.between(one.span.end, next.span.start),
                "、" | "与" | "和" | "同" | "及" | "携手" | "联合"
            )
        };
        let run = 1 + named.iter().zip(named.iter().skip(1)).take_while(join).count();
        let members: BTreeSet<usize> =
            named.iter().filter_map(|mention| self.member_at(text, mention.span.start)).collect();
        let all = run == number && members.len() == number;
        if all { members.into_iter().collect() } else { Vec::new() }
    }
}

/// 某市人民医院：把人留下来 over sentences: whether the line that a name opens is a heading.
fn heads_section(text: &str, name: Span) -> bool {
    const LONGEST: usize = 160;
    let tail = window_after(text, name.end, 2 * LONGEST);
    let mut lines = tail.split('\n').filter(|line| !line.trim().is_empty());
    let rest = if tail.starts_with('\n') { Some("") } else { lines.next() };
    let (Some(rest), Some(next)) = (rest, lines.next()) else { return false };
    // 一、某市第一人民医院(老城区)
    let bracketed = rest.starts_with(['(', '（']) && rest.trim_end().ends_with([')', '）']);
    let signed =
        rest.trim().is_empty() || rest.starts_with([':', '：', '】']) || rest.starts_with("——") || bracketed;
    signed && rest.len() <= LONGEST && !is_prose(rest) && is_prose(next)
}

/// Whether a name opens its line, or stands behind its number or sign.
fn opens_line(text: &str, start: usize) -> bool {
    let head = window_before(text, start, 18);
    let sign =
        |c: char| !is_han(c) && !c.is_ascii_alphabetic() && c != '。' || "一二三四五六七八九十".contains(c);
    head.rsplit_once('\n').is_some_and(|(_, head)| head.chars().all(sign))
}

/// 某大学附属医院专家团队来到…: whose experts come, and not where.
fn lends(text: &Reading<'_>, name: Span) -> bool {
    let tail = window_after(text.text(), name.end, 24);
    let tail = tail.strip_prefix('的').unwrap_or(tail);
    word_list!["专家", "医疗队", "教授", "团队", "帮扶", "援"].begin(tail)
}
