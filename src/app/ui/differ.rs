//! The panel of who draws differently at the left: the groups of a column, which of them have drawings that are more like each other than
//! chance makes them, and two of them beside each other.

mod beside;

use egui::{Button, Label, RichText, Sides, Ui};

use super::UiState;
use super::menu::pick_column;
use super::model::UiModel;
use super::output::{GroupPlace, UiAction, UiOutput};
use super::theme::Palette;
use super::waiting::{comparing, show_why_not};
use super::widgets::{heading, named, rest_list, strong};
use crate::app::commands::CommandId;
use crate::headless::likeness::{Differing, SIGNIFICANT};
use crate::likeness::assortment::{Assortment, Group, Test};
use crate::likeness::side_by_side::SideBySide;
use crate::words::{EMPTY, counted, shown_text, thousands};
pub(super) use beside::BesidePictures;
use beside::show_beside;
use std::sync::Arc;

/// Groups that are listed, and letters of a value that are shown.
const LISTED: usize = 200;
const SHOWN: usize = 40;

/// What the panel shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DifferModel<'a> {
    /// The column by which drawings are in groups.
    pub column: Option<&'a str>,
    /// Why there are no columns.
    pub why_no_columns: Option<&'a str>,
    /// The groups; `None` until they have been compared.
    pub found: Option<&'a Differing>,
    /// How far that is on its way, 0…1.
    pub progress: Option<f32>,
    /// Why they cannot be compared.
    pub why_not: Option<&'a str>,
    /// A group can be kept alone: it is one value, not a bin of several.
    pub can_keep: bool,
    /// The group that alone is kept.
    pub only: Option<u32>,
    /// The groups that are beside each other; the second is missing while one has been chosen.
    pub pair: [Option<u32>; 2],
    /// What sets them apart; `None` until it has been found.
    pub beside: Option<&'a Arc<SideBySide>>,
    /// How far that is on its way, 0…1.
    pub beside_progress: Option<f32>,
    /// Why it cannot be had.
    pub why_not_beside: Option<&'a str>,
    /// Width and height of a drawing, pixels.
    pub size: [u32; 2],
}

/// What is to be done with groups, which are the column's.
#[derive(Clone, Debug, PartialEq)]
pub enum DifferWish {
    /// Group drawings by this column.
    By(String),
    /// Keep the drawings of this one alone, or all again.
    Only(u32),
    /// Select the drawings of this one.
    Select(u32),
    /// Put this one beside another, or no longer.
    Beside(u32),
    /// Put none beside another.
    Alone,
}

/// Shows what is in the panel.
pub(super) fn show(
    ui: &mut Ui,
    differ: &DifferModel<'_>,
    model: &UiModel<'_>,
    state: &mut UiState,
    out: &mut UiOutput,
) {
    let p = model.theme.palette();
    if heading(ui, "Who draws differently", "Hide who draws differently") {
        out.act(UiAction::Run(CommandId::Differ));
    }
    ui.horizontal(|ui| {
        ui.label(RichText::new("by").weak());
        if let Some(column) = pick_column(ui, "Groups by", differ.column, model, out) {
            out.act(UiAction::Differ(DifferWish::By(column)));
        }
    });
    ui.add_space(4.0);
    if let Some(why) = differ.why_no_columns.or(differ.why_not) {
        show_why_not(ui, "", why, p);
        return;
    }
    let text = differ.found.map_or_else(|| comparing(differ.progress, model), |found| in_words(&found.found));
    ui.add(Label::new(RichText::new(text).small().weak()).wrap());
    let Some(found) = differ.found else { return };
    ui.add_space(8.0);
    rest_list(ui, "groups", |ui| {
        show_beside(ui, differ, found, model, state, out);
        for (at, group) in found.found.groups.iter().enumerate().take(LISTED) {
            ui.push_id(group.group, |ui| show_group(ui, at, group, differ, found, p, out));
        }
        let more = found.found.groups.len().saturating_sub(LISTED);
        if more > 0 {
            ui.label(RichText::new(format!("and {} more", thousands(more as u64))).small().weak());
        }
    });
}

/// What the numbers mean, and of how many drawings they are.
fn in_words(found: &Assortment) -> String {
    let Test { nearest, least_rows, .. } = Test::default();
    if found.groups.is_empty() {
        return format!("no group is large enough: {least_rows} drawings at least are needed");
    }
    let rows = counted(found.rows.into(), "drawing", "drawings");
    let groups = counted(found.groups.len() as u64, "group", "groups");
    let small = match found.small_groups {
        0 => String::new(),
        small => {
            format!("; {} of fewer than {least_rows} drawings not listed", counted(small.into(), "group", "groups"))
        }
    };
    let permutations = thousands(found.permutations.into());
    format!(
        "× is how many times as often as by chance the {nearest} most like a drawing are of its own group. {rows}; p of \
         {permutations} permutations, corrected for {groups}{small}"
    )
}

fn value_text(found: &Differing, group: u32) -> String {
    let text = found.groups.label(group);
    if text.is_empty() { EMPTY.to_owned() } else { shown_text(text, SHOWN) }
}

/// A group: its value, what can be done with it, and whether it draws differently.
fn show_group(
    ui: &mut Ui,
    at: usize,
    group: &Group,
    differ: &DifferModel<'_>,
    found: &Differing,
    p: &Palette,
    out: &mut UiOutput,
) {
    let (text, is_only) = (value_text(found, group.group), differ.only == Some(group.group));
    let is_beside = differ.pair.contains(&Some(group.group));
    let differs = group.p_corrected <= SIGNIFICANT;
    let (only, (select, beside)) = Sides::new().shrink_left().show(
        ui,
        |ui| {
            let shown = if differs { strong(&text) } else { RichText::new(&text) };
            let button = Button::new(shown.color(p.ink)).frame_when_inactive(is_only).selected(is_only).truncate();
            let only = named(ui.add_enabled(differ.can_keep, button), &format!("Only {text}"));
            only.on_hover_text("only these, or all again")
                .on_disabled_hover_text("a part of a scale is kept by the facets")
        },
        |ui| {
            let small = |text: &str| Button::new(RichText::new(text).small()).frame_when_inactive(false);
            let select = named(ui.add(small("select")), &format!("Select {text}"));
            let beside = small("compare").frame_when_inactive(is_beside).selected(is_beside);
            let beside = named(ui.add(beside), &format!("Compare {text}"));
            (select, beside.on_hover_text("side by side with another group"))
        },
    );
    if ui.is_rect_visible(only.rect) {
        out.groups.push(GroupPlace { at, only: only.rect, select: select.rect, beside: beside.rect });
    }
    for (response, wish) in [
        (only, DifferWish::Only(group.group)),
        (select, DifferWish::Select(group.group)),
        (beside, DifferWish::Beside(group.group)),
    ] {
        if response.clicked() {
            out.act(UiAction::Differ(wish));
        }
    }
    let verdict = if differs { " · significant" } else { "" };
    let n = thousands(group.rows.into());
    let line = format!("n = {n} · × {:.2} · p {:.3}{verdict}", group.ratio, group.p_corrected);
    ui.add(Label::new(RichText::new(line).small().weak()).wrap());
    ui.add_space(8.0);
}
