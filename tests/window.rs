//! The real binary in a real window on a display of its own, driven with pointer and keys, judged by its state log.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "a test says how much it has seen")]

#[path = "window/alike.rs"]
mod alike;
#[path = "window/appearance.rs"]
mod appearance;
#[path = "window/arranging.rs"]
mod arranging;
#[path = "window/asking.rs"]
mod asking;
#[path = "window/bench.rs"]
mod bench;
#[cfg(target_os = "linux")]
#[path = "common/bus.rs"]
mod bus;
#[path = "window/clipboard.rs"]
mod clipboard;
#[path = "window/clusters.rs"]
mod clusters;
#[path = "window/comparing.rs"]
mod comparing;
#[path = "window/completing.rs"]
mod completing;
#[path = "window/compressed.rs"]
mod compressed;
#[path = "window/concurrency.rs"]
mod concurrency;
#[cfg(target_os = "linux")]
#[path = "window/dialog.rs"]
mod dialog;
#[path = "window/differ.rs"]
mod differ;
#[path = "window/display.rs"]
mod display;
#[path = "common/driver.rs"]
mod driver;
#[path = "window/export.rs"]
mod export;
#[path = "window/facets.rs"]
mod facets;
#[path = "window/faults.rs"]
mod faults;
#[path = "window/field_order.rs"]
mod field_order;
#[path = "window/files.rs"]
mod files;
#[path = "window/find.rs"]
mod find;
#[path = "window/gestures.rs"]
mod gestures;
#[path = "window/goto.rs"]
mod goto;
#[path = "window/hand.rs"]
mod hand;
#[path = "window/hover.rs"]
mod hover;
#[path = "window/idle.rs"]
mod idle;
#[path = "window/judge.rs"]
mod judge;
#[path = "window/keyboard_layouts.rs"]
mod keyboard_layouts;
#[path = "window/keys.rs"]
mod keys;
#[path = "common/layouts.rs"]
mod layouts;
#[path = "window/legend.rs"]
mod legend;
#[path = "window/loading.rs"]
mod loading;
#[path = "window/loupe.rs"]
mod loupe;
#[path = "window/maps.rs"]
mod maps;
#[path = "window/minimap.rs"]
mod minimap;
#[path = "window/monitor.rs"]
mod monitor;
#[cfg(target_os = "linux")]
#[path = "window/motion.rs"]
mod motion;
#[path = "window/odd_sets.rs"]
mod odd_sets;
#[path = "window/ordered.rs"]
mod ordered;
#[path = "window/panels.rs"]
mod panels;
#[path = "common/patience.rs"]
mod patience;
#[path = "window/picture.rs"]
mod picture;
#[path = "common/place.rs"]
mod place;
#[cfg(target_os = "linux")]
#[path = "window/places.rs"]
mod places;
#[path = "common/real_data.rs"]
mod real_data;
#[path = "window/resize.rs"]
mod resize;
#[path = "window/ruler.rs"]
mod ruler;
#[path = "window/scale.rs"]
mod scale;
#[cfg(target_os = "linux")]
#[path = "window/selecting.rs"]
mod selecting;
#[path = "common/selections.rs"]
mod selections;
#[path = "window/sessions.rs"]
mod sessions;
#[path = "common/shown.rs"]
mod shown;
#[path = "window/sketch.rs"]
mod sketch;
#[path = "window/soak.rs"]
mod soak;
#[path = "window/sorting.rs"]
mod sorting;
#[path = "window/strangers.rs"]
mod strangers;
#[path = "window/suspects.rs"]
mod suspects;
#[path = "window/tagging.rs"]
mod tagging;
#[path = "common/told.rs"]
mod told;
#[path = "window/typed_paths.rs"]
mod typed_paths;
#[path = "window/values.rs"]
mod values;
#[cfg(target_os = "linux")]
#[path = "window/wayland.rs"]
mod wayland;
#[path = "common/weston.rs"]
mod weston;
#[path = "common/xvfb.rs"]
mod xvfb;
