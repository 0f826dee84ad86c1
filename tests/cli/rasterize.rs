//! Bitmaps of the strokes of records: as a file, and as what opens where there are records alone.

use super::{answer, complaint, documents, inkfield};
use ndarray::Array2;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Drawings that cairo rendered, too (`tests/strokes/cairo.py`).
fn drawn(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/strokes/expected")).join(name)
}

fn bitmaps(path: &Path) -> Array2<u8> {
    ndarray_npy::read_npy(path).unwrap()
}

#[test]
fn records_become_bitmaps_as_cairo_draws_them_row_by_row() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out.npy");
    let mut run = inkfield();
    let written = documents(run.arg("rasterize").arg(drawn("drawn.ndjson")).arg("--json").arg("--out").arg(&out));
    let (own, cairo) = (bitmaps(&out), bitmaps(&drawn("drawn-28.npy")));
    assert_eq!(own.dim(), cairo.dim());
    assert_eq!(
        (&written[0]["rows"], &written[0]["broken"], &written[0]["without_strokes"]),
        (&10.into(), &0.into(), &0.into())
    );
    assert_eq!(written[0]["written"][0]["bytes"], fs::metadata(&out).unwrap().len());
    for (own, cairo) in own.rows().into_iter().zip(cairo.rows()) {
        let sum: u32 = own.iter().zip(cairo).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        assert!(f64::from(sum) / 784.0 <= 0.3, "{sum}");
    }
    answer(inkfield().arg("rasterize").arg(drawn("drawn.ndjson")).args(["--raster", "64", "--out"]).arg(&out));
    assert_eq!(bitmaps(&out).dim(), (10, 64 * 64));
}

/// Line i belongs to row i whatever is in between; what cannot be drawn is blank, and said.
#[test]
fn lines_without_strokes_leave_their_rows_blank_and_are_said() {
    let folder = TempDir::new().unwrap();
    let (records, out) = (folder.path().join("odd.ndjson"), folder.path().join("out.npy"));
    let dot = r#"{"drawing":[[[7],[3]]]}"#;
    let lines = [dot, r#"{"drawing":[[[1,2],[3]]]}"#, "", "{}", "no json", dot, ""];
    fs::write(&records, lines.join("\n")).unwrap();
    let run = inkfield().arg("rasterize").arg(&records).arg("--out").arg(&out).assert().success();
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(said.contains("2 records of 6 without strokes: left blank"), "{said}");
    assert!(said.contains("2 records of 6 could not be rendered: left blank (line 2 byte 13: the lists of a stroke are not equally long; line 5 is no JSON object"), "{said}");
    let has_ink: Vec<bool> = bitmaps(&out).rows().into_iter().map(|row| row.iter().any(|&ink| ink > 0)).collect();
    assert_eq!(has_ink, [true, false, false, false, false, true]);
}

/// More than is read at a time stands before the first strokes; strokes that cannot be read are strokes.
#[test]
fn strokes_are_found_wherever_they_begin_and_what_is_wrong_with_them_is_said() {
    let folder = TempDir::new().unwrap();
    let (records, out) = (folder.path().join("late.ndjson"), folder.path().join("out.npy"));
    let before = "{\"word\":\"cat\",\"drawing\":null}\n".repeat(200_000);
    fs::write(&records, format!("{before}{{\"drawing\":[[[7],[3]]]}}\n")).unwrap();
    answer(inkfield().arg("rasterize").arg(&records).arg("--out").arg(&out));
    let drawn = bitmaps(&out);
    assert_eq!(drawn.nrows(), 200_001);
    assert!(drawn.row(200_000).iter().any(|&ink| ink > 0) && drawn.row(0).iter().all(|&ink| ink == 0));
    fs::write(&records, "{\"drawing\":[[[1,2],[1,2],[5,1]]]}\n").unwrap();
    let run = inkfield().arg("rasterize").arg(&records).arg("--out").arg(&out).assert().success();
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    assert!(said.contains("1 record of 1 could not be rendered: left blank (line 1 byte "), "{said}");
}

#[test]
fn what_has_no_strokes_and_what_would_be_written_over_is_refused_and_nothing_written() {
    let folder = TempDir::new().unwrap();
    let records = folder.path().join("words.ndjson");
    fs::write(&records, "{\"word\":\"cat\"}\n").unwrap();
    let out = folder.path().join("out.npy");
    let rasterize =
        |records: &Path, out: &Path| complaint(inkfield().arg("rasterize").arg(records).arg("--out").arg(out), 2);
    assert!(rasterize(&records, &out).contains("no record here has strokes"));
    assert!(rasterize(&drawn("drawn-28.npy"), &out).contains("not one JSON object a line"));
    assert!(rasterize(&drawn("drawn.ndjson"), &folder.path().join("out.png")).contains(".npy"));
    assert!(!out.exists());
}

#[test]
fn records_alone_open_as_their_drawings_and_beside_bitmaps_only_where_a_side_is_asked_for() {
    let folder = TempDir::new().unwrap();
    let records = folder.path().join("drawn.ndjson");
    fs::copy(drawn("drawn.ndjson"), &records).unwrap();
    let info = |more: &[&str]| documents(inkfield().arg("info").arg(&records).args(more).arg("--json")).remove(0);
    let alone = info(&[]);
    assert_eq!((&alone["rows"], &alone["height"], &alone["form"]), (&10.into(), &28.into(), &"strokes".into()));
    assert!(alone["report"].to_string().contains("rendered from the strokes, 28 x 28 pixels"), "{alone}");
    assert_eq!(info(&["--raster", "100"])["width"], 100);
    assert_eq!(info(&["--rows", "2:5", "--no-records"])["rows"], 3);
    // What it shows is what `rasterize` writes.
    let (one, other) = (folder.path().join("one.npy"), folder.path().join("other.npy"));
    answer(inkfield().arg("rasterize").arg(&records).arg("--out").arg(&one));
    answer(inkfield().arg("convert").arg(&records).args(["--raster", "28", "--no-records", "--out"]).arg(&other));
    assert_eq!(bitmaps(&one), bitmaps(&other));
    fs::rename(&one, folder.path().join("drawn.npy")).unwrap();
    let said = complaint(inkfield().arg("info").arg(&records), 2);
    assert!(said.contains("\"drawn.npy\" lies beside them") && said.contains("--raster 28"), "{said}");
    assert_eq!(info(&["--raster", "28"])["form"], "strokes");
}

#[test]
fn the_strokes_of_a_sketch_rnn_archive_are_written_and_named_as_opened() {
    let (folder, sketches) = (TempDir::new().unwrap(), drawn("sketches.npz"));
    let out = folder.path().join("out.npy");
    let written = documents(inkfield().arg("rasterize").arg(&sketches).args(["--json", "--out"]).arg(&out)).remove(0);
    assert_eq!((&written["rows"], &written["without_strokes"], &written["broken"]), (&15.into(), &1.into(), &0.into()));
    let (own, cairo) = (bitmaps(&out), bitmaps(&drawn("drawn-28.npy")));
    let apart =
        |row: usize| own.row(row).iter().zip(cairo.row(row)).map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>();
    assert!([3, 4, 9].iter().all(|row| apart(*row) <= 784 * 3 / 10));
    let told = documents(inkfield().arg("info").arg(&sketches).arg("--json")).remove(0);
    assert_eq!((&told["rows"], &told["form"]), (&15.into(), &"strokes".into()));
}
