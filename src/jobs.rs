//! Work that the window does not wait for: jobs that publish what they make, say how far they are, and can be cancelled.
//!
//! Jobs run on pools of their own that leave a core to the window: one for what somebody waits for, one for what takes seconds or
//! minutes, so that neither a filter nor a look-alike stands in line behind a map. A job looks in now and then ([`JobContext::check`]): it learns there that
//! nobody wants it any more, and waits there while the camera moves, but never for long: then it works for a while before it waits
//! again. Whoever started it is woken and polls.

use crate::panics::caught;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

#[cfg(test)]
mod tests;

/// Longest pause: a camera that never rests slows a job down and does not stop it.
const PAUSE: Duration = Duration::from_millis(250);
/// After a pause that long a job works for this part of it, whatever moves.
const WORK_PART: u32 = 4;
/// What a job may have published that nobody has taken: with more it waits.
const UNTAKEN: usize = 4;
/// In place of a progress: none is known.
const UNKNOWN: u32 = u32::MAX;

/// Nobody wants the job any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

/// Why a job came to no good end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JobError<E> {
    /// Nobody wanted it any more.
    #[error("it was cancelled")]
    Cancelled,
    /// What the work itself says.
    #[error(transparent)]
    Failed(E),
    /// A fault of the program.
    #[error("a part of the program has failed: {0}")]
    Panicked(String),
    /// The system gives no threads.
    #[error("no threads to work on: {0}; close other programs, or allow more (`ulimit -u`)")]
    NoThreads(String),
}

impl<E> From<Cancelled> for JobError<E> {
    fn from(_: Cancelled) -> Self {
        Self::Cancelled
    }
}

/// What comes of a job. The end comes once, after everything else.
#[derive(Debug, PartialEq, Eq)]
pub enum JobNews<P, E> {
    /// It has made something.
    Published(P),
    /// It is over.
    Ended(Result<(), JobError<E>>),
}

/// Starts jobs; clones share the pool.
#[derive(Clone)]
pub struct Jobs {
    shared: Arc<Shared>,
}

type Pool = OnceLock<Result<ThreadPool, String>>;

struct Shared {
    /// Each started with its first job.
    quick: Pool,
    long: Pool,
    gate: Gate,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl std::fmt::Debug for Jobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Jobs").finish_non_exhaustive()
    }
}

impl Jobs {
    /// `wake` is called, on any thread, when a job has published something, has come a percent further or has ended.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self::pausing(PAUSE, wake)
    }

    fn pausing(longest: Duration, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let gate = Gate { closed: Mutex::new(false), changed: Condvar::new(), longest };
        Self { shared: Arc::new(Shared { quick: Pool::new(), long: Pool::new(), gate, wake: Box::new(wake) }) }
    }

    /// Lets jobs wait at their next checks, or go on.
    pub fn set_paused(&self, paused: bool) {
        self.shared.gate.set_closed(paused);
    }

    /// Starts a job that takes seconds at most. It is cancelled when the handle is dropped.
    pub fn start<P: Send + 'static, E: Send + 'static>(
        &self,
        name: &'static str,
        work: impl FnOnce(&JobContext<P, E>) -> Result<(), JobError<E>> + Send + 'static,
    ) -> Job<P, E> {
        self.start_on(&self.shared.quick, name, work)
    }

    /// The same of one that may take minutes: it holds up none of the others.
    pub fn start_long<P: Send + 'static, E: Send + 'static>(
        &self,
        name: &'static str,
        work: impl FnOnce(&JobContext<P, E>) -> Result<(), JobError<E>> + Send + 'static,
    ) -> Job<P, E> {
        self.start_on(&self.shared.long, name, work)
    }

    fn start_on<P: Send + 'static, E: Send + 'static>(
        &self,
        threads: &Pool,
        name: &'static str,
        work: impl FnOnce(&JobContext<P, E>) -> Result<(), JobError<E>> + Send + 'static,
    ) -> Job<P, E> {
        let (sender, news) = sync_channel(UNTAKEN);
        let state = Arc::new(JobState::default());
        let context = JobContext { sender, state: Arc::clone(&state), shared: Arc::clone(&self.shared) };
        let run = move |context: JobContext<P, E>| {
            let ended = match context.check() {
                // Nobody waited for its turn.
                Err(cancelled) => Err(cancelled.into()),
                Ok(()) => caught(|| work(&context)).unwrap_or_else(|said| Err(JobError::Panicked(said))),
            };
            tracing::debug!("{name}: {}", if ended.is_ok() { "done" } else { "not done" });
            context.end(ended);
        };
        match threads.get_or_init(pool) {
            Ok(pool) => pool.spawn(move || run(context)),
            Err(reason) => context.end(Err(JobError::NoThreads(reason.clone()))),
        }
        Job { news, state, shared: Arc::clone(&self.shared) }
    }
}

