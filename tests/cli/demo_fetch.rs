//! `demo --out` and `fetch`: files that the next command opens.

use super::server::{Server, Site};
use super::{answer, complaint, documents, inkfield, names, records};
use predicates::prelude::*;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// The words of the command that a text ends with.
fn offered(text: &str) -> Vec<&str> {
    let command = text.trim_end().rsplit("open them with: inkfield ").next().unwrap();
    command.split(' ').collect()
}

#[test]
fn the_demo_as_files_is_the_demo() {
    let dir = TempDir::new().unwrap();
    let here = || {
        let mut command = inkfield();
        command.current_dir(dir.path());
        command
    };
    let text = answer(here().args(["demo", "--out", "set", "--count", "60", "--seed", "3"]));
    assert_eq!(names(&dir.path().join("set")), ["octopus.ndjson", "octopus.npy"]);
    let [written] = &documents(here().args(["info", "--json"]).args(offered(&text)))[..] else { panic!("{text}") };
    assert_eq!((&written["rows"], &written["report"]["warnings"]), (&json!(60), &json!(0)));
    let table = |set: &str| answer(here().args(["table", "--json", "--columns", "countrycode,key_id", set]));
    assert_eq!(table("set"), table("demo:60:3"));
    let told: Value = serde_json::from_str(&table("demo:60:3")).unwrap();
    for (row, record) in records(&dir.path().join("set/octopus.ndjson")).iter().enumerate() {
        assert_eq!(told["rows"][row], json!([row, record["countrycode"], record["key_id"]]));
    }

    // A second time: what lies there stays.
    let before = fs::read(dir.path().join("set/octopus.npy")).unwrap();
    let text = complaint(here().args(["demo", "--out", "set", "--count", "5"]), 2);
    assert!(text.contains("there already") && text.ends_with("octopus.npy"), "{text}");
    assert_eq!(fs::read(dir.path().join("set/octopus.npy")).unwrap(), before);
    // Other files are none of its business.
    fs::create_dir(dir.path().join("mine")).unwrap();
    fs::write(dir.path().join("mine/notes.txt"), "mine").unwrap();
    answer(here().args(["demo", "--out", "mine", "--count", "5"]));
    assert_eq!(names(&dir.path().join("mine")), ["notes.txt", "octopus.ndjson", "octopus.npy"]);
}

/// A site that publishes two small octopuses and an alarm clock.
fn site() -> Server {
    let npy = |rows: usize| {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("a.npy");
        super::write_npy(&path, &format!("({rows}, 784)"), &vec![7; rows * 784]);
        fs::read(path).unwrap()
    };
    let lines =
        |word: &str, rows: usize| format!("{{\"word\":\"{word}\",\"countrycode\":\"NZ\"}}\n").repeat(rows).into_bytes();
    Server::of(
        Site::new("v1")
            .with("/numpy_bitmap/octopus.npy", &npy(2))
            .with("/simplified/octopus.ndjson", &lines("octopus", 2))
            .with("/raw/octopus.ndjson", &lines("octopus", 2))
            .with("/numpy_bitmap/alarm%20clock.npy", &npy(1))
            .with("/simplified/alarm%20clock.ndjson", &lines("alarm clock", 1)),
    )
}

fn fetch(server: &Server, dir: &Path, args: &[&str]) -> assert_cmd::Command {
    let mut command = inkfield();
    command.current_dir(dir).args(["fetch", "--base-url", &server.url()]).args(args);
    command
}

#[test]
fn fetched_files_open_with_the_command_that_is_offered() {
    let (server, dir) = (site(), TempDir::new().unwrap());
    let text = answer(&mut fetch(&server, dir.path(), &["octopus"]));
    // Two blocks of 64 bytes for the header, and 2 x 784 bytes.
    assert!(text.contains("1.7 kB") && text.contains("CC BY 4.0"), "{text}");
    let size = text.find("1.7 kB").unwrap();
    assert!(size < text.find("open them with").unwrap());
    assert_eq!(names(dir.path()), ["octopus.npy", "octopus.simplified.ndjson"]);
    assert_eq!(fs::metadata(dir.path().join("octopus.npy")).unwrap().len(), 128 + 2 * 784);
    let mut info = inkfield();
    info.current_dir(dir.path()).args(["info", "--json"]).args(offered(&text));
    let [info] = &documents(&mut info)[..] else { panic!() };
    assert_eq!((&info["rows"], &info["columns"][1]["top"]), (&json!(2), &json!([["NZ", 2]])));

    // A second run downloads nothing; other records come beside; `none` asks for none.
    let gets = server.gets().len();
    assert!(answer(&mut fetch(&server, dir.path(), &["octopus"])).contains("nothing to download"));
    assert_eq!(server.gets().len(), gets);
    answer(&mut fetch(&server, dir.path(), &["octopus", "--records", "raw"]));
    assert!(dir.path().join("octopus.raw.ndjson").exists());
    answer(&mut fetch(&server, dir.path(), &["octopus", "alarm clock", "--records", "none", "--dir", "two words"]));
    assert_eq!(names(&dir.path().join("two words")), ["alarm clock.npy", "octopus.npy"]);
}

#[test]
fn what_cannot_be_fetched_is_explained() {
    let (server, dir) = (site(), TempDir::new().unwrap());
    let text = complaint(&mut fetch(&server, dir.path(), &["octopsu"]), 2);
    assert!(text.contains("did you mean \"octopus\"?"), "{text}");
    complaint(&mut fetch(&server, dir.path(), &["octopus", "--records", "some"]), 2);
    complaint(&mut fetch(&server, dir.path(), &[]), 2);
    // The server lacks it, or is not there at all.
    let run = fetch(&server, dir.path(), &["cat"]).assert().code(1);
    run.stderr(predicate::str::contains("404").and(predicate::str::contains("/numpy_bitmap/cat.npy")));
    let gone = server.url();
    drop(server);
    let run = inkfield().current_dir(dir.path()).args(["fetch", "octopus", "--base-url", &gone]).assert().code(1);
    run.stderr(predicate::str::contains("connection"));
    assert!(names(dir.path()).is_empty());
}

#[test]
fn the_categories_are_listed() {
    let list = answer(inkfield().args(["fetch", "--list"]));
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 345);
    assert!(lines.is_sorted_by_key(|name| name.to_lowercase()), "in alphabetical order");
    for known in ["octopus", "alarm clock", "The Eiffel Tower", "zigzag"] {
        assert!(lines.contains(&known), "{known}");
    }
}
