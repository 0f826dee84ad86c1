//! The bar, the pages of keys and welcome, and the status line: what is clicked is what is asked for.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::commands::CommandId;
use inkfield::app::ui::{self, Dialog, Screen, Tool, UiAction, UiModel};

use inkfield::scene::layout::LayoutKind;

use super::harness::{clicked, desk, out, viewing};

#[test]
fn layouts_and_tools_are_chosen_in_the_bar() {
    let mut window = desk(&viewing());
    assert_eq!(
        clicked(&mut window, Role::RadioButton, "Groups"),
        [UiAction::Run(CommandId::Layout(LayoutKind::GROUPS))]
    );
    assert_eq!(clicked(&mut window, Role::RadioButton, "Index"), [UiAction::Run(CommandId::Layout(LayoutKind::INDEX))]);
    assert_eq!(clicked(&mut window, Role::RadioButton, "Box zoom"), [UiAction::Run(CommandId::Tool(Tool::BoxZoom))]);
    assert_eq!(clicked(&mut window, Role::RadioButton, "Grid"), [], "the one that is shown already");
    assert_eq!(clicked(&mut window, Role::Button, "Fit"), [UiAction::Run(CommandId::Fit)]);
    assert_eq!(clicked(&mut window, Role::Button, "Save"), [UiAction::Run(CommandId::Save)]);
    assert_eq!(clicked(&mut window, Role::Button, "Keys"), [UiAction::Run(CommandId::Help)]);
}

#[test]
fn groups_cannot_be_chosen_until_the_column_is_read() {
    let mut window = desk(&UiModel {
        unavailable: &[(LayoutKind::GROUPS, "reading records… 38 %")],
        records: Some(0.38),
        ..viewing()
    });
    assert!(window.get_by_role_and_label(Role::RadioButton, "Groups").accesskit_node().is_disabled());
    assert_eq!(clicked(&mut window, Role::RadioButton, "Groups"), []);
    assert!(!window.get_by_role_and_label(Role::RadioButton, "Index").accesskit_node().is_disabled());
}

#[test]
fn help_names_the_keys_and_closes() {
    let mut window = desk(&UiModel { dialog: Dialog::Help, ..viewing() });
    for key in ["Shift+drag", "hold Alt", "Ctrl+O", "Home  End", "go to a row, an id or a name"] {
        window.get_by_label(key);
    }
    assert_eq!(clicked(&mut window, Role::Button, "Switch to night"), [UiAction::Run(CommandId::Theme)]);
    assert_eq!(clicked(&mut window, Role::Button, "Close keys"), [UiAction::CloseDialog]);
}

#[test]
fn loading_is_told_and_can_be_cancelled() {
    let mut window = desk(&UiModel { rows_loaded: 61_440, records: Some(0.38), ..viewing() });
    window.get_by_label("61,440 of 150,152 drawings · 38 % of records");
    assert_eq!(clicked(&mut window, Role::Button, "Cancel"), [UiAction::Run(CommandId::StopReading)]);
    window.state_mut().model = UiModel { rows_loaded: 0, looked_at: Some(0.42), records: Some(0.38), ..viewing() };
    window.run();
    window.get_by_label("0 of 150,152 drawings · 42 % of values looked at · 38 % of records");
    window.state_mut().model = UiModel { arranging: Some("arranging… groups 40 %"), ..viewing() };
    window.run();
    assert!(window.query_by_label("Cancel").is_none());
    window.get_by_label("150,152 of 150,152 drawings");
    window.get_by_label("44 px a drawing · ×15.7");
    window.get_by_label("arranging… groups 40 %");
}

#[test]
fn progress_never_runs_backwards() {
    let at = |rows_loaded, records| ui::progress(&UiModel { rows_loaded, records, ..viewing() });
    assert_eq!(at(0, Some(0.0)), 0.0);
    assert_eq!(at(150_152, Some(1.0)), 1.0);
    assert_eq!(at(150_152, None), 1.0);
    assert!(at(61_440, Some(0.1)) < at(150_152, Some(0.1)));
    assert!(at(61_440, Some(0.1)) < at(61_440, Some(0.2)));
}

#[test]
fn the_welcome_page_opens_files_paths_the_demo_and_recent_sets() {
    const RECENT: &[ui::Recent<'static>] =
        &[ui::Recent { title: "cat", path: "/data/cat.npy" }, ui::Recent { title: "dog", path: "/data/dog.npy" }];
    let mut window =
        desk(&UiModel { screen: Screen::Welcome { recent: RECENT, can_drop: true }, ..UiModel::default() });
    assert_eq!(clicked(&mut window, Role::Button, "Open files"), [UiAction::Run(CommandId::Open)]);
    assert_eq!(clicked(&mut window, Role::Button, "See the demo"), [UiAction::Run(CommandId::Demo)]);
    assert_eq!(clicked(&mut window, Role::Button, "Open dog"), [UiAction::OpenRecent(1)]);
    window.get_by_role(Role::TextInput).focus();
    window.run();
    window.get_by_role(Role::TextInput).type_text("demo:30:1");
    window.run();
    assert_eq!(
        clicked(&mut window, Role::Button, "Open this path"),
        [UiAction::OpenPathSubmit("demo:30:1".to_owned())]
    );
    assert!(window.query_by_label("Grid").is_none(), "there is nothing to lay out");
}

#[test]
fn a_click_leaves_the_keys_to_the_viewport() {
    let mut window = desk(&viewing());
    clicked(&mut window, Role::RadioButton, "Index");
    assert_eq!(window.ctx.memory(egui::Memory::focused), None);
    assert!(!out(&window).wants_keyboard);
    window.key_press(Key::Tab);
    window.run();
    assert!(window.get_by_role_and_label(Role::RadioButton, "Grid").is_focused(), "Tab begins in the bar");
}

#[test]
fn the_page_of_keys_closes_by_escape() {
    let mut window = desk(&UiModel { dialog: Dialog::Help, ..viewing() });
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(window.state().actions, [UiAction::CloseDialog]);
}

#[test]
fn faults_15_the_page_before_the_first_drawings_says_what_will_be_needed() {
    let needs = "needs about 17 MiB of memory and 155 MiB on the GPU";
    let window = desk(&UiModel { screen: Screen::Loading { needs }, rows_loaded: 0, ..viewing() });
    window.get_by_label(needs);
}
