//! Completing a condition in the real window.

use super::driver::Driver;
use super::xvfb::keysym::{CONTROL, ENTER, ESCAPE, SHIFT, TAB};

#[test]
pub fn a_condition_is_typed_with_what_is_offered_and_filters() {
    let Some(mut driver) = Driver::open_whole(&["demo:3000:1", "--size", "800x600"]) else { return };
    driver.wait("all records", |frame| frame.records_loaded == 3000);
    driver.screen.key(CONTROL, true);
    driver.screen.tap_with(SHIFT, 'f'.into());
    driver.screen.key(CONTROL, false);
    driver.wait("the card", |frame| frame.dialog.as_deref() == Some("filter"));
    let offers = |text: &'static str| move |frame: &super::driver::Shown| frame.offered.iter().any(|one| one == text);
    // One letter: what is offered for more of them would be offered already before the last one has come.
    driver.screen.write("r");
    driver.wait("columns", |frame| offers("recognized")(frame) && !offers("timestamp")(frame));
    driver.tap(TAB, "operators", offers("="));
    driver.screen.write("= ");
    driver.wait("values", offers("false"));
    driver.screen.write("f");
    driver.wait("the value", |frame| frame.offered == ["false"]);
    driver.tap(TAB, "what joins", offers("and"));
    driver.screen.tap(ENTER);
    let kept = driver.wait("the filter", |frame| frame.filter.as_deref() == Some("recognized = false"));
    assert!(kept.matching.is_some_and(|rows| rows > 0 && rows < 3000), "{:?}", kept.matching);
    driver.tap(ESCAPE, "no card", |frame| frame.dialog.is_none());
}
