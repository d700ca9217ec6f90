//! `browse`: the arguments of the interactive mode.

use super::open_within;
use crate::arguments::BrowseArgs;
use crate::browse::{self, Beginning};
use crate::failure::Outcome;
use crate::session::Session;

pub(super) fn run(args: &BrowseArgs, session: &Session) -> anyhow::Result<Outcome> {
    let beginning =
        Beginning { query: args.query.text(), filters: args.filters.filters(), literal: args.query.literal };
    let index = open_within(&args.index.dir, args.query.limits(), session)?;
    browse::run(&index, beginning, session)
}
