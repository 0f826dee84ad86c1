//! The panel of clusters at the left: how finely drawings are divided, and what shows each of the groups.

use egui::{Align, Button, Label, Layout, RichText, Slider, SliderClamping, Ui, WidgetInfo};

use super::means::{self, MeanPictures};
use super::model::UiModel;
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::waiting::show_why_not;
use super::widgets::{self, focus_ring, heading, named, rest_list, strong};
use super::{UiState, drawings};
use crate::app::commands::CommandId;
use crate::likeness::means::Means;
use crate::scene::clusters::{Portrait, Resolution, SetClusters, Trait};
use crate::words::{counted, percent, thousands};
use std::sync::Arc;

/// Side of a drawing that shows a cluster, points.
const SIDE: f32 = 44.0;
/// How wide and high a mean drawing is at most, points: as two of the drawings beside it.
const MEAN: f32 = 2.0 * SIDE + drawings::GAP;
/// The ends of the slider; more is to be had by command.
const LEAST: f64 = 0.1;
const MOST: f64 = 20.0;
const SLIDER: f32 = 120.0;
const NAME: &str = "How finely drawings are divided";

/// What the panel shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClustersModel<'a> {
    /// The clusters; `None` until they have been found.
    pub found: Option<&'a SetClusters>,
    /// How far they, or others, are on their way, 0…1.
    pub progress: Option<f32>,
    /// Why there are none.
    pub why_not: Option<&'a str>,
    /// They are asked for; undo may have taken that back.
    pub is_asked: bool,
    /// How finely drawings are to be divided.
    pub resolution: Resolution,
    /// The column gives the colours.
    pub gives_colors: bool,
    /// Drawings are grouped by it.
    pub gives_groups: bool,
    /// The one that alone is kept.
    pub only: Option<u32>,
    /// The mean drawing of each that is shown; `None` until they have been made.
    pub means: Option<&'a Arc<Means>>,
    /// Why there are none.
    pub why_no_means: Option<&'a str>,
}

/// What is to be done with clusters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ClusterWish {
    /// Divide drawings so finely.
    Divide(Resolution),
    /// Keep the drawings of this one alone, or all again.
    Only(u32),
    /// Select the drawings of this one.
    Select(u32),
    /// Colour drawings by their cluster, or no longer.
    Color,
    /// Lay drawings out cluster by cluster.
    Group,
}

/// Shows what is in the panel.
pub(super) fn show(
    ui: &mut Ui,
    clusters: &ClustersModel<'_>,
    model: &UiModel<'_>,
    state: &mut UiState,
    out: &mut UiOutput,
) {
    let p = model.theme.palette();
    if heading(ui, "Clusters", "Hide clusters") {
        out.act(UiAction::Run(CommandId::Clusters));
    }
    ui.add(Label::new(RichText::new(in_words(clusters, model)).small().weak()).wrap());
    ui.add_space(6.0);
    if !clusters.is_asked && clusters.found.is_none() {
        if widgets::primary(ui, "Find clusters", p).clicked() {
            out.act(UiAction::Clusters(ClusterWish::Divide(clusters.resolution)));
        }
        return;
    }
    show_slider(ui, clusters.resolution, p, out);
    ui.add_space(6.0);
    ui.add_enabled_ui(clusters.found.is_some(), |ui| {
        ui.horizontal(|ui| {
            if named(ui.add(Button::new("Colour").selected(clusters.gives_colors)), "Colour by cluster").clicked() {
                out.act(UiAction::Clusters(ClusterWish::Color));
            }
            if named(ui.add(Button::new("Group").selected(clusters.gives_groups)), "Group by cluster").clicked() {
                out.act(UiAction::Clusters(ClusterWish::Group));
            }
        });
    });
    ui.add_space(8.0);
    rest_list(ui, "clusters", |ui| {
        if let Some(why) = clusters.why_not {
            show_why_not(ui, "", why, p);
        }
        if let Some(why) = clusters.why_no_means {
            show_why_not(ui, "there are no mean drawings: ", why, p);
            ui.add_space(8.0);
        }
        let Some(found) = clusters.found else { return };
        let mut pictures = clusters.means.map(|means| MeanPictures::of(state.means.take(), means, model.theme));
        for (cluster, portrait) in (0..).zip(&found.portraits) {
            ui.push_id(cluster, |ui| {
                show_title(ui, cluster, portrait, clusters.only == Some(cluster), out);
                let has_mean = clusters.why_no_means.is_none();
                let mean = has_mean.then_some((clusters.means.map(|means| &**means), pictures.as_mut()));
                show_drawings(ui, cluster, portrait, mean, p, out);
            });
        }
        state.means = pictures;
        let more = (found.count as usize).saturating_sub(found.portraits.len());
        if more > 0 {
            let text = format!("and {} smaller ones", thousands(more as u64));
            ui.label(RichText::new(text).small().weak());
        }
    });
}

