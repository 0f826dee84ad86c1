//! Others in the same folder, and what lies there instead of an entry.

use super::*;
use std::sync::atomic::{AtomicU32, Ordering};

#[test]
fn threads_that_keep_read_and_clear_at_once_find_whole_entries_or_none() {
    let (_folder, store) = store(40_000);
    // Larger than what is written at once, and together more than there is room for.
    let lists: Vec<Vec<u32>> = (1..=6_u32).map(|i| (0..i * 700).rev().collect()).collect();
    let found = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for thread in 0..4_usize {
            let (store, lists, found) =
                (Store::new(Folder::new(store.folder().path().to_owned(), 40_000)), &lists, &found);
            scope.spawn(move || {
                for round in 0..150_usize {
                    let at = (round * (thread + 1) + thread) % lists.len();
                    let (name, rows) = (format!("grid-{at}"), lists[at].len() as u32);
                    assert!(store.put_cells(content(1), &name, &lists[at]).unwrap());
                    let other = (at + round) % lists.len();
                    let rows_of_other = lists[other].len() as u32;
                    for (at, rows) in [(at, rows), (other, rows_of_other)] {
                        if let Some(cells) = store.cells(content(1), &format!("grid-{at}"), rows, rows) {
                            assert_eq!(cells, lists[at]);
                            found.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                    if thread == 3 && round % 20 == 19 {
                        store.folder().clear().unwrap();
                    }
                }
            });
        }
    });
    assert!(found.into_inner() > 100, "many are there");
    assert!(names(store.folder().path()).iter().all(|name| !name.starts_with("kept-")), "no half files stay");
    assert!(store.put_cells(content(1), "last", &[0]).unwrap());
    assert!(store.folder().entries().unwrap().iter().map(|entry| entry.bytes).sum::<u64>() <= 40_000);
}

#[test]
fn what_is_kept_of_other_drawings_is_not_read_and_stays() {
    let (_folder, store) = store(AMPLE);
    store.put_cells(content(1), "grid", &[0, 1]).unwrap();
    assert_eq!(store.cells(content(2), "grid", 2, 2), None);
    assert_eq!(store.cells(content(1), "grid", 2, 2), Some(vec![0, 1]));
    // Its file under the name of other drawings is none of theirs.
    std::fs::copy(file(&store, content(1), "grid"), file(&store, content(2), "grid")).unwrap();
    assert_eq!(store.cells(content(2), "grid", 2, 2), None);
    assert!(!file(&store, content(2), "grid").exists() && file(&store, content(1), "grid").exists());
}

#[test]
fn a_folder_in_the_place_of_an_entry_is_left_alone_and_told_of() {
    let (_folder, store) = store(AMPLE);
    let path = file(&store, content(1), "grid");
    std::fs::create_dir_all(path.join("mine")).unwrap();
    assert_eq!(store.cells(content(1), "grid", 1, 1), None);
    let error = store.put_cells(content(1), "grid", &[0]).unwrap_err();
    assert!(matches!(&error, KeptError::Write { path: at, .. } if *at == path), "{error}");
    assert!(error.to_string().contains(path.to_str().unwrap()));
    assert!(path.join("mine").exists() && store.folder().entries().unwrap().is_empty());
    assert_eq!(names(store.folder().path()).len(), 1, "nothing half written stays");
}

#[test]
fn a_file_in_the_place_of_the_folder_is_told_of() {
    let (_folder, store) = store(AMPLE);
    std::fs::write(store.folder().path(), "mine").unwrap();
    assert_eq!(store.cells(content(1), "grid", 1, 1), None);
    let error = store.put_cells(content(1), "grid", &[0]).unwrap_err();
    assert!(matches!(error, KeptError::Folder { .. }), "{error}");
    assert!(matches!(store.folder().entries(), Err(KeptError::List { .. })) && store.folder().clear().is_err());
    assert_eq!(std::fs::read(store.folder().path()).unwrap(), b"mine");
}

#[cfg(unix)]
#[test]
fn pipes_and_links_are_neither_waited_for_nor_followed() {
    let (_folder, store) = store(AMPLE);
    store.put_cells(content(1), "grid", &[0]).unwrap();
    let (pipe, link) = (file(&store, content(1), "pipe"), file(&store, content(1), "link"));
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink(file(&store, content(1), "grid"), &link).unwrap();
    for name in ["pipe", "link"] {
        assert_eq!(store.cells(content(1), name, 1, 1), None, "{name}");
    }
    assert!(std::fs::symlink_metadata(&pipe).is_ok() && std::fs::symlink_metadata(&link).is_ok());
    assert_eq!(store.folder().entries().unwrap().len(), 1);
    // What is kept takes their place, and nothing is written through a link.
    for name in ["pipe", "link"] {
        store.put_cells(content(1), name, &[1, 0]).unwrap();
        assert_eq!(store.cells(content(1), name, 2, 2), Some(vec![1, 0]), "{name}");
    }
    assert_eq!(store.cells(content(1), "grid", 1, 1), Some(vec![0]));
}

#[cfg(unix)]
#[test]
fn an_entry_that_nobody_may_write_to_is_read_and_its_use_noted() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, store) = store(AMPLE);
    store.put_cells(content(1), "grid", &[0]).unwrap();
    let path = file(&store, content(1), "grid");
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_hours(9);
    std::fs::File::open(&path).unwrap().set_modified(old).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    assert_eq!(store.folder().entries().unwrap()[0].last_used, old);
    assert_eq!(store.cells(content(1), "grid", 1, 1), Some(vec![0]));
    assert!(store.folder().entries().unwrap()[0].last_used > old);
}
