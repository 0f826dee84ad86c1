//! Builds what the panels show from the application's state.

use super::commands::When;
use super::comparing::ComparedText;
use super::describe::{self, TipText};
use super::dialog::Dialog;
use super::export::ExportTexts;
use super::fields::Arranged;
use super::lists::{Lists, columns, dialog};
use super::pointer::LOUPE_BELOW_PX;
use super::ruler::ruler;
use super::state::App;
use super::ui::{
    self, CompareModel, InspectorModel, LOUPE_CELLS, Loupe, PixelReadout, ScaleModel, Screen, SelectionModel,
    TooltipModel, UiModel,
};
use crate::data::Row;
use crate::scene::layout::{LAYOUTS, LayoutKind};
use crate::scene::oracle;
use crate::scene::overlay::Legend;
use crate::scene::palette::Theme;
use egui::{Pos2, Rect, pos2, vec2};
use glam::DVec2;
use std::sync::Arc;

/// Side of a loupe's cell, logical pixels.
const LOUPE_CELL_PX: f32 = 28.0;

/// Everything the panels show, owned for the time of a frame.
#[derive(Debug, Default)]
pub struct ModelTexts {
    title: String,
    rows_opened: Option<String>,
    values: Option<String>,
    pub(super) matching: Option<String>,
    arranging: Option<String>,
    pub(super) export: ExportTexts,
    needs: String,
    pub(super) unavailable: Vec<(LayoutKind, String)>,
    pub(super) why_no_columns: Option<String>,
    /// The columns that the layout goes by.
    pub(super) by: Vec<String>,
    /// The column that gives colours.
    pub(super) color_by: Option<String>,
    /// How numbers and times are coloured.
    pub(super) scale: ScaleModel,
    /// What the grid is sorted by.
    pub(super) sort: Option<String>,
    legend: Option<Arc<Legend>>,
    /// The condition in force, and whether what it is not true of fades.
    pub(super) filter: String,
    pub(super) fades: bool,
    adapter: String,
    /// The drawing in the inspector: its fields, and which of them are shown.
    pub(super) inspected: Option<(Row, String, Arranged)>,
    pub(super) compared: Option<ComparedText>,
    pixel: Option<PixelReadout>,
    tip: Option<Tip>,
    pub(super) recent: Vec<(String, String)>,
    pub(super) report: Vec<(String, bool)>,
    pub(super) dialog: Dialog,
    joined: bool,
    theme: Theme,
    now: Vec<When>,
}

#[derive(Debug)]
struct Tip {
    row: u32,
    title: String,
    text: TipText,
    chosen: Option<(String, String)>,
    anchor: Pos2,
    drawing: Rect,
    loupe: Option<Loupe>,
}

impl ModelTexts {
    /// Puts everything into words; `hovered` is the row shown as hovered.
    pub fn new(app: &mut App, hovered: Option<u32>) -> Self {
        let inspected = app.inspected();
        let scale = app.scale();
        let pixel = app.pixel_readout();
        let tip = hovered.filter(|_| app.press.is_none_or(|press| !press.dragged)).and_then(|row| tip(app, row, scale));
        let recent = app.recent.entries().iter().map(|entry| (entry.title.clone(), entry.inputs.join(" "))).collect();
        let dialog = app.dialog.clone();
        let (theme, now, compared) = (app.theme(), app.situation(), app.compared_text());
        let export = app.export_texts();
        let adapter = app.shell.as_ref().map_or_else(String::new, |shell| shell.gpu.info.name.clone());
        let Some(session) = &mut app.session else {
            return Self { export, adapter, recent, dialog, theme, now, ..Self::default() };
        };
        let (rows, all) = (session.dataset.rows(), session.dataset.total_rows());
        let sliced = rows != all;
        let thousands = |n: u32| crate::words::thousands(n.into());
        let looks = &session.scene.settings.appearance;
        let filter = looks.filter.as_ref().map(ToString::to_string).unwrap_or_default();
        let (color_by, fades) = (looks.color_by.clone(), looks.fades);
        let texts = Self {
            title: session.dataset.title().to_owned(),
            rows_opened: sliced.then(|| format!("{} of {} rows", thousands(rows), thousands(all))),
            values: session.values_in_words(),
            matching: session.matching_in_words(),
            arranging: session.working_in_words(),
            export,
            needs: session.needs.in_words(),
            why_no_columns: session.why_no_columns(),
            by: session.by(),
            color_by,
            scale: ScaleModel { palette: looks.palette, spread: looks.spread, has_range: looks.range.is_some() },
            sort: session.scene.settings.layout_params.sort.clone(),
            legend: session.scene.legend(theme),
            filter,
            fades,
            unavailable: LAYOUTS.iter().filter_map(|&kind| Some((kind, session.why_unavailable(kind)?))).collect(),
            inspected: inspected.map(|row| {
                let fields = describe::fields(session, row);
                (row, describe::title(session, row), app.fields.arranged(&session.columns, fields))
            }),
            report: session.report_lines(),
            joined: session.is_joined_by_position(),
            compared,
            pixel,
            tip,
            recent,
            dialog,
            adapter,
            theme,
            now,
        };
        for what in session.take_untold() {
            app.complain(&what);
        }
        texts
    }
}

