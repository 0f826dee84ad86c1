//! What every command prints, and the names that it writes to.

use super::CliError;
use crate::headless::{Doing, OnDoing};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

/// Refuses a name whose ending says something else than what is written; `option` is the one that named it.
pub(super) fn refuse_other_ending(path: &Path, ending: &str, option: &str) -> Result<(), CliError> {
    let Some(better) = crate::export::better_name(path, ending) else { return Ok(()) };
    let kind = ending.to_ascii_uppercase();
    Err(CliError::Argument(format!(
        "{kind} is written, and this name does not end in .{ending}: write {option} {}: {}",
        better.display(),
        path.display()
    )))
}

/// Writes an answer to standard output.
pub(super) fn say(text: &str) -> Result<(), CliError> {
    say_bytes(text.as_bytes())
}

pub(super) fn say_bytes(bytes: &[u8]) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    written.map_err(|source| CliError::Stdio { doing: "write to standard output", source })
}

/// Writes one JSON document, with its schema number, to standard output.
pub(super) fn say_json(value: serde_json::Map<String, serde_json::Value>) -> Result<(), CliError> {
    let mut document = serde_json::Map::new();
    document.insert("schema".to_owned(), 1.into());
    document.extend(value);
    say(&format!("{}\n", serde_json::Value::Object(document)))
}

/// A progress bar on standard error; silent where nobody watches.
pub(super) fn progress_bar(total: u64, what: &str) -> indicatif::ProgressBar {
    let bar = indicatif::ProgressBar::with_draw_target(Some(total), indicatif::ProgressDrawTarget::stderr_with_hz(10));
    let template = format!("{what} {{wide_bar}} {{percent}} % {{eta}}");
    if let Ok(style) = indicatif::ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}

/// The bar of what is being made.
#[derive(Debug, Default)]
pub(super) struct Bars(Option<(&'static str, indicatif::ProgressBar)>);

impl Bars {
    pub(super) fn show(&mut self, what: &'static str, done: u32, of: u32) {
        if self.0.as_ref().is_none_or(|(shown, _)| *shown != what) {
            self.clear();
            self.0 = Some((what, progress_bar(of.into(), what)));
        }
        if let Some((_, bar)) = &self.0 {
            bar.set_position(done.into());
        }
    }

    /// Does what takes long before a scene of so many drawings stands, and shows how far it is.
    pub(super) fn while_doing<T>(rows: u32, work: impl FnOnce(OnDoing<'_>) -> T) -> T {
        let mut bars = Self::default();
        let done = work(&mut |doing| {
            bars.show_doing(doing, rows);
            ControlFlow::Continue(())
        });
        bars.clear();
        done
    }

    fn show_doing(&mut self, doing: Doing, rows: u32) {
        let percent = |part: f64| (part * 100.0) as u32;
        match doing {
            Doing::Reading(read) => self.show("drawings", read, rows),
            Doing::Comparing(part) => self.show("comparing", percent(part), 100),
            Doing::Arranging(part) => self.show("arranging", percent(part), 100),
        }
    }

    pub(super) fn clear(&mut self) {
        if let Some((_, bar)) = self.0.take() {
            bar.finish_and_clear();
        }
    }
}
