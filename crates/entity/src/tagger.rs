//! The tagger: mentions, then structure, then resolution, then records.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use crate::facts::{Designation, Evidence, Source, Tags};
use crate::gazetteer::folder::{self, Error};
use crate::gazetteer::tables::{AUTHORITY, NEWS, Tables};
use crate::headline::{announces_list, deck, headline, headline_award, is_hoped, is_notice, is_survey};
use crate::kinds::Level;
use crate::looked_back::{
    bare_year, greeted, is_earlier, opens_plans, reviewed, section_year, year_under_review,
};
use crate::mention::Span;
use crate::mention::placed::Placed;
use crate::mention::scan::Matcher;
use crate::mention::specialty::SpecialtyMention;
use crate::reading::Reading;
use crate::record::draft::{Award, Dating, Draft, Field, Origin};
use crate::record::heading::{Heading, heading};
use crate::record::listing::{self, ListState};
use crate::record::merge::{Settled, Settling};
use crate::record::narrative::Narrator;
use crate::record::{bracket, counted, county_city, field, rows, tabular};
use crate::resolve::cast::{Cast, Surroundings};
use crate::resolve::place::Atlas;
use crate::resolve::{listed, subjects};
use crate::script::{Unified, unify};
use crate::structure::Layout;
use crate::structure::line::{Line, Number, is_longer, is_prose};
use crate::structure::spaced::close_figures;
use crate::structure::table::{Column, tables};
use crate::structure::verse::join_broken_lines;

/// Reads articles. Built once (it compiles its matcher), then shared between threads.
pub struct Tagger {
    tables: Cow<'static, Tables>,
    matcher: Matcher,
}

impl Tagger {
    /// A tagger with the embedded gazetteers.
    ///
    /// # Errors
    /// Where the embedded names make no matcher, which no build that passes its tests does.
    pub fn new() -> Result<Self, Error> {
        let tables = Tables::embedded();
        Ok(Tagger { matcher: Matcher::new(tables)?, tables: Cow::Borrowed(tables) })
    }

    /// A tagger whose gazetteers a folder extends: files named as the embedded ones, each added to its namesake, or put in its
    /// place where the first line is `# replace`.
    ///
    /// # Errors
    /// Where the folder or a file cannot be read, a line is not of its file's form, or the names make no matcher.
    pub fn with_gazetteers(folder: &Path) -> Result<Self, Error> {
        let tables = folder::load(folder)?;
        Ok(Tagger { matcher: Matcher::new(&tables)?, tables: Cow::Owned(tables) })
    }

    /// What an article says.
    #[must_use]
    pub fn tag(&self, source: &Source<'_>) -> Tags {
        let title = close_figures(unify(source.title));
        let joined = join_broken_lines(source.text);
        let text = close_figures(unify(&joined));
        let noise = unify(source.noise);
        let site = source.site.map(unify);
        let origin = source.source.map(unify);
        let body = self.read(text.text());
        let headline = headline(text.text(), title.text());
        let title_reading =
            (headline.is_none() && !title.text().trim().is_empty()).then(|| self.read(title.text()));
        let noise_reading = self.frame(noise.text());
        let site_reading = site.as_ref().map(|site| self.frame(site.text()));
        let source_reading = origin.as_ref().map(|origin| self.frame(origin.text()));
        let mut atlas = Atlas::default();
        atlas.count(&body.scan, &self.tables, 3);
        atlas.count(&noise_reading.scan, &self.tables, 1);
        if let Some(title) = &title_reading {
            atlas.count(&title.scan, &self.tables, 3);
        }
        let deck = deck(&body, headline);
        let around = Surroundings {
            title: title_reading.as_ref(),
            headline,
            deck,
            noise: &noise_reading,
            site: site_reading.as_ref(),
            source: source_reading.as_ref(),
        };
        let cast = Cast::new(&body, &around, &atlas);
        let year =
            subjects::year(source.published, source.published_year, &body, headline, title_reading.as_ref());
        let layout = Layout::of(&body);
        let mut fields = field::meant(&body);
        fields.retain(|mention| mention.span.start < layout.related);
        let fields = Placed::of(fields);
        let title_award = headline_award(&body, headline, title_reading.as_ref());
        let news = reviewed(&body, headline, year)
            .or_else(|| greeted(&body, title.text(), source.published))
            .or(year);
        let month = source.published.map(|(_, month, _)| month);
        let (drafts, put_forward) =
            drafts(&body, &layout, &cast, &fields, (news, year, month), (headline, deck), title_award);
        let records = Settling {
            tables: &self.tables,
            cast: &cast,
            year: news,
            county_city: county_city::giving(&body),
            headline: title_award,
        }
        .settle(drafts);
        self.compose(source, (&text, &body, headline), &layout, &cast, &fields, year, records, &put_forward)
    }

