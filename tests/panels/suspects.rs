//! The panel of duplicates and odd drawings: what there is of each kind, what is asked of it, what it says while there is nothing.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use inkfield::app::commands::CommandId;
use inkfield::app::ui::{AcrossModel, ColumnModel, ColumnsModel, SuspectWish, SuspectsModel, UiAction, UiModel};
use inkfield::data::Cancel;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::ndjson::LineSpan;
use inkfield::headless::likeness::{Suspect, SuspectStrokes, Suspects};
use inkfield::likeness::duplicates::{Exact, NearPair};
use inkfield::progress::Progress;
use std::ops::ControlFlow;

use super::harness::{Window, clicked, desk, out, viewing};

const ACROSS: AcrossModel<'static> =
    AcrossModel { column: None, is_chosen: false, is_known: false, without_value: 0, why_not: None };
const NONE: SuspectsModel<'static> = SuspectsModel {
    findings: None,
    counts: [0; 5],
    progress: None,
    why_not: None,
    kind: Suspect::Near,
    distance: 0.1,
    at: None,
    across: ACROSS,
    strokes: None,
    why_no_strokes: None,
};

fn model(suspects: SuspectsModel<'static>) -> UiModel<'static> {
    UiModel { suspects: Some(suspects), ..viewing() }
}

fn found(at: Option<usize>, count: u32) -> SuspectsModel<'static> {
    let findings: Vec<Vec<u32>> = (0..count).map(|i| vec![i * 10, i * 10 + 3, i * 10 + 5]).collect();
    SuspectsModel { findings: Some(findings.leak()), counts: [12, count as usize, 1, 500, 0], at, ..NONE }
}

fn says(window: &Window, text: &str) -> bool {
    window.query_by_label_contains(text).is_some()
}

#[test]
fn findings_are_shown_by_their_drawings_and_answer_to_clicks() {
    let mut window = desk(&model(found(Some(1), 3)));
    window.run();
    assert!(says(&window, "2 of 3") && says(&window, "500"));
    let rows: Vec<u32> = out(&window).drawings.iter().map(|slot| slot.row).collect();
    assert!([0, 3, 5, 10, 13, 15, 20, 23, 25].iter().all(|row| rows.contains(row)), "{rows:?}");
    let wish = UiAction::Suspects;
    assert_eq!(
        clicked(&mut window, Role::Button, "Show equal, byte for byte"),
        [wish(SuspectWish::Show(Suspect::Equal))]
    );
    assert_eq!(clicked(&mut window, Role::Button, "Go to finding 3 · 3 drawings"), [wish(SuspectWish::GoTo(2))]);
    assert_eq!(clicked(&mut window, Role::Button, "Row 20"), [wish(SuspectWish::GoTo(2))]);
    assert_eq!(clicked(&mut window, Role::Button, "Row 23"), [UiAction::PinRow(23)]);
    assert_eq!(clicked(&mut window, Role::Button, "Next finding"), [UiAction::Run(CommandId::NextFinding)]);
    assert_eq!(clicked(&mut window, Role::Button, "Previous finding"), [UiAction::Run(CommandId::PreviousFinding)]);
    assert_eq!(
        clicked(&mut window, Role::Button, "Select what is listed"),
        [wish(SuspectWish::Select { spare: false })]
    );
    assert_eq!(
        clicked(&mut window, Role::Button, "Select what is to spare"),
        [wish(SuspectWish::Select { spare: true })]
    );
    assert!(window.query_by_role_and_label(Role::Slider, "How far apart near duplicates are at most").is_some());
    // Without columns there are no two sides.
    assert!(clicked(&mut window, Role::Button, "Show on both sides of a column").is_empty());
    let mut window = across(AcrossModel { column: Some("split"), is_known: true, ..ACROSS }, Suspect::Near);
    assert_eq!(
        clicked(&mut window, Role::Button, "Show on both sides of split"),
        [wish(SuspectWish::Show(Suspect::Across))]
    );
    assert!(says(&window, "3 findings"));
}

