//! Row 29: `fetch` from outside, against a server that fails in every way: what is said, word for word, and what is left.

use super::server::{Reply, Server, Site};
use super::told::Told;
use super::{answer, complaint, inkfield, names};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const NPY: &str = "/numpy_bitmap/octopus.npy";

fn npy() -> Vec<u8> {
    b"\x93NUMPY".iter().copied().cycle().take(1000).collect()
}

fn fetch(server: &Server, dir: &Path) -> assert_cmd::Command {
    let mut command = inkfield();
    command.current_dir(dir).args(["fetch", "octopus", "--records", "none", "--base-url", &server.url()]);
    command
}

/// What is said of a download that fails, the server's own address written as `URL`.
fn told(server: &Server, dir: &Path) -> String {
    let run = fetch(server, dir).output().unwrap();
    let text = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{text}");
    assert!(!dir.join("octopus.npy").exists(), "no half file under the final name");
    Told::row(29).error(&text);
    text.trim_end().replace(&server.url(), "URL")
}

/// Answers HEAD well, and GET by `get`.
fn on_get(get: impl Fn(Reply) -> Reply + Send + 'static) -> Server {
    let site = Site::new("v1").with(NPY, &npy());
    Server::start(move |request| {
        let good = site.reply(request);
        if request.method == "GET" { get(good) } else { good }
    })
}

#[test]
fn faults_29_a_cut_download_is_kept_and_gone_on_with() {
    let dir = TempDir::new().unwrap();
    let cut = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let is_cut = cut.clone();
    let server = on_get(move |good| {
        // After the first 900 bytes nothing comes any more.
        let first = !format!("{good:?}").contains("Content-Range");
        let still = is_cut.load(std::sync::atomic::Ordering::SeqCst);
        if still { good.cut_after(if first { 900 } else { 0 }) } else { good }
    });
    assert_eq!(
        told(&server, dir.path()),
        format!(
            "error: the download stopped after 900 of 1000 bytes; they are kept, the same command goes on from there: ./octopus.npy.part: the connection ended early: URL{NPY}"
        )
    );
    assert_eq!(names(dir.path()), ["octopus.npy.part", "octopus.npy.part.json"]);
    cut.store(false, std::sync::atomic::Ordering::SeqCst);
    assert!(answer(&mut fetch(&server, dir.path())).contains("goes on after 900 bytes"));
    assert_eq!(server.gets().last().unwrap().headers["range"], "bytes=900-");
    assert_eq!(fs::read(dir.path().join("octopus.npy")).unwrap(), npy());
    assert_eq!(names(dir.path()), ["octopus.npy"]);
}

#[test]
fn faults_29_what_is_not_the_file_is_refused_by_name() {
    let page = "<!DOCTYPE html><html><title>Sign in</title></html>".as_bytes();
    let content = format!(
        "error: the server sent a web page (HTML) instead of an .npy file; a login page or a proxy may be in between; check --base-url: URL{NPY}"
    );
    let redirect = |words: &str| format!("error: a redirect is not followed: it {words}");
    let of = |answer: fn(&super::server::Request) -> Reply| Server::start(answer);
    let cases = [
        (
            on_get(|_| Reply::whole(&npy()[..900])),
            format!(
                "error: the server now says 900 bytes where it had listed 1000; run the same command again: URL{NPY}"
            ),
        ),
        (Server::start(move |_| Reply::whole(page)), content.clone()),
        (Server::start(move |_| Reply::whole(page).header("Content-Type", "text/html")), content),
        (
            of(|_| Reply::status(404)),
            format!("error: the server has no such file (status 404); check --base-url: URL{NPY}"),
        ),
        (of(|_| Reply::status(403)), format!("error: the server refused with status 403 (not permitted): URL{NPY}")),
        (of(|_| Reply::redirect(NPY)), redirect(&format!("leads round in a circle: \"URL{NPY}\""))),
        (
            of(|request| Reply::redirect(&format!("{}x", request.path))),
            redirect(&format!("is the sixth in a row: \"URL{NPY}xx…\"")),
        ),
        (
            of(|_| Reply::redirect("http://example.com/a")),
            redirect("leads to an unencrypted address: \"http://example.com/a\""),
        ),
        (
            of(|_| Reply::redirect("file:///etc/passwd")),
            redirect("leads to something other than https: \"file:///etc/passwd\""),
        ),
        (
            of(|_| Reply::redirect("https://169.254.169.254/a")),
            redirect("leads into a private network: \"https://169.254.169.254/a\""),
        ),
        (
            of(|_| Reply::redirect("https://[::ffff:10.0.0.1]/a")),
            redirect("leads into a private network: \"https://[::ffff:a00:1]/a\""),
        ),
    ];
    for (server, words) in cases {
        let dir = TempDir::new().unwrap();
        let text = told(&server, dir.path());
        // Addresses are clipped after 60 characters, wherever the server's own ends.
        let (start, clipped) = words.split_once('…').unwrap_or((&words, ""));
        let start = if clipped.is_empty() { start } else { start.trim_end_matches('x') };
        assert!(text == words || (!clipped.is_empty() && text.starts_with(start)), "{text}\n{words}");
        assert!(names(dir.path()).is_empty(), "{:?}", names(dir.path()));
    }
}

