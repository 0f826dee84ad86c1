//! The flat maps: every drawing at a place of its plot, likes nearer each other than by their first two components alone, judged aloud.

use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::values::ValueMap;
use inkfield::likeness::SetCodes;
use inkfield::likeness::comparison::Comparison;
use inkfield::likeness::query::{Of, nearest};
use inkfield::progress::{Progress, Watcher};
use inkfield::scene::camera::Viewport;
use inkfield::scene::layout::{Layout, LayoutError, LayoutKind, LayoutParams};
use inkfield::scene::{Known, Scene, Settings};
use std::cell::Cell;
use std::sync::{Arc, LazyLock};

const ROWS: u32 = 900;
const MAPS: [LayoutKind; 3] = [LayoutKind::MAP, LayoutKind::UMAP, LayoutKind::PCA];

static CODES: LazyLock<Arc<SetCodes>> = LazyLock::new(|| {
    let dataset = Dataset::open(&[format!("demo:{ROWS}:5")], &OpenOptions::default()).unwrap();
    Arc::new(SetCodes::of(&dataset, &ValueMap::default().table(), &Comparison::default(), Progress::NONE).unwrap())
});

fn mapped(kind: LayoutKind, params: LayoutParams) -> Arc<Layout> {
    let settings = Settings { layout_params: params, ..Settings::default() };
    let mut scene = Scene::new(ROWS, u32::MAX, settings, Viewport::new(800, 600, 1.0), None).unwrap();
    scene.codes = Some(Arc::clone(&CODES));
    scene.set_layout(kind, None, true).unwrap();
    Arc::clone(&scene.placed().layout)
}

/// The share of each row's five true nearest that are among the five nearest on a map.
fn kept(layout: &Layout) -> f64 {
    let place = |row: u32| layout.center(row).unwrap();
    let mut found = 0;
    for row in 0..ROWS {
        let mut others: Vec<u32> = (0..ROWS).filter(|&other| other != row).collect();
        let away = |other: &u32| place(row).distance_squared(place(*other));
        others.sort_by(|a, b| away(a).total_cmp(&away(b)));
        let truth = nearest(&CODES.codes, Of::Row(row), 5);
        found += truth.iter().filter(|one| others[..5].contains(&one.row)).count();
    }
    f64::from(found as u32) / f64::from(5 * ROWS)
}

#[test]
fn maps_keep_neighbours_and_say_how_many() {
    let [map, umap, pca] = MAPS.map(|kind| mapped(kind, LayoutParams::default()));
    for layout in [&map, &umap, &pca] {
        assert_eq!((layout.rows(), layout.overlaps), (ROWS, true));
        let size = layout.bounds.size();
        assert!((size.x / size.y - 1.6).abs() < 1e-9);
        assert!((0..ROWS).all(|row| layout.bounds.contains(layout.center(row).unwrap())));
        let quality = layout.quality.as_deref().unwrap();
        assert!(quality.contains("trustworthy") && quality.contains("of the true neighbours"), "{quality}");
    }
    let [of_map, of_umap, of_pca] = [&map, &umap, &pca].map(|layout| kept(layout));
    assert!(of_map > 0.3 && of_map > 3.0 * of_pca, "{of_map:.3} by t-SNE, {of_umap:.3} by UMAP, {of_pca:.3} by PCA");
    assert!(of_umap > 2.0 * of_pca, "{of_umap:.3} by UMAP, {of_pca:.3} by PCA");
    // What it says of itself is of fifteen neighbours; it falls as the count here does.
    let said = map.quality.as_deref().unwrap().split(" trustworthy and keeps ").nth(1).unwrap();
    let said: f64 = said.split(" %").next().unwrap().parse().unwrap();
    assert!((said / 100.0 - of_map).abs() < 0.15, "it says {said} %, and {of_map:.3} was counted");
}

#[test]
fn the_same_seed_makes_the_same_map_on_any_number_of_threads() {
    let of = |params: &LayoutParams| mapped(LayoutKind::MAP, params.clone());
    let usual = LayoutParams::default();
    let first = of(&usual);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(first.fixed(), pool.install(|| of(&usual)).fixed());
    assert_ne!(first.fixed(), of(&LayoutParams { perplexity: Some(8), ..usual.clone() }).fixed());
    let square = of(&LayoutParams { aspect: "1:1".parse().unwrap(), ..usual });
    assert_eq!(square.bounds.size().x, square.bounds.size().y);
}

