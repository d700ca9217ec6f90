//! Whether literal pieces are found exactly as often as they stand there.

use super::{Ground, Indexes, Setting};
use crate::report::{Reach, Row, Section};
use crate::sample::Piece;
use anyhow::{Result, ensure};
use xinglin::{Index, SearchRequest};

/// Compares the number of hits of each piece with the number of articles that contain it.
pub(super) fn measure(_: &Setting, ground: &Ground, indexes: &Indexes) -> Result<Section> {
    let xinglin = Index::open(&indexes.xinglin)?;
    let (mut standing, mut exact) = (0, 0);
    let mut wrong = Vec::new();
    for Piece { text, articles } in &ground.samples.pieces {
        let request = SearchRequest::new(format!("\"{text}\"")).literal(true).limit(1);
        let total = xinglin.search(&request)?.total as u64;
        if total == *articles {
            exact += 1;
        } else {
            wrong.push(format!("{text:?} stands in {articles} articles, xinglin finds {total}"));
        }
        standing += articles;
    }
    let pieces = ground.samples.pieces.len();
    ensure!(wrong.is_empty(), "{} of {pieces} pieces counted wrongly: {}", wrong.len(), wrong.join("; "));
    let method = "literal pieces of 4–8 Han characters against `contains` over folded text: share of those found in each \
                  article that holds them and in no other";
    let mut section = Section::new("answers", method);
    section.rows.push(
        Row::alone("pieces counted exactly", "", f64::from(exact) / pieces as f64).reach(Reach::AtLeast(1.0)),
    );
    section.asserted.push(format!("{pieces} of {pieces} pieces, standing {standing} times"));
    Ok(section)
}
