//! Pipes and standard input: read once, from front to back, with a word while they keep one waiting.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use super::error::FileFault;
use super::handles::with_room;
use super::spool::Spool;
use crate::data::Cancel;

/// The name of standard input among files.
pub const STDIN: &str = "-";

/// Whether a path names what can be read only once: a pipe, or `-` for standard input.
pub fn is_stream(path: &Path) -> bool {
    path == Path::new(STDIN) || std::fs::metadata(path).is_ok_and(|meta| is_pipe(&meta))
}

#[cfg(unix)]
fn is_pipe(meta: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    meta.file_type().is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_meta: &Metadata) -> bool {
    false
}

/// Opens a stream without waiting; reading it waits.
pub(super) fn open(path: &Path, spool: &Spool) -> Result<impl Read + use<>, FileFault> {
    let file = if path == Path::new(STDIN) {
        stdin()?
    } else {
        with_room(|| open_pipe(path)).map_err(FileFault::of_opening)?
    };
    let name = if path == Path::new(STDIN) { "standard input".to_owned() } else { path.display().to_string() };
    Ok(Waiting { file, name, cancel: spool.cancel.clone(), said: false })
}

/// Standard input, which must not be a terminal: there one would wait for records that nobody types.
fn stdin() -> Result<File, FileFault> {
    use std::io::IsTerminal;
    if io::stdin().is_terminal() {
        return Err(FileFault::Terminal);
    }
    #[cfg(unix)]
    let handle = {
        use std::os::fd::AsFd;
        with_room(|| io::stdin().as_fd().try_clone_to_owned())
    };
    #[cfg(windows)]
    let handle = {
        use std::os::windows::io::AsHandle;
        with_room(|| io::stdin().as_handle().try_clone_to_owned())
    };
    handle.map(File::from).map_err(FileFault::of_opening)
}

/// Opening a pipe would wait for a writer, without a word and with nothing that could end it.
#[cfg(unix)]
fn open_pipe(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK;
    std::fs::OpenOptions::new().read(true).custom_flags(flags.bits() as i32).open(path)
}

#[cfg(not(unix))]
fn open_pipe(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// A pipe that says when it keeps one waiting, and stops waiting when somebody asks to stop.
struct Waiting {
    file: File,
    name: String,
    cancel: Cancel,
    said: bool,
}

impl Read for Waiting {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.cancel.is_cancelled() {
                return Err(io::Error::other("stopped"));
            }
            if is_ready(&self.file)? {
                match self.file.read(out) {
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    result => return result,
                }
            } else if !self.said {
                self.said = true;
                let name = crate::words::shown_text(&self.name, usize::MAX);
                tracing::info!(target: "inkfield::waits", "waiting for what comes through the pipe (Ctrl+C ends this): {name}");
            }
        }
    }
}

/// Waits a second for something to read or the end; false where neither has come.
#[cfg(unix)]
fn is_ready(file: &File) -> io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let second = Timespec { tv_sec: 1, tv_nsec: 0 };
    match poll(&mut [PollFd::new(file, PollFlags::IN)], Some(&second)) {
        Ok(ready) => Ok(ready > 0),
        Err(rustix::io::Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(unix))]
fn is_ready(_file: &File) -> io::Result<bool> {
    Ok(true)
}
