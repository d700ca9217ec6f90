//! What keeps a group and a title apart: hopes, plans, denials, exceptions.

use super::linking_words::is_count;
use super::*;
use xinglin_text::{CharSet, WordList, word_list};

/// What 将 places before a verb: 将科室列为….
const PLACED: &[&str] = &["科室", "该科", "我科", "该专科", "该学科", "其", "它"];

/// Years of a sentence that are looked at.
const MOST_YEARS: usize = 60;

impl Narrator<'_, '_> {
    /// Whether nothing between the group and the title hopes, plans or denies.
    pub(super) fn allowed(&self, part: Span, whole: Span, group: Span, title: Span) -> bool {
        let text = self.reading.text();
        let own = self.reading.clause(part, title.start);
        let theirs = self.reading.clause(part, group.start);
        let scan = &self.reading.scan;
        let blocks = |span: Span, kinds: Kinds| {
            scan.words_in(span).iter().any(|word| {
                word.kinds.has(kinds)
                    && !word.kinds.has(RELATIVE)
                    && !self.is_scheme(word.span)
                    && !self.is_founded(word.span, part)
                    && !self.denies_another(word.span, title, part)
                    && !self.is_before_colon(word.span, word.kinds, group.start.min(title.start))
                    && !self.is_relative(word.span)
                    && !self.is_answered(word.span, word.kinds, title.start)
                    && !self.is_contrasted(word.span, title, part)
            })
        };
        // 计划建成国家级1个(甲科),省级3个(乙科、丙科): a clause that is but a count goes on with the one before.
        let mut counted = own;
        for _ in 0..4 {
            let alone = is_count(self.reading.between(counted.start, title.start.min(counted.end)));
            let before = counted.start.saturating_sub('，'.len_utf8());
            if !alone || before <= part.start || counted.start == own.start && title.start > own.end {
                break;
            }
            counted = self.reading.clause(part, before);
            if blocks(counted, HOPE) {
                return false;
            }
        }
        let around = Span::new(own.start.min(theirs.start), title.end);
        // 将以骨科获批P为契机,…: what was given is done.
        let behind = self.reading.between(title.end, part.end).trim_start_matches(['”', '"', '」']);
        let done = word_list![
            "为契机",
            "为新契机",
            "为新的契机",
            "为起点",
            "为新起点",
            "为新的起点",
            "为动力",
            "为抓手"
        ]
        .begin(behind);
        if done && scan.says(Span::new(group.start.min(title.start), title.start), AWARD.or(PASSING)) {
            return !blocks(around, NEGATION);
        }
        if blocks(Span::new(own.start, title.start), HOPE.or(NEGATION))
            || blocks(Span::new(theirs.start, group.start), HOPE.or(NEGATION))
        {
            return false;
        }
        if self.is_to_be_built(part, own, title.start)
            || self.intends(part, own, title.start)
            || self.is_hoped_before(part, own, title.start)
        {
            return false;
        }
        if blocks(around, NEGATION) || blocks(Span::new(title.end, own.end.max(title.end)), NEGATION) {
            return false;
        }
        if self.is_corrected(part, title)
            || self.is_lost_again(Span::new(title.end, part.end))
            || self.is_wished(Span::new(title.end, part.end))
            || self.only_took_part(Span::new(title.end, part.end))
        {
            return false;
        }
        // 国家临床重点专科建设项目申报材料, 省级重点专科的创建; 仍在申报阶段
        let tail = text.get(title.end..own.end).unwrap_or_default();
        let lead = tail.len()
            - tail
                .trim_start_matches([
                    '“', '”', '"', '」', '的', '和', ' ', '仍', '还', '尚', '正', '在', '处', '于',
                ])
                .len();
        let behind = title.end + lead;
        if scan
            .words_in(Span::new(behind, own.end))
            .first()
            .is_some_and(|word| word.span.start == behind && word.kinds.has(HOPE))
        {
            return false;
        }
        let earlier = Span::new(whole.start, own.start.max(whole.start));
        // 产科力争早日建成P1;儿科获评P2: what one department hopes for ends with its part.
        let another = |word: Span| {
            let clause = self.reading.clause(earlier, word.start);
            word.end <= part.start
                && !field::mentions_in(self.fields, Span::new(clause.start, word.start)).is_empty()
        };
        let mut wide = scan.words_in(earlier).iter().rev().filter(|word| !another(word.span));
        let hoped = wide.find(|word| word.kinds.has(HOPE_WIDE.or(NEWS)));
        let planned = self.plans(Span::new(whole.start, title.start))
            || self.must(Span::new(whole.start, title.start))
            || self.is_aim(Span::new(part.start, title.start), own)
            || self.is_of_years_to_come(Span::new(part.start, title.start));
        !hoped.is_some_and(|word| word.kinds.has(HOPE_WIDE)) && !planned
    }

