//! Tables of pixels.

use super::*;
use std::fs;
use std::io::Write;

fn square(row: usize) -> Vec<u8> {
    ink(row, 8, 8)
}

#[test]
fn a_table_of_numbered_pixels_is_drawings_and_its_other_columns_are_records() {
    for name in ["pixels.csv", "headless.csv"] {
        let dataset = open(&[expected(name)]).unwrap();
        assert_eq!(facts(&dataset), ("csv".into(), "uint8".into(), ROWS, 8, 8, 1), "{name}");
        assert_drawings(&dataset, square);
        assert_column(&dataset, "label", &labels());
        assert_eq!(columns(&dataset).len(), 1, "{name}");
    }
    assert_said(&open(&[expected("headless.csv")]).unwrap(), "the first is read as the label");
    // It lies beside nothing but itself.
    let folder = Folder::new();
    let alone = open(&[folder.bytes("alone.csv", &fs::read(expected("pixels.csv")).unwrap())]).unwrap();
    assert!(!alone.report().to_string().contains("not opened"), "{}", alone.report());
    let dataset = open(&[expected("sides.csv")]).unwrap();
    assert_eq!(facts(&dataset), ("csv".into(), "uint8".into(), ROWS, 10, 8, 1));
    assert_drawings(&dataset, |row| ink(row, 10, 8));
    assert_column(&dataset, "label", &labels());
}

#[test]
fn values_with_fractions_keep_all_their_digits() {
    let dataset = open(&[expected("floats.tsv")]).unwrap();
    assert_eq!(facts(&dataset), ("csv".into(), "float64".into(), ROWS, 8, 8, 1));
    assert_drawings(&dataset, |row| {
        square(row).iter().flat_map(|value| (f64::from(*value) / 255.0).to_le_bytes()).collect()
    });
    assert_column(&dataset, "column_1", &["0", "1", "2", "3", "4", "5", "6"]);
    assert_column(&dataset, "name", &["ant", "bee", "a \"wasp\", it says", "", "7", "Käfer", "蜂"]);
    let folder = Folder::new();
    let line = |values: [&str; 2]| format!("{},{}\n", values[0], vec![values[1]; 15].join(","));
    let text = line(["1", "2"]) + &line(["0.1", "65535"]) + &line(["-3", "0.5"]);
    let dataset = open(&[folder.bytes("narrow.csv", text.as_bytes())]).unwrap();
    assert_eq!((dataset.rows(), dataset.dtype().as_str(), dataset.height()), (3, "float32", 4));
    let own =
        |first: f32, rest: f32| [first].into_iter().chain([rest; 15]).flat_map(f32::to_le_bytes).collect::<Vec<u8>>();
    assert_drawings(&dataset, |row| [own(1.0, 2.0), own(0.1, 65535.0), own(-3.0, 0.5)][row].clone());
}

/// More text than is held at a time, in lines of different lengths: packed, with other line ends, named beside another one.
#[test]
fn tables_larger_than_a_block_keep_every_line_in_its_place() {
    let folder = Folder::new();
    let rows = 3000;
    let heading: Vec<String> = (1..=784).map(|at| format!("pixel{at}")).collect();
    let mut text = format!("{},class,id\r\n", heading.join(";").replace(';', ","));
    for row in 0..rows {
        let values: Vec<String> = ink(row, 28, 28).iter().map(u8::to_string).collect();
        text += &format!("{},{},id {row}\r\n", values.join(","), row % 10);
    }
    assert!(text.len() > 5 << 20);
    let plain = folder.bytes("plain.csv", format!("\u{feff}{text}").as_bytes());
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text.replace("\r\n", "\n").trim_end().as_bytes()).unwrap();
    let packed = folder.bytes("packed.csv.gz", &gz.finish().unwrap());
    for path in [plain, packed] {
        let dataset = open(&[&path]).unwrap();
        assert_eq!(facts(&dataset), ("csv".into(), "uint8".into(), rows, 28, 28, 1), "{}", path.display());
        assert_drawings(&dataset, |row| ink(row, 28, 28));
        let columns = columns(&dataset);
        assert_eq!(texts(&columns, "id"), (0..rows).map(|row| format!("id {row}")).collect::<Vec<_>>());
        assert_eq!(texts(&columns, "class"), (0..rows).map(|row| (row % 10).to_string()).collect::<Vec<_>>());
    }
}

#[test]
fn columns_are_known_by_their_numbers_whatever_their_order() {
    let folder = Folder::new();
    let turned: Vec<usize> = (0..16).rev().collect();
    let heading: Vec<String> = turned.iter().map(|at| format!("p{at}")).collect();
    let row: Vec<String> = turned.iter().map(|at| (at * 3).to_string()).collect();
    let text = format!("{},y\n\n{},9\n", heading.join(","), row.join(","));
    let dataset = open(&[folder.bytes("turned.csv", text.as_bytes())]).unwrap();
    assert_eq!((dataset.rows(), dataset.height()), (1, 4), "a blank line is no drawing");
    assert_drawings(&dataset, |_| (0..16).map(|at| at * 3).collect());
    assert_column(&dataset, "y", &["9"]);
    // Numbers alone count from 0 in a heading, and are values elsewhere.
    let numbers = |from: usize| (from..from + 64).map(|at| at.to_string()).collect::<Vec<_>>().join(",");
    let dataset = open(&[folder.bytes("counted.csv", format!("{}\n{}\n", numbers(0), numbers(7)).as_bytes())]).unwrap();
    assert_eq!((dataset.rows(), dataset.has_records()), (1, false));
    assert_drawings(&dataset, |_| (7..71).collect());
    // The label stands last where the first column is a corner that no drawing reaches.
    let line = |row: usize| format!("0,{},{row}\n", vec![(row + 3).to_string(); 63].join(","));
    let dataset = open(&[folder.bytes("last.csv", (line(1) + &line(2)).as_bytes())]).unwrap();
    assert_column(&dataset, "label", &["1", "2"]);
}

