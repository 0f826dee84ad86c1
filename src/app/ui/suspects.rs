//! The panel of duplicates and odd drawings at the left: what there is of each kind, and a list to walk along.

use egui::{Align, Button, Label, Layout, RichText, Slider, SliderClamping, Ui, WidgetInfo};

use super::across::{self, AcrossModel};
use super::drawings;
use super::model::UiModel;
use super::output::{UiAction, UiOutput};
use super::theme::Palette;
use super::waiting::{comparing, show_why_not};
use super::widgets::{focus_ring, heading, named, rest_list, strong};
use crate::app::commands::CommandId;
use crate::headless::likeness::{Suspect, SuspectStrokes};
use crate::likeness::duplicates::NearSearch;
use crate::words::{counted, shown_text, thousands};

/// Side of a drawing of a finding, points.
const SIDE: f32 = 44.0;
const SLIDER: f32 = 144.0;
const NAME: &str = "How far apart near duplicates are at most";
/// Findings that are listed, how many of them before the one that was gone to, and drawings of one that are shown.
const LISTED: usize = 60;
const BEFORE: usize = 2;
const DRAWN: usize = 15;

/// What the panel shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SuspectsModel<'a> {
    /// The findings of the kind that is shown: rows that belong together; `None` until they have been found.
    pub findings: Option<&'a [Vec<u32>]>,
    /// How many there are of each kind.
    pub counts: [usize; Suspect::ALL.len()],
    /// How far they are on their way, 0…1.
    pub progress: Option<f32>,
    /// Why there are none.
    pub why_not: Option<&'a str>,
    /// The kind that is shown.
    pub kind: Suspect,
    /// How far apart near ones are at most.
    pub distance: f64,
    /// The finding that was gone to last.
    pub at: Option<usize>,
    /// The column across which duplicates count.
    pub across: AcrossModel<'a>,
    /// Whether duplicates have the same strokes, as far as that is known.
    pub strokes: Option<&'a SuspectStrokes>,
    /// Why that is not known.
    pub why_no_strokes: Option<&'a str>,
}

/// What is to be done in the panel.
#[derive(Clone, Debug, PartialEq)]
pub enum SuspectWish {
    /// List this kind.
    Show(Suspect),
    /// Near are drawings at most so far apart.
    Distance(f64),
    /// List what stands on both sides of this column; of the one that gives the colours without one.
    Across(Option<String>),
    /// Go to this finding.
    GoTo(usize),
    /// Select what is listed, or what of it is to spare.
    Select {
        /// All but the first of each finding.
        spare: bool,
    },
}

/// Shows what is in the panel.
pub(super) fn show(ui: &mut Ui, suspects: &SuspectsModel<'_>, model: &UiModel<'_>, out: &mut UiOutput) {
    let p = model.theme.palette();
    if heading(ui, "Findings", "Hide findings") {
        out.act(UiAction::Run(CommandId::Suspects));
    }
    if let Some(why) = suspects.why_not {
        show_why_not(ui, "", why, p);
        return;
    }
    let Some(findings) = suspects.findings else {
        ui.add(Label::new(RichText::new(comparing(suspects.progress, model)).small().weak()).wrap());
        return;
    };
    for (kind, count) in Suspect::ALL.into_iter().zip(suspects.counts) {
        show_kind(ui, kind, count, suspects, model, out);
    }
    if suspects.kind == Suspect::Across {
        across::show(ui, suspects, model, p, out);
    }
    if matches!(suspects.kind, Suspect::Near | Suspect::Across) {
        show_slider(ui, suspects.distance, p, out);
    }
    ui.add_space(6.0);
    if suspects.kind == Suspect::Across && !suspects.across.is_known {
        return;
    }
    if findings.is_empty() {
        ui.label(RichText::new("none").small().weak());
        return;
    }
    show_buttons(ui, suspects, findings.len(), out);
    if let Some(why) = suspects.why_no_strokes {
        show_why_not(ui, "strokes are not known: ", why, p);
    } else if is_of_duplicates(suspects.kind) && suspects.strokes.is_some_and(|strokes| strokes.kinds().are_none()) {
        ui.label(RichText::new("their records hold no strokes").small().weak());
    }
    ui.add_space(8.0);
    rest_list(ui, "suspects", |ui| {
        // Where the walk has come to stands near the top: a new row comes into sight with each step.
        let first = suspects.at.unwrap_or(0).saturating_sub(BEFORE);
        if first > 0 {
            ui.label(RichText::new(format!("{} before", thousands(first as u64))).small().weak());
        }
        let listed = findings.get(first..findings.len().min(first + LISTED)).unwrap_or_default();
        if listed.iter().all(|finding| finding.len() == 1) {
            show_singles(ui, first, listed, suspects.at, p, out);
        } else {
            for (at, finding) in (first..).zip(listed) {
                ui.push_id(at, |ui| show_finding(ui, at, finding, suspects, p, out));
            }
        }
        let more = findings.len().saturating_sub(first + LISTED);
        if more > 0 {
            ui.label(RichText::new(format!("and {} more", thousands(more as u64))).small().weak());
        }
    });
}

