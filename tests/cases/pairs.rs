//! Which bitmaps and records belong together by where they lie and how their names are written.

use std::path::{Path, PathBuf};

use inkfield::data::dataset::{Dataset, OpenError, OpenOptions};
use inkfield::data::{Cancel, report::LoadReport};

use super::folder::Folder;
use super::outside::{answer, inkfield};
use super::real_data::field_cases;
use super::told::Told;

/// So many records of this word, one a line.
pub fn lines(word: &str, rows: usize) -> String {
    let lines: Vec<String> = (0..rows).map(|row| format!("{{\"word\":\"{word}\",\"n\":{row}}}\n")).collect();
    lines.concat()
}

impl Folder {
    pub fn text(&self, name: &str, text: &str) -> PathBuf {
        self.bytes(name, text.as_bytes())
    }
}

pub fn open<P: AsRef<Path>>(inputs: &[P]) -> Result<Dataset, OpenError> {
    let inputs: Vec<_> = inputs.iter().map(|input| input.as_ref().as_os_str()).collect();
    Dataset::open(&inputs, &OpenOptions::default())
}

/// By part: its bitmaps and its records as they lie in a folder ("-" where it has none).
pub fn pairs(dataset: &Dataset, folder: &Path) -> Vec<String> {
    let name = |path: Option<&Path>| {
        path.map_or("-".to_owned(), |path| {
            let path = path.strip_prefix(folder).unwrap_or(path);
            path.to_str().unwrap().to_owned()
        })
    };
    dataset.parts().iter().map(|part| format!("{} + {}", name(part.path()), name(part.records_path()))).collect()
}

/// The report of opening and of reading all records.
pub fn whole_report(dataset: &Dataset) -> LoadReport {
    let mut report = dataset.report().clone();
    report.extend(dataset.read_records(&Cancel::new(), &mut |_| std::ops::ControlFlow::Continue(())).unwrap());
    report
}

/// The published layout: bitmaps and two kinds of records in folders side by side.
fn published() -> Folder {
    let folder = Folder::new();
    for (first, word) in ["flower", "moon", "octopus", "sun"].into_iter().enumerate() {
        folder.bitmaps(&format!("full/numpy_bitmap/{word}.npy"), 2, first as u8);
        folder.text(&format!("full/simplified/{word}.ndjson"), &lines(word, 2));
    }
    folder
}

