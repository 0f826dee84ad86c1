//! The unfinished file `NAME.part` and its note `NAME.part.json`: what has arrived, and of which version.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use ureq::http::HeaderMap;

use super::client::header;
use super::error::FetchError;

/// Longest note that is read back.
const MAX_NOTE_BYTES: u64 = 16 * 1024;

/// Which version of which published file some bytes belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Version {
    pub(super) url: String,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    /// Length of the whole file in bytes.
    pub(super) bytes: Option<u64>,
}

impl Version {
    /// The version that an answer's headers name.
    pub(super) fn of(url: &str, headers: &HeaderMap, bytes: Option<u64>) -> Self {
        let text = |name| header(headers, name).map(str::to_owned);
        Self { url: url.to_owned(), etag: text("etag"), last_modified: text("last-modified"), bytes }
    }

    /// What `If-Range` is asked with; a weak tag does not promise equal bytes.
    pub(super) fn validator(&self) -> Option<&str> {
        let strong = self.etag.as_deref().filter(|tag| tag.starts_with('"'));
        strong.or(self.last_modified.as_deref())
    }

    /// Whether bytes of both may be joined.
    pub(super) fn same(&self, other: &Self) -> bool {
        let bytes_differ = matches!((self.bytes, other.bytes), (Some(a), Some(b)) if a != b);
        self.url == other.url && !bytes_differ && self.validator().is_some() && self.validator() == other.validator()
    }
}

/// The part's path for a final path.
pub(super) fn part_path(path: &Path) -> PathBuf {
    with_suffix(path, ".part")
}

fn note_path(path: &Path) -> PathBuf {
    with_suffix(path, ".part.json")
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Length of what lies at `path`: a plain file or nothing. A link could lead out of the folder, so it is refused.
pub(super) fn plain_length(path: &Path) -> Result<Option<u64>, FetchError> {
    let meta = match fs::symlink_metadata(path) {
        Ok(meta) => meta,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(FetchError::io("look at the file", path)(error)),
    };
    let what = if meta.is_file() {
        return Ok(Some(meta.len()));
    } else if meta.is_dir() {
        "a folder"
    } else if meta.is_symlink() {
        "a link"
    } else {
        "something that is no plain file"
    };
    Err(FetchError::NotAFile { what, path: path.to_owned() })
}

/// Bytes of `path`'s part that can be gone on with, given the version that the server has now.
pub(super) fn resumable(path: &Path, now: &Version) -> Result<u64, FetchError> {
    let length = plain_length(&part_path(path))?.unwrap_or(0);
    let noted = read_note(path).is_some_and(|noted| noted.same(now));
    let fits = now.bytes.is_none_or(|bytes| length <= bytes);
    Ok(if noted && fits { length } else { 0 })
}

fn read_note(path: &Path) -> Option<Version> {
    let mut text = String::new();
    File::open(note_path(path)).ok()?.take(MAX_NOTE_BYTES).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

/// An opened part, locked against other processes.
#[derive(Debug)]
pub(super) struct Part {
    file: File,
    path: PathBuf,
    len: u64,
    version: Version,
}

impl Part {
    /// Opens the part of `path`, keeping what [`resumable`] allows and dropping the rest.
    pub(super) fn open(path: &Path, now: &Version) -> Result<Self, FetchError> {
        let part = part_path(path);
        plain_length(&part)?;
        plain_length(&note_path(path))?;
        let mut options = OpenOptions::new();
        let open = options.read(true).write(true).create(true).truncate(false).open(&part);
        let file = open.map_err(FetchError::io("write", &part))?;
        // Some network file systems know no locks; only a lock held by somebody else counts.
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            return Err(FetchError::Busy { path: part });
        }
        let len = resumable(path, now)?;
        let mut opened = Self { file, path: path.to_owned(), len, version: now.clone() };
        if len == 0 {
            opened.restart(now.clone())?;
        } else {
            opened.file.seek(SeekFrom::Start(len)).map_err(FetchError::io("write", &part))?;
        }
        Ok(opened)
    }

    /// Bytes that have arrived.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// The version that these bytes belong to.
    pub(super) fn version(&self) -> &Version {
        &self.version
    }

    /// The unfinished file.
    pub(super) fn path(&self) -> PathBuf {
        part_path(&self.path)
    }

    /// Drops every byte and notes the version that comes next.
    pub(super) fn restart(&mut self, version: Version) -> Result<(), FetchError> {
        let note = note_path(&self.path);
        let empty = self.file.set_len(0).and_then(|()| self.file.seek(SeekFrom::Start(0)));
        empty.map_err(FetchError::io("write", &self.path()))?;
        self.len = 0;
        let text = serde_json::to_string(&version).map_err(io::Error::other);
        text.and_then(|text| fs::write(&note, text)).map_err(FetchError::io("write", &note))?;
        self.version = version;
        Ok(())
    }

    /// Appends bytes.
    pub(super) fn append(&mut self, bytes: &[u8]) -> Result<(), FetchError> {
        if let Err(error) = self.file.write_all(bytes) {
            // Part of the block may have been written: the next attempt goes on where the count says.
            let whole = self.file.set_len(self.len).and_then(|()| self.file.seek(SeekFrom::Start(self.len)));
            let path = self.path();
            whole.map_err(FetchError::io("write", &path))?;
            return Err(FetchError::io("write", &path)(error));
        }
        self.len += bytes.len() as u64;
        Ok(())
    }

    /// Removes part and note; what cannot be removed is harmless, for the next run begins anew.
    pub(super) fn discard(self) {
        let _ = fs::remove_file(self.path());
        let _ = fs::remove_file(note_path(&self.path));
    }

    /// Gives the whole file its final name, once its bytes are on the disk.
    pub(super) fn finish(self) -> Result<PathBuf, FetchError> {
        let part = self.path();
        self.file.sync_all().map_err(FetchError::io("write", &part))?;
        // Somebody may have put a file there since the plan was made.
        if let Some(have) = plain_length(&self.path)? {
            return Err(FetchError::Exists { have, published: self.len, path: self.path });
        }
        fs::rename(&part, &self.path).map_err(FetchError::io("rename the finished file to", &self.path))?;
        // A note left behind is ignored: there is no part beside it.
        let _ = fs::remove_file(note_path(&self.path));
        #[cfg(unix)]
        if let Some(dir) = self.path.parent() {
            // The name, too, survives a power cut; not every file system can promise it.
            let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
            let _ = File::open(dir).and_then(|dir| dir.sync_all());
        }
        Ok(self.path)
    }
}
