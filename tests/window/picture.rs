//! The window's picture is the picture of `render`: saved with S, and on the screen.

use super::driver::{BINARY, Driver, Shown, read_png};
use super::patience::Patience;
use super::xvfb::DEADLINE;
use std::process::Command;
use std::time::Duration;

/// What `render` draws for a frame's view.
pub fn rendered(driver: &Driver, input: &str, frame: &Shown, name: &str) -> Vec<u8> {
    rendered_with(driver, input, frame, name, &[])
}

/// The same with more options.
pub fn rendered_with(driver: &Driver, input: &str, frame: &Shown, name: &str, more: &[&str]) -> Vec<u8> {
    let out = driver.path(name);
    let ([width, height], [x, y]) = (frame.size_px, frame.center);
    let status = Command::new(BINARY)
        .env("XDG_RUNTIME_DIR", driver.path("system"))
        .args(["render", input, "--theme", &frame.theme, "--layout", &frame.layout, "--out"])
        .arg(&out)
        .args([
            "--size",
            &format!("{width}x{height}"),
            "--center",
            &format!("{x},{y}"),
            "--scale",
            &frame.scale.to_string(),
            "--zoom",
            &frame.zoom.to_string(),
        ])
        .args(more)
        .status()
        .unwrap();
    assert!(status.success());
    let (size, rgb) = read_png(&out);
    assert_eq!(size, frame.size_px);
    rgb
}

/// The number of pixels that differ.
fn differing(a: &[u8], b: &[u8]) -> usize {
    assert_eq!(a.len(), b.len());
    a.chunks(3).zip(b.chunks(3)).filter(|(a, b)| a != b).count()
}

/// Fails unless the viewport on the screen becomes a picture: frames get there a little after they were logged.
pub fn assert_seen(driver: &Driver, frame: &Shown, expected: &[u8], what: &str) {
    assert_seen_in(driver, frame.origin_px, frame.size_px, expected, what);
}

/// The same for any part of the window.
pub fn assert_seen_in(driver: &Driver, left_top: [u32; 2], size: [u32; 2], expected: &[u8], what: &str) {
    let mut patience = Patience::default();
    loop {
        let seen = driver.screen.screenshot(driver.window(), left_top, size);
        let different = differing(&seen, expected);
        if different == 0 {
            return;
        }
        assert!(patience.spent() < DEADLINE, "{what}: {different} pixels on the screen are not as rendered");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
pub fn the_window_shows_and_saves_what_render_draws() {
    let input = "demo:3000:1";
    let Some(mut driver) = Driver::open_whole(&[input, "--size", "640x420"]) else { return };
    // Nobody has pointed at it yet: it is drawn all the same.
    let whole = driver.wait("all records", |frame| frame.records_loaded == 3000);
    let expected = rendered(&driver, input, &whole, "whole.png");
    assert_seen(&driver, &whole, &expected, "untouched");
    for (turn, (layout, name)) in [('1', "grid"), ('2', "index"), ('3', "groups")].into_iter().enumerate() {
        driver.tap(layout.into(), name, |frame| frame.layout == name);
        // Somewhere that no rounding is kind to.
        driver.move_to([211, 173]);
        let notches = 3 + turn as i32;
        for _ in 0..notches {
            driver.screen.wheel(true);
        }
        let zoom = 1.25_f64.powi(notches);
        driver.wait("the notches", |frame| (frame.zoom - zoom).abs() < 1e-9);
        driver.point_away();
        driver.wait("no pointer", |frame| frame.pointer.is_none() && frame.hover_row.is_none());
        if turn == 1 {
            driver.tap('t'.into(), "night", |frame| frame.theme == "night");
        }
        let before = driver.now().notices.clone();
        let frame = driver.tap('s'.into(), "the notice", |frame| frame.notices != before);
        // Newer news takes the place of older.
        assert_eq!(frame.notices.len(), 1, "{:?}", frame.notices);
        let said = &frame.notices[0];
        let path = said.strip_prefix("saved ").unwrap_or_else(|| panic!("{said}"));
        assert!(std::path::Path::new(path).starts_with(driver.path("").canonicalize().unwrap()));
        let (size, saved) = read_png(path.as_ref());
        assert_eq!(size, frame.size_px);

        let expected = rendered(&driver, input, &frame, &format!("{name}.png"));
        assert!(
            expected.chunks(3).any(|pixel| pixel != &expected[..3]),
            "{name}: a picture of one colour shows nothing"
        );
        assert_eq!(differing(&saved, &expected), 0, "{name}: pixels saved otherwise");

        assert_seen(&driver, &frame, &expected, name);
    }
}