/// A window over a set with two columns.
fn across(across: AcrossModel<'static>, kind: Suspect) -> Window {
    const COLUMNS: &[ColumnModel<'static>] = &[
        ColumnModel { name: "split", kind: "category", is_text: false },
        ColumnModel { name: "file", kind: "text", is_text: true },
    ];
    let mut model = model(SuspectsModel { across, kind, ..found(None, 3) });
    model.columns = ColumnsModel { all: COLUMNS, color_by: Some("split"), ..ColumnsModel::default() };
    let mut window = desk(&model);
    window.run();
    window
}

#[test]
fn the_column_with_two_sides_is_chosen_from_all_there_are() {
    let wish = |column: Option<&str>| [UiAction::Suspects(SuspectWish::Across(column.map(str::to_owned)))];
    let split = AcrossModel { column: Some("split"), is_known: true, without_value: 3, ..ACROSS };
    let open = |window: &mut Window, column: &str| {
        let name = format!("On both sides of which column: {column}");
        assert!(clicked(window, Role::Button, &name).is_empty());
        window.run();
    };
    let mut window = across(split, Suspect::Across);
    assert!(says(&window, "3 duplicates have no value, and are on no side") && says(&window, "3 findings"));
    open(&mut window, "split");
    // A text that gives no colours has two sides as well.
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "file"), wish(Some("file")));
    let chosen = AcrossModel { column: Some("file"), is_chosen: true, ..ACROSS };
    let mut window = across(chosen, Suspect::Across);
    assert!(says(&window, "looking up its values…") && !says(&window, "3 findings"));
    open(&mut window, "file");
    assert_eq!(clicked(&mut window, Role::MenuItemRadio, "What gives the colours"), wish(None));
    let mut window = across(ACROSS, Suspect::Across);
    assert!(!says(&window, "looking up"));
    open(&mut window, "choose");
    assert!(says(&across(AcrossModel { why_not: Some("no room"), ..chosen }, Suspect::Across), "no room"));
    // The choice is shown where it counts alone.
    assert!(!says(&across(split, Suspect::Equal), "have no value"));
}

#[test]
fn findings_of_one_drawing_lie_side_by_side() {
    let odd: Vec<Vec<u32>> = (0..40).map(|i| vec![i * 7]).collect();
    let mut window =
        desk(&model(SuspectsModel { findings: Some(odd.leak()), kind: Suspect::Odd, at: Some(1), ..found(None, 3) }));
    window.run();
    let slots: Vec<_> = out(&window).drawings.iter().filter(|slot| [0, 7, 14].contains(&slot.row)).collect();
    let tops: Vec<f32> = slots.iter().map(|slot| slot.rect.top()).collect();
    assert_eq!((tops.len(), tops[0], tops[1]), (3, tops[1], tops[2]), "in one line");
    assert_eq!(clicked(&mut window, Role::Button, "Row 21"), [UiAction::Suspects(SuspectWish::GoTo(3))]);
}

#[test]
fn a_long_list_is_shown_where_the_walk_has_come_to() {
    let mut window = desk(&model(found(Some(5000), 9000)));
    window.run();
    let rows: Vec<u32> = out(&window).drawings.iter().map(|slot| slot.row).collect();
    assert!(rows.contains(&50_000) && !rows.contains(&0), "{rows:?}");
    assert!(says(&window, "5,001 of 9,000") && says(&window, "before"));
}

#[test]
fn where_there_is_nothing_yet_it_says_why() {
    let of = |suspects, more: fn(&mut UiModel<'static>)| {
        let mut model = model(suspects);
        more(&mut model);
        let mut window = desk(&model);
        window.run();
        window
    };
    assert!(says(&of(SuspectsModel { progress: Some(0.4), ..NONE }, |_| ()), "comparing all drawings… 40 %"));
    assert!(says(&of(NONE, |model| model.rows_loaded = 5), "once all drawings have been read"));
    let stopped = of(NONE, |model| (model.rows_loaded, model.loading_stopped) = (5, true));
    assert!(says(&stopped, "the drawings were not read to their end"));
    assert!(says(&of(SuspectsModel { why_not: Some("no room"), ..NONE }, |_| ()), "no room"));
    assert!(says(&of(SuspectsModel { findings: Some(&[]), ..NONE }, |_| ()), "none"));
    let mut window = of(NONE, |_| ());
    assert_eq!(clicked(&mut window, Role::Button, "Hide findings"), [UiAction::Run(CommandId::Suspects)]);
}

