//! Words that ask or join and say nothing of what is sought: 的, 哪些, 是什么时候, 吗.

use xinglin_text::{CharClass, class, fold};

/// Sorted by length where one begins with another is not needed: the longest that fits is taken.
const WORDS: &[&str] = &[
    "的",
    "了",
    "吗",
    "呢",
    "吧",
    "啊",
    "呀",
    "么",
    "嘛",
    "是",
    "有",
    "在",
    "和",
    "与",
    "及",
    "或",
    "被",
    "把",
    "让",
    "给",
    "从",
    "向",
    "对",
    "于",
    "为",
    "由",
    "以",
    "之",
    "其",
    "此",
    "这",
    "那",
    "哪",
    "谁",
    "何",
    "几",
    "都",
    "也",
    "就",
    "还",
    "又",
    "能",
    "会",
    "要",
    "想",
    "个",
    "家",
    "所",
    "间",
    "种",
    "年",
    "请",
    "问",
    "多",
    "少",
    "得",
    "地",
    "不",
    "没",
    "吗?",
    "多少",
    "什么",
    "甚么",
    "怎么",
    "怎样",
    "怎么样",
    "如何",
    "为什么",
    "为何",
    "哪里",
    "哪儿",
    "哪个",
    "哪些",
    "哪家",
    "哪所",
    "哪间",
    "哪几",
    "哪几个",
    "哪几家",
    "哪一",
    "哪一年",
    "哪年",
    "哪一家",
    "哪一个",
    "哪位",
    "几个",
    "几家",
    "几年",
    "有没有",
    "是不是",
    "能不能",
    "可不可以",
    "是否",
    "有哪些",
    "有几个",
    "有什么",
    "是什么",
    "是谁",
    "什么样",
    "什么时候",
    "何时",
    "多久",
    "多长",
    "请问",
    "一下",
    "可以",
    "时候",
    "关于",
    "以及",
    "还是",
    "或者",
    "这个",
    "那个",
    "这些",
    "那些",
    "哪种",
    "几种",
    "怎么办",
    "我想",
    "想问",
    "知道",
    "告诉",
    "我",
    "你",
    "您",
    "我们",
    "你们",
    "他们",
];

/// Whether a text consists of such words alone. Punctuation and blanks count for nothing; a text without any characters that
/// could be sought does not say anything either.
///
/// ```
/// use xinglin_query::says_nothing;
/// assert!(says_nothing("是什麼時候？"));
/// assert!(!says_nothing("骨科有哪些"));
/// ```
pub fn says_nothing(text: &str) -> bool {
    let chars: Vec<char> =
        text.chars().map(|c| if class(c) == CharClass::Other { ' ' } else { fold(c) }).collect();
    let longest = WORDS.iter().map(|word| word.chars().count()).max().unwrap_or(1);
    // Whether what stands before each character can be cut into such words.
    let mut reached = vec![false; chars.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    for at in 0..chars.len() {
        if !reached.get(at).copied().unwrap_or(false) {
            continue;
        }
        if chars.get(at) == Some(&' ') {
            mark(&mut reached, at + 1);
        }
        for length in 1..=longest.min(chars.len() - at) {
            let word: String = chars.get(at..at + length).unwrap_or_default().iter().collect();
            if WORDS.contains(&word.as_str()) {
                mark(&mut reached, at + length);
            }
        }
    }
    reached.last().copied().unwrap_or(false)
}

fn mark(reached: &mut [bool], at: usize) {
    if let Some(place) = reached.get_mut(at) {
        *place = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_folded() {
        for word in WORDS {
            let folded: String = word.chars().map(fold).collect();
            assert_eq!(folded, *word);
        }
    }

    #[test]
    fn what_says_nothing() {
        for text in
            ["", "，。", "的", "是什么", "有哪些呢？", "哪一年", "什么时候 吗", "請問是誰的", "怎么办"]
        {
            assert!(says_nothing(text), "{text}");
        }
        for text in ["骨科", "有哪些医院", "的士", "a", "2023年", "为什么骨科"] {
            assert!(!says_nothing(text), "{text}");
        }
    }
}
