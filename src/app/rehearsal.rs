//! Draws, out of sight and while nobody moves, what other zooms of a layout will need: the first frame there is then no slower
//! than the next.

use super::session::Session;
use crate::gpu::progressive::{WARM_UP_PX, warm_up_steps};
use crate::scene::layout::LayoutKind;
use std::time::{Duration, Instant};

/// How long nobody must have moved.
const QUIET: Duration = Duration::from_millis(250);

/// How far it has come.
#[derive(Clone, Debug, Default)]
pub struct Rehearsal {
    /// Layouts that are done, and the next step of one that is not.
    done: Vec<LayoutKind>,
    step: usize,
    /// A picture has been submitted and is not finished yet.
    in_flight: bool,
    /// Nobody is there who could zoom: it waits until somebody is.
    asleep: bool,
}

impl Rehearsal {
    /// One that begins when somebody does something: a device is mostly lost while a computer sleeps, and a second of work for
    /// a window that nobody looks at is for nothing.
    pub fn asleep() -> Self {
        Self { asleep: true, ..Self::default() }
    }

    /// Somebody is there.
    pub fn wake(&mut self) {
        self.asleep = false;
    }

    /// Whether a step is under way.
    pub fn is_in_flight(&self) -> bool {
        self.in_flight
    }
}

impl Session {
    /// Whether some of the layout in force has not been drawn out of sight yet.
    pub fn must_rehearse(&self) -> bool {
        !self.rehearsal.asleep
            && self.scene.rows_ready() == self.scene.rows()
            && !self.rehearsal.done.contains(&self.scene.placed().layout.kind)
    }

    /// Takes the next step, unless one is on its way; when to come again if it is too early.
    pub fn rehearse(&mut self, moved_at: Option<Instant>, now: Instant) -> Option<Instant> {
        if !self.must_rehearse() || self.rehearsal.in_flight {
            return None;
        }
        if let Some(at) = moved_at.map(|moved| moved + QUIET).filter(|at| *at > now) {
            return Some(at);
        }
        let steps = warm_up_steps(self.renderer.plan());
        let Some(&(side_px, budget)) = steps.get(self.rehearsal.step) else {
            self.rehearsal.done.push(self.scene.placed().layout.kind);
            self.rehearsal.step = 0;
            return None;
        };
        self.rehearsal.step += 1;
        let picture = self.scene.picture_at(WARM_UP_PX, side_px);
        self.hold_layout();
        let gpu = std::sync::Arc::clone(self.renderer.gpu());
        let label = wgpu::CommandEncoderDescriptor { label: Some("rehearsal") };
        let mut encoder = gpu.device.create_command_encoder(&label);
        match self.renderer.warm_up(&picture, budget, &mut encoder) {
            Ok(()) => {
                self.rehearsal.in_flight = true;
                self.waiter.watch(gpu.queue.submit([encoder.finish()]));
            }
            Err(error) => tracing::debug!("rehearsing a zoom failed: {error}"),
        }
        None
    }

    /// The GPU has finished something: the next step may follow.
    pub fn rehearsed(&mut self) {
        self.rehearsal.in_flight = false;
    }
}
