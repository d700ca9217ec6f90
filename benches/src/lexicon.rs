//! The lists the generator draws from: plain files under `data/`, embedded.

use anyhow::{Context, Result, bail};

/// One specialty and what its news talks about.
#[derive(Clone, Debug)]
pub struct Specialty {
    /// The name it goes by, `骨科`.
    pub name: &'static str,
    /// Other names; the name itself where it has none.
    pub aliases: Vec<&'static str>,
    /// Illnesses it treats.
    pub illnesses: Vec<&'static str>,
    /// Techniques it uses.
    pub techniques: Vec<&'static str>,
}

/// One county, or a district of a municipality, with what stands above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// `陕西省`.
    pub province: &'static str,
    /// `汉中市`; the province itself in a municipality.
    pub city: &'static str,
    /// `城固县`.
    pub county: &'static str,
}

/// A file of `[section]` headings, each with its lines or words.
#[derive(Clone, Debug)]
pub struct Sections {
    name: &'static str,
    sections: Vec<(&'static str, Vec<&'static str>)>,
}

impl Sections {
    fn parse(name: &'static str, text: &'static str) -> Result<Sections> {
        let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
        for line in lines(text) {
            if let Some(heading) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                sections.push((heading, Vec::new()));
            } else if let Some((_, entries)) = sections.last_mut() {
                entries.push(line);
            } else {
                bail!("data/{name}: `{line}` stands before the first [section]");
            }
        }
        Ok(Sections { name, sections })
    }

    /// The lines of one section.
    pub fn lines(&self, section: &str) -> Result<&[&'static str]> {
        let found = self.sections.iter().find(|(heading, lines)| *heading == section && !lines.is_empty());
        let (_, lines) = found.with_context(|| format!("data/{} has no section [{section}]", self.name))?;
        Ok(lines)
    }

    /// The words of one section.
    pub fn words(&self, section: &str) -> Result<Vec<&'static str>> {
        Ok(self.lines(section)?.iter().flat_map(|line| line.split_whitespace()).collect())
    }
}

/// Every list the generator draws from.
#[derive(Clone, Debug)]
pub struct Lexicon {
    /// Vocabulary by part of speech.
    pub words: Sections,
    /// Names and posts.
    pub people: Sections,
    /// Sentence patterns.
    pub sentences: Sections,
    /// Specialties, most frequent first.
    pub specialties: Vec<Specialty>,
    /// Every county and district.
    pub places: Vec<Place>,
}

impl Lexicon {
    /// The embedded lists.
    ///
    /// # Errors
    ///
    /// Where a list is malformed; the message names the file and the line.
    pub fn embedded() -> Result<Lexicon> {
        Ok(Lexicon {
            words: Sections::parse("words.txt", include_str!("../data/words.txt"))?,
            people: Sections::parse("people.txt", include_str!("../data/people.txt"))?,
            sentences: Sections::parse("sentences.txt", include_str!("../data/sentences.txt"))?,
            specialties: specialties(include_str!("../data/specialties.txt"))?,
            places: places(include_str!("../data/places.txt"))?,
        })
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn specialties(text: &'static str) -> Result<Vec<Specialty>> {
    lines(text)
        .map(|line| {
            let columns: Vec<&str> = line.split('|').collect();
            let [name, aliases, illnesses, techniques] = columns[..] else {
                bail!("data/specialties.txt: `{line}` has {} columns, not 4", columns.len());
            };
            let words = |column: &'static str| column.split_whitespace().collect::<Vec<_>>();
            let mut aliases = words(aliases);
            aliases.push(name);
            Ok(Specialty { name, aliases, illnesses: words(illnesses), techniques: words(techniques) })
        })
        .collect()
}

fn places(text: &'static str) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    for line in lines(text) {
        let (province, cities) =
            line.split_once('|').with_context(|| format!("data/places.txt: `{line}` has no |"))?;
        for city in cities.split_whitespace() {
            match city.split_once(':') {
                Some((city, counties)) => {
                    places.extend(counties.split(',').map(|county| Place { province, city, county }));
                }
                None => places.push(Place { province, city: province, county: city }),
            }
        }
    }
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lists_are_well_formed() -> Result<()> {
        let lexicon = Lexicon::embedded()?;
        assert!(lexicon.places.len() > 400 && lexicon.specialties.len() > 40);
        assert!(lexicon.specialties.iter().all(|s| !s.illnesses.is_empty() && !s.techniques.is_empty()));
        assert!(lexicon.words.words("noun")?.len() > 300);
        assert!(lexicon.words.words("no such section").is_err());
        let hanzhong = Place { province: "陕西省", city: "汉中市", county: "城固县" };
        assert!(lexicon.places.contains(&hanzhong));
        Ok(())
    }

    #[test]
    fn a_malformed_list_names_its_line() {
        let message = |result: Result<Vec<Place>>| result.unwrap_err().to_string();
        assert_eq!(message(places("# note\n陕西省 汉中市")), "data/places.txt: `陕西省 汉中市` has no |");
        assert!(specialties("骨科|骨外科").unwrap_err().to_string().contains("2 columns, not 4"));
        assert!(Sections::parse("x", "词\n[noun]").is_err());
    }
}
