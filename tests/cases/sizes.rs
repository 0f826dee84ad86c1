//! Folders that hold arrays of several sizes, labels among them; and files that may not be read.

use inkfield::data::report::Severity;

use super::folder::Folder;
use super::outside::{answer, inkfield};
use super::pairs::{lines, open};
use super::told::Told;
use ndarray::{Array1, Array2, Array3};

impl Folder {
    /// Drawings of this size whose pixels are all different.
    fn drawings(&self, name: &str, (rows, height, width): (usize, usize, usize)) -> std::path::PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let ink = Array3::from_shape_fn((rows, height, width), |(n, y, x)| (n * 3 + y * 16 + x) as u8);
        ndarray_npy::write_npy(&path, &ink).unwrap();
        path
    }
}

#[test]
fn case_sizes_a_folder_opens_with_the_size_of_most_rows_and_names_the_rest() {
    let told = Told::case("sizes");
    let folder = Folder::new();
    folder.drawings("set/a.npy", (5, 14, 14));
    folder.drawings("set/b.npy", (6, 28, 28));
    folder.drawings("set/c.npy", (7, 28, 28));
    folder.drawings("set/d.npy", (6, 14, 14));
    folder.text("set/c.ndjson", &lines("c", 7));
    let thumbs = folder.drawings("set/e.npy", (2, 9, 16));
    let dataset = open(&[folder.path("set")]).unwrap();
    let size = (dataset.rows(), dataset.height(), dataset.width(), dataset.title());
    assert_eq!(size, (13, 28, 28, "set / 2 categories"));
    let mut first = [0; 2 * 784];
    dataset.read_rows(5, &mut first).unwrap();
    assert_eq!((first[0], first[784], first[785]), (15, 0, 1));
    let notes: Vec<_> = dataset.report().notes.iter().map(|note| (note.severity, told.values(&note.text))).collect();
    let note = |rest: [&str; 4]| {
        let values = ["28x28"].into_iter().chain(rest).map(str::to_owned).collect::<Vec<_>>();
        (Severity::Warning, values)
    };
    let expected = [
        note(["11", "14x14", "a.npy, d.npy", "these files by their names"]),
        note(["2", "9x16", "e.npy", "this file by itself"]),
    ];
    assert_eq!(notes, expected);
    assert_eq!(dataset.report().notes[1].path.as_deref(), Some(thumbs.as_path()));

    // What the notes say does open; what was named has the word.
    let dataset = open(&[folder.path("set/a.npy"), folder.path("set/d.npy")]).unwrap();
    assert_eq!((dataset.rows(), dataset.height()), (11, 14));
    let dataset = open(&[folder.path("set"), folder.path("set/a.npy")]).unwrap();
    assert_eq!((dataset.rows(), dataset.height()), (13, 28), "found in the folder, too");
    let apart = folder.drawings("f.npy", (1, 14, 14));
    let dataset = open(&[apart.clone(), folder.path("set")]).unwrap();
    assert_eq!((dataset.rows(), dataset.height()), (12, 14));
    // No input that was named is left out as a whole.
    let other = folder.drawings("other/g.npy", (99, 64, 64));
    for inputs in [[folder.path("set"), folder.path("other")], [apart, other]] {
        let said = open(&inputs).unwrap_err().to_string();
        assert_eq!(told.values(&said).len(), 4, "{said}");
    }
    tied(&told);
    labelled(&told);
    told.all();
}

fn tied(told: &Told) {
    let folder = Folder::new();
    folder.drawings("set/images.npy", (5, 28, 28));
    folder.drawings("set/masks.npy", (5, 32, 32));
    let said = open(&[folder.path("set")]).unwrap_err().to_string();
    let sizes = "5 of 28x28 pixels (images.npy), 5 of 32x32 pixels (masks.npy)";
    assert_eq!(told.values(&said), [sizes, folder.path("set").to_str().unwrap()]);
    // Records decide, and so does that nobody draws in so few pixels.
    folder.text("set/masks.ndjson", &lines("mask", 5));
    assert_eq!(open(&[folder.path("set")]).unwrap().height(), 32);
    let folder = Folder::new();
    folder.drawings("set/images.npy", (5, 28, 28));
    folder.drawings("set/codes.npy", (5, 3, 3));
    assert_eq!(open(&[folder.path("set")]).unwrap().height(), 28);
}

