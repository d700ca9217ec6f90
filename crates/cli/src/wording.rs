//! The contract's codes in the words that people use.

use std::io::ErrorKind;

use xinglin::{Problem, Warning};

/// `national` as 国家级; an unknown code as it is.
pub(crate) fn level(code: &str) -> &str {
    match code {
        "national" => "国家级",
        "provincial" => "省级",
        "municipal" => "市级",
        "county" => "县级",
        other => other,
    }
}

/// What a title is worth: its level, with its tier and its programme where they are not the usual: 国家级, 省级·县域,
/// 国家级·特色.
pub(crate) fn rank(level_code: &str, tier: Option<&str>, programme: &str) -> String {
    let tier = tier.map(|tier| if tier == "county" { "县域" } else { tier });
    let programme = match programme {
        "key-specialty" => None,
        "key-discipline" => Some("学科"),
        "featured-specialty" => Some("特色"),
        other => Some(other),
    };
    [Some(level(level_code)), tier, programme].into_iter().flatten().collect::<Vec<_>>().join("·")
}

/// `construction` as 建设项目; an unknown code as it is.
pub(crate) fn status(code: &str) -> &str {
    match code {
        "designated" => "已获评",
        "construction" => "建设项目",
        "cultivation" => "培育项目",
        other => other,
    }
}

/// `key-specialty` as 重点专科; an unknown code as it is.
pub(crate) fn programme(code: &str) -> &str {
    match code {
        "key-specialty" => "重点专科",
        "key-discipline" => "重点学科",
        "featured-specialty" => "特色专科",
        other => other,
    }
}

/// A facet's heading: `region` is 地区.
pub(crate) fn facet(name: &str) -> &str {
    match name {
        "region" => "地区",
        "specialty" => "专科",
        "institution" => "机构",
        "year" => "年份",
        "level" => "级别",
        "status" => "状态",
        other => other,
    }
}

/// What a filter asks for: `tier` is 层次.
pub(crate) fn filter(name: &str) -> &str {
    match name {
        "programme" => "类别",
        "tier" => "层次",
        name => facet(name),
    }
}

/// A facet's value as people read it: codes in words, with the code behind them.
pub(crate) fn facet_value(name: &str, value: &str) -> String {
    let word = match name {
        "level" => level(value),
        "status" => status(value),
        _ => value,
    };
    if word == value { value.to_owned() } else { format!("{word} {value}") }
}

/// What a person should know of an index.
pub(crate) fn warning(warning: &Warning) -> String {
    match warning {
        Warning::OtherGazetteers { dir } => format!(
            "{0} 里的事实是用另一版词表读出的，可用 xinglin index … --index {0} --rebuild 从原文件重建",
            dir.display()
        ),
        Warning::OlderFormat { dir, format } => format!(
            "{0} 是旧格式（{format}），只能读；可用 xinglin index … --index {0} --rebuild 从原文件重建",
            dir.display()
        ),
        other => other.to_string(),
    }
}

/// What a check found wrong.
pub(crate) fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Checksum { file } => format!("{}：内容与写入时不同", file.display()),
        Problem::Missing { file } => format!("{}：不见了，而同一文件夹的 meta.json 记有它", file.display()),
        Problem::Unreadable { file, reason } => format!("{}：不能读（{reason}）", file.display()),
        Problem::Ledger { expected, found } => {
            format!("来源清单记有 {expected} 篇，索引里有 {found} 篇")
        }
        Problem::Repeated { articles } => format!("{articles} 篇文章重复出现"),
        Problem::Orphans { articles } => format!("{articles} 篇文章只有记录，没有正文"),
        other => other.to_string(),
    }
}

/// The limits of reading by the library's names, and the options that set them.
const LIMITS: [(&str, &str); 4] = [
    ("`page_bytes`", "--max-file-size"),
    ("`line_file_bytes`", "--max-file-size"),
    ("`line_bytes`", "--max-line-size"),
    ("`article_bytes`", "--max-article-size"),
];

/// A message of the library with options in place of the limits that it names.
pub(crate) fn in_flags(message: &str) -> String {
    LIMITS.iter().fold(message.to_owned(), |message, (limit, flag)| {
        message.replace(&format!("the limit {limit}"), flag)
    })
}

/// Why the system refused to write, and what to do about it.
pub(crate) fn refusal(cause: ErrorKind) -> String {
    match cause {
        ErrorKind::StorageFull => "磁盘已满，腾出空间或用 --index 换一个磁盘后再运行".to_owned(),
        ErrorKind::QuotaExceeded => "超出磁盘配额，腾出空间后再运行".to_owned(),
        ErrorKind::FileTooLarge => "超出文件大小上限，放宽后（ulimit -f）再运行".to_owned(),
        ErrorKind::PermissionDenied => "没有写权限，改文件夹的权限或用 --index 另选一个".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "文件系统是只读的，用 --index 另选一处".to_owned(),
        ErrorKind::NotFound => "文件夹中途消失了，请再运行一次".to_owned(),
        other => format!("{other}，排除后再运行"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_words() {
        assert_eq!(rank("national", None, "key-specialty"), "国家级");
        assert_eq!(rank("national", None, "featured-specialty"), "国家级·特色");
        assert_eq!(rank("provincial", Some("county"), "key-discipline"), "省级·县域·学科");
        assert_eq!(facet_value("level", "county"), "县级 county");
        assert_eq!(facet_value("region", "陕西省"), "陕西省");
        assert_eq!(status("else"), "else");
    }
}
