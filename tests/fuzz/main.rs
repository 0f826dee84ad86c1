//! What strangers' bytes come through, tried with a fixed number of inputs from a fixed seed, so that a run can be
//! repeated anywhere: about a minute of one core in all. The same functions with the guidance of coverage, for as long
//! as one likes: `scripts/fuzz.sh`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, missing_docs)] // A test may fail by panicking.

mod beside;
mod cli;
mod conditions;
mod fetch;
mod forms;
mod found;
mod mutate;
mod npy;
mod opened;
#[path = "../records/plain.rs"]
mod plain;
#[path = "../common/real_data.rs"]
mod real_data;
mod records;
mod scratch;
mod shared;

use mutate::Mutator;
use shared::{check_message, starts};

/// Tries `count` inputs; the one that fails is printed, as it would be written in a regression test.
fn drive(seeds: &[Vec<u8>], tokens: &[&[u8]], count: usize, run: fn(&[u8])) {
    struct Tell<'a>(&'a [u8], usize);
    impl Drop for Tell<'_> {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("input {}: b\"{}\"", self.1, self.0.escape_ascii());
            }
        }
    }
    assert!(!seeds.is_empty() && count > seeds.len());
    let mut mutator = Mutator::new(seeds, tokens);
    for number in 0..count {
        let input = seeds.get(number).cloned().unwrap_or_else(|| mutator.next_input());
        let _tell = Tell(&input, number);
        run(&input);
    }
}

#[test]
fn fuzz_npy() {
    drive(&npy::seeds(), npy::TOKENS, 60_000, npy::run);
}

#[test]
fn fuzz_forms() {
    drive(&forms::seeds(), forms::TOKENS, 20_000, forms::run);
}

#[test]
fn fuzz_beside() {
    drive(&beside::seeds(), beside::TOKENS, 4_000, beside::run);
}

#[test]
fn fuzz_records() {
    drive(&records::seeds(), records::TOKENS, 150_000, records::run);
}

#[test]
fn fuzz_conditions() {
    drive(&conditions::seeds(), conditions::TOKENS, 40_000, conditions::run);
}

#[test]
fn fuzz_fetch() {
    drive(&fetch::seeds(), fetch::TOKENS, 280_000, fetch::run);
}

#[test]
fn fuzz_cli() {
    drive(&cli::seeds(), cli::TOKENS, 180_000, cli::run);
}
