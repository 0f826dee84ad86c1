//! Row 27: what is written out is whole or absent, whatever the disk does, and an earlier file stays.

use super::told::Told;
use super::{answer, binary, complaint, gpu, inkfield, names, runtime_folder};
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const RENDER: &str = "render demo:300 --size 600x400 --out old.png";
const DEMO: &str = "demo --count 3000 --out set";
const PLOT: &str = "bench --sizes 300 --frames 1 --size 99x99 --scenario overview_dots --plot old.svg";

/// Runs a script in a folder, `$0` being the program.
fn script(text: &str, dir: &Path) -> Output {
    let mut run = Command::new("sh");
    run.args(["-c", text]).arg(binary()).current_dir(dir).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    run.envs(runtime_folder()).output().unwrap()
}

/// Runs a script in a folder of a file system of its own, of 96 KiB; `None`, said aloud, where this user may mount none.
/// The script prints what then lies there.
fn on_small_disk(text: &str) -> Option<Output> {
    let mount = "mount -t tmpfs -o size=96k inkfield . && cd \"$PWD\"";
    let own = |text: &str, dir: &Path| {
        let inner = text.replace('\'', "'\\''");
        script(&format!("exec unshare --user --map-root-user --mount sh -c '{inner}' \"$0\""), dir)
    };
    let dir = TempDir::new().unwrap();
    if !own(mount, dir.path()).status.success() {
        eprintln!("NOT RUN: this user may not mount a small disk");
        return None;
    }
    Some(own(&format!("{mount} && {text}"), dir.path()))
}

