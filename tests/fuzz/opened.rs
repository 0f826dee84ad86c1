//! What is read of a set that opened.

use std::ops::ControlFlow;

use inkfield::data::Cancel;
use inkfield::data::dataset::{Dataset, OpenError};

/// Reads the first and the last drawing, and all records; the error in words.
pub fn read(opened: Result<Dataset, OpenError>) -> Result<(), String> {
    let set = opened.map_err(|error| error.to_string())?;
    assert!(set.rows() > 0 && set.width() > 0 && set.height() > 0);
    assert_eq!(set.drawing_bytes(), (set.width() * set.height() * set.channels()) as usize);
    set.report().notes.iter().for_each(|note| super::check_message(&note.sentence()));
    let mut drawing = vec![0; set.drawing_bytes()];
    for row in [0, set.rows() - 1] {
        set.read_rows(row, &mut drawing).map_err(|error| error.to_string())?;
    }
    let mut rows = 0;
    let report = set.read_records(&Cancel::default(), &mut |progress| {
        rows = rows.max(progress.first_row + progress.batch.rows());
        ControlFlow::Continue(())
    });
    let report = report.map_err(|error| error.to_string())?;
    assert!(rows <= set.rows(), "{rows} records for {} drawings", set.rows());
    report.notes.iter().for_each(|note| super::check_message(&note.sentence()));
    Ok(())
}
