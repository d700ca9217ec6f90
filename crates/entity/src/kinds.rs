//! The closed vocabularies of a designation: programme, level, tier, status.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A word that names no value of the vocabulary it was read for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{word}” is no {what}; known: {known}")]
pub struct UnknownWord {
    /// The word as given.
    pub word: String,
    /// The vocabulary: `level`, `status`, …
    pub what: &'static str,
    /// The vocabulary's own words, comma-separated.
    pub known: &'static str,
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $what:literal, $known:literal, { $($(#[$vdoc:meta])* $variant:ident = $word:literal | $($alias:literal),* ;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word that stands for it in JSON and on the command line.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                let plain = crate::script::unify(word.trim()).text().to_lowercase();
                match plain.as_str() {
                    $($word $(| $alias)* => Ok($name::$variant),)+
                    _ => Err(UnknownWord { word: word.to_owned(), what: $what, known: $known }),
                }
            }
        }
    };
}

vocabulary! {
    /// What kind of title it is.
    Programme, "programme", "key-specialty, key-discipline, featured-specialty (重点专科, 重点学科, 特色专科)", {
        /// 重点专科, 临床重点专科, 中医重点专科.
        KeySpecialty = "key-specialty" | "重点专科", "临床重点专科", "中医重点专科", "医学重点专科";
        /// 重点学科.
        KeyDiscipline = "key-discipline" | "重点学科", "医学重点学科", "临床重点学科";
        /// 特色专科, 优势专科, 旗舰科室.
        FeaturedSpecialty = "featured-specialty" | "特色专科", "优势专科", "旗舰科室", "中医优势专科";
    }
}

vocabulary! {
    /// The authority that gives a title.
    Level, "level", "national, provincial, municipal, county (国家级, 省级, 市级, 县级)", {
        /// 国家级.
        National = "national" | "国家级", "国家", "全国";
        /// 省, 自治区; the 市级 of a 直辖市.
        Provincial = "provincial" | "省级", "省", "自治区", "自治区级", "兵团级";
        /// 地级市, 地区, 州, 盟.
        Municipal = "municipal" | "市级", "市", "州级", "地级", "盟级", "地区级", "设区市级";
        /// 县, 区, 旗, 县级市.
        County = "county" | "县级", "县", "区级", "旗级", "区县级", "县区级";
    }
}

vocabulary! {
    /// A narrowing of the level.
    Tier, "tier", "county (县域)", {
        /// 县域: given by a province to hospitals of counties.
        County = "county" | "县域", "县域省级";
    }
}

vocabulary! {
    /// How far the title has come.
    Status, "status", "designated, construction, cultivation (获评, 建设, 培育)", {
        /// The title itself.
        Designated = "designated" | "获评", "命名", "授予", "已获评", "通过验收", "正式";
        /// 建设项目, 建设单位.
        Construction = "construction" | "建设", "建设项目", "建设单位", "建设专科", "在建";
        /// 培育项目, 培育专科.
        Cultivation = "cultivation" | "培育", "培育项目", "培育单位", "培育专科";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_values_agree() {
        for &level in Level::ALL {
            assert_eq!(level.as_str().parse(), Ok(level));
        }
        assert_eq!("国家级".parse(), Ok(Level::National));
        assert_eq!("建设".parse(), Ok(Status::Construction));
        assert_eq!("特色专科".parse(), Ok(Programme::FeaturedSpecialty));
        assert!("世界级".parse::<Level>().is_err());
    }
}
