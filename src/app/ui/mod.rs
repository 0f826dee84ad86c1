//! Everything egui draws in the window, as functions from plain data ([`UiModel`]) to wishes and free rectangles ([`UiOutput`]).
//!
//! Panels are opaque; the scatter viewport is left to the GPU, which also paints drawings over panels and cards (the
//! inspector's picture, thumbnails, the loupe). Nothing here knows files or `wgpu`, and of the scene only the names of layouts and themes, and what a legend says.

mod across;
mod alike;
mod arrows;
mod bar;
mod by_stroke;
mod card;
mod checklist;
mod clusters;
mod columns;
mod compare;
mod completing;
mod differ;
mod drawings;
mod export;
mod exporting;
mod facets;
mod field_order;
mod fields;
mod filter;
mod find;
mod goto;
mod hand;
mod help;
mod histogram;
mod inspected;
pub mod inspector;
mod legend;
mod loading;
mod marks;
mod means;
mod menu;
mod model;
mod notices;
mod octopus;
mod original;
mod output;
mod palette;
mod picture;
mod playing;
mod report;
mod ruler;
mod search;
mod selection;
mod sketch;
mod status;
mod suspects;
pub mod theme;
mod together;
mod tooltip;
mod waiting;
mod welcome;
mod widgets;
mod zoomed;

pub use crate::gpu::labels::LegendPlaces;
pub use across::AcrossModel;
pub use bar::HEIGHT as BAR_HEIGHT;
pub use by_stroke::ByStrokeModel;
pub use clusters::{ClusterWish, ClustersModel};
pub use completing::Completed;
pub use differ::{DifferModel, DifferWish};
pub use exporting::{ExportForm, ExportModel, ExportOf, ExportWish};
pub use facets::{FacetModel, FacetsModel};
pub use field_order::FieldLine;
pub use find::FindModel;
pub use hand::HandModel;
pub use loading::progress;
pub use model::{
    AlikeModel, ColumnModel, ColumnsModel, CompareModel, ComparedField, Dialog, Field, FieldState, FilterModel,
    GotoModel, InspectorModel, InspectorPage, LOUPE_CELLS, LOUPE_COLUMNS, LOUPE_ROWS, Loupe, MeanDrawing, Notice,
    PixelReadout, Recent, ReportLine, ScaleModel, Screen, SelectionModel, TogetherModel, Tool, TooltipModel, UiModel,
};
pub use output::{DrawingSlot, FacetPlace, FieldPlace, GroupPlace, UiAction, UiOutput};
pub use playing::Playing;
pub use ruler::RulerModel;
pub use sketch::{SketchModel, SketchWish};
pub use status::HEIGHT as STATUS_HEIGHT;
pub use suspects::{SuspectWish, SuspectsModel};
pub use together::room as room_together;
pub use tooltip::place as place_tooltip;

use crate::fonts;
pub use crate::scene::palette::Theme;
use egui::emath::GuiRounding as _;
use egui::text_selection::LabelSelectionState;
use egui::{Frame, Margin, Panel, Rect, Ui, UiBuilder};
use std::collections::HashMap;

/// What the panels keep between frames: half-typed texts, what is unfolded.
#[derive(Clone, Debug, Default)]
pub struct UiState {
    dialog: Option<&'static str>,
    dialog_opened: bool,
    dialog_text: String,
    choice: usize,
    completing: completing::Completing,
    path_text: String,
    export: export::Choices,
    report_open: bool,
    mean: Option<selection::MeanTextures>,
    by_stroke: Option<by_stroke::ByStrokePictures>,
    means: Option<means::MeanPictures>,
    beside: Option<differ::BesidePictures>,
    difference: Option<compare::DifferenceTexture>,
    original: Option<original::OriginalView>,
    together: Option<together::Sheet>,
    under_strokes: Option<hand::UnderStrokes>,
    strokes_zoomed: Option<(u32, zoomed::Zoomed)>,
    /// The values at the edges of a scale whose end is dragged.
    legend_domain: Option<[f64; 2]>,
    filter_text: String,
    facets: HashMap<String, facets::Folded>,
    brush: Option<histogram::Brush>,
    /// A stroke is being drawn on the pad.
    pen_is_down: bool,
}

