//! Data files to sorted tables. One text of this file serves the build script (which writes the embedded
//! tables) and the loader of a user's folder, so both read the same format by the same rules.

use std::collections::{BTreeMap, BTreeSet};

/// Regions as rows, and every name by which one of them may be called.
#[derive(Default)]
pub(crate) struct CompiledTables {
    /// path, rank (0 province, 1 city, 2 county), parent row
    pub(crate) regions: Vec<(String, u8, Option<u32>)>,
    /// name → (row, strength)
    pub(crate) region_names: BTreeMap<String, Vec<(u32, u8)>>,
    /// canonical, parent ("-" for none)
    pub(crate) specialties: Vec<(String, String)>,
    /// name → (row, strength)
    pub(crate) specialty_names: BTreeMap<String, Vec<(u32, u8)>>,
    /// full name, path of its place
    pub(crate) institutions: Vec<(String, String)>,
    /// name → (row, strength)
    pub(crate) institution_names: BTreeMap<String, Vec<(u32, u8)>>,
    /// name, path of its seat
    pub(crate) organisations: Vec<(String, String)>,
    /// name → (row, strength)
    pub(crate) organisation_names: BTreeMap<String, Vec<(u32, u8)>>,
    /// word → kinds, a bit each
    pub(crate) words: BTreeMap<String, u64>,
}

/// What provinces have instead of a parent's row.
pub(crate) const NO_PARENT: u32 = u32::MAX;

/// Texts one behind another, and where each ends.
pub(crate) fn run_together<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> (String, Vec<u32>) {
    let (mut all, mut ends) = (String::new(), Vec::new());
    for text in texts {
        all.push_str(text.as_ref());
        ends.push(all.len() as u32);
    }
    (all, ends)
}

/// The targets of all names one behind another, and where each name's end.
pub(crate) fn targets_together(names: &BTreeMap<String, Vec<(u32, u8)>>) -> (Vec<(u32, u8)>, Vec<u32>) {
    let (mut all, mut ends) = (Vec::new(), Vec::new());
    for targets in names.values() {
        all.extend_from_slice(targets);
        ends.push(all.len() as u32);
    }
    (all, ends)
}

/// A name as the row's own full name.
pub(crate) const FULL: u8 = 0;
/// A short name that is rarely anything else.
pub(crate) const SHORT: u8 = 1;
/// A short name that is a common word or shared by many: needs its context.
pub(crate) const WEAK: u8 = 2;

/// The kinds of words, in the order of their bits.
pub(crate) const WORD_KINDS: &[&str] = &[
    "institution-type",
    "institution-part",
    "institution-generic",
    "programme-specialty",
    "programme-specialty-construction",
    "programme-specialty-cultivation",
    "programme-discipline",
    "programme-discipline-construction",
    "programme-discipline-cultivation",
    "programme-featured",
    "programme-featured-construction",
    "programme-featured-cultivation",
    "title-modifier",
    "level-national",
    "level-provincial",
    "level-municipal",
    "level-county",
    "level-county-tier",
    "level-market",
    "level-void",
    "title-construction",
    "title-cultivation",
    "title-activity",
    "title-frame",
    "title-person",
    "award",
    "award-end",
    "passing",
    "bestow",
    "copula",
    "own",
    "distribute",
    "each",
    "negation",
    "hope",
    "relative",
    "definition",
    "background",
    "news",
    "authority",
    "boundary",
    "institution-owner",
    "pronoun",
    "therapy",
    "hope-wide",
    "plain",
];

/// The data files by name.
pub(crate) const FILES: &[&str] = &[
    "regions.tsv",
    "regions-aliases.tsv",
    "specialties.tsv",
    "specialties-aliases.tsv",
    "institutions.tsv",
    "organisations.tsv",
    "words.tsv",
];

/// The file of words that no hospital is called by.
pub(crate) const ORDINARY: &str = "ordinary.txt";

/// The words of that file, sorted; each has two characters.
pub(crate) fn ordinary(text: &str) -> Result<BTreeSet<String>, (usize, String)> {
    let mut words = BTreeSet::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        for word in line.split_whitespace() {
            if word.chars().count() != 2 {
                return Err((at + 1, format!("“{word}”: expected two characters")));
            }
            words.insert(word.to_owned());
        }
    }
    Ok(words)
}

const ETHNIC: &[&str] = &[
    "蒙古族",
    "蒙古",
    "藏族",
    "羌族",
    "彝族",
    "白族",
    "傣族",
    "景颇族",
    "哈尼族",
    "傈僳族",
    "壮族",
    "苗族",
    "侗族",
    "布依族",
    "土家族",
    "回族",
    "朝鲜族",
    "满族",
    "哈萨克族",
    "哈萨克",
    "柯尔克孜族",
    "柯尔克孜",
    "塔吉克",
    "锡伯",
    "畲族",
    "瑶族",
    "黎族",
    "水族",
    "仡佬族",
    "仫佬族",
    "毛南族",
    "纳西族",
    "拉祜族",
    "佤族",
    "布朗族",
    "独龙族",
    "怒族",
    "普米族",
    "裕固族",
    "保安族",
    "东乡族",
    "撒拉族",
    "土族",
    "达斡尔族",
    "各族",
    "维吾尔",
];