    /// P评审结果:甲科、乙科双双参评,双双出局: who only took part, as the clause behind tells.
    fn only_took_part(&self, rest: Span) -> bool {
        const FURTHEST: usize = 240;
        let near = self.reading.opening(rest, FURTHEST);
        let Some(at) = word_list!["参评", "参审", "送审", "送评", "应评", "参选"].last_in(near)
        else {
            return false;
        };
        let behind = self.reading.between(rest.start + at, rest.start + near.len());
        let from = rest.start + at + behind.find(['，', ',']).unwrap_or(behind.len());
        let next = self.reading.clause(rest, from + '，'.len_utf8());
        let next = Span::new(from.min(next.end), next.end);
        self.reading.scan.says(next, NEGATION)
            && field::mentions_in(self.fields, next).is_empty()
            && !self.reading.scan.says(next, AWARD.or(AWARD_END).or(PASSING))
    }

    /// 甲科成为P,是全院的共同期盼: what the clause behind calls a wish.
    fn is_wished(&self, rest: Span) -> bool {
        const FURTHEST: usize = 120;
        let near = self.reading.opening(rest, FURTHEST);
        let mut clauses = near.split(['，', ',', '。', '；', '！', '”']).skip(1);
        let Some(next) = clauses.find(|clause| !clause.trim().is_empty()) else { return false };
        let told = word_list!["是", "一直是", "始终是", "就是", "便是", "正是", "也是", "成了", "成为"]
            .begin(next.trim_start());
        told && word_list![
            "期盼", "心愿", "愿望", "梦想", "追求", "期待", "期望", "目标", "呼声", "念想", "盼头"
        ]
        .end(next.trim_end())
    }

    /// 下一个目标,是让甲科跻身P: what the clause before calls an aim.
    fn is_aim(&self, before: Span, own: Span) -> bool {
        let text = self.reading.text();
        let told = word_list!["是", "就是", "便是", "正是", "则是"].begin(own.of(text).trim_start());
        let aim = self.reading.between(before.start, own.start).trim_end_matches(['，', ',', ' ']);
        let inner = own.of(text).split_once(['：', ':']).map(|(head, _)| head);
        if inner.is_some_and(|head| word_list!["目标", "心愿", "愿望", "打算"].stand_in(head)) {
            return true;
        }
        // 今年的目标只有一个:皮肤科补考过关
        let before_colon = self.reading.between(before.start, own.start).trim_end();
        let counted = before_colon
            .strip_suffix(['：', ':'])
            .and_then(|head| head.rsplit(['。', '，', ',', '；']).next());
        if counted.is_some_and(|head| word_list!["目标", "心愿", "愿望", "任务", "打算"].stand_in(head))
        {
            return true;
        }
        told && word_list!["目标", "心愿", "愿望", "梦想", "期待", "打算", "方向", "任务"].end(aim)
    }

    /// “腾飞计划”, 攀登计划: a scheme by its name, nobody's plan.
    pub(super) fn is_scheme(&self, word: Span) -> bool {
        word.of(self.reading.text()) == "计划"
            && (self.reading.between(word.end, self.reading.text().len()).starts_with(['”', '」', '》', '"'])
                || self.reading.scan.before(word.start).is_some_and(|c| "飞登行动光才航峰步星".contains(c)))
    }

