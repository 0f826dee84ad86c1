//! The list in which fields are ordered and hidden, and what the tooltip shows of them.

use egui::accesskit::{Role, Toggled};
use egui::{Rect, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::commands::CommandId;
use inkfield::app::ui::{FieldLine, TooltipModel, UiAction, UiModel};

use super::harness::{clicked, desk, out, viewing};

const LINES: &[FieldLine<'static>] = &[
    FieldLine { name: "countrycode", label: "country", is_shown: true },
    FieldLine { name: "recognized", label: "recognised", is_shown: false },
    FieldLine { name: "timestamp", label: "time", is_shown: true },
    FieldLine { name: "@ink", label: "ink", is_shown: true },
];

fn ordering() -> UiModel<'static> {
    UiModel { field_lines: LINES, orders_fields: true, ..viewing() }
}

fn moved(name: &str, to: usize) -> UiAction {
    UiAction::MoveField(name.to_owned(), to)
}

#[test]
fn a_field_is_dragged_to_its_place() {
    let mut window = desk(&ordering());
    window.run();
    let places: Vec<_> = out(&window).field_places.iter().map(|place| place.drag.center()).collect();
    assert_eq!(places.len(), 4);
    window.state_mut().actions.clear();
    window.hover_at(places[3]);
    window.run();
    window.drag_at(places[3]);
    window.run();
    window.hover_at(places[1]);
    window.run();
    assert_eq!(window.state().actions.first(), Some(&moved("@ink", 1)));
    // The application has done so: the line stays in the hand, and nothing more is asked for.
    let mut lines = LINES.to_vec();
    let ink = lines.remove(3);
    lines.insert(1, ink);
    window.state_mut().model.field_lines = Vec::leak(lines);
    window.run();
    window.state_mut().actions.clear();
    window.run();
    assert_eq!(window.state().actions, []);
    window.hover_at(places[0]);
    window.run();
    assert_eq!(window.state().actions.first(), Some(&moved("@ink", 0)));
    window.drop_at(places[0]);
    window.run();
    window.state_mut().actions.clear();
    window.hover_at(places[2]);
    window.run();
    assert_eq!(window.state().actions, [], "let go");
}

#[test]
fn fields_are_moved_and_hidden_by_buttons_that_are_read_aloud() {
    let mut window = desk(&ordering());
    assert_eq!(clicked(&mut window, Role::Button, "Move time up"), [moved("timestamp", 1)]);
    assert_eq!(clicked(&mut window, Role::Button, "Move time down"), [moved("timestamp", 3)]);
    assert_eq!(clicked(&mut window, Role::Button, "Move country up"), [], "it is the first");
    let shown = |name: &str, shows| [UiAction::ShowField(name.to_owned(), shows)];
    assert_eq!(clicked(&mut window, Role::CheckBox, "Show time"), shown("timestamp", false));
    assert_eq!(clicked(&mut window, Role::CheckBox, "Show recognised"), shown("recognized", true));
    let eye = window.get_by_role_and_label(Role::CheckBox, "Show recognised");
    assert_eq!(eye.accesskit_node().toggled(), Some(Toggled::False));
    assert_eq!(clicked(&mut window, Role::Button, "As in the records"), [UiAction::ResetFields]);
    assert_eq!(clicked(&mut window, Role::Button, "Done"), [UiAction::Run(CommandId::Fields)]);
    let mut window = desk(&viewing());
    assert_eq!(clicked(&mut window, Role::Button, "Order fields…"), [UiAction::Run(CommandId::Fields)]);
}

#[test]
fn the_tooltip_shows_what_is_chosen_in_place_of_the_country() {
    let at = pos2(500.0, 400.0);
    let tooltip = TooltipModel {
        chosen: Some(["cat", "score 0.5 · not seen"]),
        anchor: at,
        drawing: Rect::from_center_size(at, vec2(44.0, 44.0)),
        row: 84_213,
        title: "pets",
        country: Some("Germany"),
        code: Some("DE"),
        recognised: Some(true),
        time: None,
        reading: None,
        loupe: None,
    };
    let mut window = desk(&UiModel { tooltip: Some(tooltip), inspector_open: false, ..viewing() });
    window.run();
    window.get_by_label("cat");
    window.get_by_label("score 0.5 · not seen · row 84,213");
    window.state_mut().model.tooltip = Some(TooltipModel { chosen: Some(["cat", ""]), ..tooltip });
    window.run();
    // There, and in the status line.
    assert_eq!(window.query_all_by_label("row 84,213").count(), 2);
}
