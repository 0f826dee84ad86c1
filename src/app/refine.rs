//! The scatter's picture by itself: how coarse it may be, and how long it takes.

use super::state::App;
use crate::data::countries::country_name;
use crate::gpu::scatter::Redrawn;
use crate::scene::frame::Frame;
use std::sync::Arc;
use std::time::Instant;

impl App {
    /// Draws the scatter's picture where it has changed, by itself: how long it takes decides how coarse the next may be.
    pub(super) fn update_scatter(&mut self, frame: &Frame, coarseness: u32) -> bool {
        let Some(session) = &mut self.session else { return false };
        session.hold_layout();
        let gpu = Arc::clone(session.renderer.gpu());
        let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("scatter") });
        let redrawn = match session.renderer.update(frame, &mut encoder) {
            Ok(redrawn) => redrawn,
            Err(error) => {
                self.complain_of_gpu(&error);
                return false;
            }
        };
        if redrawn == Redrawn::Nothing {
            return false;
        }
        let submission = gpu.queue.submit([encoder.finish()]);
        match redrawn {
            Redrawn::Everything => session.waiter.time(submission, session.scene.picture_view(), coarseness),
            // What a part takes tells nothing of the whole.
            _ => session.waiter.follow(submission),
        }
        true
    }

    /// Pixels a side that share a colour in the scatter's picture now.
    pub(super) fn coarseness(&mut self) -> u32 {
        let Some(session) = &mut self.session else { return 1 };
        for took in session.waiter.times() {
            session.refinement.took(&took.view, took.coarseness, took.time);
        }
        let exact = session.scene.picture(&country_name);
        let seen = session.renderer.is_mostly_shown(&exact);
        let coarseness = session.refinement.coarseness(&exact.view, seen, Instant::now());
        self.exact_at = session.refinement.due();
        coarseness
    }
}