    /// 甲科由王教授领衔创建,2011年成为P: by whom the department was founded, and no title that it strives for; or how many there are by now.
    pub(super) fn is_founded(&self, word: Span, part: Span) -> bool {
        if word.of(self.reading.text()) != "创建" {
            return false;
        }
        let clause = self.reading.clause(part, word.start);
        let led = self.reading.between(clause.start, word.start);
        // 自2021年帮扶以来,先后创建P4个:甲科、乙科
        let counted = || {
            self.reading.titles_in(part).iter().any(|title| title.span.start == word.end && title.counted)
                && (word_list!["先后", "已", "累计", "相继", "陆续", "共", "新"].end(led)
                    || self.reading.between(part.start, word.start).contains("以来"))
        };
        word.end == clause.end && word_list!["由", "一手", "亲手", "白手"].stand_in(led) || counted()
    }

    /// 甲科并不是新面孔,2017年就跻身P; 甲科也没有闲着,2016年被列为P: a clause of its own, and what follows it is given all the same.
    pub(super) fn denies_another(&self, word: Span, title: Span, part: Span) -> bool {
        let text = self.reading.text();
        let own = self.reading.clause(part, title.start);
        let theirs = self.reading.clause(part, word.start);
        // 中医科也没有闲着,2016年被列为P
        let idle = word_list![
            "闲着",
            "闲下来",
            "闲",
            "停",
            "止步",
            "落后",
            "落下",
            "掉队",
            "歇",
            "放慢",
            "松懈",
            "松劲",
            "示弱",
            "让人失望",
            "让大家失望",
            "令人失望",
            "辜负",
            "气馁",
            "放弃",
            "停步",
            "停下",
            "退缩",
            "低头",
            "服输"
        ]
        .begin(self.reading.between(word.end, theirs.end.max(word.end)));
        if self.is_outlived(word, theirs, title, part) {
            return true;
        }
        let stops =
            word_list!["止步", "停步"].begin(self.reading.between(word.end, theirs.end.max(word.end)));
        (idle || word_list!["不是", "并非", "不再是", "不再"].begin(word.of(text)))
            && theirs.end < own.start
            && (stops || self.reading.titles_in(theirs).is_empty())
            && {
                // 骨科也并非新手,2016年就是P
                let head = Span::new(own.start, title.start);
                let dated = !self.reading.years_in(head).is_empty() && self.reading.scan.says(head, COPULA);
                dated || self.reading.scan.says(head, AWARD.or(PASSING))
            }
    }

    /// 2017年验收未通过,2019年成为P: what failed or was hoped for in an earlier year than the title was given in.
    fn is_outlived(&self, word: Span, theirs: Span, title: Span, part: Span) -> bool {
        let year = |years: &[crate::mention::year::YearMention]| {
            years.iter().rev().find_map(|year| match year.when {
                When::Year(value) => Some((value, year.span.end)),
                _ => None,
            })
        };
        let since = Span::new(theirs.end, title.start.max(theirs.end));
        let before = Span::new(part.start, word.start.max(part.start));
        let (Some((first, _)), Some((later, end))) =
            (year(self.reading.years_in(before)), year(self.reading.years_in(since)))
        else {
            return false;
        };
        let told = Span::new(end, title.start.max(end));
        first < later
            && self.written.is_none_or(|written| later <= written)
            && self.reading.scan.says(told, AWARD.or(PASSING))
            && !self.reading.scan.says(told, HOPE.or(NEGATION))
    }

