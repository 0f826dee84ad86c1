//! Files dropped on the window, records copied out of it, and `--strict`, which tells by the exit code as well.

use super::driver::{BINARY, Driver};
use super::idle::wait_for_rest;
use super::loading::write_drawings;
use super::soak::uri;
use super::xvfb::keysym::CONTROL;
use serde_json::Value;
use std::process::Command;

#[test]
pub fn files_are_opened_by_dropping_them() {
    let none: [&str; 0] = [];
    let Some(mut driver) = Driver::open(&none) else { return };
    let (good, more) = (driver.path("two words ö.npy"), driver.path("more.npy"));
    write_drawings(&good, 321);
    write_drawings(&more, 9);
    let bad = driver.path("login.npy");
    std::fs::write(&bad, "<!DOCTYPE html><html><body>Please sign in.</body></html>").unwrap();
    let screen_drop = |driver: &Driver, uris: &str| driver.screen.drag(driver.window(), uris, [400, 300]).drop_here();

    screen_drop(&driver, &uri(&good));
    let opened = driver.wait("the dropped drawings", |frame| frame.is_loaded() && frame.rows == 321);
    assert_eq!((opened.title.as_str(), opened.notices.len()), ("two words ö", 0));

    // A bad one is told of and leaves what is open.
    screen_drop(&driver, &uri(&bad));
    let told = driver.wait("a notice", |frame| frame.notices.len() == 1);
    assert!(told.notices[0].contains("login.npy") && told.notices[0].contains("web page"), "{:?}", told.notices);
    assert_eq!((told.rows, told.title.as_str()), (321, "two words ö"));

    // Two at once are one set.
    screen_drop(&driver, &(uri(&good) + &uri(&more)));
    driver.wait("both", |frame| frame.is_loaded() && frame.rows == 330);
    // Nothing of that was named on the command line.
    assert_eq!(driver.close(), 0);
}

#[test]
pub fn the_copied_record_is_what_pick_answers_at_that_pixel() {
    let Some(mut driver) = Driver::open_whole(&["demo:3000:1", "--size", "640x420"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 3000);
    let at = [333, 201];
    driver.move_to(at);
    let hovered = driver.wait("a hover", |frame| frame.hover_row.is_some());
    driver.screen.tap_with(CONTROL, 'c'.into());
    driver.wait("the notice", |frame| frame.notices.iter().any(|notice| notice.starts_with("copied")));
    let copied = driver.screen.clipboard();
    assert_eq!(copied.lines().count(), 1, "one line: {copied}");
    let mut copied: serde_json::Map<String, Value> = serde_json::from_str(&copied).unwrap();

    let (at, scale) = (format!("{},{}", at[0], at[1]), hovered.scale.to_string());
    let pick = ["pick", "demo:3000:1", "--size", "640x420", "--scale", &scale, "--json", "--at", &at];
    let output = Command::new(BINARY).args(pick).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let picked: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(copied.shift_remove("row"), Some(picked["row"].clone()));
    assert_eq!(hovered.hover_row.map(Value::from), Some(picked["row"].clone()));
    assert_eq!(Value::Object(copied), picked["record"]);
    assert!(picked["record"]["key_id"].is_string(), "ids are exact: {picked}");
}

#[test]
fn strict_keeps_the_drawings_and_ends_with_an_error_in_window_terminal_and_exit_code() {
    let record = |row: u32| format!("{{\"word\":\"stripes\",\"n\":{row}}}\n");
    let mut broken: Vec<String> = (0..60).map(record).collect();
    broken[40] = "{\"word\":\"stri\n".to_owned();
    let few: Vec<String> = (0..59).map(record).collect();
    let cases = [
        (broken, ["the records could not be read to their end", "line 41", "stripes.ndjson"]),
        (few, ["the records were refused: --strict", "59 records for 60 drawings", "stripes.ndjson"]),
    ];
    for (records, parts) in cases {
        let folder = tempfile::tempdir().unwrap();
        write_drawings(&folder.path().join("stripes.npy"), 60);
        std::fs::write(folder.path().join("stripes.ndjson"), records.concat()).unwrap();
        let Some(mut driver) = Driver::open_in(folder, &["stripes.npy", "--strict"]) else { return };
        let told = driver.wait("the notice", |frame| frame.is_loaded() && !frame.notices.is_empty());
        assert_eq!(told.notices.len(), 1);
        assert!(parts.iter().all(|part| told.notices[0].contains(part)), "{:?}", told.notices);
        assert!(driver.stderr().contains(&told.notices[0]), "{}", driver.stderr());
        // Blocks of records that are not as they should be are not shown; asked twice, it is told once.
        driver.screen.write("33");
        driver.tap('t'.into(), "night", |frame| frame.theme == "night");
        let refused = driver.now();
        assert_eq!((refused.layout.as_str(), refused.notices.len()), ("grid", 2), "{:?}", refused.notices);
        assert!(refused.notices[1].starts_with("groups cannot be shown"), "{:?}", refused.notices);
        assert_eq!(driver.close(), 2);
    }
}

#[test]
fn the_exit_code_tells_whether_what_was_named_could_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("login.npy"), "<html></html>").unwrap();
    let Some(mut driver) = Driver::open_in(folder, &["login.npy"]) else { return };
    driver.wait("a notice", |frame| !frame.notices.is_empty());
    assert_eq!(driver.close(), 2);
    assert!(driver.stderr().contains("not all that was named"), "{}", driver.stderr());

    let Some(mut driver) = Driver::open_whole(&["demo:500:1", "--strict"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 500);
    assert_eq!(driver.close(), 0);
}

