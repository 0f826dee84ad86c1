//! Names that mean two things, outputs, links, time stamps, archives.

use super::folder::Folder;
use super::npy::file_of;
use super::outside::{answer, complaint, error, gpu, inkfield, names};
use super::told::Told;
use inkfield::data::formats::open_alone;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

/// The archives that numpy wrote, by `expected/shapes.py`.
const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/expected");

#[test]
fn case_out_a_name_that_says_something_else_is_refused_with_the_one_to_write() {
    let told = Told::case("out");
    let folder = Folder::new();
    let here = |args: &str| {
        let mut command = inkfield();
        command.args(args.split(' ')).current_dir(folder.0.path());
        command
    };
    for (name, better) in [
        ("p.jpg", "p.png"),
        ("p.svg", "p.png"),
        ("p", "p.png"),
        ("./v1.2", "./v1.2.png"),
        ("p.png.tiff", "p.png.png"),
        ("figure.final", "figure.final.png"),
    ] {
        assert_eq!(told.values(&error(&mut here(&format!("render demo:5 --out {name}")), 2)), [better, name]);
    }
    for (option, name) in [("--plot", "p.png"), ("--trace", "p")] {
        let text = error(&mut here(&format!("bench {option} {name}")), 2);
        assert_eq!(told.values(&text), [&option[2..], "p.svg", name]);
        told.values(&error(&mut here(&format!("bench {option} -")), 2));
    }
    told.values(&error(&mut here("render demo:5 --json --out -"), 2));
    told.values(&error(&mut here("demo --out - --count 5"), 2));
    assert_eq!(told.values(&error(&mut here("demo --count 5 --out set.npy"), 2)), ["set", "set.npy"]);
    assert!(names(folder.0.path()).is_empty());
    told.all();
    // What is advised works.
    answer(&mut here("demo --count 5 --out set"));
    if gpu() {
        answer(&mut here("render demo:5 --size 40x30 --out p.PNG"));
        assert_eq!(names(folder.0.path()), ["p.PNG", "set"]);
    }
}

#[test]
fn case_out_a_picture_goes_to_standard_output_and_nothing_else_does() {
    if !gpu() {
        return;
    }
    let folder = Folder::new();
    let render = |out: &str| {
        let mut command = inkfield();
        command.args(["render", "demo:50", "--size", "60x40", "--timings", "--out", out]).current_dir(folder.0.path());
        command.output().unwrap()
    };
    let (piped, written) = (render("-"), render("p.png"));
    assert!(piped.status.success() && written.status.success(), "{piped:?}");
    assert!(piped.stdout == fs::read(folder.path("p.png")).unwrap(), "the same picture");
    let told = String::from_utf8(piped.stderr).unwrap();
    assert!(told.contains("start to complete"), "{told}");
    assert_eq!(names(folder.0.path()), ["p.png"]);
    // A terminal would show rubbish; `script` is one, where it is installed.
    let run = Command::new("script")
        .args(["-qec", &format!("'{}' render demo:5 --out -", super::outside::binary().display()), "/dev/null"])
        .output();
    match run {
        Ok(run) => {
            let shown = String::from_utf8_lossy(&run.stdout);
            assert!(shown.contains("which is a terminal") && !run.status.success(), "{shown}");
        }
        Err(_) => eprintln!("NOT RUN: no `script` to make a terminal"),
    }
}

#[test]
fn case_demo_a_folder_of_this_name_wins_and_the_command_stays_the_command() {
    let told = Told::case("demo");
    let folder = Folder::new();
    let here = |args: &[&str]| {
        let mut command = inkfield();
        command.args(args).current_dir(folder.0.path());
        command
    };
    let rows = |file: &str| {
        let info: serde_json::Value = serde_json::from_str(&answer(&mut here(&["info", "--json", file]))).unwrap();
        let notes = info["report"]["notes"].as_array().unwrap().iter();
        let note = notes
            .map(|note| format!("{}: demo", note["text"].as_str().unwrap()))
            .find(|text| text.contains("built-in"));
        (info["rows"].as_u64().unwrap(), note)
    };
    folder.bitmaps("demo/ant.npy", 3, 0);
    let (opened, note) = rows("demo");
    assert_eq!(opened, 3);
    told.values(&note.unwrap());
    assert_eq!(rows("./demo"), (3, None));
    assert_eq!(rows("demo:7"), (7, None));
    // What the note offers is the built-in set.
    let locate = answer(&mut here(&["locate", "demo:150152", "--row", "-1"]));
    assert!(locate.starts_with("row 150151 "), "{locate}");
    let text = complaint(&mut here(&["demo", "--count", "5"]), 1);
    let warning = text.lines().next().unwrap().strip_prefix("warning: ").unwrap();
    told.values(warning);

    fs::remove_dir_all(folder.path("demo")).unwrap();
    fs::rename(folder.bitmaps("a.npy", 2, 0), folder.path("demo")).unwrap();
    let (opened, note) = rows("demo");
    assert_eq!(opened, 2);
    told.values(&note.unwrap());
    told.all();
}