/// Threads for all cores but one, which is the window's.
fn pool() -> Result<ThreadPool, String> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let builder = ThreadPoolBuilder::new().num_threads(cores.saturating_sub(1).max(1));
    builder.thread_name(|at| format!("job {at}")).build().map_err(|error| error.to_string())
}

/// What a job and its handle share.
#[derive(Debug)]
struct JobState {
    cancelled: AtomicBool,
    percent: AtomicU32,
    /// Until when it need not pause: it just has, for as long as a pause may be.
    works_until: Mutex<Option<Instant>>,
}

impl Default for JobState {
    fn default() -> Self {
        let percent = AtomicU32::new(UNKNOWN);
        Self { cancelled: AtomicBool::new(false), percent, works_until: Mutex::default() }
    }
}

/// A job as its starter sees it. Dropping it cancels the job.
pub struct Job<P, E> {
    news: Receiver<JobNews<P, E>>,
    state: Arc<JobState>,
    shared: Arc<Shared>,
}

impl<P, E> std::fmt::Debug for Job<P, E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job").field("state", &self.state).finish_non_exhaustive()
    }
}

impl<P, E> Job<P, E> {
    /// What came of it since the last time, if anything.
    pub fn poll(&self) -> Option<JobNews<P, E>> {
        self.news.try_recv().ok()
    }

    /// The next that comes of it, for which this thread waits so long at most.
    pub fn wait(&self, longest: Duration) -> Option<JobNews<P, E>> {
        self.news.recv_timeout(longest).ok()
    }

    /// How far it has come, 0 to 1; `None` where it does not say.
    pub fn progress(&self) -> Option<f32> {
        let percent = self.state.percent.load(Ordering::Relaxed);
        (percent != UNKNOWN).then_some(percent as f32 / 100.0)
    }

    /// Asks it to stop at its next check; its end is told all the same.
    pub fn cancel(&self) {
        self.state.cancelled.store(true, Ordering::Release);
        self.shared.gate.notify();
    }
}

impl<P, E> Drop for Job<P, E> {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// A job as its work sees it.
pub struct JobContext<P, E> {
    sender: SyncSender<JobNews<P, E>>,
    state: Arc<JobState>,
    shared: Arc<Shared>,
}

impl<P, E> JobContext<P, E> {
    /// Waits while the camera moves, a bounded time, unless it just has; then says whether to go on.
    pub fn check(&self) -> Result<(), Cancelled> {
        let is_cancelled = || self.state.cancelled.load(Ordering::Acquire);
        self.shared.gate.pass(&self.state.works_until, is_cancelled);
        if is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }

    /// Says how far it has come, 0 to 1.
    pub fn set_progress(&self, part: f32) {
        let percent = (part.clamp(0.0, 1.0) * 100.0) as u32;
        if self.state.percent.swap(percent, Ordering::Relaxed) != percent {
            (self.shared.wake)();
        }
    }

    /// Hands over something that it has made; waits while nobody takes what was published before.
    pub fn publish(&self, made: P) -> Result<(), Cancelled> {
        if self.state.cancelled.load(Ordering::Acquire) {
            return Err(Cancelled);
        }
        self.sender.send(JobNews::Published(made)).map_err(|_| Cancelled)?;
        (self.shared.wake)();
        Ok(())
    }

    fn end(&self, ended: Result<(), JobError<E>>) {
        // Nobody may be left to hear it.
        if self.sender.send(JobNews::Ended(ended)).is_ok() {
            (self.shared.wake)();
        }
    }
}

/// Where jobs wait while the camera moves.
struct Gate {
    closed: Mutex<bool>,
    changed: Condvar,
    longest: Duration,
}

impl Gate {
    fn set_closed(&self, closed: bool) {
        let before = std::mem::replace(&mut *self.closed.lock().unwrap_or_else(PoisonError::into_inner), closed);
        if before != closed {
            self.changed.notify_all();
        }
    }

    /// Lets those that wait look again.
    fn notify(&self) {
        // Whoever has looked and does not wait yet holds the lock.
        drop(self.closed.lock());
        self.changed.notify_all();
    }

    /// Waits while it is closed, so long at most; after that whoever waited passes for a while.
    fn pass(&self, works_until: &Mutex<Option<Instant>>, is_cancelled: impl Fn() -> bool) {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        if !*closed {
            return;
        }
        let mut works_until = works_until.lock().unwrap_or_else(PoisonError::into_inner);
        if works_until.is_some_and(|until| Instant::now() < until) {
            return;
        }
        let waited = self.changed.wait_timeout_while(closed, self.longest, |closed| *closed && !is_cancelled());
        let is_over = waited.is_ok_and(|(_, waited)| waited.timed_out());
        *works_until = is_over.then(|| Instant::now() + self.longest / WORK_PART);
    }
}
