//! Lists that stand behind a title or a count: 国家临床重点专科2个(骨科、心内科), 其中A医院2个(甲科、乙科).

use super::linking_words::is_count;
use super::*;
use xinglin_text::{WordList, word_list};

/// 由2个增加到8个,新增了: how many there are by now, and which are new.
pub(super) fn is_grown(between: &str) -> bool {
    let Some((told, new)) = between.trim_start_matches(['”', '"']).split_once(['，', ',', '，']) else {
        return false;
    };
    let grown = word_list!["增加到", "增至", "增加至", "增长到", "扩大到", "达到", "上升到"].stand_in(told)
        && told.starts_with(['由', '从', '增', '达', '扩', '已'])
        && told.chars().count() <= 16;
    let new = new.trim_start_matches(['分', '别']);
    grown
        && matches!(
            new,
            "新增"
                | "新增了"
                | "新增的是"
                | "新增的有"
                | "增加了"
                | "新添了"
                | "新增的分别是"
                | "新增的分别为"
                | "新增的为"
        )
}

/// 的牌匾,挂在了: what stands between a title and those at whose wall its plate was hung.
pub(super) fn hangs_behind(between: &str) -> bool {
    let told = between.trim_start_matches(['”', '"', '」', '的']);
    let plate = word_list!["牌匾", "牌子", "铜牌", "奖牌", "招牌", "金字招牌"].strip_prefix(told);
    let Some(told) = plate.map(|rest| rest.trim_start_matches(['，', ','])) else { return false };
    let told = word_list!["第一次", "正式", "终于", "稳稳", "首次", "高高", "也", "又"]
        .strip_prefix(told)
        .unwrap_or(told);
    ["挂在了", "挂上了", "挂到了", "挂进了", "挂在", "送到了", "送进了", "交到了", "颁给了", "落到了", "给了"]
        .iter()
        .any(|verb| told.strip_prefix(verb).is_some_and(|rest| rest.chars().count() <= 10))
}

impl Narrator<'_, '_> {
    /// 9个市级临床重点专科分别是…: the title announced, with nothing but a count before it.
    pub(super) fn restates(&self, title: &Title, part: Span) -> bool {
        let announced = self.carried.or(self.memory.just_announced());
        let same = announced.is_some_and(|known| {
            known.programme == title.programme
                && title.levels.first().is_none_or(|level| known.level.is_none_or(|known| known == *level))
                && known.level.is_some()
        });
        let head = self.reading.between(part.start, title.span.start);
        // 市级临床重点专科2个:A医院甲科;B医院乙科, of nobody's page
        let opens = || title.counted && self.cast.home.is_none() && self.memory.fresh;
        same && if head.trim().is_empty() { opens() } else { is_count(head) }
    }

    /// ★ 省级临床重点专科:甲科、乙科: a line that opens with its title.
    pub(super) fn opens_line(&self, title: &Title, part: Span) -> bool {
        // 2016年3月 P(甲科)
        let told = Span::new(self.paragraph, title.span.start.max(self.paragraph));
        let year = self.reading.years_in(told).first().filter(|year| year.span.start == told.start);
        let from = year.map_or(told.start, |year| self.reading.date_end(year.span));
        let head = self.reading.between(from, title.span.start);
        let sign = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」', ' ']);
        let numeral =
            |c: char| matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十');
        let count = sign.trim_start_matches(|c: char| {
            c.is_ascii_digit() || numeral(c) || matches!(c, '个' | '项' | '共' | '(' | '（')
        });
        head.chars().all(|c| !is_han(c) || numeral(c))
            && (count.trim_start_matches([')', '）']).starts_with([':', '：', '—'])
                || sign.starts_with(['(', '（']))
    }

