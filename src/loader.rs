//! Reads a data set on threads of its own: drawings packed for upload and records as columns, through bounded channels.

use crate::atlas::{AtlasPlan, PackedPiece, pack_piece};
use crate::data::Cancel;
use crate::data::dataset::{Dataset, Measure, OpenError, RecordsProgress};
use crate::data::report::LoadReport;
use crate::data::values::ValueMap;
use rayon::prelude::*;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};
use thiserror::Error;

/// Pieces and batches that may wait: enough that cores go on with the next pieces while one by one goes to the GPU, few enough to bound
/// memory.
const WAITING: usize = 3;

/// Why a load stopped.
#[derive(Debug, Error)]
pub enum LoadError {
    /// A file cannot be read on.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The system gave no thread.
    #[error("cannot start a thread to read with: {0}")]
    Thread(std::io::Error),
}

/// How often it is said how many values have been looked at before the first drawing is read.
const LOOKED_EVERY: Duration = Duration::from_millis(100);

/// What a load sends.
#[derive(Debug)]
pub enum Loaded {
    /// All values are looked at before the first drawing is read; how many have been says [`Dataset::looked_at`].
    Looking,
    /// How values have become ink in all that follows. Comes first, and again where that turned out to be wrong: then all
    /// drawings follow once more, from row 0 on.
    Values(ValueMap),
    /// The next drawings.
    Piece(PackedPiece),
    /// All drawings have been read; [`Dataset::measured`] says what they are shown with.
    Drawings,
    /// The next records.
    Records(Box<RecordsProgress>),
    /// All records have been read.
    RecordsEnd(LoadReport),
    /// The drawings could not be read on; the records may be.
    DrawingsFailed(LoadError),
    /// The records could not be read on, or were refused by `--strict`; the drawings may be.
    RecordsFailed(LoadError),
}

/// A load under way. Dropping it stops its threads at their next block.
#[derive(Debug)]
pub struct Loader {
    receiver: Receiver<Loaded>,
    cancel: Cancel,
    threads: Weak<()>,
}

impl Loader {
    /// Starts reading. `wake` is called after each thing sent.
    pub fn start(
        dataset: &Arc<Dataset>,
        plan: &AtlasPlan,
        records: bool,
        wake: impl Fn() + Send + Sync + Clone + 'static,
    ) -> Self {
        let (sender, receiver) = sync_channel(WAITING);
        let cancel = Cancel::new();
        let alive = Arc::new(());
        let threads = Arc::downgrade(&alive);
        let looking = Arc::new(Mutex::new(Instant::now() + LOOKED_EVERY));
        let outlet = Outlet { sender, cancel: cancel.clone(), wake, looking, _alive: alive };
        let (drawings, plan, drawings_out) = (Arc::clone(dataset), plan.clone(), outlet.clone());
        spawn("drawings", &outlet, Loaded::DrawingsFailed, move || read_drawings(&drawings, &plan, &drawings_out));
        if records {
            let (records, records_out) = (Arc::clone(dataset), outlet.clone());
            spawn("records", &outlet, Loaded::RecordsFailed, move || read_records(&records, &records_out));
        }
        Self { receiver, cancel, threads }
    }

    /// Whether its threads work, also after it was dropped: they end at their next block, and wake whoever started them.
    pub fn threads(&self) -> Weak<()> {
        Weak::clone(&self.threads)
    }

    /// The next thing that has arrived, without waiting.
    pub fn poll(&self) -> Option<Loaded> {
        self.receiver.try_recv().ok()
    }

