//! Files of every form, guided by coverage; what must hold stands in `tests/fuzz/forms.rs`.
#![no_main]

#[path = "../../tests/fuzz/forms.rs"]
mod forms;
#[path = "../../tests/fuzz/opened.rs"]
mod opened;
#[path = "../../tests/fuzz/scratch.rs"]
mod scratch;
mod seeds;
#[path = "../../tests/fuzz/shared.rs"]
mod shared;

use libfuzzer_sys::fuzz_target;
use shared::check_message;

/// A library's panic that is caught is no finding; one that is not ends the run all the same.
fn begin() {
    inkfield::panics::install();
    seeds::write(forms::seeds(), forms::TOKENS);
}

fuzz_target!(init: begin(), |bytes: &[u8]| forms::run(bytes));
