//! The scatter's picture by itself: planned, drawn and timed by the driver.

use super::state::App;
use super::suspecting::LeftPanel;
use super::ui::InspectorPage;
use crate::gpu::scatter::Redrawn;
use crate::scene::frame::Frame;
use crate::viewer::driver::Plan;
use std::time::Instant;

impl App {
    /// Draws the scatter's picture where it has changed, and the minimap's; returns whether any of the scatter's was drawn.
    pub(super) fn update_scatter(&mut self, frame: &Frame, plan: &Plan) -> bool {
        let Some(session) = &mut self.session else { return false };
        let submitted = match session.driver.draw(&mut session.renderer, frame, plan) {
            Ok(submitted) => submitted,
            Err(error) => {
                self.complain_of_gpu(&error);
                return false;
            }
        };
        let Some(submitted) = submitted else { return false };
        match submitted.drawn {
            Some(drawn) => session.waiter.time(submitted.submission, drawn),
            None => session.waiter.follow(submitted.submission),
        }
        submitted.redrawn > Redrawn::Nothing
    }

    /// The scatter's picture for this frame, and how much of it may be drawn; `None` while nothing is open.
    pub(super) fn plan_picture(&mut self) -> Option<Plan> {
        self.follow_suspects();
        self.follow_differing();
        let session = self.session.as_mut()?;
        session.hold_scene();
        session.caption_scene();
        session.follow_selection();
        session.follow_nearby();
        session.follow_ink();
        session.follow_clusters();
        if self.left == Some(LeftPanel::Clusters) {
            session.chosen_in_facets();
            session.follow_means();
        } else {
            session.leave_means();
        }
        match self.left {
            Some(LeftPanel::Facets) => session.follow_facets(),
            Some(LeftPanel::Sketch) => session.follow_sketch(&self.sketch),
            Some(LeftPanel::Clusters | LeftPanel::Suspects | LeftPanel::Differ) | None => {}
        }
        for took in session.waiter.times() {
            session.driver.record_gpu_time(&took.drawn, took.time);
        }
        Some(session.driver.plan(&session.renderer, session.scene.picture(), Instant::now()))
    }

    /// Looks for what looks like the drawing in the inspector, where that is shown.
    pub(super) fn follow_alike(&mut self) {
        let is_shown = self.alike_open && self.inspector_open && self.page == InspectorPage::Drawing;
        let row = self.inspected().filter(|_| is_shown && !self.comparing.is_on());
        let sketches = self.sketches();
        match (&mut self.session, row) {
            (Some(session), Some(row)) => session.follow_alike(row),
            (Some(session), None) => session.leave_alike(sketches),
            (None, _) => {}
        }
    }

    /// Decodes the picture that the drawing in the inspector was made of, where that is shown.
    pub(super) fn follow_original(&mut self) {
        let is_shown = self.inspector_open && self.page == InspectorPage::Drawing && !self.comparing.is_on();
        let row = self.inspected().filter(|_| is_shown);
        if let Some(session) = &mut self.session {
            session.follow_original(row);
            session.follow_marks(row);
        }
    }

    /// After a frame: when the next one is due that makes more of the picture exact.
    pub(super) fn await_refinement(&mut self) {
        self.exact_at = self.session.as_ref().and_then(|session| session.driver.due(Instant::now()));
    }
}