    /// Waits for the next thing; `None` when everything has been sent.
    pub fn wait(&self) -> Option<Loaded> {
        self.receiver.recv().ok()
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

#[derive(Clone)]
struct Outlet<W> {
    sender: SyncSender<Loaded>,
    cancel: Cancel,
    wake: W,
    /// When it is said next how many values have been looked at.
    looking: Arc<Mutex<Instant>>,
    /// Held by each thread while it works.
    _alive: Arc<()>,
}

impl<W: Fn()> Outlet<W> {
    /// Hands something on; false when nobody wants it any more.
    fn send(&self, loaded: Loaded) -> bool {
        let wanted = !self.cancel.is_cancelled() && self.sender.send(loaded).is_ok();
        if wanted {
            (self.wake)();
        }
        wanted
    }
}

impl<W: Fn()> Outlet<W> {
    /// Says from time to time that values are looked at; false when nobody wants them any more.
    fn looked_at(&self, _part: f64) -> bool {
        if let Ok(mut next) = self.looking.try_lock()
            && Instant::now() >= *next
        {
            *next = Instant::now() + LOOKED_EVERY;
            // Where somebody has yet to hear of the last time, that will do.
            if self.sender.try_send(Loaded::Looking).is_ok() {
                (self.wake)();
            }
        }
        !self.cancel.is_cancelled()
    }
}

fn spawn<W: Fn() + Send + Clone + 'static>(
    name: &str,
    outlet: &Outlet<W>,
    failed: fn(LoadError) -> Loaded,
    work: impl FnOnce() + Send + 'static,
) {
    let wake = outlet.wake.clone();
    let work = move || {
        // Lets go of its outlet before anybody is woken.
        work();
        wake();
    };
    if let Err(error) = std::thread::Builder::new().name(name.to_owned()).spawn(work) {
        outlet.send(failed(LoadError::Thread(error)));
    }
}

fn read_drawings<W: Fn() + Sync + Send>(dataset: &Dataset, plan: &AtlasPlan, out: &Outlet<W>) {
    if let Err(error) = crate::data::threads::start() {
        out.send(Loaded::DrawingsFailed(LoadError::Thread(error)));
        return;
    }
    let passed = Measure::start(dataset, &|part| out.looked_at(part)).and_then(|mut measure| {
        let mut pass = Pass::OtherInk;
        while pass == Pass::OtherInk && out.send(Loaded::Values(measure.map())) {
            pass = read_once(&mut measure, plan, out)?;
        }
        Ok(pass)
    });
    match passed {
        Ok(Pass::Complete) => out.send(Loaded::Drawings),
        Ok(Pass::OtherInk | Pass::Unwanted) => false,
        Err(error) => out.send(Loaded::DrawingsFailed(error.into())),
    };
}

/// How a pass over all drawings ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// Everything was sent.
    Complete,
    /// What was sent has the wrong ink: the values call for another range than was guessed.
    OtherInk,
    /// Nobody wants it any more.
    Unwanted,
}

/// Sends all drawings once. Values become ink before any mean of them is taken.
fn read_once<W: Fn()>(measure: &mut Measure<'_>, plan: &AtlasPlan, out: &Outlet<W>) -> Result<Pass, OpenError> {
    let drawing_bytes = plan.drawing_bytes();
    let table = measure.map().table();
    // As many pieces at a time as there are cores, sent in order; the first by itself, so that it is seen soonest.
    let at_once = rayon::current_num_threads() as u32;
    let mut next = 0;
    while next < plan.pieces() {
        let end = if next == 0 { 1 } else { plan.pieces().min(next + at_once) };
        let read = |ink: &mut Vec<u8>, piece: u32| {
            let rows = plan.piece_rows(piece);
            ink.resize(rows.len() * drawing_bytes, 0);
            measure.read(rows.start, ink, &table).map(|counts| (pack_piece(plan, rows.start, ink), counts))
        };
        let pieces: Vec<_> = (next..end).into_par_iter().map_init(Vec::new, read).collect();
        for piece in pieces {
            let (piece, counts) = piece?;
            if measure.add(piece.first_row, counts) {
                return Ok(Pass::OtherInk);
            }
            if !out.send(Loaded::Piece(piece)) {
                return Ok(Pass::Unwanted);
            }
        }
        next = end;
    }
    Ok(if measure.end() { Pass::OtherInk } else { Pass::Complete })
}

fn read_records<W: Fn()>(dataset: &Dataset, out: &Outlet<W>) {
    let result = dataset.read_records(&out.cancel, &mut |progress| {
        if out.send(Loaded::Records(Box::new(progress))) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    match result {
        Ok(report) => out.send(Loaded::RecordsEnd(report)),
        Err(OpenError::Cancelled) => false,
        Err(error) => out.send(Loaded::RecordsFailed(error.into())),
    };
}
