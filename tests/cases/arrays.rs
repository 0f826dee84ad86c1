//! What the tests of shapes share: opening with arguments, what numpy expects, following advice.

use super::folder::Folder;
use super::npy::{dictionary, npy_bytes};
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::report::Severity;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// What numpy says of the inputs, by `expected/shapes.py`.
const NUMPY: &str = include_str!("expected/shapes.json");

/// Opens arrays; `how` are the arguments `--axes` and `--shape`, and `--no-records`.
pub fn open(path: &Path, how: &str) -> Result<Dataset, String> {
    let mut options = OpenOptions::default();
    let mut words = how.split_whitespace();
    while let Some(option) = words.next() {
        match option {
            "--axes" => options.axes = Some(words.next().unwrap().parse().unwrap()),
            "--shape" => {
                let (height, width) = words.next().unwrap().split_once('x').unwrap();
                options.shape = Some((height.parse().unwrap(), width.parse().unwrap()));
            }
            "--no-records" => options.records = false,
            other => panic!("{other}"),
        }
    }
    Dataset::open(&[path], &options).map_err(|error| error.to_string())
}

pub fn size(dataset: &Dataset) -> (u32, u32, u32) {
    (dataset.rows(), dataset.height(), dataset.width())
}

/// "900 drawings of 28 × 28 pixels".
pub fn in_words(dataset: &Dataset) -> String {
    let (rows, height, width) = size(dataset);
    let drawings = if rows == 1 { "one drawing".to_owned() } else { format!("{rows} drawings") };
    let colour = if dataset.channels() == 4 { " in colour" } else { "" };
    format!("{drawings}{colour} of {height} × {width} pixels")
}

/// Every drawing is what numpy says it is.
pub fn assert_as_numpy(dataset: &Dataset, name: &str) {
    let expected: Value = serde_json::from_str(NUMPY).unwrap();
    let expected = &expected[name];
    let (rows, height, width) = size(dataset);
    assert_eq!(expected["shape"], serde_json::json!([rows, height, width]), "{name}");
    let mut pixels = vec![0; dataset.bytes() as usize];
    dataset.read_rows(0, &mut pixels).unwrap();
    let ink: Vec<u64> = pixels
        .chunks((height * width) as usize)
        .map(|drawing| drawing.iter().map(|&ink| u64::from(ink)).sum())
        .collect();
    let few: Vec<u64> = ink.iter().take(3).chain(ink.last()).copied().collect();
    assert_eq!(expected["ink"], serde_json::json!(few), "{name}");
    let places: u64 = (1..).zip(&pixels).map(|(place, &ink)| place * u64::from(ink)).sum();
    assert_eq!(expected["places"], serde_json::json!(places % (1 << 32)), "{name}");
}

/// Records, one for each of `rows` drawings, under the name of `bitmaps`.
pub fn with_records(bitmaps: &Path, rows: usize) {
    fs::write(bitmaps.with_extension("ndjson"), "{\"n\":1}\n".repeat(rows)).unwrap();
}

/// A file that claims this shape and holds nothing but zeros.
pub fn zeros(folder: &Folder, name: &str, shape: &[usize], fortran: bool) -> PathBuf {
    let text: Vec<String> = shape.iter().map(usize::to_string).collect();
    let text = dictionary("'|u1'", &format!("({},)", text.join(", ")));
    let text = if fortran { text.replace("False", "True") } else { text };
    folder.bytes(name, &npy_bytes(1, &text, &vec![0; shape.iter().product()]))
}

/// The only thing that is told of the shape, or nothing.
pub fn note(dataset: &Dataset) -> Option<(Severity, String)> {
    let notes = dataset.report().notes.iter().filter(|note| note.text.contains("read as"));
    let notes: Vec<_> = notes.map(|note| (note.severity, note.sentence())).collect();
    assert!(notes.len() < 2, "{notes:?}");
    notes.into_iter().next()
}

/// Follows every `--axes …` and `--shape …` of a text: each must open the file as the text says.
pub fn follow_advice(path: &Path, text: &str) -> usize {
    let mut followed = 0;
    for clause in text.split([';', ',', '(', ':']) {
        let words: Vec<&str> = clause.split_whitespace().map(|word| word.trim_end_matches(')')).collect();
        let Some(at) = words.iter().position(|word| ["--axes", "--shape"].contains(word)) else { continue };
        if words.get(at + 1).is_none_or(|value| *value == "HxW") {
            continue;
        }
        let arguments: Vec<&str> =
            words[at..].iter().take_while(|word| !["reads", "for"].contains(word)).copied().collect();
        let opened = open(path, &arguments.join(" ")).unwrap_or_else(|error| panic!("{clause:?} fails: {error}"));
        if let Some((_, promised)) = clause.split_once(" reads ") {
            assert_eq!(in_words(&opened), promised, "{clause:?}");
        }
        if let Some((_, promised)) = clause.split_once(" for ") {
            assert!(in_words(&opened).starts_with(promised), "{clause:?}: {}", in_words(&opened));
        }
        followed += 1;
    }
    followed
}
