//! The one table of commands and options, from which parsing, help, completions and the man page are made.

mod later;
mod options;
mod values;
mod words;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args, Parser, Subcommand};
use clap_complete::Shell;

pub(crate) use options::{FilterArgs, IndexDir, LimitArgs, PageArgs, PlainOutput, QueryArgs};
pub(crate) use values::{Facet, Format, Grouping, PlainFormat, TableFormat};

use later::Later;

use crate::terminal::colour::Choice;

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "xinglin",
    override_usage = "xinglin <命令> [选项]",
    version,
    about = "杏林：中文医疗机构新闻的全文检索",
    after_help = "例：\n  xinglin index news/                          建立或更新索引\n  \
                  xinglin search 骨科 --region 陕西 --year 2023..   检索\n  \
                  xinglin specialties --level 国家级 --region 汉中  查重点专科\n  \
                  xinglin facets 卒中中心 --by region,year      分面计数\n\n\
                  退出码：0 完成（检索：有结果） · 1 没有结果 · 2 出错或有文件被跳过",
    help_template = HELP,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

impl Cli {
    /// Reads a command line, the program's name first.
    pub(crate) fn read(line: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
        let line = words::marked(line);
        let is_word = |word: &&OsString| !word.as_encoded_bytes().starts_with(b"-");
        let command = line.get(1).filter(is_word).cloned();
        later::knowing(command, || Cli::try_parse_from(line))
    }
}

