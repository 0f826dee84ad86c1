//! The page of the selected drawings.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use inkfield::app::commands::CommandId;
use inkfield::app::ui::{InspectorPage, MeanDrawing, SelectionModel, UiAction, UiModel};
use inkfield::scene::selection::{ColumnMakeup, ValueShare};

use super::harness::{clicked, desk, out, viewing};

/// 300 of 150,152 drawings, two thirds of which are from Korea, as a 24th of all is.
fn selected() -> UiModel<'static> {
    let value = |text: &str, selected, all| ValueShare { text: text.to_owned(), selected, all };
    let values = vec![value("KR", 200, 6_256), value("US", 100, 70_000)];
    let makeup = vec![ColumnMakeup { name: "countrycode".to_owned(), values, others: 3 }];
    let mean = MeanDrawing { size: [4, 2], selected: vec![0.5; 8], all: vec![0.25; 8].into(), colors: None };
    let selection = SelectionModel {
        rows: Vec::leak((0..300).map(|i| i * 7).collect()),
        makeup: Vec::leak(makeup),
        mean: Some(Box::leak(Box::new(mean))),
    };
    UiModel { selected: 300, selection: Some(selection), page: InspectorPage::Selection, ..viewing() }
}

#[test]
fn the_page_says_how_many_are_selected_and_what_they_have_in_common() {
    let mut window = desk(&selected());
    // The heading, and the line at the bottom.
    assert_eq!(window.query_all_by_label("300 selected").count(), 2);
    window.get_by_label("1 % of 150,152 drawings");
    // 200 of 300 against 6,256 of 150,152.
    window.get_by_label("KR: 67 % of the selection, 4 % of all");
    window.get_by_label("67 % · × 16");
    window.get_by_label("33 % · × 0.7");
    window.get_by_label("3 values more");
    assert_eq!(clicked(&mut window, Role::Button, "Invert"), [UiAction::Run(CommandId::InvertSelection)]);
    assert_eq!(clicked(&mut window, Role::Button, "Select none"), [UiAction::Run(CommandId::SelectNone)]);
    // Of the drawings those in sight are painted, and a click pins one.
    let slots = out(&window).drawings.len();
    assert!((20..300).contains(&slots), "{slots} drawings");
    assert_eq!(clicked(&mut window, Role::Button, "Row 21"), [UiAction::PinRow(21)]);
}

#[test]
fn one_goes_to_the_drawing_and_back_and_without_a_selection_there_is_no_choice() {
    let mut window = desk(&selected());
    assert_eq!(clicked(&mut window, Role::Button, "Drawing"), [UiAction::Page(InspectorPage::Drawing)]);
    window.state_mut().model.page = InspectorPage::Drawing;
    window.run();
    window.get_by_label("row 84,213 · 150,152 drawings");
    assert_eq!(clicked(&mut window, Role::Button, "Selection · 300"), [UiAction::Page(InspectorPage::Selection)]);
    window.state_mut().model = viewing();
    window.run();
    assert!(window.query_by_label("Drawing").is_none());
}