/// One line of a data file, split at tabs; lines that start with `#` and empty ones are left out.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| (number + 1, line.trim_end_matches('\r').split('\t').map(str::trim).collect()))
}

fn add(names: &mut BTreeMap<String, Vec<(u32, u8)>>, name: &str, row: u32, strength: u8) {
    if name.chars().count() < 2 {
        return;
    }
    let targets = names.entry(name.to_owned()).or_default();
    match targets.iter_mut().find(|(known, _)| *known == row) {
        Some((_, known)) => *known = (*known).min(strength),
        None => targets.push((row, strength)),
    }
}

impl CompiledTables {
    /// Reads one file's text into the tables; `Err` says line and complaint.
    pub(crate) fn read(&mut self, file: &str, text: &str) -> Result<(), (usize, String)> {
        match file {
            "regions.tsv" => self.read_regions(text),
            "regions-aliases.tsv" => self.read_region_aliases(text),
            "specialties.tsv" => self.read_specialties(text),
            "specialties-aliases.tsv" => self.read_specialty_aliases(text),
            "institutions.tsv" => read_places(text, &mut self.institutions, &mut self.institution_names),
            "organisations.tsv" => read_places(text, &mut self.organisations, &mut self.organisation_names),
            "words.tsv" => self.read_words(text),
            _ => Ok(()),
        }
    }

    fn read_regions(&mut self, text: &str) -> Result<(), (usize, String)> {
        let mut by_path: BTreeMap<String, u32> =
            self.regions.iter().enumerate().map(|(row, (path, ..))| (path.clone(), row as u32)).collect();
        for (line, cells) in rows(text) {
            let [_, level, path] = cells[..] else {
                return Err((line, "expected: code, level, path".to_owned()));
            };
            let rank = match level {
                "province" => 0,
                "city" => 1,
                "county" => 2,
                other => return Err((line, format!("level “{other}”; expected province, city or county"))),
            };
            if by_path.contains_key(path) {
                continue;
            }
            let parent = path.rsplit_once('/').and_then(|(above, _)| by_path.get(above).copied());
            let row = self.regions.len() as u32;
            by_path.insert(path.to_owned(), row);
            self.regions.push((path.to_owned(), rank, parent));
            for (name, strength) in region_names(path, rank) {
                add(&mut self.region_names, &name, row, strength);
            }
        }
        Ok(())
    }

    fn read_region_aliases(&mut self, text: &str) -> Result<(), (usize, String)> {
        for (line, cells) in rows(text) {
            let [alias, path] = cells[..] else { return Err((line, "expected: name, path".to_owned())) };
            let Some(row) = self.regions.iter().position(|(known, ..)| known == path) else {
                return Err((line, format!("no region has the path “{path}”")));
            };
            // An alias that is also somebody's own full name stays with that one.
            let taken = self
                .region_names
                .get(alias)
                .is_some_and(|targets| targets.iter().any(|(_, strength)| *strength == FULL));
            add(&mut self.region_names, alias, row as u32, if taken { WEAK } else { SHORT });
        }
        Ok(())
    }

    fn read_specialties(&mut self, text: &str) -> Result<(), (usize, String)> {
        for (line, cells) in rows(text) {
            let (canonical, parent, aliases) = match cells[..] {
                [canonical, parent, _, aliases] => (canonical, parent, aliases),
                [canonical, parent] | [canonical, parent, _] => (canonical, parent, ""),
                _ => return Err((line, "expected: canonical, parent, code, aliases".to_owned())),
            };
            let row = self.specialties.len() as u32;
            self.specialties.push((canonical.to_owned(), parent.to_owned()));
            for name in std::iter::once(canonical).chain(aliases.split('|')) {
                self.add_specialty(name, row);
            }
        }
        Ok(())
    }

    fn read_specialty_aliases(&mut self, text: &str) -> Result<(), (usize, String)> {
        for (line, cells) in rows(text) {
            let [canonical, aliases] = cells[..] else {
                return Err((line, "expected: canonical, aliases".to_owned()));
            };
            let Some(row) = self.specialties.iter().position(|(known, _)| known == canonical) else {
                return Err((line, format!("no specialty is called “{canonical}”")));
            };
            for name in aliases.split('|') {
                if !self.specialty_names.contains_key(name) {
                    self.add_specialty(name, row as u32);
                }
            }
        }
        Ok(())
    }