const HELP: &str = "{about-with-newline}\n用法: {usage}\n\n{all-args}{after-help}";

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "通用选项")]
pub(crate) struct Common {
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    #[arg(hide_possible_values = true, help = "何时着色：auto（终端上，默认）、always、never")]
    pub(crate) color: Choice,
    #[arg(short, long, global = true, help = "不显示进度与提示，只报错误")]
    pub(crate) quiet: bool,
    #[arg(short, long, global = true, action = ArgAction::Help, help = "显示帮助")]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version, help = "显示版本")]
    version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(about = "把文件和文件夹读入索引；再次运行只处理新增、改动和消失的文件", help_template = HELP)]
    #[command(override_usage = "xinglin index [选项] <PATH>...")]
    Index(Later<IndexArgs>),
    #[command(about = "检索文章，最相关的在前，命中处着色", help_template = HELP, after_help = QUERY_HELP)]
    #[command(override_usage = "xinglin search [选项] [筛选] QUERY...")]
    Search(Later<SearchArgs>),
    #[command(about = "查重点专科：谁、哪一科、什么级别、哪一年，出自哪句话", help_template = HELP)]
    #[command(override_usage = "xinglin specialties [选项] [筛选] [QUERY]...")]
    Specialties(Later<SpecialtiesArgs>),
    #[command(about = "按地区、专科、机构、年份、级别、状态计数", help_template = HELP)]
    #[command(override_usage = "xinglin facets [选项] [筛选] [QUERY]...")]
    Facets(Later<FacetsArgs>),
    #[command(about = "显示一篇文章：信息、重点专科记录、标出依据的正文", help_template = HELP)]
    #[command(override_usage = "xinglin show [选项] <FILE_OR_ID>")]
    Show(Later<ShowArgs>),
    #[command(about = "补全正在输入的词：汉字、拼音或首字母", help_template = HELP)]
    #[command(override_usage = "xinglin suggest [选项] <PREFIX>...")]
    #[command(
        after_help = "例：\n  xinglin suggest 心\n  xinglin suggest xinn\n  xinglin suggest gk --format json"
    )]
    Suggest(Later<SuggestArgs>),
    #[command(about = "整屏浏览：边输入边看结果和计数，打开文章", help_template = HELP)]
    #[command(override_usage = "xinglin browse [选项] [筛选] [QUERY]...")]
    #[command(
        after_help = "键：↑↓ 选择 · 回车 打开或限定 · Tab 换栏 · ←→ 换分面 · 退格 放宽 · Esc 返回、退出"
    )]
    Browse(Later<BrowseArgs>),
    #[command(about = "列出、运行或删除存下的查询（search --save）", help_template = HELP)]
    #[command(override_usage = "xinglin saved [选项] [NAME]")]
    #[command(
        after_help = "例：\n  xinglin search 骨科 --region 陕西 --save 陕西骨科\n  xinglin saved\n  xinglin saved 陕西骨科\n  xinglin saved 陕西骨科 --remove"
    )]
    Saved(Later<SavedArgs>),
    #[command(about = "存下的查询自上次以来新增（或改动）的文章", help_template = HELP)]
    #[command(override_usage = "xinglin news [选项] <NAME>")]
    #[command(after_help = "第一次列出全部，此后只列出没有见过的。\n\n退出码：0 有新文章 · 1 没有")]
    News(Later<NewsArgs>),
    #[command(about = "看一段文字被怎样理解：字体、词、名称、事实", help_template = HELP)]
    #[command(override_usage = "xinglin analyze [选项] <TEXT>...")]
    #[command(
        after_help = "例：\n  xinglin analyze 漢中市中心醫院骨科獲批國家臨床重點專科\n  xinglin analyze - < 文章.txt"
    )]
    Analyze(Later<AnalyzeArgs>),
    #[command(about = "看一篇文章为什么被（或不被）检索到：逐条核对查询和筛选", help_template = HELP)]
    #[command(override_usage = "xinglin why [选项] [筛选] <FILE_OR_ID> <QUERY>...")]
    #[command(
        after_help = "例：\n  xinglin why dev-04.txt 神经内科 湖南\n  xinglin why dev-04.txt 骨科 --region 湖北\n\n退出码：0 检索得到 · 1 检索不到"
    )]
    Why(Later<WhyArgs>),
    #[command(about = "不用索引，直接读出文章中的事实，每篇一行 JSON", help_template = HELP)]
    #[command(override_usage = "xinglin tag [选项] <PATH>...")]
    Tag(Later<TagArgs>),
    #[command(about = "索引里有什么", help_template = HELP)]
    #[command(override_usage = "xinglin stats [选项]")]
    Stats(Later<StatsArgs>),
    #[command(about = "检查索引是否完好", help_template = HELP)]
    #[command(override_usage = "xinglin check [选项]")]
    Check(Later<CheckArgs>),
    #[command(about = "输出 shell 补全脚本", help_template = HELP)]
    #[command(override_usage = "xinglin completions <SHELL>")]
    Completions(Later<CompletionsArgs>),
    #[command(about = "输出 man 手册页", hide = true, help_template = HELP)]
    Man(Later<ManArgs>),
}

