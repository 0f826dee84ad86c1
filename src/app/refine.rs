//! The scatter's picture by itself: how coarse it may be, and how long it takes.

use super::state::App;
use super::waiter::Drawn;
use crate::data::countries::country_name;
use crate::gpu::scatter::Redrawn;
use crate::scene::frame::{Frame, ScatterPicture};
use crate::scene::refinement::Effort;
use std::sync::Arc;
use std::time::Instant;

impl App {
    /// Draws the scatter's picture where it has changed, by itself: how long it takes decides how coarse the next may be.
    pub(super) fn update_scatter(&mut self, frame: &Frame, coarse: u32) -> bool {
        let Some(session) = &mut self.session else { return false };
        session.hold_layout();
        let gpu = Arc::clone(session.renderer.gpu());
        let mut encoder = gpu.device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("scatter") });
        let redrawn = match session.renderer.update(frame, &mut encoder) {
            Ok(redrawn) => redrawn,
            Err(error) => {
                session.refinement.set_refining(false);
                self.complain_of_gpu(&error);
                return false;
            }
        };
        // Where there is no room for a picture none is waited for.
        session.refinement.set_refining(!self.scatter_rect.is_empty() && !session.renderer.is_exact());
        if redrawn == Redrawn::Nothing {
            return false;
        }
        let view = session.scene.picture_view();
        let submission = gpu.queue.submit([encoder.finish()]);
        match redrawn {
            Redrawn::Everything => session.waiter.time(submission, view, Drawn::All(coarse)),
            Redrawn::Slice(lines) => session.waiter.time(submission, view, Drawn::Lines(lines)),
            // What strips take tells nothing of the whole.
            Redrawn::Strips | Redrawn::Nothing => session.waiter.follow(submission),
        }
        true
    }

    /// The scatter's picture for this frame, which says how much of it may be drawn; `None` while nothing is open.
    pub(super) fn plan_picture(&mut self) -> Option<ScatterPicture> {
        let session = self.session.as_mut()?;
        for took in session.waiter.times() {
            match took.drawn {
                Drawn::All(coarse) => session.refinement.took(&took.view, coarse, took.time),
                Drawn::Lines(lines) => session.refinement.took_slice(&took.view, lines, took.time),
            }
        }
        let now = Instant::now();
        let picture = session.scene.picture(&country_name);
        let Effort { coarse, lines } = session.refinement.effort(&picture.view, session.renderer.seen(&picture), now);
        let picture = ScatterPicture { coarse, lines, ..picture };
        session.refinement.set_refining(!session.renderer.will_be_exact(&picture));
        Some(picture)
    }

    /// After a frame: when the next one is due that makes more of the picture exact.
    pub(super) fn await_refinement(&mut self) {
        self.exact_at = self.session.as_ref().and_then(|session| session.refinement.due(Instant::now()));
    }
}
