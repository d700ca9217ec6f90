//! What leads up to tables and lists, and rows that are sentences.

use super::draft::{Award, Origin, awards};
use super::heading::{Heading, finishes, hopes, hopes_behind, opens_matters, under_province};
use super::narrative::Narrator;
use super::{cells, field};
use crate::gazetteer::tables::{AWARD, AWARD_END, NEGATION, PASSING};
use crate::kinds::{Level, Status};
use crate::mention::Span;
use crate::mention::institution::Naming;
use crate::mention::placed::Placed;
use crate::mention::specialty::SpecialtyMention;
use crate::mention::title::Title;
use crate::reading::Reading;
use crate::resolve::cast::Cast;
use crate::structure::line::Line;
use crate::structure::table::{Row, Table};
use xinglin_text::word_list;

/// 2019 | 骨科获评某省临床重点专科 | 某省卫生健康委: rows whose cells tell what was given in which year.
pub(crate) fn narrate(
    narrator: &mut Narrator<'_, '_>,
    body: &Reading<'_>,
    fields: &Placed<SpecialtyMention>,
    table: &Table,
) {
    let outside = narrator.section;
    for row in &table.rows {
        let Some(year) = row.cells.iter().find_map(|cell| cells::year_of(body, *cell)) else { continue };
        let Some(cell) = row.cells.iter().find(|cell| tells(body, fields, **cell)) else { continue };
        narrator.section = Some(year);
        narrator.paragraph(*cell, Origin::Body);
    }
    narrator.section = outside;
}

/// Whether a cell tells that a department was given a title.
fn tells(body: &Reading<'_>, fields: &Placed<SpecialtyMention>, cell: Span) -> bool {
    let title = body.titles_in(cell).first();
    let named = field::mentions_in(fields, cell).first();
    // 市卫生健康委公布P,甲科、乙科在列
    let behind = title.zip(field::mentions_in(fields, cell).last()).is_some_and(|(title, last)| {
        title.span.end <= last.span.start
            && body.scan.says(Span::new(last.span.end, cell.end), AWARD.or(AWARD_END))
    });
    let pair = named.zip(title).filter(|(named, title)| named.span.end <= title.span.start);
    behind
        || pair.is_some_and(|(named, title)| {
            body.scan.says(Span::new(named.span.end, title.span.start), AWARD.or(PASSING))
        })
}

/// ◆ 2014 | 甲科、乙科双双列入P: whether the rows of a table without a header are years and sentences.
pub(crate) fn are_told(body: &Reading<'_>, fields: &Placed<SpecialtyMention>, table: &Table) -> bool {
    const LONGEST: usize = 16;
    let told = |row: &&Row| match row.cells.as_slice() {
        [year, sentence] => {
            year.end - year.start <= LONGEST
                && cells::year_of(body, *year).is_some()
                && tells(body, fields, *sentence)
        }
        _ => false,
    };
    let titled = table.rows.iter().filter(|row| !body.titles_in(row.span).is_empty()).count();
    let told = table.rows.iter().filter(told).count();
    table.columns.is_empty() && told > 0 && 2 * told > titled
}

/// 医院现有省、市、县三级重点专科8个。 over a table with a column of levels: the title that its rows have.
pub(crate) fn told_above(body: &Reading<'_>, above: &Line) -> Option<Award> {
    let [title] = body.titles_in(above.span) else { return None };
    let plain =
        usable(&title) && !hopes(body, above.span, title.span) && !body.scan.says(above.span, NEGATION);
    let award = awards(title).first().copied().filter(|_| plain)?;
    Some(Award { level: award.level.filter(|_| title.levels.len() == 1), ..award })
}

