//! Panels are kept as a picture of which only changes are painted: it must look as if painted anew.

use super::driver::{Driver, Shown};
use super::idle::wait_for_rest;
use super::picture::{assert_seen, assert_seen_in, rendered};
use super::xvfb::keysym::ESCAPE;

const INPUT: &str = "demo:5000:1";

/// The inspector on the screen, below the bar and above the status line; the frame with nothing hovered must be there.
fn inspector(driver: &mut Driver, frame: &Shown, name: &str) -> Vec<u8> {
    let expected = rendered(driver, INPUT, frame, name);
    // Viewport and panels come to the screen together.
    assert_seen(driver, frame, &expected, name);
    let [left, top] = [frame.origin_px[0] + frame.size_px[0], frame.origin_px[1]];
    let width = driver.screen.size(driver.window())[0] - left;
    driver.screen.screenshot(driver.window(), [left, top], [width, frame.size_px[1]])
}

#[test]
pub fn kept_panels_look_as_if_painted_anew() {
    let Some(mut driver) = Driver::open_whole(&[INPUT, "--size", "640x560"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 5000);
    let away = |driver: &mut Driver| {
        driver.point_away();
        driver.wait("no pointer", |frame| frame.pointer.is_none() && frame.hover_row.is_none())
    };
    let first = away(&mut driver);
    let before = inspector(&mut driver, &first, "before.png");
    // Other drawings, texts of other lengths, a pinned one, and the page of keys over all of it.
    for at in [[201, 178], [422, 390], [350, 250], [222, 190], [300, 301]] {
        driver.move_to(at);
        driver.wait("a hover", |frame| frame.hover_row.is_some());
    }
    driver.screen.click(1);
    driver.wait("a pin", |frame| frame.pin_row.is_some());
    driver.tap('?'.into(), "help", |frame| frame.dialog.is_some());
    driver.tap('?'.into(), "no help", |frame| frame.dialog.is_none());
    driver.move_to([401, 178]);
    driver.screen.click(1);
    driver.wait("another pin", |frame| frame.hover_row.is_some() && frame.pin_row == frame.hover_row);
    driver.screen.tap(ESCAPE);
    driver.wait("no pin", |frame| frame.pin_row.is_none());
    let frame = away(&mut driver);
    let kept = inspector(&mut driver, &frame, "kept.png");
    assert!(kept != before, "the inspector shows what was hovered");
    // A window of another size gets a picture of its panels of its own, and so does this size when it comes back.
    let [width, height] = driver.screen.size(driver.window());
    driver.screen.resize(driver.window(), [width + 40, height]);
    driver.wait("the size", |now| now.size_px[0] == frame.size_px[0] + 40);
    driver.screen.resize(driver.window(), [width, height]);
    let again = driver.wait("the size before", |now| now.size_px == frame.size_px);
    let anew = inspector(&mut driver, &again, "anew.png");
    let different = kept.chunks(3).zip(anew.chunks(3)).filter(|(a, b)| a != b).count();
    assert_eq!((kept.len(), different), (anew.len(), 0), "bytes, and pixels that differ");
}

#[test]
pub fn thumbnails_are_the_drawings_of_the_file_and_a_click_pins_one() {
    // Noise, so that any other drawing or any other place would differ nearly everywhere.
    let mut noise = super::hover::Noise(3);
    let file = ndarray::Array2::from_shape_fn((40, 784), |(_, at)| {
        [0, 255].get(at).copied().unwrap_or(noise.below(256) as u8)
    });
    let folder = tempfile::tempdir().unwrap();
    ndarray_npy::write_npy(folder.path().join("noise.npy"), &file).unwrap();
    let input = folder.path().join("noise.npy").into_os_string();
    let arguments = [input, "--size".into(), "640x560".into(), "--colormap".into(), "gray".into()];
    let Some(mut driver) = Driver::open_in(folder, &arguments) else { return };
    driver.wait("all drawings", |frame| frame.rows_loaded == 40);
    driver.move_to([300, 250]);
    let hovered = driver.wait("thumbnails", |frame| frame.hover_row.is_some() && frame.thumbnails.len() == 7);
    let mut wanted = hovered.thumbnails[1];
    assert_ne!(Some(wanted.row), hovered.hover_row);
    for _ in 0..2 {
        let [x, y] = wanted.middle_px.map(|px| px.round() as i32);
        driver.screen.point([x, y]);
        driver.screen.click(1);
        driver.wait("the neighbour pinned", |frame| frame.pin_row == Some(wanted.row));
        driver.point_away();
        driver.wait("no pointer", |frame| frame.pointer.is_none() && frame.pin_row == Some(wanted.row));
        // Lists may scroll on for a frame or two.
        wait_for_rest(&mut driver, "a neighbour pinned");
        let frame = driver.now().clone();
        assert_eq!(frame.thumbnails.len(), 7);
        assert!(frame.thumbnails.iter().any(|place| place.row == wanted.row));
        for place in &frame.thumbnails {
            let [width, height] = place.size_px.map(|px| px.round() as u32);
            let corner = [0, 1].map(|axis| (place.middle_px[axis] - place.size_px[axis] / 2.0).round() as u32);
            // One pixel a texel, in the middle.
            let at = [corner[0] + (width - 28) / 2, corner[1] + (height - 28) / 2];
            let expected: Vec<u8> = file.row(place.row as usize).iter().flat_map(|&byte| [byte; 3]).collect();
            assert_seen_in(&driver, at, [28, 28], &expected, &format!("row {}", place.row));
        }
        wanted = frame.thumbnails[5];
    }
}