    /// 荣誉并非从天而降:甲科获评P: what is denied before the colon is not what stands behind it.
    fn is_before_colon(&self, word: Span, kinds: Kinds, from: usize) -> bool {
        // 推动学科梯次发展:甲科于2018年获评P: what was hoped for is told with years that are past.
        let told = || {
            let rest = Span::new(word.end, from.max(word.end));
            let clause = self.reading.clause(self.sentence, rest.end);
            let behind = self.reading.years_in(Span::new(rest.end, clause.end.max(rest.end)));
            let past = |year: &crate::mention::year::YearMention| matches!((year.when, self.written), (When::Year(value), Some(written)) if value <= written);
            rest.of(self.reading.text()).contains([':', '：'])
                && !word_list!["目标", "心愿", "愿望", "任务", "打算", "计划", "下一步"]
                    .stand_in(self.reading.between(word.start, rest.end))
                && self.reading.titles_in(rest).is_empty()
                && behind.iter().any(past)
        };
        if kinds.has(HOPE) && !kinds.has(NEGATION) && told() {
            return true;
        }
        kinds.has(NEGATION)
            && !kinds.has(HOPE)
            && self.reading.between(word.end, from.max(word.end)).trim_end().ends_with([':', '：'])
            && self.reading.titles_in(Span::new(word.end, from.max(word.end))).is_empty()
            && (word_list!["并非", "不是", "没有", "无法", "从未", "尚未"].begin(word.of(self.reading.text()))
                // 已取得上级称号的专科不再重复评审:甲科为P
                || word_list!["重复", "单独", "另行"].begin(self.reading.between(word.end, from.max(word.end))))
    }

    /// 虽未能入选P1,但成功获批P2: what was denied is another title, and 但 stands between.
    pub(super) fn is_contrasted(&self, word: Span, title: Span, part: Span) -> bool {
        let text = self.reading.text();
        let own = self.reading.clause(part, title.start);
        let turned = own.of(text).trim_start();
        word.end <= own.start
            && word_list!["但", "却", "不过", "然而", "而是", "转而", "最终", "仍"].begin(turned)
            && !self.reading.titles_in(Span::new(word.end, own.start)).is_empty()
    }

    /// 首次参评即被评为, 经申报、评审,被确定为: an application that its outcome follows.
    pub(super) fn is_answered(&self, word: Span, kinds: Kinds, title: usize) -> bool {
        const APPLIED: [&str; 15] = [
            "申报",
            "申请",
            "参评",
            "参选",
            "参加评审",
            "参加答辩",
            "答辩",
            "推荐",
            "迎评",
            "备战",
            "冲击",
            "冲刺",
            "申创",
            "冲国",
            "争创",
        ];
        if !kinds.has(HOPE) || !APPLIED.contains(&word.of(self.reading.text())) {
            return false;
        }
        let whole = self.reading.titles.binary_search_by_key(&title, |title| title.span.start).ok();
        let whole = whole.and_then(|at| self.reading.titles.get(at));
        if whole.is_some_and(|whole| self.is_granted(whole.span)) {
            return true;
        }
        // 从47个参评科室中突围: those who applied.
        let rest = self.reading.between(word.end, title.max(word.end));
        let those =
            word_list!["科室", "专科", "学科", "单位", "医院", "机构", "者", "专业", "对象", "选手", "的"];
        if those.begin(rest) && !rest.starts_with("的是") {
            return true;
        }
        let gap = Span::new(word.end, title.max(word.end));
        let outcome = self.reading.scan.words_in(gap).iter().find(|next| next.kinds.has(AWARD.or(AWARD_END)));
        let Some(outcome) = outcome else {
            return false;
        };
        let between = self.reading.between(word.end, outcome.span.start);
        let verb = outcome.span.of(self.reading.text());
        verb.starts_with(['被', '获', '即', '便', '就'])
            || outcome.kinds.has(AWARD_END)
            || word_list!["即", "并", "后", "就", "便", "一举", "成功", "顺利", "终", "评审"]
                .stand_in(between)
    }

