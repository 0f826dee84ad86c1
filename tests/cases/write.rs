//! Files that can be written but not replaced, and such as should be neither (`click#1512`, `toolhive#3979`, `write-file-atomic#63`).

use super::outside::{binary, error, gpu, inkfield, names, runtime_folder};
use super::told::Told;
use inkfield::export::{check_writable, write_whole};
use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

const RENDER: &str = "render demo:300 --size 600x400 --out";

/// Runs a script in a folder, `$0` being the program.
fn script(text: &str, dir: &Path) -> Output {
    let mut run = Command::new("sh");
    run.args(["-c", text]).arg(binary()).current_dir(dir).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    run.envs(runtime_folder()).output().unwrap()
}

/// Runs a script that mounts what it likes, seen by itself alone; `None`, said aloud, where this user may mount nothing.
fn with_mounts(text: &str, dir: &Path) -> Option<Output> {
    let own = |text: &str| {
        let inner = text.replace('\'', "'\\''");
        script(&format!("exec unshare --user --map-root-user --mount sh -c '{inner}' \"$0\""), dir)
    };
    if !own("mkdir -p try && mount -t tmpfs inkfield try").status.success() {
        eprintln!("NOT RUN: this user may mount nothing");
        return None;
    }
    fs::remove_dir(dir.join("try")).unwrap();
    Some(own(text))
}

fn is_png(path: &Path) -> bool {
    let bytes = fs::read(path).unwrap();
    bytes.starts_with(b"\x89PNG") && bytes.ends_with(b"IEND\xaeB`\x82")
}

fn mode_of(path: &Path) -> u32 {
    path.metadata().unwrap().mode() & 0o7777
}

/// A file longer than the picture, so that one that is written over it must be cut.
fn old(path: &Path) -> u64 {
    fs::write(path, vec![b'o'; 3 << 20]).unwrap();
    path.metadata().unwrap().ino()
}

#[test]
fn case_write_a_file_mounted_by_itself_is_written_in_place() {
    let dir = TempDir::new().unwrap();
    if !gpu() {
        return;
    }
    let inode = old(&dir.path().join("outside.png"));
    fs::write(dir.path().join("out.png"), "").unwrap();
    let text = format!("mount --bind outside.png out.png && exec \"$0\" {RENDER} out.png");
    let Some(run) = with_mounts(&text, dir.path()) else { return };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(
        is_png(&dir.path().join("outside.png")) && dir.path().join("outside.png").metadata().unwrap().ino() == inode
    );
    assert_eq!(names(dir.path()), ["out.png", "outside.png"]);
}

#[test]
fn case_write_a_writable_file_in_a_read_only_folder_is_written_in_place() {
    if !gpu() {
        return;
    }
    // A mount that may not be written to, with one file in it that may.
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("set")).unwrap();
    let out = dir.path().join("set/out.png");
    let inode = old(&out);
    let mounts = "mount --bind set set && mount --bind set/out.png set/out.png && mount -o remount,bind,ro set";
    if let Some(run) = with_mounts(&format!("{mounts} && exec \"$0\" {RENDER} set/out.png"), dir.path()) {
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        assert!(is_png(&out) && out.metadata().unwrap().ino() == inode);
        assert_eq!(names(&dir.path().join("set")), ["out.png"]);
    }

    // A folder whose mode lets nobody make files in it; an administrator is no such user, and becomes another one.
    let inode = old(&out);
    fs::set_permissions(&out, Permissions::from_mode(0o666)).unwrap();
    for (path, mode) in [(dir.path().join("set"), 0o555), (dir.path().to_owned(), 0o755)] {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
    let nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    let is_root = dir.path().metadata().unwrap().uid() == 0;
    if is_root && !script(&format!("exec {nobody} \"$0\" --version"), dir.path()).status.success() {
        eprintln!("NOT RUN: nobody else may run the program here");
        return;
    }
    let run = script(&format!("exec {} \"$0\" {RENDER} set/out.png", if is_root { nobody } else { "" }), dir.path());
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(is_png(&out) && out.metadata().unwrap().ino() == inode);
    fs::set_permissions(dir.path().join("set"), Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn case_write_a_disk_that_fills_up_in_place_is_told_with_what_became_of_the_file() {
    let dir = TempDir::new().unwrap();
    if !gpu() {
        return;
    }
    fs::write(dir.path().join("out.png"), "").unwrap();
    let fill = "mkdir small && mount -t tmpfs -o size=96k inkfield small && echo old > small/old; \
                head -c 200000 /dev/zero > small/filler 2>/dev/null";
    let text = format!("{fill}; mount --bind small/old out.png && exec \"$0\" {RENDER} out.png");
    let Some(run) = with_mounts(&text, dir.path()) else { return };
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert_eq!(Told::case("write").error(&said), ["No space left on device (os error 28)", "out.png"]);
}

#[test]
fn case_write_a_write_protected_file_is_refused_and_another_keeps_its_mode() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("mine.png");
    fs::write(&out, "mine").unwrap();
    fs::set_permissions(&out, Permissions::from_mode(0o444)).unwrap();
    // Before anything is drawn, whoever asks, by a link as well.
    std::os::unix::fs::symlink("mine.png", dir.path().join("link.png")).unwrap();
    for name in ["mine.png", "link.png"] {
        let text = error(inkfield().args(["render", "demo:9", "--out", name]).current_dir(dir.path()), 1);
        assert_eq!(Told::case("write").values(&text), [name]);
    }
    assert_eq!((fs::read(&out).unwrap().as_slice(), mode_of(&out)), (&b"mine"[..], 0o444));

    for mode in [0o600, 0o640, 0o664, 0o222] {
        fs::set_permissions(&out, Permissions::from_mode(mode)).unwrap();
        let inode = out.metadata().unwrap().ino();
        write_whole(&out, |file| file.write_all(b"new")).unwrap();
        assert_eq!((mode_of(&out), out.metadata().unwrap().len()), (mode, 3));
        assert_ne!(out.metadata().unwrap().ino(), inode, "replaced, so that nobody sees half of it");
    }
    assert_eq!(names(dir.path()), ["link.png", "mine.png"]);
}

#[test]
fn case_write_a_name_may_be_as_long_as_names_can_be() {
    let dir = TempDir::new().unwrap();
    // 255 bytes are the most that file systems of Linux and macOS hold.
    let longest = dir.path().join(format!("{}.png", "n".repeat(251)));
    for text in ["one", "two"] {
        check_writable(&longest).unwrap();
        write_whole(&longest, |file| file.write_all(text.as_bytes())).unwrap();
        assert_eq!(fs::read_to_string(&longest).unwrap(), text);
    }
    assert_eq!(names(dir.path()).len(), 1);
    // What is too long is said before all the work.
    let longer = dir.path().join(format!("{}.png", "n".repeat(252)));
    assert_eq!(check_writable(&longer).unwrap_err().kind(), ErrorKind::InvalidFilename);
    assert_eq!(names(dir.path()).len(), 1);
}
