//! What is true under X11 at a scale factor of 1 is true at one and a half and at two, and under Wayland.

use super::hover::hovers_are_true;
use super::place::Place;
use super::{faults, files, gestures, idle, keys, loading, loupe, motion, panels, picture, resize};

/// The tests that are repeated at a place.
macro_rules! repeat {
    ($place:expr; $($name:ident: $test:expr;)*) => {
        $(
            #[test]
            fn $name() {
                $place.run(|| $test);
            }
        )*
    };
}

/// What both window systems can do.
macro_rules! at {
    ($module:ident, $place:expr $(; $($name:ident: $test:expr;)*)?) => {
        mod $module {
            use super::*;

            const HERE: Place = $place;

            repeat! { HERE;
                the_pointer: gestures::the_pointer_keeps_what_it_holds();
                boxes_and_clicks: gestures::a_box_is_shown_as_large_as_it_fits_and_a_click_pins();
                clicks_ahead: gestures::a_click_that_comes_before_any_answer_pins_what_lies_there();
                keys: keys::keys_move_the_camera_and_switch_what_is_shown();
                rows: keys::rows_are_gone_to_and_stepped_through();
                keys_ahead: keys::keys_typed_ahead_of_a_dialog_belong_to_it();
                the_loupe: loupe::alt_holds_the_loupe_still_and_a_neighbour_in_it_is_pinned_by_a_click();
                hovers: hovers_are_true(&["demo:20000:1".into()], 160, &['2', '3', '1'], &[]);
                pictures: picture::the_window_shows_and_saves_what_render_draws();
                reading: loading::drawings_and_records_appear_while_they_are_read();
                hovers_while_reading: loading::a_hover_does_not_flicker_while_more_is_read();
                bad_files: loading::a_bad_file_is_told_in_the_window_and_on_standard_error_and_the_window_stays();
                rest: idle::a_window_at_rest_draws_nothing_and_takes_no_time();
                rest_on_the_welcome_page: idle::the_welcome_page_is_at_rest();
                reduced_motion: motion::with_reduced_motion_the_camera_jumps();
                memory_that_ends: faults::faults_19_a_picture_without_memory_is_told_of_once_and_drawn_when_there_is_some();
                a_lost_device: faults::faults_21_a_lost_device_leaves_camera_pin_hover_and_picture_as_they_were_and_then_the_window_rests();
                a_device_lost_again: faults::faults_21_a_device_that_is_lost_at_once_again_ends_the_program_with_a_message();
                a_device_lost_while_reading: faults::faults_21_a_loss_while_reading_and_on_the_welcome_page_are_survived();
            }
            $(repeat! { HERE; $($name: $test;)* })?
        }
    };
}

/// What a compositor gives nobody: files dropped and copies fetched by a stranger, sizes as one likes, the window's title.
macro_rules! at_x11 {
    ($module:ident, $scale:expr) => {
        at! { $module, Place::X11 { scale: $scale };
            the_welcome_page: loading::the_welcome_page_waits_and_paths_are_opened_by_typing_them();
            dropped_files: files::files_are_opened_by_dropping_them();
            copies: files::the_copied_record_is_what_pick_answers_at_that_pixel();
            kept_panels: panels::kept_panels_look_as_if_painted_anew();
            sizes: resize::faults_23_fifty_sizes_from_one_pixel_to_beyond_the_limit_leave_a_whole_window();
        }
    };
}

at_x11!(x11_at_one_and_a_half, 1.5);
at_x11!(x11_at_two, 2.0);
at!(wayland_at_one, Place::wayland(1));
at!(wayland_at_one_and_a_half, Place::Wayland { output: 1, asked: Some(1.5) });
at!(wayland_at_two, Place::wayland(2));
