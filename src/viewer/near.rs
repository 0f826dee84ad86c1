//! Which pictures are decoded in their own size: those in sight that are seen larger than their cells.

use crate::data::Row;
use crate::data::dataset::{Dataset, OpenError};
use crate::gpu::renderer::Renderer;
use crate::jobs::{JobError, Jobs};
use crate::scene::Scene;
use crate::scene::near::NearPicture;
use rayon::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};

use super::in_sight::InSight;

/// Pictures that are decoded at once.
pub const AT_ONCE: usize = 16;

/// The next pictures to be decoded, those next to the middle of the view first, with how large each is seen.
pub fn wanted(scene: &Scene, renderer: &mut Renderer) -> Vec<(Row, u32)> {
    let middle = scene.viewport().size_px().as_vec2() / 2.0;
    renderer.near().wanted(&scene.near_px(), middle.to_array())
}

/// What came of decoding a row's picture: `None` where there is none that could be shown.
pub type Decoded = (Row, Option<NearPicture>);

/// Decodes pictures on all cores and hands each on as it comes. Ends early where `on` fails.
pub fn decode<E: Send>(
    dataset: &Dataset,
    canvas: u32,
    wanted: &[(Row, u32)],
    on: impl Fn(Result<Decoded, OpenError>) -> Result<(), E> + Sync,
) -> Result<(), E> {
    wanted
        .par_iter()
        .try_for_each(|&(row, seen)| on(NearPicture::decode(dataset, row, seen, canvas).map(|picture| (row, picture))))
}

/// Begins to decode the pictures in sight that are seen larger than their cells, some at a time; those that are no longer in sight are
/// given up.
pub fn follow(
    pictures: &mut InSight<Decoded, OpenError>,
    jobs: &Jobs,
    dataset: &Arc<Dataset>,
    scene: &Scene,
    renderer: &mut Renderer,
) {
    if scene.near_from_px.is_none() {
        return;
    }
    let mut some = wanted(scene, renderer);
    if pictures.goes_on(|row| some.iter().any(|(wanted, _)| wanted == row)) || some.is_empty() {
        return;
    }
    some.truncate(AT_ONCE);
    let rows = some.iter().map(|(row, _)| *row).collect();
    let (dataset, canvas) = (Arc::clone(dataset), renderer.plan().canvas);
    let job = jobs.start("near", move |context| {
        decode(&dataset, canvas, &some, |decoded| {
            context.check()?;
            Ok(context.publish(decoded.map_err(JobError::Failed)?)?)
        })
    });
    *pictures = InSight::of(job, rows);
}

/// Gives the renderer what was decoded.
pub fn show(renderer: &mut Renderer, (row, picture): &Decoded) {
    match picture {
        Some(picture) => renderer.set_near(picture),
        None => renderer.near().set_none(*row),
    }
}

/// Decodes and shows the pictures in sight, all that there is room for: what a window does while somebody looks at them.
pub fn decode_now(dataset: &Dataset, scene: &Scene, renderer: &mut Renderer) -> Result<(), OpenError> {
    loop {
        let mut some = wanted(scene, renderer);
        some.truncate(AT_ONCE);
        if some.is_empty() {
            return Ok(());
        }
        let decoded = Mutex::new(Vec::new());
        decode(dataset, renderer.plan().canvas, &some, |one| {
            decoded.lock().unwrap_or_else(PoisonError::into_inner).push(one?);
            Ok::<(), OpenError>(())
        })?;
        decoded.into_inner().unwrap_or_else(PoisonError::into_inner).iter().for_each(|one| show(renderer, one));
    }
}
