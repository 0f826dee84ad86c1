//! Finding as one types, in the real window.

use super::driver::{Driver, Shown};
use super::xvfb::keysym::{CONTROL, ENTER, ESCAPE};
use inkfield::data::demo::Demo;

#[test]
pub fn matches_are_counted_while_one_types_and_walked_with_enter() {
    let Some(mut driver) = Driver::open_whole(&["demo:3000:1", "--size", "800x600"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 3000);
    // Which ids hold these digits is known without the window.
    let demo = Demo::new(3000, 1);
    let digits = &demo.meta(1234).key_id.to_string()[8..12];
    let holding = |text: &str| -> Vec<u32> {
        (0..3000).filter(|&row| row.to_string() == text || demo.meta(row).key_id.to_string().contains(text)).collect()
    };
    driver.screen.tap_with(CONTROL, 'f'.into());
    driver.wait("the card", |frame| frame.dialog.as_deref() == Some("find"));
    let says = |text: &str| {
        let count = holding(text).len().to_string();
        move |frame: &Shown| frame.dialog_says.as_deref() == Some(&count)
    };
    for end in 1..=4 {
        driver.screen.write(&digits[end - 1..end]);
        if end >= 3 {
            // Of one or two digits the counts hold a comma.
            driver.wait("the count", says(&digits[..end]));
        }
    }
    let rows = holding(digits);
    assert!(rows.contains(&1234));
    for &row in &rows {
        driver.tap(ENTER, "the next match", |frame| frame.pin_row == Some(row));
    }
    let first = driver.tap(ENTER, "the first again", |frame| frame.pin_row == Some(rows[0]));
    assert_eq!(first.gpu_errors, 0);
    driver.tap(ESCAPE, "no card", |frame| frame.dialog.is_none());
}
