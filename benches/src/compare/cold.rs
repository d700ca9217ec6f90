//! Whole processes: from nothing to the answer on the terminal.

use super::{Ground, Indexes, Setting};
use crate::process::{Cost, Invocation};
use crate::report::{Reach, Row, Section, median};
use anyhow::{Result, ensure};
use std::ffi::OsString;
use std::path::Path;

/// A process that is started again and again with one query after another.
struct Contestant<'a> {
    name: &'static str,
    invocation: Box<dyn Fn(&str) -> Invocation + 'a>,
    codes: &'static [i32],
    costs: Vec<Cost>,
}

impl Contestant<'_> {
    fn milliseconds(&self) -> f64 {
        median(&self.series(|cost| cost.wall_seconds * 1e3))
    }

    fn megabytes(&self) -> f64 {
        median(&self.series(|cost| cost.peak_bytes as f64 / 1e6))
    }

    fn series(&self, figure: impl Fn(&Cost) -> f64) -> Vec<f64> {
        self.costs.iter().map(figure).collect()
    }
}

/// Starts each process in turn, the same query for all.
pub(super) fn measure(setting: &Setting, ground: &Ground, indexes: &Indexes) -> Result<Section> {
    let method =
        format!("whole processes, median of {} runs in turn, files in the page cache", setting.cold_runs);
    let mut section = Section::new("cold start", method);
    let mut contestants = contestants(setting, indexes);
    // One round more, unmeasured: it brings programs and indexes into the page cache.
    for run in 0..=setting.cold_runs {
        let query =
            ground.samples.keywords.get(run % ground.samples.keywords.len()).map_or("", String::as_str);
        for turn in 0..contestants.len() {
            let at = (run + turn) % contestants.len();
            let contestant = &mut contestants[at];
            let ended = setting.programs.run(&(contestant.invocation)(query), contestant.codes)?;
            ensure!(!ended.stdout.is_empty(), "`{}` printed nothing", (contestant.invocation)(query));
            if run > 0 {
                contestant.costs.push(ended.cost);
            }
        }
    }
    let find = |name: &str| contestants.iter().find(|contestant| contestant.name == name);
    let (Some(baseline), Some(floor)) = (find("baseline"), find("map-only")) else { return Ok(section) };
    let ours = contestants.iter().filter(|contestant| !["baseline", "map-only"].contains(&contestant.name));
    for contestant in ours {
        let row = Row::pair(contestant.name, "ms", contestant.milliseconds(), baseline.milliseconds());
        section.rows.push(row.floor(floor.milliseconds()).reach(Reach::RatioAtMost(0.10)));
    }
    if let Some(search) = find("search") {
        let row = Row::pair("search, peak memory", "MB", search.megabytes(), baseline.megabytes());
        section.rows.push(row.floor(floor.megabytes()));
        section.rows.extend(beyond_map(setting, ground, indexes)?);
        if setting.instructions {
            section.rows.extend(instructions(ground, search, baseline, floor)?);
        }
    }
    let runs = (setting.cold_runs + 1) * contestants.len();
    section.asserted.push(format!("{runs} of {runs} processes found something and ended well"));
    Ok(section)
}

fn contestants<'a>(setting: &'a Setting, indexes: &'a Indexes) -> Vec<Contestant<'a>> {
    let contestant = |name, codes, invocation| Contestant { name, invocation, codes, costs: Vec::new() };
    let xinglin = |name, command: &'static [&'static str], with_query: bool| {
        let invocation = move |query: &str| {
            let query = with_query.then_some(query);
            xinglin(setting, &indexes.xinglin, command, query)
        };
        contestant(name, [0].as_slice(), Box::new(invocation) as Box<dyn Fn(&str) -> Invocation>)
    };
    let naive = |name, program: std::path::PathBuf, folder: &'a Path| {
        let invocation = move |query: &str| {
            let arguments: [OsString; 3] = ["search".into(), folder.into(), query.into()];
            Invocation::new(&program, arguments)
        };
        contestant(name, [0].as_slice(), Box::new(invocation))
    };
    vec![
        xinglin("search", &["search"], true),
        naive("baseline", setting.programs.baseline(), &indexes.baseline),
        xinglin("search, three facets", &["search", "--facets", "region,specialty,year"], true),
        xinglin("facets", &["facets", "--by", "region"], false),
        naive("map-only", setting.programs.map_only(), &indexes.map_only),
        xinglin("specialties", &["specialties", "--level", "national", "--limit", "20"], false),
        xinglin("stats", &["stats"], false),
    ]
}

fn xinglin(setting: &Setting, index: &Path, command: &[&str], query: Option<&str>) -> Invocation {
    let mut arguments: Vec<OsString> = command.iter().map(Into::into).collect();
    arguments.extend(["--index".into(), index.into()]);
    arguments.extend(query.map(Into::into));
    Invocation::new(&setting.programs.xinglin, arguments)
}

/// The most a search has resident beyond the mapped index: the largest of all runs, since each is looked at from
/// outside and a short peak can be missed.
fn beyond_map(setting: &Setting, ground: &Ground, indexes: &Indexes) -> Result<Option<Row>> {
    let folder = indexes.xinglin.canonicalize()?;
    let mut most = None;
    for query in ground.samples.keywords.iter().take(setting.cold_runs) {
        let invocation = xinglin(setting, &folder, &["search"], Some(query)).watching(&folder);
        most = most.max(setting.programs.run(&invocation, &[0])?.cost.beyond_map_bytes);
    }
    let row = |bytes: u64| Row::alone("search, memory beyond the map", "MB", bytes as f64 / 1e6);
    Ok(most.map(|bytes| row(bytes).reach(Reach::AtMost(30.0))))
}

fn instructions(
    ground: &Ground,
    search: &Contestant<'_>,
    baseline: &Contestant<'_>,
    floor: &Contestant<'_>,
) -> Result<Option<Row>> {
    let query = ground.samples.keywords.first().map_or("", String::as_str);
    let count = |contestant: &Contestant<'_>| (contestant.invocation)(query).instructions();
    let (Some(xinglin), Some(baseline), Some(floor)) = (count(search)?, count(baseline)?, count(floor)?)
    else {
        eprintln!("instructions: neither perf nor valgrind can count them here");
        return Ok(None);
    };
    let [xinglin, baseline, floor] = [xinglin, baseline, floor].map(|count| count as f64 / 1e6);
    Ok(Some(Row::pair("search, instructions", "M", xinglin, baseline).floor(floor)))
}
