//! What is found out by comparing all drawings, for the commands without a window.

use super::HeadlessError;
use crate::data::columns::{Column, Columns, quoted};
use crate::data::dataset::Dataset;
use crate::data::values::{InkTable, ValueMap};
use crate::likeness::assortment::{self, Assortment, assortment};
use crate::likeness::audit::{Audit, Leaked};
use crate::likeness::code::{Codes, Measure};
use crate::likeness::drawings::Drawings;
use crate::likeness::duplicates::{NEIGHBOUR, NearSearch, exact, leakage, near, outliers};
use crate::likeness::graph::{Graph, graph};
use crate::likeness::side_by_side::{self, SideBySide, side_by_side};
use crate::likeness::{LikenessError, SetCodes};
use crate::memory::{Needs, Purpose};
use crate::progress::Progress;
use crate::scene::Scene;
use crate::scene::clusters::{NEIGHBOURS, Resolution, SetClusters};
use crate::scene::layout::LayoutKind;
use std::sync::Arc;

/// How much of the work it is to make codes; the rest finds the nearest of each.
const COMPARED: f64 = 0.15;

/// Lets a scene know how much its drawings look alike, where the layout that is wanted goes by that.
pub(super) fn compare(
    scene: &mut Scene,
    dataset: &Dataset,
    wanted: LayoutKind,
    values: ValueMap,
) -> Result<(), HeadlessError> {
    if wanted.reads_likeness() {
        let neighbours = wanted.neighbours(&scene.settings.layout_params);
        Needs::of(dataset)?.refuse_unless_room(neighbours.map_or(Purpose::Sorted, Purpose::Map))?;
        let codes = SetCodes::of(dataset, &values.table(), Measure::default(), Progress::NONE)?;
        scene.codes = Some(Arc::new(codes));
    }
    Ok(())
}

/// A set whose drawings have been compared, each with all others.
#[derive(Debug)]
pub struct Compared<'a> {
    dataset: &'a Dataset,
    table: InkTable,
    /// The codes.
    pub codes: Codes,
    /// The nearest of each row, [`NEIGHBOURS`] of them.
    pub graph: Graph,
}

impl<'a> Compared<'a> {
    /// Compares all drawings; `values` is how these become ink.
    pub fn new(dataset: &'a Dataset, values: ValueMap, progress: Progress<'_>) -> Result<Self, HeadlessError> {
        Needs::of(dataset)?.refuse_unless_room(Purpose::Clusters)?;
        let table = values.table();
        let SetCodes { codes, .. } = SetCodes::of(dataset, &table, Measure::default(), progress.part(0.0, COMPARED))?;
        let graph = graph(&codes, NEIGHBOURS, progress.part(COMPARED, 1.0)).map_err(LikenessError::from)?;
        Ok(Self { dataset, table, codes, graph })
    }

    /// The clusters of the drawings, with what is over-represented in each by these columns.
    pub fn clusters(
        &self,
        columns: Option<&Columns>,
        resolution: Resolution,
        progress: Progress<'_>,
    ) -> Result<SetClusters, HeadlessError> {
        let found = SetClusters::of(&self.codes, &self.graph, columns, resolution, progress);
        Ok(found.map_err(LikenessError::from)?)
    }

    /// Duplicates, blank drawings and those that are like nothing else; `most` outliers at most. `between` is a column, a value of
    /// which duplicates may not share with another.
    pub fn audit(
        &self,
        near_distance: f64,
        most: usize,
        between: Option<&Column>,
        progress: Progress<'_>,
    ) -> Result<Audit, HeadlessError> {
        let audit = || -> Result<Audit, LikenessError> {
            let (rows, width, height) = (self.dataset.rows(), self.dataset.width(), self.dataset.height());
            let as_they_are = |rows: &[u32], out: &mut [u8]| Ok(self.dataset.read_scattered(rows, out)?);
            let read = |rows: &[u32], out: &mut [u8]| self.read(rows, out);
            let bytes = Drawings { rows, width, height, read: &as_they_are };
            let exact = exact::<LikenessError>(&bytes, progress.part(0.0, 0.1))?;
            let drawings = Drawings { rows, width, height, read: &read };
            // Every pair of neighbours is compared: in a small or uniform set codes differ most where drawings hardly do.
            let search = NearSearch { most_distance: near_distance, least_cosine: -1.0 };
            let near = near::<LikenessError>(&drawings, &self.graph, &exact, &search, progress.part(0.1, 0.9))?;
            let outliers = outliers(&self.graph, NEIGHBOUR, most, progress.part(0.9, 0.95))?;
            let leaked = between.map(|column| {
                let refused =
                    || LikenessError::Refused(format!("{} has too many values for --between", quoted(column.name())));
                let codes = column.codes().ok_or_else(refused)?;
                let found = leakage(&codes.codes, &exact, &near, progress.part(0.95, 1.0))?;
                Ok::<_, LikenessError>(Leaked::new(column.name().to_owned(), codes.labels, found))
            });
            Ok(Audit::new(rows, exact, (near_distance, near), outliers, leaked.transpose()?))
        };
        Ok(audit()?)
    }

    /// Which values of a column have drawings that are more like each other than chance makes them.
    pub fn assortment(&self, column: &[u32], progress: Progress<'_>) -> Result<Assortment, HeadlessError> {
        let found = assortment(column, &self.graph, &assortment::Test::default(), progress);
        Ok(found.map_err(LikenessError::from)?)
    }

    /// Two groups of rows beside each other.
    pub fn side_by_side(&self, groups: [&[u32]; 2], progress: Progress<'_>) -> Result<SideBySide, HeadlessError> {
        let read = |rows: &[u32], out: &mut [u8]| self.read(rows, out);
        let (rows, width, height) = (self.dataset.rows(), self.dataset.width(), self.dataset.height());
        let drawings = Drawings { rows, width, height, read: &read };
        let test = side_by_side::Test::default();
        Ok(side_by_side::<LikenessError>(&drawings, &self.codes, groups, &test, progress)?)
    }

    /// Reads some drawings as ink.
    fn read(&self, rows: &[u32], out: &mut [u8]) -> Result<(), LikenessError> {
        self.dataset.read_scattered(rows, out)?;
        self.table.apply(out);
        Ok(())
    }
}
