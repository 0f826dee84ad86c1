//! What is found out by comparing all drawings, for the window and for the commands without one.

mod begun;
mod differ;
mod known;
mod means;
pub(super) mod strokes;
mod suspects;

use super::HeadlessError;
use crate::data::columns::{Column, Columns};
use crate::data::dataset::Dataset;
use crate::data::values::{InkTable, ValueMap};
use crate::likeness::audit::{Audit, Leaked};
use crate::likeness::comparison::Comparison;
use crate::likeness::duplicates::{leakage, rows_of};
use crate::likeness::graph::{Graph, Graphs};
use crate::likeness::{LikenessError, SetCodes};
use crate::memory::{Needs, Purpose};
use crate::progress::Progress;
use crate::scene::Scene;
use crate::scene::clusters::{NEIGHBOURS, Resolution, SetClusters};
use crate::scene::layout::LayoutKind;
pub use differ::{Differing, Grouped, SIGNIFICANT};
pub use known::{Basis, Likeness, Neighbours};
use std::sync::Arc;
pub use strokes::SuspectStrokes;
pub use suspects::{Suspect, Suspects};

/// How much of the work it is to make codes; the rest finds the nearest of each.
const COMPARED: f64 = 0.15;

/// Lets a scene know how much its drawings look alike, where the layout that is wanted goes by that.
pub(super) fn compare(
    scene: &mut Scene,
    dataset: &Arc<Dataset>,
    wanted: LayoutKind,
    values: ValueMap,
    progress: Progress<'_>,
) -> Result<(), HeadlessError> {
    if wanted.reads_likeness() {
        let params = &scene.settings.layout_params;
        let neighbours = wanted.neighbours(params);
        let purpose = neighbours.map_or(Purpose::Sorted, Purpose::Map);
        needs_compared(dataset, &params.comparison)?.refuse_unless_room(purpose)?;
        let (likeness, basis) = (Arc::new(Likeness::new(dataset)), Basis::new(values, &params.comparison));
        let codes = likeness.codes(&basis, progress)?;
        scene.graphs = Some(Arc::new(Neighbours::new(&likeness, &basis, &codes)));
        scene.codes = Some(codes);
    }
    Ok(())
}

/// What a data set needs whose drawings are compared in this way; checks what they are to be compared by.
pub fn needs_compared(dataset: &Dataset, comparison: &Comparison) -> Result<Needs, HeadlessError> {
    let bytes = comparison.row_bytes(dataset).map_err(LikenessError::from)?;
    Ok(Needs::of(dataset)?.compared_by(bytes))
}

/// A set whose drawings have been compared, each with all others.
#[derive(Debug)]
pub struct Compared {
    dataset: Arc<Dataset>,
    table: InkTable,
    set: Arc<SetCodes>,
    /// The nearest of each row, [`NEIGHBOURS`] of them.
    graph: Arc<Graph>,
}

impl Compared {
    /// Compares all drawings in this way; `values` is how these become ink.
    pub fn new(
        dataset: &Arc<Dataset>,
        values: ValueMap,
        comparison: &Comparison,
        progress: Progress<'_>,
    ) -> Result<Self, HeadlessError> {
        needs_compared(dataset, comparison)?.refuse_unless_room(Purpose::Clusters)?;
        Ok(Self::of(&Arc::new(Likeness::new(dataset)), &Basis::new(values, comparison), progress)?)
    }

    /// The same by what is known already.
    pub fn of(likeness: &Arc<Likeness>, basis: &Basis, progress: Progress<'_>) -> Result<Self, LikenessError> {
        let set = likeness.codes(basis, progress.part(0.0, COMPARED))?;
        let graph = Neighbours::new(likeness, basis, &set).graph(NEIGHBOURS, progress.part(COMPARED, 1.0))?;
        Ok(Self { dataset: Arc::clone(likeness.dataset()), table: basis.table(), set, graph })
    }

    /// The clusters of the drawings, with what is over-represented in each by these columns.
    pub fn clusters(
        &self,
        columns: Option<&Columns>,
        resolution: Resolution,
        progress: Progress<'_>,
    ) -> Result<SetClusters, HeadlessError> {
        let found = SetClusters::of(&self.set.codes, &self.graph, columns, resolution, progress);
        Ok(found.map_err(LikenessError::from)?)
    }

    /// Duplicates, blank drawings and those that are like nothing else; `most` outliers at most. `between` is a column, a value of
    /// which duplicates may not share with another. Where there are records, those of duplicates are read for their strokes.
    pub fn audit(
        &self,
        near_distance: f64,
        most: usize,
        between: Option<&Column>,
        progress: Progress<'_>,
    ) -> Result<Audit, HeadlessError> {
        let audit = || -> Result<Audit, LikenessError> {
            let Suspects { exact, near, outliers, .. } = self.suspects(near_distance, most, progress.part(0.0, 0.8))?;
            let rows = rows_of(&exact.groups, &near);
            let leaked = between.map(|column| {
                let codes = column.codes_among(&rows, progress.part(0.8, 0.81))?;
                let found = leakage(&codes.codes, &exact, &near, progress.part(0.81, 0.82))?;
                Ok::<_, LikenessError>(Leaked::new(column.name().to_owned(), codes.labels, found))
            });
            let audit = Audit::new(self.dataset.rows(), exact, (near_distance, near), outliers, leaked.transpose()?);
            if rows.is_empty() || !self.dataset.has_records() {
                return Ok(audit);
            }
            let spans = strokes::spans(&self.dataset, &rows, progress.part(0.82, 0.9))?;
            let span = |row: u32| rows.binary_search(&row).ok().and_then(|at| spans.get(at).copied());
            let kinds = strokes::kinds(&self.dataset, &rows, &span, progress.part(0.9, 1.0))?;
            Ok(audit.with_strokes(&kinds))
        };
        Ok(audit()?)
    }

    /// Reads some drawings as ink.
    fn read(&self, rows: &[u32], out: &mut [u8]) -> Result<(), LikenessError> {
        self.dataset.read_ink_scattered(rows, out, &self.table)?;
        self.dataset.clear_broken(rows.iter().copied(), out);
        Ok(())
    }
}
