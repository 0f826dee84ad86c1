//! `sorted`: every drawing in a cell of its own, like ones side by side.

use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::values::ValueMap;
use inkfield::likeness::SetCodes;
use inkfield::likeness::comparison::Comparison;
use inkfield::progress::{Progress, Watcher};
use inkfield::scene::camera::Viewport;
use inkfield::scene::layout::{Layout, LayoutError, LayoutKind, LayoutParams};
use inkfield::scene::{Known, PlacementRequest, Scene, Settings};
use std::cell::{Cell, RefCell};
use std::sync::{Arc, LazyLock};

const ROWS: u32 = 1500;

static CODES: LazyLock<Arc<SetCodes>> = LazyLock::new(|| {
    let dataset = Dataset::open(&[format!("demo:{ROWS}:7")], &OpenOptions::default()).unwrap();
    Arc::new(SetCodes::of(&dataset, &ValueMap::default().table(), &Comparison::default(), Progress::NONE).unwrap())
});

fn scene() -> Scene {
    Scene::new(ROWS, 1 << 20, Settings::default(), Viewport::new(800, 600, 1.0), None).unwrap()
}

fn sorted(params: LayoutParams) -> Arc<Layout> {
    let mut scene = scene();
    scene.codes = Some(Arc::clone(&CODES));
    scene.settings.layout_params = params;
    scene.set_layout(LayoutKind::SORTED, None, true).unwrap();
    Arc::clone(&scene.placed().layout)
}

/// The rows of the cells in reading order.
fn rows_of(layout: &Layout) -> Vec<u32> {
    layout.lattice.as_ref().unwrap().order.clone().unwrap()
}

/// How alike drawings are that lie side by side or one above the other, in the mean.
fn likeness(order: &[u32], columns: usize) -> f64 {
    let code = |at: usize| CODES.codes.row(order[at]).unwrap();
    let dot = |a: usize, b: usize| code(a).iter().zip(code(b)).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum::<f64>();
    let beside = (1..order.len()).filter(|at| at % columns != 0).map(|at| (at - 1, at));
    let above = (columns..order.len()).map(|at| (at - columns, at));
    let pairs: Vec<f64> = beside.chain(above).map(|(a, b)| dot(a, b) / (127.0 * 127.0)).collect();
    pairs.iter().sum::<f64>() / pairs.len() as f64
}

#[test]
fn like_drawings_lie_side_by_side_each_in_a_cell_of_its_own() {
    let (grid, layout) = (scene(), sorted(LayoutParams::default()));
    let grid = &grid.placed().layout;
    assert_eq!((layout.kind, layout.rows(), layout.overlaps), (LayoutKind::SORTED, ROWS, false));
    assert_eq!(
        (layout.bounds, &layout.lattice.as_ref().unwrap().blocks),
        (grid.bounds, &grid.lattice.as_ref().unwrap().blocks)
    );
    let order = rows_of(&layout);
    let mut all = order.clone();
    all.sort_unstable();
    assert!(all.into_iter().eq(0..ROWS), "each row once");
    let columns = layout.bounds.size().x as usize;
    for (at, &row) in order.iter().enumerate() {
        let cell = glam::DVec2::new((at % columns) as f64 + 0.5, -((at / columns) as f64) - 0.5);
        assert_eq!(layout.center(row), Some(cell));
    }
    let as_they_come = likeness(&(0..ROWS).collect::<Vec<_>>(), columns);
    let now = likeness(&order, columns);
    // Each drawing's own two nearest are an upper bound.
    let nearest = |row| inkfield::likeness::query::nearest(&CODES.codes, inkfield::likeness::query::Of::Row(row), 2);
    let dots = (0..ROWS).flat_map(nearest).map(|found| f64::from(found.similarity) / (127.0 * 127.0));
    let best = dots.sum::<f64>() / f64::from(2 * ROWS);
    assert!(
        now - as_they_come > 0.5 * (best - as_they_come),
        "{as_they_come:.3} in file order, {now:.3} sorted, {best:.3} at best"
    );
}

#[test]
fn seeds_and_columns_decide_it_and_nothing_else_does() {
    let of = |seed, columns| rows_of(&sorted(LayoutParams { seed, columns, ..LayoutParams::default() }));
    let first = of(0, None);
    assert_eq!(first, of(0, None));
    assert_ne!(first, of(1, None));
    let narrow = sorted(LayoutParams { columns: Some(10), ..LayoutParams::default() });
    assert_eq!(narrow.bounds.size(), glam::DVec2::new(10.0, 150.0));
    let error = scene().set_layout(LayoutKind::SORTED, None, true).unwrap_err().to_string();
    assert_eq!(error, "cannot go by likeness: the drawings have not been compared");
}

/// What came of a placement that is given up at its `allowed`-th look, and how far it said it was.
fn made(request: &PlacementRequest, allowed: u32) -> (Result<(), LayoutError>, u32, Vec<f64>, u32) {
    let (looks, parts, mut published) = (Cell::new(0), RefCell::new(Vec::new()), 0);
    let is_wanted = || {
        looks.set(looks.get() + 1);
        looks.get() < allowed
    };
    let tell = |part| parts.borrow_mut().push(part);
    let known = Known { codes: Some(&CODES.codes), ..Known::default() };
    let made = request.make(known, Watcher::new(&is_wanted, &tell).progress(), &mut |_| {
        published += 1;
        Ok(())
    });
    (made, looks.get(), parts.take(), published)
}

#[test]
fn it_says_how_far_it_is_and_can_be_given_up_at_any_look() {
    let request = scene().request(LayoutKind::SORTED, None);
    let (whole, looks, parts, published) = made(&request, u32::MAX);
    assert!(whole == Ok(()) && published >= 2, "{whole:?}, {published}");
    assert!(parts.windows(2).all(|pair| pair[0] < pair[1]) && parts.last() == Some(&1.0), "{parts:?}");
    assert!(parts.len() > 50, "{} steps", parts.len());
    // How many placements come on the way, each with an index that looks in, depends on the time: so does which look is the last.
    for allowed in [1, 2, 10, looks / 4, looks / 2] {
        let (given_up, seen, parts, _) = made(&request, allowed);
        assert!(matches!(given_up, Err(LayoutError::Cancelled(_))), "at look {allowed}: {given_up:?}");
        assert!(seen - allowed < 8, "it looked in {} times more", seen - allowed);
        assert!(parts.last() != Some(&1.0));
    }
}
