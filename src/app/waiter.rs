//! A thread that blocks on the newest submission, so that nothing on the UI thread waits for the GPU: map callbacks run there,
//! and how long pictures took is told afterwards.

use crate::gpu::progressive::DrawnPart;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// Longest wait for one submission; whoever waits is woken then, too.
pub const TIMEOUT: Duration = Duration::from_secs(5);
/// Longest wait for the thread to let go of the device.
const FAREWELL: Duration = Duration::from_secs(1);

/// How long the GPU took for part of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureTime {
    /// What was drawn.
    pub drawn: DrawnPart,
    /// What that took once everything before it was done.
    pub time: Duration,
}

struct Watched {
    submission: wgpu::SubmissionIndex,
    wanted: Wanted,
}

/// What somebody wants to know of a submission.
enum Wanted {
    /// To be woken when it is done.
    Wake,
    /// How long it took: what was drawn, and when it was submitted.
    Time(DrawnPart, Instant),
    /// Nothing; but what was submitted after it could not begin before.
    Order,
}

/// The thread and the channels to and from it. It ends with this value.
#[derive(Debug)]
pub struct Waiter {
    /// `None` once it shall end.
    watched: Option<Sender<Watched>>,
    times: Receiver<PictureTime>,
    /// Submissions that are not done.
    pending: Arc<AtomicUsize>,
    /// Closed once the thread has let go of its device.
    ended: Receiver<()>,
}

/// Whoever holds the device last unloads the driver with it. On another thread that would crash now and then while the program
/// ends: it is waited for.
impl Drop for Waiter {
    fn drop(&mut self) {
        self.watched = None;
        if self.ended.recv_timeout(FAREWELL) == Err(RecvTimeoutError::Timeout) {
            tracing::debug!("the thread that waits for the GPU is still waiting");
        }
    }
}

impl Waiter {
    /// `woken` is called, on the waiting thread, after each submission that was watched with [`Waiter::watch`].
    pub fn start(device: wgpu::Device, woken: impl Fn() + Send + Sync + 'static) -> Self {
        let (watched, inbox) = channel::<Watched>();
        let (outbox, times) = channel();
        let (ending, ended) = channel::<()>();
        let pending = Arc::new(AtomicUsize::new(0));
        let left = Arc::clone(&pending);
        let work = move || {
            let device = device;
            let mut free_since = Instant::now();
            while let Ok(Watched { submission, wanted }) = inbox.recv() {
                let wait = wgpu::PollType::Wait { submission_index: Some(submission), timeout: Some(TIMEOUT) };
                if let Err(error) = device.poll(wait) {
                    tracing::debug!("waiting for the GPU: {error}");
                }
                let done = Instant::now();
                left.fetch_sub(1, Ordering::AcqRel);
                match wanted {
                    Wanted::Wake => woken(),
                    Wanted::Time(drawn, submitted) => {
                        let time = done.saturating_duration_since(submitted.max(free_since));
                        // Nobody may be left to read it.
                        let _ = outbox.send(PictureTime { drawn, time });
                    }
                    Wanted::Order => {}
                }
                free_since = done;
            }
            drop(device);
            drop(ending);
        };
        if let Err(error) = std::thread::Builder::new().name("gpu wait".to_owned()).spawn(work) {
            tracing::error!("no thread to wait for the GPU with, hovering will not answer: {error}");
        }
        Self { watched: Some(watched), times, pending, ended }
    }

    /// One that nobody listens to.
    #[cfg(test)]
    pub fn idle() -> Self {
        Self { watched: None, times: channel().1, pending: Arc::default(), ended: channel().1 }
    }

    /// Wakes somebody when a submission is done.
    pub fn watch(&self, submission: wgpu::SubmissionIndex) {
        self.send(submission, Wanted::Wake);
    }

    /// Times a submission made now, which draws part of a picture.
    pub fn time(&self, submission: wgpu::SubmissionIndex, drawn: DrawnPart) {
        self.send(submission, Wanted::Time(drawn, Instant::now()));
    }

    /// Counts the time of a submission to none of the pictures that are timed after it.
    pub fn follow(&self, submission: wgpu::SubmissionIndex) {
        self.send(submission, Wanted::Order);
    }

    /// The times that have become known since the last call.
    pub fn times(&self) -> impl Iterator<Item = PictureTime> + '_ {
        self.times.try_iter()
    }

    /// Whether all submissions that were sent here are done.
    pub fn is_idle(&self) -> bool {
        self.pending.load(Ordering::Acquire) == 0
    }

    fn send(&self, submission: wgpu::SubmissionIndex, wanted: Wanted) {
        if let Some(watched) = &self.watched {
            self.pending.fetch_add(1, Ordering::AcqRel);
            // Without its thread nobody can be told.
            if watched.send(Watched { submission, wanted }).is_err() {
                self.pending.fetch_sub(1, Ordering::AcqRel);
            }
        }
    }
}
