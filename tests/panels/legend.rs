//! The legend by hand, and what orders and colours are chosen in menus.

use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::ui::{ColumnModel, ColumnsModel, ScaleModel, UiAction, UiModel};
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::overlay::{Histogram, Legend, LegendEntry};
use inkfield::scene::rows::{Pick, ScalePalette, Spread};

use super::harness::{Window, clicked, desk, is_covered, out, viewing, window};

fn entry(entry: u8, text: &str, count: &str, is_kept: bool) -> LegendEntry {
    LegendEntry { entry, color: [200, 80, 20], text: text.to_owned(), values: 1, count: count.to_owned(), is_kept }
}

fn categories() -> UiModel<'static> {
    let entries = vec![entry(1, "cat", "1,234", true), entry(2, "dog", "56", false), entry(30, "(missing)", "7", true)];
    let legend = Legend {
        title: "word".to_owned(),
        scale: Vec::new(),
        ends: <[String; 2]>::default(),
        histogram: None,
        entries,
    };
    UiModel { legend: Some(Box::leak(Box::new(legend))), ..viewing() }
}

fn scale() -> UiModel<'static> {
    let legend = Legend {
        title: "score".to_owned(),
        scale: vec![[0; 3]; 254],
        ends: ["10".to_owned(), "90".to_owned()],
        histogram: Some(Histogram { counts: vec![1; 80], domain: [0.0, 100.0], ends: [0.1, 0.9] }),
        entries: Vec::new(),
    };
    UiModel { legend: Some(Box::leak(Box::new(legend))), ..viewing() }
}

