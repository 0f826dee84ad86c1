//! How often a request is repeated, and how long to wait in between.

use std::time::Duration;

use super::FetchOptions;
use super::error::FetchError;
use crate::data::Cancel;

/// New attempts after a cut connection.
const RETRIES: u32 = 3;
/// Progress that makes the count of attempts begin anew.
const PROGRESS_BYTES: u64 = 1 << 20;
/// A waiting thread looks at the cancel flag this often.
const NAP: Duration = Duration::from_millis(50);

/// Repeats a request while it fails in passing, a few times.
pub(super) fn with_retries<T>(
    options: &FetchOptions,
    cancel: &Cancel,
    mut request: impl FnMut() -> Result<T, FetchError>,
) -> Result<T, FetchError> {
    let mut attempts = Attempts::new(options, 0);
    loop {
        match request() {
            Err(error) if !matches!(error, FetchError::Stalled { .. }) && attempts.may_go_on(&error, 0, cancel) => {}
            done => return done,
        }
    }
}

/// Counts attempts; a bounded number of them per [`PROGRESS_BYTES`] that are new.
pub(super) struct Attempts {
    failures: u32,
    furthest: u64,
    wait: Duration,
}

impl Attempts {
    /// None yet, `have` bytes being here.
    pub(super) fn new(options: &FetchOptions, have: u64) -> Self {
        Self { failures: 0, furthest: have, wait: options.retry_wait }
    }

    /// Whether to try again, `len` bytes being here; waits before saying so.
    pub(super) fn may_go_on(&mut self, error: &FetchError, len: u64, cancel: &Cancel) -> bool {
        if !error.is_passing() {
            return false;
        }
        if len >= self.furthest.saturating_add(PROGRESS_BYTES) {
            self.furthest = len;
            self.failures = 0;
        }
        self.failures += 1;
        if self.failures > RETRIES {
            return false;
        }
        let mut left = self.wait.saturating_mul(1 << (self.failures - 1));
        while !left.is_zero() && !cancel.is_cancelled() {
            let nap = left.min(NAP);
            std::thread::sleep(nap);
            left -= nap;
        }
        // The next attempt reports the cancellation.
        true
    }
}
