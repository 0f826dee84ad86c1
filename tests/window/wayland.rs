//! The window under Wayland: what is true under X11 is true there, at every scale.

use super::driver::Driver;
use super::hover::hovers_are_true;
use super::weston::on_wayland;
use super::{faults, gestures, hover, idle, keys, loading, loupe, picture, scale};

#[test]
fn wayland_gestures_and_keys() {
    // Their lengths are those of a scale of 1.
    on_wayland(1, || {
        gestures::the_pointer_keeps_what_it_holds();
        gestures::a_box_is_shown_as_large_as_it_fits_and_a_click_pins();
        keys::rows_are_gone_to_and_stepped_through();
        loupe::alt_holds_the_loupe_still_and_a_neighbour_in_it_is_pinned_by_a_click();
    });
}

#[test]
fn wayland_pictures() {
    for scale in [1, 2] {
        on_wayland(scale, picture::the_window_shows_and_saves_what_render_draws);
    }
}

#[test]
fn wayland_hovers() {
    let input = ["demo:20000:1".into()];
    on_wayland(1, hover::five_hundred_moves_over_the_demo_never_show_a_wrong_row);
    on_wayland(1, || hovers_are_true(&input, 160, &['2', '3', '1'], &["--scale", "1.5"]));
    on_wayland(2, || hovers_are_true(&input, 160, &['2', '3', '1'], &[]));
}

#[test]
fn wayland_scales() {
    on_wayland(1, || scale::panels_take(1.0, &[], &[]));
    on_wayland(1, || scale::panels_take(1.5, &["--scale", "1.5"], &[]));
    on_wayland(2, || scale::panels_take(2.0, &[], &[]));
    on_wayland(2, || scale::panels_take(1.0, &["--scale", "1"], &[]));
}

#[test]
fn wayland_loading_and_rest() {
    on_wayland(1, || {
        loading::drawings_and_records_appear_while_they_are_read();
        idle::a_window_at_rest_draws_nothing_and_takes_no_time();
        idle::the_welcome_page_is_at_rest();
    });
}

#[test]
fn faults_21_wayland_device_loss() {
    on_wayland(1, || {
        faults::faults_21_a_device_that_is_lost_at_once_again_ends_the_program_with_a_message();
        faults::faults_21_a_lost_device_leaves_camera_pin_hover_and_picture_as_they_were_and_then_the_window_rests();
    });
}

#[test]
fn faults_16_a_compositor_that_goes_away_ends_the_program_with_a_message() {
    on_wayland(1, || {
        let Some(mut driver) = Driver::open_whole(&["demo:2000:1", "--size", "500x400"]) else { return };
        driver.weston.as_mut().unwrap().end();
        assert_eq!(driver.wait_for_end(), 1);
        let said = driver.stderr();
        assert!(said.contains("the window system has gone away") && !said.contains("panicked"), "{said}");
    });
}
