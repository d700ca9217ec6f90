//! Names as people write them, resolved with the gazetteers that read the articles.

use std::ops::Range;
use std::path::Path;

use xinglin_entity::{Gazetteer, Level, Programme, QueryFacts, Saying, Status, Tier};
use xinglin_query::{FacetField, Interpretation, Interpreter, Understood};

use crate::error::Error;
use crate::request::Filters;

/// Most other ways of writing one piece of a query, and of one name inside it.
const MOST_ALTERNATIVES: usize = 16;
const MOST_OF_ONE: usize = 6;
/// Longest piece, in characters, whose names are looked for by what else they are called: longer ones are pasted text.
const LONGEST_NAMED: usize = 80;

/// Reads queries with a gazetteer.
pub(crate) struct Names {
    pub(crate) gazetteer: Gazetteer,
}

impl Names {
    /// The built-in gazetteer; costs nothing to open.
    pub(crate) fn embedded() -> Names {
        Names { gazetteer: Gazetteer::embedded() }
    }

    /// The built-in gazetteer with a user's folder.
    pub(crate) fn load(folder: &Path) -> Result<Names, Error> {
        Ok(Names { gazetteer: crate::tag::open_gazetteer(Some(folder))? })
    }

    /// The canonical form of a request's conditions.
    pub(crate) fn resolve_filters(&self, filters: &Filters) -> Result<xinglin_query::Filters, Error> {
        let mut resolved = xinglin_query::Filters {
            institutions: filters.institutions.clone(),
            years: filters.years.clone(),
            ..xinglin_query::Filters::default()
        };
        for name in &filters.regions {
            resolved.regions.extend(self.regions(name)?);
        }
        for name in &filters.specialties {
            resolved.specialties.push(self.specialty(name)?);
        }
        for name in &filters.levels {
            resolved.levels.push(word::<Level>("level", name, Level::ALL, Level::as_str)?.to_owned());
        }
        for name in &filters.statuses {
            resolved.statuses.push(word::<Status>("status", name, Status::ALL, Status::as_str)?.to_owned());
        }
        for name in &filters.programmes {
            let known = word::<Programme>("programme", name, Programme::ALL, Programme::as_str)?;
            resolved.programmes.push(known.to_owned());
        }
        for name in &filters.tiers {
            resolved.tiers.push(word::<Tier>("tier", name, Tier::ALL, Tier::as_str)?.to_owned());
        }
        Ok(resolved)
    }

    /// The path of the node under which a hierarchical facet is counted.
    pub(crate) fn resolve_node(
        &self,
        name: Option<&str>,
        by: &[FacetField],
    ) -> Result<Option<String>, Error> {
        let Some(name) = name else { return Ok(None) };
        if by.contains(&FacetField::Specialty) && !by.contains(&FacetField::Region) {
            return self.specialty(name).map(Some);
        }
        Ok(self.regions(name)?.into_iter().next())
    }

    fn regions(&self, name: &str) -> Result<Vec<String>, Error> {
        match self.gazetteer.resolve_region(name) {
            Ok(paths) => Ok(paths.into_iter().map(str::to_owned).collect()),
            Err(unknown) => {
                let mut nearest = unknown.nearest;
                if let (true, Some((_, last))) = (nearest.is_empty(), name.rsplit_once('/')) {
                    // The place may lie elsewhere than the path says, or only its last part be mistyped.
                    match self.gazetteer.resolve_region(last) {
                        Ok(known) => nearest.extend(known.into_iter().map(str::to_owned)),
                        Err(unknown) => nearest = unknown.nearest,
                    }
                }
                Err(Error::unknown("region", name, nearest))
            }
        }
    }

