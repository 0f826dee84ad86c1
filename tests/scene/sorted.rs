//! `sorted`: every drawing in a cell of its own, like ones side by side.

use inkfield::data::columns::{BatchBuilder, Columns, Value};
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::values::ValueMap;
use inkfield::likeness::SetCodes;
use inkfield::likeness::comparison::Comparison;
use inkfield::progress::{Progress, Watcher};
use inkfield::scene::camera::Viewport;
use inkfield::scene::layout::{Kept, Layout, LayoutError, LayoutKind, LayoutParams, SortedFrom};
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
    sorted_with(params, None).unwrap()
}

fn sorted_with(params: LayoutParams, columns: Option<&Columns>) -> Result<Arc<Layout>, LayoutError> {
    let mut scene = scene();
    scene.codes = Some(Arc::clone(&CODES));
    scene.settings.layout_params = params;
    scene.set_layout(LayoutKind::SORTED, columns, true)?;
    Ok(Arc::clone(&scene.placed().layout))
}

fn within(column: &str) -> LayoutParams {
    LayoutParams { sorted_within: Some(column.to_owned()), ..LayoutParams::default() }
}

/// Of ten rows five are owls, two cats, two dogs, and one is nothing; numbers that all differ, and some that do not.
fn columns() -> Columns {
    let mut builder = BatchBuilder::new();
    for row in 0..ROWS {
        builder.push_row();
        if let Some(kind) = ["owl", "owl", "owl", "owl", "owl", "dog", "dog", "cat", "cat"].get(row as usize * 7 % 10) {
            builder.set("kind", Value::Text(kind));
        }
        builder.set("weight", Value::Number(f64::from(row) * 0.5 + 0.25));
        builder.set("size", Value::Number(f64::from(row % 700) + 0.25));
    }
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(ROWS);
    columns
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

#[test]
fn within_a_column_each_value_has_a_block_of_its_own_sorted_by_itself() {
    let columns = columns();
    let layout = sorted_with(within("kind"), Some(&columns)).unwrap();
    assert_eq!((layout.kind, layout.rows(), layout.overlaps), (LayoutKind::SORTED, ROWS, false));
    let headings: Vec<(&str, u32)> = layout.labels.iter().map(|label| (&*label.text_value, label.rows)).collect();
    assert_eq!(headings, [("owl", 750), ("cat", 300), ("dog", 300), ("", 150)], "as `groups` has them, none last");
    let (order, blocks) = (rows_of(&layout), &layout.lattice.as_ref().unwrap().blocks);
    let kind = columns.get("kind").unwrap();
    for (block, label) in blocks.iter().zip(&layout.labels) {
        let own = &order[block.start as usize..(block.start + block.rows) as usize];
        assert!(own.iter().all(|&row| kind.text(inkfield::data::Row(row)) == label.text_value));
        for (at, &row) in (0_u32..).zip(own) {
            let corner = glam::DVec2::new(label.block.min.x, label.block.max.y);
            let cell = glam::DVec2::new(f64::from(at % block.columns) + 0.5, -f64::from(at / block.columns) - 0.5);
            assert_eq!(layout.center(row), Some(corner + cell), "{}: row {row}", label.text_value);
        }
        let mut as_they_come = own.to_vec();
        as_they_come.sort_unstable();
        assert!(as_they_come.windows(2).all(|pair| pair[0] < pair[1]), "each once");
        let [before, now] = [&as_they_come, own].map(|rows| likeness(rows, block.columns as usize));
        assert!(now > before + 0.1, "{}: {before:.3} in file order, {now:.3} sorted", label.text_value);
    }
    // The places are those of `groups`, by whichever drawings.
    let mut groups = scene();
    groups.settings.layout_params.by = Some("kind".to_owned());
    groups.set_layout(LayoutKind::GROUPS, Some(&columns), true).unwrap();
    let all = |layout: &Layout| {
        let mut all = layout.fixed().to_vec();
        all.sort_unstable();
        all
    };
    assert_eq!(all(&layout), all(&groups.placed().layout));
    assert_eq!(sorted_with(within("size"), Some(&columns)).unwrap().labels.len(), 14, "numbers are put into bins");
}

/// What a sorted grid says of itself.
fn dpq16(layout: &Layout) -> f64 {
    let said = layout.quality.as_deref().unwrap();
    let figure = said.split("DPQ16 of ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
    figure.parse().unwrap()
}

#[test]
fn a_grid_that_starts_from_the_map_is_better_and_says_so() {
    use inkfield::likeness::sorted::quality;
    let by_map = LayoutParams { sorted_from: SortedFrom::Map, ..LayoutParams::default() };
    let [plain, mapped] = [LayoutParams::default(), by_map.clone()].map(sorted);
    for layout in [&plain, &mapped] {
        let mut cell_of = vec![0; ROWS as usize];
        (0..).zip(rows_of(layout)).for_each(|(cell, row)| cell_of[row as usize] = cell);
        let columns = layout.bounds.size().x as u32;
        let codes = &CODES.codes;
        let of_all = quality(codes.values(), codes.width(), &cell_of, columns, 1500, 0, Progress::NONE).unwrap();
        assert!((of_all - dpq16(layout)).abs() < 0.001, "{of_all} {:?}", layout.quality);
    }
    assert!(dpq16(&mapped) > dpq16(&plain) + 0.01, "{:?} {:?}", plain.quality, mapped.quality);
    assert_ne!(rows_of(&plain), rows_of(&mapped));
    // What the map goes by counts for the grid where it starts from it, and else not.
    let few = |from| LayoutParams { perplexity: Some(5), sorted_from: from, ..LayoutParams::default() };
    assert_ne!(rows_of(&sorted(few(SortedFrom::Map))), rows_of(&mapped));
    let own = |params: &LayoutParams| LayoutKind::SORTED.own_params(params, true, None);
    assert_eq!(own(&few(SortedFrom::Codes)), own(&LayoutParams::default()));
    let blocks = sorted_with(LayoutParams { sorted_within: Some("kind".to_owned()), ..by_map }, Some(&columns()));
    let said = blocks.unwrap().quality.clone().unwrap();
    assert!(said.starts_with("the blocks of this grid are in the mean sorted to a DPQ16 of "), "{said}");
}

#[test]
fn the_plain_grid_is_shown_before_the_map_is_made_and_the_map_can_be_given_up() {
    let mut scene = scene();
    scene.settings.layout_params.sorted_from = SortedFrom::Map;
    let request = scene.request(LayoutKind::SORTED, None);
    let (_, looks, parts, _) = made(&request, u32::MAX);
    assert!(parts.windows(2).all(|pair| pair[0] < pair[1]) && parts.last() == Some(&1.0), "{parts:?}");
    // Half of the work is the map.
    let (given_up, _, parts, published) = made(&request, looks / 2);
    assert!(matches!(given_up, Err(LayoutError::Cancelled(_))) && published >= 1, "{given_up:?}, {published}");
    assert!(parts.last().is_some_and(|&part| part > 0.1 && part < 1.0), "{parts:?}");
}

#[test]
fn kept_drawings_stay_in_their_cells_and_others_are_sorted_around_them() {
    let columns = columns();
    for params in [LayoutParams::default(), within("kind")] {
        let before = sorted_with(params.clone(), Some(&columns)).unwrap();
        let is_kept = |row: u32| row.is_multiple_of(5);
        let kept = Kept::of(before.lattice.as_ref().unwrap(), is_kept).unwrap();
        let params = LayoutParams { kept, seed: 3, ..params };
        let after = sorted_with(params.clone(), Some(&columns)).unwrap();
        let moved = |is_of: &dyn Fn(u32) -> bool| {
            (0..ROWS).filter(|&row| is_of(row) && before.center(row) != after.center(row)).count()
        };
        assert_eq!(moved(&is_kept), 0);
        assert!(moved(&|row| !is_kept(row)) > ROWS as usize / 2);
        // A session and every step of the history have it.
        let text = serde_json::to_string(&params).unwrap();
        assert_eq!(serde_json::from_str::<LayoutParams>(&text).unwrap(), params);
        // Of a part those of its rows stay, as long as it has their cells.
        let all = LayoutParams { only: Some("@row >= 0".to_owned()), ..params };
        assert_eq!(sorted_with(all.clone(), Some(&columns)).unwrap().fixed(), after.fixed());
        let few = LayoutParams { only: Some("@row < 300".to_owned()), ..all };
        let error = sorted_with(few, Some(&columns)).unwrap_err().to_string();
        assert!(error.starts_with("cannot sort by likeness: "), "{error}");
    }
    let too_many: Result<Kept, String> = (0..=65_536).map(|row| (row, row)).collect::<Vec<_>>().try_into();
    let error = too_many.unwrap_err();
    assert_eq!(error, "65,537 drawings are to stay in their cells, and 65,536 at most can: select fewer");
}

#[test]
fn columns_that_make_no_blocks_are_refused_in_words() {
    let columns = columns();
    let refused =
        |column: &str, columns: Option<&Columns>| sorted_with(within(column), columns).unwrap_err().to_string();
    assert_eq!(
        refused("land", Some(&columns)),
        "cannot sort within land: there is no such column; known are kind, weight, size"
    );
    let own = refused("weight", Some(&columns));
    assert!(own.starts_with("cannot sort within weight: each drawing has a value of its own; choose"), "{own}");
    let none = refused("kind", None);
    assert!(none.starts_with("cannot sort within kind: there are no records"), "{none}");
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
