//! The scatter's picture by itself: how coarse it may be, and how long it takes.

use super::state::App;
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
        if redrawn {
            let submission = gpu.queue.submit([encoder.finish()]);
            session.waiter.time(submission, session.scene.picture_view(), coarseness);
        }
        redrawn
    }

    /// Pixels a side that share a colour in the scatter's picture now.
    pub(super) fn coarseness(&mut self) -> u32 {
        let Some(session) = &mut self.session else { return 1 };
        for took in session.waiter.times() {
            session.refinement.took(&took.view, took.coarseness, took.time);
        }
        let coarseness = session.refinement.coarseness(&session.scene.picture_view(), Instant::now());
        self.exact_at = session.refinement.due();
        coarseness
    }
}