/// "near duplicates · 1,234".
fn show_kind(
    ui: &mut Ui,
    kind: Suspect,
    count: usize,
    suspects: &SuspectsModel<'_>,
    model: &UiModel<'_>,
    out: &mut UiOutput,
) {
    let p = model.theme.palette();
    let is_free = kind != Suspect::Across || !model.columns.all.is_empty();
    let title = match kind {
        Suspect::Equal => "equal, byte for byte".to_owned(),
        Suspect::Near => "nearly equal".to_owned(),
        Suspect::Blank => "blank".to_owned(),
        Suspect::Odd => "like nothing else".to_owned(),
        Suspect::Across => suspects.across.column.map_or_else(
            || "on both sides of a column".to_owned(),
            |column| format!("on both sides of {}", shown_text(column, 40)),
        ),
    };
    ui.horizontal(|ui| {
        let text = RichText::new(&title);
        let text = if is_free { text.color(p.ink) } else { text.weak() };
        let is_shown = suspects.kind == kind;
        let button = Button::new(text).frame_when_inactive(is_shown).selected(is_shown);
        let response = named(ui.add_enabled(is_free, button), &format!("Show {title}"));
        if kind == Suspect::Across {
            out.across[0] = Some(response.rect);
        }
        if response.on_disabled_hover_text("records with values are needed, such as a split").clicked() {
            out.act(UiAction::Suspects(SuspectWish::Show(kind)));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_counted = kind != Suspect::Across || suspects.across.is_known;
            let count = if is_counted { thousands(count as u64) } else { String::new() };
            ui.label(RichText::new(count).small().weak());
        });
    });
}

fn show_slider(ui: &mut Ui, distance: f64, p: &Palette, out: &mut UiOutput) {
    let mut value = distance;
    ui.horizontal(|ui| {
        ui.label(RichText::new("distance").small().weak());
        ui.spacing_mut().slider_width = SLIDER;
        let slider = Slider::new(&mut value, 0.0..=NearSearch::default().most_distance).show_value(false);
        let response = ui.add(slider.clamping(SliderClamping::Always));
        response.widget_info(|| WidgetInfo::slider(true, value, NAME));
        focus_ring(ui, &response, response.rect, p);
        out.takes_keys |= response.has_focus();
        out.left_slider = Some(response.rect);
        // Finer steps change nothing that anybody could see.
        let rounded = (value * 500.0).round() / 500.0;
        if response.changed() && rounded != distance {
            out.act(UiAction::Suspects(SuspectWish::Distance(rounded)));
        }
        response.on_hover_text(NAME);
        ui.label(RichText::new(format!("{distance:.3}")).small().weak());
    });
}

