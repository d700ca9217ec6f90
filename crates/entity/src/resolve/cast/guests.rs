//! Who is only a guest, a helper or a unit of the page's own hospital, and who stands beside it.

use super::*;
use xinglin_text::{CharSet, word_list};

impl Cast {
    /// A医院专科联盟授牌仪式在B医院举行, A医院专家到B医院义诊: the one where the first thing happens that the text tells, if another one is named before it.
    pub(super) fn host(&self, text: &Reading<'_>) -> Option<usize> {
        let mut members = text
            .institutions
            .iter()
            .zip(&self.of_mention)
            .filter_map(|(mention, at)| Some((mention, (*at)?)));
        let (first, guest) = members.next()?;
        let (second, host) = members.next().filter(|(_, at)| *at != guest)?;
        let tail = window_after(text.text(), second.span.end, 30);
        let guests = window_after(text.text(), first.span.end, 60);
        let clause = text.between(first.span.end, second.span.start);
        let held = clause.ends_with('在')
            && word_list!["举行", "揭牌", "挂牌", "召开", "启动", "成立", "举办", "正式揭牌", "正式挂牌"]
                .begin(tail);
        let visited = word_list!["到", "赴", "来到", "走进", "来", "莅临", "抵达"].end(clause)
            && word_list![
                "义诊", "坐诊", "查房", "指导", "开展", "交流", "调研", "讲学", "授课", "会诊", "带教"
            ]
            .begin(tail);
        let held = held || visited;
        let from_there = word_list!["联盟", "医联体", "工作站", "协作", "分中心", "专家", "基地", "工作室"]
            .stand_in(guests);
        (held && from_there && !clause.contains(['。', '\n'])).then_some(host)
    }

    /// 某大学附属医院专家来我院指导, 在某省人民医院帮扶下: guests and helpers, whose page it is not.
    pub(super) fn visitors(&self, text: &Reading<'_>, around: &Surroundings<'_, '_>) -> BTreeSet<usize> {
        let headline = around.headline.map_or(&[][..], |headline| text.institutions_in(headline));
        let ours = headline.iter().find(|mention| mention.naming == Naming::Ours);
        let comes = |mention: &&InstitutionMention| {
            ours.is_some_and(|ours| {
                // 我院成为某大学医院专科联盟单位
                let gap = text.between(ours.span.end, mention.span.start);
                let behind = ours.span.end < mention.span.start
                    && word_list![
                        "成为", "与", "和", "同", "赴", "到", "向", "加入", "携手", "牵手", "联合", "对接",
                        "获"
                    ]
                    .stand_in(gap)
                    && !gap.contains(|c: char| !c.is_alphanumeric());
                behind
                    || mention.span.end <= ours.span.start
                        && word_list![
                            "来", "到", "赴", "莅", "走进", "与", "帮扶", "支援", "同", "和", "牵手", "携手"
                        ]
                        .stand_in(text.between(mention.span.end, ours.span.start))
            })
        };
        // A医院入列B医院专科联盟: the one whose alliance it is.
        let allied = |mention: &&InstitutionMention| {
            let tail = window_after(text.text(), mention.span.end, 45);
            let led = headline.first().is_some_and(|first| {
                let gap = text.between(first.span.end, mention.span.start);
                word_list!["入列", "加入", "成为", "加盟", "携手", "牵手", "获批", "入选", "签约", "并入"]
                    .stand_in(gap)
            });
            // 某医院神经疾病专科联盟“落子”甘南 州人民医院成为新成员
            let joined = headline.last().is_some_and(|last| {
                last.span.start > mention.span.end
                    && word_list!["成为", "加入", "成首批", "入列", "挂牌"].begin(window_after(
                        text.text(),
                        last.span.end,
                        12,
                    ))
            });
            (led || joined)
                && word_list!["专科联盟", "联盟", "医联体", "协作网", "协作医院", "分中心", "协同网"]
                    .stand_in(tail.split(['\n', '，', ' ', '。']).next().unwrap_or_default())
        };
        let helps = |mention: &&InstitutionMention| {
            if !text
                .scan
                .after(mention.span.end)
                .is_some_and(|c| matches!(c, '的' | '帮' | '支' | '指' | '对' | '结' | '援'))
            {
                return false;
            }
            let tail = window_after(text.text(), mention.span.end, 36);
            // 某大学附属医院对口帮扶某市人民医院, where no headline names it
            let verb = word_list!["对口帮扶", "对口支援", "结对帮扶", "组团式帮扶", "帮扶", "支援", "援建"]
                .beginning(tail);
            let helped = verb.and_then(|verb| {
                let at = text.institution_at(mention.span.end + verb.len())?;
                self.of_mention.get(at).copied().flatten()
            });
            if helped.is_some() {
                let own = self.member_at(text, mention.span.start).and_then(|at| self.members.get(at));
                return own.is_some_and(|own| !own.in_title);
            }
            word_list![
                "帮扶下",
                "的帮扶下",
                "帮助下",
                "的帮助下",
                "支援下",
                "的支援下",
                "指导下",
                "的指导下",
                "对口帮扶下",
                "对口支援下",
                "的大力支持下"
            ]
            .begin(tail)
        };
        let member = |mention: &InstitutionMention| self.member_at(text, mention.span.start);
        let guests = headline.iter().filter(|one| comes(one) || allied(one));
        let ours = text.institutions.iter().any(|mention| mention.naming == Naming::Ours);
        let lends = |mention: &&InstitutionMention| ours && lends_experts(text, mention.span);
        // 我院与某医院签署协议, 某医院专家来我院: somebody else than us.
        let apart = text.institutions.windows(2).filter_map(|pair| {
            let [first, second] = pair else { return None };
            let gap = text.between(first.span.end, second.span.start);
            let joined = |words: &[&str]| words.contains(&gap);
            match (first.naming, second.naming) {
                (Naming::Ours, Naming::Named) => joined(&[
                    "与", "和", "同", "跟", "赴", "到", "前往", "走进", "携手", "牵手", "联合", "邀请",
                ])
                .then_some(second),
                // 某大学第二医院皮肤科与我院组建专科联盟
                (Naming::Named, Naming::Ours)
                    if gap.ends_with(['与', '和', '同'])
                        && gap.chars().count() <= 10
                        && gap.contains('科') =>
                {
                    Some(first)
                }
                (Naming::Named, Naming::Ours) => joined(&[
                    "与",
                    "和",
                    "同",
                    "来",
                    "到",
                    "赴",
                    "来到",
                    "莅临",
                    "专家来",
                    "专家到",
                    "专家莅临",
                    "专家组莅临",
                ])
                .then_some(first),
                _ => None,
            }
        });
        guests
            .chain(text.institutions.iter().filter(|one| helps(one) || lends(one)))
            .chain(apart)
            .filter_map(member)
            .collect()
    }