const QUERY_HELP: &str = "查询语法：词语  \"整段原文\"  -排除  甲 OR 乙  (括号)  title:词  region:地名\n  \
                          字段还有 specialty institution year level status；写错的语法按普通词语检索。";

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct IndexArgs {
    #[arg(required = true, value_name = "PATH", help_heading = "参数", help = "文件或文件夹，可给多个")]
    #[arg(value_hint = clap::ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    #[arg(long, value_name = "N", help = "读取线程数（默认：处理器核数）", value_parser = values::threads)]
    pub(crate) threads: Option<usize>,
    #[arg(long, value_name = "SIZE", help = "写入缓冲的内存上限，如 256M", value_parser = values::size)]
    pub(crate) memory: Option<u64>,
    #[arg(long, value_name = "SECONDS", value_parser = values::seconds)]
    #[arg(help = "每隔多少秒把已读完的提交一次（默认 30）；断电最多损失这一段")]
    pub(crate) commit_every: Option<Duration>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[arg(long, value_name = "DIR", help = "用自己的词表扩充或替换内置词表", value_hint = clap::ValueHint::DirPath)]
    pub(crate) gazetteer: Option<PathBuf>,
    #[arg(long, help = "跟随指向文件夹之外的符号链接")]
    pub(crate) follow_links: bool,
    #[arg(long, help = "全部重建；旧索引在新索引写成之前一直可用")]
    pub(crate) rebuild: bool,
    #[arg(long, help = "不显示进度")]
    pub(crate) no_progress: bool,
    #[command(flatten)]
    pub(crate) output: PlainOutput,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct SearchArgs {
    #[command(flatten)]
    pub(crate) query: QueryArgs,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    #[command(flatten)]
    pub(crate) page: PageArgs,
    #[arg(long, value_enum, value_name = "FACET,…", value_delimiter = ',', hide_possible_values = true)]
    #[arg(help = "同时计数：region,specialty,institution,year,level,status")]
    pub(crate) facets: Vec<Facet>,
    #[arg(long, value_name = "FILE", help = "逐行检索文件里的查询（- 为标准输入），每个查询输出一行 JSON")]
    #[arg(conflicts_with = "query", value_hint = clap::ValueHint::FilePath)]
    pub(crate) batch: Option<PathBuf>,
    #[arg(long, help = "说明每条结果的得分由来")]
    pub(crate) explain: bool,
    #[arg(long, help = "转载也逐篇列出，不归到一条之下")]
    pub(crate) all: bool,
    #[arg(long, value_name = "DIR", help = "理解查询时加用自己的词表，如 spoken.tsv（俗称）")]
    #[arg(value_hint = clap::ValueHint::DirPath)]
    pub(crate) gazetteer: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "BY", hide_possible_values = true, conflicts_with_all = ["batch", "offset"])]
    #[arg(help = "按 institution（机构）或 year（年份）归组，每组列出最好的三篇")]
    pub(crate) group: Option<Grouping>,
    #[arg(long, value_name = "NAME", value_parser = values::saved_name, conflicts_with = "batch")]
    #[arg(help = "把这次的查询和筛选存为 NAME，以后用 xinglin news NAME 看新增的文章")]
    pub(crate) save: Option<String>,
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    #[arg(help = "输出格式：text（默认）、json、csv")]
    pub(crate) format: Option<Format>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct SpecialtiesArgs {
    #[command(flatten)]
    pub(crate) query: QueryArgs,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    #[command(flatten)]
    pub(crate) page: PageArgs,
    #[arg(long, value_enum, value_name = "FACET,…", value_delimiter = ',', hide_possible_values = true)]
    #[arg(help = "不列记录，只计数：region,specialty,institution,year,level,status")]
    pub(crate) by: Vec<Facet>,
    #[arg(long, value_name = "PATH", requires = "by", value_parser = values::name, help = "与 --by 同用：展开这一级之下，如 陕西省")]
    pub(crate) under: Option<String>,
    #[arg(long, value_name = "FILE", help = "逐行查文件里的名称（- 为标准输入），把各自的记录列出来")]
    #[arg(conflicts_with_all = ["query", "by"], value_hint = clap::ValueHint::FilePath)]
    pub(crate) batch: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text", hide_default_value = true)]
    #[arg(hide_possible_values = true, help = "输出格式：text（默认）、json（每条一行）、csv")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct FacetsArgs {
    #[command(flatten)]
    pub(crate) query: QueryArgs,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    #[command(flatten)]
    pub(crate) page: PageArgs,
    #[arg(long, visible_alias = "facets", value_enum, value_name = "FACET,…", value_delimiter = ',')]
    #[arg(
        hide_possible_values = true,
        help = "按什么计数：region,specialty,institution,year,level,status（默认 region）"
    )]
    pub(crate) by: Vec<Facet>,
    #[arg(long, value_name = "PATH", value_parser = values::name, help = "展开这一级之下，如 陕西省")]
    pub(crate) under: Option<String>,
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text", hide_default_value = true)]
    #[arg(hide_possible_values = true, help = "输出格式：text（默认）、json、csv")]
    pub(crate) format: Format,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct ShowArgs {
    #[arg(value_name = "FILE_OR_ID", help_heading = "参数", help = "文章的文件名或编号，如检索结果所示")]
    pub(crate) article: String,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    #[arg(long, help = "连同导航、页脚、广告等页面其余文字一起显示")]
    pub(crate) noise: bool,
    #[command(flatten)]
    pub(crate) output: PlainOutput,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct SuggestArgs {
    #[arg(
        required = true,
        value_name = "PREFIX",
        help_heading = "参数",
        help = "词的开头：汉字、拼音、拼音首字母"
    )]
    pub(crate) prefix: Vec<String>,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    #[arg(long, value_name = "N", default_value_t = 10, hide_default_value = true, value_parser = values::count)]
    #[arg(allow_negative_numbers = true, help = "最多列出几条（默认 10）")]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) output: PlainOutput,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct BrowseArgs {
    #[command(flatten)]
    pub(crate) query: QueryArgs,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct SavedArgs {
    #[arg(value_name = "NAME", help_heading = "参数", value_parser = values::saved_name, help = "要运行的查询；不写则列出全部")]
    pub(crate) name: Option<String>,
    #[arg(long, requires = "name", help = "删除这个查询")]
    pub(crate) remove: bool,
    #[command(flatten)]
    pub(crate) output: PlainOutput,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct NewsArgs {
    #[arg(value_name = "NAME", help_heading = "参数", value_parser = values::saved_name, help = "存下的查询的名称")]
    pub(crate) name: String,
    #[arg(long, value_name = "N", value_parser = values::count, help = "最多列出几篇；其余下次再列")]
    pub(crate) limit: Option<usize>,
    #[arg(long, help = "只看，不记为见过")]
    pub(crate) peek: bool,
    #[command(flatten)]
    pub(crate) output: PlainOutput,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct AnalyzeArgs {
    #[arg(required = true, value_name = "TEXT", help_heading = "参数", help = "一段文字；- 为标准输入")]
    pub(crate) text: Vec<String>,
    #[command(flatten)]
    pub(crate) output: PlainOutput,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct WhyArgs {
    #[arg(value_name = "FILE_OR_ID", help_heading = "参数", help = "文章的文件名或编号，如检索结果所示")]
    pub(crate) article: String,
    #[command(flatten)]
    pub(crate) query: QueryArgs,
    #[command(flatten)]
    pub(crate) index: IndexDir,
    #[command(flatten)]
    pub(crate) filters: FilterArgs,
    #[command(flatten)]
    pub(crate) output: PlainOutput,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct TagArgs {
    #[arg(required = true, value_name = "PATH", help_heading = "参数", help = "文件或文件夹，可给多个")]
    #[arg(value_hint = clap::ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
    #[arg(long, value_name = "DIR", help = "用自己的词表扩充或替换内置词表", value_hint = clap::ValueHint::DirPath)]
    pub(crate) gazetteer: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "json", hide_default_value = true)]
    #[arg(
        hide_possible_values = true,
        help = "输出格式：json（默认，每篇一行）、csv（每条重点专科记录一行）"
    )]
    pub(crate) format: TableFormat,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct StatsArgs {
    #[command(flatten)]
    pub(crate) index: IndexDir,
    #[command(flatten)]
    pub(crate) output: PlainOutput,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) index: IndexDir,
    #[command(flatten)]
    pub(crate) output: PlainOutput,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL", help_heading = "参数", hide_possible_values = true)]
    #[arg(help = "bash、zsh、fish、elvish、powershell")]
    pub(crate) shell: Shell,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct ManArgs {
    #[arg(long, value_name = "DIR", help = "每个命令一页，写入此文件夹", value_hint = clap::ValueHint::DirPath)]
    pub(crate) dir: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_table_of_flags_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_argument_has_a_help_text() {
        for command in Cli::command().get_subcommands() {
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
            }
        }
    }
}