impl UiState {
    /// Nothing typed, nothing unfolded.
    pub fn new() -> Self {
        Self::default()
    }

    /// The dialog has closed: one of the same kind that comes at once is another one.
    pub fn close_dialog(&mut self) {
        self.dialog = None;
    }

    /// The dialog with a text field opened in this frame.
    fn dialog_opened(&self) -> bool {
        self.dialog_opened
    }

    fn follow(&mut self, dialog: &Dialog<'_>) {
        let now = match dialog {
            Dialog::None => None,
            Dialog::Help => Some("help"),
            Dialog::Palette => Some("palette"),
            Dialog::Goto(_) => Some("goto"),
            Dialog::Find(_) => Some("find"),
            Dialog::Filter(_) => Some("filter"),
            Dialog::Together(_) => Some("together"),
            Dialog::Export(_) => Some("export"),
            Dialog::OpenPath { .. } => Some("path"),
        };
        self.dialog_opened = now.is_some() && now != self.dialog;
        self.dialog = now;
    }
}

/// Installs fonts; once per context, before the first frame.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts::definitions());
    // Ctrl + and Ctrl − belong to the scatter viewport.
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        // The painter takes glyphs by the nearest texel; discs out of the same texture would want a filter.
        options.tessellation_options.prerasterized_discs = false;
    });
}

/// Draws all panels of one frame into the root `Ui` of `Context::run_ui`; [`install`] must have been called before.
pub fn show(ui: &mut Ui, model: &UiModel<'_>, state: &mut UiState) -> UiOutput {
    let mut out = UiOutput::new();
    state.follow(&model.dialog);
    // A pad that was closed with the pen down opens with the pen up.
    state.pen_is_down &= model.sketch.is_some();
    theme::dress(ui.ctx());
    ui.ctx().set_theme(model.theme.egui());
    let window = ui.ctx().content_rect();
    let mut root = ui
        .new_child(UiBuilder::new().max_rect(window).id_salt("inkfield").style(ui.ctx().style_of(model.theme.egui())));
    let ui = &mut root;
    ui.set_clip_rect(window);
    let welcome = matches!(model.screen, Screen::Welcome { .. });

    let bar = panel(Panel::top("bar"), BAR_HEIGHT, bar::MARGINS, ui, &mut out, |ui, out| bar::show(ui, model, out));
    let hairline = model.theme.palette().hairline;
    widgets::hairline_h(ui.painter(), bar.x_range(), bar.bottom() - widgets::pixel(ui.painter()), hairline);
    loading::show_line(ui, bar, model);
    // The status line comes last, as one reads; what is between the two leaves it its room.
    let rest = ui.available_rect_before_wrap();
    let status = whole(ui, rest.with_min_y((rest.bottom() - STATUS_HEIGHT).max(rest.top())));
    let mut middle = ui.new_child(UiBuilder::new().max_rect(rest.with_max_y(status.top())).id_salt("middle"));
    let has_left = model.facets.is_some() || model.clusters.is_some() || model.suspects.is_some();
    let is_asked = !welcome && (has_left || model.sketch.is_some() || model.differ.is_some());
    let left = facets::width(window.width()).filter(|_| is_asked).map(|width| {
        panel(Panel::left("left"), width, facets::MARGINS, &mut middle, &mut out, |ui, out| {
            // One of them is there.
            if let Some(facets) = &model.facets {
                facets::show(ui, facets, model, state, out);
            } else if let Some(clusters) = &model.clusters {
                clusters::show(ui, clusters, model, state, out);
            } else if let Some(suspects) = &model.suspects {
                suspects::show(ui, suspects, model, out);
            } else if let Some(sketch) = &model.sketch {
                sketch::show(ui, sketch, model, state, out);
            } else if let Some(differ) = &model.differ {
                differ::show(ui, differ, model, state, out);
            }
        })
    });
    let left = left.map_or(rest.left(), |panel: Rect| panel.right());
    let room = window.width() - (left - rest.left());
    let inspector = inspector::width(model.inspector_width, room).filter(|_| model.inspector_open && !welcome);
    let panel_rect = inspector.map(|width| {
        let (side, margin) = (Panel::right("inspector"), inspector::MARGINS);
        panel(side, width, margin, &mut middle, &mut out, |ui, out| inspector::show(ui, model, state, out))
    });
    let right = panel_rect.map_or(rest.right(), |panel: Rect| panel.left());
    out.scatter_rect = whole(ui, rest.with_min_x(left).with_max_x(right).with_max_y(status.top()));
    if left > rest.left() {
        widgets::hairline_v(ui.painter(), left - widgets::pixel(ui.painter()), out.scatter_rect.y_range(), hairline);
    }
    if welcome {
        out.covered.push(out.scatter_rect);
        out.panels.push(out.scatter_rect);
        welcome::show(&mut middle, model, state, &mut out);
    } else {
        loading::show_page(&mut middle, model);
    }
    if let Some(panel) = panel_rect {
        inspector::show_grip(ui, panel, model, &mut out);
    } else if !welcome {
        notices::show_floating(ui, model, &mut out);
    }
    let mut foot = ui.new_child(UiBuilder::new().max_rect(status).id_salt("foot"));
    panel(Panel::bottom("status"), STATUS_HEIGHT, status::MARGINS, &mut foot, &mut out, |ui, out| {
        status::show(ui, model, state, out);
    });
    widgets::hairline_h(ui.painter(), status.x_range(), status.top(), hairline);
    legend::show(ui, model, state, &mut out);
    if model.dialog == Dialog::None {
        tooltip::show(ui, out.scatter_rect, model, &mut out);
    }
    let middle = rest.with_max_y(status.top());
    welcome::show_drop(ui, middle, model);
    let room = card::Room { scatter: out.scatter_rect, middle };
    goto::show(ui, room, model, state, &mut out);
    filter::show(ui, room, model, state, &mut out);
    palette::show(ui, room, model, state, &mut out);
    find::show(ui, room, model, state, &mut out);
    export::show(ui, room, model, state, &mut out);
    together::show(ui, model, state, &mut out);
    help::show(ui, model, state, &mut out);
    settle(ui, model, &mut out);
    out
}

