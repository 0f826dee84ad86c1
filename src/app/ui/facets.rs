//! The panel of facets at the left: for each column what it holds among the drawings that all other choices keep, to be ticked, brushed
//! over or typed.

use egui::accesskit::Role;
use egui::collapsing_header::paint_default_icon;
use egui::{Align, Button, Label, Layout, Margin, Rect, RichText, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use super::histogram::Histogram;
use super::model::UiModel;
use super::output::{FacetPlace, UiAction, UiOutput};
use super::theme::{MARGIN, Palette};
use super::widgets::{self, cross, heading, hide_or_fade, named, rest_list, strong, text_field};
use super::{UiState, checklist};
use crate::app::commands::CommandId;
use crate::data::columns::query::Choice;
use crate::data::columns::{ColumnCounts, Counted, FacetBins};
use crate::words::{counted, shown_text, thousands};

/// The panel's width, and what it leaves to the scatter viewport at least, in points.
const WIDTH: f32 = 280.0;
const SCATTER_MIN: f32 = 220.0;
pub(super) const MARGINS: Margin = Margin { left: MARGIN, right: MARGIN, top: MARGIN, bottom: 8 };
/// Height of a column's heading.
const HEADING: f32 = 26.0;
/// Columns that are unfolded by themselves.
const UNFOLDED: usize = 8;
/// Letters of a name that are shown.
const SHOWN: usize = 60;

/// A column in the panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FacetModel<'a> {
    /// Its name.
    pub name: &'a str,
    /// "category", "time".
    pub kind: &'a str,
    /// What is chosen of it.
    pub choice: Option<&'a Choice>,
    /// What it holds; `None` until that has been counted.
    pub counts: Option<&'a ColumnCounts>,
    /// The bins of numbers or times.
    pub bins: Option<&'a FacetBins>,
}

/// What the panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FacetsModel<'a> {
    /// All columns.
    pub columns: &'a [FacetModel<'a>],
    /// Why there are none.
    pub why_none: Option<&'a str>,
    /// What is left out fades; else it is hidden.
    pub fades: bool,
    /// Something is left out.
    pub is_filtered: bool,
    /// Only what is kept is laid out.
    pub is_rearranged: bool,
}

/// How a column is shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    open: Option<bool>,
    pub(super) more: bool,
    pub(super) search: String,
    /// The text that was asked for when the field was filled last.
    asked: Option<String>,
}

/// The panel's width in a window of `window` points, or `None` where it has no room.
pub(super) fn width(window: f32) -> Option<f32> {
    (window >= WIDTH + SCATTER_MIN).then_some(WIDTH)
}

/// Shows what is in the panel.
pub(super) fn show(
    ui: &mut Ui,
    facets: &FacetsModel<'_>,
    model: &UiModel<'_>,
    state: &mut UiState,
    out: &mut UiOutput,
) {
    show_head(ui, facets, model, out);
    rest_list(ui, "facets", |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if facets.columns.is_empty() {
            ui.label(RichText::new(facets.why_none.unwrap_or("the records hold no values")).weak());
        }
        for (at, facet) in facets.columns.iter().enumerate() {
            ui.push_id(facet.name, |ui| show_facet(ui, facet, at < UNFOLDED, model.theme.palette(), state, out));
        }
    });
}

/// How much is left, what becomes of the rest, and what is done with all choices at once.
fn show_head(ui: &mut Ui, facets: &FacetsModel<'_>, model: &UiModel<'_>, out: &mut UiOutput) {
    let p = model.theme.palette();
    if heading(ui, "Facets", "Hide facets") {
        out.act(UiAction::Run(CommandId::Facets));
    }
    let all = || format!("all {}", counted(model.rows.into(), "drawing", "drawings"));
    let matching = model.matching.map_or_else(all, str::to_owned);
    ui.add(Label::new(RichText::new(matching).small().weak()).wrap());
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        if let Some(fades) = hide_or_fade(ui, ["Hide", "Fade"], facets.fades, p) {
            out.act(UiAction::FilterFades(fades));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if named(ui.button("Type…"), "Type a condition").clicked() {
                out.act(UiAction::Run(CommandId::Filter));
            }
        });
    });
    ui.horizontal(|ui| {
        ui.add_enabled_ui(facets.is_filtered, |ui| {
            let rearrange = Button::new("Re-arrange").selected(facets.is_rearranged);
            let rearrange = ui.add(rearrange).on_hover_text("Lay out only what is left");
            if rearrange.clicked() {
                out.act(UiAction::Run(CommandId::Rearrange));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.button("Clear all").clicked() {
                    out.act(UiAction::Run(CommandId::ShowAll));
                }
            });
        });
    });
    ui.add_space(8.0);
}

