//! How a group of specialties and a title hang together, and what keeps them apart: hopes, denials, other subjects.

use super::elsewhere::is_affiliation;
use super::linking_words::{DECISIONS, is_bare_copula, is_of_unnamed, is_once, without_round};
use super::standing::is_standing;
use super::*;
use xinglin_text::{WordList, word_list};

/// 甲科与某医院甲科签约共建(对方为P): theirs.
fn is_of_partner(between: &str) -> bool {
    let last = between.rsplit(['(', '（', '，', ',', '；', '—']).next().unwrap_or(between);
    let Some(told) = last.trim_start().strip_prefix("对方") else {
        return word_list!["人家是", "人家可是", "人家的"].begin(last.trim_start());
    };
    let told = told.trim_start_matches(['可', '正', '就', '也', '早', '已', '则', '更', '乃']);
    told.starts_with(['是', '为', '系', '的'])
}

/// Without the quotation marks that a title opens with.
fn plain_of(between: &str) -> &str {
    between.trim_end_matches(['“', '"', '「', ' '])
}

impl Narrator<'_, '_> {
    /// 继神经内科、骨科之后: those that hold the title already.
    pub(super) fn is_predecessor(&self, span: Span, part: Span) -> bool {
        let start = self.reading.clause_start(part, span.start);
        let head = self.reading.between(start, span.start);
        let Some(at) = head.rfind('继') else { return false };
        let follows = head.get(at..).is_some_and(|rest| {
            !word_list!["继续", "继教", "继往", "继承", "继任"].begin(rest) && !rest.contains('后')
        });
        let clause = self.reading.clause(part, span.start);
        follows && self.reading.between(span.end, clause.end).contains('后')
    }

