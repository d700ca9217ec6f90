//! `browse`: the index on a whole terminal: type and see hits and counts change, move through facets, open an article.
//!
//! The terminal is given back as it was found, however the program ends.

mod article;
mod keys;
mod line;
mod state;
mod view;

#[cfg(test)]
mod tests;

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, bail};
use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, Event, KeyEventKind};
use xinglin::Index;

pub(crate) use state::Beginning;

use crate::failure::Outcome;
use crate::session::Session;
use state::{State, Step};

/// How long an event is waited for before the screen is looked after.
const PATIENCE: Duration = Duration::from_millis(250);

/// Runs until the person leaves.
///
/// # Errors
/// Where standard input or output is no terminal, or the terminal refuses.
pub(crate) fn run(index: &Index, beginning: Beginning, session: &Session) -> anyhow::Result<Outcome> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        bail!("browse 要在终端里运行；在管道和脚本里请用 xinglin search");
    }
    if std::env::var_os("TERM").is_some_and(|term| term == "dumb") {
        bail!("这个终端（TERM=dumb）不能整屏显示，请用 xinglin search");
    }
    let mut state = State::new(index, beginning, session.looks.colour);
    let told = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&told);
    // Whoever ends the program from outside still gets a usable terminal: only this thread may write to it, so it is asked to.
    ctrlc::set_handler(move || raised.store(true, Ordering::SeqCst)).context("不能接管 Ctrl-C")?;
    let mut terminal = ratatui::try_init().context("不能接管终端")?;
    let done = watch(&mut terminal, &mut state, &told);
    ratatui::try_restore().context("不能恢复终端")?;
    done
}

fn watch(
    terminal: &mut DefaultTerminal,
    state: &mut State<'_>,
    told: &AtomicBool,
) -> anyhow::Result<Outcome> {
    loop {
        if told.load(Ordering::SeqCst) {
            return Ok(Outcome::Interrupted);
        }
        state.refresh();
        terminal.draw(|frame| view::draw(frame, state))?;
        let mut waiting = event::poll(PATIENCE)?;
        // all that has been typed is taken before anything is searched for
        while waiting {
            let step = match event::read()? {
                Event::Key(key) if key.kind != KeyEventKind::Release => state.press(keys::meaning(key)),
                Event::Paste(text) => state.type_in(&text),
                _ => Step::On,
            };
            if step == Step::Out {
                return Ok(Outcome::Done);
            }
            waiting = event::poll(Duration::ZERO)?;
        }
    }
}
