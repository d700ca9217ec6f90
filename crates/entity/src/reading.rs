//! One text with all its mentions: what structure, resolution and records work on.

use crate::gazetteer::tables::{AWARD, AWARD_END, Kinds, NEGATION, PASSING, Tables};
use crate::mention::institution::{InstitutionMention, Naming, institutions};
use crate::mention::placed::{Begins, Placed, Spanned};
use crate::mention::recurring::learn_heads;
use crate::mention::scan::{Matcher, Scan, Word};
use crate::mention::specialty::{SpecialtyMention, specialties, specialty_behind};
use crate::mention::title::{Title, titles};
use crate::mention::year::{YearMention, years};
use crate::mention::{Span, window_after, window_before};
use crate::structure::sentence::Signs;
use xinglin_text::WordList;

/// 妇幼保健计划生育服务中心 plans nothing: words within names say nothing of the clause.
fn drop_words_of_names(words: &mut Vec<Word>, institutions: &[InstitutionMention]) {
    let mut at = 0;
    words.retain(|word| {
        while institutions.get(at).is_some_and(|name| name.span.end <= word.span.start) {
            at += 1;
        }
        !institutions.get(at).is_some_and(|name| {
            matches!(name.naming, Naming::Named | Naming::Bare) && name.span.contains(word.span)
        })
    });
}

/// 虽未上榜, 没被列入, 能否入选: what was given is denied, or asked, right before it.
fn deny(text: &str, signs: &Signs<'_>, words: &mut [Word]) {
    static DENIALS: WordList = WordList::new(&[
        "未",
        "没",
        "没有",
        "没被",
        "未被",
        "没能",
        "未能",
        "未曾",
        "不曾",
        "难以",
        "无法",
        "无望",
        "无缘",
        "无一",
        "无一家",
        "无一个",
        "无一科室",
        "无一专科",
        "能否",
        "是否",
        "能不能",
        "可否",
        "有没有",
        "会不会",
        "什么时候能",
        "什么时候才能",
        "何时能",
        "何时才能",
        "怎样才能",
        "如何才能",
        "怎么才能",
        "要是能",
        "若能",
        "如能",
        "未再",
        "没再",
        "没有再",
        "未及",
        "差点",
        "险些",
    ]);
    for word in words.iter_mut().filter(|word| word.kinds.has(AWARD.or(AWARD_END).or(PASSING))) {
        if DENIALS.end(window_before(text, word.span.start, 12)) {
            word.kinds = NEGATION;
        }
    }
    undo(text, words);
    ask(text, signs, words);
}

/// 没空手而归, 没有落选: a denial that is denied.
fn undo(text: &str, words: &mut [Word]) {
    static LOST: WordList = WordList::new(&[
        "空手而归",
        "落空",
        "落选",
        "落榜",
        "淘汰",
        "出局",
        "缺席",
        "掉队",
        "失手",
        "折戟",
        "失去",
        "错过",
    ]);
    static NOT: WordList =
        WordList::new(&["没", "没有", "未", "并未", "也未", "不曾", "未曾", "不会", "没让", "没被", "未被"]);
    for at in 0..words.len() {
        let Some(word) = words.get(at).filter(|word| word.kinds.has(NEGATION)) else { continue };
        let span = word.span;
        if !LOST.begin(span.of(text)) || !NOT.end(window_before(text, span.start, 12)) {
            continue;
        }
        for one in words.iter_mut().take(at + 1).rev().take(4) {
            if one.span.end == span.start || one.span == span || one.span.end == span.end {
                one.kinds = Kinds::default();
            }
        }
    }
}

/// 妇科什么时候也能上榜？ 眼科评上了吗？: what a clause only asks about is given to no one; 为什么…获批？ tells that it was.
fn ask(text: &str, signs: &Signs<'_>, words: &mut [Word]) {
    static ASKED: WordList = WordList::new(&[
        "什么时候",
        "何时",
        "几时",
        "啥时",
        "何日",
        "哪一天",
        "哪天",
        "哪年",
        "多久",
        "能否",
        "是否",
        "能不能",
        "可不可以",
        "是不是",
        "有没有",
        "会不会",
        "还要等",
        "怎样才能",
        "怎么才能",
        "如何才能",
        "谁能",
        "谁会",
        "谁将",
    ]);
    const ENDS: &[char] =
        &['。', '！', '？', '?', '\n', '，', ',', '；', '：', ':', '“', '「', ' ', '\u{3000}'];
    for at in signs.questions() {
        let before = window_before(text, at, 90);
        let head = before.trim_end_matches(['”', '」', '"']);
        let clause = head.rsplit(ENDS).next().unwrap_or_default();
        let asks = ASKED.stand_in(clause) || clause.ends_with(['吗', '么', '嘛', '没', '不']);
        if !asks {
            continue;
        }
        let end = at - (before.len() - head.len());
        let start = end - clause.len();
        let first = words.partition_point(|word| word.span.start < start);
        let inside = words.iter_mut().skip(first).take_while(|word| word.span.end <= end);
        for word in inside.filter(|word| word.kinds.has(AWARD.or(AWARD_END).or(PASSING))) {
            word.kinds = NEGATION;
        }
    }
}

/// What takes up its field `span`.
macro_rules! spanned {
    ($($mention:ty),+) => {$(
        impl Begins for $mention {
            #[inline]
            fn start(&self) -> usize {
                self.span.start
            }
        }

        impl Spanned for $mention {
            #[inline]
            fn span(&self) -> Span {
                self.span
            }
        }
    )+};
}

