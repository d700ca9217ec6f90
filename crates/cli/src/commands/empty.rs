//! What to tell a person whose query found nothing: why, and what to try.

use xinglin::Diagnosis;

use crate::session::Session;

/// What was looked for, in the words of a command.
pub(super) struct Sought<'a> {
    /// The query as typed; may be empty.
    pub(super) query: &'a str,
    /// What is counted: 篇 or 条.
    pub(super) unit: &'a str,
    /// Why nothing was found, if that is known.
    pub(super) diagnosis: Option<&'a Diagnosis>,
    /// A corrected query.
    pub(super) suggestion: Option<&'a str>,
}

/// Tells it on standard error.
pub(super) fn explain(session: &Session, sought: &Sought<'_>) {
    for line in lines(sought) {
        session.note(&line);
    }
}

fn lines(sought: &Sought<'_>) -> Vec<String> {
    let query = sought.query.trim();
    let mut lines = vec![match query {
        "" => "没有符合条件的结果。".to_owned(),
        query => format!("没有找到“{}”。", crate::terminal::width::truncate(query, 60)),
    }];
    if let Some(diagnosis) = sought.diagnosis {
        if !diagnosis.absent.is_empty() {
            let words: Vec<String> = diagnosis.absent.iter().map(|word| format!("“{word}”")).collect();
            lines.push(format!("索引里没有一篇文章含有{}。", words.join("、")));
        }
        for (filter, count) in diagnosis.emptied_by.iter().filter(|(_, count)| *count > 0) {
            lines.push(format!("去掉 {filter} 就有 {count} {}。", sought.unit));
        }
        if diagnosis.emptied_by.is_empty() && diagnosis.without_filters > 0 {
            lines.push(format!("去掉全部筛选就有 {} {}。", diagnosis.without_filters, sought.unit));
        }
    }
    if let Some(suggestion) = sought.suggestion {
        lines.push(format!("您是不是要找：{suggestion}"));
    } else if lines.len() == 1 && !query.is_empty() {
        lines.push("可以少用几个词，或换一种说法。".to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, diagnosis: Option<Diagnosis>, suggestion: Option<&str>, expected: &[&str]) {
        let sought = Sought { query, unit: "篇", diagnosis: diagnosis.as_ref(), suggestion };
        assert_eq!(lines(&sought), expected);
    }

    #[test]
    fn why_nothing_was_found() {
        check("骨科", None, None, &["没有找到“骨科”。", "可以少用几个词，或换一种说法。"]);
        check("", None, None, &["没有符合条件的结果。"]);
        let absent = Diagnosis { absent: vec!["重典".to_owned()], ..Diagnosis::default() };
        check(
            "重典专科",
            Some(absent),
            Some("重点专科"),
            &["没有找到“重典专科”。", "索引里没有一篇文章含有“重典”。", "您是不是要找：重点专科"],
        );
        let filtered = Diagnosis {
            emptied_by: vec![("--region 陕西省".to_owned(), 12), ("--year 2023".to_owned(), 0)],
            without_filters: 14,
            ..Diagnosis::default()
        };
        check("骨科", Some(filtered), None, &["没有找到“骨科”。", "去掉 --region 陕西省 就有 12 篇。"]);
        let together = Diagnosis { without_filters: 14, ..Diagnosis::default() };
        check("骨科", Some(together), None, &["没有找到“骨科”。", "去掉全部筛选就有 14 篇。"]);
    }
}
