//! How long a test has waited while it ran: the time in which it was stopped (a laptop that slept, a job on hold) does not count,
//! and what goes on slowly is given more of it.

use std::time::{Duration, Instant};

/// A clock that goes on while it is looked at.
#[derive(Debug)]
pub struct Patience {
    spent: Duration,
    all: Duration,
    looked: Instant,
    longest_step: Duration,
}

impl Patience {
    /// Starts now. What lies between two looks counts for `longest_step` at most.
    pub fn new(longest_step: Duration) -> Self {
        Self { spent: Duration::ZERO, all: Duration::ZERO, looked: Instant::now(), longest_step }
    }

    /// The time so far, or since something was seen to go on; then a tenth of all of it at least.
    pub fn spent(&mut self) -> Duration {
        let now = Instant::now();
        let step = (now - self.looked).min(self.longest_step);
        (self.spent, self.all, self.looked) = (self.spent + step, self.all + step, now);
        self.spent.max(self.all / 10)
    }

    /// Something goes on, if slowly: a busy machine.
    pub fn renew(&mut self) {
        self.spent = Duration::ZERO;
    }
}

impl Default for Patience {
    /// For loops that look every few milliseconds.
    fn default() -> Self {
        Self::new(Duration::from_millis(500))
    }
}
