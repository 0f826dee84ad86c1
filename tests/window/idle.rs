//! Nothing changes: nothing is drawn and no time is spent.

use super::driver::Driver;
use std::time::Duration;

/// Clock ticks (hundredths of a second) that a process has run, its threads included.
fn ticks(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    // The name, in parentheses, may hold anything; the 14th and 15th value are user and system time.
    let values: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    [11, 12].iter().map(|&at| values[at].parse::<u64>().unwrap()).sum()
}

/// Fails when a window that has come to rest draws or works.
pub fn assert_idle(driver: &mut Driver, what: &str) {
    // To rest: half a second without a frame.
    let calm = Duration::from_millis(500);
    for turn in 0.. {
        driver.read();
        std::thread::sleep(calm);
        if !driver.read() {
            break;
        }
        assert!(turn < 40, "{what}: frames never end");
    }
    // The one place where a time is meant: two seconds of nothing.
    let before = ticks(driver.process());
    std::thread::sleep(Duration::from_secs(2));
    let spent = ticks(driver.process()) - before;
    assert!(!driver.read(), "{what}: a frame was drawn: {:?}", driver.now());
    assert!(spent <= 2, "{what}: {spent} ticks of 200 were spent");
}

#[test]
pub fn a_window_at_rest_draws_nothing_and_takes_no_time() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "700x500"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 20_000);
    assert_idle(&mut driver, "everything loaded");
    driver.move_to([350, 250]);
    driver.wait("a hover", |frame| frame.hover_row.is_some());
    assert_idle(&mut driver, "a drawing hovered");
}

#[test]
pub fn the_welcome_page_is_at_rest() {
    let none: [&str; 0] = [];
    let Some(mut driver) = Driver::open(&none) else { return };
    assert_idle(&mut driver, "the welcome page");
    assert_eq!(driver.now().rows, 0);
}
