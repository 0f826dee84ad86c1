//! The data of the published set, where it is at hand.

use super::real_data::real_data;
use super::{assert_note, open, pairs, read_records, texts};
use inkfield::data::dataset::Part;
use inkfield::data::info::{Values, info_json};
use inkfield::data::report::Severity;

#[test]
fn thirteen_categories_open_as_one_and_equal_their_files() {
    let Some(data) = real_data() else { return };
    let dataset = open(&[data.join("bitmaps")]).unwrap();
    assert_eq!((dataset.rows(), dataset.parts().len(), dataset.title()), (27_997, 13, "bitmaps / 13 categories"));
    let mut first = 0;
    for part in dataset.parts() {
        let expected: ndarray::Array2<u8> = ndarray_npy::read_npy(part.path().unwrap()).unwrap();
        for row in [0, expected.nrows() / 2, expected.nrows() - 1] {
            let mut out = [0; 784];
            dataset.read_rows(first + row as u32, &mut out).unwrap();
            assert!(out.iter().eq(expected.row(row)), "{} row {row}", part.stem());
        }
        first += part.rows();
    }
    let (columns, ..) = read_records(&dataset).unwrap();
    let category = columns.get("category").unwrap();
    assert_eq!((category.distinct(), category.missing()), (13, 0));
}

#[test]
fn a_folder_of_pairs_opens_with_its_positions_skipped() {
    let Some(data) = real_data() else { return };
    let dataset = open(&[data.join("pairs2000")]).unwrap();
    assert_eq!((dataset.rows(), dataset.title()), (8_000, "pairs2000 / 4 categories"));
    for category in ["necklace", "piano", "smiley-face", "snowman"] {
        let name = format!("{category}_2000.umap.npy");
        assert_note(dataset.report(), Severity::Info, "rows of 2 values are no square", &name);
    }
    let (columns, report, _) = read_records(&dataset).unwrap();
    assert_eq!(report.warnings().count(), 0, "{report}");
    let top = columns.get("category").unwrap().top(9);
    let words = ["necklace", "piano", "smiley face", "snowman"].map(|word| (word.to_owned(), 2_000));
    assert_eq!(top, words);
}

#[test]
fn the_snowmen_come_from_92_countries() {
    let Some(data) = real_data() else { return };
    let dataset = open(&[data.join("pairs2000/snowman_2000.npy")]).unwrap();
    let (columns, report, _) = read_records(&dataset).unwrap();
    let (tally, measured) = dataset.count_values(&mut |_| ()).unwrap();
    let info = info_json(&dataset, &columns, Values { tally: tally.as_ref(), map: &measured.map }, &report);
    let countries = info["columns"].as_array().unwrap().iter().find(|column| column["name"] == "countrycode").unwrap();
    assert_eq!((&info["rows"], &countries["distinct"]), (&2_000.into(), &92.into()));
    assert_eq!(countries["top"][0], serde_json::json!(["US", 845]));
}

#[test]
fn raw_and_simplified_pairs_are_told_apart() {
    let Some(data) = real_data() else { return };
    let dataset = open(&[data.join("pairs")]).unwrap();
    assert_eq!((dataset.parts().len(), dataset.title()), (26, "pairs / 13 categories"));
    assert!(
        pairs(&dataset)
            .iter()
            .all(|(bitmaps, records)| { bitmaps.trim_end_matches(".npy") == records.trim_end_matches(".ndjson") })
    );
    let (columns, report, _) = read_records(&dataset).unwrap();
    assert_eq!(report.warnings().count(), 0, "{report}");
    let sources = texts(&columns, "source");
    assert_eq!(sources.iter().filter(|source| *source == "simplified").count(), 13 * 25);
    assert!(sources.iter().all(|source| source == "raw" || source == "simplified"));
    // The first raw octopus as its file has it.
    let row = dataset.parts().iter().take_while(|part| part.stem() != "octopus.raw").map(Part::rows).sum();
    let id = columns.get("key_id").unwrap().text(inkfield::data::Row(row));
    assert_eq!(id, "4599994839465984");
}
