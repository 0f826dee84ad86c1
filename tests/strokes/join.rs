//! The proven join: what is wrong with pairs that were put together wrongly on purpose.

use super::published::pairs;
use super::real_data::real_data;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::demo::Demo;
use inkfield::data::ndjson::{DrawingReader, RecordFile};
use inkfield::data::strokes::{Finding, Proof, Rasterizer};
use ndarray::Array2;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// A folder with bitmaps, and records to be put beside them.
struct Desk {
    folder: tempfile::TempDir,
    bitmaps: PathBuf,
}

impl Desk {
    fn new(bitmaps: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("set.npy");
        fs::copy(bitmaps, &copy).unwrap();
        Self { folder, bitmaps: copy }
    }

    /// Bitmaps of strokes, as they are rendered here.
    fn of(lines: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut values = Array2::<u8>::zeros((lines.len(), 784));
        for (line, mut row) in lines.iter().zip(values.rows_mut()) {
            let mut reader = DrawingReader::default();
            let drawing = reader.read(line.as_bytes()).unwrap().unwrap();
            Rasterizer::new(28).render(drawing, row.as_slice_mut().unwrap()).unwrap();
        }
        let bitmaps = folder.path().join("set.npy");
        ndarray_npy::write_npy(&bitmaps, &values).unwrap();
        Self { folder, bitmaps }
    }

    fn dataset(&self, lines: &[String]) -> Dataset {
        let records = self.folder.path().join("set.ndjson");
        fs::write(&records, lines.join("\n") + "\n").unwrap();
        Dataset::open(&[&self.bitmaps, &records], &OpenOptions::default()).unwrap()
    }

    fn proof(&self, lines: &[String], sample: Option<u32>) -> Proof {
        let checked = self.dataset(lines).check(sample, &mut |_, _| ControlFlow::Continue(())).unwrap();
        checked.into_iter().next().unwrap().proof
    }

    /// What the load report says of the strokes, and whether it is a warning.
    fn reported(&self, lines: &[String]) -> Option<(String, bool)> {
        let dataset = self.dataset(lines);
        let report = dataset.read_records(&inkfield::data::Cancel::new(), &mut |_| ControlFlow::Continue(())).unwrap();
        let note = report.notes.iter().find(|note| note.text.contains("bitmaps") && note.text.contains("checked"))?;
        Some((note.text.clone(), note.is_warning()))
    }
}

/// Puts lines together wrongly in each way, and looks whether that is found.
fn each_fault_is_found(desk: &Desk, lines: &[String], foreign: &[String]) {
    let rows = lines.len() as u32;
    let fine = desk.proof(lines, None);
    assert!(fine.is_fine() && fine.fitting == rows && fine.checked == rows, "{fine:?}");
    let (said, is_warning) = desk.reported(lines).unwrap();
    assert!(said.starts_with("records match bitmaps: ") && !is_warning, "{said}");

    let mut wrong = Vec::new();
    // The first record is lost, or one too many stands in front.
    wrong.push((
        lines[1..].to_vec(),
        Finding::Shifted { by: -1, from_row: 1 },
        "line i − 1 belongs to row i from row 1 on",
    ));
    let front = [&foreign[..1], lines].concat();
    wrong.push((front, Finding::Shifted { by: 1, from_row: 0 }, "line i + 1 belongs to row i"));
    let middle = rows / 2;
    let lost =
        lines.iter().enumerate().filter(|(row, _)| *row as u32 != middle).map(|(_, line)| line.clone()).collect();
    wrong.push((lost, Finding::Shifted { by: -1, from_row: middle + 1 }, "belongs to row i from row"));
    let mut swapped = lines.to_vec();
    swapped.swap(3, 11);
    wrong.push((swapped, Finding::Swapped { pairs: 1, line: 3, other: 11 }, "lines 4 and 12 are swapped"));
    let reversed = lines.iter().rev().cloned().collect();
    wrong.push((reversed, Finding::Reversed, "in reverse"));
    wrong.push((foreign.to_vec(), Finding::Foreign { lines: rows }, "the strokes are of other drawings"));
    let tenth = |row: &usize| (row + 1).is_multiple_of(10);
    let missing: Vec<String> =
        lines.iter().enumerate().filter(|(row, _)| !tenth(row)).map(|(_, line)| line.clone()).collect();
    // The last line that is looked at lacks all before it; a tenth line at the very end is missed by nobody.
    let gone = (rows - 1) / 10;
    if gone > 1 {
        wrong.push((
            missing,
            Finding::Missing { lines: gone, behind: 9 },
            "lines are missing in several places, the first behind line 9",
        ));
    } else {
        wrong.push((missing, Finding::Shifted { by: -1, from_row: 10 }, "belongs to row i from row 10 on"));
    }
    for (lines, finding, words) in wrong {
        let proof = desk.proof(&lines, None);
        assert_eq!(proof.finding, Some(finding), "{words}: {proof:?}");
        assert!(proof.in_words().contains(words), "{}", proof.in_words());
        if !matches!(finding, Finding::Swapped { .. }) {
            let (said, is_warning) = desk.reported(&lines).unwrap();
            assert!(is_warning && said.contains("`inkfield check`"), "{said}");
        }
    }
}

fn demo_lines(seed: u64, rows: u32) -> Vec<String> {
    let demo = Demo::new(rows, seed);
    (0..rows).map(|row| demo.record_line(row)).collect()
}