    /// 申报P获批: what was applied for is granted right behind the title.
    pub(super) fn is_granted(&self, title: Span) -> bool {
        static GRANTS: WordList = WordList::new(&[
            "获批",
            "获评",
            "获准",
            "成功",
            "正式获批",
            "顺利获批",
            "均获批",
            "全部获批",
            "双双获批",
        ]);
        let tail = crate::mention::window_after(self.reading.text(), title.end, 30);
        let tail = tail.trim_start_matches(['”', '"', '」', '喜']);
        GRANTS.begin(tail)
    }

    /// 申报的, 推荐的: the hope is only how the thing that happened is told apart.
    pub(super) fn is_relative(&self, word: Span) -> bool {
        self.reading.between(word.end, self.reading.text().len()).starts_with('的')
    }

    /// “…P1”应为“…P2”, 《…获评P》一文: what was said wrongly, or only quoted to be put right.
    fn is_corrected(&self, part: Span, title: Span) -> bool {
        let behind = self.reading.between(title.end, part.end);
        let near = behind.get(..behind.floor_char_boundary(60)).unwrap_or(behind);
        static QUOTES: CharSet = CharSet::of("》”」");
        let signed = QUOTES.first_in(near.as_bytes()).is_some();
        let quoted = near.trim_start_matches(['”', '"', '」']);
        let wrong = word_list!["应为", "应是", "应改为", "应更正为", "更正为", "有误", "系误"].begin(quoted);
        let cited = signed
            && near.split_once('》').is_some_and(|(inner, rest)| {
                !inner.contains(['《', '，', '。'])
                    && inner.chars().count() <= 12
                    && word_list!["一文", "一稿", "的报道", "报道", "消息", "稿件"].begin(rest)
            });
        let before = self.reading.between(part.start, title.start);
        // 关于“直接认定某医院甲科为P”的建议: what somebody asks for in quotes.
        let asked = signed
            && near.split_once(['”', '」']).is_some_and(|(inner, rest)| {
                let opened = before
                    .rfind(['“', '「'])
                    .filter(|at| !before.get(*at..).is_some_and(|rest| rest.contains(['”', '」'])));
                inner.chars().count() <= 12
                    && opened.is_some_and(|at| before.len() - at > '“'.len_utf8())
                    && word_list![
                        "的建议",
                        "的提案",
                        "的议案",
                        "的请求",
                        "的诉求",
                        "的呼吁",
                        "的设想",
                        "的提议",
                        "的愿望",
                        "的意见"
                    ]
                    .begin(rest)
            });
        wrong || cited || asked || word_list!["误为", "误写", "误登"].stand_in(before)
    }

    /// 要成为, 要通过, 要拿下: what is asked for; no 主要, 需要, 重要.
    fn must(&self, before: Span) -> bool {
        // 要知道,… asks for nothing.
        static TOLD: WordList = WordList::new(&["要知道", "要说", "要论", "要不是", "要数", "要问"]);
        // “十四五”期间,要实现…,新增P3个
        static ASKED: WordList = WordList::new(&[
            "要实现",
            "要建成",
            "要新增",
            "要确保",
            "要努力",
            "要创建",
            "要打造",
            "要达到",
            "要完成",
            "要推动",
            "要再",
            "要有",
            "要把",
            "要加快",
            "要抓",
            "要以",
            "要继续",
            "必须",
            "务必",
            "确保",
        ]);
        static SIGNS: CharSet = CharSet::of("要必务确");
        let text = before.of(self.reading.text());
        if SIGNS.first_in(text.as_bytes()).is_none() {
            return false;
        }
        let asked = text.split(['，', ',', '；', '：']).any(|clause| {
            let clause = clause.trim_start();
            ASKED.begin(clause) && !TOLD.begin(clause)
        });
        let own = self.reading.clause_start(before, before.end);
        asked
            || text.match_indices('要').any(|(offset, _)| {
                let at = before.start + offset;
                if at < own {
                    return false;
                }
                let longer = self.reading.scan.before(at).is_some_and(|c| "主重必首次".contains(c));
                !longer
                    && self
                        .reading
                        .scan
                        .starting_at(at + '要'.len_utf8())
                        .any(|(_, entry)| entry.kinds.has(AWARD.or(PASSING)))
            })
    }