/// The strokes of a set with these records, of which rows 0 and 1 are equal, 2 and 3, 4 and 5, and 6 and 7 near.
fn strokes(records: &str) -> SuspectStrokes {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("set.npy");
    ndarray_npy::write_npy(&path, &ndarray::Array3::<u8>::zeros((8, 28, 28))).unwrap();
    std::fs::write(path.with_extension("ndjson"), records).unwrap();
    let dataset = Dataset::open(&[&path], &OpenOptions::default()).unwrap();
    let mut spans: Vec<LineSpan> = Vec::new();
    let keep = &mut |records: inkfield::data::dataset::RecordsProgress| {
        spans.extend(records.spans);
        ControlFlow::Continue(())
    };
    dataset.read_records(&Cancel::new(), keep).unwrap();
    let exact = Exact { groups: vec![vec![0, 1], vec![2, 3], vec![4, 5]], blank: Vec::new() };
    let near = vec![NearPair { row: 6, other: 7, distance: 0.05 }];
    let suspects = Suspects::new(8, exact, near, Vec::new());
    SuspectStrokes::of(&dataset, &spans, &suspects, 0.1, None, Progress::NONE).unwrap()
}

#[test]
fn by_each_group_it_says_whether_strokes_are_the_same_too() {
    let line = |x: u32| format!("{{\"drawing\":[[[{x},9],[0,0]]]}}\n");
    let records: String = [line(1), line(1), line(2), line(3), line(4), "{}\n".to_owned(), line(5), line(6)].concat();
    let known: &'static SuspectStrokes = Box::leak(Box::new(strokes(&records)));
    let equal: &'static [Vec<u32>] = vec![vec![0, 1], vec![2, 3], vec![4, 5]].leak();
    let near: &'static [Vec<u32>] = vec![vec![6, 7]].leak();
    let of = |kind, findings, distance, strokes| {
        let shown = SuspectsModel { findings: Some(findings), kind, distance, strokes, ..found(None, 3) };
        let mut window = desk(&model(shown));
        window.run();
        let words = ["same strokes", "same pixels only", "strokes not known", "different strokes"];
        words.map(|word| window.query_all_by_label(word).count())
    };
    assert_eq!(of(Suspect::Equal, equal, 0.1, Some(known)), [1, 1, 1, 0]);
    assert_eq!(of(Suspect::Near, near, 0.1, Some(known)), [0, 0, 0, 1]);
    // Near ones of another distance are other groups: nothing is said of them before it is known; equal ones stay what they are.
    assert_eq!(of(Suspect::Near, near, 0.2, Some(known)), [0; 4]);
    assert_eq!(of(Suspect::Equal, equal, 0.2, Some(known)), [1, 1, 1, 0]);
    assert_eq!(of(Suspect::Equal, equal, 0.1, None), [0; 4]);
    // Of records without any strokes that is said once.
    let none: &'static SuspectStrokes = Box::leak(Box::new(strokes(&"{\"word\":\"octopus\"}\n".repeat(8))));
    assert_eq!(of(Suspect::Equal, equal, 0.1, Some(none)), [0; 4]);
    let with = |strokes, why_no_strokes| {
        let shown =
            SuspectsModel { findings: Some(equal), kind: Suspect::Equal, strokes, why_no_strokes, ..found(None, 3) };
        let mut window = desk(&model(shown));
        window.run();
        window
    };
    assert!(says(&with(Some(none), None), "their records hold no strokes"));
    assert!(says(&with(None, Some("the file has changed")), "strokes are not known: the file has changed"));
}