    fn frame<'t>(&'t self, text: &'t str) -> Reading<'t> {
        Reading::frame(text, &self.matcher, &self.tables)
    }

    fn read<'t>(&'t self, text: &'t str) -> Reading<'t> {
        Reading::new(text, &self.matcher, &self.tables)
    }

    #[allow(clippy::too_many_arguments, reason = "the last step gathers every earlier one")]
    fn compose(
        &self,
        source: &Source<'_>,
        (text, body, headline): (&Unified<'_>, &Reading<'_>, Option<Span>),
        layout: &Layout,
        cast: &Cast,
        fields: &Placed<SpecialtyMention>,
        year: Option<i32>,
        records: Vec<Settled>,
        put_forward: &[usize],
    ) -> Tags {
        let mut subjects = subjects::subjects(&self.tables, cast, &records, year, put_forward);
        if records.is_empty() && put_forward.is_empty() {
            let listed = listed::hospitals(body, cast, &layout.lines, headline);
            if cast.home.is_none_or(|home| listed.contains(&home)) {
                let known: BTreeSet<usize> = subjects.iter().copied().collect();
                subjects.extend(listed.into_iter().filter(|member| !known.contains(member)));
            }
        }
        let path = |row: u32| self.tables.region(row).map(|region| region.path.to_owned());
        let mut tags = Tags {
            year,
            subjects: subjects
                .iter()
                .filter_map(|&at| cast.members.get(at))
                .map(|member| member.name.clone())
                .collect(),
            regions: subjects::regions(body, cast, &subjects, !records.is_empty())
                .into_iter()
                .filter_map(path)
                .collect(),
            specialties: Vec::new(),
            designations: Vec::new(),
        };
        let mut rows = BTreeSet::new();
        let named = fields.iter().filter(|mention| !mention.printed && rows.insert(mention.row));
        tags.specialties.extend(named.map(|mention| Field::Row(mention.row).name(&self.tables)));
        for record in records {
            let Some(holder) = cast.members.get(record.draft.holder) else { continue };
            let name = record.draft.field.name(&self.tables);
            if matches!(record.draft.field, Field::Row(_)) && !tags.specialties.contains(&name) {
                tags.specialties.push(name.clone());
            }
            let range = text.original(record.draft.evidence.range());
            let Some(piece) = source.text.get(range.clone()) else { continue };
            tags.designations.push(Designation {
                institution: holder.name.clone(),
                specialty: name,
                programme: record.draft.award.programme,
                level: record.level,
                tier: record.draft.award.tier,
                status: record.draft.award.status,
                year: record.year,
                region: holder
                    .region
                    .or(cast.place.filter(|_| Some(record.draft.holder) == cast.home))
                    .and_then(path),
                evidence: Evidence { text: piece.to_owned(), start: range.start, end: range.end },
            });
        }
        tags
    }
}

