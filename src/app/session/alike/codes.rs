//! How much the drawings of a set look alike: found out once, by the first job that needs it.

use crate::data::dataset::Dataset;
use crate::data::values::ValueMap;
use crate::jobs::JobError;
use crate::likeness::code::Measure;
use crate::likeness::graph::{Graph, Graphs, graph};
use crate::likeness::{LikenessError, SetCodes};
use crate::memory::{Needs, Purpose};
use crate::progress::{Cancelled, Progress};
use crate::scene::layout::LayoutError;
use std::sync::{Arc, Mutex, PoisonError};

/// Neighbours of each row that are kept.
const KEPT: usize = 15;

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

    /// The nearest of each row where they have been found.
    pub(super) fn known_graph(&self, values: ValueMap) -> Option<Arc<Graph>> {
        let found = self.graph.lock().unwrap_or_else(PoisonError::into_inner);
        found.as_ref().filter(|(known, _)| *known == values).map(|(_, graph)| Arc::clone(graph))
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
        match self.known_graph(values).filter(|graph| graph.k() >= k) {
            Some(graph) if graph.k() == k => return Ok(graph),
            Some(graph) => return Ok(Arc::new(graph.first(k))),
            None => {}
        }
        let needs = Needs::of(&self.dataset).map_err(|error| LikenessError::NoRoom(error.to_string()))?;
        let has_room = needs.refuse_unless_room(if k > KEPT { Purpose::Map(k) } else { Purpose::Clusters });
        has_room.map_err(|error| LikenessError::NoRoom(error.to_string()))?;
        let graph = Arc::new(graph(&codes.codes, k, progress)?);
        // More of them are needed once, for a map, which is kept itself.
        let kept = if k > KEPT { Arc::new(graph.first(KEPT)) } else { Arc::clone(&graph) };
        *self.graph.lock().unwrap_or_else(PoisonError::into_inner) = Some((values, kept));
        Ok(graph)
    }
}

/// The neighbours of a set's drawings by these codes.
#[derive(Debug)]
pub(in crate::app::session) struct Neighbours<'a> {
    pub likeness: &'a Likeness,
    pub values: ValueMap,
    pub codes: &'a SetCodes,
}

impl Graphs for Neighbours<'_> {
    fn graph(&self, k: usize, progress: Progress<'_>) -> Result<Arc<Graph>, LikenessError> {
        self.likeness.graph(self.values, self.codes, k, progress)
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
