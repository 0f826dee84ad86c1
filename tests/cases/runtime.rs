//! Without `XDG_RUNTIME_DIR`: a driver's lines in the form of this program's own, and what is done about them.

use super::folder::Folder;
use super::outside::{binary, gpu};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

/// The program as a bare service or container starts it, with a place for temporary files.
fn bare(folder: &Folder) -> Command {
    let mut command = Command::new(binary());
    command.env_clear().env("TMPDIR", folder.0.path()).env("PATH", "/usr/bin:/bin").stdin(Stdio::piped());
    command
}

#[test]
fn case_runtime_nothing_is_said_on_standard_error_where_nothing_is_wrong() {
    if !gpu() {
        return;
    }
    let folder = Folder::new();
    let out = folder.path("p.png");
    let run = bare(&folder).args(["render", "demo:30", "--out"]).arg(&out).output().unwrap();
    assert_eq!((run.status.code(), String::from_utf8(run.stderr).unwrap().as_str()), (Some(0), ""));
    assert!(out.is_file());
    // The folder is this user's own, and the next run takes it again.
    let made =
        std::fs::read_dir(folder.0.path()).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir());
    let made = made.expect("a folder for sockets");
    assert_eq!(made.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    let again = bare(&folder).args(["render", "demo:30", "--out"]).arg(&out).output().unwrap();
    assert!(again.status.success() && again.stderr.is_empty());
    // One that others may look into is not trusted; then the driver says what it likes, and the picture is drawn all the same.
    std::fs::set_permissions(&made, std::fs::Permissions::from_mode(0o755)).unwrap();
    let run = bare(&folder).args(["render", "demo:30", "--out"]).arg(&out).output().unwrap();
    assert_eq!(run.status.code(), Some(0));
}

#[test]
fn case_runtime_process_number_exit_code_and_signals_are_the_same() {
    let folder = Folder::new();
    let run = bare(&folder).args(["render", "none.npy", "--out", "never.png"]).output().unwrap();
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!((run.status.code(), told.as_str()), (Some(2), "error: there is no such file or folder: none.npy\n"));
    // It waits for standard input, in the process that was started.
    let ant = folder.bitmaps("ant.npy", 2, 0);
    let mut child = bare(&folder).arg("render").arg(&ant).args(["-", "--out", "never.png"]).spawn().unwrap();
    let status = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(status.success());
    let ended = child.wait().unwrap();
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&ended), Some(15));
}
