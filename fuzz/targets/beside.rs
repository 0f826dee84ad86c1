//! What lies beside drawings, guided by coverage; what must hold stands in `tests/fuzz/beside.rs`.
#![no_main]

#[path = "../../tests/fuzz/beside.rs"]
mod beside;
#[path = "../../tests/fuzz/opened.rs"]
mod opened;
mod seeds;
#[path = "../../tests/fuzz/shared.rs"]
mod shared;

use libfuzzer_sys::fuzz_target;
use shared::check_message;

/// A library's panic that is caught is no finding; one that is not ends the run all the same.
fn begin() {
    inkfield::panics::install();
    seeds::write(beside::seeds(), beside::TOKENS);
}

fuzz_target!(init: begin(), |bytes: &[u8]| beside::run(bytes));