fn middle(window: &Window, role: Role, label: &str) -> Pos2 {
    window.get_by_role_and_label(role, label).rect().center()
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// Presses at a place, goes by way of others, and lets go.
fn drag(window: &mut Window, path: &[Pos2]) {
    let (first, last) = (path[0], path[path.len() - 1]);
    window.event(Event::PointerMoved(first));
    window.run();
    window.event(button(first, true));
    window.run();
    for &at in &path[1..] {
        window.event(Event::PointerMoved(at));
        window.run();
    }
    window.event(button(last, false));
    window.run();
}

#[test]
fn entries_are_clicked_and_read_aloud() {
    let mut window = desk(&categories());
    window.run();
    let is_on = |window: &Window, label: &str| {
        window.get_by_role_and_label(Role::CheckBox, label).accesskit_node().toggled() == Some(Toggled::True)
    };
    assert!(is_on(&window, "cat, 1,234") && !is_on(&window, "dog, 56"));
    let click = UiAction::PickInLegend(2, Pick::Only);
    assert_eq!(clicked(&mut window, Role::CheckBox, "dog, 56"), [click]);
    window.state_mut().actions.clear();
    window.get_by_role_and_label(Role::CheckBox, "cat, 1,234").click_modifiers(Modifiers::COMMAND);
    window.run();
    assert_eq!(window.state().actions, [UiAction::PickInLegend(1, Pick::AllBut)]);
}

#[test]
fn an_entry_under_the_pointer_flashes_and_nothing_is_picked_under_the_legend() {
    let mut window = desk(&categories());
    window.run();
    let card = out(&window).legend.as_ref().unwrap().card;
    assert!(out(&window).covered.contains(&card) && out(&window).scatter_rect.contains_rect(card));
    assert!(!is_covered(&window, card.center()), "the picture paints it");
    for (label, flash) in [("cat, 1,234", Some(1)), ("dog, 56", None), ("(missing), 7", Some(30))] {
        let at = middle(&window, Role::CheckBox, label);
        window.event(Event::PointerMoved(at));
        window.run();
        assert_eq!(out(&window).flash, flash, "{label}");
        assert!(out(&window).wants_pointer);
    }
    window.event(Event::PointerMoved(card.left_bottom() + vec2(-20.0, 40.0)));
    window.run();
    assert_eq!((out(&window).flash, out(&window).wants_pointer), (None, false));
    assert_eq!(window.state().actions, []);
}

#[test]
fn ends_are_dragged_and_a_double_click_takes_it_back() {
    let mut window = desk(&scale());
    window.run();
    let rect = out(&window).legend.as_ref().unwrap().scale.unwrap();
    let at = |part: f32| pos2(rect.left() + part * rect.width(), rect.bottom() - 5.0);
    drag(&mut window, &[at(0.1), at(0.3), at(0.5), at(-2.0)]);
    let moves: Vec<(usize, f64, bool)> = window
        .state()
        .actions
        .iter()
        .map(|action| match action {
            UiAction::MoveColorEnd { end, value, starts } => (*end, *value, *starts),
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(moves.iter().all(|(end, ..)| *end == 0), "{moves:?}");
    assert_eq!(moves.iter().filter(|(.., starts)| *starts).count(), 1, "one drag is one step");
    assert!(moves[0].2, "{moves:?}");
    for wanted in [50.0, 0.0] {
        assert!(moves.iter().any(|(_, value, _)| (value - wanted).abs() < 1e-3), "{wanted} of {moves:?}");
    }
    window.get_by_role_and_label(Role::Slider, "upper end of the colours: 90");
    window.state_mut().actions.clear();
    window.event(Event::PointerMoved(at(0.5)));
    window.run();
    // At once: between two frames of this window lies a quarter of a second.
    window.input_mut().events.extend([true, false, true, false].map(|pressed| button(at(0.5), pressed)));
    window.run();
    assert_eq!(window.state().actions, [UiAction::WholeColorRange]);
}

#[test]
fn ends_are_moved_by_keys_and_taken_back() {
    let mut window = desk(&scale());
    window.run();
    window.get_by_role_and_label(Role::Slider, "upper end of the colours: 90").focus();
    window.run();
    assert!(out(&window).wants_keyboard, "arrows pan nothing");
    window.state_mut().actions.clear();
    window.key_press(Key::ArrowLeft);
    window.run();
    // One bin of 80 over 0 to 100.
    let [UiAction::MoveColorEnd { end: 1, value, starts: true }] = window.state().actions[..] else {
        panic!("{:?}", window.state().actions)
    };
    assert!((value - 88.75).abs() < 1e-9, "{value}");
    window.state_mut().actions.clear();
    window.key_press(Key::Delete);
    window.run();
    assert_eq!(window.state().actions, [UiAction::WholeColorRange]);
}

#[test]
fn a_picture_without_room_for_a_legend_has_none_to_click() {
    let model = UiModel { inspector_open: false, ..categories() };
    let mut small = window(&model, vec2(340.0, 600.0), 1.0);
    small.run();
    assert!(out(&small).legend.is_none() && small.query_by_role(Role::CheckBox).is_none());
}

const COLUMNS: &[ColumnModel<'static>] = &[
    ColumnModel { name: "word", kind: "category", is_text: false },
    ColumnModel { name: "remark", kind: "text", is_text: true },
];

fn menu(columns: ColumnsModel<'static>, name: &str, path: &[&str]) -> Window {
    let mut window = desk(&UiModel { columns, ..viewing() });
    clicked(&mut window, Role::Button, name);
    for step in path {
        clicked(&mut window, Role::MenuItem, step);
    }
    window
}

fn is_marked(window: &Window, label: &str) -> bool {
    window.get_by_role_and_label(Role::MenuItemRadio, label).accesskit_node().toggled() == Some(Toggled::True)
}

#[test]
fn the_grid_is_sorted_by_any_column_and_turned_round_in_a_menu() {
    let sort = |by: Option<&str>, descends| [UiAction::Sort { by: by.map(str::to_owned), descends }];
    let all = ColumnsModel { all: COLUMNS, ..ColumnsModel::default() };
    let mut window = menu(all, "Arrange", &["Sort by"]);
    assert!(is_marked(&window, "Nothing: as in the file") && !is_marked(&window, "word"));
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "remark"), sort(Some("remark"), false));
    for (sorted, descends) in [("word", true), ("word:asc", true), ("word:desc", false)] {
        let mut window = menu(ColumnsModel { sort: Some(sorted), ..all }, "Arrange", &["Sort by"]);
        assert!(is_marked(&window, "word") && !is_marked(&window, "remark"));
        assert_eq!(clicked(&mut window, Role::MenuItemRadio, "word"), sort(Some("word"), descends));
    }
    let mut window = menu(ColumnsModel { sort: Some("word"), ..all }, "Arrange", &["Sort by"]);
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "Nothing: as in the file"), sort(None, false));
}

#[test]
fn palettes_are_chosen_in_the_menu_of_colours() {
    let scale = ScaleModel { palette: ScalePalette::Cividis, spread: Spread::Quantile, has_range: true };
    let all = ColumnsModel { all: COLUMNS, scale, ..ColumnsModel::default() };
    let mut window = menu(all, "Colour", &[]);
    assert!(
        is_marked(&window, "Cividis") && is_marked(&window, "By rank (quantiles)") && !is_marked(&window, "By size")
    );
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "Grey"), [UiAction::Palette(ScalePalette::Gray)]);
    let mut window = menu(all, "Colour", &[]);
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "By size"), [UiAction::Spread(Spread::Linear)]);
    let mut window = menu(all, "Colour", &[]);
    assert_eq!(clicked(&mut window, Role::MenuItem, "Between the usual ends"), [UiAction::WholeColorRange]);
}

#[test]
fn layouts_leave_a_narrow_bar_before_tools_do() {
    let at = |width: f32| {
        let model = UiModel { layout: LayoutKind::GRID, ..viewing() };
        let mut window = window(&model, vec2(width, 800.0), 1.0);
        window.run();
        let has = |label: &str| window.query_by_role_and_label(Role::RadioButton, label).is_some();
        (has("Timeline"), has("Pan"), window.query_by_role_and_label(Role::Button, "Arrange").is_some())
    };
    assert_eq!(at(1440.0), (true, true, true));
    assert_eq!(at(900.0), (false, true, true));
}
