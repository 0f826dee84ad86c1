//! `audit`, `differ` and `arrange`: held against what was put into a set, and against the commands that show the same.

use super::real_data::real_data;
use super::{complaint, documents, gpu, inkfield, read_png, write_npy};
use inkfield::data::dataset::{Dataset, OpenOptions};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// 300 drawings of the demo; behind them row 5 again, row 9 moved by a pixel, an empty one, and row 5 once more.
fn doubled(folder: &TempDir) -> PathBuf {
    let dataset = Dataset::open(&["demo:300:4"], &OpenOptions::default()).unwrap();
    let mut values = vec![0; 300 * 784];
    dataset.read_rows(0, &mut values).unwrap();
    let of = |values: &[u8], row: usize| values[row * 784..][..784].to_vec();
    let mut moved = vec![0; 784];
    let ninth = of(&values, 9);
    (0..28 * 27).filter(|at| at % 28 < 27).for_each(|at| moved[at + 29] = ninth[at]);
    let five = of(&values, 5);
    for drawing in [five.clone(), moved, vec![0; 784], five] {
        values.extend(drawing);
    }
    let path = folder.path().join("doubled.npy");
    write_npy(&path, "(304, 784)", &values);
    let split = |row: usize| if [300, 301].contains(&row) { "test" } else { "train" };
    let lines: Vec<String> = (0..304).map(|row| json!({"split": split(row)}).to_string() + "\n").collect();
    fs::write(path.with_extension("ndjson"), lines.concat()).unwrap();
    path
}

#[test]
fn copies_blank_drawings_and_leaks_are_found() {
    let folder = TempDir::new().unwrap();
    let path = doubled(&folder);
    let answer = documents(inkfield().arg("audit").arg(&path).args(["--json", "--between", "split"])).remove(0);
    assert_eq!(answer["rows"], 304);
    assert_eq!(answer["duplicates"], json!([[5, 300, 303]]));
    assert_eq!(answer["blank"], json!([302]));
    let near = answer["near"].as_array().unwrap();
    assert!(near.iter().any(|group| group.as_array().unwrap().starts_with(&[9.into()])), "{near:?}");
    let pair = answer["near_pairs"].as_array().unwrap().iter().find(|pair| pair["row"] == 9 && pair["other"] == 301);
    assert!(pair.unwrap()["distance"].as_f64().unwrap() < 0.1);
    // Of the copies of row 5 one is in the test set, and the moved one of row 9.
    let leaked = &answer["leakage"];
    assert_eq!((&leaked["column"], &leaked["values"]), (&json!("split"), &json!(["train", "test"])));
    assert_eq!(leaked["duplicates"], json!([[5, 300, 303]]));
    assert_eq!(leaked["between"][0]["equal_rows"], json!([2, 1]));
    assert_eq!(leaked["near_pairs"].as_array().unwrap().len(), 1);
    let distances: Vec<f64> =
        answer["outliers"].as_array().unwrap().iter().map(|one| one["distance"].as_f64().unwrap()).collect();
    assert_eq!(distances.len(), 20);
    assert!(distances.is_sorted_by(|a, b| a >= b));
    // Nothing is near at 0, and all the same is said line by line.
    let none = documents(inkfield().arg("audit").arg(&path).args(["--json", "--near", "0"])).remove(0);
    assert_eq!((&none["near_pairs"], &none["duplicates"]), (&json!([]), &answer["duplicates"]));
    let csv = inkfield().arg("audit").arg(&path).arg("--csv").output().unwrap();
    let csv = String::from_utf8(csv.stdout).unwrap();
    assert!(csv.starts_with("kind,group,row,other,distance,strokes\nduplicate,0,5,,,unknown\n"));
    assert!(csv.contains("\nduplicate,0,303,,,unknown\n") && csv.contains("\nblank,,302,,,\n"), "{csv}");
    assert!(complaint(inkfield().arg("audit").arg(&path).args(["--between", "splt"]), 2).contains("split"));
    assert!(complaint(inkfield().arg("audit").arg(&path).args(["--near", "2"]), 2).contains("0 to 0.25"));
}

#[test]
fn drawings_that_hardly_differ_are_near_in_a_set_of_nothing_else() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("alike.npy");
    let mut drawing = vec![0; 784];
    Dataset::open(&["demo:300:4"], &OpenOptions::default()).unwrap().read_rows(5, &mut drawing).unwrap();
    // Each of ten has one pixel of its own that is a little darker.
    let values: Vec<u8> = (0..10)
        .flat_map(|row| {
            let mut own = drawing.clone();
            own[200 + 31 * row] = own[200 + 31 * row].saturating_add(40).max(40);
            own
        })
        .collect();
    write_npy(&path, "(10, 784)", &values);
    let answer = documents(inkfield().arg("audit").arg(&path).arg("--json")).remove(0);
    assert_eq!(answer["near"], json!([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]), "{answer}");
    assert_eq!(answer["duplicates"], json!([]));
}

