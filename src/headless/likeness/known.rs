//! How much the drawings of a set look alike: found out once, by the first who needs it, and kept on the disk for the next time.

use super::begun::{BETWEEN, BegunMaps};
use super::needs_compared;
use crate::data::dataset::Dataset;
use crate::data::values::{InkTable, ValueMap};
use crate::headless::HeadlessError;
use crate::kept::{self, Content, ContentHasher, KeptError};
use crate::likeness::comparison::Comparison;
use crate::likeness::graph::{Graph, Graphs, When, graph};
use crate::likeness::kept::Store;
use crate::likeness::maps::{Begun, Place};
use crate::likeness::{LikenessError, MadeFrom, SetCodes};
use crate::memory::{Needs, Purpose};
use crate::progress::Progress;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// Neighbours of each row that stay in memory.
const KEPT: usize = 15;
/// What they are kept as.
const GRAPH: &str = "graph-15";
/// What is known of fewer drawings is found out sooner than it is read.
const KEPT_FROM: u32 = 4_096;
/// Bytes of drawings that are read at once.
const BLOCK_BYTES: usize = 4 << 20;
/// How much of the work it is to know drawings again.
const KNOWN: f64 = 0.1;

/// What decides how much drawings look alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Basis {
    /// How values become ink.
    values: ValueMap,
    /// By what drawings are compared, as far as it is in force.
    comparison: Comparison,
}

impl Basis {
    /// Drawings whose values become ink in this way are compared by this.
    pub fn new(values: ValueMap, comparison: &Comparison) -> Self {
        Self { values, comparison: comparison.in_force() }
    }

    /// How values become ink.
    pub fn table(&self) -> InkTable {
        self.values.table()
    }
}

/// What is known of how much a set's drawings look alike.
#[derive(Debug)]
pub struct Likeness {
    dataset: Arc<Dataset>,
    /// Where it is kept for the next time.
    store: Option<Store>,
    /// With what decided them.
    made: Mutex<Option<(Basis, Arc<SetCodes>)>>,
    /// The nearest of each row, likewise.
    graph: Mutex<Option<(Basis, Arc<Graph>)>>,
    /// Maps that were given up.
    pub(super) begun: BegunMaps,
    /// Time between two states of a map on the disk.
    pub(super) between: Duration,
}

impl Likeness {
    /// Nothing is known yet of these drawings.
    pub fn new(dataset: &Arc<Dataset>) -> Self {
        Self::kept_in(
            dataset,
            if dataset.rows() < KEPT_FROM { None } else { kept::likeness().map(Store::new) },
            BETWEEN,
        )
    }

    /// The same with what is kept in a store, maps on the way so often.
    pub(super) fn kept_in(dataset: &Arc<Dataset>, store: Option<Store>, between: Duration) -> Self {
        let (made, graph, begun) = (Mutex::new(None), Mutex::new(None), BegunMaps::default());
        Self { dataset: Arc::clone(dataset), store, made, graph, begun, between }
    }

    /// The drawings.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// The codes where they have been made.
    pub fn known(&self, basis: &Basis) -> Option<Arc<SetCodes>> {
        // Nobody holds it for longer than it takes to look.
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.as_ref().filter(|(known, _)| known == basis).map(|(_, codes)| Arc::clone(codes))
    }

    /// The nearest of each row where they have been found.
    pub fn known_graph(&self, basis: &Basis) -> Option<Arc<Graph>> {
        let found = self.graph.lock().unwrap_or_else(PoisonError::into_inner);
        found.as_ref().filter(|(known, _)| known == basis).map(|(_, graph)| Arc::clone(graph))
    }

    /// The codes, which are made where nobody has. Jobs that need them at once each make them, and wait for nobody: a thread of the
    /// pool may work on a second job while the first one waits for it.
    pub fn codes(&self, basis: &Basis, progress: Progress<'_>) -> Result<Arc<SetCodes>, LikenessError> {
        if let Some(codes) = self.known(basis) {
            return Ok(codes);
        }
        self.refuse_unless_room(basis, Purpose::Sorted)?;
        let codes = Arc::new(self.found_codes(basis, progress)?);
        *self.made.lock().unwrap_or_else(PoisonError::into_inner) = Some((basis.clone(), Arc::clone(&codes)));
        Ok(codes)
    }

