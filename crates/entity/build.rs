//! Writes the embedded gazetteers as sorted static tables, so that a look-up needs no start-up work.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[allow(dead_code, reason = "the build script uses the compiler, not its constants")]
#[path = "src/gazetteer/compile.rs"]
mod compile;

fn texts<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    let (all, ends) = compile::run_together(texts);
    format!("Texts {{ all: Cow::Borrowed({all:?}), ends: Cow::Borrowed(&{ends:?}) }}")
}

fn names(out: &mut String, name: &str, table: &BTreeMap<String, Vec<(u32, u8)>>) {
    let (targets, ends) = compile::targets_together(table);
    let targets: Vec<String> = targets
        .iter()
        .map(|(row, strength)| format!("Target {{ row: {row}, strength: {strength} }}"))
        .collect();
    let _ = writeln!(
        out,
        "pub(super) const {name}: Names = Names {{ names: {}, targets: Cow::Borrowed(&[{}]), ends: Cow::Borrowed(&{ends:?}) }};",
        texts(table.keys()),
        targets.join(", ")
    );
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let data = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("data");
    let mut tables = compile::CompiledTables::default();
    for file in compile::FILES {
        let path = data.join(file);
        println!("cargo:rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path)?;
        tables.read(file, &text).map_err(|(line, complaint)| format!("data/{file}:{line}: {complaint}"))?;
    }
    println!("cargo:rerun-if-changed=src/gazetteer/compile.rs");
    println!("cargo:rerun-if-changed=build.rs");

    let mut out = String::from("// Written by build.rs from data/.\n");
    let ranks: Vec<u8> = tables.regions.iter().map(|(_, rank, _)| *rank).collect();
    let parents: Vec<u32> =
        tables.regions.iter().map(|(_, _, parent)| parent.unwrap_or(compile::NO_PARENT)).collect();
    let _ = writeln!(
        out,
        "pub(super) const REGIONS: Regions = Regions {{ paths: {}, ranks: Cow::Borrowed(&{ranks:?}), parents: Cow::Borrowed(&{parents:?}) }};",
        texts(tables.regions.iter().map(|(path, ..)| path))
    );
    out.push_str("pub(super) static SPECIALTIES: &[SpecialtyRow] = &[\n");
    for (canonical, parent) in &tables.specialties {
        let _ = writeln!(
            out,
            "    SpecialtyRow {{ canonical: Cow::Borrowed({canonical:?}), parent: Cow::Borrowed({parent:?}) }},"
        );
    }
    out.push_str("];\n");
    for (name, places) in [("INSTITUTIONS", &tables.institutions), ("ORGANISATIONS", &tables.organisations)] {
        let _ = writeln!(out, "pub(super) static {name}: &[PlaceRow] = &[");
        for (full, path) in places {
            let _ = writeln!(
                out,
                "    PlaceRow {{ full: Cow::Borrowed({full:?}), path: Cow::Borrowed({path:?}) }},"
            );
        }
        out.push_str("];\n");
    }
    names(&mut out, "REGION_NAMES", &tables.region_names);
    names(&mut out, "SPECIALTY_NAMES", &tables.specialty_names);
    names(&mut out, "INSTITUTION_NAMES", &tables.institution_names);
    names(&mut out, "ORGANISATION_NAMES", &tables.organisation_names);
    let kinds: Vec<String> = tables.words.values().map(|kinds| format!("Kinds({kinds})")).collect();
    let _ = writeln!(
        out,
        "pub(super) const WORDS: Words = Words {{ words: {}, kinds: Cow::Borrowed(&[{}]) }};",
        texts(tables.words.keys()),
        kinds.join(", ")
    );
    let path = data.join(compile::ORDINARY);
    println!("cargo:rerun-if-changed={}", path.display());
    let ordinary = compile::ordinary(&fs::read_to_string(&path)?)
        .map_err(|(line, complaint)| format!("data/{}:{line}: {complaint}", compile::ORDINARY))?;
    let _ = writeln!(out, "pub(super) static ORDINARY: Texts = {};", texts(ordinary.iter()));
    // FNV-1a over everything above: an index remembers with which tables it was written.
    let hash = out.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let _ = writeln!(out, "pub(super) const FINGERPRINT: u64 = {hash};");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("tables.rs"), out)?;
    Ok(())
}
