//! What only a Wayland compositor can do. What is true under X11 is held against it in `places`.

use super::driver::Driver;
use super::place::Place;
use super::scale::panels_take;

#[test]
fn panels_grow_with_the_scale_of_the_output() {
    let fraction = Place::Wayland { output: 1, asked: Some(1.5) };
    Place::wayland(1).run(|| panels_take(1.0, &[], &[]));
    fraction.run(|| panels_take(1.5, &[], &[]));
    Place::wayland(2).run(|| panels_take(2.0, &[], &[]));
    // The argument is meant in place of the screen's own scale.
    Place::wayland(2).run(|| panels_take(1.0, &["--scale", "1"], &[]));
}

#[test]
fn faults_16_a_compositor_that_goes_away_ends_the_program_with_a_message() {
    Place::wayland(1).run(|| {
        let Some(mut driver) = Driver::open_whole(&["demo:2000:1", "--size", "500x400"]) else { return };
        driver.weston.as_mut().unwrap().end();
        assert_eq!(driver.wait_for_end(), 1);
        let said = driver.stderr();
        assert!(said.contains("the window system has gone away") && !said.contains("panicked"), "{said}");
    });
}
