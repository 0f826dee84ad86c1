//! The mean drawing of each cluster that is shown: all are made by one job once somebody looks at clusters.

use crate::app::session::Session;
use crate::app::session::seeking::Seeking;
use crate::data::values::ValueMap;
use crate::jobs::JobNews;
use crate::likeness::means::Means;
use crate::scene::clusters::SetClusters;
use std::sync::Arc;

/// Of which clusters, and how values became ink.
#[derive(Clone, Debug)]
struct Of(Arc<SetClusters>, ValueMap);

impl Of {
    fn is(&self, found: &Arc<SetClusters>, values: ValueMap) -> bool {
        Arc::ptr_eq(&self.0, found) && self.1 == values
    }
}

/// What is known of mean drawings.
#[derive(Debug, Default)]
pub struct Averaged {
    found: Option<(Of, Arc<Means>)>,
    job: Option<(Of, Seeking<Means>)>,
    failed: Option<(Of, String)>,
}

impl Averaged {
    /// A mean drawing for each of these clusters that is shown.
    pub fn of(&self, clusters: &Arc<SetClusters>) -> Option<&Arc<Means>> {
        self.found.as_ref().filter(|(of, _)| Arc::ptr_eq(&of.0, clusters)).map(|(_, means)| means)
    }

    /// Why there are none.
    pub fn why_not(&self) -> Option<&str> {
        self.failed.as_ref().map(|(_, why)| why.as_str())
    }
}

impl Session {
    /// Nobody looks at them: what is under way is given up, and what went wrong is tried again next time.
    pub fn leave_means(&mut self) {
        (self.clustering.means.job, self.clustering.means.failed) = (None, None);
    }

    /// Begins to make them for the clusters that are there, unless they are known or under way.
    pub fn follow_means(&mut self) {
        let (basis, values) = (self.basis(), self.values);
        let Some(found) = self.clustering.found().map(Arc::clone) else { return };
        let means = &mut self.clustering.means;
        means.found.take_if(|(of, _)| !of.is(&found, values));
        means.job.take_if(|(of, _)| !of.is(&found, values));
        means.failed.take_if(|(of, _)| !of.is(&found, values));
        if means.found.is_some() || means.job.is_some() || means.failed.is_some() {
            return;
        }
        let (likeness, of) = (Arc::clone(&self.alike.likeness), Of(Arc::clone(&found), values));
        let seeking = Seeking::start(&self.jobs, "means of clusters", basis, move |by, progress| {
            likeness.means(by, &found.cluster_of, found.portraits.len(), progress)
        });
        means.job = Some((of, seeking));
    }

    /// Takes in what has been made; answers whether there is anything new.
    pub fn take_means(&mut self) -> bool {
        let (means, mut is_new) = (&mut self.clustering.means, false);
        while let Some(news) = means.job.as_ref().and_then(|(_, seeking)| seeking.poll()) {
            is_new = true;
            match news {
                JobNews::Published(made) => {
                    means.found = means.job.as_ref().map(|(of, _)| (of.clone(), Arc::new(made)));
                }
                JobNews::Ended(ended) => {
                    let of = means.job.take().map(|(of, _)| of);
                    means.failed = ended.err().and_then(|error| Some((of?, error.to_string())));
                }
            }
        }
        is_new
    }
}
