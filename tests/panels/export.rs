//! The card for exports.

use egui::Key;
use egui::accesskit::{Role, Toggled};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::commands::{CommandId, Taking};
use inkfield::app::ui::{Dialog, ExportForm, ExportModel, ExportOf, ExportWish, UiAction, UiModel};
use inkfield::scene::Background;

use super::harness::{Window, clicked, desk, viewing};

const FRESH: ExportModel<'static> = ExportModel {
    form: None,
    selected: 1234,
    kept: None,
    rows: 150_152,
    has_records: true,
    stem: "inkfield-octopus",
    folder: "/home/somebody",
    size: [900, 600],
    says: None,
    asks: None,
    chosen: None,
    running: None,
    can_browse: false,
};

const WISH: fn(&str) -> ExportWish = |path| ExportWish {
    of: ExportOf::Selection,
    form: ExportForm::Pair,
    path: path.to_owned(),
    size: "900x600".to_owned(),
    enlarge: 1,
    background: Background::Paper,
    replaces: false,
};

fn card(export: ExportModel<'static>) -> Window {
    let mut window = desk(&UiModel { dialog: Dialog::Export(export), ..viewing() });
    window.run();
    window
}

fn show(window: &mut Window, export: ExportModel<'static>) {
    window.state_mut().model.dialog = Dialog::Export(export);
    window.state_mut().actions.clear();
    window.run();
}

fn field(window: &Window) -> String {
    let fields: Vec<_> = window.query_all_by_role(Role::TextInput).collect();
    fields.last().unwrap().accesskit_node().value().unwrap_or_default()
}

#[test]
fn enter_exports_what_is_most_likely_meant() {
    let mut window = card(FRESH);
    assert!(window.get_by_role(Role::TextInput).is_focused(), "the field has the focus at once");
    assert_eq!(field(&window), "inkfield-octopus.npy");
    window.get_by_label_contains("1,234 drawings. Drawings (.npy) and their records (.ndjson)");
    window.get_by_label("In /home/somebody");
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().actions, [UiAction::Export(WISH("inkfield-octopus.npy"))]);
    // Where nothing is selected, what the filter keeps; where there is none, everything.
    for (kept, of, says) in [(Some(845), ExportOf::Kept, "845 drawings."), (None, ExportOf::All, "150,152 drawings.")] {
        let mut window = card(ExportModel { selected: 0, kept, ..FRESH });
        window.get_by_label_contains(says);
        let wish = ExportWish { of, ..WISH("inkfield-octopus.npy") };
        assert_eq!(clicked(&mut window, Role::Button, "Export"), [UiAction::Export(wish)]);
        let selection = window.get_by_role_and_label(Role::RadioButton, "Selection");
        assert!(selection.accesskit_node().is_disabled(), "nothing is selected");
    }
}

#[test]
fn the_name_follows_the_form_and_the_form_the_name() {
    let mut window = card(FRESH);
    for (label, ending) in [("CSV", "csv"), ("Sheet", "png"), ("Page", "html"), ("Pair", "npy"), ("Picture", "png")] {
        clicked(&mut window, Role::RadioButton, label);
        assert_eq!(field(&window), format!("inkfield-octopus.{ending}"));
    }
    let is_chosen = |window: &Window, label: &str| {
        let node = window.get_by_role_and_label(Role::RadioButton, label);
        node.accesskit_node().toggled() == Some(Toggled::True)
    };
    assert!(is_chosen(&window, "Picture"));
    let mut window = card(FRESH);
    window.get_by_role(Role::TextInput).type_text(".csv");
    window.run();
    window.run();
    assert!(is_chosen(&window, "CSV"), "{}", field(&window));
}

#[test]
fn pictures_have_a_size_and_may_be_without_paper() {
    let mut window = card(FRESH);
    clicked(&mut window, Role::RadioButton, "Sheet");
    clicked(&mut window, Role::RadioButton, "×4");
    clicked(&mut window, Role::CheckBox, "Clear paper");
    let sheet = ExportWish {
        form: ExportForm::Sheet,
        enlarge: 4,
        background: Background::None,
        ..WISH("inkfield-octopus.png")
    };
    assert_eq!(clicked(&mut window, Role::Button, "Export"), [UiAction::Export(sheet.clone())]);
    clicked(&mut window, Role::RadioButton, "Picture");
    // A picture shows what the window shows, whatever is selected.
    assert!(window.query_by_label_contains("1,234 drawings").is_none());
    let picture = ExportWish { form: ExportForm::View, ..sheet };
    assert_eq!(clicked(&mut window, Role::Button, "Export"), [UiAction::Export(picture)]);
}

#[test]
fn what_is_there_is_replaced_after_a_yes_and_another_name_is_another_question() {
    let mut window = card(FRESH);
    let asks = Some(("inkfield-octopus.npy", "inkfield-octopus.npy and inkfield-octopus.ndjson are"));
    show(&mut window, ExportModel { asks, ..FRESH });
    window.get_by_label("inkfield-octopus.npy and inkfield-octopus.ndjson are there already. Replace?");
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().actions, [UiAction::Export(WISH("inkfield-octopus.npy"))], "Enter is no yes");
    let yes = ExportWish { replaces: true, ..WISH("inkfield-octopus.npy") };
    assert_eq!(clicked(&mut window, Role::Button, "Replace"), [UiAction::Export(yes)]);
    window.get_by_role(Role::TextInput).focus();
    window.get_by_role(Role::TextInput).type_text("x");
    window.run();
    window.run();
    assert!(window.query_by_label("Replace").is_none(), "{}", field(&window));
    show(&mut window, ExportModel { says: Some("cannot write the bitmaps: No space left on device"), ..FRESH });
    window.get_by_label("cannot write the bitmaps: No space left on device");
    assert_eq!(clicked(&mut window, Role::Button, "Close"), [UiAction::CloseDialog]);
}

#[test]
fn a_place_from_the_systems_dialog_stands_in_the_field_once() {
    let mut window = card(ExportModel { can_browse: true, ..FRESH });
    let browse = [UiAction::ExportBrowse("inkfield-octopus.npy".to_owned())];
    assert_eq!(clicked(&mut window, Role::Button, "Browse…"), browse);
    let chosen = Some("/tmp/there/sheet.csv");
    show(&mut window, ExportModel { can_browse: true, chosen, ..FRESH });
    assert_eq!(field(&window), "/tmp/there/sheet.csv");
    let wish = ExportWish { form: ExportForm::Table, ..WISH("/tmp/there/sheet.csv") };
    assert_eq!(clicked(&mut window, Role::Button, "Export"), [UiAction::Export(wish)]);
}

#[test]
fn an_export_that_is_under_way_is_told_of_and_can_be_given_up() {
    let mut window = card(ExportModel { running: Some(("records", 38)), ..FRESH });
    window.get_by_label("records… 38 %");
    assert!(window.query_by_role(Role::TextInput).is_none());
    let stop = UiAction::Run(CommandId::Take(Taking::StopExport));
    assert_eq!(clicked(&mut window, Role::Button, "Cancel"), [stop]);
    assert_eq!(clicked(&mut window, Role::Button, "Hide"), [UiAction::CloseDialog]);
    let going_on = UiModel { exporting: Some("exporting… records 38 %"), ..viewing() };
    desk(&going_on).get_by_label("exporting… records 38 %");
}
