//! The window, as the command line opens it.

use super::args::WindowArgs;
use super::habits::meant_command;
use super::sessions::{named, options_of};
use super::{CliError, say_json};
use crate::app::stored::Stored;
use crate::app::{NamedSession, WindowOptions, state_log};
use crate::data::dataset::{Dataset, OpenError};
use crate::data::file::is_stream;
use crate::export::refuse_inputs;
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

/// Shows files in a window until it is closed.
///
/// What opens in the window tells its errors there, too; a name that is no file at all is answered in the terminal alone.
pub(super) fn show(args: &WindowArgs) -> Result<(), CliError> {
    let mut options = args.clone().options();
    options.session = args.session.as_deref().map(|path| named(path, !args.open.files.is_empty())).transpose()?;
    if let Some(NamedSession { path, stored: Some(stored) }) = &options.session {
        if args.open.files.is_empty() {
            options.inputs = stored.opened(path).files();
            options.open = options_of(stored, path, &args.open)?;
        }
        let viewport = stored.viewport();
        options.size_px.get_or_insert([viewport.width_px, viewport.height_px]);
    }
    let files = &options.inputs;
    if args.json && files.is_empty() {
        return Err(CliError::Argument(
            "--json tells what is opened: name a .npy file, a folder, or `demo`".to_owned(),
        ));
    }
    let is_session = matches!(files.as_slice(), [file] if Stored::is_one(Path::new(file)));
    if !is_session && (args.json || files.iter().any(|file| is_missing(file) || is_stream(Path::new(file)))) {
        let dataset = Dataset::open(files, &options.open).map_err(|error| explain(error, files))?;
        if args.json {
            let mut answer = serde_json::Map::new();
            answer.insert("rows".to_owned(), dataset.rows().into());
            answer.insert("title".to_owned(), dataset.title().into());
            say_json(answer)?;
        }
        // A pipe can be read only once.
        options.opened = Some(Arc::new(dataset));
    }
    if let Some(log) = &options.state_log {
        guard(log, &options)?;
    }
    Ok(crate::app::run(options)?)
}

/// Refuses a state log that would go over what is to be opened, before the window comes. What cannot be opened is told there.
fn guard(log: &Path, options: &WindowOptions) -> Result<(), CliError> {
    if state_log::is_new(log) {
        return Ok(());
    }
    if let Some(dataset) = options.opened.as_deref() {
        return Ok(refuse_inputs("state log", log, dataset.files())?);
    }
    let files = &options.inputs;
    // Of what is elsewhere nothing is waited for here.
    if files.iter().all(|file| Path::new(file).metadata().is_ok_and(|found| found.is_file() || found.is_dir()))
        && let Ok(dataset) = Dataset::open(files, &options.open)
    {
        refuse_inputs("state log", log, dataset.files())?;
    }
    Ok(())
}

/// Demos count: their names are checked here, too.
fn is_missing(file: &OsString) -> bool {
    !Path::new(file).exists()
}

/// A mistyped command, or one in the wrong place, reads as a file that is not there.
fn explain(error: OpenError, files: &[OsString]) -> CliError {
    let OpenError::NotFound { path, .. } = &error else { return error.into() };
    match meant_command(path.as_os_str(), files) {
        Some(meant) => CliError::Argument(format!("there is no such file; did you mean {meant}?: {}", path.display())),
        None => error.into(),
    }
}
