//! Categories, addresses and redirects of `fetch`, guided by coverage; what must hold stands in `tests/fuzz/fetch.rs`.
#![no_main]

#[path = "../../tests/fuzz/fetch.rs"]
mod fetch;
mod seeds;
#[path = "../../tests/fuzz/shared.rs"]
mod shared;

use libfuzzer_sys::fuzz_target;
use shared::check_message;

fuzz_target!(init: seeds::write(fetch::seeds(), fetch::TOKENS), |bytes: &[u8]| fetch::run(bytes));
