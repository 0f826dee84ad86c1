//! A thread that blocks on the newest submission, so that nothing on the UI thread waits for the GPU: map callbacks run there,
//! and how long pictures took is told afterwards.

use crate::scene::view::ScatterView;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// Longest wait for one submission.
const TIMEOUT: Duration = Duration::from_secs(5);

/// How long the GPU took for a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureTime {
    /// What it shows.
    pub view: ScatterView,
    /// Pixels a side that share a colour.
    pub coarseness: u32,
    /// From submission to the end.
    pub time: Duration,
}

struct Watched {
    submission: wgpu::SubmissionIndex,
    /// A picture, its coarseness, and when it was submitted; none: somebody wants to be woken.
    picture: Option<(ScatterView, u32, Instant)>,
}

/// The thread and the channels to and from it. It ends with this value.
#[derive(Debug)]
pub struct Waiter {
    watched: Sender<Watched>,
    times: Receiver<PictureTime>,
}

impl Waiter {
    /// `woken` is called, on the waiting thread, after each submission that was watched with [`Waiter::watch`].
    pub fn start(device: wgpu::Device, woken: impl Fn() + Send + Sync + 'static) -> Self {
        let (watched, inbox) = channel::<Watched>();
        let (outbox, times) = channel();
        let work = move || {
            while let Ok(Watched { submission, picture }) = inbox.recv() {
                let wait = wgpu::PollType::Wait { submission_index: Some(submission), timeout: Some(TIMEOUT) };
                if let Err(error) = device.poll(wait) {
                    tracing::debug!("waiting for the GPU: {error}");
                }
                match picture {
                    None => woken(),
                    // Nobody may be left to read it.
                    Some((view, coarseness, start)) => {
                        let _ = outbox.send(PictureTime { view, coarseness, time: start.elapsed() });
                    }
                }
            }
        };
        if let Err(error) = std::thread::Builder::new().name("gpu wait".to_owned()).spawn(work) {
            tracing::error!("no thread to wait for the GPU with, hovering will not answer: {error}");
        }
        Self { watched, times }
    }

    /// Wakes somebody when a submission is done.
    pub fn watch(&self, submission: wgpu::SubmissionIndex) {
        self.send(submission, None);
    }

    /// Times the picture of a submission made now.
    pub fn time(&self, submission: wgpu::SubmissionIndex, view: ScatterView, coarseness: u32) {
        self.send(submission, Some((view, coarseness, Instant::now())));
    }

    /// The times that have become known since the last call.
    pub fn times(&self) -> impl Iterator<Item = PictureTime> + '_ {
        self.times.try_iter()
    }

    fn send(&self, submission: wgpu::SubmissionIndex, picture: Option<(ScatterView, u32, Instant)>) {
        // Without its thread nobody can be told.
        let _ = self.watched.send(Watched { submission, picture });
    }
}
