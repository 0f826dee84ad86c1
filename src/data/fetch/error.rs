//! What can go wrong with a download, in words that say what to do.

use std::io;
use std::path::{Path, PathBuf};

use super::content::Kind;

/// Why files could not be fetched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// No category was named.
    #[error("no category is named: try `inkfield fetch octopus`; `inkfield fetch --list` shows all 345")]
    NoCategory,
    /// A name that is not among the published ones.
    #[error("there is no category {name}{}; `inkfield fetch --list` shows all 345", did_you_mean(nearest))]
    UnknownCategory {
        /// The name as typed, quoted, escaped and clipped.
        name: String,
        /// The nearest published names, best first.
        nearest: Vec<&'static str>,
    },
    /// The base address cannot be used.
    #[error("the base address {why}: {url}")]
    BaseUrl {
        /// What is wrong, and what would do.
        why: &'static str,
        /// The address as given, escaped and clipped.
        url: String,
    },
    /// The server has no such file.
    #[error("the server has no such file (status {status}); check --base-url: {url}")]
    Missing {
        /// HTTP status, 404 or 410.
        status: u16,
        /// The file's address.
        url: String,
    },
    /// A status that is neither a file nor a redirect.
    #[error("the server refused with status {status}{}: {url}", status_advice(*status))]
    Status {
        /// HTTP status.
        status: u16,
        /// The file's address.
        url: String,
    },
    /// A file of another kind came with a good status.
    #[error("the server sent {what} instead of {}; a login page or a proxy may be in between; check --base-url: {url}", wanted.as_words())]
    Content {
        /// What came.
        what: String,
        /// What was expected.
        wanted: Kind,
        /// The file's address.
        url: String,
    },
    /// A redirect that is not followed.
    #[error("a redirect is not followed: it {why}: {url}")]
    Redirect {
        /// Why not.
        why: &'static str,
        /// Where it leads, escaped and clipped.
        url: String,
    },
    /// The file on the server is no longer the one that was listed.
    #[error("the server now says {now} bytes where it had listed {listed}; run the same command again: {url}")]
    Changed {
        /// Bytes by the listing.
        listed: u64,
        /// Bytes by the download's own answer.
        now: u64,
        /// The file's address.
        url: String,
    },
    /// No length and no chunks: nobody could tell a whole file from a cut one.
    #[error("the server states no length, so a whole file cannot be told from a cut one: {url}")]
    NoLength {
        /// The file's address.
        url: String,
    },
    /// Nothing came for the whole waiting time.
    #[error("the server sent nothing for {seconds} s; check the network: {url}")]
    Stalled {
        /// The waiting time in seconds.
        seconds: f64,
        /// The file's address.
        url: String,
    },
    /// The connection failed or ended early.
    #[error("{what}: {url}")]
    Connection {
        /// What happened.
        what: String,
        /// Whether another attempt may help.
        passing: bool,
        /// The file's address.
        url: String,
    },
    /// A download that stopped on the way.
    #[error("the download stopped after {got} of {} bytes; they are kept, the same command goes on from there: {}", total_words(*total), path.display())]
    Unfinished {
        /// Bytes that are kept.
        got: u64,
        /// Bytes of the whole file, where the server says so.
        total: Option<u64>,
        /// Why it stopped.
        source: Box<FetchError>,
        /// The unfinished file.
        path: PathBuf,
    },
    /// Somebody asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// A file of that name but another size is there.
    #[error("a file of {have} bytes is there, the published one has {published}; move it away or choose another --dir: {}", path.display())]
    Exists {
        /// Bytes of the file that is there.
        have: u64,
        /// Bytes of the published file.
        published: u64,
        /// The file.
        path: PathBuf,
    },
    /// A folder, link or device stands where a file is to be written.
    #[error("{what} stands where a file is to be written; move it away or choose another --dir: {}", path.display())]
    NotAFile {
        /// What stands there.
        what: &'static str,
        /// Its path.
        path: PathBuf,
    },
    /// Another process writes the same file.
    #[error("another download is writing this file; wait for it or stop it: {}", path.display())]
    Busy {
        /// The unfinished file.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("the disk is full; make room, or choose another --dir: {}", path.display())]
    DiskFull {
        /// The file that was being written.
        path: PathBuf,
    },
    /// Any other fault of the file system.
    #[error("cannot {doing}: {source}: {}", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// The system's answer.
        source: io::Error,
        /// The file or folder.
        path: PathBuf,
    },
}

impl FetchError {
    /// Whether the command line is to blame (exit code 2) rather than network, server or disk (exit code 1).
    pub fn is_wrong_input(&self) -> bool {
        matches!(
            self,
            Self::NoCategory
                | Self::UnknownCategory { .. }
                | Self::BaseUrl { .. }
                | Self::Exists { .. }
                | Self::NotAFile { .. }
        )
    }

    /// Whether it ended because somebody asked it to.
    pub fn is_cancelled(&self) -> bool {
        match self {
            Self::Cancelled => true,
            Self::Unfinished { source, .. } => source.is_cancelled(),
            _ => false,
        }
    }

    /// Whether the same request may succeed in a moment.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Connection { passing, .. } => *passing,
            Self::Status { status, .. } => matches!(status, 408 | 429 | 500 | 502..=504),
            Self::Stalled { .. } => true,
            _ => false,
        }
    }

    /// Names what was tried on which path; a full disk gets its own words.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            _ => Self::Io { doing, source, path },
        }
    }
}

/// Text from outside, fit for one line of a message: quoted, control characters escaped, at most 60 characters.
pub(super) fn quoted(text: &str) -> String {
    let mut clipped: String = text.chars().take(60).collect();
    if clipped.len() < text.len() {
        clipped.push('…');
    }
    // Debug also escapes what turns the direction of writing.
    format!("{clipped:?}")
}

fn did_you_mean(nearest: &[&str]) -> String {
    match nearest {
        [] => String::new(),
        [one] => format!(" (did you mean \"{one}\"?)"),
        [first @ .., last] => format!(" (did you mean \"{}\" or \"{last}\"?)", first.join("\", \"")),
    }
}

fn status_advice(status: u16) -> &'static str {
    match status {
        401 | 403 => " (not permitted)",
        429 => " (too many requests); wait a minute",
        500..=599 => " (a fault of the server); try again later",
        _ => "",
    }
}

fn total_words(total: Option<u64>) -> String {
    total.map_or_else(|| "an unknown number of".to_owned(), |total| total.to_string())
}
