//! The card for finding.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use inkfield::app::ui::{Dialog, FindModel, UiAction, UiModel};

use super::harness::{clicked, desk, viewing};

fn finding(asked: &'static str, count: u32, at: Option<(u32, u32)>) -> UiModel<'static> {
    UiModel { dialog: Dialog::Find(FindModel { asked, count, at }), ..viewing() }
}

#[test]
fn what_is_typed_is_asked_for_and_enter_walks_through_what_was_found() {
    let mut window = desk(&finding("", 0, None));
    let field = window.get_by_role(Role::TextInput);
    field.type_text("octo");
    window.run();
    assert_eq!(window.state().actions.last(), Some(&UiAction::Find("octo".to_owned())));
    window.state_mut().model = finding("octo", 1_234, None);
    window.run();
    window.get_by_label("1,234 of 150,152 drawings; Enter shows the first");
    window.state_mut().actions.clear();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().actions, [UiAction::FindStep { back: false }]);
    window.state_mut().model = finding("octo", 1_234, Some((0, 84_213)));
    window.run();
    window.get_by_label("1 of 1,234: row 84,213");
    assert_eq!(clicked(&mut window, Role::Button, "Previous match"), [UiAction::FindStep { back: true }]);
    assert_eq!(clicked(&mut window, Role::Button, "Select all matches"), [UiAction::SelectFound]);
    assert_eq!(clicked(&mut window, Role::Button, "Done"), [UiAction::CloseDialog]);
    window.state_mut().model = finding("octo", 0, None);
    window.run();
    window.get_by_label("none of 150,152 drawings");
}
