//! What a text's headline is, and what it says of the lines below it.

use xinglin_text::word_list;

use crate::gazetteer::tables::{AWARD, HOPE, PASSING};
use crate::mention::Span;
use crate::mention::institution::Naming;
use crate::mention::title::Title;
use crate::reading::Reading;
use crate::record::draft::{Award, awards};
use crate::record::heading::hopes;
use crate::structure::line::is_prose;

/// The text's first line, where it is the headline.
pub(crate) fn headline(text: &str, title: &str) -> Option<Span> {
    fn plain(line: &str) -> impl Iterator<Item = char> {
        line.chars().filter(|c| !c.is_whitespace())
    }
    let mut start = 0;
    for raw in text.split('\n').take(3) {
        let line = raw.trim();
        if !line.is_empty() {
            let from = start + raw.len() - raw.trim_start().len();
            let mut wanted = plain(title).peekable();
            return (wanted.peek().is_some() && plain(line).eq(wanted))
                .then_some(Span::new(from, from + line.len()));
        }
        start += raw.len() + 1;
    }
    None
}

/// The second line of a headline whose first names no hospital: …有了“国字号”专科 / 某市人民医院普外科跻身….
pub(crate) fn deck(body: &Reading<'_>, headline: Option<Span>) -> Option<Span> {
    let headline = headline.filter(|headline| body.institutions_in(*headline).is_empty())?;
    let rest = body.text().get(headline.end..)?;
    let start = headline.end + rest.len() - rest.trim_start().len();
    let line = body.text().get(start..)?.split('\n').next()?.trim_end();
    let span = Span::new(start, start + line.len());
    let tells = !body.titles_in(span).is_empty() && body.scan.says(span, AWARD.or(PASSING));
    // ——某总医院烧伤科六十年
    let joined =
        line.starts_with("——") && body.institutions_in(span).iter().all(|name| name.naming == Naming::Named);
    let one = body.institutions_in(span).len() == 1 && (tells || joined);
    (one && !is_prose(line) && line.chars().count() <= 50 && !line.ends_with([':', '：'])).then_some(span)
}

pub(crate) fn usable(title: &&Title) -> bool {
    !title.activity && !title.void && !title.person
}

pub(crate) fn headline_award(
    body: &Reading<'_>,
    headline: Option<Span>,
    title: Option<&Reading<'_>>,
) -> Option<Award> {
    // 关于拟推荐申报…的公示: what is hoped for is given to no one.
    let hoped = |reading: &Reading<'_>, from: usize, title: &Title| {
        reading.scan.says(Span::new(from, title.span.start.max(from)), HOPE)
    };
    let first = match (headline, title) {
        (Some(span), _) => {
            body.titles_in(span).iter().find(usable).filter(|title| !hoped(body, span.start, title))
        }
        (None, Some(reading)) => reading.titles.iter().find(usable).filter(|title| !hoped(reading, 0, title)),
        (None, None) => None,
    };
    // 国家和省级…名单: which of them a line has, its own heading says.
    first.and_then(|title| {
        let award = awards(title).first().copied()?;
        Some(Award { level: award.level.filter(|_| title.levels.len() == 1), ..award })
    })
}

/// 关于拟推荐申报…的公示: those that its tables name are only put forward.
pub(crate) fn is_hoped(body: &Reading<'_>, headline: Span) -> bool {
    let title = body.titles_in(headline).iter().find(usable);
    title.is_some_and(|title| hopes(body, headline, title.span))
}

/// 关于公布…名单的通知, but no 门诊一览 and no 引进…人才公告.
pub(crate) fn announces_list(headline: &str) -> bool {
    word_list!["名单", "公示", "公布", "通知", "公告", "结果", "目录", "通报"].stand_in(headline)
        && !word_list!["人才", "招聘", "招募", "招生", "采购", "招标"].stand_in(headline)
}

/// 重点专科名录, 专科一览: what a hospital holds, and no news.
pub(crate) fn is_survey(headline: &str) -> bool {
    word_list!["名录", "一览", "简介", "介绍", "概况", "汇总", "一览表", "荣誉"].end(headline.trim_end())
}

/// A headline that announces a list: 关于公布…名单的通知, …一览.
pub(crate) fn is_notice(body: &Reading<'_>, headline: Option<Span>) -> bool {
    headline.is_some_and(|headline| {
        let headline = headline.of(body.text());
        announces_list(headline) || headline.contains("一览")
    })
}
