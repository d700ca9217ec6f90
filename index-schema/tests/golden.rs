//! The schema lies beside the code: a change to it is a change of format, made knowingly.
//!
//! `UPDATE_GOLDEN=1 cargo test -p xinglin-index-schema --test golden` writes it anew; raise `FORMAT` with it.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use xinglin_index_schema::{FORMAT, Fields};

#[test]
fn the_schema_is_the_one_of_this_format() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.json");
    let (schema, _) = Fields::schema();
    let now = serde_json::json!({ "format": FORMAT, "schema": schema });
    let text = format!("{}\n", serde_json::to_string_pretty(&now).expect("serialised"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &text).expect("written");
    }
    let golden = std::fs::read_to_string(path).expect("schema.json lies beside the code");
    assert_eq!(golden, text, "the schema changed: raise FORMAT and write the golden file anew");
}
