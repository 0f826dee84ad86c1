//! The panel of facets: what columns hold, ticked, brushed over, typed.

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Pos2, Rect, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::commands::{CommandId, When};
use inkfield::app::ui::{FacetModel, FacetPlace, FacetsModel, UiAction, UiModel};
use inkfield::data::columns::query::Choice;
use inkfield::data::columns::{BatchBuilder, ColumnCounts, Columns, FacetBins, Facets, Value};
use inkfield::progress::Progress;

use super::harness::{Window, clicked, desk, out, viewing, window};

/// Eight kinds of words, numbers from 0 to 39, every fifth missing; 70,000 different texts.
fn columns() -> Columns {
    let mut builder = BatchBuilder::new();
    for row in 0..70_000_u32 {
        builder.push_row();
        let words = ["cat", "dog", "fish", "cow", "bee", "ant", "owl", "ape"];
        builder.set("word", Value::Text(words[((row % 55) as f64).sqrt() as usize]));
        builder.set("n", if row.is_multiple_of(5) { Value::Missing } else { Value::Number(f64::from(row % 40)) });
        builder.set("remark", Value::Text(&format!("remark {row}")));
        builder.set("seen", Value::Flag(row.is_multiple_of(3)));
    }
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(70_000);
    columns
}

/// What lives as long as the test.
fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn model(chosen: &[(&str, Choice)]) -> UiModel<'static> {
    let columns = kept(columns());
    let facets = kept(Facets::new(columns, Progress::NONE).unwrap());
    let counts = kept(facets.count(columns, None).unwrap());
    let facet = |(at, column): (usize, &'static inkfield::data::columns::Column)| FacetModel {
        name: column.name(),
        kind: column.kind().as_str(),
        choice: chosen.iter().find(|(name, _)| *name == column.name()).map(|(_, choice)| kept(choice.clone())),
        counts: counts.columns.get(at).map(|counts: &'static ColumnCounts| counts),
        bins: facets.bins(at).map(|bins: &'static FacetBins| bins),
    };
    let all: Vec<FacetModel<'static>> = columns.iter().enumerate().map(facet).collect();
    let facets = FacetsModel { columns: kept(all), is_filtered: !chosen.is_empty(), ..FacetsModel::default() };
    UiModel { facets: Some(facets), ..viewing() }
}

fn place(window: &Window, column: &str, value: Option<&str>) -> Rect {
    let is_it = |place: &&FacetPlace| place.column == column && place.value.as_deref() == value;
    out(window).facets.iter().find(is_it).unwrap_or_else(|| panic!("{column} {value:?}")).rect
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) -> Vec<UiAction> {
    window.state_mut().actions.clear();
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    for event in [egui::Event::PointerMoved(from), button(from, true)] {
        window.event(event);
        window.run();
    }
    for part in [0.5, 1.0] {
        window.event(egui::Event::PointerMoved(from.lerp(to, part)));
        window.run();
    }
    window.event(button(to, false));
    window.run();
    window.state().actions.clone()
}

/// The last choice that was asked for, as a condition, and which of all go on.
fn asked(actions: &[UiAction], columns: &Columns) -> (String, Vec<bool>) {
    let facets = actions.iter().filter_map(|action| match action {
        UiAction::Facet { column, choice, goes_on } => Some((column, choice, *goes_on)),
        _ => None,
    });
    let all: Vec<_> = facets.collect();
    let (column, choice, _) = all.last().expect("something is chosen");
    let text = choice.condition(columns.get(column).unwrap()).unwrap_or_default();
    (text, all.iter().map(|(_, _, goes_on)| *goes_on).collect())
}

#[test]
fn values_are_listed_by_their_counts_and_ticked() {
    let (mut window, columns) = (desk(&model(&[])), columns());
    window.run();
    // Of the whole roots of 0…54 thirteen are 6, and one is 0.
    let actions = clicked(&mut window, Role::CheckBox, "owl: 16,540");
    assert_eq!(asked(&actions, &columns).0, "word = \"owl\"");
    // The other values are there where more are asked for, and found by a part.
    assert!(window.query_by_role_and_label(Role::CheckBox, "cat: 1,273").is_none());
    clicked(&mut window, Role::Button, "2 more");
    window.get_by_role_and_label(Role::CheckBox, "cat: 1,273");
    let one = Choice { values: vec!["owl".to_owned()], ..Choice::default() };
    window.state_mut().model = model(&[("word", one)]);
    window.run();
    let actions = clicked(&mut window, Role::CheckBox, "cat: 1,273");
    assert_eq!(asked(&actions, &columns).0, "word in (\"owl\", \"cat\")");
    let actions = clicked(&mut window, Role::CheckBox, "owl: 16,540");
    assert_eq!(asked(&actions, &columns).0, "", "it was the only one");
    assert_eq!(asked(&clicked(&mut window, Role::Button, "Clear word"), &columns).0, "");
    let actions = clicked(&mut window, Role::CheckBox, "true: 23,334");
    assert_eq!(asked(&actions, &columns).0, "seen");
    let actions = clicked(&mut window, Role::CheckBox, "(missing): 14,000");
    assert_eq!(asked(&actions, &columns).0, "n is missing");
}

#[test]
fn a_drag_over_a_histogram_chooses_from_bin_to_bin() {
    let (mut window, columns) = (desk(&model(&[])), columns());
    window.run();
    let rect = place(&window, "n", None);
    let at = |bin: f32| pos2(rect.left() + rect.width() * (bin + 0.5) / 39.0, rect.center().y);
    // 1 to 39: 0 is among those that are missing.
    let (text, goes_on) = asked(&drag(&mut window, at(3.0), at(9.0)), &columns);
    assert_eq!(text, "n >= 4 and n < 11");
    assert!(!goes_on[0] && goes_on[1..].iter().all(|goes_on| *goes_on), "one step for undo: {goes_on:?}");
    let (text, _) = asked(&drag(&mut window, at(38.0), at(30.0)), &columns);
    assert_eq!(text, "n >= 31", "at the outermost end it is open");
    // An end is taken hold of, then the whole.
    let end = |bin: f32| pos2(rect.left() + rect.width() * bin / 39.0, rect.center().y);
    let chosen = |text: &str| {
        let condition: inkfield::data::columns::query::Condition = text.parse().unwrap();
        condition.faceted(&columns).choice("n").unwrap().clone()
    };
    window.state_mut().model = model(&[("n", chosen("n >= 4 and n < 11"))]);
    window.run();
    assert_eq!(asked(&drag(&mut window, end(10.0), end(20.2)), &columns).0, "n >= 4 and n < 21");
    assert_eq!(asked(&drag(&mut window, at(5.0), at(15.0)), &columns).0, "n >= 14 and n < 21");
    assert!(window.query_by_label("n: chosen 4 to 11").is_some(), "read aloud");
}

#[test]
fn keys_move_what_is_chosen_over_a_histogram_and_its_ends() {
    let columns = columns();
    let condition = |text: &str| text.parse::<inkfield::data::columns::query::Condition>().unwrap();
    let pressed = |chosen: &str, modifiers: Modifiers, key: Key| {
        let choice = (!chosen.is_empty()).then(|| condition(chosen).faceted(&columns).choice("n").unwrap().clone());
        let mut window = desk(&model(&choice.map(|choice| ("n", choice)).into_iter().collect::<Vec<_>>()));
        window.run();
        let histogram = window
            .get_all_by_role(Role::Slider)
            .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("n: ")));
        histogram.unwrap().focus();
        window.run();
        assert!(out(&window).wants_keyboard, "arrows pan nothing");
        window.state_mut().actions.clear();
        window.key_press_modifiers(modifiers, key);
        window.run();
        let actions = window.state().actions.clone();
        if actions.is_empty() { "as it was".to_owned() } else { asked(&actions, &columns).0 }
    };
    let (none, shift, ctrl) = (Modifiers::NONE, Modifiers::SHIFT, Modifiers::COMMAND);
    // Of 1 to 39 each is a bin.
    for (chosen, modifiers, key, wanted) in [
        ("", none, Key::ArrowRight, "n < 2"),
        ("", none, Key::ArrowLeft, "n >= 39"),
        ("n >= 4 and n < 11", none, Key::ArrowRight, "n >= 5 and n < 12"),
        ("n >= 4 and n < 11", shift, Key::ArrowRight, "n >= 4 and n < 12"),
        ("n >= 4 and n < 11", ctrl, Key::ArrowLeft, "n >= 3 and n < 11"),
        ("n >= 4 and n < 5", shift, Key::ArrowLeft, "as it was"),
        ("n >= 4 and n < 5", ctrl, Key::ArrowRight, "as it was"),
        ("n >= 30", none, Key::ArrowRight, "as it was"),
        ("n >= 4 and n < 11", none, Key::Delete, ""),
    ] {
        assert_eq!(pressed(chosen, modifiers, key), wanted, "{chosen} {modifiers:?} {key:?}");
    }
}

