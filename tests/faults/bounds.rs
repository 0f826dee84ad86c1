//! Rows 11, 13 and 28 in earnest: what huge lines, many categories and long words cost of memory.
#![cfg(target_os = "linux")]

use super::Folder;
use super::outside::binary;
use super::told::Told;
use std::fs;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Stdio};

const MIB: u64 = 1 << 20;

/// The most memory that the program held, bytes, until it had read all records and answered one question; and its warnings.
fn peak(bitmaps: &Path) -> (u64, String) {
    let arguments = ["locate", "--layout", "groups", "--by", "kind", "--row", "-"];
    let (stdin, stdout, stderr) = (Stdio::piped(), Stdio::piped(), Stdio::piped());
    let mut run =
        Command::new(binary()).args(arguments).arg(bitmaps).stdin(stdin).stdout(stdout).stderr(stderr).spawn().unwrap();
    let mut questions = run.stdin.take().unwrap();
    questions.write_all(b"0\n").unwrap();
    let mut answer = String::new();
    BufReader::new(run.stdout.take().unwrap()).read_line(&mut answer).unwrap();
    // It waits for the next question: what it held at most is known.
    let status = fs::read_to_string(format!("/proc/{}/status", run.id())).unwrap();
    drop(questions);
    let mut warnings = String::new();
    run.stderr.take().unwrap().read_to_string(&mut warnings).unwrap();
    assert_eq!((run.wait().unwrap().code(), answer.starts_with("row 0 is at ")), (Some(0), true), "{warnings}");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kib: u64 = line.trim().strip_suffix(" kB").unwrap().parse().unwrap();
    (kib * 1024, warnings)
}

/// Fails where the records make the program take more than so much beyond what two plain ones make it take.
fn assert_costs_at_most(bitmaps: &Path, bytes: u64) -> String {
    let folder = Folder::new();
    let (plain, _) = peak(&folder.ant(2, b"{\"kind\":\"a\"}\n{\"kind\":\"b\"}\n"));
    let (taken, warnings) = peak(bitmaps);
    let more = taken.saturating_sub(plain);
    assert!(more <= bytes, "{} MiB more than plain records, {} are allowed", more / MIB, bytes / MIB);
    warnings
}

/// What each reader may hold of long lines: the longest line that is read, in a buffer that grows by doubling, and a block.
fn lines_held(line_bytes: u64) -> u64 {
    let readers = std::thread::available_parallelism().map_or(1, usize::from).min(16) as u64;
    readers * (2 * line_bytes + 4 * MIB)
}

#[test]
fn faults_11_a_line_of_a_gigabyte_is_not_held() {
    let row = Told::row(11);
    let folder = Folder::new();
    let path = folder.ant(3, b"{\"kind\":\"a\"}\n{\"kind\":\"");
    let records = folder.path("ant.ndjson");
    let mut file = fs::OpenOptions::new().write(true).open(&records).unwrap();
    file.seek(SeekFrom::End(0)).unwrap();
    // A hole takes no room on the disk, but is read as a gigabyte.
    file.write_all(&[b'x'; 8192]).unwrap();
    file.seek(SeekFrom::Start(1 << 30)).unwrap();
    file.write_all(b"\"}\n{\"kind\":\"b\"}\n").unwrap();
    let warnings = assert_costs_at_most(&path, lines_held(16 * MIB));
    let told = row.values(warnings.trim_end().strip_prefix("warning: ").unwrap());
    assert_eq!(told, ["1", "2", &(16 * MIB).to_string(), records.to_str().unwrap()]);
}

#[test]
fn faults_13_65_535_categories_stay_within_their_memory() {
    let folder = Folder::new();
    for rows in [65_535, 65_536] {
        let line =
            |row: usize| format!("{{\"kind\":\"k\",\"word\":\"category number {row}\",\"place\":\"place {row}\"}}\n");
        let path = folder.ant(rows, (0..rows).map(line).collect::<String>().as_bytes());
        // Two columns of 65,535 words of about 22 bytes, whose tables hold 64 bytes a word and double when they are full.
        assert_costs_at_most(&path, 4 * 2 * 65_535 * (22 + 64) + lines_held(0));
    }
}

#[test]
fn faults_28_words_of_10_mb_stay_within_their_memory() {
    let row = Told::row(28);
    let folder = Folder::new();
    let path = folder.ant(12, b"");
    let records = folder.path("ant.ndjson");
    let mut file = fs::File::create(&records).unwrap();
    let word = "w".repeat(10 << 20);
    for row in 0..12 {
        writeln!(file, "{{\"kind\":\"{}\",\"word\":\"{word}\"}}", row % 2).unwrap();
    }
    drop(file);
    let warnings = assert_costs_at_most(&path, lines_held(10 * MIB));
    let told = row.values(warnings.lines().next().unwrap().strip_prefix("warning: ").unwrap());
    assert_eq!((told[0].as_str(), told[1].as_str()), ("12", "1"));
    assert!(told[2..].concat().starts_with("; line 2 has a text"), "{told:?}");
    row.all();
}
