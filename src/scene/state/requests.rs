//! Placements: made at once, or elsewhere; what is asked for, and what comes.

use super::{IndexedLayout, Known, Placed, PlacementRequest, Scene};
use crate::data::columns::Columns;
use crate::progress::Progress;
use crate::scene::layout::{LAYOUTS, LayoutError, LayoutKind, LayoutParams};
use crate::scene::snapshot::Snapshot;

impl Scene {
    /// Shows a layout as the settings' parameters want it, computing it if that is new; the camera fits it (or stands as the
    /// settings say, at the start).
    pub fn set_layout(
        &mut self,
        kind: LayoutKind,
        columns: Option<&Columns>,
        starting: bool,
    ) -> Result<(), LayoutError> {
        self.set_layout_watched(kind, columns, starting, Progress::NONE)
    }

    /// The same for somebody who watches.
    pub fn set_layout_watched(
        &mut self,
        kind: LayoutKind,
        columns: Option<&Columns>,
        starting: bool,
        progress: Progress<'_>,
    ) -> Result<(), LayoutError> {
        let request = self.request(kind, columns);
        let moments = self.ink.moments(self.rows).map(|moments| moments.as_slice());
        let known = Known {
            columns,
            moments,
            codes: self.codes.as_ref().map(|set| &set.codes),
            graphs: self.graphs.as_deref(),
        };
        let placed = self.placements.place(&request, known, progress)?;
        self.show(placed, starting);
        Ok(())
    }

    /// What makes a layout as the settings want it.
    pub fn request(&self, kind: LayoutKind, columns: Option<&Columns>) -> PlacementRequest {
        self.request_with(kind, &self.settings.layout_params, kind == self.settings.layout, columns)
    }

    /// What makes the layout of a snapshot; `None` where it is shown already.
    pub fn request_of(&self, snapshot: &Snapshot, columns: Option<&Columns>) -> Option<PlacementRequest> {
        let (layout, params) = (self.placed().layout.kind, &self.settings.layout_params);
        ((snapshot.layout, &snapshot.layout_params) != (layout, params)).then(|| {
            let is_meant = snapshot.layout == self.settings.layout;
            self.request_with(snapshot.layout, &snapshot.layout_params, is_meant, columns)
        })
    }

    /// What makes a layout as these parameters want it; columns that are named there are meant for it in any case, or where it goes by
    /// so many.
    pub fn request_with(
        &self,
        kind: LayoutKind,
        params: &LayoutParams,
        is_meant: bool,
        columns: Option<&Columns>,
    ) -> PlacementRequest {
        let params = kind.own_params(params, is_meant, columns);
        PlacementRequest { kind, params, rows: self.rows, rows_per_chunk: self.rows_per_chunk }
    }

    /// The same for chunks as they are now.
    pub fn request_again(&self, request: PlacementRequest) -> PlacementRequest {
        PlacementRequest { rows_per_chunk: self.rows_per_chunk, ..request }
    }

    /// Takes over the places that another scene of the same rows shows, where the settings want its layout: they may be on the way to
    /// better ones, and took time.
    pub fn take_over(&mut self, shown: &Self, columns: Option<&Columns>) {
        let kind = shown.placed().layout.kind;
        let (request, theirs) = (self.request(kind, columns), shown.request(kind, columns));
        if kind == self.settings.layout && (request.rows, &request.params) == (theirs.rows, &theirs.params) {
            self.placements.take_over(&request, shown.placed(), shown.rows_per_chunk);
        }
    }

    /// The placement that is asked for, where it was made before.
    pub fn known_placement(&mut self, request: &PlacementRequest) -> Option<Placed> {
        self.placements.find(request)
    }

    /// Keeps what was made for a request; [`Self::settle_placement`] follows when nothing better comes.
    pub fn keep_placement(&mut self, request: &PlacementRequest, made: IndexedLayout) -> Placed {
        self.placements.keep(request, made)
    }

    /// What was kept last for a request is all that comes of it.
    pub fn settle_placement(&mut self, request: &PlacementRequest) {
        self.placements.settle(request);
    }

    /// A column holds something else now: layouts that go by it are made again when they are asked for.
    pub fn outdate_layouts_by(&mut self, column: &str) {
        self.placements.outdate(&|params| params.goes_by(column));
    }

    /// The layouts that cannot be made, each with the reason: of columns where these are there, else only those that need none.
    pub fn refusals(&self, columns: Option<&Columns>) -> Vec<(LayoutKind, String)> {
        let refusal = |kind: LayoutKind| {
            let request = self.request(kind, columns);
            Some((kind, request.check(Known { columns, ..Known::default() }).err()?.to_string()))
        };
        let can_be_asked =
            |kind: &LayoutKind| !kind.reads_drawings() && (columns.is_some() || !self.needs_columns(*kind));
        LAYOUTS.iter().copied().filter(can_be_asked).filter_map(refusal).collect()
    }

    /// Whether a layout cannot be without the columns of records.
    pub fn needs_columns(&self, kind: LayoutKind) -> bool {
        kind.needs_columns(&self.settings.layout_params)
    }
}
