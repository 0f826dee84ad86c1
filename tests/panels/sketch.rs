//! The pad to draw on: presses and drags become strokes, what looks like them is listed, and what it says while there is nothing.

use egui::accesskit::Role;
use egui::{Event, Modifiers, PointerButton, Pos2, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::commands::{CommandId, When};
use inkfield::app::ui::{AlikeModel, SketchModel, SketchWish, UiAction, UiModel};
use inkfield::likeness::comparison::ComparedBy;
use inkfield::scene::sketch::Sketch;

use super::harness::{Window, clicked, desk, out, viewing};

const NEAREST: AlikeModel<'static> = AlikeModel::Rows(&[4, 81, 2600]);

fn model(strokes: &[&[[f32; 2]]], alike: AlikeModel<'static>) -> UiModel<'static> {
    let mut sketch = Sketch::default();
    for stroke in strokes {
        sketch.begin(stroke[0]);
        for &at in *stroke {
            sketch.go(at);
        }
    }
    let (compared_by, has_embedding) = (ComparedBy::Direction, false);
    let sketch = SketchModel { sketch: Box::leak(Box::new(sketch)), alike, compared_by, has_embedding };
    UiModel { sketch: Some(sketch), ..viewing() }
}

fn says(window: &Window, text: &str) -> bool {
    window.query_by_label_contains(text).is_some()
}

/// What is asked of the pad when some events come in one frame.
fn wishes(window: &mut Window, events: Vec<Event>) -> Vec<UiAction> {
    window.input_mut().events.extend(events);
    window.step();
    out(window).actions.clone()
}

fn press(at: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

#[test]
fn a_drag_is_a_stroke_with_all_places_that_the_hand_came_to() {
    let mut window = desk(&model(&[], AlikeModel::Unknown));
    window.run();
    assert!(says(&window, "draw something"));
    let pad: Rect = out(&window).pad.unwrap();
    assert!(pad.width() > 150.0 && (pad.width() - pad.height()).abs() < 0.01, "{pad:?}");
    let at = |x: f32, y: f32| pad.min + egui::vec2(x, y) * pad.width();
    wishes(&mut window, vec![Event::PointerMoved(at(0.25, 0.5))]);
    let begun = wishes(&mut window, vec![press(at(0.25, 0.5), true)]);
    let UiAction::Sketch(SketchWish::Begin(place)) = begun[0] else { panic!("{begun:?}") };
    assert!((place[0] - 0.25).abs() < 0.01 && (place[1] - 0.5).abs() < 0.01, "{place:?}");
    let gone = wishes(&mut window, vec![Event::PointerMoved(at(0.5, 0.5)), Event::PointerMoved(at(0.75, 0.25))]);
    let places: Vec<[f32; 2]> = gone
        .iter()
        .map(|wish| if let UiAction::Sketch(SketchWish::Go(place)) = wish { *place } else { panic!("{gone:?}") })
        .collect();
    assert_eq!(places.len(), 2);
    assert!((places[1][0] - 0.75).abs() < 0.01 && (places[1][1] - 0.25).abs() < 0.01, "{places:?}");
    wishes(&mut window, vec![press(at(0.75, 0.25), false)]);
    assert!(wishes(&mut window, vec![Event::PointerMoved(at(0.1, 0.1))]).is_empty(), "the pen is up");
}

#[test]
fn what_looks_like_it_is_listed_and_strokes_can_be_taken_back() {
    let mut window = desk(&model(&[&[[0.2, 0.2], [0.8, 0.8]]], NEAREST));
    window.run();
    let rows: Vec<u32> = out(&window).drawings.iter().map(|slot| slot.row).collect();
    assert!([4, 81, 2600].iter().all(|row| rows.contains(row)), "{rows:?}");
    assert_eq!(clicked(&mut window, Role::Button, "Row 81"), [UiAction::GoToRow(81)]);
    let run = UiAction::Run;
    assert_eq!(clicked(&mut window, Role::Button, "Take the last stroke back"), [run(CommandId::TakeStrokeBack)]);
    assert_eq!(clicked(&mut window, Role::Button, "Clear the pad"), [run(CommandId::ClearSketch)]);
    assert_eq!(clicked(&mut window, Role::Button, "Hide the pad"), [run(CommandId::Sketch)]);
}

#[test]
fn what_it_is_compared_by_is_chosen_on_the_pad_as_in_the_inspector() {
    let mut window = desk(&model(&[&[[0.2, 0.2], [0.8, 0.8]]], NEAREST));
    window.run();
    let compare_by = |by| [UiAction::Run(CommandId::CompareBy(by))];
    assert_eq!(clicked(&mut window, Role::RadioButton, "ink"), compare_by(ComparedBy::Ink));
    assert!(window.get_by_role_and_label(Role::RadioButton, "file").accesskit_node().is_disabled());
    let mut embedded = model(&[], AlikeModel::Unknown);
    embedded.sketch = embedded.sketch.map(|sketch| SketchModel { has_embedding: true, ..sketch });
    assert_eq!(clicked(&mut desk(&embedded), Role::RadioButton, "file"), compare_by(ComparedBy::File));
}

#[test]
fn the_menu_opens_it() {
    let mut window = desk(&UiModel { now: &[When::Open, When::Drawn], ..viewing() });
    clicked(&mut window, Role::Button, "All commands");
    let line = "Draw and find what looks like it";
    assert_eq!(clicked(&mut window, Role::MenuItem, line), [UiAction::Run(CommandId::Sketch)]);
}

#[test]
fn a_pad_that_was_closed_with_the_pen_down_opens_with_the_pen_up() {
    let mut window = desk(&model(&[], AlikeModel::Unknown));
    window.run();
    let at = out(&window).pad.unwrap().center();
    let begun = wishes(&mut window, vec![Event::PointerMoved(at), press(at, true)]);
    assert!(matches!(begun[..], [UiAction::Sketch(SketchWish::Begin(_))]), "{begun:?}");
    let open = std::mem::replace(&mut window.state_mut().model, viewing());
    wishes(&mut window, vec![press(at, false)]);
    window.state_mut().model = open;
    let moved = wishes(&mut window, vec![Event::PointerMoved(at), Event::PointerMoved(at + egui::vec2(9.0, 9.0))]);
    assert_eq!(moved, []);
}

#[test]
fn an_empty_pad_lists_nothing_and_says_what_is_waited_for() {
    let mut window = desk(&model(&[], AlikeModel::Comparing(0.25)));
    window.run();
    assert!(says(&window, "comparing all drawings") && says(&window, "25"));
    assert!(clicked(&mut window, Role::Button, "Clear the pad").is_empty());
    let mut window = desk(&model(&[], AlikeModel::Failed("there are no rows of numbers for it")));
    window.run();
    assert!(says(&window, "there are no rows of numbers for it"));
    let mut window = desk(&model(&[&[[0.5, 0.5]]], AlikeModel::Rows(&[])));
    window.run();
    assert!(says(&window, "no line in it to compare"));
}
