//! Strokes of real drawings, held against what was published of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../common/real_data.rs"]
mod real_data;

mod by_stroke;
mod join;
mod measures;
mod published;
mod sketches;
