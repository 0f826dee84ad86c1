//! The ruler of sizes in the status line.

use egui::accesskit::Role;
use egui::{Key, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::ui::{RulerModel, UiAction, UiModel};

use super::harness::{Window, desk, out, viewing};

fn ruled(side: f32) -> UiModel<'static> {
    UiModel { ruler: Some(RulerModel { side, sides: [1.0, 256.0] }), ..viewing() }
}

/// The sizes that were asked for.
fn asked(window: &Window) -> Vec<f32> {
    let sizes = window.state().actions.iter().map(|action| match action {
        UiAction::Size { side, .. } => *side,
        other => panic!("{other:?}"),
    });
    sizes.collect()
}

#[test]
fn a_drag_along_the_ruler_asks_for_sizes_in_equal_ratios() {
    let mut window = desk(&ruled(16.0));
    window.run();
    let rect = out(&window).ruler.unwrap();
    let at = |part: f32| pos2(rect.left() + rect.width() * part, rect.center().y);
    window.hover_at(at(0.5));
    window.run();
    window.drag_at(at(0.5));
    window.run();
    assert!(matches!(window.state().actions[..], [UiAction::Size { goes_on: false, .. }]), "a step of undo begins");
    window.state_mut().actions.clear();
    let mut side = |part: f32| {
        window.hover_at(at(part));
        window.run();
        assert!(matches!(window.state().actions.last(), Some(UiAction::Size { goes_on: true, .. })));
        *asked(&window).last().unwrap()
    };
    // 256 is 16 · 16: the middle is 16, a quarter of the way 4, three quarters 64, but for the handle's radius.
    let [low, high] = [side(0.25), side(0.75)];
    assert!((3.0..5.0).contains(&low) && (52.0..80.0).contains(&high), "{low} {high}");
    assert_eq!([side(-1.0), side(2.0)], [1.0, 256.0], "no farther than one can go");
}

#[test]
fn the_ruler_has_a_name_and_follows_arrow_keys_that_then_pan_nothing() {
    let mut window = desk(&ruled(16.0));
    window.run();
    let ruler = window.get_by_role_and_label(Role::Slider, "Size of drawings");
    assert_eq!(ruler.accesskit_node().numeric_value(), Some(16.0));
    assert!(!out(&window).wants_keyboard);
    ruler.focus();
    window.run();
    assert!(out(&window).wants_keyboard);
    window.state_mut().actions.clear();
    window.key_press(Key::ArrowRight);
    window.run();
    let larger = asked(&window)[0];
    assert!(larger > 16.0 && larger < 24.0, "{larger}");
    window.state_mut().model = ruled(larger);
    window.state_mut().actions.clear();
    window.key_press(Key::ArrowLeft);
    window.run();
    assert!(asked(&window)[0] < larger);
}

#[test]
fn nothing_is_asked_for_while_nobody_moves_it() {
    // Beyond its ends, too: the camera of another viewport may stand there.
    for side in [0.3, 16.0, 1000.0] {
        let mut window = desk(&ruled(side));
        window.run();
        assert_eq!(window.state().actions, []);
    }
    assert_eq!(out(&desk(&viewing())).ruler, None);
}
