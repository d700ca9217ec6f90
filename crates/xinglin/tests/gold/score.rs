//! The scoring of facts: precision, recall and F1, micro-averaged over articles, for the facts that are lists; accuracy
//! for the plain ones. `A|B` in a gold name means either is right; keys ending in `_optional` list what is neither asked
//! for nor wrong; a region one level too shallow counts half.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// What makes two records the same one; the tier is scored apart.
const RECORD_KEYS: [&str; 6] = ["institution", "specialty", "programme", "level", "status", "year"];
const LISTS: [&str; 4] = ["subjects", "regions", "specialties", "designations"];
const PLAIN: [&str; 4] = ["title", "published", "year", "tier"];

/// The figures of one run.
#[derive(Default)]
pub(crate) struct Figures {
    lists: BTreeMap<&'static str, Tally>,
    plain: BTreeMap<&'static str, (usize, usize)>,
    /// Each miss and each wrong item.
    pub(crate) misses: Vec<String>,
}

#[derive(Default)]
struct Tally {
    hit: f64,
    said: usize,
    asked: usize,
}

impl Tally {
    fn precision(&self) -> f64 {
        if self.said == 0 { 1.0 } else { self.hit / self.said as f64 }
    }

    fn recall(&self) -> f64 {
        if self.asked == 0 { 1.0 } else { self.hit / self.asked as f64 }
    }

    fn f1(&self) -> f64 {
        let sum = self.precision() + self.recall();
        if sum == 0.0 { 0.0 } else { 2.0 * self.precision() * self.recall() / sum }
    }
}

impl Figures {
    /// A figure by name: `title`, `subjects` (F1), `subjects precision`, `subjects recall`.
    pub(crate) fn get(&self, name: &str) -> Option<f64> {
        let (key, kind) = name.split_once(' ').unwrap_or((name, "f1"));
        if let Some((right, of)) = self.plain.get(key) {
            return Some(if *of == 0 { 1.0 } else { *right as f64 / *of as f64 });
        }
        let tally = self.lists.get(key)?;
        Some(match kind {
            "precision" => tally.precision(),
            "recall" => tally.recall(),
            _ => tally.f1(),
        })
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (key, tally) in &self.lists {
            let (p, r, f1) = (tally.precision(), tally.recall(), tally.f1());
            writeln!(
                f,
                "{key:13} P {p:.3}  R {r:.3}  F1 {f1:.3}  ({} said, {} in gold)",
                tally.said, tally.asked
            )?;
        }
        for (key, (right, of)) in &self.plain {
            let share = self.get(key).unwrap_or_default();
            writeln!(f, "{key:13} accuracy {share:.3}  ({right} of {of})")?;
        }
        Ok(())
    }
}

/// The last part of an article's `file`.
pub(crate) fn file_name(article: &Value) -> String {
    let file = article.get("file").and_then(Value::as_str).unwrap_or_default().replace('\\', "/");
    file.rsplit('/').next().unwrap_or_default().to_owned()
}

/// Scores what was said, by file name, against gold.
pub(crate) fn score(gold: &[Value], said: &BTreeMap<String, Value>) -> Figures {
    let mut figures = Figures::default();
    figures.lists.extend(LISTS.map(|key| (key, Tally::default())));
    figures.plain.extend(PLAIN.map(|key| (key, (0, 0))));
    for want in gold {
        let name = file_name(want);
        if !said.contains_key(&name) {
            figures.misses.push(format!("{name}: no line for it"));
        }
        let got = said.get(&name).unwrap_or(&Value::Null);
        for key in LISTS {
            figures.list(&name, key, want, got);
        }
        for key in ["title", "published", "year"] {
            figures.plain_fact(&name, key, want, got);
        }
        figures.tiers(want, got);
    }
    figures
}

impl Figures {
    fn list(&mut self, name: &str, key: &'static str, want: &Value, got: &Value) {
        let (asked, optional) = (items(want, key), items(want, &format!("{key}_optional")));
        let found = matched(key, &asked, &optional, &unique(items(got, key)));
        let note = |kind: &str, item: &Value| format!("{name}: {key}: {kind} {item}");
        self.misses.extend(found.missed.iter().map(|item| note("missed", item)));
        self.misses.extend(found.wrong.iter().map(|item| note("wrong ", item)));
        let tally = self.lists.entry(key).or_default();
        tally.hit += found.weight;
        tally.said += found.counted;
        tally.asked += asked.len();
    }

