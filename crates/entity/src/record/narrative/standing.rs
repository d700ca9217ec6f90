//! Titles that stand: what a department is known by, keeps, or passes a review of.

use super::linking_words::REVIEWS;
use super::*;
use xinglin_text::word_list;

impl Narrator<'_, '_> {
    /// 甲科则以P的身份,…; 甲科合格,即日起以P的身份挂牌: whether it is held, where a rank is what it stands as.
    pub(super) fn stands_as(&self, between: &str, title: &Title, part: Span) -> Option<bool> {
        let rank = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」']);
        // 甲科则作为P建设单位先行建设: given now.
        let begun =
            word_list!["先行建设", "启动建设", "同步建设", "开始建设", "开展建设", "进入建设期", "继续建设"];
        let last = between.trim_end_matches(['“', '"', '「']);
        if title.status == Status::Construction && last.ends_with("作为") && begun.begin(rank) {
            return Some(false);
        }
        let rest = word_list!["的身份", "身份", "的名义", "的头衔", "的实力"].strip_prefix(rank)?;
        let clause = between.rsplit(['，', ',']).next().unwrap_or(between).trim();
        let known = clause.trim_end_matches(['“', '"', '「', '『', '‘']);
        let known = known.trim_start_matches(['则', '还', '也', '又', '都', '均', '已', '现']);
        let led = ["自即日起", "从即日起", "即日起", "自此", "从此", "正式"];
        let known = led.iter().find_map(|led| known.strip_prefix(led)).unwrap_or(known);
        matches!(known, "以" | "作为" | "凭" | "凭借" | "凭着").then(|| {
            // 则以P的身份亮相: given, and told by how they come on.
            let enters =
                ["亮相", "登场", "入列", "入围", "上榜", "现身", "进入", "跻身", "入选", "挂牌", "正式挂牌"];
            !enters.iter().any(|word| rest.starts_with(word))
        })
    }

    /// 甲科、乙科在周期评估中成绩靠前,P资格得以延续: theirs for another term.
    pub(super) fn is_prolonged(&self, between: &str, title: &Title, part: Span) -> bool {
        let tail = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」', '的']);
        let kept =
            word_list!["资格", "称号", "身份", "资质", "牌子"].strip_prefix(tail).is_some_and(|rest| {
                let rest = rest.trim_start_matches(['均', '都', '也']);
                let rest =
                    word_list!["得以", "予以", "继续", "得到", "获得"].strip_prefix(rest).unwrap_or(rest);
                word_list!["延续", "保留", "保持", "存续", "有效", "维持"].begin(rest)
            });
        kept && word_list!["评估", "复核", "复审", "复评", "考核", "期满", "回头看"].stand_in(between)
    }

    /// 甲科、乙科两个P经复审继续保留称号: whether they are given it anew, behind the title.
    pub(super) fn is_kept(&self, title: &Title, part: Span) -> bool {
        let clause = self.reading.clause(part, title.span.end);
        let rest = Span::new(title.span.end, clause.end.max(title.span.end));
        let told = rest.of(self.reading.text());
        word_list!["复审", "复核", "复评", "周期评估", "评估", "评审", "验收"].stand_in(told)
            && self.reading.scan.says(rest, AWARD.or(AWARD_END).or(PASSING))
            && !self.reading.scan.says(rest, NEGATION.or(HOPE))
    }

    /// 公布P1名单,甲科入选,该院P2增至21个: told behind what was given, in a clause that gives nothing.
    pub(super) fn is_told_besides(&self, state: &State, title: &Title, part: Span) -> bool {
        let own = self.reading.clause(part, title.span.start);
        let head = Span::new(own.start, title.span.start.max(own.start));
        state.settled
            && !self.reading.scan.says(head, AWARD.or(AWARD_END).or(PASSING).or(BESTOW).or(COPULA))
            && !self.speaks_of_department(head)
    }

    /// 某市中医院推拿科,省级重点专科,老牌子了: a sentence that opens with a department and its title, and gives nothing.
    pub(super) fn is_apposition(&self, state: &State, title: &Title, part: Span) -> bool {
        let [(_, _, field)] = state.group.as_slice() else { return false };
        let head = Span::new(part.start, field.start);
        let named = self.reading.institutions_in(head).first();
        let at = named.map_or(field.start, |named| named.span.start);
        // 市级:骨科,…
        let label = self.reading.between(part.start, at);
        let label =
            label.strip_suffix(['：', ':']).filter(|label| label.chars().count() <= 6).map_or(label, |_| "");
        let opens = label.chars().all(|c| !c.is_alphanumeric())
            && named.is_none_or(|named| {
                matches!(self.reading.between(named.span.end, field.start), "" | "的" | "：" | ":")
            });
        // 某市中医院康复科,某市重点专科,2022年确定
        let given = self.past_when_given(title.span.end, part);
        let rest = Span::new(given, part.end.max(given));
        let ends =
            self.reading.scan.after(title.span.end).is_some_and(|c| matches!(c, '，' | ',' | '。' | '；'));
        // 急诊科,某区重点专科(2018年评定);
        let dated = self.reading.between(title.span.end, part.end).trim_end_matches(['；', ';', '。']);
        let dated = dated.starts_with(['(', '（'])
            && dated.ends_with([')', '）'])
            && dated.chars().count() <= 12
            && self.year_behind(title.span.end).is_some();
        if opens && dated {
            return true;
        }
        opens
            && ends
            && self.reading.years_in(rest).is_empty()
            && self.reading.titles_in(rest).is_empty()
            && !self.reading.scan.says(rest, AWARD.or(PASSING).or(HOPE).or(NEGATION))
    }

    /// 在省级临床重点专科周期复核中以总分第三名的成绩过关.
    pub(super) fn passes_review(&self, title: &Title, part: Span) -> bool {
        let tail = self.reading.between(title.span.end, part.end);
        let reviewed = REVIEWS.begin(tail.trim_start_matches(['的', '”', '"', '」']));
        // …复核中过了关,没有掉队
        let clause = self.reading.clause(part, title.span.end);
        let rest = Span::new(title.span.end, clause.end.max(title.span.end));
        let rest =
            if self.reading.scan.says(rest, PASSING) || tail.contains("过了关") || tail.contains("过关")
            {
                rest
            } else {
                Span::new(title.span.end, part.end)
            };
        reviewed
            && !self.reading.scan.says(rest, NEGATION.or(HOPE))
            && (self.reading.scan.says(rest, PASSING)
                || word_list!["过关", "过了关", "合格", "达标", "通过", "优秀"].stand_in(tail))
    }
}

/// 是教育部批准的, 系省卫生健康委评定的首批: what a clause says of a title that only stands.
pub(super) fn is_standing(between: &str) -> bool {
    let clause = between.rsplit(['，', ',']).next().unwrap_or_default().trim_start();
    let Some(rest) = clause.strip_prefix(['是', '系', '为']) else { return false };
    let rest = word_list!["首批", "第一批", "首个", "第一个"].strip_suffix(rest).unwrap_or(rest);
    let fresh =
        word_list!["此次", "本次", "这次", "今年", "新", "最新", "刚", "日前", "近日", "本批", "本轮"];
    word_list!["批准的", "评定的", "认定的", "授予的", "命名的", "确定的", "确认的", "审定的", "核准的"]
        .end(rest)
        && !fresh.stand_in(rest)
        && !rest.contains(|c: char| c.is_ascii_digit())
}