    /// The names in a piece that may be written otherwise, with their places: as they are said, and specialties by their
    /// aliases.
    fn other_names(&self, piece: &str, found: &QueryFacts) -> Vec<Saying> {
        let mut all = self.gazetteer.sayings(piece);
        for specialty in &found.specialties {
            let free = |span: &Range<usize>| {
                all.iter().all(|known| known.span.end <= span.start || span.end <= known.span.start)
            };
            if free(&specialty.span) {
                let span = specialty.span.clone();
                let names = self.gazetteer.specialty_names(&specialty.value).map(str::to_owned);
                // The canonical name first: where one has to do, it is the likeliest.
                let names = std::iter::once(specialty.value.clone()).chain(names).collect();
                all.push(Saying { span, names, institutions: Vec::new() });
            }
        }
        all.sort_by_key(|saying| saying.span.start);
        all
    }

    /// Other ways of writing the whole piece, and of the names inside it.
    fn alternatives(piece: &str, others: &[Saying], wording: Option<&str>) -> (Vec<String>, Vec<String>) {
        let folded = xinglin_text::fold_str(piece);
        let (mut whole, mut parts): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let add = |into: &mut Vec<String>, name: String| {
            if into.len() < MOST_ALTERNATIVES
                && xinglin_text::fold_str(&name) != folded
                && !into.contains(&name)
            {
                into.push(name);
            }
        };
        wording.into_iter().for_each(|wording| add(&mut whole, wording.to_owned()));
        if others.len() > 1 {
            add(&mut whole, replaced(piece, others, |saying| saying.names.first()));
        }
        for saying in others {
            let alone = saying.span.start == 0 && saying.span.end == piece.len();
            let share = if alone { MOST_ALTERNATIVES } else { MOST_OF_ONE };
            for name in saying.names.iter().take(share) {
                let here = |other: &Saying| (other.span == saying.span).then_some(name);
                add(&mut whole, replaced(piece, others, here));
                if !alone {
                    add(&mut parts, name.clone());
                }
            }
        }
        (whole, parts)
    }

    fn specialty(&self, name: &str) -> Result<String, Error> {
        let last = name.rsplit('/').next().unwrap_or(name);
        match self.gazetteer.resolve_specialty(last) {
            Ok(canonical) => Ok(self.gazetteer.specialty_path(canonical)),
            Err(unknown) => {
                // Aliases of one specialty are one offer: its canonical name.
                let mut nearest: Vec<String> = Vec::new();
                for alias in &unknown.nearest {
                    let canonical = self.gazetteer.resolve_specialty(alias).unwrap_or(alias);
                    if nearest.iter().all(|known| known != canonical) {
                        nearest.push(canonical.to_owned());
                    }
                }
                Err(Error::unknown("specialty", name, nearest))
            }
        }
    }
}

fn word<T>(
    field: &'static str,
    name: &str,
    all: &[T],
    as_str: fn(T) -> &'static str,
) -> Result<&'static str, Error>
where
    T: std::str::FromStr + Copy,
{
    match name.parse::<T>() {
        Ok(value) => Ok(as_str(value)),
        Err(_) => {
            Err(Error::unknown(field, name, all.iter().map(|value| as_str(*value).to_owned()).collect()))
        }
    }
}

impl Interpreter for Names {
    fn interpret(&self, piece: &str) -> Interpretation {
        let found = self.gazetteer.understand(piece);
        let short = piece.chars().nth(LONGEST_NAMED).is_none();
        let others = if short { self.other_names(piece, &found) } else { Vec::new() };
        let unified = xinglin_text::unify(piece);
        let rewritten = xinglin_text::fold_str(unified.text()) != xinglin_text::fold_str(piece);
        let wording = rewritten.then(|| unified.text().to_owned());
        let (alternatives, parts) = Names::alternatives(piece, &others, wording.as_deref());
        let whole = others.iter().find(|saying| saying.span.start == 0 && saying.span.end == piece.len());
        let readings = whole.map(|saying| saying.institutions.clone()).unwrap_or_default();
        let mut covered = vec![false; piece.len()];
        let mut cover = |span: &Range<usize>| {
            for byte in covered.get_mut(span.clone()).into_iter().flatten() {
                *byte = true;
            }
        };
        let mut facts = Understood::default();
        for region in &found.regions {
            cover(&region.span);
            facts.region.extend(region.value.iter().cloned());
        }
        for specialty in &found.specialties {
            cover(&specialty.span);
            facts.specialty.push(specialty.value.clone());
        }
        for institution in &found.institutions {
            cover(&institution.span);
            facts.institution.push(institution.value.clone());
        }
        for level in &found.levels {
            cover(&level.span);
            facts.level.push(level.value.as_str().to_owned());
        }
        for status in &found.statuses {
            cover(&status.span);
            facts.status.push(status.value.as_str().to_owned());
        }
        for programme in &found.programmes {
            cover(&programme.span);
            facts.programme.push(programme.value.as_str().to_owned());
        }
        for year in &found.years {
            cover(&year.span);
            facts.year.push(year.value);
        }
        let complete = !facts.is_empty() && says_no_more(piece, &covered, facts.kinds() > 1);
        Interpretation { facts, complete, alternatives, parts, wording, readings }
    }

