//! Titles told of by their plates, and verbs between a department and what is told of it: what is given, what is its own.

use super::linking_words::{DECISIONS, REVIEWS};
use super::*;
use xinglin_text::{WordList, word_list};

impl Narrator<'_, '_> {
    /// 骨科把P的牌子捧回了家, 骨科的门口多了一块“P”的铜牌, 骨科拥有P的金字招牌: what is told of a title by its plate; whether it is held.
    pub(super) fn of_plates(&self, led: &str, title: &Title, part: Span) -> Option<bool> {
        static PLATES: WordList = WordList::new(&[
            "牌子",
            "牌匾",
            "铜牌",
            "奖牌",
            "招牌",
            "金字招牌",
            "“金字招牌”",
            "授牌",
            "帽子",
            "“帽子”",
            "光环",
            "头衔",
            "桂冠",
            "名号",
            "入场券",
            "“入场券”",
        ]);
        let tail = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」']);
        let plate = PLATES.strip_prefix(tail.strip_prefix('的').unwrap_or(tail))?;
        let told = led.trim_start_matches(['也', '又', '还', '终', '于', '便', '就', '都', '均', '，', ',']);
        // 把P的牌子捧回了家
        let brought = word_list![
            "捧回",
            "带回",
            "拿回",
            "抱回",
            "扛回",
            "摘回",
            "捧了回来",
            "扛了回来",
            "收入囊中",
            "揽入怀中",
            "挂上",
            "拿到手",
            "捧在",
            "拿下"
        ]
        .begin(plate.trim_start_matches(['给', '也', '又', '一', '举', '成', '功']));
        if matches!(told, "把" | "将") && brought {
            return Some(false);
        }
        // 骨科的门口,多了一块“P”的铜牌; 迎来了P的授牌
        let new = word_list![
            "多了一块",
            "添了一块",
            "新添一块",
            "挂上了一块",
            "挂起了一块",
            "迎来了",
            "接过了",
            "领到了",
            "迎来",
            "接过",
            "挂上了",
            "戴上了",
            "捧起了"
        ]
        .end(told);
        let since = word_list!["早就", "早已", "一直", "向来", "多年前就"].stand_in(told);
        if new && told.chars().count() <= 16 {
            return Some(since);
        }
        // 骨科拥有P的金字招牌; 头顶“P”光环
        let held = word_list!["拥有", "手握", "握有", "头顶", "顶着", "坐拥", "享有"].end(told);
        (held && told.chars().count() <= 8).then_some(true)
    }

    /// Whether a stretch tells of a giving, not of what is there.
    pub(super) fn gives(&self, head: Span) -> bool {
        let text = head.of(self.reading.text());
        self.reading.scan.says(head, AWARD.or(BESTOW).or(NEWS))
            || DECISIONS.stand_in(text)
            || word_list![
                "批复",
                "下达",
                "新增",
                "新获",
                "新添",
                "挂到了",
                "挂进了",
                "交到了",
                "送到了",
                "颁给了"
            ]
            .stand_in(text)
    }

    /// 通过三年建设, 通过不断努力: by means of, and nothing passed.
    pub(super) fn is_by_means(&self, word: Span) -> bool {
        static MEANS: WordList =
            WordList::new(&["努力", "持续", "不断", "加强", "建设", "引进", "开展", "近", "多"]);
        let rest = crate::mention::window_after(self.reading.text(), word.end, 30);
        let years = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一两三四五六几".contains(c));
        let span = years.len() < rest.len()
            && (years.starts_with("年建")
                || years.starts_with("年的")
                || years.starts_with("年努")
                || years.starts_with("年多")
                || years.starts_with("年创"));
        word.of(self.reading.text()) == "通过" && (span || MEANS.begin(rest))
    }

    /// A医院外科完成手术800台,B医院…: what was said of the specialties before is over.
    pub(super) fn has_own_predicate(&self, gap: Span) -> bool {
        let text = gap.of(self.reading.text());
        let Some((told, _)) = text.split_once(['，', ',']) else { return false };
        // 妇产科一分为二,产科于次年获评P
        if word_list!["一分为二", "一分为三", "分设", "拆分", "分家", "析出"].stand_in(told) {
            return true;
        }
        let mut depth = 0;
        let words = told.chars().filter(|c| {
            depth += match c {
                '(' | '（' => 1,
                ')' | '）' if depth > 0 => -1,
                _ => 0,
            };
            depth == 0 && is_han(*c) && !"等共个项专科学家大多两一二三四五六七八九十".contains(*c)
        });
        // 甲科的进步,得益于某医院的帮带,后者的甲科是P: what the department has is told of, and another hospital is named.
        // 与A医院甲科合作,B医院乙科成为P; but A医院甲科领先,B医院乙科跟上,双双成为P
        let together = || {
            let tail = crate::mention::window_after(self.reading.text(), gap.end, 150);
            let tail = tail.split(['。', '；', '\n']).next().unwrap_or_default();
            word_list![
                "双双", "均", "都", "同时", "分别", "一同", "一起", "共同", "一并", "先后", "相继", "全部"
            ]
            .stand_in(tail)
        };
        let others = !self.reading.institutions_in(gap).is_empty()
            && (told.starts_with('的')
                || !told.contains("名额")
                    && !told.ends_with(['个', '项', '块', '张'])
                    && !told.contains('席')
                    && !together());
        words.count() >= if others { 2 } else { 4 }
            && (!self.reading.scan.says(
                Span::new(gap.start, gap.start + told.len()),
                AWARD.or(AWARD_END).or(PASSING).or(NEGATION).or(HOPE).or(COPULA),
            ) || self.has_own_object(Span::new(gap.start, gap.start + told.len())))
    }

    /// 甲科获评“工人先锋号”,乙科…: what it was given is no title.
    pub(super) fn has_own_object(&self, told: Span) -> bool {
        let words = self.reading.scan.words_in(told);
        let [verb] = words else { return false };
        let object = self.reading.between(verb.span.end, told.end);
        let plain = object.trim_matches(['“', '”', '"', '「', '」', '《', '》', '了']);
        let status = plain.contains("建设")
            || plain.contains("培育")
            || plain.contains("名单")
            || plain.contains("专科");
        // 急诊科通过国家胸痛中心认证; but 通过专家组评审
        let reviewed = word_list![
            "评审", "验收", "复核", "评估", "考核", "答辩", "复评", "复审", "审核", "公示", "检查"
        ]
        .stand_in(plain);
        (verb.kinds.has(AWARD) || verb.kinds.has(PASSING) && !reviewed)
            && !status
            && plain.chars().filter(|c| is_han(*c)).count() >= 4
    }

    /// Whether an award's word ends its clause: 双双入选, 获批。
    pub(super) fn ends_clause(&self, at: usize, end: usize) -> bool {
        let rest = self
            .reading
            .between(at, end)
            .trim_start_matches(['”', '」', '！', '!', '其', '中', '此', '项', '目', '列', '了']);
        // 顺利通过复核
        let rest = REVIEWS.strip_prefix(rest).unwrap_or(rest);
        rest.chars().next().is_none_or(|c| {
            !is_han(c) && !c.is_ascii_alphanumeric() && !matches!(c, '“' | '《' | '「' | '『' | '"')
        })
    }
}
