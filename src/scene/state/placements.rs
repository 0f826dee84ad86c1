//! Placements that were computed before, so that switching back is instant.

#[cfg(test)]
mod tests;

use crate::atlas::Moments;
use crate::data::columns::Columns;
use crate::likeness::code::Codes;
use crate::likeness::comparison::Comparison;
use crate::likeness::graph::Graphs;
use crate::progress::{Cancelled, Progress};
use crate::scene::index::SpatialIndex;
use crate::scene::layout::{Layout, LayoutError, LayoutInput, LayoutKind, LayoutParams, Publish};
use std::sync::Arc;

/// Bytes that placements besides the one in force may take together. The last one before it stays in any case: switching to and
/// fro is instant whatever its size.
pub const KEPT_BYTES: u64 = 256 << 20;

/// How much of the work for a placement the layout is; the rest is its index.
const LAYOUT_PART: f64 = 0.5;

/// A layout with its index.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Changes whenever positions change.
    pub revision: u64,
    /// Positions.
    pub layout: Arc<Layout>,
    /// Spatial index over them.
    pub index: Arc<SpatialIndex>,
}

impl Placed {
    /// About how many bytes it takes.
    fn bytes(&self) -> u64 {
        self.layout.bytes() + self.index.order().len() as u64 * 4
    }
}

/// What a placement is made from, but for the columns: enough to make it on another thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacementRequest {
    /// Which layout.
    pub kind: LayoutKind,
    /// What of the parameters it reads.
    pub(super) params: LayoutParams,
    pub(super) rows: u32,
    pub(super) rows_per_chunk: u32,
}

/// What is known of the rows of a set, as far as layouts go by it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// The records' columns, read to their end.
    pub columns: Option<&'a Columns>,
    /// Mean and standard deviation of the ink of all drawings.
    pub moments: Option<&'a [Moments]>,
    /// How much they look alike.
    pub codes: Option<&'a Codes>,
    /// Who finds which of them are most like each.
    pub graphs: Option<&'a dyn Graphs>,
}

impl PlacementRequest {
    /// By what drawings are compared for it.
    pub fn comparison(&self) -> &Comparison {
        &self.params.comparison
    }

    /// Finds a place for every row, and hands on what is made with its index; at the end it has come to 1.
    pub fn make(
        &self,
        known: Known<'_>,
        progress: Progress<'_>,
        publish: &mut dyn FnMut(IndexedLayout) -> Result<(), Cancelled>,
    ) -> Result<(), LayoutError> {
        // One that publishes better and better placements needs many indexes, each of which is little beside the rest.
        let (placing, indexing) = if self.kind.reads_likeness() {
            (progress, progress.part(0.0, 0.0))
        } else {
            (progress.part(0.0, LAYOUT_PART), progress.part(LAYOUT_PART, 1.0))
        };
        self.build(known, placing, &mut |layout| Ok(publish(self.index(layout, indexing)?)?))
    }

    fn build(&self, known: Known<'_>, progress: Progress<'_>, publish: Publish<'_>) -> Result<(), LayoutError> {
        match &self.params.only {
            Some(condition) => super::part::build(self, condition, known, progress, publish),
            None => self.build_all(known, progress, publish),
        }
    }

    /// Finds a place for every row, whatever condition there is.
    pub(super) fn build_all(
        &self,
        known: Known<'_>,
        progress: Progress<'_>,
        publish: Publish<'_>,
    ) -> Result<(), LayoutError> {
        (self.kind.build)(self.input(known, progress), publish)
    }

    /// Why it cannot be made.
    pub(super) fn check(&self, known: Known<'_>) -> Result<(), LayoutError> {
        (self.kind.check)(self.input(known, Progress::NONE))
    }

    fn input<'a>(
        &'a self,
        Known { columns, moments, codes, graphs }: Known<'a>,
        progress: Progress<'a>,
    ) -> LayoutInput<'a> {
        LayoutInput { rows: self.rows, columns, moments, codes, graphs, params: &self.params, progress }
    }

    /// The spatial index over a layout, in chunks of the size that is asked for.
    fn index(&self, layout: Layout, progress: Progress<'_>) -> Result<IndexedLayout, Cancelled> {
        let chunk_of = |row| (row / self.rows_per_chunk.max(1)) as u16;
        Ok(IndexedLayout { index: SpatialIndex::build(&layout, &chunk_of, progress)?, layout })
    }
}

/// A layout and its index, made for a scene that has not taken them in.
#[derive(Debug)]
pub struct IndexedLayout {
    layout: Layout,
    index: SpatialIndex,
}