    /// 会议通报:目前医院有P6个,分别为…: what the title's own clause says is there already.
    pub(super) fn stands(&self, title: &Title, part: Span) -> bool {
        static STANDING: WordList =
            WordList::new(&["目前", "现有", "拥有", "现拥有", "共有", "截至", "现已有"]);
        let stands = |title: &Title, part: Span| {
            let own = self.reading.clause(part, title.span.start);
            let head = Span::new(own.start, title.span.start.max(own.start));
            let told = head.of(self.reading.text());
            STANDING.stand_in(told) && !self.reading.scan.says(head, AWARD.or(BESTOW)) && !told.contains('新')
        };
        // …;市级重点专科3个,分别为…: as the one before it.
        let goes_on = || {
            let first = self.reading.titles_in(self.sentence).iter().find(|title| title.counted)?;
            let apart = Span::new(first.span.end, title.span.start.max(first.span.end));
            let plain = !self.reading.scan.says(apart, AWARD.or(BESTOW).or(NEWS));
            let count = is_count(self.reading.between(part.start, title.span.start));
            (count && plain && first.span.end <= part.start).then(|| stands(first, self.sentence))
        };
        // 建成P2个(甲科、乙科),P3个(…): what it has by now, where nothing says that it is news.
        let built = || {
            let own = self.reading.clause(part, title.span.start);
            let first =
                self.reading.titles_in(own).first().map_or(title.span.start, |first| first.span.start);
            let told = self.reading.between(own.start, first.max(own.start));
            title.counted
                && word_list!["建成", "已建成", "建有", "创建", "创成", "打造"].end(told)
                && !self.reading.scan.says(self.sentence, NEWS)
                && !word_list!["新", "今年", "本年", "一举", "喜", "再", "又"].stand_in(told)
                && self.reading.years_in(part).is_empty()
                && self.section.is_none()
                && !self.reviews_year
        };
        if built() {
            return true;
        }
        // 在此之前,全院唯一的P是甲科
        let only = || {
            let own = self.reading.clause(part, title.span.start);
            let told = self.reading.between(own.start, title.span.start.max(own.start));
            self.reading.between(title.span.end, part.end).starts_with('是')
                && word_list!["唯一的", "仅有的", "原有的", "最早的", "第一个", "首个"].end(told)
                && !self
                    .reading
                    .scan
                    .says(Span::new(own.start, title.span.start.max(own.start)), AWARD.or(NEWS))
        };
        if only() {
            return true;
        }
        // 近日,某医院甲科获批P1;有P2两个,分别为…; 拥有P2乙科: what it has besides.
        let has = || {
            let own = self.reading.clause(part, title.span.start);
            let told = self.reading.between(own.start, title.span.start.max(own.start)).trim();
            let given = self.drafts.last().is_some_and(|draft| draft.evidence == self.sentence);
            given
                && (matches!(told, "有" | "还有" | "另有" | "并有" | "也有")
                    || word_list!["拥有", "现有"].end(told) && told.chars().count() <= 8)
        };
        if has() {
            return true;
        }
        title.counted && (stands(title, part) || goes_on() == Some(true))
    }

    /// …六个专科一起上榜。先看“成绩单”——: whether a paragraph tells of news that the lines under it go on with.
    pub(super) fn leads_lines(&self, span: Span) -> bool {
        static STANDING: WordList = WordList::new(&[
            "目前", "现有", "至此", "截至", "拥有", "累计", "已有", "共有", "迄今", "历年", "先后", "近年",
            "如今", "现已",
        ]);
        let text = span.of(self.reading.text());
        let told = AWARD.or(AWARD_END).or(PASSING).or(NEWS);
        // ★ 2023年,…获批P;: an item itself.
        if !text.starts_with(|c: char| is_han(c) || c.is_ascii_digit() || c == '“')
            || text.ends_with(['；', ';'])
            || !crate::structure::line::is_longer(text, 12)
            || !self.reading.scan.says(span, told)
        {
            return false;
        }
        let last = self.reading.sentences(span).last().unwrap_or(span);
        !self.reading.scan.says(last, HOPE.or(NEGATION)) && !STANDING.stand_in(last.of(self.reading.text()))
    }

