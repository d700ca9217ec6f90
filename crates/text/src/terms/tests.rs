use super::*;
use crate::{Dictionary, FoldedChar, fold_chars};

type Owned = (String, usize, usize, u32, TermKind);

fn scanned(text: &str) -> Vec<Owned> {
    let mut terms = Vec::new();
    scan(text, &mut Scratch::default(), |t| {
        terms.push((t.text.to_owned(), t.start, t.end, t.position, t.kind))
    });
    terms
}

/// The definition, without any cleverness.
fn expected(text: &str) -> Vec<Owned> {
    let chars = fold_chars(text);
    let text_of = |part: &[FoldedChar]| part.iter().map(|c| c.ch).collect::<String>();
    let mut terms = Vec::new();
    for (i, c) in chars.iter().enumerate() {
        if c.class == CharClass::Other {
            continue;
        }
        let mut add = |to: usize, kind| {
            terms.push((text_of(&chars[i..to]), c.start, chars[to - 1].end, i as u32, kind));
        };
        add(i + 1, TermKind::Character);
        let run = chars[i..].iter().take_while(|c| c.class == CharClass::Alnum).count();
        if (2..=64).contains(&run) && (i == 0 || chars[i - 1].class != CharClass::Alnum) {
            add(i + run, TermKind::Run);
        }
        for to in i + 2..=chars.len().min(i + Dictionary::embedded().longest_word()) {
            if Dictionary::embedded().is_term(&text_of(&chars[i..to])) {
                add(to, TermKind::Word);
            }
        }
    }
    terms
}

/// What is filed, and which number each word has.
#[derive(Default)]
struct Filed {
    terms: Vec<(String, Option<u32>, TermKind)>,
    numbers: std::collections::HashMap<String, u32>,
}

impl Filing for Filed {
    fn character(&mut self, character: char, position: u32) {
        self.terms.push((character.to_string(), Some(position), TermKind::Character));
    }

    fn run(&mut self, run: &str) {
        self.terms.push((run.to_owned(), None, TermKind::Run));
    }

    fn word(&mut self, word: FiledWord<'_>) {
        let text = word.text();
        let first = text.chars().next().map(|c| fold_chars(&c.to_string())[0].class);
        assert_eq!(word.begins_as_run(), first == Some(CharClass::Alnum), "{text}");
        assert_eq!(*self.numbers.entry(text.to_owned()).or_insert(word.number()), word.number(), "{text}");
        self.terms.push((text.to_owned(), None, TermKind::Word));
    }
}

fn check(text: &str) {
    let terms = scanned(text);
    assert_eq!(terms, expected(text), "{text:?}");
    let mut filed = Filed::default();
    file(text, &mut Scratch::default(), &mut filed);
    let place = |t: &Owned| Some(t.3).filter(|_| t.4 == TermKind::Character);
    let wanted: Vec<_> = terms.iter().map(|t| (t.0.clone(), place(t), t.4)).collect();
    assert_eq!(filed.terms, wanted, "{text:?}");
    let numbers: std::collections::HashSet<&u32> = filed.numbers.values().collect();
    assert_eq!(numbers.len(), filed.numbers.len(), "{text:?}: two words with one number");
    let of_one = |t: &Owned| t.4 == TermKind::Character;
    let (short, long): (Vec<Owned>, Vec<Owned>) = terms.into_iter().partition(of_one);
    let owned = |t: Term<'_>| (t.text.to_owned(), t.start, t.end, t.position, t.kind);
    let (mut pulled, mut scratch) = (Vec::new(), Scratch::default());
    let mut pull = LongTerms::new(text, &mut scratch);
    while let Some(t) = pull.next_term() {
        pulled.push(owned(t));
    }
    assert_eq!(pulled, long, "{text:?}");
    pulled.clear();
    let mut pull = Characters::new(text);
    while let Some(t) = pull.next_term() {
        pulled.push(owned(t));
    }
    assert_eq!(pulled, short, "{text:?}");
}

#[test]
fn terms_are_as_defined() {
    for text in [
        "",
        "，",
        "北京大學第一醫院",
        "ＣＴ檢查、X光，B超",
        "covid19と한국α①é",
        "𠮷野家\u{0}\u{fffd}e\u{301}",
        "二〇二三年\r\n重點專科",
    ] {
        check(text);
    }
    check(&"a".repeat(65));
    check(&"医院，a1".repeat(700));
}

#[test]
fn windows_do_not_show() {
    // Neither where they end by chance nor where they are cut for want of a gap.
    for pad in [1_000, 1_022, 1_023, 65_530, 65_535] {
        let text = format!("{}临床重点专科abc12", "的".repeat(pad));
        let terms = scanned(&text);
        let word = terms.iter().find(|t| t.0 == "临床重点专科").expect("the word is there");
        assert_eq!((word.1, word.3), (pad * 3, pad as u32));
        assert!(terms.iter().any(|t| t.0 == "abc12"), "{pad}");
        let run = format!("{}1", "a".repeat(pad));
        assert!(scanned(&run).iter().all(|t| t.4 == TermKind::Character), "{pad}");
    }
}

#[test]
fn twins_give_equal_terms() {
    for (traditional, simplified) in [
        ("臺北榮民總醫院獲評國家臨床重點專科", "台北荣民总医院获评国家临床重点专科"),
        ("乾燥的麵條與後來的裏面", "干燥的面条与后来的里面"),
    ] {
        let names = |text| scanned(text).into_iter().map(|t| (t.0, t.3)).collect::<Vec<_>>();
        assert_eq!(names(traditional), names(simplified));
    }
}

proptest::proptest! {
    #[test]
    fn any_text_gives_its_terms(text in ".{0,80}") {
        check(&text);
    }

    #[test]
    fn any_han_gives_its_terms(text in "[一-龥豈-頻a-zＡ-Ｚ0-9，。 〇]{0,60}") {
        check(&text);
        let _ = crate::segment(&text, crate::Mode::Search);
    }

    #[test]
    fn one_pass_gives_both(text in "[医院骨科的重点专国家a1，醫]{0,60}") {
        let (mut terms, mut words) = (Vec::new(), Vec::new());
        let mut scratch = Scratch::default();
        scan_and_segment(
            &text,
            &mut scratch,
            |t| terms.push((t.text.to_owned(), t.start, t.end, t.position, t.kind)),
            |t| words.push((t.start, t.end)),
        );
        assert_eq!(terms, scanned(&text));
        let alone: Vec<_> =
            crate::segment(&text, crate::Mode::Words).iter().map(|w| (w.start, w.end)).collect();
        assert_eq!(words, alone);
    }
}
