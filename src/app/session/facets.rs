//! What each column holds under the filter in force: counted by a job each time the filter changes while the panel is open.

use super::Session;
use crate::data::columns::query::{ConditionError, Faceted};
use crate::data::columns::{FacetCounts, Facets};
use crate::jobs::{Job, JobError, JobNews};
use crate::progress::Watcher;
use crate::scene::rows::filter::Filter;
use std::sync::Arc;

/// What is known of it.
#[derive(Debug, Default)]
pub struct FacetState {
    /// The bins of all columns, once they have been found.
    pub bins: Option<Arc<Facets>>,
    /// What was counted last.
    pub counts: Option<Arc<FacetCounts>>,
    /// Under which condition, as typed; empty where there is none.
    counted_for: Option<String>,
    /// What the filter in force says of single columns.
    pub chosen: Faceted,
    chosen_by: Option<String>,
    counting: Option<Counting>,
    /// The columns have become others since the bins were found.
    is_outdated: bool,
}

/// A part of it that has come.
#[derive(Debug)]
enum Part {
    Bins(Arc<Facets>),
    Counts(Arc<FacetCounts>),
}

/// The job that counts.
#[derive(Debug)]
struct Counting {
    job: Job<Part, ConditionError>,
    under: String,
}

impl Session {
    /// What is known of facets.
    pub fn facets(&self) -> &FacetState {
        &self.facets
    }

    /// What the filter in force says of single columns.
    pub fn chosen_in_facets(&mut self) -> &Faceted {
        let asked = self.asked();
        if self.facets.chosen_by.as_ref() != Some(&asked) && self.columns.is_finished() {
            let filter = self.scene.settings.appearance.filter.as_ref();
            let faceted = filter.map(|filter| filter.condition().faceted(&self.columns));
            self.facets.chosen = faceted.unwrap_or_default();
            self.facets.chosen_by = Some(asked);
        }
        &self.facets.chosen
    }

    /// The condition in force, as typed; empty where there is none.
    fn asked(&self) -> String {
        self.scene.settings.appearance.filter.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    /// Columns hold something else now: they are counted again. What was counted before is shown until then.
    pub(super) fn forget_facets(&mut self) {
        let FacetState { bins, counts, chosen, .. } = std::mem::take(&mut self.facets);
        self.facets = FacetState { bins, counts, chosen, is_outdated: true, ..FacetState::default() };
    }

    /// Begins to count under the filter in force, unless that is known or something is being counted: what is under way is shown, too,
    /// while a brush is dragged on.
    pub fn follow_facets(&mut self) {
        if !self.columns.is_finished() {
            return;
        }
        self.chosen_in_facets();
        let under = self.asked();
        if self.facets.counting.is_some() || self.facets.counted_for.as_ref() == Some(&under) {
            return;
        }
        let known = self.facets.bins.clone().filter(|_| !self.facets.is_outdated);
        let columns = Arc::clone(&self.columns);
        let filter = self.scene.settings.appearance.filter.clone();
        let job = self.jobs.start("facets", move |context| {
            let is_wanted = || context.check().is_ok();
            let bins = if let Some(known) = known {
                known
            } else {
                let tell = |_: f64| ();
                let watcher = Watcher::new(&is_wanted, &tell);
                let found = Arc::new(Facets::new(&columns, watcher.progress()).map_err(|_| JobError::Cancelled)?);
                context.publish(Part::Bins(Arc::clone(&found)))?;
                found
            };
            let counts = bins.count(&columns, filter.as_ref().map(Filter::condition)).map_err(JobError::Failed)?;
            Ok(context.publish(Part::Counts(Arc::new(counts)))?)
        });
        self.facets.counting = Some(Counting { job, under });
    }

    /// Takes in what has been counted; answers whether there is anything new.
    pub fn take_facets(&mut self) -> bool {
        let mut is_new = false;
        while let Some(Counting { job, under }) = &self.facets.counting {
            let Some(news) = job.poll() else { break };
            match news {
                JobNews::Published(Part::Bins(bins)) => {
                    (self.facets.bins, self.facets.is_outdated) = (Some(bins), false);
                }
                JobNews::Published(Part::Counts(counts)) => {
                    self.facets.counts = Some(counts);
                    self.facets.counted_for = Some(under.clone());
                }
                JobNews::Ended(ended) => {
                    if let Err(error @ (JobError::Failed(_) | JobError::Panicked(_) | JobError::NoThreads(_))) = ended {
                        self.untold.push(format!("facets cannot be counted: {error}"));
                        self.facets.counted_for = Some(under.clone());
                    }
                    self.facets.counting = None;
                }
            }
            is_new = true;
        }
        is_new
    }

    /// Whether the counts are those of the filter in force.
    pub fn are_facets_counted(&self) -> bool {
        self.facets.counted_for.as_ref() == Some(&self.asked())
    }
}
