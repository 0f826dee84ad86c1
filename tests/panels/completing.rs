//! What fits where one types in the card of the filter.

use egui::Key;
use egui::accesskit::{Role, Toggled};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::ui::{Completed, Dialog, FilterModel, UiAction, UiModel};
use inkfield::data::columns::query::{Candidate, CandidateKind, Completion};

use super::harness::{Window, clicked, desk, viewing};

fn candidate(kind: CandidateKind, text: &str, detail: &str) -> Candidate {
    Candidate { kind, text: text.to_owned(), detail: detail.to_owned() }
}

fn card(completed: Option<&'static Completed>) -> UiModel<'static> {
    let filter = FilterModel { completed, ..FilterModel::default() };
    UiModel { dialog: Dialog::Filter(filter), ..viewing() }
}

/// What the application answers to a text that is typed at its end.
fn answered(text: &str, replaced: usize, candidates: Vec<Candidate>) -> UiModel<'static> {
    let fits = Completion { replaces: text.len() - replaced..text.len(), candidates };
    card(Some(Box::leak(Box::new(Completed { text: text.to_owned(), cursor: text.len(), fits }))))
}

fn columns() -> Vec<Candidate> {
    [("countrycode", "category"), ("count", "number"), ("`a country`", "text")]
        .map(|(name, kind)| candidate(CandidateKind::Column, name, kind))
        .to_vec()
}

/// The card with "cou" typed and answered.
fn typed() -> Window {
    let mut window = desk(&card(None));
    window.run();
    window.get_by_role(Role::TextInput).type_text("cou");
    window.run();
    assert_eq!(window.state().actions, [UiAction::Complete("cou".to_owned(), 3)]);
    window.state_mut().model = answered("cou", 3, columns());
    window.run();
    window.state_mut().actions.clear();
    window
}

fn lines(window: &Window) -> Vec<String> {
    let nodes = window.query_all_by_role(Role::ListBoxOption);
    nodes.map(|node| node.accesskit_node().label().unwrap_or_default()).collect()
}

fn chosen(window: &Window) -> Option<usize> {
    let nodes = window.query_all_by_role(Role::ListBoxOption);
    nodes.map(|node| node.accesskit_node().toggled()).position(|toggled| toggled == Some(Toggled::True))
}

fn text(window: &Window) -> String {
    window.get_by_role(Role::TextInput).accesskit_node().value().unwrap_or_default()
}

fn press(window: &mut Window, key: Key) -> Vec<UiAction> {
    window.state_mut().actions.clear();
    window.key_press(key);
    window.run();
    window.state().actions.clone()
}

#[test]
fn what_fits_is_listed_and_tab_takes_the_first_of_it() {
    let mut window = typed();
    assert_eq!(lines(&window), ["countrycode, category", "count, number", "`a country`, text"]);
    assert_eq!(chosen(&window), None, "Enter still means the condition");
    assert_eq!(press(&mut window, Key::Tab), [UiAction::Complete("countrycode ".to_owned(), 12)]);
    assert_eq!(text(&window), "countrycode ");
    // One types on behind it.
    window.get_by_role(Role::TextInput).type_text("= ");
    window.run();
    assert_eq!(text(&window), "countrycode = ");
}

#[test]
fn arrows_choose_enter_takes_it_and_without_a_choice_applies_the_condition() {
    let mut window = typed();
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    assert_eq!(chosen(&window), Some(1));
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowUp);
    assert_eq!(chosen(&window), None, "above the first line there is the field");
    for _ in 0..9 {
        press(&mut window, Key::ArrowDown);
    }
    assert_eq!(chosen(&window), Some(2), "below the last one there is nothing");
    let taken = press(&mut window, Key::Enter);
    assert_eq!(taken, [UiAction::Complete("`a country` ".to_owned(), 12)]);
    let mut window = typed();
    assert_eq!(press(&mut window, Key::Enter), [UiAction::FilterSubmit("cou".to_owned())]);
    assert_eq!(lines(&window), [""; 0], "what was applied needs no list");
}

#[test]
fn escape_closes_the_list_first_and_then_the_card() {
    let mut window = typed();
    assert_eq!(press(&mut window, Key::Escape), []);
    assert_eq!(lines(&window), [""; 0]);
    assert!(window.get_by_role(Role::TextInput).is_focused(), "typing goes on");
    // An arrow brings it back.
    press(&mut window, Key::ArrowDown);
    assert_eq!(lines(&window).len(), 3);
    press(&mut window, Key::Escape);
    assert_eq!(press(&mut window, Key::Escape), [UiAction::CloseDialog]);
}

#[test]
fn a_click_takes_a_line_and_an_answer_to_another_text_is_not_taken() {
    let mut window = typed();
    let taken = clicked(&mut window, Role::ListBoxOption, "count, number");
    assert_eq!(taken, [UiAction::Complete("count ".to_owned(), 6)]);
    assert_eq!(text(&window), "count ");
    let mut window = typed();
    window.get_by_role(Role::TextInput).type_text("x");
    window.run();
    // The list stays until the next answer, so that the card does not jump.
    assert_eq!(lines(&window).len(), 3);
    press(&mut window, Key::Tab);
    assert_eq!(text(&window), "coux");
}

#[test]
fn what_the_condition_is_true_of_can_be_selected_instead() {
    let mut window = typed();
    let answer = clicked(&mut window, Role::Button, "Select");
    assert_eq!(answer, [UiAction::SelectWhere("cou".to_owned())]);
    assert_eq!(clicked(&mut window, Role::Button, "Apply"), [UiAction::FilterSubmit("cou".to_owned())]);
}
