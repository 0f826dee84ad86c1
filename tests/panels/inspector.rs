//! The inspector: pin, step, copy, resize; what a field says.

use egui::accesskit::Role;
use egui::{pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use inkfield::app::commands::CommandId;
use inkfield::app::original::Mark;
use inkfield::app::ui::{AlikeModel, Field, FieldState, InspectorModel, PixelReadout, UiAction};
use inkfield::data::source::{Number, PixelValue};

use super::harness::{Window, clicked, desk, is_covered, known, out, viewing, window};

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
    let value = |numbers: &[Number]| PixelValue::of(numbers.iter().copied());
    for (value, ink, text) in [
        (None, Some(255), "column 3 · row 5 · ink 255"),
        (value(&[Number::Flag(true)]), Some(255), "column 3 · row 5 · value 1 · ink 255"),
        (value(&[Number::Float32(0.7314)]), Some(187), "column 3 · row 5 · value 0.7314 · ink 187"),
        (value(&[12, 200, 31].map(Number::Unsigned)), None, "column 3 · row 5 · value 12, 200, 31"),
    ] {
        let pixel = PixelReadout { column: 3, row: 5, value, ink };
        assert_eq!(pixel.in_words(), text);
        model.inspector.as_mut().unwrap().pixel = Some(pixel);
        desk(&model);
    }
}

#[test]
fn what_comes_before_and_after_in_the_file_is_shown_and_a_click_pins_it() {
    let thumbnails =
        |window: &Window| -> Vec<u32> { out(window).drawings.iter().skip(1).map(|slot| slot.row).collect() };
    for (row, first) in [(84_213, 84_210), (1, 0), (150_151, 150_145)] {
        let mut model = viewing();
        model.inspector.as_mut().unwrap().row = row;
        let mut window = desk(&model);
        window.run();
        assert_eq!(thumbnails(&window), (first..first + 7).collect::<Vec<u32>>());
        let slots = &out(&window).drawings;
        assert_eq!((slots[0].row, Some(slots[0].rect)), (row, out(&window).inspector_picture_rect));
        for slot in &slots[1..] {
            assert_eq!(slot.seen, slot.rect, "all of it is in sight");
            assert!(!is_covered(&window, slot.rect.center()), "nothing is painted over row {}", slot.row);
        }
        assert!(slots[1..].windows(2).all(|pair| pair[0].rect.right() < pair[1].rect.left()));
    }
    let mut small = viewing();
    small.rows = 3;
    small.inspector.as_mut().unwrap().row = 2;
    assert_eq!(thumbnails(&desk(&small)), [0, 1, 2], "a set of three");
    let mut window = desk(&viewing());
    assert_eq!(clicked(&mut window, Role::Button, "Row 84,211"), [UiAction::PinRow(84_211)]);
}

#[test]
fn thumbnails_scroll_under_their_frame_and_those_out_of_sight_are_not_drawn() {
    let mut window = window(&viewing(), vec2(910.666, 512.0), 1.5);
    window.run();
    let at = out(&window).drawings[1].rect.center();
    let mut seen = Vec::new();
    for _ in 0..40 {
        window.hover_at(at);
        window.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, -4.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: egui::Modifiers::NONE,
        });
        window.run();
        let slots = &out(&window).drawings;
        seen.push(slots.len() - 1);
        assert!(!is_covered(&window, slots[0].rect.center()), "the picture stays in sight");
        for slot in &slots[1..] {
            assert!(slot.rect.contains_rect(slot.seen) && slot.seen.is_positive());
            assert!(slot.seen.top() > slots[0].rect.bottom(), "none reaches over the lines above");
        }
    }
    assert_eq!((seen[0], seen[39]), (7, 0), "{seen:?}");
}

fn show_alike(window: &mut Window, alike: AlikeModel<'static>) {
    window.state_mut().model.inspector.as_mut().unwrap().alike = Some(alike);
    window.run();
}

#[test]
fn what_looks_alike_is_shown_once_it_is_known_and_a_click_goes_there() {
    let mut model = viewing();
    model.inspector.as_mut().unwrap().alike = Some(AlikeModel::Comparing(0.384));
    let mut window = desk(&model);
    window.get_by_label("Looks alike");
    window.get_by_label("comparing all drawings… 38 %");
    show_alike(&mut window, AlikeModel::Rows(&[11, 7, 84_214]));
    assert_eq!(clicked(&mut window, Role::Button, "Row 11"), [UiAction::GoToRow(11)]);
    show_alike(&mut window, AlikeModel::Rows(&[]));
    window.get_by_label("nothing: there is no line in it to compare, or no other drawing");
    show_alike(&mut window, AlikeModel::Failed("the drawings cannot be compared: why"));
    window.get_by_label("the drawings cannot be compared: why");
}

#[test]
fn boxes_lie_over_the_drawing_where_they_are_in_it() {
    let mark = Mark {
        of_picture: [0.5, 0.5, 0.25, 0.25],
        of_drawing: [0.5, 0.5, 0.25, 0.25],
        name: "dog".to_owned(),
        rank: 0,
    };
    let marks: &'static [Mark] = vec![mark].leak();
    let mut model = viewing();
    model.inspector = model.inspector.map(|inspector| InspectorModel { marks, ..inspector });
    let window = desk(&model);
    window.get_by_label("Drawing, row 84,213, 1 box: dog");
    let rect = out(&window).inspector_picture_rect.unwrap();
    let side = rect.width().min(rect.height());
    let texel = (side / 28.0).floor();
    let corner = rect.center() - vec2(14.0, 14.0) * texel;
    let at = |x: f32, y: f32| corner + vec2(x, y) * 28.0 * texel;
    // The edges and the name above, not what is within, nor elsewhere.
    for (x, y) in [(0.5, 0.6), (0.75, 0.6), (0.6, 0.5), (0.6, 0.75)] {
        assert!(is_covered(&window, at(x, y)), "{x} {y}");
    }
    for (x, y) in [(0.65, 0.65), (0.25, 0.25), (0.9, 0.6)] {
        assert!(!is_covered(&window, at(x, y)), "{x} {y}");
    }
}