    /// 某大学第二医院与某县人民医院携手: the county's, of two that the headline joins.
    pub(super) fn lower(&self, text: &Reading<'_>, around: &Surroundings<'_, '_>) -> Option<usize> {
        let headline = around.headline?;
        let [first, second] = text.institutions_in(headline) else { return None };
        let joined =
            matches!(text.between(first.span.end, second.span.start), "与" | "和" | "携手" | "牵手" | "联手");
        let tail = text.between(second.span.end, headline.end);
        let together =
            word_list!["携手", "牵手", "联手", "合作", "签约", "共建", "结对", "签署", "签订", "组建"]
                .stand_in(tail)
                || matches!(text.between(first.span.end, second.span.start), "携手" | "牵手" | "联手");
        let at = |mention: &InstitutionMention| self.member_at(text, mention.span.start);
        let (first, second) = (at(first)?, at(second)?);
        let county = |at: usize| {
            let region = self.members.get(at).and_then(|member| member.region);
            region.and_then(|row| text.tables.region(row)).is_some_and(|region| region.rank == 2)
        };
        match (county(first), county(second)) {
            (true, false) if joined && together => Some(first),
            (false, true) if joined && together => Some(second),
            _ => None,
        }
    }

    /// 由我院托管的某县人民医院, 我院医共体成员单位某县人民医院: whose titles are the page's own news.
    pub(super) fn find_managed(&self, text: &Reading<'_>) -> BTreeSet<usize> {
        let managed = |mention: &InstitutionMention| {
            let head = window_before(text.text(), mention.span.start, 60);
            // A医院与B医院组建医共体
            let with = head.ends_with(['与', '和', '同']);
            let tail = if with { window_after(text.text(), mention.span.end, 45) } else { "" };
            let joined = word_list![
                "组建紧密型医共体",
                "组建医共体",
                "组成医共体",
                "建立医共体",
                "结成医共体",
                "组建县域医共体",
                "组建医疗集团",
                "签订托管",
                "签署托管"
            ]
            .begin(tail);
            let ours = || {
                head.rsplit(['。', '，', ',', '；', '\n'])
                    .next()
                    .is_some_and(|clause| clause.contains("我院"))
            };
            joined
                || word_list!["托管的", "代管的", "领办的", "全面托管", "托管"].end(head)
                || word_list!["成员单位", "成员医院", "分院", "成员单位——", "的成员单位"].end(head) && ours()
        };
        let named = text.institutions.iter().zip(&self.of_mention);
        named.filter(|(mention, _)| managed(mention)).filter_map(|(_, member)| *member).collect()
    }

    /// A医院、B医院加入某联盟: the hospitals that the headline enumerates.
    pub(super) fn find_abreast(&self, text: &Reading<'_>, around: &Surroundings<'_, '_>) -> BTreeSet<usize> {
        let named = around.headline.map_or(&[][..], |headline| text.institutions_in(headline));
        let pairs = named.iter().zip(named.iter().skip(1));
        let joined = pairs.filter(|(one, next)| text.between(one.span.end, next.span.start) == "、");
        let spans = joined.flat_map(|(one, next)| [one.span.start, next.span.start]);
        spans.filter_map(|start| self.member_at(text, start)).collect()
    }
}

/// 由A医院、B医院等单位专家组成的验收组对我院…, A医院的专家来院: whose experts come to us.
fn lends_experts(text: &Reading<'_>, name: Span) -> bool {
    static STOPS: CharSet = CharSet::of("，,；。\n");
    let tail = window_after(text.text(), name.end, 240);
    // A医院、B医院、C医院等单位的专家: no sign parts them from the names.
    let (led, _) = tail.split_at(STOPS.passed(tail.as_bytes()));
    if !word_list!["专家", "教授"].stand_in(led) {
        return false;
    }
    let sentence = tail.split(['。', '\n']).next().unwrap_or_default();
    let comes = word_list![
        "来院",
        "来我院",
        "到我院",
        "赴我院",
        "莅临我院",
        "莅院",
        "到院",
        "对我院",
        "走进我院",
        "在我院",
        "为我院",
        "给我院"
    ];
    let Some(experts) = ["专家", "教授"].iter().filter_map(|word| sentence.find(word)).min() else {
        return false;
    };
    // Names, what joins them, and no more.
    let led = sentence.get(..experts).unwrap_or_default();
    let end = name.end + led.len();
    let last = text.institutions_in(Span::new(name.end, end)).last().map_or(name.end, |last| last.span.end);
    let plain = text.between(last, end).chars().count() <= 9;
    plain && comes.stand_in(sentence)
}