    /// How a group and a title hang together: `Some(false)` given, `Some(true)` held, `None` not at all.
    pub(super) fn link(&self, state: &State, from: usize, title: &Title, part: Span) -> Option<bool> {
        let gap = Span::new(from, title.span.start);
        let between = gap.of(self.reading.text());
        if self.is_of_hospitals(title, part)
            || is_of_unnamed(between)
            || self.is_lost_since(between, title, part)
            || is_of_partner(between)
            || self.is_told_besides(state, title, part)
        {
            return None;
        }
        if self.is_of_companions(between, title, part) {
            return None;
        }
        if let Some(held) = self.of_two(state, between, title, part) {
            return Some(held);
        }
        if self.is_prolonged(between, title, part) {
            return Some(false);
        }
        // 甲科成为某医院(P)协作单位: what the bracket says of that hospital.
        let inner = between.trim_end_matches(['“', '"', '「']);
        if let Some(head) = inner.strip_suffix(['(', '（']) {
            let at = from + head.len();
            let named = self.reading.institutions_in(gap).last().is_some_and(|name| name.span.end == at);
            let closed = self.reading.between(title.span.end, part.end).split_once([')', '）']);
            if named && closed.is_some_and(|(_, behind)| is_affiliation(behind)) {
                return None;
            }
        }
        // A医院甲科,B医院乙科,都在此次P名单当中
        let listed = between.trim_start_matches(['，', ',', ' ']).trim_end_matches(['“', '"', '「']);
        let listed = word_list!["都", "均", "皆", "全都", "也都", "也", "同", "同样", "双双", "悉数"]
            .strip_prefix(listed)
            .unwrap_or(listed)
            .strip_prefix('在');
        if let Some(round) = listed
            && round.chars().all(|c| "此次本这份该新一批轮的".contains(c))
            && self.is_a_list(title, part)
        {
            // 甲科也在P之列, on a hospital's own page: it stands there.
            return Some(self.cast.home.is_some() && round.is_empty());
        }
        // 甲科上榜,同为P
        let first = state.group.first().map_or(from, |(_, _, span)| span.start);
        if self.is_said_of_all(title.span.start, part)
            && self.reading.scan.says(Span::new(first, title.span.start), AWARD_END)
        {
            return Some(false);
        }
        if let Some(held) = self.stands_as(between, title, part) {
            return Some(held);
        }
        // 甲科被评为P1,加上2021年拿到P2的乙科: the title of the one that follows.
        let next = field::mentions_in(self.fields, Span::new(title.span.end, part.end)).first();
        let theirs = next.is_some_and(|next| {
            self.relative_title(next.span.start, part).is_some_and(|own| own.span == title.span)
        });
        if theirs && between.contains(['，', ',', '、', '；', '和']) {
            return None;
        }
        // 依托该院甲科、乙科两个P建设: what something else is built on.
        let start = self.reading.clause_start(part, first);
        let built = word_list!["依托", "借助", "整合"].begin(self.reading.between(start, first).trim_start());
        // 依托某医院甲科的技术优势,2023年建成P
        if built && (between.contains(['，', ',']) || !self.reading.scan.says(gap, AWARD.or(PASSING))) {
            return None;
        }
        // 甲科通过评审,由“P建设项目”正式升级为“P”: where it came from.
        let origin = between.trim_end_matches(['“', '"', '「', '『', '原', ' ']).ends_with(['由', '从']);
        let rises = || {
            let tail = crate::mention::window_after(self.reading.text(), title.span.end, 45);
            word_list![
                "升级为",
                "晋升为",
                "晋级为",
                "升格为",
                "转为",
                "转正为",
                "跃升为",
                "升为",
                "升级成",
                "变为",
                "成为"
            ]
            .stand_in(tail)
        };
        if origin && rises() {
            return None;
        }
        // 甲科今年报了P,能不能评上还得看答辩
        let reported = word_list![
            "报了",
            "上报",
            "上报了",
            "送报",
            "报的是",
            "报送",
            "报过",
            "报评",
            "推评",
            "去评",
            "去争"
        ]
        .end(between.trim_end_matches(['“', '"', '「']));
        if reported && !self.is_granted(title.span) {
            return None;
        }
        let applied = |word: &str| word_list!["申报", "申请", "参评", "申创"].end(word);
        if applied(between.trim_end_matches(['“', '"', '的'])) && self.is_granted(title.span) {
            return Some(false);
        }
        let hoped = self.reading.scan.words_in(gap).iter().any(|word| {
            word.kinds.has(HOPE.or(NEGATION))
                && !self.denies_another(word.span, title.span, part)
                && !self.is_scheme(word.span)
                && !self.is_founded(word.span, part)
                && !self.is_answered(word.span, word.kinds, title.span.start)
                && !self.is_contrasted(word.span, title.span, part)
        });
        if hoped && !self.reading.scan.says(gap, RELATIVE) {
            return None;
        }
        // …获评先进科室,该科是P: what is held, behind what was given besides.
        if let Some((front, last)) = between.rsplit_once(['，', ',']) {
            let own = Span::new(gap.start + front.len(), gap.end);
            // 建科于1982年,在此之前已是P
            let last = word_list!["在此之前", "此前", "之前", "早前"].strip_prefix(last).unwrap_or(last);
            let held = is_bare_copula(last)
                || self.speaks_of_department(own)
                    && last.ends_with(['是', '系', '为'])
                    && last.chars().count() <= 6;
            if held && state.taken.is_none() && !self.reading.scan.says(own, AWARD.or(PASSING)) {
                return Some(!self.is_new(state, part));
            }
        }
        // 创建于1886年,是教育部批准的P: by whom what it is was given, and not when.
        if is_standing(between) && state.taken.is_none() {
            return Some(!self.is_new(state, part));
        }
        let given = self
            .reading
            .scan
            .words_in(gap)
            .iter()
            .rev()
            .find(|word| word.kinds.has(AWARD.or(PASSING)) && !self.is_by_means(word.span));
        // 甲科、乙科双双入选P, 甲科上榜P
        let ends = between.trim_end_matches(['“', '"', '「', '了', ' ']).len();
        let given = given.or_else(|| {
            let last = self.reading.scan.words_in(gap).last();
            last.filter(|word| word.kinds.has(AWARD_END) && word.span.end == gap.start + ends)
        });
        // 儿科2022年名列P; 骨科“升格”P
        let ranks = || {
            word_list!["名列", "位列", "忝列", "跻列", "升格", "晋升", "升级", "晋级", "荣升"]
                .end(between.trim_end_matches(['“', '"', '「']))
        };
        let single = between.contains('获')
            || ranks()
            || word_list!["“升格”", "“晋级”", "“升级”", "“荣升”"]
                .end(between.trim_end_matches(['“', '"', '「', '为']));
        if given.is_some() || single {
            // 骨科早就戴上了P的“帽子”
            let since = word_list!["早就", "早已"].stand_in(between);
            return Some(since && self.reading.years_in(gap).is_empty());
        }
        // 眼科、中医科也在P之列
        let among = plain_of(between).ends_with('在')
            && word_list!["之列", "行列", "之中", "名单之列"]
                .begin(self.reading.between(title.span.end, part.end));
        if among && plain_of(between).chars().count() <= 6 {
            return Some(true);
        }
        if let Some(held) = self.of_plates(plain_of(between), title, part) {
            return Some(held && self.reading.years_in(gap).is_empty());
        }
        // 推拿科从2018年起挂着P的牌子
        let worn = word_list!["挂着", "顶着", "戴着", "扛着"].end(plain_of(between))
            && word_list!["的牌子", "的牌匾", "的招牌", "的金字招牌", "的头衔", "的帽子", "的名头"]
                .begin(self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」']));
        if worn && !between.contains(['，', ',']) {
            return Some(self.reading.years_in(gap).is_empty());
        }
        // 自2021年起按P培育项目建设
        if between.ends_with('按')
            && word_list!["建设", "管理", "培育"].begin(self.reading.between(title.span.end, part.end))
        {
            return Some(false);
        }
        // 为疼痛科揭了另一块牌子——P
        let signed = between.trim_end_matches(['“', '"', '「', ' ']);
        let behind = signed.trim_end_matches(['—', '：', ':']);
        if behind.len() < signed.len()
            && word_list!["牌子", "牌匾", "新牌", "铜牌", "奖牌", "金字招牌"].end(behind)
            && behind.chars().count() <= 12
            && behind.contains(['揭', '挂', '授', '颁', '送'])
        {
            return Some(false);
        }
        // 铜牌被挂进了某医院甲科的走廊:“P”; 最“年轻”的一块挂在甲科门口:P
        let first = state.group.first().map_or(from, |(_, _, span)| span.start);
        let hung = self.reading.between(self.reading.clause_start(part, first), first);
        let where_ = between.trim_end_matches(['“', '"', '「', ' ']);
        if where_.ends_with(['：', ':', '—'])
            && where_.chars().count() <= 8
            && word_list!["走廊", "门口", "墙上", "门楣", "大厅", "楼道", "护士站", "病区", "门前"]
                .stand_in(where_)
            && hung.contains('挂')
            && word_list!["牌", "匾", "一块", "块"].stand_in(hung)
        {
            return Some(false);
        }
        // 甲科另有一重身份——P
        let rank = between.trim_matches(['—', '：', ':', '“', '"', ' ']);
        if rank.len() < between.len()
            && between.contains(['—', '：', ':'])
            && (rank.contains('有')
                || word_list!["多了", "添了", "得了", "拿到", "迎来", "收获"].stand_in(rank))
            && word_list!["身份", "头衔", "名头", "名片", "牌子", "招牌"].end(rank)
            && rank.chars().count() <= 12
        {
            return Some(rank.contains('有'));
        }
        // 甲科有两块牌子:一块是2015年的P1,一块是今年的P2
        if let Some(item) =
            between.rsplit(['，', ',', '：', ':', '；']).next().filter(|_| between.chars().count() <= 30)
            && word_list![
                "一块是",
                "一个是",
                "一项是",
                "一张是",
                "一枚是",
                "另一块是",
                "另一个是",
                "另一项是",
                "一块为",
                "一是",
                "二是"
            ]
            .begin(item.trim_start())
            && item.chars().count() <= 18
        {
            return Some(self.reading.years_in(gap).is_empty());
        }
        if let Some(held) = self.counts_with(state, gap, title, part) {
            return Some(held);
        }
        if state.taken.is_some() && (title.counted || self.is_total(title, part)) {
            // …是省级重点专科,市级重点专科5个: a count of others.
            return None;
        }
        if state.taken.is_some() {
            // 被评为市级重点专科(2012年)、省级重点专科(2016年)
            let between =
                match between.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）'])) {
                    Some((year, rest)) if year.chars().count() <= 8 => rest,
                    _ => between,
                };
            // …获评省级重点专科,2011年曾是市级重点学科
            let told = between.trim_matches(['，', ',', ' ', '、']);
            if between.starts_with(['，', ',']) && !told.contains(['，', ',']) && is_once(told) {
                return Some(true);
            }
            // A second title of the same group: 获评省级、市级 or 国家级…和省级….
            let joint = between.trim().trim_matches(['”', '“', '"', '「', '」', '『', '』']);
            return matches!(joint, "" | "、" | "和" | "与" | "及" | "以及" | "，" | "," | "和被")
                .then_some(state.held);
        }
        // 确定甲科为2022—2024年P: for how long, not when.
        let plain = between.trim();
        // A医院(甲科)、B医院(乙科)为P
        let plain = if plain.starts_with([')', '）']) && plain.ends_with(['为', '是', '系']) {
            plain.trim_start_matches([')', '）'])
        } else {
            plain
        };
        let lasting =
            |c: char| c.is_ascii_digit() || matches!(c, '年' | '度' | '—' | '-' | '－' | '~' | '～');
        let plain = if plain.ends_with(['年', '度']) { plain.trim_end_matches(lasting) } else { plain };
        // 确定甲科为第三轮P: which of its rounds.
        let plain = without_round(plain);
        // 甲科是该院继乙科、丙科之后的又一个P
        let plain = match (plain.find('继'), plain.rfind('后')) {
            (Some(from), Some(to)) if from < to => plain.get(..from).unwrap_or_default(),
            _ => plain,
        };
        // ●骨科 国家临床重点专科; 2021年 儿科 某省临床重点专科: a line of nothing else
        let blank = !between.is_empty() && between.chars().all(char::is_whitespace);
        if blank && self.is_line_of(state, title, part) {
            // Under 2016年 it was given then.
            return Some(self.section.is_none());
        }
        // 普外科,省级临床重点专科: a line of nothing else
        let bare = matches!(between.trim(), "，" | "," | "：" | ":" | "——" | "—");
        if bare && self.is_row_of_titles(state, title, part) {
            return Some(true);
        }
        // 康复医学科——2009年,某市特色专科; 产科:县卫生健康局命名的县级重点专科
        let label = between.trim_start_matches(['—', '：', ':', '－', '-', ' ', '　']);
        if label.len() < between.len() && self.is_line_of(state, title, part) {
            let years = self.reading.years_in(gap);
            let rest = years
                .first()
                .map_or(label, |year| self.reading.between(self.reading.date_end(year.span), gap.end));
            let dated = years.len() == 1 && rest.trim_matches(['，', ',', ' ', '　', '：', ':']).is_empty();
            let named = label
                .strip_suffix('的')
                .is_some_and(|told| DECISIONS.end(told) && self.reading.scan.says(gap, AUTHORITY));
            if dated || named {
                return Some(false);
            }
        }
        // 2017年　甲科、乙科，P1；丙科，P2；: a step of a history.
        if bare && self.is_line_of(state, title, part) && self.opens_with_year(part) {
            return Some(false);
        }
        // 某市中医院推拿科,省级重点专科,老牌子了
        if bare && between != "：" && self.is_apposition(state, title, part) {
            return Some(true);
        }
        if bare && state.group.len() == 1 && self.is_whole_line(part) && self.is_line_of(state, title, part) {
            return Some(true);
        }
        // A医院 甲科 ★ P
        let sign = !plain.is_empty()
            && plain.chars().count() <= 3
            && plain.chars().all(|c| {
                !c.is_alphanumeric() && !matches!(c, '、' | '，' | ',' | '“' | '"' | '「' | '《' | ')' | '）')
            });
        if self.is_in_list_of_notice(title, between) {
            return Some(false);
        }
        if sign {
            let given = AWARD.or(AWARD_END);
            return Some(!self.reading.scan.says(Span::new(part.start, title.span.start), given));
        }
        // …,该科系陕西省临床重点专科
        let plain = match plain.rsplit_once(['，', ',']) {
            // 甲科是某院重点打造的学科,省级重点专科建设单位
            Some((first, last))
                if last.trim().is_empty()
                    && word_list!["是", "为", "系"].begin(first)
                    && !first.contains(['，', ',', '。']) =>
            {
                return Some(true);
            }
            Some((_, last))
                if self.speaks_of_department(Span::new(
                    gap.end - last.len().min(gap.end - gap.start),
                    gap.end,
                )) || is_bare_copula(last) =>
            {
                last.trim()
            }
            Some(_) => return None,
            None => plain,
        };
        let copula = plain.chars().count() <= 14
            && (self.reading.scan.says(gap, COPULA) || plain.contains(['是', '为', '系', '属']));
        // 同意某医院甲科建设P
        if plain_of(between) == "建设" && {
            let first = state.group.first().map_or(from, |(_, _, span)| span.start);
            let clause = Span::new(self.reading.clause_start(part, first), first);
            word_list!["同意", "批准", "准予", "批复", "支持"].stand_in(clause.of(self.reading.text()))
        } {
            return Some(false);
        }
        // 确定A医院甲科等N个专科为…: the verb stands before the whole enumeration.
        let head = Span::new(part.start, state.group.first().map_or(from, |(_, _, span)| span.start));
        let earlier = self.reading.titles_in(head).last();
        let earlier = earlier.map_or(head.start, |title| self.past_when_given(title.span.end, head));
        let decided = |head: Span| DECISIONS.stand_in(head.of(self.reading.text()));
        // 确定A医院甲科为P1;B医院乙科为P2
        let carried = plain == "为" && part.start > self.sentence.start && {
            decided(Span::new(self.sentence.start, part.start))
        };
        // 向A医院甲科、B医院乙科等首批8个P授牌
        let bestowed = word_list!["向", "为", "给", "对"].stand_in(head.of(self.reading.text())) && {
            let tail = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」']);
            let at = part.end - tail.len();
            self.reading.scan.starting_at(at).any(|(_, entry)| entry.kinds.has(BESTOW))
        };
        // 公布P中期评估结果,甲科、乙科两个P均通过: how they stand, and nothing new.
        let midway =
            word_list!["中期", "年度考核", "年度评估", "绩效考核"].stand_in(head.of(self.reading.text()));
        // …挂牌,某医院甲科为P: what was given a clause before has its own object.
        let objects = |word: &crate::mention::scan::Word| {
            let clause = self.reading.clause(part, word.span.start);
            let other = word_list!["挂牌", "揭牌", "建成"].begin(word.span.of(self.reading.text()));
            !(other && clause.end < head.end && self.reading.titles_in(clause).is_empty())
        };
        let words = self.reading.scan.words_in(Span::new(earlier, head.end));
        let given = words.iter().any(|word| word.kinds.has(AWARD) && objects(word))
            || decided(head) && !midway
            || carried
            || bestowed
            || self.are_conferred(state, part);
        // 授予A医院甲科“…”称号; 授予A医院(甲科)、B医院(乙科)“…”称号
        let quoted = |c: char| matches!(c, '“' | '"' | '「' | '『' | '‘');
        let closed = given && plain.strip_prefix([')', '）']).is_some_and(|rest| rest.starts_with(quoted));
        if plain.trim_matches(quoted).is_empty() || closed {
            // 针灸推拿科国家中医优势专科揭牌
            let tail = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」']);
            let unveiled = word_list!["揭牌", "正式揭牌", "挂牌", "正式挂牌", "授牌"].begin(tail);
            return (given || unveiled).then_some(false);
        }
        // 为某医院骨科颁发“P”牌匾
        let bestowed = word_list!["颁发", "授予", "颁授", "挂上", "授牌"]
            .end(plain.trim_end_matches(['“', '"', '「', '了']));
        if bestowed && plain.chars().count() <= 8 {
            return Some(false);
        }
        // 一、A医院甲科为P。 in a notice that decides who has it
        if copula
            && plain.trim_end_matches(['“', '"', '「']) == "为"
            && (self.decides || self.is_announced(title))
        {
            return Some(false);
        }
        if copula && self.is_first_of_news(state, plain, title) {
            return Some(false);
        }
        if copula {
            return Some(!(given && plain.trim_end_matches(['“', '"', '「', '『', '‘']).ends_with('为')));
        }
        // 甲科是某省中医药管理局2018年确定的P
        let told = plain.trim_start_matches(['则', '还', '也', '又', '都', '均', '已', '现', '同', '样']);
        if told.starts_with(['是', '系', '为', '属'])
            && told.chars().count() <= 32
            && self.reading.scan.says(gap, AUTHORITY)
            && told.strip_suffix('的').is_some_and(|told| DECISIONS.end(told))
        {
            return Some(true);
        }
        // 中医科、急诊科两个由县卫生健康局命名的县级重点专科
        let told = plain.trim_start_matches(|c: char| {
            c.is_ascii_digit() || "一二三四五六七八九十两等共个项大这几多".contains(c)
        });
        if told.starts_with('由')
            && told.strip_suffix('的').is_some_and(|told| DECISIONS.iter().any(|verb| told.ends_with(verb)))
        {
            return Some(true);
        }
        // 另有骨科、儿科等13个省级临床重点专科; 新增骨科、儿科2个…
        let count = plain.trim_matches(|c: char| {
            c.is_ascii_digit() || "一二三四五六七八九十两等共个项大这几多余在内的专科学家“”首批新".contains(c)
        });
        // 另有骨科、儿科等省级重点专科
        (count.is_empty() && (plain.contains(['个', '项', '大']) || plain == "等"))
            .then_some(!(given || head.of(self.reading.text()).contains('新') || self.is_kept(title, part)))
    }

