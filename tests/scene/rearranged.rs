//! Layouts of those rows alone that a condition keeps: as those of a set that has no others, which lie aside and are hidden.

use super::switching::{columns_of, params};
use glam::DVec2;
use inkfield::data::Row;
use inkfield::data::columns::Columns;
use inkfield::scene::camera::Viewport;
use inkfield::scene::layout::{LAYOUTS, Layout, LayoutKind, LayoutParams};
use inkfield::scene::oracle::pick_among;
use inkfield::scene::rows::appearance::Appearance;
use inkfield::scene::{Scene, Settings};

const ROWS: u32 = 700;
const CONDITION: &str = "letter = a and digit != 3";

fn is_kept(row: u32) -> bool {
    row.is_multiple_of(2) && row % 5 != 3
}

fn scene(rows: u32, kind: LayoutKind, layout_params: LayoutParams, filter: Option<&str>, columns: &Columns) -> Scene {
    let appearance =
        Appearance { filter: filter.map(|text| text.parse().unwrap()), fades: true, ..Appearance::default() };
    let settings = Settings { layout: kind, layout_params, appearance, ..Settings::default() };
    let mut scene = Scene::new(rows, 64, settings, Viewport::new(800, 600, 1.0), Some(columns)).unwrap();
    scene.restyle(Some(columns)).unwrap();
    scene.rows_arrived(&vec![0; rows as usize], &[]);
    scene
}

/// The rows in the cells of a lattice are those that lie there.
fn assert_cells(layout: &Layout, kept: &[u32]) {
    let Some(lattice) = &layout.lattice else { return };
    let (order, unit) = (lattice.order.as_ref().unwrap(), 1 << layout.frac_bits());
    let mut seen = order.clone();
    seen.sort_unstable();
    assert_eq!(seen, kept, "each once and no other");
    for block in &lattice.blocks {
        for at in 0..block.rows {
            let (column, line) = ((at % block.columns) as i32, (at / block.columns) as i32);
            let center = [block.left_top[0] + column * unit + unit / 2, block.left_top[1] - line * unit - unit / 2];
            assert_eq!(layout.fixed()[order[(block.start + at) as usize] as usize], center, "{:?}", layout.kind);
        }
    }
}

#[test]
fn what_is_left_lies_as_if_there_were_nothing_else() {
    let columns = columns_of(ROWS);
    let kept: Vec<u32> = (0..ROWS).filter(|&row| is_kept(row)).collect();
    let own = columns.taken(&kept);
    for &kind in LAYOUTS.iter().filter(|kind| !kind.reads_drawings()) {
        let (all, _folder) = params(kind, ROWS);
        let only = LayoutParams { only: Some(CONDITION.to_owned()), ..all.clone() };
        let part = scene(ROWS, kind, only, Some(CONDITION), &columns);
        let layout = &part.placed().layout;
        assert_eq!((layout.rows(), layout.kind), (ROWS, kind));
        // A file has places for rows by their numbers.
        let (other, row_of): (Scene, fn(usize, u32) -> u32) = if kind.reads_file(&LayoutParams::default()) {
            (scene(ROWS, kind, all, None, &columns), |_, row| row)
        } else {
            (scene(kept.len() as u32, kind, all, None, &own), |at, _| at as u32)
        };
        let alone = &other.placed().layout;
        assert_eq!(
            (layout.bounds, &layout.labels, &layout.axes, &layout.note),
            (alone.bounds, &alone.labels, &alone.axes, &alone.note),
            "{kind}"
        );
        for (at, &row) in kept.iter().enumerate() {
            assert_eq!(layout.center(row), alone.center(row_of(at, row)), "{kind}: row {row}");
        }
        assert_cells(layout, &kept);
        for row in 0..ROWS {
            // The others are hidden although what a filter leaves out fades.
            let style = part.row_table().style(row);
            assert_eq!(
                (layout.is_placed(row), style.hidden, part.is_found(row)),
                (is_kept(row), !is_kept(row), is_kept(row)),
                "{kind}"
            );
            if !is_kept(row) {
                let corner = DVec2::new(layout.bounds.max.x, layout.bounds.min.y);
                assert!((layout.center(row).unwrap() - corner).abs().max_element() < 1e-4, "{kind}");
            }
        }
        // The reference finds those that are there.
        let (view, placed) = (part.view(), part.placed());
        for &row in kept.iter().step_by(37) {
            let [left, top, side] = part.square_px(Row(row)).unwrap();
            let at = DVec2::new(left + side / 2.0, top + side / 2.0);
            let found = pick_among(&view, &placed.layout, &placed.index, &|row| part.is_found(row), at, 0.0);
            let found = found.unwrap_or_else(|| panic!("{kind}: nothing at row {row}"));
            assert!(is_kept(found.row.0) && (layout.overlaps || found.row.0 == row), "{kind}: {found:?}");
        }
    }
}

#[test]
fn all_rows_come_back_with_their_looks() {
    let columns = columns_of(ROWS);
    let only = LayoutParams { only: Some(CONDITION.to_owned()), ..LayoutParams::default() };
    let mut scene = scene(ROWS, LayoutKind::GRID, only, None, &columns);
    assert!(scene.is_styled() && scene.row_table().style(1).hidden);
    let part = scene.snapshot();
    scene.settings.layout_params.only = None;
    scene.set_layout(LayoutKind::GRID, Some(&columns), false).unwrap();
    assert!(!scene.is_styled());
    scene.restyle(Some(&columns)).unwrap();
    assert!(scene.is_styled() && !(0..ROWS).any(|row| scene.row_table().style(row).hidden));
    // And a snapshot of the part asks for it again.
    let request = scene.request_of(&part, Some(&columns)).expect("another layout");
    let placed = scene.known_placement(&request).expect("made before");
    scene.restore(&part, Some(placed));
    assert!(!scene.is_styled());
    scene.restyle(Some(&columns)).unwrap();
    assert_eq!(
        (0..ROWS).filter(|&row| !scene.row_table().style(row).hidden).count(),
        (0..ROWS).filter(|&row| is_kept(row)).count()
    );
}

#[test]
fn nothing_left_and_a_wrong_condition_are_refused() {
    let columns = columns_of(ROWS);
    let error = |condition: &str| {
        let layout_params = LayoutParams { only: Some(condition.to_owned()), ..LayoutParams::default() };
        let settings = Settings { layout_params, ..Settings::default() };
        Scene::new(ROWS, 64, settings, Viewport::new(800, 600, 1.0), Some(&columns)).unwrap_err().to_string()
    };
    assert!(error("letter = q").contains("keeps no drawing"));
    let told = error("lettre = a");
    assert!(told.contains("there is no column lettre") && told.contains("the nearest is letter"), "{told}");
}

#[test]
fn a_layout_goes_by_the_columns_that_are_named_and_by_no_others() {
    let of = |by: &str, sort: &str, only: &str| {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        LayoutParams { by: some(by), sort: some(sort), only: some(only), ..LayoutParams::default() }
    };
    for params in [
        of("tag", "", ""),
        of("n,tag", "", ""),
        of("", "tag:desc", ""),
        of("", "tag", ""),
        of("", "", "n > 1 and not tag in (\"A\", \"B\")"),
    ] {
        assert!(params.goes_by("tag"), "{params:?}");
    }
    for params in [of("stage", "", ""), of("n,vintage", "", ""), of("", "stage:desc", ""), of("", "", "stage = tags")] {
        assert!(!params.goes_by("tag"), "{params:?}");
    }
}