#[test]
fn texts_are_asked_for_a_part_and_all_is_done_from_the_head() {
    let (mut window, columns) = (desk(&model(&[])), columns());
    window.run();
    clicked(&mut window, Role::DisclosureTriangle, "remark");
    window.get_by_label("70,000 have a value");
    let field = place(&window, "remark", None);
    drag(&mut window, field.center(), field.center());
    window.event(egui::Event::Text("69".to_owned()));
    window.run();
    assert!(out(&window).wants_keyboard);
    window.state_mut().actions.clear();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(asked(&window.state().actions.clone(), &columns).0, "remark contains \"69\"");
    assert_eq!(clicked(&mut window, Role::Button, "Hide facets"), [UiAction::Run(CommandId::Facets)]);
    assert_eq!(clicked(&mut window, Role::Button, "Type a condition"), [UiAction::Run(CommandId::Filter)]);
    assert_eq!(clicked(&mut window, Role::RadioButton, "Fade"), [UiAction::FilterFades(true)]);
    assert_eq!(clicked(&mut window, Role::Button, "Clear all"), [], "nothing is left out");
    let one = Choice { values: vec!["true".to_owned()], ..Choice::default() };
    let now: &[When] = &[When::Open, When::Drawn, When::Filtered];
    window.state_mut().model = UiModel { now, ..model(&[("seen", one)]) };
    window.run();
    assert_eq!(clicked(&mut window, Role::Button, "Clear all"), [UiAction::Run(CommandId::ShowAll)]);
    assert_eq!(clicked(&mut window, Role::Button, "Re-arrange"), [UiAction::Run(CommandId::Rearrange)]);
}

#[test]
fn the_panel_takes_its_room_from_the_picture_and_one_side_gives_way_in_a_narrow_window() {
    let (with, without) = (model(&[]), viewing());
    let rect = |model: &UiModel<'static>, width: f32| {
        let mut window = window(model, vec2(width, 700.0), 1.0);
        window.run();
        out(&window).scatter_rect
    };
    for (width, left, inspector) in
        [(1440.0, 280.0, 372.0), (800.0, 280.0, 300.0), (700.0, 280.0, 0.0), (480.0, 0.0, 0.0)]
    {
        let rect = rect(&with, width);
        assert_eq!((rect.left(), width - rect.right()), (left, inspector), "{width}");
    }
    assert_eq!(rect(&without, 1440.0).left(), 0.0);
}

#[test]
fn before_records_are_read_it_says_why_nothing_is_there() {
    let facets = FacetsModel { why_none: Some("reading records… 38 %"), ..FacetsModel::default() };
    let mut window = desk(&UiModel { facets: Some(facets), ..viewing() });
    window.run();
    window.get_by_label("reading records… 38 %");
}