#[test]
fn case_c04_folders_side_by_side_pair_by_stem_from_wherever_they_are_named() {
    let folder = published();
    let told = Told::case("c04");
    let full = folder.path("full");
    let bitmaps = full.join("numpy_bitmap");
    let all: Vec<String> = ["flower", "moon", "octopus", "sun"]
        .map(|word| format!("numpy_bitmap/{word}.npy + simplified/{word}.ndjson"))
        .to_vec();
    for inputs in [vec![full.clone()], vec![bitmaps.clone(), full.join("simplified")], vec![bitmaps.clone()]] {
        let dataset = open(&inputs).unwrap();
        assert_eq!(pairs(&dataset, &full), all);
        let report = whole_report(&dataset);
        assert_eq!(report.warnings().count(), 0, "{report}");
        let from = &dataset.report().notes.last().unwrap();
        assert_eq!(told.values(&from.text), ["4", "numpy_bitmap"], "{report}");
        assert_eq!(from.path.as_deref(), Some(full.join("simplified").as_path()));
    }
    let dataset = open(&[&full]).unwrap();
    assert_eq!(told.values(&dataset.report().notes[0].text), ["numpy_bitmap", "4 bitmap files", "simplified"]);
    assert_eq!(dataset.title(), "full / 4 categories");

    let dataset = open(&[bitmaps.join("octopus.npy")]).unwrap();
    assert_eq!(pairs(&dataset, &full), all[2..3]);
    assert_eq!(told.values(&dataset.report().notes[0].text), ["octopus.npy"]);

    // A folder of records alone names what to open.
    let said = open(&[full.join("simplified")]).unwrap_err().to_string();
    let values = told.values(&said);
    assert_eq!(values[0], "only 4 record files without bitmaps");
    assert!(values[1].ends_with("numpy_bitmap (4 bitmap files)"), "{said}");
    let said = open(&[full.join("simplified/moon.ndjson")]).unwrap_err().to_string();
    assert_eq!(told.values(&said)[0], bitmaps.join("moon.npy").to_str().unwrap());

    // Raw records are preferred, and that is said.
    for word in ["flower", "moon", "octopus", "sun"] {
        folder.text(&format!("full/raw/{word}.ndjson"), &lines(word, 2));
    }
    for inputs in [vec![full.clone()], vec![bitmaps.clone()]] {
        let dataset = open(&inputs).unwrap();
        assert_eq!(pairs(&dataset, &full)[2], "numpy_bitmap/octopus.npy + raw/octopus.ndjson");
        let last = dataset.report().notes.last().unwrap();
        assert_eq!(told.values(&last.text), ["4", "raw"], "{}", dataset.report());
    }
    let dataset = open(&[bitmaps.join("octopus.npy")]).unwrap();
    assert_eq!(told.values(&dataset.report().notes[1].text), ["raw/octopus.ndjson"], "{}", dataset.report());
    // Names that differ in decorations, and two that fit one file alike.
    let dataset = open(&[folder.bitmaps("d/moon (1).npy", 2, 0), folder.text("d/moon.ndjson", &lines("moon", 2))]);
    assert!(dataset.unwrap().report().is_empty());
    let dataset = open(&[folder.path("d/moon (1).npy")]).unwrap();
    assert_eq!(told.values(&dataset.report().notes[0].text), ["moon (1).npy"]);
    folder.bitmaps("d/moon (2).npy", 2, 0);
    let dataset = open(&[folder.path("d")]).unwrap();
    assert_eq!(told.values(&dataset.report().notes[0].text), ["moon (1).npy", "moon (2).npy"]);
    let dataset = open(&[folder.path("d/moon (2).npy")]).unwrap();
    assert_eq!(told.values(&dataset.report().notes[0].text), ["moon (2).npy", "moon (1).npy"]);
    folder.bitmaps("d/moon.npy", 2, 0);
    let dataset = open(&[folder.path("d/moon (2).npy")]).unwrap();
    assert_eq!(told.values(&dataset.report().notes[0].text), ["moon.npy"]);
    told.all();
}

#[test]
fn case_c04_other_layouts_of_folders_pair_too() {
    for (bitmaps, records, named) in [
        ("set/bitmaps/ant.npy", "set/records/ant.jsonl", "set"),
        ("set/images/ant.npy", "set/labels/ant.ndjson", "set"),
        ("set/images/ant.npy", "set/ant.ndjson", "set"),
        ("set/images/ant.npy", "set/ant.ndjson", "set/images/ant.npy"),
        ("set/NumPy Bitmap/ant.npy", "set/Simplified/ant.ndjson", "set"),
        ("set/npy/full_numpy_bitmap_ant.npy", "set/raw/full_raw_ant.ndjson", "set"),
        ("set/npy/full_numpy_bitmap_ant.npy", "set/ant.ndjson", "set/npy"),
    ] {
        let folder = Folder::new();
        folder.bitmaps(bitmaps, 2, 0);
        folder.text(records, &lines("ant", 2));
        let dataset = open(&[folder.path(named)]).unwrap_or_else(|error| panic!("{named}: {error}"));
        assert_eq!(pairs(&dataset, folder.0.path()), [format!("{bitmaps} + {records}")], "{named}");
    }
}

