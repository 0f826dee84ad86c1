//! The mean drawing of each cluster that is shown: all are made by one job once somebody looks at clusters.

use crate::app::session::Session;
use crate::app::session::seeking::Seeking;
use crate::app::session::sought::{Same, Sought};
use crate::data::values::ValueMap;
use crate::likeness::means::Means;
use crate::scene::clusters::SetClusters;
use std::sync::Arc;

/// What is known of mean drawings, by their clusters and by how values became ink.
pub(super) type Averaged = Sought<(Same<SetClusters>, ValueMap), Means>;

impl Session {
    /// A mean drawing for each of the clusters that are shown.
    pub fn means(&self) -> Option<&Arc<Means>> {
        self.clustering.means.found()
    }

    /// Why there are none.
    pub fn why_no_means(&self) -> Option<&str> {
        self.clustering.means.why_not()
    }

    /// Nobody looks at them.
    pub fn leave_means(&mut self) {
        self.clustering.means.leave();
    }

    /// Begins to make them for the clusters that are there, unless they are known or under way.
    pub fn follow_means(&mut self) {
        let (basis, values) = (self.basis(), self.values);
        let Some(found) = self.clustering.found().map(Arc::clone) else { return };
        let question = (Same::of(&found), values);
        if !self.clustering.means.is_open(&question) {
            return;
        }
        let likeness = Arc::clone(&self.alike.likeness);
        let seeking = Seeking::start(&self.jobs, "means of clusters", basis, move |by, progress| {
            likeness.means(by, &found.cluster_of, found.portraits.len(), progress)
        });
        self.clustering.means.begin(question, seeking);
    }

    /// Takes in what has been made; answers whether there is anything new.
    pub fn take_means(&mut self) -> bool {
        self.clustering.means.take()
    }
}
