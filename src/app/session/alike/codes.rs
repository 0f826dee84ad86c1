//! How much the drawings of a set look alike: found out once, by the first job that needs it.

use crate::data::dataset::Dataset;
use crate::data::values::ValueMap;
use crate::jobs::JobError;
use crate::likeness::code::Measure;
use crate::likeness::graph::{Graph, graph};
use crate::likeness::{LikenessError, SetCodes};
use crate::memory::{Needs, Purpose};
use crate::progress::{Cancelled, Progress};
use crate::scene::layout::LayoutError;
use std::sync::{Arc, Mutex, PoisonError};

/// The codes of a set's drawings, made when first asked for.
#[derive(Debug)]
pub(in crate::app::session) struct Likeness {
    dataset: Arc<Dataset>,
    /// With how values became ink for them.
    made: Mutex<Option<(ValueMap, Arc<SetCodes>)>>,
    /// The nearest of each row, likewise.
    graph: Mutex<Option<(ValueMap, Arc<Graph>)>>,
}

impl Likeness {
    pub(super) fn new(dataset: &Arc<Dataset>) -> Self {
        Self { dataset: Arc::clone(dataset), made: Mutex::new(None), graph: Mutex::new(None) }
    }

    /// The codes where they have been made.
    pub(super) fn known(&self, values: ValueMap) -> Option<Arc<SetCodes>> {
        // Nobody holds it for longer than it takes to look.
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.as_ref().filter(|(known, _)| *known == values).map(|(_, codes)| Arc::clone(codes))
    }

    /// The codes, which are made where nobody has. Jobs that need them at once each make them, and wait for nobody: a thread of the
    /// pool may work on a second job while the first one waits for it.
    pub(in crate::app::session) fn codes(
        &self,
        values: ValueMap,
        progress: Progress<'_>,
    ) -> Result<Arc<SetCodes>, LikenessError> {
        if let Some(codes) = self.known(values) {
            return Ok(codes);
        }
        let needs = Needs::of(&self.dataset).map_err(|error| LikenessError::NoRoom(error.to_string()))?;
        let has_room = needs.refuse_unless_room(Purpose::Sorted);
        has_room.map_err(|error| LikenessError::NoRoom(error.to_string()))?;
        let codes = Arc::new(SetCodes::of(&self.dataset, &values.table(), Measure::default(), progress)?);
        *self.made.lock().unwrap_or_else(PoisonError::into_inner) = Some((values, Arc::clone(&codes)));
        Ok(codes)
    }

    /// The `k` nearest of each row by these codes; found where nobody has.
    pub(in crate::app::session) fn graph(
        &self,
        values: ValueMap,
        codes: &SetCodes,
        k: usize,
        progress: Progress<'_>,
    ) -> Result<Arc<Graph>, LikenessError> {
        let known = self.graph.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match known.filter(|(known, graph)| *known == values && graph.k() >= k) {
            Some((_, graph)) if graph.k() == k => return Ok(graph),
            Some((_, graph)) => return Ok(Arc::new(graph.first(k))),
            None => {}
        }
        let needs = Needs::of(&self.dataset).map_err(|error| LikenessError::NoRoom(error.to_string()))?;
        let has_room = needs.refuse_unless_room(Purpose::Clusters);
        has_room.map_err(|error| LikenessError::NoRoom(error.to_string()))?;
        let graph = Arc::new(graph(&codes.codes, k, progress)?);
        *self.graph.lock().unwrap_or_else(PoisonError::into_inner) = Some((values, Arc::clone(&graph)));
        Ok(graph)
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
