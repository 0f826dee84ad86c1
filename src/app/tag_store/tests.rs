//! Tags on the disk: found again, joined, never written over what is damaged, elsewhere where nothing can be written.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test panics")]
#![allow(clippy::print_stderr, reason = "a test that could not run says so")]

use super::*;
use crate::data::dataset::OpenOptions;
use crate::data::tags::Tag;
use std::os::unix::fs::PermissionsExt;

fn drawings(folder: &Path, name: &str) -> Dataset {
    let file = folder.join(name);
    if !file.exists() {
        let values = ndarray::Array3::from_shape_fn((200, 8, 8), |(row, y, x)| (row + y * x) as u8);
        ndarray_npy::write_npy(&file, &values).unwrap();
    }
    Dataset::open(&[file], &OpenOptions::default()).unwrap()
}

fn tagged(rows: impl Iterator<Item = u32>, letter: char, at: u64) -> Tags {
    Tags::default().with(rows, Tag::of(letter), at)
}

/// A store that knows no data folder: tests leave the user's alone.
fn store_of(dataset: &Dataset, data: Option<PathBuf>) -> (TagStore, Kept) {
    let (mut store, kept) = TagStore::find(dataset).unwrap();
    store.places.retain(|place| place.starts_with(dataset.parts()[0].path().unwrap().parent().unwrap()));
    store.places.extend(data);
    (store, kept)
}

#[test]
fn tags_lie_beside_the_drawings_and_are_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = drawings(folder.path(), "a.b.npy");
    let (mut store, found) = store_of(&dataset, None);
    assert!(found.tags.is_empty() && found.notes.is_empty());
    let tags = tagged([3, 4, 190].into_iter(), 'A', 5);
    let written = store.write(&tags).unwrap();
    assert_eq!((written.tags, written.notes), (tags.clone(), vec![]));
    assert!(folder.path().join("a.b.inkfield.json").is_file());
    assert_eq!(store_of(&dataset, None).1.tags, tags);
    // The folder is opened as before: neither tags nor their lock are data.
    let again = Dataset::open(&[folder.path()], &OpenOptions::default()).unwrap();
    assert!(again.report().notes.iter().all(|note| !note.sentence().contains("inkfield.json")));
    // Packed drawings are the same ones.
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    io::Write::write_all(&mut packed, &std::fs::read(folder.path().join("a.b.npy")).unwrap()).unwrap();
    std::fs::write(folder.path().join("a.b.npy.gz"), packed.finish().unwrap()).unwrap();
    assert_eq!(store_of(&drawings(folder.path(), "a.b.npy.gz"), None).1.tags, tags);
}

#[test]
fn many_writers_at_once_lose_no_tag() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = drawings(folder.path(), "a.npy");
    std::thread::scope(|scope| {
        for writer in 0..4_u32 {
            let dataset = &dataset;
            scope.spawn(move || {
                let (mut store, mut own) = store_of(dataset, None);
                for turn in 0..25 {
                    let row = turn * 8 + writer;
                    own.tags = own.tags.with([row].into_iter(), Tag::of('A'), u64::from(turn));
                    store.write(&own.tags).unwrap();
                }
            });
        }
    });
    let rows: Vec<u32> = store_of(&dataset, None).1.tags.iter().map(|(row, _)| row).collect();
    assert_eq!(rows, (0..200).filter(|row| row % 8 < 4).collect::<Vec<u32>>());
}

#[test]
fn damaged_tags_are_said_and_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = drawings(folder.path(), "a.npy");
    let (sidecar, elsewhere) = (folder.path().join("a.inkfield.json"), folder.path().join("data/a.inkfield.json"));
    for damaged in ["{\"inkfield_tags\": 1, \"fil", "{\"inkfield_tags\": 9}", ""] {
        std::fs::write(&sidecar, damaged).unwrap();
        let (mut store, found) = store_of(&dataset, Some(elsewhere.clone()));
        assert!(
            found.notes[0].ends_with("a.inkfield.json") && found.notes[0].contains("left alone"),
            "{:?}",
            found.notes
        );
        let kept = store.write(&tagged([1].into_iter(), 'A', 1)).unwrap();
        assert!(kept.notes[0].contains("tags are kept in") && kept.notes[0].contains("data"), "{:?}", kept.notes);
        assert_eq!(std::fs::read_to_string(&sidecar).unwrap(), damaged);
        assert!(store.write(&kept.tags).unwrap().notes.is_empty(), "it is said once");
    }
    // One that is damaged while it is open.
    std::fs::remove_file(&sidecar).unwrap();
    let (mut store, _) = store_of(&dataset, Some(elsewhere));
    store.write(&tagged([1].into_iter(), 'A', 1)).unwrap();
    std::fs::write(&sidecar, "{").unwrap();
    let kept = store.write(&tagged([1, 2].into_iter(), 'B', 2)).unwrap();
    assert!(kept.notes[0].contains("left alone") && kept.tags.count() == 2, "{kept:?}");
    assert_eq!(std::fs::read_to_string(&sidecar).unwrap(), "{");
}

