//! Sets of more files than may be open at a time, and files that the machine would not open.
#![cfg(unix)]

use super::folder::{Folder, texts};
use super::outside::{answer, binary, concerned, error, gpu, program};
use super::told::Told;
use inkfield::data::Cancel;
use inkfield::data::columns::Columns;
use inkfield::data::dataset::{Dataset, OpenOptions};
use serde_json::Value;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Stdio};

/// The program where no more than so many files may be open, for ever.
fn under(limit: u32, arguments: &[&str]) -> assert_cmd::Command {
    let mut command = program(Path::new("/bin/sh"));
    command.args(["-c", &format!("ulimit -n {limit} && exec \"$@\""), "sh"]).arg(binary()).args(arguments);
    command
}

/// Drawings of 2 × 2 pixels that use all values from paper to ink, so that nothing is said of them: the first pixel of row r is
/// `first + r`.
fn drawings(folder: &Folder, name: &str, rows: usize, first: u8) {
    let path = folder.path(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let ink = ndarray::Array2::from_shape_fn((rows, 4), |(row, at)| match at {
        0 => first.wrapping_add(row as u8),
        1 => 0,
        2 => 128,
        _ => 255,
    });
    ndarray_npy::write_npy(&path, &ink).unwrap();
}

/// Arrays of one drawing each, with the byte that their number gives.
fn arrays(count: usize) -> Folder {
    let folder = Folder::new();
    for number in 0..count {
        drawings(&folder, &format!("set/{number:04}.npy"), 1, (number % 251) as u8);
    }
    folder
}

/// Two drawings a pair, with a record each that names the pair.
fn pairs(count: usize) -> Folder {
    let folder = Folder::new();
    for number in 0..count {
        let name = format!("set/word {number:03}");
        drawings(&folder, &format!("{name}.npy"), 2, number as u8);
        let records = format!("{{\"word\":\"word {number:03}\",\"n\":{number}}}\n").repeat(2);
        folder.bytes(&format!("{name}.ndjson"), records.as_bytes());
    }
    folder
}

fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn case_handles_1500_arrays_are_all_shown_where_1024_files_may_be_open() {
    let folder = arrays(1500);
    let set = folder.path("set");
    let set = set.to_str().unwrap();
    let told = document(&answer(&mut under(1024, &["info", set, "--json"])));
    assert_eq!(
        (&told["rows"], &told["columns"][0]["distinct"], &told["report"]["warnings"]),
        (&1500.into(), &1500.into(), &0.into())
    );
    let names = answer(&mut under(1024, &["table", set, "--columns", "category", "--csv"]));
    let expected: Vec<String> = (0..1500).map(|number| format!("{number:04}")).collect();
    assert!(names.lines().map(|line| line.rsplit(',').next().unwrap()).skip(1).eq(expected.iter().map(String::as_str)));
    if gpu() {
        let picture = |limit| picture_of(set, &folder, limit);
        assert_eq!(picture(1024), picture(100_000).or_else(|| picture(4096)));
    }
}

/// The picture's bytes; `None` where so high a limit is not permitted.
fn picture_of(set: &str, folder: &Folder, limit: u32) -> Option<Vec<u8>> {
    let out = folder.path(&format!("{limit}.png"));
    let size = ["--size", "300x200", "--out", out.to_str().unwrap()];
    let run = under(limit, &[&["render", set], &size[..]].concat()).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    if said.contains("ulimit") {
        return None;
    }
    assert_eq!((run.status.code(), said.as_str()), (Some(0), ""), "under {limit}");
    Some(std::fs::read(out).unwrap())
}

#[test]
fn case_handles_345_pairs_are_all_shown_where_256_or_64_or_8_files_may_be_open() {
    let folder = pairs(345);
    let set = folder.path("set");
    let set = set.to_str().unwrap();
    for limit in [256, 64, 8] {
        let told = document(&answer(&mut under(limit, &["info", set, "--json"])));
        assert_eq!(told["rows"], 690, "under {limit}");
        let column = |name: &str| {
            told["columns"].as_array().unwrap().iter().find(|column| column["name"] == name).unwrap().clone()
        };
        let word = column("word");
        assert_eq!((&word["distinct"], &word["missing"]), (&345.into(), &0.into()), "under {limit}");
        let last = answer(&mut under(limit, &["table", set, "--rows", "-1:", "--columns", "n", "--csv"]));
        assert!(last.trim_end().ends_with("344"), "{last}");
    }
    if gpu() {
        let whole = picture_of(set, &folder, 1024);
        assert!(whole.is_some() && [256, 64].into_iter().all(|limit| picture_of(set, &folder, limit) == whole));
    }
}

/// A driver without handles says that there is no GPU, crashes, or draws nothing.
#[test]
fn case_handles_what_keeps_a_driver_from_starting_is_not_blamed_on_the_driver() {
    let told = Told::case("handles");
    let folder = pairs(40);
    let set = folder.path("set");
    let arguments = ["render", set.to_str().unwrap(), "--out", "never.png"];
    for limit in [5, 8] {
        let values = told.values(&error(&mut under(limit, &arguments), 1));
        assert_eq!(values[0], "a GPU driver");
        assert_eq!(values[3], limit.to_string());
        assert!(values[2].parse::<u32>().unwrap() < values[1].parse::<u32>().unwrap(), "{values:?}");
    }
    // `doctor` answers what it can, and says the same.
    let run = under(8, &["doctor"]).output().unwrap();
    let (text, said) = (String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap());
    assert!(run.status.code() == Some(1) && text.contains("used      none: too few files may be open"), "{text}");
    told.error(&said);
    // Where there is none but the one that standard input takes, that is said.
    let mut none = under(4, &["info", folder.path("set/word 001.npy").to_str().unwrap(), "-"]);
    assert_eq!(told.values(&error(none.write_stdin("{}\n"), 1)), ["make a temporary file", "4", "-"]);
    given_back(&told);
    // What may not be read is not passed over, in a folder as little as by name.
    if let Some(words) = denied(&folder, set.to_str().unwrap()) {
        for words in words {
            told.values(&words);
        }
        told.all();
    }
}

/// More files than handles are kept: of those that were used longest ago, one is deleted, one replaced, one written to.
fn given_back(told: &Told) {
    let folder = pairs(600);
    let dataset =
        Dataset::open(&[folder.path("set")], &OpenOptions { records: false, ..OpenOptions::default() }).unwrap();
    let read = |row: u32| dataset.read_rows(row, &mut [0; 4]).map_err(|error| error.to_string());
    (0..600).for_each(|pair| read(pair * 2).unwrap());
    let path = |pair: u32| folder.path(&format!("set/word {pair:03}.npy"));
    std::fs::remove_file(path(0)).unwrap();
    std::fs::rename(path(599), path(1)).unwrap();
    std::fs::OpenOptions::new().append(true).open(path(2)).unwrap().set_len(1000).unwrap();
    for pair in [0, 1] {
        let words = read(pair * 2).unwrap_err();
        assert_eq!(told.values(&words), [path(pair).to_str().unwrap()]);
    }
    assert!(read(4).unwrap_err().contains("was changed while it was open"));
    // Those used last have kept their handles: the one that has lost its name is read as it was.
    read(2 * 599).unwrap();
    read(2 * 3).unwrap();
    let fates: Vec<String> = dataset.fates().warnings().map(inkfield::data::report::Note::sentence).collect();
    assert_eq!(fates.len(), 4, "{fates:#?}");
    told.values(&fates[0]);
    told.values(&fates[1]);
}

/// What is said, as a user whom permissions concern, of a folder with an array that may not be read, of one with such records, and
/// of such an array; `None`, said aloud, where nobody is concerned.
fn denied(folder: &Folder, set: &str) -> Option<[String; 3]> {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    let (array, records) = (folder.path("set/word 007.npy"), folder.path("set/word 009.ndjson"));
    mode(folder.0.path(), 0o755);
    mode(&array, 0);
    let refused = |input: &str, closed: &Path| Some(error(concerned(closed)?.args(["info", input]), 2));
    let (by_folder, by_name) = (refused(set, &array)?, refused(array.to_str().unwrap(), &array)?);
    assert_eq!(by_folder, by_name);
    mode(&array, 0o644);
    mode(&records, 0);
    let of_records = refused(set, &records)?;
    assert!(by_name.ends_with("word 007.npy") && of_records.ends_with("word 009.ndjson"), "{of_records}");
    Some([by_folder, by_name, of_records])
}

/// A process that has opened `inputs` and waits for standard input, which is named last.
fn waiting(script: &str, inputs: &[&str]) -> Child {
    let mut command = std::process::Command::new("/bin/sh");
    command.args(["-c", &format!("{script}; exec \"$@\""), "sh"]).arg(binary()).arg("info").args(inputs).arg("-");
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What a process said first; that it waits is said after everything else was opened.
fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    let errors = child.stderr.as_mut().unwrap();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(errors), &mut line).unwrap();
    line
}