/// Natural pictures, of which no corner is blank, with their label behind.
#[test]
fn a_label_behind_natural_pictures_is_no_pixel() {
    let folder = Folder::new();
    let picture =
        |row: usize| (0..1024).map(move |at| (60 + row * 29 % 97 + at / 32 + at % 32) as u8).collect::<Vec<u8>>();
    let line = |row: usize| picture(row).iter().fold(String::new(), |line, value| line + &format!("{value},"));
    let text = (0..30).fold(String::new(), |text, row| text + &format!("{}{}\n", line(row), row % 10));
    let dataset = open(&[folder.bytes("natural.csv", text.as_bytes())]).unwrap();
    assert_drawings(&dataset, picture);
    assert_column(&dataset, "label", &(0..30).map(|row| row % 10).map(|label| label.to_string()).collect::<Vec<_>>());
    assert_said(&dataset, "of its 1025 columns the last is read as the label");
    // One line alone says nothing.
    let dataset = open(&[folder.bytes("one.csv", (vec!["7"; 17].join(",") + "\n").as_bytes())]).unwrap();
    assert_said(&dataset, "the first is read as the label, which is a guess; the last may be as well");
}

#[test]
fn a_line_is_a_drawing_however_many_lines_there_are() {
    let folder = Folder::new();
    let heading: Vec<String> = (0..64).map(|at| format!("pixel{at}")).collect();
    let corners: Vec<String> = (0..16).map(|at| format!("{}x{}", at / 4, at % 4)).collect();
    for rows in [3, 40, 64] {
        let line = |row: usize, many: usize| {
            let values: Vec<String> = (0..many).map(|at| (row + at).to_string()).collect();
            format!("{},c{row}\n", values.join(","))
        };
        for (heading, many, side) in [(&heading, 64, 8), (&corners, 16, 4)] {
            let text =
                format!("{},label\n", heading.join(",")) + &(0..rows).map(|row| line(row, many)).collect::<String>();
            let dataset = open(&[folder.bytes("few.csv", text.as_bytes())]).unwrap();
            assert_eq!((dataset.rows(), dataset.height(), dataset.width()), (rows as u32, side, side));
            assert_column(&dataset, "label", &(0..rows).map(|row| format!("c{row}")).collect::<Vec<_>>());
        }
    }
}

#[test]
fn a_table_beside_drawings_stays_one() {
    let folder = Folder::new();
    let drawings = folder.path("set.csv");
    fs::copy(expected("pixels.csv"), &drawings).unwrap();
    let table = folder.bytes("more.csv", b"word\na\nb\nc\nd\ne\nf\ng\n");
    let dataset = open(&[&table, &drawings]).unwrap();
    assert_eq!(texts(&columns(&dataset), "word"), ["a", "b", "c", "d", "e", "f", "g"]);
    assert_eq!(texts(&columns(&dataset), "label"), labels());
    assert_drawings(&dataset, square);
    assert!(error(&table).contains("this is a table: name the drawings that it belongs to, and it by --table"));
    // In a folder it is no set by itself.
    folder.bitmaps("ink.npy", 3, 0);
    assert_eq!(open(&[folder.path("")]).unwrap().rows(), 3);
}

#[test]
fn a_line_with_a_hole_is_an_error_that_says_where() {
    let folder = Folder::new();
    let text = fs::read_to_string(expected("pixels.csv")).unwrap();
    let changed = |line: usize, change: &dyn Fn(&str) -> String| {
        let lines: Vec<String> = text
            .lines()
            .enumerate()
            .map(|(at, own)| if at + 1 == line { change(own) } else { own.to_owned() })
            .collect();
        error(folder.bytes("bad.csv", lines.join("\n").as_bytes()))
    };
    for (line, change, words) in [
        (3, &(|line: &str| format!("{line},5")) as &dyn Fn(&str) -> String, "line 3 has 66 cells, the first line 65"),
        (8, &|line| line.rsplit_once(',').unwrap().0.to_owned(), "line 8 has 64 cells, the first line 65"),
        (4, &|line| line.replacen(',', ",x", 1), "line 4 has no value in column pixel0, which is \"x"),
        (
            5,
            &|line| line.rsplit_once(',').unwrap().0.to_owned() + ",",
            "line 5 has no value in column pixel63, which is empty",
        ),
        (
            2,
            &|line| line.replacen(',', ",nan,", 1),
            "line 2 has no value in column pixel0, which is \"nan\", no number",
        ),
        (6, &|line| format!("\"{line}"), "line 6 has a quotation mark that is not closed in it"),
    ] {
        let said = changed(line, change);
        assert!(said.contains(words), "{said}");
        assert!(said.contains("each line is a drawing, which cannot have holes"), "{said}");
    }
    let heading = text.lines().next().unwrap();
    assert!(error(folder.bytes("none.csv", heading.as_bytes())).contains("it holds no drawings (shape (0, 64))"));
    let odd = (0..20).map(|at| at.to_string()).collect::<Vec<_>>().join(";");
    let said = error(folder.bytes("odd.csv", format!("{odd}\n").replace(';', ",").replacen('0', "9", 1).as_bytes()));
    assert!(
        said.contains("a table of 20 columns of numbers without a heading, which are no square drawings"),
        "{said}"
    );
    let shape = OpenOptions { shape: Some((4, 5)), ..OpenOptions::default() };
    assert_eq!(open_with(&[folder.path("odd.csv")], &shape).unwrap().height(), 4);
}
