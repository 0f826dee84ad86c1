//! The panel of who draws differently: its list, two groups beside each other, and what it says while there is nothing.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use inkfield::app::commands::CommandId;
use inkfield::app::ui::{ColumnModel, ColumnsModel, DifferModel, DifferWish, UiAction, UiModel};
use inkfield::data::columns::{BatchBuilder, Columns, Value};
use inkfield::headless::likeness::{Differing, Grouped};
use inkfield::likeness::assortment::{Assortment, Group};
use inkfield::likeness::side_by_side::{Side, SideBySide};
use inkfield::progress::Progress;
use std::sync::Arc;

use super::harness::{Window, clicked, desk, out, viewing};

const NONE: DifferModel<'static> = DifferModel {
    column: Some("countrycode"),
    why_no_columns: None,
    found: None,
    progress: None,
    why_not: None,
    can_keep: true,
    only: None,
    pair: [None; 2],
    beside: None,
    beside_progress: None,
    why_not_beside: None,
    size: [4, 2],
};

/// Three countries, in the order of their rows: US, KR, and one without a name.
fn found() -> &'static Differing {
    let mut builder = BatchBuilder::new();
    for value in ["US", "KR", ""] {
        builder.push_row();
        builder.set("countrycode", Value::Text(value));
    }
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(3);
    let groups = Grouped::new(columns.get("countrycode").unwrap(), None, Progress::NONE).unwrap();
    let group = |group, rows, ratio, p_corrected| Group {
        group,
        rows,
        named: 100,
        same: 10,
        expected: 5.0,
        ratio,
        z: 1.0,
        p: p_corrected / 2.0,
        p_corrected,
    };
    let found = Assortment {
        groups: vec![group(1, 1234, 3.968, 0.000_999), group(0, 56, 1.02, 0.3), group(2, 20, 0.5, 1.0)],
        rows: 1310,
        missing: 0,
        blank: 0,
        small_groups: 2,
        small_rows: 9,
        permutations: 1000,
    };
    Box::leak(Box::new(Differing { groups, found }))
}

fn model(differ: DifferModel<'static>) -> UiModel<'static> {
    const COLUMNS: &[ColumnModel<'static>] = &[
        ColumnModel { name: "countrycode", kind: "category", is_text: false },
        ColumnModel { name: "recognized", kind: "flag", is_text: false },
        ColumnModel { name: "note", kind: "text", is_text: true },
    ];
    UiModel { differ: Some(differ), columns: ColumnsModel { all: COLUMNS, ..ColumnsModel::default() }, ..viewing() }
}

fn shown(differ: DifferModel<'static>) -> Window {
    let mut window = desk(&model(differ));
    window.run();
    window
}

fn says(window: &Window, text: &str) -> bool {
    window.query_by_label_contains(text).is_some()
}

#[test]
fn groups_are_listed_with_what_chance_makes_of_them_and_answer_to_clicks() {
    let mut window = shown(DifferModel { found: Some(found()), only: Some(1), ..NONE });
    for text in [
        "1,310 drawings; p of 1,000 permutations, corrected for 3 groups; 2 groups of fewer than 20 drawings not listed",
        "n = 1,234 · × 3.97 · p 0.001 · significant",
    ] {
        assert!(says(&window, text), "{text}");
    }
    assert!(window.query_by_label("n = 56 · × 1.02 · p 0.300").is_some());
    // As the command sorts them, from above.
    let tops: Vec<f32> = out(&window).groups.iter().map(|place| place.only.top()).collect();
    assert_eq!(out(&window).groups.iter().map(|place| place.at).collect::<Vec<_>>(), [0, 1, 2]);
    assert!(tops.is_sorted() && tops[0] < tops[2], "{tops:?}");
    let wish = |wish| vec![UiAction::Differ(wish)];
    assert_eq!(clicked(&mut window, Role::Button, "Only KR"), wish(DifferWish::Only(1)));
    assert_eq!(clicked(&mut window, Role::Button, "Select US"), wish(DifferWish::Select(0)));
    assert_eq!(clicked(&mut window, Role::Button, "Compare \"\""), wish(DifferWish::Beside(2)));
    assert_eq!(clicked(&mut window, Role::Button, "Hide who draws differently"), [UiAction::Run(CommandId::Differ)]);
    // Another column; one of texts has no groups.
    assert!(clicked(&mut window, Role::Button, "Groups by").is_empty());
    assert!(clicked(&mut window, Role::MenuItemRadio, "note").is_empty());
    assert!(clicked(&mut window, Role::Button, "Groups by").is_empty());
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "recognized"), wish(DifferWish::By("recognized".to_owned())));
    // A bin of numbers is no value that could be kept.
    let mut window = shown(DifferModel { found: Some(found()), can_keep: false, ..NONE });
    assert!(clicked(&mut window, Role::Button, "Only KR").is_empty());
    assert_eq!(clicked(&mut window, Role::Button, "Select KR"), wish(DifferWish::Select(1)));
}