/// A column: its heading, and what can be chosen of it.
fn show_facet(
    ui: &mut Ui,
    facet: &FacetModel<'_>,
    is_first: bool,
    p: &Palette,
    state: &mut UiState,
    out: &mut UiOutput,
) {
    let is_text = facet.counts.is_some_and(|counts| counts.counted == Counted::Texts);
    let is_chosen = facet.choice.is_some();
    let folded = state.facets.entry(facet.name.to_owned()).or_default();
    let is_open = folded.open.unwrap_or(is_chosen || (is_first && !is_text));
    let tell = |out: &mut UiOutput, choice: Choice, goes_on| {
        out.act(UiAction::Facet { column: facet.name.to_owned(), choice, goes_on });
    };
    let (toggled, cleared) = show_heading(ui, facet, is_open);
    if toggled {
        folded.open = Some(!is_open);
    }
    if cleared {
        tell(out, Choice::default(), false);
    }
    let Some(counts) = facet.counts.filter(|_| is_open) else { return };
    let now = facet.choice.cloned().unwrap_or_default();
    let changed = match (&counts.counted, facet.bins) {
        (Counted::Values(values), _) => checklist::show(ui, facet.name, &now, values, folded, p, out),
        (Counted::Bins(of_bins), Some(bins)) => {
            let brushed =
                Histogram { column: facet.name, bins, counts: of_bins, now: &now }.show(ui, &mut state.brush, p, out);
            if let Some((choice, goes_on)) = brushed {
                tell(out, choice, goes_on);
            }
            None
        }
        _ => show_field(ui, facet, &now, counts, folded, out),
    };
    let mut missing = None;
    let line = checklist::Line::missing(counts.missing, now.missing);
    if (counts.missing > 0 || now.missing) && line.show(ui, facet.name, p, out).clicked() {
        missing = Some(Choice { missing: !now.missing, ..now.clone() });
    }
    if let Some(choice) = changed.or(missing) {
        tell(out, choice, false);
    }
    ui.add_space(8.0);
}

/// Answers whether it was clicked, and whether the choice is to be given up.
fn show_heading(ui: &mut Ui, facet: &FacetModel<'_>, is_open: bool) -> (bool, bool) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let is_chosen = facet.choice.is_some();
        let width = ui.available_width() - if is_chosen { 24.0 } else { 0.0 };
        let (rect, response) = ui.allocate_exact_size(vec2(width, HEADING), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, is_open, facet.name));
        let response = widgets::keep_in_sight(response);
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 5.0, ui.visuals().extreme_bg_color);
        }
        let icon = Rect::from_center_size(pos2(rect.left() + 7.0, rect.center().y), Vec2::splat(9.0));
        paint_default_icon(ui, if is_open { 1.0 } else { 0.0 }, &response.clone().with_new_rect(icon));
        let texts = UiBuilder::new().max_rect(rect.with_min_x(rect.left() + 18.0));
        let mut texts = ui.new_child(texts.layout(Layout::right_to_left(Align::Center)));
        texts.add_space(4.0);
        texts.label(RichText::new(facet.kind).small().weak());
        texts.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(Label::new(strong(shown_text(facet.name, SHOWN))).truncate());
        });
        let cleared = is_chosen && cross(ui, &format!("Clear {}", facet.name));
        (response.clicked(), cleared)
    })
    .inner
}

/// A field for a part of a text; another choice where it was entered.
fn show_field(
    ui: &mut Ui,
    facet: &FacetModel<'_>,
    now: &Choice,
    counts: &ColumnCounts,
    folded: &mut Folded,
    out: &mut UiOutput,
) -> Option<Choice> {
    if folded.asked != now.contains {
        folded.search = now.contains.clone().unwrap_or_default();
        folded.asked.clone_from(&now.contains);
    }
    let top = ui.cursor().min;
    let field = text_field(ui, "contains", &mut folded.search, f32::INFINITY, false);
    let rect = Rect::from_min_max(top, pos2(top.x + ui.available_width(), ui.cursor().min.y));
    out.facets.push(FacetPlace { column: facet.name.to_owned(), value: None, rect });
    let matches = if now.contains.is_some() { "hold it" } else { "have a value" };
    ui.label(RichText::new(format!("{} {matches}", thousands(counts.present.into()))).small().weak());
    let text = folded.search.trim();
    let contains = (!text.is_empty()).then(|| text.to_owned());
    (field.is_entered && contains != now.contains).then(|| Choice { contains, ..now.clone() })
}