#[test]
pub fn a_click_on_what_the_load_report_offers_shows_it() {
    let folder = tempfile::tempdir().unwrap();
    let photos = folder.path().join("photos");
    std::fs::create_dir(&photos).unwrap();
    for row in 0..30_u8 {
        let colour = image::Rgb([row * 8, 90, 200 - row * 5]);
        image::RgbImage::from_pixel(16, 16, colour).save(photos.join(format!("{row:02}.png"))).unwrap();
    }
    let places = ndarray::Array2::from_shape_fn((30, 2), |(row, axis)| ((row * (axis + 3)) % 17) as f32);
    ndarray_npy::write_npy(folder.path().join("photos.umap.npy"), &places).unwrap();
    let arguments = [photos.into_os_string(), "--size".into(), "640x560".into()];
    let Some(mut driver) = Driver::open_in(folder, &arguments) else { return };
    driver.wait("all pictures", |frame| frame.is_loaded() && frame.rows == 30 && frame.layout == "grid");
    let [width, height] = driver.screen.size(driver.window());
    // Above the status line the report's list is what changes when its badge is clicked.
    let area = [width / 2, height - 40];
    driver.point_away();
    wait_for_rest(&mut driver, "before the report is opened");
    let before = driver.screen.screenshot(driver.window(), [0, 0], area);
    let list = (20..width as i32 / 2).step_by(24).find_map(|x| {
        let serial = driver.now().serial;
        driver.screen.point([x, height as i32 - 12]);
        driver.screen.click(1);
        driver.wait("an answer to the click", |frame| frame.serial > serial);
        wait_for_rest(&mut driver, "after a click");
        let now = driver.screen.screenshot(driver.window(), [0, 0], area);
        let mut changed = before.chunks(3).zip(now.chunks(3)).zip(0..).filter(|((a, b), _)| a != b).map(|(_, at)| at);
        let first: u32 = changed.next()?;
        (changed.count() > 5_000).then(|| [x, (first / area[0]) as i32])
    });
    let [x, top] = list.expect("a list above the badge");
    // The line below the heading.
    driver.screen.point([x + 30, top + 42]);
    driver.screen.click(1);
    driver.wait("the places", |frame| frame.layout == "file" && !frame.gliding);
    assert_eq!(driver.close(), 0);
}
