//! A map that exists, from a file: rows that have a place there keep it, others come among those most like them.

use super::{Shown, refused};
use crate::data::positions::{Positions, PositionsError, Rows};
use crate::likeness::maps::{Place, place};
use crate::scene::layout::{Layout, LayoutError};
use crate::words::{counted, shown_text};
use std::path::Path;

/// Rows whose places give one its own.
const NEIGHBOURS: usize = 15;
/// How much of the work it is to read the file.
const READ: f64 = 0.2;

/// Shows the map of a file, and nothing before it.
pub(super) fn build(shown: &mut Shown<'_>, path: &Path) -> Result<(), LayoutError> {
    let input = shown.input;
    let (rows, progress) = (input.rows, input.progress);
    let wanted = Rows { count: rows, slice: input.params.slice, columns: input.columns };
    let read = Positions::read(path, wanted, progress.part(0.0, READ)).map_err(|error| match error {
        PositionsError::Cancelled(cancelled) => cancelled.into(),
        error => LayoutError::Refused(format!("cannot place on the map of a file: {error}")),
    })?;
    let known: Vec<Option<Place>> = read.places.iter().map(finite).collect();
    let without = known.iter().filter(|place| place.is_none()).count();
    if without == rows as usize {
        let text = format!("cannot place on the map of a file: no drawing has a place in it: {}", path.display());
        return Err(LayoutError::Refused(text));
    }
    let places = place(shown.codes, &known, NEIGHBOURS, progress.part(READ, 0.95)).map_err(refused)?;
    let name = shown_text(&path.file_name().unwrap_or_default().to_string_lossy(), 60);
    let among = counted(without as u64, "drawing", "drawings");
    let among = format!("not in {name}, placed among those most like them: {among}");
    let beyond = format!("{} in {name} of no drawing that is open", counted(read.others.into(), "place", "places"));
    let notes = [(without > 0, among), (read.others > 0, beyond)];
    let notes: Vec<String> = notes.into_iter().filter_map(|(is_so, note)| is_so.then_some(note)).collect();
    let layout = shown.laid_out(&places)?;
    (shown.publish)(Layout { note: (!notes.is_empty()).then(|| notes.join("; ")), ..layout })?;
    Ok(progress.reach(1.0)?)
}

fn finite(place: &[f64; 2]) -> Option<Place> {
    place.iter().all(|at| at.is_finite()).then(|| place.map(|at| at as f32))
}
