//! Two drawings beside each other in the inspector.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use inkfield::app::commands::CommandId;
use inkfield::app::ui::{CompareModel, ComparedField, Field, FieldState, MeanDrawing, UiAction, UiModel};

use super::harness::{clicked, desk, known, out, viewing};

const FIELDS: &[ComparedField<'static>] = &[
    ComparedField {
        label: "country",
        values: [
            Field { label: "country", value: "Germany", detail: "DE", state: FieldState::Known },
            Field { label: "country", value: "Korea", detail: "KR", state: FieldState::Known },
        ],
    },
    ComparedField {
        label: "recognised",
        values: [
            Field { label: "recognised", value: "yes", detail: "", state: FieldState::Known },
            Field { label: "recognised", value: "yes", detail: "", state: FieldState::Known },
        ],
    },
];

fn compared(second: Option<u32>, inks: Option<&'static MeanDrawing>) -> UiModel<'static> {
    UiModel { compared: Some(CompareModel { first: 17, second, fields: FIELDS, inks }), ..viewing() }
}

#[test]
fn both_are_shown_at_one_scale_with_their_fields_and_what_differs_is_marked_by_a_sign() {
    // A quarter of the four pixels has all of the ink more, another one half of it less.
    let inks = MeanDrawing {
        size: [2, 2],
        selected: vec![1.0, 0.0, 0.25, 0.0],
        all: vec![0.0, 0.5, 0.25, 0.0].into(),
        colors: None,
    };
    let mut window = desk(&compared(Some(84_213), Some(Box::leak(Box::new(inks)))));
    window.run();
    let slots = &out(&window).drawings;
    assert_eq!(slots.iter().map(|slot| slot.row).collect::<Vec<_>>(), [17, 84_213]);
    assert_eq!(slots[0].rect.size(), slots[1].rect.size());
    assert!(slots[0].rect.right() < slots[1].rect.left(), "beside each other");
    for name in ["Drawing, row 17", "Drawing, row 84,213", "Difference"] {
        window.get_by_role_and_label(Role::Image, name);
    }
    window.get_by_label("difference 38 %");
    window.get_by_label("≠ country");
    window.get_by_label("recognised");
    window.get_by_label("Germany DE");
    window.get_by_label("Korea KR");
    assert_eq!(window.query_all_by_label("yes").count(), 2);
    assert_eq!(clicked(&mut window, Role::Button, "End comparing"), [UiAction::Run(CommandId::Compare)]);
}

#[test]
fn while_there_is_no_other_drawing_nothing_differs() {
    let window = desk(&compared(None, None));
    window.get_by_role_and_label(Role::Image, "Drawing, no other drawing yet");
    window.get_by_label("country");
    assert!(window.query_by_label("Korea KR").is_none() && window.query_by_label("Difference").is_none());
    assert_eq!(out(&window).drawings.len(), 1);
}

#[test]
fn values_that_are_alike_but_for_their_state_differ() {
    let missing = Field { state: FieldState::Unknown, ..known("score", "", "") };
    let field = ComparedField { label: "score", values: [known("score", "", ""), missing] };
    assert!(!field.is_same(), "an empty text is no missing value");
    assert!(ComparedField { values: [missing, missing], ..field }.is_same());
}
