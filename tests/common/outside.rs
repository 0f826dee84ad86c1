//! The binary from outside: how it is run, and what it says.
#![allow(dead_code, reason = "each test uses its own part of this")]

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

/// The program's file.
pub fn binary() -> &'static Path {
    assert_cmd::cargo::cargo_bin!("inkfield")
}

/// The program without a display, with nothing of this terminal's left in its environment.
pub fn inkfield() -> Command {
    program(binary())
}

/// Another program under the same circumstances.
pub fn program(path: &Path) -> Command {
    let mut command = Command::new(path);
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "INKFIELD_LOG", "WGPU_BACKEND", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command.envs(runtime_folder());
    // What one test computed is not to answer another.
    command.env("INKFIELD_CACHE", "off");
    command.timeout(Duration::from_secs(100));
    command
}

/// What graphics drivers complain on standard error about where it is missing, and a folder that will do.
pub fn runtime_folder() -> Option<(&'static str, PathBuf)> {
    std::env::var_os("XDG_RUNTIME_DIR").is_none().then(|| ("XDG_RUNTIME_DIR", std::env::temp_dir()))
}

/// The program as a user whom permissions concern; `closed` is a file that nobody may read. `None`, said aloud, where permissions
/// concern nobody.
#[cfg(unix)]
pub fn concerned(closed: &Path) -> Option<Command> {
    if std::fs::File::open(closed).is_err() {
        return Some(inkfield());
    }
    let as_nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let runs = std::process::Command::new("setpriv").args(as_nobody).arg(binary()).arg("--version").output();
    if !runs.is_ok_and(|run| run.status.success()) {
        eprintln!("NOT RUN: permissions concern nobody here");
        return None;
    }
    let mut command = program(Path::new("setpriv"));
    command.args(as_nobody).arg(binary());
    Some(command)
}

/// What a command prints when it succeeds.
pub fn answer(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{command:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// What a command says on standard error when it fails with `code`; it prints no answer, and no panic.
pub fn complaint(command: &mut Command, code: i32) -> String {
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{command:?}: {text}");
    assert!(output.stdout.is_empty(), "{command:?} printed {}", String::from_utf8_lossy(&output.stdout));
    assert!(text.contains("error: ") && !text.contains("panicked") && !text.contains('\u{1b}'), "{text:?}");
    text.trim_end().to_owned()
}

/// The same, for an error alone: without the word in front.
pub fn error(command: &mut Command, code: i32) -> String {
    let text = complaint(command, code);
    text.strip_prefix("error: ").unwrap_or_else(|| panic!("not an error alone: {text}")).to_owned()
}

/// Whether there is a GPU, a software one included; where there is none the test says so, and fails on CI.
pub fn gpu() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    let found = *FOUND.get_or_init(|| inkfield().arg("doctor").output().unwrap().status.success());
    assert!(found || std::env::var("CI").as_deref() != Ok("true"), "no GPU adapter");
    if !found {
        eprintln!("NOT RUN: no GPU adapter");
    }
    found
}

/// The names in a folder, sorted.
pub fn names(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
