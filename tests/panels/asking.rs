//! What is asked of columns: the palette, the menus of layouts and colours, the card with the condition.

use egui::accesskit::{Role, Toggled};
use egui::{Key, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::commands::{COMMANDS, CommandId};
use inkfield::app::ui::{ColumnModel, ColumnsModel, Dialog, FilterModel, UiAction, UiModel};
use inkfield::scene::layout::LayoutKind;

use super::harness::{Window, clicked, desk, out, viewing, window};

const fn column(name: &'static str, kind: &'static str) -> ColumnModel<'static> {
    ColumnModel { name, kind, is_text: false }
}

const COLUMNS: &[ColumnModel<'static>] = &[
    column("countrycode", "category"),
    column("recognized", "flag"),
    column("timestamp", "time"),
    ColumnModel { name: "remark", kind: "text", is_text: true },
];

fn asked() -> UiModel<'static> {
    UiModel { columns: ColumnsModel { all: COLUMNS, ..ColumnsModel::default() }, ..viewing() }
}

fn labels(window: &Window, roles: &[Role]) -> Vec<String> {
    let nodes = roles.iter().flat_map(|role| window.query_all_by_role(*role));
    nodes.map(|node| node.accesskit_node().label().unwrap_or_default()).collect()
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn palette(model: &UiModel<'static>, typed: &str) -> Window {
    let mut window = desk(&UiModel { dialog: Dialog::Palette, ..*model });
    window.run();
    if !typed.is_empty() {
        window.get_by_role(Role::TextInput).type_text(typed);
        window.run();
    }
    window.state_mut().actions.clear();
    window
}

fn lines(window: &Window) -> Vec<String> {
    labels(window, &[Role::ListBoxOption])
}

fn pressed(window: &mut Window, key: Key) -> Vec<UiAction> {
    window.state_mut().actions.clear();
    window.key_press(key);
    window.run();
    window.state().actions.clone()
}

#[test]
fn the_palette_lists_every_command_that_is_available_and_what_columns_can_do() {
    let window = palette(&asked(), "");
    let listed = lines(&window);
    for command in COMMANDS.iter().filter(|command| command.id != CommandId::Palette) {
        let title = match command.id {
            CommandId::Layout(kind) => format!("Arrange: {}", kind.title),
            _ => command.title.to_owned(),
        };
        assert_eq!(listed.contains(&title), command.is_available(asked().now), "{title}");
    }
    for there in [
        "Group by countrycode",
        "Group by recognized",
        "Arrange: XY by recognized, timestamp",
        "Arrange: XY by timestamp, countrycode",
        "Arrange: Timeline by timestamp",
        "Colour by nothing",
        "Colour by timestamp",
        "Colours: Cividis",
        "Colours: By rank (quantiles)",
        "Sort by nothing: as in the file",
        "Sort by timestamp",
        "Sort by recognized, descending",
        "Sort by likeness within nothing: in one block",
        "Sort by likeness within countrycode",
    ] {
        assert!(listed.contains(&there.to_owned()), "{there} of {listed:?}");
    }
    assert!(!listed.contains(&"Arrange: Timeline by recognized".to_owned()), "that is no time");
    let of_remark: Vec<&String> = listed.iter().filter(|line| line.contains("remark")).collect();
    assert_eq!(of_remark, ["Sort by remark", "Sort by remark, descending"], "a text neither groups nor colours");
    assert!(out(&window).wants_keyboard);
}

#[test]
fn a_command_is_found_by_a_part_of_its_name_and_done_by_enter() {
    let does = |typed: &str| pressed(&mut palette(&asked(), typed), Key::Enter);
    let run = |id| vec![UiAction::CloseDialog, UiAction::Run(id)];
    assert_eq!(does("fit"), run(CommandId::Fit));
    assert_eq!(does("insp"), run(CommandId::Inspector));
    assert_eq!(does("index"), run(CommandId::Layout(LayoutKind::INDEX)));
    let by = UiAction::Arrange(LayoutKind::GROUPS, names(&["countrycode"]));
    assert_eq!(does("group country"), [UiAction::CloseDialog, by]);
    let pair = UiAction::Arrange(LayoutKind::XY, names(&["timestamp", "recognized"]));
    assert_eq!(does("xy by timestamp, rec"), [UiAction::CloseDialog, pair]);
    let colors = |column: Option<&str>| vec![UiAction::CloseDialog, UiAction::ColorBy(column.map(str::to_owned))];
    assert_eq!(does("colour rec"), colors(Some("recognized")));
    assert_eq!(does("color nothing"), colors(None));
    assert_eq!(does("no such thing"), []);
}

#[test]
fn arrows_choose_in_the_palette_and_the_choice_is_read_aloud() {
    let mut window = palette(&asked(), "colour");
    let listed = lines(&window);
    assert_eq!(&listed[..3], ["Colour by nothing", "Colour by countrycode", "Colour by recognized"]);
    // Beyond either end there is nothing.
    for (key, at) in [(Key::ArrowUp, 0), (Key::ArrowDown, 1), (Key::ArrowDown, 2), (Key::ArrowUp, 1)] {
        window.key_press(key);
        window.run();
        let chosen: Vec<bool> = listed
            .iter()
            .map(|line| {
                let line = window.get_by_role_and_label(Role::ListBoxOption, line);
                assert_eq!(line.is_focused(), line.accesskit_node().toggled() == Some(Toggled::True));
                line.is_focused()
            })
            .collect();
        assert_eq!(chosen.iter().position(|chosen| *chosen), Some(at));
        assert_eq!(chosen.iter().filter(|chosen| **chosen).count(), 1);
    }
    // Another text, another list: its first line is chosen, and typing goes on.
    window.get_by_role(Role::TextInput).type_text(" time");
    window.run();
    assert_eq!(pressed(&mut window, Key::Enter)[1], UiAction::ColorBy(Some("timestamp".to_owned())));
    assert_eq!(
        clicked(&mut palette(&asked(), "colour"), Role::ListBoxOption, "Colour by recognized")[1],
        UiAction::ColorBy(Some("recognized".to_owned()))
    );
    assert_eq!(pressed(&mut palette(&asked(), "fit"), Key::Escape), [UiAction::CloseDialog]);
}

#[test]
fn what_cannot_be_done_is_listed_with_the_reason_and_not_done() {
    let model = UiModel { unavailable: &[(LayoutKind::GROUPS, "reading records… 38 %")], ..viewing() };
    let mut window = palette(&model, "groups");
    assert!(window.get_by_role_and_label(Role::ListBoxOption, "Arrange: Groups").accesskit_node().is_disabled());
    assert_eq!(pressed(&mut window, Key::Enter), []);
    assert_eq!(lines(&palette(&viewing(), "colour")), [""; 0], "without records");
}

#[test]
fn the_palette_scrolls_in_a_low_window() {
    let low = UiModel { dialog: Dialog::Palette, ..asked() };
    let mut window = window(&low, vec2(420.0, 300.0), 1.0);
    window.run();
    for _ in 0..20 {
        window.key_press(Key::ArrowDown);
        window.run();
    }
    let listed = lines(&window);
    let chosen = window.get_by_role_and_label(Role::ListBoxOption, &listed[20]);
    assert!(chosen.is_focused());
    assert!(chosen.rect().bottom() < 300.0 && chosen.rect().top() > 40.0, "{:?}", chosen.rect());
    let card = out(&window).covered.last().copied().unwrap();
    assert!(card.bottom() <= 300.0, "{card:?}");
}

fn menu(model: &UiModel<'static>, name: &str, path: &[&str]) -> Window {
    let mut window = desk(model);
    clicked(&mut window, Role::Button, name);
    for step in path {
        clicked(&mut window, Role::MenuItem, step);
    }
    window
}

#[test]
fn layouts_are_chosen_with_their_columns_in_a_menu() {
    let mut window = menu(&asked(), "Arrange", &[]);
    assert_eq!(
        clicked(&mut window, Role::MenuItemRadio, "Index"),
        [UiAction::Run(CommandId::Layout(LayoutKind::INDEX))]
    );
    let mut window = menu(&asked(), "Arrange", &["Groups by"]);
    assert!(window.get_by_role_and_label(Role::MenuItemRadio, "remark").accesskit_node().is_disabled());
    let by = UiAction::Arrange(LayoutKind::GROUPS, names(&["countrycode"]));
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "countrycode"), [by]);
    assert_eq!(labels(&window, &[Role::MenuItem, Role::MenuItemRadio]), [""; 0], "it closes");
    let mut window = menu(&asked(), "Arrange", &["Sorted within"]);
    let within = UiAction::SortWithin(Some("countrycode".to_owned()));
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "countrycode"), [within]);
    let mut window = menu(&asked(), "Arrange", &["XY by", "timestamp and"]);
    let by = UiAction::Arrange(LayoutKind::XY, names(&["timestamp", "recognized"]));
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "recognized"), [by]);
}

