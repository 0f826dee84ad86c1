//! Sessions come back as they were, in part where drawings have changed, and never as what they are not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test panics")]

use super::*;
use crate::data::dataset::{Dataset, OpenOptions};
use crate::scene::layout::LayoutKind;
use crate::scene::{Scene, Settings};

fn set(inputs: &[&str], rows: Option<&str>) -> SetIdentity {
    let options = OpenOptions { rows: rows.map(|rows| rows.parse().unwrap()), ..OpenOptions::default() };
    Dataset::open(inputs, &options).unwrap().identity().unwrap()
}

fn snapshot(set: &SetIdentity) -> Snapshot {
    let viewport = Viewport::new(640, 480, 1.0);
    let start = Scene::new(set.rows(), 1 << 20, Settings::default(), viewport, None).unwrap().snapshot();
    let selection = Selection::where_true(set.rows(), |row| row % 3 == 0);
    Snapshot { layout: LayoutKind::GRID, pin: Some(7), selection, zoom: 2.5, ..start }
}

fn stored(inputs: &[&str]) -> (Stored, Snapshot, SetIdentity) {
    let set = set(inputs, None);
    let opened = inputs.iter().map(Into::into).collect::<Vec<_>>();
    let opened = OpenedAs::of(&opened, &OpenOptions::default()).unwrap();
    let snapshot = snapshot(&set);
    (Stored::new(opened, &set, (snapshot.clone(), panels()), &Viewport::new(640, 480, 1.25)), snapshot, set)
}

fn panels() -> Panels {
    let of = |name: &str| Some(name.to_owned());
    Panels { across: of("split"), differ_by: of("country"), beside: vec!["KR".to_owned(), "US".to_owned()] }
}

fn path() -> PathBuf {
    "a.json".into()
}

#[test]
fn what_is_written_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.json");
    let (stored, snapshot, set) = stored(&["demo:40:1", "demo:50:2"]);
    stored.write(&file).unwrap();
    assert!(Stored::is_one(&file));
    let read = Stored::read(&file).unwrap();
    assert_eq!(read, stored);
    assert_eq!(read.viewport(), Viewport::new(640, 480, 1.25));
    let fit = read.fit(&set, &file).unwrap();
    assert_eq!(fit, Fit { snapshot: snapshot.clone(), panels: panels(), keeps_camera: true, notes: vec![] });
    assert_eq!(fit.settings(), snapshot.settings());
    // Again, over itself; over nothing else.
    stored.write(&file).unwrap();
    std::fs::write(&file, "mine").unwrap();
    assert!(matches!(stored.write(&file), Err(StoredError::NotOne(_))));
    assert_eq!(std::fs::read(&file).unwrap(), b"mine");
}

#[test]
fn all_rows_of_a_large_set_are_one_run() {
    let set = set(&["demo"], None);
    let all = Snapshot { selection: Selection::where_true(150_152, |_| true), ..snapshot(&set) };
    let opened = OpenedAs { inputs: vec!["demo".to_owned()], ..OpenedAs::default() };
    let json =
        serde_json::to_string(&Stored::new(opened, &set, (all, Panels::default()), &Viewport::new(1, 1, 1.0))).unwrap();
    assert!(!json.contains("panels"), "{json}");
    assert!(json.contains("\"selected\":[[0,150152]]") && json.len() < 2000, "{json}");
}

#[test]
fn rows_follow_their_files_into_another_order_and_a_slice() {
    let (stored, ..) = stored(&["demo:40:1", "demo:50:2"]);
    // Rows 0, 3, … of the first, 2, 5, … of the second.
    let turned = stored.fit(&set(&["demo:50:2", "demo:40:1"], None), &path()).unwrap();
    let rows: Vec<u32> = turned.snapshot.selection.rows().collect();
    let expected =
        (0..50).filter(|row| (row + 40) % 3 == 0).chain((0..40).filter(|row| row % 3 == 0).map(|row| row + 50));
    assert_eq!(rows, expected.collect::<Vec<u32>>());
    assert_eq!((turned.snapshot.pin, turned.keeps_camera, turned.notes), (Some(57), true, vec![]));
    let slice = stored.fit(&set(&["demo:40:1"], Some("5:20")), &path()).unwrap();
    assert_eq!(slice.snapshot.selection.rows().collect::<Vec<u32>>(), [1, 4, 7, 10, 13]);
    assert_eq!((slice.snapshot.pin, slice.settings().center), (Some(2), None));
    assert_eq!(slice.notes.len(), 3, "{:?}", slice.notes);
}

#[test]
fn of_drawings_that_changed_no_row_is_taken_and_of_others_nothing() {
    let (stored, snapshot, _) = stored(&["demo:40:1"]);
    let other = stored.fit(&set(&["demo:40:9"], None), &path()).unwrap();
    assert_eq!((other.snapshot.pin, other.snapshot.selection.count()), (None, 0));
    assert_eq!((other.snapshot.zoom, other.keeps_camera), (snapshot.zoom, true));
    assert!(other.notes[0].contains("has other drawings"), "{:?}", other.notes);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.npy");
    ndarray_npy::write_npy(&file, &ndarray::Array3::from_elem((5, 28, 28), 9_u8)).unwrap();
    let error = stored.fit(&set(&[file.to_str().unwrap()], None), &path()).unwrap_err();
    assert!(error.to_string().contains("other drawings (demo)"), "{error}");
}

#[test]
fn what_is_no_session_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.json");
    let (stored, ..) = stored(&["demo:40:1"]);
    let json = serde_json::to_string(&stored).unwrap();
    for (from, to, what) in [
        ("{", "[", "damaged"),
        ("\"inkfield_session\":1", "\"inkfield_session\":7", "form 7"),
        ("\"inkfield_session\":1", "\"other\":1", "is missing"),
        ("[0,1]", "[0,41]", "selected rows of demo"),
        ("[0,1]", "[3,1]", "selected rows of demo"),
        ("\"pin\":[0,7]", "\"pin\":[0,40]", "has no row 40"),
        ("\"pin\":[0,7]", "\"pin\":[1,0]", "no file 1"),
        ("\"KR\",\"US\"", "\"KR\",\"KR\"", "two different ones"),
        ("\"KR\",", "\"KR\",\"DE\",", "two different ones"),
        ("\"opacity\":0.5", "\"opacity\":5", "beyond what can be"),
        ("\"zoom\":2.5", "\"zoom\":-1", "beyond what can be"),
        ("\"layout\":\"grid\"", "\"layout\":\"spiral\"", "spiral"),
        ("\"theme\":\"paper\"", "\"theme\":7", "damaged"),
    ] {
        assert!(json.contains(from), "{from} in {json}");
        std::fs::write(&file, json.replacen(from, to, 1)).unwrap();
        let error = Stored::read(&file).unwrap_err().to_string();
        assert!(error.contains(what) && error.ends_with("a.json"), "{to}: {error}");
    }
    // Cut short anywhere it is none.
    for end in 0..json.len() {
        std::fs::write(&file, &json[..end]).unwrap();
        assert!(Stored::read(&file).is_err(), "{end}");
    }
    let absent = Stored::read(&folder.path().join("none.json")).unwrap_err();
    assert!(!absent.is_of_the_environment() && absent.to_string().starts_with("cannot read the session"));
    assert!(Stored::read(folder.path()).unwrap_err().is_of_the_environment());
}
