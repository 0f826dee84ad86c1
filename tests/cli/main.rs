//! The binary from outside: what it prints, where, and with which exit code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "a test that could not run says so")]

mod answers;
mod appearance;
mod audit;
mod bench;
mod between;
mod cache;
mod check;
mod clusters;
mod convert;
mod demo_fetch;
mod determinism;
mod downloads;
mod embedding;
mod errors;
#[cfg(unix)]
mod exports;
mod help;
mod info_table;
mod large;
mod layouts;
#[path = "../common/npy.rs"]
mod npy;
mod odd_sets;
#[path = "../common/outside.rs"]
mod outside;
mod rasterize;
#[path = "../common/real_data.rs"]
mod real_data;
mod render;
mod resumed;
#[allow(dead_code, reason = "shared with the tests of the library")]
#[path = "../common/server.rs"]
mod server;
mod sessions;
mod similar;
mod strokes;
#[path = "../common/told.rs"]
mod told;

use assert_cmd::Command;
use outside::{answer, binary, complaint, gpu, inkfield, names, runtime_folder};
use serde_json::Value;
use std::path::Path;

/// The program where no GPU answers: Metal is asked for on a system that has none.
#[cfg(target_os = "linux")]
fn without_gpu() -> Command {
    let mut command = inkfield();
    command.env("WGPU_BACKEND", "metal");
    command
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

/// Size, samples a pixel and bytes of a PNG of 8 bits a sample.
fn read_png(path: &Path) -> ([u32; 2], usize, Vec<u8>) {
    let file = std::io::BufReader::new(std::fs::File::open(path).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!(info.bit_depth, png::BitDepth::Eight);
    ([info.width, info.height], info.color_type.samples(), bytes)
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
