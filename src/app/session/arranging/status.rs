//! What is being arranged: for whom it matters, and in words.

use super::{Purpose, TOLD_AFTER};
use crate::app::session::Session;
use crate::scene::layout::LayoutKind;
use crate::scene::snapshot::Snapshot;
use std::time::Instant;

impl Session {
    /// Whether a layout that was chosen has not come yet.
    pub fn is_choosing(&self) -> bool {
        self.arranging.as_ref().is_some_and(|arranging| arranging.is_chosen() && !arranging.is_shown)
    }

    /// What is about to be gone back to.
    pub fn restoring(&self) -> Option<&Snapshot> {
        // What is shown has been gone back to; better placements change nothing of that.
        match &self.arranging.as_ref().filter(|arranging| !arranging.is_shown)?.purpose {
            Purpose::Restore(snapshot) => Some(snapshot),
            Purpose::Chosen(_) | Purpose::Start | Purpose::Better => None,
        }
    }

    /// The condition that decides which rows have a place, or will decide it once the layout that is being made is shown.
    pub fn only(&self) -> Option<&str> {
        let coming = self.arranging.as_ref().filter(|arranging| !arranging.is_shown);
        let params = match coming.map(|arranging| &arranging.purpose) {
            Some(Purpose::Chosen(params)) => params,
            Some(Purpose::Restore(snapshot)) => &snapshot.layout_params,
            Some(Purpose::Start | Purpose::Better) | None => &self.scene.settings.layout_params,
        };
        params.only.as_deref()
    }

    /// The layout that is being made.
    pub fn arranging(&self) -> Option<LayoutKind> {
        self.arranging.as_ref().map(|arranging| arranging.request.kind)
    }

    /// When a frame is due that tells of the layout that is being made.
    pub fn arranging_due(&mut self) -> Option<&mut Option<Instant>> {
        self.arranging.as_mut().map(|arranging| &mut arranging.due)
    }

    /// What is being made that takes its time: a layout, or clusters.
    pub fn working_in_words(&self) -> Option<String> {
        let seeking = || Some(format!("finding clusters… {}", crate::words::percent(self.clustering.progress()?)));
        self.arranging_in_words().or_else(seeking)
    }

    /// Which layout is being made, where that takes its time: "arranging… groups 40 %".
    pub fn arranging_in_words(&self) -> Option<String> {
        let arranging = self.arranging.as_ref().filter(|arranging| arranging.since.elapsed() >= TOLD_AFTER)?;
        let part = arranging.job.progress().map(|part| format!(" {}", crate::words::percent(part)));
        Some(format!("arranging… {}{}", arranging.request.kind, part.unwrap_or_default()))
    }
}
