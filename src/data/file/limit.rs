//! How many files the system lets this process hold open, and whether some are left.

use std::fs::File;
use std::io;
use std::path::Path;

use thiserror::Error;

use super::handles;

/// Handles that a data set may keep at most: more are no faster, and numbers below 1,024 are what old libraries can wait for.
const MOST_HELD: u64 = 512;

/// The share of all handles that a data set may keep; the GPU's driver, the window and the desktop have the rest.
const SHARE: u64 = 4;

/// Why something is refused for want of handles.
#[derive(Debug, Error)]
#[error("too few files may be open for {what}: about {needed} more are needed, {left} are left; {}", advice(error))]
pub struct HandlesError {
    /// "a GPU driver".
    pub what: &'static str,
    /// Handles that it needs.
    pub needed: usize,
    /// Handles that are left.
    pub left: usize,
    /// What the system said; part of the message, hence no `source`.
    pub error: io::Error,
}

/// Raises the limit on open files to the highest that the system allows this process. To be called once, at the start.
pub fn raise() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        /// What macOS allows at most where it says that there is no limit.
        const OPEN_MAX: u64 = 10_240;
        let now = getrlimit(Resource::Nofile);
        if now.current == now.maximum {
            return;
        }
        let to = |current| setrlimit(Resource::Nofile, Rlimit { current, ..now }).is_ok();
        // What cannot be raised stays as it was: few handles are enough, see `most_held`.
        let _ = to(now.maximum) || (now.current.is_some_and(|now| now < OPEN_MAX) && to(Some(OPEN_MAX)));
    }
}

/// Handles that data sets keep at most, at least 1.
pub(super) fn most_held() -> usize {
    current().map_or(MOST_HELD, |limit| (limit / SHARE).clamp(1, MOST_HELD)) as usize
}

/// How many files may be open; `None` where nothing limits them.
fn current() -> Option<u64> {
    #[cfg(unix)]
    {
        rustix::process::getrlimit(rustix::process::Resource::Nofile).current
    }
    #[cfg(not(unix))]
    {
        None
    }
}

/// Whether the system refused because too many files are open, in this process or in all.
pub(super) fn is_out_of_handles(error: &io::Error) -> bool {
    is_own_limit(error) || is_one_of(error, Errno::Nfile)
}

fn is_own_limit(error: &io::Error) -> bool {
    is_one_of(error, Errno::Mfile)
}

/// Whether a link leads to itself.
pub(super) fn is_circle(error: &io::Error) -> bool {
    is_one_of(error, Errno::Loop)
}

/// Errors that the standard library has no name for.
#[derive(Clone, Copy)]
enum Errno {
    Mfile,
    Nfile,
    Loop,
}

fn is_one_of(error: &io::Error, errno: Errno) -> bool {
    #[cfg(unix)]
    {
        let number = match errno {
            Errno::Mfile => rustix::io::Errno::MFILE,
            Errno::Nfile => rustix::io::Errno::NFILE,
            Errno::Loop => rustix::io::Errno::LOOP,
        };
        error.raw_os_error() == Some(number.raw_os_error())
    }
    #[cfg(not(unix))]
    {
        let _ = (error, errno);
        false
    }
}

/// What to do where too many files are open.
pub(super) fn advice(error: &io::Error) -> String {
    match current() {
        Some(limit) if is_own_limit(error) => {
            format!("this process may have {limit} open (`ulimit -n`): raise the limit")
        }
        _ => "the whole system has too many open: close other programs".to_owned(),
    }
}

/// Refuses what needs handles that are not there, after those of files that can be opened again have been given back.
/// Drivers and window systems fail without a word of it, or end the process.
pub fn refuse_unless_left(needed: usize, what: &'static str) -> Result<(), HandlesError> {
    // Devices are files of any system, and this one can be opened as often as one likes.
    let device = Path::new(if cfg!(windows) { "NUL" } else { "/dev/null" });
    let mut taken = Vec::new();
    while taken.len() < needed {
        match handles::with_room(|| File::open(device)) {
            Ok(file) => taken.push(file),
            Err(error) if is_out_of_handles(&error) => {
                return Err(HandlesError { what, needed, left: taken.len(), error });
            }
            // A system without such a device: nothing can be said.
            Err(_) => break,
        }
    }
    Ok(())
}
