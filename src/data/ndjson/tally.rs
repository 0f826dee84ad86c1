//! Passes line numbers from block to block, so that a block's are known before it is parsed.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Lines counted so far. Blocks are read on several threads and counted in order.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counted: Mutex<Counted>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Counted {
    blocks: u64,
    lines: u64,
    stopped: bool,
}

impl Tally {
    /// The number (from 0) of the first line of a block that has `lines` lines; waits until the blocks before it are
    /// counted. `None` when reading has stopped.
    pub(super) fn first_line(&self, block: u64, lines: u32) -> Option<u64> {
        let counted = self.lock();
        let waiting = |counted: &mut Counted| counted.blocks != block && !counted.stopped;
        let mut counted = self.changed.wait_while(counted, waiting).unwrap_or_else(PoisonError::into_inner);
        if counted.stopped {
            return None;
        }
        let first = counted.lines;
        counted.lines += u64::from(lines);
        counted.blocks += 1;
        self.changed.notify_all();
        Some(first)
    }

    /// Ends reading: threads that wait for a number go on.
    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        // Numbers are whole at every unlock, also where a thread died.
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Stops a tally when it goes out of scope, however that happens.
#[derive(Debug)]
pub(super) struct StopAtEnd<'a>(pub(super) &'a Tally);

impl Drop for StopAtEnd<'_> {
    fn drop(&mut self) {
        self.0.stop();
    }
}
