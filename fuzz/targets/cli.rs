//! The command line, guided by coverage; what must hold stands in `tests/fuzz/cli.rs`.
#![no_main]

#[path = "../../tests/fuzz/cli.rs"]
mod cli;
mod seeds;
#[path = "../../tests/fuzz/shared.rs"]
mod shared;

use libfuzzer_sys::fuzz_target;
use shared::check_message;

fuzz_target!(init: seeds::write(cli::seeds(), cli::TOKENS), |bytes: &[u8]| cli::run(bytes));
