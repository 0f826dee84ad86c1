//! Tables of pixels in further forms: line and column in the headings, all pixels in one cell; and words for what is missing.

use super::folder::{Folder, texts};
use super::{assert_column, assert_drawings, assert_said, columns, error, ink, notes, open, open_with, value};
use inkfield::data::columns::ColumnType;
use inkfield::data::dataset::OpenOptions;

/// A table as pandas writes a frame of `pixel_0_0` …, of drawings 5 high and 7 wide.
fn rectangle(between: char) -> String {
    let names: Vec<String> = (0..35).map(|at| format!("pixel{between}{}{between}{}", at / 7, at % 7)).collect();
    let line =
        |row: usize| (0..35).fold(String::new(), |line, at| line + &format!(",{}", value(row, at / 7, at % 7, 0)));
    let lines = (0..4).fold(String::new(), |lines, row| lines + &format!("w{row}{}\n", line(row)));
    format!("word,{}\n{lines}", names.join(","))
}

#[test]
fn line_and_column_in_a_heading_are_a_rectangle() {
    let folder = Folder::new();
    for between in ['_', '-', '.'] {
        let dataset = open(&[folder.bytes("rectangle.csv", rectangle(between).as_bytes())]).unwrap();
        assert_eq!((dataset.rows(), dataset.height(), dataset.width()), (4, 5, 7), "{between}");
        assert_drawings(&dataset, |row| ink(row, 5, 7));
        assert_column(&dataset, "word", &["w0", "w1", "w2", "w3"]);
    }
    // Without a gap there are 35; numbers of something else are counted as they were.
    let hole = rectangle('_').replace("pixel_2_3", "pixel_2_9");
    assert!(error(folder.bytes("hole.csv", hole.as_bytes())).contains("this is a table"));
    let numbers = |first: &str| (0..64).map(|at| format!("{first}{at}")).collect::<Vec<_>>().join(",");
    let values = (0..64).map(|at| at.to_string()).collect::<Vec<_>>().join(",");
    for first in ["pixel_", "layer3_", "pixel"] {
        let text = format!("{}\n{values}\n", numbers(first));
        let dataset = open(&[folder.bytes("one.csv", text.as_bytes())]).unwrap();
        assert_eq!((dataset.rows(), dataset.height(), dataset.width()), (1, 8, 8), "{first}");
        assert_drawings(&dataset, |_| (0..64).collect());
    }
}

/// Drawings as FER2013 has them, so many values in one cell.
fn packed(values: usize, usage: bool) -> String {
    let cell =
        |row: usize| (0..values).map(|at| value(row, at / 48, at % 48, 0).to_string()).collect::<Vec<_>>().join(" ");
    let line = |row: usize| {
        let (emotion, cell) = (row % 7, cell(row));
        if usage { format!("{emotion},{cell},Training\n") } else { format!("\"{emotion}\",\"{cell}\"\r\n") }
    };
    let heading = if usage { "emotion, pixels,Usage\n" } else { "emotion,Pixels\r\n" };
    (0..3).fold(heading.to_owned(), |text, row| text + &line(row))
}

