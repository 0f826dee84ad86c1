//! What `inkfield export` writes: pages, pairs, tables and contact sheets, read again by other means.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stderr, reason = "a test that could not run says so")]

#[path = "export/browser.rs"]
mod browser;
mod common;
#[path = "export/contact.rs"]
mod contact;
#[cfg(unix)]
#[path = "export/faults.rs"]
mod faults;
#[path = "common/folder.rs"]
mod folder;
#[path = "export/given_up.rs"]
mod given_up;
#[path = "export/hostile.rs"]
mod hostile;
#[path = "export/names.rs"]
mod names;
#[path = "common/outside.rs"]
mod outside;
#[path = "export/page.rs"]
mod page;
#[path = "export/pair.rs"]
mod pair;
#[path = "export/pictures.rs"]
mod pictures;
#[path = "export/replay.rs"]
mod replay;
#[path = "common/told.rs"]
mod told;

use outside::inkfield;
use std::path::Path;

/// Runs `inkfield export` with the words of a line in a folder; what it printed.
fn export(dir: &Path, line: &str) -> String {
    outside::answer(inkfield().arg("export").args(line.split(' ')).current_dir(dir))
}
