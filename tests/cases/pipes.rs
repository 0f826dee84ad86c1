//! Records and bitmaps that come through pipes, and that nothing of these is left behind.

#[cfg(unix)]
use super::compressed::{RECORDS, array, packed};
use super::folder::Folder;
#[cfg(unix)]
use super::outside::{answer, error, inkfield};
use super::told::Told;
#[cfg(unix)]
use std::path::Path;

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
pub fn through_pipes(told: &Told, folder: &Folder) {
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
pub fn through_pipes(_told: &Told, _folder: &Folder) {}

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