#[test]
fn a_cell_may_hold_all_pixels() {
    let folder = Folder::new();
    for usage in [true, false] {
        let dataset = open(&[folder.bytes("fer2013.csv", packed(2304, usage).as_bytes())]).unwrap();
        assert_eq!((dataset.rows(), dataset.height(), dataset.width()), (3, 48, 48));
        assert_eq!((dataset.form().as_str(), dataset.dtype().as_str()), ("csv", "uint8"));
        assert_drawings(&dataset, |row| ink(row, 48, 48));
        assert_column(&dataset, "emotion", &["0", "1", "2"]);
        if usage {
            assert_column(&dataset, "Usage", &["Training"; 3]);
        }
    }
    let path = folder.bytes("wide.csv", packed(96, true).as_bytes());
    assert!(
        error(&path)
            .contains("96 values in the first cell of its column pixels, which are no square drawings: say how")
    );
    let shape = OpenOptions { shape: Some((2, 48)), ..OpenOptions::default() };
    let dataset = open_with(&[&path], &shape).unwrap();
    assert_eq!((dataset.height(), dataset.width()), (2, 48));
    assert_drawings(&dataset, |row| ink(row, 2, 48));
    // One column alone, and floats.
    let alone = format!("pixels\n{}\n{}\n", "0.5 ".repeat(16), "  1 ".repeat(16));
    let dataset = open(&[folder.bytes("alone.csv", alone.as_bytes())]).unwrap();
    assert_eq!((dataset.rows(), dataset.height(), dataset.dtype().as_str()), (2, 4, "float32"));
    assert!(!dataset.has_records());
    // Words are no pixels, and few numbers neither.
    for text in ["image,label\na b c d e f g h i j k l m n o p q,1\n", "pixels,label\n1 2 3,1\n"] {
        assert!(error(folder.bytes("words.csv", text.as_bytes())).contains("name the drawings"), "{text}");
    }
}

#[test]
fn a_cell_with_a_hole_is_an_error_that_says_where() {
    let folder = Folder::new();
    let text = packed(2304, true);
    for (from, to, words) in [
        ("0,0 7 ", "0,0 x ", "line 2 has no number in place 2 of its column pixels, but \"x\""),
        ("Training\n2,", "Training\n2,7 ", "line 4 has 2305 values in its column pixels, the first drawing 2304"),
        ("Training\n1,", "Training\n1,,", "line 3 has 0 values in its column pixels, the first drawing 2304"),
        (",Training\n1,", "\n1,", "line 2 has 2 cells, the first line 3"),
        ("Training\n1,", "Training\n1,nan ", "line 3 has no number in place 1 of its column pixels, but \"nan\""),
    ] {
        assert!(text.contains(from));
        let bad = text.replacen(from, to, 1);
        let said = error(folder.bytes("bad.csv", bad.as_bytes()));
        assert!(said.contains(words), "{words}: {said}");
        assert!(said.contains("each line is a drawing, which cannot have holes"), "{said}");
    }
}

#[test]
fn words_for_missing_values_are_none_among_numbers() {
    let folder = Folder::new();
    let heading: Vec<String> = (0..16).map(|at| format!("pixel{at}")).collect();
    let pixels = vec!["7"; 16].join(",");
    let others = [("NA", "DE", "true"), ("5", "NA", "None"), ("-2.5", "FR", "FALSE")];
    let line = |(age, country, is_old): &(&str, &str, &str)| format!("{pixels},{age},{country},{is_old}\n");
    // Many lines, which are read in several pieces on several cores.
    let lines: String = others.iter().cycle().take(3_000).map(line).collect();
    let text = format!("{},age,country,is_old\n{lines}", heading.join(","));
    let dataset = open(&[folder.bytes("words.csv", text.as_bytes())]).unwrap();
    let columns = columns(&dataset);
    let kind = |name: &str| columns.get(name).unwrap().kind();
    assert_eq!(
        [kind("age"), kind("country"), kind("is_old")],
        [ColumnType::Number, ColumnType::Category, ColumnType::Flag]
    );
    assert_eq!(texts(&columns, "age")[2_997..], ["", "5", "-2.5"]);
    assert_eq!(texts(&columns, "country")[2_997..], ["DE", "NA", "FR"]);
    assert_eq!(texts(&columns, "is_old")[2_997..], ["true", "", "false"]);
    assert_said(
        &dataset,
        "words stand for missing values where all others are numbers, flags or times: in age (\"NA\", 1,000 cells), is_old (\"None\", 1,000 cells)",
    );
    assert!(!notes(&dataset).iter().any(|note| note.contains("mixes")), "{:?}", notes(&dataset));
}