/// The tooltip of a hovered row, with its loupe where drawings are small.
fn tip(app: &App, row: u32, scale: f64) -> Option<Tip> {
    let session = app.session.as_ref()?;
    let local = app.scatter_pointer()?;
    let [left, top, side] = session.scene.square_px(Row(row))?;
    let corner = DVec2::new(app.scatter_rect.left.into(), app.scatter_rect.top.into());
    let logical = |px: DVec2| {
        let at = (px + corner) / scale;
        pos2(at.x as f32, at.y as f32)
    };
    let view = session.scene.view();
    let loupe = (view.side_px < LOUPE_BELOW_PX * scale).then(|| {
        let placed = session.scene.placed();
        let middle = DVec2::new(left + side / 2.0, top + side / 2.0);
        let mut rows = [None; LOUPE_CELLS];
        for (at, cell) in rows.iter_mut().enumerate() {
            let (dx, dy) = ((at % ui::LOUPE_COLUMNS) as f64 - 2.0, (at / ui::LOUPE_COLUMNS) as f64 - 1.0);
            let there = middle + DVec2::new(dx, dy) * side;
            *cell = if dx == 0.0 && dy == 0.0 {
                Some(row)
            } else {
                oracle::pick_among(&view, &placed.layout, &placed.index, &|row| session.scene.is_found(row), there, 0.0)
                    .map(|answer| answer.row.0)
                    .filter(|&other| other != row)
            };
        }
        Loupe { rows, cell: LOUPE_CELL_PX, held: app.held_pointer.is_some() }
    });
    Some(Tip {
        row,
        title: describe::title(session, Row(row)),
        text: describe::tip(session, Row(row)),
        chosen: super::tip::chosen(&app.fields, session, Row(row)),
        anchor: logical(local),
        drawing: Rect::from_min_max(logical(DVec2::new(left, top)), logical(DVec2::new(left + side, top + side))),
        loupe,
    })
}

impl App {
    /// The texel under the pointer in the inspector's picture.
    fn pixel_readout(&self) -> Option<PixelReadout> {
        let (rect, at, row, session) = (self.picture_rect?, self.pointer?, self.inspected()?, self.session.as_ref()?);
        let canvas = session.renderer.plan().canvas;
        let (texel_px, left, top) = crate::scene::frame::drawing_fit(rect, canvas);
        if texel_px == 0 {
            return None;
        }
        // The drawing is centred on its canvas.
        let (width, height) = (session.dataset.width(), session.dataset.height());
        let texel = |at: f64, edge: u32, side: u32| {
            let on_canvas = ((at - f64::from(edge)) / f64::from(texel_px)).floor();
            let in_drawing = on_canvas - f64::from((canvas - side) / 2);
            (in_drawing >= 0.0 && in_drawing < f64::from(side)).then_some(in_drawing as u32)
        };
        let (column, line) = (texel(at.x, left, width)?, texel(at.y, top, height)?);
        let (value, ink) = session.pixel(row, (line * width + column) as usize)?;
        let value = (!session.values.is_plain() || session.dataset.is_bool(row) || ink.is_none()).then_some(value);
        Some(PixelReadout { column, row: line, value, ink })
    }