    /// 到2025年,甲科…: a clause that opens with a year after the article's own.
    fn is_of_years_to_come(&self, before: Span) -> bool {
        let Some(written) = self.written else { return false };
        self.reading.years_in(before).iter().any(|year| {
            let value = match year.when {
                When::Year(value) => Some(value),
                When::Since => {
                    year.span.of(self.reading.text()).get(..4).and_then(|digits| digits.parse().ok())
                }
                _ => None,
            };
            let start = self.reading.clause_start(before, year.span.start);
            let led = self.reading.between(start, year.span.start).trim();
            value.is_some_and(|value| value > written)
                && matches!(led, "" | "到" | "至" | "在" | "力争到" | "争取到" | "计划到" | "预计" | "预计到")
        })
    }

    /// 甲科明年将申报P,乙科要在2025年拿下验收: what a sentence dates after the article was written, unless the year is a list's own (2025年度).
    pub(super) fn is_to_come(&self, dating: Dating, evidence: Span) -> bool {
        let Dating::Printed(given) = dating else { return false };
        self.written.is_some_and(|written| given > written)
            && self.reading.years_in(evidence).iter().take(MOST_YEARS).any(|year| {
                year.when == When::Year(given) && !year.span.of(self.reading.text()).ends_with("年度")
            })
    }

    /// 将通过验收的某医院甲科命名为P: whether a relative clause and its hospital or department stand behind 将.
    fn is_relative_object(&self, next: usize, end: usize) -> bool {
        const LONGEST: usize = 16;
        let rest = self.reading.between(next, end.max(next));
        let Some(at) =
            rest.find('的').filter(|at| rest.get(..*at).is_some_and(|led| led.chars().count() <= LONGEST))
        else {
            return false;
        };
        let named = next + at + '的'.len_utf8();
        !rest.get(..at).is_some_and(|led| led.contains(['，', ',', '、']))
            && (self.reading.institution_at(named).is_some()
                || self.fields.binary_search_by_key(&named, |mention| mention.span.start).is_ok())
    }

    /// 将 + a verb of planning or an award: 将打造, 将建成, 将获批; 将骨科确定为 only places its object.
    pub(super) fn plans(&self, before: Span) -> bool {
        // In a clause before the last one it is another's.
        let last = Span::new(self.reading.clause(before, before.end).start, before.end);
        last.of(self.reading.text()).match_indices('将').any(|(offset, _)| {
            let at = last.start + offset;
            let next = at + '将'.len_utf8();
            // 又将其骨科评定为
            let whose = self.reading.scan.after(next).filter(|c| *c == '其').map_or(0, char::len_utf8);
            let named = next + whose;
            let object = self.reading.in_institution(Span::new(at, next))
                || self.reading.scan.starting_at(at).any(|(_, entry)| entry.region.is_some())
                || self.reading.institution_at(next).is_some()
                || self.fields.binary_search_by_key(&named, |mention| mention.span.start).is_ok()
                || self.reading.scan.starting_at(next).any(|(_, entry)| entry.region.is_some())
                || self.places(Span::new(next, before.end))
                || self.is_relative_object(next, before.end);
            let clause = self.reading.clause(before, at);
            let own = clause.end >= before.end;
            !object
                && own
                && !self
                    .reading
                    .scan
                    .before(at)
                    .is_some_and(|c| matches!(c, '中' | '即' | '老' | '大' | '名'))
        })
    }

    /// 将科室列为…; but 将科室建成… is a plan.
    pub(super) fn places(&self, behind: Span) -> bool {
        let text = behind.of(self.reading.text());
        PLACED.iter().filter_map(|word| text.strip_prefix(word)).any(|rest| {
            self.reading
                .scan
                .starting_at(behind.end - rest.len())
                .any(|(span, entry)| entry.kinds.has(AWARD) && !span.of(self.reading.text()).contains('建'))
        })
    }
}