#[test]
fn case_c04_records_near_several_bitmaps_of_one_name_are_given_to_none() {
    let folder = Folder::new();
    for part in ["train", "test"] {
        folder.bitmaps(&format!("set/{part}/images.npy"), 2, 0);
    }
    folder.text("set/images.ndjson", &lines("ant", 2));
    let train = folder.path("set/train/images.npy");
    assert_eq!(pairs(&open(&[&train]).unwrap(), folder.0.path()), ["set/train/images.npy + -"]);
    let both = [train.clone(), folder.path("set/test/images.npy"), folder.path("set/images.ndjson")];
    let dataset = open(&both).unwrap();
    assert_eq!(pairs(&dataset, folder.0.path()), ["set/train/images.npy + -", "set/test/images.npy + -"]);
    assert_eq!(dataset.report().warnings().count(), 1, "{}", dataset.report());
    // Two folders of bitmaps: which one is meant is asked, with both named.
    let said = open(&[folder.path("set")]).unwrap_err().to_string();
    assert!(said.contains("test (1 bitmap file)") && said.contains("train (1 bitmap file)"), "{said}");
    // Records that lie beside other bitmaps belong to those.
    folder.bitmaps("mix/bitmaps/ant.npy", 9, 0);
    folder.bitmaps("mix/sample/ant.npy", 2, 0);
    folder.text("mix/sample/ant.ndjson", &lines("ant", 2));
    let said = open(&[folder.path("mix")]).unwrap_err().to_string();
    assert!(said.contains("bitmaps (1 bitmap file)") && said.contains("sample (1 bitmap file)"), "{said}");
    assert_eq!(pairs(&open(&[folder.path("mix/bitmaps")]).unwrap(), folder.0.path()), ["mix/bitmaps/ant.npy + -"]);
    // Deeper ones are named, too.
    let folder = published();
    let said = open(&[folder.path("")]).unwrap_err().to_string();
    assert!(
        said.contains(&format!("open {} (4 bitmap files) instead", folder.path("full/numpy_bitmap").display())),
        "{said}"
    );
}

#[test]
fn case_c04_decorated_names_pair_without_a_warning() {
    for (bitmaps, records, word) in [
        ("full_numpy_bitmap_octopus (1).npy", "full_simplified_octopus (1).ndjson", "octopus"),
        ("full_numpy_bitmap_alarm%20clock.npy", "full_simplified_alarm%20clock.ndjson", "alarm clock"),
        ("full%2Fnumpy_bitmap%2Falarm%20clock.npy", "full%2Fraw%2Falarm%20clock.ndjson", "alarm clock"),
        ("octopus(1).npy", "octopus.ndjson", "octopus"),
        ("octopus - Copy.npy", "octopus.ndjson", "octopus"),
        ("octopus copy.npy", "octopus (2).ndjson", "octopus"),
        ("Copy of octopus.npy", "octopus.raw (1).ndjson", "octopus"),
        ("alarm+clock.npy", "alarm_clock.ndjson", "alarm clock"),
        ("Alarm-Clock.npy", "alarm clock.ndjson", "alarm clock"),
        ("octopus.npy", "octopus.ndjson.txt", "octopus"),
        ("octopus.npy", "full_simplified_octopus.ndjson", "octopus"),
        ("octopus_2000.npy", "octopus_2000.ndjson", "octopus"),
        ("octopus 2.npy", "octopus 2.ndjson", "octopus"),
    ] {
        let folder = Folder::new();
        let path = folder.bitmaps(bitmaps, 2, 0);
        folder.text(records, &lines(word, 2));
        for input in [path, folder.path("")] {
            let dataset = open(&[input]).unwrap();
            assert_eq!(pairs(&dataset, folder.0.path()), [format!("{bitmaps} + {records}")]);
            let report = whole_report(&dataset);
            assert_eq!(report.warnings().count(), 0, "{bitmaps}: {report}");
        }
    }
    // Numbers are no decoration: these are other files.
    for (bitmaps, records) in
        [("octopus_2000.npy", "octopus.ndjson"), ("part-1.npy", "part-2.ndjson"), ("octopus 2.npy", "octopus.ndjson")]
    {
        let folder = Folder::new();
        let path = folder.bitmaps(bitmaps, 2, 0);
        folder.text(records, &lines("octopus", 2));
        assert_eq!(pairs(&open(&[path]).unwrap(), folder.0.path()), [format!("{bitmaps} + -")]);
    }
}

