//! The `.npy` gate, guided by coverage; what must hold stands in `tests/fuzz/npy.rs`.
#![no_main]

#[path = "../../tests/fuzz/npy.rs"]
mod npy;
#[path = "../../tests/common/real_data.rs"]
mod real_data;
#[path = "../../tests/fuzz/scratch.rs"]
mod scratch;
mod seeds;
#[path = "../../tests/fuzz/shared.rs"]
mod shared;

use libfuzzer_sys::fuzz_target;
use shared::{check_message, starts};

fuzz_target!(init: seeds::write(npy::seeds(), npy::TOKENS), |bytes: &[u8]| npy::run(bytes));
