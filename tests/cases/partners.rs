//! Which records belong to bitmaps whose names are no text, are links, or are not what the records say.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use inkfield::data::Cancel;
use inkfield::data::dataset::{Dataset, OpenOptions};
use inkfield::data::report::Severity;

use super::folder::Folder;
use super::outside::{answer, inkfield};
use super::pairs::{lines, open, pairs, whole_report};
use super::told::Told;

/// Severity and text of what is said of words that differ.
fn of_words(dataset: &Dataset) -> Vec<(Severity, String)> {
    let notes = whole_report(dataset).notes;
    let of_words = notes.into_iter().filter(|note| note.text.starts_with("the records say"));
    of_words.map(|note| (note.severity, note.text)).collect()
}

/// By part: the names of bitmaps and records, byte by byte.
#[cfg(target_os = "linux")]
fn names(dataset: &Dataset) -> Vec<(Vec<u8>, Vec<u8>)> {
    let name =
        |path: Option<&Path>| path.map_or(&b"-"[..], |path| path.file_name().unwrap().as_encoded_bytes()).to_vec();
    dataset.parts().iter().map(|part| (name(part.path()), name(part.records_path()))).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn case_bytes_names_that_are_no_text_pair_byte_by_byte() {
    use std::os::unix::ffi::OsStrExt;
    let told = Told::case("bytes");
    let folder = Folder::new();
    let path = |name: &[u8]| folder.0.path().join(std::ffi::OsStr::from_bytes(name));
    let put = |name: &[u8], rows: usize, first: u8| {
        let from = folder.bitmaps("from.npy", rows, first);
        std::fs::rename(from, path(name)).unwrap();
    };
    let records = |name: &[u8], word: &str, rows| std::fs::write(path(name), lines(word, rows)).unwrap();
    put(b"caf\xe9.npy", 3, 1);
    records(b"caf\xe8.ndjson", "other", 3);
    let none = [(b"caf\xe9.npy".to_vec(), b"-".to_vec())];
    assert_eq!(names(&open(&[path(b"caf\xe9.npy")]).unwrap()), none);
    assert_eq!(names(&open(&[folder.path("")]).unwrap()), none);

    // Each has its own; in a published form, too, and compressed.
    put(b"caf\xe8.npy", 3, 7);
    records(b"full_raw_caf\xe9.ndjson", "caf", 3);
    let both = [
        (b"caf\xe8.npy".to_vec(), b"caf\xe8.ndjson".to_vec()),
        (b"caf\xe9.npy".to_vec(), b"full_raw_caf\xe9.ndjson".to_vec()),
    ];
    let dataset = open(&[folder.path("")]).unwrap();
    assert_eq!(names(&dataset), both);
    assert_eq!(names(&open(&[path(b"caf\xe9.npy")]).unwrap()), both[1..]);
    // Two names stay two, in words as well.
    let categories: Vec<&str> = dataset.parts().iter().map(inkfield::data::dataset::Part::category).collect();
    assert_eq!(categories, [r"caf\xE8", r"caf\xE9"]);
    let (severity, text) = of_words(&dataset).remove(1);
    assert_eq!((severity, told.values(&text)), (Severity::Info, vec!["caf".to_owned(), r"caf\xE9".to_owned()]));
    // What was mistyped is called as it can be told apart.
    let error = open(&[path(b"caf\xea.npy")]).unwrap_err().to_string();
    assert!([r"caf\xE8.npy", r"caf\xE9.npy"].contains(&told.values(&error)[0].as_str()), "{error}");
    told.all();
}

/// A link to a file or folder elsewhere.
#[cfg(unix)]
fn link(folder: &Folder, target: &Path, name: &str) -> PathBuf {
    let path = folder.path(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(target, &path).unwrap();
    path
}

#[cfg(unix)]
#[test]
fn case_links_records_are_looked_for_beside_the_link_and_then_beside_its_target() {
    let told = Told::case("links");
    let folder = Folder::new();
    // A temporary folder may itself be reached by a link.
    let root = folder.0.path().canonicalize().unwrap();
    let target = folder.bitmaps("elsewhere/octopus.npy", 2, 0);
    folder.text("elsewhere/octopus.ndjson", &lines("octopus", 2));
    let path = link(&folder, &target, "here/link.npy");
    let expected = |records: &str| vec![format!("here/link.npy + {records}")];
    let real = |dataset: &Dataset| {
        let path = |path: &Path| path.strip_prefix(&root).or(path.strip_prefix(folder.0.path())).unwrap().to_owned();
        let part = &dataset.parts()[0];
        vec![format!("{} + {}", path(part.path().unwrap()).display(), path(part.records_path().unwrap()).display())]
    };
    for input in [path.clone(), folder.path("here")] {
        let dataset = open(&[input]).unwrap();
        assert_eq!(real(&dataset), expected("elsewhere/octopus.ndjson"));
        assert_eq!(told.values(&dataset.report().notes[0].text), ["link.npy"]);
        assert_eq!(whole_report(&dataset).warnings().count(), 0, "{}", whole_report(&dataset));
    }
    // A link to a link, and a relative one.
    let twice = link(&folder, Path::new("../here/link.npy"), "further/twice.npy");
    assert_eq!(real(&open(&[twice]).unwrap()), ["further/twice.npy + elsewhere/octopus.ndjson"]);
    // What lies beside the link comes first, and the other is mentioned.
    folder.text("here/link.jsonl", &lines("octopus", 2));
    let dataset = open(&[path]).unwrap();
    assert_eq!(real(&dataset), expected("here/link.jsonl"));
    let notes = &dataset.report().notes;
    assert_eq!((told.values(&notes[0].text).len(), told.values(&notes[1].text)), (0, vec!["link.jsonl".to_owned()]));
    told.all();
}

#[cfg(unix)]
#[test]
fn case_links_a_linked_folder_has_its_records_where_it_really_lies() {
    let folder = Folder::new();
    folder.bitmaps("full/numpy_bitmap/octopus.npy", 2, 0);
    folder.text("full/simplified/octopus.ndjson", &lines("octopus", 2));
    let linked = link(&folder, &folder.path("full/numpy_bitmap"), "elsewhere/bitmaps");
    for input in [linked.clone(), linked.join("octopus.npy")] {
        let dataset = open(&[input]).unwrap();
        let records = dataset.parts()[0].records_path().unwrap();
        assert!(records.ends_with("full/simplified/octopus.ndjson"), "{}", dataset.report());
        assert!(dataset.report().to_string().contains("by the target of a link"), "{}", dataset.report());
    }
    // Records that are links lie where the link does.
    let folder = Folder::new();
    let path = folder.bitmaps("a/octopus.npy", 2, 0);
    let records = folder.text("b/blob", &lines("octopus", 2));
    link(&folder, &records, "a/octopus.ndjson");
    assert_eq!(pairs(&open(&[path]).unwrap(), folder.0.path()), ["a/octopus.npy + a/octopus.ndjson"]);
}

#[test]
fn case_renamed_another_word_is_no_fault_where_nothing_else_speaks_against_the_pair() {
    let told = Told::case("renamed");
    let folder = Folder::new();
    let bitmaps = folder.bitmaps("s/s.npy", 3, 0);
    let records = folder.text("s/s.ndjson", &lines("octopus", 3));
    let strict = OpenOptions { strict: true, ..OpenOptions::default() };
    for inputs in [vec![bitmaps.clone()], vec![folder.path("s")], vec![bitmaps.clone(), records.clone()]] {
        let dataset = Dataset::open(&inputs, &strict).unwrap();
        let [(severity, text)] = of_words(&dataset).try_into().unwrap();
        assert_eq!((severity, told.values(&text)), (Severity::Info, vec!["octopus".to_owned(), "s".to_owned()]));
    }
    // Through a pipe, which has no name.
    let mut command = inkfield();
    command.args(["info", "--strict"]).arg(&bitmaps).arg("-").write_stdin(lines("octopus", 3));
    assert!(answer(&mut command).contains("the records say \"octopus\", the file's name says \"s\""));
    // A sample of a larger set beside it, and a copy under another name.
    folder.bitmaps("s/octopus.npy", 9, 0);
    assert_eq!(of_words(&open(&[&bitmaps]).unwrap())[0].0, Severity::Info);
    std::fs::copy(&bitmaps, folder.path("s/octopus.npy")).unwrap();
    assert_eq!(of_words(&open(&[&bitmaps, &records]).unwrap())[0].0, Severity::Info);

    // Other counts; bitmaps of the word and as many drawings; records of the bitmaps' own name.
    let fewer = folder.text("t/t.ndjson", &lines("octopus", 2));
    assert_eq!(of_words(&open(&[&bitmaps, &fewer]).unwrap())[0].0, Severity::Warning);
    let others = folder.text("u/whatever.ndjson", &lines("octopus", 3));
    let (severity, text) = of_words(&open(&[&bitmaps, &others]).unwrap()).remove(0);
    assert_eq!((severity, told.values(&text)[2].as_str()), (Severity::Warning, "s.ndjson"));
    folder.bitmaps("s/octopus.npy", 3, 9);
    let (severity, text) = of_words(&open(&[&bitmaps]).unwrap()).remove(0);
    assert_eq!((severity, told.values(&text)[2].as_str()), (Severity::Warning, "octopus.npy"));
    assert!(answer(inkfield().arg("info").arg(&bitmaps)).contains("and has as many drawings"));
    // Of a slice, too, behind which nobody has counted the records.
    for (rows, first) in [(":1", 0), ("2:", 2)] {
        let slice = OpenOptions { rows: Some(rows.parse().unwrap()), ..OpenOptions::default() };
        let dataset = Dataset::open(&[&bitmaps], &slice).unwrap();
        assert_eq!((dataset.first_row(), of_words(&dataset)[0].0), (first, Severity::Warning), "{rows}");
    }
    folder.bitmaps("s/octopus.npy", 1, 9);
    let slice = OpenOptions { rows: Some(":1".parse().unwrap()), ..OpenOptions::default() };
    assert_eq!(of_words(&Dataset::open(&[&bitmaps], &slice).unwrap())[0].0, Severity::Info);
    told.all();
}

/// The folder of a set of many parts is listed once, not once for each of them.
#[test]
fn case_renamed_a_folder_is_looked_through_once_for_all_parts() {
    let folder = Folder::new();
    for (first, part) in (0..).zip(["a", "b"]) {
        folder.bitmaps(&format!("set/{part}.npy"), 3, first);
        folder.text(&format!("set/{part}.ndjson"), &lines(&format!("word of {part}"), 3));
    }
    let dataset = open(&[folder.path("set")]).unwrap();
    let report = dataset.read_records(&Cancel::new(), &mut |step| {
        // What comes into the folder after it was listed is not seen.
        if step.first_row == 3 {
            folder.bitmaps("set/word of b.npy", 3, 9);
        }
        ControlFlow::Continue(())
    });
    assert_eq!(report.unwrap().warnings().count(), 0);
    let [first, second] =
        of_words(&open(&[folder.path("set/a.npy"), folder.path("set/b.npy")]).unwrap()).try_into().unwrap();
    assert_eq!((first.0, second.0), (Severity::Info, Severity::Warning));
}

#[test]
fn case_renamed_records_that_were_exchanged_are_noticed() {
    let folder = Folder::new();
    for (first, (bitmaps, word)) in (0..).zip([("cat", "dog"), ("dog", "cat")]) {
        folder.bitmaps(&format!("set/{bitmaps}.npy"), 4, first);
        folder.text(&format!("set/{bitmaps}.ndjson"), &lines(word, 4));
    }
    let warnings = |input: &str| {
        let of_words = of_words(&open(&[folder.path(input)]).unwrap());
        of_words.iter().filter(|(severity, _)| *severity == Severity::Warning).count()
    };
    assert_eq!((warnings("set"), warnings("set/cat.npy")), (2, 1));
}