#[test]
fn places_are_those_of_locate() {
    let args = ["demo:300:4", "--size", "640x480"];
    let sorted = documents(inkfield().arg("arrange").args(args).args(["--layout", "sorted", "--json"])).remove(0);
    let (columns, cells) = (sorted["columns"].as_u64().unwrap(), sorted["cells"].as_array().unwrap());
    assert_eq!(cells.len() as u64, columns * sorted["lines"].as_u64().unwrap());
    let mut rows: Vec<u64> = cells.iter().filter_map(Value::as_u64).collect();
    // Read off cell by cell, drawings lie beside each other as in the picture.
    let place = |layout: &str, row: u64| {
        let more = ["--json", "--layout", layout, "--row", &row.to_string()];
        let told = documents(inkfield().arg("locate").args(args).args(more)).remove(0);
        ["x_px", "y_px", "size_px"].map(|key| told[key].as_f64().unwrap())
    };
    let [a, b] = [rows[0], rows[1]].map(|row| place("sorted", row));
    assert!((b[0] - a[0] - a[2]).abs() < 1e-6 && (b[1] - a[1]).abs() < 1e-6);
    rows.sort_unstable();
    assert!(rows.into_iter().eq(0..300));
    // What a filter hides has no place, and what is wrong with one is said.
    let hidden =
        documents(inkfield().arg("arrange").args(args).args(["--json", "--layout", "pca", "--where", "row < 3"]))
            .remove(0);
    let there = hidden["x"].as_array().unwrap().iter().filter(|x| x.is_number()).count();
    assert_eq!((there, hidden["x"].as_array().unwrap().len()), (3, 300));
    assert!(complaint(inkfield().arg("arrange").args(args).args(["--where", "nope = 1"]), 2).contains("nope"));
    let map = documents(inkfield().arg("arrange").args(args).args(["--layout", "pca", "--json"])).remove(0);
    let at = |row: usize| ["x", "y"].map(|axis| map[axis][row].as_f64().unwrap());
    assert!(map["quality"].as_str().unwrap().contains("trustworthy"));
    // Differences of places are those in pixels, y upwards.
    let [first, second, third] = [0, 1, 2].map(|row| place("pca", row));
    let scale = (second[0] - first[0]) / (at(1)[0] - at(0)[0]);
    assert!(((third[0] - first[0]) - scale * (at(2)[0] - at(0)[0])).abs() < 0.01);
    assert!(((third[1] - first[1]) + scale * (at(2)[1] - at(0)[1])).abs() < 0.01);
}

#[test]
fn a_picture_of_a_sorted_grid_shows_in_each_cell_the_drawing_that_lies_there() {
    if !gpu() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("sorted.png");
    let arrange = |args: &[&str]| {
        let mut command = inkfield();
        command.arg("arrange").args(args).arg("--out").arg(&out);
        command
    };
    let sorted = ["demo:300:4", "--layout", "sorted", "--colormap", "gray", "--json"];
    let told = documents(&mut arrange(&sorted)).remove(0);
    assert_eq!(told["cells"], documents(inkfield().arg("arrange").args(sorted)).remove(0)["cells"]);
    let [columns, lines] = ["columns", "lines"].map(|key| told[key].as_u64().unwrap() as usize);
    let ([width, height], samples, pixels) = read_png(&out);
    // What `fit` leaves free on each side is 12 px.
    assert_eq!([width as usize, height as usize], [columns * 28 + 24, lines * 28 + 24]);
    assert_eq!(told["picture"]["size_px"], json!([width, height]));
    assert_eq!(told["picture"]["side_px"], 28.0);
    let dataset = Dataset::open(&["demo:300:4"], &OpenOptions::default()).unwrap();
    for (cell, row) in told["cells"].as_array().unwrap().iter().enumerate() {
        let mut drawing = [0; 784];
        if let Some(row) = row.as_u64() {
            dataset.read_rows(row as u32, &mut drawing).unwrap();
        }
        for (line, values) in drawing.chunks_exact(28).enumerate() {
            let start = (12 + cell / columns * 28 + line) * width as usize + 12 + cell % columns * 28;
            let shown: Vec<u8> = pixels[start * samples..][..28 * samples].iter().step_by(samples).copied().collect();
            assert_eq!(shown, values, "row {row}, line {line}");
        }
    }
    // A size that is asked for is kept, and what would be too long becomes smaller: 1,200 drawings in a line have 13 px each.
    documents(&mut arrange(&[&sorted[..], &["--size", "301x200"]].concat()));
    assert_eq!(read_png(&out).0, [301, 200]);
    let line = arrange(&["demo:1200:4", "--columns", "1200"]).output().unwrap();
    assert!(String::from_utf8(line.stderr).unwrap().contains("13 px wide"));
    assert!(line.stdout.starts_with(b"row,x,y\n0,0.5,-0.5\n"));
    assert_eq!(read_png(&out).0, [1200 * 13 + 24, 13 + 24]);
    let map = documents(&mut arrange(&["demo:300:4", "--layout", "pca", "--json"])).remove(0);
    assert_eq!(map["picture"]["side_px"], 28.0);
    assert!(complaint(inkfield().args(["arrange", "demo:9:1", "--out", "places.csv"]), 2).contains("places.png"));
}

