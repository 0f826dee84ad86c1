//! Warming up: what other zooms will need is made ready a step at a time, while nobody moves anything.

use super::Session;
use crate::scene::STROKES_FROM_PX;
use std::time::{Duration, Instant};

/// How long nobody must have moved before anything is warmed up.
const QUIET: Duration = Duration::from_millis(250);
/// Strokes may come where drawings are as large as they must be for these, enlarged by so much.
const NEAR: f64 = 2.0;

impl Session {
    /// Takes the next step of warming up, unless one is on its way; when to come again if it is too early.
    pub fn take_warm_up_step(&mut self, moved_at: Option<Instant>, now: Instant) -> Option<Instant> {
        if !self.warm_up.is_due(&self.scene) {
            return None;
        }
        // Which steps are left is found out when somebody has come to rest: each zoom has its own.
        if let Some(at) = moved_at.map(|moved| moved + QUIET).filter(|at| *at > now) {
            return Some(at);
        }
        self.hold_scene();
        let is_near = self.scene.view().side_px * NEAR >= STROKES_FROM_PX * self.scene.viewport().scale;
        let are_expected = self.dataset.has_records() && (self.scene.settings.strokes || is_near);
        self.renderer.strokes().expect(are_expected);
        if !self.warm_up.can_step(&self.scene, &self.renderer) {
            return None;
        }
        let Some(submission) = self.warm_up.step(&mut self.renderer) else {
            // Nothing is on its way that would bring the next step.
            return Some(now + QUIET);
        };
        self.waiter.watch(submission);
        None
    }
}