/// The complaint of a run that failed for the disk's sake.
fn refused(run: &Output) -> String {
    let text = String::from_utf8(run.stderr.clone()).unwrap();
    assert_eq!(run.status.code(), Some(1), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    Told::row(27).error(&text);
    text.trim_end().to_owned()
}

#[test]
fn faults_27_a_limit_on_file_sizes_keeps_the_old_files() {
    for (command, words) in [
        (
            DEMO,
            "cannot write: File too large (os error 27); a drawing takes about 5 kB with its record: make room, ask for fewer drawings or name another folder: set/octopus.",
        ),
        (RENDER, "cannot write the picture: File too large (os error 27): old.png"),
    ] {
        if command != DEMO && !gpu() {
            continue;
        }
        let dir = TempDir::new().unwrap();
        fs::write(dir.path().join("old.png"), "old").unwrap();
        let run = script(&format!("trap '' XFSZ; ulimit -f 1; exec \"$0\" {command}"), dir.path());
        let told = refused(&run);
        assert!(told.contains(words), "{told}");
        assert_eq!(names(dir.path()), ["old.png"]);
        assert_eq!(fs::read(dir.path().join("old.png")).unwrap(), b"old");
    }
}

#[test]
fn faults_27_a_full_disk_keeps_the_old_files() {
    let list = "ls -A . set 2>/dev/null; cat old.png";
    if let Some(run) = on_small_disk(&format!("echo old > old.png; \"$0\" {DEMO}; code=$?; {list}; exit $code")) {
        assert_eq!(
            refused(&run).replace("octopus.ndjson", "octopus.npy"),
            "error: cannot write: No space left on device (os error 28); a drawing takes about 5 kB with its record: make room, ask for fewer drawings or name another folder: set/octopus.npy"
        );
        assert_eq!(String::from_utf8(run.stdout).unwrap(), ".:\nold.png\nold\n");
    }
    if !gpu() {
        return;
    }
    let fill = "echo old > old.png; echo old > old.svg; head -c 200000 /dev/zero > filler 2>/dev/null";
    let cases = [(RENDER, "cannot write the picture", "old.png"), (PLOT, "cannot write the plot", "old.svg")];
    for (command, words, name) in cases {
        if let Some(run) =
            on_small_disk(&format!("{fill}; \"$0\" {command} >/dev/null; code=$?; ls -A; cat old.*; exit $code"))
        {
            let told = refused(&run);
            assert_eq!(told, format!("error: {words}: No space left on device (os error 28): {name}"));
            assert_eq!(String::from_utf8(run.stdout).unwrap(), "filler\nold.png\nold.svg\nold\nold\n");
        }
    }
    if cfg!(target_os = "linux") {
        let text = complaint(inkfield().args(["render", "demo:5", "--out", "/dev/full"]), 1);
        assert_eq!(text, "error: cannot write the picture: No space left on device (os error 28): /dev/full");
    }
}

#[test]
fn faults_27_a_read_only_folder_is_refused() {
    let ro = "mkdir set; echo old > old.png; mount -o remount,ro inkfield . && cd \"$PWD\"";
    if let Some(run) = on_small_disk(&format!("{ro}; exec \"$0\" {DEMO}")) {
        assert_eq!(
            refused(&run),
            "error: cannot make a file: Read-only file system (os error 30); name a folder that you may write to: set/octopus.npy"
        );
    }
    // What takes long is refused before it begins, so these need no GPU.
    if let Some(run) = on_small_disk(&format!("{ro}; exec \"$0\" {PLOT}")) {
        assert_eq!(refused(&run), "error: cannot write the plot: Read-only file system (os error 30): old.svg");
    }
    if !gpu() {
        return;
    }
    if let Some(run) = on_small_disk(&format!("{ro}; \"$0\" {RENDER}; code=$?; cat old.png; exit $code")) {
        assert_eq!(refused(&run), "error: cannot write the picture: Read-only file system (os error 30): old.png");
        assert_eq!(run.stdout, b"old\n");
    }
}

#[test]
fn faults_27_a_folder_in_place_of_a_file_is_refused() {
    let dir = TempDir::new().unwrap();
    fs::create_dir_all(dir.path().join("taken.png")).unwrap();
    fs::create_dir_all(dir.path().join("set/octopus.npy")).unwrap();
    fs::write(dir.path().join("file"), "mine").unwrap();
    let here = |command: &str| complaint(inkfield().args(command.split(' ')).current_dir(dir.path()), 2);
    assert_eq!(
        here("demo --count 5 --out set"),
        "error: a file of this name is there already and is left alone; move it away or name another folder: set/octopus.npy"
    );
    assert_eq!(
        here("demo --count 5 --out file"),
        "error: this is a file, not a folder; name a folder, or one that does not exist yet: file"
    );
    let here = |command: &str| complaint(inkfield().args(command.split(' ')).current_dir(dir.path()), 1);
    assert_eq!(here("bench --plot taken.png"), "error: cannot write the plot: is a directory: taken.png");
    if gpu() {
        assert_eq!(here("render demo:5 --out taken.png"), "error: cannot write the picture: is a directory: taken.png");
    }
    for command in ["demo --count 5 --out set", "demo --count 5 --out file"] {
        Told::row(27).error(&complaint(inkfield().args(command.split(' ')).current_dir(dir.path()), 2));
    }
    assert_eq!(names(dir.path()), ["file", "set", "taken.png"]);
    assert_eq!(names(&dir.path().join("set")), ["octopus.npy"]);
}

/// Starts a command and kills it once a file whose name contains `part` lies in `folder`; whether it was still at work.
fn kill_midway(command: &[&str], dir: &Path, folder: &Path, part: &str) -> bool {
    let mut run = Command::new(binary()).args(command).current_dir(dir).spawn().unwrap();
    loop {
        let is_part = |entry: fs::DirEntry| entry.file_name().to_string_lossy().contains(part);
        if fs::read_dir(folder).is_ok_and(|entries| entries.filter_map(Result::ok).any(is_part)) {
            run.kill().unwrap();
            return !run.wait().unwrap().success();
        }
        if run.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::yield_now();
    }
}

#[test]
fn faults_27_killed_midway_leaves_no_half_file_under_the_final_name() {
    let dir = TempDir::new().unwrap();
    let set = dir.path().join("set");
    assert!(kill_midway(&["demo", "--count", "3000000", "--out", "set"], dir.path(), &set, ".partial"));
    let left = names(&set);
    assert!(left.iter().all(|name| name.starts_with('.') && name.ends_with(".partial")), "{left:?}");
    // The next run goes well all the same.
    answer(inkfield().args(["demo", "--count", "5", "--out", "set"]).current_dir(dir.path()));
    assert_eq!(fs::metadata(set.join("octopus.npy")).unwrap().len(), 80 + 5 * 784);

    if !gpu() {
        return;
    }
    fs::write(dir.path().join("old.png"), "old").unwrap();
    let render = ["render", "demo:20000", "--size", "4000x3000", "--out", "old.png"];
    // Whether it dies before or after the name is given, there is one whole file.
    let killed = kill_midway(&render, dir.path(), dir.path(), ".part");
    let bytes = fs::read(dir.path().join("old.png")).unwrap();
    let whole = bytes.starts_with(b"\x89PNG") && bytes.ends_with(b"IEND\xaeB`\x82");
    assert!(bytes == b"old" || whole, "{} bytes, killed: {killed}", bytes.len());
}

#[test]
fn faults_27_a_closed_pipe_is_quiet() {
    let dir = TempDir::new().unwrap();
    let mut commands = vec!["info demo:2000", "info demo:2000 --json", "table demo:20000", "demo --count 5 --out set"];
    if gpu() {
        commands.extend([
            "render demo:300 --json --timings --out old.png",
            "bench demo:300 --frames 1 --size 99x99 --scenario moving --json",
        ]);
    }
    for command in commands {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let args = command.split(' ');
        let mut run = Command::new(binary())
            .args(args)
            .current_dir(dir.path())
            .envs(runtime_folder())
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut errors = String::new();
        run.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert_eq!((run.wait().unwrap().code(), errors.as_str()), (Some(0), ""), "{command}");
        // No standard output at all.
        let run = script(&format!("exec \"$0\" {} >&-", command.replace("set", "set2")), dir.path());
        assert_eq!((run.status.code(), run.stderr.as_slice()), (Some(0), &b""[..]), "{command}");
    }
    // What was to be written is there.
    assert_eq!(names(&dir.path().join("set")), ["octopus.ndjson", "octopus.npy"]);
    assert_eq!(dir.path().join("old.png").exists(), gpu());
}
