//! Screens whose logical pixels are larger than their physical ones.

use super::driver::{Driver, Shown};
use super::xvfb::keysym::CONTROL;
use inkfield::app::ui::{BAR_HEIGHT, STATUS_HEIGHT, inspector};
use std::ffi::OsStr;

const VIEWPORT_PX: [u32; 2] = [440, 400];

/// Opens the demo at a scale factor and holds the room that panels take against it.
pub fn panels_take(scale: f64, args: &[&str], environment: &[(&str, &OsStr)]) {
    let mut all = vec!["demo:5000:1", "--size", "440x400"];
    all.extend(args);
    let Some(mut driver) = Driver::open_with(tempfile::tempdir().unwrap(), &all, environment) else { return };
    let px = |points: f32| (f64::from(points) * scale).round() as u32;
    let panel = px(inspector::DEFAULT_WIDTH);
    let frame = driver.wait("the viewport as large as it was asked for", |frame| frame.size_px == VIEWPORT_PX);
    assert_eq!((frame.scale, frame.origin_px), (scale, [0, px(BAR_HEIGHT)]));
    let bars = px(BAR_HEIGHT + STATUS_HEIGHT);
    assert_eq!(driver.screen.size(driver.window()), [VIEWPORT_PX[0] + panel, VIEWPORT_PX[1] + bars]);
    driver.tap('i'.into(), "no inspector", |frame| {
        !frame.inspector && frame.size_px == [VIEWPORT_PX[0] + panel, VIEWPORT_PX[1]]
    });
}

#[test]
fn panels_grow_with_the_scale_and_leave_the_viewport_its_size() {
    panels_take(1.0, &[], &[]);
    panels_take(1.5, &["--scale", "1.5"], &[]);
    panels_take(1.5, &[], &[("WINIT_X11_SCALE_FACTOR", OsStr::new("1.5"))]);
    panels_take(2.0, &[], &[("WINIT_X11_SCALE_FACTOR", OsStr::new("2"))]);
    // The argument is meant in place of the screen's own scale.
    panels_take(1.0, &["--scale", "1"], &[("WINIT_X11_SCALE_FACTOR", OsStr::new("2"))]);
}

#[test]
fn text_grows_by_keys_and_the_next_window_remembers_it() {
    let state = tempfile::tempdir().unwrap();
    let open = |more: &[&str]| {
        let arguments = [&["demo:500:1", "--size", "700x500"], more].concat();
        Driver::open_with(tempfile::tempdir().unwrap(), &arguments, &[("XDG_STATE_HOME", state.path().as_os_str())])
    };
    let Some(mut driver) = open(&[]) else { return };
    let usual = driver.wait("all of it", Shown::is_loaded);
    assert_eq!(usual.scale, 1.0);
    for scale in [1.1, 1.25] {
        driver.screen.tap_with(CONTROL, '='.into());
        let larger = driver.wait("larger text", |frame| (frame.scale - scale).abs() < 1e-6);
        assert_eq!(larger.origin_px[1], (f64::from(BAR_HEIGHT) * scale).round() as u32);
    }
    driver.screen.tap_with(CONTROL, '-'.into());
    driver.wait("smaller text", |frame| (frame.scale - 1.1).abs() < 1e-6);
    assert_eq!((driver.now().zoom, driver.now().gpu_errors), (1.0, 0), "the picture is not zoomed");
    assert_eq!(driver.close(), 0);
    // A scale that is given is meant as it is.
    let Some(mut driver) = open(&["--scale", "1.5"]) else { return };
    let given = driver.wait("all of it", Shown::is_loaded);
    assert_eq!(given.scale, 1.5);
    driver.close();
    let Some(mut driver) = open(&[]) else { return };
    driver.wait("what was chosen", |frame| (frame.scale - 1.1).abs() < 1e-6);
    driver.screen.tap_with(CONTROL, '0'.into());
    driver.wait("the usual size", |frame| frame.scale == 1.0);
}
