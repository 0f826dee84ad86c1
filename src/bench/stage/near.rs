//! Frames with pictures in their own size.

use super::{Shown, Stage};
use crate::data::dataset::{Dataset, OpenError};
use crate::headless::{Headless, HeadlessError};
use crate::jobs::Jobs;
use crate::scene::Action;
use crate::scene::camera::Camera;
use crate::scene::overlay::Overlay;
use crate::viewer::in_sight::{Came, InSight};
use crate::viewer::near::{self, Decoded};
use std::sync::Arc;
use std::time::Instant;

impl Stage {
    /// From how many pixels a side on pictures are decoded in their own size; `None` where there are none but the drawings.
    pub fn near_from_px(&self) -> Option<u32> {
        self.headless.scene.near_from_px
    }

    /// Takes in pictures that were decoded, moves the camera, begins to decode what is in sight, and draws the scatter, as the window
    /// does; also how many pictures came, and how many are shown.
    pub fn near_frame(
        &mut self,
        camera: Camera,
        (pictures, jobs): (&mut InSight<Decoded, OpenError>, &Jobs),
        dataset: &Arc<Dataset>,
    ) -> Result<(Shown, u32, usize), HeadlessError> {
        let start = Instant::now();
        let mut came = 0;
        while let Some(one) = pictures.take() {
            match one {
                Came::One(decoded) => {
                    near::show(&mut self.headless.renderer, &decoded);
                    came += 1;
                }
                Came::Failed(error, _) => return Err(error.into()),
                Came::Ended => {}
            }
        }
        let Headless { scene, renderer, .. } = &mut self.headless;
        scene.apply(Action::SetCamera(camera));
        near::follow(pictures, jobs, dataset, scene, renderer);
        let shown = self.finish(start, Overlay::default(), None)?;
        let Headless { scene, renderer, .. } = &mut self.headless;
        Ok((shown, came, renderer.near().shown(&scene.near_px())))
    }
}
