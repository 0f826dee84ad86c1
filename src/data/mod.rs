//! What was opened: bitmaps, records, and the join of the two. Knows files, never the GPU or the window.

pub mod array;
pub mod columns;
pub mod countries;
pub mod dataset;
pub mod demo;
pub mod fetch;
pub mod file;
mod file_names;
pub mod formats;
pub mod info;
pub mod joined;
mod link;
pub mod ndjson;
pub mod positions;
pub mod report;
pub mod runs;
pub mod source;
pub mod strokes;
pub mod table;
pub mod tags;
pub mod threads;
pub mod values;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The number of a drawing in the data set, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(pub u32);

/// Asks a reader to stop; clones share one flag.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A flag that is not set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the flag: readers that hold a clone stop at their next block.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
