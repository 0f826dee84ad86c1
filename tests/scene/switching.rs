//! A scene from layout to layout: what is computed, what comes back, and which columns are meant.

use inkfield::data::columns::{BatchBuilder, Columns, Value};
use inkfield::scene::camera::Viewport;
use inkfield::scene::layout::{LAYOUTS, LayoutKind, LayoutParams};
use inkfield::scene::{Scene, Settings};
use tempfile::TempDir;

/// 100 rows: `letter` has 2 values, `digit` 5, `weight` only numbers that differ.
pub fn columns() -> Columns {
    columns_of(100)
}

/// The same of any number of rows.
pub fn columns_of(rows: u32) -> Columns {
    let mut builder = BatchBuilder::new();
    for row in 0..rows {
        builder.push_row();
        builder.set("letter", Value::Text(["a", "b"][row as usize % 2]));
        builder.set("digit", Value::Text(["0", "1", "2", "3", "4"][row as usize % 5]));
        builder.set("weight", Value::Number(f64::from(row).powi(2) + 0.5));
        builder.set("size", Value::Number(f64::from(row % 7) - 0.25));
        builder.set("when", Value::Time(i64::from(row) * 3_600_000_000));
        builder.set("odd", Value::Flag(row % 2 == 1));
        builder.set("even", Value::Flag(row / 2 % 2 == 0));
    }
    let mut columns = Columns::new();
    columns.append(0, builder.finish());
    columns.finish(rows);
    columns
}

/// What a layout must be told, and the folder that holds what it reads.
pub fn params(kind: LayoutKind, rows: u32) -> (LayoutParams, Option<TempDir>) {
    if kind != LayoutKind::FILE {
        return (LayoutParams::default(), None);
    }
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("places.csv");
    let places: Vec<String> = (0..rows).map(|row| format!("{},{row}", row % 17)).collect();
    std::fs::write(&path, places.join("\n")).unwrap();
    (LayoutParams { positions: Some(path), ..LayoutParams::default() }, Some(folder))
}

fn by(by: &str) -> LayoutParams {
    LayoutParams { by: Some(by.to_owned()), ..LayoutParams::default() }
}

fn scene(layout: LayoutKind, layout_params: LayoutParams) -> Scene {
    let settings = Settings { layout, layout_params, ..Settings::default() };
    Scene::new(100, 64, settings, Viewport::new(800, 600, 1.0), Some(&columns())).unwrap()
}

fn blocks(scene: &Scene) -> usize {
    scene.placed().layout.labels.len()
}

#[test]
fn a_scene_begins_in_the_layout_of_its_settings_and_computes_no_other() {
    for &kind in LAYOUTS.iter().filter(|kind| !kind.reads_drawings()) {
        let (params, _folder) = params(kind, 100);
        let scene = scene(kind, params);
        assert_eq!((scene.placed().layout.kind, scene.placed().revision), (kind, 1));
    }
}

#[test]
fn another_column_makes_another_placement_and_the_first_comes_back_as_it_was() {
    let (mut scene, columns) = (scene(LayoutKind::GROUPS, by("letter")), columns());
    let first = scene.placed().revision;
    assert_eq!(blocks(&scene), 2);
    scene.settings.layout_params = by("digit");
    scene.set_layout(LayoutKind::GROUPS, Some(&columns), false).unwrap();
    assert_eq!(blocks(&scene), 5);
    assert_ne!(scene.placed().revision, first);
    scene.settings.layout_params = by("letter");
    scene.set_layout(LayoutKind::GROUPS, Some(&columns), false).unwrap();
    assert_eq!((blocks(&scene), scene.placed().revision), (2, first));
}

#[test]
fn a_parameter_changes_only_the_layouts_that_read_it() {
    let (mut scene, columns) = (scene(LayoutKind::GRID, LayoutParams::default()), columns());
    let mut revisions = |params: LayoutParams| {
        scene.settings.layout_params = params;
        [LayoutKind::GRID, LayoutKind::INDEX, LayoutKind::GROUPS].map(|kind| {
            scene.set_layout(kind, Some(&columns), false).unwrap();
            scene.placed().revision
        })
    };
    let [grid, index, groups] = revisions(LayoutParams::default());
    let [same, other, also_same] = revisions(LayoutParams { seed: 7, ..LayoutParams::default() });
    assert_eq!((same, also_same), (grid, groups));
    assert_ne!(other, index);
    let [other, same, also_same] = revisions(LayoutParams { columns: Some(3), ..LayoutParams::default() });
    assert_eq!((same, also_same), (index, groups));
    assert_ne!(other, grid);
}

