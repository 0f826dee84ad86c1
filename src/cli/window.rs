//! The window, as the command line opens it.

use super::args::{Cli, WindowArgs};
use super::{CliError, say_json};
use crate::app::WindowOptions;
use crate::data::dataset::{Dataset, OpenError};
use crate::data::file::is_stream;
use clap::CommandFactory;
use std::ffi::OsString;
use std::path::Path;
use std::sync::Arc;

/// Shows files in a window until it is closed.
///
/// What opens in the window tells its errors there, too; a name that is no file at all is answered in the terminal alone.
pub(super) fn show(args: WindowArgs) -> Result<(), CliError> {
    let files = &args.open.files;
    if args.json && files.is_empty() {
        return Err(CliError::Argument(
            "--json tells what is opened: name a .npy file, a folder, or `demo`".to_owned(),
        ));
    }
    let mut opened = None;
    if args.json || files.iter().any(|file| is_missing(file) || is_stream(Path::new(file))) {
        let dataset = Dataset::open(files, &args.open.options()).map_err(|error| explain(error, files))?;
        if args.json {
            let mut answer = serde_json::Map::new();
            answer.insert("rows".to_owned(), dataset.rows().into());
            answer.insert("title".to_owned(), dataset.title().into());
            say_json(answer)?;
        }
        // A pipe can be read only once.
        opened = Some(Arc::new(dataset));
    }
    Ok(crate::app::run(WindowOptions { opened, ..args.options() })?)
}

/// Demos count: their names are checked here, too.
fn is_missing(file: &OsString) -> bool {
    !Path::new(file).exists()
}

/// A mistyped command reads as a file that is not there.
fn explain(error: OpenError, files: &[OsString]) -> CliError {
    let (OpenError::NotFound { .. }, [only]) = (&error, files) else { return error.into() };
    let typed = only.to_string_lossy();
    let command = Cli::command();
    let near =
        command.get_subcommands().map(clap::Command::get_name).find(|name| strsim::osa_distance(name, &typed) <= 2);
    match near {
        Some(name) => CliError::Argument(format!("there is no such file; did you mean the command `{name}`?: {typed}")),
        None => error.into(),
    }
}
