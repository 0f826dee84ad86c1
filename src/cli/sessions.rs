//! `--session`: what is looked at and opened comes from a file.

use super::inputs::OpenArgs;
use super::view::ViewArgs;
use super::{CliError, open, open_inputs};
use crate::app::NamedSession;
use crate::app::stored::{Fit, Stored};
use crate::data::dataset::{Dataset, OpenOptions};
use crate::scene::{Settings, ThemeChoice};
use std::path::Path;
use std::sync::Arc;

/// The session of a window; where files are named it may be yet to be written.
pub(super) fn named(path: &Path, names_files: bool) -> Result<NamedSession, CliError> {
    let is_there = path.exists() || !names_files;
    let stored = is_there.then(|| Stored::read(path).map(Box::new)).transpose()?;
    Ok(NamedSession { path: path.to_owned(), stored })
}

/// How a session's drawings are opened, by the session at a path; what the command line says of reading goes before that.
pub(super) fn options_of(stored: &Stored, path: &Path, args: &OpenArgs) -> Result<OpenOptions, CliError> {
    let options = stored.opened(path).options().map_err(CliError::Argument)?;
    let given = args.options();
    let says_values = given.values.range.is_some() || given.values.invert;
    Ok(OpenOptions {
        strict: given.strict,
        streams: true,
        rows: given.rows.or(options.rows),
        shape: given.shape.or(options.shape),
        axes: given.axes.or(options.axes),
        cell: given.cell.or(options.cell),
        sprite: given.sprite.or(options.sprite),
        records: given.records && options.records,
        tables: if given.tables.is_empty() { options.tables } else { given.tables },
        join: given.join.or(options.join),
        stroke_columns: given.stroke_columns || options.stroke_columns,
        values: if says_values { given.values } else { options.values },
        ..options
    })
}

/// Opens the drawings of a session, or those that are named, and makes a view of it; what is selected in it comes with the rest.
pub(super) fn open_session(
    path: &Path,
    args: &OpenArgs,
    view: &ViewArgs,
) -> Result<(Arc<Dataset>, ViewArgs, Fit), CliError> {
    let stored = Stored::read(path)?;
    let dataset = if args.files.is_empty() {
        open_inputs(&stored.opened(path).files(), &options_of(&stored, path, args)?)?
    } else {
        open(args)?
    };
    let fit = fit(&stored, path, &dataset)?;
    let (viewport, mut view, settings) = (stored.viewport(), view.clone(), fit.settings());
    view.size.get_or_insert([viewport.width_px, viewport.height_px]);
    view.scale.get_or_insert(viewport.scale);
    let theme = if let ThemeChoice::Given(theme) = view.theme { theme } else { settings.theme };
    view.restored = Some(Box::new(Settings { theme, ..settings }));
    Ok((dataset, view, fit))
}

fn fit(stored: &Stored, path: &Path, dataset: &Dataset) -> Result<Fit, CliError> {
    let fit = stored.fit(&dataset.identity()?, path)?;
    for note in &fit.notes {
        tracing::warn!("--session: {note}");
    }
    Ok(fit)
}