    fn plain_fact(&mut self, name: &str, key: &'static str, want: &Value, got: &Value) {
        let (asked, found) = (field(want, key), field(got, key));
        // An article of which nothing was said has not said `null` of it.
        let right = !got.is_null() && if key == "title" { same_name(asked, found) } else { asked == found };
        if !right {
            self.misses.push(format!("{name}: {key}: want {asked}, got {found}"));
        }
        self.count(key, right);
    }

    /// The tier of each record that was found.
    fn tiers(&mut self, want: &Value, got: &Value) {
        let found = items(got, "designations");
        for record in items(want, "designations") {
            if let Some(twin) = found.iter().find(|said| weight("designations", record, said) > 0.0) {
                self.count("tier", field(record, "tier") == field(twin, "tier"));
            }
        }
    }

    fn count(&mut self, key: &'static str, right: bool) {
        let (rights, of) = self.plain.entry(key).or_default();
        *rights += usize::from(right);
        *of += 1;
    }
}

struct Matched<'a> {
    weight: f64,
    /// What was said and counts: the matched, and the wrong.
    counted: usize,
    missed: Vec<&'a Value>,
    wrong: Vec<&'a Value>,
}

/// Pairs gold and said one to one, the best pairs first.
fn matched<'a>(key: &str, gold: &[&'a Value], optional: &[&Value], said: &[&'a Value]) -> Matched<'a> {
    let mut pairs = Vec::new();
    for (i, asked) in gold.iter().enumerate() {
        pairs.extend(said.iter().enumerate().map(|(j, item)| (weight(key, asked, item), i, j)));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut used_gold, mut used_said) = (vec![false; gold.len()], vec![false; said.len()]);
    let (mut total, mut hits) = (0.0, 0);
    for (weight, i, j) in pairs {
        if weight > 0.0 && !used_gold[i] && !used_said[j] {
            (used_gold[i], used_said[j]) = (true, true);
            total += weight;
            hits += 1;
        }
    }
    let unused = |items: &[&'a Value], used: &[bool]| -> Vec<&'a Value> {
        items.iter().zip(used).filter(|(_, used)| !**used).map(|(item, _)| *item).collect()
    };
    // A second name of something already matched is no mistake, nor is what the guide leaves open.
    let mut wrong = unused(said, &used_said);
    wrong.retain(|item| gold.iter().chain(optional).all(|asked| weight(key, asked, item) == 0.0));
    Matched { weight: total, counted: hits + wrong.len(), missed: unused(gold, &used_gold), wrong }
}

/// How right an item is: 1, ½ or 0.
fn weight(key: &str, gold: &Value, said: &Value) -> f64 {
    let right = match key {
        "regions" => return region_weight(gold, said),
        "designations" => RECORD_KEYS.iter().all(|key| match *key {
            "institution" | "specialty" => same_name(field(gold, key), field(said, key)),
            _ => field(gold, key) == field(said, key),
        }),
        _ => same_name(gold, said),
    };
    f64::from(u8::from(right))
}

fn region_weight(gold: &Value, said: &Value) -> f64 {
    let path = |value: &Value| value.as_str().unwrap_or_default().trim_matches('/').to_owned();
    let (gold, said) = (path(gold), path(said));
    match gold.rsplit_once('/') {
        _ if gold == said => 1.0,
        Some((above, _)) if above == said => 0.5,
        _ => 0.0,
    }
}

/// Whether a name is one of gold's `A|B`.
fn same_name(gold: &Value, said: &Value) -> bool {
    let said = plain_name(said.as_str().unwrap_or_default());
    gold.as_str().unwrap_or_default().split('|').any(|name| plain_name(name) == said)
}

/// A name without differences of width, case, spacing and name dots.
fn plain_name(name: &str) -> String {
    name.chars()
        .map(|c| match u32::from(c) {
            code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .filter(|c| !c.is_whitespace() && !matches!(c, '·' | '•'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The items, each once: records by what makes them the same.
fn unique(items: Vec<&Value>) -> Vec<&Value> {
    let mark = |item: &Value| match item {
        Value::Object(_) => RECORD_KEYS.map(|key| field(item, key).to_string()).join("\t"),
        _ => item.to_string(),
    };
    let mut seen = std::collections::HashSet::new();
    items.into_iter().filter(|item| seen.insert(mark(item))).collect()
}

fn items<'a>(article: &'a Value, key: &str) -> Vec<&'a Value> {
    article.get(key).and_then(Value::as_array).map(|items| items.iter().collect()).unwrap_or_default()
}

fn field<'a>(object: &'a Value, key: &str) -> &'a Value {
    object.get(key).unwrap_or(&Value::Null)
}
