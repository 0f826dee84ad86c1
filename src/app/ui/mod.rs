//! Everything egui draws in the window, as functions from plain data ([`UiModel`]) to wishes and free rectangles ([`UiOutput`]).
//!
//! Panels are opaque; the scatter viewport is left to the GPU, which also paints the inspector's picture over its panel and the
//! loupe's cells over everything. Nothing here knows files or `wgpu`, and of the scene only the names of layouts and themes.

mod bar;
mod button;
mod fields;
mod goto;
mod help;
mod inspected;
pub mod inspector;
mod loading;
mod menu;
mod model;
mod notices;
mod octopus;
mod output;
mod picture;
mod report;
mod status;
pub mod theme;
mod tooltip;
mod track;
mod welcome;
mod widgets;

pub use bar::HEIGHT as BAR_HEIGHT;
pub use loading::progress;
pub use model::{
    Dialog, Field, FieldState, GotoModel, InspectorModel, LOUPE_CELLS, LOUPE_COLUMNS, LOUPE_ROWS, Loupe, Notice,
    PixelReadout, Recent, ReportLine, Screen, Tool, TooltipModel, UiModel,
};
pub use output::{UiAction, UiOutput};
pub use status::HEIGHT as STATUS_HEIGHT;
pub use tooltip::place as place_tooltip;

use crate::fonts;
pub use crate::scene::palette::Theme;
use egui::emath::GuiRounding as _;
use egui::text_selection::LabelSelectionState;
use egui::{Area, Id, Order, Rect, Ui, UiBuilder, pos2, vec2};

/// What the panels keep between frames: half-typed texts, what is unfolded.
#[derive(Clone, Debug, Default)]
pub struct UiState {
    dialog: Option<&'static str>,
    dialog_opened: bool,
    dialog_text: String,
    choice: usize,
    path_text: String,
    report_open: bool,
}

impl UiState {
    /// Nothing typed, nothing unfolded.
    pub fn new() -> Self {
        Self::default()
    }

    /// The dialog with a text field opened in this frame.
    fn dialog_opened(&self) -> bool {
        self.dialog_opened
    }

    fn follow(&mut self, dialog: &Dialog<'_>) {
        let now = match dialog {
            Dialog::None => None,
            Dialog::Help => Some("help"),
            Dialog::Goto(_) => Some("goto"),
            Dialog::OpenPath { .. } => Some("path"),
        };
        self.dialog_opened = now.is_some() && now != self.dialog;
        self.dialog = now;
    }
}

/// Installs fonts and both themes' styles; once per context, before the first frame.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts::definitions());
    for theme in [Theme::Paper, Theme::Night] {
        ctx.set_style_of(theme.egui(), theme.style());
    }
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
    ui.ctx().set_theme(model.theme.egui());
    let window = ui.ctx().content_rect();
    let mut root = ui
        .new_child(UiBuilder::new().max_rect(window).id_salt("inkfield").style(ui.ctx().style_of(model.theme.egui())));
    let ui = &mut root;
    ui.set_clip_rect(window);

    let snap = |y: f32| y.round_to_pixels(ui.pixels_per_point());
    let bar = window.with_max_y(snap(window.top() + BAR_HEIGHT).min(window.bottom()));
    let status = window.with_min_y(snap(window.bottom() - STATUS_HEIGHT).max(bar.bottom()));
    let middle = Rect::from_min_max(bar.left_bottom(), status.right_top());
    let panel_width = if model.inspector_open && !matches!(model.screen, Screen::Welcome { .. }) {
        inspector::width(model.inspector_width, window.width())
    } else {
        None
    };
    let edge = snap(window.right() - panel_width.unwrap_or(0.0));
    out.scatter_rect = middle.with_max_x(edge);

    bar::show(ui, bar, model, &mut out);
    loading::show_line(ui, bar, model);
    out.covered.extend([bar, status]);
    out.panels.extend([bar, status]);
    if matches!(model.screen, Screen::Welcome { .. }) {
        out.covered.push(middle);
        out.panels.push(middle);
        welcome::show(ui, middle, model, state, &mut out);
    } else {
        loading::show_page(ui, out.scatter_rect, model);
    }
    if panel_width.is_some() {
        let panel = middle.with_min_x(edge);
        out.covered.push(panel);
        out.panels.push(panel);
        inspector::show(ui, panel, model, &mut out);
        inspector::show_grip(ui, panel, model, &mut out);
    } else if !matches!(model.screen, Screen::Welcome { .. }) {
        show_floating_notices(ui, model, &mut out);
    }
    status::show(ui, status, model, state, &mut out);
    if model.dialog == Dialog::None {
        tooltip::show(ui, out.scatter_rect, model, &mut out);
    }
    welcome::show_drop(ui, middle, model);
    goto::show(ui, out.scatter_rect, middle, model, state, &mut out);
    help::show(ui, model, state, &mut out);
    settle(ui, model, &mut out);
    out
}

/// Without an inspector notices lie in the viewport's upper right corner.
fn show_floating_notices(ui: &Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    if model.notices.is_empty() {
        return;
    }
    let width = 380.0_f32.min(out.scatter_rect.width() - 24.0);
    let at = pos2(out.scatter_rect.right() - width - 12.0, out.scatter_rect.top() + 12.0);
    let area =
        Area::new(Id::unique("inkfield notices")).order(Order::Middle).fixed_pos(at).constrain(false).fade_in(false);
    let shown = area.show(ui.ctx(), |ui| {
        ui.set_clip_rect(ui.ctx().content_rect());
        let covered = notices::show(ui, at, width, model, out);
        ui.allocate_rect(covered.unwrap_or(Rect::from_min_size(at, vec2(0.0, 0.0))), egui::Sense::hover());
        covered
    });
    out.covered.extend(shown.inner);
}

/// Works out whose pointer and keys these are.
fn settle(ui: &Ui, model: &UiModel<'_>, out: &mut UiOutput) {
    let ctx = ui.ctx();
    let pointer = ctx.input(|i| i.pointer.latest_pos());
    let dragged_ours = ctx.egui_is_using_pointer();
    let any_popup = ctx.any_popup_open();
    out.wants_pointer =
        dragged_ours || any_popup || pointer.is_some_and(|at| out.covered.iter().any(|r| r.contains(at)));
    out.wants_keyboard = ctx.text_edit_focused() || any_popup || model.dialog != Dialog::None;
    out.has_text_selection =
        ctx.plugin_opt::<LabelSelectionState>().is_some_and(|labels| labels.lock().has_selection());
}
