//! Clusters in the real window: sought by a key, as a column with colours, divided more finely, kept alone, taken back.

use super::driver::{BINARY, Driver, Shown};
use super::idle::wait_for_rest;
use super::picture::assert_seen_in;
use super::xvfb::keysym::CONTROL;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::scene::palette::{Colormap, Theme, color};
use std::process::Command;

const INPUT: &str = "demo:3000:2";

/// The sizes of the clusters that the command line names.
fn sizes(resolution: &str) -> Vec<u64> {
    let told = Command::new(BINARY).args(["clusters", INPUT, "--json", "--resolution", resolution]).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    told["clusters"].as_array().unwrap().iter().map(|cluster| cluster["rows"].as_u64().unwrap()).collect()
}

/// The counts in the legend of clusters, by their numbers.
fn in_legend(frame: &Shown) -> Vec<u64> {
    let entries = frame.legend.iter().filter(|entry| entry.text.parse::<u64>().is_ok());
    entries.map(|entry| entry.count.replace(',', "").parse().unwrap()).collect()
}

#[test]
fn a_key_finds_clusters_and_colours_drawings_by_them() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "900x700", "--motion", "reduced"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 3000);
    let expected = sizes("1");
    driver.screen.write("k");
    let shown = driver.wait("clusters as colours", |frame| frame.color_by.as_deref() == Some("cluster"));
    assert_eq!(in_legend(&shown), expected);
    // What shows them is in the panel.
    let shown = driver.wait("what shows them", |frame| frame.thumbnails.len() > 8 && frame.left_slider.is_some());
    let [left, top, width, height] = shown.left_slider.unwrap();
    // More of them, and smaller ones.
    driver.screen.point([left + 0.8 * width, top + height / 2.0].map(|at| at.round() as i32));
    driver.wait("the pointer over the panel", |frame| frame.pointer.is_none());
    driver.screen.button(1, true);
    driver.wait("more clusters", |frame| in_legend(frame).len() > expected.len() && frame.arranging.is_none());
    driver.screen.button(1, false);
    wait_for_rest(&mut driver, "they are there");
    // Undo divides them as before, then takes the colours away with what was asked for first.
    driver.screen.tap_with(CONTROL, 'z'.into());
    driver.wait("those of before", |frame| in_legend(frame) == expected);
    driver.screen.tap_with(CONTROL, 'z'.into());
    driver.wait("no colours", |frame| frame.color_by.is_none());
    driver.tap('k'.into(), "the panel closed", |frame| frame.left_slider.is_none());
    // Asked for once more they are there at once, colours and all.
    driver.tap('k'.into(), "the colours of before", |frame| frame.color_by.as_deref() == Some("cluster"));
}

/// What stands on the screen for the mean drawing of the largest cluster: `side` pixels for each of its own, within its frame.
fn largest_mean(side: usize) -> Vec<u8> {
    let told = Command::new(BINARY).args(["clusters", INPUT, "--json"]).output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    let dataset = Dataset::open(&[INPUT], &OpenOptions::default()).unwrap();
    let (mut sums, mut count) = ([0_u64; 784], 0_u64);
    for (row, _) in (0..).zip(told["cluster_of"].as_array().unwrap()).filter(|(_, of)| of.as_u64() == Some(1)) {
        let mut drawing = [0; 784];
        dataset.read_rows(row, &mut drawing).unwrap();
        sums.iter_mut().zip(drawing).for_each(|(sum, ink)| *sum += u64::from(ink));
        count += 1;
    }
    let pixel = |x: usize, y: usize| {
        let sum = sums[y / side * 28 + x / side];
        color(Colormap::Ink, Theme::Paper, (sum as f64 / (255.0 * count as f64)) as f32)
    };
    (1..28 * side - 1).flat_map(|y| (1..28 * side - 1).flat_map(move |x| pixel(x, y))).collect()
}

#[test]
fn the_panel_shows_the_mean_of_each_cluster() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "900x700", "--motion", "reduced"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 3000);
    driver.screen.write("k");
    let shown = driver.wait("means beside drawings", |frame| frame.means.len() > 1 && frame.thumbnails.len() > 8);
    let [left, top, width, height] = shown.means[0].map(|at| at.round() as u32);
    assert_eq!((width, height % 28), (height, 0), "{:?}", shown.means);
    let inner = [width - 2, height - 2];
    assert_seen_in(&driver, [left + 1, top + 1], inner, &largest_mean(width as usize / 28), "the mean of the largest");
    driver.tap('k'.into(), "no means any more", |frame| frame.means.is_empty());
}

#[test]
fn the_layout_of_a_part_waits_for_the_clusters_that_make_it() {
    let args = [INPUT, "--size", "700x500", "--clusters", "--where", "cluster = 2", "--rearrange", "--layout", "map"];
    let Some(mut driver) = Driver::open_whole(&args) else { return };
    let expected = sizes("1");
    let shown = driver.wait("a map of them", |frame| {
        frame.layout == "map" && frame.matching.is_some() && frame.quality.is_some() && frame.arranging.is_none()
    });
    assert_eq!(shown.matching.map(u64::from), Some(expected[1]));
    assert!(shown.notices.is_empty(), "{:?}", shown.notices);
}

#[test]
fn what_is_asked_for_at_the_start_waits_for_clusters() {
    let args = [INPUT, "--size", "700x500", "--clusters", "--color-by", "cluster", "--where", "cluster in (1, 2)"];
    let asked = [&args[..], &["--layout", "groups", "--by", "cluster", "--no-records"]].concat();
    let Some(mut driver) = Driver::open_whole(&asked) else { return };
    let expected = sizes("1");
    let shown = driver.wait("groups of clusters", |frame| frame.layout == "groups" && frame.matching.is_some());
    assert_eq!(shown.matching.map(u64::from), Some(expected[0] + expected[1]));
    assert_eq!(in_legend(&shown)[..2], expected[..2]);
    assert!(shown.notices.is_empty(), "{:?}", shown.notices);
}
