//! What boxes and lassos select, against a test of every row by other means; and what becomes of a selection.

use glam::DVec2;
use inkfield::scene::camera::{Bounds, Viewport};
use inkfield::scene::layout::{LayoutKind, splitmix64};
use inkfield::scene::rows::{RowColors, RowStyle};
use inkfield::scene::selection::{Combine, Polygon, Region, Selection};
use inkfield::scene::{Scene, Settings};

/// Numbers in 0…1, the same in every run.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(1);
        (splitmix64(self.0) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn point(&mut self, bounds: &Bounds) -> DVec2 {
        let (x, y) = (self.next(), self.next());
        // Some lie outside of everything.
        bounds.min + bounds.size() * (DVec2::new(x, y) * 1.2 - 0.1)
    }
}

fn scene(rows: u32, layout: LayoutKind) -> Scene {
    let settings = Settings { layout, ..Settings::default() };
    let mut scene = Scene::new(rows, u32::MAX, settings, Viewport::new(900, 700, 1.0), None).unwrap();
    scene.rows_arrived(&vec![0; rows as usize], &vec![[0; 2]; rows as usize]);
    scene
}

/// Even-odd by the angles that the line turns about a point: how often it goes round is the sum of them in full turns.
fn encloses(line: &[DVec2], point: DVec2) -> bool {
    let angles = line.iter().zip(line.iter().cycle().skip(1)).map(|(&a, &b)| (a - point).angle_to(b - point));
    // A line that crosses itself goes round an even number of times where it encloses twice; a ray says the same.
    let turns = (angles.sum::<f64>() / std::f64::consts::TAU).round() as i64;
    turns.rem_euclid(2) == 1
}

fn by_every_row(scene: &Scene, is_in: impl Fn(DVec2) -> bool + Sync) -> Selection {
    Selection::where_true(scene.rows(), |row| is_in(scene.placed().layout.center(row).unwrap()))
}

#[test]
fn a_lasso_selects_what_its_line_goes_round_an_odd_number_of_times() {
    let mut draws = Draws(7);
    for layout in [LayoutKind::GRID, LayoutKind::INDEX] {
        let scene = scene(3_000, layout);
        let bounds = scene.placed().layout.bounds;
        let mut sizes = Vec::new();
        for corners in (0..60).map(|i| 3 + i % 23) {
            // Corners at random: from seven on hardly any such line does not cross itself.
            let line: Vec<DVec2> = (0..corners).map(|_| draws.point(&bounds)).collect();
            let selected = scene.rows_in(&Region::Lasso(Polygon::new(&line)));
            assert_eq!(selected, by_every_row(&scene, |center| encloses(&line, center)), "{layout}: {line:?}");
            sizes.push(selected.count());
        }
        sizes.sort_unstable();
        assert!(sizes[10] > 50 && sizes[50] > 1_000, "{sizes:?}");
    }
}

#[test]
fn a_lasso_is_exact_among_a_million() {
    let scene = scene(1_000_000, LayoutKind::INDEX);
    let bounds = scene.placed().layout.bounds;
    // A hand's line: 400 corners about the middle, trembling, crossing itself at its end.
    let mut draws = Draws(99);
    let line: Vec<DVec2> = (0..400)
        .map(|i| {
            let angle = f64::from(i) / 380.0 * std::f64::consts::TAU;
            let reach = 0.3 + 0.04 * draws.next() + 0.1 * (3.0 * angle).sin();
            bounds.middle() + bounds.size() * reach * DVec2::from_angle(angle)
        })
        .collect();
    let selected = scene.rows_in(&Region::Lasso(Polygon::new(&line)));
    assert_eq!(selected, by_every_row(&scene, |center| encloses(&line, center)));
    assert!((200_000..600_000).contains(&selected.count()), "{}", selected.count());
}