    /// Whether a title's list follows it: 国家临床重点专科2个(骨科、心内科), 省级重点专科:骨科、儿科.
    pub(super) fn lists(&self, title: &Title, between: &str, part: Span) -> bool {
        if title.activity || title.void || title.person {
            return false;
        }
        let head = Span::new(part.start, title.span.start);
        let first = self
            .reading
            .institutions_in(Span::new(title.span.end, part.end))
            .first()
            .map_or(usize::MAX, |mention| mention.span.start - title.span.end);
        // 省级P5个,其中A医院3个,分别是甲科、…
        let shared = title.counted
            && between.get(..first).is_some_and(|head| {
                let led = head.trim_start_matches(|c: char| {
                    c.is_ascii_digit() || "一二三四五六七八九十两个项共".contains(c)
                });
                matches!(led, "，其中" | ",其中" | "，" | "," | "（其中" | "(其中" | "：" | ":")
            })
            && word_list!["分别是", "分别为", "为", "是", "：", ":", "(", "（"].end(between)
            && between.chars().count() <= 40;
        if shared {
            return true;
        }
        let between = between.get(..first).unwrap_or(between);
        // 早些年评下来的P,则有甲科和乙科
        let there = between.trim_start_matches(['”', '"', '」']).strip_prefix(['，', ',']);
        let own = head.of(self.reading.text()).rsplit(['，', ',', '。']).next();
        let of_past = own.is_some_and(|own| {
            word_list![
                "早些年",
                "前些年",
                "早年",
                "此前",
                "之前",
                "以前",
                "过去",
                "原有",
                "更早",
                "往年",
                "历年",
                "先前"
            ]
            .begin(own)
        });
        if of_past
            && there.is_some_and(|there| {
                word_list!["则有", "有", "还有", "则是", "是", "就有", "便有"].begin(there)
                    && there.chars().count() <= 4
            })
        {
            return true;
        }
        // P由2个增加到8个,新增了甲科、乙科
        if is_grown(between) {
            return true;
        }
        // 重点学科:四川省重点专科(骨科、消化内科)
        let told = head.of(self.reading.text());
        let labelled = told.ends_with([':', '：']) && told.chars().count() <= 12;
        // 市级:P1(甲科、乙科)、P2(丙科)
        let given = self.drafts.last().is_some_and(|last| last.evidence == self.sentence);
        let goes_on = given
            && word_list!["）、", ")、", "），", "),", "）和", ")和"].end(told)
            && self.reading.titles_in(head).last().is_some_and(|last| {
                self.reading
                    .between(last.span.end, head.end)
                    .trim_start_matches(['”', '"'])
                    .starts_with(['(', '（'])
            });
        let led = labelled
            || goes_on
            || told.ends_with('有') && between.starts_with(['(', '（', ':', '：', '—'])
            || self.reading.scan.says(head, AWARD.or(OWN).or(BESTOW))
            || title.framed && self.gives(head)
            || is_count(head.of(self.reading.text()).trim_start_matches(|c: char| !c.is_alphanumeric()))
            || self.is_year_alone(head)
            || title.counted;
        // 列入…培育单位的,是A医院甲科、B医院乙科
        // 进入P建设项目序列的是甲科和乙科
        let behind = between.trim_start_matches(['”', '"', '」']);
        let told = word_list!["序列", "行列", "名录", "阵营"]
            .strip_prefix(behind)
            .unwrap_or(behind)
            .strip_prefix('的')
            .map(|rest| rest.trim_start_matches(['，', ',', ' ']));
        let told = told.is_some_and(|rest| {
            word_list!["是", "有", "为", "包括", "分别是", "分别为", "还有"].begin(rest)
                && rest.chars().count() <= 24
                && !rest.contains(['，', ','])
        });
        if told {
            return true;
        }
        // 2010年就有P落户——甲科
        let settled = between.trim_start_matches(['”', '"', '」']);
        if word_list!["落户", "落地", "诞生", "问世"].begin(settled)
            && settled.ends_with(['—', '：', ':'])
            && settled.chars().count() <= 8
        {
            return true;
        }
        // 该院的省级临床重点专科还包括甲科、乙科
        let of_theirs = !title.levels.is_empty()
            && head.of(self.reading.text()).ends_with('的')
            && self
                .reading
                .institutions_in(head)
                .last()
                .is_some_and(|name| name.span.end + '的'.len_utf8() == head.end)
            && word_list!["还包括", "还有", "包括", "另有", "还涵盖"]
                .begin(between.trim_start_matches(['”', '"', '」']))
            && between.chars().nth(6).is_none();
        if of_theirs {
            return true;
        }
        // 公布的省级临床重点专科中,有A医院的甲科
        let among = between.trim_start_matches(['”', '"', '」']);
        let among = word_list!["中,", "中，", "名单中,", "名单中，", "里,", "里，"].strip_prefix(among);
        if among.is_some_and(|rest| {
            matches!(rest.trim(), "有" | "包括" | "就有" | "共有" | "既有" | "也有" | "还有" | "同样有")
        }) {
            return true;
        }
        // P的大家庭里,今年又多了我院的甲科; “P”这块牌匾,挂在了我院甲科的墙上
        let plain = between.trim_end_matches(['了', '的']);
        let grown = word_list!["大家庭", "行列", "阵营", "名录", "队伍", "版图", "方阵"].stand_in(between)
            && word_list!["多", "添", "迎来", "增加", "新增", "有"].end(plain);
        let hung = word_list!["牌匾", "牌子", "铜牌", "奖牌", "招牌"].stand_in(between)
            && word_list!["挂在", "挂到", "挂进", "颁给", "颁发给", "授给", "交到", "送到", "授予"]
                .end(plain);
        if (grown || hung) && between.chars().count() <= 24 && !between.contains('。') {
            return true;
        }
        // …建设项目,分别是A医院甲科、B医院乙科
        let named = between.rsplit(['，', ',']).next().is_some_and(|rest| {
            // …建设单位2个,花落A医院甲科和B医院乙科
            [
                "分别是",
                "分别为",
                "包括",
                "依次为",
                "依次是",
                "它们是",
                "即",
                "具体为",
                "花落",
                "分别花落",
                "分别落户",
                "落户",
            ]
            .iter()
            .any(|word| rest.trim().starts_with(word) && rest.chars().count() <= 12)
        });
        if named {
            return true;
        }
        // 一块“P”的牌匾,挂在了甲科的墙上
        if hangs_behind(between) {
            return true;
        }
        // 在此之前,全院唯一的P是甲科
        if between == "是"
            && word_list!["唯一的", "仅有的", "原有的", "最早的"].end(head.of(self.reading.text()))
        {
            return true;
        }
        // P1个,是消化内科
        let count = between
            .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两个项共”".contains(c));
        if title.counted
            && matches!(count, "，是" | ",是" | "，为" | ",为" | "，就是" | ",就是" | "，即" | ",即")
        {
            return true;
        }
        if between.chars().count() > 24 || between.contains(['，', ',']) && !title.counted {
            return false;
        }
        let opened = between.contains([':', '：', '(', '（', '—'])
            || word_list![
                "分别为",
                "分别是",
                "包括",
                "包含",
                "分别",
                "涵盖",
                "即",
                "为",
                "有",
                "花落",
                "落户",
                "落在",
                "归属"
            ]
            .end(between.trim_end_matches([':', '：', ' ']));
        // 向某县人民医院省级重点专科眼科、产科颁发牌匾
        // 医院有国家临床重点专科骨科,省级临床重点专科儿科、眼科
        let text = head.of(self.reading.text());
        // “省字号”专科有3个,即湖南省临床重点专科心血管内科、骨科
        let named = text.contains('有')
            && word_list!["即", "为", "是", "获批的", "获评的", "入选的", "命名的", "确定的", "列入的"]
                .end(text);
        // 加上此前就有的省级重点专科骨科、市级重点专科妇科
        let stood = word_list!["加上", "连同", "算上"].stand_in(text)
            && word_list!["就有的", "已有的", "原有的", "现有的", "既有的"].stand_in(text);
        let owned = self.reading.scan.says(head, OWN)
            || text.ends_with('有')
            || text.contains("院有")
            || named
            || stood;
        // 走进国家临床重点专科——骨科; 省级临床重点专科骨科…
        let visited =
            word_list!["走进", "探访", "走近", "聚焦", "认识", "记"].end(text) || text.trim().is_empty();
        if visited && !between.is_empty() && between.chars().all(|c| matches!(c, '—' | '－' | '”' | '-'))
        {
            return !title.levels.is_empty();
        }
        // 绵阳市重点专科骨科牵头成立联盟; 依托国家临床重点专科骨科
        let opens = !title.levels.is_empty()
            && self.cast.home_told
            && self.reading.institutions_in(part).iter().all(|named| named.naming == Naming::Generic)
            && matches!(
                self.reading
                    .between(self.reading.clause_start(part, title.span.start), title.span.start)
                    .trim(),
                "" | "依托" | "借助" | "由" | "以"
            );
        let touching = between.is_empty()
            && (opens || owned || self.reading.scan.says(Span::new(title.span.end, part.end), BESTOW));
        (led && opened) || touching
    }

