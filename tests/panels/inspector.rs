//! The inspector: pin, step, copy, resize; what a field says.

use egui::accesskit::Role;
use egui::pos2;
use egui_kittest::kittest::Queryable as _;
use inkfield::app::commands::CommandId;
use inkfield::app::ui::{Field, FieldState, PixelReadout, UiAction};

use super::harness::{Window, clicked, desk, known, viewing};

#[test]
fn the_inspector_pins_steps_copies_and_hides() {
    let mut window = desk(&viewing());
    assert_eq!(clicked(&mut window, Role::Button, "Pin"), [UiAction::Run(CommandId::Pin)]);
    assert_eq!(clicked(&mut window, Role::Button, "Previous row"), [UiAction::Run(CommandId::StepBack)]);
    assert_eq!(clicked(&mut window, Role::Button, "Next row"), [UiAction::Run(CommandId::StepOn)]);
    assert_eq!(clicked(&mut window, Role::Button, "Go to row"), [UiAction::Run(CommandId::Goto)]);
    assert_eq!(clicked(&mut window, Role::Button, "Copy record"), [UiAction::Run(CommandId::Copy)]);
    assert_eq!(clicked(&mut window, Role::Button, "Hide inspector"), [UiAction::Run(CommandId::Inspector)]);
    window.get_by_label("row 84,213 · 150,152 drawings");

    window.state_mut().model.inspector.as_mut().unwrap().pinned = true;
    window.run();
    assert_eq!(clicked(&mut window, Role::Button, "Unpin"), [UiAction::Run(CommandId::Unpin)]);
    window.get_by_label("row 84,213 · 150,152 drawings · pinned");
}

#[test]
fn case_empty_a_field_says_whether_its_value_is_read_missing_or_an_empty_text() {
    const FIELDS: &[Field<'static>] = &[
        Field { label: "country", value: "", detail: "", state: FieldState::Reading(0.38) },
        Field { label: "time", value: "", detail: "", state: FieldState::Unknown },
        Field { label: "note", value: "", detail: "", state: FieldState::Known },
    ];
    let mut model = viewing();
    model.inspector.as_mut().unwrap().fields = FIELDS;
    let window = desk(&model);
    window.get_by_label("reading… 38 %");
    window.get_by_label("(missing)");
    window.get_by_label("\"\"");
    assert!(window.query_by_label("Copy country").is_none(), "there is nothing to copy");
}

#[test]
fn a_hostile_value_is_shown_escaped_and_copied_whole() {
    const HOSTILE: &str = "safe\u{202e}gnp.exe\nnext";
    let long: &'static str = Box::leak("long ".repeat(200_000).into_boxed_str());
    let fields: &'static [Field<'static>] = Box::leak(Box::new([known("word", HOSTILE, ""), known("note", long, "")]));
    let mut model = viewing();
    model.inspector.as_mut().unwrap().fields = fields;
    let mut window = desk(&model);
    let shown = window.get_by_label("safe\\u{202e}gnp.exe\\nnext").rect();
    assert!(shown.height() < 40.0);
    let copied = |window: &mut Window, label: &str| {
        window.get_by_label(label).click();
        let mut texts: Vec<String> = Vec::new();
        for _ in 0..4 {
            window.step();
            texts.extend(window.output().platform_output.commands.iter().filter_map(|c| match c {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            }));
        }
        texts
    };
    assert_eq!(copied(&mut window, "Copy word"), [HOSTILE]);
    assert_eq!(copied(&mut window, "Copy note"), [long]);
}

#[test]
fn dragging_the_edge_asks_for_a_width_within_limits() {
    let mut window = desk(&viewing());
    window.drag_at(pos2(1068.0, 500.0));
    window.step();
    window.hover_at(pos2(940.0, 500.0));
    window.step();
    window.step();
    assert_eq!(window.state().actions.last(), Some(&UiAction::InspectorWidth(500.0)));
    window.hover_at(pos2(1430.0, 500.0));
    window.step();
    window.step();
    assert_eq!(window.state().actions.last(), Some(&UiAction::InspectorWidth(280.0)));
}

#[test]
fn a_pixel_says_the_file_s_own_value_where_that_is_not_its_ink() {
    let mut model = viewing();
    for (value, text) in [(None, "column 3 · row 5 · ink 255"), (Some(1), "column 3 · row 5 · value 1 · ink 255")]
    {
        let pixel = PixelReadout { column: 3, row: 5, value, ink: 255 };
        assert_eq!(pixel.in_words(), text);
        model.inspector.as_mut().unwrap().pixel = Some(pixel);
        desk(&model);
    }
}
