//! The scene's state and what can be done to it.

mod captions;
mod glide;
mod looks;
mod minimap;
mod part;
mod placements;
mod requests;
mod selecting;
mod shown;
mod strokes;

use super::camera::{Camera, Viewport};
use super::ink::InkStatistics;
use super::layout::LayoutError;
use super::overlay::Legend;
use super::palette::{Colormap, Theme};
use super::rows::{ColorMeaning, RowTable};
use super::selection::Selection;
use super::settings::Settings;
use super::transition::Transition;
use crate::atlas::{Moments, Pages};
use crate::data::Row;
use crate::data::columns::Columns;
use crate::data::tags::Tags;
use crate::likeness::SetCodes;
use crate::likeness::graph::Graphs;
use crate::progress::Progress;
use glam::DVec2;
use placements::Placements;
use std::sync::Arc;

pub use captions::MOST_CAPTIONS;
pub use placements::{IndexedLayout, KEPT_BYTES, Known, Placed, PlacementRequest};
pub use strokes::STROKES_FROM_PX;

/// Side in logical pixels that a row is flown to.
const GOTO_SIDE_PX: f64 = 96.0;

/// What changes a scene. Positions and distances are physical pixels of the scatter viewport.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    /// The picture is dragged.
    Pan(DVec2),
    /// Zooms with a point held in place.
    ZoomAbout {
        /// The point.
        px: DVec2,
        /// More than 1 comes nearer.
        factor: f64,
    },
    /// Shows a box as large as it fits.
    ZoomToBox(DVec2, DVec2),
    /// Shows everything.
    Fit,
    /// Sets the camera (a step of a glide).
    SetCamera(Camera),
    /// The viewport has another size or scale.
    Resize(Viewport),
    /// Keeps a drawing in the inspector, or lets it go.
    Pin(Option<Row>),
    /// Pins the drawing some rows on from the pinned one.
    StepPin(i64),
    /// Another theme.
    SetTheme(Theme),
}

/// What is looked at.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Choices of the user.
    pub settings: Settings,
    /// What the values of drawings are.
    pub pages: Pages,
    /// From which side of a drawing on, in pixels of the screen, the picture shows more that it was made of; `None` where it was made of none.
    pub near_from_px: Option<u32>,
    /// Means of the drawings that have arrived.
    pub ink: InkStatistics,
    /// How much drawings look alike, where a layout goes by that.
    pub codes: Option<Arc<SetCodes>>,
    /// Who finds neighbours by that, and keeps what was made of them.
    pub graphs: Option<Arc<dyn Graphs>>,
    rows: u32,
    rows_ready: u32,
    rows_per_chunk: u32,
    placed: Placed,
    placements: Placements,
    transition: Option<Transition>,
    /// How many transitions there have been.
    transitions: u64,
    row_table: RowTable,
    /// The rows that had a place when all were given their looks.
    placed_when_styled: Option<Selection>,
    selection: Selection,
    tags: Tags,
    /// Texts under drawings in sight.
    captions: Vec<(u32, Arc<str>)>,
    /// What its colours mean, in those of either theme.
    legends: Option<[Arc<Legend>; 2]>,
    /// What its colours mean, apart from their own.
    meaning: Option<ColorMeaning>,
    /// The entry of the palette whose drawings flash, and the looks without that.
    flashed: Option<(u8, RowTable)>,
    /// The values of the column that gives the colours of a scale, in their order.
    scale_values: Option<(String, Arc<[f64]>)>,
    camera: Camera,
    viewport: Viewport,
    pin: Option<Row>,
}

impl Scene {
    /// A scene of `rows` drawings in chunks of `rows_per_chunk`, in the layout of its settings. `columns` are the records' where
    /// these have been read to their end; layouts that go by columns need them.
    pub fn new(
        rows: u32,
        rows_per_chunk: u32,
        mut settings: Settings,
        viewport: Viewport,
        columns: Option<&Columns>,
    ) -> Result<Self, LayoutError> {
        settings.layout_params.aspect = settings.layout_params.aspect.at_start(&viewport);
        let params = settings.layout.own_params(&settings.layout_params, true, columns);
        let mut placements = Placements::default();
        let request = PlacementRequest { kind: settings.layout, params, rows, rows_per_chunk };
        let placed = placements.place(&request, Known { columns, ..Known::default() }, Progress::NONE)?;
        let mut scene = Self {
            pages: Pages::Ink,
            near_from_px: None,
            camera: Camera::fit(&placed.layout.bounds),
            placements,
            transition: None,
            transitions: 0,
            ink: InkStatistics::default(),
            codes: None,
            graphs: None,
            row_table: RowTable::default(),
            placed_when_styled: None,
            selection: Selection::default(),
            tags: Tags::default(),
            captions: Vec::new(),
            legends: None,
            meaning: None,
            flashed: None,
            scale_values: None,
            rows_ready: 0,
            pin: None,
            settings,
            rows,
            rows_per_chunk,
            placed,
            viewport,
        };
        scene.start_camera();
        Ok(scene)
    }

