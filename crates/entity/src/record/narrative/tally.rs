//! Lists told in whatever words, where their count vouches for them: 甲科落户A医院,乙科归了B医院,C医院捧回的是丙科——…公布的P,总共就这3席.

use super::*;
use crate::spoken::numeral::count;
use xinglin_text::{WordList, word_list};

/// More pairs than a count is compared with.
const MANY: usize = 60;

/// What stands between a department and the hospital that it fell to.
static TAKERS: WordList = WordList::new(&[
    "落户", "花落", "归属", "归于", "归", "落在", "给了", "被", "由", "属于", "来自", "出自",
]);

impl Narrator<'_, '_> {
    /// Gives a sentence's title to the pairs that it names, or that those before it named, where they are exactly as many as is said.
    pub(super) fn tally(&mut self, whole: Span, origin: Origin) {
        // No title, nothing told before, and no pair of a department and its hospital.
        if self.memory.told.is_empty()
            && self.reading.titles_in(whole).is_empty()
            && (self.reading.institutions_in(whole).is_empty()
                || field::mentions_in(self.fields, whole).is_empty())
        {
            return;
        }
        let given = self.drafts.iter().rev().take_while(|draft| draft.evidence.start >= whole.start).count();
        let first = self.reading.titles_in(whole).first().map(|title| title.span.start);
        let mut parts = self.reading.parts(whole);
        let scope = first.and_then(|first| parts.find(|part| (part.start..part.end).contains(&first)));
        let scope = scope.unwrap_or(whole);
        let pairs = self.pairs_of(scope);
        let pairs = if given >= pairs.len() || self.are_others(&pairs, scope) { Vec::new() } else { pairs };
        let given = given > 0;
        let mut titles = self
            .reading
            .titles_in(whole)
            .iter()
            .filter(|title| !title.activity && !title.void && !title.person);
        let title = titles.next();
        // …公布P名单,某市占5个,…;乙科被确定为P建设单位: the other part's is its own.
        let several = titles.any(|other| scope.contains(other.span));
        let Some(title) = title else {
            // 医技专业有3个,A医院拿下甲科、乙科,剩下一个是B医院的丙科
            if (!given && self.counts_seats(whole, pairs.len()) || self.counts_all(whole, &pairs))
                && let Some(award) = self.memory.announced
            {
                let award = match self.memory.status {
                    Some(status) => Award { status, status_said: true, ..award },
                    None => award,
                };
                self.memory.told = pairs;
                self.give_told(&[award], whole, whole, whole, origin);
                return;
            }
            if !given {
                self.memory.told.extend(pairs);
            }
            if self.memory.told.is_empty() {
                return;
            }
            self.memory.told.truncate(MANY);
            if given || self.tells_otherwise(whole) {
                self.memory.told.clear();
            } else if let Some(award) = self.memory.just_announced().or_else(|| {
                self.memory.announced.filter(|_| self.memory.counted_before && self.memory.told.len() > 1)
            }) {
                let told = self.memory.told.len();
                if told >= 2 && self.memory.counted.is_some_and(|at| self.counts(at).contains(&told)) {
                    self.give_told(&[award], whole, whole, whole, origin);
                }
            }
            return;
        };
        if self.sends_people(title, scope) {
            self.memory.told.clear();
            return;
        }
        // 甲科、乙科评估为优秀,丙科评估为合格,三个专科继续保留P: some were given it, and all are counted.
        let named = !pairs.is_empty();
        if named {
            self.memory.told = pairs;
        }
        let told = self.memory.told.len();
        let meant = told >= 2 && (named || !given && self.recalls(whole));
        if !several && meant && self.counts(scope).contains(&told) {
            let awards = awards(title);
            self.give_told(&awards, title.span, scope, whole, origin);
        }
        self.memory.told.clear();
        self.memory.counted = Some(scope);
    }