#[test]
fn columns_are_meant_for_layouts_that_go_by_so_many_of_them() {
    let columns = columns();
    // Named for another layout, two columns are no reason to refuse groups: these go by their usual column.
    let mut scene = scene(LayoutKind::GRID, by("weight,size"));
    scene.set_layout(LayoutKind::GROUPS, Some(&columns), false).unwrap();
    assert_eq!(blocks(&scene), 2);
    // Asked for with groups they are wrong.
    let settings = Settings { layout: LayoutKind::GROUPS, layout_params: by("weight,size"), ..Settings::default() };
    let error = Scene::new(100, 64, settings, Viewport::new(800, 600, 1.0), Some(&columns)).unwrap_err();
    assert!(error.to_string().starts_with("cannot group by \"weight,size\": there is no such column"), "{error}");
}

#[test]
fn a_column_of_another_kind_is_not_meant_for_a_layout_that_cannot_go_by_it() {
    let columns = columns();
    // Both go by one column, but letters are no times.
    let mut scene = scene(LayoutKind::GROUPS, by("letter"));
    scene.set_layout(LayoutKind::TIMELINE, Some(&columns), false).unwrap();
    assert!(scene.placed().layout.note.as_ref().unwrap().starts_with("when by "));
    let settings = Settings { layout: LayoutKind::TIMELINE, layout_params: by("letter"), ..Settings::default() };
    let error = Scene::new(100, 64, settings, Viewport::new(800, 600, 1.0), Some(&columns)).unwrap_err();
    assert!(error.to_string().starts_with("cannot place by letter on a timeline"), "{error}");
}

#[test]
fn a_sort_makes_another_grid_and_is_none_of_other_layouts_business() {
    let (mut scene, columns) = (scene(LayoutKind::GRID, LayoutParams::default()), columns());
    let mut revisions = |sort: Option<&str>| {
        scene.settings.layout_params.sort = sort.map(str::to_owned);
        [LayoutKind::GRID, LayoutKind::INDEX].map(|kind| {
            scene.set_layout(kind, Some(&columns), false).unwrap();
            scene.placed().revision
        })
    };
    let [plain, index] = revisions(None);
    let [sorted, same] = revisions(Some("letter:desc"));
    assert!(sorted != plain && same == index);
    assert_eq!(revisions(None), [plain, index]);
}

#[test]
fn what_cannot_be_built_is_known_before() {
    let mut builder = BatchBuilder::new();
    (0..100).for_each(|_| builder.push_row());
    let mut none = Columns::new();
    none.append(0, builder.finish());
    none.finish(100);
    let scene = scene(LayoutKind::GRID, LayoutParams::default());
    let refused = |columns: Option<&Columns>| -> Vec<LayoutKind> {
        scene.refusals(columns).into_iter().map(|(kind, _)| kind).collect()
    };
    // Nobody has named a file.
    assert_eq!(refused(Some(&columns())), [LayoutKind::FILE]);
    assert_eq!(refused(None), [LayoutKind::FILE]);
    let expected: Vec<_> =
        LAYOUTS.iter().copied().filter(|kind| kind.by_count() > 0 || *kind == LayoutKind::FILE).collect();
    assert_eq!(refused(Some(&none)), expected);
}

#[test]
fn every_layout_is_explained_where_people_read() {
    let root = env!("CARGO_MANIFEST_DIR");
    let [readme, contract] =
        ["README.md", "docs/contract.md"].map(|page| std::fs::read_to_string(format!("{root}/{page}")).unwrap());
    let keys = readme.lines().find(|line| line.starts_with("| `1` ")).unwrap();
    let (digits, names) = keys.split_once("layouts: ").unwrap();
    for (kind, digit) in LAYOUTS.iter().zip(1..) {
        assert!(contract.contains(&format!("- `{kind}`: ")), "docs/contract.md defines {kind}");
        // There are nine digits; the others are found by their names.
        let is_there = (digit > 9 || digits.contains(&format!("`{digit}`"))) && names.contains(kind.name);
        assert!(is_there, "README.md names the key of {kind}");
    }
}
