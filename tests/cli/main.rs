//! The binary from outside: what it prints, where, and with which exit code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "a test that could not run says so")]

mod answers;
mod bench;
mod demo_fetch;
mod errors;
mod help;
mod info_table;
#[path = "../common/real_data.rs"]
mod real_data;
mod render;
#[allow(dead_code, reason = "shared with the tests of the library")]
#[path = "../common/server.rs"]
mod server;

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

/// The program without a display, with nothing of this terminal's left in its environment.
fn inkfield() -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("inkfield");
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "INKFIELD_LOG", "WGPU_BACKEND", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command.timeout(Duration::from_secs(100));
    command
}

/// The program where no GPU answers: Metal is asked for on a system that has none.
#[cfg(target_os = "linux")]
fn without_gpu() -> Command {
    let mut command = inkfield();
    command.env("WGPU_BACKEND", "metal");
    command
}

/// What a command prints when it succeeds.
fn answer(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{command:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// The documents that a command prints, one a line, each with its schema number in front.
fn documents(command: &mut Command) -> Vec<Value> {
    let lines = answer(command);
    lines
        .lines()
        .map(|line| {
            assert!(line.starts_with(r#"{"schema":1,"#), "{line}");
            serde_json::from_str(line).unwrap()
        })
        .collect()
}

/// What a command says on standard error when it fails with `code`; it prints no answer, and no panic.
fn complaint(command: &mut Command, code: i32) -> String {
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{command:?}: {text}");
    assert!(output.stdout.is_empty(), "{command:?} printed {}", String::from_utf8_lossy(&output.stdout));
    assert!(text.contains("error: ") && !text.contains("panicked") && !text.contains('\u{1b}'), "{text:?}");
    text.trim_end().to_owned()
}

/// Whether there is a GPU, a software one included; where there is none the test says so, and fails on CI.
fn gpu() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    let found = *FOUND.get_or_init(|| inkfield().arg("doctor").output().unwrap().status.success());
    assert!(found || std::env::var("CI").as_deref() != Ok("true"), "no GPU adapter");
    if !found {
        eprintln!("NOT RUN: no GPU adapter");
    }
    found
}

/// A .npy file of version 1.0 as the format's description has it.
fn write_npy(path: &Path, shape: &str, data: &[u8]) {
    let mut header = format!("{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}");
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let mut file = b"\x93NUMPY\x01\x00".to_vec();
    file.extend(u16::try_from(header.len()).unwrap().to_le_bytes());
    file.extend(header.as_bytes());
    file.extend(data);
    std::fs::write(path, file).unwrap();
}

/// The names in a folder, sorted.
fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The records of a file, parsed by `serde_json` alone.
fn records(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Rows from 0 to `count`, a line each, as `--row -` reads them.
fn row_lines(count: usize) -> String {
    let rows: Vec<String> = (0..count).map(|row| row.to_string()).collect();
    rows.join("\n")
}
