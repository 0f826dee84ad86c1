//! What is read of drawings in sight while somebody looks at them: pictures that are seen larger than their cells, in their own size,
//! and strokes.

mod strokes;

use super::Session;
use crate::data::dataset::OpenError;
use crate::viewer::in_sight::{Came, InSight};
use crate::viewer::near::{self, Decoded};
use crate::viewer::strokes::Read;

/// What is being read of the drawings in sight.
#[derive(Debug, Default)]
pub(super) struct Nearby {
    pictures: InSight<Decoded, OpenError>,
    strokes: InSight<Read, OpenError>,
}

impl Nearby {
    /// Whether more will come.
    pub(super) fn is_busy(&self) -> bool {
        self.pictures.is_busy() || self.strokes.is_busy()
    }
}

impl Session {
    /// Begins to decode the pictures in sight that are seen larger than their cells, some at a time; those that are no longer in
    /// sight are given up.
    pub fn follow_nearby(&mut self) {
        near::follow(&mut self.nearby.pictures, &self.jobs, &self.dataset, &self.scene, &mut self.renderer);
    }

    /// Takes in pictures that were decoded; answers whether there are any.
    pub fn take_nearby(&mut self) -> bool {
        let mut is_new = false;
        while let Some(came) = self.nearby.pictures.take() {
            is_new = true;
            match came {
                Came::One(decoded) => near::show(&mut self.renderer, &decoded),
                Came::Failed(error, rows) => {
                    self.untold.push(format!("pictures in sight cannot be read in their own size: {error}"));
                    // Not tried again with each frame.
                    for row in rows {
                        self.renderer.near().set_none(row);
                    }
                }
                Came::Ended => {}
            }
        }
        is_new
    }
}