    /// Takes codes from the disk, or makes them and keeps them there. Drawings that no file holds are made sooner than known again.
    fn found_codes(&self, basis: &Basis, progress: Progress<'_>) -> Result<SetCodes, LikenessError> {
        let make = |progress| SetCodes::of(&self.dataset, &basis.values.table(), &basis.comparison, progress);
        let is_of_drawings = basis.comparison.by.measure().is_some() && self.dataset.files().next().is_some();
        let Some(store) = self.store.as_ref().filter(|_| is_of_drawings) else { return make(progress) };
        let content = self.content(basis.values, progress.part(0.0, KNOWN))?;
        let name = format!("codes-{}", basis.comparison.by);
        if let Some((codes, maker)) = store.codes(content, &name, self.dataset.rows()) {
            return Ok(SetCodes { codes, made_from: MadeFrom::Drawings(Box::new(maker)) });
        }
        let made = make(progress.part(KNOWN, 1.0))?;
        if let MadeFrom::Drawings(maker) = &made.made_from {
            log(store.put_codes(content, &name, &made.codes, maker));
        }
        Ok(made)
    }

    /// By what these drawings are known again: all of their ink, or colours.
    fn content(&self, values: ValueMap, progress: Progress<'_>) -> Result<Content, LikenessError> {
        let (dataset, table) = (&self.dataset, values.table());
        let (rows, size) = (dataset.rows(), (dataset.width(), dataset.height()));
        let is_colored = dataset.channels() > 1;
        let bytes = if is_colored { dataset.drawing_bytes() } else { size.0 as usize * size.1 as usize };
        let block_rows = (BLOCK_BYTES / bytes.max(1)).max(1) as u32;
        let mut hasher = ContentHasher::new(rows, size, if is_colored { b"colours" } else { b"ink" });
        let mut ink = Vec::new();
        for first in (0..rows).step_by(block_rows as usize) {
            progress.reach(f64::from(first) / f64::from(rows))?;
            ink.resize(block_rows.min(rows - first) as usize * bytes, 0);
            if is_colored {
                dataset.read_rows(first, &mut ink)?;
            } else {
                dataset.read_ink(first, &mut ink, &table)?;
            }
            hasher.add(&ink);
        }
        Ok(hasher.content())
    }

    fn refuse_unless_room(&self, basis: &Basis, purpose: Purpose) -> Result<(), LikenessError> {
        let needs = needs_compared(&self.dataset, &basis.comparison).map_err(|error| match error {
            HeadlessError::Likeness(error) => error,
            error => LikenessError::NoRoom(error.to_string()),
        })?;
        needs.refuse_unless_room(purpose).map_err(|error| LikenessError::NoRoom(error.to_string()))
    }
}

/// What is found by codes that are there: neighbours, maps, sorted grids.
#[derive(Debug)]
pub struct Neighbours {
    pub(super) likeness: Arc<Likeness>,
    pub(super) basis: Basis,
    pub(super) codes: Arc<SetCodes>,
    /// By what the codes are known again.
    content: OnceLock<Content>,
    /// When the state of a map was written last, or could first have been.
    pub(super) written: Mutex<Option<Instant>>,
}

impl Neighbours {
    /// What these codes lead to.
    pub fn new(likeness: &Arc<Likeness>, basis: &Basis, codes: &Arc<SetCodes>) -> Self {
        let (likeness, codes) = (Arc::clone(likeness), Arc::clone(codes));
        Self { likeness, basis: basis.clone(), codes, content: OnceLock::new(), written: Mutex::new(None) }
    }

