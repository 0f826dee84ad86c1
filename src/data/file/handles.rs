//! The handles of all files that are open: as many as the system spares, those used last.
//!
//! A file keeps its handle, and so goes on to be read as it was, until more files are open than handles may be held; then the
//! one used longest ago gives its handle back, and is opened again by its name when it is read, if it is still the same.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::error::FileFault;
use super::limit;

static POOL: Mutex<Pool> = Mutex::new(Pool::new());

/// A file's place among the handles; given up when it is dropped.
#[derive(Debug)]
pub(super) struct Handle(u64);

impl Handle {
    /// Takes the handle of a file that was just opened.
    pub(super) fn new(file: File) -> Self {
        let key = {
            let mut pool = pool();
            pool.next += 1;
            pool.next
        };
        put(key, &Arc::new(file));
        Self(key)
    }

    /// The handle, while it is held.
    pub(super) fn held(&self) -> Option<Arc<File>> {
        pool().get(self.0)
    }

    /// The handle; `again` opens the file once more where it was given back.
    pub(super) fn get(&self, again: impl FnOnce() -> Result<File, FileFault>) -> Result<Arc<File>, FileFault> {
        if let Some(file) = self.held() {
            return Ok(file);
        }
        let given_back = pool().make_room(most());
        // Without the lock: a network's file may take its time, and others are read meanwhile.
        drop(given_back);
        let file = Arc::new(again()?);
        put(self.0, &file);
        Ok(file)
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        let file = pool().take(self.0);
        // Closing may take its time: not under the lock.
        drop(file);
    }
}

fn put(key: u64, file: &Arc<File>) {
    let given_back = pool().put(key, Arc::clone(file), most());
    // Closed without the lock as well.
    drop(given_back);
}

/// Does what needs a handle; while the system has none, handles of files that can be opened again are given back.
pub(super) fn with_room<T>(mut open: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match open() {
            Err(error) if limit::is_out_of_handles(&error) && pool().give_back().is_some() => {}
            result => return result,
        }
    }
}

fn pool() -> MutexGuard<'static, Pool> {
    // What a thread that panicked left is whole: each change is one call.
    POOL.lock().unwrap_or_else(PoisonError::into_inner)
}

fn most() -> usize {
    static MOST: OnceLock<usize> = OnceLock::new();
    *MOST.get_or_init(limit::most_held)
}

#[derive(Debug)]
struct Pool {
    files: BTreeMap<u64, Held>,
    /// The same by the numbers of their last uses: there are thousands of files, and one is given back for each that is opened.
    by_use: BTreeMap<u64, u64>,
    /// The number of the file that was opened last.
    next: u64,
    uses: u64,
}

#[derive(Debug)]
struct Held {
    file: Arc<File>,
    /// The number of its last use.
    used: u64,
}

impl Pool {
    const fn new() -> Self {
        Self { files: BTreeMap::new(), by_use: BTreeMap::new(), next: 0, uses: 0 }
    }

    fn get(&mut self, key: u64) -> Option<Arc<File>> {
        self.uses += 1;
        let held = self.files.get_mut(&key)?;
        self.by_use.remove(&held.used);
        self.by_use.insert(self.uses, key);
        held.used = self.uses;
        Some(Arc::clone(&held.file))
    }

    /// What is given back for it is for the caller to close.
    fn put(&mut self, key: u64, file: Arc<File>, most: usize) -> Vec<Arc<File>> {
        let mut given_back = self.make_room(most);
        self.uses += 1;
        self.by_use.insert(self.uses, key);
        // Two threads may have opened it at once.
        let before = self.files.insert(key, Held { file, used: self.uses });
        if let Some(before) = before {
            self.by_use.remove(&before.used);
            given_back.push(before.file);
        }
        given_back
    }

    fn take(&mut self, key: u64) -> Option<Arc<File>> {
        let held = self.files.remove(&key)?;
        self.by_use.remove(&held.used);
        Some(held.file)
    }

    /// Leaves room for one more.
    fn make_room(&mut self, most: usize) -> Vec<Arc<File>> {
        let mut given_back = Vec::new();
        while self.files.len() >= most.max(1) {
            match self.give_back() {
                Some(file) => given_back.push(file),
                None => break,
            }
        }
        given_back
    }

    /// Gives back the handle that was used longest ago; `None` where there is none.
    fn give_back(&mut self) -> Option<Arc<File>> {
        let (_, key) = self.by_use.pop_first()?;
        Some(self.files.remove(&key)?.file)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_handle_used_longest_ago_is_given_back() {
        let file = || Arc::new(tempfile::tempfile().unwrap());
        let mut pool = Pool::new();
        (0..3).for_each(|key| drop(pool.put(key, file(), 3)));
        assert!(pool.get(0).is_some());
        pool.put(3, file(), 3);
        assert_eq!(pool.files.keys().copied().collect::<Vec<_>>(), [0, 2, 3]);
        pool.put(2, file(), 3);
        assert_eq!(pool.by_use.values().copied().collect::<std::collections::BTreeSet<_>>(), [0, 2, 3].into());
        assert!(pool.files.len() <= 3 && pool.get(2).is_some(), "{pool:?}");
        pool.put(9, file(), 1);
        assert_eq!(pool.files.keys().copied().collect::<Vec<_>>(), [9]);
        assert!(pool.give_back().is_some() && pool.give_back().is_none());
        assert!(pool.by_use.is_empty() && pool.files.is_empty());
    }
}
