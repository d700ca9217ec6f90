//! `completions` and `man`: the table of flags, told to shells and to `man`.

use std::io::Write;

use anyhow::Context;
use clap::CommandFactory;
use clap_complete::Shell;

use crate::arguments::{Cli, ManArgs};
use crate::failure::Outcome;

/// Writes the completion script of `shell`.
pub(super) fn run(shell: Shell, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    // the generator panics where its stream fails, so it writes to memory
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "xinglin", &mut script);
    out.write_all(&script)?;
    Ok(Outcome::Done)
}

/// Writes the manual page, or one page for each command into a folder.
pub(super) fn manual(args: &ManArgs, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    match &args.dir {
        Some(dir) => {
            std::fs::create_dir_all(dir).with_context(|| format!("不能建立文件夹 {}", dir.display()))?;
            clap_mangen::generate_to(Cli::command(), dir)
                .with_context(|| format!("不能把手册页写入 {}", dir.display()))?;
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page)?;
            out.write_all(&page)?;
        }
    }
    Ok(Outcome::Done)
}
