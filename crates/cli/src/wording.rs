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
        assert_eq!(rank("national", None, "key-specialty"), "国家级");
        assert_eq!(rank("national", None, "featured-specialty"), "国家级·特色");
        assert_eq!(rank("provincial", Some("county"), "key-discipline"), "省级·县域·学科");
        assert_eq!(facet_value("level", "county"), "县级 county");
        assert_eq!(facet_value("region", "陕西省"), "陕西省");
        assert_eq!(status("else"), "else");
    }
}
