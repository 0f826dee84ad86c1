//! How long a test has waited while it ran: the time in which it was stopped (a laptop that slept, a job on hold) does not count.

use std::time::{Duration, Instant};

/// A clock that goes on while it is looked at.
#[derive(Debug)]
pub struct Patience {
    spent: Duration,
    looked: Instant,
    longest_step: Duration,
}

impl Patience {
    /// Starts now. What lies between two looks counts for `longest_step` at most.
    pub fn new(longest_step: Duration) -> Self {
        Self { spent: Duration::ZERO, looked: Instant::now(), longest_step }
    }

    /// The time so far.
    pub fn spent(&mut self) -> Duration {
        let now = Instant::now();
        self.spent += (now - self.looked).min(self.longest_step);
        self.looked = now;
        self.spent
    }
}

impl Default for Patience {
    /// For loops that look every few milliseconds.
    fn default() -> Self {
        Self::new(Duration::from_millis(500))
    }
}