#[test]
fn every_way_to_put_records_and_bitmaps_together_wrongly_is_found() {
    let lines = demo_lines(7, 205);
    each_fault_is_found(&Desk::of(&lines), &lines, &demo_lines(8, 205));
}

#[test]
fn the_same_of_real_drawings_raw_and_simplified() {
    let Some(data) = real_data() else { return };
    for ending in [".simplified.ndjson", ".raw.ndjson"] {
        let pairs = pairs(&data.join("pairs"), ending);
        let lines = |records: &Path| -> Vec<String> {
            fs::read_to_string(records).unwrap().lines().map(ToOwned::to_owned).collect()
        };
        for ([bitmaps, records], [_, other]) in pairs.iter().zip(pairs.iter().cycle().skip(1)) {
            let own = lines(records);
            let foreign: Vec<String> = lines(other).into_iter().cycle().take(own.len()).collect();
            each_fault_is_found(&Desk::new(bitmaps), &own, &foreign);
        }
    }
    for [bitmaps, records] in pairs(&data.join("pairs2000"), ".ndjson") {
        let opened = Dataset::open(&[bitmaps, records], &OpenOptions::default()).unwrap();
        let proof = opened.check(None, &mut |_, _| ControlFlow::Continue(())).unwrap().remove(0).proof;
        assert_eq!((proof.fitting, proof.finding), (2000, None));
    }
}

/// Records and bitmaps that are not as many are judged on what overlaps; lines without strokes are not judged.
#[test]
fn partial_overlaps_and_gaps_are_judged_on_what_is_there() {
    let lines = demo_lines(3, 60);
    let desk = Desk::of(&lines);
    let proof = desk.proof(&lines[..40], None);
    assert_eq!((proof.rows, proof.lines, proof.checked, proof.fitting, proof.finding), (60, 40, 40, 40, None));
    let more = [&lines[..], &demo_lines(4, 30)].concat();
    let proof = desk.proof(&more, None);
    assert_eq!((proof.rows, proof.lines, proof.checked, proof.fitting, proof.finding), (60, 90, 60, 60, None));
    let mut gaps = lines.clone();
    gaps[5] = String::new();
    gaps[6] = r#"{"word":"octopus"}"#.to_owned();
    gaps[7] = r#"{"drawing":[[[1],[2,3]]]}"#.to_owned();
    let proof = desk.proof(&gaps, None);
    assert_eq!((proof.checked, proof.fitting, proof.without_strokes, proof.finding), (57, 57, 3, None));
    let sample = desk.proof(&lines, Some(20));
    assert_eq!((sample.checked, sample.fitting), (20, 20));
    let words: Vec<String> = (0..60).map(|_| r#"{"word":"octopus"}"#.to_owned()).collect();
    assert_eq!(desk.reported(&words), None);
    assert_eq!(desk.proof(&words, None).in_words(), "no record has strokes to check");
    // Duplicates far away are not what a line belongs to.
    let again: Vec<String> = lines[..12].iter().cycle().take(60).cloned().collect();
    let proof = Desk::of(&again).proof(&again[1..], None);
    assert_eq!(proof.finding, Some(Finding::Shifted { by: -1, from_row: 1 }));
    // One foreign line among its own is said as such.
    let mut one = lines;
    one[20] = demo_lines(9, 1).remove(0);
    let proof = desk.proof(&one, None);
    assert_eq!(proof.finding, Some(Finding::Foreign { lines: 1 }));
    assert!(
        proof.in_words().contains("59 of 60 checked do: the strokes of 1 line are of other drawings"),
        "{}",
        proof.in_words()
    );
}

/// The demo draws its bitmaps with another rasteriser than published: row by row they are like their strokes all the same.
#[test]
fn bitmaps_by_another_recipe_are_no_false_alarm() {
    let lines = demo_lines(5, 80);
    let demo = Demo::new(80, 5);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.npy");
    for thick in [false, true] {
        let mut values = Array2::<u8>::zeros((80, 784));
        for (mut row, number) in values.rows_mut().into_iter().zip(0..) {
            let bitmap = demo.bitmap(number);
            // A pen of twice the width.
            let wide = |at: usize| [0, 1, 28, 29].map(|by| bitmap.get(at + by).copied().unwrap_or(0)).into_iter().max();
            row.iter_mut().zip(bitmap).enumerate().for_each(|(at, (to, ink))| {
                *to = if thick { wide(at).unwrap() } else { ink };
            });
        }
        ndarray_npy::write_npy(&path, &values).unwrap();
        let desk = Desk::new(&path);
        let proof = desk.proof(&lines, None);
        assert_eq!((proof.finding, proof.drawn_otherwise), (None, thick), "{proof:?}");
        assert!(!desk.reported(&lines).unwrap().1);
    }
}

/// What a record's line is for a row of bitmaps alone is nothing to prove: the drawings were made of it.
#[test]
fn records_alone_prove_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let records = folder.path().join("alone.ndjson");
    fs::write(&records, demo_lines(2, 10).join("\n")).unwrap();
    assert!(RecordFile::open(&records).is_ok());
    let dataset = Dataset::open(&[&records], &OpenOptions::default()).unwrap();
    let error = dataset.check(None, &mut |_, _| ControlFlow::Continue(())).unwrap_err();
    assert!(error.to_string().starts_with("there is nothing to check"), "{error}");
}
