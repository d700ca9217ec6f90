//! A record in the making.

use crate::gazetteer::tables::Tables;
use crate::kinds::{Level, Programme, Status, Tier};
use crate::mention::Span;
use crate::mention::title::Title;

/// A specialty: a row of the table, or one that is not there, as printed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Field {
    Row(u32),
    Printed(String),
}

impl Field {
    pub(crate) fn name(&self, tables: &Tables) -> String {
        match self {
            Field::Row(row) => tables
                .specialties
                .get(*row as usize)
                .map_or_else(String::new, |row| row.canonical.clone().into_owned()),
            Field::Printed(name) => name.clone(),
        }
    }
}

/// When a title was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dating {
    /// The year is printed with it.
    Printed(i32),
    /// The article reports its news.
    News,
    /// A past title without a date.
    Undated,
}

/// Where a draft was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// A list or a table.
    List,
    /// A sentence of the body.
    Body,
    /// The headline.
    Headline,
}

/// A record in the making: what is said of a holder and a specialty.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// The member of the cast that holds it.
    pub(crate) holder: usize,
    pub(crate) field: Field,
    pub(crate) award: Award,
    pub(crate) dating: Dating,
    pub(crate) origin: Origin,
    /// What says it, in the unified text.
    pub(crate) evidence: Span,
}

impl Draft {
    /// Takes the status that is said of all that the news gives, where none was said of this one.
    pub(crate) fn take_status(&mut self, said: &Award) {
        let same = self.award.programme == said.programme
            && self.award.level.is_none_or(|level| said.level.is_none_or(|said| said == level));
        if same && self.dating == Dating::News && !self.award.status_said {
            self.award.status = said.status;
            self.award.status_said = true;
        }
    }
}

/// A title as it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Award {
    pub(crate) programme: Programme,
    /// `None` until the surroundings say it.
    pub(crate) level: Option<Level>,
    pub(crate) tier: Option<Tier>,
    pub(crate) status: Status,
    pub(crate) status_said: bool,
    /// The division whose level it is.
    pub(crate) region: Option<u32>,
    /// 2020年度 within the title.
    pub(crate) year: Option<i32>,
}

impl Award {
    /// The same, its building done: 通过验收.
    pub(crate) fn done(self) -> Award {
        Award { status: Status::Designated, status_said: true, ..self }
    }
}

/// What a title gives, one for each level it names.
pub(crate) fn awards(title: &Title) -> Vec<Award> {
    let award = |level| Award {
        programme: title.programme,
        level,
        tier: title.tier,
        status: title.status,
        status_said: title.status_said,
        region: title.region,
        year: title.year,
    };
    if title.levels.is_empty() {
        vec![award(None)]
    } else {
        title.levels.iter().map(|level| award(Some(*level))).collect()
    }
}
