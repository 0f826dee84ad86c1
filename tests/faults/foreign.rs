//! Rows 8 and 9: nothing to draw, and files that are something else.

use super::Folder;
use super::npy::{claiming, file_of, refusal};
use super::outside::{answer, error, gpu, inkfield};
use super::real_data::real_data;
use super::told::Told;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::file::FileFault;
use inkfield::data::formats::open_alone;
use inkfield::data::source::ImageFault;
use std::path::Path;

#[test]
fn faults_08_an_empty_file_and_a_set_without_rows_are_refused_and_one_row_works() {
    let row = Told::row(8);
    assert_eq!(row.values(&refusal(b"", None)), ["FILE"]);
    for shape in ["(0, 784)", "(0, 28, 28)"] {
        assert_eq!(row.values(&refusal(&claiming(shape, &[]), None)), [shape, "FILE"]);
        let (_folder, path) = file_of(&claiming(shape, &[]));
        assert_eq!(row.values(&error(inkfield().arg("info").arg(&path), 2)), [shape, path.to_str().unwrap()]);
    }
    row.all();
}

/// One drawing fills the picture; in the colours of `gray` the picture's middle is the drawing's byte.
#[test]
fn faults_08_one_row_is_drawn_and_found() {
    let (folder, path) = file_of(&claiming("(1, 28, 28)", &[200; 784]));
    assert!(answer(inkfield().arg("info").arg(&path)).contains("1 drawing of 28 × 28 pixels"));
    if !gpu() {
        return;
    }
    let out = folder.path().join("one.png");
    let render = ["render", "--size", "100x100", "--colormap", "gray", "--out"];
    answer(inkfield().args(render).arg(&out).arg(&path));
    let mut picture =
        png::Decoder::new(std::io::BufReader::new(std::fs::File::open(&out).unwrap())).read_info().unwrap();
    let mut rgba = vec![0; picture.output_buffer_size().unwrap()];
    picture.next_frame(&mut rgba).unwrap();
    assert_eq!(rgba[(50 * 100 + 50) * 4..][..3], [200; 3]);
    let picked = answer(inkfield().args(["pick", "--size", "100x100", "--at", "50,50"]).arg(&path));
    assert_eq!(picked, "row 0\n");
}

#[test]
fn faults_09_other_kinds_of_files_are_called_by_their_name_with_what_to_do() {
    let row = Told::row(9);
    for bytes in [
        &b"PK\x03\x04...."[..],
        b"\x1f\x8b\x08\x00",
        b"\x89PNG\r\n\x1a\n....",
        b"version https://git-lfs.github.com/spec/v1\n",
        b"\xef\xbb\xbf \n<!DOCTYPE HTML><title>Sign in",
        b"{\"word\":\"octopus\"}\n",
        b"hello",
    ] {
        assert_eq!(row.values(&refusal(bytes, None)), ["FILE"]);
    }
    let words = |bytes: &[u8]| refusal(bytes, None);
    assert!(words(b"\x1f\x8b\x08\x00").starts_with("the gzip data ends early: "));
    assert!(words(b"\x89HDF\r\n\x1a\n....").starts_with("this is an HDF5 file that is not understood ("));
    assert!(words(b"\x80\x04\x95").starts_with("this is a Python pickle: "));
    let folder = Folder::new();
    let there = |path: &Path| row.values(&open_alone(path, None).unwrap_err().to_string());
    assert_eq!(there(folder.0.path()), ["a folder", folder.0.path().to_str().unwrap()]);
    let error = open_alone(&folder.path("none.npy"), None).unwrap_err();
    assert!(matches!(error.fault, ImageFault::File(FileFault::NotFound)), "{error}");
    // A folder of that name is opened as one.
    std::fs::create_dir(folder.path("set.npy")).unwrap();
    let told = row.values(&super::open(&folder.path("set.npy"), false).unwrap_err().to_string());
    assert_eq!(told, ["it is empty", folder.path("set.npy").to_str().unwrap()]);
    // Records that were named are looked at the same way.
    for (bytes, what) in [
        (&b""[..], "empty"),
        (b"<html>", "an HTML or XML page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer"),
    ] {
        let named = [folder.ant(1, bytes), folder.path("ant.ndjson")];
        let text = Dataset::open(&named, &OpenOptions::default()).unwrap_err().to_string();
        assert_eq!(row.values(&text)[0], what);
        assert!(text.ends_with(named[1].to_str().unwrap()), "{text}");
    }
}