#[test]
fn where_nothing_can_be_written_tags_go_to_the_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = drawings(folder.path(), "a.npy");
    let (sidecar, elsewhere) = (folder.path().join("a.inkfield.json"), folder.path().join("data/a.inkfield.json"));
    let (mut store, _) = store_of(&dataset, Some(elsewhere.clone()));
    store.write(&tagged([1].into_iter(), 'A', 1)).unwrap();
    let before = std::fs::read(&sidecar).unwrap();
    std::fs::set_permissions(&sidecar, std::fs::Permissions::from_mode(0o444)).unwrap();
    let kept = store.write(&tagged([2].into_iter(), 'A', 1)).unwrap();
    assert!(
        kept.notes[0].contains("write-protected") && kept.notes[0].contains("tags are kept in"),
        "{:?}",
        kept.notes
    );
    assert_eq!(std::fs::read(&sidecar).unwrap(), before);
    assert!(elsewhere.is_file());
    // Nor there.
    let (mut store, _) = store_of(&dataset, None);
    store.places = vec!["/dev/null/tags.json".into()];
    assert!(matches!(store.write(&kept.tags), Err(TagError::Io { .. })));
}

#[test]
fn a_lock_that_somebody_holds_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = drawings(folder.path(), "a.npy");
    let held = lock(&folder.path().join("a.inkfield.json")).unwrap();
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| store_of(&dataset, None).0.write(&tagged([7].into_iter(), 'Q', 1)).map(drop));
        std::thread::sleep(Duration::from_millis(50));
        assert!(!writing.is_finished() && !folder.path().join("a.inkfield.json").exists());
        drop(held);
        writing.join().unwrap().unwrap();
    });
    assert_eq!(store_of(&dataset, None).1.tags.count(), 1);
}

/// Where the test below runs in a folder of 16 KiB of its own.
#[cfg(target_os = "linux")]
const SMALL: &str = "INKFIELD_TEST_SMALL_DISK";

#[cfg(target_os = "linux")]
#[test]
fn faults_27_tags_on_a_full_disk_keep_those_that_are_there() {
    if let Some(folder) = std::env::var_os(SMALL) {
        return tag_on_a_full_disk(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let own = |text: &str| {
        let mut run = std::process::Command::new("unshare");
        run.args(["--user", "--map-root-user", "--mount", "sh", "-c", text, "sh"]).arg(folder.path());
        let test = "app::tag_store::tests::faults_27_tags_on_a_full_disk_keep_those_that_are_there";
        run.arg(std::env::current_exe().unwrap()).arg(test).env(SMALL, folder.path()).output()
    };
    let mount = "mount -t tmpfs -o size=24k inkfield \"$1\"";
    if !own(mount).is_ok_and(|run| run.status.success()) {
        eprintln!("NOT RUN: this user may not mount a small disk");
        return;
    }
    let run = own(&format!("{mount} && exec \"$2\" --exact \"$3\" --nocapture")).unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&run.stderr));
}

/// The disk has room for the drawings, a few tags and nothing else.
#[cfg(target_os = "linux")]
fn tag_on_a_full_disk(folder: &Path) {
    let dataset = drawings(folder, "a.npy");
    let (mut store, _) = store_of(&dataset, None);
    let few = tagged([3, 4].into_iter(), 'A', 5);
    store.write(&few).unwrap();
    let before = std::fs::read(folder.join("a.inkfield.json")).unwrap();
    // What is left is filled by somebody else.
    assert!(std::fs::write(folder.join("filler"), vec![0; 1 << 20]).is_err());
    let many = few.with((0..200).step_by(2), Tag::of('B'), 6);
    let error = store.write(&many).unwrap_err();
    assert!(error.to_string().starts_with("cannot keep tags in this file: No space left on device"), "{error}");
    assert_eq!(std::fs::read(folder.join("a.inkfield.json")).unwrap(), before);
    assert_eq!(store_of(&dataset, None).1.tags, few);
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.count(), 4, "the drawings, the tags, their lock and the filler");
    // Once there is room, all of them are written.
    std::fs::remove_file(folder.join("filler")).unwrap();
    assert_eq!(store.write(&many).unwrap().tags, many);
    assert_eq!(store_of(&dataset, None).1.tags, many);
}
