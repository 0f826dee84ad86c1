//! Picking: what `locate` says `pick` finds, and the GPU answers as the oracle does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::real_data::real_data;
use common::{Noise, Stage, gpu_is_there, gray, open};
use glam::DVec2;
use inkfield::gpu::context::GpuOptions;
use inkfield::scene::layout::LayoutKind;
use inkfield::scene::{Action, camera::Camera, oracle};
use serde_json::Value;
use std::fmt::Display;
use std::path::Path;

/// Runs the binary with lines on standard input and returns the JSON lines it answers with.
fn answers(arguments: &[&str], file: &Path, input: String) -> Vec<Value> {
    let mut command = assert_cmd::Command::cargo_bin("inkfield").unwrap();
    let output = command.arg(arguments[0]).arg(file).args(&arguments[1..]).write_stdin(input).assert().success();
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// One item a line.
fn lines(items: impl IntoIterator<Item = impl Display>) -> String {
    items.into_iter().fold(String::new(), |text, item| text + &item.to_string() + "\n")
}

#[test]
fn every_snowman_is_found_where_it_is_located() {
    let Some(data) = real_data() else { return };
    if !gpu_is_there() {
        return;
    }
    let file = data.join("pairs2000/snowman_2000.npy");
    let rows = lines(0..2_000);
    for layout in ["grid", "groups"] {
        let view = ["--layout", layout, "--size", "700x500", "--json"];
        let located = answers(&[&["locate", "--row", "-"], &view[..]].concat(), &file, rows.clone());
        assert!(located.iter().all(|place| place["visible"] == true));
        let pixels = lines(located.iter().map(|place| format!("{},{}", place["x_px"], place["y_px"])));
        let picked = answers(&[&["pick", "--at", "-"], &view[..]].concat(), &file, pixels);
        assert_eq!((located.len(), picked.len()), (2_000, 2_000));
        for (row, (place, answer)) in (0_u32..).zip(located.iter().zip(&picked)) {
            assert_eq!(place["row"], row);
            let found = (&answer["row"], &answer["distance_px"], &answer["under"]);
            assert_eq!(found, (&row.into(), &0.0.into(), &1.into()), "{layout}, {place}");
        }
    }
}

#[test]
fn the_demo_is_picked_right() {
    let Some(mut stage) = Stage::new(&open(&["demo:150152:1"]), gray(), [640, 400], &GpuOptions::default()) else {
        return;
    };
    rows_are_found_in_the_grid_at_four_zooms(&mut stage);
    stage.headless.scene.set_layout(LayoutKind::INDEX, None, false).unwrap();
    a_crowd_is_picked_as_the_oracle_does(&mut stage);
    stage.assert_no_gpu_errors();
}

fn rows_are_found_in_the_grid_at_four_zooms(stage: &mut Stage) {
    let mut noise = Noise(3);
    // The farthest zoom that still gives every drawing a pixel, and three nearer ones.
    for px_per_unit in [1.0, 2.4, 9.7, 61.0] {
        for _ in 0..125 {
            let row = noise.below(150_152);
            let layout = &stage.headless.scene.placed().layout;
            let center = layout.center(row).unwrap();
            // Anywhere on screen; the camera's limits may move it on.
            let reach = DVec2::new(600.0, 360.0) / px_per_unit;
            let aim = center + DVec2::new(noise.unit() - 0.5, noise.unit() - 0.5) * reach;
            let zoom = px_per_unit / stage.headless.scene.viewport().fit_px_per_unit(&layout.bounds);
            stage.headless.scene.apply(Action::SetCamera(Camera { center: aim, zoom }));
            let at = stage.headless.view().px_from_world(center).floor();
            let hit = stage.headless.pick([at.x as i32, at.y as i32], 6.0).unwrap();
            assert_eq!(
                hit.map(|hit| (hit.row.0, hit.distance_px)),
                Some((row, 0.0)),
                "{px_per_unit} px a cell, at {at}"
            );
        }
    }
}

fn a_crowd_is_picked_as_the_oracle_does(stage: &mut Stage) {
    let mut noise = Noise(5);
    let (mut crowded, mut beside, mut nothing) = (0, 0, 0);
    for (zoom, point_size) in [(1.0, None), (3.0, Some(1.5)), (9.0, None), (40.0, Some(30.0)), (150.0, None)] {
        stage.headless.scene.settings.point_size = point_size;
        for i in 0..100 {
            let bounds = stage.headless.scene.placed().layout.bounds;
            let center = bounds.min + bounds.size() * DVec2::new(noise.unit(), noise.unit());
            stage.headless.scene.apply(Action::SetCamera(Camera { center, zoom }));
            let at = [noise.below(640) as i32, noise.below(400) as i32];
            let radius = if i % 2 == 0 { 0.0 } else { 6.0 };
            let hit = stage.headless.pick(at, radius).unwrap();
            let placed = stage.headless.scene.placed();
            let asked = DVec2::new(f64::from(at[0]), f64::from(at[1]));
            let expected = oracle::pick(&stage.headless.view(), &placed.layout, &placed.index, asked, radius);
            let seen = hit.map(|hit| (hit.row, hit.distance_px));
            assert_eq!(
                seen,
                expected.map(|e| (e.row, e.distance_px)),
                "zoom {zoom}, {point_size:?}, {at:?} within {radius}"
            );
            match expected {
                Some(answer) if answer.under > 1 => crowded += 1,
                Some(answer) if answer.under == 0 => beside += 1,
                Some(_) => {}
                None => nothing += 1,
            }
        }
    }
    assert!(crowded > 100 && beside > 20 && nothing > 20, "{crowded} crowded, {beside} beside, {nothing} empty");
}

#[test]
fn key_ids_come_back_exactly() {
    let Some(data) = real_data() else { return };
    if !gpu_is_there() {
        return;
    }
    let records = std::fs::read_to_string(data.join("pairs/octopus.raw.ndjson")).unwrap();
    let records: Vec<Value> = records.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let file = data.join("pairs/octopus.raw.npy");
    let rows = lines(0..records.len());
    let view = ["--size", "300x200", "--json"];
    let located = answers(&[&["locate", "--row", "-"], &view[..]].concat(), &file, rows);
    let pixels = lines(located.iter().map(|place| format!("{},{}", place["x_px"], place["y_px"])));
    let picked = answers(&[&["pick", "--at", "-"], &view[..]].concat(), &file, pixels);
    assert_eq!(picked.len(), records.len());
    for (answer, record) in picked.iter().zip(&records) {
        // Ids of 16 digits and more, as strings: no reader of JSON may round them.
        let id = record["key_id"].as_str().unwrap();
        assert!(id.len() >= 16 && answer["record"]["key_id"] == *id, "{answer} for {id}");
        assert_eq!(answer["record"]["countrycode"], record["countrycode"]);
        assert_eq!(answer["record"]["recognized"], record["recognized"]);
    }
}

#[test]
fn snowmen_are_counted_by_country() {
    let Some(data) = real_data() else { return };
    let info = &answers(&["info", "--json"], &data.join("pairs2000/snowman_2000.npy"), String::new())[0];
    let countries = info["columns"].as_array().unwrap().iter().find(|column| column["name"] == "countrycode").unwrap();
    assert_eq!((&info["rows"], &countries["distinct"]), (&2_000.into(), &92.into()));
    assert_eq!(countries["top"][0], serde_json::json!(["US", 845]));
}
