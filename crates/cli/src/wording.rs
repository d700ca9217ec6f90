//! The contract's codes in the words that people use.

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

/// A level with its tier: 省级·县域.
pub(crate) fn level_and_tier(level_code: &str, tier: Option<&str>) -> String {
    match tier {
        Some("county") => format!("{}·县域", level(level_code)),
        Some(other) => format!("{}·{other}", level(level_code)),
        None => level(level_code).to_owned(),
    }
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

/// `key-discipline` as 重点学科; an unknown code as it is.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_words() {
        assert_eq!(level_and_tier("provincial", Some("county")), "省级·县域");
        assert_eq!(level_and_tier("national", None), "国家级");
        assert_eq!(facet_value("level", "county"), "县级 county");
        assert_eq!(facet_value("region", "陕西省"), "陕西省");
        assert_eq!(status("else"), "else");
    }
}