    /// The model of this frame, borrowing from `texts`; `lists` receive what it points to.
    pub(super) fn model<'a>(
        &'a self,
        texts: &'a ModelTexts,
        hovered: Option<u32>,
        lists: &'a Lists<'a>,
    ) -> UiModel<'a> {
        let mut model = UiModel {
            theme: texts.theme,
            adapter: &texts.adapter,
            frame_ms: self.frame_ms,
            tool: self.tool,
            now: &texts.now,
            inspector_open: self.inspector_open,
            inspector_width: self.inspector_width,
            notices: &lists.notices,
            report: &lists.report,
            dialog: dialog(texts, lists),
            hovered,
            screen: Screen::Welcome { recent: &lists.recent, can_drop: std::env::var_os("WAYLAND_DISPLAY").is_none() },
            ..UiModel::default()
        };
        self.add_completion(&mut model);
        self.add_hands(&mut model);
        model.exporting = texts.export.going_on();
        let Some(session) = &self.session else { return model };
        let scene = &session.scene;
        (model.title, model.rows) = (&texts.title, scene.rows());
        (model.refining, model.looked_at) = (session.driver.is_refining(), session.dataset.looked_at());
        model.arranging = texts.arranging.as_deref();
        model.quality = scene.placed().layout.quality.as_deref();
        model.rows_opened = texts.rows_opened.as_deref();
        model.values = texts.values.as_deref();
        model.matching = texts.matching.as_deref();
        model.selected = scene.selection().count();
        model.page = self.page;
        model.selection = session.selected().map(|selected| SelectionModel {
            rows: &selected.rows,
            makeup: &selected.makeup,
            mean: selected.mean.as_deref(),
        });
        (model.rows_loaded, model.records) = (scene.rows_ready(), session.records);
        model.screen = if scene.rows_ready() == 0 { Screen::Loading { needs: &texts.needs } } else { Screen::Viewing };
        model.layout = scene.placed().layout.kind;
        model.unavailable = &lists.unavailable;
        model.columns = columns(texts, lists);
        model.legend = texts.legend.as_deref();
        model.facets = self.facets(texts, lists);
        model.clusters = self.clusters();
        model.sketch = self.sketch();
        model.suspects = self.suspects();
        model.differ = self.differ(texts);
        model.side_px = scene.view().side_px as f32;
        model.zoom = scene.camera().zoom as f32;
        model.ruler = (scene.rows_ready() > 0).then(|| ruler(scene));
        (model.field_lines, model.orders_fields) = (&lists.field_lines, self.orders_fields);
        model.loading_stopped = session.is_stopped();
        model.inspector = texts.inspected.as_ref().map(|(row, title, _)| InspectorModel {
            row: row.0,
            title,
            pinned: scene.pin() == Some(*row),
            fields: &lists.fields,
            pixel: texts.pixel,
            size: [session.dataset.width(), session.dataset.height()],
            original: session.original(*row),
            hand: self.hand_model(*row),
            marks: session.marks(),
            footnote: texts.joined.then_some("joined by position"),
            alike: self.alike_open.then(|| session.alike(*row)),
            compared_by: scene.settings.layout_params.comparison.by,
            has_embedding: scene.settings.layout_params.comparison.embedding.is_some(),
        });
        model.compared = texts.compared.as_ref().map(|compared| CompareModel {
            first: compared.rows.0,
            second: compared.rows.1,
            fields: &lists.compared,
            inks: self.comparing.inks(),
        });
        model.tooltip = texts.tip.as_ref().map(|tip| TooltipModel {
            anchor: tip.anchor,
            drawing: tip.drawing,
            row: tip.row,
            title: &tip.title,
            country: tip.text.country,
            code: tip.text.code.as_deref(),
            recognised: tip.text.recognised,
            time: tip.text.time.as_deref(),
            reading: tip.text.reading,
            chosen: tip.chosen.as_ref().map(|(heading, details)| [heading.as_str(), details.as_str()]),
            loupe: tip.loupe,
        });
        model
    }
}

/// A rectangle of egui in physical pixels of the target.
pub fn to_px(rect: Rect, pixels_per_point: f32) -> crate::scene::frame::PxRect {
    let snapped = |value: f32| (value * pixels_per_point).round().max(0.0) as u32;
    let (left, top) = (snapped(rect.left()), snapped(rect.top()));
    let size = vec2(snapped(rect.right()) as f32 - left as f32, snapped(rect.bottom()) as f32 - top as f32);
    crate::scene::frame::PxRect { left, top, width: size.x.max(0.0) as u32, height: size.y.max(0.0) as u32 }
}
