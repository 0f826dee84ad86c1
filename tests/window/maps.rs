//! A map in the real window: it forms, says what it is worth, and links the drawing under the pointer with what looks like it.

use super::driver::{BINARY, Driver};
use std::process::Command;

const INPUT: &str = "demo:1200:2";

/// The rows that look most like one, by the command line.
fn similar(row: u32) -> Vec<u32> {
    let args = ["similar", INPUT, "--json", "--row", &row.to_string()];
    let told = Command::new(BINARY).args(args).output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    told["neighbours"].as_array().unwrap().iter().map(|found| found["row"].as_u64().unwrap() as u32).collect()
}

#[test]
fn a_map_forms_is_that_of_render_and_links_look_alikes() {
    let view = ["--layout", "map", "--size", "700x500"];
    let args = [&[INPUT, "--motion", "reduced"][..], &view].concat();
    let Some(mut driver) = Driver::open_whole(&args) else { return };
    driver.wait("the whole map", |frame| frame.layout == "map" && frame.quality.is_some() && frame.arranging.is_none());
    let asked = |command: &str, more: &[&str]| {
        let told = Command::new(BINARY).args([command, INPUT, "--json"]).args(view).args(more).output().unwrap();
        serde_json::from_slice::<serde_json::Value>(&told.stdout).unwrap()
    };
    let place = |row: u32| {
        let told = asked("locate", &["--row", &row.to_string()]);
        ["x_px", "y_px"].map(|axis| told[axis].as_f64().unwrap())
    };
    // Near the middle some drawing is found; others may lie over it.
    let near = asked("pick", &["--radius", "300", "--at", "350,250"])["row"].as_u64().unwrap() as u32;
    let at = place(near).map(|px| px.floor() as i32);
    driver.move_to(at);
    let shown = driver.wait("a drawing and its links", |frame| frame.hover_row.is_some() && !frame.links.is_empty());
    let row = shown.hover_row.unwrap();
    let picked = asked("pick", &["--at", &format!("{},{}", at[0], at[1])]);
    assert_eq!(picked["row"].as_u64(), Some(row.into()));
    let is_near = |a: [f32; 2], b: [f64; 2]| a.into_iter().zip(b).all(|(a, b)| (f64::from(a) - b).abs() < 0.1);
    let expected = similar(row);
    assert_eq!(shown.links.len(), 12);
    for (link, &other) in shown.links.iter().zip(&expected) {
        assert!(is_near(link[0], place(row)) && is_near(link[1], place(other)), "{link:?} to row {other}");
    }
}

#[test]
fn on_the_map_of_a_file_what_has_no_place_is_news_and_look_alikes_are_linked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("places.csv");
    // Of 1,200 drawings the last hundred have no place.
    let lines: Vec<_> = (0..1_100).map(|row| format!("{row},{},{}\n", row % 40, row / 40)).collect();
    std::fs::write(&file, format!("row,x,y\n{}", lines.concat())).unwrap();
    let file = file.to_str().unwrap();
    let args = [INPUT, "--layout", "map", "--only-place", file, "--size", "700x500", "--motion", "reduced"];
    let Some(mut driver) = Driver::open_whole(&args) else { return };
    let shown = driver.wait("the map", |frame| frame.layout == "map" && !frame.notices.is_empty());
    assert_eq!(shown.notices, ["not in places.csv, placed among those most like them: 100 drawings"]);
    driver.move_to([350, 250]);
    let row = driver.wait("a drawing", |frame| frame.hover_row.is_some()).hover_row.unwrap();
    driver.tap('a'.into(), "its look-alikes", |frame| frame.links.len() == 12);
    let view = ["--layout", "map", "--only-place", file, "--size", "700x500"];
    let place = |row: u32| {
        let args = ["locate", INPUT, "--json", "--row", &row.to_string()];
        let told = Command::new(BINARY).args(args).args(view).output().unwrap();
        let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
        ["x_px", "y_px"].map(|axis| told[axis].as_f64().unwrap())
    };
    let shown = driver.wait("its links", |frame| frame.hover_row == Some(row) && frame.links.len() == 12);
    for (link, other) in shown.links.iter().zip(similar(row)) {
        for (end, expected) in link.iter().zip([place(row), place(other)]) {
            let off = [0, 1].map(|axis| (f64::from(end[axis]) - expected[axis]).abs());
            assert!(off.iter().all(|&off| off < 0.1), "{link:?} to row {other}");
        }
    }
    // Nothing that was asked for is an error: standard error says it as news.
    assert_eq!(driver.close(), 0);
    let said = driver.stderr();
    assert!(said.contains("not in places.csv") && !said.contains("error"), "{said}");
}
