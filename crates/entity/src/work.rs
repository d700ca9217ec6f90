//! How much work does a page make? Counted while testing, where it must grow no faster than the page; else it costs nothing.

#[cfg(test)]
thread_local! {
    static DONE: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// So many more things were looked at: characters, words, names compared.
#[inline]
pub(crate) fn done(things: usize) {
    #[cfg(test)]
    DONE.with(|done| done.set(done.get() + things));
    #[cfg(not(test))]
    let _ = things;
}

/// What the work counted until now comes to.
#[cfg(test)]
pub(crate) fn count() -> usize {
    DONE.with(std::cell::Cell::get)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Source, Tagger};

    const TITLE: &str = "关于公布湖南省临床重点专科名单的通知\n";
    const LETTERS: &str =
        "春夏秋冬风云雨雪霜露松竹梅兰菊荷柳杨桃李桂枫银金玉珠翠碧青蓝紫丹晨曦朝晖夕霞星月辰泉溪岭峰岩石峡谷";

    /// A name of its own for each number.
    fn name(number: usize) -> String {
        let letters: Vec<char> = LETTERS.chars().collect();
        let mut rest = number;
        let mut name = String::new();
        for _ in 0..4 {
            name.push(letters[rest % letters.len()]);
            rest /= letters.len();
        }
        name
    }

    /// What part of a page stands at a number.
    type Part = fn(usize) -> String;

    /// The pages that pieces of so many parts make, each a kind of page on which something once grew with the square.
    const PAGES: &[(&str, Part)] = &[
        ("a list of hospitals", |n| format!("{}.长沙市{}医院骨科\n", n + 1, name(n))),
        ("hospitals of the province", |n| format!("{}.湖南省{}医院骨科\n", n + 1, name(n))),
        ("hospitals without a place", |n| format!("市{}医院骨科获评湖南省临床重点专科。\n", name(n))),
        ("second names", |n| format!("{}.长沙市{}医院(株洲市{}医院)儿科\n", n + 1, name(n), name(n))),
        ("small tables", |n| {
            format!("单位\t专科\t级别\n长沙市{}医院\t骨科\t省级临床重点专科\n以下从略。\n", name(n))
        }),
        ("names in one line", |n| format!("长沙市{}医院 ", name(n))),
        ("parts of names", |_| "人民门诊部".to_owned()),
        ("the latter", |_| "后者，".to_owned()),
        ("sentences", |n| {
            format!(
                "近日,长沙市{}医院的医生来到社区。该院骨科获评湖南省临床重点专科,居民欢迎。\n",
                name(n % 300)
            )
        }),
        ("a hundred years", |n| format!("{}年,骨科获评湖南省临床重点专科;", 1990 + n % 30)),
        ("one endless enumeration", |n| format!("长沙市{}医院骨科、", name(n))),
        ("holders of everything", |n| format!("长沙市{}医院、骨科、", name(n))),
        ("titles", |_| "湖南省临床重点专科、".to_owned()),
        ("one character", |_| "医".to_owned()),
    ];

    #[test]
    fn work_grows_no_faster_than_the_page() {
        let tagger = Tagger::new().unwrap();
        let work = |part: Part, parts: usize| {
            let text: String = std::iter::once(TITLE.to_owned()).chain((0..parts).map(part)).collect();
            let before = count();
            let title = TITLE.trim();
            let source = Source { title, text: &text, published: Some((2023, 1, 1)), ..Source::default() };
            drop(tagger.tag(&source));
            count() - before
        };
        for (kind, part) in PAGES {
            let (small, great) = (work(*part, 1500), work(*part, 6000));
            assert!(2 * great <= 9 * small, "{kind}: {small} steps, and {great} for four times as much");
        }
    }

    #[test]
    fn a_page_of_five_megabytes_takes_a_bounded_number_of_steps_for_each_byte() {
        let tagger = Tagger::new().unwrap();
        let text: String =
            (0..).map(|n| format!("{}.长沙市{}医院骨科、儿科\n", n + 1, name(n))).take(110_000).collect();
        assert!(text.len() > 5_000_000, "{} bytes", text.len());
        let before = count();
        let text = format!("{TITLE}{text}");
        let tags = tagger.tag(&Source { title: TITLE.trim(), text: &text, ..Source::default() });
        assert!(tags.designations.len() > 200_000, "{} records", tags.designations.len());
        assert!((count() - before) / text.len() < 40, "{} steps", count() - before);
    }
}
