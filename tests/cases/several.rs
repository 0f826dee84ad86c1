//! Files of several arrays, tables and records alone that are damaged, or hold something else.

use super::folder::Folder;
use super::outside::{error, inkfield};
use super::told::Told;
use std::fs;
use std::path::{Path, PathBuf};

/// Files that the usual writers wrote (`tests/arrays/expected/arrays.py`).
const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/arrays/expected");

fn expected(name: &str) -> Vec<u8> {
    fs::read(Path::new(EXPECTED).join(name)).unwrap()
}

fn refused(file: impl AsRef<std::ffi::OsStr>) -> String {
    error(inkfield().arg("info").arg(file), 2)
}

#[test]
fn case_several_files_of_arrays_that_are_damaged_are_told_word_for_word() {
    let (told, folder) = (Told::case("several"), Folder::new());
    let says = |name: &str, bytes: &[u8]| told.values(&refused(folder.bytes(name, bytes)));
    // A line of a table of pixels is cut, and one holds a word.
    let pixels = String::from_utf8(expected("pixels.csv")).unwrap();
    let mut lines: Vec<&str> = pixels.lines().collect();
    let (cut, word) = lines[3].rsplit_once(',').map(|(before, _)| (before, format!("{before},x"))).unwrap();
    let whole = std::mem::replace(&mut lines[3], cut);
    assert_ne!(whole, cut);
    assert_eq!(says("short.csv", lines.join("\n").as_bytes())[..3], ["4", "64 cells", "65"]);
    lines[3] = &word;
    assert_eq!(says("word.csv", lines.join("\n").as_bytes())[..3], ["4", "pixel63", "\"x\""]);
    // The same where all pixels lie in one cell.
    let packed = |values: usize| format!("pixels,label\n{},3\n{}8,4\n", "7 ".repeat(16), "7 ".repeat(values - 1));
    assert_eq!(says("long.csv", packed(17).as_bytes())[..4], ["3", "17 values", "pixels", "16"]);
    assert_eq!(says("packed.csv", packed(16).replace('8', "x").as_bytes())[..4], ["3", "16", "pixels", "\"x\""]);
    assert_eq!(says("odd.csv", packed(16).replace("7 ", "7 7 ").as_bytes())[..2], ["32", "pixels"]);
    // Cut short.
    let safetensors = expected("set.safetensors");
    assert_eq!(says("cut.safetensors", &safetensors[..safetensors.len() - 30])[..3], ["images", "144", "704"]);
    says("cut.mat", &expected("packed.mat")[..700]);
    says("cut.h5", &expected("chunked.h5")[..3000]);
    // What is not read.
    says("v4.mat", &expected("v4.mat"));
    let array = |name: &str| format!("{}:{name}", Path::new(EXPECTED).join("latest.h5").display());
    assert_eq!(told.values(&refused(array("tree")))[..2], ["tree", "uint8 in chunks that are not read here"]);
    assert_eq!(told.values(&refused(array("none")))[0], "none");
    // Protocol 2: a dictionary that asks for a type of another module, and a list.
    let other = says("other.pkl", b"\x80\x02}q\x00X\x01\x00\x00\x00acpathlib\nPath\nq\x01)\x81s.");
    assert_eq!(other[0], "pathlib.Path");
    says("list.pkl", b"\x80\x02]q\x00.");
    told.all();
}

#[test]
fn case_joined_tables_that_cannot_be_are_told_word_for_word() {
    let (told, folder) = (Told::case("joined"), Folder::new());
    let set: PathBuf = folder.bitmaps("set.npy", 4, 0);
    let says = |name: &str, text: &[u8], more: &[&str]| {
        let table = folder.bytes(name, text);
        let mut run = inkfield();
        run.arg("info").arg(&set).arg("--table").arg(&table).args(more);
        let said = error(&mut run, 2);
        told.values(said.lines().last().unwrap().trim_start_matches("error: "))
    };
    assert_eq!(says("dup.csv", b"row,a\n0,1\n0,2\n", &[])[..2], ["row", "\"0\""]);
    assert_eq!(says("few.csv", b"a,b\n1,2\n3,4\n", &[])[..2], ["2", "4"]);
    assert_eq!(says("none.csv", b"row,a\n7,1\n8,2\n", &[])[..2], ["row 0", "row 7"]);
    assert_eq!(says("other.csv", b"name,a\nx,1\n", &["--join", "name"])[..2], ["name", "no columns at all"]);
    assert_eq!(says("commas.csv", b"a,b\nk,x,y\nl,x,y\n", &[])[..4], ["2", "3", "2", "2"]);
    says("utf16.csv", b"\xff\xfea\0,\0b\0\n\0", &[]);
    says("empty.csv", b"", &[]);
    says("zero.csv", b"a\0b\n1\n", &[]);
    says("cut.json", b"[{\"a\":1},{\"a\":2", &[]);
    says("numbers.json", b"[1,2,3]", &[]);
    assert_eq!(says("key.csv", b"a,b\n1,2\n1,2\n1,2\n1,2\n", &["--join", "key"])[..2], ["\"key\"", "a, b"]);
    told.all();
}

#[test]
fn case_alone_records_without_strokes_that_can_be_read_are_told_word_for_word() {
    let (told, folder) = (Told::case("alone"), Folder::new());
    let path = folder
        .bytes("half.ndjson", b"{\"drawing\":[[[0,9],[0,9]]]}\n{\"word\":\"half\"}\n{\"drawing\":[[[0,9],[0]]]}\n");
    let output = inkfield().arg("info").arg(path).output().unwrap();
    let warnings = String::from_utf8(output.stderr).unwrap();
    let warnings: Vec<&str> = warnings.lines().filter_map(|line| line.strip_prefix("warning: ")).collect();
    assert_eq!(told.values(warnings[0])[..2], ["1 record", "3"]);
    assert_eq!(told.values(warnings[1])[2], "line 3 byte 13: the lists of a stroke are not equally long");
    told.values(&refused(folder.bytes("none.ndjson", b"{\"word\":\"half\"}\n")));
    told.values(&refused(folder.bytes("long.ndjson", format!("{{\"a\":\"{}\"}}\n", "x".repeat(17 << 20)).as_bytes())));
    told.all();
}
