//! Seats of a title announced: who took how many, and to whom they were given.

use super::*;
use xinglin_text::word_list;

/// 名额,则给了; 席位花落: behind a count and a status, that those which follow have them.
pub(super) fn is_handed_out(text: &str) -> bool {
    let seats = word_list!["名额", "席位", "指标", "牌匾", "牌子", "席"].strip_prefix(text);
    let Some(rest) =
        seats.map(|rest| rest.trim_start_matches(['，', ',', '则', '也', '都', '全', '分', '别']))
    else {
        return false;
    };
    word_list![
        "给了",
        "给到",
        "归了",
        "归属",
        "归",
        "花落",
        "落户",
        "落到",
        "落在",
        "落入",
        "授予",
        "分给",
        "分给了",
        "送给",
        "由",
        "被"
    ]
    .strip_prefix(rest)
    .is_some_and(|rest| rest.chars().count() <= 2)
}

impl Narrator<'_, '_> {
    /// A医院占据3席,分别是甲科、乙科和丙科; B医院拿下丁科、戊科2席: of the title announced before.
    pub(super) fn takes_seats(&self, state: &State, group: &[(usize, Field, Span)], part: Span) -> bool {
        let (Some((_, _, first)), Some((_, _, last))) = (group.first(), group.last()) else {
            return false;
        };
        let Some(holder) = self.reading.institutions_in(Span::new(part.start, first.start)).last() else {
            return false;
        };
        // 评出5个区级重点专科,某医院独得2席——甲科、乙科
        let before = state.pending.and_then(|at| self.reading.titles.get(at)).is_some_and(|title| {
            let told = self.reading.between(part.start, title.span.start);
            // 县卫生健康局命名的P里,我院甲科、乙科占了两席
            let among = self.reading.between(title.span.end, holder.span.start);
            let among = word_list!["名单里", "名单中", "之中", "当中", "里", "中"].strip_prefix(among);
            title.span.end <= holder.span.start
                && (word_list!["评出", "评选出", "评定", "命名", "公布", "新增"].stand_in(told)
                    || among.is_some_and(|rest| matches!(rest.trim(), "，" | ",")))
        });
        let announced = state.pending.is_none() && self.memory.announced.is_some();
        if !(announced || before) || self.reading.scan.says(part, HOPE.or(NEGATION)) {
            return false;
        }
        // A医院(下称“B”)独占一半,为甲科、乙科
        let between = self.reading.between(holder.span.end, first.start);
        let between = between.trim_start_matches(['”', '」', '"', ')', '）']);
        let led = [
            "则",
            "也",
            "又",
            "还",
            "更",
            "一举",
            "成功",
            "顺利",
            "共",
            "各",
            "一口气",
            "一下子",
            "一次",
            "同时",
            "一家就",
            "一家便",
            "一家",
            "独占",
            "独自",
            "独家",
        ];
        let goes_on = announced
            && matches!(
                between,
                "是" | "有" | "为" | "则是" | "则有" | "则为" | "入选的是" | "上榜的是" | "的是"
            );
        let between = led.iter().fold(between, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        // 以中医见长的A医院,此次凭借甲科、乙科占据两席
        let now = between.strip_prefix(['，', ',']).unwrap_or(between);
        let now = word_list!["此次", "此番", "这次", "本次", "此轮", "这一次", "今年", "这回", "此回"]
            .strip_prefix(now);
        let between =
            now.filter(|rest| matches!(*rest, "凭借" | "凭" | "以" | "靠" | "凭着")).unwrap_or(between);
        // B医院拿下的则是乙科
        let plain =
            ["则是", "则为", "却是", "便是", "就是"].iter().find_map(|word| between.strip_suffix(word));
        let plain = plain.filter(|head| head.ends_with('的')).map(|head| format!("{head}是"));
        let between = plain.as_deref().unwrap_or(between);
        let tail = self.reading.between(last.end, part.end);
        let verb = [
            "占据", "占去", "占走", "占得", "占", "领走", "拿走", "抱走", "拿下", "斩获", "摘得", "收获",
            "包揽", "夺得", "揽下", "独占", "独揽", "贡献", "有", "入选", "独得", "喜得", "摘取", "得", "享",
            "捧回", "捧走", "带走", "分得", "再添", "新添", "增添", "喜添", "添",
        ]
        .iter()
        .find_map(|verb| {
            between.strip_prefix(verb).or_else(|| between.strip_prefix("则")?.strip_prefix(verb))
        });
        let seats = |text: &str| {
            // 独占一半,为…
            if word_list!["一半", "半数", "半壁江山", "大半"].begin(text) {
                return true;
            }
            let number = text.trim_start_matches(|c: char| {
                c.is_ascii_digit() || "一二三四五六七八九十两其中的".contains(c)
            });
            number.len() < text.len() && number.starts_with(['席', '个', '项', '枚', '块'])
        };
        // A医院2个:甲科、乙科; A医院入选专科最多,有甲科和乙科
        // A医院贡献了甲科、乙科和丙科
        let gives = matches!(between, "贡献了" | "贡献" | "送上了" | "带来了");
        let most = gives
            || between.contains("最多")
                && between.ends_with(['有', '是', '为'])
                && between.chars().count() <= 16;
        let bare = seats(between).then_some(between);
        // A医院新增的4个专科为甲科、乙科; B医院新增的是丙科
        let told = word_list!["新增", "入选", "获评", "上榜", "获批", "新晋", "入围", "获得", "通过"]
            .strip_prefix(between)
            .and_then(|rest| rest.strip_prefix('的'))
            .map(|rest| {
                rest.trim_start_matches(|c: char| {
                    c.is_ascii_digit() || "一二三四五六七八九十两个项".contains(c)
                })
            });
        let told = told.is_some_and(|rest| {
            let rest = word_list!["专科", "学科", "科室", "项目", "单位"].strip_prefix(rest).unwrap_or(rest);
            matches!(rest, "为" | "是" | "有" | "分别为" | "分别是" | "包括" | "则为" | "则是")
        });
        if most || told {
            return true;
        }
        if self.is_last_seat(part, holder.span, between, tail) {
            return true;
        }
        // P里,我院甲科、乙科占了两席
        let taken =
            word_list!["占据了", "占据", "占了", "占", "拿下了", "拿下", "斩获了", "斩获", "夺得", "摘得"]
                .strip_prefix(tail.trim_start_matches(['等', '均', '共', '独', '就']));
        if before && between.is_empty() && taken.is_some_and(seats) {
            return true;
        }
        // 某医院甲科、乙科一口气摘下三块牌子; B医院丙科、C医院丁科占了另外两个
        let all = || {
            let told = tail.trim_start_matches(['等', '则', '也', '又', '均', '共', '独', '就', '各']);
            let told = word_list!["一口气", "一举", "一下子", "一次", "成功", "同时"]
                .strip_prefix(told)
                .unwrap_or(told);
            let seized = word_list![
                "占据了",
                "占据",
                "占了",
                "占",
                "拿下了",
                "拿下",
                "斩获了",
                "斩获",
                "夺得了",
                "夺得",
                "摘得了",
                "摘得",
                "摘下了",
                "摘下",
                "摘走了",
                "摘走",
                "捧回了",
                "捧回",
                "捧走了",
                "捧走",
                "包揽了",
                "包揽",
                "收获了",
                "收获",
                "拿走了",
                "拿走",
                "进了",
                "入围了",
                "入选了",
                "上榜了",
                "中了"
            ]
            .strip_prefix(told)?;
            let rest = word_list!["另外", "其余", "剩下", "余下", "剩余", "其他"].strip_prefix(seized);
            let rest = rest.unwrap_or(seized).trim_start_matches('的');
            let number = rest
                .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两全部".contains(c));
            let unit =
                number.strip_prefix(['席', '个', '项', '枚', '块']).filter(|_| number.len() < rest.len())?;
            let unit = word_list!["牌子", "招牌", "金字招牌", "牌匾", "铜牌", "名额", "席位", "专科", "学科"]
                .strip_prefix(unit)
                .unwrap_or(unit);
            Some(unit)
        };
        if announced
            && matches!(between, "" | "的" | "凭借" | "凭" | "以" | "靠")
            && all().is_some_and(|rest| rest.chars().all(|c| !c.is_alphanumeric()))
        {
            return true;
        }
        // 某医院的产科占一席
        let own = taken.and_then(|rest| word_list!["一席", "1席", "一个名额"].strip_prefix(rest));
        if announced && own.is_some_and(|rest| !rest.starts_with(is_han)) && matches!(between, "" | "的") {
            return true;
        }
        if goes_on && self.goes_on_with_seats(tail) {
            return true;
        }
        let Some(rest) = verb.or(bare) else { return false };
        let rest = rest.strip_prefix('了').unwrap_or(rest);
        let listed = seats(rest)
            && word_list![
                "分别是",
                "分别为",
                "为",
                "是",
                "：",
                ":",
                "，",
                ",",
                "(",
                "（",
                "即",
                "—",
                "有",
                "包括",
                "给了",
                "落在",
                "花落",
                "颁给",
                "落到"
            ]
            .end(rest);
        // 附二院再添甲科、乙科两个,市医院有丙科
        let run = || self.reading.between(self.end_of_run(group, part), part.end);
        listed
            || rest.is_empty()
                && (seats(tail.trim_start_matches('等')) || seats(run().trim_start_matches('等')))
    }

    /// Where the departments end that the first hospital of a group has.
    fn end_of_run(&self, group: &[(usize, Field, Span)], part: Span) -> usize {
        let Some((first, _, span)) = group.first() else { return part.end };
        let run = group.iter().take_while(|(holder, _, _)| holder == first);
        run.last().map_or(span.end, |(_, _, last)| last.end)
    }

    /// A医院拿下4席,分别是…;B医院有甲科、乙科: what goes on with the seats that the sentence told of before.
    fn goes_on_with_seats(&self, tail: &str) -> bool {
        let Some(announced) = self.memory.announced else { return false };
        let last = self.drafts.last().filter(|draft| draft.evidence == self.sentence);
        let alike = last.is_some_and(|draft| {
            draft.dating == Dating::News
                && (draft.award.programme, draft.award.level) == (announced.programme, announced.level)
        });
        let tail = tail.trim_start_matches('等');
        alike && tail.chars().all(|c| !c.is_alphanumeric())
    }
}
