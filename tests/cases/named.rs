//! Which files are opened, whatever their names end in, and what is passed over.

use inkfield::data::report::Severity;

use super::folder::Folder;
use super::outside::{answer, error, inkfield};
use super::pairs::{lines, open, pairs, whole_report};
use super::real_data::field_cases;
use super::told::Told;

const ENDINGS: [&str; 10] = ["ndjson", "jsonl", "jl", "ldjson", "json", "txt", "JSON", "Jl", "ndjson.txt", "json.txt"];

#[test]
fn case_c05_records_are_found_under_every_usual_ending() {
    for ending in ENDINGS {
        let folder = Folder::new();
        let path = folder.bitmaps("ant.npy", 3, 0);
        folder.text(&format!("ant.{ending}"), &lines("ant", 3));
        for inputs in [vec![path.clone()], vec![folder.path("")], vec![folder.path(&format!("ant.{ending}")), path]] {
            let dataset = open(&inputs).unwrap();
            assert_eq!(pairs(&dataset, folder.0.path()), [format!("ant.npy + ant.{ending}")]);
            assert_eq!(whole_report(&dataset).warnings().count(), 0);
        }
    }
    // Under any name at all when they are named.
    for name in ["notes", "export.dat", "ant.ndjson.1", "ant.2017"] {
        let folder = Folder::new();
        let inputs = [folder.bitmaps("ant.npy", 3, 0), folder.text(name, &lines("ant", 3))];
        assert_eq!(pairs(&open(&inputs).unwrap(), folder.0.path()), [format!("ant.npy + {name}")]);
    }
    // So are bitmaps.
    let folder = Folder::new();
    for name in ["ant.npy.1", "ant", "ant.txt", "ant.ndjson"] {
        let path = folder.bitmaps(name, 3, 0);
        assert_eq!(open(&[path]).unwrap().rows(), 3, "{name}");
    }
}

#[test]
fn case_c05_the_more_telling_ending_is_preferred_and_the_other_mentioned() {
    let folder = Folder::new();
    let path = folder.bitmaps("ant.npy", 3, 0);
    for ending in ["txt", "json", "jl", "ndjson"] {
        folder.text(&format!("ant.{ending}"), &lines("ant", 3));
    }
    let dataset = open(&[path]).unwrap();
    assert_eq!(pairs(&dataset, folder.0.path()), ["ant.npy + ant.ndjson"]);
    assert_eq!(dataset.report().notes.len(), 4, "{}", dataset.report());
}

#[test]
fn case_c05_what_is_no_records_says_so_and_what_lies_beside_is_mentioned() {
    let told = Told::case("c05");
    let array = format!("[{}]", lines("ant", 3).trim_end().replace('\n', ","));
    let pandas = "{\"word\":{\"0\":\"ant\",\"1\":\"ant\",\"2\":\"ant\"}}";
    let spread = "{\"word\":\n\"ant\"}\n";
    for (name, text) in
        [("ant.json", array.as_str()), ("ant.json", pandas), ("ant.txt", spread), ("ant.txt", "ant\nant\nant\n")]
    {
        let folder = Folder::new();
        let path = folder.bitmaps("ant.npy", 3, 0);
        let records = folder.text(name, text);
        // Named it is an error with what to do; beside the bitmaps it is mentioned.
        told.values(&open(&[path.clone(), records]).unwrap_err().to_string());
        for input in [path, folder.path("")] {
            let dataset = open(&[input]).unwrap();
            assert_eq!(pairs(&dataset, folder.0.path()), ["ant.npy + -"]);
            let [note] = dataset.report().notes.as_slice() else { panic!("{}", dataset.report()) };
            assert_eq!(note.severity, Severity::Info);
            told.values(&note.text);
        }
    }
    // One record on one line belongs to one drawing.
    let folder = Folder::new();
    let path = folder.bitmaps("one.npy", 1, 0);
    folder.text("one.json", "{\"word\":\"ant\"}");
    assert_eq!(pairs(&open(&[path]).unwrap(), folder.0.path()), ["one.npy + one.json"]);

    let folder = Folder::new();
    let path = folder.bitmaps("ant.npy", 3, 0);
    let csv = folder.text("ant.csv", "word,n\nant,1\n");
    for name in ["labels.csv", "more.parquet", "sketches.xlsx", "notes.md"] {
        folder.text(name, "word,n\n");
    }
    let dataset = open(&[&path]).unwrap();
    let [same, rest] = dataset.report().notes.as_slice() else { panic!("{}", dataset.report()) };
    assert_eq!((told.values(&same.text).len(), same.path.as_deref()), (0, Some(csv.as_path())));
    assert_eq!(told.values(&rest.text), ["3", "labels.csv"]);
    told.values(&open(&[csv]).unwrap_err().to_string());
    told.all();
}

#[test]
fn case_c05_the_cases_from_the_field_open() {
    let Some(cases) = field_cases() else { return };
    for name in ["set.jl", "set.json"] {
        let said =
            answer(inkfield().args(["info", "--json"]).args([cases.join("c05/set.npy"), cases.join("c05").join(name)]));
        let info: serde_json::Value = serde_json::from_str(&said).unwrap();
        let names: Vec<_> = info["columns"].as_array().unwrap().iter().map(|column| column["name"].clone()).collect();
        assert_eq!(names, ["word", "countrycode", "n"], "{name}");
    }
    assert!(answer(inkfield().arg("info").arg(cases.join("c05/set.npy"))).contains("set.jl"));
}

#[test]
fn case_c18_what_systems_put_into_folders_is_passed_over() {
    let folder = Folder::new();
    folder.bitmaps("ant.npy", 2, 0);
    folder.text("ant.ndjson", &lines("ant", 2));
    for name in ["._ant.npy", "._ant.ndjson", ".DS_Store", ".hidden.npy", "Thumbs.db", "desktop.ini", "Icon\r"] {
        folder.bytes(name, b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X");
    }
    folder.bytes("__MACOSX/._ant.npy", b"\x00\x05\x16\x07");
    folder.bytes(".ipynb_checkpoints/ant-checkpoint.npy", b"");
    for input in [folder.path(""), folder.path("ant.npy")] {
        let dataset = open(&[input]).unwrap();
        assert_eq!(pairs(&dataset, folder.0.path()), ["ant.npy + ant.ndjson"]);
        assert_eq!(whole_report(&dataset).warnings().count(), 0);
        let notes = &dataset.report().notes;
        assert!(
            notes.iter().all(|note| note.text == "records found beside the bitmaps and opened"),
            "{}",
            dataset.report()
        );
    }
    let told = Told::case("c18");
    for name in ["._ant.npy", "._ant.ndjson"] {
        told.values(&open(&[folder.path(name)]).unwrap_err().to_string());
    }
    told.values(&open(&[folder.path("ant.npy"), folder.path("._ant.ndjson")]).unwrap_err().to_string());
    told.all();

    let only = Folder::new();
    only.bytes("set/.DS_Store", b"");
    let said = open(&[only.path("set")]).unwrap_err().to_string();
    assert!(said.contains("it is empty"), "{said}");
}

#[test]
fn case_c18_the_case_from_the_field_opens() {
    let Some(cases) = field_cases() else { return };
    answer(inkfield().args(["info", "--strict"]).arg(cases.join("c18")));
    let said = error(inkfield().arg("info").arg(cases.join("c18/._octopus.npy")), 2);
    assert!(said.contains("AppleDouble"), "{said}");
}
