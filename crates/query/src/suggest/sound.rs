//! How characters sound: syllables of Mandarin without tones, and which of them people take for one another.
//!
//! Readings come from the crate `pinyin` (Unihan's, with all readings of a character).

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::ToPinyinMulti;
use xinglin_text::Dictionary;

/// The Han characters that are looked through for readings.
const HAN: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// Longest syllable in letters: zhuang.
pub(crate) const LONGEST_SYLLABLE: usize = 6;

/// The characters that words are made of, by how they sound.
pub(crate) struct Sounds {
    exact: HashMap<String, Vec<char>>,
    near: HashMap<String, Vec<char>>,
    initial: HashMap<char, Vec<char>>,
}

impl Sounds {
    /// The table, made when first asked for (a few milliseconds).
    pub(crate) fn table() -> &'static Sounds {
        static TABLE: LazyLock<Sounds> = LazyLock::new(Sounds::gather);
        &TABLE
    }

    fn gather() -> Sounds {
        let mut sounds = Sounds { exact: HashMap::new(), near: HashMap::new(), initial: HashMap::new() };
        let root = Dictionary::embedded().walk();
        for c in HAN {
            if xinglin_text::fold(c) != c || root.then(c).is_none() {
                continue;
            }
            for syllable in syllables(c) {
                if let Some(first) = syllable.chars().next() {
                    add(sounds.initial.entry(first).or_default(), c);
                }
                add(sounds.near.entry(confused(&syllable)).or_default(), c);
                add(sounds.exact.entry(syllable).or_default(), c);
            }
        }
        sounds
    }

    /// Whether these letters are a syllable.
    pub(crate) fn is_syllable(&self, letters: &str) -> bool {
        self.exact.contains_key(letters)
    }

    /// The syllables that begin with these letters and have more.
    pub(crate) fn going_on<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = &'a str> {
        let longer =
            move |syllable: &&str| syllable.len() > beginning.len() && syllable.starts_with(beginning);
        self.exact.keys().map(String::as_str).filter(longer)
    }

    /// The characters that are read so.
    pub(crate) fn exactly(&self, syllable: &str) -> &[char] {
        self.exact.get(syllable).map_or(&[], Vec::as_slice)
    }

    /// The characters that are read so or nearly so.
    pub(crate) fn nearly(&self, syllable: &str) -> &[char] {
        self.near.get(&confused(syllable)).map_or(&[], Vec::as_slice)
    }

    /// The characters whose reading begins with this letter.
    pub(crate) fn beginning(&self, letter: char) -> &[char] {
        self.initial.get(&letter).map_or(&[], Vec::as_slice)
    }
}

fn add(into: &mut Vec<char>, c: char) {
    if into.last() != Some(&c) {
        into.push(c);
    }
}

/// Characters that are read in more than one way today, in names and words of this field too (六安, 番禺, 泌尿, 朝阳). Of all
/// others only the first reading counts: dictionaries list readings that nobody types.
const SEVERAL_READINGS: &str = "重行长乐朝都还藏大差传弹调度恶更冠好和会假降角结解卷卡壳空量露率落没模难宁强切曲任散色少舍生识似宿\
缩提挑通吐系校兴血要应载脏扎占着正只中种转六厦蚌丽莞番单尉洞铅涡蔚浚泌歙枞咽颈肋供创参佛阿石车区曾查朴盖翟万术给纤臂薄什绿女\
拓仔叶奇期圈数属体咳处畜得的地发否合横劲勒累论秘屏省盛折说地台尿华黑贾石仇燕尾遗轴粘殷柏炮漂曝禁尽";

/// The readings of a character that count, without tones, ü as v; none for what is no Han character.
pub(crate) fn syllables(c: char) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain().replace('ü', "v");
        if plain.chars().any(|c| "aeiouv".contains(c)) && !all.contains(&plain) {
            all.push(plain);
        }
        if !all.is_empty() && !SEVERAL_READINGS.contains(c) {
            break;
        }
    }
    all
}