/// 某市人民医院是全市最大的综合医院,从2011年起连续参加评审: the one hospital of the line that opens a table, at its head.
pub(crate) fn spoken_of(body: &Reading<'_>, cast: &Cast, above: &Line) -> Option<usize> {
    let (named, others) = body.institutions_in(above.body).split_first()?;
    let alone = others.iter().all(|other| other.naming != Naming::Named);
    let opens =
        alone && named.span.start == above.body.start && above.body.of(body.text()).ends_with([':', '：']);
    cast.member_at(body, named.span.start).filter(|_| opens)
}

/// 市级重点专科:神经内科、骨科, under a hospital's name.
pub(crate) fn lists_by_title(body: &Reading<'_>, fields: &Placed<SpecialtyMention>, line: &Line) -> bool {
    let [title, ..] = body.titles_in(line.body) else { return false };
    let rest = body.between(title.span.end, line.body.end);
    let opened = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "(（个项)）".contains(c));
    body.institutions_in(line.body).is_empty()
        && body.between(line.body.start, title.span.start).chars().count() <= 6
        && opened.starts_with([':', '：'])
        && !field::mentions_in(fields, Span::new(title.span.end, line.body.end)).is_empty()
}

/// …确定为省级临床重点专科,名单如下: a paragraph that opens a list of its title.
pub(crate) fn opens_list(body: &Reading<'_>, line: &Line, narrator: &Narrator<'_, '_>) -> Option<Heading> {
    let text = line.span.of(body.text());
    let opens = text.ends_with([':', '：', '👇'])
        || word_list!["如下", "如下。", "是——", "如下——", "分布——", "名单——"].end(text);
    // …评审结果 我院一举拿下5席
    let seats = text.ends_with('席') && word_list!["拿下", "斩获", "摘得", "占据", "收获"].stand_in(text);
    let opens = (opens || seats) && !opens_matters(text);
    let title = body.titles_in(line.span).iter().rfind(usable).filter(|_| opens)?;
    // …研究,拟推荐以下医疗机构申报省级临床重点专科建设项目:
    let mut sentences = body.sentences(line.span);
    let own = sentences.find(|whole| whole.contains(title.span))?;
    if hopes(body, own, title.span) || hopes_behind(body, own, title.span) {
        return Some(Heading::Hoped);
    }
    let by_province = narrator.authority_before(own, title.span.start) == Some(Level::Provincial);
    let mut award = awards(title).first().copied()?;
    // 9个优势专科,分布如下: of the level that was announced.
    let known =
        narrator.announced().filter(|known| award.level.is_none() && known.programme == award.programme);
    if let Some(known) = known {
        let status = if award.status_said { award.status } else { known.status };
        award = Award { status, status_said: known.status_said || award.status_said, ..known };
    }
    // 对P建设项目进行了验收,现将验收合格名单公示如下: whose building is done.
    let told = Span::new(title.span.end, own.end.max(title.span.end));
    if award.status == Status::Construction && finishes(body, told) {
        award = award.done();
    }
    Some(Heading::Award(under_province(award, by_province)))
}

fn usable(title: &&Title) -> bool {
    !title.activity && !title.void && !title.person
}

/// 附:我院重点专科名录, 医院现有重点专科: the heading of what a hospital holds, whatever the news is.
pub(crate) fn heads_roster(text: &str) -> bool {
    /// No heading is longer, in bytes.
    const LONGEST: usize = 90;
    if text.len() > LONGEST {
        return false;
    }
    let plain = text.trim_end_matches(['：', ':', '】', ']', '》', '（', '(', ' ']);
    let named = word_list!["专科", "学科"].stand_in(plain);
    let own = word_list!["我院", "本院", "医院", "现有", "已有", "院内"].stand_in(plain);
    let roll = word_list!["名录", "一览", "一览表", "概览", "目录", "家底", "汇总表"].end(plain)
        || word_list!["现有重点专科", "已有重点专科", "现有各级重点专科", "重点专科现状"].end(plain);
    named
        && own
        && roll
        && !word_list!["新增", "新获", "公布", "公示", "入选", "获批", "获评"].stand_in(plain)
}
