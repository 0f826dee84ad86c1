//! Compressed files and pipes: read as what they hold, and what that costs.

use super::folder::{Folder, texts};
use super::outside::{answer, error, inkfield};
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

const RECORDS: &[u8] = b"{\"word\":\"ant\",\"n\":1}\n{\"word\":\"ant\",\"n\":2}\n{\"word\":\"ant\",\"n\":3}\n";

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The array of three drawings whose bytes are 0, 1, 2, as bytes.
fn array(folder: &Folder) -> Vec<u8> {
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

/// Every way in which a shell hands records on.
#[cfg(unix)]
#[test]
fn case_c09_records_and_bitmaps_come_through_pipes() {
    let folder = Folder::new();
    let npy = array(&folder);
    let (npy, gz) = (folder.bytes("set.npy", &npy), folder.bytes("other.ndjson.gz", &packed(RECORDS)));
    folder.bytes("records.ndjson", RECORDS);
    let expected = "row,word,n\r\n0,ant,1\r\n1,ant,2\r\n2,ant,3\r\n";
    let table = |files: &[&str], stdin: Vec<u8>| {
        answer(inkfield().current_dir(folder.0.path()).args(["table", "--csv"]).args(files).write_stdin(stdin))
    };
    assert_eq!(table(&["set.npy", "-"], RECORDS.to_vec()), expected);
    assert_eq!(table(&["-", "set.npy"], std::fs::read(&gz).unwrap()), expected);
    assert_eq!(table(&["set.npy", "/dev/stdin"], RECORDS.to_vec()), expected);
    assert_eq!(table(&["-", "records.ndjson"], std::fs::read(&npy).unwrap()), expected);
    let shell = |program: &str, script: &str| {
        let mut command = super::outside::program(Path::new(program));
        answer(command.current_dir(folder.0.path()).args(["-c", script]).arg(super::outside::binary()))
    };
    assert_eq!(
        shell("/bin/sh", "mkfifo pipe; gzip -dc other.ndjson.gz > pipe & \"$0\" table --csv set.npy pipe"),
        expected
    );
    assert_eq!(shell("/bin/sh", "\"$0\" table --csv set.npy - < records.ndjson"), expected);
    if Path::new("/bin/bash").exists() {
        assert_eq!(shell("/bin/bash", "\"$0\" table --csv set.npy <(gzip -dc other.ndjson.gz)"), expected);
        assert_eq!(shell("/bin/bash", "\"$0\" table --csv <(cat set.npy) <(cat other.ndjson.gz)"), expected);
    }
}

/// What is said of pipes, and what is refused.
#[cfg(unix)]
fn through_pipes(told: &Told, folder: &Folder) {
    let npy = folder.path("plain/ant.npy");
    for (stdin, size) in [(RECORDS.to_vec(), RECORDS.len()), (packed(RECORDS), RECORDS.len())] {
        let text = answer(inkfield().arg("info").arg(&npy).arg("-").write_stdin(stdin));
        let note = text.lines().find(|line| line.contains("a pipe can be read once")).unwrap();
        assert_eq!(told.values(note)[1..], [format!("{size} bytes"), "-".to_owned()]);
    }
    // A writer that takes its time: it is said what is waited for, and how far it has come.
    let script = "mkfifo \"$2\"; (sleep 1.3; cat \"$3\"; for i in 1 2 3; do sleep 0.5; echo; done) > \"$2\" & exec \"$0\" info \"$1\" \"$2\"";
    let records = folder.bytes("slow.txt", RECORDS);
    let run = super::outside::program(Path::new("/bin/sh"))
        .args(["-c", script])
        .arg(super::outside::binary())
        .args([&npy, &folder.path("slow pipe"), &records])
        .output()
        .unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(0), "{said}");
    let said: Vec<&str> = said.lines().map(|line| line.strip_prefix("info: ").unwrap()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    for line in said {
        assert_eq!(told.values(line).last().unwrap(), folder.path("slow pipe").to_str().unwrap());
    }
    let twice = error(inkfield().args(["locate", "--row", "-"]).arg(&npy).arg("-").write_stdin("0\n"), 2);
    told.values(&twice);
}

#[cfg(not(unix))]
fn through_pipes(_told: &Told, _folder: &Folder) {}

/// Whatever ends the program, nothing is left behind.
#[cfg(unix)]
#[test]
fn case_c09_nothing_is_left_behind_by_a_program_that_is_killed() {
    let (folder, temporary) = (Folder::new(), Folder::new());
    let path = folder.bytes("ant.npy.gz", &packed(&array(&folder)));
    let mut child = std::process::Command::new(super::outside::binary())
        .arg("info")
        .arg(&path)
        .arg("-")
        .env("TMPDIR", temporary.0.path())
        .stdin(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let errors = child.stderr.as_mut().unwrap();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(errors), &mut line).unwrap();
    assert!(line.contains("waiting"), "{line}");
    assert_eq!(std::fs::read_dir(temporary.0.path()).unwrap().count(), 0, "it has no name while it is there");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(std::fs::read_dir(temporary.0.path()).unwrap().count(), 0);
}
