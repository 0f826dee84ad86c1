//! A placement of those rows alone that a condition is true of: the layout of a set that has no others.

use super::{Known, PlacementRequest};
use crate::atlas::Moments;
use crate::data::columns::Columns;
use crate::data::columns::query::{Condition, ConditionError};
use crate::progress::Progress;
use crate::scene::layout::{LayoutError, LayoutInput, LayoutParams, Publish};

/// How much of the work it is to find the rows and their values.
const FINDING: f64 = 0.2;

/// Lays out the rows that a condition is true of.
pub(super) fn build(
    request: &PlacementRequest,
    condition: &str,
    known: Known<'_>,
    progress: Progress<'_>,
    publish: Publish<'_>,
) -> Result<(), LayoutError> {
    let rows = rows_of(request, condition, known.columns)?;
    progress.reach(FINDING / 2.0)?;
    let building = progress.part(FINDING, 1.0);
    if request.kind.reads_file(&request.params) {
        return request.build_all(known, building, &mut |layout| publish(layout.without_others(&rows)));
    }
    let columns = known.columns.map(|columns| columns.taken(&rows));
    let of_row = |moments: &[Moments]| rows.iter().filter_map(|&row| moments.get(row as usize).copied()).collect();
    let moments: Option<Vec<Moments>> = known.moments.map(of_row);
    let codes = known.codes.map(|codes| codes.taken(&rows));
    // These are numbered anew.
    let params = LayoutParams { kept: request.params.kept.among(&rows), ..request.params.clone() };
    progress.reach(FINDING)?;
    let input = LayoutInput {
        rows: rows.len() as u32,
        columns: columns.as_ref(),
        moments: moments.as_deref(),
        codes: codes.as_ref(),
        // Those of all drawings say nothing of who is left.
        graphs: None,
        params: &params,
        progress: building,
    };
    (request.kind.build)(input, &mut |layout| publish(layout.spread(&rows, request.rows)))
}

/// The rows that a condition is true of, ascending.
fn rows_of(request: &PlacementRequest, text: &str, columns: Option<&Columns>) -> Result<Vec<u32>, LayoutError> {
    let evaluate = || -> Result<Vec<bool>, ConditionError> {
        let condition: Condition = text.parse()?;
        let none = Columns::new();
        Ok(condition.evaluate(columns.unwrap_or(&none), request.rows)?.rows)
    };
    let kept = evaluate().map_err(|error| LayoutError::Refused(format!("cannot lay out a part: {error}")))?;
    let rows: Vec<u32> = (0..).zip(kept).filter_map(|(row, is_kept)| is_kept.then_some(row)).collect();
    if rows.is_empty() {
        let text = "cannot lay out a part: the condition keeps no drawing; choose another one with --where";
        return Err(LayoutError::Refused(text.to_owned()));
    }
    Ok(rows)
}
