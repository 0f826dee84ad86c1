//! Waiting for the GPU with an end: one that works is waited for however slow it is, a driver that hangs is left with a message.

use super::context::{Gpu, GpuError};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Longest time in which nothing may be heard of a GPU that somebody waits for.
pub const LIMIT: Duration = Duration::from_secs(30);
/// The same where a program ends.
pub const FAREWELL: Duration = Duration::from_secs(5);
/// After so long it is said that the GPU is waited for.
const NOTE: Duration = Duration::from_secs(10);
/// Longest time between two looks.
const LOOK: Duration = Duration::from_millis(500);

/// How long nothing has been heard of a GPU. Time in which this program was stopped does not count.
#[derive(Debug)]
struct Patience {
    limit: Duration,
    silent: Duration,
    worked: Option<Duration>,
    noted: bool,
}

impl Patience {
    fn new(limit: Duration) -> Self {
        Self { limit, silent: Duration::ZERO, worked: None, noted: false }
    }

    /// After a look that took a time and found nothing done: whether to look again. `worked` is how long processors have worked
    /// for this program; where it draws with them, it is busy drawing as long as that grows.
    fn goes_on(&mut self, look: Duration, worked: Option<Duration>) -> bool {
        if worked > self.worked {
            (self.worked, self.silent) = (worked, Duration::ZERO);
        } else {
            self.silent += look.min(LOOK * 2);
        }
        self.silent < self.limit
    }

    /// Whether it is time to say that the GPU is waited for: once.
    fn is_noted(&mut self) -> bool {
        let now = self.limit > NOTE && self.silent >= NOTE;
        now && !std::mem::replace(&mut self.noted, true)
    }
}

/// Calls `poll`, which waits for a time, until everything is done, an error comes, or nothing has been heard for too long.
fn wait_with(
    mut patience: Patience,
    mut poll: impl FnMut(Duration) -> Result<(), wgpu::PollError>,
    worked: impl Fn() -> Option<Duration>,
    note: impl Fn(),
) -> Result<(), wgpu::PollError> {
    loop {
        let looked = Instant::now();
        match poll(LOOK) {
            Err(wgpu::PollError::Timeout) if patience.goes_on(looked.elapsed(), worked()) => {
                if patience.is_noted() {
                    note();
                }
            }
            ended => return ended,
        }
    }
}

/// How long processors have worked for this program, all its threads together; `None` where the system does not say.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in parentheses, may hold anything; the 14th and 15th value are user and system time in hundredths of a second.
    let mut values = stat.rsplit(')').next()?.split_whitespace().skip(11);
    let mut next = || values.next()?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (next()? + next()?)))
}

impl Gpu {
    /// Blocks until everything submitted so far is done (commands without a window only).
    pub fn wait(&self) -> Result<(), GpuError> {
        self.wait_within(LIMIT)
    }

    /// Blocks until a submission is done (the same).
    pub fn wait_until(&self, submission: &wgpu::SubmissionIndex) -> Result<(), GpuError> {
        self.wait_or_abandon(Some(submission), LIMIT)
    }

    /// The same as [`Gpu::wait`] with another limit for what is not heard of the GPU.
    pub fn wait_within(&self, limit: Duration) -> Result<(), GpuError> {
        self.wait_or_abandon(None, limit)
    }

    fn wait_or_abandon(&self, submission: Option<&wgpu::SubmissionIndex>, limit: Duration) -> Result<(), GpuError> {
        if self.silent.load(Ordering::Acquire) {
            return Err(self.no_answer(limit));
        }
        match self.wait_for(submission, limit) {
            Ok(()) => Ok(()),
            Err(_) if self.is_lost() => Err(GpuError::Lost),
            Err(wgpu::PollError::Timeout) => {
                self.abandon();
                Err(self.no_answer(limit))
            }
            Err(error) => Err(GpuError::Readback(error.to_string())),
        }
    }

    fn wait_for(&self, submission: Option<&wgpu::SubmissionIndex>, limit: Duration) -> Result<(), wgpu::PollError> {
        let poll = |time| {
            let wait = wgpu::PollType::Wait { submission_index: submission.cloned(), timeout: Some(time) };
            self.device.poll(wait).map(drop)
        };
        // A GPU of its own works unseen.
        let worked = || if self.is_software() { processor_time() } else { None };
        let note = || tracing::warn!("the GPU has not answered for {} s: {}", NOTE.as_secs(), self.info.name);
        wait_with(Patience::new(limit), poll, worked, note)
    }