    /// 医技专业有3个,A医院拿下…: a sentence of a city's page whose first clause counts the seats that it tells of.
    fn counts_seats(&self, whole: Span, pairs: usize) -> bool {
        if pairs < 2 || self.carried.is_none() || self.cast.home.is_some() && self.cast.home_told {
            return false;
        }
        let text = whole.of(self.reading.text());
        let Some((head, rest)) = text.split_once(['，', ',']) else { return false };
        let counted = ["个", "席", "项"].iter().find_map(|sign| head.trim_end().strip_suffix(sign));
        counted.and_then(number_before) == Some(pairs)
            && self.reading.institutions_in(Span::new(whole.start, whole.start + head.len())).is_empty()
            && word_list!["拿下", "摘得", "斩获", "夺得", "揽下", "收获", "占", "剩下", "归了", "花落"]
                .stand_in(rest)
            && !self.tells_otherwise(whole)
            && !self.reading.scan.says(whole, HOPE.or(NEGATION).or(BACKGROUND))
    }

    /// A医院甲科、乙科,B医院丙科——三个专科,三张笑脸: as many as the sentence counts, behind the news.
    fn counts_all(&self, whole: Span, pairs: &[(usize, Field, Span)]) -> bool {
        let Some((_, _, last)) = pairs.last().filter(|_| pairs.len() >= 2) else { return false };
        let counted = word_list!["个专科", "个科室", "个学科", "个项目", "席", "个名额"];
        let behind = self.reading.between(last.end, whole.end);
        let count = counted.iter().any(|sign| {
            behind
                .match_indices(sign)
                .any(|(at, _)| number_before(behind.get(..at).unwrap_or_default()) == Some(pairs.len()))
        });
        count
            && self.memory.just_announced().is_some()
            && self.cast.home.is_none()
            && !self.tells_otherwise(whole)
            && !self.reading.scan.says(whole, HOPE.or(NEGATION).or(BACKGROUND))
    }

    /// Whether departments with their hospitals are named for something else than that they were given the title.
    fn are_others(&self, pairs: &[(usize, Field, Span)], scope: Span) -> bool {
        let text = self.reading.text();
        // 依托甲科、乙科两个P建设: what something else is built on.
        if word_list!["依托", "借助"].stand_in(scope.of(text)) {
            return true;
        }
        // 两项殊荣:骨科获评P,护理部被评为“先进单位”: what one of them was given is no title.
        pairs.iter().any(|(_, _, span)| {
            let clause = self.reading.clause(scope, span.end);
            let rest = Span::new(span.end, clause.end.max(span.end));
            self.reading.titles_in(rest).is_empty()
                && self.reading.scan.says(rest, AWARD)
                && (self.has_own_object(rest) || rest.of(text).contains(['“', '「']))
        })
    }

    fn give_told(&mut self, awards: &[Award], title: Span, scope: Span, whole: Span, origin: Origin) {
        let group = std::mem::take(&mut self.memory.told);
        if !self.allowed(scope, whole, title, title) || self.reading.scan.says(scope, NEGATION.or(HOPE)) {
            return;
        }
        let dating = self.dating(&State::default(), scope, whole, title, false);
        self.also.clear();
        self.own_years.clear();
        self.give(&group, awards, dating, whole, origin);
    }

    /// 这7个科室, 上述5个专科: those that were named before.
    fn recalls(&self, whole: Span) -> bool {
        let text = whole.of(self.reading.text());
        text.match_indices('个').any(|(at, _)| {
            let head = text.get(..at).unwrap_or_default();
            let number = head.trim_end_matches(|c: char| count(c).is_some() || c == '十');
            number.len() < head.len() && word_list!["这", "上述", "以上", "此"].end(number)
        })
    }

