//! What is shown of many hands: the selected drawings drawn at once, their median and means by stroke.

use egui::accesskit::Role;
use egui::{Color32, ColorImage, Key};
use egui_kittest::kittest::Queryable as _;
use inkfield::app::commands::CommandId;
use inkfield::app::hand::{ByStroke, HandWish, PlayWish};
use inkfield::app::ui::{ByStrokeModel, Dialog, InspectorPage, Playing, TogetherModel, UiAction, UiModel};
use std::sync::Arc;

use super::harness::{clicked, desk, viewing};

fn played(picture: &'static Arc<ColorImage>, without: &'static [(u32, String)]) -> UiModel<'static> {
    let playing = Playing { at_ms: 1_200.0, length_ms: 4_000.0, plays: false, loops: false };
    let together = TogetherModel { selected: 50, shown: 50, read: None, without, playing, picture: Some(picture) };
    UiModel { dialog: Dialog::Together(together), ..viewing() }
}

#[test]
fn drawings_that_are_drawn_at_once_are_played_by_space_and_closed_by_esc() {
    let picture = Box::leak(Box::new(Arc::new(ColorImage::filled([224, 196], Color32::WHITE))));
    let without = Vec::leak(vec![(7, "its record holds no strokes".to_owned())]);
    let mut window = desk(&played(picture, without));
    window.get_by_role_and_label(Role::Image, "50 drawings, drawn at once");
    window.get_by_label("1.2 of 4.0 s");
    window.get_by_label("1 record has no strokes that can be read: row 7");
    // Once, whatever has the focus.
    let toggle = UiAction::Hand(HandWish::PlayAll(PlayWish::Toggle));
    window.key_press(Key::Space);
    window.run();
    assert_eq!(window.state().actions, std::slice::from_ref(&toggle));
    window.state_mut().actions.clear();
    window.get_by_role_and_label(Role::Button, "Save as animation…").focus();
    window.run();
    window.key_press(Key::Space);
    window.run();
    assert_eq!(window.state().actions, std::slice::from_ref(&toggle));
    window.state_mut().actions.clear();
    assert_eq!(clicked(&mut window, Role::Button, "Play these drawings again (Space)"), [toggle]);
    assert_eq!(clicked(&mut window, Role::Button, "Save as animation…"), [UiAction::Hand(HandWish::SaveAll)]);
    window.state_mut().actions.clear();
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(window.state().actions, [UiAction::CloseDialog]);
    // While strokes are read there is nothing to play.
    let reading = TogetherModel { selected: 50, shown: 50, read: Some(16), ..TogetherModel::default() };
    window.state_mut().model.dialog = Dialog::Together(reading);
    window.run();
    window.get_by_label("reading strokes… 16 of 50");
    assert!(window.query_by_label("Play these drawings again (Space)").is_none());
}

#[test]
fn the_median_and_means_by_stroke_are_shown_where_they_are_asked_for() {
    let says = "the strokes of all drawings take 779 kB of memory";
    let by_stroke = ByStrokeModel { is_open: false, found: None, says: "", kept: Some(893) };
    let model = UiModel { selected: 0, by_stroke: Some(by_stroke), page: InspectorPage::Selection, ..viewing() };
    let mut window = desk(&model);
    window.get_by_label("Filtered · 893");
    window.get_by_label("893 kept");
    let asked = clicked(&mut window, Role::Button, "Median, and mean by stroke");
    assert_eq!(asked, [UiAction::Run(CommandId::ByStroke)]);
    assert!(window.query_by_label("median of 893 drawings").is_none());
    let pictures = |ink: f32| vec![ink; 28 * 28];
    let found = ByStroke {
        rows: 893,
        size: [28; 2],
        mean: pictures(0.2),
        median: pictures(0.0),
        side: 28,
        parts: [(893, pictures(0.1)), (0, pictures(0.0))]
            .into_iter()
            .chain(std::iter::repeat_n((12, pictures(0.05)), 5))
            .collect(),
        without: 0,
    };
    let found = Box::leak(Box::new(Arc::new(found)));
    window.state_mut().model.by_stroke = Some(ByStrokeModel { is_open: true, found: Some(found), says, ..by_stroke });
    window.run();
    window.get_by_label("median of 893 drawings");
    window.get_by_label("mean of 893 drawings");
    window.get_by_label("stroke 1 · 893");
    // What no drawing has is not shown.
    assert!(window.query_by_label_contains("stroke 2").is_none());
    window.get_by_label("later · 12");
    window.get_by_label(says);
}
