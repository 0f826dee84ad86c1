//! What is written never goes over what is read (`PDAL#3717`, `infomap#907`, `mjml#1775`).

use super::folder::Folder;
use super::outside::{binary, error, inkfield, names};
use super::told::Told;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

/// `set.npy` with its records beside it, each under other names as well: links that end as pictures and plots do.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.bitmaps("set.npy", 5, 7);
    folder.bytes("set.ndjson", b"{\"word\":\"octopus\"}\n{\"word\":\"squid\"}\n");
    for (file, hard, soft) in [("set.npy", "hard.png", "soft.png"), ("set.ndjson", "records.svg", "records.png")] {
        fs::hard_link(folder.path(file), folder.path(hard)).unwrap();
        symlink(file, folder.path(soft)).unwrap();
    }
    fs::create_dir(folder.path("deep")).unwrap();
    folder
}

/// Everything that lies there, link targets included.
fn contents(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let files = names(dir).into_iter().filter(|name| dir.join(name).is_file());
    files.map(|name| (name.clone(), fs::read(dir.join(name)).unwrap())).collect()
}

#[test]
fn case_guard_pictures_and_plots_never_go_over_what_is_read_by_whatever_name() {
    let (folder, told) = (folder(), Told::case("guard"));
    let before = contents(folder.0.path());
    let refused = |line: &str| {
        let text = error(inkfield().args(line.split(' ')).current_dir(folder.0.path()), 2);
        assert_eq!(contents(folder.0.path()), before, "{line}");
        told.values(&text)
    };
    for out in ["hard.png", "soft.png", "records.png", "deep/../hard.png"] {
        // The second finds the records beside the drawings, the third the drawings in the folder.
        for inputs in ["set.npy set.ndjson", "set.npy", "."] {
            assert_eq!(refused(&format!("render {inputs} --out {out}")), ["picture", out]);
        }
    }
    assert_eq!(refused("bench set.npy --trace records.svg"), ["plot", "records.svg"]);
}

#[test]
fn case_guard_a_state_log_takes_the_place_of_state_logs_alone() {
    let (folder, told) = (folder(), Told::case("guard"));
    folder.bytes("notes.txt", b"mine");
    let before = contents(folder.0.path());
    let run = |line: &str, code: i32| error(inkfield().args(line.split(' ')).current_dir(folder.0.path()), code);
    assert_eq!(told.values(&run("set.npy --state-log hard.png", 2)), ["state log", "hard.png"]);
    for (inputs, log) in [("set.npy", "notes.txt"), ("demo:9", "set.ndjson")] {
        assert_eq!(told.values(&run(&format!("{inputs} --state-log {log}"), 2)), [log]);
    }
    assert_eq!(told.values(&run("demo --count 9 --state-log soft.png", 2)), ["soft.png"]);
    assert_eq!(contents(folder.0.path()), before);

    // A log that is read as records is one that is read, however it is named.
    let log = b"{\"serial\":1,\"ms\":3.5}\n{\"serial\":2,\"ms\":9.0}\n";
    folder.bytes("frames.ndjson", log);
    folder.bitmaps("frames.npy", 2, 0);
    symlink("frames.ndjson", folder.path("link")).unwrap();
    for log in ["frames.ndjson", "link"] {
        assert_eq!(told.values(&run(&format!("frames.npy --state-log {log}"), 2)), ["state log", log]);
    }
    assert_eq!(fs::read(folder.path("frames.ndjson")).unwrap(), log);
    // One that nobody reads is begun anew, as is an empty file; that there is no display is said later.
    folder.bytes("empty", b"");
    for log in ["frames.ndjson", "empty", "new"] {
        let text = run(&format!("set.npy --state-log {log}"), 1);
        assert!(text.contains("no display"), "{text}");
        assert_eq!(fs::read(folder.path(log)).unwrap(), b"");
    }
}

#[test]
fn case_guard_an_answer_is_not_appended_to_the_file_that_it_is_read_from() {
    let (folder, told) = (folder(), Told::case("guard"));
    let before = contents(folder.0.path());
    for (command, into) in [("table", "set.ndjson"), ("info", "set.ndjson"), ("table", "set.npy")] {
        let out = File::options().append(true).open(folder.path(into)).unwrap();
        let mut run = Command::new(binary());
        let run = run.args([command, "set.npy"]).current_dir(folder.0.path()).stdout(out).output().unwrap();
        let text = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{text}");
        assert_eq!(told.error(&text), [into]);
        assert_eq!(contents(folder.0.path()), before);
    }
    // Into any other file it goes as before.
    let out = File::create(folder.path("answer")).unwrap();
    let run = Command::new(binary()).args(["table", "set.npy"]).current_dir(folder.0.path()).stdout(out).status();
    assert!(run.unwrap().success());
    assert!(fs::read_to_string(folder.path("answer")).unwrap().contains("squid"));
}
