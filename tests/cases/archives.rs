//! Arrays in archives, and the form in which MNIST is published.

use super::folder::Folder;
use super::outside::{answer, error, inkfield};
use super::told::Told;
use std::fs;
use std::path::{Path, PathBuf};

const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/expected");

fn expected(name: &str) -> PathBuf {
    Path::new(EXPECTED).join(name)
}

fn info(file: impl AsRef<std::ffi::OsStr>) -> serde_json::Value {
    serde_json::from_str(&answer(inkfield().args(["info", "--json"]).arg(file))).unwrap()
}

/// What the report says, warnings first.
fn notes(info: &serde_json::Value) -> Vec<(String, String)> {
    let notes = info["report"]["notes"].as_array().unwrap().iter();
    let text = |note: &serde_json::Value, key: &str| note[key].as_str().unwrap_or_default().to_owned();
    notes.map(|note| (text(note, "severity"), text(note, "text"))).collect()
}

#[test]
fn case_npz_the_array_with_most_drawings_is_opened_and_the_others_are_named() {
    let told = Told::case("npz");
    for name in ["stored.npz", "deflated.npz"] {
        let info = info(expected(name));
        assert_eq!((&info["form"], &info["rows"]), (&"npz".into(), &7.into()), "{name}");
        let notes = notes(&info);
        let said = told.values(&notes[0].1);
        assert_eq!(notes[0].0, "warning");
        assert_eq!(said[0], "x_train (7, 10, 8) uint8");
        let alike = "x_test (5, 10, 8) uint8, turned (10, 8, 6) uint8, mask (4, 10, 8) bool";
        assert_eq!(said[1..], [alike, &format!("{name}:x_test")]);
        let rest = told.values(&notes[1].1);
        assert_eq!((notes[1].0.as_str(), rest[0].as_str()), ("info", "\"y_train\", \"small\""));
        let strict = inkfield().args(["info", "--strict"]).arg(expected(name)).output().unwrap();
        assert_eq!(strict.status.code(), Some(2));
        // One that was named is what was meant.
        let named = info_of_named(name, "mask");
        assert_eq!((&named["dtype"], &named["rows"]), (&"bool".into(), &4.into()));
        assert!(notes_without_costs(&named).is_empty(), "{named}");
    }
    let one = info(expected("one.npz"));
    assert_eq!(told.values(&notes_without_costs(&one)[0].1)[0], "\"labels\"");
    let others = Path::new(EXPECTED).join("../../dataset/expected/columns.npz");
    assert_eq!(told.values(&notes_without_costs(&info(others))[0].1)[1], "other (5,) int64, wide (6, 3) float64");
    let path = format!("{}:other", expected("one.npz").display());
    let said = told.values(&error(inkfield().arg("info").arg(&path), 2));
    assert_eq!(said[..2], ["other", "ink (7, 10, 8) uint8, labels (7,) int64"]);
    // Names of what holds no arrays are names of files.
    let folder = Folder::new();
    let plain = format!("{}:ink", folder.bitmaps("a.npy", 2, 0).display());
    assert!(error(inkfield().arg("info").arg(plain), 2).starts_with("there is no such file or folder"));
    // A checksum that is not that of the values; an archive that was cut short.
    let whole = fs::read(expected("one.npz")).unwrap();
    let entry = whole.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    let mut damaged = whole.clone();
    damaged[entry + 16] ^= 1;
    for bytes in [damaged.as_slice(), &whole[..whole.len() - 30]] {
        told.values(&error(inkfield().arg("info").arg(folder.bytes("broken.npz", bytes)), 2));
    }
    let cut = [&[0, 0, 8, 3][..], &[0; 5]].concat();
    told.values(&error(inkfield().arg("info").arg(folder.bytes("cut.idx", &cut)), 2));
    told.all();
}

fn info_of_named(file: &str, array: &str) -> serde_json::Value {
    info(format!("{}:{array}", expected(file).display()))
}

/// Without what unpacking costs.
fn notes_without_costs(info: &serde_json::Value) -> Vec<(String, String)> {
    notes(info).into_iter().filter(|(_, text)| !text.starts_with("unpacked to ")).collect()
}

#[test]
fn case_npz_archives_in_a_folder_are_files_as_others_are() {
    let folder = Folder::new();
    fs::copy(expected("one.npz"), folder.path("one.npz")).unwrap();
    fs::copy(expected("complex.npz"), folder.path("weights.npz")).unwrap();
    folder.bytes("one.ndjson", &b"{\"word\":\"a\"}\n".repeat(7));
    let info = info(folder.0.path());
    assert_eq!((&info["rows"], &info["columns"][0]["name"]), (&7.into(), &"word".into()));
    assert!(notes(&info).iter().all(|(severity, _)| severity == "info"), "{info}");
    assert!(notes(&info).iter().any(|(_, text)| text.starts_with("skipped: this is an .npz archive of ink")), "{info}");
}

/// MNIST's form, built by hand.
#[test]
fn case_npz_idx_files_open_as_they_are_published() {
    let folder = Folder::new();
    let header = |kind: u8, lengths: &[u32]| {
        let lengths: Vec<u8> = lengths.iter().flat_map(|len| len.to_be_bytes()).collect();
        [&[0, 0, kind, (lengths.len() / 4) as u8][..], &lengths].concat()
    };
    let images = [header(8, &[5, 9, 8]), (0..=255).cycle().take(360).collect()].concat();
    for name in ["train-images-idx3-ubyte", "train-images.idx3-ubyte", "any.bin"] {
        let info = info(folder.bytes(name, &images));
        assert_eq!((&info["form"], &info["rows"]), (&"idx".into(), &5.into()), "{name}");
        assert_eq!((&info["height"], &info["width"]), (&9.into(), &8.into()), "{name}");
        assert_eq!(info["values"]["max"], 255, "{name}");
    }
    let folder = Folder::new();
    folder.bytes("train-images-idx3-ubyte", &images);
    folder.bytes("train-labels-idx1-ubyte", &[header(8, &[5]), vec![1, 2, 3, 4, 5]].concat());
    assert_eq!(info(folder.0.path())["title"], "train-images-idx3-ubyte");
    let refused = |bytes: Vec<u8>| error(inkfield().arg("info").arg(folder.bytes("a.idx", &bytes)), 2);
    let short = refused(images[..200].to_vec());
    assert!(
        short.starts_with("the header claims 5 × 72 bytes, the file has 184 after its header: it was cut"),
        "{short}"
    );
}
