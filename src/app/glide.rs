//! The 120 ms in which keyed zooms and "fit" arrive.

use crate::scene::camera::Camera;
use std::time::{Duration, Instant};

const LENGTH: Duration = Duration::from_millis(120);

/// A camera on its way.
#[derive(Clone, Copy, Debug)]
pub struct Glide {
    from: Camera,
    to: Camera,
    start: Instant,
}

impl Glide {
    /// Starts now.
    pub fn new(from: Camera, to: Camera, start: Instant) -> Self {
        Self { from, to, start }
    }

    /// Where it ends.
    pub fn end(&self) -> Camera {
        self.to
    }

    /// The camera at a time, and whether it has arrived.
    pub fn at(&self, now: Instant) -> (Camera, bool) {
        let t = now.saturating_duration_since(self.start).as_secs_f64() / LENGTH.as_secs_f64();
        if t >= 1.0 {
            return (self.to, true);
        }
        // Ease out: quick at first, gentle at the end.
        let eased = 1.0 - (1.0 - t).powi(3);
        (Camera::lerp(self.from, self.to, eased), false)
    }
}

impl super::state::App {
    /// Moves the camera on its way.
    pub(super) fn step_glide(&mut self) {
        let (Some(glide), Some(session)) = (&self.glide, &mut self.session) else { return };
        let (camera, arrived) = glide.at(Instant::now());
        session.scene.apply(crate::scene::Action::SetCamera(camera));
        if arrived {
            self.glide = None;
        }
    }
}
