//! Files of every form, guided by coverage; what must hold stands in `tests/fuzz/forms.rs`.
#![no_main]

#[path = "../../tests/fuzz/forms.rs"]
mod forms;
#[path = "../../tests/fuzz/scratch.rs"]
mod scratch;
mod seeds;
#[path = "../../tests/fuzz/shared.rs"]
mod shared;

use libfuzzer_sys::fuzz_target;
use shared::check_message;

fuzz_target!(init: seeds::write(forms::seeds(), forms::TOKENS), |bytes: &[u8]| forms::run(bytes));
