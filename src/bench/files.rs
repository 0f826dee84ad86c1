//! Files to measure with: a generated set is written first, for generating takes longer than reading.

use super::{BenchError, OnProgress, Progress};
use crate::data::Cancel;
use crate::data::demo::Demo;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

/// Files in place of generated sets; what was written is removed when this is dropped.
#[derive(Debug, Default)]
pub struct Files {
    /// What to open.
    pub inputs: Vec<OsString>,
    written: Vec<PathBuf>,
}

impl Files {
    /// Writes every generated set of `inputs` into a folder of its own under the system's temporary folder, with its records or
    /// without them: these take a kilobyte a drawing.
    pub fn of(inputs: &[OsString], records: bool, on: OnProgress<'_>) -> Result<Self, BenchError> {
        static SERIAL: AtomicU32 = AtomicU32::new(0);
        let on = Mutex::new(on);
        let mut files = Self::default();
        for input in inputs {
            let Some(demo) = input.to_str().and_then(Demo::parse) else {
                files.inputs.push(input.clone());
                continue;
            };
            let demo = demo?;
            let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
            let folder = std::env::temp_dir().join(format!("inkfield-bench-{}-{serial}", std::process::id()));
            files.written.push(folder.clone());
            let tell = |done| {
                if let Ok(mut on) = on.lock() {
                    on(Progress { what: format!("writing {}", folder.display()), done, total: demo.rows() });
                }
            };
            let cancel = Cancel::new();
            // Records that lie beside the bitmaps are opened with them.
            let bitmaps = if records {
                demo.write_dir(&folder, &tell, &cancel)?.bitmaps
            } else {
                demo.write_bitmaps(&folder, &tell, &cancel)?
            };
            files.inputs.push(bitmaps.into());
        }
        Ok(files)
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        for folder in &self.written {
            // A folder that cannot be removed does no harm in the system's temporary folder.
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}
