//! The first window fits the monitor: with and without a window manager, at scales of small screens.

use super::driver::{Driver, Shown};
use super::place::screens_scale;
use super::told::Told;
use super::xvfb::{Property, Xvfb};
use inkfield::app::ui::{BAR_HEIGHT, STATUS_HEIGHT};

/// Opens a window of no size in particular on a screen, and answers the window's size.
fn first_window(size_px: [u32; 2], dpi: u32, work: Option<[u32; 4]>) -> Option<[u32; 2]> {
    let screen = Xvfb::start_as(size_px, 24, &[])?;
    screen.set_root("RESOURCE_MANAGER", &Property::Text(&format!("Xft.dpi:\t{dpi}\n")));
    if let Some(area) = work {
        screen.set_root("_NET_WORKAREA", &Property::Cardinals(&area));
        screen.set_root("_NET_CURRENT_DESKTOP", &Property::Cardinals(&[0]));
        screen.set_root("_NET_SUPPORTING_WM_CHECK", &Property::Window(screen.root()));
    }
    let mut driver = Driver::open_on(screen, tempfile::tempdir().unwrap(), &["demo:500:1"], &screens_scale())?;
    let frame = driver.wait("all drawings", Shown::is_loaded);
    let window = driver.screen.size(driver.window());
    // There is an inspector, and room for drawings beside it and between the bars.
    let scale = f64::from(dpi) / 96.0;
    assert!(frame.scale == scale && frame.inspector && frame.size_px[0] >= 400, "{frame:?}");
    let bars = (f64::from(BAR_HEIGHT + STATUS_HEIGHT) * scale).round() as u32;
    assert!(frame.size_px[1].abs_diff(window[1] - bars) <= 1, "{frame:?}");
    Some(window)
}

#[test]
fn case_monitor_without_a_window_manager_is_filled_at_most() {
    for (screen, dpi, expected) in [
        ([1366, 768], 96, [1366, 768]),
        ([1366, 768], 144, [1366, 768]),
        ([1920, 1080], 96, [1440, 900]),
        ([1920, 1080], 120, [1800, 1080]),
        ([1920, 1080], 144, [1920, 1080]),
        ([1024, 600], 96, [1024, 600]),
    ] {
        let Some(window) = first_window(screen, dpi, None) else { return };
        assert_eq!(window, expected, "{screen:?} at {dpi} dpi");
    }
}

#[test]
fn case_monitor_of_a_window_manager_that_has_ended_is_filled_as_without_one() {
    let Some(screen) = Xvfb::start_as([1366, 768], 24, &[]) else { return };
    // It has left the property, and no such window.
    screen.set_root("_NET_SUPPORTING_WM_CHECK", &Property::Window(0x001f_0001));
    let folder = tempfile::tempdir().unwrap();
    let Some(driver) = Driver::open_on(screen, folder, &["demo:500:1"], &screens_scale()) else { return };
    assert_eq!(driver.screen.size(driver.window()), [1366, 768]);
}

#[test]
fn case_monitor_with_panels_and_frames_leaves_room_for_both() {
    // A panel of 40 px above, and one of 60 px at the left.
    for (screen, dpi, work) in [
        ([1366, 768], 96, [0, 40, 1366, 728]),
        ([1920, 1080], 120, [60, 40, 1860, 1040]),
        ([1920, 1080], 144, [60, 0, 1860, 1080]),
    ] {
        let Some(window) = first_window(screen, dpi, Some(work)) else { return };
        let scale = f64::from(dpi) / 96.0;
        let room = [(work[2], 16.0), (work[3], 48.0)].map(|(side, frame)| side - (frame * scale) as u32);
        let wanted = [1440.0, 900.0].map(|side: f64| (side * scale) as u32);
        assert_eq!(window, [room[0].min(wanted[0]), room[1].min(wanted[1])], "{screen:?} at {dpi} dpi");
    }
}

#[test]
fn case_monitor_too_small_for_the_size_that_was_asked_for_is_said() {
    let Some(screen) = Xvfb::start_as([1366, 768], 24, &[]) else { return };
    let args = ["demo:500:1", "--size", "1280x800"];
    let Some(driver) = Driver::open_on(screen, tempfile::tempdir().unwrap(), &args, &[]) else { return };
    assert_eq!(driver.now().size_px, [1280, 800], "what was asked for is given");
    let said = driver.stderr();
    let told = Told::case("monitor");
    assert_eq!(told.values(said.trim().trim_start_matches("warning: ")), ["1280x800", "1652 × 866", "1366 × 768"]);
}