fn in_words(clusters: &ClustersModel<'_>, model: &UiModel<'_>) -> String {
    let progress = clusters.progress.map(|part| format!("finding clusters… {}", percent(part)));
    let found = clusters.found.map(|found| {
        let outside = counted(found.outside.into(), "drawing looks", "drawings look");
        let outside = if found.outside > 0 { format!("; {outside} like nothing") } else { String::new() };
        format!("{} of drawings that look alike{outside}", counted(found.count.into(), "cluster", "clusters"))
    });
    let waits = || {
        let text = match (clusters.is_asked, model.rows_loaded < model.rows) {
            (false, _) => "drawings that look alike, put together",
            (true, false) => "…",
            (true, true) if model.loading_stopped => "the drawings were not read to their end",
            (true, true) => "once all drawings have been read",
        };
        text.to_owned()
    };
    progress.or(found).unwrap_or_else(waits)
}

/// Coarse at the left, fine at the right; each step is the same ratio.
fn show_slider(ui: &mut Ui, resolution: Resolution, p: &Palette, out: &mut UiOutput) {
    let mut value = f64::from(resolution);
    ui.horizontal(|ui| {
        ui.label(RichText::new("fewer").small().weak());
        ui.spacing_mut().slider_width = SLIDER;
        let slider = Slider::new(&mut value, LEAST..=MOST).logarithmic(true).show_value(false);
        let response = ui.add(slider.clamping(SliderClamping::Never).smallest_positive(LEAST));
        response.widget_info(|| WidgetInfo::slider(true, value, NAME));
        focus_ring(ui, &response, response.rect, p);
        // Arrows move the handle and not the picture.
        out.takes_keys |= response.has_focus();
        out.left_slider = Some(response.rect);
        // Two digits are as fine as anybody can see.
        let digits = 10_f64.powf(1.0 - value.log10().floor());
        let rounded = (value * digits).round() / digits;
        if response.changed()
            && let Ok(resolution) = Resolution::try_from(rounded)
        {
            out.act(UiAction::Clusters(ClusterWish::Divide(resolution)));
        }
        response.on_hover_text(format!("{NAME}: {resolution}"));
        ui.label(RichText::new("more").small().weak());
    });
}

/// A cluster: how many, and what is over-represented in it.
fn show_title(ui: &mut Ui, cluster: u32, portrait: &Portrait, is_only: bool, out: &mut UiOutput) {
    ui.horizontal(|ui| {
        let title = format!("{} · {}", cluster + 1, counted(portrait.rows.into(), "drawing", "drawings"));
        let only = ui.add(Button::new(strong(title.clone())).frame_when_inactive(false).selected(is_only));
        if named(only, &format!("Only cluster {title}")).on_hover_text("only these, or all again").clicked() {
            out.act(UiAction::Clusters(ClusterWish::Only(cluster)));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let select = ui.add(Button::new(RichText::new("select").small()).frame_when_inactive(false));
            if named(select, &format!("Select cluster {}", cluster + 1)).clicked() {
                out.act(UiAction::Clusters(ClusterWish::Select(cluster)));
            }
        });
    });
    if !portrait.traits.is_empty() {
        let traits: Vec<String> = portrait.traits.iter().map(in_short).collect();
        ui.add(Label::new(RichText::new(traits.join(" · ")).small().weak()).wrap());
    }
    ui.add_space(4.0);
}

/// The mean drawing, once it has been made, and the drawings that show the cluster, its medoid first. Without `mean` there is none.
fn show_drawings(
    ui: &mut Ui,
    cluster: u32,
    portrait: &Portrait,
    mean: Option<(Option<&Means>, Option<&mut MeanPictures>)>,
    p: &Palette,
    out: &mut UiOutput,
) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = drawings::GAP;
        if let Some((means, pictures)) = mean {
            ui.vertical(|ui| show_mean(ui, cluster, portrait, means, pictures, p, out));
        }
        ui.vertical(|ui| {
            if let Some(row) = drawings::show(ui, &portrait.examples, SIDE, None, p, out) {
                out.act(UiAction::PinRow(row));
            }
        });
    });
    ui.add_space(12.0);
}

fn show_mean(
    ui: &mut Ui,
    cluster: u32,
    portrait: &Portrait,
    means: Option<&Means>,
    pictures: Option<&mut MeanPictures>,
    p: &Palette,
    out: &mut UiOutput,
) {
    let size = means::fitted(means.map_or([1, 1], |means| means.size), MEAN, ui.pixels_per_point());
    ui.set_max_width(size.x);
    let is_seen = ui.is_rect_visible(egui::Rect::from_min_size(ui.next_widget_position(), size));
    let picture = pictures.filter(|_| is_seen).and_then(|pictures| pictures.get(ui, cluster as usize));
    let all = counted(portrait.rows.into(), "drawing", "drawings");
    let response = means::framed(ui, picture, size, &format!("Mean of cluster {}: {all}", cluster + 1), p);
    if picture.is_some() {
        out.means.push(response.rect);
    }
    let squares = means.filter(|means| means.square > 1);
    let squares = squares.map_or_else(String::new, |means| format!(", in squares of {0} × {0}", means.square));
    response.on_hover_text(format!("the mean ink of {all}, pixel by pixel{squares}"));
    let text = means.map_or_else(|| "mean…".to_owned(), |_| format!("mean of {}", thousands(portrait.rows.into())));
    ui.label(RichText::new(text).small().weak());
}

/// "countrycode KR × 3.8".
fn in_short(own: &Trait) -> String {
    format!("{} {} × {:.1}", own.column, own.value, own.lift)
}