#[test]
fn what_the_picture_goes_by_is_marked_in_the_menus() {
    let by: &'static [String] = Box::leak(Box::new(["recognized".to_owned()]));
    let columns = ColumnsModel { all: COLUMNS, by, color_by: Some("timestamp"), ..ColumnsModel::default() };
    let model = UiModel { columns, layout: LayoutKind::GROUPS, ..viewing() };
    let is_marked = |window: &Window, label: &str| {
        let line = window.get_by_role_and_label(Role::MenuItemRadio, label);
        line.accesskit_node().toggled() == Some(Toggled::True)
    };
    let window = menu(&model, "Arrange", &["Groups by"]);
    assert!(is_marked(&window, "recognized") && !is_marked(&window, "countrycode"));
    let mut window = menu(&model, "Colour", &[]);
    assert!(is_marked(&window, "timestamp") && !is_marked(&window, "Nothing"));
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "Nothing"), [UiAction::ColorBy(None)]);
    let mut window = menu(&model, "Colour", &[]);
    let by = UiAction::ColorBy(Some("recognized".to_owned()));
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "recognized"), [by]);
}

#[test]
fn without_columns_the_menus_say_why_and_in_a_narrow_window_they_are_in_the_last_one() {
    let columns = ColumnsModel { why_none: Some("reading records… 38 %"), ..ColumnsModel::default() };
    let mut window = menu(&UiModel { columns, ..viewing() }, "Colour", &[]);
    let why = window.get_by_role_and_label(Role::MenuItem, "reading records… 38 %");
    assert!(why.accesskit_node().is_disabled());
    assert_eq!(clicked(&mut window, Role::MenuItem, "reading records… 38 %"), []);
    let mut narrow = super::harness::window(&UiModel { inspector_open: false, ..asked() }, vec2(360.0, 1500.0), 1.0);
    clicked(&mut narrow, Role::Button, "All commands");
    clicked(&mut narrow, Role::MenuItem, "Colour by");
    let by = UiAction::ColorBy(Some("recognized".to_owned()));
    assert_eq!(clicked(&mut narrow, Role::MenuItemRadio, "recognized"), [by]);
}

