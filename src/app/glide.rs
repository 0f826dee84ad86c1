//! Motion: the 120 ms in which keyed zooms and "fit" arrive, and the time in which drawings go to another place.

use super::state::App;
use crate::scene::Action;
use crate::scene::camera::Camera;
use std::time::{Duration, Instant};

const CAMERA: Duration = Duration::from_millis(120);
/// To another layout, and to a better grid of the same one: these come three times a second.
pub const TO_LAYOUT: Duration = Duration::from_millis(600);
pub const TO_BETTER: Duration = Duration::from_millis(200);

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
        let t = part_of(CAMERA, self.start, now);
        if t >= 1.0 {
            return (self.to, true);
        }
        // Ease out: quick at first, gentle at the end.
        let eased = 1.0 - (1.0 - t).powi(3);
        (Camera::lerp(self.from, self.to, eased), false)
    }
}

/// How much of a time has passed since its start.
fn part_of(length: Duration, start: Instant, now: Instant) -> f64 {
    now.saturating_duration_since(start).as_secs_f64() / length.as_secs_f64()
}

/// How far drawings have come in part of their time: gentle at both ends.
fn eased(t: f64) -> f64 {
    if t < 0.5 { 4.0 * t.powi(3) } else { 1.0 - 4.0 * (1.0 - t.min(1.0)).powi(3) }
}

impl App {
    /// Moves the camera on its way, and drawings on theirs.
    pub(super) fn step_glide(&mut self) {
        let Some(session) = &mut self.session else { return };
        let (now, was_on_the_way) = (Instant::now(), session.scene.transition().is_some());
        if let Some((camera, arrived)) = self.glide.as_ref().map(|glide| glide.at(now)) {
            session.scene.apply(Action::SetCamera(camera));
            self.glide = self.glide.filter(|_| !arrived);
        }
        match session.glide {
            Some((since, length)) if session.scene.transition().is_some() => {
                session.scene.set_glide_part(eased(part_of(length, since, now)));
            }
            _ => session.glide = None,
        }
        if was_on_the_way && session.scene.transition().is_none() {
            // What came for the layout meanwhile has waited.
            self.take_arranged(Duration::ZERO);
        }
    }

    /// Starts a glide to a camera, or jumps there where motion is not wanted.
    pub(super) fn glide_to(&mut self, to: Camera) {
        let glides = self.glides();
        let Some(session) = &mut self.session else { return };
        if glides {
            self.glide = Some(Glide::new(session.scene.camera(), to, Instant::now()));
        } else {
            self.glide = None;
            session.scene.apply(Action::SetCamera(to));
        }
        self.redraw();
    }

    /// Whether the camera or drawings are on their way.
    pub(super) fn is_gliding(&self) -> bool {
        self.glide.is_some() || self.session.as_ref().is_some_and(|session| session.scene.transition().is_some())
    }

    /// Whether the camera and drawings may glide; else they jump.
    pub(super) fn glides(&self) -> bool {
        self.args.motion.glides(self.desktop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_leave_and_arrive_gently_and_are_half_way_after_half_the_time() {
        assert_eq!([0.0, 0.5, 1.0, 7.0].map(eased), [0.0, 0.5, 1.0, 1.0]);
        let steps: Vec<f64> = (1..=10).map(|i| eased(f64::from(i) / 10.0) - eased(f64::from(i - 1) / 10.0)).collect();
        assert!(steps.iter().all(|&step| step > 0.0));
        assert!(steps[0] < steps[4] / 10.0 && steps[9] < steps[5] / 10.0, "{steps:?}");
    }
}
