//! Downloads against a local server that cuts, stalls, lies and redirects: resumed or a clear error, and never half a
//! file under the final name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "shared with the tests of the binary")]
#[path = "common/server.rs"]
mod server;

#[path = "fetch/folder.rs"]
mod folder;
#[path = "fetch/refuse.rs"]
mod refuse;
#[path = "fetch/resume.rs"]
mod resume;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use inkfield::data::Cancel;
use inkfield::data::fetch::{self, FetchError, FetchOptions, Plan, Present, Progress, Records};
use server::{Reply, Request, Server, Site};
use tempfile::TempDir;

const NPY: &str = "/numpy_bitmap/octopus.npy";

/// A file that begins as .npy files do; its bytes repeat with no power of two, so misplaced blocks show.
fn npy(len: usize) -> Vec<u8> {
    let body = (0..len.saturating_sub(6)).map(|i| (i % 251) as u8);
    b"\x93NUMPY".iter().copied().chain(body).collect()
}

fn ndjson() -> Vec<u8> {
    b"{\"word\":\"octopus\"}\n".repeat(40)
}

fn options(server: &Server, dir: &Path) -> FetchOptions {
    FetchOptions {
        categories: vec!["octopus".to_owned()],
        dir: dir.to_owned(),
        records: Records::None,
        base_url: server.url(),
        timeout: Duration::from_secs(20),
        retry_wait: Duration::from_millis(1),
    }
}

fn fetch_with(options: &FetchOptions) -> Result<Vec<PathBuf>, FetchError> {
    fetch::run(&fetch::plan(options)?, &mut |_| {}, &Cancel::new())
}

fn fetch_from(server: &Server, dir: &Path) -> Result<Vec<PathBuf>, FetchError> {
    fetch_with(&options(server, dir))
}

/// The error with everything behind it, as the program prints it.
fn words(error: &FetchError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Answers HEAD from `site`, and the n-th GET (from 0) by `get`.
fn on_get(site: Site, get: impl Fn(usize, &Request, Reply) -> Reply + Send + 'static) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |request| {
        let good = site.reply(request);
        if request.method == "HEAD" {
            return good;
        }
        get(count.fetch_add(1, Ordering::SeqCst), request, good)
    })
}