fn show_buttons(ui: &mut Ui, suspects: &SuspectsModel<'_>, count: usize, out: &mut UiOutput) {
    ui.horizontal_wrapped(|ui| {
        let place = suspects.at.map_or_else(
            || counted(count as u64, "finding", "findings"),
            |at| format!("{} of {}", thousands(at as u64 + 1), thousands(count as u64)),
        );
        for (text, name, id) in
            [("‹", "Previous finding", CommandId::PreviousFinding), ("›", "Next finding", CommandId::NextFinding)]
        {
            if named(ui.button(text), name).clicked() {
                out.act(UiAction::Run(id));
            }
        }
        ui.label(RichText::new(place).small());
        let all = named(ui.button(RichText::new("select").small()), "Select what is listed");
        if all.on_hover_text("all drawings of the list").clicked() {
            out.act(UiAction::Suspects(SuspectWish::Select { spare: false }));
        }
        if is_of_duplicates(suspects.kind) {
            let spare = named(ui.button(RichText::new("select spare").small()), "Select what is to spare");
            if spare.on_hover_text("all but the first of each: what to leave out").clicked() {
                out.act(UiAction::Suspects(SuspectWish::Select { spare: true }));
            }
        }
    });
}

/// Findings of one drawing each, side by side; a click goes to one.
fn show_singles(ui: &mut Ui, first: usize, listed: &[Vec<u32>], at: Option<usize>, p: &Palette, out: &mut UiOutput) {
    let rows = listed.concat();
    let current = at.and_then(|at| rows.get(at.checked_sub(first)?).copied());
    // For the ring, which lies outside of a drawing.
    ui.add_space(drawings::GAP / 2.0);
    if let Some(row) = drawings::show(ui, &rows, SIDE, current, p, out)
        && let Some(place) = rows.iter().position(|shown| *shown == row)
    {
        out.act(UiAction::Suspects(SuspectWish::GoTo(first + place)));
    }
}

/// The drawings of a finding; a click goes to it.
fn show_finding(
    ui: &mut Ui,
    at: usize,
    finding: &[u32],
    suspects: &SuspectsModel<'_>,
    p: &Palette,
    out: &mut UiOutput,
) {
    let is_current = suspects.at == Some(at);
    let shown = finding.get(..DRAWN.min(finding.len())).unwrap_or_default();
    let ring = finding.first().copied().filter(|_| is_current);
    let title = format!("{} · {}", thousands(at as u64 + 1), counted(finding.len() as u64, "drawing", "drawings"));
    let text = if is_current { strong(title.clone()) } else { RichText::new(title.clone()).small().weak() };
    ui.horizontal(|ui| {
        let button = ui.add(Button::new(text).frame_when_inactive(false).selected(is_current));
        if named(button, &format!("Go to finding {title}")).clicked() {
            out.act(UiAction::Suspects(SuspectWish::GoTo(at)));
        }
        show_strokes(ui, finding, suspects);
    });
    if let Some(row) = drawings::show(ui, shown, SIDE, ring, p, out) {
        // The first stands for the finding; others are gone to by themselves.
        out.act(if finding.first() == Some(&row) {
            UiAction::Suspects(SuspectWish::GoTo(at))
        } else {
            UiAction::PinRow(row)
        });
    }
    ui.add_space(10.0);
}

/// "same strokes": what those of a finding's drawings have to do with each other, where their records hold any.
fn show_strokes(ui: &mut Ui, finding: &[u32], suspects: &SuspectsModel<'_>) {
    let Some(strokes) = suspects.strokes.filter(|strokes| !strokes.kinds().are_none()) else { return };
    let Some((are, are_equal)) = strokes.of_finding(suspects.kind, suspects.distance, finding) else { return };
    let label = ui.label(RichText::new(are.in_words(are_equal)).small().weak());
    label.on_hover_ui(|ui| {
        ui.label(match strokes.kinds().lack_in(finding) {
            Some((row, lack)) => format!("row {} {}", thousands(row.into()), shown_text(&lack.to_string(), 200)),
            None => "by every number of their records' strokes, times included".to_owned(),
        });
    });
}

fn is_of_duplicates(kind: Suspect) -> bool {
    matches!(kind, Suspect::Equal | Suspect::Near | Suspect::Across)
}