/// One name for all syllables that speakers confuse: zh/z, ch/c, sh/s, n/l at the beginning, ng/n at the end, hu/f.
pub(crate) fn confused(syllable: &str) -> String {
    let (first, rest) = match syllable.strip_prefix("zh") {
        Some(rest) => ("z", rest),
        None => match syllable.strip_prefix("ch") {
            Some(rest) => ("c", rest),
            None => match syllable.strip_prefix("sh") {
                Some(rest) => ("s", rest),
                None => match syllable.strip_prefix('n') {
                    Some(rest) => ("l", rest),
                    None => ("", syllable),
                },
            },
        },
    };
    let rest = rest
        .strip_suffix("ng")
        .filter(|stem| !stem.ends_with('o'))
        .map_or_else(|| rest.to_owned(), |stem| format!("{stem}n"));
    format!("{first}{rest}")
}

/// How alike two characters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// Not at all.
    None,
    /// Speakers or readers confuse them.
    Near,
    /// One syllable.
    Same,
}

/// Characters that the eye takes for one another, a group each; of those that this field's words are made of.
const LOOK_ALIKE: &str = "日目曰 己已巳 末未 人入八 土士 大太犬天夫 干千于 力刀 王玉主 午牛 贝见 问间 候侯 微徽 拔拨 折拆析 治冶 \
戍戌戊 享亨 代伐 免兔 乌鸟 名各 凤风 幻幼 历厉 今令 处外 辨辩辫 晴睛 清请情 科料 肓盲 诊珍 肿种 脑恼 肺师 胃冒 腔控 疗辽 淮准 \
滩难 院完 医区 专传 点店 市巿 县具 州洲 卫工 妇归 儿几 眼跟 耳且 鼻算 喉候 皮波 骨肯 血皿 心必 肝肚 肾贤 神伸 经径 内肉 外处 症证 \
床庆 临监 建健 设没 项顶 培陪 育盲 获荻 批比 国囯 省看 级极 重里";

/// Whether the eye takes two characters for one another.
fn looks_alike(one: char, other: char) -> bool {
    LOOK_ALIKE.split(' ').any(|group| group.contains(one) && group.contains(other))
}

/// How alike two characters sound, by their best readings, or look.
pub(crate) fn likeness(one: char, other: char) -> Likeness {
    let (left, right) = (syllables(one), syllables(other));
    if left.iter().any(|syllable| right.contains(syllable)) {
        return Likeness::Same;
    }
    let near = left.iter().any(|l| right.iter().any(|r| confused(l) == confused(r)));
    if near || looks_alike(one, other) { Likeness::Near } else { Likeness::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_without_tones() {
        let check = |c: char, expected: &[&str]| assert_eq!(syllables(c), expected, "{c}");
        check('科', &["ke"]);
        check('绿', &["lv", "lu"]);
        check('青', &["qing"]);
        check('，', &[]);
        assert!(
            syllables('重').contains(&"zhong".to_owned()) && syllables('重').contains(&"chong".to_owned())
        );
    }

    #[test]
    fn what_is_taken_for_one_another() {
        let check = |one: char, other: char, expected: Likeness| {
            assert_eq!(likeness(one, other), expected, "{one}{other}");
        };
        check('典', '点', Likeness::Same);
        check('松', '淞', Likeness::Same);
        check('通', '痛', Likeness::Same);
        check('是', '四', Likeness::Near);
        check('新', '星', Likeness::Near);
        check('南', '兰', Likeness::Near);
        check('中', '总', Likeness::Near);
        check('日', '目', Likeness::Near);
        check('骨', '眼', Likeness::None);
        check('a', 'a', Likeness::None);
    }

    #[test]
    fn characters_by_sound() {
        let sounds = Sounds::table();
        assert!(sounds.is_syllable("xin") && sounds.is_syllable("lv") && !sounds.is_syllable("xn"));
        assert!(sounds.exactly("ke").contains(&'科'));
        assert!(sounds.nearly("sen").contains(&'生'));
        assert!(sounds.beginning('x').contains(&'心'));
    }
}
