//! A file that each input is written to, where what is tested opens paths.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// A file of this thread, overwritten by each input and removed at the thread's end.
pub struct Scratch(PathBuf);

impl Scratch {
    /// Names a file; nothing is made yet.
    pub fn new(extension: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("inkfield-fuzz-{}-{number}.{extension}", std::process::id())))
    }

    /// Writes the input and says where it lies.
    pub fn write(&self, bytes: &[u8]) -> &PathBuf {
        std::fs::write(&self.0, bytes).expect("the scratch file can be written");
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed lies in the system's folder for such files.
        let _ = std::fs::remove_file(&self.0);
    }
}
