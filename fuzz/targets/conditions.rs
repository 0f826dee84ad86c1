//! Conditions, guided by coverage; what must hold stands in `tests/fuzz/conditions.rs`.
#![no_main]

#[path = "../../tests/fuzz/conditions.rs"]
mod conditions;
mod seeds;
#[path = "../../tests/fuzz/shared.rs"]
mod shared;

use libfuzzer_sys::fuzz_target;
use shared::check_message;

fuzz_target!(init: seeds::write(conditions::seeds(), conditions::TOKENS), |bytes: &[u8]| conditions::run(bytes));
