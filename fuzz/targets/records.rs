//! The record reader, guided by coverage; what must hold stands in `tests/fuzz/records.rs`.
#![no_main]

#[path = "../../tests/records/plain.rs"]
mod plain;
#[path = "../../tests/common/real_data.rs"]
mod real_data;
#[path = "../../tests/fuzz/records.rs"]
mod records;
#[path = "../../tests/fuzz/scratch.rs"]
mod scratch;
mod seeds;
#[path = "../../tests/fuzz/shared.rs"]
mod shared;

use libfuzzer_sys::fuzz_target;
use shared::{check_message, starts};

fuzz_target!(init: seeds::write(records::seeds(), records::TOKENS), |bytes: &[u8]| records::run(bytes));