#[test]
fn faults_29_only_encrypted_addresses_and_this_machine_are_asked() {
    let dir = TempDir::new().unwrap();
    for (url, words) in [
        ("http://example.com", "is not encrypted; use https (http is for this machine alone)"),
        ("http://10.0.0.1", "is not encrypted; use https (http is for this machine alone)"),
        ("ftp://127.0.0.1", "must begin with https://"),
        ("file:///tmp", "must begin with https://"),
        ("https://me:secret@example.com", "must not hold a user name or password"),
        ("https://example.com/?a", "must be a folder, without `?` or `#`"),
        ("octopus", "is no address such as https://host/folder"),
    ] {
        let text = complaint(inkfield().args(["fetch", "octopus", "--base-url", url]).current_dir(dir.path()), 2);
        assert_eq!(Told::row(29).error(&text), [words.to_owned(), format!("\"{url}\"")]);
    }
    assert!(names(dir.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn faults_29_nothing_is_written_outside_the_folder() {
    let (dir, outside) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let server = Server::of(Site::new("v1").with(NPY, &npy()));
    for name in ["../octopus", "/tmp/octopus", "..", "octopus/../x"] {
        let mut command = fetch(&server, dir.path());
        let text = complaint(command.arg("--").arg(name), 2);
        assert!(Told::row(29).error(&text)[0].starts_with(&format!("\"{name}\"")), "{text}");
    }
    assert!(server.requests().is_empty());
    for name in ["octopus.npy", "octopus.npy.part", "octopus.npy.part.json"] {
        let link = dir.path().join(name);
        std::os::unix::fs::symlink(outside.path().join("target"), &link).unwrap();
        let run = fetch(&server, dir.path()).output().unwrap();
        let text = String::from_utf8(run.stderr).unwrap();
        assert_eq!((run.status.code(), Told::row(29).error(&text)), (Some(2), vec![format!("./{name}")]));
        fs::remove_file(link).unwrap();
    }
    assert!(names(outside.path()).is_empty() && names(dir.path()).is_empty());
}

/// A listing that nobody reads stops no download.
#[test]
fn faults_27_a_closed_pipe_stops_no_download() {
    let dir = TempDir::new().unwrap();
    let server = Server::of(Site::new("v1").with(NPY, &npy()));
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let run = std::process::Command::new(assert_cmd::cargo::cargo_bin!("inkfield"))
        .args(["fetch", "octopus", "--records", "none", "--base-url", &server.url()])
        .current_dir(dir.path())
        .stdout(writer)
        .output()
        .unwrap();
    assert_eq!((run.status.code(), run.stderr.as_slice()), (Some(0), &b""[..]));
    assert_eq!(fs::read(dir.path().join("octopus.npy")).unwrap(), npy());
}
