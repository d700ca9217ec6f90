//! What the library says of files and articles, in the words of people: the place as it stands, the reason and the remedy in Chinese.

use crate::wording::in_flags;

/// Reasons as the library words them, and as they are shown; what stands in a hole (`{}`) is carried over, in order.
const REASONS: [(&str, &str); 24] = [
    ("no such file or folder; check the path", "没有这个文件或文件夹，请检查路径"),
    ("no such file or folder: check the path", "没有这个文件或文件夹，请检查路径"),
    ("neither a file nor a folder, so there is nothing to read", "不是文件也不是文件夹，没有可读的内容"),
    (
        "permission denied; make it readable (chmod u+r, for a folder also u+x) or leave it out",
        "没有读取权限；放开权限（chmod u+r，文件夹再加 u+x）后再运行，或不读它",
    ),
    (
        "a symbolic link to {} is not followed; give that path itself to read it",
        "是指向 {} 的符号链接，不跟随；要读就直接给出那个路径",
    ),
    (
        "a loop of symbolic links; the folder is read once, by its real path",
        "符号链接成环；文件夹只按真实路径读一次",
    ),
    (
        "not a kind of file that is read; rename it to .txt, .md, .html, .jsonl or .json",
        "不是能读的文件类型；若是文字，改名为 .txt、.md、.html、.jsonl 或 .json",
    ),
    ("the file is empty", "是空文件"),
    ("no readable text in it", "里面没有可读的文字"),
    ("binary data, not text; give the text it was made from", "是二进制数据，不是文字；请给出其中的文字"),
    (
        "{} bytes are over the limit of {}; split it, or raise {}",
        "有 {} 字节，超过上限 {}；把它拆开，或用 {} 放宽",
    ),
    ("not valid JSON: {}", "不是正确的 JSON（{}），请改正"),
    (
        "no JSON object; an article is an object with `text`, `body` or `content`",
        "不是 JSON 对象；一篇文章是含有 text、body 或 content 的对象",
    ),
    (
        "an object without text; an article is an object with `text`, `body` or `content`",
        "这个对象没有正文；一篇文章是含有 text、body 或 content 的对象",
    ),
    ("{} invalid byte sequences, read as \u{fffd}", "有 {} 处字节不成文字，读作 \u{fffd}"),
    (
        "the article's text was cut at {} bytes; raise {} to keep it all",
        "正文在 {} 字节处截断；用 {} 放宽可全部保留",
    ),
    (
        "{} HTML tags over the limits of nesting or number were ignored; their text was kept",
        "有 {} 个 HTML 标签超过层数或个数的上限，略去；其中文字都保留",
    ),
    (
        "the id `{}` stands twice in its file; the later article is kept under the id with its line number behind it",
        "编号 {} 在同一文件里重复；后一篇照样读入，编号后加上行号",
    ),
    ("`{}` is no date; the article is kept without one", "“{}”不是日期；文章照样读入，不记日期"),
    (
        "this id stands on an earlier article of the file already: give each its own",
        "同一文件里前面一篇已用这个编号；请给每篇各自的编号",
    ),
    ("an internal error while it was read: please report it", "读的时候内部出错，请报告这个问题"),
    ("its facts could not be read: indexed by its text alone", "没能读出其中的事实，只按正文编入索引"),
    (
        "OpenCC's configuration cannot be loaded ({}); install OpenCC 1.1 and its dictionaries \
         (Debian and Ubuntu: the packages libopencc1.1 and libopencc-data) or build with the feature `ferrous`",
        "不能装入 OpenCC 的配置（{}）；请安装 OpenCC 1.1 及其词典（Debian、Ubuntu 的软件包 libopencc1.1 和 libopencc-data），\
         或编译时选特性 ferrous",
    ),
    ("{}: the file is left as it was indexed before", "{}；这个文件保留上次读入的内容"),
];

/// A complaint of the library (place, colon, reason) for people; as it is where its reason is not known here.
pub(crate) fn in_words(message: &str) -> String {
    let message = in_flags(message);
    let places = message.match_indices(": ").map(|(at, colon)| (at, at + colon.len()));
    let known = places.into_iter().find_map(|(end, from)| {
        let shown = reason(message.get(from..)?)?;
        Some(format!("{}：{shown}", message.get(..end)?))
    });
    known.unwrap_or(message)
}

fn reason(told: &str) -> Option<String> {
    REASONS.iter().find_map(|(pattern, shown)| {
        let mut held = holes(pattern, told)?.into_iter();
        let mut parts = shown.split("{}");
        let first = parts.next()?.to_owned();
        Some(parts.fold(first, |text, part| text + held.next().unwrap_or_default() + part))
    })
}

/// What stands in the holes of a pattern that a text follows from its beginning to its end.
fn holes<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut parts = pattern.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut found = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let end = if parts.peek().is_none() { rest.len().checked_sub(part.len())? } else { rest.find(part)? };
        found.push(rest.get(..end)?);
        rest = rest.get(end..)?.strip_prefix(part)?;
    }
    rest.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_in_words() {
        for (message, expected) in [
            ("甲.txt: the file is empty", "甲.txt：是空文件"),
            ("a: the file is empty.txt: the file is empty", "a: the file is empty.txt：是空文件"),
            (
                "甲.jsonl:3: not valid JSON: key must be a string at line 1 column 2",
                "甲.jsonl:3：不是正确的 JSON（key must be a string at line 1 column 2），请改正",
            ),
            (
                "甲.jsonl:9: 99 bytes are over the limit of 64; split it, or raise the limit `line_bytes`",
                "甲.jsonl:9：有 99 字节，超过上限 64；把它拆开，或用 --max-line-size 放宽",
            ),
            (
                "外: a symbolic link to /a: b is not followed; give that path itself to read it",
                "外：是指向 /a: b 的符号链接，不跟随；要读就直接给出那个路径",
            ),
            (
                "甲.jsonl: disk on fire: the file is left as it was indexed before",
                "甲.jsonl：disk on fire；这个文件保留上次读入的内容",
            ),
            ("甲.txt: disk on fire", "甲.txt: disk on fire"),
            ("", ""),
        ] {
            assert_eq!(in_words(message), expected);
        }
        for (pattern, shown) in REASONS {
            assert_eq!(pattern.matches("{}").count(), shown.matches("{}").count(), "{pattern}");
        }
    }
}
