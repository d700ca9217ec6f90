//! Posts of WeChat accounts, whose day a script of the page prints when a browser shows it.

use crate::date::Date;
use crate::printed_date::{Forms, Precision, first_date};

/// What only such pages have.
const MARKS: [&str; 2] = ["id=\"js_content\"", "id=\"activity-name\""];

/// What stands before the day in the page's scripts, the most trustworthy first.
const VARIABLES: [&str; 5] = ["createTime", "oriCreateTime", "publish_time", "create_time", "ct"];

/// The day on which a post was published, as its scripts say.
pub(super) fn posted(html: &str) -> Option<Date> {
    let holds = |mark: &&str| memchr::memmem::find(html.as_bytes(), mark.as_bytes()).is_some();
    if !MARKS.iter().any(holds) {
        return None;
    }
    VARIABLES.iter().find_map(|name| assigned(html, name))
}

/// The day assigned to a variable: `createTime = '2023-08-09 17:30'`, `var ct = "1651982400"`.
fn assigned(html: &str, name: &str) -> Option<Date> {
    let places = memchr::memmem::find_iter(html.as_bytes(), name.as_bytes());
    places.take(64).find_map(|at| {
        let before = html.get(..at)?.chars().next_back();
        let value = html.get(at + name.len()..)?.trim_start().strip_prefix(['=', ':'])?.trim_start();
        let value = value.strip_prefix(['"', '\''])?;
        let value = value.get(..value.find(['"', '\''])?).filter(|value| value.len() <= 40)?;
        let whole = before.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '_');
        if !whole {
            return None;
        }
        match value.parse::<i64>() {
            // Seconds since 1970; days are those of China, eight hours ahead.
            Ok(seconds) if value.len() == 10 => Date::from_days_since_epoch((seconds + 8 * 3_600) / 86_400),
            _ => match first_date(value, Forms::Certain)?.value {
                Precision::Day(day) => Some(day),
                Precision::Year(_) => None,
            },
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_posts() {
        for (script, expected) in [
            ("var createTime = '2023-08-09 17:30';", "2023-08-09"),
            ("var ct = \"1651982400\";", "2022-05-08"),
            ("var oriCreateTime='1651939200';var ct=\"1651982400\";", "2022-05-08"),
            ("direct = \"1651982400\"; var x = {ct: n};", "none"),
            ("", "none"),
        ] {
            let page = format!("<div id=\"js_content\"></div><script>{script}</script>");
            let day = posted(&page).map_or("none".to_owned(), |day| day.to_string());
            assert_eq!(day, expected, "{script}");
        }
        assert_eq!(posted("<script>var ct = \"1651982400\";</script>"), None);
    }
}