    /// …公布省级临床重点专科名单,全市5个专科入选,其中A医院2个(甲科、乙科),B医院1个(丙科).
    pub(super) fn listed_after_award(&self, state: &State, part: Span) -> bool {
        let title = state
            .pending
            .and_then(|at| self.reading.titles.get(at))
            .filter(|title| !title.activity && !title.void && !title.person);
        let Some((_, _, first)) = state.group.first() else { return false };
        let from = match title {
            Some(title) => title.span.end,
            // …公布名单。A医院、B医院各有1个学科入选,分别是…
            None if state.pending.is_none() && self.memory.announced.is_some() => part.start,
            None => return false,
        };
        let gap = Span::new(from, first.start.max(from));
        let text = gap.of(self.reading.text());
        if title.is_none() && !word_list!["分别", "前者", "依次"].stand_in(text) {
            return false;
        }
        // 新增P4个,其中A医院甲科、乙科2个; 4个专科获批P,其中A医院2个(甲科、乙科)
        let counted = title.is_some_and(|title| {
            text.contains("其中")
                && self.gives(Span::new(part.start, title.span.end))
                && !state.holders.is_empty()
        });
        (counted || self.reading.scan.says(gap, AWARD.or(AWARD_END)))
            && !self.reading.scan.says(Span::new(gap.start, part.end), HOPE.or(NEGATION))
            && word_list![
                "其中",
                "分别是",
                "分别为",
                "依次是",
                "依次为",
                "包括",
                "(",
                "（",
                ":",
                "：",
                "的是",
                "的有",
                "的，是",
                "的，有",
                "前者为",
                "前者是"
            ]
            .stand_in(text)
    }
}
