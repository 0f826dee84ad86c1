//! The same question gives the same bytes: pictures on one adapter, demo data everywhere.

use super::{answer, gpu, inkfield};
use std::fs;
use tempfile::TempDir;

#[test]
fn two_renders_on_one_adapter_give_equal_bytes() {
    if !gpu() {
        return;
    }
    let dir = TempDir::new().unwrap();
    let views: [&[&str]; 6] = [
        &[],
        &["--layout", "index", "--point-size", "3", "--theme", "night"],
        &["--layout", "groups", "--by", "countrycode", "--colormap", "viridis"],
        &["--zoom", "9", "--contrast", "true", "--scale", "1.5"],
        &["--layout", "index", "--zoom", "40", "--opacity", "0.3"],
        &["--inspect", "7"],
    ];
    for view in views {
        let render = |name: &str| {
            let out = dir.path().join(name);
            answer(inkfield().args(["render", "demo:3000", "--size", "640x400"]).args(view).arg("--out").arg(&out));
            fs::read(out).unwrap()
        };
        assert!(render("a.png") == render("b.png"), "{view:?}");
    }
}

/// The numbers are FNV-1a sums as in `tests/demo.rs`, taken over whole files of another program's making: they change only
/// when the demo is changed on purpose.
#[test]
fn the_demo_as_files_is_the_same_on_every_machine() {
    let dir = TempDir::new().unwrap();
    answer(inkfield().args(["demo", "--count", "20000", "--seed", "5", "--out"]).arg(dir.path()));
    let sum = |name: &str| {
        let bytes = fs::read(dir.path().join(name)).unwrap();
        let sum = bytes
            .iter()
            .fold(0xcbf2_9ce4_8422_2325_u64, |sum, &byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        format!("{sum:016x}")
    };
    assert_eq!([sum("octopus.npy"), sum("octopus.ndjson")], ["1a9d676a7a8a7fc0", "44b8244edefbcfd2"]);
}