#[cfg(unix)]
#[test]
fn case_dangling_a_link_that_leads_nowhere_is_called_one() {
    use std::os::unix::fs::symlink;
    let told = Told::case("dangling");
    let folder = Folder::new();
    let path = |name: &str| folder.path(name);
    symlink("gone/octopus.npy", path("octopus.npy")).unwrap();
    symlink("octopus.npy", path("twice.npy")).unwrap();
    symlink("loop2.npy", path("loop1.npy")).unwrap();
    symlink("loop1.npy", path("loop2.npy")).unwrap();
    let info = |name: &str| error(inkfield().arg("info").arg(path(name)), 2);
    let text = |name: &str| path(name).to_str().unwrap().to_owned();
    for name in ["octopus.npy", "twice.npy"] {
        assert_eq!(told.values(&info(name)), [text("gone/octopus.npy"), text(name)]);
    }
    assert_eq!(told.values(&info("loop1.npy")), [text("loop1.npy")]);
    // In a folder it is left out with the same words; a near name is one that leads somewhere, and another.
    folder.bitmaps("ant.npy", 2, 0);
    let report = answer(inkfield().arg("info").arg(folder.0.path()));
    let skipped = format!("skipped: this is a link to {}, which does not exist", text("gone/octopus.npy"));
    assert!(report.contains(&skipped), "{report}");
    let near = info("octopu.npy");
    assert!(!near.contains("did you mean"), "{near}");
    assert!(info("ants.npy").contains("did you mean \"ant.npy\"?"));
    told.all();
}

#[test]
fn case_stamp_a_later_time_alone_is_said_as_it_is() {
    let told = Told::case("stamp");
    let (_folder, path) = file_of(&super::npy::claiming("(5, 4)", &[1; 20]));
    let file = open_alone(&path, None).unwrap();
    let later = SystemTime::now() + Duration::from_mins(1);
    fs::File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
    let length = fs::metadata(&path).unwrap().len().to_string();
    let text = file.read_rows(0, &mut [0; 4]).unwrap_err().to_string();
    assert_eq!(told.values(&text), [&length, path.to_str().unwrap()]);
    assert!(file.fate().unwrap().contains("its time stamp changed, its length of"));
    told.all();
}

#[test]
fn case_sketch_an_archive_without_drawings_is_looked_into() {
    let told = Told::case("sketch");
    let expected = Path::new(EXPECTED);
    let refused = |path: &Path| told.values(&error(inkfield().arg("info").arg(path), 2));
    let sketch = expected.join("octopus.full.npz");
    assert!(answer(inkfield().arg("info").arg(&sketch)).contains("6 drawings"));
    assert_eq!(refused(&expected.join("complex.npz"))[0], "ink (1, 4, 4) complex numbers");
    // An archive of anything else, written by hand: one stored member.
    let folder = Folder::new();
    let zip = folder.bytes("set.zip", &stored("notes.txt", b"hello"));
    assert_eq!(refused(&zip), ["notes.txt", zip.to_str().unwrap()]);
    told.all();
    // Cut short, it is still called an archive; whatever bytes are broken, nothing panics.
    let whole = fs::read(sketch).unwrap();
    for cut in (4..whole.len()).step_by(37) {
        let path = folder.bytes("cut.npy", &whole[..cut]);
        assert!(open_alone(&path, None).unwrap_err().to_string().contains("archive"));
        let mut broken = whole.clone();
        broken[cut] ^= 0xff;
        let path = folder.bytes("broken.npy", &broken);
        open_alone(&path, None).unwrap_err();
    }
}

/// A zip of one member without compression.
fn stored(name: &str, content: &[u8]) -> Vec<u8> {
    let length = (content.len() as u32).to_le_bytes();
    let named = (name.len() as u16).to_le_bytes();
    let local =
        [b"PK\x03\x04", &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &length, &length, &named, &[0, 0]].concat();
    let member = [&local, name.as_bytes(), content].concat();
    let entry =
        [&b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0"[..], &length, &length, &named, &[0; 16], name.as_bytes()]
            .concat();
    let place = (member.len() as u32).to_le_bytes();
    let end = [&b"PK\x05\x06\0\0\0\0\x01\0\x01\0"[..], &(entry.len() as u32).to_le_bytes(), &place, &[0, 0]].concat();
    [member, entry, end].concat()
}