/// A placement that is kept.
#[derive(Clone, Debug)]
struct Kept {
    kind: LayoutKind,
    params: LayoutParams,
    placed: Placed,
    /// Its layout may publish a better one, or would be another one now.
    is_preliminary: bool,
}

/// Placements by layout and parameters, the last used first.
#[derive(Clone, Debug, Default)]
pub(super) struct Placements {
    all: Vec<Kept>,
    revisions: u64,
}

impl Placements {
    /// The placement that is asked for: one from before, or a new one.
    pub(super) fn place(
        &mut self,
        request: &PlacementRequest,
        known: Known<'_>,
        progress: Progress<'_>,
    ) -> Result<Placed, LayoutError> {
        if let Some(placed) = self.find(request) {
            return Ok(placed);
        }
        let mut last = None;
        request.build(known, progress, &mut |layout| {
            last = Some(layout);
            Ok(())
        })?;
        let made = request.index(last.ok_or(LayoutError::NoRows)?, Progress::NONE)?;
        let placed = self.keep(request, made);
        self.settle(request);
        Ok(placed)
    }

    /// A placement from before, as it was.
    pub(super) fn find(&mut self, request: &PlacementRequest) -> Option<Placed> {
        let at = self.position(request).filter(|&at| self.all.get(at).is_some_and(|kept| !kept.is_preliminary))?;
        // The last used comes first.
        self.all.get_mut(..=at)?.rotate_right(1);
        self.give_up_beyond(KEPT_BYTES);
        self.all.first().map(|kept| kept.placed.clone())
    }

    /// Keeps what was made, in place of what was published before it; until [`Self::settle`] a better one may follow.
    pub(super) fn keep(&mut self, request: &PlacementRequest, made: IndexedLayout) -> Placed {
        let placed = self.placed(made);
        self.insert(request, placed)
    }

    fn insert(&mut self, request: &PlacementRequest, placed: Placed) -> Placed {
        if let Some(at) = self.position(request) {
            self.all.remove(at);
        }
        let PlacementRequest { kind, params, .. } = request.clone();
        self.all.insert(0, Kept { kind, params, placed: placed.clone(), is_preliminary: true });
        self.give_up_beyond(KEPT_BYTES);
        placed
    }

    /// What was kept last for a request is what stays.
    pub(super) fn settle(&mut self, request: &PlacementRequest) {
        if let Some(kept) = self.position(request).and_then(|at| self.all.get_mut(at)) {
            kept.is_preliminary = false;
        }
    }

    /// Keeps what another scene of the same rows shows, as it is: it is not made once more.
    pub(super) fn take_over(&mut self, request: &PlacementRequest, shown: &Placed, rows_per_chunk: u32) {
        if rows_per_chunk == request.rows_per_chunk {
            self.revisions += 1;
            self.insert(request, Placed { revision: self.revisions, ..shown.clone() });
        } else if let Ok(made) = request.index(Layout::clone(&shown.layout), Progress::NONE) {
            self.keep(request, made);
        }
        self.settle(request);
    }

    /// What was made with these parameters is not what comes of them now: it stays on screen, and is not found again.
    pub(super) fn outdate(&mut self, is_outdated: &dyn Fn(&LayoutParams) -> bool) {
        self.all.iter_mut().filter(|kept| is_outdated(&kept.params)).for_each(|kept| kept.is_preliminary = true);
    }

    fn position(&self, request: &PlacementRequest) -> Option<usize> {
        self.all.iter().position(|kept| kept.kind == request.kind && kept.params == request.params)
    }

    /// Puts another index, over chunks of another size, on the placement in force and gives up all others.
    pub(super) fn rechunk(&mut self, rows_per_chunk: u32) -> Option<Placed> {
        self.all.truncate(1);
        let mut kept = self.all.pop()?;
        let layout = Layout::clone(&kept.placed.layout);
        let request =
            PlacementRequest { kind: kept.kind, params: kept.params.clone(), rows: layout.rows(), rows_per_chunk };
        kept.placed = self.placed(request.index(layout, Progress::NONE).ok()?);
        let placed = kept.placed.clone();
        self.all.push(kept);
        Some(placed)
    }

    fn placed(&mut self, IndexedLayout { layout, index }: IndexedLayout) -> Placed {
        self.revisions += 1;
        Placed { revision: self.revisions, layout: Arc::new(layout), index: Arc::new(index) }
    }

    /// Gives up what was used longest ago, but neither the placement in force nor the one before it.
    fn give_up_beyond(&mut self, bytes: u64) {
        let mut taken = 0;
        let mut place = 0;
        self.all.retain(|Kept { placed, .. }| {
            place += 1;
            taken += if place > 1 { placed.bytes() } else { 0 };
            place <= 2 || taken <= bytes
        });
    }
}
