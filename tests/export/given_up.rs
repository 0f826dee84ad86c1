//! An export that nobody wants any more leaves nothing, wherever it is given up.

use super::common::{columns_of, open};
use super::outside::names;
use inkfield::data::values::ValueMap;
use inkfield::scene::camera::Viewport;
use inkfield::scene::{Background, Scene, Settings, ThemeChoice};
use inkfield::share::{Drawings, Export, Outputs, Painted, ShareError};
use std::fs;
use std::ops::ControlFlow;
use tempfile::tempdir;

#[test]
fn faults_27_an_export_that_is_given_up_keeps_the_old_files() {
    let dir = tempdir().unwrap();
    let dataset = open(&["demo:5000:1"]);
    let columns = columns_of(&dataset);
    let rows: Vec<u32> = (0..5000).collect();
    let path = |name: &str| Some(dir.path().join(name));
    let cases = [
        ("bitmaps", Outputs { bitmaps: path("old.npy"), records: path("old.ndjson"), ..Outputs::default() }),
        ("records", Outputs { records: path("old.ndjson"), ..Outputs::default() }),
        ("table", Outputs { table: path("old.csv"), ..Outputs::default() }),
        ("contact sheet", Outputs { sheet: path("old.png"), ..Outputs::default() }),
        ("page", Outputs { page: path("old.html"), ..Outputs::default() }),
    ];
    for (what, outputs) in cases {
        for (_, path) in outputs.named() {
            fs::write(path, "old").unwrap();
        }
        let mut scene =
            Scene::new(5000, u32::MAX, Settings::default(), Viewport::new(400, 300, 1.0), Some(&columns)).unwrap();
        let table = ValueMap::default().table();
        let export = Export {
            outputs: &outputs,
            drawings: Drawings { dataset: &dataset, rows: &rows },
            columns: &columns,
            fields: &[],
            title: "octopus",
            theme: ThemeChoice::System,
            size: None,
            shows_faded: false,
            sheet_columns: None,
            enlarge: 1,
            background: Background::Paper,
        };
        let mut looks = 0;
        let painted = outputs.are_painted().then_some(Painted { scene: &mut scene, table: &table });
        let ended = export.write(painted, &mut |_, done, of| {
            looks += 1;
            assert!(done <= of, "{what}: {done} of {of}");
            if done * 2 > of { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(matches!(ended, Err(ShareError::Cancelled)), "{what}: {ended:?}");
        assert!(looks > 1, "{what}");
        let expected: Vec<_> =
            outputs.named().iter().map(|(_, path)| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
        assert_eq!(names(dir.path()).len(), expected.len(), "{what}");
        for (_, path) in outputs.named() {
            assert_eq!(fs::read(path).unwrap(), b"old", "{what}");
            fs::remove_file(path).unwrap();
        }
    }
}
