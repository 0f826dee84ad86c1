//! The clusters of a session's drawings: sought by a job as finely as is asked for, then a column like others.

mod means;

use super::Session;
use super::arrivals::Progress;
use super::seeking::Seeking;
use crate::app::AppError;
use crate::data::columns::Added;
use crate::headless::likeness::{Basis, Neighbours};
use crate::jobs::JobNews;
use crate::likeness::graph::Graphs as _;
use crate::scene::clusters::{NEIGHBOURS, Resolution, SetClusters};
use means::Averaged;
use std::sync::Arc;

/// How much of the work it is to compare the drawings, and to find the nearest of each.
const COMPARED: f64 = 0.15;
const JOINED: f64 = 0.85;

/// What is known of clusters.
#[derive(Debug, Default)]
pub struct Clustering {
    found: Option<Arc<SetClusters>>,
    /// What decided them.
    basis: Basis,
    /// Others that are being found, so finely divided.
    job: Option<(Resolution, Seeking<SetClusters>)>,
    /// What could not be had, and why.
    failed: Option<(Resolution, Basis, String)>,
    /// Looks and layout of the start wait for them.
    is_awaited: bool,
    /// The mean drawing of each.
    means: Averaged,
}

impl Clustering {
    /// None are known; `is_awaited` where looks and layout of the start go by them alone.
    pub(super) fn new(is_awaited: bool) -> Self {
        Self { is_awaited, ..Self::default() }
    }

    /// The clusters that are shown.
    pub fn found(&self) -> Option<&Arc<SetClusters>> {
        self.found.as_ref()
    }

    /// How far others are on their way, 0 to 1.
    pub fn progress(&self) -> Option<f32> {
        self.job.as_ref().map(|(_, seeking)| seeking.progress())
    }

    /// Why there are none.
    pub fn why_not(&self) -> Option<&str> {
        self.failed.as_ref().map(|(.., why)| why.as_str())
    }
}

impl Session {
    /// What is known of clusters.
    pub fn clusters(&self) -> &Clustering {
        &self.clustering
    }

    /// Whether looks or layout of the start wait for clusters.
    pub(super) fn are_clusters_awaited(&self) -> bool {
        self.clustering.is_awaited
    }

    /// Whether clusters are asked for that may still come for the first time.
    pub(super) fn awaits_clusters(&self) -> bool {
        let asked = self.scene.settings.appearance.clusters.is_some() && !self.drawings_failed;
        asked && self.clustering.found.is_none() && self.clustering.failed.is_none()
    }

    /// Looks and layout of the start wait until there are clusters, or none can be had.
    pub(super) fn await_clusters(&mut self) {
        self.clustering.is_awaited = true;
    }

    /// Begins to seek the clusters that are asked for, unless they are known or under way.
    pub fn follow_clusters(&mut self) {
        let basis = self.basis();
        let clustering = &mut self.clustering;
        let Some(resolution) = self.scene.settings.appearance.clusters else {
            clustering.job = None;
            self.go_without_clusters();
            return;
        };
        clustering.job.take_if(|(of, seeking)| *of != resolution || seeking.basis != basis);
        clustering.failed.take_if(|(of, with, _)| (*of, &*with) != (resolution, &basis));
        let is_known =
            clustering.found.as_ref().is_some_and(|found| found.resolution == resolution) && clustering.basis == basis;
        let is_settled = is_known || clustering.job.is_some() || clustering.failed.is_some();
        // Columns say what is over-represented.
        let awaits_columns = self.records.is_some() && !self.records_failed && !self.columns.is_finished();
        if is_settled || !self.drawings_ended || self.drawings_failed || awaits_columns {
            return;
        }
        if self.records_failed {
            // A column of clusters beside columns that end somewhere would make them look whole.
            let why = "the records could not be read to their end".to_owned();
            clustering.failed = Some((resolution, basis, why));
            return;
        }
        let (likeness, columns) = (Arc::clone(&self.alike.likeness), Arc::clone(&self.columns));
        let seeking = Seeking::start(&self.jobs, "clusters", basis, move |by, progress| {
            let set = likeness.codes(by, progress.part(0.0, COMPARED))?;
            let neighbours = Neighbours::new(&likeness, by, &set);
            let graph = neighbours.graph(NEIGHBOURS, progress.part(COMPARED, JOINED))?;
            let columns = Some(&*columns).filter(|columns| columns.is_finished());
            Ok(SetClusters::of(&set.codes, &graph, columns, resolution, progress.part(JOINED, 1.0))?)
        });
        self.clustering.job = Some((resolution, seeking));
    }

    /// Takes in what has been found; answers whether there is anything new, and what went wrong.
    pub fn take_clusters(&mut self) -> (bool, Vec<AppError>) {
        let (mut is_new, mut errors) = (false, Vec::new());
        while let Some((resolution, seeking)) = &mut self.clustering.job {
            is_new |= seeking.has_moved();
            let Some(news) = seeking.poll() else { break };
            is_new = true;
            match news {
                JobNews::Published(found) => {
                    (self.clustering.found, self.clustering.basis) = (Some(Arc::new(found)), seeking.basis.clone());
                    self.join_clusters(&mut errors);
                }
                JobNews::Ended(ended) => {
                    let (resolution, basis) = (*resolution, seeking.basis.clone());
                    self.clustering.job = None;
                    if let Err(error) = ended {
                        let stays = self.clustering.found.is_some();
                        let before = if stays { "; those that are shown are the ones of before" } else { "" };
                        self.untold.push(format!("there are no clusters: {error}{before}"));
                        self.clustering.failed = Some((resolution, basis, error.to_string()));
                        self.go_without_clusters();
                    }
                }
            }
        }
        (is_new, errors)
    }

    /// Puts the clusters among the columns, in place of earlier ones.
    fn join_clusters(&mut self, errors: &mut Vec<AppError>) {
        let Some(found) = self.clustering.found.clone() else { return };
        let is_first = self.columns.added(Added::Clusters).is_none();
        self.columns = Arc::new(self.columns.with_clusters(&found.cluster_of));
        let name = self.columns.added(Added::Clusters).map_or_else(String::new, |column| column.name().to_owned());
        self.scene.outdate_layouts_by(&name);
        self.forget_selected();
        self.forget_facets();
        self.hover.clear();
        if is_first {
            self.refused = self.scene.refusals(Some(&self.columns));
        }
        let mut progress = Progress::default();
        if std::mem::take(&mut self.clustering.is_awaited) {
            self.use_columns(&mut progress);
        } else {
            self.restyle(&mut progress);
            if !is_first {
                self.follow_column(&name);
            }
        }
        errors.append(&mut progress.errors);
    }

    /// Nothing waits for clusters any more: there will be none.
    pub(super) fn go_without_clusters(&mut self) {
        if std::mem::take(&mut self.clustering.is_awaited) && self.columns.is_finished() {
            let mut progress = Progress::default();
            self.use_columns(&mut progress);
            self.untold.extend(progress.errors.iter().map(ToString::to_string));
        }
    }

    /// What went wrong is tried again.
    pub fn retry_clusters(&mut self) {
        self.clustering.failed = None;
    }
}