    /// 骨科、儿科专家来院义诊: what is told of the departments has nothing to do with the title.
    fn tells_otherwise(&self, whole: Span) -> bool {
        static OTHERWISE: WordList = WordList::new(&[
            "义诊",
            "来院",
            "来我院",
            "接待",
            "参加",
            "出席",
            "参观",
            "汇报",
            "发言",
            "表彰",
            "坐诊",
            "帮扶",
            "合作",
            "联盟",
            "讲座",
            "培训",
            "新技术",
            "手术",
            "承办",
            "举办",
            "召开",
            "签约",
        ]);
        OTHERWISE.stand_in(whole.of(self.reading.text()))
    }

    /// The departments of a sentence, each with the hospital before it, or with the one that it fell to; none where one is left over.
    fn pairs_of(&self, whole: Span) -> Vec<(usize, Field, Span)> {
        let mut pairs: Vec<(usize, Field, Span)> = Vec::new();
        let mut waiting: Vec<(Field, Span)> = Vec::new();
        let mut holder = None;
        // Without a hospital every department would be left over.
        if field::mentions_in(self.fields, whole).is_empty() || self.reading.institutions_in(whole).is_empty()
        {
            return pairs;
        }
        for (_, token) in self.tokens(whole) {
            match token {
                Token::Holder(start) => {
                    let generic = self
                        .reading
                        .institution_at(start)
                        .and_then(|at| self.reading.institutions.get(at))
                        .is_some_and(|mention| mention.naming == Naming::Generic);
                    if generic {
                        continue;
                    }
                    let Some(member) = self.holder(start) else { return Vec::new() };
                    holder = Some(member);
                    if let Some((_, last)) = waiting.last() {
                        let between = self.reading.between(last.end, start);
                        if !(TAKERS.stand_in(between) && between.chars().count() <= 6) {
                            return Vec::new();
                        }
                        pairs.extend(waiting.drain(..).map(|(field, span)| (member, field, span)));
                        holder = None;
                    }
                }
                Token::Field(at) => {
                    let Some(mention) = self.fields.get(at) else { continue };
                    if self.excepted(mention.span, whole) {
                        return Vec::new();
                    }
                    let field = field::named_at(self.reading, mention);
                    match holder {
                        Some(member) => pairs.push((member, field, mention.span)),
                        None => waiting.push((field, mention.span)),
                    }
                }
                Token::Title(_) | Token::Year(_) => {}
            }
            if pairs.len() + waiting.len() > MANY {
                return Vec::new();
            }
        }
        if waiting.is_empty() { pairs } else { Vec::new() }
    }

    /// The numbers that a sentence counts: 5席, 两块, 12个.
    fn counts(&self, whole: Span) -> Vec<usize> {
        let text = whole.of(self.reading.text());
        let signs = text.match_indices(['个', '席', '项', '块', '枚']);
        // 带出了甲科、乙科两个亚专科: of other things.
        let others = word_list![
            "亚专科",
            "亚专业",
            "病区",
            "院区",
            "分支",
            "方向",
            "门诊",
            "中心",
            "平台",
            "团队",
            "诊疗组",
            "专业组"
        ];
        signs
            .filter(|(at, sign)| !others.begin(text.get(at + sign.len()..).unwrap_or_default()))
            .filter_map(|(at, _)| number_before(text.get(..at)?))
            .take(MANY)
            .collect()
    }
}

/// The number at the end of a stretch, below a hundred.
fn number_before(head: &str) -> Option<usize> {
    let mut letters: Vec<char> =
        head.chars().rev().take(3).take_while(|c| count(*c).is_some() || *c == '十').collect();
    letters.reverse();
    if letters.iter().all(char::is_ascii_digit) {
        return letters.iter().collect::<String>().parse().ok();
    }
    match letters[..] {
        ['十'] => Some(10),
        ['十', unit] => Some(10 + count(unit)?),
        [ten, '十'] => Some(10 * count(ten)?),
        [ten, '十', unit] => Some(10 * count(ten)? + count(unit)?),
        [unit] => count(unit),
        _ => None,
    }
}