    fn add_specialty(&mut self, name: &str, row: u32) {
        // A name without a department's ending is also the word for a therapy, a disease or an activity.
        let department = ["科", "室", "堂", "中心", "部", "ICU", "病房", "医学科", "门诊"]
            .iter()
            .any(|ending| name.ends_with(ending));
        add(&mut self.specialty_names, name, row, if department { FULL } else { WEAK });
        // 脾胃病专科: as lists of TCM specialties have it.
        if let Some(stem) = name.strip_suffix("病科").filter(|stem| !stem.is_empty()) {
            let called = format!("{stem}病专科");
            if !self.specialty_names.contains_key(&called) {
                add(&mut self.specialty_names, &called, row, FULL);
            }
        }
    }

    fn read_words(&mut self, text: &str) -> Result<(), (usize, String)> {
        for (line, cells) in rows(text) {
            let [kind, words] = cells[..] else { return Err((line, "expected: kind, words".to_owned())) };
            let Some(bit) = WORD_KINDS.iter().position(|known| *known == kind) else {
                return Err((line, format!("unknown kind “{kind}”; known: {}", WORD_KINDS.join(", "))));
            };
            for pattern in words.split('|').filter(|word| !word.is_empty()) {
                for word in spelled_out(pattern).map_err(|complaint| (line, complaint))? {
                    *self.words.entry(word).or_default() |= 1 << bit;
                }
            }
        }
        Ok(())
    }
}

/// How many words one pattern may stand for.
const MOST_WORDS: usize = 10_000;

/// The words that a pattern stands for: each `{a,b,c}` in it is one of its alternatives, of which one may be empty.
fn spelled_out(pattern: &str) -> Result<Vec<String>, String> {
    let mut words = vec![String::new()];
    let mut rest = pattern;
    while let Some((before, group)) = rest.split_once('{') {
        let unbalanced =
            || format!("“{pattern}”: each {{ of alternatives is closed by a }} before the next one opens");
        let (group, behind) = group.split_once('}').ok_or_else(unbalanced)?;
        if before.contains('}') || group.contains('{') {
            return Err(unbalanced());
        }
        let ends: Vec<&str> = group.split(',').collect();
        if words.len() * ends.len() > MOST_WORDS {
            return Err(format!(
                "“{pattern}” stands for more than {MOST_WORDS} words; write fewer alternatives"
            ));
        }
        words = words
            .iter()
            .flat_map(|word| ends.iter().map(move |end| format!("{word}{before}{end}")))
            .collect();
        rest = behind;
    }
    if rest.contains('}') {
        return Err(format!("“{pattern}”: a }} without the {{ that opens its alternatives"));
    }
    for word in &mut words {
        word.push_str(rest);
    }
    words.retain(|word| !word.is_empty());
    Ok(words)
}

fn read_places(
    text: &str,
    places: &mut Vec<(String, String)>,
    names: &mut BTreeMap<String, Vec<(u32, u8)>>,
) -> Result<(), (usize, String)> {
    for (line, cells) in rows(text) {
        let [full, short, path] = cells[..] else {
            return Err((line, "expected: name, other names, path".to_owned()));
        };
        let row = places.len() as u32;
        places.push((full.to_owned(), path.to_owned()));
        add(names, full, row, FULL);
        for name in short.split('|').filter(|name| !name.is_empty()) {
            add(names, name, row, SHORT);
        }
    }
    Ok(())
}

/// The names that a division goes by: its last segment, and that without its kind or its peoples.
fn region_names(path: &str, rank: u8) -> Vec<(String, u8)> {
    let segment = path.rsplit('/').next().unwrap_or(path);
    let mut names = vec![(segment.to_owned(), FULL)];
    let mut push = |name: String, strength: u8| {
        if !names.iter().any(|(known, _)| *known == name) {
            names.push((name, strength));
        }
    };
    for (ending, kind) in
        [("自治区", ""), ("特别行政区", ""), ("自治州", "州"), ("自治县", "县"), ("自治旗", "旗")]
    {
        let Some(mut stem) = segment.strip_suffix(ending) else { continue };
        while let Some(shorter) = ETHNIC
            .iter()
            .find_map(|people| stem.strip_suffix(people))
            .filter(|rest| rest.chars().count() >= 2)
        {
            stem = shorter;
        }
        push(stem.to_owned(), if rank == 2 { WEAK } else { SHORT });
        if !kind.is_empty() {
            push(format!("{stem}{kind}"), FULL);
            push(format!("{stem}{ending}"), FULL);
        }
        return names;
    }
    for ending in ["地区", "林区", "新区", "矿区", "省", "市", "盟", "县", "旗", "区"] {
        let Some(stem) = segment.strip_suffix(ending) else { continue };
        if stem.chars().count() >= 2 {
            // 海淀, 凤凰, 平安, 和平: county-level short names are words as often as places.
            push(stem.to_owned(), if rank == 2 { WEAK } else { SHORT });
        }
        break;
    }
    names
}