#[test]
fn two_groups_are_beside_each_other_with_their_means_medoids_and_difference() {
    let side = |rows, medoid| Side { rows, ink: vec![255 * u64::from(rows) / 2; 8], medoid: Some(medoid) };
    let p = vec![0.002, 0.05, 0.051, 1.0, 1.0, 1.0, 1.0, 1.0];
    let beside = SideBySide { sides: [side(1234, 71), side(56, 93)], p, permutations: 500 };
    let beside: &'static Arc<SideBySide> = Box::leak(Box::new(Arc::new(beside)));
    let pair = DifferModel { found: Some(found()), pair: [Some(1), Some(0)], ..NONE };
    let mut window = shown(DifferModel { beside: Some(beside), ..pair });
    for text in ["KR · US", "KR · mean of 1,234", "US · mean of 56", "more ink: KR", "more ink: US"] {
        assert!(says(&window, text), "{text}");
    }
    assert!(says(&window, "2 of 8 pixels differ more than by chance (p ≤ 0.05)"));
    let places: Vec<_> = ["Mean of KR: 1,234 drawings", "Mean of US: 56 drawings", "Difference of KR and US"]
        .map(|label| window.get_by_role_and_label(Role::Image, label).rect())
        .into();
    assert_eq!(out(&window).beside, places);
    assert!(places[0].top() == places[1].top() && places[0].right() < places[1].left(), "{places:?}");
    assert!(places[2].top() > places[0].bottom(), "{places:?}");
    // All within the panel, twice as wide as high, as the drawings are.
    let panel = out(&window).panels.iter().find(|panel| panel.contains_rect(places[0])).copied().unwrap();
    for place in &places {
        assert!(panel.contains_rect(*place), "{place:?} in {panel:?}");
        assert_eq!(place.width(), 2.0 * place.height());
    }
    let rows: Vec<u32> = out(&window).drawings.iter().map(|slot| slot.row).collect();
    assert!(rows.contains(&71) && rows.contains(&93), "{rows:?}");
    assert_eq!(clicked(&mut window, Role::Button, "Row 93"), [UiAction::PinRow(93)]);
    assert_eq!(clicked(&mut window, Role::Button, "Compare no groups"), [UiAction::Differ(DifferWish::Alone)]);
    // On the way, and where it cannot be.
    assert!(says(&shown(DifferModel { beside_progress: Some(0.25), ..pair }), "comparing both… 25 %"));
    assert!(says(&shown(DifferModel { why_not_beside: Some("too many pixels"), ..pair }), "too many pixels"));
    let one = shown(DifferModel { pair: [Some(1), None], ..pair });
    assert!(says(&one, "compare another group with it") && out(&one).beside.is_empty());
}

#[test]
fn where_there_is_nothing_yet_it_says_why() {
    let of = |differ, more: fn(&mut UiModel<'static>)| {
        let mut model = model(differ);
        more(&mut model);
        let mut window = desk(&model);
        window.run();
        window
    };
    assert!(says(&of(DifferModel { progress: Some(0.4), ..NONE }, |_| ()), "comparing all drawings… 40 %"));
    assert!(says(&of(NONE, |model| model.rows_loaded = 5), "once all drawings have been read"));
    let stopped = of(NONE, |model| (model.rows_loaded, model.loading_stopped) = (5, true));
    assert!(says(&stopped, "the drawings were not read to their end"));
    let none = DifferModel { why_no_columns: Some("there are no records to go by"), ..NONE };
    assert!(says(&of(none, |_| ()), "there are no records to go by"));
    assert!(says(&of(DifferModel { why_not: Some("no room"), ..NONE }, |_| ()), "no room"));
    let small = Differing { found: Assortment { groups: Vec::new(), ..found().found.clone() }, ..found().clone() };
    let small = DifferModel { found: Some(Box::leak(Box::new(small))), ..NONE };
    assert!(says(&of(small, |_| ()), "no group is large enough: 20 drawings at least are needed"));
}