#[test]
fn rows_of_a_map_that_exists_keep_their_places_and_new_ones_come_among_those_like_them() {
    const KNOWN: u32 = 800;
    let folder = tempfile::TempDir::new().unwrap();
    let map = mapped(LayoutKind::MAP, LayoutParams::default());
    let at = |row: u32| map.center(row).unwrap();
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let line =
        |row: u32| if row < KNOWN { format!("{row},{},{}\n", at(row).x, at(row).y) } else { format!("{row},,\n") };
    let csv = write("known.csv", format!("row,x,y\n{}", (0..ROWS).map(line).collect::<String>()));
    let axis = |of: fn(glam::DVec2) -> f64| (0..KNOWN).map(|row| of(at(row))).collect::<Vec<f64>>();
    let arranged = serde_json::json!({"layout": "map", "x": axis(|at| at.x), "y": axis(|at| at.y), "quality": null});
    let json = write("known.json", arranged.to_string());
    let on = |kind: LayoutKind, path: &std::path::Path| {
        mapped(kind, LayoutParams { only_place: Some(path.to_owned()), seed: 3, ..LayoutParams::default() })
    };
    let placed = on(LayoutKind::MAP, &csv);
    assert_eq!(placed.fixed(), on(LayoutKind::MAP, &json).fixed());
    assert_eq!(placed.fixed(), on(LayoutKind::UMAP, &csv).fixed());
    let note = "not in known.csv, placed among those most like them: 100 drawings";
    assert_eq!((placed.note.as_deref(), &placed.quality), (Some(note), &None));
    // One scale and one shift for all.
    let now = |row: u32| placed.center(row).unwrap();
    let [far, near] = [0, 1].map(|side| {
        let by_x = |a: &u32, b: &u32| at(*a).x.total_cmp(&at(*b).x);
        if side == 0 { (0..KNOWN).max_by(by_x).unwrap() } else { (0..KNOWN).min_by(by_x).unwrap() }
    });
    let scale = (now(far) - now(near)).x / (at(far) - at(near)).x;
    for row in 0..KNOWN {
        let expected = now(near) + (at(row) - at(near)) * scale;
        assert!((now(row) - expected).length() < 1e-2, "row {row}: {} for {expected}", now(row));
    }
    for row in KNOWN..ROWS {
        let like = nearest(&CODES.codes, Of::Row(row), ROWS as usize).into_iter().map(|found| found.row);
        let near: Vec<_> = like.filter(|&other| other < KNOWN).take(15).map(now).collect();
        let low = near.iter().copied().reduce(glam::DVec2::min).unwrap() - 1e-3;
        let high = near.iter().copied().reduce(glam::DVec2::max).unwrap() + 1e-3;
        assert!(now(row).cmpge(low).all() && now(row).cmple(high).all(), "row {row} at {}", now(row));
    }
    let refused = |path: std::path::PathBuf| {
        let settings = Settings::default();
        let mut scene = Scene::new(ROWS, u32::MAX, settings, Viewport::new(800, 600, 1.0), None).unwrap();
        scene.codes = Some(Arc::clone(&CODES));
        scene.settings.layout_params.only_place = Some(path);
        scene.set_layout(LayoutKind::MAP, None, true).unwrap_err().to_string()
    };
    for (name, text, said) in [
        ("none.csv", "row,x,y\n3,,\n", "no drawing has a place in it"),
        ("odd.json", "{\"x\": [1, 2], \"y\": [1]}", "it has 2 x and 1 y"),
        ("cut.json", "{\"x\": [1, 2], \"y\": [1", "it cannot be read: EOF"),
    ] {
        let error = refused(write(name, text.to_owned()));
        assert!(error.starts_with("cannot place on the map of a file: ") && error.contains(said), "{error}");
    }
    assert!(refused(folder.path().join("missing.csv")).contains("no such file"));
}

#[test]
fn a_map_is_given_up_at_its_next_look() {
    let scene = Scene::new(ROWS, u32::MAX, Settings::default(), Viewport::new(800, 600, 1.0), None).unwrap();
    for kind in [LayoutKind::MAP, LayoutKind::UMAP] {
        let request = scene.request(kind, None);
        for allowed in [1, 50, 400] {
            let looks = Cell::new(0);
            let is_wanted = || {
                looks.set(looks.get() + 1);
                looks.get() < allowed
            };
            let known = Known { codes: Some(&CODES.codes), ..Known::default() };
            let watcher = Watcher::new(&is_wanted, &|_| ());
            let made = request.make(known, watcher.progress(), &mut |_| Ok(()));
            assert!(matches!(made, Err(LayoutError::Cancelled(_))), "{kind}, look {allowed}: {made:?}");
            assert!(looks.get() - allowed < 8, "{kind} looked in {} times more", looks.get() - allowed);
        }
    }
}