#[test]
fn faults_09_the_program_says_what_a_file_is() {
    let row = Told::row(9);
    let folder = Folder::new();
    for bytes in [
        &b"<!DOCTYPE html><html></html>"[..],
        b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n",
        b"PK\x03\x04000000",
    ] {
        let path = folder.bytes("set.npy", bytes);
        for command in [&["info"][..], &["render", "--out", "never.png"]] {
            assert_eq!(row.values(&error(inkfield().args(command).arg(&path), 2)), [path.to_str().unwrap()]);
        }
    }
    // Pictures are opened; this one ends behind its first bytes.
    let picture = folder.bytes("set.npy", b"\x89PNG\r\n\x1a\n0000");
    let told = row.values(&error(inkfield().arg("info").arg(&picture), 2));
    assert_eq!(
        (told[0].as_str(), told[1].as_str(), told.last().unwrap().as_str()),
        ("1 picture", "set.npy", picture.to_str().unwrap())
    );
    let records = folder.bytes("records.ndjson", b"{\"word\": \"a\"}\n");
    let text = error(inkfield().arg("info").arg(records), 2);
    assert!(text.starts_with("these are records without bitmaps: name the .npy file that belongs to them"), "{text}");
    let Some(data) = real_data() else { return };
    for name in ["bad/full_numpy_bitmap_ant_is_lfs_pointer.npy", "bad/octopus_is_html_login_page.npy"] {
        let path = data.join(name);
        assert_eq!(row.values(&error(inkfield().arg("info").arg(&path), 2)), [path.to_str().unwrap()]);
    }
}

/// Opening a pipe waits for a writer, and a device never ends.
#[cfg(unix)]
#[test]
fn faults_09_a_named_pipe_or_a_device_is_refused_without_waiting_for_it() {
    let row = Told::row(9);
    let folder = Folder::new();
    let pipe = |name: &str| {
        let path = folder.path(name);
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        path
    };
    let (bitmaps, records) = (pipe("set.npy"), pipe("ant.ndjson"));
    let (answered, answers) = std::sync::mpsc::channel();
    let paths = [bitmaps.clone(), "/dev/zero".into()];
    std::thread::spawn(move || {
        answered.send(paths.map(|path| open_alone(&path, None).unwrap_err().to_string())).unwrap();
    });
    let told = answers.recv_timeout(std::time::Duration::from_secs(20)).expect("it waits for the pipe");
    assert_eq!(row.values(&told[0]), ["a named pipe", bitmaps.to_str().unwrap()]);
    assert_eq!(row.values(&told[1]), ["a device", "/dev/zero"]);
    // A window waits for nothing; the commands read pipes that are named (`case_c09_…`).
    let ant = folder.bitmaps("ant.npy", 1, 0);
    let refused = Dataset::open(&[&ant, &records], &OpenOptions::default()).unwrap_err();
    assert_eq!(row.values(&refused.to_string()), ["a named pipe", records.to_str().unwrap()]);
    let told = row.values(&error(inkfield().arg("info").arg("/dev/zero"), 2));
    assert_eq!(told, ["a device", "/dev/zero"]);
    // Records that were not named are left out.
    let run = inkfield().arg("info").arg(&ant).output().unwrap();
    let warned = String::from_utf8(run.stderr).unwrap();
    let told = row.values(warned.trim_end().strip_prefix("warning: ").unwrap());
    assert_eq!((run.status.code(), told[1].as_str()), (Some(0), records.to_str().unwrap()));
    // In a folder a pipe is left out and told of.
    let told = answer(inkfield().args(["info", "--no-records"]).arg(folder.0.path()));
    assert!(told.contains("skipped: this is a named pipe, not a file with bitmaps"), "{told}");
}
