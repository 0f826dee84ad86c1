//! `sorted`: a grid in which drawings that look alike are neighbours, in one block or in one for each value of a column.

mod cells;
mod from;
mod kept;
mod worth;

use super::maps::{tsne_options, tsne_places};
use super::{Layout, LayoutError, LayoutInput, LayoutKind, LayoutParams, LayoutSpec, Param, Publish};
use crate::likeness::code::Codes;
use crate::likeness::sorted::{SortError, Stage, Task, sort, sort_within};
use crate::progress::{Cancelled, Progress};
use cells::Cells;
pub use from::SortedFrom;
pub use kept::Kept;

/// How much of the work it is to find the cells, to sort, and before that to sort without the map and to make the map; the rest is
/// judging.
const FOUND: f64 = 0.02;
const SORTED_QUICKLY: f64 = 0.1;
const MAPPED: f64 = 0.75;
const SORTED: f64 = 0.9;

impl LayoutKind {
    /// Every drawing in a cell of its own, like ones beside each other.
    pub const SORTED: Self = Self(&LayoutSpec {
        name: "sorted",
        title: "Sorted",
        about: "like ones side by side",
        params: &[
            Param::Columns,
            Param::Seed,
            Param::Within,
            Param::From,
            Param::Perplexity,
            Param::Kept,
            Param::Likeness,
        ],
        point_px: 0.0,
        check: |input| compared(input).and_then(|_| cells::column(input)).map(drop),
        build,
    });
}

/// The codes that a layout goes by.
pub(super) fn compared(input: LayoutInput<'_>) -> Result<&Codes, LayoutError> {
    let text = "cannot go by likeness: the drawings have not been compared";
    input.codes.ok_or_else(|| LayoutError::Refused(text.to_owned()))
}

fn build(input: LayoutInput<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
    let (codes, LayoutInput { params, progress, .. }) = (compared(input)?, input);
    let cells = Cells::of(LayoutInput { progress: progress.part(0.0, FOUND), ..input })?;
    let kept = cells.kept(&params.kept)?;
    let task = Task {
        codes: codes.values(),
        width: codes.width(),
        columns: cells.columns,
        cells: None,
        kept: &kept,
        map: None,
        seed: params.seed,
    };
    // What goes by a column, or by what lay where, is not found by the codes again.
    let is_plain = params.sorted_within.is_none() && kept.is_empty();
    let graphs = input.graphs.filter(|_| is_plain);
    let name = kept_name(params, cells.columns);
    let known = graphs.and_then(|graphs| graphs.kept_cells(&name, codes.rows()));
    let is_known = known.is_some();
    let cell_of = match (known, params.sorted_from) {
        (Some(cell_of), _) => {
            publish(cells.layout(&cell_of))?;
            cell_of
        }
        (None, SortedFrom::Codes) => sorted(&task, &cells, publish, progress.part(FOUND, SORTED))?,
        (None, SortedFrom::Map) => {
            // The map takes its time: what takes little is shown until then.
            sorted(&task, &cells, publish, progress.part(FOUND, SORTED_QUICKLY))?;
            let making = LayoutInput { progress: progress.part(SORTED_QUICKLY, MAPPED), ..input };
            let map = tsne_places(LayoutKind::SORTED, making, codes, &mut |_| ())?;
            sorted(&Task { map: Some(&map), ..task }, &cells, publish, progress.part(MAPPED, SORTED))?
        }
    };
    if let Some(graphs) = graphs.filter(|_| !is_known) {
        graphs.keep_cells(&name, &cell_of);
    }
    if let Some(quality) = worth::in_words(codes, &cells, &cell_of, progress.part(SORTED, 1.0))? {
        publish(Layout { quality: Some(quality), ..cells.layout(&cell_of) })?;
    }
    Ok(progress.reach(1.0)?)
}

/// What a grid of all drawings is kept as.
fn kept_name(params: &LayoutParams, columns: u32) -> String {
    let map = match params.sorted_from {
        SortedFrom::Codes => String::new(),
        SortedFrom::Map => format!("-spread-map-p{}", tsne_options(LayoutKind::SORTED, params).perplexity),
    };
    format!("sorted{map}-c{columns}-s{}", params.seed)
}

/// The cell of each row; each better grid is shown.
fn sorted(task: &Task<'_>, cells: &Cells, show: Publish<'_>, progress: Progress<'_>) -> Result<Vec<u32>, LayoutError> {
    let mut refused = None;
    let mut tell = |cell_of: &[u32], stage: Stage| {
        // Slices of a map are no better than what is shown already.
        let is_better = task.map.is_none() || stage != Stage::Start;
        if refused.is_none() && is_better {
            refused = show(cells.layout(cell_of)).err();
        }
    };
    let sorted = match cells.groups() {
        None => sort(task, &mut tell, progress),
        Some(groups) => sort_within(task, &cells::borrowed(&groups), &mut tell, progress),
    };
    refused.map_or(Ok(()), Err)?;
    sorted.map_err(unsorted)
}

fn unsorted(error: SortError) -> LayoutError {
    match error {
        SortError::Cancelled(Cancelled) => Cancelled.into(),
        error => LayoutError::Refused(format!("cannot sort by likeness: {error}")),
    }
}
