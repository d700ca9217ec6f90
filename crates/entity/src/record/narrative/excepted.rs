//! Who a clause names and gives nothing: 除甲科外, 以甲科为例, 在甲科带动下, 与甲科相比, 从甲科分出.

use super::*;
use xinglin_text::word_list;

/// 的示范引领下, 带动之下: behind the one who led.
fn is_led_by(tail: &str) -> bool {
    let clause = tail.split(['，', ',', '。', '；']).next().unwrap_or_default();
    let led = word_list![
        "带动", "引领", "影响", "示范", "辐射", "感召", "牵头", "支持", "帮助", "支撑", "托举", "拉动",
        "推动"
    ];
    clause.ends_with('下')
        && clause.chars().count() <= 10
        && led.begin(clause.trim_start_matches(['的', '强', '力', '积', '极', '大']))
}

impl Narrator<'_, '_> {
    /// 除急诊医学科外,…
    pub(super) fn excepted(&self, span: Span, part: Span) -> bool {
        // 与骨科相比,儿科…: whom another is compared with.
        let tail = self.reading.between(span.end, part.end);
        if word_list!["相比", "相较", "比起来", "不同", "比较而言"].begin(tail) {
            return true;
        }
        // 与骨科并肩的,还有儿科、眼科两个P: whether it is one itself is not said.
        let beside =
            word_list!["并肩", "齐名", "比肩", "为邻", "毗邻", "相伴", "相邻", "同处", "紧邻", "相呼应"]
                .begin(tail);
        if beside && matches!(self.reading.scan.before(span.start), Some('与' | '和' | '同' | '跟')) {
            return true;
        }
        if self.is_compared(span, part)
            || self.is_example_of_another(span, part)
            || self.only_helps(span, part)
        {
            return true;
        }
        // 在骨科之前,儿科已获评P: which came first, not what it was given.
        let earlier = word_list!["之前，", "之前,", "以前，", "以前,"].begin(tail);
        if earlier && matches!(self.reading.scan.before(span.start), Some('在' | '于')) {
            return true;
        }
        // 在骨科带动下,兄弟科室…: by whose help, and not who.
        if self.reading.scan.before(span.start) == Some('在') && is_led_by(tail) {
            return true;
        }
        if self.reading.scan.before(span.start) == Some('从') {
            // 从大内科中分出: where the department came from.
            return true;
        }
        // 由内科分出
        if matches!(self.reading.scan.before(span.start), Some('由' | '自'))
            && word_list![
                "分出",
                "分离",
                "析出",
                "独立",
                "分设",
                "拆分",
                "中分",
                "中独立",
                "分科",
                "剥离",
                "分化"
            ]
            .begin(tail)
        {
            return true;
        }
        let start = self.reading.clause_start(part, span.start);
        let text = self.reading.between(start, part.end).trim_start();
        if !text.starts_with('除') {
            return false;
        }
        let clause = self.reading.clause(part, span.start);
        let outside = word_list!["外", "之外", "以外"].strip_prefix(tail);
        let outside = outside.is_some_and(|rest| rest.starts_with(['，', ',']));
        // 除了急诊医学科,该院还有…
        let besides =
            text.starts_with("除了") && tail.starts_with(['，', ',', '、', '和']) && clause.end < part.end;
        outside || besides
    }

    /// 以神经内科为例,某医院神经内科是P: an example, which another hospital's then speaks of.
    fn is_example_of_another(&self, span: Span, part: Span) -> bool {
        let tail = self.reading.between(span.end, part.end);
        let taken = ['以', '拿', '就'].iter().any(|c| self.reading.scan.before(span.start) == Some(*c));
        let Some(rest) = word_list!["为例", "来说", "而言"].strip_prefix(tail).filter(|_| taken) else {
            return false;
        };
        let next = part.end - rest.trim_start_matches(['，', ',', '：', ':', ' ']).len();
        self.reading.institution_at(next).is_some()
    }

    /// 由甲科牵头、乙科和丙科共同参与建设的丁专科,被确定为P: who takes part in what is given to another; who leads it may stand for it.
    fn only_helps(&self, span: Span, part: Span) -> bool {
        const LONGEST: usize = 24;
        let end = self.end_of_enumeration(span.end, LONGEST).clamp(span.end, part.end);
        let tail = self.reading.between(end, self.reading.clause(part, span.start).end.max(end));
        let helps = word_list!["共同参与", "参与", "协同", "协助", "配合", "参加"].strip_prefix(tail);
        helps.is_some_and(|rest| {
            let rest = rest.trim_start_matches(['共', '同', '联', '合']);
            word_list!["建设的", "创建的", "组建的", "打造的", "开展的", "完成的", "申报的"].begin(rest)
        })
    }
}