    /// The neighbours that were kept on the disk, which are known from then on.
    fn recalled(&self) -> Option<Arc<Graph>> {
        if let Some(known) = self.likeness.known_graph(&self.basis).filter(|graph| graph.k() == KEPT) {
            return Some(known);
        }
        let (store, content) = self.store()?;
        let graph = Arc::new(store.graph(content, GRAPH, self.codes.codes.rows()).filter(|graph| graph.k() == KEPT)?);
        self.remember(Arc::clone(&graph));
        Some(graph)
    }

    fn remember(&self, graph: Arc<Graph>) {
        *self.likeness.graph.lock().unwrap_or_else(PoisonError::into_inner) = Some((self.basis.clone(), graph));
    }

    pub(super) fn store(&self) -> Option<(&Store, Content)> {
        let store = self.likeness.store.as_ref()?;
        let content = self.content.get_or_init(|| {
            let codes = &self.codes.codes;
            let mut hasher = ContentHasher::new(codes.rows(), (codes.width() as u32, 1), b"codes");
            hasher.add(bytemuck::cast_slice(codes.values()));
            hasher.content()
        });
        Some((store, *content))
    }
}

impl Graphs for Neighbours {
    fn graph(&self, k: usize, progress: Progress<'_>) -> Result<Arc<Graph>, LikenessError> {
        match self.likeness.known_graph(&self.basis).filter(|graph| graph.k() >= k) {
            Some(graph) if graph.k() == k => return Ok(graph),
            Some(graph) => return Ok(Arc::new(graph.first(k))),
            None => {}
        }
        if let Some(graph) = self.recalled().filter(|_| k <= KEPT) {
            return Ok(if k == KEPT { graph } else { Arc::new(graph.first(k)) });
        }
        // What the codes were made from is in memory already.
        let needs = Needs::of(&self.likeness.dataset).map_err(|error| LikenessError::NoRoom(error.to_string()))?;
        let has_room = needs.refuse_unless_room(if k > KEPT { Purpose::Map(k) } else { Purpose::Clusters });
        has_room.map_err(|error| LikenessError::NoRoom(error.to_string()))?;
        let found = Arc::new(graph(&self.codes.codes, k, progress)?);
        // More of them are needed once, for a map, which is kept itself.
        let kept = if k > KEPT { Arc::new(found.first(KEPT)) } else { Arc::clone(&found) };
        if let Some((store, content)) = self.store().filter(|_| kept.k() == KEPT) {
            log(store.put_graph(content, GRAPH, &kept));
        }
        self.remember(kept);
        Ok(found)
    }

    fn kept_places(&self, name: &str) -> Option<Vec<Place>> {
        let (store, content) = self.store()?;
        let places = store.places(content, name, self.codes.codes.rows())?;
        // Lines lead from a drawing of the map to its neighbours.
        self.recalled();
        Some(places)
    }

    fn keep_places(&self, name: &str, places: &[Place]) {
        if let Some((store, content)) = self.store() {
            log(store.put_places(content, name, places));
        }
        self.forget_begun_map(name);
    }

    fn begun(&self, name: &str) -> Option<Arc<Begun>> {
        self.begun_map(name)
    }

    fn keep_begun(&self, name: &str, when: When, begun: &dyn Fn() -> Begun) {
        self.keep_begun_map(name, when, begun);
    }

    fn kept_cells(&self, name: &str, cells: u32) -> Option<Vec<u32>> {
        let (store, content) = self.store()?;
        store.cells(content, name, self.codes.codes.rows(), cells)
    }

    fn keep_cells(&self, name: &str, cells: &[u32]) {
        if let Some((store, content)) = self.store() {
            log(store.put_cells(content, name, cells));
        }
    }
}

/// What cannot be kept is found out again next time.
pub(super) fn log(kept: Result<bool, KeptError>) {
    match kept {
        Ok(true) => {}
        Ok(false) => tracing::debug!("not kept: larger than all that may be kept"),
        Err(error) => tracing::debug!("not kept: {error}"),
    }
}

#[cfg(test)]
mod tests;