spanned!(InstitutionMention, SpecialtyMention, Title, YearMention, Word);

/// A unified text and what it names.
pub(crate) struct Reading<'t> {
    pub(crate) scan: Scan<'t>,
    signs: Signs<'t>,
    pub(crate) tables: &'t Tables,
    pub(crate) institutions: Placed<InstitutionMention>,
    /// Every specialty name outside institutions' names.
    pub(crate) specialties: Vec<SpecialtyMention>,
    pub(crate) titles: Placed<Title>,
    pub(crate) years: Placed<YearMention>,
}

impl<'t> Reading<'t> {
    pub(crate) fn new(text: &'t str, matcher: &'t Matcher, tables: &'t Tables) -> Self {
        let mut scan = matcher.scan(text);
        let signs = Signs::of(text);
        let mut institutions = institutions(&scan, tables);
        learn_heads(&scan, &mut institutions);
        let mut words = scan.words.to_vec();
        drop_words_of_names(&mut words, &institutions);
        deny(text, &signs, &mut words);
        scan.words = Placed::of(words);
        let years = years(text, signs.documents);
        let titles = titles(&scan, tables, &years);
        let mut specialties = specialties(&scan, tables);
        let mut at = 0;
        specialties.retain_mut(|mention| {
            while institutions.get(at).is_some_and(|institution| institution.span.end <= mention.span.start) {
                at += 1;
            }
            let Some(institution) = institutions.get(at) else { return true };
            // 某县人民医院感染科 has no 医院感染科 in it, but a 感染科.
            let overlaps = institution.span.overlaps(mention.span);
            overlaps.then(|| specialty_behind(&scan, tables, institution.span, mention.span.end)).is_none_or(
                |behind| {
                    behind.is_some_and(|behind| {
                        *mention = behind;
                        true
                    })
                },
            )
        });
        Reading {
            scan,
            signs,
            tables,
            institutions: Placed::of(institutions),
            specialties,
            titles: Placed::of(titles),
            years: Placed::of(years),
        }
    }

    /// A text whose names alone matter: the page's frame.
    pub(crate) fn frame(text: &'t str, matcher: &'t Matcher, tables: &'t Tables) -> Self {
        let scan = matcher.scan(text);
        let institutions = institutions(&scan, tables);
        Reading {
            scan,
            signs: Signs::of(text),
            tables,
            institutions: Placed::of(institutions),
            specialties: Vec::new(),
            titles: Placed::default(),
            years: Placed::default(),
        }
    }

    /// Whether a span touches an institution's name.
    pub(crate) fn in_institution(&self, span: Span) -> bool {
        let next = self.institutions.partition_point(|mention| mention.span.end <= span.start);
        self.institutions.get(next).is_some_and(|mention| mention.span.overlaps(span))
    }

    pub(crate) fn text(&self) -> &'t str {
        self.scan.text
    }

    pub(crate) fn between(&self, start: usize, end: usize) -> &'t str {
        self.scan.text.get(start..end).unwrap_or_default()
    }

    /// What a stretch begins with, so many bytes at most.
    pub(crate) fn opening(&self, within: Span, bytes: usize) -> &'t str {
        window_after(self.scan.text, within.start, bytes.min(within.end.saturating_sub(within.start)))
    }

    pub(crate) fn institutions_in(&self, within: Span) -> &[InstitutionMention] {
        self.institutions.inside(within)
    }

    pub(crate) fn titles_in(&self, within: Span) -> &[Title] {
        self.titles.inside(within)
    }

    /// Where a date ends that begins with a year: behind its month and day, if it has them.
    pub(crate) fn date_end(&self, year: Span) -> usize {
        let figure = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
        let unit = |text: &'t str, unit: &[char]| {
            let rest = text.trim_start_matches(figure);
            rest.strip_prefix(unit).filter(|_| rest.len() < text.len())
        };
        let tail = self.text().get(year.end..).unwrap_or_default();
        let month = unit(tail, &['月']).filter(|_| year.of(self.text()).ends_with('年'));
        let day = month.and_then(|rest| unit(rest, &['日', '号']));
        self.text().len() - day.or(month).unwrap_or(tail).len()
    }

    pub(crate) fn years_in(&self, within: Span) -> &[YearMention] {
        self.years.inside(within)
    }

    /// The sentences of a span, each with its closing sign.
    pub(crate) fn sentences(&self, within: Span) -> impl Iterator<Item = Span> {
        self.signs.sentences(within)
    }

    /// The parts of a sentence between semicolons.
    pub(crate) fn parts(&self, within: Span) -> impl Iterator<Item = Span> {
        self.signs.parts(within)
    }

    /// Whether a line ends or holds a sentence.
    pub(crate) fn is_prose(&self, line: Span) -> bool {
        self.signs.is_prose(line)
    }

    /// Whether anything stands in the text that sets cells apart, but bars.
    pub(crate) fn has_blanks(&self) -> bool {
        self.signs.blanks
    }

    /// The clause around a position: between commas, within `within`.
    pub(crate) fn clause(&self, within: Span, at: usize) -> Span {
        self.signs.clause(within, at)
    }

    /// Where the clause around a position begins.
    pub(crate) fn clause_start(&self, within: Span, at: usize) -> usize {
        self.signs.clause_start(within, at)
    }

    /// The index of an institution mention by its start.
    pub(crate) fn institution_at(&self, start: usize) -> Option<usize> {
        self.institutions.number_at(start)
    }
}
