//! The commands that sort drawings by likeness in another way, in the real window: by the map, and around what stays in its cells.

use super::asking::find;
use super::driver::{BINARY, Driver, Shown};
use glam::DVec2;
use serde_json::Value;
use std::process::Command;

const INPUT: &str = "demo:400:2";

/// The rows in the cells of a sorted grid in reading order, and how many columns it has, by the command line.
fn cells(more: &[&str]) -> (Vec<Option<u32>>, usize) {
    let args = ["arrange", INPUT, "--layout", "sorted", "--json"];
    let told = Command::new(BINARY).env("INKFIELD_CACHE", "off").args(args).args(more).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    let cells = told["cells"].as_array().unwrap().iter().map(|row| row.as_u64().map(|row| row as u32));
    (cells.collect(), told["columns"].as_u64().unwrap() as usize)
}

/// Moves the pointer onto a cell; the row that is hovered there.
fn row_at(driver: &mut Driver, cell: usize, columns: usize) -> u32 {
    let [column, line] = [cell % columns, cell / columns].map(|at| at as f64);
    let at = driver.now().px_of(DVec2::new(column + 0.5, -line - 0.5)).as_ivec2().to_array();
    driver.move_to(at);
    let there = |frame: &Shown| frame.pointer.map(|px| px.map(|px| px as i32)) == Some(at) && frame.hover_row.is_some();
    driver.wait("the row of a cell", there).hover_row.unwrap()
}

/// Waits until a grid that was asked for stands.
fn wait_for(driver: &mut Driver, what: &str) {
    driver.wait(&format!("{what}: under way"), |frame| frame.arranging.is_some());
    driver.wait(what, |frame| frame.layout == "sorted" && frame.arranging.is_none() && frame.quality.is_some());
}

fn open() -> Option<Driver> {
    let mut driver = Driver::open_whole(&[INPUT, "--size", "760x560", "--motion", "reduced"])?;
    driver.wait("all drawings", |frame| frame.is_loaded() && frame.records_loaded == 400);
    Some(driver)
}

#[test]
fn drawings_are_sorted_by_the_map_and_without_it_as_the_command_does() {
    let ((plain, columns), (by_map, _)) = (cells(&[]), cells(&["--sorted-from", "map"]));
    let different: Vec<usize> = (0..400).filter(|&cell| plain[cell] != by_map[cell]).step_by(60).take(5).collect();
    assert!(different.len() >= 4, "both ways put drawings into the same cells");
    let Some(mut driver) = open() else { return };
    for (what, expected) in [("sort by the map", &by_map), ("sort without the map", &plain)] {
        find(&mut driver, what);
        wait_for(&mut driver, what);
        for &cell in &different {
            assert_eq!(Some(row_at(&mut driver, cell, columns)), expected[cell], "{what}, cell {cell}");
        }
    }
}

#[test]
fn what_is_pinned_stays_in_its_cell_while_the_others_are_sorted_by_the_map() {
    let ((plain, columns), (by_map, _)) = (cells(&[]), cells(&["--sorted-from", "map"]));
    let cell = (0..400).find(|&cell| plain[cell].is_some() && !by_map[..cell + 80].contains(&plain[cell])).unwrap();
    let Some(mut driver) = open() else { return };
    driver.screen.write("9");
    wait_for(&mut driver, "the sorted grid");
    let row = row_at(&mut driver, cell, columns);
    assert_eq!(Some(row), plain[cell]);
    driver.screen.click(1);
    driver.wait("it is pinned", |frame| frame.pin_row == Some(row));
    find(&mut driver, "sort again, keeping");
    wait_for(&mut driver, "sorted around it");
    find(&mut driver, "sort by the map");
    wait_for(&mut driver, "sorted by the map around it");
    assert_eq!(row_at(&mut driver, cell, columns), row, "without the wish it lies far from there");
    assert_eq!(driver.now().gpu_errors, 0);
}