fn filter(model: FilterModel<'static>) -> Window {
    let mut window = desk(&UiModel { dialog: Dialog::Filter(model), ..asked() });
    window.run();
    window
}

#[test]
fn a_condition_is_applied_by_enter_and_an_empty_one_clears() {
    let mut window = filter(FilterModel::default());
    assert!(window.get_by_role(Role::TextInput).is_focused(), "the field has the focus at once");
    window.get_by_role(Role::TextInput).type_text(" recognized = yes ");
    window.run();
    let submitted = |text: &str| [UiAction::FilterSubmit(text.to_owned())];
    assert_eq!(pressed(&mut window, Key::Enter), submitted("recognized = yes"));
    assert_eq!(clicked(&mut window, Role::Button, "Apply"), submitted("recognized = yes"));
    let mut window = filter(FilterModel { text: "word = cat", ..FilterModel::default() });
    assert_eq!(pressed(&mut window, Key::Enter), submitted("word = cat"), "what is in force stands there");
    assert_eq!(pressed(&mut filter(FilterModel::default()), Key::Enter), submitted(""));
    assert_eq!(pressed(&mut window, Key::Escape), [UiAction::CloseDialog]);
    assert_eq!(clicked(&mut window, Role::Button, "Close"), [UiAction::CloseDialog]);
}

#[test]
fn what_is_wrong_with_a_condition_stands_below_it_until_another_is_typed() {
    let refused = Some(("word =", "there is no value"));
    // Blanks at the ends count for nothing.
    let mut window = filter(FilterModel { text: "word = ", refused, ..FilterModel::default() });
    window.get_by_label("there is no value");
    window.get_by_role(Role::TextInput).focus();
    window.get_by_role(Role::TextInput).type_text("cat");
    window.run();
    assert!(window.query_by_label("there is no value").is_none());
}

#[test]
fn how_many_match_is_said_and_what_becomes_of_the_others_is_chosen() {
    let matching = Some("12,345 of 150,152 match, others hidden");
    let mut window = filter(FilterModel { text: "word = cat", matching, ..FilterModel::default() });
    window.get_by_label("12,345 of 150,152 match, others hidden");
    assert_eq!(clicked(&mut window, Role::RadioButton, "Hide others"), []);
    assert_eq!(clicked(&mut window, Role::RadioButton, "Fade others"), [UiAction::FilterFades(true)]);
}