    /// P名单之内, P之列: whether a title names a list, and its clause ends within it.
    fn is_a_list(&self, title: &Title, part: Span) -> bool {
        let lists = word_list!["名单", "榜单", "行列", "序列", "名录", "目录"];
        let tail = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」']);
        let framed = title.framed && lists.end(title.span.of(self.reading.text()));
        let within = lists.strip_prefix(tail).or_else(|| Some(tail).filter(|_| framed));
        let ends = |rest: &str| rest.chars().next().is_none_or(|c| !is_han(c));
        tail.strip_prefix("之列").is_some_and(ends)
            || within.is_some_and(|rest| {
                let inner = word_list!["之内", "之中", "当中", "之列", "里面", "中", "里", "内", "上"];
                ends(inner.strip_prefix(rest).unwrap_or(rest))
            })
    }

    /// 成为全市唯一拥有P的医院: what is said of a hospital is given to no department.
    fn is_of_hospitals(&self, title: &Title, part: Span) -> bool {
        static WHOSE: WordList =
            WordList::new(&["医院", "县级医院", "单位", "机构", "医疗机构", "县", "地区", "城市"]);
        let tail = self.reading.between(title.span.end, part.end).trim_start_matches(['”', '"', '」']);
        tail.strip_prefix('的').is_some_and(|rest| WHOSE.begin(rest))
            && self.reading.scan.says(Span::new(part.start, title.span.start), OWN)
    }
}
