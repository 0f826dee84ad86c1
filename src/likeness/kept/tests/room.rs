//! The bound holds, what was used longest ago goes first, and nothing goes that is not ours.

use super::*;
use std::fs::File;
use std::time::{Duration, SystemTime};

/// Bytes of an entry of one cell with a name of one letter.
const BYTES: u64 = 48 + 1 + 8 + 4 + 8;

fn put(store: &Store, name: &str) -> bool {
    store.put_cells(content(1), name, &[0]).unwrap()
}

/// Makes a file look as if it was last used so many hours ago.
fn age(path: &Path, hours: u64) {
    let then = SystemTime::now() - Duration::from_hours(hours);
    File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
}

fn kept(store: &Store) -> Vec<String> {
    store.folder().entries().unwrap().into_iter().map(|entry| entry.name).collect()
}

#[test]
fn the_oldest_go_first_and_only_as_many_as_must() {
    let (_folder, store) = store(3 * BYTES);
    for (name, hours) in [("a", 9), ("b", 8), ("c", 7)] {
        assert!(put(&store, name));
        age(&file(&store, content(1), name), hours);
    }
    assert_eq!(kept(&store), ["a", "b", "c"], "they fit to the byte");
    assert!(store.cells(content(1), "a", 1, 1).is_some());
    assert_eq!(kept(&store), ["b", "c", "a"], "what is read was used last");
    assert!(put(&store, "d"));
    assert_eq!(kept(&store)[..2], ["c", "a"]);
    // Two of these take more than the room of one.
    assert!(store.put_cells(content(2), "e", &[0, 1]).unwrap());
    assert_eq!(kept(&store), ["d", "e"]);
    let entries = store.folder().entries().unwrap();
    assert!(entries.iter().map(|entry| entry.bytes).sum::<u64>() <= store.folder().most_bytes());
    assert_eq!((entries[1].content, entries[1].bytes), (content(2), BYTES + 4));
    assert!(entries.iter().all(|entry| entry.last_used.elapsed().unwrap() < Duration::from_hours(1)));
}

#[test]
fn what_is_kept_again_takes_its_own_room() {
    let (_folder, store) = store(2 * BYTES);
    for name in ["a", "b", "a", "b", "b"] {
        assert!(put(&store, name));
    }
    assert_eq!(names(store.folder().path()).len(), 2);
}

#[test]
fn what_is_larger_than_the_bound_is_not_kept_and_drives_nothing_out() {
    let (folder, store) = store(BYTES);
    assert!(put(&store, "a"));
    assert!(!store.put_cells(content(1), "b", &[0, 1]).unwrap());
    assert_eq!(kept(&store), ["a"]);
    let none = Store::new(Folder::new(folder.path().join("none"), 0));
    assert!(!put(&none, "a") && !none.folder().path().exists());
    // Kept when there was more room: not read, and gone when there is something to keep.
    let wide = Store::new(Folder::new(store.folder().path().to_owned(), 10 * BYTES));
    assert!(wide.put_cells(content(1), "b", &[0, 1]).unwrap());
    assert_eq!(store.cells(content(1), "b", 2, 2), None);
    assert_eq!(kept(&store), ["a", "b"]);
    assert!(put(&store, "c"));
    assert_eq!(kept(&store), ["c"]);
}

#[test]
fn a_store_does_nothing_before_something_is_kept() {
    let (_folder, store) = store(AMPLE);
    assert_eq!(store.cells(content(1), "a", 1, 1), None);
    assert!(store.folder().entries().unwrap().is_empty() && store.folder().clear().unwrap().is_empty());
    assert!(!store.folder().path().exists());
    assert!(put(&store, "a"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(store.folder().path()), mode(&file(&store, content(1), "a"))), (0o700, 0o600));
    }
}

#[test]
fn clear_removes_entries_and_nothing_else() {
    let (_folder, store) = store(AMPLE);
    for name in ["a", "b.c", "map-direction-30-s0"] {
        assert!(put(&store, name));
    }
    let digits = content(1).to_string();
    let mut foreign = vec![
        "notes.txt".to_owned(),
        "a.ink".to_owned(),
        format!("{digits}.ink"),
        format!("{digits}-.ink"),
        format!("{digits}-a.inks"),
        format!("{digits}-A.ink"),
        format!("{}-a.ink", digits.to_uppercase()),
        format!("{}-a.ink", &digits[1..]),
        format!("x{digits}-a.ink"),
        "kept-abc.part".to_owned(),
        "kept-abcdefghijk_.part".to_owned(),
        "other.part".to_owned(),
        "é".repeat(40),
        // Somebody writes to this one now.
        "kept-abcdefghijk1.part".to_owned(),
    ];
    for name in &foreign {
        std::fs::write(store.folder().path().join(name), "mine").unwrap();
        if !name.ends_with("1.part") {
            age(&store.folder().path().join(name), 1_000);
        }
    }
    foreign.push(format!("{digits}-folder.ink"));
    std::fs::create_dir(store.folder().path().join(foreign.last().unwrap())).unwrap();
    #[cfg(unix)]
    {
        foreign.push(format!("{digits}-link.ink"));
        std::os::unix::fs::symlink("notes.txt", store.folder().path().join(foreign.last().unwrap())).unwrap();
    }
    // A process was ended while it wrote this one.
    std::fs::write(store.folder().path().join("kept-0aZ456789012.part"), "half").unwrap();
    age(&store.folder().path().join("kept-0aZ456789012.part"), 2);
    let mut removed: Vec<_> = store.folder().clear().unwrap().into_iter().map(|entry| entry.name).collect();
    removed.sort();
    assert_eq!(removed, ["a", "b.c", "map-direction-30-s0"]);
    foreign.sort();
    assert_eq!(names(store.folder().path()), foreign);
}

#[test]
fn what_a_process_left_when_it_was_ended_goes_when_something_is_kept() {
    let (_folder, store) = store(AMPLE);
    assert!(put(&store, "a"));
    let [old, new] = ["kept-aaaaaaaaaaaa.part", "kept-bbbbbbbbbbbb.part"].map(|name| store.folder().path().join(name));
    for path in [&old, &new] {
        std::fs::write(path, "half").unwrap();
    }
    age(&old, 2);
    assert!(put(&store, "b"));
    assert!(!old.exists() && new.exists());
}