/// Every draft of a text: tables, lists under headings, sentences; and who is only put forward.
fn drafts(
    body: &Reading<'_>,
    layout: &Layout,
    cast: &Cast,
    fields: &Placed<SpecialtyMention>,
    (news, written, month): (Option<i32>, Option<i32>, Option<u8>),
    (headline, deck): (Option<Span>, Option<Span>),
    title_award: Option<Award>,
) -> (Vec<Draft>, Vec<usize>) {
    if body.titles.is_empty() && title_award.is_none() {
        return (Vec::new(), Vec::new());
    }
    let lines = &layout.lines;
    let tables = tables(body.text(), lines);
    let mut narrator = Narrator::new(body, cast, fields, news, written);
    narrator.month = month;
    let new_year = narrator.is_new_year();
    narrator.reviews_year = headline.is_some_and(|headline| {
        subjects::is_review(headline.of(body.text())) && !body.years_in(headline).is_empty()
    });
    narrator.announce(title_award);
    let notice = title_award.filter(|_| is_notice(body, headline));
    narrator.decides = cast.home.is_none() && notice.is_some();
    let mut found: Vec<Draft> = Vec::new();
    let mut put_forward: Vec<usize> = Vec::new();
    // A notice's own headline is the heading of the list that follows it.
    let mut current: Option<Heading> = None;
    let mut state = ListState::default();
    // 近日,市卫生健康委…: where the text first speaks of news.
    let news = body.scan.words.iter().find(|word| word.kinds.has(NEWS.or(AUTHORITY)));
    let news = news.map_or(usize::MAX, |word| word.span.end);
    let by_province = cast.home.is_none()
        && (title_award.is_some_and(|award| award.level == Some(Level::Provincial))
            || narrator.announced_by(Level::Provincial));
    // Whether no news led up to a place of the text.
    let unannounced = |from: usize| {
        news > from && !headline.is_some_and(|headline| announces_list(headline.of(body.text())))
    };
    // A hospital's own list of what it holds announces nothing.
    let surveys = headline.is_some_and(|headline| is_survey(headline.of(body.text())));
    let standing =
        |from: usize| cast.home.is_some() && (title_award.is_none() || surveys) && unannounced(from);
    let hoped = title_award.is_none() && headline.is_some_and(|headline| is_hoped(body, headline));
    // 孝感市中心医院 / 骨科获批…。 / 孝感市第一人民医院 / 儿科获批…。: so many lines of names alone.
    let heads =
        lines.iter().filter_map(|line| narrator.heads_section(line, true)).collect::<BTreeSet<_>>().len();
    let mut next_table = tables.iter().peekable();
    let mut planned = false;
    let mut roster = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let text = line.body.of(body.text());
        roster = cast.home.is_some() && (rows::heads_roster(text) || roster && !body.is_prose(line.span));
        if let Some((range, table)) = next_table.peek().filter(|(range, _)| range.start == at) {
            let award = match &current {
                Some(Heading::Award(award)) => Some(*award),
                Some(Heading::Denied | Heading::Hoped) => None,
                Some(Heading::Other) | None => title_award,
            };
            if matches!(current, Some(Heading::Hoped)) {
                put_forward.extend(tabular::holders(body, cast, table));
            } else if !matches!(current, Some(Heading::Denied)) {
                if !matches!(current, Some(Heading::Award(_))) && hoped {
                    put_forward.extend(tabular::holders(body, cast, table));
                }
                // 县卫生健康局…评出一批县级特色专科: the county's own, whatever the province gave before.
                let own = at.checked_sub(1).and_then(|above| lines.get(above)).is_some_and(|above| {
                    let given_by = narrator.authority_before(above.span, above.span.end);
                    matches!(given_by, Some(Level::County | Level::Municipal))
                });
                let by_province = by_province && !own;
                let announced = award;
                let award = award.or_else(|| {
                    let leveled = table.columns.contains(&Column::Title);
                    at.checked_sub(1)
                        .and_then(|above| lines.get(above))
                        .filter(|_| leveled)
                        .and_then(|above| rows::told_above(body, above))
                });
                let leader = at.checked_sub(1).and_then(|above| lines.get(above));
                let leader = leader.and_then(|above| rows::spoken_of(body, cast, above));
                let heading = award.as_ref();
                let headed = tabular::Headed { reading: body, cast, table, heading, by_province, leader };
                let told = rows::are_told(body, fields, table);
                let mut drafts =
                    if told { Vec::new() } else { tabular::drafts(&headed, narrator.topic.as_ref()) };
                // A timetable of a hospital's clinics announces nothing.
                let survey = surveys && cast.home.is_some();
                if drafts.is_empty() {
                    rows::narrate(&mut narrator, body, fields, table);
                }
                undate(
                    &mut drafts,
                    roster || (announced.is_none() || survey) && unannounced(line.span.start),
                );
                narrator.learn_owners(&drafts);
                found.append(&mut drafts);
            }
            at = range.end;
            next_table.next();
            continue;
        }
        if line.span.start >= layout.related {
            break;
        }
        let is_headline = headline.is_some_and(|headline| headline.contains(line.span));
        if is_headline {
            narrator.topic = topic(fields, line);
            narrator.paragraph(line.span, Origin::Headline);
            at += 1;
            continue;
        }
        if deck == Some(line.span) {
            narrator.topic = topic(fields, line).or(narrator.topic.take());
            narrator.paragraph(line.span, Origin::Headline);
            at += 1;
            continue;
        }
        // 三、2024年工作计划: what its sentences tell is still to come.
        planned = opens_plans(body, line).unwrap_or(planned);
        if planned && body.is_prose(line.body) {
            at += 1;
            continue;
        }
        let known = match &current {
            Some(Heading::Award(award)) => Some(*award),
            _ => title_award,
        };
        // 📌更早, behind 📌2016
        if narrator.section.is_some() && is_earlier(line.body.of(body.text())) {
            narrator.section = None;
        }
        if let Some(year) = section_year(body, line).or_else(|| bare_year(body, lines, at, written)) {
            narrator.section = Some(year);
            narrator.section_reviews = false;
        } else if line.number == Number::Chinese && !body.is_prose(line.body) {
            let year = year_under_review(body, line, written, new_year);
            if year.is_some() || narrator.section_reviews {
                narrator.section = year;
            }
            narrator.section_reviews = year.is_some();
        }
        if let Some(mut drafts) = listing::in_one_line(body, cast, fields, line, by_province) {
            undate(&mut drafts, roster || standing(line.span.start));
            narrator.learn_owners(&drafts);
            found.append(&mut drafts);
            at += 1;
            continue;
        }
        let several = heads >= 2
            && lines
                .get(at + 1)
                .is_some_and(|next| body.is_prose(next.body) || rows::lists_by_title(body, fields, next));
        if let Some(holder) = narrator.heads_section(line, several) {
            narrator.section_holder = Some(holder);
        } else if line.number == Number::Chinese {
            narrator.section_holder = None;
        }
        let listed = |line: &&Line| listing::is_pair(body, cast, fields, line);
        if current.is_none() && narrator.is_section_step(line) && lines.get(at + 1).filter(listed).is_none() {
            narrator.stepping = true;
            let start = body.titles_in(line.body).first().map_or(line.body.start, |title| title.span.start);
            narrator.paragraph(Span::new(start, line.body.end), Origin::Body);
            narrator.stepping = false;
            at += 1;
            continue;
        }
        let announced = body.titles_in(line.span).last().is_some_and(|title| {
            narrator.authority_before(line.span, title.span.start) == Some(Level::Provincial)
        });
        let next = heading(body, fields, line, known.as_ref(), by_province || announced);
        if let (Some(Heading::Other), Some(Heading::Award(award))) = (&next, &current) {
            // (六)老年护理(2个) looks like any heading, but hospitals stand under it.
            let drafts = listing::item(body, cast, fields, line, lines.get(at + 1), award, &mut state);
            if drafts.is_some() && state.field.is_some() {
                at += 1;
                continue;
            }
        }
        if let Some(mut next) = next {
            // 9个优势专科,分布如下: of the level that was announced.
            if let (Heading::Award(award), Some(known)) = (&mut next, narrator.announced())
                && award.level.is_none()
                && award.programme == known.programme
            {
                let status = if award.status_said { award.status } else { known.status };
                *award = Award { status, ..known };
            }
            current = Some(next);
            narrator.list_year = narrator.announcement(line.body).or(narrator.list_year);
            state = ListState::default();
            at += 1;
            continue;
        }
        // …获评省级临床重点专科。 A医院:甲科 / B医院:乙科: a list under its news alone.
        let pairs = current.is_none() && narrator.announced().is_some() && {
            let pair = |line: &Line| listing::is_pair(body, cast, fields, line);
            // 【九江】, a label between them
            let label = |line: &Line| {
                let text = line.span.of(body.text());
                !is_prose(text)
                    && !is_longer(text, 12)
                    && body.institutions_in(line.span).is_empty()
                    && field::mentions_in(fields, line.span).is_empty()
            };
            let near = |one: Option<usize>, next: Option<usize>| {
                let line = |at: Option<usize>| lines.get(at?);
                line(one).and_then(|beside| if label(beside) { line(next) } else { Some(beside) })
            };
            let beside = [near(at.checked_sub(1), at.checked_sub(2)), near(Some(at + 1), Some(at + 2))];
            pair(line) && beside.into_iter().flatten().any(pair)
        };
        let told = narrator.announced().filter(|_| pairs);
        let inherited = told.or(notice).map(Heading::Award);
        let listed = match current.as_ref().or(inherited.as_ref()) {
            _ if narrator.introduces(line) => {
                narrator.topic = topic(fields, line).or(narrator.topic.take());
                None
            }
            Some(Heading::Award(award)) if bracket::are_only_bracketed(body, line.span) => {
                listing::item(body, cast, fields, line, lines.get(at + 1), award, &mut state)
            }
            Some(Heading::Denied) if !body.is_prose(line.body) => Some(Vec::new()),
            Some(Heading::Hoped) if !body.is_prose(line.body) => {
                let named = body.institutions_in(line.body).iter();
                put_forward.extend(named.filter_map(|mention| cast.member_at(body, mention.span.start)));
                Some(Vec::new())
            }
            _ => None,
        };
        match listed {
            Some(mut drafts) => {
                undate(&mut drafts, roster || standing(line.span.start));
                // Under the headline alone a line that names no holder is as likely a salutation or a note.
                if current.is_none() && drafts.is_empty() && state.holders.is_empty() && state.field.is_none()
                {
                    narrator.paragraph(line.span, Origin::Body);
                }
                narrator.learn_owners(&drafts);
                found.extend(drafts);
            }
            None => {
                current = rows::opens_list(body, line, &narrator);
                state = ListState::default();
                let dated =
                    body.years_in(line.body).first().is_some_and(|year| year.span.start == line.body.start);
                // (同批申报的眼科惜败): told in passing.
                let aside = line.body.of(body.text()).starts_with(['(', '（']);
                let short =
                    !dated && !aside && !body.is_prose(line.span) && body.titles_in(line.span).is_empty();
                let named = if short { topic(fields, line) } else { None };
                let heads = named.is_some() && line.body.of(body.text()).chars().nth(16).is_none();
                narrator.topic = named.or(narrator.topic.take());
                narrator.paragraph(line.span, Origin::Body);
                if let Some((said, end)) = narrator.status_of_above(line.body) {
                    let drafts = found.iter_mut().chain(&mut narrator.drafts);
                    drafts
                        .filter(|draft| draft.evidence.end <= end)
                        .for_each(|draft| draft.take_status(&said));
                }
                narrator.headed = heads;
                narrator.topic = narrator.topic.take().or_else(|| narrator.main_field());
            }
        }
        at += 1;
    }
    narrator.without_ceremonies();
    narrator.with_statuses_below();
    if let Some(award) = narrator.announced() {
        let told = |draft: &Draft| draft.dating == Dating::News && draft.award.programme == award.programme;
        if !found.iter().chain(&narrator.drafts).any(told) {
            found.extend(counted::sections(body, cast, lines, fields, award));
        }
    }
    if let Some(year) = narrator.list_year.filter(|year| new_year && Some(year + 1) == written) {
        let listed = |draft: &&mut Draft| draft.origin == Origin::List && draft.dating == Dating::News;
        found.iter_mut().filter(listed).for_each(|draft| draft.dating = Dating::Printed(year));
    }
    found.append(&mut narrator.drafts);
    let level = if cast.home.is_none() { narrator.level_of_page(headline) } else { None };
    for draft in found.iter_mut().filter(|draft| draft.award.level.is_none()) {
        draft.award.level = level;
    }
    (found, put_forward)
}

/// Takes the news' date from what only stands.
fn undate(drafts: &mut [Draft], standing: bool) {
    for draft in drafts.iter_mut().filter(|draft| standing && draft.dating == Dating::News) {
        draft.dating = Dating::Undated;
    }
}

/// The one specialty of a headline or a section's heading.
fn topic(fields: &Placed<SpecialtyMention>, line: &Line) -> Option<Field> {
    let named = field::mentions_in(fields, line.span);
    // One sign between them, and the line ends behind the second one's.
    let in_bracket = matches!(named, [first, second]
        if first.span.start == line.body.start
            && matches!(second.span.start - first.span.end, 1 | 3)
            && (1..=3).contains(&line.body.end.saturating_sub(second.span.end)));
    let mut rows: Vec<u32> =
        named.iter().filter(|mention| !mention.printed).map(|mention| mention.row).collect();
    rows.dedup();
    match rows[..] {
        [only] => Some(Field::Row(only)),
        // 神经内科(脑病科): by its other name.
        [first, _] if in_bracket => Some(Field::Row(first)),
        _ => None,
    }
}