#[test]
fn case_c04_the_nearest_name_wins_and_the_other_is_mentioned() {
    let folder = Folder::new();
    folder.bitmaps("octopus.npy", 2, 0);
    folder.bitmaps("octopus (1).npy", 2, 9);
    folder.text("octopus.ndjson", &lines("octopus", 2));
    let expected = ["octopus (1).npy + -", "octopus.npy + octopus.ndjson"];
    assert_eq!(pairs(&open(&[folder.path("")]).unwrap(), folder.0.path()), expected);
    let dataset = open(&[folder.path("octopus (1).npy")]).unwrap();
    assert_eq!(pairs(&dataset, folder.0.path()), expected[..1]);
    assert!(
        dataset.report().to_string().contains("by their name these records belong to \"octopus.npy\""),
        "{}",
        dataset.report()
    );

    // Letter for letter before another Unicode form, that before another spelling, that before a mark.
    let names = ["cafe\u{301}.ndjson", "café.ndjson", "CAFÉ.ndjson", "café (1).ndjson"];
    let folder = Folder::new();
    let path = folder.bitmaps("cafe\u{301}.npy", 2, 0);
    for name in &names {
        folder.text(name, &lines("café", 2));
    }
    for (at, name) in names.iter().enumerate() {
        for input in [path.clone(), folder.path("")] {
            let dataset = open(&[input]).unwrap();
            assert_eq!(pairs(&dataset, folder.0.path()), [format!("cafe\u{301}.npy + {name}")]);
            let unused = dataset.report().notes.iter().filter(|note| note.text.contains("is used")).count();
            assert!(unused == names.len() - 1 - at || unused == 0 && at == 0, "{}", dataset.report());
        }
        std::fs::remove_file(folder.path(name)).unwrap();
    }
}

#[test]
fn case_c22_unicode_forms_and_capitals_make_no_difference() {
    // As python's unicodedata.normalize("NFD", …) writes them.
    for (composed, decomposed) in [
        ("café", "cafe\u{301}"),
        ("Ångström", "A\u{30a}ngstro\u{308}m"),
        ("한글", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"),
    ] {
        for (bitmaps, records) in [(decomposed, composed), (composed, decomposed)] {
            let folder = Folder::new();
            let path = folder.bitmaps(&format!("{bitmaps}.NPY"), 2, 0);
            folder.text(&format!("{records}.NDJSON"), &lines(composed, 2));
            for input in [path, folder.path("")] {
                let dataset = open(&[input]).unwrap();
                assert_eq!(pairs(&dataset, folder.0.path()), [format!("{bitmaps}.NPY + {records}.NDJSON")]);
                let report = whole_report(&dataset);
                assert!(!report.to_string().contains("the records say") && report.warnings().count() == 0, "{report}");
            }
            // Typed in one form, written in the other.
            let typed = folder.path(&format!("{records}.NPY"));
            assert_eq!(open(&[typed]).unwrap().parts()[0].stem(), bitmaps);
        }
    }
    let folder = Folder::new();
    folder.bitmaps("cafe\u{301}.npy", 1, 0);
    let said = open(&[folder.path("cafés.npy")]).unwrap_err().to_string();
    assert!(said.contains("did you mean"), "{said}");
}

#[test]
fn case_c04_the_cases_from_the_field_pair() {
    let Some(cases) = field_cases() else { return };
    let full = cases.join("c04/full");
    for inputs in [vec!["c04/full"], vec!["c04/full/numpy_bitmap", "c04/full/simplified"], vec!["c04b"], vec!["c04c"]] {
        let mut command = inkfield();
        command.arg("info").arg("--strict").args(inputs.iter().map(|input| cases.join(input)));
        answer(&mut command);
    }
    let dataset = open(&[full.join("numpy_bitmap/octopus.npy")]).unwrap();
    assert_eq!(pairs(&dataset, &full), ["numpy_bitmap/octopus.npy + simplified/octopus.ndjson"]);
}

#[test]
fn case_c22_the_case_from_the_field_pairs() {
    let Some(cases) = field_cases() else { return };
    let said = answer(inkfield().args(["info", "--strict", "--json"]).arg(cases.join("c22")));
    let info: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(info["columns"].as_array().unwrap().iter().any(|column| column["name"] == "word"), "{said}");
    assert!(!said.contains("the records say"), "{said}");
}