/// Shows an opaque panel of this size along a side, and answers where it lies, on whole physical pixels.
fn panel(
    side: Panel,
    size: f32,
    margins: Margin,
    ui: &mut Ui,
    out: &mut UiOutput,
    contents: impl FnOnce(&mut Ui, &mut UiOutput),
) -> Rect {
    let size = size.round_to_pixels(ui.pixels_per_point());
    let frame = Frame::NONE.fill(ui.visuals().panel_fill).inner_margin(margins);
    let shown = side.exact_size(size).resizable(false).show_separator_line(false).frame(frame);
    // What the panel answers grows with contents that do not fit.
    let mut rect = Rect::NOTHING;
    shown.show(ui, |ui| {
        rect = whole(ui, ui.clip_rect());
        contents(ui, out);
    });
    out.covered.push(rect);
    out.panels.push(rect);
    rect
}

/// A rectangle on whole physical pixels.
fn whole(ui: &Ui, rect: Rect) -> Rect {
    rect.round_to_pixels(ui.pixels_per_point())
}

/// Works out whose pointer and keys these are.
fn settle(ui: &Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    let ctx = ui.ctx();
    let pointer = ctx.input(|i| i.pointer.latest_pos());
    let dragged_ours = ctx.egui_is_using_pointer();
    let any_popup = ctx.any_popup_open();
    out.wants_pointer =
        dragged_ours || any_popup || pointer.is_some_and(|at| out.covered.iter().any(|r| r.contains(at)));
    out.wants_keyboard = ctx.text_edit_focused() || any_popup || model.dialog != Dialog::None || out.takes_keys;
    out.has_text_selection =
        ctx.plugin_opt::<LabelSelectionState>().is_some_and(|labels| labels.lock().has_selection());
}
