//! Compressed files and pipes: read as what they hold, and what that costs.

use super::folder::{Folder, texts};
use super::outside::{error, inkfield};
use super::pipes::through_pipes;
use super::real_data::field_cases;
use super::told::Told;
use flate2::{Compression, write::GzEncoder};
use inkfield::data::Cancel;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::formats::open_alone;
use inkfield::data::ndjson::RecordFile;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub const RECORDS: &[u8] = b"{\"word\":\"ant\",\"n\":1}\n{\"word\":\"ant\",\"n\":2}\n{\"word\":\"ant\",\"n\":3}\n";

pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The array of three drawings whose bytes are 0, 1, 2, as bytes.
pub fn array(folder: &Folder) -> Vec<u8> {
    std::fs::read(folder.bitmaps("plain/ant.npy", 3, 0)).unwrap()
}

fn open(inputs: &[PathBuf]) -> Dataset {
    Dataset::open(inputs, &OpenOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn ink(dataset: &Dataset) -> Vec<u8> {
    let mut ink = vec![9; dataset.bytes() as usize];
    dataset.read_rows(0, &mut ink).unwrap();
    ink
}

fn columns(dataset: &Dataset) -> Columns {
    let mut columns = Columns::new();
    let read = dataset.read_records(&Cancel::new(), &mut |progress| {
        columns.append(progress.first_row, progress.batch);
        ControlFlow::Continue(())
    });
    read.unwrap();
    columns.finish(dataset.rows());
    columns
}

/// The real ones, against what `gzip` unpacks.
#[test]
fn case_c09_the_field_files_are_read_as_they_are() {
    let Some(cases) = field_cases() else { return };
    let folder = cases.join("c09");
    let unpacked = |name: &str| {
        let run = std::process::Command::new("gzip").arg("-dc").arg(folder.join(name)).output().unwrap();
        assert!(run.status.success());
        run.stdout
    };
    let dataset = open(&[folder.join("t.npy.gz")]);
    let bytes = unpacked("t.npy.gz");
    let header = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    assert_eq!((ink(&dataset).as_slice(), dataset.title()), (&bytes[header..], "t"));
    let dataset = open(&[folder.join("s.npy"), folder.join("s.ndjson.gz")]);
    let records: Vec<serde_json::Value> =
        serde_json::Deserializer::from_slice(&unpacked("s.ndjson.gz")).into_iter().map(Result::unwrap).collect();
    let keys: Vec<&str> = records.iter().map(|record| record["key_id"].as_str().unwrap()).collect();
    assert_eq!(texts(&columns(&dataset), "key_id"), keys);
    // Records that nobody named are found beside the bitmaps, as plain ones are.
    assert!(open(&[folder.join("s.npy")]).has_records());
}

#[test]
fn case_c09_compressed_files_pair_by_name_with_each_other_and_with_plain_ones() {
    let folder = Folder::new();
    let npy = array(&folder);
    let expected = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];
    for (bitmaps, records) in
        [("ant.npy.gz", "ant.ndjson.gz"), ("ant.npy", "ant.jsonl.gz"), ("ant.npy.GZ", "ant.ndjson")]
    {
        let place = |name: &str, bytes: &[u8]| {
            let bytes = if name.ends_with('y') || name.ends_with('n') { bytes.to_vec() } else { packed(bytes) };
            folder.bytes(&format!("{bitmaps}/{name}"), &bytes)
        };
        let named = [place(bitmaps, &npy), place(records, RECORDS)];
        for inputs in [named.to_vec(), vec![folder.path(bitmaps)], vec![named[0].clone()]] {
            let dataset = open(&inputs);
            assert_eq!((ink(&dataset).as_slice(), dataset.title()), (&expected[..], "ant"), "{inputs:?}");
            assert_eq!(texts(&columns(&dataset), "n"), ["1", "2", "3"], "{inputs:?}");
        }
    }
    // What a name does not say its content says.
    let (npy_gz, records_gz) = (packed(&npy), packed(RECORDS));
    for (bitmaps, records) in [("a.npy", "a.ndjson"), ("b.gz", "c.gz"), ("set.npy.gz", "set.ndjson.gz")] {
        let inputs =
            [folder.bytes(&format!("x/{bitmaps}"), &npy_gz), folder.bytes(&format!("x/{records}"), &records_gz)];
        let dataset = open(&inputs);
        assert_eq!((ink(&dataset).as_slice(), texts(&columns(&dataset), "n").len()), (&expected[..], 3), "{inputs:?}");
    }
}

/// Of an archive with two arrays, packed once more: each by its name, and by the address of its file.
#[test]
fn case_c09_an_array_within_a_packed_file_is_opened_by_its_name() {
    let folder = Folder::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, rows) in [("images", 3), ("others", 2)] {
        let array = std::fs::read(folder.bitmaps("plain.npy", rows, 0)).unwrap();
        zip.start_file(format!("{name}.npy"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&array).unwrap();
    }
    let archive = zip.finish().unwrap().into_inner();
    for (name, bytes) in [("set.npz", archive.clone()), ("packed.npz.gz", packed(&archive))] {
        let path = folder.bytes(name, &bytes);
        for (array, expected) in
            [("images", &[0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2][..]), ("others", &[0, 0, 0, 0, 1, 1, 1, 1])]
        {
            let plain = format!("{}:{array}", path.display());
            for named in [format!("file://{plain}"), plain] {
                assert_eq!(ink(&open(&[PathBuf::from(&named)])), expected, "{named}");
            }
        }
        let none = format!("{}:none", path.display());
        assert!(Dataset::open(&[none], &OpenOptions::default()).is_err());
    }
}

/// A folder where somebody unpacked a file and kept it is one set, not two.
#[test]
fn case_c09_a_file_beside_its_unpacked_form_is_not_opened_twice() {
    let folder = Folder::new();
    let npy = array(&folder);
    folder.bytes("set/ant.npy", &npy);
    let second = folder.bytes("set/ant.npy.gz", &packed(&npy));
    folder.bytes("set/ant.ndjson", RECORDS);
    let records = folder.bytes("set/ant.ndjson.gz", &packed(RECORDS));
    let dataset = open(&[folder.path("set")]);
    assert_eq!(dataset.rows(), 3);
    let said = |path: &Path| dataset.report().notes.iter().filter(|note| note.path.as_deref() == Some(path)).count();
    assert_eq!((said(&second), said(&records), dataset.report().warnings().count()), (1, 1, 0));
}

#[test]
fn case_c09_what_unpacking_costs_is_said_and_what_cannot_be_unpacked_is_an_error_in_words() {
    let told = Told::case("c09");
    let folder = Folder::new();
    let npy = array(&folder);
    let whole = packed(&npy);
    let path = folder.bytes("ant.npy.gz", &whole);
    let dataset = open(std::slice::from_ref(&path));
    let note = &dataset.report().notes[0];
    assert_eq!(told.values(&note.sentence()), [format!("{} bytes", npy.len()), path.to_str().unwrap().to_owned()]);

    let refused = |bytes: &[u8]| {
        let path = folder.bytes("bad.npy.gz", bytes);
        let message = open_alone(&path, None).unwrap_err().to_string();
        assert_eq!(told.values(&message).last().unwrap(), path.to_str().unwrap());
        let records = RecordFile::open(&path).unwrap_err().to_string();
        assert_eq!(records, message);
        message
    };
    // Cut anywhere, also inside the header and the checksum.
    for cut in [2, 9, 15, whole.len() / 2, whole.len() - 1] {
        assert!(refused(&whole[..cut]).contains("ends early"), "cut at {cut}");
    }
    // The checksum: the last eight bytes are it and the length.
    let mut flipped = whole.clone();
    flipped[whole.len() - 8] ^= 1;
    assert!(refused(&flipped).contains("is damaged"));
    assert!(refused(&[&whole[..], b"garbage"].concat()).contains("something else follows"));
    // By the program, and in a folder, where it is passed over with the same words.
    assert!(
        told.error(&format!("error: {}", error(inkfield().arg("info").arg(folder.path("bad.npy.gz")), 2))).len() == 1
    );
    let warned = open(&[folder.0.path().to_path_buf()]);
    assert!(
        warned.report().warnings().any(|note| note.text.contains("something else follows")),
        "{:?}",
        warned.report()
    );
    through_pipes(&told, &folder);
    told.all();
}

/// As `gunzip` does: members one after the other are one file, and zeros behind them (from tapes) are nothing.
#[test]
fn case_c09_members_follow_one_another() {
    let folder = Folder::new();
    let npy = array(&folder);
    let (first, second) = npy.split_at(70);
    let parts = [packed(first), packed(b""), packed(second)].concat();
    for bytes in [parts.clone(), [&parts[..], &[0; 1000]].concat()] {
        let dataset = open(&[folder.bytes("ant.npy.gz", &bytes)]);
        assert_eq!(ink(&dataset), [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    }
}

/// 200 MB of zeros in 200 kB, which are neither drawings nor records: not even unpacked.
#[test]
fn case_c09_what_will_be_refused_is_not_unpacked() {
    let folder = Folder::new();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    (0..200).for_each(|_| encoder.write_all(&vec![0; 1_000_000]).unwrap());
    let bomb = folder.bytes("bomb.npy.gz", &encoder.finish().unwrap());
    let script = "trap '' XFSZ; ulimit -f 1000; exec \"$0\" info \"$1\"";
    let mut command = super::outside::program(Path::new("/bin/sh"));
    command.args(["-c", script]).arg(super::outside::binary()).arg(&bomb);
    let words = error(&mut command, 2);
    assert!(words.starts_with("this is no .npy file"), "{words}");
    // A place for temporary files that is none.
    let small = folder.bytes("small.npy.gz", &packed(&array(&folder)));
    let words = error(inkfield().arg("info").arg(&small).env("TMPDIR", folder.path("none")), 1);
    assert!(
        words.starts_with(&format!("cannot make a temporary file in {}: ", folder.path("none").display())),
        "{words}"
    );
    // What is wanted and finds no room is the machine's fault, with the folder in which there is none.
    let mut array = super::npy::claiming("(20000, 28, 28)", &[]);
    array.resize(array.len() + 20_000 * 784, 7);
    let large = folder.bytes("large.npy.gz", &packed(&array));
    let mut command = super::outside::program(Path::new("/bin/sh"));
    command.args(["-c", script]).arg(super::outside::binary()).arg(&large);
    let words = error(&mut command, 1);
    assert!(words.starts_with("cannot write a temporary file: ") && words.ends_with("large.npy.gz"), "{words}");
}
