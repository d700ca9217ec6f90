//! Names as people write them, resolved with the gazetteers that read the articles.

use std::ops::Range;

use xinglin_entity::{Gazetteer, Level, Programme, QueryFacts, Status, Tier};
use xinglin_query::{FacetField, Interpretation, Interpreter, Understood};

use crate::error::Error;
use crate::request::Filters;

/// Reads queries with a gazetteer.
pub(crate) struct Names {
    pub(crate) gazetteer: Gazetteer,
}

impl Names {
    /// The built-in gazetteer; costs nothing to open.
    pub(crate) fn embedded() -> Names {
        Names { gazetteer: Gazetteer::embedded() }
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

    /// Other names of a piece that is one name and nothing else.
    fn alternatives(&self, piece: &str, found: &QueryFacts) -> Vec<String> {
        let folded = xinglin_text::fold_str(piece);
        let is_other = |name: &str| xinglin_text::fold_str(name) != folded;
        let whole = |span: &Range<usize>| span.start == 0 && span.end == piece.len();
        if let Some(specialty) = found.specialties.iter().find(|found| whole(&found.span)) {
            let names = self.gazetteer.specialty_names(&specialty.value);
            return names.filter(|name| is_other(name)).map(str::to_owned).collect();
        }
        let institution = found.institutions.iter().find(|found| whole(&found.span));
        institution.map(|found| found.value.clone()).filter(|name| is_other(name)).into_iter().collect()
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
        let complete = !facts.is_empty() && says_no_more(piece, &covered);
        Interpretation { alternatives: self.alternatives(piece, &found), facts, complete }
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

/// Words that say nothing beside the facts around them: 国家*临床*重点专科.
const FILLERS: [&str; 4] = ["临床", "臨床", "医学", "醫學"];

/// Whether what the facts leave uncovered of a piece says nothing of its own.
fn says_no_more(piece: &str, covered: &[bool]) -> bool {
    let mut rest = String::new();
    for (at, c) in piece.char_indices() {
        let is_said = covered.get(at).copied().unwrap_or(false) || !c.is_alphanumeric();
        rest.push(if is_said { ' ' } else { c });
    }
    rest.split_whitespace().all(|word| FILLERS.contains(&word))
}
