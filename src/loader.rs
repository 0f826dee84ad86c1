//! Reads a data set on threads of its own: drawings packed for upload and records as columns, through bounded channels.

mod pieces;

use crate::atlas::{AtlasPlan, PackedPiece};
use crate::data::Cancel;
use crate::data::dataset::{Dataset, Measure, OpenError, RecordsProgress};
use crate::data::report::LoadReport;
use crate::data::values::ValueMap;
use pieces::{Pass, read_once};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};
use thiserror::Error;

/// Batches of records that may wait.
const BATCHES: usize = 3;

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
    /// Holds one for each batch of records that waits.
    waiting: Receiver<()>,
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
        let (sender, receiver) = sync_channel(plan.waiting_pieces() as usize);
        let (waits, waiting) = sync_channel(BATCHES);
        let cancel = Cancel::new();
        let alive = Arc::new(());
        let threads = Arc::downgrade(&alive);
        let looking = Arc::new(Mutex::new(Instant::now() + LOOKED_EVERY));
        let outlet = Outlet { sender, cancel: cancel.clone(), wake, looking, _alive: alive };
        let (drawings, plan, drawings_out) = (Arc::clone(dataset), plan.clone(), outlet.clone());
        spawn("drawings", &outlet, Loaded::DrawingsFailed, move || read_drawings(&drawings, &plan, &drawings_out));
        if records {
            let (records, records_out) = (Arc::clone(dataset), outlet.clone());
            spawn("records", &outlet, Loaded::RecordsFailed, move || read_records(&records, &waits, &records_out));
        }
        Self { receiver, waiting, cancel, threads }
    }

    /// Whether its threads work, also after it was dropped: they end at their next block, and wake whoever started them.
    pub fn threads(&self) -> Weak<()> {
        Weak::clone(&self.threads)
    }

    /// The next thing that has arrived, without waiting.
    pub fn poll(&self) -> Option<Loaded> {
        self.receiver.try_recv().ok().inspect(|loaded| self.taken(loaded))
    }

    /// Waits for the next thing; `None` when everything has been sent.
    pub fn wait(&self) -> Option<Loaded> {
        self.receiver.recv().ok().inspect(|loaded| self.taken(loaded))
    }

    /// Lets the next batch of records wait where one is taken.
    fn taken(&self, loaded: &Loaded) {
        if matches!(loaded, Loaded::Records(_)) {
            // It was there before its batch.
            let _ = self.waiting.try_recv();
        }
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
            pass = read_once(dataset, &mut measure, plan, &out.cancel, &mut |loaded| out.send(loaded))?;
        }
        Ok(pass)
    });
    match passed {
        Ok(Pass::Complete) => out.send(Loaded::Drawings),
        Ok(Pass::OtherInk | Pass::Unwanted) => false,
        Err(error) => out.send(Loaded::DrawingsFailed(error.into())),
    };
}

fn read_records<W: Fn()>(dataset: &Dataset, waits: &SyncSender<()>, out: &Outlet<W>) {
    let result = dataset.read_records(&out.cancel, &mut |progress| {
        if waits.send(()).is_ok() && out.send(Loaded::Records(Box::new(progress))) {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    match result {
        Ok(report) => out.send(Loaded::RecordsEnd(report)),
        Err(OpenError::Cancelled) => false,
        Err(error) => out.send(Loaded::RecordsFailed(error.into())),
    };
}
