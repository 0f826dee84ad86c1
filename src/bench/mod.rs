//! The bench: every figure that is promised, measured on the adapter at hand and on complete frames only.
//!
//! ```text
//! cli::bench → run() ─┬─ reading, yardstick, stage + frames      in this process, nothing shown
//!                     ├─ worker: start, memory                   processes of their own, one per sample
//!                     ├─ worker: frames --naive                  the baseline: all instances, every frame
//!                     └─ worker: window                          the real window, played by window::Script
//!              Report ─ table · JSON · plot
//! ```

mod busy;
pub mod cases;
pub mod figure;
pub mod files;
pub mod frames;
pub mod hover;
mod likeness;
pub mod look;
pub mod looks;
mod near;
pub mod paths;
pub mod phase;
pub mod plot;
pub mod questions;
pub mod reading;
pub mod report;
mod run;
pub mod samples;
pub mod script;
pub mod stage;
pub mod start;
mod strokes;
pub mod svg;
mod table;
pub mod trace;
pub mod window;
pub mod worker;
pub mod yardstick;

use crate::app::AppError;
use crate::data::dataset::{OpenError, OpenOptions};
use crate::data::demo::DemoError;
use crate::gpu::context::{Gpu, GpuError};
use crate::headless::HeadlessError;
use figure::Figure;
use look::Look;
use std::ffi::OsString;
use std::path::PathBuf;
use thiserror::Error;

pub use run::run;

/// Why nothing was measured.
#[derive(Debug, Error)]
pub enum BenchError {
    /// The data cannot be opened or read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A question to columns cannot be asked.
    #[error(transparent)]
    Condition(#[from] crate::data::columns::query::ConditionError),
    /// Nothing can be drawn.
    #[error(transparent)]
    Headless(#[from] HeadlessError),
    /// The window cannot be shown.
    #[error(transparent)]
    App(#[from] AppError),
    /// The generated drawings cannot be written as files.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// A process that measures failed; it has said why.
    #[error("the process that measured {what} {how}")]
    Worker {
        /// What it was to measure.
        what: String,
        /// How it ended.
        how: String,
        /// Its exit code, 1 where there is none.
        code: u8,
    },
    /// The GPU reported errors: what was drawn is not known.
    #[error("the GPU reported {0} errors while it was measured: the times mean nothing")]
    Faulty(u32),
    /// The window was closed while it was measured.
    #[error("the window was closed before everything was measured; leave it open until it closes by itself")]
    Closed,
    /// The system refused something.
    #[error("cannot {doing}: {source}: {}", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
        /// With which file.
        path: PathBuf,
    },
}

impl From<GpuError> for BenchError {
    fn from(error: GpuError) -> Self {
        HeadlessError::from(error).into()
    }
}

/// Times of a GPU that reports errors mean nothing.
fn refuse_if_faulty(gpu: &Gpu) -> Result<(), BenchError> {
    match gpu.errors() {
        0 => Ok(()),
        errors => Err(BenchError::Faulty(errors)),
    }
}

/// What to measure.
#[derive(Clone, Debug)]
pub struct BenchOptions {
    /// Files, folders, demos.
    pub inputs: Vec<OsString>,
    /// How they are read.
    pub open: OpenOptions,
    /// Size of the scatter viewport in physical pixels.
    pub size_px: [u32; 2],
    /// Which figures.
    pub figures: Vec<Figure>,
    /// Frames per figure and layout; everything else is repeated at most so often, too.
    pub frames: u32,
    /// Measure frames in the real window.
    pub window: bool,
    /// Measure the naive way as well.
    pub baseline: bool,
    /// Looks of rows that frames are measured with besides the plain one.
    pub looks: Vec<Look>,
}

impl BenchOptions {
    /// Whether a figure was asked for.
    pub fn wants(&self, figure: Figure) -> bool {
        self.figures.contains(&figure)
    }

    /// Whether any figure reads records: those about them, and whatever is measured in the window, which reads all there is.
    pub fn reads_records(&self) -> bool {
        let read = [Figure::ReadRecords, Figure::PeakMemory];
        let reads = |figure: &Figure| read.contains(figure) || (self.window && window::is_told(*figure));
        self.open.records && self.figures.iter().any(reads)
    }
}

/// How far a measurement is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being measured.
    pub what: String,
    /// Samples taken.
    pub done: u32,
    /// Samples to take.
    pub total: u32,
}

/// Hears how far a measurement is.
pub type OnProgress<'a> = &'a mut (dyn FnMut(Progress) + Send);