    /// Puts the camera where the settings say.
    pub fn start_camera(&mut self) {
        let bounds = self.placed.layout.bounds;
        let center = self.settings.center.unwrap_or_else(|| bounds.middle());
        self.camera = Camera { center, zoom: self.settings.zoom }.clamped(&bounds, &self.viewport);
    }

    /// Changes the scene; returns whether anything is different.
    pub fn apply(&mut self, action: Action) -> bool {
        let before = (self.camera, self.viewport, self.pin, self.settings.theme);
        let (bounds, viewport) = (&self.placed.layout.bounds, &self.viewport);
        match action {
            Action::Pan(_) | Action::ZoomAbout { .. } | Action::ZoomToBox(..) | Action::Fit | Action::SetCamera(_) => {
                self.camera = self.camera_after(self.camera, action);
            }
            Action::Resize(to) => {
                // The scale in pixels is kept, not the zoom: growing a window shows more, it does not move drawings.
                let kept = if self.is_fitted() {
                    1.0
                } else {
                    self.camera.px_per_unit(bounds, viewport) / to.fit_px_per_unit(bounds)
                };
                self.viewport = to;
                self.camera = Camera { zoom: kept, ..self.camera }.clamped(bounds, &to);
            }
            Action::Pin(row) => self.pin = row.filter(|row| row.0 < self.rows),
            Action::StepPin(step) => {
                if let Some(Row(row)) = self.pin {
                    let last = i64::from(self.rows) - 1;
                    let to = i64::from(row).saturating_add(step).clamp(0, last);
                    self.pin = self.next_found(to as u32, step < 0).or(self.pin);
                }
            }
            Action::SetTheme(theme) => self.settings.theme = theme,
        }
        before != (self.camera, self.viewport, self.pin, self.settings.theme)
    }

    /// Where a camera would stand after an action; actions that move no camera leave it.
    pub fn camera_after(&self, from: Camera, action: Action) -> Camera {
        let (bounds, viewport) = (&self.placed.layout.bounds, &self.viewport);
        match action {
            Action::Pan(delta_px) => from.panned_px(delta_px, bounds, viewport),
            Action::ZoomAbout { px, factor } => from.zoomed_about(px, factor, bounds, viewport),
            Action::ZoomToBox(a, b) => from.zoomed_to_box(a, b, bounds, viewport),
            Action::Fit => Camera::fit(bounds),
            Action::SetCamera(camera) => camera.clamped(bounds, viewport),
            Action::Resize(_) | Action::Pin(_) | Action::StepPin(_) | Action::SetTheme(_) => from,
        }
    }

    /// Whether the camera shows everything, as "fit" does.
    pub fn is_fitted(&self) -> bool {
        self.camera == Camera::fit(&self.placed.layout.bounds)
    }

    /// Number of drawings.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Takes note of the ink of the next rows, which can be drawn from now on.
    pub fn rows_arrived(&mut self, means: &[u16], moments: &[Moments]) {
        self.ink.extend(means, moments);
        self.rows_ready = self.rows_ready.saturating_add(means.len() as u32).min(self.rows);
    }

    /// Forgets which drawings have arrived: they will be read again, into chunks of another size perhaps.
    pub fn forget_rows(&mut self, rows_per_chunk: u32) {
        self.ink = InkStatistics::default();
        self.rows_ready = 0;
        if rows_per_chunk != self.rows_per_chunk {
            self.rows_per_chunk = rows_per_chunk;
            if let Some(placed) = self.placements.rechunk(rows_per_chunk) {
                self.placed = placed;
            }
        }
    }

    /// Drawings that have arrived.
    pub fn rows_ready(&self) -> u32 {
        self.rows_ready
    }

    /// The layout in force.
    pub fn placed(&self) -> &Placed {
        &self.placed
    }

    /// Where one looks.
    pub fn camera(&self) -> Camera {
        self.camera
    }

    /// The scatter viewport.
    pub fn viewport(&self) -> Viewport {
        self.viewport
    }

    /// The drawing kept in the inspector.
    pub fn pin(&self) -> Option<Row> {
        self.pin
    }

    /// The camera that shows a row well: in the middle, large enough to be seen, never farther away than now.
    pub fn camera_on(&self, row: Row) -> Camera {
        // Where it will be once all have arrived.
        let Some(center) = self.placed.layout.center(row.0) else { return self.camera };
        let side_px = (GOTO_SIDE_PX * self.viewport.scale).max(self.view().px_per_unit);
        Camera::showing(center, side_px, &self.placed.layout.bounds, &self.viewport)
    }

    /// The camera with a row in the middle, as near as now.
    pub fn camera_over(&self, row: Row) -> Camera {
        let center = self.placed.layout.center(row.0).unwrap_or(self.camera.center);
        Camera { center, ..self.camera }.clamped(&self.placed.layout.bounds, &self.viewport)
    }

    /// Colours of ink.
    pub fn colormap(&self) -> Colormap {
        self.settings.colormap
    }

    /// Paper or night.
    pub fn theme(&self) -> Theme {
        self.settings.theme
    }
}
