use super::*;
use crate::fold_str;

/// A whole jieba over exactly the embedded dictionary.
static WHOLE: LazyLock<Jieba> = LazyLock::new(|| {
    let mut lines: Vec<String> =
        Dictionary::embedded().words().map(|(word, n)| format!("{word} {n}\n")).collect();
    lines.sort();
    Jieba::with_dict(&mut lines.concat().as_bytes()).expect("the dictionary is well-formed")
});

fn pieces(text: &str, mode: Mode) -> Vec<&str> {
    segment(text, mode).iter().map(|word| &text[word.start..word.end]).collect()
}

fn check_against_jieba(text: &str) {
    let folded = fold_str(text);
    for mode in [Mode::Words, Mode::Search] {
        let tokens = match mode {
            Mode::Words => WHOLE.cut(&folded, true),
            Mode::Search => WHOLE.cut_for_search(&folded, true),
        };
        let expected: Vec<(u32, &str)> = tokens
            .iter()
            .filter(|token| token.word.chars().any(|c| crate::class(c) != CharClass::Other))
            .map(|token| (token.start as u32, token.word))
            .collect();
        let words = segment(&folded, mode);
        let ours: Vec<(u32, &str)> =
            words.iter().map(|word| (word.position, &folded[word.start..word.end])).collect();
        assert_eq!(ours, expected, "{text:?} {mode:?}");
    }
}

/// Every article of the corpus, and every sentence of it alone.
fn corpus() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/articles");
    let Ok(files) = std::fs::read_dir(folder) else {
        eprintln!("SKIPPED: no corpus beside this crate, its sentences are not compared");
        return Vec::new();
    };
    files
        .map(|file| crate::decode(&std::fs::read(file.expect("listed").path()).expect("read"), None).text)
        .collect()
}

/// tantivy-jieba over the same dictionary gives the same words: what other programs index with it, we cut alike.
#[test]
fn equals_tantivy_jieba() {
    use tantivy_tokenizer_api::{TokenStream, Tokenizer};
    let mut tokenizer = tantivy_jieba::JiebaTokenizer::with_jieba(WHOLE.clone());
    for article in corpus() {
        let folded = fold_str(&article);
        let mut expected = Vec::new();
        let mut stream = tokenizer.token_stream(&folded);
        while stream.advance() {
            let token = stream.token();
            if token.text.chars().any(|c| crate::class(c) != CharClass::Other) {
                expected.push((token.offset_from, token.offset_to));
            }
        }
        let words = segment(&folded, Mode::Search);
        let ours: Vec<(usize, usize)> = words.iter().map(|word| (word.start, word.end)).collect();
        assert_eq!(ours, expected);
    }
}

#[test]
fn equals_a_whole_jieba() {
    let mut sentences = 0;
    for article in corpus() {
        check_against_jieba(&article);
        for sentence in article.split(['\n', '。', '，', '、', '<']) {
            check_against_jieba(sentence);
            sentences += 1;
        }
    }
    // Sentences that nobody wrote: dictionary words and loose characters side by side, in both
    // scripts, with letters and punctuation among them.
    let words: Vec<String> = Dictionary::embedded().words().map(|(word, _)| word).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound as u64) as usize
    };
    let loose = [
        "CT-64.5", "獲評", "，", "赵", "全", "明", "〇", "β", "x光", "20.5%", "a", " ", "\r\n", "é", "𠮷",
        "+", ".",
    ];
    while sentences < 12_000 {
        let sentence: String = (0..2 + random(8))
            .map(|_| if random(4) == 0 { loose[random(loose.len())] } else { &words[random(words.len())] })
            .collect();
        check_against_jieba(&sentence);
        sentences += 1;
    }
}

#[test]
fn words_of_hospital_news_stay_whole() {
    for (text, expected) in [
        ("国家临床重点专科", vec!["国家", "临床重点专科"]),
        ("心血管内科和重症医学科", vec!["心血管内科", "和", "重症医学科"]),
        ("卫健委、医联体", vec!["卫健委", "医联体"]),
        ("產品和服務", vec!["產品", "和", "服務"]),
        ("", vec![]),
        ("，。！", vec![]),
    ] {
        assert_eq!(pieces(text, Mode::Words), expected);
    }
}

#[test]
fn search_mode_gives_parts() {
    assert_eq!(pieces("心血管内科", Mode::Search), ["心血", "血管", "管内", "内科", "心血管", "心血管内科"]);
}

#[test]
fn a_block_longer_than_a_window_is_cut_all_the_same() {
    let text = "医院".repeat(50_000);
    let words = segment(&text, Mode::Words);
    assert_eq!(words.len(), 50_000);
    assert!(words.iter().all(|word| word.known && word.end - word.start == 6));
}
