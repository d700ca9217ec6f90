//! The options that several commands share.

use std::path::PathBuf;

use clap::Args;
use xinglin::{Filters, Limits, QueryLimits, YearRange};

use super::values::{self, Order, PlainFormat};
use super::words;

/// Where the index lies.
#[derive(Debug, Args)]
pub(crate) struct IndexDir {
    #[arg(long = "index", value_name = "DIR", env = "XINGLIN_INDEX", default_value = ".xinglin")]
    #[arg(hide_default_value = true, hide_env = true, value_hint = clap::ValueHint::DirPath)]
    #[arg(help = "索引文件夹（默认 .xinglin；也可设环境变量 XINGLIN_INDEX）")]
    pub(crate) dir: PathBuf,
}

/// The query's words.
#[derive(Debug, Args)]
pub(crate) struct QueryArgs {
    #[arg(id = "query", value_name = "QUERY", help_heading = "参数")]
    #[arg(help = "查询的词语；-词 为排除")]
    words: Vec<String>,
    #[arg(long, help = "只按字面检索，不理解地名、专科、别名")]
    pub(crate) literal: bool,
    #[arg(long, value_name = "N", value_parser = values::count)]
    #[arg(help = "查询最多读多少个字，其余不用（默认 4096）")]
    max_query_length: Option<usize>,
    #[arg(long, value_name = "N", value_parser = values::count)]
    #[arg(help = "查询最多读多少个词语和条件，其余不用（默认 256）")]
    max_query_parts: Option<usize>,
}

impl QueryArgs {
    /// The words as one query.
    pub(crate) fn text(&self) -> String {
        self.words.iter().map(|word| words::unmarked(word)).collect::<Vec<_>>().join(" ")
    }

    /// How much of the query is read.
    pub(crate) fn limits(&self) -> QueryLimits {
        let usual = QueryLimits::default();
        QueryLimits {
            characters: self.max_query_length.unwrap_or(usual.characters),
            parts: self.max_query_parts.unwrap_or(usual.parts),
        }
    }

    /// Whether any word was given, be it empty.
    pub(crate) fn is_given(&self) -> bool {
        !self.words.is_empty()
    }
}

/// The facts that an answer is narrowed by: OR within one, AND across them.
#[derive(Debug, Args)]
#[command(next_help_heading = "筛选（同一项可重复，之间为“或”；不同项之间为“且”）")]
pub(crate) struct FilterArgs {
    #[arg(long, value_name = "PLACE", value_parser = values::name, help = "地区，任一级、简称均可：陕西、汉中、陕西省/汉中市")]
    region: Vec<String>,
    #[arg(long, value_name = "NAME", value_parser = values::name, help = "专科或其别名：骨科、心内科")]
    specialty: Vec<String>,
    #[arg(long, value_name = "NAME", value_parser = values::name, help = "医疗机构")]
    institution: Vec<String>,
    #[arg(long, value_name = "YEAR", value_parser = values::years, help = "年份或范围：2023、2019..2023、2019..、..2020")]
    year: Vec<YearRange>,
    #[arg(long, value_name = "LEVEL", value_parser = values::Words(&["national", "provincial", "municipal", "county"]))]
    #[arg(
        hide_possible_values = true,
        help = "级别：national、provincial、municipal、county，或 国家级、省级、市级、县级"
    )]
    level: Vec<String>,
    #[arg(long, value_name = "STATUS", value_parser = values::Words(&["designated", "construction", "cultivation"]))]
    #[arg(
        hide_possible_values = true,
        help = "状态：designated、construction、cultivation，或 已获评、建设、培育"
    )]
    status: Vec<String>,
    #[arg(long, value_name = "NAME")]
    #[arg(value_parser = values::Words(&["key-specialty", "key-discipline", "featured-specialty"]))]
    #[arg(hide_possible_values = true, help = "类别：key-specialty、key-discipline、featured-specialty")]
    programme: Vec<String>,
    #[arg(long, value_name = "TIER", value_parser = values::Words(&["county"]), hide_possible_values = true)]
    #[arg(help = "层次：county（县域）")]
    tier: Vec<String>,
}

impl FilterArgs {
    /// The filters as a request takes them.
    pub(crate) fn filters(&self) -> Filters {
        Filters {
            regions: self.region.clone(),
            specialties: self.specialty.clone(),
            institutions: self.institution.clone(),
            levels: self.level.clone(),
            statuses: self.status.clone(),
            programmes: self.programme.clone(),
            tiers: self.tier.clone(),
            years: self.year.clone(),
        }
    }

    /// Whether any filter was given.
    pub(crate) fn any(&self) -> bool {
        let names = [
            &self.region,
            &self.specialty,
            &self.institution,
            &self.level,
            &self.status,
            &self.programme,
            &self.tier,
        ];
        !self.year.is_empty() || names.iter().any(|names| !names.is_empty())
    }
}

/// How much of a file is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct LimitArgs {
    #[arg(long, value_name = "SIZE", help = "跳过大于此的文件，如 64M、1G", value_parser = values::size)]
    max_file_size: Option<u64>,
    #[arg(long, value_name = "SIZE", help = "跳过大于此的一行（.jsonl 等，默认 32M）", value_parser = values::size)]
    max_line_size: Option<u64>,
    #[arg(long, value_name = "SIZE", help = "文章正文的上限，超出部分截去（默认 15M）", value_parser = values::size)]
    max_article_size: Option<u64>,
}

impl LimitArgs {
    /// The limits as the library takes them.
    pub(crate) fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        let size = |bytes| usize::try_from(bytes).unwrap_or(usize::MAX);
        if let Some(bytes) = self.max_file_size {
            (limits.page_bytes, limits.line_file_bytes) = (bytes, bytes);
        }
        if let Some(bytes) = self.max_line_size {
            limits.line_bytes = size(bytes);
        }
        if let Some(bytes) = self.max_article_size {
            limits.article_bytes = size(bytes);
        }
        limits
    }
}

/// How a command answers that has no tables for spreadsheets.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct PlainOutput {
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text", hide_default_value = true)]
    #[arg(hide_possible_values = true, help = "输出格式：text（默认）、json")]
    pub(crate) format: PlainFormat,
}

/// Which part of an answer, in which order.
#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct PageArgs {
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = values::count)]
    #[arg(help = "最多列出几条；0 为只计数")]
    pub(crate) limit: Option<usize>,
    #[arg(
        long,
        value_name = "N",
        allow_negative_numbers = true,
        value_parser = values::count,
        default_value_t = 0,
        hide_default_value = true
    )]
    #[arg(help = "跳过前几条")]
    pub(crate) offset: usize,
    #[arg(long, value_enum, value_name = "ORDER", hide_possible_values = true)]
    #[arg(help = "次序：relevance（默认）、date（新的在前）")]
    pub(crate) sort: Option<Order>,
}
