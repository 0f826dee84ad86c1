//! Sources of drawings: what is read equals what another reader reads; how hostile ones are refused is tested with the faults.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "npy/colour.rs"]
mod colour;
#[path = "common/npy.rs"]
mod npy;
#[path = "npy/orders.rs"]
mod orders;
#[path = "npy/property.rs"]
mod property;
#[path = "npy/reading.rs"]
mod reading;
#[path = "common/real_data.rs"]
mod real_data;
#[path = "npy/sources.rs"]
mod sources;
#[path = "npy/types.rs"]
mod types;
