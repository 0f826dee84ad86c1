//! Whose fault it was: exit codes and sentences for wrong arguments, wrong files, and machines that lack something.

use super::told::Told;
use super::{binary, complaint, inkfield, write_npy};
use predicates::prelude::*;
use std::fs;
use tempfile::TempDir;

#[test]
fn a_file_that_is_not_there_is_named_last_with_its_neighbour() {
    let dir = TempDir::new().unwrap();
    write_npy(&dir.path().join("octopus.npy"), "(1, 784)", &[0; 784]);
    let typo = dir.path().join("octopsu.npy");
    // The window, too: nothing opens for a name that is no file.
    for command in [&["info"][..], &["table"], &["locate", "--row", "0"], &[]] {
        let text = complaint(inkfield().args(command).arg(&typo), 2);
        assert!(text.contains("\"octopus.npy\"") && text.ends_with(typo.to_str().unwrap()), "{text}");
    }
    let text = complaint(inkfield().arg("rendr").current_dir(dir.path()), 2);
    assert!(text.contains("`render`"), "{text}");
}

#[test]
fn wrong_arguments_are_refused_before_anything_is_opened() {
    let render = ["render", "demo:10", "--out", "never.png"];
    let cases: [&[&str]; 14] = [
        &["--layout", "heap"],
        &["--zoom", "nan"],
        &["--zoom", "-1"],
        &["--scale", "0"],
        &["--scale", "500"],
        &["--opacity", "1.5"],
        &["--point-size", "-3"],
        &["--columns", "0"],
        &["--size", "0x3"],
        &["--size", "99999x9"],
        &["--center", "1"],
        &["--theme", "pink"],
        &["--rows", "1:2:3"],
        &["--no-such-option"],
    ];
    let dir = TempDir::new().unwrap();
    for case in cases {
        let text = complaint(inkfield().args(render).args(case).current_dir(dir.path()), 2);
        assert!(text.contains(case[0]), "{case:?}: {text}");
    }
    for command in ["info", "table"] {
        let text = complaint(inkfield().arg(command), 2);
        assert!(text.contains("nothing to open"), "{text}");
    }
    complaint(inkfield().args(["info", "demo:ten"]), 2);
    complaint(inkfield().args(["info", "demo:10", "--rows", "5:5"]), 2);
    complaint(inkfield().args(["locate", "demo:10"]), 2);
    complaint(inkfield().args(["table", "demo:10", "--csv", "--json"]), 2);
    complaint(inkfield().args(["demo", "--count", "0"]), 2);
    assert!(super::names(dir.path()).is_empty());
}

#[test]
fn faults_16_without_a_display_the_way_out_is_named() {
    if cfg!(any(windows, target_os = "macos")) {
        return;
    }
    for command in [&["demo:10"][..], &["demo", "--count", "10"], &[]] {
        let text = complaint(inkfield().args(command), 1);
        Told::row(16).error(&text);
        assert!(!text.contains(".rs:"), "a source position is no explanation: {text}");
    }
    let text = complaint(inkfield().env("DISPLAY", ":4077").arg("demo:10"), 1);
    assert!(text.contains("DISPLAY is `:4077`"), "{text}");
    // What was opened is still told.
    let run = inkfield().args(["demo:10", "--json"]).assert().code(1);
    run.stdout("{\"schema\":1,\"rows\":10,\"title\":\"demo\"}\n");
}

#[cfg(target_os = "linux")]
#[test]
fn faults_17_without_a_gpu_pictures_say_what_to_install_and_the_rest_works() {
    use super::{answer, documents, without_gpu};
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("never.png");
    let wanted = |text: &str| text.contains("tried Metal") && text.contains("mesa-vulkan-drivers");
    let text = complaint(without_gpu().args(["render", "demo:10", "--out"]).arg(&out), 1);
    assert!(wanted(&text), "{text}");
    assert_eq!(Told::row(17).error(&text), ["Metal"]);
    let text = complaint(without_gpu().args(["pick", "demo:10", "--at", "1,1"]), 1);
    assert!(wanted(&text), "{text}");
    assert!(super::names(dir.path()).is_empty());

    without_gpu()
        .arg("doctor")
        .assert()
        .code(1)
        .stdout(predicate::str::contains("used      none"))
        .stderr(predicate::function(wanted));
    let doctor = without_gpu().args(["doctor", "--json"]).output().unwrap();
    assert_eq!(doctor.status.code(), Some(1));
    let told: serde_json::Value = serde_json::from_slice(&doctor.stdout).unwrap();
    assert_eq!((&told["schema"], &told["used"]), (&1.into(), &serde_json::Value::Null));
    assert!(wanted(told["error"].as_str().unwrap()));
    assert!(told["advice"][0].as_str().unwrap().contains("inkfield render"));

    assert!(answer(without_gpu().args(["info", "demo:10"])).contains("10 drawings"));
    assert_eq!(answer(without_gpu().args(["table", "demo:10"])).lines().count(), 11);
    for layout in ["grid", "index", "groups"] {
        let mut locate = without_gpu();
        locate.args(["locate", "demo:10", "--row", "3", "--json", "--layout", layout]);
        assert_eq!(documents(&mut locate)[0]["row"], 3);
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Command, Stdio};
    for command in [&["table", "demo:20000"][..], &["fetch", "--list"], &["--help"]] {
        let mut run =
            Command::new(binary()).args(command).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::with_capacity(16, run.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        let mut errors = String::new();
        run.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert_eq!((run.wait().unwrap().code(), errors.as_str()), (Some(0), ""), "{command:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_an_error() {
    for command in [&["table", "demo:20"][..], &["info", "demo:20"], &["locate", "demo:20", "--row", "1"]] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let run = std::process::Command::new(binary()).args(command).stdout(full).output().unwrap();
        let text = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.code() == Some(1) && text.contains("No space left"), "{text}");
    }
}
