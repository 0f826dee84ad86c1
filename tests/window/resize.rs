//! Windows of any size.

use super::driver::Driver;
use super::hover::Noise;
use inkfield::app::ui::{BAR_HEIGHT, STATUS_HEIGHT};

#[test]
pub fn faults_23_fifty_sizes_from_one_pixel_to_beyond_the_limit_leave_a_whole_window() {
    let Some(mut driver) = Driver::open_whole(&["demo:5000:1", "--size", "700x500"]) else { return };
    let scale = driver.now().scale;
    let px = |points: f32| (f64::from(points) * scale).round() as u32;
    let bars = px(BAR_HEIGHT + STATUS_HEIGHT);
    driver.tap('i'.into(), "no inspector", |frame| !frame.inspector);
    let mut noise = Noise(11);
    let mut sizes: Vec<[u32; 2]> = (0..45).map(|_| [1 + noise.below(1500), 1 + noise.below(900)]).collect();
    // No texture of today is 30,000 pixels wide; no window is 0 × 0 under X11, which refuses to make it so.
    sizes.extend([[1, 1], [1500, 900], [1, 900], [30_000, 300], [1500, 1], [300, 30_000], [2, 2]]);
    for (turn, &size) in sizes.iter().enumerate() {
        driver.screen.resize(driver.window(), size);
        // Most in a row, as a hand at the window's edge does; some are waited for.
        if turn % 6 == 5 && size[0] > 200 && size[1] > 200 {
            driver.wait("the size", |frame| frame.size_px == [size[0], size[1] - bars]);
        }
    }
    driver.screen.resize(driver.window(), [901, 677]);
    let last = driver.wait("the last size", |frame| frame.size_px == [901, 677 - bars]);
    assert_eq!(last.origin_px, [0, px(BAR_HEIGHT)]);
    // It still answers.
    let middle = last.middle_px();
    driver.move_to([middle.x as i32, middle.y as i32]);
    driver.wait("a hover", |frame| frame.hover_row.is_some());
}