#[test]
fn a_box_selects_the_centres_in_it_its_edges_included() {
    let mut scene = scene(1_000, LayoutKind::GRID);
    let columns = (1.3_f64 * 1_000.0).sqrt().round() as u32;
    // The centre of row 37 is the box's lower left corner, and no other centre.
    let corner = scene.placed().layout.center(37).unwrap();
    let region = Region::Box(Bounds::new(corner, corner + DVec2::new(2.2, 1.0)));
    scene.select_region(&region, Combine::Replace);
    let first = 37 - columns;
    assert_eq!(scene.selection().rows().collect::<Vec<_>>(), [first, first + 1, first + 2, 37, 38, 39]);
    // All of it, less the box.
    let all = scene.placed().layout.bounds;
    scene.select_region(&Region::Box(all), Combine::Add);
    assert_eq!(scene.selection().count(), 1_000);
    scene.select_region(&region, Combine::Remove);
    assert_eq!(scene.selection().count(), 994);
}

#[test]
fn what_cannot_be_found_is_not_selected_and_what_is_selected_stays_so_when_it_is_hidden() {
    let mut scene = scene(1_000, LayoutKind::GRID);
    let all = Region::Box(scene.placed().layout.bounds);
    scene.set_styles(RowColors::None, |row| RowStyle {
        hidden: row < 10,
        faded: (10..30).contains(&row),
        ..RowStyle::default()
    });
    scene.select_region(&all, Combine::Replace);
    assert_eq!(scene.selection(), &Selection::where_true(1_000, |row| row >= 30));
    assert_eq!(scene.all_found(), *scene.selection());
    scene.set_styles(RowColors::None, |row| RowStyle { hidden: row % 2 == 0, ..RowStyle::default() });
    assert_eq!(scene.selection().count(), 970);
    let style = |row| scene.row_table().style(row);
    assert!(style(40).hidden && style(40).selected && style(41).selected && !style(11).selected);
}

#[test]
fn a_snapshot_holds_the_selection() {
    let mut scene = scene(1_000, LayoutKind::GRID);
    let before = scene.snapshot();
    scene.select(Selection::of_rows(1_000, [3, 4, 5, 999]));
    let after = scene.snapshot();
    assert!(before != after && scene.row_table().selects());
    scene.restore(&before, None);
    assert!(scene.selection().is_empty() && !scene.row_table().selects());
    let read: inkfield::scene::snapshot::Snapshot =
        serde_json::from_str(&serde_json::to_string(&after).unwrap()).unwrap();
    scene.restore(&read, None);
    assert_eq!(scene.selection().rows().collect::<Vec<_>>(), [3, 4, 5, 999]);
}

#[test]
fn outlines_are_those_of_selected_drawings_in_sight_from_eight_pixels_on() {
    let mut scene = scene(8_000, LayoutKind::GRID);
    scene.select(Selection::where_true(8_000, |row| row % 3 == 0));
    let look = |scene: &mut Scene, px: f64| {
        scene.settings.zoom = px / scene.viewport().fit_px_per_unit(&scene.placed().layout.bounds);
        scene.start_camera();
        let view = scene.view();
        let in_sight = |row: &u32| {
            let px = view.px_from_world(scene.placed().layout.center(*row).unwrap());
            let reach = view.side_px / 2.0;
            px.x > -reach && px.y > -reach && px.x < 900.0 + reach && px.y < 700.0 + reach
        };
        let expected = (0..8_000).filter(|row| row % 3 == 0).filter(in_sight).count();
        (scene.overlay().outlines_px, expected, view.side_px)
    };
    assert!(look(&mut scene, 7.99).0.is_empty());
    for px in [8.0, 60.0] {
        let (outlines, expected, side) = look(&mut scene, px);
        let seen = outlines.iter().filter(|&&[x, y, side]| x > -side && y > -side && x < 900.0 && y < 700.0).count();
        assert_eq!(seen, expected);
        assert!(outlines.iter().all(|square| (f64::from(square[2]) - side).abs() < 1e-3));
    }
}
