//! Names as people write them, resolved with the gazetteers that read the articles.

use xinglin_entity::{Gazetteer, Level, Programme, Status, Tier};
use xinglin_query::{FacetField, Interpretation, Interpreter, Understood};

use crate::error::Error;
use crate::request::Filters;

/// Reads queries with a gazetteer.
pub(crate) struct Names {
    gazetteer: Gazetteer,
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
    pub(crate) fn resolve_node(&self, name: Option<&str>, by: &[FacetField]) -> Result<Option<String>, Error> {
        let Some(name) = name else { return Ok(None) };
        if by.contains(&FacetField::Specialty) && !by.contains(&FacetField::Region) {
            return self.specialty(name).map(Some);
        }
        Ok(self.regions(name)?.into_iter().next())
    }

    fn regions(&self, name: &str) -> Result<Vec<String>, Error> {
        match self.gazetteer.resolve_region(name) {
            Ok(paths) => Ok(paths.into_iter().map(str::to_owned).collect()),
            Err(unknown) => Err(Error::unknown("region", name, unknown.nearest)),
        }
    }

    fn specialty(&self, name: &str) -> Result<String, Error> {
        let last = name.rsplit('/').next().unwrap_or(name);
        match self.gazetteer.resolve_specialty(last) {
            Ok(canonical) => Ok(self.gazetteer.specialty_path(canonical)),
            Err(unknown) => Err(Error::unknown("specialty", name, unknown.nearest)),
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
        Err(_) => Err(Error::unknown(field, name, all.iter().map(|value| as_str(*value).to_owned()).collect())),
    }
}

impl Interpreter for Names {
    fn interpret(&self, piece: &str) -> Interpretation {
        let mut meaning = Interpretation::default();
        let facts = &mut meaning.facts;
        if let Ok(level) = piece.parse::<Level>() {
            facts.level.push(level.as_str().to_owned());
        } else if let Ok(status) = piece.parse::<Status>() {
            facts.status.push(status.as_str().to_owned());
        } else if let Ok(year) = piece.parse::<xinglin_query::YearRange>() {
            facts.year.extend(year.first.filter(|_| year.first == year.last));
        } else if let Ok(paths) = self.gazetteer.resolve_region(piece) {
            facts.region = paths.into_iter().map(str::to_owned).collect();
        } else if let Ok(canonical) = self.gazetteer.resolve_specialty(piece) {
            facts.specialty.push(canonical.to_owned());
            meaning.alternatives = self.gazetteer.specialty_names(canonical).map(str::to_owned).collect();
        } else if let Some((full, _)) = self.gazetteer.resolve_institution(piece) {
            facts.institution.push(full.to_owned());
            meaning.alternatives.push(full.to_owned());
        }
        meaning.complete = meaning.facts != Understood::default();
        meaning
    }

    fn resolve(&self, field: &str, value: &str) -> Option<Vec<String>> {
        match field {
            "region" => self.regions(value).ok(),
            "specialty" => self.gazetteer.resolve_specialty(value).ok().map(|name| vec![name.to_owned()]),
            "institution" => {
                self.gazetteer.resolve_institution(value).map(|(full, _)| vec![full.to_owned()])
            }
            "level" => value.parse::<Level>().ok().map(|level| vec![level.as_str().to_owned()]),
            "status" => value.parse::<Status>().ok().map(|status| vec![status.as_str().to_owned()]),
            _ => None,
        }
    }

    fn specialty_path(&self, canonical: &str) -> String {
        self.gazetteer.specialty_path(canonical)
    }
}