#[test]
fn koreans_draw_snowmen_their_own_way_and_nobody_pianos() {
    let Some(folder) = real_data().map(|data| data.join("pairs2000")) else { return };
    let differ = |name: &str, more: &[&str]| {
        let mut command = inkfield();
        command.arg("differ").arg(folder.join(format!("{name}_2000.npy"))).args(["--by", "countrycode"]).args(more);
        command
    };
    let snowmen = documents(&mut differ("snowman", &["--json"])).remove(0);
    let first = &snowmen["groups"][0];
    // By numpy, with 2,000 permutations: × 3.97, z 7.1, p .0005.
    assert_eq!(first["value"], "KR");
    let (ratio, z) = (first["ratio"].as_f64().unwrap(), first["z"].as_f64().unwrap());
    assert!((3.6..4.3).contains(&ratio) && (6.5..7.6).contains(&z), "{first}");
    assert!(first["p_corrected"].as_f64().unwrap() < 0.01);
    let pianos = documents(&mut differ("piano", &["--json"])).remove(0);
    let least = |group: &Value| group["p_corrected"].as_f64().unwrap() > 0.05;
    assert!(pianos["groups"].as_array().unwrap().iter().all(least), "{pianos}");
    // Side by side: the means are those of the rows, plainly added up.
    let out = TempDir::new().unwrap();
    let path = out.path().join("two.png");
    let mut command = differ("snowman", &["--json", "--groups", "KR,US", "--out"]);
    let pair = documents(command.arg(&path)).remove(0);
    let dataset = Dataset::open(&[folder.join("snowman_2000.npy")], &OpenOptions::default()).unwrap();
    let records = super::records(&folder.join("snowman_2000.ndjson"));
    let korean: Vec<u32> = (0..2000).filter(|&row| records[row as usize]["countrycode"] == "KR").collect();
    let mut sums = [0_u64; 784];
    for &row in &korean {
        let mut drawing = [0; 784];
        dataset.read_rows(row, &mut drawing).unwrap();
        sums.iter_mut().zip(drawing).for_each(|(sum, value)| *sum += u64::from(value));
    }
    let side = &pair["sides"][0];
    assert_eq!(side["rows"].as_u64(), Some(korean.len() as u64));
    for (mean, sum) in side["mean"].as_array().unwrap().iter().zip(sums) {
        assert!((mean.as_f64().unwrap() - sum as f64 / korean.len() as f64).abs() < 1e-9);
    }
    assert!(korean.contains(&(side["medoid"].as_u64().unwrap() as u32)));
    let ([width, height], samples, _) = read_png(&path);
    assert_eq!([width, height, samples as u32], [(3 * 28 + 2) * 8, 28 * 8, 3]);
    assert!(complaint(&mut differ("snowman", &["--groups", "KR,XX"]), 2).contains("XX"));
    assert!(complaint(&mut differ("snowman", &["--groups", "KR, KR"]), 2).contains("two different values"));
}

#[test]
fn who_draws_differently_is_asked_of_what_a_condition_keeps() {
    let differ = |more: &[&str]| {
        let mut command = inkfield();
        command.args(["differ", "demo:1500:6", "--by", "countrycode", "--json"]).args(more);
        command
    };
    let condition = ["--where", "recognized and row >= 100"];
    let found = documents(&mut differ(&condition)).remove(0);
    // Counted from the table: a group has the rows that are kept, others count as having no value.
    let columns = ["--columns", "countrycode,recognized", "--csv"];
    let table = super::answer(inkfield().args(["table", "demo:1500:6"]).args(columns));
    let mut counts = std::collections::HashMap::new();
    for (row, line) in table.lines().skip(1).enumerate() {
        let fields: Vec<&str> = line.rsplitn(3, ',').collect();
        if row >= 100 && fields[0] == "true" {
            *counts.entry(fields[1].to_owned()).or_insert(0_u64) += 1;
        }
    }
    let kept: u64 = counts.values().sum();
    assert_eq!(found["rows"].as_u64(), Some(kept));
    assert_eq!(found["missing"].as_u64(), Some(1500 - kept));
    let groups = found["groups"].as_array().unwrap();
    assert_eq!(groups.len(), counts.values().filter(|&&rows| rows >= 20).count());
    for group in groups {
        assert_eq!(group["rows"].as_u64(), counts.get(group["value"].as_str().unwrap()).copied(), "{group}");
    }
    let [a, b] = [&groups[0]["value"], &groups[1]["value"]].map(|value| value.as_str().unwrap());
    let pair = documents(differ(&condition).args(["--groups", &format!("{a},{b}")])).remove(0);
    assert_eq!([&pair["sides"][0]["rows"], &pair["sides"][1]["rows"]], [&groups[0]["rows"], &groups[1]["rows"]]);
    let nobody = complaint(&mut differ(&["--where", "row < 0", "--groups", &format!("{a},{b}")]), 2);
    assert!(nobody.contains("no drawing that --where keeps has"), "{nobody}");
    assert!(complaint(&mut differ(&["--where", "nope = 1"]), 2).contains("nope"));
}