    fn resolve(&self, field: &str, value: &str) -> Option<Vec<String>> {
        match field {
            "region" => self.regions(value).ok(),
            "specialty" => self.gazetteer.resolve_specialty(value).ok().map(|name| vec![name.to_owned()]),
            "institution" => self.gazetteer.resolve_institution(value).map(|(full, _)| vec![full.to_owned()]),
            "level" => value.parse::<Level>().ok().map(|level| vec![level.as_str().to_owned()]),
            "status" => value.parse::<Status>().ok().map(|status| vec![status.as_str().to_owned()]),
            _ => None,
        }
    }

    fn specialty_path(&self, canonical: &str) -> String {
        self.gazetteer.specialty_path(canonical)
    }

    fn specialty_names(&self, canonical: &str) -> Vec<String> {
        self.gazetteer.specialty_names(canonical).map(str::to_owned).collect()
    }
}

/// A piece with each name replaced for which there is another.
fn replaced<'a>(
    piece: &str,
    others: &'a [Saying],
    other: impl Fn(&'a Saying) -> Option<&'a String>,
) -> String {
    let mut text = String::with_capacity(piece.len());
    let mut at = 0;
    for saying in others {
        if let Some(name) = other(saying) {
            text.push_str(piece.get(at..saying.span.start).unwrap_or_default());
            text.push_str(name);
            at = saying.span.end;
        }
    }
    text.push_str(piece.get(at..).unwrap_or_default());
    text
}

/// Words that say nothing beside the facts around them: 国家*临床*重点专科.
const FILLERS: [&str; 2] = ["临床", "医学"];

/// Words that frame what several facts say together: 陕西骨科国家临床重点专科*名单*, *哪些医院*的骨科是….
const FRAMES: [&str; 24] = [
    "医疗机构",
    "医院",
    "科室",
    "专科",
    "单位",
    "名单",
    "获批",
    "获评",
    "入选",
    "评上",
    "被评为",
    "评为",
    "成为",
    "确定为",
    "被确定为",
    "获得",
    "拿到",
    "公布",
    "情况",
    "项目",
    "分别",
    "一共",
    "新增",
    "全国",
];

/// Whether what the facts leave uncovered of a piece says nothing of its own; beside `several` facts frames say nothing
/// either.
fn says_no_more(piece: &str, covered: &[bool], several: bool) -> bool {
    let mut rest = String::new();
    for (at, c) in piece.char_indices() {
        let is_said = covered.get(at).copied().unwrap_or(false) || !c.is_alphanumeric();
        rest.push(if is_said { ' ' } else { xinglin_text::fold(c) });
    }
    let left = |words: &[&str], text: &str| {
        let mut words = words.to_vec();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words.iter().fold(text.to_owned(), |text, word| text.replace(word, " "))
    };
    let mut rest = left(&FILLERS, &rest);
    if several {
        rest = left(&FRAMES, &rest);
    }
    if several { xinglin_query::says_nothing(&rest) } else { rest.trim().is_empty() }
}
