//! What every command prints, and the names that it writes to.

use super::CliError;
use std::io::Write;
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
