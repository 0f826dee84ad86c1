//! The job that makes a layout.

use crate::atlas::Moments;
use crate::data::columns::Columns;
use crate::data::values::ValueMap;
use crate::headless::likeness::{Basis, Likeness, Neighbours};
use crate::jobs::{JobContext, JobError};
use crate::likeness::LikenessError;
use crate::likeness::graph::Graphs;
use crate::progress::{Cancelled, Watcher};
use crate::scene::layout::LayoutError;
use crate::scene::{IndexedLayout, Known, PlacementRequest};
use std::sync::Arc;

/// How much of the work for a layout it is to compare the drawings.
const COMPARING: f64 = 0.1;

/// A layout, and all that it may be made from.
pub(super) struct Making {
    pub request: PlacementRequest,
    pub columns: Option<Arc<Columns>>,
    pub moments: Option<Arc<Vec<Moments>>>,
    /// Where it goes by likeness.
    pub likeness: Option<Arc<Likeness>>,
    /// How values become ink.
    pub values: ValueMap,
}

impl Making {
    /// Makes it, and hands on each better one.
    pub fn run(&self, context: &JobContext<IndexedLayout, LayoutError>) -> Result<(), JobError<LayoutError>> {
        let (is_wanted, tell) = (|| context.check().is_ok(), |part: f64| context.set_progress(part as f32));
        let mut publish = |made| context.publish(made).map_err(|_| Cancelled);
        let watcher = Watcher::new(&is_wanted, &tell);
        let mut progress = watcher.progress();
        let basis = &Basis::new(self.values, self.request.comparison());
        let likeness = self.likeness.as_ref();
        let codes = likeness.map(|likeness| likeness.codes(basis, progress.part(0.0, COMPARING))).transpose()?;
        progress = progress.part(if codes.is_some() { COMPARING } else { 0.0 }, 1.0);
        let neighbours = likeness.zip(codes.as_ref());
        let neighbours = neighbours.map(|(likeness, codes)| Neighbours::new(likeness, basis, codes));
        let known = Known {
            columns: self.columns.as_deref(),
            moments: self.moments.as_deref().map(Vec::as_slice),
            codes: codes.as_ref().map(|set| &set.codes),
            graphs: neighbours.as_ref().map(|neighbours| neighbours as &dyn Graphs),
        };
        self.request.make(known, progress, &mut publish).map_err(|error| match error {
            LayoutError::Cancelled(_) => JobError::Cancelled,
            error => JobError::Failed(error),
        })
    }
}

/// Why there is no layout where drawings cannot be compared.
impl From<LikenessError> for JobError<LayoutError> {
    fn from(error: LikenessError) -> Self {
        match error {
            LikenessError::Cancelled(Cancelled) => Self::Cancelled,
            error => Self::Failed(LayoutError::Refused(error.to_string())),
        }
    }
}
