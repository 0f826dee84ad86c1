//! The table of commands: what the menu lists of it and what README says of its keys.

use egui::accesskit::Role;
use egui::{Key, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::commands::{COMMANDS, CommandId, GESTURES, When};
use inkfield::app::ui::{Screen, UiAction, UiModel};
use inkfield::scene::layout::LayoutKind;

use super::harness::{Window, clicked, desk, out, viewing, window};

fn opened(model: &UiModel<'static>) -> Window {
    let mut window = desk(model);
    clicked(&mut window, Role::Button, "All commands");
    window
}

fn entries(window: &Window) -> Vec<String> {
    let roles = [Role::MenuItem, Role::MenuItemRadio];
    let nodes = roles.into_iter().flat_map(|role| window.query_all_by_role(role));
    nodes.map(|node| node.accesskit_node().label().unwrap_or_default()).collect()
}

#[test]
fn the_menu_lists_what_is_available_and_asks_for_what_is_chosen() {
    let mut window = opened(&viewing());
    let listed = entries(&window);
    let now = viewing().now;
    for command in COMMANDS.iter().filter(|command| command.in_menu) {
        let is_listed = listed.contains(&command.title.to_owned());
        assert_eq!(is_listed, command.is_available(now), "{}", command.title);
    }
    assert!(out(&window).wants_keyboard && out(&window).wants_pointer, "keys and pointer are the menu's");
    let chosen = clicked(&mut window, Role::MenuItemRadio, "Index");
    assert_eq!(chosen, [UiAction::Run(CommandId::Layout(LayoutKind::INDEX))]);
    assert_eq!(entries(&window), [""; 0], "it closes");
    assert!(!out(&window).wants_keyboard);
    // Without a set there is nothing to look at.
    let welcome = UiModel { screen: Screen::Welcome { recent: &[], can_drop: true }, ..UiModel::default() };
    let of_any_window = ["Paper or night", "Larger text", "Smaller text", "Usual text size"];
    let of_the_program = ["Open…", "Open the demo", "Find a command…", "Keys"];
    assert_eq!(entries(&opened(&welcome)), [&of_any_window[..], &of_the_program[..]].concat());
}

#[test]
fn the_menu_is_opened_walked_and_left_by_keys() {
    let mut window = desk(&viewing());
    window.get_by_role_and_label(Role::Button, "All commands").focus();
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert!(!entries(&window).is_empty());
    window.key_press(Key::ArrowDown);
    window.run();
    window.key_press(Key::ArrowDown);
    window.run();
    assert!(window.get_by_role_and_label(Role::MenuItem, "Zoom out").is_focused());
    window.state_mut().actions.clear();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().actions, [UiAction::Run(CommandId::ZoomOut)]);
    assert!(entries(&window).is_empty());
    clicked(&mut window, Role::Button, "All commands");
    window.key_press(Key::Escape);
    window.run();
    assert!(entries(&window).is_empty());
}

#[test]
fn a_layout_that_cannot_be_shown_is_listed_and_not_chosen() {
    let mut window = opened(&UiModel { unavailable: &[(LayoutKind::GROUPS, "reading records… 38 %")], ..viewing() });
    assert!(window.get_by_role_and_label(Role::MenuItemRadio, "Groups").accesskit_node().is_disabled());
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "Groups"), []);
}

#[test]
fn what_leaves_a_narrow_bar_is_in_the_menu() {
    let mut narrow = window(&UiModel { inspector_open: false, ..viewing() }, vec2(340.0, 900.0), 1.0);
    for gone in ["Grid", "Pan", "Fit"] {
        assert!(narrow.query_by_label(gone).is_none(), "{gone}");
    }
    clicked(&mut narrow, Role::Button, "All commands");
    for there in ["Grid", "Drag to pan", "Fit everything", "Show or hide the inspector"] {
        narrow.get_by_label(there);
    }
    // It scrolls where it is higher than the window.
    let mut low = window(&viewing(), vec2(900.0, 300.0), 1.0);
    clicked(&mut low, Role::Button, "All commands");
    let is_card = |rect: &&egui::Rect| rect.width() > 100.0 && !out(&low).panels.contains(rect);
    let covered = out(&low).covered.iter().find(is_card).copied().unwrap();
    assert!(covered.bottom() <= 300.0 && covered.height() > 150.0, "{covered:?}");
}

#[test]
fn commands_of_a_drawing_need_one() {
    let mut window = opened(&UiModel { now: &[When::Open, When::Drawn, When::Held], ..viewing() });
    let listed = entries(&window);
    assert!(listed.contains(&"Unpin or close".to_owned()) && !listed.contains(&"Copy the record".to_owned()));
    assert_eq!(clicked(&mut window, Role::MenuItem, "Unpin or close"), [UiAction::Run(CommandId::Unpin)]);
}

#[test]
fn sessions_and_the_command_of_the_picture_stand_in_the_menu() {
    // High enough for all of the menu.
    let mut window = window(&UiModel { now: &[When::Open, When::Drawn], ..viewing() }, vec2(1300.0, 1500.0), 1.0);
    clicked(&mut window, Role::Button, "All commands");
    let listed = entries(&window);
    for title in ["Copy as command", "Save the session", "Restore the last session"] {
        assert!(listed.contains(&title.to_owned()), "{title} in {listed:?}");
    }
    assert_eq!(clicked(&mut window, Role::MenuItem, "Copy as command"), [UiAction::Run(CommandId::CopyCommand)]);
}

#[test]
fn readme_names_every_key_and_gesture_and_no_other_key() {
    let readme = include_str!("../../README.md");
    let (_, section) = readme.split_once("### In the window").unwrap();
    let (table, _) = section.split_once("Keys work on").unwrap();
    let spans: Vec<&str> = table.split('`').skip(1).step_by(2).collect();
    let labels: Vec<String> =
        COMMANDS.iter().map(inkfield::app::commands::Command::key).filter(|key| !key.is_empty()).collect();
    for label in &labels {
        assert!(spans.contains(&label.as_str()), "README does not name {label}");
    }
    for span in spans {
        assert!(labels.iter().any(|label| label == span), "README names {span}, which no command has");
    }
    for (_, how, _) in GESTURES {
        let first = how.split(", ").next().unwrap();
        assert!(table.contains(first), "README does not name {first}");
    }
}