fn labelled(told: &Told) {
    let folder = Folder::new();
    folder.drawings("set/images.npy", (20, 28, 28));
    ndarray_npy::write_npy(folder.path("set/labels.npy"), &Array1::from_iter(0..20_i64)).unwrap();
    ndarray_npy::write_npy(folder.path("set/y.npy"), &Array1::from_iter(0..20_u8)).unwrap();
    ndarray_npy::write_npy(folder.path("set/z.npy"), &Array2::<u8>::zeros((20, 1))).unwrap();
    ndarray_npy::write_npy(folder.path("set/others.npy"), &Array1::from_iter(0..21_i64)).unwrap();
    // More values than drawings are no drawings either.
    ndarray_npy::write_npy(folder.path("set/all.npy"), &Array2::<u8>::zeros((90, 1))).unwrap();
    let dataset = open(&[folder.path("set")]).unwrap();
    assert_eq!((dataset.rows(), dataset.height()), (20, 28));
    let report = dataset.report();
    assert_eq!(report.warnings().count(), 0, "{report}");
    let of = |name: &str| {
        let note = report.notes.iter().find(|note| note.path.as_ref().is_some_and(|path| path.ends_with(name)));
        note.map_or("", |note| note.text.as_str())
    };
    assert_eq!(told.values(of("images.npy")), ["\"labels\", \"y\", \"z\""]);
    assert!(of("others.npy").contains("one axis of "), "{report}");
    let left_out = report.notes.iter().find(|note| note.text.contains("1x1")).unwrap();
    assert_eq!(told.values(&left_out.text)[..4], ["28x28", "90", "1x1", "all.npy"], "{report}");
    std::fs::remove_file(folder.path("set/all.npy")).unwrap();
    answer(inkfield().args(["info", "--strict"]).arg(folder.path("set")));
    // Two files that have as many values as there are drawings only on average are no labels of them.
    std::fs::remove_file(folder.path("set/z.npy")).unwrap();
    for rows in [10, 30] {
        ndarray_npy::write_npy(folder.path(&format!("set/z{rows}.npy")), &Array2::<u8>::zeros((rows, 1))).unwrap();
    }
    let dataset = open(&[folder.path("set")]).unwrap();
    let left_out = dataset.report().notes.iter().find(|note| note.text.contains("1x1")).unwrap();
    assert_eq!(told.values(&left_out.text)[1..5], ["40", "1x1", "z10.npy, z30.npy", "values and no drawings"]);
    // Drawings that have columns of their own take no others.
    let folder = Folder::new();
    let npz = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/expected/stored.npz");
    std::fs::create_dir(folder.path("set")).unwrap();
    std::fs::copy(npz, folder.path("set/images.npz")).unwrap();
    let rows = open(&[folder.path("set")]).unwrap().rows();
    ndarray_npy::write_npy(folder.path("set/y.npy"), &Array1::from_iter(0..rows)).unwrap();
    let dataset = open(&[folder.path("set")]).unwrap();
    let skipped = dataset.report().notes.iter().find(|note| note.text.starts_with("skipped")).unwrap();
    let whose = format!("each of the {rows} drawings of images.npz");
    assert_eq!(told.values(&format!("{}: y.npy", skipped.text)), [&whose, "y.npy"]);
}

#[cfg(unix)]
#[test]
fn case_unread_records_by_content_that_may_not_be_read_are_an_error_with_its_cause() {
    use super::outside::{concerned, error};
    use std::os::unix::fs::PermissionsExt;
    let told = Told::case("unread");
    let folder = Folder::new();
    let mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(folder.0.path(), 0o755);
    let bitmaps = folder.bitmaps("set/octopus.npy", 2, 0);
    for name in ["set/octopus.json", "set/octopus.txt", "set/octopus.json.gz"] {
        let records = folder.text(name, &lines("octopus", 2));
        mode(&records, 0);
        for inputs in [vec![folder.path("set")], vec![bitmaps.clone()], vec![bitmaps.clone(), records.clone()]] {
            let Some(mut command) = concerned(&records) else { return };
            assert_eq!(told.values(&error(command.arg("info").args(&inputs), 2)), [records.to_str().unwrap()]);
        }
        std::fs::remove_file(records).unwrap();
    }
    // What is none of the bitmaps' is not looked into, whatever it is.
    let notes = folder.text("set/notes.txt", "hello");
    mode(&notes, 0);
    // A folder that may be entered and not listed: what lies there can be named.
    let listed = concerned(&notes).unwrap().args(["info", "--strict"]).arg(folder.path("set")).output().unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    folder.text("set/octopus.ndjson", &lines("octopus", 2));
    mode(&folder.path("set"), 0o711);
    let said = answer(concerned(&notes).unwrap().arg("info").arg(&bitmaps));
    let line = said.lines().find(|line| line.starts_with("this folder")).unwrap_or_else(|| panic!("{said}"));
    assert_eq!(told.values(line), [folder.path("set").to_str().unwrap()]);
    mode(&folder.path("set"), 0o755);
    // Damage is no fault of the machine: it is called by its name, and the drawings open.
    folder.bytes("set/octopus.json.gz", &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]);
    std::fs::remove_file(folder.path("set/octopus.ndjson")).unwrap();
    assert!(open(&[&bitmaps]).unwrap().report().to_string().contains("this is text of another kind"));
    told.all();
}
