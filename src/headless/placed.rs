//! A scene without any GPU: where rows are.

use super::doing::{OnDoing, arrange, given_up};
use super::{Doing, HeadlessError};
use crate::atlas::{AtlasLimits, AtlasPlan};
use crate::data::columns::Columns;
use crate::data::dataset::Dataset;
use crate::data::values::ValueMap;
use crate::loader::{Loaded, Loader};
use crate::scene::camera::Viewport;
use crate::scene::layout::LayoutKind;
use crate::scene::{Scene, Settings};
use std::sync::Arc;

/// A scene of a data set without any GPU: where rows are. Drawings are read where the layout goes by them.
pub fn placed_scene(
    dataset: &Arc<Dataset>,
    settings: Settings,
    viewport: Viewport,
    columns: Option<&Columns>,
    on: OnDoing<'_>,
) -> Result<Scene, HeadlessError> {
    let wanted = settings.layout;
    if !wanted.reads_drawings() {
        return Ok(Scene::new(dataset.rows(), u32::MAX, settings, viewport, columns)?);
    }
    let first = Settings { layout: LayoutKind::GRID, ..settings };
    let mut scene = Scene::new(dataset.rows(), u32::MAX, first, viewport, columns)?;
    scene.settings.layout = wanted;
    let plan = AtlasPlan::of(dataset, AtlasLimits::USUAL)?;
    let loader = Loader::start(dataset, &plan, false, || ());
    let mut values = ValueMap::default();
    while let Some(loaded) = loader.wait() {
        match loaded {
            Loaded::Values(map) => values = map,
            Loaded::Piece(piece) => {
                if piece.first_row == 0 {
                    scene.forget_rows(u32::MAX);
                }
                scene.rows_arrived(&piece.means, &piece.moments);
                given_up(on(Doing::Reading(scene.rows_ready())))?;
            }
            Loaded::DrawingsFailed(error) => return Err(error.into()),
            Loaded::Drawings => break,
            _ => {}
        }
    }
    arrange(&mut scene, dataset, wanted, values, columns, on)?;
    Ok(scene)
}