#[cfg(target_os = "linux")]
#[test]
fn case_handles_the_limit_is_raised_and_most_handles_are_left_to_others() {
    let folder = arrays(300);
    let set = folder.path("set");
    let mut child = waiting("ulimit -Sn 64; ulimit -Hn 512", &[set.to_str().unwrap()]);
    assert!(first_line(&mut child).contains("waiting"));
    let own = Path::new("/proc").join(child.id().to_string());
    let limits = std::fs::read_to_string(own.join("limits")).unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    assert_eq!(line.split_whitespace().skip(3).take(2).collect::<Vec<_>>(), ["512", "512"]);
    let open = std::fs::read_dir(own.join("fd")).unwrap().count();
    child.kill().unwrap();
    child.wait().unwrap();
    // A quarter of them, and the standard streams, the pipe and what the runtime keeps.
    assert!((100..=128 + 8).contains(&open), "{open} are open");
}

/// Every row is read, in any order, while handles come and go.
#[test]
fn case_handles_rows_are_the_same_whatever_was_given_back_meanwhile() {
    let folder = pairs(600);
    let dataset = Dataset::open(&[folder.path("set")], &OpenOptions::default()).unwrap();
    let ink = |row: u32| {
        let mut out = [0; 4];
        dataset.read_rows(row, &mut out).unwrap();
        out
    };
    for step in [1, 7, 599] {
        for row in (0..1200).map(|n| n * step % 1200) {
            let (pair, second) = ((row / 2) as u8, (row % 2) as u8);
            assert_eq!(ink(row), [pair.wrapping_add(second), 0, 128, 255], "row {row}");
        }
    }
    let mut columns = Columns::new();
    let report = dataset.read_records(&Cancel::new(), &mut |progress| {
        columns.append(progress.first_row, progress.batch);
        ControlFlow::Continue(())
    });
    columns.finish(1200);
    assert_eq!(report.unwrap().warnings().count(), 0);
    assert_eq!(texts(&columns, "n")[1199], "599");
    assert!(dataset.fates().is_empty());
}