    /// Blocks until a submission is done, on a thread that nobody waits for.
    pub fn wait_for_submission(&self, submission: &wgpu::SubmissionIndex) -> Result<(), GpuError> {
        self.wait_for(Some(submission), LIMIT).map_err(|error| match error {
            wgpu::PollError::Timeout => self.no_answer(LIMIT),
            error @ wgpu::PollError::WrongSubmissionIndex(..) => GpuError::Readback(error.to_string()),
        })
    }

    fn no_answer(&self, limit: Duration) -> GpuError {
        GpuError::Silent { adapter: self.info.name.clone(), seconds: limit.as_secs() }
    }

    /// Lets the driver keep what it has: to take it back would be to wait for the GPU without an end.
    fn abandon(&self) {
        self.silent.store(true, Ordering::Release);
        std::mem::forget((self.device.clone(), self.queue.clone()));
    }

    /// Never answers again (tests).
    pub fn fall_silent(&self) {
        self.abandon();
    }
}

/// Queues are waited for where they end, without an end if the GPU hangs: that is found out before.
impl Drop for Gpu {
    fn drop(&mut self) {
        if let Err(error) = self.wait_within(FAREWELL) {
            tracing::debug!("at the end: {error}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn faults_25_silence_is_borne_for_a_time_and_work_for_as_long_as_it_takes() {
        let mut hung = Patience::new(30 * SECOND);
        assert_eq!((0..1000).take_while(|_| hung.goes_on(LOOK, None)).count(), 59);
        // A software GPU that draws for an hour.
        let mut busy = Patience::new(30 * SECOND);
        assert!((1..7200).all(|look| busy.goes_on(LOOK, Some(look * Duration::from_millis(10)))));
        // Then it hangs.
        let worked = Some(7199 * Duration::from_millis(10));
        assert_eq!((0..1000).take_while(|_| busy.goes_on(LOOK, worked)).count(), 59);
    }

    #[test]
    fn faults_25_a_laptop_that_slept_has_not_waited() {
        let mut patience = Patience::new(30 * SECOND);
        assert!(patience.goes_on(Duration::from_hours(9), None));
        assert!((0..28).all(|_| patience.goes_on(SECOND, None)));
        assert!(!patience.goes_on(SECOND, None));
    }

    #[test]
    fn faults_25_waiting_ends_with_what_the_gpu_says_and_is_told_of_once() {
        let (looks, notes) = (Cell::new(0), Cell::new(0));
        let wait = |limit: Duration, end: u32, answer: fn() -> Result<(), wgpu::PollError>| {
            looks.set(0);
            notes.set(0);
            let mut patience = Patience::new(limit);
            // As if seconds had gone by.
            patience.silent = limit.saturating_sub(SECOND / 2);
            let poll = |_| {
                looks.set(looks.get() + 1);
                std::thread::sleep(Duration::from_millis(1));
                if looks.get() == end { answer() } else { Err(wgpu::PollError::Timeout) }
            };
            wait_with(patience, poll, || None, || notes.set(notes.get() + 1))
        };
        assert!(wait(LIMIT, 3, || Ok(())).is_ok());
        assert_eq!((looks.get(), notes.get()), (3, 1));
        assert!(wait(FAREWELL, 3, || Ok(())).is_ok());
        assert_eq!((looks.get(), notes.get()), (3, 0), "what ends soon is not told of");
        assert!(matches!(wait(LIMIT, 0, || Ok(())), Err(wgpu::PollError::Timeout)));
        assert!(looks.get() > 10 && notes.get() == 1);
        let wrong = || Err(wgpu::PollError::WrongSubmissionIndex(2, 1));
        assert!(matches!(wait(LIMIT, 2, wrong), Err(wgpu::PollError::WrongSubmissionIndex(2, 1))));
    }

    #[test]
    fn processor_time_grows_with_work() {
        let Some(before) = processor_time() else { return };
        let start = Instant::now();
        let mut sum = 0_u64;
        while processor_time() <= Some(before) {
            sum = (0..1_000_000_u64).fold(sum, |sum, i| sum ^ i.wrapping_mul(sum | 1));
            assert!(start.elapsed() < 60 * SECOND, "{sum}");
        }
    }
}
