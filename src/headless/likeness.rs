//! What is found out by comparing all drawings, for the commands without a window.

use super::HeadlessError;
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::data::values::ValueMap;
use crate::likeness::code::Measure;
use crate::likeness::graph::graph;
use crate::likeness::{LikenessError, SetCodes};
use crate::memory::{Needs, Purpose};
use crate::progress::Progress;
use crate::scene::Scene;
use crate::scene::clusters::{NEIGHBOURS, Resolution, SetClusters};
use crate::scene::layout::LayoutKind;
use std::sync::Arc;

/// How much of the work for clusters it is to compare the drawings, and to find the nearest of each.
const COMPARED: f64 = 0.15;
const JOINED: f64 = 0.85;

/// Lets a scene know how much its drawings look alike, where the layout that is wanted goes by that.
pub(super) fn compare(
    scene: &mut Scene,
    dataset: &Dataset,
    wanted: LayoutKind,
    values: ValueMap,
) -> Result<(), HeadlessError> {
    if wanted.reads_likeness() {
        let is_map = wanted.neighbours(&scene.settings.layout_params).is_some();
        Needs::of(dataset)?.refuse_unless_room(if is_map { Purpose::Map } else { Purpose::Sorted })?;
        let codes = SetCodes::of(dataset, &values.table(), Measure::default(), Progress::NONE)?;
        scene.codes = Some(Arc::new(codes));
    }
    Ok(())
}

/// Finds the clusters of a set's drawings; `values` is how these become ink.
pub fn clusters_of(
    dataset: &Dataset,
    values: ValueMap,
    columns: Option<&Columns>,
    resolution: Resolution,
    progress: Progress<'_>,
) -> Result<SetClusters, HeadlessError> {
    Needs::of(dataset)?.refuse_unless_room(Purpose::Clusters)?;
    let codes = SetCodes::of(dataset, &values.table(), Measure::default(), progress.part(0.0, COMPARED))?;
    let graph = graph(&codes.codes, NEIGHBOURS, progress.part(COMPARED, JOINED)).map_err(LikenessError::from)?;
    let found = SetClusters::of(&codes.codes, &graph, columns, resolution, progress.part(JOINED, 1.0));
    Ok(found.map_err(LikenessError::from)?)
}
